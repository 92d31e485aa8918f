/*
 * record_scan.c - what a verifier is compared with: reads every row of a record by SQLite, column by column, and checks nothing.
 *
 * Usage: record_scan JOURNAL.DB     prints rows, payload bytes and milliseconds
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <sqlite3.h>

static double
now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

int
main(int argc, char **argv)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *stmt = NULL;
	int64_t rows = 0, bytes = 0, touched = 0;
	double start_ms = now_ms();

	if (argc != 2 || sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, "SELECT seq, at_ms, payload, hash FROM entry ORDER BY seq", -1, &stmt, NULL) !=
	        SQLITE_OK) {
		fprintf(stderr, "usage: record_scan JOURNAL.DB (%s)\n", db == NULL ? "" : sqlite3_errmsg(db));
		return EXIT_FAILURE;
	}
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		const unsigned char *payload = sqlite3_column_blob(stmt, 2);
		const unsigned char *hash = sqlite3_column_blob(stmt, 3);
		rows++;
		bytes += sqlite3_column_bytes(stmt, 2);
		/* A column that nobody looks at is not read. */
		touched ^= sqlite3_column_int64(stmt, 0) ^ sqlite3_column_int64(stmt, 1);
		touched ^= payload != NULL && hash != NULL ? payload[0] ^ hash[0] : 0;
	}
	printf("{\"rows\":%" PRId64 ",\"payload_bytes\":%" PRId64 ",\"touched\":%" PRId64 ",\"ms\":%.1f}\n", rows,
	       bytes, touched, now_ms() - start_ms);
	(void)sqlite3_finalize(stmt);
	return sqlite3_close(db) == SQLITE_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}

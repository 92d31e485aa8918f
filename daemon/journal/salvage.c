#define _POSIX_C_SOURCE 200809L
#include "journal/salvage.h"

#include <string.h>
#include <unistd.h>

#include "journal/copy.h"
#include "journal/file.h"
#include "journal/sql.h"

/* Rows as they are, byte for byte; the triggers of the new file see that none is left out. */
static int
copy_rows(sqlite3 *from, sqlite3 *to, const char *select, const char *insert, int columns, uint64_t upto)
{
	sqlite3_stmt *read = NULL;
	sqlite3_stmt *write = NULL;
	int rc = rcc_sql_prepare(from, select, &read);

	if (rc == SQLITE_OK)
		rc = rcc_sql_prepare(to, insert, &write);
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_int64(read, 1, (sqlite3_int64)upto);
	while (rc == SQLITE_OK && (rc = sqlite3_step(read)) == SQLITE_ROW) {
		rc = SQLITE_OK;
		for (int i = 0; i < columns && rc == SQLITE_OK; i++)
			rc = sqlite3_bind_value(write, i + 1, sqlite3_column_value(read, i));
		if (rc == SQLITE_OK && sqlite3_step(write) != SQLITE_DONE)
			rc = SQLITE_ERROR;
		if (sqlite3_reset(write) != SQLITE_OK)
			rc = SQLITE_ERROR;
	}
	sqlite3_finalize(read);
	sqlite3_finalize(write);
	return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

/* Without one of its projections a file is of another build: whoever opens it to write makes them all from the entries. */
static int
fill(sqlite3 *from, sqlite3 *to, const struct rcc_journal_meta *meta, uint64_t upto)
{
	int rc = rcc_sql_exec(to, "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; BEGIN");

	if (rc == SQLITE_OK)
		rc = rcc_schema_create(to, &meta->journal, &meta->sign_key);
	if (rc == SQLITE_OK)
		rc = copy_rows(from, to, "SELECT seq, at_ms, payload, hash FROM entry WHERE seq <= ? ORDER BY seq",
		               "INSERT INTO entry VALUES(?, ?, ?, ?)", 4, upto);
	if (rc == SQLITE_OK)
		rc = copy_rows(from, to,
		               "SELECT seq, at_ms, hash, signature FROM checkpoint WHERE seq <= ? ORDER BY seq",
		               "INSERT INTO checkpoint VALUES(?, ?, ?, ?)", 4, upto);
	if (rc == SQLITE_OK)
		rc = rcc_sql_exec(to, "DROP TABLE plan; COMMIT");
	return rc;
}

enum rcc_status
rcc_journal_salvage(const char *from, const char *to, uint64_t upto, struct rcc_fault *ret_fault)
{
	struct rcc_journal_meta meta;
	sqlite3 *source = NULL;
	sqlite3 *target = NULL;
	bool is_at_rest = false;
	char why[RCC_TEXT_MAX + 1] = "";

	enum rcc_status status = rcc_copy_make_empty(to, ret_fault);
	if (status != RCC_OK)
		return status;
	status = rcc_file_open_reader(from, &source, &is_at_rest, ret_fault);
	if (status == RCC_OK) {
		status = rcc_schema_read_meta(source, &meta, why, sizeof why);
		if (status != RCC_OK)
			(void)rcc_fault_set(ret_fault, status, "%s: %s", from, why);
	}
	if (status == RCC_OK) {
		int rc = sqlite3_open_v2(to, &target, SQLITE_OPEN_READWRITE, NULL);
		if (rc == SQLITE_OK)
			rc = fill(source, target, &meta, upto);
		if (rc != SQLITE_OK)
			status = rcc_fault_set(ret_fault, RCC_E_IO, "%s: entries up to %llu cannot be copied: %s", to,
			                       (unsigned long long)upto, sqlite3_errmsg(target));
	}
	sqlite3_close(target);
	sqlite3_close(source);
	if (status == RCC_OK)
		status = rcc_copy_sync(to, ret_fault);
	if (status != RCC_OK)
		unlink(to);
	return status;
}

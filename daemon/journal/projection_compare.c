/*
 * projection_compare.c - two databases, table by table: what a file says against what its entries say.
 */
#include <stdio.h>
#include <string.h>

#include "journal/projection.h"
#include "rcc/text.h"

/* Longest value shown in a sentence; names and texts are cut. */
#define VALUE_TEXT_SIZE 48
/* Bytes of a key or id shown, enough to find it. */
#define BLOB_SHOWN 8
/* Columns that order and name a row in every projection. */
#define KEY_COLUMNS 2

/* -1, 0, 1 in SQLite's own order for integers, texts and blobs; no projection holds anything else. */
static int
compare_values(sqlite3_stmt *a, sqlite3_stmt *b, int column)
{
	int type = sqlite3_column_type(a, column);
	int other = sqlite3_column_type(b, column);

	if (type != other)
		return type < other ? -1 : 1;
	if (type == SQLITE_NULL)
		return 0;
	if (type == SQLITE_INTEGER) {
		int64_t x = sqlite3_column_int64(a, column);
		int64_t y = sqlite3_column_int64(b, column);
		return (x > y) - (x < y);
	}
	const void *x = sqlite3_column_blob(a, column);
	const void *y = sqlite3_column_blob(b, column);
	int x_len = sqlite3_column_bytes(a, column);
	int y_len = sqlite3_column_bytes(b, column);
	int shorter = x_len < y_len ? x_len : y_len;
	int order = shorter > 0 ? memcmp(x, y, (size_t)shorter) : 0;
	if (order == 0)
		order = (x_len > y_len) - (x_len < y_len);
	return (order > 0) - (order < 0);
}

static const char *
show_value(char text[VALUE_TEXT_SIZE], sqlite3_stmt *stmt, int column)
{
	char hex[RCC_HEX_SIZE(BLOB_SHOWN)];
	const uint8_t *bytes;
	int len;

	switch (sqlite3_column_type(stmt, column)) {
	case SQLITE_NULL:
		snprintf(text, VALUE_TEXT_SIZE, "nothing");
		break;
	case SQLITE_BLOB:
		bytes = sqlite3_column_blob(stmt, column);
		len = sqlite3_column_bytes(stmt, column);
		hex[0] = '\0';
		if (len > 0)
			rcc_hex_format(hex, bytes, (size_t)(len < BLOB_SHOWN ? len : BLOB_SHOWN));
		snprintf(text, VALUE_TEXT_SIZE, "%s%s", hex, len > BLOB_SHOWN ? ".." : "");
		break;
	default:
		bytes = sqlite3_column_text(stmt, column);
		snprintf(text, VALUE_TEXT_SIZE, "%.32s", bytes == NULL ? "" : (const char *)bytes);
		break;
	}
	return text;
}

static enum rcc_status
tell_row(char *why, size_t why_size, const char *table, sqlite3_stmt *stmt, const char *what)
{
	char first[VALUE_TEXT_SIZE];
	char second[VALUE_TEXT_SIZE];

	snprintf(why, why_size, "table %s, row %s=%s %s=%s %s", table, sqlite3_column_name(stmt, 0),
	         show_value(first, stmt, 0), sqlite3_column_name(stmt, 1), show_value(second, stmt, 1), what);
	return RCC_E_CORRUPT;
}

static enum rcc_status
compare_row(const char *table, sqlite3_stmt *file, sqlite3_stmt *truth, char *why, size_t why_size)
{
	char says[VALUE_TEXT_SIZE];
	char is[VALUE_TEXT_SIZE];
	char what[3 * VALUE_TEXT_SIZE + 32];
	int columns = sqlite3_column_count(truth);

	for (int i = 0; i < columns; i++) {
		if (compare_values(file, truth, i) == 0)
			continue;
		snprintf(what, sizeof what, "says %.40s = %s, the entries say %s", sqlite3_column_name(truth, i),
		         show_value(says, file, i), show_value(is, truth, i));
		return tell_row(why, why_size, table, truth, what);
	}
	return RCC_OK;
}

/* Order of two rows by their key; a finished side comes after everything. */
static int
compare_keys(sqlite3_stmt *file, int file_rc, sqlite3_stmt *truth, int truth_rc)
{
	int order = 0;

	if (file_rc != truth_rc)
		return file_rc == SQLITE_ROW ? -1 : 1;
	for (int i = 0; i < KEY_COLUMNS && order == 0; i++)
		order = compare_values(file, truth, i);
	return order;
}

/* The second key column is data in tables whose key is the first alone: a row is the same one by its real key. */
static bool
is_single_key(const char *table)
{
	return strcmp(table, "call_list") != 0 && strcmp(table, "delivery") != 0 && strcmp(table, "answer") != 0 &&
	       strcmp(table, "message") != 0;
}

static enum rcc_status
compare_table(const char *table, sqlite3_stmt *file, sqlite3_stmt *truth, char *why, size_t why_size)
{
	for (;;) {
		int file_rc = sqlite3_step(file);
		int truth_rc = sqlite3_step(truth);
		if (truth_rc != SQLITE_ROW && truth_rc != SQLITE_DONE)
			return RCC_E_IO; /* our own scratch: out of memory or disk */
		if (file_rc != SQLITE_ROW && file_rc != SQLITE_DONE) {
			snprintf(why, why_size, "table %s cannot be read: %s", table, sqlite3_errstr(file_rc));
			return rcc_sql_failure(file_rc);
		}
		if (file_rc == SQLITE_DONE && truth_rc == SQLITE_DONE)
			return RCC_OK;
		bool is_same = file_rc == truth_rc && is_single_key(table) && compare_values(file, truth, 0) == 0;
		int order = is_same ? 0 : compare_keys(file, file_rc, truth, truth_rc);
		if (order < 0)
			return tell_row(why, why_size, table, file, "is in the file, but no entry made it");
		if (order > 0)
			return tell_row(why, why_size, table, truth, "is missing");
		enum rcc_status status = compare_row(table, file, truth, why, why_size);
		if (status != RCC_OK)
			return status;
	}
}

static enum rcc_status
compare_named(sqlite3 *db, sqlite3 *truth_db, const char *table, const char *sql, char *why, size_t why_size)
{
	sqlite3_stmt *file = NULL;
	sqlite3_stmt *truth = NULL;
	enum rcc_status status;
	int rc = sqlite3_prepare_v2(truth_db, sql, -1, &truth, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_prepare_v2(db, sql, -1, &file, NULL);
	if (rc != SQLITE_OK) {
		snprintf(why, why_size, "table %s cannot be read: %s", table, sqlite3_errstr(rc));
		status = rcc_sql_failure(rc);
	} else {
		status = compare_table(table, file, truth, why, why_size);
	}
	sqlite3_finalize(file);
	sqlite3_finalize(truth);
	return status;
}

enum rcc_status
rcc_projection_compare(sqlite3 *db, sqlite3 *truth, char *why, size_t why_size)
{
#define TABLE_ROW(name) {#name, "SELECT * FROM " #name " ORDER BY 1, 2"},
	static const struct {
		const char *name, *sql;
	} table[] = {RCC_PROJECTION_TABLES(TABLE_ROW)};
#undef TABLE_ROW
	enum rcc_status status = RCC_OK;

	for (size_t i = 0; i < sizeof table / sizeof table[0] && status == RCC_OK; i++)
		status = compare_named(db, truth, table[i].name, table[i].sql, why, why_size);
	return status;
}

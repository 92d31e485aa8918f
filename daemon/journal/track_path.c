#include "journal/track_path.h"

#include <assert.h>

#include "journal/file.h"

/* The key holds the time: the first row of the vessel from there on is one seek. */
static const char next_sql[] = "SELECT track_id, lat_e7, lon_e7, sog_dkn, cog_ddeg, reported_at_ms FROM track"
                               " WHERE mmsi = ? AND track_id >= ? AND track_id < ? ORDER BY track_id LIMIT 1";

static int
next_row(sqlite3_stmt *stmt, const struct rcc_track_span *span, int64_t from_ms)
{
	sqlite3_reset(stmt);
	int rc = sqlite3_bind_int64(stmt, 1, span->mmsi.v);
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_int64(stmt, 2, from_ms << RCC_TRACK_NUMBER_BITS);
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_int64(stmt, 3, (span->to_ms + 1) << RCC_TRACK_NUMBER_BITS);
	return rc == SQLITE_OK ? sqlite3_step(stmt) : rc;
}

int
rcc_track_walk(sqlite3 *db, const struct rcc_track_span *span, rcc_track_path_fn *tell, void *context)
{
	sqlite3_stmt *stmt = NULL;
	int64_t from_ms = span->from_ms;
	int rc = sqlite3_prepare_v2(db, next_sql, -1, &stmt, NULL);

	assert(span->step_ms > 0);
	if (rc == SQLITE_OK)
		rc = next_row(stmt, span, from_ms);
	while (rc == SQLITE_ROW) {
		int64_t at_ms = sqlite3_column_int64(stmt, 0) >> RCC_TRACK_NUMBER_BITS;
		struct rcc_report report = {
		    .mmsi = span->mmsi,
		    .pos = {.lat_e7 = sqlite3_column_int(stmt, 1), .lon_e7 = sqlite3_column_int(stmt, 2)},
		    .sog_dkn = (uint32_t)sqlite3_column_int64(stmt, 3),
		    .cog_ddeg = (uint32_t)sqlite3_column_int64(stmt, 4),
		    .at_ms = sqlite3_column_int64(stmt, 5),
		};
		tell(context, &report, at_ms);
		from_ms = at_ms + span->step_ms;
		rc = next_row(stmt, span, from_ms);
	}
	sqlite3_finalize(stmt);
	return rc;
}

enum rcc_status
rcc_track_open_reader(const char *path, sqlite3 **ret_db, struct rcc_fault *ret_fault)
{
	bool is_at_rest = false;
	int64_t application = 0;

	if (!rcc_file_exists(path, NULL))
		return rcc_fault_set(ret_fault, RCC_E_NOT_FOUND, "there are no tracks %s", path);
	enum rcc_status status = rcc_file_open_reader(path, ret_db, &is_at_rest, ret_fault);
	if (status != RCC_OK)
		return status;
	int rc = rcc_sql_int(*ret_db, "PRAGMA application_id", &application);
	if (rc != SQLITE_OK)
		return rcc_fault_set(ret_fault, rcc_sql_failure(rc), "cannot read %s: %s", path, sqlite3_errstr(rc));
	if (application != RCC_TRACK_APPLICATION_ID)
		return rcc_fault_set(ret_fault, RCC_E_CORRUPT, "%s is not a track file", path);
	return RCC_OK;
}

enum rcc_status
rcc_track_path_file(const char *path, const struct rcc_track_span *span, rcc_track_path_fn *tell, void *context,
                    struct rcc_fault *ret_fault)
{
	sqlite3 *db = NULL;
	enum rcc_status status = rcc_track_open_reader(path, &db, ret_fault);

	if (status == RCC_OK) {
		int rc = rcc_track_walk(db, span, tell, context);
		if (rc != SQLITE_DONE)
			status = rcc_fault_set(ret_fault, rcc_sql_failure(rc), "cannot read %s: %s", path,
			                       sqlite3_errstr(rc));
	}
	sqlite3_close(db);
	return status;
}

enum rcc_status
rcc_track_extent_file(const char *path, struct rcc_track_extent *ret_extent, struct rcc_fault *ret_fault)
{
	sqlite3 *db = NULL;
	int64_t count = 0, first = 0, last = 0;
	enum rcc_status status = rcc_track_open_reader(path, &db, ret_fault);

	if (status == RCC_OK) {
		int rc = rcc_sql_int(db, "SELECT count(*) FROM track", &count);
		if (rc == SQLITE_OK)
			rc = rcc_sql_int(db, "SELECT coalesce(min(track_id), 0) FROM track", &first);
		if (rc == SQLITE_OK)
			rc = rcc_sql_int(db, "SELECT coalesce(max(track_id), 0) FROM track", &last);
		if (rc != SQLITE_OK)
			status = rcc_fault_set(ret_fault, rcc_sql_failure(rc), "cannot read %s: %s", path,
			                       sqlite3_errstr(rc));
	}
	if (status == RCC_OK)
		*ret_extent = (struct rcc_track_extent){.positions = (uint64_t)count,
		                                        .first_at_ms = first >> RCC_TRACK_NUMBER_BITS,
		                                        .last_at_ms = last >> RCC_TRACK_NUMBER_BITS};
	sqlite3_close(db);
	return status;
}

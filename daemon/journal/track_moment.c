/*
 * track_moment.c - where every vessel was at one moment, out of a track file: its newest rows for the daemon's start, those of a
 * past second for an auditor.
 */
#include "journal/track_path.h"
#include "rcc/text.h"

static void
copy_text(char *array, size_t size, sqlite3_stmt *stmt, int column)
{
	const unsigned char *text = sqlite3_column_text(stmt, column);

	/* What does not fit, or is not printable, was not written by us. */
	if (text != NULL)
		rcc_text_copy_lossy(array, size, (const char *)text, (size_t)sqlite3_column_bytes(stmt, column));
}

static uint32_t
column_u32(sqlite3_stmt *stmt, int column)
{
	return (uint32_t)sqlite3_column_int64(stmt, column);
}

int
rcc_track_read_static(sqlite3_stmt *stmt, struct rcc_mmsi mmsi, rcc_track_static_fn *tell, void *context)
{
	struct rcc_static vessel = {.mmsi = mmsi};
	int rc = sqlite3_bind_int64(stmt, 1, mmsi.v);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW) {
		copy_text(vessel.name, sizeof vessel.name, stmt, 0);
		copy_text(vessel.callsign, sizeof vessel.callsign, stmt, 1);
		vessel.imo = column_u32(stmt, 2);
		vessel.ship_type = column_u32(stmt, 3);
		vessel.to_bow_m = column_u32(stmt, 4);
		vessel.to_stern_m = column_u32(stmt, 5);
		vessel.to_port_m = column_u32(stmt, 6);
		vessel.to_starboard_m = column_u32(stmt, 7);
		vessel.draught_dm = column_u32(stmt, 8);
		vessel.message_type = column_u32(stmt, 9);
		tell(context, &vessel, (struct rcc_peer_id){column_u32(stmt, 10)});
	}
	sqlite3_reset(stmt);
	return rc == SQLITE_ROW || rc == SQLITE_DONE ? SQLITE_OK : rc;
}

int64_t
rcc_track_read_latest(sqlite3_stmt *stmt, struct rcc_report *ret_report, struct rcc_peer_id *ret_source)
{
	*ret_report = (struct rcc_report){
	    .mmsi = {column_u32(stmt, 0)},
	    .pos = {.lat_e7 = sqlite3_column_int(stmt, 1), .lon_e7 = sqlite3_column_int(stmt, 2)},
	    .sog_dkn = column_u32(stmt, 3),
	    .cog_ddeg = column_u32(stmt, 4),
	    .heading_deg = column_u32(stmt, 5),
	    .nav_status = column_u32(stmt, 6),
	    .message_type = column_u32(stmt, 7),
	    .at_ms = sqlite3_column_int64(stmt, 8),
	};
	ret_source->v = column_u32(stmt, 9);
	return sqlite3_column_int64(stmt, 10);
}

/* From vessel to vessel by two seeks in the index each, however long the tracks are. */
static const char moment_sql[] = "SELECT " RCC_TRACK_LATEST_COLUMNS " FROM track"
                                 " WHERE mmsi = ? AND track_id >= ? AND track_id < ? ORDER BY track_id DESC LIMIT 1";

static int
next_vessel(sqlite3_stmt *stmt, struct rcc_mmsi after, struct rcc_mmsi *ret_next)
{
	int rc = sqlite3_bind_int64(stmt, 1, after.v);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	/* min() of nothing is NULL, in a row of its own. */
	if (rc == SQLITE_ROW && sqlite3_column_type(stmt, 0) == SQLITE_NULL)
		rc = SQLITE_DONE;
	ret_next->v = rc == SQLITE_ROW ? column_u32(stmt, 0) : 0;
	/* A number that cannot be an MMSI would lead back to where we came from. */
	if (rc == SQLITE_ROW && ret_next->v <= after.v)
		rc = SQLITE_CORRUPT;
	sqlite3_reset(stmt);
	return rc;
}

static int
tell_vessel(sqlite3_stmt *find, sqlite3_stmt *find_static, struct rcc_mmsi mmsi, const struct rcc_track_moment *moment)
{
	struct rcc_report latest = {0};
	struct rcc_peer_id source = {0};
	int64_t at_ms = 0;
	int rc = sqlite3_bind_int64(find, 1, mmsi.v);

	if (rc == SQLITE_OK)
		rc = sqlite3_bind_int64(find, 2, moment->since_ms << RCC_TRACK_NUMBER_BITS);
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_int64(find, 3, (moment->at_ms + 1) << RCC_TRACK_NUMBER_BITS);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(find);
	bool is_found = rc == SQLITE_ROW;
	if (is_found)
		at_ms = rcc_track_read_latest(find, &latest, &source);
	sqlite3_reset(find);
	if (!is_found)
		return rc == SQLITE_DONE ? SQLITE_OK : rc;
	moment->report(moment->context, &latest, source, at_ms);
	return rcc_track_read_static(find_static, mmsi, moment->vessel, moment->context);
}

static int
walk_vessels(sqlite3 *db, const struct rcc_track_moment *moment)
{
	sqlite3_stmt *next = NULL, *find = NULL, *find_static = NULL;
	struct rcc_mmsi mmsi = {0};
	int rc = rcc_sql_prepare(db, "SELECT min(mmsi) FROM track WHERE mmsi > ?", &next);

	if (rc == SQLITE_OK)
		rc = rcc_sql_prepare(db, moment_sql, &find);
	if (rc == SQLITE_OK)
		rc = rcc_sql_prepare(db, RCC_TRACK_STATIC_SQL, &find_static);
	while (rc == SQLITE_OK) {
		rc = next_vessel(next, mmsi, &mmsi);
		if (rc == SQLITE_ROW)
			rc = tell_vessel(find, find_static, mmsi, moment);
	}
	sqlite3_finalize(next);
	sqlite3_finalize(find);
	sqlite3_finalize(find_static);
	return rc;
}

enum rcc_status
rcc_track_moment_file(const char *path, const struct rcc_track_moment *moment, struct rcc_fault *ret_fault)
{
	sqlite3 *db = NULL;
	enum rcc_status status = rcc_track_open_reader(path, &db, ret_fault);

	if (status == RCC_OK) {
		int rc = walk_vessels(db, moment);
		if (rc != SQLITE_DONE)
			status = rcc_fault_set(ret_fault, rcc_sql_failure(rc), "cannot read %s: %s", path,
			                       sqlite3_errstr(rc));
	}
	sqlite3_close(db);
	return status;
}

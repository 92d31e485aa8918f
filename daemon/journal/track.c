/*
 * track.c - tracks.db. A row's key is its time and a running number, so that purging is one range of the table and the
 * index by vessel is in order of time by itself.
 */
#define _POSIX_C_SOURCE 200809L
#include "journal/track.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "journal/sql.h"
#include "journal/track_path.h"
#include "journal/track_thin.h"

#define TRACK_APPLICATION_ID RCC_TRACK_APPLICATION_ID
#define TRACK_FORMAT RCC_TRACK_FORMAT
#define NUMBER_BITS RCC_TRACK_NUMBER_BITS
/* A second at the full rate of a busy coast; a full buffer is written at once. */
#define REPORTS_MAX 8192
#define STATICS_MAX 1024
/* Rows deleted at a time, some 10 ms; never fewer than twice what the same flush adds, or they would pile up. */
#define PURGE_ROWS_MIN 2000

#define TEXT_OF(value) TEXT_OF_(value)
#define TEXT_OF_(value) #value

static const char schema_sql[] =
    "CREATE TABLE IF NOT EXISTS track(track_id INTEGER PRIMARY KEY, mmsi INTEGER NOT NULL, lat_e7 INTEGER NOT NULL,"
    " lon_e7 INTEGER NOT NULL, sog_dkn INTEGER NOT NULL, cog_ddeg INTEGER NOT NULL, heading_deg INTEGER NOT NULL,"
    " nav_status INTEGER NOT NULL, message_type INTEGER NOT NULL, reported_at_ms INTEGER NOT NULL,"
    " source_peer_id INTEGER NOT NULL, at_ms INTEGER NOT NULL AS (track_id >> " TEXT_OF(
        NUMBER_BITS) ")) STRICT;"
                     "CREATE INDEX IF NOT EXISTS track_by_vessel ON track(mmsi);"
                     "CREATE TABLE IF NOT EXISTS vessel(mmsi INTEGER PRIMARY KEY, name TEXT NOT NULL, callsign TEXT "
                     "NOT NULL,"
                     " imo INTEGER NOT NULL, ship_type INTEGER NOT NULL, to_bow_m INTEGER NOT NULL, to_stern_m INTEGER "
                     "NOT NULL,"
                     " to_port_m INTEGER NOT NULL, to_starboard_m INTEGER NOT NULL, draught_dm INTEGER NOT NULL,"
                     " message_type INTEGER NOT NULL, source_peer_id INTEGER NOT NULL, changed_at_ms INTEGER NOT NULL) "
                     "STRICT;";

static const char put_sql[] =
    "INSERT INTO track(track_id, mmsi, lat_e7, lon_e7, sog_dkn, cog_ddeg, heading_deg, nav_status, message_type,"
    " reported_at_ms, source_peer_id) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

/* What a message does not state keeps its value; a message that changes nothing writes nothing. */
static const char put_static_sql[] =
    "INSERT INTO vessel VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(mmsi) DO UPDATE SET"
    " name = iif(excluded.name = '', name, excluded.name),"
    " callsign = iif(excluded.callsign = '', callsign, excluded.callsign),"
    " imo = iif(excluded.imo = 0, imo, excluded.imo),"
    " ship_type = iif(excluded.ship_type = 0, ship_type, excluded.ship_type),"
    " to_bow_m = iif(excluded.to_bow_m = 0, to_bow_m, excluded.to_bow_m),"
    " to_stern_m = iif(excluded.to_stern_m = 0, to_stern_m, excluded.to_stern_m),"
    " to_port_m = iif(excluded.to_port_m = 0, to_port_m, excluded.to_port_m),"
    " to_starboard_m = iif(excluded.to_starboard_m = 0, to_starboard_m, excluded.to_starboard_m),"
    " draught_dm = iif(excluded.draught_dm = 0, draught_dm, excluded.draught_dm),"
    " message_type = excluded.message_type, source_peer_id = excluded.source_peer_id,"
    " changed_at_ms = excluded.changed_at_ms"
    " WHERE excluded.name NOT IN ('', name) OR excluded.callsign NOT IN ('', callsign)"
    " OR excluded.imo NOT IN (0, imo) OR excluded.ship_type NOT IN (0, ship_type)"
    " OR excluded.to_bow_m NOT IN (0, to_bow_m) OR excluded.to_stern_m NOT IN (0, to_stern_m)"
    " OR excluded.to_port_m NOT IN (0, to_port_m) OR excluded.to_starboard_m NOT IN (0, to_starboard_m)"
    " OR excluded.draught_dm NOT IN (0, draught_dm)";

/* From vessel to vessel by two seeks in the index each, however long the tracks are. */
static const char latest_sql[] =
    "SELECT " RCC_TRACK_LATEST_COLUMNS " FROM track WHERE mmsi = (SELECT min(mmsi) FROM track WHERE mmsi > ?)"
    " ORDER BY track_id DESC LIMIT 1";
struct kept_report {
	struct rcc_report report;
	struct rcc_peer_id source;
	int64_t at_ms;
};
struct kept_static {
	struct rcc_static vessel;
	struct rcc_peer_id source;
	int64_t at_ms;
};

struct rcc_track_store_impl {
	sqlite3 *db;
	sqlite3_stmt *put, *put_static, *latest, *find_static, *purge, *purge_static;
	int64_t last_id;
	int64_t purge_before_ms; /* 0 = nothing is left to delete */
	uint32_t report_count, static_count;
	struct kept_report report[REPORTS_MAX];
	struct kept_static vessel[STATICS_MAX];
	struct rcc_thin thin;
};

static int
prepare_all(struct rcc_track_store_impl *impl)
{
	const struct {
		const char *sql;
		sqlite3_stmt **stmt;
	} all[] = {
	    {put_sql, &impl->put},
	    {put_static_sql, &impl->put_static},
	    {latest_sql, &impl->latest},
	    {RCC_TRACK_STATIC_SQL, &impl->find_static},
	    {"DELETE FROM track WHERE track_id IN (SELECT track_id FROM track WHERE track_id < ? << " TEXT_OF(
	         NUMBER_BITS) " ORDER BY track_id LIMIT ?)",
	     &impl->purge},
	    {"DELETE FROM vessel WHERE changed_at_ms < ? AND NOT EXISTS"
	     " (SELECT 1 FROM track WHERE track.mmsi = vessel.mmsi)",
	     &impl->purge_static},
	};
	int rc = SQLITE_OK;

	for (size_t i = 0; i < sizeof all / sizeof all[0] && rc == SQLITE_OK; i++)
		rc = rcc_sql_prepare(impl->db, all[i].sql, all[i].stmt);
	return rc;
}

/* A file of ours, or an empty one that becomes so; SQLITE_MISMATCH if it is somebody else's. */
static int
take_file(sqlite3 *db)
{
	int64_t application = 0;
	int64_t format = 0;
	int64_t tables = 0;
	char pragma[96];
	int rc = rcc_sql_int(db, "PRAGMA application_id", &application);

	if (rc == SQLITE_OK)
		rc = rcc_sql_int(db, "PRAGMA user_version", &format);
	if (rc == SQLITE_OK)
		rc = rcc_sql_int(db, "SELECT count(*) FROM sqlite_schema", &tables);
	if (rc != SQLITE_OK)
		return rc;
	if (tables > 0 && (application != TRACK_APPLICATION_ID || format != TRACK_FORMAT))
		return SQLITE_MISMATCH;
	rc = rcc_sql_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL");
	if (rc != SQLITE_OK || tables > 0)
		return rc;
	snprintf(pragma, sizeof pragma, "PRAGMA application_id=%d; PRAGMA user_version=%d", TRACK_APPLICATION_ID,
	         TRACK_FORMAT);
	rc = rcc_sql_exec(db, "BEGIN IMMEDIATE");
	if (rc == SQLITE_OK)
		rc = rcc_sql_exec(db, pragma);
	if (rc == SQLITE_OK)
		rc = rcc_sql_exec(db, schema_sql);
	return rc == SQLITE_OK ? rcc_sql_exec(db, "COMMIT") : rc;
}

static enum rcc_status
open_impl(struct rcc_track_store_impl *impl, const char *path, struct rcc_fault *ret_fault)
{
	/* Made by us first, so that nobody else can read where ships were. */
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);

	if (fd < 0)
		return rcc_fault_set(ret_fault, RCC_E_IO, "cannot open %s: %s", path, strerror(errno));
	close(fd);
	int rc = sqlite3_open_v2(path, &impl->db, SQLITE_OPEN_READWRITE, NULL);
	if (rc == SQLITE_OK)
		rc = rcc_sql_harden(impl->db);
	if (rc == SQLITE_OK)
		rc = take_file(impl->db);
	if (rc == SQLITE_OK)
		rc = prepare_all(impl);
	if (rc == SQLITE_OK)
		rc = rcc_sql_int(impl->db, "SELECT coalesce(max(track_id), 0) FROM track", &impl->last_id);
	if (rc == SQLITE_OK)
		return RCC_OK;
	if (rc == SQLITE_MISMATCH)
		return rcc_fault_set(ret_fault, RCC_E_CORRUPT, "%s is not a track file of this version: move it away",
		                     path);
	return rcc_fault_set(ret_fault, rcc_sql_failure(rc), "cannot use %s (%s): move it away", path,
	                     sqlite3_errstr(rc));
}

enum rcc_status
rcc_track_open(struct rcc_track_store *store, const char *path, struct rcc_fault *ret_fault)
{
	struct rcc_track_store opening = {.impl = calloc(1, sizeof *opening.impl)};

	if (opening.impl == NULL)
		return rcc_fault_set(ret_fault, RCC_E_FULL, "no memory to open %s", path);
	enum rcc_status status = open_impl(opening.impl, path, ret_fault);
	if (status == RCC_OK)
		*store = opening;
	else
		rcc_track_close(&opening);
	return status;
}

void
rcc_track_close(struct rcc_track_store *store)
{
	struct rcc_track_store_impl *impl = store->impl;

	if (impl == NULL)
		return;
	sqlite3_stmt *const all[] = {impl->put,         impl->put_static, impl->latest,
	                             impl->find_static, impl->purge,      impl->purge_static};
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		sqlite3_finalize(all[i]);
	sqlite3_close(impl->db);
	free(impl);
	store->impl = NULL;
}

static int
write_report(struct rcc_track_store_impl *impl, const struct kept_report *kept)
{
	const struct rcc_report *report = &kept->report;
	struct rcc_bind b;

	/* The clock may have stepped back since an earlier run: order of arrival wins over the time shown. */
	int64_t id = kept->at_ms << NUMBER_BITS;
	if (id <= impl->last_id)
		id = impl->last_id + 1;
	rcc_bind_start(&b, impl->put);
	rcc_bind_int(&b, id);
	rcc_bind_int(&b, report->mmsi.v);
	rcc_bind_int(&b, report->pos.lat_e7);
	rcc_bind_int(&b, report->pos.lon_e7);
	rcc_bind_int(&b, report->sog_dkn);
	rcc_bind_int(&b, report->cog_ddeg);
	rcc_bind_int(&b, report->heading_deg);
	rcc_bind_int(&b, report->nav_status);
	rcc_bind_int(&b, report->message_type);
	rcc_bind_int(&b, report->at_ms);
	rcc_bind_int(&b, kept->source.v);
	int rc = rcc_bind_run(&b);
	if (rc == SQLITE_OK)
		impl->last_id = id;
	return rc;
}

static int
write_static(struct rcc_track_store_impl *impl, const struct kept_static *kept)
{
	const struct rcc_static *vessel = &kept->vessel;
	struct rcc_bind b;

	rcc_bind_start(&b, impl->put_static);
	rcc_bind_int(&b, vessel->mmsi.v);
	rcc_bind_word(&b, vessel->name);
	rcc_bind_word(&b, vessel->callsign);
	rcc_bind_int(&b, vessel->imo);
	rcc_bind_int(&b, vessel->ship_type);
	rcc_bind_int(&b, vessel->to_bow_m);
	rcc_bind_int(&b, vessel->to_stern_m);
	rcc_bind_int(&b, vessel->to_port_m);
	rcc_bind_int(&b, vessel->to_starboard_m);
	rcc_bind_int(&b, vessel->draught_dm);
	rcc_bind_int(&b, vessel->message_type);
	rcc_bind_int(&b, kept->source.v);
	rcc_bind_int(&b, kept->at_ms);
	return rcc_bind_run(&b);
}

static int
run_purge(sqlite3_stmt *stmt, int64_t before_ms, uint32_t limit)
{
	struct rcc_bind b;

	rcc_bind_start(&b, stmt);
	rcc_bind_int(&b, before_ms);
	if (limit > 0)
		rcc_bind_int(&b, limit);
	return rcc_bind_run(&b);
}

/* One slice of what is to be deleted. *ret_is_done once nothing is left. */
static int
purge_slice(struct rcc_track_store_impl *impl, bool *ret_is_done)
{
	uint32_t limit = 2 * impl->report_count > PURGE_ROWS_MIN ? 2 * impl->report_count : PURGE_ROWS_MIN;
	int rc = run_purge(impl->purge, impl->purge_before_ms, limit);

	if (rc != SQLITE_OK || sqlite3_changes(impl->db) == (int)limit)
		return rc;
	*ret_is_done = true;
	return run_purge(impl->purge_static, impl->purge_before_ms, 0);
}

enum rcc_status
rcc_track_flush(struct rcc_track_store *store)
{
	struct rcc_track_store_impl *impl = store->impl;
	int64_t last_id = impl->last_id;
	bool is_purged = false;

	if (impl->report_count == 0 && impl->static_count == 0 && impl->purge_before_ms == 0)
		return RCC_OK;
	int rc = rcc_sql_exec(impl->db, "BEGIN IMMEDIATE");
	for (uint32_t i = 0; i < impl->report_count && rc == SQLITE_OK; i++)
		rc = write_report(impl, &impl->report[i]);
	for (uint32_t i = 0; i < impl->static_count && rc == SQLITE_OK; i++)
		rc = write_static(impl, &impl->vessel[i]);
	if (rc == SQLITE_OK && impl->purge_before_ms != 0)
		rc = purge_slice(impl, &is_purged);
	if (rc == SQLITE_OK)
		rc = rcc_sql_exec(impl->db, "COMMIT");
	if (rc == SQLITE_OK) {
		impl->report_count = 0;
		impl->static_count = 0;
		impl->purge_before_ms = is_purged ? 0 : impl->purge_before_ms;
		return RCC_OK;
	}
	/* Kept in memory for the next try, as far as the buffer reaches. */
	if (sqlite3_get_autocommit(impl->db) == 0)
		(void)sqlite3_exec(impl->db, "ROLLBACK", NULL, NULL, NULL);
	impl->last_id = last_id;
	return rcc_sql_failure(rc);
}

enum rcc_status
rcc_track_add(struct rcc_track_store *store, const struct rcc_report *report, struct rcc_peer_id source, int64_t at_ms,
              bool full_rate)
{
	struct rcc_track_store_impl *impl = store->impl;
	enum rcc_status status = RCC_OK;

	assert(rcc_pos_is_known(report->pos));
	if (impl->report_count == REPORTS_MAX)
		status = rcc_track_flush(store);
	if (status != RCC_OK)
		return status;
	if (rcc_thin_take(&impl->thin, report->mmsi, at_ms, full_rate))
		impl->report[impl->report_count++] =
		    (struct kept_report){.report = *report, .source = source, .at_ms = at_ms};
	return RCC_OK;
}

enum rcc_status
rcc_track_add_static(struct rcc_track_store *store, const struct rcc_static *vessel, struct rcc_peer_id source,
                     int64_t at_ms)
{
	struct rcc_track_store_impl *impl = store->impl;
	enum rcc_status status = RCC_OK;

	if (impl->static_count == STATICS_MAX)
		status = rcc_track_flush(store);
	if (status == RCC_OK)
		impl->vessel[impl->static_count++] =
		    (struct kept_static){.vessel = *vessel, .source = source, .at_ms = at_ms};
	return status;
}

enum rcc_status
rcc_track_latest(struct rcc_track_store *store, int64_t since_ms, rcc_track_report_fn *report,
                 rcc_track_static_fn *vessel, void *context)
{
	struct rcc_track_store_impl *impl = store->impl;
	struct rcc_report latest = {0};
	struct rcc_peer_id source = {0};
	uint32_t last_mmsi = 0;
	int rc = SQLITE_ROW;

	while (rc == SQLITE_ROW) {
		int64_t at_ms = 0;
		rc = sqlite3_bind_int64(impl->latest, 1, latest.mmsi.v);
		if (rc == SQLITE_OK)
			rc = sqlite3_step(impl->latest);
		if (rc == SQLITE_ROW)
			at_ms = rcc_track_read_latest(impl->latest, &latest, &source);
		sqlite3_reset(impl->latest);
		/* A number that cannot be an MMSI would lead back to where we came from. */
		if (rc == SQLITE_ROW && latest.mmsi.v <= last_mmsi)
			rc = SQLITE_CORRUPT;
		last_mmsi = latest.mmsi.v;
		if (rc != SQLITE_ROW || at_ms < since_ms)
			continue;
		report(context, &latest, source, at_ms);
		int static_rc = rcc_track_read_static(impl->find_static, latest.mmsi, vessel, context);
		if (static_rc != SQLITE_OK)
			rc = static_rc;
	}
	return rc == SQLITE_DONE ? RCC_OK : rcc_sql_failure(rc);
}

enum rcc_status
rcc_track_path(struct rcc_track_store *store, const struct rcc_track_span *span, rcc_track_path_fn *tell, void *context)
{
	int rc = rcc_track_walk(store->impl->db, span, tell, context);

	return rc == SQLITE_DONE ? RCC_OK : rcc_sql_failure(rc);
}

enum rcc_status
rcc_track_purge(struct rcc_track_store *store, int64_t before_ms)
{
	store->impl->purge_before_ms = before_ms;
	return rcc_track_flush(store);
}

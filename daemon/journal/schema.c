#include "journal/schema.h"

#include <stdio.h>
#include <string.h>

/* A name that is longer cannot be dropped, and the opening fails. */
#define DROP_SIZE 512
#define RECORD_TABLES "'entry', 'checkpoint', 'meta', 'scratch'"
#define META_FORMAT "format"
#define META_JOURNAL "journal_id"
#define META_SIGN_KEY "sign_key"

/* The triggers guard against mistakes, a forgotten WHERE for one; whoever can drop them meets the chain. */
static const char record_sql[] =
    "CREATE TABLE entry(seq INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, payload BLOB NOT NULL,"
    " hash BLOB NOT NULL CHECK(length(hash) = 32)) STRICT;"
    "CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry"
    " BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;"
    "CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry"
    " BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;"
    "CREATE TRIGGER entry_no_gap BEFORE INSERT ON entry"
    " WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entry)"
    " BEGIN SELECT RAISE(ABORT, 'entries are numbered without gaps'); END;"
    "CREATE TABLE checkpoint(seq INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL,"
    " hash BLOB NOT NULL CHECK(length(hash) = 32), signature BLOB NOT NULL CHECK(length(signature) = 64)) STRICT;"
    "CREATE TRIGGER checkpoint_no_delete BEFORE DELETE ON checkpoint"
    " BEGIN SELECT RAISE(ABORT, 'checkpoints are kept'); END;"
    "CREATE TRIGGER checkpoint_no_update BEFORE UPDATE ON checkpoint"
    " BEGIN SELECT RAISE(ABORT, 'checkpoints are kept'); END;"
    "CREATE TRIGGER checkpoint_in_order BEFORE INSERT ON checkpoint"
    " WHEN NEW.seq <= (SELECT coalesce(max(seq), -1) FROM checkpoint)"
    " OR NEW.seq > (SELECT coalesce(max(seq), 0) FROM entry)"
    " BEGIN SELECT RAISE(ABORT, 'a checkpoint signs the head'); END;"
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT;"
    "CREATE TABLE scratch(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;";

/* Comes after the rows of `meta`, which are written once. */
static const char meta_guard_sql[] = "CREATE TRIGGER meta_no_delete BEFORE DELETE ON meta"
                                     " BEGIN SELECT RAISE(ABORT, 'meta never changes'); END;"
                                     "CREATE TRIGGER meta_no_update BEFORE UPDATE ON meta"
                                     " BEGIN SELECT RAISE(ABORT, 'meta never changes'); END;"
                                     "CREATE TRIGGER meta_no_insert BEFORE INSERT ON meta"
                                     " BEGIN SELECT RAISE(ABORT, 'meta never changes'); END;";

/*
 * Times are UTC milliseconds, positions 1e-7 degree, words those of rcc/text.h; NULL = not known or has not happened.
 * `*_seq` names the entry that proves the row.
 */
static const char peer_sql[] =
    "CREATE TABLE peer(peer_id INTEGER PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, mmsi TEXT,"
    " owner_kind TEXT NOT NULL, key_z85 TEXT, enrolled_seq INTEGER NOT NULL, enrolled_at_ms INTEGER NOT NULL,"
    " revoked_seq INTEGER, revoked_at_ms INTEGER, revoked_reason TEXT, silent_since_ms INTEGER,"
    " position_heard_at_ms INTEGER, drill_until_ms INTEGER, flood_at_ms INTEGER) STRICT;";
static const char alert_sql[] =
    "CREATE TABLE alert(alert_id INTEGER PRIMARY KEY, recorded_seq INTEGER NOT NULL, recorded_at_ms INTEGER NOT NULL,"
    " lane TEXT NOT NULL, verdict TEXT NOT NULL, sender_peer_id INTEGER, sender_key_z85 TEXT, source TEXT NOT NULL,"
    " class TEXT NOT NULL, casualty_mmsi TEXT, relay_mmsi TEXT, nature TEXT NOT NULL, lat_e7 INTEGER, lon_e7 INTEGER,"
    " pos_at_ms INTEGER, pos_radius_m INTEGER, persons INTEGER, marks_bits INTEGER NOT NULL, name TEXT, callsign TEXT,"
    " text TEXT, raw BLOB, signals_count INTEGER NOT NULL, last_signal_at_ms INTEGER NOT NULL, incident_id INTEGER,"
    " joined_by TEXT, decision TEXT, decided_by_peer_id INTEGER, decided_at_ms INTEGER, decision_reason TEXT,"
    " escalated_at_ms INTEGER, category TEXT, beacon TEXT, places_count INTEGER, moved_reason TEXT) STRICT;"
    "CREATE TABLE suggestion(alert_id INTEGER NOT NULL, incident_id INTEGER NOT NULL, seq INTEGER NOT NULL,"
    " reason TEXT NOT NULL, score INTEGER NOT NULL, settled_seq INTEGER, PRIMARY KEY(alert_id, incident_id))"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE diary(seq INTEGER NOT NULL, event INTEGER NOT NULL, written_at_ms INTEGER NOT NULL, incident_id "
    "INTEGER,"
    " what TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY(seq, event)) STRICT, WITHOUT ROWID;";
static const char incident_sql[] =
    "CREATE TABLE incident(incident_id INTEGER PRIMARY KEY, number TEXT NOT NULL, status TEXT NOT NULL, opened_seq "
    "INTEGER NOT NULL,"
    " opened_at_ms INTEGER NOT NULL, first_alert_id INTEGER NOT NULL, class TEXT NOT NULL, phase TEXT NOT NULL,"
    " source TEXT NOT NULL, nature TEXT NOT NULL, casualty_mmsi TEXT, name TEXT, persons INTEGER, lat_e7 INTEGER,"
    " lon_e7 INTEGER, pos_at_ms INTEGER, pos_radius_m INTEGER, relay_due_at_ms INTEGER, relay_held_at_ms INTEGER,"
    " relay_held_by_peer_id INTEGER, relay_held_reason TEXT, no_position_overdue_at_ms INTEGER, closed_seq INTEGER,"
    " closed_at_ms INTEGER, outcome TEXT, closed_by_peer_id INTEGER, closed_reason TEXT, is_restricted INTEGER,"
    " places_count INTEGER, is_conflict INTEGER, phase_by_peer_id INTEGER, phase_reason TEXT, suspended_at_ms INTEGER,"
    " suspended_reason TEXT, review_at_ms INTEGER, review_due_at_ms INTEGER, resumed_at_ms INTEGER,"
    " parent_incident_id INTEGER) STRICT;";
static const char plan_sql[] =
    "CREATE TABLE plan(plan_id INTEGER PRIMARY KEY, mmsi TEXT, name TEXT, filed_seq INTEGER NOT NULL,"
    " filed_at_ms INTEGER NOT NULL, persons INTEGER, lat_e7 INTEGER, lon_e7 INTEGER, eta_at_ms INTEGER,"
    " interval_min INTEGER, text TEXT, due_at_ms INTEGER, heard_at_ms INTEGER, overdue_at_ms INTEGER,"
    " ended_at_ms INTEGER, ended_by TEXT) STRICT;";
static const char broadcast_sql[] =
    "CREATE TABLE broadcast(broadcast_id INTEGER PRIMARY KEY, incident_id INTEGER NOT NULL, kind TEXT NOT NULL,"
    " revision INTEGER NOT NULL, issued_seq INTEGER NOT NULL, issued_at_ms INTEGER NOT NULL, by_peer_id INTEGER,"
    " is_verified INTEGER NOT NULL, lat_e7 INTEGER, lon_e7 INTEGER, pos_at_ms INTEGER, pos_radius_m INTEGER, text TEXT,"
    " ships_without_line INTEGER, expires_at_ms INTEGER, expired_at_ms INTEGER) STRICT;"
    "CREATE TABLE call_list(broadcast_id INTEGER NOT NULL, place INTEGER NOT NULL, mmsi TEXT NOT NULL, lat_e7 INTEGER,"
    " lon_e7 INTEGER, range_m INTEGER, bearing_ddeg INTEGER, eta_min INTEGER, PRIMARY KEY(broadcast_id, place))"
    " STRICT, WITHOUT ROWID;";
/* By ship and number, since that is how ships speak of them; each state has its own time, none implies the next. */
static const char delivery_sql[] =
    "CREATE TABLE delivery(peer_id INTEGER NOT NULL, number INTEGER NOT NULL, broadcast_id INTEGER NOT NULL,"
    " is_called_on INTEGER NOT NULL, range_m INTEGER, bearing_ddeg INTEGER, eta_min INTEGER,"
    " queued_at_ms INTEGER NOT NULL, sent_at_ms INTEGER, stored_at_ms INTEGER,"
    " stored_ship_clock_ms INTEGER, read_at_ms INTEGER, read_ship_clock_ms INTEGER, read_by TEXT,"
    " answered_at_ms INTEGER, flagged_at_ms INTEGER, unreachable_at_ms INTEGER, PRIMARY KEY(peer_id, number))"
    " STRICT, WITHOUT ROWID;";
static const char answer_sql[] =
    "CREATE TABLE answer(seq INTEGER NOT NULL, event INTEGER NOT NULL, answered_at_ms INTEGER NOT NULL,"
    " peer_id INTEGER, ship_mmsi TEXT, incident_id INTEGER NOT NULL, delivery_number INTEGER, answer TEXT NOT NULL,"
    " reason TEXT, eta_min INTEGER, by TEXT, text TEXT, PRIMARY KEY(seq, event)) STRICT, WITHOUT ROWID;";
static const char message_sql[] =
    "CREATE TABLE message(sender_key BLOB NOT NULL, message_id BLOB NOT NULL, seq INTEGER NOT NULL,"
    " fingerprint INTEGER NOT NULL, PRIMARY KEY(sender_key, message_id)) STRICT, WITHOUT ROWID;";

static int
create_projections(sqlite3 *db)
{
	static const char *const all[] = {peer_sql,     alert_sql,  incident_sql, broadcast_sql,
	                                  delivery_sql, answer_sql, message_sql,  plan_sql};
	int rc = SQLITE_OK;

	for (size_t i = 0; i < sizeof all / sizeof all[0] && rc == SQLITE_OK; i++)
		rc = rcc_sql_exec(db, all[i]);
	return rc;
}

/* The next view or table that is not of the record: "" = none is left. */
static int
find_foreign(sqlite3 *db, char *sql, size_t size)
{
	sqlite3_stmt *stmt = NULL;
	int rc = sqlite3_prepare_v2(
	    db,
	    "SELECT printf('DROP %s \"%w\"', type, name) FROM sqlite_schema WHERE type IN ('table', 'view')"
	    " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT IN (" RECORD_TABLES
	    ") ORDER BY type DESC LIMIT 1",
	    -1, &stmt, NULL);

	sql[0] = '\0';
	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW)
		snprintf(sql, size, "%s", (const char *)sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
	return rc == SQLITE_ROW || rc == SQLITE_DONE ? SQLITE_OK : rc;
}

int
rcc_schema_renew_projections(sqlite3 *db)
{
	char sql[DROP_SIZE];
	int rc = find_foreign(db, sql, sizeof sql);

	while (rc == SQLITE_OK && sql[0] != '\0') {
		rc = rcc_sql_exec(db, sql);
		if (rc == SQLITE_OK)
			rc = find_foreign(db, sql, sizeof sql);
	}
	return rc == SQLITE_OK ? create_projections(db) : rc;
}

static int
write_meta(sqlite3 *db, const struct rcc_journal_id *journal, const struct rcc_key *sign_key)
{
	sqlite3_stmt *stmt = NULL;
	struct rcc_bind bind;
	int rc = rcc_sql_prepare(
	    db, "INSERT INTO meta VALUES('" META_FORMAT "', ?), ('" META_JOURNAL "', ?), ('" META_SIGN_KEY "', ?)",
	    &stmt);

	if (rc == SQLITE_OK) {
		rcc_bind_start(&bind, stmt);
		rcc_bind_int(&bind, RCC_JOURNAL_FORMAT);
		rcc_bind_blob(&bind, journal->b, sizeof journal->b);
		rcc_bind_blob(&bind, sign_key->b, sizeof sign_key->b);
		rc = rcc_bind_run(&bind);
	}
	sqlite3_finalize(stmt);
	return rc;
}

int
rcc_schema_create(sqlite3 *db, const struct rcc_journal_id *journal, const struct rcc_key *sign_key)
{
	char pragma[96];
	int rc;

	snprintf(pragma, sizeof pragma, "PRAGMA application_id=%d; PRAGMA user_version=%d", RCC_JOURNAL_APPLICATION_ID,
	         RCC_JOURNAL_FORMAT);
	rc = rcc_sql_exec(db, pragma);
	if (rc == SQLITE_OK)
		rc = rcc_sql_exec(db, record_sql);
	if (rc == SQLITE_OK)
		rc = write_meta(db, journal, sign_key);
	if (rc == SQLITE_OK)
		rc = rcc_sql_exec(db, meta_guard_sql);
	if (rc == SQLITE_OK)
		rc = create_projections(db);
	return rc;
}

#define OBJECTS_SQL "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"
#define RECORD_SQL "SELECT type, name, sql FROM sqlite_schema WHERE tbl_name IN (" RECORD_TABLES ") ORDER BY type, name"

static const char *
text_of(sqlite3_stmt *stmt, int column)
{
	const unsigned char *text = sqlite3_column_text(stmt, column);

	return text == NULL ? "" : (const char *)text;
}

/* By type and name, as both lists are sorted; a list that has ended comes last. */
static int
compare_names(sqlite3_stmt *ours, bool has_ours, sqlite3_stmt *theirs, bool has_theirs)
{
	int order = (has_theirs ? 0 : 1) - (has_ours ? 0 : 1);

	for (int i = 0; i < 2 && order == 0; i++)
		order = strcmp(text_of(theirs, i), text_of(ours, i));
	return order;
}

/* Walks both lists of tables and triggers at once; the first difference ends it. */
static enum rcc_status
compare_objects(sqlite3_stmt *ours, sqlite3_stmt *theirs, char *why, size_t why_size)
{
	for (;;) {
		int rc = sqlite3_step(theirs);
		if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
			snprintf(why, why_size, "its table of contents cannot be read: %s", sqlite3_errstr(rc));
			return rcc_sql_failure(rc);
		}
		bool has_theirs = rc == SQLITE_ROW;
		bool has_ours = sqlite3_step(ours) == SQLITE_ROW;
		if (!has_theirs && !has_ours)
			return RCC_OK;
		int order = compare_names(ours, has_ours, theirs, has_theirs);
		if (order < 0) {
			snprintf(why, why_size, "it holds a %.16s '%.64s' that no journal has", text_of(theirs, 0),
			         text_of(theirs, 1));
			return RCC_E_CORRUPT;
		}
		if (order > 0 || strcmp(text_of(ours, 2), text_of(theirs, 2)) != 0) {
			snprintf(why, why_size, "its %.16s '%.64s' is missing or altered", text_of(ours, 0),
			         text_of(ours, 1));
			return RCC_E_CORRUPT;
		}
	}
}

static enum rcc_status
check_objects(sqlite3 *db, const char *sql, char *why, size_t why_size)
{
	static const struct rcc_journal_id no_journal;
	static const struct rcc_key no_key;
	sqlite3 *fresh = NULL;
	sqlite3_stmt *ours = NULL;
	sqlite3_stmt *theirs = NULL;
	enum rcc_status status = RCC_E_IO;
	int rc = sqlite3_open_v2(":memory:", &fresh, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);

	if (rc == SQLITE_OK)
		rc = rcc_schema_create(fresh, &no_journal, &no_key);
	if (rc == SQLITE_OK)
		rc = sqlite3_prepare_v2(fresh, sql, -1, &ours, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_prepare_v2(db, sql, -1, &theirs, NULL);
	if (rc == SQLITE_OK) {
		status = compare_objects(ours, theirs, why, why_size);
	} else {
		status = rcc_sql_failure(rc);
		snprintf(why, why_size, "its table of contents cannot be read: %s", sqlite3_errstr(rc));
	}
	sqlite3_finalize(theirs);
	sqlite3_finalize(ours);
	sqlite3_close(fresh);
	return status;
}

enum rcc_status
rcc_schema_check_objects(sqlite3 *db, char *why, size_t why_size)
{
	return check_objects(db, OBJECTS_SQL, why, why_size);
}

enum rcc_status
rcc_schema_check_record(sqlite3 *db, char *why, size_t why_size)
{
	return check_objects(db, RECORD_SQL, why, why_size);
}

enum rcc_status
rcc_schema_check_mark(sqlite3 *db, char *why, size_t why_size)
{
	int64_t application = 0;
	int64_t format = 0;
	int rc = rcc_sql_int(db, "PRAGMA application_id", &application);

	if (rc == SQLITE_OK)
		rc = rcc_sql_int(db, "PRAGMA user_version", &format);
	if (rc != SQLITE_OK) {
		snprintf(why, why_size, "it cannot be read: %s", sqlite3_errstr(rc));
		return rcc_sql_failure(rc);
	}
	if (application != RCC_JOURNAL_APPLICATION_ID) {
		snprintf(why, why_size, "it does not carry the mark of a journal");
		return RCC_E_CORRUPT;
	}
	if (format != RCC_JOURNAL_FORMAT) {
		snprintf(why, why_size, "it states format %lld, this program knows format %d", (long long)format,
		         RCC_JOURNAL_FORMAT);
		return RCC_E_UNSUPPORTED;
	}
	return RCC_OK;
}

enum rcc_status
rcc_schema_read_meta(sqlite3 *db, struct rcc_journal_meta *ret_meta, char *why, size_t why_size)
{
	struct rcc_journal_meta meta;
	int64_t format = 0;
	sqlite3_stmt *stmt = NULL;
	enum rcc_status status = RCC_E_CORRUPT;
	int rc = sqlite3_prepare_v2(db,
	                            "SELECT (SELECT value FROM meta WHERE key = '" META_FORMAT
	                            "'), (SELECT value FROM meta WHERE key = '" META_JOURNAL
	                            "'), (SELECT value FROM meta WHERE key = '" META_SIGN_KEY
	                            "'), (SELECT count(*) FROM meta)",
	                            -1, &stmt, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	if (rc != SQLITE_ROW) {
		snprintf(why, why_size, "table meta cannot be read: %s", sqlite3_errstr(rc));
		status = rcc_sql_failure(rc);
	} else if (!rcc_sql_column_int(stmt, 0, &format) || format != RCC_JOURNAL_FORMAT ||
	           !rcc_sql_column_bytes(stmt, 1, meta.journal.b, sizeof meta.journal.b) ||
	           !rcc_sql_column_bytes(stmt, 2, meta.sign_key.b, sizeof meta.sign_key.b) ||
	           sqlite3_column_int64(stmt, 3) != 3) {
		snprintf(why, why_size, "table meta does not hold format, journal id and signing key");
	} else {
		*ret_meta = meta;
		status = RCC_OK;
	}
	sqlite3_finalize(stmt);
	return status;
}

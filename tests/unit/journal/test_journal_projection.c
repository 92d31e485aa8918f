/* Projections: they say what the entries say, and come back from nothing. */
#include "desk.h"

#include <stdio.h>
#include <string.h>

#include "journal/projection.h"

#define TEXT_SIZE 512

/* First row of a query, columns joined by '|'. */
static const char *
row(const char *path, const char *sql)
{
	static char text[TEXT_SIZE];
	sqlite3 *db = NULL;
	sqlite3_stmt *stmt = NULL;
	size_t used = 0;

	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	text[0] = '\0';
	if (sqlite3_step(stmt) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(stmt); i++) {
			const char *value = (const char *)sqlite3_column_text(stmt, i);
			used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", i > 0 ? "|" : "",
			                         value == NULL ? "-" : value);
		}
	}
	assert_true(used < sizeof text);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return text;
}

/* Time of an entry, as text. */
static const char *
at(uint64_t number)
{
	static char text[32];

	snprintf(text, sizeof text, "%lld", (long long)(STORY_START + (int64_t)(number - 1) * STORY_STEP_MS));
	return text;
}

static void
write_night(struct desk *desk)
{
	const uint64_t signed_at[] = {STORY_NIGHT, 0};

	desk_write(desk, STORY_NIGHT, signed_at);
}

static void
test_peers(void **state)
{
	struct desk *desk = *state;

	write_night(desk);
	assert_string_equal(
	    row(desk->path, "SELECT name, role, mmsi, owner_kind, enrolled_seq, revoked_seq, silent_since_ms FROM peer"
	                    " WHERE peer_id = 2"),
	    "ALPHA|vessel|247111111|fishing|3|-|-");
	assert_string_equal(
	    row(desk->path, "SELECT name, mmsi, revoked_seq, revoked_reason, silent_since_ms, position_heard_at_ms FROM"
	                    " peer WHERE peer_id = 3"),
	    "BETA|002222222|21|key lost|-|1795000000000");
	assert_string_equal(row(desk->path, "SELECT name, role, mmsi, length(key_z85) FROM peer WHERE peer_id = 1"),
	                    "Officer Eva|officer|-|40");
}

static void
test_alerts(void **state)
{
	struct desk *desk = *state;

	write_night(desk);
	assert_string_equal(
	    row(desk->path,
	        "SELECT recorded_seq, lane, verdict, sender_peer_id, source, class, casualty_mmsi, relay_mmsi,"
	        " nature, lat_e7, lon_e7, persons, name, text, CAST(raw AS TEXT), signals_count, incident_id,"
	        " joined_by, decision, escalated_at_ms FROM alert WHERE alert_id = 1"),
	    "5|incident|match|2|crew|live|247012345|-|sinking|352070000|126010000|41|SANTA MARIA|"
	    "taking water, \"pumps\" lost|MAYDAY|2|1|opened|-|-");
	assert_string_equal(
	    row(desk->path,
	        "SELECT lane, verdict, sender_peer_id, casualty_mmsi, lat_e7, lon_e7, incident_id, decision,"
	        " decided_by_peer_id, decision_reason FROM alert WHERE alert_id = 2"),
	    "dismissed|unenrolled|-|-|-|-|-|dismiss|1|a drill");
	assert_string_equal(row(desk->path, "SELECT escalated_at_ms FROM alert WHERE alert_id = 2"), at(12));
	assert_string_equal(row(desk->path, "SELECT decided_at_ms FROM alert WHERE alert_id = 2"), at(13));
}

static void
test_incident(void **state)
{
	struct desk *desk = *state;

	write_night(desk);
	assert_string_equal(
	    row(desk->path, "SELECT number, status, opened_seq, first_alert_id, class, phase, source, nature,"
	                    " casualty_mmsi, name, persons, lat_e7, lon_e7, relay_held_by_peer_id, relay_held_reason,"
	                    " closed_seq, outcome, closed_by_peer_id, closed_reason FROM incident"),
	    "2026-0001|closed|5|1|live|distress|crew|abandoning|247012345|SANTA "
	    "MARIA|43|352070000|126010000|1|verifying|"
	    "18|rescued|1|all 41 aboard");
	assert_string_equal(row(desk->path, "SELECT relay_due_at_ms FROM incident"), at(5));
	assert_string_equal(row(desk->path, "SELECT relay_held_at_ms FROM incident"), at(14));
	assert_string_equal(row(desk->path, "SELECT no_position_overdue_at_ms FROM incident"), at(16));
}

/* One more entry after `last`, with this event alone. */
static void
append_event(struct desk *desk, uint64_t seq, const struct rcc_event *event)
{
	struct rcc_link link;
	size_t len = 0;

	story_entry(14, &desk->entry);
	desk->entry.cause.origin.msg_id = story_msg_id(100 + seq);
	desk->entry.cause.at_ms += (int64_t)seq * 1000;
	desk->entry.event_count = 1;
	desk->entry.event[0] = *event;
	assert_int_equal(rcc_wire_encode_entry(&desk->entry, desk->payload, sizeof desk->payload, &len), RCC_OK);
	assert_int_equal(rcc_journal_append(&desk->journal, &desk->entry, desk->payload, len, &link), RCC_OK);
	assert_int_equal(rcc_journal_commit(&desk->journal), RCC_OK);
}

/* A join ends a hold; its undo makes the case what it was: held, suspended, of a lower phase. */
static void
test_joins(void **state)
{
	static const char columns[] =
	    "SELECT phase, source, status, review_at_ms, relay_due_at_ms, relay_held_at_ms IS NULL FROM incident";
	static struct rcc_event event;
	struct desk *desk = *state;

	desk_open(desk);
	desk_append(desk, 1, 14);
	event = (struct rcc_event){.kind = RCC_EVENT_HOLD_ENDED};
	event.u.hold_ended = (struct rcc_hold_ended){.incident = {1}, .reason = "ships hold a call of 2026-0002"};
	append_event(desk, 15, &event);
	assert_string_equal(row(desk->path, "SELECT relay_held_at_ms IS NULL FROM incident"), "1");
	event = (struct rcc_event){.kind = RCC_EVENT_JOIN_UNDONE};
	event.u.undone = (struct rcc_join_undone){.incident = {1},
	                                          .other = {1},
	                                          .phase = RCC_PHASE_ALERT,
	                                          .source = RCC_SOURCE_DSC,
	                                          .review_at_ms = 1000,
	                                          .held = 1,
	                                          .reason = "two ships"};
	append_event(desk, 16, &event);
	assert_string_equal(row(desk->path, "SELECT phase, status FROM incident"), "distress|open");
	event.u.undone.restored = 1;
	append_event(desk, 17, &event);
	assert_string_equal(row(desk->path, columns), "alert|dsc|suspended|1000|-|0");
	assert_string_equal(row(desk->path, "SELECT suspended_reason FROM incident"), "two ships");
}

/* An alert that is split off goes back to the lane where it waited before it was joined. */
static void
test_moves(void **state)
{
	static const char columns[] = "SELECT incident_id, joined_by, lane, moved_reason FROM alert WHERE alert_id = 1";
	static struct rcc_event event;
	struct desk *desk = *state;

	desk_open(desk);
	desk_append(desk, 1, 14);
	event = (struct rcc_event){.kind = RCC_EVENT_ALERT_MOVED};
	event.u.moved = (struct rcc_alert_moved){.alert = {1}, .to = {1}, .reason = "the same"};
	append_event(desk, 15, &event);
	assert_string_equal(row(desk->path, columns), "1|officer|incident|the same");
	event.u.moved = (struct rcc_alert_moved){
	    .alert = {1}, .from = {1}, .lane = RCC_LANE_NEEDS_READING, .reason = "not the same"};
	append_event(desk, 16, &event);
	assert_string_equal(row(desk->path, columns), "-|-|needs-reading|not the same");
}

static void
test_status_follows_the_officer(void **state)
{
	struct desk *desk = *state;

	desk_open(desk);
	desk_append(desk, 1, 13);
	assert_string_equal(row(desk->path, "SELECT status FROM incident"), "new");
	desk_append(desk, 14, 14);
	assert_string_equal(row(desk->path, "SELECT status FROM incident"), "open");
}

static void
test_deliveries(void **state)
{
	struct desk *desk = *state;

	write_night(desk);
	assert_string_equal(row(desk->path,
	                        "SELECT incident_id, kind, revision, issued_seq, by_peer_id, is_verified, text,"
	                        " ships_without_line FROM broadcast"),
	                    "1|distress-relay|1|5|-|0|MAYDAY RELAY|3");
	assert_string_equal(row(desk->path, "SELECT * FROM call_list"), "1|1|211999000|352067000|126008000|900|1800|3");
	assert_string_equal(
	    row(desk->path,
	        "SELECT broadcast_id, is_called_on, range_m, bearing_ddeg, eta_min, read_by, flagged_at_ms FROM"
	        " delivery WHERE peer_id = 2"),
	    "1|1|18520|900|50|Second officer|-");
	assert_string_equal(row(desk->path, "SELECT sent_at_ms FROM delivery WHERE peer_id = 2"), at(6));
	assert_string_equal(row(desk->path, "SELECT stored_at_ms FROM delivery WHERE peer_id = 2"), at(7));
	assert_string_equal(row(desk->path, "SELECT stored_ship_clock_ms + 900 FROM delivery WHERE peer_id = 2"),
	                    at(7));
	assert_string_equal(row(desk->path, "SELECT read_at_ms FROM delivery WHERE peer_id = 2"), at(8));
	assert_string_equal(row(desk->path, "SELECT answered_at_ms FROM delivery WHERE peer_id = 2"), at(9));
	assert_string_equal(row(desk->path,
	                        "SELECT is_called_on, range_m, eta_min, stored_at_ms, read_at_ms FROM delivery WHERE"
	                        " peer_id = 3"),
	                    "0|-|-|-|-");
	assert_string_equal(row(desk->path, "SELECT flagged_at_ms FROM delivery WHERE peer_id = 3"), at(15));
	assert_string_equal(row(desk->path, "SELECT unreachable_at_ms FROM delivery WHERE peer_id = 3"), at(17));
	assert_string_equal(
	    row(desk->path,
	        "SELECT seq, event, peer_id, incident_id, delivery_number, answer, reason, eta_min, by, text"
	        " FROM answer"),
	    "9|1|2|1|1|unable|danger-to-ship|-|Capt. Ada|-");
}

/* "Stored" speaks of every line up to a number, and of those that nobody has confirmed before. */
static void
test_stored_up_to(void **state)
{
	struct desk *desk = *state;
	struct rcc_link link;
	size_t len = 0;

	desk_open(desk);
	desk_append(desk, 1, 7);
	story_entry(5, &desk->entry);
	desk->entry.cause.at_ms += 90000;
	desk->entry.event_count = 0;
	for (uint32_t number = 2; number <= 4; number++) {
		struct rcc_event *event = &desk->entry.event[desk->entry.event_count++];
		memset(event, 0, sizeof *event);
		event->kind = RCC_EVENT_DELIVERIES_QUEUED;
		event->u.queued.broadcast.v = number;
		event->u.queued.count = 1;
		event->u.queued.row[0] = (struct rcc_delivery_row){.peer = {2}, .number = number};
	}
	struct rcc_event *event = &desk->entry.event[desk->entry.event_count++];
	memset(event, 0, sizeof *event);
	event->kind = RCC_EVENT_DELIVERY_STORED;
	event->u.stored = (struct rcc_delivery_stored){.peer = {2}, .number = 3, .claimed_at_ms = 77};
	assert_int_equal(rcc_wire_encode_entry(&desk->entry, desk->payload, sizeof desk->payload, &len), RCC_OK);
	assert_int_equal(rcc_journal_append(&desk->journal, &desk->entry, desk->payload, len, &link), RCC_OK);
	assert_int_equal(rcc_journal_commit(&desk->journal), RCC_OK);
	assert_string_equal(row(desk->path, "SELECT group_concat(number) FROM delivery WHERE peer_id = 2 AND"
	                                    " stored_ship_clock_ms = 77"),
	                    "2,3");
	assert_string_equal(row(desk->path, "SELECT stored_at_ms FROM delivery WHERE peer_id = 2 AND number = 1"),
	                    at(7));
	assert_string_equal(row(desk->path, "SELECT stored_at_ms FROM delivery WHERE number = 4"), "-");
}

static void
test_messages(void **state)
{
	struct desk *desk = *state;

	write_night(desk);
	/* Every message once; entry 23 repeats an id and adds none. */
	assert_int_equal(desk_int(desk->path, "SELECT count(*) FROM message"), STORY_NIGHT - 9 - 1);
	assert_int_equal(desk_int(desk->path, "SELECT count(*) FROM message WHERE seq = 23"), 0);
	assert_true(desk_int(desk->path, "SELECT fingerprint FROM message WHERE seq = 9") ==
	            (int64_t)UINT64_C(0xf000000000000009));
}

static void
test_rebuild(void **state)
{
	struct desk *desk = *state;
	char why[256] = "";
	sqlite3 *before = NULL;
	sqlite3 *after = NULL;

	write_night(desk);
	desk_copy(desk->path, desk_file(desk, "before.db"));
	sqlite3 *db = desk_forge(desk->path);
	desk_sql(db, "DELETE FROM incident; UPDATE alert SET persons = 1; DELETE FROM message; DROP TABLE delivery;"
	             "CREATE TABLE delivery(peer_id INTEGER)");
	desk_forged(db);
	/* Tables of another build are no damage to the record: they are made again from it, when somebody writes. */
	assert_int_equal(desk_audit(desk, NULL, 0), RCC_OK);
	assert_true(desk->report.is_other_build);
	desk_open(desk);
	assert_true(rcc_journal_was_renewed(&desk->journal));
	rcc_journal_close(&desk->journal);
	assert_int_equal(desk_audit(desk, NULL, 0), RCC_OK);
	assert_false(desk->report.is_other_build);
	desk_open(desk);
	assert_false(rcc_journal_was_renewed(&desk->journal));
	rcc_journal_close(&desk->journal);
	db = desk_forge(desk->path);
	desk_sql(db, "DELETE FROM incident; UPDATE alert SET persons = 1; DELETE FROM message; DELETE FROM delivery;"
	             "DELETE FROM peer; DELETE FROM broadcast; DELETE FROM call_list; DELETE FROM answer");
	desk_forged(db);
	assert_int_equal(desk_audit(desk, NULL, 0), RCC_E_CORRUPT);
	desk_open(desk);
	assert_int_equal(rcc_journal_rebuild(&desk->journal, &desk->fault), RCC_OK);
	/* Still open for writing afterwards. */
	rcc_journal_close(&desk->journal);
	assert_int_equal(desk_audit(desk, NULL, 0), RCC_OK);
	assert_int_equal(sqlite3_open_v2(desk_file(desk, "before.db"), &before, SQLITE_OPEN_READWRITE, NULL),
	                 SQLITE_OK);
	assert_int_equal(sqlite3_open_v2(desk->path, &after, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	assert_int_equal(rcc_projection_compare(after, before, why, sizeof why), RCC_OK);
	sqlite3_close(before);
	sqlite3_close(after);
}

static void
test_goes_on_after_rebuild(void **state)
{
	struct desk *desk = *state;

	desk_open(desk);
	desk_append(desk, 1, 12);
	assert_int_equal(rcc_journal_rebuild(&desk->journal, &desk->fault), RCC_OK);
	desk_append(desk, 13, STORY_NIGHT);
	rcc_journal_close(&desk->journal);
	assert_int_equal(desk_audit(desk, NULL, 0), RCC_OK);
	assert_int_equal(desk->report.rows, STORY_NIGHT);
}

/* A record of an older build: tables that ours has not, others missing, a view; and a forger who hides among them. */
static void
test_other_build(void **state)
{
	struct desk *desk = *state;

	write_night(desk);
	sqlite3 *db = NULL;
	assert_int_equal(sqlite3_open_v2(desk->path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	desk_sql(db,
	         "CREATE TABLE notes(x); INSERT INTO notes VALUES(1); CREATE INDEX notes_x ON notes(x);"
	         "CREATE VIEW seen AS SELECT x FROM notes; DROP TABLE plan; ALTER TABLE peer DROP COLUMN flood_at_ms;"
	         "CREATE TRIGGER later AFTER INSERT ON notes BEGIN DELETE FROM notes; END");
	sqlite3_close(db);
	assert_int_equal(desk_audit(desk, NULL, 0), RCC_OK);
	assert_true(desk->report.is_other_build);
	desk_open(desk);
	assert_true(rcc_journal_was_renewed(&desk->journal));
	rcc_journal_close(&desk->journal);
	assert_int_equal(desk_audit(desk, NULL, 0), RCC_OK);
	assert_false(desk->report.is_other_build);
	assert_int_equal(
	    desk_int(desk->path, "SELECT count(*) FROM sqlite_schema WHERE name IN ('notes', 'seen', 'later')"), 0);
	/* With an entry changed it is damage, whatever the tables are. */
	db = desk_forge(desk->path);
	desk_sql(db, "CREATE TABLE notes(x); UPDATE entry SET at_ms = at_ms + 1 WHERE seq = 5");
	desk_forged(db);
	assert_int_equal(desk_audit(desk, NULL, 0), RCC_E_CORRUPT);
	assert_int_equal(desk->report.bad_seq, 5);
	assert_int_equal(
	    rcc_journal_open(&desk->journal, desk->path, &desk->key, STORY_START, NULL, NULL, &desk->fault),
	    RCC_E_CORRUPT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_peers, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_alerts, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_incident, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_joins, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_moves, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_status_follows_the_officer, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_deliveries, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_stored_up_to, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_messages, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_rebuild, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_goes_on_after_rebuild, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_other_build, desk_setup, desk_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Every view of a real core: exact lines, read back by jansson where the line holds values we do not fix here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "rcc/text.h"
#include "world.h"

static int
set_up(void **state)
{
	struct world *world = calloc(1, sizeof *world);
	assert_non_null(world);
	world_open(world);
	*state = world;
	return 0;
}

static int
tear_down(void **state)
{
	world_close(*state);
	free(*state);
	return 0;
}

/* Line n of the last page, from 0; NULL past its end. The caller decrefs it. */
static json_t *
line(const struct world *world, size_t n)
{
	const char *text = world->rows->bytes;
	for (; n > 0 && text != NULL; n--) {
		text = strchr(text, '\n');
		text = text == NULL ? NULL : text + 1;
	}
	if (text == NULL || *text == '\0')
		return NULL;
	json_t *row = json_loads(text, JSON_DISABLE_EOF_CHECK | JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(row);
	return row;
}

static void
assert_text(const json_t *row, const char *key, const char *want)
{
	const char *text = json_string_value(json_object_get(row, key));
	if (want == NULL) {
		assert_null(json_object_get(row, key));
		return;
	}
	assert_non_null(text);
	assert_string_equal(text, want);
}

static void
assert_number(const json_t *row, const char *key, long long want)
{
	const json_t *value = json_object_get(row, key);
	assert_true(json_is_integer(value));
	assert_int_equal(json_integer_value(value), want);
}

static void
test_status_tells_what_waits(void **state)
{
	struct world *world = *state;
	char digest[17];
	world_distress(world);
	assert_int_equal(world_view(world, RCC_VIEW_STATUS, 0), RCC_OK);
	assert_int_equal(world->rows->next, 0);
	json_t *row = line(world, 0);
	assert_text(row, "class", "STATUS");
	assert_text(row, "centre", "MRCC TEST");
	assert_number(row, "uptime_s", 727);
	assert_number(row, "incidents_open", 1);
	assert_number(row, "quarantine", 1);
	assert_number(row, "needs_reading", 0);
	assert_number(row, "peers", 4);
	assert_number(row, "ships_enrolled", 2);
	assert_number(row, "connected", 1);
	assert_number(row, "vessels", 4);
	assert_number(row, "entries", (long long)rcc_core_seq(world->core));
	snprintf(digest, sizeof digest, "%016llx", (unsigned long long)rcc_core_digest(world->core));
	assert_text(row, "digest", digest);
	assert_text(row, "ships", "tcp://0.0.0.0:8406");
	assert_text(row, "live", NULL);
	assert_true(json_is_false(json_object_get(row, "degraded")));
	assert_number(json_object_get(row, "counters"), "received", 310);
	json_decref(row);
	assert_null(line(world, 1));
}

/* What a feed did not hand on stands beside what it did, and the two and what waits are what it heard. */
static void
test_status_tells_what_feeds_leave_out(void **state)
{
	struct world *world = *state;
	static const struct rcc_told_tally told[] = {
	    {.peer = {0}},
	    {.peer = {RADIO},
	     .told_at_ms = NOW_MS - 1000,
	     .tally = {.since_at_ms = START_MS,
	               .lines = 100,
	               .texts = 2,
	               .waiting = 1,
	               .alert = 2,
	               .raw = 5,
	               .report = 60,
	               .vessel_data = 7,
	               .own = 1,
	               .repeats = 3,
	               .routine = 4,
	               .garbled = 5,
	               .incomplete = 6,
	               .unreadable = 1,
	               .withheld = 2,
	               .other = 5,
	               .replaced = 9,
	               .unsent = 8,
	               .last_why = "unreadable",
	               .last_at_ms = NOW_MS - 2000,
	               .last_len = 5,
	               .last = {'$', 0x80, '\\', '"', 0x0a}}},
	    {.peer = {999}, .told_at_ms = NOW_MS},
	};
	world->facts.tally = told;
	world->facts.tally_count = sizeof told / sizeof told[0];
	assert_int_equal(world_view(world, RCC_VIEW_STATUS, 0), RCC_OK);
	json_t *row = line(world, 0);
	json_t *feeds = json_object_get(row, "feeds");
	assert_int_equal(json_array_size(feeds), 1);
	const json_t *feed = json_array_get(feeds, 0);
	assert_number(feed, "heard", 102);
	assert_number(feed, "handed_on", 75);
	assert_number(feed, "not_handed_on", 26);
	assert_number(feed, "waiting", 1);
	assert_number(feed, "other", 5);
	assert_text(feed, "last_why", "unreadable");
	assert_text(feed, "last", "$\\x80\\\\\"\\x0A");
	json_decref(row);
}

static void
test_vessels_golden(void **state)
{
	struct world *world = *state;
	struct rcc_view view = {.what = RCC_VIEW_VESSELS, .mmsi = {538004321}, .near = RCC_POS_NONE};
	assert_int_equal(rcc_view_fill(&view, world->core, &world->picture, &world->facts, world->rows), RCC_OK);
	assert_string_equal(
	    world->rows->bytes,
	    "{\"class\":\"VESSEL\",\"mmsi\":\"538004321\",\"kind\":\"ship\",\"name\":\"GULF \\\"TRADER\\\"\","
	    "\"callsign\":\"V7AB1\",\"imo\":9074729,\"type\":70,\"lat\":35.3,\"lon\":12.5,\"sog_kn\":12,"
	    "\"cog_deg\":270.5,\"nav_status\":0,\"seen\":\"2026-11-23T03:12:00.000Z\",\"age_s\":7,\"length_m\":180,"
	    "\"beam_m\":28,\"draught_m\":9.5,\"reported_by\":\"LAMPEDUSA RADIO\",\"registered\":false}\n");
	view.mmsi.v = 972123456;
	assert_int_equal(rcc_view_fill(&view, world->core, &world->picture, &world->facts, world->rows), RCC_OK);
	assert_string_equal(world->rows->bytes,
	                    "{\"class\":\"VESSEL\",\"mmsi\":\"972123456\",\"kind\":\"mob\",\"lat\":35.2066667,"
	                    "\"lon\":12.6,\"cog_deg\":270.5,\"nav_status\":0,\"seen\":\"2026-11-23T03:12:00.000Z\","
	                    "\"age_s\":7,\"reported_by\":\"LAMPEDUSA RADIO\",\"registered\":false}\n");
}

static void
test_vessels_near_are_nearest_first(void **state)
{
	struct world *world = *state;
	struct rcc_view view = {
	    .what = RCC_VIEW_VESSELS, .near = {.lat_e7 = 353000000, .lon_e7 = 125000000}, .within_m = 6 * 1852};
	assert_int_equal(rcc_view_fill(&view, world->core, &world->picture, &world->facts, world->rows), RCC_OK);
	json_t *first = line(world, 0);
	json_t *second = line(world, 1);
	assert_text(first, "mmsi", "538004321");
	assert_number(first, "range_nm", 0);
	assert_text(second, "mmsi", "244670316");
	/* 0.1 degree of longitude at 35.3 N is 4.91 nm on WGS 84; the place lies due west. */
	assert_true(json_number_value(json_object_get(second, "range_nm")) > 4.90);
	assert_true(json_number_value(json_object_get(second, "range_nm")) < 4.92);
	assert_true(json_number_value(json_object_get(second, "bearing_deg")) > 269.9);
	assert_true(json_number_value(json_object_get(second, "bearing_deg")) < 270.2);
	assert_null(line(world, 2));
	json_decref(first);
	json_decref(second);
}

static void
test_a_view_without_its_argument_is_refused(void **state)
{
	struct world *world = *state;
	struct rcc_view view = {.what = RCC_VIEW_VESSELS, .near = RCC_POS_NONE, .within_m = 1852};
	assert_int_equal(rcc_view_fill(&view, world->core, &world->picture, &world->facts, world->rows), RCC_E_RANGE);
	view = (struct rcc_view){.what = RCC_VIEW_VESSELS, .near = {0, 0}};
	assert_int_equal(rcc_view_fill(&view, world->core, &world->picture, &world->facts, world->rows), RCC_E_RANGE);
	assert_int_equal(world_view(world, RCC_VIEW_INCIDENT, 0), RCC_E_RANGE);
	assert_int_equal(world_view(world, RCC_VIEW_INCIDENT, 1), RCC_E_NOT_FOUND);
	assert_int_equal(world_view(world, RCC_VIEW_DELIVERIES, 99), RCC_E_NOT_FOUND);
}

static void
test_alerts_keep_what_was_received(void **state)
{
	struct world *world = *state;
	world_distress(world);
	assert_int_equal(world_view(world, RCC_VIEW_ALERTS, 0), RCC_OK);
	json_t *row = line(world, 0);
	assert_text(row, "lane", "incident");
	assert_text(row, "verdict", "match");
	assert_text(row, "mode", "live");
	assert_text(row, "incident", "2026-0001");
	assert_text(row, "sender", "ASTRID");
	assert_text(row, "sender_mmsi", "257123450");
	assert_text(row, "sender_key", NULL);
	assert_text(row, "raw", NULL);
	json_decref(row);
	row = line(world, 1);
	assert_text(row, "lane", "quarantine");
	assert_text(row, "verdict", "unenrolled");
	assert_text(row, "incident", NULL);
	assert_text(row, "sender", NULL);
	assert_true(json_is_string(json_object_get(row, "sender_key")));
	assert_text(row, "raw_hex", "24ff000a");
	assert_true(json_is_true(json_object_get(row, "needs_reading")));
	assert_true(json_is_true(json_object_get(row, "checksum_wrong")));
	assert_null(json_object_get(row, "self_cancel"));
	assert_null(json_object_get(row, "lat"));
	assert_null(json_object_get(row, "persons"));
	json_decref(row);
}

/* A beacon that a text calls a distress, and that says itself that it is a test: each line tells of the other. */
static void
test_a_beacon_on_both_sides_of_a_wall(void **state)
{
	struct world *world = *state;
	static const enum rcc_class classes[] = {RCC_CLASS_LIVE, RCC_CLASS_TEST, RCC_CLASS_LIVE};
	static const char *const beacons[] = {"9C7F4B013595551", "9C7F4B013595551", "A608130D34D34D1"};
	for (uint32_t i = 0; i < 3; i++) {
		struct rcc_command *command = world_command(world, RCC_COMMAND_ALERT, RADIO, NOW_MS - 3000 + i);
		command->u.alert = (struct rcc_alert){.source = i == 1 ? RCC_SOURCE_BEACON406 : RCC_SOURCE_SIT185,
		                                      .class = classes[i],
		                                      .pos = RCC_POS_NONE,
		                                      .marks = i == 0 ? RCC_ALERT_NEEDS_READING : 0};
		memcpy(command->u.alert.beacon, beacons[i], strlen(beacons[i]));
		assert_true(world_step(world) > 0);
	}
	assert_int_equal(world_view(world, RCC_VIEW_ALERTS, 0), RCC_OK);
	for (size_t i = 0; i < 3; i++) {
		json_t *row = line(world, i);
		json_t *beside = json_object_get(row, "same_beacon");
		assert_int_equal(json_array_size(beside), i < 2 ? 1 : 0);
		if (i < 2) {
			json_t *other = json_array_get(beside, 0);
			assert_int_equal(json_integer_value(json_object_get(other, "alert")), 2 - i);
			assert_text(other, "mode", i == 0 ? "test" : "live");
			assert_text(other, "lane", i == 0 ? "test" : "needs-reading");
		}
		json_decref(row);
	}
}

static void
test_an_incident_with_all_that_belongs_to_it(void **state)
{
	struct world *world = *state;
	static const char *const classes[] = {"INCIDENT", "ALERT", "BROADCAST", "CALL"};
	world_distress(world);
	assert_int_equal(world_view(world, RCC_VIEW_INCIDENT, 1), RCC_OK);
	for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++) {
		json_t *row = line(world, i);
		assert_text(row, "class", classes[i]);
		assert_text(row, "incident", "2026-0001");
		assert_number(row, "incident_id", 1);
		json_decref(row);
	}
	assert_null(line(world, 4));
	json_t *incident = line(world, 0);
	assert_text(incident, "phase", "distress");
	assert_text(incident, "relay", "sent");
	assert_number(incident, "persons", 14);
	assert_number(incident, "stored", 1);
	assert_number(incident, "read", 1);
	assert_number(incident, "answered", 1);
	assert_number(incident, "unable", 1);
	assert_number(incident, "proceeding", 0);
	json_decref(incident);
}

/* The core's row as it may stand, and the word for it: what an officer reads decides what he does. */
static void
test_the_relay_word_is_what_stands_in_between(void **state)
{
	static const struct {
		const char *word;
		enum rcc_class class;
		enum rcc_incident_status status;
		uint32_t broadcasts;
		bool is_cancelled, is_held, has_pos, has_clock, is_distress;
	} cases[] = {
	    {"sent", RCC_CLASS_LIVE, RCC_INCIDENT_OPEN, 1, false, false, true, false, true},
	    {"sent", RCC_CLASS_LIVE, RCC_INCIDENT_CLOSED, 1, false, false, true, false, true},
	    {"cancelled", RCC_CLASS_LIVE, RCC_INCIDENT_OPEN, 2, true, false, true, false, true},
	    {"cancelled", RCC_CLASS_LIVE, RCC_INCIDENT_CLOSED, 2, true, false, true, false, true},
	    {"scheduled", RCC_CLASS_LIVE, RCC_INCIDENT_OPEN, 2, true, false, true, true, true},
	    {"waits-for-position", RCC_CLASS_LIVE, RCC_INCIDENT_OPEN, 2, true, false, false, true, true},
	    {"scheduled", RCC_CLASS_LIVE, RCC_INCIDENT_NEW, 0, false, false, true, true, true},
	    {"held", RCC_CLASS_LIVE, RCC_INCIDENT_OPEN, 0, false, true, true, true, true},
	    {"held", RCC_CLASS_LIVE, RCC_INCIDENT_OPEN, 0, false, true, false, true, true},
	    {"waits-for-position", RCC_CLASS_LIVE, RCC_INCIDENT_NEW, 0, false, false, false, true, true},
	    {"waits-for-position", RCC_CLASS_LIVE, RCC_INCIDENT_NEW, 0, false, false, false, false, true},
	    {"officer", RCC_CLASS_LIVE, RCC_INCIDENT_NEW, 0, false, false, true, false, true},
	    {"officer", RCC_CLASS_LIVE, RCC_INCIDENT_NEW, 0, false, false, true, true, false},
	    {"scheduled", RCC_CLASS_EXERCISE, RCC_INCIDENT_NEW, 0, false, false, true, true, true},
	    {"sent", RCC_CLASS_EXERCISE, RCC_INCIDENT_OPEN, 1, false, false, true, true, true},
	    {"test", RCC_CLASS_TEST, RCC_INCIDENT_NEW, 0, false, false, true, true, true},
	    {"suspended", RCC_CLASS_LIVE, RCC_INCIDENT_SUSPENDED, 2, true, false, true, false, true},
	    {"suspended", RCC_CLASS_LIVE, RCC_INCIDENT_SUSPENDED, 0, false, false, true, false, true},
	    {"never", RCC_CLASS_LIVE, RCC_INCIDENT_CLOSED, 0, false, false, true, false, true},
	};
	struct world *world = *state;
	world_distress(world);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct rcc_incident *incident = &world->core->incident[0];
		incident->class = cases[i].class;
		incident->status = cases[i].status;
		incident->broadcasts = cases[i].broadcasts;
		incident->is_cancelled = cases[i].is_cancelled;
		incident->is_relay_held = cases[i].is_held;
		incident->pos = cases[i].has_pos ? (struct rcc_pos){352066667, 126000000} : RCC_POS_NONE;
		incident->relay_due_at_ms = cases[i].has_clock ? NOW_MS : 0;
		incident->phase = cases[i].is_distress ? RCC_PHASE_DISTRESS : RCC_PHASE_ALERT;
		assert_int_equal(world_view(world, RCC_VIEW_INCIDENTS, 0), RCC_OK);
		json_t *row = line(world, 0);
		assert_text(row, "relay", cases[i].word);
		assert_int_equal(json_object_get(row, "relay_due") != NULL, strcmp(cases[i].word, "scheduled") == 0);
		json_decref(row);
	}
}

/* The registered ships, the casualty and the beacon are not to be called; the stranger near by is. */
static void
test_the_call_list_names_only_ships_that_can_be_called(void **state)
{
	struct world *world = *state;
	world_distress(world);
	assert_int_equal(world_view(world, RCC_VIEW_INCIDENT, 1), RCC_OK);
	json_t *row = line(world, 3);
	assert_text(row, "class", "CALL");
	assert_text(row, "mmsi", "538004321");
	assert_text(row, "callsign", "V7AB1");
	/* 7.45 nm at 12 kn. */
	assert_number(row, "eta_min", 38);
	json_decref(row);
}

static void
test_a_delivery_with_each_of_its_times(void **state)
{
	struct world *world = *state;
	size_t n = 0;
	world_distress(world);
	assert_int_equal(world_view(world, RCC_VIEW_DELIVERIES, 1), RCC_OK);
	json_t *row = line(world, n);
	while (row != NULL && strcmp(json_string_value(json_object_get(row, "ship")), "BOREAS") != 0) {
		json_decref(row);
		row = line(world, ++n);
	}
	assert_non_null(row);
	assert_text(row, "kind", "distress-relay");
	assert_text(row, "mmsi", "244670316");
	assert_text(row, "owner", NULL);
	assert_text(row, "state", "answered");
	assert_true(json_is_true(json_object_get(row, "called_on")));
	assert_true(json_is_false(json_object_get(row, "connected")));
	assert_number(row, "ms_to_sent", 4);
	assert_number(row, "ms_to_stored", 400);
	assert_number(row, "ms_to_read", 33900);
	assert_number(row, "ms_to_answered", 63900);
	assert_text(row, "read_by", "2nd mate");
	assert_text(row, "answer", "unable");
	assert_text(row, "reason", "too-far");
	assert_text(row, "answer_by", "Master");
	assert_text(row, "answer_text", "bunkers low");
	assert_null(json_object_get(row, "flagged"));
	json_decref(row);
}

static void
test_peers_and_strangers(void **state)
{
	struct world *world = *state;
	char key[RCC_KEY_TEXT_SIZE];
	assert_int_equal(world_view(world, RCC_VIEW_PEERS, 0), RCC_OK);
	json_t *row = line(world, 0);
	assert_text(row, "name", "ASTRID");
	assert_text(row, "role", "vessel");
	assert_text(row, "owner", "merchant");
	assert_true(json_is_true(json_object_get(row, "connected")));
	assert_text(row, "last_heard", "2026-11-23T03:12:06.000Z");
	json_decref(row);
	row = line(world, 3);
	assert_text(row, "role", "officer");
	assert_text(row, "mmsi", NULL);
	assert_null(json_object_get(row, "silent"));
	assert_null(json_object_get(row, "connected"));
	json_decref(row);
	row = line(world, 4);
	assert_text(row, "role", "guest");
	assert_text(row, "admission", "no");
	assert_number(row, "refused", 3);
	assert_text(row, "key", rcc_key_format(key, &world->refusal[0].key));
	json_decref(row);
	row = line(world, 5);
	assert_text(row, "admission", "guest");
	assert_number(row, "connections", 3);
	assert_null(json_object_get(row, "refused"));
	json_decref(row);
	assert_null(line(world, 6));
}

/* A ship that knocks at the officers' port is told by its name. */
static void
test_an_enrolled_key_that_a_port_refused_has_its_name(void **state)
{
	struct world *world = *state;
	world->refusal[0].key = rcc_peer_find(world->core, (struct rcc_peer_id){ASTRID})->key;
	assert_int_equal(world_view(world, RCC_VIEW_PEERS, 0), RCC_OK);
	json_t *row = line(world, 4);
	assert_text(row, "name", "ASTRID");
	assert_text(row, "role", "vessel");
	assert_text(row, "port", "operations");
	assert_number(row, "refused", 3);
	assert_null(json_object_get(row, "id"));
	json_decref(row);
}

/* A key that was turned away and then enrolled is no stranger any more. */
static void
test_an_enrolled_key_leaves_the_strangers(void **state)
{
	struct world *world = *state;
	struct rcc_enrol *enrol = &world_command(world, RCC_COMMAND_ENROL, 0, NOW_MS - 1000)->u.enrol;
	*enrol = (struct rcc_enrol){.name = "AUDIT", .role = RCC_ROLE_AUDITOR, .key = world->refusal[0].key};
	assert_true(world_step(world) > 0);
	assert_int_equal(world_view(world, RCC_VIEW_PEERS, 0), RCC_OK);
	json_t *row = line(world, 4);
	assert_text(row, "name", "AUDIT");
	json_decref(row);
	assert_null(line(world, 5));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_status_tells_what_waits, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_status_tells_what_feeds_leave_out, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_vessels_golden, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_vessels_near_are_nearest_first, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_a_view_without_its_argument_is_refused, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_alerts_keep_what_was_received, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_a_beacon_on_both_sides_of_a_wall, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_an_incident_with_all_that_belongs_to_it, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_the_relay_word_is_what_stands_in_between, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_the_call_list_names_only_ships_that_can_be_called, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_a_delivery_with_each_of_its_times, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_peers_and_strangers, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_an_enrolled_key_that_a_port_refused_has_its_name, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_an_enrolled_key_leaves_the_strangers, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

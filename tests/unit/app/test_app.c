/* The shell as one object, opened on a folder of its own: what it says carries nothing of what it said before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "outbound.h"
#include "shell.h"
#include "speak.h"

static struct shell shell;
static struct rcc_app *const app = &shell.app;
static const struct rcc_key feed = {{1}};

static int
open_app(void **state)
{
	(void)state;
	shell_open(&shell, NULL);
	return 0;
}

static int
close_app(void **state)
{
	(void)state;
	shell_close(&shell);
	return 0;
}

/* One body is written over another: each kind that the daemon says goes out empty, whatever was said before. */
static void
test_a_body_begins_empty(void **state)
{
	static const enum rcc_body_kind kinds[] = {RCC_BODY_WELCOME,       RCC_BODY_ACCEPTED,  RCC_BODY_REFUSED,
	                                           RCC_BODY_NOT_CONFIRMED, RCC_BODY_DELIVERY,  RCC_BODY_CHECKPOINT,
	                                           RCC_BODY_BEAT,          RCC_BODY_VIEW_ROWS, RCC_BODY_ENTRY};
	static struct rcc_envelope other;
	static uint8_t bytes[4096];
	size_t len = 0;
	size_t len_other = 0;

	(void)state;
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		memset(&app->out.u, 'x', sizeof app->out.u);
		struct rcc_envelope *out = rcc_speak_begin(app, kinds[i]);
		memset(&other, 0, sizeof other);
		memcpy(&other, out, offsetof(struct rcc_envelope, u));
		enum rcc_status status = rcc_wire_encode(out, app->bytes, sizeof app->bytes, &len);
		assert_int_equal(rcc_wire_encode(&other, bytes, sizeof bytes, &len_other), status);
		if (status != RCC_OK)
			continue; /* nothing to say without a field that must be there */
		assert_int_equal(len, len_other);
		assert_memory_equal(app->bytes, bytes, len);
	}
}

static void
hear_as(uint8_t id, const char *source, const char *sentence)
{
	struct rcc_envelope *envelope = shell_begin(&shell, RCC_BODY_ALERT_RAW);
	struct rcc_alert_raw *said = &envelope->u.alert_raw;

	envelope->id = (struct rcc_msg_id){{id}};
	(void)snprintf(said->source_name, sizeof said->source_name, "%s", source);
	said->raw_len = (uint32_t)strlen(sentence);
	memcpy(said->raw, sentence, said->raw_len);
	shell_say(&shell, RCC_PORT_SHIPS, &feed);
}

static void
hear(uint8_t id, const char *sentence)
{
	hear_as(id, "dsc", sentence);
}

/* A receipt is lost on a bad link and the feed says it again: it was heard once. */
static void
test_what_comes_again_is_counted_as_such(void **state)
{
	static const char routine[] = "$CDDSC,120,2480000010,100,121,126,3001000030,8888,,,B,E*73";
	static const char distress[] = "$CDDSC,12,2470123450,12,05,00,0354001230,2258,,,S,E*63";
	const struct rcc_heard_counts *counts = NULL;

	(void)state;
	(void)shell_enrol(&shell, RCC_ROLE_FEED, 0, &feed);
	hear(1, routine);
	for (size_t i = 0; i <= RCC_SOURCES_MAX; i++) {
		if (app->heard[i].received == 1)
			counts = &app->heard[i];
	}
	assert_non_null(counts);
	assert_int_equal(counts->positions, 1);
	assert_int_equal(counts->again, 0);
	hear(1, routine);
	assert_int_equal(counts->positions, 1);
	assert_int_equal(counts->again, 1);
	/* The same words under another id were said anew, as were other words under the same. */
	hear(2, routine);
	assert_int_equal(counts->positions, 2);
	hear(1, distress);
	assert_int_equal(counts->alerts, 1);
	hear(1, distress);
	assert_int_equal(counts->alerts, 1);
	assert_int_equal(counts->again, 2);
	assert_int_equal(counts->received, 5);
	shell_commit(&shell);
}

/* The parts of an expansion come one by one, each with those before it: the position is made finer once. */
static void
test_parts_refine_a_position_once(void **state)
{
	static const char first[] = "$CDDSE,2,1,A,2440000010,00,12345678*1C";
	static const char both[] = "$CDDSE,2,1,A,2440000010,00,12345678*1C\n$CDDSE,2,2,A,2440000010,02,0035*13";
	const struct rcc_mmsi mmsi = {244000001};
	const int32_t lat_e7 = 354166667 + 20576, lon_e7 = 131666667 + 94633; /* 0.1234 and 0.5678 minutes */

	(void)state;
	hear(11, "$CDDSC,20,2440000010,00,21,26,0352501310,8888,,,B,E*7C");
	assert_int_equal(rcc_picture_find(&app->picture, mmsi)->pos.lat_e7, 354166667);
	app->now_ms++;
	hear(12, first);
	assert_in_range(rcc_picture_find(&app->picture, mmsi)->pos.lat_e7, lat_e7 - 20, lat_e7 + 20);
	hear(13, both);
	assert_in_range(rcc_picture_find(&app->picture, mmsi)->pos.lat_e7, lat_e7 - 20, lat_e7 + 20);
	assert_in_range(rcc_picture_find(&app->picture, mmsi)->pos.lon_e7, lon_e7 - 20, lon_e7 + 20);
	/* A part that came alone and states no finer position takes none away. */
	hear(14, "$CDDSE,2,2,A,2440000010,02,0035*13");
	assert_in_range(rcc_picture_find(&app->picture, mmsi)->pos.lat_e7, lat_e7 - 20, lat_e7 + 20);
}

/* Whether one waits for a person is what the core decided, and its lane shows; the counters say the same. */
static void
test_what_waits_for_a_person_is_counted_as_unread(void **state)
{
	static const struct {
		const char *source, *sentence;
	} row[] = {
	    {"dsc", "$CDDSE,1,1,A,2440000990,00,12345678*1E"},
	    {"dsc", "$CDDSC,16,2470555550,12,10,00,0354001230,2258,2470555550,05,S,*23"},
	    {"ais", "!AIVDM,1,1,,A,>3lE=@@l4r0uHE88t58B04hj1<PU1>0httf0uE@,2*1B"},
	};
	struct rcc_heard_counts total;

	(void)state;
	memset(&total, 0, sizeof total);
	for (uint32_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		uint64_t unread = 0, alerts = 0;
		hear_as((uint8_t)(21 + i), row[i].source, row[i].sentence);
		/* Said once more: a repeat waits as well. */
		hear_as((uint8_t)(31 + i), row[i].source, row[i].sentence);
		for (size_t k = 0; k <= RCC_SOURCES_MAX; k++) {
			unread += app->heard[k].unread;
			alerts += app->heard[k].alerts;
		}
		assert_int_equal(unread, total.unread + 2);
		assert_int_equal(alerts, i == 0 ? alerts : total.alerts);
		total.unread = unread;
		total.alerts = alerts;
	}
	shell_commit(&shell);
}

/* A ship that connects in the turn of a distress: nothing is given to her link before the turn is on the disk. */
static void
test_nothing_leaves_before_the_commit(void **state)
{
	static const char distress[] = "$CDDSC,12,2471123450,12,05,00,0364001230,2258,,,S,E*61";
	static const struct rcc_key vessel = {{2}};

	(void)state;
	struct rcc_peer_id ship = shell_enrol(&shell, RCC_ROLE_VESSEL, 257123450, &vessel);
	shell_commit(&shell);
	uint32_t before = app->core.peer[ship.v - 1].delivery_last;
	hear(77, distress);
	shell_wait(&shell, 3600000);
	assert_true(app->core.peer[ship.v - 1].delivery_last > before);
	assert_int_equal(app->contact[ship.v - 1].retry_at_ms, 0);
	struct rcc_hello *hello = &shell_begin(&shell, RCC_BODY_HELLO)->u.hello;
	hello->wants_deliveries = 1;
	hello->protocol_min = 1;
	hello->protocol_max = RCC_PROTOCOL_MAX;
	shell_say(&shell, RCC_PORT_SHIPS, &vessel);
	assert_int_equal(app->contact[ship.v - 1].retry_at_ms, 0);
	assert_true(app->has_restarts);
	shell_commit(&shell);
	assert_false(app->has_restarts);
}

/* A link that may cost little hears few beats, one that may cost anything as many as others; silence has a bound. */
static void
test_beats_fit_the_budget_of_a_link(void **state)
{
	(void)state;
	assert_int_equal(rcc_outbound_beat_ms(15000, 0), 15000);
	assert_int_equal(rcc_outbound_beat_ms(15000, 8000), 720000);
	assert_int_equal(rcc_outbound_beat_ms(15000, 64000), 90000);
	assert_int_equal(rcc_outbound_beat_ms(15000, 4000000), 15000);
	assert_int_equal(rcc_outbound_beat_ms(15000, 100), 900000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_body_begins_empty),
	    cmocka_unit_test(test_what_comes_again_is_counted_as_such),
	    cmocka_unit_test(test_parts_refine_a_position_once),
	    cmocka_unit_test(test_what_waits_for_a_person_is_counted_as_unread),
	    cmocka_unit_test(test_nothing_leaves_before_the_commit),
	    cmocka_unit_test(test_beats_fit_the_budget_of_a_link),
	};
	return cmocka_run_group_tests(tests, open_app, close_app);
}

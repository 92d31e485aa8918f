#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "bridge.h"
#include "rcc/text.h"
#include "rcc/work_text.h"

static void
test_what_is_not_live_never_looks_live(void **state)
{
	struct bridge *place = *state;
	struct rcc_inbox_row row;
	char output[OUTPUT_MAX];

	memset(&row, 0, sizeof row);
	row.delivery.number = 4;
	row.delivery.incident_year = 2026;
	row.delivery.incident_number = 12;
	row.delivery.kind = RCC_BROADCAST_DISTRESS_RELAY;
	row.delivery.class = RCC_CLASS_LIVE;
	row.delivery.nature = RCC_NATURE_FIRE;
	row.delivery.source = RCC_SOURCE_DSC;
	row.delivery.pos = RCC_POS_NONE;
	row.delivery.range_m = 43522;
	row.delivery.bearing_ddeg = 3597;
	row.delivery.eta_min = 95;
	row.delivery.called_on = 1;
	bridge_listen(place);
	rcc_crew_show(&place->crew, &row);
	bridge_heard(place, output);
	assert_non_null(strstr(output, "MAYDAY RELAY: incident 2026-0012, delivery 4"));
	assert_non_null(strstr(output, "YOU ARE CALLED ON TO RESPOND"));
	assert_non_null(strstr(output, "NOT YET VERIFIED"));
	assert_non_null(strstr(output, "SOLAS V/33.1"));
	assert_non_null(strstr(output, "from you: 23.5 NM, bearing 000 degrees true, about 1 h 35 min"));
	for (int i = RCC_CLASS_TEST; i <= RCC_CLASS_EXERCISE; i++) {
		row.delivery.class = (enum rcc_class)i;
		bridge_listen(place);
		rcc_crew_show(&place->crew, &row);
		bridge_heard(place, output);
		assert_null(strstr(output, "MAYDAY"));
		assert_null(strstr(output, "CALLED ON"));
		assert_non_null(strstr(output, i == RCC_CLASS_TEST ? "TEST" : "EXERCISE EXERCISE EXERCISE"));
		assert_non_null(strstr(output, "nobody is in danger"));
	}
}

/* The text of a delivery may hold any word; the line that it stands on says what it is. */
static void
assert_each_line_is_marked(const char *output, const char *mark)
{
	while (*output != '\0') {
		char line[RCC_CREW_LINE_MAX];
		size_t len = strcspn(output, "\n");

		assert_true(len < sizeof line);
		memcpy(line, output, len);
		line[len] = '\0';
		assert_non_null(strstr(line, mark));
		output += len + (output[len] == '\n' ? 1 : 0);
	}
}

static void
test_every_line_of_an_exercise_says_so(void **state)
{
	struct bridge *place = *state;
	struct rcc_inbox_row row;
	char output[OUTPUT_MAX];

	bridge_open_offline(place);
	for (int kind = RCC_BROADCAST_DISTRESS_RELAY; kind <= RCC_BROADCAST_LAST; kind++) {
		memset(&row, 0, sizeof row);
		row.delivery.kind = (enum rcc_broadcast_kind)kind;
		row.delivery.class = RCC_CLASS_EXERCISE;
		row.delivery.called_on = 1;
		row.delivery.range_m = 43522;
		row.delivery.persons = 3;
		row.read_at_ms = 1;
		snprintf(row.delivery.text, sizeof row.delivery.text, "MAYDAY MAYDAY");
		row.delivery.candidate_count = kind == RCC_BROADCAST_UPDATE ? 2 : 0;
		row.delivery.doubts = RCC_ALERT_POS_JUMP;
		bridge_listen(place);
		rcc_crew_show(&place->crew, &row);
		rcc_crew_alarm(&place->crew, &row.delivery);
		bridge_heard(place, output);
		assert_null(strstr(output, "CALLED ON"));
		assert_null(strstr(output, "MAYDAY RELAY"));
		assert_null(strstr(output, "SOLAS"));
		assert_each_line_is_marked(output, "EXERCISE");
	}
	bridge_play(place, "distress --exercise --nature fire\nSEND\n", output);
	assert_null(strstr(output, "use your radio"));
	assert_non_null(strstr(output, "EXERCISE EXERCISE EXERCISE type SEND"));
	assert_non_null(strstr(output, "EXERCISE EXERCISE EXERCISE sending"));
	assert_int_equal(place->crew.message->class, RCC_CLASS_EXERCISE);
}

static void
test_a_suspended_search_calls_on_nobody(void **state)
{
	struct bridge *place = *state;
	struct rcc_inbox_row row;
	char output[OUTPUT_MAX];

	memset(&row, 0, sizeof row);
	row.delivery.kind = RCC_BROADCAST_SUSPENDED;
	row.delivery.class = RCC_CLASS_LIVE;
	row.delivery.pos = RCC_POS_NONE;
	row.delivery.range_m = RCC_RANGE_UNKNOWN_M;
	row.delivery.casualty.v = 232001000;
	bridge_listen(place);
	rcc_crew_show(&place->crew, &row);
	bridge_heard(place, output);
	assert_non_null(strstr(output, "SEARCH SUSPENDED until new developments"));
	assert_non_null(strstr(output, "nobody is called on"));
	assert_null(strstr(output, "SOLAS V/33.1"));
	assert_null(strstr(output, "answer "));
	place->crew.settings.mmsi.v = 232001000;
	bridge_listen(place);
	rcc_crew_show(&place->crew, &row);
	bridge_heard(place, output);
	assert_non_null(strstr(output, "the search for you has stopped"));
}

/* Two cases that are one: nobody is told that help is no longer needed, and nobody is told to resume her voyage. */
static void
test_a_join_calls_nobody_off(void **state)
{
	struct bridge *place = *state;
	struct rcc_inbox_row row;
	char output[OUTPUT_MAX];

	memset(&row, 0, sizeof row);
	row.delivery.kind = RCC_BROADCAST_CANCEL;
	row.delivery.class = RCC_CLASS_LIVE;
	row.delivery.pos = RCC_POS_NONE;
	row.delivery.range_m = RCC_RANGE_UNKNOWN_M;
	snprintf(row.delivery.text, sizeof row.delivery.text, "the same case as 2026-0001");
	bridge_listen(place);
	rcc_crew_show(&place->crew, &row);
	bridge_heard(place, output);
	assert_non_null(strstr(output, "NOW PART OF ANOTHER CASE"));
	assert_non_null(strstr(output, "goes on for the other one"));
	assert_null(strstr(output, "no longer needed"));
	assert_null(strstr(output, "released"));
	snprintf(row.delivery.text, sizeof row.delivery.text, "false alarm");
	bridge_listen(place);
	rcc_crew_show(&place->crew, &row);
	bridge_heard(place, output);
	assert_non_null(strstr(output, "CANCELLED, help is no longer needed"));
}

static void
test_several_places_are_shown_with_their_ranges(void **state)
{
	struct bridge *place = *state;
	struct rcc_inbox_row row;
	char output[OUTPUT_MAX], headline[RCC_CREW_LINE_MAX];

	memset(&row, 0, sizeof row);
	row.delivery.kind = RCC_BROADCAST_DISTRESS_RELAY;
	row.delivery.class = RCC_CLASS_LIVE;
	row.delivery.range_m = 111120;
	row.delivery.bearing_ddeg = RCC_BEARING_UNKNOWN_DDEG;
	row.delivery.eta_min = RCC_ETA_UNKNOWN_MIN;
	row.delivery.pos = (struct rcc_pos){.lat_e7 = 360000000, .lon_e7 = 120000000};
	row.delivery.candidate_count = 2;
	row.delivery.candidate[0] = (struct rcc_candidate){.pos = row.delivery.pos, .percent = 60};
	row.delivery.candidate[1].pos = (struct rcc_pos){.lat_e7 = 350000000, .lon_e7 = 140000000};
	row.delivery.doubts = RCC_ALERT_POS_INLAND;
	place->crew.own = RCC_POS_NONE;
	bridge_listen(place);
	rcc_crew_show(&place->crew, &row);
	bridge_heard(place, output);
	assert_non_null(strstr(output, "it may be at 36-00.00N 012-00.00E (60 %)\n"));
	assert_non_null(strstr(output, "or at 35-00.00N 014-00.00E\n"));
	assert_non_null(strstr(output, "the nearest of them from you: 60.0 NM"));
	assert_non_null(strstr(output, "  POSITION DOUBTFUL: far inland"));
	assert_non_null(strstr(output, "say where you are"));
	assert_null(strstr(output, "where:"));
	place->crew.own = (struct rcc_pos){.lat_e7 = 350000000, .lon_e7 = 120000000};
	place->crew.own_at_ms = 1000;
	bridge_listen(place);
	rcc_crew_show(&place->crew, &row);
	bridge_heard(place, output);
	assert_non_null(strstr(output, "(60 %), from you 60.0 NM, bearing 000 degrees true\n"));
	assert_non_null(strstr(output, "014-00.00E, from you 98.3 NM, bearing 089 degrees true\n"));
	assert_non_null(strstr(output, "you: 35-00.00N 012-00.00E at 1970-01-01T00:00:01Z, as you said"));
	rcc_crew_headline(headline, sizeof headline, &row.delivery);
	assert_non_null(strstr(headline, "one of several places"));
}

/* Across the date line and at a pole: near is near. */
static void
test_ranges_round_the_earth(void **state)
{
	double nm = 0, deg = 0;

	(void)state;
	rcc_crew_range((struct rcc_pos){.lat_e7 = 0, .lon_e7 = 1795000000},
	               (struct rcc_pos){.lat_e7 = 0, .lon_e7 = -1795000000}, &nm, &deg);
	assert_true(nm > 59.9 && nm < 60.1);
	assert_true(deg > 89.9 && deg < 90.1);
	rcc_crew_range((struct rcc_pos){.lat_e7 = 895000000, .lon_e7 = 0},
	               (struct rcc_pos){.lat_e7 = 895000000, .lon_e7 = 1800000000}, &nm, &deg);
	assert_true(nm > 59.9 && nm < 60.1);
	rcc_crew_range((struct rcc_pos){.lat_e7 = 350000000, .lon_e7 = 120000000},
	               (struct rcc_pos){.lat_e7 = 350000000, .lon_e7 = 120000000}, &nm, &deg);
	assert_true(nm < 0.001);
}

static void
test_the_casualty_is_not_told_of_itself_as_of_another(void **state)
{
	struct bridge *place = *state;
	struct rcc_inbox_row row;
	char output[OUTPUT_MAX];

	memset(&row, 0, sizeof row);
	row.delivery.kind = RCC_BROADCAST_DISTRESS_RELAY;
	row.delivery.class = RCC_CLASS_LIVE;
	row.delivery.casualty.v = 232001000;
	row.delivery.pos = RCC_POS_NONE;
	row.delivery.range_m = 43522;
	place->crew.settings.mmsi.v = 232001000;
	bridge_listen(place);
	rcc_crew_show(&place->crew, &row);
	bridge_heard(place, output);
	assert_non_null(strstr(output, "this is your own distress"));
	assert_null(strstr(output, "from you"));
	row.delivery.kind = RCC_BROADCAST_CANCEL;
	bridge_listen(place);
	rcc_crew_show(&place->crew, &row);
	bridge_heard(place, output);
	assert_non_null(strstr(output, "cancelled by the centre"));
	assert_null(strstr(output, "resume your voyage"));
	place->crew.settings.mmsi.v = 232001001;
	bridge_listen(place);
	rcc_crew_show(&place->crew, &row);
	bridge_heard(place, output);
	assert_non_null(strstr(output, "resume your voyage"));
	assert_non_null(strstr(output, "from you: 23.5 NM"));
}

/* A word that a machine and a person share is in the list that is translated. */
static void
test_every_shared_word_is_known_to_translators(void **state)
{
	(void)state;
	for (int i = 0; i <= RCC_NATURE_LAST; i++) {
		assert_true(rcc_crew_is_term(rcc_nature_word((enum rcc_nature)i)));
	}
	for (int i = 1; i <= RCC_SOURCE_LAST; i++) {
		assert_true(rcc_crew_is_term(rcc_source_word((enum rcc_source)i)));
	}
	for (int i = 1; i <= RCC_ROLE_LAST; i++) {
		assert_true(rcc_crew_is_term(rcc_role_word((enum rcc_role)i)));
	}
	for (int i = 1; i <= RCC_REFUSAL_LAST; i++) {
		assert_true(rcc_crew_is_term(rcc_refusal_word((enum rcc_refusal)i)));
		assert_true(rcc_crew_is_term(rcc_refusal_text((enum rcc_refusal)i)));
	}
	for (int i = 1; i <= RCC_NEED_LAST; i++) {
		assert_true(rcc_crew_is_term(rcc_need_word((enum rcc_need_kind)i)));
	}
	for (int i = 1; i <= RCC_NEED_STATE_LAST; i++) {
		assert_true(rcc_crew_is_term(rcc_need_state_word((enum rcc_need_state)i)));
	}
	for (int i = 1; i <= RCC_PLACE_STEP_LAST; i++) {
		assert_true(rcc_crew_is_term(rcc_place_word((enum rcc_place_step)i)));
	}
	for (uint32_t mark = 1; mark <= RCC_ALERT_MARKS_ALL; mark <<= 1) {
		assert_true((mark & RCC_ALERT_DOUBTS) == 0 || rcc_crew_is_term(rcc_mark_text(mark)));
	}
	assert_false(rcc_crew_is_term("boredom"));
}

int
main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, bridge_setup, bridge_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_what_is_not_live_never_looks_live),
	    TEST(test_every_line_of_an_exercise_says_so),
	    TEST(test_a_suspended_search_calls_on_nobody),
	    TEST(test_a_join_calls_nobody_off),
	    TEST(test_several_places_are_shown_with_their_ranges),
	    TEST(test_ranges_round_the_earth),
	    TEST(test_every_shared_word_is_known_to_translators),
	    TEST(test_the_casualty_is_not_told_of_itself_as_of_another),
	};
	if (rcc_client_init() != RCC_OK) {
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

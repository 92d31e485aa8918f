/* The views of persons, needs, duties and of what stands in the way of closing, of a real core. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rcc/text.h"
#include "world.h"

/* Each place with its counts and source, both numbers where they differ, and the sum that must close. */
static void
test_persons_and_their_balance(void **state)
{
	struct world *world = *state;
	world_distress(world);
	world_persons(world);
	assert_int_equal(world_view(world, RCC_VIEW_PERSONS, 1), RCC_OK);
	json_t *row = world_line(world, 0);
	world_assert_text(row, "where", "missing");
	world_assert_number(row, "persons", 1);
	world_assert_text(row, "source", "officer");
	json_decref(row);
	row = world_line(world, 1);
	world_assert_text(row, "where", "landed");
	world_assert_number(row, "place", 1);
	world_assert_text(row, "ashore_at", "PORT A");
	world_assert_number(row, "pregnant", 1);
	assert_true(json_is_true(json_object_get(row, "family_split")));
	json_decref(row);
	row = world_line(world, 2);
	world_assert_text(row, "where", "aboard");
	world_assert_text(row, "ship", "BOREAS");
	world_assert_number(row, "persons", 10);
	world_assert_number(row, "women", 2);
	world_assert_number(json_object_get(row, "reported"), "persons", 11);
	world_assert_text(json_object_get(row, "reported"), "next_port", "LAMPEDUSA");
	assert_true(json_is_true(json_object_get(row, "disputed")));
	assert_true(json_is_true(json_object_get(row, "protection_stated")));
	json_decref(row);
	row = world_line(world, 3);
	world_assert_text(row, "class", "BALANCE");
	world_assert_number(row, "total", 14);
	world_assert_number(row, "at_risk", 2);
	world_assert_number(row, "aboard", 10);
	world_assert_number(row, "landed", 1);
	world_assert_number(row, "missing", 1);
	world_assert_number(row, "dead", 0);
	world_assert_number(row, "dead_unmoved", 1);
	assert_true(json_is_false(json_object_get(row, "closes")));
	json_decref(row);
	assert_null(world_line(world, 4));
}

static void
test_needs_have_their_clocks(void **state)
{
	struct world *world = *state;
	world_distress(world);
	world_persons(world);
	assert_int_equal(world_view(world, RCC_VIEW_NEEDS, 0), RCC_OK);
	json_t *row = world_line(world, 0);
	world_assert_text(row, "kind", "water");
	world_assert_text(row, "state", "promised");
	world_assert_text(row, "ship", "BOREAS");
	world_assert_text(row, "asked_by", "BOREAS");
	world_assert_text(row, "changed_by", "WATCH 1");
	world_assert_text(row, "answer", "by ASTRID");
	assert_null(json_object_get(row, "overdue"));
	json_decref(row);
	world->facts.now_ms += 3600000;
	assert_int_equal(world_view(world, RCC_VIEW_NEEDS, 1), RCC_OK);
	row = world_line(world, 0);
	assert_true(json_is_true(json_object_get(row, "overdue")));
	json_decref(row);
	assert_null(world_line(world, 1));
}

/* The diary; what a restricted note says is not in it. */
static void
test_notes(void **state)
{
	struct world *world = *state;
	world_distress(world);
	for (int i = 0; i < 2; i++) {
		struct rcc_note *note = &world_command(world, RCC_COMMAND_NOTE, WATCH, NOW_MS - 900)->u.note;
		note->incident.v = 1;
		note->kind = i == 0 ? RCC_NOTE_FLAG_STATE : RCC_NOTE_OBSTRUCTION;
		note->ship.v = 244670316;
		note->happened_at_ms = NOW_MS - 1000;
		memcpy(note->authority, "Panama", sizeof "Panama");
		memcpy(note->text, "told by telephone", sizeof "told by telephone");
		assert_true(world_step(world) > 0);
	}
	assert_int_equal(world_view(world, RCC_VIEW_NOTES, 1), RCC_OK);
	json_t *row = world_line(world, 0);
	world_assert_text(row, "class", "NOTE");
	world_assert_text(row, "kind", "flag-state");
	world_assert_text(row, "text", "told by telephone");
	world_assert_text(row, "by", "WATCH 1");
	world_assert_text(row, "ship", "BOREAS");
	world_assert_text(row, "authority", "Panama");
	assert_null(json_object_get(row, "restricted"));
	json_decref(row);
	row = world_line(world, 1);
	world_assert_text(row, "kind", "obstruction");
	assert_true(json_is_true(json_object_get(row, "restricted")));
	assert_null(json_object_get(row, "text"));
	json_decref(row);
	assert_null(world_line(world, 2));
}

/* Each line names its law, its debtor and its entries; then each ship, with what she could have known and what she said. */
static void
test_duties_and_the_ships_that_owe_them(void **state)
{
	struct world *world = *state;
	bool is_smc_owed = false;
	unsigned ships = 0;
	json_t *row;

	world_distress(world);
	world_persons(world);
	assert_int_equal(world_view(world, RCC_VIEW_DUTIES, 1), RCC_OK);
	for (size_t i = 0; (row = world_line(world, i)) != NULL; i++) {
		const char *rule = json_string_value(json_object_get(row, "rule"));
		if (rule != NULL && strcmp(rule, "smc") == 0) {
			world_assert_text(row, "obligation", "OB43");
			world_assert_text(row, "debtor", "centre");
			world_assert_text(row, "state", "open");
			assert_true(json_integer_value(json_object_get(row, "opened_seq")) > 0);
			is_smc_owed = true;
		}
		if (rule == NULL) {
			world_assert_text(row, "class", "SHIP_DUTY");
			assert_non_null(json_object_get(row, "registered"));
			ships++;
		}
		json_decref(row);
	}
	assert_true(is_smc_owed);
	assert_true(ships > 0);
}

/* Her track: away from the scene before she was told, stopped then, and to the scene from a minute on. */
static bool
track(void *context, struct rcc_mmsi ship, int64_t from_ms, int64_t to_ms, int64_t step_ms, rcc_view_track_fn *tell,
      void *tell_context)
{
	/* Half an hour before she was told is looked at. */
	int64_t told_ms = from_ms + 1800000;
	const struct {
		int64_t after_ms;
		uint32_t sog_dkn, cog_ddeg;
	} positions[] = {{-600000, 100, 1800}, {-1000, 100, 1700}, {30000, 5, 0}, {60000, 100, 100}, {90000, 100, 0}};

	(void)context;
	assert_true(to_ms > from_ms && step_ms > 0);
	if (ship.v != 244670316)
		return false;
	for (size_t i = 0; i < sizeof positions / sizeof positions[0]; i++) {
		const struct rcc_report report = {.mmsi = ship,
		                                  .pos = {350000000, 126000000},
		                                  .sog_dkn = positions[i].sog_dkn,
		                                  .cog_ddeg = positions[i].cog_ddeg};
		tell(tell_context, &report, told_ms + positions[i].after_ms);
	}
	return true;
}

/* A case of ship security is not there for an agency: neither by its number nor in a list. */
static void
test_an_agency_and_a_restricted_case(void **state)
{
	struct world *world = *state;
	static const enum rcc_view_kind views[] = {RCC_VIEW_PERSONS, RCC_VIEW_NEEDS};

	world_distress(world);
	world_persons(world);
	for (size_t i = 0; i < sizeof views / sizeof views[0]; i++) {
		assert_int_equal(world_view(world, views[i], 0), RCC_OK);
		assert_true(world->rows->len > 0);
	}
	world->core->incident[0].is_restricted = true;
	assert_int_equal(world_view(world, RCC_VIEW_PERSONS, 1), RCC_OK);
	world->facts.is_agency = true;
	for (size_t i = 0; i < sizeof views / sizeof views[0]; i++) {
		assert_int_equal(world_view(world, views[i], 0), RCC_OK);
		assert_int_equal(world->rows->len, 0);
	}
	assert_int_equal(world_view(world, RCC_VIEW_PERSONS, 1), RCC_E_NOT_FOUND);
	assert_int_equal(world_view(world, RCC_VIEW_PLACES, 1), RCC_E_NOT_FOUND);
	assert_int_equal(world_view(world, RCC_VIEW_NEEDS, 1), RCC_E_NOT_FOUND);
}

static void
test_a_ship_that_turns(void **state)
{
	struct world *world = *state;
	unsigned ships = 0;
	json_t *row;

	world_distress(world);
	world->facts.track = track;
	world->facts.context = world;
	assert_int_equal(world_view(world, RCC_VIEW_DUTIES, 1), RCC_OK);
	for (size_t i = 0; (row = world_line(world, i)) != NULL; i++) {
		const char *mmsi = json_string_value(json_object_get(row, "mmsi"));
		bool is_ship = strcmp(json_string_value(json_object_get(row, "class")), "SHIP_DUTY") == 0;
		if (is_ship && strcmp(mmsi, "244670316") == 0) {
			const char *told = json_string_value(json_object_get(row, "could_know"));
			const char *turned = json_string_value(json_object_get(row, "towards_since"));
			world_assert_text(row, "course_before", "elsewhere");
			int64_t told_ms = 0;
			int64_t turned_ms = 0;
			assert_int_equal(rcc_time_parse(told, &told_ms), RCC_OK);
			assert_int_equal(rcc_time_parse(turned, &turned_ms), RCC_OK);
			/* Sent before it was stored. */
			assert_in_range(turned_ms - told_ms, 59000, 60000);
			ships++;
		} else if (is_ship) {
			assert_null(json_object_get(row, "course_before"));
			assert_null(json_object_get(row, "towards_since"));
		}
		json_decref(row);
	}
	assert_int_equal(ships, 1);
}

static void
test_closing_lists_everything_that_is_open(void **state)
{
	struct world *world = *state;
	json_t *row;
	unsigned persons = 0;
	unsigned duties = 0;

	world_distress(world);
	world_persons(world);
	assert_int_equal(world_view(world, RCC_VIEW_CLOSING, 1), RCC_OK);
	for (size_t i = 0; (row = world_line(world, i)) != NULL; i++) {
		const char *kind = json_string_value(json_object_get(row, "kind"));
		world_assert_text(row, "class", "OBSTACLE");
		persons +=
		    strcmp(kind, "persons") == 0 ? (unsigned)json_integer_value(json_object_get(row, "count")) : 0;
		duties += strcmp(kind, "duty") == 0 ? 1 : 0;
		json_decref(row);
	}
	assert_int_equal(persons, 2);
	assert_true(duties > 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_persons_and_their_balance, world_set_up, world_tear_down),
	    cmocka_unit_test_setup_teardown(test_notes, world_set_up, world_tear_down),
	    cmocka_unit_test_setup_teardown(test_needs_have_their_clocks, world_set_up, world_tear_down),
	    cmocka_unit_test_setup_teardown(test_duties_and_the_ships_that_owe_them, world_set_up, world_tear_down),
	    cmocka_unit_test_setup_teardown(test_an_agency_and_a_restricted_case, world_set_up, world_tear_down),
	    cmocka_unit_test_setup_teardown(test_a_ship_that_turns, world_set_up, world_tear_down),
	    cmocka_unit_test_setup_teardown(test_closing_lists_everything_that_is_open, world_set_up, world_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The view of the places of safety of a case. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "world.h"

/* Four places: refused, decided over by two officers and left, assigned, reached unasked; then who deviates, and the sum. */
static void
test_places_of_safety(void **state)
{
	struct world *world = *state;
	world_distress(world);
	world_places(world);
	assert_int_equal(world_view(world, RCC_VIEW_PLACES, 1), RCC_OK);
	json_t *row = world_line(world, 2);
	world_assert_text(row, "class", "PLACE");
	world_assert_text(row, "name", "PORT B");
	assert_true(json_is_true(json_object_get(row, "unsafe")));
	world_assert_text(row, "review", "it is so");
	assert_int_equal(json_array_size(json_object_get(row, "blocked")), 2);
	assert_int_equal(json_array_size(json_object_get(row, "missing")), 3);
	const json_t *ship = json_array_get(json_object_get(row, "ships"), 0);
	world_assert_text(ship, "ship", "BOREAS");
	world_assert_text(ship, "state", "withdrawn");
	world_assert_number(ship, "objections", 1);
	world_assert_text(ship, "first", "WATCH 1");
	world_assert_text(ship, "by", "WATCH 2");
	world_assert_text(ship, "waits_after", "WATCH 1");
	world_assert_text(ship, "told", "queued");
	json_decref(row);
	row = world_line(world, 0);
	assert_true(json_is_true(json_object_get(json_array_get(json_object_get(row, "ships"), 0), "unassigned")));
	json_decref(row);
	row = world_line(world, 4);
	world_assert_text(row, "class", "DEVIATION");
	world_assert_text(row, "place", "PORT C");
	world_assert_number(row, "places", 2);
	world_assert_number(row, "extra_nm", 40);
	json_decref(row);
	row = world_line(world, 5);
	world_assert_text(row, "class", "DISEMBARKATION");
	world_assert_number(row, "ships", 1);
	assert_true(json_is_true(json_object_get(row, "under_way")));
	json_decref(row);
	assert_null(world_line(world, 6));
}

/* A case in which no place was named has no rows, and one that is not there is no case. */
static void
test_no_place(void **state)
{
	struct world *world = *state;
	world_distress(world);
	assert_int_equal(world_view(world, RCC_VIEW_PLACES, 1), RCC_OK);
	assert_int_equal(world->rows->len, 0);
	assert_int_equal(world_view(world, RCC_VIEW_PLACES, 99), RCC_E_NOT_FOUND);
	assert_int_equal(world_view(world, RCC_VIEW_PLACES, 0), RCC_E_RANGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_places_of_safety, world_set_up, world_tear_down),
	    cmocka_unit_test_setup_teardown(test_no_place, world_set_up, world_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

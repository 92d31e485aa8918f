/* The view of the places of safety of a case. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "world.h"

/* Line n of the last page, from 0; NULL past its end. The caller decrefs it. */
static json_t *
line(const struct world *world, size_t n)
{
	const char *text = world->rows->bytes;
	for (; n > 0 && text != NULL; n--) {
		text = strchr(text, '\n');
		text = text == NULL ? NULL : text + 1;
	}
	return text == NULL ? NULL : json_loads(text, JSON_DISABLE_EOF_CHECK | JSON_REJECT_DUPLICATES, NULL);
}

static void
assert_text(const json_t *row, const char *key, const char *want)
{
	const char *text = json_string_value(json_object_get(row, key));
	assert_non_null(text);
	assert_string_equal(text, want);
}

static void
assert_number(const json_t *row, const char *key, long long want)
{
	assert_int_equal(json_integer_value(json_object_get(row, key)), want);
}

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

/* Four places: refused, decided over by two officers and left, assigned, reached unasked; then who deviates, and the sum. */
static void
test_places_of_safety(void **state)
{
	struct world *world = *state;
	world_distress(world);
	world_places(world);
	assert_int_equal(world_view(world, RCC_VIEW_PLACES, 1), RCC_OK);
	json_t *row = line(world, 2);
	assert_text(row, "class", "PLACE");
	assert_text(row, "name", "PORT B");
	assert_true(json_is_true(json_object_get(row, "unsafe")));
	assert_text(row, "review", "it is so");
	assert_int_equal(json_array_size(json_object_get(row, "blocked")), 2);
	assert_int_equal(json_array_size(json_object_get(row, "missing")), 3);
	const json_t *ship = json_array_get(json_object_get(row, "ships"), 0);
	assert_text(ship, "ship", "BOREAS");
	assert_text(ship, "state", "withdrawn");
	assert_number(ship, "objections", 1);
	assert_text(ship, "first", "WATCH 1");
	assert_text(ship, "by", "WATCH 2");
	assert_text(ship, "waits_after", "WATCH 1");
	assert_text(ship, "told", "queued");
	json_decref(row);
	row = line(world, 0);
	assert_true(json_is_true(json_object_get(json_array_get(json_object_get(row, "ships"), 0), "unassigned")));
	json_decref(row);
	row = line(world, 4);
	assert_text(row, "class", "DEVIATION");
	assert_text(row, "place", "PORT C");
	assert_number(row, "places", 2);
	assert_number(row, "extra_nm", 40);
	json_decref(row);
	row = line(world, 5);
	assert_text(row, "class", "DISEMBARKATION");
	assert_number(row, "ships", 1);
	assert_true(json_is_true(json_object_get(row, "under_way")));
	json_decref(row);
	assert_null(line(world, 6));
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
	    cmocka_unit_test_setup_teardown(test_places_of_safety, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_no_place, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The views of ranking, profiles and parity, of a real core. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

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

/* The case's head, who could help with what is known of her, and who is left out. */
static void
test_rank(void **state)
{
	struct world *world = *state;
	world_distress(world);
	world_profile(world);
	assert_int_equal(world_view(world, RCC_VIEW_RANK, 1), RCC_OK);
	json_t *head = line(world, 0);
	assert_text(head, "class", "RANKING");
	assert_number(head, "persons", 14);
	assert_number(head, "sea_state", 3);
	assert_number(head, "ranked", 1);
	assert_number(head, "excluded", 2);
	json_decref(head);
	/* Not registered, nothing declared: ranked all the same, and nothing is guessed. */
	json_t *trader = line(world, 1);
	assert_text(trader, "class", "RANK");
	assert_number(trader, "order", 1);
	assert_text(trader, "mmsi", "538004321");
	assert_text(trader, "speed_is", "observed");
	assert_text(trader, "recovery", "unknown");
	assert_text(trader, "capacity", "unknown");
	assert_null(json_object_get(trader, "places_free"));
	assert_null(json_object_get(trader, "owner"));
	assert_int_equal(json_array_size(json_object_get(trader, "lacks")), 0);
	assert_int_equal(json_array_size(json_object_get(trader, "not_told")), RCC_WANT_LAST);
	json_decref(trader);
	json_t *casualty = line(world, 2);
	assert_text(casualty, "class", "EXCLUDED");
	assert_text(casualty, "mmsi", "257123450");
	assert_text(casualty, "why", "casualty");
	json_decref(casualty);
	json_t *boreas = line(world, 3);
	assert_text(boreas, "mmsi", "244670316");
	assert_text(boreas, "why", "unable");
	assert_text(boreas, "reason", "too-far");
	json_decref(boreas);
	assert_null(line(world, 4));
	assert_int_equal(world_view(world, RCC_VIEW_RANK, 99), RCC_E_NOT_FOUND);
	assert_int_equal(world_view(world, RCC_VIEW_RANK, 0), RCC_E_RANGE);
}

static void
test_profile(void **state)
{
	struct world *world = *state;
	world_distress(world);
	world_profile(world);
	const struct rcc_view view = {.what = RCC_VIEW_PROFILE, .mmsi = {244670316}, .near = RCC_POS_NONE};
	assert_int_equal(rcc_view_fill(&view, world->core, &world->picture, &world->facts, world->rows), RCC_OK);
	json_t *head = line(world, 0);
	assert_text(head, "class", "PROFILE");
	assert_text(head, "name", "BOREAS");
	assert_number(head, "declared", 12);
	assert_number(head, "places_free", 10);
	assert_text(head, "missing", "oxygen");
	assert_true(json_array_size(json_object_get(head, "undeclared")) > 3);
	json_decref(head);
	json_t *speed = line(world, 1);
	assert_text(speed, "class", "PROFILE_VALUE");
	assert_text(speed, "key", "max-speed");
	assert_text(speed, "unit", "kn");
	assert_non_null(strstr(world->rows->bytes, "\"max-speed\",\"value\":14.5,"));
	json_decref(speed);
	/* A flag is no number; a ship that is not registered has no profile. */
	assert_non_null(strstr(world->rows->bytes, "\"key\":\"crane\",\"value\":false,\"group\""));
	const struct rcc_view other = {.what = RCC_VIEW_PROFILE, .mmsi = {538004321}, .near = RCC_POS_NONE};
	assert_int_equal(rcc_view_fill(&other, world->core, &world->picture, &world->facts, world->rows),
	                 RCC_E_NOT_FOUND);
}

static void
test_parity(void **state)
{
	struct world *world = *state;
	world_distress(world);
	world->facts.now_ms = NOW_MS + 600000;
	assert_int_equal(world_view(world, RCC_VIEW_PARITY, 0), RCC_OK);
	json_t *head = line(world, 0);
	assert_text(head, "class", "PARITY_STATE");
	assert_true(json_is_true(json_object_get(head, "told_alike")));
	json_decref(head);
	json_t *row = line(world, 1);
	assert_text(row, "class", "PARITY");
	assert_true(json_integer_value(json_object_get(row, "lines")) > 0);
	json_decref(row);
	assert_null(strstr(world->rows->bytes, "BOREAS"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_rank, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_profile, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_parity, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

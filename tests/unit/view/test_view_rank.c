/* The views of ranking, profiles and parity, of a real core. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "world.h"

/* The case's head, who could help with what is known of her, and who is left out. */
static void
test_rank(void **state)
{
	struct world *world = *state;
	world_distress(world);
	world_profile(world);
	assert_int_equal(world_view(world, RCC_VIEW_RANK, 1), RCC_OK);
	json_t *head = world_line(world, 0);
	world_assert_text(head, "class", "RANKING");
	world_assert_number(head, "persons", 14);
	world_assert_number(head, "sea_state", 3);
	world_assert_number(head, "ranked", 1);
	world_assert_number(head, "excluded", 2);
	json_decref(head);
	/* Not registered, nothing declared: ranked all the same, and nothing is guessed. */
	json_t *trader = world_line(world, 1);
	world_assert_text(trader, "class", "RANK");
	world_assert_number(trader, "order", 1);
	world_assert_text(trader, "mmsi", "538004321");
	world_assert_text(trader, "speed_is", "observed");
	world_assert_text(trader, "recovery", "unknown");
	world_assert_text(trader, "capacity", "unknown");
	assert_null(json_object_get(trader, "places_free"));
	assert_null(json_object_get(trader, "owner"));
	assert_int_equal(json_array_size(json_object_get(trader, "lacks")), 0);
	assert_int_equal(json_array_size(json_object_get(trader, "not_told")), RCC_WANT_LAST);
	json_decref(trader);
	json_t *casualty = world_line(world, 2);
	world_assert_text(casualty, "class", "EXCLUDED");
	world_assert_text(casualty, "mmsi", "257123450");
	world_assert_text(casualty, "why", "casualty");
	json_decref(casualty);
	json_t *boreas = world_line(world, 3);
	world_assert_text(boreas, "mmsi", "244670316");
	world_assert_text(boreas, "why", "unable");
	world_assert_text(boreas, "reason", "too-far");
	json_decref(boreas);
	assert_null(world_line(world, 4));
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
	json_t *head = world_line(world, 0);
	world_assert_text(head, "class", "PROFILE");
	world_assert_text(head, "name", "BOREAS");
	world_assert_number(head, "declared", 12);
	world_assert_number(head, "places_free", 10);
	world_assert_text(head, "missing", "oxygen");
	world_assert_text(head, "company", "NORTH LINE");
	world_assert_text(head, "company_contact", "fleet desk");
	world_assert_text(head, "policy", "policy 4");
	assert_non_null(json_object_get(head, "company_set"));
	assert_true(json_array_size(json_object_get(head, "undeclared")) > 3);
	json_decref(head);
	json_t *speed = world_line(world, 1);
	world_assert_text(speed, "class", "PROFILE_VALUE");
	world_assert_text(speed, "key", "max-speed");
	world_assert_text(speed, "unit", "kn");
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
	json_t *head = world_line(world, 0);
	world_assert_text(head, "class", "PARITY_STATE");
	/* Two ships of one kind: there is nothing to compare them with. */
	assert_true(json_is_false(json_object_get(head, "compared")));
	assert_null(json_object_get(head, "told_alike"));
	json_decref(head);
	json_t *row = world_line(world, 1);
	world_assert_text(row, "class", "PARITY");
	assert_true(json_integer_value(json_object_get(row, "lines")) > 0);
	json_decref(row);
	assert_null(strstr(world->rows->bytes, "BOREAS"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_rank, world_set_up, world_tear_down),
	    cmocka_unit_test_setup_teardown(test_profile, world_set_up, world_tear_down),
	    cmocka_unit_test_setup_teardown(test_parity, world_set_up, world_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

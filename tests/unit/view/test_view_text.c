/* The views of a case in other forms: lines of text, errors that say why, and the situation reports that went out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "rcc/text.h"
#include "world.h"

static enum rcc_status
form(struct world *world, enum rcc_form form, uint32_t station)
{
	struct rcc_view view = {.what = RCC_VIEW_TEXT, .id = 1, .near = RCC_POS_NONE, .form = form, .station = station};
	return rcc_view_fill(&view, world->core, &world->picture, &world->facts, world->rows);
}

/* The lines of the last page, put together as a reader would. */
static const char *
joined(const struct world *world)
{
	static char text[RCC_VIEW_BYTES_MAX];
	size_t len = 0;
	for (const char *at = world->rows->bytes; *at != '\0'; at = strchr(at, '\n') + 1) {
		json_t *row = json_loads(at, JSON_DISABLE_EOF_CHECK | JSON_REJECT_DUPLICATES, NULL);
		assert_non_null(row);
		assert_string_equal(json_string_value(json_object_get(row, "class")), "TEXT");
		const char *line = json_string_value(json_object_get(row, "line"));
		assert_non_null(line);
		len += (size_t)snprintf(text + len, sizeof text - len, "%s\n", line);
		json_decref(row);
	}
	return text;
}

static void
test_forms(void **state)
{
	struct world *world = *state;
	world_distress(world);
	for (int f = 1; f <= RCC_FORM_LAST; f++) {
		if (f == RCC_FORM_SITREP_LAST)
			continue;
		assert_int_equal(form(world, (enum rcc_form)f, f == RCC_FORM_NAVTEX ? 'V' : 0), RCC_OK);
		assert_true(strlen(joined(world)) > 40);
		assert_int_equal(world->rows->next, 0);
	}
	assert_int_equal(form(world, RCC_FORM_NAVTEX, 'V'), RCC_OK);
	assert_memory_equal(joined(world), "ZCZC VD00\n", 10);
	/* The ships stand where the picture has them now. */
	assert_int_equal(form(world, RCC_FORM_GEOJSON, 0), RCC_OK);
	json_t *collection = json_loads(joined(world), 0, NULL);
	json_t *ship = json_array_get(json_object_get(collection, "features"), 1);
	assert_string_equal(json_string_value(json_object_get(json_object_get(ship, "properties"), "what")), "ship");
	assert_true(json_is_object(json_object_get(ship, "geometry")));
	json_decref(collection);
}

static void
test_refusals(void **state)
{
	struct world *world = *state;
	assert_int_equal(form(world, RCC_FORM_VOICE, 0), RCC_E_NOT_FOUND);
	world_distress(world);
	assert_int_equal(form(world, (enum rcc_form)0, 0), RCC_E_RANGE);
	assert_int_equal(form(world, RCC_FORM_NAVTEX, 0), RCC_E_RANGE);
	assert_int_equal(form(world, RCC_FORM_NAVTEX, 'a'), RCC_E_RANGE);
	assert_int_equal(form(world, RCC_FORM_SITREP_LAST, 0), RCC_E_NOT_FOUND);
	/* Of a case for officers alone no form is made that could be sent; a report to officers is. */
	struct rcc_incident *incident = &world->core->incident[0];
	incident->is_restricted = true;
	for (int f = RCC_FORM_VOICE; f <= RCC_FORM_GEOJSON; f++)
		assert_int_equal(form(world, (enum rcc_form)f, 'V'), RCC_E_NOT_ALLOWED);
	assert_int_equal(form(world, RCC_FORM_SITREP, 0), RCC_OK);
	incident->is_restricted = false;
	/* A point that nobody knows is not invented. */
	world->core->broadcast[incident->newest_broadcast - 1].pos = RCC_POS_NONE;
	assert_int_equal(form(world, RCC_FORM_COT, 0), RCC_E_AGAIN);
	assert_int_equal(form(world, RCC_FORM_VOICE, 0), RCC_OK);
}

static void
test_sitreps(void **state)
{
	struct world *world = *state;
	world_distress(world);
	assert_int_equal(world_view(world, RCC_VIEW_SITREPS, 1), RCC_OK);
	assert_int_equal(world->rows->len, 0);
	for (int i = 0; i < RCC_SITREPS_MAX + 2; i++)
		world_sitrep(world, i % 2 != 0);
	assert_int_equal(form(world, RCC_FORM_SITREP_LAST, 0), RCC_OK);
	assert_non_null(strstr(joined(world), "SAR SITREP 18, FULL FORM\n"));
	assert_int_equal(world_view(world, RCC_VIEW_SITREPS, 1), RCC_OK);
	/* The latest of them, each with the entry that holds its words. */
	uint64_t seq = rcc_core_seq(world->core);
	int number = 3;
	for (const char *at = world->rows->bytes; *at != '\0'; at = strchr(at, '\n') + 1, number++) {
		json_t *row = json_loads(at, JSON_DISABLE_EOF_CHECK, NULL);
		assert_int_equal(json_integer_value(json_object_get(row, "number")), number);
		assert_int_equal(json_integer_value(json_object_get(row, "seq")), (long long)seq - 18 + number);
		assert_string_equal(json_string_value(json_object_get(row, "to")), "MRCC MALTA");
		json_decref(row);
	}
	assert_int_equal(number, 19);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_forms, world_set_up, world_tear_down),
	    cmocka_unit_test_setup_teardown(test_refusals, world_set_up, world_tear_down),
	    cmocka_unit_test_setup_teardown(test_sitreps, world_set_up, world_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

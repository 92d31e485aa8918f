/* Pages: every row once, whole lines, and an end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "world.h"

/* More than two pages of lines, and more bytes than a page holds. */
#define FLEET 9000

static struct rcc_picture
make_fleet(void)
{
	struct rcc_picture picture;
	assert_int_equal(rcc_picture_open(&picture, FLEET), RCC_OK);
	for (uint32_t i = 0; i < FLEET; i++) {
		struct rcc_report report = {.mmsi = {200000001 + i},
		                            .pos = {(int32_t)(i * 1000), (int32_t)(i * 1000)},
		                            .at_ms = NOW_MS,
		                            .sog_dkn = 100,
		                            .cog_ddeg = 900,
		                            .heading_deg = 90,
		                            .message_type = 1};
		struct rcc_static vessel = {.mmsi = report.mmsi,
		                            .name = "A VERY LONG SHIP NAME OF FORTY CHARACTER",
		                            .callsign = "ABCDEFG",
		                            .imo = 9074729,
		                            .ship_type = 70,
		                            .to_bow_m = 100,
		                            .to_stern_m = 20,
		                            .message_type = 5};
		assert_int_equal(rcc_picture_update(&picture, &report, (struct rcc_peer_id){RADIO}, NOW_MS), RCC_OK);
		assert_int_equal(rcc_picture_update_static(&picture, &vessel, (struct rcc_peer_id){RADIO}), RCC_OK);
	}
	return picture;
}

/* Reads all pages; counts each vessel, and asserts that the lines are whole. */
static uint32_t
read_all(struct world *world, const struct rcc_picture *picture, struct rcc_view view, uint8_t *seen)
{
	uint32_t pages = 0;
	do {
		assert_int_equal(rcc_view_fill(&view, world->core, picture, &world->facts, world->rows), RCC_OK);
		const struct rcc_view_rows *rows = world->rows;
		assert_int_equal(strlen(rows->bytes), rows->len);
		assert_true(rows->len <= RCC_VIEW_BYTES_MAX);
		assert_int_equal(rows->bytes[rows->len - 1], '\n');
		uint32_t lines = 0;
		for (const char *at = rows->bytes; *at != '\0'; at = strchr(at, '\n') + 1) {
			const char *mmsi = strstr(at, "\"mmsi\":\"");
			assert_memory_equal(at, "{\"class\":\"VESSEL\"", 17);
			assert_non_null(mmsi);
			seen[strtoul(mmsi + 8, NULL, 10) - 200000001]++;
			lines++;
		}
		assert_true(lines <= RCC_VIEW_LINES_MAX);
		view.from = rows->next;
		pages++;
	} while (view.from != 0);
	return pages;
}

static void
assert_each_once(const uint8_t *seen)
{
	for (size_t i = 0; i < FLEET; i++)
		assert_int_equal(seen[i], 1);
}

static void
test_every_vessel_once_over_all_pages(void **state)
{
	struct world *world = *state;
	uint8_t *seen = calloc(FLEET, 1);
	struct rcc_picture fleet = make_fleet();
	assert_non_null(seen);
	assert_true(read_all(world, &fleet, (struct rcc_view){.what = RCC_VIEW_VESSELS, .near = RCC_POS_NONE}, seen) >=
	            3);
	assert_each_once(seen);
	free(seen);
	rcc_picture_close(&fleet);
}

static void
test_every_vessel_near_once_over_all_pages(void **state)
{
	struct world *world = *state;
	uint8_t *seen = calloc(FLEET, 1);
	struct rcc_picture fleet = make_fleet();
	struct rcc_view view = {.what = RCC_VIEW_VESSELS, .near = {0, 0}, .within_m = 10000000};
	assert_non_null(seen);
	assert_true(read_all(world, &fleet, view, seen) >= 3);
	assert_each_once(seen);
	free(seen);
	rcc_picture_close(&fleet);
}

/* From any row on, a view of several classes shows exactly the rest. */
static void
test_any_row_can_be_the_first(void **state)
{
	struct world *world = *state;
	static char whole[sizeof world->rows->bytes];
	world_distress(world);
	assert_int_equal(world_view(world, RCC_VIEW_INCIDENT, 1), RCC_OK);
	memcpy(whole, world->rows->bytes, world->rows->len + 1);
	const char *rest = whole;
	for (uint32_t from = 1; *rest != '\0'; from++) {
		const struct rcc_view view = {.what = RCC_VIEW_INCIDENT, .id = 1, .near = RCC_POS_NONE, .from = from};
		rest = strchr(rest, '\n') + 1;
		assert_int_equal(rcc_view_fill(&view, world->core, &world->picture, &world->facts, world->rows),
		                 RCC_OK);
		assert_string_equal(world->rows->bytes, rest);
		assert_int_equal(world->rows->next, 0);
	}
}

static void
test_past_the_end_there_is_nothing(void **state)
{
	struct world *world = *state;
	for (uint32_t what = RCC_VIEW_STATUS; what <= RCC_VIEW_LAST; what++) {
		if (VIEW_IS_UNUSED(what))
			continue;
		struct rcc_view view = {.near = RCC_POS_NONE, .from = UINT32_MAX};
		view.what = (enum rcc_view_kind)what;
		view.id = 1;
		enum rcc_status status = rcc_view_fill(&view, world->core, &world->picture, &world->facts, world->rows);
		if (what == RCC_VIEW_INCIDENT || what == RCC_VIEW_DELIVERIES || what == RCC_VIEW_PERSONS ||
		    what == RCC_VIEW_NEEDS || what == RCC_VIEW_PLACES || what == RCC_VIEW_RANK ||
		    what == RCC_VIEW_DUTIES || what == RCC_VIEW_CLOSING || what == RCC_VIEW_TEXT ||
		    what == RCC_VIEW_SITREPS || what == RCC_VIEW_NOTES || what == RCC_VIEW_CIRCULARS) {
			assert_int_equal(status, RCC_E_NOT_FOUND);
			continue;
		}
		assert_int_equal(status, RCC_OK);
		assert_int_equal(world->rows->len, 0);
		assert_int_equal(world->rows->next, 0);
	}
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_every_vessel_once_over_all_pages, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_every_vessel_near_once_over_all_pages, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_any_row_can_be_the_first, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_past_the_end_there_is_nothing, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

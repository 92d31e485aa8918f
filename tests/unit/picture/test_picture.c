/* The live picture by its contract: who is known, who is near, who leaves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "picture/picture.h"
#include "rcc/units.h"

#define NOW INT64_C(1764000000000)
#define NEAR_MAX 64

static struct rcc_pos
at(double lat_deg, double lon_deg)
{
	return (struct rcc_pos){.lat_e7 = rcc_e7_of_deg(lat_deg), .lon_e7 = rcc_e7_of_deg(lon_deg)};
}

static struct rcc_report
report(uint32_t mmsi, struct rcc_pos pos)
{
	return (struct rcc_report){.mmsi = {mmsi},
	                           .pos = pos,
	                           .at_ms = NOW,
	                           .sog_dkn = 123,
	                           .cog_ddeg = 900,
	                           .heading_deg = 91,
	                           .nav_status = 0,
	                           .message_type = 1};
}

static void
put(struct rcc_picture *picture, uint32_t mmsi, struct rcc_pos pos, int64_t at_ms)
{
	struct rcc_report r = report(mmsi, pos);

	assert_int_equal(rcc_picture_update(picture, &r, (struct rcc_peer_id){7}, at_ms), RCC_OK);
}

static int
setup(void **state)
{
	static struct rcc_picture picture;

	*state = &picture;
	return rcc_picture_open(&picture, 8) == RCC_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	rcc_picture_close(*state);
	rcc_picture_close(*state); /* harmless twice */
	return 0;
}

static void
capacity_has_bounds(void **state)
{
	struct rcc_picture picture = {.impl = NULL};

	(void)state;
	assert_int_equal(rcc_picture_open(&picture, 0), RCC_E_RANGE);
	assert_int_equal(rcc_picture_open(&picture, 4000001), RCC_E_RANGE);
	assert_null(picture.impl);
}

static void
report_is_found_again(void **state)
{
	struct rcc_picture *picture = *state;
	const struct rcc_vessel *vessel;

	put(picture, 247123456, at(35.5, 12.5), NOW);
	vessel = rcc_picture_find(picture, (struct rcc_mmsi){247123456});
	assert_non_null(vessel);
	assert_int_equal(vessel->pos.lat_e7, 355000000);
	assert_int_equal(vessel->pos.lon_e7, 125000000);
	assert_int_equal(vessel->seen_at_ms, NOW);
	assert_int_equal(vessel->sog_dkn, 123);
	assert_int_equal(vessel->cog_ddeg, 900);
	assert_int_equal(vessel->heading_deg, 91);
	assert_int_equal(vessel->message_type, 1);
	assert_int_equal(vessel->source.v, 7);
	assert_null(rcc_picture_find(picture, (struct rcc_mmsi){247123457}));
	assert_null(rcc_picture_find(picture, (struct rcc_mmsi){0}));
	assert_int_equal(rcc_picture_count(picture), 1);
}

static void
older_report_changes_nothing(void **state)
{
	struct rcc_picture *picture = *state;
	struct rcc_report late = report(247123456, at(10, 10));

	put(picture, 247123456, at(35.5, 12.5), NOW);
	assert_int_equal(rcc_picture_update(picture, &late, (struct rcc_peer_id){9}, NOW - 1), RCC_E_AGAIN);
	assert_int_equal(rcc_picture_find(picture, late.mmsi)->pos.lat_e7, 355000000);
	assert_int_equal(rcc_picture_find(picture, late.mmsi)->source.v, 7);
	assert_int_equal(rcc_picture_update(picture, &late, (struct rcc_peer_id){9}, NOW), RCC_OK);
	assert_int_equal(rcc_picture_find(picture, late.mmsi)->pos.lat_e7, 100000000);
}

static void
impossible_reports_are_refused(void **state)
{
	static const struct rcc_pos off[] = {
	    {900000001, 0}, {-900000001, 0}, {0, 1800000001}, {0, -1800000001}, {RCC_POS_UNKNOWN_E7, 0},
	};
	struct rcc_picture *picture = *state;
	struct rcc_report r = report(0, at(1, 1));

	assert_int_equal(rcc_picture_update(picture, &r, (struct rcc_peer_id){1}, NOW), RCC_E_RANGE);
	r.mmsi.v = RCC_MMSI_MAX + 1;
	assert_int_equal(rcc_picture_update(picture, &r, (struct rcc_peer_id){1}, NOW), RCC_E_RANGE);
	r.mmsi.v = 1;
	assert_int_equal(rcc_picture_update(picture, &r, (struct rcc_peer_id){1}, 0), RCC_E_RANGE);
	for (size_t i = 0; i < sizeof off / sizeof off[0]; i++) {
		r.pos = off[i];
		assert_int_equal(rcc_picture_update(picture, &r, (struct rcc_peer_id){1}, NOW), RCC_E_RANGE);
	}
	assert_int_equal(rcc_picture_count(picture), 0);
}

static void
static_data_merge(void **state)
{
	struct rcc_picture *picture = *state;
	struct rcc_static part_a = {.mmsi = {247000001}, .name = "NADIR", .message_type = 24};
	struct rcc_static part_b = {.mmsi = {247000001},
	                            .callsign = "IABC",
	                            .ship_type = 37,
	                            .to_bow_m = 10,
	                            .to_stern_m = 5,
	                            .to_port_m = 0,
	                            .to_starboard_m = 3,
	                            .message_type = 24};
	const struct rcc_vessel *vessel;

	assert_int_equal(rcc_picture_update_static(picture, &part_a, (struct rcc_peer_id){3}), RCC_OK);
	vessel = rcc_picture_find(picture, part_a.mmsi);
	assert_non_null(vessel);
	assert_false(rcc_pos_is_known(vessel->pos));
	assert_int_equal(vessel->seen_at_ms, 0);
	assert_int_equal(vessel->sog_dkn, RCC_SOG_UNKNOWN_DKN);
	assert_int_equal(rcc_picture_update_static(picture, &part_b, (struct rcc_peer_id){3}), RCC_OK);
	put(picture, 247000001, at(36, 13), NOW);
	vessel = rcc_picture_find(picture, part_a.mmsi);
	assert_string_equal(vessel->name, "NADIR");
	assert_string_equal(vessel->callsign, "IABC");
	assert_int_equal(vessel->ship_type, 37);
	assert_int_equal(vessel->to_bow_m, 10);
	assert_int_equal(vessel->to_port_m, 0);
	assert_int_equal(vessel->to_starboard_m, 3);
	assert_int_equal(vessel->message_type, 1);
	part_b.mmsi.v = 0;
	assert_int_equal(rcc_picture_update_static(picture, &part_b, (struct rcc_peer_id){3}), RCC_E_RANGE);
}

/* A zeroed static message takes nothing away. */
static void
static_data_keeps_what_is_not_stated(void **state)
{
	struct rcc_picture *picture = *state;
	struct rcc_static full = {.mmsi = {247000001},
	                          .name = "NADIR",
	                          .callsign = "IABC",
	                          .imo = 9074729,
	                          .ship_type = 70,
	                          .to_bow_m = 100,
	                          .draught_dm = 92};
	struct rcc_static empty = {.mmsi = {247000001}};
	struct rcc_vessel before;

	assert_int_equal(rcc_picture_update_static(picture, &full, (struct rcc_peer_id){3}), RCC_OK);
	before = *rcc_picture_find(picture, full.mmsi);
	assert_int_equal(before.imo, 9074729);
	assert_int_equal(before.draught_dm, 92);
	assert_int_equal(rcc_picture_update_static(picture, &empty, (struct rcc_peer_id){3}), RCC_OK);
	assert_memory_equal(&before, rcc_picture_find(picture, full.mmsi), sizeof before);
}

static void
nearest_come_first_and_ties_by_mmsi(void **state)
{
	struct rcc_picture *picture = *state;
	struct rcc_near near[NEAR_MAX];
	size_t total = 0;

	put(picture, 300, at(35.0, 12.1), NOW);
	put(picture, 200, at(35.0, 12.0), NOW);
	put(picture, 100, at(35.0, 12.0), NOW);
	put(picture, 400, at(35.0, 13.0), NOW);
	assert_int_equal(rcc_picture_within(picture, at(35.0, 12.0), 50000, near, NEAR_MAX, &total), 3);
	assert_int_equal(total, 3);
	assert_int_equal(near[0].vessel->mmsi.v, 100);
	assert_int_equal(near[1].vessel->mmsi.v, 200);
	assert_int_equal(near[2].vessel->mmsi.v, 300);
	assert_int_equal(near[0].range_m, 0);
	/* 0.1 degree of longitude at 35 N: R cos(35) pi / 1800. */
	assert_int_equal(near[2].range_m, 9109);
	assert_int_equal(rcc_picture_within(picture, at(35.0, 12.0), 50000, near, 1, &total), 1);
	assert_int_equal(total, 3);
	assert_int_equal(near[0].vessel->mmsi.v, 100);
	assert_int_equal(rcc_picture_within(picture, at(35.0, 12.0), 50000, near, 0, NULL), 0);
}

static void
within_is_by_the_rounded_range(void **state)
{
	struct rcc_picture *picture = *state;
	struct rcc_near near[1];

	put(picture, 300, at(35.0, 12.1), NOW);
	assert_int_equal(rcc_picture_within(picture, at(35.0, 12.0), 9108, near, 1, NULL), 0);
	assert_int_equal(rcc_picture_within(picture, at(35.0, 12.0), 9109, near, 1, NULL), 1);
	assert_int_equal(near[0].range_m, 9109);
}

static void
antimeridian_and_poles_are_no_edges(void **state)
{
	struct rcc_picture *picture = *state;
	struct rcc_near near[NEAR_MAX];

	put(picture, 1, at(-17, 179.99), NOW);
	put(picture, 2, at(-17, -179.99), NOW);
	put(picture, 3, at(89.99, 0), NOW);
	put(picture, 4, at(89.99, 180), NOW);
	put(picture, 5, at(-90, 77), NOW);
	put(picture, 6, at(-17, -180), NOW);
	assert_int_equal(rcc_picture_within(picture, at(-17, 180), 2000, near, NEAR_MAX, NULL), 3);
	assert_int_equal(near[0].vessel->mmsi.v, 6);
	assert_int_equal(near[0].range_m, 0);
	assert_int_equal(rcc_picture_within(picture, at(90, -45), 1200, near, NEAR_MAX, NULL), 2);
	assert_int_equal(near[0].range_m, 1112);
	assert_int_equal(rcc_picture_nearest(picture, at(-89.9, -100), near, 1), 1);
	assert_int_equal(near[0].vessel->mmsi.v, 5);
	assert_int_equal(rcc_picture_within(picture, at(0, 0), 20015115, near, NEAR_MAX, NULL), 6);
	assert_int_equal(rcc_picture_within(picture, at(0, 0), UINT32_MAX, near, NEAR_MAX, NULL), 6);
}

static void
nothing_is_near_an_unknown_place(void **state)
{
	struct rcc_picture *picture = *state;
	struct rcc_near near[1];
	size_t total = 9;

	put(picture, 1, at(1, 1), NOW);
	assert_int_equal(rcc_picture_within(picture, RCC_POS_NONE, UINT32_MAX, near, 1, &total), 0);
	assert_int_equal(total, 0);
	assert_int_equal(rcc_picture_nearest(picture, RCC_POS_NONE, near, 1), 0);
}

static void
vessel_without_position_is_not_near_anything(void **state)
{
	struct rcc_picture *picture = *state;
	struct rcc_static vessel = {.mmsi = {5}, .name = "SILENT"};
	struct rcc_near near[NEAR_MAX];

	assert_int_equal(rcc_picture_update_static(picture, &vessel, (struct rcc_peer_id){3}), RCC_OK);
	assert_int_equal(rcc_picture_nearest(picture, at(0, 0), near, NEAR_MAX), 0);
	put(picture, 6, at(80, 80), NOW);
	assert_int_equal(rcc_picture_nearest(picture, at(-80, -100), near, NEAR_MAX), 1);
	assert_int_equal(rcc_picture_within(picture, at(0, 0), UINT32_MAX, near, NEAR_MAX, NULL), 1);
	assert_int_equal(rcc_picture_count(picture), 2);
}

static void
moved_vessel_is_only_at_its_new_place(void **state)
{
	struct rcc_picture *picture = *state;
	struct rcc_near near[NEAR_MAX];

	put(picture, 1, at(35, 12), NOW);
	put(picture, 2, at(35, 12), NOW);
	put(picture, 3, at(35, 12), NOW);
	put(picture, 2, at(36, 14), NOW + 1);
	assert_int_equal(rcc_picture_within(picture, at(35, 12), 100, near, NEAR_MAX, NULL), 2);
	assert_int_equal(rcc_picture_within(picture, at(36, 14), 100, near, NEAR_MAX, NULL), 1);
	put(picture, 3, at(36, 14), NOW + 2);
	put(picture, 1, at(36, 14), NOW + 3);
	assert_int_equal(rcc_picture_within(picture, at(35, 12), 100, near, NEAR_MAX, NULL), 0);
	assert_int_equal(rcc_picture_within(picture, at(36, 14), 100, near, NEAR_MAX, NULL), 3);
}

static void
ageing_forgets_the_silent(void **state)
{
	struct rcc_picture *picture = *state;
	struct rcc_near near[NEAR_MAX];

	put(picture, 1, at(35, 12), NOW);
	put(picture, 2, at(35, 12), NOW + 1000);
	put(picture, 1, at(35, 12), NOW + 2000);
	put(picture, 3, at(35, 12), NOW + 3000);
	assert_int_equal(rcc_picture_age(picture, NOW + 1000), 0);
	assert_int_equal(rcc_picture_age(picture, NOW + 1001), 1);
	assert_null(rcc_picture_find(picture, (struct rcc_mmsi){2}));
	assert_int_equal(rcc_picture_within(picture, at(35, 12), 10, near, NEAR_MAX, NULL), 2);
	assert_int_equal(rcc_picture_age(picture, INT64_MAX), 2);
	assert_int_equal(rcc_picture_count(picture), 0);
	assert_int_equal(rcc_picture_nearest(picture, at(0, 0), near, 1), 0);
}

/* After a restart the tracks bring vessels in any order of time. */
static void
ageing_holds_for_reports_out_of_order(void **state)
{
	struct rcc_picture *picture = *state;

	put(picture, 1, at(35, 12), NOW + 5000);
	put(picture, 2, at(35, 12), NOW + 1000);
	put(picture, 3, at(35, 12), NOW + 9000);
	put(picture, 4, at(35, 12), NOW + 2000);
	assert_int_equal(rcc_picture_age(picture, NOW + 5000), 2);
	assert_non_null(rcc_picture_find(picture, (struct rcc_mmsi){1}));
	assert_non_null(rcc_picture_find(picture, (struct rcc_mmsi){3}));
}

static void
static_only_vessel_lives_from_when_it_came(void **state)
{
	struct rcc_picture *picture = *state;
	struct rcc_static vessel = {.mmsi = {5}, .name = "SILENT"};

	put(picture, 1, at(35, 12), NOW);
	assert_int_equal(rcc_picture_update_static(picture, &vessel, (struct rcc_peer_id){3}), RCC_OK);
	assert_int_equal(rcc_picture_age(picture, NOW), 0);
	put(picture, 1, at(35, 12), NOW + 60000);
	assert_int_equal(rcc_picture_update_static(picture, &vessel, (struct rcc_peer_id){3}), RCC_OK);
	assert_int_equal(rcc_picture_age(picture, NOW + 60000), 0);
	assert_int_equal(rcc_picture_age(picture, NOW + 60001), 2);
}

static void
full_table_gives_up_the_oldest_after_an_hour(void **state)
{
	struct rcc_picture *picture = *state;
	struct rcc_report extra = report(100, at(36, 13));
	struct rcc_static nameless = {.mmsi = {101}, .name = "LATE"};
	const int64_t hour = RCC_MS_PER_HOUR;

	/* Not in order of time: the oldest is 3. */
	for (uint32_t i = 1; i <= 8; i++) {
		put(picture, i, at(35, 12), i == 3 ? NOW : NOW + i * 10);
	}
	assert_int_equal(rcc_picture_update(picture, &extra, (struct rcc_peer_id){1}, NOW + hour), RCC_E_FULL);
	assert_null(rcc_picture_find(picture, extra.mmsi));
	put(picture, 8, at(35, 12.5), NOW + hour); /* a known vessel needs no room */
	assert_int_equal(rcc_picture_update(picture, &extra, (struct rcc_peer_id){1}, NOW + hour + 1), RCC_OK);
	assert_null(rcc_picture_find(picture, (struct rcc_mmsi){3}));
	assert_non_null(rcc_picture_find(picture, extra.mmsi));
	assert_int_equal(rcc_picture_count(picture), 8);
	assert_int_equal(rcc_picture_update_static(picture, &nameless, (struct rcc_peer_id){1}), RCC_E_FULL);
	put(picture, 100, at(36, 13), NOW + hour + 11);
	assert_int_equal(rcc_picture_update_static(picture, &nameless, (struct rcc_peer_id){1}), RCC_OK);
	assert_null(rcc_picture_find(picture, (struct rcc_mmsi){1}));
}

static void
walk_meets_each_vessel_once(void **state)
{
	struct rcc_picture *picture = *state;
	uint32_t cursor = 0;
	uint32_t sum = 0;
	uint32_t count = 0;
	const struct rcc_vessel *vessel;

	for (uint32_t i = 1; i <= 8; i++) {
		put(picture, i, at(35, 12), NOW + i);
	}
	assert_int_equal(rcc_picture_age(picture, NOW + 3), 2);
	put(picture, 9, at(35, 12), NOW + 20);
	while ((vessel = rcc_picture_each(picture, &cursor)) != NULL) {
		sum += vessel->mmsi.v;
		count++;
	}
	assert_int_equal(count, 7);
	assert_int_equal(sum, 3 + 4 + 5 + 6 + 7 + 8 + 9);
	assert_null(rcc_picture_each(picture, &cursor));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(capacity_has_bounds),
	    cmocka_unit_test_setup_teardown(report_is_found_again, setup, teardown),
	    cmocka_unit_test_setup_teardown(older_report_changes_nothing, setup, teardown),
	    cmocka_unit_test_setup_teardown(impossible_reports_are_refused, setup, teardown),
	    cmocka_unit_test_setup_teardown(static_data_merge, setup, teardown),
	    cmocka_unit_test_setup_teardown(static_data_keeps_what_is_not_stated, setup, teardown),
	    cmocka_unit_test_setup_teardown(nearest_come_first_and_ties_by_mmsi, setup, teardown),
	    cmocka_unit_test_setup_teardown(within_is_by_the_rounded_range, setup, teardown),
	    cmocka_unit_test_setup_teardown(antimeridian_and_poles_are_no_edges, setup, teardown),
	    cmocka_unit_test_setup_teardown(nothing_is_near_an_unknown_place, setup, teardown),
	    cmocka_unit_test_setup_teardown(vessel_without_position_is_not_near_anything, setup, teardown),
	    cmocka_unit_test_setup_teardown(moved_vessel_is_only_at_its_new_place, setup, teardown),
	    cmocka_unit_test_setup_teardown(ageing_forgets_the_silent, setup, teardown),
	    cmocka_unit_test_setup_teardown(ageing_holds_for_reports_out_of_order, setup, teardown),
	    cmocka_unit_test_setup_teardown(static_only_vessel_lives_from_when_it_came, setup, teardown),
	    cmocka_unit_test_setup_teardown(full_table_gives_up_the_oldest_after_an_hour, setup, teardown),
	    cmocka_unit_test_setup_teardown(walk_meets_each_vessel_once, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

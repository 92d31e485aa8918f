/*
 * The picture against brute force: over random fleets it must find exactly what a loop over all vessels finds.
 *
 * The loop measures by the angle between vectors with atan2, which shares no formula with the picture. Where a vessel
 * lies within 1 cm of the radius (or two within 1 cm of each other) either answer is right.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "picture/picture.h"
#include "rcc/units.h"

#define FLEET_MAX 1500
#define EARTH_M 6371008.8
#define PI 3.14159265358979323846
#define EXACT_M 0.01
/* The chord cannot tell angles near 180 degrees apart as finely. */
#define ANTIPODE_M 19000000.0
#define ANTIPODE_EXACT_M 1.0
#define START_MS INT64_C(1764000000000)

struct ship {
	struct rcc_pos pos;
	int64_t seen_at_ms; /* 0 = not in the picture */
};

struct world {
	struct rcc_picture picture;
	struct ship ship[FLEET_MAX]; /* MMSI = index + 1 */
	uint32_t count;
	int64_t now_ms;
	uint64_t seed;
	double range_m[FLEET_MAX]; /* from the centre of the last query; negative = not there */
};

static struct world world;

static uint64_t
next_random(void)
{
	world.seed ^= world.seed << 13;
	world.seed ^= world.seed >> 7;
	world.seed ^= world.seed << 17;
	return world.seed;
}

static double
unit_random(void)
{
	return (double)(next_random() >> 11) / 9007199254740992.0;
}

static struct rcc_pos
pos_of(double lat_deg, double lon_deg)
{
	double lat = fmax(-90.0, fmin(90.0, lat_deg));
	double lon = remainder(lon_deg, 360.0);

	return (struct rcc_pos){.lat_e7 = rcc_e7_of_deg(lat), .lon_e7 = rcc_e7_of_deg(lon)};
}

/* Places where mistakes live: the open globe, a crowded cell, the antimeridian, both poles, corners of cells. */
static struct rcc_pos
random_pos(void)
{
	double a = unit_random();
	double b = unit_random();

	switch (next_random() % 7) {
	case 0:
		return pos_of(a * 180.0 - 90.0, b * 360.0 - 180.0);
	case 1:
		return pos_of(35.5 + a * 0.2, 12.5 + b * 0.2);
	case 2:
		return pos_of(-17.0 + a, 179.8 + b * 0.4);
	case 3:
		return pos_of(90.0 - a * a * 2.0, b * 360.0 - 180.0);
	case 4:
		return pos_of(-90.0 + a * a * 2.0, b * 360.0 - 180.0);
	case 5:
		return pos_of(floor(a * 720.0) / 4.0 - 90.0, floor(b * 1440.0) / 4.0 - 180.0);
	default:
		return pos_of(34.0 + a * 4.0, 10.0 + b * 6.0);
	}
}

static void
vector_of(struct rcc_pos pos, double v[3])
{
	double lat = pos.lat_e7 * 1e-7 * PI / 180.0;
	double lon = pos.lon_e7 * 1e-7 * PI / 180.0;

	v[0] = cos(lat) * cos(lon);
	v[1] = cos(lat) * sin(lon);
	v[2] = sin(lat);
}

static double
exact_range_m(struct rcc_pos from, struct rcc_pos to)
{
	double a[3];
	double b[3];
	double c[3];

	vector_of(from, a);
	vector_of(to, b);
	c[0] = a[1] * b[2] - a[2] * b[1];
	c[1] = a[2] * b[0] - a[0] * b[2];
	c[2] = a[0] * b[1] - a[1] * b[0];
	return EARTH_M * atan2(sqrt(c[0] * c[0] + c[1] * c[1] + c[2] * c[2]), a[0] * b[0] + a[1] * b[1] + a[2] * b[2]);
}

static double
tolerance_m(double range_m)
{
	return range_m > ANTIPODE_M ? ANTIPODE_EXACT_M : EXACT_M;
}

static void
measure_all(struct rcc_pos centre)
{
	for (uint32_t i = 0; i < world.count; i++) {
		world.range_m[i] = world.ship[i].seen_at_ms == 0 ? -1.0 : exact_range_m(centre, world.ship[i].pos);
	}
}

/* A result must be sorted, each vessel at most once, each range right. */
static void
check_rows(const struct rcc_near *near, size_t count)
{
	static uint8_t seen[FLEET_MAX];

	memset(seen, 0, sizeof seen);
	for (size_t i = 0; i < count; i++) {
		uint32_t id = near[i].vessel->mmsi.v - 1;
		double range_m = world.range_m[id];
		assert_true(id < world.count && range_m >= 0.0);
		assert_int_equal(seen[id], 0);
		seen[id] = 1;
		assert_int_equal(near[i].vessel->pos.lat_e7, world.ship[id].pos.lat_e7);
		assert_int_equal(near[i].vessel->pos.lon_e7, world.ship[id].pos.lon_e7);
		assert_true(fabs(near[i].range_m - range_m) <= 0.5 + tolerance_m(range_m));
		if (i > 0) {
			uint32_t before = near[i - 1].vessel->mmsi.v - 1;
			assert_true(world.range_m[before] <= range_m + tolerance_m(range_m));
			bool is_same_place =
			    memcmp(&world.ship[before].pos, &world.ship[id].pos, sizeof(struct rcc_pos)) == 0;
			assert_true(!is_same_place || before < id);
		}
	}
}

static void
check_within(struct rcc_pos centre, uint32_t radius_m, size_t max)
{
	static struct rcc_near near[FLEET_MAX];
	double limit_m = radius_m + 0.5;
	size_t surely = 0;
	size_t perhaps = 0;
	size_t total = 0;
	size_t count = rcc_picture_within(&world.picture, centre, radius_m, near, max, &total);

	measure_all(centre);
	for (uint32_t i = 0; i < world.count; i++) {
		double range_m = world.range_m[i];
		surely += range_m >= 0.0 && range_m <= limit_m - tolerance_m(range_m);
		perhaps += range_m >= 0.0 && range_m <= limit_m + tolerance_m(range_m);
	}
	assert_in_range(total, surely, perhaps);
	assert_int_equal(count, total < max ? total : max);
	check_rows(near, count);
	for (size_t i = 0; i < count; i++) {
		assert_true(near[i].range_m <= radius_m);
	}
}

static void
check_nearest(struct rcc_pos centre, size_t k)
{
	static struct rcc_near near[FLEET_MAX];
	size_t count = rcc_picture_nearest(&world.picture, centre, near, k);
	size_t there = 0;
	size_t nearer = 0;
	double last_m = 0.0;

	measure_all(centre);
	check_rows(near, count);
	if (count > 0) {
		last_m = world.range_m[near[count - 1].vessel->mmsi.v - 1];
	}
	for (uint32_t i = 0; i < world.count; i++) {
		there += world.range_m[i] >= 0.0;
		nearer += world.range_m[i] >= 0.0 && world.range_m[i] < last_m - tolerance_m(last_m);
	}
	assert_int_equal(count, k < there ? k : there);
	assert_true(count == 0 || nearer < count);
}

static void
report_ship(uint32_t id, struct rcc_pos pos)
{
	struct rcc_report report = {.mmsi = {id + 1}, .pos = pos, .at_ms = world.now_ms};

	assert_int_equal(rcc_picture_update(&world.picture, &report, (struct rcc_peer_id){1}, world.now_ms), RCC_OK);
	world.ship[id] = (struct ship){.pos = pos, .seen_at_ms = world.now_ms};
}

static void
age_fleet(void)
{
	int64_t before_ms = world.now_ms - (int64_t)(next_random() % 400);
	size_t expected = 0;

	for (uint32_t i = 0; i < world.count; i++) {
		if (world.ship[i].seen_at_ms != 0 && world.ship[i].seen_at_ms < before_ms) {
			world.ship[i].seen_at_ms = 0;
			expected++;
		}
	}
	assert_int_equal(rcc_picture_age(&world.picture, before_ms), expected);
}

/* A step of the world: most ships move a little, some jump, time passes, the silent are forgotten now and then. */
static void
live_a_little(void)
{
	for (int i = 0; i < 60; i++) {
		uint32_t id = (uint32_t)(next_random() % world.count);
		struct rcc_pos pos = random_pos();
		world.now_ms += (int64_t)(next_random() % 3);
		if (world.ship[id].seen_at_ms != 0 && next_random() % 4 != 0) {
			pos = pos_of(world.ship[id].pos.lat_e7 * 1e-7 + unit_random() * 0.02 - 0.01,
			             world.ship[id].pos.lon_e7 * 1e-7 + unit_random() * 0.02 - 0.01);
		}
		report_ship(id, pos);
	}
	if (next_random() % 8 == 0) {
		age_fleet();
	}
}

static uint32_t
random_radius_m(void)
{
	/* From nothing to beyond half the globe, evenly on a logarithmic scale, and the ends themselves. */
	switch (next_random() % 10) {
	case 0:
		return 0;
	case 1:
		return 20015115;
	case 2:
		return UINT32_MAX;
	default:
		return (uint32_t)pow(10.0, unit_random() * 7.3);
	}
}

static struct rcc_pos
random_centre(void)
{
	const struct ship *ship = &world.ship[next_random() % world.count];

	if (ship->seen_at_ms != 0 && next_random() % 3 == 0) {
		return ship->pos;
	}
	return random_pos();
}

static void
run_world(uint64_t seed, uint32_t fleet, int rounds)
{
	memset(&world, 0, sizeof world);
	world.seed = seed * UINT64_C(0x9E3779B97F4A7C15) | 1;
	world.count = fleet;
	world.now_ms = START_MS;
	assert_int_equal(rcc_picture_open(&world.picture, fleet), RCC_OK);
	for (int round = 0; round < rounds; round++) {
		uint32_t cursor = 0;
		size_t there = 0;
		live_a_little();
		check_within(random_centre(), random_radius_m(), FLEET_MAX);
		check_within(random_centre(), random_radius_m(), next_random() % 20);
		check_nearest(random_centre(), next_random() % 12);
		check_nearest(random_centre(), next_random() % FLEET_MAX);
		while (rcc_picture_each(&world.picture, &cursor) != NULL) {
			there++;
		}
		assert_int_equal(there, rcc_picture_count(&world.picture));
	}
	rcc_picture_close(&world.picture);
}

static uint64_t
first_seed(void)
{
	const char *text = getenv("RCC_SEED");

	return text == NULL ? 1 : strtoull(text, NULL, 10);
}

static void
picture_equals_brute_force(void **state)
{
	static const uint32_t fleet[] = {1, 2, 7, 60, 400, FLEET_MAX};
	uint64_t seed = first_seed();

	(void)state;
	for (size_t i = 0; i < sizeof fleet / sizeof fleet[0]; i++) {
		print_message("seed %llu fleet %u\n", (unsigned long long)(seed + i), fleet[i]);
		run_world(seed + i, fleet[i], 400);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(picture_equals_brute_force)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The inside of the picture: the hash under churn, the sort, the layout of the rows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "picture/impl.h"

static uint64_t
next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* A table at half load, with keys drawn so that homes collide, against a plain array. */
static void
hash_survives_churn(void **state)
{
	enum { CAPACITY = 64, KEYS = 200 };
	struct rcc_picture picture = {.impl = NULL};
	uint32_t slot_of[KEYS] = {0}; /* slot + 1, 0 = absent */
	uint32_t held = 0;
	uint64_t seed = 1;

	(void)state;
	assert_int_equal(rcc_picture_open(&picture, CAPACITY), RCC_OK);
	for (int step = 0; step < 20000; step++) {
		uint32_t key = (uint32_t)(next_random(&seed) % KEYS);
		uint32_t mmsi = 970000000 + key * 64;
		if (slot_of[key] != 0) {
			rcc_picture_hash_remove(picture.impl, mmsi);
			slot_of[key] = 0;
			held--;
		} else if (held < CAPACITY) {
			rcc_picture_hash_insert(picture.impl, mmsi, key);
			slot_of[key] = key + 1;
			held++;
		}
		for (uint32_t k = 0; k < KEYS; k++) {
			uint32_t want = slot_of[k] == 0 ? RCC_SLOT_NONE : slot_of[k] - 1;
			assert_int_equal(rcc_picture_hash_find(picture.impl, 970000000 + k * 64), want);
		}
	}
	rcc_picture_close(&picture);
}

/* By turns: few distances, so that ties are common; an even spread; a crowd and one far away; next to each other. */
static struct rcc_picture_hit
random_hit(uint64_t *seed, size_t kind)
{
	double unit = (double)(next_random(seed) % 1000000) / 1e6;
	struct rcc_picture_hit hit = {.mmsi = (uint32_t)(next_random(seed) % 1000)};

	switch (kind % 4) {
	case 0:
		hit.chord2 = (double)(next_random(seed) % 9);
		break;
	case 1:
		hit.chord2 = unit * 4.0;
		break;
	case 2:
		hit.chord2 = next_random(seed) % 50 == 0 ? 4.0 : unit * 1e-9;
		break;
	default:
		hit.chord2 = next_random(seed) % 2 == 0 ? 0x1p-1070 : 0.0; /* a difference too small to divide by */
		break;
	}
	return hit;
}

static void
sort_orders_any_length(void **state)
{
	enum { MAX = 300 };
	struct rcc_picture picture = {.impl = NULL};
	struct rcc_picture_hit *hit;
	uint64_t seed = 7;

	(void)state;
	assert_int_equal(rcc_picture_open(&picture, MAX), RCC_OK);
	hit = picture.impl->hit;
	for (size_t count = 0; count < MAX; count++) {
		uint64_t sum = 0;
		for (size_t i = 0; i < count; i++) {
			hit[i] = random_hit(&seed, count);
			sum += hit[i].mmsi;
		}
		rcc_hits_sort(picture.impl, count);
		for (size_t i = 1; i < count; i++) {
			assert_false(rcc_hit_is_before(&hit[i], &hit[i - 1]));
		}
		for (size_t i = 0; i < count; i++) {
			sum -= hit[i].mmsi;
		}
		assert_int_equal(sum, 0);
	}
	rcc_picture_close(&picture);
}

static void
heap_keeps_the_farthest_on_top(void **state)
{
	enum { COUNT = 50 };
	struct rcc_picture_hit hit[COUNT];
	uint64_t seed = 3;

	(void)state;
	for (size_t i = 0; i < COUNT; i++) {
		hit[i] = (struct rcc_picture_hit){.chord2 = (double)(next_random(&seed) % 1000), .mmsi = (uint32_t)i};
	}
	rcc_hits_heapify(hit, COUNT);
	for (int round = 0; round < 200; round++) {
		for (size_t i = 1; i < COUNT; i++) {
			assert_false(rcc_hit_is_before(&hit[0], &hit[i]));
		}
		rcc_hits_replace_top(hit, COUNT,
		                     (struct rcc_picture_hit){.chord2 = hit[0].chord2 / 2.0, .mmsi = hit[0].mmsi});
	}
}

static void
rows_cover_the_globe_without_overlap(void **state)
{
	struct rcc_grid_row row[RCC_GRID_ROWS];
	uint32_t cells = rcc_grid_layout(row);
	uint32_t next = 0;

	(void)state;
	for (uint32_t r = 0; r < RCC_GRID_ROWS; r++) {
		assert_int_equal(row[r].first, next);
		assert_true(row[r].count >= 1 && row[r].count <= 1440);
		assert_int_equal(row[r].count, row[RCC_GRID_ROWS - 1 - r].count);
		next += row[r].count;
	}
	assert_int_equal(next, cells);
	assert_int_equal(row[RCC_GRID_ROWS / 2].count, 1440);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(hash_survives_churn),
	    cmocka_unit_test(sort_orders_any_length),
	    cmocka_unit_test(heap_keeps_the_farthest_on_top),
	    cmocka_unit_test(rows_cover_the_globe_without_overlap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

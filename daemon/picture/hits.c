/*
 * hits.c - keeps the nearest few of many, and puts them in order; without allocation or recursion.
 *
 * Ships spread over a disc are spread evenly over the square of their range, which is what hits are compared by. So
 * they are dealt into as many buckets as there are hits, and what fell into one bucket is sorted there: O(n) for a
 * fleet at sea, and never worse than a heap for one in port.
 */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "picture/impl.h"

/* Below this many, insertion beats the heap. */
#define SMALL_MAX 24

/* Lets `with` sink from `at` to its place among hit[0..count). */
static void
sink(struct rcc_picture_hit *hit, size_t count, size_t at, struct rcc_picture_hit with)
{
	for (;;) {
		size_t child = 2 * at + 1;
		if (child >= count) {
			break;
		}
		if (child + 1 < count && rcc_hit_is_before(&hit[child], &hit[child + 1])) {
			child++;
		}
		if (!rcc_hit_is_before(&with, &hit[child])) {
			break;
		}
		hit[at] = hit[child];
		at = child;
	}
	hit[at] = with;
}

void
rcc_hits_heapify(struct rcc_picture_hit *hit, size_t count)
{
	for (size_t at = count / 2; at > 0; at--) {
		sink(hit, count, at - 1, hit[at - 1]);
	}
}

void
rcc_hits_replace_top(struct rcc_picture_hit *hit, size_t count, struct rcc_picture_hit with)
{
	assert(count > 0);
	sink(hit, count, 0, with);
}

static void
insertion_sort(struct rcc_picture_hit *hit, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct rcc_picture_hit moved = hit[i];
		size_t at = i;
		while (at > 0 && rcc_hit_is_before(&moved, &hit[at - 1])) {
			hit[at] = hit[at - 1];
			at--;
		}
		hit[at] = moved;
	}
}

/* Few by insertion, many by taking the farthest off a heap. */
static void
sort_small_or_heap(struct rcc_picture_hit *hit, size_t count)
{
	if (count <= SMALL_MAX) {
		insertion_sort(hit, count);
		return;
	}
	rcc_hits_heapify(hit, count);
	for (size_t left = count - 1; left > 0; left--) {
		struct rcc_picture_hit last = hit[left];
		hit[left] = hit[0];
		sink(hit, left, 0, last);
	}
}

/* How values are dealt into `count` buckets: (value - low) * per_unit. */
struct deal {
	double low, per_unit;
};

static size_t
bucket_of(const struct deal *deal, const struct rcc_picture_hit *hit)
{
	return (size_t)((hit->chord2 - deal->low) * deal->per_unit);
}

/* False if all values are the same, or too near to each other to tell buckets apart. */
static bool
plan_deal(struct deal *ret_deal, const struct rcc_picture_hit *hit, size_t count)
{
	double low = hit[0].chord2;
	double high = low;
	double per_unit;

	for (size_t i = 1; i < count; i++) {
		low = hit[i].chord2 < low ? hit[i].chord2 : low;
		high = hit[i].chord2 > high ? hit[i].chord2 : high;
	}
	if (!(high - low > 0.0)) {
		return false;
	}
	/* A little less than count - 1, so that rounding cannot reach a bucket beyond the last. */
	per_unit = ((double)count - 1.0) / (high - low) * (1.0 - 1e-12);
	if (!isfinite(per_unit)) {
		return false;
	}
	*ret_deal = (struct deal){.low = low, .per_unit = per_unit};
	return true;
}

void
rcc_hits_sort(const struct rcc_picture_impl *impl, size_t count)
{
	struct rcc_picture_hit *hit = impl->hit;
	uint32_t *start = impl->bucket_start;
	struct deal deal;

	if (count <= SMALL_MAX || !plan_deal(&deal, hit, count)) {
		sort_small_or_heap(hit, count);
		return;
	}
	/* start[b + 1] counts bucket b; summed up, start[b] is where it begins, and after dealing, where it ends. */
	memset(start, 0, (count + 1) * sizeof *start);
	for (size_t i = 0; i < count; i++) {
		start[bucket_of(&deal, &hit[i]) + 1]++;
	}
	for (size_t b = 1; b <= count; b++) {
		start[b] += start[b - 1];
	}
	for (size_t i = 0; i < count; i++) {
		impl->spare[start[bucket_of(&deal, &hit[i])]++] = hit[i];
	}
	for (size_t b = 0, from = 0; b < count; from = start[b], b++) {
		sort_small_or_heap(impl->spare + from, start[b] - from);
	}
	memcpy(hit, impl->spare, count * sizeof *hit);
}

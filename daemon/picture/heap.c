/*
 * heap.c - keeps the nearest few of many, and puts them in order; in place, without allocation or recursion.
 */
#include <assert.h>

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

void
rcc_hits_sort(struct rcc_picture_hit *hit, size_t count)
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

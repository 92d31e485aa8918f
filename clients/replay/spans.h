/*
 * spans.h - lengths of time that a report takes together: how many, and what they were in the middle and at worst.
 */
#ifndef RCC_REPLAY_SPANS_H
#define RCC_REPLAY_SPANS_H

#include <stddef.h>
#include <stdint.h>

#include "rcc/status.h"

/* Zeroed = empty. */
struct rcc_spans {
	int64_t *ms;
	size_t count, size;
};

void rcc_spans_fini(struct rcc_spans *spans);
/* RCC_E_FULL when memory ends. */
RCC_MUST_USE enum rcc_status rcc_spans_add(struct rcc_spans *spans, int64_t ms);
/* Smallest first; what asks for a percentile comes after it. */
void rcc_spans_sort(struct rcc_spans *spans);
/* The smallest of them that at least so many percent do not exceed (nearest rank). Pre: count > 0, sorted, percent 1..100. */
int64_t rcc_spans_percentile(const struct rcc_spans *spans, uint32_t percent);

#endif

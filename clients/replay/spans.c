#include "replay/spans.h"

#include <assert.h>
#include <stdlib.h>

#define FIRST_SIZE 64

void
rcc_spans_fini(struct rcc_spans *spans)
{
	free(spans->ms);
	*spans = (struct rcc_spans){0};
}

enum rcc_status
rcc_spans_add(struct rcc_spans *spans, int64_t ms)
{
	if (spans->count == spans->size) {
		size_t size = spans->size == 0 ? FIRST_SIZE : 2 * spans->size;
		int64_t *grown = realloc(spans->ms, size * sizeof *grown);
		if (grown == NULL)
			return RCC_E_FULL;
		spans->ms = grown;
		spans->size = size;
	}
	spans->ms[spans->count++] = ms;
	return RCC_OK;
}

static int
by_length(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return (left > right) - (left < right);
}

void
rcc_spans_sort(struct rcc_spans *spans)
{
	if (spans->count > 1)
		qsort(spans->ms, spans->count, sizeof spans->ms[0], by_length);
}

int64_t
rcc_spans_percentile(const struct rcc_spans *spans, uint32_t percent)
{
	assert(spans->count > 0 && percent >= 1 && percent <= 100);
	size_t rank = (spans->count * percent + 99) / 100;
	return spans->ms[rank - 1];
}

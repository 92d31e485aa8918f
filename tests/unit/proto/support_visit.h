/* support_visit.h - calls a function for every row of a message's struct; shared by the two halves of support. */
#ifndef RCC_TEST_PROTO_SUPPORT_VISIT_H
#define RCC_TEST_PROTO_SUPPORT_VISIT_H

#include <string.h>

#include "support.h"

struct visit {
	bool (*row)(struct visit *visit, const struct rcc_map_row *row, uint8_t *a, const uint8_t *b);
	struct test_random *random;
	const char *failed; /* name of the row or column that stopped the visit */
};

/* Calls visit->row for each row, parents first; false as soon as it says so. */
bool test_visit_all(struct visit *visit, const struct rcc_map *map, uint8_t *a, const uint8_t *b);

static inline uint32_t
u32_at(const uint8_t *own, uint32_t offset)
{
	uint32_t value = 0;
	memcpy(&value, own + offset, sizeof value);
	return value;
}

static inline int64_t
i64_at(const uint8_t *own, uint32_t offset)
{
	int64_t value = 0;
	memcpy(&value, own + offset, sizeof value);
	return value;
}

static inline void
put_u32(uint8_t *own, uint32_t offset, uint32_t value)
{
	memcpy(own + offset, &value, sizeof value);
}

#endif

/*
 * support.h - random valid values for every message, and what must hold of any decoded one; driven by the wire's tables.
 *
 * Used by the tests of proto/ and by the fuzz targets.
 */
#ifndef RCC_TEST_PROTO_SUPPORT_H
#define RCC_TEST_PROTO_SUPPORT_H

#include "proto/wire_map.h"
#include "rcc/entry.h"

struct test_random {
	uint64_t state;
};
uint64_t test_random_next(struct test_random *random);
/* low..high, both included. */
int64_t test_random_between(struct test_random *random, int64_t low, int64_t high);

/* Fills our struct with valid values. Bulk fields stay small. A borrowed pointer points to constant bytes. */
void test_generate(const struct rcc_map *map, void *own, struct test_random *random);
/* A whole valid envelope of that kind. */
void test_generate_envelope(uint32_t kind, struct rcc_envelope *envelope, struct test_random *random);
/* A valid entry with 1..max events. `command` and `first_event` fix the kinds; 0 = any. */
void test_generate_entry(struct rcc_entry *entry, uint32_t command, uint32_t first_event, uint32_t max,
                         struct test_random *random);

/* NULL, or the name of the first field that differs. */
const char *test_difference(const struct rcc_map *map, const void *a, const void *b);
const char *test_envelope_difference(const struct rcc_envelope *a, const struct rcc_envelope *b);
/* NULL, or the name of the first field that is out of bounds. */
const char *test_invalid(const struct rcc_map *map, const void *own);
const char *test_envelope_invalid(const struct rcc_envelope *envelope);

bool test_is_body(uint32_t kind);

#endif

/*
 * digest_internal.h - the pieces of the digest, for digest*.c alone.
 */
#ifndef RCC_CORE_DIGEST_INTERNAL_H
#define RCC_CORE_DIGEST_INTERNAL_H

#include <string.h>

#include "core/core_internal.h"
#include "core/persons.h"

#define FNV_PRIME 1099511628211u

static inline void
put_bytes(uint64_t *digest, const void *bytes, size_t len)
{
	const uint8_t *byte = bytes;

	for (size_t i = 0; i < len; i++)
		*digest = (*digest ^ byte[i]) * FNV_PRIME;
}

/* Little-endian on every machine. */
static inline void
put(uint64_t *digest, uint64_t value)
{
	uint8_t bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (uint8_t)(value >> (8 * i));
	put_bytes(digest, bytes, sizeof bytes);
}

static inline void
put_signed(uint64_t *digest, int64_t value)
{
	put(digest, (uint64_t)value);
}

static inline void
put_text(uint64_t *digest, const char *text)
{
	size_t len = strlen(text);

	put(digest, len);
	put_bytes(digest, text, len);
}

static inline void
put_pos(uint64_t *digest, struct rcc_pos pos)
{
	put_signed(digest, pos.lat_e7);
	put_signed(digest, pos.lon_e7);
}

static inline void
put_persons(uint64_t *digest, const struct rcc_persons *persons)
{
	struct rcc_groups groups = rcc_groups_of(persons);

	for (size_t i = 0; i < RCC_GROUPS; i++)
		put(digest, groups.v[i]);
}

static inline void
put_link(uint64_t *digest, const struct rcc_link *link)
{
	put(digest, link->seq);
	put_signed(digest, link->at_ms);
	put_bytes(digest, &link->hash, sizeof link->hash);
}

/* The work of an incident, all of its tables; digest_work.c. */
void rcc_digest_work(uint64_t *digest, const struct rcc_core *core);
/* Where persons are, and what they need; digest_persons.c. */
void rcc_digest_persons(uint64_t *digest, const struct rcc_core *core);
/* Places of safety; digest_place.c. */
void rcc_digest_places(uint64_t *digest, const struct rcc_core *core);
/* Places asked between centres; digest_request.c. */
void rcc_digest_requests(uint64_t *digest, const struct rcc_core *core);

#endif

/*
 * sea.h - commands made from random numbers: what ships, guests, officers and clocks say on a busy and confused day.
 *
 * Plausible and implausible, repeated, contradicting, from those who may and those who may not; always within the bounds
 * that the wire checks, since nothing else reaches the core.
 */
#ifndef RCC_TEST_SEA_H
#define RCC_TEST_SEA_H

#include "core/state.h"

/* Messages that can be said again. */
#define SEA_SAID_MAX 32

/* A command without its scene. */
struct sea_said {
	enum rcc_command_kind kind;
	struct rcc_origin origin;
	union {
		struct rcc_alert alert;
		struct rcc_answer answer;
		struct rcc_decide decide;
	} u;
};

/*
 * A source of numbers: a seed, or bytes from a fuzzer, which end when they are used up. Clear it, set one of the two, then
 * start.
 */
struct sea {
	uint64_t seed;
	const uint8_t *bytes;
	size_t len;
	int64_t now_ms;
	uint64_t messages;
	uint32_t said_count;
	struct sea_said said[SEA_SAID_MAX];
};

void sea_start(struct sea *sea, int64_t now_ms);
/* Bytes all used? A seed never ends. */
bool sea_is_over(const struct sea *sea);
/* 0..count - 1. */
uint32_t sea_below(struct sea *sea, uint32_t count);

/* The run that starts every story: usual rules, or strange ones. */
void sea_run(struct sea *sea, struct rcc_command *ret_command);
/* The next command to this core, at a time not before the last one. */
void sea_command(struct sea *sea, const struct rcc_core *core, struct rcc_command *ret_command);
/*
 * The same command in a world where every ship has another owner kind, name and MMSI (with it another flag, and the
 * opposite order): nobody may be told otherwise because of it.
 */
void sea_disguise(struct rcc_command *command);

#endif

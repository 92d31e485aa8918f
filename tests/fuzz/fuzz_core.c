/*
 * Any bytes as a story: commands that the wire would let pass, in any order. No assert of the core trips, no law is broken,
 * every clock ends, and what was recorded replays to the same state.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "laws.h"
#include "proto/wire.h"
#include "sea.h"
#include "watch.h"

/* Longer stories find nothing that shorter ones do not, and cost time. */
#define STEPS_MAX 400
/* Clocks that may run out at one time: a few for each row that a story can make. */
#define CLOCKS_MAX 4000

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct watch watch;
static struct rcc_core replayed;
static struct rcc_entry recorded;
static struct laws_story story;
static uint8_t bytes[RCC_PAYLOAD_MAX];

static void
must_hold(const char *broken)
{
	if (broken == NULL)
		return;
	fprintf(stderr, "law broken: %s\n", broken);
	abort();
}

static void
take(void)
{
	size_t len = 0;

	rcc_core_step(&watch.core, &watch.entry);
	must_hold(laws_of_entry(&story, &watch.core, &watch.entry));
	if (watch.entry.event_count == 0)
		return;
	enum rcc_status status = rcc_wire_encode_entry(&watch.entry, bytes, sizeof bytes, &len);
	assert(status == RCC_OK);
	status = rcc_wire_decode_entry(bytes, len, &recorded);
	assert(status == RCC_OK);
	rcc_core_replay(&replayed, &recorded);
}

static void
take_clocks(int64_t now_ms)
{
	uint32_t count = 0;

	rcc_entry_clear(&watch.entry);
	while (rcc_core_due(&watch.core, now_ms, &watch.entry.cause)) {
		watch.entry.event_count = 0;
		take();
		assert(watch.entry.event_count > 0 && ++count < CLOCKS_MAX);
		rcc_entry_clear(&watch.entry);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sea sea = {.bytes = data, .len = size};

	memset(&story, 0, sizeof story);
	sea_start(&sea, WATCH_START_MS);
	rcc_core_init(&watch.core);
	rcc_core_init(&replayed);
	rcc_entry_clear(&watch.entry);
	sea_run(&sea, &watch.entry.cause);
	take();
	for (uint32_t step = 0; step < STEPS_MAX && !sea_is_over(&sea); step++) {
		rcc_entry_clear(&watch.entry);
		sea_command(&sea, &watch.core, &watch.entry.cause);
		take();
		if (sea_below(&sea, 3) == 0)
			take_clocks(sea.now_ms);
	}
	must_hold(laws_of_state(&watch.core));
	assert(rcc_core_digest(&watch.core) == rcc_core_digest(&replayed));
	return 0;
}

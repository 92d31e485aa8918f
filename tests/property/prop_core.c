/*
 * The laws of the core over seeded random stories.
 *
 * Three cores hear each story: one is asked, one is asked the same (the same entry, byte for byte), one only replays the
 * recorded bytes (the same state: what was decided can be reviewed from the record, R06). RCC_SEED=N tells another story, RCC_STEPS=N a longer one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "laws.h"
#include "proto/wire.h"
#include "sea.h"
#include "sea_internal.h"
#include "watch.h"

#define SEEDS 4
#define STEPS 2500
/* Reading the whole state takes milliseconds: not after every step. */
#define LOOK_EVERY 100
/* Clocks that may run out at one time: each row of the small tables of a story, some ten times over. */
#define CLOCKS_MAX 20000

static struct watch asked, also_asked;
static struct rcc_core replayed;
static struct rcc_entry recorded;
static struct laws_story story;
static struct sea sea;
/* Moves of persons that were taken, and that were refused: a law about moves says nothing where none is made. */
static uint32_t moves_taken, moves_refused;
static uint8_t bytes[RCC_PAYLOAD_MAX], also_bytes[RCC_PAYLOAD_MAX];

static uint64_t
number_of(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);
	return text == NULL ? otherwise : strtoull(text, NULL, 10);
}

/* Begins a story on every core. */
static void
begin(uint64_t seed)
{
	memset(&sea, 0, sizeof sea);
	memset(&story, 0, sizeof story);
	sea.seed = seed;
	sea_start(&sea, WATCH_START_MS);
	rcc_core_init(&asked.core);
	rcc_core_init(&also_asked.core);
	rcc_core_init(&replayed);
	rcc_entry_clear(&asked.entry);
	sea_run(&sea, &asked.entry.cause);
}

static void
copy_cause(struct rcc_command *to, const struct rcc_command *from)
{
	rcc_entry_clear(&also_asked.entry);
	to->kind = from->kind;
	to->at_ms = from->at_ms;
	to->origin = from->origin;
	memcpy(&to->u, &from->u, sizeof to->u);
	to->scene.count = from->scene.count;
	memcpy(to->scene.ship, from->scene.ship, from->scene.count * sizeof from->scene.ship[0]);
}

/* Replays what was recorded, as it comes back from its bytes. */
static void
record(size_t len)
{
	assert_int_equal(rcc_wire_decode_entry(bytes, len, &recorded), RCC_OK);
	rcc_core_replay(&replayed, &recorded);
	assert_int_equal(rcc_core_seq(&replayed), rcc_core_seq(&asked.core));
}

static void
assert_no_law_broken(const char *broken, uint64_t seed, uint32_t step)
{
	if (broken != NULL)
		fail_msg("seed %llu, step %u: %s", (unsigned long long)seed, step, broken);
}

/* Takes the command in asked.entry with every core. */
static void
take(uint64_t seed, uint32_t step)
{
	size_t len = 0;
	size_t also_len = 0;

	copy_cause(&also_asked.entry.cause, &asked.entry.cause);
	rcc_core_step(&asked.core, &asked.entry);
	rcc_core_step(&also_asked.core, &also_asked.entry);
	assert_int_equal(asked.entry.event_count, also_asked.entry.event_count);
	assert_no_law_broken(laws_of_entry(&story, &asked.core, &asked.entry), seed, step);
	if (asked.entry.event_count == 0)
		return;
	if (asked.entry.cause.kind == RCC_COMMAND_PERSONS && watch_event(&asked, RCC_EVENT_PERSONS_MOVED) != NULL)
		moves_taken++;
	else if (asked.entry.cause.kind == RCC_COMMAND_PERSONS)
		moves_refused++;
	assert_int_equal(rcc_wire_encode_entry(&asked.entry, bytes, sizeof bytes, &len), RCC_OK);
	assert_int_equal(rcc_wire_encode_entry(&also_asked.entry, also_bytes, sizeof also_bytes, &also_len), RCC_OK);
	assert_int_equal(len, also_len);
	assert_memory_equal(bytes, also_bytes, len);
	record(len);
}

/* Every clock that has run out is taken, and ends: none rings for ever. */
static void
take_clocks(uint64_t seed, uint32_t step)
{
	uint32_t count = 0;

	rcc_entry_clear(&asked.entry);
	while (rcc_core_due(&asked.core, sea.now_ms, &asked.entry.cause)) {
		assert_true(asked.entry.cause.u.due.id != 0);
		asked.entry.event_count = 0;
		take(seed, step);
		assert_true(asked.entry.event_count > 0);
		assert_in_range(++count, 1, CLOCKS_MAX);
		rcc_entry_clear(&asked.entry);
	}
	assert_true(rcc_core_deadline_ms(&asked.core) > sea.now_ms);
}

static void
look(uint64_t seed, uint32_t step)
{
	uint64_t digest = rcc_core_digest(&asked.core);

	assert_int_equal(digest, rcc_core_digest(&replayed));
	assert_int_equal(digest, rcc_core_digest(&also_asked.core));
	assert_no_law_broken(laws_of_state(&asked.core), seed, step);
	/* From here on the second core is a plain copy of the first. */
	memcpy(&also_asked.core, &asked.core, sizeof asked.core);
}

/* Whoever is about to speak speaks of a place of safety. */
static void
speak_of_places(void)
{
	struct rcc_command *cause = &asked.entry.cause;

	cause->kind = RCC_COMMAND_PLACE;
	cause->scene.count = 0;
	memset(&cause->u, 0, sizeof cause->u);
	sea_make_order(&sea, &asked.core, cause);
}

static void
tell_story(uint64_t seed, bool is_of_places)
{
	uint32_t steps = (uint32_t)number_of("RCC_STEPS", STEPS);
	uint32_t idle = 0;

	begin(seed);
	take(seed, 0);
	for (uint32_t step = 1; step <= steps; step++) {
		rcc_entry_clear(&asked.entry);
		sea_command(&sea, &asked.core, &asked.entry.cause);
		if (is_of_places && step % 2 == 0)
			speak_of_places();
		take(seed, step);
		bool is_idle = asked.entry.event_count == 0;
		/* Nothing happened: what replay knows, which has not heard of it, is the whole truth. */
		if (is_idle && ++idle % 8 == 0)
			assert_int_equal(rcc_core_digest(&asked.core), rcc_core_digest(&replayed));
		/* Now and then the clocks ring late, as after a busy turn. */
		if (step % 3 == 0)
			take_clocks(seed, step);
		if (step % LOOK_EVERY == 0)
			look(seed, step);
	}
	look(seed, steps);
	assert_true(idle > 0);
	assert_true(asked.core.incident_last > 20 && asked.core.broadcast_last > 20);
}

static void
test_laws(void **state)
{
	(void)state;
	uint64_t first = number_of("RCC_SEED", 1);

	for (uint64_t seed = first; seed < first + SEEDS; seed++)
		tell_story(seed, false);
	assert_true(moves_taken > 100 && moves_refused > 50);
}

/* Every second word is about a place of safety: where ships are sent, withdrawn, and sent by two officers. */
static void
test_laws_of_places(void **state)
{
	(void)state;
	uint64_t first = number_of("RCC_SEED", 1) + 500;
	uint32_t assignments = 0;
	uint32_t overrides = 0;

	/* Some stories have no order by two officers: more are told until some have. */
	for (uint64_t seed = first; seed < first + SEEDS || (overrides <= 5 && seed < first + (uint64_t)4 * SEEDS);
	     seed++) {
		tell_story(seed, true);
		assignments += story.assignments;
		overrides += story.overrides;
	}
	print_message("%u ships sent to a place of safety, %u of them by two officers\n", assignments, overrides);
	/* A law about where ships are sent says nothing where none is sent, or never by two officers; other seeds tell other stories. */
	assert_true(getenv("RCC_SEED") != NULL || (assignments > 100 && overrides > 5));
}

/* ---- every ship is told alike ---- */

static void
assert_same_rows(uint64_t seed, uint32_t step)
{
	const struct rcc_entry *a = &asked.entry;
	const struct rcc_entry *b = &also_asked.entry;

	if (a->event_count != b->event_count)
		fail_msg("seed %llu, step %u: other owners, other events", (unsigned long long)seed, step);
	for (uint32_t i = 0; i < a->event_count; i++) {
		assert_int_equal(a->event[i].kind, b->event[i].kind);
		if (a->event[i].kind != RCC_EVENT_DELIVERIES_QUEUED)
			continue;
		assert_int_equal(a->event[i].u.queued.count, b->event[i].u.queued.count);
		assert_memory_equal(&a->event[i].u.queued, &b->event[i].u.queued, sizeof a->event[i].u.queued);
	}
}

/* Rows of ships that were called on, and of ships that were told without being called on. */
struct called {
	uint32_t on, informed;
};

static void
count_called(struct called *called)
{
	for (uint32_t i = 0; i < asked.entry.event_count; i++) {
		const struct rcc_deliveries_queued *queued = &asked.entry.event[i].u.queued;
		for (uint32_t j = 0; asked.entry.event[i].kind == RCC_EVENT_DELIVERIES_QUEUED && j < queued->count;
		     j++) {
			called->on += queued->row[j].called_on != 0;
			called->informed +=
			    queued->row[j].called_on == 0 && queued->row[j].eta_min != RCC_ETA_UNKNOWN_MIN;
		}
	}
}

static void
compare_worlds(uint64_t seed, struct called *called)
{
	uint32_t steps = (uint32_t)number_of("RCC_STEPS", STEPS);

	begin(seed);
	for (uint32_t step = 0; step <= steps; step++) {
		if (step > 0) {
			rcc_entry_clear(&asked.entry);
			sea_command(&sea, &asked.core, &asked.entry.cause);
		}
		/* Parity is measured by the kind of owner: it is the one thing that may differ, and decides nothing. */
		if (asked.entry.cause.kind == RCC_COMMAND_RUN)
			asked.entry.cause.u.run.rules.parity_every_ms = 0;
		copy_cause(&also_asked.entry.cause, &asked.entry.cause);
		sea_disguise(&also_asked.entry.cause);
		rcc_core_step(&asked.core, &asked.entry);
		rcc_core_step(&also_asked.core, &also_asked.entry);
		assert_same_rows(seed, step);
		count_called(called);
	}
}

static void
test_parity(void **state)
{
	(void)state;
	uint64_t first = number_of("RCC_SEED", 1);
	struct called called = {0, 0};

	for (uint64_t seed = first; seed < first + 2 * SEEDS; seed++)
		compare_worlds(seed + 1000, &called);
	/* A law about who is called on says nothing where everybody is, or nobody. */
	assert_true(called.on > 1000 && called.informed > 1000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_laws),
	    cmocka_unit_test(test_laws_of_places),
	    cmocka_unit_test(test_parity),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * prop_request.c - places of safety asked between two centres that are killed, over a line that loses, doubles and reorders.
 *
 * The law in thousands of random stories: each answer becomes one step of the place at the centre that asked, never two, never
 * one that no officer of the other gave; and once all words have arrived, both tell the same of every request.
 *
 * RCC_SEED=N begins with another story; RCC_STORIES=N plays so many.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/place.h"
#include "rcc/work_text.h"
#include "two_centres.h"

#define STORIES 3000
#define STEPS 70
#define PORTS 4

static struct two two;
/* What was seen over all stories: a law that is never put to the test proves nothing. */
static uint64_t seen_stage[RCC_REQUEST_STAGE_LAST + 1], seen_changed, seen_kills, seen_losses, seen_doubles;

/* Steps of places that came over the link, by the request and the turn of the answer. */
struct steps {
	uint32_t place[ENTRIES_MAX][RCC_REQUEST_TURNS_MAX + 1];
	uint32_t answers[ENTRIES_MAX];
};

static void
count(void *context, const struct rcc_entry *entry)
{
	struct steps *steps = context;
	bool is_answer = entry->cause.kind == RCC_COMMAND_PLACE_REQUEST;

	for (uint32_t i = 0; i < entry->event_count && is_answer; i++) {
		const struct rcc_event *event = &entry->event[i];
		if (event->kind == RCC_EVENT_PLACE_STEPPED && event->u.place_stepped.request.v != 0) {
			assert_true(event->u.place_stepped.record_count == 1);
			steps->place[event->u.place_stepped.request.v][entry->cause.u.place_request.turn]++;
		}
		if (event->kind == RCC_EVENT_REQUEST_CHANGED && event->u.request_changed.is_incoming == 0 &&
		    event->u.request_changed.body.turn != 0)
			steps->answers[event->u.request_changed.id.v]++;
	}
}

static void
check_steps(uint64_t story, const struct centre *centre)
{
	static struct steps steps;

	memset(&steps, 0, sizeof steps);
	two_read(centre, count, &steps);
	for (uint32_t id = 1; id <= centre->core->request_last; id++) {
		uint32_t sum = 0;
		for (uint32_t turn = 0; turn <= RCC_REQUEST_TURNS_MAX; turn++) {
			if (steps.place[id][turn] > 1)
				fail_msg("story %llu: turn %u of request %u became %u steps", (unsigned long long)story,
				         turn, id, steps.place[id][turn]);
			sum += steps.place[id][turn];
		}
		if (sum != steps.answers[id])
			fail_msg("story %llu: request %u has %u answers and %u steps", (unsigned long long)story, id,
			         steps.answers[id], sum);
	}
}

static const struct rcc_request_state *
row_at(const struct rcc_core *core, const struct rcc_msg_id *name, bool is_incoming)
{
	for (uint32_t i = 0; i < RCC_REQUESTS_MAX; i++) {
		const struct rcc_request_state *row = &core->request[i];
		if (row->id.v != 0 && row->is_incoming == is_incoming &&
		    memcmp(&row->asked.request, name, sizeof *name) == 0)
			return row;
	}
	return NULL;
}

/* An answer that came too late for the case is refused, and the other has stored that it was. */
static bool
is_same(const struct rcc_request_state *ours, const struct rcc_request_state *theirs)
{
	if (theirs == NULL)
		return ours->stage == RCC_REQUEST_NOT_TAKEN;
	if (theirs->said_refusal != 0)
		return theirs->is_stored;
	return ours->stage == theirs->stage && ours->turns <= theirs->turns;
}

/* The place is as its authority said last. */
static bool
is_told(const struct rcc_core *core, const struct rcc_request_state *row)
{
	const struct rcc_place_state *place = rcc_place_find(core, row->place);

	if (place == NULL || row->turns == 0)
		return true;
	return place->step_at_ms[row->heard == RCC_REQUEST_OFFER ? RCC_PLACE_OFFERED : RCC_PLACE_REFUSED] != 0;
}

static void
check_end(uint64_t story, uint32_t at)
{
	const struct rcc_core *asks = two.centre[at].core;
	const struct rcc_core *answers = two.centre[1 - at].core;

	for (uint32_t i = 0; i < RCC_REQUESTS_MAX; i++) {
		const struct rcc_request_state *ours = &asks->request[i];
		if (ours->id.v == 0 || ours->is_incoming)
			continue;
		const struct rcc_request_state *theirs = row_at(answers, &ours->asked.request, true);
		seen_stage[ours->stage]++;
		seen_changed += ours->turns == RCC_REQUEST_TURNS_MAX;
		if (!is_same(ours, theirs))
			fail_msg("story %llu: request %u is %s here and %s there", (unsigned long long)story,
			         ours->id.v, rcc_request_stage_word(ours->stage),
			         theirs == NULL ? "nowhere" : rcc_request_stage_word(theirs->stage));
		if (!is_told(asks, ours))
			fail_msg("story %llu: the place of request %u knows nothing of its answer",
			         (unsigned long long)story, ours->id.v);
		if (!ours->is_stored)
			fail_msg("story %llu: request %u is still owed", (unsigned long long)story, ours->id.v);
	}
}

static void
one_step(void)
{
	static const enum rcc_request_step answers[] = {RCC_REQUEST_OFFER, RCC_REQUEST_OFFER, RCC_REQUEST_REFUSE,
	                                                RCC_REQUEST_WITHDRAW};
	uint32_t at = two_below(&two, 2);
	uint32_t what = two_below(&two, 100);

	if (what < 15)
		two_ask(&two, at, two_below(&two, PORTS));
	else if (what < 35)
		two_answer(&two, at, answers[two_below(&two, sizeof answers / sizeof answers[0])]);
	else if (what < 55)
		two_say(&two, at, 20);
	else if (what < 85) {
		if (two.frames > 0)
			two_arrive(&two, two_below(&two, two.frames), two_below(&two, 5) == 0);
	} else if (what < 88) {
		if (two.frames > 0)
			two_lose(&two, two_below(&two, two.frames));
	} else if (what < 91)
		two_kill(&two, at);
	else if (what < 95)
		two.centre[at].is_struck = true;
	else if (what < 98)
		two_wait(&two, at, 1000000);
	else if (what < 99)
		two_close(&two, at);
	else
		two_open(&two, at);
}

static void
play(uint64_t story)
{
	two_start(&two, story);
	two_open(&two, 0);
	two_open(&two, 1);
	for (uint32_t step = 0; step < STEPS; step++)
		one_step();
	if (!two_settle(&two))
		fail_msg("story %llu: words are owed for ever", (unsigned long long)story);
	for (uint32_t at = 0; at < 2; at++) {
		check_end(story, at);
		check_steps(story, &two.centre[at]);
	}
	seen_kills += two.kills;
	seen_losses += two.losses;
	seen_doubles += two.doubles;
	two_end(&two);
}

static uint64_t
number_from(const char *name, uint64_t usual)
{
	const char *text = getenv(name);

	return text == NULL ? usual : strtoull(text, NULL, 10);
}

static void
each_answer_once_and_both_tell_the_same(void **state)
{
	uint64_t first = number_from("RCC_SEED", 0);
	uint64_t stories = number_from("RCC_STORIES", STORIES);
	(void)state;

	for (uint64_t i = 0; i < stories; i++)
		play(first + i);
	print_message("%llu stories: %llu kills, %llu words lost, %llu doubled; %llu answers changed; ended",
	              (unsigned long long)stories, (unsigned long long)seen_kills, (unsigned long long)seen_losses,
	              (unsigned long long)seen_doubles, (unsigned long long)seen_changed);
	for (int i = RCC_REQUEST_ASKED; i <= RCC_REQUEST_STAGE_LAST; i++)
		print_message(" %s %llu", rcc_request_stage_word((enum rcc_request_stage)i),
		              (unsigned long long)seen_stage[i]);
	print_message("\n");
	for (int i = RCC_REQUEST_ASKED; i <= RCC_REQUEST_WITHDRAWN && stories >= STORIES; i++)
		assert_true(seen_stage[i] > 0);
	assert_true(stories < STORIES || seen_changed > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(each_answer_once_and_both_tell_the_same)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

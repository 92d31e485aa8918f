/*
 * prop_handover.c - a case passes between two centres that are killed, over a line that loses, doubles and reorders.
 *
 * The law after every step, in thousands of random stories: at least one centre has the case; and while both have it, each of
 * them knows, or the word of it is on its way and said again until it is stored. Afterwards, once all words have arrived, both
 * tell the same.
 *
 * RCC_SEED=N begins with another story; RCC_STORIES=N plays so many.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rcc/work_text.h"
#include "two_centres.h"

#define STORIES 3000
#define STEPS 60

static struct two two;
/* What was seen over all stories: a law that is never put to the test proves nothing. */
static uint64_t seen_both, seen_stage[RCC_HANDOVER_STAGE_LAST + 1], seen_kills, seen_losses, seen_doubles;

static bool
has_it(const struct rcc_core *core)
{
	for (uint32_t i = 0; i < core->incident_top; i++) {
		if (core->incident[i].id.v != 0 && rcc_handover_holds(core, &core->incident[i]))
			return true;
	}
	return false;
}

static const struct rcc_handover_state *
newest_row(const struct rcc_core *core)
{
	const struct rcc_handover_state *newest = NULL;

	for (uint32_t i = 0; i < RCC_HANDOVERS_MAX; i++) {
		const struct rcc_handover_state *row = &core->handover[i];
		if (row->id != 0 && (newest == NULL || row->id > newest->id))
			newest = row;
	}
	return newest;
}

/* Does any row tell this centre that the other may have the case as well? */
static bool
is_told(const struct rcc_core *core)
{
	for (uint32_t i = 0; i < RCC_HANDOVERS_MAX; i++) {
		if (core->handover[i].id != 0 && rcc_handover_is_shared(&core->handover[i]))
			return true;
	}
	return false;
}

/* Is the other still to be told that it is contested? */
static bool
is_being_told(const struct rcc_core *core)
{
	for (uint32_t i = 0; i < RCC_HANDOVERS_MAX; i++) {
		const struct rcc_handover_state *row = &core->handover[i];
		if (row->id != 0 && row->said == RCC_HANDOVER_CONTEST && !row->is_stored)
			return true;
	}
	return false;
}

static void
tell_row(const char *who, const struct rcc_core *core)
{
	for (uint32_t i = 0; i < RCC_HANDOVERS_MAX; i++) {
		const struct rcc_handover_state *row = &core->handover[i];
		if (row->id != 0)
			print_error("%s: handover %u of I%u, %s, %s, said %s%s\n", who, row->id, row->incident.v,
			            row->is_incoming ? "in" : "out", rcc_handover_stage_word(row->stage),
			            rcc_handover_word(row->said), row->is_stored ? ", stored" : "");
	}
}

static void
check(uint64_t story, uint32_t step, bool has_own)
{
	const struct rcc_core *a = two.centre[0].core;
	const struct rcc_core *b = two.centre[1].core;
	bool is_both = has_it(a) && has_it(b);
	bool is_known = (is_told(a) || is_being_told(b)) && (is_told(b) || is_being_told(a));

	seen_both += is_both;
	if ((has_it(a) || has_it(b)) && (!is_both || has_own || is_known))
		return;
	tell_row("A", a);
	tell_row("B", b);
	fail_msg("story %llu, step %u: %s", (unsigned long long)story, step,
	         is_both ? "both have the case, and one does not know" : "nobody has the case");
}

/* Both tell the same of every handover, and one has the case, or both say that it is contested. */
static void
check_end(uint64_t story, bool has_own)
{
	const struct rcc_core *a = two.centre[0].core;
	const struct rcc_core *b = two.centre[1].core;

	for (uint32_t i = 0; i < RCC_HANDOVERS_MAX; i++) {
		const struct rcc_handover_state *row = &a->handover[i];
		if (row->id == 0)
			continue;
		seen_stage[row->stage]++;
		const struct rcc_handover_state *other = rcc_handover_find(b, &row->handover, &two.centre[0].key);
		if (other == NULL || other->stage != row->stage) {
			tell_row("A", a);
			tell_row("B", b);
			fail_msg("story %llu: they tell different things", (unsigned long long)story);
		}
	}
	if (has_it(a) && has_it(b) && !has_own) {
		const struct rcc_handover_state *row = newest_row(a);
		bool is_known = row != NULL && is_told(a) && is_told(b);
		if (!is_known) {
			tell_row("A", a);
			tell_row("B", b);
			fail_msg("story %llu ends with two that do not know", (unsigned long long)story);
		}
	}
}

static void
act(uint32_t at, bool may_take_back)
{
	static const enum rcc_handover_step steps[] = {RCC_HANDOVER_OFFER,   RCC_HANDOVER_OFFER,  RCC_HANDOVER_ACCEPT,
	                                               RCC_HANDOVER_ACCEPT,  RCC_HANDOVER_ACCEPT, RCC_HANDOVER_REFUSE,
	                                               RCC_HANDOVER_WITHDRAW};

	if (may_take_back && two_below(&two, 12) == 0)
		two_take_back(&two, at);
	else
		two_order(&two, at, steps[two_below(&two, sizeof steps / sizeof steps[0])]);
}

static void
one_step(bool may_take_back)
{
	uint32_t at = two_below(&two, 2);
	uint32_t what = two_below(&two, 100);

	if (what < 35)
		act(at, may_take_back);
	else if (what < 55)
		two_say(&two, at, 20);
	else if (what < 88) {
		if (two.frames > 0)
			two_arrive(&two, two_below(&two, two.frames), two_below(&two, 5) == 0);
	} else if (what < 91) {
		if (two.frames > 0)
			two_lose(&two, two_below(&two, two.frames));
	} else if (what < 94)
		two_kill(&two, at);
	else if (what < 98)
		two.centre[at].is_struck = true;
	else
		two_wait(&two, at, 1000000);
}

/* It went over, and was taken back: both have it and both say so, so that either may offer it, and both at once. */
static void
contest(void)
{
	two_order(&two, 0, RCC_HANDOVER_OFFER);
	assert_true(two_settle(&two));
	two_order(&two, 1, RCC_HANDOVER_ACCEPT);
	assert_true(two_settle(&two));
	two_take_back(&two, 0);
	assert_true(two_settle(&two));
	check(0, 0, false);
	assert_true(has_it(two.centre[0].core) && has_it(two.centre[1].core));
}

static void
play(uint64_t story)
{
	two_start(&two, story);
	bool has_own = story % 4 == 3;
	bool may_take_back = story % 8 >= 4;

	two_open(&two, 0);
	if (has_own)
		two_open(&two, 1);
	else if (story % 4 >= 1)
		contest();
	for (uint32_t step = 0; step < STEPS; step++) {
		one_step(may_take_back);
		check(story, step, has_own);
	}
	assert_true(two_settle(&two));
	check(story, STEPS, has_own);
	check_end(story, has_own);
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
never_none_and_never_two_that_do_not_know(void **state)
{
	uint64_t first = number_from("RCC_SEED", 0);
	uint64_t stories = number_from("RCC_STORIES", STORIES);
	(void)state;

	for (uint64_t i = 0; i < stories; i++)
		play(first + i);
	print_message("%llu stories: %llu kills, %llu words lost, %llu doubled; both had it after %llu steps; ended",
	              (unsigned long long)stories, (unsigned long long)seen_kills, (unsigned long long)seen_losses,
	              (unsigned long long)seen_doubles, (unsigned long long)seen_both);
	for (int i = RCC_HANDOVER_OFFERED; i <= RCC_HANDOVER_STAGE_LAST; i++)
		print_message(" %s %llu", rcc_handover_stage_word((enum rcc_handover_stage)i),
		              (unsigned long long)seen_stage[i]);
	print_message("\n");
	for (int i = RCC_HANDOVER_OFFERED; i <= RCC_HANDOVER_STAGE_LAST && stories >= STORIES; i++) {
		if (i != RCC_HANDOVER_ACCEPTED)
			assert_true(seen_stage[i] > 0);
	}
	/* A word that has arrived everywhere leaves nothing between acceptance and confirmation. */
	assert_int_equal(seen_stage[RCC_HANDOVER_ACCEPTED], 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(never_none_and_never_two_that_do_not_know)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What belongs to a case in the eyes of an auditor. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "replay/filter.h"

#define SHE 247123456u

static struct rcc_filter filter;
static struct rcc_entry *entry;

static int
begin(void **state)
{
	(void)state;
	entry = calloc(1, sizeof *entry);
	filter = (struct rcc_filter){.year = 2026, .number = 1};
	return entry == NULL ? -1 : 0;
}

static int
end(void **state)
{
	(void)state;
	rcc_idset_fini(&filter.set);
	free(entry);
	return 0;
}

static void
learn(struct rcc_event event)
{
	entry->event_count = 1;
	entry->event[0] = event;
	rcc_filter_learn(&filter, entry);
}

static struct rcc_event
alert(uint32_t id, uint32_t ship, uint32_t marks)
{
	struct rcc_event event = {.kind = RCC_EVENT_ALERT_RECORDED};

	event.u.alert.alert.v = id;
	event.u.alert.body.casualty.v = ship;
	event.u.alert.body.marks = marks;
	event.u.alert.body.class = RCC_CLASS_LIVE;
	event.u.alert.verdict = RCC_VERDICT_MATCH;
	return event;
}

static void
open_case(uint32_t incident, uint32_t number, uint32_t ship)
{
	learn((struct rcc_event){.kind = RCC_EVENT_INCIDENT_OPENED,
	                         .u.opened = {.incident = {incident},
	                                      .year = 2026,
	                                      .number = number,
	                                      .alert = {incident},
	                                      .class = RCC_CLASS_LIVE,
	                                      .casualty = {ship}}});
}

static bool
is_hers(uint32_t id, uint32_t ship, uint32_t marks)
{
	struct rcc_event event = alert(id, ship, marks);

	learn(event);
	return rcc_filter_wants(&filter, &event);
}

/* Until an officer has looked at it, what she takes back stands in no case: whoever reads hers sees it all the same. */
static void
test_withdrawal_that_waits(void **state)
{
	(void)state;
	assert_false(is_hers(1, SHE, RCC_ALERT_SELF_CANCEL));
	open_case(1, 1, SHE);
	assert_true(is_hers(2, SHE, RCC_ALERT_SELF_CANCEL));
	assert_false(is_hers(3, SHE, 0));
	assert_false(is_hers(4, SHE + 1, RCC_ALERT_SELF_CANCEL));
	open_case(2, 2, SHE + 1);
	assert_true(is_hers(5, SHE, RCC_ALERT_SELF_CANCEL));
	learn((struct rcc_event){.kind = RCC_EVENT_INCIDENT_CLOSED, .u.closed = {.incident = {1}}});
	assert_false(is_hers(6, SHE, RCC_ALERT_SELF_CANCEL));
	/* What belonged to it does. */
	struct rcc_event before = alert(2, SHE, RCC_ALERT_SELF_CANCEL);
	assert_true(rcc_filter_wants(&filter, &before));
}

/* An exercise that she takes back, and what a stranger takes back in her name, say nothing of her distress. */
static void
test_others_words(void **state)
{
	(void)state;
	open_case(1, 1, SHE);
	struct rcc_event drill = alert(2, SHE, RCC_ALERT_SELF_CANCEL);
	drill.u.alert.body.class = RCC_CLASS_EXERCISE;
	learn(drill);
	assert_false(rcc_filter_wants(&filter, &drill));
	struct rcc_event stranger = alert(3, SHE, RCC_ALERT_SELF_CANCEL);
	stranger.u.alert.verdict = RCC_VERDICT_UNENROLLED;
	stranger.u.alert.sender_key.b[0] = 7;
	learn(stranger);
	assert_false(rcc_filter_wants(&filter, &stranger));
}

/* A guest called, took it back, and an officer opened a case for the call all the same. */
static void
test_taken_back_while_it_waited(void **state)
{
	(void)state;
	for (uint32_t id = 10; id < 13; id++) {
		struct rcc_event event = alert(id, SHE, id == 10 ? 0 : RCC_ALERT_SELF_CANCEL);
		event.u.alert.verdict = RCC_VERDICT_UNENROLLED;
		event.u.alert.sender_key.b[0] = id == 12 ? 9 : 7;
		learn(event);
	}
	open_case(10, 1, SHE);
	struct rcc_event hers = alert(11, SHE, RCC_ALERT_SELF_CANCEL), others = alert(12, SHE, RCC_ALERT_SELF_CANCEL);
	assert_true(rcc_filter_wants(&filter, &hers));
	assert_false(rcc_filter_wants(&filter, &others));
}

/* A case of nobody in particular has no withdrawal of her own. */
static void
test_nobodys_case(void **state)
{
	(void)state;
	open_case(1, 1, 0);
	assert_false(is_hers(2, 0, RCC_ALERT_SELF_CANCEL));
	learn((struct rcc_event){.kind = RCC_EVENT_FACTS_REVISED, .u.facts = {.incident = {1}, .casualty = {SHE}}});
	assert_true(is_hers(3, SHE, RCC_ALERT_SELF_CANCEL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_withdrawal_that_waits, begin, end),
	    cmocka_unit_test_setup_teardown(test_others_words, begin, end),
	    cmocka_unit_test_setup_teardown(test_taken_back_while_it_waited, begin, end),
	    cmocka_unit_test_setup_teardown(test_nobodys_case, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

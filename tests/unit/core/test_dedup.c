/* The same id gets the same answer and never a second effect; the latest RCC_DEDUP_MAX are remembered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "laws.h"
#include "watch.h"

static struct watch watch;

/* Begins a command that is recorded and changes no table: message `number` of a stranger. */
static struct rcc_origin *
begin(uint32_t key, uint32_t number)
{
	struct rcc_command *command = watch_command(&watch, RCC_COMMAND_DECIDE, 0);

	command->u.decide.alert.v = 4711;
	command->origin.key = watch_key(key);
	memcpy(command->origin.msg_id.b, &number, sizeof number);
	command->origin.msg_id.b[4] = 1; /* number 0 is a message, too */
	command->origin.fingerprint = number + 1;
	return &command->origin;
}

static uint64_t
seen_at(uint32_t key, uint32_t number)
{
	uint64_t seq = 0;

	enum rcc_seen seen = rcc_core_seen(&watch.core, begin(key, number), &seq);
	assert_int_equal(seen, seq == 0 ? RCC_SEEN_NEVER : RCC_SEEN_SAME);
	return seq;
}

static void
test_same_id(void **state)
{
	(void)state;
	uint64_t seq = 0;

	watch_start(&watch);
	begin(1, 1);
	assert_int_equal(watch_step(&watch), 1);
	assert_int_equal(seen_at(1, 1), 2);
	/* The same again: nothing. */
	begin(1, 1);
	assert_int_equal(watch_step(&watch), 0);
	assert_int_equal(rcc_core_seq(&watch.core), 2);
	/* Other bytes under the id: a conflict that names the first, and changes nothing of it. */
	begin(1, 1)->fingerprint++;
	assert_int_equal(rcc_core_seen(&watch.core, &watch.entry.cause.origin, &seq), RCC_SEEN_OTHER_BYTES);
	assert_int_equal(seq, 2);
	assert_int_equal(watch_step(&watch), 1);
	assert_int_equal(watch.entry.event[0].kind, RCC_EVENT_MESSAGE_CONFLICT);
	assert_int_equal(watch.entry.event[0].u.conflict.first_seq, 2);
	assert_memory_equal(&watch.entry.event[0].u.conflict.msg_id, &watch.entry.cause.origin.msg_id, RCC_MSG_ID_SIZE);
	assert_int_equal(seen_at(1, 1), 2);
	/* Another sender's id is another id. */
	assert_int_equal(seen_at(2, 1), 0);
	begin(2, 1);
	assert_int_equal(watch_step(&watch), 1);
	assert_int_equal(watch.entry.event[0].kind, RCC_EVENT_COMMAND_REFUSED);
}

/* The daemon's own commands have no id; a distress under an id used before is at least seen. */
static void
test_no_id_and_alerts(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_CREW, 500000001);

	watch_start(&watch);
	watch_decide(&watch, 1, RCC_DECISION_ACCEPT, "why");
	watch_decide(&watch, 1, RCC_DECISION_ACCEPT, "why");
	assert_int_equal(watch.entry.event_count, 1);
	assert_int_equal(watch.core.seen_next, 0);
	watch_fleet(&watch, 500000001, 1);
	watch_say(&watch, 1, &alert);
	struct rcc_origin first = watch.entry.cause.origin;
	struct rcc_command *command = watch_command(&watch, RCC_COMMAND_ALERT, 1);
	command->u.alert = alert;
	command->origin = first;
	assert_int_equal(watch_step(&watch), 0);
	assert_int_equal(watch.core.alert[0].count, 1);
	/* Other bytes: no machine acts upon them, a person reads what they say. */
	command->origin.fingerprint++;
	assert_int_equal(watch_step(&watch), 3);
	assert_int_equal(watch_event(&watch, RCC_EVENT_SUGGESTED)->u.suggested.incident.v, 1);
	assert_int_equal(watch_event(&watch, RCC_EVENT_MESSAGE_CONFLICT)->u.conflict.peer.v, 1);
	assert_int_equal(watch_event(&watch, RCC_EVENT_ALERT_RECORDED)->u.alert.lane, RCC_LANE_NEEDS_READING);
	watch.entry.event_count = 0;
	assert_int_equal(watch_step(&watch), 2);
	assert_int_equal(watch_event(&watch, RCC_EVENT_ALERT_REPEATED)->u.repeated.count, 2);
	assert_int_equal(watch.core.incident_count, 1);
	/* What only the journal remembered is a conflict, too. */
	watch_command(&watch, RCC_COMMAND_CLOSE, 1)->origin.conflict_seq = 77;
	assert_int_equal(watch_step(&watch), 1);
	assert_int_equal(watch_event(&watch, RCC_EVENT_MESSAGE_CONFLICT)->u.conflict.first_seq, 77);
	/* A command that did nothing is not remembered: asked again, it is looked at again. */
	watch_stored(&watch, 1, 1);
	uint32_t next = watch.core.seen_next;
	assert_int_equal(watch_stored(&watch, 1, 1), 0);
	assert_int_equal(watch.core.seen_next, next);
}

static void
test_ring(void **state)
{
	(void)state;
	watch_start(&watch);
	for (uint32_t i = 0; i < RCC_DEDUP_MAX; i++) {
		begin(3, i);
		assert_int_equal(watch_step(&watch), 1);
	}
	assert_int_equal(watch.core.seen_next, 0);
	assert_int_equal(seen_at(3, 0), 2);
	assert_int_equal(seen_at(3, RCC_DEDUP_MAX - 1), RCC_DEDUP_MAX + 1);
	assert_null(laws_of_state(&watch.core));
	/* Round again: the oldest leave, one for one, out of the middle of their chains. */
	for (uint32_t i = 0; i < 1000; i++) {
		begin(4, i * 7);
		assert_int_equal(watch_step(&watch), 1);
	}
	assert_int_equal(seen_at(3, 999), 0);
	assert_int_equal(seen_at(3, 1000), 1002);
	assert_int_equal(seen_at(4, 0), RCC_DEDUP_MAX + 2);
	assert_int_equal(seen_at(4, 6993), RCC_DEDUP_MAX + 1001);
	assert_null(laws_of_state(&watch.core));
	/* What fell out is taken as new: its caller asks the journal first. */
	begin(3, 0);
	assert_int_equal(watch_step(&watch), 1);
	assert_int_equal(watch.entry.event[0].kind, RCC_EVENT_COMMAND_REFUSED);
}

/* Whoever makes ids alike in all but a few bits gains nothing by it: the longest chain stays short, whatever the seed is. */
static void
test_chains_are_short(void **state)
{
	(void)state;
	static const uint64_t seeds[] = {0, 1, UINT64_C(0x0123456789abcdef)};

	for (size_t s = 0; s < sizeof seeds / sizeof seeds[0]; s++) {
		for (size_t shift = 0; shift <= 12; shift += 4) {
			static uint16_t chain[RCC_SEEN_BUCKETS];
			uint16_t longest = 0;
			memset(chain, 0, sizeof chain);
			watch.core.seen_seed = seeds[s];
			for (uint32_t number = 0; number < RCC_DEDUP_MAX; number++) {
				struct rcc_msg_id id = {{0}};
				memcpy(&id.b[shift], &number, sizeof number);
				uint32_t bucket = rcc_seen_bucket(&watch.core, &id);
				longest = ++chain[bucket] > longest ? chain[bucket] : longest;
			}
			assert_in_range(longest, 1, 40);
		}
	}
	watch.core.seen_seed = 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_same_id),
	    cmocka_unit_test(test_no_id_and_alerts),
	    cmocka_unit_test(test_chains_are_short),
	    cmocka_unit_test(test_ring),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

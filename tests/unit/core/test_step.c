/* The door: one command, one rule, one entry; what is recorded can be replayed, what is not has left no trace. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "watch.h"

static struct watch watch;
static struct rcc_core replayed;

static void
test_run(void **state)
{
	(void)state;
	struct rcc_rules rules = watch_rules();

	watch_start(&watch);
	assert_int_equal(rcc_core_seq(&watch.core), 1);
	assert_string_equal(watch.core.run.centre, "MRCC TEST");
	rules.respond_count = 3;
	watch_rule(&watch, &rules);
	assert_int_equal(watch.entry.event[0].kind, RCC_EVENT_RUN_STARTED);
	assert_memory_equal(&watch.core.run.rules, &rules, sizeof rules);
	assert_int_equal(rcc_core_seq(&watch.core), 2);
}

/* A refusal is recorded like anything else: sequence, time, and who asked. */
static void
test_refusal_is_recorded(void **state)
{
	(void)state;
	watch_start(&watch);
	watch.now_ms += 5000;
	watch_close(&watch, 1, "x");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "close.incident"));
	assert_int_equal(rcc_core_seq(&watch.core), 2);
	assert_int_equal(watch.core.at_ms, watch.now_ms);
}

static void
test_nothing_happened(void **state)
{
	(void)state;
	watch_start(&watch);
	watch_fleet(&watch, 200000001, 1);
	uint64_t digest = rcc_core_digest(&watch.core);
	uint64_t seq = rcc_core_seq(&watch.core);
	int64_t at_ms = watch.core.at_ms;
	watch.now_ms += 77;
	assert_int_equal(watch_sent(&watch, 1, 1), 0);
	assert_int_equal(rcc_core_digest(&watch.core), digest);
	assert_int_equal(rcc_core_seq(&watch.core), seq);
	assert_int_equal(watch.core.at_ms, at_ms);
}

/* A distress, its answers and its end, replayed entry by entry: the same state after each. */
static void
replay(void)
{
	rcc_core_replay(&replayed, &watch.entry);
	assert_int_equal(rcc_core_seq(&replayed), rcc_core_seq(&watch.core));
	assert_int_equal(rcc_core_digest(&replayed), rcc_core_digest(&watch.core));
}

static void
test_replay(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_CREW, 200000001);

	rcc_core_init(&replayed);
	watch_start(&watch);
	replay();
	for (uint32_t i = 0; i < 3; i++) {
		watch_enrol(&watch, RCC_ROLE_VESSEL, 200000001 + i);
		replay();
		watch.now_ms += 100;
	}
	watch_say(&watch, 1, &alert);
	replay();
	watch_sent(&watch, 2, 1);
	replay();
	watch_stored(&watch, 2, 1);
	replay();
	watch_read(&watch, 2, 1, "master");
	replay();
	watch_answer(&watch, 2, 1, 1, RCC_ANSWER_PROCEEDING);
	replay();
	assert_int_equal(watch_wait(&watch, 120000, 1), 1);
	replay();
	watch_relay(&watch, 1, RCC_RELAY_HOLD, "too late");
	replay();
	watch_cancel(&watch, 1, "towed in");
	replay();
	watch_sent(&watch, 2, 2);
	replay();
	watch_stored(&watch, 2, 2);
	replay();
	watch_close(&watch, 1, "towed in");
	replay();
	assert_int_equal(replayed.incident[0].status, RCC_INCIDENT_CLOSED);
	assert_int_equal(replayed.broadcast_count, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_run),
	    cmocka_unit_test(test_refusal_is_recorded),
	    cmocka_unit_test(test_nothing_happened),
	    cmocka_unit_test(test_replay),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

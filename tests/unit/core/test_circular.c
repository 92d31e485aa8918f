/* What is of no case: who gets it, what is in force, what leaves memory, and that it stands in nobody's way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/circular.h"
#include "core/parity.h"
#include "order.h"
#include "rcc/units.h"

#define FIRST 200000001

static struct watch watch;

static void
circular(enum rcc_broadcast_kind kind, const char *text, int64_t expires_at_ms)
{
	struct rcc_circular *said = &watch_command(&watch, RCC_COMMAND_CIRCULAR, 0)->u.circular;

	said->kind = kind;
	watch_text(said->text, sizeof said->text, text);
	said->expires_at_ms = expires_at_ms;
	watch_step(&watch);
}

static uint32_t
in_memory(void)
{
	uint32_t count = 0;

	for (const struct rcc_broadcast *row = rcc_broadcast_at(&watch.core, watch.core.newest_circular); row != NULL;
	     row = rcc_broadcast_at(&watch.core, row->previous))
		count++;
	assert_int_equal(count, watch.core.circular_count);
	return count;
}

static void
test_everybody_has_a_line_and_nobody_is_called_on(void **state)
{
	(void)state;
	watch_start(&watch);
	watch_fleet(&watch, FIRST, 3);
	circular(RCC_BROADCAST_BULLETIN, "boats seen", 0);
	const struct rcc_event *queued = watch_event(&watch, RCC_EVENT_DELIVERIES_QUEUED);
	assert_non_null(queued);
	assert_int_equal(queued->u.queued.count, 3);
	for (uint32_t i = 0; i < 3; i++)
		assert_int_equal(queued->u.queued.row[i].called_on, 0);
	/* No clock runs, no case is there, no duty is owed. */
	assert_true(rcc_core_deadline_ms(&watch.core) == INT64_MAX);
	assert_int_equal(watch.core.incident_count, 0);
	assert_int_equal(watch.core.duty_top, 0);
	/* As the ship gets it. */
	struct rcc_delivery_msg message;
	assert_int_equal(rcc_core_delivery(&watch.core, (struct rcc_peer_id){1}, 1, &message), RCC_OK);
	assert_int_equal(message.incident.v, 0);
	assert_int_equal(message.class, RCC_CLASS_LIVE);
	assert_int_equal(message.kind, RCC_BROADCAST_BULLETIN);
	assert_string_equal(message.text, "boats seen");
	assert_int_equal(message.replaced, 0);
}

static void
test_what_is_refused(void **state)
{
	(void)state;
	watch_start(&watch);
	circular(RCC_BROADCAST_CANCEL, "x", 0);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "circular.kind"));
	circular(RCC_BROADCAST_BULLETIN, "", 0);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_REASON_MISSING, "circular.text"));
	circular(RCC_BROADCAST_BULLETIN, "x", 1);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "circular.expires_at_ms"));
	circular(RCC_BROADCAST_CONDUCT_CARD, "x", watch.core.at_ms + RCC_MS_PER_DAY);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "circular.expires_at_ms"));
}

static void
test_one_card_is_in_force(void **state)
{
	(void)state;
	watch_start(&watch);
	watch_fleet(&watch, FIRST, 2);
	assert_null(rcc_circular_card(&watch.core));
	assert_int_equal(rcc_circular_card_state(&watch.core, rcc_peer_find(&watch.core, (struct rcc_peer_id){1})),
	                 RCC_CARD_NONE);
	circular(RCC_BROADCAST_CONDUCT_CARD, "first", 0);
	watch_stored(&watch, 1, 1);
	circular(RCC_BROADCAST_CONDUCT_CARD, "second", 0);
	assert_string_equal(rcc_circular_card(&watch.core)->text, "second");
	assert_int_equal(rcc_circular_card(&watch.core)->revision, 2);
	/* Who has stored the old one only has not got the new one; who never had it is not given it any more. */
	assert_int_equal(rcc_circular_card_state(&watch.core, rcc_peer_find(&watch.core, (struct rcc_peer_id){1})),
	                 RCC_CARD_NOT_STORED);
	assert_int_equal(rcc_delivery_find(&watch.core, (struct rcc_peer_id){2}, 1)->state, RCC_DELIVERY_CANCELLED);
	watch_stored(&watch, 1, 2);
	assert_int_equal(rcc_circular_card_state(&watch.core, rcc_peer_find(&watch.core, (struct rcc_peer_id){1})),
	                 RCC_CARD_STORED);
	struct rcc_delivery_msg message;
	assert_int_equal(rcc_core_delivery(&watch.core, (struct rcc_peer_id){1}, 1, &message), RCC_OK);
	assert_int_equal(message.replaced, 1);
}

/* However many are issued, so many stay; the card in force is among them though it is the oldest. */
static void
test_old_ones_leave_memory(void **state)
{
	(void)state;
	watch_start(&watch);
	watch_fleet(&watch, FIRST, 2);
	circular(RCC_BROADCAST_CONDUCT_CARD, "card", 0);
	for (unsigned i = 0; i < 3 * RCC_CIRCULARS_MAX; i++)
		circular(RCC_BROADCAST_BULLETIN, "bulletin", 0);
	assert_int_equal(in_memory(), RCC_CIRCULARS_MAX);
	assert_int_equal(watch.core.broadcast_count, RCC_CIRCULARS_MAX);
	assert_int_equal(watch.core.delivery_count, 2 * RCC_CIRCULARS_MAX);
	assert_string_equal(rcc_circular_card(&watch.core)->text, "card");
	assert_int_equal(watch.core.bulletin_last, 3 * RCC_CIRCULARS_MAX);
}

/* Many ships: the lines of circulars never take the room of calls. */
static void
test_lines_are_bounded(void **state)
{
	(void)state;
	watch_start(&watch);
	watch_fleet(&watch, FIRST, 3000);
	for (unsigned i = 0; i < 20; i++)
		circular(RCC_BROADCAST_BULLETIN, "bulletin", 0);
	assert_true(watch.core.delivery_count <= RCC_CIRCULAR_LINES_MAX);
	assert_true(watch.core.delivery_count > RCC_CIRCULAR_LINES_MAX / 2);
	assert_int_equal(in_memory(), watch.core.delivery_count / 3000);
}

/* Only what is of a case is measured: a bulletin that nobody stores tells nothing of how ships are called. */
static void
test_parity_is_of_calls(void **state)
{
	(void)state;
	struct rcc_parity parity;

	watch_start(&watch);
	watch_fleet(&watch, FIRST, 4);
	circular(RCC_BROADCAST_BULLETIN, "bulletin", 0);
	rcc_parity_measure(&watch.core, watch.core.at_ms + RCC_MS_PER_DAY, &parity);
	assert_int_equal(parity.count, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_everybody_has_a_line_and_nobody_is_called_on),
	    cmocka_unit_test(test_what_is_refused),
	    cmocka_unit_test(test_one_card_is_in_force),
	    cmocka_unit_test(test_old_ones_leave_memory),
	    cmocka_unit_test(test_lines_are_bounded),
	    cmocka_unit_test(test_parity_is_of_calls),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

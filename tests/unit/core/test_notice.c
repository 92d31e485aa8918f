/* Notices of a missing craft: when an officer may ask for a look-out, that nobody is called on, and how a notice ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "order.h"
#include "rcc/units.h"

#define HOUR_MS RCC_MS_PER_HOUR
#define CRAFT 247000001

static struct watch watch;
static uint32_t feed;

static void
start(void)
{
	watch_start(&watch);
	watch_fleet(&watch, 200000001, 3);
	feed = watch_enrol(&watch, RCC_ROLE_FEED, 2320001);
}

static uint32_t
say(enum rcc_source source, uint32_t casualty)
{
	struct rcc_alert alert = watch_alert(source, casualty);

	return watch_say(&watch, feed, &alert);
}

static const struct rcc_incident *
incident(void)
{
	return order_incident(&watch, 1);
}

/* Of kind 0 if none was. */
static const struct rcc_broadcast_issued *
issued(void)
{
	static const struct rcc_broadcast_issued none;
	const struct rcc_event *event = watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED);

	return event == NULL ? &none : &event->u.broadcast;
}

static enum rcc_broadcast_kind
told(void)
{
	return issued()->kind;
}

static void
notice(const char *text, int64_t expires_at_ms)
{
	struct rcc_relay *relay = &watch_command(&watch, RCC_COMMAND_RELAY, 0)->u.relay;

	relay->incident.v = 1;
	relay->action = RCC_RELAY_NOTICE;
	relay->expires_at_ms = expires_at_ms;
	watch_text(relay->reason, sizeof relay->reason, text);
	/* Beside the craft: who is that near would be called on to answer a distress. */
	watch_see(&watch, 200000001, (struct rcc_pos){352000000, 126000000}, 100);
	watch_step(&watch);
}

static void
assert_refused(enum rcc_refusal reason, const char *field)
{
	if (!watch_is_refused(&watch, reason, field))
		fail_msg("not refused with %u (%s)", (unsigned)reason, field);
}

/* Navigational status 14 alone opens at uncertainty. */
static void
test_order(void **state)
{
	(void)state;
	start();
	notice("x", 0);
	assert_refused(RCC_REFUSAL_NOT_FOUND, "relay.incident");
	say(RCC_SOURCE_AIS_STATUS, CRAFT);
	notice("", 0);
	assert_refused(RCC_REFUSAL_REASON_MISSING, "relay.reason");
	notice("white yacht, 2 persons", watch.now_ms);
	assert_refused(RCC_REFUSAL_RANGE, "relay.expires_at_ms");
	notice("white yacht, 2 persons", watch.now_ms + 7 * RCC_MS_PER_DAY + 1);
	assert_refused(RCC_REFUSAL_RANGE, "relay.expires_at_ms");
	notice("white yacht, 2 persons", watch.now_ms + 2 * HOUR_MS);
	assert_int_equal(told(), RCC_BROADCAST_MISSING_NOTICE);
	assert_int_equal(issued()->expires_at_ms, watch.now_ms + 2 * HOUR_MS);
	/* Who asks for a look-out vouches for no distress. */
	assert_int_equal(issued()->verified, 0);
	assert_false(incident()->is_verified);
	assert_int_equal(incident()->status, RCC_INCIDENT_OPEN);
	assert_true(rcc_incident_is_noticed(incident()));
	assert_false(rcc_incident_is_standing(incident()));
	const struct rcc_deliveries_queued *queued = &watch_event(&watch, RCC_EVENT_DELIVERIES_QUEUED)->u.queued;
	assert_int_equal(queued->count, 3);
	for (uint32_t i = 0; i < queued->count; i++)
		assert_int_equal(queued->row[i].called_on, 0);
	assert_int_equal(watch_events(&watch, RCC_EVENT_CALL_LISTED), 0);
	/* The machine's own time, if no officer said another. */
	notice("white yacht, 3 persons", 0);
	assert_int_equal(issued()->expires_at_ms, watch.now_ms + watch.core.run.rules.notice_ms);
	assert_int_equal(issued()->revision, 2);
	struct rcc_delivery_msg message;
	assert_int_equal(rcc_core_delivery(&watch.core, queued->row[0].peer, 2, &message), RCC_OK);
	assert_int_equal(message.kind, RCC_BROADCAST_MISSING_NOTICE);
	assert_int_equal(message.expires_at_ms, watch.now_ms + watch.core.run.rules.notice_ms);
	assert_int_equal(message.called_on, 0);
}

/* Of a distress nothing less than a relay goes out; and what ships were called to is taken back first. */
static void
test_never_of_a_distress(void **state)
{
	(void)state;
	start();
	say(RCC_SOURCE_DSC, CRAFT);
	assert_int_equal(incident()->phase, RCC_PHASE_DISTRESS);
	notice("x", 0);
	assert_refused(RCC_REFUSAL_WRONG_STATE, "relay.action");
	watch_relay(&watch, 1, RCC_RELAY_RELEASE, "");
	assert_int_equal(told(), RCC_BROADCAST_DISTRESS_RELAY);
	notice("x", 0);
	assert_refused(RCC_REFUSAL_WRONG_STATE, "relay.incident");
	/* What they were called on to do is taken back in the step that lowers the phase. */
	order_phase(&watch, 1, RCC_PHASE_ALERT, "seen under way");
	assert_int_equal(told(), RCC_BROADCAST_CANCEL);
	notice("lost from sight again", 0);
	assert_int_equal(told(), RCC_BROADCAST_MISSING_NOTICE);
}

/* The case rises: the relay replaces the notice, whoever raised it. */
static void
test_relay_replaces(void **state)
{
	(void)state;
	start();
	say(RCC_SOURCE_AIS_STATUS, CRAFT);
	notice("white yacht", 0);
	say(RCC_SOURCE_DSC, CRAFT);
	assert_int_equal(incident()->phase, RCC_PHASE_DISTRESS);
	assert_int_equal(told(), 0);
	watch_wait(&watch, 60000, 1);
	assert_int_equal(told(), RCC_BROADCAST_DISTRESS_RELAY);
	assert_int_equal(issued()->verified, 0);
	assert_true(rcc_incident_is_standing(incident()));
	assert_int_equal(incident()->notice_until_ms, 0);
	start();
	say(RCC_SOURCE_AIS_STATUS, CRAFT);
	notice("white yacht", 0);
	watch_relay(&watch, 1, RCC_RELAY_HOLD, "waiting for the coast guard's aircraft");
	say(RCC_SOURCE_AIS_BEACON, CRAFT);
	assert_int_equal(told(), 0);
	watch_relay(&watch, 1, RCC_RELAY_RELEASE, "");
	assert_int_equal(told(), RCC_BROADCAST_DISTRESS_RELAY);
	start();
	say(RCC_SOURCE_AIS_STATUS, CRAFT);
	notice("white yacht", 0);
	order_phase(&watch, 1, RCC_PHASE_DISTRESS, "flares seen");
	assert_int_equal(told(), RCC_BROADCAST_DISTRESS_RELAY);
}

/* Better facts go out under the same words and the same end. */
static void
test_update(void **state)
{
	struct rcc_classify *classify;
	int64_t until_ms;

	(void)state;
	start();
	say(RCC_SOURCE_AIS_STATUS, CRAFT);
	notice("white yacht", 0);
	until_ms = issued()->expires_at_ms;
	watch.now_ms += HOUR_MS;
	classify = &watch_command(&watch, RCC_COMMAND_CLASSIFY, 0)->u.classify;
	classify->incident.v = 1;
	classify->pos = (struct rcc_pos){353000000, 127000000};
	classify->persons = 4;
	watch_text(classify->reason, sizeof classify->reason, "the marina called");
	watch_step(&watch);
	assert_int_equal(told(), RCC_BROADCAST_MISSING_NOTICE);
	assert_string_equal(issued()->text, "white yacht");
	assert_int_equal(issued()->expires_at_ms, until_ms);
	assert_int_equal(issued()->pos.lat_e7, 353000000);
	/* Its time has run out, and its clock has not rung yet: nothing goes out that would be over when it comes. */
	watch.now_ms = until_ms;
	classify = &watch_command(&watch, RCC_COMMAND_CLASSIFY, 0)->u.classify;
	classify->incident.v = 1;
	classify->persons = 5;
	classify->pos = RCC_POS_NONE;
	watch_text(classify->reason, sizeof classify->reason, "one more");
	watch_step(&watch);
	assert_int_equal(told(), 0);
	assert_int_equal(incident()->persons, 5);
}

static void
test_expiry(void **state)
{
	uint32_t ship;

	(void)state;
	start();
	say(RCC_SOURCE_AIS_STATUS, CRAFT);
	notice("white yacht", watch.now_ms + HOUR_MS);
	ship = watch_event(&watch, RCC_EVENT_DELIVERIES_QUEUED)->u.queued.row[0].peer.v;
	watch_stored(&watch, ship, 1);
	assert_int_equal(incident()->newest_broadcast, 1);
	assert_int_equal(watch.core.broadcast[0].unstored, 2);
	watch_wait(&watch, HOUR_MS - 1, 9);
	assert_false(incident()->is_notice_over);
	assert_int_equal(watch_wait(&watch, 1, 9), 1);
	assert_int_equal(watch_events(&watch, RCC_EVENT_NOTICE_EXPIRED), 1);
	assert_false(rcc_incident_is_noticed(incident()));
	assert_int_equal(watch.core.broadcast[0].unstored, 0);
	/* Nobody who comes later hears of it; nothing rings twice. */
	watch_enrol(&watch, RCC_ROLE_VESSEL, 200000009);
	assert_int_equal(watch_events(&watch, RCC_EVENT_DELIVERIES_QUEUED), 0);
	assert_int_equal(watch_wait(&watch, 9 * HOUR_MS, 9), 0);
	/* It can be closed as it is, or asked for anew. */
	notice("still missing", 0);
	assert_int_equal(told(), RCC_BROADCAST_MISSING_NOTICE);
	watch_close(&watch, 1, "found in port");
	assert_refused(RCC_REFUSAL_CANCEL_FIRST, "close.incident");
	watch_wait(&watch, 7 * HOUR_MS, 9);
	watch_close(&watch, 1, "found in port");
	assert_int_equal(incident()->status, RCC_INCIDENT_CLOSED);
}

/* Who was asked for a look-out hears that it is over, as who was called on does (SAR Convention annex 4.8.3). */
static void
test_cancel_and_suspend(void **state)
{
	(void)state;
	start();
	say(RCC_SOURCE_AIS_STATUS, CRAFT);
	notice("white yacht", 0);
	watch_cancel(&watch, 1, "safe in port");
	assert_int_equal(told(), RCC_BROADCAST_CANCEL);
	assert_int_equal(watch_event(&watch, RCC_EVENT_DELIVERIES_QUEUED)->u.queued.count, 3);
	notice("it was another yacht", 0);
	order_suspend(&watch, 1, HOUR_MS, "nothing found");
	assert_int_equal(told(), RCC_BROADCAST_SUSPENDED);
	notice("x", 0);
	assert_refused(RCC_REFUSAL_WRONG_STATE, "relay.incident");
}

/* Another craft 60 miles off, in a case of its own. */
static void
start_two(enum rcc_source source)
{
	struct rcc_alert other = watch_alert(source, CRAFT + 1);

	start();
	other.pos = (struct rcc_pos){362000000, 126000000};
	say(RCC_SOURCE_AIS_STATUS, CRAFT);
	notice("white yacht", 2 * HOUR_MS + watch.now_ms);
	watch_say(&watch, feed, &other);
}

/* The broadcasts of the last entry, in order; their count. */
static uint32_t
list_issued(const struct rcc_broadcast_issued *list[4])
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < watch.entry.event_count; i++) {
		if (watch.entry.event[i].kind == RCC_EVENT_BROADCAST_ISSUED)
			list[count++] = &watch.entry.event[i].u.broadcast;
	}
	return count;
}

/* Who keeps a look-out for a case hears of the one that it is now before hearing that it is over. */
static void
test_joined(void **state)
{
	const struct rcc_broadcast_issued *list[4];

	(void)state;
	start_two(RCC_SOURCE_AIS_STATUS);
	int64_t until_ms = incident()->notice_until_ms;
	order_join_all(&watch, 1, 2, "one yacht");
	assert_int_equal(list_issued(list), 2);
	assert_int_equal(list[0]->incident.v, 2);
	assert_int_equal(list[0]->kind, RCC_BROADCAST_MISSING_NOTICE);
	assert_string_equal(list[0]->text, "white yacht");
	assert_int_equal(list[0]->expires_at_ms, until_ms);
	assert_int_equal(list[1]->incident.v, 1);
	assert_int_equal(list[1]->kind, RCC_BROADCAST_CANCEL);
	/* Of what is a distress they hear as of one, at once. */
	start_two(RCC_SOURCE_DSC);
	order_join_all(&watch, 1, 2, "one yacht");
	assert_int_equal(list_issued(list), 2);
	assert_int_equal(list[0]->kind, RCC_BROADCAST_DISTRESS_RELAY);
	/* A notice that has run out goes with its case. */
	start_two(RCC_SOURCE_AIS_STATUS);
	watch_wait(&watch, 2 * HOUR_MS, 9);
	order_join_all(&watch, 1, 2, "one yacht");
	assert_int_equal(list_issued(list), 1);
	assert_int_equal(list[0]->kind, RCC_BROADCAST_CANCEL);
	/* Not what an officer holds. */
	start_two(RCC_SOURCE_DSC);
	watch_relay(&watch, 2, RCC_RELAY_HOLD, "being called");
	order_join_all(&watch, 1, 2, "one yacht");
	assert_int_equal(list_issued(list), 1);
}

/* A ship that is enrolled while a notice stands hears of it, and is not called on either. */
static void
test_late_ship(void **state)
{
	(void)state;
	start();
	say(RCC_SOURCE_AIS_STATUS, CRAFT);
	notice("white yacht", 0);
	watch_enrol(&watch, RCC_ROLE_VESSEL, 200000009);
	const struct rcc_event *event = watch_event(&watch, RCC_EVENT_DELIVERIES_QUEUED);
	assert_non_null(event);
	assert_int_equal(event->u.queued.row[0].called_on, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_order),          cmocka_unit_test(test_never_of_a_distress),
	    cmocka_unit_test(test_relay_replaces), cmocka_unit_test(test_update),
	    cmocka_unit_test(test_expiry),         cmocka_unit_test(test_cancel_and_suspend),
	    cmocka_unit_test(test_late_ship),      cmocka_unit_test(test_joined),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

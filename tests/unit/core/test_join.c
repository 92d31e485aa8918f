/* Joining and splitting: alerts move, and nothing of them changes; each order is the other one's undo. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/duty.h"
#include "laws.h"
#include "order.h"
#include "rcc/units.h"

#define HOUR_MS RCC_MS_PER_HOUR
#define KEPT_MAX 16

static struct watch watch;
static uint32_t feed;
static struct rcc_alert_state kept[KEPT_MAX];

static void
start(void)
{
	feed = watch_start_with_feed(&watch, 2);
}

/* An alert of its own casualty, at its own place, with raw bytes and words of its own. */
static void
say(enum rcc_source source, uint32_t casualty, int32_t north_e7, uint32_t persons)
{
	struct rcc_alert alert = watch_alert(source, casualty);

	alert.pos.lat_e7 += north_e7;
	alert.persons = persons;
	alert.nature = RCC_NATURE_FLOODING;
	alert.raw_len = (uint32_t)snprintf((char *)alert.raw, sizeof alert.raw, "%u at %d", casualty, north_e7);
	(void)snprintf(alert.text, sizeof alert.text, "%u persons", persons);
	watch_say(&watch, feed, &alert);
}

static void
keep_alerts(void)
{
	assert_true(watch.core.alert_count <= KEPT_MAX);
	for (uint32_t i = 0; i < watch.core.alert_count; i++)
		kept[i] = *order_alert(&watch, i + 1);
}

/* Raw bytes, words, counts and times: all of an alert but where it belongs. */
static void
assert_alerts_kept(void)
{
	for (uint32_t i = 0; i < watch.core.alert_count; i++) {
		const struct rcc_alert_state *row = order_alert(&watch, i + 1);
		assert_non_null(row);
		assert_memory_equal(&row->body, &kept[i].body, sizeof row->body);
		assert_int_equal(row->count, kept[i].count);
		assert_int_equal(row->recorded_at_ms, kept[i].recorded_at_ms);
		assert_int_equal(row->last_at_ms, kept[i].last_at_ms);
		assert_int_equal(row->verdict, kept[i].verdict);
	}
}

static void
assert_same_facts(const struct rcc_incident *a, const struct rcc_incident *b)
{
	assert_int_equal(a->year, b->year);
	assert_int_equal(a->number, b->number);
	assert_int_equal(a->phase, b->phase);
	assert_int_equal(a->class, b->class);
	assert_int_equal(a->casualty.v, b->casualty.v);
	assert_int_equal(a->nature, b->nature);
	assert_int_equal(a->persons, b->persons);
	assert_string_equal(a->name, b->name);
	assert_memory_equal(&a->pos, &b->pos, sizeof a->pos);
	assert_int_equal(a->pos_at_ms, b->pos_at_ms);
	assert_int_equal(a->pos_radius_m, b->pos_radius_m);
	assert_int_equal(a->pos_alert.v, b->pos_alert.v);
	assert_int_equal(a->is_conflict, b->is_conflict);
	assert_int_equal(a->candidate_count, b->candidate_count);
	assert_memory_equal(a->candidate, b->candidate, sizeof a->candidate);
}

static void
test_split_and_rejoin(void **state)
{
	(void)state;
	start();
	say(RCC_SOURCE_DSC, 247000001, 0, 7);
	say(RCC_SOURCE_BEACON406, 247000001, 5000000, 0); /* 30 nm away: a conflict */
	say(RCC_SOURCE_RCC, 247000001, 20000, 9);
	watch_say(&watch, feed, &order_alert(&watch, 1)->body);
	assert_int_equal(watch.core.incident_count, 1);
	keep_alerts();
	struct rcc_incident before = *order_incident(&watch, 1);
	assert_true(before.is_conflict);
	for (uint32_t alert = 1; alert <= 3; alert++) {
		order_split(&watch, alert, "of another ship");
		assert_int_not_equal(order_alert(&watch, alert)->incident.v, 1);
		assert_int_equal(order_incident(&watch, order_alert(&watch, alert)->incident.v)->status,
		                 RCC_INCIDENT_OPEN);
		assert_alerts_kept();
		/* What it had told is no longer known of the case that it left. */
		assert_int_equal(order_incident(&watch, 1)->is_conflict, alert != 2);
		assert_int_equal(order_incident(&watch, 1)->persons, alert == 1 ? 9 : 7);
		order_join(&watch, alert, 1, "hers after all");
		assert_int_equal(order_alert(&watch, alert)->incident.v, 1);
		assert_same_facts(order_incident(&watch, 1), &before);
		assert_alerts_kept();
	}
	assert_null(laws_of_state(&watch.core));
}

/* Two of the second case's alerts: the one that opened it takes its number back, the other is joined to it again. */
static void
test_whole_incident_and_back(void **state)
{
	(void)state;
	struct rcc_incident before[2];

	start();
	say(RCC_SOURCE_DSC, 247000001, 0, 7);
	say(RCC_SOURCE_AIS_BEACON, 970000001, 30000, 0);
	say(RCC_SOURCE_DSC, 970000001, 31000, 3);
	for (uint32_t i = 0; i < 2; i++)
		before[i] = *order_incident(&watch, i + 1);
	keep_alerts();
	order_join_all(&watch, 2, 1, "one boat");
	assert_int_equal(order_incident(&watch, 2)->status, RCC_INCIDENT_CLOSED);
	assert_int_equal(order_incident(&watch, 2)->outcome, RCC_OUTCOME_JOINED);
	assert_int_equal(order_alert(&watch, 2)->incident.v, 1);
	assert_int_equal(order_alert(&watch, 3)->incident.v, 1);
	/* What is empty comes back by a split alone. */
	order_resume(&watch, 2, "closed the wrong case");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_WRONG_STATE, "resume.incident"));
	order_split(&watch, 2, "two boats");
	assert_int_equal(order_alert(&watch, 2)->incident.v, 2);
	assert_int_equal(order_incident(&watch, 2)->status, RCC_INCIDENT_OPEN);
	order_join(&watch, 3, 2, "two boats");
	for (uint32_t i = 0; i < 2; i++)
		assert_same_facts(order_incident(&watch, i + 1), &before[i]);
	assert_int_equal(watch.core.incident_count, 2);
	assert_alerts_kept();
	assert_null(laws_of_state(&watch.core));
}

static void
test_walls(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_BEACON406, 247000002);

	start();
	say(RCC_SOURCE_DSC, 247000001, 0, 7);
	alert.class = RCC_CLASS_EXERCISE;
	watch_say(&watch, feed, &alert);
	alert.class = RCC_CLASS_LIVE;
	alert.marks = RCC_ALERT_RESTRICTED;
	watch_say(&watch, feed, &alert);
	assert_int_equal(watch.core.incident_count, 3);
	order_join(&watch, 2, 1, "why");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_LIVE, "join.alert"));
	order_join_all(&watch, 2, 1, "why");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_LIVE, "join.from"));
	order_join(&watch, 3, 1, "why");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RESTRICTED, "join.alert"));
	order_join_all(&watch, 3, 1, "why");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RESTRICTED, "join.from"));
	for (uint32_t i = 1; i <= 3; i++)
		assert_int_equal(order_alert(&watch, i)->incident.v, i);
	/* Behind the wall of restriction officers put what they will, and take it out again. */
	order_join_all(&watch, 1, 3, "why");
	assert_int_equal(order_alert(&watch, 1)->incident.v, 3);
	order_split(&watch, 1, "why");
	assert_int_equal(order_alert(&watch, 1)->incident.v, 1);
	order_join(&watch, 1, 3, "why");
	assert_int_equal(order_alert(&watch, 1)->incident.v, 3);
	order_split(&watch, 3, "why");
	assert_true(watch.core.incident[3].is_restricted);
	assert_null(laws_of_state(&watch.core));
}

static void
test_refusals(void **state)
{
	(void)state;
	start();
	say(RCC_SOURCE_DSC, 247000001, 0, 7);
	say(RCC_SOURCE_DSC, 247000002, 0, 7);
	order_join(&watch, 2, 9, "why");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "join.incident"));
	order_join(&watch, 9, 1, "why");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "join.alert"));
	order_join_all(&watch, 9, 1, "why");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "join.from"));
	order_join(&watch, 2, 1, "");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_REASON_MISSING, "join.reason"));
	order_join(&watch, 0, 1, "neither of both");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "join.alert"));
	order_join(&watch, 1, 1, "there already");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_WRONG_STATE, "join.alert"));
	order_join_all(&watch, 1, 1, "with itself");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_WRONG_STATE, "join.from"));
	order_split(&watch, 9, "why");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "split.alert"));
	order_split(&watch, 1, "its only one");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_WRONG_STATE, "split.alert"));
	order_join(&watch, 2, 1, "one ship");
	order_split(&watch, 2, "");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_REASON_MISSING, "split.reason"));
	order_join(&watch, 1, 2, "into one that is closed");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_WRONG_STATE, "join.incident"));
}

/* Ships that were told of the case that is gone hear that it is the same as the other. */
static void
test_joined_away_cancels(void **state)
{
	(void)state;
	uint32_t cancels = 0;

	start();
	say(RCC_SOURCE_AIS_BEACON, 970000001, 0, 0);
	say(RCC_SOURCE_AIS_BEACON, 970000002, 20000, 0);
	assert_int_equal(order_incident(&watch, 2)->broadcasts, 1);
	order_join(&watch, 2, 1, "one raft");
	for (uint32_t i = 0; i < watch.entry.event_count; i++) {
		const struct rcc_event *event = &watch.entry.event[i];
		if (event->kind != RCC_EVENT_BROADCAST_ISSUED || event->u.broadcast.kind != RCC_BROADCAST_CANCEL)
			continue;
		cancels++;
		assert_int_equal(event->u.broadcast.incident.v, 2);
		assert_non_null(strstr(event->u.broadcast.text, "2026-0001"));
		assert_non_null(strstr(event->u.broadcast.text, "one raft"));
	}
	assert_int_equal(cancels, 1);
	assert_true(order_incident(&watch, 2)->is_cancelled);
	const struct rcc_broadcast *newest = rcc_broadcast_at(&watch.core, order_incident(&watch, 2)->newest_broadcast);
	/* Asked in one: at -O2 gcc takes an assertion for a call that may return. */
	assert_true(newest != NULL && newest->recipients == 2);
	/* A case of which no ship heard is closed without a word. */
	start();
	say(RCC_SOURCE_AIS_BEACON, 970000001, 0, 0);
	say(RCC_SOURCE_DSC, 247000001, 20000, 0);
	order_join(&watch, 2, 1, "one raft");
	assert_int_equal(order_incident(&watch, 2)->broadcasts, 0);
	assert_int_equal(order_incident(&watch, 2)->status, RCC_INCIDENT_CLOSED);
}

/* Ships that were told of a case go on hearing of the one that it became, at once. */
static void
test_told_goes_on(void **state)
{
	(void)state;
	for (int is_whole = 0; is_whole < 2; is_whole++) {
		start();
		say(RCC_SOURCE_AIS_STATUS, 247000001, 0, 0);
		say(RCC_SOURCE_DSC, 247000002, 20000, 0);
		watch_wait(&watch, 60000, 8);
		assert_int_equal(order_incident(&watch, 1)->broadcasts, 0);
		assert_int_equal(order_incident(&watch, 2)->broadcasts, 1);
		if (is_whole != 0)
			order_join_all(&watch, 2, 1, "one ship");
		else
			order_join(&watch, 2, 1, "one ship");
		assert_int_equal(order_incident(&watch, 1)->phase, RCC_PHASE_DISTRESS);
		assert_int_equal(order_incident(&watch, 1)->broadcasts, 1);
		assert_true(order_incident(&watch, 2)->is_cancelled);
	}
}

static void
task_first(uint32_t incident)
{
	struct rcc_task *task = &watch_command(&watch, RCC_COMMAND_TASK, 0)->u.task;

	*task = (struct rcc_task){.incident = {incident}, .kind = RCC_TASK_ASSIST, .ship = watch.core.peer[0].mmsi};
	watch_text(task->text, sizeof task->text, "search the bay");
	watch_step(&watch);
	assert_int_equal(watch_events(&watch, RCC_EVENT_TASKED), 1);
}

/* A ship that was ordered alone would hear that it is over, and of the other case nothing: her order goes along, or she has declined it. */
static void
test_ordered_goes_on(void **state)
{
	(void)state;
	for (int is_declined = 0; is_declined < 2; is_declined++) {
		start();
		say(RCC_SOURCE_AIS_STATUS, 247000001, 0, 0);
		say(RCC_SOURCE_AIS_STATUS, 247000002, 20000, 0);
		task_first(1);
		watch_sent(&watch, 1, 1);
		if (is_declined != 0)
			watch_answer(&watch, 1, 1, 1, RCC_ANSWER_UNABLE);
		order_join(&watch, 1, 2, "one ship");
		assert_int_equal(order_incident(&watch, 1)->outcome, RCC_OUTCOME_JOINED);
		assert_true(order_incident(&watch, 1)->is_cancelled);
		const struct rcc_duty *row = rcc_duty_of(&watch.core, (struct rcc_incident_id){2},
		                                         RCC_DUTY_RULE_DO_TASK, watch.core.peer[0].mmsi, 0);
		assert_true((row != NULL && rcc_duty_is_open(row)) == (is_declined == 0));
		const struct rcc_broadcast *told =
		    rcc_broadcast_at(&watch.core, order_incident(&watch, 2)->newest_directed);
		assert_true((told != NULL && strstr(told->text, "as in case ") == told->text) == (is_declined == 0));
	}
}

static enum rcc_duty_state
duty_state(uint32_t incident, enum rcc_duty_rule rule, uint32_t peer)
{
	const struct rcc_duty *row =
	    rcc_duty_of(&watch.core, (struct rcc_incident_id){incident}, rule, watch.core.peer[peer - 1].mmsi, 0);

	return row == NULL ? (enum rcc_duty_state)0 : row->state;
}

static void
task_as(uint32_t incident, enum rcc_task_kind kind, uint32_t peer)
{
	struct rcc_task *task = &watch_command(&watch, RCC_COMMAND_TASK, 0)->u.task;

	*task = (struct rcc_task){.incident = {incident},
	                          .kind = kind,
	                          .ship = watch.core.peer[peer - 1].mmsi,
	                          .contact_min = 20,
	                          .text = "take all aboard",
	                          .consulted = "all"};
	assert_true(watch_step(&watch) > 0);
}

/* Both were told to all: who is requisitioned for the one, and who coordinates there, is so for the case that goes on, and hears it. */
static void
test_requisition_goes_on(void **state)
{
	(void)state;
	for (int has_coordinator = 0; has_coordinator < 2; has_coordinator++) {
		struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 0);
		start();
		order_open(&watch, 0, &alert);
		alert.pos.lat_e7 += 100000;
		order_open(&watch, 0, &alert);
		task_as(1, RCC_TASK_REQUISITION, 1);
		task_as(1, RCC_TASK_COORDINATE, 1);
		if (has_coordinator != 0)
			task_as(2, RCC_TASK_COORDINATE, 2);
		order_join_all(&watch, 1, 2, "one boat");
		assert_int_equal(order_incident(&watch, 1)->outcome, RCC_OUTCOME_JOINED);
		assert_int_equal(duty_state(2, RCC_DUTY_RULE_COMPLY, 1), RCC_DUTY_OPEN);
		assert_int_equal(duty_state(2, RCC_DUTY_RULE_CONTACT, 1), RCC_DUTY_OPEN);
		/* There is one coordinator. */
		assert_int_equal(order_incident(&watch, 2)->coordinator.v,
		                 watch.core.peer[has_coordinator != 0 ? 1 : 0].mmsi.v);
		assert_int_equal(duty_state(2, RCC_DUTY_RULE_COORDINATE, 1), has_coordinator != 0 ? 0 : RCC_DUTY_OPEN);
		const struct rcc_broadcast *told =
		    rcc_broadcast_at(&watch.core, order_incident(&watch, 2)->newest_directed);
		while (told != NULL && told->kind != RCC_BROADCAST_REQUISITION)
			told = rcc_broadcast_at(&watch.core, told->previous);
		assert_non_null(told);
		assert_non_null(strstr(told->text, "take all aboard"));
		assert_non_null(rcc_delivery_of(&watch.core, told, (struct rcc_peer_id){1}));
	}
}

static void
test_suspended_resumes(void **state)
{
	(void)state;
	start();
	say(RCC_SOURCE_AIS_BEACON, 970000001, 0, 0);
	order_suspend(&watch, 1, 6 * HOUR_MS, "night");
	say(RCC_SOURCE_AIS_BEACON, 970000002, 20000, 0);
	order_join(&watch, 2, 1, "its second beacon");
	assert_non_null(watch_event(&watch, RCC_EVENT_INCIDENT_RESUMED));
	assert_int_equal(order_incident(&watch, 1)->status, RCC_INCIDENT_OPEN);
	assert_int_equal(order_incident(&watch, 1)->review_at_ms, 0);
	/* The ships that had been told of its suspension hear that it goes on. */
	assert_false(order_incident(&watch, 1)->is_cancelled);
}

static void
test_suggestions_vanish(void **state)
{
	(void)state;
	start();
	say(RCC_SOURCE_AIS_BEACON, 970000001, 0, 0);
	say(RCC_SOURCE_AIS_BEACON, 970000002, 20000, 0);
	assert_int_equal(order_alert(&watch, 2)->suggestion_count, 1);
	order_join(&watch, 2, 1, "one raft");
	assert_int_equal(order_alert(&watch, 2)->suggestion_count, 0);
	order_split(&watch, 2, "two rafts");
	assert_int_equal(order_alert(&watch, 2)->suggestion_count, 0);
	/* One in front of a person, joined instead of accepted. */
	struct rcc_alert text = watch_alert(RCC_SOURCE_AIS_TEXT, 970000001);
	watch_say(&watch, feed, &text);
	assert_int_equal(order_alert(&watch, 3)->lane, RCC_LANE_NEEDS_READING);
	assert_int_not_equal(order_alert(&watch, 3)->suggestion_count, 0);
	order_join(&watch, 3, 1, "read");
	assert_int_equal(order_alert(&watch, 3)->suggestion_count, 0);
	assert_int_equal(order_alert(&watch, 3)->lane, RCC_LANE_INCIDENT);
	assert_int_not_equal(order_alert(&watch, 3)->decided_at_ms, 0);
}

static uint32_t
next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

static void
give_random_order(uint32_t *seed)
{
	uint32_t what = next_random(seed) % 3;
	uint32_t alert = 1 + next_random(seed) % watch.core.alert_count;
	uint32_t into = 1 + next_random(seed) % watch.core.incident_last;
	uint32_t from = 1 + next_random(seed) % watch.core.incident_last;

	watch.now_ms += 1000;
	if (what == 0)
		order_join(&watch, alert, into, "random");
	else if (what == 1)
		order_join_all(&watch, from, into, "random");
	else
		order_split(&watch, alert, "random");
}

/* Every alert stands in one incident that is not closed, and an incident without alerts is. */
static void
assert_all_stand_somewhere(void)
{
	uint32_t members = 0;

	for (uint32_t i = 0; i < watch.core.alert_count; i++) {
		const struct rcc_alert_state *row = order_alert(&watch, i + 1);
		const struct rcc_incident *incident = rcc_incident_find(&watch.core, row->incident);
		assert_int_equal(row->lane, RCC_LANE_INCIDENT);
		assert_non_null(incident);
		assert_int_not_equal(incident->status, RCC_INCIDENT_CLOSED);
	}
	for (uint32_t i = 0; i < watch.core.incident_top; i++) {
		uint32_t count = 0;
		for (uint32_t j = 0; j < watch.core.alert_top; j++)
			count += watch.core.alert[j].incident.v == watch.core.incident[i].id.v;
		members += count;
		assert_int_equal(count == 0, watch.core.incident[i].status == RCC_INCIDENT_CLOSED);
	}
	assert_int_equal(members, watch.core.alert_count);
}

static void
test_random_orders(void **state)
{
	(void)state;
	for (uint32_t sequence = 1; sequence <= 200; sequence++) {
		uint32_t seed = sequence * 2654435761u;
		start();
		for (uint32_t i = 0; i < 8; i++)
			say(i % 2 == 0 ? RCC_SOURCE_DSC : RCC_SOURCE_AIS_BEACON, 247000001 + i % 5,
			    (int32_t)(next_random(&seed) % 400) * 10000, i);
		keep_alerts();
		for (uint32_t i = 0; i < 25; i++) {
			give_random_order(&seed);
			assert_alerts_kept();
			assert_all_stand_somewhere();
		}
		assert_null(laws_of_state(&watch.core));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_split_and_rejoin),
	    cmocka_unit_test(test_whole_incident_and_back),
	    cmocka_unit_test(test_walls),
	    cmocka_unit_test(test_refusals),
	    cmocka_unit_test(test_joined_away_cancels),
	    cmocka_unit_test(test_told_goes_on),
	    cmocka_unit_test(test_ordered_goes_on),
	    cmocka_unit_test(test_requisition_goes_on),
	    cmocka_unit_test(test_suspended_resumes),
	    cmocka_unit_test(test_suggestions_vanish),
	    cmocka_unit_test(test_random_orders),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

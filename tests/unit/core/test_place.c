/* Places of safety: what blocks one, who may decide otherwise, what a master's word does and does not do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/duty.h"
#include "core/place.h"
#include "order.h"
#include "rcc/units.h"

/* Two ships, a feed and three officers; case 1. */
enum { SHIP = 1, OTHER = 2, FEED = 3, ROSSI = 4, BIANCHI = 5, VERDI = 6 };
#define SHIP_MMSI 200000001u
#define OTHER_MMSI 200000002u

static struct watch watch, other;

static void
start_in(struct watch *to)
{
	struct rcc_alert alert = watch_alert(RCC_SOURCE_AIS_BEACON, 500000001);
	struct rcc_rules rules = watch_rules();

	for (size_t i = 0; i <= RCC_DUTY_RULES_MAX; i++)
		rules.duty_ms[i] = 60 * RCC_MS_PER_MIN;
	(void)watch_start_with_feed(to, 2);
	watch_rule(to, &rules);
	for (int i = 0; i < 3; i++)
		assert_true(watch_enrol(to, RCC_ROLE_OFFICER, 0) != 0);
	watch_say(to, FEED, &alert);
	assert_int_equal(to->core.incident_last, 1);
}

static void
start(void)
{
	start_in(&watch);
}

/* A step at PORT OF LOS by this peer (0 = the local socket), to be filled. */
static struct rcc_place *
at_port_in(struct watch *to, uint32_t peer, enum rcc_place_step step)
{
	struct rcc_place *place = &watch_command(to, RCC_COMMAND_PLACE, peer)->u.place;

	place->incident.v = 1;
	place->step = step;
	place->pos = RCC_POS_NONE;
	watch_text(place->name, sizeof place->name, "PORT OF LOS");
	return place;
}

static struct rcc_place *
at_port(uint32_t peer, enum rcc_place_step step)
{
	return at_port_in(&watch, peer, step);
}

static void
text(struct rcc_place *place, const char *text)
{
	watch_text(place->text, sizeof place->text, text);
}

static void
check(uint32_t peer, uint32_t checks, bool is_unsafe, const char *why)
{
	struct rcc_place *place = at_port(peer, RCC_PLACE_CHECKED);

	place->checks = checks;
	place->is_unsafe = is_unsafe;
	text(place, why);
	watch_step(&watch);
}

static void
assign(uint32_t peer, bool is_override, const char *why)
{
	struct rcc_place *place = at_port(peer, RCC_PLACE_ASSIGNED);

	place->ship.v = SHIP_MMSI;
	place->is_override = is_override;
	text(place, why);
	watch_step(&watch);
}

static void
say(uint32_t peer, enum rcc_place_step step, const char *why)
{
	text(at_port(peer, step), why);
	watch_step(&watch);
}

static void
assert_refused(enum rcc_refusal reason, const char *field)
{
	if (!watch_is_refused(&watch, reason, field))
		fail_msg("not refused with %u (%s)", (unsigned)reason, field);
}

static const struct rcc_place_state *
port(void)
{
	return rcc_place_named(&watch.core, order_incident(&watch, 1), "port of los");
}

static const struct rcc_place_ship *
row(void)
{
	return rcc_place_ship_of(&watch.core, port(), (struct rcc_mmsi){SHIP_MMSI});
}

/* What the ship was told in this entry; NULL = nothing. */
static const char *
told(void)
{
	const struct rcc_event *event = watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED);
	const struct rcc_event *queued = watch_event(&watch, RCC_EVENT_DELIVERIES_QUEUED);

	if (event == NULL)
		return NULL;
	assert_int_equal(event->u.broadcast.kind, RCC_BROADCAST_TASK);
	assert_int_equal(queued->u.queued.count, 1);
	assert_int_equal(queued->u.queued.row[0].peer.v, SHIP);
	return event->u.broadcast.text;
}

static void
test_a_place_is_assigned_when_nothing_stands_against_it(void **state)
{
	(void)state;
	start();
	say(ROSSI, RCC_PLACE_ASKED, "");
	assert_refused(RCC_REFUSAL_RANGE, "place.authority");
	struct rcc_place *place = at_port(ROSSI, RCC_PLACE_ASKED);
	watch_text(place->authority, sizeof place->authority, "HARBOUR MASTER");
	assert_int_equal(watch_step(&watch), 1);
	assign(ROSSI, false, "");
	assert_refused(RCC_REFUSAL_PLACE_UNCHECKED, "place.checks");
	check(ROSSI, RCC_CHECKS_ALL & ~RCC_CHECK_ONWARD, false, "");
	assign(ROSSI, false, "");
	assert_refused(RCC_REFUSAL_PLACE_UNCHECKED, "place.checks");
	check(ROSSI, RCC_CHECKS_ALL, false, "");
	place = at_port(ROSSI, RCC_PLACE_ASSIGNED);
	place->ship.v = SHIP_MMSI;
	place->pos = (struct rcc_pos){355000000, 126000000};
	place->extra_nm = 40;
	text(place, "pilot on VHF 12");
	assert_int_equal(watch_step(&watch), 3);
	assert_non_null(strstr(told(), "PORT OF LOS, 35-30.00N 012-36.00E. pilot on VHF 12"));
	assert_true(row()->is_assigned);
	assert_int_equal(row()->broadcast.v, watch.core.broadcast_last);
	assign(ROSSI, false, "");
	assert_refused(RCC_REFUSAL_WRONG_STATE, "place.ship");
	place = at_port(0, RCC_PLACE_REACHED);
	place->ship.v = SHIP_MMSI;
	watch_step(&watch);
	assert_false(row()->is_assigned);
	assert_false(row()->is_unassigned);
	assert_int_equal(row()->reached_at_ms, watch.now_ms);
}

static void
test_what_is_unsafe_is_not_assigned(void **state)
{
	(void)state;
	start();
	check(ROSSI, RCC_CHECKS_ALL, true, "");
	assert_refused(RCC_REFUSAL_REASON_MISSING, "place.text");
	check(ROSSI, RCC_CHECKS_ALL, true, "people are held there");
	assign(ROSSI, false, "");
	assert_refused(RCC_REFUSAL_PLACE_UNSAFE, "place.is_unsafe");
	/* Who flagged it does not lift it alone, nor somebody without a name, nor anybody without a reason. */
	check(BIANCHI, RCC_CHECKS_ALL, false, "");
	assert_refused(RCC_REFUSAL_REASON_MISSING, "place.text");
	check(ROSSI, RCC_CHECKS_ALL, false, "it is better now");
	assert_refused(RCC_REFUSAL_TWO_OFFICERS, "place.is_unsafe");
	check(0, RCC_CHECKS_ALL, false, "it is better now");
	assert_refused(RCC_REFUSAL_TWO_OFFICERS, "place.is_unsafe");
	check(BIANCHI, RCC_CHECKS_ALL, false, "UNHCR on the spot confirms");
	assert_int_equal(rcc_place_blocks(port()), 0);
}

static void
test_a_fear_is_reviewed_first(void **state)
{
	(void)state;
	start();
	check(ROSSI, RCC_CHECKS_ALL, false, "");
	say(ROSSI, RCC_PLACE_REVIEWED, "nobody fears it");
	assert_refused(RCC_REFUSAL_WRONG_STATE, "place.step");
	say(SHIP, RCC_PLACE_FEARED, "");
	assert_int_equal(watch.entry.event_count, 1);
	assert_int_equal(port()->fear_ship.v, SHIP_MMSI);
	const struct rcc_duty *duty = rcc_duty_of(&watch.core, (struct rcc_incident_id){1}, RCC_DUTY_RULE_REVIEW_FEAR,
	                                          (struct rcc_mmsi){0}, port()->id.v);
	assert_non_null(duty);
	assert_true(rcc_duty_is_open(duty) && duty->due_at_ms == watch.now_ms + 60 * RCC_MS_PER_MIN);
	assign(ROSSI, false, "");
	assert_refused(RCC_REFUSAL_PLACE_UNSAFE, "place.is_unsafe");
	say(ROSSI, RCC_PLACE_REVIEWED, "");
	assert_refused(RCC_REFUSAL_REASON_MISSING, "place.text");
	say(SHIP, RCC_PLACE_REVIEWED, "they changed their mind");
	assert_refused(RCC_REFUSAL_NOT_ALLOWED, "place.step");
	say(ROSSI, RCC_PLACE_REVIEWED, "spoken with them by interpreter: another port of that name");
	assert_int_equal(duty->state, RCC_DUTY_DISCHARGED);
	assign(ROSSI, false, "");
	assert_true(row()->is_assigned);
	/* A later fear ends the assignment, is told to her, and opens the duty again. */
	say(SHIP, RCC_PLACE_FEARED, "");
	assert_int_equal(watch_events(&watch, RCC_EVENT_PLACE_STEPPED), 2);
	assert_int_equal(watch.entry.event[1].u.place_stepped.body.step, RCC_PLACE_WITHDRAWN);
	assert_int_equal(watch.entry.event[1].u.place_stepped.blocked, RCC_PLACE_BLOCK_FEARED);
	assert_non_null(strstr(told(), "because survivors fear it. Do not go there"));
	assert_int_equal(watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast.by.v, 0);
	assert_false(row()->is_assigned);
	assert_int_equal(duty->state, RCC_DUTY_OPEN);
	/* A review that finds it true flags the place. */
	text(at_port(ROSSI, RCC_PLACE_REVIEWED), "it is true");
	watch.entry.cause.u.place.is_unsafe = 1;
	watch_step(&watch);
	assert_int_equal(rcc_place_blocks(port()), RCC_PLACE_BLOCK_UNSAFE);
}

static void
test_two_officers(void **state)
{
	(void)state;
	start();
	check(ROSSI, RCC_CHECKS_ALL, true, "people are held there");
	say(SHIP, RCC_PLACE_OBJECTED, "");
	assert_refused(RCC_REFUSAL_REASON_MISSING, "place.text");
	say(SHIP, RCC_PLACE_OBJECTED, "48 people aboard fear for their lives");
	assert_int_equal(row()->objections, 1);
	assign(ROSSI, true, "");
	assert_refused(RCC_REFUSAL_REASON_MISSING, "place.text");
	assign(0, true, "the ship sinks");
	assert_refused(RCC_REFUSAL_NOT_ALLOWED, "place.is_override");
	assign(ROSSI, true, "the ship sinks");
	assert_int_equal(watch.entry.event_count, 1);
	assert_int_equal(watch.entry.event[0].u.place_stepped.is_pending, 1);
	assert_false(row()->is_assigned);
	assert_null(told());
	assign(ROSSI, true, "the ship sinks, I say");
	assert_refused(RCC_REFUSAL_TWO_OFFICERS, "place.is_override");
	assign(BIANCHI, true, "no other port within her range");
	const struct rcc_place_stepped *stepped = &watch_event(&watch, RCC_EVENT_PLACE_STEPPED)->u.place_stepped;
	assert_int_equal(stepped->first.v, ROSSI);
	assert_int_equal(stepped->by.v, BIANCHI);
	assert_int_equal(stepped->overridden, RCC_PLACE_BLOCK_UNSAFE);
	assert_string_equal(stepped->first_reason, "the ship sinks");
	assert_string_equal(stepped->body.text, "no other port within her range");
	assert_string_equal(stepped->objection, "48 people aboard fear for their lives");
	assert_non_null(strstr(told(),
	                       "Two officers decided so although it is flagged unsafe. Your objection is on record "
	                       "and never counts against your ship. No law obliges a master to go where life is "
	                       "at risk."));
	assert_true(row()->is_assigned && port()->is_unsafe);
	assert_string_equal(row()->first_reason, "the ship sinks");
	/* What they knew does not end it; what comes up later does: their word does not cover it. */
	check(VERDI, RCC_CHECKS_ALL, true, "still held there");
	assert_true(row()->is_assigned);
	say(OTHER, RCC_PLACE_FEARED, "");
	assert_false(row()->is_assigned);
}

static void
test_half_a_decision_lapses(void **state)
{
	(void)state;
	start();
	check(ROSSI, RCC_CHECKS_ALL, true, "people are held there");
	assign(ROSSI, true, "the ship sinks");
	watch.now_ms += RCC_MS_PER_HOUR + 1;
	assign(BIANCHI, true, "the ship sinks");
	assert_int_equal(watch.entry.event[0].u.place_stepped.is_pending, 1);
	/* What comes up between the two words: the first was about something else. */
	say(SHIP, RCC_PLACE_OBJECTED, "never");
	assign(ROSSI, true, "the ship sinks");
	assert_int_equal(watch.entry.event[0].u.place_stepped.is_pending, 1);
	say(SHIP, RCC_PLACE_FEARED, "");
	assign(BIANCHI, true, "the ship sinks");
	assert_int_equal(watch.entry.event[0].u.place_stepped.is_pending, 1);
	/* Whose key is revoked has no say any more. */
	watch_revoke(&watch, "5 PEER", "off duty");
	assign(ROSSI, true, "the ship sinks");
	assert_int_equal(watch.entry.event[0].u.place_stepped.is_pending, 1);
	watch.now_ms += RCC_MS_PER_HOUR;
	assign(VERDI, true, "the ship sinks");
	assert_true(row()->is_assigned);
	assert_int_equal(row()->overridden, RCC_PLACE_BLOCK_UNSAFE | RCC_PLACE_BLOCK_FEARED);
}

static void
test_a_port_that_refuses(void **state)
{
	(void)state;
	start();
	check(ROSSI, RCC_CHECKS_ALL, false, "");
	assign(ROSSI, true, "quickly");
	assert_refused(RCC_REFUSAL_WRONG_STATE, "place.is_override"); /* nothing to decide over */
	assign(ROSSI, false, "");
	struct rcc_place *place = at_port(ROSSI, RCC_PLACE_REFUSED);
	watch_text(place->authority, sizeof place->authority, "HARBOUR MASTER");
	watch_step(&watch);
	assert_non_null(strstr(told(), "because its authority refuses. "));
	assert_false(row()->is_assigned);
	/* The port is not the centre's: no two officers open it. */
	assign(ROSSI, false, "");
	assert_refused(RCC_REFUSAL_WRONG_STATE, "place.authority");
	assign(ROSSI, true, "they must");
	assert_refused(RCC_REFUSAL_WRONG_STATE, "place.authority");
	place = at_port(ROSSI, RCC_PLACE_OFFERED);
	watch_text(place->authority, sizeof place->authority, "MINISTRY");
	watch_step(&watch);
	assign(ROSSI, false, "");
	assert_true(row()->is_assigned);
}

static void
test_a_change_of_place_adds_up(void **state)
{
	(void)state;
	start();
	check(ROSSI, RCC_CHECKS_ALL, false, "");
	struct rcc_place *place = at_port(ROSSI, RCC_PLACE_ASSIGNED);
	place->ship.v = SHIP_MMSI;
	place->extra_nm = 40;
	place->extra_h = 4;
	watch_step(&watch);
	check(ROSSI, RCC_CHECKS_ALL, false, "");
	place = at_port(ROSSI, RCC_PLACE_CHECKED);
	watch_text(place->name, sizeof place->name, "PORTO NUOVO");
	place->checks = RCC_CHECKS_ALL;
	watch_step(&watch);
	place = at_port(ROSSI, RCC_PLACE_ASSIGNED);
	watch_text(place->name, sizeof place->name, "Porto Nuovo");
	place->ship.v = SHIP_MMSI;
	place->extra_nm = 65;
	place->extra_h = 7;
	watch_step(&watch);
	assert_non_null(strstr(told(), "PORTO NUOVO. It replaces PORT OF LOS."));
	assert_int_equal(watch.entry.event[0].u.place_stepped.body.step, RCC_PLACE_WITHDRAWN);
	assert_int_equal(watch.entry.event[0].u.place_stepped.is_replaced, 1);
	assert_false(row()->is_assigned);
	/* And back again: each way counts. */
	place = at_port(ROSSI, RCC_PLACE_ASSIGNED);
	place->ship.v = SHIP_MMSI;
	place->extra_nm = 10;
	watch_step(&watch);
	place = at_port(ROSSI, RCC_PLACE_ASSIGNED);
	place->ship.v = OTHER_MMSI;
	place->extra_nm = 5;
	watch_step(&watch);
	const struct rcc_incident *incident = order_incident(&watch, 1);
	struct rcc_deviation sum = rcc_place_deviation(&watch.core, incident, (struct rcc_mmsi){SHIP_MMSI});
	assert_int_equal(sum.extra_nm, 115);
	assert_int_equal(sum.extra_h, 11);
	assert_int_equal(sum.places, 2);
	sum = rcc_place_deviation(&watch.core, incident, (struct rcc_mmsi){0});
	assert_int_equal(sum.extra_nm, 120);
}

static void
test_where_she_went_is_a_fact(void **state)
{
	(void)state;
	start();
	check(ROSSI, RCC_CHECKS_ALL, false, "");
	assign(ROSSI, false, "");
	struct rcc_place *place = at_port(ROSSI, RCC_PLACE_REACHED);
	watch_text(place->name, sizeof place->name, "ELSEWHERE");
	place->ship.v = SHIP_MMSI;
	watch_step(&watch);
	assert_int_equal(watch.entry.event_count, 2);
	assert_int_equal(watch.entry.event[1].u.place_stepped.is_unassigned, 1);
	assert_false(row()->is_assigned);
	assert_null(rcc_place_of_ship(&watch.core, order_incident(&watch, 1), (struct rcc_mmsi){SHIP_MMSI}));
	place = at_port(ROSSI, RCC_PLACE_REACHED);
	watch_text(place->name, sizeof place->name, "ELSEWHERE");
	place->ship.v = SHIP_MMSI;
	watch_step(&watch);
	assert_refused(RCC_REFUSAL_WRONG_STATE, "place.step");
	/* Nobody is sent anywhere any more. */
	say(ROSSI, RCC_PLACE_WITHDRAWN, "over");
	assert_refused(RCC_REFUSAL_WRONG_STATE, "place.step");
}

static void
test_an_officer_withdraws(void **state)
{
	(void)state;
	start();
	check(ROSSI, RCC_CHECKS_ALL, false, "");
	assign(ROSSI, false, "");
	say(ROSSI, RCC_PLACE_WITHDRAWN, "");
	assert_refused(RCC_REFUSAL_REASON_MISSING, "place.text");
	say(ROSSI, RCC_PLACE_WITHDRAWN, "the quay is full");
	assert_non_null(strstr(
	    told(), "Withdrawn as a place of safety: PORT OF LOS. Do not go there; the centre seeks another. the "
	            "quay is full"));
	assert_false(row()->is_assigned);
	char long_text[RCC_TEXT_MAX + 1];
	memset(long_text, 'x', RCC_TEXT_MAX);
	long_text[RCC_TEXT_MAX] = '\0';
	assign(ROSSI, false, long_text);
	assert_refused(RCC_REFUSAL_TOO_LARGE, "place.text");
}

static void
test_who_says_what(void **state)
{
	(void)state;
	start();
	for (enum rcc_place_step step = RCC_PLACE_ASKED; step <= RCC_PLACE_STEP_LAST; step++) {
		bool is_ships = step == RCC_PLACE_PREFERRED || step == RCC_PLACE_OBJECTED || step == RCC_PLACE_FEARED;
		struct rcc_place *place = at_port(SHIP, step);
		text(place, "we say");
		watch_step(&watch);
		assert_int_equal(watch_is_refused(&watch, RCC_REFUSAL_NOT_ALLOWED, "place.step"), !is_ships);
	}
	/* She speaks for herself alone; an officer says for whom. */
	at_port(SHIP, RCC_PLACE_PREFERRED)->ship.v = OTHER_MMSI;
	watch_step(&watch);
	assert_refused(RCC_REFUSAL_NOT_ALLOWED, "place.ship");
	say(ROSSI, RCC_PLACE_PREFERRED, "");
	assert_refused(RCC_REFUSAL_RANGE, "place.ship");
	/* What does not belong to a step is not passed over. */
	at_port(ROSSI, RCC_PLACE_PREFERRED)->ship.v = OTHER_MMSI;
	watch.entry.cause.u.place.is_unsafe = 1;
	watch_step(&watch);
	assert_refused(RCC_REFUSAL_RANGE, "place.is_unsafe");
	at_port(ROSSI, RCC_PLACE_CHECKED)->extra_nm = 4;
	watch_step(&watch);
	assert_refused(RCC_REFUSAL_RANGE, "place.extra_nm");
	at_port(ROSSI, RCC_PLACE_CHECKED)->place.v = 99;
	watch_step(&watch);
	assert_refused(RCC_REFUSAL_NOT_FOUND, "place.place");
	watch_text(at_port(ROSSI, RCC_PLACE_CHECKED)->name, RCC_NAME_MAX + 1, "ANOTHER");
	watch.entry.cause.u.place.place.v = 1;
	watch_step(&watch);
	assert_refused(RCC_REFUSAL_RANGE, "place.name");
}

/* ---- a master's objection ---- */

static void
assert_same_duties(void)
{
	assert_int_equal(watch.core.duty_top, other.core.duty_top);
	for (uint32_t i = 0; i < watch.core.duty_top; i++) {
		const struct rcc_duty *a = &watch.core.duty[i];
		const struct rcc_duty *b = &other.core.duty[i];
		assert_int_equal(a->rule, b->rule);
		assert_int_equal(a->ship.v, b->ship.v);
		assert_int_equal(a->state, b->state);
		assert_int_equal(a->is_late, b->is_late);
		assert_int_equal(a->opened_at_ms, b->opened_at_ms);
		assert_int_equal(a->changed_at_ms, b->changed_at_ms);
		assert_int_equal(a->due_at_ms, b->due_at_ms);
	}
}

/* The same story twice, once with a master who objects again and again: every duty, answer and call stands alike. */
static void
test_an_objection_never_counts(void **state)
{
	struct watch *worlds[] = {&watch, &other};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct watch *to = worlds[i];
		start_in(to);
		struct rcc_task *task = &watch_command(to, RCC_COMMAND_TASK, ROSSI)->u.task;
		task->incident.v = 1;
		task->kind = RCC_TASK_COORDINATE;
		task->ship.v = SHIP_MMSI;
		task->contact_min = 10;
		watch_step(to);
		watch_answer(to, SHIP, 1, 1, RCC_ANSWER_PROCEEDING);
		for (int round = 0; round < 20; round++) {
			to->now_ms += 4 * RCC_MS_PER_MIN;
			struct rcc_place *place = at_port_in(to, ROSSI, RCC_PLACE_CHECKED);
			place->checks = RCC_CHECKS_ALL;
			watch_step(to);
			if (to == &other) {
				struct rcc_place *said = at_port_in(to, SHIP, RCC_PLACE_OBJECTED);
				watch_text(said->text, sizeof said->text, "they fear for their lives");
				assert_int_equal(watch_step(to), 1);
				assert_int_equal(to->entry.event[0].kind, RCC_EVENT_PLACE_STEPPED);
			}
			(void)watch_wait(to, 0, 100);
		}
		struct rcc_alert alert = watch_alert(RCC_SOURCE_AIS_BEACON, 500000002);
		watch_say(to, FEED, &alert);
	}
	assert_same_duties();
	assert_int_equal(rcc_place_ship_of(&other.core, rcc_place_find(&other.core, (struct rcc_place_id){1}),
	                                   (struct rcc_mmsi){SHIP_MMSI})
	                     ->objections,
	                 20);
	/* The next call: the same ships, called on alike. */
	const struct rcc_event *a = watch_event(&watch, RCC_EVENT_DELIVERIES_QUEUED);
	const struct rcc_event *b = watch_event(&other, RCC_EVENT_DELIVERIES_QUEUED);
	assert_non_null(a);
	assert_memory_equal(&a->u.queued, &b->u.queued, sizeof a->u.queued);
	const struct rcc_answer_state *answer = &watch.core.answer[0];
	assert_memory_equal(&answer->body, &other.core.answer[0].body, sizeof answer->body);
}

/* ---- bounds ---- */

static void
test_no_case_takes_all_places(void **state)
{
	(void)state;
	start();
	for (uint32_t i = 0; i <= RCC_PLACES_OF_CASE_MAX; i++) {
		struct rcc_place *place = at_port(SHIP, RCC_PLACE_PREFERRED);
		snprintf(place->name, sizeof place->name, "PORT %u", i);
		watch_step(&watch);
	}
	assert_refused(RCC_REFUSAL_FULL, "place");
	assert_int_equal(watch.core.place_count, RCC_PLACES_OF_CASE_MAX);
	for (uint32_t i = 1; i <= RCC_SHIPS_OF_PLACE_MAX; i++) {
		struct rcc_place *place = at_port(ROSSI, RCC_PLACE_PREFERRED);
		snprintf(place->name, sizeof place->name, "PORT 0");
		place->ship.v = 300000000 + i;
		watch_step(&watch);
	}
	assert_refused(RCC_REFUSAL_FULL, "place");
	/* Closed cases give their places back. */
	watch_cancel(&watch, 1, "over");
	watch_close(&watch, 1, "no distress");
	rcc_entry_clear(&watch.entry);
	struct rcc_event evicted = {.kind = RCC_EVENT_INCIDENT_EVICTED};
	evicted.u.incident_ref.incident.v = 1;
	rcc_core_apply(&watch.core, &evicted);
	assert_int_equal(watch.core.place_count, 0);
	assert_int_equal(watch.core.place_ship_count, 0);
	assert_true(watch.core.place_free != 0 && watch.core.place_ship_free != 0);
}

static void
test_no_join_leaves_a_ship_on_her_way(void **state)
{
	(void)state;
	start();
	struct rcc_alert alert = watch_alert(RCC_SOURCE_AIS_BEACON, 500000002);
	watch_say(&watch, FEED, &alert);
	check(ROSSI, RCC_CHECKS_ALL, false, "");
	assign(ROSSI, false, "");
	order_join_all(&watch, 1, 2, "the same boat");
	assert_refused(RCC_REFUSAL_WRONG_STATE, "join.from");
	say(ROSSI, RCC_PLACE_WITHDRAWN, "one case");
	order_join_all(&watch, 1, 2, "the same boat");
	assert_int_equal(order_incident(&watch, 1)->status, RCC_INCIDENT_CLOSED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_place_is_assigned_when_nothing_stands_against_it),
	    cmocka_unit_test(test_what_is_unsafe_is_not_assigned),
	    cmocka_unit_test(test_a_fear_is_reviewed_first),
	    cmocka_unit_test(test_two_officers),
	    cmocka_unit_test(test_half_a_decision_lapses),
	    cmocka_unit_test(test_a_port_that_refuses),
	    cmocka_unit_test(test_a_change_of_place_adds_up),
	    cmocka_unit_test(test_where_she_went_is_a_fact),
	    cmocka_unit_test(test_an_officer_withdraws),
	    cmocka_unit_test(test_who_says_what),
	    cmocka_unit_test(test_an_objection_never_counts),
	    cmocka_unit_test(test_no_case_takes_all_places),
	    cmocka_unit_test(test_no_join_leaves_a_ship_on_her_way),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

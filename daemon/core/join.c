/*
 * join.c - an officer joins what the machine did not, and splits what it should not have joined.
 *
 * Alerts move between incidents and nothing else: their bytes, their words and their counts stay. An incident that has no
 * alert left is closed as "joined", and the other speaks for both; splitting one of its alerts off again opens it under its
 * old number, so each is the other's undo.
 */
#include <assert.h>
#include <string.h>

#include "core/carried.h"
#include "core/closing.h"
#include "core/core_internal.h"
#include "core/handover.h"
#include "core/join_carry.h"
#include "core/persons.h"
#include "core/place.h"
#include "core/told.h"
#include "rcc/phrases.h"

/* A case whose alerts go to another, as it was before. */
struct joining {
	struct rcc_incident_id into, from;
	enum rcc_phase phase; /* of what comes */
	enum rcc_source source;
	bool is_told, is_held; /* from */
	bool was_standing;     /* into */
	char hold_reason[RCC_TEXT_MAX + 1];
	int64_t notice_until_ms; /* from: ships keep a look-out for it until then; 0 = for nothing */
	char notice[RCC_TEXT_MAX + 1];
	struct rcc_carried found; /* of places and needs */
	const char *reason;
};

void
rcc_join_emit_moved(struct rcc_step *step, const struct rcc_alert_state *row, struct rcc_incident_id to,
                    const char *reason)
{
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_ALERT_MOVED);
	size_t len = strlen(reason);

	assert(len <= RCC_TEXT_MAX);
	event->u.moved.alert = row->id;
	event->u.moved.from = row->incident;
	event->u.moved.to = to;
	event->u.moved.lane = to.v == 0 ? row->waited : (enum rcc_lane)0;
	event->u.moved.by = step->entry->cause.origin.peer;
	memcpy(event->u.moved.reason, reason, len);
	rcc_step_emit(step, event);
}

size_t
rcc_join_number(char text[RCC_NUMBER_TEXT_SIZE], const struct rcc_incident *incident)
{
	uint32_t number = incident->number;
	size_t digits = number > 9999 ? 9 : 4;
	uint32_t year = incident->year;

	for (size_t i = 4; i-- > 0; year /= 10)
		text[i] = (char)('0' + year % 10);
	text[4] = '-';
	for (size_t i = digits; i-- > 0; number /= 10)
		text[5 + i] = (char)('0' + number % 10);
	return 5 + digits;
}

static const struct rcc_alert_state *
first_alert_of(const struct rcc_core *core, struct rcc_incident_id incident)
{
	for (uint32_t i = 0; i < core->alert_top; i++) {
		if (core->alert[i].id.v != 0 && core->alert[i].incident.v == incident.v)
			return &core->alert[i];
	}
	return NULL;
}

/* An incident whose last alert has gone: its ships are told, and it is closed as joined. */
static void
close_empty(struct rcc_step *step, struct rcc_incident_id id, struct rcc_incident_id into, const char *reason)
{
	const struct rcc_incident *incident = rcc_incident_find(step->core, id);
	const struct rcc_incident *other = rcc_incident_find(step->core, into);
	static const char why[] = RCC_PHRASE_SAME_CASE;
	char text[RCC_TEXT_MAX + 1];

	if (first_alert_of(step->core, id) != NULL || incident->status == RCC_INCIDENT_CLOSED)
		return;
	size_t len = sizeof why - 1;
	memcpy(text, why, len);
	len += rcc_join_number(text + len, other);
	size_t room = RCC_TEXT_MAX - len - 2;
	size_t reason_len = strlen(reason) < room ? strlen(reason) : 0; /* cut characters would be no text */
	if (reason_len > 0) {
		memcpy(text + len, ": ", 2);
		memcpy(text + len + 2, reason, reason_len);
		len += 2 + reason_len;
	}
	text[len] = '\0';
	/* Why it went behind the wall is not for the ships. */
	bool is_told =
	    incident->broadcasts > 0 || (rcc_closing_is_ordered(step->core, incident) && !incident->is_restricted);
	if (is_told && rcc_incident_last_kind(step->core, incident) != RCC_BROADCAST_CANCEL)
		rcc_broadcast_issue(step, id, RCC_BROADCAST_CANCEL,
		                    other->is_restricted ? "withdrawn by the centre" : text);
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_INCIDENT_CLOSED);
	event->u.closed.incident = id;
	event->u.closed.outcome = RCC_OUTCOME_JOINED;
	event->u.closed.by = step->entry->cause.origin.peer;
	memcpy(event->u.closed.reason, text, len);
	rcc_step_emit(step, event);
}

/* Why this alert cannot stand in that incident; 0 = it can. */
static enum rcc_refusal
join_refusal(const struct rcc_core *core, const struct rcc_alert_state *row, const struct rcc_incident *incident)
{
	if (row->body.class != incident->class)
		return RCC_REFUSAL_NOT_LIVE;
	if (!incident->is_restricted && rcc_wall_keeps(core, row))
		return RCC_REFUSAL_RESTRICTED;
	return row->incident.v == incident->id.v ? RCC_REFUSAL_WRONG_STATE : (enum rcc_refusal)0;
}

static uint32_t
count_ships(const struct rcc_core *core, enum rcc_class class)
{
	uint32_t ships = 0;

	for (uint32_t i = 0; i < core->peer_count; i++)
		ships += rcc_peer_hears(&core->peer[i], class, core->at_ms);
	return ships;
}

uint32_t
rcc_join_room(const struct rcc_core *core, enum rcc_class class)
{
	uint32_t lists = 2 * (count_ships(core, class) / RCC_DELIVERY_ROWS_MAX + 1);

	if (lists > RCC_PEERS_MAX / RCC_DELIVERY_ROWS_MAX)
		lists = RCC_PEERS_MAX / RCC_DELIVERY_ROWS_MAX;
	return RCC_EVENTS_RESERVED + lists;
}

/* Events that a join of whole cases needs after the alerts have moved. */
static uint32_t
room_after_moves(const struct rcc_core *core, const struct rcc_incident *from)
{
	return rcc_join_room(core, from->class) + rcc_parts_count(core, from->id);
}

/*
 * Are persons counted in this case? Then it does not end as a part of another, with its people: an officer moves them first,
 * to "never existed" if the other case counts them too. Nor while some fear for themselves: no count says of whom that is.
 */
static bool
has_persons(const struct rcc_core *core, struct rcc_incident_id id)
{
	return rcc_persons_accounted(core, id) > rcc_persons_count_at(core, id, RCC_WHERE_NEVER) ||
	       rcc_persons_protection_stated(core, id);
}

/*
 * Would a ship that was ordered to do something hear that the one case is over, and nothing of the other, since her order does not go
 * along? An officer orders her there first. Not of what goes behind the wall: no ship hears of that any more.
 */
static bool
is_order_lost(const struct rcc_core *core, const struct rcc_incident *from, const struct rcc_incident *into)
{
	bool is_called = rcc_incident_is_standing(into) || rcc_incident_is_told(core, from);

	if (from->newest_directed == 0 || is_called || into->is_restricted)
		return false;
	for (uint32_t i = 0; i < core->peer_count; i++) {
		struct rcc_mmsi ship = core->peer[i].mmsi;
		if (rcc_peer_first_of(core, ship) == &core->peer[i] && rcc_told_is_called_off(core, ship, from, into) &&
		    !rcc_join_is_ordered_on(core, from, into, ship))
			return true;
	}
	return false;
}

/* Why a case cannot be closed as one with another; 0 = it can. Makes room for what the ships have to hear. */
static enum rcc_refusal
whole_refusal(struct rcc_step *step, const struct rcc_incident *from, const struct rcc_incident *into)
{
	const struct rcc_core *core = step->core;

	if (has_persons(core, from->id))
		return RCC_REFUSAL_PERSONS_OPEN;
	/* Its parts would be left under a closed case: a part cannot be their parent. */
	if (rcc_parts_are_open(core, from->id) && into->parent.v != 0)
		return RCC_REFUSAL_PARTS_OPEN;
	/* A ship is on her way to a place of safety: what becomes of that is said of the case in which it was decided. */
	if (rcc_place_is_under_way(core, from))
		return RCC_REFUSAL_WRONG_STATE;
	/* What another centre has, or was offered, or waits for our word on, is joined to nothing. */
	if (from->status == RCC_INCIDENT_TRANSFERRED || rcc_handover_is_unsettled(core, from->id))
		return RCC_REFUSAL_WRONG_STATE;
	if (is_order_lost(core, from, into))
		return RCC_REFUSAL_UNTOLD;
	/* A cancel without the call that goes on would call ships off. */
	bool is_heard =
	    rcc_incident_is_told(core, from) || rcc_incident_is_noticed(from) || rcc_closing_is_ordered(core, from);
	uint32_t orders = rcc_join_count_orders(core, from, into);
	if (is_heard && !rcc_room_for_broadcasts(step, count_ships(core, from->class), 2 + orders))
		return RCC_REFUSAL_FULL;
	uint32_t answers = rcc_join_count_answers(core, from, into);
	if (core->answer_count + answers > RCC_ANSWERS_MAX && !rcc_room_for_answer(step))
		return RCC_REFUSAL_FULL;
	bool is_full = rcc_step_room(step) <= room_after_moves(core, from) + rcc_join_count_carried(core, from, into) ||
	               core->answer_count + answers > RCC_ANSWERS_MAX;
	return is_full ? RCC_REFUSAL_FULL : (enum rcc_refusal)0;
}

static void
end_hold(struct rcc_step *step, struct rcc_incident_id held, struct rcc_incident_id told)
{
	static const char why[] = "ships hold a call of ";
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_HOLD_ENDED);

	event->u.hold_ended.incident = held;
	event->u.hold_ended.by = step->entry->cause.origin.peer;
	memcpy(event->u.hold_ended.reason, why, sizeof why - 1);
	(void)rcc_join_number(event->u.hold_ended.reason + sizeof why - 1, rcc_incident_find(step->core, told));
	rcc_step_emit(step, event);
}

/* An officer's word that ships are not to be told goes along, unless ships hold a call of either case. */
static void
carry_hold(struct rcc_step *step, const struct joining *joining)
{
	bool is_into_held = rcc_incident_find(step->core, joining->into)->is_relay_held;

	if (joining->is_told && is_into_held)
		end_hold(step, joining->into, joining->from);
	if (joining->is_held && joining->was_standing)
		end_hold(step, joining->from, joining->into);
	else if (joining->is_held && !joining->is_told && !is_into_held)
		rcc_join_hold(step, joining->into, joining->hold_reason);
}

/* When the machine relays what came: a withdrawal starts no clock. */
static int64_t
due_of(const struct rcc_step *step, enum rcc_phase phase, enum rcc_source source)
{
	return phase == RCC_PHASE_DISTRESS ? rcc_relay_due_ms(step, source) : 0;
}

void
rcc_join_tell_words(struct rcc_step *step, struct rcc_incident_id id, const struct rcc_alert_state *left)
{
	const struct rcc_core *core = step->core;
	const struct rcc_incident *incident = rcc_incident_find(core, id);
	const struct rcc_broadcast *told = rcc_broadcast_at(core, incident->newest_broadcast);
	const struct rcc_alert_state *row = rcc_broadcast_words(core, id);

	if (row == NULL || told == NULL || incident->has_news || !rcc_incident_is_standing(incident) ||
	    strcmp(row->body.text, told->text) == 0)
		return;
	bool is_stated = row->body.source == RCC_SOURCE_CREW || row->body.source == RCC_SOURCE_OFFICER;
	bool is_new = left == NULL && row->moved_seq == core->seq + 1 && is_stated;
	if (!is_new && (left == NULL || strcmp(left->body.text, told->text) != 0))
		return;
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_FACTS_REVISED);
	event->u.facts = (struct rcc_facts_revised){.incident = id,
	                                            .alert = row->id,
	                                            .nature = incident->nature,
	                                            .persons = incident->persons,
	                                            .casualty = incident->casualty};
	memcpy(event->u.facts.name, incident->name, sizeof incident->name);
	rcc_step_emit(step, event);
}

/*
 * Who keeps a look-out for a case hears, before it is over, of the one that it is now: by a notice of the same words and end,
 * or by the call that a distress is. Not if an officer has said that ships are not to be told.
 */
static bool
carry_notice(struct rcc_step *step, const struct joining *joining, const struct rcc_incident *into)
{
	if (joining->notice_until_ms <= step->entry->cause.at_ms || into->is_restricted || into->is_relay_held ||
	    rcc_incident_is_standing(into) || rcc_incident_is_noticed(into) || !rcc_pos_is_known(into->pos))
		return false;
	if (into->phase == RCC_PHASE_DISTRESS)
		rcc_broadcast_issue(step, into->id, RCC_BROADCAST_DISTRESS_RELAY, "");
	else
		rcc_broadcast_notice(step, into->id, joining->notice, joining->notice_until_ms);
	return true;
}

/* What a case that got alerts does next: it wakes, takes their phase and facts, and its ships hear of it. */
static void
take_joined(struct rcc_step *step, const struct joining *joining)
{
	const struct rcc_incident *into = rcc_incident_find(step->core, joining->into);

	if (into->status == RCC_INCIDENT_SUSPENDED)
		rcc_incident_resume(step, into->id, (struct rcc_alert_id){0}, joining->reason);
	rcc_incident_raise(step, into->id, (struct rcc_alert_id){0}, joining->phase, joining->source);
	rcc_facts_recount(step, into->id, joining->reason);
	rcc_join_tell_words(step, into->id, NULL);
	/* Ships that were told of the other case go on hearing of this one, before they hear that the other is over. */
	if (joining->is_told && !into->is_restricted && !rcc_incident_is_standing(into) &&
	    rcc_pos_is_known(into->pos)) {
		rcc_broadcast_issue(step, into->id, RCC_BROADCAST_DISTRESS_RELAY, "");
		return;
	}
	if (carry_notice(step, joining, into))
		return;
	if (!into->is_relay_held)
		rcc_incident_start_clock(step, into->id, due_of(step, joining->phase, joining->source));
	rcc_incident_relay_if_due(step, into->id);
}

/* All alerts have gone: the two are one case, and the ships of both hear of it. */
static void
become_one(struct rcc_step *step, const struct joining *joining)
{
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_INCIDENT_JOINED);

	event->u.incident_joined.incident = joining->from;
	event->u.incident_joined.into = joining->into;
	event->u.incident_joined.by = step->entry->cause.origin.peer;
	rcc_step_emit(step, event);
	rcc_parts_move(step, joining->from, joining->into, joining->reason);
	carry_hold(step, joining);
	rcc_join_carry_answers(step, joining->from, joining->into);
	take_joined(step, joining);
	rcc_carried_take_found(step, joining->into, &joining->found);
	rcc_join_carry_orders(step, joining->from, joining->into);
	close_empty(step, joining->from, joining->into, joining->reason);
}

static struct joining
joining_of(const struct rcc_step *step, const struct rcc_incident *from, const struct rcc_incident *into)
{
	struct joining joining = {.into = into->id,
	                          .from = from->id,
	                          .phase = from->phase,
	                          .source = from->source,
	                          .is_told = rcc_incident_is_told(step->core, from),
	                          .is_held = from->is_relay_held,
	                          .was_standing = rcc_incident_is_standing(into),
	                          .reason = step->entry->cause.u.join.reason};

	rcc_carried_found_of(step->core, from, &joining.found);
	memcpy(joining.hold_reason, from->hold_reason, sizeof joining.hold_reason);
	const struct rcc_broadcast *told = rcc_broadcast_at(step->core, from->newest_broadcast);
	if (told != NULL && rcc_incident_is_noticed(from)) {
		joining.notice_until_ms = from->notice_until_ms;
		memcpy(joining.notice, told->text, sizeof joining.notice);
	}
	return joining;
}

/* One alert of several, or one that stood nowhere: the case that it leaves goes on. */
static void
move_alert(struct rcc_step *step, const struct rcc_alert_state *row, const struct rcc_incident *into)
{
	const char *reason = step->entry->cause.u.join.reason;
	const struct rcc_incident *before = rcc_incident_find(step->core, row->incident);
	struct joining joining = {
	    .into = into->id, .phase = rcc_alert_phase(&row->body), .source = row->body.source, .reason = reason};

	rcc_join_emit_moved(step, row, into->id, reason);
	take_joined(step, &joining);
	if (before == NULL || first_alert_of(step->core, before->id) == NULL)
		return;
	rcc_facts_recount(step, before->id, reason);
	rcc_join_undo(step, before->id, into->id, reason);
}

static void
join_alert(struct rcc_step *step, const struct rcc_alert_state *row, const struct rcc_incident *into)
{
	enum rcc_refusal refusal = join_refusal(step->core, row, into);
	const struct rcc_incident *from = rcc_incident_find(step->core, row->incident);
	bool is_whole =
	    from != NULL && from->status != RCC_INCIDENT_CLOSED && rcc_join_count_alerts(step->core, from->id) == 1;

	if (refusal == 0 && is_whole)
		refusal = whole_refusal(step, from, into);
	if (refusal != 0) {
		rcc_step_refuse(step, refusal, "join.alert");
		return;
	}
	if (!is_whole) {
		move_alert(step, row, into);
		return;
	}
	struct joining joining = joining_of(step, from, into);
	rcc_join_emit_moved(step, row, into->id, joining.reason);
	become_one(step, &joining);
}

/* Why one case cannot be joined to another as a whole; 0 = it can. */
static enum rcc_refusal
cases_refusal(struct rcc_step *step, const struct rcc_incident *from, const struct rcc_incident *into)
{
	/* A case goes behind the wall of restriction, and none comes out. */
	if (from->is_restricted && !into->is_restricted)
		return RCC_REFUSAL_RESTRICTED;
	if (from->class != into->class)
		return RCC_REFUSAL_NOT_LIVE;
	if (from->id.v == into->id.v || first_alert_of(step->core, from->id) == NULL)
		return RCC_REFUSAL_WRONG_STATE;
	return whole_refusal(step, from, into);
}

static void
join_incident(struct rcc_step *step, const struct rcc_incident *from, const struct rcc_incident *into)
{
	enum rcc_refusal refusal = cases_refusal(step, from, into);

	if (refusal != 0) {
		rcc_step_refuse(step, refusal, "join.from");
		return;
	}
	struct joining joining = joining_of(step, from, into);
	const struct rcc_alert_state *row = first_alert_of(step->core, from->id);
	for (; row != NULL; row = first_alert_of(step->core, from->id)) {
		/* What the entry cannot hold stays where it is, in sight: the officer joins again. */
		if (rcc_step_room(step) <=
		    room_after_moves(step->core, from) + rcc_join_count_carried(step->core, from, into))
			break;
		rcc_join_emit_moved(step, row, into->id, joining.reason);
	}
	if (row == NULL) {
		become_one(step, &joining);
		return;
	}
	joining.is_told = false; /* it still stands */
	joining.notice_until_ms = 0;
	take_joined(step, &joining);
	rcc_facts_recount(step, joining.from, joining.reason);
	rcc_incident_relay_if_due(step, joining.from);
}

void
rcc_rule_join(struct rcc_step *step)
{
	const struct rcc_join_order *order = &step->entry->cause.u.join;
	const struct rcc_incident *into = rcc_incident_or_refuse(step, order->incident, "join.incident");

	if (into == NULL || rcc_handover_refuses(step, into, "join.incident") ||
	    rcc_refuse_reason(step, order->reason, "join.reason"))
		return;
	if ((order->alert.v == 0) == (order->from.v == 0)) {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "join.alert");
		return;
	}
	if (order->from.v != 0) {
		const struct rcc_incident *from = rcc_incident_or_refuse(step, order->from, "join.from");
		if (from != NULL)
			join_incident(step, from, into);
		return;
	}
	const struct rcc_alert_state *row = rcc_alert_find(step->core, order->alert);
	if (row == NULL)
		rcc_step_refuse(step, RCC_REFUSAL_NOT_FOUND, "join.alert");
	else
		join_alert(step, row, into);
}

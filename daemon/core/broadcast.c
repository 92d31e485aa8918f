/*
 * broadcast.c - who is told: every registered ship, alike. Owner kind, flag and name are not read here.
 *
 * Each ship gets its own line with range, bearing and time to get there; the nearest in time are called on to respond,
 * the others are informed. Ships near the scene that are not registered go on the officer's call list.
 */
#include <assert.h>
#include <string.h>

#include "core/core_internal.h"
#include "core/legs.h"

/* Does this kind call on ships to respond? The others inform. */
static bool
is_call(enum rcc_broadcast_kind kind)
{
	return kind == RCC_BROADCAST_DISTRESS_RELAY || kind == RCC_BROADCAST_UPDATE;
}

/* Does it tell where to look now? The others end what was told before, to whom it was told. */
static bool
is_news(enum rcc_broadcast_kind kind)
{
	return is_call(kind) || kind == RCC_BROADCAST_MISSING_NOTICE;
}

static struct rcc_delivery_row
row_of(const struct rcc_peer *peer, const struct rcc_leg *leg, bool is_calling)
{
	return (struct rcc_delivery_row){.peer = peer->id,
	                                 .number = peer->delivery_last + 1,
	                                 .range_m = leg->range_m,
	                                 .bearing_ddeg = leg->bearing_ddeg,
	                                 .eta_min = leg->eta_min,
	                                 .called_on = leg->is_called_on && is_calling};
}

/* Ships that get no line of a broadcast: they must be called another way. */
static void
emit_missing(struct rcc_step *step, struct rcc_broadcast_id id, uint32_t ships)
{
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_LEDGER_FULL);

	event->u.ledger_full.broadcast = id;
	event->u.ledger_full.missing = ships;
	rcc_step_emit(step, event);
}

/* Queues a line for every ship that is marked in core->leg, as many as the ledger holds; the rest are named as missing. */
static void
queue_marked(struct rcc_step *step, struct rcc_broadcast_id id, bool is_calling, uint32_t ships)
{
	struct rcc_core *core = step->core;
	struct rcc_event *event = NULL;
	uint32_t queued = 0;
	enum rcc_broadcast_kind kind = rcc_broadcast_find(core, id)->kind;
	bool is_circular = rcc_broadcast_is_circular(kind);

	for (uint32_t i = 0; i < core->peer_count; i++) {
		if (!core->leg[i].is_recipient)
			continue;
		uint32_t pending = event == NULL ? 0 : event->u.queued.count;
		uint32_t used = is_circular ? core->circular_lines : rcc_ledger_used(core);
		if (used + pending >= (is_circular ? RCC_CIRCULAR_LINES_MAX : rcc_ledger_limit(kind)) ||
		    rcc_step_room(step) <= 4)
			break;
		if (event == NULL) {
			event = rcc_step_event(step, RCC_EVENT_DELIVERIES_QUEUED);
			event->u.queued.broadcast = id;
		}
		event->u.queued.row[event->u.queued.count++] = row_of(&core->peer[i], &core->leg[i], is_calling);
		queued++;
		if (event->u.queued.count == RCC_DELIVERY_ROWS_MAX) {
			rcc_step_emit(step, event);
			event = NULL;
		}
	}
	if (event != NULL)
		rcc_step_emit(step, event);
	if (queued < ships)
		emit_missing(step, id, ships - queued);
}

void
rcc_broadcast_queue(struct rcc_step *step, struct rcc_broadcast_id broadcast, uint32_t ships)
{
	queue_marked(step, broadcast, false, ships);
}

static bool
call_before(const struct rcc_call_row *a, const struct rcc_call_row *b)
{
	return a->range_m != b->range_m ? a->range_m < b->range_m : a->mmsi.v < b->mmsi.v;
}

/* The nearest ships of the scene that are not registered, nearest first. */
static void
list_calls(struct rcc_step *step, struct rcc_broadcast_id id, const struct rcc_places *to, struct rcc_mmsi casualty)
{
	const struct rcc_rules *rules = &step->core->run.rules;
	const struct rcc_scene *scene = &step->entry->cause.scene;
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_CALL_LISTED);
	struct rcc_call_listed *list = &event->u.call_list;

	list->broadcast = id;
	for (uint32_t i = 0; i < scene->count; i++) {
		const struct rcc_scene_ship *ship = &scene->ship[i];
		if (ship->mmsi.v == casualty.v || rcc_peer_find_mmsi(step->core, ship->mmsi) != NULL)
			continue;
		struct rcc_leg leg = rcc_leg_of(rules, ship, to);
		struct rcc_call_row row = {ship->mmsi, ship->pos, leg.range_m, leg.bearing_ddeg, leg.eta_min};
		if (leg.range_m > rules->call_list_radius_m ||
		    (list->count == RCC_CALL_ROWS_MAX && !call_before(&row, &list->row[list->count - 1])))
			continue;
		uint32_t at = list->count < RCC_CALL_ROWS_MAX ? list->count++ : list->count - 1;
		while (at > 0 && call_before(&row, &list->row[at - 1])) {
			list->row[at] = list->row[at - 1];
			at--;
		}
		list->row[at] = row;
	}
	if (list->count > 0)
		rcc_step_emit(step, event);
}

/* What only adds to a call, answers it, or takes it back, says nothing of the danger by itself. */
#define MARKS_OF_ECHO (RCC_ALERT_REVISION | RCC_ALERT_ACKNOWLEDGED | RCC_ALERT_SELF_CANCEL)

/* When ships were last told that the case is over; 0 = never. */
static int64_t
ended_at_ms(const struct rcc_core *core, struct rcc_incident_id id)
{
	const struct rcc_incident *incident = rcc_incident_find(core, id);
	const struct rcc_broadcast *row = incident == NULL ? NULL : rcc_broadcast_at(core, incident->newest_broadcast);

	while (row != NULL && row->kind != RCC_BROADCAST_CANCEL)
		row = rcc_broadcast_at(core, row->previous);
	return row == NULL ? 0 : row->issued_at_ms;
}

const struct rcc_alert_state *
rcc_broadcast_words(const struct rcc_core *core, struct rcc_incident_id id)
{
	const struct rcc_alert_state *latest = NULL;
	int64_t since_ms = ended_at_ms(core, id);
	bool is_anew = false;

	/* What called before the end is over: who calls anew is not told in the words of then, though she may say none. */
	for (uint32_t i = 0; i < core->alert_top; i++) {
		const struct rcc_alert_state *row = &core->alert[i];
		is_anew |= row->id.v != 0 && row->incident.v == id.v && row->last_at_ms > since_ms &&
		           (row->body.marks & MARKS_OF_ECHO) == 0;
	}
	for (uint32_t i = 0; i < core->alert_top; i++) {
		const struct rcc_alert_state *row = &core->alert[i];
		bool has_words = row->body.text[0] != '\0' && (row->body.marks & MARKS_OF_ECHO) == 0 &&
		                 (!is_anew || row->last_at_ms > since_ms);
		if (row->id.v != 0 && row->incident.v == id.v && has_words &&
		    (latest == NULL || row->id.v > latest->id.v))
			latest = row;
	}
	return latest;
}

/* The words that go with it: the officer's, or those of the latest alert that said any. */
static void
copy_text(const struct rcc_core *core, struct rcc_incident_id id, const char *text, char *ret_text)
{
	const struct rcc_alert_state *latest = text[0] == '\0' ? rcc_broadcast_words(core, id) : NULL;

	text = latest == NULL ? text : latest->body.text;
	size_t len = strlen(text);
	assert(len <= RCC_TEXT_MAX);
	memcpy(ret_text, text, len);
}

/* No room for one more broadcast: said once, and left to an officer, or the machine's clock would ring for ever. */
static void
give_up(struct rcc_step *step, struct rcc_incident_id incident)
{
	rcc_step_refuse(step, RCC_REFUSAL_FULL, "broadcast");
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_RELAY_SCHEDULED);
	event->u.scheduled.incident = incident;
	rcc_step_emit(step, event);
}

/*
 * An officer who releases, accepts or orders vouches for it; the machine vouches for nothing. Who asks for a look-out does not
 * say that there is a distress: what is relayed after it is as unverified as before.
 */
static bool
is_vouched(enum rcc_command_kind cause, enum rcc_broadcast_kind kind)
{
	if (kind == RCC_BROADCAST_MISSING_NOTICE)
		return false;
	return cause == RCC_COMMAND_RELAY || cause == RCC_COMMAND_CANCEL || cause == RCC_COMMAND_DECIDE ||
	       cause == RCC_COMMAND_CLOSE || cause == RCC_COMMAND_PHASE;
}

static void
fill_broadcast(const struct rcc_step *step, const struct rcc_incident *incident, enum rcc_broadcast_kind kind,
               const char *text, struct rcc_broadcast_issued *issued)
{
	enum rcc_command_kind cause = step->entry->cause.kind;
	bool is_telling = is_news(kind);

	issued->kind = kind;
	issued->broadcast.v = step->core->broadcast_last + 1;
	issued->incident = incident->id;
	issued->revision = incident->broadcasts + 1;
	/* The sender of the alert is not who broadcast it, unless an officer asked for it. */
	if (cause != RCC_COMMAND_ALERT && cause != RCC_COMMAND_CENTRE && cause != RCC_COMMAND_PLACE_REQUEST &&
	    step->entry->cause.origin.role != RCC_ROLE_VESSEL)
		issued->by = step->entry->cause.origin.peer;
	issued->verified = incident->is_verified || is_vouched(cause, kind);
	issued->source = incident->source;
	issued->nature = incident->nature;
	issued->persons = incident->persons;
	issued->casualty = incident->casualty;
	memcpy(issued->name, incident->name, sizeof issued->name);
	/* Who did not say her name, and is enrolled, is known by it. */
	const struct rcc_peer *casualty = rcc_peer_find_mmsi(step->core, incident->casualty);
	if (issued->name[0] == '\0' && casualty != NULL && rcc_peer_is_ship(casualty))
		memcpy(issued->name, casualty->name, sizeof issued->name);
	issued->pos = is_telling ? incident->pos : incident->broadcast_pos;
	issued->pos_at_ms = incident->pos_at_ms;
	issued->pos_radius_m = incident->pos_radius_m;
	/* Who keeps a lookout for a suspended case must know every place, too. */
	if (is_telling || kind == RCC_BROADCAST_SUSPENDED) {
		issued->doubts = rcc_incident_doubts(step->core, incident);
		issued->candidate_count = incident->candidate_count;
		memcpy(issued->candidate, incident->candidate, sizeof issued->candidate);
	}
	copy_text(step->core, incident->id, text, issued->text);
}

static void
issue(struct rcc_step *step, struct rcc_incident_id id, enum rcc_broadcast_kind kind, const char *text,
      int64_t expires_at_ms)
{
	const struct rcc_incident *incident = rcc_incident_find(step->core, id);
	bool is_telling = is_news(kind);
	struct rcc_places to = rcc_places_of(incident, is_telling);
	uint32_t ships = rcc_legs_plan(step, &to, incident, is_telling, kind == RCC_BROADCAST_UPDATE);

	assert(incident->class != RCC_CLASS_TEST && !incident->is_restricted);
	if (!rcc_room_for_broadcast(step, kind, ships)) {
		give_up(step, id);
		return;
	}
	(void)rcc_room_for_deliveries(step, kind,
	                              ships); /* as many as there is room for; the others are named as missing */
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_BROADCAST_ISSUED);
	fill_broadcast(step, incident, kind, text, &event->u.broadcast);
	event->u.broadcast.expires_at_ms = expires_at_ms;
	struct rcc_broadcast_id broadcast = event->u.broadcast.broadcast;
	rcc_step_emit(step, event);
	queue_marked(step, broadcast, is_call(kind), ships);
	/* Nobody is called by radio for an exercise, or for a look-out. */
	if (is_call(kind) && incident->class == RCC_CLASS_LIVE)
		list_calls(step, broadcast, &to, incident->casualty);
}

/* A message for some ships alone, by the rows of core->leg that are marked is_recipient; others hear nothing of it. */
static void
direct(struct rcc_step *step, const struct rcc_incident *incident, enum rcc_broadcast_kind kind, const char *text,
       const struct rcc_pos *at)
{
	struct rcc_core *core = step->core;
	struct rcc_places to = rcc_places_of(incident, true);
	struct rcc_event *event = NULL;
	uint32_t ships = 0;

	for (uint32_t i = 0; i < core->peer_count; i++)
		ships += core->leg[i].is_recipient;
	if (ships == 0)
		return;
	if (!rcc_room_for_broadcast(step, kind, ships) || !rcc_room_for_deliveries(step, kind, ships)) {
		rcc_step_refuse(step, RCC_REFUSAL_FULL, "task");
		return;
	}
	event = rcc_step_event(step, RCC_EVENT_BROADCAST_ISSUED);
	fill_broadcast(step, incident, kind, text, &event->u.broadcast);
	event->u.broadcast.revision = incident->broadcasts;
	event->u.broadcast.verified = 1;
	if (at != NULL) {
		to = (struct rcc_places){.count = 1, .pos = {*at}};
		event->u.broadcast.pos = *at;
		event->u.broadcast.pos_at_ms = 0;
		event->u.broadcast.pos_radius_m = 0;
	}
	struct rcc_broadcast_id broadcast = event->u.broadcast.broadcast;
	rcc_step_emit(step, event);
	for (uint32_t i = 0; i < core->peer_count; i++) {
		if (!core->leg[i].is_recipient)
			continue;
		struct rcc_leg leg =
		    rcc_leg_of(&core->run.rules, rcc_scene_find(&step->entry->cause.scene, core->peer[i].mmsi), &to);
		leg.is_called_on = true;
		core->leg[i] = leg;
		core->leg[i].is_recipient = true;
	}
	queue_marked(step, broadcast, kind != RCC_BROADCAST_RELEASE, ships);
}

void
rcc_broadcast_direct(struct rcc_step *step, struct rcc_incident_id id, enum rcc_broadcast_kind kind, const char *text)
{
	direct(step, rcc_incident_find(step->core, id), kind, text, NULL);
}

void
rcc_broadcast_direct_to(struct rcc_step *step, struct rcc_incident_id id, struct rcc_pos pos, const char *text)
{
	direct(step, rcc_incident_find(step->core, id), RCC_BROADCAST_TASK, text, &pos);
}

void
rcc_broadcast_issue(struct rcc_step *step, struct rcc_incident_id id, enum rcc_broadcast_kind kind, const char *text)
{
	assert(kind != RCC_BROADCAST_MISSING_NOTICE);
	issue(step, id, kind, text, 0);
}

void
rcc_broadcast_notice(struct rcc_step *step, struct rcc_incident_id id, const char *text, int64_t expires_at_ms)
{
	issue(step, id, RCC_BROADCAST_MISSING_NOTICE, text, expires_at_ms);
}

void
rcc_broadcast_catch_up(struct rcc_step *step, struct rcc_peer_id peer_id)
{
	struct rcc_core *core = step->core;
	uint32_t slot = peer_id.v - 1;

	for (uint32_t i = 0; i < core->incident_top; i++) {
		const struct rcc_incident *incident = &core->incident[i];
		bool is_held = rcc_incident_is_standing(incident) || rcc_incident_is_noticed(incident);
		if (incident->id.v == 0 || incident->status == RCC_INCIDENT_CLOSED || !is_held ||
		    !rcc_peer_hears(&core->peer[slot], incident->class, core->at_ms) ||
		    rcc_delivery_of(core, rcc_broadcast_find(core, incident->last_broadcast), peer_id) != NULL)
			continue;
		if (rcc_step_room(step) == 0)
			return;
		if (rcc_step_room(step) <= 4 || !rcc_room_for_deliveries(step, RCC_BROADCAST_DISTRESS_RELAY, 1)) {
			emit_missing(step, incident->last_broadcast, 1);
			continue;
		}
		const struct rcc_scene_ship *ship = rcc_scene_find(&step->entry->cause.scene, core->peer[slot].mmsi);
		struct rcc_places to = rcc_places_of(incident, true);
		struct rcc_leg leg = rcc_leg_of(&core->run.rules, ship, &to);
		leg.is_called_on = rcc_legs_calls_late(core, incident, &core->peer[slot], &leg);
		struct rcc_event *event = rcc_step_event(step, RCC_EVENT_DELIVERIES_QUEUED);
		event->u.queued.broadcast = incident->last_broadcast;
		event->u.queued.count = 1;
		event->u.queued.row[0] = row_of(&core->peer[slot], &leg, !incident->is_notice);
		rcc_step_emit(step, event);
	}
}

#include "laws.h"
#include "core/circular.h"
#include "core/duty.h"
#include "laws_internal.h"
#include "laws_persons.h"
#include "laws_place.h"
#include "laws_told.h"

#include <assert.h>
#include <string.h>

static bool
has_event(const struct rcc_entry *entry, enum rcc_event_kind kind)
{
	for (uint32_t i = 0; i < entry->event_count; i++) {
		if (entry->event[i].kind == kind)
			return true;
	}
	return false;
}

/* Rows of a broadcast's ships in this entry, and ships that it says are missing. */
static uint32_t
ships_told(const struct rcc_entry *entry, struct rcc_broadcast_id broadcast)
{
	uint32_t ships = 0;

	for (uint32_t i = 0; i < entry->event_count; i++) {
		const struct rcc_event *event = &entry->event[i];
		if (event->kind == RCC_EVENT_DELIVERIES_QUEUED && event->u.queued.broadcast.v == broadcast.v)
			ships += event->u.queued.count;
		if (event->kind == RCC_EVENT_LEDGER_FULL && event->u.ledger_full.broadcast.v == broadcast.v)
			ships += event->u.ledger_full.missing;
	}
	return ships;
}

/* Has this ship an earlier line of the exercise that it may have got? It hears of the end, wherever it is by then. */
static bool
was_told(const struct rcc_core *core, const struct rcc_incident *incident, uint32_t peer, bool is_calling)
{
	uint32_t since = 0;

	if (is_calling)
		return false;
	/* The newest is the one that was issued in this step. */
	for (uint32_t i = 0; i < core->broadcast_top; i++) {
		const struct rcc_broadcast *row = &core->broadcast[i];
		if (row->incident.v == incident->id.v && row->kind == RCC_BROADCAST_CANCEL && row->revision > since &&
		    row->revision < incident->broadcasts)
			since = row->revision;
	}
	for (uint32_t i = 0; i < core->delivery_top; i++) {
		const struct rcc_delivery *line = &core->delivery[i];
		const struct rcc_broadcast *row = rcc_broadcast_find(core, line->broadcast);
		if (line->peer.v == peer && row != NULL && row->incident.v == incident->id.v && row->revision > since &&
		    row->revision < incident->broadcasts &&
		    (line->sent_at_ms != 0 || line->stored_at_ms != 0 || line->may_be_out))
			return true;
	}
	return false;
}

/* Does this event say that a ship is sent somewhere, or called off, by this message? */
static bool
is_sent_by(const struct rcc_event *event, struct rcc_broadcast_id broadcast)
{
	return event->kind == RCC_EVENT_PLACE_STEPPED && event->u.place_stepped.broadcast.v == broadcast.v;
}

/* How many ships an entry says to have sent somewhere, or called off, by this message. */
static uint32_t
ships_sent(const struct rcc_entry *entry, struct rcc_broadcast_id broadcast)
{
	uint32_t ships = 0;

	for (uint32_t i = 0; i < entry->event_count; i++) {
		const struct rcc_event *event = &entry->event[i];
		bool is_counted = !is_sent_by(event, broadcast);
		/* Of the place that she had before, and of the new one, she is told at once. */
		for (uint32_t j = 0; j < i && !is_counted; j++)
			is_counted = is_sent_by(&entry->event[j], broadcast) &&
			             entry->event[j].u.place_stepped.body.ship.v == event->u.place_stepped.body.ship.v;
		ships += !is_counted;
	}
	return ships;
}

/* What some ships are told beside what all are told: never of a test or of what no ship may hear. */
static void
law_of_directed(const char **broken, const struct laws_story *story, const struct rcc_entry *entry,
                const struct rcc_broadcast_issued *issued)
{
	uint32_t id = issued->incident.v;
	uint32_t ships = ships_told(entry, issued->broadcast);
	bool is_task = entry->cause.kind == RCC_COMMAND_TASK;

	/* What another centre's officer takes back is taken back from the ship that was to go there. */
	bool is_heard = entry->cause.kind == RCC_COMMAND_PLACE_REQUEST;

	/* With a join and with a case that is taken over orders go along, each to its ship; a fear that a ship tells calls her off. */
	bool is_sent = ships == ships_sent(entry, issued->broadcast);
	bool is_along = entry->cause.kind == RCC_COMMAND_JOIN || (entry->cause.kind == RCC_COMMAND_HANDOVER &&
	                                                          entry->cause.u.handover.step == RCC_HANDOVER_ACCEPT);
	bool is_fear = entry->cause.kind == RCC_COMMAND_SURVIVORS && is_sent && ships == 1;

	law(broken, is_task || is_heard || is_along || is_fear || entry->cause.kind == RCC_COMMAND_PLACE,
	    "a ship was tasked and no officer did it");
	law(broken, story->class[id] != RCC_CLASS_TEST, "a ship was tasked for a test");
	law(broken, !story->is_restricted[id], "a ship was tasked in a ship security case");
	law(broken, ships > 0, "a task for nobody");
	law(broken, !is_task || entry->cause.u.task.ship.v == 0 || ships == 1, "one ship's task went to others");
	law(broken, is_task || is_sent || (is_along && ships == 1),
	    "a place of safety was told to others than those that are sent there");
}

/* A hold stays with what was held: with the case that it was joined to, unless ships hold a call, and with what is split off. */
static void
law_of_hold(const char **broken, const struct laws_story *story, const struct rcc_core *core,
            const struct rcc_alert_moved *moved, enum rcc_command_kind cause)
{
	const struct rcc_incident *from = rcc_incident_find(core, moved->from);
	const struct rcc_incident *to = rcc_incident_find(core, moved->to);
	bool is_closed = from != NULL && from->status == RCC_INCIDENT_CLOSED;

	if (from == NULL || to == NULL || !story->is_held[moved->from.v] || (cause == RCC_COMMAND_JOIN && !is_closed))
		return;
	bool is_standing = to->broadcasts > 0 && !to->is_cancelled;
	law(broken, to->is_relay_held || (cause == RCC_COMMAND_JOIN && is_standing),
	    "a join or split made the machine relay what an officer held");
}

/* What waited before it was joined by hand waits there again when it is split off: it opens no case, and ships hear nothing. */
static void
law_of_lane(const char **broken, struct laws_story *story, const struct rcc_alert_moved *moved,
            enum rcc_command_kind cause)
{
	uint32_t id = moved->alert.v;
	bool is_back = moved->to.v == 0;

	law(broken, cause != RCC_COMMAND_SPLIT || is_back == (story->waited[id] != 0),
	    "an alert was split off to somewhere else than where it came from");
	law(broken, moved->lane == (is_back ? story->waited[id] : 0),
	    "an alert went back to another lane than its own");
	law(broken, !is_back || cause == RCC_COMMAND_SPLIT,
	    "an alert was taken out of its case, and nobody split it off");
	if (is_back) {
		story->waited[id] = (enum rcc_lane)0;
		story->lane[id] = moved->lane;
	} else {
		story->waited[id] = story->lane[id] == RCC_LANE_INCIDENT ? story->waited[id] : story->lane[id];
		story->lane[id] = RCC_LANE_INCIDENT;
	}
}

/* What is of no case goes to every ship that hears live calls, is an officer's word, and calls on nobody. */
static void
law_of_circular(const char **broken, const struct rcc_core *core, const struct rcc_entry *entry,
                const struct rcc_broadcast_issued *issued)
{
	uint32_t ships = 0;

	for (uint32_t i = 0; i < core->peer_count; i++)
		ships += rcc_peer_hears(&core->peer[i], RCC_CLASS_LIVE, core->at_ms);
	law(broken, issued->incident.v == 0 && entry->cause.kind == RCC_COMMAND_CIRCULAR,
	    "what is of no case goes out with one");
	law(broken, ships_told(entry, issued->broadcast) == ships, "a ship was left out of a circular");
	law(broken, rcc_circular_card(core) != NULL || issued->kind == RCC_BROADCAST_BULLETIN, "a card left memory");
	for (uint32_t i = 0; i < entry->event_count; i++) {
		const struct rcc_event *event = &entry->event[i];
		for (uint32_t n = 0; event->kind == RCC_EVENT_DELIVERIES_QUEUED && n < event->u.queued.count; n++)
			law(broken, event->u.queued.row[n].called_on == 0, "a circular calls on a ship");
	}
}

static void
law_of_issued(const char **broken, struct laws_story *story, const struct rcc_core *core, const struct rcc_entry *entry,
              const struct rcc_broadcast_issued *issued)
{
	uint32_t id = issued->incident.v;
	uint32_t ships = 0;

	if (rcc_broadcast_is_circular(issued->kind)) {
		law_of_circular(broken, core, entry, issued);
		return;
	}
	if (rcc_broadcast_is_directed(issued->kind)) {
		law_of_directed(broken, story, entry, issued);
		story->was_ordered[id] = true;
		return;
	}
	const struct rcc_incident *incident = rcc_incident_find(core, issued->incident);
	bool is_live = incident->class == RCC_CLASS_LIVE;
	bool is_notice = issued->kind == RCC_BROADCAST_MISSING_NOTICE;
	bool is_relay = issued->kind == RCC_BROADCAST_DISTRESS_RELAY;
	bool is_calling = is_relay || issued->kind == RCC_BROADCAST_UPDATE;
	for (uint32_t i = 0; i < core->peer_count; i++)
		ships += rcc_peer_is_ship(&core->peer[i]) && (is_live || story->drills[i + 1] > core->at_ms ||
		                                              was_told(core, incident, i + 1, is_calling || is_notice));
	law(broken, story->was_live[id] == is_live && story->class[id] != RCC_CLASS_TEST,
	    "a test was broadcast, or an exercise as live");
	law(broken, !story->is_restricted[id], "a ship security alert was broadcast");
	law(broken, story->has_trusted[id], "an alert was broadcast that nobody vouches for");
	law(broken,
	    issued->kind != RCC_BROADCAST_DISTRESS_RELAY || !story->is_held[id] ||
	        entry->cause.kind == RCC_COMMAND_RELAY,
	    "a relay that an officer held went out by itself");
	law(broken, !is_calling || incident->phase == RCC_PHASE_DISTRESS, "ships were called to what is no distress");
	/* COMSAR.1/Circ.15, 3.3: the one binds masters, the other asks for help. */
	law(broken, !is_notice || incident->phase != RCC_PHASE_DISTRESS, "a notice of what is a distress");
	law(broken, is_notice == (issued->expires_at_ms > core->at_ms), "a notice without an end to come");
	/* The end of what single ships were ordered to needs none. */
	law(broken, rcc_pos_is_known(issued->pos) || issued->kind == RCC_BROADCAST_CANCEL,
	    "ships were called to an unknown place");
	bool is_held = story->was_told[id] && !story->was_cancelled[id];
	bool is_called = is_held && !story->was_suspended[id] && !story->was_notice[id];
	law(broken, issued->kind != RCC_BROADCAST_UPDATE || is_called, "an update of what no ship holds");
	law(broken, !is_relay || !is_called, "a second relay of what ships hold");
	law(broken, !is_notice || !is_called, "a notice in place of a call that nothing took back");
	law(broken, issued->kind != RCC_BROADCAST_SUSPENDED || is_called || (is_held && story->was_notice[id]),
	    "a search suspended that no ship heard of");
	bool is_of_ordered = issued->kind == RCC_BROADCAST_CANCEL && story->was_ordered[id] && !story->was_told[id];
	law(broken, issued->kind != RCC_BROADCAST_CANCEL || is_held || is_of_ordered, "a cancel of what no ship holds");
	law(broken, is_of_ordered || ships_told(entry, issued->broadcast) == ships, "a ship was left out in silence");
	laws_of_survivor(broken, story, core, entry, issued);
	story->is_held[id] = false;
	story->was_told[id] = true;
	story->was_heard[id] = ships > 0;
	story->was_cancelled[id] = issued->kind == RCC_BROADCAST_CANCEL;
	story->was_notice[id] = is_notice;
	story->notice_over[id] = false;
	story->was_suspended[id] = issued->kind == RCC_BROADCAST_SUSPENDED;
}

static void
law_of_queued(const char **broken, struct laws_story *story, const struct rcc_core *core,
              const struct rcc_deliveries_queued *queued)
{
	law(broken, queued->count > 0, "a list of deliveries is empty");
	for (uint32_t i = 0; i < queued->count; i++) {
		const struct rcc_delivery_row *row = &queued->row[i];
		const struct rcc_peer *peer = rcc_peer_find(core, row->peer);
		law(broken, peer != NULL && rcc_peer_is_ship(peer), "a delivery to one who is not a ship");
		if (*broken != NULL)
			return;
		law(broken, row->number == story->number[row->peer.v] + 1, "delivery numbers have a gap");
		law(broken, (row->range_m == RCC_RANGE_UNKNOWN_M) == (row->eta_min == RCC_ETA_UNKNOWN_MIN),
		    "a time without a distance");
		story->number[row->peer.v] = row->number;
	}
}

/* A ship that is enrolled while ships are being called hears of each of those calls. */
static void
law_of_enrolled(const char **broken, const struct laws_story *story, const struct rcc_core *core,
                const struct rcc_entry *entry, enum rcc_role role)
{
	if (role != RCC_ROLE_VESSEL)
		return;
	bool is_short = entry->event_count == RCC_EVENTS_MAX; /* said of those that the entry had room for */
	for (uint32_t i = 0; i < core->incident_top; i++) {
		const struct rcc_incident *incident = &core->incident[i];
		bool is_standing = incident->id.v != 0 && incident->status != RCC_INCIDENT_CLOSED &&
		                   story->was_told[incident->id.v] && !story->was_cancelled[incident->id.v];
		is_standing = is_standing && incident->class == RCC_CLASS_LIVE &&
		              !story->was_suspended[incident->id.v] && !story->notice_over[incident->id.v];
		law(broken, !is_standing || is_short || ships_told(entry, incident->last_broadcast) == 1,
		    "a new ship was not told of a standing call");
	}
}

/* The class that a signal states, whoever brings it; an overdue vessel is the centre's own finding. */
static enum rcc_class
said_class(const struct rcc_command *cause)
{
	if (cause->kind == RCC_COMMAND_ALERT)
		return cause->u.alert.class;
	if (cause->kind == RCC_COMMAND_CENTRE)
		return cause->u.centre.snapshot_count == 0 ? RCC_CLASS_LIVE : cause->u.centre.snapshot[0].class;
	return cause->kind == RCC_COMMAND_OPEN ? cause->u.open.alert.class : RCC_CLASS_LIVE;
}

/* What an officer enters of a ship with a restricted case is not for ships, unless he says which case, or that it is public. */
static void
law_of_wall(const char **broken, const struct rcc_core *core, const struct rcc_entry *entry)
{
	const struct rcc_open *open = &entry->cause.u.open;

	if (entry->cause.kind != RCC_COMMAND_OPEN || open->incident.v != 0 || open->public_reason[0] != '\0' ||
	    open->alert.casualty.v == 0)
		return;
	for (uint32_t i = 0; i < core->incident_top; i++) {
		const struct rcc_incident *incident = &core->incident[i];
		bool is_silent = incident->id.v != 0 && incident->is_restricted &&
		                 incident->status != RCC_INCIDENT_CLOSED && incident->class == RCC_CLASS_LIVE &&
		                 incident->casualty.v == open->alert.casualty.v;
		law(broken,
		    !is_silent || open->alert.class != RCC_CLASS_LIVE || entry->cause.origin.class != RCC_CLASS_LIVE ||
		        !has_event(entry, RCC_EVENT_BROADCAST_ISSUED),
		    "ships were told what was reported of one that called in secret");
	}
}

static void
law_of_event(const char **broken, struct laws_story *story, const struct rcc_core *core, const struct rcc_entry *entry,
             const struct rcc_event *event)
{
	uint32_t id = event->u.joined.alert.v;

	if (event->kind == RCC_EVENT_ALERT_RECORDED) {
		assert(event->u.alert.alert.v < LAWS_IDS_MAX);
		story->is_trusted[event->u.alert.alert.v] = event->u.alert.lane == RCC_LANE_INCIDENT;
		story->lane[event->u.alert.alert.v] = event->u.alert.lane;
		story->is_live[event->u.alert.alert.v] =
		    said_class(&entry->cause) == RCC_CLASS_LIVE && entry->cause.origin.class == RCC_CLASS_LIVE;
	} else if (event->kind == RCC_EVENT_ALERT_DECIDED) {
		story->is_trusted[event->u.decided.alert.v] = event->u.decided.decision == RCC_DECISION_ACCEPT;
		story->lane[event->u.decided.alert.v] =
		    event->u.decided.decision == RCC_DECISION_ACCEPT ? RCC_LANE_INCIDENT : RCC_LANE_DISMISSED;
	} else if (event->kind == RCC_EVENT_INCIDENT_OPENED) {
		assert(event->u.opened.incident.v < LAWS_IDS_MAX);
		story->was_live[event->u.opened.incident.v] = story->is_live[event->u.opened.alert.v];
		story->class[event->u.opened.incident.v] = event->u.opened.class;
		story->is_restricted[event->u.opened.incident.v] = event->u.opened.restricted != 0;
	} else if (event->kind == RCC_EVENT_ALERT_MOVED) {
		/* A person says where it belongs. */
		story->is_trusted[event->u.moved.alert.v] = event->u.moved.to.v != 0;
		if (event->u.moved.to.v != 0)
			story->has_trusted[event->u.moved.to.v] = true;
		law_of_lane(broken, story, &event->u.moved, entry->cause.kind);
		law_of_hold(broken, story, core, &event->u.moved, entry->cause.kind);
		law(broken, entry->cause.kind == RCC_COMMAND_JOIN || entry->cause.kind == RCC_COMMAND_SPLIT,
		    "an alert moved by itself");
	} else if (event->kind == RCC_EVENT_RELAY_HELD) {
		story->is_held[event->u.held.incident.v] = true;
	} else if (event->kind == RCC_EVENT_HOLD_ENDED) {
		story->is_held[event->u.hold_ended.incident.v] = false;
	} else if (event->kind == RCC_EVENT_JOIN_UNDONE) {
		story->is_held[event->u.undone.incident.v] = event->u.undone.held != 0;
	} else if (event->kind == RCC_EVENT_DRILL_CHANGED) {
		story->drills[event->u.drill.peer.v] = event->u.drill.until_at_ms;
	} else if (event->kind == RCC_EVENT_INCIDENT_RESUMED) {
		law(broken, event->u.resumed.alert.v == 0 || entry->cause.kind != RCC_COMMAND_RESUME,
		    "a person's decision is taken for new information");
	} else if (event->kind == RCC_EVENT_ALERT_JOINED) {
		law(broken, story->is_trusted[id], "an alert joined that nobody vouches for");
		story->has_trusted[event->u.joined.incident.v] = true;
	} else if (event->kind == RCC_EVENT_BROADCAST_ISSUED) {
		law_of_issued(broken, story, core, entry, &event->u.broadcast);
	} else if (event->kind == RCC_EVENT_DELIVERIES_QUEUED) {
		law_of_queued(broken, story, core, &event->u.queued);
	} else if (event->kind == RCC_EVENT_INCIDENT_CLOSED) {
		id = event->u.closed.incident.v;
		story->is_held[id] = false;
		laws_of_closed(broken, core, &event->u.closed);
		law(broken,
		    !story->was_told[id] || story->was_cancelled[id] || story->notice_over[id] ||
		        (story->class[id] == RCC_CLASS_EXERCISE && !story->was_heard[id]),
		    "closed while ships hold a live relay");
	} else if (event->kind == RCC_EVENT_NOTICE_EXPIRED) {
		id = event->u.incident_ref.incident.v;
		law(broken, story->was_notice[id] && !story->notice_over[id], "what is no notice has run out");
		story->notice_over[id] = true;
	} else if (event->kind == RCC_EVENT_PEER_ENROLLED) {
		law_of_enrolled(broken, story, core, entry, event->u.enrolled.enrol.role);
	}
}

const char *
laws_of_entry(struct laws_story *story, const struct rcc_core *core, const struct rcc_entry *entry)
{
	const char *broken = NULL;

	for (uint32_t i = 0; i < entry->event_count; i++)
		law_of_event(&broken, story, core, entry, &entry->event[i]);
	broken = broken != NULL ? broken : laws_of_moves(story, core, entry);
	broken = broken != NULL ? broken : laws_of_steps(story, core, entry);
	if (entry->cause.kind == RCC_COMMAND_ALERT && entry->event_count > 0)
		law(&broken, has_event(entry, RCC_EVENT_ALERT_RECORDED) || has_event(entry, RCC_EVENT_ALERT_REPEATED),
		    "an alert left no trace");
	law_of_wall(&broken, core, entry);
	law(&broken, entry->event_count == 0 || core->at_ms == entry->cause.at_ms, "an entry is not at its time");
	return broken;
}

#include "laws.h"
#include "laws_persons.h"
#include "laws_place.h"

#include <assert.h>
#include <string.h>

/* The first law that is broken stays. */
static void
law(const char **broken, bool holds, const char *name)
{
	if (!holds && *broken == NULL)
		*broken = name;
}

/* Comparing every pair of peers is for small worlds. */
#define PAIRS_MAX 128

/* ---- the state ---- */

static void
law_of_pair(const char **broken, const struct rcc_peer *a, const struct rcc_peer *b)
{
	if (a->revoked_at_ms != 0 || b->revoked_at_ms != 0)
		return;
	law(broken, strcmp(a->name, b->name) != 0, "two active peers have one name");
	law(broken, memcmp(&a->key, &b->key, sizeof a->key) != 0, "two active peers have one key");
	law(broken, a->role != RCC_ROLE_VESSEL || b->role != RCC_ROLE_VESSEL || a->mmsi.v != b->mmsi.v,
	    "two active ships have one MMSI");
}

static void
laws_of_peers(const char **broken, const struct rcc_core *core)
{
	for (uint32_t i = 0; i < core->peer_count && *broken == NULL; i++) {
		const struct rcc_peer *peer = &core->peer[i];
		const struct rcc_peer *found = rcc_peer_find_key(core, &peer->key);
		law(broken, peer->id.v == i + 1, "a peer is not in its slot");
		law(broken, found != NULL && found->id.v >= peer->id.v, "a key does not find its newest holder");
		law(broken, !rcc_peer_is_ship(peer) || rcc_peer_find_mmsi(core, peer->mmsi) == peer,
		    "an MMSI does not find its ship");
		for (uint32_t j = 0; j < i && core->peer_count <= PAIRS_MAX && *broken == NULL; j++)
			law_of_pair(broken, peer, &core->peer[j]);
	}
}

static void
laws_of_ships_lines(const char **broken, const struct rcc_core *core)
{
	uint32_t lines = 0;

	for (uint32_t i = 0; i < core->peer_count; i++) {
		uint32_t above = core->peer[i].delivery_last + 1;
		for (const struct rcc_delivery *line = rcc_delivery_at(core, core->peer[i].newest_delivery);
		     line != NULL && *broken == NULL; line = rcc_delivery_at(core, line->of_peer)) {
			law(broken, line->peer.v == i + 1, "a ship's list holds another ship's line");
			law(broken, line->number < above, "a ship's lines are not in the order of their numbers");
			law(broken, line->number > 0, "a line has no number");
			above = line->number;
			lines++;
		}
	}
	law(broken, lines == core->delivery_count, "the ships' lists do not hold every line");
}

static void
laws_of_line(const char **broken, const struct rcc_delivery *line)
{
	bool is_stored = line->state == RCC_DELIVERY_STORED;
	bool is_read = line->state == RCC_DELIVERY_READ;
	bool is_answered = line->state == RCC_DELIVERY_ANSWERED;

	law(broken, !is_stored || line->stored_at_ms != 0, "a stored line has no time");
	law(broken, !is_read || (line->read_at_ms != 0 && line->read_by[0] != '\0'),
	    "a read line has no time or reader");
	law(broken, !is_answered || line->answered_at_ms != 0, "an answered line has no time");
	law(broken, line->state != RCC_DELIVERY_QUEUED || line->sent_at_ms == 0, "a queued line was sent");
	law(broken, line->stored_at_ms == 0 || is_stored || is_read || is_answered, "a stored line is open again");
	law(broken, line->queued_at_ms != 0, "a line was never queued");
}

static void
laws_of_broadcast(const char **broken, const struct rcc_core *core, const struct rcc_broadcast *broadcast)
{
	uint32_t lines = 0;
	uint32_t open = 0;

	for (const struct rcc_delivery *line = rcc_delivery_at(core, broadcast->newest_delivery);
	     line != NULL && *broken == NULL; line = rcc_delivery_at(core, line->of_broadcast)) {
		law(broken, line->broadcast.v == broadcast->id.v, "a broadcast's list holds another broadcast's line");
		law(broken, broadcast->kind != RCC_BROADCAST_CANCEL || !line->is_called_on, "a cancel calls on a ship");
		law(broken, broadcast->kind != RCC_BROADCAST_MISSING_NOTICE || !line->is_called_on,
		    "a notice calls on a ship");
		laws_of_line(broken, line);
		open += rcc_delivery_is_open(line);
		lines++;
	}
	law(broken, lines == broadcast->recipients, "recipients differ from the lines");
	law(broken, open == broadcast->unstored, "unstored differs from a recount");
	law(broken, (broadcast->kind == RCC_BROADCAST_MISSING_NOTICE) == (broadcast->expires_at_ms != 0),
	    "a notice without an end, or a call with one");
	law(broken, rcc_broadcast_find(core, broadcast->id) == broadcast, "two broadcasts have one id");
}

/* Adds the rows of one incident to the sums. */
static void
laws_of_incident(const char **broken, const struct rcc_core *core, const struct rcc_incident *incident,
                 uint32_t *broadcasts, uint32_t *lines, uint32_t *answers)
{
	const struct rcc_broadcast *newest = rcc_broadcast_at(core, incident->newest_broadcast);
	uint32_t revision = incident->broadcasts;

	law(broken, rcc_incident_find(core, incident->id) == incident, "two incidents have one id");
	law(broken, newest == NULL || newest->id.v == incident->last_broadcast.v,
	    "the last broadcast is not the newest");
	law(broken,
	    (newest != NULL && (newest->kind == RCC_BROADCAST_CANCEL || newest->kind == RCC_BROADCAST_SUSPENDED)) ==
	        incident->is_cancelled,
	    "cancelled, and the last broadcast calls somebody");
	law(broken,
	    (newest != NULL && newest->kind == RCC_BROADCAST_MISSING_NOTICE) == incident->is_notice &&
	        (!incident->is_notice || newest->expires_at_ms == incident->notice_until_ms),
	    "a notice stands that is not the last broadcast");
	law(broken, !incident->is_notice_over || (incident->is_notice && newest->unstored == 0),
	    "a notice that has run out is still on its way");
	law(broken,
	    newest == NULL || incident->is_cancelled || incident->is_notice || incident->phase == RCC_PHASE_DISTRESS,
	    "what is no distress any more binds masters");
	law(broken, newest == NULL || incident->class != RCC_CLASS_TEST, "a test reached the ships");
	law(broken, newest == NULL || !incident->is_restricted, "a ship security alert reached the ships");
	law(broken, (incident->status == RCC_INCIDENT_SUSPENDED) == (incident->review_at_ms != 0),
	    "suspended without a review date");
	law(broken, incident->candidate_count != 1 && (!incident->is_conflict || incident->candidate_count > 1),
	    "a conflict of one place with itself");
	law(broken,
	    incident->status != RCC_INCIDENT_CLOSED || newest == NULL || newest->kind == RCC_BROADCAST_CANCEL ||
	        incident->is_notice_over || (incident->class == RCC_CLASS_EXERCISE && newest->recipients == 0),
	    "closed, and the ships still hold a live relay");
	for (const struct rcc_broadcast *row = rcc_broadcast_at(core, incident->newest_directed);
	     row != NULL && *broken == NULL; row = rcc_broadcast_at(core, row->previous)) {
		law(broken, row->incident.v == incident->id.v && rcc_broadcast_is_directed(row->kind),
		    "a list of messages to single ships holds something else");
		laws_of_broadcast(broken, core, row);
		(*broadcasts)++;
		*lines += row->recipients;
	}
	for (const struct rcc_broadcast *row = newest; row != NULL && *broken == NULL;
	     row = rcc_broadcast_at(core, row->previous)) {
		law(broken, row->incident.v == incident->id.v, "an incident's list holds another one's broadcast");
		law(broken, row->revision == revision--, "revisions have a gap");
		law(broken, row == newest || row->unstored == 0, "a replaced broadcast still waits for ships");
		laws_of_broadcast(broken, core, row);
		(*broadcasts)++;
		*lines += row->recipients;
	}
	law(broken, revision == 0, "a broadcast is missing from its incident");
	for (const struct rcc_answer_state *row = rcc_answer_at(core, incident->newest_answer);
	     row != NULL && *broken == NULL; row = rcc_answer_at(core, row->previous)) {
		law(broken, row->incident.v == incident->id.v && row->body.incident.v == incident->id.v,
		    "an incident's list holds another one's answer");
		law(broken, rcc_answer_of(core, incident, row->ship) == row, "a ship has two answers to one incident");
		(*answers)++;
	}
}

/* What speaks for another is there, or gone from memory; who is part of a case cannot outlive it. */
static void
laws_of_standing(const char **broken, const struct rcc_core *core, const struct rcc_incident *incident)
{
	const struct rcc_incident *parent = rcc_incident_find(core, incident->parent);
	bool is_joined = incident->status == RCC_INCIDENT_CLOSED && incident->outcome == RCC_OUTCOME_JOINED;

	law(broken, incident->status == RCC_INCIDENT_CLOSED || parent == NULL || parent->status != RCC_INCIDENT_CLOSED,
	    "a closed case has an open part");
	law(broken, incident->status == RCC_INCIDENT_CLOSED || parent == NULL || parent->parent.v == 0,
	    "a part has parts");
	law(broken, is_joined || incident->joined_into.v == 0, "a case is spoken for, and was not joined away");
	law(broken, incident->joined_into.v == 0 || !incident->is_relay_held,
	    "a hold of a case that is another one now");
}

static void
laws_of_incidents(const char **broken, const struct rcc_core *core)
{
	uint32_t incidents = 0;
	uint32_t broadcasts = 0;
	uint32_t lines = 0;
	uint32_t answers = 0;

	for (uint32_t i = 0; i < RCC_INCIDENTS_MAX; i++) {
		const struct rcc_incident *incident = &core->incident[i];
		if (incident->id.v == 0)
			continue;
		law(broken, i < core->incident_top && incident->id.v <= core->incident_last,
		    "an incident is out of bounds");
		laws_of_incident(broken, core, incident, &broadcasts, &lines, &answers);
		laws_of_standing(broken, core, incident);
		incidents++;
	}
	law(broken, incidents == core->incident_count, "the count of incidents differs");
	law(broken, broadcasts == core->broadcast_count, "the count of broadcasts differs");
	law(broken, lines == core->delivery_count, "the count of lines differs");
	law(broken, answers == core->answer_count, "the count of answers differs");
}

static void
laws_of_alerts(const char **broken, const struct rcc_core *core)
{
	uint32_t alerts = 0;

	for (uint32_t i = 0; i < RCC_ALERTS_MAX; i++) {
		const struct rcc_alert_state *alert = &core->alert[i];
		if (alert->id.v == 0)
			continue;
		law(broken, i < core->alert_top && alert->id.v <= core->alert_last, "an alert is out of bounds");
		law(broken, (alert->lane == RCC_LANE_INCIDENT) == (alert->incident.v != 0),
		    "an alert and its incident do not agree");
		law(broken, alert->incident.v == 0 || rcc_incident_find(core, alert->incident) != NULL,
		    "an alert speaks of an incident that is gone");
		law(broken,
		    alert->body.class != RCC_CLASS_TEST || alert->lane == RCC_LANE_TEST ||
		        (alert->body.marks & RCC_ALERT_CHECKSUM_WRONG) != 0,
		    "a test left its lane");
		law(broken, alert->suggestion_count <= RCC_SUGGESTIONS_MAX, "too many suggestions");
		for (uint32_t j = 0; j < alert->suggestion_count; j++)
			law(broken, alert->suggestion[j].incident.v != alert->incident.v,
			    "an alert is suggested for the case where it stands");
		const struct rcc_incident *incident = rcc_incident_find(core, alert->incident);
		law(broken,
		    incident == NULL || (incident->class == alert->body.class &&
		                         (incident->is_restricted || (alert->body.marks & RCC_ALERT_RESTRICTED) == 0)),
		    "an alert stands in a case of another class, or across the wall of restriction");
		law(broken,
		    alert->verdict == RCC_VERDICT_MATCH || alert->lane != RCC_LANE_INCIDENT ||
		        alert->decided_at_ms != 0,
		    "a doubtful alert opened an incident by itself");
		law(broken, alert->count > 0, "an alert was never heard");
		alerts++;
	}
	law(broken, alerts == core->alert_count, "the count of alerts differs");
}

static void
laws_of_free_slots(const char **broken, const struct rcc_core *core)
{
	uint32_t lines = 0;
	uint32_t answers = 0;

	for (uint32_t slot1 = core->delivery_free; slot1 != 0 && *broken == NULL;
	     slot1 = core->delivery[slot1 - 1].of_peer) {
		law(broken, slot1 <= core->delivery_top && core->delivery[slot1 - 1].peer.v == 0,
		    "a line in use is free");
		law(broken, ++lines <= core->delivery_top, "the free lines form a ring");
	}
	for (uint32_t slot1 = core->answer_free; slot1 != 0 && *broken == NULL;
	     slot1 = core->answer[slot1 - 1].previous) {
		law(broken, slot1 <= core->answer_top && core->answer[slot1 - 1].peer.v == 0,
		    "an answer in use is free");
		law(broken, ++answers <= core->answer_top, "the free answers form a ring");
	}
	law(broken, lines + core->delivery_count == core->delivery_top, "a ledger line is lost");
	law(broken, answers + core->answer_count == core->answer_top, "an answer's slot is lost");
}

static void
laws_of_seen(const char **broken, const struct rcc_core *core)
{
	uint32_t used = 0;
	uint32_t linked = 0;

	for (uint32_t i = 0; i < RCC_DEDUP_MAX; i++) {
		law(broken, core->seen[i].seq <= core->seq, "a message was taken by an entry that is not there");
		used += core->seen[i].seq != 0;
	}
	for (uint32_t i = 0; i < RCC_SEEN_BUCKETS; i++) {
		for (uint32_t slot1 = core->seen_bucket[i]; slot1 != 0 && *broken == NULL;
		     slot1 = core->seen[slot1 - 1].next) {
			law(broken, rcc_seen_bucket(&core->seen[slot1 - 1].id) == i,
			    "a message id is in a wrong bucket");
			law(broken, ++linked <= used, "the index of message ids has a ring");
		}
	}
	law(broken, linked == used, "a message id cannot be found");
}

const char *
laws_of_state(const struct rcc_core *core)
{
	void (*const laws[])(const char **, const struct rcc_core *) = {
	    laws_of_peers, laws_of_ships_lines, laws_of_incidents, laws_of_free_slots, laws_of_alerts, laws_of_seen};
	const char *broken = NULL;

	for (size_t i = 0; i < sizeof laws / sizeof laws[0] && broken == NULL; i++)
		laws[i](&broken, core);
	broken = broken != NULL ? broken : laws_of_persons(core);
	return broken != NULL ? broken : laws_of_places(core);
}

/* ---- the entries ---- */

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
		    row->revision < incident->broadcasts && (line->sent_at_ms != 0 || line->stored_at_ms != 0))
			return true;
	}
	return false;
}

/* How many ships an entry says to have sent somewhere, or called off, by this message. */
static uint32_t
ships_sent(const struct rcc_entry *entry, struct rcc_broadcast_id broadcast)
{
	uint32_t ships = 0;

	for (uint32_t i = 0; i < entry->event_count; i++) {
		const struct rcc_event *event = &entry->event[i];
		/* Of the place that she had before, and of the new one, she is told at once. */
		ships += event->kind == RCC_EVENT_PLACE_STEPPED && event->u.place_stepped.broadcast.v == broadcast.v &&
		         event->u.place_stepped.is_replaced == 0;
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

	law(broken, is_task || entry->cause.kind == RCC_COMMAND_PLACE, "a ship was tasked and no officer did it");
	law(broken, story->class[id] != RCC_CLASS_TEST, "a ship was tasked for a test");
	law(broken, !story->is_restricted[id], "a ship was tasked in a ship security case");
	law(broken, ships > 0, "a task for nobody");
	law(broken, !is_task || entry->cause.u.task.ship.v == 0 || ships == 1, "one ship's task went to others");
	law(broken, is_task || ships == ships_sent(entry, issued->broadcast),
	    "a place of safety was told to others than those that are sent there");
}

/* Who is told that a case is another one now must hold a call of that other one: nobody is called off by a join. */
static void
law_of_survivor(const char **broken, const struct laws_story *story, const struct rcc_core *core,
                const struct rcc_entry *entry, const struct rcc_broadcast_issued *issued)
{
	const struct rcc_incident *incident = rcc_incident_find(core, issued->incident);

	if (entry->cause.kind != RCC_COMMAND_JOIN || issued->kind != RCC_BROADCAST_CANCEL ||
	    incident->outcome != RCC_OUTCOME_JOINED)
		return;
	uint32_t id = incident->joined_into.v;
	/* What goes behind the wall of restriction is told to no ship any more. */
	if (story->is_restricted[id])
		return;
	law(broken, id != 0 && story->was_told[id] && !story->was_cancelled[id] && !story->was_suspended[id],
	    "ships were called off a case, and not called to the one that it was joined to");
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

static void
law_of_issued(const char **broken, struct laws_story *story, const struct rcc_core *core, const struct rcc_entry *entry,
              const struct rcc_broadcast_issued *issued)
{
	uint32_t id = issued->incident.v;
	uint32_t ships = 0;

	if (rcc_broadcast_is_directed(issued->kind)) {
		law_of_directed(broken, story, entry, issued);
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
	law(broken, rcc_pos_is_known(issued->pos), "ships were called to an unknown place");
	bool is_held = story->was_told[id] && !story->was_cancelled[id];
	bool is_called = is_held && !story->was_suspended[id] && !story->was_notice[id];
	law(broken, issued->kind != RCC_BROADCAST_UPDATE || is_called, "an update of what no ship holds");
	law(broken, !is_relay || !is_called, "a second relay of what ships hold");
	law(broken, !is_notice || !is_called, "a notice in place of a call that nothing took back");
	law(broken, issued->kind != RCC_BROADCAST_SUSPENDED || is_called || (is_held && story->was_notice[id]),
	    "a search suspended that no ship heard of");
	law(broken, issued->kind != RCC_BROADCAST_CANCEL || is_held, "a cancel of what no ship holds");
	law(broken, ships_told(entry, issued->broadcast) == ships, "a ship was left out in silence");
	law_of_survivor(broken, story, core, entry, issued);
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
                const struct rcc_entry *entry)
{
	if (entry->cause.u.enrol.role != RCC_ROLE_VESSEL)
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
		law(broken,
		    !story->was_told[id] || story->was_cancelled[id] || story->notice_over[id] ||
		        (story->class[id] == RCC_CLASS_EXERCISE && !story->was_heard[id]),
		    "closed while ships hold a live relay");
	} else if (event->kind == RCC_EVENT_NOTICE_EXPIRED) {
		id = event->u.incident_ref.incident.v;
		law(broken, story->was_notice[id] && !story->notice_over[id], "what is no notice has run out");
		story->notice_over[id] = true;
	} else if (event->kind == RCC_EVENT_PEER_ENROLLED) {
		law_of_enrolled(broken, story, core, entry);
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

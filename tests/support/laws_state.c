/* laws_state.c - what must hold of a core at every moment. */
#include "core/circular.h"
#include "laws.h"
#include "laws_internal.h"
#include "laws_persons.h"
#include "laws_place.h"

/* Comparing every pair of peers is for small worlds. */
#define PAIRS_MAX 128

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
	law(broken,
	    broadcast->kind == RCC_BROADCAST_BULLETIN ||
	        (broadcast->kind == RCC_BROADCAST_MISSING_NOTICE) == (broadcast->expires_at_ms != 0),
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

/* Bulletins and cards: bounded, in a list of their own, and never in that of a case. */
static void
laws_of_circulars(const char **broken, const struct rcc_core *core, uint32_t *broadcasts, uint32_t *lines)
{
	uint32_t count = 0;

	for (const struct rcc_broadcast *row = rcc_broadcast_at(core, core->newest_circular);
	     row != NULL && *broken == NULL; row = rcc_broadcast_at(core, row->previous)) {
		law(broken, rcc_broadcast_is_circular(row->kind) && row->incident.v == 0,
		    "the list of circulars holds something else");
		laws_of_broadcast(broken, core, row);
		(*broadcasts)++;
		*lines += row->recipients;
		count++;
	}
	law(broken, count == core->circular_count && count <= RCC_CIRCULARS_MAX, "the count of circulars differs");
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
	laws_of_circulars(broken, core, &broadcasts, &lines);
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
			law(broken, rcc_seen_bucket(core, &core->seen[slot1 - 1].id) == i,
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
	broken = broken != NULL ? broken : laws_of_places(core);
	return broken != NULL ? broken : laws_of_requests(core);
}

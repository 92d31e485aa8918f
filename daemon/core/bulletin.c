/* bulletin.c - the newest broadcast of a case and the facts it stands on, gathered out of the tables. */
#include "core/bulletin.h"

#include "core/persons.h"

#include <string.h>

#include "core/core_internal.h"

/* Does what ships hold say what is so now? If not, a draft of what would be said. */
static bool
is_standing(const struct rcc_incident *incident)
{
	bool is_open = incident->status == RCC_INCIDENT_NEW || incident->status == RCC_INCIDENT_OPEN;

	if (incident->broadcasts == 0)
		return false;
	/* A notice of what is a distress by now, or a cancel and then a new signal: a relay is due. */
	if (is_open && incident->phase == RCC_PHASE_DISTRESS &&
	    (incident->is_notice || (incident->is_cancelled && incident->relay_due_at_ms != 0)))
		return false;
	return true;
}

static void
put_facts(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_bulletin *bulletin)
{
	uint32_t latest = 0;

	memcpy(bulletin->centre, core->run.centre, sizeof bulletin->centre);
	bulletin->incident = incident->id;
	bulletin->year = incident->year;
	bulletin->number = incident->number;
	bulletin->class = incident->class;
	bulletin->phase = incident->phase;
	bulletin->status = incident->status;
	bulletin->source = incident->source;
	bulletin->nature = incident->nature;
	bulletin->casualty = incident->casualty;
	memcpy(bulletin->name, incident->name, sizeof bulletin->name);
	bulletin->persons = incident->persons;
	bulletin->persons_left = rcc_persons_at_risk(core, incident->id) + rcc_persons_missing(core, incident->id);
	memcpy(bulletin->channel,
	       incident->comms.on_scene[0] != '\0' ? incident->comms.on_scene : incident->comms.control,
	       sizeof bulletin->channel);
	bulletin->heard_at_ms = incident->opened_at_ms;
	/* The case keeps no call sign of its own: the latest that was said. */
	for (uint32_t i = 0; i < core->alert_top; i++) {
		const struct rcc_alert_state *alert = &core->alert[i];
		if (alert->id.v <= latest || alert->incident.v != incident->id.v || alert->body.callsign[0] == '\0')
			continue;
		latest = alert->id.v;
		memcpy(bulletin->callsign, alert->body.callsign, sizeof bulletin->callsign);
	}
}

static void
put_draft(const struct rcc_core *core, const struct rcc_incident *incident, int64_t now_ms,
          struct rcc_bulletin *bulletin)
{
	const struct rcc_alert_state *worded = rcc_broadcast_words(core, incident->id);

	if (worded != NULL)
		memcpy(bulletin->text, worded->body.text, sizeof bulletin->text);
	bulletin->is_draft = true;
	bulletin->kind =
	    incident->phase == RCC_PHASE_DISTRESS ? RCC_BROADCAST_DISTRESS_RELAY : RCC_BROADCAST_MISSING_NOTICE;
	bulletin->issued_at_ms = now_ms;
	bulletin->is_verified = incident->is_verified;
	bulletin->doubts = rcc_incident_doubts(core, incident);
	bulletin->pos = incident->pos;
	bulletin->pos_at_ms = incident->pos_at_ms;
	bulletin->pos_radius_m = incident->pos_radius_m;
	bulletin->candidate_count = incident->candidate_count;
	memcpy(bulletin->candidate, incident->candidate, sizeof bulletin->candidate);
}

static void
put_broadcast(const struct rcc_broadcast *broadcast, struct rcc_bulletin *bulletin)
{
	bulletin->kind = broadcast->kind;
	bulletin->broadcast = broadcast->id.v;
	bulletin->revision = broadcast->revision;
	bulletin->issued_at_ms = broadcast->issued_at_ms;
	bulletin->expires_at_ms = broadcast->expires_at_ms;
	bulletin->is_verified = broadcast->is_verified;
	bulletin->source = broadcast->source;
	bulletin->nature = broadcast->nature;
	bulletin->casualty = broadcast->casualty;
	bulletin->persons = broadcast->persons;
	memcpy(bulletin->name, broadcast->name, sizeof bulletin->name);
	bulletin->doubts = broadcast->doubts;
	bulletin->pos = broadcast->pos;
	bulletin->pos_at_ms = broadcast->pos_at_ms;
	bulletin->pos_radius_m = broadcast->pos_radius_m;
	bulletin->candidate_count = broadcast->candidate_count;
	memcpy(bulletin->candidate, broadcast->candidate, sizeof bulletin->candidate);
	memcpy(bulletin->text, broadcast->text, sizeof bulletin->text);
}

/* The broadcasts that `first` and those before it replaced, back to the last cancel. */
static void
put_earlier(const struct rcc_core *core, const struct rcc_broadcast *first, struct rcc_bulletin *bulletin)
{
	for (const struct rcc_broadcast *row = first; row != NULL && row->kind != RCC_BROADCAST_CANCEL;
	     row = rcc_broadcast_at(core, row->previous)) {
		bulletin->is_after_call |=
		    row->kind == RCC_BROADCAST_DISTRESS_RELAY || row->kind == RCC_BROADCAST_UPDATE;
		if (bulletin->earlier_count == RCC_BULLETIN_EARLIER_MAX)
			continue;
		struct rcc_bulletin_earlier *earlier = &bulletin->earlier[bulletin->earlier_count++];
		*earlier = (struct rcc_bulletin_earlier){row->revision, row->issued_at_ms};
	}
}

/* Is ship a told before ship b? Who is called on, then who is there first; ties by number, so that every run agrees. */
static bool
is_before(const struct rcc_bulletin_ship *a, const struct rcc_bulletin_ship *b)
{
	if (a->is_called_on != b->is_called_on)
		return a->is_called_on;
	if (a->eta_min != b->eta_min)
		return a->eta_min < b->eta_min;
	if (a->range_m != b->range_m)
		return a->range_m < b->range_m;
	return a->mmsi.v < b->mmsi.v;
}

static void
insert_ship(struct rcc_bulletin *bulletin, const struct rcc_bulletin_ship *ship)
{
	bool is_full = bulletin->ship_count == RCC_BULLETIN_SHIPS_MAX;

	bulletin->ships_left_out += is_full;
	if (is_full && !is_before(ship, &bulletin->ship[bulletin->ship_count - 1]))
		return;
	uint32_t at = is_full ? bulletin->ship_count - 1 : bulletin->ship_count++;
	for (; at > 0 && is_before(ship, &bulletin->ship[at - 1]); at--)
		bulletin->ship[at] = bulletin->ship[at - 1];
	bulletin->ship[at] = *ship;
}

static void
put_ships(const struct rcc_core *core, const struct rcc_incident *incident, const struct rcc_broadcast *broadcast,
          struct rcc_bulletin *bulletin)
{
	for (const struct rcc_delivery *line = rcc_delivery_at(core, broadcast->newest_delivery); line != NULL;
	     line = rcc_delivery_at(core, line->of_broadcast)) {
		const struct rcc_peer *peer = rcc_peer_find(core, line->peer);
		const struct rcc_answer_state *answer = rcc_answer_find(core, incident, line->peer);
		struct rcc_bulletin_ship ship = {.mmsi = peer->mmsi,
		                                 .pos = RCC_POS_NONE,
		                                 .is_called_on = line->is_called_on,
		                                 .state = line->state,
		                                 .range_m = line->range_m,
		                                 .bearing_ddeg = line->bearing_ddeg,
		                                 .eta_min = line->eta_min,
		                                 .answer_eta_min = RCC_ETA_UNKNOWN_MIN};
		memcpy(ship.name, peer->name, sizeof ship.name);
		if (answer != NULL) {
			ship.answer = answer->body.kind;
			ship.answer_eta_min = answer->body.eta_min;
		}
		insert_ship(bulletin, &ship);
	}
}

enum rcc_status
rcc_bulletin_fill(const struct rcc_core *core, const struct rcc_incident *incident, int64_t now_ms,
                  struct rcc_bulletin *ret_bulletin)
{
	const struct rcc_broadcast *newest = rcc_broadcast_at(core, incident->newest_broadcast);

	if (incident->is_restricted)
		return RCC_E_NOT_ALLOWED;
	memset(ret_bulletin, 0, sizeof *ret_bulletin);
	put_facts(core, incident, ret_bulletin);
	if (!is_standing(incident)) {
		put_draft(core, incident, now_ms, ret_bulletin);
		put_earlier(core, newest, ret_bulletin);
		return RCC_OK;
	}
	put_broadcast(newest, ret_bulletin);
	put_earlier(core, rcc_broadcast_at(core, newest->previous), ret_bulletin);
	put_ships(core, incident, newest, ret_bulletin);
	return RCC_OK;
}

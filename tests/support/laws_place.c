/* laws_place.c - places of safety, recounted from what was said and not from what the core made of it. */
#include "laws_place.h"
#include "laws_internal.h"

#include <assert.h>
#include <string.h>

#include "core/place.h"
#include "core/request.h"
#include "rcc/units.h"

/* ---- the state ---- */

static void
laws_of_ships(const char **broken, const struct rcc_core *core, const struct rcc_place_state *place, uint32_t *ships)
{
	for (const struct rcc_place_ship *row = rcc_place_ship_at(core, place->newest_ship);
	     row != NULL && *broken == NULL; row = rcc_place_ship_at(core, row->previous)) {
		bool is_clean = place->checks == RCC_CHECKS_ALL && !place->is_unsafe && !place->is_feared;
		law(broken, row->place.v == place->id.v, "a place's list holds another place's ship");
		law(broken, rcc_place_ship_of(core, place, row->ship) == row, "a ship stands twice at one place");
		law(broken, !row->is_assigned || !place->is_refused, "a ship is on her way to a place that refuses");
		law(broken,
		    !row->is_assigned || is_clean || (row->overridden != 0 && row->first.v != 0 && row->by.v != 0),
		    "a ship is on her way to a place that something stands against");
		law(broken, !row->is_assigned || row->first.v == 0 || row->first.v != row->by.v,
		    "one officer decided twice");
		law(broken, row->pending_by.v == 0 || row->pending_at_ms != 0, "half a decision has no time");
		law(broken, (row->objections != 0) == (row->objected_at_ms != 0), "an objection is lost");
		(*ships)++;
	}
}

static void
laws_of_case(const char **broken, const struct rcc_core *core, const struct rcc_incident *incident, uint32_t *places,
             uint32_t *ships)
{
	for (const struct rcc_place_state *place = rcc_place_at(core, incident->newest_place);
	     place != NULL && *broken == NULL; place = rcc_place_at(core, place->previous)) {
		law(broken, place->incident.v == incident->id.v, "a case's list holds another one's place");
		law(broken, rcc_place_find(core, place->id) == place, "two places have one number");
		law(broken, rcc_place_named(core, incident, place->name) == place, "two places have one name");
		law(broken, (place->fears != 0) == (place->step_at_ms[RCC_PLACE_FEARED] != 0), "a fear is lost");
		law(broken, !place->is_unsafe || place->unsafe_reason[0] != '\0', "unsafe, and nobody says why");
		laws_of_ships(broken, core, place, ships);
		for (const struct rcc_place_ship *row = rcc_place_ship_at(core, place->newest_ship); row != NULL;
		     row = rcc_place_ship_at(core, row->previous))
			law(broken, !row->is_assigned || rcc_place_of_ship(core, incident, row->ship) == place,
			    "a ship has two places to go to");
		(*places)++;
	}
}

const char *
laws_of_places(const struct rcc_core *core)
{
	const char *broken = NULL;
	uint32_t places = 0;
	uint32_t ships = 0;
	uint32_t is_free = 0;
	uint32_t ship_is_free = 0;

	for (uint32_t i = 0; i < core->incident_top; i++) {
		if (core->incident[i].id.v != 0)
			laws_of_case(&broken, core, &core->incident[i], &places, &ships);
	}
	for (uint32_t slot1 = core->place_free; slot1 != 0; slot1 = core->place[slot1 - 1].previous)
		is_free++;
	for (uint32_t slot1 = core->place_ship_free; slot1 != 0; slot1 = core->place_ship[slot1 - 1].previous)
		ship_is_free++;
	law(&broken, places == core->place_count && places + is_free == core->place_top, "a place is lost");
	law(&broken, ships == core->place_ship_count && ships + ship_is_free == core->place_ship_top,
	    "a ship at a place is lost");
	return broken;
}

/* What was asked of another centre is of a case that can use it, and is answered at most twice. */
const char *
laws_of_requests(const struct rcc_core *core)
{
	const char *broken = NULL;

	for (uint32_t i = 0; i < RCC_REQUESTS_MAX; i++) {
		const struct rcc_request_state *row = &core->request[i];
		bool is_answered = row->stage == RCC_REQUEST_OFFERED || row->stage == RCC_REQUEST_REFUSED;
		bool is_open = row->stage == RCC_REQUEST_ASKED || row->stage == RCC_REQUEST_OFFERED;
		const struct rcc_incident *incident =
		    row->is_incoming ? NULL : rcc_incident_find(core, row->asked.incident);
		if (row->id.v == 0)
			continue;
		law(&broken, rcc_request_find(core, row->id) == row && row->id.v <= core->request_last,
		    "two requests have one number");
		law(&broken, row->turns <= RCC_REQUEST_TURNS_MAX, "a request is answered more than twice");
		law(&broken, !is_answered || row->turns > 0, "a request has an answer that nobody gave");
		law(&broken, row->is_incoming == (row->place.v == 0), "a request is of no place");
		law(&broken, row->is_incoming || incident == NULL || !incident->is_restricted,
		    "another centre hears of a restricted case");
		law(&broken, row->is_incoming || !is_open || rcc_request_is_wanted(core, row),
		    "a place is asked for a case that is over");
		law(&broken, row->said == 0 || (row->said_seq > 0 && row->said_seq <= core->seq),
		    "a word is owed that no entry holds");
	}
	return broken;
}

/* ---- the entries ---- */

/* The half of a decision that counts now, or NULL. */
static struct laws_half *
half_of(struct laws_story *story, const struct rcc_place *body)
{
	for (uint32_t i = 0; i < LAWS_HALVES_MAX; i++) {
		struct laws_half *half = &story->half[i];
		if (half->place == body->place.v && half->ship == body->ship.v && half->by != 0)
			return half;
	}
	return NULL;
}

/* Something new is known of the place, or of the ship there: what was half decided before counts no more. */
static void
forget_halves(struct laws_story *story, const struct rcc_place *body)
{
	for (uint32_t i = 0; i < LAWS_HALVES_MAX; i++) {
		struct laws_half *half = &story->half[i];
		bool is_of_ship = body->step != RCC_PLACE_OBJECTED || half->ship == body->ship.v;
		if (half->place == body->place.v && is_of_ship)
			memset(half, 0, sizeof *half);
	}
}

static bool
is_officer(const struct rcc_entry *entry)
{
	return entry->cause.origin.peer.v != 0 &&
	       (entry->cause.origin.role == RCC_ROLE_OFFICER || entry->cause.origin.role == RCC_ROLE_ADMIN);
}

/* The first half: kept, in the place of one that is over. */
static void
take_half(const char **broken, struct laws_story *story, const struct rcc_entry *entry, const struct rcc_place *body)
{
	struct laws_half *half = half_of(story, body);

	law(broken, is_officer(entry), "half a decision by somebody without a name");
	if (half == NULL)
		half = &story->half[story->halves++ % LAWS_HALVES_MAX];
	*half = (struct laws_half){.place = body->place.v,
	                           .ship = body->ship.v,
	                           .by = entry->cause.origin.peer.v,
	                           .at_ms = entry->cause.at_ms};
}

static void
law_of_assigned(const char **broken, struct laws_story *story, const struct rcc_core *core,
                const struct rcc_entry *entry, const struct rcc_place_stepped *stepped)
{
	const struct rcc_place *body = &stepped->body;
	const struct laws_place *place = &story->place[body->place.v];
	bool is_clean = place->checks == RCC_CHECKS_ALL && !place->is_unsafe && !place->is_feared;

	law(broken, !place->is_refused, "a ship was sent to a place that refuses");
	/* With a case that is taken over come the orders that stand, but none over what stands against a place. */
	bool is_taken = entry->cause.kind == RCC_COMMAND_HANDOVER &&
	                entry->cause.u.handover.step == RCC_HANDOVER_ACCEPT && is_clean && stepped->is_pending == 0;
	law(broken,
	    is_taken || (entry->cause.kind == RCC_COMMAND_PLACE && entry->cause.u.place.step == RCC_PLACE_ASSIGNED),
	    "a ship was sent and nobody said so");
	if (stepped->is_pending != 0) {
		take_half(broken, story, entry, body);
		return;
	}
	story->assignments++;
	if (is_clean)
		return;
	const struct laws_half *half = half_of(story, body);
	law(broken, is_officer(entry) && half != NULL, "a ship was sent where something stands against it by one word");
	if (half == NULL || *broken != NULL)
		return;
	const struct rcc_peer *first = rcc_peer_find(core, (struct rcc_peer_id){half->by});
	const struct rcc_peer *second = rcc_peer_find(core, stepped->by);
	law(broken, stepped->first.v == half->by && stepped->by.v != half->by, "one officer decided twice");
	law(broken, memcmp(&first->key, &second->key, sizeof first->key) != 0, "one key decided twice");
	law(broken, entry->cause.at_ms - half->at_ms <= RCC_MS_PER_HOUR, "the first word had lapsed");
	law(broken, stepped->first_reason[0] != '\0' && body->text[0] != '\0', "a decision has no reason");
	story->overrides++;
}

/* What came over a link is another centre's word, once, and says where it stands. */
static void
law_of_link(const char **broken, const struct rcc_entry *entry, const struct rcc_place_stepped *stepped)
{
	bool is_heard = entry->cause.kind == RCC_COMMAND_PLACE_REQUEST && stepped->body.step != RCC_PLACE_WITHDRAWN;

	law(broken, (stepped->record_count != 0) == is_heard, "a step of a place has the evidence of another");
	law(broken, !is_heard || stepped->request.v != 0, "another centre's word answers nothing");
}

static void
law_of_step(const char **broken, struct laws_story *story, const struct rcc_core *core, const struct rcc_entry *entry,
            const struct rcc_place_stepped *stepped)
{
	const struct rcc_place *body = &stepped->body;

	law_of_link(broken, entry, stepped);
	assert(body->place.v < LAWS_IDS_MAX);
	struct laws_place *place = &story->place[body->place.v];
	if (body->step == RCC_PLACE_ASSIGNED) {
		law_of_assigned(broken, story, core, entry, stepped);
		return;
	}
	if (body->step == RCC_PLACE_CHECKED) {
		place->checks = body->checks;
		law(broken, !place->is_unsafe || body->is_unsafe != 0 || is_officer(entry),
		    "a flag was lifted by somebody without a name");
		place->is_unsafe = body->is_unsafe != 0;
	}
	place->is_unsafe |= body->is_unsafe != 0;
	if (body->step == RCC_PLACE_FEARED || body->step == RCC_PLACE_REVIEWED)
		place->is_feared = body->step == RCC_PLACE_FEARED;
	if (body->step == RCC_PLACE_REFUSED || body->step == RCC_PLACE_OFFERED)
		place->is_refused = body->step == RCC_PLACE_REFUSED;
	if (body->step == RCC_PLACE_CHECKED || body->step == RCC_PLACE_FEARED || body->step == RCC_PLACE_REVIEWED ||
	    body->step == RCC_PLACE_REFUSED || body->step == RCC_PLACE_OFFERED || body->step == RCC_PLACE_OBJECTED)
		forget_halves(story, body);
}

const char *
laws_of_steps(struct laws_story *story, const struct rcc_core *core, const struct rcc_entry *entry)
{
	const char *broken = NULL;
	/* A ship's word of a case that was closed over it opens that case again. */
	bool is_late = entry->event_count > 0 && entry->event[0].kind == RCC_EVENT_INCIDENT_RESUMED;

	for (uint32_t i = 0; i < entry->event_count; i++) {
		const struct rcc_event *event = &entry->event[i];
		if (event->kind == RCC_EVENT_PLACE_STEPPED)
			law_of_step(&broken, story, core, entry, &event->u.place_stepped);
		else if (entry->cause.kind == RCC_COMMAND_PLACE && entry->cause.u.place.step == RCC_PLACE_OBJECTED)
			law(&broken,
			    is_late || event->kind == RCC_EVENT_COMMAND_REFUSED ||
			        event->kind == RCC_EVENT_INCIDENT_EVICTED || event->kind == RCC_EVENT_MESSAGE_CONFLICT,
			    "an objection moved something");
	}
	return broken;
}

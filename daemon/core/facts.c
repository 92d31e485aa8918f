/*
 * facts.c - what a case is about, told by its alerts one after the other: who, what, how many, where.
 *
 * One function takes one alert; joining an alert and counting anew after a split are the same function. Positions of
 * different sources that contradict each other are all kept and shown: nobody averages them, nobody chooses but a person.
 */
#include <assert.h>
#include <string.h>

#include "core/core_internal.h"
#include "rcc/units.h"

/* Two positions agree within three times their uncertainties (domain: IAMSAR's gate) and what a fast craft sails between. */
#define AGREE_FACTOR 3
#define AGREE_SPEED_DKN 300
#define AGREE_TIME_MAX_MS RCC_MS_PER_DAY
/* A position so much older than the one we have is no news; clocks and messages are not better than this. */
#define OLDER_MS RCC_MS_PER_MIN
/* Within this a coarser position of another transmitter is no news either; after it, it tells how the casualty drifts. */
#define FRESH_MS (15 * RCC_MS_PER_MIN)
/* A position that states no uncertainty is taken to be within this. */
#define RADIUS_MIN_M 500u

struct facts {
	struct rcc_incident_id incident;
	struct rcc_mmsi casualty;
	enum rcc_nature nature;
	uint32_t persons;
	char name[RCC_NAME_MAX + 1];
	struct rcc_pos pos;
	int64_t pos_at_ms;
	uint32_t pos_radius_m;
	struct rcc_alert_id pos_alert;
	bool is_conflict;
	uint32_t candidate_count;
	struct rcc_candidate candidate[RCC_CANDIDATES_MAX];
};

static struct facts
facts_of(const struct rcc_incident *incident)
{
	struct facts facts = {.incident = incident->id,
	                      .casualty = incident->casualty,
	                      .nature = incident->nature,
	                      .persons = incident->persons,
	                      .pos = incident->pos,
	                      .pos_at_ms = incident->pos_at_ms,
	                      .pos_radius_m = incident->pos_radius_m,
	                      .pos_alert = incident->pos_alert,
	                      .is_conflict = incident->is_conflict,
	                      .candidate_count = incident->candidate_count};

	memcpy(facts.name, incident->name, sizeof facts.name);
	memcpy(facts.candidate, incident->candidate, sizeof facts.candidate);
	return facts;
}

/* ---- where ---- */

static uint64_t
gate_m(uint32_t radius_a, uint32_t radius_b, int64_t between_ms)
{
	uint64_t radii = (uint64_t)(radius_a > RADIUS_MIN_M ? radius_a : RADIUS_MIN_M) +
	                 (radius_b > RADIUS_MIN_M ? radius_b : RADIUS_MIN_M);

	if (between_ms < 0)
		between_ms = -between_ms;
	if (between_ms > AGREE_TIME_MAX_MS)
		between_ms = AGREE_TIME_MAX_MS;
	/* 0.1 kn for a second is 1852/36000 m. */
	return AGREE_FACTOR * radii + (uint64_t)between_ms / RCC_MS_PER_S * AGREE_SPEED_DKN * RCC_M_PER_NM / 36000;
}

/* Can both be true? Times that are not known may be any. */
static bool
is_within_gate(struct rcc_pos a, const struct facts *facts, struct rcc_pos pos, int64_t at_ms, uint32_t radius_m)
{
	int64_t between_ms = facts->pos_at_ms == 0 || at_ms == 0 ? 0 : at_ms - facts->pos_at_ms;

	return rcc_geo_range_m(a, pos) <= gate_m(facts->pos_radius_m, radius_m, between_ms);
}

static bool
do_agree(struct rcc_pos a, const struct facts *facts, const struct rcc_alert *alert)
{
	return is_within_gate(a, facts, alert->pos, alert->pos_at_ms, alert->pos_radius_m);
}

static void
set_pos(struct facts *facts, const struct rcc_alert_state *row)
{
	facts->pos = row->body.pos;
	facts->pos_at_ms = row->body.pos_at_ms;
	facts->pos_radius_m = row->body.pos_radius_m;
	facts->pos_alert = row->id;
}

static void
settle(struct facts *facts)
{
	facts->candidate_count = 0;
	facts->is_conflict = false;
	memset(facts->candidate, 0, sizeof facts->candidate);
}

static void
add_candidate(struct facts *facts, struct rcc_pos pos, uint32_t percent)
{
	/* Beyond the limit the alert itself still shows its place. */
	if (facts->candidate_count < RCC_CANDIDATES_MAX)
		facts->candidate[facts->candidate_count++] = (struct rcc_candidate){pos, percent};
}

/* The candidate that this alert speaks of, or candidate_count. */
static uint32_t
candidate_of(const struct facts *facts, const struct rcc_alert *alert)
{
	uint32_t i = 0;

	while (i < facts->candidate_count && !do_agree(facts->candidate[i].pos, facts, alert))
		i++;
	return i;
}

/* Does this alert come from the transmitter whose position we go by? */
static bool
is_same_transmitter(const struct rcc_core *core, const struct facts *facts, const struct rcc_alert_state *row)
{
	const struct rcc_alert_state *before = rcc_alert_find(core, facts->pos_alert);

	return before != NULL && (before->id.v == row->id.v || (before->body.source == row->body.source &&
	                                                        rcc_correlate_is_same(&before->body, &row->body)));
}

/*
 * When was it there? A signal that does not say is of the time when it came, and so is one that is of a time to come: a wrong
 * year would hold the case at its place until that year.
 */
static int64_t
pos_time_ms(const struct rcc_alert_state *row, int64_t pos_at_ms)
{
	if (pos_at_ms > row->last_at_ms)
		return row->last_at_ms;
	return pos_at_ms != 0 ? pos_at_ms : row->recorded_at_ms;
}

/* Is the position that we have the better one? Older news moves nothing; a coarse position displaces no fine one of now. */
static bool
is_worse(const struct rcc_core *core, const struct facts *facts, const struct rcc_alert_state *row, bool is_same)
{
	const struct rcc_alert_state *before = rcc_alert_find(core, facts->pos_alert);
	int64_t have_ms = before == NULL ? facts->pos_at_ms : pos_time_ms(before, facts->pos_at_ms);
	int64_t later_ms = pos_time_ms(row, row->body.pos_at_ms) - have_ms;

	if (before != NULL && before->id.v == row->id.v)
		return false;
	return later_ms < -OLDER_MS ||
	       (!is_same && later_ms < FRESH_MS && row->body.pos_radius_m > facts->pos_radius_m);
}

/* One source gives several places: two Doppler solutions, of which one is true. */
static void
take_candidates(struct facts *facts, const struct rcc_alert_state *row, bool is_same)
{
	const struct rcc_alert *alert = &row->body;
	bool is_known = rcc_pos_is_known(facts->pos) && !is_same && facts->candidate_count == 0;

	for (uint32_t i = 0; is_known && i < alert->candidate_count; i++) {
		struct rcc_alert one = {
		    .pos = alert->candidate[i].pos, .pos_at_ms = alert->pos_at_ms, .pos_radius_m = alert->pos_radius_m};
		/* What another source told already says which of them is true. */
		if (do_agree(facts->pos, facts, &one))
			return;
	}
	struct rcc_pos before = facts->pos;
	settle(facts);
	for (uint32_t i = 0; i < alert->candidate_count; i++)
		add_candidate(facts, alert->candidate[i].pos, alert->candidate[i].percent);
	facts->is_conflict = is_known;
	if (is_known)
		add_candidate(facts, before, 0);
	else
		set_pos(facts, row);
}

/* One place, while several are held open. */
static void
take_among_candidates(struct facts *facts, const struct rcc_alert_state *row, bool is_same)
{
	uint32_t i = candidate_of(facts, &row->body);

	if (!facts->is_conflict && i < facts->candidate_count) {
		settle(facts);
		set_pos(facts, row);
		return;
	}
	facts->is_conflict = true;
	if (i < facts->candidate_count)
		facts->candidate[i].pos = row->body.pos;
	else
		add_candidate(facts, row->body.pos, 0);
	if (is_same)
		set_pos(facts, row);
}

static void
take_pos(const struct rcc_core *core, struct facts *facts, const struct rcc_alert_state *row)
{
	const struct rcc_alert *alert = &row->body;
	bool is_same = is_same_transmitter(core, facts, row);

	if (alert->candidate_count > 1) {
		take_candidates(facts, row, is_same);
		return;
	}
	if (!rcc_pos_is_known(alert->pos))
		return;
	bool is_confirmed = (alert->marks & RCC_ALERT_POS_CONFIRMED) != 0;
	if (is_confirmed && !facts->is_conflict)
		settle(facts);
	if (facts->candidate_count > 0) {
		take_among_candidates(facts, row, is_same);
		return;
	}
	bool is_known = rcc_pos_is_known(facts->pos);
	/* One transmitter moves its own place, but not where nothing afloat can be by then: one of the two is wrong. */
	bool is_moved = is_same && (alert->marks & RCC_ALERT_POS_JUMP) == 0;
	if (!is_known || is_confirmed || is_moved || do_agree(facts->pos, facts, alert)) {
		if (!is_known || is_confirmed || !is_worse(core, facts, row, is_same))
			set_pos(facts, row);
		return;
	}
	add_candidate(facts, facts->pos, 0);
	add_candidate(facts, alert->pos, 0);
	facts->is_conflict = true;
}

/* ---- who, what, how many ---- */

/* "A beacon sounds" is what is said while nothing is known. */
static bool
is_vague(enum rcc_nature nature)
{
	return nature == RCC_NATURE_NOT_STATED || nature == RCC_NATURE_BEACON;
}

/* The casualty's own crew and officers correct what was known; others tell what was not. */
static bool
may_correct(const struct rcc_alert *alert)
{
	return alert->source == RCC_SOURCE_CREW || alert->source == RCC_SOURCE_OFFICER;
}

/* An alert of a case that was joined to this one: it stays the story of the other half, and corrects nothing. */
static bool
is_from_elsewhere(const struct facts *facts, const struct rcc_alert_state *row)
{
	return row->first.v != 0 && row->first.v != facts->incident.v;
}

static void
take_words(struct facts *facts, const struct rcc_alert_state *row, uint32_t stated)
{
	const struct rcc_alert *alert = &row->body;
	bool is_foreign = is_from_elsewhere(facts, row);
	bool corrects = may_correct(alert) && !is_foreign;
	/* Two halves of one case that count differently: look for as many as the larger number. */
	bool is_more = is_foreign && alert->persons > facts->persons;

	if (alert->nature != RCC_NATURE_NOT_STATED && (stated & RCC_STATED_NATURE) == 0 &&
	    (corrects || facts->nature == RCC_NATURE_NOT_STATED ||
	     (is_vague(facts->nature) && !is_vague(alert->nature))))
		facts->nature = alert->nature;
	if (alert->persons != 0 && (stated & RCC_STATED_PERSONS) == 0 && (corrects || is_more || facts->persons == 0))
		facts->persons = alert->persons;
	if (alert->name[0] != '\0' && facts->name[0] == '\0')
		memcpy(facts->name, alert->name, sizeof facts->name);
	if (alert->casualty.v != 0 && (stated & RCC_STATED_CASUALTY) == 0 &&
	    (facts->casualty.v == 0 || (!rcc_mmsi_is_ship(facts->casualty) && rcc_mmsi_is_ship(alert->casualty))))
		facts->casualty = alert->casualty;
}

static void
take_alert(const struct rcc_core *core, struct facts *facts, const struct rcc_alert_state *row,
           const struct rcc_stated *stated)
{
	const struct rcc_incident *incident = rcc_incident_find(core, facts->incident);

	/* A withdrawal says nothing of what it withdraws. */
	if ((row->body.marks & RCC_ALERT_SELF_CANCEL) != 0)
		return;
	uint32_t over = rcc_stated_over(core, incident, row);
	/* A station that acknowledges repeats what it heard: it adds what is missing, and contradicts nothing. */
	bool is_echo = (row->body.marks & RCC_ALERT_ACKNOWLEDGED) != 0;

	take_words(facts, row, stated->mask | over);
	if ((over & RCC_STATED_POS) == 0 && (!is_echo || !rcc_pos_is_known(facts->pos)))
		take_pos(core, facts, row);
}

/* ---- what changed ---- */

static bool
is_same_candidates(const struct facts *a, const struct rcc_incident *b)
{
	if (a->candidate_count != b->candidate_count || a->is_conflict != b->is_conflict)
		return false;
	for (uint32_t i = 0; i < a->candidate_count; i++) {
		if (a->candidate[i].pos.lat_e7 != b->candidate[i].pos.lat_e7 ||
		    a->candidate[i].pos.lon_e7 != b->candidate[i].pos.lon_e7 ||
		    a->candidate[i].percent != b->candidate[i].percent)
			return false;
	}
	return true;
}

static void
emit_places(struct rcc_step *step, struct rcc_incident_id id, struct rcc_alert_id alert, const struct facts *facts)
{
	const struct rcc_incident *incident = rcc_incident_find(step->core, id);

	if (is_same_candidates(facts, incident))
		return;
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_PLACES_REVISED);
	event->u.places.incident = id;
	event->u.places.alert = alert;
	event->u.places.is_conflict = facts->is_conflict;
	event->u.places.candidate_count = facts->candidate_count;
	memcpy(event->u.places.candidate, facts->candidate, sizeof facts->candidate);
	rcc_step_emit(step, event);
}

static void
emit_words(struct rcc_step *step, struct rcc_incident_id id, const struct rcc_alert_state *row,
           const struct facts *facts)
{
	const struct rcc_incident *incident = rcc_incident_find(step->core, id);
	/* New words alone are news for ships on their way. */
	bool has_words = may_correct(&row->body) && row->body.text[0] != '\0' && rcc_incident_is_standing(incident);

	if (facts->nature == incident->nature && facts->persons == incident->persons &&
	    facts->casualty.v == incident->casualty.v && strcmp(facts->name, incident->name) == 0 && !has_words)
		return;
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_FACTS_REVISED);
	event->u.facts.incident = id;
	event->u.facts.alert = row->id;
	event->u.facts.nature = facts->nature;
	event->u.facts.persons = facts->persons;
	event->u.facts.casualty = facts->casualty;
	memcpy(event->u.facts.name, facts->name, sizeof facts->name);
	rcc_step_emit(step, event);
}

static void
emit_pos(struct rcc_step *step, struct rcc_incident_id id, const struct facts *facts)
{
	const struct rcc_incident *incident = rcc_incident_find(step->core, id);

	if (!rcc_pos_is_known(facts->pos) ||
	    (facts->pos.lat_e7 == incident->pos.lat_e7 && facts->pos.lon_e7 == incident->pos.lon_e7 &&
	     facts->pos_at_ms == incident->pos_at_ms && facts->pos_alert.v == incident->pos_alert.v))
		return;
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_POSITION_REVISED);
	event->u.revised = (struct rcc_position_revised){.incident = id,
	                                                 .alert = facts->pos_alert,
	                                                 .pos = facts->pos,
	                                                 .pos_at_ms = facts->pos_at_ms,
	                                                 .pos_radius_m = facts->pos_radius_m};
	rcc_step_emit(step, event);
}

/* After all alerts: as many people as an officer knows of, and where the ships were called to, if nothing tells better. */
static void
take_last_word(struct facts *facts, const struct rcc_stated *stated)
{
	const struct rcc_incident *last = stated->last_word;

	if (facts->persons < stated->persons)
		facts->persons = stated->persons;
	if (last == NULL || rcc_pos_is_known(facts->pos))
		return;
	facts->pos = last->broadcast_pos;
	facts->pos_at_ms = last->pos_at_ms;
	facts->pos_radius_m = last->pos_radius_m;
	if (facts->nature == RCC_NATURE_NOT_STATED)
		facts->nature = last->nature;
	if (facts->persons == 0)
		facts->persons = last->persons;
}

void
rcc_facts_take(struct rcc_step *step, struct rcc_incident_id id, struct rcc_alert_id alert)
{
	const struct rcc_incident *incident = rcc_incident_find(step->core, id);
	const struct rcc_alert_state *row = rcc_alert_find(step->core, alert);
	struct facts facts = facts_of(incident);
	struct rcc_stated stated;

	rcc_stated_of(step->core, incident, &stated);
	take_alert(step->core, &facts, row, &stated);
	take_last_word(&facts, &stated);
	emit_words(step, id, row, &facts);
	emit_pos(step, id, &facts);
	emit_places(step, id, alert, &facts);
}

/* The incident's alert with the lowest id above `after`, or NULL: the order in which they came. */
static const struct rcc_alert_state *
next_alert(const struct rcc_core *core, struct rcc_incident_id incident, uint32_t after)
{
	const struct rcc_alert_state *next = NULL;

	for (uint32_t i = 0; i < core->alert_top; i++) {
		const struct rcc_alert_state *row = &core->alert[i];
		if (row->id.v > after && row->incident.v == incident.v && (next == NULL || row->id.v < next->id.v))
			next = row;
	}
	return next;
}

/* Places that officers stated of cases that are one now: those that cannot both be true are held open side by side. */
static void
take_stated_places(struct facts *facts, const struct rcc_stated *stated)
{
	const struct rcc_stated_place *first = &stated->place[0];

	if (stated->place_count == 0)
		return;
	facts->pos = first->pos;
	facts->pos_at_ms = first->at_ms;
	facts->pos_radius_m = first->radius_m;
	for (uint32_t i = 1; i < stated->place_count; i++) {
		const struct rcc_stated_place *place = &stated->place[i];
		bool is_known = is_within_gate(first->pos, facts, place->pos, place->at_ms, place->radius_m);
		for (uint32_t j = 0; j < facts->candidate_count && !is_known; j++)
			is_known =
			    is_within_gate(facts->candidate[j].pos, facts, place->pos, place->at_ms, place->radius_m);
		if (is_known)
			continue;
		if (facts->candidate_count == 0)
			add_candidate(facts, first->pos, 0);
		add_candidate(facts, place->pos, 0);
		facts->is_conflict = true;
	}
}

/* What officers stated stays; the rest begins from nothing. */
static struct facts
stated_facts(const struct rcc_incident *incident, const struct rcc_stated *stated)
{
	struct facts facts = {
	    .incident = incident->id, .casualty = stated->casualty, .nature = stated->nature, .pos = RCC_POS_NONE};

	if ((stated->mask & RCC_STATED_PERSONS) != 0)
		facts.persons = stated->persons;
	memcpy(facts.name, stated->name, sizeof facts.name);
	take_stated_places(&facts, stated);
	return facts;
}

void
rcc_facts_recount(struct rcc_step *step, struct rcc_incident_id id, const char *reason)
{
	const struct rcc_core *core = step->core;
	const struct rcc_incident *incident = rcc_incident_find(core, id);
	const struct rcc_alert_state *row = next_alert(core, id, 0);
	struct rcc_stated stated;
	size_t len = strlen(reason);

	rcc_stated_of(core, incident, &stated);
	struct facts facts = stated_facts(incident, &stated);

	for (; row != NULL; row = next_alert(core, id, row->id.v)) {
		if (!is_from_elsewhere(&facts, row))
			take_alert(core, &facts, row, &stated);
	}
	for (row = next_alert(core, id, 0); row != NULL; row = next_alert(core, id, row->id.v)) {
		if (is_from_elsewhere(&facts, row))
			take_alert(core, &facts, row, &stated);
	}
	take_last_word(&facts, &stated);
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_INCIDENT_REVISED);
	struct rcc_incident_revised *revised = &event->u.incident;
	*revised = (struct rcc_incident_revised){.incident = id,
	                                         .by = step->entry->cause.origin.peer,
	                                         .casualty = facts.casualty,
	                                         .nature = facts.nature,
	                                         .persons = facts.persons,
	                                         .pos = facts.pos,
	                                         .pos_at_ms = facts.pos_at_ms,
	                                         .pos_radius_m = facts.pos_radius_m,
	                                         .pos_alert = facts.pos_alert,
	                                         .verified = stated.is_verified,
	                                         .stated = incident->stated};
	memcpy(revised->name, facts.name, sizeof revised->name);
	assert(len <= RCC_TEXT_MAX);
	memcpy(revised->reason, reason, len);
	rcc_step_emit(step, event);
	emit_places(step, id, (struct rcc_alert_id){0}, &facts);
}

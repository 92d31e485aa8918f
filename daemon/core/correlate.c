/*
 * correlate.c - which signals speak of the same people.
 *
 * The machine joins by itself on strong keys alone: the same 406 MHz beacon, the same MMSI within the joining window, the
 * two halves of one EPIRB. Everything weaker (call sign, name, the caller's number, nearness in space and time) is a
 * suggestion with its reason and score, for a person. Class and restriction are walls: nothing joins across them.
 */
#include <assert.h>
#include <string.h>

#include "core/core_internal.h"
#include "rcc/units.h"

/* Digits of a beacon's identity that both generations share: a 23-digit one begins with its 15-digit one. */
#define BEACON_SHARED 15
/* Four digits name one EPIRB in ten thousand: farther apart than this they are not taken for two halves of one. */
#define EPIRB_HALVES_MAX_M (50 * RCC_M_PER_NM)
/* The gate of nearness: three times both uncertainties and what the faster could have sailed, within six hours. */
#define NEAR_FACTOR 3
#define NEAR_WINDOW_MS (6 * RCC_MS_PER_HOUR)
#define NEAR_SPEED_DKN 250
/* A position that states no uncertainty is taken to be within this. */
#define RADIUS_MIN_M 500u

enum score {
	SCORE_STRONG =
	    93, /* a strong key of a signal that no machine may act upon: a withdrawal, a doubtful checksum */
	SCORE_EPIRB_FAR = 60,
	SCORE_CONTACT = 90,
	SCORE_CALLSIGN = 85,
	SCORE_NAME = 60,
	SCORE_NEAR_MAX = 70,
	SCORE_NEAR_MIN = 30,
};

bool
rcc_correlate_is_same_beacon(const struct rcc_alert *a, const struct rcc_alert *b)
{
	return a->beacon[0] != '\0' && strncmp(a->beacon, b->beacon, BEACON_SHARED) == 0;
}

bool
rcc_correlate_is_same(const struct rcc_alert *a, const struct rcc_alert *b)
{
	return rcc_correlate_is_same_beacon(a, b) || (a->casualty.v != 0 && a->casualty.v == b->casualty.v);
}

/* Does `told`, the 406 MHz half, name the number of `heard`, the AIS half (974XXYYYY)? */
static bool
is_half_of(const struct rcc_alert *told, const struct rcc_alert *heard)
{
	return told->epirb_link != 0 && heard->source == RCC_SOURCE_AIS_BEACON && heard->casualty.v / 1000000 == 974 &&
	       RCC_EPIRB_LINK(heard->casualty.v % 10000) == told->epirb_link;
}

static bool
are_halves(const struct rcc_alert *a, const struct rcc_alert *b)
{
	return is_half_of(a, b) || is_half_of(b, a);
}

static bool
are_near_enough(const struct rcc_alert *a, const struct rcc_alert *b)
{
	uint32_t range_m = rcc_geo_range_m(a->pos, b->pos);

	return range_m == RCC_RANGE_UNKNOWN_M || range_m <= EPIRB_HALVES_MAX_M;
}

/* The strong key that an alert shares with one that was recorded; 0 = none. */
static enum rcc_join
strong_key(const struct rcc_alert *alert, const struct rcc_alert *other)
{
	if (rcc_correlate_is_same_beacon(alert, other))
		return RCC_JOIN_BEACON;
	if (alert->casualty.v != 0 && alert->casualty.v == other->casualty.v)
		return RCC_JOIN_MMSI;
	return are_halves(alert, other) && are_near_enough(alert, other) ? RCC_JOIN_EPIRB_AIS : (enum rcc_join)0;
}

static uint32_t
strength(enum rcc_join why)
{
	return why == RCC_JOIN_BEACON ? 3 : why == RCC_JOIN_MMSI ? 2 : 1;
}

static bool
is_restricted(const struct rcc_alert *alert)
{
	return (alert->marks & RCC_ALERT_RESTRICTED) != 0;
}

/* Could an alert stand in this incident at all? */
static bool
may_hold(const struct rcc_incident *incident, const struct rcc_alert *alert)
{
	/* A case that another centre has is none of ours: who calls anew is acted upon here, at once. */
	return incident->id.v != 0 && incident->status != RCC_INCIDENT_CLOSED &&
	       incident->status != RCC_INCIDENT_TRANSFERRED && incident->class == alert->class &&
	       incident->is_restricted == is_restricted(alert);
}

struct rcc_match
rcc_correlate_find(const struct rcc_core *core, const struct rcc_alert *alert, int64_t at_ms)
{
	int64_t window_ms = core->run.rules.join_window_ms;
	struct rcc_match match = {NULL, RCC_JOIN_MMSI};
	uint32_t best = 0;

	for (uint32_t i = 0; i < core->alert_top; i++) {
		const struct rcc_alert_state *row = &core->alert[i];
		if (row->id.v == 0 || row->incident.v == 0)
			continue;
		enum rcc_join why = strong_key(alert, &row->body);
		/* A ship may be in distress anew tomorrow; a beacon that still sounds is the same case. */
		if (why != RCC_JOIN_BEACON && at_ms - row->last_at_ms > window_ms)
			continue;
		const struct rcc_incident *incident = why == 0 ? NULL : rcc_incident_find(core, row->incident);
		if (incident == NULL || !may_hold(incident, alert))
			continue;
		/* The strongest key, and of those the oldest case: later ones may have been opened in doubt. */
		if (strength(why) > best || (strength(why) == best && incident->id.v < match.incident->id.v)) {
			best = strength(why);
			match = (struct rcc_match){incident, why};
		}
	}
	/* An officer may have stated whose case it is. */
	for (uint32_t i = 0; match.incident == NULL && alert->casualty.v != 0 && i < core->incident_top; i++) {
		const struct rcc_incident *incident = &core->incident[i];
		if (may_hold(incident, alert) && incident->casualty.v == alert->casualty.v &&
		    at_ms - incident->signal_at_ms <= window_ms)
			match.incident = incident;
	}
	return match;
}

/* Letters and digits alone, in capitals: "M/V  Aurora" and "MV AURORA" are one name. */
static size_t
plain_name(const char *name, char plain[RCC_NAME_MAX + 1])
{
	size_t len = 0;

	for (; *name != '\0'; name++) {
		char c = *name;
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80)
			plain[len++] = c;
	}
	plain[len] = '\0';
	return len;
}

static bool
is_same_name(const char *a, const char *b)
{
	char plain_a[RCC_NAME_MAX + 1];
	char plain_b[RCC_NAME_MAX + 1];

	return plain_name(a, plain_a) > 2 && plain_name(b, plain_b) > 2 && strcmp(plain_a, plain_b) == 0;
}

static uint32_t
radius_m(const struct rcc_alert *alert)
{
	return alert->pos_radius_m > RADIUS_MIN_M ? alert->pos_radius_m : RADIUS_MIN_M;
}

/* How near in space and time, as a score; 0 = outside the gate. */
static uint32_t
near_score(const struct rcc_alert *alert, struct rcc_pos pos, uint32_t pos_radius_m, int64_t age_ms)
{
	uint32_t range_m = rcc_geo_range_m(alert->pos, pos);

	if (range_m == RCC_RANGE_UNKNOWN_M || age_ms < 0 || age_ms > NEAR_WINDOW_MS)
		return 0;
	/* 0.1 kn for a second is 1852/36000 m. */
	uint64_t sailed_m = (uint64_t)age_ms * NEAR_SPEED_DKN * RCC_M_PER_NM / (36000 * (uint64_t)RCC_MS_PER_S);
	uint64_t gate_m =
	    NEAR_FACTOR * ((uint64_t)radius_m(alert) + (pos_radius_m > RADIUS_MIN_M ? pos_radius_m : RADIUS_MIN_M)) +
	    sailed_m;
	if (range_m > gate_m)
		return 0;
	return SCORE_NEAR_MAX - (uint32_t)((SCORE_NEAR_MAX - SCORE_NEAR_MIN) * (uint64_t)range_m / gate_m);
}

/* The best reason why an alert may belong with one that was recorded. */
static struct rcc_suggestion
weak_key(const struct rcc_alert *alert, const struct rcc_alert_state *row, int64_t at_ms)
{
	const struct rcc_alert *other = &row->body;
	uint32_t near = near_score(alert, other->pos, other->pos_radius_m, at_ms - row->last_at_ms);

	enum rcc_join strong = strong_key(alert, other);

	if (strong != 0)
		return (struct rcc_suggestion){.why = strong, .score = SCORE_STRONG + strength(strong)};
	if (alert->contact != 0 && alert->contact == other->contact)
		return (struct rcc_suggestion){.why = RCC_JOIN_CONTACT, .score = SCORE_CONTACT};
	if (alert->callsign[0] != '\0' && strcmp(alert->callsign, other->callsign) == 0)
		return (struct rcc_suggestion){.why = RCC_JOIN_CALLSIGN, .score = SCORE_CALLSIGN};
	if (near < SCORE_NAME && is_same_name(alert->name, other->name))
		return (struct rcc_suggestion){.why = RCC_JOIN_NAME, .score = SCORE_NAME};
	if (near < SCORE_EPIRB_FAR && are_halves(alert, other))
		return (struct rcc_suggestion){.why = RCC_JOIN_EPIRB_AIS, .score = SCORE_EPIRB_FAR};
	return (struct rcc_suggestion){.why = RCC_JOIN_NEAR, .score = near};
}

/* Keeps the best few, one for each incident, best first. */
static void
keep_best(struct rcc_suggestion best[RCC_SUGGESTIONS_MAX], const struct rcc_suggestion *found)
{
	for (uint32_t i = 0; i < RCC_SUGGESTIONS_MAX; i++) {
		if (best[i].score != 0 && best[i].incident.v == found->incident.v) {
			if (found->score <= best[i].score)
				return;
			memmove(&best[i], &best[i + 1], (RCC_SUGGESTIONS_MAX - 1 - i) * sizeof best[0]);
			best[RCC_SUGGESTIONS_MAX - 1].score = 0;
			break;
		}
	}
	uint32_t at = 0;
	while (at < RCC_SUGGESTIONS_MAX && best[at].score >= found->score)
		at++;
	if (at == RCC_SUGGESTIONS_MAX)
		return;
	memmove(&best[at + 1], &best[at], (RCC_SUGGESTIONS_MAX - 1 - at) * sizeof best[0]);
	best[at] = *found;
}

static bool
is_candidate(const struct rcc_core *core, const struct rcc_alert_state *row, const struct rcc_alert_state *alert,
             int64_t at_ms)
{
	if (row->id.v == 0 || row->incident.v == 0 || row->incident.v == alert->incident.v ||
	    at_ms - row->last_at_ms > (int64_t)core->run.rules.join_window_ms)
		return false;
	const struct rcc_incident *incident = rcc_incident_find(core, row->incident);
	return incident != NULL && may_hold(incident, &alert->body);
}

void
rcc_correlate_suggest(struct rcc_step *step, struct rcc_alert_id id, struct rcc_incident_id over)
{
	const struct rcc_core *core = step->core;
	const struct rcc_alert_state *alert = rcc_alert_find(core, id);
	int64_t at_ms = step->entry->cause.at_ms;
	struct rcc_suggestion best[RCC_SUGGESTIONS_MAX] = {{.score = 0}};

	/* One that waited for a person was compared when it came. */
	if (alert->suggestion_count > 0)
		return;
	if (rcc_incident_find(core, over) != NULL)
		best[0] = (struct rcc_suggestion){.incident = over, .why = RCC_JOIN_LEFT_ON, .score = SCORE_STRONG};
	for (uint32_t i = 0; i < core->alert_top; i++) {
		const struct rcc_alert_state *row = &core->alert[i];
		if (!is_candidate(core, row, alert, at_ms))
			continue;
		struct rcc_suggestion found = weak_key(&alert->body, row, at_ms);
		found.incident = row->incident;
		/* Whose beacon it is stands fixed: that another case is near says nothing. */
		bool is_said = over.v != 0 && (found.why == RCC_JOIN_NEAR || found.incident.v == over.v);
		if (found.score > 0 && !is_said)
			keep_best(best, &found);
	}
	for (uint32_t i = 0; i < RCC_SUGGESTIONS_MAX && best[i].score > 0; i++) {
		struct rcc_event *event = rcc_step_event(step, RCC_EVENT_SUGGESTED);
		event->u.suggested = (struct rcc_suggested){
		    .alert = id, .incident = best[i].incident, .why = best[i].why, .score = best[i].score};
		rcc_step_emit(step, event);
	}
}

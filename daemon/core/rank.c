/* rank.c - the order of ships that could help; see rank.h for what it may read. */
#include "core/rank.h"

#include <assert.h>
#include <string.h>

#include "core/core_internal.h"
#include "core/duty.h"
#include "core/geo.h"
#include "core/persons.h"
#include "rcc/units.h"

#define NAV_NOT_UNDER_COMMAND 2u
#define NAV_AGROUND 6u

static uint32_t
value_of(const struct rcc_rank_ship *ship, enum rcc_profile_key key)
{
	return ship->profile == NULL ? RCC_PROFILE_UNKNOWN : ship->profile->v[key];
}

static bool
has(const struct rcc_rank_ship *ship, enum rcc_profile_key key)
{
	uint32_t value = value_of(ship, key);
	return value != RCC_PROFILE_UNKNOWN && value > 0;
}

/* ---- time to get there ---- */

static uint32_t
class_of(uint32_t eta_min)
{
	static const uint32_t ends_min[] = {30, 60, 120, 180, 240, 360, 720};
	uint32_t class = 0;

	while (class < sizeof ends_min / sizeof ends_min[0] && eta_min > ends_min[class])
		class ++;
	return class;
}

static void
reckon(struct rcc_rank *rank, const struct rcc_rank_case *of, const struct rcc_rank_ship *ship)
{
	uint32_t declared_dkn = value_of(ship, RCC_PROFILE_MAX_SPEED);

	rank->range_m = RCC_RANGE_UNKNOWN_M;
	rank->bearing_ddeg = RCC_BEARING_UNKNOWN_DDEG;
	for (uint32_t i = 0; i < of->place_count; i++) {
		uint32_t range_m;
		uint32_t bearing_ddeg;
		rcc_geo_leg(ship->pos, of->place[i], &range_m, &bearing_ddeg);
		if (range_m >= rank->range_m)
			continue;
		rank->range_m = range_m;
		rank->bearing_ddeg = bearing_ddeg;
	}
	rank->speed_dkn = rcc_geo_speed_dkn(ship->sog_dkn, of->assumed_speed_dkn);
	/* rcc_geo_speed_dkn() takes a ship that hardly moves for one whose speed is not known. */
	rank->basis = rank->speed_dkn == ship->sog_dkn ? RCC_SPEED_OBSERVED : RCC_SPEED_ASSUMED;
	if (declared_dkn != RCC_PROFILE_UNKNOWN && declared_dkn > 0) {
		rank->speed_dkn = declared_dkn;
		rank->basis = RCC_SPEED_DECLARED;
	}
	rank->eta_min = rcc_geo_eta_min(rank->range_m, rank->speed_dkn);
	rank->eta_class = class_of(rank->eta_min);
	rank->age_ms = ship->seen_at_ms == 0 ? -1 : of->now_ms - ship->seen_at_ms;
	if (ship->seen_at_ms != 0 && rank->age_ms < 0)
		rank->age_ms = 0;
}

/* ---- terms ---- */

/* Can a boat of hers be launched in this sea? Unknown if the sea or her limit is. */
static enum rcc_fit
boat_fit(const struct rcc_rank_ship *ship, uint32_t sea_state)
{
	uint32_t boats = value_of(ship, RCC_PROFILE_RESCUE_BOATS);
	uint32_t limit = value_of(ship, RCC_PROFILE_BOAT_SEA);

	if (boats == 0)
		return RCC_FIT_POOR;
	if (boats == RCC_PROFILE_UNKNOWN || limit == RCC_PROFILE_UNKNOWN || sea_state == RCC_PROFILE_UNKNOWN)
		return RCC_FIT_UNKNOWN;
	return sea_state <= limit ? RCC_FIT_GOOD : RCC_FIT_POOR;
}

/* Can people be taken over her lowest edge by hand? */
static enum rcc_fit
deck_fit(const struct rcc_rank_ship *ship, uint32_t sea_state)
{
	uint32_t freeboard_dm = value_of(ship, RCC_PROFILE_FREEBOARD);
	bool is_calm = sea_state == RCC_PROFILE_UNKNOWN || sea_state <= RCC_RANK_LOW_SEA_MAX;

	if (has(ship, RCC_PROFILE_SIDE_PORT) && is_calm)
		return RCC_FIT_GOOD;
	if (freeboard_dm == RCC_PROFILE_UNKNOWN)
		return RCC_FIT_UNKNOWN;
	return freeboard_dm <= RCC_RANK_LOW_DM && is_calm ? RCC_FIT_GOOD : RCC_FIT_POOR;
}

/* Means that lift people who cannot climb. */
static enum rcc_fit
lift_fit(const struct rcc_rank_ship *ship)
{
	if (has(ship, RCC_PROFILE_CRADLES) || has(ship, RCC_PROFILE_CRANE))
		return RCC_FIT_GOOD;
	if (value_of(ship, RCC_PROFILE_CRADLES) == 0 && value_of(ship, RCC_PROFILE_CRANE) == 0)
		return RCC_FIT_POOR;
	return RCC_FIT_UNKNOWN;
}

/* One way that works is enough; only when every way is known not to work she is a poor choice (s003 par. 45). */
static enum rcc_fit
recovery_fit(const struct rcc_rank_ship *ship, uint32_t sea_state)
{
	enum rcc_fit boat = boat_fit(ship, sea_state);
	enum rcc_fit deck = deck_fit(ship, sea_state);
	enum rcc_fit lift = lift_fit(ship);

	if (boat == RCC_FIT_GOOD || deck == RCC_FIT_GOOD || lift == RCC_FIT_GOOD)
		return RCC_FIT_GOOD;
	return boat == RCC_FIT_POOR && deck == RCC_FIT_POOR && lift == RCC_FIT_POOR ? RCC_FIT_POOR : RCC_FIT_UNKNOWN;
}

static enum rcc_fit
capacity_fit(uint32_t places, uint32_t persons)
{
	if (places == 0)
		return RCC_FIT_POOR;
	if (places == RCC_PROFILE_UNKNOWN || persons == 0)
		return RCC_FIT_UNKNOWN;
	return places >= persons ? RCC_FIT_GOOD : RCC_FIT_POOR;
}

static enum rcc_fit
medical_fit(const struct rcc_rank_ship *ship)
{
	if (has(ship, RCC_PROFILE_DOCTORS) || has(ship, RCC_PROFILE_PARAMEDICS))
		return RCC_FIT_GOOD;
	if (value_of(ship, RCC_PROFILE_DOCTORS) == 0 && value_of(ship, RCC_PROFILE_PARAMEDICS) == 0)
		return RCC_FIT_POOR;
	return RCC_FIT_UNKNOWN;
}

/* Her values, with the survivors whom the centre knows aboard. */
static struct rcc_profile_values
values_now(const struct rcc_rank_ship *ship)
{
	struct rcc_profile_values values;

	rcc_profile_clear(&values);
	if (ship->profile != NULL)
		values = *ship->profile;
	uint32_t declared = values.v[RCC_PROFILE_SURVIVORS_ABOARD];
	if (ship->aboard > 0 && (declared == RCC_PROFILE_UNKNOWN || declared < ship->aboard))
		values.v[RCC_PROFILE_SURVIVORS_ABOARD] = ship->aboard;
	return values;
}

static void
weigh(struct rcc_rank *rank, const struct rcc_rank_case *of, const struct rcc_rank_ship *ship)
{
	rank->freeboard_dm = value_of(ship, RCC_PROFILE_FREEBOARD);
	rank->boats = value_of(ship, RCC_PROFILE_RESCUE_BOATS);
	rank->boat_sea = value_of(ship, RCC_PROFILE_BOAT_SEA);
	rank->doctors = value_of(ship, RCC_PROFILE_DOCTORS);
	rank->paramedics = value_of(ship, RCC_PROFILE_PARAMEDICS);
	rank->interpreters = value_of(ship, RCC_PROFILE_INTERPRETERS);
	rank->female_staff = value_of(ship, RCC_PROFILE_FEMALE_STAFF);
	struct rcc_profile_values values = values_now(ship);
	rank->places = rcc_profile_places(&values);
	rank->fuel_h = value_of(ship, RCC_PROFILE_FUEL_HOURS);
	rank->recovery = recovery_fit(ship, of->sea_state);
	rank->capacity = capacity_fit(rank->places, of->persons);
	rank->medical = medical_fit(ship);
	rank->endurance = RCC_FIT_UNKNOWN;
	if (rank->eta_min == RCC_ETA_UNKNOWN_MIN)
		return;
	rank->need_h = (uint32_t)((2 * (uint64_t)rank->eta_min + 59) / 60) + RCC_RANK_SCENE_H;
	if (rank->fuel_h != RCC_PROFILE_UNKNOWN)
		rank->endurance = rank->fuel_h >= rank->need_h ? RCC_FIT_GOOD : RCC_FIT_POOR;
}

static enum rcc_rank_out
left_out(const struct rcc_rank *rank, const struct rcc_rank_case *of, const struct rcc_rank_ship *ship)
{
	bool is_unable = ship->has_answered && ship->answer == RCC_ANSWER_UNABLE;
	const struct {
		bool is_so;
		enum rcc_rank_out out;
	} grounds[] = {
	    {ship->is_casualty, RCC_RANK_CASUALTY},
	    {ship->is_in_distress, RCC_RANK_IN_DISTRESS},
	    {ship->is_released || (is_unable && ship->reason == RCC_REASON_RELEASED), RCC_RANK_RELEASED},
	    {is_unable, RCC_RANK_UNABLE},
	    {ship->nav_status == NAV_NOT_UNDER_COMMAND || ship->nav_status == NAV_AGROUND, RCC_RANK_NOT_COMMAND},
	    {value_of(ship, RCC_PROFILE_AVAILABLE) == 0, RCC_RANK_NOT_AVAILABLE},
	    {!rcc_pos_is_known(ship->pos) || rank->age_ms < 0, RCC_RANK_NO_POSITION},
	    {of->place_count == 0, RCC_RANK_NO_RANGE},
	    {rank->age_ms > RCC_RANK_AGE_MAX_MS, RCC_RANK_OLD_POSITION},
	};

	for (size_t i = 0; i < sizeof grounds / sizeof grounds[0]; i++) {
		if (grounds[i].is_so)
			return grounds[i].out;
	}
	return RCC_RANK_IN;
}

struct rcc_rank
rcc_rank_ship(const struct rcc_rank_case *of, const struct rcc_rank_ship *ship)
{
	struct rcc_rank rank = {.mmsi = ship->mmsi};

	reckon(&rank, of, ship);
	weigh(&rank, of, ship);
	rank.out = left_out(&rank, of, ship);
	rank.reason = rank.out == RCC_RANK_UNABLE ? ship->reason : RCC_REASON_NONE;
	return rank;
}

/* ---- the order ---- */

/* The digits behind the MID, which is the flag's (ITU-R M.585: MIDxxxxxx, 98MIDxxxx, 111MIDxxx): a tie must not go by flag. */
static uint32_t
own_digits(struct rcc_mmsi mmsi)
{
	if (mmsi.v / 10000000 == 98)
		return mmsi.v % 10000;
	return mmsi.v / 1000000 == 111 ? mmsi.v % 1000 : mmsi.v % 1000000;
}

static int
by_number(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

/* Of ships that have too few places the one with more comes first. */
static int
by_capacity(const struct rcc_rank *a, const struct rcc_rank *b)
{
	if (a->capacity != b->capacity || a->capacity != RCC_FIT_POOR)
		return by_number(a->capacity, b->capacity);
	return by_number(b->places, a->places);
}

int
rcc_rank_compare(const struct rcc_rank *a, const struct rcc_rank *b)
{
	const int terms[] = {
	    by_number(a->out, b->out),
	    a->out == RCC_RANK_IN ? by_number(a->eta_class, b->eta_class) : 0,
	    a->out == RCC_RANK_IN ? by_number(a->recovery, b->recovery) : 0,
	    a->out == RCC_RANK_IN ? by_capacity(a, b) : 0,
	    a->out == RCC_RANK_IN ? by_number(a->medical, b->medical) : 0,
	    a->out == RCC_RANK_IN ? by_number(a->endurance, b->endurance) : 0,
	    by_number(a->range_m, b->range_m),
	    by_number(own_digits(a->mmsi), own_digits(b->mmsi)),
	    by_number(a->mmsi.v, b->mmsi.v),
	};

	for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
		if (terms[i] != 0)
			return terms[i];
	}
	return 0;
}

/* ---- from the state ---- */

uint32_t
rcc_rank_sea_state(const char *text)
{
	for (const char *at = text; *at != '\0'; at++) {
		bool is_word = (at == text || at[-1] == ' ' || at[-1] == ',') && strncmp(at, "sea", 3) == 0;
		const char *rest = at + 3;
		if (!is_word)
			continue;
		if (strncmp(rest, " state", 6) == 0)
			rest += 6;
		rest += *rest == ' ' || *rest == '=' ? 1 : 0;
		bool is_digit = rest > at + 3 && *rest >= '0' && *rest <= '9';
		bool is_whole = is_digit && (rest[1] == '\0' || rest[1] == ' ' || rest[1] == ',' || rest[1] == '.' ||
		                             rest[1] == ';');
		if (is_whole)
			return (uint32_t)(*rest - '0');
	}
	return RCC_PROFILE_UNKNOWN;
}

/* Whom somebody still has to take up. */
static uint32_t
persons_wanted(const struct rcc_core *core, const struct rcc_incident *incident)
{
	uint32_t wanted = rcc_persons_at_risk(core, incident->id) + rcc_persons_missing(core, incident->id);

	return wanted > 0 ? wanted : rcc_persons_total(core, incident->id);
}

struct rcc_rank_case
rcc_rank_case_of(const struct rcc_core *core, const struct rcc_incident *incident, int64_t now_ms)
{
	struct rcc_rank_case of = {.persons = persons_wanted(core, incident),
	                           .sea_state = rcc_rank_sea_state(incident->reporting.scene.text),
	                           .assumed_speed_dkn = core->run.rules.assumed_speed_dkn,
	                           .now_ms = now_ms};

	for (uint32_t i = 0; i < incident->candidate_count; i++)
		of.place[of.place_count++] = incident->candidate[i].pos;
	if (of.place_count == 0 && rcc_pos_is_known(incident->pos))
		of.place[of.place_count++] = incident->pos;
	return of;
}

bool
rcc_rank_is_in_distress(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi mmsi)
{
	for (uint32_t i = 0; i < core->incident_top; i++) {
		const struct rcc_incident *other = &core->incident[i];
		if (other->id.v != 0 && other != incident && other->casualty.v == mmsi.v &&
		    rcc_incident_is_distress_for(other, incident->class))
			return true;
	}
	return false;
}

int64_t
rcc_rank_called_at_ms(const struct rcc_core *core, const struct rcc_incident *incident)
{
	const struct rcc_broadcast *call = rcc_broadcast_at(core, incident->newest_broadcast);

	while (call != NULL && call->kind != RCC_BROADCAST_DISTRESS_RELAY)
		call = rcc_broadcast_at(core, call->previous);
	return call == NULL ? 0 : call->issued_at_ms;
}

/* The cancel before the call that stands; NULL: none was called off before, or none stands. */
static const struct rcc_broadcast *
cancel_before(const struct rcc_core *core, const struct rcc_incident *incident)
{
	const struct rcc_broadcast *row = rcc_broadcast_at(core, incident->newest_broadcast);

	if (row == NULL || !rcc_incident_is_standing(incident))
		return NULL;
	while (row != NULL && row->kind != RCC_BROADCAST_CANCEL)
		row = rcc_broadcast_at(core, row->previous);
	return row;
}

bool
rcc_rank_is_past(const struct rcc_core *core, const struct rcc_incident *incident,
                 const struct rcc_answer_state *answer)
{
	const struct rcc_broadcast *cancel = cancel_before(core, incident);

	return cancel != NULL && answer->at_ms <= cancel->issued_at_ms;
}

bool
rcc_rank_is_called_anew(const struct rcc_core *core, const struct rcc_incident *incident)
{
	return incident->status != RCC_INCIDENT_CLOSED && !rcc_incident_is_vouched_now(core, incident) &&
	       cancel_before(core, incident) != NULL;
}

/* Has she come again since she was released, or were all called anew? */
static bool
is_back(const struct rcc_core *core, const struct rcc_incident *incident, const struct rcc_answer_state *answer,
        int64_t released_at_ms)
{
	bool comes = answer != NULL && answer->at_ms > released_at_ms &&
	             (answer->body.kind == RCC_ANSWER_PROCEEDING || answer->body.kind == RCC_ANSWER_ON_SCENE);

	return comes || rcc_rank_called_at_ms(core, incident) > released_at_ms;
}

/* Is it about a place of safety? That asks nothing of the call: a task would have opened a line of its own. */
static bool
is_of_place(const struct rcc_core *core, const struct rcc_incident *incident, const struct rcc_peer *peer,
            const struct rcc_broadcast *row)
{
	const struct rcc_duty *task = rcc_duty_of(core, incident->id, RCC_DUTY_RULE_DO_TASK, peer->mmsi, 0);

	return row->kind == RCC_BROADCAST_TASK && (task == NULL || task->opened_at_ms < row->issued_at_ms);
}

/* The latest order to her alone is her release: what was asked of her before has ended (SOLAS V/33.3, 33.4). */
bool
rcc_rank_is_released(const struct rcc_core *core, const struct rcc_incident *incident, const struct rcc_peer *peer,
                     const struct rcc_answer_state *answer)
{
	for (const struct rcc_broadcast *row = rcc_broadcast_at(core, incident->newest_directed);
	     peer != NULL && row != NULL; row = rcc_broadcast_at(core, row->previous)) {
		if (rcc_delivery_of(core, row, peer->id) != NULL && !is_of_place(core, incident, peer, row))
			return row->kind == RCC_BROADCAST_RELEASE &&
			       !is_back(core, incident, answer, row->issued_at_ms);
	}
	return answer != NULL && answer->is_released;
}

/* Survivors of any case. */
static uint32_t
aboard_now(const struct rcc_core *core, struct rcc_mmsi mmsi)
{
	uint64_t aboard = 0;

	for (uint32_t i = 0; i < core->aboard_top; i++) {
		const struct rcc_aboard *row = &core->aboard[i];
		if (row->incident.v != 0 && row->where == RCC_WHERE_ABOARD && row->ship.v == mmsi.v)
			aboard += rcc_persons_sum(&row->count);
	}
	return aboard < RCC_PERSONS_MAX ? (uint32_t)aboard : RCC_PERSONS_MAX;
}

void
rcc_rank_know(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_rank_ship *ret_ship)
{
	const struct rcc_peer *peer = ret_ship->mmsi.v == 0 ? NULL : rcc_peer_find_mmsi(core, ret_ship->mmsi);
	const struct rcc_answer_state *answer = rcc_answer_of(core, incident, ret_ship->mmsi);

	assert(ret_ship->mmsi.v != 0);
	ret_ship->profile = peer == NULL ? NULL : &rcc_profile_of(core, peer)->values;
	ret_ship->aboard = aboard_now(core, ret_ship->mmsi);
	ret_ship->is_casualty = ret_ship->mmsi.v == incident->casualty.v;
	ret_ship->is_in_distress = rcc_rank_is_in_distress(core, incident, ret_ship->mmsi);
	ret_ship->is_released = rcc_rank_is_released(core, incident, peer, answer);
	ret_ship->has_answered = answer != NULL;
	if (answer == NULL)
		return;
	ret_ship->answer = answer->body.kind;
	ret_ship->reason = answer->body.reason;
}

uint32_t
rcc_rank_missing(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi mmsi,
                 struct rcc_shortfall ret_shortfall[RCC_WANT_LAST])
{
	const struct rcc_peer *peer = rcc_peer_find_mmsi(core, mmsi);
	const struct rcc_rank_ship ship = {.mmsi = mmsi,
	                                   .profile = peer == NULL ? NULL : &rcc_profile_of(core, peer)->values,
	                                   .aboard = aboard_now(core, mmsi)};
	const struct rcc_profile_values values = values_now(&ship);

	return rcc_profile_missing(&values, persons_wanted(core, incident), ret_shortfall);
}

/* ---- words ---- */

const char *
rcc_fit_word(enum rcc_fit v)
{
	static const char *const words[] = {NULL, "good", "unknown", "poor"};
	return v < 1 || v > RCC_FIT_POOR ? "unknown" : words[v];
}

const char *
rcc_speed_basis_word(enum rcc_speed_basis v)
{
	static const char *const words[] = {NULL, "declared", "observed", "assumed"};
	return v < 1 || v > RCC_SPEED_ASSUMED ? "unknown" : words[v];
}

const char *
rcc_rank_out_word(enum rcc_rank_out v)
{
	static const char *const words[] = {"ranked",       "casualty",          "in-distress",   "unable",
	                                    "released",     "not-under-command", "not-available", "no-position",
	                                    "old-position", "no-range"};
	return v > RCC_RANK_OUT_LAST ? "unknown" : words[v];
}

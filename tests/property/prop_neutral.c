/*
 * Who owns a ship, who runs her, where she is registered, what she is called and when she was enrolled change nothing: who is told, who is
 * called on, who stands on the call list, and in which order ships that could help are ranked (R17; s003 par. 38, 39).
 *
 * Random fleets live twice: once as they are, once in disguise. Nationality has no field that could be changed;
 * tests/lint/neutral.sh sees to that. RCC_SEED=N tries other fleets.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/rank.h"
#include "rcc/units.h"
#include "sea.h"
#include "watch.h"

#define SHIPS_MAX 60
#define COMPANIES 7u
#define FLEETS 40
#define MID_FIRST 201u
#define MIDS 575u

/* What a fleet's disguise changes. */
#define OTHER_OWNERS 1u
#define OTHER_NAMES 2u
#define OTHER_FLAGS 4u
#define OTHER_ORDER 8u /* of enrolment */
#define OTHER_COMPANIES 16u

struct ship {
	uint32_t mid, number; /* MMSI = MIDnnnnnn */
	enum rcc_owner_kind owner;
	bool is_registered;
	struct rcc_pos pos;
	uint32_t sog_dkn, nav_status;
	int64_t age_ms;
	struct rcc_profile_order profile;
	uint32_t company; /* 0 = she names none */
	bool has_answered;
	enum rcc_answer_kind answer;
};

struct fleet {
	uint32_t count, casualty; /* ship, or SHIPS_MAX: a beacon */
	struct rcc_rules rules;
	uint32_t persons;
	struct ship ship[SHIPS_MAX];
};

/* What became of each ship, by its number in the fleet. */
struct outcome {
	bool is_told[SHIPS_MAX], is_called_on[SHIPS_MAX], is_listed[SHIPS_MAX];
	uint32_t eta_min[SHIPS_MAX], range_m[SHIPS_MAX];
	uint32_t event_count;
	enum rcc_event_kind kind[RCC_EVENTS_MAX];
	uint32_t ranked;
	uint32_t order[SHIPS_MAX];
	enum rcc_rank_out out[SHIPS_MAX];
	uint32_t lacks[SHIPS_MAX];
	/* The ledger: what each ship owes, and in the last row the centre. */
	uint32_t duties;
	int64_t duty_due_ms[SHIPS_MAX + 1][RCC_DUTY_RULES_MAX + 1];
	uint32_t duty_state[SHIPS_MAX + 1]
	                   [RCC_DUTY_RULES_MAX + 1]; /* enum rcc_duty_state + 1, those of one rule added up */
};

static struct watch watch;
static struct sea sea;
static struct fleet fleet;
static struct outcome plain, disguised;

/* ---- fleets ---- */

static void
make_profile(struct rcc_profile_order *order)
{
	memset(order, 0, sizeof *order);
	for (int key = 1; key <= RCC_PROFILE_LAST; key++) {
		const struct rcc_profile_field *field = rcc_profile_field((enum rcc_profile_key)key);
		uint32_t most = field->max < 120 ? field->max : 120;
		/* Most say little of themselves, and "not available" seldom. */
		if (sea_below(&sea, 3) != 0 || (key == RCC_PROFILE_AVAILABLE && sea_below(&sea, 8) != 0))
			continue;
		order->row[order->count++] = (struct rcc_profile_row){
		    (enum rcc_profile_key)key, field->min + sea_below(&sea, most - field->min + 1)};
	}
}

static void
make_ship(uint32_t i, bool has_twins)
{
	struct ship *ship = &fleet.ship[i];

	*ship = (struct ship){
	    .mid = MID_FIRST + sea_below(&sea, MIDS),
	    .number = i * 1009 + sea_below(&sea, 1000),
	    .owner = (enum rcc_owner_kind)sea_below(&sea, RCC_OWNER_LAST + 1),
	    .is_registered = sea_below(&sea, 4) != 0,
	    .pos = {350000000 + (int32_t)sea_below(&sea, 20000000), 120000000 + (int32_t)sea_below(&sea, 20000000)},
	    .sog_dkn = sea_below(&sea, 5) == 0 ? RCC_SOG_UNKNOWN_DKN : sea_below(&sea, 250),
	    .nav_status = sea_below(&sea, 12),
	    .age_ms = (int64_t)sea_below(&sea, 150) * RCC_MS_PER_MIN,
	    .company = sea_below(&sea, COMPANIES)};
	if (ship->is_registered && sea_below(&sea, 2) == 0)
		make_profile(&ship->profile);
	ship->has_answered = ship->is_registered && sea_below(&sea, 4) == 0;
	ship->answer = (enum rcc_answer_kind)(1 + sea_below(&sea, RCC_ANSWER_LAST));
	/* Now and then two ships lie side by side and are alike in all that counts. */
	if (has_twins && i > 0 && sea_below(&sea, 6) == 0) {
		const struct ship *twin = &fleet.ship[i - 1];
		ship->pos = twin->pos;
		ship->sog_dkn = twin->sog_dkn;
		ship->nav_status = twin->nav_status;
		ship->age_ms = twin->age_ms;
		ship->profile = twin->profile;
		ship->is_registered = twin->is_registered;
		ship->has_answered = false;
	}
}

static void
make_fleet(bool has_twins)
{
	fleet.count = 5 + sea_below(&sea, SHIPS_MAX - 5);
	fleet.casualty = sea_below(&sea, 2) == 0 ? SHIPS_MAX : sea_below(&sea, fleet.count);
	fleet.persons = sea_below(&sea, 2) * sea_below(&sea, 120);
	fleet.rules = watch_rules();
	fleet.rules.respond_eta_min = 20 + sea_below(&sea, 300);
	fleet.rules.respond_count = sea_below(&sea, 12);
	for (uint32_t i = 0; i < fleet.count; i++)
		make_ship(i, has_twins);
}

/* ---- one life of a fleet ---- */

/* A bijection of flags: 7 and 575 have no factor in common. */
static uint32_t
mmsi_of(uint32_t i, uint32_t disguise)
{
	uint32_t mid = fleet.ship[i].mid;

	if ((disguise & OTHER_FLAGS) != 0)
		mid = MID_FIRST + ((mid - MID_FIRST) * 7 + 311) % MIDS;
	return mid * 1000000 + fleet.ship[i].number;
}

static uint32_t
ship_of(uint32_t mmsi)
{
	for (uint32_t i = 0; i < fleet.count; i++) {
		if (fleet.ship[i].number == mmsi % 1000000)
			return i;
	}
	return SHIPS_MAX;
}

static void
enrol(uint32_t i, uint32_t disguise)
{
	struct rcc_enrol *enrol = &watch_command(&watch, RCC_COMMAND_ENROL, 0)->u.enrol;

	(void)snprintf(enrol->name, sizeof enrol->name, (disguise & OTHER_NAMES) != 0 ? "RESCUE AID %u" : "COMPANY %u",
	               (disguise & OTHER_NAMES) != 0 ? 1000 - i : i);
	enrol->role = RCC_ROLE_VESSEL;
	enrol->mmsi.v = mmsi_of(i, disguise);
	enrol->owner = fleet.ship[i].owner;
	if ((disguise & OTHER_OWNERS) != 0)
		enrol->owner = (enum rcc_owner_kind)((enrol->owner * 5u + 2 + i) % (RCC_OWNER_LAST + 1));
	enrol->key = watch_key(i + 1);
	assert_int_equal(watch_step(&watch), 1);
}

static uint32_t
peer_of(uint32_t i, uint32_t disguise)
{
	return rcc_peer_find_mmsi(&watch.core, (struct rcc_mmsi){mmsi_of(i, disguise)})->id.v;
}

/* Companies change their ships: who had none has one, who was with one is with another or with none. */
static void
declare(uint32_t i, uint32_t disguise)
{
	bool is_other = (disguise & OTHER_COMPANIES) != 0;
	uint32_t company = is_other ? (fleet.ship[i].company * 3 + 5 + i) % COMPANIES : fleet.ship[i].company;
	struct rcc_profile_order order = fleet.ship[i].profile;

	if (company != 0) {
		(void)snprintf(order.company, sizeof order.company, is_other ? "AID %u" : "LINE %u", company);
		(void)snprintf(order.company_contact, sizeof order.company_contact, "desk %u", company * 1000 + i);
		(void)snprintf(order.policy, sizeof order.policy, "policy %u", 10 - company);
	}
	if (order.count == 0 && company == 0)
		return;
	watch_command(&watch, RCC_COMMAND_PROFILE, peer_of(i, disguise))->u.profile = order;
	assert_int_equal(watch_step(&watch), 1);
	assert_non_null(watch_event(&watch, RCC_EVENT_PROFILE_SET));
}

static void
enrol_all(uint32_t disguise)
{
	bool is_reversed = (disguise & OTHER_ORDER) != 0;

	watch_start(&watch);
	watch_rule(&watch, &fleet.rules);
	for (uint32_t n = 0; n < fleet.count; n++) {
		uint32_t i = is_reversed ? fleet.count - 1 - n : n;
		if (fleet.ship[i].is_registered)
			enrol(i, disguise);
	}
	for (uint32_t i = 0; i < fleet.count; i++) {
		if (fleet.ship[i].is_registered)
			declare(i, disguise);
	}
}

static int
by_mmsi(const void *a, const void *b)
{
	uint32_t left = ((const struct rcc_scene_ship *)a)->mmsi.v;
	uint32_t right = ((const struct rcc_scene_ship *)b)->mmsi.v;
	return (left > right) - (left < right);
}

static void
note_told(struct outcome *outcome)
{
	outcome->event_count = watch.entry.event_count;
	for (uint32_t i = 0; i < watch.entry.event_count; i++) {
		const struct rcc_event *event = &watch.entry.event[i];
		outcome->kind[i] = event->kind;
		for (uint32_t n = 0; event->kind == RCC_EVENT_DELIVERIES_QUEUED && n < event->u.queued.count; n++) {
			const struct rcc_delivery_row *row = &event->u.queued.row[n];
			uint32_t ship = ship_of(rcc_peer_find(&watch.core, row->peer)->mmsi.v);
			outcome->is_told[ship] = true;
			outcome->is_called_on[ship] = row->called_on != 0;
			outcome->eta_min[ship] = row->eta_min;
			outcome->range_m[ship] = row->range_m;
		}
		for (uint32_t n = 0; event->kind == RCC_EVENT_CALL_LISTED && n < event->u.call_list.count; n++)
			outcome->is_listed[ship_of(event->u.call_list.row[n].mmsi.v)] = true;
	}
}

static void
call(struct outcome *outcome, uint32_t disguise)
{
	struct rcc_alert alert = watch_alert(RCC_SOURCE_AIS_BEACON, 972000001);
	struct rcc_command *command = watch_command(&watch, RCC_COMMAND_ALERT, 0);
	struct rcc_scene *scene = &command->scene;

	if (fleet.casualty != SHIPS_MAX)
		alert.casualty.v = mmsi_of(fleet.casualty, disguise);
	alert.pos = (struct rcc_pos){356000000, 127000000};
	alert.persons = fleet.persons;
	command->u.alert = alert;
	for (uint32_t i = 0; i < fleet.count; i++)
		scene->ship[scene->count++] = (struct rcc_scene_ship){{mmsi_of(i, disguise)},
		                                                      fleet.ship[i].pos,
		                                                      fleet.ship[i].sog_dkn,
		                                                      watch.now_ms - fleet.ship[i].age_ms};
	qsort(scene->ship, scene->count, sizeof scene->ship[0], by_mmsi);
	assert_true(watch_step(&watch) > 3);
	note_told(outcome);
}

static void
answer_all(uint32_t disguise)
{
	for (uint32_t i = 0; i < fleet.count; i++) {
		if (!fleet.ship[i].has_answered)
			continue;
		struct rcc_answer *answer = &watch_command(&watch, RCC_COMMAND_ANSWER, peer_of(i, disguise))->u.answer;
		answer->incident.v = 1;
		answer->kind = fleet.ship[i].answer;
		answer->reason = answer->kind == RCC_ANSWER_UNABLE ? RCC_REASON_CARGO_HAZARD : RCC_REASON_NONE;
		answer->eta_min = RCC_ETA_UNKNOWN_MIN;
		watch_step(&watch);
	}
}

static int
by_rank(const void *a, const void *b)
{
	return rcc_rank_compare(a, b);
}

static void
rank_all(struct outcome *outcome, uint32_t disguise)
{
	static struct rcc_rank rank[SHIPS_MAX];
	const struct rcc_incident *incident = rcc_incident_find(&watch.core, (struct rcc_incident_id){1});
	struct rcc_rank_case of = rcc_rank_case_of(&watch.core, incident, watch.now_ms);

	for (uint32_t i = 0; i < fleet.count; i++) {
		struct rcc_shortfall lack[RCC_WANT_LAST];
		struct rcc_rank_ship ship = {.mmsi = {mmsi_of(i, disguise)},
		                             .pos = fleet.ship[i].pos,
		                             .sog_dkn = fleet.ship[i].sog_dkn,
		                             .nav_status = fleet.ship[i].nav_status,
		                             .seen_at_ms = watch.now_ms - fleet.ship[i].age_ms};
		rcc_rank_know(&watch.core, incident, &ship);
		rank[i] = rcc_rank_ship(&of, &ship);
		outcome->out[i] = rank[i].out;
		outcome->lacks[i] = rcc_rank_missing(&watch.core, incident, ship.mmsi, lack);
	}
	qsort(rank, fleet.count, sizeof rank[0], by_rank);
	for (uint32_t i = 0; i < fleet.count; i++) {
		outcome->order[i] = ship_of(rank[i].mmsi.v);
		outcome->ranked += rank[i].out == RCC_RANK_IN;
	}
}

static void
note_duties(struct outcome *outcome)
{
	for (uint32_t i = 0; i < RCC_DUTIES_MAX; i++) {
		const struct rcc_duty *row = &watch.core.duty[i];
		if (row->id.v == 0)
			continue;
		uint32_t ship = row->ship.v == 0 ? SHIPS_MAX : ship_of(row->ship.v);
		outcome->duties += ship != SHIPS_MAX;
		outcome->duty_due_ms[ship][row->rule] += row->due_at_ms;
		outcome->duty_state[ship][row->rule] += (uint32_t)row->state + 1;
	}
}

static void
live(struct outcome *outcome, uint32_t disguise)
{
	memset(outcome, 0, sizeof *outcome);
	enrol_all(disguise);
	call(outcome, disguise);
	answer_all(disguise);
	note_duties(outcome);
	rank_all(outcome, disguise);
}

/* ---- the law ---- */

static void
assert_same(uint64_t seed, uint32_t disguise)
{
	const struct {
		const void *a, *b;
		size_t size;
		const char *law;
	} laws[] = {
	    {plain.is_told, disguised.is_told, sizeof plain.is_told, "others are told"},
	    {plain.is_called_on, disguised.is_called_on, sizeof plain.is_called_on, "others are called on"},
	    {plain.is_listed, disguised.is_listed, sizeof plain.is_listed, "others stand on the call list"},
	    {plain.eta_min, disguised.eta_min, sizeof plain.eta_min, "other times"},
	    {plain.range_m, disguised.range_m, sizeof plain.range_m, "other ranges"},
	    {plain.kind, disguised.kind, sizeof plain.kind, "other events"},
	    {plain.order, disguised.order, sizeof plain.order, "another order"},
	    {plain.out, disguised.out, sizeof plain.out, "others are left out"},
	    {plain.lacks, disguised.lacks, sizeof plain.lacks, "other things are missing"},
	    {plain.duty_state, disguised.duty_state, sizeof plain.duty_state, "other duties"},
	    {plain.duty_due_ms, disguised.duty_due_ms, sizeof plain.duty_due_ms, "other clocks of duties"},
	};

	for (size_t i = 0; i < sizeof laws / sizeof laws[0]; i++) {
		if (memcmp(laws[i].a, laws[i].b, laws[i].size) != 0)
			fail_msg("seed %llu, disguise %u: %s", (unsigned long long)seed, disguise, laws[i].law);
	}
}

/* A law says nothing of fleets in which everybody, or nobody, is told, called on and ranked. */
struct seen {
	uint32_t called_on, informed, listed, ranked, excluded, duties;
};

static void
count(struct seen *seen)
{
	for (uint32_t i = 0; i < fleet.count; i++) {
		seen->called_on += plain.is_called_on[i];
		seen->informed += plain.is_told[i] && !plain.is_called_on[i];
		seen->listed += plain.is_listed[i];
	}
	seen->ranked += plain.ranked;
	seen->duties += plain.duties;
	seen->excluded += fleet.count - plain.ranked;
}

static void
try_fleets(uint32_t disguise)
{
	const char *text = getenv("RCC_SEED");
	uint64_t first = text == NULL ? 1 : strtoull(text, NULL, 10);
	struct seen seen = {0};

	for (uint64_t seed = first; seed < first + FLEETS; seed++) {
		memset(&sea, 0, sizeof sea);
		sea.seed = seed;
		sea_start(&sea, WATCH_START_MS);
		/* Ties of broadcasts go by the order of enrolment, so twins are for the other disguises. */
		make_fleet((disguise & OTHER_ORDER) == 0);
		live(&plain, 0);
		live(&disguised, disguise);
		assert_same(seed, disguise);
		count(&seen);
	}
	assert_true(seen.called_on > 100 && seen.informed > 100 && seen.listed > 20);
	assert_true(seen.ranked > 200 && seen.excluded > 200 && seen.duties > 200);
}

static void
test_owners(void **state)
{
	(void)state;
	try_fleets(OTHER_OWNERS);
}

static void
test_names(void **state)
{
	(void)state;
	try_fleets(OTHER_NAMES);
}

static void
test_flags(void **state)
{
	(void)state;
	try_fleets(OTHER_FLAGS);
}

static void
test_order_of_enrolment(void **state)
{
	(void)state;
	try_fleets(OTHER_ORDER);
}

static void
test_companies(void **state)
{
	(void)state;
	try_fleets(OTHER_COMPANIES);
}

static void
test_everything(void **state)
{
	(void)state;
	try_fleets(OTHER_OWNERS | OTHER_NAMES | OTHER_FLAGS | OTHER_ORDER | OTHER_COMPANIES);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_owners),    cmocka_unit_test(test_names),
	    cmocka_unit_test(test_flags),     cmocka_unit_test(test_order_of_enrolment),
	    cmocka_unit_test(test_companies), cmocka_unit_test(test_everything),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

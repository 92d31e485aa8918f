#include "sea_internal.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "rcc/units.h"
#include "watch.h"

/* Keys and names that peers use, more than are enrolled at once. */
/* MMSIs that are spoken of: ships, and casualties that are none of ours. Even ones have a beacon's prefix now and then. */
#define MMSIS 48
#define FIRST_MMSI 211000001u
#define MMSI_STEP 9700003u
/* Latest time that a story may reach: 2100, far from where sums of milliseconds could overflow. */
#define LATEST_MS INT64_C(4102444800000)

void
sea_start(struct sea *sea, int64_t now_ms)
{
	/* Seeds that differ in one bit must not run alike (SplitMix64's increment); 0 would stay 0. */
	sea->seed = (sea->seed + 1) * 0x9e3779b97f4a7c15u;
	sea->now_ms = now_ms;
	sea->messages = 0;
	sea->said_count = 0;
}

bool
sea_is_over(const struct sea *sea)
{
	return sea->bytes != NULL && sea->len == 0;
}

static uint32_t
next(struct sea *sea)
{
	if (sea->bytes == NULL) {
		sea->seed ^= sea->seed << 13;
		sea->seed ^= sea->seed >> 7;
		sea->seed ^= sea->seed << 17;
		return (uint32_t)(sea->seed >> 32);
	}
	if (sea->len == 0)
		return 0;
	sea->len--;
	return *sea->bytes++;
}

uint32_t
sea_below(struct sea *sea, uint32_t count)
{
	assert(count > 0);
	uint32_t value = next(sea);
	if (sea->bytes != NULL && count > 256)
		value = value << 8 | next(sea);
	return value % count;
}

/* Once in `of` times. */
bool
sea_chance(struct sea *sea, uint32_t of)
{
	return sea_below(sea, of) == 0;
}

struct rcc_mmsi
sea_some_mmsi(struct sea *sea)
{
	return (struct rcc_mmsi){FIRST_MMSI + sea_below(sea, MMSIS) * MMSI_STEP};
}

void
sea_some_text(struct sea *sea, char *field, size_t size)
{
	static const char *const texts[] = {"", "", "man overboard", "engine room on fire, 12 aboard", "false alarm"};

	watch_text(field, size, texts[sea_below(sea, sizeof texts / sizeof texts[0])]);
}

struct rcc_pos
sea_some_pos(struct sea *sea)
{
	static const struct rcc_pos corners[] = {{900000000, 0},         {-900000000, 1800000000},
	                                         {0, 1799999999},        {1, -1800000000},
	                                         {352000000, 126000000}, {RCC_POS_UNKNOWN_E7, RCC_POS_UNKNOWN_E7}};
	uint32_t kind = sea_below(sea, 8);

	if (kind < 2)
		return corners[sea_below(sea, sizeof corners / sizeof corners[0])];
	/* Within some 60 miles, in steps of one mile. */
	return (struct rcc_pos){.lat_e7 = 352000000 + (int32_t)sea_below(sea, 60) * 166667,
	                        .lon_e7 = 126000000 + (int32_t)sea_below(sea, 60) * 166667};
}

static struct rcc_pos
some_known_pos(struct sea *sea)
{
	struct rcc_pos pos = sea_some_pos(sea);

	return rcc_pos_is_known(pos) ? pos : (struct rcc_pos){352000000, 126000000};
}

/* Time passes: mostly seconds, now and then hours, seldom weeks. */
static void
pass_time(struct sea *sea)
{
	static const int64_t most_ms[] = {1, 1000, 1000, 5000, 60000, 400000, RCC_MS_PER_HOUR, 30 * RCC_MS_PER_HOUR};
	uint32_t kind = sea_below(sea, 40);
	int64_t most = kind < 8 ? most_ms[kind] : 2000;

	sea->now_ms += most * sea_below(sea, 100) / 100;
	if (sea_chance(sea, 400))
		sea->now_ms += 40 * RCC_MS_PER_DAY;
	if (sea->now_ms > LATEST_MS)
		sea->now_ms = LATEST_MS;
}

static uint32_t
some_peer(struct sea *sea, const struct rcc_core *core)
{
	return core->peer_count == 0 ? 1 : 1 + sea_below(sea, core->peer_count);
}

/* Who says it: an enrolled key, a revoked one, a stranger or the centre itself. */
static void
set_origin(struct sea *sea, const struct rcc_core *core, struct rcc_command *command)
{
	struct rcc_origin *origin = &command->origin;
	bool is_revoked;

	*origin = (struct rcc_origin){.role = RCC_ROLE_ADMIN, .class = RCC_CLASS_LIVE};
	if (sea_chance(sea, 40))
		origin->class = (enum rcc_class)(1 + sea_below(sea, RCC_CLASS_LAST));
	if (sea_chance(sea, 5))
		return;
	origin->key = watch_key(sea_below(sea, SEA_KEYS));
	origin->role = rcc_core_identify(core, &origin->key, &origin->peer, &is_revoked);
	origin->claimed_at_ms = sea->now_ms - 1000 + (int64_t)sea_below(sea, 2000);
	origin->fingerprint = ++sea->messages;
	memcpy(&origin->msg_id.b[8], &sea->messages, sizeof sea->messages);
}

static void
make_enrol(struct sea *sea, struct rcc_enrol *enrol)
{
	uint32_t number = sea_below(sea, SEA_KEYS);

	snprintf(enrol->name, sizeof enrol->name, "K%u", sea_chance(sea, 8) ? sea_below(sea, SEA_KEYS) : number);
	enrol->role = !sea_chance(sea, 3) ? RCC_ROLE_VESSEL
	                                  : (enum rcc_role)(RCC_ROLE_VESSEL + sea_below(sea, RCC_ROLE_LAST - 1));
	enrol->mmsi = sea_chance(sea, 20) ? (struct rcc_mmsi){0} : sea_some_mmsi(sea);
	enrol->owner = (enum rcc_owner_kind)sea_below(sea, RCC_OWNER_LAST + 1);
	enrol->key = watch_key(number);
	sea_place_centre(sea, enrol);
}

void
sea_make_alert(struct sea *sea, const struct rcc_core *core, const struct rcc_origin *origin, struct rcc_alert *alert)
{
	const struct rcc_peer *sender = rcc_peer_find(core, origin->peer);

	alert->source = (enum rcc_source)(1 + sea_below(sea, RCC_SOURCE_LAST));
	alert->class = sea_chance(sea, 10) ? (enum rcc_class)(1 + sea_below(sea, RCC_CLASS_LAST)) : RCC_CLASS_LIVE;
	if (sender != NULL && !sea_chance(sea, 3))
		alert->casualty = sender->mmsi;
	else if (!sea_chance(sea, 8))
		alert->casualty = sea_some_mmsi(sea);
	if (sea_chance(sea, 8))
		alert->relay = sea_some_mmsi(sea);
	alert->nature = (enum rcc_nature)sea_below(sea, RCC_NATURE_LAST + 1);
	alert->pos = sea_some_pos(sea);
	alert->pos_at_ms = rcc_pos_is_known(alert->pos) ? sea->now_ms - 1 : 0;
	if (sea_chance(sea, 6))
		alert->signal_at_ms = sea->now_ms + ((int64_t)sea_below(sea, 5) - 2) * 4 * RCC_MS_PER_HOUR;
	alert->pos_radius_m = sea_below(sea, 4) * 500;
	alert->persons = sea_chance(sea, 2) ? 0 : sea_below(sea, 40);
	alert->marks = sea_chance(sea, 8) ? sea_below(sea, RCC_ALERT_MARKS_ALL + 1) : 0;
	alert->category = (enum rcc_category)sea_below(sea, RCC_CATEGORY_LAST + 1);
	if (sea_chance(sea, 5))
		watch_text(alert->beacon, sizeof alert->beacon,
		           sea_chance(sea, 2) ? "400E77A1FCFFBFF" : "9934039823D000000000000");
	alert->beacon_kind = (enum rcc_beacon_kind)sea_below(sea, RCC_BEACON_LAST + 1);
	if (sea_chance(sea, 8))
		alert->epirb_link = RCC_EPIRB_LINK(sea_below(sea, 3));
	if (sea_chance(sea, 8))
		alert->refine = RCC_REFINE(sea_below(sea, 10000), sea_below(sea, 10000));
	if (sea_chance(sea, 10)) {
		alert->candidate_count = 2;
		alert->candidate[0] = (struct rcc_candidate){some_known_pos(sea), sea_below(sea, 101)};
		alert->candidate[1] = (struct rcc_candidate){some_known_pos(sea), sea_below(sea, 101)};
		alert->pos = alert->candidate[0].pos;
	}
	if (sea_chance(sea, 6))
		alert->contact = 1 + sea_below(sea, 3);
	if (sea_chance(sea, 6))
		watch_text(alert->callsign, sizeof alert->callsign, "9HAX");
	sea_some_text(sea, alert->text, sizeof alert->text);
	if (sea_chance(sea, 3))
		watch_text(alert->name, sizeof alert->name, "SEA FOX");
	if (sea_chance(sea, 6)) {
		alert->raw_len = 1 + sea_below(sea, 6);
		memset(alert->raw, 'A', alert->raw_len);
	}
}

/* The number of a delivery: a real one of this ship, its neighbours, or any. */
static uint32_t
some_number(struct sea *sea, const struct rcc_core *core, struct rcc_peer_id peer)
{
	const struct rcc_peer *ship = rcc_peer_find(core, peer);
	uint32_t last = ship == NULL ? 0 : ship->delivery_last;
	uint32_t unstored = rcc_core_next_unstored(core, peer, 0);

	switch (sea_below(sea, 4)) {
	case 0:
		return last == 0 ? 1 : last;
	case 1:
		return 1 + sea_below(sea, last + 1);
	case 2:
		return 1 + sea_below(sea, 50);
	default:
		return unstored == 0 ? 1 : unstored;
	}
}

/* An incident that was opened at some time, or one that never was; mostly a recent one. */
struct rcc_incident_id
sea_some_incident(struct sea *sea, const struct rcc_core *core)
{
	uint32_t back = sea_below(sea, sea_chance(sea, 4) ? 100 : 12);

	return (struct rcc_incident_id){core->incident_last + 1 > back ? core->incident_last + 1 - back : 1};
}

static void
make_answer(struct sea *sea, const struct rcc_core *core, const struct rcc_origin *origin, struct rcc_answer *answer)
{
	answer->incident = sea_some_incident(sea, core);
	answer->number = sea_chance(sea, 2) ? 0 : some_number(sea, core, origin->peer);
	answer->kind = (enum rcc_answer_kind)(1 + sea_below(sea, RCC_ANSWER_LAST));
	answer->reason = (enum rcc_reason)sea_below(sea, RCC_REASON_LAST + 1);
	answer->eta_min = sea_chance(sea, 3) ? RCC_ETA_UNKNOWN_MIN : sea_below(sea, 500);
	sea_some_text(sea, answer->text, sizeof answer->text);
}

static void
make_sent(struct sea *sea, const struct rcc_core *core, struct rcc_sent *sent)
{
	sent->count = 1 + sea_below(sea, 8);
	for (uint32_t i = 0; i < sent->count; i++) {
		sent->row[i].peer.v = some_peer(sea, core);
		sent->row[i].number = some_number(sea, core, sent->row[i].peer);
	}
	/* The shell never names a line twice in one command. */
	for (uint32_t i = 1; i < sent->count; i++) {
		if (sent->row[i].peer.v == sent->row[i - 1].peer.v)
			sent->count = i;
	}
}

static void
make_silence(struct sea *sea, const struct rcc_core *core, struct rcc_silence *silence)
{
	silence->peer.v = some_peer(sea, core);
	silence->is_silent = sea_below(sea, 2);
	silence->heard_at_ms = sea_chance(sea, 3) ? 0 : sea->now_ms - (int64_t)sea_below(sea, 4000) * 1000;
}

static void
make_due(struct sea *sea, const struct rcc_core *core, struct rcc_command *command)
{
	if (rcc_core_due(core, sea->now_ms, command))
		return;
	/* A clock that has not run out, or of something that never was. */
	command->origin = (struct rcc_origin){.role = RCC_ROLE_ADMIN, .class = RCC_CLASS_LIVE};
	command->u.due.timer = (enum rcc_timer)(1 + sea_below(sea, RCC_TIMER_LAST));
	command->u.due.id = 1 + sea_below(sea, 60);
}

static void
make_cancel(struct sea *sea, const struct rcc_core *core, struct rcc_cancel *cancel)
{
	cancel->incident = sea_some_incident(sea, core);
	sea_some_text(sea, cancel->reason, sizeof cancel->reason);
}

static void
make_close(struct sea *sea, const struct rcc_core *core, struct rcc_close *close)
{
	close->incident = sea_some_incident(sea, core);
	close->outcome = (enum rcc_outcome)(1 + sea_below(sea, RCC_OUTCOME_LAST));
	sea_some_text(sea, close->reason, sizeof close->reason);
}

static void
make_decide(struct sea *sea, const struct rcc_core *core, struct rcc_decide *decide)
{
	uint32_t back = sea_below(sea, 30);

	decide->alert.v = core->alert_last + 1 > back ? core->alert_last + 1 - back : 1;
	decide->decision = (enum rcc_decision)(1 + sea_below(sea, RCC_DECISION_LAST));
	sea_some_text(sea, decide->reason, sizeof decide->reason);
}

static void
make_revoke(struct sea *sea, struct rcc_revoke *revoke)
{
	snprintf(revoke->name, sizeof revoke->name, "K%u", sea_below(sea, SEA_KEYS));
	sea_some_text(sea, revoke->reason, sizeof revoke->reason);
}

void
sea_run(struct sea *sea, struct rcc_command *command)
{
	struct rcc_rules *rules = &command->u.run.rules;

	*rules = watch_rules();
	command->kind = RCC_COMMAND_RUN;
	command->at_ms = sea->now_ms;
	command->origin = (struct rcc_origin){.role = RCC_ROLE_ADMIN, .class = RCC_CLASS_LIVE};
	watch_text(command->u.run.build, sizeof command->u.run.build, "sea");
	watch_text(command->u.run.centre, sizeof command->u.run.centre, "MRCC SEA");
	if (sea_chance(sea, 2))
		return;
	for (size_t i = 1; i <= RCC_SOURCE_LAST; i++)
		rules->relay_after_ms[i] = sea_chance(sea, 4) ? RCC_RELAY_NEVER : sea_below(sea, 3) * 30000;
	/* Such that some of a story's ships are called on and some are not, by time or by number. */
	rules->respond_eta_min = 1 + sea_below(sea, 240);
	rules->respond_count = sea_below(sea, 6);
	rules->assumed_speed_dkn = 10 + sea_below(sea, 200);
	rules->quarantine_ms = 1000 * (1 + sea_below(sea, 400));
	rules->join_window_ms = 60000 * (1 + sea_below(sea, 300));
	rules->update_move_m = 100 + sea_below(sea, 9000);
	rules->flood_per_min = sea_below(sea, 8);
	sea_make_clocks(sea, rules);
	rules->notice_ms = 60000 * (1 + sea_below(sea, 60));
}

/* Ships of the picture, in the order of their MMSIs. */
static void
make_scene(struct sea *sea, struct rcc_scene *scene)
{
	for (uint32_t i = 0; i < MMSIS; i++) {
		if (sea_below(sea, 3) != 0)
			continue;
		struct rcc_pos pos = sea_some_pos(sea);
		uint32_t sog_dkn = sea_chance(sea, 5) ? RCC_SOG_UNKNOWN_DKN : sea_below(sea, 300);
		if (rcc_pos_is_known(pos))
			scene->ship[scene->count++] =
			    (struct rcc_scene_ship){{FIRST_MMSI + i * MMSI_STEP}, pos, sog_dkn, sea->now_ms - 1};
	}
}

static void
make_body(struct sea *sea, const struct rcc_core *core, struct rcc_command *command)
{
	switch (command->kind) {
	case RCC_COMMAND_RUN:
		sea_run(sea, command);
		return;
	case RCC_COMMAND_ENROL:
		make_enrol(sea, &command->u.enrol);
		return;
	case RCC_COMMAND_REVOKE:
		make_revoke(sea, &command->u.revoke);
		return;
	case RCC_COMMAND_ALERT:
		sea_make_alert(sea, core, &command->origin, &command->u.alert);
		return;
	case RCC_COMMAND_STORED:
		command->u.stored.number = some_number(sea, core, command->origin.peer);
		command->u.stored.stored_at_ms = sea->now_ms;
		return;
	case RCC_COMMAND_READ:
		command->u.read.number = some_number(sea, core, command->origin.peer);
		if (!sea_chance(sea, 6))
			watch_text(command->u.read.by, sizeof command->u.read.by, "2nd mate");
		return;
	case RCC_COMMAND_ANSWER:
		make_answer(sea, core, &command->origin, &command->u.answer);
		return;
	case RCC_COMMAND_CANCEL:
		make_cancel(sea, core, &command->u.cancel);
		return;
	case RCC_COMMAND_CLOSE:
		make_close(sea, core, &command->u.close);
		return;
	case RCC_COMMAND_DECIDE:
		make_decide(sea, core, &command->u.decide);
		return;
	case RCC_COMMAND_SENT:
		make_sent(sea, core, &command->u.sent);
		return;
	case RCC_COMMAND_DUE:
		make_due(sea, core, command);
		return;
	case RCC_COMMAND_SILENCE:
		make_silence(sea, core, &command->u.silence);
		return;
	case RCC_COMMAND_RELAY:
	case RCC_COMMAND_OPEN:
	case RCC_COMMAND_CLASSIFY:
	case RCC_COMMAND_JOIN:
	case RCC_COMMAND_PLAN:
	case RCC_COMMAND_PHASE:
	case RCC_COMMAND_SUSPEND:
	case RCC_COMMAND_RESUME:
	case RCC_COMMAND_SPLIT:
	case RCC_COMMAND_GROUP:
	case RCC_COMMAND_DRILL:
	case RCC_COMMAND_UNSEAL:
	case RCC_WORK_COMMANDS:
		sea_make_order(sea, core, command);
		return;
	}
	assert(false && "a command outside its enum");
}

/* Something said before, again: the same bytes, other bytes under its id, or the same words under a new id. */
static bool
say_again(struct sea *sea, const struct rcc_core *core, struct rcc_command *command)
{
	if (sea->said_count == 0 || !sea_chance(sea, 8))
		return false;
	uint32_t newest = sea->said_count < SEA_SAID_MAX ? sea->said_count : SEA_SAID_MAX;
	const struct sea_said *said = &sea->said[sea_below(sea, newest)];
	command->kind = said->kind;
	memcpy(&command->u, &said->u, sizeof said->u);
	uint32_t how = sea_below(sea, 3);
	if (how == 2) {
		set_origin(sea, core, command);
		return true;
	}
	bool is_revoked;
	command->origin = said->origin;
	if (said->origin.fingerprint != 0)
		command->origin.role = rcc_core_identify(core, &said->origin.key, &command->origin.peer, &is_revoked);
	command->origin.fingerprint += how;
	return true;
}

static void
remember(struct sea *sea, const struct rcc_command *command)
{
	if (command->kind != RCC_COMMAND_ALERT && command->kind != RCC_COMMAND_ANSWER &&
	    command->kind != RCC_COMMAND_DECIDE)
		return;
	struct sea_said *said = &sea->said[sea->said_count++ % SEA_SAID_MAX];
	said->kind = command->kind;
	said->origin = command->origin;
	memcpy(&said->u, &command->u, sizeof said->u);
}

void
sea_command(struct sea *sea, const struct rcc_core *core, struct rcc_command *command)
{
	/* How often each is said, of 148: alerts and the ledger's words lead. */
	static const struct {
		enum rcc_command_kind kind;
		uint32_t below;
	} kinds[] = {{RCC_COMMAND_ALERT, 16},      {RCC_COMMAND_STORED, 24},         {RCC_COMMAND_READ, 27},
	             {RCC_COMMAND_SENT, 31},       {RCC_COMMAND_ANSWER, 36},         {RCC_COMMAND_DECIDE, 41},
	             {RCC_COMMAND_RELAY, 44},      {RCC_COMMAND_CANCEL, 48},         {RCC_COMMAND_CLOSE, 52},
	             {RCC_COMMAND_ENROL, 56},      {RCC_COMMAND_SILENCE, 58},        {RCC_COMMAND_REVOKE, 59},
	             {RCC_COMMAND_DUE, 64},        {RCC_COMMAND_OPEN, 68},           {RCC_COMMAND_PHASE, 70},
	             {RCC_COMMAND_SUSPEND, 71},    {RCC_COMMAND_RESUME, 72},         {RCC_COMMAND_CLASSIFY, 74},
	             {RCC_COMMAND_JOIN, 77},       {RCC_COMMAND_SPLIT, 79},          {RCC_COMMAND_GROUP, 80},
	             {RCC_COMMAND_PLAN, 82},       {RCC_COMMAND_DRILL, 84},          {RCC_COMMAND_UNSEAL, 85},
	             {RCC_COMMAND_TASK, 90},       {RCC_COMMAND_SURVIVORS, 93},      {RCC_COMMAND_PERSONS, 99},
	             {RCC_COMMAND_NEED, 102},      {RCC_COMMAND_PLACE, 111},         {RCC_COMMAND_REFERRAL, 112},
	             {RCC_COMMAND_NOTE, 114},      {RCC_COMMAND_SMC, 115},           {RCC_COMMAND_WATCH, 116},
	             {RCC_COMMAND_COMMS, 117},     {RCC_COMMAND_SITREP, 118},        {RCC_COMMAND_HANDOVER, 120},
	             {RCC_COMMAND_DUTY, 122},      {RCC_COMMAND_PROFILE, 126},       {RCC_COMMAND_CENTRE, 130},
	             {RCC_COMMAND_REQUEST, 133},   {RCC_COMMAND_PLACE_REQUEST, 138}, {RCC_COMMAND_CIRCULAR, 140},
	             {RCC_COMMAND_RETENTION, 142}, {RCC_COMMAND_INVITE, 144},        {RCC_COMMAND_ADMIT, 147},
	             {RCC_COMMAND_REKEY, 148}};
	uint32_t lot = sea_below(sea, 148);
	struct rcc_pos centre;
	size_t kind = 0;

	pass_time(sea);
	while (lot >= kinds[kind].below)
		kind++;
	command->kind = sea_chance(sea, 300) ? RCC_COMMAND_RUN : kinds[kind].kind;
	if (!say_again(sea, core, command)) {
		set_origin(sea, core, command);
		make_body(sea, core, command);
	}
	command->at_ms = sea->now_ms;
	remember(sea, command);
	if (rcc_core_wants_scene(core, command, &centre) ? !sea_chance(sea, 12) : sea_chance(sea, 30))
		make_scene(sea, &command->scene);
}

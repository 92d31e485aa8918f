/* sea_work.c - random orders of the work of an incident: most make sense, some do not. */
#include <stdio.h>
#include <string.h>

#include "core/persons.h"
#include "core/place.h"
#include "rcc/units.h"
#include "sea_internal.h"
#include "watch.h"

static struct rcc_mmsi
some_ship(struct sea *sea)
{
	return sea_chance(sea, 4) ? (struct rcc_mmsi){0} : sea_some_mmsi(sea);
}

static struct rcc_persons
some_persons(struct sea *sea)
{
	return (struct rcc_persons){.men = sea_below(sea, 5),
	                            .women = sea_below(sea, 5),
	                            .children = sea_below(sea, 3),
	                            .unaccompanied = sea_below(sea, 2),
	                            .infants = sea_below(sea, 2),
	                            .injured = sea_below(sea, 2),
	                            .families = sea_below(sea, 3)};
}

static void
some_name(struct sea *sea, char *name)
{
	static const char *const names[] = {"", "MRCC EXAMPLE", "PORT OF LOS", "WATCH OFFICER", "HOSPITAL"};

	watch_text(name, RCC_NAME_MAX + 1, names[sea_below(sea, 5)]);
}

static int64_t
some_past(struct sea *sea)
{
	return sea_chance(sea, 2) ? 0 : sea->now_ms + RCC_MS_PER_MIN - (int64_t)sea_below(sea, 100) * RCC_MS_PER_MIN;
}

static void
make_task(struct sea *sea, const struct rcc_core *core, struct rcc_task *task)
{
	task->incident = sea_some_incident(sea, core);
	task->kind = (enum rcc_task_kind)(1 + sea_below(sea, RCC_TASK_LAST));
	task->ship = some_ship(sea);
	task->contact_min = sea_below(sea, 3) * 30;
	task->others_comply = sea_below(sea, 2);
	sea_some_text(sea, task->text, sizeof task->text);
	sea_some_text(sea, task->consulted, sizeof task->consulted);
}

/* A case with its persons: mostly one that holds some, so that reports and moves meet what is there. */
static struct rcc_incident_id
some_case(struct sea *sea, const struct rcc_core *core)
{
	struct rcc_incident_id id = sea_some_incident(sea, core);

	for (int tries = 0; tries < 6; tries++) {
		uint32_t slot = core->aboard_top == 0 ? 0 : sea_below(sea, core->aboard_top);
		bool is_held = core->aboard[slot].incident.v != 0 && !sea_chance(sea, 3);
		id = is_held ? core->aboard[slot].incident : sea_some_incident(sea, core);
		const struct rcc_incident *incident = rcc_incident_find(core, id);
		if (incident != NULL && incident->status != RCC_INCIDENT_CLOSED)
			break;
	}
	return id;
}

/* A row of a case, any of the newest few; NULL if nobody is counted in it. */
static const struct rcc_aboard *
some_row(struct sea *sea, const struct rcc_core *core, struct rcc_incident_id id)
{
	const struct rcc_incident *incident = rcc_incident_find(core, id);
	const struct rcc_aboard *row = incident == NULL ? NULL : rcc_aboard_at(core, incident->newest_aboard);

	for (uint32_t n = sea_below(sea, 6); row != NULL && row->previous != 0 && n > 0; n--)
		row = rcc_aboard_at(core, row->previous);
	return row;
}

static void
make_survivors(struct sea *sea, const struct rcc_core *core, struct rcc_survivors *survivors)
{
	survivors->incident = some_case(sea, core);
	survivors->ship = some_ship(sea);
	survivors->aboard = some_persons(sea);
	survivors->dead = sea_chance(sea, 5);
	survivors->protection_stated = sea_below(sea, 2);
	survivors->safe_hours = sea_below(sea, 48);
	some_name(sea, survivors->next_port);
	sea_some_text(sea, survivors->text, sizeof survivors->text);
	const struct rcc_aboard *row = some_row(sea, core, survivors->incident);
	if (row == NULL || row->ship.v == 0 || sea_chance(sea, 3))
		return;
	/* Of a ship that has some: what the ledger says, or the same people told apart otherwise. */
	survivors->ship = row->ship;
	survivors->aboard = row->count;
	if (sea_chance(sea, 2) && survivors->aboard.men > 0) {
		survivors->aboard.men--;
		survivors->aboard.women++;
	}
}

/* Some of a row, or all. */
static struct rcc_persons
some_of(struct sea *sea, const struct rcc_persons *whole)
{
	struct rcc_groups groups = rcc_groups_of(whole);

	if (sea_chance(sea, 2))
		return *whole;
	for (size_t i = 0; i < RCC_GROUPS; i++)
		groups.v[i] = sea_below(sea, groups.v[i] + 1);
	/* Mostly somebody, and no more marks than persons on either side. */
	struct rcc_persons some = rcc_groups_persons(&groups);
	struct rcc_persons rest = rcc_groups_without(whole, &some);
	bool is_sound = rcc_persons_sum(&some) > 0 && rcc_groups_impossible(&some) == RCC_GROUPS &&
	                rcc_groups_impossible(&rest) == RCC_GROUPS;
	return is_sound || sea_chance(sea, 6) ? some : *whole;
}

static void
make_persons(struct sea *sea, const struct rcc_core *core, struct rcc_move_persons *move)
{
	move->incident = some_case(sea, core);
	const struct rcc_aboard *row = some_row(sea, core, move->incident);
	bool is_careless = sea_chance(sea, 6);
	move->from = (enum rcc_where)(1 + sea_below(sea, RCC_WHERE_LAST));
	move->to = (enum rcc_where)(1 + sea_below(sea, RCC_WHERE_LAST));
	move->place.v = is_careless ? sea_below(sea, 4) : 0;
	move->count = some_persons(sea);
	if (row != NULL && rcc_persons_sum(&row->count) > 0 && !is_careless && !sea_chance(sea, 3)) {
		move->from = row->where;
		move->from_ship = row->ship;
		move->place = row->place;
		move->count = some_of(sea, &row->count);
	} else if (!is_careless) {
		move->from = RCC_WHERE_AT_RISK;
	}
	if (move->from == RCC_WHERE_ABOARD && move->from_ship.v == 0)
		move->from_ship = some_ship(sea);
	move->to_ship = move->to == RCC_WHERE_ABOARD ? sea_some_mmsi(sea) : (struct rcc_mmsi){0};
	move->family = (enum rcc_family)sea_below(sea, RCC_FAMILY_LAST + 1);
	move->happened_at_ms = some_past(sea);
	move->more_found = sea_chance(sea, 2);
	if (is_careless)
		sea_some_text(sea, move->reason, sizeof move->reason);
	else if (!sea_chance(sea, 5))
		watch_text(move->reason, sizeof move->reason, "counted again on deck");
}

static void
make_need(struct sea *sea, const struct rcc_core *core, struct rcc_need *need)
{
	uint32_t slot = core->need_top == 0 ? 0 : sea_below(sea, core->need_top);

	need->incident = sea_some_incident(sea, core);
	need->state = (enum rcc_need_state)(1 + sea_below(sea, RCC_NEED_STATE_LAST));
	need->kind = (enum rcc_need_kind)sea_below(sea, RCC_NEED_LAST + 1);
	need->ship = some_ship(sea);
	need->quantity = sea_below(sea, 100);
	sea_some_text(sea, need->text, sizeof need->text);
	if (sea_chance(sea, 3)) {
		need->need.v = sea_below(sea, 5);
	} else if (core->need_top > 0 && core->need[slot].id.v != 0 && sea_chance(sea, 2)) {
		need->need = core->need[slot].id;
		need->incident = core->need[slot].incident;
	} else {
		need->state = RCC_NEED_ASKED;
	}
}

/* Most of it does not belong together. */
static void
make_any_step(struct sea *sea, const struct rcc_core *core, struct rcc_place *place)
{
	place->incident = sea_some_incident(sea, core);
	place->place.v = sea_chance(sea, 6) ? sea_below(sea, core->place_last + 3) : 0;
	place->step = (enum rcc_place_step)(1 + sea_below(sea, RCC_PLACE_STEP_LAST));
	some_name(sea, place->name);
	some_name(sea, place->authority);
	place->pos = sea_some_pos(sea);
	place->ship = some_ship(sea);
	bool is_checked = place->step == RCC_PLACE_CHECKED || sea_chance(sea, 20);
	if (is_checked)
		place->checks = sea_chance(sea, 2) ? RCC_CHECKS_ALL : sea_below(sea, RCC_CHECKS_ALL + 1);
	place->is_unsafe = (is_checked || place->step == RCC_PLACE_REVIEWED) && sea_chance(sea, 3);
	place->is_override = (place->step == RCC_PLACE_ASSIGNED || sea_chance(sea, 20)) && sea_chance(sea, 3);
	if (place->step == RCC_PLACE_ASSIGNED || place->step == RCC_PLACE_REACHED || sea_chance(sea, 20))
		place->extra_nm = sea_below(sea, 300);
	sea_some_text(sea, place->text, sizeof place->text);
}

/* The place that was named some steps ago, with its case; NULL if that is gone. */
static const struct rcc_place_state *
some_place(struct sea *sea, const struct rcc_core *core)
{
	uint32_t back = sea_below(sea, 6);

	const struct rcc_place_state *place =
	    core->place_last <= back ? NULL : rcc_place_find(core, (struct rcc_place_id){core->place_last - back});
	const struct rcc_incident *incident = place == NULL ? NULL : rcc_incident_find(core, place->incident);

	return incident != NULL && incident->status != RCC_INCIDENT_CLOSED ? place : NULL;
}

/* What comes next at a place: checked, then a ship is sent; or what two officers decide. */
static void
make_next_step(struct sea *sea, const struct rcc_core *core, const struct rcc_place_state *at, struct rcc_place *place)
{
	const struct rcc_place_ship *row = rcc_place_ship_at(core, at->newest_ship);

	place->incident = at->incident;
	place->place = at->id;
	watch_text(place->name, sizeof place->name, sea_chance(sea, 2) ? at->name : "");
	place->checks = 0;
	place->is_unsafe = 0;
	place->is_override = 0;
	place->extra_nm = 0;
	if (row != NULL && !sea_chance(sea, 4))
		place->ship = row->ship;
	if (rcc_place_blocks(at) == 0 || sea_chance(sea, 2)) {
		place->step = RCC_PLACE_ASSIGNED;
		place->is_override = rcc_place_blocks(at) != 0;
		place->extra_nm = sea_below(sea, 300);
	} else if (at->is_feared && sea_chance(sea, 2)) {
		place->step = RCC_PLACE_REVIEWED;
	} else {
		place->step = sea_chance(sea, 3) ? RCC_PLACE_OFFERED : RCC_PLACE_CHECKED;
		place->checks = place->step == RCC_PLACE_CHECKED ? RCC_CHECKS_ALL : 0;
	}
	if (place->is_override != 0 || place->step == RCC_PLACE_REVIEWED || place->step == RCC_PLACE_CHECKED)
		watch_text(place->text, sizeof place->text, "looked at with the port and the master");
}

/* The second half of what one officer has decided over a warning, where there is one; now and then by the same. */
static bool
make_second_half(struct sea *sea, const struct rcc_core *core, struct rcc_place *place)
{
	for (uint32_t i = 0; i < core->place_ship_top; i++) {
		const struct rcc_place_ship *row = &core->place_ship[i];
		const struct rcc_place_state *at = row->pending_by.v == 0 ? NULL : rcc_place_find(core, row->place);
		if (at == NULL || sea_chance(sea, 3))
			continue;
		make_next_step(sea, core, at, place);
		place->step = RCC_PLACE_ASSIGNED;
		place->ship = row->ship;
		place->checks = 0;
		place->is_override = 1;
		watch_text(place->text, sizeof place->text, "nowhere else within her range");
		return true;
	}
	return false;
}

/* One that is still worked on. */
static struct rcc_incident_id
some_open(struct sea *sea, const struct rcc_core *core)
{
	uint32_t start = core->incident_top == 0 ? 0 : sea_below(sea, core->incident_top);

	for (uint32_t i = 0; i < core->incident_top; i++) {
		const struct rcc_incident *incident = &core->incident[(start + i) % core->incident_top];
		if (incident->id.v != 0 && incident->status != RCC_INCIDENT_CLOSED)
			return incident->id;
	}
	return sea_some_incident(sea, core);
}

/* Under the key of an officer, if one is enrolled: two of them are rare among keys taken by chance. */
static void
speak_as_officer(struct sea *sea, const struct rcc_core *core, struct rcc_origin *origin)
{
	uint32_t start = core->peer_count == 0 ? 0 : sea_below(sea, core->peer_count);

	for (uint32_t i = 0; i < core->peer_count && origin->fingerprint != 0; i++) {
		const struct rcc_peer *peer = &core->peer[(start + i) % core->peer_count];
		if ((peer->role != RCC_ROLE_OFFICER && peer->role != RCC_ROLE_ADMIN) || peer->revoked_at_ms != 0)
			continue;
		origin->key = peer->key;
		origin->peer = peer->id;
		origin->role = peer->role;
		return;
	}
}

static void
make_place(struct sea *sea, const struct rcc_core *core, struct rcc_command *command)
{
	const struct rcc_place_state *at = sea_chance(sea, 3) ? NULL : some_place(sea, core);

	make_any_step(sea, core, &command->u.place);
	if (sea_chance(sea, 3) && make_second_half(sea, core, &command->u.place)) {
		speak_as_officer(sea, core, &command->origin);
		return;
	}
	if (at != NULL)
		make_next_step(sea, core, at, &command->u.place);
	else if (sea_chance(sea, 2))
		command->u.place.incident = some_open(sea, core);
	sea_ask_centre(sea, core, &command->u.place);
	if (!sea_chance(sea, 3))
		speak_as_officer(sea, core, &command->origin);
}

static void
make_diary(struct sea *sea, const struct rcc_core *core, struct rcc_command *command)
{
	struct rcc_incident_id incident = sea_some_incident(sea, core);

	if (command->kind == RCC_COMMAND_REFERRAL) {
		command->u.referral.incident = incident;
		command->u.referral.service = (enum rcc_service)(1 + sea_below(sea, RCC_SERVICE_LAST));
		command->u.referral.persons = sea_below(sea, 50);
		some_name(sea, command->u.referral.to);
	} else if (command->kind == RCC_COMMAND_NOTE) {
		command->u.note.incident = incident;
		command->u.note.kind = (enum rcc_note_kind)(1 + sea_below(sea, RCC_NOTE_LAST));
		command->u.note.ship = some_ship(sea);
		command->u.note.happened_at_ms = some_past(sea);
		sea_some_text(sea, command->u.note.text, sizeof command->u.note.text);
		if (rcc_note_is_of_file(command->u.note.kind)) {
			command->u.note.digest.b[0] = (uint8_t)(1 + sea_below(sea, 3));
			some_name(sea, command->u.note.authority);
		}
		if (sea_chance(sea, 6))
			command->u.note.incident.v = 0;
	} else if (command->kind == RCC_COMMAND_SMC) {
		command->u.smc.incident = incident;
		some_name(sea, command->u.smc.officer);
		sea_some_text(sea, command->u.smc.reason, sizeof command->u.smc.reason);
	} else if (command->kind == RCC_COMMAND_WATCH) {
		some_name(sea, command->u.watch.officer);
	} else {
		command->u.comms.incident = incident;
		some_name(sea, command->u.comms.control);
		some_name(sea, command->u.comms.on_scene);
	}
}

void
sea_place_centre(struct sea *sea, struct rcc_enrol *enrol)
{
	if (enrol->role != RCC_ROLE_PEER || sea_chance(sea, 4))
		return;
	watch_text(enrol->endpoint, sizeof enrol->endpoint, "tcp://192.0.2.1:8407");
	enrol->share = sea_chance(sea, 3) ? sea_below(sea, RCC_SHARE_LAST + 1) : 0;
}

/* One of the centres that were enrolled so far, revoked ones among them; NULL if there is none. */
const struct rcc_peer *
sea_a_centre(struct sea *sea, const struct rcc_core *core)
{
	uint32_t from = core->peer_count == 0 ? 0 : sea_below(sea, core->peer_count);

	for (uint32_t i = 0; i < core->peer_count; i++) {
		const struct rcc_peer *peer = &core->peer[(from + i) % core->peer_count];
		if (peer->role == RCC_ROLE_PEER)
			return peer;
	}
	return NULL;
}

static void
some_centre(struct sea *sea, const struct rcc_core *core, char *name)
{
	const struct rcc_peer *peer = sea_a_centre(sea, core);

	if (peer == NULL || sea_chance(sea, 8))
		some_name(sea, name);
	else
		watch_text(name, RCC_NAME_MAX + 1, peer->name);
}

/* What another centre says, mostly of a handover that there is; or what our shell heard from it. */
static void
make_centre(struct sea *sea, const struct rcc_core *core, struct rcc_command *command)
{
	struct rcc_centre *said = &command->u.centre;
	const struct rcc_handover_state *row = &core->handover[sea_below(sea, 8)];
	const struct rcc_peer *peer = row->id != 0 ? rcc_peer_find(core, row->peer) : sea_a_centre(sea, core);
	bool is_revoked;

	if (peer != NULL && !sea_chance(sea, 8)) {
		command->origin.key = peer->key;
		command->origin.role = rcc_core_identify(core, &peer->key, &command->origin.peer, &is_revoked);
	}
	said->handover = row->id != 0 && !sea_chance(sea, 4) ? row->handover : (struct rcc_msg_id){{1, 0}};
	said->handover.b[15] ^= (uint8_t)(sea_chance(sea, 4) ? sea_below(sea, 4) : 0);
	said->step = (enum rcc_handover_step)(1 + sea_below(sea, RCC_HANDOVER_STEP_LAST));
	said->incident.v = sea_below(sea, 4);
	said->number = said->incident.v;
	if (said->step == RCC_HANDOVER_STORED && !sea_chance(sea, 4))
		memset(&command->origin.msg_id, 0, sizeof command->origin.msg_id);
	if (said->step == RCC_HANDOVER_STORED && sea_chance(sea, 3))
		said->refusal = (enum rcc_refusal)(1 + sea_below(sea, RCC_REFUSAL_LAST));
	if (said->step == RCC_HANDOVER_OFFER && !sea_chance(sea, 8)) {
		said->snapshot_count = 1;
		sea_make_alert(sea, core, &command->origin, &said->snapshot[0]);
		sea_make_carried(sea, &said->carried);
	}
	some_name(sea, said->officer);
	sea_some_text(sea, said->reason, sizeof said->reason);
}

static void
make_report(struct sea *sea, const struct rcc_core *core, struct rcc_command *command)
{
	if (command->kind == RCC_COMMAND_SITREP) {
		command->u.sitrep.incident = sea_some_incident(sea, core);
		command->u.sitrep.is_full = sea_below(sea, 2);
		command->u.sitrep.is_final = sea_chance(sea, 4);
		sea_some_text(sea, command->u.sitrep.text, sizeof command->u.sitrep.text);
	} else if (command->kind == RCC_COMMAND_HANDOVER) {
		command->u.handover.incident = sea_some_incident(sea, core);
		command->u.handover.step = (enum rcc_handover_step)(1 + sea_below(sea, RCC_HANDOVER_STEP_LAST));
		some_centre(sea, core, command->u.handover.centre);
		some_name(sea, command->u.handover.officer);
		sea_some_text(sea, command->u.handover.reason, sizeof command->u.handover.reason);
	} else {
		command->u.duty.duty.v = 1 + sea_below(sea, 20);
		command->u.duty.state = (enum rcc_duty_state)(1 + sea_below(sea, RCC_DUTY_STATE_LAST));
		sea_some_text(sea, command->u.duty.reason, sizeof command->u.duty.reason);
	}
}

void
sea_make_clocks(struct sea *sea, struct rcc_rules *rules)
{
	rules->overdue_grace_ms = 60000 * sea_below(sea, 40);
	rules->parity_every_ms = 60000 * sea_below(sea, 20);
	rules->parity_window_ms = 3600000 * sea_below(sea, 5);
	rules->parity_ships = 1 + sea_below(sea, 3);
	rules->parity_points = 1 + sea_below(sea, 30);
	rules->parity_times = 1 + sea_below(sea, 3);
	rules->parity_apart_ms = 1000 * sea_below(sea, 60);
}

bool
sea_make_work(struct sea *sea, const struct rcc_core *core, struct rcc_command *command)
{
	switch ((int)command->kind) {
	case RCC_COMMAND_TASK:
		make_task(sea, core, &command->u.task);
		return true;
	case RCC_COMMAND_SURVIVORS:
		make_survivors(sea, core, &command->u.survivors);
		return true;
	case RCC_COMMAND_PERSONS:
		make_persons(sea, core, &command->u.persons);
		return true;
	case RCC_COMMAND_NEED:
		make_need(sea, core, &command->u.need);
		return true;
	case RCC_COMMAND_PLACE:
		make_place(sea, core, command);
		return true;
	case RCC_COMMAND_REFERRAL:
	case RCC_COMMAND_NOTE:
	case RCC_COMMAND_SMC:
	case RCC_COMMAND_WATCH:
	case RCC_COMMAND_COMMS:
		make_diary(sea, core, command);
		return true;
	case RCC_COMMAND_PROFILE:
		command->u.profile.ship = some_ship(sea);
		sea_make_profile(sea, &command->u.profile);
		return true;
	case RCC_COMMAND_CIRCULAR:
		sea_make_circular(sea, &command->u.circular);
		return true;
	case RCC_COMMAND_CENTRE:
		make_centre(sea, core, command);
		return true;
	case RCC_COMMAND_SITREP:
	case RCC_COMMAND_HANDOVER:
	case RCC_COMMAND_DUTY:
		make_report(sea, core, command);
		return true;
	default:
		return sea_make_request(sea, core, command);
	}
}

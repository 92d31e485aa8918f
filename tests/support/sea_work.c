/* sea_work.c - random orders of the work of an incident: most make sense, some do not. */
#include <string.h>

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

static void
make_survivors(struct sea *sea, const struct rcc_core *core, struct rcc_survivors *survivors)
{
	survivors->incident = sea_some_incident(sea, core);
	survivors->ship = some_ship(sea);
	survivors->aboard = some_persons(sea);
	survivors->dead = sea_below(sea, 2);
	survivors->protection_stated = sea_below(sea, 2);
	survivors->safe_hours = sea_below(sea, 48);
	some_name(sea, survivors->next_port);
	sea_some_text(sea, survivors->text, sizeof survivors->text);
}

static void
make_persons(struct sea *sea, const struct rcc_core *core, struct rcc_move_persons *move)
{
	move->incident = sea_some_incident(sea, core);
	move->from = (enum rcc_where)(1 + sea_below(sea, RCC_WHERE_LAST));
	move->to = (enum rcc_where)(1 + sea_below(sea, RCC_WHERE_LAST));
	move->from_ship = move->from == RCC_WHERE_ABOARD ? some_ship(sea) : (struct rcc_mmsi){0};
	move->to_ship = move->to == RCC_WHERE_ABOARD ? some_ship(sea) : (struct rcc_mmsi){0};
	move->place.v = sea_below(sea, 4);
	move->count = some_persons(sea);
	move->family = (enum rcc_family)sea_below(sea, RCC_FAMILY_LAST + 1);
	move->happened_at_ms = some_past(sea);
	sea_some_text(sea, move->reason, sizeof move->reason);
}

static void
make_need(struct sea *sea, const struct rcc_core *core, struct rcc_need *need)
{
	need->incident = sea_some_incident(sea, core);
	need->need.v = sea_below(sea, 5);
	need->state = (enum rcc_need_state)(1 + sea_below(sea, RCC_NEED_STATE_LAST));
	need->kind = (enum rcc_need_kind)sea_below(sea, RCC_NEED_LAST + 1);
	need->ship = some_ship(sea);
	need->quantity = sea_below(sea, 100);
	sea_some_text(sea, need->text, sizeof need->text);
}

static void
make_place(struct sea *sea, const struct rcc_core *core, struct rcc_place *place)
{
	place->incident = sea_some_incident(sea, core);
	place->place.v = sea_below(sea, 4);
	place->step = (enum rcc_place_step)(1 + sea_below(sea, RCC_PLACE_STEP_LAST));
	some_name(sea, place->name);
	some_name(sea, place->authority);
	place->pos = sea_some_pos(sea);
	place->ship = some_ship(sea);
	place->checks = sea_chance(sea, 2) ? RCC_CHECKS_ALL : sea_below(sea, RCC_CHECKS_ALL + 1);
	place->is_unsafe = sea_chance(sea, 3);
	place->is_override = sea_chance(sea, 3);
	place->extra_nm = sea_below(sea, 300);
	sea_some_text(sea, place->text, sizeof place->text);
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
static const struct rcc_peer *
a_centre(struct sea *sea, const struct rcc_core *core)
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
	const struct rcc_peer *peer = a_centre(sea, core);

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
	const struct rcc_peer *peer = row->id != 0 ? rcc_peer_find(core, row->peer) : a_centre(sea, core);
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
		make_place(sea, core, &command->u.place);
		return true;
	case RCC_COMMAND_REFERRAL:
	case RCC_COMMAND_NOTE:
	case RCC_COMMAND_SMC:
	case RCC_COMMAND_WATCH:
	case RCC_COMMAND_COMMS:
		make_diary(sea, core, command);
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
		return false;
	}
}

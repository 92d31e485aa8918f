/* sea_disguise.c - the same command with everybody's names, numbers and owners changed: decisions must not change. */
#include <stdio.h>
#include <string.h>

#include "sea.h"
#include "watch.h"

static struct rcc_mmsi
other_mmsi(struct rcc_mmsi mmsi)
{
	return (struct rcc_mmsi){mmsi.v == 0 ? 0 : RCC_MMSI_MAX - mmsi.v};
}

/* "K12" becomes "ZEBRA 12": another initial, another length. */
static void
other_name(char *name, size_t size)
{
	char number[RCC_NAME_MAX + 1];

	if (name[0] != 'K')
		return;
	watch_text(number, sizeof number, name + 1);
	memset(name, 0, size);
	snprintf(name, size, "ZEBRA %.30s", number);
}

static void
disguise_carried(struct rcc_carried *carried)
{
	for (uint32_t i = 0; i < carried->persons_count; i++)
		carried->persons[i].ship = other_mmsi(carried->persons[i].ship);
	for (uint32_t i = 0; i < carried->place_count; i++)
		carried->place[i].fear_ship = other_mmsi(carried->place[i].fear_ship);
	for (uint32_t i = 0; i < carried->need_count; i++)
		carried->need[i].ship = other_mmsi(carried->need[i].ship);
	for (uint32_t i = 0; i < carried->ship_count; i++)
		carried->ship[i].ship = other_mmsi(carried->ship[i].ship);
	for (uint32_t i = 0; i < carried->objection_count; i++)
		carried->objection[i].ship = other_mmsi(carried->objection[i].ship);
}

/* Ships that are named in the work of an incident. */
static void
disguise_work(struct rcc_command *command)
{
	if (command->kind == RCC_COMMAND_TASK) {
		command->u.task.ship = other_mmsi(command->u.task.ship);
	} else if (command->kind == RCC_COMMAND_SURVIVORS) {
		command->u.survivors.ship = other_mmsi(command->u.survivors.ship);
	} else if (command->kind == RCC_COMMAND_PERSONS) {
		command->u.persons.from_ship = other_mmsi(command->u.persons.from_ship);
		command->u.persons.to_ship = other_mmsi(command->u.persons.to_ship);
	} else if (command->kind == RCC_COMMAND_NEED) {
		command->u.need.ship = other_mmsi(command->u.need.ship);
	} else if (command->kind == RCC_COMMAND_PLACE) {
		command->u.place.ship = other_mmsi(command->u.place.ship);
		other_name(command->u.place.authority, sizeof command->u.place.authority);
	} else if (command->kind == RCC_COMMAND_PLACE_REQUEST) {
		command->u.place_request.ship = other_mmsi(command->u.place_request.ship);
	} else if (command->kind == RCC_COMMAND_NOTE) {
		command->u.note.ship = other_mmsi(command->u.note.ship);
	} else if (command->kind == RCC_COMMAND_HANDOVER) {
		other_name(command->u.handover.centre, sizeof command->u.handover.centre);
	} else if (command->kind == RCC_COMMAND_CENTRE) {
		command->u.centre.snapshot[0].casualty = other_mmsi(command->u.centre.snapshot[0].casualty);
		command->u.centre.snapshot[0].relay = other_mmsi(command->u.centre.snapshot[0].relay);
		disguise_carried(&command->u.centre.carried);
	} else if (command->kind == RCC_COMMAND_ANSWER) {
		command->u.answer.ship = other_mmsi(command->u.answer.ship);
	}
}

void
sea_disguise(struct rcc_command *command)
{
	struct rcc_scene *scene = &command->scene;

	if (command->kind == RCC_COMMAND_ENROL) {
		command->u.enrol.mmsi = other_mmsi(command->u.enrol.mmsi);
		command->u.enrol.owner =
		    (enum rcc_owner_kind)((command->u.enrol.owner * 5u + 3) % (RCC_OWNER_LAST + 1));
		other_name(command->u.enrol.name, sizeof command->u.enrol.name);
	} else if (command->kind == RCC_COMMAND_INVITE) {
		command->u.invite.mmsi = other_mmsi(command->u.invite.mmsi);
		command->u.invite.owner =
		    (enum rcc_owner_kind)((command->u.invite.owner * 5u + 3) % (RCC_OWNER_LAST + 1));
		other_name(command->u.invite.name, sizeof command->u.invite.name);
	} else if (command->kind == RCC_COMMAND_REVOKE) {
		other_name(command->u.revoke.name, sizeof command->u.revoke.name);
	} else if (command->kind == RCC_COMMAND_ALERT) {
		command->u.alert.casualty = other_mmsi(command->u.alert.casualty);
		command->u.alert.relay = other_mmsi(command->u.alert.relay);
	} else if (command->kind == RCC_COMMAND_OPEN) {
		command->u.open.alert.casualty = other_mmsi(command->u.open.alert.casualty);
		command->u.open.alert.relay = other_mmsi(command->u.open.alert.relay);
	} else if (command->kind == RCC_COMMAND_CLASSIFY) {
		command->u.classify.casualty = other_mmsi(command->u.classify.casualty);
	} else if (command->kind == RCC_COMMAND_PLAN) {
		command->u.plan.mmsi = other_mmsi(command->u.plan.mmsi);
	} else if (command->kind == RCC_COMMAND_PROFILE) {
		command->u.profile.ship = other_mmsi(command->u.profile.ship);
		other_name(command->u.profile.company, sizeof command->u.profile.company);
		other_name(command->u.profile.policy, sizeof command->u.profile.policy);
	} else if (command->kind == RCC_COMMAND_RUN) {
		/* How ships of one owner were told is the one thing that may differ: statistics, which nothing reads. */
		command->u.run.rules.parity_every_ms = 0;
	}
	disguise_work(command);
	for (uint32_t i = 0; i < scene->count; i++)
		scene->ship[i].mmsi = other_mmsi(scene->ship[i].mmsi);
	for (uint32_t i = 0; i < scene->count / 2; i++) {
		struct rcc_scene_ship ship = scene->ship[i];
		scene->ship[i] = scene->ship[scene->count - 1 - i];
		scene->ship[scene->count - 1 - i] = ship;
	}
}

/* sea_requests.c - places of safety asked between centres, as they may come: mostly of requests that there are. */
#include <stdio.h>
#include <string.h>

#include "sea_internal.h"
#include "watch.h"

static const struct rcc_request_state *
some_request(struct sea *sea, const struct rcc_core *core)
{
	uint32_t from = sea_below(sea, RCC_REQUESTS_MAX);

	for (uint32_t i = 0; i < RCC_REQUESTS_MAX; i++) {
		const struct rcc_request_state *row = &core->request[(from + i) % RCC_REQUESTS_MAX];
		if (row->id.v != 0)
			return row;
	}
	return NULL;
}

void
sea_ask_centre(struct sea *sea, const struct rcc_core *core, struct rcc_place *place)
{
	const struct rcc_peer *peer = sea_a_centre(sea, core);

	if (place->step == RCC_PLACE_ASKED && peer != NULL && !sea_chance(sea, 4))
		watch_text(place->authority, sizeof place->authority, peer->name);
}

static void
make_answer(struct sea *sea, const struct rcc_core *core, struct rcc_request_order *order)
{
	const struct rcc_request_state *row = some_request(sea, core);

	order->request.v = row == NULL || sea_chance(sea, 8) ? 1 + sea_below(sea, 4) : row->id.v;
	order->step = (enum rcc_request_step)(1 + sea_below(sea, RCC_REQUEST_STEP_LAST));
	order->pos = sea_chance(sea, 4) ? sea_some_pos(sea) : RCC_POS_NONE;
	if (!sea_chance(sea, 8))
		watch_text(order->officer, sizeof order->officer, "OFFICER");
	sea_some_text(sea, order->text, sizeof order->text);
}

/* The centre of the row, or another; over its link, or as our shell hears a receipt. */
static void
make_speaker(struct sea *sea, const struct rcc_core *core, const struct rcc_request_state *row,
             struct rcc_command *command)
{
	const struct rcc_peer *peer =
	    row != NULL && !sea_chance(sea, 8) ? rcc_peer_find(core, row->peer) : sea_a_centre(sea, core);
	bool is_revoked;

	if (peer == NULL || sea_chance(sea, 10))
		return;
	command->origin.key = peer->key;
	command->origin.role = rcc_core_identify(core, &peer->key, &command->origin.peer, &is_revoked);
	if (row != NULL && !sea_chance(sea, 6))
		command->origin.class = row->class;
}

static void
make_said(struct sea *sea, const struct rcc_core *core, struct rcc_command *command)
{
	const struct rcc_request_state *row = sea_chance(sea, 3) ? NULL : some_request(sea, core);
	struct rcc_place_request *said = &command->u.place_request;

	make_speaker(sea, core, row, command);
	said->request = row != NULL ? row->asked.request : (struct rcc_msg_id){{7, (uint8_t)sea_below(sea, 40)}};
	said->step = (enum rcc_request_step)(1 + sea_below(sea, RCC_REQUEST_STEP_LAST));
	said->number = sea_below(sea, 6);
	said->incident.v = said->number;
	said->record.seq = sea_chance(sea, 8) ? 0 : 1 + sea_below(sea, 100);
	said->turn = sea_below(sea, RCC_REQUEST_TURNS_MAX + 1);
	said->pos = sea_chance(sea, 3) ? sea_some_pos(sea) : RCC_POS_NONE;
	said->ship_pos = RCC_POS_NONE;
	if (!sea_chance(sea, 8))
		watch_text(said->officer, sizeof said->officer, "OFFICER B");
	if (!sea_chance(sea, 8))
		watch_text(said->place, sizeof said->place, "PORT B");
	sea_some_text(sea, said->text, sizeof said->text);
	said->aboard.men = sea_below(sea, 30);
	said->aboard.injured = sea_chance(sea, 8) ? sea_below(sea, 40) : 0;
	if (said->step == RCC_REQUEST_STORED && !sea_chance(sea, 4))
		memset(&command->origin.msg_id, 0, sizeof command->origin.msg_id);
	if (said->step == RCC_REQUEST_STORED && sea_chance(sea, 3))
		said->refusal = (enum rcc_refusal)(1 + sea_below(sea, RCC_REFUSAL_LAST));
}

static void
make_carried_ships(struct sea *sea, struct rcc_carried *carried)
{
	carried->ship_count = sea_below(sea, 5);
	for (uint32_t i = 0; i < carried->ship_count; i++) {
		struct rcc_carried_ship *row = &carried->ship[i];
		row->ship.v = 200000001 + sea_below(sea, 8);
		row->answer = sea_below(sea, RCC_ANSWER_LAST + 1);
		row->reason = row->answer == RCC_ANSWER_UNABLE && !sea_chance(sea, 20) ? RCC_REASON_TOO_FAR : 0;
		row->said_at_ms = row->answer == 0 ? 0 : sea->now_ms - sea_below(sea, 100000);
		row->eta_at_ms = sea_chance(sea, 2) ? 0 : sea->now_ms - 100000 + sea_below(sea, 10000000);
		row->orders = sea_below(sea, RCC_CARRIED_ORDERS_ALL + 1);
		row->unanswered = row->orders & sea_below(sea, RCC_CARRIED_ORDERS_ALL + 1);
		row->contact_min = sea_chance(sea, 2) ? 0 : 1 + sea_below(sea, 60);
		row->place = sea_below(sea, carried->place_count + 1);
		watch_text(row->text, sizeof row->text, sea_chance(sea, 2) ? "" : "stand by to windward");
	}
	carried->objection_count = carried->place_count == 0 ? 0 : sea_below(sea, 3);
	for (uint32_t i = 0; i < carried->objection_count; i++) {
		carried->objection[i].place = 1 + sea_below(sea, carried->place_count);
		carried->objection[i].ship.v = 200000001 + sea_below(sea, 8);
		watch_text(carried->objection[i].text, sizeof carried->objection[i].text, "no water there");
	}
}

void
sea_make_carried(struct sea *sea, struct rcc_carried *carried)
{
	carried->persons_count = sea_below(sea, 4);
	for (uint32_t i = 0; i < carried->persons_count; i++) {
		struct rcc_carried_persons *row = &carried->persons[i];
		row->where = RCC_WHERE_ABOARD + sea_below(sea, RCC_WHERE_LAST - RCC_WHERE_ABOARD + 1);
		row->ship.v =
		    (row->where == RCC_WHERE_ABOARD) != sea_chance(sea, 20) ? 200000001 + sea_below(sea, 4) : 0;
		row->count.men = sea_below(sea, 30);
		row->count.injured = sea_chance(sea, 8) ? sea_below(sea, 40) : 0;
		row->first_at_ms = sea_chance(sea, 3) ? 0 : sea->now_ms - 100000 + sea_below(sea, 200000);
		row->protection_stated = sea_below(sea, 2);
		row->is_disputed = row->where == RCC_WHERE_ABOARD && sea_chance(sea, 4);
		row->reported.men = row->is_disputed != 0 ? sea_below(sea, 40) : 0;
		row->said_at_ms = sea_chance(sea, 3) ? 0 : sea->now_ms - 100000 + sea_below(sea, 200000);
		row->is_counted = sea_below(sea, 2);
		row->dead = row->where == RCC_WHERE_ABOARD && sea_chance(sea, 6) ? sea_below(sea, 3) : 0;
	}
	carried->place_count = sea_below(sea, 3);
	for (uint32_t i = 0; i < carried->place_count; i++) {
		struct rcc_carried_place *place = &carried->place[i];
		watch_text(place->name, sizeof place->name, sea_chance(sea, 2) ? "PORT A" : "PORT B");
		place->pos = RCC_POS_NONE;
		place->is_refused = sea_below(sea, 2);
		place->is_unsafe = sea_below(sea, 2);
		place->is_feared = sea_below(sea, 2);
		watch_text(place->text, sizeof place->text, "as they say");
		place->checks = sea_chance(sea, 2) ? RCC_CHECKS_ALL : sea_below(sea, RCC_CHECKS_ALL);
		if (!sea_chance(sea, 8))
			watch_text(place->authority, sizeof place->authority, "PREFECTURE");
	}
	make_carried_ships(sea, carried);
	carried->need_count = sea_below(sea, 3);
	for (uint32_t i = 0; i < carried->need_count; i++)
		carried->need[i] =
		    (struct rcc_carried_need){1 + sea_below(sea, RCC_NEED_LAST), {200000001}, sea_below(sea, 9)};
}

static void
make_retention(struct sea *sea, const struct rcc_core *core, struct rcc_retention *order)
{
	order->step = (enum rcc_retention_step)(1 + sea_below(sea, RCC_RETENTION_STEP_LAST));
	order->incident = sea_some_incident(sea, core);
	if (sea_chance(sea, 2))
		order->alert.v = 1 + sea_below(sea, core->alert_last + 1);
	else
		order->note = 1 + sea_below(sea, core->note_last + 1);
	order->what = (enum rcc_kept)sea_below(sea, RCC_KEPT_LAST + 1);
	order->class = (enum rcc_class)sea_below(sea, RCC_CLASS_LAST + 1);
	order->before_at_ms = sea->now_ms - (int64_t)sea_below(sea, 1000000);
	sea_some_text(sea, order->reason, sizeof order->reason);
}

bool
sea_make_request(struct sea *sea, const struct rcc_core *core, struct rcc_command *command)
{
	if (command->kind == RCC_COMMAND_REQUEST)
		make_answer(sea, core, &command->u.request);
	else if (command->kind == RCC_COMMAND_PLACE_REQUEST)
		make_said(sea, core, command);
	else if (command->kind == RCC_COMMAND_RETENTION)
		make_retention(sea, core, &command->u.retention);
	else
		return false;
	return true;
}

/* Invitations by a few codes, whoever comes with one, and keys that take the place of others. */
bool
sea_make_door(struct sea *sea, struct rcc_command *command)
{
	struct rcc_invite *invite = &command->u.invite;
	uint8_t code = (uint8_t)(1 + sea_below(sea, 6));

	if (command->kind == RCC_COMMAND_REKEY) {
		command->u.rekey.key = watch_key(sea_below(sea, 2 * SEA_KEYS));
	} else if (command->kind == RCC_COMMAND_ADMIT) {
		memset(&command->u.admit.tag, code, sizeof command->u.admit.tag);
	} else if (command->kind == RCC_COMMAND_INVITE) {
		snprintf(invite->name, sizeof invite->name, "K%u", sea_below(sea, SEA_KEYS));
		invite->role = sea_chance(sea, 4) ? RCC_ROLE_FEED : RCC_ROLE_VESSEL;
		invite->mmsi = sea_some_mmsi(sea);
		invite->owner = (enum rcc_owner_kind)sea_below(sea, RCC_OWNER_LAST + 1);
		memset(&invite->tag, code, sizeof invite->tag);
		invite->expires_at_ms = sea_chance(sea, 6) ? 0 : sea->now_ms + (int64_t)sea_below(sea, 7200000);
	} else {
		return false;
	}
	return true;
}

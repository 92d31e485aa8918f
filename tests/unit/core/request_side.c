#include "request_side.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct rcc_place *
ask_begin(uint32_t incident, const char *authority)
{
	struct rcc_place *place = &watch_command(&side_watch, RCC_COMMAND_PLACE, 0)->u.place;

	place->incident.v = incident;
	place->step = RCC_PLACE_ASKED;
	place->pos = (struct rcc_pos){359000000, 145000000};
	watch_text(place->name, sizeof place->name, "PORT B");
	watch_text(place->authority, sizeof place->authority, authority);
	watch_text(place->text, sizeof place->text, "tonight, please");
	return place;
}

uint32_t
ask(uint32_t incident, const char *authority)
{
	ask_begin(incident, authority);
	return watch_step(&side_watch);
}

struct rcc_request_order *
answer_begin(uint32_t request, enum rcc_request_step step)
{
	struct rcc_request_order *order = &watch_command(&side_watch, RCC_COMMAND_REQUEST, 0)->u.request;

	order->request.v = request;
	order->step = step;
	order->pos = RCC_POS_NONE;
	watch_text(order->officer, sizeof order->officer, "OFFICER A");
	watch_text(order->text, sizeof order->text, "as agreed");
	return order;
}

uint32_t
answer(uint32_t request, enum rcc_request_step step)
{
	answer_begin(request, step);
	return watch_step(&side_watch);
}

struct rcc_place_request *
said_begin(struct rcc_msg_id request, enum rcc_request_step step, uint32_t turn)
{
	struct rcc_place_request *body =
	    &watch_command(&side_watch, RCC_COMMAND_PLACE_REQUEST, side_peer)->u.place_request;

	body->request = request;
	body->step = step;
	body->turn = turn;
	body->incident.v = 70;
	body->year = 2026;
	body->number = 70;
	body->record.seq = 500;
	body->record.hash.b[0] = 9;
	body->pos = body->ship_pos = RCC_POS_NONE;
	watch_text(body->officer, sizeof body->officer, "OFFICER B");
	watch_text(body->text, sizeof body->text, "berth 3");
	watch_text(body->place, sizeof body->place, "PORT Z");
	return body;
}

uint32_t
said(struct rcc_msg_id request, enum rcc_request_step step, uint32_t turn)
{
	said_begin(request, step, turn);
	return watch_step(&side_watch);
}

uint32_t
said_receipt(struct rcc_msg_id request, enum rcc_refusal refusal)
{
	struct rcc_place_request *body = said_begin(request, RCC_REQUEST_STORED, 0);

	memset(&side_watch.entry.cause.origin.msg_id, 0, sizeof(struct rcc_msg_id));
	body->refusal = refusal;
	return watch_step(&side_watch);
}

const struct rcc_request_state *
request_row(uint32_t request)
{
	const struct rcc_request_state *row = rcc_request_find(&side_watch.core, (struct rcc_request_id){request});

	assert_non_null(row);
	return row;
}

const struct rcc_centre_owed *
request_owes(void)
{
	static struct rcc_centre_owed owed;

	for (uint32_t slot = RCC_HANDOVERS_MAX; slot < RCC_OWED_SLOTS; slot++) {
		if (rcc_core_centre_owed(&side_watch.core, slot, &owed)) {
			assert_int_equal(owed.kind, RCC_BODY_PLACE_REQUEST);
			return &owed;
		}
	}
	return NULL;
}

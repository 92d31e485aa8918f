/* Officers of two centres who ask each other for places of safety, and answer. */
#include <string.h>

#include "two_centres.h"
#include "watch.h"

void
two_ask(struct two *two, uint32_t at, uint32_t port)
{
	struct centre *centre = &two->centre[at];
	if (two_newest_case(centre).v == 0)
		return;
	struct rcc_command *command = two_begin(centre, RCC_COMMAND_PLACE);
	struct rcc_place *place = &command->u.place;

	command->origin.msg_id.b[1] = (uint8_t)(1 + at);
	memcpy(&command->origin.msg_id.b[8], &(uint64_t){++centre->messages}, sizeof(uint64_t));
	place->incident = two_newest_case(centre);
	place->step = RCC_PLACE_ASKED;
	place->pos = RCC_POS_NONE;
	watch_text(place->name, sizeof place->name, "PORT ?");
	place->name[5] = (char)('A' + port);
	watch_text(place->authority, sizeof place->authority, two->centre[1 - at].name);
	(void)two_take(two, centre);
}

void
two_answer(struct two *two, uint32_t at, enum rcc_request_step step)
{
	struct centre *centre = &two->centre[at];
	if (centre->core->request_last == 0)
		return;
	struct rcc_request_order *order = &two_begin(centre, RCC_COMMAND_REQUEST)->u.request;

	order->request.v = 1 + two_below(two, centre->core->request_last);
	order->step = step;
	order->pos = RCC_POS_NONE;
	watch_text(order->officer, sizeof order->officer, "OFFICER");
	watch_text(order->text, sizeof order->text, "so it is");
	(void)two_take(two, centre);
}

#include "core/standing.h"

#include "core/core_internal.h"

const struct rcc_standing_kind rcc_standing_kind[RCC_STANDING_KINDS] = {
    {RCC_CARRIED_ORDERS_TASK, RCC_DUTY_RULE_DO_TASK, RCC_TASK_ASSIST},
    {RCC_CARRIED_ORDERS_REQUISITION, RCC_DUTY_RULE_COMPLY, RCC_TASK_REQUISITION},
    {RCC_CARRIED_ORDERS_COORDINATE, RCC_DUTY_RULE_COORDINATE, RCC_TASK_COORDINATE},
};

const struct rcc_standing_kind *
rcc_standing_of(enum rcc_duty_rule rule)
{
	for (size_t i = 0; i < RCC_STANDING_KINDS; i++) {
		if (rcc_standing_kind[i].rule == rule)
			return &rcc_standing_kind[i];
	}
	return NULL;
}

bool
rcc_standing_is(const struct rcc_core *core, const struct rcc_incident *incident, enum rcc_duty_rule rule,
                struct rcc_mmsi ship)
{
	const struct rcc_duty *row = rcc_duty_of(core, incident->id, rule, ship, 0);

	if (rule == RCC_DUTY_RULE_COORDINATE && incident->coordinator.v != ship.v)
		return false;
	return row != NULL && (rcc_duty_is_open(row) || row->state == RCC_DUTY_DISCHARGED);
}

bool
rcc_standing_is_unanswered(const struct rcc_core *core, const struct rcc_incident *incident, enum rcc_duty_rule rule,
                           struct rcc_mmsi ship)
{
	const struct rcc_duty *row = rcc_duty_of(core, incident->id, rule, ship, 0);

	return row != NULL && (row->state == RCC_DUTY_OPEN || row->state == RCC_DUTY_OVERDUE);
}

uint32_t
rcc_standing_contact_min(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	const struct rcc_duty *row = rcc_duty_of(core, incident->id, RCC_DUTY_RULE_CONTACT, ship, 0);

	return row != NULL && rcc_duty_is_open(row) ? row->interval_min : 0;
}

const char *
rcc_standing_words(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	const struct rcc_peer *peer = rcc_peer_find_mmsi(core, ship);

	for (const struct rcc_broadcast *row = rcc_broadcast_at(core, incident->newest_directed);
	     peer != NULL && row != NULL; row = rcc_broadcast_at(core, row->previous)) {
		if (!row->is_of_place && !rcc_broadcast_is_end(row->kind) &&
		    rcc_delivery_of(core, row, peer->id) != NULL)
			return row->text;
	}
	return "";
}

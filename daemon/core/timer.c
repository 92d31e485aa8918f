/* timer.c - the core's clocks: when the next one runs out, and the command that says so. */
#include <assert.h>

#include "core/core_internal.h"

struct clock_found {
	int64_t at_ms;
	enum rcc_timer timer;
	uint32_t id;
};

static void
consider(struct clock_found *found, int64_t at_ms, enum rcc_timer timer, uint32_t id)
{
	if (at_ms < found->at_ms)
		*found = (struct clock_found){at_ms, timer, id};
}

/* The clock that runs out first; ties go to the kind and row that come first, so that every run agrees. */
static struct clock_found
first_clock(const struct rcc_core *core)
{
	struct clock_found found = {INT64_MAX, RCC_TIMER_RELAY, 0};
	enum rcc_timer timer = RCC_TIMER_RELAY;

	for (uint32_t i = 0; i < core->incident_top; i++) {
		int64_t at_ms = rcc_incident_deadline_ms(core, &core->incident[i], &timer);
		consider(&found, at_ms, timer, core->incident[i].id.v);
	}
	for (uint32_t i = 0; i < core->alert_top; i++) {
		int64_t at_ms = rcc_alert_deadline_ms(core, &core->alert[i]);
		consider(&found, at_ms, RCC_TIMER_QUARANTINE, core->alert[i].id.v);
	}
	for (uint32_t i = 0; i < core->broadcast_top; i++) {
		int64_t at_ms = rcc_broadcast_deadline_ms(core, &core->broadcast[i], &timer);
		consider(&found, at_ms, timer, core->broadcast[i].id.v);
	}
	return found;
}

int64_t
rcc_core_deadline_ms(const struct rcc_core *core)
{
	return first_clock(core).at_ms;
}

bool
rcc_core_due(const struct rcc_core *core, int64_t at_ms, struct rcc_command *ret_command)
{
	struct clock_found found = first_clock(core);

	if (found.at_ms > at_ms)
		return false;
	ret_command->kind = RCC_COMMAND_DUE;
	ret_command->at_ms = at_ms;
	ret_command->origin = (struct rcc_origin){.role = RCC_ROLE_ADMIN, .class = RCC_CLASS_LIVE};
	ret_command->u.due.timer = found.timer;
	ret_command->u.due.id = found.id;
	ret_command->scene.count = 0;
	ret_command->received_len = 0;
	return true;
}

/* Place of an incident, if it has one that ships could be sent to. */
static bool
incident_place(const struct rcc_incident *incident, struct rcc_pos *ret_centre)
{
	if (incident == NULL || !rcc_pos_is_known(incident->pos))
		return false;
	*ret_centre = incident->pos;
	return true;
}

/* Place of an alert: its own, or that of the open incident which it would join and may have relayed. */
static bool
alert_place(const struct rcc_core *core, const struct rcc_alert *alert, int64_t at_ms, struct rcc_pos *ret_centre)
{
	if (!rcc_pos_is_known(alert->pos))
		return incident_place(rcc_incident_match(core, alert, at_ms), ret_centre);
	*ret_centre = alert->pos;
	return true;
}

bool
rcc_core_wants_scene(const struct rcc_core *core, const struct rcc_command *command, struct rcc_pos *ret_centre)
{
	const struct rcc_alert_state *row;
	struct rcc_alert alert;

	switch (command->kind) {
	case RCC_COMMAND_ALERT:
		alert = rcc_alert_meant(core, command);
		return alert_place(core, &alert, command->at_ms, ret_centre);
	case RCC_COMMAND_DECIDE:
		row = rcc_alert_find(core, command->u.decide.alert);
		return row != NULL && alert_place(core, &row->body, command->at_ms, ret_centre);
	case RCC_COMMAND_RELAY:
		return incident_place(rcc_incident_find(core, command->u.relay.incident), ret_centre);
	case RCC_COMMAND_CANCEL:
		return incident_place(rcc_incident_find(core, command->u.cancel.incident), ret_centre);
	case RCC_COMMAND_DUE:
		if (command->u.due.timer != RCC_TIMER_RELAY)
			return false;
		return incident_place(rcc_incident_find(core, (struct rcc_incident_id){command->u.due.id}), ret_centre);
	case RCC_COMMAND_ENROL:
		if (command->u.enrol.role != RCC_ROLE_VESSEL)
			return false;
		for (uint32_t i = 0; i < core->incident_top; i++) {
			if (core->incident[i].id.v != 0 && core->incident[i].broadcasts > 0 &&
			    incident_place(&core->incident[i], ret_centre))
				return true;
		}
		return false;
	case RCC_COMMAND_RUN:
	case RCC_COMMAND_REVOKE:
	case RCC_COMMAND_STORED:
	case RCC_COMMAND_READ:
	case RCC_COMMAND_ANSWER:
	case RCC_COMMAND_CLOSE:
	case RCC_COMMAND_SENT:
	case RCC_COMMAND_SILENCE:
		return false;
	}
	assert(false && "a command outside its enum");
}

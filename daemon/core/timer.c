/* timer.c - the core's clocks: when the next one runs out, and the command that says so. */
#include <assert.h>

#include "core/handover.h"
#include "core/request.h"
#include "core/retention.h"

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
		at_ms = rcc_notice_deadline_ms(&core->incident[i]);
		consider(&found, at_ms, RCC_TIMER_NOTICE, core->incident[i].id.v);
	}
	for (uint32_t i = 0; i < core->alert_top; i++) {
		int64_t at_ms = rcc_alert_deadline_ms(core, &core->alert[i]);
		consider(&found, at_ms, RCC_TIMER_QUARANTINE, core->alert[i].id.v);
	}
	for (uint32_t i = 0; i < core->broadcast_top; i++) {
		int64_t at_ms = rcc_broadcast_deadline_ms(core, &core->broadcast[i], &timer);
		consider(&found, at_ms, timer, core->broadcast[i].id.v);
	}
	for (uint32_t i = 0; i < core->plan_top; i++) {
		int64_t at_ms = rcc_plan_deadline_ms(core, &core->plan[i]);
		consider(&found, at_ms, RCC_TIMER_OVERDUE, core->plan[i].id.v);
	}
	for (uint32_t i = 0; i < core->duty_top; i++)
		consider(&found, rcc_duty_deadline_ms(&core->duty[i]), RCC_TIMER_DUTY, core->duty[i].id.v);
	consider(&found, rcc_parity_deadline_ms(core), RCC_TIMER_PARITY, 1);
	consider(&found, rcc_retention_deadline_ms(core), RCC_TIMER_RETENTION, 1);
	for (uint32_t i = 0; i < RCC_HANDOVERS_MAX; i++)
		consider(&found, rcc_handover_deadline_ms(core, &core->handover[i]), RCC_TIMER_HANDOVER,
		         core->handover[i].id);
	for (uint32_t i = 0; i < RCC_REQUESTS_MAX; i++)
		consider(&found, rcc_request_deadline_ms(core, &core->request[i]), RCC_TIMER_REQUEST,
		         core->request[i].id.v);
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
		return incident_place(rcc_correlate_find(core, alert, at_ms).incident, ret_centre);
	*ret_centre = alert->pos;
	return true;
}

/* The case of which another centre speaks: our ships may be told who coordinates. */
static struct rcc_incident_id
handed_over(const struct rcc_core *core, const struct rcc_command *command)
{
	const struct rcc_handover_state *row =
	    rcc_handover_find(core, &command->u.centre.handover, &command->origin.key);

	return row == NULL ? (struct rcc_incident_id){0} : row->incident;
}

/* Is it an alert, in whatever form? */
static bool
is_alert(const struct rcc_command *command)
{
	return command->kind == RCC_COMMAND_ALERT || command->kind == RCC_COMMAND_OPEN ||
	       (command->kind == RCC_COMMAND_CENTRE && command->u.centre.snapshot_count > 0);
}

/* The incident of an officer's order that may tell the ships something; 0 = the order is of another kind. */
static struct rcc_incident_id
incident_of(const struct rcc_core *core, const struct rcc_command *command)
{
	/* A ship that is tasked is told how far it is. */
	if (command->kind == RCC_COMMAND_TASK)
		return command->u.task.incident;
	/* And another centre that is asked for a place, how far she is from it. */
	if (command->kind == RCC_COMMAND_PLACE &&
	    (command->u.place.step == RCC_PLACE_ASSIGNED || rcc_request_centre(core, &command->u.place) != NULL))
		return command->u.place.incident;
	if (command->kind == RCC_COMMAND_HANDOVER)
		return command->u.handover.incident;
	if (command->kind == RCC_COMMAND_CENTRE)
		return handed_over(core, command);
	switch (command->kind) {
	case RCC_COMMAND_RELAY:
		return command->u.relay.incident;
	case RCC_COMMAND_CANCEL:
		return command->u.cancel.incident;
	case RCC_COMMAND_CLOSE:
		return command->u.close.incident;
	case RCC_COMMAND_PHASE:
		return command->u.phase.incident;
	case RCC_COMMAND_SUSPEND:
		return command->u.suspend.incident;
	case RCC_COMMAND_RESUME:
		return command->u.resume.incident;
	case RCC_COMMAND_CLASSIFY:
		return command->u.classify.incident;
	case RCC_COMMAND_JOIN:
		return command->u.join.incident;
	case RCC_COMMAND_DUE:
		return (struct rcc_incident_id){command->u.due.timer == RCC_TIMER_RELAY ? command->u.due.id : 0};
	case RCC_COMMAND_RUN:
	case RCC_COMMAND_ENROL:
	case RCC_COMMAND_REVOKE:
	case RCC_COMMAND_ALERT:
	case RCC_COMMAND_STORED:
	case RCC_COMMAND_READ:
	case RCC_COMMAND_ANSWER:
	case RCC_COMMAND_DECIDE:
	case RCC_COMMAND_SENT:
	case RCC_COMMAND_SILENCE:
	case RCC_COMMAND_OPEN:
	case RCC_COMMAND_SPLIT:
	case RCC_COMMAND_GROUP:
	case RCC_COMMAND_PLAN:
	case RCC_COMMAND_DRILL:
	case RCC_COMMAND_UNSEAL:
	case RCC_WORK_COMMANDS:
		break;
	}
	return (struct rcc_incident_id){0};
}

/* Some incident that ships hold a relay of: what a ship that is new to them will get. */
static bool
standing_place(const struct rcc_core *core, struct rcc_pos *ret_centre)
{
	for (uint32_t i = 0; i < core->incident_top; i++) {
		if (core->incident[i].id.v != 0 && core->incident[i].broadcasts > 0 &&
		    incident_place(&core->incident[i], ret_centre))
			return true;
	}
	return false;
}

/* The place of a recorded alert, as a person decides on it. */
static bool
recorded_place(const struct rcc_core *core, struct rcc_alert_id id, int64_t at_ms, struct rcc_pos *ret_centre)
{
	const struct rcc_alert_state *row = rcc_alert_find(core, id);

	return row != NULL && alert_place(core, &row->body, at_ms, ret_centre);
}

/* Of the cases and alerts that an order of joining or splitting is about, the first that has a place. */
static bool
join_place(const struct rcc_core *core, const struct rcc_command *command, struct rcc_pos *ret_centre)
{
	const struct rcc_join_order *join = &command->u.join;
	const struct rcc_alert_state *row = rcc_alert_find(core, join->alert);

	return recorded_place(core, join->alert, command->at_ms, ret_centre) ||
	       incident_place(rcc_incident_find(core, join->incident), ret_centre) ||
	       incident_place(rcc_incident_find(core, join->from), ret_centre) ||
	       (row != NULL && incident_place(rcc_incident_find(core, row->incident), ret_centre));
}

static bool
split_place(const struct rcc_core *core, const struct rcc_command *command, struct rcc_pos *ret_centre)
{
	const struct rcc_alert_state *row = rcc_alert_find(core, command->u.split.alert);

	return recorded_place(core, command->u.split.alert, command->at_ms, ret_centre) ||
	       (row != NULL && (incident_place(rcc_incident_find(core, row->home), ret_centre) ||
	                        incident_place(rcc_incident_find(core, row->incident), ret_centre)));
}

static bool
classified_place(const struct rcc_core *core, const struct rcc_command *command, struct rcc_pos *ret_centre)
{
	if (!rcc_pos_is_known(command->u.classify.pos))
		return incident_place(rcc_incident_find(core, command->u.classify.incident), ret_centre);
	*ret_centre = command->u.classify.pos;
	return true;
}

bool
rcc_core_wants_scene(const struct rcc_core *core, const struct rcc_command *command, struct rcc_pos *ret_centre)
{
	struct rcc_incident_id incident = incident_of(core, command);
	struct rcc_alert alert;

	if (command->kind == RCC_COMMAND_CLASSIFY)
		return classified_place(core, command, ret_centre);
	if (command->kind == RCC_COMMAND_DECIDE)
		return recorded_place(core, command->u.decide.alert, command->at_ms, ret_centre);
	if (command->kind == RCC_COMMAND_SPLIT)
		return split_place(core, command, ret_centre);
	if (command->kind == RCC_COMMAND_JOIN)
		return join_place(core, command, ret_centre);
	if (is_alert(command)) {
		alert = rcc_alert_meant(core, command);
		return alert_place(core, &alert, command->at_ms, ret_centre) ||
		       (command->kind == RCC_COMMAND_OPEN &&
		        incident_place(rcc_incident_find(core, command->u.open.incident), ret_centre));
	}
	if (command->kind == RCC_COMMAND_DRILL || command->kind == RCC_COMMAND_ADMIT ||
	    (command->kind == RCC_COMMAND_ENROL && command->u.enrol.role == RCC_ROLE_VESSEL))
		return standing_place(core, ret_centre);
	return incident.v != 0 && incident_place(rcc_incident_find(core, incident), ret_centre);
}

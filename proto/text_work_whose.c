/* text_work_whose.c - of which case an order or an event of its work is; 0 = of none. */
#include "rcc/work_text.h"

struct rcc_incident_id
rcc_work_order_incident(const struct rcc_command *command)
{
	static const struct rcc_incident_id none;

	switch ((int)command->kind) {
	case RCC_COMMAND_TASK:
		return command->u.task.incident;
	case RCC_COMMAND_SURVIVORS:
		return command->u.survivors.incident;
	case RCC_COMMAND_PERSONS:
		return command->u.persons.incident;
	case RCC_COMMAND_NEED:
		return command->u.need.incident;
	case RCC_COMMAND_PLACE:
		return command->u.place.incident;
	case RCC_COMMAND_REFERRAL:
		return command->u.referral.incident;
	case RCC_COMMAND_NOTE:
		return command->u.note.incident;
	case RCC_COMMAND_SMC:
		return command->u.smc.incident;
	case RCC_COMMAND_COMMS:
		return command->u.comms.incident;
	case RCC_COMMAND_SITREP:
		return command->u.sitrep.incident;
	case RCC_COMMAND_HANDOVER:
		return command->u.handover.incident;
	case RCC_COMMAND_RETENTION:
		return command->u.retention.incident;
	default:
		return none;
	}
}

struct rcc_incident_id
rcc_work_event_incident(const struct rcc_event *event)
{
	static const struct rcc_incident_id none;

	switch ((int)event->kind) {
	case RCC_EVENT_TASKED:
		return event->u.tasked.body.incident;
	case RCC_EVENT_SURVIVORS_REPORTED:
		return event->u.survivors_reported.body.incident;
	case RCC_EVENT_PERSONS_MOVED:
		return event->u.persons_moved.body.incident;
	case RCC_EVENT_NEED_CHANGED:
		return event->u.need_changed.body.incident;
	case RCC_EVENT_PLACE_STEPPED:
		return event->u.place_stepped.body.incident;
	case RCC_EVENT_REFERRED:
		return event->u.referred.body.incident;
	case RCC_EVENT_NOTED:
		return event->u.noted.body.incident;
	case RCC_EVENT_SMC_SET:
		return event->u.smc_set.body.incident;
	case RCC_EVENT_COMMS_SET:
		return event->u.comms_set.body.incident;
	case RCC_EVENT_SITREP_ISSUED:
		return event->u.sitrep_issued.body.incident;
	case RCC_EVENT_HANDOVER_CHANGED:
		return event->u.handover_changed.body.incident;
	case RCC_EVENT_REQUEST_CHANGED:
		return event->u.request_changed.is_incoming != 0 ? none : event->u.request_changed.body.incident;
	case RCC_EVENT_DUTY_CHANGED:
		return event->u.duty_changed.incident;
	case RCC_EVENT_RETENTION_CHANGED:
		return event->u.retention_changed.incident;
	default:
		return none;
	}
}

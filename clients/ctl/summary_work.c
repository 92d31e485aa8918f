/* summary_work.c - joins, and the work of an incident, in one sentence each. */
#include <stdio.h>

#include "ctl/summary_internal.h"
#include "rcc/text.h"
#include "rcc/work_text.h"

void
rcc_ctl_join_format(const struct rcc_ctl_names *names, const struct rcc_event *event, char *text)
{
	const struct rcc_join_undone *undone = &event->u.undone;
	char label[LABEL_SIZE];
	char other[LABEL_SIZE];
	if (event->kind == RCC_EVENT_INCIDENT_JOINED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s is one case with %s",
		         rcc_ctl_name_incident(names, event->u.incident_joined.incident, label),
		         rcc_ctl_name_incident(names, event->u.incident_joined.into, other));
	else if (event->kind == RCC_EVENT_HOLD_ENDED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: held no more: %s",
		         rcc_ctl_name_incident(names, event->u.hold_ended.incident, label), event->u.hold_ended.reason);
	else
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: %s %s was joined to it: %s%s%s",
		         rcc_ctl_name_incident(names, undone->incident, label),
		         undone->restored != 0 ? "as before" : "acted on since",
		         rcc_ctl_name_incident(names, undone->other, other), rcc_phase_word(undone->phase),
		         undone->review_at_ms != 0 ? ", suspended" : "", undone->held != 0 ? ", held" : "");
}

void
rcc_ctl_work_format(const struct rcc_ctl_names *names, const struct rcc_event *event, char *text)
{
	char label[LABEL_SIZE];
	char what[RCC_WORK_TEXT_SIZE];
	struct rcc_incident_id id = rcc_work_event_incident(event);
	if (!rcc_work_event_format(what, event))
		what[0] = '\0';
	snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s%s%s", id.v == 0 ? "" : rcc_ctl_name_incident(names, id, label),
	         id.v == 0 ? "" : ": ", what);
}

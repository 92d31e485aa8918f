/* sitrep.c - a situation report goes out: it gets its number, and its words as they stood are kept in the record. */
#include <string.h>

#include "core/core_internal.h"
#include "core/report.h"

/* A final report confirms the conclusion: the case is closed, or help is no longer needed and it is being closed. */
static bool
is_ending(const struct rcc_core *core, const struct rcc_incident *incident)
{
	return incident->status == RCC_INCIDENT_CLOSED ||
	       rcc_incident_last_kind(core, incident) == RCC_BROADCAST_CANCEL;
}

/* What is too long ends with its last whole line. */
static uint32_t
cut(char *report, size_t len)
{
	if (len <= RCC_REPORT_MAX)
		return (uint32_t)len;
	len = strlen(report);
	while (len > 0 && report[len - 1] != '\n')
		len--;
	/* An event holds zeros behind its text: equal reports, equal bytes. */
	memset(report + len, 0, RCC_REPORT_MAX + 1 - len);
	return (uint32_t)len;
}

static void
issue(struct rcc_step *step, const struct rcc_sitrep *order)
{
	const struct rcc_incident *incident = rcc_incident_find(step->core, order->incident);
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_SITREP_ISSUED);
	struct rcc_sitrep_issued *issued = &event->u.sitrep_issued;

	issued->by = step->entry->cause.origin.peer;
	issued->number = incident->reporting.sitreps + 1;
	issued->body = *order;
	size_t len = rcc_report_sitrep(step->core, incident, order, issued->number, step->entry->cause.at_ms,
	                               issued->report, sizeof issued->report);
	issued->report_len = cut(issued->report, len);
	rcc_step_emit(step, event);
}

/* The other centre reads where every person is, what is needed, which ships act and what is owed. */
void
rcc_sitrep_hand_over(struct rcc_step *step, const struct rcc_handover *order)
{
	struct rcc_sitrep report = {.incident = order->incident, .is_full = 1};

	memcpy(report.to, order->centre, sizeof order->centre);
	memcpy(report.text, order->reason, sizeof order->reason);
	issue(step, &report);
}

void
rcc_rule_sitrep(struct rcc_step *step)
{
	const struct rcc_sitrep *order = &step->entry->cause.u.sitrep;
	const struct rcc_incident *incident = rcc_incident_find(step->core, order->incident);

	/* Of a closed case a last one is still due. */
	if (incident == NULL) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_FOUND, "sitrep.incident");
		return;
	}
	if (order->is_final != 0 && !is_ending(step->core, incident)) {
		rcc_step_refuse(step, RCC_REFUSAL_STILL_OPEN, "sitrep.is_final");
		return;
	}
	const struct rcc_reporting *reporting = &incident->reporting;
	const struct rcc_sitrep_line *last = &reporting->sitrep[reporting->sitreps % RCC_SITREPS_MAX];
	/* There is one last word, unless the case has gone on since. */
	if (order->is_final != 0 && last->is_final && incident->status == RCC_INCIDENT_CLOSED &&
	    last->at_ms >= incident->closed_at_ms) {
		rcc_step_refuse(step, RCC_REFUSAL_WRONG_STATE, "sitrep.is_final");
		return;
	}
	issue(step, order);
}

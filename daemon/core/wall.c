/*
 * wall.c - the wall of restriction: what others report of a ship that called in secret stays with officers.
 *
 * A ship security alert is silent because those who attack her may listen (SOLAS XI-2/6). Then her company telephones, or
 * another centre passes on the same: told to every ship, and to her, such a report would undo the silence. What she sends in
 * the open herself (DSC, a beacon, her crew's button) asks for open help and is never kept back; an officer who knows that
 * open help is wanted says so, with a reason.
 */
#include "core/core_internal.h"

/* Somebody else's words about a casualty. A crew that cannot be told from a stranger is one. */
static bool
is_report(const struct rcc_alert *alert, enum rcc_verdict verdict)
{
	if (alert->source == RCC_SOURCE_OFFICER || alert->source == RCC_SOURCE_RCC)
		return true;
	return alert->source == RCC_SOURCE_CREW && verdict != RCC_VERDICT_MATCH && verdict != RCC_VERDICT_FLOOD;
}

/* Does this alert name the ship or the beacon that a restricted case is about? */
static bool
is_named_by(const struct rcc_core *core, const struct rcc_incident *incident, const struct rcc_alert *alert)
{
	if (alert->casualty.v != 0 && alert->casualty.v == incident->casualty.v)
		return true;
	for (uint32_t i = 0; i < core->alert_top; i++) {
		const struct rcc_alert_state *row = &core->alert[i];
		/* What people put into the case may name others. */
		if (row->id.v != 0 && row->incident.v == incident->id.v &&
		    (row->body.marks & RCC_ALERT_RESTRICTED) != 0 && rcc_correlate_is_same(&row->body, alert))
			return true;
	}
	return false;
}

/* The oldest open case behind the wall that this alert speaks of, or NULL. */
static const struct rcc_incident *
case_of(const struct rcc_core *core, const struct rcc_alert *alert)
{
	const struct rcc_incident *oldest = NULL;

	for (uint32_t i = 0; i < core->incident_top; i++) {
		const struct rcc_incident *incident = &core->incident[i];
		if (incident->id.v != 0 && incident->is_restricted && incident->status != RCC_INCIDENT_CLOSED &&
		    incident->class == alert->class && (oldest == NULL || incident->id.v < oldest->id.v) &&
		    is_named_by(core, incident, alert))
			oldest = incident;
	}
	return oldest;
}

struct rcc_match
rcc_wall_find(const struct rcc_step *step, const struct rcc_alert *alert, enum rcc_verdict verdict)
{
	const struct rcc_command *cause = &step->entry->cause;
	struct rcc_match match = {NULL, RCC_JOIN_MMSI};

	if (!is_report(alert, verdict) || (alert->marks & RCC_ALERT_RESTRICTED) != 0 ||
	    (cause->kind == RCC_COMMAND_OPEN && cause->u.open.public_reason[0] != '\0'))
		return match;
	match.incident = case_of(step->core, alert);
	if (match.incident != NULL && match.incident->casualty.v != alert->casualty.v)
		match.why = RCC_JOIN_BEACON;
	return match;
}

bool
rcc_wall_divides(const struct rcc_step *step, const struct rcc_alert *alert, enum rcc_verdict verdict,
                 const struct rcc_incident *incident)
{
	if (!is_report(alert, verdict) || (alert->marks & RCC_ALERT_RESTRICTED) != 0)
		return false;
	return incident->is_restricted != (rcc_wall_find(step, alert, verdict).incident != NULL);
}

bool
rcc_wall_keeps(const struct rcc_core *core, const struct rcc_alert_state *row)
{
	const struct rcc_incident *incident = rcc_incident_find(core, row->incident);

	if ((row->body.marks & RCC_ALERT_RESTRICTED) != 0)
		return true;
	return incident != NULL && incident->is_restricted && is_report(&row->body, row->verdict) &&
	       (is_named_by(core, incident, &row->body) || case_of(core, &row->body) != NULL);
}

bool
rcc_wall_hides(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi casualty)
{
	const struct rcc_alert named = {.class = incident->class, .casualty = casualty};

	return !incident->is_restricted && casualty.v != incident->casualty.v && case_of(core, &named) != NULL;
}

bool
rcc_incident_is_hidden_from(const struct rcc_step *step, const struct rcc_incident *incident)
{
	return incident->is_restricted && step->entry->cause.origin.role == RCC_ROLE_VESSEL;
}

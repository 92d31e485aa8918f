/*
 * notice.c - a notice of a missing craft: below distress, ships are asked for a look-out and nobody is called on.
 *
 * Never mixed with a relay (COMSAR.1/Circ.15, 3.3): a relay of a distress binds masters, a notice asks for help. It is always an
 * officer's order, it always ends at a time that was said, and a relay takes its place when the case becomes a distress.
 */
#include <assert.h>

#include "core/core_internal.h"
#include "rcc/units.h"

/* Nobody keeps a look-out for longer without being asked again. */
#define NOTICE_MAX_MS (7 * RCC_MS_PER_DAY)

/* Why ships cannot be given a notice of this incident now, with the field that says so; 0 = nothing stands in the way. */
static enum rcc_refusal
notice_refusal(const struct rcc_incident *incident, const char **ret_field)
{
	*ret_field = "relay.incident";
	/* No call stands below distress, so a notice never takes the place of one: it would release nobody (SOLAS V/33.4). */
	enum rcc_refusal refusal = rcc_relay_refusal(incident);
	if (refusal != 0)
		return refusal;
	/* Of a distress a relay is due, and nothing less. */
	*ret_field = "relay.action";
	return incident->phase == RCC_PHASE_DISTRESS ? RCC_REFUSAL_WRONG_STATE : (enum rcc_refusal)0;
}

void
rcc_notice_order(struct rcc_step *step, const struct rcc_incident *incident)
{
	const struct rcc_relay *order = &step->entry->cause.u.relay;
	int64_t at_ms = step->entry->cause.at_ms;
	int64_t until_ms = order->expires_at_ms;
	const char *field = "";
	enum rcc_refusal refusal = notice_refusal(incident, &field);

	if (refusal != 0) {
		rcc_step_refuse(step, refusal, field);
		return;
	}
	if (rcc_refuse_reason(step, order->reason, "relay.reason"))
		return;
	if (until_ms == 0)
		until_ms = at_ms + step->core->run.rules.notice_ms;
	if (until_ms <= at_ms || until_ms - at_ms > NOTICE_MAX_MS) {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "relay.expires_at_ms");
		return;
	}
	rcc_broadcast_notice(step, order->incident, order->reason, until_ms);
}

void
rcc_notice_update(struct rcc_step *step, const struct rcc_incident *incident)
{
	const struct rcc_broadcast *standing = rcc_broadcast_at(step->core, incident->newest_broadcast);

	assert(rcc_incident_is_noticed(incident) && standing->expires_at_ms == incident->notice_until_ms);
	/* One whose time has run out is ended by its clock, and not told anew. */
	if (standing->expires_at_ms > step->entry->cause.at_ms)
		rcc_broadcast_notice(step, incident->id, standing->text, standing->expires_at_ms);
}

int64_t
rcc_notice_deadline_ms(const struct rcc_incident *incident)
{
	bool is_running =
	    incident->id.v != 0 && incident->status != RCC_INCIDENT_CLOSED && rcc_incident_is_noticed(incident);

	return is_running ? incident->notice_until_ms : INT64_MAX;
}

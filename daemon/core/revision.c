/* revision.c - a DSE, the second half of a DSC call: which call it adds to, and what it makes of its position. */
#include "core/core_internal.h"
#include "rcc/units.h"

/* The second half comes within a second; a coast station's log may hold it back. */
#define REVISION_MAX_MS RCC_MS_PER_HOUR

/* The latest call of the same casualty that this one may add to. */
static const struct rcc_alert_state *
base_of(const struct rcc_core *core, const struct rcc_alert *alert, int64_t at_ms)
{
	const struct rcc_alert_state *base = NULL;

	for (uint32_t i = 0; i < core->alert_top; i++) {
		const struct rcc_alert_state *row = &core->alert[i];
		if (row->id.v != 0 && row->body.source == alert->source && row->body.class == alert->class &&
		    (row->body.marks & RCC_ALERT_REVISION) == 0 && rcc_correlate_is_same(&row->body, alert) &&
		    at_ms - row->last_at_ms <= REVISION_MAX_MS &&
		    (base == NULL || row->last_at_ms > base->last_at_ms ||
		     (row->last_at_ms == base->last_at_ms && row->id.v > base->id.v)))
			base = row;
	}
	return base;
}

bool
rcc_core_awaits_revision(const struct rcc_core *core, const struct rcc_alert *revision, int64_t at_ms)
{
	return base_of(core, revision, at_ms) != NULL;
}

/*
 * What a revision adds is added to the call before it. Without one nobody knows what it belongs to: a person reads it, since
 * the call that was missed may have been a distress.
 */
void
rcc_revision_place(const struct rcc_core *core, const struct rcc_command *command, struct rcc_alert *alert)
{
	if ((alert->marks & RCC_ALERT_REVISION) == 0)
		return;
	const struct rcc_alert_state *base = base_of(core, alert, command->at_ms);
	if (base == NULL) {
		alert->marks |= RCC_ALERT_NEEDS_READING;
		return;
	}
	if ((base->body.marks & RCC_ALERT_NEEDS_READING) != 0)
		alert->marks |= RCC_ALERT_NEEDS_READING;
	alert->category = base->body.category;
	if (alert->refine == 0 || !rcc_pos_is_known(base->body.pos))
		return;
	alert->pos = rcc_pos_refine(base->body.pos, alert->refine);
	alert->pos_at_ms = base->body.pos_at_ms;
}

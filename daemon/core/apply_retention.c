/*
 * apply_retention.c - the part of apply that writes legal holds, erasures and purges. Decides nothing.
 */
#include "core/apply_internal.h"
#include "core/retention.h"

static void
raise(int64_t *before_ms, int64_t to_ms)
{
	if (to_ms > *before_ms)
		*before_ms = to_ms;
}

static void
apply_purge(struct rcc_core *core, const struct rcc_retention_changed *event)
{
	const struct rcc_retention *body = &event->body;

	if (event->keep_days != 0)
		core->retention.looked_at_ms = core->at_ms;
	if (body->what == RCC_KEPT_TRACKS)
		raise(&core->retention.tracks_before_ms, body->before_at_ms);
	for (uint32_t class = 1; body->what == RCC_KEPT_SEALED && class <= RCC_CLASS_LAST; class ++) {
		if ((unsigned)body->class == 0 || (uint32_t)body->class == class)
			raise(&core->retention.sealed_before_ms[class], body->before_at_ms);
	}
}

void
rcc_apply_retention(struct rcc_core *core, const struct rcc_retention_changed *event)
{
	const struct rcc_retention *body = &event->body;
	const struct rcc_incident *incident = rcc_incident_find(core, body->incident);
	const struct rcc_alert_state *alert = rcc_alert_find(core, body->alert);
	const struct rcc_note_line *note = rcc_note_find(core, body->note);

	if (body->step == RCC_RETENTION_ERASE)
		core->retention.erased_seq = core->seq + 1;
	if (body->step == RCC_RETENTION_PURGE)
		apply_purge(core, event);
	else if (body->step == RCC_RETENTION_ERASE && alert != NULL)
		core->alert[alert - core->alert].is_erased = true;
	else if (body->step == RCC_RETENTION_ERASE && note != NULL)
		core->note[note - core->note].is_erased = true;
	else if (incident != NULL)
		core->incident[incident - core->incident].is_on_hold = body->step == RCC_RETENTION_HOLD;
}

void
rcc_apply_run(struct rcc_core *core, const struct rcc_run *run)
{
	core->run = *run;
	/* Lines that went out in the last moment before may not have been recorded as sent. */
	for (uint32_t i = 0; i < core->delivery_top; i++) {
		struct rcc_delivery *line = &core->delivery[i];
		/* That she answered may be what an officer typed: her line goes on being sent. */
		bool is_pending = rcc_delivery_is_open(line) || line->state == RCC_DELIVERY_ANSWERED;
		line->may_be_out |= line->peer.v != 0 && is_pending && line->sent_at_ms == 0;
	}
	if (core->retention.since_ms == 0)
		core->retention.since_ms = core->at_ms;
}

/* digest_work.c - the part of the digest that tells the work of an incident. */
#include "core/digest_internal.h"

static void
put_diary(uint64_t *digest, const struct rcc_incident *incident)
{
	put_text(digest, incident->smc);
	put(digest, incident->comms.incident.v);
	put_text(digest, incident->comms.control);
	put_text(digest, incident->comms.on_scene);
	put_text(digest, incident->comms.monitor);
	put_text(digest, incident->comms.text);
	put(digest, incident->referrals);
	put(digest, incident->referred_persons);
	for (size_t i = 0; i <= RCC_NOTE_LAST; i++)
		put(digest, incident->notes[i]);
}

static void
put_duty(uint64_t *digest, const struct rcc_duty *duty)
{
	put(digest, duty->id.v);
	put(digest, duty->rule);
	put(digest, duty->incident.v);
	put(digest, duty->ship.v);
	put(digest, duty->subject);
	put(digest, duty->interval_min);
	put(digest, duty->state);
	put(digest, duty->is_late);
	put_signed(digest, duty->opened_at_ms);
	put_signed(digest, duty->changed_at_ms);
	put_signed(digest, duty->due_at_ms);
	put(digest, duty->opened_seq);
	put(digest, duty->changed_seq);
}

void
rcc_digest_work(uint64_t *digest, const struct rcc_core *core)
{
	put_text(digest, core->watch_officer);
	for (uint32_t i = 0; i < core->incident_top; i++) {
		if (core->incident[i].id.v != 0)
			put_diary(digest, &core->incident[i]);
	}
	put(digest, core->duty_last);
	put(digest, core->duties_lost);
	for (uint32_t i = 0; i < core->duty_top; i++) {
		if (core->duty[i].id.v != 0)
			put_duty(digest, &core->duty[i]);
	}
	rcc_digest_places(digest, core);
}

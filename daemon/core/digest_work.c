/* digest_work.c - the part of the digest that tells the work of an incident. */
#include "core/digest_internal.h"

static void
put_words(uint64_t *digest, const struct rcc_noted_words *words)
{
	put_signed(digest, words->at_ms);
	put_text(digest, words->text);
}

static void
put_reporting(uint64_t *digest, const struct rcc_reporting *reporting)
{
	put_words(digest, &reporting->scene);
	put_words(digest, &reporting->plan);
	put_words(digest, &reporting->hope);
	for (size_t i = 0; i < RCC_ACTIONS_MAX; i++)
		put_words(digest, &reporting->action[i]);
	put(digest, reporting->sitreps);
	for (size_t i = 0; i < RCC_SITREPS_MAX; i++) {
		const struct rcc_sitrep_line *line = &reporting->sitrep[i];
		put(digest, line->number);
		put(digest, line->seq);
		put_signed(digest, line->at_ms);
		put(digest, line->is_full);
		put(digest, line->is_final);
		put_text(digest, line->to);
	}
	put(digest, reporting->report_len);
	put_bytes(digest, reporting->report, reporting->report_len);
}

static void
put_diary(uint64_t *digest, const struct rcc_incident *incident)
{
	put_text(digest, incident->smc);
	put(digest, incident->coordinator.v);
	put(digest, incident->fear_seq);
	put(digest, incident->comms.incident.v);
	put_text(digest, incident->comms.control);
	put_text(digest, incident->comms.on_scene);
	put_text(digest, incident->comms.monitor);
	put_text(digest, incident->comms.text);
	put(digest, incident->referrals);
	put(digest, incident->referred_persons);
	for (size_t i = 0; i <= RCC_SERVICE_LAST; i++)
		put(digest, incident->accepted_persons[i]);
	for (size_t i = 0; i <= RCC_NOTE_LAST; i++)
		put(digest, incident->notes[i]);
	put_reporting(digest, &incident->reporting);
}

static void
put_note(uint64_t *digest, const struct rcc_note_line *line)
{
	put(digest, line->id);
	put(digest, line->by.v);
	put(digest, line->seq);
	put_signed(digest, line->at_ms);
	put(digest, line->body.incident.v);
	put(digest, line->body.kind);
	put(digest, line->body.ship.v);
	put_text(digest, line->body.authority);
	put_signed(digest, line->body.happened_at_ms);
	put_text(digest, line->body.text);
	put_bytes(digest, line->body.sealed, line->body.sealed_len);
	put_bytes(digest, line->body.digest.b, sizeof line->body.digest.b);
	put(digest, line->body.size);
	put(digest, line->is_erased);
}

static void
put_profile(uint64_t *digest, const struct rcc_profile *profile)
{
	for (size_t i = 1; i <= RCC_PROFILE_LAST; i++) {
		if (profile->set_at_ms[i] == 0)
			continue;
		put(digest, i);
		put(digest, profile->values.v[i]);
		put_signed(digest, profile->set_at_ms[i]);
	}
	put_signed(digest, profile->checked_at_ms);
	put_text(digest, profile->missing);
	put_text(digest, profile->company);
	put_text(digest, profile->company_contact);
	put_text(digest, profile->policy);
	put_signed(digest, profile->company_at_ms);
}

static void
put_retention(uint64_t *digest, const struct rcc_retention_state *retention)
{
	put_signed(digest, retention->since_ms);
	put_signed(digest, retention->looked_at_ms);
	put(digest, retention->erased_seq);
	put_signed(digest, retention->tracks_before_ms);
	for (size_t i = 0; i <= RCC_CLASS_LAST; i++)
		put_signed(digest, retention->sealed_before_ms[i]);
	put_signed(digest, retention->lost_from_ms);
}

static void
put_parity(uint64_t *digest, const struct rcc_parity_state *parity)
{
	put_signed(digest, parity->since_at_ms);
	put_signed(digest, parity->measured_at_ms);
	put_signed(digest, parity->parted_at_ms);
	put(digest, parity->last.parted);
	put(digest, parity->last.pending);
	put(digest, parity->last.count);
	for (uint32_t i = 0; i < parity->last.count; i++) {
		const struct rcc_parity_row *row = &parity->last.row[i];
		const uint32_t figures[] = {row->owner, row->ships,    row->lines,     row->sent,  row->stored,
		                            row->read,  row->answered, row->median_ms, row->p95_ms};
		for (size_t n = 0; n < sizeof figures / sizeof figures[0]; n++)
			put(digest, figures[n]);
	}
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

static void
put_alert_told(uint64_t *digest, const struct rcc_alert *alert)
{
	put(digest, alert->class);
	put(digest, alert->casualty.v);
	put(digest, alert->nature);
	put_pos(digest, alert->pos);
	put(digest, alert->persons);
	put(digest, alert->category);
	put_text(digest, alert->name);
	put_text(digest, alert->beacon);
	put_text(digest, alert->text);
}

static void
put_carried_ships(uint64_t *digest, const struct rcc_carried *carried)
{
	put(digest, carried->ship_count);
	for (uint32_t i = 0; i < carried->ship_count; i++) {
		const struct rcc_carried_ship *ship = &carried->ship[i];
		put(digest, ship->ship.v);
		put(digest, ship->answer);
		put(digest, ship->reason);
		put_signed(digest, ship->said_at_ms);
		put_signed(digest, ship->eta_at_ms);
		put(digest, ship->orders);
		put(digest, ship->unanswered);
		put(digest, ship->contact_min);
		put(digest, ship->place);
		put_text(digest, ship->text);
	}
	put(digest, carried->objection_count);
	for (uint32_t i = 0; i < carried->objection_count; i++) {
		put(digest, carried->objection[i].place);
		put(digest, carried->objection[i].ship.v);
		put_text(digest, carried->objection[i].text);
	}
}

static void
put_carried(uint64_t *digest, const struct rcc_carried *carried)
{
	put(digest, carried->is_cut);
	put(digest, carried->persons_count);
	for (uint32_t i = 0; i < carried->persons_count; i++) {
		const struct rcc_carried_persons *row = &carried->persons[i];
		put(digest, row->where);
		put(digest, row->ship.v);
		put_persons(digest, &row->count);
		put_signed(digest, row->first_at_ms);
		put(digest, row->protection_stated);
		put(digest, row->safe_hours);
		put(digest, row->languages);
		put(digest, row->is_disputed);
		put_persons(digest, &row->reported);
		put(digest, row->dead);
		put_signed(digest, row->said_at_ms);
		put(digest, row->is_counted);
	}
	put(digest, carried->place_count);
	for (uint32_t i = 0; i < carried->place_count; i++) {
		const struct rcc_carried_place *place = &carried->place[i];
		put_text(digest, place->name);
		put_pos(digest, place->pos);
		put_text(digest, place->authority);
		put(digest, place->is_offered);
		put(digest, place->is_refused);
		put(digest, place->is_unsafe);
		put(digest, place->is_feared);
		put(digest, place->fear_ship.v);
		put_text(digest, place->text);
		put(digest, place->checks);
		put(digest, place->is_reviewed);
	}
	put(digest, carried->need_count);
	for (uint32_t i = 0; i < carried->need_count; i++) {
		put(digest, carried->need[i].kind);
		put(digest, carried->need[i].ship.v);
		put(digest, carried->need[i].quantity);
	}
	put_carried_ships(digest, carried);
}

static void
put_handover(uint64_t *digest, const struct rcc_handover_state *row)
{
	put(digest, row->id);
	put_bytes(digest, &row->handover, sizeof row->handover);
	put(digest, row->peer.v);
	put(digest, row->is_incoming);
	put(digest, row->stage);
	put(digest, row->incident.v);
	put(digest, row->theirs.v);
	put(digest, row->their_year);
	put(digest, row->their_number);
	put_signed(digest, row->offered_at_ms);
	put_signed(digest, row->changed_at_ms);
	put(digest, row->offered_seq);
	put(digest, row->accepted_seq);
	put(digest, row->passed_seq);
	put(digest, row->is_late);
	put(digest, row->heard);
	put_link(digest, &row->heard_record);
	put_text(digest, row->heard_officer);
	put_text(digest, row->heard_reason);
	put(digest, row->said);
	put(digest, row->is_stored);
	put(digest, row->said_refusal);
	put_signed(digest, row->said_at_ms);
	put(digest, row->said_seq);
	put_link(digest, &row->said_answers);
	put_text(digest, row->said_officer);
	put_text(digest, row->said_reason);
	put_alert_told(digest, &row->snapshot);
	put_carried(digest, &row->carried);
	put_bytes(digest, row->report, row->report_len);
}

static void
put_centres(uint64_t *digest, const struct rcc_core *core)
{
	for (uint32_t i = 0; i < RCC_CENTRES_MAX; i++) {
		if (core->centre[i].peer.v == 0)
			continue;
		put(digest, core->centre[i].peer.v);
		put(digest, core->centre[i].share);
		put_text(digest, core->centre[i].endpoint);
	}
	put(digest, core->handover_last);
	for (uint32_t i = 0; i < RCC_HANDOVERS_MAX; i++) {
		if (core->handover[i].id != 0)
			put_handover(digest, &core->handover[i]);
	}
}

void
rcc_digest_work(uint64_t *digest, const struct rcc_core *core)
{
	put_text(digest, core->watch_officer);
	for (uint32_t i = 0; i < core->peer_count; i++)
		put_profile(digest, &core->profile[i]);
	put_parity(digest, &core->parity);
	put_retention(digest, &core->retention);
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
	put(digest, core->note_last);
	for (uint32_t i = 0; i < RCC_NOTES_MAX; i++) {
		if (core->note[i].id != 0)
			put_note(digest, &core->note[i]);
	}
	rcc_digest_persons(digest, core);
	rcc_digest_places(digest, core);
	put_centres(digest, core);
	rcc_digest_requests(digest, core);
}

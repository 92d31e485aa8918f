/*
 * digest.c - 64-bit FNV-1a over the state in canonical order, field by field: padding and freed slots do not count.
 *
 * It shows whether two runs agree; it protects nothing (the hash chain does).
 */
#include "core/digest_internal.h"

#define FNV_BASIS 14695981039346656037u

static void
put_candidates(uint64_t *digest, const struct rcc_candidate *candidate, uint32_t count)
{
	put(digest, count);
	for (uint32_t i = 0; i < count; i++) {
		put_pos(digest, candidate[i].pos);
		put(digest, candidate[i].percent);
	}
}

static void
put_run(uint64_t *digest, const struct rcc_run *run)
{
	const struct rcc_rules *rules = &run->rules;
	const uint32_t figures[] = {
	    rules->respond_eta_min,      rules->respond_count,    rules->assumed_speed_dkn,  rules->flag_after_ms,
	    rules->unreachable_after_ms, rules->quarantine_ms,    rules->no_position_ms,     rules->silence_after_ms,
	    rules->join_window_ms,       rules->update_move_m,    rules->call_list_radius_m, rules->flood_per_min,
	    rules->overdue_grace_ms,     rules->parity_every_ms,  rules->parity_window_ms,   rules->parity_ships,
	    rules->parity_points,        rules->parity_times,     rules->parity_apart_ms,    rules->notice_ms,
	    rules->handover_ms,          rules->keep_tracks_days, rules->keep_live_days,     rules->keep_exercise_days,
	    rules->keep_test_days,
	};

	put_text(digest, run->build);
	put_text(digest, run->centre);
	for (size_t i = 0; i <= RCC_SOURCE_LAST; i++)
		put(digest, rules->relay_after_ms[i]);
	for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++)
		put(digest, figures[i]);
	for (size_t i = 0; i <= RCC_DUTY_RULES_MAX; i++)
		put(digest, rules->duty_ms[i]);
	/* Records from before epochs keep the digest that they had. */
	for (uint32_t i = 0; i < run->epoch_count; i++) {
		put(digest, run->epoch[i].damaged_seq);
		put_bytes(digest, &run->epoch[i].digest, sizeof run->epoch[i].digest);
		put(digest, run->epoch[i].size);
		put_text(digest, run->epoch[i].damage);
		put_text(digest, run->epoch[i].officer);
		put_text(digest, run->epoch[i].reason);
	}
}

static void
put_peer(uint64_t *digest, const struct rcc_peer *peer)
{
	put(digest, peer->id.v);
	put(digest, peer->role);
	put(digest, peer->owner);
	put(digest, peer->mmsi.v);
	put_bytes(digest, &peer->key, sizeof peer->key);
	put_text(digest, peer->name);
	put_signed(digest, peer->enrolled_at_ms);
	put_signed(digest, peer->revoked_at_ms);
	put(digest, peer->is_silent);
	put_signed(digest, peer->heard_at_ms);
	put(digest, peer->delivery_last);
	put_signed(digest, peer->drill_until_at_ms);
	for (size_t i = 0; i < sizeof peer->minute / sizeof peer->minute[0]; i++) {
		put_signed(digest, peer->minute[i].at_ms);
		put(digest, peer->minute[i].count);
	}
	put_signed(digest, peer->flood_at_ms);
	put(digest, peer->flood_count);
}

static void
put_alert(uint64_t *digest, const struct rcc_alert_state *alert)
{
	const struct rcc_alert *body = &alert->body;

	put(digest, alert->id.v);
	put(digest, alert->lane);
	put(digest, alert->verdict);
	put(digest, alert->sender.v);
	put_bytes(digest, &alert->sender_key, sizeof alert->sender_key);
	put(digest, alert->incident.v);
	put_signed(digest, alert->recorded_at_ms);
	put_signed(digest, alert->last_at_ms);
	put(digest, alert->count);
	put(digest, alert->is_escalated);
	put(digest, alert->is_erased);
	put_signed(digest, alert->decided_at_ms);
	put(digest, alert->home.v);
	put(digest, alert->first.v);
	put(digest, alert->first_seq);
	put(digest, alert->moved_from.v);
	put(digest, alert->moved_seq);
	put(digest, alert->waited);
	put(digest, alert->phase_before);
	put(digest, alert->suggestion_count);
	for (uint32_t i = 0; i < alert->suggestion_count; i++) {
		put(digest, alert->suggestion[i].incident.v);
		put(digest, alert->suggestion[i].why);
		put(digest, alert->suggestion[i].score);
	}
	put(digest, body->source);
	put(digest, body->class);
	put(digest, body->casualty.v);
	put(digest, body->relay.v);
	put(digest, body->nature);
	put_pos(digest, body->pos);
	put_signed(digest, body->pos_at_ms);
	put(digest, body->pos_radius_m);
	put(digest, body->persons);
	put(digest, body->marks);
	put_text(digest, body->name);
	put_text(digest, body->callsign);
	put_text(digest, body->text);
	put(digest, body->category);
	put_text(digest, body->beacon);
	put(digest, body->epirb_link);
	put(digest, body->refine);
	put_signed(digest, body->signal_at_ms);
	put(digest, body->beacon_kind);
	put_candidates(digest, body->candidate, body->candidate_count);
	put(digest, body->contact);
	put(digest, body->sealed_len);
	put_bytes(digest, body->sealed, body->sealed_len);
	put(digest, body->raw_len);
	put_bytes(digest, body->raw, body->raw_len);
}

static void
put_before(uint64_t *digest, const struct rcc_before_join *before)
{
	put(digest, before->survivor.v);
	put(digest, before->seq);
	put(digest, before->was_standing);
	put(digest, before->was_held);
	put(digest, before->was_verified);
	put(digest, before->was_vouched);
	put(digest, before->phase);
	put(digest, before->source);
	put_signed(digest, before->review_at_ms);
	put(digest, before->is_review_due);
	put_signed(digest, before->relay_due_at_ms);
	put(digest, before->is_held);
	put(digest, before->is_standing);
	put(digest, before->is_suspension_told);
	put(digest, before->is_verified);
	put(digest, before->acted_seq);
}

static void
put_incident(uint64_t *digest, const struct rcc_incident *incident)
{
	put(digest, incident->id.v);
	put(digest, incident->year);
	put(digest, incident->number);
	put(digest, incident->status);
	put(digest, incident->phase);
	put(digest, incident->class);
	put(digest, incident->casualty.v);
	put_text(digest, incident->name);
	put(digest, incident->source);
	put(digest, incident->nature);
	put(digest, incident->persons);
	put_pos(digest, incident->pos);
	put_signed(digest, incident->pos_at_ms);
	put(digest, incident->pos_radius_m);
	put_signed(digest, incident->opened_at_ms);
	put_signed(digest, incident->signal_at_ms);
	put_signed(digest, incident->relay_due_at_ms);
	put(digest, incident->is_relay_held);
	put(digest, incident->is_verified);
	put(digest, incident->is_vouched);
	put_text(digest, incident->hold_reason);
	put(digest, incident->is_no_position_overdue);
	put(digest, incident->broadcasts);
	put(digest, incident->last_broadcast.v);
	put(digest, incident->is_cancelled);
	put(digest, incident->is_notice);
	put(digest, incident->is_notice_over);
	put_signed(digest, incident->notice_until_ms);
	put(digest, incident->has_news);
	put_pos(digest, incident->broadcast_pos);
	put(digest, incident->pos_alert.v);
	put(digest, incident->is_restricted);
	put(digest, incident->is_on_hold);
	put(digest, incident->is_conflict);
	put_candidates(digest, incident->candidate, incident->candidate_count);
	put(digest, incident->parent.v);
	put(digest, incident->grouped_under.v);
	put(digest, incident->joined_into.v);
	put_before(digest, &incident->before);
	put(digest, incident->acted_seq);
	put_signed(digest, incident->review_at_ms);
	put(digest, incident->is_review_due);
	put(digest, incident->stated);
	put(digest, incident->stated_persons);
	put(digest, incident->stated_persons_seq);
	put(digest, incident->stated_pos_seq);
	put_pos(digest, incident->stated_pos);
	put_signed(digest, incident->stated_pos_at_ms);
	put(digest, incident->stated_pos_radius_m);
	put_signed(digest, incident->closed_at_ms);
	put(digest, incident->outcome);
	put(digest, incident->end_told_seq);
	put_signed(digest, incident->end_told_at_ms);
}

static void
put_broadcast(uint64_t *digest, const struct rcc_broadcast *broadcast)
{
	put(digest, broadcast->id.v);
	put(digest, broadcast->incident.v);
	put(digest, broadcast->kind);
	put(digest, broadcast->revision);
	put(digest, broadcast->by.v);
	put(digest, broadcast->is_verified);
	put_pos(digest, broadcast->pos);
	put_signed(digest, broadcast->pos_at_ms);
	put(digest, broadcast->pos_radius_m);
	put_candidates(digest, broadcast->candidate, broadcast->candidate_count);
	put(digest, broadcast->doubts);
	put(digest, broadcast->source);
	put(digest, broadcast->nature);
	put(digest, broadcast->persons);
	put(digest, broadcast->casualty.v);
	put_text(digest, broadcast->name);
	put_signed(digest, broadcast->issued_at_ms);
	put_signed(digest, broadcast->expires_at_ms);
	put_text(digest, broadcast->text);
	put(digest, broadcast->recipients);
	put(digest, broadcast->left_out);
	put(digest, broadcast->unstored);
	put_signed(digest, broadcast->clock_at_ms);
	put(digest, broadcast->is_flagged);
	put(digest, broadcast->is_unreachable_told);
	put(digest, broadcast->is_of_place);
	put(digest, broadcast->seq);
}

static void
put_delivery(uint64_t *digest, const struct rcc_delivery *line)
{
	put(digest, line->peer.v);
	put(digest, line->number);
	put(digest, line->broadcast.v);
	put(digest, line->state);
	put(digest, line->range_m);
	put(digest, line->bearing_ddeg);
	put(digest, line->eta_min);
	put(digest, line->is_called_on);
	put(digest, line->is_flagged);
	put(digest, line->answered_with);
	put_signed(digest, line->queued_at_ms);
	put_signed(digest, line->sent_at_ms);
	put_signed(digest, line->stored_at_ms);
	put_signed(digest, line->read_at_ms);
	put_signed(digest, line->answered_at_ms);
	put_signed(digest, line->stored_claimed_at_ms);
	put_signed(digest, line->read_claimed_at_ms);
	put_text(digest, line->read_by);
	put(digest, line->queued_seq);
	put(digest, line->aboard_seq);
	put(digest, line->may_be_out);
}

static void
put_answer(uint64_t *digest, const struct rcc_answer_state *answer)
{
	put(digest, answer->ship.v);
	put(digest, answer->is_released);
	put(digest, answer->released_seq);
	put(digest, answer->asked_seq);
	put(digest, answer->unsaid_seq);
	put(digest, answer->seq);
	put(digest, answer->is_typed);
	put(digest, answer->peer.v);
	put(digest, answer->incident.v);
	put_signed(digest, answer->at_ms);
	put_signed(digest, answer->arrived_at_ms);
	put(digest, answer->body.number);
	put(digest, answer->body.kind);
	put(digest, answer->body.reason);
	put(digest, answer->body.eta_min);
	put_text(digest, answer->body.by);
	put_text(digest, answer->body.text);
}

static void
put_plan(uint64_t *digest, const struct rcc_plan_state *plan)
{
	put(digest, plan->id.v);
	put(digest, plan->by.v);
	put_signed(digest, plan->filed_at_ms);
	put_signed(digest, plan->heard_at_ms);
	put_signed(digest, plan->due_at_ms);
	put(digest, plan->is_overdue);
	put(digest, plan->body.action);
	put(digest, plan->body.mmsi.v);
	put_text(digest, plan->body.name);
	put(digest, plan->body.persons);
	put_pos(digest, plan->body.pos);
	put_signed(digest, plan->body.eta_at_ms);
	put(digest, plan->body.interval_min);
	put_text(digest, plan->body.text);
}

static void
put_seen(uint64_t *digest, const struct rcc_core *core)
{
	put(digest, core->seen_next);
	for (uint32_t i = 0; i < RCC_DEDUP_MAX; i++) {
		const struct rcc_seen_message *seen = &core->seen[i];
		if (seen->seq == 0)
			continue;
		put(digest, seen->seq);
		put(digest, seen->fingerprint);
		put_bytes(digest, &seen->key, sizeof seen->key);
		put_bytes(digest, &seen->id, sizeof seen->id);
	}
}

/* Nothing of a free slot: a record from before there were invitations has the digest that it had. */
static void
put_invitation(uint64_t *digest, const struct rcc_invite *invite)
{
	if (invite->expires_at_ms == 0)
		return;
	put_text(digest, invite->name);
	put(digest, invite->role);
	put(digest, invite->mmsi.v);
	put(digest, invite->owner);
	put_bytes(digest, &invite->tag, sizeof invite->tag);
	put_signed(digest, invite->expires_at_ms);
}

uint64_t
rcc_core_digest(const struct rcc_core *core)
{
	uint64_t digest = FNV_BASIS;

	put_run(&digest, &core->run);
	put(&digest, core->seq);
	put_signed(&digest, core->at_ms);
	put(&digest, core->alert_last);
	put(&digest, core->incident_last);
	put(&digest, core->broadcast_last);
	put(&digest, core->plan_last);
	put(&digest, core->number_year);
	put(&digest, core->number_last);
	for (uint32_t i = 0; i < core->peer_count; i++)
		put_peer(&digest, &core->peer[i]);
	for (size_t i = 0; i < RCC_INVITATIONS_MAX; i++)
		put_invitation(&digest, &core->invitation[i]);
	for (uint32_t i = 0; i < core->alert_top; i++) {
		if (core->alert[i].id.v != 0)
			put_alert(&digest, &core->alert[i]);
	}
	for (uint32_t i = 0; i < core->incident_top; i++) {
		if (core->incident[i].id.v != 0)
			put_incident(&digest, &core->incident[i]);
	}
	for (uint32_t i = 0; i < core->broadcast_top; i++) {
		if (core->broadcast[i].id.v != 0)
			put_broadcast(&digest, &core->broadcast[i]);
	}
	for (uint32_t i = 0; i < core->delivery_top; i++) {
		if (core->delivery[i].peer.v != 0)
			put_delivery(&digest, &core->delivery[i]);
	}
	for (uint32_t i = 0; i < core->answer_top; i++) {
		if (core->answer[i].incident.v != 0)
			put_answer(&digest, &core->answer[i]);
	}
	for (uint32_t i = 0; i < core->plan_top; i++) {
		if (core->plan[i].id.v != 0)
			put_plan(&digest, &core->plan[i]);
	}
	put(&digest, core->newest_circular);
	put(&digest, core->bulletin_last);
	put(&digest, core->card_last);
	put_seen(&digest, core);
	rcc_digest_work(&digest, core);
	return digest;
}

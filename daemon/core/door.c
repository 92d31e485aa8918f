/*
 * door.c - invitations, and keys that take the place of others.
 *
 * An invitation is a one-time code: the record holds its tag alone, and whoever brings the code is enrolled with the key that it
 * comes with. A new key is brought by the old one; the peer, its ledger and its name stay.
 */
#include <assert.h>
#include <string.h>

#include "core/core_internal.h"

/* ---- who is invited ---- */

static bool
is_same_name(const char *a, const char *b)
{
	return strncmp(a, b, RCC_NAME_MAX) == 0;
}

/* The one under this name, or a slot that is free or whose time is over; NULL = there is neither. */
static struct rcc_invite *
slot_for(struct rcc_core *core, const char *name, int64_t at_ms)
{
	struct rcc_invite *free_slot = NULL;

	for (size_t i = 0; i < RCC_INVITATIONS_MAX; i++) {
		struct rcc_invite *row = &core->invitation[i];
		if (row->expires_at_ms != 0 && is_same_name(row->name, name))
			return row;
		if (row->expires_at_ms <= at_ms && free_slot == NULL)
			free_slot = row;
	}
	return free_slot;
}

const struct rcc_invite *
rcc_core_invited(const struct rcc_core *core, const struct rcc_invite_tag *tag, int64_t at_ms)
{
	for (size_t i = 0; i < RCC_INVITATIONS_MAX; i++) {
		const struct rcc_invite *row = &core->invitation[i];
		if (row->expires_at_ms > at_ms && memcmp(&row->tag, tag, sizeof *tag) == 0)
			return row;
	}
	return NULL;
}

/* With the key of whoever brings the code. */
static struct rcc_enrol
enrolment_of(const struct rcc_invite *invite, const struct rcc_key *key)
{
	struct rcc_enrol enrol = {.role = invite->role, .mmsi = invite->mmsi, .owner = invite->owner, .key = *key};

	memcpy(enrol.name, invite->name, sizeof enrol.name);
	return enrol;
}

/* What will stand in the way of whoever comes: better said to who invites. */
static const char *
invite_fault(const struct rcc_core *core, const struct rcc_invite *invite, int64_t at_ms, enum rcc_refusal *ret_reason)
{
	*ret_reason = RCC_REFUSAL_RANGE;
	if (invite->name[0] == '\0')
		return "invite.name";
	if (invite->role != RCC_ROLE_VESSEL && invite->role != RCC_ROLE_FEED)
		return "invite.role";
	if (invite->role == RCC_ROLE_VESSEL && invite->mmsi.v == 0)
		return "invite.mmsi";
	if (invite->expires_at_ms <= at_ms || invite->expires_at_ms - at_ms > RCC_INVITATION_MAX_MS)
		return "invite.expires_at_ms";
	*ret_reason = RCC_REFUSAL_DUPLICATE;
	if (rcc_peer_find_name(core, invite->name) != NULL)
		return "invite.name";
	if (invite->role == RCC_ROLE_VESSEL && rcc_peer_find_mmsi(core, invite->mmsi) != NULL)
		return "invite.mmsi";
	return NULL;
}

void
rcc_rule_invite(struct rcc_step *step)
{
	const struct rcc_invite *invite = &step->entry->cause.u.invite;
	int64_t at_ms = step->entry->cause.at_ms;
	const struct rcc_invite *slot = slot_for(step->core, invite->name, at_ms);
	bool is_known = slot != NULL && slot->expires_at_ms > at_ms && is_same_name(slot->name, invite->name);
	enum rcc_refusal reason = RCC_REFUSAL_NOT_FOUND;
	const char *field = NULL;

	if (invite->expires_at_ms == 0)
		field = is_known ? NULL : "invite.name";
	else
		field = invite_fault(step->core, invite, at_ms, &reason);
	if (field == NULL && slot == NULL) {
		reason = RCC_REFUSAL_FULL;
		field = "invite";
	}
	if (field != NULL) {
		rcc_step_refuse(step, reason, field);
		return;
	}
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_PEER_INVITED);
	event->u.invited.by = step->entry->cause.origin.peer;
	event->u.invited.body = *invite;
	rcc_step_emit(step, event);
}

enum rcc_refusal
rcc_core_admit_refusal(const struct rcc_core *core, const struct rcc_invite_tag *tag, const struct rcc_key *key,
                       int64_t at_ms, const char **ret_field)
{
	const struct rcc_invite *invite = rcc_core_invited(core, tag, at_ms);
	enum rcc_refusal reason = (enum rcc_refusal)0;

	*ret_field = "admit.code";
	if (invite == NULL)
		return RCC_REFUSAL_NOT_FOUND;
	/* One that somebody has, or had and lost: whoever found it would come in by it again. */
	*ret_field = "admit.key";
	if (rcc_peer_find_key(core, key) != NULL)
		return RCC_REFUSAL_DUPLICATE;
	const struct rcc_enrol enrol = enrolment_of(invite, key);
	return rcc_enrol_refusal(core, &enrol, &reason, ret_field) ? reason : (enum rcc_refusal)0;
}

void
rcc_rule_admit(struct rcc_step *step)
{
	const struct rcc_command *cause = &step->entry->cause;
	const struct rcc_invite *invite = rcc_core_invited(step->core, &cause->u.admit.tag, cause->at_ms);
	const char *field = NULL;
	enum rcc_refusal reason =
	    rcc_core_admit_refusal(step->core, &cause->u.admit.tag, &cause->origin.key, cause->at_ms, &field);

	if (reason != 0) {
		rcc_step_refuse(step, reason, field);
		return;
	}
	const struct rcc_enrol enrol = enrolment_of(invite, &cause->origin.key);
	rcc_enrol_or_refuse(step, &enrol);
}

/* ---- another key ---- */

void
rcc_rule_rekey(struct rcc_step *step)
{
	static const struct rcc_key none = {{0}};
	const struct rcc_command *cause = &step->entry->cause;
	const struct rcc_key *key = &cause->u.rekey.key;
	const struct rcc_peer *peer = rcc_peer_find(step->core, cause->origin.peer);

	/* The local socket is nobody by name: it has no key to be changed. */
	if (peer == NULL) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_ALLOWED, "rekey");
		return;
	}
	if (memcmp(key, &none, sizeof none) == 0) {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, "rekey.key");
		return;
	}
	/* A key that anybody has or had, a revoked one too, stands for one peer alone. */
	if (rcc_peer_find_key(step->core, key) != NULL) {
		rcc_step_refuse(step, RCC_REFUSAL_DUPLICATE, "rekey.key");
		return;
	}
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_PEER_REKEYED);
	event->u.rekeyed.peer = peer->id;
	event->u.rekeyed.key = *key;
	rcc_step_emit(step, event);
}

/* ---- what becomes of it ---- */

static void
apply_invited(struct rcc_core *core, const struct rcc_invite *invite)
{
	struct rcc_invite *slot = slot_for(core, invite->name, core->at_ms);

	assert(slot != NULL);
	if (invite->expires_at_ms == 0)
		*slot = (struct rcc_invite){0};
	else
		*slot = *invite;
}

/* Out of the chain of its old key, to the head of that of the new one. */
static void
apply_rekeyed(struct rcc_core *core, const struct rcc_peer_rekeyed *event)
{
	struct rcc_peer *peer = &core->peer[event->peer.v - 1];
	uint32_t *link = &core->key_bucket[rcc_peer_key_bucket(&peer->key)];

	while (*link != event->peer.v)
		link = &core->peer[*link - 1].same_key;
	*link = peer->same_key;
	uint32_t *bucket = &core->key_bucket[rcc_peer_key_bucket(&event->key)];
	peer->key = event->key;
	peer->same_key = *bucket;
	*bucket = event->peer.v;
}

/* Whoever is enrolled under a name needs no invitation any more, however that came. */
static void
apply_used(struct rcc_core *core, const char *name)
{
	for (size_t i = 0; i < RCC_INVITATIONS_MAX; i++) {
		if (core->invitation[i].expires_at_ms != 0 && is_same_name(core->invitation[i].name, name))
			core->invitation[i] = (struct rcc_invite){0};
	}
}

bool
rcc_apply_door(struct rcc_core *core, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_PEER_ENROLLED)
		apply_used(core, event->u.enrolled.enrol.name);
	else if (event->kind == RCC_EVENT_PEER_INVITED)
		apply_invited(core, &event->u.invited.body);
	else if (event->kind == RCC_EVENT_PEER_REKEYED)
		apply_rekeyed(core, &event->u.rekeyed);
	return event->kind == RCC_EVENT_PEER_INVITED || event->kind == RCC_EVENT_PEER_REKEYED;
}

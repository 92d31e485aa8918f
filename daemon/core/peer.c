/* peer.c - enrolment, revocation, and ships that fall silent. */
#include <assert.h>
#include <string.h>

#include "core/circular.h"
#include "core/core_internal.h"
#include "rcc/text.h"
#include "rcc/units.h"

static bool
is_zero_key(const struct rcc_key *key)
{
	static const struct rcc_key zero = {{0}};
	return memcmp(key, &zero, sizeof zero) == 0;
}

/* "tcp://HOST:PORT"; that somebody is there, and who, shows when it is called. */
static bool
is_address(const char *endpoint)
{
	const char *port = strrchr(endpoint, ':');
	uint32_t number = 0;

	if (strncmp(endpoint, "tcp://", 6) != 0 || port == NULL || port <= endpoint + 6)
		return false;
	for (port++; *port >= '0' && *port <= '9' && number <= 65535; port++)
		number = number * 10 + (uint32_t)(*port - '0');
	return *port == '\0' && number >= 1 && number <= 65535;
}

uint32_t
rcc_centre_slot(const struct rcc_core *core)
{
	uint32_t slot = 0;

	while (slot < RCC_CENTRES_MAX && core->centre[slot].peer.v != 0 &&
	       rcc_peer_find(core, core->centre[slot].peer)->revoked_at_ms == 0)
		slot++;
	return slot;
}

/* Names the field that stops an enrolment; false if none does. */
bool
rcc_enrol_refusal(const struct rcc_core *core, const struct rcc_enrol *enrol, enum rcc_refusal *ret_reason,
                  const char **ret_field)
{
	const struct rcc_peer *holder = rcc_peer_find_key(core, &enrol->key);
	const struct {
		bool is_bad;
		enum rcc_refusal reason;
		const char *field;
	} checks[] = {
	    {enrol->name[0] == '\0', RCC_REFUSAL_RANGE, "enrol.name"},
	    {enrol->role == RCC_ROLE_GUEST, RCC_REFUSAL_RANGE, "enrol.role"},
	    {is_zero_key(&enrol->key), RCC_REFUSAL_RANGE, "enrol.key"},
	    {enrol->role == RCC_ROLE_VESSEL && enrol->mmsi.v == 0, RCC_REFUSAL_RANGE, "enrol.mmsi"},
	    {rcc_peer_find_name(core, enrol->name) != NULL, RCC_REFUSAL_DUPLICATE, "enrol.name"},
	    {holder != NULL && holder->revoked_at_ms == 0, RCC_REFUSAL_DUPLICATE, "enrol.key"},
	    {enrol->role == RCC_ROLE_VESSEL && rcc_peer_find_mmsi(core, enrol->mmsi) != NULL, RCC_REFUSAL_DUPLICATE,
	     "enrol.mmsi"},
	    {enrol->endpoint[0] != '\0' && (enrol->role != RCC_ROLE_PEER || !is_address(enrol->endpoint)),
	     RCC_REFUSAL_RANGE, "enrol.endpoint"},
	    {enrol->share != RCC_SHARE_ALL && enrol->role != RCC_ROLE_PEER, RCC_REFUSAL_RANGE, "enrol.share"},
	    {enrol->role == RCC_ROLE_PEER && rcc_centre_slot(core) == RCC_CENTRES_MAX, RCC_REFUSAL_FULL, "enrol"},
	    {core->peer_count == RCC_PEERS_MAX, RCC_REFUSAL_FULL, "enrol"},
	};
	for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
		if (checks[i].is_bad) {
			*ret_reason = checks[i].reason;
			*ret_field = checks[i].field;
			return true;
		}
	}
	return false;
}

void
rcc_rule_enrol(struct rcc_step *step)
{
	rcc_enrol_or_refuse(step, &step->entry->cause.u.enrol);
}

void
rcc_enrol_or_refuse(struct rcc_step *step, const struct rcc_enrol *enrol)
{
	enum rcc_refusal reason;
	const char *field;

	if (rcc_enrol_refusal(step->core, enrol, &reason, &field)) {
		rcc_step_refuse(step, reason, field);
		return;
	}
	struct rcc_peer_id id = {step->core->peer_count + 1};
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_PEER_ENROLLED);
	event->u.enrolled.peer = id;
	event->u.enrolled.enrol = *enrol;
	rcc_step_emit(step, event);
	if (enrol->role == RCC_ROLE_VESSEL)
		rcc_broadcast_catch_up(step, id);
	if (enrol->role == RCC_ROLE_VESSEL)
		rcc_circular_catch_up(step, id);
}

void
rcc_rule_revoke(struct rcc_step *step)
{
	const struct rcc_revoke *revoke = &step->entry->cause.u.revoke;
	const struct rcc_peer *peer = rcc_peer_find_name(step->core, revoke->name);

	if (peer == NULL) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_FOUND, "revoke.name");
		return;
	}
	if (!rcc_text_has_word(revoke->reason)) {
		rcc_step_refuse(step, RCC_REFUSAL_REASON_MISSING, "revoke.reason");
		return;
	}
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_PEER_REVOKED);
	event->u.revoked.peer = peer->id;
	memcpy(event->u.revoked.reason, revoke->reason, sizeof revoke->reason);
	rcc_step_emit(step, event);
}

/* Ships give positions, feeds what their receivers hear. */
static bool
is_heard_of(const struct rcc_peer *peer)
{
	return peer != NULL && (rcc_peer_is_ship(peer) || (peer->role == RCC_ROLE_FEED && peer->revoked_at_ms == 0));
}

bool
rcc_core_silence(const struct rcc_core *core, struct rcc_peer_id ship, int64_t heard_at_ms, int64_t run_at_ms,
                 int64_t at_ms, struct rcc_silence *ret_silence)
{
	const struct rcc_peer *peer = rcc_peer_find(core, ship);

	if (!is_heard_of(peer))
		return false;
	int64_t since_ms = heard_at_ms > run_at_ms ? heard_at_ms : run_at_ms;
	if (since_ms < peer->enrolled_at_ms)
		since_ms = peer->enrolled_at_ms;
	bool is_silent = at_ms - since_ms >= (int64_t)core->run.rules.silence_after_ms;
	/* A ship silent before a restart is silent until she is heard, not until the new run's first minutes end. */
	if (is_silent == peer->is_silent || (!is_silent && heard_at_ms <= peer->heard_at_ms))
		return false;
	*ret_silence = (struct rcc_silence){.peer = ship, .is_silent = is_silent, .heard_at_ms = heard_at_ms};
	return true;
}

void
rcc_rule_silence(struct rcc_step *step)
{
	const struct rcc_silence *silence = &step->entry->cause.u.silence;
	const struct rcc_peer *peer = rcc_peer_find(step->core, silence->peer);
	int64_t quiet_ms = step->entry->cause.at_ms - silence->heard_at_ms;
	bool is_silent = silence->is_silent != 0;

	if (!is_heard_of(peer) || peer->is_silent == is_silent)
		return;
	if (is_silent && quiet_ms < (int64_t)step->core->run.rules.silence_after_ms)
		return;
	struct rcc_event *event = rcc_step_event(step, is_silent ? RCC_EVENT_PEER_SILENT : RCC_EVENT_PEER_HEARD);
	event->u.silence.peer = peer->id;
	event->u.silence.heard_at_ms = silence->heard_at_ms;
	rcc_step_emit(step, event);
}

/* Longest exercise: who forgets to leave one is out of it the next day. */
#define DRILL_MAX_MS (12 * RCC_MS_PER_HOUR)

void
rcc_rule_drill(struct rcc_step *step)
{
	const struct rcc_drill *drill = &step->entry->cause.u.drill;
	const struct rcc_peer *peer = rcc_peer_find(step->core, step->entry->cause.origin.peer);

	if (peer == NULL || !rcc_peer_is_ship(peer)) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_ALLOWED, "drill");
		return;
	}
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_DRILL_CHANGED);
	event->u.drill.peer = peer->id;
	event->u.drill.until_at_ms = drill->is_joining != 0 ? step->entry->cause.at_ms + DRILL_MAX_MS : 0;
	rcc_step_emit(step, event);
	if (drill->is_joining != 0)
		rcc_broadcast_catch_up(step, peer->id);
}

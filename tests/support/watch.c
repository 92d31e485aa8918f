#include "watch.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "order.h"

void
watch_text(char *field, size_t size, const char *text)
{
	size_t len = strlen(text);

	assert(len < size);
	memcpy(field, text, len + 1);
}

struct rcc_rules
watch_rules(void)
{
	struct rcc_rules rules = {.respond_eta_min = 360,
	                          .respond_count = 20,
	                          .assumed_speed_dkn = 120,
	                          .flag_after_ms = 120000,
	                          .unreachable_after_ms = 300000,
	                          .quarantine_ms = 300000,
	                          .no_position_ms = 300000,
	                          .silence_after_ms = 1800000,
	                          .join_window_ms = 86400000,
	                          .update_move_m = 1852,
	                          .call_list_radius_m = 30 * 1852,
	                          .flood_per_min = 30,
	                          .overdue_grace_ms = 1800000,
	                          .parity_every_ms = 0,
	                          .parity_ships = 5,
	                          .parity_points = 20,
	                          .parity_times = 2,
	                          .parity_apart_ms = 30000,
	                          .notice_ms = 6 * 3600000};

	rules.relay_after_ms[RCC_SOURCE_AIS_STATUS] = RCC_RELAY_NEVER;
	rules.relay_after_ms[RCC_SOURCE_AIS_TEXT] = RCC_RELAY_NEVER;
	rules.relay_after_ms[RCC_SOURCE_OVERDUE] = RCC_RELAY_NEVER;
	rules.relay_after_ms[RCC_SOURCE_DSC] = 60000;
	rules.relay_after_ms[RCC_SOURCE_SIT185] = 60000;
	rules.relay_after_ms[RCC_SOURCE_BEACON406] = 60000;
	return rules;
}

void
watch_rule(struct watch *watch, const struct rcc_rules *rules)
{
	struct rcc_run *run = &watch_command(watch, RCC_COMMAND_RUN, 0)->u.run;

	watch_text(run->build, sizeof run->build, "test");
	watch_text(run->centre, sizeof run->centre, "MRCC TEST");
	run->rules = *rules;
	uint32_t count = watch_step(watch);
	assert(count == 1);
}

void
watch_start(struct watch *watch)
{
	struct rcc_rules rules = watch_rules();

	rcc_core_init(&watch->core);
	watch->now_ms = WATCH_START_MS;
	watch->messages = 0;
	watch_rule(watch, &rules);
}

uint32_t
watch_start_with_feed(struct watch *watch, uint32_t ships)
{
	watch_start(watch);
	watch_fleet(watch, 200000001, ships);
	return watch_enrol(watch, RCC_ROLE_FEED, 2320001);
}

struct rcc_key
watch_key(uint32_t seed)
{
	struct rcc_key key;
	uint32_t value = seed * 2654435761u + 1;

	for (size_t i = 0; i < sizeof key.b; i++) {
		value = value * 1664525u + 1013904223u;
		key.b[i] = (uint8_t)(value >> 24);
	}
	/* The number itself, so that no two keys are alike. */
	memcpy(&key.b[8], &seed, sizeof seed);
	return key;
}

static struct rcc_command *
begin(struct watch *watch, enum rcc_command_kind kind)
{
	struct rcc_command *command = &watch->entry.cause;

	rcc_entry_clear(&watch->entry);
	command->kind = kind;
	command->at_ms = watch->now_ms;
	command->origin.class = RCC_CLASS_LIVE;
	return command;
}

static void
number_message(struct watch *watch, struct rcc_origin *origin)
{
	watch->messages++;
	origin->claimed_at_ms = watch->now_ms;
	origin->fingerprint = watch->messages;
	for (size_t i = 0; i < 8; i++)
		origin->msg_id.b[8 + i] = (uint8_t)(watch->messages >> (8 * (7 - i)));
}

struct rcc_command *
watch_command(struct watch *watch, enum rcc_command_kind kind, uint32_t peer)
{
	struct rcc_command *command = begin(watch, kind);
	const struct rcc_peer *row = rcc_peer_find(&watch->core, (struct rcc_peer_id){peer});

	assert(peer == 0 || row != NULL);
	command->origin.role = RCC_ROLE_ADMIN;
	if (row != NULL) {
		command->origin.peer = row->id;
		command->origin.role = row->role;
		command->origin.key = row->key;
		number_message(watch, &command->origin);
	}
	return command;
}

struct rcc_command *
watch_command_of(struct watch *watch, enum rcc_command_kind kind, const struct rcc_key *key)
{
	struct rcc_command *command = begin(watch, kind);
	bool is_revoked;

	command->origin.role = rcc_core_identify(&watch->core, key, &command->origin.peer, &is_revoked);
	command->origin.key = *key;
	number_message(watch, &command->origin);
	return command;
}

uint32_t
watch_step(struct watch *watch)
{
	rcc_core_step(&watch->core, &watch->entry);
	return watch->entry.event_count;
}

const struct rcc_event *
watch_event(const struct watch *watch, enum rcc_event_kind kind)
{
	for (uint32_t i = 0; i < watch->entry.event_count; i++) {
		if (watch->entry.event[i].kind == kind)
			return &watch->entry.event[i];
	}
	return NULL;
}

uint32_t
watch_events(const struct watch *watch, enum rcc_event_kind kind)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < watch->entry.event_count; i++)
		count += watch->entry.event[i].kind == kind;
	return count;
}

bool
watch_is_refused(const struct watch *watch, enum rcc_refusal reason, const char *field)
{
	const struct rcc_event *event = &watch->entry.event[0];

	return watch->entry.event_count == 1 && event->kind == RCC_EVENT_COMMAND_REFUSED &&
	       event->u.refused.reason == reason && strcmp(event->u.refused.field, field) == 0;
}

uint32_t
watch_enrol(struct watch *watch, enum rcc_role role, uint32_t mmsi)
{
	uint32_t number = watch->core.peer_count + 1;
	struct rcc_enrol *enrol = &watch_command(watch, RCC_COMMAND_ENROL, 0)->u.enrol;

	snprintf(enrol->name, sizeof enrol->name, "%u PEER", number);
	enrol->role = role;
	enrol->mmsi.v = mmsi;
	enrol->key = watch_key(number);
	watch_step(watch);
	return watch_event(watch, RCC_EVENT_PEER_ENROLLED) == NULL ? 0 : watch->core.peer_count;
}

uint32_t
watch_fleet(struct watch *watch, uint32_t first_mmsi, uint32_t count)
{
	uint32_t first = watch->core.peer_count + 1;

	for (uint32_t i = 0; i < count; i++) {
		uint32_t peer = watch_enrol(watch, RCC_ROLE_VESSEL, first_mmsi + i);
		assert(peer != 0);
	}
	return first;
}

struct rcc_alert
watch_alert(enum rcc_source source, uint32_t casualty)
{
	return (struct rcc_alert){.source = source,
	                          .class = RCC_CLASS_LIVE,
	                          .casualty = {casualty},
	                          .pos = {352000000, 126000000},
	                          .pos_at_ms = WATCH_START_MS};
}

uint32_t
watch_say(struct watch *watch, uint32_t peer, const struct rcc_alert *alert)
{
	watch_command(watch, RCC_COMMAND_ALERT, peer)->u.alert = *alert;
	return watch_step(watch);
}

void
watch_see(struct watch *watch, uint32_t mmsi, struct rcc_pos pos, uint32_t sog_dkn)
{
	struct rcc_scene *scene = &watch->entry.cause.scene;

	assert(scene->count < RCC_SCENE_SHIPS_MAX);
	assert(scene->count == 0 || scene->ship[scene->count - 1].mmsi.v < mmsi);
	scene->ship[scene->count++] =
	    (struct rcc_scene_ship){.mmsi = {mmsi}, .pos = pos, .sog_dkn = sog_dkn, .seen_at_ms = watch->now_ms};
}

uint32_t
watch_relay(struct watch *watch, uint32_t incident, enum rcc_relay_action action, const char *reason)
{
	struct rcc_relay *relay = &watch_command(watch, RCC_COMMAND_RELAY, 0)->u.relay;

	relay->incident.v = incident;
	relay->action = action;
	watch_text(relay->reason, sizeof relay->reason, reason);
	return watch_step(watch);
}

uint32_t
watch_cancel(struct watch *watch, uint32_t incident, const char *reason)
{
	struct rcc_cancel *cancel = &watch_command(watch, RCC_COMMAND_CANCEL, 0)->u.cancel;

	cancel->incident.v = incident;
	watch_text(cancel->reason, sizeof cancel->reason, reason);
	return watch_step(watch);
}

uint32_t
watch_close(struct watch *watch, uint32_t incident, const char *reason)
{
	return order_close(watch, incident, RCC_OUTCOME_NO_DISTRESS, reason);
}

uint32_t
watch_decide(struct watch *watch, uint32_t alert, enum rcc_decision decision, const char *reason)
{
	struct rcc_decide *decide = &watch_command(watch, RCC_COMMAND_DECIDE, 0)->u.decide;

	decide->alert.v = alert;
	decide->decision = decision;
	watch_text(decide->reason, sizeof decide->reason, reason);
	return watch_step(watch);
}

uint32_t
watch_revoke(struct watch *watch, const char *name, const char *reason)
{
	struct rcc_revoke *revoke = &watch_command(watch, RCC_COMMAND_REVOKE, 0)->u.revoke;

	watch_text(revoke->name, sizeof revoke->name, name);
	watch_text(revoke->reason, sizeof revoke->reason, reason);
	return watch_step(watch);
}

uint32_t
watch_stored(struct watch *watch, uint32_t peer, uint32_t number)
{
	watch_command(watch, RCC_COMMAND_STORED, peer)->u.stored =
	    (struct rcc_stored){.number = number, .stored_at_ms = watch->now_ms - 1};
	return watch_step(watch);
}

uint32_t
watch_read(struct watch *watch, uint32_t peer, uint32_t number, const char *by)
{
	struct rcc_read *read = &watch_command(watch, RCC_COMMAND_READ, peer)->u.read;

	read->number = number;
	read->read_at_ms = watch->now_ms - 1;
	watch_text(read->by, sizeof read->by, by);
	return watch_step(watch);
}

uint32_t
watch_answer(struct watch *watch, uint32_t peer, uint32_t incident, uint32_t number, enum rcc_answer_kind kind)
{
	struct rcc_answer *answer = &watch_command(watch, RCC_COMMAND_ANSWER, peer)->u.answer;

	answer->incident.v = incident;
	answer->number = number;
	answer->kind = kind;
	answer->reason = kind == RCC_ANSWER_UNABLE ? RCC_REASON_TOO_FAR : RCC_REASON_NONE;
	answer->eta_min = 90;
	return watch_step(watch);
}

uint32_t
watch_sent(struct watch *watch, uint32_t peer, uint32_t number)
{
	struct rcc_sent *sent = &watch_command(watch, RCC_COMMAND_SENT, 0)->u.sent;

	sent->count = 1;
	sent->row[0] = (struct rcc_delivery_ref){.peer = {peer}, .number = number};
	return watch_step(watch);
}

uint32_t
watch_wait(struct watch *watch, int64_t ms, uint32_t most)
{
	uint32_t count = 0;

	watch->now_ms += ms;
	rcc_entry_clear(&watch->entry);
	while (count < most && rcc_core_due(&watch->core, watch->now_ms, &watch->entry.cause)) {
		watch->entry.event_count = 0;
		watch_step(watch);
		count++;
	}
	return count;
}

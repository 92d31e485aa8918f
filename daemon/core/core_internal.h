/*
 * core_internal.h - the rules' view of the step: read the state, speak through emit.
 *
 * A rule takes the core as const and a step handle; only emit() reaches apply(), so the next rule sees the new state.
 */
#ifndef RCC_CORE_INTERNAL_H
#define RCC_CORE_INTERNAL_H

#include "core/geo.h"
#include "core/state.h"

/* One step in progress: the state it may read, the entry it writes. */
struct rcc_step {
	struct rcc_core *core; /* written by emit through apply alone */
	struct rcc_entry *entry;
};

/* A cleared event of this kind at the end of the entry, to be filled and then emitted. */
struct rcc_event *rcc_step_event(struct rcc_step *step, enum rcc_event_kind kind);
/* Appends the event to the entry and applies it. */
void rcc_step_emit(struct rcc_step *step, struct rcc_event *event);
/* Emits COMMAND_REFUSED. */
void rcc_step_refuse(struct rcc_step *step, enum rcc_refusal reason, const char *field);
/* Room left in the entry, so that long lists can stop in time. */
uint32_t rcc_step_room(const struct rcc_step *step);

/* Rules, one per command; each in the file named after its subject. */
void rcc_rule_enrol(struct rcc_step *step);
void rcc_rule_revoke(struct rcc_step *step);
void rcc_rule_silence(struct rcc_step *step);
void rcc_rule_alert(struct rcc_step *step);
/* The same id with other bytes, and a distress: no machine acts upon it, and no distress is refused without being seen. */
void rcc_rule_alert_conflict(struct rcc_step *step);
void rcc_rule_decide(struct rcc_step *step);
void rcc_rule_stored(struct rcc_step *step);
void rcc_rule_read(struct rcc_step *step);
void rcc_rule_answer(struct rcc_step *step);
void rcc_rule_sent(struct rcc_step *step);
void rcc_rule_relay(struct rcc_step *step);
void rcc_rule_cancel(struct rcc_step *step);
void rcc_rule_close(struct rcc_step *step);
void rcc_rule_due(struct rcc_step *step);

/* ---- between rules ---- */

/* The alert of an ALERT command as the rules take it: with its casualty, and no more live than its envelope. */
struct rcc_alert rcc_alert_meant(const struct rcc_core *core, const struct rcc_command *command);
/* Opens an incident for a recorded alert or joins the one it belongs to, then relays if that is due now. */
void rcc_incident_take_alert(struct rcc_step *step, struct rcc_alert_id alert);
/* Issues a broadcast to every registered ship. Pre: the incident exists and is live. */
void rcc_broadcast_issue(struct rcc_step *step, struct rcc_incident_id incident, enum rcc_broadcast_kind kind,
                         const char *text);
/* Queues the standing broadcasts of open incidents for a ship that has just been enrolled. */
void rcc_broadcast_catch_up(struct rcc_step *step, struct rcc_peer_id peer);
/* When the machine relays by itself what this source says; 0 = never, an officer decides. */
int64_t rcc_relay_due_ms(const struct rcc_step *step, enum rcc_source source);
/* Starts the relay's clock, or brings it forward, if the ships have no standing relay: never told, or told "cancelled". */
void rcc_incident_start_clock(struct rcc_step *step, struct rcc_incident_id incident, int64_t due_at_ms);
/* Would this incident be relayed by the machine at at_ms? */
bool rcc_incident_is_relay_due(const struct rcc_incident *incident, int64_t at_ms);
/* Relays or updates the incident if the ships do not have what we know. */
void rcc_incident_relay_if_due(struct rcc_step *step, struct rcc_incident_id incident);
/* Open incident of this casualty that an alert at at_ms belongs to, or NULL. */
const struct rcc_incident *rcc_incident_match(const struct rcc_core *core, const struct rcc_alert *alert,
                                              int64_t at_ms);
/*
 * Free slots for more rows, evicting what is closed and holds such rows; false when the table stays full. A broadcast also
 * keeps the entry's room for the lists of its ships.
 */
bool rcc_room_for_incident(struct rcc_step *step);
bool rcc_room_for_alert(struct rcc_step *step);
bool rcc_room_for_broadcast(struct rcc_step *step, uint32_t ships);
bool rcc_room_for_deliveries(struct rcc_step *step, uint32_t count);
bool rcc_room_for_answer(struct rcc_step *step);

/* Deadline of one row, INT64_MAX = none. */
int64_t rcc_incident_deadline_ms(const struct rcc_core *core, const struct rcc_incident *incident,
                                 enum rcc_timer *ret_timer);
int64_t rcc_alert_deadline_ms(const struct rcc_core *core, const struct rcc_alert_state *alert);
int64_t rcc_broadcast_deadline_ms(const struct rcc_core *core, const struct rcc_broadcast *broadcast,
                                  enum rcc_timer *ret_timer);

/* Part of apply: takes a closed incident and its rows out of memory. */
void rcc_evict_incident(struct rcc_core *core, struct rcc_incident_id id);

/* Message ids. */
void rcc_dedup_remember(struct rcc_core *core, const struct rcc_origin *origin, uint64_t seq);

/* The scene's entry for a ship, or NULL. */
const struct rcc_scene_ship *rcc_scene_find(const struct rcc_scene *scene, struct rcc_mmsi mmsi);

#endif

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

/* Where the address of one more centre goes: a free slot, or a revoked centre's; RCC_CENTRES_MAX = none. */
uint32_t rcc_centre_slot(const struct rcc_core *core);

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
bool rcc_enrol_refusal(const struct rcc_core *core, const struct rcc_enrol *enrol, enum rcc_refusal *ret_reason,
                       const char **ret_field);
void rcc_enrol_or_refuse(struct rcc_step *step, const struct rcc_enrol *enrol);
void rcc_rule_invite(struct rcc_step *step);
void rcc_rule_admit(struct rcc_step *step);
void rcc_rule_rekey(struct rcc_step *step);
/* Invitations and new keys; false: the event is of something else, though an invitation may have been used by it. */
bool rcc_apply_door(struct rcc_core *core, const struct rcc_event *event);
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
void rcc_rule_open(struct rcc_step *step);
void rcc_rule_phase(struct rcc_step *step);
void rcc_rule_suspend(struct rcc_step *step);
void rcc_rule_resume(struct rcc_step *step);
void rcc_rule_classify(struct rcc_step *step);
void rcc_rule_group(struct rcc_step *step);
void rcc_rule_join(struct rcc_step *step);
void rcc_rule_split(struct rcc_step *step);
void rcc_rule_plan(struct rcc_step *step);
void rcc_rule_drill(struct rcc_step *step);
void rcc_rule_unseal(struct rcc_step *step);
/* The work of an incident (work.c), and its rules. */
void rcc_rule_work(struct rcc_step *step);
void rcc_rule_task(struct rcc_step *step);
void rcc_rule_survivors(struct rcc_step *step);
void rcc_rule_persons(struct rcc_step *step);
/* More are counted than the case knew of: its total rises, and ships that are told anew hear so. */
void rcc_persons_raise(struct rcc_step *step, struct rcc_incident_id id);
void rcc_rule_need(struct rcc_step *step);
/* Somebody looks at a request by then: the clock of the duty to answer it, or a bound of our own where that is off. */
int64_t rcc_need_due_ms(const struct rcc_step *step);
void rcc_rule_place(struct rcc_step *step);
void rcc_rule_referral(struct rcc_step *step);
void rcc_rule_note(struct rcc_step *step);
void rcc_rule_smc(struct rcc_step *step);
void rcc_rule_watch(struct rcc_step *step);
/* A new case: who has the watch coordinates it. */
void rcc_diary_opened(struct rcc_step *step, const struct rcc_incident *incident);
void rcc_rule_comms(struct rcc_step *step);
void rcc_rule_circular(struct rcc_step *step);
/* The full report that goes with an offer; it is incident->reporting.report from then on. */
void rcc_sitrep_hand_over(struct rcc_step *step, const struct rcc_handover *order);
void rcc_rule_sitrep(struct rcc_step *step);
void rcc_rule_handover(struct rcc_step *step);
void rcc_rule_duty(struct rcc_step *step);
void rcc_rule_profile(struct rcc_step *step);
/* Another centre says something of a handover (centre.c). */
void rcc_rule_centre(struct rcc_step *step);
void rcc_rule_request(struct rcc_step *step);
void rcc_rule_retention(struct rcc_step *step);
/* Another centre says something of a place of safety that is asked for (request_heard.c). */
void rcc_rule_place_request(struct rcc_step *step);

/* ---- between rules ---- */

/* The alert of an ALERT command as the rules take it: with its casualty, and no more live than its envelope. */
struct rcc_alert rcc_alert_meant(const struct rcc_core *core, const struct rcc_command *command);
/*
 * Opens an incident for a recorded alert or joins the one it belongs to, then relays if that is due now. `into`: an officer
 * says where it belongs; 0 = the machine looks.
 */
void rcc_incident_take_alert(struct rcc_step *step, struct rcc_alert_id alert, struct rcc_incident_id into);
/* Is a case open that this alert belongs to? */
bool rcc_incident_is_known(const struct rcc_step *step, const struct rcc_alert_state *row);
/* The alert whose words a broadcast of this case tells if nobody adds others: the latest that said any. NULL: none did. */
const struct rcc_alert_state *rcc_broadcast_words(const struct rcc_core *core, struct rcc_incident_id id);
/* Issues a broadcast to every ship that hears its class. Pre: the incident exists, is no test and not restricted. */
void rcc_broadcast_issue(struct rcc_step *step, struct rcc_incident_id incident, enum rcc_broadcast_kind kind,
                         const char *text);
/* The same for a notice of a missing craft, which stands until expires_at_ms and calls on nobody. */
void rcc_broadcast_notice(struct rcc_step *step, struct rcc_incident_id incident, const char *text,
                          int64_t expires_at_ms);
/* A message for the ships marked is_recipient in core->leg, and nobody else; nothing if none is. */
/* The message by which a ship hears of such an order. */
enum rcc_broadcast_kind rcc_task_broadcast(enum rcc_task_kind kind);
/* Marks this ship alone as one that is told; false, and nobody is marked: no message reaches her. NULL: she is not registered. */
bool rcc_leg_alone(struct rcc_core *core, const struct rcc_peer *peer, enum rcc_class class);
void rcc_broadcast_direct(struct rcc_step *step, struct rcc_incident_id incident, enum rcc_broadcast_kind kind,
                          const char *text);
/* The same as a task that is about another place than where the case is: where they go, with range and bearing to there. */
void rcc_broadcast_direct_to(struct rcc_step *step, struct rcc_incident_id incident, struct rcc_pos pos,
                             const char *text);
/* Lines of calls, tasks and notices in the ledger; those of circulars are counted apart. */
static inline uint32_t
rcc_ledger_used(const struct rcc_core *core)
{
	return core->delivery_count - core->circular_lines;
}
/* Queues a line of a broadcast that calls on nobody for each ship marked is_recipient in core->leg. */
void rcc_broadcast_queue(struct rcc_step *step, struct rcc_broadcast_id broadcast, uint32_t ships);
/* Queues the standing broadcasts of open incidents for a ship that has just been enrolled. */
void rcc_broadcast_catch_up(struct rcc_step *step, struct rcc_peer_id peer);
/* When the machine relays by itself what this source says; 0 = never, an officer decides. */
int64_t rcc_relay_due_ms(const struct rcc_step *step, enum rcc_source source);
/* The phase at which an alert opens or raises an incident: a withdrawal raises nothing. */
enum rcc_phase rcc_alert_phase(const struct rcc_alert *alert);
/* Starts the relay's clock, or brings it forward, if the ships have no standing relay: never told, or told "cancelled". */
void rcc_incident_start_clock(struct rcc_step *step, struct rcc_incident_id incident, int64_t due_at_ms);
/* Would this incident be relayed by the machine at at_ms? */
bool rcc_incident_is_relay_due(const struct rcc_incident *incident, int64_t at_ms);
/* Relays or updates the incident if the ships do not have what we know. */
void rcc_incident_relay_if_due(struct rcc_step *step, struct rcc_incident_id incident);
/* Do ships hold anything of a call to it that was not cancelled: the call, or word that the search is suspended? */
bool rcc_incident_is_told(const struct rcc_core *core, const struct rcc_incident *incident);
/* What kind of broadcast the ships had last of an incident; 0 = none. */
enum rcc_broadcast_kind rcc_incident_last_kind(const struct rcc_core *core, const struct rcc_incident *incident);
/* Why an officer cannot tell the ships of this incident now; 0 = nothing stands in the way. */
enum rcc_refusal rcc_relay_refusal(const struct rcc_incident *incident);

/* ---- notices of a missing craft (notice.c) ---- */

/* An officer asks the ships for a look-out, anew or once more; never of a distress. */
void rcc_notice_order(struct rcc_step *step, const struct rcc_incident *incident);
/* The facts of a standing notice have changed: the same words, the same end. */
void rcc_notice_update(struct rcc_step *step, const struct rcc_incident *incident);
/* When it runs out, INT64_MAX = there is none. */
int64_t rcc_notice_deadline_ms(const struct rcc_incident *incident);

/* Raises the phase if this is higher; `source` then decides when it is relayed. alert 0 = an officer's decision. */
void rcc_incident_raise(struct rcc_step *step, struct rcc_incident_id incident, struct rcc_alert_id alert,
                        enum rcc_phase phase, enum rcc_source source);
/* Opens an incident of its own for an alert; does not join it. */
struct rcc_incident_id rcc_incident_open(struct rcc_step *step, struct rcc_alert_id alert);
/* A suspended case opens again, by an alert (new information) or, with alert 0, by an officer. */
void rcc_incident_resume(struct rcc_step *step, struct rcc_incident_id incident, struct rcc_alert_id alert,
                         const char *reason);
/* The incident that an officer names, not closed; NULL after refusing. */
const struct rcc_incident *rcc_incident_or_refuse(struct rcc_step *step, struct rcc_incident_id id, const char *field);
/*
 * The incident of which somebody tells, for the three things that are never turned away for coming late: persons, their needs, what
 * they fear. A ship tells of a closed live case too; it goes on by rcc_incident_goes_on(), once nothing else stands against what she
 * says. NULL after refusing.
 */
const struct rcc_incident *rcc_incident_told_of(struct rcc_step *step, struct rcc_incident_id id, const char *field);
/* What a ship tells is new: a closed case is open again, and a suspended one of which she has survivors (SAR Convention annex 4.8.4). */
void rcc_incident_goes_on(struct rcc_step *step, struct rcc_incident_id id, bool has_survivors);
/* Is the sender a ship, and this a case of ship security? To ships it is not there. */
bool rcc_incident_is_hidden_from(const struct rcc_step *step, const struct rcc_incident *incident);
/* Refuses for want of a reason; true if it did. */
bool rcc_refuse_reason(struct rcc_step *step, const char *reason, const char *field);

/* ---- intake (alert.c) ---- */

/* Records an alert as its own or counts it as a repeat; opens or joins an incident. `into` 0 = the machine looks for one. */
void rcc_alert_take(struct rcc_step *step, const struct rcc_alert *alert, enum rcc_verdict verdict,
                    struct rcc_incident_id into);

/* A revision without a position of its own gets that of the call it adds to, refined; without a call a person reads it. */
void rcc_revision_place(const struct rcc_core *core, const struct rcc_command *command, struct rcc_alert *alert);

/* ---- plausibility (plausible.c) ---- */

/* Doubts about time and place, as RCC_ALERT_* marks; they stop nothing. */
uint32_t rcc_plausible_marks(const struct rcc_core *core, const struct rcc_command *command,
                             const struct rcc_alert *alert);

/* ---- correlation (correlate.c) ---- */

struct rcc_match {
	const struct rcc_incident *incident; /* NULL = none */
	enum rcc_join why;
};
/* The incident that an alert at at_ms belongs to by a strong key: the same beacon, the same MMSI, the two halves of an EPIRB. */
struct rcc_match rcc_correlate_find(const struct rcc_core *core, const struct rcc_alert *alert, int64_t at_ms);
/*
 * Emits what a person should look at: other incidents that this recorded alert may belong to, best first. `over`: the case
 * that its beacon was heard in, settled by now; 0 = none.
 */
void rcc_correlate_suggest(struct rcc_step *step, struct rcc_alert_id alert, struct rcc_incident_id over);
/* The same identity: beacon, or MMSI. */
bool rcc_correlate_is_same(const struct rcc_alert *a, const struct rcc_alert *b);

/* ---- the wall of restriction (wall.c) ---- */

/*
 * The restricted case that a report by somebody else belongs to by its ship or beacon, so that no ship hears of it; none for
 * what she says herself, and for what an officer says is public.
 */
struct rcc_match rcc_wall_find(const struct rcc_step *step, const struct rcc_alert *alert, enum rcc_verdict verdict);
/* Does the wall stand between such a report and this case, so that it cannot be a repeat of what stands there? */
bool rcc_wall_divides(const struct rcc_step *step, const struct rcc_alert *alert, enum rcc_verdict verdict,
                      const struct rcc_incident *incident);
/* Would this public case, stated to be about that ship, tell of one that called in secret? */
bool rcc_wall_hides(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi casualty);
/* May this alert stand in restricted cases alone? What an officer put behind the wall by mistake may leave. */
bool rcc_wall_keeps(const struct rcc_core *core, const struct rcc_alert_state *row);

/* ---- beacons left on (left_on.c) ---- */

bool rcc_left_on_is_beacon(enum rcc_source source);
/* Did a person settle what this row said, or is it the line of a beacon left on? A stranger's words settle nothing. */
bool rcc_left_on_is_settled(const struct rcc_core *core, const struct rcc_alert_state *row);
/* The case of such a row: where it stands, or where it was left on; NULL if it is no more in memory. */
const struct rcc_incident *rcc_left_on_case(const struct rcc_core *core, const struct rcc_alert_state *row);
/* The row of the beacon that may only have been left on; NULL if it calls anew. */
const struct rcc_alert_state *rcc_left_on(const struct rcc_step *step, const struct rcc_alert *alert);

/* ---- facts (facts.c): what a case is about, as its alerts tell it ---- */

/* Takes what one alert of an incident tells; emits what changed. */
void rcc_facts_take(struct rcc_step *step, struct rcc_incident_id incident, struct rcc_alert_id alert);
/* Counts anew from the alerts that the incident has now, but keeps what officers stated. */
void rcc_facts_recount(struct rcc_step *step, struct rcc_incident_id incident, const char *reason);

/* ---- what officers stated (stated.c) ---- */

/* Of a case and of those that were joined to it; what the case states itself goes first. */
struct rcc_stated {
	uint32_t mask; /* RCC_STATED_*: what alerts cannot change */
	struct rcc_mmsi casualty;
	enum rcc_nature nature;
	char name[RCC_NAME_MAX + 1];
	uint32_t persons; /* at least so many */
	bool is_verified;
	uint32_t place_count; /* the first is the case's own, if it states one */
	struct rcc_stated_place {
		struct rcc_pos pos;
		int64_t at_ms;
		uint32_t radius_m;
	} place[RCC_CANDIDATES_MAX];
	/* What is left of a joined case whose alerts have gone from memory. */
	const struct rcc_incident *last_word;
};
void rcc_stated_of(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_stated *ret);
/* What officers stated of the case that this alert comes from: the alert itself says nothing about it any more. */
uint32_t rcc_stated_over(const struct rcc_core *core, const struct rcc_incident *incident,
                         const struct rcc_alert_state *row);
/* Was this case joined to another that is still worked on? Then it has something to say. */
bool rcc_stated_speaks(const struct rcc_core *core, const struct rcc_incident *incident);

/* ---- joins, parts and their undoing (join.c, undo.c, parts.c) ---- */

/*
 * Words are news for ships on their way, although they change no fact: those that crews and officers said, if an alert brought
 * them just now; others than the ships hold, if the alert that said these has just left (else NULL).
 */
void rcc_join_tell_words(struct rcc_step *step, struct rcc_incident_id id, const struct rcc_alert_state *left);
void rcc_join_emit_moved(struct rcc_step *step, const struct rcc_alert_state *row, struct rcc_incident_id to,
                         const char *reason);
/* Events that stay free for two broadcasts to all ships, and what goes with them. */
uint32_t rcc_join_room(const struct rcc_core *core, enum rcc_class class);
uint32_t rcc_join_count_alerts(const struct rcc_core *core, struct rcc_incident_id incident);
/* "2026-0007"; returns its length. */
#define RCC_NUMBER_TEXT_SIZE 16
size_t rcc_join_number(char text[RCC_NUMBER_TEXT_SIZE], const struct rcc_incident *incident);
void rcc_join_hold(struct rcc_step *step, struct rcc_incident_id incident, const char *reason);
/*
 * Alerts have gone from `from` to `back`: if they are all that a join had brought, `from` becomes what it was before. Tells
 * the ships what they have to know of `from`.
 */
void rcc_join_undo(struct rcc_step *step, struct rcc_incident_id from, struct rcc_incident_id back, const char *reason);

bool rcc_parts_are_open(const struct rcc_core *core, struct rcc_incident_id parent);
uint32_t rcc_parts_count(const struct rcc_core *core, struct rcc_incident_id parent);
/* Open parts of a case that is joined to another go along. */
void rcc_parts_move(struct rcc_step *step, struct rcc_incident_id from, struct rcc_incident_id into,
                    const char *reason);
/* And come back with the case under which an officer grouped them. */
void rcc_parts_return(struct rcc_step *step, struct rcc_incident_id from, struct rcc_incident_id back,
                      const char *reason);
/* A part that is open again under a parent that is closed: part of what that was joined to, or alone. */
void rcc_parts_settle(struct rcc_step *step, struct rcc_incident_id part, const char *reason);

/* Does it tell ships that it is over for them? What is kept back for that is so that a full table never hides it. */
static inline bool
rcc_broadcast_is_end(enum rcc_broadcast_kind kind)
{
	return kind == RCC_BROADCAST_CANCEL || kind == RCC_BROADCAST_RELEASE;
}
/*
 * Broadcasts, and lines of the ledger, that may be in memory when one of this kind is made. Releases one by one leave half of what is
 * kept to the cancels, of which each ends it for all.
 */
static inline uint32_t
rcc_broadcasts_limit(enum rcc_broadcast_kind kind)
{
	if (kind == RCC_BROADCAST_RELEASE)
		return RCC_BROADCASTS_MAX - RCC_BROADCASTS_KEPT / 2;
	return rcc_broadcast_is_end(kind) ? RCC_BROADCASTS_MAX : RCC_BROADCASTS_MAX - RCC_BROADCASTS_KEPT;
}
static inline uint32_t
rcc_ledger_limit(enum rcc_broadcast_kind kind)
{
	return rcc_broadcast_is_end(kind) ? RCC_DELIVERIES_MAX : RCC_DELIVERIES_MAX - RCC_DELIVERIES_KEPT;
}

/*
 * Free slots for more rows, evicting what is closed and holds such rows; false when the table stays full. A broadcast also
 * keeps the entry's room for the lists of its ships.
 */
bool rcc_room_for_incident(struct rcc_step *step);
bool rcc_room_for_alert(struct rcc_step *step);
bool rcc_room_for_broadcast(struct rcc_step *step, enum rcc_broadcast_kind kind, uint32_t ships);
/* Broadcasts of a join: the survivor's and the cancel, without what is kept for other ends. */
bool rcc_room_for_broadcasts(struct rcc_step *step, uint32_t ships, uint32_t count);
bool rcc_room_for_deliveries(struct rcc_step *step, enum rcc_broadcast_kind kind, uint32_t count);
/* Lines of the duty ledger are opened by what happened, not by a rule: their room is made before. */
void rcc_room_for_duties(struct rcc_step *step);
bool rcc_room_for_answer(struct rcc_step *step);
bool rcc_room_for_aboard(struct rcc_step *step);
bool rcc_room_for_need(struct rcc_step *step);
/* One more place of safety, and one more ship at one. */
bool rcc_room_for_place(struct rcc_step *step);
/* Events that a step needs after it made room, beside the lists of ships: the rest of an alert's and of a broadcast's. */
#define RCC_EVENTS_RESERVED 24

/* Deadline of one row, INT64_MAX = none. */
int64_t rcc_incident_deadline_ms(const struct rcc_core *core, const struct rcc_incident *incident,
                                 enum rcc_timer *ret_timer);
int64_t rcc_alert_deadline_ms(const struct rcc_core *core, const struct rcc_alert_state *alert);
int64_t rcc_broadcast_deadline_ms(const struct rcc_core *core, const struct rcc_broadcast *broadcast,
                                  enum rcc_timer *ret_timer);
/* Parity is measured so long after deliveries changed, when there are kinds of owner to compare. */
int64_t rcc_parity_deadline_ms(const struct rcc_core *core);
void rcc_parity_due(struct rcc_step *step);
/* What is older than the rules keep it is purged, once a day. */
int64_t rcc_retention_deadline_ms(const struct rcc_core *core);
void rcc_retention_due(struct rcc_step *step);
int64_t rcc_plan_deadline_ms(const struct rcc_core *core, const struct rcc_plan_state *plan);
int64_t rcc_duty_deadline_ms(const struct rcc_duty *duty);
/* One of these clocks ran out. */
void rcc_duty_overdue(struct rcc_step *step, struct rcc_duty_id duty);
void rcc_plan_overdue(struct rcc_step *step, struct rcc_plan_id plan);

/* Part of apply: an entry as what somebody did to a case; joins and splits do not count for their own undo. */
void rcc_apply_acts(struct rcc_core *core, const struct rcc_entry *entry);
/* Part of apply: bulletins and cards beyond what circular.h allows leave memory, the oldest first. */
void rcc_evict_circulars(struct rcc_core *core);
/* Part of apply: takes a closed incident and its rows out of memory. */
void rcc_evict_incident(struct rcc_core *core, struct rcc_incident_id id);
/* Part of it: where its persons were, and what they needed. */
void rcc_evict_persons(struct rcc_core *core, const struct rcc_incident *incident);
/* Part of it: its places of safety, from this slot + 1 on. */
void rcc_evict_places(struct rcc_core *core, uint32_t slot1);

/* Message ids. */
void rcc_dedup_remember(struct rcc_core *core, const struct rcc_origin *origin, uint64_t seq);

/* The scene's entry for a ship, or NULL. */
const struct rcc_scene_ship *rcc_scene_find(const struct rcc_scene *scene, struct rcc_mmsi mmsi);

/* Is its casualty in distress now, for who is called to a case of that class? */
bool rcc_incident_is_distress_for(const struct rcc_incident *incident, enum rcc_class class);
#endif

/* What the journal holds: commands, events, and the ships of a scene; each field of rcc.proto with its bounds, once. */
#include "proto/wire_rows.h"

/* ---- commands ---- */

static const struct rcc_map_row origin_rows[] = {
    ID(Origin, origin, peer, 0),         ENUM(Origin, origin, role, 0, RCC_ROLE_LAST),
    BYTES(Origin, origin, key, key, 0),  BYTES(Origin, origin, msg_id, msg_id, 0),
    TIME(Origin, origin, claimed_at_ms), CLASS(Origin, origin, 0),
    BITS(Origin, origin, fingerprint),   SEQ(Origin, origin, conflict_seq, 0),
};
static const struct rcc_map origin_map = MAP(Origin, origin, origin_rows);

static const struct rcc_column scene_columns[] = {
    DELTA(Scene, scene_ship, mmsi, mmsi.v, RCC_COLUMN_DELTA_U32, uint32_t, 1, RCC_MMSI_MAX),
    DELTA_POS(Scene, scene_ship),
    PLAIN_OR(Scene, scene_ship, sog_dkn, 1022, RCC_SOG_UNKNOWN_DKN),
    DELTA_TIME(Scene, scene_ship, seen_at_ms),
};
static const struct rcc_map_row scene_rows[] = {
    COLUMNS(scene, ship, count, 0, RCC_SCENE_SHIPS_MAX, scene_columns),
};
static const struct rcc_map scene_map = MAP(Scene, scene, scene_rows);

/* An array of plain numbers is a column whose row is the number itself. */
static const struct rcc_column relay_after_columns[] = {
    {PLAIN_AT(Rules, relay_after_ms, uint32_t *, 0, 0, ANY)},
};
static const struct rcc_column duty_columns[] = {
    {PLAIN_AT(Rules, duty_ms, uint32_t *, 0, 0, ANY)},
};
static const struct rcc_map_row rules_rows[] = {
    COLUMN_EXACT(rules, relay_after_ms, RCC_SOURCE_LAST + 1, relay_after_columns),
    U32(Rules, rules, respond_eta_min, 0, ANY),
    U32(Rules, rules, respond_count, 0, ANY),
    U32(Rules, rules, assumed_speed_dkn, 0, ANY),
    U32(Rules, rules, flag_after_ms, 0, ANY),
    U32(Rules, rules, unreachable_after_ms, 0, ANY),
    U32(Rules, rules, quarantine_ms, 0, ANY),
    U32(Rules, rules, no_position_ms, 0, ANY),
    U32(Rules, rules, silence_after_ms, 0, ANY),
    U32(Rules, rules, join_window_ms, 0, ANY),
    U32(Rules, rules, update_move_m, 0, ANY),
    U32(Rules, rules, call_list_radius_m, 0, ANY),
    U32(Rules, rules, flood_per_min, 0, ANY),
    U32(Rules, rules, overdue_grace_ms, 0, ANY),
    U32(Rules, rules, handover_ms, 0, ANY),
    COLUMN_EXACT(rules, duty_ms, RCC_DUTY_RULES_MAX + 1, duty_columns),
    U32(Rules, rules, notice_ms, 0, ANY),
    U32(Rules, rules, parity_every_ms, 0, ANY),
    U32(Rules, rules, parity_window_ms, 0, ANY),
    U32(Rules, rules, parity_ships, 0, ANY),
    U32(Rules, rules, parity_points, 0, ANY),
    U32(Rules, rules, parity_times, 0, ANY),
    U32(Rules, rules, parity_apart_ms, 0, ANY),
    U32(Rules, rules, keep_tracks_days, 0, ANY),
    U32(Rules, rules, keep_live_days, 0, ANY),
    U32(Rules, rules, keep_exercise_days, 0, ANY),
    U32(Rules, rules, keep_test_days, 0, ANY),
};
static const struct rcc_map rules_map = MAP(Rules, rules, rules_rows);

static const struct rcc_map_row epoch_rows[] = {
    SEQ(Epoch, epoch, damaged_seq, 0), BYTES(Epoch, epoch, digest, digest, 1), SEQ(Epoch, epoch, size, 0),
    TEXT(Epoch, epoch, damage, 0),     TEXT(Epoch, epoch, officer, 1),         TEXT(Epoch, epoch, reason, 1),
};
static const struct rcc_map epoch_map = MAP(Epoch, epoch, epoch_rows);

static const struct rcc_map_row run_rows[] = {
    TEXT(Run, run, build, 0),
    TEXT(Run, run, centre, 0),
    SUB(Run, run, rules, Rules, rules, rules_map),
    REPEATED(Run, run, epoch, Epoch, epoch_count, 0, 1, epoch_map),
};
static const struct rcc_map run_map = MAP(Run, run, run_rows);

static const struct rcc_column sent_columns[] = {
    DELTA_ID(Sent, delivery_ref, peer),
    PLAIN(Sent, delivery_ref, number, number, 1, ANY),
};
static const struct rcc_map_row sent_rows[] = {
    COLUMNS(sent, row, count, 1, RCC_SENT_ROWS_MAX, sent_columns),
};
static const struct rcc_map sent_map = MAP(Sent, sent, sent_rows);

static const struct rcc_map_row due_rows[] = {
    ENUM(Due, due, timer, 1, RCC_TIMER_LAST),
    U32(Due, due, id, 0, ANY),
};
static const struct rcc_map due_map = MAP(Due, due, due_rows);

static const struct rcc_map_row silence_rows[] = {
    ID(Silence, silence, peer, 1),
    BOOL(Silence, silence, is_silent),
    TIME(Silence, silence, heard_at_ms),
};
static const struct rcc_map silence_map = MAP(Silence, silence, silence_rows);

static const struct rcc_map *const command_choice[RCC_COMMAND_LAST + 1] = {
    [RCC_COMMAND_RUN] = &run_map,
    [RCC_COMMAND_ENROL] = &rcc_map_enrol,
    [RCC_COMMAND_REVOKE] = &rcc_map_revoke,
    [RCC_COMMAND_ALERT] = &rcc_map_alert,
    [RCC_COMMAND_STORED] = &rcc_map_stored,
    [RCC_COMMAND_READ] = &rcc_map_read,
    [RCC_COMMAND_ANSWER] = &rcc_map_answer,
    [RCC_COMMAND_RELAY] = &rcc_map_relay,
    [RCC_COMMAND_CANCEL] = &rcc_map_cancel,
    [RCC_COMMAND_CLOSE] = &rcc_map_close,
    [RCC_COMMAND_DECIDE] = &rcc_map_decide,
    [RCC_COMMAND_SENT] = &sent_map,
    [RCC_COMMAND_DUE] = &due_map,
    [RCC_COMMAND_SILENCE] = &silence_map,
    [RCC_COMMAND_OPEN] = &rcc_map_open,
    [RCC_COMMAND_PHASE] = &rcc_map_phase,
    [RCC_COMMAND_SUSPEND] = &rcc_map_suspend,
    [RCC_COMMAND_RESUME] = &rcc_map_resume,
    [RCC_COMMAND_CLASSIFY] = &rcc_map_classify,
    [RCC_COMMAND_JOIN] = &rcc_map_join,
    [RCC_COMMAND_SPLIT] = &rcc_map_split,
    [RCC_COMMAND_GROUP] = &rcc_map_group,
    [RCC_COMMAND_PLAN] = &rcc_map_plan,
    [RCC_COMMAND_DRILL] = &rcc_map_drill,
    [RCC_COMMAND_UNSEAL] = &rcc_map_unseal,
    [RCC_COMMAND_TASK] = &rcc_map_task,
    [RCC_COMMAND_SURVIVORS] = &rcc_map_survivors,
    [RCC_COMMAND_PERSONS] = &rcc_map_move_persons,
    [RCC_COMMAND_NEED] = &rcc_map_need,
    [RCC_COMMAND_PLACE] = &rcc_map_place,
    [RCC_COMMAND_REFERRAL] = &rcc_map_referral,
    [RCC_COMMAND_NOTE] = &rcc_map_note,
    [RCC_COMMAND_SMC] = &rcc_map_smc,
    [RCC_COMMAND_WATCH] = &rcc_map_watch,
    [RCC_COMMAND_COMMS] = &rcc_map_comms,
    [RCC_COMMAND_SITREP] = &rcc_map_sitrep,
    [RCC_COMMAND_HANDOVER] = &rcc_map_handover,
    [RCC_COMMAND_DUTY] = &rcc_map_duty_order,
    [RCC_COMMAND_PROFILE] = &rcc_map_profile,
    [RCC_COMMAND_CENTRE] = &rcc_map_centre,
    [RCC_COMMAND_CIRCULAR] = &rcc_map_circular,
    [RCC_COMMAND_REQUEST] = &rcc_map_request_order,
    [RCC_COMMAND_PLACE_REQUEST] = &rcc_map_place_request,
    [RCC_COMMAND_RETENTION] = &rcc_map_retention,
    [RCC_COMMAND_INVITE] = &rcc_map_invite,
    [RCC_COMMAND_ADMIT] = &rcc_map_admit,
    [RCC_COMMAND_REKEY] = &rcc_map_rekey,
};

static const struct rcc_map_row command_rows[] = {
    TIME(Command, command, at_ms),
    SUB(Command, command, origin, Origin, origin, origin_map),
    SUB_COUNTED(Command, command, scene, Scene, count, scene_map),
    COUNTED(Command, command, received, received, received_len, 0, RCC_MESSAGE_MAX, true),
    ONEOF(Command, command, run, RCC_MAP_KIND_BASE, RCC_COMMAND_LAST, command_choice),
};
static const struct rcc_map command_map = MAP(Command, command, command_rows);

/* ---- events ---- */

static const struct rcc_map_row enrolled_rows[] = {
    ID(PeerEnrolled, peer_enrolled, peer, 1),
    SUB(PeerEnrolled, peer_enrolled, enrol, Enrol, enrol, rcc_map_enrol),
};
static const struct rcc_map enrolled_map = MAP(PeerEnrolled, peer_enrolled, enrolled_rows);

static const struct rcc_map_row invited_rows[] = {
    ID(PeerInvited, peer_invited, by, 0),
    SUB(PeerInvited, peer_invited, body, Invite, body, rcc_map_invite),
};
static const struct rcc_map invited_map = MAP(PeerInvited, peer_invited, invited_rows);

static const struct rcc_map_row rekeyed_rows[] = {
    ID(PeerRekeyed, peer_rekeyed, peer, 1),
    BYTES(PeerRekeyed, peer_rekeyed, key, key, 1),
};
static const struct rcc_map rekeyed_map = MAP(PeerRekeyed, peer_rekeyed, rekeyed_rows);

static const struct rcc_map_row revoked_rows[] = {
    ID(PeerRevoked, peer_revoked, peer, 1),
    TEXT(PeerRevoked, peer_revoked, reason, 0),
};
static const struct rcc_map revoked_map = MAP(PeerRevoked, peer_revoked, revoked_rows);

static const struct rcc_map_row peer_silence_rows[] = {
    ID(PeerSilence, peer_silence, peer, 1),
    TIME(PeerSilence, peer_silence, heard_at_ms),
};
static const struct rcc_map peer_silence_map = MAP(PeerSilence, peer_silence, peer_silence_rows);

static const struct rcc_map_row recorded_rows[] = {
    ID(AlertRecorded, alert_recorded, alert, 1),
    ENUM(AlertRecorded, alert_recorded, lane, 1, RCC_LANE_LAST),
    ENUM(AlertRecorded, alert_recorded, verdict, 1, RCC_VERDICT_LAST),
    ID(AlertRecorded, alert_recorded, sender, 0),
    BYTES(AlertRecorded, alert_recorded, sender_key, sender_key, 0),
    U32(AlertRecorded, alert_recorded, minute_count, 0, ANY),
    SUB(AlertRecorded, alert_recorded, body, Alert, body, rcc_map_alert),
};
static const struct rcc_map recorded_map = MAP(AlertRecorded, alert_recorded, recorded_rows);

static const struct rcc_map_row repeated_rows[] = {
    ID(AlertRepeated, alert_repeated, alert, 1),
    U32(AlertRepeated, alert_repeated, count, 0, ANY),
    ID(AlertRepeated, alert_repeated, sender, 0),
    POS(AlertRepeated, alert_repeated, pos, 0),
    TIME(AlertRepeated, alert_repeated, pos_at_ms),
    U32(AlertRepeated, alert_repeated, marks, 0, RCC_ALERT_MARKS_ALL),
    U32(AlertRepeated, alert_repeated, pos_radius_m, 0, ANY),
};
static const struct rcc_map repeated_map = MAP(AlertRepeated, alert_repeated, repeated_rows);

static const struct rcc_map_row decided_rows[] = {
    ID(AlertDecided, alert_decided, alert, 1),
    ENUM(AlertDecided, alert_decided, decision, 1, RCC_DECISION_LAST),
    ID(AlertDecided, alert_decided, by, 0),
    TEXT(AlertDecided, alert_decided, reason, 0),
};
static const struct rcc_map decided_map = MAP(AlertDecided, alert_decided, decided_rows);

static const struct rcc_map_row alert_ref_rows[] = {
    ID(AlertRef, alert_ref, alert, 1),
};
static const struct rcc_map alert_ref_map = MAP(AlertRef, alert_ref, alert_ref_rows);

static const struct rcc_map_row opened_rows[] = {
    ID(IncidentOpened, incident_opened, incident, 1),
    U32(IncidentOpened, incident_opened, year, 0, 9999),
    U32(IncidentOpened, incident_opened, number, 0, ANY),
    ID(IncidentOpened, incident_opened, alert, 0),
    CLASS(IncidentOpened, incident_opened, 1),
    ENUM(IncidentOpened, incident_opened, phase, 1, RCC_PHASE_LAST),
    MMSI(IncidentOpened, incident_opened, casualty_mmsi, casualty, 0),
    TEXT(IncidentOpened, incident_opened, name, 0),
    ENUM(IncidentOpened, incident_opened, source, 1, RCC_SOURCE_LAST),
    ENUM(IncidentOpened, incident_opened, nature, 0, RCC_NATURE_LAST),
    U32(IncidentOpened, incident_opened, persons, 0, ANY),
    POS(IncidentOpened, incident_opened, pos, 0),
    TIME(IncidentOpened, incident_opened, pos_at_ms),
    U32(IncidentOpened, incident_opened, pos_radius_m, 0, ANY),
    BOOL(IncidentOpened, incident_opened, restricted),
};
static const struct rcc_map opened_map = MAP(IncidentOpened, incident_opened, opened_rows);

static const struct rcc_map_row joined_rows[] = {
    ID(AlertJoined, alert_joined, alert, 1),
    ID(AlertJoined, alert_joined, incident, 1),
    ENUM(AlertJoined, alert_joined, why, 1, RCC_JOIN_LAST),
};
static const struct rcc_map joined_map = MAP(AlertJoined, alert_joined, joined_rows);

static const struct rcc_map_row revised_rows[] = {
    ID(PositionRevised, position_revised, incident, 1),
    ID(PositionRevised, position_revised, alert, 0),
    POS(PositionRevised, position_revised, pos, 0),
    TIME(PositionRevised, position_revised, pos_at_ms),
    U32(PositionRevised, position_revised, pos_radius_m, 0, ANY),
};
static const struct rcc_map revised_map = MAP(PositionRevised, position_revised, revised_rows);

static const struct rcc_map_row scheduled_rows[] = {
    ID(RelayScheduled, relay_scheduled, incident, 1),
    TIME(RelayScheduled, relay_scheduled, due_at_ms),
};
static const struct rcc_map scheduled_map = MAP(RelayScheduled, relay_scheduled, scheduled_rows);

static const struct rcc_map_row held_rows[] = {
    ID(RelayHeld, relay_held, incident, 1),
    ID(RelayHeld, relay_held, by, 0),
    TEXT(RelayHeld, relay_held, reason, 0),
};
static const struct rcc_map held_map = MAP(RelayHeld, relay_held, held_rows);

static const struct rcc_map_row incident_ref_rows[] = {
    ID(IncidentRef, incident_ref, incident, 1),
};
static const struct rcc_map incident_ref_map = MAP(IncidentRef, incident_ref, incident_ref_rows);

static const struct rcc_map_row issued_rows[] = {
    ID(BroadcastIssued, broadcast_issued, broadcast, 1),
    ID(BroadcastIssued, broadcast_issued, incident, 0),
    ENUM(BroadcastIssued, broadcast_issued, kind, 1, RCC_BROADCAST_LAST),
    U32(BroadcastIssued, broadcast_issued, revision, 0, ANY),
    ID(BroadcastIssued, broadcast_issued, by, 0),
    BOOL(BroadcastIssued, broadcast_issued, verified),
    POS(BroadcastIssued, broadcast_issued, pos, 0),
    TIME(BroadcastIssued, broadcast_issued, pos_at_ms),
    U32(BroadcastIssued, broadcast_issued, pos_radius_m, 0, ANY),
    TEXT(BroadcastIssued, broadcast_issued, text, 0),
    REPEATED(BroadcastIssued, broadcast_issued, candidate, Candidate, candidate_count, 0, RCC_CANDIDATES_MAX,
             rcc_map_candidate),
    U32(BroadcastIssued, broadcast_issued, doubts, 0, RCC_ALERT_MARKS_ALL),
    TIME(BroadcastIssued, broadcast_issued, expires_at_ms),
    ENUM(BroadcastIssued, broadcast_issued, source, 0, RCC_SOURCE_LAST),
    ENUM(BroadcastIssued, broadcast_issued, nature, 0, RCC_NATURE_LAST),
    U32(BroadcastIssued, broadcast_issued, persons, 0, ANY),
    MMSI(BroadcastIssued, broadcast_issued, casualty_mmsi, casualty, 0),
    TEXT(BroadcastIssued, broadcast_issued, name, 0),
};
static const struct rcc_map issued_map = MAP(BroadcastIssued, broadcast_issued, issued_rows);

static const struct rcc_column queued_columns[] = {
    DELTA_ID(DeliveriesQueued, delivery_row, peer),
    PLAIN(DeliveriesQueued, delivery_row, number, number, 1, ANY),
    PLAIN_OR(DeliveriesQueued, delivery_row, range_m, MEASURE_MAX, RCC_RANGE_UNKNOWN_M),
    PLAIN_OR(DeliveriesQueued, delivery_row, bearing_ddeg, 3599, RCC_BEARING_UNKNOWN_DDEG),
    PLAIN_OR(DeliveriesQueued, delivery_row, eta_min, MEASURE_MAX, RCC_ETA_UNKNOWN_MIN),
    FLAGS(DeliveriesQueued, delivery_row, called_on),
};
static const struct rcc_map_row queued_rows[] = {
    ID(DeliveriesQueued, deliveries_queued, broadcast, 1),
    COLUMNS(deliveries_queued, row, count, 1, RCC_DELIVERY_ROWS_MAX, queued_columns),
};
static const struct rcc_map queued_map = MAP(DeliveriesQueued, deliveries_queued, queued_rows);

static const struct rcc_column call_columns[] = {
    PLAIN(CallListed, call_row, mmsi, mmsi.v, 1, RCC_MMSI_MAX),
    DELTA_POS(CallListed, call_row),
    PLAIN_OR(CallListed, call_row, range_m, MEASURE_MAX, RCC_RANGE_UNKNOWN_M),
    PLAIN_OR(CallListed, call_row, bearing_ddeg, 3599, RCC_BEARING_UNKNOWN_DDEG),
    PLAIN_OR(CallListed, call_row, eta_min, MEASURE_MAX, RCC_ETA_UNKNOWN_MIN),
};
static const struct rcc_map_row call_rows[] = {
    ID(CallListed, call_listed, broadcast, 1),
    COLUMNS(call_listed, row, count, 1, RCC_CALL_ROWS_MAX, call_columns),
};
static const struct rcc_map call_map = MAP(CallListed, call_listed, call_rows);

static const struct rcc_map_row stored_rows[] = {
    ID(DeliveryStored, delivery_stored, peer, 1),
    U32(DeliveryStored, delivery_stored, number, 1, ANY),
    TIME(DeliveryStored, delivery_stored, claimed_at_ms),
};
static const struct rcc_map stored_map = MAP(DeliveryStored, delivery_stored, stored_rows);

static const struct rcc_map_row read_rows[] = {
    ID(DeliveryRead, delivery_read, peer, 1),
    U32(DeliveryRead, delivery_read, number, 1, ANY),
    TIME(DeliveryRead, delivery_read, claimed_at_ms),
    TEXT(DeliveryRead, delivery_read, by, 0),
};
static const struct rcc_map read_map = MAP(DeliveryRead, delivery_read, read_rows);

static const struct rcc_map_row answered_rows[] = {
    ID(Answered, answered, peer, 0),
    SUB(Answered, answered, answer, Answer, answer, rcc_map_answer),
    BOOL(Answered, answered, typed),
};
static const struct rcc_map answered_map = MAP(Answered, answered, answered_rows);

static const struct rcc_column flagged_columns[] = {
    DELTA_ID(DeliveriesFlagged, delivery_ref, peer),
    PLAIN(DeliveriesFlagged, delivery_ref, number, number, 1, ANY),
};
static const struct rcc_map_row flagged_rows[] = {
    ID(DeliveriesFlagged, deliveries_flagged, broadcast, 1),
    ENUM(DeliveriesFlagged, deliveries_flagged, flag, 1, RCC_FLAG_LAST),
    COLUMNS(deliveries_flagged, row, count, 1, RCC_SENT_ROWS_MAX, flagged_columns),
};
static const struct rcc_map flagged_map = MAP(DeliveriesFlagged, deliveries_flagged, flagged_rows);

static const struct rcc_map_row closed_rows[] = {
    ID(IncidentClosed, incident_closed, incident, 1),
    ENUM(IncidentClosed, incident_closed, outcome, 1, RCC_OUTCOME_LAST),
    ID(IncidentClosed, incident_closed, by, 0),
    TEXT(IncidentClosed, incident_closed, reason, 0),
};
static const struct rcc_map closed_map = MAP(IncidentClosed, incident_closed, closed_rows);

static const struct rcc_map_row full_rows[] = {
    ID(LedgerFull, ledger_full, broadcast, 1),
    U32(LedgerFull, ledger_full, missing, 0, ANY),
};
static const struct rcc_map full_map = MAP(LedgerFull, ledger_full, full_rows);

static const struct rcc_map_row refused_rows[] = {
    ENUM(CommandRefused, command_refused, reason, 1, RCC_REFUSAL_LAST),
    TEXT(CommandRefused, command_refused, field, 0),
};
static const struct rcc_map refused_map = MAP(CommandRefused, command_refused, refused_rows);

static const struct rcc_map_row conflict_rows[] = {
    ID(MessageConflict, message_conflict, peer, 0),
    BYTES(MessageConflict, message_conflict, msg_id, msg_id, 0),
    SEQ(MessageConflict, message_conflict, first_seq, 0),
};
static const struct rcc_map conflict_map = MAP(MessageConflict, message_conflict, conflict_rows);

static const struct rcc_map_row raised_rows[] = {
    ID(PhaseRaised, phase_raised, incident, 1),
    ID(PhaseRaised, phase_raised, alert, 0),
    ENUM(PhaseRaised, phase_raised, phase, 1, RCC_PHASE_LAST),
    ENUM(PhaseRaised, phase_raised, source, 1, RCC_SOURCE_LAST),
};
static const struct rcc_map raised_map = MAP(PhaseRaised, phase_raised, raised_rows);

static const struct rcc_map_row facts_rows[] = {
    ID(FactsRevised, facts_revised, incident, 1),
    ID(FactsRevised, facts_revised, alert, 0),
    ENUM(FactsRevised, facts_revised, nature, 0, RCC_NATURE_LAST),
    U32(FactsRevised, facts_revised, persons, 0, ANY),
    TEXT(FactsRevised, facts_revised, name, 0),
    MMSI(FactsRevised, facts_revised, casualty_mmsi, casualty, 0),
};
static const struct rcc_map facts_map = MAP(FactsRevised, facts_revised, facts_rows);

static const struct rcc_map *const event_choice[RCC_EVENT_LAST + 1] = {
    [RCC_EVENT_RUN_STARTED] = &run_map,
    [RCC_EVENT_PEER_ENROLLED] = &enrolled_map,
    [RCC_EVENT_PEER_REVOKED] = &revoked_map,
    [RCC_EVENT_PEER_SILENT] = &peer_silence_map,
    [RCC_EVENT_PEER_HEARD] = &peer_silence_map,
    [RCC_EVENT_ALERT_RECORDED] = &recorded_map,
    [RCC_EVENT_ALERT_REPEATED] = &repeated_map,
    [RCC_EVENT_ALERT_DECIDED] = &decided_map,
    [RCC_EVENT_QUARANTINE_ESCALATED] = &alert_ref_map,
    [RCC_EVENT_INCIDENT_OPENED] = &opened_map,
    [RCC_EVENT_ALERT_JOINED] = &joined_map,
    [RCC_EVENT_POSITION_REVISED] = &revised_map,
    [RCC_EVENT_RELAY_SCHEDULED] = &scheduled_map,
    [RCC_EVENT_RELAY_HELD] = &held_map,
    [RCC_EVENT_NO_POSITION_OVERDUE] = &incident_ref_map,
    [RCC_EVENT_BROADCAST_ISSUED] = &issued_map,
    [RCC_EVENT_DELIVERIES_QUEUED] = &queued_map,
    [RCC_EVENT_CALL_LISTED] = &call_map,
    [RCC_EVENT_DELIVERIES_SENT] = &sent_map,
    [RCC_EVENT_DELIVERY_STORED] = &stored_map,
    [RCC_EVENT_DELIVERY_READ] = &read_map,
    [RCC_EVENT_ANSWERED] = &answered_map,
    [RCC_EVENT_DELIVERIES_FLAGGED] = &flagged_map,
    [RCC_EVENT_INCIDENT_CLOSED] = &closed_map,
    [RCC_EVENT_INCIDENT_EVICTED] = &incident_ref_map,
    [RCC_EVENT_LEDGER_FULL] = &full_map,
    [RCC_EVENT_COMMAND_REFUSED] = &refused_map,
    [RCC_EVENT_MESSAGE_CONFLICT] = &conflict_map,
    [RCC_EVENT_ALERT_EVICTED] = &alert_ref_map,
    [RCC_EVENT_PHASE_RAISED] = &raised_map,
    [RCC_EVENT_FACTS_REVISED] = &facts_map,
    [RCC_EVENT_SUGGESTED] = &rcc_map_suggested,
    [RCC_EVENT_ALERT_MOVED] = &rcc_map_moved,
    [RCC_EVENT_INCIDENT_REVISED] = &rcc_map_incident,
    [RCC_EVENT_PLACES_REVISED] = &rcc_map_places,
    [RCC_EVENT_PHASE_SET] = &rcc_map_phase_set,
    [RCC_EVENT_INCIDENT_SUSPENDED] = &rcc_map_suspended,
    [RCC_EVENT_INCIDENT_RESUMED] = &rcc_map_resumed,
    [RCC_EVENT_REVIEW_DUE] = &incident_ref_map,
    [RCC_EVENT_NOTICE_EXPIRED] = &incident_ref_map,
    [RCC_EVENT_INCIDENT_GROUPED] = &rcc_map_grouped,
    [RCC_EVENT_PLAN_FILED] = &rcc_map_plan_filed,
    [RCC_EVENT_PLAN_HEARD] = &rcc_map_plan_heard,
    [RCC_EVENT_PLAN_ENDED] = &rcc_map_plan_ended,
    [RCC_EVENT_PLAN_OVERDUE] = &rcc_map_plan_ref,
    [RCC_EVENT_DRILL_CHANGED] = &rcc_map_drill_changed,
    [RCC_EVENT_FLOOD_BEGAN] = &rcc_map_flood,
    [RCC_EVENT_UNSEALED] = &rcc_map_unsealed,
    [RCC_EVENT_TASKED] = &rcc_map_tasked,
    [RCC_EVENT_SURVIVORS_REPORTED] = &rcc_map_survivors_reported,
    [RCC_EVENT_PERSONS_MOVED] = &rcc_map_persons_moved,
    [RCC_EVENT_NEED_CHANGED] = &rcc_map_need_changed,
    [RCC_EVENT_PLACE_STEPPED] = &rcc_map_place_stepped,
    [RCC_EVENT_REFERRED] = &rcc_map_referred,
    [RCC_EVENT_NOTED] = &rcc_map_noted,
    [RCC_EVENT_SMC_SET] = &rcc_map_smc_set,
    [RCC_EVENT_WATCH_HANDED] = &rcc_map_watch_handed,
    [RCC_EVENT_COMMS_SET] = &rcc_map_comms_set,
    [RCC_EVENT_SITREP_ISSUED] = &rcc_map_sitrep_issued,
    [RCC_EVENT_HANDOVER_CHANGED] = &rcc_map_handover_changed,
    [RCC_EVENT_DUTY_CHANGED] = &rcc_map_duty_changed,
    [RCC_EVENT_INCIDENT_JOINED] = &rcc_map_incident_joined,
    [RCC_EVENT_JOIN_UNDONE] = &rcc_map_join_undone,
    [RCC_EVENT_HOLD_ENDED] = &rcc_map_hold_ended,
    [RCC_EVENT_PROFILE_SET] = &rcc_map_profile_set,
    [RCC_EVENT_PARITY_CHANGED] = &rcc_map_parity,
    [RCC_EVENT_REQUEST_CHANGED] = &rcc_map_request_changed,
    [RCC_EVENT_RETENTION_CHANGED] = &rcc_map_retention_changed,
    [RCC_EVENT_PEER_INVITED] = &invited_map,
    [RCC_EVENT_PEER_REKEYED] = &rekeyed_map,
};

static const struct rcc_map_row event_rows[] = {
    ONEOF(Event, event, run_started, RCC_MAP_KIND_BASE, RCC_EVENT_LAST, event_choice),
};
static const struct rcc_map event_map = MAP(Event, event, event_rows);

static const struct rcc_map_row payload_rows[] = {
    SUB(EntryPayload, entry, cause, Command, cause, command_map),
    REPEATED(EntryPayload, entry, event, Event, event_count, 1, RCC_EVENTS_MAX, event_map),
};
const struct rcc_map rcc_map_payload = MAP(EntryPayload, entry_payload, payload_rows);

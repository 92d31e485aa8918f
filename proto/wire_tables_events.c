/* Events about cases, voyages and drills: each field of rcc.proto with its bounds, once. */
#include "proto/wire_rows.h"

static const struct rcc_map_row suggested_rows[] = {
    ID(Suggested, suggested, alert, 1),
    ID(Suggested, suggested, incident, 1),
    ENUM(Suggested, suggested, why, 1, RCC_JOIN_LAST),
    U32(Suggested, suggested, score, 1, 100),
};
const struct rcc_map rcc_map_suggested = MAP(Suggested, suggested, suggested_rows);

static const struct rcc_map_row moved_rows[] = {
    ID(AlertMoved, alert_moved, alert, 1),    ID(AlertMoved, alert_moved, from, 0),
    ID(AlertMoved, alert_moved, to, 0),       ID(AlertMoved, alert_moved, by, 0),
    TEXT(AlertMoved, alert_moved, reason, 0), ENUM(AlertMoved, alert_moved, lane, 0, RCC_LANE_LAST),
};
const struct rcc_map rcc_map_moved = MAP(AlertMoved, alert_moved, moved_rows);

static const struct rcc_map_row incident_rows[] = {
    ID(IncidentRevised, incident_revised, incident, 1),
    ID(IncidentRevised, incident_revised, by, 0),
    MMSI(IncidentRevised, incident_revised, casualty_mmsi, casualty, 0),
    ENUM(IncidentRevised, incident_revised, nature, 0, RCC_NATURE_LAST),
    U32(IncidentRevised, incident_revised, persons, 0, ANY),
    TEXT(IncidentRevised, incident_revised, name, 0),
    POS(IncidentRevised, incident_revised, pos, 0),
    TIME(IncidentRevised, incident_revised, pos_at_ms),
    U32(IncidentRevised, incident_revised, pos_radius_m, 0, ANY),
    BOOL(IncidentRevised, incident_revised, verified),
    TEXT(IncidentRevised, incident_revised, reason, 0),
    ID(IncidentRevised, incident_revised, pos_alert, 0),
    U32(IncidentRevised, incident_revised, stated, 0, 31),
    U32(IncidentRevised, incident_revised, stating, 0, 63),
};
const struct rcc_map rcc_map_incident = MAP(IncidentRevised, incident_revised, incident_rows);

static const struct rcc_map_row places_rows[] = {
    ID(PlacesRevised, places_revised, incident, 1),
    ID(PlacesRevised, places_revised, alert, 0),
    BOOL(PlacesRevised, places_revised, is_conflict),
    REPEATED(PlacesRevised, places_revised, candidate, Candidate, candidate_count, 0, RCC_CANDIDATES_MAX,
             rcc_map_candidate),
};
const struct rcc_map rcc_map_places = MAP(PlacesRevised, places_revised, places_rows);

static const struct rcc_map_row phase_rows[] = {
    ID(PhaseSet, phase_set, incident, 1),
    ENUM(PhaseSet, phase_set, phase, 1, RCC_PHASE_LAST),
    ID(PhaseSet, phase_set, by, 0),
    TEXT(PhaseSet, phase_set, reason, 0),
};
const struct rcc_map rcc_map_phase_set = MAP(PhaseSet, phase_set, phase_rows);

static const struct rcc_map_row suspended_rows[] = {
    ID(IncidentSuspended, incident_suspended, incident, 1),
    ID(IncidentSuspended, incident_suspended, by, 0),
    TIME(IncidentSuspended, incident_suspended, review_at_ms),
    TEXT(IncidentSuspended, incident_suspended, reason, 0),
};
const struct rcc_map rcc_map_suspended = MAP(IncidentSuspended, incident_suspended, suspended_rows);

static const struct rcc_map_row resumed_rows[] = {
    ID(IncidentResumed, incident_resumed, incident, 1),
    ID(IncidentResumed, incident_resumed, by, 0),
    ID(IncidentResumed, incident_resumed, alert, 0),
    TEXT(IncidentResumed, incident_resumed, reason, 0),
};
const struct rcc_map rcc_map_resumed = MAP(IncidentResumed, incident_resumed, resumed_rows);

static const struct rcc_map_row grouped_rows[] = {
    ID(IncidentGrouped, incident_grouped, incident, 1),
    ID(IncidentGrouped, incident_grouped, parent, 0),
    ID(IncidentGrouped, incident_grouped, by, 0),
    TEXT(IncidentGrouped, incident_grouped, reason, 0),
};
const struct rcc_map rcc_map_grouped = MAP(IncidentGrouped, incident_grouped, grouped_rows);

static const struct rcc_map_row incident_joined_rows[] = {
    ID(IncidentJoined, incident_joined, incident, 1),
    ID(IncidentJoined, incident_joined, into, 1),
    ID(IncidentJoined, incident_joined, by, 0),
};
const struct rcc_map rcc_map_incident_joined = MAP(IncidentJoined, incident_joined, incident_joined_rows);

static const struct rcc_map_row undone_rows[] = {
    ID(JoinUndone, join_undone, incident, 1),
    ID(JoinUndone, join_undone, other, 1),
    ID(JoinUndone, join_undone, by, 0),
    BOOL(JoinUndone, join_undone, restored),
    ENUM(JoinUndone, join_undone, phase, 1, RCC_PHASE_LAST),
    ENUM(JoinUndone, join_undone, source, 1, RCC_SOURCE_LAST),
    TIME(JoinUndone, join_undone, review_at_ms),
    BOOL(JoinUndone, join_undone, review_due),
    TIME(JoinUndone, join_undone, relay_due_at_ms),
    BOOL(JoinUndone, join_undone, held),
    BOOL(JoinUndone, join_undone, verified),
    TEXT(JoinUndone, join_undone, reason, 0),
};
const struct rcc_map rcc_map_join_undone = MAP(JoinUndone, join_undone, undone_rows);

static const struct rcc_map_row hold_ended_rows[] = {
    ID(HoldEnded, hold_ended, incident, 1),
    ID(HoldEnded, hold_ended, by, 0),
    TEXT(HoldEnded, hold_ended, reason, 0),
};
const struct rcc_map rcc_map_hold_ended = MAP(HoldEnded, hold_ended, hold_ended_rows);

static const struct rcc_map_row filed_rows[] = {
    ID(PlanFiled, plan_filed, plan, 1),
    ID(PlanFiled, plan_filed, by, 0),
    TIME(PlanFiled, plan_filed, due_at_ms),
    SUB(PlanFiled, plan_filed, body, Plan, body, rcc_map_plan),
};
const struct rcc_map rcc_map_plan_filed = MAP(PlanFiled, plan_filed, filed_rows);

static const struct rcc_map_row heard_rows[] = {
    ID(PlanHeard, plan_heard, plan, 1),     ID(PlanHeard, plan_heard, by, 0),
    POS(PlanHeard, plan_heard, pos, 0),     TIME(PlanHeard, plan_heard, heard_at_ms),
    TIME(PlanHeard, plan_heard, due_at_ms),
};
const struct rcc_map rcc_map_plan_heard = MAP(PlanHeard, plan_heard, heard_rows);

static const struct rcc_map_row ended_rows[] = {
    ID(PlanEnded, plan_ended, plan, 1),
    ID(PlanEnded, plan_ended, by, 0),
    ENUM(PlanEnded, plan_ended, how, 1, RCC_PLAN_ACTION_LAST),
};
const struct rcc_map rcc_map_plan_ended = MAP(PlanEnded, plan_ended, ended_rows);

static const struct rcc_map_row plan_ref_rows[] = {
    ID(PlanRef, plan_ref, plan, 1),
};
const struct rcc_map rcc_map_plan_ref = MAP(PlanRef, plan_ref, plan_ref_rows);

static const struct rcc_map_row drill_rows[] = {
    ID(DrillChanged, drill_changed, peer, 1),
    TIME(DrillChanged, drill_changed, until_at_ms),
};
const struct rcc_map rcc_map_drill_changed = MAP(DrillChanged, drill_changed, drill_rows);

static const struct rcc_map_row flood_rows[] = {
    ID(FloodBegan, flood_began, peer, 0),
    U32(FloodBegan, flood_began, per_min, 0, ANY),
};
const struct rcc_map rcc_map_flood = MAP(FloodBegan, flood_began, flood_rows);

static const struct rcc_map_row unsealed_rows[] = {
    ID(Unsealed, unsealed, alert, 0),      ID(Unsealed, unsealed, by, 0),       TEXT(Unsealed, unsealed, reason, 0),
    U32(Unsealed, unsealed, note, 0, ANY), ID(Unsealed, unsealed, incident, 0),
};
const struct rcc_map rcc_map_unsealed = MAP(Unsealed, unsealed, unsealed_rows);

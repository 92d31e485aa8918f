/* The work of an incident: each field of rcc.proto with its bounds, once. */
#include "proto/wire_rows.h"

static const struct rcc_map_row task_rows[] = {
    ID(Task, task, incident, 1),     ENUM(Task, task, kind, 1, RCC_TASK_LAST),
    MMSI(Task, task, ship, ship, 0), U32(Task, task, contact_min, 0, RCC_CONTACT_MIN_MAX),
    BOOL(Task, task, others_comply), TEXT(Task, task, text, 0),
    TEXT(Task, task, consulted, 0),  BOOL(Task, task, names_place),
};
const struct rcc_map rcc_map_task = MAP(Task, task, task_rows);

static const struct rcc_map_row persons_rows[] = {
    U32(Persons, persons, men, 0, RCC_PERSONS_MAX),           U32(Persons, persons, women, 0, RCC_PERSONS_MAX),
    U32(Persons, persons, adults, 0, RCC_PERSONS_MAX),        U32(Persons, persons, children, 0, RCC_PERSONS_MAX),
    U32(Persons, persons, unaccompanied, 0, RCC_PERSONS_MAX), U32(Persons, persons, infants, 0, RCC_PERSONS_MAX),
    U32(Persons, persons, pregnant, 0, RCC_PERSONS_MAX),      U32(Persons, persons, injured, 0, RCC_PERSONS_MAX),
    U32(Persons, persons, disabled, 0, RCC_PERSONS_MAX),      U32(Persons, persons, families, 0, RCC_PERSONS_MAX),
};
const struct rcc_map rcc_map_persons = MAP(Persons, persons, persons_rows);

static const struct rcc_map_row move_persons_rows[] = {
    ID(MovePersons, move_persons, incident, 1),
    ENUM(MovePersons, move_persons, from, 1, RCC_WHERE_LAST),
    ENUM(MovePersons, move_persons, to, 1, RCC_WHERE_LAST),
    MMSI(MovePersons, move_persons, from_ship, from_ship, 0),
    MMSI(MovePersons, move_persons, to_ship, to_ship, 0),
    ID(MovePersons, move_persons, place, 0),
    SUB(MovePersons, move_persons, count, Persons, count, rcc_map_persons),
    ENUM(MovePersons, move_persons, family, 0, RCC_FAMILY_LAST),
    TIME(MovePersons, move_persons, happened_at_ms),
    TEXT(MovePersons, move_persons, reason, 0),
    BOOL(MovePersons, move_persons, more_found),
};
const struct rcc_map rcc_map_move_persons = MAP(MovePersons, move_persons, move_persons_rows);

static const struct rcc_map_row survivors_rows[] = {
    ID(Survivors, survivors, incident, 1),
    MMSI(Survivors, survivors, ship, ship, 0),
    SUB(Survivors, survivors, aboard, Persons, aboard, rcc_map_persons),
    U32(Survivors, survivors, dead, 0, RCC_PERSONS_MAX),
    BOOL(Survivors, survivors, protection_stated),
    U32(Survivors, survivors, safe_hours, 0, ANY),
    BOOL(Survivors, survivors, languages),
    TEXT(Survivors, survivors, next_port, 0),
    TEXT(Survivors, survivors, text, 0),
};
const struct rcc_map rcc_map_survivors = MAP(Survivors, survivors, survivors_rows);

static const struct rcc_map_row need_rows[] = {
    ID(Need, need, incident, 1),
    ID(Need, need, need, 0),
    ENUM(Need, need, state, 1, RCC_NEED_STATE_LAST),
    ENUM(Need, need, kind, 0, RCC_NEED_LAST),
    MMSI(Need, need, ship, ship, 0),
    U32(Need, need, quantity, 0, ANY),
    TEXT(Need, need, text, 0),
};
const struct rcc_map rcc_map_need = MAP(Need, need, need_rows);

static const struct rcc_map_row place_rows[] = {
    ID(Place, place, incident, 1),
    ID(Place, place, place, 0),
    ENUM(Place, place, step, 1, RCC_PLACE_STEP_LAST),
    TEXT(Place, place, name, 0),
    POS(Place, place, pos, 0),
    MMSI(Place, place, ship, ship, 0),
    TEXT(Place, place, authority, 0),
    U32(Place, place, checks, 0, RCC_CHECKS_ALL),
    BOOL(Place, place, is_unsafe),
    BOOL(Place, place, is_override),
    U32(Place, place, extra_nm, 0, ANY),
    U32(Place, place, extra_h, 0, ANY),
    TEXT(Place, place, text, 0),
};
const struct rcc_map rcc_map_place = MAP(Place, place, place_rows);

static const struct rcc_column profile_columns[] = {
    ENUMS(Profile, profile_row, key, 1, RCC_PROFILE_LAST),
    PLAIN_OR(Profile, profile_row, value, RCC_PROFILE_VALUE_MAX, RCC_PROFILE_UNKNOWN),
};
static const struct rcc_map_row profile_rows[] = {
    MMSI(Profile, profile_order, ship, ship, 0),
    COLUMNS(profile_order, row, count, 0, RCC_PROFILE_ROWS_MAX, profile_columns),
    TIME(Profile, profile_order, checked_at_ms),
    TEXT(Profile, profile_order, missing, 0),
    TEXT(Profile, profile_order, company, 0),
    TEXT(Profile, profile_order, company_contact, 0),
    TEXT(Profile, profile_order, policy, 0),
};
const struct rcc_map rcc_map_profile = MAP(Profile, profile, profile_rows);

static const struct rcc_map_row referral_rows[] = {
    ID(Referral, referral, incident, 1),
    ENUM(Referral, referral, service, 1, RCC_SERVICE_LAST),
    U32(Referral, referral, persons, 0, RCC_PERSONS_MAX),
    TEXT(Referral, referral, to, 0),
    BOOL(Referral, referral, is_accepted),
    TEXT(Referral, referral, text, 0),
};
const struct rcc_map rcc_map_referral = MAP(Referral, referral, referral_rows);

static const struct rcc_map_row note_rows[] = {
    ID(Note, note, incident, 0),
    ENUM(Note, note, kind, 1, RCC_NOTE_LAST),
    MMSI(Note, note, ship, ship, 0),
    TEXT(Note, note, authority, 0),
    TIME(Note, note, happened_at_ms),
    TEXT(Note, note, text, 0),
    COUNTED(Note, note, sealed, sealed, sealed_len, 0, RCC_NOTE_SEALED_MAX, false),
    BYTES(Note, note, digest, digest, 0),
    SEQ(Note, note, size, 0),
};
const struct rcc_map rcc_map_note = MAP(Note, note, note_rows);

static const struct rcc_map_row smc_rows[] = {
    ID(Smc, smc, incident, 1),
    TEXT(Smc, smc, officer, 0),
    TEXT(Smc, smc, reason, 0),
};
const struct rcc_map rcc_map_smc = MAP(Smc, smc, smc_rows);

static const struct rcc_map_row watch_rows[] = {
    TEXT(Watch, watch, officer, 0),
    TEXT(Watch, watch, text, 0),
};
const struct rcc_map rcc_map_watch = MAP(Watch, watch, watch_rows);

static const struct rcc_map_row comms_rows[] = {
    ID(Comms, comms, incident, 1),  TEXT(Comms, comms, control, 0), TEXT(Comms, comms, on_scene, 0),
    TEXT(Comms, comms, monitor, 0), TEXT(Comms, comms, text, 0),
};
const struct rcc_map rcc_map_comms = MAP(Comms, comms, comms_rows);

static const struct rcc_map_row sitrep_rows[] = {
    ID(Sitrep, sitrep, incident, 1), BOOL(Sitrep, sitrep, is_full), BOOL(Sitrep, sitrep, is_final),
    TEXT(Sitrep, sitrep, to, 0),     TEXT(Sitrep, sitrep, text, 0),
};
const struct rcc_map rcc_map_sitrep = MAP(Sitrep, sitrep, sitrep_rows);

static const struct rcc_map_row circular_rows[] = {
    ENUM(Circular, circular, kind, RCC_BROADCAST_BULLETIN, RCC_BROADCAST_LAST),
    TEXT(Circular, circular, text, 0),
    TIME(Circular, circular, expires_at_ms),
};
const struct rcc_map rcc_map_circular = MAP(Circular, circular, circular_rows);

static const struct rcc_map_row duty_order_rows[] = {
    ID(DutyOrder, duty_order, duty, 1),
    ENUM(DutyOrder, duty_order, state, 1, RCC_DUTY_STATE_LAST),
    TEXT(DutyOrder, duty_order, reason, 0),
};
const struct rcc_map rcc_map_duty_order = MAP(DutyOrder, duty_order, duty_order_rows);

static const struct rcc_map_row handover_rows[] = {
    ID(Handover, handover, incident, 0), ENUM(Handover, handover, step, 1, RCC_HANDOVER_STEP_LAST),
    TEXT(Handover, handover, centre, 0), TEXT(Handover, handover, officer, 0),
    TEXT(Handover, handover, reason, 0),
};
const struct rcc_map rcc_map_handover = MAP(Handover, handover, handover_rows);

static const struct rcc_map_row centre_rows[] = {
    BYTES(Centre, centre, handover, handover, 1),
    ENUM(Centre, centre, step, 1, RCC_HANDOVER_STEP_LAST),
    ID(Centre, centre, incident, 0),
    U32(Centre, centre, year, 0, 9999),
    U32(Centre, centre, number, 0, ANY),
    TIME(Centre, centre, decided_at_ms),
    SUB(Centre, centre, record, Link, record, rcc_map_link),
    SUB(Centre, centre, answers, Link, answers, rcc_map_link),
    TEXT(Centre, centre, officer, 0),
    TEXT(Centre, centre, reason, 0),
    ENUM(Centre, centre, refusal, 0, RCC_REFUSAL_LAST),
    REPEATED(Centre, centre, snapshot, Alert, snapshot_count, 0, 1, rcc_map_alert),
    COUNTED(Centre, centre, report, report, report_len, 0, RCC_REPORT_MAX, false),
    SUB(Centre, centre, carried, Carried, carried, rcc_map_carried),
};
const struct rcc_map rcc_map_centre = MAP(Centre, centre, centre_rows);

static const struct rcc_map_row request_order_rows[] = {
    ID(RequestOrder, request_order, request, 1),   ENUM(RequestOrder, request_order, step, 1, RCC_REQUEST_STEP_LAST),
    TEXT(RequestOrder, request_order, officer, 0), POS(RequestOrder, request_order, pos, 0),
    TEXT(RequestOrder, request_order, text, 0),
};
const struct rcc_map rcc_map_request_order = MAP(RequestOrder, request_order, request_order_rows);

static const struct rcc_map_row place_request_rows[] = {
    BYTES(PlaceRequest, place_request, request, request, 1),
    ENUM(PlaceRequest, place_request, step, 1, RCC_REQUEST_STEP_LAST),
    ID(PlaceRequest, place_request, incident, 0),
    U32(PlaceRequest, place_request, year, 0, 9999),
    U32(PlaceRequest, place_request, number, 0, ANY),
    TIME(PlaceRequest, place_request, decided_at_ms),
    SUB(PlaceRequest, place_request, record, Link, record, rcc_map_link),
    SUB(PlaceRequest, place_request, answers, Link, answers, rcc_map_link),
    TEXT(PlaceRequest, place_request, officer, 0),
    TEXT(PlaceRequest, place_request, text, 0),
    U32(PlaceRequest, place_request, turn, 0, RCC_REQUEST_TURNS_MAX),
    TEXT(PlaceRequest, place_request, place, 0),
    POS(PlaceRequest, place_request, pos, 0),
    MMSI(PlaceRequest, place_request, ship, ship, 0),
    TEXT(PlaceRequest, place_request, ship_name, 0),
    POS(PlaceRequest, place_request, ship_pos, 0),
    TIME(PlaceRequest, place_request, ship_at_ms),
    SUB(PlaceRequest, place_request, aboard, Persons, aboard, rcc_map_persons),
    TEXT(PlaceRequest, place_request, needs, 0),
    U32(PlaceRequest, place_request, range_m, 0, ANY),
    U32(PlaceRequest, place_request, eta_min, 0, ANY),
    ENUM(PlaceRequest, place_request, refusal, 0, RCC_REFUSAL_LAST),
};
const struct rcc_map rcc_map_place_request = MAP(PlaceRequest, place_request, place_request_rows);

static const struct rcc_map_row retention_rows[] = {
    ENUM(Retention, retention, step, 1, RCC_RETENTION_STEP_LAST),
    ID(Retention, retention, incident, 0),
    ID(Retention, retention, alert, 0),
    U32(Retention, retention, note, 0, ANY),
    ENUM(Retention, retention, what, 0, RCC_KEPT_LAST),
    CLASS(Retention, retention, 0),
    TIME(Retention, retention, before_at_ms),
    TEXT(Retention, retention, reason, 0),
};
const struct rcc_map rcc_map_retention = MAP(Retention, retention, retention_rows);

/* ---- events ---- */

static const struct rcc_map_row tasked_rows[] = {
    ID(Tasked, tasked, by, 0),
    ID(Tasked, tasked, broadcast, 0),
    SUB(Tasked, tasked, body, Task, body, rcc_map_task),
    U32(Tasked, tasked, card, 0, ANY),
    ENUM(Tasked, tasked, card_state, 0, RCC_CARD_STATE_LAST),
};
const struct rcc_map rcc_map_tasked = MAP(Tasked, tasked, tasked_rows);

static const struct rcc_map_row survivors_reported_rows[] = {
    ID(SurvivorsReported, survivors_reported, by, 0),
    BOOL(SurvivorsReported, survivors_reported, is_regrouped),
    BOOL(SurvivorsReported, survivors_reported, is_disputed),
    U32(SurvivorsReported, survivors_reported, ledger, 0, RCC_PERSONS_MAX),
    TIME(SurvivorsReported, survivors_reported, said_at_ms),
    BOOL(SurvivorsReported, survivors_reported, is_counted),
    SUB(SurvivorsReported, survivors_reported, body, Survivors, body, rcc_map_survivors),
};
const struct rcc_map rcc_map_survivors_reported = MAP(SurvivorsReported, survivors_reported, survivors_reported_rows);

static const struct rcc_map_row persons_moved_rows[] = {
    ID(PersonsMoved, persons_moved, by, 0),
    SUB(PersonsMoved, persons_moved, body, MovePersons, body, rcc_map_move_persons),
};
const struct rcc_map rcc_map_persons_moved = MAP(PersonsMoved, persons_moved, persons_moved_rows);

static const struct rcc_map_row need_changed_rows[] = {
    ID(NeedChanged, need_changed, by, 0),
    TIME(NeedChanged, need_changed, due_at_ms),
    SUB(NeedChanged, need_changed, body, Need, body, rcc_map_need),
};
const struct rcc_map rcc_map_need_changed = MAP(NeedChanged, need_changed, need_changed_rows);

static const struct rcc_map_row place_stepped_rows[] = {
    ID(PlaceStepped, place_stepped, by, 0),
    SUB(PlaceStepped, place_stepped, body, Place, body, rcc_map_place),
    BOOL(PlaceStepped, place_stepped, is_pending),
    U32(PlaceStepped, place_stepped, overridden, 0, RCC_PLACE_BLOCKS_ALL),
    ID(PlaceStepped, place_stepped, first, 0),
    TEXT(PlaceStepped, place_stepped, first_reason, 0),
    TEXT(PlaceStepped, place_stepped, objection, 0),
    U32(PlaceStepped, place_stepped, blocked, 0, RCC_PLACE_BLOCKS_ALL),
    BOOL(PlaceStepped, place_stepped, is_replaced),
    BOOL(PlaceStepped, place_stepped, is_unassigned),
    ID(PlaceStepped, place_stepped, broadcast, 0),
    REPEATED(PlaceStepped, place_stepped, record, Link, record_count, 0, 1, rcc_map_link),
    ID(PlaceStepped, place_stepped, request, 0),
};
const struct rcc_map rcc_map_place_stepped = MAP(PlaceStepped, place_stepped, place_stepped_rows);

static const struct rcc_map_row referred_rows[] = {
    ID(Referred, referred, by, 0),
    SUB(Referred, referred, body, Referral, body, rcc_map_referral),
};
const struct rcc_map rcc_map_referred = MAP(Referred, referred, referred_rows);

static const struct rcc_map_row noted_rows[] = {
    ID(Noted, noted, by, 0),
    SUB(Noted, noted, body, Note, body, rcc_map_note),
    U32(Noted, noted, note, 0, ANY),
    BOOL(Noted, noted, is_observed),
};
const struct rcc_map rcc_map_noted = MAP(Noted, noted, noted_rows);

static const struct rcc_map_row smc_set_rows[] = {
    ID(SmcSet, smc_set, by, 0),
    SUB(SmcSet, smc_set, body, Smc, body, rcc_map_smc),
};
const struct rcc_map rcc_map_smc_set = MAP(SmcSet, smc_set, smc_set_rows);

static const struct rcc_map_row watch_item_rows[] = {
    ID(WatchItem, watch_item, incident, 1),     U32(WatchItem, watch_item, persons, 0, ANY),
    U32(WatchItem, watch_item, duties, 0, ANY), U32(WatchItem, watch_item, overdue, 0, ANY),
    U32(WatchItem, watch_item, needs, 0, ANY),  U32(WatchItem, watch_item, places, 0, ANY),
};
static const struct rcc_map watch_item_map = MAP(WatchItem, watch_item, watch_item_rows);

static const struct rcc_map_row watch_handed_rows[] = {
    ID(WatchHanded, watch_handed, by, 0),
    TEXT(WatchHanded, watch_handed, from, 0),
    U32(WatchHanded, watch_handed, open_items, 0, ANY),
    SUB(WatchHanded, watch_handed, body, Watch, body, rcc_map_watch),
    REPEATED(WatchHanded, watch_handed, item, WatchItem, item_count, 0, RCC_WATCH_ITEMS_MAX, watch_item_map),
};
const struct rcc_map rcc_map_watch_handed = MAP(WatchHanded, watch_handed, watch_handed_rows);

static const struct rcc_map_row comms_set_rows[] = {
    ID(CommsSet, comms_set, by, 0),
    SUB(CommsSet, comms_set, body, Comms, body, rcc_map_comms),
};
const struct rcc_map rcc_map_comms_set = MAP(CommsSet, comms_set, comms_set_rows);

static const struct rcc_map_row sitrep_issued_rows[] = {
    ID(SitrepIssued, sitrep_issued, by, 0),
    U32(SitrepIssued, sitrep_issued, number, 0, ANY),
    COUNTED(SitrepIssued, sitrep_issued, report, report, report_len, 0, RCC_REPORT_MAX, false),
    SUB(SitrepIssued, sitrep_issued, body, Sitrep, body, rcc_map_sitrep),
};
const struct rcc_map rcc_map_sitrep_issued = MAP(SitrepIssued, sitrep_issued, sitrep_issued_rows);

static const struct rcc_map_row handover_changed_rows[] = {
    ID(HandoverChanged, handover_changed, by, 0),
    SUB(HandoverChanged, handover_changed, body, Handover, body, rcc_map_handover),
    BYTES(HandoverChanged, handover_changed, handover, handover, 0),
    ID(HandoverChanged, handover_changed, peer, 0),
    BOOL(HandoverChanged, handover_changed, is_incoming),
    BOOL(HandoverChanged, handover_changed, is_heard),
    ENUM(HandoverChanged, handover_changed, stage, 1, RCC_HANDOVER_STAGE_LAST),
    ENUM(HandoverChanged, handover_changed, status, 0, RCC_INCIDENT_STATUS_LAST),
    ID(HandoverChanged, handover_changed, theirs, 0),
    U32(HandoverChanged, handover_changed, their_year, 0, 9999),
    U32(HandoverChanged, handover_changed, their_number, 0, ANY),
    SUB(HandoverChanged, handover_changed, record, Link, record, rcc_map_link),
    ENUM(HandoverChanged, handover_changed, refusal, 0, RCC_REFUSAL_LAST),
    REPEATED(HandoverChanged, handover_changed, snapshot, Alert, snapshot_count, 0, 1, rcc_map_alert),
    COUNTED(HandoverChanged, handover_changed, report, report, report_len, 0, RCC_REPORT_MAX, false),
    SUB(HandoverChanged, handover_changed, carried, Carried, carried, rcc_map_carried),
};
const struct rcc_map rcc_map_handover_changed = MAP(HandoverChanged, handover_changed, handover_changed_rows);

static const struct rcc_map_row request_changed_rows[] = {
    ID(RequestChanged, request_changed, by, 0),
    ID(RequestChanged, request_changed, id, 1),
    ID(RequestChanged, request_changed, peer, 1),
    TEXT(RequestChanged, request_changed, centre, 0),
    BOOL(RequestChanged, request_changed, is_incoming),
    BOOL(RequestChanged, request_changed, is_heard),
    ENUM(RequestChanged, request_changed, stage, 1, RCC_REQUEST_STAGE_LAST),
    ID(RequestChanged, request_changed, place, 0),
    CLASS(RequestChanged, request_changed, 1),
    SUB(RequestChanged, request_changed, body, PlaceRequest, body, rcc_map_place_request),
};
const struct rcc_map rcc_map_request_changed = MAP(RequestChanged, request_changed, request_changed_rows);

static const struct rcc_map_row duty_changed_rows[] = {
    ID(DutyChanged, duty_changed, duty, 1),
    ENUM(DutyChanged, duty_changed, state, 1, RCC_DUTY_STATE_LAST),
    ID(DutyChanged, duty_changed, by, 0),
    TIME(DutyChanged, duty_changed, due_at_ms),
    TEXT(DutyChanged, duty_changed, reason, 0),
    ID(DutyChanged, duty_changed, incident, 1),
    MMSI(DutyChanged, duty_changed, ship, ship, 0),
    U32(DutyChanged, duty_changed, rule, 0, RCC_DUTY_RULES_MAX),
    U32(DutyChanged, duty_changed, subject, 0, ANY),
};
const struct rcc_map rcc_map_duty_changed = MAP(DutyChanged, duty_changed, duty_changed_rows);

static const struct rcc_map_row profile_set_rows[] = {
    ID(ProfileSet, profile_set, by, 0),
    ID(ProfileSet, profile_set, peer, 1),
    SUB(ProfileSet, profile_set, body, Profile, body, rcc_map_profile),
};
const struct rcc_map rcc_map_profile_set = MAP(ProfileSet, profile_set, profile_set_rows);

static const struct rcc_column parity_columns[] = {
    ENUMS(ParityChanged, parity_row, owner, 0, RCC_OWNER_LAST),
    PLAIN(ParityChanged, parity_row, ships, ships, 0, ANY),
    PLAIN(ParityChanged, parity_row, lines, lines, 0, ANY),
    PLAIN(ParityChanged, parity_row, sent, sent, 0, ANY),
    PLAIN(ParityChanged, parity_row, stored, stored, 0, ANY),
    PLAIN(ParityChanged, parity_row, read, read, 0, ANY),
    PLAIN(ParityChanged, parity_row, answered, answered, 0, ANY),
    PLAIN(ParityChanged, parity_row, median_ms, median_ms, 0, ANY),
    PLAIN(ParityChanged, parity_row, p95_ms, p95_ms, 0, ANY),
};
static const struct rcc_map_row parity_rows[] = {
    U32(ParityChanged, parity, parted, 0, RCC_PARTED_ALL),
    U32(ParityChanged, parity, pending, 0, ANY),
    COLUMNS(parity, row, count, 0, RCC_PARITY_ROWS_MAX, parity_columns),
};
const struct rcc_map rcc_map_parity = MAP(ParityChanged, parity_changed, parity_rows);

static const struct rcc_map_row retention_changed_rows[] = {
    ID(RetentionChanged, retention_changed, by, 0),
    ID(RetentionChanged, retention_changed, incident, 0),
    U32(RetentionChanged, retention_changed, keep_days, 0, ANY),
    SUB(RetentionChanged, retention_changed, body, Retention, body, rcc_map_retention),
};
const struct rcc_map rcc_map_retention_changed = MAP(RetentionChanged, retention_changed, retention_changed_rows);

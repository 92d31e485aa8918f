/* The bodies of an envelope: each field of rcc.proto with its bounds, once. */
#include "proto/wire_rows.h"

/* Tag, length and envelope header around an entry's payload or a view's page. */
#define ENVELOPE_ROOM 1024

/* ---- shared ---- */

static const struct rcc_map_row link_rows[] = {
    SEQ(Link, link, seq, 0),
    TIME(Link, link, at_ms),
    BYTES(Link, link, hash, hash, 0),
};
const struct rcc_map rcc_map_link = MAP(Link, link, link_rows);

/* ---- from ships and feeds ---- */

static const struct rcc_map_row hello_rows[] = {
    U32(Hello, hello, protocol_min, 1, ANY),
    U32(Hello, hello, protocol_max, 1, ANY),
    TEXT(Hello, hello, version, 0),
    U32(Hello, hello, delivery_stored, 0, ANY),
    U32(Hello, hello, outbox_waiting, 0, ANY),
    U32(Hello, hello, byte_budget_h, 0, ANY),
    BOOL(Hello, hello, wants_deliveries),
    TIME(Hello, hello, stored_issued_at_ms),
};
static const struct rcc_map hello_map = MAP(Hello, hello, hello_rows);

static const struct rcc_map_row report_rows[] = {
    MMSI(Report, report, mmsi, mmsi, 1),
    POS(Report, report, pos, 1),
    TIME(Report, report, at_ms),
    OPTIONAL(Report, report, sog_dkn, sog_case, 4, 1022, RCC_SOG_UNKNOWN_DKN),
    OPTIONAL(Report, report, cog_ddeg, cog_case, 5, 3599, RCC_COG_UNKNOWN_DDEG),
    OPTIONAL(Report, report, heading_deg, heading_case, 6, 359, RCC_HEADING_UNKNOWN_DEG),
    OPTIONAL(Report, report, nav_status, status_case, 7, 15, RCC_NAV_STATUS_UNKNOWN),
    U32(Report, report, message_type, 0, 27),
};
static const struct rcc_map report_map = MAP(Report, report, report_rows);

static const struct rcc_column batch_columns[] = {
    PLAIN(PositionBatch, report, mmsi, mmsi.v, 1, RCC_MMSI_MAX),
    DELTA_POS(PositionBatch, report),
    DELTA_TIME(PositionBatch, report, at_ms),
    PLAIN_OR(PositionBatch, report, sog_dkn, 1022, RCC_SOG_UNKNOWN_DKN),
    PLAIN_OR(PositionBatch, report, cog_ddeg, 3599, RCC_COG_UNKNOWN_DDEG),
    PLAIN_OR(PositionBatch, report, heading_deg, 359, RCC_HEADING_UNKNOWN_DEG),
    PLAIN_OR(PositionBatch, report, nav_status, 15, RCC_NAV_STATUS_UNKNOWN),
    PLAIN_OR(PositionBatch, report, message_type, 27, 0),
};
static const struct rcc_map_row batch_rows[] = {
    COLUMNS(position_batch, report, count, 1, RCC_BATCH_MAX, batch_columns),
};
static const struct rcc_map batch_map = MAP(PositionBatch, position_batch, batch_rows);

static const struct rcc_map_row static_rows[] = {
    MMSI(Static, static, mmsi, mmsi, 1),
    TEXT(Static, static, name, 0),
    TEXT(Static, static, callsign, 0),
    /* 30 bits, ITU-R M.1371-5 table 51: IMO numbers, and official numbers of flag states above them. */
    U32(Static, static, imo, 0, 1073741823),
    U32(Static, static, ship_type, 0, 255),
    U32(Static, static, to_bow_m, 0, 511),
    U32(Static, static, to_stern_m, 0, 511),
    U32(Static, static, to_port_m, 0, 63),
    U32(Static, static, to_starboard_m, 0, 63),
    U32(Static, static, draught_dm, 0, 255),
    U32(Static, static, message_type, 0, 27),
};
static const struct rcc_map static_map = MAP(Static, static, static_rows);

static const struct rcc_map_row statics_rows[] = {
    REPEATED(StaticBatch, static_batch, vessel, Static, count, 1, RCC_BATCH_MAX, static_map),
};
static const struct rcc_map statics_map = MAP(StaticBatch, static_batch, statics_rows);

/* A count of a line for each nanosecond of 292 years fits. */
#define COUNT(f) SEQ(FeedTally, tally, f, 0)
static const struct rcc_map_row tally_rows[] = {
    TIME(FeedTally, tally, since_at_ms),
    COUNT(lines),
    COUNT(texts),
    COUNT(waiting),
    COUNT(alert),
    COUNT(raw),
    COUNT(report),
    COUNT(vessel_data),
    COUNT(own),
    COUNT(repeats),
    COUNT(routine),
    COUNT(garbled),
    COUNT(incomplete),
    COUNT(unreadable),
    COUNT(withheld),
    COUNT(other),
    COUNT(replaced),
    COUNT(unsent),
    TEXT(FeedTally, tally, last_why, 0),
    COUNTED(FeedTally, tally, last, last, last_len, 0, RCC_TALLY_LAST_MAX, false),
    TIME(FeedTally, tally, last_at_ms),
};
static const struct rcc_map tally_map = MAP(FeedTally, feed_tally, tally_rows);

static const struct rcc_map_row candidate_rows[] = {
    POS(Candidate, candidate, pos, 1),
    U32(Candidate, candidate, percent, 0, 100),
};
const struct rcc_map rcc_map_candidate = MAP(Candidate, candidate, candidate_rows);

static const struct rcc_map_row alert_rows[] = {
    ENUM(Alert, alert, source, 1, RCC_SOURCE_LAST),
    CLASS(Alert, alert, 1),
    MMSI(Alert, alert, casualty_mmsi, casualty, 0),
    MMSI(Alert, alert, relay_mmsi, relay, 0),
    ENUM(Alert, alert, nature, 0, RCC_NATURE_LAST),
    POS(Alert, alert, pos, 0),
    TIME(Alert, alert, pos_at_ms),
    U32(Alert, alert, pos_radius_m, 0, ANY),
    U32(Alert, alert, persons, 0, ANY),
    U32(Alert, alert, marks, 0, RCC_ALERT_MARKS_ALL),
    TEXT(Alert, alert, name, 0),
    TEXT(Alert, alert, callsign, 0),
    TEXT(Alert, alert, text, 0),
    COUNTED(Alert, alert, raw, raw, raw_len, 0, RCC_RAW_MAX, false),
    ENUM(Alert, alert, category, 0, RCC_CATEGORY_LAST),
    TEXT(Alert, alert, beacon, 0),
    U32(Alert, alert, epirb_link, 0, RCC_EPIRB_LINK_MAX),
    U32(Alert, alert, refine, 0, RCC_REFINE_MAX),
    REPEATED(Alert, alert, candidate, Candidate, candidate_count, 0, RCC_CANDIDATES_MAX, rcc_map_candidate),
    BITS(Alert, alert, contact),
    COUNTED(Alert, alert, sealed, sealed, sealed_len, 0, RCC_SEALED_MAX, false),
    TIME(Alert, alert, signal_at_ms),
    ENUM(Alert, alert, beacon_kind, 0, RCC_BEACON_LAST),
};
const struct rcc_map rcc_map_alert = MAP(Alert, alert, alert_rows);

static const struct rcc_map_row alert_raw_rows[] = {
    TEXT(AlertRaw, alert_raw, source_name, 0),
    COUNTED(AlertRaw, alert_raw, raw, raw, raw_len, 1, RCC_RAW_WIRE_MAX, false),
};
static const struct rcc_map alert_raw_map = MAP(AlertRaw, alert_raw, alert_raw_rows);

static const struct rcc_map_row stored_rows[] = {
    U32(Stored, stored, number, 1, ANY),
    TIME(Stored, stored, stored_at_ms),
    TIME(Stored, stored, issued_at_ms),
};
const struct rcc_map rcc_map_stored = MAP(Stored, stored, stored_rows);

static const struct rcc_map_row read_rows[] = {
    U32(Read, read, number, 1, ANY),
    TIME(Read, read, read_at_ms),
    TEXT(Read, read, by, 0),
    TIME(Read, read, issued_at_ms),
};
const struct rcc_map rcc_map_read = MAP(Read, read, read_rows);

static const struct rcc_map_row answer_rows[] = {
    ID(Answer, answer, incident, 1),
    U32(Answer, answer, number, 0, ANY),
    ENUM(Answer, answer, kind, 1, RCC_ANSWER_LAST),
    ENUM(Answer, answer, reason, 0, RCC_REASON_LAST),
    OPTIONAL(Answer, answer, eta_min, eta_case, 5, MEASURE_MAX, RCC_ETA_UNKNOWN_MIN),
    TEXT(Answer, answer, by, 0),
    TEXT(Answer, answer, text, 0),
    MMSI(Answer, answer, ship, ship, 0),
    TIME(Answer, answer, issued_at_ms),
};
const struct rcc_map rcc_map_answer = MAP(Answer, answer, answer_rows);

/* ---- from officers and administrators ---- */

static const struct rcc_map_row enrol_rows[] = {
    TEXT(Enrol, enrol, name, 1),
    ENUM(Enrol, enrol, role, RCC_ROLE_VESSEL, RCC_ROLE_LAST),
    MMSI(Enrol, enrol, mmsi, mmsi, 0),
    ENUM(Enrol, enrol, owner, 0, RCC_OWNER_LAST),
    BYTES(Enrol, enrol, key, key, 1),
    TEXT(Enrol, enrol, endpoint, 0),
    ENUM(Enrol, enrol, share, 0, RCC_SHARE_LAST),
};
const struct rcc_map rcc_map_enrol = MAP(Enrol, enrol, enrol_rows);

static const struct rcc_map_row invite_rows[] = {
    TEXT(Invite, invite, name, 1),       ENUM(Invite, invite, role, RCC_ROLE_VESSEL, RCC_ROLE_LAST),
    MMSI(Invite, invite, mmsi, mmsi, 0), ENUM(Invite, invite, owner, 0, RCC_OWNER_LAST),
    BYTES(Invite, invite, tag, tag, 1),  TIME(Invite, invite, expires_at_ms),
};
const struct rcc_map rcc_map_invite = MAP(Invite, invite, invite_rows);

static const struct rcc_map_row admit_rows[] = {
    BYTES(Admit, admission, code, code, 1),
    BYTES(Admit, admission, tag, tag, 0),
    MMSI(Admit, admission, mmsi, mmsi, 0),
};
const struct rcc_map rcc_map_admit = MAP(Admit, admit, admit_rows);

static const struct rcc_map_row rekey_rows[] = {
    BYTES(Rekey, rekey, key, key, 1),
};
const struct rcc_map rcc_map_rekey = MAP(Rekey, rekey, rekey_rows);

static const struct rcc_map_row revoke_rows[] = {
    TEXT(Revoke, revoke, name, 1),
    TEXT(Revoke, revoke, reason, 0),
};
const struct rcc_map rcc_map_revoke = MAP(Revoke, revoke, revoke_rows);

static const struct rcc_map_row relay_rows[] = {
    ID(Relay, relay, incident, 1),
    ENUM(Relay, relay, action, 1, RCC_RELAY_LAST),
    TEXT(Relay, relay, reason, 0),
    TIME(Relay, relay, expires_at_ms),
};
const struct rcc_map rcc_map_relay = MAP(Relay, relay, relay_rows);

static const struct rcc_map_row cancel_rows[] = {
    ID(Cancel, cancel, incident, 1),
    TEXT(Cancel, cancel, reason, 0),
    BOOL(Cancel, cancel, is_theirs_over),
};
const struct rcc_map rcc_map_cancel = MAP(Cancel, cancel, cancel_rows);

static const struct rcc_map_row close_rows[] = {
    ID(Close, close, incident, 1),
    ENUM(Close, close, outcome, 1, RCC_OUTCOME_LAST),
    TEXT(Close, close, reason, 0),
};
const struct rcc_map rcc_map_close = MAP(Close, close, close_rows);

static const struct rcc_map_row decide_rows[] = {
    ID(Decide, decide, alert, 1),
    ENUM(Decide, decide, decision, 1, RCC_DECISION_LAST),
    TEXT(Decide, decide, reason, 0),
};
const struct rcc_map rcc_map_decide = MAP(Decide, decide, decide_rows);

static const struct rcc_map_row view_rows[] = {
    ENUM(View, view, what, 1, RCC_VIEW_LAST), U32(View, view, id, 0, ANY),
    MMSI(View, view, mmsi, mmsi, 0),          POS(View, view, near, 0),
    U32(View, view, within_m, 0, ANY),        U32(View, view, from, 0, ANY),
    ENUM(View, view, form, 0, RCC_FORM_LAST), U32(View, view, station, 0, 'Z'),
};
static const struct rcc_map view_map = MAP(View, view, view_rows);

static const struct rcc_map_row catchup_rows[] = {
    SEQ(Catchup, catchup, from_seq, 1),
    U32(Catchup, catchup, max, 1, RCC_CATCHUP_MAX),
};
static const struct rcc_map catchup_map = MAP(Catchup, catchup, catchup_rows);

static const struct rcc_map_row pack_rows[] = {
    ID(Pack, pack_ask, incident, 1),
    U32(Pack, pack_ask, from, 0, ANY),
};
static const struct rcc_map pack_map = MAP(Pack, pack, pack_rows);

/* ---- from the daemon ---- */

static const struct rcc_map_row welcome_rows[] = {
    U32(Welcome, welcome, protocol, 1, ANY),
    TEXT(Welcome, welcome, centre, 0),
    TEXT(Welcome, welcome, version, 0),
    U32(Welcome, welcome, beat_ms, 0, ANY),
    SUB(Welcome, welcome, head, Link, head, rcc_map_link),
    BYTES(Welcome, welcome, journal, journal, 1),
    BYTES(Welcome, welcome, sign_key, sign_key, 1),
    U32(Welcome, welcome, deliveries_waiting, 0, ANY),
    ID(Welcome, welcome, peer, 0),
    ENUM(Welcome, welcome, role, 1, RCC_ROLE_LAST),
    BOOL(Welcome, welcome, training),
    BYTES(Welcome, welcome, next_server_key, next_server_key, 0),
    TIME(Welcome, welcome, at_ms),
};
static const struct rcc_map welcome_map = MAP(Welcome, welcome, welcome_rows);

static const struct rcc_map_row accepted_rows[] = {
    SUB(Accepted, accepted, entry, Link, entry, rcc_map_link),
    FLAGGED(Accepted, accepted, signature, is_signed),
    ID(Accepted, accepted, alert, 0),
    ID(Accepted, accepted, incident, 0),
    TEXT(Accepted, accepted, contact, 0),
    BOOL(Accepted, accepted, contact_lost),
    BOOL(Accepted, accepted, restricted),
    U32(Accepted, accepted, request, 0, ANY),
};
static const struct rcc_map accepted_map = MAP(Accepted, accepted, accepted_rows);

static const struct rcc_map_row refused_rows[] = {
    ENUM(Refused, refused, reason, 1, RCC_REFUSAL_LAST),
    TEXT(Refused, refused, field, 0),
    TEXT(Refused, refused, text, 0),
    SEQ(Refused, refused, seq, 0),
};
static const struct rcc_map refused_map = MAP(Refused, refused, refused_rows);

static const struct rcc_map_row not_confirmed_rows[] = {
    TEXT(NotConfirmed, not_confirmed, text, 0),
};
static const struct rcc_map not_confirmed_map = MAP(NotConfirmed, not_confirmed, not_confirmed_rows);

static const struct rcc_map_row delivery_rows[] = {
    U32(Delivery, delivery_msg, number, 1, ANY),
    ID(Delivery, delivery_msg, broadcast, 1),
    ID(Delivery, delivery_msg, incident, 0),
    U32(Delivery, delivery_msg, incident_year, 0, 9999),
    U32(Delivery, delivery_msg, incident_number, 0, ANY),
    ENUM(Delivery, delivery_msg, kind, 1, RCC_BROADCAST_LAST),
    CLASS(Delivery, delivery_msg, 1),
    U32(Delivery, delivery_msg, revision, 0, ANY),
    TIME(Delivery, delivery_msg, issued_at_ms),
    ENUM(Delivery, delivery_msg, source, 1, RCC_SOURCE_LAST),
    ENUM(Delivery, delivery_msg, nature, 0, RCC_NATURE_LAST),
    MMSI(Delivery, delivery_msg, casualty_mmsi, casualty, 0),
    TEXT(Delivery, delivery_msg, name, 0),
    POS(Delivery, delivery_msg, pos, 0),
    TIME(Delivery, delivery_msg, pos_at_ms),
    U32(Delivery, delivery_msg, pos_radius_m, 0, ANY),
    U32(Delivery, delivery_msg, persons, 0, ANY),
    BOOL(Delivery, delivery_msg, verified),
    OPTIONAL(Delivery, delivery_msg, range_m, range_case, 19, MEASURE_MAX, RCC_RANGE_UNKNOWN_M),
    OPTIONAL(Delivery, delivery_msg, bearing_ddeg, bearing_case, 20, 3599, RCC_BEARING_UNKNOWN_DDEG),
    OPTIONAL(Delivery, delivery_msg, eta_min, eta_case, 21, MEASURE_MAX, RCC_ETA_UNKNOWN_MIN),
    BOOL(Delivery, delivery_msg, called_on),
    BOOL(Delivery, delivery_msg, replaced),
    U32(Delivery, delivery_msg, attempt, 0, ANY),
    TEXT(Delivery, delivery_msg, text, 0),
    TEXT(Delivery, delivery_msg, centre, 0),
    REPEATED(Delivery, delivery_msg, candidate, Candidate, candidate_count, 0, RCC_CANDIDATES_MAX, rcc_map_candidate),
    U32(Delivery, delivery_msg, doubts, 0, RCC_ALERT_MARKS_ALL),
    TIME(Delivery, delivery_msg, expires_at_ms),
    U32(Delivery, delivery_msg, aboard, 0, RCC_PERSONS_MAX),
    U32(Delivery, delivery_msg, overtaken_from, 0, ANY),
    OPTIONAL(Delivery, delivery_msg, persons_left, left_case, 31, RCC_PERSONS_MAX, RCC_PERSONS_LEFT_UNKNOWN),
};
static const struct rcc_map delivery_map = MAP(Delivery, delivery, delivery_rows);

static const struct rcc_map_row checkpoint_rows[] = {
    BYTES(Checkpoint, checkpoint, journal, journal, 1),
    SUB(Checkpoint, checkpoint, link, Link, link, rcc_map_link),
    BYTES(Checkpoint, checkpoint, signature, signature, 1),
};
static const struct rcc_map checkpoint_map = MAP(Checkpoint, checkpoint, checkpoint_rows);

static const struct rcc_map_row beat_rows[] = {
    TIME(Beat, beat, at_ms),
    SUB(Beat, beat, head, Link, head, rcc_map_link),
    BOOL(Beat, beat, degraded),
    U32(Beat, beat, delivery_last, 0, ANY),
    BYTES(Beat, beat, next_server_key, next_server_key, 0),
};
static const struct rcc_map beat_map = MAP(Beat, beat, beat_rows);

static const struct rcc_map_row page_rows[] = {
    U32(ViewRows, view_rows, next, 0, ANY),
    COUNTED(ViewRows, view_rows, lines, bytes, len, 0, RCC_VIEW_BYTES_MAX, true),
};
static const struct rcc_map page_map = MAP(ViewRows, view_rows, page_rows);

static const struct rcc_map_row entry_rows[] = {
    SUB(Entry, entry_bytes, link, Link, link, rcc_map_link),
    BORROWED(Entry, entry_bytes, payload, payload_len, 1, RCC_PAYLOAD_MAX),
};
static const struct rcc_map entry_map = MAP(Entry, entry, entry_rows);

/* ---- the bodies ---- */

#define SMALL RCC_MESSAGE_MAX, RCC_UNPACK_ARENA_MAX

const struct rcc_wire_body rcc_wire_bodies[RCC_BODY_LAST + 1] = {
    [RCC_BODY_HELLO] = {"hello", &hello_map, SMALL},
    [RCC_BODY_POSITION] = {"position", &report_map, SMALL},
    [RCC_BODY_POSITION_BATCH] = {"position_batch", &batch_map, SMALL},
    [RCC_BODY_STATIC_BATCH] = {"static_batch", &statics_map, SMALL},
    [RCC_BODY_ALERT] = {"alert", &rcc_map_alert, SMALL},
    [RCC_BODY_ALERT_RAW] = {"alert_raw", &alert_raw_map, SMALL},
    [RCC_BODY_STORED] = {"stored", &rcc_map_stored, SMALL},
    [RCC_BODY_READ] = {"read", &rcc_map_read, SMALL},
    [RCC_BODY_ANSWER] = {"answer", &rcc_map_answer, SMALL},
    [RCC_BODY_ENROL] = {"enrol", &rcc_map_enrol, SMALL},
    [RCC_BODY_REVOKE] = {"revoke", &rcc_map_revoke, SMALL},
    [RCC_BODY_INVITE] = {"invite", &rcc_map_invite, SMALL},
    [RCC_BODY_ADMIT] = {"admit", &rcc_map_admit, SMALL},
    [RCC_BODY_REKEY] = {"rekey", &rcc_map_rekey, SMALL},
    [RCC_BODY_RELAY] = {"relay", &rcc_map_relay, SMALL},
    [RCC_BODY_CANCEL] = {"cancel", &rcc_map_cancel, SMALL},
    [RCC_BODY_CLOSE] = {"close", &rcc_map_close, SMALL},
    [RCC_BODY_DECIDE] = {"decide", &rcc_map_decide, SMALL},
    [RCC_BODY_PLAN] = {"plan", &rcc_map_plan, SMALL},
    [RCC_BODY_DRILL] = {"drill", &rcc_map_drill, SMALL},
    [RCC_BODY_FEED_TALLY] = {"feed_tally", &tally_map, SMALL},
    [RCC_BODY_CENTRE] = {"centre", &rcc_map_centre, SMALL},
    [RCC_BODY_PACK] = {"pack", &pack_map, SMALL},
    [RCC_BODY_PLACE_REQUEST] = {"place_request", &rcc_map_place_request, SMALL},
    [RCC_BODY_OPEN] = {"open", &rcc_map_open, SMALL},
    [RCC_BODY_PHASE] = {"phase", &rcc_map_phase, SMALL},
    [RCC_BODY_SUSPEND] = {"suspend", &rcc_map_suspend, SMALL},
    [RCC_BODY_RESUME] = {"resume", &rcc_map_resume, SMALL},
    [RCC_BODY_CLASSIFY] = {"classify", &rcc_map_classify, SMALL},
    [RCC_BODY_JOIN] = {"join", &rcc_map_join, SMALL},
    [RCC_BODY_SPLIT] = {"split", &rcc_map_split, SMALL},
    [RCC_BODY_GROUP] = {"group", &rcc_map_group, SMALL},
    [RCC_BODY_UNSEAL] = {"unseal", &rcc_map_unseal, SMALL},
    [RCC_BODY_SURVIVORS] = {"survivors", &rcc_map_survivors, SMALL},
    [RCC_BODY_NEED] = {"need", &rcc_map_need, SMALL},
    [RCC_BODY_PROFILE] = {"profile", &rcc_map_profile, SMALL},
    [RCC_BODY_PLACE] = {"place", &rcc_map_place, SMALL},
    [RCC_BODY_TASK] = {"task", &rcc_map_task, SMALL},
    [RCC_BODY_PERSONS] = {"persons", &rcc_map_move_persons, SMALL},
    [RCC_BODY_REFERRAL] = {"referral", &rcc_map_referral, SMALL},
    [RCC_BODY_NOTE] = {"note", &rcc_map_note, SMALL},
    [RCC_BODY_SMC] = {"smc", &rcc_map_smc, SMALL},
    [RCC_BODY_WATCH] = {"watch", &rcc_map_watch, SMALL},
    [RCC_BODY_COMMS] = {"comms", &rcc_map_comms, SMALL},
    [RCC_BODY_SITREP] = {"sitrep", &rcc_map_sitrep, SMALL},
    [RCC_BODY_HANDOVER] = {"handover", &rcc_map_handover, SMALL},
    [RCC_BODY_DUTY] = {"duty", &rcc_map_duty_order, SMALL},
    [RCC_BODY_CIRCULAR] = {"circular", &rcc_map_circular, SMALL},
    [RCC_BODY_REQUEST] = {"request", &rcc_map_request_order, SMALL},
    [RCC_BODY_RETENTION] = {"retention", &rcc_map_retention, SMALL},
    [RCC_BODY_VIEW] = {"view", &view_map, SMALL},
    [RCC_BODY_CATCHUP] = {"catchup", &catchup_map, SMALL},
    [RCC_BODY_WELCOME] = {"welcome", &welcome_map, SMALL},
    [RCC_BODY_ACCEPTED] = {"accepted", &accepted_map, SMALL},
    [RCC_BODY_REFUSED] = {"refused", &refused_map, SMALL},
    [RCC_BODY_NOT_CONFIRMED] = {"not_confirmed", &not_confirmed_map, SMALL},
    [RCC_BODY_DELIVERY] = {"delivery", &delivery_map, SMALL},
    [RCC_BODY_CHECKPOINT] = {"checkpoint", &checkpoint_map, SMALL},
    [RCC_BODY_BEAT] = {"beat", &beat_map, SMALL},
    [RCC_BODY_VIEW_ROWS] = {"view_rows", &page_map, RCC_MESSAGE_OPERATIONS_MAX, RCC_UNPACK_ENTRY_ARENA_MAX},
    [RCC_BODY_ENTRY] = {"entry", &entry_map, RCC_PAYLOAD_MAX + ENVELOPE_ROOM, RCC_UNPACK_ENTRY_ARENA_MAX},
};

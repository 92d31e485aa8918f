/*
 * event.h - what therefore happened. Past tense; every value that was decided is in it.
 *
 * rcc_core_apply() writes state from events alone and recomputes nothing, so that a journal replayed by a later
 * version still tells what was decided then.
 */
#ifndef RCC_EVENT_H
#define RCC_EVENT_H

#include "rcc/command.h"
#include "rcc/ledger_event.h"
#include "rcc/work_event.h"

enum rcc_event_kind {
	RCC_EVENT_RUN_STARTED = 1,
	RCC_EVENT_PEER_ENROLLED = 2,
	RCC_EVENT_PEER_REVOKED = 3,
	RCC_EVENT_PEER_SILENT = 4,
	RCC_EVENT_PEER_HEARD = 5,
	RCC_EVENT_ALERT_RECORDED = 6,
	RCC_EVENT_ALERT_REPEATED = 7,
	RCC_EVENT_ALERT_DECIDED = 8,
	RCC_EVENT_QUARANTINE_ESCALATED = 9,
	RCC_EVENT_INCIDENT_OPENED = 10,
	RCC_EVENT_ALERT_JOINED = 11,
	RCC_EVENT_POSITION_REVISED = 12,
	RCC_EVENT_RELAY_SCHEDULED = 13,
	RCC_EVENT_RELAY_HELD = 14,
	RCC_EVENT_NO_POSITION_OVERDUE = 15,
	RCC_EVENT_BROADCAST_ISSUED = 16,
	RCC_EVENT_DELIVERIES_QUEUED = 17,
	RCC_EVENT_CALL_LISTED = 18,
	RCC_EVENT_DELIVERIES_SENT = 19,
	RCC_EVENT_DELIVERY_STORED = 20,
	RCC_EVENT_DELIVERY_READ = 21,
	RCC_EVENT_ANSWERED = 22,
	RCC_EVENT_DELIVERIES_FLAGGED = 23,
	RCC_EVENT_INCIDENT_CLOSED = 24,
	RCC_EVENT_INCIDENT_EVICTED = 25,
	RCC_EVENT_LEDGER_FULL = 26,
	RCC_EVENT_COMMAND_REFUSED = 27,
	RCC_EVENT_MESSAGE_CONFLICT = 28,
	RCC_EVENT_ALERT_EVICTED = 29,
	RCC_EVENT_PHASE_RAISED = 30,
	RCC_EVENT_FACTS_REVISED = 31,
	RCC_EVENT_SUGGESTED = 32,
	RCC_EVENT_ALERT_MOVED = 33,
	RCC_EVENT_INCIDENT_REVISED = 34,
	RCC_EVENT_PLACES_REVISED = 35,
	RCC_EVENT_PHASE_SET = 36,
	RCC_EVENT_INCIDENT_SUSPENDED = 37,
	RCC_EVENT_INCIDENT_RESUMED = 38,
	RCC_EVENT_REVIEW_DUE = 39,
	RCC_EVENT_INCIDENT_GROUPED = 40,
	RCC_EVENT_PLAN_FILED = 41,
	RCC_EVENT_PLAN_HEARD = 42,
	RCC_EVENT_PLAN_ENDED = 43,
	RCC_EVENT_PLAN_OVERDUE = 44,
	RCC_EVENT_DRILL_CHANGED = 45,
	RCC_EVENT_FLOOD_BEGAN = 46,
	RCC_EVENT_UNSEALED = 47,
	RCC_EVENT_TASKED = 48,
	RCC_EVENT_SURVIVORS_REPORTED = 49,
	RCC_EVENT_PERSONS_MOVED = 50,
	RCC_EVENT_NEED_CHANGED = 51,
	RCC_EVENT_PLACE_STEPPED = 52,
	RCC_EVENT_REFERRED = 53,
	RCC_EVENT_NOTED = 54,
	RCC_EVENT_SMC_SET = 55,
	RCC_EVENT_WATCH_HANDED = 56,
	RCC_EVENT_COMMS_SET = 57,
	RCC_EVENT_SITREP_ISSUED = 58,
	RCC_EVENT_HANDOVER_CHANGED = 59,
	RCC_EVENT_DUTY_CHANGED = 60,
	RCC_EVENT_INCIDENT_JOINED = 61,
	RCC_EVENT_JOIN_UNDONE = 62,
	RCC_EVENT_HOLD_ENDED = 63,
	RCC_EVENT_PROFILE_SET = 64,
	RCC_EVENT_PARITY_CHANGED = 65,
	RCC_EVENT_NOTICE_EXPIRED = 66,
	RCC_EVENT_REQUEST_CHANGED = 67,
	RCC_EVENT_RETENTION_CHANGED = 68,
	RCC_EVENT_PEER_INVITED = 69,
	RCC_EVENT_PEER_REKEYED = 70,
};
#define RCC_EVENT_LAST RCC_EVENT_PEER_REKEYED
#define RCC_EVENT_KINDS 70

/* With expires_at_ms 0: the invitation under that name is withdrawn. */
struct rcc_peer_invited {
	struct rcc_peer_id by; /* 0 = by the local socket */
	struct rcc_invite body;
};

struct rcc_peer_rekeyed {
	struct rcc_peer_id peer;
	struct rcc_key key; /* from now on */
};

struct rcc_peer_enrolled {
	struct rcc_peer_id peer;
	struct rcc_enrol enrol;
};
struct rcc_peer_revoked {
	struct rcc_peer_id peer;
	char reason[RCC_TEXT_MAX + 1];
};
struct rcc_peer_silence {
	struct rcc_peer_id peer;
	int64_t heard_at_ms;
};

struct rcc_alert_recorded {
	struct rcc_alert_id alert;
	enum rcc_lane lane;
	enum rcc_verdict verdict;
	struct rcc_peer_id sender; /* 0 = guest */
	struct rcc_key sender_key;
	uint32_t minute_count; /* the sender's new alerts in this minute, this one included; 0 = not counted */
	struct rcc_alert body;
};
struct rcc_alert_repeated {
	struct rcc_alert_id alert;
	uint32_t count; /* signals so far, the first included */
	struct rcc_peer_id sender;
	struct rcc_pos pos;
	int64_t pos_at_ms;
	uint32_t pos_radius_m;
	uint32_t marks; /* doubts about this position, RCC_ALERT_* */
};
struct rcc_alert_decided {
	struct rcc_alert_id alert;
	enum rcc_decision decision;
	struct rcc_peer_id by;
	char reason[RCC_TEXT_MAX + 1];
};
struct rcc_alert_ref {
	struct rcc_alert_id alert;
};

struct rcc_incident_opened {
	struct rcc_incident_id incident;
	uint32_t year, number; /* YYYY-NNNN, never reused */
	struct rcc_alert_id alert;
	enum rcc_class class;
	enum rcc_phase phase;
	struct rcc_mmsi casualty;
	char name[RCC_NAME_MAX + 1];
	enum rcc_source source;
	enum rcc_nature nature;
	uint32_t persons;
	struct rcc_pos pos;
	int64_t pos_at_ms;
	uint32_t pos_radius_m;
	uint32_t restricted; /* 1: ship security, for officers alone */
};
/* Why an alert joined an incident, or may belong to one; the key that matched. */
enum rcc_join {
	RCC_JOIN_MMSI = 1,
	RCC_JOIN_OPENED = 2,
	RCC_JOIN_OVERFLOW = 3,
	RCC_JOIN_BEACON = 4,    /* the same 406 MHz beacon */
	RCC_JOIN_EPIRB_AIS = 5, /* the EPIRB's 406 MHz message tells the number of its AIS half */
	RCC_JOIN_OFFICER = 6,   /* an officer said so */
	RCC_JOIN_CALLSIGN = 7,  /* from here on suggestions only */
	RCC_JOIN_NAME = 8,
	RCC_JOIN_NEAR = 9,     /* near in space and time */
	RCC_JOIN_CONTACT = 10, /* the same caller's number */
	RCC_JOIN_LEFT_ON = 11, /* the beacon of a case that is over: it may have been left on */
};
#define RCC_JOIN_LAST RCC_JOIN_LEFT_ON
struct rcc_alert_joined {
	struct rcc_alert_id alert;
	struct rcc_incident_id incident;
	enum rcc_join why;
};
struct rcc_position_revised {
	struct rcc_incident_id incident;
	struct rcc_alert_id alert;
	struct rcc_pos pos;
	int64_t pos_at_ms;
	uint32_t pos_radius_m;
};
struct rcc_relay_scheduled {
	struct rcc_incident_id incident;
	int64_t due_at_ms; /* 0 = never by itself: an officer decides */
};
struct rcc_relay_held {
	struct rcc_incident_id incident;
	struct rcc_peer_id by;
	char reason[RCC_TEXT_MAX + 1];
};
/* A stronger signal, or an officer, raised the phase; it is never lowered by a signal. */
struct rcc_phase_raised {
	struct rcc_incident_id incident;
	struct rcc_alert_id alert; /* 0 = an officer's decision */
	enum rcc_phase phase;
	enum rcc_source source; /* the source that now decides when it is relayed */
};
/* A further alert told what was not known before: who, what, how many. */
struct rcc_facts_revised {
	struct rcc_incident_id incident;
	struct rcc_alert_id alert; /* 0 = more persons were counted than the case knew of */
	enum rcc_nature nature;
	uint32_t persons;
	char name[RCC_NAME_MAX + 1];
	struct rcc_mmsi casualty;
};
struct rcc_incident_ref {
	struct rcc_incident_id incident;
};
/* An alert may belong to an incident: for a person to decide, with the reason and how sure it is. */
struct rcc_suggested {
	struct rcc_alert_id alert;
	struct rcc_incident_id incident;
	enum rcc_join why;
	uint32_t score; /* 1..100 */
};
/* An officer joined or split; nothing of the alert itself changes. */
struct rcc_alert_moved {
	struct rcc_alert_id alert;
	struct rcc_incident_id from; /* 0 = it stood in no incident */
	struct rcc_incident_id to;   /* 0 = out of the incident, back to the lane where it waited before */
	enum rcc_lane lane;          /* that lane; 0 = it stands in an incident */
	struct rcc_peer_id by;
	char reason[RCC_TEXT_MAX + 1];
};
/* What the case is about, as it stands after an officer's word or after alerts came or went. */
struct rcc_incident_revised {
	struct rcc_incident_id incident;
	struct rcc_peer_id by; /* 0 = the local socket, or the machine */
	struct rcc_mmsi casualty;
	enum rcc_nature nature;
	uint32_t persons;
	char name[RCC_NAME_MAX + 1];
	struct rcc_pos pos;
	int64_t pos_at_ms;
	uint32_t pos_radius_m;
	struct rcc_alert_id pos_alert; /* the alert that told the position; 0 = an officer, or none */
	uint32_t verified;
	uint32_t
	    stated; /* what officers have stated so far: sum of 1 casualty, 2 nature, 4 persons, 8 name, 16 position */
	uint32_t stating; /* what an officer states with this very order: the same, and 32 verified; 0 = counted anew */
	char reason[RCC_TEXT_MAX + 1];
};
/* The places where it may be, never averaged; none = the position is the one known. */
struct rcc_places_revised {
	struct rcc_incident_id incident;
	struct rcc_alert_id alert; /* the alert that told the latest of them */
	uint32_t is_conflict;      /* 1: sources contradict each other; 0: one source gives several */
	uint32_t candidate_count;
	struct rcc_candidate candidate[RCC_CANDIDATES_MAX];
};
struct rcc_phase_set {
	struct rcc_incident_id incident;
	enum rcc_phase phase;
	struct rcc_peer_id by;
	char reason[RCC_TEXT_MAX + 1];
};
struct rcc_incident_suspended {
	struct rcc_incident_id incident;
	struct rcc_peer_id by;
	int64_t review_at_ms;
	char reason[RCC_TEXT_MAX + 1];
};
/* Open again, after suspension or after it was closed. */
struct rcc_incident_resumed {
	struct rcc_incident_id incident;
	struct rcc_peer_id by;
	struct rcc_alert_id alert; /* new information that reopened it; 0 = an officer's decision */
	char reason[RCC_TEXT_MAX + 1];
};
struct rcc_incident_grouped {
	struct rcc_incident_id incident;
	struct rcc_incident_id parent; /* 0 = it stands alone */
	struct rcc_peer_id by;
	char reason[RCC_TEXT_MAX + 1];
};
/* All alerts of a case have gone to another: the two are one from now on, and the other speaks for both. */
struct rcc_incident_joined {
	struct rcc_incident_id incident;
	struct rcc_incident_id into;
	struct rcc_peer_id by;
};
/* The alerts of a case that was joined have come back from `incident`, which becomes what it was, unless others acted on it. */
struct rcc_join_undone {
	struct rcc_incident_id incident;
	struct rcc_incident_id other; /* the case that has come back */
	struct rcc_peer_id by;
	uint32_t restored; /* 0 = it was acted on since, and stays as it is */
	enum rcc_phase phase;
	enum rcc_source source;
	int64_t review_at_ms; /* suspended again until then; 0 = it is not */
	uint32_t review_due;
	int64_t relay_due_at_ms; /* 0 = no clock runs */
	uint32_t held;
	uint32_t verified;
	char reason[RCC_TEXT_MAX + 1];
};
/* An officer's hold is over, since ships hold a call of the same casualty. */
struct rcc_hold_ended {
	struct rcc_incident_id incident;
	struct rcc_peer_id by;
	char reason[RCC_TEXT_MAX + 1];
};
struct rcc_plan_filed {
	struct rcc_plan_id plan;
	struct rcc_peer_id by;
	int64_t due_at_ms; /* next report or arrival */
	struct rcc_plan body;
};
struct rcc_plan_heard {
	struct rcc_plan_id plan;
	struct rcc_peer_id by; /* 0 = the picture: its position was heard */
	struct rcc_pos pos;    /* may be unknown */
	int64_t heard_at_ms;
	int64_t due_at_ms;
};
struct rcc_plan_ended {
	struct rcc_plan_id plan;
	struct rcc_peer_id by;
	enum rcc_plan_action how; /* ARRIVED, CANCEL, or FILE: a new plan took its place */
};
struct rcc_plan_ref {
	struct rcc_plan_id plan;
};
struct rcc_drill_changed {
	struct rcc_peer_id peer;
	int64_t until_at_ms; /* 0 = it takes part no longer */
};
/* One key sends more alerts in a minute than people can read: those above the limit are grouped. */
struct rcc_flood_began {
	struct rcc_peer_id peer; /* 0 = guests */
	uint32_t per_min;        /* the limit that was passed */
};

/* Somebody was given a caller's particulars, or what a restricted note says; recorded before they are told. */
struct rcc_unsealed {
	struct rcc_alert_id alert;       /* 0 = a note */
	uint32_t note;                   /* 0 = an alert */
	struct rcc_incident_id incident; /* of the note */
	struct rcc_peer_id by;
	char reason[RCC_TEXT_MAX + 1];
};

struct rcc_incident_closed {
	struct rcc_incident_id incident;
	enum rcc_outcome outcome;
	struct rcc_peer_id by;
	char reason[RCC_TEXT_MAX + 1];
};
struct rcc_command_refused {
	enum rcc_refusal reason;
	char field[RCC_FIELD_MAX + 1];
};
struct rcc_message_conflict {
	struct rcc_peer_id peer;
	struct rcc_msg_id msg_id;
	uint64_t first_seq; /* entry of the first message with this id */
};

struct rcc_event {
	enum rcc_event_kind kind;
	union {
		struct rcc_run run;
		struct rcc_peer_enrolled enrolled;
		struct rcc_peer_revoked revoked;
		struct rcc_peer_silence silence; /* PEER_SILENT, PEER_HEARD */
		struct rcc_alert_recorded alert;
		struct rcc_alert_repeated repeated;
		struct rcc_alert_decided decided;
		struct rcc_alert_ref alert_ref; /* QUARANTINE_ESCALATED, ALERT_EVICTED */
		struct rcc_incident_opened opened;
		struct rcc_alert_joined joined;
		struct rcc_position_revised revised;
		struct rcc_relay_scheduled scheduled;
		struct rcc_relay_held held;
		struct rcc_incident_ref
		    incident_ref; /* NO_POSITION_OVERDUE, REVIEW_DUE, NOTICE_EXPIRED, INCIDENT_EVICTED */
		struct rcc_broadcast_issued broadcast;
		struct rcc_deliveries_queued queued;
		struct rcc_call_listed call_list;
		struct rcc_sent sent;
		struct rcc_delivery_stored stored;
		struct rcc_delivery_read read;
		struct rcc_answered answered;
		struct rcc_deliveries_flagged flagged;
		struct rcc_incident_closed closed;
		struct rcc_ledger_full ledger_full;
		struct rcc_command_refused refused;
		struct rcc_message_conflict conflict;
		struct rcc_phase_raised raised;
		struct rcc_facts_revised facts;
		struct rcc_suggested suggested;
		struct rcc_alert_moved moved;
		struct rcc_incident_revised incident;
		struct rcc_places_revised places;
		struct rcc_phase_set phase;
		struct rcc_incident_suspended suspended;
		struct rcc_incident_resumed resumed;
		struct rcc_incident_grouped grouped;
		struct rcc_plan_filed plan_filed;
		struct rcc_plan_heard plan_heard;
		struct rcc_plan_ended plan_ended;
		struct rcc_plan_ref plan_ref; /* PLAN_OVERDUE */
		struct rcc_drill_changed drill;
		struct rcc_flood_began flood;
		struct rcc_unsealed unsealed;
		struct rcc_tasked tasked;
		struct rcc_survivors_reported survivors_reported;
		struct rcc_persons_moved persons_moved;
		struct rcc_need_changed need_changed;
		struct rcc_place_stepped place_stepped;
		struct rcc_referred referred;
		struct rcc_noted noted;
		struct rcc_smc_set smc_set;
		struct rcc_watch_handed watch_handed;
		struct rcc_comms_set comms_set;
		struct rcc_sitrep_issued sitrep_issued;
		struct rcc_handover_changed handover_changed;
		struct rcc_request_changed request_changed;
		struct rcc_retention_changed retention_changed;
		struct rcc_peer_invited invited;
		struct rcc_peer_rekeyed rekeyed;
		struct rcc_duty_changed duty_changed;
		struct rcc_incident_joined incident_joined;
		struct rcc_join_undone undone;
		struct rcc_hold_ended hold_ended;
		struct rcc_profile_set profile_set;
		struct rcc_parity parity;
	} u;
};

/* For a switch, as RCC_WORK_EVENTS. */
/* clang-format off */
#define RCC_PEER_EVENTS \
	RCC_EVENT_PEER_ENROLLED: \
	case RCC_EVENT_PEER_REVOKED: \
	case RCC_EVENT_PEER_INVITED: \
	case RCC_EVENT_PEER_REKEYED: \
	case RCC_EVENT_PEER_SILENT: \
	case RCC_EVENT_PEER_HEARD
#define RCC_JOIN_EVENTS \
	RCC_EVENT_INCIDENT_JOINED: \
	case RCC_EVENT_JOIN_UNDONE: \
	case RCC_EVENT_HOLD_ENDED
#define RCC_PLAN_EVENTS \
	RCC_EVENT_PLAN_FILED: \
	case RCC_EVENT_PLAN_HEARD: \
	case RCC_EVENT_PLAN_ENDED: \
	case RCC_EVENT_PLAN_OVERDUE
/* clang-format on */

#endif

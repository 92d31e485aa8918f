/*
 * event.h - what therefore happened. Past tense; every value that was decided is in it.
 *
 * rcc_core_apply() writes state from events alone and recomputes nothing, so that a journal replayed by a later
 * version still tells what was decided then.
 */
#ifndef RCC_EVENT_H
#define RCC_EVENT_H

#include "rcc/command.h"

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
};
#define RCC_EVENT_LAST RCC_EVENT_FACTS_REVISED
#define RCC_EVENT_KINDS 31

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
	struct rcc_alert body;
};
struct rcc_alert_repeated {
	struct rcc_alert_id alert;
	uint32_t count; /* signals so far, the first included */
	struct rcc_peer_id sender;
	struct rcc_pos pos;
	int64_t pos_at_ms;
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
};
/* Why an alert joined an incident; the key that matched. */
enum rcc_join { RCC_JOIN_MMSI = 1, RCC_JOIN_OPENED = 2, RCC_JOIN_OVERFLOW = 3 };
#define RCC_JOIN_LAST RCC_JOIN_OVERFLOW
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
	struct rcc_alert_id alert;
	enum rcc_nature nature;
	uint32_t persons;
	char name[RCC_NAME_MAX + 1];
};
struct rcc_incident_ref {
	struct rcc_incident_id incident;
};

struct rcc_broadcast_issued {
	struct rcc_broadcast_id broadcast;
	struct rcc_incident_id incident;
	enum rcc_broadcast_kind kind;
	uint32_t revision;     /* per incident, from 1 */
	struct rcc_peer_id by; /* 0 = by the machine: silence means go */
	uint32_t verified;
	struct rcc_pos pos;
	int64_t pos_at_ms;
	uint32_t pos_radius_m;
	char text[RCC_TEXT_MAX + 1];
};
struct rcc_delivery_row {
	struct rcc_peer_id peer;
	uint32_t number;
	uint32_t range_m;
	uint32_t bearing_ddeg; /* from the ship to the casualty, true */
	uint32_t eta_min;
	uint32_t called_on;
};
struct rcc_deliveries_queued {
	struct rcc_broadcast_id broadcast;
	uint32_t count; /* 1..RCC_DELIVERY_ROWS_MAX */
	struct rcc_delivery_row row[RCC_DELIVERY_ROWS_MAX];
};
struct rcc_call_row {
	struct rcc_mmsi mmsi;
	struct rcc_pos pos;
	uint32_t range_m;
	uint32_t bearing_ddeg;
	uint32_t eta_min;
};
/* Ships near the scene that are not registered: to be called one by one by DSC. Nearest first. */
struct rcc_call_listed {
	struct rcc_broadcast_id broadcast;
	uint32_t count; /* 1..RCC_CALL_ROWS_MAX */
	struct rcc_call_row row[RCC_CALL_ROWS_MAX];
};
struct rcc_delivery_stored {
	struct rcc_peer_id peer;
	uint32_t number;
	int64_t claimed_at_ms;
};
struct rcc_delivery_read {
	struct rcc_peer_id peer;
	uint32_t number;
	int64_t claimed_at_ms;
	char by[RCC_NAME_MAX + 1];
};
struct rcc_answered {
	struct rcc_peer_id peer;
	struct rcc_answer answer;
};
enum rcc_flag { RCC_FLAG_NOT_STORED = 1, RCC_FLAG_USE_OTHER_CHANNEL = 2 };
#define RCC_FLAG_LAST RCC_FLAG_USE_OTHER_CHANNEL
struct rcc_deliveries_flagged {
	struct rcc_broadcast_id broadcast;
	enum rcc_flag flag;
	uint32_t count; /* 1..RCC_SENT_ROWS_MAX */
	struct rcc_delivery_ref row[RCC_SENT_ROWS_MAX];
};
struct rcc_incident_closed {
	struct rcc_incident_id incident;
	enum rcc_outcome outcome;
	struct rcc_peer_id by;
	char reason[RCC_TEXT_MAX + 1];
};
struct rcc_ledger_full {
	struct rcc_broadcast_id broadcast;
	uint32_t missing; /* ships that got no ledger line: call them another way */
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
		struct rcc_incident_ref incident_ref; /* NO_POSITION_OVERDUE, INCIDENT_EVICTED */
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
	} u;
};

#endif

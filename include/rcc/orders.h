/*
 * orders.h - what officers and administrators decide, and what ships tell of their voyages and drills: bodies of messages.
 *
 * Part of message.h, which includes it where its alerts are known; include that.
 */
#ifndef RCC_ORDERS_H
#define RCC_ORDERS_H

#include "rcc/types.h"

enum rcc_plan_action {
	RCC_PLAN_FILE = 1,    /* a new plan; the one before it of the same vessel ends */
	RCC_PLAN_REPORT = 2,  /* all is well; the clock starts anew */
	RCC_PLAN_ARRIVED = 3, /* the voyage is over */
	RCC_PLAN_CANCEL = 4,
};
#define RCC_PLAN_ACTION_LAST RCC_PLAN_CANCEL
/* A vessel's sailing plan, and reports on it (SAR Convention annex 5; IAMSAR ship reporting). */
struct rcc_plan {
	enum rcc_plan_action action;
	struct rcc_mmsi mmsi;        /* a ship's own; 0 = the vessel has none, then it has a name */
	char name[RCC_NAME_MAX + 1]; /* identifies a vessel without MMSI */
	uint32_t persons;            /* 0 = not stated */
	struct rcc_pos pos;          /* where it is now; may be unknown */
	int64_t eta_at_ms;           /* expected arrival; 0 = not stated */
	uint32_t interval_min;       /* a report is promised this often; 0 = none before arrival */
	char text[RCC_TEXT_MAX + 1]; /* from, to, description */
};

/* A ship takes part in exercises from now on, or no longer: nobody else hears of one. */
struct rcc_drill {
	uint32_t is_joining;
};

/* ---- from officers and administrators ---- */

/* A report by telephone, radio or e-mail, typed by an officer; or another centre's. */
struct rcc_open {
	struct rcc_alert alert;          /* source OFFICER or RCC */
	struct rcc_incident_id incident; /* a further call in a case; 0 = the machine looks for one */
	char contact[RCC_CONTACT_MAX +
	             1]; /* who called and how to call back: sealed by the daemon, empty in the record */
	/* Why ships may hear of it, though its ship called in secret before; empty = they do not. */
	char public_reason[RCC_TEXT_MAX + 1];
};

/* An officer sets the phase; lowering it takes a reason (SAR Convention annex 4.4). */
struct rcc_set_phase {
	struct rcc_incident_id incident;
	enum rcc_phase phase;
	char reason[RCC_TEXT_MAX + 1]; /* required */
};

struct rcc_suspend {
	struct rcc_incident_id incident;
	int64_t review_at_ms;          /* when an officer must look at it again; to come */
	char reason[RCC_TEXT_MAX + 1]; /* required; goes to the ships */
};

/* Resumes a suspended case, or opens a closed one again. */
struct rcc_resume {
	struct rcc_incident_id incident;
	char reason[RCC_TEXT_MAX + 1]; /* required */
	uint32_t persons;              /* stated before ships are told; 0 = as it was */
};

/* What an officer knows better; what is not stated stays. A position settles which of several is right. */
struct rcc_classify {
	struct rcc_incident_id incident;
	enum rcc_nature nature; /* 0 = as it is */
	uint32_t persons;       /* 0 = as it is */
	struct rcc_pos pos;     /* unknown = as it is */
	struct rcc_mmsi casualty;
	char name[RCC_NAME_MAX + 1];
	uint32_t verified; /* 1: an officer vouches for it from now on */
	char reason[RCC_TEXT_MAX + 1];
};

/* An alert, or every alert of another incident, belongs to this incident. */
struct rcc_join_order {
	struct rcc_alert_id alert;   /* one of the two */
	struct rcc_incident_id from; /* one of the two */
	struct rcc_incident_id incident;
	char reason[RCC_TEXT_MAX + 1]; /* required */
};

/* An alert does not belong to its incident: it goes back to the one it opened, or opens one. */
struct rcc_split {
	struct rcc_alert_id alert;
	char reason[RCC_TEXT_MAX + 1]; /* required */
};

/* Makes an incident part of a mass rescue, or takes it out of one. */
struct rcc_group {
	struct rcc_incident_id incident;
	struct rcc_incident_id parent; /* 0 = it stands alone again */
	char reason[RCC_TEXT_MAX + 1]; /* required */
};

/* An officer tells every ship something that is of no case. */
struct rcc_circular {
	enum rcc_broadcast_kind kind; /* BULLETIN or CONDUCT_CARD */
	char text[RCC_TEXT_MAX + 1];  /* required */
	int64_t expires_at_ms;        /* BULLETIN: 0 = it does not expire */
};

struct rcc_enrol {
	char name[RCC_NAME_MAX + 1]; /* unique among active keys */
	enum rcc_role role;          /* not GUEST */
	struct rcc_mmsi mmsi;        /* required for a vessel, unique among active vessels */
	enum rcc_owner_kind owner;
	struct rcc_key key;
	char endpoint[RCC_ENDPOINT_MAX +
	              1]; /* PEER: the other centre's operations port, tcp://HOST:PORT; "" = it only calls us */
	uint32_t share;   /* PEER: enum rcc_share */
};

/* A one-time code, and what the record has of it instead: BLAKE2b over code and MMSI (proto/chain.h). */
struct rcc_invite_code {
	uint8_t b[RCC_INVITE_CODE_SIZE];
};
struct rcc_invite_tag {
	uint8_t b[RCC_INVITE_CODE_SIZE];
};

/* Whoever brings the code is enrolled under this name, with the key that it comes with. */
struct rcc_invite {
	char name[RCC_NAME_MAX + 1]; /* an invitation under the same name before is void */
	enum rcc_role role;          /* VESSEL or FEED */
	struct rcc_mmsi mmsi;        /* required for a vessel */
	enum rcc_owner_kind owner;
	struct rcc_invite_tag tag;
	int64_t expires_at_ms; /* at most RCC_INVITATION_MAX_MS ahead; 0 = it is withdrawn */
};

/* A guest brings its code; the daemon adds the tag, by which the rules know the invitation. */
struct rcc_admission {
	struct rcc_invite_code code;
	struct rcc_mmsi mmsi;      /* of the line; 0 = a feed's. The tag is of both */
	struct rcc_invite_tag tag; /* the daemon's alone: what a message says here is not read */
};

/* Another key instead of the one that this comes with, which is worth nothing afterwards. */
struct rcc_rekey {
	struct rcc_key key;
};

struct rcc_revoke {
	char name[RCC_NAME_MAX + 1];
	char reason[RCC_TEXT_MAX + 1];
};

enum rcc_relay_action {
	RCC_RELAY_RELEASE = 1,
	RCC_RELAY_HOLD = 2,
	RCC_RELAY_NOTICE = 3, /* below distress: a notice of a missing craft, which calls on nobody; again = renewed */
};
#define RCC_RELAY_LAST RCC_RELAY_NOTICE
/* An officer releases a relay before its time, holds it with a reason, or asks the ships for a look-out. */
struct rcc_relay {
	struct rcc_incident_id incident;
	enum rcc_relay_action action;
	char reason[RCC_TEXT_MAX + 1]; /* required to hold; NOTICE: required, goes to the ships */
	int64_t expires_at_ms;         /* NOTICE: until when it stands; 0 = as long as the rules say */
};

/* Tells every recipient that help is no longer needed (SAR Convention annex 4.8.3, SOLAS V/33.4). */
struct rcc_cancel {
	struct rcc_incident_id incident;
	char reason[RCC_TEXT_MAX + 1]; /* required; goes to the ships */
	uint32_t is_theirs_over;       /* 1: of a case that another centre has: it says that it is over */
};

struct rcc_close {
	struct rcc_incident_id incident;
	enum rcc_outcome outcome;
	char reason[RCC_TEXT_MAX + 1]; /* required */
};

/* Reads a caller's sealed particulars. Who did, and why, stands in the record. */
struct rcc_unseal {
	struct rcc_alert_id alert;     /* one of the two */
	uint32_t note;                 /* one of the two */
	char reason[RCC_TEXT_MAX + 1]; /* required */
};

enum rcc_decision { RCC_DECISION_ACCEPT = 1, RCC_DECISION_DISMISS = 2 };
#define RCC_DECISION_LAST RCC_DECISION_DISMISS
/* A person decides on a quarantined or unread alert. */
struct rcc_decide {
	struct rcc_alert_id alert;
	enum rcc_decision decision;
	char reason[RCC_TEXT_MAX + 1]; /* required */
};

#endif

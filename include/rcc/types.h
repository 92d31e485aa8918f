/*
 * types.h - the vocabulary: ids, positions, times and the enums of the domain.
 *
 * Plain values: no pointers, no I/O. Enums start at 1 so that an unset one shows; 0 is never valid unless the
 * comment says "0 = unknown". Instants are int64 milliseconds since 1970-01-01 UTC (`*_at_ms`), 0 = unknown.
 */
#ifndef RCC_TYPES_H
#define RCC_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rcc/limits.h"
#include "rcc/status.h"

/* Maritime Mobile Service Identity, nine digits (ITU-R M.585); leading zeros are restored in text. 0 = unknown. */
struct rcc_mmsi {
	uint32_t v;
};
#define RCC_MMSI_MAX 999999999u

/* An enrolled key. Counts from 1, never reused; 0 = nobody enrolled (a guest, or the daemon itself). */
struct rcc_peer_id {
	uint32_t v;
};
/* Counters of the core, from 1, never reused; 0 = none. */
struct rcc_alert_id {
	uint32_t v;
};
struct rcc_incident_id {
	uint32_t v;
};
struct rcc_broadcast_id {
	uint32_t v;
};
struct rcc_plan_id {
	uint32_t v;
};

/* Made by the sender before the first send (UUIDv7, RFC 9562): the idempotency key of a message. */
#define RCC_MSG_ID_SIZE 16
struct rcc_msg_id {
	uint8_t b[RCC_MSG_ID_SIZE];
};

/* A CURVE or Ed25519 public key. */
#define RCC_KEY_SIZE 32
struct rcc_key {
	uint8_t b[RCC_KEY_SIZE];
};

/* BLAKE2b-256 of an entry, chained (proto/chain.h). */
#define RCC_HASH_SIZE 32
struct rcc_hash {
	uint8_t b[RCC_HASH_SIZE];
};

/* Where the chain of entries stands: the last entry's number, time and hash. seq 0 = empty journal. */
struct rcc_link {
	uint64_t seq;
	int64_t at_ms;
	struct rcc_hash hash;
};

/* WGS 84, 1e-7 degree; integers, so that NaN cannot enter and equality is exact. */
struct rcc_pos {
	int32_t lat_e7; /* -900000000..900000000, or RCC_POS_UNKNOWN_E7 */
	int32_t lon_e7; /* -1800000000..1800000000 */
};
#define RCC_POS_UNKNOWN_E7 INT32_MAX
#define RCC_LAT_E7_MAX 900000000
#define RCC_LON_E7_MAX 1800000000
#define RCC_POS_NONE ((struct rcc_pos){.lat_e7 = RCC_POS_UNKNOWN_E7, .lon_e7 = RCC_POS_UNKNOWN_E7})

static inline bool
rcc_pos_is_known(struct rcc_pos pos)
{
	return pos.lat_e7 != RCC_POS_UNKNOWN_E7;
}

/* "Not available" marks of motion values (ITU-R M.1371-5 table 46). */
#define RCC_SOG_UNKNOWN_DKN 1023u  /* speed over ground, 0.1 kn; 1022 = 102.2 kn or more */
#define RCC_COG_UNKNOWN_DDEG 3600u /* course over ground, 0.1 degree */
#define RCC_HEADING_UNKNOWN_DEG 511u
#define RCC_NAV_STATUS_UNKNOWN 15u
#define RCC_NAV_STATUS_SART 14u
#define RCC_BEARING_UNKNOWN_DDEG 3600u
#define RCC_RANGE_UNKNOWN_M UINT32_MAX
/* A ship's own number begins with a maritime identification digit of 2 to 7; a beacon's does not (ITU-R M.585). */
static inline bool
rcc_mmsi_is_ship(struct rcc_mmsi mmsi)
{
	return mmsi.v >= 200000000 && mmsi.v <= 799999999;
}

#define RCC_ETA_UNKNOWN_MIN UINT32_MAX

/* What a message may cause. Test and exercise never become live (design: a test beacon wakes no ship). */
enum rcc_class { RCC_CLASS_LIVE = 1, RCC_CLASS_TEST = 2, RCC_CLASS_EXERCISE = 3 };
#define RCC_CLASS_LAST RCC_CLASS_EXERCISE

/* What an enrolled key may do; the table is daemon/core/roles.c. */
enum rcc_role {
	RCC_ROLE_GUEST = 1, /* unknown or revoked key: a distress, nothing else */
	RCC_ROLE_VESSEL = 2,
	RCC_ROLE_FEED = 3,
	RCC_ROLE_OFFICER = 4,
	RCC_ROLE_AUDITOR = 5,
	RCC_ROLE_ADMIN = 6, /* also everybody on the local socket */
	RCC_ROLE_PEER = 7,  /* another rescue coordination centre: its alerts, and the cases that it hands over */
	RCC_ROLE_AGENCY =
	    8, /* health, child protection, asylum, shelter: what it is to prepare for, and nothing else */
};
#define RCC_ROLE_LAST RCC_ROLE_AGENCY

/* For parity statistics only, never an input of delivery, order or duty (SOLAS V/33.1; s003 par. 39). 0 = not stated. */
enum rcc_owner_kind {
	RCC_OWNER_NOT_STATED = 0,
	RCC_OWNER_MERCHANT = 1,
	RCC_OWNER_NGO = 2,
	RCC_OWNER_FISHING = 3,
	RCC_OWNER_STATE = 4,
	RCC_OWNER_PLEASURE = 5,
};
#define RCC_OWNER_LAST RCC_OWNER_PLEASURE

/* How the centre learned of it. */
enum rcc_source {
	RCC_SOURCE_CREW = 1,       /* a crew's distress button (rcc-crew) */
	RCC_SOURCE_AIS_BEACON = 2, /* AIS-SART, MOB-AIS, EPIRB-AIS: MMSI 970, 972, 974 */
	RCC_SOURCE_AIS_STATUS = 3, /* navigational status 14 on an ordinary ship's MMSI: often false */
	RCC_SOURCE_AIS_TEXT = 4,   /* AIS safety-related text, messages 12 and 14 */
	RCC_SOURCE_DSC = 5,        /* digital selective calling, ITU-R M.493 */
	RCC_SOURCE_SIT185 = 6,     /* Cospas-Sarsat plain-language alert */
	RCC_SOURCE_BEACON406 = 7,  /* Cospas-Sarsat 406 MHz message in hexadecimal */
	RCC_SOURCE_OFFICER = 8,    /* telephone, radio or e-mail, typed by an officer */
	RCC_SOURCE_OVERDUE = 9,
	RCC_SOURCE_RCC = 10, /* another rescue coordination centre */
};
#define RCC_SOURCE_LAST RCC_SOURCE_RCC

/* Nature of distress, the DSC codes of ITU-R M.493 without the leading 1. 0 = not stated. */
enum rcc_nature {
	RCC_NATURE_NOT_STATED = 0,
	RCC_NATURE_FIRE = 1, /* DSC 100 */
	RCC_NATURE_FLOODING = 2,
	RCC_NATURE_COLLISION = 3,
	RCC_NATURE_GROUNDING = 4,
	RCC_NATURE_CAPSIZING = 5,
	RCC_NATURE_SINKING = 6,
	RCC_NATURE_ADRIFT = 7,
	RCC_NATURE_UNDESIGNATED = 8,
	RCC_NATURE_ABANDONING = 9,
	RCC_NATURE_PIRACY = 10,
	RCC_NATURE_MOB = 11,
	RCC_NATURE_BEACON = 12, /* a beacon sounds and nothing more is known (DSC 112) */
};
#define RCC_NATURE_LAST RCC_NATURE_BEACON

/* What a call says of its own weight (ITU-R M.493 category: 112, 110, 108, 100). 0 = not stated. */
enum rcc_category {
	RCC_CATEGORY_NOT_STATED = 0,
	RCC_CATEGORY_ROUTINE = 1,
	RCC_CATEGORY_SAFETY = 2,
	RCC_CATEGORY_URGENCY = 3,
	RCC_CATEGORY_DISTRESS = 4,
};
#define RCC_CATEGORY_LAST RCC_CATEGORY_DISTRESS

/* What a 406 MHz beacon is carried by: a ship, an aircraft, a person. 0 = not stated. */
enum rcc_beacon_kind {
	RCC_BEACON_NOT_STATED = 0,
	RCC_BEACON_EPIRB = 1,
	RCC_BEACON_ELT = 2,
	RCC_BEACON_PLB = 3,
};
#define RCC_BEACON_LAST RCC_BEACON_PLB

/* Where an alert went when it was recorded. */
enum rcc_lane {
	RCC_LANE_INCIDENT = 1,      /* it opened or joined an incident */
	RCC_LANE_QUARANTINE = 2,    /* a person must accept it before any ship hears of it */
	RCC_LANE_NEEDS_READING = 3, /* may be distress, cannot be decoded */
	RCC_LANE_TEST = 4,          /* a test signal: kept and counted, raises nothing */
	RCC_LANE_DISMISSED = 5,     /* a person refused it out of quarantine, with a reason */
};
#define RCC_LANE_LAST RCC_LANE_DISMISSED

/* What is known of the sender of an alert; all but MATCH go to quarantine. */
enum rcc_verdict {
	RCC_VERDICT_MATCH = 1,
	RCC_VERDICT_UNENROLLED = 2,
	RCC_VERDICT_REVOKED = 3,
	RCC_VERDICT_ID_MISMATCH = 4, /* a ship names another ship's MMSI as the casualty */
	RCC_VERDICT_FLOOD = 5,       /* one of so many in a minute from one key that they are grouped for a person */
};
#define RCC_VERDICT_LAST RCC_VERDICT_FLOOD

/* Emergency phases of the SAR Convention, annex 4.4. */
enum rcc_phase { RCC_PHASE_UNCERTAINTY = 1, RCC_PHASE_ALERT = 2, RCC_PHASE_DISTRESS = 3 };
#define RCC_PHASE_LAST RCC_PHASE_DISTRESS

enum rcc_incident_status {
	RCC_INCIDENT_NEW = 1,  /* no officer has looked at it */
	RCC_INCIDENT_OPEN = 2, /* an officer has acted on it */
	RCC_INCIDENT_CLOSED = 3,
	RCC_INCIDENT_SUSPENDED = 4,   /* until new developments (SAR Convention annex 4.8.4); has a review date */
	RCC_INCIDENT_TRANSFERRED = 5, /* another centre has it, and both have stored that */
};
#define RCC_INCIDENT_STATUS_LAST RCC_INCIDENT_TRANSFERRED

/* Why an incident was closed. */
enum rcc_outcome {
	RCC_OUTCOME_RESCUED = 1,
	RCC_OUTCOME_FALSE_ALERT = 2,
	RCC_OUTCOME_NO_DISTRESS = 3, /* information that help is not needed */
	RCC_OUTCOME_NOT_FOUND = 4,
	RCC_OUTCOME_JOINED = 5, /* it was the same case as another, which has its alerts now */
};
#define RCC_OUTCOME_LAST RCC_OUTCOME_JOINED

enum rcc_broadcast_kind {
	RCC_BROADCAST_DISTRESS_RELAY = 1, /* binds masters: SOLAS V/33.1 */
	RCC_BROADCAST_UPDATE = 2,
	RCC_BROADCAST_CANCEL = 3,
	RCC_BROADCAST_SUSPENDED = 4,      /* the search has stopped until new developments; nobody is called on */
	RCC_BROADCAST_MISSING_NOTICE = 5, /* asks for a look-out and binds nobody (COMSAR.1/Circ.15, 3.3) */
	RCC_BROADCAST_TASK = 6,           /* from here on to one ship, or to some: a task */
	RCC_BROADCAST_REQUISITION = 7,    /* SOLAS V/33.2 */
	RCC_BROADCAST_COORDINATE = 8,     /* on-scene coordinator */
	RCC_BROADCAST_RELEASE = 9,        /* SOLAS V/33.3, 33.4 */
	RCC_BROADCAST_BULLETIN = 10,      /* of no case: what ships are to know; calls on nobody */
	RCC_BROADCAST_CONDUCT_CARD = 11, /* of no case: how to act towards people in distress; the newest is in force */
};
#define RCC_BROADCAST_LAST RCC_BROADCAST_CONDUCT_CARD
/* Is it for the ships that it names, beside what every ship is told? */
static inline bool
rcc_broadcast_is_directed(enum rcc_broadcast_kind kind)
{
	return kind >= RCC_BROADCAST_TASK && kind <= RCC_BROADCAST_RELEASE;
}

/* Is it of no case, for every ship? */
static inline bool
rcc_broadcast_is_circular(enum rcc_broadcast_kind kind)
{
	return kind >= RCC_BROADCAST_BULLETIN;
}

/* The delivery ledger: one line per broadcast and ship. Each state has its own time; none implies the next. */
enum rcc_delivery_state {
	RCC_DELIVERY_QUEUED = 1, /* in the journal */
	RCC_DELIVERY_SENT = 2,   /* given to the ship's connection */
	RCC_DELIVERY_STORED = 3, /* on the ship's disk */
	RCC_DELIVERY_READ = 4,   /* a named person pressed a key */
	RCC_DELIVERY_ANSWERED = 5,
	RCC_DELIVERY_CANCELLED = 6,   /* replaced before it was stored */
	RCC_DELIVERY_UNREACHABLE = 7, /* not stored in time: use another channel; may still be stored later */
};
#define RCC_DELIVERY_LAST RCC_DELIVERY_UNREACHABLE

/* A crew's answer to a call. */
enum rcc_answer_kind {
	RCC_ANSWER_PROCEEDING = 1,
	RCC_ANSWER_UNABLE = 2,
	RCC_ANSWER_NEED_DETAIL = 3,
	RCC_ANSWER_ON_SCENE = 4,
	RCC_ANSWER_DONE = 5,
};
#define RCC_ANSWER_LAST RCC_ANSWER_DONE

/* Why a master does not proceed, fit for the ship's log (SOLAS V/33.1). None refers to who is in distress. 0 = none given. */
enum rcc_reason {
	RCC_REASON_NONE = 0,
	RCC_REASON_DISABLED = 1,
	RCC_REASON_DANGER_TO_SHIP = 2,
	RCC_REASON_CARGO_HAZARD = 3,
	RCC_REASON_TOO_FAR = 4,
	RCC_REASON_NOT_AT_SEA = 5,
	RCC_REASON_OTHER_RESCUE = 6,
	RCC_REASON_RELEASED = 7,
	RCC_REASON_OTHER = 8,
};
#define RCC_REASON_LAST RCC_REASON_OTHER

/* The rules of the duty ledger; the table is duties.def. */
enum rcc_duty_rule {
#define RCC_DUTY(name, number, ...) RCC_DUTY_RULE_##name = (number),
#define RCC_DUTY_UNTIMED RCC_DUTY
#include "rcc/duties.def"
#undef RCC_DUTY_UNTIMED
#undef RCC_DUTY
};

/* Why a message was not acted upon; each has one sentence in rcc_refusal_text(). */
enum rcc_refusal {
	RCC_REFUSAL_MALFORMED = 1,
	RCC_REFUSAL_RANGE = 2,
	RCC_REFUSAL_TOO_LARGE = 3,
	RCC_REFUSAL_UNSUPPORTED = 4,
	RCC_REFUSAL_NOT_ALLOWED = 5, /* the role may not send this */
	RCC_REFUSAL_UNKNOWN_KEY = 6,
	RCC_REFUSAL_NOT_FOUND = 7,
	RCC_REFUSAL_WRONG_STATE = 8, /* the thing exists but cannot be done to it now */
	RCC_REFUSAL_DUPLICATE = 9,   /* name, key or MMSI is already enrolled */
	RCC_REFUSAL_FULL = 10,
	RCC_REFUSAL_CANCEL_FIRST = 11, /* ships still hold a live relay, a notice or an order: cancel before closing */
	RCC_REFUSAL_NO_POSITION = 12,
	RCC_REFUSAL_CONFLICT = 13, /* this message id was used before with other bytes */
	RCC_REFUSAL_VERSION = 14,  /* no protocol version in common */
	RCC_REFUSAL_REASON_MISSING = 15,
	RCC_REFUSAL_DEGRADED = 16,
	RCC_REFUSAL_RATE = 17,
	RCC_REFUSAL_NOT_LIVE = 18,        /* test and exercise are kept out of what is live */
	RCC_REFUSAL_RESTRICTED = 19,      /* ship security: officers alone, never a ship */
	RCC_REFUSAL_PARTS_OPEN = 20,      /* sub-incidents are not closed yet, and have no other parent */
	RCC_REFUSAL_PERSONS_OPEN = 21,    /* not every person is accounted for */
	RCC_REFUSAL_DUTIES_OPEN = 22,     /* duties are open */
	RCC_REFUSAL_UNTOLD = 23,          /* somebody who was told has not been told the end */
	RCC_REFUSAL_PLACE_UNCHECKED = 24, /* the four checks of a place of safety are not all answered yes */
	RCC_REFUSAL_PLACE_UNSAFE = 25,    /* it is flagged unsafe, or a fear of it has not been reviewed */
	RCC_REFUSAL_TWO_OFFICERS = 26,    /* it takes two enrolled officers, and this is the same one */
	RCC_REFUSAL_IN_DISTRESS = 27,     /* the ship is the one in distress: she is helped, and not asked to help */
	RCC_REFUSAL_IS_OVER = 28,         /* ships have been told that it is over: they are called anew first */
	RCC_REFUSAL_STILL_OPEN = 29,      /* a final report of a case that is not closed */
	RCC_REFUSAL_ALL_SHIPS = 30,       /* every ship would be let go while persons are in danger */
	RCC_REFUSAL_NONE_COMPLIES = 31, /* no requisitioned ship complies: the others are not released (SOLAS V/33.3) */
	RCC_REFUSAL_TOO_MANY = 32,      /* more persons than there are */
};
#define RCC_REFUSAL_LAST RCC_REFUSAL_TOO_MANY

#endif

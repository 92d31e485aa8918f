/*
 * work_event.h - what happened in the work of an incident. Part of event.h, which includes it; include that.
 */
#ifndef RCC_WORK_EVENT_H
#define RCC_WORK_EVENT_H

#include "rcc/command.h"

/* Each holds the order as it was taken, with ids and ships filled in. */
/* How far the conduct card in force has come to a ship. */
enum rcc_card_state {
	RCC_CARD_NONE = 0, /* none is in force, or it is said by voice */
	RCC_CARD_NOT_STORED = 1,
	RCC_CARD_STORED = 2,
	RCC_CARD_READ = 3,
};
#define RCC_CARD_STATE_LAST RCC_CARD_READ

struct rcc_tasked {
	struct rcc_peer_id by;             /* 0 = the local socket */
	struct rcc_broadcast_id broadcast; /* as the ship got it; 0 = she is not registered: by voice */
	struct rcc_task body;
	uint32_t card;                  /* revision of the conduct card in force; 0 = none, or a release */
	enum rcc_card_state card_state; /* how far it had come to her */
};
struct rcc_survivors_reported {
	struct rcc_peer_id by; /* 0 = the local socket */
	uint32_t is_regrouped; /* 1: as many people as the ledger has aboard her, who are told apart so from now on */
	uint32_t is_disputed;  /* 1: the ledger has another number of persons aboard her, `ledger`; both stay */
	uint32_t ledger;       /* persons aboard her before this, as the centre has it */
	int64_t said_at_ms;  /* passed on by another centre: when she said it there; 0 = when the entry was recorded */
	uint32_t is_counted; /* 1: passed on by another centre, and the number is its count, not what she said */
	struct rcc_survivors body;
};
struct rcc_persons_moved {
	struct rcc_peer_id by; /* 0 = the local socket */
	struct rcc_move_persons body;
};
struct rcc_need_changed {
	struct rcc_peer_id by; /* 0 = the local socket */
	int64_t due_at_ms;     /* 0 = no clock */
	struct rcc_need body;
};
struct rcc_place_stepped {
	struct rcc_peer_id by;             /* 0 = the local socket */
	struct rcc_broadcast_id broadcast; /* ASSIGNED, WITHDRAWN: as the ship gets it; 0 = by voice, or she is there */
	struct rcc_place body;
	/* ASSIGNED over what stands against it: two officers decide, each under a name of their own. */
	uint32_t is_pending;      /* 1: the first has decided; nothing is assigned yet */
	uint32_t overridden;      /* RCC_PLACE_BLOCK_*: what they decided over; 0 = nothing stood against it */
	struct rcc_peer_id first; /* who decided first; 0 = nobody before this one */
	char first_reason[RCC_TEXT_MAX + 1];
	char objection[RCC_TEXT_MAX + 1]; /* of the ship's master, as it stands */
	/* WITHDRAWN without an order of its own. */
	uint32_t blocked;     /* RCC_PLACE_BLOCK_*: what came up against it */
	uint32_t is_replaced; /* 1: the ship has another place, or went elsewhere */
	/* REACHED. */
	uint32_t is_unassigned; /* 1: nobody had assigned it to her */
	/* ASKED, OFFERED, REFUSED over a link to another centre. */
	struct rcc_request_id request; /* 0 = nothing went or came over a link */
	uint32_t record_count;         /* 1: it is the other's word, which stands there in its record; otherwise 0 */
	struct rcc_link record[1];
};
struct rcc_referred {
	struct rcc_peer_id by; /* 0 = the local socket */
	struct rcc_referral body;
};
struct rcc_noted {
	struct rcc_peer_id by; /* 0 = the local socket */
	uint32_t note;         /* its number, from 1 */
	uint32_t is_observed;  /* 1: a ship wrote it: no act of an officer */
	struct rcc_note body;
};
struct rcc_smc_set {
	struct rcc_peer_id by; /* 0 = the local socket */
	struct rcc_smc body;
};
/* An open case as it stood when the watch was handed over. */
struct rcc_watch_item {
	struct rcc_incident_id incident;
	uint32_t persons;         /* at risk, missing or aboard a ship */
	uint32_t duties, overdue; /* open lines of the ledger, the overdue among them */
	uint32_t needs;           /* open ones */
	uint32_t places;          /* ships on their way to a place of safety */
};
struct rcc_watch_handed {
	struct rcc_peer_id by;       /* 0 = the local socket */
	char from[RCC_NAME_MAX + 1]; /* who had it */
	uint32_t open_items;         /* cases that were open; the first RCC_WATCH_ITEMS_MAX are listed */
	uint32_t item_count;
	struct rcc_watch_item item[RCC_WATCH_ITEMS_MAX];
	struct rcc_watch body;
};
struct rcc_comms_set {
	struct rcc_peer_id by; /* 0 = the local socket */
	struct rcc_comms body;
};
struct rcc_sitrep_issued {
	struct rcc_peer_id by; /* 0 = the local socket */
	uint32_t number;       /* per case, from 1 */
	uint32_t report_len;
	char report[RCC_REPORT_MAX + 1]; /* the text as it went out, lines ended by LF */
	struct rcc_sitrep body;
};
/* Told with where it stands from now on; `body.centre` is the other, `body.officer` who decided, here or there. */
struct rcc_handover_changed {
	struct rcc_peer_id by; /* 0 = the local socket, or the machine */
	struct rcc_handover body;
	struct rcc_msg_id handover;
	struct rcc_peer_id peer; /* the other centre */
	uint32_t is_incoming;    /* 1: the other offered */
	uint32_t is_heard;       /* 1: the other said it; 0: we say it, or the clock does */
	enum rcc_handover_stage stage;
	enum rcc_incident_status status; /* of our case from now on; 0 = as it was */
	struct rcc_incident_id theirs;   /* the case in the other's numbers; 0 = not known */
	uint32_t their_year, their_number;
	struct rcc_link record; /* is_heard: where it stands in the other's record */
	enum rcc_refusal refusal;
	uint32_t snapshot_count;      /* OFFER: 1 */
	struct rcc_alert snapshot[1]; /* the case as it was offered */
	uint32_t report_len;
	char report[RCC_REPORT_MAX + 1]; /* OFFER: its full situation report */
	struct rcc_carried carried;      /* OFFER: persons, places, needs */
};
/* A step of a request for a place of safety, here or there, with where it stands from now on. */
struct rcc_request_changed {
	struct rcc_peer_id by;    /* 0 = the local socket, or the machine */
	struct rcc_request_id id; /* its number here */
	struct rcc_peer_id peer;  /* the other centre, and its name */
	char centre[RCC_NAME_MAX + 1];
	uint32_t is_incoming; /* 1: the other asks */
	uint32_t is_heard;    /* 1: the other said it; 0: we say it, or the clock does */
	enum rcc_request_stage stage;
	struct rcc_place_id place; /* of our case; 0 = the other asks */
	enum rcc_class class;
	struct rcc_place_request body; /* is_heard: `record` is where it stands in the other's record */
};
/*
 * A line of the duty ledger changed by a clock that ran out (OVERDUE) or by an officer's word. Whatever else becomes of a
 * duty follows from the other events (core/duty_follow.c).
 */
struct rcc_duty_changed {
	struct rcc_duty_id duty;
	enum rcc_duty_state state;
	struct rcc_peer_id by; /* 0 = the machine, or the local socket */
	int64_t due_at_ms;     /* of its next clock; 0 = none */
	struct rcc_incident_id incident;
	struct rcc_mmsi ship; /* whose duty; 0 = the centre's own */
	uint32_t rule;        /* enum rcc_duty_rule; 0 = recorded before it was told */
	uint32_t subject;     /* of what: a need, a place; 0 = nothing of its own */
	char reason[RCC_TEXT_MAX + 1];
};

/* Values of a ship's profile as they were declared; the ship is filled in. */
struct rcc_profile_set {
	struct rcc_peer_id by;   /* 0 = the local socket */
	struct rcc_peer_id peer; /* whose they are */
	struct rcc_profile_order body;
};

/* How ships of one kind of owner were told: settled lines of the ledger, those old enough to have been stored. */
struct rcc_parity_row {
	enum rcc_owner_kind owner;
	uint32_t ships; /* with a settled line */
	uint32_t lines, sent, stored, read, answered;
	uint32_t median_ms, p95_ms; /* queued to stored; to within 4 %; 0 = nothing was stored */
};
#define RCC_PARITY_ROWS_MAX (RCC_OWNER_LAST + 1)
#define RCC_PARTED_RATE 1u    /* delivery rates differ */
#define RCC_PARTED_LATENCY 2u /* median latencies differ */
#define RCC_PARTED_ALL 3u
/* Deliveries changed, and parity was measured anew (s003 par. 39: the same duty for every ship, whoever owns her). */
struct rcc_parity {
	uint32_t parted;  /* RCC_PARTED_*: the alarm is open for these; 0 = told alike */
	uint32_t pending; /* lines too young to count */
	uint32_t count;   /* 0..RCC_PARITY_ROWS_MAX, in the order of enum rcc_owner_kind */
	struct rcc_parity_row row[RCC_PARITY_ROWS_MAX];
};

/* A hold, an erasure or a purge: what is destroyed is destroyed after this is on the disk. */
struct rcc_retention_changed {
	struct rcc_peer_id by;           /* 0 = the machine, by its rule, or the local socket */
	struct rcc_incident_id incident; /* whose particulars or words are erased; 0 = of no case */
	uint32_t keep_days;              /* PURGE by the machine: the rule, rules.keep_*; 0 = an order */
	struct rcc_retention body;
};

/* For a switch: `case RCC_WORK_EVENTS:` stands for each of them. */
/* clang-format off */
#define RCC_WORK_EVENTS \
	RCC_EVENT_TASKED: \
	case RCC_EVENT_SURVIVORS_REPORTED: \
	case RCC_EVENT_PERSONS_MOVED: \
	case RCC_EVENT_NEED_CHANGED: \
	case RCC_EVENT_PLACE_STEPPED: \
	case RCC_EVENT_REFERRED: \
	case RCC_EVENT_NOTED: \
	case RCC_EVENT_SMC_SET: \
	case RCC_EVENT_WATCH_HANDED: \
	case RCC_EVENT_COMMS_SET: \
	case RCC_EVENT_SITREP_ISSUED: \
	case RCC_EVENT_HANDOVER_CHANGED: \
	case RCC_EVENT_REQUEST_CHANGED: \
	case RCC_EVENT_DUTY_CHANGED: \
	case RCC_EVENT_PROFILE_SET: \
	case RCC_EVENT_PARITY_CHANGED: \
	case RCC_EVENT_RETENTION_CHANGED
/* clang-format on */

#endif

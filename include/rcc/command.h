/*
 * command.h - what somebody asks or reports, with origin and time: the only thing that goes into the core.
 *
 * A clock that runs out is a command; so is an alert. Values only, no pointers: a command is stored in its entry
 * and stepped again years later by an auditor.
 */
#ifndef RCC_COMMAND_H
#define RCC_COMMAND_H

#include "rcc/message.h"

enum rcc_command_kind {
	RCC_COMMAND_RUN = 1, /* the daemon started: names the build and the rules' clocks */
	RCC_COMMAND_ENROL = 2,
	RCC_COMMAND_REVOKE = 3,
	RCC_COMMAND_ALERT = 4,
	RCC_COMMAND_STORED = 5,
	RCC_COMMAND_READ = 6,
	RCC_COMMAND_ANSWER = 7,
	RCC_COMMAND_RELAY = 8,
	RCC_COMMAND_CANCEL = 9,
	RCC_COMMAND_CLOSE = 10,
	RCC_COMMAND_DECIDE = 11,
	RCC_COMMAND_SENT = 12,    /* deliveries were given to their connections */
	RCC_COMMAND_DUE = 13,     /* one of the core's own clocks ran out */
	RCC_COMMAND_SILENCE = 14, /* a ship's positions stopped, or came back */
	RCC_COMMAND_OPEN = 15,    /* an officer types a report */
	RCC_COMMAND_PHASE = 16,
	RCC_COMMAND_SUSPEND = 17,
	RCC_COMMAND_RESUME = 18,
	RCC_COMMAND_CLASSIFY = 19,
	RCC_COMMAND_JOIN = 20,
	RCC_COMMAND_SPLIT = 21,
	RCC_COMMAND_GROUP = 22,
	RCC_COMMAND_PLAN = 23,
	RCC_COMMAND_DRILL = 24,
	RCC_COMMAND_UNSEAL = 25,
	RCC_COMMAND_TASK = 26,
	RCC_COMMAND_SURVIVORS = 27,
	RCC_COMMAND_PERSONS = 28,
	RCC_COMMAND_NEED = 29,
	RCC_COMMAND_PLACE = 30,
	RCC_COMMAND_REFERRAL = 31,
	RCC_COMMAND_NOTE = 32,
	RCC_COMMAND_SMC = 33,
	RCC_COMMAND_WATCH = 34,
	RCC_COMMAND_COMMS = 35,
	RCC_COMMAND_SITREP = 36,
	RCC_COMMAND_HANDOVER = 37,
	RCC_COMMAND_DUTY = 38,
	RCC_COMMAND_PROFILE = 39,
	RCC_COMMAND_CENTRE = 40,   /* another centre says something, or has on its disk what we said */
	RCC_COMMAND_CIRCULAR = 41, /* to every ship, of no case */
	RCC_COMMAND_REQUEST = 42,
	RCC_COMMAND_PLACE_REQUEST = 43, /* as CENTRE, of a place of safety */
	RCC_COMMAND_RETENTION = 44,
	RCC_COMMAND_INVITE = 45,
	RCC_COMMAND_ADMIT = 46,
	RCC_COMMAND_REKEY = 47,
};
#define RCC_COMMAND_LAST RCC_COMMAND_REKEY
#define RCC_COMMAND_KINDS 47

/* The rules' clocks and figures. They are recorded with each run, so that an audit decides by the same ones. */
struct rcc_rules {
	uint32_t relay_after_ms[RCC_SOURCE_LAST + 1]; /* by source; RCC_RELAY_NEVER = only by an officer */
	uint32_t respond_eta_min;                     /* ships nearer in time than this are called on to respond */
	uint32_t respond_count;                       /* and at least this many */
	uint32_t assumed_speed_dkn;                   /* for an ETA when a ship is stopped or its speed is unknown */
	uint32_t flag_after_ms;                       /* delivery not stored: shown to the officer */
	uint32_t unreachable_after_ms;                /* delivery not stored: use another channel */
	uint32_t quarantine_ms;                       /* a quarantined alert nobody decided on escalates */
	uint32_t no_position_ms;                      /* a distress without position: the officer's clock */
	uint32_t silence_after_ms;   /* a ship that gives no position, or a feed that hears nothing, is silent */
	uint32_t join_window_ms;     /* same MMSI within this joins the open incident */
	uint32_t update_move_m;      /* casualty moved this far since the last broadcast: update the ships */
	uint32_t call_list_radius_m; /* ships not registered but this near stand on the call list */
	uint32_t flood_per_min;      /* new alerts a minute from one key; those above are grouped for a person */
	uint32_t overdue_grace_ms;   /* a promised report or arrival this late opens a case */
	uint32_t notice_ms;          /* a notice of a missing craft stands so long, unless its officer said otherwise */
	uint32_t handover_ms; /* an offer or request to another centre that nobody has answered by then escalates */
	uint32_t duty_ms[RCC_DUTY_RULES_MAX + 1]; /* by enum rcc_duty_rule: the clock of each duty; 0 = none */
	uint32_t parity_every_ms;                 /* so long after deliveries changed parity is measured; 0 = never */
	uint32_t parity_window_ms;                /* over deliveries of this long; 0 = all that are in memory */
	uint32_t parity_ships;                    /* kinds of owner with fewer ships say nothing */
	uint32_t parity_points;                   /* delivery rates this many percent points apart have parted */
	uint32_t parity_times;                    /* so have median latencies that differ by this factor ... */
	uint32_t parity_apart_ms;                 /* ... and by this much */
	/* What is older is purged, days; 0 = it is kept until an order: tracks, and sealed particulars by class. */
	uint32_t keep_tracks_days, keep_live_days, keep_exercise_days, keep_test_days;
};
#define RCC_RELAY_NEVER UINT32_MAX

/* Who said it, when they say they said it, and under which id. All zero for the daemon's own commands. */
struct rcc_origin {
	struct rcc_peer_id peer; /* 0 = guest, revoked key or the daemon */
	enum rcc_role role;      /* RCC_ROLE_ADMIN for the daemon's own */
	struct rcc_key key;
	struct rcc_msg_id msg_id;
	int64_t claimed_at_ms;
	enum rcc_class class;
	uint64_t
	    conflict_seq; /* entry of an older message with this id and other bytes, if only the journal knew; 0 = none */
	/* First 8 bytes of BLAKE2b of the bytes received (keyed where they hold a contact): same id, other bytes = conflict. */
	uint64_t fingerprint;
};

/* A ship as the live picture had it: what a decision used travels in the command, so that replay needs no picture. */
struct rcc_scene_ship {
	struct rcc_mmsi mmsi;
	struct rcc_pos pos;
	uint32_t sog_dkn;
	int64_t seen_at_ms;
};
/* Sorted by MMSI, no doubles. Holds every registered vessel that has a position, and unregistered ones near by. */
struct rcc_scene {
	uint32_t count;
	struct rcc_scene_ship ship[RCC_SCENE_SHIPS_MAX];
};

/*
 * The record before was damaged, and is not extended: this one holds its good entries and goes on after them. The damaged file is set
 * aside as it was found; what stood in it after its last good entry is in that file alone.
 */
struct rcc_epoch {
	uint64_t damaged_seq;   /* first entry that is not good there; 0 = no entry was named */
	struct rcc_hash digest; /* SHA-256 of journal.db as found, and of journal.db-wal after it if there is one */
	uint64_t size;          /* bytes of both */
	char damage[RCC_TEXT_MAX + 1];  /* what is wrong with it */
	char officer[RCC_NAME_MAX + 1]; /* who opened the new epoch; required */
	char reason[RCC_TEXT_MAX + 1];  /* required */
};

struct rcc_run {
	char build[RCC_BUILD_MAX + 1];
	char centre[RCC_NAME_MAX + 1];
	struct rcc_rules rules;
	uint32_t epoch_count; /* 1: with this run begins a new epoch; otherwise 0 */
	struct rcc_epoch epoch[1];
};

struct rcc_delivery_ref {
	struct rcc_peer_id peer;
	uint32_t number;
};
struct rcc_sent {
	uint32_t count; /* 1..RCC_SENT_ROWS_MAX */
	struct rcc_delivery_ref row[RCC_SENT_ROWS_MAX];
};

enum rcc_timer {
	RCC_TIMER_RELAY = 1,       /* id = incident: silence means go */
	RCC_TIMER_NO_POSITION = 2, /* id = incident */
	RCC_TIMER_QUARANTINE = 3,  /* id = alert */
	RCC_TIMER_FLAG = 4,        /* id = broadcast: some deliveries are not stored */
	RCC_TIMER_UNREACHABLE = 5, /* id = broadcast */
	RCC_TIMER_REVIEW = 6,      /* id = incident: suspended, and to be looked at again */
	RCC_TIMER_OVERDUE = 7,     /* id = plan */
	RCC_TIMER_DUTY = 8,        /* id = duty */
	RCC_TIMER_PARITY = 9,      /* id = 1: deliveries changed, parity is measured */
	RCC_TIMER_NOTICE = 10,     /* id = incident: its notice of a missing craft has run out */
	RCC_TIMER_HANDOVER = 11,   /* id = handover: nobody has answered it */
	RCC_TIMER_REQUEST = 12,    /* id = request: likewise */
	RCC_TIMER_RETENTION = 13,  /* id = 1: what is older than the rules keep it is purged */
};
#define RCC_TIMER_LAST RCC_TIMER_RETENTION
struct rcc_due {
	enum rcc_timer timer;
	uint32_t id;
};

struct rcc_silence {
	struct rcc_peer_id peer;
	uint32_t
	    is_silent; /* 1: no position, or nothing that a feed hears, for rules.silence_after_ms; 0: heard again */
	int64_t heard_at_ms; /* the last of them; 0 = never since the daemon started */
};

struct rcc_command {
	enum rcc_command_kind kind;
	int64_t at_ms; /* the daemon's clock, never backwards */
	struct rcc_origin origin;
	union {
		struct rcc_run run;
		struct rcc_enrol enrol;
		struct rcc_revoke revoke;
		struct rcc_invite invite;
		struct rcc_admission admit;
		struct rcc_rekey rekey;
		struct rcc_alert alert;
		struct rcc_stored stored;
		struct rcc_read read;
		struct rcc_answer answer;
		struct rcc_relay relay;
		struct rcc_cancel cancel;
		struct rcc_close close;
		struct rcc_decide decide;
		struct rcc_sent sent;
		struct rcc_due due;
		struct rcc_silence silence;
		struct rcc_open open;
		struct rcc_set_phase phase;
		struct rcc_suspend suspend;
		struct rcc_resume resume;
		struct rcc_classify classify;
		struct rcc_join_order join;
		struct rcc_split split;
		struct rcc_group group;
		struct rcc_plan plan;
		struct rcc_drill drill;
		struct rcc_unseal unseal;
		struct rcc_task task;
		struct rcc_survivors survivors;
		struct rcc_move_persons persons;
		struct rcc_need need;
		struct rcc_place place;
		struct rcc_referral referral;
		struct rcc_note note;
		struct rcc_smc smc;
		struct rcc_watch watch;
		struct rcc_comms comms;
		struct rcc_circular circular;
		struct rcc_sitrep sitrep;
		struct rcc_handover handover;
		struct rcc_centre centre;
		struct rcc_request_order request;
		struct rcc_retention retention;
		struct rcc_place_request place_request;
		struct rcc_duty_order duty;
		struct rcc_profile_order profile;
	} u;
	struct rcc_scene scene;
	/* The sender's envelope as received, 0 for the daemon's own commands; sealed if it holds a contact (proto/seal.h). */
	uint32_t received_len;
	uint8_t received[RCC_MESSAGE_MAX];
};

/* For a switch: `case RCC_WORK_COMMANDS:` stands for each order of the work of an incident. */
/* clang-format off */
#define RCC_WORK_COMMANDS \
	RCC_COMMAND_TASK: \
	case RCC_COMMAND_SURVIVORS: \
	case RCC_COMMAND_PERSONS: \
	case RCC_COMMAND_NEED: \
	case RCC_COMMAND_PLACE: \
	case RCC_COMMAND_REFERRAL: \
	case RCC_COMMAND_NOTE: \
	case RCC_COMMAND_SMC: \
	case RCC_COMMAND_WATCH: \
	case RCC_COMMAND_COMMS: \
	case RCC_COMMAND_SITREP: \
	case RCC_COMMAND_HANDOVER: \
	case RCC_COMMAND_CENTRE: \
	case RCC_COMMAND_REQUEST: \
	case RCC_COMMAND_PLACE_REQUEST: \
	case RCC_COMMAND_RETENTION: \
	case RCC_COMMAND_INVITE: \
	case RCC_COMMAND_ADMIT: \
	case RCC_COMMAND_REKEY: \
	case RCC_COMMAND_DUTY: \
	case RCC_COMMAND_CIRCULAR: \
	case RCC_COMMAND_PROFILE
/* clang-format on */

#endif

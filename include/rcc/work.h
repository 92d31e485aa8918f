/*
 * work.h - the work of an incident: tasks, persons, needs, places of safety, referral, notes, watch, SITREPs, between centres.
 *
 * Bodies of messages, as orders.h. Part of message.h, which includes it; include that. A ship is named by its MMSI: most
 * ships that help are not registered, and officers type what they say by radio.
 */
#ifndef RCC_WORK_H
#define RCC_WORK_H

#include "rcc/carried.h"
#include "rcc/types.h"

struct rcc_need_id {
	uint32_t v;
};
struct rcc_place_id {
	uint32_t v;
};
struct rcc_duty_id {
	uint32_t v;
};
struct rcc_request_id {
	uint32_t v;
};

/* ---- tasks (SAR Convention annex 4.7; SOLAS V/33.2 to 33.4) ---- */

enum rcc_task_kind {
	RCC_TASK_ASSIST = 1,      /* asked to do what the text says */
	RCC_TASK_REQUISITION = 2, /* SOLAS V/33.2: the ships best able, after consulting those that answered */
	RCC_TASK_COORDINATE = 3,  /* on-scene coordinator (SAR Convention annex 4.7.2) */
	RCC_TASK_RELEASE = 4,     /* SOLAS V/33.3, 33.4: the duty ends; ship 0 = every ship that was called on */
};
#define RCC_TASK_LAST RCC_TASK_RELEASE
/* To one ship, by name, beside what every ship is told. */
struct rcc_task {
	struct rcc_incident_id incident;
	enum rcc_task_kind kind;
	struct rcc_mmsi ship;   /* 0 with RELEASE alone */
	uint32_t contact_min;   /* she reports this often; 0 = no timer */
	uint32_t others_comply; /* RELEASE: 1 = the requisitioned ships comply (V/33.3); 0 = help is no longer needed */
	char text[RCC_TEXT_MAX + 1];      /* goes to the ship */
	char consulted[RCC_TEXT_MAX + 1]; /* REQUISITION: which masters were consulted, and what they said */
	uint32_t
	    names_place; /* 1: the text may name a place that is flagged unsafe or feared: it is no order to go there */
};

/* ---- persons: counts alone; no name, nationality or status has a place here (s003 par. 38) ---- */

/* Sum of the partition; UINT64_C(0) <= sum. */
static inline uint64_t
rcc_persons_sum(const struct rcc_persons *p)
{
	return (uint64_t)p->men + p->women + p->adults + p->children + p->unaccompanied + p->infants;
}

enum rcc_where {
	RCC_WHERE_AT_RISK = 1, /* in distress, as far as anybody knows */
	RCC_WHERE_ABOARD = 2,  /* of the ship that is named */
	RCC_WHERE_LANDED = 3,  /* at the place that is named */
	RCC_WHERE_MISSING = 4,
	RCC_WHERE_DEAD = 5,       /* recovered dead */
	RCC_WHERE_SAFE_ALONE = 6, /* reached safety by their own means */
	RCC_WHERE_NEVER = 7,      /* the count was wrong: they never existed; takes a reason */
	RCC_WHERE_UNKNOWN = 8,    /* outcome not known: accounted for as such, never dropped */
};
#define RCC_WHERE_LAST RCC_WHERE_UNKNOWN
enum rcc_family { RCC_FAMILY_NOT_STATED = 0, RCC_FAMILY_TOGETHER = 1, RCC_FAMILY_SPLIT = 2 };
#define RCC_FAMILY_LAST RCC_FAMILY_SPLIT
/* Persons go from one place to another: recovered, transferred, landed, found missing. */
struct rcc_move_persons {
	struct rcc_incident_id incident;
	enum rcc_where from, to;
	struct rcc_mmsi from_ship, to_ship; /* with ABOARD; 0 otherwise */
	struct rcc_place_id place;          /* with LANDED */
	struct rcc_persons count;
	enum rcc_family family;        /* required when some but not all leave a ship that has families aboard */
	int64_t happened_at_ms;        /* 0 = now */
	char reason[RCC_TEXT_MAX + 1]; /* required to split a family, for NEVER and for UNKNOWN */
	uint32_t more_found;           /* 1: with them the case has more persons than it was known to have */
};
/* What an assisting ship reports of the people aboard (IMO MSC.167(78); ICS large-scale rescue guidance). Absolute counts. */
struct rcc_survivors {
	struct rcc_incident_id incident;
	struct rcc_mmsi ship; /* a ship's own: 0 */
	struct rcc_persons aboard;
	uint32_t dead;
	uint32_t protection_stated; /* 1: some have stated a fear or a need of protection; a flag, nobody's name */
	uint32_t safe_hours;        /* how long she can keep them safely; 0 = not stated */
	uint32_t languages;         /* 1: interpreters are needed, which ones in the text */
	char next_port[RCC_NAME_MAX + 1];
	char text[RCC_TEXT_MAX + 1]; /* state of the people, care given, what prevents what */
};

/* ---- needs: requests with clocks (s003 par. 45) ---- */

enum rcc_need_kind {
	RCC_NEED_MEDICAL_ADVICE = 1,
	RCC_NEED_MEDEVAC = 2,
	RCC_NEED_WATER = 3,
	RCC_NEED_FOOD = 4,
	RCC_NEED_BLANKETS = 5, /* and clothes, shelter */
	RCC_NEED_INFANT_SUPPLIES = 6,
	RCC_NEED_SANITATION = 7,
	RCC_NEED_FUEL = 8,
	RCC_NEED_ESCORT = 9,
	RCC_NEED_INTERPRETER = 10,
	RCC_NEED_OTHER = 11,
};
#define RCC_NEED_LAST RCC_NEED_OTHER
enum rcc_need_state {
	RCC_NEED_ASKED = 1,
	RCC_NEED_PROMISED = 2,
	RCC_NEED_MET = 3,
	RCC_NEED_REFUSED = 4,
	RCC_NEED_WITHDRAWN = 5
};
#define RCC_NEED_STATE_LAST RCC_NEED_WITHDRAWN
struct rcc_need {
	struct rcc_incident_id incident;
	struct rcc_need_id need; /* 0 = a new one, ASKED */
	enum rcc_need_state state;
	enum rcc_need_kind kind;
	struct rcc_mmsi ship;        /* who needs it; a ship's own: 0 */
	uint32_t quantity;           /* 0 = not stated */
	char text[RCC_TEXT_MAX + 1]; /* REFUSED: required */
};

/* ---- place of safety (IMO MSC.167(78) 6.12 to 6.20; SAR Convention annex 3.1.9) ---- */

enum rcc_place_step {
	RCC_PLACE_ASKED = 1, /* an authority was asked for a place */
	RCC_PLACE_OFFERED = 2,
	RCC_PLACE_REFUSED = 3,
	RCC_PLACE_CHECKED = 4,  /* the four checks, and whether it is safe */
	RCC_PLACE_ASSIGNED = 5, /* with `is_override`: half of a two-officer decision */
	RCC_PLACE_WITHDRAWN = 6,
	RCC_PLACE_REACHED = 7,   /* the last survivor of the ship is ashore there */
	RCC_PLACE_PREFERRED = 8, /* a master says where he would go */
	RCC_PLACE_OBJECTED = 9,  /* a master objects, with the reason; never counted against the ship */
	RCC_PLACE_FEARED = 10,   /* survivors state a fear of this place; a flag */
	RCC_PLACE_REVIEWED = 11, /* an officer reviewed the fear: `is_unsafe` says with which result */
};
#define RCC_PLACE_STEP_LAST RCC_PLACE_REVIEWED
#define RCC_CHECK_RESCUE_ENDS 1u
#define RCC_CHECK_SAFETY 2u /* safety of life no longer threatened */
#define RCC_CHECK_NEEDS 4u  /* food, shelter, medical needs can be met */
#define RCC_CHECK_ONWARD 8u /* transport to the next or final destination can be arranged */
#define RCC_CHECKS_ALL 15u
/* What stands against a place. All but a refusal can be overridden, by two officers: the port is not the centre's. */
#define RCC_PLACE_BLOCK_UNCHECKED 1u /* not every check is answered yes */
#define RCC_PLACE_BLOCK_UNSAFE 2u
#define RCC_PLACE_BLOCK_FEARED 4u  /* survivors fear it, and nobody has reviewed that */
#define RCC_PLACE_BLOCK_REFUSED 8u /* by its authority, and not offered since */
#define RCC_PLACE_BLOCKS_ALL 15u
struct rcc_place {
	struct rcc_incident_id incident;
	struct rcc_place_id place; /* 0 = found by name, or new */
	enum rcc_place_step step;
	char name[RCC_NAME_MAX + 1];
	struct rcc_pos pos;               /* may be unknown */
	struct rcc_mmsi ship;             /* the ship with the survivors; a ship's own: 0 */
	char authority[RCC_NAME_MAX + 1]; /* asked, offered, refused by */
	uint32_t checks;                  /* RCC_CHECK_*, CHECKED */
	uint32_t is_unsafe;               /* 1: life or freedom would be at risk (non-refoulement) */
	uint32_t is_override;
	/* Deviation that the ship makes for it, RCC_EXTRA_*_MAX; 0 = not stated. With ASSIGNED, WITHDRAWN, REACHED. */
	uint32_t extra_nm, extra_h;
	char text[RCC_TEXT_MAX + 1];
};

/* ---- referral, notes ---- */

enum rcc_service {
	RCC_SERVICE_MEDICAL = 1,
	RCC_SERVICE_SHELTER = 2,
	RCC_SERVICE_CHILD_PROTECTION = 3,
	RCC_SERVICE_PROTECTION = 4,
	RCC_SERVICE_TRAFFICKING = 5,
	RCC_SERVICE_FAMILY_LINKS = 6,
	RCC_SERVICE_INTERPRETATION = 7,
	RCC_SERVICE_CONSULAR = 8,
	RCC_SERVICE_OTHER = 9,
};
#define RCC_SERVICE_LAST RCC_SERVICE_OTHER
/* Survivors are referred to those who protect and help them (s001 rec. 8). */
struct rcc_referral {
	struct rcc_incident_id incident;
	enum rcc_service service;
	uint32_t persons;
	char to[RCC_NAME_MAX + 1]; /* the organisation or authority */
	uint32_t is_accepted;
	char text[RCC_TEXT_MAX + 1];
};

enum rcc_note_kind {
	RCC_NOTE_INQUIRY = 1,       /* SAR Convention annex 4.5.1, 4.5.2 */
	RCC_NOTE_CONSULTATION = 2,  /* other centres, 4.5.4; masters, V/33.2 */
	RCC_NOTE_CASUALTY_TOLD = 3, /* 4.5.5 */
	RCC_NOTE_FORWARDED = 4,     /* to the centre or authority concerned, 4.2.3 */
	RCC_NOTE_FLAG_STATE = 5,
	RCC_NOTE_COMPANY = 6,        /* what the company said or did (SOLAS V/34-1) */
	RCC_NOTE_OBSTRUCTION = 7,    /* authority, instruction, effect (s003 par. 42); restricted view */
	RCC_NOTE_VIOLENCE = 8,       /* violence at sea (s004 op. 3); restricted view */
	RCC_NOTE_COMPLAINT = 9,      /* restricted view */
	RCC_NOTE_HOPE = 10,          /* assessment of the hope to find survivors, 4.8.1 */
	RCC_NOTE_RELEASED_DATA = 11, /* data given to another authority: to whom, why */
	RCC_NOTE_SCENE = 12,         /* weather and sea on scene */
	RCC_NOTE_ACTION = 13,
	RCC_NOTE_PLAN = 14, /* plan of operation, search area, future plans */
	RCC_NOTE_OTHER = 15,
	RCC_NOTE_EVIDENCE = 16, /* a file, by its digest; authority: who collected it */
	RCC_NOTE_CUSTODY = 17,  /* that file is with somebody else now; authority: who has it */
};
#define RCC_NOTE_LAST RCC_NOTE_CUSTODY
/* A line of the case's diary that a clock or a report looks at. */
struct rcc_note {
	struct rcc_incident_id incident; /* 0 = of no case: an observation of a ship */
	enum rcc_note_kind kind;
	struct rcc_mmsi ship;             /* whom it concerns; 0 = none */
	char authority[RCC_NAME_MAX + 1]; /* of whom it tells */
	int64_t happened_at_ms;           /* 0 = now */
	char text[RCC_TEXT_MAX + 1];      /* required; empty in the record when it is sealed */
	/* The words of a restricted kind, set by the daemon alone (proto/seal.h): read one by one, each reading recorded. */
	uint32_t sealed_len;
	uint8_t sealed[RCC_NOTE_SEALED_MAX];
	struct rcc_hash
	    digest;    /* SHA-256 of the file: EVIDENCE and CUSTODY; the file itself stays with who collects it */
	uint64_t size; /* bytes: EVIDENCE */
};
/* Is it about a file? */
static inline bool
rcc_note_is_of_file(enum rcc_note_kind kind)
{
	return kind == RCC_NOTE_EVIDENCE || kind == RCC_NOTE_CUSTODY;
}
/* Is what such a note says for few eyes? That it was made is not. */
static inline bool
rcc_note_is_restricted(enum rcc_note_kind kind)
{
	return kind == RCC_NOTE_OBSTRUCTION || kind == RCC_NOTE_VIOLENCE || kind == RCC_NOTE_COMPLAINT;
}

/* ---- what is kept beside the record ---- */

/* Particulars lie under keys (sealed.db) and tracks in tracks.db, both outside the chain: what leaves them leaves by an entry. */
enum rcc_retention_step {
	RCC_RETENTION_HOLD = 1,  /* legal hold: nothing of this case is erased or purged */
	RCC_RETENTION_LIFT = 2,  /* the hold ends */
	RCC_RETENTION_ERASE = 3, /* one caller's particulars, or what one restricted note says */
	RCC_RETENTION_PURGE = 4, /* all of a kind from before a time, but what a case that is open or on hold keeps */
};
#define RCC_RETENTION_STEP_LAST RCC_RETENTION_PURGE
enum rcc_kept {
	RCC_KEPT_TRACKS = 1, /* positions of ships over time */
	RCC_KEPT_SEALED = 2, /* keys of callers' particulars and of restricted notes */
};
#define RCC_KEPT_LAST RCC_KEPT_SEALED
struct rcc_retention {
	struct rcc_incident_id incident; /* HOLD, LIFT */
	enum rcc_retention_step step;
	struct rcc_alert_id alert;     /* ERASE: one of the two */
	uint32_t note;                 /* ERASE: one of the two */
	enum rcc_kept what;            /* PURGE */
	enum rcc_class class;          /* PURGE of SEALED: of which class; 0 = of every one */
	int64_t before_at_ms;          /* PURGE */
	char reason[RCC_TEXT_MAX + 1]; /* required */
};

/* ---- the watch ---- */

/* The one SAR mission coordinator of a case (IAMSAR vol. II). */
struct rcc_smc {
	struct rcc_incident_id incident;
	char officer[RCC_NAME_MAX + 1]; /* required */
	char reason[RCC_TEXT_MAX + 1];  /* required when there is one already */
};
/* The watch goes to another officer, with the list of open items as it stood. */
struct rcc_watch {
	char officer[RCC_NAME_MAX + 1]; /* who takes it; required */
	char text[RCC_TEXT_MAX + 1];
};
/* Who talks where (IAMSAR: communications plan). Channels as people say them: "VHF 16", "2182 kHz". */
struct rcc_comms {
	struct rcc_incident_id incident;
	char control[RCC_NAME_MAX + 1]; /* centre with the on-scene coordinator */
	char on_scene[RCC_NAME_MAX + 1];
	char monitor[RCC_NAME_MAX + 1];
	char text[RCC_TEXT_MAX + 1];
};
/* A situation report goes out: its number is given and its text kept. */
struct rcc_sitrep {
	struct rcc_incident_id incident;
	uint32_t is_full;
	uint32_t is_final;
	char to[RCC_NAME_MAX + 1];
	char text[RCC_TEXT_MAX + 1]; /* N: additional information, or the conclusion */
};

/* ---- duties ---- */

enum rcc_duty_state {
	RCC_DUTY_OPEN = 1,
	RCC_DUTY_ACKNOWLEDGED = 2, /* the debtor has said that it acts */
	RCC_DUTY_DISCHARGED = 3,
	RCC_DUTY_EXCUSED = 4,    /* a coded reason stands in the record (SOLAS V/33.1) */
	RCC_DUTY_OVERDUE = 5,    /* open, and its clock ran out */
	RCC_DUTY_SUPERSEDED = 6, /* its ground fell away: released, cancelled, joined */
};
#define RCC_DUTY_STATE_LAST RCC_DUTY_SUPERSEDED
/* An officer settles a line that no event settles by itself. */
struct rcc_duty_order {
	struct rcc_duty_id duty;
	enum rcc_duty_state state;     /* DISCHARGED, EXCUSED or SUPERSEDED */
	char reason[RCC_TEXT_MAX + 1]; /* required */
};

/* ---- between centres ---- */

enum rcc_handover_step {
	RCC_HANDOVER_OFFER = 1,
	RCC_HANDOVER_ACCEPT = 2,
	RCC_HANDOVER_REFUSE = 3,
	RCC_HANDOVER_CONFIRM = 4, /* the machine's: the acceptance is stored by both, the case has passed */
	RCC_HANDOVER_WITHDRAW = 5,
	RCC_HANDOVER_CONTEST = 6, /* the machine's: who says it has the case as well as the other */
	RCC_HANDOVER_STORED = 7,  /* the other has what we said on its disk, or says why not; never a message */
	RCC_HANDOVER_SILENT = 8,  /* nobody has answered in time; never a message */
};
#define RCC_HANDOVER_STEP_LAST RCC_HANDOVER_SILENT
/* An officer offers a case to another centre, or answers its offer. */
struct rcc_handover {
	struct rcc_incident_id incident;
	enum rcc_handover_step step;
	char centre[RCC_NAME_MAX + 1]; /* as enrolled, role peer */
	char officer[RCC_NAME_MAX + 1];
	char reason[RCC_TEXT_MAX + 1]; /* required to offer, refuse, withdraw */
};

/* One step as one centre says it to another. Numbers are those of the one who says it, unless told otherwise. */
struct rcc_centre {
	struct rcc_msg_id handover; /* made by the centre that offers; the same in every step */
	enum rcc_handover_step step;
	struct rcc_incident_id incident;
	uint32_t year, number; /* YYYY-NNNN as people say it */
	int64_t decided_at_ms;
	struct rcc_link record;  /* the entry of its record in which this stands */
	struct rcc_link answers; /* the entry of the other's record that it answers, as it was told; seq 0 = none */
	char officer[RCC_NAME_MAX + 1]; /* who decided */
	char reason[RCC_TEXT_MAX + 1];
	enum rcc_refusal refusal;     /* STORED: why the other took no note of it; 0 = it is on its disk */
	uint32_t snapshot_count;      /* OFFER: 1; otherwise 0 */
	struct rcc_alert snapshot[1]; /* the case as it stands, source RCC; its category tells the phase */
	struct rcc_carried carried;   /* OFFER: persons, places, needs */
	uint32_t report_len;
	char report[RCC_REPORT_MAX + 1]; /* OFFER: its full situation report; lines ended by LF */
};

/* Where a handover stands, at the centre that says so. */
enum rcc_handover_stage {
	RCC_HANDOVER_OFFERED = 1,   /* the centre that offered has the case; the other may have it as well already */
	RCC_HANDOVER_ACCEPTED = 2,  /* at the one that accepted: it has the case; the other acts until it has heard */
	RCC_HANDOVER_CONFIRMED = 3, /* the one that accepted has the case, and nobody else */
	RCC_HANDOVER_REFUSED = 4,   /* the one that offered has it */
	RCC_HANDOVER_WITHDRAWN = 5, /* likewise */
	RCC_HANDOVER_CONTESTED = 6, /* both have it, until one of them offers it anew */
};
#define RCC_HANDOVER_STAGE_LAST RCC_HANDOVER_CONTESTED

/* ---- a place of safety, asked of another centre (SAR Convention annex 3.1.6.4) ---- */

enum rcc_request_step {
	RCC_REQUEST_ASK = 1,
	RCC_REQUEST_OFFER = 2,
	RCC_REQUEST_REFUSE = 3,
	RCC_REQUEST_WITHDRAW = 4, /* by the one that asked: an officer, or the machine when the case is over */
	RCC_REQUEST_STORED = 5,   /* the other has what we said on its disk, or says why not; never a message */
	RCC_REQUEST_SILENT = 6,   /* nobody has answered in time; never a message */
};
#define RCC_REQUEST_STEP_LAST RCC_REQUEST_SILENT
/* Where a request stands, at the centre that says so. */
enum rcc_request_stage {
	RCC_REQUEST_ASKED = 1,
	RCC_REQUEST_OFFERED = 2, /* no assignment: every check and block stands */
	RCC_REQUEST_REFUSED = 3,
	RCC_REQUEST_WITHDRAWN = 4,
	RCC_REQUEST_NOT_TAKEN = 5, /* the other's machine took no note of it: no officer there has seen it */
};
#define RCC_REQUEST_STAGE_LAST RCC_REQUEST_NOT_TAKEN
/* The first answer, and one that changes it. */
#define RCC_REQUEST_TURNS_MAX 2u

/* An officer answers another centre's request, or withdraws this one's. */
struct rcc_request_order {
	struct rcc_request_id request;
	enum rcc_request_step step;     /* OFFER, REFUSE, WITHDRAW */
	char officer[RCC_NAME_MAX + 1]; /* required to answer */
	struct rcc_pos pos;             /* OFFER: where, if it is not as asked; may be unknown */
	char text[RCC_TEXT_MAX + 1];    /* REFUSE, WITHDRAW: the reason, required */
};

/* One step as one centre says it to another. Numbers are those of the one who asks. Persons are counts, nobody's name. */
struct rcc_place_request {
	struct rcc_msg_id request; /* made by the centre that asks; the same in every step */
	enum rcc_request_step step;
	struct rcc_incident_id incident;
	uint32_t year, number; /* YYYY-NNNN as people say it */
	int64_t decided_at_ms;
	struct rcc_link record;  /* the entry of the sender's record in which this stands */
	struct rcc_link answers; /* the entry of the other's record that it answers, as it was told; seq 0 = none */
	char officer[RCC_NAME_MAX + 1]; /* who decided */
	char text[RCC_TEXT_MAX + 1];
	uint32_t turn;                /* an answer: 1..RCC_REQUEST_TURNS_MAX; otherwise 0 */
	char place[RCC_NAME_MAX + 1]; /* the place asked for */
	struct rcc_pos pos;           /* of it; an answer: where, if it is not as asked; may be unknown */
	struct rcc_mmsi ship;         /* with the survivors; 0 = not named. With her whatever is known */
	char ship_name[RCC_NAME_MAX + 1];
	struct rcc_pos ship_pos;
	int64_t ship_at_ms; /* when she was there */
	struct rcc_persons aboard;
	char needs[RCC_TEXT_MAX + 1]; /* open ones, in a few words: no free text of anybody's */
	uint32_t range_m, eta_min;    /* from the ship to the place; 0 = not known */
	enum rcc_refusal refusal;     /* STORED: why the other took no note of it; 0 = it is on its disk */
};

/* What may leave to another centre. Tests and ship security alerts never do. */
enum rcc_share { RCC_SHARE_ALL = 0, RCC_SHARE_LIVE = 1, RCC_SHARE_EXERCISE = 2 };
#define RCC_SHARE_LAST RCC_SHARE_EXERCISE

/* For a switch: `case RCC_WORK_BODIES:` stands for each of these bodies but what another centre says. */
/* clang-format off */
#define RCC_WORK_BODIES \
	RCC_BODY_SURVIVORS: \
	case RCC_BODY_NEED: \
	case RCC_BODY_PLACE: \
	case RCC_BODY_TASK: \
	case RCC_BODY_PERSONS: \
	case RCC_BODY_REFERRAL: \
	case RCC_BODY_NOTE: \
	case RCC_BODY_SMC: \
	case RCC_BODY_WATCH: \
	case RCC_BODY_COMMS: \
	case RCC_BODY_SITREP: \
	case RCC_BODY_HANDOVER: \
	case RCC_BODY_REQUEST: \
	case RCC_BODY_RETENTION: \
	case RCC_BODY_DUTY: \
	case RCC_BODY_CIRCULAR: \
	case RCC_BODY_PROFILE
/* clang-format on */

#endif

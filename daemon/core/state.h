/*
 * state.h - the whole state of the core, as plain arrays. Written by apply.c alone; rules and views read it.
 *
 * Tables hold slots; a slot with id 0 is free. Rows that belong together are linked by slot index + 1, 0 = none, so that
 * the state has no pointers and can be copied, compared and thrown away as a whole.
 */
#ifndef RCC_CORE_STATE_H
#define RCC_CORE_STATE_H

#include "core/core.h"
#include "core/state_handover.h"
#include "core/state_kept.h"
#include "core/state_note.h"
#include "core/state_persons.h"
#include "core/state_place.h"
#include "core/state_profile.h"
#include "core/state_request.h"

struct rcc_minute {
	int64_t at_ms; /* when it began */
	uint32_t count;
};

struct rcc_peer {
	struct rcc_peer_id id;
	enum rcc_role role;
	enum rcc_owner_kind owner;
	struct rcc_mmsi mmsi;
	struct rcc_key key;
	char name[RCC_NAME_MAX + 1];
	int64_t enrolled_at_ms;
	int64_t revoked_at_ms; /* 0 = active */
	bool is_silent;
	int64_t heard_at_ms;          /* at the last change between silent and heard */
	int64_t drill_until_at_ms;    /* it takes part in exercises until then; 0 = it does not */
	struct rcc_minute minute[2];  /* its new alerts: live ones, those of exercises */
	int64_t flood_at_ms;          /* its latest flood began; 0 = none */
	uint32_t flood_count;         /* alerts of that flood so far */
	uint32_t delivery_last;       /* highest delivery number made; the next is one more */
	uint32_t newest_delivery;     /* slot + 1 of the newest ledger line */
	uint32_t same_key, same_mmsi; /* slot + 1 of the next older peer in the index chain */
};

/* An incident that an alert may belong to. */
struct rcc_suggestion {
	struct rcc_incident_id incident;
	enum rcc_join why;
	uint32_t score; /* 1..100 */
};

struct rcc_alert_state {
	struct rcc_alert_id id;
	enum rcc_lane lane;
	enum rcc_verdict verdict;
	struct rcc_peer_id sender;
	struct rcc_key sender_key;
	struct rcc_incident_id incident;   /* 0 = none yet */
	struct rcc_incident_id home;       /* the incident that it opened; 0 = none */
	struct rcc_incident_id first;      /* where it stood first: its own story; 0 = nowhere yet */
	uint64_t first_seq;                /* the entry that brought it there */
	struct rcc_incident_id moved_from; /* where it stood before an officer moved it last; 0 = nowhere */
	uint64_t moved_seq;                /* the entry that moved it; 0 = no officer did */
	enum rcc_lane waited;              /* where it waited before an officer joined it by hand; 0 = nowhere */
	enum rcc_phase phase_before;       /* of the case to which it came so, before */
	uint32_t suggestion_count;
	struct rcc_suggestion suggestion[RCC_SUGGESTIONS_MAX]; /* best first */
	int64_t recorded_at_ms, last_at_ms;
	uint32_t count; /* signals, the first included */
	bool is_escalated;
	bool is_erased;        /* its caller's particulars are, or are being, destroyed */
	int64_t decided_at_ms; /* 0 = not decided by a person */
	struct rcc_alert body; /* as first recorded, position as last revised */
};

#define RCC_STATED_CASUALTY 1u
#define RCC_STATED_NATURE 2u
#define RCC_STATED_PERSONS 4u
#define RCC_STATED_NAME 8u
#define RCC_STATED_POS 16u

#define RCC_STATED_VERIFIED 32u

/* Words that an officer noted, and when. */
struct rcc_noted_words {
	int64_t at_ms; /* 0 = none */
	char text[RCC_TEXT_MAX + 1];
};
/* A situation report that went out; its words are in the entry `seq`. */
struct rcc_sitrep_line {
	uint32_t number; /* 0 = none */
	uint64_t seq;
	int64_t at_ms;
	bool is_full, is_final;
	char to[RCC_NAME_MAX + 1];
};
/* What situation reports are made of beside the facts, and those that went out. */
struct rcc_reporting {
	struct rcc_noted_words scene, plan, hope;       /* the latest of each */
	struct rcc_noted_words action[RCC_ACTIONS_MAX]; /* ring: the oldest is overwritten */
	uint32_t sitreps;                               /* number of the last one */
	struct rcc_sitrep_line sitrep[RCC_SITREPS_MAX]; /* ring, by number modulo the size */
	uint32_t report_len;                            /* of the last one */
	char report[RCC_REPORT_MAX + 1];
};

/* What a case was when all its alerts went to another, and what that one, the survivor, was: for the undo of the join. */
struct rcc_before_join {
	struct rcc_incident_id survivor; /* 0 = nothing to undo */
	uint64_t seq;                    /* the entry of the join */
	bool was_standing, was_held, was_verified, was_vouched;
	/* the survivor */
	enum rcc_phase phase;
	enum rcc_source source;
	int64_t review_at_ms; /* 0 = it was not suspended */
	bool is_review_due;
	int64_t relay_due_at_ms;
	bool is_held, is_standing, is_suspension_told, is_verified;
	uint64_t acted_seq;
};

struct rcc_incident {
	struct rcc_incident_id id;
	uint32_t year, number;
	enum rcc_incident_status status;
	enum rcc_phase phase;
	enum rcc_class class;
	struct rcc_mmsi casualty;
	char name[RCC_NAME_MAX + 1];
	enum rcc_source source;
	enum rcc_nature nature;
	uint32_t persons;
	struct rcc_pos pos;
	int64_t pos_at_ms;
	uint32_t pos_radius_m;
	struct rcc_alert_id pos_alert;      /* the alert that told it; 0 = an officer */
	int64_t opened_at_ms, signal_at_ms; /* signal: the latest alert that joined */
	int64_t relay_due_at_ms;            /* 0 = no clock runs */
	bool is_relay_held, is_verified;
	bool is_vouched; /* verified by what an officer did to this very case, not by one joined to it */
	char hold_reason[RCC_TEXT_MAX + 1]; /* of the latest hold */
	bool is_no_position_overdue;
	uint32_t broadcasts; /* revisions issued so far */
	struct rcc_broadcast_id last_broadcast;
	bool is_cancelled;            /* the last broadcast was a cancel */
	bool is_notice;               /* the last broadcast was a notice of a missing craft */
	bool is_notice_over;          /* and its time has run out */
	int64_t notice_until_ms;      /* when it does; 0 = the last broadcast was none */
	bool has_news;                /* something that ships are told, and the last broadcast did not tell it */
	struct rcc_pos broadcast_pos; /* as the ships have it */
	bool is_restricted;           /* ship security: no ship ever hears of it */
	bool is_on_hold;              /* legal hold: nothing of it is erased or purged, and it stays in memory */
	bool is_conflict;             /* the candidates are of sources that contradict each other */
	uint32_t candidate_count;     /* places where it may be; 0 = pos is the one known */
	struct rcc_candidate candidate[RCC_CANDIDATES_MAX];
	struct rcc_incident_id parent;        /* of the mass rescue that it is part of; 0 = none */
	struct rcc_incident_id grouped_under; /* as an officer said; parent is another when that one was joined away */
	struct rcc_incident_id
	    joined_into; /* the case that speaks for it, since all its alerts went there; 0 = itself */
	struct rcc_before_join before;
	uint64_t acted_seq;   /* the latest entry in which an alert came to it, or an officer gave it an order */
	int64_t review_at_ms; /* suspended until this; 0 = not suspended */
	bool is_review_due;
	uint32_t stated; /* RCC_STATED_*: what an officer has stated, which no recount of alerts may take back */
	uint32_t stated_persons; /* and the entries in which persons and position were stated last */
	uint64_t stated_persons_seq, stated_pos_seq;
	struct rcc_pos stated_pos;
	int64_t stated_pos_at_ms;
	uint32_t stated_pos_radius_m;
	int64_t closed_at_ms;
	enum rcc_outcome outcome;
	uint64_t end_told_seq; /* an officer's latest word that all were told the end, by whatever channel; 0 = none */
	int64_t end_told_at_ms;
	uint32_t
	    untold_at; /* where in the list of keys somebody was owed the end last: where to look first, and nothing else */
	uint32_t newest_broadcast; /* slot + 1 */
	uint32_t newest_answer;    /* slot + 1 */
	uint32_t newest_duty;      /* slot + 1 */
	uint32_t newest_directed;  /* slot + 1 of the latest message to one ship */
	uint32_t newest_aboard;    /* slot + 1: where its persons are */
	uint32_t newest_need;      /* slot + 1 */
	uint64_t fear_seq;     /* entry in which survivors stated a fear of no place in particular last; 0 = never */
	uint32_t newest_place; /* slot + 1 of its place of safety named last */
	char smc[RCC_NAME_MAX + 1];  /* the one mission coordinator; empty = nobody yet */
	struct rcc_mmsi coordinator; /* designated on scene, and not relieved, unable or done since; 0 = nobody is */
	struct rcc_comms comms;      /* incident 0 = no plan yet */
	uint32_t referrals, referred_persons;
	uint32_t accepted_persons[RCC_SERVICE_LAST + 1]; /* by each kind of service */
	uint32_t notes[RCC_NOTE_LAST + 1];               /* lines of the diary, by kind */
	struct rcc_reporting reporting;
};

struct rcc_broadcast {
	struct rcc_broadcast_id id;
	struct rcc_incident_id incident;
	enum rcc_broadcast_kind kind;
	uint32_t revision;
	struct rcc_peer_id by;
	bool is_verified;
	struct rcc_pos pos;
	int64_t pos_at_ms;
	uint32_t pos_radius_m;
	uint32_t candidate_count;
	struct rcc_candidate candidate[RCC_CANDIDATES_MAX];
	uint32_t doubts;
	enum rcc_source source; /* this and the next four: what the case said then */
	enum rcc_nature nature;
	uint32_t persons;
	struct rcc_mmsi casualty;
	char name[RCC_NAME_MAX + 1];
	int64_t issued_at_ms;
	int64_t expires_at_ms; /* of a notice; 0 = it stands until it is replaced */
	char text[RCC_TEXT_MAX + 1];
	uint32_t recipients, unstored, left_out; /* lines made; neither stored nor cancelled; ships without a line */
	int64_t clock_at_ms; /* of its first line since none was waited for: its clocks run from here */
	bool is_flagged, is_unreachable_told;
	bool is_taken_in;         /* one of its lines was stored, read or answered */
	uint64_t seq;             /* the entry that issued it */
	bool is_of_place;         /* an order to go to a place of safety, or its withdrawal */
	uint32_t newest_delivery; /* slot + 1 of its newest ledger line */
	uint32_t previous;        /* slot + 1 of the incident's broadcast before */
};

/* One line of the ledger. */
struct rcc_delivery {
	struct rcc_peer_id peer; /* 0 = free slot */
	uint32_t number;
	struct rcc_broadcast_id broadcast;
	enum rcc_delivery_state state;
	uint32_t range_m, bearing_ddeg, eta_min;
	bool is_called_on, is_flagged;
	enum rcc_answer_kind answered_with; /* what she said last to this very line; 0 = nothing */
	int64_t queued_at_ms, sent_at_ms, stored_at_ms, read_at_ms, answered_at_ms;
	uint64_t queued_seq; /* the entry that made it */
	uint64_t aboard_seq; /* the entry by which it is known to be on her disk; 0 = it is not */
	bool may_be_out; /* queued when the centre ended without a word: it may have gone out and not been recorded */
	int64_t stored_claimed_at_ms, read_claimed_at_ms; /* the ship's clock */
	char read_by[RCC_NAME_MAX + 1];
	uint32_t of_broadcast; /* slot + 1 of the next line of the same broadcast */
	uint32_t of_peer;      /* slot + 1 of the ship's line before */
};

/* The latest answer of a ship to an incident. */
struct rcc_answer_state {
	struct rcc_peer_id peer;         /* 0 = she is not registered */
	struct rcc_incident_id incident; /* 0 = free slot */
	struct rcc_mmsi ship;
	uint64_t seq;                 /* of her latest answer */
	bool is_typed;                /* by an officer: it says nothing of what she has on her disk */
	int64_t at_ms, arrived_at_ms; /* of her latest answer; when she first said that she is there, 0 = never */
	bool is_released;             /* by an officer's order, however she hears of it */
	uint64_t released_seq; /* the entry by which he told her so by voice; 0 = he has not, or she has come again */
	uint64_t asked_seq;    /* the entry by which he ordered her to come, by voice, last; 0 = never */
	uint64_t unsaid_seq;   /* the word that all were told, said while she was to be told by voice: none about her */
	struct rcc_answer body;
	uint32_t previous; /* slot + 1 of the incident's answer before */
};

/* A sailing plan under way. */
struct rcc_plan_state {
	struct rcc_plan_id id; /* 0 = free slot */
	struct rcc_peer_id by;
	int64_t filed_at_ms, heard_at_ms;
	int64_t due_at_ms; /* next report or arrival */
	bool is_overdue;   /* a case was opened */
	struct rcc_plan body;
};

/* A line of the duty ledger; duty.h. */
struct rcc_duty {
	struct rcc_duty_id id; /* 0 = free slot */
	enum rcc_duty_rule rule;
	struct rcc_incident_id incident;
	struct rcc_mmsi ship;  /* whose duty; 0 = the centre's own */
	uint32_t subject;      /* the need or place that it is about; 0 = none */
	uint32_t interval_min; /* of CONTACT */
	enum rcc_duty_state state;
	bool is_late; /* its clock has run out at some time */
	int64_t opened_at_ms, changed_at_ms;
	int64_t due_at_ms;                /* its next clock; 0 = none runs */
	uint64_t opened_seq, changed_seq; /* evidence: the entries that opened it and changed it last */
	uint32_t previous;                /* slot + 1 of the incident's line before */
	uint32_t same;                    /* slot + 1 of the next in its chain of the index */
};
#define RCC_DUTY_BUCKETS 65536 /* twice RCC_DUTIES_MAX: each stored delivery looks some up in every case */
struct rcc_seen_message {
	struct rcc_key key;
	struct rcc_msg_id id;
	uint64_t seq; /* 0 = free */
	uint64_t fingerprint;
	uint32_t next; /* slot + 1 in its hash chain */
};
#define RCC_SEEN_BUCKETS 65536
#define RCC_PEER_BUCKETS 16384

/* Working space of one step; not state: not in the digest, worth nothing between steps. */
struct rcc_leg {
	uint32_t range_m, bearing_ddeg, eta_min;
	bool is_called_on, has_answered; /* asked by this broadcast; in this case */
	bool is_excused;                 /* in distress herself, unable with a reason, or released: not called on */
	bool is_told;                    /* an earlier broadcast of the case was given to its connection */
	bool is_recipient;               /* gets a line of this one */
};

struct rcc_core {
	struct rcc_run run; /* this run's build, centre and rules */
	uint64_t seq;
	int64_t at_ms; /* of the last entry */

	uint32_t peer_count, alert_last, incident_last, broadcast_last, plan_last; /* counters: ids are these, from 1 */
	char watch_officer[RCC_NAME_MAX + 1]; /* who has the watch; empty = nobody said so */
	uint32_t number_year, number_last;    /* YYYY-NNNN */
	uint32_t alert_count, incident_count, broadcast_count, delivery_count, answer_count,
	    plan_count; /* rows in use */

	struct rcc_peer peer[RCC_PEERS_MAX];
	struct rcc_profile profile[RCC_PEERS_MAX];         /* by the slot of the peer */
	struct rcc_invite invitation[RCC_INVITATIONS_MAX]; /* expires_at_ms 0 = free slot */
	struct rcc_alert_state alert[RCC_ALERTS_MAX];
	struct rcc_incident incident[RCC_INCIDENTS_MAX];
	struct rcc_broadcast broadcast[RCC_BROADCASTS_MAX];
	struct rcc_delivery delivery[RCC_DELIVERY_SLOTS];
	struct rcc_answer_state answer[RCC_ANSWERS_MAX];
	struct rcc_plan_state plan[RCC_PLANS_MAX];
	struct rcc_duty duty[RCC_DUTIES_MAX];
	uint32_t duty_last, duty_top, duty_count, duty_free;
	uint32_t duties_lost; /* lines that found no place: the table was full of open cases */
	uint32_t duty_bucket[RCC_DUTY_BUCKETS];
	/* Places of safety, and the ships at each; counters, tops and free slots as of the tables above. */
	struct rcc_place_state place[RCC_PLACES_MAX];
	struct rcc_place_ship place_ship[RCC_PLACE_SHIPS_MAX];
	uint32_t place_last, place_top, place_count, place_free;
	uint32_t place_ship_top, place_ship_count, place_ship_free;

	/* The diary of all cases: a ring, the oldest line is overwritten. */
	uint32_t note_last;
	struct rcc_note_line note[RCC_NOTES_MAX];

	/* Where persons are, and what they need; counters, tops and free slots as of the tables above. */
	uint32_t aboard_count, need_count, need_last;
	uint32_t aboard_top, need_top, aboard_free, need_free;
	struct rcc_aboard aboard[RCC_ABOARD_MAX];
	struct rcc_need_line need[RCC_NEEDS_MAX];

	struct rcc_centre_state centre[RCC_CENTRES_MAX];
	struct rcc_handover_state handover[RCC_HANDOVERS_MAX];
	struct rcc_request_state request[RCC_REQUESTS_MAX];
	uint32_t handover_last, request_last;

	/* Slots at and above these marks are free; those below may be, since rows leave. */
	uint32_t alert_top, incident_top, broadcast_top, delivery_top, answer_top, plan_top;
	uint32_t newest_circular, circular_count, circular_lines, bulletin_last,
	    card_last; /* slot + 1; in memory; issued */
	/* Freed slots below the tops, linked by slot + 1 through of_peer (deliveries) and previous (answers). */
	uint32_t delivery_free, answer_free;

	uint32_t seen_next; /* ring: the oldest is overwritten */
	struct rcc_seen_message seen[RCC_DEDUP_MAX];
	uint32_t seen_bucket[RCC_SEEN_BUCKETS];
	uint64_t seen_seed; /* spreads ids over the buckets; set before the first command, by whoever has randomness */
	uint32_t key_bucket[RCC_PEER_BUCKETS], mmsi_bucket[RCC_PEER_BUCKETS]; /* index of peer[], slot + 1 */

	struct rcc_parity_state parity;
	struct rcc_retention_state retention;

	struct rcc_leg leg[RCC_PEERS_MAX];
};

/* Bucket of a key or MMSI in the index of peers; of a message id in the index of seen messages. */
uint32_t rcc_peer_key_bucket(const struct rcc_key *key);
uint32_t rcc_peer_mmsi_bucket(struct rcc_mmsi mmsi);
uint32_t rcc_seen_bucket(const struct rcc_core *core, const struct rcc_msg_id *id);

/* ---- look-ups: find may return NULL, get asserts ---- */

const struct rcc_peer *rcc_peer_find(const struct rcc_core *core, struct rcc_peer_id id);
/* What a ship declares of herself; never NULL for one that rcc_peer_find*() has found. */
static inline const struct rcc_profile *
rcc_profile_of(const struct rcc_core *core, const struct rcc_peer *peer)
{
	return &core->profile[peer->id.v - 1];
}
const struct rcc_peer *rcc_peer_find_name(const struct rcc_core *core, const char *name);         /* active ones */
const struct rcc_peer *rcc_peer_find_key(const struct rcc_core *core, const struct rcc_key *key); /* newest with it */
const struct rcc_peer *rcc_peer_find_mmsi(const struct rcc_core *core, struct rcc_mmsi mmsi);     /* active vessel */
/* Every key that a ship was ever enrolled with, the newest first, revoked ones too; NULL ends it. */
const struct rcc_peer *rcc_peer_first_of(const struct rcc_core *core, struct rcc_mmsi mmsi);
const struct rcc_peer *rcc_peer_next_of(const struct rcc_core *core, const struct rcc_peer *peer);
bool rcc_peer_is_ship(const struct rcc_peer *peer); /* active, role vessel: gets every live broadcast */
/* Is this ship told of incidents of this class now? Of an exercise only if it takes part. */
bool rcc_peer_hears(const struct rcc_peer *peer, enum rcc_class class, int64_t at_ms);

const struct rcc_alert_state *rcc_alert_find(const struct rcc_core *core, struct rcc_alert_id id);
const struct rcc_incident *rcc_incident_find(const struct rcc_core *core, struct rcc_incident_id id);
/* The case that speaks for this one: itself, or the one that it was joined to, and so on. */
struct rcc_incident_id rcc_incident_speaker(const struct rcc_core *core, struct rcc_incident_id id);
/*
 * Has a person vouched for what ships have now? A cancel ends what was vouched for, so that a new signal is judged anew; of the
 * case that it ended the cancel itself says it.
 */
bool rcc_incident_is_vouched_now(const struct rcc_core *core, const struct rcc_incident *incident);
/* Why the place of a case may be wrong: RCC_ALERT_DOUBTS of the alerts that told it. */
uint32_t rcc_incident_doubts(const struct rcc_core *core, const struct rcc_incident *incident);
const struct rcc_plan_state *rcc_plan_find(const struct rcc_core *core, struct rcc_plan_id id);
/* The vessel's plan under way, by MMSI, or by name if it has none; NULL if there is none. */
const struct rcc_plan_state *rcc_plan_of(const struct rcc_core *core, struct rcc_mmsi mmsi, const char *name);
const struct rcc_broadcast *rcc_broadcast_find(const struct rcc_core *core, struct rcc_broadcast_id id);
const struct rcc_delivery *rcc_delivery_find(const struct rcc_core *core, struct rcc_peer_id peer, uint32_t number);
/* The ship's ledger line for a broadcast, or NULL. */
const struct rcc_delivery *rcc_delivery_of(const struct rcc_core *core, const struct rcc_broadcast *broadcast,
                                           struct rcc_peer_id peer);
/* Does nobody get it but the ship in distress herself? */
bool rcc_broadcast_is_to_casualty_alone(const struct rcc_core *core, const struct rcc_broadcast *broadcast);
/* By MMSI, registered or not. */
const struct rcc_answer_state *rcc_answer_of(const struct rcc_core *core, const struct rcc_incident *incident,
                                             struct rcc_mmsi ship);
const struct rcc_answer_state *rcc_answer_find(const struct rcc_core *core, const struct rcc_incident *incident,
                                               struct rcc_peer_id peer);

/* The same 406 MHz beacon; by its 23 digits or by the 15 of them that older equipment tells. */
bool rcc_correlate_is_same_beacon(const struct rcc_alert *a, const struct rcc_alert *b);

/* Walk the rows of a linked list: `slot1` is slot + 1, 0 ends it. */
static inline const struct rcc_delivery *
rcc_delivery_at(const struct rcc_core *core, uint32_t slot1)
{
	return slot1 == 0 ? NULL : &core->delivery[slot1 - 1];
}
static inline const struct rcc_broadcast *
rcc_broadcast_at(const struct rcc_core *core, uint32_t slot1)
{
	return slot1 == 0 ? NULL : &core->broadcast[slot1 - 1];
}
static inline const struct rcc_answer_state *
rcc_answer_at(const struct rcc_core *core, uint32_t slot1)
{
	return slot1 == 0 ? NULL : &core->answer[slot1 - 1];
}

/* Is this ledger line still to be stored by the ship? */
static inline bool
rcc_delivery_is_open(const struct rcc_delivery *delivery)
{
	return delivery->state == RCC_DELIVERY_QUEUED || delivery->state == RCC_DELIVERY_SENT ||
	       delivery->state == RCC_DELIVERY_UNREACHABLE;
}

/* Is it on her disk? What was stored, read, or answered by her own word to it, is. */
static inline bool
rcc_delivery_is_aboard(const struct rcc_delivery *line)
{
	return line->aboard_seq != 0;
}

/* May it have left the centre? */
static inline bool
rcc_delivery_is_out(const struct rcc_delivery *line)
{
	return line->sent_at_ms != 0 || line->may_be_out || rcc_delivery_is_aboard(line);
}

/* Do ships hold a call to this distress that nothing took back? A notice of a missing craft is no call. */
static inline bool
rcc_incident_is_standing(const struct rcc_incident *incident)
{
	return incident->broadcasts > 0 && !incident->is_cancelled && !incident->is_notice;
}
/* Do they hold a notice of a missing craft whose time has not run out? */
static inline bool
rcc_incident_is_noticed(const struct rcc_incident *incident)
{
	return incident->is_notice && !incident->is_notice_over;
}

/* ---- moves: two tables, printed and compared with docs/architecture.md by a test ---- */

#define RCC_BY_MACHINE 1u
#define RCC_BY_OFFICER 2u
struct rcc_move {
	uint32_t from, to; /* enum rcc_incident_status, or enum rcc_phase */
	uint32_t by;       /* RCC_BY_*: who may make it */
	const char *why;   /* in words */
};
/* NULL: nobody may. */
const struct rcc_move *rcc_incident_move(enum rcc_incident_status from, enum rcc_incident_status to);
const struct rcc_move *rcc_phase_move(enum rcc_phase from, enum rcc_phase to);
/* May somebody of `by` (RCC_BY_*) move an incident from one status to another? */
bool rcc_incident_may_move(enum rcc_incident_status from, enum rcc_incident_status to, uint32_t by);
bool rcc_phase_may_move(enum rcc_phase from, enum rcc_phase to, uint32_t by);
/* The phase at which a signal opens an incident (SAR Convention annex 4.4). */
enum rcc_phase rcc_phase_of(enum rcc_source source, enum rcc_category category);

#endif

/*
 * evidence.h - what the record says of one ship in one case, as the lines of an evidence pack.
 *
 * Why:    the same functions make the pack of the daemon, which hands it to the master, and that of an auditor's program,
 *         so that the two can be compared line by line.
 * Order:  begin; gather while the case is in the core's memory; take any entries in their order, all of the record or those
 *         that may concern her; any positions; finish.
 * Says:   what she was told, said and was asked; nothing of another ship that she was not told. No name of a person, no
 *         caller's particulars, no words about the people aboard: docs/evidence-pack.md is the contract.
 * Size:   some 400 kB, nothing is allocated.
 */
#ifndef RCC_EVIDENCE_H
#define RCC_EVIDENCE_H

#include "core/state.h"
#include "proto/pack.h"
#include "view/json.h"

/* A ship's keys, old ones included; her alerts in one case; her lines of the duty ledger; broadcasts and her calls. */
#define RCC_EVIDENCE_KEYS_MAX 32
#define RCC_EVIDENCE_ALERTS_MAX 32
#define RCC_EVIDENCE_DUTIES_MAX 64
#define RCC_EVIDENCE_BROADCASTS_MAX 128
#define RCC_EVIDENCE_CALLS_MAX 256
#define RCC_EVIDENCE_PLACES_MAX 32
#define RCC_EVIDENCE_FACTS_MAX 1024
/* Positions of the excerpt, and how near in time two of them may be. */
#define RCC_EVIDENCE_POSITIONS_MAX 288
#define RCC_EVIDENCE_POSITIONS_EVERY_MS (5 * 60000)

/* Facts and positions before they are chained; with chains, duties, head and signature the largest pack still has its room. */
#define RCC_EVIDENCE_TEXT_MAX 144000
#define RCC_EVIDENCE_CHAIN_MAX 48
#define RCC_EVIDENCE_DUTY_MAX 768
_Static_assert(RCC_EVIDENCE_TEXT_MAX + RCC_EVIDENCE_CHAIN_MAX * (RCC_EVIDENCE_FACTS_MAX + RCC_EVIDENCE_POSITIONS_MAX) +
                       RCC_EVIDENCE_DUTY_MAX * RCC_EVIDENCE_DUTIES_MAX + 4096 <=
                   RCC_PACK_BYTES_MAX,
               "whatever is gathered fits a pack");

/* One line of the pack, its entry cited, in `text`. */
struct rcc_evidence_fact {
	uint64_t seq;
	size_t offset, len;
	struct rcc_place_id place; /* it concerns her if the place turns out to be hers; 0 = it does */
};
struct rcc_evidence_call {
	struct rcc_peer_id peer;
	uint32_t number;
	bool is_sent, is_stored, is_read, is_flagged, is_unreachable;
};
struct rcc_evidence_duty {
	struct rcc_duty duty;
	struct rcc_link opened, changed; /* seq 0 = not met yet */
};

struct rcc_evidence {
	struct rcc_incident_id incident;
	struct rcc_mmsi ship;

	/* from the core */
	bool is_gathered, is_restricted;
	bool has_aboard;      /* survivors are with her */
	int64_t closed_at_ms; /* 0 = the case is open */
	uint32_t year, number;
	enum rcc_class class;
	char name[RCC_NAME_MAX + 1];   /* empty = she is not registered */
	char centre[RCC_NAME_MAX + 1]; /* of the run that had the case last */
	uint32_t key_count;
	struct rcc_peer_id key[RCC_EVIDENCE_KEYS_MAX];
	uint32_t alert_count;
	struct rcc_alert_id alert[RCC_EVIDENCE_ALERTS_MAX];
	uint32_t duty_count;
	struct rcc_evidence_duty duty[RCC_EVIDENCE_DUTIES_MAX];

	/* from the entries */
	uint32_t own;                        /* facts that are hers; 0 = she has no part in the case */
	bool is_cut;                         /* a bound above was met: facts are missing, and the pack says so */
	bool is_bound;                       /* she was called on or has answered: a release of all is hers too */
	bool is_requisitioned;               /* a release of those who need not come, since she complies, is not */
	int64_t first_at_ms, released_at_ms; /* 0 = not yet */
	int64_t over_at_ms;                  /* she was told that the case is over; 0 = not, or it was taken up again */
	int64_t last_part_at_ms;             /* her latest word, or that of her survivors */
	uint32_t broadcast_count;
	struct rcc_broadcast_issued broadcast[RCC_EVIDENCE_BROADCASTS_MAX];
	uint32_t call_count;
	struct rcc_evidence_call call[RCC_EVIDENCE_CALLS_MAX];
	uint32_t place_count;
	struct rcc_place_id place[RCC_EVIDENCE_PLACES_MAX]; /* hers */
	uint32_t fact_count;
	struct rcc_evidence_fact fact[RCC_EVIDENCE_FACTS_MAX];
	uint32_t position_count;
	struct rcc_evidence_fact position[RCC_EVIDENCE_POSITIONS_MAX];

	struct rcc_event event; /* one at a time, without the words that stay in the record */
	struct rcc_json json;   /* on `text` */
	char text[RCC_EVIDENCE_TEXT_MAX];
};

/* Who made the pack, and up to where it says what was recorded. */
struct rcc_evidence_making {
	const char *build;
	struct rcc_journal_id journal;
	struct rcc_link head;
	int64_t at_ms;
	const struct rcc_sign_key *key; /* NULL: it is not signed */
};

void rcc_evidence_begin(struct rcc_evidence *evidence, struct rcc_incident_id incident, struct rcc_mmsi ship);
/* Her keys, alerts and duties as the core has them now. RCC_E_NOT_FOUND if the case is not in memory. */
RCC_MUST_USE enum rcc_status rcc_evidence_gather(struct rcc_evidence *evidence, const struct rcc_core *core);
/* What an entry says of her. Pre: gathered; entries come in their order. */
void rcc_evidence_take(struct rcc_evidence *evidence, const struct rcc_link *link, const struct rcc_entry *entry);
/*
 * When her excerpt of the track begins and ends: from her first fact until she was released or the case ended, and as long as she
 * had survivors or a word about them to say. false if she has no part in the case. Pre: all entries were taken.
 */
bool rcc_evidence_window(const struct rcc_evidence *evidence, int64_t now_ms, int64_t *ret_from_ms, int64_t *ret_to_ms);
/* How far apart in time positions of that window are kept. */
int64_t rcc_evidence_step_ms(int64_t from_ms, int64_t to_ms);
void rcc_evidence_position(struct rcc_evidence *evidence, const struct rcc_report *report, int64_t at_ms);
/*
 * Writes the pack. RCC_E_NOT_FOUND if the record says nothing of her in this case: no ship learns that there is one.
 * RCC_E_FULL if it does not fit `pack`.
 */
RCC_MUST_USE enum rcc_status rcc_evidence_finish(struct rcc_evidence *evidence,
                                                 const struct rcc_evidence_making *making, struct rcc_pack *pack);

#endif

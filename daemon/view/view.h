/*
 * view.h - what an officer can look at, as gpsd-style JSON lines. docs/json.md is the contract.
 *
 * Reads core and picture, writes text; decides nothing. One place makes every JSON object of the daemon.
 */
#ifndef RCC_VIEW_H
#define RCC_VIEW_H

#include "rcc/message.h"

struct rcc_core;
struct rcc_picture;
struct rcc_net_counters;
struct rcc_net_refusal;

/* A distress that came while nothing could be recorded; the sender was told NotConfirmed. */
struct rcc_unrecorded {
	int64_t at_ms;
	struct rcc_peer_id sender; /* 0 = guest */
	struct rcc_alert body;
};

/* What became of raw signals of one source: every one is counted in exactly one of the others. */
struct rcc_heard_counts {
	uint64_t received;
	uint64_t alerts;       /* recorded: in a case, tests, repeats of what was dismissed */
	uint64_t unread;       /* recorded, and waits for a person: needs-reading, quarantine; also repeats of such */
	uint64_t positions;    /* routine positions, in the picture */
	uint64_t routine;      /* read and understood, nobody in danger: nothing else came of them */
	uint64_t again;        /* the same message once more: answered as before */
	uint64_t not_recorded; /* the record could not be written: shown to people, the sender told NotConfirmed */
};

/* The latest sums that a feed has told. */
struct rcc_told_tally {
	struct rcc_peer_id peer; /* 0 = free */
	int64_t told_at_ms;
	struct rcc_tally tally;
};

/* Called for each position of a track, oldest first. */
typedef void rcc_view_track_fn(void *context, const struct rcc_report *report, int64_t at_ms);

/* What only the daemon's shell knows. */
struct rcc_view_facts {
	int64_t now_ms, started_at_ms;
	struct rcc_link head;
	struct rcc_journal_id journal;
	struct rcc_key sign_key, server_key;
	struct rcc_key next_server_key; /* announced; zero = none is */
	const char *version, *centre;
	bool is_degraded, is_training;
	bool is_damaged;          /* degraded for good: the record does not verify */
	const char *degraded_why; /* while it is degraded; may be NULL */
	bool is_agency;           /* who asks is no officer: restricted cases are not there */
	int64_t clock_skew_ms;
	uint32_t
	    clock_steps; /* so often was the clock set in this run; the last time by clock_step_ms, at clock_step_at_ms */
	int64_t clock_step_ms, clock_step_at_ms;
	const struct rcc_unrecorded *unrecorded;
	size_t unrecorded_count;
	uint64_t malformed, throttled;              /* messages refused before the core saw them */
	uint64_t positions;                         /* taken from ships and feeds, one by one or in batches */
	uint64_t not_live;                          /* positions of tests and exercises, kept out of the picture */
	const struct rcc_heard_counts *heard;       /* by source, in the order of rcc_source_at(); may be NULL */
	const struct rcc_heard_counts *heard_other; /* of names that are no source of ours */
	const struct rcc_told_tally *tally;         /* feeds that have told their sums, in no order; may be NULL */
	size_t tally_count;                         /* rows, free ones among them */
	const struct rcc_net_counters *net;
	const struct rcc_net_refusal *refusal;
	size_t refusal_count;
	const char *ships, *operations, *live; /* endpoints as bound */
	/* is this enrolled key connected now, and when was it last heard? */
	bool (*is_connected)(void *context, const struct rcc_key *key, int64_t *ret_heard_at_ms);
	/* was the next key announced to it in this run? NULL: not known */
	bool (*knows_next_key)(void *context, struct rcc_peer_id peer);
	/* where was this ship, at most one position every step_ms? NULL, or false: not known now */
	bool (*track)(void *context, struct rcc_mmsi ship, int64_t from_ms, int64_t to_ms, int64_t step_ms,
	              rcc_view_track_fn *tell, void *tell_context);
	void *context;
};

/*
 * Fills one page of the view: whole lines only, ret_rows->next set if there is more. RCC_E_NOT_FOUND for an incident
 * that does not exist, RCC_E_RANGE for a view that lacks its argument; of TEXT also RCC_E_NOT_ALLOWED for a case that is for
 * officers alone, RCC_E_AGAIN for a form that waits for a position, RCC_E_FULL.
 */
RCC_MUST_USE enum rcc_status rcc_view_fill(const struct rcc_view *view, const struct rcc_core *core,
                                           const struct rcc_picture *picture, const struct rcc_view_facts *facts,
                                           struct rcc_view_rows *ret_rows);

#endif

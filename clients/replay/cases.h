/*
 * cases.h - every case of a record with what became of it, one after another, for the reports that are made of many.
 *
 * Why:    a closed case leaves the core's memory, so it is looked at in the moment before, and what is left at the end.
 * Order:  rcc_cases_read() calls `event` after each entry was applied, and `leave` once for each case.
 * Leaves out: restricted cases (ship security). A report that is handed on never speaks of them, not even as a number.
 */
#ifndef RCC_REPLAY_CASES_H
#define RCC_REPLAY_CASES_H

#include "core/state.h"
#include "replay/replay.h"

/* When what happened first; 0 = never. */
struct rcc_case_times {
	int64_t alert_at_ms; /* the alert that opened it was recorded; it may have waited for a person */
	int64_t broadcast_at_ms, answer_at_ms, arrival_at_ms;
	int64_t ashore_at_ms; /* the latest ship has reached a place of safety with the last of hers */
};

/* A case as it was when it left; `incident` and all its rows are the core's, borrowed until the call returns. */
struct rcc_case {
	const struct rcc_core *core;
	const struct rcc_incident *incident;
	struct rcc_case_times times;
};

struct rcc_cases_reader {
	void *context;
	/* NULL = not asked for. Events of restricted cases come as well. */
	void (*event)(void *context, const struct rcc_core *core, const struct rcc_link *link,
	              const struct rcc_event *event);
	void (*leave)(void *context, const struct rcc_case *row);
};

/* The record as it was read: its first and last entry, and the centre as the last run calls it. */
struct rcc_cases_span {
	int64_t first_at_ms, last_at_ms;
	uint64_t entries;
	char centre[RCC_NAME_MAX + 1];
};

/* False: the reason is on stderr. */
RCC_MUST_USE bool rcc_cases_read(const struct rcc_replay *replay, const struct rcc_cases_reader *reader,
                                 struct rcc_cases_span *ret_span);

#endif

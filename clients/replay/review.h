/*
 * review.h - the figures of one year of a record, for those who review how it went (s002 I, J; s001 3(d)). Inside rcc-replay.
 *
 * Counts: a case belongs to the year in which it was opened, with all its duties, deliveries and persons; an alert to the year in
 *         which it was recorded. Exercises and tests are counted as such and nowhere else; a case that turned out to be the same
 *         as another is counted as joined, and otherwise only by what ships were told of it. Restricted cases are not there.
 */
#ifndef RCC_REPLAY_REVIEW_H
#define RCC_REPLAY_REVIEW_H

#include "core/state.h"
#include "replay/cases.h"
#include "replay/idset.h"
#include "replay/spans.h"

/* What became of a case: an outcome, or the status of one that is not closed. */
#define RCC_REVIEW_FATES (RCC_OUTCOME_LAST + RCC_INCIDENT_STATUS_LAST + 1)

enum rcc_review_time {
	RCC_REVIEW_BROADCAST = 1, /* from the alert to the first call to ships */
	RCC_REVIEW_ANSWER = 2,    /* from the alert to the first answer */
	RCC_REVIEW_ARRIVAL = 3,   /* from the alert to the first ship on scene */
	RCC_REVIEW_ASHORE = 4,    /* from the first survivor aboard a ship to the last one ashore */
};
#define RCC_REVIEW_TIME_LAST RCC_REVIEW_ASHORE
struct rcc_review_times {
	struct rcc_spans spans;
	uint32_t without; /* cases in which it has not come so far */
	int64_t worst_ms;
	uint32_t year, number; /* the case with the worst; number 0 = none */
};

/* A line of the ledger stands in one of these; late goes before excused. */
struct rcc_review_duty {
	uint32_t kept, late, excused, fell_away, owed;
};
/* Reasons of an excuse: those of a ship's answer, and two of people. */
#define RCC_REVIEW_BY_OFFICER (RCC_REASON_LAST + 1)
#define RCC_REVIEW_BY_HOLD (RCC_REASON_LAST + 2)
#define RCC_REVIEW_EXCUSES (RCC_REASON_LAST + 3)

struct rcc_review_owner {
	struct rcc_idset ships;
	uint32_t lines, stored, read, answered;
	struct rcc_spans spans; /* from queued to stored */
};

struct rcc_review_places {
	uint32_t overrides, fears, fears_open, reviews, reviews_unsafe, refusals, objections;
};

/* An alert that waits, or has waited, for a person. */
struct rcc_review_wait {
	enum rcc_lane lane; /* 0 = it never waited, or is not counted */
	enum rcc_source source;
	int64_t at_ms;
	bool is_settled;
};
struct rcc_review_lane {
	uint32_t alerts, accepted, dismissed, escalated;
	struct rcc_spans spans; /* of those that a person has settled */
};

struct rcc_review {
	uint32_t year;
	uint32_t count[RCC_CLASS_LAST + 1][RCC_PHASE_LAST + 1][RCC_REVIEW_FATES];
	uint32_t live, joined, exercises;
	struct rcc_idset drilled; /* ships that took part in an exercise */
	uint32_t persons[RCC_WHERE_LAST + 1], persons_known, uncounted;
	struct rcc_review_times time[RCC_REVIEW_TIME_LAST + 1];
	struct rcc_review_duty duty[RCC_DUTY_RULES_MAX + 1];
	uint32_t excuse[RCC_DUTY_RULES_MAX + 1][RCC_REVIEW_EXCUSES];
	struct rcc_review_owner owner[RCC_OWNER_LAST + 1];
	struct rcc_review_places places;
	struct rcc_review_wait *wait; /* by alert id - 1: ids are counters */
	size_t wait_size;
	struct rcc_review_lane lane[RCC_LANE_DISMISSED + 1];
	uint32_t of_source[RCC_SOURCE_LAST + 1], false_of_source[RCC_SOURCE_LAST + 1],
	    dismissed_of_source[RCC_SOURCE_LAST + 1];
	bool is_out_of_memory;
};

/* review_count.c: a case as it leaves. */
void rcc_review_take_case(struct rcc_review *review, const struct rcc_case *row);
/* review_print.c */
void rcc_review_print(struct rcc_review *review, const struct rcc_cases_span *span, bool is_json);

#endif

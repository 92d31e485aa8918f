/*
 * company.h - what the record says of the ships of one company while they were its own. Inside rcc-replay.
 *
 * Says:   for each ship her profile, her readiness and its gaps, the cases in which she was called on, her duties, what she was
 *         told and how long that took. Nothing of another company's ships, of another time of the same ship, of who was saved.
 */
#ifndef RCC_REPLAY_COMPANY_H
#define RCC_REPLAY_COMPANY_H

#include "core/state.h"
#include "replay/cases.h"
#include "replay/lines.h"

/* From when until when a ship named this company; until 0 = she still does. */
struct rcc_company_ship {
	struct rcc_mmsi mmsi;
	char name[RCC_NAME_MAX + 1];
	int64_t from_ms, until_ms;
	char contact[RCC_COMPANY_TEXT_MAX + 1], policy[RCC_COMPANY_TEXT_MAX + 1]; /* as last stated then */
};
/* One declaration of hers: a change of values, a readiness check, or both. */
struct rcc_company_said {
	struct rcc_mmsi mmsi;
	int64_t at_ms;
	struct rcc_profile_order body;
};
/* A case in which she was called on; 0 = never, or not any more while she was the company's. */
struct rcc_company_case {
	struct rcc_mmsi mmsi;
	uint32_t year, number;
	enum rcc_class class;
	int64_t called_at_ms, could_know_at_ms, knew_at_ms, answered_at_ms, answer_at_ms, arrived_at_ms;
	int64_t released_at_ms, ended_at_ms; /* a release to her; a cancel or suspension to all */
	enum rcc_answer_kind answer;         /* the latest; 0 = none */
	enum rcc_reason reason;
};
struct rcc_company_duty {
	struct rcc_mmsi mmsi;
	uint32_t year, number;
	enum rcc_duty_rule rule;
	enum rcc_duty_state state; /* 0 = settled after she had left the company */
	bool is_late;
	int64_t opened_at_ms, settled_at_ms;
};
struct rcc_company_delivery {
	struct rcc_mmsi mmsi;
	uint32_t year, number;
	uint32_t delivery;
	enum rcc_broadcast_kind kind;
	bool is_called_on;
	int64_t queued_at_ms, sent_at_ms, stored_at_ms, read_at_ms;
};

/* A list that grows. */
struct rcc_company_list {
	void *row;
	size_t count, size;
};
struct rcc_company {
	const char *name;
	struct rcc_company_list ship, said, of_case, duty, delivery;
	bool is_out_of_memory;
};

/* The row of one of those lists. */
#define RCC_COMPANY_ROW(company, list, type, i) ((struct rcc_company_##type *)(company)->list.row + (i))

/* A new row at the end, zeroed, or NULL when memory ends. */
void *rcc_company_add(struct rcc_company *company, struct rcc_company_list *list, size_t size);
/* Did the ship name this company then? 0 = never. */
bool rcc_company_has(const struct rcc_company *company, struct rcc_mmsi mmsi, int64_t at_ms);
/* company_case.c: what a case says of its ships. */
void rcc_company_take_case(struct rcc_company *company, const struct rcc_case *row);
/* company_gaps.c: what the ship's checks found missing, each with how long. */
void rcc_company_print_gaps(const struct rcc_company *company, const struct rcc_company_ship *ship,
                            struct rcc_lines *lines, int64_t now_ms);

#endif

/*
 * state_persons.h - where the persons of a case are, and what they and the ships with them need: rows of the core's state.
 * Part of state.h, which includes it.
 */
#ifndef RCC_CORE_STATE_PERSONS_H
#define RCC_CORE_STATE_PERSONS_H

#include "rcc/message.h"

/*
 * Persons of a case at one place: aboard one ship, landed at one place, missing, dead ... Who is at risk has no row: that is
 * the total as known without those counted here. A row stays when it is empty: when the first survivor came aboard counts.
 */
struct rcc_aboard {
	struct rcc_incident_id incident; /* 0 = free slot */
	enum rcc_where where;            /* never AT_RISK */
	struct rcc_mmsi ship;            /* with ABOARD */
	struct rcc_place_id place;       /* with LANDED; 0 = not named */
	struct rcc_persons count;        /* the ledger */
	struct rcc_peer_id by;           /* who moved the last of them; 0 = the local socket */
	int64_t at_ms;                   /* when that happened; 0 = nobody came yet */
	int64_t first_at_ms;             /* when the first came; 0 = nobody came yet */
	int64_t landed_at_ms;   /* when survivors of hers last went ashore; 0 = never, or she took others since */
	bool has_split;         /* a family was split here, with a reason in the record */
	int64_t reported_at_ms; /* the ship's last report; 0 = none */
	struct rcc_peer_id reported_by; /* who brought it: herself, an officer, another centre; 0 = the local socket */
	bool is_report_counted;         /* another centre's count, not what she said */
	struct rcc_survivors report;    /* both stay: the ledger, and what she says */
	bool is_disputed;               /* she says another number, and nothing has settled it */
	bool is_protection_stated;      /* once said, a later silence takes it not back */
	uint64_t protection_seq;        /* entry in which it was said first; 0 = never */
	uint32_t previous;              /* slot + 1 of the incident's row before; of a free slot: the next free one */
};

/* A request with a clock (s003 par. 45): water, a medical evacuation. */
struct rcc_need_line {
	struct rcc_need_id id; /* 0 = free slot */
	struct rcc_incident_id incident;
	enum rcc_need_state state;
	enum rcc_need_kind kind;
	struct rcc_mmsi ship;
	uint32_t quantity; /* 0 = not stated */
	struct rcc_peer_id asked_by, changed_by;
	int64_t asked_at_ms, changed_at_ms;
	int64_t due_at_ms;             /* 0 = no clock runs any more */
	char text[RCC_TEXT_MAX + 1];   /* as asked */
	char answer[RCC_TEXT_MAX + 1]; /* said with the last change */
	uint32_t previous;             /* as above */
};

#endif

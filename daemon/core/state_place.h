/*
 * state_place.h - places of safety and the ships that go there, as rows of the core. Part of state.h, which includes it.
 *
 * Why:  a place is final only after four recorded checks (IMO MSC.167(78) 6.12 to 6.14), never where life or freedom would be
 *       at risk (SAR Convention annex 3.1.9; non-refoulement). What was said, by whom and when stays beside what was decided.
 */
#ifndef RCC_CORE_STATE_PLACE_H
#define RCC_CORE_STATE_PLACE_H

#include "rcc/command.h"

struct rcc_place_state {
	struct rcc_place_id id; /* 0 = free slot */
	struct rcc_incident_id incident;
	char name[RCC_NAME_MAX + 1];
	struct rcc_pos pos;                          /* may be unknown */
	char authority[RCC_NAME_MAX + 1];            /* asked, offered or refused last */
	int64_t step_at_ms[RCC_PLACE_STEP_LAST + 1]; /* the latest of each step; 0 = never */
	uint32_t checks;                             /* RCC_CHECK_*, as last checked */
	struct rcc_peer_id checked_by;
	bool is_unsafe;
	struct rcc_peer_id unsafe_by; /* who flagged it last */
	struct rcc_peer_id lifted_by; /* who said after that that it is safe; 0 = it was not flagged, or still is */
	int64_t unsafe_at_ms;
	char unsafe_reason[RCC_TEXT_MAX + 1];
	bool is_feared;            /* and not reviewed since */
	uint32_t fears;            /* how often one was stated */
	struct rcc_mmsi fear_ship; /* whose survivors did last; 0 = not stated */
	char fear[RCC_TEXT_MAX + 1];
	struct rcc_peer_id reviewed_by;
	uint64_t reviewed_seq; /* entry of the latest review; 0 = never */
	char review[RCC_TEXT_MAX + 1];
	bool is_refused; /* by its authority, and not offered since */
	char refusal[RCC_TEXT_MAX + 1];
	struct rcc_link
	    said_record;      /* offered or refused over a link: the entry of its authority's record; seq 0 = typed */
	uint32_t newest_ship; /* slot + 1 of the ship named last */
	uint32_t previous;    /* slot + 1 of the incident's place before */
};

/* One ship at one place: what her master says of it, and whether she is sent there. */
struct rcc_place_ship {
	struct rcc_mmsi ship; /* 0 = free slot */
	struct rcc_place_id place;
	bool is_assigned; /* she is to go there, and has not arrived */
	struct rcc_peer_id by;
	char reason[RCC_TEXT_MAX + 1];
	uint32_t overridden; /* RCC_PLACE_BLOCK_*: what two officers decided over */
	struct rcc_peer_id first;
	char first_reason[RCC_TEXT_MAX + 1];
	struct rcc_peer_id pending_by; /* the first half of such a decision; 0 = none */
	int64_t pending_at_ms;
	char pending_reason[RCC_TEXT_MAX + 1];
	int64_t assigned_at_ms, withdrawn_at_ms, reached_at_ms, preferred_at_ms,
	    objected_at_ms; /* the latest; 0 = never */
	bool is_unassigned; /* reached, and nobody had assigned it */
	uint32_t objections;
	char objection[RCC_TEXT_MAX + 1];  /* the latest */
	uint32_t extra_nm, extra_h;        /* of her latest assignment to it */
	uint64_t made_nm, made_h;          /* of those before */
	struct rcc_broadcast_id broadcast; /* as she was told last; 0 = by voice */
	uint32_t previous;                 /* slot + 1 of the place's ship before */
};

#endif

/*
 * bulletin.h - what everybody may be told of a case, as one record: the newest broadcast with the facts it stands on.
 *
 * Why:    one record, many forms. Whoever renders it (daemon/render) knows this struct and nothing else of the core.
 * Draft:  when ships hold nothing that says what is so now, it is what would be said: a relay at distress, a notice below.
 * Bounds: of ships the RCC_BULLETIN_SHIPS_MAX first, those called on before the others, then by time to get there.
 */
#ifndef RCC_CORE_BULLETIN_H
#define RCC_CORE_BULLETIN_H

#include "rcc/message.h"

struct rcc_core;
struct rcc_incident;

#define RCC_BULLETIN_SHIPS_MAX 256
#define RCC_BULLETIN_EARLIER_MAX 16

struct rcc_bulletin_ship {
	struct rcc_mmsi mmsi;
	char name[RCC_NAME_MAX + 1];
	struct rcc_pos pos; /* where it was last seen; unknown until somebody who has the picture fills it */
	int64_t pos_at_ms;
	bool is_called_on;
	enum rcc_delivery_state state;
	uint32_t range_m, bearing_ddeg, eta_min; /* as reckoned when it was told */
	enum rcc_answer_kind answer;             /* 0 = none */
	uint32_t answer_eta_min;
};

struct rcc_bulletin {
	char centre[RCC_NAME_MAX + 1];
	struct rcc_incident_id incident;
	uint32_t year, number; /* YYYY-NNNN */
	enum rcc_class class;
	enum rcc_phase phase;
	enum rcc_incident_status status;
	enum rcc_source source;
	enum rcc_nature nature;
	struct rcc_mmsi casualty;
	char name[RCC_NAME_MAX + 1];
	char callsign[RCC_CALLSIGN_MAX + 1];
	uint32_t persons;      /* 0 = not known */
	uint32_t persons_left; /* of them, at risk or missing now; all of them while nobody is counted elsewhere */
	char channel[RCC_NAME_MAX + 1]; /* where to answer, as the communications plan has it; empty = no plan */
	int64_t heard_at_ms;            /* when the centre learned of it */

	bool is_draft; /* no ship has been told this */
	enum rcc_broadcast_kind kind;
	bool is_after_call;    /* CANCEL, SUSPENDED: ships had been called on, and not only asked for a look-out */
	uint32_t broadcast;    /* its number among all; 0 = draft */
	uint32_t revision;     /* 0 = draft */
	int64_t issued_at_ms;  /* a draft's: now */
	int64_t expires_at_ms; /* 0 = it stands until it is replaced */
	bool is_verified;
	struct rcc_pos pos;
	int64_t pos_at_ms;
	uint32_t pos_radius_m;
	uint32_t candidate_count; /* 0, or 2 and more */
	struct rcc_candidate candidate[RCC_CANDIDATES_MAX];
	uint32_t doubts; /* about the place, RCC_ALERT_* */
	char text[RCC_TEXT_MAX + 1];

	/* What this one replaces: the broadcasts since the last cancel, newest first. */
	uint32_t earlier_count;
	struct rcc_bulletin_earlier {
		uint32_t revision;
		int64_t issued_at_ms;
	} earlier[RCC_BULLETIN_EARLIER_MAX];

	uint32_t ship_count, ships_left_out;
	struct rcc_bulletin_ship ship[RCC_BULLETIN_SHIPS_MAX];
};

/* RCC_E_NOT_ALLOWED for a case that is for officers alone: no form of it goes anywhere. */
RCC_MUST_USE enum rcc_status rcc_bulletin_fill(const struct rcc_core *core, const struct rcc_incident *incident,
                                               int64_t now_ms, struct rcc_bulletin *ret_bulletin);

#endif

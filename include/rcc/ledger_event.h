/*
 * ledger_event.h - what ships were told, and how far it came. Part of event.h, which includes it; include that.
 */
#ifndef RCC_LEDGER_EVENT_H
#define RCC_LEDGER_EVENT_H

#include "rcc/command.h"

struct rcc_broadcast_issued {
	struct rcc_broadcast_id broadcast;
	struct rcc_incident_id incident;
	enum rcc_broadcast_kind kind;
	uint32_t revision;     /* per incident, from 1 */
	struct rcc_peer_id by; /* 0 = by the machine: silence means go */
	uint32_t verified;
	struct rcc_pos pos;
	int64_t pos_at_ms;
	uint32_t pos_radius_m;
	char text[RCC_TEXT_MAX + 1];
	uint32_t candidate_count;
	struct rcc_candidate candidate[RCC_CANDIDATES_MAX];
	uint32_t doubts;       /* about the place, RCC_ALERT_DOUBTS */
	int64_t expires_at_ms; /* of a notice of a missing craft; 0 = it stands until it is replaced */
	/* What the case said then: a ship that fetches it later hears what the others heard. */
	enum rcc_source source;
	enum rcc_nature nature;
	uint32_t persons; /* 0 = not known */
	struct rcc_mmsi casualty;
	char name[RCC_NAME_MAX + 1];
};
struct rcc_delivery_row {
	struct rcc_peer_id peer;
	uint32_t number;
	uint32_t range_m;
	uint32_t bearing_ddeg; /* from the ship to the casualty, true */
	uint32_t eta_min;
	uint32_t called_on;
};
struct rcc_deliveries_queued {
	struct rcc_broadcast_id broadcast;
	uint32_t count; /* 1..RCC_DELIVERY_ROWS_MAX */
	struct rcc_delivery_row row[RCC_DELIVERY_ROWS_MAX];
};
struct rcc_call_row {
	struct rcc_mmsi mmsi;
	struct rcc_pos pos;
	uint32_t range_m;
	uint32_t bearing_ddeg;
	uint32_t eta_min;
};
/* Ships near the scene that are not registered: to be called one by one by DSC. Nearest first. */
struct rcc_call_listed {
	struct rcc_broadcast_id broadcast;
	uint32_t count; /* 1..RCC_CALL_ROWS_MAX */
	struct rcc_call_row row[RCC_CALL_ROWS_MAX];
};
struct rcc_delivery_stored {
	struct rcc_peer_id peer;
	uint32_t number;
	int64_t claimed_at_ms;
};
struct rcc_delivery_read {
	struct rcc_peer_id peer;
	uint32_t number;
	int64_t claimed_at_ms;
	char by[RCC_NAME_MAX + 1];
};
struct rcc_answered {
	struct rcc_peer_id peer; /* 0 = a ship that is not registered: answer.ship, as an officer typed it */
	struct rcc_answer answer;
	uint32_t typed; /* 1: an officer typed what she said by voice: it says nothing of what is on her disk */
};
enum rcc_flag { RCC_FLAG_NOT_STORED = 1, RCC_FLAG_USE_OTHER_CHANNEL = 2 };
#define RCC_FLAG_LAST RCC_FLAG_USE_OTHER_CHANNEL
struct rcc_deliveries_flagged {
	struct rcc_broadcast_id broadcast;
	enum rcc_flag flag;
	uint32_t count; /* 1..RCC_SENT_ROWS_MAX */
	struct rcc_delivery_ref row[RCC_SENT_ROWS_MAX];
};
struct rcc_ledger_full {
	struct rcc_broadcast_id broadcast;
	uint32_t missing; /* ships that got no ledger line: call them another way */
};

#endif

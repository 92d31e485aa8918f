/*
 * state_handover.h - the part of state.h that holds other centres, and the cases on their way to and from them.
 */
#ifndef RCC_CORE_STATE_HANDOVER_H
#define RCC_CORE_STATE_HANDOVER_H

#include "rcc/message.h"

/* Where a centre is reached, and what may leave to it. */
struct rcc_centre_state {
	struct rcc_peer_id peer; /* 0 = free slot */
	uint32_t share;          /* enum rcc_share */
	char endpoint[RCC_ENDPOINT_MAX + 1];
};

/* A case on its way from one centre to another; handover.h. */
struct rcc_handover_state {
	uint32_t id; /* from 1, in the order in which they were offered; 0 = free slot */
	struct rcc_msg_id handover;
	struct rcc_peer_id peer; /* the other centre */
	bool is_incoming;        /* the other offered */
	enum rcc_handover_stage stage;
	struct rcc_incident_id incident; /* our case, and its number as people say it */
	uint32_t year, number;
	struct rcc_incident_id theirs; /* the case in the other's numbers; 0 = not known */
	uint32_t their_year, their_number;
	int64_t offered_at_ms, changed_at_ms;
	uint64_t offered_seq, accepted_seq; /* accepted: by us; 0 = we have not */
	uint64_t passed_seq;                /* with it, by this entry, our case became the other's; 0 = it did not */
	bool is_late;                       /* nobody answered in time */
	enum rcc_handover_step heard;       /* by the other, last; 0 = nothing */
	struct rcc_link heard_record;
	char heard_officer[RCC_NAME_MAX + 1];
	char heard_reason[RCC_TEXT_MAX + 1];
	enum rcc_handover_step said; /* by us, last: owed to the other until it has it; 0 = nothing */
	bool is_stored;
	enum rcc_refusal said_refusal; /* why the other took no note of it; 0 = it did */
	int64_t said_at_ms;
	uint64_t said_seq;
	struct rcc_link said_answers;
	char said_officer[RCC_NAME_MAX + 1];
	char said_reason[RCC_TEXT_MAX + 1];
	struct rcc_alert snapshot; /* as it was offered, with what went with it */
	struct rcc_carried carried;
	uint32_t report_len;
	char report[RCC_REPORT_MAX + 1];
};

#endif

/*
 * state_request.h - places of safety that are asked of other centres, and by them, as rows of the core. Part of state.h, which
 * includes it.
 *
 * Why:  what one centre said to another stands here word for word until the other has it on its disk, so that a restart says
 *       the same again.
 */
#ifndef RCC_CORE_STATE_REQUEST_H
#define RCC_CORE_STATE_REQUEST_H

#include "rcc/command.h"

struct rcc_request_state {
	struct rcc_request_id id; /* from 1, in the order in which they were asked; 0 = free slot */
	struct rcc_peer_id peer;  /* the other centre */
	bool is_incoming;         /* the other asks */
	enum rcc_class class;
	enum rcc_request_stage stage;
	struct rcc_place_id place;      /* of our case; 0 = the other asks */
	struct rcc_place_request asked; /* as it was asked; the case in the numbers of the one who asks */
	int64_t asked_at_ms, changed_at_ms;
	bool is_late;                /* nobody answered in time */
	uint32_t turns;              /* answers so far, ours or theirs */
	struct rcc_pos pos;          /* where it was offered, if not as asked */
	enum rcc_request_step heard; /* by the other, last; 0 = nothing */
	struct rcc_link heard_record;
	char heard_officer[RCC_NAME_MAX + 1];
	char heard_text[RCC_TEXT_MAX + 1];
	enum rcc_request_step said; /* by us, last: owed to the other until it has it; 0 = nothing */
	bool is_stored;
	enum rcc_refusal said_refusal; /* why the other took no note of it; 0 = it did */
	int64_t said_at_ms;
	uint64_t said_seq;
	struct rcc_link said_answers;
	char said_officer[RCC_NAME_MAX + 1];
	char said_text[RCC_TEXT_MAX + 1];
};

#endif

/*
 * request_side.h - one of two centres, for tests of places of safety that are asked between them: as handover_side.h, with the
 * words of a request.
 */
#ifndef RCC_TEST_REQUEST_SIDE_H
#define RCC_TEST_REQUEST_SIDE_H

#include "core/place.h"
#include "core/request.h"
#include "handover_side.h"

/* An officer asks this authority for PORT B in this case; to be filled, then watch_step. */
struct rcc_place *ask_begin(uint32_t incident, const char *authority);
uint32_t ask(uint32_t incident, const char *authority);
/* An officer's order on a request of this number. */
struct rcc_request_order *answer_begin(uint32_t request, enum rcc_request_step step);
uint32_t answer(uint32_t request, enum rcc_request_step step);
/* The other centre says a step of this request: an answer in its turn, or PORT Z asked for. */
struct rcc_place_request *said_begin(struct rcc_msg_id request, enum rcc_request_step step, uint32_t turn);
uint32_t said(struct rcc_msg_id request, enum rcc_request_step step, uint32_t turn);
/* What our shell heard: the other has it on its disk, or says why not. */
uint32_t said_receipt(struct rcc_msg_id request, enum rcc_refusal refusal);
const struct rcc_request_state *request_row(uint32_t request);
/* What is owed of requests; NULL = nothing. */
const struct rcc_centre_owed *request_owes(void);

#endif

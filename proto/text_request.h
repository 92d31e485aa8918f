/*
 * text_request.h - places of safety asked between centres, in words; for text_work.c alone.
 */
#ifndef RCC_PROTO_TEXT_REQUEST_H
#define RCC_PROTO_TEXT_REQUEST_H

#include "rcc/event.h"

/* Each returns the length of what it wrote, cut to the size. */
size_t rcc_request_order_format(char *text, size_t size, const struct rcc_request_order *order);
size_t rcc_request_said_format(char *text, size_t size, const struct rcc_place_request *said);
size_t rcc_request_changed_format(char *text, size_t size, const struct rcc_request_changed *changed);

#endif

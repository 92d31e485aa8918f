/*
 * text_retention.h - what is kept beside the record, in words; for text_work.c alone.
 */
#ifndef RCC_PROTO_TEXT_RETENTION_H
#define RCC_PROTO_TEXT_RETENTION_H

#include "rcc/event.h"

/* Each returns the length of what it wrote, cut to the size. */
size_t rcc_retention_format(char *text, size_t size, const struct rcc_retention *order);
size_t rcc_retention_changed_format(char *text, size_t size, const struct rcc_retention_changed *changed);

#endif

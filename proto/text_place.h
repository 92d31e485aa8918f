/* text_place.h - the half of a place's line that text_place.c writes. For text_work.c alone. */
#ifndef RCC_TEXT_PLACE_H
#define RCC_TEXT_PLACE_H

#include "rcc/event.h"

/* What was decided beside what was ordered, begun with "; ". Bounded by size, ended by NUL; returns its length. */
size_t rcc_place_decided_format(char *text, size_t size, const struct rcc_place_stepped *stepped);

#endif

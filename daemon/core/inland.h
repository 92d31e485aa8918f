/*
 * inland.h - is a place so far from all water that no ship can be there?
 *
 * Why:    a distress alert from the middle of a desert is a garbled or a mistyped position; the officer should be told.
 *         It is a mark for a person to look at, never a reason to refuse an alert.
 * Errors: on the side of water. A place that is called inland is inland; many that are inland are not called so.
 */
#ifndef RCC_CORE_INLAND_H
#define RCC_CORE_INLAND_H

#include "rcc/types.h"

/*
 * Is the place more than 60 nautical miles from every sea, large lake and navigable river? False for an unknown place.
 * Cells of one degree; inland.c says what counts as water.
 */
bool rcc_geo_is_inland(struct rcc_pos pos);

#endif

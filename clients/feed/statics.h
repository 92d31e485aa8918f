/*
 * statics.h - a ship's name, call sign and size out of the bits of AIS messages 5, 19 and 24 (ITU-R M.1371-5). Pure.
 */
#ifndef RCC_FEED_STATICS_H
#define RCC_FEED_STATICS_H

#include "proto/source/ais_bits.h"
#include "rcc/message.h"

/* RCC_E_AGAIN: another type, or nothing is stated. RCC_E_RANGE: no valid MMSI, or another length than the type has. */
RCC_MUST_USE enum rcc_status rcc_feed_statics_read(const struct rcc_ais_bits *bits, struct rcc_static *ret_vessel);

#endif

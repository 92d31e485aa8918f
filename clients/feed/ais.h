/*
 * ais.h - AIS messages as libgps gives them (unscaled), into what the centre takes. Pure.
 *
 * Why:    gpsd checks no ranges and has one struct per message type; everything behind this file is one report, one
 *         static record or the few values that an alert decoder needs (proto/source/source.h).
 */
#ifndef RCC_FEED_AIS_H
#define RCC_FEED_AIS_H

#include <gps.h>

#include "proto/source/source.h"

#if GPSD_API_MAJOR_VERSION < 9
#error "libgps with API 9 or later is needed (gpsd 3.20): gps_read() takes a message buffer, times are timespecs"
#endif

/*
 * Types 1, 2, 3, 18, 19 and 27 as a report. RCC_E_AGAIN: the type is no ship's position report (base stations, aircraft
 * and aids to navigation among them). RCC_E_RANGE: it states no valid position or no valid MMSI.
 */
RCC_MUST_USE enum rcc_status rcc_feed_ais_report(const struct ais_t *ais, int64_t at_ms, struct rcc_report *ret_report);

/* Types 5, 19 and 24 as static data. RCC_E_AGAIN: nothing is stated. RCC_E_RANGE: no valid MMSI. */
RCC_MUST_USE enum rcc_status rcc_feed_ais_static(const struct ais_t *ais, struct rcc_static *ret_vessel);

/* What alert decoders look at; every type has an answer. */
void rcc_feed_ais_values(const struct ais_t *ais, int64_t at_ms, struct rcc_ais_values *ret_values);

#endif

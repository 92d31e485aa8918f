/*
 * print.h - what would be sent, as lines of text: "POSITION 970123456 35-30.00N 012-30.00E sog=5.4kn ...".
 *
 * One line per thing, first word its kind, second the MMSI; unknown values are left out. For people and scripts.
 */
#ifndef RCC_FEED_PRINT_H
#define RCC_FEED_PRINT_H

#include "feed/out.h"

void rcc_feed_print_report(const struct rcc_report *report);
void rcc_feed_print_static(const struct rcc_static *vessel);
void rcc_feed_print_signal(const struct rcc_feed_signal *signal);

#endif

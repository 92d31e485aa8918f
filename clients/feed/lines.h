/*
 * lines.h - lines out of a stream of bytes, in bounded memory. Pure.
 */
#ifndef RCC_FEED_LINES_H
#define RCC_FEED_LINES_H

#include "proto/source/nmea.h"

/* Zeroed = empty. */
struct rcc_feed_lines {
	size_t len; /* of the line so far; may be more than is kept */
	uint8_t bytes[RCC_NMEA_LINE_MAX];
};

/* A line without its end and the blanks before that. */
struct rcc_feed_line_bytes {
	const uint8_t *bytes; /* valid until the next call */
	size_t len;           /* kept */
	size_t lost;          /* bytes beyond RCC_NMEA_LINE_MAX */
};

/* Takes bytes up to the end of a line and tells how many; true in *ret_is_line when one is complete: in *ret_line. */
size_t rcc_feed_lines_take(struct rcc_feed_lines *lines, const uint8_t *bytes, size_t len, bool *ret_is_line,
                           struct rcc_feed_line_bytes *ret_line);
/* The stream has ended or broken off: what had come of a line is one. False: nothing had. */
bool rcc_feed_lines_end(struct rcc_feed_lines *lines, struct rcc_feed_line_bytes *ret_line);

#endif

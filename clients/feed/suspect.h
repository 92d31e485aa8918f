/*
 * suspect.h - is a line that is no sentence we know the rest of a distress call? Pure.
 *
 * Why:    a decoder can only judge what it is given. A line whose first characters were damaged on its way from the receiver
 *         may be a call all the same: a person looks at it, and the receiver's ordinary sentences wake nobody.
 */
#ifndef RCC_FEED_SUSPECT_H
#define RCC_FEED_SUSPECT_H

#include <stddef.h>
#include <stdint.h>

/* So far from the start of a sentence its formatter may stand: "$CDDSC" has it at 3, noise and a lost line end push it on. */
#define RCC_FEED_FORMATTER_WITHIN 16

enum rcc_feed_suspicion {
	RCC_FEED_SUSPECT_NONE = 1,   /* a sound sentence of another kind, a comment, or nothing that a call has */
	RCC_FEED_SUSPECT_DSC = 2,    /* has what only a DSC call or its expansion has */
	RCC_FEED_SUSPECT_BEACON = 3, /* AIS: says that it is a beacon, or status 14 */
	RCC_FEED_SUSPECT_MAYBE_DSC = 4,
	RCC_FEED_SUSPECT_MAYBE_AIS = 5, /* a safety text, or AIS of which nothing can be read */
	RCC_FEED_SUSPECT_SHIP = 6,      /* damaged AIS of an ordinary ship */
};

/*
 * A sentence with a right checksum and another formatter than DSC and DSE says that it is something else, unless it holds
 * what a call has behind the talker of DSC equipment (CD), or AIS that cannot be put together. Any bytes, any length.
 */
enum rcc_feed_suspicion rcc_feed_suspect(const uint8_t *line, size_t len);

#endif

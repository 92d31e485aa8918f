/*
 * tally.h - what became of everything that was read: each line and each text is counted once.
 */
#ifndef RCC_FEED_TALLY_H
#define RCC_FEED_TALLY_H

#include <stdint.h>

/* X(name, word in the log) */
#define RCC_FEED_FATE_LIST(X)                                                                                          \
	X(ALERT, "alert")           /* an alert that was read here, on its way */                                      \
	X(RAW, "raw")               /* on its way as it is */                                                          \
	X(REPORT, "report")         /* a ship's position, into the batch */                                            \
	X(STATIC, "static")         /* a ship's name and size, into the batch */                                       \
	X(OWN, "own")               /* our own position */                                                             \
	X(REPEATED, "repeated")     /* a signal sent within the last minute */                                         \
	X(ROUTINE, "routine")       /* read and understood, nothing to send: no valid position, other messages */      \
	X(GARBLED, "garbled")       /* AIS that is damaged and neither a beacon nor a safety text */                   \
	X(INCOMPLETE, "incomplete") /* AIS whose other sentences never came */                                         \
	X(UNREADABLE, "unreadable") /* too long, not text, or AIS that says nothing */                                 \
	X(WITHHELD, "withheld")     /* might be a call, but so many such lines came that they are noise */             \
	X(OTHER, "other")           /* other sentences, comments, empty lines */

#define RCC_FEED_FATE_ENUM(name, word) RCC_FEED_FATE_##name,
enum rcc_feed_fate { RCC_FEED_FATE_LIST(RCC_FEED_FATE_ENUM) };
#undef RCC_FEED_FATE_ENUM
#define RCC_FEED_FATES (RCC_FEED_FATE_OTHER + 1)

struct rcc_feed_tally {
	uint64_t lines, texts; /* read */
	uint64_t waiting;      /* of these, sentences whose message is not complete yet */
	uint64_t fate[RCC_FEED_FATES];
};

#endif

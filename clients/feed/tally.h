/*
 * tally.h - what became of everything that was read: each line and each text is counted once. Pure.
 */
#ifndef RCC_FEED_TALLY_H
#define RCC_FEED_TALLY_H

#include "rcc/message.h"

/* The centre is told the sums so often when something has changed. */
#define RCC_FEED_TALLY_MS 60000

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

/* The latest line that nobody understood. */
struct rcc_feed_last {
	bool is_there;
	enum rcc_feed_fate why;
	int64_t at_ms;
	uint32_t len; /* kept */
	uint8_t bytes[RCC_TALLY_LAST_MAX];
};

struct rcc_feed_tally {
	uint64_t lines, texts; /* read */
	uint64_t waiting;      /* of these, sentences whose message is not complete yet */
	uint64_t fate[RCC_FEED_FATES];
	struct rcc_feed_last last;
	/* as the centre was told last */
	uint64_t told_heard, told_waiting, told_welcomes;
	int64_t told_mono_ms; /* 0 = never */
};

/* The word for it in the log. */
const char *rcc_feed_fate_word(enum rcc_feed_fate fate);
/* Counts so many lines; bytes: the beginning of one of them, kept if nobody understood it; len may be 0. */
void rcc_feed_tally_count(struct rcc_feed_tally *tally, enum rcc_feed_fate fate, uint32_t lines, const uint8_t *bytes,
                          size_t len, int64_t at_ms);
/*
 * Is the centre to be told? After each of its welcomes, each RCC_FEED_TALLY_MS if something was read since, and at the end if
 * it does not know all.
 */
bool rcc_feed_tally_due(const struct rcc_feed_tally *tally, uint64_t welcomes, bool is_end, int64_t mono_ms);
/* It was told. */
void rcc_feed_tally_told(struct rcc_feed_tally *tally, uint64_t welcomes, int64_t mono_ms);
/* The sums as the centre wants them; since, replaced and unsent are the caller's. */
void rcc_feed_tally_fill(const struct rcc_feed_tally *tally, struct rcc_tally *ret_sums);

#endif

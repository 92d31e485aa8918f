/*
 * feed.h - what happens to everything that is heard, whatever it came through: a report into the batch, an alert out at once.
 */
#ifndef RCC_FEED_H
#define RCC_FEED_H

#include "feed/batch.h"
#include "feed/expansion.h"
#include "feed/log.h"
#include "feed/out.h"
#include "feed/own.h"
#include "feed/repeat.h"
#include "feed/tally.h"

/*
 * So many lines a minute that only may be distress go to the centre: noise on a line must leave room below the centre's limit
 * for floods (30 a minute), above which a real call would wait with it.
 */
#define RCC_FEED_MAYBE_PER_MIN 6

/* One reading of both clocks a turn. */
struct rcc_feed_now {
	int64_t at_ms, mono_ms;
};

struct rcc_feed {
	struct rcc_feed_batch batch;
	struct rcc_feed_own own;
	struct rcc_feed_repeats repeats;
	struct rcc_feed_out out;
	struct rcc_feed_tally tally;
	struct rcc_feed_limit unreadable_told, withheld_told;
	int64_t maybe_mono_ms; /* when the minute began that maybe_count is of */
	uint32_t maybe_count;
	int64_t since_at_ms; /* when we were started */
	uint64_t replaced;   /* reports replaced in a batch by a newer one of the same ship */
};

/* These two tell the fate of what they were given: sent, or a repeat that is not. The bytes are the evidence; len may be 0. */
enum rcc_feed_fate rcc_feed_alert(struct rcc_feed *feed, const struct rcc_alert *alert, const uint8_t *bytes,
                                  size_t len, struct rcc_feed_now now);
/* `same` makes a repeat: without a tag block, which has another time each time. same_len 0: it is never one. */
enum rcc_feed_fate rcc_feed_raw(struct rcc_feed *feed, const char *source_name, const uint8_t *bytes, size_t len,
                                const char *same, size_t same_len, struct rcc_feed_now now);
/* A line with a DSC or DSE at `from`: sent with the sentences of its line that it belongs to, and counted. */
void rcc_feed_dsc(struct rcc_feed *feed, struct rcc_feed_expansions *expansions, const uint8_t *line, size_t len,
                  size_t from, struct rcc_feed_now now);
void rcc_feed_report(struct rcc_feed *feed, const struct rcc_report *report, int64_t mono_ms);
void rcc_feed_static(struct rcc_feed *feed, const struct rcc_static *vessel, int64_t mono_ms);

/* Counts lines under what became of them; the bytes are one of them, or their message. */
void rcc_feed_count(struct rcc_feed *feed, enum rcc_feed_fate fate, uint32_t lines, const uint8_t *bytes, size_t len,
                    struct rcc_feed_now now);
/* Counts a line that nobody can read, and shows its beginning in the log, at most once a minute. */
void rcc_feed_unreadable(struct rcc_feed *feed, const char *place, const uint8_t *bytes, size_t len, size_t lost,
                         struct rcc_feed_now now);
/*
 * A line that is no sentence we know: counted, and on its way to the centre as it is if it may be the rest of a distress call
 * (suspect.h). False: there is nothing in it, and it is not counted.
 */
bool rcc_feed_suspected(struct rcc_feed *feed, const char *place, const uint8_t *bytes, size_t len,
                        struct rcc_feed_now now);
/* Sends and counts a line that only may be distress, while a minute has room for it. */
void rcc_feed_maybe(struct rcc_feed *feed, const char *place, const char *source_name, const uint8_t *bytes, size_t len,
                    struct rcc_feed_now now);
/* The signal of these bytes, as much of them as a message takes; tells when that is not all. */
bool rcc_feed_raw_signal(const char *source_name, const uint8_t *bytes, size_t len, int64_t at_ms,
                         struct rcc_feed_signal *ret_signal);

/* Sends the batches that are due. */
void rcc_feed_flush(struct rcc_feed *feed, int64_t mono_ms);
/* Sends what is left in them. */
void rcc_feed_finish(struct rcc_feed *feed);
/* Tells the centre the sums if that is due. */
void rcc_feed_tell_centre(struct rcc_feed *feed, bool is_end, int64_t mono_ms);
/* Logs the sums: every line and text read stands under one word. */
void rcc_feed_tell(const struct rcc_feed *feed);

#endif

/*
 * out.h - where everything goes: the centre, or with --dry-run text on stdout.
 *
 * Why:    positions may be lost, the next one replaces them; an alert may not. Alerts go through the client's outbox,
 *         and wait here while even that cannot take them.
 * Owns:   the client handle and a waiting queue; rcc_feed_out_close() frees them.
 */
#ifndef RCC_FEED_OUT_H
#define RCC_FEED_OUT_H

#include "rcc/client.h"

/* Alerts that wait for the outbox (its disk is full, say). Beyond, the log tells each one in full. */
#define RCC_FEED_WAITING_MAX 256

/* An alert, decoded or raw. */
struct rcc_feed_signal {
	enum rcc_body_kind kind; /* RCC_BODY_ALERT or RCC_BODY_ALERT_RAW */
	int64_t at_ms;           /* when it was heard */
	union {
		struct rcc_alert alert;
		struct rcc_alert_raw raw;
	} u;
};

struct rcc_feed_counts {
	uint64_t reports, statics, own, alerts, raw; /* handed on */
	uint64_t unsent;                             /* reports and static data dropped because there was no link */
	uint64_t refused;                            /* by the centre */
	uint64_t refused_alerts;                     /* of these */
};

/* What has become of the message that is being watched. */
enum rcc_feed_watch { RCC_FEED_WATCH_OPEN = 1, RCC_FEED_WATCH_SAFE = 2, RCC_FEED_WATCH_REFUSED = 3 };

struct rcc_feed_out {
	struct rcc_client *client; /* NULL with --dry-run */
	const char *name;          /* under which to enrol us; borrowed */
	struct rcc_feed_counts counts;
	bool has_store; /* the outbox outlives us */
	bool linked;    /* the centre has welcomed us */
	bool is_feed;   /* as a feed, whose sums it takes */
	uint64_t welcomes;
	uint32_t open_signals; /* not answered yet, as far as we have counted */
	struct rcc_msg_id watched;
	enum rcc_feed_watch watch;
	bool store_told;         /* that the outbox cannot be written */
	int64_t refused_mono_ms; /* last refusal told; 0 = none */
	uint32_t waiting_count;  /* oldest first */
	struct rcc_feed_signal waiting[RCC_FEED_WAITING_MAX];
	struct rcc_envelope message;
};

/* client may be NULL: then everything is printed. Takes it over. */
void rcc_feed_out_init(struct rcc_feed_out *out, struct rcc_client *client, const char *name, bool has_store);
void rcc_feed_out_close(struct rcc_feed_out *out);

void rcc_feed_out_reports(struct rcc_feed_out *out, const struct rcc_position_batch *positions);
void rcc_feed_out_statics(struct rcc_feed_out *out, const struct rcc_static_batch *statics);
void rcc_feed_out_own(struct rcc_feed_out *out, const struct rcc_report *report);
/* What became of all that was heard; false: it could not be sent, and is told again with the next sums. */
bool rcc_feed_out_sums(struct rcc_feed_out *out, const struct rcc_tally *sums);
void rcc_feed_out_signal(struct rcc_feed_out *out, const struct rcc_feed_signal *signal);
/*
 * For what is on a disk of ours already and can be sent later: RCC_OK, and the signal is watched from now on, one at a time.
 * Otherwise nothing was kept of it.
 */
RCC_MUST_USE enum rcc_status rcc_feed_out_try(struct rcc_feed_out *out, const struct rcc_feed_signal *signal);
/* SAFE: it is in an outbox on disk, or the centre has it. */
enum rcc_feed_watch rcc_feed_out_watch(const struct rcc_feed_out *out);

/* True while alerts wait for room in the outbox: do not read what can wait. */
bool rcc_feed_out_is_full(const struct rcc_feed_out *out);
/* Alerts that the centre has not accepted yet. */
uint32_t rcc_feed_out_left(const struct rcc_feed_out *out);

/* Takes what the centre says and posts what waits. Call every turn. */
void rcc_feed_out_turn(struct rcc_feed_out *out, int64_t mono_ms);

#endif

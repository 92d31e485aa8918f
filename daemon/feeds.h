/*
 * feeds.h - what feeds have said of themselves, and when they last gave us something that a receiver of theirs heard.
 *
 * Why:    a feed whose program has ended, and one whose receiver is gone, look alike from here: nothing comes, and the centre is blind
 *         there. Nothing here is evidence.
 */
#ifndef RCC_FEEDS_H
#define RCC_FEEDS_H

#include "app.h"

/* A feed has said something of this kind. */
void rcc_feeds_hear(struct rcc_app *app, struct rcc_peer_id feed, enum rcc_body_kind kind);
/* Its sums: they stand beside ours until it tells newer ones, for people to see; more lines than before were heard by a receiver. */
void rcc_feeds_take_tally(struct rcc_app *app, struct rcc_peer_id feed, const struct rcc_tally *tally);
/* When its receivers heard something last, by our clock; 0 = not in this run. */
int64_t rcc_feeds_heard_at_ms(const struct rcc_app *app, struct rcc_peer_id feed);

#endif

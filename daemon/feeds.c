#include "feeds.h"

void
rcc_feeds_hear(struct rcc_app *app, struct rcc_peer_id feed, enum rcc_body_kind kind)
{
	bool is_heard = kind == RCC_BODY_POSITION || kind == RCC_BODY_POSITION_BATCH || kind == RCC_BODY_STATIC_BATCH ||
	                kind == RCC_BODY_ALERT || kind == RCC_BODY_ALERT_RAW;

	if (is_heard)
		app->contact[feed.v - 1].given_at_ms = app->now_ms;
}

void
rcc_feeds_take_tally(struct rcc_app *app, struct rcc_peer_id feed, const struct rcc_tally *tally)
{
	struct rcc_told_tally *row = &app->tally[0];

	for (size_t i = 0; i < RCC_TALLIES_MAX && row->peer.v != feed.v; i++) {
		if (app->tally[i].peer.v == feed.v || app->tally[i].told_at_ms < row->told_at_ms)
			row = &app->tally[i];
	}
	int64_t *given_at_ms = &app->contact[feed.v - 1].given_at_ms;
	bool is_same_run = row->peer.v == feed.v && row->tally.since_at_ms == tally->since_at_ms;
	bool has_heard = is_same_run && tally->lines + tally->texts > row->tally.lines + row->tally.texts;
	/* What it heard and did not hand on was heard at some time since it last told its sums: no later than that is known. */
	if (has_heard && row->told_at_ms > *given_at_ms)
		*given_at_ms = row->told_at_ms;
	*row = (struct rcc_told_tally){.peer = feed, .told_at_ms = app->now_ms, .tally = *tally};
}

int64_t
rcc_feeds_heard_at_ms(const struct rcc_app *app, struct rcc_peer_id feed)
{
	return app->contact[feed.v - 1].given_at_ms;
}

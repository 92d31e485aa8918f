/*
 * client_clock.c - does our clock agree with the centre's? Each beat says what it is there, and the Welcome that answers our Hello.
 *
 * A beat may have waited on the way: it shows our clock further ahead than it is, and never further behind. Of several that come together
 * the one that waited least counts, and of the last three so the least: a clock that is ahead is told after three beats.
 */
#include "librcc/client_internal.h"

/* Beats that come closer to each other than half the time between two have waited together. */
static bool
is_of_same_beat(const struct rcc_client *client, int64_t now_ms)
{
	return client->beat_count > 0 && now_ms - client->beat_heard_ms < rcc_client_beat_ms(client) / 2;
}

void
rcc_client_note_clock(struct rcc_client *client, int64_t beat_at_ms, int64_t now_ms, int64_t at_ms)
{
	int64_t off_ms = at_ms - beat_at_ms;

	if (beat_at_ms <= 0) {
		return;
	}
	if (!is_of_same_beat(client, now_ms)) {
		client->beat_heard_ms = now_ms;
		client->clock_off_ms[client->beat_count++ % RCC_CLOCK_BEATS] = off_ms;
		return;
	}
	int64_t *last_ms = &client->clock_off_ms[(client->beat_count - 1) % RCC_CLOCK_BEATS];
	*last_ms = off_ms < *last_ms ? off_ms : *last_ms;
}

void
rcc_client_note_welcome_clock(struct rcc_client *client, int64_t said_at_ms, int64_t took_ms, int64_t at_ms)
{
	int64_t most_ms = at_ms - said_at_ms, least_ms = most_ms - took_ms;
	int64_t off_ms = least_ms > 0 ? least_ms : most_ms < 0 ? most_ms : 0;

	if (said_at_ms <= 0 || took_ms < 0) {
		return;
	}
	/* What is certain of it needs no beats beside it. */
	for (uint32_t i = 0; i < RCC_CLOCK_BEATS; i++) {
		client->clock_off_ms[i] = off_ms;
	}
	client->beat_count = RCC_CLOCK_BEATS;
	client->beat_heard_ms = client->heard_ms;
}

int64_t
rcc_client_clock_off_ms(const struct rcc_client *client)
{
	uint32_t count = client->beat_count < RCC_CLOCK_BEATS ? client->beat_count : RCC_CLOCK_BEATS;
	int64_t least_ms = count > 0 ? client->clock_off_ms[0] : 0;

	for (uint32_t i = 1; i < count; i++) {
		least_ms = client->clock_off_ms[i] < least_ms ? client->clock_off_ms[i] : least_ms;
	}
	if (least_ms <= -RCC_CLIENT_CLOCK_OFF_MS || (least_ms >= RCC_CLIENT_CLOCK_OFF_MS && count == RCC_CLOCK_BEATS)) {
		return least_ms;
	}
	return 0;
}

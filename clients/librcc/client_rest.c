/*
 * client_rest.c - calling in: the link is closed but for a short call every so many minutes, and for as long as something of ours waits.
 *
 * A call is over when the centre has taken all that we said, we have all that it had for us, and neither has said anything for a while. A
 * distress, or any word, wakes the link at once. Beats and checkpoints keep no call open.
 */
#include "librcc/client_internal.h"

/* What waits in a thin link's queue takes its time; what the centre is still making for us takes a turn. */
#define SETTLE_SHIP_MS 20000
#define SETTLE_SHORE_MS 2000

static bool
is_over(const struct rcc_client *client, int64_t now_ms)
{
	int64_t settle_ms = client->config.link == RCC_LINK_SHIP ? SETTLE_SHIP_MS : SETTLE_SHORE_MS;

	return client->is_welcome && !client->needs_hello && client->pending_count == 0 &&
	       rcc_client_waiting(client) == 0 && now_ms - client->word_ms >= settle_ms;
}

void
rcc_client_mind_rest(struct rcc_client *client, int64_t now_ms)
{
	int64_t every_ms = client->config.call_in_ms;

	if (every_ms == 0) {
		return;
	}
	if (client->rest_until_ms != 0) {
		if (now_ms < client->rest_until_ms && client->pending_count == 0) {
			return;
		}
		client->rest_until_ms = 0;
		client->word_ms = now_ms;
		rcc_client_reopen(client);
		return;
	}
	if (is_over(client, now_ms)) {
		struct rcc_traffic traffic = client->link.traffic;

		rcc_link_close(&client->link);
		client->link.traffic = traffic;
		client->is_up = client->is_welcome = false;
		/* Ships whose links come back together do not call together ever after. */
		client->rest_until_ms = now_ms + every_ms - rcc_jitter_ms(every_ms) / 10;
	}
}

int64_t
rcc_client_rest_ms(const struct rcc_client *client)
{
	int64_t left_ms = client->rest_until_ms - rcc_clock_ms();

	return client->rest_until_ms == 0 ? 0 : left_ms > 1 ? left_ms : 1;
}

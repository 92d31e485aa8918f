/* Silence: how long it is none, when it is a loss, and when the centre is asked again who we are to it. */
#include "librcc/client_internal.h"

/* A Hello and its answer cost a guest some 600 bytes: at most 8 kB an hour, but for its first minutes. */
#define GUEST_ASKS_FIRST_MS 30000
#define GUEST_ASKS_MAX_MS 300000

static void
ask_hello(struct rcc_client *client, int64_t now_ms)
{
	client->needs_hello = true;
	client->hello_due_ms = now_ms;
	client->hello_tries = 0;
}

void
rcc_client_refresh(struct rcc_client *client)
{
	ask_hello(client, rcc_clock_ms());
	(void)rcc_client_tick(client, rcc_clock_ms());
}

void
rcc_client_take_calls(struct rcc_client *client)
{
	client->config.wants_deliveries = true;
	rcc_client_refresh(client);
}

/* How long silence is no loss. */
int64_t
rcc_client_patience_ms(const struct rcc_client *client)
{
	int beats = RCC_BEATS_MISSED + (client->welcome.role == RCC_ROLE_GUEST ? RCC_BEATS_UNANSWERED : 0);

	return beats * rcc_client_beat_ms(client);
}

/* A guest hears nothing by itself; once it is enrolled it is not to wait for calls until it happens to ask. */
static void
ask_as_guest(struct rcc_client *client, int64_t now_ms)
{
	if (client->guest_wait_ms == 0) {
		client->guest_wait_ms = GUEST_ASKS_FIRST_MS;
	}
	if (now_ms - client->heard_ms < client->guest_wait_ms) {
		return;
	}
	client->guest_wait_ms *= 2;
	if (client->guest_wait_ms > GUEST_ASKS_MAX_MS) {
		client->guest_wait_ms = GUEST_ASKS_MAX_MS;
	}
	ask_hello(client, now_ms);
}

/* The library below reconnects in silence, and a daemon may restart between two beats: silence alone tells. */
void
rcc_client_note_silence(struct rcc_client *client, int64_t now_ms)
{
	int64_t silent_ms = now_ms - client->heard_ms;

	if (client->is_welcome && silent_ms > rcc_client_patience_ms(client)) {
		client->is_welcome = false;
		client->lost_due = true;
		ask_hello(client, now_ms);
	} else if (client->is_welcome && !client->needs_hello &&
	           silent_ms > RCC_BEATS_MISSED * rcc_client_beat_ms(client)) {
		ask_hello(client, now_ms);
	} else if (client->is_welcome && !client->needs_hello && client->welcome.role == RCC_ROLE_GUEST) {
		ask_as_guest(client, now_ms);
	}
}

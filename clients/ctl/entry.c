/* One entry of the record, read from the daemon. */
#define _POSIX_C_SOURCE 200809L
#include <string.h>
#include <time.h>

#include "ctl/ctl.h"
#include "proto/wire.h"
#include "rcc/units.h"

#define WAIT_MS 2000

static int64_t
monotonic_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * RCC_MS_PER_S + now.tv_nsec / 1000000;
}

/* The page is its entries and a beat that ends it; true when it is over. */
static bool
take(const struct rcc_envelope *message, const struct rcc_msg_id *asked, uint64_t seq, struct rcc_link *link,
     struct rcc_entry *entry, bool *ret_is_read)
{
	if (message == NULL || memcmp(message->reply_to.b, asked->b, sizeof asked->b) != 0)
		return false;
	if (message->kind != RCC_BODY_ENTRY)
		return true;
	if (message->u.entry.link.seq != seq)
		return false;
	*link = message->u.entry.link;
	*ret_is_read = rcc_wire_decode_entry(message->u.entry.payload, message->u.entry.payload_len, entry) == RCC_OK;
	return true;
}

bool
rcc_ctl_entry_read(struct rcc_ctl *ctl, uint64_t seq, struct rcc_link *ret_link, struct rcc_entry *ret_entry)
{
	int64_t end_ms = monotonic_ms() + (ctl->timeout_ms < WAIT_MS ? ctl->timeout_ms : WAIT_MS);
	bool is_read = false;
	bool is_over = false;
	ctl->message->kind = RCC_BODY_CATCHUP;
	ctl->message->class = RCC_CLASS_LIVE;
	ctl->message->u.catchup = (struct rcc_catchup){.from_seq = seq, .max = 1};
	if (seq == 0 || rcc_client_send(ctl->client, ctl->message) != RCC_OK)
		return false;
	while (!is_over) {
		const struct rcc_envelope *message = NULL;
		int64_t left_ms = end_ms - monotonic_ms();
		if (left_ms <= 0)
			break;
		if (rcc_client_next(ctl->client, left_ms, &message) != RCC_CLIENT_NOTHING)
			is_over = take(message, &ctl->message->id, seq, ret_link, ret_entry, &is_read);
	}
	return is_read;
}

/* client_welcome.c - who the centre is: its key, its record, and whether that goes on where we knew it. */
#include <string.h>

#include "librcc/client_internal.h"
#include "proto/chain.h"

/* Numbers count within one journal: a new one begins again at 1. */
static void
use_journal(struct rcc_client *client, const struct rcc_journal_id *journal)
{
	client->journal = *journal;
	client->whole = rcc_client_count_whole(client);
}

uint32_t
rcc_client_count_whole(struct rcc_client *client)
{
	return client->has_store ? rcc_store_contiguous(&client->store, &client->journal,
	                                                rcc_store_base(&client->store, &client->journal))
	                         : 0;
}

static void
pin(struct rcc_client *client)
{
	client->is_pinned = true;
	client->sign_key = client->welcome.sign_key;
	if (client->has_store) {
		rcc_client_note_store(client, rcc_store_set_pin(&client->store, &client->welcome.sign_key,
		                                                &client->welcome.journal, rcc_clock_at_ms()));
	}
}

void
rcc_client_note_seq(struct rcc_client *client, uint64_t seq)
{
	client->known_seq = seq > client->known_seq ? seq : client->known_seq;
}

/* Does its record end before what it showed us? Its present end is what we know from here on. */
static void
compare_head(struct rcc_client *client, uint64_t head, bool same_journal)
{
	struct rcc_checkpoint kept;

	client->known_seq = same_journal ? client->known_seq : 0;
	if (same_journal && client->known_seq == 0 && rcc_client_checkpoint(client, &kept) == RCC_OK) {
		rcc_client_note_seq(client, kept.link.seq);
	}
	client->set_back_from = head < client->known_seq ? client->known_seq : 0;
	client->known_seq = head;
}

enum rcc_client_event
rcc_client_take_welcome(struct rcc_client *client)
{
	const struct rcc_welcome *welcome = &client->message->u.welcome;
	static const struct rcc_journal_id nameless;
	/* A centre whose disk gives nothing back cannot name its record: that is no other record than the one we know. */
	bool is_nameless = memcmp(welcome->journal.b, nameless.b, sizeof nameless.b) == 0;
	bool same_journal = client->is_pinned && (is_nameless || memcmp(client->journal.b, welcome->journal.b,
	                                                                sizeof welcome->journal.b) == 0);

	client->welcome = *welcome;
	client->has_welcome = true;
	/* Of a Hello that was said again nobody knows which one is answered. */
	if (client->hello_tries == 1) {
		rcc_client_note_welcome_clock(client, welcome->at_ms, client->heard_ms - client->hello_sent_ms,
		                              client->heard_at_ms);
	}
	client->guest_wait_ms = welcome->role == RCC_ROLE_GUEST ? client->guest_wait_ms : 0;
	client->is_welcome = true;
	client->needs_hello = false;
	client->lost_due = false;
	client->is_first_due = true;
	client->is_key_changed =
	    client->is_pinned && memcmp(client->sign_key.b, welcome->sign_key.b, sizeof welcome->sign_key.b) != 0;
	rcc_client_note_keys(client);
	if (!is_nameless) {
		compare_head(client, welcome->head.seq, same_journal);
	}
	if (!same_journal && !is_nameless) {
		use_journal(client, &welcome->journal);
	}
	if (!client->is_key_changed && !same_journal && !is_nameless) {
		pin(client);
	}
	/* The centre counts from what Hello said; numbers of another journal than ours meant nothing to it. */
	client->owed_to = (uint64_t)(same_journal ? client->hello_whole : client->whole) + welcome->deliveries_waiting;
	rcc_client_resend_old(client, rcc_clock_ms());
	return client->is_key_changed ? RCC_CLIENT_SUSPECT : RCC_CLIENT_WELCOME;
}

enum rcc_status
rcc_client_trust(struct rcc_client *client)
{
	if (!client->has_welcome) {
		return RCC_E_UNREACHABLE;
	}
	client->is_key_changed = false;
	pin(client);
	return client->store_fault[0] == '\0' ? RCC_OK : RCC_E_IO;
}

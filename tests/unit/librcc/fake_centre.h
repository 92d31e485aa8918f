/*
 * fake_centre.h - a centre under a test's thumb: a real CURVE socket on loopback, and answers only when told.
 *
 * It runs in the test's own thread: take turns with the client under test, and nothing depends on time.
 */
#ifndef RCC_TEST_FAKE_CENTRE_H
#define RCC_TEST_FAKE_CENTRE_H

#include "proto/chain.h"
#include "rcc/client.h"

struct fake_centre {
	void *socket; /* NULL = down */
	char endpoint[RCC_ENDPOINT_MAX + 1];
	struct rcc_key public_key;
	uint8_t secret[RCC_KEY_SIZE];
	struct rcc_sign_key sign_key;
	struct rcc_journal_id journal;
	uint32_t beat_ms;
	enum rcc_role role;
	uint32_t waiting;        /* deliveries, as Welcome says */
	uint32_t overtaken_from; /* as the next delivery says */
	uint64_t seq;

	/* what came in last */
	uint8_t route[32];
	size_t route_len;
	uint8_t bytes[RCC_MESSAGE_MAX];
	size_t len;
	struct rcc_envelope *in, *out;
	uint32_t hellos;
	struct rcc_msg_id hello; /* the last Hello, which a Welcome answers, whatever came in since */
};

void fake_centre_init(struct fake_centre *centre);
void fake_centre_fini(struct fake_centre *centre);
/* On a free port the first time, on the same one afterwards. */
void fake_centre_up(struct fake_centre *centre);
void fake_centre_down(struct fake_centre *centre);
/* False if nothing has come in. */
bool fake_centre_take(struct fake_centre *centre);
void fake_centre_send(struct fake_centre *centre, const uint8_t *bytes, size_t len);
/* Sends centre->out, of which kind and body are filled, to where the last message came from. */
void fake_centre_say(struct fake_centre *centre, enum rcc_body_kind kind, const struct rcc_msg_id *reply_to);
void fake_centre_welcome(struct fake_centre *centre);
/* Signed with `key`, NULL = not signed. */
void fake_centre_accept(struct fake_centre *centre, const struct rcc_msg_id *id, const struct rcc_sign_key *key);
void fake_centre_refuse(struct fake_centre *centre, const struct rcc_msg_id *id, enum rcc_refusal reason);
void fake_centre_deliver(struct fake_centre *centre, uint32_t number, uint32_t broadcast);
void fake_centre_beat(struct fake_centre *centre);
void fake_centre_checkpoint(struct fake_centre *centre, uint64_t seq, uint8_t hash, const struct rcc_sign_key *key);

#endif

#include "fake_centre.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <pthread.h>
#include <sodium.h>
#include <zmq.h>

#include "proto/wire.h"
#include "proto/wire_arena.h"
#include "rcc/limits.h"

/* Any plausible instant: nothing here depends on the clock. */
#define AT_MS INT64_C(1795403527000)

/* The centre of a test may be a thread beside its client: each has memory of its own for what it reads and writes. */
static pthread_key_t memory_key;
static pthread_once_t memory_once = PTHREAD_ONCE_INIT;

static void
make_memory_key(void)
{
	(void)pthread_key_create(&memory_key, free);
}

uint8_t *
rcc_arena_memory(void)
{
	(void)pthread_once(&memory_once, make_memory_key);
	uint8_t *memory = pthread_getspecific(memory_key);

	if (memory == NULL) {
		memory = malloc(RCC_UNPACK_ENTRY_ARENA_MAX);
		if (memory == NULL)
			abort();
		(void)pthread_setspecific(memory_key, memory);
	}
	return memory;
}

/* Contexts are never closed: libzmq 4.3.4 may crash one when another closes. */
static void *
context(void)
{
	static void *shared;

	if (shared == NULL) {
		shared = zmq_ctx_new();
	}
	assert_non_null(shared);
	return shared;
}

void
fake_centre_init(struct fake_centre *centre)
{
	memset(centre, 0, sizeof *centre);
	crypto_box_keypair(centre->public_key.b, centre->secret);
	rcc_sign_key_generate(&centre->sign_key);
	randombytes_buf(centre->journal.b, sizeof centre->journal.b);
	centre->beat_ms = 60000;
	centre->role = RCC_ROLE_VESSEL;
	centre->in = calloc(1, sizeof *centre->in);
	centre->out = calloc(1, sizeof *centre->out);
	assert_non_null(centre->in);
	assert_non_null(centre->out);
	memcpy(centre->endpoint, "tcp://127.0.0.1:*", sizeof "tcp://127.0.0.1:*");
	fake_centre_up(centre);
}

void
fake_centre_fini(struct fake_centre *centre)
{
	fake_centre_down(centre);
	free(centre->in);
	free(centre->out);
}

void
fake_centre_up(struct fake_centre *centre)
{
	int on = 1, off = 0;
	size_t size = sizeof centre->endpoint;

	centre->socket = zmq_socket(context(), ZMQ_ROUTER);
	assert_non_null(centre->socket);
	assert_int_equal(zmq_setsockopt(centre->socket, ZMQ_LINGER, &off, sizeof off), 0);
	assert_int_equal(zmq_setsockopt(centre->socket, ZMQ_CURVE_SERVER, &on, sizeof on), 0);
	assert_int_equal(zmq_setsockopt(centre->socket, ZMQ_CURVE_SECRETKEY, centre->secret, RCC_KEY_SIZE), 0);
	assert_int_equal(zmq_setsockopt(centre->socket, ZMQ_ROUTER_MANDATORY, &on, sizeof on), 0);
	/* The port of a socket closed a moment ago is free when its thread has noticed. */
	int failed = -1;
	for (int i = 0; i < 1000 && failed != 0; i++) {
		failed = zmq_bind(centre->socket, centre->endpoint);
		if (failed != 0) {
			zmq_poll(NULL, 0, 5);
		}
	}
	assert_int_equal(failed, 0);
	assert_int_equal(zmq_getsockopt(centre->socket, ZMQ_LAST_ENDPOINT, centre->endpoint, &size), 0);
}

void
fake_centre_down(struct fake_centre *centre)
{
	if (centre->socket != NULL) {
		zmq_close(centre->socket);
		centre->socket = NULL;
	}
}

bool
fake_centre_take(struct fake_centre *centre)
{
	struct rcc_wire_fault fault;

	int route_len = zmq_recv(centre->socket, centre->route, sizeof centre->route, ZMQ_DONTWAIT);
	if (route_len < 0) {
		return false;
	}
	int len = zmq_recv(centre->socket, centre->bytes, sizeof centre->bytes, ZMQ_DONTWAIT);
	assert_true(len > 0 && len <= (int)sizeof centre->bytes);
	centre->route_len = (size_t)route_len;
	centre->len = (size_t)len;
	assert_int_equal(rcc_wire_decode(centre->bytes, centre->len, centre->in, &fault), RCC_OK);
	if (centre->in->kind == RCC_BODY_HELLO) {
		centre->hellos++;
		centre->hello = centre->in->id;
	}
	return true;
}

void
fake_centre_send(struct fake_centre *centre, const uint8_t *bytes, size_t len)
{
	assert_true(zmq_send(centre->socket, centre->route, centre->route_len, ZMQ_SNDMORE) >= 0);
	assert_int_equal(zmq_send(centre->socket, bytes, len, 0), (int)len);
}

void
fake_centre_say(struct fake_centre *centre, enum rcc_body_kind kind, const struct rcc_msg_id *reply_to)
{
	static uint8_t bytes[RCC_MESSAGE_OPERATIONS_MAX];
	struct rcc_envelope *out = centre->out;
	size_t len = 0;

	out->protocol = RCC_PROTOCOL_MAX;
	randombytes_buf(out->id.b, sizeof out->id.b);
	memset(&out->reply_to, 0, sizeof out->reply_to);
	if (reply_to != NULL) {
		out->reply_to = *reply_to;
	}
	out->claimed_at_ms = AT_MS;
	out->class = RCC_CLASS_LIVE;
	out->kind = kind;
	assert_int_equal(rcc_wire_encode(out, bytes, sizeof bytes, &len), RCC_OK);
	fake_centre_send(centre, bytes, len);
}

void
fake_centre_welcome(struct fake_centre *centre)
{
	struct rcc_welcome *welcome = &centre->out->u.welcome;

	assert_int_not_equal(centre->hellos, 0);
	memset(welcome, 0, sizeof *welcome);
	welcome->protocol = RCC_PROTOCOL_MAX;
	memcpy(welcome->centre, "RCC TEST", sizeof "RCC TEST");
	memcpy(welcome->version, "fake", sizeof "fake");
	welcome->beat_ms = centre->beat_ms;
	welcome->journal = centre->journal;
	welcome->sign_key = centre->sign_key.public_key;
	welcome->peer.v = 7;
	welcome->role = centre->role;
	welcome->deliveries_waiting = centre->waiting;
	fake_centre_say(centre, RCC_BODY_WELCOME, &centre->hello);
}

void
fake_centre_accept(struct fake_centre *centre, const struct rcc_msg_id *id, const struct rcc_sign_key *key)
{
	struct rcc_accepted *accepted = &centre->out->u.accepted;

	memset(accepted, 0, sizeof *accepted);
	centre->seq++;
	accepted->entry.seq = centre->seq;
	accepted->entry.at_ms = AT_MS;
	memset(accepted->entry.hash.b, 0x5a, sizeof accepted->entry.hash.b);
	if (key != NULL) {
		accepted->is_signed = 1;
		rcc_receipt_sign(key, &centre->journal, id, accepted);
	}
	fake_centre_say(centre, RCC_BODY_ACCEPTED, id);
}

void
fake_centre_refuse(struct fake_centre *centre, const struct rcc_msg_id *id, enum rcc_refusal reason)
{
	struct rcc_refused *refused = &centre->out->u.refused;

	memset(refused, 0, sizeof *refused);
	refused->reason = reason;
	memcpy(refused->text, "as the test says", sizeof "as the test says");
	fake_centre_say(centre, RCC_BODY_REFUSED, id);
}

void
fake_centre_deliver(struct fake_centre *centre, uint32_t number, uint32_t broadcast)
{
	struct rcc_delivery_msg *delivery = &centre->out->u.delivery;

	memset(delivery, 0, sizeof *delivery);
	delivery->number = number;
	delivery->overtaken_from = centre->overtaken_from;
	delivery->broadcast.v = broadcast;
	delivery->incident.v = 3;
	delivery->incident_year = 2026;
	delivery->incident_number = 3;
	delivery->kind = RCC_BROADCAST_DISTRESS_RELAY;
	delivery->class = RCC_CLASS_LIVE;
	delivery->revision = 1;
	delivery->issued_at_ms = AT_MS + broadcast;
	delivery->source = RCC_SOURCE_DSC;
	delivery->nature = RCC_NATURE_SINKING;
	delivery->casualty.v = 232001000;
	delivery->pos = (struct rcc_pos){.lat_e7 = 352067000, .lon_e7 = 126008000};
	delivery->pos_at_ms = AT_MS;
	delivery->range_m = 43000;
	delivery->bearing_ddeg = 451;
	delivery->eta_min = 95;
	delivery->called_on = 1;
	delivery->attempt = 1;
	memcpy(delivery->centre, "RCC TEST", sizeof "RCC TEST");
	fake_centre_say(centre, RCC_BODY_DELIVERY, NULL);
}

void
fake_centre_beat(struct fake_centre *centre)
{
	memset(&centre->out->u.beat, 0, sizeof centre->out->u.beat);
	centre->out->u.beat.at_ms = AT_MS;
	fake_centre_say(centre, RCC_BODY_BEAT, NULL);
}

void
fake_centre_checkpoint(struct fake_centre *centre, uint64_t seq, uint8_t hash, const struct rcc_sign_key *key)
{
	struct rcc_checkpoint *checkpoint = &centre->out->u.checkpoint;

	memset(checkpoint, 0, sizeof *checkpoint);
	checkpoint->journal = centre->journal;
	checkpoint->link.seq = seq;
	checkpoint->link.at_ms = AT_MS;
	memset(checkpoint->link.hash.b, hash, sizeof checkpoint->link.hash.b);
	rcc_checkpoint_sign(key, checkpoint);
	fake_centre_say(centre, RCC_BODY_CHECKPOINT, NULL);
}

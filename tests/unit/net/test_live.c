/*
 * test_live.c - every committed entry to everybody who listens, and nobody waits for anybody.
 */
#define _GNU_SOURCE

#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Publishes until this subscriber has something: a subscription takes effect some time after it is made. */
static void
listen(struct world *world, void *client)
{
	int64_t until_ms = test_now_ms() + WITHIN_MS;
	char got[64];

	while (test_now_ms() < until_ms) {
		rcc_net_publish(&world->net, "probe", (const uint8_t *)"x", 1);
		if (client_receive_within(world, client, got, sizeof got, 20)) {
			assert_string_equal(got, "probe");
			client_expect(world, client, "x");
			return;
		}
	}
	fail_msg("nothing was published");
}

static void *
subscribe(struct world *world, const struct pair *pair, const char *topic)
{
	void *client = client_make(world, ZMQ_SUB, pair);

	assert_int_equal(zmq_setsockopt(client, ZMQ_SUBSCRIBE, topic, strlen(topic)), 0);
	client_connect(client, world->config.live);
	return client;
}

static void
skip_probes(struct world *world, void *client, char *topic, size_t size)
{
	do {
		assert_true(client_receive_within(world, client, topic, size, WITHIN_MS));
		if (strcmp(topic, "probe") == 0) {
			client_expect(world, client, "x");
		}
	} while (strcmp(topic, "probe") == 0);
}

static void
subscriber_gets_topic_and_bytes(void **state)
{
	struct world *world = *state;
	struct pair pair = pair_make();
	char topic[64];

	world_enrol(world, &pair.key);
	void *client = subscribe(world, &pair, "");

	listen(world, client);
	uint64_t published = rcc_net_counters(&world->net)->published;

	rcc_net_publish(&world->net, "entry", (const uint8_t *)"bytes", 5);
	assert_int_equal(rcc_net_counters(&world->net)->published, published + 1);
	skip_probes(world, client, topic, sizeof topic);
	assert_string_equal(topic, "entry");
	client_expect(world, client, "bytes");
	client_close(client);
}

static void
stranger_hears_nothing(void **state)
{
	struct world *world = *state;
	struct pair pair = pair_make();
	struct pair known = pair_make();
	char got[64];

	world_enrol(world, &known.key);
	void *stranger = subscribe(world, &pair, "");
	void *plain = subscribe(world, NULL, "");
	void *client = subscribe(world, &known, "");

	listen(world, client);
	assert_false(client_receive_within(world, stranger, got, sizeof got, QUIET_MS));
	assert_false(client_receive_within(world, plain, got, sizeof got, 1));
	assert_true(rcc_net_counters(&world->net)->refused >= 1);
	client_close(stranger);
	client_close(plain);
	client_close(client);
}

/* A console that is stopped: publishing 400 MB at it must take no time and bounded memory, and others get theirs. */
static void
stuck_subscriber_holds_nobody_up(void **state)
{
	struct world *world = *state;
	struct pair stuck_pair = pair_make();
	struct pair pair = pair_make();
	static uint8_t bytes[16384];
	int one = 1;
	int small = 4096;
	char topic[64];

	world_enrol(world, &stuck_pair.key);
	world_enrol(world, &pair.key);
	void *stuck = client_make(world, ZMQ_SUB, &stuck_pair);

	assert_int_equal(zmq_setsockopt(stuck, ZMQ_RCVHWM, &one, sizeof one), 0);
	assert_int_equal(zmq_setsockopt(stuck, ZMQ_RCVBUF, &small, sizeof small), 0);
	assert_int_equal(zmq_setsockopt(stuck, ZMQ_SUBSCRIBE, "", 0), 0);
	client_connect(stuck, world->config.live);
	listen(world, stuck);
	size_t before = resident_bytes();
	int64_t started_ms = test_now_ms();

	for (int i = 0; i < 25000; i++) {
		rcc_net_publish(&world->net, "flood", bytes, sizeof bytes);
	}
	assert_true(test_now_ms() - started_ms < WITHIN_MS);
	assert_true(resident_bytes() < before + 64 * 1024 * 1024);
	void *client = subscribe(world, &pair, "entry");
	int64_t until_ms = test_now_ms() + WITHIN_MS;

	do {
		rcc_net_publish(&world->net, "entry", (const uint8_t *)"news", 4);
	} while (!client_receive_within(world, client, topic, sizeof topic, 20) && test_now_ms() < until_ms);
	assert_string_equal(topic, "entry");
	client_expect(world, client, "news");
	client_close(client);
	client_close(stuck);
}

/* Revoking a key does not end its connection; dropping everybody does, and whoever may comes back. */
static void
dropped_subscribers_come_back_if_they_may(void **state)
{
	struct world *world = *state;
	struct pair stays = pair_make();
	struct pair goes = pair_make();
	char endpoint[RCC_ENDPOINT_MAX + 1];
	char got[64];

	world_enrol(world, &stays.key);
	world_enrol(world, &goes.key);
	void *staying = subscribe(world, &stays, "");
	void *going = subscribe(world, &goes, "");

	listen(world, staying);
	listen(world, going);
	world->known_count = 1;
	memcpy(endpoint, world->config.live, sizeof endpoint);
	rcc_net_drop_subscribers(&world->net);
	rcc_net_publish(&world->net, "lost", (const uint8_t *)"x", 1); /* nobody there, and no harm */
	world_pump(world, QUIET_MS);
	while (client_receive_within(world, going, got, sizeof got, 1)) {
	} /* what was under way when it was cut */
	while (client_receive_within(world, staying, got, sizeof got, 1)) {
	}
	listen(world, staying);
	assert_false(client_receive_within(world, going, got, sizeof got, QUIET_MS));
	assert_true(rcc_net_counters(&world->net)->refused >= 1);
	assert_string_equal(world->net.impl->config.live, endpoint);
	client_close(staying);
	client_close(going);
}

/* Subscriptions are all that may come in; more is thrown away with the connection. */
static void
subscriber_cannot_flood(void **state)
{
	struct world *world = *state;
	struct pair pair = pair_make();
	struct pair other = pair_make();
	static uint8_t bytes[RCC_MESSAGE_MAX];

	world_enrol(world, &pair.key);
	world_enrol(world, &other.key);
	void *noisy = client_make(world, ZMQ_XSUB, &pair);

	client_connect(noisy, world->config.live);
	for (int i = 0; i < 100; i++) {
		(void)zmq_send(noisy, "not a subscription", 18, ZMQ_DONTWAIT);
		(void)zmq_send(noisy, bytes, sizeof bytes, ZMQ_DONTWAIT);
	}
	world_receive_none(world);
	void *client = subscribe(world, &other, "");

	listen(world, client);
	client_close(client);
	client_close(noisy);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(subscriber_gets_topic_and_bytes),  TEST(stranger_hears_nothing),
	    TEST(stuck_subscriber_holds_nobody_up), TEST(dropped_subscribers_come_back_if_they_may),
	    TEST(subscriber_cannot_flood),
	};

	return cmocka_run_group_tests_name("live", tests, NULL, NULL);
}

/* Links of our own to other centres: who calls is known by the key by which it serves; what is not up takes nothing. */
#include "fixture.h"

#include <stdio.h>
#include <string.h>

/* The other centre: it serves nothing here, and calls the world's. */
struct caller {
	struct rcc_net net;
	struct rcc_net_config config;
	struct rcc_inbound inbound;
};
static struct caller caller;

static enum rcc_admit
admit_nobody(void *context, enum rcc_port port, const struct rcc_key *key)
{
	(void)context;
	(void)port;
	(void)key;
	return RCC_ADMIT_NO;
}

static void
caller_open(const struct world *world)
{
	struct pair pair = pair_make();
	struct rcc_fault fault = {.text = ""};

	memset(&caller, 0, sizeof caller);
	caller.config.server_public = pair.key;
	zmq_z85_decode(caller.config.server_secret, pair.secret_text);
	(void)snprintf(caller.config.control, sizeof caller.config.control, "%s/caller.sock", world->dir);
	assert_int_equal(rcc_net_open(&caller.net, &caller.config, admit_nobody, NULL, &fault), RCC_OK);
}

static enum rcc_status
call(struct world *world, const char *text)
{
	return rcc_net_send_centre(&caller.net, &world->config.server_public, world->config.operations,
	                           (const uint8_t *)text, strlen(text));
}

/* Says it until the link takes it. */
static bool
call_within(struct world *world, const char *text, int64_t within_ms)
{
	int64_t until_ms = test_now_ms() + within_ms;

	while (test_now_ms() < until_ms) {
		enum rcc_status status = call(world, text);

		if (status == RCC_OK) {
			return true;
		}
		assert_int_equal(status, RCC_E_AGAIN);
		rcc_net_poll(&world->net, NULL, 0, 5, test_now_ms(), NULL);
		rcc_net_poll(&caller.net, NULL, 0, 1, test_now_ms(), NULL);
	}
	return false;
}

static bool
caller_hears(struct world *world)
{
	int64_t until_ms = test_now_ms() + WITHIN_MS;

	while (test_now_ms() < until_ms) {
		rcc_net_poll(&world->net, NULL, 0, 1, test_now_ms(), NULL);
		if (rcc_net_poll(&caller.net, NULL, 0, 5, test_now_ms(), NULL) &&
		    rcc_net_receive(&caller.net, &caller.inbound) == RCC_OK) {
			return true;
		}
	}
	return false;
}

static void
test_there_and_back(void **state)
{
	struct world *world = *state;

	caller_open(world);
	world_enrol(world, &caller.config.server_public);
	/* Nothing waits in a link that is not up. */
	assert_int_equal(call(world, "early"), RCC_E_AGAIN);
	assert_true(call_within(world, "offer", WITHIN_MS));
	world_receive(world);
	inbound_expect(world, RCC_PORT_OPERATIONS, &caller.config.server_public, "offer");
	assert_int_equal(rcc_net_reply(&world->net, &world->inbound, (const uint8_t *)"stored", 6), RCC_OK);
	assert_true(caller_hears(world));
	assert_int_equal(caller.inbound.port, RCC_PORT_CENTRE);
	assert_memory_equal(&caller.inbound.key, &world->config.server_public, sizeof(struct rcc_key));
	assert_int_equal(caller.inbound.route_len, 0);
	assert_int_equal(caller.inbound.len, 6);
	assert_memory_equal(caller.inbound.bytes, "stored", 6);
	/* What comes back cannot be answered. */
	assert_int_equal(rcc_net_reply(&caller.net, &caller.inbound, (const uint8_t *)"x", 1), RCC_E_UNREACHABLE);
	rcc_net_close(&caller.net);
}

static void
test_a_stranger_gets_nothing_through(void **state)
{
	struct world *world = *state;

	caller_open(world);
	assert_false(call_within(world, "offer", QUIET_MS));
	world_enrol(world, &caller.config.server_public);
	/* Enrolled meanwhile, it gets in by itself. */
	assert_true(call_within(world, "offer", 3 * WITHIN_MS));
	world_receive(world);
	rcc_net_close(&caller.net);
}

static void
test_it_is_who_it_says(void **state)
{
	struct world *world = *state;
	struct pair other = pair_make();
	int64_t until_ms = test_now_ms() + QUIET_MS;

	caller_open(world);
	world_enrol(world, &caller.config.server_public);
	/* The same address, but another's key: no handshake, and nothing leaves. */
	while (test_now_ms() < until_ms) {
		assert_int_equal(
		    rcc_net_send_centre(&caller.net, &other.key, world->config.operations, (const uint8_t *)"offer", 5),
		    RCC_E_AGAIN);
		rcc_net_poll(&world->net, NULL, 0, 5, test_now_ms(), NULL);
	}
	assert_int_equal(rcc_net_send_centre(&caller.net, &other.key, "tcp://nowhere", (const uint8_t *)"offer", 5),
	                 RCC_E_CONFIG);
	rcc_net_close(&caller.net);
}

static void
test_moved_and_closed(void **state)
{
	struct world *world = *state;

	caller_open(world);
	world_enrol(world, &caller.config.server_public);
	assert_int_equal(rcc_net_send_centre(&caller.net, &world->config.server_public, "tcp://127.0.0.1:1",
	                                     (const uint8_t *)"offer", 5),
	                 RCC_E_AGAIN);
	/* Another address: another link. */
	assert_true(call_within(world, "offer", WITHIN_MS));
	world_receive(world);
	rcc_net_close_centre(&caller.net, &world->config.server_public);
	rcc_net_close_centre(&caller.net, &world->config.server_public);
	assert_true(call_within(world, "again", WITHIN_MS));
	world_receive(world);
	inbound_expect(world, RCC_PORT_OPERATIONS, &caller.config.server_public, "again");
	rcc_net_close(&caller.net);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_there_and_back, world_open, world_close),
	    cmocka_unit_test_setup_teardown(test_a_stranger_gets_nothing_through, world_open, world_close),
	    cmocka_unit_test_setup_teardown(test_it_is_who_it_says, world_open, world_close),
	    cmocka_unit_test_setup_teardown(test_moved_and_closed, world_open, world_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

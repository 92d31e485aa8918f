#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

#include "world.h"

/* ---- sending ---- */

static void
test_same_bytes_until_accepted(void **state)
{
	struct world *world = *state;
	uint8_t first[RCC_MESSAGE_MAX];

	world_connect_both(world);
	struct rcc_msg_id id = world_post_alert(world);
	assert_int_equal(id.b[6] >> 4, 7); /* UUID version and variant, RFC 9562 */
	assert_int_equal(id.b[8] >> 6, 2);
	world_until_taken(world, RCC_BODY_ALERT);
	size_t len = world->centre.len;
	memcpy(first, world->centre.bytes, len);
	assert_memory_equal(world->centre.in->id.b, id.b, sizeof id.b);
	for (int i = 0; i < 3; i++) {
		world_until_taken(world, RCC_BODY_ALERT);
		assert_int_equal(world->centre.len, len);
		assert_memory_equal(world->centre.bytes, first, len);
	}
	assert_int_equal(rcc_client_outbox_count(world->client), 1);
	fake_centre_accept(&world->centre, &id, &world->centre.sign_key);
	world_until_reported(world, RCC_CLIENT_ACCEPTED);
	assert_memory_equal(world->reported->reply_to.b, id.b, sizeof id.b);
	assert_int_equal(rcc_client_outbox_count(world->client), 0);

	struct rcc_receipt receipt;
	assert_int_equal(rcc_client_last_receipt(world->client, &receipt), RCC_OK);
	struct rcc_accepted proof = {.entry = receipt.entry, .is_signed = 1, .signature = receipt.signature};
	assert_true(rcc_receipt_verify(&world->centre.sign_key.public_key, &world->centre.journal, &id, &proof));

	/* A second copy of the answer, and silence afterwards: nothing more happens. */
	uint32_t taken = 0;
	world_settle(world, RCC_CLIENT_ACCEPTED, RCC_BODY_ALERT, &taken);
	fake_centre_accept(&world->centre, &id, &world->centre.sign_key);
	assert_int_equal(world_count_for(world, RETRY_MS * 8, RCC_CLIENT_ACCEPTED, RCC_BODY_ALERT, &taken), 0);
	assert_int_equal(taken, 0);
}

static void
test_message_survives_a_restart_of_the_client(void **state)
{
	struct world *world = *state;
	uint8_t first[RCC_MESSAGE_MAX];

	world_connect_both(world);
	world_post_alert(world);
	world_until_taken(world, RCC_BODY_ALERT);
	size_t len = world->centre.len;
	memcpy(first, world->centre.bytes, len);
	rcc_client_close(&world->client);
	assert_null(world->client);

	world_connect_both(world);
	assert_int_equal(rcc_client_outbox_count(world->client), 1);
	world_until_taken(world, RCC_BODY_ALERT);
	assert_int_equal(world->centre.len, len);
	assert_memory_equal(world->centre.bytes, first, len);
}

static void
test_hello_after_a_restart_of_the_centre(void **state)
{
	struct world *world = *state;

	world_connect_both(world);
	struct rcc_msg_id id = world_post_alert(world);
	world_until_taken(world, RCC_BODY_ALERT);
	uint32_t hellos = world->centre.hellos;
	fake_centre_down(&world->centre);
	for (int i = 0; i < 20; i++) {
		world_turn(world);
	}
	fake_centre_up(&world->centre);
	world_until_taken(world, RCC_BODY_HELLO);
	assert_true(world->centre.hellos > hellos);
	assert_int_equal(world->centre.in->u.hello.outbox_waiting, 1);
	fake_centre_welcome(&world->centre);
	world_until_taken(world, RCC_BODY_ALERT);
	assert_memory_equal(world->centre.in->id.b, id.b, sizeof id.b);
}

static void
test_hello_until_welcomed(void **state)
{
	struct world *world = *state;

	world_client_up(world);
	world_until_taken(world, RCC_BODY_HELLO);
	world_until_taken(world, RCC_BODY_HELLO);
	world_until_taken(world, RCC_BODY_HELLO);
	assert_false(rcc_client_is_linked(world->client));
	fake_centre_welcome(&world->centre);
	world_until_reported(world, RCC_CLIENT_WELCOME);
	assert_true(rcc_client_is_linked(world->client));
	assert_string_equal(rcc_client_welcome(world->client)->centre, "RCC TEST");
}

static void
test_silence_is_a_loss(void **state)
{
	struct world *world = *state;

	world->centre.beat_ms = 100;
	world_connect_both(world);
	fake_centre_beat(&world->centre);
	world_until_reported(world, RCC_CLIENT_BEAT);
	world_until_reported(world, RCC_CLIENT_LOST);
	assert_false(rcc_client_is_linked(world->client));
	assert_true(rcc_client_heard_at_ms(world->client) > 0);
	world_until_reported(world, RCC_CLIENT_WELCOME);
	assert_true(rcc_client_is_linked(world->client));
}

static void
test_passing_refusal_keeps_the_message(void **state)
{
	struct world *world = *state;

	world_connect_both(world);
	struct rcc_msg_id id = world_post_alert(world);
	world_until_taken(world, RCC_BODY_ALERT);
	fake_centre_refuse(&world->centre, &id, RCC_REFUSAL_DEGRADED);
	world_until_reported(world, RCC_CLIENT_NOT_CONFIRMED);
	assert_string_equal(world->reported->u.not_confirmed.text, "as the test says");
	world_until_taken(world, RCC_BODY_ALERT);
	fake_centre_refuse(&world->centre, &id, RCC_REFUSAL_RANGE);
	world_until_reported(world, RCC_CLIENT_REFUSED);
	assert_int_equal(rcc_client_outbox_count(world->client), 0);
}

static void
test_positions_are_not_kept(void **state)
{
	struct world *world = *state;

	world_fill_position(world->message);
	/* Nobody is there; a fast handshake must not make a difference. */
	fake_centre_down(&world->centre);
	world_client_up(world);
	assert_int_equal(rcc_client_send(world->client, world->message), RCC_E_UNREACHABLE);
	assert_int_equal(rcc_client_post(world->client, world->message), RCC_E_UNSUPPORTED);
	fake_centre_up(&world->centre);
	world_until_reported(world, RCC_CLIENT_WELCOME);
	assert_int_equal(rcc_client_send(world->client, world->message), RCC_OK);
	world_until_taken(world, RCC_BODY_POSITION);
	assert_int_equal(world->centre.in->u.position.mmsi.v, 232001000);
	assert_int_equal(rcc_client_outbox_count(world->client), 0);
}

static void
test_a_full_outbox_keeps_room_for_alerts(void **state)
{
	struct world *world = *state;
	enum rcc_status status = RCC_OK;
	uint32_t posted = 0;

	world->config.store[0] = '\0';
	world->config.wants_deliveries = false;
	fake_centre_down(&world->centre);
	world_client_up(world);
	while (status == RCC_OK && posted < 10000) {
		world_fill_answer(world->message);
		status = rcc_client_post(world->client, world->message);
		posted += status == RCC_OK ? 1 : 0;
	}
	assert_int_equal(status, RCC_E_FULL);
	world_post_alert(world);
	assert_int_equal(rcc_client_outbox_count(world->client), posted + 1);
	/* And the alert goes first. */
	fake_centre_up(&world->centre);
	int64_t deadline_ms = world_now_ms() + PATIENCE_MS;
	bool seen = false;
	while (!seen && world_now_ms() < deadline_ms) {
		seen = world_turn(world) && world->centre.in->kind != RCC_BODY_HELLO;
	}
	assert_true(seen);
	assert_int_equal(world->centre.in->kind, RCC_BODY_ALERT);
}

static void
test_request_returns_its_own_answer(void **state)
{
	struct world *world = *state;
	const struct rcc_envelope *reply = NULL;

	world_connect_both(world);
	world_fill_answer(world->message);
	assert_int_equal(rcc_client_request(world->client, world->message, 20, &reply), RCC_E_TIMEOUT);
	assert_null(reply);
	struct rcc_msg_id id = world->message->id;
	world_until_taken(world, RCC_BODY_ANSWER);
	fake_centre_deliver(&world->centre, 1, 11);
	fake_centre_accept(&world->centre, &id, &world->centre.sign_key);
	/* A second request meanwhile: neither the first answer nor the delivery is taken for its own. */
	world_fill_answer(world->message);
	assert_int_equal(rcc_client_request(world->client, world->message, 50, &reply), RCC_E_TIMEOUT);
	world_until_reported(world, RCC_CLIENT_DELIVERY);
	assert_int_equal(world->reported->u.delivery.number, 1);
}

/* ---- a bad day ---- */

static void
test_junk_is_ignored(void **state)
{
	struct world *world = *state;
	size_t len = 1000000;
	uint32_t taken = 0;
	uint8_t *junk = malloc(len);

	assert_non_null(junk);
	for (size_t i = 0; i < len; i++) {
		junk[i] = (uint8_t)(i * 2654435761u >> 13);
	}
	world_connect_both(world);
	fake_centre_send(&world->centre, junk, len);
	fake_centre_send(&world->centre, junk, 1);
	fake_centre_deliver(&world->centre, 1, 11);
	world_until_reported(world, RCC_CLIENT_DELIVERY);
	/* A ship's socket cuts the line before it takes a megabyte, and comes back. */
	rcc_client_close(&world->client);
	world->config.link = RCC_LINK_SHIP;
	world_connect_both(world);
	world->client->reopen_ms = 100;
	/* No Hello of the connection that ends here is left to be welcomed. */
	world_settle(world, RCC_CLIENT_NOTHING, RCC_BODY_HELLO, &taken);
	fake_centre_send(&world->centre, junk, len);
	free(junk);
	world_until_taken(world, RCC_BODY_HELLO);
	fake_centre_welcome(&world->centre);
	fake_centre_deliver(&world->centre, 2, 12);
	world_until_reported(world, RCC_CLIENT_DELIVERY);
	assert_int_equal(world->reported->u.delivery.number, 2);
}

static void
test_a_full_disk_stops_no_alarm(void **state)
{
	struct world *world = *state;
	struct rlimit old, small = {.rlim_cur = 1, .rlim_max = RLIM_INFINITY};
	uint32_t taken = 0;

	world_connect_both(world);
	assert_null(rcc_client_store_fault(world->client));
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small.rlim_max = old.rlim_max;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);

	world_post_alert(world);
	bool told = rcc_client_store_fault(world->client) != NULL;
	world_until_taken(world, RCC_BODY_ALERT);
	fake_centre_deliver(&world->centre, 1, 11);
	world_until_reported(world, RCC_CLIENT_DELIVERY);
	fake_centre_deliver(&world->centre, 1, 11);
	uint32_t again = world_settle(world, RCC_CLIENT_DELIVERY, RCC_BODY_STORED, &taken);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_true(told);
	assert_int_equal(again, 0);
	assert_int_equal(taken, 0); /* nothing is called stored that is not */

	/* There is room again: stored, acknowledged, and not shown a second time. */
	fake_centre_deliver(&world->centre, 1, 11);
	uint32_t shown = world_settle(world, RCC_CLIENT_DELIVERY, RCC_BODY_STORED, &taken);
	assert_int_equal(shown, 0);
	assert_int_equal(taken, 1);
}

static void
test_without_a_store_alarms_are_shown_but_not_acknowledged(void **state)
{
	struct world *world = *state;
	uint32_t taken = 0;

	world->config.store[0] = '\0';
	world_connect_both(world);
	fake_centre_deliver(&world->centre, 1, 11);
	world_until_reported(world, RCC_CLIENT_DELIVERY);
	fake_centre_deliver(&world->centre, 1, 11);
	assert_int_equal(world_settle(world, RCC_CLIENT_DELIVERY, RCC_BODY_STORED, &taken), 0);
	assert_int_equal(taken, 0);
}

static void
test_wrong_settings_are_named(void **state)
{
	struct world *world = *state;
	struct rcc_fault fault;
	struct rcc_client_config config;

	memcpy(world->config.endpoint, world->centre.endpoint, sizeof world->config.endpoint);
	config = world->config;
	snprintf(config.endpoint, sizeof config.endpoint, "udp://127.0.0.1:1");
	assert_int_equal(rcc_client_open(&config, &world->client, &fault), RCC_E_RANGE);
	assert_non_null(strstr(fault.text, "udp://127.0.0.1:1"));
	config = world->config;
	memset(&config.server_key, 0, sizeof config.server_key);
	assert_int_equal(rcc_client_open(&config, &world->client, &fault), RCC_E_RANGE);
	assert_non_null(strstr(fault.text, "--server-key"));
	config = world->config;
	config.link = RCC_LINK_CONTROL;
	assert_int_equal(rcc_client_open(&config, &world->client, &fault), RCC_E_RANGE);
	config = world->config;
	snprintf(config.endpoint, sizeof config.endpoint, "tcp://127.0.0.1:x");
	assert_int_equal(rcc_client_open(&config, &world->client, &fault), RCC_E_RANGE);
	assert_null(world->client);
}

static void
test_a_key_that_must_be_there_is_not_made(void **state)
{
	struct world *world = *state;
	struct rcc_fault fault;
	FILE *file = NULL;

	memcpy(world->config.endpoint, world->centre.endpoint, sizeof world->config.endpoint);
	world->config.needs_key = true;
	assert_int_equal(rcc_client_open(&world->config, &world->client, &fault), RCC_E_CONFIG);
	assert_non_null(strstr(fault.text, world->key_file));
	assert_int_not_equal(access(world->key_file, F_OK), 0);
	assert_int_not_equal(access(world->store, F_OK), 0);
	world->config.needs_key = false;
	world_client_up(world);
	assert_true(rcc_client_made_key(world->client));
	rcc_client_close(&world->client);
	world->config.needs_key = true;
	world_client_up(world);
	assert_false(rcc_client_made_key(world->client));
	rcc_client_close(&world->client);
	/* A key that is none is not taken for a damaged store. */
	file = fopen(world->key_file, "w");
	assert_non_null(file);
	assert_true(fputs("no key\n", file) >= 0);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(rcc_client_open(&world->config, &world->client, &fault), RCC_E_CONFIG);
}

/* ---- what the centre thinks of us ---- */

static void
test_a_revoked_key_is_told(void **state)
{
	struct world *world = *state;
	static const struct rcc_msg_id none;

	world_connect_both(world);
	assert_int_equal(rcc_client_welcome(world->client)->role, RCC_ROLE_VESSEL);
	fake_centre_refuse(&world->centre, &none, RCC_REFUSAL_UNKNOWN_KEY);
	world_until_reported(world, RCC_CLIENT_REFUSED);
	assert_int_equal(world->reported->u.refused.reason, RCC_REFUSAL_UNKNOWN_KEY);
	assert_int_equal(rcc_client_welcome(world->client)->role, RCC_ROLE_GUEST);
}

#define GUEST_MS 30000

/* A guest is sent no beats: it asks, and an answer is no loss. */
static void
test_a_guest_that_is_answered_is_not_lost(void **state)
{
	struct world *world = *state;

	world->config.retry_first_ms = PATIENCE_MS; /* one Hello, one Welcome */
	world->centre.role = RCC_ROLE_GUEST;
	world_connect_both(world);
	int64_t beat_ms = world->centre.beat_ms;
	world->client->heard_ms -= (RCC_BEATS_MISSED + 1) * beat_ms;
	world->event = RCC_CLIENT_NOTHING;
	world_until_taken(world, RCC_BODY_HELLO);
	assert_int_equal(world->event, RCC_CLIENT_NOTHING);
	assert_true(rcc_client_is_linked(world->client));
	fake_centre_welcome(&world->centre);
	world_until_reported(world, RCC_CLIENT_WELCOME);
	/* However seldom a centre speaks to ships that pay by the byte, a guest asks within half a minute, and then ever more seldom. */
	for (int i = 1; i <= 2; i++) {
		world->client->welcome.beat_ms = RCC_BEAT_MAX_MS;
		world->client->heard_ms -= i * GUEST_MS;
		world_until_taken(world, RCC_BODY_HELLO);
		fake_centre_welcome(&world->centre);
		world->event = RCC_CLIENT_NOTHING;
		world_until_reported(world, RCC_CLIENT_WELCOME);
		world->client->welcome.beat_ms = RCC_BEAT_MAX_MS;
		world->client->heard_ms -= i * GUEST_MS;
		rcc_client_tick(world->client, rcc_clock_ms());
		assert_false(world->client->needs_hello);
		world->client->heard_ms += i * GUEST_MS;
	}
	world->client->welcome.beat_ms = (uint32_t)beat_ms;
	/* And one that is not answered is; so is a ship, which is sent beats, without being asked. */
	world->centre.role = RCC_ROLE_VESSEL;
	world->client->heard_ms -= (RCC_BEATS_MISSED + RCC_BEATS_UNANSWERED + 1) * beat_ms;
	world_until_reported(world, RCC_CLIENT_LOST);
	world_until_reported(world, RCC_CLIENT_WELCOME);
	world->client->heard_ms -= (RCC_BEATS_MISSED + 1) * beat_ms;
	world_until_reported(world, RCC_CLIENT_LOST);
}

/* libzmq 4.3.4 takes the other end's "time to live" modulo 65536 ms: 90 s would end a quiet connection after 24 s. */
static void
test_no_heartbeat_ends_a_quiet_connection(void **state)
{
	struct world *world = *state;
	static const enum rcc_link_kind kinds[] = {RCC_LINK_SHIP, RCC_LINK_SHORE};

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		int interval_ms = 0, ttl_ms = 0;
		size_t size = sizeof ttl_ms;

		world->config.link = kinds[i];
		world_client_up(world);
		assert_int_equal(zmq_getsockopt(world->client->link.socket, ZMQ_HEARTBEAT_TTL, &ttl_ms, &size), 0);
		assert_int_equal(zmq_getsockopt(world->client->link.socket, ZMQ_HEARTBEAT_IVL, &interval_ms, &size), 0);
		assert_true(interval_ms > 0);
		assert_true(ttl_ms <= UINT16_MAX);
		assert_true(ttl_ms == 0 || ttl_ms > 2 * interval_ms);
		rcc_client_close(&world->client);
	}
}

int
main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, world_setup, world_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_same_bytes_until_accepted),
	    TEST(test_message_survives_a_restart_of_the_client),
	    TEST(test_hello_after_a_restart_of_the_centre),
	    TEST(test_hello_until_welcomed),
	    TEST(test_silence_is_a_loss),
	    TEST(test_passing_refusal_keeps_the_message),
	    TEST(test_positions_are_not_kept),
	    TEST(test_a_full_outbox_keeps_room_for_alerts),
	    TEST(test_request_returns_its_own_answer),
	    TEST(test_junk_is_ignored),
	    TEST(test_a_full_disk_stops_no_alarm),
	    TEST(test_without_a_store_alarms_are_shown_but_not_acknowledged),
	    TEST(test_wrong_settings_are_named),
	    TEST(test_a_key_that_must_be_there_is_not_made),
	    TEST(test_a_revoked_key_is_told),
	    TEST(test_a_guest_that_is_answered_is_not_lost),
	    TEST(test_no_heartbeat_ends_a_quiet_connection),
	};
	if (rcc_client_init() != RCC_OK) {
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

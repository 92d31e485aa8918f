/*
 * test_net.c - who gets in, who is told apart, and what is thrown away: real sockets on loopback.
 */
#define _GNU_SOURCE

#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/sys.h"

static const struct rcc_key no_key;

static void
known_key_is_reported(void **state)
{
	struct world *world = *state;
	struct pair one = pair_make();
	struct pair two = pair_make();

	world_enrol(world, &one.key);
	world_enrol(world, &two.key);
	void *client_one = client_open(world, ZMQ_DEALER, world->config.ships, &one);
	void *client_two = client_open(world, ZMQ_DEALER, world->config.operations, &two);

	client_send(client_one, "from one");
	world_receive(world);
	inbound_expect(world, RCC_PORT_SHIPS, &one.key, "from one");
	assert_int_equal(rcc_net_reply(&world->net, &world->inbound, (const uint8_t *)"to one", 6), RCC_OK);
	client_expect(world, client_one, "to one");
	client_send(client_two, "from two");
	world_receive(world);
	inbound_expect(world, RCC_PORT_OPERATIONS, &two.key, "from two");
	assert_int_equal(rcc_net_reply(&world->net, &world->inbound, (const uint8_t *)"to two", 6), RCC_OK);
	client_expect(world, client_two, "to two");
	const struct rcc_net_counters *counters = rcc_net_counters(&world->net);

	assert_int_equal(counters->admitted, 2);
	assert_int_equal(counters->received, 2);
	assert_int_equal(counters->replied, 2);
	client_close(client_one);
	client_close(client_two);
}

static void
stranger_is_guest_on_ships_and_refused_elsewhere(void **state)
{
	struct world *world = *state;
	struct pair pair = pair_make();
	struct rcc_net_refusal row[4];
	void *ships = client_open(world, ZMQ_DEALER, world->config.ships, &pair);
	void *operations = client_open(world, ZMQ_DEALER, world->config.operations, &pair);

	client_send(operations, "let me in");
	client_send(ships, "mayday");
	world_receive(world);
	inbound_expect(world, RCC_PORT_SHIPS, &pair.key, "mayday");
	world_expect_count(world, &rcc_net_counters(&world->net)->refused, 1);
	world_receive_none(world);
	assert_int_equal(rcc_net_counters(&world->net)->guests, 1);
	assert_int_equal(rcc_net_refusals(&world->net, row, 4), 2);
	for (int i = 0; i < 2; i++) {
		assert_memory_equal(&row[i].key, &pair.key, sizeof pair.key);
		assert_int_equal(row[i].answer, row[i].port == RCC_PORT_SHIPS ? RCC_ADMIT_GUEST : RCC_ADMIT_NO);
		assert_true(row[i].count >= 1);
	}
	assert_int_equal(rcc_net_refusals(&world->net, row, 1), 1);
	client_close(ships);
	client_close(operations);
}

static void
no_security_is_refused(void **state)
{
	struct world *world = *state;
	void *ships = client_open_plain(world, ZMQ_DEALER, world->config.ships);
	void *operations = client_open_plain(world, ZMQ_DEALER, world->config.operations);

	client_send(ships, "x");
	client_send(operations, "x");
	world_receive_none(world);
	assert_int_equal(world->asked, 0);
	client_close(ships);
	client_close(operations);
}

/* libzmq without a handler lets everybody in, unless the domain is enforced: nobody may come in then, known or not. */
static void
without_handler_nobody_gets_in(void **state)
{
	struct world *world = *state;
	struct pair pair = pair_make();

	world_enrol(world, &pair.key);
	zmq_close(world->net.impl->zap);
	world->net.impl->zap = NULL;
	void *ships = client_open(world, ZMQ_DEALER, world->config.ships, &pair);
	void *operations = client_open(world, ZMQ_DEALER, world->config.operations, &pair);

	client_send(ships, "x");
	client_send(operations, "x");
	world_receive_none(world);
	assert_int_equal(world->asked, 0);
	assert_int_equal(rcc_net_counters(&world->net)->no_identity, 0); /* not even to be dropped */
	client_close(ships);
	client_close(operations);
}

static void
two_frames_are_dropped_and_the_next_is_served(void **state)
{
	struct world *world = *state;
	struct pair pair = pair_make();

	world_enrol(world, &pair.key);
	void *client = client_open(world, ZMQ_DEALER, world->config.ships, &pair);

	assert_int_equal(zmq_send(client, "a", 1, ZMQ_SNDMORE), 1);
	assert_int_equal(zmq_send(client, "b", 1, ZMQ_SNDMORE), 1);
	assert_int_equal(zmq_send(client, "c", 1, 0), 1);
	world_expect_count(world, &rcc_net_counters(&world->net)->bad_frames, 1);
	client_send(client, "whole");
	world_receive(world);
	inbound_expect(world, RCC_PORT_SHIPS, &pair.key, "whole");
	client_close(client);
}

static void
size_limit_differs_by_port(void **state)
{
	struct world *world = *state;
	struct pair pair = pair_make();
	uint8_t *bytes = calloc(1, RCC_MESSAGE_OPERATIONS_MAX);
	size_t encrypted_extra = 64; /* the limit counts what CURVE adds as well */

	world_enrol(world, &pair.key);
	void *ships = client_open(world, ZMQ_DEALER, world->config.ships, &pair);
	void *operations = client_open(world, ZMQ_DEALER, world->config.operations, &pair);

	assert_int_equal(zmq_send(ships, bytes, RCC_MESSAGE_MAX + 1, 0), RCC_MESSAGE_MAX + 1);
	world_receive_none(world);
	client_close(ships);
	ships = client_open(world, ZMQ_DEALER, world->config.ships, &pair);
	assert_true(zmq_send(ships, bytes, RCC_MESSAGE_MAX - encrypted_extra, 0) > 0);
	world_receive(world);
	assert_int_equal(world->inbound.len, RCC_MESSAGE_MAX - encrypted_extra);
	assert_true(zmq_send(operations, bytes, RCC_MESSAGE_OPERATIONS_MAX - encrypted_extra, 0) > 0);
	world_receive(world);
	assert_int_equal(world->inbound.len, RCC_MESSAGE_OPERATIONS_MAX - encrypted_extra);
	client_close(ships);
	client_close(operations);
	free(bytes);
}

/* The first frame of ZMTP 3.0 after the greeting, with a claimed length of 400 MB: unlimited libzmq allocates it. */
static void
huge_frame_before_authentication_is_cut(void **state)
{
	struct world *world = *state;
	static const uint8_t greeting[64] = {[0] = 0xff, [9] = 0x7f, [10] = 3, [12] = 'C', 'U', 'R', 'V', 'E'};
	static const uint8_t huge[9] = {0x06, 0, 0, 0, 0, 0x18, 0, 0, 0}; /* long command, 402,653,184 bytes */
	static uint8_t flood[65536];
	struct timeval within = {.tv_usec = 200000};
	size_t before = resident_bytes();
	int fd = tcp_open(world->config.ships);
	uint8_t answer[64];
	bool is_cut = false;

	assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &within, sizeof within), 0);
	assert_int_equal(send(fd, greeting, sizeof greeting, MSG_NOSIGNAL), sizeof greeting);
	assert_int_equal(recv(fd, answer, sizeof answer, MSG_WAITALL), sizeof answer);
	assert_int_equal(send(fd, huge, sizeof huge, MSG_NOSIGNAL), sizeof huge);
	for (int i = 0; i < 512 && !is_cut; i++) { /* 32 MB, were it read */
		is_cut = send(fd, flood, sizeof flood, MSG_NOSIGNAL) < 0;
	}
	assert_true(is_cut);
	assert_true(resident_bytes() < before + 16 * 1024 * 1024);
	assert_int_equal(world->asked, 0);
	close(fd);
}

static void
silent_connections_do_not_stop_service(void **state)
{
	struct world *world = *state;
	struct pair pair = pair_make();
	int fd[200];

	for (int i = 0; i < 200; i++) {
		fd[i] = tcp_open(world->config.ships);
	}
	world_enrol(world, &pair.key);
	int64_t started_ms = test_now_ms();
	void *client = client_open(world, ZMQ_DEALER, world->config.ships, &pair);

	client_send(client, "mayday");
	world_receive(world);
	inbound_expect(world, RCC_PORT_SHIPS, &pair.key, "mayday");
	assert_true(test_now_ms() - started_ms < 2000);
	for (int i = 0; i < 200; i++) {
		close(fd[i]);
	}
	client_close(client);
}

static void
revoked_key_cannot_come_back(void **state)
{
	struct world *world = *state;
	struct pair pair = pair_make();

	world_enrol(world, &pair.key);
	void *client = client_open(world, ZMQ_DEALER, world->config.operations, &pair);

	client_send(client, "still known");
	world_receive(world);
	client_close(client);
	world->known_count = 0;
	client = client_open(world, ZMQ_DEALER, world->config.operations, &pair);
	client_send(client, "revoked, then enrolled again");
	world_expect_count(world, &rcc_net_counters(&world->net)->refused, 1);
	world_receive_none(world);
	/* it has been trying all the while: no restart of the client is needed */
	world_enrol(world, &pair.key);
	world_receive(world);
	inbound_expect(world, RCC_PORT_OPERATIONS, &pair.key, "revoked, then enrolled again");
	client_close(client);
}

static void
ship_is_reached_where_it_said_hello(void **state)
{
	struct world *world = *state;
	struct pair pair = pair_make();
	const uint8_t *text = (const uint8_t *)"delivery";

	world_enrol(world, &pair.key);
	assert_false(rcc_net_is_bound(&world->net, &pair.key));
	assert_int_equal(rcc_net_send_ship(&world->net, &pair.key, text, 8), RCC_E_UNREACHABLE);
	void *client = client_open(world, ZMQ_DEALER, world->config.ships, &pair);

	client_send(client, "hello");
	world_receive(world);
	rcc_net_bind_ship(&world->net, &world->inbound);
	assert_true(rcc_net_is_bound(&world->net, &pair.key));
	assert_int_equal(rcc_net_send_ship(&world->net, &pair.key, text, 8), RCC_OK);
	client_expect(world, client, "delivery");
	client_close(client);
	/* once libzmq has noticed that it is gone, the binding goes too */
	int64_t until_ms = test_now_ms() + WITHIN_MS;
	enum rcc_status status = RCC_OK;

	while (status == RCC_OK && test_now_ms() < until_ms) {
		world_pump(world, 10);
		status = rcc_net_send_ship(&world->net, &pair.key, text, 8);
	}
	assert_int_equal(status, RCC_E_UNREACHABLE);
	assert_false(rcc_net_is_bound(&world->net, &pair.key));
	assert_true(rcc_net_counters(&world->net)->unreachable >= 2);
}

static void
unbound_ship_gets_nothing(void **state)
{
	struct world *world = *state;
	struct pair pair = pair_make();

	world_enrol(world, &pair.key);
	void *client = client_open(world, ZMQ_DEALER, world->config.ships, &pair);

	client_send(client, "hello");
	world_receive(world);
	rcc_net_bind_ship(&world->net, &world->inbound);
	rcc_net_unbind_ship(&world->net, &pair.key);
	assert_false(rcc_net_is_bound(&world->net, &pair.key));
	assert_int_equal(rcc_net_send_ship(&world->net, &pair.key, (const uint8_t *)"x", 1), RCC_E_UNREACHABLE);
	client_close(client);
}

/* A key could wait for another's chosen id to be free, take it, and be sent that ship's deliveries. */
static void
chosen_routing_id_is_heard_but_never_bound(void **state)
{
	struct world *world = *state;
	struct pair pair = pair_make();
	char long_id[200];

	memset(long_id, 'x', sizeof long_id);
	world_enrol(world, &pair.key);
	void *client = client_make(world, ZMQ_DEALER, &pair);

	assert_int_equal(zmq_setsockopt(client, ZMQ_ROUTING_ID, "ship1", 5), 0);
	client_connect(client, world->config.ships);
	client_send(client, "mayday");
	world_receive(world);
	inbound_expect(world, RCC_PORT_SHIPS, &pair.key, "mayday");
	rcc_net_bind_ship(&world->net, &world->inbound);
	assert_false(rcc_net_is_bound(&world->net, &pair.key));
	assert_int_equal(rcc_net_reply(&world->net, &world->inbound, (const uint8_t *)"receipt", 7), RCC_OK);
	client_expect(world, client, "receipt");
	client_close(client);

	client = client_make(world, ZMQ_DEALER, &pair);
	assert_int_equal(zmq_setsockopt(client, ZMQ_ROUTING_ID, long_id, sizeof long_id), 0);
	client_connect(client, world->config.ships);
	client_send(client, "mayday again");
	world_receive(world);
	inbound_expect(world, RCC_PORT_SHIPS, &pair.key, "mayday again");
	assert_int_equal(world->inbound.route_len, 0);
	assert_int_equal(rcc_net_reply(&world->net, &world->inbound, (const uint8_t *)"x", 1), RCC_E_UNREACHABLE);
	client_close(client);
}

/* A ship that does not read: its queue fills, the caller is told, others are served. */
static void
full_queue_is_told(void **state)
{
	struct world *world = *state;
	struct pair stuck = pair_make();
	struct pair other = pair_make();
	static uint8_t bytes[RCC_MESSAGE_MAX];
	int one = 1;
	int small = 4096;

	world_enrol(world, &stuck.key);
	world_enrol(world, &other.key);
	void *client = client_make(world, ZMQ_DEALER, &stuck);

	assert_int_equal(zmq_setsockopt(client, ZMQ_RCVHWM, &one, sizeof one), 0);
	assert_int_equal(zmq_setsockopt(client, ZMQ_RCVBUF, &small, sizeof small), 0);
	client_connect(client, world->config.ships);
	client_send(client, "hello");
	world_receive(world);
	rcc_net_bind_ship(&world->net, &world->inbound);
	enum rcc_status status = RCC_OK;

	for (int i = 0; i < 100000 && status == RCC_OK; i++) {
		status = rcc_net_send_ship(&world->net, &stuck.key, bytes, sizeof bytes);
	}
	assert_int_equal(status, RCC_E_FULL);
	assert_true(rcc_net_is_bound(&world->net, &stuck.key));
	assert_int_equal(rcc_net_counters(&world->net)->full, 1);
	void *fine = client_open(world, ZMQ_DEALER, world->config.ships, &other);

	client_send(fine, "hello");
	world_receive(world);
	assert_int_equal(rcc_net_reply(&world->net, &world->inbound, (const uint8_t *)"welcome", 7), RCC_OK);
	client_expect(world, fine, "welcome");
	client_close(fine);
	client_close(client);
}

static void
control_needs_no_key_but_permission(void **state)
{
	struct world *world = *state;
	char endpoint[sizeof world->config.control + 6];
	struct stat info;

	snprintf(endpoint, sizeof endpoint, "ipc://%s", world->config.control);
	assert_int_equal(stat(world->config.control, &info), 0);
	assert_true(S_ISSOCK(info.st_mode));
	assert_int_equal(info.st_mode & 0777, 0660);
	void *client = client_open_plain(world, ZMQ_DEALER, endpoint);

	client_send(client, "status");
	world_receive(world);
	inbound_expect(world, RCC_PORT_CONTROL, &no_key, "status");
	rcc_net_bind_ship(&world->net, &world->inbound);
	assert_false(rcc_net_is_bound(&world->net, &no_key));
	assert_int_equal(rcc_net_reply(&world->net, &world->inbound, (const uint8_t *)"fine", 4), RCC_OK);
	client_expect(world, client, "fine");
	client_close(client);
}

static void
ports_are_served_in_turn(void **state)
{
	struct world *world = *state;
	struct pair pair = pair_make();
	char control[sizeof world->config.control + 6];
	unsigned count[RCC_NET_PORTS + 1] = {0};

	snprintf(control, sizeof control, "ipc://%s", world->config.control);
	world_enrol(world, &pair.key);
	void *client[3] = {client_open_plain(world, ZMQ_DEALER, control),
	                   client_open(world, ZMQ_DEALER, world->config.ships, &pair),
	                   client_open(world, ZMQ_DEALER, world->config.operations, &pair)};

	for (int i = 0; i < 3; i++) { /* all in */
		client_send(client[i], "first");
		world_receive(world);
	}
	for (int i = 0; i < 60; i++) {
		client_send(client[i % 3], "x");
	}
	world_pump(world, 200);
	for (int i = 0; i < 30; i++) {
		assert_int_equal(rcc_net_receive(&world->net, &world->inbound), RCC_OK);
		count[world->inbound.port]++;
	}
	assert_int_equal(count[RCC_PORT_CONTROL], 10);
	assert_int_equal(count[RCC_PORT_SHIPS], 10);
	assert_int_equal(count[RCC_PORT_OPERATIONS], 10);
	for (int i = 0; i < 3; i++) {
		client_close(client[i]);
	}
}

static void
poll_wakes_for_a_descriptor(void **state)
{
	struct world *world = *state;
	int pipe_fd[4];
	uint32_t bits = 99;

	assert_int_equal(pipe(pipe_fd), 0);
	assert_int_equal(pipe(pipe_fd + 2), 0);
	int watched[2] = {pipe_fd[0], pipe_fd[2]};

	assert_false(rcc_net_poll(&world->net, watched, 2, 0, 1, &bits));
	assert_int_equal(bits, 0);
	assert_int_equal(write(pipe_fd[3], "x", 1), 1);
	int64_t started_ms = test_now_ms();

	assert_false(rcc_net_poll(&world->net, watched, 2, WITHIN_MS, 1, &bits));
	assert_int_equal(bits, 2);
	assert_true(test_now_ms() - started_ms < WITHIN_MS / 2);
	started_ms = test_now_ms();
	assert_false(rcc_net_poll(&world->net, watched, 1, 50, 1, NULL));
	assert_true(test_now_ms() - started_ms >= 50);
	for (int i = 0; i < 4; i++) {
		close(pipe_fd[i]);
	}
}

/* An id that came back after a restart could deliver one ship's messages to another. */
static void
routing_ids_differ_between_starts(void **state)
{
	struct world *world = *state;
	struct pair pair = pair_make();
	uint8_t first[32];

	world_enrol(world, &pair.key);
	world_shut(world);
	rcc_random_seed(); /* as main() does: libzmq takes its ids from rand() */
	world_reopen(world);
	void *client = client_open(world, ZMQ_DEALER, world->config.ships, &pair);

	client_send(client, "hello");
	world_receive(world);
	assert_int_equal(world->inbound.route_len, RCC_ROUTE_SIZE);
	memcpy(first, world->inbound.route, RCC_ROUTE_SIZE);
	client_close(client);
	world_shut(world);
	rcc_net_close(&world->net); /* harmless twice */
	rcc_random_seed();
	world_reopen(world);
	client = client_open(world, ZMQ_DEALER, world->config.ships, &pair);
	client_send(client, "hello");
	world_receive(world);
	assert_memory_not_equal(world->inbound.route, first, RCC_ROUTE_SIZE);
	client_close(client);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(known_key_is_reported),
	    TEST(stranger_is_guest_on_ships_and_refused_elsewhere),
	    TEST(no_security_is_refused),
	    TEST(without_handler_nobody_gets_in),
	    TEST(two_frames_are_dropped_and_the_next_is_served),
	    TEST(size_limit_differs_by_port),
	    TEST(huge_frame_before_authentication_is_cut),
	    TEST(silent_connections_do_not_stop_service),
	    TEST(revoked_key_cannot_come_back),
	    TEST(ship_is_reached_where_it_said_hello),
	    TEST(unbound_ship_gets_nothing),
	    TEST(chosen_routing_id_is_heard_but_never_bound),
	    TEST(full_queue_is_told),
	    TEST(control_needs_no_key_but_permission),
	    TEST(ports_are_served_in_turn),
	    TEST(poll_wakes_for_a_descriptor),
	    TEST(routing_ids_differ_between_starts),
	};

	return cmocka_run_group_tests_name("net", tests, NULL, NULL);
}

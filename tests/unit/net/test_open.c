/*
 * test_open.c - what may be bound, the self-test, and how fast strangers may come.
 */
#define _GNU_SOURCE

#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* ---- endpoints ---- */

static void
endpoints_are_checked(void **state)
{
	static const char *const good[] = {
	    "tcp://127.0.0.1:8406",    "tcp://*:8406", "tcp://[::1]:1",     "tcp://[::]:*",
	    "tcp://rcc.example:65535", "tcp://eth0:*", "ipc:///run/x.sock", "ipc://x.sock"};
	static const char *const bad[] = {
	    "",
	    "8406",
	    "tcp://",
	    "tcp://127.0.0.1",
	    "tcp://127.0.0.1:",
	    "tcp://127.0.0.1:0",
	    "tcp://127.0.0.1:65536",
	    "tcp://127.0.0.1:8406x",
	    "tcp://127.0.0.1:-1",
	    "tcp://:8406",
	    "tcp://::1:8406",
	    "tcp://a;b:8406",
	    "tcp://a b:8406",
	    "udp://127.0.0.1:8406",
	    "inproc://x",
	    "pgm://eth0;239.0.0.1:5555",
	    "tipc://{1,2}",
	    "gssapi://x",
	    "TCP://127.0.0.1:8406",
	    "ipc://",
	    "ipc://*",
	    "ipc://@abstract",
	};
	char path[200];
	struct rcc_fault fault;

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		assert_int_equal(rcc_endpoint_check(good[i], NULL), RCC_OK);
	}
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		assert_int_equal(rcc_endpoint_check(bad[i], &fault), RCC_E_CONFIG);
		assert_non_null(strstr(fault.text, bad[i]));
	}
	snprintf(path, sizeof path, "ipc:///%0107d", 0);
	assert_int_equal(rcc_endpoint_check(path, &fault), RCC_E_CONFIG);
	snprintf(path, sizeof path, "ipc:///%0106d", 0);
	assert_int_equal(rcc_endpoint_check(path, NULL), RCC_OK);
}

/* A second net beside the world's, with nothing but what is asked for. */
static enum rcc_status
open_second(struct world *world, const char *control, const char *ships, struct rcc_fault *ret_fault)
{
	struct rcc_net second = {.impl = NULL};
	struct rcc_net_config config = {.server_public = world->config.server_public};

	memcpy(config.server_secret, world->config.server_secret, RCC_KEY_SIZE);
	snprintf(config.control, sizeof config.control, "%s", control);
	snprintf(config.ships, sizeof config.ships, "%s", ships);
	struct rcc_net_config given = config;
	enum rcc_status status = rcc_net_open(&second, &config, world_admit, world, ret_fault);

	if (status != RCC_OK) {
		assert_null(second.impl);
		assert_memory_equal(&config, &given, sizeof config);
	}
	rcc_net_close(&second);
	return status;
}

static void
taken_addresses_are_refused_by_name(void **state)
{
	struct world *world = *state;
	struct rcc_fault fault;

	assert_int_equal(open_second(world, world->config.control, "", &fault), RCC_E_BUSY);
	assert_non_null(strstr(fault.text, world->config.control));
	assert_int_equal(open_second(world, "", world->config.ships, &fault), RCC_E_BUSY);
	assert_non_null(strstr(fault.text, world->config.ships));
	assert_int_equal(open_second(world, "", "tcp://192.0.2.1:8406", &fault), RCC_E_CONFIG);
	assert_non_null(strstr(fault.text, "192.0.2.1"));
	/* and the first one still serves */
	struct stat info;

	assert_int_equal(stat(world->config.control, &info), 0);
}

static void
stale_socket_is_replaced_but_a_file_is_not(void **state)
{
	struct world *world = *state;
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	struct rcc_fault fault;
	struct stat info;
	char path[96];

	snprintf(path, sizeof path, "%s/stale.sock", world->dir);
	memcpy(address.sun_path, path, sizeof path);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	assert_int_equal(bind(fd, (const struct sockaddr *)&address, sizeof address), 0);
	close(fd);
	assert_int_equal(lstat(path, &info), 0);
	assert_int_equal(open_second(world, path, "", NULL), RCC_OK);
	assert_int_equal(lstat(path, &info), -1); /* closed in order: nothing is left behind */

	FILE *file = fopen(path, "we");

	assert_non_null(file);
	fputs("a journal, by mistake", file);
	fclose(file);
	assert_int_equal(open_second(world, path, "", &fault), RCC_E_CONFIG);
	assert_non_null(strstr(fault.text, "not a socket"));
	assert_int_equal(lstat(path, &info), 0);
	assert_int_equal(info.st_size, 21);
	unlink(path);
}

static void
all_addresses_are_served(void **state)
{
	struct world *world = *state;
	struct pair pair = pair_make();

	world_enrol(world, &pair.key);
	world_shut(world);
	snprintf(world->config.ships, sizeof world->config.ships, "tcp://*:*");
	world_reopen(world);
	assert_int_equal(rcc_net_self_test(&world->net, NULL), RCC_OK);
	char endpoint[64];

	snprintf(endpoint, sizeof endpoint, "tcp://127.0.0.1%s", strrchr(world->config.ships, ':'));
	void *client = client_open(world, ZMQ_DEALER, endpoint, &pair);

	client_send(client, "over IPv4");
	world_receive(world);
	inbound_expect(world, RCC_PORT_SHIPS, &pair.key, "over IPv4");
	client_close(client);
}

static void
ports_not_named_are_not_served(void **state)
{
	struct world *world = *state;

	world_shut(world);
	world->config.operations[0] = '\0';
	world->config.live[0] = '\0';
	world_reopen(world);
	assert_null(world->net.impl->socket[RCC_PORT_OPERATIONS]);
	assert_int_equal(rcc_net_self_test(&world->net, NULL), RCC_OK);
	rcc_net_publish(&world->net, "entry", (const uint8_t *)"x", 1);
	rcc_net_drop_subscribers(&world->net);
	assert_int_equal(rcc_net_counters(&world->net)->published, 0);
	world_pump(world, 20);
}

/* ---- the self-test ---- */

static void
self_test_passes_in_time_and_leaves_no_trace(void **state)
{
	struct world *world = *state;
	struct rcc_fault fault = {.text = ""};
	struct rcc_net_refusal row;
	struct rcc_net_counters zero = {0};
	int64_t started_ms = test_now_ms();

	enum rcc_status status = rcc_net_self_test(&world->net, &fault);

	assert_string_equal(fault.text, "");
	assert_int_equal(status, RCC_OK);
	assert_true(test_now_ms() - started_ms < 2000);
	assert_int_equal(world->asked, 3);
	assert_memory_equal(rcc_net_counters(&world->net), &zero, sizeof zero);
	assert_int_equal(rcc_net_refusals(&world->net, &row, 1), 0);
	/* ships that are told no on principle: as good */
	world->stranger[RCC_PORT_SHIPS] = RCC_ADMIT_NO;
	assert_int_equal(rcc_net_self_test(&world->net, NULL), RCC_OK);
}

static void
self_test_fails_when_nobody_answers(void **state)
{
	struct world *world = *state;
	struct rcc_fault fault = {.text = ""};

	zmq_close(world->net.impl->zap);
	world->net.impl->zap = NULL;
	int64_t started_ms = test_now_ms();

	assert_int_equal(rcc_net_self_test(&world->net, &fault), RCC_E_NOT_ALLOWED);
	assert_non_null(strstr(fault.text, "was not asked"));
	assert_int_equal(fault.status, RCC_E_NOT_ALLOWED);
	assert_true(test_now_ms() - started_ms < 2000);
}

static void
self_test_fails_when_a_port_admits_strangers(void **state)
{
	struct world *world = *state;
	static const enum rcc_port port[] = {RCC_PORT_SHIPS, RCC_PORT_OPERATIONS, RCC_PORT_OPERATIONS, RCC_PORT_LIVE};
	static const enum rcc_admit wrong[] = {RCC_ADMIT_YES, RCC_ADMIT_YES, RCC_ADMIT_GUEST, RCC_ADMIT_YES};
	static const char *const word[] = {"(ships)", "(operations)", "(operations)", "(live)"};

	for (int i = 0; i < 4; i++) {
		enum rcc_admit right = world->stranger[port[i]];
		struct rcc_fault fault = {.text = ""};

		world->stranger[port[i]] = wrong[i];
		assert_int_equal(rcc_net_self_test(&world->net, &fault), RCC_E_NOT_ALLOWED);
		assert_non_null(strstr(fault.text, word[i]));
		assert_non_null(strstr(fault.text, "made up"));
		world->stranger[port[i]] = right;
	}
	assert_int_equal(rcc_net_self_test(&world->net, NULL), RCC_OK);
}

/* Binds operations again without CURVE, as a mistake in socket.c would. */
static void
strip_security(struct world *world)
{
	struct rcc_net_impl *impl = world->net.impl;
	size_t size = sizeof impl->config.operations;
	int zero = 0;

	zmq_close(impl->socket[RCC_PORT_OPERATIONS]);
	void *open = zmq_socket(impl->context, ZMQ_ROUTER);

	assert_non_null(open);
	zmq_setsockopt(open, ZMQ_LINGER, &zero, sizeof zero);
	assert_int_equal(zmq_bind(open, "tcp://127.0.0.1:*"), 0);
	assert_int_equal(zmq_getsockopt(open, ZMQ_LAST_ENDPOINT, impl->config.operations, &size), 0);
	impl->socket[RCC_PORT_OPERATIONS] = open;
}

static void
self_test_fails_on_a_port_without_security(void **state)
{
	struct world *world = *state;
	struct rcc_fault fault = {.text = ""};

	strip_security(world);
	assert_int_equal(rcc_net_self_test(&world->net, &fault), RCC_E_NOT_ALLOWED);
	assert_non_null(strstr(fault.text, "(operations)"));
}

/* The second wall: whoever came in without the handler's word has no name, and is not heard. */
static void
message_without_identity_is_dropped(void **state)
{
	struct world *world = *state;

	strip_security(world);
	void *client = client_open_plain(world, ZMQ_DEALER, world->net.impl->config.operations);

	client_send(client, "I am an officer");
	world_expect_count(world, &rcc_net_counters(&world->net)->no_identity, 1);
	world_receive_none(world);
	client_close(client);
}

/* ---- how fast ---- */

/* Connects and pumps until the handler has been asked once more, whatever it says. */
static void
knock(struct world *world, const char *endpoint, const struct pair *pair)
{
	unsigned asked = world->asked;
	int64_t until_ms = test_now_ms() + WITHIN_MS;
	void *client = client_open(world, ZMQ_DEALER, endpoint, pair);

	while (world->asked == asked && test_now_ms() < until_ms) {
		world_pump(world, 1);
	}
	assert_true(world->asked > asked);
	client_close(client);
}

static void
one_key_comes_back_only_so_fast(void **state)
{
	struct world *world = *state;
	const struct rcc_net_counters *counters = rcc_net_counters(&world->net);
	struct pair pair = pair_make();
	struct rcc_net_refusal row;

	world_enrol(world, &pair.key);
	for (int i = 0; i < 5; i++) {
		knock(world, world->config.operations, &pair);
	}
	assert_int_equal(counters->admitted, 5);
	assert_int_equal(counters->later, 0);
	knock(world, world->config.operations, &pair);
	/* five at once, one a second after: unless this machine took seconds for them */
	assert_int_equal(counters->admitted, 5);
	assert_int_equal(counters->later, 1);
	assert_int_equal(rcc_net_refusals(&world->net, &row, 1), 1);
	assert_int_equal(row.answer, RCC_ADMIT_LATER);
	/* others are not held up, and the client that waits gets in by itself */
	struct pair other = pair_make();

	world_enrol(world, &other.key);
	knock(world, world->config.operations, &other);
	assert_int_equal(counters->admitted, 6);
	void *client = client_open(world, ZMQ_DEALER, world->config.operations, &pair);

	client_send(client, "patient");
	world_receive(world);
	inbound_expect(world, RCC_PORT_OPERATIONS, &pair.key, "patient");
	client_close(client);
}

static void
guests_are_bounded_and_ships_are_not_held_up(void **state)
{
	struct world *world = *state;

	world_shut(world);
	world->config.guest_connections_max = 8; /* a quarter of them per address */
	world_reopen(world);
	const struct rcc_net_counters *counters = rcc_net_counters(&world->net);

	for (int i = 0; i < 4; i++) {
		struct pair pair = pair_make();

		knock(world, world->config.ships, &pair);
	}
	assert_int_equal(counters->guests, 2);
	assert_int_equal(counters->later, 2);
	struct pair ship = pair_make();

	world_enrol(world, &ship.key);
	knock(world, world->config.ships, &ship);
	assert_int_equal(counters->admitted, 1);
}

static void
connections_are_bounded(void **state)
{
	struct world *world = *state;
	void *client[6];
	void *first =
	    client_make(world, ZMQ_DEALER, NULL); /* its context opens descriptors of its own, before the count */

	world_shut(world);
	world->config.ships_connections_max = 4;
	world_reopen(world);
	const struct rcc_net_counters *counters = rcc_net_counters(&world->net);

	/* four are let in by count; then descriptors are counted, and both ends of each connection are in this process */
	for (unsigned i = 0; i < 6; i++) {
		struct pair pair = pair_make();

		world_enrol(world, &pair.key);
		client[i] = client_open(world, ZMQ_DEALER, world->config.operations, &pair);
		client_send(client[i], "x");
		int64_t until_ms = test_now_ms() + WITHIN_MS;

		while (counters->admitted + counters->later <= i && test_now_ms() < until_ms) {
			world_pump(world, 5);
		}
	}
	assert_int_equal(counters->admitted, 4);
	assert_true(counters->later >= 2);
	for (int i = 0; i < 6; i++) {
		client_close(client[i]);
	}
	/* room again: seen at the next count, a second later */
	struct pair late = pair_make();

	world_enrol(world, &late.key);
	void *patient = client_open(world, ZMQ_DEALER, world->config.operations, &late);

	client_send(patient, "at last");
	do {
		world_receive(world);
	} while (world->inbound.len != 7);
	inbound_expect(world, RCC_PORT_OPERATIONS, &late.key, "at last");
	client_close(patient);
	client_close(first);
}

static void
descriptors_are_counted(void **state)
{
	uint32_t before = rcc_net_count_descriptors();
	int fd = dup(STDERR_FILENO);

	(void)state;
	assert_true(before >= 3);
	assert_int_equal(rcc_net_count_descriptors(), before + 1);
	close(fd);
	assert_int_equal(rcc_net_count_descriptors(), before);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(endpoints_are_checked),
	    cmocka_unit_test(descriptors_are_counted),
	    TEST(taken_addresses_are_refused_by_name),
	    TEST(stale_socket_is_replaced_but_a_file_is_not),
	    TEST(all_addresses_are_served),
	    TEST(ports_not_named_are_not_served),
	    TEST(self_test_passes_in_time_and_leaves_no_trace),
	    TEST(self_test_fails_when_nobody_answers),
	    TEST(self_test_fails_when_a_port_admits_strangers),
	    TEST(self_test_fails_on_a_port_without_security),
	    TEST(message_without_identity_is_dropped),
	    TEST(one_key_comes_back_only_so_fast),
	    TEST(guests_are_bounded_and_ships_are_not_held_up),
	    TEST(connections_are_bounded),
	};

	return cmocka_run_group_tests_name("open", tests, NULL, NULL);
}

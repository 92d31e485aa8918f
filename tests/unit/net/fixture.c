#define _GNU_SOURCE

#include "fixture.h"

#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define STEP_MS 5
#define CLIENTS_MAX 32

/* Open clients, so that a test that fails half-way does not leave its context waiting for them. */
static void *clients[CLIENTS_MAX];

static void
note_client(void *from, void *to)
{
	for (int i = 0; i < CLIENTS_MAX; i++) {
		if (clients[i] == from) {
			clients[i] = to;
			return;
		}
	}
	fail_msg("more than %d clients", CLIENTS_MAX);
}

int64_t
test_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct pair
pair_make(void)
{
	struct pair pair;

	assert_int_equal(zmq_curve_keypair(pair.public_text, pair.secret_text), 0);
	assert_non_null(zmq_z85_decode(pair.key.b, pair.public_text));
	return pair;
}

enum rcc_admit
world_admit(void *context, enum rcc_port port, const struct rcc_key *key)
{
	struct world *world = context;

	world->asked++;
	for (size_t i = 0; i < world->known_count; i++) {
		if (memcmp(&world->known[i], key, sizeof *key) == 0) {
			return RCC_ADMIT_YES;
		}
	}
	return world->stranger[port];
}

void
world_enrol(struct world *world, const struct rcc_key *key)
{
	assert_true(world->known_count < KNOWN_MAX);
	world->known[world->known_count++] = *key;
}

static void
any_ports(struct rcc_net_config *config)
{
	static const char any[] = "tcp://127.0.0.1:*";

	memcpy(config->ships, any, sizeof any);
	memcpy(config->operations, any, sizeof any);
	memcpy(config->live, any, sizeof any);
}

void
world_shut(struct world *world)
{
	rcc_net_close(&world->net);
	assert_null(world->net.impl);
	any_ports(&world->config);
}

void
world_reopen(struct world *world)
{
	struct rcc_fault fault = {.text = ""};
	enum rcc_status status = rcc_net_open(&world->net, &world->config, world_admit, world, &fault);

	assert_string_equal(fault.text, "");
	assert_int_equal(status, RCC_OK);
}

int
world_open(void **state)
{
	struct world *world = calloc(1, sizeof *world);
	struct pair server = pair_make();
	struct rcc_fault fault = {.status = RCC_OK};

	snprintf(world->dir, sizeof world->dir, "/tmp/rcc-net-XXXXXX");
	if (mkdtemp(world->dir) == NULL) {
		free(world);
		return -1;
	}
	for (int port = 0; port <= RCC_NET_PORTS; port++) {
		world->stranger[port] = RCC_ADMIT_NO;
	}
	world->stranger[RCC_PORT_SHIPS] = RCC_ADMIT_GUEST;
	world->config.server_public = server.key;
	zmq_z85_decode(world->config.server_secret, server.secret_text);
	any_ports(&world->config);
	snprintf(world->config.control, sizeof world->config.control, "%s/control.sock", world->dir);
	world->context = zmq_ctx_new();
	*state = world;
	if (rcc_net_open(&world->net, &world->config, world_admit, world, &fault) != RCC_OK) {
		print_error("%s\n", fault.text);
		return -1;
	}
	return 0;
}

int
world_close(void **state)
{
	struct world *world = *state;

	for (int i = 0; i < CLIENTS_MAX; i++) {
		if (clients[i] != NULL) {
			client_close(clients[i]);
		}
	}
	rcc_net_close(&world->net);
	zmq_ctx_term(world->context);
	unlink(world->config.control);
	int removed = rmdir(world->dir);

	free(world);
	return removed;
}

void *
client_make(struct world *world, int type, const struct pair *pair)
{
	void *client = zmq_socket(world->context, type);
	int zero = 0;

	assert_non_null(client);
	note_client(NULL, client);
	assert_int_equal(zmq_setsockopt(client, ZMQ_LINGER, &zero, sizeof zero), 0);
	if (pair != NULL) {
		assert_int_equal(
		    zmq_setsockopt(client, ZMQ_CURVE_SERVERKEY, world->config.server_public.b, RCC_KEY_SIZE), 0);
		assert_int_equal(zmq_setsockopt(client, ZMQ_CURVE_PUBLICKEY, pair->public_text, 41), 0);
		assert_int_equal(zmq_setsockopt(client, ZMQ_CURVE_SECRETKEY, pair->secret_text, 41), 0);
	}
	return client;
}

void
client_connect(void *client, const char *endpoint)
{
	assert_int_equal(zmq_connect(client, endpoint), 0);
}

void *
client_open(struct world *world, int type, const char *endpoint, const struct pair *pair)
{
	void *client = client_make(world, type, pair);

	client_connect(client, endpoint);
	return client;
}

void *
client_open_plain(struct world *world, int type, const char *endpoint)
{
	return client_open(world, type, endpoint, NULL);
}

void
client_close(void *client)
{
	note_client(client, NULL);
	assert_int_equal(zmq_close(client), 0);
}

void
client_send(void *client, const char *text)
{
	assert_int_equal(zmq_send(client, text, strlen(text), ZMQ_DONTWAIT), (int)strlen(text));
}

bool
world_receive_within(struct world *world, int64_t within_ms)
{
	int64_t until_ms = test_now_ms() + within_ms;

	while (test_now_ms() < until_ms) {
		bool is_ready = rcc_net_poll(&world->net, NULL, 0, STEP_MS, test_now_ms(), NULL);

		if (is_ready && rcc_net_receive(&world->net, &world->inbound) == RCC_OK) {
			return true;
		}
	}
	return false;
}

void
world_pump(struct world *world, int64_t for_ms)
{
	int64_t until_ms = test_now_ms() + for_ms;

	while (test_now_ms() < until_ms) {
		rcc_net_poll(&world->net, NULL, 0, STEP_MS, test_now_ms(), NULL);
	}
}

bool
client_receive_within(struct world *world, void *client, char *text, size_t size, int64_t within_ms)
{
	int64_t until_ms = test_now_ms() + within_ms;

	while (test_now_ms() < until_ms) {
		int len = zmq_recv(client, text, size - 1, ZMQ_DONTWAIT);

		if (len >= 0) {
			text[(size_t)len < size ? (size_t)len : size - 1] = '\0';
			return true;
		}
		rcc_net_poll(&world->net, NULL, 0, STEP_MS, test_now_ms(), NULL);
	}
	return false;
}

void
client_expect(struct world *world, void *client, const char *text)
{
	char got[256];

	assert_true(client_receive_within(world, client, got, sizeof got, WITHIN_MS));
	assert_string_equal(got, text);
}

void
world_expect_count(struct world *world, const uint64_t *counter, uint64_t value)
{
	int64_t until_ms = test_now_ms() + WITHIN_MS;

	while (*counter < value && test_now_ms() < until_ms) {
		if (rcc_net_poll(&world->net, NULL, 0, STEP_MS, test_now_ms(), NULL)) {
			assert_int_equal(rcc_net_receive(&world->net, &world->inbound), RCC_E_AGAIN);
		}
	}
	assert_true(*counter >= value);
}

void
inbound_expect(const struct world *world, enum rcc_port port, const struct rcc_key *key, const char *text)
{
	assert_int_equal(world->inbound.port, port);
	assert_memory_equal(&world->inbound.key, key, sizeof *key);
	assert_int_equal(world->inbound.len, strlen(text));
	assert_memory_equal(world->inbound.bytes, text, strlen(text));
}

int
tcp_open(const char *endpoint)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	address.sin_port = htons((uint16_t)strtol(strrchr(endpoint, ':') + 1, NULL, 10));
	assert_true(fd >= 0);
	assert_int_equal(connect(fd, (const struct sockaddr *)&address, sizeof address), 0);
	return fd;
}

size_t
resident_bytes(void)
{
	unsigned long total = 0;
	unsigned long resident = 0;
	FILE *file = fopen("/proc/self/statm", "re");

	assert_non_null(file);
	assert_int_equal(fscanf(file, "%lu %lu", &total, &resident), 2);
	fclose(file);
	return resident * (size_t)sysconf(_SC_PAGESIZE);
}

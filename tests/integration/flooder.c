/* flooder.c - see flooder.h. */
#define _POSIX_C_SOURCE 200809L

#include "flooder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <zmq.h>

#include "proto/wire.h"
#include "rcc/client.h"
#include "rcc/text.h"

#define PATH_SIZE 512
#define WAIT_MS 20000
#define NS_PER_MS 1000000
#define NS_PER_S 1000000000

/* A process that floods, as it sees itself. */
struct flooder {
	const struct flood_order *order;
	void *context, *socket;
	uint32_t accepted;
	uint8_t bytes[RCC_MESSAGE_OPERATIONS_MAX];
	struct rcc_envelope message, heard;
};

static int64_t
now_ns(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * NS_PER_S + now.tv_nsec;
}

static bool
open_flooder(struct flooder *flooder, char **argv)
{
	char path[PATH_SIZE];
	struct rcc_key server, public_key;
	uint8_t secret[RCC_KEY_SIZE];
	struct rcc_fault fault = {0};
	const int none = 0;
	const int wait_ms = WAIT_MS;

	(void)snprintf(path, sizeof path, "%s/%s.key", argv[3], flooder->order->name);
	if (rcc_key_parse(argv[2], &server) != RCC_OK ||
	    rcc_keyfile_load(path, &public_key, secret, &fault) != RCC_OK) {
		fprintf(stderr, "flood: %s\n", fault.text[0] != '\0' ? fault.text : "the centre's key is none");
		return false;
	}
	flooder->context = zmq_ctx_new();
	flooder->socket = flooder->context == NULL ? NULL : zmq_socket(flooder->context, ZMQ_DEALER);
	void *socket = flooder->socket;
	return socket != NULL && zmq_setsockopt(socket, ZMQ_LINGER, &none, sizeof none) == 0 &&
	       zmq_setsockopt(socket, ZMQ_SNDHWM, &none, sizeof none) == 0 &&
	       zmq_setsockopt(socket, ZMQ_RCVHWM, &none, sizeof none) == 0 &&
	       zmq_setsockopt(socket, ZMQ_RCVTIMEO, &wait_ms, sizeof wait_ms) == 0 &&
	       zmq_setsockopt(socket, ZMQ_CURVE_SERVERKEY, server.b, RCC_KEY_SIZE) == 0 &&
	       zmq_setsockopt(socket, ZMQ_CURVE_PUBLICKEY, public_key.b, RCC_KEY_SIZE) == 0 &&
	       zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, secret, RCC_KEY_SIZE) == 0 &&
	       zmq_connect(socket, argv[1]) == 0;
}

static bool
give(struct flooder *flooder, uint32_t number)
{
	struct rcc_envelope *message = &flooder->message;
	size_t len = 0;

	message->protocol = RCC_PROTOCOL_MAX;
	message->class = RCC_CLASS_LIVE;
	message->claimed_at_ms = 1;
	for (size_t i = 0; i < RCC_MSG_ID_SIZE; i++)
		message->id.b[i] = (uint8_t)((number + 1) >> (8 * (i % 4)));
	return rcc_wire_encode(message, flooder->bytes, sizeof flooder->bytes, &len) == RCC_OK &&
	       zmq_send(flooder->socket, flooder->bytes, len, 0) == (int)len;
}

/* Takes one message; false if none comes, or one that is no good. */
static bool
take_one(struct flooder *flooder)
{
	struct rcc_wire_fault fault;
	int len = zmq_recv(flooder->socket, flooder->bytes, sizeof flooder->bytes, 0);

	if (len < 0 || rcc_wire_decode(flooder->bytes, (size_t)len, &flooder->heard, &fault) != RCC_OK)
		return false;
	flooder->accepted += flooder->heard.kind == RCC_BODY_ACCEPTED;
	if (flooder->heard.kind == RCC_BODY_REFUSED)
		fprintf(stderr, "flood: refused: %s\n", flooder->heard.u.refused.text);
	return flooder->heard.kind != RCC_BODY_REFUSED;
}

static bool
greet(struct flooder *flooder)
{
	struct rcc_hello *hello = &flooder->message.u.hello;

	flooder->message.kind = RCC_BODY_HELLO;
	hello->protocol_min = 1;
	hello->protocol_max = RCC_PROTOCOL_MAX;
	(void)snprintf(hello->version, sizeof hello->version, "flood");
	if (!give(flooder, UINT32_MAX - 1))
		return false;
	do {
		if (!take_one(flooder))
			return false;
	} while (flooder->heard.kind != RCC_BODY_WELCOME);
	return true;
}

static bool
give_alert(struct flooder *flooder, uint32_t number)
{
	struct rcc_alert *alert = &flooder->message.u.alert;

	memset(alert, 0, sizeof *alert);
	flooder->message.kind = RCC_BODY_ALERT;
	alert->source = RCC_SOURCE_AIS_BEACON;
	alert->class = RCC_CLASS_LIVE;
	alert->nature = RCC_NATURE_BEACON;
	alert->casualty.v = flooder->order->first_mmsi + number;
	alert->pos.lat_e7 = 345000000 + (int32_t)(number / 50) * 100000;
	alert->pos.lon_e7 = 155000000 + (int32_t)(number % 50) * 500000;
	return give(flooder, number);
}

/* Receipts are counted meanwhile. */
static void
listen_until(struct flooder *flooder, int64_t until_ns)
{
	zmq_pollitem_t item = {.socket = flooder->socket, .events = ZMQ_POLLIN};

	for (;;) {
		int64_t left_ns = until_ns - now_ns();
		if (left_ns <= 0 || zmq_poll(&item, 1, (long)((left_ns + NS_PER_MS - 1) / NS_PER_MS)) <= 0)
			return;
		(void)take_one(flooder);
	}
}

static bool
pour(struct flooder *flooder)
{
	int64_t began_ns = now_ns();

	for (uint32_t i = 0; i < flooder->order->alerts; i++) {
		if (flooder->order->every_ms > 0)
			listen_until(flooder, began_ns + i * flooder->order->every_ms * NS_PER_MS);
		if (!give_alert(flooder, i))
			return false;
	}
	int64_t give_up_ns = now_ns() + (int64_t)WAIT_MS * NS_PER_MS;
	while (flooder->accepted < flooder->order->alerts && now_ns() < give_up_ns && take_one(flooder))
		continue;
	return flooder->accepted == flooder->order->alerts;
}

/* Says r when it is ready, floods when it is told to, and says d when everything is accepted. */
static int
flood(struct flooder *flooder, char **argv, int told, int tell)
{
	char byte = 0;
	bool is_well = rcc_client_init() == RCC_OK && open_flooder(flooder, argv) && greet(flooder) &&
	               write(tell, "r", 1) == 1 && read(told, &byte, 1) == 1;
	int64_t began_ns = now_ns();
	is_well = is_well && pour(flooder);
	int64_t took_ns = now_ns() - began_ns;
	is_well = write(tell, "d", 1) == 1 && is_well;
	printf("%s_accepted=%u\n%s_ms=%lld\n", flooder->order->name, flooder->accepted, flooder->order->name,
	       (long long)(took_ns / NS_PER_MS));
	(void)fflush(stdout);
	if (flooder->socket != NULL)
		(void)zmq_close(flooder->socket);
	if (flooder->context != NULL)
		(void)zmq_ctx_term(flooder->context);
	return is_well ? EXIT_SUCCESS : EXIT_FAILURE;
}

bool
flooder_start(struct flooder_child *child, const struct flood_order *order, char **argv)
{
	static struct flooder self;
	int to_child[2], to_parent[2];

	if (pipe(to_child) != 0 || pipe(to_parent) != 0)
		return false;
	*child = (struct flooder_child){.pid = fork(), .told = to_parent[0], .tell = to_child[1]};
	if (child->pid == 0) {
		(void)close(to_child[1]);
		self.order = order;
		exit(flood(&self, argv, to_child[0], to_parent[1]));
	}
	(void)close(to_parent[1]);
	(void)close(to_child[0]);
	return child->pid > 0;
}

bool
flooder_end(struct flooder_child *child)
{
	int status = EXIT_FAILURE;

	(void)close(child->tell);
	return waitpid(child->pid, &status, 0) == child->pid && status == EXIT_SUCCESS;
}

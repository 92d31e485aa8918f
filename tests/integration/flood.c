/*
 * flood.c - one sender floods the centre with alerts while others call for help for the first time; how long do they wait?
 *
 * Usage: flood ENDPOINT SERVER_KEY FOLDER CALLS ALERTS
 * FOLDER holds ship.key (an enrolled ship's, which listens), flooder.key (an enrolled feed's) and 0.key to (2 CALLS - 1).key of
 * enrolled ships: CALLS of them call while all is quiet, one after the other, the others while a second process sends ALERTS
 * alerts, each of another beacon, as fast as the link takes them and without waiting for any answer. Each call is timed from
 * when it is posted to when the listening ship has the broadcast. Prints what it found as KEY=VALUE lines; ends with 1 if a
 * call or an answer to the flood does not come.
 */
#define _POSIX_C_SOURCE 200809L

#include <poll.h>
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

#define CALLS_MAX 64
#define PATH_SIZE 512
#define WAIT_MS 20000
#define LOOK_MS 20
#define NS_PER_MS 1000000
#define NS_PER_S 1000000000
/* The flood's beacons have numbers from here on. */
#define FLOOD_MMSI 970100000u

struct phase {
	const char *name;
	uint32_t count;
	int64_t ns[CALLS_MAX];
};

struct watch {
	struct rcc_client *ship, *caller[CALLS_MAX];
	uint32_t calls;
	uint32_t expected; /* casualty whose broadcast is awaited */
	int64_t heard_ns;
	uint32_t flood_heard; /* broadcasts about the flood's beacons */
	struct rcc_envelope message;
	bool is_broken;
};

/* What the process that floods needs. */
struct flooder {
	void *context, *socket;
	uint32_t alerts, accepted;
	uint8_t bytes[RCC_MESSAGE_OPERATIONS_MAX];
	struct rcc_envelope message;
};

static int64_t
now_ns(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * NS_PER_S + now.tv_nsec;
}

/* ---- the process that floods ---- */

static bool
open_flooder(struct flooder *flooder, char **argv)
{
	char path[PATH_SIZE];
	struct rcc_key server, public_key;
	uint8_t secret[RCC_KEY_SIZE];
	struct rcc_fault fault = {0};
	const int none = 0;
	const int wait_ms = WAIT_MS;

	(void)snprintf(path, sizeof path, "%s/flooder.key", argv[3]);
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

/* The next answer of this kind; others are passed over. */
static bool
await_answer(struct flooder *flooder, enum rcc_body_kind kind)
{
	struct rcc_wire_fault fault;

	for (;;) {
		int len = zmq_recv(flooder->socket, flooder->bytes, sizeof flooder->bytes, 0);
		if (len < 0 || rcc_wire_decode(flooder->bytes, (size_t)len, &flooder->message, &fault) != RCC_OK)
			return false;
		if (flooder->message.kind == kind)
			return true;
		if (flooder->message.kind == RCC_BODY_REFUSED) {
			fprintf(stderr, "flood: refused: %s\n", flooder->message.u.refused.text);
			return false;
		}
	}
}

static bool
greet(struct flooder *flooder)
{
	struct rcc_hello *hello = &flooder->message.u.hello;

	flooder->message.kind = RCC_BODY_HELLO;
	hello->protocol_min = 1;
	hello->protocol_max = RCC_PROTOCOL_MAX;
	(void)snprintf(hello->version, sizeof hello->version, "flood");
	return give(flooder, UINT32_MAX - 1) && await_answer(flooder, RCC_BODY_WELCOME);
}

static bool
pour(struct flooder *flooder)
{
	struct rcc_alert *alert = &flooder->message.u.alert;

	memset(&flooder->message, 0, sizeof flooder->message);
	flooder->message.kind = RCC_BODY_ALERT;
	alert->source = RCC_SOURCE_AIS_BEACON;
	alert->class = RCC_CLASS_LIVE;
	alert->nature = RCC_NATURE_BEACON;
	for (uint32_t i = 0; i < flooder->alerts; i++) {
		alert->casualty.v = FLOOD_MMSI + i;
		alert->pos.lat_e7 = 345000000 + (int32_t)(i / 50) * 500000;
		alert->pos.lon_e7 = 155000000 + (int32_t)(i % 50) * 500000;
		if (!give(flooder, i))
			return false;
	}
	while (flooder->accepted < flooder->alerts && await_answer(flooder, RCC_BODY_ACCEPTED))
		flooder->accepted++;
	return flooder->accepted == flooder->alerts;
}

/* Says r when it is ready, floods when it is told to, and says d when everything is accepted. */
static int
flood(char **argv, int told, int tell)
{
	static struct flooder flooder;
	char byte = 0;

	flooder.alerts = (uint32_t)strtoul(argv[5], NULL, 10);
	bool is_well = rcc_client_init() == RCC_OK && open_flooder(&flooder, argv) && greet(&flooder) &&
	               write(tell, "r", 1) == 1 && read(told, &byte, 1) == 1;
	int64_t began_ns = now_ns();
	is_well = is_well && pour(&flooder);
	int64_t took_ns = now_ns() - began_ns;
	(void)!write(tell, "d", 1);
	printf("flood_accepted=%u\nflood_ms=%lld\n", flooder.accepted, (long long)(took_ns / NS_PER_MS));
	(void)fflush(stdout);
	if (flooder.socket != NULL)
		(void)zmq_close(flooder.socket);
	if (flooder.context != NULL)
		(void)zmq_ctx_term(flooder.context);
	return is_well ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* ---- the ships that call, and the one that listens ---- */

static void
broken(struct watch *watch, const char *what)
{
	fprintf(stderr, "flood: %s\n", what);
	watch->is_broken = true;
}

/* Without a store: what a ship's disk takes is not what is measured. */
static struct rcc_client *
open_client(char **argv, const char *name, bool is_listener)
{
	struct rcc_client_config config = {.link = RCC_LINK_SHORE, .wants_deliveries = is_listener};
	struct rcc_client *client = NULL;
	struct rcc_fault fault = {0};

	(void)snprintf(config.endpoint, sizeof config.endpoint, "%s", argv[1]);
	(void)snprintf(config.key_file, sizeof config.key_file, "%s/%s.key", argv[3], name);
	(void)snprintf(config.version, sizeof config.version, "flood");
	if (rcc_key_parse(argv[2], &config.server_key) != RCC_OK || rcc_client_open(&config, &client, &fault) != RCC_OK)
		fprintf(stderr, "flood: %s\n", fault.text[0] != '\0' ? fault.text : "the centre's key is none");
	return client;
}

static void
listen(struct watch *watch)
{
	const struct rcc_envelope *message = NULL;

	for (;;) {
		int64_t before_ns = now_ns();
		enum rcc_client_event event = rcc_client_next(watch->ship, 0, &message);
		if (event == RCC_CLIENT_NOTHING)
			return;
		if (event != RCC_CLIENT_DELIVERY || message->u.delivery.attempt > 1)
			continue;
		uint32_t casualty = message->u.delivery.casualty.v;
		watch->flood_heard += casualty / 100000 == FLOOD_MMSI / 100000;
		if (casualty == watch->expected && watch->heard_ns == 0)
			watch->heard_ns = before_ns;
	}
}

static void
drain(struct watch *watch, struct rcc_client *client)
{
	const struct rcc_envelope *message = NULL;
	enum rcc_client_event event = RCC_CLIENT_NOTHING;

	do {
		event = rcc_client_next(client, 0, &message);
		if (event == RCC_CLIENT_REFUSED || event == RCC_CLIENT_NOT_CONFIRMED)
			broken(watch, "the centre does not take a call");
	} while (event != RCC_CLIENT_NOTHING);
}

static void
look(struct watch *watch, struct rcc_client *other, int wait_ms)
{
	struct pollfd fd[] = {{.fd = rcc_client_fd(watch->ship), .events = POLLIN},
	                      {.fd = rcc_client_fd(other), .events = POLLIN}};

	(void)poll(fd, 2, wait_ms);
	listen(watch);
	if (other != watch->ship)
		drain(watch, other);
}

static void
await_link(struct watch *watch, struct rcc_client *client)
{
	int64_t give_up_ns = now_ns() + (int64_t)WAIT_MS * NS_PER_MS;

	while (!watch->is_broken && !rcc_client_is_linked(client)) {
		look(watch, client, LOOK_MS);
		if (now_ns() > give_up_ns)
			broken(watch, "a ship gets no answer");
	}
}

/* Callers `from` and on are connected and known before anything is timed. */
static void
open_callers(struct watch *watch, char **argv, uint32_t from)
{
	char name[16];

	for (uint32_t i = 0; i < watch->calls && !watch->is_broken; i++) {
		(void)snprintf(name, sizeof name, "%u", from + i);
		watch->caller[i] = open_client(argv, name, false);
		if (watch->caller[i] == NULL)
			broken(watch, "a ship cannot call");
		else
			await_link(watch, watch->caller[i]);
	}
}

static void
close_callers(struct watch *watch)
{
	for (uint32_t i = 0; i < watch->calls; i++)
		rcc_client_close(&watch->caller[i]);
}

/* The first distress of a ship. */
static void
call(struct watch *watch, struct phase *phase, uint32_t i, uint32_t number)
{
	struct rcc_client *caller = watch->caller[i];
	struct rcc_alert *alert = &watch->message.u.alert;

	watch->message.kind = RCC_BODY_ALERT;
	watch->message.class = RCC_CLASS_LIVE;
	memset(alert, 0, sizeof *alert);
	alert->source = RCC_SOURCE_CREW;
	alert->class = RCC_CLASS_LIVE;
	alert->nature = RCC_NATURE_SINKING;
	alert->casualty.v = 247400000 + number;
	alert->pos.lat_e7 = 335000000;
	alert->pos.lon_e7 = 155000000 + (int32_t)number * 500000;
	watch->expected = alert->casualty.v;
	watch->heard_ns = 0;
	int64_t posted_ns = now_ns();
	if (rcc_client_post(caller, &watch->message) != RCC_OK)
		broken(watch, "a call cannot be posted");
	while (!watch->is_broken && watch->heard_ns == 0) {
		look(watch, caller, LOOK_MS);
		if (now_ns() > posted_ns + (int64_t)WAIT_MS * NS_PER_MS)
			broken(watch, "a call did not reach the ship");
	}
	if (!watch->is_broken)
		phase->ns[phase->count++] = watch->heard_ns - posted_ns;
}

static bool
has_byte(int fd)
{
	struct pollfd look = {.fd = fd, .events = POLLIN};

	return poll(&look, 1, 0) == 1;
}

/* ---- what is told ---- */

static int
compare_ns(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a;
	int64_t y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Nearest rank, in microseconds. */
static long long
percentile_us(const struct phase *phase, uint32_t percent)
{
	return phase->count == 0 ? 0 : phase->ns[(phase->count * percent + 99) / 100 - 1] / 1000;
}

static void
tell(struct phase *phase)
{
	qsort(phase->ns, phase->count, sizeof phase->ns[0], compare_ns);
	printf("%s_calls=%u\n%s_p50_us=%lld\n%s_p99_us=%lld\n", phase->name, phase->count, phase->name,
	       percentile_us(phase, 50), phase->name, percentile_us(phase, 99));
}

/* Calls that found the flood over when they were made count for nothing. */
static void
run(struct watch *watch, char **argv, int told, int tell_fd)
{
	struct phase quiet = {.name = "quiet"};
	struct phase during = {.name = "flooded"};

	open_callers(watch, argv, 0);
	for (uint32_t i = 0; i < watch->calls && !watch->is_broken; i++)
		call(watch, &quiet, i, i);
	close_callers(watch);
	open_callers(watch, argv, watch->calls);
	if (!watch->is_broken && write(tell_fd, "g", 1) != 1)
		broken(watch, "nobody floods");
	for (uint32_t i = 0; i < watch->calls && !watch->is_broken && !has_byte(told); i++)
		call(watch, &during, i, watch->calls + i);
	close_callers(watch);
	tell(&quiet);
	tell(&during);
}

/* The broadcasts that the flood made are all there when the flooder has its last answer and the ship has heard nothing new. */
static void
hear_the_rest(struct watch *watch, int told)
{
	struct pollfd fd = {.fd = told, .events = POLLIN};
	uint32_t before = UINT32_MAX;
	char byte;

	if (poll(&fd, 1, WAIT_MS) != 1 || read(told, &byte, 1) != 1)
		broken(watch, "the flood has no end");
	while (!watch->is_broken && before != watch->flood_heard) {
		int64_t until_ns = now_ns() + (int64_t)1000 * NS_PER_MS;
		before = watch->flood_heard;
		while (now_ns() < until_ns)
			look(watch, watch->ship, LOOK_MS);
	}
	printf("flood_heard=%u\n", watch->flood_heard);
}

static int
watch_calls(char **argv, int told, int tell_fd)
{
	static struct watch watch;
	char byte = 0;

	watch.calls = (uint32_t)strtoul(argv[4], NULL, 10);
	if (rcc_client_init() != RCC_OK || (watch.ship = open_client(argv, "ship", true)) == NULL)
		return EXIT_FAILURE;
	await_link(&watch, watch.ship);
	if (read(told, &byte, 1) != 1 || byte != 'r')
		broken(&watch, "the flooder is not ready");
	if (!watch.is_broken)
		run(&watch, argv, told, tell_fd);
	if (!watch.is_broken)
		hear_the_rest(&watch, told);
	rcc_client_close(&watch.ship);
	return watch.is_broken ? EXIT_FAILURE : EXIT_SUCCESS;
}

int
main(int argc, char **argv)
{
	int to_flooder[2], to_watch[2];
	int status = EXIT_FAILURE;
	unsigned long calls = argc == 6 ? strtoul(argv[4], NULL, 10) : 0;

	if (calls < 1 || calls > CALLS_MAX || pipe(to_flooder) != 0 || pipe(to_watch) != 0) {
		fprintf(stderr, "usage: flood ENDPOINT SERVER_KEY FOLDER CALLS (1..%d) ALERTS\n", CALLS_MAX);
		return EXIT_FAILURE;
	}
	/* Before either has a thread. */
	pid_t flooder = fork();
	if (flooder == 0) {
		(void)close(to_flooder[1]);
		return flood(argv, to_flooder[0], to_watch[1]);
	}
	(void)close(to_watch[1]);
	int code = watch_calls(argv, to_watch[0], to_flooder[1]);
	(void)close(to_flooder[1]);
	bool is_well = flooder > 0 && waitpid(flooder, &status, 0) == flooder && status == EXIT_SUCCESS;
	return is_well ? code : EXIT_FAILURE;
}

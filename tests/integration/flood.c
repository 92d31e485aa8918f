/*
 * flood.c - senders flood the centre with alerts while others call for help for the first time; how long do they wait?
 *
 * Usage: flood ENDPOINT SERVER_KEY FOLDER CALLS STREAM BURST
 * FOLDER holds ship.key (an enrolled ship's, which listens), stream.key and burst.key (enrolled feeds') and 0.key to
 * (3 CALLS - 1).key of enrolled ships. CALLS of them call while all is quiet; the next while a second process sends STREAM
 * alerts, each of another beacon, one every few milliseconds; the last while a third sends BURST alerts at once, as fast as
 * the link takes them and without waiting for any answer. Each call is timed from when it is posted to when the listening
 * ship has the broadcast; one is under way at a time. Prints KEY=VALUE lines; ends with 1 if a call does not arrive, or an
 * answer to the floods.
 */
#define _POSIX_C_SOURCE 200809L

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "flooder.h"
#include "rcc/client.h"
#include "rcc/text.h"

#define CALLS_MAX 64
#define WAIT_MS 20000
/* A busy machine may take as long to record what was thrown at it at once. */
#define END_WAIT_MS 90000
#define LOOK_MS 20
#define NS_PER_MS 1000000
#define NS_PER_S 1000000000
/* Between two calls, and between two alerts of the stream. */
#define CALL_EVERY_MS 50
#define STREAM_EVERY_MS 4
/* After this without a broadcast no more will come. */
#define REST_MS 1000
/* The floods' beacons have numbers from here on. */
#define STREAM_MMSI 970100000u
#define BURST_MMSI 970200000u

struct phase {
	const char *name;
	int64_t every_ms;
	uint32_t count;
	int64_t ns[CALLS_MAX];
};

struct watch {
	struct rcc_client *ship, *caller[CALLS_MAX];
	uint32_t calls;
	uint32_t expected; /* casualty whose broadcast is awaited */
	int64_t heard_ns;
	uint32_t stream_heard, burst_heard; /* broadcasts about the floods' beacons */
	struct rcc_envelope message;
	bool is_broken;
};

static int64_t
now_ns(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * NS_PER_S + now.tv_nsec;
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
		watch->stream_heard += casualty / 100000 == STREAM_MMSI / 100000;
		watch->burst_heard += casualty / 100000 == BURST_MMSI / 100000;
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

/* Keeps listening for so long. */
static void
wait_for(struct watch *watch, int64_t wait_ms)
{
	int64_t until_ns = now_ns() + wait_ms * NS_PER_MS;

	while (now_ns() < until_ns)
		look(watch, watch->ship, 1);
}

/* One after the other, from caller `from` on; with a flood, as long as it lasts: what finds it over counts for nothing. */
static void
run_phase(struct watch *watch, char **argv, struct phase *phase, uint32_t from, const struct flooder_child *flooder)
{
	char byte = 0;

	open_callers(watch, argv, from);
	if (flooder != NULL && !watch->is_broken &&
	    (read(flooder->told, &byte, 1) != 1 || byte != 'r' || write(flooder->tell, "g", 1) != 1))
		broken(watch, "nobody floods");
	for (uint32_t i = 0; i < watch->calls && !watch->is_broken; i++) {
		if (flooder != NULL && has_byte(flooder->told))
			break;
		call(watch, phase, i, from + i);
		wait_for(watch, phase->every_ms);
	}
	close_callers(watch);
	tell(phase);
}

/* The broadcasts that a flood made are all there when it is answered and the ship has heard nothing new for a while. */
static void
hear_the_rest(struct watch *watch, const struct flooder_child *flooder)
{
	uint32_t before = UINT32_MAX;
	struct pollfd fd = {.fd = flooder->told, .events = POLLIN};
	char byte = 0;

	if (poll(&fd, 1, END_WAIT_MS) != 1 || read(flooder->told, &byte, 1) != 1)
		broken(watch, "the flood has no end");
	while (!watch->is_broken && before != watch->stream_heard + watch->burst_heard) {
		before = watch->stream_heard + watch->burst_heard;
		wait_for(watch, REST_MS);
	}
}

static void
watch_calls(struct watch *watch, char **argv, const struct flooder_child *stream, const struct flooder_child *burst)
{
	struct phase quiet = {.name = "quiet", .every_ms = CALL_EVERY_MS};
	struct phase during_stream = {.name = "in_stream", .every_ms = CALL_EVERY_MS};
	struct phase during_burst = {.name = "in_burst"};

	await_link(watch, watch->ship);
	if (!watch->is_broken)
		run_phase(watch, argv, &quiet, 0, NULL);
	if (!watch->is_broken)
		run_phase(watch, argv, &during_stream, watch->calls, stream);
	if (!watch->is_broken)
		hear_the_rest(watch, stream);
	if (!watch->is_broken)
		run_phase(watch, argv, &during_burst, 2 * watch->calls, burst);
	if (!watch->is_broken)
		hear_the_rest(watch, burst);
	printf("stream_heard=%u\nburst_heard=%u\n", watch->stream_heard, watch->burst_heard);
}

int
main(int argc, char **argv)
{
	static struct watch watch;
	struct flood_order stream = {.name = "stream", .first_mmsi = STREAM_MMSI, .every_ms = STREAM_EVERY_MS};
	struct flood_order burst = {.name = "burst", .first_mmsi = BURST_MMSI};
	struct flooder_child stream_child, burst_child;
	unsigned long calls = argc == 7 ? strtoul(argv[4], NULL, 10) : 0;

	if (calls < 1 || calls > CALLS_MAX) {
		fprintf(stderr, "usage: flood ENDPOINT SERVER_KEY FOLDER CALLS (1..%d) STREAM BURST\n", CALLS_MAX);
		return EXIT_FAILURE;
	}
	watch.calls = (uint32_t)calls;
	stream.alerts = (uint32_t)strtoul(argv[5], NULL, 10);
	burst.alerts = (uint32_t)strtoul(argv[6], NULL, 10);
	if (!flooder_start(&stream_child, &stream, argv) || !flooder_start(&burst_child, &burst, argv) ||
	    rcc_client_init() != RCC_OK || (watch.ship = open_client(argv, "ship", true)) == NULL) {
		fprintf(stderr, "flood: not everybody can take part\n");
		return EXIT_FAILURE;
	}
	watch_calls(&watch, argv, &stream_child, &burst_child);
	rcc_client_close(&watch.ship);
	(void)fflush(stdout);
	bool is_well = flooder_end(&stream_child);
	is_well = flooder_end(&burst_child) && is_well;
	return is_well && !watch.is_broken ? EXIT_SUCCESS : EXIT_FAILURE;
}

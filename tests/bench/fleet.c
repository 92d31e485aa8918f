/*
 * fleet.c - a whole fleet in one program: as many ships as are wanted, each with a key and a connection of its own, against a centre
 * or against a bare server of the same libraries. One monotonic clock, the same loop, the same bytes: the difference is the server.
 *
 * Usage: fleet centre CONTROL SHIPS SERVER_KEY PID N ROUNDS RATE    ships of a running rccd, which must be empty
 *        fleet bare FOLDER N ROUNDS RATE                            of a ROUTER with CURVE that decodes, forces a page onto the disk and sends
 *        fleet back CONTROL SHIPS SERVER_KEY PID N                  all come back at once: see below
 *
 * ROUNDS distress calls, one after the other, each of another ship, while the others report RATE positions a second together. Then, as
 * fast as they go, positions for some seconds. Prints JSON lines; tests/bench/load makes ratios of them.
 *
 * `back` gathers the fleet, prints its line, and waits for a line on standard input: the server has been killed, and is started again.
 * Then every ship says Hello as one, and one of them calls in distress: how long until it is accepted, and until each has been welcomed.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>
#include <zmq.h>

#include "fleet.h"
#include "proto/wire.h"
#include "rcc/client.h"

#define SHIPS_MAX 6000
#define ROUNDS_MAX 200
#define FIRST_MMSI 230000001u
#define WELCOME_MS 120000
/* A round that takes longer than this is a failure, not a figure. */
#define ROUND_MS 60000
#define INGEST_MS 5000
#define EVENTS_MAX 256

struct ship {
	void *socket;
	uint32_t delivered; /* highest delivery number, which is stored at once */
	bool is_welcome, has_round;
};

struct fleet {
	void *context;
	int epoll;
	struct rcc_client *control; /* NULL: the server is bare */
	uint32_t ships, rate, welcomes, arrived, stored_sent, accepted;
	int64_t next_report_us;
	uint64_t reports, ids;
	int64_t last_arrival_us;
	struct ship ship[SHIPS_MAX];
	struct rcc_envelope out, in;
	uint8_t bytes[RCC_MESSAGE_MAX];
	uint8_t answer[RCC_PAYLOAD_MAX + 4096];
};

static struct fleet fleet;

static int64_t
now_us(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void
die(const char *what)
{
	fprintf(stderr, "fleet: %s\n", what);
	exit(EXIT_FAILURE);
}

/* ---- what ships say ---- */

static struct rcc_envelope *
begin(enum rcc_body_kind kind)
{
	memset(&fleet.out, 0, offsetof(struct rcc_envelope, u) + sizeof(struct rcc_alert));
	fleet.out.protocol = RCC_PROTOCOL_MAX;
	fleet.out.claimed_at_ms = (int64_t)time(NULL) * 1000;
	fleet.out.class = RCC_CLASS_LIVE;
	fleet.out.kind = kind;
	fleet.ids++;
	memcpy(fleet.out.id.b, &fleet.ids, sizeof fleet.ids);
	fleet.out.id.b[15] = (uint8_t)(1 + kind);
	return &fleet.out;
}

/* False: its queue is full, or there is no connection yet. */
static bool
say(uint32_t ship)
{
	size_t len = 0;

	if (rcc_wire_encode(&fleet.out, fleet.bytes, sizeof fleet.bytes, &len) != RCC_OK)
		die("a message cannot be encoded");
	return zmq_send(fleet.ship[ship].socket, fleet.bytes, len, ZMQ_DONTWAIT) == (int)len;
}

static void
store(uint32_t ship, uint32_t number)
{
	begin(RCC_BODY_STORED)->u.stored =
	    (struct rcc_stored){.number = number, .stored_at_ms = (int64_t)time(NULL) * 1000};
	if (say(ship))
		fleet.stored_sent++;
}

/* ---- what they hear ---- */

static void
take(uint32_t i)
{
	struct ship *ship = &fleet.ship[i];
	struct rcc_wire_fault fault;
	int len;

	while ((len = zmq_recv(ship->socket, fleet.answer, sizeof fleet.answer, ZMQ_DONTWAIT)) >= 0) {
		if (rcc_wire_decode(fleet.answer, (size_t)len, &fleet.in, &fault) != RCC_OK)
			die("what came cannot be read");
		if (fleet.in.kind == RCC_BODY_WELCOME) {
			fleet.welcomes += !ship->is_welcome;
			ship->is_welcome = true;
		} else if (fleet.in.kind == RCC_BODY_ACCEPTED) {
			fleet.accepted++;
		} else if (fleet.in.kind == RCC_BODY_DELIVERY) {
			if (fleet.in.u.delivery.number <= ship->delivered)
				continue;
			ship->delivered = fleet.in.u.delivery.number;
			fleet.arrived += !ship->has_round;
			ship->has_round = true;
			fleet.last_arrival_us = now_us();
			store(i, ship->delivered);
		} else if (fleet.in.kind == RCC_BODY_REFUSED) {
			fprintf(stderr, "fleet: refused: %s (%s)\n", fleet.in.u.refused.text, fleet.in.u.refused.field);
		}
	}
}

/* A send eats the signal that something has come: libzmq gives none before the socket was found empty. */
static bool
speak(uint32_t ship)
{
	bool is_said = say(ship);

	take(ship);
	return is_said;
}

static bool
report(uint32_t ship)
{
	struct rcc_report *body = &begin(RCC_BODY_POSITION)->u.position;

	*body = (struct rcc_report){
	    .mmsi = {FIRST_MMSI + ship},
	    .pos = {350000000 + (int32_t)(ship % 200) * 10000, 120000000 + (int32_t)(ship / 200) * 10000},
	    .at_ms = fleet.out.claimed_at_ms,
	    .sog_dkn = 100 + ship % 50,
	    .cog_ddeg = 900,
	    .heading_deg = 90,
	    .nav_status = 0};
	return speak(ship);
}

/* Positions that are due, then whatever has come, waiting a millisecond at most. */
static void
turn(void)
{
	struct epoll_event events[EVENTS_MAX];
	int64_t at_us = now_us();

	while (fleet.rate > 0 && fleet.next_report_us <= at_us) {
		(void)report((uint32_t)(fleet.reports++ % fleet.ships));
		fleet.next_report_us += 1000000 / fleet.rate;
	}
	int count = epoll_wait(fleet.epoll, events, EVENTS_MAX, 1);
	for (int i = 0; i < count; i++)
		take(events[i].data.u32);
}

static void
look_everywhere(void)
{
	for (uint32_t i = 0; i < fleet.ships; i++)
		take(i);
}

/* ---- who they are ---- */

static void
enrol(uint32_t i, const struct rcc_key *key)
{
	const struct rcc_envelope *reply = NULL;
	struct rcc_envelope *message = begin(RCC_BODY_ENROL);

	snprintf(message->u.enrol.name, sizeof message->u.enrol.name, "SHIP %u", i);
	message->u.enrol.role = RCC_ROLE_VESSEL;
	message->u.enrol.mmsi.v = FIRST_MMSI + i;
	message->u.enrol.key = *key;
	if (rcc_client_request(fleet.control, message, WELCOME_MS, &reply) != RCC_OK ||
	    reply->kind != RCC_BODY_ACCEPTED)
		die("a ship is not enrolled");
}

static void
greet(uint32_t i)
{
	begin(RCC_BODY_HELLO)->u.hello = (struct rcc_hello){.protocol_min = 1,
	                                                    .protocol_max = RCC_PROTOCOL_MAX,
	                                                    .delivery_stored = fleet.ship[i].delivered,
	                                                    .wants_deliveries = 1};
	(void)speak(i);
}

static void
dial(uint32_t i, const char *endpoint, const char *server_key)
{
	char public_text[41], secret_text[41];
	uint8_t public_key[32];
	int linger = 0, queue = 1000, fd = -1;
	size_t fd_size = sizeof fd;
	struct rcc_key key;
	void *socket = zmq_socket(fleet.context, ZMQ_DEALER);

	if (socket == NULL || zmq_curve_keypair(public_text, secret_text) != 0 ||
	    zmq_z85_decode(public_key, public_text) == NULL)
		die("no socket for a ship");
	memcpy(key.b, public_key, sizeof key.b);
	if (fleet.control != NULL)
		enrol(i, &key);
	(void)zmq_setsockopt(socket, ZMQ_LINGER, &linger, sizeof linger);
	(void)zmq_setsockopt(socket, ZMQ_SNDHWM, &queue, sizeof queue);
	(void)zmq_setsockopt(socket, ZMQ_RCVHWM, &queue, sizeof queue);
	if (zmq_setsockopt(socket, ZMQ_CURVE_SERVERKEY, server_key, 41) != 0 ||
	    zmq_setsockopt(socket, ZMQ_CURVE_PUBLICKEY, public_text, 41) != 0 ||
	    zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, secret_text, 41) != 0 || zmq_connect(socket, endpoint) != 0 ||
	    zmq_getsockopt(socket, ZMQ_FD, &fd, &fd_size) != 0)
		die("a ship cannot dial");
	fleet.ship[i].socket = socket;
	struct epoll_event event = {.events = EPOLLIN, .data.u32 = i};
	if (epoll_ctl(fleet.epoll, EPOLL_CTL_ADD, fd, &event) != 0)
		die("no room in epoll");
	greet(i);
}

static long
memory_kb(long pid)
{
	char path[64], line[256];
	long kb = 0;

	snprintf(path, sizeof path, "/proc/%ld/status", pid);
	FILE *file = fopen(path, "r");
	while (file != NULL && fgets(line, sizeof line, file) != NULL)
		(void)sscanf(line, "VmRSS: %ld", &kb);
	if (file != NULL)
		(void)fclose(file);
	return kb;
}

static void
gather(const char *endpoint, const char *server_key, long pid)
{
	int64_t began_us = now_us();

	for (uint32_t i = 0; i < fleet.ships; i++) {
		dial(i, endpoint, server_key);
		if (i % 50 == 49)
			turn();
	}
	int64_t dialled_us = now_us();
	while (fleet.welcomes < fleet.ships && now_us() - dialled_us < WELCOME_MS * 1000LL)
		turn();
	look_everywhere();
	if (fleet.welcomes < fleet.ships)
		die("not every ship is welcomed");
	printf("{\"class\":\"FLEET\",\"ships\":%u,\"gathered_ms\":%lld,\"server_kb\":%ld}\n", fleet.ships,
	       (long long)(now_us() - began_us) / 1000, memory_kb(pid));
	(void)fflush(stdout);
}

/* ---- the figures ---- */

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void
figure(const char *what, double *ms, uint32_t count)
{
	qsort(ms, count, sizeof *ms, compare);
	printf("{\"class\":\"FIGURE\",\"what\":\"%s\",\"ships\":%u,\"rate\":%u,\"rounds\":%u,\"p50_ms\":%.2f,\"p95_"
	       "ms\":%.2f}\n",
	       what, fleet.ships, fleet.rate, count, ms[count / 2], ms[count * 95 / 100]);
	(void)fflush(stdout);
}

/* One distress of one ship, somewhere else than every other. */
static void
call(uint32_t round)
{
	struct rcc_alert *alert = &begin(RCC_BODY_ALERT)->u.alert;

	*alert = (struct rcc_alert){.source = RCC_SOURCE_CREW,
	                            .class = RCC_CLASS_LIVE,
	                            .casualty = {FIRST_MMSI + round},
	                            .nature = RCC_NATURE_FIRE,
	                            .pos = {-600000000 + (int32_t)round * 10000000, (int32_t)round * 10000000},
	                            .persons = 7};
	snprintf(alert->text, sizeof alert->text, "round %u", round);
	if (!speak(round))
		die("a distress cannot be sent");
}

static void
calls(uint32_t rounds)
{
	static double last[ROUNDS_MAX];

	for (uint32_t round = 0; round < rounds; round++) {
		for (uint32_t i = 0; i < fleet.ships; i++)
			fleet.ship[i].has_round = false;
		fleet.arrived = 0;
		/* Every round begins at another part of a report's interval, and after the acknowledgements of the one before. */
		for (int64_t rest_us = now_us() + 200000 + round * 1000; now_us() < rest_us;)
			turn();
		int64_t began_us = now_us();
		call(round);
		while (fleet.arrived < fleet.ships && now_us() - began_us < ROUND_MS * 1000LL) {
			turn();
			if (now_us() - began_us > 500000)
				look_everywhere();
		}
		if (fleet.arrived < fleet.ships)
			die("a call did not reach every ship");
		last[round] = (double)(fleet.last_arrival_us - began_us) / 1000;
	}
	figure("alert-to-last", last, rounds);
}

/* How many positions the server has taken, by its own word. */
static uint64_t
taken(void)
{
	const struct rcc_envelope *reply = NULL;
	struct rcc_envelope *message = begin(RCC_BODY_VIEW);
	static char lines[RCC_VIEW_BYTES_MAX + 1];

	message->u.view.what = RCC_VIEW_STATUS;
	message->u.view.near = RCC_POS_NONE;
	if (rcc_client_request(fleet.control, message, WELCOME_MS, &reply) != RCC_OK ||
	    reply->kind != RCC_BODY_VIEW_ROWS)
		die("rccd does not tell what it has taken");
	memcpy(lines, reply->u.rows.bytes, reply->u.rows.len);
	lines[reply->u.rows.len] = '\0';
	const char *at = strstr(lines, "\"counters\":");
	at = at == NULL ? NULL : strstr(at, "\"positions\":");
	return at == NULL ? 0 : strtoull(at + strlen("\"positions\":"), NULL, 10);
}

static void
ingest(uint64_t (*count)(void))
{
	int64_t began_us = now_us();
	uint64_t before = count(), said = 0;

	while (now_us() - began_us < INGEST_MS * 1000LL) {
		for (uint32_t i = 0; i < fleet.ships; i++)
			said += report(i);
		turn();
	}
	/* What is in the queues is still taken: it ends when nothing more is. */
	uint64_t at = count(), then;
	int64_t ended_us = now_us();
	do {
		then = at;
		for (int64_t rest_us = now_us() + 200000; now_us() < rest_us;)
			turn();
		at = count();
		ended_us = at > then ? now_us() : ended_us;
	} while (at > then);
	printf("{\"class\":\"FIGURE\",\"what\":\"ingest\",\"ships\":%u,\"said\":%llu,\"taken\":%llu,\"per_s\":%.0f}\n",
	       fleet.ships, (unsigned long long)said, (unsigned long long)(at - before),
	       (double)(at - before) * 1e6 / (double)(ended_us - began_us));
}

/* A Hello that found no connection, or was lost with one, is said again. */
#define GREET_AGAIN_US 5000000

static void
come_back(const char *endpoint, const char *server_key, long pid, const char *ships)
{
	char line[16];
	int64_t accepted_us = 0;

	fleet.ships = (uint32_t)strtoul(ships, NULL, 10);
	if (fleet.ships < 2 || fleet.ships > SHIPS_MAX)
		die("2 to 6000 ships");
	gather(endpoint, server_key, pid);
	if (fgets(line, sizeof line, stdin) == NULL)
		die("nobody says that the server is back");
	for (uint32_t i = 0; i < fleet.ships; i++) {
		take(i);
		fleet.ship[i].is_welcome = false;
	}
	fleet.welcomes = fleet.accepted = 0;
	int64_t began_us = now_us(), greeted_us = 0;
	const uint64_t distress_id = fleet.ids;
	while (now_us() - began_us < WELCOME_MS * 1000LL && (fleet.welcomes < fleet.ships || fleet.accepted == 0)) {
		/* The same message until it is accepted, as a ship's program does. */
		if (now_us() - greeted_us > GREET_AGAIN_US && fleet.accepted == 0) {
			uint64_t ids = fleet.ids;
			fleet.ids = distress_id;
			call(0);
			fleet.ids = ids > distress_id ? ids : fleet.ids;
		}
		for (uint32_t i = 0; now_us() - greeted_us > GREET_AGAIN_US && i < fleet.ships; i++) {
			if (!fleet.ship[i].is_welcome)
				greet(i);
			greeted_us = i + 1 == fleet.ships ? now_us() : greeted_us;
		}
		turn();
		look_everywhere();
		accepted_us = accepted_us == 0 && fleet.accepted > 0 ? now_us() : accepted_us;
	}
	printf("{\"class\":\"BACK\",\"ships\":%u,\"welcomed\":%u,\"back_ms\":%lld,\"distress_ms\":%lld}\n", fleet.ships,
	       fleet.welcomes, (long long)(now_us() - began_us) / 1000,
	       accepted_us == 0 ? -1LL : (long long)(accepted_us - began_us) / 1000);
}

static void
run(const char *endpoint, const char *server_key, long pid, char **argv, uint64_t (*count)(void))
{
	fleet.ships = (uint32_t)strtoul(argv[0], NULL, 10);
	uint32_t rounds = (uint32_t)strtoul(argv[1], NULL, 10);

	if (fleet.ships < 1 || fleet.ships > SHIPS_MAX || rounds < 1 || rounds > ROUNDS_MAX || rounds > fleet.ships)
		die("1 to 6000 ships, and not more rounds than ships");
	printf("{\"class\":\"FLEET\",\"ships\":0,\"server_kb\":%ld}\n", memory_kb(pid));
	gather(endpoint, server_key, pid);
	fleet.rate = (uint32_t)strtoul(argv[2], NULL, 10);
	fleet.next_report_us = now_us();
	calls(rounds);
	fleet.rate = 0;
	ingest(count);
}

int
main(int argc, char **argv)
{
	struct rcc_fault fault;

	if (rcc_client_init() != RCC_OK)
		die("no randomness");
	fleet.context = zmq_ctx_new();
	(void)zmq_ctx_set(fleet.context, ZMQ_MAX_SOCKETS, 2 * SHIPS_MAX);
	fleet.epoll = epoll_create1(EPOLL_CLOEXEC);
	fleet.ids = (uint64_t)time(NULL) << 24;
	bool is_back = argc == 7 && strcmp(argv[1], "back") == 0;
	if (is_back || (argc == 9 && strcmp(argv[1], "centre") == 0)) {
		struct rcc_client_config config = {.link = RCC_LINK_CONTROL};
		snprintf(config.endpoint, sizeof config.endpoint, "ipc://%s", argv[2]);
		if (rcc_client_open(&config, &fleet.control, &fault) != RCC_OK)
			die(fault.text);
	}
	if (is_back) {
		come_back(argv[3], argv[4], strtol(argv[5], NULL, 10), argv[6]);
	} else if (argc == 9 && strcmp(argv[1], "centre") == 0) {
		run(argv[3], argv[4], strtol(argv[5], NULL, 10), argv + 6, taken);
	} else if (argc == 6 && strcmp(argv[1], "bare") == 0) {
		struct bare_server server;
		if (!bare_server_start(&server, argv[2]))
			die("the bare server does not start");
		run(server.endpoint, server.public_key, (long)server.pid, argv + 3, bare_server_taken);
		bare_server_stop(&server);
	} else {
		die("usage: fleet centre CONTROL SHIPS SERVER_KEY PID N ROUNDS RATE | fleet bare FOLDER N ROUNDS RATE "
		    "| "
		    "fleet back CONTROL SHIPS SERVER_KEY PID N");
	}
	/* The sockets go with the process: closing thousands would only take time. */
	(void)fflush(stdout);
	_exit(EXIT_SUCCESS);
}

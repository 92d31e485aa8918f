#define _DEFAULT_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zmq.h>

#include "fleet.h"
#include "proto/wire.h"
#include "rcc.pb-c.h"

#define PEERS_MAX 6000
#define PAGE 4096

struct shared {
	atomic_ullong taken;
	char endpoint[64];
	atomic_int is_ready;
};
static struct shared *shared;

/* An identity that libzmq gave. */
struct identity {
	uint8_t b[16];
	int len;
};

struct server {
	void *router;
	int disk;
	uint32_t peers, deliveries;
	struct identity peer[PEERS_MAX];
	struct rcc_envelope out;
	uint8_t bytes[RCC_MESSAGE_MAX];
	uint8_t page[PAGE];
};

static void
send_to(struct server *server, const struct identity *to, size_t len)
{
	(void)zmq_send(server->router, to->b, (size_t)to->len, ZMQ_SNDMORE);
	(void)zmq_send(server->router, server->bytes, len, 0);
}

static size_t
encode(struct server *server, enum rcc_body_kind kind)
{
	size_t len = 0;

	server->out.protocol = RCC_PROTOCOL_MAX;
	server->out.class = RCC_CLASS_LIVE;
	server->out.kind = kind;
	server->out.claimed_at_ms = 1;
	server->out.id.b[0]++;
	server->out.id.b[15] = 1;
	if (rcc_wire_encode(&server->out, server->bytes, sizeof server->bytes, &len) != RCC_OK)
		_exit(EXIT_FAILURE);
	return len;
}

static void
take_hello(struct server *server, const struct identity *from)
{
	if (server->peers < PEERS_MAX)
		server->peer[server->peers++] = *from;
	memset(&server->out, 0, sizeof server->out);
	server->out.u.welcome = (struct rcc_welcome){.protocol = RCC_PROTOCOL_MAX, .centre = "BARE", .beat_ms = 60000};
	server->out.u.welcome.role = RCC_ROLE_VESSEL;
	send_to(server, from, encode(server, RCC_BODY_WELCOME));
}

/* As a centre's delivery, which names range and bearing of each ship: here all are told the same. */
static void
take_alert(struct server *server)
{
	struct rcc_delivery_msg *delivery = &server->out.u.delivery;

	if (pwrite(server->disk, server->page, PAGE, 0) != PAGE || fdatasync(server->disk) != 0)
		_exit(EXIT_FAILURE);
	memset(&server->out, 0, sizeof server->out);
	delivery->number = ++server->deliveries;
	delivery->broadcast.v = server->deliveries;
	delivery->kind = RCC_BROADCAST_DISTRESS_RELAY;
	delivery->class = RCC_CLASS_LIVE;
	delivery->incident.v = server->deliveries;
	delivery->incident_year = 2026;
	delivery->incident_number = server->deliveries;
	delivery->revision = 1;
	delivery->issued_at_ms = 1;
	delivery->nature = RCC_NATURE_FIRE;
	delivery->source = RCC_SOURCE_CREW;
	delivery->pos = (struct rcc_pos){350000000, 120000000};
	delivery->persons = 7;
	memcpy(delivery->centre, "BARE", 5);
	memcpy(delivery->text, "round", 6);
	size_t len = encode(server, RCC_BODY_DELIVERY);
	for (uint32_t i = 0; i < server->peers; i++)
		send_to(server, &server->peer[i], len);
}

static _Noreturn void
serve(const char *path, const char *secret_key)
{
	static struct server server;
	int one = 1, queue = 20000, backlog = 4096;
	size_t size = sizeof shared->endpoint;
	void *context = zmq_ctx_new();
	zmq_msg_t frame;
	struct identity from;

	(void)zmq_ctx_set(context, ZMQ_MAX_SOCKETS, 64);
	server.router = zmq_socket(context, ZMQ_ROUTER);
	server.disk = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	(void)zmq_setsockopt(server.router, ZMQ_CURVE_SERVER, &one, sizeof one);
	(void)zmq_setsockopt(server.router, ZMQ_CURVE_SECRETKEY, secret_key, 41);
	(void)zmq_setsockopt(server.router, ZMQ_SNDHWM, &queue, sizeof queue);
	(void)zmq_setsockopt(server.router, ZMQ_RCVHWM, &queue, sizeof queue);
	(void)zmq_setsockopt(server.router, ZMQ_BACKLOG, &backlog, sizeof backlog);
	if (server.disk < 0 || zmq_bind(server.router, "tcp://127.0.0.1:*") != 0 ||
	    zmq_getsockopt(server.router, ZMQ_LAST_ENDPOINT, shared->endpoint, &size) != 0)
		_exit(EXIT_FAILURE);
	atomic_store(&shared->is_ready, 1);
	(void)zmq_msg_init(&frame);
	for (;;) {
		from.len = zmq_recv(server.router, from.b, sizeof from.b, 0);
		int len = zmq_msg_recv(&frame, server.router, 0);
		if (from.len <= 0 || len < 0)
			continue;
		Rcc__V1__Envelope *envelope = rcc__v1__envelope__unpack(NULL, (size_t)len, zmq_msg_data(&frame));
		if (envelope == NULL)
			continue;
		if (envelope->body_case == RCC__V1__ENVELOPE__BODY_POSITION)
			atomic_fetch_add_explicit(&shared->taken, 1, memory_order_relaxed);
		else if (envelope->body_case == RCC__V1__ENVELOPE__BODY_HELLO)
			take_hello(&server, &from);
		else if (envelope->body_case == RCC__V1__ENVELOPE__BODY_ALERT)
			take_alert(&server);
		rcc__v1__envelope__free_unpacked(envelope, NULL);
	}
}

bool
bare_server_start(struct bare_server *server, const char *folder)
{
	char secret_key[41], path[512];

	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED || zmq_curve_keypair(server->public_key, secret_key) != 0)
		return false;
	snprintf(path, sizeof path, "%s/page", folder);
	server->pid = fork();
	if (server->pid == 0)
		serve(path, secret_key);
	for (int i = 0; server->pid > 0 && i < 1000 && atomic_load(&shared->is_ready) == 0; i++)
		(void)poll(NULL, 0, 10);
	memcpy(server->endpoint, shared->endpoint, sizeof server->endpoint);
	return server->pid > 0 && atomic_load(&shared->is_ready) != 0;
}

void
bare_server_stop(struct bare_server *server)
{
	(void)kill(server->pid, SIGKILL);
	(void)waitpid(server->pid, NULL, 0);
}

uint64_t
bare_server_taken(void)
{
	return atomic_load(&shared->taken);
}

#define _POSIX_C_SOURCE 200809L
#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <string.h>

#include <zmq.h>

#include "librcc/client_internal.h"
#include "librcc/i18n.h"
#include "proto/wire.h"

/* Sockets that one process may open: a simulated coast has thousands of ships. One pointer each. */
#define SOCKETS_MAX 16384

/* Of one message: CURVE 33, ZMTP 2, TCP and IPv4 with their options 52; and what the other end says to have got it. */
#define OVERHEAD_BYTES 87
#define ACKNOWLEDGED_BYTES 52

/*
 * Measured on an emulated 2.4 kbit/s satellite link: a handshake limit of 5 s never connects, a heartbeat costs 236 bytes.
 * Hence long limits and rare heartbeats for ships, and short ones ashore.
 *
 * A heartbeat tells the other end to hang up if nothing follows within its "time to live", and libzmq 4.3.4 reckons that in
 * 16 bits of milliseconds: 90 s arrives as 24.5 s, which ends every quiet connection after the first heartbeat. Where less
 * than 65.5 s would be too short for the interval, none is told: the other end's TCP finds out by itself.
 */
struct settings {
	int handshake_ms;
	int heartbeat_ms, heartbeat_timeout_ms;
	uint16_t heartbeat_ttl_ms; /* 0 = none */
	int tcp_give_up_ms;        /* 0 = the system's own limit */
	int keepalive;
	int reconnect_ms, reconnect_max_ms; /* the library adds jitter and doubles */
	int queue;
	size_t message_max;
	int64_t reopen_ms; /* longer than the slowest handshake */
};

static const struct settings settings[] = {
    [RCC_LINK_SHIP] = {.handshake_ms = 120000,
                       .heartbeat_ms = 300000,
                       .heartbeat_timeout_ms = 120000,
                       .tcp_give_up_ms = 180000,
                       .keepalive = 0,
                       .reconnect_ms = 1000,
                       .reconnect_max_ms = 20000,
                       .queue = 64,
                       .message_max = 65536,
                       .reopen_ms = 120000},
    [RCC_LINK_SHORE] = {.handshake_ms = 10000,
                        .heartbeat_ms = 30000,
                        .heartbeat_timeout_ms = 30000,
                        .heartbeat_ttl_ms = 65000,
                        .tcp_give_up_ms = 60000,
                        .keepalive = 1,
                        .reconnect_ms = 200,
                        .reconnect_max_ms = 5000,
                        .queue = 1000,
                        .message_max = RCC_PAYLOAD_MAX + RCC_MESSAGE_MAX,
                        .reopen_ms = 12000},
    [RCC_LINK_CONTROL] = {.handshake_ms = 10000,
                          .keepalive = 0,
                          .reconnect_ms = 100,
                          .reconnect_max_ms = 1000,
                          .queue = 1000,
                          .message_max = RCC_PAYLOAD_MAX + RCC_MESSAGE_MAX,
                          .reopen_ms = 3000},
};

/*
 * One context for the process, never destroyed: libzmq 4.3.4 may crash one context when another closes, and each has
 * threads of its own.
 */
static void *shared_context;

enum rcc_status
rcc_link_init(void)
{
	if (shared_context != NULL) {
		return RCC_OK;
	}
	shared_context = zmq_ctx_new();
	if (shared_context == NULL || zmq_ctx_set(shared_context, ZMQ_MAX_SOCKETS, SOCKETS_MAX) != 0) {
		return RCC_E_IO;
	}
	return RCC_OK;
}

int64_t
rcc_link_reopen_ms(enum rcc_link_kind kind)
{
	return settings[kind].reopen_ms;
}

static bool
set_int(void *socket, int option, int value)
{
	return zmq_setsockopt(socket, option, &value, sizeof value) == 0;
}

static bool
set_all(void *socket, const struct settings *use)
{
	int64_t message_max = (int64_t)use->message_max;
	bool ok = set_int(socket, ZMQ_LINGER, 0) && set_int(socket, ZMQ_IMMEDIATE, 1) && set_int(socket, ZMQ_IPV6, 1) &&
	          zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &message_max, sizeof message_max) == 0 &&
	          set_int(socket, ZMQ_HANDSHAKE_IVL, use->handshake_ms) && set_int(socket, ZMQ_SNDHWM, use->queue) &&
	          set_int(socket, ZMQ_RCVHWM, use->queue) && set_int(socket, ZMQ_RECONNECT_IVL, use->reconnect_ms) &&
	          set_int(socket, ZMQ_RECONNECT_IVL_MAX, use->reconnect_max_ms) &&
	          set_int(socket, ZMQ_TCP_KEEPALIVE, use->keepalive) &&
	          set_int(socket, ZMQ_HEARTBEAT_IVL, use->heartbeat_ms);

	if (ok && use->heartbeat_ms > 0) {
		ok = set_int(socket, ZMQ_HEARTBEAT_TIMEOUT, use->heartbeat_timeout_ms) &&
		     set_int(socket, ZMQ_HEARTBEAT_TTL, use->heartbeat_ttl_ms);
	}
	if (ok && use->tcp_give_up_ms > 0) {
		ok = set_int(socket, ZMQ_TCP_MAXRT, use->tcp_give_up_ms);
	}
	return ok;
}

static bool
set_keys(void *socket, const struct rcc_key *server_key, const struct rcc_key *public_key, const uint8_t *secret)
{
	return zmq_setsockopt(socket, ZMQ_CURVE_SERVERKEY, server_key->b, RCC_KEY_SIZE) == 0 &&
	       zmq_setsockopt(socket, ZMQ_CURVE_PUBLICKEY, public_key->b, RCC_KEY_SIZE) == 0 &&
	       zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, secret, RCC_KEY_SIZE) == 0;
}

/* One socket of a kind, set up and connecting. `topic` NULL: it is not subscribed to anything. */
static enum rcc_status
open_socket(struct rcc_link_socket *link, int type, const struct rcc_client_config *config,
            const struct rcc_key *public_key, const uint8_t *secret, const char *topic, struct rcc_fault *ret_fault)
{
	const struct settings *use = &settings[config->link];
	enum rcc_status status = RCC_OK;
	int fd = -1;
	size_t fd_size = sizeof fd;
	void *socket = zmq_socket(shared_context, type);

	if (socket == NULL) {
		return rcc_fault_set(ret_fault, RCC_E_FULL, _("no socket for %s: %s"), config->endpoint,
		                     zmq_strerror(errno));
	}
	bool ok = set_all(socket, use);
	if (ok && config->link != RCC_LINK_CONTROL) {
		ok = set_keys(socket, &config->server_key, public_key, secret);
	}
	if (ok && topic != NULL) {
		ok = zmq_setsockopt(socket, ZMQ_SUBSCRIBE, topic, strlen(topic)) == 0;
	}
	if (!ok || zmq_getsockopt(socket, ZMQ_FD, &fd, &fd_size) != 0) {
		status = rcc_fault_set(ret_fault, RCC_E_IO, _("%s: the socket cannot be set up: %s"), config->endpoint,
		                       zmq_strerror(errno));
		goto out;
	}
	if (zmq_connect(socket, config->endpoint) != 0) {
		status = rcc_fault_set(ret_fault, RCC_E_RANGE, _("%s: is no address to connect to: %s"),
		                       config->endpoint, zmq_strerror(errno));
		goto out;
	}
	*link = (struct rcc_link_socket){.socket = socket, .fd = fd};
	zmq_msg_init(&link->frame);
	socket = NULL;
out:
	if (socket != NULL) {
		zmq_close(socket);
	}
	return status;
}

enum rcc_status
rcc_link_open(struct rcc_link_socket *link, const struct rcc_client_config *config, const struct rcc_key *public_key,
              const uint8_t *secret, struct rcc_fault *ret_fault)
{
	return open_socket(link, ZMQ_DEALER, config, public_key, secret, NULL, ret_fault);
}

enum rcc_status
rcc_link_subscribe(struct rcc_link_socket *link, const struct rcc_client_config *config,
                   const struct rcc_key *public_key, const uint8_t *secret, const char *topic,
                   struct rcc_fault *ret_fault)
{
	return open_socket(link, ZMQ_SUB, config, public_key, secret, topic, ret_fault);
}

enum rcc_status
rcc_link_skip_topic(struct rcc_link_socket *link)
{
	if (zmq_msg_recv(&link->frame, link->socket, ZMQ_DONTWAIT) < 0) {
		return RCC_E_AGAIN;
	}
	return zmq_msg_more(&link->frame) != 0 ? RCC_OK : RCC_E_MALFORMED;
}

void
rcc_link_close(struct rcc_link_socket *link)
{
	if (link->socket != NULL) {
		zmq_msg_close(&link->frame);
		zmq_close(link->socket);
	}
	*link = (struct rcc_link_socket){.fd = -1};
}

bool
rcc_link_is_up(struct rcc_link_socket *link)
{
	int events = 0;
	size_t size = sizeof events;

	/* With IMMEDIATE a DEALER can take a message only while a finished handshake stands behind it. */
	return zmq_getsockopt(link->socket, ZMQ_EVENTS, &events, &size) == 0 && (events & ZMQ_POLLOUT) != 0;
}

enum rcc_status
rcc_link_send(struct rcc_link_socket *link, const uint8_t *bytes, size_t len)
{
	if (zmq_send(link->socket, bytes, len, ZMQ_DONTWAIT) == (int)len) {
		link->traffic.sent++;
		link->traffic.sent_bytes += len + OVERHEAD_BYTES;
		link->traffic.received_bytes += ACKNOWLEDGED_BYTES;
		return RCC_OK;
	}
	return errno == EAGAIN || errno == EINTR ? RCC_E_AGAIN : RCC_E_IO;
}

/* Takes the further frames of a message that should have had one. */
static void
drain(void *socket, zmq_msg_t *frame)
{
	while (zmq_msg_more(frame) != 0 && zmq_msg_recv(frame, socket, ZMQ_DONTWAIT) >= 0) {
	}
}

enum rcc_status
rcc_link_receive(struct rcc_link_socket *link, struct rcc_envelope *ret_envelope, const uint8_t **ret_bytes,
                 size_t *ret_len)
{
	struct rcc_wire_fault fault;

	if (zmq_msg_recv(&link->frame, link->socket, ZMQ_DONTWAIT) < 0) {
		return RCC_E_AGAIN;
	}
	if (zmq_msg_more(&link->frame) != 0) {
		drain(link->socket, &link->frame);
		return RCC_E_MALFORMED;
	}
	const uint8_t *bytes = zmq_msg_data(&link->frame);
	size_t len = zmq_msg_size(&link->frame);
	link->traffic.received++;
	link->traffic.received_bytes += len + OVERHEAD_BYTES;
	link->traffic.sent_bytes += ACKNOWLEDGED_BYTES;
	enum rcc_status status = rcc_wire_decode(bytes, len, ret_envelope, &fault);
	if (status == RCC_OK) {
		*ret_bytes = bytes;
		*ret_len = len;
	}
	return status;
}

void
rcc_link_wait(struct rcc_link_socket *link, bool was_up, int64_t timeout_ms)
{
	struct pollfd fd = {.fd = link->fd, .events = POLLIN};
	int wait_ms = timeout_ms > INT_MAX ? INT_MAX : (int)timeout_ms;
	int events = 0;
	size_t size = sizeof events;

	assert(timeout_ms >= 0);
	/* The descriptor tells changes only, and sending may have taken note of one: look before sleeping. */
	if (zmq_getsockopt(link->socket, ZMQ_EVENTS, &events, &size) == 0 &&
	    ((events & ZMQ_POLLIN) != 0 || ((events & ZMQ_POLLOUT) != 0) != was_up)) {
		return;
	}
	/* Interrupted or not: the caller looks at what there is to do. */
	(void)poll(&fd, 1, wait_ms);
}

/*
 * self_test.c - tries to get in as a stranger, twice on each port, before anybody else can.
 *
 * The first stranger speaks CURVE with a key made up here: the handler must be asked about that very key, and what it answers
 * must be what happens. The second speaks no security at all, in bytes of ZMTP 3.0 (RFC 23): the port must offer CURVE only
 * and hang up.
 */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "net/net_internal.h"

/* Answers come within some 10 ms on an idle machine. */
#define ANSWERS_WITHIN_MS 1500
/* How long a refused stranger is watched for getting in after all. */
#define WATCH_AFTER_MS 100
#define STEP_MS 10
#define CONNECT_WITHIN_US 300000

/* ZMTP 3.0 greeting: signature, version, mechanism, as-server, filler. */
#define GREETING_SIZE 64
#define GREETING_HEAD 12 /* signature and version: after these the other side tells its mechanism */
#define MECHANISM_SIZE 20

struct stranger {
	enum rcc_port port;
	char endpoint[RCC_ENDPOINT_MAX + 1]; /* as somebody on this machine reaches it */
	void *client;                        /* with a random key */
	int fd;                              /* without any; -1 = not open */
	size_t received;
	uint8_t greeting[GREETING_SIZE];
	bool has_answered; /* the rest of our greeting was sent */
	bool is_cut;       /* the port hung up */
	bool got_in;       /* it said more than its greeting */
};

static int64_t
monotonic_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Where to connect to reach what was bound: all addresses means this machine too. */
static void
reach(const char *bound, char *ret_endpoint, size_t size)
{
	const char *colon = strrchr(bound, ':');
	bool is_any = strncmp(bound, "tcp://0.0.0.0:", 14) == 0 || strncmp(bound, "tcp://[::]:", 11) == 0;

	if (is_any) {
		snprintf(ret_endpoint, size, "tcp://127.0.0.1%s", colon);
	} else {
		snprintf(ret_endpoint, size, "%s", bound);
	}
}

/* ---- with a random key ---- */

static bool
open_client(struct rcc_net_impl *impl, struct stranger *stranger)
{
	struct rcc_net_probe *probe = &impl->probe[stranger->port];
	char public_text[41];
	char secret_text[41];
	int zero = 0;
	int one = 1;
	int never = -1;

	stranger->client = zmq_socket(impl->context, stranger->port == RCC_PORT_LIVE ? ZMQ_SUB : ZMQ_DEALER);
	if (stranger->client == NULL || zmq_curve_keypair(public_text, secret_text) != 0 ||
	    zmq_z85_decode(probe->key.b, public_text) == NULL) {
		return false;
	}
	probe->is_set = true;
	void *client = stranger->client;

	/* IMMEDIATE: writable once the handshake is over, so that being writable means being in */
	return zmq_setsockopt(client, ZMQ_LINGER, &zero, sizeof zero) == 0 &&
	       zmq_setsockopt(client, ZMQ_IMMEDIATE, &one, sizeof one) == 0 &&
	       zmq_setsockopt(client, ZMQ_RECONNECT_IVL, &never, sizeof never) == 0 &&
	       zmq_setsockopt(client, ZMQ_CURVE_SERVERKEY, impl->config.server_public.b, RCC_KEY_SIZE) == 0 &&
	       zmq_setsockopt(client, ZMQ_CURVE_PUBLICKEY, public_text, sizeof public_text) == 0 &&
	       zmq_setsockopt(client, ZMQ_CURVE_SECRETKEY, secret_text, sizeof secret_text) == 0 &&
	       (stranger->port != RCC_PORT_LIVE ||
	        zmq_setsockopt(client, ZMQ_SUBSCRIBE, probe->key.b, RCC_KEY_SIZE) == 0) &&
	       (strncmp(stranger->endpoint, "tcp://[", 7) != 0 ||
	        zmq_setsockopt(client, ZMQ_IPV6, &one, sizeof one) == 0) &&
	       zmq_connect(client, stranger->endpoint) == 0;
}

static bool
client_is_in(const struct rcc_net_impl *impl, const struct stranger *stranger)
{
	int events = 0;
	size_t size = sizeof events;

	if (stranger->port == RCC_PORT_LIVE) {
		return impl->probe[RCC_PORT_LIVE].got_in;
	}
	return zmq_getsockopt(stranger->client, ZMQ_EVENTS, &events, &size) == 0 && (events & ZMQ_POLLOUT) != 0;
}

/* ---- without security ---- */

static int
connect_fd(const struct sockaddr *address, socklen_t len)
{
	struct timeval within = {.tv_usec = CONNECT_WITHIN_US};
	int fd = socket(address->sa_family, SOCK_STREAM, 0);

	if (fd >= 0 &&
	    (setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &within, sizeof within) != 0 || connect(fd, address, len) != 0)) {
		close(fd);
		fd = -1;
	}
	return fd;
}

static int
connect_tcp(const char *endpoint)
{
	char host[RCC_ENDPOINT_MAX + 1];
	struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM};
	struct addrinfo *found = NULL;
	const char *from = endpoint + strlen("tcp://");
	const char *colon = strrchr(from, ':');
	bool has_brackets = from[0] == '[';

	snprintf(host, sizeof host, "%.*s", (int)(colon - from) - 2 * has_brackets, from + has_brackets);
	if (getaddrinfo(host, colon + 1, &hints, &found) != 0) {
		return -1;
	}
	int fd = connect_fd(found->ai_addr, found->ai_addrlen);

	freeaddrinfo(found);
	return fd;
}

static int
connect_ipc(const char *endpoint)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	snprintf(address.sun_path, sizeof address.sun_path, "%s", endpoint + strlen("ipc://"));
	return connect_fd((const struct sockaddr *)&address, sizeof address);
}

static const uint8_t null_greeting[GREETING_SIZE] = {
    [0] = 0xff, [9] = 0x7f, [10] = 3, [11] = 0, [12] = 'N', 'U', 'L', 'L',
};

static bool
open_plain(struct stranger *stranger)
{
	bool is_tcp = strncmp(stranger->endpoint, "tcp://", 6) == 0;

	stranger->fd = is_tcp ? connect_tcp(stranger->endpoint) : connect_ipc(stranger->endpoint);
	return stranger->fd >= 0 &&
	       send(stranger->fd, null_greeting, GREETING_HEAD, MSG_NOSIGNAL | MSG_DONTWAIT) == GREETING_HEAD;
}

/* Reads what the port says; answers its greeting with ours; notes when it hangs up. */
static void
advance_plain(struct stranger *stranger)
{
	uint8_t bytes[256];

	if (stranger->is_cut) {
		return;
	}
	ssize_t len = recv(stranger->fd, bytes, sizeof bytes, MSG_DONTWAIT);

	if (len < 0 && (errno == EAGAIN || errno == EINTR)) {
		return;
	}
	if (len <= 0) {
		stranger->is_cut = true;
		return;
	}
	for (ssize_t i = 0; i < len && stranger->received < GREETING_SIZE; i++) {
		stranger->greeting[stranger->received++] = bytes[i];
		stranger->got_in |= stranger->received == GREETING_SIZE && i + 1 < len;
	}
	stranger->got_in |= stranger->has_answered;
	if (stranger->received == GREETING_SIZE && !stranger->has_answered) {
		stranger->has_answered = true;
		/* if this fails the port has hung up, and the next read tells */
		(void)send(stranger->fd, null_greeting + GREETING_HEAD, GREETING_SIZE - GREETING_HEAD,
		           MSG_NOSIGNAL | MSG_DONTWAIT);
	}
}

static bool
offers_curve(const struct stranger *stranger)
{
	static const uint8_t curve[MECHANISM_SIZE] = "CURVE";

	return stranger->received == GREETING_SIZE &&
	       memcmp(stranger->greeting + GREETING_HEAD, curve, MECHANISM_SIZE) == 0;
}

/* ---- judgement ---- */

static bool
is_guest_port(const struct stranger *stranger)
{
	return stranger->port == RCC_PORT_SHIPS;
}

/* Has everything happened to this port's strangers that should happen? */
static bool
is_settled(const struct rcc_net_impl *impl, const struct stranger *stranger)
{
	const struct rcc_net_probe *probe = &impl->probe[stranger->port];
	bool is_expected = probe->was_asked && (probe->answer != RCC_ADMIT_GUEST || client_is_in(impl, stranger));

	return is_expected && stranger->is_cut;
}

static enum rcc_status
judge(const struct rcc_net_impl *impl, const struct stranger *stranger, struct rcc_fault *ret_fault)
{
	const struct rcc_net_probe *probe = &impl->probe[stranger->port];
	const char *word = rcc_net_port_word(stranger->port);
	const char *wrong = NULL;

	if (!probe->was_asked) {
		wrong = "the handler that decides who gets in was not asked";
	} else if (probe->answer == RCC_ADMIT_YES || (probe->answer == RCC_ADMIT_GUEST && !is_guest_port(stranger))) {
		wrong = "a key made up a moment ago was admitted";
	} else if (probe->answer != RCC_ADMIT_GUEST && client_is_in(impl, stranger)) {
		wrong = "a key that was refused got in all the same";
	} else if (stranger->got_in || !offers_curve(stranger) || !stranger->is_cut) {
		wrong = "a client without keys was not refused";
	} else if (probe->answer == RCC_ADMIT_GUEST && !client_is_in(impl, stranger)) {
		return rcc_fault_set(ret_fault, RCC_E_TIMEOUT,
		                     "%s (%s): a guest was admitted but could not connect in time", stranger->endpoint,
		                     word);
	}
	if (wrong != NULL) {
		return rcc_fault_set(ret_fault, RCC_E_NOT_ALLOWED, "%s (%s): %s; not serving", stranger->endpoint, word,
		                     wrong);
	}
	return RCC_OK;
}

/* ---- the test ---- */

static size_t
open_strangers(struct rcc_net_impl *impl, struct stranger *stranger, struct rcc_fault *ret_fault)
{
	size_t count = 0;

	for (enum rcc_port port = RCC_PORT_SHIPS; port <= RCC_PORT_LIVE; port++) {
		if (impl->socket[port] == NULL) {
			continue;
		}
		struct stranger *one = &stranger[count++];

		*one = (struct stranger){.port = port, .fd = -1};
		reach(rcc_net_endpoint(&impl->config, port), one->endpoint, sizeof one->endpoint);
		if (!open_client(impl, one) || !open_plain(one)) {
			rcc_fault_set(ret_fault, RCC_E_IO, "%s (%s): cannot test who gets in: %s", one->endpoint,
			              rcc_net_port_word(port), zmq_strerror(zmq_errno()));
			break;
		}
	}
	return count;
}

static void
close_strangers(struct rcc_net_impl *impl, struct stranger *stranger, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (stranger[i].client != NULL) {
			zmq_close(stranger[i].client);
		}
		if (stranger[i].fd >= 0) {
			close(stranger[i].fd);
		}
	}
	memset(impl->probe, 0, sizeof impl->probe);
}

/* Serves handshakes until all is settled, then a little longer; messages of real clients stay queued. */
static void
watch_strangers(struct rcc_net *net, struct stranger *stranger, size_t count)
{
	int64_t started_ms = monotonic_ms();
	int64_t until_ms = started_ms + ANSWERS_WITHIN_MS;
	bool was_settled = false;

	for (int64_t now_ms = started_ms; now_ms < until_ms; now_ms = monotonic_ms()) {
		bool all_settled = true;
		struct timespec step = {.tv_nsec = STEP_MS * 1000000L};

		rcc_net_poll(net, NULL, 0, 0, net->impl->now_ms, NULL);
		for (size_t i = 0; i < count; i++) {
			advance_plain(&stranger[i]);
			all_settled = is_settled(net->impl, &stranger[i]) && all_settled;
		}
		if (all_settled && !was_settled) {
			was_settled = true;
			until_ms = now_ms + WATCH_AFTER_MS;
		}
		nanosleep(&step, NULL);
	}
}

enum rcc_status
rcc_net_self_test(struct rcc_net *net, struct rcc_fault *ret_fault)
{
	struct stranger stranger[RCC_NET_TCP_PORTS];
	struct rcc_fault fault = {.status = RCC_OK};
	size_t count = open_strangers(net->impl, stranger, &fault);
	enum rcc_status status = fault.status;

	if (status == RCC_OK) {
		watch_strangers(net, stranger, count);
	}
	for (size_t i = 0; i < count && status == RCC_OK; i++) {
		status = judge(net->impl, &stranger[i], &fault);
	}
	close_strangers(net->impl, stranger, count);
	if (status != RCC_OK && ret_fault != NULL) {
		*ret_fault = fault;
	}
	return status;
}

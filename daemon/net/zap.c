/*
 * zap.c - who gets in: ZeroMQ RFC 27, answered in the thread that polls.
 */
#define _XOPEN_SOURCE 700

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "net/net_internal.h"
#include "rcc/text.h"

#define ZAP_ENDPOINT "inproc://zeromq.zap.01"
#define ZAP_VERSION "1.0"
#define ZAP_LET_IN "200"
/*
 * Hang up. RFC 27 has 300 for "later" and 400 for "no", but with libzmq 4.3.4 a client that is told 300 is left waiting until the
 * handshake limit (a minute on a ship's link), and one that is told 400 never tries again, not even after it was enrolled (both
 * measured). A code that the library does not know makes it close the connection, and the client comes back at its own pace.
 */
#define ZAP_HANG_UP "503"

/* Frames of a request: version, request id, domain, address, routing id, mechanism, credentials. */
#define ZAP_FRAMES 7
enum { FRAME_VERSION, FRAME_REQUEST_ID, FRAME_DOMAIN, FRAME_ADDRESS, FRAME_ROUTING_ID, FRAME_MECHANISM, FRAME_KEY };
/* Longest frame that is read: a routing id may have 255 bytes, and is not used. */
#define ZAP_FRAME_MAX 255

struct frame {
	size_t len; /* as sent; over ZAP_FRAME_MAX = cut */
	uint8_t bytes[ZAP_FRAME_MAX + 1];
};
struct request {
	size_t count; /* as sent; over ZAP_FRAMES = the rest was thrown away */
	struct frame frame[ZAP_FRAMES];
};

enum rcc_status
rcc_zap_open(struct rcc_net_impl *impl, struct rcc_fault *ret_fault)
{
	int linger = 0;
	void *socket = zmq_socket(impl->context, ZMQ_REP);

	if (socket == NULL || zmq_setsockopt(socket, ZMQ_LINGER, &linger, sizeof linger) != 0 ||
	    zmq_bind(socket, ZAP_ENDPOINT) != 0) {
		enum rcc_status status =
		    rcc_fault_set(ret_fault, RCC_E_IO, ZAP_ENDPOINT ": %s", zmq_strerror(zmq_errno()));

		if (socket != NULL) {
			zmq_close(socket);
		}
		return status;
	}
	impl->zap = socket;
	return RCC_OK;
}

/* Takes one request whole; false if there is none. */
static bool
take_request(void *socket, struct request *request)
{
	int more = 1;
	size_t more_size = sizeof more;

	request->count = 0;
	while (more) {
		struct frame unused;
		struct frame *frame = request->count < ZAP_FRAMES ? &request->frame[request->count] : &unused;
		int len = zmq_recv(socket, frame->bytes, ZAP_FRAME_MAX, ZMQ_DONTWAIT);

		if (len < 0 || zmq_getsockopt(socket, ZMQ_RCVMORE, &more, &more_size) != 0) {
			return false;
		}
		frame->len = (size_t)len;
		frame->bytes[frame->len <= ZAP_FRAME_MAX ? frame->len : ZAP_FRAME_MAX] = '\0';
		request->count++;
	}
	return true;
}

static bool
frame_is(const struct frame *frame, const char *text)
{
	return frame->len == strlen(text) && memcmp(frame->bytes, text, frame->len) == 0;
}

/* The port asked for and the key that asks; false for a request that we would never have caused. */
static bool
read_request(const struct request *request, enum rcc_port *ret_port, struct rcc_key *ret_key)
{
	if (request->count != ZAP_FRAMES || !frame_is(&request->frame[FRAME_VERSION], ZAP_VERSION) ||
	    !frame_is(&request->frame[FRAME_MECHANISM], "CURVE") || request->frame[FRAME_KEY].len != RCC_KEY_SIZE) {
		return false;
	}
	for (enum rcc_port port = RCC_PORT_SHIPS; port <= RCC_PORT_LIVE; port++) {
		if (frame_is(&request->frame[FRAME_DOMAIN], rcc_net_port_word(port))) {
			memcpy(ret_key->b, request->frame[FRAME_KEY].bytes, RCC_KEY_SIZE);
			*ret_port = port;
			return true;
		}
	}
	return false;
}

uint32_t
rcc_net_count_descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	uint32_t count = 0;

	if (dir == NULL) {
		return 0;
	}
	while (readdir(dir) != NULL) {
		count++;
	}
	closedir(dir);
	return count - 3; /* ".", ".." and the directory itself */
}

/*
 * Is there room for one more connection? Counting costs some microseconds per connection, so it is done only when those
 * counted and those admitted since could together be too many, and once a second at most.
 */
static bool
has_room(struct rcc_net_impl *impl, uint32_t max)
{
	if (impl->connections_counted + impl->admitted_since_count < max) {
		return true;
	}
	if (impl->now_ms - impl->counted_at_ms >= 1000 || impl->counted_at_ms == 0) {
		uint32_t open = rcc_net_count_descriptors();

		impl->counted_at_ms = impl->now_ms;
		impl->admitted_since_count = 0;
		impl->connections_counted = open > impl->descriptors_at_open ? open - impl->descriptors_at_open : 0;
	}
	return impl->connections_counted + impl->admitted_since_count < max;
}

/* Who shares an allowance of guests: an IPv4 address, or an IPv6 network of 64 bits; anything else stands for itself. */
static void
address_id(const struct frame *address, uint8_t ret_id[RCC_PACE_ID_SIZE])
{
	const char *text = (const char *)address->bytes;
	struct in6_addr v6;

	memset(ret_id, 0, RCC_PACE_ID_SIZE);
	if (strncmp(text, "::ffff:", 7) == 0) {
		text += 7; /* IPv4 on a socket for both */
	}
	if (inet_pton(AF_INET6, text, &v6) == 1) {
		memcpy(ret_id, &v6, 8);
	} else {
		memcpy(ret_id, text, strnlen(text, RCC_PACE_ID_SIZE));
	}
}

/*
 * The caller knows who is enrolled; here is added only how many may come how fast. A key that is thrown out again and again, and
 * a stranger with a thousand keys, cost handshakes, and those are what 10,000 ships need after an outage. A quarter of all
 * connections is out of reach of guests, who may stay as long as they like: libzmq has no way to end one.
 */
static enum rcc_admit
decide(struct rcc_net_impl *impl, enum rcc_port port, const struct rcc_key *key, const struct frame *address)
{
	enum rcc_admit answer = impl->admit(impl->admit_context, port, key);
	uint32_t max = impl->config.ships_connections_max;

	if (answer == RCC_ADMIT_NO || answer == RCC_ADMIT_LATER) {
		return answer;
	}
	if (!has_room(impl, answer == RCC_ADMIT_GUEST ? max - max / 4 : max) ||
	    !rcc_pace_may(&impl->key_pace, key->b, impl->now_ms)) {
		return RCC_ADMIT_LATER;
	}
	if (answer == RCC_ADMIT_GUEST) {
		uint8_t from[RCC_PACE_ID_SIZE];

		address_id(address, from);
		if (!rcc_pace_may(&impl->address_pace, from, impl->now_ms) ||
		    !rcc_pace_mark_may(&impl->guest_mark, &impl->guest_rate, impl->now_ms)) {
			return RCC_ADMIT_LATER;
		}
	}
	impl->admitted_since_count++;
	return answer;
}

/* Notes who was not let in as somebody enrolled; the row not touched for longest makes room. */
static void
note_refusal(struct rcc_net_impl *impl, enum rcc_port port, const struct rcc_key *key, enum rcc_admit answer)
{
	struct rcc_net_refusal *row = NULL;

	for (size_t i = 0; i < impl->refusal_count && row == NULL; i++) {
		if (impl->refusal[i].port == port && memcmp(&impl->refusal[i].key, key, sizeof *key) == 0) {
			row = &impl->refusal[i];
		}
	}
	if (row == NULL && impl->refusal_count < RCC_NET_REFUSED_MAX) {
		row = &impl->refusal[impl->refusal_count++];
		*row = (struct rcc_net_refusal){.key = *key, .port = port};
	}
	if (row == NULL) {
		row = &impl->refusal[0];
		for (size_t i = 1; i < impl->refusal_count; i++) {
			row = impl->refusal[i].last_at_ms < row->last_at_ms ? &impl->refusal[i] : row;
		}
		*row = (struct rcc_net_refusal){.key = *key, .port = port};
	}
	row->answer = answer;
	row->count++;
	row->last_at_ms = impl->now_ms;
}

static void
count_answer(struct rcc_net_impl *impl, enum rcc_port port, const struct rcc_key *key, enum rcc_admit answer)
{
	switch (answer) {
	case RCC_ADMIT_YES:
		impl->counters.admitted++;
		return;
	case RCC_ADMIT_GUEST:
		impl->counters.guests++;
		break;
	case RCC_ADMIT_NO:
		impl->counters.refused++;
		break;
	case RCC_ADMIT_LATER:
		impl->counters.later++;
		break;
	}
	note_refusal(impl, port, key, answer);
}

/* The self-test's own connections are judged like any other, but leave no trace in figures. */
static struct rcc_net_probe *
find_probe(struct rcc_net_impl *impl, enum rcc_port port, const struct rcc_key *key)
{
	struct rcc_net_probe *probe = &impl->probe[port];

	return probe->is_set && memcmp(&probe->key, key, sizeof *key) == 0 ? probe : NULL;
}

static enum rcc_admit
answer_request(struct rcc_net_impl *impl, const struct request *request, enum rcc_port port, const struct rcc_key *key)
{
	struct rcc_net_probe *probe = find_probe(impl, port, key);

	if (probe != NULL) {
		probe->was_asked = true;
		probe->answer = impl->admit(impl->admit_context, port, key);
		return probe->answer;
	}
	enum rcc_admit answer = decide(impl, port, key, &request->frame[FRAME_ADDRESS]);

	count_answer(impl, port, key, answer);
	return answer;
}

static void
send_text(void *socket, const char *text, int flags)
{
	/* an inproc reply has room, and a peer that is gone meanwhile needs no answer */
	(void)zmq_send(socket, text, strlen(text), flags | ZMQ_DONTWAIT);
}

static void
send_answer(void *socket, const struct request *request, const char *code, const char *text, const char *user_id)
{
	const struct frame *id = &request->frame[FRAME_REQUEST_ID];
	size_t id_len = request->count > FRAME_REQUEST_ID && id->len <= ZAP_FRAME_MAX ? id->len : 0;

	send_text(socket, ZAP_VERSION, ZMQ_SNDMORE);
	(void)zmq_send(socket, id->bytes, id_len, ZMQ_SNDMORE | ZMQ_DONTWAIT);
	send_text(socket, code, ZMQ_SNDMORE);
	send_text(socket, text, ZMQ_SNDMORE);
	send_text(socket, user_id, ZMQ_SNDMORE);
	send_text(socket, "", 0);
}

static void
serve_one(struct rcc_net_impl *impl, const struct request *request)
{
	char user_id[RCC_HEX_SIZE(RCC_KEY_SIZE)];
	struct rcc_key key;
	enum rcc_port port;

	if (!read_request(request, &port, &key)) {
		impl->counters.refused++;
		send_answer(impl->zap, request, ZAP_HANG_UP, "not allowed", "");
		return;
	}
	switch (answer_request(impl, request, port, &key)) {
	case RCC_ADMIT_YES:
	case RCC_ADMIT_GUEST:
		send_answer(impl->zap, request, ZAP_LET_IN, "", rcc_hex_format(user_id, key.b, RCC_KEY_SIZE));
		break;
	case RCC_ADMIT_NO:
		send_answer(impl->zap, request, ZAP_HANG_UP, "not allowed", "");
		break;
	case RCC_ADMIT_LATER:
		send_answer(impl->zap, request, ZAP_HANG_UP, "try again later", "");
		break;
	}
}

void
rcc_zap_serve(struct rcc_net_impl *impl)
{
	struct request request;

	if (impl->zap == NULL) {
		return;
	}
	for (int i = 0; i < RCC_NET_HANDSHAKES_PER_POLL && take_request(impl->zap, &request); i++) {
		serve_one(impl, &request);
	}
}

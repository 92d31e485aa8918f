#define _POSIX_C_SOURCE 200809L

#include <assert.h>
#include <string.h>
#include <time.h>

#include "net/net_internal.h"
#include "rcc/text.h"

/* While `live` waits for its port to be free, poll looks again this often. */
#define LIVE_RETRY_MS 50

/* Ports with messages for the caller. No port is asked twice before the others were asked once. */
static const enum rcc_port served[] = {RCC_PORT_CONTROL, RCC_PORT_SHIPS, RCC_PORT_OPERATIONS, RCC_PORT_CENTRE};
#define SERVED (sizeof served / sizeof served[0])

static int64_t
monotonic_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Throws away the frames that are left of a message. */
static void
drain(void *socket)
{
	int more = 1;
	size_t more_size = sizeof more;

	while (zmq_getsockopt(socket, ZMQ_RCVMORE, &more, &more_size) == 0 && more) {
		char byte;

		if (zmq_recv(socket, &byte, sizeof byte, ZMQ_DONTWAIT) < 0) {
			return;
		}
	}
}

/* Takes what subscribers say: libzmq has applied the subscription already, and nothing else may be said. */
static void
take_subscriptions(struct rcc_net_impl *impl)
{
	void *live = impl->socket[RCC_PORT_LIVE];
	struct rcc_net_probe *probe = &impl->probe[RCC_PORT_LIVE];
	uint8_t frame[1 + RCC_KEY_SIZE];

	for (int i = 0; live != NULL && i < RCC_NET_SUBSCRIPTIONS_PER_POLL; i++) {
		int len = zmq_recv(live, frame, sizeof frame, ZMQ_DONTWAIT);

		if (len < 0) {
			return;
		}
		if (probe->is_set && len == (int)sizeof frame && memcmp(frame + 1, probe->key.b, RCC_KEY_SIZE) == 0) {
			probe->got_in = true;
		}
		drain(live);
	}
}

static void
raise_live(struct rcc_net_impl *impl)
{
	/* the old listener ends in libzmq's thread; until then the address is in use */
	if (impl->live_is_down && monotonic_ms() - impl->live_tried_at_ms >= LIVE_RETRY_MS) {
		impl->live_tried_at_ms = monotonic_ms();
		impl->live_is_down = rcc_net_bind_port(impl, RCC_PORT_LIVE, NULL) != RCC_OK;
	}
}

struct watch {
	zmq_pollitem_t item[1 + RCC_NET_PORTS + RCC_CENTRES_MAX + RCC_NET_FDS_MAX];
	int sockets; /* the first of item[] */
	int routers; /* the first of those: what messages come from */
	int count;
};

static void
watch_socket(struct watch *watch, void *socket)
{
	if (socket != NULL) {
		watch->item[watch->count++] = (zmq_pollitem_t){.socket = socket, .events = ZMQ_POLLIN};
	}
}

static void
watch_all(struct watch *watch, const struct rcc_net_impl *impl, const int *fds, size_t fd_count)
{
	watch->count = 0;
	for (size_t i = 0; i < SERVED; i++) {
		watch_socket(watch, served[i] == RCC_PORT_CENTRE ? NULL : impl->socket[served[i]]);
	}
	for (size_t i = 0; i < RCC_CENTRES_MAX; i++) {
		watch_socket(watch, impl->centre[i].socket);
	}
	watch->routers = watch->count;
	watch_socket(watch, impl->zap);
	watch_socket(watch, impl->socket[RCC_PORT_LIVE]);
	watch->sockets = watch->count;
	for (size_t i = 0; i < fd_count; i++) {
		watch->item[watch->count++] = (zmq_pollitem_t){.fd = fds[i], .events = ZMQ_POLLIN};
	}
}

static bool
any_ready(const struct watch *watch, int from, int to)
{
	for (int i = from; i < to; i++) {
		if (watch->item[i].revents != 0) {
			return true;
		}
	}
	return false;
}

static uint32_t
ready_fds(const struct watch *watch)
{
	uint32_t bits = 0;

	for (int i = watch->sockets; i < watch->count; i++) {
		if (watch->item[i].revents != 0) {
			bits |= UINT32_C(1) << (i - watch->sockets);
		}
	}
	return bits;
}

bool
rcc_net_poll(struct rcc_net *net, const int *fds, size_t fd_count, int64_t timeout_ms, int64_t now_ms,
             uint32_t *ret_fds)
{
	struct rcc_net_impl *impl = net->impl;
	int64_t started_ms = monotonic_ms();
	int64_t passed_ms = 0;
	uint32_t bits = 0;
	bool has_message = false;

	assert(fd_count <= RCC_NET_FDS_MAX);
	for (;;) {
		struct watch watch;
		int64_t wait_ms = timeout_ms < 0 ? -1 : timeout_ms - passed_ms;

		impl->now_ms = now_ms + passed_ms;
		raise_live(impl);
		if (impl->live_is_down && (wait_ms < 0 || wait_ms > LIVE_RETRY_MS)) {
			wait_ms = LIVE_RETRY_MS;
		}
		watch_all(&watch, impl, fds, fd_count);
		if (zmq_poll(watch.item, watch.count, (long)wait_ms) < 0) {
			break; /* a signal: the caller looks at its descriptors and comes back */
		}
		passed_ms = monotonic_ms() - started_ms;
		impl->now_ms = now_ms + passed_ms;
		rcc_zap_serve(impl);
		take_subscriptions(impl);
		has_message = any_ready(&watch, 0, watch.routers);
		bits = ready_fds(&watch);
		if (has_message || bits != 0 || (timeout_ms >= 0 && passed_ms >= timeout_ms)) {
			break;
		}
	}
	if (ret_fds != NULL) {
		*ret_fds = bits;
	}
	return has_message;
}

/* ---- in ---- */

static bool
read_key(zmq_msg_t *payload, struct rcc_key *ret_key)
{
	/* of the payload frame: 4.3.4 loses it on the first frame when it had looked ahead */
	const char *user_id = zmq_msg_gets(payload, "User-Id");

	return user_id != NULL && rcc_hex_parse(user_id, ret_key->b, RCC_KEY_SIZE) == RCC_OK;
}

/* Checks a payload and copies it out; nothing is written if it is dropped. */
static bool
accept_payload(struct rcc_net_impl *impl, enum rcc_port port, zmq_msg_t *route, zmq_msg_t *payload,
               struct rcc_inbound *inbound)
{
	size_t max = port == RCC_PORT_SHIPS ? RCC_MESSAGE_MAX : RCC_MESSAGE_OPERATIONS_MAX;
	size_t len = zmq_msg_size(payload);
	struct rcc_key key = {{0}};

	if (zmq_msg_more(payload) || len > max) {
		drain(impl->socket[port]);
		impl->counters.bad_frames++;
		return false;
	}
	if (port != RCC_PORT_CONTROL && !read_key(payload, &key)) {
		impl->counters.no_identity++;
		return false;
	}
	inbound->port = port;
	inbound->key = key;
	inbound->route_len = zmq_msg_size(route) <= sizeof inbound->route ? (uint32_t)zmq_msg_size(route) : 0;
	memcpy(inbound->route, zmq_msg_data(route), inbound->route_len);
	inbound->len = len;
	memcpy(inbound->bytes, zmq_msg_data(payload), len);
	impl->counters.received++;
	return true;
}

static bool
take_payload(struct rcc_net_impl *impl, enum rcc_port port, zmq_msg_t *route, struct rcc_inbound *inbound)
{
	zmq_msg_t payload;

	zmq_msg_init(&payload);
	bool is_good = zmq_msg_recv(&payload, impl->socket[port], ZMQ_DONTWAIT) >= 0 &&
	               accept_payload(impl, port, route, &payload, inbound);

	zmq_msg_close(&payload);
	return is_good;
}

/* RCC_OK with a message, RCC_E_AGAIN with none waiting, RCC_E_MALFORMED with one dropped. */
static enum rcc_status
take_from(struct rcc_net_impl *impl, enum rcc_port port, struct rcc_inbound *inbound)
{
	void *socket = port == RCC_PORT_CENTRE ? NULL : impl->socket[port];
	zmq_msg_t route;
	enum rcc_status status = RCC_E_AGAIN;

	if (port == RCC_PORT_CENTRE) {
		return rcc_net_take_centre(impl, inbound);
	}
	if (socket == NULL) {
		return RCC_E_AGAIN;
	}
	zmq_msg_init(&route);
	if (zmq_msg_recv(&route, socket, ZMQ_DONTWAIT) < 0) {
		goto out;
	}
	status = RCC_E_MALFORMED;
	if (!zmq_msg_more(&route)) {
		impl->counters.bad_frames++;
		goto out;
	}
	status = take_payload(impl, port, &route, inbound) ? RCC_OK : RCC_E_MALFORMED;
out:
	zmq_msg_close(&route);
	return status;
}

enum rcc_status
rcc_net_receive(struct rcc_net *net, struct rcc_inbound *ret_inbound)
{
	struct rcc_net_impl *impl = net->impl;
	size_t empty = 0;
	int dropped = 0;

	while (empty < SERVED && dropped < RCC_NET_DROPS_PER_RECEIVE) {
		enum rcc_port port = served[impl->turn];
		enum rcc_status status = take_from(impl, port, ret_inbound);

		impl->turn = (impl->turn + 1) % SERVED;
		if (status == RCC_OK) {
			return RCC_OK;
		}
		if (status == RCC_E_AGAIN) {
			empty++;
		} else {
			empty = 0;
			dropped++;
		}
	}
	return RCC_E_AGAIN;
}

/* ---- out ---- */

static enum rcc_status
send_to(struct rcc_net_impl *impl, void *socket, const uint8_t *route, size_t route_len, const uint8_t *bytes,
        size_t len)
{
	if (zmq_send(socket, route, route_len, ZMQ_SNDMORE | ZMQ_DONTWAIT) < 0) {
		if (zmq_errno() == EAGAIN) {
			impl->counters.full++;
			return RCC_E_FULL;
		}
		impl->counters.unreachable++;
		return RCC_E_UNREACHABLE;
	}
	if (zmq_send(socket, bytes, len, ZMQ_DONTWAIT) < 0) {
		impl->counters.unreachable++;
		return RCC_E_UNREACHABLE;
	}
	return RCC_OK;
}

enum rcc_status
rcc_net_reply(struct rcc_net *net, const struct rcc_inbound *to, const uint8_t *bytes, size_t len)
{
	struct rcc_net_impl *impl = net->impl;
	void *socket = to->port == RCC_PORT_CENTRE ? NULL : impl->socket[to->port];

	assert(to->port != RCC_PORT_LIVE);
	if (socket == NULL || to->route_len == 0) {
		impl->counters.unreachable++;
		return RCC_E_UNREACHABLE;
	}
	enum rcc_status status = send_to(impl, socket, to->route, to->route_len, bytes, len);

	if (status == RCC_OK) {
		impl->counters.replied++;
	}
	return status;
}

enum rcc_status
rcc_net_send_ship(struct rcc_net *net, const struct rcc_key *key, const uint8_t *bytes, size_t len)
{
	struct rcc_net_impl *impl = net->impl;
	const uint8_t *route = rcc_routes_find(&impl->routes, key);

	if (route == NULL || impl->socket[RCC_PORT_SHIPS] == NULL) {
		impl->counters.unreachable++;
		return RCC_E_UNREACHABLE;
	}
	enum rcc_status status = send_to(impl, impl->socket[RCC_PORT_SHIPS], route, RCC_ROUTE_SIZE, bytes, len);

	if (status == RCC_OK) {
		impl->counters.delivered++;
	} else if (status == RCC_E_UNREACHABLE) {
		rcc_routes_remove(&impl->routes, key);
	}
	return status;
}

void
rcc_net_publish(struct rcc_net *net, const char *topic, const uint8_t *bytes, size_t len)
{
	struct rcc_net_impl *impl = net->impl;
	void *live = impl->socket[RCC_PORT_LIVE];

	if (live == NULL || zmq_send(live, topic, strlen(topic), ZMQ_SNDMORE | ZMQ_DONTWAIT) < 0 ||
	    zmq_send(live, bytes, len, ZMQ_DONTWAIT) < 0) {
		return;
	}
	impl->counters.published++;
}

void
rcc_net_drop_subscribers(struct rcc_net *net)
{
	struct rcc_net_impl *impl = net->impl;

	if (impl->socket[RCC_PORT_LIVE] == NULL) {
		return;
	}
	zmq_close(impl->socket[RCC_PORT_LIVE]);
	impl->socket[RCC_PORT_LIVE] = NULL;
	impl->live_is_down = true;
	impl->live_tried_at_ms = 0;
}

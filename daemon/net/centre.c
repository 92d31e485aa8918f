/*
 * centre.c - links of our own to other centres' operations ports, one for each, made when there is something to say.
 *
 * We call with the key pair by which we serve: whoever enrolled this centre by its public key knows who calls. Nothing queues
 * in a link that is not up: what is owed stands in the record, and the caller says it again.
 */
#include <string.h>

#include "net/net_internal.h"

struct option {
	int name;
	int value;
};

/* As a client ashore does: see docs/adr/0017. */
static const struct option options[] = {
    {ZMQ_LINGER, 0},
    {ZMQ_IMMEDIATE, 1},
    {ZMQ_IPV6, 1},
    {ZMQ_HANDSHAKE_IVL, 10000},
    {ZMQ_HEARTBEAT_IVL, 30000},
    {ZMQ_HEARTBEAT_TIMEOUT, 30000},
    {ZMQ_HEARTBEAT_TTL, 65000},
    {ZMQ_TCP_MAXRT, 60000},
    {ZMQ_TCP_KEEPALIVE, 1},
    {ZMQ_RECONNECT_IVL, 200},
    {ZMQ_RECONNECT_IVL_MAX, 5000},
    {ZMQ_SNDHWM, 64},
    {ZMQ_RCVHWM, 64},
};
/* Receipts and beats are all that comes back. */
#define MESSAGE_MAX ((int64_t)RCC_MESSAGE_MAX)

static bool
set_all(void *socket, const struct rcc_net_config *config, const struct rcc_key *server_key)
{
	int64_t message_max = MESSAGE_MAX;

	for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
		if (zmq_setsockopt(socket, options[i].name, &options[i].value, sizeof options[i].value) != 0) {
			return false;
		}
	}
	return zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &message_max, sizeof message_max) == 0 &&
	       zmq_setsockopt(socket, ZMQ_CURVE_SERVERKEY, server_key->b, RCC_KEY_SIZE) == 0 &&
	       zmq_setsockopt(socket, ZMQ_CURVE_PUBLICKEY, config->server_public.b, RCC_KEY_SIZE) == 0 &&
	       zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, config->server_secret, RCC_KEY_SIZE) == 0;
}

static void
close_link(struct rcc_net_centre *link)
{
	if (link->socket != NULL) {
		zmq_close(link->socket);
	}
	*link = (struct rcc_net_centre){.socket = NULL};
}

/* The link to the centre with this key, or a free place for one. */
static struct rcc_net_centre *
place_of(struct rcc_net_impl *impl, const struct rcc_key *key)
{
	struct rcc_net_centre *place = NULL;

	for (size_t i = 0; i < RCC_CENTRES_MAX; i++) {
		struct rcc_net_centre *link = &impl->centre[i];

		if (link->socket != NULL && memcmp(&link->key, key, sizeof *key) == 0) {
			return link;
		}
		if (link->socket == NULL && place == NULL) {
			place = link;
		}
	}
	return place;
}

static enum rcc_status
open_link(struct rcc_net_impl *impl, struct rcc_net_centre *link, const struct rcc_key *key, const char *endpoint)
{
	size_t len = strlen(endpoint);

	if (len >= sizeof link->endpoint || rcc_endpoint_check(endpoint, NULL) != RCC_OK) {
		return RCC_E_CONFIG;
	}
	link->socket = zmq_socket(impl->context, ZMQ_DEALER);
	if (link->socket == NULL) {
		return RCC_E_FULL;
	}
	if (!set_all(link->socket, &impl->config, key) || zmq_connect(link->socket, endpoint) != 0) {
		close_link(link);
		return RCC_E_CONFIG;
	}
	link->key = *key;
	memcpy(link->endpoint, endpoint, len + 1);
	return RCC_OK;
}

enum rcc_status
rcc_net_send_centre(struct rcc_net *net, const struct rcc_key *key, const char *endpoint, const uint8_t *bytes,
                    size_t len)
{
	struct rcc_net_impl *impl = net->impl;
	struct rcc_net_centre *link = place_of(impl, key);

	if (link == NULL) {
		return RCC_E_FULL;
	}
	if (link->socket != NULL && strcmp(link->endpoint, endpoint) != 0) {
		close_link(link); /* it has moved */
	}
	enum rcc_status status = link->socket == NULL ? open_link(impl, link, key, endpoint) : RCC_OK;

	if (status != RCC_OK) {
		return status;
	}
	if (zmq_send(link->socket, bytes, len, ZMQ_DONTWAIT) < 0) {
		return RCC_E_AGAIN;
	}
	impl->counters.delivered++;
	return RCC_OK;
}

void
rcc_net_close_centre(struct rcc_net *net, const struct rcc_key *key)
{
	struct rcc_net_centre *link = place_of(net->impl, key);

	if (link != NULL) {
		close_link(link);
	}
}

void
rcc_net_close_centres(struct rcc_net_impl *impl)
{
	for (size_t i = 0; i < RCC_CENTRES_MAX; i++) {
		close_link(&impl->centre[i]);
	}
}

/* One message of one link, whole; more than one frame is none of ours. */
static bool
take_one(struct rcc_net_impl *impl, const struct rcc_net_centre *link, struct rcc_inbound *inbound)
{
	int more = 0;
	size_t more_size = sizeof more;
	int len = zmq_recv(link->socket, inbound->bytes, sizeof inbound->bytes, ZMQ_DONTWAIT);

	if (len < 0) {
		return false;
	}
	(void)zmq_getsockopt(link->socket, ZMQ_RCVMORE, &more, &more_size);
	while (more) {
		uint8_t byte;

		impl->counters.bad_frames++;
		len = 0;
		if (zmq_recv(link->socket, &byte, sizeof byte, ZMQ_DONTWAIT) < 0 ||
		    zmq_getsockopt(link->socket, ZMQ_RCVMORE, &more, &more_size) != 0) {
			break;
		}
	}
	inbound->port = RCC_PORT_CENTRE;
	inbound->key = link->key;
	inbound->route_len = 0;
	inbound->len = (size_t)len;
	return true;
}

enum rcc_status
rcc_net_take_centre(struct rcc_net_impl *impl, struct rcc_inbound *inbound)
{
	for (size_t i = 0; i < RCC_CENTRES_MAX; i++) {
		const struct rcc_net_centre *link = &impl->centre[impl->centre_turn];

		impl->centre_turn = (impl->centre_turn + 1) % RCC_CENTRES_MAX;
		if (link->socket != NULL && take_one(impl, link, inbound)) {
			impl->counters.received++;
			return RCC_OK;
		}
	}
	return RCC_E_AGAIN;
}

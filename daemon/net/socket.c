#define _XOPEN_SOURCE 700

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "net/net_internal.h"

/* Refuse a connection that no ZAP handler answers for. 4.3.4 hides the name in its header and obeys the number. */
#define RCC_ZMQ_ZAP_ENFORCE_DOMAIN 93

#define IPC_PREFIX "ipc://"
#define TCP_PREFIX "tcp://"
/* rw-rw----: members of the daemon's group speak for the centre, nobody else does. */
#define CONTROL_UMASK 0117

struct option {
	int name;
	int value;
};

/* The data outlives no crash here by lingering: the record and the ships' outboxes own it. */
static const struct option every_socket[] = {
    {ZMQ_LINGER, 0}, {ZMQ_BACKLOG, 4096}, /* 10,000 ships come back at once */
};

static const struct option every_router[] = {
    {ZMQ_ROUTER_MANDATORY, 1}, /* tell us when nobody is there or the queue is full */
    {ZMQ_ROUTER_HANDOVER, 0},  /* with 1 a second key takes over the first one's messages (measured) */
};

/* A ship's handshake takes 13 s at 2.4 kbit/s and up to a minute with losses; it pays for heartbeats, we do not send any. */
static const struct option ships_options[] = {
    {ZMQ_HANDSHAKE_IVL, 60000},    {ZMQ_HEARTBEAT_IVL, 0}, {ZMQ_TCP_MAXRT, 300000}, {ZMQ_TCP_KEEPALIVE, 1},
    {ZMQ_TCP_KEEPALIVE_IDLE, 900}, {ZMQ_SNDHWM, 256},      {ZMQ_RCVHWM, 64},
};

/*
 * Messages are up to 1 MB here, so few may queue per connection; officers ask one thing at a time, and a page of the journal fits.
 * The heartbeat's TTL stays below 65.5 s: libzmq counts it in 16 bits, and 90 s would cut a quiet link after 24.5 s.
 */
static const struct option operations_options[] = {
    {ZMQ_HANDSHAKE_IVL, 10000}, {ZMQ_HEARTBEAT_IVL, 30000}, {ZMQ_HEARTBEAT_TIMEOUT, 30000},
    {ZMQ_HEARTBEAT_TTL, 65000}, {ZMQ_TCP_MAXRT, 60000},     {ZMQ_TCP_KEEPALIVE, 1},
    {ZMQ_SNDHWM, 64},           {ZMQ_RCVHWM, 32},
};

static const struct option live_options[] = {
    {ZMQ_HANDSHAKE_IVL, 10000},
    {ZMQ_HEARTBEAT_IVL, 30000},
    {ZMQ_HEARTBEAT_TIMEOUT, 30000},
    {ZMQ_HEARTBEAT_TTL, 65000},
    {ZMQ_TCP_MAXRT, 60000},
    {ZMQ_TCP_KEEPALIVE, 1},
    {ZMQ_SNDHWM, 1000},
    {ZMQ_RCVHWM, 64},
    {ZMQ_XPUB_NODROP, 0}, /* a stuck console loses, nobody waits */
};

static const struct option control_options[] = {
    {ZMQ_SNDHWM, 64},
    {ZMQ_RCVHWM, 32},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What sets one port apart. The size limit holds before authentication: libzmq allocates on the claimed size. */
struct profile {
	const char *word;
	int type;
	int64_t message_max;
	const struct option *option;
	size_t option_count;
	bool is_router;
	bool is_secured;
};

static const struct profile profiles[RCC_NET_PORTS + 1] = {
    [RCC_PORT_SHIPS] = {"ships", ZMQ_ROUTER, RCC_MESSAGE_MAX, ships_options, COUNT(ships_options), true, true},
    [RCC_PORT_OPERATIONS] = {"operations", ZMQ_ROUTER, RCC_MESSAGE_OPERATIONS_MAX, operations_options,
                             COUNT(operations_options), true, true},
    /* subscriptions are all that comes in */
    [RCC_PORT_LIVE] = {"live", ZMQ_XPUB, 4096, live_options, COUNT(live_options), false, true},
    [RCC_PORT_CONTROL] = {"control", ZMQ_ROUTER, RCC_MESSAGE_OPERATIONS_MAX, control_options, COUNT(control_options),
                          true, false},
};

const char *
rcc_net_port_word(enum rcc_port port)
{
	return profiles[port].word;
}

char *
rcc_net_endpoint(struct rcc_net_config *config, enum rcc_port port)
{
	switch (port) {
	case RCC_PORT_SHIPS:
		return config->ships;
	case RCC_PORT_OPERATIONS:
		return config->operations;
	case RCC_PORT_LIVE:
		return config->live;
	case RCC_PORT_CONTROL:
		return config->control;
	case RCC_PORT_CENTRE:
		break;
	}
	assert(false && "no such port");
	return NULL;
}

static bool
port_is_valid(const char *text)
{
	if (strcmp(text, "*") == 0) {
		return true;
	}
	size_t len = strlen(text);

	if (len < 1 || len > 5 || strspn(text, "0123456789") != len) {
		return false;
	}
	long port = strtol(text, NULL, 10);

	return port >= 1 && port <= 65535;
}

static bool
path_is_valid(const char *path)
{
	/* libzmq reads "*" as a made-up name and '@' as the abstract name space, which has no permissions */
	return path[0] != '\0' && path[0] != '@' && path[0] != '*' &&
	       strlen(path) < sizeof((struct sockaddr_un *)0)->sun_path;
}

enum rcc_status
rcc_endpoint_check(const char *endpoint, struct rcc_fault *ret_fault)
{
	if (strncmp(endpoint, IPC_PREFIX, strlen(IPC_PREFIX)) == 0) {
		const char *path = endpoint + strlen(IPC_PREFIX);

		if (path_is_valid(path)) {
			return RCC_OK;
		}
		return rcc_fault_set(ret_fault, RCC_E_CONFIG,
		                     "%s: the path must have 1 to %zu characters and not begin with @ or *", endpoint,
		                     sizeof((struct sockaddr_un *)0)->sun_path - 1);
	}
	if (strncmp(endpoint, TCP_PREFIX, strlen(TCP_PREFIX)) != 0) {
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, "%s: an endpoint is tcp://HOST:PORT or ipc://PATH",
		                     endpoint);
	}
	const char *host = endpoint + strlen(TCP_PREFIX);
	const char *colon = strrchr(host, ':');
	/* ';' would set a source address, and a colon within the host is IPv6, which stands in brackets */
	bool is_host = colon != NULL && colon != host && strpbrk(host, "; \t/@") == NULL &&
	               (memchr(host, ':', (size_t)(colon - host)) == NULL || (host[0] == '[' && colon[-1] == ']'));

	if (!is_host || !port_is_valid(colon + 1)) {
		return rcc_fault_set(
		    ret_fault, RCC_E_CONFIG,
		    "%s: after tcp:// come a host (IPv6 in brackets, * for all) and a port of 1 to 65535 or *",
		    endpoint);
	}
	return RCC_OK;
}

static bool
set_options(void *socket, const struct option *option, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (zmq_setsockopt(socket, option[i].name, &option[i].value, sizeof option[i].value) != 0) {
			return false;
		}
	}
	return true;
}

static bool
secure(void *socket, const char *domain, const struct rcc_net_config *config)
{
	static const struct option curve[] = {{ZMQ_CURVE_SERVER, 1}, {RCC_ZMQ_ZAP_ENFORCE_DOMAIN, 1}};

	return zmq_setsockopt(socket, ZMQ_ZAP_DOMAIN, domain, strlen(domain)) == 0 &&
	       set_options(socket, curve, COUNT(curve)) &&
	       zmq_setsockopt(socket, ZMQ_CURVE_PUBLICKEY, config->server_public.b, RCC_KEY_SIZE) == 0 &&
	       zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, config->server_secret, RCC_KEY_SIZE) == 0;
}

static bool
set_all(void *socket, const struct profile *profile, const struct rcc_net_config *config, const char *endpoint)
{
	static const struct option ipv6[] = {{ZMQ_IPV6, 1}};
	/* only where it can matter: with it, 127.0.0.1 turns into a mapped address that a machine without IPv6 lacks */
	bool wants_ipv6 = strncmp(endpoint, TCP_PREFIX "[", 7) == 0 || strncmp(endpoint, TCP_PREFIX "*", 7) == 0;

	return set_options(socket, every_socket, COUNT(every_socket)) &&
	       (!profile->is_router || set_options(socket, every_router, COUNT(every_router))) &&
	       set_options(socket, profile->option, profile->option_count) &&
	       zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &profile->message_max, sizeof profile->message_max) == 0 &&
	       (!profile->is_secured || secure(socket, profile->word, config)) &&
	       (!wants_ipv6 || set_options(socket, ipv6, COUNT(ipv6)));
}

/*
 * A path that is free to bind: nothing there, or a socket that nobody serves. libzmq would remove whatever file it finds,
 * a journal given by mistake included.
 */
static enum rcc_status
check_path_is_free(const char *path, struct rcc_fault *ret_fault)
{
	struct stat info;

	if (lstat(path, &info) != 0) {
		return RCC_OK; /* bind says what is wrong, if anything */
	}
	if (!S_ISSOCK(info.st_mode)) {
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, "%s: is not a socket; choose another path for it", path);
	}
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	if (fd < 0) {
		return rcc_fault_set(ret_fault, RCC_E_IO, "%s: %s", path, strerror(errno));
	}
	size_t len = strlen(path);
	/* Longer paths were refused before; connect then finds nobody, which is right too. */
	memcpy(address.sun_path, path, len < sizeof address.sun_path ? len : sizeof address.sun_path - 1);
	bool is_served = connect(fd, (const struct sockaddr *)&address, sizeof address) == 0;

	close(fd);
	if (is_served) {
		return rcc_fault_set(ret_fault, RCC_E_BUSY, "%s: another daemon serves this socket", path);
	}
	return RCC_OK;
}

/* The local socket is given as a path; everything else as an endpoint already. */
static enum rcc_status
check_endpoint(const char *given, bool is_secured, char *full, size_t full_size, struct rcc_fault *ret_fault)
{
	int len = snprintf(full, full_size, "%s%s", is_secured ? "" : IPC_PREFIX, given);

	assert(len >= 0 && (size_t)len < full_size);
	enum rcc_status status = rcc_endpoint_check(full, ret_fault);

	if (status == RCC_OK && strncmp(full, IPC_PREFIX, strlen(IPC_PREFIX)) == 0) {
		status = check_path_is_free(full + strlen(IPC_PREFIX), ret_fault);
	}
	return status;
}

/* Binds with the local socket's file mode, and writes back which port was taken. */
static bool
bind_it(void *socket, const char *full, bool is_secured, char *ret_bound)
{
	size_t size = RCC_ENDPOINT_MAX + 1;
	mode_t mask = umask(CONTROL_UMASK);
	int bound = zmq_bind(socket, full);

	umask(mask);
	return bound == 0 && (!is_secured || zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, ret_bound, &size) == 0);
}

enum rcc_status
rcc_net_bind_port(struct rcc_net_impl *impl, enum rcc_port port, struct rcc_fault *ret_fault)
{
	const struct profile *profile = &profiles[port];
	char *given = rcc_net_endpoint(&impl->config, port);
	char full[sizeof IPC_PREFIX + RCC_ENDPOINT_MAX + 1];
	enum rcc_status status = check_endpoint(given, profile->is_secured, full, sizeof full, ret_fault);

	if (status != RCC_OK) {
		return status;
	}
	void *socket = zmq_socket(impl->context, profile->type);

	if (socket != NULL && set_all(socket, profile, &impl->config, full) &&
	    bind_it(socket, full, profile->is_secured, given)) {
		impl->socket[port] = socket;
		return RCC_OK;
	}
	status = zmq_errno() == EADDRINUSE ? RCC_E_BUSY : RCC_E_CONFIG;
	rcc_fault_set(ret_fault, status, "%s: cannot serve %s here: %s", full, profile->word,
	              zmq_strerror(zmq_errno()));
	if (socket != NULL) {
		zmq_close(socket);
	}
	return status;
}

#define _XOPEN_SOURCE 700

#include "net/net.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "net/net_internal.h"

#define SHIPS_CONNECTIONS_DEFAULT 16384
#define GUESTS_PER_MIN_DEFAULT 64
/* One a millisecond: no pace is finer. */
#define GUESTS_PER_MIN_MAX 60000
#define KEY_INTERVAL_MS 1000
#define KEY_BURST 5
/* Descriptors that are no connections: journal, sockets, signals, log. */
#define DESCRIPTORS_KEPT ((rlim_t)RCC_NET_DESCRIPTORS_KEPT)
/* Our own sockets, the handler's and those of the self-test. Connections are not counted here. */
#define SOCKETS_MAX (32 + RCC_CENTRES_MAX)
/* One thread encrypts for all connections; with more, one connection's messages still pass through one. */
#define IO_THREADS 1

/*
 * Raises the descriptor limit as far as the connections need, and lowers the connections to what it allows: with no descriptor
 * left, libzmq's thread tries to accept the same connection for ever at full speed.
 */
static void
fit_descriptors(struct rcc_net_config *config)
{
	struct rlimit limit;
	rlim_t wanted = (rlim_t)config->ships_connections_max + DESCRIPTORS_KEPT;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0) {
		return;
	}
	if (limit.rlim_cur < wanted) {
		limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
		(void)setrlimit(RLIMIT_NOFILE, &limit);
		(void)getrlimit(RLIMIT_NOFILE, &limit);
	}
	/* a fifth stays for handshakes under way, which no handler is asked about yet */
	rlim_t usable = limit.rlim_cur / 2 > DESCRIPTORS_KEPT ? limit.rlim_cur - DESCRIPTORS_KEPT : limit.rlim_cur / 2;

	if (limit.rlim_cur < wanted) {
		config->ships_connections_max = (uint32_t)(usable - usable / 5);
	}
}

/* The tables' seed: keys are chosen by strangers. libzmq owns no generator but a key pair is one. */
static uint64_t
make_seed(void)
{
	char public_text[41];
	char secret_text[41];
	uint8_t key[RCC_KEY_SIZE];
	uint64_t seed;

	if (zmq_curve_keypair(public_text, secret_text) != 0 || zmq_z85_decode(key, public_text) == NULL) {
		return 0;
	}
	memcpy(&seed, key, sizeof seed);
	return seed;
}

static void
prepare(struct rcc_net_impl *impl)
{
	struct rcc_net_config *config = &impl->config;
	uint64_t seed = make_seed();

	if (config->ships_connections_max == 0) {
		config->ships_connections_max = SHIPS_CONNECTIONS_DEFAULT;
	}
	if (config->guest_connections_max == 0) {
		config->guest_connections_max = GUESTS_PER_MIN_DEFAULT;
	}
	if (config->guest_connections_max > GUESTS_PER_MIN_MAX) {
		config->guest_connections_max = GUESTS_PER_MIN_MAX;
	}
	fit_descriptors(config);
	uint32_t guests = config->guest_connections_max;
	uint32_t per_address = guests < 4 ? 1 : guests / 4;

	impl->guest_rate = (struct rcc_pace_rate){.interval_ms = 60000 / guests, .burst = guests};
	rcc_pace_init(&impl->address_pace, seed,
	              (struct rcc_pace_rate){.interval_ms = 60000 / per_address, .burst = per_address});
	rcc_pace_init(&impl->key_pace, seed,
	              (struct rcc_pace_rate){.interval_ms = KEY_INTERVAL_MS, .burst = KEY_BURST});
	impl->routes.seed = seed;
}

static enum rcc_status
open_context(struct rcc_net_impl *impl, struct rcc_fault *ret_fault)
{
	impl->context = zmq_ctx_new();
	if (impl->context == NULL || zmq_has("curve") != 1) {
		return rcc_fault_set(ret_fault, RCC_E_UNSUPPORTED,
		                     "libzmq was built without CURVE: nobody could be trusted");
	}
	if (zmq_ctx_set(impl->context, ZMQ_MAX_SOCKETS, SOCKETS_MAX) != 0 ||
	    zmq_ctx_set(impl->context, ZMQ_IO_THREADS, IO_THREADS) != 0 ||
	    zmq_ctx_set(impl->context, ZMQ_BLOCKY, 0) != 0) {
		return rcc_fault_set(ret_fault, RCC_E_IO, "libzmq: %s", zmq_strerror(zmq_errno()));
	}
	return RCC_OK;
}

enum rcc_status
rcc_net_open(struct rcc_net *net, struct rcc_net_config *config, rcc_admit_fn *admit, void *context,
             struct rcc_fault *ret_fault)
{
	assert(admit != NULL);
	struct rcc_net opened = {.impl = calloc(1, sizeof *opened.impl)};

	if (opened.impl == NULL) {
		return rcc_fault_set(ret_fault, RCC_E_FULL, "not enough memory for the tables of connections");
	}
	struct rcc_net_impl *impl = opened.impl;

	impl->config = *config;
	impl->admit = admit;
	impl->admit_context = context;
	prepare(impl);
	enum rcc_status status = open_context(impl, ret_fault);

	if (status == RCC_OK) {
		status = rcc_zap_open(impl, ret_fault);
	}
	for (enum rcc_port port = RCC_PORT_SHIPS; port <= RCC_PORT_CONTROL && status == RCC_OK; port++) {
		if (*rcc_net_endpoint(&impl->config, port) != '\0') {
			status = rcc_net_bind_port(impl, port, ret_fault);
		}
	}
	if (status != RCC_OK) {
		rcc_net_close(&opened);
		return status;
	}
	impl->descriptors_at_open = rcc_net_count_descriptors();
	*config = impl->config;
	*net = opened;
	return RCC_OK;
}

static void
wipe(void *memory, size_t size)
{
	/* through a volatile pointer: a plain memset before free() is removed by the compiler */
	volatile uint8_t *byte = memory;

	for (size_t i = 0; i < size; i++) {
		byte[i] = 0;
	}
}

/* Removes the file of a local socket that was served here: libzmq leaves it. */
static void
remove_file(struct rcc_net_impl *impl, enum rcc_port port)
{
	const char *path = rcc_net_endpoint(&impl->config, port);
	bool is_ipc = strncmp(path, "ipc://", 6) == 0;

	if (is_ipc || port == RCC_PORT_CONTROL) {
		(void)unlink(is_ipc ? path + 6 : path);
	}
}

void
rcc_net_close(struct rcc_net *net)
{
	struct rcc_net_impl *impl = net->impl;

	if (impl == NULL) {
		return;
	}
	for (enum rcc_port port = RCC_PORT_SHIPS; port <= RCC_PORT_CONTROL; port++) {
		if (impl->socket[port] != NULL) {
			remove_file(impl, port);
			zmq_close(impl->socket[port]);
		}
	}
	rcc_net_close_centres(impl);
	if (impl->zap != NULL) {
		zmq_close(impl->zap);
	}
	if (impl->context != NULL) {
		zmq_ctx_term(impl->context);
	}
	wipe(&impl->config, sizeof impl->config);
	free(impl);
	net->impl = NULL;
}

void
rcc_net_bind_ship(struct rcc_net *net, const struct rcc_inbound *hello)
{
	/* a table that is full or an id of the client's own: is_bound() tells, and the ledger shows nothing as sent */
	if (hello->port != RCC_PORT_SHIPS ||
	    rcc_routes_set(&net->impl->routes, &hello->key, hello->route, hello->route_len) != RCC_OK) {
		rcc_routes_remove(&net->impl->routes, &hello->key);
	}
}

void
rcc_net_unbind_ship(struct rcc_net *net, const struct rcc_key *key)
{
	rcc_routes_remove(&net->impl->routes, key);
}

bool
rcc_net_is_bound(const struct rcc_net *net, const struct rcc_key *key)
{
	return rcc_routes_find(&net->impl->routes, key) != NULL;
}

const struct rcc_net_counters *
rcc_net_counters(const struct rcc_net *net)
{
	net->impl->counters.turned_away = rcc_net_turned_away();
	return &net->impl->counters;
}

size_t
rcc_net_refusals(const struct rcc_net *net, struct rcc_net_refusal *ret_rows, size_t max)
{
	size_t count = net->impl->refusal_count < max ? net->impl->refusal_count : max;

	memcpy(ret_rows, net->impl->refusal, count * sizeof *ret_rows);
	return count;
}

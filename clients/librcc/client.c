#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "librcc/client_internal.h"
#include "librcc/i18n.h"
#include "proto/chain.h"

/* First and longest wait for an answer, when the user names none: a ship's link may need 30 s for a round trip. */
#define SHIP_RETRY_FIRST_MS 20000
#define SHIP_RETRY_MAX_MS 120000
#define SHORE_RETRY_FIRST_MS 2000
#define SHORE_RETRY_MAX_MS 30000

enum rcc_status
rcc_client_init(void)
{
	if (rcc_chain_init() != RCC_OK || sodium_init() < 0) {
		return RCC_E_IO;
	}
	/* libzmq draws routing ids and reconnect jitter from rand(): unseeded, a whole fleet would be in step. */
	srand(randombytes_random());
	return rcc_link_init();
}

static bool
starts_with(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

static enum rcc_status
check(const struct rcc_client_config *config, struct rcc_fault *ret_fault)
{
	bool is_local = config->link == RCC_LINK_CONTROL;

	if (!starts_with(config->endpoint, "ipc://") && (is_local || !starts_with(config->endpoint, "tcp://"))) {
		return rcc_fault_set(ret_fault, RCC_E_RANGE, _("%s: an address reads tcp://HOST:PORT or ipc://PATH"),
		                     config->endpoint[0] != '\0' ? config->endpoint : "\"\"");
	}
	if (!is_local && sodium_is_zero(config->server_key.b, sizeof config->server_key.b)) {
		return rcc_fault_set(ret_fault, RCC_E_RANGE, _("%s: the centre's public key is missing (--server-key)"),
		                     config->endpoint);
	}
	if (!is_local && config->key_file[0] == '\0') {
		return rcc_fault_set(ret_fault, RCC_E_RANGE, _("%s: no file for our own key is named (--key)"),
		                     config->endpoint);
	}
	return RCC_OK;
}

static void
set_defaults(struct rcc_client_config *config)
{
	bool is_ship = config->link == RCC_LINK_SHIP;

	if (config->retry_first_ms == 0) {
		config->retry_first_ms = is_ship ? SHIP_RETRY_FIRST_MS : SHORE_RETRY_FIRST_MS;
	}
	if (config->retry_max_ms == 0) {
		config->retry_max_ms = is_ship ? SHIP_RETRY_MAX_MS : SHORE_RETRY_MAX_MS;
	}
	if (config->retry_max_ms < config->retry_first_ms) {
		config->retry_max_ms = config->retry_first_ms;
	}
}

static enum rcc_status
open_store(struct rcc_client *client, struct rcc_fault *ret_fault)
{
	if (client->config.store[0] == '\0') {
		return RCC_OK;
	}
	enum rcc_status status = rcc_store_open(&client->store, client->config.store, ret_fault);
	if (status != RCC_OK) {
		return status;
	}
	client->has_store = true;
	client->unreported = true;
	client->store_version = rcc_store_version(&client->store);
	client->is_pinned = rcc_store_pin(&client->store, &client->sign_key, &client->journal) == RCC_OK;
	if (client->is_pinned) {
		client->whole = rcc_client_count_whole(client);
	}
	rcc_client_load_outbox(client);
	return RCC_OK;
}

static enum rcc_status
open_key(struct rcc_client *client, struct rcc_fault *ret_fault)
{
	const char *path = client->config.key_file;

	if (client->config.link == RCC_LINK_CONTROL) {
		return RCC_OK;
	}
	if (client->config.needs_key) {
		return rcc_keyfile_load(path, &client->public_key, client->secret, ret_fault);
	}
	return rcc_keyfile_load_or_make(path, &client->public_key, client->secret, &client->made_key, ret_fault);
}

enum rcc_status
rcc_client_open(const struct rcc_client_config *config, struct rcc_client **ret_client, struct rcc_fault *ret_fault)
{
	enum rcc_status status = check(config, ret_fault);

	if (status != RCC_OK) {
		return status;
	}
	struct rcc_client *client = calloc(1, sizeof *client);
	if (client == NULL) {
		return rcc_fault_set(ret_fault, RCC_E_FULL, _("no memory for a connection to %s"), config->endpoint);
	}
	client->link.fd = -1;
	client->opened_ms = rcc_clock_ms();
	client->config = *config;
	set_defaults(&client->config);
	client->reopen_ms = rcc_link_reopen_ms(config->link);
	/* calloc: pages that are never written cost nothing, and few messages are a megabyte long. */
	client->message = calloc(1, sizeof *client->message);
	client->out = calloc(1, sizeof *client->out);
	if (client->message == NULL || client->out == NULL) {
		status = rcc_fault_set(ret_fault, RCC_E_FULL, _("no memory for a connection to %s"), config->endpoint);
		goto out;
	}
	status = open_key(client, ret_fault);
	if (status != RCC_OK) {
		goto out;
	}
	status = open_store(client, ret_fault);
	if (status != RCC_OK) {
		goto out;
	}
	rcc_client_open_keys(client);
	status = rcc_link_open(&client->link, &client->config, &client->public_key, client->secret, ret_fault);
	if (status != RCC_OK) {
		goto out;
	}
	*ret_client = client;
	client = NULL;
out:
	rcc_client_close(&client);
	return status;
}

void
rcc_client_close(struct rcc_client **client)
{
	struct rcc_client *closing = *client;

	if (closing == NULL) {
		return;
	}
	rcc_link_close(&closing->link);
	while (closing->pending_count > 0) {
		rcc_client_drop_pending(closing, &closing->pending[closing->pending_count - 1]);
	}
	rcc_store_close(&closing->store);
	sodium_memzero(closing->secret, sizeof closing->secret);
	free(closing->message);
	free(closing->out);
	free(closing);
	*client = NULL;
}

struct rcc_key
rcc_client_public_key(const struct rcc_client *client)
{
	return client->public_key;
}

bool
rcc_client_made_key(const struct rcc_client *client)
{
	return client->made_key;
}

int
rcc_client_fd(const struct rcc_client *client)
{
	return client->link.fd;
}

const struct rcc_welcome *
rcc_client_welcome(const struct rcc_client *client)
{
	return client->has_welcome ? &client->welcome : NULL;
}

int64_t
rcc_client_beat_ms(const struct rcc_client *client)
{
	int64_t beat_ms = client->welcome.beat_ms;

	beat_ms = beat_ms > RCC_BEAT_MIN_MS ? beat_ms : RCC_BEAT_MIN_MS;
	return beat_ms < RCC_BEAT_MAX_MS ? beat_ms : RCC_BEAT_MAX_MS;
}

bool
rcc_client_is_linked(const struct rcc_client *client)
{
	return client->is_welcome && client->is_up;
}

struct rcc_traffic
rcc_client_traffic(const struct rcc_client *client)
{
	struct rcc_traffic traffic = client->link.traffic;

	traffic.since_ms = client->opened_ms;
	return traffic;
}

int64_t
rcc_client_heard_at_ms(const struct rcc_client *client)
{
	return client->heard_at_ms;
}

const char *
rcc_client_store_fault(const struct rcc_client *client)
{
	return client->store_fault[0] != '\0' ? client->store_fault : NULL;
}

/* live.c - what a centre publishes, for whoever only listens. */
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "librcc/client_internal.h"
#include "librcc/i18n.h"

struct rcc_live {
	struct rcc_link_socket link;
	struct rcc_envelope *message; /* what was reported last */
};

enum rcc_status
rcc_live_open(const struct rcc_client_config *config, const char *topic, struct rcc_live **ret_live,
              struct rcc_fault *ret_fault)
{
	struct rcc_client_config use = *config;
	uint8_t secret[RCC_KEY_SIZE];
	struct rcc_key public_key;
	bool made_key = false;

	use.link = RCC_LINK_SHORE;
	enum rcc_status status =
	    config->needs_key ? rcc_keyfile_load(config->key_file, &public_key, secret, ret_fault)
	                      : rcc_keyfile_load_or_make(config->key_file, &public_key, secret, &made_key, ret_fault);
	if (status != RCC_OK) {
		return status;
	}
	struct rcc_live *live = calloc(1, sizeof *live);
	if (live != NULL) {
		live->message = calloc(1, sizeof *live->message);
	}
	if (live == NULL || live->message == NULL) {
		status = rcc_fault_set(ret_fault, RCC_E_FULL, _("no memory for a connection to %s"), config->endpoint);
	} else {
		status = rcc_link_subscribe(&live->link, &use, &public_key, secret, topic, ret_fault);
	}
	sodium_memzero(secret, sizeof secret);
	if (status != RCC_OK) {
		rcc_live_close(&live);
		return status;
	}
	*ret_live = live;
	return RCC_OK;
}

void
rcc_live_close(struct rcc_live **live)
{
	struct rcc_live *closing = *live;

	if (closing == NULL) {
		return;
	}
	rcc_link_close(&closing->link);
	free(closing->message);
	free(closing);
	*live = NULL;
}

enum rcc_status
rcc_live_next(struct rcc_live *live, int64_t timeout_ms, const struct rcc_envelope **ret_message)
{
	const uint8_t *bytes = NULL;
	size_t len = 0;
	enum rcc_status status = rcc_link_skip_topic(&live->link);

	if (status == RCC_E_AGAIN && timeout_ms > 0) {
		rcc_link_wait(&live->link, false, timeout_ms);
		status = rcc_link_skip_topic(&live->link);
	}
	if (status == RCC_OK) {
		status = rcc_link_receive(&live->link, live->message, &bytes, &len);
	}
	if (status == RCC_OK) {
		*ret_message = live->message;
	}
	return status == RCC_E_AGAIN ? RCC_E_TIMEOUT : status;
}

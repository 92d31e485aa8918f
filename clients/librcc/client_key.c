/*
 * client_key.c - the centre's key, and the one that follows it.
 *
 * CURVE tells a client nothing of a centre that has another key: the connection does not come about, as with one that is down. So who
 * has heard of the next key tries it in turn with the one before, and holds to the one under which the centre was met.
 */
#include <string.h>

#include "librcc/client_internal.h"

/* Changes of the key that a store remembers one after the other. */
#define CHAIN_MAX 16

static bool
is_zero(const struct rcc_key *key)
{
	static const struct rcc_key none;

	return memcmp(key, &none, sizeof none) == 0;
}

/* From the key of the settings to the latest under which the centre was met, and the one that it announced to follow that. */
void
rcc_client_open_keys(struct rcc_client *client)
{
	struct rcc_key next;
	bool is_in_force = client->has_store;

	client->configured_key = client->config.server_key;
	for (int i = 0; i < CHAIN_MAX && is_in_force; i++) {
		if (rcc_store_next_key(&client->store, &client->config.server_key, &next, &is_in_force) != RCC_OK) {
			break;
		}
		if (is_in_force) {
			client->config.server_key = next;
		} else {
			client->next_key = next;
		}
	}
	client->known_key = client->config.server_key;
}

/* The link stays down: is it the other key that the centre has? */
void
rcc_client_turn_key(struct rcc_client *client)
{
	if (is_zero(&client->next_key)) {
		return;
	}
	bool is_next = memcmp(&client->config.server_key, &client->next_key, sizeof client->next_key) == 0;
	client->config.server_key = is_next ? client->known_key : client->next_key;
}

/* A Welcome has come under this key, and may name the next. Only one whose signing key we trust changes anything. */
void
rcc_client_note_keys(struct rcc_client *client)
{
	const struct rcc_key *announced = &client->welcome.next_server_key;
	struct rcc_key *used = &client->config.server_key;

	if (client->config.link == RCC_LINK_CONTROL || client->is_key_changed) {
		return;
	}
	if (memcmp(used, &client->known_key, sizeof *used) != 0) {
		if (client->has_store) {
			rcc_client_note_store(client, rcc_store_use_next_key(&client->store, &client->known_key));
		}
		client->known_key = *used;
		client->next_key = (struct rcc_key){.b = {0}};
	}
	if (is_zero(announced) || memcmp(announced, used, sizeof *used) == 0 ||
	    memcmp(announced, &client->next_key, sizeof *announced) == 0) {
		return;
	}
	client->next_key = *announced;
	if (client->has_store) {
		rcc_client_note_store(client, rcc_store_note_next_key(&client->store, &client->known_key, announced));
	}
}

bool
rcc_client_has_other_key(const struct rcc_client *client, struct rcc_key *ret_key)
{
	*ret_key = client->known_key;
	return memcmp(&client->known_key, &client->configured_key, sizeof client->known_key) != 0;
}

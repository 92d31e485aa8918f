/*
 * rekey.c - a new key in the place of the old one: made and on the disk first, told to the centre by the old one, tried, and only
 * then put in its place. Wherever it ends, one of the two files has the key that the centre knows.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sodium.h>

#include "librcc/i18n.h"
#include "librcc/join_internal.h"

struct rekey {
	const struct rcc_client_config *config;
	int64_t timeout_ms;
	char next[RCC_ENDPOINT_MAX + 1], old[RCC_ENDPOINT_MAX + 1];
	struct rcc_key key; /* the new one */
};

static enum rcc_status
name_files(struct rekey *rekey, struct rcc_fault *ret_fault)
{
	const char *path = rekey->config->key_file;
	int next = snprintf(rekey->next, sizeof rekey->next, "%s.next", path);
	int old = snprintf(rekey->old, sizeof rekey->old, "%s.old", path);

	if (next < 0 || old < 0 || (size_t)next >= sizeof rekey->next || (size_t)old >= sizeof rekey->old)
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, _("the name of the key file is too long"));
	return RCC_OK;
}

static enum rcc_status
make_new(struct rekey *rekey, struct rcc_fault *ret_fault)
{
	uint8_t secret[RCC_KEY_SIZE];
	bool is_made = false;
	enum rcc_status status = rcc_keyfile_load_or_make(rekey->next, &rekey->key, secret, &is_made, ret_fault);

	sodium_memzero(secret, sizeof secret);
	return status;
}

/* Does the centre know the new key? Strangers get no answer at all where officers call. */
static bool
is_new_known(const struct rekey *rekey)
{
	struct rcc_client *client = NULL;
	struct rcc_welcome welcome = {.peer = {0}};
	struct rcc_fault fault;
	bool is_known = rcc_join_open(rekey->config, rekey->next, false, &client, &fault) == RCC_OK &&
	                rcc_join_welcome(client, rekey->timeout_ms, &welcome) == RCC_OK && welcome.peer.v != 0;

	rcc_client_close(&client);
	return is_known;
}

bool
rcc_rekey_forget(const char *key_file)
{
	char next[RCC_ENDPOINT_MAX + 1];
	int len = snprintf(next, sizeof next, "%s.next", key_file);

	return len > 0 && (size_t)len < sizeof next && unlink(next) == 0;
}

bool
rcc_rekey_is_begun(const char *key_file)
{
	char next[RCC_ENDPOINT_MAX + 1];
	int len = snprintf(next, sizeof next, "%s.next", key_file);

	return len > 0 && (size_t)len < sizeof next && access(next, F_OK) == 0;
}

/* What waits there was signed for by the old key: sent again by the new one, the centre would not know it for the same. */
static enum rcc_status
check_outbox(const struct rekey *rekey, struct rcc_fault *ret_fault)
{
	struct rcc_client *kept = NULL;
	uint32_t waiting = 0;

	if (rekey->config->store[0] == '\0')
		return RCC_OK;
	enum rcc_status status = rcc_client_open_kept(rekey->config->store, &kept, ret_fault);
	if (status == RCC_E_NOT_FOUND)
		return RCC_OK;
	if (status != RCC_OK)
		return status;
	waiting = rcc_client_outbox_count(kept);
	rcc_client_close(&kept);
	if (waiting == 0)
		return RCC_OK;
	return rcc_fault_set(
	    ret_fault, RCC_E_BUSY,
	    _("%u messages still wait for the centre's answer under the old key; when they have it, try again"),
	    waiting);
}

static enum rcc_status
tell_centre(struct rekey *rekey, struct rcc_fault *ret_fault)
{
	struct rcc_client *client = NULL;
	struct rcc_welcome welcome;
	struct rcc_envelope *message = calloc(1, sizeof *message);
	enum rcc_status status = RCC_OK;

	if (message == NULL)
		return rcc_fault_set(ret_fault, RCC_E_FULL, "%s", _("no memory"));
	status = rcc_join_open(rekey->config, rekey->config->key_file, false, &client, ret_fault);
	if (status != RCC_OK)
		goto out;
	status = rcc_join_welcome(client, rekey->timeout_ms, &welcome);
	if (status != RCC_OK)
		rcc_fault_set(ret_fault, status, _("%s: the centre has not answered; nothing was changed"),
		              rekey->config->endpoint);
	else if (welcome.peer.v == 0)
		status = rcc_fault_set(ret_fault, RCC_E_NOT_ALLOWED,
		                       _("the centre does not know the key in %s: ask it for an invitation"),
		                       rekey->config->key_file);
	if (status != RCC_OK)
		goto out;
	message->kind = RCC_BODY_REKEY;
	message->class = RCC_CLASS_LIVE;
	message->u.rekey.key = rekey->key;
	status = rcc_join_ask(client, message, rekey->timeout_ms, ret_fault);
out:
	rcc_client_close(&client);
	free(message);
	return status;
}

/* The old one is kept until the new one stands in its place, and beside it afterwards. */
static enum rcc_status
put_in_place(const struct rekey *rekey, struct rcc_fault *ret_fault)
{
	const char *path = rekey->config->key_file;

	(void)unlink(rekey->old);
	if ((link(path, rekey->old) == 0 || errno == ENOENT) && rename(rekey->next, path) == 0)
		return rcc_keyfile_sync(path) == RCC_OK
		           ? RCC_OK
		           : rcc_fault_set(ret_fault, RCC_E_IO, _("%s: the disk has not confirmed the new key"), path);
	return rcc_fault_set(
	    ret_fault, RCC_E_IO,
	    _("the centre knows the new key, which lies in %s, but it cannot be put in the place of %s: %s"),
	    rekey->next, path, strerror(errno));
}

enum rcc_status
rcc_client_rekey(const struct rcc_client_config *config, int64_t timeout_ms, struct rcc_key *ret_key,
                 struct rcc_fault *ret_fault)
{
	struct rekey rekey = {.config = config, .timeout_ms = timeout_ms};
	enum rcc_status status = name_files(&rekey, ret_fault);

	/* A name that nobody made a key under gets none by this. */
	if (status == RCC_OK && access(config->key_file, R_OK) != 0 && access(rekey.next, R_OK) != 0)
		status =
		    rcc_fault_set(ret_fault, RCC_E_CONFIG, _("key file %s: %s"), config->key_file, strerror(errno));
	if (status == RCC_OK)
		status = check_outbox(&rekey, ret_fault);
	/* One that lies there is of a change that did not come to its end: it is the one that the centre may know. */
	if (status == RCC_OK)
		status = make_new(&rekey, ret_fault);
	if (status != RCC_OK)
		return status;
	status = tell_centre(&rekey, ret_fault);
	if (!is_new_known(&rekey))
		return status != RCC_OK ? status
		                        : rcc_fault_set(ret_fault, RCC_E_NOT_ALLOWED,
		                                        _("the centre took the new key and does not know it; call it"));
	status = put_in_place(&rekey, ret_fault);
	if (status == RCC_OK)
		*ret_key = rekey.key;
	return status;
}

#define _POSIX_C_SOURCE 200809L
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "librcc/client_internal.h"
#include "librcc/i18n.h"
#include "proto/wire.h"
#include "rcc/text.h"

/* Reads a kept delivery through an envelope of its own: the user may still look at the one reported last. */
static enum rcc_status
decode(const struct rcc_store_delivery *kept, struct rcc_delivery_msg *ret_delivery)
{
	struct rcc_wire_fault fault;
	struct rcc_envelope *envelope = malloc(sizeof *envelope);

	if (envelope == NULL) {
		return RCC_E_FULL;
	}
	enum rcc_status status = rcc_wire_decode(kept->bytes, kept->len, envelope, &fault);
	if (status == RCC_OK && envelope->kind != RCC_BODY_DELIVERY) {
		status = RCC_E_CORRUPT;
	}
	if (status == RCC_OK) {
		*ret_delivery = envelope->u.delivery;
	}
	free(envelope);
	return status;
}

static enum rcc_status
take_row(const struct rcc_store_delivery *kept, struct rcc_inbox_row *ret_row)
{
	enum rcc_status status = decode(kept, &ret_row->delivery);

	if (status != RCC_OK) {
		return status;
	}
	ret_row->stored_at_ms = kept->stored_at_ms;
	ret_row->read_at_ms = kept->read_at_ms;
	memcpy(ret_row->read_by, kept->read_by, sizeof ret_row->read_by);
	ret_row->row = kept->row;
	ret_row->is_lost = kept->is_lost;
	return RCC_OK;
}

enum rcc_status
rcc_client_inbox(struct rcc_client *client, uint32_t number, struct rcc_inbox_row *ret_row)
{
	struct rcc_store_delivery kept;

	if (!client->has_store) {
		return RCC_E_NOT_FOUND;
	}
	enum rcc_status status = rcc_store_find(&client->store, &client->journal, number, &kept);
	return status == RCC_OK ? take_row(&kept, ret_row) : status;
}

enum rcc_status
rcc_client_inbox_after(struct rcc_client *client, int64_t after_row, struct rcc_inbox_row *ret_row)
{
	struct rcc_store_delivery kept = {.row = after_row};
	enum rcc_status status = client->has_store ? RCC_OK : RCC_E_NOT_FOUND;

	/* One that cannot be read hides none of those behind it. */
	while (status == RCC_OK) {
		status = rcc_store_after(&client->store, &client->journal, kept.row, &kept);
		if (status == RCC_OK && take_row(&kept, ret_row) == RCC_OK) {
			return RCC_OK;
		}
	}
	return status;
}

uint32_t
rcc_client_inbox_last(struct rcc_client *client)
{
	return client->has_store ? rcc_store_last(&client->store, &client->journal) : 0;
}

uint32_t
rcc_client_waiting(const struct rcc_client *client)
{
	uint64_t waiting = client->owed_to > client->whole ? client->owed_to - client->whole : 0;

	return waiting < UINT32_MAX ? (uint32_t)waiting : UINT32_MAX;
}

uint32_t
rcc_client_inbox_whole(struct rcc_client *client)
{
	return client->whole;
}

enum rcc_status
rcc_client_mark_read(struct rcc_client *client, uint32_t number, const char *by)
{
	struct rcc_envelope *out = client->out;
	struct rcc_read read = {.number = number, .read_at_ms = rcc_clock_at_ms()};

	if (!client->has_store) {
		return RCC_E_NOT_FOUND;
	}
	enum rcc_status status = rcc_text_copy(read.by, sizeof read.by, by, strlen(by));
	read.issued_at_ms = rcc_client_issued_at_ms(client, number);
	if (status == RCC_OK) {
		status = rcc_store_read(&client->store, &client->journal, number, read.by, read.read_at_ms);
	}
	if (status != RCC_OK) {
		return status;
	}
	out->class = RCC_CLASS_LIVE;
	out->kind = RCC_BODY_READ;
	out->u.read = read;
	return rcc_client_post(client, out);
}

uint32_t
rcc_client_outbox_count(struct rcc_client *client)
{
	uint32_t count = client->has_store ? rcc_store_waiting(&client->store) : 0;

	for (uint32_t i = 0; i < client->pending_count; i++) {
		count += client->pending[i].is_kept ? 0 : 1;
	}
	return count;
}

enum rcc_status
rcc_client_last_receipt(struct rcc_client *client, struct rcc_receipt *ret_receipt)
{
	return client->has_store ? rcc_store_last_receipt(&client->store, ret_receipt) : RCC_E_NOT_FOUND;
}

uint64_t
rcc_client_set_back_from(const struct rcc_client *client)
{
	return client->set_back_from;
}

enum rcc_status
rcc_client_checkpoint(struct rcc_client *client, struct rcc_checkpoint *ret_checkpoint)
{
	return client->has_store ? rcc_store_checkpoint(&client->store, &client->journal, ret_checkpoint)
	                         : RCC_E_NOT_FOUND;
}

uint64_t
rcc_client_store_changes(const struct rcc_client *client)
{
	return client->store_changes;
}

enum rcc_status
rcc_client_posted(struct rcc_client *client, int64_t after_row, struct rcc_envelope *ret_message,
                  struct rcc_posted *ret_posted)
{
	struct rcc_wire_fault fault;
	const uint8_t *bytes = NULL;
	size_t len = 0;

	while (client->has_store) {
		struct rcc_posted sent;
		enum rcc_status status = rcc_store_posted(&client->store, after_row, &sent, &bytes, &len);

		if (status != RCC_OK && (status != RCC_E_CORRUPT || sent.row <= after_row)) {
			return status;
		}
		if (status == RCC_OK && rcc_wire_decode(bytes, len, ret_message, &fault) == RCC_OK) {
			*ret_posted = sent;
			return RCC_OK;
		}
		after_row = sent.row;
	}
	return RCC_E_NOT_FOUND;
}

/* ---- whom we trust ---- */

enum rcc_status
rcc_client_sign_key(const struct rcc_client *client, struct rcc_key *ret_sign_key)
{
	if (!client->is_pinned) {
		return RCC_E_NOT_FOUND;
	}
	*ret_sign_key = client->sign_key;
	return RCC_OK;
}

/* A store that is there, for looking; opening makes one, looking must not. */
static enum rcc_status
open_kept(const char *path, struct rcc_store **ret_store, struct rcc_fault *ret_fault)
{
	struct rcc_store *store = NULL;

	if (path[0] == '\0') {
		return rcc_fault_set(ret_fault, RCC_E_NOT_FOUND, "%s",
		                     _("say whose store: --key FILE or --store FILE"));
	}
	if (access(path, F_OK) != 0) {
		return rcc_fault_set(ret_fault, RCC_E_NOT_FOUND, _("%s: there is no store"), path);
	}
	store = calloc(1, sizeof *store);
	if (store == NULL) {
		return rcc_fault_set(ret_fault, RCC_E_FULL, _("%s: no memory"), path);
	}
	enum rcc_status status = rcc_store_open(store, path, ret_fault);
	if (status != RCC_OK) {
		free(store);
		return status;
	}
	*ret_store = store;
	return RCC_OK;
}

enum rcc_status
rcc_client_kept_sign_key(const char *path, struct rcc_key *ret_sign_key, struct rcc_fault *ret_fault)
{
	struct rcc_journal_id journal;
	struct rcc_store *store = NULL;

	enum rcc_status status = open_kept(path, &store, ret_fault);
	if (status != RCC_OK) {
		return status;
	}
	status = rcc_store_pin(store, ret_sign_key, &journal);
	if (status != RCC_OK) {
		(void)rcc_fault_set(ret_fault, status, _("%s: holds no signing key of a centre"), path);
	}
	rcc_store_close(store);
	free(store);
	return status;
}

enum rcc_status
rcc_client_kept_checkpoint(const char *path, struct rcc_checkpoint *ret_checkpoint, struct rcc_fault *ret_fault)
{
	struct rcc_journal_id journal;
	struct rcc_key sign_key;
	struct rcc_store *store = NULL;

	enum rcc_status status = open_kept(path, &store, ret_fault);
	if (status != RCC_OK) {
		return status;
	}
	status = rcc_store_pin(store, &sign_key, &journal);
	if (status == RCC_OK) {
		status = rcc_store_checkpoint(store, &journal, ret_checkpoint);
	}
	if (status != RCC_OK) {
		(void)rcc_fault_set(ret_fault, status, "%s",
		                    _("no checkpoint of the centre's record has reached this computer yet"));
	}
	rcc_store_close(store);
	free(store);
	return status;
}

enum rcc_status
rcc_client_open_kept(const char *path, struct rcc_client **ret_client, struct rcc_fault *ret_fault)
{
	struct rcc_store *store = NULL;
	enum rcc_status status = open_kept(path, &store, ret_fault);

	if (status != RCC_OK) {
		return status;
	}
	struct rcc_client *client = calloc(1, sizeof *client);
	if (client == NULL) {
		rcc_store_close(store);
		free(store);
		return rcc_fault_set(ret_fault, RCC_E_FULL, _("%s: no memory"), path);
	}
	client->link.fd = -1;
	client->store = *store;
	client->has_store = true;
	client->is_pinned = rcc_store_pin(&client->store, &client->sign_key, &client->journal) == RCC_OK;
	client->whole = rcc_client_count_whole(client);
	free(store);
	*ret_client = client;
	return RCC_OK;
}

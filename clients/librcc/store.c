#include <assert.h>
#include <string.h>

#include <sqlite3.h>

#include "librcc/store_internal.h"
#include "rcc/text.h"

/* ---- outbox ---- */

enum rcc_status
rcc_store_put(struct rcc_store *store, const struct rcc_store_message *message, int64_t at_ms, int64_t *ret_row)
{
	struct sqlite3_stmt *statement = rcc_store_use(store, SQL_PUT);

	rcc_store_bind_blob(statement, 1, message->id.b, sizeof message->id.b);
	rcc_store_bind_int(statement, 2, message->kind);
	rcc_store_bind_blob(statement, 3, message->bytes, message->len);
	rcc_store_bind_int(statement, 4, at_ms);
	enum rcc_status status = rcc_store_run(store, statement, NULL);
	if (status == RCC_OK) {
		*ret_row = sqlite3_last_insert_rowid(store->db);
	}
	return status;
}

enum rcc_status
rcc_store_next_waiting(struct rcc_store *store, int64_t after_row, struct rcc_store_message *ret_message)
{
	struct sqlite3_stmt *statement = rcc_store_use(store, SQL_NEXT_WAITING);
	struct rcc_store_message message;

	rcc_store_bind_int(statement, 1, after_row);
	enum rcc_status status = rcc_store_fetch(statement);
	if (status != RCC_OK) {
		return status;
	}
	message.row = sqlite3_column_int64(statement, 0);
	message.kind = (enum rcc_body_kind)sqlite3_column_int(statement, 2);
	message.attempts = rcc_store_column_u32(statement, 3);
	bool has_id = rcc_store_column_copy(statement, 1, message.id.b, sizeof message.id.b);
	status = rcc_store_lend(store, statement, 4, &message.bytes, &message.len);
	if (status == RCC_OK && !has_id) {
		status = RCC_E_CORRUPT;
	}
	if (status == RCC_OK) {
		*ret_message = message;
	}
	return status;
}

enum rcc_status
rcc_store_attempted(struct rcc_store *store, const struct rcc_msg_id *id)
{
	struct sqlite3_stmt *statement = rcc_store_use(store, SQL_ATTEMPTED);

	rcc_store_bind_blob(statement, 1, id->b, sizeof id->b);
	return rcc_store_run(store, statement, NULL);
}

enum rcc_status
rcc_store_accepted(struct rcc_store *store, const struct rcc_msg_id *id, const struct rcc_accepted *accepted,
                   int64_t at_ms)
{
	struct sqlite3_stmt *statement = rcc_store_use(store, SQL_ACCEPTED);

	rcc_store_bind_blob(statement, 1, id->b, sizeof id->b);
	rcc_store_bind_int(statement, 2, at_ms);
	rcc_store_bind_int(statement, 3, (int64_t)accepted->entry.seq);
	rcc_store_bind_int(statement, 4, accepted->entry.at_ms);
	rcc_store_bind_blob(statement, 5, accepted->entry.hash.b, sizeof accepted->entry.hash.b);
	if (accepted->is_signed != 0) {
		rcc_store_bind_blob(statement, 6, accepted->signature.b, sizeof accepted->signature.b);
	}
	enum rcc_status status = rcc_store_run(store, statement, NULL);
	if (status != RCC_OK || accepted->incident.v == 0) {
		return status;
	}
	/* Which case the centre has put it into: a ship may have been in distress twice. */
	statement = rcc_store_use(store, SQL_CASE);
	rcc_store_bind_blob(statement, 1, id->b, sizeof id->b);
	rcc_store_bind_int(statement, 2, accepted->incident.v);
	return rcc_store_run(store, statement, NULL);
}

enum rcc_status
rcc_store_refused(struct rcc_store *store, const struct rcc_msg_id *id, const struct rcc_refused *refused,
                  int64_t at_ms)
{
	struct sqlite3_stmt *statement = rcc_store_use(store, SQL_REFUSED);

	rcc_store_bind_blob(statement, 1, id->b, sizeof id->b);
	rcc_store_bind_int(statement, 2, at_ms);
	rcc_store_bind_int(statement, 3, refused->reason);
	sqlite3_bind_text(statement, 4, refused->text, -1, SQLITE_STATIC);
	return rcc_store_run(store, statement, NULL);
}

bool
rcc_store_is_waiting(struct rcc_store *store, const struct rcc_msg_id *id)
{
	struct sqlite3_stmt *statement = rcc_store_use(store, SQL_IS_WAITING);

	rcc_store_bind_blob(statement, 1, id->b, sizeof id->b);
	return rcc_store_fetch_int(statement) == 1;
}

uint32_t
rcc_store_waiting(struct rcc_store *store)
{
	return (uint32_t)rcc_store_fetch_int(rcc_store_use(store, SQL_WAITING));
}

enum rcc_status
rcc_store_last_receipt(struct rcc_store *store, struct rcc_receipt *ret_receipt)
{
	struct sqlite3_stmt *statement = rcc_store_use(store, SQL_LAST_RECEIPT);
	struct rcc_receipt receipt;

	memset(&receipt, 0, sizeof receipt);
	enum rcc_status status = rcc_store_fetch(statement);
	if (status != RCC_OK) {
		return status;
	}
	receipt.kind = (enum rcc_body_kind)sqlite3_column_int(statement, 1);
	receipt.posted_at_ms = sqlite3_column_int64(statement, 2);
	receipt.accepted_at_ms = sqlite3_column_int64(statement, 3);
	receipt.entry.seq = (uint64_t)sqlite3_column_int64(statement, 4);
	receipt.entry.at_ms = sqlite3_column_int64(statement, 5);
	receipt.is_signed = sqlite3_column_type(statement, 7) == SQLITE_BLOB;
	if (!rcc_store_column_copy(statement, 0, receipt.id.b, sizeof receipt.id.b) ||
	    !rcc_store_column_copy(statement, 6, receipt.entry.hash.b, sizeof receipt.entry.hash.b) ||
	    (receipt.is_signed &&
	     !rcc_store_column_copy(statement, 7, receipt.signature.b, sizeof receipt.signature.b))) {
		status = RCC_E_CORRUPT;
	}
	rcc_store_done(statement);
	if (status == RCC_OK) {
		*ret_receipt = receipt;
	}
	return status;
}

enum rcc_status
rcc_store_posted(struct rcc_store *store, int64_t after_row, struct rcc_posted *ret_posted, const uint8_t **ret_bytes,
                 size_t *ret_len)
{
	struct sqlite3_stmt *statement = rcc_store_use(store, SQL_POSTED);

	memset(ret_posted, 0, sizeof *ret_posted);
	rcc_store_bind_int(statement, 1, after_row);
	enum rcc_status status = rcc_store_fetch(statement);
	if (status != RCC_OK) {
		return status;
	}
	ret_posted->row = sqlite3_column_int64(statement, 0);
	bool has_id = rcc_store_column_copy(statement, 1, ret_posted->id.b, sizeof ret_posted->id.b);
	ret_posted->posted_at_ms = sqlite3_column_int64(statement, 2);
	ret_posted->answered_at_ms = sqlite3_column_int64(statement, 3);
	ret_posted->entry_seq = (uint64_t)sqlite3_column_int64(statement, 4);
	ret_posted->entry_at_ms = sqlite3_column_int64(statement, 5);
	ret_posted->is_signed = sqlite3_column_type(statement, 6) == SQLITE_BLOB;
	ret_posted->refusal = (enum rcc_refusal)sqlite3_column_int(statement, 7);
	const char *text = (const char *)sqlite3_column_text(statement, 8);
	rcc_text_copy_lossy(ret_posted->text, sizeof ret_posted->text, text, strlen(text));
	ret_posted->incident.v = (uint32_t)sqlite3_column_int64(statement, 10);
	ret_posted->after_row = sqlite3_column_int64(statement, 11);
	status = rcc_store_lend(store, statement, 9, ret_bytes, ret_len);
	return status == RCC_OK && !has_id ? RCC_E_CORRUPT : status;
}

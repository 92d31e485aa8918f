#include <assert.h>
#include <string.h>

#include <sqlite3.h>

#include "librcc/store_internal.h"
#include "rcc/text.h"

/* ---- small words for SQLite ---- */

static struct sqlite3_stmt *
use(struct rcc_store *store, enum rcc_store_sql which)
{
	assert(store->db != NULL);
	return store->statement[which];
}

/* One column or parameter of fixed size; a row with another size was not written by us. */
static bool
column_copy(struct sqlite3_stmt *statement, int column, void *ret_bytes, size_t size)
{
	if (sqlite3_column_bytes(statement, column) != (int)size) {
		return false;
	}
	memcpy(ret_bytes, sqlite3_column_blob(statement, column), size);
	return true;
}

static void
bind_blob(struct sqlite3_stmt *statement, int parameter, const void *bytes, size_t len)
{
	int result = sqlite3_bind_blob64(statement, parameter, bytes, len, SQLITE_STATIC);
	assert(result == SQLITE_OK);
	(void)result;
}

static void
bind_int(struct sqlite3_stmt *statement, int parameter, int64_t value)
{
	int result = sqlite3_bind_int64(statement, parameter, value);
	assert(result == SQLITE_OK);
	(void)result;
}

/* Ends a statement: later calls may use it again, and borrowed columns are gone. */
static void
done(struct sqlite3_stmt *statement)
{
	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
}

/* Runs a statement that changes something. *ret_changed may be NULL. */
static enum rcc_status
run(struct rcc_store *store, struct sqlite3_stmt *statement, int *ret_changed)
{
	int result = sqlite3_step(statement);

	if (result == SQLITE_DONE && ret_changed != NULL) {
		*ret_changed = sqlite3_changes(store->db);
	}
	done(statement);
	return rcc_store_status(result);
}

/* Runs a query for one row; on RCC_OK the caller reads the columns, then calls done(). */
static enum rcc_status
fetch(struct sqlite3_stmt *statement)
{
	int result = sqlite3_step(statement);

	if (result == SQLITE_ROW) {
		return RCC_OK;
	}
	done(statement);
	return result == SQLITE_DONE ? RCC_E_NOT_FOUND : rcc_store_status(result);
}

/* A query for one number; 0 if there is none. */
static int64_t
fetch_int(struct sqlite3_stmt *statement)
{
	int64_t value = 0;

	if (fetch(statement) == RCC_OK) {
		value = sqlite3_column_int64(statement, 0);
		done(statement);
	}
	return value;
}

/* Takes the bytes of a row into the store's own buffer and ends the statement. */
static enum rcc_status
lend(struct rcc_store *store, struct sqlite3_stmt *statement, int column, const uint8_t **ret_bytes, size_t *ret_len)
{
	size_t len = (size_t)sqlite3_column_bytes(statement, column);
	bool fits = len > 0 && len <= sizeof store->bytes;

	if (fits) {
		memcpy(store->bytes, sqlite3_column_blob(statement, column), len);
		*ret_bytes = store->bytes;
		*ret_len = len;
	}
	done(statement);
	return fits ? RCC_OK : RCC_E_CORRUPT;
}

static uint32_t
column_u32(struct sqlite3_stmt *statement, int column)
{
	return (uint32_t)sqlite3_column_int64(statement, column);
}

/* ---- outbox ---- */

enum rcc_status
rcc_store_put(struct rcc_store *store, const struct rcc_store_message *message, int64_t at_ms, int64_t *ret_row)
{
	struct sqlite3_stmt *statement = use(store, SQL_PUT);

	bind_blob(statement, 1, message->id.b, sizeof message->id.b);
	bind_int(statement, 2, message->kind);
	bind_blob(statement, 3, message->bytes, message->len);
	bind_int(statement, 4, at_ms);
	enum rcc_status status = run(store, statement, NULL);
	if (status == RCC_OK) {
		*ret_row = sqlite3_last_insert_rowid(store->db);
	}
	return status;
}

enum rcc_status
rcc_store_next_waiting(struct rcc_store *store, int64_t after_row, struct rcc_store_message *ret_message)
{
	struct sqlite3_stmt *statement = use(store, SQL_NEXT_WAITING);
	struct rcc_store_message message;

	bind_int(statement, 1, after_row);
	enum rcc_status status = fetch(statement);
	if (status != RCC_OK) {
		return status;
	}
	message.row = sqlite3_column_int64(statement, 0);
	message.kind = (enum rcc_body_kind)sqlite3_column_int(statement, 2);
	message.attempts = column_u32(statement, 3);
	bool has_id = column_copy(statement, 1, message.id.b, sizeof message.id.b);
	status = lend(store, statement, 4, &message.bytes, &message.len);
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
	struct sqlite3_stmt *statement = use(store, SQL_ATTEMPTED);

	bind_blob(statement, 1, id->b, sizeof id->b);
	return run(store, statement, NULL);
}

enum rcc_status
rcc_store_accepted(struct rcc_store *store, const struct rcc_msg_id *id, const struct rcc_accepted *accepted,
                   int64_t at_ms)
{
	struct sqlite3_stmt *statement = use(store, SQL_ACCEPTED);

	bind_blob(statement, 1, id->b, sizeof id->b);
	bind_int(statement, 2, at_ms);
	bind_int(statement, 3, (int64_t)accepted->entry.seq);
	bind_int(statement, 4, accepted->entry.at_ms);
	bind_blob(statement, 5, accepted->entry.hash.b, sizeof accepted->entry.hash.b);
	if (accepted->is_signed != 0) {
		bind_blob(statement, 6, accepted->signature.b, sizeof accepted->signature.b);
	}
	enum rcc_status status = run(store, statement, NULL);
	if (status != RCC_OK || accepted->incident.v == 0) {
		return status;
	}
	/* Which case the centre has put it into: a ship may have been in distress twice. */
	statement = use(store, SQL_CASE);
	bind_blob(statement, 1, id->b, sizeof id->b);
	bind_int(statement, 2, accepted->incident.v);
	return run(store, statement, NULL);
}

enum rcc_status
rcc_store_refused(struct rcc_store *store, const struct rcc_msg_id *id, const struct rcc_refused *refused,
                  int64_t at_ms)
{
	struct sqlite3_stmt *statement = use(store, SQL_REFUSED);

	bind_blob(statement, 1, id->b, sizeof id->b);
	bind_int(statement, 2, at_ms);
	bind_int(statement, 3, refused->reason);
	sqlite3_bind_text(statement, 4, refused->text, -1, SQLITE_STATIC);
	return run(store, statement, NULL);
}

bool
rcc_store_is_waiting(struct rcc_store *store, const struct rcc_msg_id *id)
{
	struct sqlite3_stmt *statement = use(store, SQL_IS_WAITING);

	bind_blob(statement, 1, id->b, sizeof id->b);
	return fetch_int(statement) == 1;
}

uint32_t
rcc_store_waiting(struct rcc_store *store)
{
	return (uint32_t)fetch_int(use(store, SQL_WAITING));
}

enum rcc_status
rcc_store_last_receipt(struct rcc_store *store, struct rcc_receipt *ret_receipt)
{
	struct sqlite3_stmt *statement = use(store, SQL_LAST_RECEIPT);
	struct rcc_receipt receipt;

	memset(&receipt, 0, sizeof receipt);
	enum rcc_status status = fetch(statement);
	if (status != RCC_OK) {
		return status;
	}
	receipt.kind = (enum rcc_body_kind)sqlite3_column_int(statement, 1);
	receipt.posted_at_ms = sqlite3_column_int64(statement, 2);
	receipt.accepted_at_ms = sqlite3_column_int64(statement, 3);
	receipt.entry.seq = (uint64_t)sqlite3_column_int64(statement, 4);
	receipt.entry.at_ms = sqlite3_column_int64(statement, 5);
	receipt.is_signed = sqlite3_column_type(statement, 7) == SQLITE_BLOB;
	if (!column_copy(statement, 0, receipt.id.b, sizeof receipt.id.b) ||
	    !column_copy(statement, 6, receipt.entry.hash.b, sizeof receipt.entry.hash.b) ||
	    (receipt.is_signed && !column_copy(statement, 7, receipt.signature.b, sizeof receipt.signature.b))) {
		status = RCC_E_CORRUPT;
	}
	done(statement);
	if (status == RCC_OK) {
		*ret_receipt = receipt;
	}
	return status;
}

enum rcc_status
rcc_store_posted(struct rcc_store *store, int64_t after_row, struct rcc_posted *ret_posted, const uint8_t **ret_bytes,
                 size_t *ret_len)
{
	struct sqlite3_stmt *statement = use(store, SQL_POSTED);

	memset(ret_posted, 0, sizeof *ret_posted);
	bind_int(statement, 1, after_row);
	enum rcc_status status = fetch(statement);
	if (status != RCC_OK) {
		return status;
	}
	ret_posted->row = sqlite3_column_int64(statement, 0);
	bool has_id = column_copy(statement, 1, ret_posted->id.b, sizeof ret_posted->id.b);
	ret_posted->posted_at_ms = sqlite3_column_int64(statement, 2);
	ret_posted->answered_at_ms = sqlite3_column_int64(statement, 3);
	ret_posted->entry_seq = (uint64_t)sqlite3_column_int64(statement, 4);
	ret_posted->entry_at_ms = sqlite3_column_int64(statement, 5);
	ret_posted->is_signed = sqlite3_column_type(statement, 6) == SQLITE_BLOB;
	ret_posted->refusal = (enum rcc_refusal)sqlite3_column_int(statement, 7);
	const char *text = (const char *)sqlite3_column_text(statement, 8);
	rcc_text_copy_lossy(ret_posted->text, sizeof ret_posted->text, text, strlen(text));
	ret_posted->incident.v = (uint32_t)sqlite3_column_int64(statement, 10);
	status = lend(store, statement, 9, ret_bytes, ret_len);
	return status == RCC_OK && !has_id ? RCC_E_CORRUPT : status;
}

/* ---- inbox ---- */

enum rcc_status
rcc_store_keep(struct rcc_store *store, const struct rcc_journal_id *journal, const struct rcc_store_delivery *delivery,
               bool *ret_is_new)
{
	struct sqlite3_stmt *statement = use(store, SQL_KEEP);
	int changed = 0;

	bind_blob(statement, 1, journal->b, sizeof journal->b);
	bind_int(statement, 2, delivery->number);
	bind_int(statement, 3, delivery->broadcast.v);
	bind_int(statement, 4, delivery->issued_at_ms);
	bind_blob(statement, 5, delivery->bytes, delivery->len);
	bind_int(statement, 6, delivery->stored_at_ms);
	enum rcc_status status = run(store, statement, &changed);
	if (status == RCC_OK) {
		*ret_is_new = changed > 0;
	}
	return status;
}

/* Reads one row of SQL_FIND or SQL_UNREPORTED. */
static enum rcc_status
fetch_delivery(struct rcc_store *store, struct sqlite3_stmt *statement, struct rcc_store_delivery *ret_delivery)
{
	struct rcc_store_delivery delivery;
	enum rcc_status status = fetch(statement);

	if (status != RCC_OK) {
		return status;
	}
	memset(&delivery, 0, sizeof delivery);
	delivery.row = sqlite3_column_int64(statement, 0);
	delivery.number = column_u32(statement, 1);
	delivery.broadcast.v = column_u32(statement, 2);
	delivery.issued_at_ms = sqlite3_column_int64(statement, 3);
	delivery.stored_at_ms = sqlite3_column_int64(statement, 4);
	delivery.read_at_ms = sqlite3_column_int64(statement, 5);
	size_t by_len = (size_t)sqlite3_column_bytes(statement, 6);
	by_len = by_len < sizeof delivery.read_by ? by_len : sizeof delivery.read_by - 1;
	memcpy(delivery.read_by, sqlite3_column_text(statement, 6), by_len);
	status = lend(store, statement, 7, &delivery.bytes, &delivery.len);
	if (status == RCC_OK) {
		*ret_delivery = delivery;
	}
	return status;
}

enum rcc_status
rcc_store_find(struct rcc_store *store, const struct rcc_journal_id *journal, uint32_t number,
               struct rcc_store_delivery *ret_delivery)
{
	struct sqlite3_stmt *statement = use(store, SQL_FIND);

	bind_blob(statement, 1, journal->b, sizeof journal->b);
	bind_int(statement, 2, number);
	return fetch_delivery(store, statement, ret_delivery);
}

enum rcc_status
rcc_store_unreported(struct rcc_store *store, int64_t after_row, struct rcc_store_delivery *ret_delivery)
{
	struct sqlite3_stmt *statement = use(store, SQL_UNREPORTED);

	bind_int(statement, 1, after_row);
	return fetch_delivery(store, statement, ret_delivery);
}

enum rcc_status
rcc_store_reported(struct rcc_store *store, int64_t row)
{
	struct sqlite3_stmt *statement = use(store, SQL_REPORTED);

	bind_int(statement, 1, row);
	return run(store, statement, NULL);
}

enum rcc_status
rcc_store_read(struct rcc_store *store, const struct rcc_journal_id *journal, uint32_t number, const char *by,
               int64_t at_ms)
{
	struct sqlite3_stmt *statement = use(store, SQL_READ);
	int changed = 0;

	bind_blob(statement, 1, journal->b, sizeof journal->b);
	bind_int(statement, 2, number);
	bind_int(statement, 3, at_ms);
	sqlite3_bind_text(statement, 4, by, -1, SQLITE_STATIC);
	enum rcc_status status = run(store, statement, &changed);
	return status == RCC_OK && changed == 0 ? RCC_E_NOT_FOUND : status;
}

uint32_t
rcc_store_last(struct rcc_store *store, const struct rcc_journal_id *journal)
{
	struct sqlite3_stmt *statement = use(store, SQL_LAST);

	bind_blob(statement, 1, journal->b, sizeof journal->b);
	return (uint32_t)fetch_int(statement);
}

uint32_t
rcc_store_base(struct rcc_store *store, const struct rcc_journal_id *journal)
{
	struct sqlite3_stmt *statement = use(store, SQL_BASE);

	bind_blob(statement, 1, journal->b, sizeof journal->b);
	return (uint32_t)fetch_int(statement);
}

enum rcc_status
rcc_store_set_base(struct rcc_store *store, const struct rcc_journal_id *journal, uint32_t number)
{
	struct sqlite3_stmt *statement = use(store, SQL_SET_BASE);

	bind_blob(statement, 1, journal->b, sizeof journal->b);
	bind_int(statement, 2, number);
	return run(store, statement, NULL);
}

uint32_t
rcc_store_contiguous(struct rcc_store *store, const struct rcc_journal_id *journal, uint32_t from)
{
	struct sqlite3_stmt *statement = use(store, SQL_NUMBERS);

	bind_blob(statement, 1, journal->b, sizeof journal->b);
	bind_int(statement, 2, from);
	while (sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_int64(statement, 0) == (int64_t)from + 1) {
		from++;
	}
	done(statement);
	return from;
}

/* ---- witness ---- */

enum rcc_status
rcc_store_pin(struct rcc_store *store, struct rcc_key *ret_sign_key, struct rcc_journal_id *ret_journal)
{
	struct sqlite3_stmt *statement = use(store, SQL_PIN);
	struct rcc_key sign_key = {.b = {0}};
	struct rcc_journal_id journal = {.b = {0}};
	enum rcc_status status = fetch(statement);

	if (status != RCC_OK) {
		return status;
	}
	if (!column_copy(statement, 0, sign_key.b, sizeof sign_key.b) ||
	    !column_copy(statement, 1, journal.b, sizeof journal.b)) {
		status = RCC_E_CORRUPT;
	}
	done(statement);
	if (status == RCC_OK) {
		*ret_sign_key = sign_key;
		*ret_journal = journal;
	}
	return status;
}

enum rcc_status
rcc_store_set_pin(struct rcc_store *store, const struct rcc_key *sign_key, const struct rcc_journal_id *journal,
                  int64_t at_ms)
{
	struct sqlite3_stmt *statement = use(store, SQL_SET_PIN);

	bind_blob(statement, 1, sign_key->b, sizeof sign_key->b);
	bind_blob(statement, 2, journal->b, sizeof journal->b);
	bind_int(statement, 3, at_ms);
	return run(store, statement, NULL);
}

enum rcc_status
rcc_store_witness(struct rcc_store *store, const struct rcc_checkpoint *checkpoint, int64_t at_ms, bool *ret_fork)
{
	struct sqlite3_stmt *statement = use(store, SQL_WITNESS);

	bind_blob(statement, 1, checkpoint->journal.b, sizeof checkpoint->journal.b);
	bind_int(statement, 2, (int64_t)checkpoint->link.seq);
	bind_int(statement, 3, checkpoint->link.at_ms);
	bind_blob(statement, 4, checkpoint->link.hash.b, sizeof checkpoint->link.hash.b);
	bind_blob(statement, 5, checkpoint->signature.b, sizeof checkpoint->signature.b);
	bind_int(statement, 6, at_ms);
	enum rcc_status status = run(store, statement, NULL);
	if (status != RCC_OK) {
		return status;
	}
	statement = use(store, SQL_HASHES);
	bind_blob(statement, 1, checkpoint->journal.b, sizeof checkpoint->journal.b);
	bind_int(statement, 2, (int64_t)checkpoint->link.seq);
	*ret_fork = fetch_int(statement) > 1;
	return RCC_OK;
}

enum rcc_status
rcc_store_checkpoint(struct rcc_store *store, const struct rcc_journal_id *journal,
                     struct rcc_checkpoint *ret_checkpoint)
{
	struct sqlite3_stmt *statement = use(store, SQL_CHECKPOINT);
	struct rcc_checkpoint checkpoint;

	memset(&checkpoint, 0, sizeof checkpoint);
	bind_blob(statement, 1, journal->b, sizeof journal->b);
	enum rcc_status status = fetch(statement);
	if (status != RCC_OK) {
		return status;
	}
	checkpoint.journal = *journal;
	checkpoint.link.seq = (uint64_t)sqlite3_column_int64(statement, 0);
	checkpoint.link.at_ms = sqlite3_column_int64(statement, 1);
	if (!column_copy(statement, 2, checkpoint.link.hash.b, sizeof checkpoint.link.hash.b) ||
	    !column_copy(statement, 3, checkpoint.signature.b, sizeof checkpoint.signature.b)) {
		status = RCC_E_CORRUPT;
	}
	done(statement);
	if (status == RCC_OK) {
		*ret_checkpoint = checkpoint;
	}
	return status;
}

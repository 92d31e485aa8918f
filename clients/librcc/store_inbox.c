/* store_inbox.c - what the centre sent: deliveries, and what proves its record from outside. */
#include <assert.h>
#include <string.h>

#include <sqlite3.h>

#include "librcc/store_internal.h"
#include "rcc/text.h"

/* ---- inbox ---- */

enum rcc_status
rcc_store_keep(struct rcc_store *store, const struct rcc_journal_id *journal, const struct rcc_store_delivery *delivery,
               bool *ret_is_new)
{
	struct sqlite3_stmt *statement = rcc_store_use(store, SQL_KEEP);
	int changed = 0;

	rcc_store_bind_blob(statement, 1, journal->b, sizeof journal->b);
	rcc_store_bind_int(statement, 2, delivery->number);
	rcc_store_bind_int(statement, 3, delivery->broadcast.v);
	rcc_store_bind_int(statement, 4, delivery->issued_at_ms);
	rcc_store_bind_blob(statement, 5, delivery->bytes, delivery->len);
	rcc_store_bind_int(statement, 6, delivery->stored_at_ms);
	enum rcc_status status = rcc_store_run(store, statement, &changed);
	if (status == RCC_OK) {
		*ret_is_new = changed > 0;
	}
	return status;
}

enum rcc_status
rcc_store_lose(struct rcc_store *store, const struct rcc_journal_id *journal, uint32_t number, bool *ret_is_lost)
{
	struct sqlite3_stmt *statement = rcc_store_use(store, SQL_LOSE);
	int changed = 0;

	rcc_store_bind_blob(statement, 1, journal->b, sizeof journal->b);
	rcc_store_bind_int(statement, 2, number);
	enum rcc_status status = rcc_store_run(store, statement, &changed);
	*ret_is_lost = status == RCC_OK && changed > 0;
	return status;
}

/* Reads one row of SQL_FIND or SQL_UNREPORTED. */
static enum rcc_status
fetch_delivery(struct rcc_store *store, struct sqlite3_stmt *statement, struct rcc_store_delivery *ret_delivery)
{
	struct rcc_store_delivery delivery;
	enum rcc_status status = rcc_store_fetch(statement);

	if (status != RCC_OK) {
		return status;
	}
	memset(&delivery, 0, sizeof delivery);
	delivery.row = sqlite3_column_int64(statement, 0);
	delivery.number = rcc_store_column_u32(statement, 1);
	delivery.broadcast.v = rcc_store_column_u32(statement, 2);
	delivery.issued_at_ms = sqlite3_column_int64(statement, 3);
	delivery.stored_at_ms = sqlite3_column_int64(statement, 4);
	delivery.read_at_ms = sqlite3_column_int64(statement, 5);
	size_t by_len = (size_t)sqlite3_column_bytes(statement, 6);
	by_len = by_len < sizeof delivery.read_by ? by_len : sizeof delivery.read_by - 1;
	memcpy(delivery.read_by, sqlite3_column_text(statement, 6), by_len);
	delivery.is_lost = sqlite3_column_int(statement, 8) != 0;
	status = rcc_store_lend(store, statement, 7, &delivery.bytes, &delivery.len);
	if (status == RCC_OK) {
		*ret_delivery = delivery;
	}
	return status;
}

static enum rcc_status
find_delivery(struct rcc_store *store, struct sqlite3_stmt *statement, const struct rcc_journal_id *journal,
              int64_t value, struct rcc_store_delivery *ret_delivery)
{
	rcc_store_bind_blob(statement, 1, journal->b, sizeof journal->b);
	rcc_store_bind_int(statement, 2, value);
	return fetch_delivery(store, statement, ret_delivery);
}

enum rcc_status
rcc_store_find(struct rcc_store *store, const struct rcc_journal_id *journal, uint32_t number,
               struct rcc_store_delivery *ret_delivery)
{
	return find_delivery(store, rcc_store_use(store, SQL_FIND), journal, number, ret_delivery);
}

enum rcc_status
rcc_store_after(struct rcc_store *store, const struct rcc_journal_id *journal, int64_t after_row,
                struct rcc_store_delivery *ret_delivery)
{
	return find_delivery(store, rcc_store_use(store, SQL_AFTER), journal, after_row, ret_delivery);
}

enum rcc_status
rcc_store_unreported(struct rcc_store *store, int64_t after_row, struct rcc_store_delivery *ret_delivery)
{
	struct sqlite3_stmt *statement = rcc_store_use(store, SQL_UNREPORTED);

	rcc_store_bind_int(statement, 1, after_row);
	return fetch_delivery(store, statement, ret_delivery);
}

enum rcc_status
rcc_store_reported(struct rcc_store *store, int64_t row)
{
	rcc_store_bind_int(rcc_store_use(store, SQL_REPORTED), 1, row);
	return rcc_store_run(store, store->statement[SQL_REPORTED], NULL);
}

enum rcc_status
rcc_store_read(struct rcc_store *store, const struct rcc_journal_id *journal, uint32_t number, const char *by,
               int64_t at_ms)
{
	struct sqlite3_stmt *statement = rcc_store_use(store, SQL_READ);
	int changed = 0;

	rcc_store_bind_blob(statement, 1, journal->b, sizeof journal->b);
	rcc_store_bind_int(statement, 2, number);
	rcc_store_bind_int(statement, 3, at_ms);
	sqlite3_bind_text(statement, 4, by, -1, SQLITE_STATIC);
	enum rcc_status status = rcc_store_run(store, statement, &changed);
	return status == RCC_OK && changed == 0 ? RCC_E_NOT_FOUND : status;
}

static uint32_t
fetch_of_journal(struct sqlite3_stmt *statement, const struct rcc_journal_id *journal)
{
	rcc_store_bind_blob(statement, 1, journal->b, sizeof journal->b);
	return (uint32_t)rcc_store_fetch_int(statement);
}

uint32_t
rcc_store_last(struct rcc_store *store, const struct rcc_journal_id *journal)
{
	return fetch_of_journal(rcc_store_use(store, SQL_LAST), journal);
}

uint32_t
rcc_store_base(struct rcc_store *store, const struct rcc_journal_id *journal)
{
	return fetch_of_journal(rcc_store_use(store, SQL_BASE), journal);
}

enum rcc_status
rcc_store_set_base(struct rcc_store *store, const struct rcc_journal_id *journal, uint32_t number)
{
	struct sqlite3_stmt *statement = rcc_store_use(store, SQL_SET_BASE);

	rcc_store_bind_blob(statement, 1, journal->b, sizeof journal->b);
	rcc_store_bind_int(statement, 2, number);
	return rcc_store_run(store, statement, NULL);
}

uint32_t
rcc_store_contiguous(struct rcc_store *store, const struct rcc_journal_id *journal, uint32_t from)
{
	struct sqlite3_stmt *statement = rcc_store_use(store, SQL_NUMBERS);

	rcc_store_bind_blob(statement, 1, journal->b, sizeof journal->b);
	rcc_store_bind_int(statement, 2, from);
	while (sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_int64(statement, 0) == (int64_t)from + 1) {
		from++;
	}
	rcc_store_done(statement);
	return from;
}

/* ---- witness ---- */

enum rcc_status
rcc_store_pin(struct rcc_store *store, struct rcc_key *ret_sign_key, struct rcc_journal_id *ret_journal)
{
	struct sqlite3_stmt *statement = rcc_store_use(store, SQL_PIN);
	struct rcc_key sign_key = {.b = {0}};
	struct rcc_journal_id journal = {.b = {0}};
	enum rcc_status status = rcc_store_fetch(statement);

	if (status != RCC_OK) {
		return status;
	}
	if (!rcc_store_column_copy(statement, 0, sign_key.b, sizeof sign_key.b) ||
	    !rcc_store_column_copy(statement, 1, journal.b, sizeof journal.b)) {
		status = RCC_E_CORRUPT;
	}
	rcc_store_done(statement);
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
	struct sqlite3_stmt *statement = rcc_store_use(store, SQL_SET_PIN);

	rcc_store_bind_blob(statement, 1, sign_key->b, sizeof sign_key->b);
	rcc_store_bind_blob(statement, 2, journal->b, sizeof journal->b);
	rcc_store_bind_int(statement, 3, at_ms);
	return rcc_store_run(store, statement, NULL);
}

enum rcc_status
rcc_store_witness(struct rcc_store *store, const struct rcc_checkpoint *checkpoint, int64_t at_ms, bool *ret_fork)
{
	struct sqlite3_stmt *statement = rcc_store_use(store, SQL_WITNESS);

	rcc_store_bind_blob(statement, 1, checkpoint->journal.b, sizeof checkpoint->journal.b);
	rcc_store_bind_int(statement, 2, (int64_t)checkpoint->link.seq);
	rcc_store_bind_int(statement, 3, checkpoint->link.at_ms);
	rcc_store_bind_blob(statement, 4, checkpoint->link.hash.b, sizeof checkpoint->link.hash.b);
	rcc_store_bind_blob(statement, 5, checkpoint->signature.b, sizeof checkpoint->signature.b);
	rcc_store_bind_int(statement, 6, at_ms);
	enum rcc_status status = rcc_store_run(store, statement, NULL);
	if (status != RCC_OK) {
		return status;
	}
	statement = rcc_store_use(store, SQL_HASHES);
	rcc_store_bind_blob(statement, 1, checkpoint->journal.b, sizeof checkpoint->journal.b);
	rcc_store_bind_int(statement, 2, (int64_t)checkpoint->link.seq);
	*ret_fork = rcc_store_fetch_int(statement) > 1;
	return RCC_OK;
}

enum rcc_status
rcc_store_checkpoint(struct rcc_store *store, const struct rcc_journal_id *journal,
                     struct rcc_checkpoint *ret_checkpoint)
{
	struct sqlite3_stmt *statement = rcc_store_use(store, SQL_CHECKPOINT);
	struct rcc_checkpoint checkpoint;

	memset(&checkpoint, 0, sizeof checkpoint);
	rcc_store_bind_blob(statement, 1, journal->b, sizeof journal->b);
	enum rcc_status status = rcc_store_fetch(statement);
	if (status != RCC_OK) {
		return status;
	}
	checkpoint.journal = *journal;
	checkpoint.link.seq = (uint64_t)sqlite3_column_int64(statement, 0);
	checkpoint.link.at_ms = sqlite3_column_int64(statement, 1);
	if (!rcc_store_column_copy(statement, 2, checkpoint.link.hash.b, sizeof checkpoint.link.hash.b) ||
	    !rcc_store_column_copy(statement, 3, checkpoint.signature.b, sizeof checkpoint.signature.b)) {
		status = RCC_E_CORRUPT;
	}
	rcc_store_done(statement);
	if (status == RCC_OK) {
		*ret_checkpoint = checkpoint;
	}
	return status;
}

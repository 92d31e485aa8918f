#define _POSIX_C_SOURCE 200809L
#include "journal/journal_impl.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "journal/file.h"
#include "journal/verify.h"

/* A checkpoint after so many entries, or so long, whichever comes first: what a forger could rewrite unseen. */
#define CHECKPOINT_ENTRIES 1000
#define CHECKPOINT_MS 60000
/* What a probe writes: an alert to a few hundred ships. */
#define PROBE_BYTES "65536"

/* ---- opening ---- */

struct replaying {
	rcc_journal_replay_fn *replay;
	void *context;
};

static enum rcc_status
visit_replay(void *context, const struct rcc_link *link, const struct rcc_entry *entry)
{
	const struct replaying *replaying = context;

	if (replaying->replay != NULL)
		replaying->replay(replaying->context, link, entry);
	return RCC_OK;
}

static enum rcc_status
refuse_damaged(const char *path, enum rcc_status status, const struct rcc_finding *finding, struct rcc_fault *ret_fault)
{
	if (status != RCC_E_CORRUPT)
		return rcc_fault_set(ret_fault, status, "cannot read %s: %.150s", path, finding->reason);
	if (finding->bad_seq == 0)
		return rcc_fault_set(ret_fault, status, "%s is damaged: %.150s", path, finding->reason);
	return rcc_fault_set(ret_fault, status, "%s is damaged at entry %llu: %.150s", path,
	                     (unsigned long long)finding->bad_seq, finding->reason);
}

/* The record's own tables must be ours; what is derived from them may be of another build. */
static enum rcc_status
check_tables(struct rcc_journal_impl *impl, struct rcc_finding *finding)
{
	enum rcc_status status = rcc_schema_check_objects(impl->db, finding->reason, sizeof finding->reason);

	if (status != RCC_E_CORRUPT)
		return status;
	impl->is_renewed = true;
	return rcc_schema_check_record(impl->db, finding->reason, sizeof finding->reason);
}

/* Everything that must hold before a journal is extended. */
static enum rcc_status
verify_all(struct rcc_journal_impl *impl, const char *path, struct replaying *replaying, struct rcc_signed *ret_signed,
           struct rcc_fault *ret_fault)
{
	struct rcc_finding finding = {0};
	struct rcc_signed tally = {0};
	enum rcc_status status = rcc_schema_check_mark(impl->db, finding.reason, sizeof finding.reason);

	if (status == RCC_OK)
		status = check_tables(impl, &finding);
	if (status == RCC_OK)
		status = rcc_schema_read_meta(impl->db, &impl->meta, finding.reason, sizeof finding.reason);
	if (status != RCC_OK)
		return rcc_fault_set(ret_fault, status, "%s is not a journal of ours: %.150s", path, finding.reason);
	if (memcmp(&impl->meta.sign_key, &impl->sign_key->public_key, sizeof impl->meta.sign_key) != 0)
		return rcc_fault_set(ret_fault, RCC_E_NOT_ALLOWED,
		                     "%s was made with another signing key: restore the key that belongs to it", path);
	const struct rcc_verify_walk walk = {.scratch = &impl->entry, .visit = visit_replay, .context = replaying};
	status = rcc_verify_entries(impl->db, &walk, &impl->head, &finding);
	const struct rcc_walked walked = {.head = impl->head};
	if (status == RCC_OK)
		status = rcc_verify_checkpoints(impl->db, &impl->meta, &walked, RCC_VERIFY_NEWEST, &tally, &finding);
	if (status != RCC_OK)
		return refuse_damaged(path, status, &finding, ret_fault);
	*ret_signed = tally;
	return RCC_OK;
}

static int
prepare_all(struct rcc_journal_impl *impl)
{
	const struct {
		const char *sql;
		sqlite3_stmt **stmt;
	} all[] = {
	    {"BEGIN IMMEDIATE", &impl->begin},
	    {"COMMIT", &impl->commit},
	    {"INSERT INTO entry(seq, at_ms, payload, hash) VALUES(?, ?, ?, ?)", &impl->insert},
	    {"SELECT at_ms, hash, payload FROM entry WHERE seq = ?", &impl->read},
	    {"SELECT seq, fingerprint FROM message WHERE sender_key = ? AND message_id = ?", &impl->find},
	    {"INSERT INTO checkpoint(seq, at_ms, hash, signature) VALUES(?, ?, ?, ?)", &impl->sign},
	};
	int rc = SQLITE_OK;

	for (size_t i = 0; i < sizeof all / sizeof all[0] && rc == SQLITE_OK; i++)
		rc = rcc_sql_prepare(impl->db, all[i].sql, all[i].stmt);
	if (rc == SQLITE_OK)
		rc = rcc_projection_open(&impl->projection, impl->db);
	return rc;
}

/*
 * An earlier run may have died of a failed fsync, whose rows the kernel shows but need not have written. Copying the WAL
 * into the database writes and syncs them anew. A full disk or a reader can prevent it; then the WAL stays the record.
 */
static int
settle(struct rcc_journal_impl *impl)
{
	int rc = sqlite3_wal_checkpoint_v2(impl->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

	if ((rc & 0xff) == SQLITE_CORRUPT)
		return rc;
	return sqlite3_db_config(impl->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
}

/* ---- writing ---- */

static int
run(sqlite3_stmt *stmt)
{
	int rc = sqlite3_step(stmt);

	sqlite3_reset(stmt);
	return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

/* Ends a transaction that failed, where SQLite has not done so itself. */
static void
roll_back(struct rcc_journal_impl *impl)
{
	if (sqlite3_get_autocommit(impl->db) == 0)
		(void)sqlite3_exec(impl->db, "ROLLBACK", NULL, NULL, NULL);
	impl->in_batch = false;
	impl->pending = impl->head;
}

static enum rcc_status
die(struct rcc_journal_impl *impl, enum rcc_status status)
{
	roll_back(impl);
	impl->is_dead = true;
	return status;
}

static enum rcc_status
visit_project(void *context, const struct rcc_link *link, const struct rcc_entry *entry)
{
	struct rcc_journal_impl *impl = context;

	return rcc_projection_write(&impl->projection, link->seq, entry) == SQLITE_OK ? RCC_OK : RCC_E_IO;
}

/* All of it or nothing: a crash in the middle leaves the older projections, and the next opening begins again. */
static enum rcc_status
project_anew(struct rcc_journal_impl *impl, struct rcc_fault *ret_fault)
{
	struct rcc_finding finding = {0};
	struct rcc_link head;
	const struct rcc_verify_walk walk = {.scratch = &impl->entry, .visit = visit_project, .context = impl};
	int rc = rcc_sql_exec(impl->db, "BEGIN IMMEDIATE");

	if (rc == SQLITE_OK)
		rc = rcc_schema_renew_projections(impl->db);
	/* Statements of an opening wait for tables that an older build may not have had. */
	if (rc == SQLITE_OK && impl->commit == NULL)
		rc = prepare_all(impl);
	if (rc != SQLITE_OK) {
		roll_back(impl);
		return rcc_fault_set(ret_fault, rcc_sql_failure(rc), "the projections cannot be dropped: %s",
		                     sqlite3_errstr(rc));
	}
	enum rcc_status status = rcc_verify_entries(impl->db, &walk, &head, &finding);
	if (status != RCC_OK) {
		/* Before the transaction is undone: that forgets what the database said. */
		rcc_fault_set(ret_fault, status, "the projections cannot be made again at entry %llu: %.150s",
		              (unsigned long long)(head.seq + 1),
		              finding.reason[0] != '\0' ? finding.reason : sqlite3_errmsg(impl->db));
		roll_back(impl);
		return status;
	}
	if (run(impl->commit) != SQLITE_OK)
		return rcc_fault_set(ret_fault, die(impl, RCC_E_UNKNOWN_OUTCOME), "%s",
		                     rcc_status_text(RCC_E_UNKNOWN_OUTCOME));
	return RCC_OK;
}

static enum rcc_status
open_impl(struct rcc_journal_impl *impl, const char *path, int64_t now_ms, struct replaying *replaying,
          struct rcc_fault *ret_fault)
{
	struct rcc_signed tally = {0};
	enum rcc_status status = rcc_file_lock(path, &impl->lock_fd, ret_fault);

	if (status == RCC_OK && !rcc_file_exists(path, NULL))
		status = rcc_file_create(path, impl->sign_key, now_ms, ret_fault);
	if (status == RCC_OK)
		status = rcc_file_open_writer(path, &impl->db, ret_fault);
	if (status == RCC_OK)
		status = verify_all(impl, path, replaying, &tally, ret_fault);
	if (status != RCC_OK)
		return status;
	impl->pending = impl->head;
	impl->signed_seq = tally.seq;
	impl->signed_at_ms = impl->head.seq > tally.seq ? 0 : now_ms;
	int rc = settle(impl);
	if (rc == SQLITE_OK && impl->is_renewed)
		return project_anew(impl, ret_fault);
	if (rc == SQLITE_OK)
		rc = prepare_all(impl);
	if (rc != SQLITE_OK)
		return rcc_fault_set(ret_fault, rcc_sql_failure(rc), "cannot open %s: %s", path,
		                     sqlite3_errmsg(impl->db));
	return RCC_OK;
}

enum rcc_status
rcc_journal_open(struct rcc_journal *journal, const char *path, const struct rcc_sign_key *sign_key, int64_t now_ms,
                 rcc_journal_replay_fn *replay, void *context, struct rcc_fault *ret_fault)
{
	struct replaying replaying = {.replay = replay, .context = context};
	struct rcc_journal opening = {.impl = calloc(1, sizeof *opening.impl)};

	if (opening.impl == NULL)
		return rcc_fault_set(ret_fault, RCC_E_FULL, "no memory to open %s", path);
	opening.impl->lock_fd = -1;
	opening.impl->sign_key = sign_key;
	enum rcc_status status = open_impl(opening.impl, path, now_ms, &replaying, ret_fault);
	if (status == RCC_OK) {
		*journal = opening;
		return RCC_OK;
	}
	rcc_file_leave(opening.impl->db, path);
	rcc_journal_close(&opening);
	return status;
}

void
rcc_journal_close(struct rcc_journal *journal)
{
	struct rcc_journal_impl *impl = journal->impl;

	if (impl == NULL)
		return;
	sqlite3_stmt *const all[] = {impl->begin, impl->commit, impl->insert, impl->read, impl->find, impl->sign};
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		sqlite3_finalize(all[i]);
	rcc_projection_close(&impl->projection);
	/* An open batch is rolled back. After a failed write nothing is copied from a WAL that cannot be trusted. */
	if (impl->is_dead)
		(void)sqlite3_db_config(impl->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_close(impl->db);
	if (impl->lock_fd >= 0)
		close(impl->lock_fd);
	free(impl);
	journal->impl = NULL;
}

struct rcc_journal_id
rcc_journal_id(const struct rcc_journal *journal)
{
	return journal->impl->meta.journal;
}

struct rcc_link
rcc_journal_head(const struct rcc_journal *journal)
{
	return journal->impl->head;
}

static int
insert_entry(struct rcc_journal_impl *impl, const struct rcc_link *link, const uint8_t *payload, size_t len)
{
	struct rcc_bind bind;

	rcc_bind_start(&bind, impl->insert);
	rcc_bind_int(&bind, (int64_t)link->seq);
	rcc_bind_int(&bind, link->at_ms);
	rcc_bind_blob(&bind, payload, len);
	rcc_bind_blob(&bind, link->hash.b, sizeof link->hash.b);
	return rcc_bind_run(&bind);
}

enum rcc_status
rcc_journal_append(struct rcc_journal *journal, const struct rcc_entry *entry, const uint8_t *payload, size_t len,
                   struct rcc_link *ret_link)
{
	struct rcc_journal_impl *impl = journal->impl;
	int rc = SQLITE_OK;

	assert(entry->event_count > 0);
	assert(len > 0 && len <= RCC_PAYLOAD_MAX);
	assert(entry->cause.at_ms >= impl->pending.at_ms);
	if (impl->is_dead)
		return RCC_E_IO;
	if (!impl->in_batch)
		rc = run(impl->begin);
	if (rc != SQLITE_OK)
		return die(impl, rcc_sql_failure(rc));
	impl->in_batch = true;
	struct rcc_link link = rcc_chain_next(&impl->pending, entry->cause.at_ms, payload, len);
	rc = insert_entry(impl, &link, payload, len);
	if (rc == SQLITE_OK)
		rc = rcc_projection_write(&impl->projection, link.seq, entry);
	if (rc != SQLITE_OK)
		return die(impl, rcc_sql_failure(rc));
	impl->pending = link;
	*ret_link = link;
	return RCC_OK;
}

enum rcc_status
rcc_journal_commit(struct rcc_journal *journal)
{
	struct rcc_journal_impl *impl = journal->impl;

	if (impl->is_dead)
		return RCC_E_IO;
	if (!impl->in_batch)
		return RCC_OK;
	if (run(impl->commit) != SQLITE_OK)
		return die(impl, RCC_E_UNKNOWN_OUTCOME);
	impl->in_batch = false;
	impl->head = impl->pending;
	return RCC_OK;
}

enum rcc_status
rcc_journal_checkpoint(struct rcc_journal *journal, int64_t now_ms, enum rcc_checkpoint_when when,
                       struct rcc_checkpoint *ret_checkpoint)
{
	struct rcc_journal_impl *impl = journal->impl;
	struct rcc_checkpoint checkpoint = {.journal = impl->meta.journal, .link = impl->head};
	uint64_t news = impl->head.seq - impl->signed_seq;
	struct rcc_bind bind;

	assert(!impl->in_batch);
	if (impl->is_dead)
		return RCC_E_IO;
	if (news == 0)
		return RCC_E_AGAIN;
	if (when == RCC_CHECKPOINT_IF_DUE && news < CHECKPOINT_ENTRIES && now_ms - impl->signed_at_ms < CHECKPOINT_MS)
		return RCC_E_AGAIN;
	rcc_checkpoint_sign(impl->sign_key, &checkpoint);
	rcc_bind_start(&bind, impl->sign);
	rcc_bind_int(&bind, (int64_t)checkpoint.link.seq);
	rcc_bind_int(&bind, checkpoint.link.at_ms);
	rcc_bind_blob(&bind, checkpoint.link.hash.b, RCC_HASH_SIZE);
	rcc_bind_blob(&bind, checkpoint.signature.b, RCC_SIGNATURE_SIZE);
	if (rcc_bind_run(&bind) != SQLITE_OK)
		return die(impl, RCC_E_UNKNOWN_OUTCOME);
	impl->signed_seq = checkpoint.link.seq;
	impl->signed_at_ms = now_ms;
	/* Into the main file, so that a plain copy of it lacks a minute at most. Nothing is lost if a reader prevents it. */
	(void)sqlite3_wal_checkpoint_v2(impl->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	*ret_checkpoint = checkpoint;
	return RCC_OK;
}

enum rcc_status
rcc_journal_probe(struct rcc_journal *journal)
{
	struct rcc_journal_impl *impl = journal->impl;

	assert(!impl->in_batch);
	if (impl->is_dead)
		return RCC_E_IO;
	/*
	 * Room for one page may be left where an alert to many ships does not fit. Two transactions: a page that is
	 * taken and freed in one is never written.
	 */
	int rc =
	    rcc_sql_exec(impl->db, "INSERT OR REPLACE INTO scratch(id, bytes) VALUES(1, zeroblob(" PROBE_BYTES "))");
	if (rc == SQLITE_OK)
		rc = rcc_sql_exec(impl->db, "DELETE FROM scratch");
	if (rc != SQLITE_OK)
		roll_back(impl);
	return rc == SQLITE_OK ? RCC_OK : rcc_sql_failure(rc);
}

/* ---- reading ---- */

enum rcc_status
rcc_journal_read(struct rcc_journal *journal, uint64_t seq, struct rcc_entry_bytes *ret_entry)
{
	struct rcc_journal_impl *impl = journal->impl;
	struct rcc_entry_bytes found = {.link = {.seq = seq}, .payload = impl->payload};
	enum rcc_status status = RCC_E_CORRUPT;

	if (seq == 0 || seq > impl->head.seq)
		return RCC_E_NOT_FOUND;
	int rc = sqlite3_bind_int64(impl->read, 1, (sqlite3_int64)seq);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(impl->read);
	if (rc != SQLITE_ROW) {
		status = rcc_sql_failure(rc);
	} else if (rcc_sql_column_int(impl->read, 0, &found.link.at_ms) &&
	           rcc_sql_column_bytes(impl->read, 1, found.link.hash.b, RCC_HASH_SIZE)) {
		found.payload_len = (uint32_t)sqlite3_column_bytes(impl->read, 2);
		if (found.payload_len <= RCC_PAYLOAD_MAX &&
		    rcc_sql_column_bytes(impl->read, 2, impl->payload, found.payload_len))
			status = RCC_OK;
	}
	/* The bytes are copied, so that no read stays open to keep the WAL from being emptied. */
	sqlite3_reset(impl->read);
	if (status == RCC_OK)
		*ret_entry = found;
	return status;
}

enum rcc_status
rcc_journal_find_message(struct rcc_journal *journal, const struct rcc_key *sender, const struct rcc_msg_id *id,
                         uint64_t *ret_seq, uint64_t *ret_fingerprint)
{
	struct rcc_journal_impl *impl = journal->impl;
	enum rcc_status status = RCC_E_NOT_FOUND;
	int rc = sqlite3_bind_blob(impl->find, 1, sender->b, sizeof sender->b, SQLITE_STATIC);

	if (rc == SQLITE_OK)
		rc = sqlite3_bind_blob(impl->find, 2, id->b, sizeof id->b, SQLITE_STATIC);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(impl->find);
	/* What the open batch holds is not recorded yet. */
	if (rc == SQLITE_ROW && (uint64_t)sqlite3_column_int64(impl->find, 0) <= impl->head.seq) {
		*ret_seq = (uint64_t)sqlite3_column_int64(impl->find, 0);
		*ret_fingerprint = (uint64_t)sqlite3_column_int64(impl->find, 1);
		status = RCC_OK;
	} else if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
		status = rcc_sql_failure(rc);
	}
	sqlite3_reset(impl->find);
	return status;
}

/* ---- projections anew ---- */

bool
rcc_journal_was_renewed(const struct rcc_journal *journal)
{
	return journal->impl->is_renewed;
}

enum rcc_status
rcc_journal_rebuild(struct rcc_journal *journal, struct rcc_fault *ret_fault)
{
	assert(!journal->impl->in_batch);
	if (journal->impl->is_dead)
		return rcc_fault_set(ret_fault, RCC_E_IO, "the journal is closed to writing: reopen it");
	return project_anew(journal->impl, ret_fault);
}

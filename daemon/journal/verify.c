#include "journal/verify.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proto/wire.h"
#include "rcc/text.h"

#define WANTED_FIRST 64

static enum rcc_status find_bad(struct rcc_finding *ret_finding, uint64_t seq, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static enum rcc_status
find_bad(struct rcc_finding *ret_finding, uint64_t seq, const char *format, ...)
{
	va_list args;

	ret_finding->bad_seq = seq;
	va_start(args, format);
	vsnprintf(ret_finding->reason, sizeof ret_finding->reason, format, args);
	va_end(args);
	return RCC_E_CORRUPT;
}

/* A read that failed: damage if the pages make no sense, otherwise the machine's trouble. */
static enum rcc_status
find_unreadable(struct rcc_finding *ret_finding, uint64_t seq, const char *what, sqlite3 *db, int rc)
{
	find_bad(ret_finding, seq, "%s cannot be read: %s", what, sqlite3_errmsg(db));
	return rcc_sql_failure(rc);
}

/* What the bytes say, once it is proved that they are the bytes. */
static enum rcc_status
read_entry(struct rcc_entry *scratch, const struct rcc_link *link, const void *payload, size_t len,
           struct rcc_finding *ret_finding)
{
	enum rcc_status status = rcc_wire_decode_entry(payload, len, scratch);

	if (status != RCC_OK)
		return find_bad(ret_finding, link->seq, "its bytes cannot be decoded: %s", rcc_status_text(status));
	if (scratch->cause.at_ms != link->at_ms || scratch->event_count == 0)
		return find_bad(ret_finding, link->seq, "its bytes tell another time, or no event");
	return RCC_OK;
}

enum rcc_status
rcc_wanted_add(struct rcc_wanted *wanted, uint64_t seq)
{
	if (wanted->count == wanted->size) {
		size_t size = wanted->size == 0 ? WANTED_FIRST : 2 * wanted->size;
		uint64_t *more = realloc(wanted->seq, size * sizeof *more);
		if (more == NULL)
			return RCC_E_FULL;
		wanted->seq = more;
		wanted->size = size;
	}
	wanted->seq[wanted->count++] = seq;
	return RCC_OK;
}

enum rcc_status
rcc_verify_read(sqlite3 *db, uint64_t seq, struct rcc_entry *scratch, struct rcc_link *ret_link,
                struct rcc_finding *ret_finding)
{
	struct rcc_link link = {.seq = seq};
	sqlite3_stmt *stmt = NULL;
	enum rcc_status status;
	int rc = sqlite3_prepare_v2(db, "SELECT at_ms, hash, payload FROM entry WHERE seq = ?", -1, &stmt, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_bind_int64(stmt, 1, (sqlite3_int64)seq);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW && rcc_sql_column_int(stmt, 0, &link.at_ms) &&
	    rcc_sql_column_bytes(stmt, 1, link.hash.b, RCC_HASH_SIZE)) {
		status = read_entry(scratch, &link, sqlite3_column_blob(stmt, 2), (size_t)sqlite3_column_bytes(stmt, 2),
		                    ret_finding);
		*ret_link = link;
	} else {
		status = find_unreadable(ret_finding, seq, "it", db, rc);
	}
	sqlite3_finalize(stmt);
	return status;
}

/* One row of the table, checked against the link before it. */
static enum rcc_status
verify_row(sqlite3_stmt *stmt, const struct rcc_verify_walk *walk, const struct rcc_link *previous,
           struct rcc_link *ret_link, struct rcc_finding *ret_finding)
{
	const uint64_t expected = previous->seq + 1;
	bool is_at_its_word = walk->is_unproven && previous->seq == walk->before.seq;
	struct rcc_link link = {0};
	int64_t seq = 0;

	if (!rcc_sql_column_int(stmt, 0, &seq) || seq < 1)
		return find_bad(ret_finding, expected, "a row carries a number that no entry can have");
	link.seq = (uint64_t)seq;
	if (link.seq != expected)
		return find_bad(ret_finding, expected, "entry %llu is missing: after %llu comes %llu",
		                (unsigned long long)expected, (unsigned long long)previous->seq,
		                (unsigned long long)link.seq);
	if (!rcc_sql_column_int(stmt, 1, &link.at_ms) || !rcc_sql_column_bytes(stmt, 3, link.hash.b, RCC_HASH_SIZE) ||
	    sqlite3_column_type(stmt, 2) != SQLITE_BLOB)
		return find_bad(ret_finding, expected, "its columns are not what an entry has");
	const void *payload = sqlite3_column_blob(stmt, 2);
	size_t len = (size_t)sqlite3_column_bytes(stmt, 2);
	if (payload == NULL || len > RCC_PAYLOAD_MAX)
		return find_bad(ret_finding, expected, "its payload is empty or longer than any entry");
	if (link.at_ms < previous->at_ms)
		return find_bad(ret_finding, expected, "its time is before the entry before it");
	if (!is_at_its_word && !rcc_chain_verify(previous, &link, payload, len))
		return find_bad(ret_finding, expected, "its hash does not follow from its bytes and the entry before");
	*ret_link = link;
	if (walk->wanted != NULL && rcc_wire_entry_may_tell(payload, len, walk->wanted->kind, walk->wanted->kinds) &&
	    rcc_wanted_add(walk->wanted, link.seq) != RCC_OK)
		return RCC_E_FULL;
	return walk->scratch == NULL ? RCC_OK : read_entry(walk->scratch, &link, payload, len, ret_finding);
}

enum rcc_status
rcc_verify_entries(sqlite3 *db, const struct rcc_verify_walk *walk, struct rcc_link *head,
                   struct rcc_finding *ret_finding)
{
	sqlite3_stmt *stmt = NULL;
	enum rcc_status status = RCC_OK;
	int rc = sqlite3_prepare_v2(
	    db, "SELECT seq, at_ms, payload, hash FROM entry WHERE seq >= ? AND seq <= ? ORDER BY seq", -1, &stmt,
	    NULL);

	*head = walk->before;
	/* From the lowest number that there can be, or a row with one that no entry has would not be seen. */
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_int64(stmt, 1, walk->is_later_half ? (sqlite3_int64)walk->before.seq + 1 : INT64_MIN);
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_int64(stmt, 2, walk->until_seq == 0 ? INT64_MAX : (sqlite3_int64)walk->until_seq);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	while (rc == SQLITE_ROW && status == RCC_OK) {
		struct rcc_link link;
		status = verify_row(stmt, walk, head, &link, ret_finding);
		if (status != RCC_OK)
			break;
		*head = link;
		if (walk->visit != NULL)
			status = walk->visit(walk->context, &link, walk->scratch);
		if (status == RCC_OK)
			rc = sqlite3_step(stmt);
	}
	if (status == RCC_OK && rc != SQLITE_DONE)
		status = find_unreadable(ret_finding, head->seq + 1, "it", db, rc);
	sqlite3_finalize(stmt);
	return status;
}

enum rcc_status
rcc_verify_piece(sqlite3 *db, struct rcc_link *ret_before, bool *ret_is_proven, struct rcc_finding *ret_finding)
{
	sqlite3_stmt *stmt = NULL;
	struct rcc_link before = {0};
	enum rcc_status status = RCC_OK;
	int64_t first = 0;
	int rc = sqlite3_prepare_v2(db,
	                            "SELECT f.seq, c.at_ms, c.hash FROM (SELECT min(seq) AS seq FROM entry) AS f"
	                            " LEFT JOIN checkpoint AS c ON c.seq = f.seq - 1",
	                            -1, &stmt, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	if (rc != SQLITE_ROW) {
		status = find_unreadable(ret_finding, 0, "where it begins", db, rc);
	} else {
		bool is_begun = rcc_sql_column_int(stmt, 0, &first) && first > 1;
		before.seq = is_begun ? (uint64_t)first - 1 : 0;
		*ret_is_proven = !is_begun || (rcc_sql_column_int(stmt, 1, &before.at_ms) &&
		                               rcc_sql_column_bytes(stmt, 2, before.hash.b, RCC_HASH_SIZE));
		*ret_before = before;
	}
	sqlite3_finalize(stmt);
	return status;
}

static enum rcc_status
check_link(const struct rcc_checkpoint *checkpoint, const char *who, const struct rcc_walked *walked, bool is_found,
           const struct rcc_link *entry, struct rcc_finding *ret_finding)
{
	const struct rcc_link *link = &checkpoint->link;
	const struct rcc_link *head = &walked->head;
	static const struct rcc_hash start;

	if (link->seq == 0 && memcmp(&link->hash, &start, sizeof start) != 0)
		return find_bad(ret_finding, 0, "%s 0 does not stand at the start of a chain", who);
	/* Of entries that a piece leaves out nothing is here to compare it with. */
	if (link->seq <= walked->before_seq)
		return RCC_OK;
	if (link->seq > head->seq)
		return find_bad(ret_finding, head->seq + 1,
		                "tail missing: the %s saw entry %llu, the journal ends at %llu", who,
		                (unsigned long long)link->seq, (unsigned long long)head->seq);
	if (!is_found || entry->at_ms != link->at_ms || memcmp(&entry->hash, &link->hash, sizeof link->hash) != 0)
		return find_bad(ret_finding, link->seq,
		                "the %s for entry %llu has another hash or time: the chain was made anew", who,
		                (unsigned long long)link->seq);
	return RCC_OK;
}

/* Reads seq, at_ms, hash, signature and beside them the entry's at_ms and hash. */
static enum rcc_status
read_checkpoint(sqlite3_stmt *stmt, struct rcc_checkpoint *ret_checkpoint, struct rcc_link *ret_entry,
                bool *ret_is_found, struct rcc_finding *ret_finding)
{
	int64_t seq = 0;

	if (!rcc_sql_column_int(stmt, 0, &seq) || seq < 0 ||
	    !rcc_sql_column_int(stmt, 1, &ret_checkpoint->link.at_ms) ||
	    !rcc_sql_column_bytes(stmt, 2, ret_checkpoint->link.hash.b, RCC_HASH_SIZE) ||
	    !rcc_sql_column_bytes(stmt, 3, ret_checkpoint->signature.b, RCC_SIGNATURE_SIZE))
		return find_bad(ret_finding, 0, "table checkpoint holds a row that is none");
	ret_checkpoint->link.seq = (uint64_t)seq;
	*ret_is_found = rcc_sql_column_int(stmt, 4, &ret_entry->at_ms) &&
	                rcc_sql_column_bytes(stmt, 5, ret_entry->hash.b, RCC_HASH_SIZE);
	return RCC_OK;
}

static enum rcc_status
verify_checkpoint(sqlite3_stmt *stmt, const struct rcc_journal_meta *meta, const struct rcc_walked *walked,
                  enum rcc_verify_depth depth, struct rcc_signed *tally, struct rcc_finding *ret_finding)
{
	struct rcc_checkpoint checkpoint = {.journal = meta->journal};
	struct rcc_link entry = {0};
	bool is_found = false;
	enum rcc_status status = read_checkpoint(stmt, &checkpoint, &entry, &is_found, ret_finding);

	if (status == RCC_OK)
		status = check_link(&checkpoint, "checkpoint", walked, is_found, &entry, ret_finding);
	if (status != RCC_OK)
		return status;
	if (tally->count == 0 && checkpoint.link.seq != 0)
		return find_bad(ret_finding, 0, "checkpoint 0, which binds the journal to its key, is missing");
	/* Rows come in order: at the newest one nothing after it has been counted. */
	bool is_edge = tally->count == 0 || sqlite3_column_int(stmt, 6) == 1;
	if ((depth == RCC_VERIFY_EVERY || is_edge) && !rcc_checkpoint_verify(&meta->sign_key, &checkpoint))
		return find_bad(ret_finding, checkpoint.link.seq,
		                "the checkpoint for entry %llu is not signed by the centre's key",
		                (unsigned long long)checkpoint.link.seq);
	tally->count++;
	tally->seq = checkpoint.link.seq;
	return RCC_OK;
}

enum rcc_status
rcc_verify_checkpoints(sqlite3 *db, const struct rcc_journal_meta *meta, const struct rcc_walked *walked,
                       enum rcc_verify_depth depth, struct rcc_signed *tally, struct rcc_finding *ret_finding)
{
	sqlite3_stmt *stmt = NULL;
	enum rcc_status status = RCC_OK;
	int rc = sqlite3_prepare_v2(
	    db,
	    "SELECT c.seq, c.at_ms, c.hash, c.signature, e.at_ms, e.hash, c.seq = (SELECT max(seq) FROM checkpoint)"
	    " FROM checkpoint AS c LEFT JOIN entry AS e ON e.seq = c.seq ORDER BY c.seq",
	    -1, &stmt, NULL);

	memset(tally, 0, sizeof *tally);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	while (rc == SQLITE_ROW && status == RCC_OK) {
		status = verify_checkpoint(stmt, meta, walked, depth, tally, ret_finding);
		if (status == RCC_OK)
			rc = sqlite3_step(stmt);
	}
	if (status == RCC_OK && rc != SQLITE_DONE)
		status = find_unreadable(ret_finding, 0, "table checkpoint", db, rc);
	else if (status == RCC_OK && tally->count == 0)
		status = find_bad(ret_finding, 0, "checkpoint 0, which binds the journal to its key, is missing");
	sqlite3_finalize(stmt);
	return status;
}

enum rcc_status
rcc_verify_witness(sqlite3 *db, const struct rcc_journal_meta *meta, const struct rcc_walked *walked,
                   const struct rcc_checkpoint *witness, struct rcc_finding *ret_finding)
{
	struct rcc_link entry = {0};
	sqlite3_stmt *stmt = NULL;
	enum rcc_status status = RCC_OK;
	int rc;

	ret_finding->is_of_witness = true;
	if (memcmp(&witness->journal, &meta->journal, sizeof meta->journal) != 0)
		return find_bad(ret_finding, 0, "the witness for entry %llu kept it of another journal",
		                (unsigned long long)witness->link.seq);
	if (!rcc_checkpoint_verify(&meta->sign_key, witness))
		return find_bad(ret_finding, 0, "the witness for entry %llu is not signed by this journal's key",
		                (unsigned long long)witness->link.seq);
	ret_finding->is_of_witness = false;
	rc = sqlite3_prepare_v2(db, "SELECT at_ms, hash FROM entry WHERE seq = ?", -1, &stmt, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_int64(stmt, 1, (sqlite3_int64)witness->link.seq);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW || rc == SQLITE_DONE) {
		bool is_found = rc == SQLITE_ROW && rcc_sql_column_int(stmt, 0, &entry.at_ms) &&
		                rcc_sql_column_bytes(stmt, 1, entry.hash.b, RCC_HASH_SIZE);
		status = check_link(witness, "witness", walked, is_found, &entry, ret_finding);
	} else {
		status = find_unreadable(ret_finding, witness->link.seq, "it", db, rc);
	}
	sqlite3_finalize(stmt);
	return status;
}

enum rcc_status
rcc_verify_new_checkpoints(sqlite3 *db, const struct rcc_journal_meta *meta, uint64_t after_seq,
                           rcc_verify_tell_fn *tell, void *context, struct rcc_finding *ret_finding)
{
	const struct rcc_walked any = {.head = {.seq = UINT64_MAX}};
	sqlite3_stmt *stmt = NULL;
	enum rcc_status status = RCC_OK;
	int rc = sqlite3_prepare_v2(db,
	                            "SELECT c.seq, c.at_ms, c.hash, c.signature, e.at_ms, e.hash FROM checkpoint AS c"
	                            " LEFT JOIN entry AS e ON e.seq = c.seq WHERE c.seq > ? ORDER BY c.seq",
	                            -1, &stmt, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_bind_int64(stmt, 1, (sqlite3_int64)after_seq);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	while (rc == SQLITE_ROW && status == RCC_OK) {
		struct rcc_checkpoint checkpoint = {.journal = meta->journal};
		struct rcc_link entry = {0};
		bool is_found = false;
		status = read_checkpoint(stmt, &checkpoint, &entry, &is_found, ret_finding);
		if (status == RCC_OK)
			status = check_link(&checkpoint, "checkpoint", &any, is_found, &entry, ret_finding);
		if (status == RCC_OK && !rcc_checkpoint_verify(&meta->sign_key, &checkpoint))
			status = find_bad(ret_finding, checkpoint.link.seq,
			                  "the checkpoint for entry %llu is not signed by the centre's key",
			                  (unsigned long long)checkpoint.link.seq);
		if (status != RCC_OK)
			break;
		tell(context, &checkpoint);
		rc = sqlite3_step(stmt);
	}
	if (status == RCC_OK && rc != SQLITE_DONE)
		status = find_unreadable(ret_finding, 0, "table checkpoint", db, rc);
	sqlite3_finalize(stmt);
	return status;
}

/*
 * An audit trusts nothing in the file: not its pages, its schema, its numbers, nor its own signatures where the auditor
 * brought the centre's key. It goes on after the first finding only as far as needed to say what is still good.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "journal/file.h"
#include "journal/journal.h"
#include "journal/projection.h"
#include "journal/verify.h"

struct audit {
	const struct rcc_audit_ask *ask;
	sqlite3 *db;
	bool is_at_rest;
	sqlite3 *truth; /* projections made anew from the entries, in a temporary database of ours */
	struct rcc_projection projection;
	struct rcc_journal_meta meta;
	struct rcc_link before; /* the link before the first entry */
	struct rcc_audit_report report;
	struct rcc_wanted wanted;
	struct rcc_entry entry;
};

/* "": a private file that SQLite deletes, so that a large journal needs no large memory. */
static int
open_truth(struct audit *audit)
{
	int rc = sqlite3_open_v2("", &audit->truth, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);

	if (rc == SQLITE_OK)
		rc = rcc_sql_exec(audit->truth, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF");
	if (rc == SQLITE_OK)
		rc = rcc_schema_renew_projections(audit->truth);
	if (rc == SQLITE_OK)
		rc = rcc_sql_exec(audit->truth, "BEGIN");
	if (rc == SQLITE_OK)
		rc = rcc_projection_open(&audit->projection, audit->truth);
	return rc;
}

static enum rcc_status
visit(void *context, const struct rcc_link *link, const struct rcc_entry *entry)
{
	struct audit *audit = context;

	if (audit->report.rows == 0)
		audit->report.first_at_ms = link->at_ms;
	audit->report.rows++;
	if (audit->truth != NULL && rcc_projection_write(&audit->projection, link->seq, entry) != SQLITE_OK)
		return RCC_E_IO;
	if (audit->ask->replay != NULL && entry != NULL)
		audit->ask->replay(audit->ask->context, link, entry);
	return RCC_OK;
}

/* Keeps the first finding. */
static enum rcc_status
take(struct audit *audit, enum rcc_status status, const struct rcc_finding *finding)
{
	if (status == RCC_OK || audit->report.bad_reason[0] != '\0')
		return status;
	audit->report.bad_seq = finding->bad_seq;
	audit->report.is_bad_witness = finding->is_of_witness;
	snprintf(audit->report.bad_reason, sizeof audit->report.bad_reason, "%s",
	         finding->reason[0] != '\0' ? finding->reason : rcc_status_text(status));
	return status;
}

static enum rcc_status
check_key(struct audit *audit, const struct rcc_key *trusted, struct rcc_finding *ret_finding)
{
	if (trusted == NULL || memcmp(trusted, &audit->meta.sign_key, sizeof *trusted) == 0)
		return RCC_OK;
	audit->report.is_other_key = true;
	snprintf(ret_finding->reason, sizeof ret_finding->reason,
	         "the journal states another signing key than the one you trust");
	return RCC_E_CORRUPT;
}

/* The b-trees themselves: what no query happened to read, indexes, rows that a scan skips. */
static enum rcc_status
check_pages(sqlite3 *db, struct rcc_finding *ret_finding)
{
	sqlite3_stmt *stmt = NULL;
	enum rcc_status status = RCC_E_CORRUPT;
	int rc = sqlite3_prepare_v2(db, "PRAGMA integrity_check(1)", -1, &stmt, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	if (rc != SQLITE_ROW) {
		snprintf(ret_finding->reason, sizeof ret_finding->reason, "its pages cannot be checked: %s",
		         sqlite3_errstr(rc));
		status = rcc_sql_failure(rc);
	} else {
		const unsigned char *text = sqlite3_column_text(stmt, 0);
		if (text != NULL && strcmp((const char *)text, "ok") == 0)
			status = RCC_OK;
		else
			snprintf(ret_finding->reason, sizeof ret_finding->reason, "its pages are damaged: %.300s",
			         text == NULL ? "" : (const char *)text);
	}
	sqlite3_finalize(stmt);
	return status;
}

static enum rcc_status
check_witnesses(struct audit *audit, const struct rcc_walked *walked)
{
	const struct rcc_audit_ask *ask = audit->ask;
	enum rcc_status status = RCC_OK;

	for (size_t i = 0; i < ask->witness_count && status == RCC_OK; i++) {
		struct rcc_finding finding = {0};
		status = rcc_verify_witness(audit->db, &audit->meta, walked, &ask->witness[i], &finding);
		(void)take(audit, status, &finding);
	}
	return status;
}

/* A witness may have kept the hash that a piece follows. */
static void
ask_witnesses(struct audit *audit)
{
	const struct rcc_audit_ask *ask = audit->ask;

	for (size_t i = 0; i < ask->witness_count && audit->report.is_unproven; i++) {
		const struct rcc_checkpoint *witness = &ask->witness[i];
		if (witness->link.seq != audit->before.seq ||
		    memcmp(&witness->journal, &audit->meta.journal, sizeof witness->journal) != 0 ||
		    !rcc_checkpoint_verify(&audit->meta.sign_key, witness))
			continue;
		audit->before = witness->link;
		audit->report.is_unproven = false;
	}
}

/* Where the record begins: at the beginning, unless it is said to be a piece. */
static enum rcc_status
find_beginning(struct audit *audit, struct rcc_finding *ret_finding)
{
	enum rcc_status status = RCC_OK;
	bool is_proven = true;

	if (audit->ask->is_piece)
		status = rcc_verify_piece(audit->db, &audit->before, &is_proven, ret_finding);
	audit->report.is_unproven = !is_proven;
	ask_witnesses(audit);
	audit->report.first_seq = audit->before.seq + 1;
	return status;
}

/* What a look at the chain alone is to tell of. */
static enum rcc_status
tell_wanted(struct audit *audit)
{
	enum rcc_status status = RCC_OK;

	for (size_t i = 0; i < audit->wanted.count && status == RCC_OK; i++) {
		struct rcc_finding finding = {0};
		struct rcc_link link;
		status = rcc_verify_read(audit->db, audit->wanted.seq[i], &audit->entry, &link, &finding);
		if (status == RCC_OK)
			audit->ask->replay(audit->ask->context, &link, &audit->entry);
		(void)take(audit, status, &finding);
	}
	return status;
}

/* Entries first, since everything else is compared with them. */
static enum rcc_status
check_record(struct audit *audit)
{
	struct rcc_finding finding = {0};
	struct rcc_signed tally = {0};
	enum rcc_status status = check_key(audit, audit->ask->trusted, &finding);

	if (status == RCC_OK)
		status = find_beginning(audit, &finding);
	if (status != RCC_OK)
		return take(audit, status, &finding);
	const struct rcc_verify_walk walk = {.scratch = audit->ask->depth == RCC_AUDIT_CHAIN ? NULL : &audit->entry,
	                                     .before = audit->before,
	                                     .is_unproven = audit->report.is_unproven,
	                                     .wanted = audit->wanted.kinds > 0 ? &audit->wanted : NULL,
	                                     .visit = visit,
	                                     .context = audit};
	if (audit->ask->depth == RCC_AUDIT_CHAIN)
		status = rcc_verify_halves(audit->ask->path, audit->db, &walk, &audit->report.head, &audit->report.rows,
		                           &finding);
	else
		status = rcc_verify_entries(audit->db, &walk, &audit->report.head, &finding);
	(void)take(audit, status, &finding);
	/* Also after a bad entry: how far the good part is signed is the first thing that will be asked. */
	memset(&finding, 0, sizeof finding);
	const struct rcc_walked walked = {.before_seq = audit->before.seq, .head = audit->report.head};
	enum rcc_status signatures =
	    rcc_verify_checkpoints(audit->db, &audit->meta, &walked, RCC_VERIFY_EVERY, &tally, &finding);
	(void)take(audit, signatures, &finding);
	audit->report.checkpoints = tally.count;
	audit->report.signed_seq = tally.seq;
	if (status == RCC_OK)
		status = signatures;
	return status == RCC_OK ? check_witnesses(audit, &walked) : status;
}

static enum rcc_status
check_rest(struct audit *audit)
{
	struct rcc_finding finding = {0};
	enum rcc_status status = RCC_OK;

	if (audit->truth != NULL)
		status = rcc_schema_check_objects(audit->db, finding.reason, sizeof finding.reason);
	if (status == RCC_E_CORRUPT) {
		status = rcc_schema_check_record(audit->db, finding.reason, sizeof finding.reason);
		audit->report.is_other_build = status == RCC_OK;
	}
	if (status == RCC_OK && audit->truth != NULL && !audit->report.is_other_build)
		status = rcc_projection_compare(audit->db, audit->truth, finding.reason, sizeof finding.reason);
	if (status == RCC_OK)
		status = check_pages(audit->db, &finding);
	return take(audit, status, &finding);
}

static enum rcc_status
open_both(struct audit *audit, struct rcc_fault *ret_fault)
{
	bool has_truth = audit->ask->depth == RCC_AUDIT_FILE && !audit->ask->is_piece;
	enum rcc_status status = rcc_file_open_reader(audit->ask->path, &audit->db, &audit->is_at_rest, ret_fault);

	if (status == RCC_OK && has_truth && open_truth(audit) != SQLITE_OK)
		return rcc_fault_set(ret_fault, RCC_E_IO, "no room for a temporary database: %s",
		                     audit->truth == NULL ? "no memory" : sqlite3_errmsg(audit->truth));
	return status;
}

/* Every entry that is named can be read: it may be that others were. */
static enum rcc_status
take_cut(struct audit *audit)
{
	struct rcc_finding finding = {.reason = "the file was cut: its last pages are missing"};

	return take(audit, RCC_E_CORRUPT, &finding);
}

static enum rcc_status
run_audit(struct audit *audit, struct rcc_fault *ret_fault)
{
	struct rcc_finding finding = {0};
	const char *path = audit->ask->path;
	enum rcc_status status = open_both(audit, ret_fault);

	if (status != RCC_OK)
		return status;
	/* One read transaction: the daemon may go on writing, we see one moment. */
	int rc = rcc_sql_exec(audit->db, "BEGIN");
	status = rc == SQLITE_OK ? RCC_OK : rcc_sql_failure(rc);
	if (status == RCC_OK)
		status = rcc_schema_check_mark(audit->db, finding.reason, sizeof finding.reason);
	if (status == RCC_OK)
		status = rcc_schema_read_meta(audit->db, &audit->meta, finding.reason, sizeof finding.reason);
	if (status != RCC_OK)
		return rcc_fault_set(ret_fault, take(audit, status, &finding), "%s is not a whole journal: %.150s",
		                     path, audit->report.bad_reason);
	audit->report.journal = audit->meta.journal;
	audit->report.sign_key = audit->meta.sign_key;
	status = check_record(audit);
	if (status == RCC_OK)
		status = tell_wanted(audit);
	if (status == RCC_OK && audit->is_at_rest && rcc_file_is_cut(path))
		status = take_cut(audit);
	if (status == RCC_OK && audit->ask->depth == RCC_AUDIT_FILE)
		status = check_rest(audit);
	if (status != RCC_OK)
		rcc_fault_set(ret_fault, status, "%s: %.200s", path, audit->report.bad_reason);
	return status;
}

/* A file read as immutable must not have come into use meanwhile. */
static enum rcc_status
check_still_at_rest(const struct audit *audit, const char *path, enum rcc_status status, struct rcc_fault *ret_fault)
{
	struct rcc_journal_path wal;

	if (!audit->is_at_rest || rcc_file_name(&wal, path, "-wal") != RCC_OK || !rcc_file_exists(wal.v, NULL))
		return status;
	return rcc_fault_set(ret_fault, RCC_E_BUSY, "a daemon opened %s while it was read: verify it again", path);
}

enum rcc_status
rcc_journal_examine(const struct rcc_audit_ask *ask, struct rcc_audit_report *ret_report, struct rcc_fault *ret_fault)
{
	struct audit *audit = calloc(1, sizeof *audit);
	enum rcc_status status;

	if (audit == NULL)
		return rcc_fault_set(ret_fault, RCC_E_FULL, "no memory to read %s", ask->path);
	audit->ask = ask;
	if (ask->depth == RCC_AUDIT_CHAIN && ask->replay != NULL) {
		audit->wanted.kind = ask->events;
		audit->wanted.kinds = ask->event_count;
	}
	status = run_audit(audit, ret_fault);
	status = check_still_at_rest(audit, ask->path, status, ret_fault);
	*ret_report = audit->report;
	rcc_projection_close(&audit->projection);
	sqlite3_close(audit->truth);
	sqlite3_close(audit->db);
	free(audit->wanted.seq);
	free(audit);
	return status;
}

enum rcc_status
rcc_journal_audit(const char *path, const struct rcc_key *trusted, const struct rcc_checkpoint *witness,
                  size_t witness_count, rcc_journal_replay_fn *replay, void *context,
                  struct rcc_audit_report *ret_report, struct rcc_fault *ret_fault)
{
	const struct rcc_audit_ask ask = {.path = path,
	                                  .depth = RCC_AUDIT_FILE,
	                                  .trusted = trusted,
	                                  .witness = witness,
	                                  .witness_count = witness_count,
	                                  .replay = replay,
	                                  .context = context};

	return rcc_journal_examine(&ask, ret_report, ret_fault);
}

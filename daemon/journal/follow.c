/* follow.c - the checkpoints of somebody else's journal as they come, for whoever keeps them elsewhere. */
#include <string.h>

#include "journal/file.h"
#include "journal/journal.h"
#include "journal/verify.h"

/* The last link of the file: whether a known checkpoint is beyond it shows whether a tail is missing. */
static enum rcc_status
read_walked(sqlite3 *db, struct rcc_walked *ret_walked)
{
	int64_t last = 0;
	int rc = rcc_sql_int(db, "SELECT coalesce(max(seq), 0) FROM entry", &last);

	ret_walked->head.seq = last > 0 ? (uint64_t)last : 0;
	return rc == SQLITE_OK ? RCC_OK : rcc_sql_failure(rc);
}

static enum rcc_status
read_known(sqlite3 *db, const struct rcc_journal_meta *meta, const struct rcc_checkpoint *known,
           struct rcc_finding *ret_finding)
{
	struct rcc_walked walked = {0};
	enum rcc_status status = known == NULL ? RCC_OK : read_walked(db, &walked);

	return status == RCC_OK && known != NULL ? rcc_verify_witness(db, meta, &walked, known, ret_finding) : status;
}

static enum rcc_status
follow(sqlite3 *db, const struct rcc_key *trusted, const struct rcc_checkpoint *known, uint64_t after_seq,
       rcc_journal_checkpoint_fn *tell, void *context, struct rcc_finding *ret_finding)
{
	struct rcc_journal_meta meta;
	enum rcc_status status = rcc_schema_check_mark(db, ret_finding->reason, sizeof ret_finding->reason);

	if (status == RCC_OK)
		status = rcc_schema_read_meta(db, &meta, ret_finding->reason, sizeof ret_finding->reason);
	if (status == RCC_OK && trusted != NULL && memcmp(trusted, &meta.sign_key, sizeof *trusted) != 0)
		status = RCC_E_NOT_ALLOWED;
	if (status == RCC_OK)
		status = read_known(db, &meta, known, ret_finding);
	if (status == RCC_OK)
		status = rcc_verify_new_checkpoints(db, &meta, after_seq, tell, context, ret_finding);
	return status;
}

enum rcc_status
rcc_journal_follow(const char *path, const struct rcc_key *trusted, const struct rcc_checkpoint *known,
                   uint64_t after_seq, rcc_journal_checkpoint_fn *tell, void *context, struct rcc_fault *ret_fault)
{
	struct rcc_finding finding = {0};
	sqlite3 *db = NULL;
	bool is_at_rest = false;
	enum rcc_status status = rcc_file_open_reader(path, &db, &is_at_rest, ret_fault);

	if (status != RCC_OK)
		return status;
	/* One moment of it, while its daemon goes on. */
	int rc = rcc_sql_exec(db, "BEGIN");
	status = rc == SQLITE_OK ? follow(db, trusted, known, after_seq, tell, context, &finding) : rcc_sql_failure(rc);
	if (status == RCC_E_NOT_ALLOWED && finding.reason[0] == '\0')
		rcc_fault_set(ret_fault, status, "%s states another signing key than the one you trust", path);
	else if (status != RCC_OK)
		rcc_fault_set(ret_fault, status, "%s: %.200s", path,
		              finding.reason[0] != '\0' ? finding.reason : rcc_status_text(status));
	sqlite3_close(db);
	return status;
}

/* Which key of the centre follows which: what it announced while the one before was in force. */
#include "librcc/store_internal.h"

enum rcc_status
rcc_store_next_key(struct rcc_store *store, const struct rcc_key *known, struct rcc_key *ret_next, bool *ret_in_force)
{
	struct sqlite3_stmt *statement = rcc_store_use(store, SQL_NEXT_KEY);

	rcc_store_bind_blob(statement, 1, known->b, sizeof known->b);
	enum rcc_status status = rcc_store_fetch(statement);
	if (status != RCC_OK) {
		return status;
	}
	bool is_whole = rcc_store_column_copy(statement, 0, ret_next->b, sizeof ret_next->b);
	*ret_in_force = rcc_store_column_u32(statement, 1) != 0;
	rcc_store_done(statement);
	return is_whole ? RCC_OK : RCC_E_CORRUPT;
}

enum rcc_status
rcc_store_note_next_key(struct rcc_store *store, const struct rcc_key *known, const struct rcc_key *next)
{
	struct sqlite3_stmt *statement = rcc_store_use(store, SQL_NOTE_NEXT_KEY);

	rcc_store_bind_blob(statement, 1, known->b, sizeof known->b);
	rcc_store_bind_blob(statement, 2, next->b, sizeof next->b);
	return rcc_store_run(store, statement, NULL);
}

enum rcc_status
rcc_store_use_next_key(struct rcc_store *store, const struct rcc_key *known)
{
	struct sqlite3_stmt *statement = rcc_store_use(store, SQL_USE_NEXT_KEY);

	rcc_store_bind_blob(statement, 1, known->b, sizeof known->b);
	return rcc_store_run(store, statement, NULL);
}

/*
 * file.h - journal.db as a file: its lock, its birth, its opening.
 */
#ifndef RCC_JOURNAL_FILE_H
#define RCC_JOURNAL_FILE_H

#include "journal/schema.h"

/* Longest path of a journal, its suffixes ("-wal", "-new") included. */
#define RCC_JOURNAL_PATH_MAX 1023
struct rcc_journal_path {
	char v[RCC_JOURNAL_PATH_MAX + 1];
};

/* path with a suffix; RCC_E_TOO_LARGE. */
RCC_MUST_USE enum rcc_status rcc_file_name(struct rcc_journal_path *ret_path, const char *path, const char *suffix);
/* Is there such a file? ret_size may be NULL. */
bool rcc_file_exists(const char *path, int64_t *ret_size);

/* Takes the writer's lock (PATH-lock), which ends with the descriptor. RCC_E_BUSY if another writer has it. */
RCC_MUST_USE enum rcc_status rcc_file_lock(const char *path, int *ret_fd, struct rcc_fault *ret_fault);

/*
 * Makes an empty journal under another name and then renames it, so that a journal.db is never half made: one that is
 * empty or torn is damage, not a start.
 */
RCC_MUST_USE enum rcc_status rcc_file_create(const char *path, const struct rcc_sign_key *sign_key, int64_t now_ms,
                                             struct rcc_fault *ret_fault);
/* Opens for writing: WAL, synchronous=FULL. Nothing is written to the file yet, nor when it is closed. */
RCC_MUST_USE enum rcc_status rcc_file_open_writer(const char *path, sqlite3 **ret_db, struct rcc_fault *ret_fault);
/* Before closing a journal that was refused: an empty WAL that our opening made goes with it, a full one stays. */
void rcc_file_leave(sqlite3 *db, const char *path);
/* Is the file shorter than it says itself? Then its last pages are gone, and what can be read is not all of it. */
bool rcc_file_is_cut(const char *path);
/*
 * Opens for reading and writes nothing, not even beside it: a journal at rest is read as an immutable file, one in use
 * through its WAL. *ret_is_at_rest tells which.
 */
RCC_MUST_USE enum rcc_status rcc_file_open_reader(const char *path, sqlite3 **ret_db, bool *ret_is_at_rest,
                                                  struct rcc_fault *ret_fault);

#endif

/*
 * desk.h - a directory of its own for each test, a journal in it, and what a forger would do to its file.
 */
#ifndef RCC_TEST_DESK_H
#define RCC_TEST_DESK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "journal/journal.h"
#include "proto/wire.h"
#include "story.h"

#define DESK_PATH_SIZE 200

struct desk {
	char dir[DESK_PATH_SIZE / 2];
	char path[DESK_PATH_SIZE]; /* journal.db in it */
	struct rcc_sign_key key;
	struct rcc_journal journal;
	struct rcc_audit_report report; /* of the last audit */
	struct rcc_fault fault;
	struct rcc_entry entry;
	uint8_t payload[RCC_PAYLOAD_MAX];
};

/* cmocka's fixtures: *state is a struct desk with a new directory and key, and no journal yet. */
int desk_setup(void **state);
int desk_teardown(void **state);

/* A path in the directory, valid until the next call. */
const char *desk_file(struct desk *desk, const char *name);
void desk_open(struct desk *desk);
/* Appends the story's entries first..last in one batch and commits. */
void desk_append(struct desk *desk, uint64_t first, uint64_t last);
/* Opens, writes entries 1..last with a checkpoint after each of `signed_at` (0 ends it), closes. */
void desk_write(struct desk *desk, uint64_t last, const uint64_t *signed_at);

enum rcc_status desk_audit(struct desk *desk, const struct rcc_checkpoint *witness, size_t count);

/* A connection without our guards: the triggers that refuse changes are dropped. */
sqlite3 *desk_forge(const char *path);
/* Restores the triggers as if nothing had happened and closes. */
void desk_forged(sqlite3 *db);
void desk_sql(sqlite3 *db, const char *sql);
int64_t desk_int(const char *path, const char *sql);
void desk_copy(const char *from, const char *to);

#endif

/*
 * verify_halves.c - the chain of a long record by two processes. A process and not a thread: SQLite and the rest of this folder know
 * one thread alone, and what another process does wrong cannot reach this one.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "journal/file.h"
#include "journal/verify.h"

/* A shorter one is verified before a second process has begun. */
#define ENTRIES_MIN 1000

/* What the other process found. */
struct half {
	enum rcc_status status;
	struct rcc_link before, head;
	struct rcc_finding finding;
	uint64_t wanted; /* so many numbers follow */
};

static enum rcc_status
read_link(sqlite3 *db, uint64_t seq, struct rcc_link *ret_link)
{
	sqlite3_stmt *stmt = NULL;
	struct rcc_link link = {.seq = seq};
	bool is_found = false;
	int rc = sqlite3_prepare_v2(db, "SELECT at_ms, hash FROM entry WHERE seq = ?", -1, &stmt, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_bind_int64(stmt, 1, (sqlite3_int64)seq);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW)
		is_found = rcc_sql_column_int(stmt, 0, &link.at_ms) &&
		           rcc_sql_column_bytes(stmt, 1, link.hash.b, RCC_HASH_SIZE);
	sqlite3_finalize(stmt);
	if (is_found)
		*ret_link = link;
	return is_found ? RCC_OK : RCC_E_NOT_FOUND;
}

static bool
tell(int to, const void *bytes, size_t len)
{
	ssize_t done = 0;

	for (size_t at = 0; at < len; at += (size_t)done) {
		done = write(to, (const uint8_t *)bytes + at, len - at);
		if (done < 0 && errno != EINTR)
			return false;
		done = done < 0 ? 0 : done;
	}
	return true;
}

/* The other process: everything after the middle. It ends here, whatever happens. */
static _Noreturn void
verify_later_half(const char *path, uint64_t middle, struct rcc_wanted wanted, int to)
{
	struct half half = {.status = RCC_E_IO};
	struct rcc_fault fault = {0};
	sqlite3 *db = NULL;
	bool is_at_rest = false;

	half.status = rcc_file_open_reader(path, &db, &is_at_rest, &fault);
	if (half.status == RCC_OK && rcc_sql_exec(db, "BEGIN") != SQLITE_OK)
		half.status = RCC_E_IO;
	if (half.status == RCC_OK)
		half.status = read_link(db, middle, &half.before);
	if (half.status == RCC_OK) {
		const struct rcc_verify_walk walk = {
		    .before = half.before, .is_later_half = true, .wanted = wanted.kinds > 0 ? &wanted : NULL};
		half.status = rcc_verify_entries(db, &walk, &half.head, &half.finding);
	}
	half.wanted = wanted.count;
	_exit(tell(to, &half, sizeof half) && tell(to, wanted.seq, wanted.count * sizeof *wanted.seq) ? 0 : 1);
}

static bool
hear(int from, void *bytes, size_t len)
{
	size_t at = 0;
	ssize_t got;

	do {
		got = read(from, (uint8_t *)bytes + at, len - at);
		at += got > 0 ? (size_t)got : 0;
	} while (at < len && (got > 0 || (got < 0 && errno == EINTR)));
	return at == len;
}

/* False: there is no other process, or it did not say all that it had to. What it wants goes behind what we want. */
static bool
hear_half(int from, struct half *ret_half, struct rcc_wanted *wanted)
{
	size_t before = wanted == NULL ? 0 : wanted->count;
	bool is_heard = hear(from, ret_half, sizeof *ret_half);

	for (uint64_t i = 0; is_heard && i < ret_half->wanted; i++) {
		uint64_t seq = 0;
		is_heard = wanted != NULL && hear(from, &seq, sizeof seq) && rcc_wanted_add(wanted, seq) == RCC_OK;
	}
	if (!is_heard && wanted != NULL)
		wanted->count = before;
	return is_heard;
}

/* One process: from the middle on as well. */
static enum rcc_status
go_on(sqlite3 *db, struct rcc_wanted *wanted, struct rcc_link *head, struct rcc_finding *ret_finding)
{
	const struct rcc_verify_walk walk = {.before = *head, .is_later_half = true, .wanted = wanted};

	return rcc_verify_entries(db, &walk, head, ret_finding);
}

static enum rcc_status
walk_both(const char *path, sqlite3 *db, const struct rcc_verify_walk *walk, uint64_t middle, struct rcc_link *head,
          struct rcc_finding *ret_finding)
{
	struct rcc_verify_walk first = *walk;
	struct half half;
	int ends[2] = {-1, -1};
	pid_t other = pipe(ends) == 0 ? fork() : -1;

	if (other == 0)
		verify_later_half(path, middle, walk->wanted == NULL ? (struct rcc_wanted){0} : *walk->wanted, ends[1]);
	if (ends[1] >= 0)
		close(ends[1]);
	first.until_seq = middle;
	enum rcc_status status = rcc_verify_entries(db, &first, head, ret_finding);
	size_t before = walk->wanted == NULL ? 0 : walk->wanted->count;
	bool is_heard = other > 0 && hear_half(ends[0], &half, walk->wanted);
	/* First: one that still has something to say must not wait for a reader. */
	if (ends[0] >= 0)
		close(ends[0]);
	while (other > 0 && waitpid(other, NULL, 0) < 0 && errno == EINTR)
		;
	if (status != RCC_OK)
		return status;
	/* It began at another link, could not begin, or was not there: what it found is worth nothing. */
	if (!is_heard || half.before.seq != head->seq ||
	    memcmp(&half.before.hash, &head->hash, sizeof head->hash) != 0 || half.before.at_ms != head->at_ms) {
		if (walk->wanted != NULL)
			walk->wanted->count = before;
		return go_on(db, walk->wanted, head, ret_finding);
	}
	*head = half.head;
	if (half.status != RCC_OK)
		*ret_finding = half.finding;
	return half.status;
}

enum rcc_status
rcc_verify_halves(const char *path, sqlite3 *db, const struct rcc_verify_walk *walk, struct rcc_link *head,
                  uint64_t *ret_rows, struct rcc_finding *ret_finding)
{
	enum rcc_status status;
	int64_t last = 0;
	uint64_t first = walk->before.seq;

	if (rcc_sql_int(db, "SELECT coalesce(max(seq), 0) FROM entry", &last) == SQLITE_OK && last > 0 &&
	    (uint64_t)last > first && (uint64_t)last - first >= ENTRIES_MIN)
		status = walk_both(path, db, walk, first + ((uint64_t)last - first) / 2, head, ret_finding);
	else
		status = rcc_verify_entries(db, walk, head, ret_finding);
	*ret_rows = head->seq - first;
	return status;
}

/*
 * concern.c - which entries speak of one ship in one case, without reading them all. The projections name the entries of
 * orders, and the times of each call; a time leads to its entries by halving, since times never run backwards.
 */
#include <stdlib.h>

#include "journal/journal_impl.h"

/* Entries of one turn have one time. */
#define SAME_TIME_MAX 1024

struct search {
	sqlite3 *db;
	const struct rcc_concern *concern;
	uint64_t head;
	sqlite3_stmt *time; /* of an entry */
	uint64_t *seq;
	size_t count, max;
	bool is_full;
};

static int
by_number(const void *a, const void *b)
{
	const uint64_t *left = a, *right = b;

	return (*left > *right) - (*left < *right);
}

/* In order, each once: many calls of one turn lead to the same entries. */
static void
tidy(struct search *search)
{
	size_t count = 0;

	qsort(search->seq, search->count, sizeof search->seq[0], by_number);
	for (size_t i = 0; i < search->count; i++) {
		if (count == 0 || search->seq[count - 1] != search->seq[i])
			search->seq[count++] = search->seq[i];
	}
	search->count = count;
}

static void
keep(struct search *search, uint64_t seq)
{
	if (seq == 0 || seq > search->head || search->is_full)
		return;
	if (search->count == search->max)
		tidy(search);
	if (search->count < search->max)
		search->seq[search->count++] = seq;
	else
		search->is_full = true;
}

static int
time_of(struct search *search, uint64_t seq, int64_t *ret_at_ms)
{
	int rc = sqlite3_bind_int64(search->time, 1, (sqlite3_int64)seq);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(search->time);
	if (rc == SQLITE_ROW)
		*ret_at_ms = sqlite3_column_int64(search->time, 0);
	sqlite3_reset(search->time);
	return rc == SQLITE_ROW ? SQLITE_OK : SQLITE_CORRUPT;
}

/* Every entry of that time. */
static int
keep_time(struct search *search, int64_t at_ms)
{
	uint64_t low = 1;
	uint64_t high = search->head + 1;
	int64_t found_ms = 0;
	int rc = SQLITE_OK;

	while (low < high && rc == SQLITE_OK) {
		uint64_t middle = low + (high - low) / 2;
		rc = time_of(search, middle, &found_ms);
		if (found_ms < at_ms)
			low = middle + 1;
		else
			high = middle;
	}
	for (uint64_t seq = low; rc == SQLITE_OK && seq <= search->head; seq++) {
		rc = time_of(search, seq, &found_ms);
		if (rc != SQLITE_OK || found_ms != at_ms)
			break;
		if (seq - low >= SAME_TIME_MAX)
			search->is_full = true;
		else
			keep(search, seq);
	}
	return rc;
}

/* Takes the numbers that a statement gives, of incident, ship and key as ?1, ?2 and ?3. */
static int
each_row(struct search *search, const char *sql, struct rcc_peer_id peer, bool is_time)
{
	const struct rcc_concern *concern = search->concern;
	sqlite3_stmt *stmt = NULL;
	struct rcc_bind bind;
	int rc = sqlite3_prepare_v2(search->db, sql, -1, &stmt, NULL);

	if (rc != SQLITE_OK)
		return rc;
	rcc_bind_start(&bind, stmt);
	rcc_bind_int(&bind, concern->incident.v);
	rcc_bind_mmsi(&bind, concern->ship);
	rcc_bind_int(&bind, peer.v);
	rc = bind.rc == SQLITE_OK ? sqlite3_step(stmt) : bind.rc;
	while (rc == SQLITE_ROW) {
		int failed = SQLITE_OK;
		for (int i = 0; i < sqlite3_column_count(stmt) && failed == SQLITE_OK; i++) {
			if (sqlite3_column_type(stmt, i) == SQLITE_NULL)
				continue;
			if (is_time)
				failed = keep_time(search, sqlite3_column_int64(stmt, i));
			else
				keep(search, (uint64_t)sqlite3_column_int64(stmt, i));
		}
		rc = failed == SQLITE_OK ? sqlite3_step(stmt) : failed;
	}
	sqlite3_finalize(stmt);
	return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

/* Each names ?1, ?2 and ?3 in some way: a statement takes what it uses. */
#define SINCE "(SELECT opened_seq FROM incident WHERE incident_id = ?1)"
#define ALL_NAMED " AND ?2 IS ?2 AND ?3 IS ?3"
static const char opened_sql[] = "SELECT opened_seq FROM incident WHERE incident_id = ?1" ALL_NAMED;
static const char issued_sql[] = "SELECT issued_seq FROM broadcast WHERE incident_id = ?1" ALL_NAMED;
static const char diary_sql[] = "SELECT seq FROM diary WHERE seq >= " SINCE " AND incident_id = ?1" ALL_NAMED;
static const char spoken_sql[] =
    "SELECT seq FROM answer WHERE seq >= " SINCE " AND incident_id = ?1 AND ship_mmsi = ?2 AND ?3 IS ?3";
static const char answer_sql[] =
    "SELECT seq FROM answer WHERE seq >= " SINCE " AND incident_id = ?1 AND peer_id = ?3 AND ?2 IS ?2";
static const char alert_sql[] =
    "SELECT recorded_seq FROM alert WHERE incident_id = ?1 AND sender_peer_id = ?3 AND ?2 IS ?2";
static const char call_sql[] =
    "SELECT d.queued_at_ms, d.sent_at_ms, d.stored_at_ms, d.read_at_ms, d.flagged_at_ms, d.unreachable_at_ms"
    " FROM delivery AS d JOIN broadcast AS b ON b.broadcast_id = d.broadcast_id"
    " WHERE d.peer_id = ?3 AND b.incident_id = ?1 AND ?2 IS ?2";

static int
search_all(struct search *search)
{
	static const char *const of_case[] = {opened_sql, issued_sql, diary_sql, spoken_sql};
	static const char *const of_key[] = {answer_sql, alert_sql};
	int rc = SQLITE_OK;

	for (size_t i = 0; i < sizeof of_case / sizeof of_case[0] && rc == SQLITE_OK; i++)
		rc = each_row(search, of_case[i], (struct rcc_peer_id){0}, false);
	for (size_t key = 0; key < search->concern->peers; key++) {
		for (size_t i = 0; i < sizeof of_key / sizeof of_key[0] && rc == SQLITE_OK; i++)
			rc = each_row(search, of_key[i], search->concern->peer[key], false);
		if (rc == SQLITE_OK)
			rc = each_row(search, call_sql, search->concern->peer[key], true);
	}
	return rc;
}

enum rcc_status
rcc_journal_concern(struct rcc_journal *journal, const struct rcc_concern *concern, uint64_t *ret_seq, size_t max,
                    size_t *ret_count)
{
	struct rcc_journal_impl *impl = journal->impl;
	struct search search = {.db = impl->db, .concern = concern, .head = impl->head.seq, .seq = ret_seq, .max = max};
	int rc = sqlite3_prepare_v2(impl->db, "SELECT at_ms FROM entry WHERE seq = ?", -1, &search.time, NULL);

	if (rc == SQLITE_OK)
		rc = search_all(&search);
	sqlite3_finalize(search.time);
	tidy(&search);
	*ret_count = search.count;
	if (rc != SQLITE_OK)
		return rcc_sql_failure(rc);
	return search.is_full ? RCC_E_FULL : RCC_OK;
}

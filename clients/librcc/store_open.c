#define _POSIX_C_SOURCE 200809L
#include "librcc/store_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "librcc/i18n.h"

/* "RCCc" in the file header: this is a client's store. */
#define APPLICATION_ID 1380139875
#define SCHEMA_VERSION 1
/* Another program of this ship may be writing; longer than any of our transactions. */
#define BUSY_MS 5000

static const char pragmas[] = "PRAGMA journal_mode=WAL;"
                              "PRAGMA synchronous=FULL;"
                              "PRAGMA trusted_schema=OFF;"
                              "PRAGMA cell_size_check=ON;";

/*
 * A delivery is the same one only if number, broadcast and time of issue agree: a centre restored from an older backup
 * counts again from an older number, and what it then says is news.
 */
static const char schema[] =
    "BEGIN IMMEDIATE;"
    "CREATE TABLE IF NOT EXISTS pin (id INTEGER PRIMARY KEY CHECK (id = 1), sign_key BLOB NOT NULL,"
    " journal BLOB NOT NULL, at_ms INTEGER NOT NULL, base INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE TABLE IF NOT EXISTS outbox (n INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL UNIQUE,"
    " kind INTEGER NOT NULL, bytes BLOB NOT NULL, created_at_ms INTEGER NOT NULL,"
    " attempts INTEGER NOT NULL DEFAULT 0, answered_at_ms INTEGER, entry_seq INTEGER, entry_at_ms INTEGER,"
    " entry_hash BLOB, signature BLOB, refusal INTEGER, text TEXT) STRICT;"
    "CREATE INDEX IF NOT EXISTS outbox_waiting ON outbox (n) WHERE answered_at_ms IS NULL;"
    "CREATE TABLE IF NOT EXISTS inbox (n INTEGER PRIMARY KEY AUTOINCREMENT, journal BLOB NOT NULL,"
    " number INTEGER NOT NULL CHECK (number > 0), broadcast INTEGER NOT NULL, issued_at_ms INTEGER NOT NULL,"
    " bytes BLOB NOT NULL, stored_at_ms INTEGER NOT NULL, reported INTEGER NOT NULL DEFAULT 0,"
    " read_at_ms INTEGER NOT NULL DEFAULT 0, read_by TEXT NOT NULL DEFAULT '',"
    " UNIQUE (journal, number, broadcast, issued_at_ms)) STRICT;"
    /* From this number on, up to this row: of a record that the centre has lost. They are kept, and not counted. */
    "CREATE TABLE IF NOT EXISTS lost (journal BLOB NOT NULL, number INTEGER NOT NULL, n INTEGER NOT NULL) STRICT;"
    "CREATE INDEX IF NOT EXISTS inbox_unreported ON inbox (n) WHERE reported = 0;"
    "CREATE TABLE IF NOT EXISTS checkpoint (n INTEGER PRIMARY KEY AUTOINCREMENT, journal BLOB NOT NULL,"
    " seq INTEGER NOT NULL, at_ms INTEGER NOT NULL, hash BLOB NOT NULL, signature BLOB NOT NULL,"
    " kept_at_ms INTEGER NOT NULL, UNIQUE (journal, seq, hash)) STRICT;"
    "CREATE TRIGGER IF NOT EXISTS checkpoint_bound AFTER INSERT ON checkpoint BEGIN"
    " DELETE FROM checkpoint WHERE n <= (SELECT n FROM checkpoint ORDER BY n DESC LIMIT 1 OFFSET 1000); END;"
    "CREATE TRIGGER IF NOT EXISTS outbox_bound AFTER INSERT ON outbox BEGIN"
    " DELETE FROM outbox WHERE n <= new.n - 100000 AND answered_at_ms IS NOT NULL; END;"
    "CREATE TABLE IF NOT EXISTS server_key (known BLOB PRIMARY KEY, next BLOB NOT NULL,"
    " in_force INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE TABLE IF NOT EXISTS outbox_case (id BLOB PRIMARY KEY, incident INTEGER NOT NULL) STRICT;"
    "CREATE TRIGGER IF NOT EXISTS outbox_case_bound AFTER DELETE ON outbox BEGIN"
    " DELETE FROM outbox_case WHERE id = old.id; END;"
    /* What a word of ours was said after: clocks are set, and go wrong. */
    "CREATE TABLE IF NOT EXISTS outbox_after (id BLOB PRIMARY KEY, inbox_n INTEGER NOT NULL) STRICT;"
    "CREATE TRIGGER IF NOT EXISTS outbox_after_put AFTER INSERT ON outbox BEGIN INSERT OR REPLACE INTO outbox_after"
    " SELECT new.id, ifnull(max(n), 0) FROM inbox; END;"
    "CREATE TRIGGER IF NOT EXISTS outbox_after_bound AFTER DELETE ON outbox BEGIN"
    " DELETE FROM outbox_after WHERE id = old.id; END;"
    "PRAGMA application_id=1380139875;"
    "PRAGMA user_version=1;"
    "COMMIT;";

/* Of the record as the centre has it, and not of one that it has lost. */
#define IS_KEPT                                                                                                        \
	"NOT EXISTS (SELECT 1 FROM lost WHERE lost.journal = inbox.journal AND inbox.number >= lost.number"            \
	" AND inbox.n <= lost.n)"

static const char *const sql[RCC_STORE_STATEMENTS] = {
    [SQL_PUT] = "INSERT INTO outbox (id, kind, bytes, created_at_ms) VALUES (?1, ?2, ?3, ?4)",
    [SQL_NEXT_WAITING] = "SELECT n, id, kind, attempts, bytes FROM outbox"
                         " WHERE answered_at_ms IS NULL AND n > ?1 ORDER BY n LIMIT 1",
    [SQL_ATTEMPTED] = "UPDATE outbox SET attempts = attempts + 1 WHERE id = ?1",
    [SQL_ACCEPTED] = "UPDATE outbox SET answered_at_ms = ?2, entry_seq = ?3, entry_at_ms = ?4, entry_hash = ?5,"
                     " signature = ?6 WHERE id = ?1 AND answered_at_ms IS NULL",
    [SQL_CASE] = "INSERT OR REPLACE INTO outbox_case (id, incident) VALUES (?1, ?2)",
    [SQL_REFUSED] = "UPDATE outbox SET answered_at_ms = ?2, refusal = ?3, text = ?4"
                    " WHERE id = ?1 AND answered_at_ms IS NULL",
    [SQL_IS_WAITING] = "SELECT 1 FROM outbox WHERE id = ?1 AND answered_at_ms IS NULL",
    [SQL_WAITING] = "SELECT count(*) FROM outbox WHERE answered_at_ms IS NULL",
    [SQL_LAST_RECEIPT] = "SELECT id, kind, created_at_ms, answered_at_ms, entry_seq, entry_at_ms, entry_hash, signature"
                         " FROM outbox WHERE entry_seq IS NOT NULL ORDER BY n DESC LIMIT 1",
    [SQL_POSTED] =
        "SELECT n, id, created_at_ms, ifnull(answered_at_ms, 0), ifnull(entry_seq, 0), ifnull(entry_at_ms, 0),"
        " signature, ifnull(refusal, 0), ifnull(text, ''), bytes,"
        " (SELECT incident FROM outbox_case WHERE outbox_case.id = outbox.id),"
        " ifnull((SELECT inbox_n FROM outbox_after WHERE outbox_after.id = outbox.id), -1) FROM outbox WHERE n > ?1"
        " ORDER BY n LIMIT 1",
    [SQL_KEEP] = "INSERT OR IGNORE INTO inbox (journal, number, broadcast, issued_at_ms, bytes, stored_at_ms)"
                 " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [SQL_LOSE] = "INSERT INTO lost (journal, number, n) SELECT ?1, ?2, max(n) - 1 FROM inbox"
                 " WHERE journal = ?1 AND number = ?2 HAVING count(*) > 1",
    [SQL_FIND] = "SELECT n, number, broadcast, issued_at_ms, stored_at_ms, read_at_ms, read_by, bytes, 0 FROM inbox"
                 " WHERE journal = ?1 AND number = ?2 ORDER BY n DESC LIMIT 1",
    [SQL_AFTER] = "SELECT n, number, broadcast, issued_at_ms, stored_at_ms, read_at_ms, read_by, bytes,"
                  " EXISTS (SELECT 1 FROM inbox AS later WHERE later.journal = inbox.journal"
                  " AND later.number = inbox.number AND later.n > inbox.n) OR NOT " IS_KEPT
                  " FROM inbox WHERE journal = ?1 AND n > ?2 ORDER BY n LIMIT 1",
    [SQL_UNREPORTED] =
        "SELECT n, number, broadcast, issued_at_ms, stored_at_ms, read_at_ms, read_by, bytes, 0 FROM inbox"
        " WHERE reported = 0 AND n > ?1 ORDER BY n LIMIT 1",
    [SQL_REPORTED] = "UPDATE inbox SET reported = 1 WHERE n = ?1",
    [SQL_READ] = "UPDATE inbox SET read_at_ms = ?3, read_by = ?4 WHERE n ="
                 " (SELECT max(n) FROM inbox WHERE journal = ?1 AND number = ?2)",
    [SQL_LAST] = "SELECT ifnull(max(number), 0) FROM inbox WHERE journal = ?1 AND " IS_KEPT,
    [SQL_NUMBERS] =
        "SELECT DISTINCT number FROM inbox WHERE journal = ?1 AND number > ?2 AND " IS_KEPT " ORDER BY number",
    [SQL_PIN] = "SELECT sign_key, journal FROM pin WHERE id = 1",
    [SQL_SET_PIN] = "INSERT INTO pin (id, sign_key, journal, at_ms) VALUES (1, ?1, ?2, ?3) ON CONFLICT (id)"
                    " DO UPDATE SET base = iif(journal = ?2, base, 0), sign_key = ?1, journal = ?2, at_ms = ?3",
    [SQL_BASE] = "SELECT base FROM pin WHERE id = 1 AND journal = ?1",
    [SQL_SET_BASE] = "UPDATE pin SET base = ?2 WHERE id = 1 AND journal = ?1",
    [SQL_WITNESS] = "INSERT OR IGNORE INTO checkpoint (journal, seq, at_ms, hash, signature, kept_at_ms)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [SQL_HASHES] = "SELECT count(*) FROM checkpoint WHERE journal = ?1 AND seq = ?2",
    [SQL_CHECKPOINT] =
        "SELECT seq, at_ms, hash, signature FROM checkpoint WHERE journal = ?1 ORDER BY seq DESC, n LIMIT 1",
    [SQL_NEXT_KEY] = "SELECT next, in_force FROM server_key WHERE known = ?1",
    [SQL_NOTE_NEXT_KEY] = "INSERT INTO server_key (known, next) VALUES (?1, ?2) ON CONFLICT (known)"
                          " DO UPDATE SET next = ?2, in_force = 0 WHERE next <> ?2",
    [SQL_USE_NEXT_KEY] = "UPDATE server_key SET in_force = 1 WHERE known = ?1",
};

enum rcc_status
rcc_store_status(int result)
{
	switch (result & 0xff) {
	case SQLITE_OK:
	case SQLITE_DONE:
	case SQLITE_ROW:
		return RCC_OK;
	case SQLITE_FULL:
		return RCC_E_FULL;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return RCC_E_BUSY;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return RCC_E_CORRUPT;
	default:
		return RCC_E_IO;
	}
}

/* SQLite gives its side files the mode of the main one, so the mode is set before SQLite sees the file. */
static enum rcc_status
make_private(const char *path, struct rcc_fault *ret_fault)
{
	enum rcc_status status = RCC_OK;
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, S_IRUSR | S_IWUSR);

	if (fd < 0) {
		return rcc_fault_set(ret_fault, RCC_E_IO, _("store %s: cannot be opened: %s"), path, strerror(errno));
	}
	if (fchmod(fd, S_IRUSR | S_IWUSR) != 0) {
		status = rcc_fault_set(ret_fault, RCC_E_IO, _("store %s: cannot be made private: %s"), path,
		                       strerror(errno));
	}
	close(fd);
	return status;
}

static int
read_pragma(struct sqlite3 *db, const char *text, int *ret_value)
{
	struct sqlite3_stmt *statement = NULL;
	int result = sqlite3_prepare_v2(db, text, -1, &statement, NULL);

	if (result == SQLITE_OK) {
		result = sqlite3_step(statement);
	}
	if (result == SQLITE_ROW) {
		*ret_value = sqlite3_column_int(statement, 0);
		result = SQLITE_OK;
	}
	sqlite3_finalize(statement);
	return result;
}

/* A file of somebody else, or of a later version, is left as it is. */
static enum rcc_status
check_origin(struct sqlite3 *db, const char *path, struct rcc_fault *ret_fault)
{
	int application = 0, version = 0, tables = 0;
	int result = read_pragma(db, "PRAGMA application_id", &application);

	if (result == SQLITE_OK) {
		result = read_pragma(db, "PRAGMA user_version", &version);
	}
	if (result == SQLITE_OK) {
		result = read_pragma(db, "SELECT count(*) FROM sqlite_schema", &tables);
	}
	if (result != SQLITE_OK) {
		return rcc_fault_set(ret_fault, rcc_store_status(result), _("store %s: cannot be read: %s"), path,
		                     sqlite3_errmsg(db));
	}
	if (tables > 0 && application != APPLICATION_ID) {
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, _("store %s: is a database of another program"), path);
	}
	if (version > SCHEMA_VERSION) {
		return rcc_fault_set(ret_fault, RCC_E_UNSUPPORTED, _("store %s: was written by a later version (%d)"),
		                     path, version);
	}
	return RCC_OK;
}

static int
prepare_all(struct rcc_store *store)
{
	int result = SQLITE_OK;

	for (int i = 0; i < RCC_STORE_STATEMENTS && result == SQLITE_OK; i++) {
		result =
		    sqlite3_prepare_v3(store->db, sql[i], -1, SQLITE_PREPARE_PERSISTENT, &store->statement[i], NULL);
	}
	return result;
}

enum rcc_status
rcc_store_open(struct rcc_store *store, const char *path, struct rcc_fault *ret_fault)
{
	struct rcc_store opened = {.db = NULL};
	enum rcc_status status = make_private(path, ret_fault);

	if (status != RCC_OK) {
		return status;
	}
	int result = sqlite3_open_v2(path, &opened.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	if (result == SQLITE_OK) {
		result = sqlite3_busy_timeout(opened.db, BUSY_MS);
	}
	if (result == SQLITE_OK) {
		status = check_origin(opened.db, path, ret_fault);
	}
	if (status != RCC_OK) {
		goto out;
	}
	if (result == SQLITE_OK) {
		result = sqlite3_exec(opened.db, pragmas, NULL, NULL, NULL);
	}
	if (result == SQLITE_OK) {
		result = sqlite3_exec(opened.db, schema, NULL, NULL, NULL);
	}
	if (result == SQLITE_OK) {
		result = prepare_all(&opened);
	}
	if (result != SQLITE_OK) {
		status = rcc_fault_set(ret_fault, rcc_store_status(result), _("store %s: %s"), path,
		                       sqlite3_errmsg(opened.db));
		goto out;
	}
	*store = opened;
	memset(&opened, 0, sizeof opened);
out:
	rcc_store_close(&opened);
	return status;
}

void
rcc_store_close(struct rcc_store *store)
{
	for (int i = 0; i < RCC_STORE_STATEMENTS; i++) {
		sqlite3_finalize(store->statement[i]);
	}
	sqlite3_close(store->db);
	memset(store, 0, sizeof *store);
}

const char *
rcc_store_error(const struct rcc_store *store)
{
	return sqlite3_errmsg(store->db);
}

int64_t
rcc_store_version(struct rcc_store *store)
{
	int version = 0;

	return read_pragma(store->db, "PRAGMA data_version", &version) == SQLITE_OK ? version : 0;
}

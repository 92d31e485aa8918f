#define _DEFAULT_SOURCE /* flock: unlike fcntl's, its locks do not vanish when SQLite closes a file */
#include "journal/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define NEW_SUFFIX "-new"
/* After a checkpoint the WAL is cut to this; a reader that stays open lets it grow beyond. */
#define WAL_SIZE_LIMIT "16777216"

enum rcc_status
rcc_file_name(struct rcc_journal_path *ret_path, const char *path, const char *suffix)
{
	size_t path_len = strlen(path);
	size_t suffix_len = strlen(suffix);

	if (path_len + suffix_len > RCC_JOURNAL_PATH_MAX)
		return RCC_E_TOO_LARGE;
	memcpy(ret_path->v, path, path_len);
	memcpy(ret_path->v + path_len, suffix, suffix_len + 1);
	return RCC_OK;
}

bool
rcc_file_exists(const char *path, int64_t *ret_size)
{
	struct stat info;

	if (stat(path, &info) != 0)
		return false;
	if (ret_size != NULL)
		*ret_size = info.st_size;
	return true;
}

enum rcc_status
rcc_file_lock(const char *path, int *ret_fd, struct rcc_fault *ret_fault)
{
	struct rcc_journal_path name;

	if (rcc_file_name(&name, path, "-lock") != RCC_OK)
		return rcc_fault_set(ret_fault, RCC_E_TOO_LARGE, "the path of the journal is too long: %.100s...",
		                     path);
	int fd = open(name.v, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
	if (fd < 0)
		return rcc_fault_set(ret_fault, RCC_E_IO, "cannot open %s: %s", name.v, strerror(errno));
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		int error = errno;
		close(fd);
		if (error == EWOULDBLOCK)
			return rcc_fault_set(ret_fault, RCC_E_BUSY, "another program is writing %s", path);
		return rcc_fault_set(ret_fault, RCC_E_IO, "cannot lock %s: %s", name.v, strerror(error));
	}
	*ret_fd = fd;
	return RCC_OK;
}

static int
write_birth(sqlite3 *db, const struct rcc_sign_key *sign_key, int64_t now_ms)
{
	struct rcc_checkpoint birth = {.link = {.seq = 0, .at_ms = now_ms}};
	sqlite3_stmt *stmt = NULL;
	struct rcc_bind bind;

	sqlite3_randomness(sizeof birth.journal.b, birth.journal.b);
	rcc_checkpoint_sign(sign_key, &birth);
	int rc = rcc_schema_create(db, &birth.journal, &sign_key->public_key);
	if (rc == SQLITE_OK)
		rc = rcc_sql_prepare(db, "INSERT INTO checkpoint(seq, at_ms, hash, signature) VALUES(0, ?, ?, ?)",
		                     &stmt);
	if (rc == SQLITE_OK) {
		rcc_bind_start(&bind, stmt);
		rcc_bind_int(&bind, birth.link.at_ms);
		rcc_bind_blob(&bind, birth.link.hash.b, RCC_HASH_SIZE);
		rcc_bind_blob(&bind, birth.signature.b, RCC_SIGNATURE_SIZE);
		rc = rcc_bind_run(&bind);
	}
	sqlite3_finalize(stmt);
	return rc;
}

/* A file that only its owner can read; SQLite gives the same rights to -wal and -shm. */
static enum rcc_status
make_empty(const char *path, struct rcc_fault *ret_fault)
{
	static const char *const left_over[] = {"", "-journal", "-wal", "-shm"};
	struct rcc_journal_path name;

	for (size_t i = 0; i < sizeof left_over / sizeof left_over[0]; i++) {
		if (rcc_file_name(&name, path, left_over[i]) == RCC_OK)
			unlink(name.v);
	}
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
	if (fd < 0)
		return rcc_fault_set(ret_fault, RCC_E_IO, "cannot make %s: %s", path, strerror(errno));
	close(fd);
	return RCC_OK;
}

/* SQLite ignores a failed sync of the directory; without it a power cut may take the new name away. */
static int
sync_directory_of(const char *path)
{
	char dir[RCC_JOURNAL_PATH_MAX + 1];
	const char *slash = strrchr(path, '/');
	size_t len = slash == NULL ? 0 : (size_t)(slash - path);

	if (slash == NULL)
		snprintf(dir, sizeof dir, ".");
	else
		snprintf(dir, sizeof dir, "%.*s/", (int)len, path);
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	int result = fsync(fd);
	close(fd);
	return result;
}

enum rcc_status
rcc_file_create(const char *path, const struct rcc_sign_key *sign_key, int64_t now_ms, struct rcc_fault *ret_fault)
{
	struct rcc_journal_path name;
	sqlite3 *db = NULL;

	if (rcc_file_name(&name, path, NEW_SUFFIX "-journal") != RCC_OK)
		return rcc_fault_set(ret_fault, RCC_E_TOO_LARGE, "the path of the journal is too long: %.100s...",
		                     path);
	if (rcc_file_name(&name, path, "-wal") == RCC_OK && rcc_file_exists(name.v, NULL))
		return rcc_fault_set(ret_fault, RCC_E_CORRUPT, "%s is gone, but its %s-wal is there: restore it", path,
		                     path);
	snprintf(name.v, sizeof name.v, "%s" NEW_SUFFIX, path);
	enum rcc_status status = make_empty(name.v, ret_fault);
	if (status != RCC_OK)
		return status;
	int rc = sqlite3_open_v2(name.v, &db, SQLITE_OPEN_READWRITE, NULL);
	if (rc == SQLITE_OK)
		rc = rcc_sql_harden(db);
	if (rc == SQLITE_OK)
		rc = rcc_sql_exec(db, "BEGIN IMMEDIATE");
	if (rc == SQLITE_OK)
		rc = write_birth(db, sign_key, now_ms);
	if (rc == SQLITE_OK)
		rc = rcc_sql_exec(db, "COMMIT; PRAGMA journal_mode=WAL");
	if (rc != SQLITE_OK)
		status = rcc_fault_set(ret_fault, RCC_E_IO, "cannot make %s: %s", path, sqlite3_errmsg(db));
	sqlite3_close(db);
	if (status == RCC_OK && (rename(name.v, path) != 0 || sync_directory_of(path) != 0))
		status = rcc_fault_set(ret_fault, RCC_E_IO, "cannot make %s: %s", path, strerror(errno));
	return status;
}

enum rcc_status
rcc_file_open_writer(const char *path, sqlite3 **ret_db, struct rcc_fault *ret_fault)
{
	sqlite3 *db = NULL;
	int64_t size = 0;

	if (!rcc_file_exists(path, &size) || size == 0)
		return rcc_fault_set(ret_fault, RCC_E_CORRUPT, "%s is empty: it was cut; restore it from a backup",
		                     path);
	int rc = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL);
	if (rc == SQLITE_OK)
		rc = rcc_sql_harden(db);
	/* Until it is verified, not even closing may change it: it may be evidence. */
	if (rc == SQLITE_OK)
		rc = sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	if (rc == SQLITE_OK)
		rc = rcc_sql_exec(db, "PRAGMA synchronous=FULL; PRAGMA journal_size_limit=" WAL_SIZE_LIMIT);
	if (rc == SQLITE_OK) {
		*ret_db = db;
		return RCC_OK;
	}
	enum rcc_status status = rcc_sql_failure(rc);
	rcc_fault_set(ret_fault, status, "cannot open %s: %s", path, sqlite3_errstr(rc));
	sqlite3_close(db);
	return status;
}

void
rcc_file_leave(sqlite3 *db, const char *path)
{
	struct rcc_journal_path wal;
	int64_t size = 0;

	if (db != NULL && rcc_file_name(&wal, path, "-wal") == RCC_OK && rcc_file_exists(wal.v, &size) && size == 0)
		(void)sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
}

/* "file:PATH?immutable=1" with every byte that a URI could misread escaped. */
static enum rcc_status
make_uri(const char *path, char *uri, size_t size)
{
	static const char hex[] = "0123456789ABCDEF";
	static const char tail[] = "?mode=ro&immutable=1";
	size_t used = (size_t)snprintf(uri, size, "file:");

	for (const char *p = path; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;
		bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		                strchr("/._-", *p) != NULL;
		if (used + 3 + sizeof tail > size)
			return RCC_E_TOO_LARGE;
		if (is_plain) {
			uri[used++] = *p;
		} else {
			uri[used++] = '%';
			uri[used++] = hex[c >> 4];
			uri[used++] = hex[c & 15];
		}
	}
	snprintf(uri + used, size - used, "%s", tail);
	return RCC_OK;
}

/*
 * A file that lost its end is refused whole, although most of it can be read: what is left is evidence. SQLite reads it when it is
 * told that the schema is being mended, and nothing is written, since the file is open for reading alone.
 */
static int
touch_cut(sqlite3 *db, int64_t *ret_version)
{
	int rc = sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_db_config(db, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1, NULL);
	return rc == SQLITE_OK ? rcc_sql_int(db, "PRAGMA schema_version", ret_version) : rc;
}

bool
rcc_file_is_cut(const char *path)
{
	/* The file's own header (SQLite file format, 1.3): page size at 16, 1 = 65536; pages at 28. */
	uint8_t header[32];
	int64_t size = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool is_read = fd >= 0 && read(fd, header, sizeof header) == (ssize_t)sizeof header;

	if (fd >= 0)
		close(fd);
	if (!is_read || !rcc_file_exists(path, &size))
		return false;
	int64_t page = header[16] << 8 | header[17];
	int64_t pages = (int64_t)header[28] << 24 | header[29] << 16 | header[30] << 8 | header[31];
	return size < (page == 1 ? 65536 : page) * pages;
}

/* Opening is lazy in SQLite: only a read tells whether the file, its WAL and its shared memory can be used. */
static int
open_and_touch(const char *name, int flags, sqlite3 **ret_db)
{
	sqlite3 *db = NULL;
	int64_t version = 0;
	/* A lock for each column of a million rows is a tenth of the time, and only one thread reads. */
	int rc = sqlite3_open_v2(name, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | flags, NULL);

	if (rc == SQLITE_OK)
		rc = rcc_sql_harden(db);
	if (rc == SQLITE_OK)
		rc = rcc_sql_int(db, "PRAGMA schema_version", &version);
	if ((rc & 0xff) == SQLITE_CORRUPT)
		rc = touch_cut(db, &version);
	if (rc == SQLITE_OK)
		*ret_db = db;
	else
		sqlite3_close(db);
	return rc;
}

enum rcc_status
rcc_file_open_reader(const char *path, sqlite3 **ret_db, bool *ret_is_at_rest, struct rcc_fault *ret_fault)
{
	char uri[3 * RCC_JOURNAL_PATH_MAX + 64];
	struct rcc_journal_path wal;
	int64_t wal_size = 0;
	int rc = SQLITE_CANTOPEN;

	if (rcc_file_name(&wal, path, "-wal") != RCC_OK || make_uri(path, uri, sizeof uri) != RCC_OK)
		return rcc_fault_set(ret_fault, RCC_E_TOO_LARGE, "the path of the journal is too long: %.100s...",
		                     path);
	if (!rcc_file_exists(path, NULL))
		return errno == EACCES ? rcc_fault_set(ret_fault, RCC_E_IO,
		                                       "%s may not be read by this user: use sudo, or a copy", path)
		                       : rcc_fault_set(ret_fault, RCC_E_NOT_FOUND, "there is no journal %s", path);
	bool has_wal = rcc_file_exists(wal.v, &wal_size);
	if (has_wal)
		rc = open_and_touch(path, 0, ret_db);
	*ret_is_at_rest = !has_wal;
	/* An empty -wal holds nothing: where its index cannot be made (read-only, full disk) the file alone is whole. */
	if (!has_wal || (rc != SQLITE_OK && wal_size == 0)) {
		rc = open_and_touch(uri, SQLITE_OPEN_URI, ret_db);
	}
	if (rc == SQLITE_OK)
		return RCC_OK;
	if (has_wal && (rc & 0xff) != SQLITE_CORRUPT && (rc & 0xff) != SQLITE_NOTADB)
		return rcc_fault_set(ret_fault, RCC_E_IO,
		                     "cannot read %s beside its -wal file (%s): copy both to a directory of yours",
		                     path, sqlite3_errstr(rc));
	return rcc_fault_set(ret_fault, rcc_sql_failure(rc), "cannot read %s: %s", path, sqlite3_errstr(rc));
}

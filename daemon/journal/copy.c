#define _POSIX_C_SOURCE 200809L
#include "journal/copy.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "journal/file.h"
#include "journal/sql.h"

/* A writer holds the lock for milliseconds. */
#define BUSY_MS 10000

static enum rcc_status
sync_path(const char *path, int flags, struct rcc_fault *ret_fault)
{
	int fd = open(path, flags | O_CLOEXEC);
	bool is_synced = fd >= 0 && fsync(fd) == 0;
	int error = errno;

	if (fd >= 0)
		close(fd);
	return is_synced ? RCC_OK : rcc_fault_set(ret_fault, RCC_E_IO, "%s: %s", path, strerror(error));
}

static enum rcc_status
sync_folder_of(const char *path, struct rcc_fault *ret_fault)
{
	struct rcc_journal_path dir;
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return sync_path(".", O_RDONLY | O_DIRECTORY, ret_fault);
	int len = slash == path ? 1 : (int)(slash - path);
	snprintf(dir.v, sizeof dir.v, "%.*s", len, path);
	return sync_path(dir.v, O_RDONLY | O_DIRECTORY, ret_fault);
}

enum rcc_status
rcc_copy_sync(const char *path, struct rcc_fault *ret_fault)
{
	enum rcc_status status = sync_path(path, O_RDONLY, ret_fault);

	return status == RCC_OK ? sync_folder_of(path, ret_fault) : status;
}

/* The new file exists before SQLite fills it, so that nobody but its owner can ever read it. */
enum rcc_status
rcc_copy_make_empty(const char *to, struct rcc_fault *ret_fault)
{
	int fd = open(to, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);

	if (fd < 0)
		return rcc_fault_set(ret_fault, RCC_E_IO, "cannot make %s: %s", to, strerror(errno));
	close(fd);
	return RCC_OK;
}

static enum rcc_status
vacuum(sqlite3 *db, const char *to, struct rcc_fault *ret_fault)
{
	sqlite3_stmt *stmt = NULL;
	struct rcc_bind bind;
	int rc = sqlite3_busy_timeout(db, BUSY_MS);

	/* The copy is attached; readers of other people's files may attach nothing. */
	(void)sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 1);
	if (rc == SQLITE_OK)
		rc = rcc_sql_prepare(db, "VACUUM INTO ?", &stmt);
	if (rc == SQLITE_OK) {
		rcc_bind_start(&bind, stmt);
		rcc_bind_text(&bind, to);
		rc = rcc_bind_run(&bind);
	}
	sqlite3_finalize(stmt);
	return rc == SQLITE_OK ? RCC_OK : rcc_fault_set(ret_fault, RCC_E_IO, "%s: %s", to, sqlite3_errmsg(db));
}

enum rcc_status
rcc_journal_copy(const char *from, const char *to, struct rcc_fault *ret_fault)
{
	sqlite3 *db = NULL;
	bool is_at_rest = false;

	if (!rcc_file_exists(from, NULL))
		return rcc_fault_set(ret_fault, RCC_E_NOT_FOUND, "there is no %s", from);
	enum rcc_status status = rcc_copy_make_empty(to, ret_fault);
	if (status != RCC_OK)
		return status;
	status = rcc_file_open_reader(from, &db, &is_at_rest, ret_fault);
	if (status == RCC_OK)
		status = vacuum(db, to, ret_fault);
	sqlite3_close(db);
	if (status == RCC_OK)
		status = rcc_copy_sync(to, ret_fault);
	if (status != RCC_OK)
		unlink(to);
	return status;
}

/*
 * disk_record.c - a library to be preloaded: writes down every write, truncation, sync and name of the files in one directory.
 *
 * RCC_DISK_DIR   the directory
 * RCC_DISK_LOG   the log that is written (disk_log.h)
 * RCC_DISK_FAIL  "sync N COUNT" or "write N COUNT": so many of these calls fail from the N-th on, by EIO or ENOSPC; nothing is done then
 * RCC_DISK_SYNC  another word for SQLite's "synchronous=FULL", to show that the harness sees the difference
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "disk_log.h"

#define FDS_MAX 1024
#define FILES_MAX 4096
#define NAME_SIZE 512
#define IS_DIR UINT32_MAX

struct known {
	dev_t dev;
	ino_t ino;
	uint32_t file; /* 0 = gone */
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static uint32_t file_of_fd[FDS_MAX]; /* 0 = none of ours, IS_DIR = the directory */
static struct known known[FILES_MAX];
static uint32_t files;
static int log_fd = -1;
static char dir[NAME_SIZE];
static size_t dir_len;

/* The next function of this name, behind ours. */
#define REAL(name) (*(__typeof__(&name) *)real_of(#name))

static void *
real_of(const char *name)
{
	static _Thread_local void *symbol;

	symbol = dlsym(RTLD_NEXT, name);
	if (symbol == NULL) {
		fprintf(stderr, "disk_record: there is no %s\n", name);
		abort();
	}
	return &symbol;
}

static void __attribute__((constructor)) begin(void)
{
	const char *path = getenv("RCC_DISK_LOG");
	const char *where = getenv("RCC_DISK_DIR");

	if (path == NULL || where == NULL || strlen(where) >= sizeof dir)
		return;
	memcpy(dir, where, strlen(where) + 1);
	dir_len = strlen(dir);
	log_fd = REAL(open)(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
}

/* Is this the call that is to fail? */
static bool
fails(const char *kind)
{
	static unsigned calls;
	unsigned first = 0, count = 0;
	char word[8] = "";
	const char *told = getenv("RCC_DISK_FAIL");

	if (told == NULL || sscanf(told, "%7s %u %u", word, &first, &count) != 3 || strcmp(word, kind) != 0)
		return false;
	calls++;
	return calls >= first && calls < first + count;
}

static void
put(enum disk_op op, uint32_t file, uint64_t offset, const void *bytes, size_t len)
{
	struct timespec now;
	struct disk_record record = {.op = op, .file = file, .offset = offset, .len = len};

	clock_gettime(CLOCK_MONOTONIC, &now);
	record.at_ns = (int64_t)now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
	if (REAL(write)(log_fd, &record, sizeof record) != (ssize_t)sizeof record ||
	    (len > 0 && REAL(write)(log_fd, bytes, len) != (ssize_t)len)) {
		fprintf(stderr, "disk_record: the log cannot be written: %s\n", strerror(errno));
		abort();
	}
}

/* The name within the directory; NULL if it is none of ours. */
static const char *
name_in(const char *path)
{
	if (log_fd < 0 || strncmp(path, dir, dir_len) != 0 || path[dir_len] != '/')
		return NULL;
	path += dir_len;
	while (*path == '/')
		path++;
	return *path == '\0' ? NULL : path;
}

static struct known *
find_known(const struct stat *info)
{
	for (uint32_t i = 0; i < files; i++) {
		if (known[i].file != 0 && known[i].dev == info->st_dev && known[i].ino == info->st_ino)
			return &known[i];
	}
	return NULL;
}

static void
take_open(int fd, const char *path)
{
	struct stat info;
	const char *name = name_in(path);

	if (log_fd < 0 || fd < 0 || fd >= FDS_MAX || fstat(fd, &info) != 0)
		return;
	if (S_ISDIR(info.st_mode) && strncmp(path, dir, dir_len) == 0 && name == NULL) {
		file_of_fd[fd] = IS_DIR;
		return;
	}
	if (name == NULL || !S_ISREG(info.st_mode))
		return;
	struct known *row = find_known(&info);
	if (row == NULL) {
		if (files == FILES_MAX || info.st_size != 0) {
			fprintf(stderr, "disk_record: %s was not empty when it was first seen\n", path);
			abort();
		}
		row = &known[files++];
		*row = (struct known){.dev = info.st_dev, .ino = info.st_ino, .file = files};
		put(DISK_CREATE, row->file, 0, name, strlen(name));
	}
	file_of_fd[fd] = row->file;
}

/* A number of a file that is going away is never given to another. */
static void
forget(const char *path)
{
	struct stat info;

	if (stat(path, &info) != 0)
		return;
	struct known *row = find_known(&info);
	if (row != NULL && info.st_nlink <= 1)
		row->file = 0;
}

static uint32_t
file_of(int fd)
{
	return log_fd < 0 || fd < 0 || fd >= FDS_MAX ? 0 : file_of_fd[fd];
}

static int
open_as(int (*real)(const char *, int, ...), const char *path, int flags, mode_t mode)
{
	pthread_mutex_lock(&mutex);
	int fd = real(path, flags, mode);
	int error = errno;
	take_open(fd, path);
	pthread_mutex_unlock(&mutex);
	errno = error;
	return fd;
}

#define MODE_OF(flags, mode)                                                                                           \
	do {                                                                                                           \
		if (((flags) & (O_CREAT | O_TMPFILE)) != 0) {                                                          \
			va_list arguments;                                                                             \
			va_start(arguments, flags);                                                                    \
			(mode) = va_arg(arguments, mode_t);                                                            \
			va_end(arguments);                                                                             \
		}                                                                                                      \
	} while (0)

int
open(const char *path, int flags, ...)
{
	mode_t mode = 0;

	MODE_OF(flags, mode);
	return open_as(REAL(open), path, flags, mode);
}

int
open64(const char *path, int flags, ...)
{
	mode_t mode = 0;

	MODE_OF(flags, mode);
	return open_as(REAL(open64), path, flags, mode);
}

int
close(int fd)
{
	if (fd >= 0 && fd < FDS_MAX)
		file_of_fd[fd] = 0;
	return REAL(close)(fd);
}

static void
note_write(int fd, const void *bytes, size_t len, int64_t offset)
{
	uint32_t file = file_of(fd);

	if (file != 0 && file != IS_DIR)
		put(DISK_WRITE, file, (uint64_t)offset, bytes, len);
}

ssize_t
write(int fd, const void *bytes, size_t len)
{
	if (file_of(fd) == 0)
		return REAL(write)(fd, bytes, len);
	pthread_mutex_lock(&mutex);
	note_write(fd, bytes, len, lseek(fd, 0, SEEK_CUR));
	ssize_t done = REAL(write)(fd, bytes, len);
	pthread_mutex_unlock(&mutex);
	return done;
}

ssize_t
pwrite(int fd, const void *bytes, size_t len, off_t offset)
{
	if (file_of(fd) != 0 && fails("write")) {
		errno = ENOSPC;
		return -1;
	}
	pthread_mutex_lock(&mutex);
	note_write(fd, bytes, len, offset);
	ssize_t done = REAL(pwrite)(fd, bytes, len, offset);
	pthread_mutex_unlock(&mutex);
	return done;
}

ssize_t
pwrite64(int fd, const void *bytes, size_t len, off64_t offset)
{
	if (file_of(fd) != 0 && fails("write")) {
		errno = ENOSPC;
		return -1;
	}
	pthread_mutex_lock(&mutex);
	note_write(fd, bytes, len, offset);
	ssize_t done = REAL(pwrite64)(fd, bytes, len, offset);
	pthread_mutex_unlock(&mutex);
	return done;
}

static void
note_truncate(int fd, int64_t size)
{
	uint32_t file = file_of(fd);

	if (file != 0 && file != IS_DIR)
		put(DISK_TRUNCATE, file, (uint64_t)size, NULL, 0);
}

int
ftruncate(int fd, off_t size)
{
	pthread_mutex_lock(&mutex);
	note_truncate(fd, size);
	int result = REAL(ftruncate)(fd, size);
	pthread_mutex_unlock(&mutex);
	return result;
}

int
ftruncate64(int fd, off64_t size)
{
	pthread_mutex_lock(&mutex);
	note_truncate(fd, size);
	int result = REAL(ftruncate64)(fd, size);
	pthread_mutex_unlock(&mutex);
	return result;
}

/* What is written while the call runs may have missed it: its record stands where the call began to wait, with the time of its end. */
static int
sync_as(int (*real)(int), int fd)
{
	uint32_t file = file_of(fd);

	if (file == 0)
		return real(fd);
	if (fails("sync")) {
		errno = EIO;
		return -1;
	}
	pthread_mutex_lock(&mutex);
	int result = real(fd);
	if (result == 0)
		put(file == IS_DIR ? DISK_SYNC_DIR : DISK_SYNC, file == IS_DIR ? 0 : file, 0, NULL, 0);
	pthread_mutex_unlock(&mutex);
	return result;
}

int
fsync(int fd)
{
	return sync_as(REAL(fsync), fd);
}

int
fdatasync(int fd)
{
	return sync_as(REAL(fdatasync), fd);
}

int
unlink(const char *path)
{
	const char *name = name_in(path);

	if (name == NULL)
		return REAL(unlink)(path);
	pthread_mutex_lock(&mutex);
	forget(path);
	int result = REAL(unlink)(path);
	if (result == 0)
		put(DISK_UNLINK, 0, 0, name, strlen(name));
	pthread_mutex_unlock(&mutex);
	return result;
}

int
rename(const char *from, const char *to)
{
	const char *name = name_in(from);
	const char *other = name_in(to);
	char names[2 * NAME_SIZE];

	if (name == NULL || other == NULL)
		return REAL(rename)(from, to);
	pthread_mutex_lock(&mutex);
	forget(to);
	int result = REAL(rename)(from, to);
	if (result == 0) {
		int len = snprintf(names, sizeof names, "%s%c%s", name, '\0', other);
		put(DISK_RENAME, 0, 0, names, (size_t)len);
	}
	pthread_mutex_unlock(&mutex);
	return result;
}

/* ---- a weaker promise of SQLite, so as to see that it is caught ---- */

struct sqlite3;
int sqlite3_exec(struct sqlite3 *db, const char *sql, int (*tell)(void *, int, char **, char **), void *context,
                 char **ret_error);

int
sqlite3_exec(struct sqlite3 *db, const char *sql, int (*tell)(void *, int, char **, char **), void *context,
             char **ret_error)
{
	static const char full[] = "synchronous=FULL";
	const char *other = getenv("RCC_DISK_SYNC");
	const char *at = sql == NULL ? NULL : strstr(sql, full);
	char text[1024];

	if (other == NULL || at == NULL)
		return REAL(sqlite3_exec)(db, sql, tell, context, ret_error);
	snprintf(text, sizeof text, "%.*ssynchronous=%s%s", (int)(at - sql), sql, other, at + sizeof full - 1);
	return REAL(sqlite3_exec)(db, text, tell, context, ret_error);
}

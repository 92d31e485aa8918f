#define _GNU_SOURCE

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rcc/text.h"
#include "sys/config.h"
#include "sys/sys.h"

/* Room for "/lock" and for the name of a file being written. */
#define PATH_ROOM 32
#define PATH_SIZE (RCC_PATH_MAX + PATH_ROOM)

/* ---- the lock ---- */

/* Says who holds the lock, as far as it told. */
static enum rcc_status
tell_holder(int fd, const char *dir, struct rcc_fault *ret_fault)
{
	char text[PATH_ROOM] = "";
	ssize_t len = pread(fd, text, sizeof text - 1, 0);
	long pid = len > 0 ? strtol(text, NULL, 10) : 0;

	if (pid <= 0) {
		return rcc_fault_set(ret_fault, RCC_E_BUSY, "%s: another daemon uses this state directory", dir);
	}
	return rcc_fault_set(ret_fault, RCC_E_BUSY, "%s: another daemon (process %ld) uses this state directory", dir,
	                     pid);
}

enum rcc_status
rcc_state_lock(const char *dir, int *ret_fd, struct rcc_fault *ret_fault)
{
	char path[PATH_SIZE];
	char pid[PATH_ROOM];

	if (snprintf(path, sizeof path, "%s/lock", dir) >= (int)sizeof path) {
		return rcc_fault_set(ret_fault, RCC_E_TOO_LARGE,
		                     "the path of the state directory is longer than %d bytes", RCC_PATH_MAX);
	}
	if (mkdir(dir, 0700) != 0 && errno != EEXIST) {
		return rcc_fault_set(ret_fault, RCC_E_IO, "%s: cannot make the state directory: %s", dir,
		                     strerror(errno));
	}
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0) {
		return rcc_fault_set(ret_fault, RCC_E_IO, "%s: %s", path, strerror(errno));
	}
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		enum rcc_status status = errno == EWOULDBLOCK
		                             ? tell_holder(fd, dir, ret_fault)
		                             : rcc_fault_set(ret_fault, RCC_E_IO, "%s: %s", path, strerror(errno));
		close(fd);
		return status;
	}
	int len = snprintf(pid, sizeof pid, "%ld\n", (long)getpid());

	/* for the other's message only: the lock holds without it */
	if (ftruncate(fd, 0) == 0 && pwrite(fd, pid, (size_t)len, 0) != len) {
		rcc_log(RCC_LOG_WARNING, "lock", "%s: our process id could not be written", path);
	}
	*ret_fd = fd;
	return RCC_OK;
}

/* ---- secrets ---- */

static enum rcc_status
io_fault(const char *path, struct rcc_fault *ret_fault)
{
	return rcc_fault_set(ret_fault, RCC_E_IO, "%s: %s", path, strerror(errno));
}

/* Reads all of a small file; a longer one gives len = size. */
static ssize_t
read_all(int fd, char *text, size_t size)
{
	size_t len = 0;

	while (len < size) {
		ssize_t got = read(fd, text + len, size - len);

		if (got < 0 && errno == EINTR) {
			continue;
		}
		if (got < 0) {
			return -1;
		}
		if (got == 0) {
			break;
		}
		len += (size_t)got;
	}
	return (ssize_t)len;
}

static enum rcc_status
check_mode(int fd, const char *path, struct rcc_fault *ret_fault)
{
	struct stat info;

	if (fstat(fd, &info) != 0) {
		return io_fault(path, ret_fault);
	}
	if (!S_ISREG(info.st_mode)) {
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, "%s: is not a file", path);
	}
	if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
		return rcc_fault_set(
		    ret_fault, RCC_E_NOT_ALLOWED,
		    "%s: others than its owner can use this key (mode %03o); run chmod 600 and consider it lost", path,
		    (unsigned)(info.st_mode & 0777));
	}
	return RCC_OK;
}

static enum rcc_status
load_secret(int fd, const char *path, uint8_t *ret_secret, size_t size, struct rcc_fault *ret_fault)
{
	char text[RCC_HEX_SIZE(RCC_SECRET_MAX) + 2];
	enum rcc_status status = check_mode(fd, path, ret_fault);

	if (status != RCC_OK) {
		return status;
	}
	ssize_t len = read_all(fd, text, sizeof text - 1);

	if (len < 0) {
		return io_fault(path, ret_fault);
	}
	if (len > 0 && text[len - 1] == '\n') {
		len--;
	}
	text[len] = '\0';
	if ((size_t)len != 2 * size || rcc_hex_parse(text, ret_secret, size) != RCC_OK) {
		status = rcc_fault_set(ret_fault, RCC_E_CORRUPT, "%s: is not a key of %zu hexadecimal digits", path,
		                       2 * size);
	}
	explicit_bzero(text, sizeof text);
	return status;
}

/* Makes the new name itself survive a power cut. */
static bool
sync_parent(const char *path)
{
	char dir[PATH_SIZE];
	const char *slash = strrchr(path, '/');
	size_t len = slash == NULL ? 0 : (size_t)(slash - path);

	snprintf(dir, sizeof dir, "%.*s", slash == path ? 1 : (int)len, slash == NULL ? "" : path);
	int fd = open(slash == NULL ? "." : dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0) {
		return false;
	}
	bool is_synced = fsync(fd) == 0;

	close(fd);
	return is_synced;
}

static bool
write_all(int fd, const char *text, size_t len)
{
	while (len > 0) {
		ssize_t put = write(fd, text, len);

		if (put < 0 && errno == EINTR) {
			continue;
		}
		if (put < 0) {
			return false;
		}
		text += put;
		len -= (size_t)put;
	}
	return true;
}

static enum rcc_status
store_secret(const char *path, const uint8_t *secret, size_t size, struct rcc_fault *ret_fault)
{
	char text[RCC_HEX_SIZE(RCC_SECRET_MAX) + 1];
	char temporary[PATH_SIZE];
	enum rcc_status status = RCC_OK;

	snprintf(temporary, sizeof temporary, "%s.new", path);
	rcc_hex_format(text, secret, size);
	text[2 * size] = '\n';
	/* what is left of a start that was cut off has no key in use */
	(void)unlink(temporary);
	int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0) {
		status = io_fault(temporary, ret_fault);
		goto out;
	}
	if (!write_all(fd, text, 2 * size + 1) || fsync(fd) != 0 || rename(temporary, path) != 0 ||
	    !sync_parent(path)) {
		status = io_fault(path, ret_fault);
		(void)unlink(temporary);
	}
	close(fd);
out:
	explicit_bzero(text, sizeof text);
	return status;
}

enum rcc_status
rcc_secret_load_or_make(const char *path, uint8_t *ret_secret, size_t size, rcc_key_make_fn *make,
                        struct rcc_fault *ret_fault)
{
	uint8_t secret[RCC_SECRET_MAX];
	enum rcc_status status;

	assert(size > 0 && size <= RCC_SECRET_MAX);
	if (strlen(path) > RCC_PATH_MAX + PATH_ROOM / 2) {
		return rcc_fault_set(ret_fault, RCC_E_TOO_LARGE, "the path of the key is longer than %d bytes",
		                     RCC_PATH_MAX);
	}
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd >= 0) {
		status = load_secret(fd, path, secret, size, ret_fault);
		close(fd);
	} else if (errno == ENOENT) {
		make(secret);
		status = store_secret(path, secret, size, ret_fault);
	} else {
		status = io_fault(path, ret_fault);
	}
	if (status == RCC_OK) {
		memcpy(ret_secret, secret, size);
	}
	explicit_bzero(secret, sizeof secret);
	return status;
}

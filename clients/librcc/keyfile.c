#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "librcc/i18n.h"
#include "rcc/client.h"
#include "rcc/text.h"

/* First line of every key file. */
#define MARK "rcc-key-1\n"
#define MARK_SIZE (sizeof MARK - 1)
/* Mark, 40 characters of Z85, newline. */
#define FILE_SIZE (MARK_SIZE + RCC_KEY_TEXT_SIZE)

_Static_assert(RCC_KEY_SIZE == crypto_box_SECRETKEYBYTES, "CURVE and crypto_box use the same curve");

/* A path or a right that is wrong stays wrong until a person looks; the rest may pass. */
static enum rcc_status
status_of(int error)
{
	return error == ENOENT || error == ENOTDIR || error == EACCES ? RCC_E_CONFIG : RCC_E_IO;
}

/* Writes all of it, or tells. */
static enum rcc_status
write_all(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t written = write(fd, bytes, len);

		if (written < 0 && errno == EINTR) {
			continue;
		}
		if (written <= 0) {
			return RCC_E_IO;
		}
		bytes += written;
		len -= (size_t)written;
	}
	return RCC_OK;
}

/* The name of a new file survives a power cut only when its directory has been synced too. */
static enum rcc_status
sync_directory_of(const char *path)
{
	char directory[PATH_MAX];
	const char *slash = strrchr(path, '/');
	size_t len = slash == NULL ? 1 : slash == path ? 1 : (size_t)(slash - path);

	if (len >= sizeof directory) {
		return RCC_E_TOO_LARGE;
	}
	memcpy(directory, slash == NULL ? "." : path, len);
	directory[len] = '\0';
	int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) {
		return RCC_E_IO;
	}
	int failed = fsync(fd);
	close(fd);
	return failed == 0 ? RCC_OK : RCC_E_IO;
}

enum rcc_status
rcc_keyfile_sync(const char *path)
{
	return sync_directory_of(path);
}

/*
 * Makes the file whole under another name first: a key file cut short by a power failure would lock the ship out. link()
 * and not rename(): when two programs start at once, the first one's key stays.
 */
static enum rcc_status
write_new(const char *path, const char *bytes, size_t len, struct rcc_fault *ret_fault)
{
	char temporary[PATH_MAX];
	enum rcc_status status = RCC_E_IO;

	if (snprintf(temporary, sizeof temporary, "%s.new.%08x", path, randombytes_random()) >= (int)sizeof temporary) {
		return rcc_fault_set(ret_fault, RCC_E_TOO_LARGE, _("key file %.100s...: the name is too long"), path);
	}
	int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
	if (fd < 0) {
		int error = errno;
		return rcc_fault_set(ret_fault, status_of(error), _("key file %s: cannot be made: %s"), path,
		                     strerror(error));
	}
	status = write_all(fd, bytes, len);
	if (fsync(fd) != 0 || close(fd) != 0) {
		status = RCC_E_IO;
	}
	if (status == RCC_OK && link(temporary, path) != 0) {
		status = errno == EEXIST ? RCC_E_BUSY : RCC_E_IO;
	}
	int error = errno;
	unlink(temporary);
	if (status == RCC_OK) {
		status = sync_directory_of(path);
	}
	if (status == RCC_E_IO) {
		return rcc_fault_set(ret_fault, status, _("key file %s: cannot be written: %s"), path, strerror(error));
	}
	return status;
}

static enum rcc_status
make(const char *path, uint8_t *ret_secret, struct rcc_fault *ret_fault)
{
	uint8_t public_key[crypto_box_PUBLICKEYBYTES];
	struct rcc_key secret;
	char text[RCC_KEY_TEXT_SIZE];
	char content[FILE_SIZE + 1];

	if (crypto_box_keypair(public_key, secret.b) != 0) {
		return rcc_fault_set(ret_fault, RCC_E_IO, _("key file %s: the system gives no randomness"), path);
	}
	snprintf(content, sizeof content, MARK "%s\n", rcc_key_format(text, &secret));
	enum rcc_status status = write_new(path, content, FILE_SIZE, ret_fault);
	if (status == RCC_OK) {
		memcpy(ret_secret, secret.b, RCC_KEY_SIZE);
	}
	sodium_memzero(&secret, sizeof secret);
	sodium_memzero(text, sizeof text);
	sodium_memzero(content, sizeof content);
	return status;
}

/* A secret that others can read is no secret: better no connection than a ship that anybody can imitate. */
static enum rcc_status
check_owner(int fd, const char *path, struct rcc_fault *ret_fault)
{
	struct stat stat;

	if (fstat(fd, &stat) != 0) {
		return rcc_fault_set(ret_fault, RCC_E_IO, _("key file %s: cannot be examined: %s"), path,
		                     strerror(errno));
	}
	if (!S_ISREG(stat.st_mode)) {
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, _("key file %s: is not a regular file"), path);
	}
	if ((stat.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
		return rcc_fault_set(ret_fault, RCC_E_CONFIG,
		                     _("key file %s: others can read it (mode %03o); make a new key, or chmod 600 it"),
		                     path, (unsigned)(stat.st_mode & 0777));
	}
	return RCC_OK;
}

static enum rcc_status
parse(const char *content, size_t len, uint8_t *ret_secret)
{
	char text[RCC_KEY_TEXT_SIZE];
	struct rcc_key secret;

	if (len != FILE_SIZE || memcmp(content, MARK, MARK_SIZE) != 0 || content[FILE_SIZE - 1] != '\n') {
		return RCC_E_MALFORMED;
	}
	memcpy(text, content + MARK_SIZE, RCC_KEY_TEXT_SIZE - 1);
	text[RCC_KEY_TEXT_SIZE - 1] = '\0';
	enum rcc_status status = rcc_key_parse(text, &secret);
	if (status == RCC_OK) {
		memcpy(ret_secret, secret.b, RCC_KEY_SIZE);
	}
	sodium_memzero(text, sizeof text);
	sodium_memzero(&secret, sizeof secret);
	return status;
}

/* RCC_E_NOT_FOUND if there is no such file. */
static enum rcc_status
load(const char *path, uint8_t *ret_secret, struct rcc_fault *ret_fault)
{
	char content[FILE_SIZE + 1];
	size_t len = 0;
	ssize_t got = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0) {
		int error = errno;
		enum rcc_status status = error == ENOENT ? RCC_E_NOT_FOUND : status_of(error);
		return rcc_fault_set(ret_fault, status, _("key file %s: cannot be opened: %s"), path, strerror(error));
	}
	enum rcc_status status = check_owner(fd, path, ret_fault);
	if (status != RCC_OK) {
		goto out;
	}
	do {
		got = read(fd, content + len, sizeof content - len);
		len += got > 0 ? (size_t)got : 0;
	} while ((got > 0 && len < sizeof content) || (got < 0 && errno == EINTR));
	if (got < 0) {
		status =
		    rcc_fault_set(ret_fault, RCC_E_IO, _("key file %s: cannot be read: %s"), path, strerror(errno));
		goto out;
	}
	status = parse(content, len, ret_secret);
	if (status != RCC_OK) {
		status = rcc_fault_set(
		    ret_fault, RCC_E_CONFIG,
		    _("key file %s: is not a key of this program; move it away to have a new one made"), path);
	}
out:
	sodium_memzero(content, sizeof content);
	close(fd);
	return status;
}

/* Both halves. */
static void
give(const uint8_t *secret, struct rcc_key *ret_public, uint8_t *ret_secret)
{
	/* Fails for no secret: the base point has the full order. */
	(void)crypto_scalarmult_base(ret_public->b, secret);
	memcpy(ret_secret, secret, RCC_KEY_SIZE);
}

enum rcc_status
rcc_keyfile_load_or_make(const char *path, struct rcc_key *ret_public, uint8_t *ret_secret, bool *ret_made,
                         struct rcc_fault *ret_fault)
{
	uint8_t secret[RCC_KEY_SIZE];
	struct rcc_fault fault = {.status = RCC_OK};
	bool made = false;
	enum rcc_status status = load(path, secret, &fault);

	if (status == RCC_E_NOT_FOUND) {
		status = make(path, secret, &fault);
		made = status == RCC_OK;
	}
	if (status == RCC_E_BUSY) {
		status = load(path, secret, &fault);
	}
	if (status == RCC_OK) {
		give(secret, ret_public, ret_secret);
		*ret_made = made;
	} else if (ret_fault != NULL) {
		*ret_fault = fault;
	}
	sodium_memzero(secret, sizeof secret);
	return status;
}

enum rcc_status
rcc_keyfile_load(const char *path, struct rcc_key *ret_public, uint8_t *ret_secret, struct rcc_fault *ret_fault)
{
	uint8_t secret[RCC_KEY_SIZE];
	enum rcc_status status = load(path, secret, ret_fault);

	if (status == RCC_E_NOT_FOUND) {
		status =
		    rcc_fault_set(ret_fault, RCC_E_CONFIG,
		                  _("key file %s: there is none; name the right one, or make a new key first"), path);
	}
	if (status == RCC_OK) {
		give(secret, ret_public, ret_secret);
	}
	sodium_memzero(secret, sizeof secret);
	return status;
}

/* ---- the public half of somebody else ---- */

enum rcc_status
rcc_public_key_read(const char *text, struct rcc_key *ret_key)
{
	char line[RCC_KEY_TEXT_SIZE + 2] = "";

	if (rcc_key_parse(text, ret_key) == RCC_OK) {
		return RCC_OK;
	}
	FILE *file = fopen(text, "re");
	if (file == NULL) {
		return RCC_E_NOT_FOUND;
	}
	bool is_read = fgets(line, (int)sizeof line, file) != NULL;
	fclose(file);
	line[strcspn(line, "\r\n")] = '\0';
	return is_read ? rcc_key_parse(line, ret_key) : RCC_E_MALFORMED;
}

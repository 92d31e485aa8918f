#include "keys.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rcc/text.h"

/* In the state directory, beside the one in force. */
#define NEXT_KEY "server.key.next"

static void
make_server_secret(uint8_t *ret_secret)
{
	randombytes_buf(ret_secret, RCC_KEY_SIZE);
}

static void
make_sign_secret(uint8_t *ret_secret)
{
	struct rcc_sign_key key;

	rcc_sign_key_generate(&key);
	memcpy(ret_secret, key.secret, sizeof key.secret);
	rcc_sign_key_wipe(&key);
}

static enum rcc_status
write_public(const char *path, const struct rcc_key *key, struct rcc_fault *ret_fault)
{
	char line[RCC_KEY_TEXT_SIZE + 1];
	enum rcc_status status = RCC_OK;

	rcc_key_format(line, key);
	size_t len = strlen(line);
	line[len++] = '\n';
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
	if (fd < 0 || write(fd, line, len) != (ssize_t)len)
		status = rcc_fault_set(ret_fault, RCC_E_IO, "%s cannot be written: %s", path, strerror(errno));
	if (fd >= 0)
		(void)close(fd);
	return status;
}

static enum rcc_status
public_of(const uint8_t *secret, const char *path, struct rcc_key *ret_public, struct rcc_fault *ret_fault)
{
	if (crypto_scalarmult_base(ret_public->b, secret) != 0)
		return rcc_fault_set(ret_fault, RCC_E_CORRUPT, "%s holds no usable key", path);
	return RCC_OK;
}

/* The next key of DIR, made if there is none. */
static enum rcc_status
load_next(const char *dir, struct rcc_key *ret_public, struct rcc_fault *ret_fault)
{
	char path[RCC_PATH_MAX + 32];
	uint8_t secret[RCC_KEY_SIZE];

	(void)snprintf(path, sizeof path, "%s/" NEXT_KEY, dir);
	enum rcc_status status = rcc_secret_load_or_make(path, secret, RCC_KEY_SIZE, make_server_secret, ret_fault);
	if (status == RCC_OK)
		status = public_of(secret, path, ret_public, ret_fault);
	sodium_memzero(secret, sizeof secret);
	return status;
}

enum rcc_status
rcc_keys_announce(struct rcc_app *app, const char *dir, struct rcc_fault *ret_fault)
{
	char path[RCC_PATH_MAX + 32];
	struct rcc_key next = {{0}};
	enum rcc_status status = RCC_OK;

	(void)snprintf(path, sizeof path, "%s/" NEXT_KEY, dir);
	if (access(path, F_OK) == 0)
		status = load_next(dir, &next, ret_fault);
	if (status == RCC_OK && memcmp(&next, &app->next_server_key, sizeof next) != 0) {
		app->next_server_key = next;
		for (size_t i = 0; i < RCC_PEERS_MAX; i++)
			app->contact[i].knows_next_key = false;
	}
	return status;
}

enum rcc_status
rcc_keys_make_next(const char *dir, struct rcc_key *ret_next, struct rcc_fault *ret_fault)
{
	char path[RCC_PATH_MAX + 32];

	(void)snprintf(path, sizeof path, "%s/server.key", dir);
	if (access(path, F_OK) != 0)
		return rcc_fault_set(ret_fault, RCC_E_NOT_FOUND,
		                     "%s: there is no key yet that another could follow: %s", path, strerror(errno));
	return load_next(dir, ret_next, ret_fault);
}

/* All three names are in one folder, and each step leaves the centre with a key that ships know. */
enum rcc_status
rcc_keys_switch(const char *dir, struct rcc_key *ret_now, struct rcc_fault *ret_fault)
{
	char now[RCC_PATH_MAX + 32], next[RCC_PATH_MAX + 32], before[RCC_PATH_MAX + 32];
	int lock_fd = -1;

	(void)snprintf(now, sizeof now, "%s/server.key", dir);
	(void)snprintf(next, sizeof next, "%s/" NEXT_KEY, dir);
	(void)snprintf(before, sizeof before, "%s/server.key.before", dir);
	/* A daemon that runs serves under the key that it began with. */
	enum rcc_status status = rcc_state_lock(dir, &lock_fd, ret_fault);
	if (status != RCC_OK)
		return status;
	if (access(next, F_OK) != 0)
		status = rcc_fault_set(ret_fault, RCC_E_NOT_FOUND, "%s: %s (rccd --next-key makes it)", next,
		                       strerror(errno));
	if (status == RCC_OK)
		status = load_next(dir, ret_now, ret_fault);
	(void)unlink(before);
	if (status == RCC_OK && (link(now, before) != 0 || rename(next, now) != 0))
		status = rcc_fault_set(ret_fault, RCC_E_IO, "%s cannot be put in its place: %s", next, strerror(errno));
	int dir_fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (status == RCC_OK && (dir_fd < 0 || fsync(dir_fd) != 0))
		status = rcc_fault_set(ret_fault, RCC_E_IO, "%s cannot be synced: %s", dir, strerror(errno));
	if (dir_fd >= 0)
		(void)close(dir_fd);
	(void)close(lock_fd);
	return status;
}

enum rcc_status
rcc_keys_load(struct rcc_app *app, const char *dir, struct rcc_fault *ret_fault)
{
	char path[RCC_PATH_MAX + 16];

	(void)snprintf(path, sizeof path, "%s/server.key", dir);
	enum rcc_status status =
	    rcc_secret_load_or_make(path, app->net_config.server_secret, RCC_KEY_SIZE, make_server_secret, ret_fault);
	if (status != RCC_OK)
		return status;
	status = public_of(app->net_config.server_secret, path, &app->net_config.server_public, ret_fault);
	if (status != RCC_OK)
		return status;
	(void)snprintf(path, sizeof path, "%s/sign.key", dir);
	status = rcc_secret_load_or_make(path, app->sign_key.secret, sizeof app->sign_key.secret, make_sign_secret,
	                                 ret_fault);
	if (status != RCC_OK)
		return status;
	if (crypto_sign_ed25519_sk_to_pk(app->sign_key.public_key.b, app->sign_key.secret) != 0)
		return rcc_fault_set(ret_fault, RCC_E_CORRUPT, "%s holds no usable key", path);
	(void)snprintf(path, sizeof path, "%s/server.pub", dir);
	status = write_public(path, &app->net_config.server_public, ret_fault);
	if (status != RCC_OK)
		return status;
	(void)snprintf(path, sizeof path, "%s/sign.pub", dir);
	status = write_public(path, &app->sign_key.public_key, ret_fault);
	return status == RCC_OK ? rcc_keys_announce(app, dir, ret_fault) : status;
}

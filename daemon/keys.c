#include "keys.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rcc/text.h"

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

enum rcc_status
rcc_keys_load(struct rcc_app *app, const char *dir, struct rcc_fault *ret_fault)
{
	char path[RCC_PATH_MAX + 16];

	(void)snprintf(path, sizeof path, "%s/server.key", dir);
	enum rcc_status status =
	    rcc_secret_load_or_make(path, app->net_config.server_secret, RCC_KEY_SIZE, make_server_secret, ret_fault);
	if (status != RCC_OK)
		return status;
	if (crypto_scalarmult_base(app->net_config.server_public.b, app->net_config.server_secret) != 0)
		return rcc_fault_set(ret_fault, RCC_E_CORRUPT, "%s holds no usable key", path);
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
	return write_public(path, &app->sign_key.public_key, ret_fault);
}

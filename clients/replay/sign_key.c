/* sign_key.c - the centre's secret, where an operator makes a pack on the centre's own machine. Nothing is made here. */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "librcc/i18n.h"
#include "rcc/text.h"
#include "replay/replay.h"

/* The digits, a newline and one more to see that nothing follows. */
#define KEY_TEXT_SIZE (RCC_HEX_SIZE(sizeof((struct rcc_sign_key *)0)->secret) + 2)
#define PATH_SIZE (RCC_JOURNAL_NAME_MAX + 64)

bool
rcc_replay_beside(const struct rcc_replay *replay, const char *file, char *ret_path, size_t size)
{
	const char *slash = strrchr(replay->journal, '/');
	int len;

	if (replay->state_dir != NULL)
		len = snprintf(ret_path, size, "%s/%s", replay->state_dir, file);
	else if (slash != NULL)
		len = snprintf(ret_path, size, "%.*s/%s", (int)(slash - replay->journal), replay->journal, file);
	else
		len = snprintf(ret_path, size, "%s", file);
	return len > 0 && (size_t)len < size;
}

static enum rcc_status
read_key(FILE *file, const char *path, struct rcc_sign_key *ret_key, struct rcc_fault *ret_fault)
{
	char text[KEY_TEXT_SIZE];
	struct stat info;

	if (fstat(fileno(file), &info) != 0 || !S_ISREG(info.st_mode))
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, _("%s: is not a file"), path);
	if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0)
		return rcc_fault_set(ret_fault, RCC_E_NOT_ALLOWED,
		                     _("%s: others than its owner can use this key: consider it lost"), path);
	size_t len = fread(text, 1, sizeof text - 1, file);
	if (len > 0 && text[len - 1] == '\n')
		len--;
	text[len] = '\0';
	enum rcc_status status = rcc_hex_parse(text, ret_key->secret, sizeof ret_key->secret);
	memset(text, 0, sizeof text);
	if (status != RCC_OK)
		return rcc_fault_set(ret_fault, RCC_E_CORRUPT, _("%s: is not the signing key of a centre"), path);
	/* The second half of an Ed25519 secret is its public key. */
	memcpy(ret_key->public_key.b, ret_key->secret + sizeof ret_key->public_key.b, sizeof ret_key->public_key.b);
	return RCC_OK;
}

enum rcc_status
rcc_replay_sign_key(const struct rcc_replay *replay, const struct rcc_key *wanted, struct rcc_sign_key *ret_key,
                    struct rcc_fault *ret_fault)
{
	char path[PATH_SIZE];

	if (!rcc_replay_beside(replay, "sign.key", path, sizeof path))
		return rcc_fault_set(ret_fault, RCC_E_TOO_LARGE, _("the path of the state directory is too long"));
	FILE *file = fopen(path, "rbe");
	if (file == NULL)
		return rcc_fault_set(ret_fault, RCC_E_NOT_FOUND, "%s: %s", path, strerror(errno));
	enum rcc_status status = read_key(file, path, ret_key, ret_fault);
	fclose(file);
	if (status == RCC_OK && memcmp(ret_key->public_key.b, wanted->b, sizeof wanted->b) != 0)
		status = rcc_fault_set(ret_fault, RCC_E_NOT_ALLOWED,
		                       _("%s: is not the key that signs this journal: nothing was signed"), path);
	if (status != RCC_OK)
		rcc_sign_key_wipe(ret_key);
	return status;
}

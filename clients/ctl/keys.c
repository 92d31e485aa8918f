#define _POSIX_C_SOURCE 200809L
#include <sodium.h>
#include <unistd.h>

#include "ctl/ctl.h"
#include "librcc/i18n.h"
#include "rcc/text.h"

/* Written by the daemon beside its secret, for programs that start before it does. */
#define SERVER_KEY_FILE "server.pub"

static int
print_key(const struct rcc_ctl *ctl, const struct rcc_key *key)
{
	char text[RCC_KEY_TEXT_SIZE];
	rcc_key_format(text, key);
	/* Z85 has neither quotes nor backslashes: the text is JSON as it is. */
	if (ctl->is_json)
		fprintf(ctl->out, "{\"class\":\"KEY\",\"key\":\"%s\"}\n", text);
	else
		fprintf(ctl->out, "%s\n", text);
	return RCC_EXIT_OK;
}

int
rcc_ctl_verb_keygen(struct rcc_ctl *ctl)
{
	struct rcc_key public_key;
	uint8_t secret[RCC_KEY_SIZE];
	struct rcc_fault fault;
	bool is_made;
	const char *path = ctl->operand[0];
	if (rcc_client_init() != RCC_OK)
		return rcc_ctl_fail(RCC_EXIT_FAILED, _("the kernel gives no randomness; no key can be made safely"));
	enum rcc_status status = rcc_keyfile_load_or_make(path, &public_key, secret, &is_made, &fault);
	sodium_memzero(secret, sizeof secret);
	if (status != RCC_OK)
		return rcc_ctl_fail(rcc_exit_of(status), "%s", fault.text);
	if (is_made)
		fprintf(stderr, _("made %s; its public key, to be enrolled:\n"), path);
	else
		fprintf(stderr, _("%s was there already; its public key:\n"), path);
	return print_key(ctl, &public_key);
}

/* Takes "server_key" out of the status. */
static int
take_server_key(void *context, const char *line)
{
	struct rcc_key *key = context;
	json_t *row = json_loads(line, 0, NULL);
	const char *text = json_string_value(json_object_get(row, "server_key"));
	bool is_key = text != NULL && rcc_key_parse(text, key) == RCC_OK;
	json_decref(row);
	return is_key ? RCC_EXIT_OK : rcc_ctl_fail(RCC_EXIT_FAILED, _("rccd did not name its key"));
}

/* From the state directory when the daemon is down; false if that is not possible. */
static bool
read_server_key(const struct rcc_ctl *ctl, char *path, size_t size)
{
	const char *dir = ctl->option[RCC_CTL_OPTION_STATE_DIR];
	if (dir == NULL)
		return false;
	int len = snprintf(path, size, "%s/%s", dir, SERVER_KEY_FILE);
	return len > 0 && (size_t)len < size && access(path, R_OK) == 0;
}

int
rcc_ctl_verb_server_key(struct rcc_ctl *ctl)
{
	struct rcc_key key;
	char path[RCC_ENDPOINT_MAX + 1];
	const struct rcc_view view = {.what = RCC_VIEW_STATUS, .near = RCC_POS_NONE};
	int exit_code;
	if (read_server_key(ctl, path, sizeof path)) {
		exit_code = rcc_ctl_public_key(path, &key);
	} else {
		exit_code = rcc_ctl_connect(ctl);
		if (exit_code == RCC_EXIT_OK)
			exit_code = rcc_ctl_view(ctl, &view, take_server_key, NULL, &key);
	}
	return exit_code == RCC_EXIT_OK ? print_key(ctl, &key) : exit_code;
}

/* join_run.c - `join` and `rekey` as a person types them. */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "build_stamp.h"
#include "librcc/i18n.h"
#include "librcc/join_internal.h"
#include "librcc/options.h"
#include "rcc/text.h"

static int complain(const char *program, int exit_code, const char *format, ...) __attribute__((format(printf, 3, 4)));

static int
complain(const char *program, int exit_code, const char *format, ...)
{
	va_list args;

	fprintf(stderr, "%s: ", program);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	return exit_code;
}

/* As it is found from everywhere: the settings name it. */
static enum rcc_status
absolute(char *path, size_t size, const char *name)
{
	char here[RCC_ENDPOINT_MAX + 1];

	if (name[0] == '/')
		return rcc_text_copy(path, size, name, strlen(name));
	if (getcwd(here, sizeof here) == NULL)
		return RCC_E_IO;
	int len = snprintf(path, size, "%s/%s", here, name);
	return len > 0 && (size_t)len < size ? RCC_OK : RCC_E_TOO_LARGE;
}

static enum rcc_status
name_key(const struct rcc_join_wish *wish, const struct rcc_invitation *invitation, struct rcc_client_config *config)
{
	if (wish->key_file != NULL)
		return absolute(config->key_file, sizeof config->key_file, wish->key_file);
	return rcc_home_file(config->key_file, sizeof config->key_file,
	                     invitation->mmsi.v != 0 ? "ship.key" : "feed.key");
}

/* What is typed on a command line, everybody on the computer can see. */
static const char *
line_of(const struct rcc_join_wish *wish, char buffer[RCC_INVITATION_TEXT_SIZE])
{
	if (wish->line == NULL || strcmp(wish->line, "-") != 0)
		return wish->line;
	return fgets(buffer, RCC_INVITATION_TEXT_SIZE, stdin);
}

/* The settings are a help: whoever has a file of settings keeps it. */
static int
write_settings(const struct rcc_join_wish *wish, const struct rcc_invitation *invitation, const char *key_file)
{
	char path[RCC_ENDPOINT_MAX + 1], key[RCC_KEY_TEXT_SIZE];
	struct rcc_fault fault = {.text = ""};
	enum rcc_status status = wish->settings == NULL ? rcc_home_file(path, sizeof path, "client.conf")
	                                                : absolute(path, sizeof path, wish->settings);

	if (status == RCC_OK)
		status = rcc_invitation_configure(invitation, key_file, path, &fault);
	if (status == RCC_OK) {
		printf(_("settings written: %s\n"), path);
		return RCC_EXIT_OK;
	}
	if (status == RCC_E_BUSY)
		printf(_("%s is there already and was left as it is; these settings are of this centre:\n"), path);
	else
		(void)complain(wish->program, RCC_EXIT_OK, _("the settings could not be written: %s"),
		               fault.text[0] != '\0' ? fault.text : rcc_status_text(status));
	printf("  to = \"%s\";\n  server_key = \"%s\";\n  key = \"%s\";\n", invitation->endpoint,
	       rcc_key_format(key, &invitation->server_key), key_file);
	return RCC_EXIT_OK;
}

int
rcc_join_run(const struct rcc_join_wish *wish)
{
	struct rcc_client_config config = {.link = wish->link};
	struct rcc_invitation invitation;
	struct rcc_welcome welcome;
	struct rcc_fault fault;

	char buffer[RCC_INVITATION_TEXT_SIZE];
	const char *line = line_of(wish, buffer);
	if (line == NULL || rcc_invitation_parse(line, &invitation) != RCC_OK)
		return complain(wish->program, RCC_EXIT_USAGE,
		                _("join needs the line that `rccctl invite` printed, rccd://HOST:PORT/..., in quotes, "
		                  "or - to read it "
		                  "from standard input"));
	if (wish->is_feed != (invitation.mmsi.v == 0))
		return complain(wish->program, RCC_EXIT_USAGE, _("this line invites %s: use %s"),
		                wish->is_feed ? _("a ship") : _("a feed"),
		                wish->is_feed ? "rcc-crew join" : "rcc-feed join");
	(void)snprintf(config.endpoint, sizeof config.endpoint, "%s", invitation.endpoint);
	config.server_key = invitation.server_key;
	(void)snprintf(config.version, sizeof config.version, "%s %s", wish->program, RCC_BUILD);
	if (name_key(wish, &invitation, &config) != RCC_OK)
		return complain(wish->program, RCC_EXIT_CONFIG, _("say where our own key is to be: --key FILE"));
	if (rcc_client_init() != RCC_OK)
		return complain(wish->program, RCC_EXIT_FAILED,
		                _("the kernel gives no randomness; no key can be made safely"));
	if (rcc_join_make_folders(config.key_file) != RCC_OK)
		return complain(wish->program, RCC_EXIT_CONFIG, _("%s: its folder cannot be made: %s"), config.key_file,
		                strerror(errno));
	enum rcc_status status = rcc_client_admit(&config, &invitation, wish->timeout_ms, &welcome, &fault);
	if (status != RCC_OK)
		return complain(wish->program, rcc_exit_of(status), "%s", fault.text);
	/* A change of key that was cut off before is over: the key is another one. */
	(void)rcc_rekey_forget(config.key_file);
	if (welcome.peer.v != 0) {
		/* Which ship a key is known for, nobody but the centre can say. */
		invitation.mmsi.v = 0;
		printf(_("%s knows the key in %s already: the code was not used; for another ship or feed say another "
		         "--key\n"),
		       welcome.centre, config.key_file);
		return write_settings(wish, &invitation, config.key_file);
	}
	printf(_("joined: %s knows the key in %s\n"), welcome.centre, config.key_file);
	return write_settings(wish, &invitation, config.key_file);
}

int
rcc_rekey_run(const char *program, const struct rcc_client_config *config, int64_t timeout_ms)
{
	char text[RCC_KEY_TEXT_SIZE];
	struct rcc_fault fault;
	struct rcc_key key;

	if (rcc_client_init() != RCC_OK)
		return complain(program, RCC_EXIT_FAILED,
		                _("the kernel gives no randomness; no key can be made safely"));
	enum rcc_status status = rcc_client_rekey(config, timeout_ms, &key, &fault);
	if (status != RCC_OK)
		return complain(program, rcc_exit_of(status), "%s", fault.text);
	printf(_("the centre knows the new key in %s; the old one is worth nothing any more, and lies in %s.old:\n"),
	       config->key_file, config->key_file);
	printf("%s\n", rcc_key_format(text, &key));
	return RCC_EXIT_OK;
}

/*
 * rcc-crew: the terminal on a ship's bridge. Raises a distress, sounds the calls of the centre, carries the answers.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "crew/crew.h"
#include "librcc/i18n.h"
#include "rcc/text.h"

static int
exit_of(enum rcc_status status)
{
	return status == RCC_E_CONFIG || status == RCC_E_NOT_ALLOWED || status == RCC_E_UNSUPPORTED ? RCC_EXIT_CONFIG
	                                                                                            : RCC_EXIT_FAILED;
}

/* A damaged store is put aside, whole, and a new one made. What waited in it is told. */
static enum rcc_status
replace_damaged(struct rcc_crew *crew, struct rcc_fault *ret_fault)
{
	struct rcc_client_config *config = &crew->settings.client;
	static const char *const side[] = {"-wal", "-shm"};
	char aside[RCC_ENDPOINT_MAX + 32], path[RCC_ENDPOINT_MAX + 32];

	snprintf(aside, sizeof aside, "%s.damaged-%lld", config->store, (long long)time(NULL));
	if (rename(config->store, aside) != 0) {
		return ret_fault->status;
	}
	for (size_t i = 0; i < sizeof side / sizeof side[0]; i++) {
		/* The log of a store belongs to it alone. */
		snprintf(path, sizeof path, "%s%s", config->store, side[i]);
		(void)unlink(path);
	}
	rcc_crew_complain(_("%s; it is kept as %s and a new one is made: what was not yet accepted must be said again"),
	                  ret_fault->text, aside);
	return rcc_client_open(config, &crew->client, ret_fault);
}

/* No trouble with a file may keep a ship from raising a distress or hearing one. */
static enum rcc_status
open_client(struct rcc_crew *crew, struct rcc_fault *ret_fault)
{
	struct rcc_client_config *config = &crew->settings.client;
	struct rcc_fault fault;
	enum rcc_status status = rcc_client_open(config, &crew->client, ret_fault);

	if (status == RCC_E_CORRUPT) {
		status = replace_damaged(crew, ret_fault);
	}
	if (status == RCC_OK || config->store[0] == '\0') {
		return status;
	}
	config->store[0] = '\0';
	if (rcc_client_open(config, &crew->client, &fault) != RCC_OK) {
		return status;
	}
	rcc_crew_complain(
	    _("%s; going on WITHOUT a store: keep this program running until it says \"accepted\", and write "
	      "down what comes in"),
	    ret_fault->text);
	return RCC_OK;
}

/* The key alone needs neither a centre nor a network. */
static int
print_key(const struct rcc_crew *crew)
{
	struct rcc_key public_key;
	uint8_t secret[RCC_KEY_SIZE];
	struct rcc_fault fault;
	char text[RCC_KEY_TEXT_SIZE];
	bool made = false;

	if (crew->settings.client.key_file[0] == '\0') {
		rcc_crew_complain("%s", _("no file for our own key is named (--key)"));
		return RCC_EXIT_CONFIG;
	}
	enum rcc_status status =
	    rcc_keyfile_load_or_make(crew->settings.client.key_file, &public_key, secret, &made, &fault);
	memset(secret, 0, sizeof secret);
	if (status != RCC_OK) {
		rcc_crew_complain("%s", fault.text);
		return exit_of(status);
	}
	printf("%s\n", rcc_key_format(text, &public_key));
	return RCC_EXIT_OK;
}

static int
run_session(struct rcc_crew *crew, const char *script)
{
	FILE *file = script != NULL ? fopen(script, "re") : stdin;

	if (file == NULL) {
		rcc_crew_complain(_("script %s: cannot be opened: %s"), script, strerror(errno));
		return RCC_EXIT_CONFIG;
	}
	crew->is_session = true;
	crew->is_strict = script != NULL || isatty(STDIN_FILENO) == 0;
	rcc_crew_session(crew, file);
	if (file != stdin) {
		fclose(file);
	}
	return crew->is_strict ? crew->exit : RCC_EXIT_OK;
}

int
main(int argc, char **argv)
{
	static struct rcc_crew crew;
	struct rcc_parsed parsed;
	struct rcc_fault fault;
	int exit_code = RCC_EXIT_OK;

	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C");
	textdomain(RCC_TEXT_DOMAIN);
	if (rcc_options_parse(&rcc_crew_program, argc, argv, &parsed, &exit_code) != RCC_OK) {
		return exit_code;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	enum rcc_status status = rcc_crew_settings_read(&parsed, &crew.settings, &fault);
	if (status == RCC_OK) {
		status = rcc_client_init();
		(void)rcc_fault_set(&fault, status, "%s", rcc_status_text(status));
	}
	if (status == RCC_OK && parsed.operand_count > 0 && strcmp(parsed.operand[0], "key") == 0) {
		return print_key(&crew);
	}
	crew.message = calloc(1, sizeof *crew.message);
	if (status == RCC_OK && crew.message == NULL) {
		status = rcc_fault_set(&fault, RCC_E_FULL, "%s", _("no memory"));
	}
	if (status == RCC_OK) {
		/* A single verb beside a running session must not draw the alarms to itself. */
		crew.settings.client.wants_deliveries = parsed.operand_count == 0;
		status = open_client(&crew, &fault);
	}
	if (status != RCC_OK) {
		rcc_crew_complain("%s", fault.text);
		exit_code = exit_of(status);
		goto out;
	}
	if (parsed.operand_count == 0) {
		exit_code = run_session(&crew, parsed.value[CREW_SCRIPT]);
	} else {
		rcc_crew_do(&crew, &parsed);
		exit_code = crew.exit;
	}
out:
	rcc_client_close(&crew.client);
	free(crew.message);
	return exit_code;
}

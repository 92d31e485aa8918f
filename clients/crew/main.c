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

static const struct rcc_option options[] = {
    [CREW_TO] = {"to", 't', "ENDPOINT", N_("where the centre is: tcp://HOST:8406")},
    [CREW_SERVER_KEY] = {"server-key", 0, "KEY", N_("the centre's public key, 40 characters (rccctl server-key)")},
    [CREW_KEY] = {"key", 'k', "FILE", N_("our own secret key; made when missing")},
    [CREW_STORE] = {"store", 0, "FILE", N_("outbox and inbox; default: the key file's name and .db")},
    [CREW_NAME] = {"name", 'n', "NAME", N_("the ship's name")},
    [CREW_MMSI] = {"mmsi", 0, "MMSI", N_("our own MMSI, nine digits")},
    [CREW_LINK] = {"link", 0, "KIND", N_("ship (default: thin and slow) or shore")},
    [CREW_CONFIG] = {"config", 'c', "FILE", N_("settings; default ~/.config/rcc/client.conf")},
    [CREW_TIMEOUT] = {"timeout", 0, "SECONDS", N_("how long a single verb waits for the centre, default 30")},
    [CREW_PLAIN] = {"plain", 'p', NULL, N_("line by line, without a screen (the default)")},
    [CREW_SCRIPT] = {"script", 's', "FILE", N_("read verbs from a file; the first failure ends it")},
    [CREW_POS] = {"pos", 0, "POS", N_("position: 35-12.40N 012-36.05E, or decimal degrees")},
    [CREW_NATURE] = {"nature", 0, "NATURE", N_("fire, flooding, sinking, abandoning, man-overboard, ...")},
    [CREW_PERSONS] = {"persons", 0, "N", N_("persons on board or in the water")},
    [CREW_TEXT] = {"text", 0, "TEXT", N_("a remark in plain words")},
    [CREW_YES] = {"yes", 'y', NULL, N_("send the distress without asking again")},
    [CREW_EXERCISE] = {"exercise", 0, NULL, N_("an exercise: reaches no ship as a live alert")},
    [CREW_TEST] = {"test", 0, NULL, N_("a test: is recorded and raises nothing")},
    [CREW_ETA] = {"eta", 0, "TIME", N_("time to the scene: 95min, 2h, 1h35")},
    [CREW_REASON] = {"reason", 0, "REASON", N_("why unable: disabled, danger-to-ship, cargo-hazard, too-far, ...")},
    [CREW_BY] = {"by", 0, "NAME", N_("who answers; default: the ship's name")},
    {NULL, 0, NULL, NULL},
};

static const struct rcc_verb verbs[] = {
    {"distress", "", N_("raise a distress: --pos --nature --persons --text; asks before it sends")},
    {"inbox", "", N_("list what the centre has sent")},
    {"show", "N|latest", N_("a whole alert in words, and what the law asks")},
    {"read", "N|latest [NAME]", N_("tell the centre who has read it")},
    {"answer", "INC|latest ANSWER", N_("proceeding [--eta], unable --reason, need-detail, on-scene, done")},
    {"status", "", N_("the link, what waits, what the centre has of ours")},
    {"key", "", N_("print our public key, to be enrolled by the centre")},
    {"trust", "", N_("take the centre's changed signing key, after a check by voice")},
    {"wait", "WHAT SECONDS", N_("for scripts: alert, accepted or welcome")},
    {"quit", "", N_("end the session")},
    {NULL, NULL, NULL},
};

const struct rcc_program rcc_crew_program = {
    .name = "rcc-crew",
    .summary = N_("Raise a distress, hear and answer the calls of a rescue coordination centre."),
    .options = options,
    .verbs = verbs,
};

static int
exit_of(enum rcc_status status)
{
	return status == RCC_E_CONFIG || status == RCC_E_NOT_ALLOWED || status == RCC_E_UNSUPPORTED ? RCC_EXIT_CONFIG
	                                                                                            : RCC_EXIT_FAILED;
}

/*
 * A damaged store must not keep a ship from raising a distress: it is put aside, whole, and a new one made. What waited in
 * it is told.
 */
static enum rcc_status
open_client(struct rcc_crew *crew, struct rcc_fault *ret_fault)
{
	struct rcc_client_config *config = &crew->settings.client;
	enum rcc_status status = rcc_client_open(config, &crew->client, ret_fault);
	char aside[RCC_ENDPOINT_MAX + 32];

	if (status != RCC_E_CORRUPT) {
		return status;
	}
	snprintf(aside, sizeof aside, "%s.damaged-%lld", config->store, (long long)time(NULL));
	if (rename(config->store, aside) != 0) {
		return status;
	}
	/* The log of a store belongs to it alone. */
	char log[RCC_ENDPOINT_MAX + 32];
	snprintf(log, sizeof log, "%s-wal", config->store);
	(void)unlink(log);
	snprintf(log, sizeof log, "%s-shm", config->store);
	(void)unlink(log);
	rcc_crew_complain(_("%s; it is kept as %s and a new one is made: what was not yet accepted must be said again"),
	                  ret_fault->text, aside);
	return rcc_client_open(config, &crew->client, ret_fault);
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

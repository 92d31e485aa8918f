/*
 * rcc-crew: the terminal on a ship's bridge. Raises a distress, sounds the calls of the centre, carries the answers.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "crew/crew.h"
#include "crew/screen.h"
#include "librcc/i18n.h"
#include "proto/chain.h"
#include "rcc/join.h"
#include "rcc/text.h"

/* After the Welcome, for the checkpoint that comes with it. */
#define WITNESS_WAIT_MS 1000

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
	/* Settings and keys that are wrong are no better without a store. */
	if (status == RCC_OK || status == RCC_E_RANGE || status == RCC_E_CONFIG || config->store[0] == '\0') {
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
		return RCC_EXIT_USAGE;
	}
	enum rcc_status status =
	    rcc_keyfile_load_or_make(crew->settings.client.key_file, &public_key, secret, &made, &fault);
	memset(secret, 0, sizeof secret);
	if (status != RCC_OK) {
		rcc_crew_complain("%s", fault.text);
		return rcc_exit_of(status);
	}
	if (made) {
		/* Not on standard output: what is printed there is handed to the centre. */
		rcc_crew_complain(_("a new key was made: %s; have this public half of it enrolled"),
		                  crew->settings.client.key_file);
	}
	printf("%s\n", rcc_key_format(text, &public_key));
	return RCC_EXIT_OK;
}

/* The newest comes with the Welcome; from a session that runs it is in the store already. */
static void
fetch_witness(struct rcc_crew *crew)
{
	struct rcc_client_config *config = &crew->settings.client;
	struct rcc_fault fault;

	if (rcc_crew_settings_check(&crew->settings, &fault) != RCC_OK) {
		return;
	}
	rcc_crew_watch_take(crew);
	config->needs_key = config->wants_deliveries = config->stores_only = true;
	if (crew->watch != CREW_WATCH_OURS || rcc_client_open(config, &crew->client, &fault) != RCC_OK) {
		return;
	}
	const struct rcc_envelope *message = NULL;
	int64_t deadline_ms = rcc_crew_now_ms() + crew->settings.fetch_ms;
	bool is_there = false;
	for (int64_t left_ms = 1; !is_there && left_ms > 0; left_ms = deadline_ms - rcc_crew_now_ms()) {
		enum rcc_client_event event = rcc_client_next(crew->client, left_ms, &message);

		is_there = event == RCC_CLIENT_OTHER && message->kind == RCC_BODY_CHECKPOINT;
		if (event == RCC_CLIENT_WELCOME) {
			deadline_ms = rcc_crew_now_ms() + WITNESS_WAIT_MS;
		}
	}
	rcc_client_close(&crew->client);
}

/* Without a centre, what the store has: a witness is asked years later, when none may be there. */
static int
print_witness(struct rcc_crew *crew)
{
	struct rcc_checkpoint checkpoint;
	struct rcc_fault fault;
	char text[RCC_CHECKPOINT_TEXT_SIZE];

	fetch_witness(crew);

	if (rcc_client_kept_checkpoint(crew->settings.client.store, &checkpoint, &fault) != RCC_OK) {
		rcc_crew_complain("%s", fault.text);
		return RCC_EXIT_FAILED;
	}
	rcc_checkpoint_format(text, &checkpoint);
	printf("%s\n", text);
	return RCC_EXIT_OK;
}

/* Years later there is no centre to ask, nor any need to name one. */
static int
print_log(struct rcc_crew *crew, const struct rcc_parsed *parsed)
{
	struct rcc_fault fault;

	if (rcc_client_open_kept(crew->settings.client.store, &crew->client, &fault) != RCC_OK) {
		rcc_crew_complain("%s", fault.text);
		return RCC_EXIT_FAILED;
	}
	return rcc_crew_log(crew, parsed);
}

/* Everything that it needs stands in the line; there are no settings yet. */
static int
join(const struct rcc_parsed *parsed)
{
	const char *link = parsed->value[CREW_LINK];
	int64_t timeout_ms = 0;
	struct rcc_fault fault;

	if (rcc_crew_timeout(parsed, &timeout_ms, &fault) != RCC_OK) {
		rcc_crew_complain("%s", fault.text);
		return RCC_EXIT_USAGE;
	}
	const struct rcc_join_wish wish = {
	    .program = "rcc-crew",
	    .line = rcc_crew_operand(parsed, 1),
	    .key_file = parsed->value[CREW_KEY],
	    .settings = parsed->value[CREW_CONFIG],
	    .link = link != NULL && strcmp(link, "shore") == 0 ? RCC_LINK_SHORE : RCC_LINK_SHIP,
	    .timeout_ms = timeout_ms,
	};
	return rcc_join_run(&wish);
}

/* A session that runs would be a stranger's from one moment to the next. */
static int
rekey(struct rcc_crew *crew)
{
	struct rcc_fault fault;

	if (rcc_crew_settings_check(&crew->settings, &fault) != RCC_OK) {
		rcc_crew_complain("%s", fault.text);
		return RCC_EXIT_USAGE;
	}
	rcc_crew_watch_take(crew);
	if (crew->watch == CREW_WATCH_TAKEN) {
		rcc_crew_complain("%s", _("another rcc-crew runs with this key: end it first"));
		return RCC_EXIT_FAILED;
	}
	return rcc_rekey_run("rcc-crew", &crew->settings.client, crew->settings.timeout_ms);
}

static void
tell_waiting(struct rcc_crew *crew)
{
	uint32_t waiting = rcc_client_outbox_count(crew->client);

	if (waiting > 0) {
		rcc_crew_say(crew, _("not yet accepted: %u; kept, and sent when this program runs again"), waiting);
	}
}

static void
run_session(struct rcc_crew *crew, const struct rcc_parsed *parsed, FILE *file)
{
	bool is_terminal = isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0;

	crew->is_session = true;
	crew->is_strict = file != stdin || isatty(STDIN_FILENO) == 0;
	if (rcc_crew_board_open(crew) != RCC_OK) {
		rcc_crew_fail(crew, RCC_EXIT_FAILED, _("no memory"));
		return;
	}
	if (crew->settings.gpsd[0] != '\0' &&
	    rcc_receiver_init(&crew->receiver, crew->settings.gpsd, rcc_crew_now_ms()) != RCC_OK) {
		rcc_crew_fail(crew, RCC_EXIT_USAGE, _("--gpsd is HOST:PORT"));
		return;
	}
	bool wants_screens = is_terminal && file == stdin && parsed->value[CREW_PLAIN] == NULL;
	if (!wants_screens || rcc_screen_run(crew, parsed) != RCC_OK) {
		rcc_crew_session(crew, file);
	} else {
		tell_waiting(crew);
	}
	crew->exit = crew->is_strict ? crew->exit : RCC_EXIT_OK;
}

/* What a verb alone on the command line may do to the key and to the calls. */
static void
prepare_single(struct rcc_crew *crew, const struct rcc_parsed *parsed)
{
	struct rcc_client_config *config = &crew->settings.client;

	/* A mistyped name must not become a new key; but a distress under a key that nobody knows still reaches a person. */
	config->needs_key = strcmp(parsed->operand[0], "distress") != 0;
	if (rcc_crew_wants_calls(parsed)) {
		/* Beside a running session it must not draw the alarms to itself. */
		rcc_crew_watch_take(crew);
		config->wants_deliveries = crew->watch == CREW_WATCH_OURS;
		/* What `wait` sees is on the screen; a list leaves it for a session to sound. */
		config->stores_only = strcmp(parsed->operand[0], "wait") != 0;
	}
}

static int
run(struct rcc_crew *crew, const struct rcc_parsed *parsed)
{
	const char *script = parsed->value[CREW_SCRIPT];
	struct rcc_fault fault;
	FILE *file = stdin;
	enum rcc_status status = rcc_crew_settings_check(&crew->settings, &fault);

	if (status != RCC_OK) {
		rcc_crew_complain("%s", fault.text);
		return rcc_exit_of(status);
	}
	if (parsed->operand_count > 0) {
		prepare_single(crew, parsed);
	} else if (script != NULL) {
		file = fopen(script, "re");
	}
	if (file == NULL) {
		rcc_crew_complain(_("script %s: cannot be opened: %s"), script, strerror(errno));
		return RCC_EXIT_CONFIG;
	}
	if (parsed->operand_count == 0) {
		/* Beside another one that sounds them it must not draw the calls to itself: it may end before that one. */
		rcc_crew_watch_take(crew);
		crew->settings.client.wants_deliveries = crew->watch != CREW_WATCH_TAKEN;
	}
	status = open_client(crew, &fault);
	if (status != RCC_OK) {
		rcc_crew_complain("%s", fault.text);
		crew->exit = rcc_exit_of(status);
	} else if (parsed->operand_count == 0) {
		run_session(crew, parsed, file);
	} else {
		if (rcc_client_made_key(crew->client)) {
			rcc_crew_complain(_("there was no key %s: a NEW one was made, which the centre does not know; "
			                    "this reaches an officer's quarantine at best, so call the centre too"),
			                  crew->settings.client.key_file);
		}
		rcc_crew_do(crew, parsed);
	}
	if (file != stdin) {
		fclose(file);
	}
	return crew->exit;
}

int
main(int argc, char **argv)
{
	static struct rcc_crew crew;
	struct rcc_parsed parsed;
	struct rcc_fault fault;
	int exit_code = RCC_EXIT_OK;

	rcc_i18n_begin();
	if (rcc_options_parse(&rcc_crew_program, argc, argv, &parsed, &exit_code) != RCC_OK) {
		return exit_code;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	const char *verb = parsed.operand_count > 0 ? parsed.operand[0] : "";
	if (strcmp(verb, "help") == 0) {
		return rcc_crew_help(rcc_crew_operand(&parsed, 1)) ? RCC_EXIT_OK : RCC_EXIT_USAGE;
	}
	if (strcmp(verb, "join") == 0) {
		return join(&parsed);
	}
	if (strcmp(verb, "profile") == 0 && parsed.operand_count == 1 && !rcc_crew_profile_is_told(&parsed)) {
		rcc_crew_profile_keys();
		return RCC_EXIT_OK;
	}
	enum rcc_status status = rcc_crew_settings_read(&parsed, &crew.settings, &fault);
	if (status == RCC_OK) {
		status = rcc_client_init();
		(void)rcc_fault_set(&fault, status, "%s", rcc_status_text(status));
	}
	enum rcc_screen_palette palette = RCC_PALETTE_DAY;
	if (parsed.value[CREW_PALETTE] != NULL &&
	    rcc_screen_palette_parse(parsed.value[CREW_PALETTE], &palette) != RCC_OK) {
		rcc_crew_complain("%s", _("--palette is day, night or contrast"));
		return RCC_EXIT_USAGE;
	}
	struct rcc_pos start = RCC_POS_NONE;
	if (status == RCC_OK && parsed.operand_count == 0 && !rcc_crew_pos(&parsed, &start)) {
		return RCC_EXIT_USAGE;
	}
	if (rcc_pos_is_known(start)) {
		crew.own = start;
		crew.own_at_ms = rcc_crew_at_ms();
	}
	crew.message = calloc(1, sizeof *crew.message);
	if (status == RCC_OK && crew.message == NULL) {
		status = rcc_fault_set(&fault, RCC_E_FULL, "%s", _("no memory"));
	}
	if (status != RCC_OK) {
		rcc_crew_complain("%s", fault.text);
		exit_code = rcc_exit_of(status);
	} else if (strcmp(verb, "key") == 0) {
		exit_code = print_key(&crew);
	} else if (strcmp(verb, "rekey") == 0) {
		exit_code = rekey(&crew);
	} else if (strcmp(verb, "witness") == 0) {
		exit_code = print_witness(&crew);
	} else if (strcmp(verb, "log") == 0) {
		exit_code = print_log(&crew, &parsed);
	} else if (strcmp(verb, "verify-pack") == 0) {
		exit_code = rcc_crew_verify_pack(&crew, &parsed);
	} else {
		exit_code = run(&crew, &parsed);
	}
	rcc_client_close(&crew.client);
	rcc_crew_watch_end(&crew);
	rcc_alarm_end(&crew.alarm);
	rcc_receiver_close(&crew.receiver);
	free(crew.board);
	free(crew.message);
	return exit_code;
}

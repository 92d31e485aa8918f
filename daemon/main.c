/* main.c - rccd: arguments, configuration, open, run, close. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "keys.h"
#include "librcc/options.h"
#include "rcc/text.h"
#include "turn.h"

static struct rcc_app app;

enum option {
	OPTION_CONFIG,
	OPTION_STATE_DIR,
	OPTION_SHIPS,
	OPTION_OPERATIONS,
	OPTION_LIVE,
	OPTION_HTTP,
	OPTION_CHECK,
	OPTION_NEXT_KEY,
	OPTION_SWITCH_KEY,
	OPTION_DEBUG,
};

static const struct rcc_option options[] = {
    [OPTION_CONFIG] = {"config", 'c', "FILE", "configuration (default /etc/rccd/rccd.conf when it exists)"},
    [OPTION_STATE_DIR] = {"state-dir", 0, "DIR", "where the record, the tracks and the keys are kept"},
    [OPTION_SHIPS] = {"ships", 0, "EP", "endpoint for ships and feeds, tcp://HOST:PORT (port * takes a free one)"},
    [OPTION_OPERATIONS] = {"operations", 0, "EP", "endpoint for officers and auditors"},
    [OPTION_LIVE] = {"live", 0, "EP", "endpoint of the live feed"},
    [OPTION_HTTP] = {"http", 0, "EP", "endpoint of /healthz and /metrics, for monitoring; none by itself"},
    [OPTION_CHECK] = {"check-config", 0, NULL, "say whether the configuration is right, and end"},
    [OPTION_NEXT_KEY] = {"next-key", 0, NULL, "make the centre's next key, to be announced after a reload, and end"},
    [OPTION_SWITCH_KEY] = {"switch-key", 0, NULL, "put the next key in force, while no daemon runs, and end"},
    [OPTION_DEBUG] = {"debug", 'D', NULL, "say more"},
    {NULL, 0, NULL, NULL},
};

static const struct rcc_program program = {
    .name = "rccd",
    .summary =
        "The coordination daemon of a rescue centre: takes positions and alerts, tracks incidents, tells every ship. "
        "The first start makes keys and an empty record; nothing needs editing.",
    .options = options,
    .operands = "",
};

struct arguments {
	const char *config, *state_dir, *ships, *operations, *live, *http;
	bool is_check, is_debug, is_next_key, is_switch_key;
};

/* True to go on; otherwise *ret_exit is how to end. */
static bool
parse(int argc, char **argv, struct arguments *args, int *ret_exit)
{
	struct rcc_parsed parsed;

	if (rcc_options_parse(&program, argc, argv, &parsed, ret_exit) != RCC_OK)
		return false;
	*args = (struct arguments){
	    .config = parsed.value[OPTION_CONFIG],
	    .state_dir = parsed.value[OPTION_STATE_DIR],
	    .ships = parsed.value[OPTION_SHIPS],
	    .operations = parsed.value[OPTION_OPERATIONS],
	    .live = parsed.value[OPTION_LIVE],
	    .http = parsed.value[OPTION_HTTP],
	    .is_check = parsed.value[OPTION_CHECK] != NULL,
	    .is_next_key = parsed.value[OPTION_NEXT_KEY] != NULL,
	    .is_switch_key = parsed.value[OPTION_SWITCH_KEY] != NULL,
	    .is_debug = parsed.value[OPTION_DEBUG] != NULL,
	};
	*ret_exit = RCC_EXIT_USAGE;
	if (parsed.operand_count > 0)
		(void)fprintf(stderr, "rccd: \"%s\" is not an option; see rccd --help\n", parsed.operand[0]);
	return parsed.operand_count == 0;
}

static enum rcc_status
override(char *value, size_t size, const char *text, const char *option, struct rcc_fault *ret_fault)
{
	if (text == NULL)
		return RCC_OK;
	enum rcc_status status = rcc_text_copy(value, size, text, strlen(text));
	return status == RCC_OK ? RCC_OK
	                        : rcc_fault_set(ret_fault, RCC_E_CONFIG, "--%s: %s", option, rcc_status_text(status));
}

static enum rcc_status
configure(const struct arguments *args, struct rcc_config *config, struct rcc_fault *ret_fault)
{
	static const char usual[] = "/etc/rccd/rccd.conf";
	const char *path = args->config;
	FILE *file = path == NULL ? fopen(usual, "r") : NULL;

	if (file != NULL) {
		path = usual;
		(void)fclose(file);
	}
	rcc_config_init(config);
	enum rcc_status status = path == NULL ? RCC_OK : rcc_config_load(config, path, ret_fault);
	if (status == RCC_OK)
		status = override(config->state_dir, sizeof config->state_dir, args->state_dir, "state-dir", ret_fault);
	if (status == RCC_OK)
		status = override(config->ships, sizeof config->ships, args->ships, "ships", ret_fault);
	if (status == RCC_OK)
		status =
		    override(config->operations, sizeof config->operations, args->operations, "operations", ret_fault);
	if (status == RCC_OK)
		status = override(config->live, sizeof config->live, args->live, "live", ret_fault);
	if (status == RCC_OK)
		status = override(config->http, sizeof config->http, args->http, "http", ret_fault);
	if (status == RCC_OK)
		status = rcc_config_check(config, ret_fault);
	return status;
}

/* A configuration that is wrong changes nothing. */
static void
reload(const struct arguments *args)
{
	struct rcc_config fresh;
	struct rcc_fault fault = {0};

	app.wants_reload = false;
	if (configure(args, &fresh, &fault) == RCC_OK)
		rcc_app_reload(&app, &fresh);
	else
		rcc_log(RCC_LOG_ERROR, "reload_failed", "nothing is changed: %s", fault.text);
}

static int
change_key(const struct arguments *args, const char *state_dir)
{
	struct rcc_key key = {{0}};
	struct rcc_fault fault = {0};
	char text[RCC_KEY_TEXT_SIZE];
	enum rcc_status status =
	    args->is_next_key ? rcc_keys_make_next(state_dir, &key, &fault) : rcc_keys_switch(state_dir, &key, &fault);

	if (status != RCC_OK) {
		(void)fprintf(stderr, "rccd: %s\n", fault.text);
		return EXIT_FAILURE;
	}
	(void)printf("%s %s\n",
	             args->is_next_key ? "the next key:" : "the key from now on:", rcc_key_format(text, &key));
	return EXIT_SUCCESS;
}

int
main(int argc, char **argv)
{
	struct arguments args = {0};
	struct rcc_config config;
	struct rcc_fault fault = {0};
	int exit_code;

	rcc_random_seed();
	if (!parse(argc, argv, &args, &exit_code))
		return exit_code;
	if (args.is_debug)
		rcc_log_set_level(RCC_LOG_DEBUG);
	if (configure(&args, &config, &fault) != RCC_OK) {
		(void)fprintf(stderr, "rccd: %s\n", fault.text);
		return RCC_EXIT_CONFIG;
	}
	if (args.is_check) {
		(void)puts("the configuration is right");
		return EXIT_SUCCESS;
	}
	if (args.is_next_key || args.is_switch_key)
		return change_key(&args, config.state_dir);
	if (rcc_app_open(&app, &config, &fault) != RCC_OK) {
		rcc_log(RCC_LOG_ERROR, "start_failed", "%s", fault.text);
		return fault.status == RCC_E_CONFIG ? RCC_EXIT_CONFIG : EXIT_FAILURE;
	}
	rcc_log(RCC_LOG_INFO, "serving", "ships %s, operations %s, live %s, local %s", app.net_config.ships,
	        app.net_config.operations, app.net_config.live, app.net_config.control);
	if (app.http.port != 0)
		rcc_log(RCC_LOG_INFO, "monitored", "/healthz and /metrics on port %u", app.http.port);
	rcc_notify_ready(app.is_degraded ? "DEGRADED: nothing can be recorded" : "serving");
	while (rcc_turn(&app)) {
		if (app.wants_reload)
			reload(&args);
	}
	rcc_notify_stopping();
	rcc_log(RCC_LOG_INFO, "stopping", "after %llu entries", (unsigned long long)rcc_core_seq(&app.core));
	rcc_turn_stop(&app);
	rcc_app_close(&app);
	return EXIT_SUCCESS;
}

/* main.c - rccd: arguments, configuration, open, run, close. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "rcc/text.h"
#include "turn.h"

/* sysexits.h, and what every program of ours uses. */
#define EXIT_USAGE 2
#define EXIT_CONFIG 78

static struct rcc_app app;

enum { OPTION_STATE_DIR = 256, OPTION_CHECK, OPTION_SHIPS, OPTION_OPERATIONS, OPTION_LIVE };

static const struct option options[] = {
    {"config", required_argument, NULL, 'c'},
    {"state-dir", required_argument, NULL, OPTION_STATE_DIR},
    {"check-config", no_argument, NULL, OPTION_CHECK},
    {"ships", required_argument, NULL, OPTION_SHIPS},
    {"operations", required_argument, NULL, OPTION_OPERATIONS},
    {"live", required_argument, NULL, OPTION_LIVE},
    {"debug", no_argument, NULL, 'D'},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, 'V'},
    {NULL, 0, NULL, 0},
};

static const char help[] =
    "usage: rccd [-c FILE] [--state-dir DIR] [--ships EP] [--operations EP] [--live EP] [--check-config]\n"
    "The coordination daemon of a rescue centre: takes positions and alerts, tracks incidents, tells every ship.\n"
    "\n"
    "  -c, --config FILE     configuration (default /etc/rccd/rccd.conf when it exists)\n"
    "      --state-dir DIR   where the record, the tracks and the keys are kept\n"
    "      --ships EP        endpoint for ships and feeds, tcp://HOST:PORT (port * takes a free one)\n"
    "      --operations EP   endpoint for officers and auditors\n"
    "      --live EP         endpoint of the live feed\n"
    "      --check-config    say whether the configuration is right, and end\n"
    "  -D, --debug           say more\n"
    "  -h, --help            this text\n"
    "  -V, --version         version and build\n"
    "\n"
    "The first start makes keys and an empty record; nothing needs editing. Exit codes: 0 done, 1 failed, 2 usage,\n"
    "78 wrong configuration.\n";

struct arguments {
	const char *config, *state_dir, *ships, *operations, *live;
	bool is_check, is_debug;
};

/* True to go on; otherwise *ret_exit is how to end. */
static bool
parse(int argc, char **argv, struct arguments *args, int *ret_exit)
{
	int option;

	*ret_exit = EXIT_USAGE;
	while ((option = getopt_long(argc, argv, "c:DhV", options, NULL)) != -1) {
		if (option == 'c')
			args->config = optarg;
		else if (option == OPTION_STATE_DIR)
			args->state_dir = optarg;
		else if (option == OPTION_SHIPS)
			args->ships = optarg;
		else if (option == OPTION_OPERATIONS)
			args->operations = optarg;
		else if (option == OPTION_LIVE)
			args->live = optarg;
		else if (option == OPTION_CHECK)
			args->is_check = true;
		else if (option == 'D')
			args->is_debug = true;
		else {
			if (option == 'h' || option == 'V')
				*ret_exit = EXIT_SUCCESS;
			if (option == 'h')
				(void)fputs(help, stdout);
			if (option == 'V')
				(void)printf("rccd %s\n", RCC_BUILD);
			return false;
		}
	}
	if (optind < argc)
		(void)fprintf(stderr, "rccd: \"%s\" is not an option; see rccd --help\n", argv[optind]);
	return optind == argc;
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
		status = rcc_config_check(config, ret_fault);
	return status;
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
		return EXIT_CONFIG;
	}
	if (args.is_check) {
		(void)puts("the configuration is right");
		return EXIT_SUCCESS;
	}
	if (rcc_app_open(&app, &config, &fault) != RCC_OK) {
		rcc_log(RCC_LOG_ERROR, "start_failed", "%s", fault.text);
		return fault.status == RCC_E_CONFIG ? EXIT_CONFIG : EXIT_FAILURE;
	}
	rcc_log(RCC_LOG_INFO, "serving", "ships %s, operations %s, live %s, local %s", app.net_config.ships,
	        app.net_config.operations, app.net_config.live, app.net_config.control);
	rcc_notify_ready(app.is_degraded ? "DEGRADED: nothing can be recorded" : "serving");
	while (rcc_turn(&app))
		continue;
	rcc_notify_stopping();
	rcc_log(RCC_LOG_INFO, "stopping", "after %llu entries", (unsigned long long)rcc_core_seq(&app.core));
	rcc_turn_stop(&app);
	rcc_app_close(&app);
	return EXIT_SUCCESS;
}

#include "feed/config.h"

#include <errno.h>
#include <libconfig.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "librcc/i18n.h"
#include "rcc/text.h"

/* A batch older than this would make positions stale; 0 sends each report alone. */
#define BATCH_MAX_MS 60000u
#define OWN_EVERY_MAX_S 3600u
#define DEFAULT_FILE "/.config/rcc/client.conf"
#define GROUP "feed"

enum option {
	OPT_GPSD,
	OPT_TO,
	OPT_SERVER_KEY,
	OPT_KEY,
	OPT_NAME,
	OPT_OUTBOX,
	OPT_MMSI,
	OPT_LINK,
	OPT_BATCH_MS,
	OPT_OWN_EVERY,
	OPT_DRY_RUN,
	OPT_CONFIG,
	OPT_COUNT
};

static const struct rcc_option options[] = {
    [OPT_GPSD] = {"gpsd", 'g', "HOST:PORT", N_("gpsd to read (default localhost:2947)")},
    [OPT_TO] = {"to", 't', "ENDPOINT", N_("the centre, tcp://HOST:PORT")},
    [OPT_SERVER_KEY] = {"server-key", 's', "KEY", N_("the centre's public key (rccctl server-key)")},
    [OPT_KEY] = {"key", 'k', "FILE", N_("our key file; made on first use")},
    [OPT_NAME] = {"name", 'n', "NAME", N_("how this feed is called in its log")},
    [OPT_OUTBOX] = {"outbox", 'o', "FILE", N_("keep alerts on disk until the centre has them")},
    [OPT_MMSI] = {"mmsi", 'm', "OWN", N_("our ship: send its own position from gpsd's fixes")},
    [OPT_LINK] = {"link", 'l', "ship|shore", N_("thin link of a ship, or good one (default shore)")},
    [OPT_BATCH_MS] = {"batch-ms", 'b', "MS", N_("gather reports for so long (default 1000)")},
    [OPT_OWN_EVERY] = {"own-every", 'e', "SECONDS", N_("own position at most so often (default 10)")},
    [OPT_DRY_RUN] = {"dry-run", 0, NULL, N_("print what would be sent, one line each; needs no centre")},
    [OPT_CONFIG] = {"config", 'c', "FILE", N_("settings (default ~/.config/rcc/client.conf if it is there)")},
    [OPT_COUNT] = {NULL, 0, NULL, NULL},
};

static const struct rcc_program program = {
    .name = "rcc-feed",
    .summary = "Sends what one gpsd hears to the rescue coordination centre: own position, AIS traffic, AIS distress "
               "beacons, DSC calls.",
    .options = options,
    .verbs = NULL,
    .operands = "",
};

/* Names in the file, by option; those without one are for the command line only. */
static const char *const file_keys[OPT_COUNT] = {
    [OPT_GPSD] = "gpsd",
    [OPT_TO] = "to",
    [OPT_SERVER_KEY] = "server_key",
    [OPT_KEY] = "key",
    [OPT_NAME] = "name",
    [OPT_OUTBOX] = "outbox",
    [OPT_MMSI] = "mmsi",
    [OPT_LINK] = "link",
    [OPT_BATCH_MS] = "batch_ms",
    [OPT_OWN_EVERY] = "own_every_s",
};

static enum rcc_status
copy(char *array, size_t size, const char *text)
{
	return text[0] == '\0' ? RCC_E_RANGE : rcc_text_copy(array, size, text, strlen(text));
}

static enum rcc_status
number(const char *text, uint32_t max, uint32_t *ret_value)
{
	char *end = NULL;
	errno = 0;
	unsigned long value = strtoul(text, &end, 10);
	if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0 || value > max) {
		return RCC_E_RANGE;
	}
	*ret_value = (uint32_t)value;
	return RCC_OK;
}

static enum rcc_status
link_of(const char *text, enum rcc_link_kind *ret_link)
{
	if (strcmp(text, "ship") == 0) {
		*ret_link = RCC_LINK_SHIP;
		return RCC_OK;
	}
	if (strcmp(text, "shore") == 0) {
		*ret_link = RCC_LINK_SHORE;
		return RCC_OK;
	}
	return RCC_E_RANGE;
}

static enum rcc_status
server_key_of(struct rcc_feed_config *config, const char *text)
{
	enum rcc_status status = rcc_key_parse(text, &config->client.server_key);
	config->has_server_key = status == RCC_OK;
	return status;
}

/* One setting, from file or command line. */
static enum rcc_status
set(struct rcc_feed_config *config, enum option option, const char *text)
{
	switch (option) {
	case OPT_GPSD:
		return copy(config->gpsd, sizeof config->gpsd, text);
	case OPT_TO:
		return copy(config->client.endpoint, sizeof config->client.endpoint, text);
	case OPT_SERVER_KEY:
		return server_key_of(config, text);
	case OPT_KEY:
		return copy(config->client.key_file, sizeof config->client.key_file, text);
	case OPT_NAME:
		return copy(config->name, sizeof config->name, text);
	case OPT_OUTBOX:
		return copy(config->client.store, sizeof config->client.store, text);
	case OPT_MMSI:
		return rcc_mmsi_parse(text, &config->mmsi);
	case OPT_LINK:
		return link_of(text, &config->client.link);
	case OPT_BATCH_MS:
		return number(text, BATCH_MAX_MS, &config->batch_ms);
	case OPT_OWN_EVERY:
		return number(text, OWN_EVERY_MAX_S, &config->own_every_s);
	case OPT_DRY_RUN:
		config->dry_run = true;
		return RCC_OK;
	case OPT_CONFIG:
	case OPT_COUNT:
		return RCC_OK;
	}
	return RCC_E_RANGE;
}

/* Settings of the crew's terminal at the top of a shared file. */
static bool
is_foreign(const char *name)
{
	return strcmp(name, "store") == 0;
}

/* One key of the file; numbers may stand there with or without quotes. */
static enum rcc_status
set_from(struct rcc_feed_config *config, const char *path, const config_setting_t *setting)
{
	const char *name = config_setting_name(setting);
	unsigned int line = config_setting_source_line(setting);
	char digits[16];
	const char *text = config_setting_get_string(setting);
	if (text == NULL && config_setting_type(setting) == CONFIG_TYPE_INT) {
		(void)snprintf(digits, sizeof digits, "%d", config_setting_get_int(setting));
		text = digits;
	}
	if (is_foreign(name)) {
		return RCC_OK;
	}
	for (int i = 0; i < OPT_COUNT; i++) {
		if (file_keys[i] == NULL || strcmp(file_keys[i], name) != 0) {
			continue;
		}
		if (text != NULL && set(config, (enum option)i, text) == RCC_OK) {
			return RCC_OK;
		}
		fprintf(stderr, "rcc-feed: %s:%u: the value of %s is not valid; rcc-feed --help shows its form\n", path,
		        line, name);
		return RCC_E_CONFIG;
	}
	fprintf(stderr, "rcc-feed: %s:%u: there is no setting %s\n", path, line, name);
	return RCC_E_CONFIG;
}

static enum rcc_status
set_group(struct rcc_feed_config *config, const char *path, const config_setting_t *group)
{
	int count = config_setting_length(group);
	for (int i = 0; i < count; i++) {
		const config_setting_t *setting = config_setting_get_elem(group, (unsigned int)i);
		bool is_group = config_setting_is_group(setting) == CONFIG_TRUE;
		enum rcc_status status = is_group ? RCC_OK : set_from(config, path, setting);
		if (status != RCC_OK) {
			return status;
		}
	}
	return RCC_OK;
}

static enum rcc_status
read_file(struct rcc_feed_config *config, const char *path)
{
	enum rcc_status status = RCC_E_CONFIG;
	const config_setting_t *ours = NULL;
	config_t file;
	config_init(&file);
	if (config_read_file(&file, path) != CONFIG_TRUE) {
		fprintf(stderr, "rcc-feed: %s:%d: %s\n", path, config_error_line(&file), config_error_text(&file));
		goto out;
	}
	status = set_group(config, path, config_root_setting(&file));
	ours = config_lookup(&file, GROUP);
	if (status == RCC_OK && ours != NULL) {
		status = set_group(config, path, ours);
	}
out:
	config_destroy(&file);
	return status;
}

static enum rcc_status
read_files(struct rcc_feed_config *config, const char *named)
{
	if (named != NULL) {
		return read_file(config, named);
	}
	const char *home = getenv("HOME");
	char path[RCC_ENDPOINT_MAX + sizeof DEFAULT_FILE];
	if (home == NULL || strlen(home) > RCC_ENDPOINT_MAX) {
		return RCC_OK;
	}
	(void)snprintf(path, sizeof path, "%s" DEFAULT_FILE, home);
	return access(path, R_OK) == 0 ? read_file(config, path) : RCC_OK;
}

static void
set_defaults(struct rcc_feed_config *config)
{
	memset(config, 0, sizeof *config);
	(void)snprintf(config->gpsd, sizeof config->gpsd, "localhost:2947");
	(void)snprintf(config->name, sizeof config->name, "rcc-feed");
	(void)snprintf(config->client.version, sizeof config->client.version, "rcc-feed %s", RCC_BUILD);
	config->client.link = RCC_LINK_SHORE;
	config->batch_ms = 1000;
	config->own_every_s = 10;
}

/* What cannot be left out, in the words of the command line. */
static const char *
missing(const struct rcc_feed_config *config)
{
	if (config->dry_run) {
		return NULL;
	}
	if (config->client.endpoint[0] == '\0') {
		return "--to";
	}
	if (!config->has_server_key) {
		return "--server-key";
	}
	return config->client.key_file[0] == '\0' ? "--key" : NULL;
}

enum rcc_status
rcc_feed_config_read(int argc, char **argv, struct rcc_feed_config *config, int *ret_exit)
{
	struct rcc_parsed parsed;
	set_defaults(config);
	if (rcc_options_parse(&program, argc, argv, &parsed, ret_exit) != RCC_OK) {
		return RCC_E_CONFIG;
	}
	*ret_exit = RCC_EXIT_CONFIG;
	if (read_files(config, parsed.value[OPT_CONFIG]) != RCC_OK) {
		return RCC_E_CONFIG;
	}
	*ret_exit = RCC_EXIT_USAGE;
	if (parsed.operand_count > 0) {
		fprintf(stderr, "rcc-feed: %s is not an option; see rcc-feed --help\n", parsed.operand[0]);
		return RCC_E_CONFIG;
	}
	for (int i = 0; i < OPT_COUNT; i++) {
		if (parsed.value[i] != NULL && set(config, (enum option)i, parsed.value[i]) != RCC_OK) {
			fprintf(stderr, "rcc-feed: \"%s\" is no valid --%s; see rcc-feed --help\n", parsed.value[i],
			        options[i].name);
			return RCC_E_CONFIG;
		}
	}
	if (missing(config) != NULL) {
		fprintf(stderr, "rcc-feed: %s is missing; --dry-run needs none\n", missing(config));
		return RCC_E_CONFIG;
	}
	return RCC_OK;
}

#include "feed/config.h"
#include "build_stamp.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "feed/config_file.h"
#include "librcc/i18n.h"
#include "rcc/join.h"
#include "rcc/text.h"
#include "rcc/units.h"

/* A batch older than this would make positions stale; 0 sends each report alone. */
#define BATCH_MAX_MS 60000u
#define OWN_EVERY_MAX_S 3600u

enum option {
	OPT_GPSD,
	OPT_NMEA,
	OPT_TEXT,
	OPT_TEXT_AS,
	OPT_BEACON,
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
    [OPT_GPSD] = {"gpsd", 'g', "HOST:PORT", N_("gpsd to read (default localhost:2947, without other input)")},
    [OPT_NMEA] = {"nmea", 0, "PLACE",
                  N_("sentences: FILE, -, udp://HOST:PORT, tcp://HOST:PORT or serial:///dev/ttyX?baud=N (4800)")},
    [OPT_TEXT] = {"text", 0, "PLACE", N_("texts of another centre: FILE, - or a FOLDER to watch")},
    [OPT_TEXT_AS] = {"text-as", 0, "SOURCE", N_("which source of docs/sources.md the texts are of (default sit185)")},
    [OPT_BEACON] = {"beacon", 0, "FILE", N_("406 MHz messages in hexadecimal, one to a line: FILE or -")},
    [OPT_TO] = {"to", 't', "ENDPOINT", N_("the centre, tcp://HOST:PORT")},
    [OPT_SERVER_KEY] = {"server-key", 's', "KEY", N_("the centre's public key (rccctl server-key), or a file with it")},
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

static const struct rcc_verb verbs[] = {
    {"join", "LINE",
     N_("come to be known at a centre by the line of its invitation (rccctl invite); makes key and settings")},
    {"rekey", "", N_("a new key in the place of ours, at the centre and here; no rcc-feed may run with it meanwhile")},
    {NULL, NULL, NULL},
};
static const char *const verb_takes[] = {"", ""};

static const struct rcc_program program = {
    .name = "rcc-feed",
    .summary = "Sends what receivers and other centres say to the rescue coordination centre: positions, AIS traffic, "
               "distress beacons, DSC calls, SIT 185 texts; from gpsd, sockets, serial lines, files and folders.",
    .options = options,
    .verbs = verbs,
    .verb_takes = verb_takes,
    .all_take =
        "gpsd nmea text text-as beacon to server-key key name outbox mmsi link batch-ms own-every dry-run config",
};

/* Names in the file, by option; those without one are for the command line only. */
static const char *const file_keys[OPT_COUNT] = {
    [OPT_GPSD] = "gpsd",
    [OPT_NMEA] = "nmea",
    [OPT_TEXT] = "text",
    [OPT_TEXT_AS] = "text_as",
    [OPT_BEACON] = "beacon",
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
	enum rcc_status status = rcc_public_key_read(text, &config->client.server_key);
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
	case OPT_NMEA:
		return copy(config->nmea, sizeof config->nmea, text);
	case OPT_TEXT:
		return copy(config->text, sizeof config->text, text);
	case OPT_TEXT_AS:
		return copy(config->text_as, sizeof config->text_as, text);
	case OPT_BEACON:
		return copy(config->beacon, sizeof config->beacon, text);
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

/* One setting of a file; RCC_E_NOT_FOUND: there is none of that name. */
static enum rcc_status
set_by_name(struct rcc_feed_config *config, const char *name, const char *text)
{
	for (int i = 0; i < OPT_COUNT; i++) {
		if (file_keys[i] != NULL && strcmp(file_keys[i], name) == 0) {
			return set(config, (enum option)i, text);
		}
	}
	return RCC_E_NOT_FOUND;
}

static void
set_defaults(struct rcc_feed_config *config)
{
	memset(config, 0, sizeof *config);
	(void)snprintf(config->name, sizeof config->name, "rcc-feed");
	(void)snprintf(config->text_as, sizeof config->text_as, "sit185");
	(void)snprintf(config->client.version, sizeof config->client.version, "rcc-feed %s", RCC_BUILD);
	config->client.link = RCC_LINK_SHORE;
	config->batch_ms = 1000;
	config->own_every_s = 10;
}

/* One standard input cannot be two inputs. */
static bool
shares_stdin(const struct rcc_feed_config *config)
{
	int count =
	    (strcmp(config->nmea, "-") == 0) + (strcmp(config->text, "-") == 0) + (strcmp(config->beacon, "-") == 0);
	return count > 1;
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

/* The centre is asked once, by a person who waits for it. */
#define ASK_MAX_MS (30 * RCC_MS_PER_S)

static int
join(const struct rcc_parsed *parsed)
{
	const struct rcc_join_wish wish = {
	    .program = "rcc-feed",
	    .is_feed = true,
	    .line = parsed->operand_count > 1 ? parsed->operand[1] : NULL,
	    .key_file = parsed->value[OPT_KEY],
	    .settings = parsed->value[OPT_CONFIG],
	    .link = parsed->value[OPT_LINK] != NULL && strcmp(parsed->value[OPT_LINK], "ship") == 0 ? RCC_LINK_SHIP
	                                                                                            : RCC_LINK_SHORE,
	    .timeout_ms = ASK_MAX_MS,
	};
	return rcc_join_run(&wish);
}

enum rcc_status
rcc_feed_config_read(int argc, char **argv, struct rcc_feed_config *config, int *ret_exit)
{
	struct rcc_parsed parsed;
	set_defaults(config);
	if (rcc_options_parse(&program, argc, argv, &parsed, ret_exit) != RCC_OK) {
		return RCC_E_CONFIG;
	}
	const char *verb = parsed.operand_count > 0 ? parsed.operand[0] : "";
	if (strcmp(verb, "join") == 0) {
		*ret_exit = join(&parsed);
		return RCC_E_CONFIG;
	}
	*ret_exit = RCC_EXIT_CONFIG;
	if (rcc_feed_config_files(parsed.value[OPT_CONFIG], set_by_name, config) != RCC_OK) {
		return RCC_E_CONFIG;
	}
	*ret_exit = RCC_EXIT_USAGE;
	bool is_rekey = strcmp(verb, "rekey") == 0;
	if (parsed.operand_count > 0 && !is_rekey) {
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
	if (shares_stdin(config)) {
		fprintf(stderr, "rcc-feed: standard input can be one of --nmea, --text and --beacon\n");
		return RCC_E_CONFIG;
	}
	bool has_input =
	    config->gpsd[0] != '\0' || config->nmea[0] != '\0' || config->text[0] != '\0' || config->beacon[0] != '\0';
	if (!has_input) {
		(void)snprintf(config->gpsd, sizeof config->gpsd, "localhost:2947");
	}
	if (missing(config) != NULL) {
		fprintf(stderr, "rcc-feed: %s is missing; --dry-run needs none\n", missing(config));
		return RCC_E_CONFIG;
	}
	if (is_rekey) {
		*ret_exit = rcc_rekey_run("rcc-feed", &config->client, ASK_MAX_MS);
		return RCC_E_CONFIG;
	}
	return RCC_OK;
}

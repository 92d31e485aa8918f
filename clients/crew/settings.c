#define _POSIX_C_SOURCE 200809L
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libconfig.h>

#include "build_stamp.h"
#include "crew/crew.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

#define TIMEOUT_DEFAULT_S 30
#define TIMEOUT_MAX_S 86400
/* A list must not keep a crew waiting when there is no link. */
#define FETCH_DEFAULT_S 5

/* Design: on watch at most 8 kB an hour, all in. Below 4 nobody would hear within a quarter of an hour that the centre is gone. */
#define BUDGET_SHIP_KB 8
#define BUDGET_MIN_KB 4
#define BUDGET_MAX_KB 100000
#define CALL_IN_MAX_MIN 240
#define BYTES_PER_KB 1000
#define BUDGET_UNSAID UINT32_MAX

/* One setting: where it stands on the command line and in the file. */
struct row {
	const char *key; /* in client.conf */
	enum rcc_crew_option option;
	const char *form; /* what it must be */
};
static const struct row rows[] = {
    {"to", CREW_TO, N_("an address as tcp://HOST:8406")},
    {"server_key", CREW_SERVER_KEY, N_("40 characters as `rccctl server-key` prints them, or a file with them")},
    {"key", CREW_KEY, N_("the name of a file")},
    {"store", CREW_STORE, N_("the name of a file")},
    {"name", CREW_NAME, N_("a name of at most 40 bytes in plain text")},
    {"mmsi", CREW_MMSI, N_("nine digits")},
    {"link", CREW_LINK, N_("ship or shore")},
    {"budget", CREW_BUDGET, N_("kilobytes an hour, from 4 to 100000, or 0 for no limit")},
    {"call_in", CREW_CALL_IN, N_("minutes, from 1 to 240, or 0: the link stays open")},
    {"gpsd", CREW_GPSD, N_("HOST:PORT")},
    {"alarm_command", CREW_ALARM_COMMAND, N_("a line for the shell, of at most 255 bytes")},
};
#define ROWS (sizeof rows / sizeof rows[0])

/* What a client.conf may hold for other programs of this project. */
static const char *const foreign[] = {"outbox", "batch_ms", "own_every_s"};

static bool
is_ours(const char *key)
{
	for (size_t i = 0; i < ROWS; i++) {
		if (strcmp(rows[i].key, key) == 0) {
			return true;
		}
	}
	return false;
}

/* Settings of other programs, which share the file; a group is a program's own. */
static bool
is_foreign(const config_setting_t *setting)
{
	const char *key = config_setting_name(setting);

	if (config_setting_is_group(setting) == CONFIG_TRUE) {
		return true;
	}
	for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++) {
		if (strcmp(foreign[i], key) == 0) {
			return true;
		}
	}
	return false;
}

/* A mistyped key must not pass for a setting. */
static enum rcc_status
check_keys(const config_t *config, const char *path, struct rcc_fault *ret_fault)
{
	const config_setting_t *root = config_root_setting(config);

	for (int i = 0; i < config_setting_length(root); i++) {
		const config_setting_t *setting = config_setting_get_elem(root, (unsigned)i);
		const char *key = config_setting_name(setting);

		if (is_foreign(setting)) {
			continue;
		}
		if (!is_ours(key)) {
			return rcc_fault_set(ret_fault, RCC_E_CONFIG,
			                     _("%s:%u: %s: is no setting (to, server_key, key, store, name, mmsi, "
			                       "link, budget, call_in, gpsd, alarm_command)"),
			                     path, config_setting_source_line(setting), key);
		}
		/* An MMSI looks like a number, and rcc-feed takes it as one. */
		bool is_number =
		    config_setting_type(setting) == CONFIG_TYPE_INT &&
		    (strcmp(key, "mmsi") == 0 || strcmp(key, "budget") == 0 || strcmp(key, "call_in") == 0);
		if (config_setting_type(setting) != CONFIG_TYPE_STRING && !is_number) {
			return rcc_fault_set(ret_fault, RCC_E_CONFIG, _("%s:%u: %s: must be a text in quotes"), path,
			                     config_setting_source_line(setting), key);
		}
	}
	return RCC_OK;
}

/* A file that was named must be there; the default one may be missing. */
static enum rcc_status
read_file(config_t *config, const char *named, struct rcc_fault *ret_fault)
{
	char path[RCC_ENDPOINT_MAX + 1];
	const char *home = getenv("HOME");

	if (named == NULL && home == NULL) {
		return RCC_OK;
	}
	int len = named != NULL ? snprintf(path, sizeof path, "%s", named)
	                        : snprintf(path, sizeof path, "%s/.config/rcc/client.conf", home);
	if (len < 0 || (size_t)len >= sizeof path) {
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, "%s",
		                     _("the name of the configuration file is too long"));
	}
	if (named == NULL && access(path, F_OK) != 0) {
		return RCC_OK;
	}
	if (config_read_file(config, path) != CONFIG_TRUE) {
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, "%s:%d: %s", path, config_error_line(config),
		                     config_error_type(config) == CONFIG_ERR_FILE_IO ? strerror(errno)
		                                                                     : config_error_text(config));
	}
	return check_keys(config, path, ret_fault);
}

static enum rcc_status
set_text(char *array, size_t size, const char *text)
{
	return rcc_text_copy(array, size, text, strlen(text));
}

static enum rcc_status
set_link(enum rcc_link_kind *ret_link, const char *text)
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
set_budget(struct rcc_client_config *client, const char *text)
{
	uint32_t kb = 0;

	if (!rcc_crew_number(text, BUDGET_MAX_KB, &kb) || (kb != 0 && kb < BUDGET_MIN_KB)) {
		return RCC_E_RANGE;
	}
	client->budget_h = kb * BYTES_PER_KB;
	return RCC_OK;
}

static enum rcc_status
set_call_in(struct rcc_client_config *client, const char *text)
{
	uint32_t min = 0;

	if (!rcc_crew_number(text, CALL_IN_MAX_MIN, &min)) {
		return RCC_E_RANGE;
	}
	client->call_in_ms = (int64_t)min * RCC_MS_PER_MIN;
	return RCC_OK;
}

enum rcc_status
rcc_crew_timeout(const struct rcc_parsed *parsed, int64_t *ret_timeout_ms, struct rcc_fault *ret_fault)
{
	const char *text = parsed->value[CREW_TIMEOUT];
	char *end = NULL;
	long seconds = text != NULL ? strtol(text, &end, 10) : TIMEOUT_DEFAULT_S;

	if (text != NULL && (end == text || *end != '\0' || seconds < 1 || seconds > TIMEOUT_MAX_S)) {
		return rcc_fault_set(ret_fault, RCC_E_RANGE, _("--timeout: 1 to %d seconds, not '%.60s'"),
		                     TIMEOUT_MAX_S, text);
	}
	*ret_timeout_ms = seconds * RCC_MS_PER_S;
	return RCC_OK;
}

/* Any failure: the value is not one. */
static enum rcc_status
set_one(struct rcc_crew_settings *settings, enum rcc_crew_option option, const char *value)
{
	struct rcc_client_config *client = &settings->client;

	if (option == CREW_TO) {
		return set_text(client->endpoint, sizeof client->endpoint, value);
	}
	if (option == CREW_SERVER_KEY) {
		return rcc_public_key_read(value, &client->server_key);
	}
	if (option == CREW_KEY) {
		return set_text(client->key_file, sizeof client->key_file, value);
	}
	if (option == CREW_STORE) {
		return set_text(client->store, sizeof client->store, value);
	}
	if (option == CREW_NAME) {
		return set_text(settings->name, sizeof settings->name, value);
	}
	if (option == CREW_GPSD) {
		return set_text(settings->gpsd, sizeof settings->gpsd, value);
	}
	if (option == CREW_ALARM_COMMAND) {
		return set_text(settings->alarm_command, sizeof settings->alarm_command, value);
	}
	if (option == CREW_MMSI) {
		return rcc_mmsi_parse(value, &settings->mmsi);
	}
	if (option == CREW_BUDGET) {
		return set_budget(client, value);
	}
	if (option == CREW_CALL_IN) {
		return set_call_in(client, value);
	}
	assert(option == CREW_LINK);
	return set_link(&client->link, value);
}

/* From the command line, or from the file: an MMSI may stand there without quotes. */
static enum rcc_status
set_row(struct rcc_crew_settings *settings, const struct row *row, const struct rcc_parsed *parsed,
        const config_t *config, struct rcc_fault *ret_fault)
{
	const char *typed = parsed->value[row->option], *value = typed;
	char digits[RCC_MMSI_TEXT_SIZE + 16];
	int number = 0;

	if (value == NULL && config_lookup_int(config, row->key, &number) == CONFIG_TRUE) {
		snprintf(digits, sizeof digits, row->option == CREW_MMSI ? "%09d" : "%d", number);
		value = digits;
	}
	if (value == NULL && config_lookup_string(config, row->key, &value) != CONFIG_TRUE) {
		return RCC_OK;
	}
	if (set_one(settings, row->option, value) == RCC_OK) {
		return RCC_OK;
	}
	/* What was typed is a matter of usage; what stands in a file, of configuration. */
	return rcc_fault_set(ret_fault, typed != NULL ? RCC_E_RANGE : RCC_E_CONFIG, _("%s%s: %s, not '%.60s'"),
	                     typed != NULL ? "--" : "",
	                     typed != NULL ? rcc_crew_program.options[row->option].name : row->key, gettext(row->form),
	                     value);
}

/* Without a store a message that is not answered in time would be forgotten. */
static enum rcc_status
set_default_store(struct rcc_client_config *client, struct rcc_fault *ret_fault)
{
	int len = 0;

	if (client->store[0] == '\0' && client->key_file[0] != '\0') {
		len = snprintf(client->store, sizeof client->store, "%s.db", client->key_file);
	}
	if (len < 0 || (size_t)len >= sizeof client->store) {
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, "%s",
		                     _("key: the name is too long to add .db for the store"));
	}
	return RCC_OK;
}

enum rcc_status
rcc_crew_settings_read(const struct rcc_parsed *parsed, struct rcc_crew_settings *ret_settings,
                       struct rcc_fault *ret_fault)
{
	struct rcc_crew_settings settings;
	config_t config;

	memset(&settings, 0, sizeof settings);
	settings.client.link = RCC_LINK_SHIP;
	settings.client.budget_h = BUDGET_UNSAID;
	config_init(&config);
	enum rcc_status status = read_file(&config, parsed->value[CREW_CONFIG], ret_fault);
	for (size_t i = 0; i < ROWS && status == RCC_OK; i++) {
		status = set_row(&settings, &rows[i], parsed, &config, ret_fault);
	}
	/* A link that is paid by the byte is spared, unless somebody says otherwise. */
	if (settings.client.budget_h == BUDGET_UNSAID) {
		settings.client.budget_h = settings.client.link == RCC_LINK_SHIP ? BUDGET_SHIP_KB * BYTES_PER_KB : 0;
	}
	if (status == RCC_OK) {
		status = rcc_crew_timeout(parsed, &settings.timeout_ms, ret_fault);
		settings.fetch_ms =
		    parsed->value[CREW_TIMEOUT] != NULL ? settings.timeout_ms : FETCH_DEFAULT_S * RCC_MS_PER_S;
	}
	if (status == RCC_OK) {
		status = set_default_store(&settings.client, ret_fault);
	}
	if (status == RCC_OK) {
		snprintf(settings.client.version, sizeof settings.client.version, "rcc-crew %s", RCC_BUILD);
		*ret_settings = settings;
	}
	config_destroy(&config);
	return status;
}

enum rcc_status
rcc_crew_settings_check(const struct rcc_crew_settings *settings, struct rcc_fault *ret_fault)
{
	static const struct rcc_key none;
	const struct rcc_client_config *client = &settings->client;
	const char *missing = NULL;

	if (client->endpoint[0] == '\0') {
		missing = _("where the centre is: --to tcp://HOST:8406");
	} else if (memcmp(client->server_key.b, none.b, sizeof none.b) == 0) {
		missing = _("the centre's public key: --server-key KEY (`rccctl server-key` prints it)");
	} else if (client->key_file[0] == '\0') {
		missing = _("the file of our own key: --key FILE (`rcc-crew --key FILE key` makes it)");
	}
	if (missing == NULL) {
		return RCC_OK;
	}
	return rcc_fault_set(ret_fault, RCC_E_RANGE, _("say %s; or set it in the configuration file"), missing);
}

#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libconfig.h>

#include "crew/crew.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

#define TIMEOUT_DEFAULT_S 30
#define TIMEOUT_MAX_S 86400

/* One setting: where it stands on the command line and in the file. */
struct row {
	const char *key; /* in client.conf */
	enum rcc_crew_option option;
};
static const struct row rows[] = {
    {"to", CREW_TO},     {"server_key", CREW_SERVER_KEY},
    {"key", CREW_KEY},   {"store", CREW_STORE},
    {"name", CREW_NAME}, {"mmsi", CREW_MMSI},
    {"link", CREW_LINK},
};
#define ROWS (sizeof rows / sizeof rows[0])

/* What a client.conf may hold for other programs of this project. */
static const char *const foreign[] = {"gpsd", "outbox"};

static bool
is_known(const char *key)
{
	for (size_t i = 0; i < ROWS; i++) {
		if (strcmp(rows[i].key, key) == 0) {
			return true;
		}
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

		if (!is_known(key)) {
			return rcc_fault_set(
			    ret_fault, RCC_E_CONFIG,
			    _("%s:%u: %s: is no setting (to, server_key, key, store, name, mmsi, link)"), path,
			    config_setting_source_line(setting), key);
		}
		if (config_setting_type(setting) != CONFIG_TYPE_STRING) {
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
set_text(char *array, size_t size, const char *text, const char *what, struct rcc_fault *ret_fault)
{
	enum rcc_status status = text != NULL ? rcc_text_copy(array, size, text, strlen(text)) : RCC_OK;

	if (status != RCC_OK) {
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, _("%s: longer than %zu bytes, or not plain text"), what,
		                     size - 1);
	}
	return RCC_OK;
}

static enum rcc_status
set_link(enum rcc_link_kind *ret_link, const char *text, struct rcc_fault *ret_fault)
{
	if (text == NULL || strcmp(text, "ship") == 0) {
		*ret_link = RCC_LINK_SHIP;
	} else if (strcmp(text, "shore") == 0) {
		*ret_link = RCC_LINK_SHORE;
	} else {
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, _("link: ship or shore, not '%s'"), text);
	}
	return RCC_OK;
}

static enum rcc_status
set_timeout(int64_t *ret_ms, const char *text, struct rcc_fault *ret_fault)
{
	char *end = NULL;
	long seconds = text != NULL ? strtol(text, &end, 10) : TIMEOUT_DEFAULT_S;

	if (text != NULL && (end == text || *end != '\0' || seconds < 1 || seconds > TIMEOUT_MAX_S)) {
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, _("timeout: 1 to %d seconds, not '%s'"), TIMEOUT_MAX_S,
		                     text);
	}
	*ret_ms = seconds * RCC_MS_PER_S;
	return RCC_OK;
}

/* `value` by index of rows. */
static enum rcc_status
set_all(const char *const value[], struct rcc_crew_settings *settings, struct rcc_fault *ret_fault)
{
	struct rcc_client_config *client = &settings->client;
	enum rcc_status status = set_text(client->endpoint, sizeof client->endpoint, value[0], "to", ret_fault);

	if (status == RCC_OK && value[1] != NULL && rcc_key_parse(value[1], &client->server_key) != RCC_OK) {
		status = rcc_fault_set(ret_fault, RCC_E_CONFIG,
		                       _("server-key: 40 characters as `rccctl server-key` prints them, not '%.60s'"),
		                       value[1]);
	}
	if (status == RCC_OK) {
		status = set_text(client->key_file, sizeof client->key_file, value[2], "key", ret_fault);
	}
	if (status == RCC_OK) {
		status = set_text(client->store, sizeof client->store, value[3], "store", ret_fault);
	}
	if (status == RCC_OK) {
		status = set_text(settings->name, sizeof settings->name, value[4], "name", ret_fault);
	}
	if (status == RCC_OK && value[5] != NULL && rcc_mmsi_parse(value[5], &settings->mmsi) != RCC_OK) {
		status = rcc_fault_set(ret_fault, RCC_E_CONFIG, _("mmsi: nine digits, not '%.60s'"), value[5]);
	}
	if (status == RCC_OK) {
		status = set_link(&client->link, value[6], ret_fault);
	}
	return status;
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
	const char *value[ROWS];
	config_t config;

	memset(&settings, 0, sizeof settings);
	config_init(&config);
	enum rcc_status status = read_file(&config, parsed->value[CREW_CONFIG], ret_fault);
	for (size_t i = 0; i < ROWS && status == RCC_OK; i++) {
		value[i] = parsed->value[rows[i].option];
		if (value[i] == NULL) {
			(void)config_lookup_string(&config, rows[i].key, &value[i]);
		}
	}
	if (status == RCC_OK) {
		status = set_all(value, &settings, ret_fault);
	}
	if (status == RCC_OK) {
		status = set_timeout(&settings.timeout_ms, parsed->value[CREW_TIMEOUT], ret_fault);
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

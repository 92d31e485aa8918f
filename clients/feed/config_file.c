#include "feed/config_file.h"

#include <libconfig.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_FILE "/.config/rcc/client.conf"
#define GROUP "feed"

/* Settings of the crew's terminal at the top of a shared file. */
static bool
is_foreign(const char *name)
{
	return strcmp(name, "store") == 0 || strcmp(name, "alarm_command") == 0;
}

/* One key of the file; numbers may stand there with or without quotes. */
static enum rcc_status
set_from(rcc_feed_config_set_fn *set, struct rcc_feed_config *config, const char *path, const config_setting_t *setting)
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
	/* No form is that of no text: a list, say. */
	enum rcc_status status = set(config, name, text == NULL ? "" : text);
	if (status == RCC_E_NOT_FOUND) {
		fprintf(stderr, "rcc-feed: %s:%u: there is no setting %s\n", path, line, name);
	} else if (status != RCC_OK) {
		fprintf(stderr, "rcc-feed: %s:%u: the value of %s is not valid; rcc-feed --help shows its form\n", path,
		        line, name);
	}
	return status == RCC_OK ? RCC_OK : RCC_E_CONFIG;
}

static enum rcc_status
set_group(rcc_feed_config_set_fn *set, struct rcc_feed_config *config, const char *path, const config_setting_t *group)
{
	int count = config_setting_length(group);
	for (int i = 0; i < count; i++) {
		const config_setting_t *setting = config_setting_get_elem(group, (unsigned int)i);
		bool is_group = config_setting_is_group(setting) == CONFIG_TRUE;
		enum rcc_status status = is_group ? RCC_OK : set_from(set, config, path, setting);
		if (status != RCC_OK) {
			return status;
		}
	}
	return RCC_OK;
}

static enum rcc_status
read_file(rcc_feed_config_set_fn *set, struct rcc_feed_config *config, const char *path)
{
	enum rcc_status status = RCC_E_CONFIG;
	const config_setting_t *ours = NULL;
	config_t file;
	config_init(&file);
	if (config_read_file(&file, path) != CONFIG_TRUE) {
		fprintf(stderr, "rcc-feed: %s:%d: %s\n", path, config_error_line(&file), config_error_text(&file));
		goto out;
	}
	status = set_group(set, config, path, config_root_setting(&file));
	ours = config_lookup(&file, GROUP);
	if (status == RCC_OK && ours != NULL) {
		status = set_group(set, config, path, ours);
	}
out:
	config_destroy(&file);
	return status;
}

enum rcc_status
rcc_feed_config_files(const char *named, rcc_feed_config_set_fn *set, struct rcc_feed_config *config)
{
	if (named != NULL) {
		return read_file(set, config, named);
	}
	const char *home = getenv("HOME");
	char path[RCC_ENDPOINT_MAX + sizeof DEFAULT_FILE];
	if (home == NULL || strlen(home) > RCC_ENDPOINT_MAX) {
		return RCC_OK;
	}
	(void)snprintf(path, sizeof path, "%s" DEFAULT_FILE, home);
	return access(path, R_OK) == 0 ? read_file(set, config, path) : RCC_OK;
}

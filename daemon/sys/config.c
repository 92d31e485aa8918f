#define _GNU_SOURCE

#include "sys/config.h"

#include <assert.h>
#include <errno.h>
#include <libconfig.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "rcc/text.h"

/* Groups are nested this deep at most; anything deeper stands under an unknown name and is refused there. */
#define DEPTH_MAX 4
#define KEY_PATH_MAX 128

enum form { FORM_NAME, FORM_PATH, FORM_PATH_OR_NONE, FORM_ENDPOINT };

struct text_row {
	const char *path;
	size_t offset, size;
	enum form form;
	const char *fallback;
};
struct number_row {
	const char *path;
	size_t offset;
	double min, max, fallback, scale;
	const char *unit;
	bool may_be_never;
};

#define MEMBER_SIZE(member) sizeof(((struct rcc_config *)0)->member)

#define RCC_CONFIG_TEXT(path, member, form, fallback, help)                                                            \
	{path, offsetof(struct rcc_config, member), MEMBER_SIZE(member), FORM_##form, fallback},
#define RCC_CONFIG_NUMBER(...)
#define RCC_CONFIG_CLOCK(...)
static const struct text_row text_rows[] = {
#include "sys/config.def"
};
#undef RCC_CONFIG_TEXT
#undef RCC_CONFIG_NUMBER
#undef RCC_CONFIG_CLOCK

#define RCC_CONFIG_TEXT(...)
#define RCC_CONFIG_NUMBER(path, member, min, max, fallback, scale, unit, help)                                         \
	{path, offsetof(struct rcc_config, member), min, max, fallback, scale, unit, false},
#define RCC_CONFIG_CLOCK(path, member, min, max, fallback, scale, unit, help)                                          \
	{path, offsetof(struct rcc_config, member), min, max, fallback, scale, unit, true},
static const struct number_row number_rows[] = {
#include "sys/config.def"
};
#undef RCC_CONFIG_TEXT
#undef RCC_CONFIG_NUMBER
#undef RCC_CONFIG_CLOCK

#define TEXT_ROWS (sizeof text_rows / sizeof text_rows[0])
#define NUMBER_ROWS (sizeof number_rows / sizeof number_rows[0])

/* "never" in the file; no clock has a time before its beginning */
static bool
is_never(const struct number_row *row, double value)
{
	return row->may_be_never && value < 0 && value > -1.5;
}

static void
store_number(struct rcc_config *config, const struct number_row *row, double value)
{
	uint32_t scaled = is_never(row, value) ? RCC_RELAY_NEVER : (uint32_t)llround(value * row->scale);

	memcpy((char *)config + row->offset, &scaled, sizeof scaled);
}

void
rcc_config_init(struct rcc_config *config)
{
	memset(config, 0, sizeof *config);
	for (size_t i = 0; i < TEXT_ROWS; i++) {
		const struct text_row *row = &text_rows[i];
		enum rcc_status status =
		    rcc_text_copy((char *)config + row->offset, row->size, row->fallback, strlen(row->fallback));

		assert(status == RCC_OK);
	}
	for (size_t i = 0; i < NUMBER_ROWS; i++) {
		store_number(config, &number_rows[i], number_rows[i].fallback);
	}
}

/* ---- telling what is wrong ---- */

static const char *
file_of(const config_setting_t *setting, const char *path)
{
	const char *file = config_setting_source_file(setting);

	return file == NULL ? path : file; /* an @include has a name of its own */
}

/* The key's full name as it is written in config.def. */
static void
path_of(const config_setting_t *setting, char *ret_path, size_t size)
{
	const config_setting_t *chain[DEPTH_MAX + 1];
	size_t depth = 0;
	size_t len = 0;

	for (const config_setting_t *at = setting; at != NULL && depth <= DEPTH_MAX; at = config_setting_parent(at)) {
		if (config_setting_name(at) != NULL) {
			chain[depth++] = at;
		}
	}
	ret_path[0] = '\0';
	while (depth > 0 && len < size) {
		const char *name = config_setting_name(chain[--depth]);
		int put = snprintf(ret_path + len, size - len, "%s%s", len > 0 ? "." : "", name);

		len += put > 0 ? (size_t)put : 0;
	}
}

/* ---- reading one key ---- */

static enum rcc_status
number_fault(const char *file, const config_setting_t *setting, const struct number_row *row,
             struct rcc_fault *ret_fault)
{
	bool is_whole = row->scale < 2;

	return rcc_fault_set(ret_fault, RCC_E_CONFIG, "%s:%u: %s: must be a %s of %g to %.10g %s%s",
	                     file_of(setting, file), config_setting_source_line(setting), row->path,
	                     is_whole ? "whole number" : "number", row->min, row->max, row->unit,
	                     row->may_be_never ? ", or -1 for never" : "");
}

static enum rcc_status
read_number(struct rcc_config *config, const char *file, const config_setting_t *setting, const struct number_row *row,
            struct rcc_fault *ret_fault)
{
	double value = 0;
	int type = config_setting_type(setting);

	if (type == CONFIG_TYPE_INT || type == CONFIG_TYPE_INT64) {
		value = (double)config_setting_get_int64(setting);
	} else if (type == CONFIG_TYPE_FLOAT) {
		value = config_setting_get_float(setting);
	} else {
		return number_fault(file, setting, row, ret_fault);
	}
	bool is_minus_one = fabs(value + 1) < 1e-9 && row->may_be_never;
	bool is_inside = isfinite(value) && value >= row->min && value <= row->max;
	bool is_whole = fabs(value - nearbyint(value)) < 1e-9;

	if (!is_minus_one && (!is_inside || (row->scale < 2 && !is_whole))) {
		return number_fault(file, setting, row, ret_fault);
	}
	store_number(config, row, value);
	return RCC_OK;
}

static bool
form_fits(enum form form, const char *text)
{
	switch (form) {
	case FORM_NAME:
	case FORM_PATH:
		return text[0] != '\0';
	case FORM_PATH_OR_NONE:
		return true;
	case FORM_ENDPOINT:
		return text[0] == '\0' || strncmp(text, "tcp://", 6) == 0 || strncmp(text, "ipc://", 6) == 0;
	}
	assert(false && "no such form");
	return false;
}

static const char *
form_word(enum form form)
{
	switch (form) {
	case FORM_NAME:
		return "a text that is not empty";
	case FORM_PATH:
		return "a path";
	case FORM_PATH_OR_NONE:
		return "a path or \"\"";
	case FORM_ENDPOINT:
		return "\"tcp://HOST:PORT\", \"ipc://PATH\" or \"\"";
	}
	assert(false && "no such form");
	return "";
}

static enum rcc_status
read_text(struct rcc_config *config, const char *file, const config_setting_t *setting, const struct text_row *row,
          struct rcc_fault *ret_fault)
{
	const char *text = config_setting_get_string(setting);
	unsigned line = config_setting_source_line(setting);

	if (text == NULL || !form_fits(row->form, text)) {
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, "%s:%u: %s: must be %s", file_of(setting, file), line,
		                     row->path, form_word(row->form));
	}
	enum rcc_status status = rcc_text_copy((char *)config + row->offset, row->size, text, strlen(text));

	if (status == RCC_E_TOO_LARGE) {
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, "%s:%u: %s: must have at most %zu bytes",
		                     file_of(setting, file), line, row->path, row->size - 1);
	}
	if (status != RCC_OK) {
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, "%s:%u: %s: must be UTF-8 without control characters",
		                     file_of(setting, file), line, row->path);
	}
	return RCC_OK;
}

/* ---- walking the file ---- */

/* Does some key begin with this name and a dot? */
static bool
is_group(const char *path)
{
	size_t len = strlen(path);

	for (size_t i = 0; i < TEXT_ROWS; i++) {
		if (strncmp(text_rows[i].path, path, len) == 0 && text_rows[i].path[len] == '.') {
			return true;
		}
	}
	for (size_t i = 0; i < NUMBER_ROWS; i++) {
		if (strncmp(number_rows[i].path, path, len) == 0 && number_rows[i].path[len] == '.') {
			return true;
		}
	}
	return false;
}

static enum rcc_status
read_key(struct rcc_config *config, const char *file, const config_setting_t *setting, struct rcc_fault *ret_fault)
{
	char path[KEY_PATH_MAX];

	path_of(setting, path, sizeof path);
	for (size_t i = 0; i < TEXT_ROWS; i++) {
		if (strcmp(text_rows[i].path, path) == 0) {
			return read_text(config, file, setting, &text_rows[i], ret_fault);
		}
	}
	for (size_t i = 0; i < NUMBER_ROWS; i++) {
		if (strcmp(number_rows[i].path, path) == 0) {
			return read_number(config, file, setting, &number_rows[i], ret_fault);
		}
	}
	unsigned line = config_setting_source_line(setting);

	if (!is_group(path)) {
		return rcc_fault_set(ret_fault, RCC_E_CONFIG,
		                     "%s:%u: %s: there is no such key; the rccd.conf that is installed lists them",
		                     file_of(setting, file), line, path);
	}
	if (config_setting_is_group(setting)) {
		return RCC_OK;
	}
	return rcc_fault_set(ret_fault, RCC_E_CONFIG, "%s:%u: %s: must be a group: %s: { ... };",
	                     file_of(setting, file), line, path, config_setting_name(setting));
}

struct cursor {
	const config_setting_t *group;
	int next;
};

/* Every key in the order of the file, groups entered when they are met. */
static enum rcc_status
read_keys(struct rcc_config *config, const char *file, const config_setting_t *root, struct rcc_fault *ret_fault)
{
	struct cursor stack[DEPTH_MAX];
	size_t depth = 1;

	stack[0] = (struct cursor){.group = root};
	while (depth > 0) {
		struct cursor *top = &stack[depth - 1];

		if (top->next == config_setting_length(top->group)) {
			depth--;
			continue;
		}
		const config_setting_t *setting = config_setting_get_elem(top->group, (unsigned)top->next++);
		enum rcc_status status = read_key(config, file, setting, ret_fault);

		if (status != RCC_OK) {
			return status;
		}
		if (config_setting_is_group(setting)) {
			assert(depth < DEPTH_MAX); /* a known group, and config.def has none deeper */
			stack[depth++] = (struct cursor){.group = setting};
		}
	}
	return RCC_OK;
}

/* Two keys that contradict each other. */
static enum rcc_status
check_together(const struct rcc_config *config, const char *file, const config_t *parsed, struct rcc_fault *ret_fault)
{
	if (config->rules.unreachable_after_ms >= config->rules.flag_after_ms) {
		return RCC_OK;
	}
	const config_setting_t *setting = config_lookup(parsed, "rules.unreachable_after_s");

	if (setting == NULL) {
		setting = config_lookup(parsed, "rules.flag_after_s");
	}
	assert(setting != NULL); /* the defaults do not contradict */
	return rcc_fault_set(ret_fault, RCC_E_CONFIG,
	                     "%s:%u: rules.unreachable_after_s: must not be less than rules.flag_after_s",
	                     file_of(setting, file), config_setting_source_line(setting));
}

static enum rcc_status
parse_file(config_t *parsed, const char *path, struct rcc_fault *ret_fault)
{
	struct stat info;

	/* libconfig's scanner ends the process when it is given a directory */
	if (stat(path, &info) == 0 && !S_ISREG(info.st_mode)) {
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, "%s: is not a file", path);
	}
	if (config_read_file(parsed, path)) {
		return RCC_OK;
	}
	if (config_error_type(parsed) == CONFIG_ERR_FILE_IO) {
		return rcc_fault_set(ret_fault, RCC_E_CONFIG, "%s: cannot be read: %s", path, strerror(errno));
	}
	const char *file = config_error_file(parsed);

	return rcc_fault_set(ret_fault, RCC_E_CONFIG, "%s:%d: %s", file == NULL ? path : file,
	                     config_error_line(parsed), config_error_text(parsed));
}

enum rcc_status
rcc_config_load(struct rcc_config *config, const char *path, struct rcc_fault *ret_fault)
{
	struct rcc_config loaded;
	config_t parsed;

	rcc_config_init(&loaded);
	config_init(&parsed);
	errno = 0;
	enum rcc_status status = parse_file(&parsed, path, ret_fault);

	if (status == RCC_OK) {
		status = read_keys(&loaded, path, config_root_setting(&parsed), ret_fault);
	}
	if (status == RCC_OK) {
		status = check_together(&loaded, path, &parsed, ret_fault);
	}
	if (status == RCC_OK) {
		*config = loaded;
	}
	config_destroy(&parsed);
	return status;
}

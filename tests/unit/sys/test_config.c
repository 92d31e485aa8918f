/*
 * test_config.c - every key at its bounds and beyond.
 */
#define _GNU_SOURCE

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sys/config.h"

struct number_row {
	const char *path;
	size_t offset;
	double min, max, fallback, scale;
	bool may_be_never;
};
#define RCC_CONFIG_TEXT(...)
#define RCC_CONFIG_NUMBER(path, member, min, max, fallback, scale, unit, help)                                         \
	{path, offsetof(struct rcc_config, member), min, max, fallback, scale, false},
#define RCC_CONFIG_CLOCK(path, member, min, max, fallback, scale, unit, help)                                          \
	{path, offsetof(struct rcc_config, member), min, max, fallback, scale, true},
static const struct number_row numbers[] = {
#include "sys/config.def"
};
#undef RCC_CONFIG_TEXT
#undef RCC_CONFIG_NUMBER
#undef RCC_CONFIG_CLOCK
#define NUMBERS (sizeof numbers / sizeof numbers[0])

struct text_row {
	const char *path;
	size_t offset, size;
};
#define RCC_CONFIG_TEXT(path, member, form, fallback, help)                                                            \
	{path, offsetof(struct rcc_config, member), sizeof(((struct rcc_config *)0)->member)},
#define RCC_CONFIG_NUMBER(...)
#define RCC_CONFIG_CLOCK(...)
static const struct text_row texts[] = {
#include "sys/config.def"
};
#undef RCC_CONFIG_TEXT
#undef RCC_CONFIG_NUMBER
#undef RCC_CONFIG_CLOCK
#define TEXTS (sizeof texts / sizeof texts[0])

struct place {
	char dir[32];
	char path[64];
};

static int
place_make(void **state)
{
	struct place *place = calloc(1, sizeof *place);

	snprintf(place->dir, sizeof place->dir, "/tmp/rcc-conf-XXXXXX");
	*state = place;
	if (mkdtemp(place->dir) == NULL) {
		return -1;
	}
	snprintf(place->path, sizeof place->path, "%s/rccd.conf", place->dir);
	return 0;
}

static int
place_remove(void **state)
{
	struct place *place = *state;

	unlink(place->path);
	int removed = rmdir(place->dir);

	free(place);
	return removed;
}

static void
put(const struct place *place, const char *text)
{
	FILE *file = fopen(place->path, "we");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

/* One key of a dotted path, as a file: "a: { b = 1; };" */
static void
put_key(const struct place *place, const char *path, const char *value)
{
	char text[512] = "";
	char names[128];
	int depth = 0;
	char *rest = names;

	snprintf(names, sizeof names, "%s", path);
	for (char *dot = strchr(rest, '.'); dot != NULL; dot = strchr(rest, '.')) {
		*dot = '\0';
		size_t len = strlen(text);

		snprintf(text + len, sizeof text - len, "%s: {\n", rest);
		rest = dot + 1;
		depth++;
	}
	size_t len = strlen(text);

	snprintf(text + len, sizeof text - len, "%s = %s;\n", rest, value);
	for (; depth > 0; depth--) {
		len = strlen(text);
		snprintf(text + len, sizeof text - len, "};\n");
	}
	put(place, text);
}

static uint32_t
member(const struct rcc_config *config, size_t offset)
{
	uint32_t value;

	memcpy(&value, (const char *)config + offset, sizeof value);
	return value;
}

static void
number_text(char *text, size_t size, double value, double scale)
{
	/* whole keys are written without a point */
	if (scale < 2) {
		snprintf(text, size, "%.0f", value);
	} else {
		snprintf(text, size, "%.6f", value);
	}
}

/* The neighbour that the file must not contradict is set out of the way. */
static bool
is_paired(const struct number_row *row)
{
	return strcmp(row->path, "rules.flag_after_s") == 0 || strcmp(row->path, "rules.unreachable_after_s") == 0;
}

static void
defaults_are_those_of_the_design(void **state)
{
	struct rcc_config config;

	(void)state;
	rcc_config_init(&config);
	assert_string_equal(config.state_dir, "/var/lib/rccd");
	assert_string_equal(config.control, "");
	assert_string_equal(config.ships, "tcp://127.0.0.1:8406");
	assert_string_equal(config.operations, "tcp://127.0.0.1:8407");
	assert_string_equal(config.live, "tcp://127.0.0.1:8408");
	assert_int_equal(config.picture_capacity, 200000);
	assert_int_equal(config.picture_forget_min, 720);
	assert_int_equal(config.rules.keep_tracks_days, 30);
	assert_int_equal(config.beat_ms, 15000);
	assert_int_equal(config.guest_rate_per_min, 6);
	const uint32_t *relay = config.rules.relay_after_ms;

	assert_int_equal(relay[0], 0);
	assert_int_equal(relay[RCC_SOURCE_CREW], 0);
	assert_int_equal(relay[RCC_SOURCE_AIS_BEACON], 0);
	assert_int_equal(relay[RCC_SOURCE_AIS_STATUS], RCC_RELAY_NEVER);
	assert_int_equal(relay[RCC_SOURCE_AIS_TEXT], RCC_RELAY_NEVER);
	assert_int_equal(relay[RCC_SOURCE_DSC], 60000);
	assert_int_equal(relay[RCC_SOURCE_SIT185], 60000);
	assert_int_equal(relay[RCC_SOURCE_BEACON406], 60000);
	assert_int_equal(relay[RCC_SOURCE_OFFICER], 0);
	assert_int_equal(relay[RCC_SOURCE_OVERDUE], RCC_RELAY_NEVER);
	assert_int_equal(relay[RCC_SOURCE_RCC], 0);
	assert_int_equal(config.rules.respond_eta_min, 360);
	assert_int_equal(config.rules.respond_count, 20);
	assert_int_equal(config.rules.assumed_speed_dkn, 120);
	assert_int_equal(config.rules.flag_after_ms, 120000);
	assert_int_equal(config.rules.unreachable_after_ms, 300000);
	assert_int_equal(config.rules.quarantine_ms, 300000);
	assert_int_equal(config.rules.no_position_ms, 300000);
	assert_int_equal(config.rules.silence_after_ms, 1800000);
	assert_int_equal(config.rules.join_window_ms, 86400000);
	assert_int_equal(config.rules.update_move_m, 1852);
	assert_int_equal(config.rules.call_list_radius_m, 55560);
}

static void
every_source_has_a_clock(void **state)
{
	unsigned count = 0;

	(void)state;
	for (size_t i = 0; i < NUMBERS; i++) {
		count += strncmp(numbers[i].path, "rules.relay_after.", 18) == 0;
	}
	assert_int_equal(count, RCC_SOURCE_LAST);
}

static void
every_number_at_its_bounds(void **state)
{
	struct place *place = *state;

	for (size_t i = 0; i < NUMBERS; i++) {
		const struct number_row *row = &numbers[i];
		const double bound[2] = {row->min, row->max};

		for (int k = 0; k < 2; k++) {
			struct rcc_config config;
			struct rcc_fault fault = {.text = ""};
			char text[32];
			bool is_contradiction = is_paired(row) && (k == 0) == (row->path[6] == 'u');

			number_text(text, sizeof text, bound[k], row->scale);
			put_key(place, row->path, text);
			rcc_config_init(&config);
			enum rcc_status status = rcc_config_load(&config, place->path, &fault);

			assert_int_equal(status, is_contradiction ? RCC_E_CONFIG : RCC_OK);
			if (!is_contradiction) {
				assert_string_equal(fault.text, "");
				assert_int_equal(member(&config, row->offset), llround(bound[k] * row->scale));
			} else {
				assert_non_null(strstr(fault.text, "must not be less"));
			}
		}
	}
}

static void
every_number_outside_is_refused_by_line_and_name(void **state)
{
	struct place *place = *state;
	struct rcc_config before;

	rcc_config_init(&before);
	for (size_t i = 0; i < NUMBERS; i++) {
		const struct number_row *row = &numbers[i];
		double step = row->scale < 2 ? 1 : row->min > 0 ? row->min / 2 : 0.5;
		char values[6][32] = {"", "", "\"60\"", "true", "-2", "[ 1, 2 ]"};

		number_text(values[0], sizeof values[0], row->min - step, row->scale);
		number_text(values[1], sizeof values[1], row->max + 1, row->scale);
		for (int k = 0; k < 6; k++) {
			struct rcc_config config = before;
			struct rcc_fault fault = {.text = ""};
			char want[160];
			int line = 1;

			for (const char *c = row->path; *c != '\0'; c++) {
				line += *c == '.';
			}
			put_key(place, row->path, values[k]);
			snprintf(want, sizeof want, "%s:%d: %s: must be a ", place->path, line, row->path);
			assert_int_equal(rcc_config_load(&config, place->path, &fault), RCC_E_CONFIG);
			assert_int_equal(fault.status, RCC_E_CONFIG);
			assert_int_equal(strncmp(fault.text, want, strlen(want)), 0);
			assert_memory_equal(&config, &before, sizeof config);
		}
	}
}

static void
never_is_for_relays_only(void **state)
{
	struct place *place = *state;

	for (size_t i = 0; i < NUMBERS; i++) {
		struct rcc_config config;

		put_key(place, numbers[i].path, "-1");
		rcc_config_init(&config);
		assert_int_equal(rcc_config_load(&config, place->path, NULL),
		                 numbers[i].may_be_never ? RCC_OK : RCC_E_CONFIG);
		if (numbers[i].may_be_never) {
			assert_int_equal(member(&config, numbers[i].offset), RCC_RELAY_NEVER);
		}
		put_key(place, numbers[i].path, "-0.5");
		assert_int_equal(rcc_config_load(&config, place->path, NULL), RCC_E_CONFIG);
	}
}

static void
fractions_are_kept_or_refused(void **state)
{
	struct place *place = *state;
	struct rcc_config config;
	struct rcc_fault fault;

	rcc_config_init(&config);
	put(place,
	    "beat_s = 0.5; rules: { relay_after: { dsc_s = 0.25; }; assumed_speed_kn = 9.5; join_window_h = 1.5; };");
	assert_int_equal(rcc_config_load(&config, place->path, NULL), RCC_OK);
	assert_int_equal(config.beat_ms, 500);
	assert_int_equal(config.rules.relay_after_ms[RCC_SOURCE_DSC], 250);
	assert_int_equal(config.rules.assumed_speed_dkn, 95);
	assert_int_equal(config.rules.join_window_ms, 5400000);
	put(place, "tracks: { keep_days = 1.5; };");
	assert_int_equal(rcc_config_load(&config, place->path, &fault), RCC_E_CONFIG);
	assert_non_null(strstr(fault.text, "whole number of 1 to 3650 days"));
}

static void
texts_are_bounded_and_formed(void **state)
{
	struct place *place = *state;

	for (size_t i = 0; i < TEXTS; i++) {
		struct rcc_config config;
		struct rcc_fault fault = {.text = ""};
		char value[400] = "\"ipc://";
		size_t len = texts[i].size - 1;

		memset(value + 7, 'x', len - 6);
		value[1 + len] = '"';
		value[2 + len] = '\0';
		rcc_config_init(&config);
		put_key(place, texts[i].path, value);
		assert_int_equal(rcc_config_load(&config, place->path, &fault), RCC_OK);
		assert_int_equal(strlen((const char *)&config + texts[i].offset), len);
		value[1 + len] = 'x';
		value[2 + len] = '"';
		value[3 + len] = '\0';
		put_key(place, texts[i].path, value);
		assert_int_equal(rcc_config_load(&config, place->path, &fault), RCC_E_CONFIG);
		assert_non_null(strstr(fault.text, texts[i].path));
		assert_non_null(strstr(fault.text, "must have at most"));
		put_key(place, texts[i].path, "\"ipc://a\\x07b\"");
		assert_int_equal(rcc_config_load(&config, place->path, &fault), RCC_E_CONFIG);
		assert_non_null(strstr(fault.text, "control characters"));
		put_key(place, texts[i].path, "8406");
		assert_int_equal(rcc_config_load(&config, place->path, &fault), RCC_E_CONFIG);
		assert_non_null(strstr(fault.text, texts[i].path));
	}
}

struct sample {
	const char *text;
	const char *fault; /* NULL = right; else what follows the file's name */
};

static void
samples_are_judged(void **state)
{
	static const struct sample samples[] = {
	    {"", NULL},
	    {"# nothing but a comment\n", NULL},
	    {"endpoints: { operations = \"\"; live = \"\"; };", NULL},
	    {"endpoints: { };\nrules: { relay_after: { }; };", NULL},
	    {"centre = \"MRCC Nørd\";", NULL},
	    {"centre = \"\";", ":1: centre: must be a text that is not empty"},
	    {"state_dir = \"\";", ":1: state_dir: must be a path"},
	    {"endpoints: {\n ships = \"127.0.0.1:8406\";\n};",
	     ":2: endpoints.ships: must be \"tcp://HOST:PORT\", \"ipc://PATH\" or \"\""},
	    {"\n\nbeet_s = 15;", ":3: beet_s: there is no such key; the rccd.conf that is installed lists them"},
	    {"rules: {\n relay_after: {\n  dsc = 60;\n };\n};",
	     ":3: rules.relay_after.dsc: there is no such key; the rccd.conf that is installed lists them"},
	    {"rules: {\n relay: { dsc_s = 60; };\n};",
	     ":2: rules.relay: there is no such key; the rccd.conf that is installed lists them"},
	    {"dsc_s = 60;", ":1: dsc_s: there is no such key; the rccd.conf that is installed lists them"},
	    {"rules = 5;", ":1: rules: must be a group: rules: { ... };"},
	    {"rules: {\n relay_after = ( 1, 2 );\n};", ":2: rules.relay_after: must be a group: relay_after: { ... };"},
	    {"beat_s: { };", ":1: beat_s: must be a number of 0.1 to 300 s"},
	    {"beat_s = 15;\nbeat_s = 16;", ":2: duplicate setting name"},
	    {"beat_s = ;", ":1: syntax error"},
	    {"beat_s = 15\nrules: {", ":2: syntax error"},
	    {"rules: { flag_after_s = 200;\n unreachable_after_s = 100; };",
	     ":2: rules.unreachable_after_s: must not be less than rules.flag_after_s"},
	    {"rules: { a: { b: { c: { d: { e = 1; }; }; }; }; };",
	     ":1: rules.a: there is no such key; the rccd.conf that is installed lists them"},
	    {"beat_s = 99999999999999999999L;", ":1: "},
	    {"beat_s = 1e999;", ":1: beat_s: must be a number of 0.1 to 300 s"},
	};
	struct place *place = *state;

	for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
		struct rcc_config config;
		struct rcc_fault fault = {.text = ""};

		put(place, samples[i].text);
		rcc_config_init(&config);
		enum rcc_status status = rcc_config_load(&config, place->path, &fault);

		if (samples[i].fault == NULL) {
			assert_string_equal(fault.text, "");
			assert_int_equal(status, RCC_OK);
			continue;
		}
		char want[300];

		snprintf(want, sizeof want, "%s%s", place->path, samples[i].fault);
		fault.text[strlen(want)] = '\0';
		assert_string_equal(fault.text, want);
		assert_int_equal(status, RCC_E_CONFIG);
	}
}

/* What is checked of the file and the command line together. */
static void
contradictions_are_told(void **state)
{
	static const struct {
		const char *state_dir, *control, *ships, *operations, *live, *fault, *http;
	} cases[] = {
	    {"/s", "", "tcp://*:8406", "tcp://*:8407", "tcp://127.0.0.1:8408", NULL, NULL},
	    {"/s", "", "tcp://127.0.0.1:*", "tcp://127.0.0.1:*", "tcp://127.0.0.1:*", NULL, NULL},
	    {"/s", "/c", "", "", "", NULL, NULL},
	    {"/s", "/c", "ipc:///a", "ipc:///b", "tcp://[::1]:1", NULL, NULL},
	    {"/s", "", "tcp://10.0.0.1:8406", "tcp://10.0.0.2:8406", "", NULL, NULL},
	    {"s", "", "", "", "", "state_dir: ", NULL},
	    {"./s", "", "", "", "", "state_dir: ", NULL},
	    {"/s", "c", "", "", "", "control: ", NULL},
	    {"/s", "", "tcp://*:65536", "", "", "endpoints.ships: the port", NULL},
	    {"/s", "", "", "tcp://*:99999999999999999999", "", "endpoints.operations: the port", NULL},
	    {"/s", "", "", "", "tcp://*:0", "endpoints.live: the port", NULL},
	    {"/s", "", "", "", "tcp://*:", "endpoints.live: the port", NULL},
	    {"/s", "", "", "", "tcp://*:-1", "endpoints.live: the port", NULL},
	    {"/s", "", "nonsense", "", "", "endpoints.ships: ", NULL},
	    {"/s", "", "tcp://", "", "", "endpoints.ships: ", NULL},
	    {"/s", "", "tcp://:8406", "", "", "endpoints.ships: ", NULL},
	    {"/s", "", "tcp://host", "", "", "endpoints.ships: ", NULL},
	    {"/s", "", "ipc://", "", "", "endpoints.ships: ", NULL},
	    {"/s", "", "tcp://*:8406", "tcp://*:8406", "", "endpoints.ships and endpoints.operations", NULL},
	    {"/s", "", "tcp://*:8406", "", "tcp://127.0.0.1:8406", "endpoints.ships and endpoints.live", NULL},
	    {"/s", "", "", "tcp://[::1]:8406", "tcp://[::]:08406", "endpoints.operations and endpoints.live", NULL},
	    {"/s", "", "ipc:///a", "ipc:///a", "", "endpoints.ships and endpoints.operations", NULL},
	    {"/s", "/c", "ipc:///c", "", "", "endpoints.ships and control", NULL},
	    {"/s", "", "tcp://127.0.0.1:8406", "", "", NULL, "tcp://127.0.0.1:8409"},
	    {"/s", "", "", "", "tcp://*:8408", "endpoints.live and endpoints.http", "tcp://127.0.0.1:8408"},
	    {"/s", "", "", "", "", "endpoints.http: \"ipc:///h\" is not", "ipc:///h"},
	    {"/s", "", "", "", "", "endpoints.http: \"tcp://localhost:8409\" has no", "tcp://localhost:8409"},
	    {"/s", "", "", "", "", NULL, "tcp://[::1]:8409"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct rcc_config config;
		struct rcc_fault fault = {.text = ""};

		rcc_config_init(&config);
		assert_int_equal(rcc_config_check(&config, &fault), RCC_OK);
		snprintf(config.state_dir, sizeof config.state_dir, "%s", cases[i].state_dir);
		snprintf(config.control, sizeof config.control, "%s", cases[i].control);
		snprintf(config.ships, sizeof config.ships, "%s", cases[i].ships);
		snprintf(config.operations, sizeof config.operations, "%s", cases[i].operations);
		snprintf(config.live, sizeof config.live, "%s", cases[i].live);
		snprintf(config.http, sizeof config.http, "%s", cases[i].http == NULL ? "" : cases[i].http);
		enum rcc_status status = rcc_config_check(&config, &fault);

		if (cases[i].fault == NULL && status != RCC_OK)
			fail_msg("case %zu: %s", i, fault.text);
		if (cases[i].fault != NULL &&
		    (status != RCC_E_CONFIG || strstr(fault.text, cases[i].fault) != fault.text))
			fail_msg("case %zu: \"%s\" is not about %s", i, fault.text, cases[i].fault);
	}
}

static void
missing_file_and_directory_are_told(void **state)
{
	struct place *place = *state;
	struct rcc_config config;
	struct rcc_fault fault = {.text = ""};

	rcc_config_init(&config);
	assert_int_equal(rcc_config_load(&config, place->path, &fault), RCC_E_CONFIG);
	assert_non_null(strstr(fault.text, place->path));
	assert_non_null(strstr(fault.text, "No such file"));
	assert_int_equal(rcc_config_load(&config, place->dir, &fault), RCC_E_CONFIG);
	assert_non_null(strstr(fault.text, "is not a file"));
	assert_int_equal(rcc_config_load(&config, place->path, NULL), RCC_E_CONFIG);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, place_make, place_remove)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(defaults_are_those_of_the_design),
	    cmocka_unit_test(every_source_has_a_clock),
	    TEST(every_number_at_its_bounds),
	    TEST(every_number_outside_is_refused_by_line_and_name),
	    TEST(never_is_for_relays_only),
	    TEST(fractions_are_kept_or_refused),
	    TEST(texts_are_bounded_and_formed),
	    TEST(samples_are_judged),
	    cmocka_unit_test(contradictions_are_told),
	    TEST(missing_file_and_directory_are_told),
	};

	return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}

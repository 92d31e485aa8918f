/*
 * test_config_file.c - systemd/rccd.conf, the documentation an operator has at hand, held against the table of keys.
 */
#define _GNU_SOURCE

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <libconfig.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sys/config.h"

#define RCC_CONFIG_TEXT(path, ...) path,
#define RCC_CONFIG_NUMBER(path, ...) path,
#define RCC_CONFIG_CLOCK(path, ...) path,
static const char *const paths[] = {
#include "sys/config.def"
};

/* The installed file; with `uncomment`, every "#key = value;" without its '#'. */
static void
read_shipped(char *text, size_t size, bool uncomment)
{
	FILE *file = fopen(RCC_SOURCE_DIR "/systemd/rccd.conf", "re");
	char line[256];
	size_t len = 0;

	assert_non_null(file);
	while (fgets(line, sizeof line, file) != NULL) {
		char *hash = line + strspn(line, "\t ");
		bool is_key = hash[0] == '#' && hash[1] >= 'a' && hash[1] <= 'z';

		assert_true(strchr(line, '\n') != NULL); /* no line is cut */
		if (is_key && uncomment) {
			hash[0] = ' ';
		}
		assert_true(len + strlen(line) < size);
		memcpy(text + len, line, strlen(line) + 1);
		len += strlen(line);
	}
	fclose(file);
}

static void
shipped_file_changes_nothing(void **state)
{
	struct rcc_config shipped;
	struct rcc_config fresh;
	struct rcc_fault fault = {.text = ""};

	(void)state;
	rcc_config_init(&fresh);
	memset(&shipped, 0xff, sizeof shipped);
	enum rcc_status status = rcc_config_load(&shipped, RCC_SOURCE_DIR "/systemd/rccd.conf", &fault);

	assert_string_equal(fault.text, "");
	assert_int_equal(status, RCC_OK);
	assert_memory_equal(&shipped, &fresh, sizeof shipped);
}

static void
shipped_file_shows_every_key_at_its_default(void **state)
{
	char path[] = "/tmp/rcc-shipped-XXXXXX";
	int fd = mkstemp(path);
	static char text[65536];
	struct rcc_config shown;
	struct rcc_config fresh;
	struct rcc_fault fault = {.text = ""};
	config_t parsed;

	read_shipped(text, sizeof text, true);
	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
	rcc_config_init(&fresh);
	memset(&shown, 0xff, sizeof shown);
	enum rcc_status status = rcc_config_load(&shown, path, &fault);

	assert_string_equal(fault.text, "");
	assert_int_equal(status, RCC_OK);
	assert_memory_equal(&shown, &fresh, sizeof shown);
	config_init(&parsed);
	assert_true(config_read_file(&parsed, path));
	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
		if (config_lookup(&parsed, paths[i]) == NULL) {
			fail_msg("%s is not in systemd/rccd.conf", paths[i]);
		}
	}
	config_destroy(&parsed);
	unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(shipped_file_changes_nothing),
	    cmocka_unit_test(shipped_file_shows_every_key_at_its_default),
	};

	return cmocka_run_group_tests_name("config file", tests, NULL, NULL);
}

#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <zmq.h>

#include "rcc/client.h"
#include "rcc/text.h"

struct place {
	char folder[64], path[128];
};

static int
setup(void **state)
{
	struct place *place = calloc(1, sizeof *place);

	assert_non_null(place);
	snprintf(place->folder, sizeof place->folder, "/tmp/rcc-key-XXXXXX");
	assert_non_null(mkdtemp(place->folder));
	snprintf(place->path, sizeof place->path, "%s/key", place->folder);
	*state = place;
	return 0;
}

static int
teardown(void **state)
{
	struct place *place = *state;

	unlink(place->path);
	/* Nothing else was left in the folder, or this fails. */
	assert_int_equal(rmdir(place->folder), 0);
	free(place);
	return 0;
}

static void
write_file(const char *path, const char *content, mode_t mode)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(content, file) >= 0);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod(path, mode), 0);
}

static void
test_made_once_then_loaded(void **state)
{
	struct place *place = *state;
	struct rcc_key first, second;
	uint8_t secret[RCC_KEY_SIZE], again[RCC_KEY_SIZE];
	struct rcc_fault fault = {.status = RCC_E_AGAIN};
	struct stat stat_of;
	bool made = false;

	assert_int_equal(rcc_keyfile_load(place->path, &first, secret, &fault), RCC_E_CONFIG);
	assert_non_null(strstr(fault.text, place->path));
	assert_int_not_equal(access(place->path, F_OK), 0);
	fault.status = RCC_E_AGAIN;
	assert_int_equal(rcc_keyfile_load_or_make(place->path, &first, secret, &made, &fault), RCC_OK);
	assert_true(made);
	assert_int_equal(fault.status, RCC_E_AGAIN);
	assert_int_equal(stat(place->path, &stat_of), 0);
	assert_int_equal(stat_of.st_mode & 0777, 0600);
	assert_int_equal(rcc_keyfile_load_or_make(place->path, &second, again, &made, &fault), RCC_OK);
	assert_false(made);
	assert_memory_equal(first.b, second.b, sizeof first.b);
	assert_memory_equal(secret, again, sizeof secret);
	memset(again, 0, sizeof again);
	assert_int_equal(rcc_keyfile_load(place->path, &second, again, &fault), RCC_OK);
	assert_memory_equal(first.b, second.b, sizeof first.b);
	assert_memory_equal(secret, again, sizeof secret);
}

static void
test_the_curve_is_the_one_of_zeromq(void **state)
{
	struct place *place = *state;
	struct rcc_key public_key, from_file;
	uint8_t secret[RCC_KEY_SIZE];
	char line[64], derived[RCC_KEY_TEXT_SIZE], shown[RCC_KEY_TEXT_SIZE];
	struct rcc_fault fault;
	bool made = false;

	assert_int_equal(rcc_keyfile_load_or_make(place->path, &public_key, secret, &made, &fault), RCC_OK);
	FILE *file = fopen(place->path, "r");
	assert_non_null(file);
	assert_non_null(fgets(line, sizeof line, file));
	assert_string_equal(line, "rcc-key-1\n");
	assert_non_null(fgets(line, sizeof line, file));
	fclose(file);
	line[strcspn(line, "\n")] = '\0';
	assert_int_equal(zmq_curve_public(derived, line), 0);
	assert_string_equal(derived, rcc_key_format(shown, &public_key));
	assert_int_equal(rcc_key_parse(line, &from_file), RCC_OK);
	assert_memory_equal(from_file.b, secret, sizeof secret);
}

static void
test_a_file_that_others_can_read_is_refused(void **state)
{
	struct place *place = *state;
	static const mode_t open_modes[] = {0640, 0604, 0620, 0601};
	struct rcc_key key = {.b = {7}};
	uint8_t secret[RCC_KEY_SIZE] = {9};
	struct rcc_fault fault;
	bool made = false;

	assert_int_equal(rcc_keyfile_load_or_make(place->path, &key, secret, &made, &fault), RCC_OK);
	for (size_t i = 0; i < sizeof open_modes / sizeof open_modes[0]; i++) {
		assert_int_equal(chmod(place->path, open_modes[i]), 0);
		struct rcc_key before = key;

		assert_int_equal(rcc_keyfile_load_or_make(place->path, &key, secret, &made, &fault), RCC_E_CONFIG);
		assert_int_equal(fault.status, RCC_E_CONFIG);
		assert_non_null(strstr(fault.text, place->path));
		assert_non_null(strstr(fault.text, "chmod 600"));
		assert_memory_equal(key.b, before.b, sizeof key.b);
	}
}

static void
test_what_is_no_key_is_refused_and_left_alone(void **state)
{
	struct place *place = *state;
	static const char *const wrong[] = {
	    "",
	    "rcc-key-1\n",
	    "rcc-key-2\n0000000000000000000000000000000000000000\n",
	    "rcc-key-1\n000000000000000000000000000000000000000\n",
	    "rcc-key-1\n00000000000000000000000000000000000000000\n",
	    "rcc-key-1\n0000000000000000000000000000000000000000\nmore\n",
	    "rcc-key-1\n000000000000000000000000000000000000000~\n",
	};

	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		struct rcc_key key;
		uint8_t secret[RCC_KEY_SIZE];
		struct rcc_fault fault;
		struct stat stat_of;
		bool made = false;

		write_file(place->path, wrong[i], 0600);
		assert_int_equal(rcc_keyfile_load_or_make(place->path, &key, secret, &made, &fault), RCC_E_CONFIG);
		assert_int_equal(stat(place->path, &stat_of), 0);
		assert_int_equal(stat_of.st_size, (off_t)strlen(wrong[i]));
	}
}

static void
test_a_folder_that_is_not_there_is_named(void **state)
{
	struct place *place = *state;
	char path[160];
	struct rcc_key key;
	uint8_t secret[RCC_KEY_SIZE];
	struct rcc_fault fault;
	bool made = false;

	snprintf(path, sizeof path, "%s/no/key", place->folder);
	assert_int_equal(rcc_keyfile_load_or_make(path, &key, secret, &made, &fault), RCC_E_CONFIG);
	assert_non_null(strstr(fault.text, path));
	assert_int_equal(rcc_keyfile_load_or_make(place->folder, &key, secret, &made, &fault), RCC_E_CONFIG);
}

int
main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_made_once_then_loaded),
	    TEST(test_the_curve_is_the_one_of_zeromq),
	    TEST(test_a_file_that_others_can_read_is_refused),
	    TEST(test_what_is_no_key_is_refused_and_left_alone),
	    TEST(test_a_folder_that_is_not_there_is_named),
	};
	if (rcc_client_init() != RCC_OK) {
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

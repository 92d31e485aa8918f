/*
 * test_state.c - one daemon per state directory; secrets that nobody else can read.
 */
#define _GNU_SOURCE

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/sys.h"

struct place {
	char dir[32];
	char state[48];
	char key[64];
};

static int
place_make(void **state)
{
	struct place *place = calloc(1, sizeof *place);

	snprintf(place->dir, sizeof place->dir, "/tmp/rcc-state-XXXXXX");
	*state = place;
	if (mkdtemp(place->dir) == NULL) {
		return -1;
	}
	snprintf(place->state, sizeof place->state, "%s/rccd", place->dir);
	snprintf(place->key, sizeof place->key, "%s/server.key", place->dir);
	return 0;
}

static int
place_remove(void **state)
{
	struct place *place = *state;
	char lock[64];

	snprintf(lock, sizeof lock, "%s/lock", place->state);
	unlink(lock);
	rmdir(place->state);
	unlink(place->key);
	int removed = rmdir(place->dir);

	free(place);
	return removed;
}

/* ---- the lock ---- */

/* Takes the lock in another process; its exit status tells. */
static int
lock_elsewhere(const struct place *place)
{
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		struct rcc_fault fault = {.text = ""};
		char holder[32];
		int fd = -1;
		enum rcc_status got = rcc_state_lock(place->state, &fd, &fault);

		snprintf(holder, sizeof holder, "process %ld", (long)getppid());
		if (got == RCC_E_BUSY && (strstr(fault.text, holder) == NULL || fd != -1)) {
			_exit(99);
		}
		_exit((int)got);
	}
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
second_daemon_is_refused_and_told_of_the_first(void **state)
{
	struct place *place = *state;
	struct stat info;
	int fd = -1;

	assert_int_equal(rcc_state_lock(place->state, &fd, NULL), RCC_OK);
	assert_true(fd >= 0);
	assert_int_equal(stat(place->state, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0700);
	assert_int_equal(lock_elsewhere(place), RCC_E_BUSY);
	/* and within one process as well */
	int second = -1;

	assert_int_equal(rcc_state_lock(place->state, &second, NULL), RCC_E_BUSY);
	assert_int_equal(second, -1);
	close(fd);
	assert_int_equal(lock_elsewhere(place), RCC_OK);
}

static void
killed_daemon_leaves_no_lock(void **state)
{
	struct place *place = *state;
	int fd = -1;

	assert_int_equal(lock_elsewhere(place), RCC_OK); /* ends without closing */
	assert_int_equal(rcc_state_lock(place->state, &fd, NULL), RCC_OK);
	close(fd);
}

static void
directory_that_cannot_be_made_is_named(void **state)
{
	struct place *place = *state;
	struct rcc_fault fault;
	char path[600];
	int fd = -1;

	snprintf(path, sizeof path, "%s/not/there", place->dir);
	assert_int_equal(rcc_state_lock(path, &fd, &fault), RCC_E_IO);
	assert_non_null(strstr(fault.text, path));
	memset(path, 'x', sizeof path);
	path[sizeof path - 1] = '\0';
	assert_int_equal(rcc_state_lock(path, &fd, &fault), RCC_E_TOO_LARGE);
	assert_int_equal(fd, -1);
}

/* ---- secrets ---- */

static void
make_secret(uint8_t *ret_secret)
{
	for (uint8_t i = 0; i < 32; i++) {
		ret_secret[i] = (uint8_t)(0xa0 + i);
	}
}

static void
make_never(uint8_t *ret_secret)
{
	(void)ret_secret;
	fail_msg("a key that is there must not be made anew");
}

static enum rcc_status
load(const struct place *place, uint8_t secret[32], struct rcc_fault *ret_fault)
{
	return rcc_secret_load_or_make(place->key, secret, 32, make_never, ret_fault);
}

static void
put(const struct place *place, const char *text, mode_t mode)
{
	FILE *file = fopen(place->key, "we");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod(place->key, mode), 0);
}

#define HEX32 "a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf"

static void
secret_is_made_once_and_kept_private(void **state)
{
	struct place *place = *state;
	uint8_t made[32] = {0};
	uint8_t loaded[32] = {0};
	uint8_t want[32];
	char text[128] = "";
	char left[80];
	struct stat info;

	make_secret(want);
	mode_t mask = umask(0); /* whatever the umask */

	assert_int_equal(rcc_secret_load_or_make(place->key, made, 32, make_secret, NULL), RCC_OK);
	umask(mask);
	assert_memory_equal(made, want, 32);
	assert_int_equal(stat(place->key, &info), 0);
	assert_int_equal(info.st_mode & 07777, 0600);
	FILE *file = fopen(place->key, "re");

	assert_non_null(file);
	assert_non_null(fgets(text, sizeof text, file));
	fclose(file);
	assert_string_equal(text, HEX32 "\n");
	snprintf(left, sizeof left, "%s.new", place->key);
	assert_int_equal(stat(left, &info), -1);
	assert_int_equal(load(place, loaded, NULL), RCC_OK);
	assert_memory_equal(loaded, want, 32);
}

static void
secret_others_can_use_is_refused(void **state)
{
	static const mode_t bad[] = {0640, 0604, 0620, 0602, 0610, 0601, 0644, 0666};
	struct place *place = *state;

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		uint8_t secret[32] = {7};
		uint8_t untouched[32] = {7};
		struct rcc_fault fault;

		put(place, HEX32 "\n", bad[i]);
		assert_int_equal(load(place, secret, &fault), RCC_E_NOT_ALLOWED);
		assert_non_null(strstr(fault.text, place->key));
		assert_memory_equal(secret, untouched, 32);
	}
	uint8_t secret[32];

	put(place, HEX32, 0400); /* without the line's end, and read-only: as good */
	assert_int_equal(load(place, secret, NULL), RCC_OK);
}

static void
damaged_secret_is_never_replaced(void **state)
{
	static const char *const bad[] = {
	    "",           "\n",
	    HEX32 "00\n", HEX32 "\n\n",
	    "a0a1\n",     " " HEX32,
	    "x" HEX32,    "g0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf\n",
	    HEX32 HEX32,  HEX32 HEX32 HEX32 HEX32,
	};
	struct place *place = *state;

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		uint8_t secret[32] = {7};
		struct rcc_fault fault;

		put(place, bad[i], 0600);
		assert_int_equal(load(place, secret, &fault), RCC_E_CORRUPT);
		assert_non_null(strstr(fault.text, place->key));
		assert_non_null(strstr(fault.text, "64 hexadecimal digits"));
		assert_int_equal(secret[0], 7);
	}
}

static void
secret_is_a_file_of_its_own(void **state)
{
	struct place *place = *state;
	uint8_t secret[32];
	struct rcc_fault fault;

	assert_int_equal(symlink("/dev/zero", place->key), 0);
	assert_int_equal(load(place, secret, &fault), RCC_E_IO);
	assert_int_equal(rcc_secret_load_or_make(place->dir, secret, 32, make_never, &fault), RCC_E_CONFIG);
	char path[80];

	snprintf(path, sizeof path, "%s/not/there.key", place->dir);
	assert_int_equal(rcc_secret_load_or_make(path, secret, 32, make_secret, &fault), RCC_E_IO);
	assert_non_null(strstr(fault.text, path));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, place_make, place_remove)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(second_daemon_is_refused_and_told_of_the_first),
	    TEST(killed_daemon_leaves_no_lock),
	    TEST(directory_that_cannot_be_made_is_named),
	    TEST(secret_is_made_once_and_kept_private),
	    TEST(secret_others_can_use_is_refused),
	    TEST(damaged_secret_is_never_replaced),
	    TEST(secret_is_a_file_of_its_own),
	};

	return cmocka_run_group_tests_name("state", tests, NULL, NULL);
}

/*
 * test_sys.c - clock, randomness, signals, readiness, log.
 */
#define _GNU_SOURCE

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "sys/sys.h"

/* ---- clock ---- */

static void
clock_follows_the_wall_clock(void **state)
{
	struct rcc_clock clock = {.last_ms = 1000, .monotonic_ms = 0};

	(void)state;
	assert_int_equal(rcc_clock_take_ms(&clock, 5000, 10), 5000);
	assert_int_equal(rcc_clock_take_ms(&clock, 5000, 10), 5000);
	assert_int_equal(clock.steps, 0);
	assert_int_equal(rcc_clock_take_ms(&clock, 9000000, 20), 9000000); /* set forward: followed */
	assert_int_equal(clock.steps, 1);
	assert_int_equal(clock.step_ms, 9000000 - 5000 - 10);
	assert_int_equal(clock.step_at_ms, 9000000);
	assert_int_equal(clock.skew_ms, 0);
}

/* Set back by an hour: it goes on, a little slower, and never back; a relay due in 60 s comes after 64 s. */
static void
clock_set_back_neither_runs_back_nor_stands_still(void **state)
{
	struct rcc_clock clock = {.last_ms = 0};
	int64_t wall_ms = 10000000;
	int64_t last_ms = rcc_clock_take_ms(&clock, wall_ms, 0);
	int64_t relay_at_ms = last_ms + 60000;
	int64_t relayed_after_ms = 0;

	(void)state;
	wall_ms -= 3600000;
	for (int64_t passed_ms = 1; passed_ms <= 100000; passed_ms++) {
		int64_t now_ms = rcc_clock_take_ms(&clock, wall_ms + passed_ms, passed_ms);

		assert_true(now_ms >= last_ms);
		assert_true(now_ms <= last_ms + 1);
		assert_int_equal(clock.skew_ms, now_ms - (wall_ms + passed_ms));
		last_ms = now_ms;
		if (relayed_after_ms == 0 && now_ms >= relay_at_ms) {
			relayed_after_ms = passed_ms;
		}
	}
	assert_int_equal(relayed_after_ms, 64000);
	assert_int_equal(clock.skew_ms, 3600000 - 100000 / RCC_CLOCK_SLEW);
	/* 16 hours later it is in step again */
	int64_t later_ms = 16 * 3600000 + 200000;

	assert_int_equal(rcc_clock_take_ms(&clock, wall_ms + later_ms, later_ms), wall_ms + later_ms);
	assert_int_equal(clock.skew_ms, 0);
}

static void
clock_never_precedes_the_journal(void **state)
{
	struct rcc_clock clock;
	struct timespec now;

	(void)state;
	clock_gettime(CLOCK_REALTIME, &now);
	int64_t floor_ms = (int64_t)now.tv_sec * 1000 + 3600000;

	rcc_clock_init(&clock, floor_ms);
	int64_t first_ms = rcc_clock_now_ms(&clock);

	assert_true(first_ms >= floor_ms && first_ms < floor_ms + 60000);
	assert_true(clock.skew_ms > 3500000 && clock.skew_ms <= 3600000 + 60000);
	assert_true(rcc_clock_now_ms(&clock) >= first_ms);
	rcc_clock_init(&clock, 0);
	assert_true(rcc_clock_now_ms(&clock) >= (int64_t)now.tv_sec * 1000);
	assert_int_equal(clock.skew_ms, 0);
	int64_t monotonic_ms = rcc_clock_monotonic_ms();

	assert_true(rcc_clock_monotonic_ms() >= monotonic_ms);
}

/* ---- randomness ---- */

static unsigned
seed_elsewhere(void)
{
	int fd[2];
	unsigned value = 0;
	int status = 0;

	assert_int_equal(pipe(fd), 0);
	pid_t child = fork();

	if (child == 0) {
		rcc_random_seed();
		unsigned drawn = (unsigned)rand();

		_exit(write(fd[1], &drawn, sizeof drawn) == (ssize_t)sizeof drawn ? 0 : 1);
	}
	assert_int_equal(read(fd[0], &value, sizeof value), sizeof value);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	close(fd[0]);
	close(fd[1]);
	return value;
}

static void
two_starts_draw_differently(void **state)
{
	unsigned drawn[4];

	(void)state;
	srand(1);
	unsigned unseeded = (unsigned)rand();
	bool differ = false;

	for (int i = 0; i < 4; i++) {
		drawn[i] = seed_elsewhere();
		differ = differ || (drawn[i] != drawn[0] && drawn[i] != unseeded);
	}
	assert_true(differ);
}

/* ---- signals ---- */

static bool
is_readable(int fd)
{
	struct pollfd one = {.fd = fd, .events = POLLIN};

	return poll(&one, 1, 0) == 1;
}

static void
signals_arrive_through_a_descriptor(void **state)
{
	static const int number[] = {SIGTERM, SIGINT, SIGHUP};
	static const enum rcc_signal want[] = {RCC_SIGNAL_STOP, RCC_SIGNAL_STOP, RCC_SIGNAL_RELOAD};
	int fd = rcc_signals_open();

	(void)state;
	assert_true(fd >= 0);
	assert_true((fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0);
	assert_int_equal(rcc_signals_read(fd), RCC_SIGNAL_NONE);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(raise(number[i]), 0);
		assert_true(is_readable(fd));
		assert_int_equal(rcc_signals_read(fd), want[i]);
		assert_false(is_readable(fd));
	}
	assert_int_equal(raise(SIGPIPE), 0); /* ignored: we are still here */
	close(fd);
}

/* ---- service manager ---- */

struct manager {
	int fd;
	char path[64];
};

static int
manager_open(void **state)
{
	struct manager *manager = calloc(1, sizeof *manager);
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	snprintf(manager->path, sizeof manager->path, "/tmp/rcc-notify-%ld", (long)getpid());
	memcpy(address.sun_path, manager->path, sizeof manager->path);
	manager->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	*state = manager;
	unlink(manager->path);
	return bind(manager->fd, (const struct sockaddr *)&address, sizeof address) == 0 &&
	               setenv("NOTIFY_SOCKET", manager->path, 1) == 0
	           ? 0
	           : -1;
}

static int
manager_close(void **state)
{
	struct manager *manager = *state;

	unsetenv("NOTIFY_SOCKET");
	unsetenv("WATCHDOG_USEC");
	unsetenv("WATCHDOG_PID");
	close(manager->fd);
	unlink(manager->path);
	free(manager);
	return 0;
}

static void
expect_notice(const struct manager *manager, const char *want)
{
	char got[512] = "";
	ssize_t len = recv(manager->fd, got, sizeof got - 1, MSG_DONTWAIT);

	assert_true(len > 0);
	assert_string_equal(got, want);
}

static void
service_manager_is_told(void **state)
{
	struct manager *manager = *state;

	rcc_notify_ready("serving 3 ships");
	expect_notice(manager, "READY=1\nSTATUS=serving 3 ships");
	rcc_notify_status("two\nlines=1");
	expect_notice(manager, "STATUS=two lines=1");
	rcc_notify_stopping();
	expect_notice(manager, "STOPPING=1");
}

static void
watchdog_is_fed_at_half_its_interval(void **state)
{
	struct manager *manager = *state;
	char pid[32];

	assert_int_equal(rcc_notify_watchdog(1000), 0);
	assert_false(is_readable(manager->fd));
	snprintf(pid, sizeof pid, "%ld", (long)getpid());
	setenv("WATCHDOG_USEC", "30000000", 1);
	setenv("WATCHDOG_PID", pid, 1);
	assert_int_equal(rcc_notify_watchdog(100000), 30000);
	expect_notice(manager, "WATCHDOG=1");
	assert_int_equal(rcc_notify_watchdog(114999), 30000);
	assert_false(is_readable(manager->fd));
	assert_int_equal(rcc_notify_watchdog(115000), 30000);
	expect_notice(manager, "WATCHDOG=1");
	setenv("WATCHDOG_PID", "1", 1); /* somebody else's */
	assert_int_equal(rcc_notify_watchdog(200000), 0);
	assert_false(is_readable(manager->fd));
}

/* ---- log ---- */

/* Runs one log call with stderr in a file and gives what was written. */
static void
captured(char *text, size_t size, bool is_journal, enum rcc_log_level level, const char *message)
{
	FILE *file = tmpfile();
	int saved = dup(STDERR_FILENO);
	struct stat info;
	char stream[64];

	assert_non_null(file);
	assert_int_equal(fstat(fileno(file), &info), 0);
	snprintf(stream, sizeof stream, "%lu:%lu", (unsigned long)info.st_dev,
	         (unsigned long)info.st_ino + (is_journal ? 0 : 1));
	assert_int_equal(setenv("JOURNAL_STREAM", stream, 1), 0);
	assert_true(dup2(fileno(file), STDERR_FILENO) >= 0);
	rcc_log(level, "alert_lost", "%s", message);
	assert_true(dup2(saved, STDERR_FILENO) >= 0);
	close(saved);
	unsetenv("JOURNAL_STREAM");
	rewind(file);
	text[fread(text, 1, size - 1, file)] = '\0';
	fclose(file);
}

static void
log_is_one_line_with_a_priority_for_the_journal(void **state)
{
	char text[4096];
	char long_message[3000];

	(void)state;
	captured(text, sizeof text, true, RCC_LOG_WARNING, "what happened");
	assert_string_equal(text, "<4>alert_lost: what happened\n");
	captured(text, sizeof text, false, RCC_LOG_WARNING, "what happened");
	assert_string_equal(text, "warning alert_lost: what happened\n");
	captured(text, sizeof text, false, RCC_LOG_ERROR, "what happened");
	assert_string_equal(text, "error alert_lost: what happened\n");
	captured(text, sizeof text, false, RCC_LOG_INFO, "what happened");
	assert_string_equal(text, "alert_lost: what happened\n");
	captured(text, sizeof text, true, RCC_LOG_INFO, "a\n<0>kernel: panic\x1b[2J\x7f");
	assert_string_equal(text, "<6>alert_lost: a?<0>kernel: panic?[2J?\n");
	memset(long_message, 'x', sizeof long_message - 1);
	long_message[sizeof long_message - 1] = '\0';
	captured(text, sizeof text, true, RCC_LOG_INFO, long_message);
	assert_int_equal(strlen(text), 1024);
	assert_int_equal(text[1023], '\n');
}

static void
log_level_is_obeyed(void **state)
{
	char text[256];

	(void)state;
	captured(text, sizeof text, true, RCC_LOG_DEBUG, "detail");
	assert_string_equal(text, "");
	rcc_log_set_level(RCC_LOG_DEBUG);
	captured(text, sizeof text, true, RCC_LOG_DEBUG, "detail");
	assert_string_equal(text, "<7>alert_lost: detail\n");
	rcc_log_set_level(RCC_LOG_ERROR);
	captured(text, sizeof text, true, RCC_LOG_WARNING, "detail");
	assert_string_equal(text, "");
	rcc_log_set_level(RCC_LOG_INFO);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(clock_follows_the_wall_clock),
	    cmocka_unit_test(clock_set_back_neither_runs_back_nor_stands_still),
	    cmocka_unit_test(clock_never_precedes_the_journal),
	    cmocka_unit_test(two_starts_draw_differently),
	    cmocka_unit_test(signals_arrive_through_a_descriptor),
	    cmocka_unit_test_setup_teardown(service_manager_is_told, manager_open, manager_close),
	    cmocka_unit_test_setup_teardown(watchdog_is_fed_at_half_its_interval, manager_open, manager_close),
	    cmocka_unit_test(log_is_one_line_with_a_priority_for_the_journal),
	    cmocka_unit_test(log_level_is_obeyed),
	};

	return cmocka_run_group_tests_name("sys", tests, NULL, NULL);
}

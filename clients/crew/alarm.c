/* environ is a name of unistd.h under this alone. */
#define _GNU_SOURCE
#include "crew/alarm.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rcc/text.h"

bool
rcc_alarm_turn(struct rcc_alarm *alarm, enum rcc_board_sound level, uint32_t fresh, int64_t now_ms)
{
	bool is_fresh = fresh != alarm->fresh && level != RCC_BOARD_QUIET;

	if (is_fresh || level == RCC_BOARD_QUIET) {
		alarm->silent_until_ms = 0;
	}
	if (is_fresh || level != alarm->level) {
		alarm->next_ms = now_ms;
	}
	alarm->fresh = fresh;
	alarm->level = level;
	if (level == RCC_BOARD_QUIET || now_ms < alarm->next_ms || now_ms < alarm->silent_until_ms) {
		return false;
	}
	alarm->silent_until_ms = 0;
	alarm->next_ms = now_ms + (level == RCC_BOARD_ALARM ? RCC_ALARM_AGAIN_MS : RCC_ALARM_CHIME_AGAIN_MS);
	return true;
}

void
rcc_alarm_silence(struct rcc_alarm *alarm, int64_t now_ms)
{
	if (alarm->level != RCC_BOARD_QUIET) {
		alarm->silent_until_ms = now_ms + RCC_ALARM_SILENT_MS;
		alarm->next_ms = alarm->silent_until_ms;
	}
}

int64_t
rcc_alarm_silent_ms(const struct rcc_alarm *alarm, int64_t now_ms)
{
	return alarm->silent_until_ms > now_ms ? alarm->silent_until_ms - now_ms : 0;
}

/* The case that sounds loudest, of such the one that was spoken of last, for the command to tell. */
static const struct rcc_board_case *
loudest(const struct rcc_board *board, int64_t now_ms)
{
	uint32_t order[RCC_BOARD_CASES_MAX];
	uint32_t count = rcc_board_list(board, now_ms, order);
	const struct rcc_board_case *found = NULL;
	enum rcc_board_sound sound = RCC_BOARD_QUIET;

	for (uint32_t i = 0; i < count; i++) {
		const struct rcc_board_case *c = &board->cases[order[i]];

		enum rcc_board_sound its = rcc_board_case_sound(board, c, now_ms);
		if (its > sound || (its == sound && found != NULL && c->last_number > found->last_number)) {
			sound = its;
			found = c;
		}
	}
	return found;
}

/* What the command may want to know. It is read by nobody else. */
static void
set_environment(enum rcc_board_sound level, const struct rcc_board_case *c)
{
	char incident[32] = "";

	if (c != NULL) {
		snprintf(incident, sizeof incident, "%04u-%04u", c->last.incident_year, c->last.incident_number);
	}
	(void)setenv("RCC_ALARM", level == RCC_BOARD_ALARM ? "alarm" : "chime", 1);
	(void)setenv("RCC_CLASS", rcc_class_word(c != NULL ? c->last.class : RCC_CLASS_LIVE), 1);
	(void)setenv("RCC_INCIDENT", incident, 1);
}

/* In a process group of its own, so that all of it can be ended, and without our terminal. 0 = it could not be started. */
static pid_t
spawn(char *line)
{
	char name[] = "sh", flag[] = "-c";
	char *const arguments[] = {name, flag, line, NULL};
	posix_spawn_file_actions_t files;
	posix_spawnattr_t how;
	sigset_t none;
	pid_t child = 0;

	if (posix_spawn_file_actions_init(&files) != 0) {
		return 0;
	}
	if (posix_spawnattr_init(&how) != 0) {
		posix_spawn_file_actions_destroy(&files);
		return 0;
	}
	sigemptyset(&none);
	bool is_set = posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK) == 0 &&
	              posix_spawnattr_setsigmask(&how, &none) == 0 &&
	              posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0) == 0 &&
	              posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) == 0 &&
	              posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0) == 0;
	if (!is_set || posix_spawn(&child, "/bin/sh", &files, &how, arguments, environ) != 0) {
		child = 0;
	}
	posix_spawnattr_destroy(&how);
	posix_spawn_file_actions_destroy(&files);
	return child;
}

void
rcc_alarm_start_command(struct rcc_alarm *alarm, const char *line, const struct rcc_board *board, int64_t now_ms)
{
	char copy[RCC_ALARM_COMMAND_MAX + 1];

	rcc_alarm_mind_command(alarm);
	if (line[0] == '\0' || alarm->command != 0) {
		return;
	}
	snprintf(copy, sizeof copy, "%s", line);
	set_environment(alarm->level, loudest(board, now_ms));
	alarm->command = spawn(copy);
}

void
rcc_alarm_mind_command(struct rcc_alarm *alarm)
{
	if (alarm->command == 0) {
		return;
	}
	if (waitpid(alarm->command, NULL, WNOHANG) != 0) {
		alarm->command = 0;
	} else if (alarm->level == RCC_BOARD_QUIET || alarm->silent_until_ms != 0) {
		(void)kill(-alarm->command, SIGTERM);
	}
}

void
rcc_alarm_end(struct rcc_alarm *alarm)
{
	if (alarm->command != 0) {
		(void)kill(-alarm->command, SIGKILL);
		while (waitpid(alarm->command, NULL, 0) < 0 && errno == EINTR) {
		}
	}
	alarm->command = 0;
}

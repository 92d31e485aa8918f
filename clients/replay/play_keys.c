/* play_keys.c - keys of a terminal while a record is played, and the terminal given back as it was, also after Ctrl-C. */
#define _GNU_SOURCE
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#include "librcc/i18n.h"
#include "replay/play.h"

struct rcc_play_terminal {
	struct termios was;
	sigset_t mask_was;
};

/* Ctrl-C comes through a descriptor from now on. */
static int
open_signals(sigset_t *ret_was)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	if (sigprocmask(SIG_BLOCK, &set, ret_was) != 0)
		return -1;
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

void
rcc_play_keys_open(struct rcc_play_keys *keys)
{
	*keys = (struct rcc_play_keys){.signals = -1};
	if (isatty(STDIN_FILENO) != 1 || isatty(STDOUT_FILENO) != 1)
		return;
	keys->terminal = calloc(1, sizeof *keys->terminal);
	if (keys->terminal == NULL || tcgetattr(STDIN_FILENO, &keys->terminal->was) != 0) {
		free(keys->terminal);
		keys->terminal = NULL;
		return;
	}
	keys->signals = open_signals(&keys->terminal->mask_was);
	struct termios raw = keys->terminal->was;
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	raw.c_cc[VMIN] = 0;
	raw.c_cc[VTIME] = 0;
	keys->is_on = keys->signals >= 0 && tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0;
	if (keys->is_on)
		fputs(_("space: pause; n: next; b, f: a minute back, forward; +, -: faster, slower; q: end\n"), stderr);
	else
		rcc_play_keys_close(keys);
}

void
rcc_play_keys_close(struct rcc_play_keys *keys)
{
	if (keys->terminal != NULL) {
		(void)tcsetattr(STDIN_FILENO, TCSANOW, &keys->terminal->was);
		(void)sigprocmask(SIG_SETMASK, &keys->terminal->mask_was, NULL);
	}
	if (keys->signals >= 0)
		close(keys->signals);
	free(keys->terminal);
	*keys = (struct rcc_play_keys){.signals = -1};
}

static enum rcc_play_key
key_of(char c)
{
	switch (c) {
	case ' ':
		return RCC_PLAY_PAUSE;
	case 'n':
		return RCC_PLAY_NEXT;
	case 'b':
		return RCC_PLAY_BACK;
	case 'f':
		return RCC_PLAY_FORWARD;
	case '+':
		return RCC_PLAY_FASTER;
	case '-':
		return RCC_PLAY_SLOWER;
	case 'q':
		return RCC_PLAY_QUIT;
	default:
		return RCC_PLAY_NOTHING;
	}
}

enum rcc_play_key
rcc_play_keys_wait(const struct rcc_play_keys *keys, int64_t wait_ms)
{
	struct pollfd fds[] = {{.fd = STDIN_FILENO, .events = POLLIN}, {.fd = keys->signals, .events = POLLIN}};
	char c = '\0';

	if (poll(fds, keys->is_on ? 2 : 0, (int)wait_ms) <= 0)
		return RCC_PLAY_NOTHING;
	if (fds[1].revents != 0 || (fds[0].revents & (POLLHUP | POLLERR)) != 0)
		return RCC_PLAY_QUIT;
	return read(STDIN_FILENO, &c, 1) == 1 ? key_of(c) : RCC_PLAY_NOTHING;
}

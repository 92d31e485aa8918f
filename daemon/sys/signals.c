#define _GNU_SOURCE

#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "sys/sys.h"

int
rcc_signals_open(void)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	/* before any thread of a library starts, so that all inherit it */
	if (sigprocmask(SIG_BLOCK, &set, NULL) != 0 || sigaction(SIGPIPE, &ignore, NULL) != 0) {
		return -1;
	}
	return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

enum rcc_signal
rcc_signals_read(int fd)
{
	struct signalfd_siginfo info;

	if (read(fd, &info, sizeof info) != (ssize_t)sizeof info) {
		return RCC_SIGNAL_NONE;
	}
	return info.ssi_signo == SIGHUP ? RCC_SIGNAL_RELOAD : RCC_SIGNAL_STOP;
}

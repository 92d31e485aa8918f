/*
 * accept.c - no connection takes the last descriptors.
 *
 * libzmq 4.3.4 ends the process when a local connection finds none left (ipc_listener.cpp, EMFILE), and spins at full speed on a TCP
 * one; whoever can open sockets could so put an end to the centre. Its calls of accept4(), and libmicrohttpd's, come here first: a
 * connection from the network that would take one of the last RCC_NET_DESCRIPTORS_KEPT is closed at once. These stay for the record,
 * for local officers and for who ends a connection. See docs/adr/0030.
 */
#define _DEFAULT_SOURCE
#include "net/net.h"

#include <errno.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Connections from the network end here, and local ones a little further: officers get in when nobody else does. */
static int
end_of(bool is_local)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur > INT_MAX)
		return INT_MAX;
	int all = (int)limit.rlim_cur;
	int kept = all / 4 < RCC_NET_DESCRIPTORS_KEPT ? all / 4 : RCC_NET_DESCRIPTORS_KEPT;
	return all - (is_local ? kept / 4 : kept);
}

static atomic_uint_fast64_t turned_away;

uint64_t
rcc_net_turned_away(void)
{
	return atomic_load(&turned_away);
}

int accept4(int listener, struct sockaddr *address, socklen_t *address_len, int flags);

/* In place of the C library's, for every library of the program. */
__attribute__((visibility("default"))) int
accept4(int listener, struct sockaddr *address, socklen_t *address_len, int flags)
{
	int fd = (int)syscall(SYS_accept4, listener, address, address_len, flags);

	if (fd < 0)
		return fd;
	struct sockaddr_storage own;
	socklen_t own_len = sizeof own;
	bool is_local = getsockname(fd, (struct sockaddr *)&own, &own_len) == 0 && own.ss_family == AF_UNIX;
	/* Descriptors are given from the lowest: those below this one are taken. */
	if (fd < end_of(is_local))
		return fd;
	(void)close(fd);
	atomic_fetch_add(&turned_away, 1);
	errno = ECONNABORTED; /* as if it had hung up by itself: every caller goes on */
	return -1;
}

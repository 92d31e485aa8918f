#include "librcc/dial.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define CONNECT_MAX_MS 5000

int64_t
rcc_backoff_next(int64_t backoff_ms)
{
	return backoff_ms * 2 < RCC_BACKOFF_MAX_MS ? backoff_ms * 2 : RCC_BACKOFF_MAX_MS;
}

enum rcc_status
rcc_dial_init(struct rcc_dial *dial, const char *where, const char *default_port)
{
	const char *host = where;
	const char *colon = strrchr(where, ':');
	const char *port = default_port;
	size_t host_len = strlen(where);
	if (where[0] == '[') {
		const char *bracket = strchr(where, ']');
		if (bracket == NULL || (bracket[1] != '\0' && bracket[1] != ':')) {
			return RCC_E_MALFORMED;
		}
		host = where + 1;
		host_len = (size_t)(bracket - host);
		port = bracket[1] == ':' ? bracket + 2 : default_port;
	} else if (colon != NULL) {
		host_len = (size_t)(colon - where);
		port = colon + 1;
	}
	if (host_len == 0 || host_len >= sizeof dial->host || port == NULL || port[0] == '\0' ||
	    strlen(port) >= sizeof dial->port) {
		return RCC_E_MALFORMED;
	}
	memset(dial, 0, sizeof *dial);
	memcpy(dial->host, host, host_len);
	memcpy(dial->port, port, strlen(port));
	dial->fd = -1;
	return RCC_OK;
}

static void
end_attempt(struct rcc_dial *dial)
{
	if (dial->fd >= 0) {
		(void)close(dial->fd);
		dial->fd = -1;
	}
}

static void
forget_addresses(struct rcc_dial *dial)
{
	if (dial->found != NULL) {
		freeaddrinfo(dial->found);
	}
	dial->found = dial->try = NULL;
}

void
rcc_dial_end(struct rcc_dial *dial)
{
	end_attempt(dial);
	forget_addresses(dial);
}

/* Begins with the first address from dial->try on that takes a connection attempt. */
static enum rcc_status
attempt(struct rcc_dial *dial, int64_t mono_ms)
{
	end_attempt(dial);
	for (; dial->try != NULL; dial->try = dial->try->ai_next) {
		dial->fd = socket(dial->try->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
		if (dial->fd < 0) {
			continue;
		}
		if (connect(dial->fd, dial->try->ai_addr, dial->try->ai_addrlen) == 0 || errno == EINPROGRESS) {
			dial->give_up_mono_ms = mono_ms + CONNECT_MAX_MS;
			return RCC_OK;
		}
		end_attempt(dial);
	}
	forget_addresses(dial);
	return RCC_E_UNREACHABLE;
}

enum rcc_status
rcc_dial_start(struct rcc_dial *dial, int64_t mono_ms, const char **ret_why)
{
	struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
	rcc_dial_end(dial);
	int failed = getaddrinfo(dial->host, dial->port, &hints, &dial->found);
	if (failed != 0) {
		dial->found = NULL;
		*ret_why = gai_strerror(failed);
		return RCC_E_UNREACHABLE;
	}
	dial->try = dial->found;
	*ret_why = "no connection";
	return attempt(dial, mono_ms);
}

enum rcc_status
rcc_dial_next(struct rcc_dial *dial, int64_t mono_ms)
{
	dial->try = dial->try->ai_next;
	return attempt(dial, mono_ms);
}

enum rcc_status
rcc_dial_turn(struct rcc_dial *dial, int64_t mono_ms)
{
	struct pollfd fd = {.fd = dial->fd, .events = POLLOUT};
	int error = 0;
	socklen_t size = sizeof error;
	bool is_pending = poll(&fd, 1, 0) == 0;
	if (is_pending && mono_ms < dial->give_up_mono_ms) {
		return RCC_E_AGAIN;
	}
	if (!is_pending && getsockopt(dial->fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0) {
		return RCC_OK;
	}
	return rcc_dial_next(dial, mono_ms) == RCC_OK ? RCC_E_AGAIN : RCC_E_UNREACHABLE;
}

int
rcc_dial_take(struct rcc_dial *dial)
{
	int fd = dial->fd;
	dial->fd = -1;
	forget_addresses(dial);
	return fd;
}

#include "feed/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "feed/log.h"
#include "feed/serial.h"

/* A burst of a whole fleet while the disk is slow; the kernel gives what net.core.rmem_max allows. */
#define UDP_BUFFER_BYTES (1 << 20)
/* A server whose host died without a word is noticed after about two minutes. */
#define KEEPALIVE_IDLE_S 60
#define KEEPALIVE_EVERY_S 15
#define KEEPALIVE_TRIES 4

static const char *
after(const char *text, const char *prefix)
{
	size_t len = strlen(prefix);
	return strncmp(text, prefix, len) == 0 ? text + len : NULL;
}

static enum rcc_status
start(struct rcc_feed_stream *stream, enum rcc_feed_stream_kind kind, const char *place, const char *path,
      int64_t mono_ms)
{
	size_t len = strlen(path);
	if (len == 0 || strlen(place) >= sizeof stream->place) {
		return RCC_E_MALFORMED;
	}
	memset(stream, 0, sizeof *stream);
	stream->kind = kind;
	stream->state = RCC_FEED_STREAM_DOWN;
	memcpy(stream->place, place, strlen(place) + 1);
	memcpy(stream->path, path, len + 1);
	stream->fd = stream->dial.fd = -1;
	stream->retry_mono_ms = stream->heard_mono_ms = mono_ms;
	stream->backoff_ms = RCC_BACKOFF_FIRST_MS;
	return RCC_OK;
}

enum rcc_status
rcc_feed_stream_init_file(struct rcc_feed_stream *stream, const char *path, int64_t mono_ms)
{
	return start(stream, RCC_FEED_STREAM_FILE, path, path, mono_ms);
}

/* Takes "?baud=N" off the path. */
static enum rcc_status
take_baud(struct rcc_feed_stream *stream)
{
	char *query = strchr(stream->path, '?');
	stream->baud = RCC_FEED_BAUD_DEFAULT;
	if (query != NULL) {
		const char *digits = after(query, "?baud=");
		char *end = NULL;
		unsigned long baud = digits == NULL ? 0 : strtoul(digits, &end, 10);
		if (baud == 0 || baud > UINT32_MAX || *end != '\0') {
			return RCC_E_MALFORMED;
		}
		stream->baud = (uint32_t)baud;
		*query = '\0';
	}
	return stream->path[0] == '/' && rcc_feed_serial_has_baud(stream->baud) ? RCC_OK : RCC_E_MALFORMED;
}

enum rcc_status
rcc_feed_stream_init(struct rcc_feed_stream *stream, const char *place, int64_t mono_ms)
{
	const char *rest = after(place, "serial://");
	if (rest != NULL) {
		enum rcc_status status = start(stream, RCC_FEED_STREAM_SERIAL, place, rest, mono_ms);
		return status == RCC_OK ? take_baud(stream) : status;
	}
	enum rcc_feed_stream_kind kind = RCC_FEED_STREAM_UDP;
	rest = after(place, "udp://");
	if (rest == NULL) {
		kind = RCC_FEED_STREAM_TCP;
		rest = after(place, "tcp://");
	}
	if (rest != NULL) {
		struct rcc_dial dial;
		if (rcc_dial_init(&dial, rest, NULL) != RCC_OK || start(stream, kind, place, rest, mono_ms) != RCC_OK) {
			return RCC_E_MALFORMED;
		}
		stream->dial = dial;
		return RCC_OK;
	}
	/* A scheme that is none of ours is a typing error and no file. */
	return strstr(place, "://") != NULL ? RCC_E_MALFORMED : rcc_feed_stream_init_file(stream, place, mono_ms);
}

enum rcc_status
rcc_feed_stream_open(struct rcc_feed_stream *stream, struct rcc_fault *ret_fault)
{
	struct stat about;
	if (stream->kind != RCC_FEED_STREAM_FILE) {
		return RCC_OK;
	}
	bool is_stdin = strcmp(stream->path, "-") == 0;
	/* Without waiting: a named pipe may have no writer yet. */
	stream->fd = is_stdin ? dup(STDIN_FILENO) : open(stream->path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (stream->fd < 0 || fstat(stream->fd, &about) != 0) {
		return rcc_fault_set(ret_fault, RCC_E_IO, "%s: %s", stream->place, strerror(errno));
	}
	if (S_ISDIR(about.st_mode)) {
		return rcc_fault_set(ret_fault, RCC_E_IO, "%s: is a folder", stream->place);
	}
	stream->state = RCC_FEED_STREAM_UP;
	return RCC_OK;
}

static void
close_fd(struct rcc_feed_stream *stream)
{
	if (stream->fd >= 0) {
		(void)close(stream->fd);
		stream->fd = -1;
	}
}

void
rcc_feed_stream_close(struct rcc_feed_stream *stream)
{
	if (stream->kind == 0) {
		return;
	}
	close_fd(stream);
	rcc_dial_end(&stream->dial);
	stream->state = RCC_FEED_STREAM_DOWN;
}

bool
rcc_feed_stream_is_finite(const struct rcc_feed_stream *stream)
{
	return stream->kind == RCC_FEED_STREAM_FILE;
}

int
rcc_feed_stream_fd(const struct rcc_feed_stream *stream, short *ret_events)
{
	bool is_connecting = stream->state == RCC_FEED_STREAM_CONNECTING;
	*ret_events = is_connecting ? POLLOUT : POLLIN;
	return is_connecting ? stream->dial.fd : stream->fd;
}

/* Told once per outage, so that a receiver that is away for a day costs one line. */
static void
go_down(struct rcc_feed_stream *stream, int64_t mono_ms, const char *why)
{
	close_fd(stream);
	rcc_dial_end(&stream->dial);
	stream->state = RCC_FEED_STREAM_DOWN;
	stream->retry_mono_ms = mono_ms + stream->backoff_ms;
	stream->backoff_ms = rcc_backoff_next(stream->backoff_ms);
	if (!stream->down_told) {
		stream->down_told = true;
		rcc_feed_log(RCC_FEED_WARNING, "input_lost", "%s cannot be read: %s; trying again until it can",
		             stream->place, why);
	}
}

static void
go_up(struct rcc_feed_stream *stream, int fd, int64_t mono_ms)
{
	stream->fd = fd;
	stream->state = RCC_FEED_STREAM_UP;
	stream->heard_mono_ms = mono_ms;
	stream->down_told = stream->quiet_told = false;
	rcc_feed_log(RCC_FEED_INFO, "input_connected", "reading %s", stream->place);
}

/* A socket that hears what is sent to this address of ours; -1 and the reason. */
static int
open_udp(const struct rcc_feed_stream *stream, const char **ret_why)
{
	struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_DGRAM, .ai_flags = AI_PASSIVE};
	struct addrinfo *found = NULL;
	const char *host = strcmp(stream->dial.host, "*") == 0 ? NULL : stream->dial.host;
	int failed = getaddrinfo(host, stream->dial.port, &hints, &found);
	int fd = -1;
	if (failed != 0) {
		*ret_why = gai_strerror(failed);
		return -1;
	}
	for (const struct addrinfo *at = found; at != NULL && fd < 0; at = at->ai_next) {
		const int size = UDP_BUFFER_BYTES;
		fd = socket(at->ai_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
		if (fd < 0 || bind(fd, at->ai_addr, at->ai_addrlen) != 0) {
			*ret_why = strerror(errno);
			(void)(fd < 0 ? 0 : close(fd));
			fd = -1;
			continue;
		}
		(void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
	}
	freeaddrinfo(found);
	return fd;
}

static void
set_keepalive(int fd)
{
	const int on = 1;
	const int idle_s = KEEPALIVE_IDLE_S;
	const int every_s = KEEPALIVE_EVERY_S;
	const int tries = KEEPALIVE_TRIES;
	(void)setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
	(void)setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle_s, sizeof idle_s);
	(void)setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &every_s, sizeof every_s);
	(void)setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &tries, sizeof tries);
}

static void
reopen(struct rcc_feed_stream *stream, int64_t mono_ms)
{
	const char *why = "no such address";
	int fd = -1;
	if (stream->kind == RCC_FEED_STREAM_TCP) {
		if (rcc_dial_start(&stream->dial, mono_ms, &why) == RCC_OK) {
			stream->state = RCC_FEED_STREAM_CONNECTING;
		} else {
			go_down(stream, mono_ms, why);
		}
		return;
	}
	if (stream->kind == RCC_FEED_STREAM_UDP) {
		fd = open_udp(stream, &why);
	} else {
		fd = rcc_feed_serial_open(stream->path, stream->baud);
		why = fd < 0 ? strerror(errno) : why;
	}
	if (fd < 0) {
		go_down(stream, mono_ms, why);
		return;
	}
	go_up(stream, fd, mono_ms);
}

static void
check_dial(struct rcc_feed_stream *stream, int64_t mono_ms)
{
	enum rcc_status status = rcc_dial_turn(&stream->dial, mono_ms);
	if (status == RCC_E_UNREACHABLE) {
		go_down(stream, mono_ms, "no connection");
	}
	if (status == RCC_OK) {
		int fd = rcc_dial_take(&stream->dial);
		set_keepalive(fd);
		go_up(stream, fd, mono_ms);
	}
}

void
rcc_feed_stream_turn(struct rcc_feed_stream *stream, int64_t mono_ms)
{
	if (stream->kind == RCC_FEED_STREAM_FILE) {
		return;
	}
	if (stream->state == RCC_FEED_STREAM_CONNECTING) {
		check_dial(stream, mono_ms);
	} else if (stream->state == RCC_FEED_STREAM_DOWN && mono_ms >= stream->retry_mono_ms) {
		reopen(stream, mono_ms);
	}
	if (!stream->quiet_told && mono_ms - stream->heard_mono_ms >= RCC_FEED_QUIET_MS) {
		stream->quiet_told = true;
		rcc_feed_log(
		    RCC_FEED_NOTICE, "input_silent",
		    "nothing from %s for %d s: that is right for a DSC receiver; for AIS look at antenna and cables",
		    stream->place, RCC_FEED_QUIET_MS / 1000);
	}
}

/* What a read without bytes means. */
static enum rcc_status
end_or_wait(struct rcc_feed_stream *stream, ssize_t got, int64_t mono_ms)
{
	bool is_wait = got < 0 && (errno == EAGAIN || errno == EINTR);
	/* An empty datagram is one; and a datagram that nobody took on the way out is told by the next call. */
	if (is_wait || (stream->kind == RCC_FEED_STREAM_UDP && (got == 0 || errno == ECONNREFUSED))) {
		return RCC_E_AGAIN;
	}
	const char *why = got < 0 ? strerror(errno) : "it ended";
	if (stream->kind != RCC_FEED_STREAM_FILE) {
		go_down(stream, mono_ms, why);
		return RCC_E_UNREACHABLE;
	}
	if (got < 0) {
		stream->failed = true;
		rcc_feed_log(RCC_FEED_ERROR, "input_failed", "%s cannot be read to its end: %s", stream->place, why);
	}
	close_fd(stream);
	stream->state = RCC_FEED_STREAM_ENDED;
	return RCC_E_UNREACHABLE;
}

enum rcc_status
rcc_feed_stream_read(struct rcc_feed_stream *stream, uint8_t *bytes, size_t size, int64_t mono_ms, size_t *ret_got)
{
	struct pollfd fd = {.fd = stream->fd, .events = POLLIN};
	if (stream->state != RCC_FEED_STREAM_UP) {
		return RCC_E_AGAIN;
	}
	/* Standard input may be of the kind that waits, and a named pipe without a writer looks as if it had ended. */
	if (stream->kind == RCC_FEED_STREAM_FILE && poll(&fd, 1, 0) <= 0) {
		return RCC_E_AGAIN;
	}
	errno = 0;
	ssize_t got = read(stream->fd, bytes, size);
	if (got <= 0) {
		return end_or_wait(stream, got, mono_ms);
	}
	stream->heard_mono_ms = mono_ms;
	stream->backoff_ms = RCC_BACKOFF_FIRST_MS;
	if (stream->quiet_told) {
		stream->quiet_told = false;
		rcc_feed_log(RCC_FEED_NOTICE, "input_heard", "%s is heard again", stream->place);
	}
	*ret_got = (size_t)got;
	return RCC_OK;
}

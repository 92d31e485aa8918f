#include "feed/gps.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "feed/log.h"

#define GPSD_PORT "2947" /* registered with IANA */
/* A gpsd on this machine is back in a second after a restart; one across a radio link is not asked more than twice a minute. */
#define BACKOFF_FIRST_MS 1000
#define BACKOFF_MAX_MS 30000
#define CONNECT_MAX_MS 5000
/* A gpsd that answers nothing for this long after being asked is gone: its host died without closing the connection. */
#define ANSWER_MAX_MS 15000

enum rcc_status
rcc_feed_gps_init(struct rcc_feed_gps *gps, const char *where, int64_t mono_ms)
{
	const char *host = where;
	const char *colon = strrchr(where, ':');
	const char *port = GPSD_PORT;
	size_t host_len = strlen(where);
	if (where[0] == '[') {
		const char *bracket = strchr(where, ']');
		if (bracket == NULL || (bracket[1] != '\0' && bracket[1] != ':')) {
			return RCC_E_MALFORMED;
		}
		host = where + 1;
		host_len = (size_t)(bracket - host);
		port = bracket[1] == ':' ? bracket + 2 : GPSD_PORT;
	} else if (colon != NULL) {
		host_len = (size_t)(colon - where);
		port = colon + 1;
	}
	if (host_len == 0 || host_len >= sizeof gps->host || port[0] == '\0' || strlen(port) >= sizeof gps->port) {
		return RCC_E_MALFORMED;
	}
	memset(gps, 0, sizeof *gps);
	memcpy(gps->host, host, host_len);
	memcpy(gps->port, port, strlen(port));
	gps->state = RCC_FEED_GPS_DOWN;
	gps->probe_fd = -1;
	gps->retry_mono_ms = mono_ms;
	gps->backoff_ms = BACKOFF_FIRST_MS;
	gps->data_mono_ms = mono_ms;
	return RCC_OK;
}

static void
end_probe(struct rcc_feed_gps *gps)
{
	if (gps->probe_fd >= 0) {
		(void)close(gps->probe_fd);
		gps->probe_fd = -1;
	}
}

static void
forget_addresses(struct rcc_feed_gps *gps)
{
	if (gps->found != NULL) {
		freeaddrinfo(gps->found);
	}
	gps->found = gps->try = NULL;
}

void
rcc_feed_gps_close(struct rcc_feed_gps *gps)
{
	if (gps->state == RCC_FEED_GPS_UP) {
		(void)gps_close(&gps->data);
	}
	if (gps->state == RCC_FEED_GPS_CONNECTING) {
		end_probe(gps);
	}
	forget_addresses(gps);
	gps->state = RCC_FEED_GPS_DOWN;
}

int
rcc_feed_gps_fd(const struct rcc_feed_gps *gps, short *ret_events)
{
	if (gps->state == RCC_FEED_GPS_UP) {
		*ret_events = POLLIN;
		return (int)gps->data.gps_fd;
	}
	*ret_events = POLLOUT;
	return gps->probe_fd;
}

/* Told once per outage, so that a gpsd that is away for a day costs one line. */
static void
go_down(struct rcc_feed_gps *gps, int64_t mono_ms, const char *why)
{
	rcc_feed_gps_close(gps);
	gps->retry_mono_ms = mono_ms + gps->backoff_ms;
	gps->backoff_ms = gps->backoff_ms * 2 < BACKOFF_MAX_MS ? gps->backoff_ms * 2 : BACKOFF_MAX_MS;
	if (!gps->down_told) {
		gps->down_told = true;
		rcc_feed_log(RCC_FEED_WARNING, "gpsd_lost",
		             "gpsd at %s port %s cannot be read: %s; trying again until it can", gps->host, gps->port,
		             why);
	}
}

/* Starts on the next address of the host that takes a connection attempt. */
static void
try_next(struct rcc_feed_gps *gps, int64_t mono_ms)
{
	end_probe(gps);
	for (; gps->try != NULL; gps->try = gps->try->ai_next) {
		gps->probe_fd = socket(gps->try->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
		if (gps->probe_fd < 0) {
			continue;
		}
		if (connect(gps->probe_fd, gps->try->ai_addr, gps->try->ai_addrlen) == 0 || errno == EINPROGRESS) {
			gps->state = RCC_FEED_GPS_CONNECTING;
			gps->retry_mono_ms = mono_ms + CONNECT_MAX_MS;
			return;
		}
		end_probe(gps);
	}
	go_down(gps, mono_ms, "no connection");
}

static void
start(struct rcc_feed_gps *gps, int64_t mono_ms)
{
	struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
	int failed = getaddrinfo(gps->host, gps->port, &hints, &gps->found);
	if (failed != 0) {
		gps->found = NULL;
		go_down(gps, mono_ms, gai_strerror(failed));
		return;
	}
	gps->try = gps->found;
	try_next(gps, mono_ms);
}

/*
 * gps_open() connects and waits, minutes long for a host that is silent. So a socket of ours knocks first, and libgps
 * opens only the address that has just answered.
 */
static void
open_found(struct rcc_feed_gps *gps, int64_t mono_ms)
{
	char address[RCC_FEED_HOST_MAX + 1];
	const struct addrinfo *at = gps->try;
	int failed =
	    getnameinfo(at->ai_addr, at->ai_addrlen, address, (socklen_t)sizeof address, NULL, 0, NI_NUMERICHOST);
	end_probe(gps);
	if (failed != 0 || gps_open(address, gps->port, &gps->data) != 0) {
		gps->try = at->ai_next;
		try_next(gps, mono_ms);
		return;
	}
	forget_addresses(gps);
	gps->state = RCC_FEED_GPS_UP;
	gps->heard_mono_ms = gps->data_mono_ms = mono_ms;
	gps->asked_mono_ms = 0;
	gps->silence_told = false;
	/*
	 * RARE is gpsd's raw level 1: text lines verbatim, binary ones in hexadecimal, so that lines stay lines (level 2 would
	 * put binary between them). Not SPLIT24: libgps 3.22 cannot read the halves that it makes.
	 */
	if (gps_stream(&gps->data, WATCH_ENABLE | WATCH_JSON | WATCH_RARE, NULL) != 0) {
		go_down(gps, mono_ms, "it refused the watch");
		return;
	}
	gps->down_told = false;
	rcc_feed_log(RCC_FEED_INFO, "gpsd_connected", "reading gpsd at %s port %s", gps->host, gps->port);
}

static void
check_probe(struct rcc_feed_gps *gps, int64_t mono_ms)
{
	struct pollfd fd = {.fd = gps->probe_fd, .events = POLLOUT};
	int error = 0;
	socklen_t size = sizeof error;
	if (poll(&fd, 1, 0) == 0) {
		if (mono_ms >= gps->retry_mono_ms) {
			gps->try = gps->try->ai_next;
			try_next(gps, mono_ms);
		}
		return;
	}
	if (getsockopt(gps->probe_fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0) {
		open_found(gps, mono_ms);
		return;
	}
	gps->try = gps->try->ai_next;
	try_next(gps, mono_ms);
}

/* Silence is told; and a peer that died without closing the connection is found out by asking for its version. */
static void
check_silence(struct rcc_feed_gps *gps, int64_t mono_ms)
{
	if (!gps->silence_told && mono_ms - gps->data_mono_ms >= RCC_FEED_SILENT_MS) {
		gps->silence_told = true;
		rcc_feed_log(
		    RCC_FEED_WARNING, "gpsd_silent",
		    "no data from the receivers of gpsd at %s port %s for %d s: blind here; look at antenna and "
		    "cables",
		    gps->host, gps->port, RCC_FEED_SILENT_MS / 1000);
	}
	if (gps->state != RCC_FEED_GPS_UP || mono_ms - gps->heard_mono_ms < RCC_FEED_SILENT_MS) {
		return;
	}
	if (gps->asked_mono_ms == 0) {
		gps->asked_mono_ms = mono_ms;
		if (gps_send(&gps->data, "?VERSION;\n") != 0) {
			go_down(gps, mono_ms, "it takes no question");
		}
	} else if (mono_ms - gps->asked_mono_ms >= ANSWER_MAX_MS) {
		go_down(gps, mono_ms, "it answers nothing");
	}
}

void
rcc_feed_gps_turn(struct rcc_feed_gps *gps, int64_t mono_ms)
{
	if (gps->state == RCC_FEED_GPS_CONNECTING) {
		check_probe(gps, mono_ms);
	} else if (gps->state == RCC_FEED_GPS_DOWN && mono_ms >= gps->retry_mono_ms) {
		start(gps, mono_ms);
	}
	check_silence(gps, mono_ms);
}

/* What gpsd says of itself is no sign that a receiver is alive. */
static bool
is_receiver_data(const struct rcc_feed_gps *gps)
{
	const gps_mask_t housekeeping = VERSION_SET | DEVICE_SET | DEVICELIST_SET | POLICY_SET | ERROR_SET;
	return gps->line[0] != '{' || (gps->data.set & housekeeping) == 0;
}

static void
heard(struct rcc_feed_gps *gps, int64_t mono_ms)
{
	gps->heard_mono_ms = mono_ms;
	gps->asked_mono_ms = 0;
	gps->backoff_ms = BACKOFF_FIRST_MS;
	if (!is_receiver_data(gps)) {
		return;
	}
	gps->data_mono_ms = mono_ms;
	if (gps->silence_told) {
		gps->silence_told = false;
		rcc_feed_log(RCC_FEED_NOTICE, "gpsd_heard", "the receivers of gpsd are heard again");
	}
}

enum rcc_status
rcc_feed_gps_read(struct rcc_feed_gps *gps, int64_t mono_ms)
{
	if (gps->state != RCC_FEED_GPS_UP) {
		return RCC_E_AGAIN;
	}
	/*
	 * One call takes one line off libgps' buffer, copies it out, and unpacks it if it is an object. The socket does not
	 * block (libgps sets it so): 0 means no whole line yet. A negative result with a line is one it could not unpack.
	 */
	gps->data.set = 0;
	gps->line[0] = '\0';
	int got = gps_read(&gps->data, gps->line, (int)sizeof gps->line);
	if (gps->line[0] != '\0') {
		heard(gps, mono_ms);
		return RCC_OK;
	}
	if (got == 0) {
		return RCC_E_AGAIN;
	}
	if (got > 0) {
		return RCC_OK; /* an empty line */
	}
	go_down(gps, mono_ms, "it closed the connection");
	return RCC_E_UNREACHABLE;
}

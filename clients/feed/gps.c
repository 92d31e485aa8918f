#include "feed/gps.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "feed/log.h"

#define GPSD_PORT "2947" /* registered with IANA */
/* A gpsd that answers nothing for this long after being asked is gone: its host died without closing the connection. */
#define ANSWER_MAX_MS 15000

enum rcc_status
rcc_feed_gps_init(struct rcc_feed_gps *gps, const char *where, int64_t mono_ms)
{
	struct rcc_dial dial;
	if (rcc_dial_init(&dial, where, GPSD_PORT) != RCC_OK) {
		return RCC_E_MALFORMED;
	}
	memset(gps, 0, sizeof *gps);
	gps->dial = dial;
	gps->state = RCC_FEED_GPS_DOWN;
	gps->retry_mono_ms = mono_ms;
	gps->backoff_ms = RCC_BACKOFF_FIRST_MS;
	gps->data_mono_ms = mono_ms;
	return RCC_OK;
}

void
rcc_feed_gps_close(struct rcc_feed_gps *gps)
{
	if (gps->state == RCC_FEED_GPS_UP) {
		(void)gps_close(&gps->data);
	}
	rcc_dial_end(&gps->dial);
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
	return gps->dial.fd;
}

/* Told once per outage, so that a gpsd that is away for a day costs one line. */
static void
go_down(struct rcc_feed_gps *gps, int64_t mono_ms, const char *why)
{
	rcc_feed_gps_close(gps);
	gps->retry_mono_ms = mono_ms + gps->backoff_ms;
	gps->backoff_ms = rcc_backoff_next(gps->backoff_ms);
	if (!gps->down_told) {
		gps->down_told = true;
		rcc_feed_log(RCC_FEED_WARNING, "gpsd_lost",
		             "gpsd at %s port %s cannot be read: %s; trying again until it can", gps->dial.host,
		             gps->dial.port, why);
	}
}

static void
start(struct rcc_feed_gps *gps, int64_t mono_ms)
{
	const char *why = NULL;
	if (rcc_dial_start(&gps->dial, mono_ms, &why) != RCC_OK) {
		go_down(gps, mono_ms, why);
		return;
	}
	gps->state = RCC_FEED_GPS_CONNECTING;
}

/*
 * gps_open() connects and waits, minutes long for a host that is silent. So a socket of ours knocks first, and libgps
 * opens only the address that has just answered.
 */
static void
open_found(struct rcc_feed_gps *gps, int64_t mono_ms)
{
	char address[RCC_HOST_MAX + 1];
	const struct addrinfo *at = gps->dial.try;
	int failed =
	    getnameinfo(at->ai_addr, at->ai_addrlen, address, (socklen_t)sizeof address, NULL, 0, NI_NUMERICHOST);
	if (failed != 0 || gps_open(address, gps->dial.port, &gps->data) != 0) {
		if (rcc_dial_next(&gps->dial, mono_ms) != RCC_OK) {
			go_down(gps, mono_ms, "no connection");
		}
		return;
	}
	rcc_dial_end(&gps->dial);
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
	rcc_feed_log(RCC_FEED_INFO, "gpsd_connected", "reading gpsd at %s port %s", gps->dial.host, gps->dial.port);
}

static void
check_dial(struct rcc_feed_gps *gps, int64_t mono_ms)
{
	enum rcc_status status = rcc_dial_turn(&gps->dial, mono_ms);
	if (status == RCC_OK) {
		open_found(gps, mono_ms);
	} else if (status == RCC_E_UNREACHABLE) {
		go_down(gps, mono_ms, "no connection");
	}
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
		    gps->dial.host, gps->dial.port, RCC_FEED_SILENT_MS / 1000);
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
		check_dial(gps, mono_ms);
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
	gps->backoff_ms = RCC_BACKOFF_FIRST_MS;
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

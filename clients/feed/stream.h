/*
 * stream.h - bytes from a place: a file or pipe until its end, or a receiver that may go away and is found again.
 *
 *   FILE or -               a file, a named pipe, or standard input
 *   udp://HOST:PORT         datagrams sent to this address of ours; * = every address
 *   tcp://HOST:PORT         a server of sentences
 *   serial://PATH?baud=N    a serial line
 *
 * Owns:   a descriptor; rcc_feed_stream_close() lets it go.
 * Blocks: never, but for the name lookup of a host that is not an address.
 */
#ifndef RCC_FEED_STREAM_H
#define RCC_FEED_STREAM_H

#include <stdbool.h>
#include <stddef.h>

#include "librcc/dial.h"

/* A place as it is told to us: a path, or a host with its port. */
#define RCC_FEED_PLACE_MAX 300
/* Nothing from a receiver for this long is told; a DSC receiver may well be silent for days. */
#define RCC_FEED_QUIET_MS 60000

enum rcc_feed_stream_kind {
	RCC_FEED_STREAM_FILE = 1,
	RCC_FEED_STREAM_UDP = 2,
	RCC_FEED_STREAM_TCP = 3,
	RCC_FEED_STREAM_SERIAL = 4,
};
enum rcc_feed_stream_state {
	RCC_FEED_STREAM_DOWN = 1,
	RCC_FEED_STREAM_CONNECTING = 2,
	RCC_FEED_STREAM_UP = 3,
	RCC_FEED_STREAM_ENDED = 4, /* a file, read to its end */
};

struct rcc_feed_stream {
	enum rcc_feed_stream_kind kind;
	enum rcc_feed_stream_state state;
	char place[RCC_FEED_PLACE_MAX + 1]; /* for people */
	char path[RCC_FEED_PLACE_MAX + 1];
	uint32_t baud;
	struct rcc_dial dial;
	int fd; /* -1 = none */
	int64_t retry_mono_ms, backoff_ms;
	int64_t heard_mono_ms;
	bool down_told, quiet_told;
	bool failed; /* a file that could not be read to its end */
};

/* RCC_E_MALFORMED: no such kind of place, port or baud rate. */
RCC_MUST_USE enum rcc_status rcc_feed_stream_init(struct rcc_feed_stream *stream, const char *place, int64_t mono_ms);
/* The same for a place that is always a file or "-". RCC_E_MALFORMED: its name is too long. */
RCC_MUST_USE enum rcc_status rcc_feed_stream_init_file(struct rcc_feed_stream *stream, const char *path,
                                                       int64_t mono_ms);
/* Opens a file now, so that one that is not there ends the program: RCC_E_IO with the reason. Others are opened in turn. */
RCC_MUST_USE enum rcc_status rcc_feed_stream_open(struct rcc_feed_stream *stream, struct rcc_fault *ret_fault);
void rcc_feed_stream_close(struct rcc_feed_stream *stream);

/* Has it an end of its own? */
bool rcc_feed_stream_is_finite(const struct rcc_feed_stream *stream);
/* The descriptor to poll and for what; -1 while there is none. */
int rcc_feed_stream_fd(const struct rcc_feed_stream *stream, short *ret_events);
/* Opens what is down, tells silence. Call every turn, at least once a second. */
void rcc_feed_stream_turn(struct rcc_feed_stream *stream, int64_t mono_ms);

/*
 * Takes what is there: RCC_OK with *ret_got > 0, of UDP one datagram. RCC_E_AGAIN: nothing now. RCC_E_UNREACHABLE: it broke
 * off, or a file has ended: told once each time; a line that was begun is complete.
 */
RCC_MUST_USE enum rcc_status rcc_feed_stream_read(struct rcc_feed_stream *stream, uint8_t *bytes, size_t size,
                                                  int64_t mono_ms, size_t *ret_got);

#endif

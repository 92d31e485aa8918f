/*
 * input.h - everything that is read: each kind of input in a file of its own, each with the same few calls.
 *
 *   input_gpsd.c    gpsd's objects and the raw lines between them
 *   input_nmea.c    sentences from a file, a socket or a serial line: AIS is read here, DSC goes out as it is
 *   input_text.c    texts (SIT 185 and the like) from a file or a watched folder
 *   input_beacon.c  406 MHz beacon messages, one to a line
 *
 * Order:  open once; then every turn poll, and turn for those that are not held back; done tells that nothing more will come.
 */
#ifndef RCC_FEED_INPUT_H
#define RCC_FEED_INPUT_H

#include "feed/feed.h"
#include "feed/folder.h"
#include "feed/fragments.h"
#include "feed/gps.h"
#include "feed/lines.h"
#include "feed/stream.h"

struct pollfd;

/* Read at once of a file or stream: at most RCC_FEED_WAITING_MAX lines of one character, so that all of them can wait in memory. */
#define RCC_FEED_READ_MAX 512
/* A datagram is taken whole or not at all. */
#define RCC_FEED_DATAGRAM_MAX 65536
/* A text of so many bytes without an end mark is taken to end there; the longest in C/S A.002 has some 4,000. */
#define RCC_FEED_TEXT_WINDOW 65536

struct rcc_feed_gpsd_input {
	struct rcc_feed_gps gps;
	bool time_told; /* that the receiver's clock is wrong */
	struct rcc_feed_expansions expansions;
	bool more;                           /* lines are waiting in libgps */
	char vdm[RCC_FEED_RAW_LINE_MAX + 1]; /* the last !--VDM line: what the next AIS object was made from */
};
RCC_MUST_USE enum rcc_status rcc_feed_gpsd_open(struct rcc_feed_gpsd_input *input, const char *where, int64_t mono_ms,
                                                struct rcc_fault *ret_fault);
void rcc_feed_gpsd_turn(struct rcc_feed_gpsd_input *input, struct rcc_feed *feed, struct rcc_feed_now now);

struct rcc_feed_nmea_input {
	struct rcc_feed_stream stream;
	struct rcc_feed_lines lines;
	struct rcc_feed_fragments fragments;
	struct rcc_feed_expansions expansions;
	uint8_t bytes[RCC_FEED_DATAGRAM_MAX];
};
RCC_MUST_USE enum rcc_status rcc_feed_nmea_open(struct rcc_feed_nmea_input *input, const char *place, int64_t mono_ms,
                                                struct rcc_fault *ret_fault);
void rcc_feed_nmea_turn(struct rcc_feed_nmea_input *input, struct rcc_feed *feed, struct rcc_feed_now now);
/* Bytes as they would come from the stream; is_end: a line that was begun is complete. */
void rcc_feed_nmea_bytes(struct rcc_feed_nmea_input *input, struct rcc_feed *feed, const uint8_t *bytes, size_t len,
                         bool is_end, struct rcc_feed_now now);
/* Nothing more will come: what was begun comes out as it is. */
void rcc_feed_nmea_end(struct rcc_feed_nmea_input *input, struct rcc_feed *feed, struct rcc_feed_now now);

struct rcc_feed_text_input {
	const char *source;
	bool is_folder;
	struct rcc_feed_stream stream;
	struct rcc_feed_folder folder;
	int64_t grown_mono_ms; /* when the window grew last */
	size_t asked_len;      /* of a folder's text that is on its way; 0 = none */
	bool more;             /* the window may hold another complete text */
	size_t len;
	uint8_t bytes[RCC_FEED_TEXT_WINDOW];
};
/* source: which the texts are of; it outlives the input. */
RCC_MUST_USE enum rcc_status rcc_feed_text_open(struct rcc_feed_text_input *input, const char *source,
                                                const char *place, bool is_dry, int64_t mono_ms,
                                                struct rcc_fault *ret_fault);
void rcc_feed_text_turn(struct rcc_feed_text_input *input, struct rcc_feed *feed, struct rcc_feed_now now);

struct rcc_feed_beacon_input {
	struct rcc_feed_stream stream;
	struct rcc_feed_lines lines;
};
RCC_MUST_USE enum rcc_status rcc_feed_beacon_open(struct rcc_feed_beacon_input *input, const char *path,
                                                  int64_t mono_ms, struct rcc_fault *ret_fault);
void rcc_feed_beacon_turn(struct rcc_feed_beacon_input *input, struct rcc_feed *feed, struct rcc_feed_now now);

/* ---- all of them ---- */

/* Where to read; NULL = not. */
struct rcc_feed_places {
	const char *gpsd, *nmea, *text, *beacon;
	const char *text_as; /* the source that the texts are of; outlives the inputs */
	bool is_dry;         /* nothing is sent, so nothing is moved either */
};
#define RCC_FEED_INPUTS_MAX 4

struct rcc_feed_inputs {
	bool has_gpsd, has_nmea, has_text, has_beacon;
	struct rcc_feed_gpsd_input gpsd;
	struct rcc_feed_nmea_input nmea;
	struct rcc_feed_text_input text;
	struct rcc_feed_beacon_input beacon;
};

/* RCC_E_RANGE: a place is none; RCC_E_IO: a file or folder cannot be read. Pre: zeroed. */
RCC_MUST_USE enum rcc_status rcc_feed_inputs_open(struct rcc_feed_inputs *inputs, const struct rcc_feed_places *places,
                                                  int64_t mono_ms, struct rcc_fault *ret_fault);
void rcc_feed_inputs_close(struct rcc_feed_inputs *inputs);

/*
 * Fills RCC_FEED_INPUTS_MAX entries. What can wait (a file, standard input, a folder) is left out while it is held back:
 * the outbox is full, or the centre has not answered yet.
 */
void rcc_feed_inputs_poll(const struct rcc_feed_inputs *inputs, bool is_held, struct pollfd *fds);
void rcc_feed_inputs_turn(struct rcc_feed_inputs *inputs, struct rcc_feed *feed, bool is_held, struct rcc_feed_now now);
/* True: more can be read without waiting. */
bool rcc_feed_inputs_has_more(const struct rcc_feed_inputs *inputs);
/* True: every input has an end, and all have come to it. */
bool rcc_feed_inputs_done(const struct rcc_feed_inputs *inputs);
/* True: a file could not be read to its end. */
bool rcc_feed_inputs_failed(const struct rcc_feed_inputs *inputs);
/* At the end of the program: what was begun comes out as it is. */
void rcc_feed_inputs_finish(struct rcc_feed_inputs *inputs, struct rcc_feed *feed, struct rcc_feed_now now);

#endif

#include "feed/input.h"

#include <string.h>

#include "feed/nmea.h"
#include "feed/statics.h"
#include "proto/source/source.h"

/* Reads of one turn: bounds the time away from the centre's answers. */
#define READS_MAX 128

enum rcc_status
rcc_feed_nmea_open(struct rcc_feed_nmea_input *input, const char *place, int64_t mono_ms, struct rcc_fault *ret_fault)
{
	if (rcc_feed_stream_init(&input->stream, place, mono_ms) != RCC_OK) {
		return rcc_fault_set(
		    ret_fault, RCC_E_RANGE,
		    "\"%s\" is no FILE, -, udp://HOST:PORT, tcp://HOST:PORT or serial:///dev/ttyX?baud=N", place);
	}
	return rcc_feed_stream_open(&input->stream, ret_fault);
}

/* What is no alert and no position: a name, or nothing that is sent. */
static enum rcc_feed_fate
take_routine(struct rcc_feed *feed, const struct rcc_ais_bits *bits, int64_t mono_ms)
{
	struct rcc_static vessel;
	if (bits->checksum_wrong || bits->checksum_none || !bits->is_whole) {
		return RCC_FEED_FATE_GARBLED;
	}
	if (rcc_feed_statics_read(bits, &vessel) != RCC_OK) {
		return RCC_FEED_FATE_ROUTINE;
	}
	rcc_feed_static(feed, &vessel, mono_ms);
	return RCC_FEED_FATE_STATIC;
}

/* The sentences of one message, whole or not. RCC_FEED_FATE_UNREADABLE: they say nothing. */
static enum rcc_feed_fate
take_message(struct rcc_feed *feed, const uint8_t *bytes, size_t len, struct rcc_feed_now now)
{
	struct rcc_heard heard;
	struct rcc_ais_bits bits;
	const struct rcc_raw raw = {.bytes = bytes, .len = len, .at_ms = now.at_ms};
	enum rcc_feed_fate fate = RCC_FEED_FATE_REPORT;
	memset(&heard, 0, sizeof heard);
	if (rcc_ais_decode(&raw, &heard) != RCC_OK || rcc_ais_bits_read(bytes, len, &bits) != RCC_OK) {
		return RCC_FEED_FATE_UNREADABLE;
	}
	if (heard.kind == RCC_HEARD_ALERT) {
		fate = rcc_feed_alert(feed, &heard.alert, bytes, len, now);
	} else {
		enum rcc_feed_fate other = take_routine(feed, &bits, now.mono_ms);
		fate = heard.kind == RCC_HEARD_POSITION ? RCC_FEED_FATE_REPORT : other;
	}
	/* An alert's position is one of a ship as well. */
	if (heard.report.mmsi.v != 0) {
		rcc_feed_report(feed, &heard.report, now.mono_ms);
	}
	return fate;
}

static void
take_fragments(struct rcc_feed *feed, const struct rcc_feed_message *message, struct rcc_feed_now now)
{
	bool is_whole = message->lines == message->total;
	enum rcc_feed_fate fate = take_message(feed, message->bytes, message->len, now);
	/* Of an incomplete one only what is for a person counts as read. */
	if (!is_whole && fate != RCC_FEED_FATE_ALERT && fate != RCC_FEED_FATE_REPEATED) {
		fate = RCC_FEED_FATE_INCOMPLETE;
	}
	feed->tally.waiting -= message->lines;
	rcc_feed_count(feed, fate, message->lines, message->bytes, message->len, now);
}

/* Counts the line itself, or leaves it waiting for the others of its message. */
static void
take_ais(struct rcc_feed_nmea_input *input, struct rcc_feed *feed, const uint8_t *line, size_t len,
         struct rcc_feed_now now)
{
	struct rcc_feed_part part;
	struct rcc_feed_message message;
	enum rcc_feed_fate fate = RCC_FEED_FATE_UNREADABLE;
	bool is_part = rcc_feed_nmea_part(line, len, &part) == RCC_OK;
	if (is_part && part.total > 1) {
		feed->tally.waiting++;
		if (rcc_feed_fragments_add(&input->fragments, &part, line, len, now.mono_ms, &message)) {
			take_fragments(feed, &message, now);
		}
		return;
	}
	if (is_part) {
		fate = take_message(feed, line, len, now);
	}
	if (fate == RCC_FEED_FATE_UNREADABLE) {
		if (!rcc_feed_suspected(feed, input->stream.place, line, len, now)) {
			rcc_feed_unreadable(feed, input->stream.place, line, len, 0, now);
		}
		return;
	}
	rcc_feed_count(feed, fate, 1, line, len, now);
}

static bool
is_text(const uint8_t *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if ((bytes[i] < 0x20 && bytes[i] != '\t') || bytes[i] > 0x7e) {
			return false;
		}
	}
	return true;
}

static void
take_line(struct rcc_feed_nmea_input *input, struct rcc_feed *feed, const struct rcc_feed_line_bytes *line,
          struct rcc_feed_now now)
{
	const uint8_t *bytes = line->bytes;
	/* A damaged call is for a person, whatever is wrong with its line. */
	const uint8_t *dsc = rcc_feed_nmea_dsc(bytes, line->len);
	const uint8_t *ais = rcc_feed_nmea_ais(bytes, line->len);
	feed->tally.lines++;
	if (dsc != NULL) {
		rcc_feed_dsc(feed, &input->expansions, bytes, line->len, (size_t)(dsc - bytes), now);
	} else if (ais != NULL && line->lost == 0) {
		/* With its tag block; without the noise of a line that was just opened. */
		bool is_tagged = bytes[0] == '\\' && ais > bytes && ais[-1] == '\\';
		const uint8_t *from = is_tagged ? bytes : ais;
		take_ais(input, feed, from, line->len - (size_t)(from - bytes), now);
	} else if (rcc_feed_suspected(feed, input->stream.place, bytes, line->len, now)) {
		return;
	} else if (line->lost == 0 && is_text(bytes, line->len)) {
		rcc_feed_count(feed, RCC_FEED_FATE_OTHER, 1, bytes, line->len, now);
	} else {
		rcc_feed_unreadable(feed, input->stream.place, bytes, line->len, line->lost, now);
	}
}

void
rcc_feed_nmea_bytes(struct rcc_feed_nmea_input *input, struct rcc_feed *feed, const uint8_t *bytes, size_t len,
                    bool is_end, struct rcc_feed_now now)
{
	struct rcc_feed_line_bytes line;
	size_t at = 0;
	while (at < len) {
		bool is_line = false;
		at += rcc_feed_lines_take(&input->lines, bytes + at, len - at, &is_line, &line);
		if (is_line) {
			take_line(input, feed, &line, now);
		}
	}
	if (is_end && rcc_feed_lines_end(&input->lines, &line)) {
		take_line(input, feed, &line, now);
	}
}

static void
expire(struct rcc_feed_nmea_input *input, struct rcc_feed *feed, struct rcc_feed_now now, int64_t until_mono_ms)
{
	struct rcc_feed_message message;
	while (rcc_feed_fragments_expire(&input->fragments, until_mono_ms, &message)) {
		take_fragments(feed, &message, now);
	}
}

void
rcc_feed_nmea_end(struct rcc_feed_nmea_input *input, struct rcc_feed *feed, struct rcc_feed_now now)
{
	rcc_feed_nmea_bytes(input, feed, NULL, 0, true, now);
	expire(input, feed, now, INT64_MAX);
}

void
rcc_feed_nmea_turn(struct rcc_feed_nmea_input *input, struct rcc_feed *feed, struct rcc_feed_now now)
{
	struct rcc_feed_stream *stream = &input->stream;
	bool is_udp = stream->kind == RCC_FEED_STREAM_UDP;
	/* A receiver does not wait: what the kernel cannot hold of it is lost without a word, what we cannot hold is told. */
	bool can_wait = rcc_feed_stream_is_finite(stream);
	enum rcc_status status = RCC_OK;
	rcc_feed_stream_turn(stream, now.mono_ms);
	for (int reads = 0; reads < READS_MAX && status == RCC_OK; reads++) {
		size_t got = 0;
		if (can_wait && rcc_feed_out_is_full(&feed->out)) {
			break;
		}
		status = rcc_feed_stream_read(stream, input->bytes, is_udp ? sizeof input->bytes : RCC_FEED_READ_MAX,
		                              now.mono_ms, &got);
		if (status == RCC_OK) {
			rcc_feed_nmea_bytes(input, feed, input->bytes, got, is_udp, now);
		}
	}
	if (status == RCC_E_UNREACHABLE) {
		rcc_feed_nmea_bytes(input, feed, NULL, 0, true, now);
	}
	expire(input, feed, now, stream->state == RCC_FEED_STREAM_ENDED ? INT64_MAX : now.mono_ms);
}

#include "feed/input.h"

#define READS_MAX 128

enum rcc_status
rcc_feed_beacon_open(struct rcc_feed_beacon_input *input, const char *path, int64_t mono_ms,
                     struct rcc_fault *ret_fault)
{
	if (rcc_feed_stream_init_file(&input->stream, path, mono_ms) != RCC_OK) {
		return rcc_fault_set(ret_fault, RCC_E_RANGE, "\"%s\" is no name of a file", path);
	}
	return rcc_feed_stream_open(&input->stream, ret_fault);
}

/* One message; an empty line and a comment are none. What is no hexadecimal digit is for the centre to judge. */
static void
take_line(const struct rcc_feed_beacon_input *input, struct rcc_feed *feed, const struct rcc_feed_line_bytes *line,
          struct rcc_feed_now now)
{
	bool is_text = line->lost == 0;
	for (size_t i = 0; i < line->len; i++) {
		is_text = is_text && ((line->bytes[i] >= 0x20 && line->bytes[i] <= 0x7e) || line->bytes[i] == '\t');
	}
	feed->tally.lines++;
	if (!is_text) {
		/* Bursts come here and nothing else: what is damaged may be one. */
		rcc_feed_maybe(feed, input->stream.place, "beacon406", line->bytes, line->len, now);
	} else if (line->len == 0 || line->bytes[0] == '#') {
		rcc_feed_count(feed, RCC_FEED_FATE_OTHER, 1, line->bytes, line->len, now);
	} else {
		const char *text = (const char *)line->bytes;
		enum rcc_feed_fate fate = rcc_feed_raw(feed, "beacon406", line->bytes, line->len, text, line->len, now);
		rcc_feed_count(feed, fate, 1, line->bytes, line->len, now);
	}
}

static void
take_bytes(struct rcc_feed_beacon_input *input, struct rcc_feed *feed, const uint8_t *bytes, size_t len,
           struct rcc_feed_now now)
{
	size_t at = 0;
	while (at < len) {
		struct rcc_feed_line_bytes line;
		bool is_line = false;
		at += rcc_feed_lines_take(&input->lines, bytes + at, len - at, &is_line, &line);
		if (is_line) {
			take_line(input, feed, &line, now);
		}
	}
}

void
rcc_feed_beacon_turn(struct rcc_feed_beacon_input *input, struct rcc_feed *feed, struct rcc_feed_now now)
{
	uint8_t bytes[RCC_FEED_READ_MAX];
	struct rcc_feed_line_bytes line;
	enum rcc_status status = RCC_OK;
	for (int reads = 0; reads < READS_MAX && status == RCC_OK && !rcc_feed_out_is_full(&feed->out); reads++) {
		size_t got = 0;
		status = rcc_feed_stream_read(&input->stream, bytes, sizeof bytes, now.mono_ms, &got);
		if (status == RCC_OK) {
			take_bytes(input, feed, bytes, got, now);
		}
	}
	if (status == RCC_E_UNREACHABLE && rcc_feed_lines_end(&input->lines, &line)) {
		take_line(input, feed, &line, now);
	}
}

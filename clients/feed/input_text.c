#include "feed/input.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "proto/source/source.h"

/* A text without its end from a pipe that says no more is complete after this. */
#define TEXT_QUIET_MS 1000
/* Texts and reads of one turn: bounds the time away from the centre's answers. */
#define TEXTS_MAX 32
#define READS_MAX 128

static bool
is_folder(const char *place)
{
	struct stat about;
	return strcmp(place, "-") != 0 && stat(place, &about) == 0 && S_ISDIR(about.st_mode);
}

enum rcc_status
rcc_feed_text_open(struct rcc_feed_text_input *input, const char *source, const char *place, bool is_dry,
                   int64_t mono_ms, struct rcc_fault *ret_fault)
{
	input->source = source;
	/* A centre of a later version may know it: it is sent all the same. */
	if (rcc_source_find(source) == NULL) {
		rcc_feed_log(RCC_FEED_WARNING, "source_unknown",
		             "source %s is not known to this version: the centre may not read it either", source);
	}
	input->is_folder = is_folder(place);
	if (input->is_folder) {
		return rcc_feed_folder_open(&input->folder, place, is_dry, ret_fault);
	}
	if (rcc_feed_stream_init_file(&input->stream, place, mono_ms) != RCC_OK) {
		return rcc_fault_set(ret_fault, RCC_E_RANGE, "\"%s\" is no name of a file", place);
	}
	return rcc_feed_stream_open(&input->stream, ret_fault);
}

static void
drop(struct rcc_feed_text_input *input, size_t len)
{
	assert(len <= input->len);
	input->len -= len;
	memmove(input->bytes, input->bytes + len, input->len);
}

/* Line ends and the like between two texts belong to neither. */
static void
drop_blanks(struct rcc_feed_text_input *input)
{
	size_t len = 0;
	while (len < input->len && input->bytes[len] <= ' ') {
		len++;
	}
	drop(input, len);
}

/* Each source tells where its texts are cut; of one that we do not know, all that comes in one file, or at once, is one. */
static size_t
text_length(const struct rcc_feed_text_input *input)
{
	const struct rcc_source_entry *source = rcc_source_find(input->source);
	return source == NULL ? input->len : source->length(input->bytes, input->len);
}

/* Length of the text at the front of the window; 0 = none that is complete. Pre: is_all tells that no more will follow. */
static size_t
next_length(struct rcc_feed_text_input *input, bool is_all)
{
	drop_blanks(input);
	size_t len = text_length(input);
	bool has_end = len < input->len || is_all || input->len == sizeof input->bytes;
	return has_end ? len : 0;
}

/* ---- a file or standard input ---- */

static void
send_texts(struct rcc_feed_text_input *input, struct rcc_feed *feed, struct rcc_feed_now now)
{
	input->more = true;
	for (int texts = 0; texts < TEXTS_MAX; texts++) {
		bool is_all =
		    input->stream.state == RCC_FEED_STREAM_ENDED || now.mono_ms - input->grown_mono_ms >= TEXT_QUIET_MS;
		size_t len = next_length(input, is_all);
		if (len == 0 || rcc_feed_out_is_full(&feed->out)) {
			input->more = false;
			return;
		}
		/* Two alike are two messages: none is taken for a repeat. */
		enum rcc_feed_fate fate = rcc_feed_raw(feed, input->source, input->bytes, len, "", 0, now);
		feed->tally.texts++;
		rcc_feed_count(feed, fate, 1, input->bytes, len, now);
		drop(input, len);
	}
}

static void
turn_stream(struct rcc_feed_text_input *input, struct rcc_feed *feed, struct rcc_feed_now now)
{
	for (int reads = 0; reads < READS_MAX && input->len < sizeof input->bytes; reads++) {
		size_t got = 0;
		enum rcc_status status = rcc_feed_stream_read(&input->stream, input->bytes + input->len,
		                                              sizeof input->bytes - input->len, now.mono_ms, &got);
		if (status != RCC_OK) {
			break;
		}
		input->len += got;
		input->grown_mono_ms = now.mono_ms;
	}
	send_texts(input, feed, now);
}

/* ---- a folder ---- */

/* Fills the window from the file; *ret_is_all: there is no more behind it. RCC_E_IO: it cannot be read. */
static enum rcc_status
fill(struct rcc_feed_text_input *input, bool *ret_is_all)
{
	ssize_t got = 1;
	while (input->len < sizeof input->bytes && got > 0) {
		got = read(input->folder.fd, input->bytes + input->len, sizeof input->bytes - input->len);
		input->len += got > 0 ? (size_t)got : 0;
	}
	*ret_is_all = got == 0;
	return got < 0 ? RCC_E_IO : RCC_OK;
}

/* The text that was sent is safe or refused; or it is not known yet: false. */
static bool
settle(struct rcc_feed_text_input *input, struct rcc_feed *feed, struct rcc_feed_now now)
{
	enum rcc_feed_watch watch = rcc_feed_out_watch(&feed->out);
	if (watch == RCC_FEED_WATCH_OPEN) {
		return false;
	}
	drop(input, input->asked_len);
	input->asked_len = 0;
	if (watch == RCC_FEED_WATCH_REFUSED) {
		rcc_feed_log(RCC_FEED_ERROR, "text_refused", "the centre refuses %s/%s: tell it by another channel",
		             input->folder.path, input->folder.name);
		input->len = 0;
		rcc_feed_folder_done(&input->folder, true, now.at_ms);
	}
	return true;
}

/* Sends the next text of the file, or is done with it. False: nothing to do now. */
static bool
send_next(struct rcc_feed_text_input *input, struct rcc_feed *feed, struct rcc_feed_now now)
{
	struct rcc_feed_signal signal;
	bool is_all = false;
	if (fill(input, &is_all) != RCC_OK) {
		rcc_feed_log(RCC_FEED_ERROR, "input_failed", "%s/%s cannot be read to its end: %s", input->folder.path,
		             input->folder.name, strerror(errno));
		input->len = 0;
		rcc_feed_folder_skip(&input->folder);
		return false;
	}
	size_t len = next_length(input, is_all);
	if (len == 0 && !is_all) {
		return true;
	}
	if (len == 0) {
		/* All of it is safe: it may leave. */
		rcc_feed_folder_done(&input->folder, false, now.at_ms);
		return true;
	}
	(void)rcc_feed_raw_signal(input->source, input->bytes, len, now.at_ms, &signal);
	if (rcc_feed_out_try(&feed->out, &signal) != RCC_OK) {
		return false;
	}
	feed->tally.texts++;
	rcc_feed_count(feed, RCC_FEED_FATE_RAW, 1, input->bytes, len, now);
	input->asked_len = len;
	return true;
}

static void
turn_folder(struct rcc_feed_text_input *input, struct rcc_feed *feed, struct rcc_feed_now now)
{
	bool more = true;
	for (int steps = 0; steps < TEXTS_MAX && more; steps++) {
		if (input->asked_len > 0) {
			more = settle(input, feed, now);
		} else if (input->folder.fd >= 0) {
			more = send_next(input, feed, now);
		} else {
			more = rcc_feed_folder_next(&input->folder, now.at_ms, now.mono_ms) == RCC_OK;
		}
	}
}

void
rcc_feed_text_turn(struct rcc_feed_text_input *input, struct rcc_feed *feed, struct rcc_feed_now now)
{
	if (input->is_folder) {
		turn_folder(input, feed, now);
	} else {
		turn_stream(input, feed, now);
	}
}

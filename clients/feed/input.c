#include "feed/input.h"

#include <poll.h>

enum rcc_status
rcc_feed_inputs_open(struct rcc_feed_inputs *inputs, const struct rcc_feed_places *places, int64_t mono_ms,
                     struct rcc_fault *ret_fault)
{
	enum rcc_status status = RCC_OK;
	if (places->gpsd != NULL) {
		inputs->has_gpsd = true;
		status = rcc_feed_gpsd_open(&inputs->gpsd, places->gpsd, mono_ms, ret_fault);
	}
	if (status == RCC_OK && places->nmea != NULL) {
		inputs->has_nmea = true;
		status = rcc_feed_nmea_open(&inputs->nmea, places->nmea, mono_ms, ret_fault);
	}
	if (status == RCC_OK && places->text != NULL) {
		inputs->has_text = true;
		status = rcc_feed_text_open(&inputs->text, places->text_as, places->text, places->is_dry, mono_ms,
		                            ret_fault);
	}
	if (status == RCC_OK && places->beacon != NULL) {
		inputs->has_beacon = true;
		status = rcc_feed_beacon_open(&inputs->beacon, places->beacon, mono_ms, ret_fault);
	}
	return status;
}

void
rcc_feed_inputs_close(struct rcc_feed_inputs *inputs)
{
	if (inputs->has_gpsd) {
		rcc_feed_gps_close(&inputs->gpsd.gps);
	}
	rcc_feed_stream_close(&inputs->nmea.stream);
	rcc_feed_stream_close(&inputs->text.stream);
	rcc_feed_stream_close(&inputs->beacon.stream);
	if (inputs->text.is_folder) {
		rcc_feed_folder_close(&inputs->text.folder);
	}
}

static struct pollfd
poll_stream(const struct rcc_feed_stream *stream, bool is_held)
{
	struct pollfd fd = {.fd = -1};
	if (!is_held || !rcc_feed_stream_is_finite(stream)) {
		fd.fd = rcc_feed_stream_fd(stream, &fd.events);
	}
	return fd;
}

void
rcc_feed_inputs_poll(const struct rcc_feed_inputs *inputs, bool is_held, struct pollfd *fds)
{
	for (int i = 0; i < RCC_FEED_INPUTS_MAX; i++) {
		fds[i] = (struct pollfd){.fd = -1};
	}
	if (inputs->has_gpsd) {
		fds[0].fd = rcc_feed_gps_fd(&inputs->gpsd.gps, &fds[0].events);
	}
	if (inputs->has_nmea) {
		fds[1] = poll_stream(&inputs->nmea.stream, is_held);
	}
	if (inputs->has_text && !inputs->text.is_folder) {
		fds[2] = poll_stream(&inputs->text.stream, is_held);
	}
	if (inputs->has_text && inputs->text.is_folder && !is_held) {
		fds[2] = (struct pollfd){.fd = inputs->text.folder.watch_fd, .events = POLLIN};
	}
	if (inputs->has_beacon) {
		fds[3] = poll_stream(&inputs->beacon.stream, is_held);
	}
}

void
rcc_feed_inputs_turn(struct rcc_feed_inputs *inputs, struct rcc_feed *feed, bool is_held, struct rcc_feed_now now)
{
	if (inputs->has_gpsd) {
		rcc_feed_gpsd_turn(&inputs->gpsd, feed, now);
	}
	if (inputs->has_nmea && (!is_held || !rcc_feed_stream_is_finite(&inputs->nmea.stream))) {
		rcc_feed_nmea_turn(&inputs->nmea, feed, now);
	}
	inputs->text.more = false;
	if (inputs->has_text && !is_held) {
		rcc_feed_text_turn(&inputs->text, feed, now);
	}
	if (inputs->has_beacon && !is_held) {
		rcc_feed_beacon_turn(&inputs->beacon, feed, now);
	}
}

bool
rcc_feed_inputs_has_more(const struct rcc_feed_inputs *inputs)
{
	return (inputs->has_gpsd && inputs->gpsd.more) || (inputs->has_text && inputs->text.more);
}

static bool
is_over(const struct rcc_feed_stream *stream)
{
	return stream->state == RCC_FEED_STREAM_ENDED;
}

bool
rcc_feed_inputs_done(const struct rcc_feed_inputs *inputs)
{
	bool has_endless = inputs->has_gpsd || (inputs->has_text && inputs->text.is_folder);
	return !has_endless && (!inputs->has_nmea || is_over(&inputs->nmea.stream)) &&
	       (!inputs->has_text || (is_over(&inputs->text.stream) && inputs->text.len == 0)) &&
	       (!inputs->has_beacon || is_over(&inputs->beacon.stream));
}

bool
rcc_feed_inputs_failed(const struct rcc_feed_inputs *inputs)
{
	return inputs->nmea.stream.failed || inputs->text.stream.failed || inputs->beacon.stream.failed;
}

void
rcc_feed_inputs_finish(struct rcc_feed_inputs *inputs, struct rcc_feed *feed, struct rcc_feed_now now)
{
	if (inputs->has_nmea) {
		rcc_feed_nmea_end(&inputs->nmea, feed, now);
	}
}

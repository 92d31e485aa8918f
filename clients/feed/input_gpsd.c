#include "feed/input.h"

#include <string.h>

#include "feed/ais.h"
#include "feed/nmea.h"

/* Lines taken in one turn: about 10 ms of work, so that the centre's answers never wait longer. */
#define LINES_MAX 1024

enum rcc_status
rcc_feed_gpsd_open(struct rcc_feed_gpsd_input *input, const char *where, int64_t mono_ms, struct rcc_fault *ret_fault)
{
	if (rcc_feed_gps_init(&input->gps, where, mono_ms) != RCC_OK) {
		return rcc_fault_set(ret_fault, RCC_E_RANGE, "\"%s\" is not HOST:PORT", where);
	}
	return RCC_OK;
}

/* RCC_FEED_FATE_OTHER: there is no alert in it. */
static enum rcc_feed_fate
take_alert(struct rcc_feed_gpsd_input *input, struct rcc_feed *feed, const struct ais_t *ais, struct rcc_feed_now now)
{
	struct rcc_ais_values values;
	struct rcc_alert alert;
	rcc_feed_ais_values(ais, now.at_ms, &values);
	if (rcc_ais_beacon_alert(&values, &alert) != RCC_OK) {
		return RCC_FEED_FATE_OTHER;
	}
	/* The sentence it came in, when that is known for certain, is evidence. */
	bool is_certain = rcc_feed_nmea_carries(input->vdm, ais->type, ais->mmsi);
	return rcc_feed_alert(feed, &alert, (const uint8_t *)input->vdm, is_certain ? strlen(input->vdm) : 0, now);
}

static enum rcc_feed_fate
take_ais(struct rcc_feed *feed, const struct ais_t *ais, struct rcc_feed_now now)
{
	struct rcc_report report;
	struct rcc_static vessel;
	enum rcc_feed_fate fate = RCC_FEED_FATE_ROUTINE;
	if (rcc_feed_ais_static(ais, &vessel) == RCC_OK) {
		rcc_feed_static(feed, &vessel, now.mono_ms);
		fate = RCC_FEED_FATE_STATIC;
	}
	if (rcc_feed_ais_report(ais, now.at_ms, &report) == RCC_OK) {
		rcc_feed_report(feed, &report, now.mono_ms);
		fate = RCC_FEED_FATE_REPORT;
	}
	return fate;
}

static enum rcc_feed_fate
take_fix(struct rcc_feed_gpsd_input *input, struct rcc_feed *feed, const struct gps_fix_t *fix, struct rcc_feed_now now)
{
	struct rcc_report report;
	bool time_doubted = false;
	if (rcc_feed_own_take(&feed->own, fix, now.at_ms, now.mono_ms, &report, &time_doubted) != RCC_OK) {
		return RCC_FEED_FATE_ROUTINE;
	}
	if (time_doubted && !input->time_told) {
		input->time_told = true;
		rcc_feed_log(
		    RCC_FEED_WARNING, "receiver_clock",
		    "the GNSS receiver's time is more than %d s from ours: our arrival times are used; look at "
		    "its week number and at this machine's clock",
		    RCC_FEED_FIX_TIME_MAX_MS / 1000);
	}
	rcc_feed_out_own(&feed->out, &report);
	return RCC_FEED_FATE_OWN;
}

/* Counts the line itself. */
static void
take_raw(struct rcc_feed_gpsd_input *input, struct rcc_feed *feed, struct rcc_feed_now now)
{
	rcc_feed_nmea_trim(input->gps.line);
	const uint8_t *line = (const uint8_t *)input->gps.line;
	size_t len = strlen(input->gps.line);
	const uint8_t *dsc = rcc_feed_nmea_dsc(line, len);
	if (line[0] == '!') {
		memcpy(input->vdm, input->gps.line, sizeof input->vdm);
	}
	if (dsc != NULL) {
		rcc_feed_dsc(feed, &input->expansions, line, len, (size_t)(dsc - line), now);
	} else if (!rcc_feed_suspected(feed, input->gps.dial.host, line, len, now)) {
		rcc_feed_count(feed, RCC_FEED_FATE_OTHER, 1, line, len, now);
	}
}

/* The object just read (gps->line, gps->data). */
static enum rcc_feed_fate
take_object(struct rcc_feed_gpsd_input *input, struct rcc_feed *feed, struct rcc_feed_now now)
{
	const struct gps_data_t *data = &input->gps.data;
	if ((data->set & AIS_SET) != 0) {
		/* An alert first; its position is one of a ship as well. */
		enum rcc_feed_fate alert = take_alert(input, feed, &data->ais, now);
		enum rcc_feed_fate other = take_ais(feed, &data->ais, now);
		return alert != RCC_FEED_FATE_OTHER ? alert : other;
	}
	if ((data->set & MODE_SET) != 0 && (data->set & LATLON_SET) != 0) {
		return take_fix(input, feed, &data->fix, now);
	}
	return RCC_FEED_FATE_OTHER;
}

static void
take_line(struct rcc_feed_gpsd_input *input, struct rcc_feed *feed, struct rcc_feed_now now)
{
	feed->tally.lines++;
	if (input->gps.line[0] == '{') {
		/* Housekeeping of gpsd is nothing that somebody should look at. */
		rcc_feed_count(feed, take_object(input, feed, now), 1, NULL, 0, now);
	} else {
		take_raw(input, feed, now);
	}
}

void
rcc_feed_gpsd_turn(struct rcc_feed_gpsd_input *input, struct rcc_feed *feed, struct rcc_feed_now now)
{
	enum rcc_status status = RCC_OK;
	rcc_feed_gps_turn(&input->gps, now.mono_ms);
	for (int lines = 0; lines < LINES_MAX && status == RCC_OK; lines++) {
		status = rcc_feed_gps_read(&input->gps, now.mono_ms);
		if (status == RCC_OK) {
			take_line(input, feed, now);
		}
	}
	input->more = status == RCC_OK;
}

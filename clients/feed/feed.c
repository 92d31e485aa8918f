#include "feed/feed.h"

#include <string.h>

#include "feed/ais.h"
#include "feed/log.h"

void
rcc_feed_flush(struct rcc_feed *feed, int64_t mono_ms)
{
	if (rcc_feed_batch_reports_due(&feed->batch, mono_ms)) {
		rcc_feed_out_reports(&feed->out, &feed->batch.positions);
		rcc_feed_batch_clear_reports(&feed->batch);
	}
	if (rcc_feed_batch_statics_due(&feed->batch, mono_ms)) {
		rcc_feed_out_statics(&feed->out, &feed->batch.statics);
		rcc_feed_batch_clear_statics(&feed->batch);
	}
}

void
rcc_feed_finish(struct rcc_feed *feed)
{
	rcc_feed_flush(feed, INT64_MAX);
}

/* The sentence it came in, when that is known for certain, is evidence. */
static void
keep_sentence(const struct rcc_feed *feed, const struct ais_t *ais, struct rcc_alert *alert)
{
	size_t len = strlen(feed->vdm);
	if (len == 0 || len > sizeof alert->raw || !rcc_feed_nmea_carries(feed->vdm, ais->type, ais->mmsi)) {
		return;
	}
	memcpy(alert->raw, feed->vdm, len);
	alert->raw_len = (uint32_t)len;
}

static void
take_alert(struct rcc_feed *feed, const struct ais_t *ais, int64_t at_ms, int64_t mono_ms)
{
	struct rcc_ais_values values;
	struct rcc_feed_signal signal = {.kind = RCC_BODY_ALERT};
	rcc_feed_ais_values(ais, at_ms, &values);
	if (rcc_ais_beacon_alert(&values, &signal.u.alert) != RCC_OK ||
	    !rcc_feed_alert_due(&feed->repeats, &signal.u.alert, mono_ms)) {
		return;
	}
	keep_sentence(feed, ais, &signal.u.alert);
	rcc_feed_out_signal(&feed->out, &signal);
	rcc_feed_alert_sent(&feed->repeats, &signal.u.alert, mono_ms);
}

static void
take_ais(struct rcc_feed *feed, const struct ais_t *ais, int64_t at_ms, int64_t mono_ms)
{
	take_alert(feed, ais, at_ms, mono_ms);
	struct rcc_report report;
	enum rcc_status status = rcc_feed_ais_report(ais, at_ms, &report);
	if (status == RCC_OK) {
		feed->replaced += rcc_feed_batch_report(&feed->batch, &report, mono_ms);
	} else if (status == RCC_E_RANGE) {
		feed->no_position++;
	}
	struct rcc_static vessel;
	if (rcc_feed_ais_static(ais, &vessel) == RCC_OK) {
		(void)rcc_feed_batch_static(&feed->batch, &vessel, mono_ms);
	}
	rcc_feed_flush(feed, mono_ms);
}

static void
take_fix(struct rcc_feed *feed, const struct gps_fix_t *fix, int64_t at_ms, int64_t mono_ms)
{
	struct rcc_report report;
	bool time_doubted = false;
	if (rcc_feed_own_take(&feed->own, fix, at_ms, mono_ms, &report, &time_doubted) != RCC_OK) {
		return;
	}
	if (time_doubted && !feed->time_told) {
		feed->time_told = true;
		rcc_feed_log(
		    RCC_FEED_WARNING, "receiver_clock",
		    "the GNSS receiver's time is more than %d s from ours: our arrival times are used; look at "
		    "its week number and at this machine's clock",
		    RCC_FEED_FIX_TIME_MAX_MS / 1000);
	}
	rcc_feed_out_own(&feed->out, &report);
}

static void
take_dsc(struct rcc_feed *feed, const char *source_name, int64_t mono_ms)
{
	const char *line = feed->gps.line;
	size_t len = strlen(line);
	struct rcc_feed_signal signal = {.kind = RCC_BODY_ALERT_RAW};
	if (!rcc_feed_line_due(&feed->repeats, line, mono_ms)) {
		return;
	}
	if (len > sizeof signal.u.raw.raw) {
		len = sizeof signal.u.raw.raw;
	}
	memcpy(signal.u.raw.source_name, source_name, strlen(source_name));
	memcpy(signal.u.raw.raw, line, len);
	signal.u.raw.raw_len = (uint32_t)len;
	rcc_feed_out_signal(&feed->out, &signal);
	rcc_feed_line_sent(&feed->repeats, line, mono_ms);
}

static void
take_raw(struct rcc_feed *feed, int64_t mono_ms)
{
	rcc_feed_nmea_trim(feed->gps.line);
	const char *source_name = rcc_feed_nmea_dsc(feed->gps.line);
	if (source_name != NULL) {
		take_dsc(feed, source_name, mono_ms);
	} else if (feed->gps.line[0] == '!') {
		memcpy(feed->vdm, feed->gps.line, sizeof feed->vdm);
	}
}

void
rcc_feed_take(struct rcc_feed *feed, int64_t at_ms, int64_t mono_ms)
{
	const struct gps_data_t *data = &feed->gps.data;
	feed->lines++;
	if (feed->gps.line[0] != '{') {
		take_raw(feed, mono_ms);
		return;
	}
	if ((data->set & AIS_SET) != 0) {
		take_ais(feed, &data->ais, at_ms, mono_ms);
	} else if ((data->set & MODE_SET) != 0 && (data->set & LATLON_SET) != 0) {
		take_fix(feed, &data->fix, at_ms, mono_ms);
	}
}

#include "feed/feed.h"

#include <stdio.h>
#include <string.h>

#include "feed/suspect.h"
#include "rcc/units.h"

/* Unreadable lines are told so often, with how many there were. */
#define UNREADABLE_TELL_MS RCC_MS_PER_MIN
/* So much of one is shown. */
#define SHOWN_MAX 80
#define SUMS_SIZE 512

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

enum rcc_feed_fate
rcc_feed_alert(struct rcc_feed *feed, const struct rcc_alert *alert, const uint8_t *bytes, size_t len,
               struct rcc_feed_now now)
{
	struct rcc_feed_signal signal = {.kind = RCC_BODY_ALERT, .at_ms = now.at_ms};
	if (!rcc_feed_alert_due(&feed->repeats, alert, now.mono_ms)) {
		return RCC_FEED_FATE_REPEATED;
	}
	signal.u.alert = *alert;
	if (len > 0 && len <= sizeof signal.u.alert.raw) {
		memcpy(signal.u.alert.raw, bytes, len);
		signal.u.alert.raw_len = (uint32_t)len;
	}
	rcc_feed_out_signal(&feed->out, &signal);
	rcc_feed_alert_sent(&feed->repeats, alert, now.mono_ms);
	return RCC_FEED_FATE_ALERT;
}

bool
rcc_feed_raw_signal(const char *source_name, const uint8_t *bytes, size_t len, int64_t at_ms,
                    struct rcc_feed_signal *ret_signal)
{
	struct rcc_alert_raw *raw = &ret_signal->u.raw;
	bool is_cut = len > sizeof raw->raw;
	memset(ret_signal, 0, sizeof *ret_signal);
	ret_signal->kind = RCC_BODY_ALERT_RAW;
	ret_signal->at_ms = at_ms;
	memcpy(raw->source_name, source_name, strlen(source_name));
	raw->raw_len = (uint32_t)(is_cut ? sizeof raw->raw : len);
	memcpy(raw->raw, bytes, raw->raw_len);
	if (is_cut) {
		rcc_feed_log(RCC_FEED_WARNING, "signal_cut",
		             "a %s signal of %zu bytes is longer than the centre takes: its first %zu are sent",
		             source_name, len, sizeof raw->raw);
	}
	return !is_cut;
}

enum rcc_feed_fate
rcc_feed_raw(struct rcc_feed *feed, const char *source_name, const uint8_t *bytes, size_t len, const char *same,
             size_t same_len, struct rcc_feed_now now)
{
	struct rcc_feed_signal signal;
	char key[RCC_FEED_LINE_MAX + 1] = "";
	/* Longer ones, and those that are no text, are never taken for repeats. */
	if (same_len < sizeof key && memchr(same, '\0', same_len) == NULL) {
		memcpy(key, same, same_len);
	}
	if (key[0] != '\0' && !rcc_feed_line_due(&feed->repeats, key, now.mono_ms)) {
		return RCC_FEED_FATE_REPEATED;
	}
	(void)rcc_feed_raw_signal(source_name, bytes, len, now.at_ms, &signal);
	rcc_feed_out_signal(&feed->out, &signal);
	if (key[0] != '\0') {
		rcc_feed_line_sent(&feed->repeats, key, now.mono_ms);
	}
	return RCC_FEED_FATE_RAW;
}

/* A line as it is; the same line again is a repeat. */
static enum rcc_feed_fate
send_line(struct rcc_feed *feed, const char *source_name, const uint8_t *line, size_t len, struct rcc_feed_now now)
{
	return rcc_feed_raw(feed, source_name, line, len, (const char *)line, len, now);
}

void
rcc_feed_dsc(struct rcc_feed *feed, struct rcc_feed_expansions *expansions, const uint8_t *line, size_t len,
             size_t from, struct rcc_feed_now now)
{
	struct rcc_feed_call call;
	rcc_feed_expansion_take(expansions, line, len, from, now.mono_ms, &call);
	enum rcc_feed_fate fate = rcc_feed_raw(feed, "dsc", call.bytes, call.len, call.same, call.same_len, now);
	rcc_feed_count(feed, fate, 1, line, len, now);
}

void
rcc_feed_report(struct rcc_feed *feed, const struct rcc_report *report, int64_t mono_ms)
{
	feed->replaced += rcc_feed_batch_report(&feed->batch, report, mono_ms);
	rcc_feed_flush(feed, mono_ms);
}

void
rcc_feed_static(struct rcc_feed *feed, const struct rcc_static *vessel, int64_t mono_ms)
{
	(void)rcc_feed_batch_static(&feed->batch, vessel, mono_ms);
	rcc_feed_flush(feed, mono_ms);
}

void
rcc_feed_count(struct rcc_feed *feed, enum rcc_feed_fate fate, uint32_t lines, const uint8_t *bytes, size_t len,
               struct rcc_feed_now now)
{
	rcc_feed_tally_count(&feed->tally, fate, lines, bytes, len, now.at_ms);
}

static void
show(char shown[SHOWN_MAX + 1], const uint8_t *bytes, size_t len)
{
	size_t shown_len = len < SHOWN_MAX ? len : SHOWN_MAX;
	for (size_t i = 0; i < shown_len; i++) {
		shown[i] = bytes[i] >= 0x20 && bytes[i] <= 0x7e ? (char)bytes[i] : '?';
	}
	shown[shown_len] = '\0';
}

/* Has this minute room for one more line that only may be distress? */
static bool
has_room_for_maybe(struct rcc_feed *feed, int64_t mono_ms)
{
	if (feed->maybe_count == 0 || mono_ms - feed->maybe_mono_ms >= RCC_MS_PER_MIN) {
		feed->maybe_mono_ms = mono_ms;
		feed->maybe_count = 0;
	}
	return feed->maybe_count < RCC_FEED_MAYBE_PER_MIN;
}

void
rcc_feed_maybe(struct rcc_feed *feed, const char *place, const char *source_name, const uint8_t *bytes, size_t len,
               struct rcc_feed_now now)
{
	char shown[SHOWN_MAX + 1];
	uint64_t count = 0;
	if (has_room_for_maybe(feed, now.mono_ms)) {
		enum rcc_feed_fate fate = send_line(feed, source_name, bytes, len, now);
		feed->maybe_count += fate == RCC_FEED_FATE_RAW ? 1 : 0;
		rcc_feed_count(feed, fate, 1, bytes, len, now);
		return;
	}
	rcc_feed_count(feed, RCC_FEED_FATE_WITHHELD, 1, bytes, len, now);
	if (rcc_feed_limit_passed(&feed->withheld_told, UNREADABLE_TELL_MS, now.mono_ms, &count)) {
		show(shown, bytes, len);
		rcc_feed_log(
		    RCC_FEED_WARNING, "line_withheld",
		    "%llu of %s that might be calls: more than %d came in a minute, look at the line; the last: %s",
		    (unsigned long long)count, place, RCC_FEED_MAYBE_PER_MIN, shown);
	}
}

bool
rcc_feed_suspected(struct rcc_feed *feed, const char *place, const uint8_t *bytes, size_t len, struct rcc_feed_now now)
{
	enum rcc_feed_fate fate = RCC_FEED_FATE_GARBLED;
	switch (rcc_feed_suspect(bytes, len)) {
	case RCC_FEED_SUSPECT_NONE:
		return false;
	case RCC_FEED_SUSPECT_DSC:
		fate = send_line(feed, "dsc", bytes, len, now);
		break;
	case RCC_FEED_SUSPECT_BEACON:
		fate = send_line(feed, "ais", bytes, len, now);
		break;
	case RCC_FEED_SUSPECT_MAYBE_DSC:
		rcc_feed_maybe(feed, place, "dsc", bytes, len, now);
		return true;
	case RCC_FEED_SUSPECT_MAYBE_AIS:
		rcc_feed_maybe(feed, place, "ais", bytes, len, now);
		return true;
	case RCC_FEED_SUSPECT_SHIP:
		break;
	}
	rcc_feed_count(feed, fate, 1, bytes, len, now);
	return true;
}

void
rcc_feed_unreadable(struct rcc_feed *feed, const char *place, const uint8_t *bytes, size_t len, size_t lost,
                    struct rcc_feed_now now)
{
	char shown[SHOWN_MAX + 1];
	uint64_t count = 0;
	rcc_feed_count(feed, RCC_FEED_FATE_UNREADABLE, 1, bytes, len, now);
	if (!rcc_feed_limit_passed(&feed->unreadable_told, UNREADABLE_TELL_MS, now.mono_ms, &count)) {
		return;
	}
	show(shown, bytes, len);
	rcc_feed_log(RCC_FEED_WARNING, "line_unreadable", "%llu of %s, the last of %zu bytes: %s",
	             (unsigned long long)count, place, len + lost, shown);
}

void
rcc_feed_tell_centre(struct rcc_feed *feed, bool is_end, int64_t mono_ms)
{
	struct rcc_tally sums;
	struct rcc_feed_out *out = &feed->out;
	if (!out->is_feed || !rcc_feed_tally_due(&feed->tally, out->welcomes, is_end, mono_ms)) {
		return;
	}
	rcc_feed_tally_fill(&feed->tally, &sums);
	sums.since_at_ms = feed->since_at_ms;
	sums.replaced = feed->replaced;
	sums.unsent = out->counts.unsent;
	if (rcc_feed_out_sums(out, &sums)) {
		rcc_feed_tally_told(&feed->tally, out->welcomes, mono_ms);
	}
}

void
rcc_feed_tell(const struct rcc_feed *feed)
{
	const struct rcc_feed_counts *counts = &feed->out.counts;
	char sums[SUMS_SIZE];
	size_t len = 0;
	uint64_t together = feed->tally.waiting;
	for (size_t i = 0; i < RCC_FEED_FATES && len < sizeof sums; i++) {
		together += feed->tally.fate[i];
		len += (size_t)snprintf(sums + len, sizeof sums - len, "%s %llu, ",
		                        rcc_feed_fate_word((enum rcc_feed_fate)i),
		                        (unsigned long long)feed->tally.fate[i]);
	}
	rcc_feed_log(
	    RCC_FEED_INFO, "stopped",
	    "%llu lines and %llu texts read: %stogether %llu; handed on %llu reports (%llu more replaced by newer "
	    "ones), %llu static, %llu own, %llu alerts, %llu raw; dropped %llu without a link; %llu refused",
	    (unsigned long long)feed->tally.lines, (unsigned long long)feed->tally.texts, sums,
	    (unsigned long long)together, (unsigned long long)counts->reports, (unsigned long long)feed->replaced,
	    (unsigned long long)counts->statics, (unsigned long long)counts->own, (unsigned long long)counts->alerts,
	    (unsigned long long)counts->raw, (unsigned long long)counts->unsent, (unsigned long long)counts->refused);
}

/*
 * golden_source.c - recorded signals of one source, decoded as a person checked that they should be.
 *
 *   golden_source NAME FOLDER
 *
 * A .rec file holds the bytes as received. Lines at its start that begin with "# " are comments; "# at=TIME" among them is
 * the time of arrival, "# lines" says that each line is a signal of its own. The .expect file beside it tells what each
 * signal is; RCC_ACCEPT=1 rewrites it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "proto/source/source.h"
#include "rcc/text.h"
#include "recording.h"

/* 2026-11-23T03:12:07Z */
#define AT_MS INT64_C(1795403527000)
/* At least so many recordings make a source. */
#define RECORDINGS_MIN 2

static const char *name, *folder;
static char text[RECORDING_TEXT_MAX + 1];
static size_t text_len;

static void __attribute__((format(printf, 1, 2))) put(const char *format, ...)
{
	va_list values;
	va_start(values, format);
	int len = vsnprintf(text + text_len, sizeof text - text_len, format, values);
	va_end(values);
	assert_true(len >= 0 && (size_t)len < sizeof text - text_len);
	text_len += (size_t)len;
}

static void
put_word(const char *key, const char *value)
{
	if (value[0] != '\0')
		put("%s=%s\n", key, value);
}

static void
put_number(const char *key, uint64_t value)
{
	if (value != 0)
		put("%s=%llu\n", key, (unsigned long long)value);
}

static void
put_mmsi(const char *key, struct rcc_mmsi mmsi)
{
	char digits[RCC_MMSI_TEXT_SIZE];

	if (mmsi.v != 0)
		put("%s=%s\n", key, rcc_mmsi_format(digits, mmsi));
}

static void
put_marks(uint32_t marks)
{
	static const struct {
		uint32_t mark;
		const char *word;
	} words[] = {
	    {RCC_ALERT_NEEDS_READING, "needs-reading"},
	    {RCC_ALERT_SELF_CANCEL, "self-cancel"},
	    {RCC_ALERT_TIME_FUTURE, "time-future"},
	    {RCC_ALERT_CHECKSUM_WRONG, "checksum-wrong"},
	    {RCC_ALERT_RELAYED, "relayed"},
	    {RCC_ALERT_REVISION, "revision"},
	    {RCC_ALERT_ACKNOWLEDGED, "acknowledged"},
	    {RCC_ALERT_RESTRICTED, "restricted"},
	    {RCC_ALERT_RAW_CUT, "raw-cut"},
	    {RCC_ALERT_POS_CONFIRMED, "pos-confirmed"},
	    {RCC_ALERT_CODED_TEST, "coded-test"},
	};
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if ((marks & words[i].mark) != 0)
			put("mark=%s\n", words[i].word);
		marks &= ~words[i].mark;
	}
	assert_int_equal(marks, 0);
}

static void
put_alert(const struct rcc_alert *alert)
{
	char pos[RCC_POS_TEXT_SIZE];
	char at[RCC_TIME_TEXT_SIZE];

	put("source=%s\nclass=%s\n", rcc_source_word(alert->source), rcc_class_word(alert->class));
	if (alert->category != RCC_CATEGORY_NOT_STATED)
		put("category=%s\n", rcc_category_word(alert->category));
	put_marks(alert->marks);
	put_mmsi("casualty", alert->casualty);
	put_mmsi("relay", alert->relay);
	if (alert->nature != RCC_NATURE_NOT_STATED)
		put("nature=%s\n", rcc_nature_word(alert->nature));
	put("pos=%s\n", rcc_pos_format(pos, alert->pos));
	if (rcc_pos_is_known(alert->pos))
		put("pos_e7=%d %d\n", (int)alert->pos.lat_e7, (int)alert->pos.lon_e7);
	if (alert->pos_at_ms != 0)
		put("pos_at=%s\n", rcc_time_format(at, alert->pos_at_ms));
	if (alert->signal_at_ms != 0)
		put("signal_at=%s\n", rcc_time_format(at, alert->signal_at_ms));
	put_number("radius_m", alert->pos_radius_m);
	for (uint32_t i = 0; i < alert->candidate_count; i++)
		put("candidate=%s %u%%\n", rcc_pos_format(pos, alert->candidate[i].pos), alert->candidate[i].percent);
	if (alert->refine != 0)
		put("refine=%04u %04u\n", (alert->refine - 1) / 10000, (alert->refine - 1) % 10000);
	put_number("persons", alert->persons);
	put_word("beacon", alert->beacon);
	if (alert->beacon_kind != RCC_BEACON_NOT_STATED)
		put("beacon_kind=%s\n", rcc_beacon_kind_word(alert->beacon_kind));
	if (alert->epirb_link != 0)
		put("epirb_link=%04u\n", alert->epirb_link - 1);
	put_word("name", alert->name);
	put_word("callsign", alert->callsign);
	put_word("text", alert->text);
}

static void
put_report(const struct rcc_report *report)
{
	char pos[RCC_POS_TEXT_SIZE];

	put_mmsi("mmsi", report->mmsi);
	put("pos=%s\npos_e7=%d %d\n", rcc_pos_format(pos, report->pos), (int)report->pos.lat_e7,
	    (int)report->pos.lon_e7);
	if (report->sog_dkn != RCC_SOG_UNKNOWN_DKN)
		put("sog_dkn=%u\n", report->sog_dkn);
	if (report->cog_ddeg != RCC_COG_UNKNOWN_DDEG)
		put("cog_ddeg=%u\n", report->cog_ddeg);
	if (report->nav_status != RCC_NAV_STATUS_UNKNOWN)
		put("nav_status=%u\n", report->nav_status);
}

static void
put_heard(const struct rcc_heard *heard)
{
	static const char *const words[] = {"", "alert", "position", "routine"};

	assert_in_range(heard->kind, 1, RCC_HEARD_LAST);
	put("result=%s\n", words[heard->kind]);
	if (heard->kind == RCC_HEARD_ALERT)
		put_alert(&heard->alert);
	else if (heard->kind == RCC_HEARD_POSITION)
		put_report(&heard->report);
}

/* What the comments at the start say; returns where the bytes begin. */
static size_t
take_comments(const char *bytes, int64_t *ret_at_ms, bool *ret_is_lines)
{
	size_t at = 0;
	char time[RCC_TIME_TEXT_SIZE];

	while (bytes[at] == '#') {
		size_t len = strcspn(bytes + at, "\n");
		if (strncmp(bytes + at, "# lines\n", 8) == 0)
			*ret_is_lines = true;
		if (strncmp(bytes + at, "# at=", 5) == 0) {
			assert_true(len - 5 < sizeof time);
			memcpy(time, bytes + at + 5, len - 5);
			time[len - 5] = '\0';
			assert_int_equal(rcc_time_parse(time, ret_at_ms), RCC_OK);
		}
		at += len + (bytes[at + len] == '\n' ? 1 : 0);
	}
	return at;
}

static void
read_one(const char *bytes, size_t len, int64_t at_ms)
{
	static struct rcc_heard heard;
	const struct rcc_raw raw = {.bytes = (const uint8_t *)bytes, .len = len, .at_ms = at_ms};

	rcc_source_read(name, &raw, &heard);
	put_heard(&heard);
	if (heard.kind == RCC_HEARD_ALERT) {
		/* The bytes are evidence: verbatim, as many as memory keeps. */
		assert_int_equal(heard.alert.raw_len, len < RCC_RAW_MAX ? len : RCC_RAW_MAX);
		assert_memory_equal(heard.alert.raw, bytes, heard.alert.raw_len);
	}
}

static void
check(const struct recording *recording)
{
	int64_t at_ms = AT_MS;
	bool is_lines = false;
	size_t at = take_comments(recording->text, &at_ms, &is_lines);
	size_t len = strlen(recording->text);

	text_len = 0;
	assert_true(at < len);
	while (at < len) {
		size_t used = is_lines ? strcspn(recording->text + at, "\n") : len - at;
		if (used > 0) {
			if (is_lines)
				put("%s%.*s\n", text_len == 0 ? "" : "\n", (int)used, recording->text + at);
			read_one(recording->text + at, used, at_ms);
		}
		at += used + (is_lines ? 1 : 0);
	}
	recording_expect(recording, text);
}

static void
recordings_decode_as_expected(void **state)
{
	(void)state;
	assert_non_null(rcc_source_find(name));
	assert_true(recording_each(folder, check) >= RECORDINGS_MIN);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(recordings_decode_as_expected)};

	if (argc != 3) {
		fprintf(stderr, "usage: golden_source NAME FOLDER\n");
		return 2;
	}
	name = argv[1];
	folder = argv[2];
	return cmocka_run_group_tests(tests, NULL, NULL);
}

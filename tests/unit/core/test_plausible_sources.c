/* Doubts about a time, from the bytes as they come: what no decoder says, no rule can doubt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "order.h"
#include "proto/source/source.h"
#include "rcc/text.h"
#include "rcc/units.h"

#define TIME_MARKS (RCC_ALERT_TIME_FUTURE | RCC_ALERT_TIME_STALE)
/* 2026-01-15T12:00:00Z */
#define NOON_MS INT64_C(1768478400000)

static struct watch watch;
static uint32_t feed;

static void
start(void)
{
	watch_start(&watch);
	feed = watch_enrol(&watch, RCC_ROLE_FEED, 2320001);
	assert_true(watch.now_ms < NOON_MS);
	watch.now_ms = NOON_MS;
}

/* The doubts about the time of a signal that is heard at noon by a station whose clock says claimed_at_ms. */
static uint32_t
marks_claimed(const char *source, const char *bytes, int64_t claimed_at_ms)
{
	static struct rcc_heard heard;
	const struct rcc_raw raw = {.bytes = (const uint8_t *)bytes, .len = strlen(bytes), .at_ms = NOON_MS};

	start();
	rcc_source_read(source, &raw, &heard);
	assert_int_equal(heard.kind, RCC_HEARD_ALERT);
	struct rcc_command *command = watch_command(&watch, RCC_COMMAND_ALERT, feed);
	command->u.alert = heard.alert;
	command->origin.claimed_at_ms = claimed_at_ms;
	watch_step(&watch);
	assert_int_equal(watch.core.alert_last, 1);
	assert_int_equal(order_alert(&watch, 1)->lane, RCC_LANE_INCIDENT);
	return order_alert(&watch, 1)->body.marks & TIME_MARKS;
}

static uint32_t
marks_of(const char *source, const char *bytes)
{
	return marks_claimed(source, bytes, NOON_MS);
}

static void
a_detection_has_a_time_without_a_position(void **state)
{
	static const struct {
		const char *detected;
		uint32_t marks;
	} cases[] = {
	    {"15 JAN 2026 1159", 0},
	    {"15 JAN 26 1202", 0}, /* clocks differ by two minutes */
	    {"15 JAN 2026 1203", RCC_ALERT_TIME_FUTURE},
	    {"15 JAN 2027 1159", RCC_ALERT_TIME_FUTURE},
	    {"15 JAN 2026 0600", 0},
	    {"15 JAN 2026 0559", RCC_ALERT_TIME_STALE},
	    {"15 JAN 2025 1159", RCC_ALERT_TIME_STALE},
	    {"31 FEB 2026 1159", 0}, /* no time at all */
	};
	static const char *const places[] = {"NIL", "35 46.30 N 012 30.00 E",
	                                     "35 46.30 N 012 30.00 E UPDATE TIME 15 JAN 2026 1158 UTC"};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		for (size_t k = 0; k < sizeof places / sizeof places[0]; k++) {
			char text[320];
			(void)snprintf(text, sizeof text,
			               "1. DISTRESS COSPAS-SARSAT INITIAL ALERT\n3. DETECTED AT %s UTC BY MSG-3\n"
			               "8. POSITIONS\nENCODED - %s\n11. HEX ID A608130D34D34D1\n",
			               cases[i].detected, places[k]);
			assert_int_equal(marks_of("sit185", text), cases[i].marks);
		}
	}
}

/* Tag blocks, c: in seconds: of the moment, of last week, of next week. */
static void
a_station_dates_what_it_hears(void **state)
{
	static const char *const dsc = "$CDDSC,12,3380400790,12,06,00,9999999999,8888,,,S,E*6D";
	static const char *const sart = "!AIVDM,1,1,,A,>>M;`h1<59B04=@UHD,2*39";
	static const struct {
		int64_t off_ms;
		uint32_t marks;
	} cases[] = {
	    {0, 0},
	    {-5 * RCC_MS_PER_HOUR, 0},
	    {-7 * RCC_MS_PER_DAY, RCC_ALERT_TIME_STALE},
	    {7 * RCC_MS_PER_DAY, RCC_ALERT_TIME_FUTURE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		for (int is_dsc = 0; is_dsc < 2; is_dsc++) {
			char line[160];
			(void)snprintf(line, sizeof line, "\\c:%lld*00\\%s",
			               (long long)(NOON_MS + cases[i].off_ms) / RCC_MS_PER_S, is_dsc != 0 ? dsc : sart);
			assert_int_equal(marks_of(is_dsc != 0 ? "dsc" : "ais", line), cases[i].marks);
		}
	}
	/* Without a block nothing is said, and nothing doubted. */
	assert_int_equal(marks_of("ais", sart), 0);
	assert_int_equal(marks_of("dsc", dsc), 0);
	assert_int_equal(marks_of("beacon406", "A608130D34D34D1"), 0);
}

/* A sender's clock may be hours wrong, and her distress is none the less plausible; a day is a message kept back. */
static void
an_envelope_is_doubted_beyond_a_day(void **state)
{
	static const struct {
		int64_t off_ms;
		uint32_t marks;
	} cases[] = {
	    {14 * RCC_MS_PER_HOUR, 0},
	    {-14 * RCC_MS_PER_HOUR, 0},
	    {RCC_MS_PER_DAY, 0},
	    {-RCC_MS_PER_DAY, 0},
	    {RCC_MS_PER_DAY + 1, RCC_ALERT_TIME_FUTURE},
	    {-RCC_MS_PER_DAY - 1, RCC_ALERT_TIME_STALE},
	    {-NOON_MS, 0}, /* it states no time */
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_int_equal(marks_claimed("beacon406", "A608130D34D34D1", NOON_MS + cases[i].off_ms),
		                 cases[i].marks);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_detection_has_a_time_without_a_position),
	    cmocka_unit_test(a_station_dates_what_it_hears),
	    cmocka_unit_test(an_envelope_is_doubted_beyond_a_day),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

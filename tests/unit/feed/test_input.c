/* Everything that is read has one fate: the sum of the fates, and of what still waits, is what was read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "feed/input.h"

static struct fixture {
	struct rcc_feed feed;
	struct rcc_feed_nmea_input nmea;
	struct rcc_feed_now now;
} fixture;

static int
setup(void **state)
{
	(void)state;
	struct rcc_fault fault;
	memset(&fixture, 0, sizeof fixture);
	fixture.now = (struct rcc_feed_now){.at_ms = INT64_C(1795403527000), .mono_ms = 1000};
	rcc_feed_batch_init(&fixture.feed.batch, 1000);
	rcc_feed_repeats_init(&fixture.feed.repeats);
	/* Without a client everything is printed. */
	rcc_feed_out_init(&fixture.feed.out, NULL, "test", false);
	return rcc_feed_nmea_open(&fixture.nmea, "udp://127.0.0.1:1", 0, &fault) == RCC_OK ? 0 : -1;
}

static void
hear(const char *bytes, size_t len)
{
	rcc_feed_nmea_bytes(&fixture.nmea, &fixture.feed, (const uint8_t *)bytes, len, false, fixture.now);
}

static void
say(const char *line)
{
	hear(line, strlen(line));
	hear("\r\n", 2);
}

/* The law, whatever was read. */
static void
expect_sum(void)
{
	const struct rcc_feed_tally *tally = &fixture.feed.tally;
	uint64_t sum = tally->waiting;
	for (size_t i = 0; i < RCC_FEED_FATES; i++) {
		sum += tally->fate[i];
	}
	assert_int_equal(sum, tally->lines + tally->texts);
}

static void
expect(enum rcc_feed_fate fate, uint64_t lines)
{
	assert_int_equal(fixture.feed.tally.fate[fate], lines);
}

static const char sart[] = "!AIVDM,1,1,,A,1>M;`h>P00Pq>70DD38>4?vt0000,0*1D";
static const char sart_damaged[] = "!AIVDM,1,1,,A,1>M;`h>P00Pq>70DD38>4?vt0000,0*1C";
static const char ship[] = "!AIVDM,1,1,,A,13cc=j0P1sPtK<0Db1H9:GGp0000,0*1E";
static const char name_1[] = "!AIVDM,2,1,3,B,55P5TL01VIaAL@7WKO@mBplU@<PDhh000000001S;AJ::4A80?4i@E53,0*3E";
static const char name_2[] = "!AIVDM,2,2,3,B,1@0000000000000,2*55";

static void
each_line_under_its_word(void **state)
{
	(void)state;
	say(sart);
	say(sart);
	say(sart_damaged);
	say(ship);
	say("!AIVDM,1,1,,A,13cc=j0P1sPtK<0Db1H9:GGp0000,0*1F");
	say("!AIVDM,1,1,,A,402FhLAvbsS<7PqcJ0DD38100000,0*3E");
	say(name_1);
	say("$CDDSC,12,3380400790,12,06,00,1423108312,2019,,,S,E*6A");
	say("\\c:1795403527*00\\$CDDSC,12,3380400790,12,06,00,1423108312,2019,,,S,E*6A");
	say("$CDDSE,1,1,A,3380400790,00,45894494*1B");
	assert_int_equal(fixture.feed.tally.waiting, 1);
	expect_sum();
	say(name_2);
	say("!AIVDM,1,1,,A,,0*26");
	say("!AIVDM,1,2,,A,1>M;`h>P00Pq>70DD38>4?vt0000,0*1E");
	say("$GPRMC,120000,A");
	say("");
	say("# a comment");
	say("\x80\x81");
	assert_int_equal(fixture.feed.tally.waiting, 0);
	expect(RCC_FEED_FATE_ALERT, 2);
	expect(RCC_FEED_FATE_REPEATED, 2);
	/* The part that cannot be is a beacon's: for a person. */
	expect(RCC_FEED_FATE_RAW, 3);
	expect(RCC_FEED_FATE_REPORT, 1);
	expect(RCC_FEED_FATE_STATIC, 2);
	expect(RCC_FEED_FATE_ROUTINE, 1);
	expect(RCC_FEED_FATE_GARBLED, 1);
	expect(RCC_FEED_FATE_UNREADABLE, 2);
	expect(RCC_FEED_FATE_OTHER, 3);
	assert_int_equal(fixture.feed.tally.lines, 17);
	expect_sum();
}

static void
incomplete_messages_come_out(void **state)
{
	(void)state;
	say(name_1);
	/* The first of three sentences of a safety text, which is for a person. */
	say("!AIVDM,3,1,5,A,>3cc=j1D59B0E8@d5,0*00");
	fixture.now.mono_ms += RCC_FEED_FRAGMENT_WAIT_MS;
	assert_int_equal(fixture.feed.tally.waiting, 2);
	rcc_feed_nmea_turn(&fixture.nmea, &fixture.feed, fixture.now);
	assert_int_equal(fixture.feed.tally.waiting, 0);
	expect(RCC_FEED_FATE_INCOMPLETE, 1);
	expect(RCC_FEED_FATE_ALERT, 1);
	say(name_1);
	rcc_feed_nmea_end(&fixture.nmea, &fixture.feed, fixture.now);
	expect(RCC_FEED_FATE_INCOMPLETE, 2);
	expect_sum();
	rcc_feed_stream_close(&fixture.nmea.stream);
}

/* A call in a line that is too long, or that holds what is no text, is for a person. */
static void
a_call_in_a_bad_line_is_sent(void **state)
{
	(void)state;
	static char line[2 * RCC_NMEA_LINE_MAX];
	memset(line, 'x', sizeof line);
	hear(line, sizeof line);
	say("");
	expect(RCC_FEED_FATE_UNREADABLE, 1);
	memcpy(line + 10, "$CDDSC,", 7);
	hear(line, sizeof line);
	say("");
	expect(RCC_FEED_FATE_RAW, 1);
	hear("$CDDSC,12,\0\x80", 12);
	say("");
	hear("$CDDSC,12,\0\x80", 12);
	say("");
	expect(RCC_FEED_FATE_RAW, 3);
	say("\x80 noise $CDDSC,12,3380400790,12");
	expect(RCC_FEED_FATE_RAW, 4);
	hear("\x01\x02!AIVDM,1,1,,A,1>M;`h>P00Pq>70DD38>4?vt0000,0*1D", 49);
	say("");
	expect(RCC_FEED_FATE_ALERT, 1);
	expect_sum();
}

/* The centre is told the same sums, each line once, and how the latest line began that nobody understood. */
static void
the_centre_is_told_the_sums(void **state)
{
	(void)state;
	struct rcc_feed_tally *tally = &fixture.feed.tally;
	struct rcc_tally sums;
	say(sart);
	say(ship);
	say(name_1);
	say("$CDDSC,12,3380400790,12,06,00,1423108312,2019,,,S,E*6A");
	say("$GPHDT,274.07,T*03");
	say("\x80\x81");
	say(sart);
	rcc_feed_tally_fill(tally, &sums);
	assert_int_equal(sums.lines, 7);
	assert_int_equal(sums.waiting, 1);
	assert_int_equal(sums.alert + sums.raw + sums.report + sums.vessel_data + sums.own, 3);
	assert_int_equal(sums.repeats + sums.routine + sums.garbled + sums.incomplete + sums.unreadable +
	                     sums.withheld + sums.other,
	                 3);
	assert_string_equal(sums.last_why, "unreadable");
	assert_int_equal(sums.last_len, 2);
	assert_memory_equal(sums.last, "\x80\x81", 2);
	/* After a welcome, each minute if something has changed, at the end if something is not told. */
	assert_false(rcc_feed_tally_due(tally, 0, true, 1000));
	assert_true(rcc_feed_tally_due(tally, 1, false, 1000));
	rcc_feed_tally_told(tally, 1, 1000);
	assert_false(rcc_feed_tally_due(tally, 1, true, 1000 + RCC_FEED_TALLY_MS));
	say(name_2);
	assert_false(rcc_feed_tally_due(tally, 1, false, 999 + RCC_FEED_TALLY_MS));
	assert_true(rcc_feed_tally_due(tally, 1, false, 1000 + RCC_FEED_TALLY_MS));
	assert_true(rcc_feed_tally_due(tally, 1, true, 1001));
	assert_true(rcc_feed_tally_due(tally, 2, false, 1001));
}

/* What is left of a call after damage goes to the centre; the receiver's other sentences are counted and wake nobody. */
static void
damaged_calls_go_on(void **state)
{
	(void)state;
	say("$CDDSC");
	say("CDDSC,12,3380400790,12,06,00,1423108312,2019,,,S,E*6A");
	say("$CDDSX,12,3380400790,12,06,00,1423108312,2019,,,S,E*6A");
	say("$CDD,12,3380400790,12,06,00,1423108312,2019,,,S,E*6A");
	say("$CDDSC12,3380400790,12,06,00,1423108312,2019,,,S,E*6A");
	say("$cddsc,12,3380400790,12,06,00,1423108312,2019,,,S,E*6A");
	say("!AIVDX,1,1,,A,1>M;`h>P00Pq>70DD38>4?vt0000,0*1D");
	expect(RCC_FEED_FATE_RAW, 7);
	say("!AIVDX,1,1,,A,13cc=j0P1sPtK<0Db1H9:GGp0000,0*1E");
	expect(RCC_FEED_FATE_GARBLED, 1);
	say("$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47");
	say("$GPHDT,274.07,T*03");
	say("$CDHBT,60,A,1*03");
	say("9,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A");
	expect(RCC_FEED_FATE_OTHER, 4);
	expect(RCC_FEED_FATE_RAW, 7);
	expect_sum();
}

/* Noise that might be calls is cut off below what the centre takes for a flood; a call is never cut off with it. */
static void
noise_leaves_room_for_a_call(void **state)
{
	(void)state;
	char line[64];
	for (int i = 0; i < 100; i++) {
		(void)snprintf(line, sizeof line, "$CDX,%d,", i);
		say(line);
	}
	expect(RCC_FEED_FATE_RAW, RCC_FEED_MAYBE_PER_MIN);
	expect(RCC_FEED_FATE_WITHHELD, 100 - RCC_FEED_MAYBE_PER_MIN);
	say("$CDDSX,12,3380400790,12,06,00,1423108312,2019,,,S,E*6A");
	expect(RCC_FEED_FATE_RAW, RCC_FEED_MAYBE_PER_MIN + 1);
	fixture.now.mono_ms += 60000;
	say("$CDX,100,");
	expect(RCC_FEED_FATE_RAW, RCC_FEED_MAYBE_PER_MIN + 2);
	expect_sum();
}

/* A whole signal is news after a damaged one, and an ordinary position goes out beside an alert. */
static void
damaged_and_whole_are_two_signals(void **state)
{
	(void)state;
	say(sart_damaged);
	say(sart);
	say(sart_damaged);
	expect(RCC_FEED_FATE_ALERT, 2);
	expect(RCC_FEED_FATE_REPEATED, 1);
	assert_int_equal(fixture.feed.batch.positions.count, 1);
}

/* Any bytes, in any pieces: nothing is counted twice or not at all. */
static void
the_sum_holds_for_noise(void **state)
{
	(void)state;
	static const char *const words[] = {sart,   ship, name_1,    name_2, "$CDDSC,12,338\n",
	                                    "\r\n", "\n", "!AIVDM,", "\\",   "\x80\xff"};
	uint32_t seed = 1;
	for (int i = 0; i < 20000; i++) {
		seed = seed * 1664525u + 1013904223u;
		const char *word = words[(seed >> 16) % (sizeof words / sizeof words[0])];
		size_t len = strlen(word);
		size_t cut = (seed >> 8) % 4 == 0 ? (seed >> 20) % (len + 1) : len;
		hear(word, cut);
		if ((seed >> 5) % 2 == 0) {
			hear("\r\n", 2);
		}
		fixture.now.mono_ms += (seed >> 24) % 100;
	}
	rcc_feed_nmea_end(&fixture.nmea, &fixture.feed, fixture.now);
	assert_int_equal(fixture.feed.tally.waiting, 0);
	assert_true(fixture.feed.tally.lines > 1000);
	expect_sum();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(each_line_under_its_word, setup),
	    cmocka_unit_test_setup(incomplete_messages_come_out, setup),
	    cmocka_unit_test_setup(a_call_in_a_bad_line_is_sent, setup),
	    cmocka_unit_test_setup(the_centre_is_told_the_sums, setup),
	    cmocka_unit_test_setup(damaged_calls_go_on, setup),
	    cmocka_unit_test_setup(noise_leaves_room_for_a_call, setup),
	    cmocka_unit_test_setup(damaged_and_whole_are_two_signals, setup),
	    cmocka_unit_test_setup(the_sum_holds_for_noise, setup),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Raw lines: DSC is recognised whatever the talker, and evidence only when it is certain. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "feed/nmea.h"

static void
dsc_and_dse(void **state)
{
	(void)state;
	assert_string_equal(rcc_feed_nmea_dsc("$CDDSC,12,3380400790,12,06,00,1423108312,2019,,,S,E*6A"), "dsc");
	assert_string_equal(rcc_feed_nmea_dsc("$CVDSC,12*00"), "dsc");
	assert_string_equal(rcc_feed_nmea_dsc("$CDDSE,1,1,A,3380400790,00,45894494*1B"), "dse");
}

static void
other_lines_are_not(void **state)
{
	(void)state;
	const char *lines[] = {"",
	                       "$",
	                       "$C",
	                       "$CD",
	                       "$CDDS",
	                       "$CDDSC",
	                       "$CDDSCX,1",
	                       "!CDDSC,12",
	                       "CDDSC,12,3",
	                       "$cdDSC,1",
	                       "$GPRMC,120000,A",
	                       "!AIVDM,1,1,,A,1>M;`h>P00Pq>70DD38>4?vt0000,0*1D",
	                       "{\"class\":1}"};
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		assert_null(rcc_feed_nmea_dsc(lines[i]));
	}
}

static void
line_ends_go(void **state)
{
	(void)state;
	char line[] = "$CDDSC,12*00 \r\n";
	rcc_feed_nmea_trim(line);
	assert_string_equal(line, "$CDDSC,12*00");
	char empty[] = "\r\n";
	rcc_feed_nmea_trim(empty);
	assert_string_equal(empty, "");
}

static void
sentence_carries_its_message(void **state)
{
	(void)state;
	const char *sart = "!AIVDM,1,1,,A,1>M;`h>P00Pq>70DD38>4?vt0000,0*1D";
	assert_true(rcc_feed_nmea_carries(sart, 1, 970123456));
	assert_false(rcc_feed_nmea_carries(sart, 14, 970123456));
	assert_false(rcc_feed_nmea_carries(sart, 1, 970123457));
	assert_true(rcc_feed_nmea_carries("!AIVDM,1,1,,A,>>M;`h1<59B04=@UHD,2*39", 14, 970123456));
	assert_true(rcc_feed_nmea_carries("!AIVDM,1,1,,A,1>O5e@>P00Pq>70DD38>4?vt0000,0*3C", 1, 972123456));
	assert_true(rcc_feed_nmea_carries("!BSVDM,1,1,7,B,>>Pwih0E0U8:04=@UHD,2*30", 14, 974123456));
	assert_true(rcc_feed_nmea_carries("!AIVDM,1,1,,A,KCQ9r=hrFUnH7P00,0*41", 27, 236091959));
}

static void
parts_and_broken_lines_do_not(void **state)
{
	(void)state;
	const char *lines[] = {"!AIVDM,2,1,1,A,1>M;`h>P00Pq>70DD38>4?vt0000,0*1D",
	                       "!AIVDO,1,1,,A,1>M;`h>P00Pq>70DD38>4?vt0000,0*1D",
	                       "!AIVDM,1,1,,A,1>M;`",
	                       "!AIVDM,1,1,,A",
	                       "!AIVDM,1,1,",
	                       "!AIVDM,1,1,,A,1>M\x7f`h>P00",
	                       "",
	                       "!",
	                       "!AI",
	                       "!AIVDM,1,1,,A,1>MX`h>P00Pq>70DD38>4?vt0000,0*1D"};
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		assert_false(rcc_feed_nmea_carries(lines[i], 1, 970123456));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dsc_and_dse),
	    cmocka_unit_test(other_lines_are_not),
	    cmocka_unit_test(line_ends_go),
	    cmocka_unit_test(sentence_carries_its_message),
	    cmocka_unit_test(parts_and_broken_lines_do_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

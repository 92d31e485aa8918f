/* Raw lines: DSC is recognised whatever the talker, and evidence only when it is certain. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "feed/nmea.h"

static const uint8_t *
dsc(const char *line)
{
	return rcc_feed_nmea_dsc((const uint8_t *)line, strlen(line));
}

static void
dsc_and_dse(void **state)
{
	(void)state;
	const char *lines[] = {"$CDDSC,12,3380400790,12,06,00,1423108312,2019,,,S,E*6A", "$CVDSC,12*00",
	                       "$CDDSE,1,1,A,3380400790,00,45894494*1B"};
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		assert_ptr_equal(dsc(lines[i]), lines[i]);
	}
	const char *tagged = "\\s:coast,c:1795403527*00\\$CDDSC,12*00";
	assert_ptr_equal(dsc(tagged), strchr(tagged, '$'));
	const char *noisy = "\x80$$x\x01$CDDSC,12*00";
	assert_string_equal((const char *)dsc(noisy), "$CDDSC,12*00");
}

static void
parts_of_a_message(void **state)
{
	(void)state;
	struct rcc_feed_part part;
	const char *line = "\\c:1795403527*00\\!AIVDM,3,2,7,B,55P5,0*00";
	assert_non_null(rcc_feed_nmea_ais((const uint8_t *)line, strlen(line)));
	assert_int_equal(rcc_feed_nmea_part((const uint8_t *)line, strlen(line), &part), RCC_OK);
	assert_int_equal(part.total, 3);
	assert_int_equal(part.number, 2);
	assert_string_equal(part.key, "AIVDM 7 B");
	const char *bad[] = {"!AIVDM,2,3,7,B,5,0", "!AIVDM,0,0,7,B,5,0", "!AIVDM,10,1,7,B,5,0", "!AIVDM",
	                     "$AIVDM,1,1,,A,5,0"};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		assert_int_equal(rcc_feed_nmea_part((const uint8_t *)bad[i], strlen(bad[i]), &part), RCC_E_MALFORMED);
	}
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
		assert_null(dsc(lines[i]));
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
	    cmocka_unit_test(parts_of_a_message),
	    cmocka_unit_test(other_lines_are_not),
	    cmocka_unit_test(line_ends_go),
	    cmocka_unit_test(sentence_carries_its_message),
	    cmocka_unit_test(parts_and_broken_lines_do_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What may be the rest of a distress call is suspected; what receivers say all day is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "feed/suspect.h"
#include "proto/source/nmea.h"

struct line {
	const char *text;
	enum rcc_feed_suspicion says;
};

static void
check(const struct line *lines, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		enum rcc_feed_suspicion says = rcc_feed_suspect((const uint8_t *)lines[i].text, strlen(lines[i].text));
		if (says != lines[i].says) {
			fail_msg("%s: %d, not %d", lines[i].text, says, lines[i].says);
		}
	}
}
#define CHECK(lines) check(lines, sizeof lines / sizeof lines[0])

static void
damaged_calls(void **state)
{
	(void)state;
	static const struct line lines[] = {
	    {"$CDDSC", RCC_FEED_SUSPECT_DSC},
	    {"$CDDSC*53", RCC_FEED_SUSPECT_DSC},
	    {"CDDSC,12,3380400790,12,06,00,1423108312,2019,,,S,E*6A", RCC_FEED_SUSPECT_DSC},
	    {"DSC,12,3380400790,12,06", RCC_FEED_SUSPECT_DSC},
	    {"$CDDSX,12,3380400790,12,06,00,1423108312,2019,,,S,E*6A", RCC_FEED_SUSPECT_DSC},
	    /* The receiver's own mistake: its checksum is right. */
	    {"$CDDSX,12,3380400790,12,06,00,1423108312,2019,,,S,E*71", RCC_FEED_SUSPECT_DSC},
	    {"$CDD,12,3380400790,12,06,00,1423108312,2019,,,S,E*6A", RCC_FEED_SUSPECT_DSC},
	    {"$CDDSC12,3380400790,12,06,00,1423108312,2019,,,S,E*6A", RCC_FEED_SUSPECT_DSC},
	    {"$cddsc,12,3380400790,12,06,00,1423108312,2019,,,S,E*6A", RCC_FEED_SUSPECT_DSC},
	    {"$cddsc,12,3380400790,12,06,00,1423108312,2019,,,S,E*4A", RCC_FEED_SUSPECT_DSC},
	    {"x\x01\x02xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx$ CDDSE 1,1,A", RCC_FEED_SUSPECT_DSC},
	    {"\x80\x81 and on, CDDSC,12", RCC_FEED_SUSPECT_DSC},
	    /* A line end was lost: another sentence ends the line, and is sound. */
	    {"$CDDSX,12,3380400790,12,06$GPHDT,274.07,T*03", RCC_FEED_SUSPECT_DSC},
	    {"$CDHBT,60,A,1*00", RCC_FEED_SUSPECT_MAYBE_DSC},
	    {"0,12,3380400790,12,06,00,1423108312,2019,,,S,E*6A", RCC_FEED_SUSPECT_MAYBE_DSC},
	};
	CHECK(lines);
}

static void
damaged_ais(void **state)
{
	(void)state;
	static const struct line lines[] = {
	    {"!AIVDX,1,1,,A,1>M;`h>P00Pq>70DD38>4?vt0000,0*1D", RCC_FEED_SUSPECT_BEACON},
	    {"!AIVDX,1,1,,A,1>M;`h>P00Pq>70DD38>4?vt0000,0*08", RCC_FEED_SUSPECT_BEACON},
	    {"!aivdm,1,1,,A,1>M;`h>P00Pq>70DD38>4?vt0000,0*1D", RCC_FEED_SUSPECT_BEACON},
	    {"AIVDM,1,1,,A,1>M;`h>P00Pq>70DD38>4?vt0000,0*1D", RCC_FEED_SUSPECT_BEACON},
	    {",,A,1>M;`h>P00Pq>70DD38>4?vt0000,0*1D", RCC_FEED_SUSPECT_BEACON},
	    {"!AIVDM,1,2,,A,1>M;`h>P00Pq>70DD38>4?vt0000,0*1E", RCC_FEED_SUSPECT_BEACON},
	    {"!AIVDX,1,1,,A,13cc=j0P1sPtK<0Db1H9:GGp0000,0*1E", RCC_FEED_SUSPECT_SHIP},
	    {"!AIVDX,1,1,,A,>>cc=j1D59B0E8@d5", RCC_FEED_SUSPECT_MAYBE_AIS},
	    {"!AIVDM,1,1,,A,", RCC_FEED_SUSPECT_MAYBE_AIS},
	    {"!AIVDM,1,1,,A,,0*26", RCC_FEED_SUSPECT_NONE},
	    {"!AIVDM,1,1,,A,1>M;`h>P00Pq>70DD38>4?vt0000,0*1D", RCC_FEED_SUSPECT_NONE},
	    /* The end of a ship's sentence, which a line that was just opened begins with. */
	    {"1,,A,13cc=j0P1sPtK<0Db1H9:GGp0000,0*1E", RCC_FEED_SUSPECT_NONE},
	};
	CHECK(lines);
}

static void
ordinary_lines(void **state)
{
	(void)state;
	static const struct line lines[] = {
	    {"", RCC_FEED_SUSPECT_NONE},
	    {"#", RCC_FEED_SUSPECT_NONE},
	    {"# DSC log of the night, 3380400790", RCC_FEED_SUSPECT_NONE},
	    {"$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47", RCC_FEED_SUSPECT_NONE},
	    {"$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A", RCC_FEED_SUSPECT_NONE},
	    {"$GPGSV,2,1,08,01,40,083,46,02,17,308,41,12,07,344,39,14,22,228,45*75", RCC_FEED_SUSPECT_NONE},
	    {"$GPZDA,201530.00,04,07,2002,00,00*60", RCC_FEED_SUSPECT_NONE},
	    {"$GPHDT,274.07,T*03", RCC_FEED_SUSPECT_NONE},
	    {"$GPTXT,01,01,02,DSC module ok*07", RCC_FEED_SUSPECT_NONE},
	    {"$CDHBT,60,A,1*03", RCC_FEED_SUSPECT_NONE},
	    {"$CDDSR,1,1,2470123450,21,*6D", RCC_FEED_SUSPECT_NONE},
	    {"$PFEC,GPatt,167.5,+00.0,+00.0*4D", RCC_FEED_SUSPECT_NONE},
	    {"!AIVDO,1,1,,,13cc=j0P1sPtK<0Db1H9:GGp0000,0*5D", RCC_FEED_SUSPECT_NONE},
	    /* A tag block may name its station as it likes. */
	    {"\\s:DSC01,c:1795403527*00\\$GPHDT,274.07,T*03", RCC_FEED_SUSPECT_NONE},
	    {"\\s:DSC01,c:1795403527*00\\$GPHDT,274.07,T*04", RCC_FEED_SUSPECT_NONE},
	    {"$GPRMC,123519,A,4807.038,N,01131", RCC_FEED_SUSPECT_NONE},
	    {"19,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A", RCC_FEED_SUSPECT_NONE},
	    {"AT+CSQ", RCC_FEED_SUSPECT_NONE},
	    {"not a sentence", RCC_FEED_SUSPECT_NONE},
	    {"\x80\x81\xff", RCC_FEED_SUSPECT_NONE},
	};
	CHECK(lines);
}

/* A line at the wrong speed: of thousands of lines of noise next to none is taken for a call. */
static void
noise(void **state)
{
	(void)state;
	uint8_t line[RCC_NMEA_LINE_MAX];
	uint32_t seed = 1;
	unsigned suspected = 0;
	for (int i = 0; i < 10000; i++) {
		size_t len = (seed >> 8) % 200;
		for (size_t at = 0; at < len; at++) {
			seed = seed * 1664525u + 1013904223u;
			line[at] = (uint8_t)(seed >> 24);
		}
		seed = seed * 1664525u + 1013904223u;
		suspected += rcc_feed_suspect(line, len) != RCC_FEED_SUSPECT_NONE ? 1 : 0;
	}
	print_message("of 10000 lines of noise %u are suspected\n", suspected);
	assert_true(suspected <= 20);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(damaged_calls),
	    cmocka_unit_test(damaged_ais),
	    cmocka_unit_test(ordinary_lines),
	    cmocka_unit_test(noise),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

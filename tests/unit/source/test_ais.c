/* AIS sentences: what the recordings cannot show, because they tell a place and a text and not every value. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "proto/source/ais_bits.h"
#include "proto/source/source.h"

/* 2026-11-23T03:12:07Z */
#define AT_MS INT64_C(1795403527000)
#define DAY_MS INT64_C(86400000)

static const char ship[] = "!AIVDM,1,1,,A,13cc=j0P1sPtK<0Db1H9:GGp0000,0*1E";
static const char class_b[] = "!AIVDM,1,1,,A,C3cc=j@0?`=n>h58c:2af7N0V`:HH30J2TBV00000000B0D30Q20,0*52";

static enum rcc_status
decode(const char *text, struct rcc_heard *heard)
{
	const struct rcc_raw raw = {.bytes = (const uint8_t *)text, .len = strlen(text), .at_ms = AT_MS};

	memset(heard, 0, sizeof *heard);
	return rcc_ais_decode(&raw, heard);
}

static void
every_value_of_a_report(void **state)
{
	struct rcc_heard heard;
	(void)state;

	assert_int_equal(decode(ship, &heard), RCC_OK);
	assert_int_equal(heard.kind, RCC_HEARD_POSITION);
	assert_int_equal(heard.report.mmsi.v, 247123400);
	assert_int_equal(heard.report.at_ms, AT_MS);
	assert_int_equal(heard.report.sog_dkn, 123);
	assert_int_equal(heard.report.cog_ddeg, 2345);
	assert_int_equal(heard.report.heading_deg, 235);
	assert_int_equal(heard.report.nav_status, 0);
	assert_int_equal(heard.report.message_type, 1);
	assert_int_equal(decode(class_b, &heard), RCC_OK);
	assert_int_equal(heard.report.heading_deg, 270);
	assert_int_equal(heard.report.nav_status, RCC_NAV_STATUS_UNKNOWN);
	assert_int_equal(heard.report.message_type, 19);
	/* Message 27 with nothing but a place. */
	assert_int_equal(decode("!AIVDM,1,1,,A,K814wD`:oBg>j75l,0*49", &heard), RCC_OK);
	assert_int_equal(heard.report.heading_deg, RCC_HEADING_UNKNOWN_DEG);
	assert_int_equal(heard.report.sog_dkn, 140);
}

static void
an_alert_tells_its_report_too(void **state)
{
	struct rcc_heard heard;
	(void)state;

	assert_int_equal(decode("!AIVDM,1,1,,A,33cc=j>01`PtK<0Db1H4i3lt0000,0*64", &heard), RCC_OK);
	assert_int_equal(heard.kind, RCC_HEARD_ALERT);
	assert_int_equal(heard.alert.source, RCC_SOURCE_AIS_STATUS);
	assert_int_equal(heard.report.mmsi.v, 247123400);
	assert_int_equal(heard.report.nav_status, RCC_NAV_STATUS_SART);
	/* One that states no place has none. */
	assert_int_equal(decode("!AIVDM,1,1,,A,>>M;`h1<59B04=@UHD,2*39", &heard), RCC_OK);
	assert_int_equal(heard.kind, RCC_HEARD_ALERT);
	assert_int_equal(heard.report.mmsi.v, 0);
}

/* A tag block counts up to a day before or after the arrival, to the millisecond. */
static void
tag_times_within_a_day(void **state)
{
	static const struct {
		int64_t tag_ms, at_ms;
	} rows[] = {
	    {AT_MS - DAY_MS, AT_MS - DAY_MS},
	    {AT_MS - DAY_MS - 1, AT_MS},
	    {AT_MS + DAY_MS, AT_MS + DAY_MS},
	    {AT_MS + DAY_MS + 1, AT_MS},
	};
	(void)state;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char line[200];
		struct rcc_heard heard;
		(void)snprintf(line, sizeof line, "\\s:x,c:%lld*00\\%s", (long long)rows[i].tag_ms, ship);
		assert_int_equal(decode(line, &heard), RCC_OK);
		assert_int_equal(heard.report.at_ms, rows[i].at_ms);
	}
}

static void
bits_and_signs(void **state)
{
	struct rcc_ais_bits bits;
	const char *line = "!AIVDM,1,1,,B,0wwwwwwP00,0*00";
	(void)state;

	assert_int_equal(rcc_ais_bits_read((const uint8_t *)line, strlen(line), &bits), RCC_OK);
	assert_int_equal(bits.count, 60);
	assert_true(bits.is_whole);
	assert_true(bits.checksum_wrong);
	assert_int_equal(rcc_ais_bits_unsigned(&bits, 0, 6), 0);
	assert_int_equal(rcc_ais_bits_unsigned(&bits, 5, 2), 1);
	assert_int_equal(rcc_ais_bits_unsigned(&bits, 8, 30), (1 << 30) - 1);
	assert_int_equal(rcc_ais_bits_signed(&bits, 8, 30), -1);
	assert_int_equal(rcc_ais_bits_signed(&bits, 5, 8), 127);
	assert_true(rcc_ais_bits_has(&bits, 30, 30));
	assert_false(rcc_ais_bits_has(&bits, 31, 30));
	assert_false(rcc_ais_bits_has(&bits, UINT32_MAX, 2));
}

static void
limits(void **state)
{
	char line[RCC_AIS_SIX_MAX + 40] = "!AIVDM,1,1,,A,";
	struct rcc_heard heard;
	struct rcc_ais_bits bits;
	size_t head = strlen(line);
	(void)state;

	memset(line + head, '5', RCC_AIS_SIX_MAX);
	memcpy(line + head + RCC_AIS_SIX_MAX, ",0", 3);
	assert_int_equal(rcc_ais_bits_read((const uint8_t *)line, strlen(line), &bits), RCC_OK);
	assert_int_equal(bits.count, 6 * RCC_AIS_SIX_MAX);
	memcpy(line + head + RCC_AIS_SIX_MAX, "5,0", 4);
	assert_int_equal(rcc_ais_bits_read((const uint8_t *)line, strlen(line), &bits), RCC_E_TOO_LARGE);
	assert_int_equal(decode(line, &heard), RCC_E_MALFORMED);
	/* Fill bits are no bits; more than there are leave none. */
	assert_int_equal(decode("!AIVDM,1,1,,A,1>M;`h>,5", &heard), RCC_E_MALFORMED);
	assert_int_equal(decode("!AIVDM,1,1,,A,1>M;`h>,4", &heard), RCC_OK);
	assert_int_equal(heard.kind, RCC_HEARD_ALERT);
	assert_int_equal(decode("\r\n", &heard), RCC_E_MALFORMED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_value_of_a_report),
	    cmocka_unit_test(an_alert_tells_its_report_too),
	    cmocka_unit_test(tag_times_within_a_day),
	    cmocka_unit_test(bits_and_signs),
	    cmocka_unit_test(limits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

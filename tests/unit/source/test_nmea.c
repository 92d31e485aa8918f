#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "proto/source/nmea.h"

static enum rcc_status
split(const char *text, struct rcc_nmea *nmea)
{
	size_t used = 0;

	return rcc_nmea_split((const uint8_t *)text, strlen(text), nmea, &used);
}

static void
fields_and_checksum(void **state)
{
	struct rcc_nmea nmea;
	(void)state;

	assert_int_equal(split("$CDDSE,1,1,A,3380400790,00,45894494*1B\r\n", &nmea), RCC_OK);
	assert_string_equal(nmea.address, "CDDSE");
	assert_true(rcc_nmea_is(&nmea, "DSE"));
	assert_int_equal(nmea.count, 6);
	assert_string_equal(rcc_nmea_field(&nmea, 5), "45894494");
	assert_string_equal(rcc_nmea_field(&nmea, 6), "");
	assert_int_equal(nmea.checksum, RCC_NMEA_CHECKSUM_GOOD);
	assert_int_equal(split("$CDDSE,1,1,A,3380400790,00,45894494*1C", &nmea), RCC_OK);
	assert_int_equal(nmea.checksum, RCC_NMEA_CHECKSUM_WRONG);
	assert_int_equal(split("$CDDSE,1,1,A,3380400790,00,45894494", &nmea), RCC_OK);
	assert_int_equal(nmea.checksum, RCC_NMEA_CHECKSUM_NONE);
	/* Half a checksum, and one with something behind it, are wrong ones. */
	assert_int_equal(split("$CDDSE,1,1*1", &nmea), RCC_OK);
	assert_int_equal(nmea.checksum, RCC_NMEA_CHECKSUM_WRONG);
	assert_int_equal(split("$CDDSE,1,1,A,3380400790,00,45894494*1BX", &nmea), RCC_OK);
	assert_int_equal(nmea.checksum, RCC_NMEA_CHECKSUM_WRONG);
}

static void
tag_blocks_in_seconds_and_milliseconds(void **state)
{
	struct rcc_nmea nmea;
	(void)state;

	assert_int_equal(split("\\g:1-2-73874,n:157036,s:r003669945,c:1241544035*4A\\!AIVDM,1,1,,B,15N4,0*1A", &nmea),
	                 RCC_OK);
	assert_string_equal(nmea.address, "AIVDM");
	assert_int_equal(nmea.tag_at_ms, INT64_C(1241544035000));
	assert_int_equal(split("\\c:1241544035123*4A\\$CDDSC,12", &nmea), RCC_OK);
	assert_int_equal(nmea.tag_at_ms, INT64_C(1241544035123));
	assert_int_equal(split("\\s:coast,q:u*4A\\$CDDSC,12", &nmea), RCC_OK);
	assert_int_equal(nmea.tag_at_ms, 0);
}

static void
what_is_no_sentence(void **state)
{
	struct rcc_nmea nmea;
	char many[200] = "$CDDSC";
	char long_line[RCC_NMEA_LINE_MAX + 3];
	(void)state;

	assert_int_equal(split("", &nmea), RCC_E_MALFORMED);
	assert_int_equal(split("hello", &nmea), RCC_E_MALFORMED);
	assert_int_equal(split("$CD", &nmea), RCC_E_MALFORMED);
	assert_int_equal(split("$CDDSCX,1", &nmea), RCC_E_MALFORMED);
	assert_int_equal(split("$CDDSC,\x01", &nmea), RCC_E_MALFORMED);
	memset(many + 6, ',', RCC_NMEA_FIELDS_MAX + 1);
	assert_int_equal(split(many, &nmea), RCC_E_TOO_LARGE);
	memset(long_line, 'A', sizeof long_line - 1);
	long_line[sizeof long_line - 1] = '\0';
	assert_int_equal(split(long_line, &nmea), RCC_E_TOO_LARGE);
}

static void
one_line_of_several(void **state)
{
	struct rcc_nmea nmea;
	const char *text = "$CDDSC,12\r\n$CDDSE,1";
	size_t used = 0;
	(void)state;

	assert_int_equal(rcc_nmea_split((const uint8_t *)text, strlen(text), &nmea, &used), RCC_OK);
	assert_int_equal(used, 11);
	assert_string_equal(rcc_nmea_field(&nmea, 0), "12");
}

static void
numbers(void **state)
{
	uint64_t value = 7;
	(void)state;

	assert_true(rcc_nmea_number("9999999999", &value));
	assert_int_equal(value, UINT64_C(9999999999));
	assert_true(rcc_nmea_number("00", &value));
	assert_int_equal(value, 0);
	assert_false(rcc_nmea_number("", &value));
	assert_false(rcc_nmea_number("12345678901", &value));
	assert_false(rcc_nmea_number("-1", &value));
	assert_false(rcc_nmea_number("1 ", &value));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(fields_and_checksum),
	    cmocka_unit_test(tag_blocks_in_seconds_and_milliseconds),
	    cmocka_unit_test(what_is_no_sentence),
	    cmocka_unit_test(one_line_of_several),
	    cmocka_unit_test(numbers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

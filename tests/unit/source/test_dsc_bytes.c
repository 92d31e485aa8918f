/* Several DSC and DSE sentences in the same bytes, damaged ones, and bytes that are none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "proto/source/source.h"

/* 2026-11-23T03:12:07.250Z */
#define AT_MS INT64_C(1795403527250)
#define LINE_MAX 600

/* "$" body "*hh" CR LF, with a checksum that is right if `flip` is 0. */
static size_t
sentence(char line[LINE_MAX], const char *body, uint8_t flip)
{
	uint8_t sum = flip;

	for (const char *at = body; *at != '\0'; at++)
		sum ^= (uint8_t)*at;
	int len = snprintf(line, LINE_MAX, "$%s*%02X\r\n", body, sum);
	assert_in_range(len, 1, LINE_MAX - 1);
	return (size_t)len;
}

static void
read_bytes(const char *bytes, size_t len, int64_t at_ms, struct rcc_heard *ret_heard)
{
	const struct rcc_raw raw = {.bytes = (const uint8_t *)bytes, .len = len, .at_ms = at_ms};

	rcc_source_read("dsc", &raw, ret_heard);
}

/* Reads sentences that came in the same bytes, each with a right checksum. */
static void
read_together(const char *first, const char *second, const char *third, struct rcc_heard *ret_heard)
{
	char bytes[3 * LINE_MAX];
	size_t len = sentence(bytes, first, 0);

	if (second != NULL)
		len += sentence(bytes + len, second, 0);
	if (third != NULL)
		len += sentence(bytes + len, third, 0);
	read_bytes(bytes, len, AT_MS, ret_heard);
}

#define OWN "CDDSC,12,2470123450,12,05,00,3354001230,0300,,,S,E"
#define OTHER "CDDSC,12,2480000010,12,00,00,0354001230,0300,,,S,"
#define ROUTINE "CDDSC,20,2480000010,00,00,26,900072,,,,R,"
#define FINER "CDDSE,1,1,A,2470123450,00,12345678,06,0007"

static void
an_expansion_in_the_same_bytes_refines_its_call(void **state)
{
	struct rcc_heard heard, turned;

	(void)state;
	read_together(OWN, FINER, NULL, &heard);
	assert_int_equal(heard.alert.pos.lat_e7, -356687233);
	assert_int_equal(heard.alert.pos.lon_e7, -125094633);
	assert_int_equal(heard.alert.pos_radius_m, 0);
	assert_int_equal(heard.alert.persons, 7);
	assert_int_equal(heard.alert.refine, 0);
	assert_int_equal(heard.alert.marks, 0);
	read_together(FINER, OWN, NULL, &turned);
	assert_string_equal(turned.alert.text, heard.alert.text);
	assert_int_equal(turned.alert.pos.lat_e7, heard.alert.pos.lat_e7);
	/* Another ship's is not its own, nor is there anything beyond a pole. */
	read_together(OTHER, FINER, NULL, &heard);
	assert_int_equal(heard.alert.pos_radius_m, 2620);
	assert_int_equal(heard.alert.persons, 0);
	read_together("CDDSC,12,2470123450,12,05,00,0900001230,0300,,,S,E", FINER, NULL, &heard);
	assert_int_equal(heard.alert.pos.lat_e7, 900000000);
	/* In a relay the expansion tells of the relaying station: only the place is the casualty's. */
	read_together("CDDSC,16,2470123450,12,12,00,0354001230,0300,2480000010,05,S,E", FINER, NULL, &heard);
	assert_int_equal(heard.alert.pos.lat_e7, 356687233);
	assert_int_equal(heard.alert.persons, 0);
	read_together("CDDSC,20,2470123450,00,21,26,0354001230,0300,,,B,E", FINER, NULL, &heard);
	assert_int_equal(heard.kind, RCC_HEARD_POSITION);
	assert_int_equal(heard.report.pos.lat_e7, 356687233);
}

static void
of_several_calls_the_gravest_is_told(void **state)
{
	static const char *const lighter[] = {ROUTINE, FINER, "CDDSC,16,2480000010,10,00,26,900016,,,,S,",
	                                      "CDDSC,12,2480000010,12,05,00,,,2480000010,,S,",
	                                      "CDDSC,20,2480000010,--,00,26,,,,,S,"};
	struct rcc_heard heard;

	(void)state;
	for (size_t i = 0; i < sizeof lighter / sizeof lighter[0]; i++) {
		for (unsigned turned = 0; turned < 2; turned++) {
			read_together(turned != 0 ? lighter[i] : OWN, turned != 0 ? OWN : lighter[i], NULL, &heard);
			assert_int_equal(heard.kind, RCC_HEARD_ALERT);
			assert_int_equal(heard.alert.casualty.v, 247012345);
			assert_int_equal(heard.alert.marks, 0);
			assert_true((strstr(heard.alert.text, "read the bytes") != NULL) == (i >= 2));
		}
	}
	read_together(OWN, OTHER, NULL, &heard);
	assert_int_equal(heard.alert.casualty.v, 247012345);
	assert_non_null(strstr(heard.alert.text, "read the bytes"));
	read_together(ROUTINE, "CDXYZ,1", NULL, &heard);
	assert_int_equal(heard.alert.marks, RCC_ALERT_NEEDS_READING);
	read_together(FINER, "CDXYZ,1", NULL, &heard);
	assert_int_equal(heard.alert.marks, RCC_ALERT_REVISION | RCC_ALERT_NEEDS_READING);
	read_together(ROUTINE, ROUTINE, ROUTINE, &heard);
	assert_int_equal(heard.kind, RCC_HEARD_ROUTINE);
}

/* Cut anywhere, or with any byte of it changed, a distress stays an alert. */
static void
no_damage_hides_a_distress(void **state)
{
	char line[LINE_MAX], damaged[LINE_MAX];
	struct rcc_heard heard;
	size_t len = sentence(line, OWN, 0);

	(void)state;
	for (size_t end = 1; end <= len; end++) {
		read_bytes(line, end, AT_MS, &heard);
		assert_int_equal(heard.kind, RCC_HEARD_ALERT);
		assert_true(((heard.alert.marks & RCC_ALERT_NEEDS_READING) == 0) == (end >= len - 2));
	}
	for (size_t i = 0; i < (len - 2) * 256; i++) {
		memcpy(damaged, line, len);
		damaged[i / 256] = (char)(uint8_t)i;
		if (damaged[i / 256] == line[i / 256])
			continue;
		read_bytes(damaged, len, AT_MS, &heard);
		assert_int_equal(heard.kind, RCC_HEARD_ALERT);
	}
}

/* Simple repeatable noise: any bytes become something, and bytes that are no sentence an alert for a person. */
static void
no_bytes_lead_to_nothing(void **state)
{
	static const char alphabet[] = "$CDSE,,,0123456789*\\\r\nAQ ";
	uint64_t seed = 1;
	char bytes[120];
	struct rcc_heard heard;

	(void)state;
	for (unsigned turn = 0; turn < 20000; turn++) {
		size_t len = 1 + turn % sizeof bytes;
		for (size_t i = 0; i < len; i++) {
			seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
			bytes[i] = alphabet[(seed >> 33) % (sizeof alphabet - 1)];
		}
		if (turn % 2 == 0 && len > 7) {
			memcpy(bytes, "$CDDSC,", 7); /* NOLINT(bugprone-not-null-terminated-result): bytes, no text */
			bytes[5] = turn % 4 == 0 ? 'C' : 'E';
		}
		read_bytes(bytes, len, AT_MS, &heard);
		assert_in_range(heard.kind, 1, RCC_HEARD_LAST);
		if (heard.kind == RCC_HEARD_ALERT)
			assert_int_equal(heard.alert.source, RCC_SOURCE_DSC);
	}
	read_bytes("\r\n", 2, AT_MS, &heard);
	assert_int_equal(heard.alert.marks, RCC_ALERT_NEEDS_READING);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_expansion_in_the_same_bytes_refines_its_call),
	    cmocka_unit_test(of_several_calls_the_gravest_is_told),
	    cmocka_unit_test(no_damage_hides_a_distress),
	    cmocka_unit_test(no_bytes_lead_to_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

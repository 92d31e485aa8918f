/* NMEA sentences, bit for bit: beacons' sentences as an independent decoder knows them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "sim/nmea.h"

static void
expect_sentence(const struct rcc_ais_message *message, const char *expected)
{
	char text[RCC_NMEA_TEXT_SIZE];
	struct rcc_ais_bits bits;
	size_t len;

	assert_int_equal(rcc_ais_encode(message, &bits), RCC_OK);
	len = rcc_nmea_ais(text, &bits, 'A', 0);
	assert_int_equal(len, strlen(text));
	assert_string_equal(text, expected);
}

static struct rcc_ais_message
beacon(uint32_t mmsi, uint32_t status)
{
	return (struct rcc_ais_message){.type = RCC_AIS_POSITION_A,
	                                .mmsi = mmsi,
	                                .nav_status = status,
	                                .rot = RCC_AIS_ROT_NONE,
	                                .is_accurate = true,
	                                .sog_dkn = 0,
	                                .lon = 7500000, /* 12.5 E */
	                                .lat = 21300000,
	                                .cog_ddeg = 3600,
	                                .heading_deg = 511,
	                                .second = 30};
}

static void
beacon_positions_are_exact(void **state)
{
	struct rcc_ais_message message;

	(void)state;
	message = beacon(970123456, 14);
	expect_sentence(&message, "!AIVDM,1,1,,A,1>M;`h>P00Pq>70DD38>4?vt0000,0*1D\r\n");
	message = beacon(970123456, 15);
	expect_sentence(&message, "!AIVDM,1,1,,A,1>M;`h?P00Pq>70DD38>4?vt0000,0*1C\r\n");
	message = beacon(972123456, 14);
	expect_sentence(&message, "!AIVDM,1,1,,A,1>O5e@>P00Pq>70DD38>4?vt0000,0*3C\r\n");
	message = beacon(974123456, 14);
	expect_sentence(&message, "!AIVDM,1,1,,A,1>Pwih>P00Pq>70DD38>4?vt0000,0*45\r\n");
}

static void
beacon_texts_are_exact(void **state)
{
	static const struct {
		uint32_t mmsi;
		const char *text, *sentence;
	} row[] = {
	    {970123456, "SART ACTIVE", "!AIVDM,1,1,,A,>>M;`h1<59B04=@UHD,2*39\r\n"},
	    {970123456, "SART TEST", "!AIVDM,1,1,,A,>>M;`h1<59B1@E=@,2*50\r\n"},
	    {972123456, "MOB ACTIVE", "!AIVDM,1,1,,A,>>O5e@0lt:04=@UHD,2*49\r\n"},
	    {974123456, "EPIRB ACTIVE", "!AIVDM,1,1,,A,>>Pwih0E0U8:04=@UHD,2*30\r\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		struct rcc_ais_message message = {.type = RCC_AIS_SAFETY_TO_ALL, .mmsi = row[i].mmsi};
		(void)snprintf(message.text, sizeof message.text, "%s", row[i].text);
		expect_sentence(&message, row[i].sentence);
	}
}

/* Splits into lines and checks form, length and checksum of each. Returns how many. */
static uint32_t
check_sentences(const char *text)
{
	uint32_t count = 0;

	while (*text != '\0') {
		const char *end = strstr(text, "\r\n");
		unsigned int sum = 0;
		assert_non_null(end);
		assert_true(end + 2 - text <= RCC_NMEA_SENTENCE_MAX);
		assert_true(end[-3] == '*');
		assert_int_equal(sscanf(end - 2, "%2X", &sum), 1);
		assert_int_equal(sum, rcc_nmea_checksum(text + 1, (size_t)(end - 3 - text - 1)));
		text = end + 2;
		count++;
	}
	return count;
}

static void
long_messages_are_split(void **state)
{
	struct rcc_ais_message message = {.type = RCC_AIS_STATIC_A, .mmsi = 247000001, .name = "STELLA MARE"};
	char text[RCC_NMEA_TEXT_SIZE];
	struct rcc_ais_bits bits;
	const char *second;

	(void)state;
	assert_int_equal(rcc_ais_encode(&message, &bits), RCC_OK);
	(void)rcc_nmea_ais(text, &bits, 'B', 7);
	assert_int_equal(check_sentences(text), 2);
	assert_memory_equal(text, "!AIVDM,2,1,7,B,", 15);
	second = strstr(text, "\r\n") + 2;
	assert_memory_equal(second, "!AIVDM,2,2,7,B,", 15);
	/* 424 bits: 60 characters of 6, then 64 bits in 11 characters, 2 of them fill. */
	assert_int_equal(strstr(second, ",2*") - second, 15 + 11);
}

static void
longest_safety_text_fits(void **state)
{
	struct rcc_ais_message message = {.type = RCC_AIS_SAFETY_TO_ALL, .mmsi = 247000001};
	char text[RCC_NMEA_TEXT_SIZE];
	struct rcc_ais_bits bits;

	(void)state;
	memset(message.text, 'W', RCC_AIS_SAFETY_MAX);
	assert_int_equal(rcc_ais_encode(&message, &bits), RCC_OK);
	assert_int_equal(bits.count, 1006);
	(void)rcc_nmea_ais(text, &bits, 'A', 9);
	assert_int_equal(check_sentences(text), 3);
}

static void
fix_is_told_in_rmc_and_gga(void **state)
{
	/* 2026-11-23T03:12:07.250Z */
	struct rcc_nmea_fix fix = {
	    .at_ms = INT64_C(1795403527250), .lat_deg = 35.5, .lon_deg = 12.505, .sog_kn = 11.44, .cog_deg = 287.3};
	char text[RCC_NMEA_TEXT_SIZE];

	(void)state;
	size_t len = rcc_nmea_gnss(text, &fix);
	assert_int_equal(len, strlen(text));
	assert_int_equal(check_sentences(text), 2);
	assert_non_null(strstr(text, "$GPRMC,031207.25,A,3530.00000,N,01230.30000,E,11.4,287.3,231126,,,A*"));
	assert_non_null(strstr(text, "$GPGGA,031207.25,3530.00000,N,01230.30000,E,1,09,"));
}

/* A minute never reads 60, and south and west have their letters. */
static void
fix_rounds_without_sixty_minutes(void **state)
{
	struct rcc_nmea_fix fix = {.at_ms = 1000, .lat_deg = -16.99999999999, .lon_deg = -179.99999999999};
	char text[RCC_NMEA_TEXT_SIZE];

	(void)state;
	(void)rcc_nmea_gnss(text, &fix);
	assert_non_null(strstr(text, ",1700.00000,S,18000.00000,W,"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(beacon_positions_are_exact), cmocka_unit_test(beacon_texts_are_exact),
	    cmocka_unit_test(long_messages_are_split),    cmocka_unit_test(longest_safety_text_fits),
	    cmocka_unit_test(fix_is_told_in_rmc_and_gga), cmocka_unit_test(fix_rounds_without_sixty_minutes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

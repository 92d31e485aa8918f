/* The edges of the AIS decoder; what whole messages become is in golden/source/ais_beacon. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "proto/source/source.h"

#define AT_MS INT64_C(1795403527250)

static struct rcc_ais_values
text_from(uint32_t mmsi, const char *text)
{
	struct rcc_ais_values values = {.type = 14, .mmsi = mmsi, .status = RCC_NAV_STATUS_UNKNOWN, .at_ms = AT_MS};

	(void)snprintf(values.text, sizeof values.text, "%s", text);
	return values;
}

static struct rcc_ais_values
position_from(uint32_t type, uint32_t mmsi, uint32_t status)
{
	return (struct rcc_ais_values){.type = type,
	                               .mmsi = mmsi,
	                               .status = status,
	                               .lat = 21300000,
	                               .lon = 7500000,
	                               .has_pos = true,
	                               .at_ms = AT_MS};
}

static void
positions_are_converted_exactly(void **state)
{
	static const struct {
		int32_t lat, lon, lat_e7, lon_e7;
	} row[] = {
	    {0, 0, 0, 0},
	    {21300000, 7500000, 355000000, 125000000},
	    {54000000, 108000000, 900000000, 1800000000},
	    {-54000000, -108000000, -900000000, -1800000000},
	    {1, -1, 17, -17}, /* 16.67 */
	    {2, -2, 33, -33}, /* 33.33 */
	};
	struct rcc_pos pos;

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		assert_int_equal(rcc_ais_pos(row[i].lat, row[i].lon, &pos), RCC_OK);
		assert_int_equal(pos.lat_e7, row[i].lat_e7);
		assert_int_equal(pos.lon_e7, row[i].lon_e7);
	}
}

static void
places_off_the_globe_are_no_positions(void **state)
{
	static const int32_t row[][2] = {
	    {54600000, 108600000}, {54600000, 0},   {0, 108600000}, {54000001, 0},          {-54000001, 0},
	    {0, 108000001},        {0, -108000001}, {INT32_MIN, 0}, {INT32_MAX, INT32_MAX},
	};
	struct rcc_pos pos = {.lat_e7 = 5, .lon_e7 = 6};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		assert_int_equal(rcc_ais_pos(row[i][0], row[i][1], &pos), RCC_E_RANGE);
	}
	assert_int_equal(pos.lat_e7, 5);
	assert_int_equal(pos.lon_e7, 6);
}

static void
ordinary_message_leaves_the_alert_alone(void **state)
{
	struct rcc_ais_values values = position_from(1, 247000001, 0);
	struct rcc_alert alert;
	struct rcc_alert before;

	(void)state;
	memset(&alert, 0x5a, sizeof alert);
	before = alert;
	assert_int_equal(rcc_ais_beacon_alert(&values, &alert), RCC_E_AGAIN);
	assert_memory_equal(&alert, &before, sizeof alert);
}

/* Only the whole words ACTIVE and TEST count, and ACTIVE wins. */
static void
words_of_beacons_are_whole_words(void **state)
{
	static const struct {
		const char *text;
		enum rcc_class class;
	} row[] = {
	    {"SART TEST", RCC_CLASS_TEST},   {"TEST", RCC_CLASS_TEST},        {"SART  TEST@@@", RCC_CLASS_TEST},
	    {"SART ACTIVE", RCC_CLASS_LIVE}, {"ACTIVE TEST", RCC_CLASS_LIVE}, {"TEST ACTIVE", RCC_CLASS_LIVE},
	    {"SART TESTED", RCC_CLASS_LIVE}, {"CONTEST", RCC_CLASS_LIVE},     {"", RCC_CLASS_LIVE},
	    {"SART TES", RCC_CLASS_LIVE},    {"SART-TEST.", RCC_CLASS_TEST},  {"@@@@", RCC_CLASS_LIVE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		struct rcc_ais_values values = text_from(970000001, row[i].text);
		struct rcc_alert alert;
		assert_int_equal(rcc_ais_beacon_alert(&values, &alert), RCC_OK);
		assert_int_equal(alert.source, RCC_SOURCE_AIS_BEACON);
		assert_int_equal(alert.class, row[i].class);
	}
}

static void
every_status_but_test_means_active(void **state)
{
	static const uint32_t type[] = {1, 2, 3, 27};
	static const uint32_t mmsi[] = {970000001, 972000001, 974000001};

	(void)state;
	for (uint32_t status = 0; status <= 15; status++) {
		for (size_t i = 0; i < 12; i++) {
			struct rcc_ais_values values = position_from(type[i % 4], mmsi[i / 4], status);
			struct rcc_alert alert;
			assert_int_equal(rcc_ais_beacon_alert(&values, &alert), RCC_OK);
			assert_int_equal(alert.class, status == 15 ? RCC_CLASS_TEST : RCC_CLASS_LIVE);
			assert_int_equal(alert.casualty.v, values.mmsi);
			assert_int_equal(alert.nature, mmsi[i / 4] == 972000001 ? RCC_NATURE_MOB : RCC_NATURE_BEACON);
		}
	}
}

static void
padding_of_texts_is_dropped(void **state)
{
	struct rcc_ais_values values = text_from(247000001, "MAN OVERBOARD @ @@");
	struct rcc_alert alert;

	(void)state;
	assert_int_equal(rcc_ais_beacon_alert(&values, &alert), RCC_OK);
	assert_string_equal(alert.text, "MAN OVERBOARD");
	assert_int_equal(alert.source, RCC_SOURCE_AIS_TEXT);
	assert_int_equal(alert.nature, RCC_NATURE_NOT_STATED);
}

/* A text that fills its array to the last byte has no end mark. */
static void
text_without_an_end_is_bounded(void **state)
{
	struct rcc_ais_values values = text_from(247000001, "");
	struct rcc_alert alert;

	(void)state;
	memset(values.text, 'X', sizeof values.text);
	assert_int_equal(rcc_ais_beacon_alert(&values, &alert), RCC_OK);
	assert_int_equal(strlen(alert.text), sizeof values.text);
}

static void
unprintable_text_is_made_printable(void **state)
{
	struct rcc_ais_values values = text_from(247000001, "HELP\x07\x1b[2J\xff");
	struct rcc_alert alert;

	(void)state;
	assert_int_equal(rcc_ais_beacon_alert(&values, &alert), RCC_OK);
	assert_string_equal(alert.text, "HELP??[2J?");
}

/* A beacon's other messages are no signals; an acknowledgement must not turn its test into an alarm. */
static void
beacon_without_signal_is_ordinary(void **state)
{
	static const uint32_t type[] = {5, 7, 13, 24};

	(void)state;
	for (size_t i = 0; i < sizeof type / sizeof type[0]; i++) {
		struct rcc_ais_values values = {
		    .type = type[i], .mmsi = 970000001, .status = RCC_NAV_STATUS_UNKNOWN, .at_ms = AT_MS};
		struct rcc_alert alert;
		assert_int_equal(rcc_ais_beacon_alert(&values, &alert), RCC_E_AGAIN);
	}
}

static void
unknown_position_has_no_time(void **state)
{
	struct rcc_ais_values values = position_from(1, 970000001, 14);
	struct rcc_alert alert;

	(void)state;
	assert_int_equal(rcc_ais_beacon_alert(&values, &alert), RCC_OK);
	assert_int_equal(alert.pos_at_ms, AT_MS);
	values.lat = 91 * 600000;
	assert_int_equal(rcc_ais_beacon_alert(&values, &alert), RCC_OK);
	assert_false(rcc_pos_is_known(alert.pos));
	assert_int_equal(alert.pos.lon_e7, RCC_POS_UNKNOWN_E7);
	assert_int_equal(alert.pos_at_ms, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(positions_are_converted_exactly),
	    cmocka_unit_test(places_off_the_globe_are_no_positions),
	    cmocka_unit_test(ordinary_message_leaves_the_alert_alone),
	    cmocka_unit_test(words_of_beacons_are_whole_words),
	    cmocka_unit_test(every_status_but_test_means_active),
	    cmocka_unit_test(padding_of_texts_is_dropped),
	    cmocka_unit_test(text_without_an_end_is_bounded),
	    cmocka_unit_test(unprintable_text_is_made_printable),
	    cmocka_unit_test(beacon_without_signal_is_ordinary),
	    cmocka_unit_test(unknown_position_has_no_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

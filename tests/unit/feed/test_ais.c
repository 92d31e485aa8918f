/* AIS messages as libgps gives them: every sentinel, every range, every type that counts and those that do not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "feed/ais.h"

#define AT_MS INT64_C(1795000000123)
/* 35-30.0N 012-30.0E in 1/10,000 minute. */
#define LAT 21300000
#define LON 7500000

static struct ais_t
class_a(void)
{
	struct ais_t ais = {.type = 1, .mmsi = 244670316};
	ais.type1.status = 0;
	ais.type1.speed = 123;
	ais.type1.lat = LAT;
	ais.type1.lon = LON;
	ais.type1.course = 451;
	ais.type1.heading = 44;
	return ais;
}

static void
reports_class_a(void **state)
{
	(void)state;
	for (unsigned int type = 1; type <= 3; type++) {
		struct ais_t ais = class_a();
		struct rcc_report report;
		ais.type = type;
		assert_int_equal(rcc_feed_ais_report(&ais, AT_MS, &report), RCC_OK);
		assert_int_equal(report.mmsi.v, 244670316);
		assert_int_equal(report.pos.lat_e7, 355000000);
		assert_int_equal(report.pos.lon_e7, 125000000);
		assert_int_equal(report.at_ms, AT_MS);
		assert_int_equal(report.sog_dkn, 123);
		assert_int_equal(report.cog_ddeg, 451);
		assert_int_equal(report.heading_deg, 44);
		assert_int_equal(report.nav_status, 0);
		assert_int_equal(report.message_type, type);
	}
}

static void
reports_class_b_without_status(void **state)
{
	(void)state;
	struct rcc_report report;
	struct ais_t b = {.type = 18, .mmsi = 235007143};
	b.type18.lat = -LAT;
	b.type18.lon = -LON;
	b.type18.speed = 51;
	b.type18.course = 3599;
	b.type18.heading = 359;
	assert_int_equal(rcc_feed_ais_report(&b, AT_MS, &report), RCC_OK);
	assert_int_equal(report.pos.lat_e7, -355000000);
	assert_int_equal(report.pos.lon_e7, -125000000);
	assert_int_equal(report.cog_ddeg, 3599);
	assert_int_equal(report.heading_deg, 359);
	assert_int_equal(report.nav_status, RCC_NAV_STATUS_UNKNOWN);
	struct ais_t extended = {.type = 19, .mmsi = 235007143};
	extended.type19.lat = LAT;
	extended.type19.lon = LON;
	extended.type19.speed = 7;
	extended.type19.course = 1;
	extended.type19.heading = 2;
	assert_int_equal(rcc_feed_ais_report(&extended, AT_MS, &report), RCC_OK);
	assert_int_equal(report.sog_dkn, 7);
	assert_int_equal(report.cog_ddeg, 1);
	assert_int_equal(report.heading_deg, 2);
	assert_int_equal(report.message_type, 19);
}

/* Values of a real message: 206914217 at 004-50.4N 137-01.4E, 57 kn, 167 degrees (gpsd 3.22 gives 2904, 82214). */
static void
long_range_has_its_own_scale(void **state)
{
	(void)state;
	struct rcc_report report;
	struct ais_t ais = {.type = 27, .mmsi = 206914217};
	ais.type27.status = 3;
	ais.type27.lat = 2904;
	ais.type27.lon = 82214;
	ais.type27.speed = 57;
	ais.type27.course = 167;
	assert_int_equal(rcc_feed_ais_report(&ais, AT_MS, &report), RCC_OK);
	assert_int_equal(report.pos.lat_e7, 48400000);
	assert_int_equal(report.pos.lon_e7, 1370233333);
	assert_int_equal(report.sog_dkn, 570);
	assert_int_equal(report.cog_ddeg, 1670);
	assert_int_equal(report.heading_deg, RCC_HEADING_UNKNOWN_DEG);
	assert_int_equal(report.nav_status, 3);
	ais.type27.speed = AIS_LONGRANGE_SPEED_NOT_AVAILABLE;
	ais.type27.course = AIS_LONGRANGE_COURSE_NOT_AVAILABLE;
	assert_int_equal(rcc_feed_ais_report(&ais, AT_MS, &report), RCC_OK);
	assert_int_equal(report.sog_dkn, RCC_SOG_UNKNOWN_DKN);
	assert_int_equal(report.cog_ddeg, RCC_COG_UNKNOWN_DDEG);
	ais.type27.lat = AIS_LONGRANGE_LAT_NOT_AVAILABLE;
	ais.type27.lon = AIS_LONGRANGE_LON_NOT_AVAILABLE;
	assert_int_equal(rcc_feed_ais_report(&ais, AT_MS, &report), RCC_E_RANGE);
	ais.type27.lat = INT32_MAX;
	ais.type27.lon = INT32_MIN;
	assert_int_equal(rcc_feed_ais_report(&ais, AT_MS, &report), RCC_E_RANGE);
}

static void
drops_what_states_no_position(void **state)
{
	(void)state;
	struct rcc_report untouched;
	struct rcc_report report;
	memset(&untouched, 0x5a, sizeof untouched);
	const int bad[][2] = {
	    {AIS_LAT_NOT_AVAILABLE, AIS_LON_NOT_AVAILABLE},
	    {LAT, AIS_LON_NOT_AVAILABLE},
	    {AIS_LAT_NOT_AVAILABLE, LON},
	    {-60900000, LON}, /* latitude -101.5: seen in a real log */
	};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct ais_t ais = class_a();
		report = untouched;
		ais.type1.lat = bad[i][0];
		ais.type1.lon = bad[i][1];
		assert_int_equal(rcc_feed_ais_report(&ais, AT_MS, &report), RCC_E_RANGE);
		assert_memory_equal(&report, &untouched, sizeof report);
	}
	struct ais_t nobody = class_a();
	nobody.mmsi = 0;
	assert_int_equal(rcc_feed_ais_report(&nobody, AT_MS, &report), RCC_E_RANGE);
	nobody.mmsi = RCC_MMSI_MAX + 1;
	assert_int_equal(rcc_feed_ais_report(&nobody, AT_MS, &report), RCC_E_RANGE);
	nobody.mmsi = RCC_MMSI_MAX;
	assert_int_equal(rcc_feed_ais_report(&nobody, AT_MS, &report), RCC_OK);
}

static void
motion_out_of_range_is_unknown(void **state)
{
	(void)state;
	struct ais_t ais = class_a();
	struct rcc_report report;
	ais.type1.speed = 4000;
	ais.type1.course = 3601;
	ais.type1.heading = 360;
	ais.type1.status = 99;
	assert_int_equal(rcc_feed_ais_report(&ais, AT_MS, &report), RCC_OK);
	assert_int_equal(report.sog_dkn, RCC_SOG_UNKNOWN_DKN);
	assert_int_equal(report.cog_ddeg, RCC_COG_UNKNOWN_DDEG);
	assert_int_equal(report.heading_deg, RCC_HEADING_UNKNOWN_DEG);
	assert_int_equal(report.nav_status, RCC_NAV_STATUS_UNKNOWN);
	ais.type1.speed = AIS_SPEED_FAST_MOVER;
	assert_int_equal(rcc_feed_ais_report(&ais, AT_MS, &report), RCC_OK);
	assert_int_equal(report.sog_dkn, 1022);
}

static void
other_stations_are_no_ships(void **state)
{
	(void)state;
	const unsigned int carries[] = {1, 2, 3, 18, 19, 27};
	for (unsigned int type = 0; type <= 28; type++) {
		struct ais_t ais = {.type = type, .mmsi = 2320000};
		struct rcc_report report;
		bool is_ship = false;
		for (size_t i = 0; i < sizeof carries / sizeof carries[0]; i++) {
			is_ship = is_ship || carries[i] == type;
		}
		assert_int_equal(rcc_feed_ais_report(&ais, AT_MS, &report) == RCC_E_AGAIN, !is_ship);
	}
}

static void
static_data_of_class_a(void **state)
{
	(void)state;
	struct rcc_static vessel;
	struct ais_t ais = {.type = 5, .mmsi = 351759000};
	ais.type5.imo = 9134270;
	memcpy(ais.type5.callsign, "3FOF8@@", 8);
	memcpy(ais.type5.shipname, "EVER DIADEM   @@@@@@", 21);
	ais.type5.shiptype = 70;
	ais.type5.draught = 122;
	ais.type5.to_bow = 225;
	ais.type5.to_stern = 70;
	ais.type5.to_port = 1;
	ais.type5.to_starboard = 31;
	assert_int_equal(rcc_feed_ais_static(&ais, &vessel), RCC_OK);
	assert_string_equal(vessel.name, "EVER DIADEM");
	assert_string_equal(vessel.callsign, "3FOF8");
	assert_int_equal(vessel.imo, 9134270);
	assert_int_equal(vessel.ship_type, 70);
	assert_int_equal(vessel.draught_dm, 122);
	assert_int_equal(vessel.to_bow_m, 225);
	assert_int_equal(vessel.to_stern_m, 70);
	assert_int_equal(vessel.to_port_m, 1);
	assert_int_equal(vessel.to_starboard_m, 31);
	assert_int_equal(vessel.message_type, 5);
}

static void
static_data_is_made_harmless(void **state)
{
	(void)state;
	struct rcc_static vessel;
	struct ais_t ais = {.type = 5, .mmsi = 351759000};
	memcpy(ais.type5.shipname, "A\x1b[2J\nB", 8);
	ais.type5.shiptype = 256;
	ais.type5.draught = 256;
	ais.type5.to_bow = 512;
	ais.type5.to_port = 64;
	assert_int_equal(rcc_feed_ais_static(&ais, &vessel), RCC_OK);
	assert_string_equal(vessel.name, "A?[2J?B");
	assert_int_equal(vessel.ship_type, 0);
	assert_int_equal(vessel.draught_dm, 0);
	assert_int_equal(vessel.to_bow_m, 0);
	assert_int_equal(vessel.to_port_m, 0);
}

static void
halves_of_type_24(void **state)
{
	(void)state;
	struct rcc_static vessel;
	struct ais_t ais = {.type = 24, .mmsi = 219877000};
	memcpy(ais.type24.shipname, "SUNRISE", 8);
	memcpy(ais.type24.callsign, "XP7146", 7);
	ais.type24.shiptype = 37;
	ais.type24.dim.to_bow = 9;
	ais.type24.part = part_a;
	assert_int_equal(rcc_feed_ais_static(&ais, &vessel), RCC_OK);
	assert_string_equal(vessel.name, "SUNRISE");
	assert_string_equal(vessel.callsign, "");
	assert_int_equal(vessel.to_bow_m, 0);
	ais.type24.part = part_b;
	assert_int_equal(rcc_feed_ais_static(&ais, &vessel), RCC_OK);
	assert_string_equal(vessel.name, "");
	assert_string_equal(vessel.callsign, "XP7146");
	assert_int_equal(vessel.to_bow_m, 9);
	ais.type24.part = both;
	assert_int_equal(rcc_feed_ais_static(&ais, &vessel), RCC_OK);
	assert_string_equal(vessel.name, "SUNRISE");
	assert_string_equal(vessel.callsign, "XP7146");
	assert_int_equal(vessel.ship_type, 37);
}

/* 98MIDXXXX: where its dimensions would be stands the MMSI of the ship it belongs to. */
static void
rescue_boat_has_no_size(void **state)
{
	(void)state;
	struct rcc_static vessel;
	struct ais_t ais = {.type = 24, .mmsi = 982320001};
	memcpy(ais.type24.shipname, "RESCUE BOAT 1", 14);
	ais.type24.mothership_mmsi = 200;
	assert_int_equal(rcc_feed_ais_static(&ais, &vessel), RCC_OK);
	assert_int_equal(vessel.to_bow_m, 0);
	assert_string_equal(vessel.name, "RESCUE BOAT 1");
}

static void
nothing_stated_is_not_sent(void **state)
{
	(void)state;
	struct rcc_static vessel;
	struct ais_t ais = {.type = 5, .mmsi = 351759000};
	memcpy(ais.type5.shipname, "@@@@@@@@@@@@@@@@@@@@", 21);
	assert_int_equal(rcc_feed_ais_static(&ais, &vessel), RCC_E_AGAIN);
	struct ais_t extended = {.type = 19, .mmsi = 0};
	memcpy(extended.type19.shipname, "GHOST", 6);
	assert_int_equal(rcc_feed_ais_static(&extended, &vessel), RCC_E_RANGE);
	extended.mmsi = 5;
	assert_int_equal(rcc_feed_ais_static(&extended, &vessel), RCC_OK);
	assert_string_equal(vessel.name, "GHOST");
	struct ais_t position = class_a();
	assert_int_equal(rcc_feed_ais_static(&position, &vessel), RCC_E_AGAIN);
}

static void
beacon_is_decoded_from_its_values(void **state)
{
	(void)state;
	struct ais_t ais = class_a();
	struct rcc_ais_values values;
	struct rcc_alert alert;
	ais.mmsi = 970123456;
	ais.type1.status = 14;
	rcc_feed_ais_values(&ais, AT_MS, &values);
	assert_true(values.has_pos);
	assert_int_equal(rcc_ais_beacon_alert(&values, &alert), RCC_OK);
	assert_int_equal(alert.source, RCC_SOURCE_AIS_BEACON);
	assert_int_equal(alert.class, RCC_CLASS_LIVE);
	assert_int_equal(alert.pos.lat_e7, 355000000);
	ais.type1.status = 15;
	rcc_feed_ais_values(&ais, AT_MS, &values);
	assert_int_equal(rcc_ais_beacon_alert(&values, &alert), RCC_OK);
	assert_int_equal(alert.class, RCC_CLASS_TEST);
	/* No receiver fix yet: the alert stands without a position. */
	ais.type1.status = 14;
	ais.type1.lat = AIS_LAT_NOT_AVAILABLE;
	ais.type1.lon = AIS_LON_NOT_AVAILABLE;
	rcc_feed_ais_values(&ais, AT_MS, &values);
	assert_int_equal(rcc_ais_beacon_alert(&values, &alert), RCC_OK);
	assert_false(rcc_pos_is_known(alert.pos));
}

static void
safety_texts_are_handed_on(void **state)
{
	(void)state;
	struct rcc_ais_values values;
	struct rcc_alert alert;
	struct ais_t all = {.type = 14, .mmsi = 972123456};
	memcpy(all.type14.text, "MOB ACTIVE@@@", 14);
	rcc_feed_ais_values(&all, AT_MS, &values);
	assert_string_equal(values.text, "MOB ACTIVE");
	assert_false(values.has_pos);
	assert_int_equal(rcc_ais_beacon_alert(&values, &alert), RCC_OK);
	assert_int_equal(alert.nature, RCC_NATURE_MOB);
	struct ais_t one = {.type = 12, .mmsi = 244670316};
	one.type12.dest_mmsi = 2320001;
	memcpy(one.type12.text, "TAKING WATER", 13);
	rcc_feed_ais_values(&one, AT_MS, &values);
	assert_int_equal(values.dest_mmsi, 2320001);
	assert_int_equal(rcc_ais_beacon_alert(&values, &alert), RCC_OK);
	assert_int_equal(alert.source, RCC_SOURCE_AIS_TEXT);
	struct ais_t ordinary = class_a();
	rcc_feed_ais_values(&ordinary, AT_MS, &values);
	assert_int_equal(rcc_ais_beacon_alert(&values, &alert), RCC_E_AGAIN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reports_class_a),
	    cmocka_unit_test(reports_class_b_without_status),
	    cmocka_unit_test(long_range_has_its_own_scale),
	    cmocka_unit_test(drops_what_states_no_position),
	    cmocka_unit_test(motion_out_of_range_is_unknown),
	    cmocka_unit_test(other_stations_are_no_ships),
	    cmocka_unit_test(static_data_of_class_a),
	    cmocka_unit_test(static_data_is_made_harmless),
	    cmocka_unit_test(halves_of_type_24),
	    cmocka_unit_test(rescue_boat_has_no_size),
	    cmocka_unit_test(nothing_stated_is_not_sent),
	    cmocka_unit_test(beacon_is_decoded_from_its_values),
	    cmocka_unit_test(safety_texts_are_handed_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The edges of the DSC decoder; what whole calls become is in golden/source/dsc. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "proto/source/source.h"
#include "rcc/text.h"

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

static void
read_flipped(const char *body, uint8_t flip, struct rcc_heard *ret_heard)
{
	char line[LINE_MAX];

	read_bytes(line, sentence(line, body, flip), AT_MS, ret_heard);
}

static struct rcc_alert
alert_of(const char *body)
{
	struct rcc_heard heard;

	read_flipped(body, 0, &heard);
	assert_int_equal(heard.kind, RCC_HEARD_ALERT);
	return heard.alert;
}

static enum rcc_heard_kind
kind_of(const char *body)
{
	struct rcc_heard heard;

	read_flipped(body, 0, &heard);
	return heard.kind;
}

static struct rcc_alert
alert_with(const char *format, const char *value)
{
	char body[LINE_MAX];

	(void)snprintf(body, sizeof body, "CDDSC,12,2470123450,12,%s,00,%s,%s,,,S,", format[0] == 'n' ? value : "06",
	               format[0] == 'p' ? value : "0354001230", format[0] == 't' ? value : "0300");
	return alert_of(body);
}

static void
positions_are_exact_in_every_quadrant(void **state)
{
	static const struct {
		const char *field;
		int32_t lat_e7, lon_e7;
	} row[] = {
	    {"0423108312", 425166667, 832000000},
	    {"1423108312", 425166667, -832000000},
	    {"2423108312", -425166667, 832000000},
	    {"3423108312", -425166667, -832000000},
	    {"0000000000", 0, 0},
	    {"3000000000", -1, -1}, /* south-west of 0 by a centimetre: a DSE may refine it that way */
	    {"0900018000", 900000000, 1800000000},
	    {"3900018000", -900000000, -1800000000},
	    {"0895917959", 899833333, 1799833333},
	    {"3000100001", -166667, -166667},
	    {"0000200002", 333333, 333333},
	    {"2000300000", -500000, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		struct rcc_alert alert = alert_with("position", row[i].field);
		assert_int_equal(alert.pos.lat_e7, row[i].lat_e7);
		assert_int_equal(alert.pos.lon_e7, row[i].lon_e7);
		assert_int_equal(alert.pos_radius_m, 2620);
		assert_int_equal(alert.marks, 0);
	}
}

static void
impossible_positions_are_told_and_stop_nothing(void **state)
{
	static const char *const row[] = {"4423108312",  "0900100000", "0000018001", "0906000000",
	                                  "0006000000",  "0000000060", "0999917959", "042310831",
	                                  "04231083123", "04231O8312", "8888888888", "-423108312"};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		struct rcc_alert alert = alert_with("position", row[i]);
		assert_false(rcc_pos_is_known(alert.pos));
		assert_int_equal(alert.pos_at_ms, 0);
		assert_int_equal(alert.pos_radius_m, 0);
		assert_int_equal(alert.marks, 0);
		assert_int_equal(alert.casualty.v, 247012345);
		assert_non_null(strstr(alert.text, row[i]));
	}
	assert_null(strstr(alert_with("position", "9999999999").text, "position"));
	assert_null(strstr(alert_with("position", "").text, "position"));
}

static void
a_time_of_day_gets_the_nearest_date(void **state)
{
	static const struct {
		const char *at, *field, *expect;
	} row[] = {
	    {"2026-11-24T00:03:00Z", "2358", "2026-11-23T23:58:00.000Z"},
	    {"2026-11-23T23:58:00Z", "0003", "2026-11-24T00:03:00.000Z"},
	    {"2026-11-24T12:00:00Z", "0000", "2026-11-24T00:00:00.000Z"},
	    {"2026-11-24T12:00:01Z", "0000", "2026-11-25T00:00:00.000Z"},
	    {"2026-11-24T00:00:00Z", "1200", "2026-11-23T12:00:00.000Z"},
	    {"2026-11-24T00:00:01Z", "1200", "2026-11-24T12:00:00.000Z"},
	    {"2026-11-24T11:59:00Z", "2359", "2026-11-23T23:59:00.000Z"},
	    {"2027-01-01T00:01:00Z", "2359", "2026-12-31T23:59:00.000Z"},
	    {"2028-02-28T23:59:00Z", "0001", "2028-02-29T00:01:00.000Z"},
	};
	char body[LINE_MAX], line[LINE_MAX], text[RCC_TIME_TEXT_SIZE];
	struct rcc_heard heard;
	int64_t at_ms = 0;

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		assert_int_equal(rcc_time_parse(row[i].at, &at_ms), RCC_OK);
		(void)snprintf(body, sizeof body, "CDDSC,12,2470123450,12,06,00,0354001230,%s,,,S,", row[i].field);
		read_bytes(line, sentence(line, body, 0), at_ms, &heard);
		assert_string_equal(rcc_time_format(text, heard.alert.pos_at_ms), row[i].expect);
	}
}

static void
a_time_that_is_none_is_unknown(void **state)
{
	static const char *const row[] = {"2400", "1260", "9999", "123", "12345", "12:4", "noon"};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		struct rcc_alert alert = alert_with("time", row[i]);
		assert_int_equal(alert.pos_at_ms, 0);
		assert_true(rcc_pos_is_known(alert.pos));
		assert_non_null(strstr(alert.text, row[i]));
	}
	assert_int_equal(alert_with("time", "8888").pos_at_ms, 0);
	assert_string_equal(alert_with("time", "8888").text, "DSC distress: disabled and adrift");
	assert_int_equal(alert_with("time", "").pos_at_ms, 0);
}

static void
every_nature_is_known_and_none_is_refused(void **state)
{
	(void)state;
	for (unsigned code = 0; code <= 100; code++) {
		char two[8], three[8];
		enum rcc_nature expect = RCC_NATURE_UNDESIGNATED;
		if (code <= 10)
			expect = (enum rcc_nature)(code + 1);
		if (code == 12)
			expect = RCC_NATURE_BEACON;
		if (code == 26)
			expect = RCC_NATURE_NOT_STATED;
		(void)snprintf(two, sizeof two, "%02u", code);
		(void)snprintf(three, sizeof three, "%u", code + 100);
		assert_int_equal(alert_with("nature", two).nature, code == 100 ? RCC_NATURE_FIRE : expect);
		assert_int_equal(alert_with("nature", three).nature, expect);
		assert_int_equal(alert_with("nature", two).marks, 0);
	}
	assert_int_equal(alert_with("nature", "").nature, RCC_NATURE_NOT_STATED);
	assert_int_equal(alert_with("nature", "xx").nature, RCC_NATURE_UNDESIGNATED);
	assert_non_null(strstr(alert_with("nature", "xx").text, "\"xx\""));
}

static void
codes_of_three_digits_say_the_same(void **state)
{
	(void)state;
	struct rcc_alert two = alert_of("CDDSC,16,0024702010,12,12,00,0354001230,0300,2470123450,05,S,");
	struct rcc_alert three = alert_of("CDDSC,116,0024702010,112,112,100,0354001230,0300,2470123450,105,S,");
	assert_string_equal(two.text, three.text);
	assert_int_equal(two.marks, RCC_ALERT_RELAYED);
	assert_int_equal(three.marks, RCC_ALERT_RELAYED);
	assert_int_equal(three.nature, RCC_NATURE_SINKING);
	assert_int_equal(three.casualty.v, 247012345);
	assert_int_equal(three.relay.v, 2470201);
	assert_int_equal(kind_of("CDDSC,120,2480000010,100,100,126,900072,,,,R,"), RCC_HEARD_ROUTINE);
	assert_int_equal(kind_of("CDDSC,120,2480000010,108,118,126,,,,,R,"), RCC_HEARD_ROUTINE);
	assert_int_equal(alert_of("CDDSC,116,2480000010,110,100,126,900016,,,,S,").category, RCC_CATEGORY_URGENCY);
	assert_int_equal(alert_of("CDDSC,112,2480000010,112,112,100,,,,,S,").nature, RCC_NATURE_BEACON);
	assert_int_equal(alert_of("CDDSC,112,2480000010,112,110,100,,,,,S,").nature, RCC_NATURE_MOB);
}

static void
an_identity_is_nine_digits_and_a_zero(void **state)
{
	static const struct {
		const char *field;
		uint32_t mmsi;
	} row[] = {{"2470123450", 247012345}, {"247012345", 247012345}, {"0024702010", 2470201}, {"2470123451", 0},
	           {"24701234", 0},           {"24701234500", 0},       {"24701234x0", 0},       {"2626262626", 0}};
	char body[LINE_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		(void)snprintf(body, sizeof body, "CDDSC,12,%s,12,06,00,,,,,S,", row[i].field);
		struct rcc_alert alert = alert_of(body);
		assert_int_equal(alert.casualty.v, row[i].mmsi);
		assert_int_equal(alert.marks, 0);
		assert_true((strstr(alert.text, row[i].field) != NULL) == (row[i].mmsi == 0));
		(void)snprintf(body, sizeof body, "CDDSC,16,0024702010,12,12,00,,,%s,06,S,", row[i].field);
		alert = alert_of(body);
		assert_int_equal(alert.casualty.v, row[i].mmsi);
		assert_int_equal(alert.relay.v, 2470201);
		assert_true((strstr(alert.text, row[i].field) != NULL) == (row[i].mmsi == 0));
	}
}

static void
who_is_in_danger_and_who_says_so_are_kept_apart(void **state)
{
	static const struct {
		const char *body;
		uint32_t casualty, relay, marks;
	} row[] = {
	    {"CDDSC,12,2470123450,12,05,00,,,2470123450,,S,", 247012345, 0, RCC_ALERT_SELF_CANCEL},
	    {"CDDSC,16,2470123450,12,10,00,,,2470123450,05,S,", 247012345, 0, RCC_ALERT_SELF_CANCEL},
	    {"CDDSC,12,2470123450,12,05,00,,,0000000000,,S,", 247012345, 0, 0},
	    /* A distress of one's own stays that, whatever else it names. */
	    {"CDDSC,12,2470123450,12,05,00,,,2480000010,,S,", 247012345, 0, 0},
	    {"CDDSC,12,,12,05,00,,,2480000010,,S,", 248000001, 0, 0},
	    {"CDDSC,20,2470123450,12,10,00,,,2480000010,05,S,", 248000001, 247012345, RCC_ALERT_ACKNOWLEDGED},
	    {"CDDSC,16,2470123450,12,12,00,,,2480000010,05,S,", 248000001, 247012345, RCC_ALERT_RELAYED},
	    {"CDDSC,16,2470123450,,12,00,,,2480000010,05,S,", 248000001, 247012345, RCC_ALERT_RELAYED},
	    {"CDDSC,16,2470123450,12,12,00,,,,05,S,", 0, 247012345, RCC_ALERT_RELAYED},
	    {"CDDSC,02,0360110203,12,10,00,,,2480000010,05,S,", 248000001, 0, RCC_ALERT_ACKNOWLEDGED},
	    /* An addressed distress: the sender's own, unless it names another or stands on land. */
	    {"CDDSC,20,2470123450,12,00,26,,,,,R,", 247012345, 0, 0},
	    {"CDDSC,14,2470123450,12,18,26,,,,,R,", 247012345, 0, 0},
	    {"CDDSC,20,2470123450,12,00,26,,,2480000010,,R,", 248000001, 247012345, RCC_ALERT_RELAYED},
	    {"CDDSC,20,0024702010,12,00,26,,,,,R,", 0, 2470201, RCC_ALERT_RELAYED},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		struct rcc_alert alert = alert_of(row[i].body);
		assert_int_equal(alert.casualty.v, row[i].casualty);
		assert_int_equal(alert.relay.v, row[i].relay);
		assert_int_equal(alert.marks, row[i].marks);
		assert_int_equal(alert.category, RCC_CATEGORY_DISTRESS);
	}
}

/* Over every format, category and telecommand: what is right and routine raises nothing, all else is told. */
static void
only_what_is_routine_throughout_raises_nothing(void **state)
{
	static const char *const formats[] = {"02", "12", "14", "16", "20", "21", "23", "120", "99", "", "1x"};
	static const char *const categories[] = {"00", "08", "10", "12", "100", "108", "110", "112", "07", "", "--"};
	char body[LINE_MAX];
	struct rcc_heard heard;

	(void)state;
	for (size_t i = 0; i < 121 * (size_t)256; i++) {
		size_t format = i % 11, category = i / 11 % 11;
		unsigned first = (unsigned)(i / 121 % 128);
		bool is_wrong = i / 121 / 128 != 0;
		bool is_call = first % 100 == 10 || first % 100 == 12;
		bool is_routine =
		    (category < 2 || category == 4 || category == 5) && format != 1 && format < 8 && !is_call;
		(void)snprintf(body, sizeof body, "CDDSC,%s,2470123450,%s,%02u,26,,,,,S,", formats[format],
		               categories[category], first);
		read_flipped(body, is_wrong ? 1 : 0, &heard);
		if (!is_wrong)
			assert_int_equal(heard.kind, is_routine ? RCC_HEARD_ROUTINE : RCC_HEARD_ALERT);
		else if (!is_routine)
			assert_int_equal(heard.kind, RCC_HEARD_ALERT);
		if (heard.kind != RCC_HEARD_ALERT)
			continue;
		bool needs_reading = (heard.alert.marks & RCC_ALERT_NEEDS_READING) != 0;
		assert_int_equal(heard.alert.class, RCC_CLASS_LIVE);
		assert_true(((heard.alert.marks & RCC_ALERT_CHECKSUM_WRONG) != 0) == is_wrong);
		assert_true(needs_reading || !is_wrong);
		if (!is_wrong && (format == 1 || category == 3 || category == 7))
			assert_false(needs_reading);
	}
}

static void
a_position_is_a_report_only_if_all_of_it_is_sound(void **state)
{
	struct rcc_heard heard;

	(void)state;
	read_flipped("CDDSC,20,2480000010,00,21,26,1352501310,0310,,,B,", 0, &heard);
	assert_int_equal(heard.kind, RCC_HEARD_POSITION);
	assert_int_equal(heard.report.mmsi.v, 248000001);
	assert_int_equal(heard.report.pos.lat_e7, 354166667);
	assert_int_equal(heard.report.pos.lon_e7, -131666667);
	assert_int_equal(heard.report.at_ms, AT_MS - 127250);
	assert_int_equal(heard.report.sog_dkn, RCC_SOG_UNKNOWN_DKN);
	assert_int_equal(heard.report.cog_ddeg, RCC_COG_UNKNOWN_DDEG);
	assert_int_equal(heard.report.heading_deg, RCC_HEADING_UNKNOWN_DEG);
	assert_int_equal(heard.report.nav_status, RCC_NAV_STATUS_UNKNOWN);
	assert_int_equal(heard.report.message_type, 0);
	read_flipped("CDDSC,20,2480000010,00,21,26,1352501310,0320,,,B,", 0, &heard);
	assert_int_equal(heard.report.at_ms, AT_MS);
	read_flipped("CDDSC,20,2480000010,00,21,26,1352501310,8888,,,B,", 0, &heard);
	assert_int_equal(heard.report.at_ms, AT_MS);
	read_flipped("CDDSC,20,2480000010,00,21,26,1352501310,0310,,,B,", 1, &heard);
	assert_int_equal(heard.kind, RCC_HEARD_ROUTINE);
	assert_int_equal(kind_of("CDDSC,20,2480000010,00,21,26,9999999999,0310,,,B,"), RCC_HEARD_ROUTINE);
	assert_int_equal(kind_of("CDDSC,20,2480000010,00,21,26,4352501310,0310,,,B,"), RCC_HEARD_ROUTINE);
	assert_int_equal(kind_of("CDDSC,20,,00,21,26,1352501310,0310,,,B,"), RCC_HEARD_ROUTINE);
	assert_int_equal(kind_of("CDDSC,02,0360110203,00,21,26,1352501310,0310,,,B,"), RCC_HEARD_ROUTINE);
	assert_int_equal(kind_of("CDDSC,20,2480000010,00,00,26,1352501310,0310,,,B,"), RCC_HEARD_ROUTINE);
}

static void
data_items_of_an_expansion(void **state)
{
	static const struct {
		const char *items;
		uint32_t refine, persons;
		const char *name, *callsign, *text;
	} row[] = {
	    {"00,00000000", RCC_REFINE(0, 0), 0, "", "", "finer position"},
	    {"00,99990001", RCC_REFINE(9999, 1), 0, "", "", "finer position"},
	    {"00,99999999", 0, 0, "", "", ""},
	    {"00,1234567", 0, 0, "", "", "item 00 is \"1234567\""},
	    {"00,C26,06,C10", 0, 0, "", "", ""},
	    {"01,000000", 0, 0, "", "", "position not valid"},
	    {"01,020101", 0, 0, "", "", "position not in WGS 84"},
	    {"02,0224,03,1801", 0, 0, "", "", "speed 22.4 kn; course 180.1 degrees"},
	    {"04,1925241100", 0, 0, "", "IONA0", "identification IONA0"},
	    {"04,19252411", 0, 0, "IONA", "", "identification IONA"},
	    {"04,CALYPSO", 0, 0, "CALYPSO", "", "identification CALYPSO"},
	    {"04,A'B", 0, 0, "A,B", "", "identification A,B"},
	    {"04,9HAB7", 0, 0, "", "9HAB7", "identification 9HAB7"},
	    {"04,9999", 0, 0, "9999", "", "identification 9999"},
	    {"06,0112", 0, 112, "", "", "112 persons on board"},
	    {"06,12", 0, 0, "", "", "item 06 is \"12\""},
	    {"57,1,00,12345678", RCC_REFINE(1234, 5678), 0, "", "", "item 57 is \"1\"; finer position"},
	    {"00", 0, 0, "", "", ""},
	};
	char body[LINE_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		(void)snprintf(body, sizeof body, "CDDSE,1,1,A,2470123450,%s", row[i].items);
		struct rcc_alert alert = alert_of(body);
		assert_int_equal(alert.refine, row[i].refine);
		assert_int_equal(alert.persons, row[i].persons);
		assert_string_equal(alert.name, row[i].name);
		assert_string_equal(alert.callsign, row[i].callsign);
		assert_non_null(strstr(alert.text, row[i].text));
		assert_int_equal(alert.marks, RCC_ALERT_REVISION);
		assert_int_equal(alert.category, RCC_CATEGORY_NOT_STATED);
		assert_int_equal(alert.casualty.v, 247012345);
	}
	assert_int_equal(kind_of("CDDSE,1,1,Q,2470123450,00,"), RCC_HEARD_ROUTINE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(positions_are_exact_in_every_quadrant),
	    cmocka_unit_test(impossible_positions_are_told_and_stop_nothing),
	    cmocka_unit_test(a_time_of_day_gets_the_nearest_date),
	    cmocka_unit_test(a_time_that_is_none_is_unknown),
	    cmocka_unit_test(every_nature_is_known_and_none_is_refused),
	    cmocka_unit_test(codes_of_three_digits_say_the_same),
	    cmocka_unit_test(an_identity_is_nine_digits_and_a_zero),
	    cmocka_unit_test(who_is_in_danger_and_who_says_so_are_kept_apart),
	    cmocka_unit_test(only_what_is_routine_throughout_raises_nothing),
	    cmocka_unit_test(a_position_is_a_report_only_if_all_of_it_is_sound),
	    cmocka_unit_test(data_items_of_an_expansion),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

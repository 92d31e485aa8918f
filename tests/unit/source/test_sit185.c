/*
 * SIT 185 messages as centres, gateways and e-mail programs deform them: layout never changes what is read, a lost paragraph
 * never loses the alert, and what a person wrote in free text never holds one back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "proto/source/source.h"

/* 2026-11-23T03:12:07Z */
#define AT_MS INT64_C(1795403527000)
#define PARAGRAPHS 16
#define POSITIONS                                                                                                      \
	"8. POSITIONS\n DOPPLER A - 35 12.4 N 012 36.0 E PROB 80 PERCENT\n"                                            \
	" DOPPLER B - 40 10.0 N 003 15.5 W PROB 20 PERCENT\n"

static const char *const paragraphs[PARAGRAPHS] = {
    "1. DISTRESS COSPAS-SARSAT INITIAL ALERT\n",
    "2. MSG NO 00934 ITMCC REF 00934\n",
    "3. DETECTED AT 23 NOV 2026 0255 UTC BY SARSAT S12\n",
    "4. DETECTION FREQUENCY 406.0280 MHZ\n",
    "5. COUNTRY OF BEACON REGISTRATION 247/ ITALY\n",
    "6. USER CLASS STANDARD LOCATION - EPIRB\n MMSI - LAST 6 DIGITS 096400\n",
    "7. EMERGENCY CODE NIL\n",
    POSITIONS,
    "9. ENCODED POSITION PROVIDED BY NIL\n",
    "10. NEXT PASS TIMES\n DOPPLER A - 23 NOV 2026 0436 UTC\n DOPPLER B - NIL\n",
    "11. HEX ID 1EE42F1202FFBFF HOMING SIGNAL 121.5\n",
    "12. ACTIVATION TYPE MANUAL\n",
    "13. BEACON NUMBER ON AIRCRAFT OR VESSEL NO 1\n",
    "14. OTHER ENCODED INFORMATION NIL\n",
    "15. OPERATIONAL INFORMATION\n VESSEL NAME STELLA\n POB 4\n",
    "16. REMARKS NIL\nEND OF MESSAGE\n",
};

static struct rcc_heard heard, other;
static char text[RCC_RAW_WIRE_MAX + 1];

static enum rcc_status
decode(const char *bytes, size_t len, struct rcc_heard *ret_heard)
{
	const struct rcc_raw raw = {.bytes = (const uint8_t *)bytes, .len = len, .at_ms = AT_MS};

	memset(ret_heard, 0, sizeof *ret_heard);
	return rcc_sit185_decode(&raw, ret_heard);
}

static const struct rcc_alert *
alert_of(const char *bytes)
{
	assert_int_equal(decode(bytes, strlen(bytes), &heard), RCC_OK);
	assert_int_equal(heard.kind, RCC_HEARD_ALERT);
	return &heard.alert;
}

/* The message without one paragraph; with all of them for `without` = PARAGRAPHS. */
static void
write_message(size_t without)
{
	text[0] = '\0';
	for (size_t i = 0; i < PARAGRAPHS; i++) {
		if (i != without)
			(void)strncat(text, paragraphs[i], sizeof text - strlen(text) - 1);
	}
}

/* Every `from` of the message becomes `to`. */
static size_t
replace(char from, const char *to, char *bytes, size_t size)
{
	size_t len = 0;

	write_message(PARAGRAPHS);
	for (const char *c = text; *c != '\0'; c++) {
		const char one[] = {*c, '\0'};
		const char *put = *c == from ? to : one;
		assert_true(len + strlen(put) < size);
		memcpy(bytes + len, put, strlen(put));
		len += strlen(put);
	}
	bytes[len] = '\0';
	return len;
}

static void
layout_changes_nothing(void **state)
{
	static const struct {
		char from;
		const char *to;
	} row[] = {
	    {'\n', "\r\n"}, {'\n', "\n\n"},  {'\n', " \t\r\r\n \n"}, {' ', "  "},
	    {' ', "\t"},    {' ', " \t   "}, {'-', "\xe2\x80\x93"},  {'-', " - "},
	};
	static char bytes[RCC_RAW_WIRE_MAX];

	(void)state;
	write_message(PARAGRAPHS);
	assert_int_equal(decode(text, strlen(text), &heard), RCC_OK);
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		size_t len = replace(row[i].from, row[i].to, bytes, sizeof bytes);
		assert_int_equal(decode(bytes, len, &other), RCC_OK);
		/* The sentence quotes dashes as they are spaced. */
		if (row[i].from == '-')
			memcpy(other.alert.text, heard.alert.text, sizeof other.alert.text);
		assert_memory_equal(&heard, &other, sizeof heard);
	}
}

static void
lower_case_and_lost_line_breaks_change_nothing(void **state)
{
	(void)state;
	write_message(PARAGRAPHS);
	assert_int_equal(decode(text, strlen(text), &heard), RCC_OK);
	for (char *c = text; *c != '\0'; c++)
		*c = (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
	assert_int_equal(decode(text, strlen(text), &other), RCC_OK);
	assert_memory_equal(&heard, &other, sizeof heard);
	for (char *c = text; *c != '\0'; c++)
		*c = (char)(*c == '\n' ? ' ' : *c);
	assert_int_equal(decode(text, strlen(text), &other), RCC_OK);
	assert_string_equal(other.alert.beacon, heard.alert.beacon);
	assert_int_equal(other.alert.casualty.v, heard.alert.casualty.v);
	assert_int_equal(other.alert.candidate_count, 2);
	assert_memory_equal(&other.alert.pos, &heard.alert.pos, sizeof heard.alert.pos);
	assert_int_equal(other.alert.pos_at_ms, heard.alert.pos_at_ms);
}

static void
a_lost_paragraph_loses_no_alert(void **state)
{
	(void)state;
	for (size_t i = 0; i < PARAGRAPHS; i++) {
		write_message(i);
		const struct rcc_alert *alert = alert_of(text);
		assert_int_equal(alert->source, RCC_SOURCE_SIT185);
		assert_int_equal(alert->class, RCC_CLASS_LIVE);
		assert_int_equal(alert->marks, i == 0 || i == 15 ? RCC_ALERT_NEEDS_READING : 0);
		assert_int_equal(alert->candidate_count, i == 7 ? 0 : 2);
		assert_string_equal(alert->beacon, i == 10 ? "" : "1EE42F1202FFBFF");
		assert_int_equal(alert->casualty.v, i == 4 || i == 5 ? 0 : 247096400);
		assert_int_equal(alert->persons, i == 14 ? 0 : 4);
	}
}

/* A message cut off anywhere says less, never something else, and no machine acts upon it. */
static void
a_cut_message_says_less(void **state)
{
	(void)state;
	write_message(PARAGRAPHS);
	size_t whole = (size_t)(strstr(text, "NIL\nEND") - text) + strlen("NIL");
	for (size_t len = strlen("1. DISTRESS COSPAS"); len <= strlen(text); len++) {
		assert_int_equal(decode(text, len, &heard), RCC_OK);
		assert_int_equal(heard.alert.class, RCC_CLASS_LIVE);
		assert_true(len >= whole || (heard.alert.marks & RCC_ALERT_NEEDS_READING) != 0);
		assert_true(heard.alert.beacon[0] == '\0' || strcmp(heard.alert.beacon, "1EE42F1202FFBFF") == 0);
		assert_true((heard.alert.marks & ~RCC_ALERT_NEEDS_READING) == 0);
	}
}

static void
sides_are_never_averaged(void **state)
{
	static const struct {
		const char *a, *b;
		bool is_b;
		uint32_t percent_a, percent_b;
	} row[] = {
	    {" PROB 50 PERCENT", " PROB 50 PERCENT", false, 50, 50},
	    {" PROB 80 PERCENT", " PROB 20 PERCENT", false, 80, 20},
	    {" PROB 20 PERCENT", " PROB 80 PERCENT", true, 20, 80},
	    {" PROBABILITY: 49", " PROBABILITY: 51", true, 49, 51},
	    {"", "", false, 0, 0},
	    {"", " PROB 30 PERCENT", false, 0, 30},
	    {" PROB 30 PERCENT", "", true, 30, 0},
	    {" PROB 999 PERCENT", " PROB 10 PERCENT", false, 0, 10},
	};
	const struct rcc_pos a = {.lat_e7 = 352066667, .lon_e7 = 126000000};
	const struct rcc_pos b = {.lat_e7 = 401666667, .lon_e7 = -32583333};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		(void)snprintf(text, sizeof text,
		               "1. DISTRESS COSPAS-SARSAT ALERT\n"
		               "8. POSITIONS\nDOPPLER A - 35 12.4 N 012 36.0 E%s\nDOPPLER B - 40 10.0 N 003 15.5 W%s\n"
		               "11. HEX ID 1EE42F1202FFBFF\nEND OF MESSAGE\n",
		               row[i].a, row[i].b);
		const struct rcc_alert *alert = alert_of(text);
		assert_int_equal(alert->candidate_count, 2);
		assert_memory_equal(&alert->candidate[0].pos, &a, sizeof a);
		assert_memory_equal(&alert->candidate[1].pos, &b, sizeof b);
		assert_int_equal(alert->candidate[0].percent, row[i].percent_a);
		assert_int_equal(alert->candidate[1].percent, row[i].percent_b);
		assert_memory_equal(&alert->pos, row[i].is_b ? &b : &a, sizeof a);
		assert_int_equal(alert->marks, 0);
	}
}

static void
positions_as_centres_write_them(void **state)
{
	static const char *const row[] = {
	    "36 36.20S  174 43.00E",
	    "36 36.20 S 174 43.00 E",
	    "S36 36.20 E174 43.00",
	    "36-36.20S 174-43.00E",
	    "36 36.20 SOUTH / 174 43.00 EAST",
	    "3636.20S 17443.00E",
	    "36\n36.20S 174\n43.00\nE",
	    "36\xc2\xb0 36.20'S 174\xc2\xb0 43.00'E",
	    "LAT 36 36.20 S LONG 174 43.00 E",
	    "36 36 12 S 174 43 00 E",
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		(void)snprintf(text, sizeof text, "8. POSITIONS\nDOA - %s EXPECTED ACCURACY 03 NMS\n11. HEX ID NIL\n",
		               row[i]);
		const struct rcc_alert *alert = alert_of(text);
		assert_int_equal(alert->pos.lat_e7, -366033333);
		assert_int_equal(alert->pos.lon_e7, 1747166667);
		assert_int_equal(alert->pos_radius_m, 5556);
		assert_int_equal(alert->candidate_count, 0);
	}
}

/* What cannot be read is told, and is no position. */
static void
unreadable_positions_are_told(void **state)
{
	static const char *const row[] = {
	    "36 36.20 174 43.00", "36 75.00S 174 43.00E", "96 00.00S 174 43.00E", "36 36,20S 174 43,00E",
	    "36 36.20S",          "36 36.20S 036 36.20S", "123456789 S 3 E",      "N 36 36.20",
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		(void)snprintf(text, sizeof text,
		               "1. DISTRESS COSPAS-SARSAT ALERT\n8. POSITIONS\nENCODED - %s\n"
		               "11. HEX ID 1EE42F1202FFBFF\nEND OF MESSAGE\n",
		               row[i]);
		const struct rcc_alert *alert = alert_of(text);
		assert_false(rcc_pos_is_known(alert->pos));
		assert_int_equal(alert->marks, 0);
		assert_non_null(strstr(alert->text, "could not be read"));
	}
}

static void
candidates_keep_the_chosen_place(void **state)
{
	(void)state;
	const struct rcc_alert *alert =
	    alert_of("1. DISTRESS COSPAS-SARSAT POSITION CONFLICT ALERT\n8. POSITIONS\n"
	             "DOPPLER A - 10 00.0 N 010 00.0 E PROB 60 PERCENT\n"
	             "DOPPLER B - 11 00.0 N 011 00.0 E PROB 40 PERCENT\n"
	             "DOA - 12 00.0 N 012 00.0 E\nDOA - 13 00.0 N 013 00.0 E\n"
	             "DOA - 14 00.0 N 014 00.0 E\nENCODED - 15 00.0 N 015 00.0 E\nEND OF MESSAGE\n");
	assert_int_equal(alert->candidate_count, RCC_CANDIDATES_MAX);
	assert_int_equal(alert->pos.lat_e7, 150000000);
	assert_int_equal(alert->candidate[RCC_CANDIDATES_MAX - 1].pos.lat_e7, 150000000);
	assert_int_equal(alert->candidate[0].pos.lat_e7, 100000000);

	/* A conflict drops not even against a confirmed place. */
	alert = alert_of("1. DISTRESS COSPAS-SARSAT POSITION CONFLICT ALERT\n8. POSITIONS\n"
	                 "CONFIRMED - 10 00.0 N 010 00.0 E\nDOA - 12 00.0 N 012 00.0 E\nEND OF MESSAGE\n");
	assert_int_equal(alert->candidate_count, 2);
	assert_int_equal(alert->pos.lat_e7, 100000000);
	assert_int_equal(alert->marks, 0);

	/* Two sides of one solution are not confirmed by a title. */
	alert = alert_of("1. DISTRESS COSPAS-SARSAT POSITION CONFIRMATION ALERT\n8. POSITIONS\n"
	                 "DOPPLER A - 10 00.0 N 010 00.0 E PROB 60 PERCENT\n"
	                 "DOPPLER B - 11 00.0 N 011 00.0 E PROB 40 PERCENT\nEND OF MESSAGE\n");
	assert_int_equal(alert->candidate_count, 2);
	assert_int_equal(alert->marks, 0);
}

static void
times_as_centres_write_them(void **state)
{
	static const struct {
		const char *words;
		int64_t at_ms;
	} row[] = {
	    {"28 JUL 2016 2338 UTC", INT64_C(1469749080000)},
	    {"28 JUL 16 2338 UTC", INT64_C(1469749080000)},
	    {"28 JULY 2016 23:38Z", INT64_C(1469749080000)},
	    {"28JUL16 2338Z", INT64_C(1469749080000)},
	    {"28/JUL/2016 23.38", INT64_C(1469749080000)},
	    {"6 APR 07 1440 UTC", INT64_C(1175870400000)},
	    {"06 APR 99 1440 UTC", INT64_C(923409600000)},
	    {"31 FEB 2026 0000 UTC", 0},
	    {"28 XYZ 2016 2338 UTC", 0},
	    {"28 JUL 2016 2460 UTC", 0},
	    {"UNKNOWN", 0},
	    {"28 JUL 2338 UTC", 0},
	    {"0 JAN 2026 0000 UTC", 0},
	    {"28 JUL 1916 2338 UTC", 0},
	    {"", 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		(void)snprintf(text, sizeof text,
		               "3. DETECTED AT %s\n8. POSITIONS\nDOA - 10 00.0 N 010 00.0 E\n"
		               "11. HEX ID NIL\n",
		               row[i].words);
		assert_int_equal(alert_of(text)->pos_at_ms, row[i].at_ms);
	}
}

static void
identities_of_every_length(void **state)
{
	static const struct {
		const char *words, *beacon;
	} row[] = {
	    {"HEX ID 400E77A1FCFFBFF", "400E77A1FCFFBFF"},
	    {"HEX ID: 400E 77A1 FCFF BFF 406 MHZ", "400E77A1FCFFBFF"},
	    {"15 HEX ID 400e77a1fcffbff", "400E77A1FCFFBFF"},
	    {"HEX ID 9934039823D000000000000", "9934039823D000000000000"},
	    {"HEX ID 99340 39823 D0000 00000 000", "9934039823D000000000000"},
	    /* Whole messages: national, RLS, user protocols, and one that is not assigned. */
	    {"30 HEX MSG 911730400F37C4BE478E37FFFFFFFF", "222E60801EFFBFF"},
	    {"30 HEX MSG 96EA176B9BFC12345678901234ABCD", "2DD42ED73F81FE0"},
	    {"22 HEX MSG E0D6F14404E00C2FFFFFFF", "C1ADE28809C0185"},
	    {"30 HEX MSG 800000000000000000000000000000", ""},
	    {"HEX ID 400E77A1FCFFBF", ""},
	    {"HEX ID NIL", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		(void)snprintf(text, sizeof text, "1. DISTRESS COSPAS-SARSAT ALERT\n11. %s HOMING SIGNAL 121.5\n",
		               row[i].words);
		assert_string_equal(alert_of(text)->beacon, row[i].beacon);
	}
}

/* What holds an alert back is believed where the centre states it, and nowhere else. */
static void
free_text_holds_nothing_back(void **state)
{
	static const struct {
		const char *words;
		enum rcc_class class;
		uint32_t marks;
	} row[] = {
	    {"1. DISTRESS COSPAS-SARSAT TEST ALERT", RCC_CLASS_TEST, 0},
	    {"1. TEST COSPAS-SARSAT ALERT", RCC_CLASS_TEST, 0},
	    {"1. DISTRESS COSPAS-SARSAT ALERT - TEST", RCC_CLASS_TEST, 0},
	    {"1. DISTRESS COSPAS-SARSAT ALERT - THIS IS NOT A TEST", RCC_CLASS_LIVE, 0},
	    {"1. DISTRESS COSPAS-SARSAT ALERT (EXERCISE)", RCC_CLASS_EXERCISE, 0},
	    {"1. DISTRESS COSPAS-SARSAT ALERT - NO EXERCISE", RCC_CLASS_LIVE, 0},
	    {"1. DISTRESS COSPAS-SARSAT LATEST ALERT", RCC_CLASS_LIVE, 0},
	    {"6. USER CLASS TEST", RCC_CLASS_TEST, 0},
	    {"6. USER CLASS\n  TEST PROTOCOL", RCC_CLASS_TEST, 0},
	    {"6. USER CLASS NATIONAL LOCATION - TEST", RCC_CLASS_TEST, 0},
	    {"6. USER CLASS SERIAL USER\nTEST USER", RCC_CLASS_TEST, 0},
	    {"6. USER CLASS SERIAL USER\nMODEL TESTED UNDER TEST NO 4", RCC_CLASS_LIVE, 0},
	    {"6. USER CLASS NOT A TEST", RCC_CLASS_LIVE, 0},
	    {"16. REMARKS TEST", RCC_CLASS_LIVE, 0},
	    {"15. OPERATIONAL INFORMATION\nUSER CLASS TEST\n1. TEST ALERT", RCC_CLASS_LIVE, 0},
	    {"14. OTHER ENCODED INFORMATION TEST", RCC_CLASS_LIVE, 0},
	    {"1. DISTRESS COSPAS-SARSAT USER CANCELLATION ALERT", RCC_CLASS_LIVE, RCC_ALERT_SELF_CANCEL},
	    {"12. ACTIVATION TYPE USER CANCELLATION", RCC_CLASS_LIVE, RCC_ALERT_SELF_CANCEL},
	    {"16. REMARKS\nNIL\nBEACON CANCELLED BY OWNER", RCC_CLASS_LIVE, RCC_ALERT_SELF_CANCEL},
	    {"16. REMARKS THE FIRST ALERT WAS CANCELLED BY USER", RCC_CLASS_LIVE, 0},
	    {"15. OPERATIONAL INFORMATION CANCELLED BY USER", RCC_CLASS_LIVE, 0},
	    {"1. SHIP SECURITY COSPAS-SARSAT ALERT", RCC_CLASS_LIVE, RCC_ALERT_RESTRICTED},
	    {"6. USER CLASS SHIP SECURITY - EPIRB", RCC_CLASS_LIVE, RCC_ALERT_RESTRICTED},
	    {"11. HEX ID 26F8000F62FFBFF", RCC_CLASS_LIVE, RCC_ALERT_RESTRICTED},
	    {"16. REMARKS SHIP SECURITY OFFICER INFORMED", RCC_CLASS_LIVE, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		/* Paragraph 1 stands before it, the others behind it. */
		bool is_title = row[i].words[0] == '1' && row[i].words[1] == '.';
		(void)snprintf(text, sizeof text, "%s\n3. DETECTED AT NIL\n%s\n%sEND OF MESSAGE\n",
		               is_title ? row[i].words : "1. DISTRESS COSPAS-SARSAT ALERT",
		               is_title ? "" : row[i].words,
		               strncmp(row[i].words, "16", 2) == 0 ? "" : "16. REMARKS BEACON\n");
		const struct rcc_alert *alert = alert_of(text);
		assert_int_equal(alert->class, row[i].class);
		assert_int_equal(alert->marks & ~RCC_ALERT_NEEDS_READING, row[i].marks);
	}
}

static void
ships_and_persons(void **state)
{
	static const struct {
		const char *words;
		uint32_t mmsi, persons;
		const char *name, *callsign;
	} row[] = {
	    {"6. USER CLASS EPIRB MMSI 247096400", 247096400, 0, "", ""},
	    {"6. USER CLASS EPIRB MMSI - LAST 6 DIGITS - 096400", 247096400, 0, "", ""},
	    {"6. USER CLASS EPIRB MMSI 974096400", 0, 0, "", ""},
	    {"6. USER CLASS EPIRB MMSI 000111111", 0, 0, "", ""},
	    {"6. USER CLASS EPIRB SERIAL NO 123456", 0, 0, "", ""},
	    {"6. USER CLASS RADIO CALL SIGN USER - EPIRB\nCALL SIGN: IBXY7", 0, 0, "", "IBXY7"},
	    {"6. USER CLASS RADIO CALL SIGN - EPIRB", 0, 0, "", ""},
	    {"15. OPERATIONAL INFORMATION\nOWNER NAME: A PERSON\nNAME: A PERSON", 0, 0, "", ""},
	    {"15. OPERATIONAL INFORMATION\nVESSEL NAME: LA STELLA, OWNER: A PERSON", 0, 0, "LA STELLA", ""},
	    {"15. OPERATIONAL INFORMATION\nNAME OF VESSEL LA STELLA TEL 0000", 0, 0, "LA STELLA", ""},
	    {"15. OPERATIONAL INFORMATION\nVESSEL NAME UNKNOWN", 0, 0, "", ""},
	    {"15. OPERATIONAL INFORMATION\nPERSONS ON BOARD: 12", 0, 12, "", ""},
	    {"15. OPERATIONAL INFORMATION\n4 POB", 0, 4, "", ""},
	    {"15. OPERATIONAL INFORMATION\nPOB UNKNOWN TEL 0000", 0, 0, "", ""},
	    {"15. OPERATIONAL INFORMATION\nPOB 00390000000", 0, 0, "", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		(void)snprintf(text, sizeof text,
		               "5. COUNTRY OF BEACON REGISTRATION 247/ ITALY\n%s\n16. REMARKS BEACON\n", row[i].words);
		const struct rcc_alert *alert = alert_of(text);
		assert_int_equal(alert->casualty.v, row[i].mmsi);
		assert_int_equal(alert->persons, row[i].persons);
		assert_string_equal(alert->name, row[i].name);
		assert_string_equal(alert->callsign, row[i].callsign);
		assert_null(strstr(alert->text, "PERSON"));
	}
}

static void
natures_only_where_stated(void **state)
{
	static const struct {
		const char *words;
		enum rcc_nature nature;
	} row[] = {
	    {"7. EMERGENCY CODE NIL", RCC_NATURE_BEACON},
	    {"7. EMERGENCY CODE FIRE/EXPLOSION", RCC_NATURE_FIRE},
	    {"7. EMERGENCY CODE NO FIRE, MEDICAL HELP REQUIRED", RCC_NATURE_BEACON},
	    {"7. EMERGENCY CODE FIRE: NO", RCC_NATURE_BEACON},
	    {"7. EMERGENCY CODE UNSPECIFIED DISTRESS", RCC_NATURE_BEACON},
	    {"15. OPERATIONAL INFORMATION\nNATURE OF DISTRESS: TAKING WATER, SINKING", RCC_NATURE_SINKING},
	    {"15. OPERATIONAL INFORMATION\nNO OTHER VESSEL SINKING", RCC_NATURE_BEACON},
	    {"16. REMARKS NATURE OF DISTRESS MAN OVERBOARD", RCC_NATURE_MOB},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		(void)snprintf(text, sizeof text, "1. DISTRESS COSPAS-SARSAT ALERT\n%s\n", row[i].words);
		assert_int_equal(alert_of(text)->nature, row[i].nature);
	}
}

static void
other_texts_are_not_ours(void **state)
{
	static const char *const row[] = {"?", "SEE YOU AT NOON", "\n\n", "8. POSITIONS 36 36.20S 174 43.00E",
	                                  "1. 2. 3"};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		memset(&other, 0, sizeof other);
		assert_int_equal(decode(row[i], strlen(row[i]), &heard), RCC_E_MALFORMED);
		assert_memory_equal(&heard, &other, sizeof heard);
	}
	/* One that names beacons is for a person. */
	assert_int_equal(alert_of("beacon?")->marks, RCC_ALERT_NEEDS_READING);
	static const char bytes[] = "1. DISTRESS\0COSPAS\xff\xfeSARSAT ALERT";
	assert_int_equal(decode(bytes, sizeof bytes - 1, &heard), RCC_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(layout_changes_nothing),
	    cmocka_unit_test(lower_case_and_lost_line_breaks_change_nothing),
	    cmocka_unit_test(a_lost_paragraph_loses_no_alert),
	    cmocka_unit_test(a_cut_message_says_less),
	    cmocka_unit_test(sides_are_never_averaged),
	    cmocka_unit_test(positions_as_centres_write_them),
	    cmocka_unit_test(unreadable_positions_are_told),
	    cmocka_unit_test(candidates_keep_the_chosen_place),
	    cmocka_unit_test(times_as_centres_write_them),
	    cmocka_unit_test(identities_of_every_length),
	    cmocka_unit_test(free_text_holds_nothing_back),
	    cmocka_unit_test(ships_and_persons),
	    cmocka_unit_test(natures_only_where_stated),
	    cmocka_unit_test(other_texts_are_not_ours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

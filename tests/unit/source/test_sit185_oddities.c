/*
 * The rare things in SIT 185 messages: values that stand elsewhere than they should, words at the edge of their meaning,
 * bytes that are no text, and more of everything than there is room for.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "proto/source/source.h"

static struct rcc_heard heard;

static const struct rcc_alert *
alert_of_bytes(const char *bytes, size_t len)
{
	const struct rcc_raw raw = {.bytes = (const uint8_t *)bytes, .len = len, .at_ms = 1};

	memset(&heard, 0, sizeof heard);
	assert_int_equal(rcc_sit185_decode(&raw, &heard), RCC_OK);
	assert_int_equal(heard.kind, RCC_HEARD_ALERT);
	return &heard.alert;
}

static const struct rcc_alert *
alert_of(const char *text)
{
	return alert_of_bytes(text, strlen(text));
}

static void
an_identity_elsewhere_is_found(void **state)
{
	static const char *const row[] = {
	    "1. DISTRESS COSPAS-SARSAT ALERT\n2. MSG NO 2 AUMCC REF C1ADE28809C0185",
	    "1. DISTRESS COSPAS-SARSAT ALERT\n2. MSG NO 2 AUMCC REF 02698\n11. HEX ID NIL\n12. HEX ID C1ADE28809C0185",
	    "A BEACON WAS HEARD, HEX ID C1ADE28809C0185, PLEASE CALL",
	    "SARSAT SAYS 15 HEX ID: c1ade28809c0185",
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		const struct rcc_alert *alert = alert_of(row[i]);
		assert_string_equal(alert->beacon, "C1ADE28809C0185");
		assert_int_equal(alert->marks, 0);
	}
	/* A ship alone is worth an alert too. */
	assert_int_equal(alert_of("6. USER CLASS COSPAS EPIRB MMSI 247096400")->marks, 0);
	/* Four hexadecimal words are not an identity. */
	assert_string_equal(alert_of("11. HEX ID 12AB 34CD HOMING 121.5\n1. COSPAS")->beacon, "");
	assert_string_equal(alert_of("11. HEX ID 12AB34CD12AB34CD 12AB34CD12AB34CD ABCD\n1. COSPAS")->beacon, "");
}

static void
circles_are_as_wide_as_stated(void **state)
{
	static const struct {
		const char *words;
		uint32_t radius_m;
	} row[] = {
	    {"DOA - 10 00.0 N 010 00.0 E EXPECTED ACCURACY 0.1 NMS", 186},
	    {"DOA - 10 00.0 N 010 00.0 E EXPECTED ACCURACY 5.25 KM", 5200},
	    {"DOA - 10 00.0 N 010 00.0 E EXPECTED ACCURACY 12 ", 22224},
	    {"DOA - 10 00.0 N 010 00.0 E EXPECTED ACCURACY 12.", 22224},
	    {"DOA - 10 00.0 N 010 00.0 E EXPECTED ACCURACY UNKNOWN", 0},
	    {"DOA - 10 00.0 N 010 00.0 E EXPECTED ACCURACY 12345 NMS", 0},
	    {"DOA - 10 00.0 N 010 00.0 E\n14. UNCERTAINTY PLUS-MINUS 30 MINUTES", 0},
	    {"ENCODED - 10 00.0 N 010 00.0 E\n14. UNCERTAINTY PLUS-MINUS 30 MINUTES", 78600},
	    {"ENCODED - 10 00.0 N 010 00.0 E\n14. UNCERTAINTY PLUS-MINUS 4 SECONDS", 176},
	    {"ENCODED - 10 00.0 N 010 00.0 E\n14. UNCERTAINTY PLUS-MINUS 1 DEGREE", 0},
	    {"ENCODED - 10 00.0 N 010 00.0 E\n14. UNCERTAINTY PLUS-MINUS FEW MINUTES", 0},
	    {"ENCODED - 10 00.0 N 010 00.0 E\n14. TIME PLUS-MINUS 30 MINUTES", 0},
	    {"ENCODED - 10 00.0 N 010 00.0 E ACCURACY 1 NM\n14. UNCERTAINTY PLUS-MINUS 30 MINUTES", 1852},
	};
	char text[256];

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		(void)snprintf(text, sizeof text, "1. COSPAS-SARSAT ALERT\n8. POSITIONS\n%s\n", row[i].words);
		const struct rcc_alert *alert = alert_of(text);
		assert_true(rcc_pos_is_known(alert->pos));
		assert_int_equal(alert->pos_radius_m, row[i].radius_m);
	}
}

static void
confirmed_is_what_is_called_so(void **state)
{
	static const struct {
		const char *title, *words;
		bool is_confirmed;
	} row[] = {
	    {"ALERT", "CONFIRMED - 10 00.0 N 010 00.0 E", true},
	    {"ALERT", "RESOLVED - 10 00.0 N 010 00.0 E", true},
	    {"ALERT", "NOT CONFIRMED - 10 00.0 N 010 00.0 E", false},
	    {"ALERT", "UNRESOLVED DOA - 10 00.0 N 010 00.0 E", false},
	    {"ALERT", "10 00.0 N 010 00.0 E", false},
	    {"CONFIRMED UPDATE POSITION ALERT", "DOA - 10 00.0 N 010 00.0 E", true},
	    {"POSITION RESOLVED ALERT", "DOPPLER A - 10 00.0 N 010 00.0 E", true},
	    {"POSITION CONFIRMATION ALERT", "ENCODED - 10 00.0 N 010 00.0 E\nDOA - 10 00.1 N 010 00.0 E", true},
	    {"POSITION NOT CONFIRMED ALERT", "DOA - 10 00.0 N 010 00.0 E", false},
	    {"UNCONFIRMED ALERT", "DOA - 10 00.0 N 010 00.0 E", false},
	};
	char text[256];

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		(void)snprintf(text, sizeof text, "1. COSPAS-SARSAT %s\n8. POSITIONS\n%s\n", row[i].title,
		               row[i].words);
		const struct rcc_alert *alert = alert_of(text);
		assert_int_equal(alert->pos.lat_e7, 100000000);
		assert_int_equal(alert->marks, row[i].is_confirmed ? RCC_ALERT_POS_CONFIRMED : 0);
	}
}

static void
words_at_the_edge(void **state)
{
	(void)state;
	assert_int_equal(alert_of("EXERCISE EXERCISE EXERCISE\n1. DISTRESS COSPAS-SARSAT ALERT")->class,
	                 RCC_CLASS_EXERCISE);
	assert_int_equal(alert_of("6. USER CLASS NON-TEST BEACON")->class, RCC_CLASS_LIVE);
	assert_int_equal(alert_of("6. USER CLASS NO TEST BEACON")->class, RCC_CLASS_LIVE);
	assert_int_equal(alert_of("6. USER CLASS EPIRB BEACON\nCODED WITH TEST PROTOCOL")->class, RCC_CLASS_TEST);
	assert_int_equal(alert_of("6. USER CLASS EPIRB BEACON\nOF A TEST USER")->class, RCC_CLASS_TEST);
	assert_int_equal(alert_of("6. USER CLASS SSAS BEACON")->marks, RCC_ALERT_NEEDS_READING | RCC_ALERT_RESTRICTED);
	assert_non_null(strstr(alert_of("1. COSPAS-SARSAT NOCR ALERT")->text, "country of registration"));
	assert_non_null(
	    strstr(alert_of("COSPAS-SARSAT COUNTRY OF REGISTRATION ALERT")->text, "to the beacon's country"));
	assert_int_equal(alert_of("1. COSPAS\n7. EMERGENCY CODE NOT SINKING")->nature, RCC_NATURE_BEACON);
	assert_int_equal(alert_of("1. COSPAS\n7. EMERGENCY CODE SINKING IT")->nature, RCC_NATURE_SINKING);
	assert_int_equal(alert_of("1. COSPAS\n16. REMARKS NIL\nUSER:  CANCELLED BY USER")->marks &
	                     RCC_ALERT_SELF_CANCEL,
	                 RCC_ALERT_SELF_CANCEL);
	assert_int_equal(alert_of("1. COSPAS\n12. ACTIVATION TYPE: ")->marks & RCC_ALERT_SELF_CANCEL, 0);
}

static void
persons_and_names_at_the_edge(void **state)
{
	static const struct {
		const char *words;
		uint32_t persons;
	} row[] = {
	    {"POB 4", 4},       {"POB 4A", 0}, {"A4 POB", 0},  {"TOTAL:4 POB", 4}, {"12345 POB", 0},
	    {"X\n4 POB", 4},    {"POB", 0},    {"POB 0\n", 0}, {"4 PERSONS", 4},   {"PERSONS ABOARD - 30", 30},
	    {"9999 POB", 9999}, {"-4 POB", 0},
	};
	char text[256];

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		(void)snprintf(text, sizeof text, "1. COSPAS\n15. %s\n", row[i].words);
		assert_int_equal(alert_of(text)->persons, row[i].persons);
	}
	assert_string_equal(alert_of("1. COSPAS\n15. VESSEL NAME N")->name, "N");
	assert_string_equal(alert_of("1. COSPAS\n15. VESSEL NAME NIL")->name, "");
	assert_string_equal(alert_of("1. COSPAS\n15. VESSEL NAME -\nOWNER")->name, "");
	assert_string_equal(alert_of("1. COSPAS\n15. VESSEL NAME CAP N\xc3\x89GR\xc3\x89\n")->name,
	                    "CAP N\xc3\x89GR\xc3\x89");
	assert_string_equal(alert_of("1. COSPAS\n15. VESSEL NAME FIRST\n16. SHIP NAME SECOND")->name, "FIRST");
	assert_string_equal(
	    alert_of("1. COSPAS\n15. CALLSIGN AB CALLSIGN /X CALLSIGN ABCDEFGH CALLSIGN ABC1")->callsign, "ABC1");
}

static void
bytes_that_are_no_text(void **state)
{
	static const char bytes[] = "1. COSPAS\x96SARSAT\xc2\xa0"
	                            "ALERT\x7f\n8. POSITIONS DOA \xe2\x80\x93 10\xc2\xb0 00.0 N "
	                            "010\xb0 00.0 E \xe2\x82 \xe2\x80\x9c \xc2\n11. HEX ID 400E77A1FCFFBFF\0\xff\xe2";

	(void)state;
	const struct rcc_alert *alert = alert_of_bytes(bytes, sizeof bytes - 1);
	assert_int_equal(alert->pos.lat_e7, 100000000);
	assert_string_equal(alert->beacon, "400E77A1FCFFBFF");
	assert_true(strncmp(alert->text, "COSPAS-SARSAT ALERT; ", 21) == 0);
	/* Cut in the middle of a dash. */
	for (size_t len = 10; len < sizeof bytes; len++)
		(void)alert_of_bytes(bytes, len);
	assert_int_equal(alert_of_bytes("\x97"
	                                "COSPAS",
	                                7)
	                     ->marks,
	                 RCC_ALERT_NEEDS_READING);
}

/* The feed cuts a stream; where nobody did, the first message is read and the others are told. */
static void
another_message_is_told(void **state)
{
	(void)state;
	const struct rcc_alert *alert = alert_of("1. DISTRESS COSPAS-SARSAT ALERT\n11. HEX ID 400E77A1FCFFBFF\n"
	                                         "1. DISTRESS COSPAS-SARSAT ALERT\n8. POSITIONS\n"
	                                         "DOA - 10 00.0 N 010 00.0 E\n11. HEX ID C1ADE28809C0185\n");
	assert_string_equal(alert->beacon, "400E77A1FCFFBFF");
	assert_false(rcc_pos_is_known(alert->pos));
	assert_non_null(strstr(alert->text, "another message follows"));
}

static void
more_than_there_is_room_for(void **state)
{
	static char text[RCC_RAW_WIRE_MAX + 64];

	(void)state;
	memset(text, 'X', sizeof text);
	memcpy(text, "1. COSPAS ", 10);
	const struct rcc_alert *alert = alert_of_bytes(text, sizeof text);
	assert_int_equal(alert->marks, RCC_ALERT_NEEDS_READING);

	/* More places than anybody keeps: the first ones, and the sentence says that there are others. */
	(void)snprintf(text, sizeof text, "1. COSPAS\n8. POSITIONS\n");
	for (size_t i = 0; i < 12; i++)
		(void)snprintf(text + strlen(text), sizeof text - strlen(text), "DOA - 1%zu 00.0 N 010 00.0 E\n",
		               i % 10);
	alert = alert_of(text);
	assert_int_equal(alert->candidate_count, RCC_CANDIDATES_MAX);
	assert_int_equal(alert->pos.lat_e7, 100000000);
	assert_non_null(strstr(alert->text, "could not be read"));

	/* And more to say than a sentence holds. */
	(void)snprintf(text, sizeof text,
	               "1. COSPAS NOCR %0100d\n2. MSG NO %050d\n3. DETECTED AT %050d\n5. REGISTRATION %050d\n"
	               "6. USER CLASS %050d\n8. POSITIONS\nDOA - 10 00.0 N 010 00.0 E\nENCODED - 11 00.0 N 011 00.0 E\n"
	               "11. HOMING SIGNAL %050d\n",
	               0, 0, 0, 0, 0, 0);
	assert_int_equal(strlen(alert_of(text)->text), RCC_TEXT_MAX);

	/* What stands behind a place may be long. */
	(void)snprintf(text, sizeof text, "1. COSPAS\n8. POSITIONS\nDOA - 10 00.0 N 010 00.0 E %0300d PROB 20\n", 0);
	assert_int_equal(alert_of(text)->pos.lat_e7, 100000000);
	(void)snprintf(text, sizeof text, "1. COSPAS\n8. POSITIONS\nDOA - %0100d N 010 00.0 E\n", 0);
	assert_false(rcc_pos_is_known(alert_of(text)->pos));
	(void)snprintf(text, sizeof text, "1. COSPAS\n8. POSITIONS\nDOA - 10 00.%0100d N 010 00.0 E\n", 0);
	assert_false(rcc_pos_is_known(alert_of(text)->pos));

	/* The word ALERT is too far away to end the title. */
	(void)snprintf(text, sizeof text, "1. COSPAS %0200d\nALERT\n", 0);
	assert_true(strncmp(alert_of(text)->text, "COSPAS; ", 8) == 0);
}

/* splitmix64: the same numbers on every machine. */
static uint64_t
next_id(uint64_t *seed)
{
	uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return (z ^ z >> 31) >> 4;
}

/* What the beacon's own decoder calls a test comes out of a text that says distress for a person alone. */
static void
a_coded_test_is_no_distress_for_a_machine(void **state)
{
	uint64_t seed = 185;
	uint32_t tests = 0;

	(void)state;
	for (int i = 0; i < 4000; i++) {
		char id[16];
		char text[160];
		struct rcc_heard coded;
		(void)snprintf(id, sizeof id, "%015llX", (unsigned long long)next_id(&seed));
		const struct rcc_raw raw = {.bytes = (const uint8_t *)id, .len = 15, .at_ms = 1};
		memset(&coded, 0, sizeof coded);
		assert_int_equal(rcc_beacon406_decode(&raw, &coded), RCC_OK);
		bool is_test = coded.alert.class == RCC_CLASS_TEST;
		uint32_t marks = is_test ? RCC_ALERT_NEEDS_READING | RCC_ALERT_CODED_TEST : 0;
		(void)snprintf(text, sizeof text, "1. DISTRESS COSPAS-SARSAT ALERT\n6. USER CLASS EPIRB\n11. HEX ID %s",
		               id);
		assert_int_equal(alert_of(text)->class, RCC_CLASS_LIVE);
		assert_int_equal(heard.alert.marks, marks | (coded.alert.marks & RCC_ALERT_RESTRICTED));
		(void)snprintf(text, sizeof text, "1. DISTRESS COSPAS-SARSAT ALERT\n6. USER CLASS TEST\n11. HEX ID %s",
		               id);
		assert_int_equal(alert_of(text)->class, RCC_CLASS_TEST);
		assert_int_equal(heard.alert.marks, coded.alert.marks & RCC_ALERT_RESTRICTED);
		tests += is_test ? 1 : 0;
	}
	/* Two of eight user protocols, two of sixteen location protocols, and some of the second generation. */
	assert_true(tests > 600 && tests < 1200);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_identity_elsewhere_is_found),
	    cmocka_unit_test(circles_are_as_wide_as_stated),
	    cmocka_unit_test(confirmed_is_what_is_called_so),
	    cmocka_unit_test(words_at_the_edge),
	    cmocka_unit_test(persons_and_names_at_the_edge),
	    cmocka_unit_test(bytes_that_are_no_text),
	    cmocka_unit_test(another_message_is_told),
	    cmocka_unit_test(more_than_there_is_room_for),
	    cmocka_unit_test(a_coded_test_is_no_distress_for_a_machine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * SIT 185 messages that were damaged on their way: a text has no checksum, so a machine acts upon one that reads as a whole and
 * upon no other. Whatever a person could still read of it is there.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "proto/source/source.h"

#define TITLE "1. DISTRESS COSPAS-SARSAT INITIAL ALERT\n"
#define CLASS "6. USER CLASS STANDARD LOCATION - EPIRB\n"
#define REST                                                                                                           \
	"8. POSITIONS\n ENCODED - 35 12.40 N 012 36.05 E\n11. HEX ID 1EE42F1202FFBFF HOMING SIGNAL 121.5\n"            \
	"16. REMARKS SEE\nEND OF MESSAGE\n"

static struct rcc_heard heard;

static const struct rcc_alert *
alert_of(const char *text, size_t len)
{
	const struct rcc_raw raw = {.bytes = (const uint8_t *)text, .len = len, .at_ms = 1};

	memset(&heard, 0, sizeof heard);
	assert_int_equal(rcc_sit185_decode(&raw, &heard), RCC_OK);
	assert_int_equal(heard.kind, RCC_HEARD_ALERT);
	return &heard.alert;
}

static bool
is_for_a_person(const struct rcc_alert *alert)
{
	return alert->class == RCC_CLASS_LIVE && (alert->marks & RCC_ALERT_NEEDS_READING) != 0;
}

/* A person sees where, who, and why the machine did nothing. */
static void
expect_for_a_person(const char *text)
{
	const struct rcc_alert *alert = alert_of(text, strlen(text));

	assert_true(is_for_a_person(alert));
	assert_string_equal(alert->beacon, "1EE42F1202FFBFF");
	assert_int_equal(alert->pos.lat_e7, 352066667);
	assert_non_null(strstr(alert->text, "read the bytes: "));
}

static void
what_reads_as_a_whole_stays_as_it_is(void **state)
{
	static const struct {
		const char *text;
		enum rcc_class class;
	} row[] = {
	    {TITLE CLASS REST, RCC_CLASS_LIVE},
	    {"/00042 00000/5030/17 304 1918\n/122/503A/012/01\n" TITLE CLASS REST, RCC_CLASS_LIVE},
	    {"1. TEST COSPAS-SARSAT INITIAL ALERT\n" CLASS REST, RCC_CLASS_TEST},
	    {TITLE "6. USER CLASS TEST - STANDARD LOCATION\n" REST, RCC_CLASS_TEST},
	    {TITLE "6. USER CLASS SERIAL USER\nTEST USER\n" REST, RCC_CLASS_TEST},
	    {TITLE "6. USER CLASS SERIAL USER\n BEACON UNDER TEST CERTIFICATE 12\n" REST, RCC_CLASS_LIVE},
	    {TITLE "6. USER CLASS RADIO CALL SIGN - IBXY7\n" REST, RCC_CLASS_LIVE},
	    {"EXERCISE EXERCISE EXERCISE\n" TITLE CLASS REST, RCC_CLASS_EXERCISE},
	    {"1. DISTRESS COSPAS-SARSAT UNRESOLVED DOPPLER POSITION MATCH ALERT\n" CLASS REST, RCC_CLASS_LIVE},
	    {"FROM: M\xc3\x81LAGA\n" TITLE CLASS REST, RCC_CLASS_LIVE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		const struct rcc_alert *alert = alert_of(row[i].text, strlen(row[i].text));
		assert_int_equal(alert->class, row[i].class);
		assert_int_equal(alert->marks, 0);
		assert_null(strstr(alert->text, "read the bytes"));
	}
}

static void
what_does_not_is_for_a_person(void **state)
{
	static const char *const row[] = {
	    "\xae\x81" TITLE CLASS REST,
	    "\xae\x81"
	    "1. TEST COSPAS-SARSAT INITIAL ALERT\n" CLASS REST,
	    "\xae\x81 1. TEST COSPAS-SARSAT INITIAL ALERT\n" CLASS REST,
	    "\xae\x81\n" TITLE CLASS REST,
	    "TEST\n" TITLE CLASS REST,
	    "EXERCISE EXERCISF\n" TITLE CLASS REST,
	    "1. \\EST COSPAS-SARSAT INITIAL ALERT\n" CLASS REST,
	    "1. DISTRESS COSPAS-SARSAT INITIAL ALERT - EXERCISF\n" CLASS REST,
	    "1. DISTRESS COSPAS-SARSAT INITIAL\n" CLASS REST,
	    "1. DISTRESS COSPAS-SARSAT INITIAL ALERT\n\x81\n" CLASS REST,
	    "9. TEST COSPAS-SARSAT INITIAL ALERT\n" CLASS REST,
	    "1. COSPAS-SARSAT INITIAL ALERT\n" CLASS REST,
	    TITLE "6. USER CLASS TESU - STANDARD LOCATION\n" REST,
	    TITLE "6. USER CLASR TEST - STANDARD LOCATION\n" REST,
	    TITLE "6. USER CLASS TEST - STANDBRD LOCATION\n" REST,
	    TITLE "6. USER CLASS SERIAL USER\nTESU USER\n" REST,
	    TITLE "6. USER CLASS SERIAL USER\nCODED WITH TEST PROTOCOM\n" REST,
	    TITLE "6. USER CLASS\n" REST,
	    TITLE "v. USER CLASS TEST - STANDARD LOCATION\n" REST,
	    TITLE "7. USER CLASS TEST - STANDARD LOCATION\n" REST,
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++)
		expect_for_a_person(row[i]);
}

/* It is a test as before, or a person reads it. */
static void
expect_no_distress(const char *text, size_t len)
{
	const struct rcc_raw raw = {.bytes = (const uint8_t *)text, .len = len, .at_ms = 1};

	memset(&heard, 0, sizeof heard);
	if (rcc_sit185_decode(&raw, &heard) == RCC_OK && heard.alert.class != RCC_CLASS_TEST &&
	    !is_for_a_person(&heard.alert))
		fail_msg("%.*s", (int)len, text);
}

/* A byte is another, or missing, or all are missing from there. */
static void
damage_at(const char *whole, size_t at)
{
	char text[512];
	size_t len = strlen(whole);

	for (int byte = 0; byte < 256; byte++) {
		memcpy(text, whole, len + 1);
		text[at] = (char)byte;
		expect_no_distress(text, len);
	}
	memmove(text + at, whole + at + 1, len - at);
	expect_no_distress(text, len - 1);
	expect_no_distress(whole, at);
}

static void
no_single_byte_makes_a_distress_of_a_test(void **state)
{
	static const char *const row[] = {
	    "1. TEST COSPAS-SARSAT INITIAL ALERT\n" CLASS REST,
	    TITLE "6. USER CLASS TEST - STANDARD LOCATION\n" REST,
	    TITLE "5. COUNTRY OF BEACON REGISTRATION 247\n6. USER CLASS NATIONAL LOCATION - TEST\n" REST,
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		for (size_t at = 0; at < strlen(row[i]); at++)
			damage_at(row[i], at);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_reads_as_a_whole_stays_as_it_is),
	    cmocka_unit_test(what_does_not_is_for_a_person),
	    cmocka_unit_test(no_single_byte_makes_a_distress_of_a_test),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

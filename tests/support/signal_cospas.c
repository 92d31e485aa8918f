/* signal_cospas.c - 406 MHz beacons in hexadecimal (C/S T.001, T.018) and what a mission control centre writes of them. */
#include <stdio.h>
#include <string.h>

#include "beacon406_encoder.h"
#include "signal.h"

#define COUNTRY 247
#define CODE_SECURITY 12
#define CODE_TEST 14
#define BITS_OF_ID 60

static void
say_hex(struct signal *signal, const struct beacon_bits *bits)
{
	char hex[65];

	beacon_hex_of(bits, hex);
	signal_say(signal, "%s", hex);
}

/* Standard location: the ship's number, a serial number, ship security, or a test. */
static void
make_standard(struct signal_maker *maker, struct signal *signal, struct beacon_bits *bits)
{
	static const uint32_t codes[] = {2, 3, 4, 6, 7, CODE_SECURITY, CODE_TEST, CODE_TEST};
	uint32_t code = codes[signal_below(maker, 8)];

	*bits = beacon_location_start(COUNTRY, code);
	beacon_put(bits, 100000 + signal_serial(maker), 20);
	beacon_put(bits, code == CODE_SECURITY ? 0 : 5, 4);
	beacon_put_standard_pos(bits);
	signal->what = code == CODE_TEST ? "406 MHz location test protocol" : "406 MHz standard location protocol";
	signal->class = code == CODE_TEST ? RCC_CLASS_TEST : RCC_CLASS_LIVE;
	signal->is_restricted = code == CODE_SECURITY;
	signal->is_told = code != CODE_SECURITY && code != CODE_TEST;
}

/* User protocols: a ship's number in Baudot code, or the code for tests, where everything is free. */
static void
make_user(struct signal_maker *maker, struct signal *signal, struct beacon_bits *bits)
{
	bool is_test = signal_below(maker, 2) == 0;
	char digits[8];

	*bits = beacon_user_start(COUNTRY, is_test ? 7 : 2);
	(void)snprintf(digits, sizeof digits, "%06u", (unsigned)(200000 + signal_serial(maker)) % 1000000);
	beacon_put_text(bits, digits);
	beacon_put_text(bits, "0");
	beacon_put(bits, 0, 2);
	beacon_put(bits, 1, 2);
	beacon_put_user_pos(bits);
	signal->what = is_test ? "406 MHz test user protocol" : "406 MHz maritime user protocol";
	signal->class = is_test ? RCC_CLASS_TEST : RCC_CLASS_LIVE;
	signal->is_told = !is_test;
}

static void
make_second(struct signal_maker *maker, struct signal *signal)
{
	bool is_test = signal_below(maker, 2) == 0;
	struct beacon_bits bits = {.len = 0};
	struct beacon_bits whole = {.len = 0};

	beacon_put(&bits, 300, 16);
	beacon_put(&bits, signal_serial(maker) % 16384, 14);
	beacon_put(&bits, 229, 10);
	beacon_put(&bits, 2, 2); /* homing signal, no return link */
	beacon_put(&bits, is_test, 1);
	beacon_put(&bits, 0, 1); /* 33.5 N, 15.25 E */
	beacon_put(&bits, 33, 7);
	beacon_put(&bits, 1 << 14, 15);
	beacon_put(&bits, 0, 1);
	beacon_put(&bits, 15, 8);
	beacon_put(&bits, 1 << 13, 15);
	beacon_put(&bits, 0, 32); /* no vessel identity */
	beacon_put(&bits, 0, 15);
	beacon_put(&bits, 1, 3); /* EPIRB */
	beacon_put(&bits, 0x3FFF, 14);
	beacon_put(&bits, 0, 4); /* rotating field 0: age and altitude */
	beacon_put(&bits, 2, 6);
	beacon_put(&bits, 90, 11);
	beacon_put(&bits, 0, 27);
	beacon_put_bch_second(&bits);
	beacon_put(&whole, 0, 2);
	memcpy(whole.c + whole.len, bits.c, bits.len);
	whole.len += bits.len;
	say_hex(signal, &whole);
	signal->what = is_test ? "second generation beacon under test" : "second generation beacon";
	signal->class = is_test ? RCC_CLASS_TEST : RCC_CLASS_LIVE;
	signal->is_told = !is_test;
	signal->becomes = is_test ? BECOMES_TEST : BECOMES_ALERT;
}

/* The whole message with or without its synchronization, or the identity alone. */
static void
say_first(struct signal_maker *maker, struct signal *signal, const struct beacon_bits *bits)
{
	struct beacon_bits id = {.len = BITS_OF_ID};
	uint32_t how = signal_below(maker, 6);

	if (how == 0) {
		memcpy(id.c, bits->c + 1, BITS_OF_ID);
		say_hex(signal, &id);
		signal->check = SIGNAL_CHECK_NONE;
		signal->is_told = false;
		return;
	}
	if (how == 1) {
		/* Its own test, sent with the beginning inverted: whatever it says, it is a test. */
		signal_say(signal, "FFFED0");
		signal->what = "406 MHz beacon in self-test";
		signal->class = RCC_CLASS_TEST;
		signal->is_told = signal->is_restricted = false;
	} else if (how < 4) {
		signal_say(signal, "FFFE2F");
	}
	say_hex(signal, bits);
}

void
signal_make_beacon406(struct signal_maker *maker, struct signal *signal)
{
	struct beacon_bits bits;

	signal->source = "beacon406";
	signal->check = SIGNAL_CHECK_BCH;
	if (signal_below(maker, 4) == 0) {
		make_second(maker, signal);
		return;
	}
	if (signal_below(maker, 2) == 0)
		make_standard(maker, signal, &bits);
	else
		make_user(maker, signal, &bits);
	say_first(maker, signal, &bits);
	signal->becomes = signal->class == RCC_CLASS_TEST ? BECOMES_TEST : BECOMES_ALERT;
}

/* ---- SIT 185 ---- */

enum message {
	MESSAGE_LIVE,
	MESSAGE_TEST_TITLE,
	MESSAGE_TEST_USER,
	MESSAGE_EXERCISE,
	MESSAGE_SECURITY,
	MESSAGE_CANCEL
};

static const struct {
	const char *what, *before, *title, *user;
	enum rcc_class class;
	uint32_t becomes;
} messages[] = {
    [MESSAGE_LIVE] = {"SIT 185", "", "DISTRESS COSPAS-SARSAT INITIAL ALERT", "STANDARD LOCATION - EPIRB",
                      RCC_CLASS_LIVE, BECOMES_ALERT},
    [MESSAGE_TEST_TITLE] = {"SIT 185 with a test in its title", "", "TEST COSPAS-SARSAT INITIAL ALERT",
                            "STANDARD LOCATION - EPIRB", RCC_CLASS_TEST, BECOMES_TEST},
    [MESSAGE_TEST_USER] = {"SIT 185 of a test protocol", "", "DISTRESS COSPAS-SARSAT INITIAL ALERT",
                           "TEST - STANDARD LOCATION", RCC_CLASS_TEST, BECOMES_TEST},
    [MESSAGE_EXERCISE] = {"SIT 185 of an exercise", "EXERCISE EXERCISE EXERCISE\r\n",
                          "DISTRESS COSPAS-SARSAT INITIAL ALERT - EXERCISE", "SERIAL USER - EPIRB", RCC_CLASS_EXERCISE,
                          BECOMES_ALERT},
    [MESSAGE_SECURITY] = {"SIT 185 of ship security", "", "SHIP SECURITY COSPAS-SARSAT INITIAL ALERT", "SHIP SECURITY",
                          RCC_CLASS_LIVE, BECOMES_ALERT},
    [MESSAGE_CANCEL] = {"SIT 185 that takes an alert back", "", "DISTRESS COSPAS-SARSAT USER CANCELLATION ALERT",
                        "STANDARD LOCATION - EPIRB", RCC_CLASS_LIVE, BECOMES_READING},
};

static void
say_places(struct signal_maker *maker, struct signal *signal, bool has_place)
{
	unsigned minute = signal_below(maker, 60);
	bool is_doppler = signal_below(maker, 2) == 0;

	signal_say(signal, "8. POSITIONS\r\n   CONFIRMED - NIL\r\n");
	if (has_place && is_doppler)
		signal_say(signal,
		           "   DOPPLER A - 34 %02u.0 N 015 10.3 E PROB 70 PERCENT\r\n"
		           "   DOPPLER B - 31 02.8 N 040 44.9 E PROB 30 PERCENT\r\n",
		           minute);
	else
		signal_say(signal, "   DOPPLER A - NIL\r\n   DOPPLER B - NIL\r\n");
	if (has_place && !is_doppler)
		signal_say(signal, "   ENCODED - 35 %02u.40 N 012 36.05 E\r\n", minute);
	else
		signal_say(signal, "   ENCODED - NIL\r\n");
}

/* What people write below says nothing of the class, and is full of the words that would. */
static void
say_remarks(struct signal_maker *maker, struct signal *signal)
{
	static const char *const remarks[] = {"NIL", "OWNER SAYS HE DID NOT RUN A TEST", "THIS IS NOT A TEST",
	                                      "BEACON WAS UNDER TEST LAST YEAR"};

	signal_say(signal, "15. OPERATIONAL INFORMATION\r\n    %s\r\n", remarks[signal_below(maker, 4)]);
	signal_say(signal, "16. REMARKS NIL\r\nEND OF MESSAGE\r\n");
}

void
signal_make_sit185(struct signal_maker *maker, struct signal *signal)
{
	uint32_t which = signal_below(maker, 10);
	enum message message = which < 5 ? MESSAGE_LIVE : (enum message)(which - 4);
	uint32_t serial = signal_serial(maker);
	bool has_place = signal_below(maker, 5) != 0;
	bool is_secret = message == MESSAGE_SECURITY;
	struct beacon_bits bits = beacon_location_start(COUNTRY, is_secret ? CODE_SECURITY : 2);
	struct beacon_bits id = {.len = BITS_OF_ID};

	beacon_put(&bits, 300000 + serial, 20);
	beacon_put(&bits, is_secret ? 0 : 5, 4);
	/* What stands for a position in an identity (C/S T.001). */
	beacon_put(&bits, 0xFFBFF, 21);
	memcpy(id.c, bits.c + 1, BITS_OF_ID);
	signal->source = "sit185";
	signal->what = messages[message].what;
	signal->class = messages[message].class;
	signal->becomes = messages[message].becomes;
	signal->is_restricted = is_secret;
	signal->is_told = has_place && (message == MESSAGE_LIVE || message == MESSAGE_EXERCISE);
	signal_say(signal, "%s1. %s\r\n", messages[message].before, messages[message].title);
	signal_say(signal, "2. MSG NO %05u ITMCC REF NIL\r\n", (unsigned)serial);
	signal_say(signal, "3. DETECTED AT 15 JAN 2035 0255 UTC BY GALILEO 405\r\n");
	signal_say(signal, "5. COUNTRY OF BEACON REGISTRATION 247/ ITALY\r\n6. USER CLASS %s\r\n",
	           messages[message].user);
	say_places(maker, signal, has_place);
	signal_say(signal, "11. HEX ID ");
	say_hex(signal, &id);
	signal_say(signal, "\r\n");
	say_remarks(maker, signal);
}

/*
 * beacon406_first.c - first-generation 406 MHz beacons (C/S T.001): protocol, identity, homing, the two BCH codes.
 *
 * Bit 26 tells location (0) from user protocols (1), bits 37-40 or 37-39 which of them. The 15-digit identity is bits
 * 26-85 with the position at its defaults, so that every burst of a moving beacon has the same.
 */
#include <assert.h>
#include <string.h>

#include "proto/source/bch.h"
#include "proto/source/beacon406.h"

/* BCH-1 ends here, and a long message. */
#define LAST_BCH_1 106u
#define LAST_LONG 144u
/* Six digits of an MMSI follow the country; none at all is no identity. */
#define SIX_DIGITS_MAX 999999u
#define MMSI_PER_COUNTRY 1000000u

enum location_code {
	LOCATION_EPIRB_MMSI = 2,
	LOCATION_ELT_24_BIT = 3,
	LOCATION_ELT_SERIAL = 4,
	LOCATION_ELT_OPERATOR = 5,
	LOCATION_EPIRB_SERIAL = 6,
	LOCATION_PLB_SERIAL = 7,
	LOCATION_NATIONAL_ELT = 8,
	LOCATION_ELT_DT = 9,
	LOCATION_NATIONAL_EPIRB = 10,
	LOCATION_NATIONAL_PLB = 11,
	LOCATION_SHIP_SECURITY = 12,
	LOCATION_RLS = 13,
	LOCATION_TEST = 14,
	LOCATION_NATIONAL_TEST = 15,
};
#define LOCATION_CODES 16

enum user_code {
	USER_ORBITOGRAPHY = 0,
	USER_AVIATION = 1,
	USER_MARITIME = 2,
	USER_SERIAL = 3,
	USER_NATIONAL = 4,
	USER_CALL_SIGN = 6,
	USER_TEST = 7,
};
#define USER_CODES 8

/* The type of beacon in bits 41-42 of RLS and ELT(DT) messages that stands for a test. */
#define TYPE_TEST 3u

/* Where the identity ends and what the position is replaced with; `keep` 85: nothing is. */
struct mask {
	uint32_t keep;
	const char *defaults;
};

static const struct mask mask_none = {85, ""};
static const struct mask mask_standard = {64, "011111111101111111111"};
static const struct mask mask_national = {58, "011111110000001111111100000"};
static const struct mask mask_half_degree = {66, "0111111110111111111"};

static const struct {
	const char *words; /* NULL: spare */
	const struct mask *mask;
	enum rcc_beacon_kind kind;
} locations[LOCATION_CODES] = {
    [LOCATION_EPIRB_MMSI] = {"standard location protocol, EPIRB", &mask_standard, RCC_BEACON_EPIRB},
    [LOCATION_ELT_24_BIT] = {"standard location protocol, ELT", &mask_standard, RCC_BEACON_ELT},
    [LOCATION_ELT_SERIAL] = {"standard location protocol, ELT", &mask_standard, RCC_BEACON_ELT},
    [LOCATION_ELT_OPERATOR] = {"standard location protocol, ELT", &mask_standard, RCC_BEACON_ELT},
    [LOCATION_EPIRB_SERIAL] = {"standard location protocol, EPIRB", &mask_standard, RCC_BEACON_EPIRB},
    [LOCATION_PLB_SERIAL] = {"standard location protocol, PLB", &mask_standard, RCC_BEACON_PLB},
    [LOCATION_NATIONAL_ELT] = {"national location protocol, ELT", &mask_national, RCC_BEACON_ELT},
    [LOCATION_ELT_DT] = {"ELT(DT) location protocol", &mask_half_degree, RCC_BEACON_ELT},
    [LOCATION_NATIONAL_EPIRB] = {"national location protocol, EPIRB", &mask_national, RCC_BEACON_EPIRB},
    [LOCATION_NATIONAL_PLB] = {"national location protocol, PLB", &mask_national, RCC_BEACON_PLB},
    [LOCATION_SHIP_SECURITY] = {"ship security alert (SSAS)", &mask_standard, RCC_BEACON_NOT_STATED},
    [LOCATION_RLS] = {"return link service location protocol", &mask_half_degree, RCC_BEACON_NOT_STATED},
    [LOCATION_TEST] = {"standard location test protocol", &mask_standard, RCC_BEACON_NOT_STATED},
    [LOCATION_NATIONAL_TEST] = {"national location test protocol", &mask_national, RCC_BEACON_NOT_STATED},
};

static const struct {
	const char *words; /* NULL: spare */
	enum rcc_beacon_kind kind;
} users[USER_CODES] = {
    [USER_ORBITOGRAPHY] = {"orbitography protocol", RCC_BEACON_NOT_STATED},
    [USER_AVIATION] = {"aviation user protocol, ELT", RCC_BEACON_ELT},
    [USER_MARITIME] = {"maritime user protocol, EPIRB", RCC_BEACON_EPIRB},
    [USER_SERIAL] = {"serial user protocol", RCC_BEACON_NOT_STATED},
    [USER_NATIONAL] = {"national user protocol", RCC_BEACON_NOT_STATED},
    [USER_CALL_SIGN] = {"radio call sign user protocol, EPIRB", RCC_BEACON_EPIRB},
    [USER_TEST] = {"test user protocol", RCC_BEACON_NOT_STATED},
};

static uint32_t
country_of(const struct rcc_beacon406 *beacon)
{
	return rcc_beacon406_value(beacon, 27, 36);
}

/* The ship whose MMSI begins with the country and ends with these digits. */
static void
set_mmsi(const struct rcc_beacon406 *beacon, uint32_t six_digits, struct rcc_alert *alert)
{
	if (six_digits == 0 || six_digits > SIX_DIGITS_MAX || !rcc_beacon406_is_country(country_of(beacon)))
		return;
	alert->casualty.v = country_of(beacon) * MMSI_PER_COUNTRY + six_digits;
	rcc_beacon406_say_number(alert, "MMSI", alert->casualty.v);
}

static void
say_operator(const struct rcc_beacon406 *beacon, uint32_t first, uint32_t width, uint32_t serial,
             struct rcc_alert *alert)
{
	char word[RCC_BEACON406_WORD_MAX + 1];

	(void)rcc_beacon406_word(beacon, first, width, 3, word);
	rcc_beacon406_say_word(alert, "aircraft operator", word);
	rcc_beacon406_say_number(alert, "serial", serial);
}

/* ---- user protocols ---- */

static void
maritime_user(const struct rcc_beacon406 *beacon, struct rcc_alert *alert)
{
	char word[RCC_BEACON406_WORD_MAX + 1];
	bool is_good = rcc_beacon406_word(beacon, 40, 6, 6, word);

	/* Six figures are the end of an MMSI; anything with a letter in it is a call sign. */
	if (is_good && strspn(word, "0123456789") == 6) {
		uint32_t six_digits = 0;
		for (uint32_t i = 0; i < 6; i++)
			six_digits = six_digits * 10 + (uint32_t)(word[i] - '0');
		set_mmsi(beacon, six_digits, alert);
	} else {
		rcc_beacon406_set_callsign(alert, "call sign", word, is_good);
	}
	if (rcc_beacon406_word(beacon, 76, 6, 1, word))
		rcc_beacon406_say_word(alert, "beacon", word);
}

/* Four characters in Baudot code, then three decimal figures of four bits, 1010 being a space. */
static void
call_sign_user(const struct rcc_beacon406 *beacon, struct rcc_alert *alert)
{
	char callsign[RCC_BEACON406_WORD_MAX + 1];
	char word[RCC_BEACON406_WORD_MAX + 1];
	bool is_good = rcc_beacon406_word(beacon, 40, 6, 4, callsign);
	size_t len = strlen(callsign);

	for (uint32_t at = 64; at <= 72; at += 4) {
		uint32_t figure = rcc_beacon406_value(beacon, at, at + 3);
		if (figure == 10)
			continue;
		callsign[len++] = "0123456789?"[figure < 10 ? figure : 10];
		is_good = is_good && figure < 10;
	}
	callsign[len] = '\0';
	rcc_beacon406_set_callsign(alert, "call sign", callsign, is_good);
	if (rcc_beacon406_word(beacon, 76, 6, 1, word))
		rcc_beacon406_say_word(alert, "beacon", word);
}

static void
serial_user(const struct rcc_beacon406 *beacon, struct rcc_alert *alert)
{
	static const char *const types[8] = {"ELT", "ELT", "float-free EPIRB", "ELT", "non-float-free EPIRB", NULL,
	                                     "PLB", NULL};
	static const enum rcc_beacon_kind kinds[8] = {
	    RCC_BEACON_ELT,   RCC_BEACON_ELT,        RCC_BEACON_EPIRB, RCC_BEACON_ELT,
	    RCC_BEACON_EPIRB, RCC_BEACON_NOT_STATED, RCC_BEACON_PLB,   RCC_BEACON_NOT_STATED,
	};
	uint32_t type = rcc_beacon406_value(beacon, 40, 42);

	if (types[type] == NULL)
		alert->marks |= RCC_ALERT_NEEDS_READING;
	rcc_beacon406_say(alert, types[type] == NULL ? "spare type of beacon" : types[type]);
	alert->beacon_kind = kinds[type];
	/* Bit 43: the type approval certificate is told; without it these bits are for national use. */
	if (beacon->bit[43] == 1)
		rcc_beacon406_say_number(alert, "TAC", rcc_beacon406_value(beacon, 74, 83));
	if (type == 1)
		say_operator(beacon, 44, 6, rcc_beacon406_value(beacon, 62, 73), alert);
	else if (type == 3)
		rcc_beacon406_say_aircraft(alert, rcc_beacon406_value(beacon, 44, 67));
	else
		rcc_beacon406_say_number(alert, "serial", rcc_beacon406_value(beacon, 44, 63));
}

static void
aviation_user(const struct rcc_beacon406 *beacon, struct rcc_alert *alert)
{
	char word[RCC_BEACON406_WORD_MAX + 1];
	bool is_good = rcc_beacon406_word(beacon, 40, 6, 7, word);

	rcc_beacon406_set_callsign(alert, "aircraft registration", word, is_good);
}

static void
user_protocol(const struct rcc_beacon406 *beacon, struct rcc_alert *alert)
{
	uint32_t code = rcc_beacon406_value(beacon, 37, 39);

	if (users[code].words == NULL)
		alert->marks |= RCC_ALERT_NEEDS_READING;
	rcc_beacon406_say(alert, users[code].words == NULL ? "spare user protocol" : users[code].words);
	alert->beacon_kind = users[code].kind;
	/* A calibration beacon of the system is nobody in distress. */
	if (code == USER_TEST || code == USER_ORBITOGRAPHY)
		alert->class = RCC_CLASS_TEST;
	if (code == USER_MARITIME)
		maritime_user(beacon, alert);
	else if (code == USER_CALL_SIGN)
		call_sign_user(beacon, alert);
	else if (code == USER_SERIAL)
		serial_user(beacon, alert);
	else if (code == USER_AVIATION)
		aviation_user(beacon, alert);
}

/* ---- location protocols ---- */

static void
return_link(const struct rcc_beacon406 *beacon, struct rcc_alert *alert)
{
	static const char *const types[4] = {"ELT", "EPIRB", "PLB", "test"};
	static const enum rcc_beacon_kind kinds[4] = {RCC_BEACON_ELT, RCC_BEACON_EPIRB, RCC_BEACON_PLB,
	                                              RCC_BEACON_NOT_STATED};
	uint32_t type = rcc_beacon406_value(beacon, 41, 42);

	rcc_beacon406_say(alert, types[type]);
	alert->beacon_kind = kinds[type];
	rcc_beacon406_say_serial(alert, rcc_beacon406_value(beacon, 43, 52), rcc_beacon406_value(beacon, 53, 66));
}

static void
distress_tracking(const struct rcc_beacon406 *beacon, struct rcc_alert *alert)
{
	uint32_t type = rcc_beacon406_value(beacon, 41, 42);

	if (type == 0)
		rcc_beacon406_say_aircraft(alert, rcc_beacon406_value(beacon, 43, 66));
	else if (type == 1)
		say_operator(beacon, 43, 5, rcc_beacon406_value(beacon, 58, 66), alert);
	else if (type == 2)
		rcc_beacon406_say_serial(alert, rcc_beacon406_value(beacon, 43, 52),
		                         rcc_beacon406_value(beacon, 53, 66));
	else
		rcc_beacon406_say(alert, "test");
}

static void
location_identity(const struct rcc_beacon406 *beacon, uint32_t code, struct rcc_alert *alert)
{
	switch (code) {
	case LOCATION_EPIRB_MMSI:
		set_mmsi(beacon, rcc_beacon406_value(beacon, 41, 60), alert);
		rcc_beacon406_say_number(alert, "beacon", rcc_beacon406_value(beacon, 61, 64));
		break;
	case LOCATION_SHIP_SECURITY:
		set_mmsi(beacon, rcc_beacon406_value(beacon, 41, 60), alert);
		break;
	case LOCATION_ELT_24_BIT:
		rcc_beacon406_say_aircraft(alert, rcc_beacon406_value(beacon, 41, 64));
		break;
	case LOCATION_ELT_OPERATOR:
		say_operator(beacon, 41, 5, rcc_beacon406_value(beacon, 56, 64), alert);
		break;
	case LOCATION_ELT_SERIAL:
	case LOCATION_EPIRB_SERIAL:
	case LOCATION_PLB_SERIAL:
		rcc_beacon406_say_serial(alert, rcc_beacon406_value(beacon, 41, 50),
		                         rcc_beacon406_value(beacon, 51, 64));
		break;
	case LOCATION_NATIONAL_ELT:
	case LOCATION_NATIONAL_EPIRB:
	case LOCATION_NATIONAL_PLB:
		rcc_beacon406_say_number(alert, "serial", rcc_beacon406_value(beacon, 41, 58));
		break;
	case LOCATION_RLS:
		return_link(beacon, alert);
		break;
	case LOCATION_ELT_DT:
		distress_tracking(beacon, alert);
		break;
	default: /* tests and spare codes identify nobody */
		break;
	}
}

static void
location_protocol(const struct rcc_beacon406 *beacon, struct rcc_alert *alert)
{
	uint32_t code = rcc_beacon406_value(beacon, 37, 40);
	bool has_type = code == LOCATION_RLS || code == LOCATION_ELT_DT;

	if (locations[code].words == NULL)
		alert->marks |= RCC_ALERT_NEEDS_READING;
	rcc_beacon406_say(alert, locations[code].words == NULL ? "spare location protocol" : locations[code].words);
	alert->beacon_kind = locations[code].kind;
	if (code == LOCATION_TEST || code == LOCATION_NATIONAL_TEST ||
	    (has_type && rcc_beacon406_value(beacon, 41, 42) == TYPE_TEST))
		alert->class = RCC_CLASS_TEST;
	if (code == LOCATION_SHIP_SECURITY)
		alert->marks |= RCC_ALERT_RESTRICTED;
	location_identity(beacon, code, alert);
}

/* ---- the message ---- */

/* Bits 26-85 in capitals. What was sent as an identity is one already. */
static void
set_beacon(const struct rcc_beacon406 *beacon, struct rcc_alert *alert)
{
	static const char digits[] = "0123456789ABCDEF";
	const struct mask *mask = beacon->bit[26] == 0 ? locations[rcc_beacon406_value(beacon, 37, 40)].mask : NULL;
	struct rcc_beacon406 id = *beacon;

	if (mask == NULL || beacon->is_id)
		mask = &mask_none;
	assert(mask->keep + strlen(mask->defaults) == 85);
	for (size_t i = 0; mask->defaults[i] != '\0'; i++)
		id.bit[mask->keep + 1 + i] = mask->defaults[i] == '1' ? 1 : 0;
	for (uint32_t i = 0; i < 15; i++)
		alert->beacon[i] = digits[rcc_beacon406_value(&id, 26 + 4 * i, 29 + 4 * i)];
	alert->beacon[15] = '\0';
}

static void
say_homing(const struct rcc_beacon406 *beacon, struct rcc_alert *alert)
{
	static const char *const devices[4] = {"no homing signal", "homing 121.5 MHz", "homing 9 GHz SART",
	                                       "other homing"};
	uint32_t code = rcc_beacon406_value(beacon, 37, 40);
	uint32_t user = code >> 1;

	if (beacon->bit[26] == 1) {
		if (user != USER_ORBITOGRAPHY && user != USER_TEST && user != USER_NATIONAL &&
		    users[user].words != NULL)
			rcc_beacon406_say(alert, devices[rcc_beacon406_value(beacon, 84, 85)]);
	} else if (beacon->last >= LAST_LONG && locations[code].words != NULL && code != LOCATION_ELT_DT) {
		rcc_beacon406_say(alert, devices[beacon->bit[code == LOCATION_RLS ? 108 : 112]]);
	}
}

void
rcc_beacon406_first(const struct rcc_beacon406 *beacon, struct rcc_alert *alert)
{
	bool is_long = beacon->last >= LAST_LONG;
	bool is_good = true, is_rest_good = true;

	rcc_beacon406_say(alert, "First generation");
	if (beacon->bit[26] == 1)
		user_protocol(beacon, alert);
	else
		location_protocol(beacon, alert);
	rcc_beacon406_country(alert, country_of(beacon));
	set_beacon(beacon, alert);
	say_homing(beacon, alert);
	if (beacon->is_self_test) {
		alert->class = RCC_CLASS_TEST;
		rcc_beacon406_say(alert, "self-test");
	}
	if (beacon->is_id)
		return;
	is_good = rcc_bch_is_good(&rcc_bch_first_1, &beacon->bit[25], LAST_BCH_1 - 25 + 1);
	is_rest_good = !is_long || rcc_bch_is_good(&rcc_bch_first_2, &beacon->bit[107], LAST_LONG - 107 + 1);
	rcc_beacon406_first_pos(beacon, is_rest_good, alert);
	rcc_beacon406_say(alert, is_good && is_rest_good ? "BCH ok" : "BCH wrong");
	if (!is_good || !is_rest_good)
		alert->marks |= RCC_ALERT_CHECKSUM_WRONG | RCC_ALERT_NEEDS_READING;
}

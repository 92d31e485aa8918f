/*
 * beacon406_second.c - second-generation 406 MHz beacons (C/S T.018): messages of 202 or 250 bits, and identities.
 *
 * Alignment: 202 bits fill 51 digits and 250 bits 63, with two bits over. As transmitted they are two zeros at the end; the
 * ground segment puts two zeros before. Read the wrong way the same digits are another beacon of another country. The BCH
 * code alone cannot tell: it is cyclic, and a word with two zeros at one end, moved by two bits, is a word again (every
 * type approval number below 16,384 begins with two zeros). So both readings are weighed by what a message must look like,
 * above all the 14 spare bits, which are all ones (all zeros in a cancellation) and lie next to other values on both sides.
 */
#include <string.h>

#include "proto/source/bch.h"
#include "proto/source/beacon406.h"

#define BITS_WHOLE 250u
/* Type approval numbers from here on belong to the system's own beacons. */
#define TAC_SYSTEM 65521u
#define MMSI_NONE 111111u     /* 000111111 */
#define EPIRB_AIS_NONE 10922u /* 10101010101010 */
#define EPIRB_AIS_MAX 9999u
#define DEG_LAT_MAX 90u
#define DEG_LON_MAX 180u
/* 2^15 parts of a degree are 3.4 m; what the receiver may be wrong by is more (C/S T.018 asks for 30 m). */
#define RADIUS_M 30u
#define AGE_NONE_MIN 2047u
#define MS_PER_MIN INT64_C(60000)

enum vessel {
	VESSEL_NONE = 0,
	VESSEL_MMSI = 1,
	VESSEL_CALL_SIGN = 2,
	VESSEL_TAIL = 3,
	VESSEL_24_BIT = 4,
	VESSEL_OPERATOR = 5,
	VESSEL_SPARE = 6,
	VESSEL_TEST = 7,
};
#define TYPE_SYSTEM 7u
#define ROTATING_OBJECTIVE 0u
#define ROTATING_CANCEL 15u

/* ---- alignment ---- */

static bool
is_all(const struct rcc_beacon406 *beacon, uint32_t first, uint32_t last, uint8_t bit)
{
	for (uint32_t n = first; n <= last; n++) {
		if (beacon->bit[n] != bit)
			return false;
	}
	return true;
}

/* How much of it is as the standard has it; the spare bits and the country say most. */
static uint32_t
plausibility(const struct rcc_beacon406 *beacon)
{
	uint32_t rotating = rcc_beacon406_value(beacon, 155, 158);
	uint32_t deg_lat = rcc_beacon406_value(beacon, 45, 51), deg_lon = rcc_beacon406_value(beacon, 68, 75);
	uint32_t vessel = rcc_beacon406_value(beacon, 91, 93), type = rcc_beacon406_value(beacon, 138, 140);
	uint32_t points = 0;

	points += is_all(beacon, 141, 154, rotating == ROTATING_CANCEL ? 0 : 1) ? 4 : 0;
	points += rcc_beacon406_is_country(rcc_beacon406_value(beacon, 31, 40)) ? 4 : 0;
	points += deg_lat <= DEG_LAT_MAX || deg_lat == 127 ? 1 : 0;
	points += deg_lon <= DEG_LON_MAX || deg_lon == 255 ? 1 : 0;
	points += rotating <= 3 || rotating == ROTATING_CANCEL ? 1 : 0;
	points += vessel != VESSEL_SPARE && (vessel != VESSEL_NONE || is_all(beacon, 94, 137, 0)) ? 1 : 0;
	points += type <= 3 || type == TYPE_SYSTEM ? 1 : 0;
	return points;
}

/* One way to read it; 0 points when the two bits over are not zeros. */
static uint32_t
try_alignment(const uint8_t *bits, uint32_t count, uint32_t before, struct rcc_beacon406 *ret_beacon)
{
	const uint8_t *over = before == 0 ? bits + count : bits;

	memset(ret_beacon, 0, sizeof *ret_beacon);
	memcpy(ret_beacon->bit + 1, bits + before, count);
	ret_beacon->last = count;
	if (over[0] != 0 || over[1] != 0)
		return 0;
	uint32_t points = 1 + plausibility(ret_beacon);
	if (count == BITS_WHOLE && rcc_bch_is_good(&rcc_bch_second, bits + before, count))
		points += 16;
	return points;
}

enum rcc_status
rcc_beacon406_align(const uint8_t *bits, uint32_t count, struct rcc_beacon406 *ret_beacon, bool *ret_is_sure)
{
	struct rcc_beacon406 sent, ground;
	uint32_t sent_points = try_alignment(bits, count, 0, &sent);
	uint32_t ground_points = try_alignment(bits, count, 2, &ground);

	if (sent_points == 0 && ground_points == 0)
		return RCC_E_MALFORMED;
	*ret_beacon = sent_points >= ground_points ? sent : ground;
	*ret_is_sure = sent_points != ground_points;
	return RCC_OK;
}

/* ---- what it says ---- */

static void
mmsi(const struct rcc_beacon406 *beacon, struct rcc_alert *alert)
{
	uint32_t number = rcc_beacon406_value(beacon, 94, 123);
	uint32_t link = rcc_beacon406_value(beacon, 124, 137);

	if (number != 0 && number != MMSI_NONE && number <= RCC_MMSI_MAX) {
		alert->casualty.v = number;
		rcc_beacon406_say_number(alert, "MMSI", number);
	}
	if (link != EPIRB_AIS_NONE && link <= EPIRB_AIS_MAX)
		alert->epirb_link = RCC_EPIRB_LINK(link);
}

/* An operator's three letters of five bits each. */
static void
say_operator(const struct rcc_beacon406 *beacon, uint32_t first, struct rcc_alert *alert)
{
	char word[RCC_BEACON406_WORD_MAX + 1];

	if (rcc_beacon406_word(beacon, first, 5, 3, word))
		rcc_beacon406_say_word(alert, "aircraft operator", word);
}

static void
vessel_identity(const struct rcc_beacon406 *beacon, struct rcc_alert *alert)
{
	uint32_t kind = rcc_beacon406_value(beacon, 91, 93);
	char word[RCC_BEACON406_WORD_MAX + 1];

	if (kind == VESSEL_MMSI) {
		mmsi(beacon, alert);
	} else if (kind == VESSEL_CALL_SIGN || kind == VESSEL_TAIL) {
		bool is_good = rcc_beacon406_word(beacon, 94, 6, 7, word);
		rcc_beacon406_set_callsign(alert, kind == VESSEL_TAIL ? "aircraft registration" : "call sign", word,
		                           is_good);
	} else if (kind == VESSEL_24_BIT) {
		rcc_beacon406_say_aircraft(alert, rcc_beacon406_value(beacon, 94, 117));
		if (!is_all(beacon, 118, 132, 0))
			say_operator(beacon, 118, alert);
	} else if (kind == VESSEL_OPERATOR) {
		say_operator(beacon, 94, alert);
		rcc_beacon406_say_number(alert, "operator's serial", rcc_beacon406_value(beacon, 109, 120));
	} else if (kind == VESSEL_SPARE) {
		alert->marks |= RCC_ALERT_NEEDS_READING;
	}
}

/* Degrees and 2^15 parts of one, in 1e-7 degree. */
static int32_t
e7_of(uint32_t deg, uint32_t part, bool is_negative)
{
	int64_t e7 = ((((int64_t)deg << 15) | part) * 10000000 + (1 << 14)) >> 15;

	return (int32_t)(is_negative ? -e7 : e7);
}

static void
set_pos(const struct rcc_beacon406 *beacon, struct rcc_alert *alert)
{
	uint32_t lat_deg = rcc_beacon406_value(beacon, 45, 51), lat_part = rcc_beacon406_value(beacon, 52, 66);
	uint32_t lon_deg = rcc_beacon406_value(beacon, 68, 75), lon_part = rcc_beacon406_value(beacon, 76, 90);
	uint32_t age_min = rcc_beacon406_value(beacon, 165, 175);
	struct rcc_pos pos = {e7_of(lat_deg, lat_part, beacon->bit[44] == 1),
	                      e7_of(lon_deg, lon_part, beacon->bit[67] == 1)};

	/* Without a fix there are 127 and 255 degrees. */
	if (pos.lat_e7 > RCC_LAT_E7_MAX || pos.lat_e7 < -RCC_LAT_E7_MAX || lon_deg > DEG_LON_MAX ||
	    pos.lon_e7 > RCC_LON_E7_MAX || pos.lon_e7 < -RCC_LON_E7_MAX)
		return;
	alert->pos = pos;
	alert->pos_radius_m = RADIUS_M;
	alert->pos_at_ms = beacon->at_ms;
	/* The first rotating field tells how old it is. */
	if (rcc_beacon406_value(beacon, 155, 158) == ROTATING_OBJECTIVE && age_min != AGE_NONE_MIN &&
	    beacon->at_ms > age_min * MS_PER_MIN)
		alert->pos_at_ms -= age_min * MS_PER_MIN;
}

/* The system's own beacons and spare codes are none of these. */
static enum rcc_beacon_kind
kind_of(uint32_t type)
{
	static const enum rcc_beacon_kind kinds[] = {RCC_BEACON_ELT, RCC_BEACON_EPIRB, RCC_BEACON_PLB, RCC_BEACON_ELT};

	return type < sizeof kinds / sizeof kinds[0] ? kinds[type] : RCC_BEACON_NOT_STATED;
}

/* What an identity leaves out: kind of beacon, homing, position, rotating field, parity. */
static void
message_fields(const struct rcc_beacon406 *beacon, struct rcc_alert *alert)
{
	rcc_beacon406_say(alert, beacon->bit[41] == 1 ? "homing signal" : "no homing signal");
	if (beacon->bit[42] == 1)
		rcc_beacon406_say(alert, "return link service");
	alert->beacon_kind = kind_of(rcc_beacon406_value(beacon, 138, 140));
	if (rcc_beacon406_value(beacon, 138, 140) == TYPE_SYSTEM)
		alert->class = RCC_CLASS_TEST;
	set_pos(beacon, alert);
	if (rcc_beacon406_value(beacon, 155, 158) == ROTATING_CANCEL) {
		alert->marks |= RCC_ALERT_SELF_CANCEL;
		rcc_beacon406_say(alert, "cancelled by the beacon");
	}
	if (beacon->last < BITS_WHOLE) {
		rcc_beacon406_say(alert, "BCH not sent");
	} else if (rcc_bch_is_good(&rcc_bch_second, &beacon->bit[1], BITS_WHOLE)) {
		rcc_beacon406_say(alert, "BCH ok");
	} else {
		rcc_beacon406_say(alert, "BCH wrong");
		alert->marks |= RCC_ALERT_CHECKSUM_WRONG | RCC_ALERT_NEEDS_READING;
	}
}

/* 92 bits, four at a time; "1" and "101" keep them apart from identities of the first generation. */
static void
set_beacon(const struct rcc_beacon406 *beacon, struct rcc_alert *alert)
{
	static const char digits[] = "0123456789ABCDEF";
	static const uint8_t from[][2] = {{31, 40}, {0, 0}, {1, 30}, {43, 43}, {91, 137}};
	struct rcc_beacon406 id = {.bit = {[1] = 1}};
	bool is_aircraft = rcc_beacon406_value(beacon, 91, 93) == VESSEL_24_BIT;
	uint32_t at = 2;

	for (size_t i = 0; i < sizeof from / sizeof from[0]; i++) {
		if (from[i][0] == 0) {
			id.bit[at] = id.bit[at + 2] = 1;
			at += 3;
			continue;
		}
		for (uint32_t n = from[i][0]; n <= from[i][1]; n++) /* an aircraft's operator is no part of it */
			id.bit[at++] = is_aircraft && n >= 118 ? 0 : beacon->bit[n];
	}
	for (uint32_t i = 0; i < RCC_BEACON_MAX; i++)
		alert->beacon[i] = digits[rcc_beacon406_value(&id, 1 + 4 * i, 4 + 4 * i)];
	alert->beacon[RCC_BEACON_MAX] = '\0';
}

void
rcc_beacon406_second(const struct rcc_beacon406 *beacon, struct rcc_alert *alert)
{
	static const char *const types[8] = {"ELT", "EPIRB", "PLB", "ELT(DT)", NULL, NULL, NULL, "system beacon"};
	uint32_t type = rcc_beacon406_value(beacon, 138, 140);
	uint32_t tac = rcc_beacon406_value(beacon, 1, 16);

	rcc_beacon406_say(alert, "Second generation");
	if (!beacon->is_id)
		rcc_beacon406_say(alert, types[type] == NULL ? "spare type of beacon" : types[type]);
	if (!beacon->is_id && types[type] == NULL)
		alert->marks |= RCC_ALERT_NEEDS_READING;
	rcc_beacon406_say_serial(alert, tac, rcc_beacon406_value(beacon, 17, 30));
	rcc_beacon406_country(alert, rcc_beacon406_value(beacon, 31, 40));
	vessel_identity(beacon, alert);
	set_beacon(beacon, alert);
	if (beacon->bit[43] == 1 || beacon->is_self_test || tac >= TAC_SYSTEM ||
	    rcc_beacon406_value(beacon, 91, 93) == VESSEL_TEST) {
		alert->class = RCC_CLASS_TEST;
		rcc_beacon406_say(alert, "test");
	}
	if (!beacon->is_id)
		message_fields(beacon, alert);
}

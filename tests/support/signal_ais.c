/* signal_ais.c - AIS messages (ITU-R M.1371-5): beacons that call and beacons that are tried, ships and what they say. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "signal.h"
#include "sim/nmea.h"

#define UNITS_PER_DEG 600000
#define STATUS_ACTIVE 14
#define STATUS_TEST 15

struct device {
	uint32_t prefix;
	const char *name;
};

static const struct device devices[] = {{970, "SART"}, {972, "MOB"}, {974, "EPIRB"}};

static void
put_place(struct signal_maker *maker, struct rcc_ais_message *message)
{
	message->lat = 33 * UNITS_PER_DEG + (int32_t)signal_below(maker, 5 * UNITS_PER_DEG);
	message->lon = 10 * UNITS_PER_DEG + (int32_t)signal_below(maker, 14 * UNITS_PER_DEG);
}

/* A beacon of a person, a raft or a ship: it calls, or somebody tries it. */
static void
make_beacon(struct signal_maker *maker, struct signal *signal, struct rcc_ais_message *message)
{
	const struct device *device = &devices[signal_below(maker, 3)];
	bool is_test = signal_below(maker, 2) == 0;
	bool has_place = signal_below(maker, 5) != 0;

	message->mmsi = device->prefix * 1000000 + signal_serial(maker);
	signal->class = is_test ? RCC_CLASS_TEST : RCC_CLASS_LIVE;
	signal->becomes = is_test ? BECOMES_TEST : BECOMES_ALERT;
	signal->is_bare = is_test;
	if (signal_below(maker, 3) == 0) {
		signal->what = is_test ? "text of an AIS beacon under test" : "text of an active AIS beacon";
		message->type = RCC_AIS_SAFETY_TO_ALL;
		(void)snprintf(message->text, sizeof message->text, "%s %s", device->name, is_test ? "TEST" : "ACTIVE");
		return;
	}
	signal->what = is_test ? "AIS beacon under test" : "active AIS beacon";
	message->type = RCC_AIS_POSITION_A;
	message->nav_status = is_test ? STATUS_TEST : STATUS_ACTIVE;
	if (!has_place) {
		message->lat = RCC_AIS_LAT_NONE;
		message->lon = RCC_AIS_LON_NONE;
	}
	signal->is_told = has_place && !is_test;
}

/* A ship that sends a beacon's status, which is often a mistake: an officer's business. */
static void
make_status(struct signal_maker *maker, struct signal *signal, struct rcc_ais_message *message)
{
	signal->what = "status 14 of an ordinary ship";
	signal->becomes = BECOMES_ALERT;
	signal->is_bare = true;
	message->type = RCC_AIS_POSITION_A;
	message->mmsi = 256100000 + signal_serial(maker);
	message->nav_status = STATUS_ACTIVE;
}

static void
make_text(struct signal_maker *maker, struct signal *signal, struct rcc_ais_message *message)
{
	static const char *const texts[] = {"MAYDAY FIRE IN ENGINE ROOM", "TEST PLEASE IGNORE", "GALE WARNING",
	                                    "MAN OVERBOARD ALL SHIPS LOOK OUT"};

	signal->what = "AIS safety text";
	signal->is_bare = true;
	signal->becomes = BECOMES_READING;
	message->type = RCC_AIS_SAFETY_TO_ALL;
	message->mmsi = 256200000 + signal_serial(maker);
	(void)snprintf(message->text, sizeof message->text, "%s", texts[signal_below(maker, 4)]);
}

static void
make_ordinary(struct signal_maker *maker, struct signal *signal, struct rcc_ais_message *message)
{
	static const enum rcc_ais_type types[] = {RCC_AIS_POSITION_A, RCC_AIS_POSITION_B, RCC_AIS_LONG_RANGE,
	                                          RCC_AIS_STATIC_A,   RCC_AIS_STATIC_B,   RCC_AIS_BASE};
	uint32_t which = signal_below(maker, 6);

	signal->what = which < 3 ? "position of an ordinary ship" : "AIS message of no concern";
	signal->becomes = which < 3 ? BECOMES_POSITION : BECOMES_ROUTINE;
	message->type = types[which];
	message->mmsi = 237000000 + signal_below(maker, 1000);
	/* "Not defined" from a ship is no test: one in ten has never been told its status. */
	message->nav_status = signal_below(maker, 2) == 0 ? STATUS_TEST : signal_below(maker, 9);
	(void)snprintf(message->name, sizeof message->name, "TEST OF THE SEA");
	(void)snprintf(message->callsign, sizeof message->callsign, "SVTEST");
	signal->mmsi.v = which < 3 ? message->mmsi : 0;
}

/* The last sentence's checksum is one of another. */
static void
spoil(struct signal *signal)
{
	uint8_t *digit = &signal->bytes[signal->len - 3];

	assert(signal->bytes[signal->len - 5] == '*');
	*digit = *digit == '0' ? '1' : '0';
	signal->is_damaged = true;
	signal->is_told = false;
	if (signal->becomes == BECOMES_POSITION)
		signal->becomes = BECOMES_ROUTINE;
	/* One bit is between test and distress: what fails its checksum is no test that a machine may believe. */
	if (signal->becomes != BECOMES_ROUTINE)
		signal->becomes = BECOMES_READING;
}

void
signal_make_ais(struct signal_maker *maker, struct signal *signal)
{
	struct rcc_ais_message message = {.sog_dkn = 1, .heading_deg = 511, .month = 1, .day = 15, .year = 2035};
	struct rcc_ais_bits bits;
	char text[RCC_NMEA_TEXT_SIZE];
	uint32_t which = signal_below(maker, 10);

	signal->source = "ais";
	signal->check = SIGNAL_CHECK_NMEA;
	put_place(maker, &message);
	if (which < 5)
		make_beacon(maker, signal, &message);
	else if (which < 6)
		make_status(maker, signal, &message);
	else if (which < 8)
		make_text(maker, signal, &message);
	else
		make_ordinary(maker, signal, &message);
	enum rcc_status status = rcc_ais_encode(&message, &bits);
	assert(status == RCC_OK);
	(void)status;
	size_t len = rcc_nmea_ais(text, &bits, 'A', signal_below(maker, 10));
	signal_say(signal, "%.*s", (int)len, text);
	if (signal_below(maker, 5) == 0)
		spoil(signal);
}

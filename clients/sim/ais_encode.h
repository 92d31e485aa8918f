/*
 * ais_encode.h - AIS messages as bits, as ITU-R M.1371-5 lays them out. Pure; the inverse of what gpsd does.
 *
 * Values are in the units of the message itself; fields that a type does not carry are ignored.
 */
#ifndef RCC_SIM_AIS_ENCODE_H
#define RCC_SIM_AIS_ENCODE_H

#include <stdbool.h>
#include <stdint.h>

#include "rcc/status.h"

/* The longest message: five slots. */
#define RCC_AIS_BITS_MAX 1008
struct rcc_ais_bits {
	uint32_t count;
	uint8_t byte[RCC_AIS_BITS_MAX / 8];
};

/* "Not available" marks. */
#define RCC_AIS_LON_NONE (181 * 600000)
#define RCC_AIS_LAT_NONE (91 * 600000)
#define RCC_AIS_ROT_NONE (-128)

#define RCC_AIS_NAME_MAX 20
#define RCC_AIS_CALLSIGN_MAX 7
#define RCC_AIS_SAFETY_MAX 161

/* The message types that rcc-sim speaks. */
enum rcc_ais_type {
	RCC_AIS_POSITION_A = 1,
	RCC_AIS_BASE = 4,
	RCC_AIS_STATIC_A = 5,
	RCC_AIS_SAFETY_TO_ALL = 14,
	RCC_AIS_POSITION_B = 18,
	RCC_AIS_STATIC_B = 24,
	RCC_AIS_LONG_RANGE = 27,
};

struct rcc_ais_message {
	enum rcc_ais_type type;
	uint32_t mmsi;
	/* where and how it moves: 1, 18, 27; 4 has a position */
	uint32_t nav_status;
	int32_t rot;
	bool is_accurate;
	uint32_t sog_dkn, cog_ddeg, heading_deg;
	int32_t lon, lat; /* 1/10,000 minute */
	uint32_t second;
	/* what it is: 5, 24 */
	uint32_t part; /* of 24: 0 = A, 1 = B */
	uint32_t imo, ship_type;
	uint32_t to_bow_m, to_stern_m, to_port_m, to_starboard_m, draught_dm;
	char callsign[RCC_AIS_CALLSIGN_MAX + 1];
	char name[RCC_AIS_NAME_MAX + 1];
	char destination[RCC_AIS_NAME_MAX + 1];
	/* UTC of 4, ETA of 5 (without year) */
	uint32_t year, month, day, hour, minute;
	/* 14 */
	char text[RCC_AIS_SAFETY_MAX + 1];
};

/* Appends `width` bits (1..32), highest first. Pre: they fit. */
void rcc_ais_put(struct rcc_ais_bits *bits, uint32_t value, uint32_t width);
/* The same in two's complement. */
void rcc_ais_put_signed(struct rcc_ais_bits *bits, int32_t value, uint32_t width);
/* Appends `chars` six-bit characters: lower case becomes upper, what the alphabet lacks '?', the rest is '@'. */
void rcc_ais_put_text(struct rcc_ais_bits *bits, const char *text, uint32_t chars);

/* RCC_E_RANGE if a value does not fit its field, RCC_E_UNSUPPORTED for a type not listed above. */
RCC_MUST_USE enum rcc_status rcc_ais_encode(const struct rcc_ais_message *message, struct rcc_ais_bits *ret_bits);

#endif

#include "sim/ais_encode.h"

#include <assert.h>
#include <string.h>

#define UNITS_PER_DEG 600000
/* 27 counts in 1/10 minute. */
#define UNITS_PER_LONG_RANGE 1000

void
rcc_ais_put(struct rcc_ais_bits *bits, uint32_t value, uint32_t width)
{
	assert(width >= 1 && width <= 32 && bits->count + width <= RCC_AIS_BITS_MAX);
	for (uint32_t i = width; i > 0; i--) {
		if (((value >> (i - 1)) & 1u) != 0) {
			bits->byte[bits->count / 8] |= (uint8_t)(0x80u >> (bits->count % 8));
		}
		bits->count++;
	}
}

void
rcc_ais_put_signed(struct rcc_ais_bits *bits, int32_t value, uint32_t width)
{
	rcc_ais_put(bits, (uint32_t)value, width);
}

/* The alphabet is ASCII 64..95 followed by 32..63 (M.1371-5 table 47). */
static uint32_t
six_bits_of(char c)
{
	if (c >= 'a' && c <= 'z') {
		c = (char)(c - 'a' + 'A');
	}
	if (c < ' ' || c > '_') {
		c = '?';
	}
	return c >= '@' ? (uint32_t)(c - '@') : (uint32_t)c;
}

void
rcc_ais_put_text(struct rcc_ais_bits *bits, const char *text, uint32_t chars)
{
	bool has_ended = false;

	for (uint32_t i = 0; i < chars; i++) {
		has_ended = has_ended || text[i] == '\0';
		rcc_ais_put(bits, has_ended ? 0 : six_bits_of(text[i]), 6);
	}
}

static void
put_head(struct rcc_ais_bits *bits, const struct rcc_ais_message *m)
{
	rcc_ais_put(bits, (uint32_t)m->type, 6);
	rcc_ais_put(bits, 0, 2); /* repeated */
	rcc_ais_put(bits, m->mmsi, 30);
}

static void
put_place(struct rcc_ais_bits *bits, const struct rcc_ais_message *m)
{
	rcc_ais_put(bits, m->is_accurate, 1);
	rcc_ais_put_signed(bits, m->lon, 28);
	rcc_ais_put_signed(bits, m->lat, 27);
}

static void
put_size(struct rcc_ais_bits *bits, const struct rcc_ais_message *m)
{
	rcc_ais_put(bits, m->to_bow_m, 9);
	rcc_ais_put(bits, m->to_stern_m, 9);
	rcc_ais_put(bits, m->to_port_m, 6);
	rcc_ais_put(bits, m->to_starboard_m, 6);
}

static void
encode_position_a(struct rcc_ais_bits *bits, const struct rcc_ais_message *m)
{
	rcc_ais_put(bits, m->nav_status, 4);
	rcc_ais_put_signed(bits, m->rot, 8);
	rcc_ais_put(bits, m->sog_dkn, 10);
	put_place(bits, m);
	rcc_ais_put(bits, m->cog_ddeg, 12);
	rcc_ais_put(bits, m->heading_deg, 9);
	rcc_ais_put(bits, m->second, 6);
	rcc_ais_put(bits, 0, 2);  /* special manoeuvre: not available */
	rcc_ais_put(bits, 0, 3);  /* spare */
	rcc_ais_put(bits, 0, 1);  /* RAIM not in use */
	rcc_ais_put(bits, 0, 19); /* radio state */
}

static void
encode_base(struct rcc_ais_bits *bits, const struct rcc_ais_message *m)
{
	rcc_ais_put(bits, m->year, 14);
	rcc_ais_put(bits, m->month, 4);
	rcc_ais_put(bits, m->day, 5);
	rcc_ais_put(bits, m->hour, 5);
	rcc_ais_put(bits, m->minute, 6);
	rcc_ais_put(bits, m->second, 6);
	put_place(bits, m);
	rcc_ais_put(bits, 7, 4);  /* position as surveyed */
	rcc_ais_put(bits, 0, 10); /* spare */
	rcc_ais_put(bits, 0, 1);
	rcc_ais_put(bits, 0, 19);
}

static void
encode_static_a(struct rcc_ais_bits *bits, const struct rcc_ais_message *m)
{
	rcc_ais_put(bits, 0, 2); /* AIS version: M.1371-1 */
	rcc_ais_put(bits, m->imo, 30);
	rcc_ais_put_text(bits, m->callsign, RCC_AIS_CALLSIGN_MAX);
	rcc_ais_put_text(bits, m->name, RCC_AIS_NAME_MAX);
	rcc_ais_put(bits, m->ship_type, 8);
	put_size(bits, m);
	rcc_ais_put(bits, 1, 4); /* GPS */
	rcc_ais_put(bits, m->month, 4);
	rcc_ais_put(bits, m->day, 5);
	rcc_ais_put(bits, m->hour, 5);
	rcc_ais_put(bits, m->minute, 6);
	rcc_ais_put(bits, m->draught_dm, 8);
	rcc_ais_put_text(bits, m->destination, RCC_AIS_NAME_MAX);
	rcc_ais_put(bits, 0, 1); /* data terminal ready */
	rcc_ais_put(bits, 0, 1);
}

static void
encode_position_b(struct rcc_ais_bits *bits, const struct rcc_ais_message *m)
{
	rcc_ais_put(bits, 0, 8);
	rcc_ais_put(bits, m->sog_dkn, 10);
	put_place(bits, m);
	rcc_ais_put(bits, m->cog_ddeg, 12);
	rcc_ais_put(bits, m->heading_deg, 9);
	rcc_ais_put(bits, m->second, 6);
	rcc_ais_put(bits, 0, 2);
	rcc_ais_put(bits, 1, 1);  /* carrier sense unit */
	rcc_ais_put(bits, 0, 1);  /* no display */
	rcc_ais_put(bits, 1, 1);  /* with DSC */
	rcc_ais_put(bits, 1, 1);  /* whole marine band */
	rcc_ais_put(bits, 0, 1);  /* no message 22 */
	rcc_ais_put(bits, 0, 1);  /* autonomous */
	rcc_ais_put(bits, 0, 1);  /* RAIM not in use */
	rcc_ais_put(bits, 0, 20); /* radio state */
}

static void
encode_static_b(struct rcc_ais_bits *bits, const struct rcc_ais_message *m)
{
	rcc_ais_put(bits, m->part, 2);
	if (m->part == 0) {
		rcc_ais_put_text(bits, m->name, RCC_AIS_NAME_MAX);
		return;
	}
	rcc_ais_put(bits, m->ship_type, 8);
	rcc_ais_put_text(bits, "SIM", 3); /* maker */
	rcc_ais_put(bits, 1, 4);          /* model */
	rcc_ais_put(bits, m->mmsi % 1000000, 20);
	rcc_ais_put_text(bits, m->callsign, RCC_AIS_CALLSIGN_MAX);
	put_size(bits, m);
	rcc_ais_put(bits, 0, 6);
}

static void
encode_safety(struct rcc_ais_bits *bits, const struct rcc_ais_message *m)
{
	rcc_ais_put(bits, 0, 2);
	rcc_ais_put_text(bits, m->text, (uint32_t)strlen(m->text));
}

/* Rounded half away from zero. */
static int32_t
long_range_units(int32_t units)
{
	int32_t half = units < 0 ? -UNITS_PER_LONG_RANGE / 2 : UNITS_PER_LONG_RANGE / 2;

	return (units + half) / UNITS_PER_LONG_RANGE;
}

static void
encode_long_range(struct rcc_ais_bits *bits, const struct rcc_ais_message *m)
{
	rcc_ais_put(bits, m->is_accurate, 1);
	rcc_ais_put(bits, 0, 1); /* RAIM not in use */
	rcc_ais_put(bits, m->nav_status, 4);
	rcc_ais_put_signed(bits, long_range_units(m->lon), 18);
	rcc_ais_put_signed(bits, long_range_units(m->lat), 17);
	rcc_ais_put(bits, m->sog_dkn == 1023 ? 63 : (m->sog_dkn > 620 ? 62 : m->sog_dkn / 10), 6);
	rcc_ais_put(bits, m->cog_ddeg == 3600 ? 511 : m->cog_ddeg / 10, 9);
	rcc_ais_put(bits, 0, 1); /* the position is not older than 5 s */
	rcc_ais_put(bits, 0, 1);
}

static bool
is_place(const struct rcc_ais_message *m)
{
	bool is_none = m->lat == RCC_AIS_LAT_NONE && m->lon == RCC_AIS_LON_NONE;

	return is_none || (m->lat >= -90 * UNITS_PER_DEG && m->lat <= 90 * UNITS_PER_DEG &&
	                   m->lon >= -180 * UNITS_PER_DEG && m->lon <= 180 * UNITS_PER_DEG);
}

static bool
fits(const struct rcc_ais_message *m)
{
	bool is_motion = m->nav_status <= 15 && m->rot >= -128 && m->rot <= 127 && m->sog_dkn <= 1023 &&
	                 m->cog_ddeg <= 3600 && m->heading_deg <= 511 && m->second <= 63;
	bool is_shape = m->to_bow_m <= 511 && m->to_stern_m <= 511 && m->to_port_m <= 63 && m->to_starboard_m <= 63 &&
	                m->draught_dm <= 255 && m->ship_type <= 255 && m->imo < (1u << 30) && m->part <= 1;
	bool is_time = m->year <= 9999 && m->month <= 12 && m->day <= 31 && m->hour <= 31 && m->minute <= 63;

	return m->mmsi <= 999999999 && is_place(m) && is_motion && is_shape && is_time;
}

enum rcc_status
rcc_ais_encode(const struct rcc_ais_message *message, struct rcc_ais_bits *ret_bits)
{
	struct rcc_ais_bits bits = {.count = 0};

	if (!fits(message)) {
		return RCC_E_RANGE;
	}
	put_head(&bits, message);
	switch (message->type) {
	case RCC_AIS_POSITION_A:
		encode_position_a(&bits, message);
		break;
	case RCC_AIS_BASE:
		encode_base(&bits, message);
		break;
	case RCC_AIS_STATIC_A:
		encode_static_a(&bits, message);
		break;
	case RCC_AIS_SAFETY_TO_ALL:
		encode_safety(&bits, message);
		break;
	case RCC_AIS_POSITION_B:
		encode_position_b(&bits, message);
		break;
	case RCC_AIS_STATIC_B:
		encode_static_b(&bits, message);
		break;
	case RCC_AIS_LONG_RANGE:
		encode_long_range(&bits, message);
		break;
	default:
		return RCC_E_UNSUPPORTED;
	}
	*ret_bits = bits;
	return RCC_OK;
}

#include "feed/statics.h"

#include <string.h>

#include "rcc/text.h"

#define TYPE_STATIC 5u
#define TYPE_CLASS_B_EXTENDED 19u
#define TYPE_CLASS_B_STATIC 24u
/* Message 5 has 424 bits; some transponders leave spare bits at its end out. */
#define STATIC_BITS 420u
#define CLASS_B_EXTENDED_BITS 312u
#define PART_A_BITS 160u
#define PART_B_BITS 162u
#define NAME_CHARS 20u
#define CALLSIGN_CHARS 7u
/* Craft of a parent ship send its MMSI in the place of their size. */
#define CRAFT_MMSI 98u

static void
take_text(const struct rcc_ais_bits *bits, uint32_t at, uint32_t chars, char *array, size_t size)
{
	char text[NAME_CHARS + 1];
	rcc_ais_bits_text(bits, at, chars, text, sizeof text);
	rcc_text_copy_lossy(array, size, text, strlen(text));
}

static void
take_size(const struct rcc_ais_bits *bits, uint32_t at, struct rcc_static *vessel)
{
	vessel->to_bow_m = rcc_ais_bits_unsigned(bits, at, 9);
	vessel->to_stern_m = rcc_ais_bits_unsigned(bits, at + 9, 9);
	vessel->to_port_m = rcc_ais_bits_unsigned(bits, at + 18, 6);
	vessel->to_starboard_m = rcc_ais_bits_unsigned(bits, at + 24, 6);
}

static bool
take_5(const struct rcc_ais_bits *bits, struct rcc_static *vessel)
{
	if (!rcc_ais_bits_has(bits, 0, STATIC_BITS)) {
		return false;
	}
	vessel->imo = rcc_ais_bits_unsigned(bits, 40, 30);
	take_text(bits, 70, CALLSIGN_CHARS, vessel->callsign, sizeof vessel->callsign);
	take_text(bits, 112, NAME_CHARS, vessel->name, sizeof vessel->name);
	vessel->ship_type = rcc_ais_bits_unsigned(bits, 232, 8);
	take_size(bits, 240, vessel);
	vessel->draught_dm = rcc_ais_bits_unsigned(bits, 294, 8);
	return true;
}

static bool
take_19(const struct rcc_ais_bits *bits, struct rcc_static *vessel)
{
	if (bits->count != CLASS_B_EXTENDED_BITS) {
		return false;
	}
	take_text(bits, 143, NAME_CHARS, vessel->name, sizeof vessel->name);
	vessel->ship_type = rcc_ais_bits_unsigned(bits, 263, 8);
	take_size(bits, 271, vessel);
	return true;
}

static bool
take_24(const struct rcc_ais_bits *bits, struct rcc_static *vessel)
{
	if (!rcc_ais_bits_has(bits, 0, PART_A_BITS)) {
		return false;
	}
	uint32_t part = rcc_ais_bits_unsigned(bits, 38, 2);
	if (part == 0) {
		take_text(bits, 40, NAME_CHARS, vessel->name, sizeof vessel->name);
		return true;
	}
	if (part != 1 || !rcc_ais_bits_has(bits, 0, PART_B_BITS)) {
		return false;
	}
	vessel->ship_type = rcc_ais_bits_unsigned(bits, 40, 8);
	take_text(bits, 90, CALLSIGN_CHARS, vessel->callsign, sizeof vessel->callsign);
	if (vessel->mmsi.v / 10000000 != CRAFT_MMSI) {
		take_size(bits, 132, vessel);
	}
	return true;
}

static bool
states_something(const struct rcc_static *vessel)
{
	return vessel->name[0] != '\0' || vessel->callsign[0] != '\0' || vessel->imo != 0 || vessel->ship_type != 0 ||
	       vessel->to_bow_m + vessel->to_stern_m + vessel->to_port_m + vessel->to_starboard_m != 0 ||
	       vessel->draught_dm != 0;
}

enum rcc_status
rcc_feed_statics_read(const struct rcc_ais_bits *bits, struct rcc_static *ret_vessel)
{
	struct rcc_static vessel = {.mmsi = {rcc_ais_bits_unsigned(bits, 8, 30)},
	                            .message_type = rcc_ais_bits_unsigned(bits, 0, 6)};
	bool is_read = false;
	switch (vessel.message_type) {
	case TYPE_STATIC:
		is_read = take_5(bits, &vessel);
		break;
	case TYPE_CLASS_B_EXTENDED:
		is_read = take_19(bits, &vessel);
		break;
	case TYPE_CLASS_B_STATIC:
		is_read = take_24(bits, &vessel);
		break;
	default:
		return RCC_E_AGAIN;
	}
	if (!is_read || vessel.mmsi.v == 0 || vessel.mmsi.v > RCC_MMSI_MAX) {
		return RCC_E_RANGE;
	}
	if (!states_something(&vessel)) {
		return RCC_E_AGAIN;
	}
	*ret_vessel = vessel;
	return RCC_OK;
}

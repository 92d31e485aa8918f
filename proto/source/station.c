/*
 * station.c - what an MMSI says about who uses it (ITU-R M.585-9, annexes 1 and 2).
 */
#include "proto/source/source.h"

/* First digits of a maritime identification digit are 2 to 7; 0, 1, 8 and 9 mark other kinds of station. */
static bool
is_mid(uint32_t mid)
{
	return mid >= 200 && mid <= 799;
}

static enum rcc_station
station_of_nine(uint32_t v)
{
	switch (v / 1000000) {
	case 970:
		return RCC_STATION_SART;
	case 972:
		return RCC_STATION_MOB;
	case 974:
		return RCC_STATION_EPIRB;
	default:
		break;
	}
	if (v / 10000000 == 98) {
		return RCC_STATION_CRAFT;
	}
	return v / 10000000 == 99 ? RCC_STATION_ATON : RCC_STATION_OTHER;
}

enum rcc_station
rcc_station_of(struct rcc_mmsi mmsi)
{
	uint32_t v = mmsi.v;

	if (v > RCC_MMSI_MAX) {
		return RCC_STATION_OTHER;
	}
	if (v < 10000000) {
		return is_mid(v / 10000) ? RCC_STATION_COAST : RCC_STATION_OTHER;
	}
	if (v < 100000000) {
		return is_mid(v / 100000) ? RCC_STATION_GROUP : RCC_STATION_OTHER;
	}
	if (v / 100000000 == 1) {
		return v / 1000000 == 111 ? RCC_STATION_AIRCRAFT : RCC_STATION_OTHER;
	}
	if (v / 100000000 == 8) {
		return RCC_STATION_HANDHELD;
	}
	return v / 100000000 == 9 ? station_of_nine(v) : RCC_STATION_SHIP;
}

const char *
rcc_station_word(enum rcc_station station)
{
	switch (station) {
	case RCC_STATION_SHIP:
		return "ship";
	case RCC_STATION_GROUP:
		return "group";
	case RCC_STATION_COAST:
		return "coast";
	case RCC_STATION_AIRCRAFT:
		return "aircraft";
	case RCC_STATION_CRAFT:
		return "craft";
	case RCC_STATION_ATON:
		return "aton";
	case RCC_STATION_HANDHELD:
		return "handheld";
	case RCC_STATION_SART:
		return "sart";
	case RCC_STATION_MOB:
		return "mob";
	case RCC_STATION_EPIRB:
		return "epirb";
	case RCC_STATION_OTHER:
		return "other";
	}
	return "unknown";
}

/*
 * AIS values as bytes, in the order type 1, mmsi 4, status 1, lat 4, lon 4, has_pos 1, dest_mmsi 4 (little-endian), text.
 *
 * Whatever comes in, an alert that comes out must be one that the wire accepts, and only a beacon can be in test.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "proto/source/source.h"

#define FIXED 19u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint32_t
number(const uint8_t *bytes)
{
	return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static int32_t
signed_number(const uint8_t *bytes)
{
	uint32_t value = number(bytes);
	int32_t result;

	memcpy(&result, &value, sizeof result);
	return result;
}

static void
check_text(const char *text, size_t size)
{
	size_t len = 0;

	while (len < size && text[len] != '\0') {
		assert((unsigned char)text[len] >= ' ' && text[len] != 0x7f);
		len++;
	}
	assert(len < size);
	for (; len < size; len++) {
		assert(text[len] == '\0');
	}
}

static void
check_alert(const struct rcc_alert *alert, const struct rcc_ais_values *values)
{
	enum rcc_station station = rcc_station_of((struct rcc_mmsi){values->mmsi});
	bool is_beacon = station == RCC_STATION_SART || station == RCC_STATION_MOB || station == RCC_STATION_EPIRB;

	assert(alert->source == RCC_SOURCE_AIS_BEACON || alert->source == RCC_SOURCE_AIS_STATUS ||
	       alert->source == RCC_SOURCE_AIS_TEXT);
	assert(is_beacon == (alert->source == RCC_SOURCE_AIS_BEACON));
	assert(alert->class == RCC_CLASS_LIVE || (alert->class == RCC_CLASS_TEST && is_beacon));
	assert(alert->casualty.v == (values->mmsi <= RCC_MMSI_MAX ? values->mmsi : 0));
	if (rcc_pos_is_known(alert->pos)) {
		assert(alert->pos.lat_e7 >= -RCC_LAT_E7_MAX && alert->pos.lat_e7 <= RCC_LAT_E7_MAX);
		assert(alert->pos.lon_e7 >= -RCC_LON_E7_MAX && alert->pos.lon_e7 <= RCC_LON_E7_MAX);
	} else {
		assert(alert->pos.lon_e7 == RCC_POS_UNKNOWN_E7 && alert->pos_at_ms == 0);
	}
	assert(alert->raw_len == 0 && (alert->marks & ~RCC_ALERT_MARKS_ALL) == 0);
	check_text(alert->text, sizeof alert->text);
	check_text(alert->name, sizeof alert->name);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rcc_ais_values values = {.at_ms = 1};
	struct rcc_alert alert;

	if (size < FIXED) {
		return 0;
	}
	values.type = data[0];
	values.mmsi = number(data + 1);
	values.status = data[5];
	values.lat = signed_number(data + 6);
	values.lon = signed_number(data + 10);
	values.has_pos = (data[14] & 1) != 0;
	values.dest_mmsi = number(data + 15);
	memcpy(values.text, data + FIXED, size - FIXED < sizeof values.text ? size - FIXED : sizeof values.text);
	if (rcc_ais_beacon_alert(&values, &alert) == RCC_OK) {
		check_alert(&alert, &values);
	}
	return 0;
}

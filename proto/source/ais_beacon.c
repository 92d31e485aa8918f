/*
 * ais_beacon.c - distress heard on AIS (ITU-R M.1371-5; IEC 61097-14 for AIS-SART texts).
 *
 * Three kinds of signal, from the surest to the least: a beacon made for it (MMSI 970, 972, 974), navigational status
 * 14 on a ship's own MMSI (reserved for beacons, but often a wrong setting), and a safety text that a person must
 * read. When in doubt about a beacon it is active: a false alarm costs a radio call, a missed one a life.
 */
#include <stdio.h>
#include <string.h>

#include "proto/source/source.h"
#include "rcc/text.h"

/* Safety texts, addressed and broadcast. */
#define TYPE_TEXT_TO_ONE 12u
#define TYPE_TEXT_TO_ALL 14u
/* Long-range position report: the only other one with a navigational status. */
#define TYPE_LONG_RANGE 27u
/* 1/10,000 minute in a degree. */
#define UNITS_PER_DEG 600000

enum signal { SIGNAL_ACTIVE = 1, SIGNAL_TEST = 2, SIGNAL_UNSTATED = 3 };

enum rcc_status
rcc_ais_pos(int32_t lat, int32_t lon, struct rcc_pos *ret_pos)
{
	if (lat < -90 * UNITS_PER_DEG || lat > 90 * UNITS_PER_DEG || lon < -180 * UNITS_PER_DEG ||
	    lon > 180 * UNITS_PER_DEG) {
		return RCC_E_RANGE;
	}
	/* 1e-7 degree is 3/50 of 1/10,000 minute; rounded half away from zero. */
	ret_pos->lat_e7 = (int32_t)(((int64_t)lat * 100 + (lat < 0 ? -3 : 3)) / 6);
	ret_pos->lon_e7 = (int32_t)(((int64_t)lon * 100 + (lon < 0 ? -3 : 3)) / 6);
	return RCC_OK;
}

static bool
is_text(const struct rcc_ais_values *values)
{
	return values->type == TYPE_TEXT_TO_ONE || values->type == TYPE_TEXT_TO_ALL;
}

static bool
has_status(const struct rcc_ais_values *values)
{
	return (values->type >= 1 && values->type <= 3) || values->type == TYPE_LONG_RANGE;
}

/* Length without the padding: '@' is the six-bit NUL, and senders pad with spaces too. */
static size_t
text_length(const struct rcc_ais_values *values)
{
	const char *end = memchr(values->text, '\0', sizeof values->text);
	size_t len = end == NULL ? sizeof values->text : (size_t)(end - values->text);

	while (len > 0 && (values->text[len - 1] == '@' || values->text[len - 1] == ' ')) {
		len--;
	}
	return len;
}

static bool
is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Does the text hold this word, alone? */
static bool
has_word(const char *text, size_t len, const char *word)
{
	size_t size = strlen(word);

	for (size_t at = 0; at + size <= len; at++) {
		bool is_start = at == 0 || !is_letter(text[at - 1]);
		bool is_end = at + size == len || !is_letter(text[at + size]);
		if (is_start && is_end && memcmp(text + at, word, size) == 0) {
			return true;
		}
	}
	return false;
}

static enum signal
signal_of(const struct rcc_ais_values *values)
{
	if (is_text(values)) {
		size_t len = text_length(values);
		if (has_word(values->text, len, "ACTIVE")) {
			return SIGNAL_ACTIVE;
		}
		return has_word(values->text, len, "TEST") ? SIGNAL_TEST : SIGNAL_UNSTATED;
	}
	if (has_status(values) && values->status == RCC_NAV_STATUS_SART) {
		return SIGNAL_ACTIVE;
	}
	/* 15 is "not defined" from a ship, and "test" from a beacon. */
	return has_status(values) && values->status == RCC_NAV_STATUS_UNKNOWN ? SIGNAL_TEST : SIGNAL_UNSTATED;
}

/* What every alert from AIS has in common. */
static struct rcc_alert
alert_of(const struct rcc_ais_values *values, enum rcc_source source)
{
	struct rcc_alert alert = {.source = source, .class = RCC_CLASS_LIVE, .pos = RCC_POS_NONE};

	/* The field has 30 bits: more than nine digits are no identity, yet no reason to stay silent. */
	if (values->mmsi <= RCC_MMSI_MAX) {
		alert.casualty.v = values->mmsi;
	}
	if (values->has_pos && rcc_ais_pos(values->lat, values->lon, &alert.pos) == RCC_OK) {
		alert.pos_at_ms = values->at_ms;
	}
	return alert;
}

/* The words of a safety text, after `before`. */
static void
set_text(struct rcc_alert *alert, const struct rcc_ais_values *values, const char *before)
{
	char text[RCC_TEXT_MAX + 1];
	int len = snprintf(text, sizeof text, "%s%.*s", before, (int)text_length(values), values->text);

	rcc_text_copy_lossy(alert->text, sizeof alert->text, text, (size_t)len);
}

static const char *
device_name(enum rcc_station station)
{
	if (station == RCC_STATION_MOB) {
		return "MOB-AIS";
	}
	return station == RCC_STATION_EPIRB ? "EPIRB-AIS" : "AIS-SART";
}

static const char *
signal_words(enum signal signal)
{
	if (signal == SIGNAL_TEST) {
		return "test";
	}
	return signal == SIGNAL_ACTIVE ? "active" : "sends without stating active or test, taken as active";
}

static struct rcc_alert
beacon_alert(const struct rcc_ais_values *values, enum rcc_station station)
{
	enum signal signal = signal_of(values);
	struct rcc_alert alert = alert_of(values, RCC_SOURCE_AIS_BEACON);
	char words[RCC_TEXT_MAX + 1];

	alert.class = signal == SIGNAL_TEST ? RCC_CLASS_TEST : RCC_CLASS_LIVE;
	alert.nature = station == RCC_STATION_MOB ? RCC_NATURE_MOB : RCC_NATURE_BEACON;
	(void)snprintf(words, sizeof words, "%s %s%s", device_name(station), signal_words(signal),
	               is_text(values) ? ": " : "");
	if (is_text(values)) {
		set_text(&alert, values, words);
	} else {
		rcc_text_copy_lossy(alert.text, sizeof alert.text, words, strlen(words));
	}
	return alert;
}

static struct rcc_alert
status_alert(const struct rcc_ais_values *values)
{
	struct rcc_alert alert = alert_of(values, RCC_SOURCE_AIS_STATUS);
	char text[RCC_TEXT_MAX + 1];
	int len = snprintf(text, sizeof text,
	                   "AIS navigational status 14 (AIS-SART active) from MMSI %09lu, which is no beacon",
	                   (unsigned long)values->mmsi);

	rcc_text_copy_lossy(alert.text, sizeof alert.text, text, (size_t)len);
	return alert;
}

static struct rcc_alert
text_alert(const struct rcc_ais_values *values)
{
	struct rcc_alert alert = alert_of(values, RCC_SOURCE_AIS_TEXT);
	char before[RCC_TEXT_MAX + 1] = "";

	if (values->type == TYPE_TEXT_TO_ONE) {
		(void)snprintf(before, sizeof before, "to MMSI %09lu: ", (unsigned long)values->dest_mmsi);
	}
	set_text(&alert, values, before);
	return alert;
}

enum rcc_status
rcc_ais_beacon_alert(const struct rcc_ais_values *values, struct rcc_alert *ret_alert)
{
	enum rcc_station station = rcc_station_of((struct rcc_mmsi){values->mmsi});
	bool is_beacon = station == RCC_STATION_SART || station == RCC_STATION_MOB || station == RCC_STATION_EPIRB;

	/* A beacon's acknowledgement or static data states neither: taking it for active would wake ships for a test. */
	if (is_beacon && (is_text(values) || has_status(values) || values->has_pos)) {
		*ret_alert = beacon_alert(values, station);
		return RCC_OK;
	}
	if (is_text(values)) {
		*ret_alert = text_alert(values);
		return RCC_OK;
	}
	if (has_status(values) && values->status == RCC_NAV_STATUS_SART) {
		*ret_alert = status_alert(values);
		return RCC_OK;
	}
	return RCC_E_AGAIN;
}

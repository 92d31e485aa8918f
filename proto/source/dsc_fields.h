/*
 * dsc_fields.h - the fields of DSC and DSE sentences as values, and the text for people that grows from them.
 *
 * Private to dsc.c: small pure functions, nothing is kept.
 */
#ifndef RCC_PROTO_SOURCE_DSC_FIELDS_H
#define RCC_PROTO_SOURCE_DSC_FIELDS_H

#include <stdio.h>
#include <string.h>

#include "proto/source/nmea.h"
#include "proto/source/source.h"
#include "rcc/text.h"

/* Symbols of M.493 without their leading 1. */
#define FORMAT_AREA 2
#define FORMAT_DISTRESS 12
#define CATEGORY_ROUTINE 0
#define CATEGORY_SAFETY 8
#define CATEGORY_URGENCY 10
#define CATEGORY_DISTRESS 12
#define TELECOMMAND_ACKNOWLEDGE 10
#define TELECOMMAND_RELAY 12
#define TELECOMMAND_POSITION 21
#define SECOND_NEUTRAL 10
#define SECOND_MEDICAL 11
#define NATURE_EPIRB 12
#define NO_INFORMATION 26
#define CODE_EMPTY (-1)
#define CODE_UNREADABLE (-2)
/* 1/10,000 minute in a minute. */
#define UNITS_PER_MIN 10000
/* As much of a field as a text repeats. */
#define SHOWN_MAX 24
/* Characters of an additional identification: M.821 has up to ten, some equipment more. */
#define IDENTITY_MAX 20

struct words {
	char text[RCC_TEXT_MAX + 1];
	size_t len;
};

enum place_kind { PLACE_NOT_STATED = 1, PLACE_UNREADABLE = 2, PLACE_KNOWN = 3 };

/* A position as the quadrant it is in and its distance from 0 N 0 E: a refinement moves it away from there. */
struct place {
	enum place_kind kind;
	bool is_south, is_west;
	uint32_t lat, lon; /* 1/10,000 minute */
};

static inline void
say(struct words *words, const char *text)
{
	size_t left = sizeof words->text - words->len;
	int len = snprintf(words->text + words->len, left, "%s", text);

	words->len += (size_t)len < left ? (size_t)len : left - 1;
}

static inline void
say_field(struct words *words, const char *before, const char *field, const char *after)
{
	char text[2 * RCC_NAME_MAX + SHOWN_MAX];

	(void)snprintf(text, sizeof text, "%s%.*s%s", before, SHOWN_MAX, field, after);
	say(words, text);
}

static inline void
say_mmsi(struct words *words, const char *before, struct rcc_mmsi mmsi)
{
	char digits[RCC_MMSI_TEXT_SIZE];

	say_field(words, before, rcc_mmsi_format(digits, mmsi), "");
}

static inline void
say_number(struct words *words, const char *before, uint32_t number, const char *after)
{
	char text[SHOWN_MAX];

	(void)snprintf(text, sizeof text, "%u", (unsigned)number);
	say_field(words, before, text, after);
}

static inline void
say_tenths(struct words *words, const char *before, uint32_t tenths, const char *after)
{
	char text[SHOWN_MAX];

	(void)snprintf(text, sizeof text, "%u.%u", (unsigned)(tenths / 10), (unsigned)(tenths % 10));
	say_field(words, before, text, after);
}

static inline void
say_no_sender(struct words *words, const char *field)
{
	if (field[0] == '\0')
		say(words, "; sender not stated");
	else
		say_field(words, "; sender \"", field, "\" is no MMSI");
}

static inline bool
is_digits(const char *field, size_t len)
{
	return strlen(field) == len && strspn(field, "0123456789") == len;
}

static inline uint32_t
number_at(const char *digits, size_t at, size_t len)
{
	uint32_t value = 0;

	for (size_t i = at; i < at + len; i++)
		value = value * 10 + (uint32_t)(digits[i] - '0');
	return value;
}

/* Two digits; some receivers write the symbol as it is on the air, from 100. */
static inline int
code_of(const char *field)
{
	if (field[0] == '\0')
		return CODE_EMPTY;
	if (is_digits(field, 3) && field[0] == '1')
		return (int)number_at(field, 1, 2);
	return is_digits(field, 2) ? (int)number_at(field, 0, 2) : CODE_UNREADABLE;
}

/* Ten digits, the last of them 0; receivers that leave it out exist. 0 if it is no identity. */
static inline struct rcc_mmsi
mmsi_of(const char *field)
{
	if (!is_digits(field, 9) && !(is_digits(field, 10) && field[9] == '0'))
		return (struct rcc_mmsi){0};
	return (struct rcc_mmsi){number_at(field, 0, 9)};
}

static inline struct place
place_of(const char *field)
{
	struct place place = {.kind = PLACE_UNREADABLE};

	if (field[0] == '\0' || strcmp(field, "9999999999") == 0)
		return (struct place){.kind = PLACE_NOT_STATED};
	if (!is_digits(field, 10))
		return place;
	uint32_t quadrant = number_at(field, 0, 1);
	uint32_t lat_min = number_at(field, 3, 2), lon_min = number_at(field, 8, 2);
	uint32_t lat = number_at(field, 1, 2) * 60 + lat_min;
	uint32_t lon = number_at(field, 5, 3) * 60 + lon_min;
	if (quadrant > 3 || lat_min > 59 || lon_min > 59 || lat > 90 * 60 || lon > 180 * 60)
		return place;
	return (struct place){.kind = PLACE_KNOWN,
	                      .is_south = quadrant >= 2,
	                      .is_west = quadrant % 2 == 1,
	                      .lat = lat * UNITS_PER_MIN,
	                      .lon = lon * UNITS_PER_MIN};
}

/*
 * At 0 degrees a number has no hemisphere, and the refinement that follows in a DSE would go the wrong way, up to a mile. The
 * smallest step to the south or west, a centimetre, keeps what the quadrant said.
 */
static inline int32_t
keep_hemisphere(int32_t e7, bool is_negative)
{
	return is_negative && e7 == 0 ? -1 : e7;
}

/* Unknown if it is not stated, or if a refinement leads over a pole. */
static inline struct rcc_pos
pos_of(const struct place *place, uint32_t refine)
{
	struct rcc_pos pos = RCC_POS_NONE;
	uint32_t more = refine == 0 ? 0 : refine - 1;
	int32_t lat = (int32_t)(place->lat + more / UNITS_PER_MIN);
	int32_t lon = (int32_t)(place->lon + more % UNITS_PER_MIN);

	if (place->kind != PLACE_KNOWN ||
	    rcc_ais_pos(place->is_south ? -lat : lat, place->is_west ? -lon : lon, &pos) != RCC_OK)
		return RCC_POS_NONE;
	if (refine == 0)
		pos = (struct rcc_pos){keep_hemisphere(pos.lat_e7, place->is_south),
		                       keep_hemisphere(pos.lon_e7, place->is_west)};
	return pos;
}

/* "HHMM"; 0 if it states no time. */
static inline int64_t
time_of(const char *field, int64_t at_ms)
{
	if (!is_digits(field, 4))
		return 0;
	return rcc_source_time(number_at(field, 0, 2), number_at(field, 2, 2), at_ms);
}

static inline enum rcc_nature
nature_of(int code)
{
	if (code == CODE_EMPTY || code == NO_INFORMATION)
		return RCC_NATURE_NOT_STATED;
	if (code >= 0 && code <= RCC_NATURE_MOB - RCC_NATURE_FIRE)
		return (enum rcc_nature)(code + RCC_NATURE_FIRE);
	return code == NATURE_EPIRB ? RCC_NATURE_BEACON : RCC_NATURE_UNDESIGNATED;
}

static inline const char *
nature_words(enum rcc_nature nature)
{
	static const char *const words[RCC_NATURE_LAST + 1] = {
	    [RCC_NATURE_NOT_STATED] = "nature not stated",
	    [RCC_NATURE_FIRE] = "fire or explosion",
	    [RCC_NATURE_FLOODING] = "flooding",
	    [RCC_NATURE_COLLISION] = "collision",
	    [RCC_NATURE_GROUNDING] = "grounding",
	    [RCC_NATURE_CAPSIZING] = "listing, in danger of capsizing",
	    [RCC_NATURE_SINKING] = "sinking",
	    [RCC_NATURE_ADRIFT] = "disabled and adrift",
	    [RCC_NATURE_UNDESIGNATED] = "undesignated",
	    [RCC_NATURE_ABANDONING] = "abandoning ship",
	    [RCC_NATURE_PIRACY] = "piracy or armed robbery",
	    [RCC_NATURE_MOB] = "man overboard",
	    [RCC_NATURE_BEACON] = "emission of an EPIRB",
	};
	return words[nature];
}

static inline void
say_checksum(struct words *words, enum rcc_nmea_checksum checksum)
{
	if (checksum != RCC_NMEA_CHECKSUM_GOOD)
		say(words, checksum == RCC_NMEA_CHECKSUM_NONE ? "; no checksum" : "; wrong checksum");
}

/* "19252411", two digits a character (M.821), or the characters themselves with ' for the comma (IEC 61162-1). */
static inline void
identity_of(const char *data, char ret_text[IDENTITY_MAX + 1])
{
	static const char letters[] = "0123456789 ABCDEFGHIJKLMNOPQRSTUVWXYZ.,-/ ";
	size_t digits = strspn(data, "0123456789");
	bool is_coded = digits > 0 && digits % 2 == 0 && digits / 2 <= IDENTITY_MAX && data[digits] == '\0';
	size_t len = 0;

	for (size_t at = 0; is_coded && at < digits; at += 2)
		is_coded = number_at(data, at, 2) < sizeof letters - 1;
	for (size_t at = 0; data[at] != '\0' && len < IDENTITY_MAX; at += is_coded ? 2 : 1) {
		ret_text[len] = data[at];
		if (is_coded)
			ret_text[len] = letters[number_at(data, at, 2)];
		else if (data[at] == '\'')
			ret_text[len] = ',';
		len++;
	}
	while (len > 0 && ret_text[len - 1] == ' ')
		len--;
	ret_text[len] = '\0';
}

/* No data and "C26" state nothing, nines are an unknown position, "C10" asks (M.821 table 3). */
static inline bool
is_stated(const char *data)
{
	return data[0] != '\0' && strcmp(data, "99999999") != 0 && strcmp(data, "C10") != 0 && strcmp(data, "C26") != 0;
}

static inline bool
is_one_of(int code, const int *codes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (codes[i] == code)
			return true;
	}
	return false;
}

static inline bool
is_known_format(int format)
{
	static const int formats[] = {FORMAT_AREA, FORMAT_DISTRESS, 14, 16, 20, 21, 23};

	return is_one_of(format, formats, sizeof formats / sizeof formats[0]);
}

/* First telecommands that nobody in danger sends. */
static inline bool
is_harmless(int telecommand)
{
	static const int harmless[] = {0, 1, 3, 4, 5, 6, 9, 13, 15, 18, TELECOMMAND_POSITION, NO_INFORMATION};

	return is_one_of(telecommand, harmless, sizeof harmless / sizeof harmless[0]);
}

static inline bool
is_blank(const uint8_t *line, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (line[i] != ' ' && line[i] != '\r' && line[i] != '\n')
			return false;
	}
	return true;
}

#endif

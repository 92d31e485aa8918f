#include "proto/source/ais_bits.h"

#include <assert.h>
#include <string.h>

#include "proto/source/nmea.h"

#define SIX_BITS 6u
#define FILL_MAX 5u
#define FIELD_BITS_MAX 30u
/* Places of a VDM sentence's fields. */
enum field { FIELD_TOTAL, FIELD_NUMBER, FIELD_SEQUENCE, FIELD_CHANNEL, FIELD_PAYLOAD, FIELD_FILL };

/* The payload of one sentence within `armour`. */
struct part {
	bool is_there;
	size_t at, len;
	uint32_t fill;
};

/* The sentences of one message as they come. */
struct parts {
	uint32_t total; /* 0 = no sentence yet */
	char sequence[4], channel[4];
	struct part part[RCC_AIS_PARTS_MAX];
	size_t used;
	char armour[RCC_AIS_SIX_MAX];
};

/* One character of the armour; -1 if it is none. */
static int
six_of(char c)
{
	if (c >= '0' && c <= 'W')
		return c - '0';
	return c >= '`' && c <= 'w' ? c - '0' - 8 : -1;
}

/* A field of one digit, min to max. */
static bool
take_digit(const char *field, uint32_t min, uint32_t max, uint32_t *ret_value)
{
	if (field[0] < '0' || field[0] > '9' || field[1] != '\0')
		return false;
	*ret_value = (uint32_t)(field[0] - '0');
	return *ret_value >= min && *ret_value <= max;
}

/* Same or set: what all sentences of one message have in common. */
static bool
agrees(char *kept, size_t size, const char *field, bool is_first)
{
	if (is_first && strlen(field) < size)
		memcpy(kept, field, strlen(field) + 1);
	return strcmp(kept, field) == 0;
}

static enum rcc_status
add_sentence(struct parts *parts, const struct rcc_nmea *nmea)
{
	uint32_t total = 0;
	uint32_t number = 0;
	bool is_first = parts->total == 0;

	if (nmea->start != '!' || (!rcc_nmea_is(nmea, "VDM") && !rcc_nmea_is(nmea, "VDO")))
		return RCC_E_MALFORMED;
	if (!take_digit(rcc_nmea_field(nmea, FIELD_TOTAL), 1, RCC_AIS_PARTS_MAX, &total) ||
	    !take_digit(rcc_nmea_field(nmea, FIELD_NUMBER), 1, total, &number))
		return RCC_E_MALFORMED;
	if ((!is_first && total != parts->total) || parts->part[number - 1].is_there ||
	    !agrees(parts->sequence, sizeof parts->sequence, rcc_nmea_field(nmea, FIELD_SEQUENCE), is_first) ||
	    !agrees(parts->channel, sizeof parts->channel, rcc_nmea_field(nmea, FIELD_CHANNEL), is_first))
		return RCC_E_MALFORMED;

	const char *payload = rcc_nmea_field(nmea, FIELD_PAYLOAD);
	struct part *part = &parts->part[number - 1];
	part->len = strlen(payload);
	if (part->len > sizeof parts->armour - parts->used)
		return RCC_E_TOO_LARGE;
	/* A fill that is missing or no digit: the sentence was cut off, and the checksum says so as well. */
	if (!take_digit(rcc_nmea_field(nmea, FIELD_FILL), 0, FILL_MAX, &part->fill))
		part->fill = 0;
	part->is_there = true;
	part->at = parts->used;
	memcpy(parts->armour + parts->used, payload, part->len);
	parts->used += part->len;
	parts->total = total;
	return RCC_OK;
}

/* The bits of the sentences in their order, up to the first thing that is missing. */
static void
join(const struct parts *parts, struct rcc_ais_bits *bits)
{
	uint32_t six = 0;
	uint32_t fill = 0;

	bits->is_whole = true;
	for (uint32_t n = 0; n < parts->total && bits->is_whole; n++) {
		const struct part *part = &parts->part[n];
		bits->is_whole = part->is_there;
		fill = part->is_there ? part->fill : 0;
		for (size_t i = 0; bits->is_whole && i < part->len; i++) {
			int value = six_of(parts->armour[part->at + i]);
			bits->is_whole = value >= 0;
			if (value >= 0)
				bits->six[six++] = (uint8_t)value;
		}
	}
	bits->count = six * SIX_BITS;
	if (bits->is_whole)
		bits->count -= fill < bits->count ? fill : bits->count;
}

enum rcc_status
rcc_ais_bits_read(const uint8_t *bytes, size_t len, struct rcc_ais_bits *ret_bits)
{
	struct rcc_nmea nmea;
	struct rcc_ais_bits bits = {0};
	struct parts parts = {0};
	size_t at = 0;

	while (at < len) {
		size_t used = 0;
		if (bytes[at] == '\r' || bytes[at] == '\n') {
			at++;
			continue;
		}
		enum rcc_status status = rcc_nmea_split(bytes + at, len - at, &nmea, &used);
		if (status == RCC_OK)
			status = add_sentence(&parts, &nmea);
		if (status != RCC_OK)
			return status;
		bits.checksum_wrong = bits.checksum_wrong || nmea.checksum == RCC_NMEA_CHECKSUM_WRONG;
		bits.checksum_none = bits.checksum_none || nmea.checksum == RCC_NMEA_CHECKSUM_NONE;
		/* Of a group of sentences the first has the time. */
		if (bits.tag_at_ms == 0)
			bits.tag_at_ms = nmea.tag_at_ms;
		at += used;
	}
	join(&parts, &bits);
	if (bits.count < RCC_AIS_HEAD_BITS)
		return RCC_E_MALFORMED;
	*ret_bits = bits;
	return RCC_OK;
}

bool
rcc_ais_bits_has(const struct rcc_ais_bits *bits, uint32_t at, uint32_t width)
{
	return at <= bits->count && width <= bits->count - at;
}

uint32_t
rcc_ais_bits_unsigned(const struct rcc_ais_bits *bits, uint32_t at, uint32_t width)
{
	uint32_t value = 0;

	assert(width >= 1 && width <= FIELD_BITS_MAX && rcc_ais_bits_has(bits, at, width));
	for (uint32_t i = at; i < at + width; i++) {
		uint32_t six = bits->six[i / SIX_BITS];
		value = value << 1 | (six >> (SIX_BITS - 1 - i % SIX_BITS) & 1u);
	}
	return value;
}

int32_t
rcc_ais_bits_signed(const struct rcc_ais_bits *bits, uint32_t at, uint32_t width)
{
	int32_t value = (int32_t)rcc_ais_bits_unsigned(bits, at, width);
	int32_t sign = (int32_t)1 << (width - 1);

	return (value & sign) != 0 ? value - 2 * sign : value;
}

void
rcc_ais_bits_text(const struct rcc_ais_bits *bits, uint32_t at, uint32_t chars, char *array, size_t array_size)
{
	size_t len = 0;

	memset(array, 0, array_size);
	while (len < chars && len + 1 < array_size && rcc_ais_bits_has(bits, at, SIX_BITS)) {
		uint32_t six = rcc_ais_bits_unsigned(bits, at, SIX_BITS);
		if (six == 0)
			break;
		array[len++] = (char)(six < 32 ? six + 64 : six);
		at += SIX_BITS;
	}
	while (len > 0 && array[len - 1] == ' ')
		array[--len] = '\0';
}

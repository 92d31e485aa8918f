#include "feed/nmea.h"

#include <stdio.h>
#include <string.h>

#include "proto/source/ais_bits.h"
#include "proto/source/nmea.h"

/* "$CDDSC,": start, talker, formatter, comma. */
#define START_LEN 7
#define FORMATTER_AT 3
#define FORMATTER_LEN 3

void
rcc_feed_nmea_trim(char *line)
{
	size_t len = strlen(line);
	while (len > 0 && (line[len - 1] == '\r' || line[len - 1] == '\n' || line[len - 1] == ' ')) {
		line[--len] = '\0';
	}
}

static bool
is_talker(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Where a sentence with this start and one of two formatters begins. */
static const uint8_t *
find(const uint8_t *line, size_t len, char start, const char *one, const char *other)
{
	for (size_t at = 0; at + START_LEN <= len; at++) {
		const char *text = (const char *)line + at;
		if (text[0] != start || !is_talker(text[1]) || !is_talker(text[2]) || text[START_LEN - 1] != ',') {
			continue;
		}
		if (memcmp(text + FORMATTER_AT, one, FORMATTER_LEN) == 0 ||
		    memcmp(text + FORMATTER_AT, other, FORMATTER_LEN) == 0) {
			return line + at;
		}
	}
	return NULL;
}

const uint8_t *
rcc_feed_nmea_dsc(const uint8_t *line, size_t len)
{
	return find(line, len, '$', "DSC", "DSE");
}

const uint8_t *
rcc_feed_nmea_ais(const uint8_t *line, size_t len)
{
	return find(line, len, '!', "VDM", "VDO");
}

/* A field of one digit from min to max. */
static bool
take_digit(const char *field, uint32_t min, uint32_t max, uint32_t *ret_value)
{
	uint64_t value = 0;
	if (!rcc_nmea_number(field, &value) || value < min || value > max) {
		return false;
	}
	*ret_value = (uint32_t)value;
	return true;
}

enum rcc_status
rcc_feed_nmea_part(const uint8_t *line, size_t len, struct rcc_feed_part *ret_part)
{
	struct rcc_nmea nmea;
	struct rcc_feed_part part = {0};
	size_t used = 0;
	if (rcc_nmea_split(line, len, &nmea, &used) != RCC_OK || nmea.start != '!' ||
	    (!rcc_nmea_is(&nmea, "VDM") && !rcc_nmea_is(&nmea, "VDO")) ||
	    !take_digit(rcc_nmea_field(&nmea, 0), 1, RCC_AIS_PARTS_MAX, &part.total) ||
	    !take_digit(rcc_nmea_field(&nmea, 1), 1, part.total, &part.number)) {
		return RCC_E_MALFORMED;
	}
	(void)snprintf(part.key, sizeof part.key, "%s %.3s %.3s", nmea.address, rcc_nmea_field(&nmea, 2),
	               rcc_nmea_field(&nmea, 3));
	*ret_part = part;
	return RCC_OK;
}

bool
rcc_feed_nmea_carries(const char *line, uint32_t type, uint32_t mmsi)
{
	struct rcc_feed_part part;
	struct rcc_ais_bits bits;
	size_t len = strlen(line);
	if (rcc_feed_nmea_part((const uint8_t *)line, len, &part) != RCC_OK || part.total != 1 ||
	    strncmp(part.key + 2, "VDM ", 4) != 0 || rcc_ais_bits_read((const uint8_t *)line, len, &bits) != RCC_OK) {
		return false;
	}
	return rcc_ais_bits_unsigned(&bits, 0, 6) == type && rcc_ais_bits_unsigned(&bits, 8, 30) == mmsi;
}

#include "proto/source/nmea.h"

#include <string.h>

#define ADDRESS_LEN 5
#define NUMBER_DIGITS_MAX 10
/* A tag block's time of this size or more is in milliseconds: as seconds it would be of the year 5138. */
#define TAG_MS_FROM INT64_C(100000000000)
#define TAG_MS_MAX INT64_C(253402300799999)

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The tag block's time; 0 if it states none that can be read. */
static int64_t
tag_time(const char *block, size_t len)
{
	for (size_t at = 0; at + 2 < len; at++) {
		int64_t value = 0;
		bool is_start = at == 0 || block[at - 1] == ',';
		if (!is_start || block[at] != 'c' || block[at + 1] != ':')
			continue;
		for (at += 2; at < len && block[at] >= '0' && block[at] <= '9' && value <= TAG_MS_MAX / 10; at++)
			value = value * 10 + (block[at] - '0');
		return value < TAG_MS_FROM ? value * 1000 : value;
	}
	return 0;
}

/* Skips a tag block "\...\" at the start of the line. */
static char *
skip_tag_block(char *line, int64_t *ret_at_ms)
{
	*ret_at_ms = 0;
	if (line[0] != '\\')
		return line;
	char *end = strchr(line + 1, '\\');
	if (end == NULL)
		return line;
	*ret_at_ms = tag_time(line + 1, (size_t)(end - line - 1));
	return end + 1;
}

/* Takes "*hh" off the sentence and compares it with the sum of what stands before. */
static enum rcc_nmea_checksum
take_checksum(char *sentence)
{
	char *star = strrchr(sentence, '*');
	uint8_t sum = 0;

	if (star == NULL)
		return RCC_NMEA_CHECKSUM_NONE;
	*star = '\0';
	int high = hex_value(star[1]);
	int low = high < 0 ? -1 : hex_value(star[2]);
	for (const char *at = sentence + 1; *at != '\0'; at++)
		sum ^= (uint8_t)*at;
	return low >= 0 && star[3] == '\0' && sum == high * 16 + low ? RCC_NMEA_CHECKSUM_GOOD : RCC_NMEA_CHECKSUM_WRONG;
}

static bool
take_address(const char *sentence, struct rcc_nmea *nmea)
{
	if (sentence[0] != '$' && sentence[0] != '!')
		return false;
	for (int i = 0; i < ADDRESS_LEN; i++) {
		char c = sentence[1 + i];
		bool is_letter = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!is_letter)
			return false;
		nmea->address[i] = c;
	}
	nmea->address[ADDRESS_LEN] = '\0';
	nmea->start = sentence[0];
	return sentence[1 + ADDRESS_LEN] == ',' || sentence[1 + ADDRESS_LEN] == '\0';
}

static enum rcc_status
take_fields(char *at, struct rcc_nmea *nmea)
{
	nmea->count = 0;
	while (*at == ',') {
		*at++ = '\0';
		if (nmea->count == RCC_NMEA_FIELDS_MAX)
			return RCC_E_TOO_LARGE;
		nmea->field[nmea->count++] = at;
		at += strcspn(at, ",");
	}
	return RCC_OK;
}

enum rcc_status
rcc_nmea_split(const uint8_t *bytes, size_t len, struct rcc_nmea *ret_nmea, size_t *ret_used)
{
	size_t end = 0;

	while (end < len && bytes[end] != '\n')
		end++;
	*ret_used = end < len ? end + 1 : end;
	while (end > 0 && (bytes[end - 1] == '\r' || bytes[end - 1] == ' '))
		end--;
	if (end > RCC_NMEA_LINE_MAX)
		return RCC_E_TOO_LARGE;
	for (size_t i = 0; i < end; i++) {
		if (bytes[i] < 0x20 || bytes[i] > 0x7e)
			return RCC_E_MALFORMED;
		ret_nmea->line[i] = (char)bytes[i];
	}
	ret_nmea->line[end] = '\0';
	char *sentence = skip_tag_block(ret_nmea->line, &ret_nmea->tag_at_ms);
	if (!take_address(sentence, ret_nmea))
		return RCC_E_MALFORMED;
	ret_nmea->checksum = take_checksum(sentence);
	return take_fields(sentence + 1 + ADDRESS_LEN, ret_nmea);
}

const char *
rcc_nmea_field(const struct rcc_nmea *nmea, uint32_t n)
{
	return n < nmea->count ? nmea->field[n] : "";
}

bool
rcc_nmea_is(const struct rcc_nmea *nmea, const char *formatter)
{
	return strcmp(nmea->address + 2, formatter) == 0;
}

bool
rcc_nmea_number(const char *field, uint64_t *ret_value)
{
	uint64_t value = 0;
	size_t len = strlen(field);

	if (len == 0 || len > NUMBER_DIGITS_MAX)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (field[i] < '0' || field[i] > '9')
			return false;
		value = value * 10 + (uint64_t)(field[i] - '0');
	}
	*ret_value = value;
	return true;
}

#include "rcc/text.h"

#include <stdio.h>
#include <string.h>

#include "rcc/units.h"

/* Last instant of year 9999, the end of RFC 3339. */
#define TIME_MAX_MS INT64_C(253402300799999)
/* A longer ETA or delay is a typing error. */
#define MINUTES_MAX (366u * 24u * 60u)
/* Days from 0000-03-01, where the calendar's count below begins, to 1970-01-01. */
#define DAYS_TO_EPOCH 719468
/* A Gregorian cycle of 400 years. */
#define DAYS_PER_CYCLE 146097

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* ---- time ---- */

struct civil {
	int64_t year;
	uint32_t month, day; /* 1.. */
};

/* Proleptic Gregorian calendar with years that begin in March, so that a leap day comes last. */
static struct civil
civil_of_days(int64_t days)
{
	int64_t shifted = days + DAYS_TO_EPOCH;
	int64_t cycle = (shifted >= 0 ? shifted : shifted - (DAYS_PER_CYCLE - 1)) / DAYS_PER_CYCLE;
	int64_t in_cycle = shifted - cycle * DAYS_PER_CYCLE;
	int64_t year = (in_cycle - in_cycle / 1460 + in_cycle / 36524 - in_cycle / 146096) / 365;
	int64_t in_year = in_cycle - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * in_year + 2) / 153;
	struct civil civil = {
	    .year = year + cycle * 400 + (month >= 10 ? 1 : 0),
	    .month = (uint32_t)(month < 10 ? month + 3 : month - 9),
	    .day = (uint32_t)(in_year - (153 * month + 2) / 5 + 1),
	};
	return civil;
}

static int64_t
days_of_civil(struct civil civil)
{
	int64_t year = civil.year - (civil.month <= 2 ? 1 : 0);
	int64_t month = civil.month > 2 ? (int64_t)civil.month - 3 : (int64_t)civil.month + 9;
	int64_t in_year = (153 * month + 2) / 5 + (int64_t)civil.day - 1;
	/* Years before 0 do not come here: dates are parsed with four digits and must be 1970 or later. */
	return year * 365 + year / 4 - year / 100 + year / 400 + in_year - DAYS_TO_EPOCH;
}

const char *
rcc_time_format(char text[RCC_TIME_TEXT_SIZE], int64_t at_ms)
{
	if (at_ms <= 0 || at_ms > TIME_MAX_MS) {
		snprintf(text, RCC_TIME_TEXT_SIZE, "unknown");
		return text;
	}
	struct civil civil = civil_of_days(at_ms / RCC_MS_PER_DAY);
	int ms = (int)(at_ms % RCC_MS_PER_DAY);
	snprintf(text, RCC_TIME_TEXT_SIZE, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", (int)civil.year % 10000, civil.month,
	         civil.day, ms / 3600000 % 24, ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
	return text;
}

const char *
rcc_dtg_format(char text[RCC_DTG_TEXT_SIZE], int64_t at_ms)
{
	static const char months[] = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";

	if (at_ms <= 0 || at_ms > TIME_MAX_MS) {
		snprintf(text, RCC_DTG_TEXT_SIZE, "unknown");
		return text;
	}
	struct civil civil = civil_of_days(at_ms / RCC_MS_PER_DAY);
	int min = (int)(at_ms % RCC_MS_PER_DAY / RCC_MS_PER_MIN);
	snprintf(text, RCC_DTG_TEXT_SIZE, "%02u%02d%02d UTC %.3s %02d", civil.day % 100, min / 60 % 24, min % 60,
	         months + 3 * ((civil.month - 1) % 12), (int)(civil.year % 100));
	return text;
}

uint32_t
rcc_time_year(int64_t at_ms)
{
	if (at_ms < 0)
		at_ms = 0;
	else if (at_ms > TIME_MAX_MS)
		at_ms = TIME_MAX_MS;
	return (uint32_t)civil_of_days(at_ms / RCC_MS_PER_DAY).year;
}

/* Reads exactly `digits` digits. */
static bool
take_digits(const char **at, size_t digits, uint32_t *ret_value)
{
	uint32_t value = 0;
	for (size_t i = 0; i < digits; i++) {
		if (!is_digit((*at)[i]))
			return false;
		value = value * 10 + (uint32_t)((*at)[i] - '0');
	}
	*at += digits;
	*ret_value = value;
	return true;
}

static bool
take_char(const char **at, char c)
{
	if (**at != c)
		return false;
	(*at)++;
	return true;
}

struct time_parts {
	uint32_t year, month, day, hour, minute, second, ms;
};

static bool
take_time(const char *text, struct time_parts *ret)
{
	const char *at = text;
	bool is_whole = take_digits(&at, 4, &ret->year) && take_char(&at, '-') && take_digits(&at, 2, &ret->month) &&
	                take_char(&at, '-') && take_digits(&at, 2, &ret->day) &&
	                (take_char(&at, 'T') || take_char(&at, 't')) && take_digits(&at, 2, &ret->hour) &&
	                take_char(&at, ':') && take_digits(&at, 2, &ret->minute) && take_char(&at, ':') &&
	                take_digits(&at, 2, &ret->second);
	ret->ms = 0;
	if (is_whole && take_char(&at, '.'))
		is_whole = take_digits(&at, 3, &ret->ms);
	return is_whole && (take_char(&at, 'Z') || take_char(&at, 'z')) && *at == '\0';
}

static uint32_t
days_in_month(uint32_t year, uint32_t month)
{
	static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return days[month - 1] + (month == 2 && is_leap ? 1u : 0u);
}

enum rcc_status
rcc_time_parse(const char *text, int64_t *ret_at_ms)
{
	struct time_parts part = {0};
	if (!take_time(text, &part))
		return RCC_E_MALFORMED;
	if (part.year < 1970 || part.month < 1 || part.month > 12 || part.day < 1 ||
	    part.day > days_in_month(part.year, part.month))
		return RCC_E_RANGE;
	if (part.hour > 23 || part.minute > 59 || part.second > 59)
		return RCC_E_RANGE;
	int64_t days = days_of_civil((struct civil){.year = part.year, .month = part.month, .day = part.day});
	int64_t at_ms = days * RCC_MS_PER_DAY + part.hour * RCC_MS_PER_HOUR + part.minute * RCC_MS_PER_MIN +
	                part.second * RCC_MS_PER_S + part.ms;
	/* The epoch itself would be read back as "unknown". */
	if (at_ms == 0)
		return RCC_E_RANGE;
	*ret_at_ms = at_ms;
	return RCC_OK;
}

enum rcc_status
rcc_minutes_parse(const char *text, uint32_t *ret_min)
{
	const char *at = text;
	uint32_t number[2] = {0, 0};
	bool is_hours = false;
	for (size_t part = 0; part < 2; part++) {
		const char *start = at;
		for (; is_digit(*at); at++) {
			number[part] = number[part] * 10 + (uint32_t)(*at - '0');
			if (number[part] > MINUTES_MAX)
				return RCC_E_RANGE;
		}
		/* Minutes may be left out after hours ("2h"), never the first number. */
		if (at == start && part == 0)
			return RCC_E_MALFORMED;
		if (part == 1 || !take_char(&at, 'h'))
			break;
		is_hours = true;
		if (*at == '\0')
			break;
		if (!is_digit(*at))
			return RCC_E_MALFORMED;
	}
	if (strcmp(at, "min") != 0 && *at != '\0')
		return RCC_E_MALFORMED;
	uint32_t total = number[0];
	if (is_hours) {
		if (number[1] > 59 || number[0] > MINUTES_MAX / 60)
			return RCC_E_RANGE;
		total = number[0] * 60 + number[1];
	}
	*ret_min = total;
	return RCC_OK;
}

/* ---- identities ---- */

const char *
rcc_mmsi_format(char text[RCC_MMSI_TEXT_SIZE], struct rcc_mmsi mmsi)
{
	if (mmsi.v == 0 || mmsi.v > RCC_MMSI_MAX)
		snprintf(text, RCC_MMSI_TEXT_SIZE, "---------");
	else
		snprintf(text, RCC_MMSI_TEXT_SIZE, "%09u", mmsi.v % (RCC_MMSI_MAX + 1u));
	return text;
}

enum rcc_status
rcc_mmsi_parse(const char *text, struct rcc_mmsi *ret_mmsi)
{
	const char *at = text;
	uint32_t v = 0;
	if (!take_digits(&at, 9, &v) || *at != '\0')
		return RCC_E_MALFORMED;
	if (v == 0)
		return RCC_E_RANGE;
	ret_mmsi->v = v;
	return RCC_OK;
}

/* ZeroMQ RFC 32. */
static const char z85_digits[] =
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";
#define Z85_BASE 85u

const char *
rcc_key_format(char text[RCC_KEY_TEXT_SIZE], const struct rcc_key *key)
{
	for (size_t group = 0; group < RCC_KEY_SIZE / 4; group++) {
		const uint8_t *b = key->b + 4 * group;
		uint32_t value = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
		for (size_t digit = 5; digit-- > 0; value /= Z85_BASE)
			text[5 * group + digit] = z85_digits[value % Z85_BASE];
	}
	text[RCC_KEY_TEXT_SIZE - 1] = '\0';
	return text;
}

enum rcc_status
rcc_key_parse(const char *text, struct rcc_key *ret_key)
{
	struct rcc_key key = {0};
	if (strlen(text) != RCC_KEY_TEXT_SIZE - 1)
		return RCC_E_MALFORMED;
	for (size_t group = 0; group < RCC_KEY_SIZE / 4; group++) {
		uint64_t value = 0;
		for (size_t digit = 0; digit < 5; digit++) {
			const char *found = strchr(z85_digits, text[5 * group + digit]);
			if (found == NULL)
				return RCC_E_MALFORMED;
			value = value * Z85_BASE + (uint64_t)(found - z85_digits);
		}
		if (value > UINT32_MAX)
			return RCC_E_MALFORMED;
		for (size_t i = 0; i < 4; i++)
			key.b[4 * group + i] = (uint8_t)(value >> (24 - 8 * i));
	}
	*ret_key = key;
	return RCC_OK;
}

const char *
rcc_hex_format(char *text, const uint8_t *bytes, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	for (size_t i = 0; i < len; i++) {
		text[2 * i] = digits[bytes[i] >> 4];
		text[2 * i + 1] = digits[bytes[i] & 15];
	}
	text[2 * len] = '\0';
	return text;
}

static int
hex_digit(char c)
{
	if (is_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

enum rcc_status
rcc_hex_parse(const char *text, uint8_t *ret_bytes, size_t len)
{
	/* Looked over first, so that nothing is written unless all of it is good. */
	for (size_t i = 0; i < 2 * len; i++) {
		if (hex_digit(text[i]) < 0)
			return RCC_E_MALFORMED;
	}
	if (text[2 * len] != '\0')
		return RCC_E_MALFORMED;
	for (size_t i = 0; i < len; i++)
		ret_bytes[i] = (uint8_t)(hex_digit(text[2 * i]) * 16 + hex_digit(text[2 * i + 1]));
	return RCC_OK;
}

/* ---- bounded text ---- */

/* Bytes of the UTF-8 character at `at` (RFC 3629: no overlong form, no surrogate), 0 if it is none or a control. */
static size_t
character_len(const char *at, size_t left)
{
	const unsigned char *b = (const unsigned char *)at;
	if (b[0] < 0x80)
		return b[0] >= 0x20 && b[0] != 0x7f ? 1 : 0;
	size_t len = b[0] >= 0xf0 ? 4 : b[0] >= 0xe0 ? 3 : 2;
	if (b[0] < 0xc2 || b[0] > 0xf4 || len > left)
		return 0;
	for (size_t i = 1; i < len; i++) {
		if ((b[i] & 0xc0) != 0x80)
			return 0;
	}
	bool is_overlong = (b[0] == 0xe0 && b[1] < 0xa0) || (b[0] == 0xf0 && b[1] < 0x90);
	bool is_surrogate = b[0] == 0xed && b[1] > 0x9f;
	bool is_beyond = b[0] == 0xf4 && b[1] > 0x8f;
	bool is_control = b[0] == 0xc2 && b[1] < 0xa0;
	return is_overlong || is_surrogate || is_beyond || is_control ? 0 : len;
}

enum rcc_status
rcc_text_copy(char *array, size_t array_size, const char *text, size_t len)
{
	if (len >= array_size)
		return RCC_E_TOO_LARGE;
	for (size_t i = 0; i < len;) {
		size_t step = character_len(text + i, len - i);
		if (step == 0)
			return RCC_E_MALFORMED;
		i += step;
	}
	memmove(array, text, len);
	memset(array + len, 0, array_size - len);
	return RCC_OK;
}

bool
rcc_text_has_word(const char *text)
{
	size_t count = 0;

	for (; *text != '\0' && count < 2; text++) {
		unsigned char c = (unsigned char)*text;
		count += (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80;
	}
	return count == 2;
}

void
rcc_text_copy_lossy(char *array, size_t array_size, const char *text, size_t len)
{
	size_t used = 0;
	for (size_t i = 0; i < len && used + 1 < array_size;) {
		size_t step = character_len(text + i, len - i);
		if (step == 0) {
			array[used++] = '?';
			i++;
			continue;
		}
		if (used + step + 1 > array_size)
			break;
		memmove(array + used, text + i, step);
		used += step;
		i += step;
	}
	memset(array + used, 0, array_size - used);
}

void
rcc_text_append_lossy(char *array, size_t array_size, const char *text)
{
	size_t len = strlen(array);

	rcc_text_copy_lossy(array + len, array_size - len, text, strlen(text));
}

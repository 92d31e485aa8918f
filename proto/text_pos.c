/*
 * Positions as people write them. Two styles: with hemisphere letters (degrees; degrees and minutes; degrees, minutes
 * and seconds), and two plain decimal numbers. A comma is a separator only, never a decimal point: "35,20N" would read
 * 40 nautical miles wrong, so it is refused.
 */
#include <stdio.h>
#include <string.h>

#include "rcc/text.h"

/* Numbers are read in units of 1e-9; further decimals cannot matter to 1e-7 degree. */
#define NANO INT64_C(1000000000)
#define DECIMALS_KEPT 9
#define DECIMALS_MAX 15
/* Minutes of one hundredth in a degree. */
#define CMIN_PER_DEG 6000u

const char *
rcc_pos_format(char text[RCC_POS_TEXT_SIZE], struct rcc_pos pos)
{
	if (!rcc_pos_is_known(pos)) {
		snprintf(text, RCC_POS_TEXT_SIZE, "unknown");
		return text;
	}
	uint32_t lat = pos.lat_e7 < 0 ? 0u - (uint32_t)pos.lat_e7 : (uint32_t)pos.lat_e7;
	uint32_t lon = pos.lon_e7 < 0 ? 0u - (uint32_t)pos.lon_e7 : (uint32_t)pos.lon_e7;
	/* Rounded once, on the whole value: 59.995 minutes become the next degree, never "60.00". */
	uint32_t lat_cmin = (uint32_t)(((uint64_t)lat * CMIN_PER_DEG + 5000000) / 10000000);
	uint32_t lon_cmin = (uint32_t)(((uint64_t)lon * CMIN_PER_DEG + 5000000) / 10000000);
	snprintf(text, RCC_POS_TEXT_SIZE, "%02u-%02u.%02u%c %03u-%02u.%02u%c", lat_cmin / CMIN_PER_DEG,
	         lat_cmin % CMIN_PER_DEG / 100, lat_cmin % 100, pos.lat_e7 < 0 ? 'S' : 'N', lon_cmin / CMIN_PER_DEG,
	         lon_cmin % CMIN_PER_DEG / 100, lon_cmin % 100, pos.lon_e7 < 0 ? 'W' : 'E');
	return text;
}

/* One number: whole part and fraction in 1e-9. */
struct number {
	int64_t nano;
	bool has_fraction;
};

static bool
take_number(const char **at, struct number *ret)
{
	const char *c = *at;
	int64_t nano = 0;
	size_t digits = 0;
	for (; *c >= '0' && *c <= '9'; c++, digits++) {
		if (digits == 3)
			return false;
		nano = nano * 10 + (*c - '0');
	}
	if (digits == 0)
		return false;
	nano *= NANO;
	ret->has_fraction = *c == '.';
	if (*c == '.') {
		c++;
		size_t decimals = 0;
		int64_t weight = NANO / 10;
		for (; *c >= '0' && *c <= '9'; c++, decimals++) {
			if (decimals < DECIMALS_KEPT)
				nano += (*c - '0') * weight;
			weight /= 10;
		}
		if (decimals == 0 || decimals > DECIMALS_MAX)
			return false;
	}
	ret->nano = nano;
	*at = c;
	return true;
}

static void
skip_blanks(const char **at)
{
	while (**at == ' ' || **at == '\t')
		(*at)++;
}

/* What may stand after a number: a sign that says which part it was, or the dash or colon of "35-12.40N". */
#define ANY_PART 3
struct mark {
	const char *sign;
	size_t part; /* 0 degrees, 1 minutes, 2 seconds */
};
static const struct mark marks[] = {
    {"-", ANY_PART},     {":", ANY_PART},     {"\xc2\xb0", 0}, {"\xc2\xba", 0},     {"''", 2},           {"'", 1},
    {"\xe2\x80\xb2", 1}, {"\xe2\x80\x99", 1}, {"\"", 2},       {"\xe2\x80\xb3", 2}, {"\xe2\x80\x9d", 2},
};

/* Skips one mark; false if it is of another part: 12 seconds must not be read as minutes. */
static bool
skip_mark(const char **at, size_t part)
{
	bool is_right = true;
	skip_blanks(at);
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
		size_t len = strlen(marks[i].sign);
		if (strncmp(*at, marks[i].sign, len) == 0) {
			*at += len;
			is_right = marks[i].part == ANY_PART || marks[i].part == part;
			break;
		}
	}
	skip_blanks(at);
	return is_right;
}

/* Upper-case hemisphere letter at `at`, 0 if there is none. */
static char
hemisphere(char c)
{
	switch (c) {
	case 'N':
	case 'n':
		return 'N';
	case 'S':
	case 's':
		return 'S';
	case 'E':
	case 'e':
		return 'E';
	case 'W':
	case 'w':
		return 'W';
	default:
		return 0;
	}
}

struct coordinate {
	char letter;
	int64_t e7;
};

/* Sum of degrees, minutes and seconds in 1e-7 degree, rounded half up. */
static enum rcc_status
coordinate_sum(const struct number *part, size_t count, int64_t *ret_e7)
{
	static const int64_t seconds[] = {3600, 60, 1};
	int64_t sum = 0;
	for (size_t i = 0; i < count; i++) {
		if (i > 0 && part[i].nano >= 60 * NANO)
			return RCC_E_RANGE;
		if (i + 1 < count && part[i].has_fraction)
			return RCC_E_MALFORMED;
		sum += part[i].nano * seconds[i];
	}
	/* 1e-9 second to 1e-7 degree: 3600 * 1e9 / 1e7. */
	*ret_e7 = (sum + 180000) / 360000;
	return RCC_OK;
}

static enum rcc_status
take_coordinate(const char **at, struct coordinate *ret)
{
	skip_blanks(at);
	char letter = hemisphere(**at);
	bool is_prefixed = letter != 0;
	if (is_prefixed) {
		(*at)++;
		skip_blanks(at);
	}
	struct number part[3];
	size_t count = 0;
	while (count < 3 && take_number(at, &part[count])) {
		if (!skip_mark(at, count))
			return RCC_E_MALFORMED;
		count++;
	}
	if (!is_prefixed) {
		letter = hemisphere(**at);
		*at += letter != 0 ? 1 : 0;
	}
	if (count == 0 || letter == 0)
		return RCC_E_MALFORMED;
	ret->letter = letter;
	return coordinate_sum(part, count, &ret->e7);
}

static enum rcc_status
pos_of(int64_t lat_e7, int64_t lon_e7, struct rcc_pos *ret_pos)
{
	if (lat_e7 < -RCC_LAT_E7_MAX || lat_e7 > RCC_LAT_E7_MAX || lon_e7 < -RCC_LON_E7_MAX || lon_e7 > RCC_LON_E7_MAX)
		return RCC_E_RANGE;
	*ret_pos = (struct rcc_pos){.lat_e7 = (int32_t)lat_e7, .lon_e7 = (int32_t)lon_e7};
	return RCC_OK;
}

static enum rcc_status
parse_lettered(const char *text, struct rcc_pos *ret_pos)
{
	struct coordinate first;
	struct coordinate second;
	const char *at = text;
	enum rcc_status status = take_coordinate(&at, &first);
	if (status != RCC_OK)
		return status;
	skip_blanks(&at);
	at += *at == ',' ? 1 : 0;
	status = take_coordinate(&at, &second);
	if (status != RCC_OK)
		return status;
	skip_blanks(&at);
	bool is_lat_first = first.letter == 'N' || first.letter == 'S';
	bool is_lat_second = second.letter == 'N' || second.letter == 'S';
	if (*at != '\0' || is_lat_first == is_lat_second)
		return RCC_E_MALFORMED;
	const struct coordinate *lat = is_lat_first ? &first : &second;
	const struct coordinate *lon = is_lat_first ? &second : &first;
	return pos_of(lat->letter == 'S' ? -lat->e7 : lat->e7, lon->letter == 'W' ? -lon->e7 : lon->e7, ret_pos);
}

static bool
take_signed(const char **at, int64_t *ret_e7)
{
	skip_blanks(at);
	bool is_negative = **at == '-';
	if (**at == '-' || **at == '+')
		(*at)++;
	struct number number;
	if (!take_number(at, &number))
		return false;
	int64_t e7 = (number.nano + 50) / 100;
	*ret_e7 = is_negative ? -e7 : e7;
	return true;
}

static enum rcc_status
parse_plain(const char *text, struct rcc_pos *ret_pos)
{
	const char *at = text;
	int64_t lat_e7 = 0;
	int64_t lon_e7 = 0;
	if (!take_signed(&at, &lat_e7))
		return RCC_E_MALFORMED;
	/* Latitude first, then a blank or a comma: "35.2-12.6" is not a position. */
	if (*at != ' ' && *at != '\t' && *at != ',')
		return RCC_E_MALFORMED;
	skip_blanks(&at);
	at += *at == ',' ? 1 : 0;
	if (!take_signed(&at, &lon_e7))
		return RCC_E_MALFORMED;
	skip_blanks(&at);
	if (*at != '\0')
		return RCC_E_MALFORMED;
	return pos_of(lat_e7, lon_e7, ret_pos);
}

enum rcc_status
rcc_pos_parse(const char *text, struct rcc_pos *ret_pos)
{
	bool has_letter = false;
	for (const char *c = text; *c != '\0'; c++)
		has_letter = has_letter || hemisphere(*c) != 0;
	return has_letter ? parse_lettered(text, ret_pos) : parse_plain(text, ret_pos);
}

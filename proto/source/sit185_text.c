/*
 * sit185_text.c - a SIT 185 message as clean text, cut into its paragraphs.
 *
 * A paragraph opens with its number and heading anywhere (some gateways lose the line breaks), with its number alone at the
 * start of a line, or with its heading alone at the start of a line. Each opens once, and nothing before them reopens
 * behind the free text of paragraphs 15 and 16: what a person wrote there must not change what the centre said.
 */
#include <stdio.h>
#include <string.h>

#include "proto/source/sit185.h"
#include "proto/source/sit185_text.h"
#include "rcc/text.h"

static const struct {
	enum rcc_sit185_paragraph number;
	const char *words;
} headings[] = {
    {RCC_SIT185_TITLE, "DISTRESS"},
    {RCC_SIT185_TITLE, "SHIP SECURITY"},
    {RCC_SIT185_TITLE, "COSPAS SARSAT"},
    {RCC_SIT185_MSG, "MSG NO"},
    {RCC_SIT185_MSG, "MESSAGE NO"},
    {RCC_SIT185_DETECTED, "DETECTED AT"},
    {RCC_SIT185_FREQUENCY, "DETECTION FREQUENCY"},
    {RCC_SIT185_COUNTRY, "COUNTRY OF BEACON"},
    {RCC_SIT185_USER, "USER CLASS"},
    {RCC_SIT185_EMERGENCY, "EMERGENCY CODE"},
    {RCC_SIT185_POSITIONS, "POSITIONS"},
    {RCC_SIT185_DEVICE, "ENCODED POSITION PROVIDED"},
    {RCC_SIT185_NEXT, "NEXT PASS"},
    {RCC_SIT185_HEX, "HEX ID"},
    {RCC_SIT185_HEX, "15 HEX"},
    {RCC_SIT185_HEX, "22 HEX"},
    {RCC_SIT185_HEX, "23 HEX"},
    {RCC_SIT185_HEX, "30 HEX"},
    {RCC_SIT185_ACTIVATION, "ACTIVATION TYPE"},
    {RCC_SIT185_NUMBER, "BEACON NUMBER"},
    {RCC_SIT185_OTHER, "OTHER ENCODED"},
    {RCC_SIT185_OPERATIONAL, "OPERATIONAL INFORMATION"},
    {RCC_SIT185_REMARKS, "REMARKS"},
};
#define HEADINGS (sizeof headings / sizeof headings[0])

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n';
}

/* What may stand between the words of a phrase, and between a label and its value. */
static bool
is_joint(char c)
{
	return is_blank(c) || c == '-' || c == ':' || c == '.' || c == '\'';
}

bool
rcc_sit185_is_word(char c)
{
	return (c >= 'A' && c <= 'Z') || is_digit(c);
}

/* ---- clean text ---- */

/* One character of the clean text from the bytes at `at`; *ret_used tells how many it took. */
static char
clean(const uint8_t *bytes, size_t len, size_t at, size_t *ret_used)
{
	uint8_t c = bytes[at];

	*ret_used = 1;
	if (c == '\n' || c == '\r')
		return '\n';
	if (c <= ' ' || c == 0x7f)
		return ' ';
	/* The dashes that word processors make of "-": U+2010 to U+2015, and those of Windows-1252. */
	if (c == 0xe2 && at + 2 < len && bytes[at + 1] == 0x80 && bytes[at + 2] >= 0x90 && bytes[at + 2] <= 0x95) {
		*ret_used = 3;
		return '-';
	}
	if ((c == 0x96 || c == 0x97) && (at == 0 || bytes[at - 1] < 0x80))
		return '-';
	if (c == 0xc2 && at + 1 < len && bytes[at + 1] == 0xa0) {
		*ret_used = 2;
		return ' ';
	}
	return (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
}

/* Single spaces, no empty lines, no blanks at the ends of lines. */
static size_t
clean_all(const uint8_t *bytes, size_t len, char *text)
{
	size_t size = 0;
	size_t used = 1;

	/* No character becomes longer: there is room for all that the wire carries. */
	for (size_t at = 0; at < len && size < RCC_RAW_WIRE_MAX; at += used) {
		char c = clean(bytes, len, at, &used);
		bool is_after_blank = size == 0 || is_blank(text[size - 1]);
		if (!is_blank(c) || !is_after_blank)
			text[size++] = c;
		else if (c == '\n' && size > 0)
			text[size - 1] = '\n';
	}
	text[size] = '\0';
	return size;
}

/* ---- phrases ---- */

bool
rcc_sit185_at(const char *text, const char *phrase, const char **ret_end)
{
	for (; *phrase != '\0'; phrase++) {
		if (*phrase != ' ' && *text != *phrase)
			return false;
		if (*phrase == ' ' && !is_joint(*text))
			return false;
		text++;
		while (*phrase == ' ' && is_joint(*text))
			text++;
	}
	if (rcc_sit185_is_word(*text))
		return false;
	*ret_end = text;
	return true;
}

const char *
rcc_sit185_find(const char *text, const char *phrase, const char **ret_end)
{
	const char *end = text;

	for (const char *at = text; *at != '\0'; at++) {
		bool is_start = at == text || !rcc_sit185_is_word(at[-1]);
		if (is_start && rcc_sit185_at(at, phrase, &end)) {
			if (ret_end != NULL)
				*ret_end = end;
			return at;
		}
	}
	return NULL;
}

bool
rcc_sit185_has(const char *text, const char *phrase)
{
	return rcc_sit185_find(text, phrase, NULL) != NULL;
}

const char *
rcc_sit185_after(const char *text, const char *phrase)
{
	const char *end = NULL;

	if (rcc_sit185_find(text, phrase, &end) == NULL)
		return NULL;
	while (is_joint(*end))
		end++;
	return end;
}

size_t
rcc_sit185_word(const char **at, const char **ret_word)
{
	const char *c = *at;

	while (*c != '\0' && !rcc_sit185_is_word(*c))
		c++;
	*ret_word = c;
	while (rcc_sit185_is_word(*c))
		c++;
	*at = c;
	return (size_t)(c - *ret_word);
}

char *
rcc_sit185_quote(char *to, size_t size, const char *from, bool one_line)
{
	size_t len = 0;

	for (; from[len] != '\0' && len + 1 < size && !(one_line && from[len] == '\n'); len++)
		to[len] = (char)(from[len] == '\n' ? ' ' : from[len]);
	/* Half a number would be another number. */
	if (len > 0 && rcc_sit185_is_word(from[len])) {
		while (len > 0 && rcc_sit185_is_word(to[len - 1]))
			len--;
	}
	while (len > 0 && is_joint(to[len - 1]))
		len--;
	to[len] = '\0';
	return to;
}

/* ---- paragraphs ---- */

/* The paragraph whose heading stands here; 0 if none does. */
static uint32_t
heading_at(const char *text)
{
	const char *end = NULL;

	for (size_t i = 0; i < HEADINGS; i++) {
		if (rcc_sit185_at(text, headings[i].words, &end))
			return headings[i].number;
	}
	return 0;
}

static const char *
skip_blanks(const char *c)
{
	while (is_blank(*c))
		c++;
	return c;
}

/* "8.", "(8)", "8)", "8 ": the number and what is behind it; *ret_is_marked if more than a blank is. */
static uint32_t
number_at(const char *text, const char **ret_rest, bool *ret_is_marked)
{
	const char *c = text + (*text == '(' ? 1 : 0);
	uint32_t number = 0;
	size_t digits = 0;

	for (; is_digit(*c) && digits < 3; c++, digits++)
		number = number * 10 + (uint32_t)(*c - '0');
	*ret_is_marked = *c == '.' || *c == ')';
	if (digits == 0 || digits > 2 || number > RCC_SIT185_REMARKS || (!*ret_is_marked && !is_blank(*c)))
		return 0;
	c++;
	/* "10.5" is a number, no paragraph. */
	if (is_digit(*c) && *ret_is_marked)
		return 0;
	*ret_rest = c;
	return number;
}

static bool
is_end_at(const char *text)
{
	const char *end = NULL;

	return rcc_sit185_at(text, "END OF MESSAGE", &end) || strncmp(text, "/LASSIT", 7) == 0 ||
	       strncmp(text, "/ENDMSG", 7) == 0;
}

/* Which paragraph opens here, after `current`; 0 if none. *ret_rest is its text without the number. */
static uint32_t
opening_at(const char *text, bool is_line, uint32_t current, const char **ret_rest)
{
	bool is_marked = false;
	uint32_t number = number_at(text, ret_rest, &is_marked);

	if (number != 0 && heading_at(skip_blanks(*ret_rest)) == number)
		return current < RCC_SIT185_OPERATIONAL || number > current ? number : 0;
	if (!is_line)
		return 0;
	if (number != 0 && is_marked)
		return number > current ? number : 0;
	*ret_rest = text;
	if (is_end_at(text))
		return current != 0 ? RCC_SIT185_END : 0;
	number = heading_at(text);
	/* "Remarks" in the lines above a forwarded message are not its paragraph 16. */
	if (current == 0 && number >= RCC_SIT185_OPERATIONAL)
		return 0;
	return number > current ? number : 0;
}

void
rcc_sit185_split(const uint8_t *bytes, size_t len, struct rcc_sit185 *ret_sit)
{
	char *text = ret_sit->text;
	size_t size = clean_all(bytes, len, text);
	uint32_t current = RCC_SIT185_BEFORE;
	bool is_open[RCC_SIT185_PARAGRAPHS] = {false};

	ret_sit->found = 0;
	ret_sit->is_title_line = false;
	for (size_t i = 0; i < RCC_SIT185_PARAGRAPHS; i++)
		ret_sit->paragraph[i] = "";
	ret_sit->paragraph[RCC_SIT185_BEFORE] = text;
	for (size_t at = 0; at < size && current != RCC_SIT185_END; at++) {
		bool is_line = at == 0 || text[at - 1] == '\n';
		const char *rest = NULL;
		if (!is_line && text[at - 1] != ' ')
			continue;
		uint32_t number = opening_at(text + at, is_line, current, &rest);
		if (number == 0 || is_open[number])
			continue;
		is_open[number] = true;
		ret_sit->paragraph[number] = rest;
		ret_sit->found += number <= RCC_SIT185_REMARKS ? 1 : 0;
		ret_sit->is_title_line = ret_sit->is_title_line || (number == RCC_SIT185_TITLE && is_line);
		current = number;
		/* The blank before it ends the paragraph that was open; at the very start there is none. */
		if (at > 0)
			text[at - 1] = '\0';
		else
			ret_sit->paragraph[RCC_SIT185_BEFORE] = "";
		/* On behind the number: an empty paragraph may be followed by the next one at once. */
		if (rest > text + at)
			at = (size_t)(rest - text) - 1;
	}
}

/* ---- times ---- */

/* A run of digits, or a run of letters: "06APR07" has three. */
static size_t
take_run(const char **at, const char **ret_run)
{
	const char *c = *at;

	while (is_joint(*c) || *c == '/' || *c == ',')
		c++;
	*ret_run = c;
	bool is_number = is_digit(*c);
	while (rcc_sit185_is_word(*c) && is_digit(*c) == is_number)
		c++;
	*at = c;
	return (size_t)(c - *ret_run);
}

/* A number of exactly one of two lengths; UINT32_MAX otherwise. */
static uint32_t
take_digits(const char **at, size_t len, size_t other_len)
{
	const char *run = NULL;
	size_t size = take_run(at, &run);
	uint32_t value = 0;

	if (size == 0 || !is_digit(*run) || (size != len && size != other_len))
		return UINT32_MAX;
	for (size_t i = 0; i < size; i++)
		value = value * 10 + (uint32_t)(run[i] - '0');
	return value;
}

/* 1 to 12 from a name or its first three letters; 0 if it is none. */
static uint32_t
take_month(const char **at)
{
	static const char months[] = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
	const char *run = NULL;

	if (take_run(at, &run) < 3)
		return 0;
	for (uint32_t i = 0; i < 12; i++) {
		if (memcmp(months + (size_t)i * 3, run, 3) == 0)
			return i + 1;
	}
	return 0;
}

int64_t
rcc_sit185_time(const char *text)
{
	char rfc[RCC_TIME_TEXT_SIZE];
	int64_t at_ms = 0;
	uint32_t day = take_digits(&text, 1, 2);
	uint32_t month = take_month(&text);
	uint32_t year = take_digits(&text, 2, 4);
	const char *clock = text;
	uint32_t time = take_digits(&clock, 4, 4);

	if (time == UINT32_MAX) {
		uint32_t hour = take_digits(&text, 2, 2);
		uint32_t minute = take_digits(&text, 2, 2);
		time = hour < 24 && minute < 60 ? hour * 100 + minute : UINT32_MAX;
	}
	if (day > 31 || month == 0 || year > 9999 || time > 2359)
		return 0;
	/* The system began in 1982. */
	if (year < 100)
		year += year < 80 ? 2000 : 1900;
	if (year < 1980)
		return 0;
	(void)snprintf(rfc, sizeof rfc, "%04u-%02u-%02uT%02u:%02u:00Z", year, month, day, time / 100, time % 100);
	return rcc_time_parse(rfc, &at_ms) == RCC_OK ? at_ms : 0;
}

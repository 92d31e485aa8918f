#include "feed/suspect.h"

#include <stdio.h>
#include <string.h>

#include "feed/nmea.h"
#include "proto/source/ais_bits.h"
#include "proto/source/nmea.h"
#include "proto/source/source.h"

#define FORMATTER_LEN 3
/* "*hh". */
#define CHECKSUM_LEN 3
/* A DSC call writes an MMSI as ten digits, the last of them 0 (ITU-R M.493, IEC 61162-1). */
#define IDENTITY_DIGITS 10
/* Characters of six bits that hold an AIS message's number and MMSI. */
#define PAYLOAD_MIN ((RCC_AIS_HEAD_BITS + 5) / 6)

struct field {
	const char *text;
	size_t len;
};

static char
upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool
is_word(const char *text, size_t len, const char *word)
{
	size_t at = 0;
	while (word[at] != '\0' && at < len && upper(text[at]) == word[at]) {
		at++;
	}
	return word[at] == '\0';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_formatter(const char *text, size_t len, const char *one, const char *other)
{
	return is_word(text, len, one) || is_word(text, len, other);
}

/*
 * One of two formatters in any case: near the start of the line, or of a sentence in it; anywhere if a comma follows, as it
 * does in a sentence and seldom in a text.
 */
static bool
has_formatter(const char *line, size_t len, const char *one, const char *other)
{
	size_t near = 0;
	for (size_t at = 0; at + FORMATTER_LEN <= len; at++) {
		bool is_near = at - near <= RCC_FEED_FORMATTER_WITHIN;
		bool has_comma = at + FORMATTER_LEN < len && line[at + FORMATTER_LEN] == ',';
		if ((is_near || has_comma) && is_formatter(line + at, len - at, one, other)) {
			return true;
		}
		if (line[at] == '$' || line[at] == '!') {
			near = at;
		}
	}
	return false;
}

/* The field that begins at *at; moves behind its comma. False: there are no more. */
static bool
next_field(const char *line, size_t len, size_t *at, struct field *ret_field)
{
	size_t end = *at;
	if (end > len) {
		return false;
	}
	while (end < len && line[end] != ',' && line[end] != '*') {
		end++;
	}
	*ret_field = (struct field){line + *at, end - *at};
	*at = end + 1;
	return true;
}

static bool
has_identity(const char *line, size_t len)
{
	struct field field;
	size_t at = 0;
	while (next_field(line, len, &at, &field)) {
		size_t digits = 0;
		while (digits < field.len && is_digit(field.text[digits])) {
			digits++;
		}
		if (digits == IDENTITY_DIGITS && field.len == digits && field.text[digits - 1] == '0') {
			return true;
		}
	}
	return false;
}

static bool
is_armour(const struct field *field)
{
	for (size_t i = 0; i < field->len; i++) {
		char c = field->text[i];
		if (!(c >= '0' && c <= 'W') && !(c >= '`' && c <= 'w')) {
			return false;
		}
	}
	return true;
}

/* What the longest field that can be an AIS payload says, read as one whose sentence is damaged. */
static enum rcc_feed_suspicion
judge_payload(const char *line, size_t len)
{
	struct field field;
	struct field payload = {NULL, 0};
	char sentence[RCC_NMEA_LINE_MAX + 1];
	size_t at = 0;
	while (next_field(line, len, &at, &field)) {
		payload = field.len > payload.len && is_armour(&field) ? field : payload;
	}
	int made = payload.len < PAYLOAD_MIN
	               ? -1
	               : snprintf(sentence, sizeof sentence, "!AIVDM,1,1,,,%.*s,0", (int)payload.len, payload.text);
	if (made < 0 || (size_t)made >= sizeof sentence) {
		return RCC_FEED_SUSPECT_MAYBE_AIS;
	}
	struct rcc_heard heard;
	const struct rcc_raw raw = {.bytes = (const uint8_t *)sentence, .len = (size_t)made};
	memset(&heard, 0, sizeof heard);
	if (rcc_ais_decode(&raw, &heard) != RCC_OK) {
		return RCC_FEED_SUSPECT_MAYBE_AIS;
	}
	if (heard.kind != RCC_HEARD_ALERT) {
		return RCC_FEED_SUSPECT_SHIP;
	}
	/* Two of 64 first characters are a safety text's: that alone is a weak sign. */
	return heard.alert.source == RCC_SOURCE_AIS_TEXT ? RCC_FEED_SUSPECT_MAYBE_AIS : RCC_FEED_SUSPECT_BEACON;
}

static int
hex_of(char c)
{
	if (is_digit(c)) {
		return c - '0';
	}
	c = upper(c);
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Does a sentence with a right checksum end the line? Then it begins at *ret_at, and all before it is noise or a tag block. */
static bool
find_sound(const char *line, size_t len, size_t *ret_at)
{
	if (len <= CHECKSUM_LEN || line[len - CHECKSUM_LEN] != '*') {
		return false;
	}
	int high = hex_of(line[len - 2]);
	int low = hex_of(line[len - 1]);
	uint8_t sum = 0;
	for (size_t at = len - CHECKSUM_LEN; high >= 0 && low >= 0 && at-- > 0;) {
		if (line[at] < 0x20 || line[at] > 0x7e) {
			return false;
		}
		if (line[at] == '$' || line[at] == '!') {
			*ret_at = at;
			return sum == high * 16 + low;
		}
		sum ^= (uint8_t)line[at];
	}
	return false;
}

/* DSI and DSR ask for and give what transponders know (IEC 61162-1): they hold MMSIs, and nobody calls with them. */
static enum rcc_feed_suspicion
judge_sound(const char *sentence, size_t len)
{
	const char *address = sentence + 1;
	size_t left = len - 1;
	const char *formatter = left > 2 ? address + 2 : address + left;
	size_t formatter_left = left > 2 ? left - 2 : 0;
	struct rcc_feed_part part;
	if (is_formatter(formatter, formatter_left, "DSC", "DSE")) {
		return RCC_FEED_SUSPECT_DSC;
	}
	bool is_dialogue = is_formatter(formatter, formatter_left, "DSI", "DSR");
	if (is_word(address, left, "CD") && !is_dialogue && has_identity(sentence, len)) {
		return RCC_FEED_SUSPECT_DSC;
	}
	if (!is_word(formatter, formatter_left, "VD") || sentence[0] != '!' ||
	    rcc_feed_nmea_part((const uint8_t *)sentence, len, &part) == RCC_OK) {
		return RCC_FEED_SUSPECT_NONE;
	}
	/* The receiver says that this is all: what holds no message calls nobody. */
	enum rcc_feed_suspicion says = judge_payload(sentence, len);
	return says == RCC_FEED_SUSPECT_BEACON ? says : RCC_FEED_SUSPECT_NONE;
}

/* "!AIVD": the address of AIS sentences, whatever has become of its last letter. */
static bool
has_ais_start(const char *line, size_t len)
{
	const char *start = memchr(line, '!', len);
	size_t left = start == NULL ? 0 : len - (size_t)(start - line);
	return left > 3 && is_word(start + 3, left - 3, "VD");
}

static enum rcc_feed_suspicion
judge_ais(const char *line, size_t len)
{
	bool is_like_ais = has_ais_start(line, len) || has_formatter(line, len, "VDM", "VDO");
	if (!is_like_ais && memchr(line, '*', len) == NULL) {
		return RCC_FEED_SUSPECT_NONE;
	}
	enum rcc_feed_suspicion says = judge_payload(line, len);
	/* Without its address only a beacon stands out from any other field of letters. */
	return is_like_ais || says == RCC_FEED_SUSPECT_BEACON ? says : RCC_FEED_SUSPECT_NONE;
}

static enum rcc_feed_suspicion
judge_damaged(const char *line, size_t len)
{
	const char *start = memchr(line, '$', len);
	size_t start_at = start == NULL ? 0 : (size_t)(start - line) + 1;
	bool is_dsc_talker = is_word(line + start_at, len - start_at, "CD");
	bool is_identified = has_identity(line, len);
	if (has_formatter(line, len, "DSC", "DSE") || (is_dsc_talker && is_identified)) {
		return RCC_FEED_SUSPECT_DSC;
	}
	/* The talker counts with its dollar alone: without, two letters begin many a text. */
	if (is_identified || (is_dsc_talker && start != NULL)) {
		return RCC_FEED_SUSPECT_MAYBE_DSC;
	}
	return judge_ais(line, len);
}

enum rcc_feed_suspicion
rcc_feed_suspect(const uint8_t *bytes, size_t len)
{
	const char *line = (const char *)bytes;
	size_t at = 0;
	if (len == 0 || (line[0] == '#' && (len == 1 || line[1] == ' '))) {
		return RCC_FEED_SUSPECT_NONE;
	}
	/* A tag block names its station as it likes. */
	const char *tag_end = line[0] == '\\' ? memchr(line + 1, '\\', len - 1) : NULL;
	if (tag_end != NULL) {
		len -= (size_t)(tag_end + 1 - line);
		line = tag_end + 1;
	}
	if (!find_sound(line, len, &at)) {
		return judge_damaged(line, len);
	}
	enum rcc_feed_suspicion says = judge_sound(line + at, len - at);
	/* Before it may stand the beginning of a line whose end was lost. */
	return says != RCC_FEED_SUSPECT_NONE || at == 0 ? says : judge_damaged(line, at);
}

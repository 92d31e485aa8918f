/*
 * sit185_whole.c - does a message read as a whole?
 *
 * A text has no checksum: one character that was damaged on its way makes a distress of a test, and a distress calls ships. So
 * what decides who hears of it is known word by word: the title, the user class, and that nothing is missing at the end. Where a
 * word is not known, a person reads the message with all that could be read of it; it is a test for nobody before.
 */
#include <string.h>

#include "proto/source/sit185_text.h"

/* Words between COSPAS-SARSAT and ALERT in a title. */
#define QUALIFIERS_MAX 8

/* Is it one of these words, which stand with a blank between them? */
static bool
is_one_of(const char *word, size_t len, const char *list)
{
	const char *one = NULL;
	size_t one_len = 0;

	while ((one_len = rcc_sit185_word(&list, &one)) != 0) {
		if (one_len == len && memcmp(one, word, len) == 0)
			return true;
	}
	return false;
}

/* May this stand between words that the centre's program writes? */
static bool
is_layout(char c)
{
	return c != '\0' && strchr(" \n-.:'()/,", c) != NULL;
}

/* Nothing but words and layout, up to `end`. */
static bool
is_plain(const char *text, const char *end)
{
	while (text < end && (rcc_sit185_is_word(*text) || is_layout(*text)))
		text++;
	return text >= end;
}

/* ---- the title ---- */

static bool
take_phrase(const char **at, const char *phrase)
{
	const char *end = NULL;

	if (!rcc_sit185_at(*at, phrase, &end))
		return false;
	while (is_layout(*end))
		end++;
	*at = end;
	return true;
}

static bool
take_any(const char **at, const char *const *phrases)
{
	for (; *phrases != NULL; phrases++) {
		if (take_phrase(at, *phrases))
			return true;
	}
	return false;
}

/* "DISTRESS COSPAS-SARSAT ... ALERT" as C/S A.002 and C/S G.007 have it, and nothing else in the paragraph. */
static bool
is_known_title(const char *title)
{
	static const char *const leads[] = {"DISTRESS", "SHIP SECURITY", "TEST", "EXERCISE", NULL};
	static const char *const qualifiers[] = {
	    "INITIAL",      "ENCODED",      "DOA",          "DOPPLER",      "POSITION",  "POSITIONS",
	    "LOCATION",     "CONFLICT",     "CONFIRMATION", "MATCH",        "CONFIRMED", "RESOLVED",
	    "UPDATE",       "UPDATED",      "UNLOCATED",    "UNRESOLVED",   "NOCR",      "OF",
	    "NOTIFICATION", "COUNTRY",      "BEACON",       "REGISTRATION", "USER",      "TEST",
	    "EXERCISE",     "CANCELLATION", "CANCELLED",    "CANCELED",     NULL};
	static const char *const tails[] = {"WITH UNRELIABLE BEACON MESSAGE", "UNRELIABLE BEACON MESSAGE", "TEST",
	                                    "EXERCISE", NULL};
	const char *at = title;

	while (is_layout(*at))
		at++;
	if (!is_plain(title, title + strlen(title)) || !take_any(&at, leads) || !take_phrase(&at, "COSPAS SARSAT"))
		return false;
	for (size_t i = 0; i < QUALIFIERS_MAX && take_any(&at, qualifiers); i++)
		continue;
	if (!take_phrase(&at, "ALERT"))
		return false;
	while (take_any(&at, tails))
		continue;
	return *at == '\0';
}

/* ---- the user class ---- */

/* One letter changed, too many or missing. */
static bool
is_almost_test(const char *word, size_t len)
{
	static const char test[] = "TEST";
	size_t head = 0;
	size_t tail = 0;

	if (len < 3 || len > 5 || (len == 4 && memcmp(word, test, 4) == 0))
		return false;
	while (head < len && head < 4 && word[head] == test[head])
		head++;
	while (tail < len - head && tail < 4 - head && word[len - 1 - tail] == test[3 - tail])
		tail++;
	return head + tail >= (len < 4 ? len : len == 4 ? 3u : 4u);
}

/* Digits, or an address in hexadecimal. */
static bool
is_number(const char *word, size_t len)
{
	size_t hex = strspn(word, "0123456789ABCDEF");

	return hex >= len && strcspn(word, "0123456789") < len;
}

/* Words of the line that states the class; the value behind some of them is free. */
static bool
is_known_class(const char *text, const char *end)
{
	static const char words[] =
	    "STANDARD NATIONAL SERIAL USER LOCATION PROTOCOL SHORT LONG FIRST SECOND GENERATION TEST ORBITOGRAPHY RLS "
	    "EPIRB PLB ELT DT SSAS SHIP SECURITY MARITIME AVIATION RADIO CALL SIGN CALLSIGN FLOAT FREE AUTOMATIC "
	    "MANUAL "
	    "NON NOT NO NR NUMBER A OR AND WITH OF NIL UNKNOWN SPARE BEACON AIRCRAFT OPERATOR DESIGNATOR BIT ADDRESS "
	    "ICAO REGISTRATION MARKING TAIL MMSI LAST DIGITS IDENTIFICATION IDENTITY ID TAC VESSEL SYSTEM AIS COSPAS "
	    "SARSAT";
	static const char named[] = "SIGN CALLSIGN MARKING DESIGNATOR TAIL";
	const char *word = NULL;
	bool is_value = false;
	size_t count = 0;
	size_t len = 0;

	if (!is_plain(text, end))
		return false;
	while ((len = rcc_sit185_word(&text, &word)) != 0 && word < end) {
		bool is_known = is_one_of(word, len, words);
		if (is_almost_test(word, len) || (!is_known && !is_number(word, len) && !is_value))
			return false;
		is_value = is_one_of(word, len, named);
		count++;
	}
	return count > 0;
}

/* Behind these the word is about a certificate, or denied; before those it states a class. */
static bool
is_about_test(const char *before, size_t before_len, const char *next)
{
	const char *word = NULL;
	size_t len = rcc_sit185_word(&next, &word);

	return is_one_of(before, before_len, "UNDER NO NOT NON A") || is_one_of(word, len, "PROTOCOL USER");
}

/* Lines below the first have values that nobody can know; but a test may be stated there, too. */
static bool
hides_test(const char *text)
{
	const char *before = "";
	size_t before_len = 0;
	const char *word = NULL;
	const char *at = text;
	size_t len = 0;

	while ((len = rcc_sit185_word(&at, &word)) != 0) {
		bool is_test = len == 4 && memcmp(word, "TEST", 4) == 0;
		if (is_almost_test(word, len) ||
		    (is_test && word[-1] != '\n' && !is_about_test(before, before_len, at)))
			return true;
		before = word;
		before_len = len;
	}
	return false;
}

static bool
is_known_user(const struct rcc_sit185 *sit)
{
	const char *text = NULL;

	if (!rcc_sit185_at(sit->paragraph[RCC_SIT185_USER], "USER CLASS", &text)) {
		const char *from = sit->paragraph[RCC_SIT185_USER];
		while (is_layout(*from))
			from++;
		if (!rcc_sit185_at(from, "USER CLASS", &text))
			return false;
	}
	while (is_layout(*text))
		text++;
	const char *end = text + strcspn(text, "\n");
	return is_known_class(text, end) && !hides_test(end);
}

/* Without its paragraph: short forms leave it out, but then its words stand nowhere else either. */
static bool
has_stray_user(const struct rcc_sit185 *sit)
{
	for (uint32_t i = RCC_SIT185_BEFORE; i < RCC_SIT185_OPERATIONAL; i++) {
		if (strstr(sit->paragraph[i], "CLASS") != NULL || strstr(sit->paragraph[i], "USER CL") != NULL)
			return true;
	}
	return false;
}

/* ---- what stands around ---- */

/* The bytes of one character; 0 if it is none (UTF-8). */
static size_t
character_at(const char *text)
{
	const uint8_t first = (uint8_t)text[0];
	size_t len = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;

	if ((first >= 0x80 && first < 0xc2) || first > 0xf4)
		return 0;
	for (size_t i = 1; i < len; i++) {
		if (((uint8_t)text[i] & 0xc0) != 0x80)
			return 0;
	}
	return len;
}

/* Lines of an envelope, of a telex, of a letter: text, and no word about a test or an exercise that was not understood. */
static bool
is_sound_before(const char *text)
{
	size_t len = 1;

	if (rcc_sit185_has(text, "TEST") ||
	    (rcc_sit185_has(text, "EXERCISE") && !rcc_sit185_has(text, "EXERCISE EXERCISE")))
		return false;
	for (const char *at = text; *at != '\0' && len != 0; at += len)
		len = character_at(at);
	return len != 0;
}

/* Its closing line is there, wherever the line breaks went, or its last paragraph says NIL and no more. */
static bool
has_end(const struct rcc_sit185 *sit)
{
	const char *remarks = rcc_sit185_after(sit->paragraph[RCC_SIT185_REMARKS], "REMARKS");
	bool is_there = sit->paragraph[RCC_SIT185_END][0] != '\0' ||
	                (remarks != NULL && take_phrase(&remarks, "NIL") && *remarks == '\0');

	for (uint32_t i = RCC_SIT185_TITLE; !is_there && i < RCC_SIT185_PARAGRAPHS; i++)
		is_there = rcc_sit185_has(sit->paragraph[i], "END OF MESSAGE");
	return is_there;
}

const char *
rcc_sit185_doubt(const struct rcc_sit185 *sit)
{
	bool has_user = sit->paragraph[RCC_SIT185_USER][0] != '\0';

	if (!sit->is_title_line)
		return "it does not begin with a title";
	if (!is_sound_before(sit->paragraph[RCC_SIT185_BEFORE]))
		return "what stands before its title is in doubt";
	if (!is_known_title(sit->paragraph[RCC_SIT185_TITLE]))
		return "its title is not known";
	if (has_user ? !is_known_user(sit) : has_stray_user(sit))
		return "its user class cannot be read";
	return has_end(sit) ? NULL : "its end is missing";
}

/* beacon406_words.c - values of 406 MHz beacons as people read them. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "proto/source/beacon406.h"
#include "rcc/text.h"

/* Maritime identification digits run from 201 to 775 (ITU-R M.585); the countries of beacons are the same numbers. */
#define COUNTRY_FIRST 201u
#define COUNTRY_LAST 775u
/* Room for one part of the sentence. */
#define PART_SIZE 80

uint32_t
rcc_beacon406_value(const struct rcc_beacon406 *beacon, uint32_t first, uint32_t last)
{
	uint32_t value = 0;

	assert(first >= 1 && first <= last && last <= RCC_BEACON406_BITS && last - first < 32);
	for (uint32_t n = first; n <= last; n++)
		value = value << 1 | beacon->bit[n];
	return value;
}

void
rcc_beacon406_say(struct rcc_alert *alert, const char *words)
{
	char text[RCC_TEXT_MAX + 1];
	int len = snprintf(text, sizeof text, "%s%s%s", alert->text, alert->text[0] == '\0' ? "" : ", ", words);

	assert(len > 0 && (size_t)len < sizeof text);
	rcc_text_copy_lossy(alert->text, sizeof alert->text, text, (size_t)len);
}

void
rcc_beacon406_say_number(struct rcc_alert *alert, const char *words, uint32_t number)
{
	char part[PART_SIZE];

	(void)snprintf(part, sizeof part, "%s %lu", words, (unsigned long)number);
	rcc_beacon406_say(alert, part);
}

void
rcc_beacon406_say_word(struct rcc_alert *alert, const char *words, const char *word)
{
	char part[PART_SIZE];

	(void)snprintf(part, sizeof part, "%s %s", words, word);
	rcc_beacon406_say(alert, part);
}

void
rcc_beacon406_say_serial(struct rcc_alert *alert, uint32_t tac, uint32_t serial)
{
	char part[PART_SIZE];

	(void)snprintf(part, sizeof part, "TAC %lu serial %lu", (unsigned long)tac, (unsigned long)serial);
	rcc_beacon406_say(alert, part);
}

void
rcc_beacon406_say_aircraft(struct rcc_alert *alert, uint32_t address)
{
	char part[PART_SIZE];

	(void)snprintf(part, sizeof part, "aircraft 24-bit address %06lX", (unsigned long)address);
	rcc_beacon406_say(alert, part);
}

/* Modified Baudot: the International Telegraph Alphabet no. 2, the first bit 1 for letters and 0 for figures. */
static char
baudot(uint32_t code)
{
	static const char characters[64] = {
	    [0x38] = 'A', [0x33] = 'B', [0x2E] = 'C', [0x32] = 'D', [0x30] = 'E', [0x36] = 'F', [0x2B] = 'G',
	    [0x25] = 'H', [0x2C] = 'I', [0x3A] = 'J', [0x3E] = 'K', [0x29] = 'L', [0x27] = 'M', [0x26] = 'N',
	    [0x23] = 'O', [0x2D] = 'P', [0x3D] = 'Q', [0x2A] = 'R', [0x34] = 'S', [0x21] = 'T', [0x3C] = 'U',
	    [0x2F] = 'V', [0x39] = 'W', [0x37] = 'X', [0x35] = 'Y', [0x31] = 'Z', [0x24] = ' ', [0x18] = '-',
	    [0x17] = '/', [0x0D] = '0', [0x1D] = '1', [0x19] = '2', [0x10] = '3', [0x0A] = '4', [0x01] = '5',
	    [0x15] = '6', [0x1C] = '7', [0x0C] = '8', [0x03] = '9',
	};
	if (characters[code] == '\0')
		return '?';
	return characters[code];
}

bool
rcc_beacon406_word(const struct rcc_beacon406 *beacon, uint32_t first, uint32_t width, uint32_t count,
                   char ret_word[RCC_BEACON406_WORD_MAX + 1])
{
	/* The five-bit form leaves out the first bit of letters, which is 1. */
	uint32_t letter = width == 5 ? 0x20 : 0;
	uint32_t len = 0;

	assert((width == 5 || width == 6) && count <= RCC_BEACON406_WORD_MAX);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t at = first + i * width;
		char c = baudot(letter | rcc_beacon406_value(beacon, at, at + width - 1));
		if (c != ' ' || len > 0)
			ret_word[len++] = c;
	}
	while (len > 0 && ret_word[len - 1] == ' ')
		len--;
	ret_word[len] = '\0';
	return len > 0 && strchr(ret_word, '?') == NULL;
}

void
rcc_beacon406_set_callsign(struct rcc_alert *alert, const char *words, const char *callsign, bool is_good)
{
	if (is_good)
		rcc_text_copy_lossy(alert->callsign, sizeof alert->callsign, callsign, strlen(callsign));
	if (callsign[0] != '\0')
		rcc_beacon406_say_word(alert, words, callsign);
}

bool
rcc_beacon406_is_country(uint32_t country)
{
	return country >= COUNTRY_FIRST && country <= COUNTRY_LAST;
}

void
rcc_beacon406_country(struct rcc_alert *alert, uint32_t country)
{
	char part[PART_SIZE];

	(void)snprintf(part, sizeof part, "country %03lu", (unsigned long)country);
	rcc_beacon406_say(alert, part);
	if (!rcc_beacon406_is_country(country))
		alert->marks |= RCC_ALERT_NEEDS_READING;
}

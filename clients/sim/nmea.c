#include "sim/nmea.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* "!AIVDM,2,1,3,A," + 60 + ",0*hh" + CR LF fills a sentence. */
#define PAYLOAD_MAX 60
#define BITS_PER_SENTENCE (6 * PAYLOAD_MAX)

uint8_t
rcc_nmea_checksum(const char *text, size_t len)
{
	uint8_t sum = 0;

	for (size_t i = 0; i < len; i++) {
		sum ^= (uint8_t)text[i];
	}
	return sum;
}

/* Ends a sentence that starts at text[start]: checksum of all after the first character. Returns the new length. */
static size_t
finish(char text[RCC_NMEA_TEXT_SIZE], size_t start, size_t len)
{
	uint8_t sum = rcc_nmea_checksum(text + start + 1, len - start - 1);
	int added = snprintf(text + len, RCC_NMEA_TEXT_SIZE - len, "*%02X\r\n", sum);

	assert(added == 5 && len + 5 < RCC_NMEA_TEXT_SIZE);
	return len + 5;
}

/* Six bits from `at` on, zero after the end, in the armour of IEC 61162-1. */
static char
armour(const struct rcc_ais_bits *bits, uint32_t at)
{
	uint32_t value = 0;

	for (uint32_t i = at; i < at + 6; i++) {
		uint32_t byte = i < bits->count ? bits->byte[i / 8] : 0;
		value = value << 1 | ((byte >> (7 - i % 8)) & 1u);
	}
	return (char)(value < 40 ? value + 48 : value + 56);
}

size_t
rcc_nmea_ais(char text[RCC_NMEA_TEXT_SIZE], const struct rcc_ais_bits *bits, char channel, uint32_t sequence)
{
	uint32_t total = (bits->count + BITS_PER_SENTENCE - 1) / BITS_PER_SENTENCE;
	char joined[4] = "";
	size_t len = 0;

	assert(total >= 1 && total <= 4 && sequence <= 9);
	if (total > 1) {
		(void)snprintf(joined, sizeof joined, "%u", sequence % 10);
	}
	for (uint32_t n = 0; n < total; n++) {
		size_t start = len;
		uint32_t from = n * BITS_PER_SENTENCE;
		uint32_t to = n + 1 < total ? from + BITS_PER_SENTENCE : bits->count;
		len += (size_t)snprintf(text + len, RCC_NMEA_TEXT_SIZE - len, "!AIVDM,%u,%u,%s,%c,", total, n + 1,
		                        joined, channel);
		for (uint32_t at = from; at < to; at += 6) {
			text[len++] = armour(bits, at);
		}
		len += (size_t)snprintf(text + len, RCC_NMEA_TEXT_SIZE - len, ",%u", (6 - (to - from) % 6) % 6);
		len = finish(text, start, len);
	}
	return len;
}

/* "3530.00000,N,01230.00000,E" */
static void
format_pos(char *text, size_t size, const struct rcc_nmea_fix *fix)
{
	/* In 1/100,000 minute, so that rounding cannot make 60 minutes. */
	long lat = lround(fabs(fix->lat_deg) * 6000000.0);
	long lon = lround(fabs(fix->lon_deg) * 6000000.0);

	(void)snprintf(text, size, "%02ld%02ld.%05ld,%c,%03ld%02ld.%05ld,%c", lat / 6000000, lat / 100000 % 60,
	               lat % 100000, fix->lat_deg < 0 ? 'S' : 'N', lon / 6000000, lon / 100000 % 60, lon % 100000,
	               fix->lon_deg < 0 ? 'W' : 'E');
}

size_t
rcc_nmea_gnss(char text[RCC_NMEA_TEXT_SIZE], const struct rcc_nmea_fix *fix)
{
	time_t seconds = (time_t)(fix->at_ms / 1000);
	int hundredths = (int)(fix->at_ms % 1000 / 10);
	struct tm utc;
	char pos[48];
	char clock[16];
	char date[32];
	size_t second;
	size_t len;

	memset(&utc, 0, sizeof utc);
	(void)gmtime_r(&seconds, &utc);
	format_pos(pos, sizeof pos, fix);
	(void)strftime(clock, sizeof clock, "%H%M%S", &utc);
	(void)snprintf(date, sizeof date, "%02d%02d%02d", utc.tm_mday, utc.tm_mon + 1, utc.tm_year % 100);
	len = (size_t)snprintf(text, RCC_NMEA_TEXT_SIZE, "$GPRMC,%s.%02d,A,%s,%.1f,%.1f,%s,,,A", clock, hundredths, pos,
	                       fix->sog_kn, fix->cog_deg, date);
	len = finish(text, 0, len);
	second = len;
	len += (size_t)snprintf(text + len, RCC_NMEA_TEXT_SIZE - len, "$GPGGA,%s.%02d,%s,1,09,0.9,12.0,M,38.0,M,,",
	                        clock, hundredths, pos);
	return finish(text, second, len);
}

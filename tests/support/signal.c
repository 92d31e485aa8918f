#include "signal.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
signal_start(struct signal_maker *maker, uint64_t seed)
{
	/* Seeds that differ in one bit must not run alike; 0 would stay 0. */
	maker->seed = (seed + 1) * UINT64_C(0x9e3779b97f4a7c15);
	maker->serial = maker->oldest_fresh = 1;
}

uint32_t
signal_below(struct signal_maker *maker, uint32_t count)
{
	maker->seed ^= maker->seed << 13;
	maker->seed ^= maker->seed >> 7;
	maker->seed ^= maker->seed << 17;
	return (uint32_t)(maker->seed >> 32) % count;
}

uint32_t
signal_serial(struct signal_maker *maker)
{
	uint32_t fresh = maker->serial - maker->oldest_fresh;

	if (fresh > 0 && signal_below(maker, 8) == 0)
		return maker->oldest_fresh + signal_below(maker, fresh);
	return maker->serial++;
}

void
signal_say(struct signal *signal, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	int len = vsnprintf((char *)signal->bytes + signal->len, sizeof signal->bytes - signal->len, format, arguments);
	va_end(arguments);
	assert(len >= 0 && (size_t)len < sizeof signal->bytes - signal->len);
	signal->len += (size_t)len;
}

static uint8_t
sum_of(const uint8_t *bytes, size_t len)
{
	uint8_t sum = 0;

	for (size_t i = 0; i < len; i++)
		sum ^= bytes[i];
	return sum;
}

void
signal_end_sentence(struct signal *signal, size_t from, bool is_right)
{
	uint8_t sum = sum_of(signal->bytes + from + 1, signal->len - from - 1);

	signal_say(signal, "*%02X\r\n", (unsigned)(is_right ? sum : sum ^ 0x15));
}

/* Words that are no signal of their source, and signals of a source that nobody knows. */
static void
make_text(struct signal_maker *maker, struct signal *signal)
{
	static const char *const sources[] = {"dsc", "ais", "sit185", "beacon406", "telex", "navtex"};
	static const char *const texts[] = {
	    "MAYDAY MAYDAY MAYDAY THIS IS SEA BREEZE",
	    "WE ARE TAKING WATER 20 MILES SOUTH OF THE CAPE",
	    "THIS IS A TEST OF THE LINE",
	    "?",
	    "\x01\x02\xff\xfe",
	};
	signal->source = sources[signal_below(maker, 6)];
	signal->what = "words that no decoder knows";
	signal->becomes = BECOMES_READING;
	signal_say(signal, "%s", texts[signal_below(maker, 5)]);
}

void
signal_make(struct signal_maker *maker, struct signal *ret_signal)
{
	*ret_signal = (struct signal){.class = RCC_CLASS_LIVE, .is_known = true, .check = SIGNAL_CHECK_NONE};
	uint32_t which = signal_below(maker, 20);
	if (which < 7)
		signal_make_dsc(maker, ret_signal);
	else if (which < 12)
		signal_make_ais(maker, ret_signal);
	else if (which < 15)
		signal_make_beacon406(maker, ret_signal);
	else if (which < 18)
		signal_make_sit185(maker, ret_signal);
	else if (which < 19)
		signal_make_recorded(maker, ret_signal);
	else
		make_text(maker, ret_signal);
	assert(ret_signal->len > 0 && ret_signal->becomes != 0);
}

/* ---- damage ---- */

/* Of a beacon message: synchronization, or the zeros that fill it up. */
#define DIGITS_AHEAD 6

/* Does a sentence with a right checksum begin here? Then also its length up to the checksum. */
static size_t
sound_at(const uint8_t *bytes, size_t len)
{
	size_t star = 1;
	char hex[3] = "";
	char *end = NULL;

	if (bytes[0] != '$' && bytes[0] != '!')
		return 0;
	while (star < len && bytes[star] != '*')
		star++;
	if (star + 2 >= len)
		return 0;
	memcpy(hex, bytes + star + 1, 2);
	unsigned long sum = strtoul(hex, &end, 16);
	return end == hex + 2 && sum == sum_of(bytes + 1, star - 1) ? star + 3 : 0;
}

static bool
holds(const struct signal *signal, const uint8_t *bytes, size_t len)
{
	for (size_t at = 0; at + len <= signal->len; at++) {
		if (memcmp(signal->bytes + at, bytes, len) == 0)
			return true;
	}
	return false;
}

/* A sentence of another content that passes for a sound one. */
static bool
is_another_sentence(const struct signal *before, const struct signal *after)
{
	for (size_t at = 0; at < after->len; at++) {
		size_t len = sound_at(after->bytes + at, after->len - at);
		if (len > 0 && !holds(before, after->bytes + at, len))
			return true;
	}
	return false;
}

static bool
is_hex(uint8_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

/*
 * C/S T.001: the shorter of the two codes finds four wrong bits, as many as a digit has. More, other digits than were sent, or
 * wrong ones in the synchronization ahead of the codes may go unseen.
 */
static bool
is_within_parity(const struct signal *before, const struct signal *after)
{
	uint32_t wrong = 0;

	if (before->len != after->len)
		return false;
	for (size_t i = 0; i < after->len; i++) {
		/* The same digit in small letters is the same message. */
		/* A digit that became a small letter is the digit that it was, and the message the same. */
		if (!is_hex(after->bytes[i]) || after->bytes[i] > 'F')
			return false;
		if (before->bytes[i] != after->bytes[i])
			wrong += i < DIGITS_AHEAD ? 2 : 1;
	}
	return wrong <= 1;
}

static void
insert(struct signal *signal, size_t at, struct signal_maker *maker)
{
	size_t count = 1 + signal_below(maker, 12);

	memmove(signal->bytes + at + count, signal->bytes + at, signal->len - at);
	for (size_t i = 0; i < count; i++)
		signal->bytes[at + i] = (uint8_t)signal_below(maker, 256);
	signal->len += count;
}

static void
change(struct signal_maker *maker, struct signal *signal, uint32_t how)
{
	uint32_t times = how == 0 ? 1 : 1 + signal_below(maker, 4);
	size_t at = signal_below(maker, (uint32_t)signal->len);

	if (how == 2) {
		signal->len = at + 1;
	} else if (how == 3) {
		insert(signal, signal_below(maker, 2) == 0 ? 0 : signal->len, maker);
	} else if (how == 4) {
		insert(signal, at, maker);
	} else if (how == 5 && signal->len > 1) {
		memmove(signal->bytes + at, signal->bytes + at + 1, signal->len - at - 1);
		signal->len--;
	} else {
		for (uint32_t i = 0; i < times; i++) {
			at = signal_below(maker, (uint32_t)signal->len);
			signal->bytes[at] ^= (uint8_t)(1u << signal_below(maker, 8));
		}
	}
}

enum signal_damage
signal_hurt(struct signal_maker *maker, struct signal *signal, bool *ret_is_slight)
{
	static struct signal before;
	uint32_t how = signal_below(maker, 7);

	before = *signal;
	*ret_is_slight = how == 0;
	assert(signal->len + 12 < sizeof signal->bytes);
	change(maker, signal, how);
	if (before.len == signal->len && memcmp(before.bytes, signal->bytes, signal->len) == 0)
		return SIGNAL_WHOLE;
	switch (signal->check) {
	case SIGNAL_CHECK_NMEA:
		return is_another_sentence(&before, signal) ? SIGNAL_UNCAUGHT : SIGNAL_CAUGHT;
	case SIGNAL_CHECK_BCH:
		return is_within_parity(&before, signal) ? SIGNAL_CAUGHT : SIGNAL_UNCAUGHT;
	case SIGNAL_CHECK_NONE:
		return SIGNAL_UNCAUGHT;
	}
	return SIGNAL_UNCAUGHT;
}

/* Is a sentence of it still as it was sent? Then it may say what it said. */
static bool
has_sound_sentence(const struct signal *signal)
{
	for (size_t at = 0; at < signal->len; at++) {
		if (sound_at(signal->bytes + at, signal->len - at) > 0)
			return true;
	}
	return false;
}

/*
 * Fifteen digits, or twenty-three, are the identity of some beacon, live or test, and have no parity: a message that was cut
 * off just there reads as one, and nobody can know.
 */
static bool
may_be_identity(const struct signal *signal)
{
	size_t run = 0;

	for (size_t at = 0; at <= signal->len; at++) {
		if (at < signal->len && is_hex(signal->bytes[at])) {
			run++;
			continue;
		}
		if (run == 15 || run == 23)
			return true;
		run = 0;
	}
	return false;
}

uint32_t
signal_allows(const struct signal *signal, enum signal_damage damage, bool is_slight)
{
	const uint32_t nobody = BECOMES_ROUTINE | BECOMES_POSITION;
	bool is_distress = (signal->becomes & nobody) == 0;

	if (!signal->is_known)
		return BECOMES_ANY;
	if (damage == SIGNAL_WHOLE)
		return signal->becomes;
	/* What has no checksum is a distress as long as anything of it is there: every byte goes to a person at least. */
	if (signal->check != SIGNAL_CHECK_NMEA && signal->class == RCC_CLASS_LIVE)
		return BECOMES_READING | BECOMES_ALERT |
		       (strcmp(signal->source, "beacon406") == 0 && may_be_identity(signal) ? BECOMES_TEST : 0);
	if (damage == SIGNAL_UNCAUGHT)
		return signal->check == SIGNAL_CHECK_NMEA ? BECOMES_ANY
		                                          : BECOMES_TEST | BECOMES_READING | BECOMES_ALERT;
	/* A damaged distress may read as a test: what fails its check is for a person. */
	if (signal->check == SIGNAL_CHECK_BCH)
		return BECOMES_READING;
	uint32_t allowed = BECOMES_READING | (has_sound_sentence(signal) ? signal->becomes : 0);
	if (!is_distress)
		return allowed | nobody;
	/* AIS says everything again in seconds: with more than a bit gone it may pass for an ordinary ship's. */
	bool is_lost = signal->is_bare || (strcmp(signal->source, "ais") == 0 && !is_slight);
	return allowed | (is_lost ? BECOMES_ROUTINE : 0);
}

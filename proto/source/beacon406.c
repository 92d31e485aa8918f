/*
 * beacon406.c - Cospas-Sarsat 406 MHz beacon messages in hexadecimal; the number of digits tells which.
 *
 *   15      identity of the first generation, or the first 15 digits of one of the second
 *   22, 30  first generation, bits 25-112 or 25-144 (C/S T.001)
 *   36      the same with bit and frame synchronization before them; 120 bits, the last 32 of a short one are filling
 *   23      identity of the second generation
 *   51, 63  second generation, 202 or 250 bits (C/S T.018) and two that fill them up
 *
 * Any other number is for a person to read: what was cut or joined would name another beacon.
 */
#include "proto/source/beacon406.h"

#include <string.h>

#include "proto/source/bch.h"

#define FIRST_BIT 25u    /* of a first-generation message without synchronization */
#define FIELD_1_BITS 82u /* the first protected field with its parity */
#define LAST_SHORT 112u
#define LAST_LONG 144u
/* Fifteen ones, then nine bits that a self-test sends inverted but for the first. */
#define SYNC 0xFFFE2Fu
#define SYNC_SELF_TEST 0xFFFED0u
/* User protocol 101 is spare in the first generation: identities of the second carry it. */
#define USER_SECOND 5u

struct digits {
	uint8_t value[RCC_BEACON406_DIGITS_MAX];
	uint32_t count;
	bool is_over; /* there were more of them than any message has */
};

static bool
is_length(uint32_t count)
{
	static const uint8_t lengths[] = {15, 22, 23, 30, 36, 51, 63};

	return memchr(lengths, (int)count, sizeof lengths) != NULL && count <= RCC_BEACON406_DIGITS_MAX;
}

/* ---- text to digits ---- */

static bool
is_space(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* -1 if it is none. */
static int
digit_of(uint8_t c)
{
	static const char digits[] = "0123456789ABCDEFabcdef";
	const char *at = c == '\0' ? NULL : strchr(digits, c);

	if (at == NULL)
		return -1;
	return at - digits < 16 ? (int)(at - digits) : (int)(at - digits) - 6;
}

static bool
is_letters(const uint8_t *bytes, size_t len, const char *word)
{
	if (len != strlen(word))
		return false;
	for (size_t i = 0; i < len; i++) {
		if ((bytes[i] & 0xDF) != (uint8_t)word[i])
			return false;
	}
	return true;
}

/* How much of a word before the digits is a label: up to ':' or '=', or all of a known one. */
static size_t
label_length(const uint8_t *bytes, size_t len)
{
	static const char *const labels[] = {"HEX", "ID", "BEACON", "MESSAGE"};

	for (size_t i = 0; i < len && i <= RCC_BEACON406_DIGITS_MAX; i++) {
		if (bytes[i] == ':' || bytes[i] == '=')
			return i + 1;
	}
	for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
		if (is_letters(bytes, len, labels[i]))
			return len;
	}
	return 0;
}

/* Takes a word of nothing but digits; false for any other. */
static bool
take_word(const uint8_t *bytes, size_t len, struct digits *digits)
{
	for (size_t i = 0; i < len; i++) {
		if (digit_of(bytes[i]) < 0)
			return false;
	}
	digits->is_over = len > RCC_BEACON406_DIGITS_MAX - digits->count;
	for (size_t i = 0; i < len && !digits->is_over; i++)
		digits->value[digits->count++] = (uint8_t)digit_of(bytes[i]);
	return !digits->is_over;
}

/*
 * Two lines that are each a whole message are two messages: run together they would be a third. What follows the last
 * word of digits is a comment.
 */
static bool
take_digits(const struct rcc_raw *raw, struct digits *ret_digits)
{
	uint32_t line_from = 0, whole_lines = 0;
	size_t at = 0;

	*ret_digits = (struct digits){.count = 0};
	while (at < raw->len) {
		size_t len = 0;
		if (raw->bytes[at] == '\n') {
			whole_lines += is_length(ret_digits->count - line_from) ? 1 : 0;
			line_from = ret_digits->count;
		}
		if (is_space(raw->bytes[at])) {
			at++;
			continue;
		}
		while (at + len < raw->len && !is_space(raw->bytes[at + len]))
			len++;
		size_t label = ret_digits->count == 0 ? label_length(raw->bytes + at, len) : 0;
		if (label == 0 && !take_word(raw->bytes + at, len, ret_digits))
			break;
		at += label == 0 ? len : label;
	}
	whole_lines += is_length(ret_digits->count - line_from) ? 1 : 0;
	return !ret_digits->is_over && is_length(ret_digits->count) && whole_lines <= 1;
}

/* ---- digits to bits ---- */

/* One bit per byte. */
static void
bits_of(const struct digits *digits, uint8_t bits[RCC_BEACON406_BITS])
{
	for (size_t i = 0; i < (size_t)digits->count * 4; i++)
		bits[i] = digits->value[i / 4] >> (3 - i % 4) & 1;
}

static enum rcc_status
first_generation(const uint8_t *bits, uint32_t count, struct rcc_beacon406 *beacon)
{
	if (count == 60) {
		memcpy(beacon->bit + FIRST_BIT + 1, bits, count);
		beacon->is_id = true;
		return RCC_OK;
	}
	if (count == 144) {
		memcpy(beacon->bit + 1, bits, count);
		uint32_t sync = rcc_beacon406_value(beacon, 1, 24);
		/* A damaged beginning says nothing against a message whose parity holds. */
		beacon->is_sync_wrong = sync != SYNC && sync != SYNC_SELF_TEST;
		if (beacon->is_sync_wrong && !rcc_bch_is_good(&rcc_bch_first_1, &beacon->bit[FIRST_BIT], FIELD_1_BITS))
			return RCC_E_MALFORMED;
		beacon->is_self_test = sync == SYNC_SELF_TEST;
	} else {
		memcpy(beacon->bit + FIRST_BIT, bits, count);
	}
	/* Bit 25 tells a long message; what follows a short one is filling. */
	beacon->last = beacon->bit[FIRST_BIT] == 1 && count > 88 ? LAST_LONG : LAST_SHORT;
	return RCC_OK;
}

/* An identity's bits back where the message has them; 15 digits end within the kind of vessel identity. */
static enum rcc_status
second_identity(const uint8_t *bits, uint32_t count, struct rcc_beacon406 *beacon)
{
	if (bits[0] != 1 || bits[11] != 1 || bits[12] != 0 || bits[13] != 1)
		return RCC_E_MALFORMED;
	memcpy(beacon->bit + 31, bits + 1, 10);
	memcpy(beacon->bit + 1, bits + 14, 30);
	beacon->bit[43] = bits[44];
	memcpy(beacon->bit + 91, bits + 45, count - 45);
	beacon->is_id = true;
	return RCC_OK;
}

static bool
is_second_identity(const uint8_t *bits)
{
	return bits[0] == 1 && (bits[11] << 2 | bits[12] << 1 | bits[13]) == (int)USER_SECOND;
}

/* The first 15 digits tell the beacon, the country and the test bit; the rest of the identity is not there. */
static enum rcc_status
second_truncated(const uint8_t *bits, const struct rcc_raw *raw, struct rcc_alert *alert)
{
	struct rcc_beacon406 beacon = {.at_ms = raw->at_ms};
	enum rcc_status status = second_identity(bits, 45, &beacon);

	rcc_beacon406_second(&beacon, alert);
	/* Identity kind 111 is for tests of the system, and cannot be told from the bits that are missing. */
	if (bits[45] == 1 && bits[46] == 1 && bits[47] == 1)
		alert->class = RCC_CLASS_TEST;
	for (size_t i = 0; i < 15; i++) {
		uint32_t value =
		    (uint32_t)(bits[4 * i] << 3 | bits[4 * i + 1] << 2 | bits[4 * i + 2] << 1 | bits[4 * i + 3]);
		alert->beacon[i] = "0123456789ABCDEF"[value];
	}
	memset(alert->beacon + 15, 0, sizeof alert->beacon - 15);
	return status;
}

static enum rcc_status
read_bits(const uint8_t *bits, uint32_t count, const struct rcc_raw *raw, struct rcc_alert *alert)
{
	struct rcc_beacon406 beacon = {.last = 0};
	bool is_sure = true, is_second = count == 92 || count > 144;
	enum rcc_status status;

	if (count == 60 && is_second_identity(bits))
		return second_truncated(bits, raw, alert);
	if (!is_second)
		status = first_generation(bits, count, &beacon);
	else if (count == 92)
		status = second_identity(bits, count, &beacon);
	else
		status = rcc_beacon406_align(bits, count - 2, &beacon, &is_sure);
	if (status != RCC_OK)
		return status;
	beacon.at_ms = raw->at_ms;
	if (is_second)
		rcc_beacon406_second(&beacon, alert);
	else
		rcc_beacon406_first(&beacon, alert);
	if (beacon.is_sync_wrong) {
		alert->marks |= RCC_ALERT_NEEDS_READING;
		rcc_beacon406_say(alert, "synchronization wrong");
	}
	if (!is_sure) {
		alert->marks |= RCC_ALERT_NEEDS_READING;
		rcc_beacon406_say(alert, "may be shifted by two bits");
	}
	return RCC_OK;
}

enum rcc_status
rcc_beacon406_decode(const struct rcc_raw *raw, struct rcc_heard *ret_heard)
{
	struct rcc_alert alert = rcc_source_alert(RCC_SOURCE_BEACON406);
	struct digits digits;
	uint8_t bits[RCC_BEACON406_BITS] = {0};

	if (!take_digits(raw, &digits))
		return RCC_E_MALFORMED;
	bits_of(&digits, bits);
	alert.category = RCC_CATEGORY_DISTRESS;
	alert.nature = RCC_NATURE_BEACON;
	enum rcc_status status = read_bits(bits, digits.count * 4, raw, &alert);
	if (status != RCC_OK)
		return status;
	ret_heard->kind = RCC_HEARD_ALERT;
	ret_heard->alert = alert;
	return RCC_OK;
}

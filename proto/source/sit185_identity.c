/*
 * sit185_identity.c - who a SIT 185 message is about: the beacon, the ship, how many are on board.
 *
 * Taken only from where the words say what it is. Names and numbers of persons (owners, contacts ashore) are in the same
 * paragraphs and must not become a ship's name.
 */
#include <stdio.h>
#include <string.h>

#include "proto/source/sit185_text.h"
#include "proto/source/source.h"
#include "rcc/text.h"

/* An MMSI as first-generation beacons have it: without the three digits of the country. */
#define MMSI_SHORT 6
/* "No MMSI" of second-generation beacons (C/S T.018). */
#define MMSI_NONE 111111u

/* ---- the beacon ---- */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_hex(char c)
{
	return is_digit(c) || (c >= 'A' && c <= 'F');
}

static uint64_t
hex_value(const char *digits, size_t len)
{
	uint64_t value = 0;

	for (size_t i = 0; i < len; i++)
		value = value << 4 | (uint64_t)(is_digit(digits[i]) ? digits[i] - '0' : digits[i] - 'A' + 10);
	return value;
}

/* The location protocol of a 15-digit identity (bits 37-40 of its message); 16 = a user protocol. */
#define PROTOCOL_USER 16u
static uint32_t
protocol_of(uint64_t id)
{
	bool is_user = (id >> 59 & 1) != 0;

	return is_user ? PROTOCOL_USER : (uint32_t)(id >> 45 & 15);
}

/*
 * The 15-digit identity in a whole message of 22 or 30 digits: its bits 26 to 85, the position in them set to its default
 * (C/S T.001). False for a protocol that is not assigned.
 */
static bool
id_of_message(const char *digits, char id[RCC_BEACON_MAX + 1])
{
	/* By location protocol: how many bits tell a position, and their default. */
	static const struct {
		uint32_t bits;
		uint64_t none;
	} position[PROTOCOL_USER + 1] = {
	    [2] = {21, 0xffbff},    [3] = {21, 0xffbff},    [4] = {21, 0xffbff},   [5] = {21, 0xffbff},
	    [6] = {21, 0xffbff},    [7] = {21, 0xffbff},    [8] = {27, 0x3f81fe0}, [9] = {19, 0x3fdff},
	    [10] = {27, 0x3f81fe0}, [11] = {27, 0x3f81fe0}, [12] = {21, 0xffbff},  [13] = {19, 0x3fdff},
	    [14] = {21, 0xffbff},   [15] = {27, 0x3f81fe0},
	};
	uint64_t value = hex_value(digits, 16) >> 3 & UINT64_C(0xfffffffffffffff);
	uint32_t protocol = protocol_of(value);

	if (protocol != PROTOCOL_USER && position[protocol].bits == 0)
		return false;
	uint32_t bits = position[protocol].bits;
	value = value >> bits << bits | position[protocol].none;
	(void)snprintf(id, RCC_BEACON_MAX + 1, "%015llX", (unsigned long long)value);
	return true;
}

static bool
is_id_length(size_t len)
{
	return len == 15 || len == 22 || len == RCC_BEACON_MAX || len == 30;
}

/*
 * Takes the hexadecimal digits at `at`, blanks between them left out: the most that make an identity or a message, so that
 * "406 MHZ" behind it does no harm. Returns their number, 0 if there are none.
 */
static size_t
take_hex(const char *at, char digits[31])
{
	size_t len = 0;
	size_t best = 0;
	const char *word = NULL;

	for (;;) {
		size_t size = rcc_sit185_word(&at, &word);
		size_t hex = 0;
		while (hex < size && is_hex(word[hex]))
			hex++;
		if (size == 0 || hex != size || len + size > 30)
			return best;
		memcpy(digits + len, word, size);
		len += size;
		best = is_id_length(len) ? len : best;
		if (best == size)
			return best;
	}
}

/* The identity behind `phrase`, words such as "ID", "MSG" and "NO" passed over. */
static bool
read_id(const char *text, const char *phrase, struct rcc_alert *alert)
{
	const char *at = rcc_sit185_after(text, phrase);
	char digits[31];
	const char *word = at;

	for (size_t i = 0; at != NULL && i < 4; i++) {
		size_t len = take_hex(at, digits);
		if (len == 15 || len == RCC_BEACON_MAX) {
			rcc_text_copy_lossy(alert->beacon, sizeof alert->beacon, digits, len);
			return true;
		}
		if (len != 0)
			return id_of_message(digits, alert->beacon);
		(void)rcc_sit185_word(&at, &word);
	}
	return false;
}

static void
read_beacon(const struct rcc_sit185 *sit, struct rcc_alert *alert)
{
	if (read_id(sit->paragraph[RCC_SIT185_HEX], "HEX", alert))
		return;
	/* Some centres refer to a case by the beacon's identity. */
	if (read_id(sit->paragraph[RCC_SIT185_MSG], "REF", alert))
		return;
	for (uint32_t i = RCC_SIT185_BEFORE; i <= RCC_SIT185_OTHER; i++) {
		if (read_id(sit->paragraph[i], "HEX ID", alert))
			return;
	}
}

/* ---- the ship ---- */

static uint32_t
decimal(const char *digits, size_t len)
{
	uint32_t value = 0;

	for (size_t i = 0; i < len; i++)
		value = value * 10 + (uint32_t)(digits[i] - '0');
	return value;
}

/* The three digits of the country of registration; 0 if they are not there. */
static uint32_t
country_of(const struct rcc_sit185 *sit)
{
	const char *at = sit->paragraph[RCC_SIT185_COUNTRY];
	const char *word = NULL;
	size_t len = 0;

	while ((len = rcc_sit185_word(&at, &word)) != 0) {
		if (len == 3 && strspn(word, "0123456789") == 3)
			return decimal(word, len);
	}
	return 0;
}

/* The number behind "MMSI": nine digits, or its last six, which the country completes. 974 is a beacon's own number. */
static void
read_mmsi(const struct rcc_sit185 *sit, struct rcc_alert *alert, const char *text)
{
	uint32_t country = country_of(sit);
	const char *at = text;
	const char *word = NULL;
	size_t len = 0;
	bool is_after = false;

	while ((len = rcc_sit185_word(&at, &word)) != 0) {
		bool is_number = strspn(word, "0123456789") == len;
		is_after = is_after || (len == 4 && memcmp(word, "MMSI", 4) == 0);
		uint32_t value = is_number && (len == 9 || len == MMSI_SHORT) ? decimal(word, len) : 0;
		if (len == 9 && value / 1000000 == 974) {
			alert->epirb_link = RCC_EPIRB_LINK(value % 10000);
			continue;
		}
		if (!is_after || value == 0 || value == MMSI_NONE || alert->casualty.v != 0)
			continue;
		if (len == MMSI_SHORT && country == 0)
			continue;
		alert->casualty.v = len == MMSI_SHORT ? country * 1000000 + value : value;
	}
}

static bool
is_any_of(const char *word, size_t len, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strlen(list[i]) == len && memcmp(list[i], word, len) == 0)
			return true;
	}
	return false;
}

/* The word behind a phrase, each time it stands there; "RADIO CALL SIGN USER - EPIRB" is the name of a protocol. */
static void
read_callsign_after(struct rcc_alert *alert, const char *text, const char *phrase)
{
	static const char *const others[] = {"EPIRB", "PLB",  "ELT", "USER", "NIL", "UNKNOWN", "NONE",  "NOT",
	                                     "NO",    "MMSI", "AND", "OR",   "IS",  "OF",      "CLASS", "SERIAL"};
	const char *word = NULL;

	for (const char *at = text; alert->callsign[0] == '\0' && (at = rcc_sit185_after(at, phrase)) != NULL;) {
		const char *next = at;
		size_t len = rcc_sit185_word(&next, &word);
		bool is_other = is_any_of(word, len, others, sizeof others / sizeof others[0]);
		if (word == at && len >= 3 && len <= 7 && !is_other)
			rcc_text_copy_lossy(alert->callsign, sizeof alert->callsign, word, len);
	}
}

static void
read_callsign(struct rcc_alert *alert, const char *text)
{
	read_callsign_after(alert, text, "CALL SIGN");
	read_callsign_after(alert, text, "CALLSIGN");
}

/* A ship's name, where it is called that: "NAME" alone may be a person's. */
static void
read_name(struct rcc_alert *alert, const char *text)
{
	static const char *const phrases[] = {"VESSEL NAME",    "VESSEL S NAME", "SHIP NAME",    "SHIP S NAME",
	                                      "NAME OF VESSEL", "NAME OF SHIP",  "NAME OF BOAT", "BOAT NAME"};
	/* What may follow on the same line. */
	static const char *const ends[] = {"OWNER",    "CALL",      "CALLSIGN",    "MMSI",    "IMO",  "TEL",
	                                   "PHONE",    "CONTACT",   "POB",         "PERSONS", "TYPE", "HOME",
	                                   "HOMEPORT", "LENGTH",    "COLOUR",      "COLOR",   "REG",  "EMAIL",
	                                   "HULL",     "EMERGENCY", "REGISTRATION"};
	static const char *const none[] = {"NIL", "NONE", "UNKNOWN", "NOT KNOWN"};
	const char *from = NULL;
	const char *word = NULL;

	for (size_t i = 0; from == NULL && i < sizeof phrases / sizeof phrases[0]; i++)
		from = rcc_sit185_after(text, phrases[i]);
	if (from == NULL || alert->name[0] != '\0')
		return;
	size_t len = strcspn(from, "\n,;/(");
	for (const char *at = from; at < from + len;) {
		size_t size = rcc_sit185_word(&at, &word);
		if (size == 0 || word >= from + len)
			break;
		if (is_any_of(word, size, ends, sizeof ends / sizeof ends[0]))
			len = (size_t)(word - from);
	}
	while (len > 0 && !rcc_sit185_is_word(from[len - 1]) && (uint8_t)from[len - 1] < 0x80)
		len--;
	if (len > 0 && !is_any_of(from, len, none, sizeof none / sizeof none[0]))
		rcc_text_copy_lossy(alert->name, sizeof alert->name, from, len);
}

/* A number of one to four digits at `at`; 0 if there is none. */
static uint32_t
count_at(const char *at)
{
	size_t len = strspn(at, "0123456789");

	return len >= 1 && len <= 4 && !rcc_sit185_is_word(at[len]) ? decimal(at, len) : 0;
}

/* The same, ending before `end`. */
static uint32_t
count_before(const char *text, const char *end)
{
	while (end > text && end[-1] == ' ')
		end--;
	const char *at = end;
	while (at > text && is_digit(at[-1]))
		at--;
	bool is_alone = at == text || at[-1] == ' ' || at[-1] == '\n' || at[-1] == ':';
	return is_alone && at < end && end - at <= 4 ? decimal(at, (size_t)(end - at)) : 0;
}

static void
read_persons(struct rcc_alert *alert, const char *text)
{
	static const char *const phrases[] = {"PERSONS ON BOARD", "PEOPLE ON BOARD", "PERSONS ABOARD", "POB",
	                                      "PERSONS"};
	const char *end = NULL;

	for (size_t i = 0; alert->persons == 0 && i < sizeof phrases / sizeof phrases[0]; i++) {
		const char *at = rcc_sit185_find(text, phrases[i], &end);
		if (at == NULL)
			continue;
		alert->persons = count_at(rcc_sit185_after(at, phrases[i]));
		if (alert->persons == 0)
			alert->persons = count_before(text, at);
	}
}

/*
 * What the identity says of itself: a ship security beacon, a test. The decoder of the beacons' own messages reads it, so that
 * the same beacon cannot be one thing by satellite and another by text.
 */
static bool
is_coded_test(struct rcc_alert *alert)
{
	struct rcc_heard coded = {.kind = RCC_HEARD_ROUTINE};
	const struct rcc_raw raw = {.bytes = (const uint8_t *)alert->beacon, .len = strlen(alert->beacon)};

	if (raw.len == 0 || rcc_beacon406_decode(&raw, &coded) != RCC_OK)
		return false;
	alert->marks |= coded.alert.marks & RCC_ALERT_RESTRICTED;
	alert->beacon_kind = coded.alert.beacon_kind;
	return coded.alert.class == RCC_CLASS_TEST;
}

/* The kind of beacon that the user class names; none if it names several. */
static enum rcc_beacon_kind
kind_in(const char *text)
{
	static const char *const words[] = {"EPIRB", "ELT", "PLB"};
	enum rcc_beacon_kind kind = RCC_BEACON_NOT_STATED;

	for (uint32_t i = 0; i < 3; i++) {
		if (!rcc_sit185_has(text, words[i]))
			continue;
		if (kind != RCC_BEACON_NOT_STATED)
			return RCC_BEACON_NOT_STATED;
		kind = (enum rcc_beacon_kind)(RCC_BEACON_EPIRB + i);
	}
	return kind;
}

/* Where the words and the identity contradict each other, nothing is known. */
static void
read_kind(const struct rcc_sit185 *sit, struct rcc_alert *alert)
{
	enum rcc_beacon_kind said = kind_in(sit->paragraph[RCC_SIT185_USER]);

	if (alert->beacon_kind == RCC_BEACON_NOT_STATED)
		alert->beacon_kind = said;
	else if (said != RCC_BEACON_NOT_STATED && said != alert->beacon_kind)
		alert->beacon_kind = RCC_BEACON_NOT_STATED;
}

bool
rcc_sit185_identity(const struct rcc_sit185 *sit, struct rcc_alert *alert)
{
	static const enum rcc_sit185_paragraph coded[] = {RCC_SIT185_USER, RCC_SIT185_OTHER};
	static const enum rcc_sit185_paragraph written[] = {RCC_SIT185_OPERATIONAL, RCC_SIT185_REMARKS};

	read_beacon(sit, alert);
	for (size_t i = 0; i < 2; i++) {
		read_mmsi(sit, alert, sit->paragraph[coded[i]]);
		read_callsign(alert, sit->paragraph[coded[i]]);
	}
	for (size_t i = 0; i < 2; i++) {
		read_mmsi(sit, alert, sit->paragraph[written[i]]);
		read_callsign(alert, sit->paragraph[written[i]]);
		read_name(alert, sit->paragraph[written[i]]);
		read_persons(alert, sit->paragraph[written[i]]);
	}
	bool is_test = is_coded_test(alert);
	read_kind(sit, alert);
	return is_test;
}

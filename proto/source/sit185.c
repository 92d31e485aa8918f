/*
 * sit185.c - Cospas-Sarsat plain-language alerts of a mission control centre (C/S A.002 SIT 185, C/S G.007).
 *
 * What a centre says is kept as it says it: two sides of a Doppler solution stay two candidates, a position conflict keeps
 * every place. What cannot be read of a message never stops the rest of it. Three findings hold an alert back from
 * the ships (test or exercise, ship security, cancellation by the user): they are believed only where the centre
 * states them, never from the middle of free text. A beacon's identity that is coded as a test where the text says distress
 * is believed by no machine: docs/adr/0022-tests-that-come-as-distress.md.
 */
#include <stdio.h>
#include <string.h>

#include "proto/source/sit185.h"
#include "proto/source/sit185_text.h"
#include "proto/source/source.h"
#include "rcc/text.h"

/* A title longer than this holds something else. */
#define TITLE_SIZE 121
#define QUOTE_SIZE 61
/* So many paragraphs make a message, whatever else is missing. */
#define PARAGRAPHS_MIN 3

/* Everything that one message says, while it is being read. */
struct reading {
	struct rcc_sit185 sit;
	struct rcc_sit185_places places;
	char title[TITLE_SIZE];
	bool is_conflict;
	bool has_more; /* another message is in the same bytes */
	struct rcc_alert alert;
};

static const char *
paragraph(const struct reading *reading, enum rcc_sit185_paragraph number)
{
	return reading->sit.paragraph[number];
}

/* ---- title, class, marks ---- */

/* The line that ends with the word ALERT, or the first line. Without a paragraph 1, a line before it that names the system. */
static void
read_title(struct reading *reading)
{
	const char *from = paragraph(reading, RCC_SIT185_TITLE);
	const char *end = NULL;

	if (*from == '\0') {
		from = rcc_sit185_find(paragraph(reading, RCC_SIT185_BEFORE), "COSPAS SARSAT", NULL);
		from = from == NULL ? "" : from;
	}
	while (*from == ' ' || *from == '\n')
		from++;
	const char *alert = rcc_sit185_find(from, "ALERT", &end);
	size_t len = alert != NULL && end - from < TITLE_SIZE ? (size_t)(end - from) : 0;
	len += strcspn(from + len, "\n");
	(void)rcc_sit185_quote(reading->title, len + 1 < TITLE_SIZE ? len + 1 : TITLE_SIZE, from, false);
	reading->is_conflict = rcc_sit185_has(reading->title, "CONFLICT");
}

/* Does this line of the user class say that it is a test? */
static bool
is_test_line(const char *line, bool is_first)
{
	const char *end = NULL;

	if (rcc_sit185_has(line, "NOT") || rcc_sit185_has(line, "NON TEST") || rcc_sit185_has(line, "NO TEST"))
		return false;
	if (is_first)
		return rcc_sit185_has(line, "TEST");
	return rcc_sit185_at(line, "TEST", &end) || rcc_sit185_has(line, "TEST PROTOCOL") ||
	       rcc_sit185_has(line, "TEST USER");
}

static bool
is_test_user(const char *paragraph)
{
	char line[RCC_TEXT_MAX];
	const char *text = rcc_sit185_after(paragraph, "USER CLASS");
	bool is_first = true;

	for (text = text == NULL ? paragraph : text; *text != '\0'; text += *text == '\n' ? 1 : 0) {
		(void)rcc_sit185_quote(line, sizeof line, text, true);
		if (is_test_line(line, is_first))
			return true;
		is_first = is_first && line[0] == '\0';
		text += strcspn(text, "\n");
	}
	return false;
}

/* What the centre says; what the beacon's identity says beside it is weighed in read_class(). */
static enum rcc_class
class_of(const struct reading *reading)
{
	const char *title = reading->title;
	bool is_denied = rcc_sit185_has(title, "NOT") || rcc_sit185_has(title, "NO");

	if (!is_denied && rcc_sit185_has(title, "EXERCISE"))
		return RCC_CLASS_EXERCISE;
	if (rcc_sit185_has(paragraph(reading, RCC_SIT185_BEFORE), "EXERCISE EXERCISE"))
		return RCC_CLASS_EXERCISE;
	if ((!is_denied && rcc_sit185_has(title, "TEST")) || is_test_user(paragraph(reading, RCC_SIT185_USER)))
		return RCC_CLASS_TEST;
	return RCC_CLASS_LIVE;
}

/*
 * Centres do not forward what is coded as a test (C/S T.001: "unless requested by the appropriate authority"), so one that comes
 * as a distress is a contradiction: a beacon that was programmed wrongly and floats with somebody, or a test whose notice
 * was lost. It stays live, for a test would be out of sight; and it goes to a person, for no machine may call ships to it.
 */
static void
read_class(struct reading *reading, bool is_coded_test)
{
	reading->alert.class = class_of(reading);
	if (is_coded_test && reading->alert.class == RCC_CLASS_LIVE)
		reading->alert.marks |= RCC_ALERT_NEEDS_READING | RCC_ALERT_CODED_TEST;
}

/* Says the beginning of a line that the user took the alert back? In mid-sentence it may be about another alert. */
static bool
is_cancelled_in(const char *text)
{
	static const char *const phrases[] = {
	    "USER CANCELLATION", "USER CANCELLED",   "CANCELLED BY USER",
	    "CANCELED BY USER",  "BEACON CANCELLED", "CANCELLATION BY USER",
	};
	const char *end = NULL;

	for (const char *at = text; *at != '\0'; at++) {
		bool is_start = at == text || at[-1] == '\n' || at[-1] == ':';
		while (is_start && *at == ' ')
			at++;
		for (size_t i = 0; is_start && i < sizeof phrases / sizeof phrases[0]; i++) {
			if (rcc_sit185_at(at, phrases[i], &end))
				return true;
		}
		if (*at == '\0')
			break;
	}
	return false;
}

static bool
is_cancelled(const struct reading *reading)
{
	static const char *const words[] = {"CANCELLATION", "CANCELLED", "CANCELED", "CANCEL"};
	const char *remarks = rcc_sit185_after(paragraph(reading, RCC_SIT185_REMARKS), "REMARKS");
	const char *type = rcc_sit185_after(paragraph(reading, RCC_SIT185_ACTIVATION), "ACTIVATION TYPE");
	bool is_denied = rcc_sit185_has(reading->title, "NOT");

	for (size_t i = 0; !is_denied && i < sizeof words / sizeof words[0]; i++) {
		if (rcc_sit185_has(reading->title, words[i]))
			return true;
	}
	return (remarks != NULL && is_cancelled_in(remarks)) || (type != NULL && is_cancelled_in(type));
}

static bool
is_ship_security(const struct reading *reading)
{
	const char *user = paragraph(reading, RCC_SIT185_USER);

	return rcc_sit185_has(reading->title, "SHIP SECURITY") || rcc_sit185_has(user, "SHIP SECURITY") ||
	       rcc_sit185_has(user, "SSAS");
}

/* ---- nature ---- */

/* Is this word here, and neither "NO FIRE" nor "FIRE: NO"? */
static bool
is_affirmed(const char *text, const char *phrase)
{
	const char *end = NULL;
	const char *at = rcc_sit185_find(text, phrase, &end);
	const char *word = NULL;

	if (at == NULL)
		return false;
	bool is_denied = at - text >= 3 && memcmp(at - 3, "NO ", 3) == 0;
	is_denied = is_denied || (at - text >= 4 && memcmp(at - 4, "NOT ", 4) == 0);
	size_t len = rcc_sit185_word(&end, &word);
	return !is_denied && !(len == 2 && memcmp(word, "NO", 2) == 0);
}

/* What the beacon's user or the centre states; a beacon alone tells no more than that it sounds. */
static enum rcc_nature
nature_in(const char *text)
{
	static const struct {
		enum rcc_nature nature;
		const char *words;
	} natures[] = {
	    {RCC_NATURE_ABANDONING, "ABANDONING"},
	    {RCC_NATURE_SINKING, "SINKING"},
	    {RCC_NATURE_CAPSIZING, "CAPSIZING"},
	    {RCC_NATURE_CAPSIZING, "CAPSIZED"},
	    {RCC_NATURE_FIRE, "FIRE"},
	    {RCC_NATURE_FIRE, "EXPLOSION"},
	    {RCC_NATURE_FLOODING, "FLOODING"},
	    {RCC_NATURE_COLLISION, "COLLISION"},
	    {RCC_NATURE_GROUNDING, "GROUNDING"},
	    {RCC_NATURE_ADRIFT, "ADRIFT"},
	    {RCC_NATURE_PIRACY, "PIRACY"},
	    {RCC_NATURE_MOB, "MAN OVERBOARD"},
	};
	char line[RCC_TEXT_MAX];

	(void)rcc_sit185_quote(line, sizeof line, text, true);
	for (size_t i = 0; i < sizeof natures / sizeof natures[0]; i++) {
		if (is_affirmed(line, natures[i].words))
			return natures[i].nature;
	}
	return RCC_NATURE_BEACON;
}

static enum rcc_nature
nature_of(const struct reading *reading)
{
	const char *code = rcc_sit185_after(paragraph(reading, RCC_SIT185_EMERGENCY), "EMERGENCY CODE");
	const char *words = rcc_sit185_after(paragraph(reading, RCC_SIT185_OPERATIONAL), "NATURE OF DISTRESS");
	enum rcc_nature nature = code == NULL ? RCC_NATURE_BEACON : nature_in(code);

	if (words == NULL)
		words = rcc_sit185_after(paragraph(reading, RCC_SIT185_REMARKS), "NATURE OF DISTRESS");
	return nature == RCC_NATURE_BEACON && words != NULL ? nature_in(words) : nature;
}

/* ---- where it is ---- */

/* The probability of one side of a Doppler solution; the other side's tells it too. */
static uint32_t
weight_of(const struct rcc_sit185_places *places, uint32_t index)
{
	const struct rcc_sit185_place *place = &places->place[index];

	for (uint32_t i = 0; place->percent == 0 && i < places->count; i++) {
		const struct rcc_sit185_place *other = &places->place[i];
		if (i != index && other->kind >= RCC_SIT185_DOPPLER_A && other->percent != 0)
			return 100 - other->percent;
	}
	return place->percent;
}

/*
 * The place to go to first: what the centre confirmed, what the beacon itself says, one that is not ambiguous, the likelier
 * side of a Doppler solution (A of two alike).
 */
static uint32_t
best_of(const struct rcc_sit185_places *places)
{
	uint32_t best = 0;

	for (uint32_t i = 1; i < places->count; i++) {
		enum rcc_sit185_kind kind = places->place[i].kind;
		enum rcc_sit185_kind best_kind = places->place[best].kind;
		bool is_better = kind < best_kind;
		if (kind >= RCC_SIT185_DOPPLER_A && best_kind >= RCC_SIT185_DOPPLER_A) {
			uint32_t weight = weight_of(places, i);
			uint32_t best_weight = weight_of(places, best);
			is_better = weight > best_weight || (weight == best_weight && kind < best_kind);
		}
		best = is_better ? i : best;
	}
	return best;
}

static void
add_candidates(struct rcc_alert *alert, const struct rcc_sit185_places *places, uint32_t best)
{
	for (uint32_t i = 0; i < places->count && i < RCC_CANDIDATES_MAX; i++) {
		/* The chosen one is never the one for which there is no room. */
		bool is_last = i + 1 == RCC_CANDIDATES_MAX && best > i;
		const struct rcc_sit185_place *place = &places->place[is_last ? best : i];
		alert->candidate[i] = (struct rcc_candidate){.pos = place->pos, .percent = place->percent};
		alert->candidate_count++;
	}
}

/* Does the title say that the position is confirmed? Two sides of one Doppler solution never are. */
static bool
is_title_confirmed(const struct reading *reading)
{
	const char *title = reading->title;
	const struct rcc_sit185_places *places = &reading->places;
	bool is_ambiguous = places->count > 1;

	for (uint32_t i = 0; i < places->count; i++)
		is_ambiguous = is_ambiguous && places->place[i].kind >= RCC_SIT185_DOPPLER_A;
	if (is_ambiguous || reading->is_conflict || rcc_sit185_has(title, "NOT"))
		return false;
	return rcc_sit185_has(title, "CONFIRMATION") || rcc_sit185_has(title, "CONFIRMED") ||
	       rcc_sit185_has(title, "RESOLVED");
}

/* When the satellites heard it: a time of its own, with or without a position. */
static void
read_time(struct reading *reading)
{
	const char *detected = rcc_sit185_after(paragraph(reading, RCC_SIT185_DETECTED), "DETECTED AT");

	if (detected != NULL)
		reading->alert.signal_at_ms = rcc_sit185_time(detected);
}

static void
read_position(struct reading *reading)
{
	struct rcc_alert *alert = &reading->alert;
	const struct rcc_sit185_places *places = &reading->places;

	if (places->count == 0)
		return;
	uint32_t best = best_of(places);
	const struct rcc_sit185_place *place = &places->place[best];
	bool is_confirmed = place->kind == RCC_SIT185_CONFIRMED && !reading->is_conflict;
	alert->pos = place->pos;
	alert->pos_radius_m = place->radius_m;
	alert->pos_at_ms = place->at_ms;
	if (alert->pos_at_ms == 0)
		alert->pos_at_ms = alert->signal_at_ms;
	if (is_confirmed || is_title_confirmed(reading))
		alert->marks |= RCC_ALERT_POS_CONFIRMED;
	/* A place that the centre confirmed replaces the others; the text tells them still. */
	if (!is_confirmed && places->count > 1)
		add_candidates(alert, places, best);
}

/* ---- one sentence for a person ---- */

static void
say(char text[RCC_TEXT_MAX + 1], const char *before, const char *words)
{
	size_t len = strlen(text);

	if (words[0] != '\0' && len < RCC_TEXT_MAX)
		(void)snprintf(text + len, RCC_TEXT_MAX + 1 - len, "%s%s%s", len > 0 ? "; " : "", before, words);
}

/* Says what is behind a heading, unless it is NIL. */
static void
say_after(char text[RCC_TEXT_MAX + 1], const char *before, const char *from, const char *phrase)
{
	char words[QUOTE_SIZE];
	const char *end = NULL;
	const char *at = rcc_sit185_after(from, phrase);

	if (at == NULL || rcc_sit185_at(at, "NIL", &end) || rcc_sit185_at(at, "UNKNOWN", &end))
		return;
	say(text, before, rcc_sit185_quote(words, sizeof words, at, false));
}

static void
say_place(char text[RCC_TEXT_MAX + 1], const struct rcc_sit185_place *place)
{
	static const char *const kinds[] = {"", "confirmed", "encoded", "DOA", "position", "Doppler A", "Doppler B"};
	char words[QUOTE_SIZE + RCC_POS_TEXT_SIZE];
	char pos[RCC_POS_TEXT_SIZE];
	int len = snprintf(words, sizeof words, "%s %s", kinds[place->kind], rcc_pos_format(pos, place->pos));

	if (place->percent != 0)
		len += snprintf(words + len, sizeof words - (size_t)len, " %u%%", place->percent);
	if (place->radius_m != 0)
		(void)snprintf(words + len, sizeof words - (size_t)len, " within %u m", place->radius_m);
	say(text, "", words);
}

/* Only what the satellites and the beacon tell: owners and contacts of paragraph 15 stay in the bytes. */
static void
write_text(struct reading *reading)
{
	char text[RCC_TEXT_MAX + 1] = "";
	const char *title = reading->title;
	bool is_nocr = rcc_sit185_has(title, "NOCR") || rcc_sit185_has(title, "COUNTRY OF BEACON REGISTRATION") ||
	               rcc_sit185_has(title, "COUNTRY OF REGISTRATION");

	say(text, "", title[0] != '\0' ? title : "Cospas-Sarsat alert without a title");
	say(text, "", reading->has_more ? "another message follows in the same text" : "");
	say(text, "", is_nocr ? "to the beacon's country of registration" : "");
	say_after(text, "message ", paragraph(reading, RCC_SIT185_MSG), "NO");
	say_after(text, "detected ", paragraph(reading, RCC_SIT185_DETECTED), "DETECTED AT");
	for (uint32_t i = 0; i < reading->places.count; i++)
		say_place(text, &reading->places.place[i]);
	say(text, "", reading->places.is_unread ? "a position is stated that could not be read" : "");
	say(text, "", reading->places.count == 0 && !reading->places.is_unread ? "no position" : "");
	say_after(text, "", paragraph(reading, RCC_SIT185_USER), "USER CLASS");
	say_after(text, "registered in ", paragraph(reading, RCC_SIT185_COUNTRY), "REGISTRATION");
	say_after(text, "homing ", paragraph(reading, RCC_SIT185_HEX), "HOMING SIGNAL");
	rcc_text_copy_lossy(reading->alert.text, sizeof reading->alert.text, text, strlen(text));
}

/* ---- the message ---- */

static void
read_message(struct reading *reading)
{
	struct rcc_alert *alert = &reading->alert;

	*alert = rcc_source_alert(RCC_SOURCE_SIT185);
	alert->category = RCC_CATEGORY_DISTRESS;
	read_title(reading);
	rcc_sit185_places(&reading->sit, &reading->places);
	read_class(reading, rcc_sit185_identity(&reading->sit, alert));
	alert->nature = nature_of(reading);
	if (is_cancelled(reading))
		alert->marks |= RCC_ALERT_SELF_CANCEL;
	if (is_ship_security(reading))
		alert->marks |= RCC_ALERT_RESTRICTED;
	read_time(reading);
	read_position(reading);
	write_text(reading);
}

/* Is there a word anywhere that only such a message, or one about it, has? */
static bool
is_about_beacons(const struct rcc_sit185 *sit)
{
	for (size_t i = 0; i < RCC_SIT185_PARAGRAPHS; i++) {
		const char *text = sit->paragraph[i];
		if (strstr(text, "COSPAS") != NULL || strstr(text, "SARSAT") != NULL ||
		    strstr(text, "BEACON") != NULL || rcc_sit185_has(text, "HEX ID"))
			return true;
	}
	return false;
}

enum rcc_status
rcc_sit185_decode(const struct rcc_raw *raw, struct rcc_heard *ret_heard)
{
	size_t len = rcc_sit185_length(raw->bytes, raw->len);
	struct reading reading = {.has_more = len < raw->len};

	rcc_sit185_split(raw->bytes, len, &reading.sit);
	bool is_message = reading.sit.found >= PARAGRAPHS_MIN;
	if (!is_message && !is_about_beacons(&reading.sit))
		return RCC_E_MALFORMED;
	read_message(&reading);
	if (!is_message && reading.alert.beacon[0] == '\0' && reading.places.count == 0 &&
	    reading.alert.casualty.v == 0)
		reading.alert.marks |= RCC_ALERT_NEEDS_READING;
	ret_heard->kind = RCC_HEARD_ALERT;
	ret_heard->alert = reading.alert;
	return RCC_OK;
}

/*
 * sit185_places.c - the places that a SIT 185 message states, each with what is said of it.
 *
 * A place is read only right behind its label ("DOPPLER A - "), so that a number elsewhere is none. What stands between the
 * parts of a place (blanks, dashes, line breaks, degree signs) is not looked at; that it is complete and on the globe
 * is judged by rcc_pos_parse().
 */
#include <stdio.h>
#include <string.h>

#include "proto/source/sit185_text.h"
#include "rcc/text.h"

/* What one label may say. */
#define VALUE_SIZE 240
/* One coordinate as rcc_pos_parse() takes it. */
#define COORDINATE_SIZE 64
#define M_PER_NM 1852u
#define M_PER_KM 1000u
/* Half diagonal of a square of one minute, and of one second, to each side: times the root of 2, rounded up. */
#define CORNER_M_PER_MINUTE 2620u
#define CORNER_M_PER_SECOND 44u

/* The longer phrase first. */
static const struct label {
	enum rcc_sit185_kind kind;
	const char *words;
} labels[] = {
    {RCC_SIT185_UNSTATED, "NOT CONFIRMED"},
    {RCC_SIT185_UNSTATED, "NOT RESOLVED"},
    {RCC_SIT185_CONFIRMED, "CONFIRMED"},
    {RCC_SIT185_CONFIRMED, "RESOLVED"},
    {RCC_SIT185_DOPPLER_A, "DOPPLER POSITION A"},
    {RCC_SIT185_DOPPLER_B, "DOPPLER POSITION B"},
    {RCC_SIT185_DOPPLER_A, "DOPPLER A"},
    {RCC_SIT185_DOPPLER_B, "DOPPLER B"},
    {RCC_SIT185_DOPPLER_A, "DOPPLER"},
    {RCC_SIT185_DOA, "DOA"},
    {RCC_SIT185_ENCODED, "ENCODED"},
};

/* Words between a label and its place, and before the parts of a place. */
static const char *const fillers[] = {"POSITION", "LOCATION",  "ALTITUDE", "LATITUDE",
                                      "LAT",      "LONGITUDE", "LONG",     "LON"};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_separator(char c)
{
	return c != '\0' && !rcc_sit185_is_word(c) && c != '.' && c != '+';
}

static const char *
skip_separators(const char *at)
{
	while (is_separator(*at))
		at++;
	return at;
}

static bool
skip_filler(const char **at)
{
	const char *end = NULL;

	*at = skip_separators(*at);
	for (size_t i = 0; i < sizeof fillers / sizeof fillers[0]; i++) {
		if (rcc_sit185_at(*at, fillers[i], &end)) {
			*at = end;
			return true;
		}
	}
	return false;
}

static const char *
skip_fillers(const char *at)
{
	while (skip_filler(&at)) {
	}
	return at;
}

/* 'N', 'S', 'E' or 'W' for a letter or a word that stands here alone; 0 if there is none. */
static char
take_letter(const char **at)
{
	static const char *const words[] = {"NORTH", "SOUTH", "EAST", "WEST", "N", "S", "E", "W"};
	const char *end = NULL;

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		size_t len = strlen(words[i]);
		end = *at + len;
		/* "E174 43.0" is a letter and a number; "EXPECTED" is a word. */
		if (strncmp(*at, words[i], len) == 0 && (!rcc_sit185_is_word(*end) || is_digit(*end))) {
			*at = end;
			return words[i][0];
		}
	}
	return 0;
}

/* Writes a number behind what is there; "3636.20", degrees and minutes in one, becomes two. */
static bool
take_number(const char **at, char *to, size_t size)
{
	size_t whole = strspn(*at, "0123456789");
	size_t len = whole;
	size_t used = strlen(to);

	if (whole == 0)
		return false;
	if ((*at)[len] == '.')
		len += 1 + strspn(*at + len + 1, "0123456789");
	/* "36,20" minutes are not 36 minutes and 20 seconds: what a comma means is not guessed. */
	bool is_comma = (*at)[len] == ',' && is_digit((*at)[len + 1]);
	if (is_comma || used + len + 3 > size)
		return false;
	size_t degrees = whole == 4 || whole == 5 ? whole - 2 : 0;
	(void)snprintf(to + used, size - used, "%.*s%s%.*s ", (int)degrees, *at, degrees > 0 ? " " : "",
	               (int)(len - degrees), *at + degrees);
	*at += len;
	/* "36." is 36: a dot without decimals is the end of something else. */
	used = strlen(to);
	if (to[used - 2] == '.') {
		to[used - 2] = ' ';
		to[used - 1] = '\0';
	}
	return true;
}

/* One coordinate as "36 36.20 S"; false if there is none here. */
static bool
take_coordinate(const char **at, char to[COORDINATE_SIZE])
{
	const char *c = skip_fillers(*at);
	char letter = take_letter(&c);
	bool is_prefixed = letter != 0;
	size_t numbers = 0;

	to[0] = '\0';
	c = skip_separators(c);
	while (numbers < 3 && take_number(&c, to, COORDINATE_SIZE - 2)) {
		numbers++;
		c = skip_separators(c);
	}
	if (!is_prefixed)
		letter = take_letter(&c);
	if (numbers == 0 || letter == 0)
		return false;
	size_t len = strlen(to);
	to[len] = letter;
	to[len + 1] = '\0';
	*at = c;
	return true;
}

/* Is something said here that begins like a place? */
static bool
is_stated(const char *value)
{
	const char *at = skip_fillers(value);

	return is_digit(*at) || *at == '+' || *at == '.' || (take_letter(&at) != 0 && is_digit(*skip_separators(at)));
}

static bool
take_place(const char *value, struct rcc_pos *ret_pos)
{
	char text[2 * COORDINATE_SIZE + 2];
	char first[COORDINATE_SIZE];
	char second[COORDINATE_SIZE];

	if (!take_coordinate(&value, first) || !take_coordinate(&value, second))
		return false;
	(void)snprintf(text, sizeof text, "%s %s", first, second);
	return rcc_pos_parse(text, ret_pos) == RCC_OK;
}

/* A number of at most four whole digits, in tenths; UINT32_MAX if there is none. */
static uint32_t
tenths_at(const char *at, const char **ret_end)
{
	uint32_t value = 0;
	size_t digits = 0;

	for (; is_digit(*at) && digits < 5; at++, digits++)
		value = value * 10 + (uint32_t)(*at - '0');
	if (digits == 0 || digits > 4)
		return UINT32_MAX;
	value *= 10;
	if (*at == '.' && is_digit(at[1])) {
		value += (uint32_t)(at[1] - '0');
		at += 1 + strspn(at + 1, "0123456789");
	}
	*ret_end = at;
	return value;
}

/* "PROB 50 PERCENT"; whole percents. */
static uint32_t
percent_of(const char *value)
{
	const char *end = NULL;
	const char *at = rcc_sit185_after(value, "PROB");

	if (at == NULL)
		at = rcc_sit185_after(value, "PROBABILITY");
	uint32_t tenths = at == NULL ? UINT32_MAX : tenths_at(at, &end);
	return tenths <= 1000 ? tenths / 10 : 0;
}

/* "EXPECTED ACCURACY 03 NMS"; kilometres if it says so. Rounded up: too small a circle misses somebody. */
static uint32_t
radius_of(const char *value)
{
	const char *end = NULL;
	const char *at = rcc_sit185_after(value, "ACCURACY");
	uint32_t tenths = at == NULL ? UINT32_MAX : tenths_at(at, &end);

	if (tenths == UINT32_MAX)
		return 0;
	end = skip_separators(end);
	return (tenths * (*end == 'K' ? M_PER_KM : M_PER_NM) + 9) / 10;
}

static int64_t
update_of(const char *value)
{
	const char *at = rcc_sit185_after(value, "UPDATE TIME");

	if (at == NULL)
		at = rcc_sit185_after(value, "TIME OF UPDATE");
	return at == NULL ? 0 : rcc_sit185_time(at);
}

/* The label that begins here; NULL if none does. */
static const struct label *
label_at(const char *at, const char **ret_end)
{
	for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
		if (rcc_sit185_at(at, labels[i].words, ret_end))
			return &labels[i];
	}
	return NULL;
}

/* Copies what a label says, up to the next label; returns where that begins. */
static const char *
take_value(const char *at, char value[VALUE_SIZE])
{
	const char *end = NULL;
	size_t len = 0;

	for (; *at != '\0'; at++) {
		bool is_start = !rcc_sit185_is_word(at[-1]);
		if (is_start && label_at(at, &end) != NULL)
			break;
		if (len + 1 < VALUE_SIZE)
			value[len++] = *at;
	}
	value[len] = '\0';
	return at;
}

static void
add_place(struct rcc_sit185_places *places, enum rcc_sit185_kind kind, const char *value)
{
	struct rcc_sit185_place place = {.kind = kind, .pos = RCC_POS_NONE};
	int64_t at_ms = update_of(value);

	if (!take_place(value, &place.pos)) {
		places->is_unread = places->is_unread || is_stated(value);
		/* Some centres write the time of update on a line of its own, with the label again. */
		if (places->count > 0 && places->place[places->count - 1].kind == kind && at_ms != 0)
			places->place[places->count - 1].at_ms = at_ms;
		return;
	}
	if (places->count == RCC_SIT185_PLACES_MAX) {
		places->is_unread = true;
		return;
	}
	place.percent = percent_of(value);
	place.radius_m = radius_of(value);
	place.at_ms = at_ms;
	places->place[places->count++] = place;
}

static void
take_labels(const char *text, struct rcc_sit185_places *places)
{
	char value[VALUE_SIZE];
	const char *end = NULL;

	for (const char *at = text; *at != '\0';) {
		bool is_start = at == text || !rcc_sit185_is_word(at[-1]);
		const struct label *label = is_start ? label_at(at, &end) : NULL;
		if (label == NULL) {
			at++;
			continue;
		}
		at = take_value(end, value);
		add_place(places, label->kind, value);
	}
}

/* "8. POSITION 36 36.20S 174 43.00E": a place without a label. */
static void
take_unlabelled(const char *text, struct rcc_sit185_places *places)
{
	char value[VALUE_SIZE];
	const char *end = NULL;
	const char *at = skip_separators(text);

	if (rcc_sit185_at(at, "POSITIONS", &end) || rcc_sit185_at(at, "POSITION", &end))
		at = end;
	if (*at == '\0' || at == text)
		return;
	(void)take_value(at, value);
	add_place(places, RCC_SIT185_UNSTATED, value);
}

/*
 * The half diagonal of "UNCERTAINTY PLUS-MINUS 30 MINUTES OF LATITUDE AND LONGITUDE" in paragraph 14; 0 if not stated: the
 * resolution of the digits says nothing, centres write two decimals whatever the beacon sent.
 */
static uint32_t
uncertainty_of(const char *text)
{
	const char *end = NULL;
	const char *at = rcc_sit185_after(text, "PLUS MINUS");
	uint32_t tenths = at == NULL ? UINT32_MAX : tenths_at(at, &end);

	if (tenths == UINT32_MAX || !rcc_sit185_has(text, "UNCERTAINTY"))
		return 0;
	end = skip_separators(end);
	if (strncmp(end, "MIN", 3) == 0)
		return (tenths * CORNER_M_PER_MINUTE + 9) / 10;
	return strncmp(end, "SEC", 3) == 0 ? (tenths * CORNER_M_PER_SECOND + 9) / 10 : 0;
}

static void
set_uncertainty(const struct rcc_sit185 *sit, struct rcc_sit185_places *places)
{
	uint32_t radius_m = uncertainty_of(sit->paragraph[RCC_SIT185_OTHER]);

	for (uint32_t i = 0; i < places->count; i++) {
		if (places->place[i].kind == RCC_SIT185_ENCODED && places->place[i].radius_m == 0)
			places->place[i].radius_m = radius_m;
	}
}

void
rcc_sit185_places(const struct rcc_sit185 *sit, struct rcc_sit185_places *ret_places)
{
	*ret_places = (struct rcc_sit185_places){.count = 0};
	take_unlabelled(sit->paragraph[RCC_SIT185_POSITIONS], ret_places);
	take_labels(sit->paragraph[RCC_SIT185_POSITIONS], ret_places);
	/* Without its heading, what paragraph 8 says stands at the end of whatever came before. */
	bool is_headed = sit->paragraph[RCC_SIT185_POSITIONS][0] != '\0';
	for (uint32_t i = RCC_SIT185_BEFORE; !is_headed && i < RCC_SIT185_POSITIONS; i++)
		take_labels(sit->paragraph[i], ret_places);
	set_uncertainty(sit, ret_places);
}

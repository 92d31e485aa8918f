/* text_profile.c - what ships declare, in words and numbers; and what they lack for a case. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "proto/text_line.h"
#include "rcc/text.h"
#include "rcc/work_text.h"

static const struct rcc_profile_field fields[RCC_PROFILE_LAST + 1] = {
#define RCC_PROFILE(name, number, key, unit, decimals, group, min, max, what)                                          \
	[number] = {RCC_PROFILE_##name, key, unit, what, decimals, RCC_PROFILE_GROUP_##group, min, max},
#include "rcc/profile.def"
#undef RCC_PROFILE
};

const struct rcc_profile_field *
rcc_profile_field(enum rcc_profile_key key)
{
	return key < 1 || key > RCC_PROFILE_LAST || fields[key].word == NULL ? NULL : &fields[key];
}

const char *
rcc_profile_group_word(enum rcc_profile_group v)
{
	static const char *const words[] = {NULL,       "performance", "endurance", "freeboard",  "recovery",
	                                    "capacity", "medical",     "supplies",  "protection", "crew",
	                                    "hazards",  "sensors",     "limits",    "status",     "consent"};

	static_assert(sizeof words / sizeof words[0] == RCC_PROFILE_GROUP_LAST + 1, "a word for each");
	return v < 1 || v > RCC_PROFILE_GROUP_LAST ? "unknown" : words[v];
}

static uint32_t
unit_of(uint32_t decimals)
{
	uint32_t unit = 1;

	while (decimals-- > 0)
		unit *= 10;
	return unit;
}

const char *
rcc_profile_format(char text[RCC_PROFILE_VALUE_SIZE], enum rcc_profile_key key, uint32_t value)
{
	const struct rcc_profile_field *field = rcc_profile_field(key);

	if (field == NULL || value == RCC_PROFILE_UNKNOWN) {
		memcpy(text, "unknown", sizeof "unknown");
		return text;
	}
	uint32_t unit = unit_of(field->decimals);
	if (rcc_profile_is_flag(field))
		(void)snprintf(text, RCC_PROFILE_VALUE_SIZE, "%s", value == 0 ? "no" : "yes");
	else if (unit == 1)
		(void)snprintf(text, RCC_PROFILE_VALUE_SIZE, "%u%s%s", value, field->unit[0] == '\0' ? "" : " ",
		               field->unit);
	else
		(void)snprintf(text, RCC_PROFILE_VALUE_SIZE, "%u.%0*u %s", value / unit, (int)field->decimals,
		               value % unit, field->unit);
	return text;
}

/* ---- reading ---- */

static const struct rcc_profile_field *
field_of(const char *word, size_t len)
{
	for (int key = 1; key <= RCC_PROFILE_LAST; key++) {
		const struct rcc_profile_field *field = rcc_profile_field((enum rcc_profile_key)key);
		if (field != NULL && strlen(field->word) == len && memcmp(field->word, word, len) == 0)
			return field;
	}
	return NULL;
}

/* "14", "14.5": a whole number of the field's smallest units. */
static enum rcc_status
read_number(const struct rcc_profile_field *field, const char *text, uint32_t *ret_value)
{
	uint64_t value = 0;
	uint32_t decimals = 0;
	bool is_fraction = false;

	if (text[0] < '0' || text[0] > '9')
		return RCC_E_MALFORMED;
	for (; *text != '\0'; text++) {
		if (*text == '.' && !is_fraction && field->decimals > 0) {
			is_fraction = true;
			continue;
		}
		if (*text < '0' || *text > '9' || (is_fraction && ++decimals > field->decimals))
			return RCC_E_MALFORMED;
		value = value * 10 + (uint64_t)(*text - '0');
		if (value > UINT32_MAX)
			return RCC_E_RANGE;
	}
	value *= unit_of(field->decimals - decimals);
	if (value < field->min || value > field->max)
		return RCC_E_RANGE;
	*ret_value = (uint32_t)value;
	return RCC_OK;
}

static enum rcc_status
read_value(const struct rcc_profile_field *field, const char *text, uint32_t *ret_value)
{
	if (strcmp(text, "unknown") == 0)
		*ret_value = RCC_PROFILE_UNKNOWN;
	else if (!rcc_profile_is_flag(field))
		return read_number(field, text, ret_value);
	else if (strcmp(text, "yes") == 0 || strcmp(text, "1") == 0)
		*ret_value = 1;
	else if (strcmp(text, "no") == 0 || strcmp(text, "0") == 0)
		*ret_value = 0;
	else
		return RCC_E_MALFORMED;
	return RCC_OK;
}

enum rcc_status
rcc_profile_add(struct rcc_profile_order *order, const char *text)
{
	const char *equals = strchr(text, '=');
	size_t len = equals == NULL ? strlen(text) : (size_t)(equals - text);
	const struct rcc_profile_field *field = field_of(text, len);
	uint32_t value = 0;

	if (field == NULL)
		return RCC_E_NOT_FOUND;
	if (equals == NULL)
		return RCC_E_MALFORMED;
	for (uint32_t i = 0; i < order->count; i++) {
		if (order->row[i].key == field->key)
			return RCC_E_RANGE;
	}
	if (order->count == RCC_PROFILE_ROWS_MAX)
		return RCC_E_FULL;
	enum rcc_status status = read_value(field, equals + 1, &value);
	if (status == RCC_OK)
		order->row[order->count++] = (struct rcc_profile_row){field->key, value};
	return status;
}

/* ---- what is missing ---- */

void
rcc_profile_clear(struct rcc_profile_values *values)
{
	for (size_t i = 0; i <= RCC_PROFILE_LAST; i++)
		values->v[i] = RCC_PROFILE_UNKNOWN;
}

/* The sum of what is known; unknown if nothing is. */
static uint32_t
sum_of(const struct rcc_profile_values *values, const enum rcc_profile_key *key, size_t count)
{
	uint32_t sum = RCC_PROFILE_UNKNOWN;

	for (size_t i = 0; i < count; i++) {
		uint32_t value = values->v[key[i]];
		if (value != RCC_PROFILE_UNKNOWN)
			sum = sum == RCC_PROFILE_UNKNOWN ? value : sum + value;
	}
	return sum;
}

uint32_t
rcc_profile_places(const struct rcc_profile_values *values)
{
	static const enum rcc_profile_key keys[] = {RCC_PROFILE_PLACES_SHELTERED, RCC_PROFILE_PLACES_OPEN,
	                                            RCC_PROFILE_PLACES_BELOW};
	uint32_t places = sum_of(values, keys, sizeof keys / sizeof keys[0]);
	uint32_t limit = values->v[RCC_PROFILE_PERSONS_LIMIT];
	uint32_t aboard = values->v[RCC_PROFILE_SURVIVORS_ABOARD];

	/* The limit alone says how many she may carry, not that there is a place for them. */
	if (places == RCC_PROFILE_UNKNOWN)
		return RCC_PROFILE_UNKNOWN;
	if (limit != RCC_PROFILE_UNKNOWN && limit < places)
		places = limit;
	if (aboard == RCC_PROFILE_UNKNOWN)
		return places;
	return aboard < places ? places - aboard : 0;
}

static uint32_t
have_of(const struct rcc_profile_values *values, enum rcc_want want)
{
	static const enum rcc_profile_key medical[] = {RCC_PROFILE_DOCTORS, RCC_PROFILE_PARAMEDICS};
	static const enum rcc_profile_key recovery[] = {RCC_PROFILE_RESCUE_BOATS, RCC_PROFILE_LADDERS,
	                                                RCC_PROFILE_NETS,         RCC_PROFILE_CRADLES,
	                                                RCC_PROFILE_CRANE,        RCC_PROFILE_SIDE_PORT};
	static const enum rcc_profile_key keys[RCC_WANT_LAST + 1] = {
	    [RCC_WANT_LIFEJACKETS] = RCC_PROFILE_LIFEJACKETS,   [RCC_WANT_WATER] = RCC_PROFILE_WATER,
	    [RCC_WANT_RATIONS] = RCC_PROFILE_RATIONS,           [RCC_WANT_BLANKETS] = RCC_PROFILE_BLANKETS,
	    [RCC_WANT_TOILETS] = RCC_PROFILE_TOILETS,           [RCC_WANT_INTERPRETER] = RCC_PROFILE_INTERPRETERS,
	    [RCC_WANT_FEMALE_STAFF] = RCC_PROFILE_FEMALE_STAFF,
	};

	if (want == RCC_WANT_PLACES)
		return rcc_profile_places(values);
	if (want == RCC_WANT_MEDICAL)
		return sum_of(values, medical, sizeof medical / sizeof medical[0]);
	if (want == RCC_WANT_RECOVERY)
		return sum_of(values, recovery, sizeof recovery / sizeof recovery[0]);
	return values->v[keys[want]];
}

static uint32_t
need_of(enum rcc_want want, uint32_t persons)
{
	if (want >= RCC_WANT_MEDICAL)
		return 1;
	if (want == RCC_WANT_WATER)
		return persons > UINT32_MAX / RCC_WATER_L ? UINT32_MAX : RCC_WATER_L * persons;
	if (want == RCC_WANT_TOILETS)
		return (persons - 1) / RCC_TOILET_PERSONS + 1;
	return persons;
}

uint32_t
rcc_profile_missing(const struct rcc_profile_values *values, uint32_t persons,
                    struct rcc_shortfall ret_shortfall[RCC_WANT_LAST])
{
	uint32_t count = 0;

	for (int i = 1; i <= RCC_WANT_LAST; i++) {
		enum rcc_want want = (enum rcc_want)i;
		uint32_t have = values == NULL ? RCC_PROFILE_UNKNOWN : have_of(values, want);
		uint32_t need = need_of(want, persons == 0 ? 1 : persons);
		if (have == RCC_PROFILE_UNKNOWN || have < need)
			ret_shortfall[count++] = (struct rcc_shortfall){want, have, need};
	}
	return count;
}

const char *
rcc_want_word(enum rcc_want v)
{
	static const char *const words[] = {NULL,       "places",      "lifejackets", "water",
	                                    "rations",  "blankets",    "toilets",     "medical",
	                                    "recovery", "interpreter", "female-staff"};

	static_assert(sizeof words / sizeof words[0] == RCC_WANT_LAST + 1, "a word for each");
	return v < 1 || v > RCC_WANT_LAST ? "unknown" : words[v];
}

const char *
rcc_shortfall_format(char text[RCC_SHORTFALL_SIZE], const struct rcc_shortfall *shortfall)
{
	const char *unit = shortfall->want == RCC_WANT_WATER ? " l" : "";

	if (shortfall->have == RCC_PROFILE_UNKNOWN)
		(void)snprintf(text, RCC_SHORTFALL_SIZE, "%s unknown, needs %u%s", rcc_want_word(shortfall->want),
		               shortfall->need, unit);
	else
		(void)snprintf(text, RCC_SHORTFALL_SIZE, "%s %u of %u%s", rcc_want_word(shortfall->want),
		               shortfall->have, shortfall->need, unit);
	return text;
}

/* ---- lines ---- */

/* One text of an order: what it says, or that it is taken back. */
static void
put_text(struct line *line, const char *what, const char *text)
{
	const char *separator = line->len == 0 ? ":" : ",";

	if (strcmp(text, RCC_PROFILE_GONE) == 0)
		rcc_line_put(line, "%s %s not stated any more", separator, what);
	else if (text[0] != '\0')
		rcc_line_put(line, "%s %s \"%s\"", separator, what, text);
}

const char *
rcc_profile_order_format(char *text, size_t size, const struct rcc_profile_order *order)
{
	struct line line = {text, size, 0};
	char value[RCC_PROFILE_VALUE_SIZE];

	text[0] = '\0';
	for (uint32_t i = 0; i < order->count; i++) {
		const struct rcc_profile_field *field = rcc_profile_field(order->row[i].key);
		rcc_line_put(&line, "%s %s %s", i == 0 ? ":" : ",", field == NULL ? "?" : field->word,
		             rcc_profile_format(value, order->row[i].key, order->row[i].value));
	}
	put_text(&line, "company", order->company);
	put_text(&line, "its contact", order->company_contact);
	put_text(&line, "its policy", order->policy);
	if (order->checked_at_ms == 0)
		return text;
	rcc_line_put(&line, "%s checked: ", line.len == 0 ? ":" : ",");
	if (order->missing[0] == '\0')
		rcc_line_put(&line, "nothing missing");
	else
		rcc_line_put(&line, "missing \"%s\"", order->missing);
	return text;
}

const char *
rcc_parity_format(char *text, size_t size, const struct rcc_parity *parity)
{
	static const char *const verdicts[RCC_PARTED_ALL + 1] = {"told alike", "NOT TOLD ALIKE: delivery rates differ",
	                                                         "NOT TOLD ALIKE: latencies differ",
	                                                         "NOT TOLD ALIKE: delivery rates and latencies differ"};
	struct line line = {text, size, 0};

	text[0] = '\0';
	rcc_line_put(&line, "%s", verdicts[parity->parted & RCC_PARTED_ALL]);
	for (uint32_t i = 0; i < parity->count; i++) {
		const struct rcc_parity_row *row = &parity->row[i];
		rcc_line_put(&line, "%s %s %u of %u stored by %u ships", i == 0 ? ":" : ",", rcc_owner_word(row->owner),
		             row->stored, row->lines, row->ships);
	}
	return text;
}

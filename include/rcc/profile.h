/*
 * profile.h - what a ship can do, as she or an officer declares it, and what she lacks for a case (domain 7.1; s003 par. 45).
 *
 * Part of message.h, which includes it; include that. The table of all values is profile.def. Unknown is a value of its
 * own: nothing is guessed. Pure: implemented in proto/text_profile.c.
 */
#ifndef RCC_PROFILE_H
#define RCC_PROFILE_H

#include "rcc/types.h"

enum rcc_profile_key {
#define RCC_PROFILE(name, number, ...) RCC_PROFILE_##name = (number),
#include "rcc/profile.def"
#undef RCC_PROFILE
};
#define RCC_PROFILE_LAST RCC_PROFILE_SHARE_POSITION
#define RCC_PROFILE_UNKNOWN UINT32_MAX
#define RCC_PROFILE_VALUE_MAX 1000000u /* the highest bound of the table */
#define RCC_PROFILE_GONE "-"           /* of a text: not known any more */

enum rcc_profile_group {
	RCC_PROFILE_GROUP_PERFORMANCE = 1,
	RCC_PROFILE_GROUP_ENDURANCE = 2,
	RCC_PROFILE_GROUP_FREEBOARD = 3,
	RCC_PROFILE_GROUP_RECOVERY = 4,
	RCC_PROFILE_GROUP_CAPACITY = 5,
	RCC_PROFILE_GROUP_MEDICAL = 6,
	RCC_PROFILE_GROUP_SUPPLIES = 7,
	RCC_PROFILE_GROUP_PROTECTION = 8,
	RCC_PROFILE_GROUP_CREW = 9,
	RCC_PROFILE_GROUP_HAZARDS = 10,
	RCC_PROFILE_GROUP_SENSORS = 11,
	RCC_PROFILE_GROUP_LIMITS = 12,
	RCC_PROFILE_GROUP_STATUS = 13,
	RCC_PROFILE_GROUP_CONSENT = 14,
};
#define RCC_PROFILE_GROUP_LAST RCC_PROFILE_GROUP_CONSENT

/* One row of profile.def. */
struct rcc_profile_field {
	enum rcc_profile_key key;
	const char *word, *unit, *what;
	uint32_t decimals;
	enum rcc_profile_group group;
	uint32_t min, max;
};

struct rcc_profile_row {
	enum rcc_profile_key key;
	uint32_t value; /* RCC_PROFILE_UNKNOWN = not known any more */
};
/* A ship says what she can do; what is not named stays as it is. */
struct rcc_profile_order {
	struct rcc_mmsi ship; /* registered; a ship's own: 0 */
	uint32_t count;       /* 0..RCC_PROFILE_ROWS_MAX, each key at most once; 0 with a check alone */
	struct rcc_profile_row row[RCC_PROFILE_ROWS_MAX];
	int64_t checked_at_ms;          /* when her readiness was checked; 0 = no check is reported */
	char missing[RCC_TEXT_MAX + 1]; /* what that check found missing; empty = nothing. With a check alone */
	/*
	 * Who runs her, where that company is reached, and its policy of rescue and human rights (s003 par. 38, 45). Empty = as it
	 * was; RCC_PROFILE_GONE takes it back. No input of delivery, order or duty.
	 */
	char company[RCC_NAME_MAX + 1];
	char company_contact[RCC_COMPANY_TEXT_MAX + 1];
	char policy[RCC_COMPANY_TEXT_MAX + 1];
};

/* Does an order tell, or take back, something of her company? */
static inline bool
rcc_profile_has_company(const struct rcc_profile_order *order)
{
	return order->company[0] != '\0' || order->company_contact[0] != '\0' || order->policy[0] != '\0';
}

/* NULL for a number outside the table. */
const struct rcc_profile_field *rcc_profile_field(enum rcc_profile_key key);
const char *rcc_profile_group_word(enum rcc_profile_group v);
/* Is it answered by yes or no? */
static inline bool
rcc_profile_is_flag(const struct rcc_profile_field *field)
{
	return field->max == 1 && field->unit[0] == '\0';
}

/* "14.5 kn", "yes", "60 persons"; "unknown". Returns its first argument. */
#define RCC_PROFILE_VALUE_SIZE 48
const char *rcc_profile_format(char text[RCC_PROFILE_VALUE_SIZE], enum rcc_profile_key key, uint32_t value);
/*
 * Adds "key=value" to an order: "max-speed=14.5", "crane=yes", "water=unknown"; a unit behind the number is not taken.
 * RCC_E_NOT_FOUND for a key that does not exist, RCC_E_MALFORMED for a value that cannot be read, RCC_E_RANGE for one
 * outside its bounds or a key that was given before, RCC_E_FULL.
 */
RCC_MUST_USE enum rcc_status rcc_profile_add(struct rcc_profile_order *order, const char *text);

/* What a case asks of one ship, and what she has of it. */
enum rcc_want {
	RCC_WANT_PLACES = 1,      /* a place aboard for each person */
	RCC_WANT_LIFEJACKETS = 2, /* one for each person */
	RCC_WANT_WATER = 3,       /* litres: RCC_WATER_L for each person */
	RCC_WANT_RATIONS = 4,     /* one for each person */
	RCC_WANT_BLANKETS = 5,    /* one for each person */
	RCC_WANT_TOILETS = 6,     /* one for RCC_TOILET_PERSONS persons */
	RCC_WANT_MEDICAL = 7,     /* a doctor or paramedic */
	RCC_WANT_RECOVERY = 8,    /* some means to take people out of the water */
	RCC_WANT_INTERPRETER = 9, /* a language beside English */
	RCC_WANT_FEMALE_STAFF = 10,
};
#define RCC_WANT_LAST RCC_WANT_FEMALE_STAFF
/* Drinking water of one person and day in the sun, and persons for one toilet. */
#define RCC_WATER_L 4
#define RCC_TOILET_PERSONS 50

struct rcc_shortfall {
	enum rcc_want want;
	uint32_t have; /* RCC_PROFILE_UNKNOWN */
	uint32_t need;
};
/* Values of a ship by enum rcc_profile_key; [0] is not used. */
struct rcc_profile_values {
	uint32_t v[RCC_PROFILE_LAST + 1];
};
void rcc_profile_clear(struct rcc_profile_values *values);
/* Places for survivors that are free, as far as she has said; RCC_PROFILE_UNKNOWN if she has said nothing of any. */
uint32_t rcc_profile_places(const struct rcc_profile_values *values);
/*
 * What a ship with these values lacks, or has not said that she has, to take `persons` aboard; 0 = how many is not known: then
 * the counts are asked for one. NULL values: she has declared nothing. Returns how many, at most RCC_WANT_LAST.
 */
uint32_t rcc_profile_missing(const struct rcc_profile_values *values, uint32_t persons,
                             struct rcc_shortfall ret_shortfall[RCC_WANT_LAST]);
const char *rcc_want_word(enum rcc_want v);
/* "places 20 of 60", "water unknown, 240 l needed". Returns its first argument. */
#define RCC_SHORTFALL_SIZE 80
const char *rcc_shortfall_format(char text[RCC_SHORTFALL_SIZE], const struct rcc_shortfall *shortfall);

#endif

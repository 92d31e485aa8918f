/* What ships declare: bounds, who may declare what, what stays and what goes, and what is missing for a case. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rcc/text.h"
#include "rcc/units.h"
#include "watch.h"

static struct watch watch;
#define SHIP 211333000u
#define OTHER 247320100u

static struct rcc_profile_order *
order_of(uint32_t peer)
{
	return &watch_command(&watch, RCC_COMMAND_PROFILE, peer)->u.profile;
}

static void
say(struct rcc_profile_order *order, enum rcc_profile_key key, uint32_t value)
{
	order->row[order->count++] = (struct rcc_profile_row){key, value};
}

static const struct rcc_profile *
profile_of(uint32_t mmsi)
{
	const struct rcc_peer *peer = rcc_peer_find_mmsi(&watch.core, (struct rcc_mmsi){mmsi});

	assert_non_null(peer);
	return rcc_profile_of(&watch.core, peer);
}

static void
test_table(void **state)
{
	(void)state;
	for (int key = 1; key <= RCC_PROFILE_LAST; key++) {
		const struct rcc_profile_field *field = rcc_profile_field((enum rcc_profile_key)key);
		assert_non_null(field);
		assert_true(field->min <= field->max && field->max <= RCC_PROFILE_VALUE_MAX);
		assert_true(field->word[0] != '\0' && field->what[0] != '\0');
		assert_string_not_equal(rcc_profile_group_word(field->group), "unknown");
		for (int other = 1; other < key; other++)
			assert_string_not_equal(field->word, rcc_profile_field((enum rcc_profile_key)other)->word);
	}
	assert_null(rcc_profile_field((enum rcc_profile_key)0));
	assert_null(rcc_profile_field((enum rcc_profile_key)(RCC_PROFILE_LAST + 1)));
	/* One message can declare everything. */
	assert_true(RCC_PROFILE_LAST <= RCC_PROFILE_ROWS_MAX);
}

static void
assert_read(const char *text, enum rcc_status status, uint32_t value)
{
	struct rcc_profile_order order = {.count = 0};

	assert_int_equal(rcc_profile_add(&order, text), status);
	assert_int_equal(order.count, status == RCC_OK);
	if (status == RCC_OK)
		assert_int_equal(order.row[0].value, value);
}

static void
test_values_as_people_write_them(void **state)
{
	(void)state;
	struct rcc_profile_order order = {.count = 0};
	char text[RCC_PROFILE_VALUE_SIZE];

	assert_read("max-speed=14.5", RCC_OK, 145);
	assert_read("max-speed=14", RCC_OK, 140);
	assert_read("max-speed=100", RCC_OK, 1000);
	assert_read("max-speed=100.1", RCC_E_RANGE, 0);
	assert_read("max-speed=0", RCC_E_RANGE, 0);
	assert_read("max-speed=14.55", RCC_E_MALFORMED, 0);
	assert_read("max-speed=14kn", RCC_E_MALFORMED, 0);
	assert_read("max-speed=-3", RCC_E_MALFORMED, 0);
	assert_read("max-speed=99999999999999999999", RCC_E_RANGE, 0);
	assert_read("max-speed=", RCC_E_MALFORMED, 0);
	assert_read("max-speed", RCC_E_MALFORMED, 0);
	assert_read("water=0", RCC_OK, 0);
	assert_read("water=1.5", RCC_E_MALFORMED, 0);
	assert_read("water=unknown", RCC_OK, RCC_PROFILE_UNKNOWN);
	assert_read("crane=yes", RCC_OK, 1);
	assert_read("crane=no", RCC_OK, 0);
	assert_read("crane=2", RCC_E_MALFORMED, 0);
	assert_read("owner=ngo", RCC_E_NOT_FOUND, 0);
	assert_read("", RCC_E_NOT_FOUND, 0);
	assert_int_equal(rcc_profile_add(&order, "water=5"), RCC_OK);
	assert_int_equal(rcc_profile_add(&order, "water=6"), RCC_E_RANGE);
	assert_string_equal(rcc_profile_format(text, RCC_PROFILE_FREEBOARD, 5), "0.5 m");
	assert_string_equal(rcc_profile_format(text, RCC_PROFILE_CRANE, 0), "no");
	assert_string_equal(rcc_profile_format(text, RCC_PROFILE_NETS, 2), "2");
	assert_string_equal(rcc_profile_format(text, RCC_PROFILE_NETS, RCC_PROFILE_UNKNOWN), "unknown");
}

static void
test_what_is_not_named_stays(void **state)
{
	(void)state;
	watch_start(&watch);
	uint32_t ship = watch_enrol(&watch, RCC_ROLE_VESSEL, SHIP);
	assert_int_equal(profile_of(SHIP)->values.v[RCC_PROFILE_WATER], RCC_PROFILE_UNKNOWN);

	struct rcc_profile_order *order = order_of(ship);
	say(order, RCC_PROFILE_WATER, 4000);
	say(order, RCC_PROFILE_CRANE, 1);
	assert_int_equal(watch_step(&watch), 1);
	int64_t first_ms = watch.now_ms;
	watch.now_ms += RCC_MS_PER_HOUR;
	order = order_of(ship);
	say(order, RCC_PROFILE_CRANE, RCC_PROFILE_UNKNOWN);
	assert_int_equal(watch_step(&watch), 1);
	assert_int_equal(profile_of(SHIP)->values.v[RCC_PROFILE_WATER], 4000);
	assert_int_equal(profile_of(SHIP)->set_at_ms[RCC_PROFILE_WATER], first_ms);
	assert_int_equal(profile_of(SHIP)->values.v[RCC_PROFILE_CRANE], RCC_PROFILE_UNKNOWN);
	assert_int_equal(profile_of(SHIP)->set_at_ms[RCC_PROFILE_CRANE], watch.now_ms);
	assert_int_equal(profile_of(SHIP)->set_at_ms[RCC_PROFILE_NETS], 0);
}

static void
test_the_latest_check_counts(void **state)
{
	(void)state;
	watch_start(&watch);
	uint32_t ship = watch_enrol(&watch, RCC_ROLE_VESSEL, SHIP);

	struct rcc_profile_order *order = order_of(ship);
	order->checked_at_ms = watch.now_ms - RCC_MS_PER_HOUR;
	watch_text(order->missing, sizeof order->missing, "oxygen");
	assert_int_equal(watch_step(&watch), 1);
	/* An older one that came late changes nothing of it. */
	order = order_of(ship);
	order->checked_at_ms = watch.now_ms - RCC_MS_PER_DAY;
	assert_int_equal(watch_step(&watch), 1);
	assert_string_equal(profile_of(SHIP)->missing, "oxygen");
	order = order_of(ship);
	order->checked_at_ms = watch.now_ms;
	assert_int_equal(watch_step(&watch), 1);
	assert_string_equal(profile_of(SHIP)->missing, "");
	order = order_of(ship);
	order->checked_at_ms = watch.now_ms + RCC_MS_PER_HOUR;
	watch_step(&watch);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "profile.checked_at_ms"));
	order = order_of(ship);
	say(order, RCC_PROFILE_WATER, 1);
	watch_text(order->missing, sizeof order->missing, "undated");
	watch_step(&watch);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "profile.checked_at_ms"));
}

static void
test_bounds_and_rights(void **state)
{
	(void)state;
	watch_start(&watch);
	uint32_t ship = watch_enrol(&watch, RCC_ROLE_VESSEL, SHIP);
	uint32_t officer = watch_enrol(&watch, RCC_ROLE_OFFICER, 0);
	assert_true(watch_enrol(&watch, RCC_ROLE_VESSEL, OTHER) > 0);

	say(order_of(ship), RCC_PROFILE_BOAT_SEA, 10);
	watch_step(&watch);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "profile.value"));
	struct rcc_profile_order *order = order_of(ship);
	say(order, RCC_PROFILE_NETS, 1);
	say(order, RCC_PROFILE_NETS, 2);
	watch_step(&watch);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "profile.key"));
	(void)order_of(ship);
	watch_step(&watch);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "profile.key"));
	order = order_of(ship);
	order->ship.v = OTHER;
	say(order, RCC_PROFILE_NETS, 1);
	watch_step(&watch);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_ALLOWED, "profile.ship"));
	order = order_of(officer);
	say(order, RCC_PROFILE_NETS, 1);
	watch_step(&watch);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "profile.ship"));
	order = order_of(officer);
	order->ship.v = 123456789;
	say(order, RCC_PROFILE_NETS, 1);
	watch_step(&watch);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "profile.ship"));
	order = order_of(officer);
	order->ship.v = OTHER;
	say(order, RCC_PROFILE_NETS, 3);
	assert_int_equal(watch_step(&watch), 1);
	assert_int_equal(profile_of(OTHER)->values.v[RCC_PROFILE_NETS], 3);
	assert_int_equal(watch_event(&watch, RCC_EVENT_PROFILE_SET)->u.profile_set.by.v, officer);
	assert_int_equal(profile_of(SHIP)->values.v[RCC_PROFILE_NETS], RCC_PROFILE_UNKNOWN);
}

/* Another key, the same ship: what she declared is hers. */
static void
test_it_is_the_ships_not_the_keys(void **state)
{
	(void)state;
	watch_start(&watch);
	uint32_t ship = watch_enrol(&watch, RCC_ROLE_VESSEL, SHIP);
	say(order_of(ship), RCC_PROFILE_WATER, 70);
	assert_int_equal(watch_step(&watch), 1);
	const char *name = rcc_peer_find(&watch.core, (struct rcc_peer_id){ship})->name;
	assert_true(watch_revoke(&watch, name, "key lost") > 0);
	assert_true(watch_enrol(&watch, RCC_ROLE_VESSEL, SHIP) > ship);
	assert_int_equal(profile_of(SHIP)->values.v[RCC_PROFILE_WATER], 70);
	assert_true(watch_enrol(&watch, RCC_ROLE_VESSEL, OTHER) > 0);
	assert_int_equal(profile_of(OTHER)->values.v[RCC_PROFILE_WATER], RCC_PROFILE_UNKNOWN);
}

/* Who runs her: stays when it is not named, goes with "-", is hers under another key, and stands in the digest. */
static void
test_company(void **state)
{
	(void)state;
	watch_start(&watch);
	uint32_t ship = watch_enrol(&watch, RCC_ROLE_VESSEL, SHIP);
	struct rcc_profile_order *order = order_of(ship);

	watch_text(order->company, sizeof order->company, "NORTH LINE");
	watch_text(order->policy, sizeof order->policy, "policy 4");
	assert_int_equal(watch_step(&watch), 1);
	int64_t first_ms = watch.now_ms;
	say(order_of(ship), RCC_PROFILE_WATER, 70);
	assert_int_equal(watch_step(&watch), 1);
	assert_string_equal(profile_of(SHIP)->company, "NORTH LINE");
	assert_string_equal(profile_of(SHIP)->company_contact, "");
	assert_string_equal(profile_of(SHIP)->policy, "policy 4");
	assert_int_equal(profile_of(SHIP)->company_at_ms, first_ms);

	uint64_t digest = rcc_core_digest(&watch.core);
	order = order_of(ship);
	watch_text(order->company_contact, sizeof order->company_contact, "fleet desk");
	watch_text(order->policy, sizeof order->policy, RCC_PROFILE_GONE);
	assert_int_equal(watch_step(&watch), 1);
	assert_true(rcc_core_digest(&watch.core) != digest);
	assert_string_equal(profile_of(SHIP)->company, "NORTH LINE");
	assert_string_equal(profile_of(SHIP)->company_contact, "fleet desk");
	assert_string_equal(profile_of(SHIP)->policy, "");
	assert_int_equal(profile_of(SHIP)->company_at_ms, watch.now_ms);

	const char *name = rcc_peer_find(&watch.core, (struct rcc_peer_id){ship})->name;
	assert_true(watch_revoke(&watch, name, "key lost") > 0);
	assert_true(watch_enrol(&watch, RCC_ROLE_VESSEL, SHIP) > ship);
	assert_string_equal(profile_of(SHIP)->company, "NORTH LINE");
}

static const struct rcc_shortfall *
find(const struct rcc_shortfall *list, uint32_t count, enum rcc_want want)
{
	for (uint32_t i = 0; i < count; i++) {
		if (list[i].want == want)
			return &list[i];
	}
	return NULL;
}

static void
test_what_is_missing(void **state)
{
	(void)state;
	struct rcc_profile_values values;
	struct rcc_shortfall list[RCC_WANT_LAST];
	char text[RCC_SHORTFALL_SIZE];

	/* Nothing declared: everything is not told, nothing is guessed. */
	assert_int_equal(rcc_profile_missing(NULL, 60, list), RCC_WANT_LAST);
	for (uint32_t i = 0; i < RCC_WANT_LAST; i++)
		assert_int_equal(list[i].have, RCC_PROFILE_UNKNOWN);
	rcc_profile_clear(&values);
	values.v[RCC_PROFILE_PLACES_SHELTERED] = 50;
	values.v[RCC_PROFILE_PLACES_OPEN] = 30;
	values.v[RCC_PROFILE_SURVIVORS_ABOARD] = 40;
	values.v[RCC_PROFILE_WATER] = 240;
	values.v[RCC_PROFILE_DOCTORS] = 0;
	values.v[RCC_PROFILE_NETS] = 1;
	uint32_t count = rcc_profile_missing(&values, 60, list);
	const struct rcc_shortfall *places = find(list, count, RCC_WANT_PLACES);
	const struct rcc_shortfall *medical = find(list, count, RCC_WANT_MEDICAL);
	assert_true(places != NULL && places->have == 40);
	assert_string_equal(rcc_shortfall_format(text, places), "places 40 of 60");
	assert_null(find(list, count, RCC_WANT_WATER));
	assert_null(find(list, count, RCC_WANT_RECOVERY));
	assert_true(medical != NULL && medical->have == 0);
	assert_string_equal(rcc_shortfall_format(text, find(list, count, RCC_WANT_LIFEJACKETS)),
	                    "lifejackets unknown, needs 60");
	values.v[RCC_PROFILE_PERSONS_LIMIT] = 45;
	assert_int_equal(rcc_profile_places(&values), 5);
	values.v[RCC_PROFILE_SURVIVORS_ABOARD] = 90;
	assert_int_equal(rcc_profile_places(&values), 0);
	/* A limit alone is no place. */
	rcc_profile_clear(&values);
	values.v[RCC_PROFILE_PERSONS_LIMIT] = 45;
	assert_int_equal(rcc_profile_places(&values), RCC_PROFILE_UNKNOWN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_table),
	    cmocka_unit_test(test_values_as_people_write_them),
	    cmocka_unit_test(test_what_is_not_named_stays),
	    cmocka_unit_test(test_the_latest_check_counts),
	    cmocka_unit_test(test_bounds_and_rights),
	    cmocka_unit_test(test_it_is_the_ships_not_the_keys),
	    cmocka_unit_test(test_company),
	    cmocka_unit_test(test_what_is_missing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Are ships told alike? What counts, when it is measured, and when the alarm opens and closes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/parity.h"
#include "rcc/units.h"
#include "watch.h"

static struct watch watch;

#define EVERY_MS (15 * RCC_MS_PER_MIN)
#define MERCHANTS 6u
#define NGOS 5u

/* Six merchant ships, five of NGOs, one that says nothing: peers 1 to 12. */
static void
begin(void)
{
	struct rcc_rules rules = watch_rules();

	watch_start(&watch);
	rules.parity_every_ms = EVERY_MS;
	watch_rule(&watch, &rules);
	for (uint32_t i = 0; i < MERCHANTS + NGOS + 1; i++) {
		struct rcc_enrol *enrol = &watch_command(&watch, RCC_COMMAND_ENROL, 0)->u.enrol;
		enrol->name[0] = (char)('A' + i);
		enrol->role = RCC_ROLE_VESSEL;
		enrol->mmsi.v = 211000001 + i;
		enrol->owner = i < MERCHANTS          ? RCC_OWNER_MERCHANT
		               : i < MERCHANTS + NGOS ? RCC_OWNER_NGO
		                                      : RCC_OWNER_NOT_STATED;
		enrol->key = watch_key(i + 1);
		assert_int_equal(watch_step(&watch), 1);
	}
}

static void
alert(void)
{
	const struct rcc_alert body = watch_alert(RCC_SOURCE_AIS_BEACON, 972000001);

	assert_true(watch_say(&watch, 0, &body) > 0);
}

static void
store(uint32_t first, uint32_t last)
{
	for (uint32_t peer = first; peer <= last; peer++)
		assert_true(watch_stored(&watch, peer, 1) > 0);
}

static const struct rcc_parity *
measured(void)
{
	return &watch.core.parity.last;
}

static const struct rcc_parity_row *
row_of(enum rcc_owner_kind owner)
{
	for (uint32_t i = 0; i < measured()->count; i++) {
		if (measured()->row[i].owner == owner)
			return &measured()->row[i];
	}
	static const struct rcc_parity_row none;
	return &none;
}

/* Flag and unreachable clocks ring on the way. */
static void
wait_for_measure(void)
{
	assert_in_range(watch_wait(&watch, EVERY_MS, 10), 1, 10);
	assert_int_equal(watch.core.parity.measured_at_ms, watch.now_ms);
}

static void
test_told_alike(void **state)
{
	(void)state;
	begin();
	alert();
	watch.now_ms += 10000;
	store(1, MERCHANTS + NGOS);
	watch.now_ms -= 10000;
	wait_for_measure();
	assert_int_equal(measured()->parted, 0);
	assert_int_equal(measured()->count, 3);
	assert_int_equal(row_of(RCC_OWNER_MERCHANT)->ships, MERCHANTS);
	assert_int_equal(row_of(RCC_OWNER_MERCHANT)->stored, MERCHANTS);
	assert_in_range(row_of(RCC_OWNER_NGO)->median_ms, 9600, 10000);
	assert_int_equal(row_of(RCC_OWNER_NOT_STATED)->stored, 0);
	/* Nothing changes any more: nothing is measured any more. */
	assert_int_equal(rcc_core_deadline_ms(&watch.core), INT64_MAX);
}

static void
test_rates_part(void **state)
{
	(void)state;
	begin();
	alert();
	store(1, MERCHANTS + 3);
	wait_for_measure();
	/* 6 of 6 and 3 of 5: 40 points. */
	assert_int_equal(measured()->parted, RCC_PARTED_RATE);
	int64_t opened_ms = watch.core.parity.parted_at_ms;
	assert_int_equal(opened_ms, watch.now_ms);
	/* One more: 20 points are not more than 20. The alarm closes when it is measured again. */
	store(MERCHANTS + 4, MERCHANTS + 4);
	assert_int_equal(watch.core.parity.parted_at_ms, opened_ms);
	wait_for_measure();
	assert_int_equal(measured()->parted & RCC_PARTED_RATE, 0);
}

static void
test_latencies_part(void **state)
{
	(void)state;
	begin();
	alert();
	watch.now_ms += 20000;
	store(1, MERCHANTS);
	watch.now_ms += 31000;
	store(MERCHANTS + 1, MERCHANTS + NGOS);
	wait_for_measure();
	/* 20 s and 51 s: more than twice, and 31 s apart. */
	assert_int_equal(measured()->parted, RCC_PARTED_LATENCY);
	assert_true(watch.core.parity.parted_at_ms != 0);
}

static void
test_a_few_ships_say_nothing(void **state)
{
	(void)state;
	begin();
	/* One NGO leaves: four are too few to be compared, and no clock runs. */
	assert_true(watch_revoke(&watch, "K", "sold") > 0);
	alert();
	store(1, MERCHANTS);
	watch_wait(&watch, 2 * EVERY_MS, 10);
	assert_int_equal(watch.core.parity.measured_at_ms, 0);
	struct rcc_parity parity;
	rcc_parity_measure(&watch.core, watch.now_ms, &parity);
	assert_int_equal(parity.parted, 0);
}

static void
test_young_lines_wait(void **state)
{
	(void)state;
	begin();
	alert();
	struct rcc_parity parity;
	rcc_parity_measure(&watch.core, watch.now_ms, &parity);
	assert_int_equal(parity.count, 0);
	assert_int_equal(parity.pending, MERCHANTS + NGOS + 1);
	/* The measure comes when a second call has just gone out: it is measured again for that. */
	watch_wait(&watch, EVERY_MS - 1000, 10);
	const struct rcc_alert other = watch_alert(RCC_SOURCE_AIS_BEACON, 972000002);
	assert_true(watch_say(&watch, 0, &other) > 0);
	watch_wait(&watch, 1000, 10);
	assert_int_equal(measured()->pending, MERCHANTS + NGOS + 1);
	assert_int_equal(row_of(RCC_OWNER_NGO)->lines, NGOS);
	wait_for_measure();
	assert_int_equal(measured()->pending, 0);
	assert_int_equal(row_of(RCC_OWNER_NGO)->lines, 2 * NGOS);
}

static void
test_window(void **state)
{
	(void)state;
	begin();
	struct rcc_rules rules = watch_rules();
	rules.parity_window_ms = 3600000;
	watch_rule(&watch, &rules);
	alert();
	store(1, 1);
	struct rcc_parity parity;
	rcc_parity_measure(&watch.core, watch.now_ms + 3600000, &parity);
	assert_int_equal(parity.count, 3);
	rcc_parity_measure(&watch.core, watch.now_ms + 3600001, &parity);
	assert_int_equal(parity.count, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_told_alike),       cmocka_unit_test(test_rates_part),
	    cmocka_unit_test(test_latencies_part),   cmocka_unit_test(test_a_few_ships_say_nothing),
	    cmocka_unit_test(test_young_lines_wait), cmocka_unit_test(test_window),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

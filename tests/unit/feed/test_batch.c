/* Batches: the newest report of each ship, sent when full or old enough. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "feed/batch.h"

#define WAIT_MS 1000

static struct rcc_report
report_of(uint32_t mmsi, uint32_t sog_dkn)
{
	return (struct rcc_report){.mmsi = {mmsi}, .sog_dkn = sog_dkn};
}

static void
newest_report_of_a_ship_stays(void **state)
{
	(void)state;
	struct rcc_feed_batch batch;
	rcc_feed_batch_init(&batch, WAIT_MS);
	struct rcc_report first = report_of(1, 10);
	struct rcc_report other = report_of(2, 20);
	struct rcc_report newer = report_of(1, 30);
	assert_false(rcc_feed_batch_report(&batch, &first, 5000));
	assert_false(rcc_feed_batch_report(&batch, &other, 5100));
	assert_true(rcc_feed_batch_report(&batch, &newer, 5200));
	assert_int_equal(batch.positions.count, 2);
	assert_int_equal(batch.positions.report[0].mmsi.v, 1);
	assert_int_equal(batch.positions.report[0].sog_dkn, 30);
	assert_int_equal(batch.positions.report[1].sog_dkn, 20);
}

static void
due_by_age_of_the_first(void **state)
{
	(void)state;
	struct rcc_feed_batch batch;
	rcc_feed_batch_init(&batch, WAIT_MS);
	assert_false(rcc_feed_batch_reports_due(&batch, INT64_MAX));
	assert_int_equal(rcc_feed_batch_wait_ms(&batch, 5000, 700), 700);
	struct rcc_report report = report_of(1, 10);
	(void)rcc_feed_batch_report(&batch, &report, 5000);
	struct rcc_report later = report_of(2, 10);
	(void)rcc_feed_batch_report(&batch, &later, 5900);
	assert_false(rcc_feed_batch_reports_due(&batch, 5999));
	assert_true(rcc_feed_batch_reports_due(&batch, 6000));
	assert_int_equal(rcc_feed_batch_wait_ms(&batch, 5400, 700), 600);
	assert_int_equal(rcc_feed_batch_wait_ms(&batch, 9000, 700), 0);
	rcc_feed_batch_clear_reports(&batch);
	assert_false(rcc_feed_batch_reports_due(&batch, INT64_MAX));
	(void)rcc_feed_batch_report(&batch, &report, 8000);
	assert_false(rcc_feed_batch_reports_due(&batch, 8999));
	assert_true(rcc_feed_batch_reports_due(&batch, 9000));
}

static void
due_when_full(void **state)
{
	(void)state;
	struct rcc_feed_batch batch;
	rcc_feed_batch_init(&batch, WAIT_MS);
	for (uint32_t i = 1; i <= RCC_BATCH_MAX; i++) {
		assert_false(rcc_feed_batch_reports_due(&batch, 5000));
		struct rcc_report report = report_of(i, 0);
		assert_false(rcc_feed_batch_report(&batch, &report, 5000));
	}
	assert_true(rcc_feed_batch_reports_due(&batch, 5000));
	assert_int_equal(batch.positions.count, RCC_BATCH_MAX);
	/* A ship that is in it already still finds its place. */
	struct rcc_report known = report_of(RCC_BATCH_MAX, 77);
	assert_true(rcc_feed_batch_report(&batch, &known, 5000));
	assert_int_equal(batch.positions.report[RCC_BATCH_MAX - 1].sog_dkn, 77);
}

static void
static_halves_are_joined(void **state)
{
	(void)state;
	struct rcc_feed_batch batch;
	rcc_feed_batch_init(&batch, WAIT_MS);
	struct rcc_static name = {.mmsi = {7}, .name = "SUNRISE", .message_type = 24};
	struct rcc_static rest = {.mmsi = {7}, .callsign = "XP7146", .ship_type = 37, .to_bow_m = 9, .to_port_m = 4};
	assert_false(rcc_feed_batch_static(&batch, &name, 5000));
	assert_true(rcc_feed_batch_static(&batch, &rest, 5001));
	assert_true(rcc_feed_batch_static(&batch, &name, 5002));
	assert_int_equal(batch.statics.count, 1);
	assert_string_equal(batch.statics.vessel[0].name, "SUNRISE");
	assert_string_equal(batch.statics.vessel[0].callsign, "XP7146");
	assert_int_equal(batch.statics.vessel[0].ship_type, 37);
	assert_int_equal(batch.statics.vessel[0].to_bow_m, 9);
	assert_int_equal(batch.statics.vessel[0].to_port_m, 4);
	assert_true(rcc_feed_batch_statics_due(&batch, 6000));
	assert_false(rcc_feed_batch_reports_due(&batch, 6000));
	rcc_feed_batch_clear_statics(&batch);
	assert_false(rcc_feed_batch_statics_due(&batch, 6000));
}

static void
newer_static_values_win(void **state)
{
	(void)state;
	struct rcc_feed_batch batch;
	rcc_feed_batch_init(&batch, 0);
	struct rcc_static old = {
	    .mmsi = {7}, .name = "OLD", .imo = 1, .draught_dm = 50, .to_bow_m = 3, .to_stern_m = 4};
	struct rcc_static new = {.mmsi = {7}, .name = "NEW", .draught_dm = 60, .to_bow_m = 5};
	(void)rcc_feed_batch_static(&batch, &old, 1);
	(void)rcc_feed_batch_static(&batch, &new, 1);
	assert_string_equal(batch.statics.vessel[0].name, "NEW");
	assert_int_equal(batch.statics.vessel[0].imo, 1);
	assert_int_equal(batch.statics.vessel[0].draught_dm, 60);
	/* Dimensions belong together: half of an old size is no size. */
	assert_int_equal(batch.statics.vessel[0].to_bow_m, 5);
	assert_int_equal(batch.statics.vessel[0].to_stern_m, 0);
	assert_true(rcc_feed_batch_statics_due(&batch, 1));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(newest_report_of_a_ship_stays),
	    cmocka_unit_test(due_by_age_of_the_first),
	    cmocka_unit_test(due_when_full),
	    cmocka_unit_test(static_halves_are_joined),
	    cmocka_unit_test(newer_static_values_win),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

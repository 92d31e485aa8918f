/* Orders on cases and plans: each option reaches the member that it means, and no other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "place.h"
#include "rcc/units.h"

static char inc1[] = "2026-0001", inc2[] = "2026-0002", five[] = "5";

static int
order(struct place *place, rcc_ctl_verb_fn *verb, char *first, char *second)
{
	place->operand[0] = first;
	place->operand[1] = second;
	place->ctl.operand_count = second != NULL ? 2 : 1;
	return place_run(place, verb, "");
}

static void
test_phase_suspend_resume(void **state)
{
	struct place *place = *state;
	char phase[] = "alert";
	place->option[RCC_CTL_OPTION_REASON] = "engine failed";
	assert_int_equal(order(place, rcc_ctl_verb_phase, inc1, phase), RCC_EXIT_OK);
	assert_int_equal(place->order->kind, RCC_BODY_PHASE);
	assert_int_equal(place->order->u.phase.incident.v, 7);
	assert_int_equal(place->order->u.phase.phase, RCC_PHASE_ALERT);
	assert_string_equal(place->order->u.phase.reason, "engine failed");
	place->option[RCC_CTL_OPTION_REVIEW] = "+6h";
	int64_t now_ms = rcc_ctl_now_ms();
	assert_int_equal(order(place, rcc_ctl_verb_suspend, inc2, NULL), RCC_EXIT_OK);
	assert_int_equal(place->order->kind, RCC_BODY_SUSPEND);
	assert_int_equal(place->order->u.suspend.incident.v, 8);
	int64_t ahead_ms = place->order->u.suspend.review_at_ms - now_ms;
	assert_true(ahead_ms >= 6 * RCC_MS_PER_HOUR && ahead_ms < 7 * RCC_MS_PER_HOUR);
	assert_non_null(strstr(place->out, "review: 2"));
	place->option[RCC_CTL_OPTION_REVIEW] = NULL;
	assert_int_equal(order(place, rcc_ctl_verb_resume, inc2, NULL), RCC_EXIT_OK);
	assert_int_equal(place->order->kind, RCC_BODY_RESUME);
	assert_int_equal(place->order->u.resume.incident.v, 8);
}

static void
test_classify_states_only_what_was_said(void **state)
{
	struct place *place = *state;
	const struct rcc_classify *said = &place->order->u.classify;
	place->option[RCC_CTL_OPTION_REASON] = "seen from the air";
	place->option[RCC_CTL_OPTION_VERIFIED] = "";
	assert_int_equal(order(place, rcc_ctl_verb_classify, inc1, NULL), RCC_EXIT_OK);
	assert_int_equal(place->order->kind, RCC_BODY_CLASSIFY);
	assert_int_equal(said->incident.v, 7);
	assert_int_equal(said->verified, 1);
	assert_false(rcc_pos_is_known(said->pos));
	assert_true(said->persons == 0 && said->nature == RCC_NATURE_NOT_STATED && said->casualty.v == 0);
	assert_string_equal(said->name, "");
	place->option[RCC_CTL_OPTION_VERIFIED] = NULL;
	place->option[RCC_CTL_OPTION_POS] = "35.2067 12.6008";
	place->option[RCC_CTL_OPTION_NATURE] = "capsizing";
	place->option[RCC_CTL_OPTION_PERSONS] = "6";
	place->option[RCC_CTL_OPTION_MMSI] = "257123450";
	place->option[RCC_CTL_OPTION_NAME] = "ASTRID";
	assert_int_equal(order(place, rcc_ctl_verb_classify, inc1, NULL), RCC_EXIT_OK);
	assert_int_equal(said->verified, 0);
	assert_int_equal(said->pos.lat_e7, 352067000);
	assert_int_equal(said->nature, RCC_NATURE_CAPSIZING);
	assert_int_equal(said->persons, 6);
	assert_int_equal(said->casualty.v, 257123450);
	assert_string_equal(said->name, "ASTRID");
	assert_non_null(strstr(place->out, "position: 35-12.40N 012-36.05E"));
}

static void
test_join_split_group(void **state)
{
	struct place *place = *state;
	place->option[RCC_CTL_OPTION_REASON] = "same call sign";
	assert_int_equal(order(place, rcc_ctl_verb_join, five, inc1), RCC_EXIT_OK);
	assert_int_equal(place->order->kind, RCC_BODY_JOIN);
	assert_int_equal(place->order->u.join.alert.v, 5);
	assert_int_equal(place->order->u.join.from.v, 0);
	assert_int_equal(place->order->u.join.incident.v, 7);
	place->option[RCC_CTL_OPTION_FROM] = "2026-0002";
	assert_int_equal(order(place, rcc_ctl_verb_join, inc1, NULL), RCC_EXIT_OK);
	assert_int_equal(place->order->u.join.alert.v, 0);
	assert_int_equal(place->order->u.join.from.v, 8);
	assert_int_equal(place->order->u.join.incident.v, 7);
	assert_int_equal(order(place, rcc_ctl_verb_join, five, inc1), RCC_EXIT_USAGE);
	place->option[RCC_CTL_OPTION_FROM] = NULL;
	assert_int_equal(order(place, rcc_ctl_verb_split, five, NULL), RCC_EXIT_OK);
	assert_int_equal(place->order->kind, RCC_BODY_SPLIT);
	assert_int_equal(place->order->u.split.alert.v, 5);
	place->option[RCC_CTL_OPTION_UNDER] = "2026-0001";
	assert_int_equal(order(place, rcc_ctl_verb_group, inc2, NULL), RCC_EXIT_OK);
	assert_int_equal(place->order->kind, RCC_BODY_GROUP);
	assert_int_equal(place->order->u.group.incident.v, 8);
	assert_int_equal(place->order->u.group.parent.v, 7);
	place->option[RCC_CTL_OPTION_UNDER] = NULL;
	place->option[RCC_CTL_OPTION_ALONE] = "";
	assert_int_equal(order(place, rcc_ctl_verb_group, inc2, NULL), RCC_EXIT_OK);
	assert_int_equal(place->order->u.group.parent.v, 0);
}

static void
test_plans(void **state)
{
	struct place *place = *state;
	char file[] = "file";
	char arrived[] = "arrived";
	const struct rcc_plan *plan = &place->order->u.plan;
	place->option[RCC_CTL_OPTION_NAME] = "GIULIA";
	place->option[RCC_CTL_OPTION_ETA] = "2099-11-23T09:00:00Z";
	place->option[RCC_CTL_OPTION_EVERY] = "60";
	place->option[RCC_CTL_OPTION_PERSONS] = "4";
	place->option[RCC_CTL_OPTION_TEXT] = "Lampedusa to Licata";
	assert_int_equal(order(place, rcc_ctl_verb_plan, file, NULL), RCC_EXIT_OK);
	assert_int_equal(place->order->kind, RCC_BODY_PLAN);
	assert_int_equal(plan->action, RCC_PLAN_FILE);
	assert_string_equal(plan->name, "GIULIA");
	assert_int_equal(plan->interval_min, 60);
	assert_int_equal(plan->persons, 4);
	assert_string_equal(plan->text, "Lampedusa to Licata");
	assert_non_null(strstr(place->out, "arrival: 2099-11-23T09:00:00.000Z"));
	place_forget_options(place);
	place->option[RCC_CTL_OPTION_MMSI] = "257123450";
	assert_int_equal(order(place, rcc_ctl_verb_plan, arrived, NULL), RCC_EXIT_OK);
	assert_int_equal(plan->action, RCC_PLAN_ARRIVED);
	assert_int_equal(plan->mmsi.v, 257123450);
	assert_int_equal(plan->eta_at_ms, 0);
}

static void
test_times(void **state)
{
	(void)state;
	int64_t now_ms = 0;
	int64_t at_ms = 7;
	assert_int_equal(rcc_time_parse("2026-11-23T23:50:00Z", &now_ms), RCC_OK);
	assert_true(rcc_ctl_when_parse("+6h", now_ms, &at_ms));
	assert_int_equal(at_ms, now_ms + 6 * RCC_MS_PER_HOUR);
	assert_true(rcc_ctl_when_parse("-90min", now_ms, &at_ms));
	assert_int_equal(at_ms, now_ms - 90 * RCC_MS_PER_MIN);
	assert_true(rcc_ctl_when_parse("2026-11-23T23:00:00Z", now_ms, &at_ms));
	assert_int_equal(at_ms, now_ms - 50 * RCC_MS_PER_MIN);
	/* The nearest one: after midnight is tomorrow, the evening was today. */
	assert_true(rcc_ctl_when_parse("00:10", now_ms, &at_ms));
	assert_int_equal(at_ms, now_ms + 20 * RCC_MS_PER_MIN);
	assert_true(rcc_ctl_when_parse("23:40", now_ms, &at_ms));
	assert_int_equal(at_ms, now_ms - 10 * RCC_MS_PER_MIN);
	now_ms -= 23 * RCC_MS_PER_HOUR;
	assert_true(rcc_ctl_when_parse("23:40", now_ms, &at_ms));
	assert_int_equal(at_ms, now_ms - 70 * RCC_MS_PER_MIN);
	/* Of what is still to come, the next one: half a day back is tomorrow's. */
	assert_true(rcc_ctl_when_ahead_parse("23:40", now_ms, &at_ms));
	assert_int_equal(at_ms, now_ms - 70 * RCC_MS_PER_MIN + RCC_MS_PER_DAY);
	assert_true(rcc_ctl_when_ahead_parse("00:51", now_ms, &at_ms));
	assert_int_equal(at_ms, now_ms + RCC_MS_PER_MIN);
	assert_true(rcc_ctl_when_ahead_parse("00:50", now_ms, &at_ms));
	assert_int_equal(at_ms, now_ms + RCC_MS_PER_DAY);
	assert_true(rcc_ctl_when_ahead_parse("2026-11-22T23:00:00Z", now_ms, &at_ms));
	assert_true(at_ms < now_ms);
	assert_false(rcc_ctl_when_ahead_parse("+6x", now_ms, &at_ms));
	static const char *const bad[] = {"",
	                                  "now",
	                                  "24:00",
	                                  "12:60",
	                                  "9:00",
	                                  "12:0x",
	                                  "+soon",
	                                  "--6h",
	                                  "+",
	                                  "2026-11-23T23:00:00",
	                                  "2026-02-30T00:00:00Z"};
	at_ms = 7;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_false(rcc_ctl_when_parse(bad[i], now_ms, &at_ms));
	assert_int_equal(at_ms, 7);
}

int
main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, place_setup, place_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_phase_suspend_resume), TEST(test_classify_states_only_what_was_said),
	    TEST(test_join_split_group),     TEST(test_plans),
	    cmocka_unit_test(test_times),
	};
	if (rcc_client_init() != RCC_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}

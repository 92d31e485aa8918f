/* Persons, survivors and needs as an officer types them: each option reaches the member that it means, and no other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "place.h"
#include "rcc/units.h"

static char inc1[] = "2026-0001";

static int
order(struct place *place, rcc_ctl_verb_fn *verb, char *first)
{
	place->operand[0] = first;
	place->operand[1] = NULL;
	place->ctl.operand_count = first != NULL ? 1 : 0;
	return place_run(place, verb, "");
}

static void
test_a_move(void **state)
{
	struct place *place = *state;
	const struct rcc_move_persons *said = &place->order->u.persons;
	place->option[RCC_CTL_OPTION_FROM] = "at-risk";
	place->option[RCC_CTL_OPTION_TO_SHIP] = "247320100";
	place->option[RCC_CTL_OPTION_MEN] = "3";
	place->option[RCC_CTL_OPTION_WOMEN] = "2";
	place->option[RCC_CTL_OPTION_UNACCOMPANIED] = "1";
	place->option[RCC_CTL_OPTION_INJURED] = "1";
	place->option[RCC_CTL_OPTION_AT] = "-20min";
	int64_t now_ms = rcc_ctl_now_ms();
	assert_int_equal(order(place, rcc_ctl_verb_persons, inc1), RCC_EXIT_OK);
	assert_int_equal(place->order->kind, RCC_BODY_PERSONS);
	assert_int_equal(said->incident.v, 7);
	assert_int_equal(said->from, RCC_WHERE_AT_RISK);
	assert_int_equal(said->to, RCC_WHERE_ABOARD);
	assert_int_equal(said->to_ship.v, 247320100);
	assert_int_equal(said->count.men, 3);
	assert_int_equal(said->count.women, 2);
	assert_int_equal(said->count.unaccompanied, 1);
	assert_int_equal(said->count.injured, 1);
	assert_int_equal(said->count.children, 0);
	assert_int_equal(said->family, RCC_FAMILY_NOT_STATED);
	assert_in_range(now_ms - said->happened_at_ms, 19 * RCC_MS_PER_MIN, 21 * RCC_MS_PER_MIN);
	/* Read back. */
	assert_non_null(strstr(place->out, "persons: 6: 3 men, 2 women, 1 child alone, 1 of them injured"));
	place_forget_options(place);
	place->option[RCC_CTL_OPTION_FROM] = "aboard";
	place->option[RCC_CTL_OPTION_FROM_SHIP] = "247320100";
	place->option[RCC_CTL_OPTION_TO] = "landed";
	place->option[RCC_CTL_OPTION_PLACE] = "2";
	place->option[RCC_CTL_OPTION_MEN] = "1";
	place->option[RCC_CTL_OPTION_FAMILIES] = "0";
	place->option[RCC_CTL_OPTION_FAMILY] = "split";
	place->option[RCC_CTL_OPTION_REASON] = "by helicopter";
	assert_int_equal(order(place, rcc_ctl_verb_persons, inc1), RCC_EXIT_OK);
	assert_int_equal(said->place.v, 2);
	assert_int_equal(said->from_ship.v, 247320100);
	assert_int_equal(said->family, RCC_FAMILY_SPLIT);
	assert_string_equal(said->reason, "by helicopter");
}

/* Nothing of a move is given: a question, which sends no order. */
static void
test_a_question(void **state)
{
	struct place *place = *state;
	assert_int_equal(order(place, rcc_ctl_verb_persons, inc1), RCC_EXIT_OK);
	assert_int_not_equal(place->order->kind, RCC_BODY_PERSONS);
}

/* One option of a move that is wrong, beside good ones. */
static void
assert_wrong(struct place *place, enum rcc_ctl_option option, const char *value)
{
	place_forget_options(place);
	place->option[RCC_CTL_OPTION_FROM] = "at-risk";
	place->option[RCC_CTL_OPTION_TO] = "missing";
	place->option[RCC_CTL_OPTION_MEN] = "3";
	place->option[option] = value;
	assert_int_equal(order(place, rcc_ctl_verb_persons, inc1), RCC_EXIT_USAGE);
}

static void
test_mistakes_of_a_move(void **state)
{
	struct place *place = *state;
	assert_wrong(place, RCC_CTL_OPTION_FROM, "somewhere");
	assert_wrong(place, RCC_CTL_OPTION_FROM, NULL);
	assert_wrong(place, RCC_CTL_OPTION_TO, "aboard");
	assert_wrong(place, RCC_CTL_OPTION_TO_SHIP, "247320100");
	assert_wrong(place, RCC_CTL_OPTION_TO_SHIP, "12");
	assert_wrong(place, RCC_CTL_OPTION_MEN, "many");
	assert_wrong(place, RCC_CTL_OPTION_MEN, "0");
	assert_wrong(place, RCC_CTL_OPTION_WOMEN, "-1");
	assert_wrong(place, RCC_CTL_OPTION_FAMILY, "apart");
	assert_wrong(place, RCC_CTL_OPTION_FAMILY, "split");
	assert_wrong(place, RCC_CTL_OPTION_TO, "never");
	assert_wrong(place, RCC_CTL_OPTION_TO, "unknown-outcome");
	assert_wrong(place, RCC_CTL_OPTION_AT, "yesterday");
}

static void
test_survivors(void **state)
{
	struct place *place = *state;
	const struct rcc_survivors *said = &place->order->u.survivors;
	place->option[RCC_CTL_OPTION_MEN] = "40";
	assert_int_equal(order(place, rcc_ctl_verb_survivors, inc1), RCC_EXIT_USAGE);
	place->option[RCC_CTL_OPTION_SHIP] = "247320100";
	place->option[RCC_CTL_OPTION_FAMILIES] = "9";
	place->option[RCC_CTL_OPTION_DEAD] = "1";
	place->option[RCC_CTL_OPTION_SAFE_HOURS] = "12";
	place->option[RCC_CTL_OPTION_PROTECTION] = "";
	place->option[RCC_CTL_OPTION_INTERPRETER] = "";
	place->option[RCC_CTL_OPTION_NEXT_PORT] = "LICATA";
	place->option[RCC_CTL_OPTION_TEXT] = "by VHF 16";
	assert_int_equal(order(place, rcc_ctl_verb_survivors, inc1), RCC_EXIT_OK);
	assert_int_equal(place->order->kind, RCC_BODY_SURVIVORS);
	assert_int_equal(said->incident.v, 7);
	assert_int_equal(said->ship.v, 247320100);
	assert_int_equal(said->aboard.men, 40);
	assert_int_equal(said->aboard.families, 9);
	assert_int_equal(said->dead, 1);
	assert_int_equal(said->safe_hours, 12);
	assert_int_equal(said->protection_stated, 1);
	assert_int_equal(said->languages, 1);
	assert_string_equal(said->next_port, "LICATA");
	assert_string_equal(said->text, "by VHF 16");
}

static void
test_a_need(void **state)
{
	struct place *place = *state;
	const struct rcc_need *said = &place->order->u.need;
	place->option[RCC_CTL_OPTION_KIND] = "water";
	place->option[RCC_CTL_OPTION_SHIP] = "247320100";
	place->option[RCC_CTL_OPTION_QUANTITY] = "200";
	place->option[RCC_CTL_OPTION_TEXT] = "litres";
	assert_int_equal(order(place, rcc_ctl_verb_need, NULL), RCC_EXIT_USAGE);
	assert_int_equal(order(place, rcc_ctl_verb_need, inc1), RCC_EXIT_OK);
	assert_int_equal(place->order->kind, RCC_BODY_NEED);
	assert_int_equal(said->incident.v, 7);
	assert_int_equal(said->need.v, 0);
	assert_int_equal(said->state, RCC_NEED_ASKED);
	assert_int_equal(said->kind, RCC_NEED_WATER);
	assert_int_equal(said->ship.v, 247320100);
	assert_int_equal(said->quantity, 200);
	assert_string_equal(said->text, "litres");
	place->option[RCC_CTL_OPTION_KIND] = "luxury";
	assert_int_equal(order(place, rcc_ctl_verb_need, inc1), RCC_EXIT_USAGE);
	place_forget_options(place);
	place->option[RCC_CTL_OPTION_ID] = "3";
	assert_int_equal(order(place, rcc_ctl_verb_need, NULL), RCC_EXIT_USAGE);
	place->option[RCC_CTL_OPTION_STATE] = "refused";
	assert_int_equal(order(place, rcc_ctl_verb_need, NULL), RCC_EXIT_USAGE);
	/* The centre of this test has no need 3. */
	place->option[RCC_CTL_OPTION_STATE] = "met";
	assert_int_equal(order(place, rcc_ctl_verb_need, NULL), RCC_EXIT_FAILED);
}

static void
test_refusals_in_words(void **state)
{
	(void)state;
	assert_non_null(strstr(rcc_ctl_persons_refusal("persons.family"), "--family together"));
	assert_non_null(strstr(rcc_ctl_persons_refusal("persons.count.women"), "not so many"));
	assert_non_null(strstr(rcc_ctl_persons_refusal("survivors.aboard.injured"), "more are marked"));
	assert_null(rcc_ctl_persons_refusal("persons.incident"));
	assert_non_null(strstr(rcc_ctl_persons_refusal("persons.count"), "not at risk"));
	assert_null(rcc_ctl_persons_refusal(""));
}

int
main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, place_setup, place_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_a_move),    TEST(test_a_question), TEST(test_mistakes_of_a_move),
	    TEST(test_survivors), TEST(test_a_need),     TEST(test_refusals_in_words),
	};
	if (rcc_client_init() != RCC_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}

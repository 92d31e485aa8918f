/* What stands against a place holds for whoever is bound there already, under whatever name and in whichever case it came up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/persons.h"
#include "core/place.h"
#include "order.h"
#include "rcc/units.h"

static struct watch watch;
static const struct rcc_mmsi astrid = {200000001};
static const struct rcc_mmsi nobody;

static void
step_place(uint32_t incident, const char *name, enum rcc_place_step what, struct rcc_mmsi ship)
{
	struct rcc_place *place = &watch_command(&watch, RCC_COMMAND_PLACE, 0)->u.place;

	*place = (struct rcc_place){.incident = {incident}, .step = what, .pos = RCC_POS_NONE, .ship = ship};
	place->checks = what == RCC_PLACE_CHECKED ? RCC_CHECKS_ALL : 0;
	watch_text(place->name, sizeof place->name, name);
	watch_text(place->text, sizeof place->text, "as officers say");
	watch_step(&watch);
}

static void
flag_unsafe(uint32_t incident, const char *name)
{
	struct rcc_place *place = &watch_command(&watch, RCC_COMMAND_PLACE, 0)->u.place;

	*place = (struct rcc_place){.incident = {incident},
	                            .step = RCC_PLACE_CHECKED,
	                            .pos = RCC_POS_NONE,
	                            .checks = RCC_CHECKS_ALL,
	                            .is_unsafe = 1};
	watch_text(place->name, sizeof place->name, name);
	watch_text(place->text, sizeof place->text, "shelled");
	assert_true(watch_step(&watch) > 0);
}

static void
report(uint32_t incident, uint32_t men, const char *fear)
{
	struct rcc_survivors *said = &watch_command(&watch, RCC_COMMAND_SURVIVORS, 1)->u.survivors;

	*said =
	    (struct rcc_survivors){.incident = {incident}, .aboard = {.men = men}, .protection_stated = fear != NULL};
	watch_text(said->text, sizeof said->text, fear == NULL ? "" : fear);
	assert_true(watch_step(&watch) > 0);
}

static void
start(uint32_t cases)
{
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 211000001);

	watch_start_with_feed(&watch, 2);
	for (uint32_t i = 0; i < cases; i++) {
		order_open(&watch, 0, &alert);
		alert.casualty.v++;
		alert.pos.lat_e7 += 3000000;
	}
	assert_int_equal(watch.core.incident_last, cases);
}

static bool
is_bound(uint32_t incident, const char *name)
{
	const struct rcc_place_state *place = rcc_place_of_ship(&watch.core, order_incident(&watch, incident), astrid);

	return place != NULL && strcmp(place->name, name) == 0;
}

static bool
is_told(const char *words)
{
	const struct rcc_event *event = watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED);

	return event != NULL && strstr(event->u.broadcast.text, words) != NULL;
}

/* The people aboard say that they fear for themselves, once she is on her way: she is called off until that is reviewed. */
static void
test_a_fear_after_the_order(void **state)
{
	(void)state;
	start(1);
	report(1, 4, NULL);
	step_place(1, "PORT D", RCC_PLACE_CHECKED, nobody);
	step_place(1, "PORT D", RCC_PLACE_ASSIGNED, astrid);
	assert_true(is_bound(1, "PORT D"));
	report(1, 4, "they fear the police there");
	assert_false(is_bound(1, "PORT D"));
	assert_true(is_told("PORT D"));
	step_place(1, "PORT D", RCC_PLACE_ASSIGNED, astrid);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_PLACE_UNSAFE, "place.is_unsafe"));
	step_place(1, "PORT D", RCC_PLACE_REVIEWED, nobody);
	step_place(1, "PORT D", RCC_PLACE_ASSIGNED, astrid);
	assert_true(is_bound(1, "PORT D"));
	/* The same words again are the fear that was reviewed; other words are another one. */
	report(1, 4, "they fear the police there");
	assert_true(is_bound(1, "PORT D"));
	report(1, 4, "now they fear the militia");
	assert_false(is_bound(1, "PORT D"));
}

/* The order that overtakes a withdrawal on its way says what it overtakes. */
static void
test_an_order_overtakes_a_withdrawal(void **state)
{
	(void)state;
	start(1);
	step_place(1, "PORT X", RCC_PLACE_CHECKED, nobody);
	step_place(1, "PORT Y", RCC_PLACE_CHECKED, nobody);
	step_place(1, "PORT X", RCC_PLACE_ASSIGNED, astrid);
	watch_stored(&watch, 1, watch.core.peer[0].delivery_last);
	flag_unsafe(1, "PORT X");
	assert_false(is_bound(1, "PORT X"));
	step_place(1, "PORT Y", RCC_PLACE_ASSIGNED, astrid);
	if (!is_told("It replaces PORT X"))
		fail_msg("%s", watch_event(&watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast.text);
}

static void
test_unsafe_in_another_case(void **state)
{
	(void)state;
	start(2);
	step_place(1, "PORT H", RCC_PLACE_CHECKED, nobody);
	step_place(1, "PORT H", RCC_PLACE_ASSIGNED, astrid);
	assert_true(is_bound(1, "PORT H"));
	flag_unsafe(2, "Port H");
	assert_false(is_bound(1, "PORT H"));
	assert_true(is_told("PORT H"));
}

static void
test_a_longer_name_is_no_other_port(void **state)
{
	(void)state;
	start(1);
	flag_unsafe(1, "PORT B");
	step_place(1, "Harbour of PORT B", RCC_PLACE_CHECKED, nobody);
	step_place(1, "Harbour of PORT B", RCC_PLACE_ASSIGNED, astrid);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_PLACE_UNSAFE, "place.is_unsafe"));
	step_place(1, "PORT BRAVO", RCC_PLACE_CHECKED, nobody);
	step_place(1, "PORT BRAVO", RCC_PLACE_ASSIGNED, astrid);
	assert_true(is_bound(1, "PORT BRAVO"));
}

/* What was found out in a case is known in the one that it becomes part of. */
static void
test_a_join_forgets_nothing(void **state)
{
	(void)state;
	start(2);
	struct rcc_need *need = &watch_command(&watch, RCC_COMMAND_NEED, 1)->u.need;
	*need = (struct rcc_need){.incident = {2}, .kind = RCC_NEED_MEDEVAC, .state = RCC_NEED_ASKED, .quantity = 1};
	assert_true(watch_step(&watch) > 0);
	step_place(2, "PORT X", RCC_PLACE_FEARED, astrid);
	flag_unsafe(2, "PORT Y");
	step_place(2, "PORT Z", RCC_PLACE_OBJECTED, astrid);
	order_join_all(&watch, 2, 1, "one boat");
	assert_int_equal(order_incident(&watch, 2)->outcome, RCC_OUTCOME_JOINED);
	const struct rcc_incident *into = order_incident(&watch, 1);
	assert_int_equal(rcc_needs_open(&watch.core, into->id), 1);
	assert_true(rcc_place_named(&watch.core, into, "PORT X")->is_feared);
	assert_true(rcc_place_named(&watch.core, into, "PORT Y")->is_unsafe);
	const struct rcc_place_ship *row =
	    rcc_place_ship_of(&watch.core, rcc_place_named(&watch.core, into, "PORT Z"), astrid);
	assert_true(row != NULL && row->objections == 1);
	step_place(1, "PORT X", RCC_PLACE_CHECKED, nobody);
	step_place(1, "PORT X", RCC_PLACE_ASSIGNED, astrid);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_PLACE_UNSAFE, "place.is_unsafe"));
}

/* Sought in vain is no false alert. */
static void
test_unknown_is_no_false_alert(void **state)
{
	(void)state;
	start(1);
	for (int i = 0; i < 2; i++) {
		struct rcc_move_persons *move = &watch_command(&watch, RCC_COMMAND_PERSONS, 0)->u.persons;
		*move = (struct rcc_move_persons){.incident = {1},
		                                  .from = i == 0 ? RCC_WHERE_AT_RISK : RCC_WHERE_MISSING,
		                                  .to = i == 0 ? RCC_WHERE_MISSING : RCC_WHERE_UNKNOWN,
		                                  .count = {.men = 2},
		                                  .more_found = i == 0};
		watch_text(move->reason, sizeof move->reason, "sought until dark");
		assert_true(watch_step(&watch) > 0);
	}
	assert_int_equal(rcc_persons_count_at(&watch.core, (struct rcc_incident_id){1}, RCC_WHERE_UNKNOWN), 2);
	order_close(&watch, 1, RCC_OUTCOME_FALSE_ALERT, "nothing there");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_PERSONS_OPEN, "close.incident"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_fear_after_the_order), cmocka_unit_test(test_an_order_overtakes_a_withdrawal),
	    cmocka_unit_test(test_unsafe_in_another_case), cmocka_unit_test(test_a_longer_name_is_no_other_port),
	    cmocka_unit_test(test_a_join_forgets_nothing), cmocka_unit_test(test_unknown_is_no_false_alert),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "crowd.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct watch crowd_watch;
const struct rcc_incident_id crowd_case = {1};

/* A case of `persons` at risk, told by an officer, and two registered ships. */
void
crowd_begin(uint32_t persons)
{
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 500000001);

	watch_start(&crowd_watch);
	watch_fleet(&crowd_watch, SHIP_A, 2);
	alert.persons = persons;
	watch_say(&crowd_watch, 0, &alert);
}

/* An officer's move between places that need no ship; the caller changes what it wants. */
struct rcc_move_persons *
crowd_move(enum rcc_where from, uint32_t from_ship, enum rcc_where to, uint32_t to_ship)
{
	struct rcc_move_persons *move = &watch_command(&crowd_watch, RCC_COMMAND_PERSONS, 0)->u.persons;

	move->incident = crowd_case;
	move->from = from;
	move->to = to;
	move->from_ship.v = from_ship;
	move->to_ship.v = to_ship;
	return move;
}

struct rcc_survivors *
crowd_survivors(uint32_t peer, uint32_t ship, struct rcc_persons aboard)
{
	struct rcc_survivors *said = &watch_command(&crowd_watch, RCC_COMMAND_SURVIVORS, peer)->u.survivors;

	said->incident = crowd_case;
	said->ship.v = ship;
	said->aboard = aboard;
	return said;
}

const struct rcc_persons crowd_families = {.men = 10, .women = 8, .children = 6, .families = 4};

/* Twenty-four persons, four families among them, aboard ship A. */
void
crowd_take_families(void)
{
	crowd_survivors(1, 0, crowd_families);
	assert_int_equal(watch_step(&crowd_watch), 2);
	assert_int_equal(rcc_persons_ship_aboard(&crowd_watch.core, crowd_case, (struct rcc_mmsi){SHIP_A}), 24);
}

void
crowd_balance(uint32_t total, uint32_t at_risk, uint32_t aboard)
{
	assert_int_equal(rcc_persons_total(&crowd_watch.core, crowd_case), total);
	assert_int_equal(rcc_persons_at_risk(&crowd_watch.core, crowd_case), at_risk);
	assert_int_equal(rcc_persons_aboard_total(&crowd_watch.core, crowd_case), aboard);
	assert_int_equal(rcc_persons_accounted(&crowd_watch.core, crowd_case), total - at_risk);
}

/* As in a record of before: nobody closes it so today. */
void
crowd_close_anyhow(uint32_t incident)
{
	const struct rcc_event closed = {.kind = RCC_EVENT_INCIDENT_CLOSED,
	                                 .u.closed = {.incident = {incident}, .outcome = RCC_OUTCOME_RESCUED}};

	watch_cancel(&crowd_watch, incident, "all are found");
	rcc_core_apply(&crowd_watch.core, &closed);
}

enum rcc_duty_state
crowd_state_of(enum rcc_duty_rule rule, struct rcc_mmsi ship)
{
	const struct rcc_duty *row = rcc_duty_of(&crowd_watch.core, crowd_case, rule, ship, 0);

	return row == NULL ? (enum rcc_duty_state)0 : row->state;
}

bool
crowd_is_open(enum rcc_duty_rule rule, struct rcc_mmsi ship)
{
	const struct rcc_duty *row = rcc_duty_of(&crowd_watch.core, crowd_case, rule, ship, 0);

	return row != NULL && rcc_duty_is_open(row);
}

void
crowd_answer(uint32_t peer, enum rcc_answer_kind kind)
{
	crowd_watch.now_ms += 1000;
	assert_true(watch_answer(&crowd_watch, peer, 1, 1, kind) > 0);
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_ANSWERED), 1);
}

struct rcc_task *
crowd_task(enum rcc_task_kind kind, uint32_t ship)
{
	crowd_watch.now_ms += 1000;
	struct rcc_task *said = &watch_command(&crowd_watch, RCC_COMMAND_TASK, 0)->u.task;
	said->incident = crowd_case;
	said->kind = kind;
	said->ship.v = ship;
	watch_text(said->text, sizeof said->text, "as told");
	watch_text(said->consulted, sizeof said->consulted, "both");
	return said;
}

void
crowd_take_task(enum rcc_task_kind kind, uint32_t ship)
{
	(void)crowd_task(kind, ship);
	watch_step(&crowd_watch);
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_TASKED), 1);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "crew/alarm.h"
#include "crew/board.h"
#include "desk.h"
#include "rcc/phrases.h"

#define NOW_MS DESK_NOW_MS
#define OWN_MMSI 232001000u

static const struct rcc_pos here = {.lat_e7 = 350000000, .lon_e7 = 120000000};

static int
setup(void **state)
{
	struct rcc_board *board = calloc(1, sizeof *board);

	assert_non_null(board);
	rcc_board_init(board, (struct rcc_mmsi){OWN_MMSI});
	*state = board;
	return 0;
}

static int
teardown(void **state)
{
	free(*state);
	return 0;
}

/* A call about a case one degree north of `here`; the centre reckoned 60 NM in four hours. */
static struct rcc_inbox_row
row_of(uint32_t number, uint32_t incident, enum rcc_broadcast_kind kind)
{
	struct rcc_inbox_row row = desk_row_of(number, incident, RCC_CLASS_LIVE);

	row.delivery.kind = kind;
	row.delivery.issued_at_ms = NOW_MS + number;
	row.delivery.range_m = 111120;
	row.delivery.bearing_ddeg = 3599;
	row.delivery.eta_min = 240;
	row.stored_at_ms = NOW_MS + number;
	return row;
}

static void
take(struct rcc_board *board, uint32_t number, uint32_t incident, enum rcc_broadcast_kind kind)
{
	struct rcc_inbox_row row = row_of(number, incident, kind);

	rcc_board_take(board, &row);
}

static const struct rcc_board_case *
case_of(const struct rcc_board *board, uint32_t incident)
{
	const struct rcc_board_case *c = rcc_board_find(board, (struct rcc_incident_id){incident});

	assert_non_null(c);
	return c;
}

static void
test_duty_follows_what_was_said_last(void **state)
{
	struct rcc_board *board = *state;
	static const struct {
		enum rcc_broadcast_kind kind;
		enum rcc_board_duty duty;
	} steps[] = {
	    {RCC_BROADCAST_MISSING_NOTICE, RCC_BOARD_NOTICE},
	    {RCC_BROADCAST_DISTRESS_RELAY, RCC_BOARD_CALLED_ON},
	    {RCC_BROADCAST_TASK, RCC_BOARD_TASKED},
	    {RCC_BROADCAST_COORDINATE, RCC_BOARD_COORDINATOR},
	    {RCC_BROADCAST_UPDATE, RCC_BOARD_COORDINATOR},
	    /* A requisition stands beside whatever is asked later, until she is released (SOLAS V/33.2). */
	    {RCC_BROADCAST_REQUISITION, RCC_BOARD_REQUISITIONED},
	    {RCC_BROADCAST_TASK, RCC_BOARD_REQUISITIONED},
	    {RCC_BROADCAST_COORDINATE, RCC_BOARD_REQUISITIONED},
	    {RCC_BROADCAST_RELEASE, RCC_BOARD_RELEASED},
	    {RCC_BROADCAST_SUSPENDED, RCC_BOARD_SUSPENDED},
	    {RCC_BROADCAST_CANCEL, RCC_BOARD_OVER},
	    {RCC_BROADCAST_DISTRESS_RELAY, RCC_BOARD_CALLED_ON},
	};

	for (uint32_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		take(board, i + 1, 1, steps[i].kind);
		assert_int_equal(rcc_board_duty(board, case_of(board, 1), NOW_MS), steps[i].duty);
	}
	/* With survivors aboard a release ends nothing for her, until she says that they are ashore (SOLAS V/33.6). */
	static const enum rcc_broadcast_kind ends[] = {RCC_BROADCAST_CANCEL, RCC_BROADCAST_RELEASE};
	for (uint32_t i = 0; i < 2; i++) {
		take(board, 30 + 2 * i, 3 + i, RCC_BROADCAST_DISTRESS_RELAY);
		struct rcc_inbox_row end = row_of(31 + 2 * i, 3 + i, ends[i]);
		end.delivery.aboard = 7;
		rcc_board_take(board, &end);
		assert_int_equal(rcc_board_duty(board, case_of(board, 3 + i), NOW_MS), RCC_BOARD_CARRYING);
		struct rcc_envelope said = {.kind = RCC_BODY_SURVIVORS};
		said.u.survivors.incident.v = 3 + i;
		rcc_board_posted(board, &said, &(struct rcc_posted){.posted_at_ms = NOW_MS});
		assert_int_equal(rcc_board_duty(board, case_of(board, 3 + i), NOW_MS),
		                 i == 0 ? RCC_BOARD_OVER : RCC_BOARD_RELEASED);
	}
	struct rcc_inbox_row notice = row_of(20, 2, RCC_BROADCAST_MISSING_NOTICE);
	notice.delivery.expires_at_ms = NOW_MS;
	rcc_board_take(board, &notice);
	assert_int_equal(rcc_board_duty(board, case_of(board, 2), NOW_MS - 1), RCC_BOARD_NOTICE);
	assert_int_equal(rcc_board_duty(board, case_of(board, 2), NOW_MS), RCC_BOARD_OVER);
}

/* A ship that coordinates goes on doing so whatever else she is asked, until she hears that another one does. */
static void
test_a_coordinator_stays_one(void **state)
{
	struct rcc_board *board = *state;
	struct rcc_inbox_row relieved = row_of(4, 1, RCC_BROADCAST_TASK);

	take(board, 1, 1, RCC_BROADCAST_DISTRESS_RELAY);
	take(board, 2, 1, RCC_BROADCAST_COORDINATE);
	take(board, 3, 1, RCC_BROADCAST_TASK);
	assert_int_equal(rcc_board_duty(board, case_of(board, 1), NOW_MS), RCC_BOARD_COORDINATOR);
	snprintf(relieved.delivery.text, sizeof relieved.delivery.text, "%s",
	         RCC_PHRASE_RELIEVED "BOREAS, who coordinates on scene");
	rcc_board_take(board, &relieved);
	assert_int_equal(rcc_board_duty(board, case_of(board, 1), NOW_MS), RCC_BOARD_TASKED);
}

/* What was said before she was asked by name is no answer to that: it rings again until she says something. */
static void
test_an_order_wants_an_answer_of_its_own(void **state)
{
	struct rcc_board *board = *state;
	struct rcc_envelope said = {.kind = RCC_BODY_ANSWER};
	struct rcc_inbox_row order = row_of(2, 1, RCC_BROADCAST_REQUISITION);

	take(board, 1, 1, RCC_BROADCAST_DISTRESS_RELAY);
	assert_true(rcc_board_owes_answer(board, case_of(board, 1), NOW_MS));
	said.u.answer = (struct rcc_answer){.incident = {1}, .kind = RCC_ANSWER_PROCEEDING};
	rcc_board_posted(board, &said, &(struct rcc_posted){.posted_at_ms = NOW_MS});
	assert_false(rcc_board_owes_answer(board, case_of(board, 1), NOW_MS));
	order.stored_at_ms = NOW_MS + 1000;
	rcc_board_take(board, &order);
	rcc_board_read(board, 2, "mate", NOW_MS + 2000);
	assert_true(rcc_board_owes_answer(board, case_of(board, 1), NOW_MS + 2000));
	assert_int_equal(rcc_board_case_sound(board, case_of(board, 1), NOW_MS + 2000 + RCC_BOARD_REMIND_MS),
	                 RCC_BOARD_ALARM);
	rcc_board_posted(board, &said, &(struct rcc_posted){.posted_at_ms = NOW_MS + 3000});
	assert_false(rcc_board_owes_answer(board, case_of(board, 1), NOW_MS + 3000));
}

/* An update that calls on her who was informed until then is a call; acknowledged and not answered, it comes back. */
static void
test_a_call_is_heard_and_not_forgotten(void **state)
{
	struct rcc_board *board = *state;
	struct rcc_inbox_row first = row_of(1, 1, RCC_BROADCAST_DISTRESS_RELAY);
	struct rcc_inbox_row update = row_of(2, 1, RCC_BROADCAST_UPDATE);

	first.delivery.called_on = 0;
	rcc_board_take(board, &first);
	rcc_board_read(board, 1, "mate", NOW_MS);
	assert_int_equal(rcc_board_case_sound(board, case_of(board, 1), NOW_MS), RCC_BOARD_QUIET);
	assert_int_equal(rcc_board_case_sound(board, case_of(board, 1), NOW_MS + 2 * RCC_BOARD_REMIND_MS),
	                 RCC_BOARD_QUIET);
	update.delivery.called_on = 1;
	rcc_board_take(board, &update);
	assert_int_equal(rcc_board_duty(board, case_of(board, 1), NOW_MS), RCC_BOARD_CALLED_ON);
	assert_int_equal(rcc_board_case_sound(board, case_of(board, 1), NOW_MS), RCC_BOARD_ALARM);
	rcc_board_read(board, 2, "mate", NOW_MS);
	assert_int_equal(rcc_board_case_sound(board, case_of(board, 1), NOW_MS), RCC_BOARD_QUIET);
	assert_true(rcc_board_owes_answer(board, case_of(board, 1), NOW_MS));
	assert_int_equal(rcc_board_case_sound(board, case_of(board, 1), NOW_MS + RCC_BOARD_REMIND_MS), RCC_BOARD_CHIME);
	struct rcc_envelope said = {.kind = RCC_BODY_ANSWER};
	said.u.answer = (struct rcc_answer){.incident = {1}, .kind = RCC_ANSWER_UNABLE};
	rcc_board_posted(board, &said, &(struct rcc_posted){.posted_at_ms = NOW_MS});
	assert_false(rcc_board_owes_answer(board, case_of(board, 1), NOW_MS));
	assert_int_equal(rcc_board_case_sound(board, case_of(board, 1), NOW_MS + RCC_BOARD_REMIND_MS), RCC_BOARD_QUIET);
}

/* What is added to a distress that the centre has takes nothing back of that it has it. */
static void
test_more_words_deny_no_receipt(void **state)
{
	struct rcc_board *board = *state;
	struct rcc_envelope alert = {.kind = RCC_BODY_ALERT, .class = RCC_CLASS_LIVE};
	struct rcc_posted posted = {.posted_at_ms = NOW_MS, .id = {{1}}, .entry_seq = 7, .entry_at_ms = NOW_MS};

	rcc_board_posted(board, &alert, &posted);
	assert_true(board->distress.is_on);
	posted = (struct rcc_posted){.posted_at_ms = NOW_MS + 1, .id = {{2}}};
	alert.u.alert.persons = 5;
	rcc_board_posted(board, &alert, &posted);
	assert_int_equal(board->distress.word.entry_seq, 7);
	assert_int_equal(board->distress.persons, 5);
	assert_int_equal(board->distress.more.entry_seq, 0);
	assert_int_equal(rcc_board_waits_since(board), NOW_MS + 1);
	rcc_board_accepted(board, &posted.id, &(struct rcc_accepted){.entry = {.seq = 9, .at_ms = NOW_MS + 2}});
	assert_int_equal(board->distress.more.entry_seq, 9);
	assert_int_equal(rcc_board_waits_since(board), 0);
	assert_int_equal(board->distress.word.entry_seq, 7);
}

static void
test_the_order_is_duty_then_eta_then_what_is_live(void **state)
{
	struct rcc_board *board = *state;
	uint32_t order[RCC_BOARD_CASES_MAX];
	struct rcc_inbox_row far = row_of(1, 1, RCC_BROADCAST_DISTRESS_RELAY);
	struct rcc_inbox_row near = row_of(2, 2, RCC_BROADCAST_DISTRESS_RELAY);
	struct rcc_inbox_row drill = row_of(3, 3, RCC_BROADCAST_REQUISITION);

	near.delivery.eta_min = 30;
	drill.delivery.class = RCC_CLASS_EXERCISE;
	rcc_board_take(board, &far);
	rcc_board_take(board, &near);
	rcc_board_take(board, &drill);
	take(board, 4, 4, RCC_BROADCAST_TASK);
	take(board, 5, 5, RCC_BROADCAST_DISTRESS_RELAY);
	take(board, 6, 5, RCC_BROADCAST_CANCEL);
	assert_int_equal(rcc_board_list(board, NOW_MS, order), 5);
	static const uint32_t wanted[] = {4, 2, 1, 5, 3};
	for (uint32_t i = 0; i < 5; i++) {
		assert_int_equal(board->cases[order[i]].last.incident.v, wanted[i]);
	}
	/* Where nobody knows a speed, near is soon. */
	board->cases[0].last.eta_min = board->cases[1].last.eta_min = RCC_ETA_UNKNOWN_MIN;
	board->cases[0].last.range_m = 1852;
	rcc_board_list(board, NOW_MS, order);
	assert_int_equal(board->cases[order[1]].last.incident.v, 1);
	/* What is over leaves the list when somebody has read that it is. */
	rcc_board_read(board, 5, "mate", NOW_MS);
	rcc_board_read(board, 6, "mate", NOW_MS);
	assert_int_equal(rcc_board_list(board, NOW_MS, order), 4);
}

static void
test_range_and_eta_move_with_the_ship(void **state)
{
	struct rcc_board *board = *state;

	take(board, 1, 1, RCC_BROADCAST_DISTRESS_RELAY);
	struct rcc_board_way way = rcc_board_way(board, case_of(board, 1), NOW_MS);
	assert_true(way.is_known && !way.is_ours);
	assert_int_equal(way.eta_min, 240);
	board->own = (struct rcc_board_own){
	    .pos = here, .at_ms = NOW_MS, .sog_dkn = RCC_SOG_UNKNOWN_DKN, .cog_ddeg = RCC_COG_UNKNOWN_DDEG};
	board->own.pos.lat_e7 = 355000000;
	way = rcc_board_way(board, case_of(board, 1), NOW_MS);
	/* Half the way at the speed that the centre reckoned with. */
	assert_true(way.is_ours && way.nm > 29.9 && way.nm < 30.1);
	assert_int_equal(way.eta_min, 120);
	board->own.sog_dkn = 200;
	assert_int_equal(rcc_board_way(board, case_of(board, 1), NOW_MS).eta_min, 90);
	/* Drifting is no reason to promise a day. */
	board->own.sog_dkn = 8;
	assert_int_equal(rcc_board_way(board, case_of(board, 1), NOW_MS).eta_min, 120);
	/* Too old to reckon from. */
	assert_false(rcc_board_way(board, case_of(board, 1), NOW_MS + RCC_BOARD_OWN_MAX_MS + 1).is_ours);
}

static void
test_what_sounds_until_it_is_read(void **state)
{
	struct rcc_board *board = *state;
	struct rcc_inbox_row test = row_of(3, 3, RCC_BROADCAST_DISTRESS_RELAY);
	struct rcc_inbox_row replaced = row_of(4, 4, RCC_BROADCAST_DISTRESS_RELAY);

	test.delivery.class = RCC_CLASS_TEST;
	replaced.delivery.replaced = 1;
	assert_int_equal(rcc_board_sound(board, NOW_MS), RCC_BOARD_QUIET);
	rcc_board_take(board, &test);
	rcc_board_take(board, &replaced);
	assert_int_equal(rcc_board_sound(board, NOW_MS), RCC_BOARD_QUIET);
	take(board, 5, 1, RCC_BROADCAST_UPDATE);
	/* Whoever joins late hears an update first: it is the call. */
	assert_int_equal(rcc_board_sound(board, NOW_MS), RCC_BOARD_ALARM);
	rcc_board_read(board, 5, "mate", NOW_MS);
	assert_int_equal(rcc_board_sound(board, NOW_MS), RCC_BOARD_QUIET);
	assert_string_equal(case_of(board, 1)->read_by, "mate");
	take(board, 6, 1, RCC_BROADCAST_UPDATE);
	assert_int_equal(rcc_board_sound(board, NOW_MS), RCC_BOARD_CHIME);
	take(board, 7, 1, RCC_BROADCAST_REQUISITION);
	assert_int_equal(rcc_board_sound(board, NOW_MS), RCC_BOARD_ALARM);
	/* Over before anybody had read it: news, and no alarm. */
	take(board, 8, 1, RCC_BROADCAST_CANCEL);
	assert_int_equal(rcc_board_sound(board, NOW_MS), RCC_BOARD_CHIME);
	assert_int_equal(rcc_board_unread(board), 2);
}

static void
test_an_answer_and_its_receipt(void **state)
{
	struct rcc_board *board = *state;
	struct rcc_envelope *message = calloc(1, sizeof *message);
	struct rcc_posted posted = {.id = {.b = {7}}, .posted_at_ms = NOW_MS};
	struct rcc_accepted accepted;

	assert_non_null(message);
	memset(&accepted, 0, sizeof accepted);
	take(board, 1, 1, RCC_BROADCAST_DISTRESS_RELAY);
	message->kind = RCC_BODY_ANSWER;
	message->u.answer.incident.v = 1;
	message->u.answer.kind = RCC_ANSWER_UNABLE;
	message->u.answer.reason = RCC_REASON_TOO_FAR;
	rcc_board_posted(board, message, &posted);
	assert_int_equal(case_of(board, 1)->answer.reason, RCC_REASON_TOO_FAR);
	assert_int_equal(case_of(board, 1)->answer_word.entry_seq, 0);
	accepted.entry.seq = 4711;
	accepted.entry.at_ms = NOW_MS + 5;
	rcc_board_accepted(board, &posted.id, &accepted);
	assert_int_equal(case_of(board, 1)->answer_word.entry_seq, 4711);
	assert_int_equal(board->receipt.entry_seq, 4711);
	/* What begins anew calls on everybody anew. */
	take(board, 2, 1, RCC_BROADCAST_CANCEL);
	take(board, 3, 1, RCC_BROADCAST_DISTRESS_RELAY);
	assert_int_equal(case_of(board, 1)->answer_word.at_ms, 0);
	free(message);
}

static void
post_alert(struct rcc_board *board, struct rcc_envelope *message, uint8_t id, enum rcc_class class, uint32_t marks)
{
	struct rcc_posted posted = {.id = {.b = {id}}, .posted_at_ms = NOW_MS};

	message->kind = RCC_BODY_ALERT;
	message->class = class;
	memset(&message->u.alert, 0, sizeof message->u.alert);
	message->u.alert.marks = marks;
	rcc_board_posted(board, message, &posted);
}

static void
test_no_time_and_no_drill_ends_a_distress(void **state)
{
	struct rcc_board *board = *state;
	struct rcc_envelope *message = calloc(1, sizeof *message);
	struct rcc_inbox_row relay = row_of(1, 9, RCC_BROADCAST_DISTRESS_RELAY);
	struct rcc_inbox_row cancel = row_of(2, 9, RCC_BROADCAST_CANCEL);

	assert_non_null(message);
	post_alert(board, message, 1, RCC_CLASS_TEST, 0);
	assert_false(board->distress.is_on);
	post_alert(board, message, 2, RCC_CLASS_LIVE, 0);
	assert_true(board->distress.is_on);
	post_alert(board, message, 3, RCC_CLASS_EXERCISE, 0);
	assert_int_equal(board->distress.class, RCC_CLASS_LIVE);
	/* Our own words alone end nothing: ships are on the way. */
	post_alert(board, message, 4, RCC_CLASS_LIVE, RCC_ALERT_SELF_CANCEL);
	assert_true(board->distress.is_on && board->distress.withdrawal.at_ms != 0);
	const struct rcc_accepted accepted = {.entry = {.seq = 7, .at_ms = NOW_MS - 1000000}};
	rcc_board_accepted(board, &board->distress.word.id, &accepted);
	relay.delivery.casualty.v = cancel.delivery.casualty.v = OWN_MMSI;
	rcc_board_take(board, &relay);
	assert_true(board->distress.is_relayed);
	assert_int_equal(rcc_board_duty(board, case_of(board, 9), NOW_MS), RCC_BOARD_OURS);
	assert_int_equal(rcc_board_duty(board, case_of(board, 9), NOW_MS + INT64_C(90000000000)), RCC_BOARD_OURS);
	assert_true(board->distress.is_on);
	rcc_board_take(board, &cancel);
	assert_false(board->distress.is_on);
	assert_int_equal(board->distress.ended_at_ms, cancel.delivery.issued_at_ms);
	free(message);
}

static void
test_silence_is_not_acknowledgement(void **state)
{
	struct rcc_alarm alarm = {.level = RCC_BOARD_QUIET};
	int64_t at = 1000;

	(void)state;
	assert_false(rcc_alarm_turn(&alarm, RCC_BOARD_QUIET, 0, at));
	assert_true(rcc_alarm_turn(&alarm, RCC_BOARD_ALARM, 1, at));
	assert_false(rcc_alarm_turn(&alarm, RCC_BOARD_ALARM, 1, at + RCC_ALARM_AGAIN_MS - 1));
	assert_true(rcc_alarm_turn(&alarm, RCC_BOARD_ALARM, 1, at + RCC_ALARM_AGAIN_MS));
	at += 10000;
	rcc_alarm_silence(&alarm, at);
	assert_int_equal(rcc_alarm_silent_ms(&alarm, at), RCC_ALARM_SILENT_MS);
	assert_false(rcc_alarm_turn(&alarm, RCC_BOARD_ALARM, 1, at + RCC_ALARM_SILENT_MS - 1));
	/* One of two was read: the other is as silent as before. */
	assert_false(rcc_alarm_turn(&alarm, RCC_BOARD_CHIME, 1, at + 500));
	assert_false(rcc_alarm_turn(&alarm, RCC_BOARD_ALARM, 1, at + 600));
	/* It sounds again by itself. */
	assert_true(rcc_alarm_turn(&alarm, RCC_BOARD_ALARM, 1, at + RCC_ALARM_SILENT_MS));
	/* What is new was not silenced. */
	rcc_alarm_silence(&alarm, at);
	assert_true(rcc_alarm_turn(&alarm, RCC_BOARD_ALARM, 2, at + 10));
	assert_int_equal(rcc_alarm_silent_ms(&alarm, at + 10), 0);
	/* Read: quiet at once, and the next alarm waits for nothing. */
	assert_false(rcc_alarm_turn(&alarm, RCC_BOARD_QUIET, 2, at + 20));
	assert_true(rcc_alarm_turn(&alarm, RCC_BOARD_ALARM, 3, at + 21));
}

static void
test_a_full_board_keeps_what_is_open(void **state)
{
	struct rcc_board *board = *state;

	for (uint32_t i = 1; i <= RCC_BOARD_CASES_MAX; i++) {
		take(board, i, i, i == 30 ? RCC_BROADCAST_CANCEL : RCC_BROADCAST_DISTRESS_RELAY);
	}
	take(board, 1000, 1000, RCC_BROADCAST_DISTRESS_RELAY);
	assert_null(rcc_board_find(board, (struct rcc_incident_id){30}));
	assert_non_null(rcc_board_find(board, (struct rcc_incident_id){1}));
	assert_non_null(rcc_board_find(board, (struct rcc_incident_id){1000}));
	/* With none that is over, it is not the one that asks most. */
	take(board, 1001, 1, RCC_BROADCAST_REQUISITION);
	take(board, 1002, 1002, RCC_BROADCAST_DISTRESS_RELAY);
	assert_non_null(rcc_board_find(board, (struct rcc_incident_id){1}));
	assert_null(rcc_board_find(board, (struct rcc_incident_id){2}));
	/* More calls of one case than are counted one by one. */
	for (uint32_t i = 2000; i < 2000 + 2 * RCC_BOARD_UNREAD_MAX; i++) {
		take(board, i, 1000, RCC_BROADCAST_UPDATE);
	}
	assert_int_equal(case_of(board, 1000)->unread_count, RCC_BOARD_UNREAD_MAX);
	assert_int_equal(case_of(board, 1000)->unread[RCC_BOARD_UNREAD_MAX - 1], 2000 + 2 * RCC_BOARD_UNREAD_MAX - 1);
}

/* A bulletin stands in no case and makes no sound; it waits until somebody has read it. */
static void
test_circulars(void **state)
{
	struct rcc_board *board = *state;
	struct rcc_inbox_row bulletin = row_of(1, 0, RCC_BROADCAST_BULLETIN);
	struct rcc_inbox_row card = row_of(2, 0, RCC_BROADCAST_CONDUCT_CARD);

	rcc_board_take(board, &bulletin);
	rcc_board_take(board, &bulletin);
	rcc_board_take(board, &card);
	assert_int_equal(board->case_count, 0);
	assert_int_equal(board->fresh, 0);
	assert_int_equal(board->circular_count, 2);
	rcc_board_read(board, 1, "Mate", NOW_MS);
	assert_int_equal(board->circular_count, 1);
	assert_int_equal(board->circular[0], 2);
	card.read_at_ms = NOW_MS;
	rcc_board_read(board, 2, "Mate", NOW_MS);
	rcc_board_take(board, &card);
	assert_int_equal(board->circular_count, 0);
	card.delivery.number = 3;
	card.read_at_ms = 0;
	card.delivery.replaced = 1;
	rcc_board_take(board, &card);
	assert_int_equal(board->circular_count, 0);
}

/* How to act stands beside each case, until the card expires or another one comes. */
static void
test_the_card_in_force(void **state)
{
	struct rcc_board *board = *state;
	struct rcc_inbox_row card = row_of(5, 0, RCC_BROADCAST_CONDUCT_CARD);

	assert_null(rcc_board_card(board, NOW_MS));
	snprintf(card.delivery.text, sizeof card.delivery.text, "keep families together");
	rcc_board_take(board, &card);
	assert_string_equal(rcc_board_card(board, NOW_MS)->text, "keep families together");
	assert_int_equal(rcc_board_card(board, NOW_MS)->read_at_ms, 0);
	rcc_board_read(board, 5, "Mate", NOW_MS);
	assert_int_equal(rcc_board_card(board, NOW_MS)->read_at_ms, NOW_MS);
	card.delivery.number = 4;
	snprintf(card.delivery.text, sizeof card.delivery.text, "an older one");
	rcc_board_take(board, &card);
	assert_int_equal(rcc_board_card(board, NOW_MS)->number, 5);
	card.delivery.number = 6;
	card.delivery.expires_at_ms = NOW_MS + 1;
	rcc_board_take(board, &card);
	assert_string_equal(rcc_board_card(board, NOW_MS)->text, "an older one");
	assert_null(rcc_board_card(board, NOW_MS + 1));
}

int
main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_circulars),
	    TEST(test_the_card_in_force),
	    TEST(test_duty_follows_what_was_said_last),
	    TEST(test_the_order_is_duty_then_eta_then_what_is_live),
	    TEST(test_an_order_wants_an_answer_of_its_own),
	    TEST(test_a_coordinator_stays_one),
	    TEST(test_a_call_is_heard_and_not_forgotten),
	    TEST(test_more_words_deny_no_receipt),
	    TEST(test_range_and_eta_move_with_the_ship),
	    TEST(test_what_sounds_until_it_is_read),
	    TEST(test_an_answer_and_its_receipt),
	    TEST(test_no_time_and_no_drill_ends_a_distress),
	    TEST(test_silence_is_not_acknowledgement),
	    TEST(test_a_full_board_keeps_what_is_open),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The ledger: queued, sent, stored, read, answered. Each has its own time and evidence, none is implied by another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "watch.h"

#define SHIP 1
#define OTHER 2

static struct watch watch;

/* Two ships hold delivery 1 of a distress; returns nothing that a test does not know. */
static void
call_ships(void)
{
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 500000001);

	watch_start(&watch);
	watch_fleet(&watch, 200000001, 2);
	watch_text(alert.name, sizeof alert.name, "SEA FOX");
	watch_text(alert.text, sizeof alert.text, "taking water");
	alert.persons = 4;
	watch_say(&watch, 0, &alert);
	watch.now_ms += 1000;
}

static const struct rcc_delivery *
line_of(uint32_t peer, uint32_t number)
{
	const struct rcc_delivery *line = rcc_delivery_find(&watch.core, (struct rcc_peer_id){peer}, number);
	assert_non_null(line);
	return line;
}

static uint32_t
unstored(uint32_t broadcast)
{
	return rcc_broadcast_find(&watch.core, (struct rcc_broadcast_id){broadcast})->unstored;
}

static void
test_sent(void **state)
{
	(void)state;
	call_ships();
	assert_int_equal(watch_sent(&watch, SHIP, 1), 1);
	assert_int_equal(line_of(SHIP, 1)->state, RCC_DELIVERY_SENT);
	assert_int_equal(line_of(SHIP, 1)->sent_at_ms, watch.now_ms);
	assert_int_equal(line_of(OTHER, 1)->state, RCC_DELIVERY_QUEUED);
	/* Again, of a number that is not there, of a peer that is not there: nothing. */
	assert_int_equal(watch_sent(&watch, SHIP, 1), 0);
	assert_int_equal(watch_sent(&watch, SHIP, 2), 0);
	assert_int_equal(watch_sent(&watch, 77, 1), 0);
	/* Only the news of several. */
	struct rcc_sent *sent = &watch_command(&watch, RCC_COMMAND_SENT, 0)->u.sent;
	*sent = (struct rcc_sent){.count = 2, .row = {{{SHIP}, 1}, {{OTHER}, 1}}};
	assert_int_equal(watch_step(&watch), 1);
	assert_int_equal(watch.entry.event[0].u.sent.count, 1);
	assert_int_equal(watch.entry.event[0].u.sent.row[0].peer.v, OTHER);
	/* What was read or told unreachable before it is seen as sent stays what it is. */
	call_ships();
	watch_read(&watch, SHIP, 1, "master");
	assert_int_equal(watch_sent(&watch, SHIP, 1), 1);
	assert_int_equal(line_of(SHIP, 1)->state, RCC_DELIVERY_READ);
}

static void
test_stored(void **state)
{
	(void)state;
	call_ships();
	watch_stored(&watch, SHIP, 0);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "stored.number"));
	watch_stored(&watch, SHIP, 2);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "stored.number"));
	watch_stored(&watch, 0, 1);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "stored.number"));
	assert_int_equal(unstored(1), 2);
	/* What she has under this number came from a record that we have lost: she has not got ours. */
	int64_t issued_at_ms = watch.core.broadcast[0].issued_at_ms;
	watch_command(&watch, RCC_COMMAND_STORED, SHIP)->u.stored =
	    (struct rcc_stored){.number = 1, .issued_at_ms = issued_at_ms - 5000};
	watch_step(&watch);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "stored.number"));
	struct rcc_read *read = &watch_command(&watch, RCC_COMMAND_READ, SHIP)->u.read;
	*read = (struct rcc_read){.number = 1, .by = "master", .issued_at_ms = issued_at_ms - 5000};
	watch_step(&watch);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "read.number"));
	struct rcc_answer *answer = &watch_command(&watch, RCC_COMMAND_ANSWER, SHIP)->u.answer;
	*answer = (struct rcc_answer){
	    .incident = {1}, .number = 1, .kind = RCC_ANSWER_ON_SCENE, .issued_at_ms = issued_at_ms - 5000};
	watch_step(&watch);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "answer.number"));
	assert_int_equal(unstored(1), 2);
	assert_int_equal(watch_stored(&watch, SHIP, 1), 1);
	assert_int_equal(line_of(SHIP, 1)->state, RCC_DELIVERY_STORED);
	assert_int_equal(line_of(SHIP, 1)->stored_at_ms, watch.now_ms);
	assert_int_equal(line_of(SHIP, 1)->stored_claimed_at_ms, watch.now_ms - 1);
	assert_int_equal(line_of(SHIP, 1)->sent_at_ms, 0);
	assert_int_equal(unstored(1), 1);
	assert_int_equal(watch_stored(&watch, SHIP, 1), 0); /* no news */
	assert_int_equal(unstored(1), 1);
}

/* One word for all numbers up to it. What was overtaken before she had it is not brought any more, and is not said to be aboard. */
static void
test_stored_up_to(void **state)
{
	struct rcc_delivery_msg delivery;
	const struct rcc_peer_id ship = {SHIP};

	(void)state;
	call_ships();
	watch_cancel(&watch, 1, "found");
	watch_relay(&watch, 1, RCC_RELAY_RELEASE, "");
	assert_int_equal(line_of(SHIP, 1)->state, RCC_DELIVERY_CANCELLED);
	assert_int_equal(line_of(SHIP, 2)->state, RCC_DELIVERY_CANCELLED);
	assert_int_equal(unstored(1) + unstored(2), 0);
	assert_int_equal(rcc_core_next_unstored(&watch.core, ship, 0), 3);
	assert_int_equal(rcc_core_delivery(&watch.core, ship, 3, &delivery), RCC_OK);
	assert_int_equal(delivery.overtaken_from, 1);
	assert_int_equal(unstored(3), 2);
	assert_int_equal(rcc_core_last_stored(&watch.core, ship), 0);
	/* She had the second after all: her word for it came later. */
	assert_int_equal(watch_stored(&watch, SHIP, 2), 1);
	assert_int_equal(line_of(SHIP, 1)->state, RCC_DELIVERY_CANCELLED);
	assert_int_equal(line_of(SHIP, 1)->stored_at_ms, 0);
	assert_int_equal(line_of(SHIP, 2)->state, RCC_DELIVERY_STORED);
	assert_int_equal(rcc_core_last_stored(&watch.core, ship), 2);
	assert_int_equal(rcc_core_delivery(&watch.core, ship, 3, &delivery), RCC_OK);
	assert_int_equal(delivery.overtaken_from, 0);
	assert_int_equal(watch_stored(&watch, SHIP, 3), 1);
	assert_int_equal(rcc_core_next_unstored(&watch.core, ship, 0), 0);
	assert_int_equal(rcc_core_next_unstored(&watch.core, (struct rcc_peer_id){99}, 0), 0);
}

static void
test_read(void **state)
{
	(void)state;
	call_ships();
	watch_read(&watch, SHIP, 2, "master");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "read.number"));
	watch_read(&watch, SHIP, 1, "");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "read.by"));
	watch_read(&watch, 0, 1, "nobody's");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "read.number"));
	/* Read before the word "stored" came: it has arrived, but nobody claims that it is on the disk. */
	assert_int_equal(watch_read(&watch, SHIP, 1, "2nd mate"), 1);
	assert_int_equal(line_of(SHIP, 1)->state, RCC_DELIVERY_READ);
	assert_int_equal(line_of(SHIP, 1)->stored_at_ms, 0);
	assert_string_equal(line_of(SHIP, 1)->read_by, "2nd mate");
	assert_int_equal(unstored(1), 1);
	int64_t read_at_ms = watch.now_ms;
	watch.now_ms += 5000;
	/* The first reader counts; "stored" then adds its time and takes nothing back. */
	assert_int_equal(watch_read(&watch, SHIP, 1, "master"), 1);
	assert_int_equal(watch_stored(&watch, SHIP, 1), 1);
	assert_int_equal(line_of(SHIP, 1)->read_at_ms, read_at_ms);
	assert_string_equal(line_of(SHIP, 1)->read_by, "2nd mate");
	assert_int_equal(line_of(SHIP, 1)->state, RCC_DELIVERY_READ);
	assert_int_equal(line_of(SHIP, 1)->stored_at_ms, watch.now_ms);
	assert_int_equal(unstored(1), 1);
}

static void
test_answer_refusals(void **state)
{
	(void)state;
	call_ships();
	watch_answer(&watch, SHIP, 9, 0, RCC_ANSWER_PROCEEDING);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "answer.incident"));
	/* An officer answers for nobody in particular; a ship for no other; a feed for none. */
	watch_answer(&watch, 0, 1, 0, RCC_ANSWER_PROCEEDING);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "answer.ship"));
	watch_command(&watch, RCC_COMMAND_ANSWER, SHIP)->u.answer = (struct rcc_answer){
	    .incident = {1}, .kind = RCC_ANSWER_PROCEEDING, .eta_min = RCC_ETA_UNKNOWN_MIN, .ship = {247999999}};
	watch_step(&watch);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_ALLOWED, "answer"));
	/* A master who does not come says why (SOLAS V/33.1). */
	struct rcc_answer *answer = &watch_command(&watch, RCC_COMMAND_ANSWER, SHIP)->u.answer;
	*answer = (struct rcc_answer){.incident = {1}, .kind = RCC_ANSWER_UNABLE};
	watch_step(&watch);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_REASON_MISSING, "answer.reason"));
	assert_int_equal(watch.core.answer_count, 0);
}

static void
test_answer(void **state)
{
	(void)state;
	const struct rcc_incident *incident;

	call_ships();
	incident = rcc_incident_find(&watch.core, (struct rcc_incident_id){1});
	assert_int_equal(watch_answer(&watch, SHIP, 1, 1, RCC_ANSWER_UNABLE), 1);
	assert_int_equal(line_of(SHIP, 1)->state, RCC_DELIVERY_ANSWERED);
	assert_int_equal(line_of(SHIP, 1)->stored_at_ms, 0);
	assert_int_equal(line_of(SHIP, 1)->read_at_ms, 0);
	assert_int_equal(unstored(1), 1);
	int64_t answered_at_ms = watch.now_ms;
	watch.now_ms += 5000;
	/* The latest answer stands, the first one's time stays. */
	assert_int_equal(watch_answer(&watch, SHIP, 1, 0, RCC_ANSWER_PROCEEDING), 1);
	assert_int_equal(watch.core.answer_count, 1);
	assert_int_equal(rcc_answer_find(&watch.core, incident, (struct rcc_peer_id){SHIP})->body.kind,
	                 RCC_ANSWER_PROCEEDING);
	assert_int_equal(rcc_answer_find(&watch.core, incident, (struct rcc_peer_id){SHIP})->at_ms, watch.now_ms);
	assert_int_equal(line_of(SHIP, 1)->answered_at_ms, answered_at_ms);
	assert_null(rcc_answer_find(&watch.core, incident, (struct rcc_peer_id){OTHER}));
	/* Read and stored after the answer: times, no step back. */
	watch_read(&watch, SHIP, 1, "master");
	watch_stored(&watch, SHIP, 1);
	assert_int_equal(line_of(SHIP, 1)->state, RCC_DELIVERY_ANSWERED);
	assert_int_equal(line_of(SHIP, 1)->read_at_ms, watch.now_ms);
	assert_int_equal(unstored(1), 1);
	/* Without a number: the newest call of that incident. That it is over nobody has told her by it. */
	watch_cancel(&watch, 1, "found");
	watch_answer(&watch, OTHER, 1, 0, RCC_ANSWER_DONE);
	assert_int_equal(line_of(OTHER, 2)->state, RCC_DELIVERY_QUEUED);
	assert_int_equal(line_of(OTHER, 1)->state, RCC_DELIVERY_ANSWERED);
	/* To a closed case, too. */
	watch_close(&watch, 1, "found");
	assert_int_equal(watch_answer(&watch, OTHER, 1, 1, RCC_ANSWER_DONE), 1);
	assert_int_equal(line_of(OTHER, 1)->state, RCC_DELIVERY_ANSWERED);
}

/* A slip of the number must not answer another call. */
static void
test_answer_with_anothers_number(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 500000002);

	call_ships();
	watch_say(&watch, 0, &alert); /* incident 2, delivery 2 */
	assert_int_equal(watch_answer(&watch, SHIP, 2, 1, RCC_ANSWER_PROCEEDING), 1);
	assert_int_equal(line_of(SHIP, 1)->state, RCC_DELIVERY_QUEUED);
	assert_int_equal(line_of(SHIP, 2)->state, RCC_DELIVERY_ANSWERED);
	assert_int_equal(watch_event(&watch, RCC_EVENT_ANSWERED)->u.answered.answer.number, 0);
	assert_int_equal(watch_answer(&watch, OTHER, 1, 77, RCC_ANSWER_PROCEEDING), 1);
	assert_int_equal(line_of(OTHER, 1)->state, RCC_DELIVERY_ANSWERED);
}

/* An answer by radio, typed by an officer for himself or given to a case that called nobody: kept, no line changes. */
static void
test_answer_without_line(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_AIS_STATUS, 500000009);

	call_ships();
	watch_say(&watch, 0, &alert);
	assert_int_equal(watch_answer(&watch, SHIP, 2, 0, RCC_ANSWER_NEED_DETAIL), 1);
	assert_int_equal(watch.core.answer_count, 1);
	assert_int_equal(line_of(SHIP, 1)->state, RCC_DELIVERY_QUEUED);
}

/* A message says what it said, whenever a ship fetches it: the record of who was told what stands on that. */
static void
test_message_is_as_issued(void **state)
{
	(void)state;
	struct rcc_delivery_msg message;

	call_ships();
	struct rcc_classify *classify = &watch_command(&watch, RCC_COMMAND_CLASSIFY, 0)->u.classify;
	*classify = (struct rcc_classify){.incident = {1},
	                                  .casualty = {500000002},
	                                  .nature = RCC_NATURE_SINKING,
	                                  .persons = 85,
	                                  .pos = RCC_POS_NONE,
	                                  .name = "RUBBER BOAT",
	                                  .reason = "as the harbour says"};
	assert_int_not_equal(watch_step(&watch), 0);
	assert_int_equal(watch_events(&watch, RCC_EVENT_INCIDENT_REVISED), 1);
	assert_int_equal(rcc_core_delivery(&watch.core, (struct rcc_peer_id){SHIP}, 1, &message), RCC_OK);
	assert_int_equal(message.persons, 4);
	assert_int_equal(message.nature, RCC_NATURE_NOT_STATED);
	assert_int_equal(message.casualty.v, 500000001);
	assert_string_equal(message.name, "SEA FOX");
	assert_int_equal(message.source, RCC_SOURCE_OFFICER);
}

static void
test_message(void **state)
{
	(void)state;
	struct rcc_delivery_msg message = {.number = 4711};

	call_ships();
	assert_int_equal(rcc_core_delivery(&watch.core, (struct rcc_peer_id){SHIP}, 2, &message), RCC_E_NOT_FOUND);
	assert_int_equal(rcc_core_delivery(&watch.core, (struct rcc_peer_id){0}, 1, &message), RCC_E_NOT_FOUND);
	assert_int_equal(message.number, 4711);
	assert_int_equal(rcc_core_delivery(&watch.core, (struct rcc_peer_id){SHIP}, 1, &message), RCC_OK);
	assert_int_equal(message.number, 1);
	assert_int_equal(message.incident.v, 1);
	assert_int_equal(message.incident_year, 2026);
	assert_int_equal(message.incident_number, 1);
	assert_int_equal(message.kind, RCC_BROADCAST_DISTRESS_RELAY);
	assert_int_equal(message.class, RCC_CLASS_LIVE);
	assert_int_equal(message.revision, 1);
	assert_int_equal(message.issued_at_ms, WATCH_START_MS);
	assert_int_equal(message.casualty.v, 500000001);
	assert_int_equal(message.persons, 4);
	assert_int_equal(message.verified, 0);
	assert_int_equal(message.range_m, RCC_RANGE_UNKNOWN_M);
	assert_int_equal(message.called_on, 1);
	assert_int_equal(message.replaced, 0);
	assert_string_equal(message.name, "SEA FOX");
	assert_string_equal(message.text, "taking water");
	assert_string_equal(message.centre, "MRCC TEST");
	/* Replaced: it is still sent, and says so. */
	watch_cancel(&watch, 1, "found");
	assert_int_equal(rcc_core_delivery(&watch.core, (struct rcc_peer_id){SHIP}, 1, &message), RCC_OK);
	assert_int_equal(message.replaced, 1);
	assert_int_equal(rcc_core_delivery(&watch.core, (struct rcc_peer_id){SHIP}, 2, &message), RCC_OK);
	assert_int_equal(message.kind, RCC_BROADCAST_CANCEL);
	assert_string_equal(message.text, "found");
	assert_int_equal(message.verified, 1);
	assert_int_equal(message.called_on, 0);
}

static void
take_part(uint32_t peer, bool is_joining)
{
	watch_command(&watch, RCC_COMMAND_DRILL, peer)->u.drill.is_joining = is_joining;
	watch_step(&watch);
}

/* What she has not stored of an exercise when she leaves it is nothing to her: not flagged, not sounded. */
static void
test_left_exercise(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_CREW, 200000001);
	struct rcc_delivery_msg message;

	watch_start(&watch);
	uint32_t first = watch_fleet(&watch, 200000001, 2);
	take_part(first, true);
	take_part(first + 1, true);
	alert.class = RCC_CLASS_EXERCISE;
	watch_say(&watch, first, &alert);
	assert_int_equal(watch.core.broadcast[0].recipients, 2);
	watch_stored(&watch, first, 1);
	assert_int_equal(unstored(1), 1);
	take_part(first + 1, false);
	assert_int_equal(line_of(first + 1, 1)->state, RCC_DELIVERY_CANCELLED);
	assert_int_equal(unstored(1), 0);
	assert_int_equal(rcc_core_delivery(&watch.core, (struct rcc_peer_id){first + 1}, 1, &message), RCC_OK);
	assert_int_equal(message.replaced, 1);
	/* She never heard of it, and does not hear of its end; who stored it and left does. */
	take_part(first, false);
	watch_cancel(&watch, 1, "end of exercise");
	assert_int_equal(watch.core.broadcast[1].recipients, 1);
	assert_int_equal(line_of(first, 2)->state, RCC_DELIVERY_QUEUED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_sent),
	    cmocka_unit_test(test_stored),
	    cmocka_unit_test(test_stored_up_to),
	    cmocka_unit_test(test_read),
	    cmocka_unit_test(test_answer_refusals),
	    cmocka_unit_test(test_answer),
	    cmocka_unit_test(test_answer_with_anothers_number),
	    cmocka_unit_test(test_answer_without_line),
	    cmocka_unit_test(test_message_is_as_issued),
	    cmocka_unit_test(test_message),
	    cmocka_unit_test(test_left_exercise),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

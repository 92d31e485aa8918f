/* What a pack says of a ship, and what it never says: hand-made entries, one event each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/evidence.h"

#define AT_MS INT64_C(1795403527250)
/* 2026-11-23T03:12:07Z and on; peers 1 and 3 are keys of one ship, 2 is another ship. */
static const struct rcc_mmsi astrid = {247111111}, boreas = {247222222};

static struct rcc_core core;
static struct rcc_entry entry;
static struct rcc_evidence evidence;
static struct rcc_link link;
static char text[RCC_PACK_BYTES_MAX + 1];

static void
put_peer(uint32_t slot, struct rcc_mmsi mmsi, const char *name)
{
	core.peer[slot] = (struct rcc_peer){.id = {slot + 1}, .role = RCC_ROLE_VESSEL, .mmsi = mmsi};
	memcpy(core.peer[slot].name, name, strlen(name));
	core.peer_count = slot + 1;
}

static int
begin(void **state)
{
	(void)state;
	memset(&core, 0, sizeof core);
	memset(&link, 0, sizeof link);
	memcpy(core.run.centre, "MRCC TEST", sizeof "MRCC TEST");
	put_peer(0, astrid, "ASTRID");
	put_peer(1, boreas, "BOREAS");
	put_peer(2, astrid, "ASTRID");
	core.incident_top = 1;
	core.incident_count = 1;
	core.incident[0] = (struct rcc_incident){.id = {1}, .year = 2026, .number = 1, .class = RCC_CLASS_LIVE};
	rcc_evidence_begin(&evidence, (struct rcc_incident_id){1}, astrid);
	assert_int_equal(rcc_evidence_gather(&evidence, &core), RCC_OK);
	return 0;
}

/* The next entry's only event. */
static struct rcc_event *
event_of(enum rcc_event_kind kind)
{
	rcc_entry_clear(&entry);
	memset(&entry.event[0], 0, sizeof entry.event[0]);
	entry.event_count = 1;
	entry.event[0].kind = kind;
	return &entry.event[0];
}

static void
take(void)
{
	link.seq++;
	link.at_ms = AT_MS + (int64_t)link.seq * 1000;
	link.hash.b[0] = (uint8_t)link.seq;
	rcc_evidence_take(&evidence, &link, &entry);
}

static void
call(uint32_t broadcast, enum rcc_broadcast_kind kind, uint32_t peer, uint32_t number, bool is_called_on)
{
	struct rcc_broadcast_issued *issued = &event_of(RCC_EVENT_BROADCAST_ISSUED)->u.broadcast;
	*issued = (struct rcc_broadcast_issued){
	    .broadcast = {broadcast}, .incident = {1}, .kind = kind, .revision = 1, .pos = RCC_POS_NONE};
	take();
	struct rcc_deliveries_queued *queued = &event_of(RCC_EVENT_DELIVERIES_QUEUED)->u.queued;
	queued->broadcast.v = broadcast;
	queued->count = 1;
	queued->row[0] = (struct rcc_delivery_row){.peer = {peer},
	                                           .number = number,
	                                           .range_m = RCC_RANGE_UNKNOWN_M,
	                                           .eta_min = RCC_ETA_UNKNOWN_MIN,
	                                           .called_on = is_called_on};
	take();
}

static enum rcc_status
finish(void)
{
	struct rcc_sign_key key;
	struct rcc_evidence_making making = {.build = "test", .head = link, .at_ms = AT_MS, .key = &key};
	struct rcc_pack_report report;
	struct rcc_pack pack;

	rcc_sign_key_generate(&key);
	rcc_pack_begin(&pack, text, sizeof text - 1);
	enum rcc_status status = rcc_evidence_finish(&evidence, &making, &pack);
	if (status != RCC_OK)
		return status;
	text[pack.len] = '\0';
	assert_int_equal(rcc_pack_verify(text, pack.len, &key.public_key, &report), RCC_OK);
	for (const char *line = text; *line != '\0'; line = strchr(line, '\n') + 1) {
		json_error_t error;
		json_t *object = json_loadb(line, strcspn(line, "\n"), JSON_REJECT_DUPLICATES, &error);
		assert_true(json_is_object(object));
		json_decref(object);
	}
	return RCC_OK;
}

static size_t
count(const char *words)
{
	size_t found = 0;

	for (const char *at = strstr(text, words); at != NULL; at = strstr(at + 1, words))
		found++;
	return found;
}

static void
set(char *array, const char *words)
{
	memcpy(array, words, strlen(words) + 1);
}

/* ---- whose ---- */

static void
test_no_part_no_pack(void **state)
{
	(void)state;
	call(1, RCC_BROADCAST_DISTRESS_RELAY, 2, 1, true);
	assert_int_equal(finish(), RCC_E_NOT_FOUND);
}

static void
test_another_case(void **state)
{
	(void)state;
	event_of(RCC_EVENT_ANSWERED)->u.answered =
	    (struct rcc_answered){.peer = {1}, .answer = {.incident = {2}, .kind = RCC_ANSWER_PROCEEDING}};
	take();
	assert_int_equal(finish(), RCC_E_NOT_FOUND);
}

static void
test_steps_once_each_and_hers(void **state)
{
	(void)state;
	call(1, RCC_BROADCAST_DISTRESS_RELAY, 1, 1, true);
	call(2, RCC_BROADCAST_UPDATE, 1, 2, true);
	for (int i = 0; i < 2; i++) {
		struct rcc_sent *sent = &event_of(RCC_EVENT_DELIVERIES_SENT)->u.sent;
		*sent = (struct rcc_sent){.count = 3, .row = {{{2}, 1}, {{1}, 1}, {{1}, 2}}};
		take();
		/* Up to a number, of her other key nothing. */
		event_of(RCC_EVENT_DELIVERY_STORED)->u.stored =
		    (struct rcc_delivery_stored){.peer = {3}, .number = 9, .claimed_at_ms = AT_MS};
		take();
		event_of(RCC_EVENT_DELIVERY_STORED)->u.stored =
		    (struct rcc_delivery_stored){.peer = {1}, .number = 2, .claimed_at_ms = AT_MS};
		take();
		event_of(RCC_EVENT_DELIVERY_READ)->u.read =
		    (struct rcc_delivery_read){.peer = {1}, .number = 1, .by = "Master Amina"};
		take();
		struct rcc_deliveries_flagged *flagged = &event_of(RCC_EVENT_DELIVERIES_FLAGGED)->u.flagged;
		*flagged = (struct rcc_deliveries_flagged){
		    .broadcast = {1}, .flag = RCC_FLAG_NOT_STORED, .count = 2, .row = {{{2}, 1}, {{1}, 1}}};
		take();
	}
	assert_int_equal(finish(), RCC_OK);
	assert_int_equal(count("\"class\":\"CALL\""), 2);
	assert_int_equal(count("\"class\":\"SENT\""), 2);
	assert_int_equal(count("\"class\":\"STORED\""), 2);
	assert_int_equal(count("\"class\":\"READ\""), 1);
	assert_int_equal(count("\"class\":\"FLAGGED\""), 1);
	assert_int_equal(count("Amina"), 0);
}

/* Her other key is she; another ship's answer and call are not in it. */
static void
test_others_are_not_told(void **state)
{
	(void)state;
	call(1, RCC_BROADCAST_DISTRESS_RELAY, 2, 1, true);
	call(2, RCC_BROADCAST_UPDATE, 3, 1, true);
	event_of(RCC_EVENT_ANSWERED)->u.answered =
	    (struct rcc_answered){.peer = {2}, .answer = {.incident = {1}, .kind = RCC_ANSWER_UNABLE, .text = "fire"}};
	take();
	struct rcc_task *task = &event_of(RCC_EVENT_TASKED)->u.tasked.body;
	*task = (struct rcc_task){.incident = {1}, .kind = RCC_TASK_ASSIST, .ship = boreas, .text = "fire"};
	take();
	assert_int_equal(finish(), RCC_OK);
	assert_int_equal(count("\"class\":\"CALL\""), 1);
	assert_int_equal(count("fire"), 0);
	assert_int_equal(count("247222222"), 0);
}

static void
answer(enum rcc_answer_kind kind, enum rcc_reason reason)
{
	event_of(RCC_EVENT_ANSWERED)->u.answered = (struct rcc_answered){.peer = {0},
	                                                                 .answer = {.incident = {1},
	                                                                            .kind = kind,
	                                                                            .reason = reason,
	                                                                            .eta_min = RCC_ETA_UNKNOWN_MIN,
	                                                                            .by = "Master Amina",
	                                                                            .ship = astrid}};
	entry.cause.origin.role = RCC_ROLE_OFFICER;
	take();
}

static void
release_all(void)
{
	struct rcc_task *task = &event_of(RCC_EVENT_TASKED)->u.tasked.body;
	*task = (struct rcc_task){.incident = {1}, .kind = RCC_TASK_RELEASE, .text = "thank you"};
	take();
}

static void
test_release_of_all(void **state)
{
	int64_t from_ms = 0;
	int64_t to_ms = 0;

	(void)state;
	release_all(); /* before she had a part */
	answer(RCC_ANSWER_UNABLE, RCC_REASON_TOO_FAR);
	release_all(); /* she was not bound */
	answer(RCC_ANSWER_PROCEEDING, RCC_REASON_NONE);
	release_all();
	assert_true(rcc_evidence_window(&evidence, INT64_MAX, &from_ms, &to_ms));
	assert_int_equal(from_ms, AT_MS + 2000);
	assert_int_equal(to_ms, AT_MS + 5000);
	assert_int_equal(finish(), RCC_OK);
	assert_int_equal(count("thank you"), 1);
	assert_int_equal(count("\"by_radio\":true"), 2);
	assert_int_equal(count("too far to be of help in time"), 1);
	assert_int_equal(count("Amina"), 0);
}

/* Those who need not come are released, and she who complies with the requisition is none of them. */
static void
test_release_of_the_others(void **state)
{
	int64_t from_ms = 0;
	int64_t to_ms = 0;
	struct rcc_task task = {.incident = {1}, .ship = astrid, .kind = RCC_TASK_REQUISITION, .text = "make for her"};

	(void)state;
	answer(RCC_ANSWER_PROCEEDING, RCC_REASON_NONE);
	event_of(RCC_EVENT_TASKED)->u.tasked.body = task;
	take();
	task = (struct rcc_task){.incident = {1}, .kind = RCC_TASK_RELEASE, .others_comply = 1, .text = "thank you"};
	event_of(RCC_EVENT_TASKED)->u.tasked.body = task;
	take();
	assert_true(rcc_evidence_window(&evidence, INT64_MAX, &from_ms, &to_ms));
	assert_int_equal(to_ms, INT64_MAX);
	assert_int_equal(finish(), RCC_OK);
	assert_int_equal(count("thank you"), 0);
}

/* Her way is no business of the case once that is over; a word of hers may come later. */
static void
test_the_track_ends_with_the_case(void **state)
{
	int64_t from_ms = 0;
	int64_t to_ms = 0;

	(void)state;
	answer(RCC_ANSWER_UNABLE, RCC_REASON_TOO_FAR);
	evidence.closed_at_ms = AT_MS + 3000;
	assert_true(rcc_evidence_window(&evidence, INT64_MAX, &from_ms, &to_ms));
	assert_int_equal(to_ms, AT_MS + 3000);
	evidence.closed_at_ms = from_ms - 1;
	assert_false(rcc_evidence_window(&evidence, INT64_MAX, &from_ms, &to_ms));
	evidence.has_aboard = true;
	assert_true(rcc_evidence_window(&evidence, INT64_MAX, &from_ms, &to_ms));
}

/* ---- words that stay in the record ---- */

static void
take_people(struct rcc_mmsi ship)
{
	struct rcc_survivors *survivors = &event_of(RCC_EVENT_SURVIVORS_REPORTED)->u.survivors_reported.body;
	*survivors = (struct rcc_survivors){.incident = {1}, .ship = ship, .aboard = {.women = 4, .children = 2}};
	set(survivors->text, "Amina has a fever");
	take();
	struct rcc_move_persons *move = &event_of(RCC_EVENT_PERSONS_MOVED)->u.persons_moved.body;
	*move = (struct rcc_move_persons){
	    .incident = {1}, .from = RCC_WHERE_AT_RISK, .to = RCC_WHERE_ABOARD, .to_ship = ship, .count = {.men = 3}};
	set(move->reason, "Amina first");
	take();
	struct rcc_need *need = &event_of(RCC_EVENT_NEED_CHANGED)->u.need_changed.body;
	*need =
	    (struct rcc_need){.incident = {1}, .state = RCC_NEED_ASKED, .kind = RCC_NEED_MEDICAL_ADVICE, .ship = ship};
	set(need->text, "insulin for Amina");
	take();
	need = &event_of(RCC_EVENT_NEED_CHANGED)->u.need_changed.body;
	*need = (struct rcc_need){.incident = {1}, .state = RCC_NEED_REFUSED, .kind = RCC_NEED_WATER, .ship = ship};
	set(need->text, "no boat to bring it to Amina");
	take();
}

static void
test_people_are_numbers(void **state)
{
	(void)state;
	take_people(astrid);
	struct rcc_task *task = &event_of(RCC_EVENT_TASKED)->u.tasked.body;
	*task = (struct rcc_task){.incident = {1}, .kind = RCC_TASK_REQUISITION, .ship = astrid};
	set(task->consulted, "BOREAS: Amina is ill");
	take();
	assert_int_equal(finish(), RCC_OK);
	assert_int_equal(count("4 women, 2 children"), 1);
	assert_int_equal(count("3 men"), 1);
	assert_int_equal(count("no boat to bring it"), 0);
	assert_int_equal(count("\"withheld\":true"), 5);
	/* Her report and her request came by an officer's key: what the centre answered is no word of hers. */
	assert_int_equal(count("\"by_radio\":true"), 2);
	assert_int_equal(count("Amina"), 0);
	assert_int_equal(count("BOREAS"), 0);
}

static void
test_her_own_words_came_by_her_own_key(void **state)
{
	(void)state;
	struct rcc_survivors *survivors = &event_of(RCC_EVENT_SURVIVORS_REPORTED)->u.survivors_reported.body;
	*survivors = (struct rcc_survivors){.incident = {1}, .ship = astrid, .aboard = {.women = 4}};
	entry.cause.origin.role = RCC_ROLE_VESSEL;
	take();
	assert_int_equal(finish(), RCC_OK);
	assert_int_equal(count("4 women"), 1);
	assert_int_equal(count("by_radio"), 0);
}

static void
test_people_of_another_ship(void **state)
{
	(void)state;
	take_people(boreas);
	assert_int_equal(finish(), RCC_E_NOT_FOUND);
}

static void
note(enum rcc_note_kind kind, struct rcc_mmsi ship, const char *words)
{
	struct rcc_note *body = &event_of(RCC_EVENT_NOTED)->u.noted.body;

	*body = (struct rcc_note){.incident = {1}, .kind = kind, .ship = ship};
	set(body->text, words);
	take();
}

static void
test_notes(void **state)
{
	(void)state;
	for (uint32_t kind = 1; kind <= RCC_NOTE_LAST; kind++) {
		note((enum rcc_note_kind)kind, astrid, "of her");
		note((enum rcc_note_kind)kind, boreas, "of another");
		note((enum rcc_note_kind)kind, (struct rcc_mmsi){0}, "of nobody");
	}
	assert_int_equal(finish(), RCC_OK);
	/* That there was a word of her company and her flag, obstruction and violence, and not the words of it. */
	assert_int_equal(count("of her"), 0);
	assert_int_equal(count("note: company"), 1);
	assert_int_equal(count("note: flag-state"), 1);
	assert_int_equal(count("\"withheld\":true"), 4);
	assert_int_equal(count("note: obstruction"), 1);
	assert_int_equal(count("note: violence"), 1);
	assert_int_equal(count("note: complaint"), 0);
	assert_int_equal(count("of another"), 0);
	assert_int_equal(count("of nobody"), 0);
}

static void
place(enum rcc_place_step step, uint32_t id, struct rcc_mmsi ship, const char *words)
{
	struct rcc_place *body = &event_of(RCC_EVENT_PLACE_STEPPED)->u.place_stepped.body;

	*body = (struct rcc_place){.incident = {1}, .place = {id}, .step = step, .ship = ship, .pos = RCC_POS_NONE};
	set(body->name, id == 1 ? "Lampedusa" : "Elsewhere");
	set(body->text, words);
	take();
}

static void
test_places(void **state)
{
	static const struct rcc_mmsi nobody = {0};

	(void)state;
	place(RCC_PLACE_ASKED, 1, nobody, "for BOREAS too");
	place(RCC_PLACE_ASKED, 2, nobody, "for BOREAS alone");
	place(RCC_PLACE_REFUSED, 2, boreas, "not hers");
	place(RCC_PLACE_ASSIGNED, 1, astrid, "berth 2");
	place(RCC_PLACE_FEARED, 1, astrid, "Amina fears it");
	place(RCC_PLACE_OBJECTED, 1, astrid, "too far with 20 aboard");
	place(RCC_PLACE_OFFERED, 0, nobody, "none in particular");
	assert_int_equal(finish(), RCC_OK);
	assert_int_equal(count("Lampedusa: asked"), 1);
	assert_int_equal(count("berth 2"), 1);
	assert_int_equal(count("too far with 20 aboard"), 1);
	assert_int_equal(count("Lampedusa: feared"), 1);
	assert_int_equal(count("Elsewhere"), 0);
	assert_int_equal(count("Amina"), 0);
	assert_int_equal(count("BOREAS"), 0);
	assert_int_equal(count("none in particular"), 0);
}

/* ---- bounds ---- */

static void
test_what_does_not_fit_is_told(void **state)
{
	(void)state;
	for (int i = 0; i <= RCC_EVIDENCE_FACTS_MAX; i++)
		answer(RCC_ANSWER_DONE, RCC_REASON_NONE);
	assert_int_equal(finish(), RCC_OK);
	assert_int_equal(count("\"complete\":false"), 1);
	assert_true(evidence.is_cut);
}

static void
test_positions(void **state)
{
	const struct rcc_report report = {
	    .mmsi = astrid, .pos = {352066667, 126000000}, .sog_dkn = RCC_SOG_UNKNOWN_DKN, .cog_ddeg = 2705};
	int64_t day_ms = 86400000;

	(void)state;
	/* An hour is told every five minutes, a month by as many positions as there is room for. */
	assert_int_equal(rcc_evidence_step_ms(AT_MS, AT_MS + 3600000), 300000);
	assert_in_range(30 * day_ms / rcc_evidence_step_ms(AT_MS, AT_MS + 30 * day_ms), 200,
	                RCC_EVIDENCE_POSITIONS_MAX - 1);
	answer(RCC_ANSWER_PROCEEDING, RCC_REASON_NONE);
	rcc_evidence_position(&evidence, &report, AT_MS);
	assert_int_equal(finish(), RCC_OK);
	assert_int_equal(
	    count("{\"class\":\"TRACK\",\"time\":\"2026-11-23T03:12:07.250Z\",\"lat\":35.2066667,\"lon\":12.6,"
	          "\"cog_deg\":270.5,"),
	    1);
}

static void
test_duties(void **state)
{
	(void)state;
	core.duty[0] = (struct rcc_duty){.id = {7},
	                                 .rule = RCC_DUTY_RULE_ASSIST,
	                                 .incident = {1},
	                                 .ship = astrid,
	                                 .state = RCC_DUTY_EXCUSED,
	                                 .opened_seq = 1,
	                                 .changed_seq = 2};
	core.duty[1] = core.duty[0];
	core.duty[1].ship = boreas;
	core.duty[0].previous = 2;
	core.incident[0].newest_duty = 1;
	assert_int_equal(rcc_evidence_gather(&evidence, &core), RCC_OK);
	answer(RCC_ANSWER_UNABLE, RCC_REASON_DISABLED);
	answer(RCC_ANSWER_UNABLE, RCC_REASON_DISABLED);
	assert_int_equal(finish(), RCC_OK);
	assert_int_equal(count("\"class\":\"DUTY\""), 1);
	assert_int_equal(count("\"rule\":\"OB01\""), 1);
	assert_int_equal(count("\"state\":\"excused\",\"late\":false,\"seq\":1,\"time\":\"2026-11-23T03:12:08.250Z\""),
	                 1);
	assert_int_equal(count("\"changed_seq\":2,\"changed_time\":\"2026-11-23T03:12:09.250Z\""), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(test_no_part_no_pack, begin),
	    cmocka_unit_test_setup(test_another_case, begin),
	    cmocka_unit_test_setup(test_steps_once_each_and_hers, begin),
	    cmocka_unit_test_setup(test_others_are_not_told, begin),
	    cmocka_unit_test_setup(test_release_of_all, begin),
	    cmocka_unit_test_setup(test_release_of_the_others, begin),
	    cmocka_unit_test_setup(test_the_track_ends_with_the_case, begin),
	    cmocka_unit_test_setup(test_people_are_numbers, begin),
	    cmocka_unit_test_setup(test_her_own_words_came_by_her_own_key, begin),
	    cmocka_unit_test_setup(test_people_of_another_ship, begin),
	    cmocka_unit_test_setup(test_notes, begin),
	    cmocka_unit_test_setup(test_places, begin),
	    cmocka_unit_test_setup(test_what_does_not_fit_is_told, begin),
	    cmocka_unit_test_setup(test_positions, begin),
	    cmocka_unit_test_setup(test_duties, begin),
	};
	if (rcc_chain_init() != RCC_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}

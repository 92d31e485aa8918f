/*
 * A ship asks for its pack: what the daemon finds through its projections is what a reading of the whole record finds, whatever
 * happened; and who asks too often, too late, or for what is not theirs is told so.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "build_stamp.h"
#include "pack.h"
#include "shell.h"

#define ASTRID 247111111u
#define BOREAS 247222222u
#define ROUNDS 40
#define STEPS 60

static struct shell shell;
static struct rcc_app *const app = &shell.app;
static struct rcc_key key_of[3] = {{{0}}, {{0xa1}}, {{0xb1}}};
static uint64_t random_state;
static char told[RCC_PACK_BYTES_MAX], known[RCC_PACK_BYTES_MAX];
static struct rcc_evidence whole;
static struct rcc_entry entry;

static uint32_t
any(uint32_t below)
{
	random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(random_state >> 33) % below;
}

static void
open_case(enum rcc_source source)
{
	struct rcc_open *open = &shell_begin(&shell, RCC_BODY_OPEN)->u.open;

	open->alert = (struct rcc_alert){.source = source,
	                                 .class = RCC_CLASS_LIVE,
	                                 .casualty = {970123456},
	                                 .nature = RCC_NATURE_SINKING,
	                                 .category = RCC_CATEGORY_DISTRESS,
	                                 .pos = {352066667, 126000000},
	                                 .persons = 14,
	                                 .text = "two rafts"};
	shell_say(&shell, RCC_PORT_CONTROL, NULL);
}

static int
open_app(void **state)
{
	(void)state;
	shell_open(&shell, NULL);
	key_of[1].b[0] = 0xa1;
	(void)shell_enrol(&shell, RCC_ROLE_VESSEL, ASTRID, &key_of[1]);
	(void)shell_enrol(&shell, RCC_ROLE_VESSEL, BOREAS, &key_of[2]);
	open_case(RCC_SOURCE_OFFICER);
	shell_commit(&shell);
	return 0;
}

static int
close_app(void **state)
{
	(void)state;
	shell_close(&shell);
	return 0;
}

/* ---- asking ---- */

static const struct rcc_envelope *
ask(uint32_t ship, uint32_t incident, uint32_t from)
{
	shell_begin(&shell, RCC_BODY_PACK)->u.pack = (struct rcc_pack_ask){.incident = {incident}, .from = from};
	shell_say(&shell, RCC_PORT_SHIPS, &key_of[ship]);
	shell_commit(&shell);
	rcc_pack_answer(app);
	return &app->out;
}

static void
assert_refused(const struct rcc_envelope *answer, enum rcc_refusal reason)
{
	assert_int_equal(answer->kind, RCC_BODY_REFUSED);
	assert_int_equal(answer->u.refused.reason, reason);
}

static void
pass_second(void)
{
	app->monotonic_ms += 1000;
}

/* The whole pack, page by page; its length. */
static size_t
fetch(uint32_t ship)
{
	size_t len = 0;
	uint32_t from = 0;

	pass_second();
	do {
		const struct rcc_envelope *answer = ask(ship, 1, from);
		if (answer->kind == RCC_BODY_REFUSED) {
			assert_refused(answer, RCC_REFUSAL_NOT_FOUND);
			return 0;
		}
		assert_int_equal(answer->kind, RCC_BODY_VIEW_ROWS);
		assert_true(answer->u.rows.len > 0 && answer->u.rows.len <= RCC_MESSAGE_MAX);
		memcpy(told + len, answer->u.rows.bytes, answer->u.rows.len);
		len += answer->u.rows.len;
		from = answer->u.rows.next;
		assert_true(from == 0 || from == len);
	} while (from != 0);
	return len;
}

/* From every entry there is, as rcc-replay does it. */
static size_t
make_from_all(uint32_t mmsi)
{
	struct rcc_link head = rcc_app_head(app);
	struct rcc_evidence_making making = {.build = RCC_BUILD,
	                                     .journal = rcc_app_journal_id(app),
	                                     .head = head,
	                                     .at_ms = app->now_ms,
	                                     .key = &app->sign_key};
	struct rcc_entry_bytes bytes;
	struct rcc_pack pack;

	rcc_evidence_begin(&whole, (struct rcc_incident_id){1}, (struct rcc_mmsi){mmsi});
	assert_int_equal(rcc_evidence_gather(&whole, &app->core), RCC_OK);
	for (uint64_t seq = 1; seq <= head.seq; seq++) {
		assert_int_equal(rcc_journal_read(&app->journal, seq, &bytes), RCC_OK);
		assert_int_equal(rcc_wire_decode_entry(bytes.payload, bytes.payload_len, &entry), RCC_OK);
		rcc_evidence_take(&whole, &bytes.link, &entry);
	}
	rcc_pack_begin(&pack, known, sizeof known);
	enum rcc_status status = rcc_evidence_finish(&whole, &making, &pack);
	assert_true(status == RCC_OK || status == RCC_E_NOT_FOUND);
	return status == RCC_OK ? pack.len : 0;
}

/* ---- what happens ---- */

static void
answer_somehow(uint32_t ship)
{
	struct rcc_answer *answer = &shell_begin(&shell, RCC_BODY_ANSWER)->u.answer;

	*answer = (struct rcc_answer){.incident = {1},
	                              .number = any(4),
	                              .kind = (enum rcc_answer_kind)(1 + any(RCC_ANSWER_LAST)),
	                              .eta_min = any(2) == 0 ? RCC_ETA_UNKNOWN_MIN : any(600)};
	if (answer->kind == RCC_ANSWER_UNABLE)
		answer->reason = (enum rcc_reason)(1 + any(RCC_REASON_LAST));
	if (any(3) == 0) {
		answer->ship.v = ship == 1 ? ASTRID : BOREAS;
		shell_say(&shell, RCC_PORT_CONTROL, NULL);
	} else {
		shell_say(&shell, RCC_PORT_SHIPS, &key_of[ship]);
	}
}

static void
task_somehow(uint32_t mmsi)
{
	struct rcc_task *task = &shell_begin(&shell, RCC_BODY_TASK)->u.task;

	*task = (struct rcc_task){.incident = {1},
	                          .kind = (enum rcc_task_kind)(1 + any(RCC_TASK_LAST)),
	                          .ship = {mmsi},
	                          .text = "make for the rafts",
	                          .consulted = "all of them"};
	if (task->kind == RCC_TASK_RELEASE && any(2) == 0)
		task->ship.v = 0;
	shell_say(&shell, RCC_PORT_CONTROL, NULL);
}

static void
note_somehow(uint32_t mmsi)
{
	struct rcc_note *note = &shell_begin(&shell, RCC_BODY_NOTE)->u.note;

	*note = (struct rcc_note){
	    .incident = {1}, .kind = (enum rcc_note_kind)(1 + any(RCC_NOTE_LAST)), .ship = {mmsi}, .text = "noted"};
	shell_say(&shell, RCC_PORT_CONTROL, NULL);
}

static void
report_somehow(uint32_t ship)
{
	if (any(2) == 0) {
		struct rcc_survivors *survivors = &shell_begin(&shell, RCC_BODY_SURVIVORS)->u.survivors;
		*survivors = (struct rcc_survivors){
		    .incident = {1}, .aboard = {.women = any(9), .children = any(4)}, .text = "Amina"};
	} else {
		struct rcc_need *need = &shell_begin(&shell, RCC_BODY_NEED)->u.need;
		*need = (struct rcc_need){.incident = {1},
		                          .state = RCC_NEED_ASKED,
		                          .kind = (enum rcc_need_kind)(1 + any(RCC_NEED_LAST)),
		                          .text = "as soon as possible"};
	}
	shell_say(&shell, RCC_PORT_SHIPS, &key_of[ship]);
}

static void
acknowledge_somehow(uint32_t ship)
{
	if (any(2) == 0) {
		struct rcc_stored *stored = &shell_begin(&shell, RCC_BODY_STORED)->u.stored;
		*stored = (struct rcc_stored){.number = 1 + any(5), .stored_at_ms = app->now_ms};
	} else {
		struct rcc_read *read = &shell_begin(&shell, RCC_BODY_READ)->u.read;
		*read = (struct rcc_read){.number = 1 + any(5), .read_at_ms = app->now_ms, .by = "mate"};
	}
	shell_say(&shell, RCC_PORT_SHIPS, &key_of[ship]);
}

/* A new computer, and so a new key, under the same number. */
static void
change_key(uint32_t ship)
{
	const struct rcc_peer *peer = rcc_peer_find_key(&app->core, &key_of[ship]);
	struct rcc_revoke *revoke = &shell_begin(&shell, RCC_BODY_REVOKE)->u.revoke;

	memcpy(revoke->name, peer->name, sizeof revoke->name);
	memcpy(revoke->reason, "new computer", sizeof "new computer");
	shell_say(&shell, RCC_PORT_CONTROL, NULL);
	key_of[ship].b[0]++;
	key_of[ship].b[1] = (uint8_t)ship;
	(void)shell_enrol(&shell, RCC_ROLE_VESSEL, ship == 1 ? ASTRID : BOREAS, &key_of[ship]);
}

static void
relay_again(void)
{
	struct rcc_relay *relay = &shell_begin(&shell, RCC_BODY_RELAY)->u.relay;

	*relay = (struct rcc_relay){.incident = {1}, .action = RCC_RELAY_RELEASE, .reason = "news"};
	shell_say(&shell, RCC_PORT_CONTROL, NULL);
}

static void
something_happens(void)
{
	uint32_t ship = 1 + any(2);
	uint32_t mmsi = any(3) == 0 ? BOREAS : ASTRID;

	switch (any(10)) {
	case 0:
	case 1:
		answer_somehow(ship);
		return;
	case 2:
		task_somehow(mmsi);
		return;
	case 3:
		note_somehow(mmsi);
		return;
	case 4:
	case 5:
		acknowledge_somehow(ship);
		return;
	case 6:
		shell_wait(&shell, any(600000));
		return;
	case 7:
		relay_again();
		return;
	case 8:
		report_somehow(ship);
		return;
	default:
		if (any(8) == 0)
			change_key(ship);
		else
			shell_commit(&shell);
		return;
	}
}

static void
test_finds_what_the_whole_record_says(void **state)
{
	struct rcc_pack_report report;
	uint32_t lines = 0;

	(void)state;
	for (uint64_t round = 1; round <= ROUNDS; round++) {
		random_state = round;
		for (int i = 0; i < STEPS; i++)
			something_happens();
		shell_commit(&shell);
		for (uint32_t ship = 1; ship <= 2; ship++) {
			size_t len = fetch(ship);
			size_t wanted = make_from_all(ship == 1 ? ASTRID : BOREAS);
			assert_int_equal(len, wanted);
			assert_memory_equal(told, known, wanted);
			assert_int_equal(rcc_pack_verify(told, len, &app->sign_key.public_key, &report), RCC_OK);
			assert_null(strstr(told, "Amina"));
			lines = report.lines;
		}
		/* Beyond the bounds a pack is cut, and the two may be cut in different places. */
		if (whole.is_cut || lines > 600)
			break;
	}
	assert_true(lines > 100);
}

/* ---- who asks wrongly ---- */

static void
test_not_hers(void **state)
{
	static const struct rcc_key stranger = {{0x77}};
	static const struct rcc_key officer = {{0x99}};

	(void)state;
	pass_second();
	assert_refused(ask(1, 2, 0), RCC_REFUSAL_NOT_FOUND);
	shell_begin(&shell, RCC_BODY_PACK)->u.pack.incident.v = 1;
	shell_say(&shell, RCC_PORT_SHIPS, &stranger);
	assert_refused(&app->out, RCC_REFUSAL_NOT_ALLOWED);
	(void)shell_enrol(&shell, RCC_ROLE_OFFICER, 0, &officer);
	shell_begin(&shell, RCC_BODY_PACK)->u.pack.incident.v = 1;
	shell_say(&shell, RCC_PORT_OPERATIONS, &officer);
	assert_refused(&app->out, RCC_REFUSAL_NOT_ALLOWED);
}

/* No answer tells a ship that there is a security alert, be it her own. */
static void
test_restricted(void **state)
{
	struct rcc_alert *alert = &shell_begin(&shell, RCC_BODY_ALERT)->u.alert;

	(void)state;
	*alert = (struct rcc_alert){.source = RCC_SOURCE_CREW,
	                            .class = RCC_CLASS_LIVE,
	                            .casualty = {ASTRID},
	                            .nature = RCC_NATURE_PIRACY,
	                            .pos = {352066667, 126000000},
	                            .marks = RCC_ALERT_RESTRICTED};
	shell_say(&shell, RCC_PORT_SHIPS, &key_of[1]);
	shell_commit(&shell);
	const struct rcc_incident *incident = rcc_incident_find(&app->core, (struct rcc_incident_id){2});
	if (incident == NULL || !incident->is_restricted)
		skip();
	pass_second();
	assert_refused(ask(1, 2, 0), RCC_REFUSAL_NOT_FOUND);
}

static void
test_not_so_often(void **state)
{
	(void)state;
	pass_second();
	assert_int_equal(ask(1, 1, 0)->kind, RCC_BODY_VIEW_ROWS);
	assert_refused(ask(1, 1, 0), RCC_REFUSAL_RATE);
	assert_refused(ask(2, 1, 0), RCC_REFUSAL_RATE);
	pass_second();
	/* Two in one turn: the first is answered. */
	shell_begin(&shell, RCC_BODY_PACK)->u.pack.incident.v = 1;
	shell_say(&shell, RCC_PORT_SHIPS, &key_of[1]);
	shell_begin(&shell, RCC_BODY_PACK)->u.pack.incident.v = 1;
	shell_say(&shell, RCC_PORT_SHIPS, &key_of[2]);
	assert_refused(&app->out, RCC_REFUSAL_RATE);
	rcc_pack_answer(app);
	assert_int_equal(app->out.kind, RCC_BODY_VIEW_ROWS);
	/* And nobody twice. */
	app->out.kind = RCC_BODY_BEAT;
	rcc_pack_answer(app);
	assert_int_equal(app->out.kind, RCC_BODY_BEAT);
}

static void
test_pages_of_what_was_made(void **state)
{
	(void)state;
	assert_refused(ask(1, 1, 1), RCC_REFUSAL_WRONG_STATE);
	pass_second();
	assert_int_equal(ask(1, 1, 0)->kind, RCC_BODY_VIEW_ROWS);
	uint32_t len = (uint32_t)app->pack[0].len;
	assert_refused(ask(1, 1, len), RCC_REFUSAL_WRONG_STATE);
	assert_refused(ask(1, 1, UINT32_MAX), RCC_REFUSAL_WRONG_STATE);
	/* Not by another ship. */
	assert_refused(ask(2, 1, 1), RCC_REFUSAL_WRONG_STATE);
	assert_int_equal(ask(1, 1, len - 1)->u.rows.len, 1);
	assert_int_equal(app->out.u.rows.next, 0);
}

static void
test_degraded(void **state)
{
	(void)state;
	pass_second();
	app->is_degraded = true;
	shell_begin(&shell, RCC_BODY_PACK)->u.pack.incident.v = 1;
	shell_say(&shell, RCC_PORT_SHIPS, &key_of[1]);
	rcc_pack_answer(app);
	assert_refused(&app->out, RCC_REFUSAL_DEGRADED);
	app->is_degraded = false;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_finds_what_the_whole_record_says, open_app, close_app),
	    cmocka_unit_test_setup_teardown(test_not_hers, open_app, close_app),
	    cmocka_unit_test_setup_teardown(test_restricted, open_app, close_app),
	    cmocka_unit_test_setup_teardown(test_not_so_often, open_app, close_app),
	    cmocka_unit_test_setup_teardown(test_pages_of_what_was_made, open_app, close_app),
	    cmocka_unit_test_setup_teardown(test_degraded, open_app, close_app),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

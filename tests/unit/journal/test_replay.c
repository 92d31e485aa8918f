/*
 * rcc-replay as a stranger runs it: the program itself, on a record that the real core decided.
 */
#define _POSIX_C_SOURCE 200809L
#include "build_stamp.h"
#include "desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "core/state.h"

#define OUTPUT_SIZE 262144
#define COMMAND_SIZE 900

/* The program under test, what it printed, and the core that decided. */
struct audit_desk {
	struct desk *desk;
	struct rcc_core core;
	int64_t at_ms;
	uint8_t id;
	struct rcc_checkpoint checkpoint;
	char output[OUTPUT_SIZE];
};

static struct rcc_key
key_of(uint32_t peer)
{
	struct rcc_key key;

	memset(key.b, (int)(0x50 + peer), sizeof key.b);
	return key;
}

/* Begins a command a second after the last one. */
static struct rcc_command *
command(struct audit_desk *a, enum rcc_command_kind kind, uint32_t peer, enum rcc_role role)
{
	struct rcc_command *cause = &a->desk->entry.cause;

	rcc_entry_clear(&a->desk->entry);
	a->at_ms += 1000;
	cause->kind = kind;
	cause->at_ms = a->at_ms;
	cause->origin.role = role;
	cause->origin.class = RCC_CLASS_LIVE;
	cause->origin.peer.v = peer;
	if (peer != 0) {
		cause->origin.key = key_of(peer);
		cause->origin.msg_id.b[15] = ++a->id;
		cause->origin.fingerprint = a->id;
	}
	return cause;
}

/* One turn of the daemon: decide, append, commit. */
static void
turn(struct audit_desk *a)
{
	struct desk *desk = a->desk;
	struct rcc_link link;
	size_t len = 0;

	rcc_core_step(&a->core, &desk->entry);
	assert_true(desk->entry.event_count > 0);
	assert_int_equal(rcc_wire_encode_entry(&desk->entry, desk->payload, sizeof desk->payload, &len), RCC_OK);
	assert_int_equal(rcc_journal_append(&desk->journal, &desk->entry, desk->payload, len, &link), RCC_OK);
	assert_int_equal(rcc_journal_commit(&desk->journal), RCC_OK);
	assert_int_equal(link.seq, rcc_core_seq(&a->core));
}

static void
start_run(struct audit_desk *a, const char *build)
{
	struct rcc_run *run = &command(a, RCC_COMMAND_RUN, 0, RCC_ROLE_ADMIN)->u.run;

	snprintf(run->build, sizeof run->build, "%s", build);
	snprintf(run->centre, sizeof run->centre, "MRCC Test");
	run->rules.respond_count = 20;
	run->rules.respond_eta_min = 360;
	run->rules.assumed_speed_dkn = 100;
	run->rules.flag_after_ms = 120000;
	run->rules.unreachable_after_ms = 300000;
	run->rules.quarantine_ms = 300000;
	run->rules.no_position_ms = 300000;
	run->rules.join_window_ms = 86400000;
	run->rules.update_move_m = 1852;
	turn(a);
}

static void
enrol(struct audit_desk *a, uint32_t peer, const char *name, enum rcc_role role, uint32_t mmsi)
{
	struct rcc_enrol *body = &command(a, RCC_COMMAND_ENROL, 0, RCC_ROLE_ADMIN)->u.enrol;

	snprintf(body->name, sizeof body->name, "%s", name);
	body->role = role;
	body->mmsi.v = mmsi;
	body->key = key_of(peer);
	turn(a);
}

static void
distress(struct audit_desk *a, uint32_t peer, uint32_t mmsi, const char *name)
{
	struct rcc_alert *alert = &command(a, RCC_COMMAND_ALERT, peer, RCC_ROLE_VESSEL)->u.alert;

	alert->source = RCC_SOURCE_CREW;
	alert->class = RCC_CLASS_LIVE;
	alert->casualty.v = mmsi;
	alert->nature = RCC_NATURE_SINKING;
	/* Each ship is far from the others: nobody takes two cases for one. */
	alert->pos = (struct rcc_pos){352067000 + (int32_t)peer * 20000000, 126008000};
	alert->pos_at_ms = a->at_ms;
	alert->persons = 12;
	snprintf(alert->name, sizeof alert->name, "%s", name);
	turn(a);
}

/* A case from alarm to answer, and a second one that nobody answers. */
static void
live_through(struct audit_desk *a, const char *build)
{
	start_run(a, build);
	enrol(a, 1, "Officer Eva", RCC_ROLE_OFFICER, 0);
	enrol(a, 2, "ALPHA", RCC_ROLE_VESSEL, 247111111);
	enrol(a, 3, "BETA", RCC_ROLE_VESSEL, 247222222);
	distress(a, 2, 247111111, "ALPHA");
	command(a, RCC_COMMAND_SENT, 0, RCC_ROLE_ADMIN)->u.sent =
	    (struct rcc_sent){.count = 1, .row = {{.peer = {3}, .number = 1}}};
	turn(a);
	command(a, RCC_COMMAND_STORED, 3, RCC_ROLE_VESSEL)->u.stored = (struct rcc_stored){.number = 1};
	turn(a);
	struct rcc_answer *answer = &command(a, RCC_COMMAND_ANSWER, 3, RCC_ROLE_VESSEL)->u.answer;
	*answer = (struct rcc_answer){.incident = {1}, .number = 1, .kind = RCC_ANSWER_PROCEEDING, .eta_min = 95};
	turn(a);
	assert_int_equal(rcc_journal_checkpoint(&a->desk->journal, a->at_ms, RCC_CHECKPOINT_NOW, &a->checkpoint),
	                 RCC_OK);
	distress(a, 3, 247222222, "BETA");
}

static int
setup(void **state)
{
	struct audit_desk *a = calloc(1, sizeof *a);
	void *desk = NULL;

	if (a == NULL || desk_setup(&desk) != 0)
		return -1;
	a->desk = desk;
	a->at_ms = STORY_START;
	rcc_core_init(&a->core);
	*state = a;
	return 0;
}

static int
teardown(void **state)
{
	struct audit_desk *a = *state;
	void *desk = a->desk;

	free(a);
	return desk_teardown(&desk);
}

/* Runs rcc-replay with these arguments; its exit code, with what it printed on both streams in a->output. */
static int
replay(struct audit_desk *a, const char *arguments)
{
	char line[COMMAND_SIZE];

	snprintf(line, sizeof line, "cd '%s' && '%s' %s 2>&1", a->desk->dir, RCC_REPLAY, arguments);
	FILE *pipe = popen(line, "r");
	assert_non_null(pipe);
	size_t len = fread(a->output, 1, sizeof a->output - 1, pipe);
	a->output[len] = '\0';
	int status = pclose(pipe);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
assert_printed(const struct audit_desk *a, const char *text)
{
	if (strstr(a->output, text) == NULL)
		fail_msg("'%s' is not in: %s", text, a->output);
}

static void
test_verify(void **state)
{
	struct audit_desk *a = *state;
	char text[RCC_CHECKPOINT_TEXT_SIZE];

	desk_open(a->desk);
	live_through(a, RCC_BUILD);
	/* While the daemon holds it, by its directory. */
	assert_int_equal(replay(a, "verify ."), 0);
	/* Without a witness it is no promise, and the last time in it stands in the first line. */
	assert_true(strncmp(a->output, "whole as far as it goes, since 2026-", 36) == 0);
	assert_printed(a, ": 9 entries; only a witness");
	assert_printed(a, "only a witness shows a cut tail");
	assert_printed(a, "NOT SIGNED: entries 9 to 9");
	rcc_journal_close(&a->desk->journal);
	rcc_checkpoint_format(text, &a->checkpoint);
	FILE *file = fopen(desk_file(a->desk, "kept.txt"), "w");
	assert_non_null(file);
	assert_true(fprintf(file, "# kept by ALPHA\n%s\n", text) > 0);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(replay(a, "verify journal.db --witness kept.txt --witness=kept.txt --json"), 0);
	assert_printed(a, "{\"class\":\"AUDIT\",\"whole\":true,\"entries\":9,");
	assert_printed(a, "\"witnesses\":2,\"witnessed_seq\":8");
	assert_int_equal(replay(a, "verify journal.db -w kept.txt"), 0);
	/* What came after the witness looked is whole as far as it goes, and no further. */
	assert_printed(a, "whole as far as it goes, since 2026-");
	assert_printed(a, ": 9 entries; a witness saw entry 8, and only a later one shows a cut tail\n");
	assert_printed(a,
	               "1 checkpoint of a witness agrees, on entry 8; what was cut after that, only a later one shows");
	sqlite3 *db = desk_forge(a->desk->path);
	desk_sql(db, "DELETE FROM entry WHERE seq >= 8; DELETE FROM checkpoint WHERE seq > 0");
	desk_forged(db);
	assert_int_equal(replay(a, "verify journal.db -w kept.txt"), 1);
	assert_printed(a, "damaged at entry 8: tail missing: the witness saw entry 8, the journal ends at 7");
	assert_int_equal(replay(a, "--json verify journal.db -wkept.txt"), 1);
	assert_printed(a, "\"whole\":false");
	assert_printed(a, "\"bad_seq\":8");
}

static void
test_timeline(void **state)
{
	struct audit_desk *a = *state;

	desk_open(a->desk);
	live_through(a, RCC_BUILD);
	rcc_journal_close(&a->desk->journal);
	assert_int_equal(replay(a, "timeline journal.db"), 0);
	assert_printed(a, "#1 2026-");
	assert_printed(a, "#9 2026-");
	/* One case: its alert, broadcast, deliveries and answer; not the other's, nor the enrolments. */
	assert_int_equal(replay(a, "timeline journal.db 2026-0001"), 0);
	assert_printed(a, "#5 2026-");
	assert_printed(a, "#6 2026-");
	assert_printed(a, "#7 2026-");
	assert_printed(a, "#8 2026-");
	assert_null(strstr(a->output, "#4 2026-"));
	assert_null(strstr(a->output, "#9 2026-"));
	assert_int_equal(replay(a, "timeline journal.db 2 --json"), 0);
	assert_printed(a, "{\"class\":\"ENTRY\",\"seq\":9,");
	assert_null(strstr(a->output, "\"seq\":5,"));
	assert_int_equal(replay(a, "timeline journal.db 2026-0009"), 1);
	assert_printed(a, "knows no incident 2026-0009");
	assert_int_equal(replay(a, "timeline journal.db nonsense"), 2);
	/* Of a damaged record what is good of the case is shown, and where that ends. */
	sqlite3 *db = desk_forge(a->desk->path);
	desk_sql(db, "UPDATE entry SET at_ms = at_ms + 1 WHERE seq = 8");
	desk_forged(db);
	assert_int_equal(replay(a, "timeline journal.db 2026-0001"), 1);
	assert_printed(a, "#5 2026-");
	assert_null(strstr(a->output, "#8 2026-"));
	assert_printed(a, "damaged at entry 8");
	assert_int_equal(replay(a, "asof journal.db 2099-01-01T00:00:00Z"), 1);
	assert_printed(a, "2026-0001");
	assert_printed(a, "damaged at entry 8");
}

static void
test_recheck(void **state)
{
	struct audit_desk *a = *state;
	char digest[32];

	desk_open(a->desk);
	live_through(a, RCC_BUILD);
	rcc_journal_close(&a->desk->journal);
	snprintf(digest, sizeof digest, "%016llx", (unsigned long long)rcc_core_digest(&a->core));
	assert_int_equal(replay(a, "recheck journal.db"), 0);
	assert_printed(a, "rechecked: 9 entries");
	assert_printed(a, digest);
	assert_int_equal(replay(a, "digest journal.db"), 0);
	assert_memory_equal(a->output, digest, 16);
}

/* An event that no rule decides, recorded with a good hash: only a second decision can tell. */
static void
record_a_lie(struct audit_desk *a)
{
	struct desk *desk = a->desk;
	struct rcc_link link;
	size_t len = 0;

	command(a, RCC_COMMAND_STORED, 3, RCC_ROLE_VESSEL)->u.stored = (struct rcc_stored){.number = 1};
	struct rcc_event *event = &desk->entry.event[desk->entry.event_count++];
	memset(event, 0, sizeof *event);
	event->kind = RCC_EVENT_DELIVERY_STORED;
	event->u.stored = (struct rcc_delivery_stored){.peer = {2}, .number = 1};
	rcc_core_replay(&a->core, &desk->entry);
	assert_int_equal(rcc_wire_encode_entry(&desk->entry, desk->payload, sizeof desk->payload, &len), RCC_OK);
	assert_int_equal(rcc_journal_append(&desk->journal, &desk->entry, desk->payload, len, &link), RCC_OK);
	assert_int_equal(rcc_journal_commit(&desk->journal), RCC_OK);
}

static void
test_recheck_finds_a_lie(void **state)
{
	struct audit_desk *a = *state;

	desk_open(a->desk);
	live_through(a, RCC_BUILD);
	record_a_lie(a);
	enrol(a, 4, "GAMMA", RCC_ROLE_VESSEL, 247333333);
	rcc_journal_close(&a->desk->journal);
	assert_int_equal(replay(a, "verify journal.db"), 0);
	assert_int_equal(replay(a, "recheck journal.db"), 1);
	assert_printed(a, "entry 10: not what these rules decide");
	/* One lie is one difference, although the state went on from it. */
	assert_printed(a, "1 of 11 entries are not what the rules decide");
}

/* However many there are, each is named; the first of them in full. */
static void
test_recheck_names_every_lie(void **state)
{
	struct audit_desk *a = *state;
	char name[64];

	desk_open(a->desk);
	live_through(a, RCC_BUILD);
	for (int lie = 0; lie < 25; lie++)
		record_a_lie(a);
	rcc_journal_close(&a->desk->journal);
	assert_int_equal(replay(a, "recheck journal.db"), 1);
	for (int seq = 10; seq < 35; seq++) {
		snprintf(name, sizeof name, "entry %d: not what these rules decide", seq);
		assert_printed(a, name);
	}
	assert_printed(a, "25 of 34 entries are not what the rules decide");
}

static void
test_recheck_other_build(void **state)
{
	struct audit_desk *a = *state;

	desk_open(a->desk);
	live_through(a, "9.9.9");
	record_a_lie(a);
	rcc_journal_close(&a->desk->journal);
	assert_int_equal(replay(a, "recheck journal.db"), 0);
	assert_printed(a, "entry 10: other rules; decided by 9.9.9");
	assert_printed(a, "1 of 1 runs were decided by another build");
}

static void
test_usage(void **state)
{
	struct audit_desk *a = *state;

	assert_int_equal(replay(a, "--help"), 0);
	assert_printed(a, "recheck JOURNAL");
	assert_int_equal(replay(a, "verify"), 2);
	assert_int_equal(replay(a, "verify a b"), 2);
	assert_int_equal(replay(a, "forget journal.db"), 2);
	assert_int_equal(replay(a, "verify journal.db --key short"), 2);
	assert_int_equal(replay(a, "verify journal.db --witness nowhere.txt"), 2);
	assert_int_equal(replay(a, "recheck journal.db --json"), 2);
	assert_int_equal(replay(a, "verify journal.db"), 1);
	assert_printed(a, "there is no journal journal.db");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_verify, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_timeline, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_recheck, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_recheck_finds_a_lie, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_recheck_other_build, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_recheck_names_every_lie, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_usage, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * What comes in by any source is never lost, and never becomes more live than it said it was.
 *
 * Signals are built here by encoders that know what they say (tests/support/signal.h), some damaged on their way, some of them
 * recordings; they go as messages of feeds and strangers through the daemon's own intake, its decoders, its counters and its
 * core. So does what crews, officers and other centres say. What must become of each is never asked of the code under test.
 *
 * RCC_SEED=N tries one other day, RCC_STEPS=N a longer one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "batch.h"
#include "laws.h"
#include "proto/source/source.h"
#include "said.h"

#define STEPS 1500
#define SEEDS 3
#define FIRST_SHIP 247000001
#define RELAY_WITHIN_MS 61000
#define CLOSE_EVERY 150
/* Reading the whole state takes milliseconds: not after every step. */
#define LOOK_EVERY 500
/* 2035-01-15T03:00:00Z: the same in every run, and after the record has begun. */
#define START_MS INT64_C(2052442800000)
/* A stranger's messages may not be longer. */
#define GUEST_LEN_MAX 1800

/* How one signal was said. */
struct saying {
	enum signal_damage damage;
	bool is_slight, is_guest;
	uint32_t slot; /* of its source in app.heard */
};

static struct shell shell;
static struct judge judge;
static struct speakers speakers;
static struct signal_maker maker;
static struct signal signal;
static uint64_t seed;
static uint32_t step;
static uint64_t fed[RCC_SOURCES_MAX + 1];
static struct {
	uint32_t became[BECOMES_ALERT + 1], class[RCC_CLASS_LAST + 1], damage[SIGNAL_UNCAUGHT + 1];
	uint32_t again, not_recorded, told, said, plans;
} day;

static uint64_t
number_of(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);
	return text == NULL ? otherwise : strtoull(text, NULL, 10);
}

/* ---- the day ---- */

static void
join_drills(void)
{
	for (size_t i = 0; i < JUDGE_DRILLED; i++) {
		shell_begin(&shell, RCC_BODY_DRILL)->u.drill.is_joining = 1;
		shell_say(&shell, RCC_PORT_SHIPS, &speakers.ship[i]);
	}
}

static void
begin(void)
{
	struct rcc_config config;

	rcc_config_init(&config);
	/* That many come from one feed is what this test is about. */
	config.rules.flood_per_min = 0;
	signal_start(&maker, seed);
	shell_open(&shell, &config.rules);
	memset(&judge, 0, sizeof judge);
	memset(fed, 0, sizeof fed);
	judge.shell = &shell;
	shell.app.now_ms = START_MS;
	for (uint32_t i = 0; i < JUDGE_SHIPS; i++) {
		speakers.ship[i] = said_stranger(&maker);
		speakers.mmsi[i] = FIRST_SHIP + i;
		judge.ship[i] = shell_enrol(&shell, RCC_ROLE_VESSEL, FIRST_SHIP + i, &speakers.ship[i]);
	}
	speakers.feed = said_stranger(&maker);
	speakers.centre = said_stranger(&maker);
	(void)shell_enrol(&shell, RCC_ROLE_FEED, 0, &speakers.feed);
	(void)shell_enrol(&shell, RCC_ROLE_PEER, 0, &speakers.centre);
	join_drills();
}

static int
end(void **state)
{
	(void)state;
	if (shell.folder[0] != '\0')
		shell_close(&shell);
	return 0;
}

/* A day has more cases than the core holds: officers close them, and their numbers are not heard again. */
static void
close_cases(void)
{
	for (uint32_t i = 0; i < shell.app.core.incident_top; i++) {
		const struct rcc_incident *incident = &shell.app.core.incident[i];
		if (incident->id.v == 0 || incident->status == RCC_INCIDENT_CLOSED)
			continue;
		if (incident->broadcasts > 0) {
			struct rcc_cancel *cancel = &shell_begin(&shell, RCC_BODY_CANCEL)->u.cancel;
			cancel->incident = incident->id;
			(void)snprintf(cancel->reason, sizeof cancel->reason, "over");
			shell_say(&shell, RCC_PORT_CONTROL, NULL);
		}
		struct rcc_close *close = &shell_begin(&shell, RCC_BODY_CLOSE)->u.close;
		close->incident = incident->id;
		close->outcome = RCC_OUTCOME_NO_DISTRESS;
		(void)snprintf(close->reason, sizeof close->reason, "over");
		shell_say(&shell, RCC_PORT_CONTROL, NULL);
		assert_int_equal(incident->status, RCC_INCIDENT_CLOSED);
	}
	maker.oldest_fresh = maker.serial;
	join_drills();
}

/* ---- laws of the counters ---- */

static uint32_t
slot_of(const char *name)
{
	for (uint32_t i = 0; rcc_source_at(i) != NULL; i++) {
		if (strcmp(rcc_source_at(i)->name, name) == 0)
			return i;
	}
	return RCC_SOURCES_MAX;
}

static void
demand(bool is_so, const char *law)
{
	if (!is_so && judge.broken == NULL)
		judge.broken = law;
}

/* For each source: as many as were sent, and each of them counted in one way. */
static void
judge_sums(void)
{
	for (size_t i = 0; i <= RCC_SOURCES_MAX; i++) {
		const struct rcc_heard_counts *count = &shell.app.heard[i];
		demand(count->received == fed[i], "every signal that came is counted");
		demand(count->received == count->alerts + count->unread + count->positions + count->routine +
		                              count->again + count->not_recorded,
		       "the sums of a source add up to what it received");
	}
}

/* What the counters say became of it is what the record and the picture have. */
static void
judge_counters(const struct rcc_heard_counts *was, const struct rcc_heard_counts *is)
{
	bool is_new = rcc_core_seq(&shell.app.core) != judge.seq;
	uint64_t recorded = is->alerts - was->alerts + is->unread - was->unread;
	const struct rcc_alert_state *row = rcc_alert_find(&shell.app.core, (struct rcc_alert_id){judge.alert});

	if (is->positions != was->positions)
		judge.became = BECOMES_POSITION;
	else if (is->routine != was->routine)
		judge.became = BECOMES_ROUTINE;
	demand(is->again == was->again, "what was not said before is not taken for a repeat");
	demand(recorded == is_new, "what is counted as recorded is in the record, and what is not is not");
	demand(recorded == 0 || row != NULL, "what is counted as recorded is an alert");
	if (recorded == 0 || row == NULL || row->count > 1)
		return;
	bool is_unread = (row->body.marks & RCC_ALERT_NEEDS_READING) != 0;
	/* Whether a second half has lost its first only the core knows: it is counted as what its sentence says. */
	bool is_half = (row->body.marks & RCC_ALERT_REVISION) != 0;
	demand((is->unread != was->unread) == is_unread || (is_half && is_unread),
	       "what a person must read is counted as such");
	size_t len = signal.len < RCC_RAW_MAX ? signal.len : RCC_RAW_MAX;
	demand(row->body.raw_len == len && memcmp(row->body.raw, signal.bytes, len) == 0,
	       "the bytes are kept as they came");
}

static void
judge_position(uint64_t positions, enum signal_damage damage)
{
	const struct rcc_vessel *vessel = rcc_picture_find(&shell.app.picture, signal.mmsi);

	demand(shell.app.positions == positions + 1, "a position is counted");
	demand(damage != SIGNAL_WHOLE || !signal.is_known || vessel != NULL, "a position is in the picture");
}

/* ---- one signal ---- */

/* What must become of it, given who says it and in which envelope. */
static struct truth
truth_of(const struct saying *saying, enum rcc_class envelope)
{
	bool is_whole = saying->damage == SIGNAL_WHOLE;
	struct truth truth = {.what = signal.what,
	                      .envelope = envelope,
	                      .class = judge_least_live(envelope, signal.class),
	                      .allowed = signal_allows(&signal, saying->damage, saying->is_slight),
	                      .is_class_known = signal.is_known && saying->damage != SIGNAL_UNCAUGHT,
	                      .is_restricted = signal.is_restricted,
	                      .is_told = signal.is_told && is_whole && !saying->is_guest};
	const uint32_t people = BECOMES_READING | BECOMES_ALERT;

	if ((saying->is_guest || envelope != RCC_CLASS_LIVE) && (truth.allowed & BECOMES_POSITION) != 0)
		truth.allowed = (truth.allowed & ~BECOMES_POSITION) | BECOMES_ROUTINE;
	if (saying->is_guest && (truth.allowed & BECOMES_ALERT) != 0)
		truth.allowed = (truth.allowed & ~BECOMES_ALERT) | BECOMES_READING;
	if (envelope == RCC_CLASS_TEST && (truth.allowed & people) != 0) {
		/* What fails its check goes to a person all the same; of what was cut or hurt, that may not be plain. */
		if (is_whole && signal.is_known)
			truth.allowed = signal.is_damaged ? truth.allowed : BECOMES_TEST;
		else
			truth.allowed = (truth.allowed & ~BECOMES_ALERT) | BECOMES_TEST;
		truth.is_told = false;
	}
	return truth;
}

static void
say_signal(const struct saying *saying, const struct truth *truth)
{
	struct rcc_envelope *envelope = shell_begin(&shell, RCC_BODY_ALERT_RAW);
	struct rcc_alert_raw *raw = &envelope->u.alert_raw;
	struct rcc_key stranger = said_stranger(&maker);

	envelope->class = truth->envelope;
	(void)snprintf(raw->source_name, sizeof raw->source_name, "%s", signal.source);
	raw->raw_len = (uint32_t)signal.len;
	memcpy(raw->raw, signal.bytes, signal.len);
	fed[saying->slot]++;
	shell_say(&shell, RCC_PORT_SHIPS, saying->is_guest ? &stranger : &speakers.feed);
}

/* The receipt was lost and it comes again, in the turn or in a later one: counted so, and nothing else. */
static void
say_again(const struct saying *saying)
{
	const struct rcc_heard_counts was = shell.app.heard[saying->slot];
	uint64_t positions = shell.app.positions;

	if (signal_below(&maker, 2) == 0)
		shell_commit(&shell);
	judge_before(&judge);
	fed[saying->slot]++;
	shell_say_again(&shell);
	day.again++;
	demand(shell.app.heard[saying->slot].again == was.again + 1, "what comes again is counted as such");
	demand(rcc_core_seq(&shell.app.core) == judge.seq && shell.app.positions == positions,
	       "what comes again has no second effect");
}

/* Nothing can be recorded for a moment: what would have been is shown to people, its sender told, and not forgotten. */
static void
say_degraded(const struct saying *saying, const struct truth *truth)
{
	const struct rcc_heard_counts *is = &shell.app.heard[saying->slot];
	const struct rcc_heard_counts was = *is;
	uint32_t shown = shell.app.unrecorded_count;

	shell.app.is_degraded = true;
	say_signal(saying, truth);
	shell.app.is_degraded = false;
	if (is->not_recorded == was.not_recorded) {
		demand((truth->allowed & (BECOMES_ROUTINE | BECOMES_POSITION)) != 0,
		       "a distress that cannot be recorded is counted");
		return;
	}
	day.not_recorded++;
	demand(shell.app.unrecorded_count == shown + 1, "a distress that cannot be recorded is shown");
	demand(shell.app.out.kind == RCC_BODY_NOT_CONFIRMED, "the sender of what is not recorded is told");
	fed[saying->slot]++;
	judge_before(&judge);
	shell_say_again(&shell);
	demand(rcc_core_seq(&shell.app.core) != judge.seq, "what could not be recorded is when it comes again");
}

static void
take_signal(struct truth *truth)
{
	struct saying saying = {.damage = SIGNAL_WHOLE};
	enum rcc_class envelope = signal_below(&maker, 2) == 0 ? said_class(&maker) : RCC_CLASS_LIVE;

	signal_make(&maker, &signal);
	if (signal_below(&maker, 5) < 2)
		saying.damage = signal_hurt(&maker, &signal, &saying.is_slight);
	saying.is_guest = signal_below(&maker, 10) == 0 && signal.len <= GUEST_LEN_MAX;
	saying.slot = slot_of(signal.source);
	*truth = truth_of(&saying, envelope);
	judge_before(&judge);
	if (signal_below(&maker, 40) == 0) {
		say_degraded(&saying, truth);
		shell_wait(&shell, RELAY_WITHIN_MS);
		return;
	}
	const struct rcc_heard_counts was = shell.app.heard[saying.slot];
	uint64_t positions = shell.app.positions;
	say_signal(&saying, truth);
	judge_record(&judge);
	judge_counters(&was, &shell.app.heard[saying.slot]);
	if (judge.became == BECOMES_POSITION)
		judge_position(positions, saying.damage);
	shell_wait(&shell, RELAY_WITHIN_MS);
	judge_after(&judge, truth);
	day.damage[saying.damage]++;
	day.became[judge.became]++;
	if (judge.became == BECOMES_ALERT)
		day.class[truth->class]++;
	day.told += truth->is_told;
	if (judge.broken == NULL && !saying.is_guest && signal_below(&maker, 20) == 0)
		say_again(&saying);
}

/* ---- the story ---- */

static const char *
bytes_of(const struct signal *said)
{
	static char text[3 * SIGNAL_SIZE];
	size_t used = 0;

	for (size_t i = 0; i < said->len && used + 5 < sizeof text; i++) {
		bool is_plain = said->bytes[i] >= ' ' && said->bytes[i] < 127 && said->bytes[i] != '\\';
		used += (size_t)snprintf(text + used, sizeof text - used, is_plain ? "%c" : "\\x%02x", said->bytes[i]);
	}
	return text;
}

static void
tell_broken(const struct truth *truth, bool is_signal)
{
	if (judge.broken == NULL)
		return;
	print_message("%s: class %d, envelope %d, allowed %x, became %x\n", truth->what, (int)truth->class,
	              (int)truth->envelope, (unsigned)truth->allowed, (unsigned)judge.became);
	if (is_signal)
		print_message("%s: %s\n", signal.source, bytes_of(&signal));
	fail_msg("RCC_SEED=%llu, step %u: not so: %s", (unsigned long long)seed, (unsigned)step, judge.broken);
}

static void
take_step(void)
{
	struct truth truth = {.what = "the sums"};
	bool is_signal = false;

	maker.now_ms = shell.app.now_ms;
	if (signal_below(&maker, 100) == 0) {
		said_take_plan(&judge, &maker, &truth);
		day.plans++;
	} else if (signal_below(&maker, 7) == 0) {
		said_take(&judge, &speakers, &maker, &truth);
		day.said++;
	} else {
		is_signal = true;
		take_signal(&truth);
	}
	judge_sums();
	if (judge.broken == NULL && step % LOOK_EVERY == 0)
		judge.broken = laws_of_state(&shell.app.core);
	tell_broken(&truth, is_signal);
	if (step % CLOSE_EVERY == CLOSE_EVERY - 1)
		close_cases();
}

static void
test_nothing_is_lost_and_nothing_wakes_ships_that_should_not(void **state)
{
	(void)state;
	uint64_t first = number_of("RCC_SEED", 1);
	uint64_t seeds = getenv("RCC_SEED") == NULL ? SEEDS : 1;
	uint32_t steps = (uint32_t)number_of("RCC_STEPS", STEPS);

	memset(&day, 0, sizeof day);
	for (seed = first; seed < first + seeds; seed++) {
		begin();
		for (step = 0; step < steps; step++)
			take_step();
		shell_close(&shell);
	}
	/* A day without one of them would prove nothing. */
	uint32_t least = (uint32_t)(seeds * steps) / 150;
	assert_true(day.became[BECOMES_ROUTINE] > least && day.became[BECOMES_POSITION] > least);
	assert_true(day.became[BECOMES_TEST] > least && day.became[BECOMES_READING] > least);
	assert_true(day.class[RCC_CLASS_EXERCISE] > least && day.class[RCC_CLASS_LIVE] > least);
	assert_true(day.damage[SIGNAL_CAUGHT] > least && day.damage[SIGNAL_UNCAUGHT] > least && day.told > least);
	assert_true(day.said > least && day.again > least / 2 && day.not_recorded > 0 && day.plans > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_teardown(test_nothing_is_lost_and_nothing_wakes_ships_that_should_not, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

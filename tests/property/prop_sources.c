/*
 * What comes in by any source is never lost, and never becomes more live than it said it was.
 *
 * Every recorded signal of every source, whole and damaged, goes through its decoder into a core with ships that listen, some
 * of which take part in exercises; in envelopes of every class. RCC_SEED=N tells another day, RCC_STEPS=N a longer one.
 */
#define _POSIX_C_SOURCE 200809L
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "laws.h"
#include "proto/source/source.h"
#include "watch.h"

#define STEPS 6000
#define SIGNALS_MAX 512
#define SHIPS 6
/* Reading the whole state takes milliseconds: not after every step. */
#define LOOK_EVERY 500

struct signal {
	const char *source;
	size_t len;
	uint8_t bytes[RCC_RAW_WIRE_MAX];
};

static struct watch watch;
static struct rcc_heard heard, again;
static struct signal signals[SIGNALS_MAX];
static size_t signal_count;
static uint64_t seed;
static uint32_t feed;

static uint32_t
below(uint32_t count)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t)(seed >> 32) % count;
}

static uint64_t
number_of(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);
	return text == NULL ? otherwise : strtoull(text, NULL, 10);
}

static int
is_file(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* What the fuzzers start from: one signal of the source in each file. */
static void
load(const char *source)
{
	char path[600];
	struct dirent **entry = NULL;

	(void)snprintf(path, sizeof path, RCC_SOURCE_DIR "/tests/fuzz/corpus/%s", source);
	int count = scandir(path, &entry, is_file, alphasort);
	assert_in_range(count, 2, SIGNALS_MAX);
	for (int i = 0; i < count; i++) {
		struct signal *signal = &signals[signal_count];
		(void)snprintf(path, sizeof path, RCC_SOURCE_DIR "/tests/fuzz/corpus/%s/%s", source, entry[i]->d_name);
		FILE *file = fopen(path, "r");
		assert_non_null(file);
		signal->source = source;
		signal->len = fread(signal->bytes, 1, sizeof signal->bytes, file);
		(void)fclose(file);
		free(entry[i]);
		if (signal->len > 0)
			signal_count++;
		assert_true(signal_count < SIGNALS_MAX);
	}
	free(entry);
}

/* Ships that listen; the first two take part in exercises. */
static void
begin(void)
{
	struct rcc_rules rules = watch_rules();

	rules.flood_per_min = 0;
	for (size_t i = 1; i <= RCC_SOURCE_LAST; i++)
		rules.relay_after_ms[i] = 0;
	watch_start(&watch);
	watch_rule(&watch, &rules);
	watch_fleet(&watch, 247000001, SHIPS);
	feed = watch_enrol(&watch, RCC_ROLE_FEED, 0);
	for (uint32_t ship = 1; ship <= 2; ship++) {
		watch_command(&watch, RCC_COMMAND_DRILL, ship)->u.drill.is_joining = 1;
		assert_int_equal(watch_step(&watch), 1);
	}
}

/* A signal as it may arrive: whole, cut, with bits or bytes changed, or with pieces of another. */
static size_t
damage(const struct signal *from, uint8_t *bytes)
{
	size_t len = from->len;
	uint32_t how = below(6);

	memcpy(bytes, from->bytes, len);
	if (how == 1)
		len = 1 + below((uint32_t)len);
	for (uint32_t i = 0; (how == 2 || how == 3) && i <= below(4); i++) {
		size_t at = below((uint32_t)len);
		bytes[at] = (uint8_t)(how == 2 ? bytes[at] ^ (1u << below(8)) : ' ' + below(95));
	}
	if (how == 4) {
		const struct signal *other = &signals[below((uint32_t)signal_count)];
		size_t from_at = below((uint32_t)other->len);
		size_t to = below((uint32_t)len);
		size_t piece = other->len - from_at < len - to ? other->len - from_at : len - to;
		memcpy(bytes + to, other->bytes + from_at, piece);
	}
	return len;
}

/* No ship of ours is told of a test; of an exercise only those that joined it. */
static void
check_output(enum rcc_class class, bool is_restricted)
{
	for (uint32_t i = 0; i < watch.entry.event_count; i++) {
		const struct rcc_event *event = &watch.entry.event[i];
		assert_false(class == RCC_CLASS_TEST &&
		             (event->kind == RCC_EVENT_INCIDENT_OPENED || event->kind == RCC_EVENT_ALERT_JOINED));
		assert_false((class == RCC_CLASS_TEST || is_restricted) && event->kind == RCC_EVENT_BROADCAST_ISSUED);
		assert_false(class != RCC_CLASS_LIVE && event->kind == RCC_EVENT_CALL_LISTED);
		if (event->kind == RCC_EVENT_INCIDENT_OPENED)
			assert_int_equal(event->u.opened.class, class);
		if (event->kind != RCC_EVENT_DELIVERIES_QUEUED)
			continue;
		const struct rcc_broadcast *broadcast = rcc_broadcast_find(&watch.core, event->u.queued.broadcast);
		enum rcc_class told = rcc_incident_find(&watch.core, broadcast->incident)->class;
		assert_int_equal(told, class);
		for (uint32_t row = 0; row < event->u.queued.count; row++)
			assert_true(class == RCC_CLASS_LIVE || event->u.queued.row[row].peer.v <= 2);
	}
}

static enum rcc_class
least_live(enum rcc_class a, enum rcc_class b)
{
	if (a == RCC_CLASS_TEST || b == RCC_CLASS_TEST)
		return RCC_CLASS_TEST;
	return a == RCC_CLASS_EXERCISE || b == RCC_CLASS_EXERCISE ? RCC_CLASS_EXERCISE : RCC_CLASS_LIVE;
}

/* As the daemon takes it: an alert leaves a trace in the record. */
static void
take(enum rcc_class envelope)
{
	struct rcc_command *command = watch_command(&watch, RCC_COMMAND_ALERT, feed);
	enum rcc_class class = least_live(envelope, heard.alert.class);

	command->u.alert = heard.alert;
	command->origin.class = envelope;
	assert_true(watch_step(&watch) > 0);
	bool is_recorded = watch_event(&watch, RCC_EVENT_ALERT_RECORDED) != NULL;
	assert_true(is_recorded || watch_event(&watch, RCC_EVENT_ALERT_REPEATED) != NULL);
	if (is_recorded) {
		const struct rcc_alert *body = &watch_event(&watch, RCC_EVENT_ALERT_RECORDED)->u.alert.body;
		assert_int_equal(body->raw_len, heard.alert.raw_len);
		assert_memory_equal(body->raw, heard.alert.raw, body->raw_len);
	}
	check_output(class, (heard.alert.marks & RCC_ALERT_RESTRICTED) != 0);
}

/* Every clock that rings afterwards: a test has none, an exercise rings for those who joined. */
static void
take_clocks(void)
{
	rcc_entry_clear(&watch.entry);
	while (rcc_core_due(&watch.core, watch.now_ms, &watch.entry.cause)) {
		watch.entry.event_count = 0;
		rcc_core_step(&watch.core, &watch.entry);
		for (uint32_t i = 0; i < watch.entry.event_count; i++) {
			const struct rcc_event *event = &watch.entry.event[i];
			if (event->kind != RCC_EVENT_BROADCAST_ISSUED)
				continue;
			const struct rcc_incident *incident =
			    rcc_incident_find(&watch.core, event->u.broadcast.incident);
			assert_int_not_equal(incident->class, RCC_CLASS_TEST);
			assert_false(incident->is_restricted);
			check_output(incident->class, false);
		}
		rcc_entry_clear(&watch.entry);
	}
}

/* Room for more: a day has more cases than this test needs. */
static void
close_oldest(void)
{
	while (watch.core.incident_count > 200) {
		const struct rcc_incident *oldest = &watch.core.incident[0];
		for (uint32_t i = 0; i < watch.core.incident_top; i++) {
			const struct rcc_incident *incident = &watch.core.incident[i];
			if (incident->status != RCC_INCIDENT_CLOSED && incident->id.v != 0 &&
			    (oldest->status == RCC_INCIDENT_CLOSED || oldest->id.v == 0 ||
			     incident->id.v < oldest->id.v))
				oldest = incident;
		}
		if (oldest->broadcasts > 0)
			watch_cancel(&watch, oldest->id.v, "over");
		watch_close(&watch, oldest->id.v, "over");
		if (watch.core.incident_count > 600)
			return;
		break;
	}
}

static void
test_nothing_is_lost_and_nothing_wakes_ships_that_should_not(void **state)
{
	(void)state;
	static uint8_t bytes[RCC_RAW_WIRE_MAX];
	uint32_t steps = (uint32_t)number_of("RCC_STEPS", STEPS);
	uint32_t kinds[RCC_HEARD_LAST + 1] = {0};
	uint32_t classes[RCC_CLASS_LAST + 1] = {0};

	seed = number_of("RCC_SEED", 1) * 0x9e3779b97f4a7c15u;
	for (size_t i = 0; rcc_source_at(i) != NULL; i++)
		load(rcc_source_at(i)->name);
	begin();
	for (uint32_t step = 0; step < steps; step++) {
		const struct signal *signal = &signals[below((uint32_t)signal_count)];
		const struct rcc_raw raw = {.bytes = bytes, .len = damage(signal, bytes), .at_ms = watch.now_ms};
		enum rcc_class envelope = below(3) == 0 ? (enum rcc_class)(1 + below(RCC_CLASS_LAST)) : RCC_CLASS_LIVE;
		const char *name = below(50) == 0 ? "another" : signal->source;

		watch.now_ms += below(20000);
		rcc_source_read(name, &raw, &heard);
		rcc_source_read(name, &raw, &again);
		assert_in_range(heard.kind, 1, RCC_HEARD_LAST);
		assert_int_equal(heard.kind, again.kind);
		kinds[heard.kind]++;
		if (heard.kind == RCC_HEARD_ALERT) {
			classes[least_live(envelope, heard.alert.class)]++;
			take(envelope);
			take_clocks();
			close_oldest();
		}
		if (step % LOOK_EVERY == 0)
			assert_null(laws_of_state(&watch.core));
	}
	/* Every signal is counted as one of the three, and the day had all of them. */
	assert_int_equal(kinds[RCC_HEARD_ALERT] + kinds[RCC_HEARD_POSITION] + kinds[RCC_HEARD_ROUTINE], steps);
	assert_true(kinds[RCC_HEARD_POSITION] > 50 && kinds[RCC_HEARD_ROUTINE] > 50);
	assert_true(classes[RCC_CLASS_TEST] > 100 && classes[RCC_CLASS_EXERCISE] > 100 &&
	            classes[RCC_CLASS_LIVE] > 1000);
	assert_true(watch.core.broadcast_last > 100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_nothing_is_lost_and_nothing_wakes_ships_that_should_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

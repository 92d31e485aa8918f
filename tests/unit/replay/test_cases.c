/*
 * A record with more cases than the core can hold: those that left its memory are in the reports like all others, each once.
 */
#define _POSIX_C_SOURCE 200809L
#include "desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "core/state.h"

#define CASES (RCC_INCIDENTS_MAX + 40)
#define OUTPUT_SIZE 1048576

static struct rcc_core core;
static int64_t at_ms = STORY_START;
static char output[OUTPUT_SIZE];

static struct rcc_command *
command(struct desk *desk, enum rcc_command_kind kind)
{
	struct rcc_command *cause = &desk->entry.cause;

	rcc_entry_clear(&desk->entry);
	at_ms += 1000;
	cause->kind = kind;
	cause->at_ms = at_ms;
	cause->origin.role = RCC_ROLE_ADMIN;
	cause->origin.class = RCC_CLASS_LIVE;
	return cause;
}

static void
keep(struct desk *desk)
{
	struct rcc_link link;
	size_t len = 0;

	rcc_core_step(&core, &desk->entry);
	assert_true(desk->entry.event_count > 0);
	assert_int_not_equal(desk->entry.event[0].kind, RCC_EVENT_COMMAND_REFUSED);
	assert_int_equal(rcc_wire_encode_entry(&desk->entry, desk->payload, sizeof desk->payload, &len), RCC_OK);
	assert_int_equal(rcc_journal_append(&desk->journal, &desk->entry, desk->payload, len, &link), RCC_OK);
}

static void
live(struct desk *desk)
{
	struct rcc_run *run = &command(desk, RCC_COMMAND_RUN)->u.run;

	snprintf(run->build, sizeof run->build, "story");
	snprintf(run->centre, sizeof run->centre, "MRCC TEST");
	keep(desk);
	for (uint32_t i = 1; i <= CASES; i++) {
		struct rcc_alert *alert = &command(desk, RCC_COMMAND_OPEN)->u.open.alert;
		alert->source = RCC_SOURCE_OFFICER;
		alert->class = RCC_CLASS_LIVE;
		alert->nature = RCC_NATURE_FIRE;
		alert->persons = 3;
		alert->pos = (struct rcc_pos){352000000, 126000000};
		alert->pos_at_ms = at_ms;
		keep(desk);
		struct rcc_close *close = &command(desk, RCC_COMMAND_CLOSE)->u.close;
		close->incident.v = i;
		close->outcome = RCC_OUTCOME_FALSE_ALERT;
		snprintf(close->reason, sizeof close->reason, "nothing there");
		keep(desk);
	}
	assert_int_equal(rcc_journal_commit(&desk->journal), RCC_OK);
	/* The first ones are gone from memory, or this test shows nothing. */
	assert_null(rcc_incident_find(&core, (struct rcc_incident_id){1}));
	assert_true(core.incident_count <= RCC_INCIDENTS_MAX);
}

static void
replay(const struct desk *desk, const char *arguments)
{
	char line[512];

	snprintf(line, sizeof line, "cd '%s' && '%s' --json %s 2>&1", desk->dir, RCC_REPLAY, arguments);
	FILE *pipe = popen(line, "r");
	assert_non_null(pipe);
	size_t len = fread(output, 1, sizeof output - 1, pipe);
	output[len] = '\0';
	int status = pclose(pipe);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void
assert_printed(const char *text)
{
	if (strstr(output, text) == NULL)
		fail_msg("'%s' is not in: %.2000s", text, output);
}

static void
test_cases_that_left(void **state)
{
	struct desk *desk = *state;
	char text[128];

	rcc_core_init(&core);
	desk_open(desk);
	live(desk);
	rcc_journal_close(&desk->journal);
	replay(desk, "research .");
	snprintf(text, sizeof text, "{\"class\":\"RESEARCH\",\"cases\":%d,\"released\":%d,\"suppressed\":0,\"k\":5}\n",
	         CASES, CASES);
	assert_printed(text);
	replay(desk, "review . --year 2026");
	snprintf(text, sizeof text, "\"phase\":\"distress\",\"outcome\":\"false-alert\",\"cases\":%d}\n", CASES);
	assert_printed(text);
	snprintf(text, sizeof text,
	         "{\"class\":\"REVIEW_SOURCE\",\"source\":\"officer\",\"cases\":%d,\"false_alerts\":%d", CASES, CASES);
	assert_printed(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_cases_that_left, desk_setup, desk_teardown)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

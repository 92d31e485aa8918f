/* Who reads a caller's particulars, and why: recorded, refused without a reason, and nothing else changes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "watch.h"

static struct watch watch;

static void
report(const char *sealed, uint64_t contact, int32_t lat_e7)
{
	struct rcc_alert *alert = &watch_command(&watch, RCC_COMMAND_OPEN, 0)->u.open.alert;

	*alert = watch_alert(RCC_SOURCE_OFFICER, 0);
	alert->pos.lat_e7 = lat_e7;
	alert->contact = contact;
	alert->sealed_len = (uint32_t)strlen(sealed);
	memcpy(alert->sealed, sealed, alert->sealed_len);
	watch_step(&watch);
}

static uint32_t
unseal(uint32_t alert, const char *reason, uint32_t peer)
{
	struct rcc_unseal *unseal = &watch_command(&watch, RCC_COMMAND_UNSEAL, peer)->u.unseal;

	unseal->alert.v = alert;
	snprintf(unseal->reason, sizeof unseal->reason, "%s", reason);
	return watch_step(&watch);
}

static void
test_read(void **state)
{
	(void)state;
	watch_start(&watch);
	uint32_t officer = watch_enrol(&watch, RCC_ROLE_OFFICER, 0);
	report("ciphertext", 7, 350000000);
	assert_int_equal(unseal(1, "call back", officer), 1);
	const struct rcc_event *event = watch_event(&watch, RCC_EVENT_UNSEALED);
	assert_non_null(event);
	assert_int_equal(event->u.unsealed.alert.v, 1);
	assert_int_equal(event->u.unsealed.by.v, officer);
	assert_string_equal(event->u.unsealed.reason, "call back");
}

static void
test_refused(void **state)
{
	(void)state;
	watch_start(&watch);
	report("ciphertext", 7, 350000000);
	report("", 0, 360000000);
	unseal(3, "why not", 0);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "unseal.alert"));
	unseal(2, "why not", 0);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_WRONG_STATE, "unseal.alert"));
	unseal(1, "", 0);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_REASON_MISSING, "unseal.reason"));
}

static uint32_t
note(enum rcc_note_kind kind, const char *text, const char *sealed)
{
	struct rcc_note *note = &watch_command(&watch, RCC_COMMAND_NOTE, 0)->u.note;

	note->incident.v = 1;
	note->kind = kind;
	snprintf(note->text, sizeof note->text, "%s", text);
	note->sealed_len = (uint32_t)strlen(sealed);
	memcpy(note->sealed, sealed, note->sealed_len);
	return watch_step(&watch);
}

static uint32_t
read_note(uint32_t alert, uint32_t id, const char *reason)
{
	struct rcc_unseal *unseal = &watch_command(&watch, RCC_COMMAND_UNSEAL, 0)->u.unseal;

	unseal->alert.v = alert;
	unseal->note = id;
	snprintf(unseal->reason, sizeof unseal->reason, "%s", reason);
	return watch_step(&watch);
}

/* What a restricted note says is read like a caller's particulars: with a reason, and recorded in its case. */
static void
test_notes(void **state)
{
	(void)state;
	watch_start(&watch);
	report("ciphertext", 7, 350000000);
	assert_int_equal(note(RCC_NOTE_VIOLENCE, "", "ciphertext"), 1);
	assert_int_equal(watch_event(&watch, RCC_EVENT_NOTED)->u.noted.note, 1);
	note(RCC_NOTE_ACTION, "boat sent", "");
	note(RCC_NOTE_VIOLENCE, "", "");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_REASON_MISSING, "note.text"));
	assert_int_equal(read_note(0, 1, "report to the flag"), 1);
	const struct rcc_event *event = watch_event(&watch, RCC_EVENT_UNSEALED);
	assert_int_equal(event->u.unsealed.note, 1);
	assert_int_equal(event->u.unsealed.alert.v, 0);
	assert_int_equal(event->u.unsealed.incident.v, 1);
	read_note(0, 2, "x");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_WRONG_STATE, "unseal.note"));
	read_note(0, 3, "x");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "unseal.note"));
	read_note(0, 1, "");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_REASON_MISSING, "unseal.reason"));
	read_note(1, 1, "x");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "unseal.alert"));
	read_note(0, 0, "x");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "unseal.alert"));
}

/* The newest stay in memory; the journal keeps all. */
static void
test_the_oldest_note_leaves(void **state)
{
	(void)state;
	watch_start(&watch);
	report("", 0, 350000000);
	for (uint32_t i = 0; i <= RCC_NOTES_MAX; i++)
		note(RCC_NOTE_ACTION, "boat sent", "");
	assert_null(rcc_note_find(&watch.core, 1));
	assert_non_null(rcc_note_find(&watch.core, 2));
	assert_int_equal(rcc_note_find(&watch.core, RCC_NOTES_MAX + 1)->id, RCC_NOTES_MAX + 1);
	assert_null(rcc_note_find(&watch.core, RCC_NOTES_MAX + 2));
	assert_null(rcc_note_find(&watch.core, 0));
}

static void
test_same_caller(void **state)
{
	(void)state;
	watch_start(&watch);
	report("one", 7, 350000000);
	report("two", 7, -350000000);
	const struct rcc_event *event = watch_event(&watch, RCC_EVENT_SUGGESTED);
	assert_non_null(event);
	assert_int_equal(event->u.suggested.why, RCC_JOIN_CONTACT);
	report("three", 8, 0);
	assert_null(watch_event(&watch, RCC_EVENT_SUGGESTED));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_read),        cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_notes),       cmocka_unit_test(test_the_oldest_note_leaves),
	    cmocka_unit_test(test_same_caller),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

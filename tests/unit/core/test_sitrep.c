/* Situation reports: numbered per case, sections by letter without I, from what the record says, kept as they went out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/report.h"
#include "order.h"
#include "rcc/units.h"

static struct watch watch;
static uint32_t feed;

static void
start(void)
{
	watch_start(&watch);
	watch_fleet(&watch, 200000001, 2);
	feed = watch_enrol(&watch, RCC_ROLE_FEED, 2320001);
	struct rcc_alert alert = watch_alert(RCC_SOURCE_CREW, 200000001);
	watch_say(&watch, 1, &alert);
}

/* The report that went out; NULL if it was refused. */
static const char *
sitrep(uint32_t incident, bool is_full, bool is_final, const char *text)
{
	struct rcc_sitrep *order = &watch_command(&watch, RCC_COMMAND_SITREP, 0)->u.sitrep;
	const struct rcc_event *event;

	order->incident.v = incident;
	order->is_full = is_full;
	order->is_final = is_final;
	watch_text(order->to, sizeof order->to, "MRCC MALTA");
	watch_text(order->text, sizeof order->text, text);
	watch_step(&watch);
	event = watch_event(&watch, RCC_EVENT_SITREP_ISSUED);
	if (event == NULL)
		return NULL;
	assert_int_equal(strlen(event->u.sitrep_issued.report), event->u.sitrep_issued.report_len);
	return event->u.sitrep_issued.report;
}

static void
note(enum rcc_note_kind kind, const char *text)
{
	struct rcc_note *body = &watch_command(&watch, RCC_COMMAND_NOTE, 0)->u.note;

	body->incident.v = 1;
	body->kind = kind;
	watch_text(body->text, sizeof body->text, text);
	watch_step(&watch);
}

/* The letters at the beginnings of lines, in their order. */
static const char *
letters(const char *report)
{
	static char found[32];
	size_t count = 0;

	for (const char *line = report; line != NULL && count < sizeof found - 1; line = strchr(line, '\n')) {
		line += line == report ? 0 : 1;
		if (line[0] >= 'A' && line[0] <= 'Z' && line[1] == '.' && line[2] == ' ')
			found[count++] = line[0];
	}
	found[count] = '\0';
	return found;
}

static void
test_sections(void **state)
{
	static const char *const titles[] = {"A. IDENTITY OF CASUALTY\n",
	                                     "B. POSITION\n",
	                                     "C. SITUATION\n",
	                                     "D. NUMBER OF PERSONS\n",
	                                     "E. ASSISTANCE REQUIRED\n",
	                                     "F. COORDINATING RCC\n",
	                                     "G. DESCRIPTION OF CASUALTY\n",
	                                     "H. WEATHER ON SCENE\n",
	                                     "J. INITIAL ACTIONS TAKEN\n",
	                                     "K. SEARCH AREA\n",
	                                     "L. COORDINATING INSTRUCTIONS\n",
	                                     "M. FUTURE PLANS\n",
	                                     "N. ADDITIONAL INFORMATION\n"};
	const char *report;

	(void)state;
	start();
	report = sitrep(1, false, false, "");
	assert_string_equal(letters(report), "ABCDEF");
	report = sitrep(1, true, false, "");
	assert_string_equal(letters(report), "ABCDEFGHJKLMN");
	for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
		assert_non_null(strstr(report, titles[i]));
	/* Date-time group, priority, from, to, number: in this order, before everything else. */
	assert_memory_equal(report, "150300 UTC JAN 26\nDISTRESS\nFROM ", 32);
	assert_non_null(strstr(report, "\nTO MRCC MALTA\nSAR SITREP 2, FULL FORM\nINCIDENT 2026-0001\n"));
	assert_non_null(strstr(report, "H. WEATHER ON SCENE\n   NOT KNOWN\n"));
	/* What an officer adds is told in the short form, too. */
	assert_string_equal(letters(sitrep(1, false, false, "no change")), "ABCDEFN");
}

static void
test_what_is_known(void **state)
{
	const char *report;

	(void)state;
	start();
	note(RCC_NOTE_SCENE, "wind NW 4");
	note(RCC_NOTE_SCENE, "wind NW 6");
	note(RCC_NOTE_PLAN, "expanding square");
	for (int i = 0; i < RCC_ACTIONS_MAX + 1; i++) {
		char text[] = "action 0";
		text[7] = (char)('0' + i);
		note(RCC_NOTE_ACTION, text);
	}
	watch_answer(&watch, 2, 1, 1, RCC_ANSWER_ON_SCENE);
	report = sitrep(1, true, false, "two rafts seen");
	assert_non_null(strstr(report, "wind NW 6"));
	assert_null(strstr(report, "wind NW 4"));
	assert_non_null(strstr(report, "AS PLANNED 150300 UTC JAN 26: expanding square"));
	/* The latest, the oldest of them first. */
	assert_null(strstr(report, "action 0"));
	assert_non_null(strstr(report, "action 1"));
	assert_true(strstr(report, "action 1") < strstr(report, "action 4"));
	assert_non_null(strstr(report, "ON SCENE: 1;"));
	assert_non_null(strstr(report, "MMSI 200000002: on-scene"));
	assert_non_null(strstr(report, "N. ADDITIONAL INFORMATION\n   two rafts seen\n"));
}

static void
test_number_and_record(void **state)
{
	const struct rcc_reporting *reporting;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_CREW, 200000002);

	(void)state;
	start();
	watch_say(&watch, 2, &alert);
	assert_null(sitrep(9, false, false, ""));
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "sitrep.incident"));
	for (uint32_t i = 1; i <= 3; i++) {
		const char *report = sitrep(1, false, false, "");
		assert_non_null(report);
		reporting = &order_incident(&watch, 1)->reporting;
		assert_int_equal(reporting->sitreps, i);
		assert_string_equal(reporting->report, report);
		assert_int_equal(reporting->sitrep[i].seq, rcc_core_seq(&watch.core));
	}
	/* Another case counts by itself. */
	assert_non_null(strstr(sitrep(2, false, false, ""), "SAR SITREP 1, SHORT FORM\n"));
	assert_non_null(strstr(sitrep(1, false, false, ""), "SAR SITREP 4, SHORT FORM\n"));
}

/* A final report confirms the conclusion: not before help is no longer needed. */
static void
test_final(void **state)
{
	const char *report;

	(void)state;
	start();
	assert_null(sitrep(1, true, true, ""));
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_STILL_OPEN, "sitrep.is_final"));
	watch_cancel(&watch, 1, "all aboard");
	report = sitrep(1, true, true, "all aboard");
	assert_non_null(report);
	assert_memory_equal(report, "150300 UTC JAN 26\nROUTINE\n", 26);
	assert_non_null(strstr(report, "SAR SITREP 1, FULL FORM, FINAL\n"));
	assert_non_null(strstr(report, "N. CONCLUSION\n   all aboard\n"));
	assert_non_null(strstr(report, "NONE, HELP IS NO LONGER NEEDED"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_sections),
	    cmocka_unit_test(test_what_is_known),
	    cmocka_unit_test(test_number_and_record),
	    cmocka_unit_test(test_final),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

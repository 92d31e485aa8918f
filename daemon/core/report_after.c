/*
 * report_after.c - the after-action report: when each stage began, how each broadcast reached the ships, what became of each
 * duty. Nothing is judged in it: whoever reads it does that.
 */
#include "core/report_internal.h"

#include "core/duty.h"
#include "core/persons.h"
#include "rcc/work_text.h"

/* One moment, and how long after the centre learned of it. */
static void
put_moment(struct rcc_paper *report, const char *what, int64_t at_ms)
{
	char dtg[RCC_TIME_TEXT_SIZE];
	int64_t after_s = (at_ms - report->incident->opened_at_ms) / RCC_MS_PER_S;

	if (at_ms == 0)
		rcc_report_line(report, "%s: not yet", what);
	else
		rcc_report_line(report, "%s: %s, after %lld s", what, rcc_time_format(dtg, at_ms), (long long)after_s);
}

/* The first of several moments; 0 = none yet. */
static void
take_first(int64_t *first_ms, int64_t at_ms)
{
	if (at_ms != 0 && (*first_ms == 0 || at_ms < *first_ms))
		*first_ms = at_ms;
}

static void
put_stages(struct rcc_paper *report)
{
	const struct rcc_incident *incident = report->incident;
	int64_t told_ms = 0;
	int64_t stored_ms = 0;
	int64_t answered_ms = 0;
	int64_t coming_ms = 0;

	for (const struct rcc_broadcast *row = rcc_broadcast_at(report->core, incident->newest_broadcast); row != NULL;
	     row = rcc_broadcast_at(report->core, row->previous)) {
		/* A call that reached nobody told nobody. */
		if (row->recipients != 0)
			take_first(&told_ms, row->issued_at_ms);
		for (const struct rcc_delivery *line = rcc_delivery_at(report->core, row->newest_delivery);
		     line != NULL; line = rcc_delivery_at(report->core, line->of_broadcast)) {
			take_first(&stored_ms, line->stored_at_ms);
			take_first(&answered_ms, line->answered_at_ms);
		}
	}
	for (const struct rcc_answer_state *answer = rcc_answer_at(report->core, incident->newest_answer);
	     answer != NULL; answer = rcc_answer_at(report->core, answer->previous)) {
		bool comes = answer->body.kind == RCC_ANSWER_PROCEEDING || answer->body.kind == RCC_ANSWER_ON_SCENE ||
		             answer->body.kind == RCC_ANSWER_DONE;
		if (comes)
			take_first(&coming_ms, answer->at_ms);
	}
	rcc_report_title(report, '1', "STAGES");
	put_moment(report, "learned of it", incident->opened_at_ms);
	put_moment(report, "first told to ships", told_ms);
	put_moment(report, "first stored aboard a ship", stored_ms);
	put_moment(report, "first answer", answered_ms);
	put_moment(report, "first ship that comes, by its latest answer", coming_ms);
	put_moment(report, "closed", incident->closed_at_ms);
	if (incident->closed_at_ms != 0)
		rcc_report_line(report, "outcome: %s", rcc_outcome_word(incident->outcome));
}

/* "12 of 14 (85 %)" */
static void
put_rate(struct rcc_paper *report, const char *what, uint32_t count, uint32_t of)
{
	rcc_trace_put(&report->out, ", %s %u", what, count);
	if (of != 0)
		rcc_trace_put(&report->out, " (%u %%)", (uint32_t)((uint64_t)count * 100 / of));
}

static void
put_broadcast(struct rcc_paper *report, const struct rcc_broadcast *broadcast)
{
	uint32_t called = 0;
	uint32_t sent = 0;
	uint32_t stored = 0;
	uint32_t read = 0;
	uint32_t answered = 0;
	int64_t slowest_ms = 0;
	char time[RCC_TIME_TEXT_SIZE];

	for (const struct rcc_delivery *line = rcc_delivery_at(report->core, broadcast->newest_delivery); line != NULL;
	     line = rcc_delivery_at(report->core, line->of_broadcast)) {
		called += line->is_called_on;
		sent += line->sent_at_ms != 0;
		stored += line->stored_at_ms != 0;
		read += line->read_at_ms != 0;
		answered += line->answered_at_ms != 0;
		if (line->stored_at_ms - line->queued_at_ms > slowest_ms)
			slowest_ms = line->stored_at_ms - line->queued_at_ms;
	}
	rcc_trace_put(&report->out, "   revision %u, %s, %s: %u ships, %u called on", broadcast->revision,
	              rcc_broadcast_word(broadcast->kind), rcc_time_format(time, broadcast->issued_at_ms),
	              broadcast->recipients, called);
	put_rate(report, "sent", sent, broadcast->recipients);
	put_rate(report, "stored", stored, broadcast->recipients);
	put_rate(report, "read", read, broadcast->recipients);
	put_rate(report, "answered", answered, broadcast->recipients);
	if (stored > 0)
		rcc_trace_put(&report->out, ", the slowest stored after %lld s",
		              (long long)(slowest_ms / RCC_MS_PER_S));
	rcc_trace_put(&report->out, "\n");
}

static void
put_broadcasts(struct rcc_paper *report)
{
	const struct rcc_incident *incident = report->incident;

	rcc_report_title(report, '2', "TOLD TO SHIPS, NEWEST FIRST");
	if (incident->newest_broadcast == 0)
		rcc_report_line(report, "nothing");
	for (const struct rcc_broadcast *row = rcc_broadcast_at(report->core, incident->newest_broadcast); row != NULL;
	     row = rcc_broadcast_at(report->core, row->previous))
		put_broadcast(report, row);
}

static void
put_answers(struct rcc_paper *report)
{
	rcc_report_title(report, '3', "LATEST ANSWER OF EACH SHIP");
	for (int kind = RCC_ANSWER_PROCEEDING; kind <= RCC_ANSWER_LAST; kind++)
		rcc_report_line(report, "%s: %u", rcc_answer_word((enum rcc_answer_kind)kind),
		                rcc_report_answers(report, (enum rcc_answer_kind)kind, NULL));
}

static void
put_duties(struct rcc_paper *report)
{
	uint32_t count[RCC_DUTY_STATE_LAST + 1] = {0};
	uint32_t late = 0;

	rcc_report_title(report, '4', "DUTIES");
	for (const struct rcc_duty *row = rcc_duty_at(report->core, report->incident->newest_duty); row != NULL;
	     row = rcc_duty_at(report->core, row->previous)) {
		count[row->state]++;
		late += row->is_late;
	}
	for (int state = RCC_DUTY_OPEN; state <= RCC_DUTY_STATE_LAST; state++)
		rcc_report_line(report, "%s: %u", rcc_duty_state_word((enum rcc_duty_state)state), count[state]);
	rcc_report_line(report, "past their time at some moment: %u", late);
	for (const struct rcc_duty *row = rcc_duty_at(report->core, report->incident->newest_duty); row != NULL;
	     row = rcc_duty_at(report->core, row->previous)) {
		char ship[RCC_SHIP_TEXT_SIZE];
		if (!row->is_late)
			continue;
		rcc_report_line(report, "late: %s, %s (%s)", rcc_duty_rule_find(row->rule)->what,
		                row->ship.v != 0 ? rcc_report_ship(report->core, row->ship, ship) : "the centre",
		                rcc_duty_state_word(row->state));
	}
}

static void
put_diary(struct rcc_paper *report)
{
	const struct rcc_incident *incident = report->incident;

	rcc_report_title(report, '5', "DIARY");
	rcc_report_line(report, "situation reports: %u", incident->reporting.sitreps);
	for (int kind = 1; kind <= RCC_NOTE_LAST; kind++) {
		if (incident->notes[kind] != 0)
			rcc_report_line(report, "notes of %s: %u", rcc_note_word((enum rcc_note_kind)kind),
			                incident->notes[kind]);
	}
	rcc_report_line(report,
	                "persons: %u known, %u at risk, %u aboard, %u landed, %u missing, %u dead, %u gone by "
	                "themselves, %u of unknown outcome, "
	                "%u never there, needs open: %u",
	                rcc_persons_total(report->core, incident->id), rcc_persons_at_risk(report->core, incident->id),
	                rcc_persons_count_at(report->core, incident->id, RCC_WHERE_ABOARD),
	                rcc_persons_count_at(report->core, incident->id, RCC_WHERE_LANDED),
	                rcc_persons_missing(report->core, incident->id),
	                rcc_persons_count_at(report->core, incident->id, RCC_WHERE_DEAD),
	                rcc_persons_count_at(report->core, incident->id, RCC_WHERE_SAFE_ALONE),
	                rcc_persons_count_at(report->core, incident->id, RCC_WHERE_UNKNOWN),
	                rcc_persons_count_at(report->core, incident->id, RCC_WHERE_NEVER),
	                rcc_needs_open(report->core, incident->id));
	rcc_report_line(report, "referrals: %u, offered and accepted", incident->referrals);
	for (uint32_t service = 1; service <= RCC_SERVICE_LAST; service++) {
		if (incident->accepted_persons[service] != 0)
			rcc_report_line(report, "accepted by %s: %u persons",
			                rcc_service_word((enum rcc_service)service),
			                incident->accepted_persons[service]);
	}
}

size_t
rcc_report_after_action(const struct rcc_core *core, const struct rcc_incident *incident, int64_t at_ms, char *text,
                        size_t size)
{
	struct rcc_paper report = {
	    .out = {.text = text, .size = size}, .core = core, .incident = incident, .at_ms = at_ms};
	char time[RCC_TIME_TEXT_SIZE];

	rcc_trace_put(&report.out, "AFTER-ACTION REPORT, INCIDENT %04u-%04u, %s%s\n", incident->year, incident->number,
	              incident->class == RCC_CLASS_LIVE ? "" : "EXERCISE OR TEST, ",
	              rcc_incident_status_word(incident->status));
	rcc_trace_put(&report.out, "%s, as of %s\n", core->run.centre, rcc_time_format(time, at_ms));
	put_stages(&report);
	put_broadcasts(&report);
	put_answers(&report);
	put_duties(&report);
	put_diary(&report);
	return report.out.len;
}

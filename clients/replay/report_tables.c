/* report_tables.c - the ledgers of a case on paper: its timeline, every reason, duties, deliveries, and whether ships were told alike. */
#include <stdlib.h>
#include <string.h>

#include "core/duty.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "replay/report.h"

/* ---- the timeline ---- */

static void
put_day(FILE *out, const char *time, char day[16], const char *columns)
{
	if (strncmp(day, time, 10) == 0)
		return;
	(void)snprintf(day, 16, "%.10s", time);
	fprintf(out, "<tr class=\"day\"><td colspan=\"%s\">%s</td></tr>\n", columns, day);
}

/* A reason that was given by its number is in the sentence already. */
static bool
ends_with(const char *text, const char *reason)
{
	size_t text_len = strlen(text), reason_len = strlen(reason);

	return reason_len <= text_len && strcmp(text + text_len - reason_len, reason) == 0;
}

void
rcc_dossier_timeline(struct rcc_dossier *report)
{
	const char *const columns[] = {_("UTC"), _("What happened"), _("#Entry"), NULL};
	char time[RCC_HTML_TIME_SIZE];
	char day[16] = "";

	rcc_html_heading(report->out, "page", _("Timeline"));
	rcc_html_table(report->out, "", columns);
	for (size_t i = 0; i < report->row_count; i++) {
		const struct rcc_dossier_row *row = &report->row[i];
		rcc_html_time(time, row->at_ms);
		put_day(report->out, time, day, "3");
		rcc_html_row(report->out, "");
		rcc_html_cell(report->out, "t", "%s", time + 11);
		if (row->reason == NULL || ends_with(row->text, row->reason))
			rcc_html_cell(report->out, "", "%s", row->text);
		else
			rcc_html_cell(report->out, "", _("%s: “%s”"), row->text, row->reason);
		rcc_html_cell(report->out, "n", "%llu", (unsigned long long)row->seq);
		rcc_html_row_end(report->out);
	}
	rcc_html_table_end(report->out);
}

void
rcc_dossier_reasons(struct rcc_dossier *report)
{
	const char *const columns[] = {_("UTC"), _("Reason, as it was given"), _("For"), _("#Entry"), NULL};
	char time[RCC_HTML_TIME_SIZE];
	char day[16] = "";

	rcc_html_heading(report->out, "", _("Every reason given"));
	rcc_html_table(report->out, "", columns);
	for (size_t i = 0; i < report->row_count; i++) {
		const struct rcc_dossier_row *row = &report->row[i];
		if (row->reason == NULL)
			continue;
		rcc_html_time(time, row->at_ms);
		put_day(report->out, time, day, "4");
		rcc_html_row(report->out, "");
		rcc_html_cell(report->out, "t", "%s", time + 11);
		rcc_html_cell(report->out, "q", "%s", row->reason);
		rcc_html_cell(report->out, "", "%s", row->text);
		rcc_html_cell(report->out, "n", "%llu", (unsigned long long)row->seq);
		rcc_html_row_end(report->out);
	}
	rcc_html_table_end(report->out);
}

/* ---- duties ---- */

/* Without the date, if it is the one on which the case was opened; without the year otherwise. */
static const char *
short_time(const struct rcc_dossier *report, char text[RCC_HTML_TIME_SIZE], int64_t at_ms)
{
	char opened[RCC_HTML_TIME_SIZE];

	rcc_html_time(text, at_ms);
	if (at_ms == 0)
		return text;
	return strncmp(text, rcc_html_time(opened, report->incident->opened_at_ms), 10) == 0 ? text + 11 : text + 5;
}

static void
put_duty(struct rcc_dossier *report, const struct rcc_duty *duty)
{
	const struct rcc_duty_rule_row *rule = rcc_duty_rule_find(duty->rule);
	bool is_settled = !rcc_duty_is_open(duty);
	char ship[RCC_DOSSIER_SHIP_SIZE];
	char time[RCC_HTML_TIME_SIZE];

	if (rule == NULL)
		return;
	rcc_html_row(report->out, duty->is_late ? "late" : "");
	rcc_html_cell(report->out, "", "%s", gettext(rule->what));
	rcc_html_cell(report->out, "", "%s",
	              duty->ship.v == 0 ? _("the centre") : rcc_dossier_ship(report, ship, duty->ship));
	rcc_html_cell(report->out, "", "%s", rcc_say_law(rule->law));
	rcc_html_cell(report->out, "t", "%s", short_time(report, time, duty->opened_at_ms));
	rcc_html_cell(report->out, "t", "%s", is_settled ? short_time(report, time, duty->changed_at_ms) : "–");
	rcc_html_cell(report->out, "", "%s%s", rcc_say_duty_state(duty->state),
	              duty->is_late && duty->state != RCC_DUTY_OVERDUE ? _(", late") : "");
	rcc_html_cell(report->out, "n", "%llu", (unsigned long long)duty->changed_seq);
	rcc_html_row_end(report->out);
}

void
rcc_dossier_duties(struct rcc_dossier *report)
{
	const char *const columns[] = {_("Duty"),    _("Owed by"), _("Law"),    _("Since"),
	                               _("Settled"), _("State"),   _("#Entry"), NULL};
	const struct rcc_duty **line = NULL;
	size_t count = 0;

	for (const struct rcc_duty *duty = rcc_duty_at(report->core, report->incident->newest_duty); duty != NULL;
	     duty = rcc_duty_at(report->core, duty->previous))
		count++;
	rcc_html_heading(report->out, "", _("Duties: who owed what, and what became of it"));
	line = calloc(count + 1, sizeof *line);
	if (line == NULL) {
		report->is_out_of_memory = true;
		return;
	}
	/* Oldest first: the list runs the other way. */
	size_t at = count;
	for (const struct rcc_duty *duty = rcc_duty_at(report->core, report->incident->newest_duty); duty != NULL;
	     duty = rcc_duty_at(report->core, duty->previous))
		line[--at] = duty;
	rcc_html_table(report->out, "", columns);
	for (size_t i = 0; i < count; i++)
		put_duty(report, line[i]);
	rcc_html_table_end(report->out);
	free(line);
	rcc_html_paragraph(report->out, "note", "%s",
	                   _("A bar on the left marks a duty whose clock ran out before it was settled."));
}

/* ---- deliveries ---- */

static void
put_latency(FILE *out, int64_t queued_at_ms, int64_t at_ms)
{
	char text[RCC_HTML_TIME_SIZE];

	rcc_html_cell(out, "n", "%s", rcc_html_span(text, at_ms == 0 ? -1 : at_ms - queued_at_ms));
}

/*
 * When her master answered, of this message or of a later one of the case: who answers the order that follows a call has answered the
 * call. 0 = not since.
 */
static int64_t
answered_ms(const struct rcc_dossier *report, const struct rcc_delivery *row)
{
	const uint32_t lists[] = {report->incident->newest_broadcast, report->incident->newest_directed};
	int64_t first_ms = row->answered_at_ms;

	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
		for (const struct rcc_broadcast *at = rcc_broadcast_at(report->core, lists[i]); at != NULL;
		     at = rcc_broadcast_at(report->core, at->previous)) {
			const struct rcc_delivery *line = rcc_delivery_of(report->core, at, row->peer);
			bool is_later = line != NULL && line->answered_at_ms != 0 && line->number > row->number;
			if (is_later && (first_ms == 0 || line->answered_at_ms < first_ms))
				first_ms = line->answered_at_ms;
		}
	}
	return first_ms;
}

/* An answer to another message is one to this call, and no answer to this message: a reader sees which. */
static void
put_answered(const struct rcc_dossier *report, const struct rcc_delivery *row)
{
	char text[RCC_HTML_TIME_SIZE];
	int64_t at_ms = row->is_called_on ? answered_ms(report, row) : row->answered_at_ms;

	rcc_html_cell(report->out, "n", "%s%s", rcc_html_span(text, at_ms == 0 ? -1 : at_ms - row->queued_at_ms),
	              at_ms != 0 && row->answered_at_ms == 0 ? "*" : "");
}

static void
put_delivery(struct rcc_dossier *report, const struct rcc_delivery *row)
{
	const struct rcc_peer *peer = rcc_peer_find(report->core, row->peer);
	char ship[RCC_DOSSIER_SHIP_SIZE];

	rcc_html_row(report->out, row->is_flagged ? "late" : "");
	rcc_html_cell(report->out, "", "%s", peer == NULL ? "?" : rcc_dossier_ship(report, ship, peer->mmsi));
	rcc_html_cell(report->out, "", "%s", peer == NULL ? "" : rcc_say_owner(peer->owner));
	rcc_html_cell(report->out, "", "%s", row->is_called_on ? _("called on") : _("informed"));
	if (row->range_m == RCC_RANGE_UNKNOWN_M)
		rcc_html_cell(report->out, "n", "–");
	else
		rcc_html_cell(report->out, "n", "%.1f", (double)row->range_m / RCC_M_PER_NM);
	put_latency(report->out, row->queued_at_ms, row->sent_at_ms);
	put_latency(report->out, row->queued_at_ms, row->stored_at_ms);
	put_latency(report->out, row->queued_at_ms, row->read_at_ms);
	put_answered(report, row);
	rcc_html_cell(report->out, "", "%s", rcc_say_delivery(row->state));
	rcc_html_row_end(report->out);
}

static void
put_broadcast(struct rcc_dossier *report, const struct rcc_broadcast *broadcast)
{
	const char *const columns[] = {_("Ship"),     _("Owner"), _("Told as"),   _("#nm"),   _("#sent"),
	                               _("#on disk"), _("#read"), _("#answered"), _("State"), NULL};
	char time[RCC_HTML_TIME_SIZE];

	rcc_html_keep(report->out);
	fputs("<h3>", report->out);
	rcc_html_text(report->out, rcc_say_broadcast(broadcast->kind));
	fprintf(report->out, ", %s</h3>\n", rcc_html_time(time, broadcast->issued_at_ms));
	rcc_html_table(report->out, "", columns);
	for (const struct rcc_delivery *row = rcc_delivery_at(report->core, broadcast->newest_delivery); row != NULL;
	     row = rcc_delivery_at(report->core, row->of_broadcast))
		put_delivery(report, row);
	rcc_html_table_end(report->out);
	if (broadcast->left_out > 0)
		rcc_html_paragraph(report->out, "note", _("%u ships found no place in the ledger."),
		                   broadcast->left_out);
	rcc_html_keep_end(report->out);
}

/* Oldest first; the lists run the other way, and the walk is bounded by their length. */
static void
put_broadcasts(struct rcc_dossier *report, uint32_t newest)
{
	size_t count = 0;

	for (const struct rcc_broadcast *at = rcc_broadcast_at(report->core, newest); at != NULL;
	     at = rcc_broadcast_at(report->core, at->previous))
		count++;
	for (size_t i = count; i > 0; i--) {
		const struct rcc_broadcast *at = rcc_broadcast_at(report->core, newest);
		for (size_t step = 1; step < i; step++)
			at = rcc_broadcast_at(report->core, at->previous);
		put_broadcast(report, at);
	}
}

void
rcc_dossier_deliveries(struct rcc_dossier *report)
{
	rcc_html_heading(report->out, "", _("Deliveries: who was told, and when she had it"));
	rcc_html_paragraph(
	    report->out, "note", "%s",
	    _("Times count from the moment at which the message was queued for the ship. Sent: given to her "
	      "connection; on disk: stored aboard; read: a person pressed the key; answered: by her master; *: by an "
	      "answer to a later message of the case."));
	put_broadcasts(report, report->incident->newest_broadcast);
	put_broadcasts(report, report->incident->newest_directed);
}

/* ---- parity ---- */

struct parity {
	uint32_t lines, called_on, stored, answered;
	int64_t *ms; /* queued to stored, of each line that was */
	int64_t longest_ms;
};

static int
compare_ms(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a;
	const int64_t y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void
count_broadcasts(const struct rcc_dossier *report, struct parity parity[RCC_OWNER_LAST + 1])
{
	for (const struct rcc_broadcast *broadcast = rcc_broadcast_at(report->core, report->incident->newest_broadcast);
	     broadcast != NULL; broadcast = rcc_broadcast_at(report->core, broadcast->previous)) {
		for (const struct rcc_delivery *row = rcc_delivery_at(report->core, broadcast->newest_delivery);
		     row != NULL; row = rcc_delivery_at(report->core, row->of_broadcast)) {
			const struct rcc_peer *peer = rcc_peer_find(report->core, row->peer);
			struct parity *of = &parity[peer == NULL ? RCC_OWNER_NOT_STATED : peer->owner];
			int64_t ms = row->stored_at_ms - row->queued_at_ms;
			of->lines++;
			of->called_on += row->is_called_on;
			of->answered += (row->is_called_on ? answered_ms(report, row) : row->answered_at_ms) != 0;
			if (row->stored_at_ms == 0)
				continue;
			if (of->ms != NULL)
				of->ms[of->stored] = ms;
			of->stored++;
			of->longest_ms = ms > of->longest_ms ? ms : of->longest_ms;
		}
	}
}

/* Pre: sorted. -1: nothing was stored. */
static int64_t
median_of(const struct parity *of)
{
	return of->stored == 0 ? -1 : (of->ms[(of->stored - 1) / 2] + of->ms[of->stored / 2]) / 2;
}

static void
put_parity(struct rcc_dossier *report, enum rcc_owner_kind owner, struct parity *of)
{
	char text[RCC_HTML_TIME_SIZE];

	if (of->lines == 0)
		return;
	if (of->stored > 0)
		qsort(of->ms, of->stored, sizeof *of->ms, compare_ms);
	rcc_html_row(report->out, "");
	rcc_html_cell(report->out, "", "%s", rcc_say_owner(owner));
	rcc_html_cell(report->out, "n", "%u", of->lines);
	rcc_html_cell(report->out, "n", "%u", of->called_on);
	rcc_html_cell(report->out, "n", "%u (%u %%)", of->stored, of->stored * 100 / of->lines);
	rcc_html_cell(report->out, "n", "%s", rcc_html_span(text, median_of(of)));
	rcc_html_cell(report->out, "n", "%s", rcc_html_span(text, of->stored == 0 ? -1 : of->longest_ms));
	rcc_html_cell(report->out, "n", "%u", of->answered);
	rcc_html_row_end(report->out);
}

void
rcc_dossier_parity(struct rcc_dossier *report)
{
	const char *const columns[] = {_("Owner"),           _("#messages"),        _("#called on"), _("#on disk"),
	                               _("#median to disk"), _("#longest to disk"), _("#answered"),  NULL};
	struct parity parity[RCC_OWNER_LAST + 1] = {0};

	rcc_html_keep(report->out);
	rcc_html_heading(report->out, "", _("Were ships told alike? By kind of owner"));
	/* Once to know how many there are, once to sort them. */
	count_broadcasts(report, parity);
	for (size_t i = 0; i <= RCC_OWNER_LAST; i++) {
		int64_t *ms = calloc(parity[i].stored + 1, sizeof *ms);
		parity[i] = (struct parity){.ms = ms};
		report->is_out_of_memory = report->is_out_of_memory || ms == NULL;
	}
	if (!report->is_out_of_memory) {
		count_broadcasts(report, parity);
		rcc_html_table(report->out, "", columns);
		for (size_t i = 0; i <= RCC_OWNER_LAST; i++)
			put_parity(report, (enum rcc_owner_kind)i, &parity[i]);
		rcc_html_table_end(report->out);
	}
	for (size_t i = 0; i <= RCC_OWNER_LAST; i++)
		free(parity[i].ms);
	rcc_html_paragraph(
	    report->out, "note", "%s",
	    _("Messages to every ship. The kind of owner is recorded for this table alone: no rule reads it."));
	rcc_html_keep_end(report->out);
}

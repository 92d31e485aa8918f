/* report_people.c - the people of a case, counted, and how a place of safety was found for them. */
#include "core/closing.h"
#include "core/persons.h"
#include "core/place.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "replay/report.h"

/* ---- the balance ---- */

static void
put_counts(FILE *out, const struct rcc_persons *persons, uint32_t total)
{
	const struct rcc_groups groups = rcc_groups_of(persons);

	for (size_t i = 0; i < RCC_GROUPS_PARTITION; i++)
		rcc_html_cell(out, "n", groups.v[i] == 0 ? "–" : "%u", groups.v[i]);
	rcc_html_cell(out, "n", "%u", total);
}

static void
put_aboard(struct rcc_dossier *report, const struct rcc_aboard *row)
{
	const struct rcc_place_state *place = rcc_place_find(report->core, row->place);
	char ship[RCC_DOSSIER_SHIP_SIZE];
	uint64_t sum = rcc_persons_sum(&row->count);

	/* A row stays when everybody has left: who was there once stands in the timeline. */
	if (sum == 0)
		return;
	rcc_html_row(report->out, row->is_disputed ? "late" : "");
	if (row->where == RCC_WHERE_ABOARD)
		rcc_html_cell(report->out, "", "%s %s", rcc_say_where(row->where),
		              rcc_dossier_ship(report, ship, row->ship));
	else
		rcc_html_cell(report->out, "", "%s%s%s", rcc_say_where(row->where), place == NULL ? "" : ", ",
		              place == NULL ? "" : place->name);
	put_counts(report->out, &row->count, (uint32_t)sum);
	rcc_html_row_end(report->out);
}

static void
put_at_risk(struct rcc_dossier *report)
{
	uint32_t at_risk = rcc_persons_at_risk(report->core, report->incident->id);

	if (at_risk == 0)
		return;
	rcc_html_row(report->out, "late");
	rcc_html_cell(report->out, "", "%s", rcc_say_where(RCC_WHERE_AT_RISK));
	put_counts(report->out, &(struct rcc_persons){0}, at_risk);
	rcc_html_row_end(report->out);
}

void
rcc_dossier_balance(struct rcc_dossier *report)
{
	const char *const columns[] = {_("Where they are"),  _("#men"),     _("#women"), _("#adults"), _("#children"),
	                               _("#children alone"), _("#infants"), _("#all"),   NULL};
	const struct rcc_incident_id id = report->incident->id;
	struct rcc_persons all = {0};

	rcc_html_keep(report->out);
	rcc_html_heading(report->out, "", _("Persons: does the balance close?"));
	rcc_html_table(report->out, "", columns);
	for (const struct rcc_aboard *row = rcc_aboard_at(report->core, report->incident->newest_aboard); row != NULL;
	     row = rcc_aboard_at(report->core, row->previous)) {
		put_aboard(report, row);
		all = rcc_groups_with(&all, &row->count);
	}
	put_at_risk(report);
	rcc_html_row(report->out, "sum");
	rcc_html_cell(report->out, "", "%s", _("all that are known of"));
	put_counts(report->out, &all, rcc_persons_total(report->core, id));
	rcc_html_row_end(report->out);
	rcc_html_table_end(report->out);
	/* Nobody told a number: that is not nobody, and no balance. */
	if (!rcc_closing_is_number_told(report->core, report->incident))
		rcc_html_paragraph(report->out, "", "%s",
		                   _("How many they were is not known: nobody has told it. No balance can close."));
	else
		rcc_html_paragraph(
		    report->out, "", "%s",
		    rcc_persons_closes(report->core, id)
		        ? _("The balance closes: everybody known of is counted at one place.")
		        : _("The balance does not close: somebody is still at risk, or two counts differ."));
	rcc_html_paragraph(
	    report->out, "note", "%s",
	    _("Counts alone: the record has no place for a name, a nationality or a status of anybody. What officers "
	      "and masters wrote as a reason may name somebody all the same: read it before you hand this out."));
	rcc_html_keep_end(report->out);
}

/* ---- places of safety ---- */

static void
put_place_ship(struct rcc_dossier *report, const struct rcc_place_ship *row)
{
	char ship[RCC_DOSSIER_SHIP_SIZE];
	char time[RCC_HTML_TIME_SIZE];

	rcc_html_row(report->out, "");
	rcc_html_cell(report->out, "", "%s", rcc_dossier_ship(report, ship, row->ship));
	rcc_html_cell(report->out, "t", "%s", rcc_html_time(time, row->assigned_at_ms));
	rcc_html_cell(report->out, "t", "%s", rcc_html_time(time, row->reached_at_ms));
	rcc_html_cell(report->out, "n", row->extra_nm == 0 ? "–" : "%u", row->extra_nm);
	rcc_html_cell(report->out, "n", row->extra_h == 0 ? "–" : "%u", row->extra_h);
	rcc_html_cell(report->out, "q", "%s", row->objections > 0 ? row->objection : "");
	rcc_html_row_end(report->out);
}

static void
put_step(struct rcc_dossier *report, const struct rcc_place_state *place, enum rcc_place_step step)
{
	char time[RCC_HTML_TIME_SIZE];

	fprintf(report->out, "<b>%s</b> ", rcc_html_time(time, place->step_at_ms[step]));
	rcc_html_text(report->out, rcc_say_place_step_alone(step));
	/* Whom the other steps concern stands in the table. */
	if (step <= RCC_PLACE_REFUSED && place->authority[0] != '\0') {
		fputs(", ", report->out);
		rcc_html_text(report->out, place->authority);
	}
}

/* In the order in which they were taken: the latest of each. */
static void
put_steps(struct rcc_dossier *report, const struct rcc_place_state *place)
{
	bool is_told[RCC_PLACE_STEP_LAST + 1] = {false};
	const char *between = "";

	fputs("<p>", report->out);
	for (;;) {
		uint32_t first = 0;
		for (uint32_t step = RCC_PLACE_ASKED; step <= RCC_PLACE_STEP_LAST; step++) {
			int64_t at_ms = place->step_at_ms[step];
			if (at_ms != 0 && !is_told[step] && (first == 0 || at_ms < place->step_at_ms[first]))
				first = step;
		}
		if (first == 0)
			break;
		is_told[first] = true;
		fputs(between, report->out);
		between = " · ";
		put_step(report, place, (enum rcc_place_step)first);
	}
	fputs("</p>\n", report->out);
}

static void
put_checks(struct rcc_dossier *report, const struct rcc_place_state *place)
{
	if (place->step_at_ms[RCC_PLACE_CHECKED] == 0) {
		rcc_html_paragraph(report->out, "", "%s", _("Never checked."));
		return;
	}
	fputs("<p>", report->out);
	for (uint32_t check = 1; check <= RCC_CHECK_ONWARD; check <<= 1) {
		fputs((place->checks & check) != 0 ? "☑ " : "☐ ", report->out);
		rcc_html_text(report->out, rcc_say_check(check));
		fputs("&ensp;", report->out);
	}
	fputs("</p>\n", report->out);
}

static void
put_place(struct rcc_dossier *report, const struct rcc_place_state *place)
{
	const char *const columns[] = {
	    _("Ship"), _("Assigned"), _("Reached"), _("#extra nm"), _("#extra h"), _("Her master's objection"), NULL};

	rcc_html_keep(report->out);
	fputs("<h3>", report->out);
	rcc_html_text(report->out, place->name);
	fputs("</h3>\n", report->out);
	put_steps(report, place);
	put_checks(report, place);
	if (place->is_unsafe)
		rcc_html_paragraph(report->out, "", _("Not safe: “%s”"), place->unsafe_reason);
	if (place->is_refused)
		rcc_html_paragraph(report->out, "", _("Refused by its authority: “%s”"), place->refusal);
	if (place->review[0] != '\0')
		rcc_html_paragraph(report->out, "", _("What survivors fear was reviewed by an officer: “%s”"),
		                   place->review);
	if (place->newest_ship != 0)
		rcc_html_table(report->out, "", columns);
	for (const struct rcc_place_ship *row = rcc_place_ship_at(report->core, place->newest_ship); row != NULL;
	     row = rcc_place_ship_at(report->core, row->previous))
		put_place_ship(report, row);
	if (place->newest_ship != 0)
		rcc_html_table_end(report->out);
	rcc_html_keep_end(report->out);
}

/* Oldest first; the list runs the other way, and a case has at most RCC_PLACES_OF_CASE_MAX. */
static void
put_places(struct rcc_dossier *report)
{
	const struct rcc_place_state *place[RCC_PLACES_OF_CASE_MAX];
	size_t count = 0;

	for (const struct rcc_place_state *at = rcc_place_at(report->core, report->incident->newest_place);
	     at != NULL && count < RCC_PLACES_OF_CASE_MAX; at = rcc_place_at(report->core, at->previous))
		place[count++] = at;
	while (count > 0)
		put_place(report, place[--count]);
}

void
rcc_dossier_places(struct rcc_dossier *report)
{
	const struct rcc_deviation all = rcc_place_deviation(report->core, report->incident, (struct rcc_mmsi){0});
	int64_t first_ms = rcc_persons_first_aboard_ms(report->core, report->incident->id);
	char time[RCC_HTML_TIME_SIZE];

	rcc_html_heading(report->out, "", _("Place of safety: how it was found"));
	if (first_ms != 0)
		rcc_html_paragraph(report->out, "", _("The first survivor came aboard a ship at %s UTC."),
		                   rcc_html_time(time, first_ms));
	if (all.places > 0)
		rcc_html_paragraph(report->out, "", _("Deviation of all ships for places of safety: %llu nm, %llu h."),
		                   (unsigned long long)all.extra_nm, (unsigned long long)all.extra_h);
	if (report->incident->newest_place == 0)
		rcc_html_paragraph(report->out, "", "%s", _("No place was named."));
	put_places(report);
}

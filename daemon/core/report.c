/*
 * report.c - the situation report (IAMSAR volume II, appendix on SITREPs): header, sections by letter, letter I left out.
 *
 * Copies of the format differ in their letters, never in their titles: both stand in front of each section.
 */
#include "core/report_internal.h"

#include <string.h>

#include "core/closing.h"
#include "core/duty.h"
#include "core/persons.h"
#include "core/place.h"
#include "core/rank.h"
#include "rcc/work_text.h"

/* Ships and duties that one section names; the tables have all of them. */
#define ROWS_MAX 8
/* Weather that was observed so long ago is told as old. */
#define SCENE_OLD_MS (3 * RCC_MS_PER_HOUR)

/* ---- what the reports have in common ---- */

void
rcc_report_title(struct rcc_paper *report, char letter, const char *title)
{
	rcc_trace_put(&report->out, "%c. %s\n", letter, title);
}

void
rcc_report_place(struct rcc_paper *report)
{
	const struct rcc_incident *incident = report->incident;
	char pos[RCC_POS_TEXT_SIZE];
	char dtg[RCC_DTG_TEXT_SIZE];

	for (uint32_t i = 0; i < incident->candidate_count && incident->candidate_count > 1; i++) {
		const struct rcc_candidate *place = &incident->candidate[i];
		rcc_trace_put(&report->out, "   %s %s", i == 0 ? "IT MAY BE AT" : "OR AT",
		              rcc_pos_format(pos, place->pos));
		if (place->percent != 0)
			rcc_trace_put(&report->out, " (%u PER CENT)", place->percent);
		rcc_trace_put(&report->out, "\n");
	}
	if (incident->candidate_count > 1)
		return;
	if (!rcc_pos_is_known(incident->pos)) {
		rcc_report_line(report, RCC_NOT_KNOWN);
		return;
	}
	rcc_trace_put(&report->out, "   %s", rcc_pos_format(pos, incident->pos));
	if (incident->pos_at_ms != 0)
		rcc_trace_put(&report->out, " AT %s", rcc_dtg_format(dtg, incident->pos_at_ms));
	/* Tenths of a mile, rounded up: nobody is told of a circle that is too small. */
	uint64_t dnm = ((uint64_t)incident->pos_radius_m * 10 + RCC_M_PER_NM - 1) / RCC_M_PER_NM;
	if (incident->pos_radius_m != 0)
		rcc_trace_put(&report->out, ", WITHIN %llu.%llu NM", (unsigned long long)(dnm / 10),
		              (unsigned long long)(dnm % 10));
	rcc_trace_put(&report->out, "\n");
}

void
rcc_report_words(struct rcc_paper *report, const char *before, const struct rcc_noted_words *words)
{
	char dtg[RCC_DTG_TEXT_SIZE];

	if (words->at_ms == 0)
		rcc_report_line(report, "%s" RCC_NOT_KNOWN, before);
	else
		rcc_report_line(report, "%s%s: %s", before, rcc_dtg_format(dtg, words->at_ms), words->text);
}

const char *
rcc_report_ship(const struct rcc_core *core, struct rcc_mmsi mmsi, char text[RCC_SHIP_TEXT_SIZE])
{
	const struct rcc_peer *peer = mmsi.v == 0 ? NULL : rcc_peer_find_mmsi(core, mmsi);
	char digits[RCC_MMSI_TEXT_SIZE];
	struct rcc_writer out = {.text = text, .size = RCC_SHIP_TEXT_SIZE};

	if (peer != NULL)
		rcc_trace_put(&out, "%s, ", peer->name);
	rcc_trace_put(&out, "MMSI %s", rcc_mmsi_format(digits, mmsi));
	return text;
}

/* ---- header ---- */

static const char *
priority_of(const struct rcc_paper *report)
{
	if (report->order->is_final != 0 || report->incident->status == RCC_INCIDENT_CLOSED)
		return "ROUTINE";
	if (report->incident->phase == RCC_PHASE_DISTRESS)
		return "DISTRESS";
	return report->incident->phase == RCC_PHASE_ALERT ? "URGENCY" : "SAFETY";
}

static void
put_header(struct rcc_paper *report, uint32_t number)
{
	const struct rcc_incident *incident = report->incident;
	char dtg[RCC_DTG_TEXT_SIZE];

	if (incident->class != RCC_CLASS_LIVE)
		rcc_trace_put(&report->out, "%s\n",
		              incident->class == RCC_CLASS_TEST ? "TEST TEST TEST" : "EXERCISE EXERCISE EXERCISE");
	rcc_trace_put(&report->out, "%s\n", rcc_dtg_format(dtg, report->at_ms));
	rcc_trace_put(&report->out, "%s\n", priority_of(report));
	rcc_trace_put(&report->out, "FROM %s\n", report->core->run.centre);
	rcc_trace_put(&report->out, "TO %s\n", report->order->to[0] != '\0' ? report->order->to : "ALL CONCERNED");
	rcc_trace_put(&report->out, "SAR SITREP %u, %s FORM%s\n", number,
	              report->order->is_full != 0 ? "FULL" : "SHORT", report->order->is_final != 0 ? ", FINAL" : "");
	rcc_trace_put(&report->out, "INCIDENT %04u-%04u\n", incident->year, incident->number);
}

/* ---- A to F: the short form ---- */

/* The call sign that was said last. */
static const struct rcc_alert_state *
latest_alert(const struct rcc_paper *report, bool wants_callsign)
{
	const struct rcc_alert_state *latest = NULL;

	for (uint32_t i = 0; i < report->core->alert_top; i++) {
		const struct rcc_alert_state *alert = &report->core->alert[i];
		const char *said = wants_callsign ? alert->body.callsign : alert->body.text;
		if (alert->id.v != 0 && alert->incident.v == report->incident->id.v && said[0] != '\0' &&
		    (latest == NULL || alert->id.v > latest->id.v))
			latest = alert;
	}
	return latest;
}

static void
put_identity(struct rcc_paper *report)
{
	const struct rcc_incident *incident = report->incident;
	const struct rcc_alert_state *alert = latest_alert(report, true);
	char mmsi[RCC_MMSI_TEXT_SIZE];

	rcc_report_title(report, 'A', "IDENTITY OF CASUALTY");
	rcc_report_line(report, "NAME: %s", incident->name[0] != '\0' ? incident->name : RCC_NOT_KNOWN);
	rcc_report_line(report, "CALL SIGN: %s", alert != NULL ? alert->body.callsign : RCC_NOT_KNOWN);
	if (incident->casualty.v == 0)
		rcc_report_line(report, "MMSI: " RCC_NOT_KNOWN);
	else
		rcc_report_line(report, "MMSI: %s", rcc_mmsi_format(mmsi, incident->casualty));
	/* The first three digits of a ship station's identity tell the administration (ITU-R M.585). */
	if (incident->casualty.v >= 200000000 && incident->casualty.v < 800000000)
		rcc_report_line(report, "FLAG: MID %u", incident->casualty.v / 1000000);
	else
		rcc_report_line(report, "FLAG: " RCC_NOT_KNOWN);
}

static void
put_position(struct rcc_paper *report)
{
	rcc_report_title(report, 'B', "POSITION");
	rcc_report_place(report);
	/* A position without its time may be of yesterday. */
	if (rcc_pos_is_known(report->incident->pos) && report->incident->pos_at_ms == 0)
		rcc_report_line(report, "TIME OF POSITION: " RCC_NOT_KNOWN);
}

static void
put_situation(struct rcc_paper *report)
{
	const struct rcc_incident *incident = report->incident;
	char dtg[RCC_DTG_TEXT_SIZE];

	rcc_report_title(report, 'C', "SITUATION");
	rcc_report_line(report, "LEARNED FROM %s AT %s",
	                incident->source == RCC_SOURCE_OFFICER ? "A REPORT TO THE CENTRE"
	                                                       : rcc_source_word(incident->source),
	                rcc_dtg_format(dtg, incident->opened_at_ms));
	if (incident->nature == RCC_NATURE_NOT_STATED)
		rcc_report_line(report, "NATURE: " RCC_NOT_KNOWN);
	else
		rcc_report_line(report, "NATURE: %s", rcc_nature_word(incident->nature));
	rcc_report_line(report, "PHASE: %s, CASE %s", rcc_phase_word(incident->phase),
	                rcc_incident_status_word(incident->status));
	/* Whom a ship has taken aboard she has seen. */
	if (!rcc_incident_is_vouched_now(report->core, incident) &&
	    rcc_persons_first_aboard_ms(report->core, incident->id) == 0)
		rcc_report_line(report, "NOT YET VERIFIED BY A PERSON");
}

/* What ships say and the centre has not settled: nobody may read the counts above as agreed. */
static void
put_disputes(struct rcc_paper *report)
{
	uint32_t dead = rcc_persons_dead_unmoved(report->core, report->incident->id);
	char ship[RCC_SHIP_TEXT_SIZE];

	for (const struct rcc_aboard *row = rcc_aboard_at(report->core, report->incident->newest_aboard); row != NULL;
	     row = rcc_aboard_at(report->core, row->previous)) {
		const struct rcc_peer *counter =
		    row->is_report_counted ? rcc_peer_find(report->core, row->reported_by) : NULL;
		if (row->is_disputed && counter != NULL)
			rcc_report_line(report, "DISPUTED: %s COUNTED %llu ABOARD %s, COUNTED HERE %llu", counter->name,
			                (unsigned long long)rcc_persons_sum(&row->report.aboard),
			                rcc_report_ship(report->core, row->ship, ship),
			                (unsigned long long)rcc_persons_sum(&row->count));
		else if (row->is_disputed)
			rcc_report_line(report, "DISPUTED: %s REPORTS %llu ABOARD, COUNTED %llu",
			                rcc_report_ship(report->core, row->ship, ship),
			                (unsigned long long)rcc_persons_sum(&row->report.aboard),
			                (unsigned long long)rcc_persons_sum(&row->count));
	}
	if (dead > 0)
		rcc_report_line(report, "REPORTED DEAD BY SHIPS, NOT YET COUNTED: %u", dead);
}

static void
put_persons(struct rcc_paper *report)
{
	static const struct {
		enum rcc_where where;
		const char *words;
	} places[] = {
	    {RCC_WHERE_AT_RISK, "AT RISK"},
	    {RCC_WHERE_ABOARD, "ABOARD RESCUING SHIPS"},
	    {RCC_WHERE_LANDED, "LANDED"},
	    {RCC_WHERE_MISSING, "MISSING"},
	    {RCC_WHERE_DEAD, "RECOVERED DEAD"},
	    {RCC_WHERE_SAFE_ALONE, "SAFE BY THEIR OWN MEANS"},
	    {RCC_WHERE_UNKNOWN, "OUTCOME " RCC_NOT_KNOWN},
	    {RCC_WHERE_NEVER, "NEVER IN DANGER, AS STATED LATER"},
	};
	uint32_t total = rcc_persons_total(report->core, report->incident->id);

	rcc_report_title(report, 'D', "NUMBER OF PERSONS");
	if (total == 0)
		rcc_report_line(report, RCC_NOT_KNOWN);
	for (size_t i = 0; i < sizeof places / sizeof places[0] && total > 0; i++) {
		uint32_t count = rcc_persons_count_at(report->core, report->incident->id, places[i].where);
		/* As many as were found is no number of those who were in danger: nobody may read a nought there. */
		if (count == 0 && places[i].where == RCC_WHERE_AT_RISK &&
		    !rcc_closing_is_number_told(report->core, report->incident))
			rcc_report_line(report, "%s: " RCC_NOT_KNOWN, places[i].words);
		else if (count != 0 || places[i].where == RCC_WHERE_AT_RISK)
			rcc_report_line(report, "%s: %u", places[i].words, count);
	}
	put_disputes(report);
	if (rcc_persons_in_parts(report->core, report->incident->id) != 0)
		rcc_report_line(report, "IN PARTS OF THIS RESCUE, COUNTED THERE: %u",
		                rcc_persons_in_parts(report->core, report->incident->id));
}

static void
put_centre(struct rcc_paper *report)
{
	rcc_report_title(report, 'F', "COORDINATING RCC");
	rcc_report_line(report, "%s", report->core->run.centre);
	rcc_report_line(report, "MISSION COORDINATOR: %s",
	                report->incident->smc[0] != '\0' ? report->incident->smc : RCC_NOT_KNOWN);
}

/* ---- G to N: the full form ---- */

static void
put_description(struct rcc_paper *report)
{
	const struct rcc_alert_state *alert = latest_alert(report, false);
	const struct rcc_plan_state *plan =
	    rcc_plan_of(report->core, report->incident->casualty, report->incident->name);

	rcc_report_title(report, 'G', "DESCRIPTION OF CASUALTY");
	if (alert == NULL && (plan == NULL || plan->body.text[0] == '\0'))
		rcc_report_line(report, RCC_NOT_KNOWN);
	if (alert != NULL)
		rcc_report_line(report, "%s", alert->body.text);
	if (plan != NULL && plan->body.text[0] != '\0')
		rcc_report_line(report, "SAILING PLAN: %s", plan->body.text);
}

static void
put_weather(struct rcc_paper *report)
{
	const struct rcc_noted_words *scene = &report->incident->reporting.scene;

	rcc_report_title(report, 'H', "WEATHER ON SCENE");
	rcc_report_words(report, "", scene);
	/* Nobody is to plan with the wind of this morning unawares. */
	if (scene->at_ms != 0 && report->at_ms - scene->at_ms >= SCENE_OLD_MS)
		rcc_report_line(report, "OBSERVED %lld HOURS AGO, NOT OBSERVED SINCE",
		                (long long)((report->at_ms - scene->at_ms) / RCC_MS_PER_HOUR));
}

static void
put_search_area(struct rcc_paper *report)
{
	rcc_report_title(report, 'K', "SEARCH AREA");
	rcc_report_place(report);
	rcc_report_words(report, "AS PLANNED ", &report->incident->reporting.plan);
}

static void
put_place(struct rcc_paper *report, const struct rcc_place_state *place, uint32_t blocks)
{
	uint32_t sent = 0;
	uint32_t arrived = 0;
	uint32_t objecting = 0;
	uint32_t overridden = 0;
	for (const struct rcc_place_ship *row = rcc_place_ship_at(report->core, place->newest_ship); row != NULL;
	     row = rcc_place_ship_at(report->core, row->previous)) {
		sent += row->is_assigned;
		overridden += row->is_assigned && row->overridden != 0;
		objecting += row->objections != 0;
		arrived += !row->is_assigned && row->reached_at_ms > row->withdrawn_at_ms;
	}
	const char *fear = place->is_feared ? ", SURVIVORS FEAR IT" : ", A FEAR STATED AND NOT REVIEWED";
	rcc_report_line(report, "PLACE OF SAFETY %s: SHIPS SENT THERE %u, ARRIVED %u; %s%s%s%s%s", place->name, sent,
	                arrived, blocks == 0 ? "ALL CHECKS YES" : "NOT TO BE USED",
	                (blocks & RCC_PLACE_BLOCK_UNSAFE) != 0 ? ", NOT SAFE" : "",
	                (blocks & RCC_PLACE_BLOCK_FEARED) != 0 ? fear : "",
	                (blocks & RCC_PLACE_BLOCK_REFUSED) != 0 ? ", REFUSED BY ITS AUTHORITY" : "",
	                (blocks & RCC_PLACE_BLOCK_UNCHECKED) != 0 ? ", NOT ALL CHECKS YES" : "");
	if (overridden > 0)
		rcc_report_line(report, "SHIPS SENT TO %s OVER A WARNING, BY TWO OFFICERS: %u", place->name,
		                overridden);
	if (objecting > 0)
		rcc_report_line(report, "MASTERS WHO OBJECT TO %s: %u", place->name, objecting);
}

/* Where survivors are to go ashore, and where they must not: by all that the centre knows. Returns the number of lines. */
static uint32_t
put_places(struct rcc_paper *report)
{
	uint32_t rows = 0, more = 0;

	/* Of what is over nothing is planned. */
	if (report->incident->status == RCC_INCIDENT_CLOSED)
		return 0;
	/* Where something grave stands against a place, whoever reads this has to know it first. */
	for (int pass = 0; pass < 2; pass++) {
		for (const struct rcc_place_state *place = rcc_place_at(report->core, report->incident->newest_place);
		     place != NULL; place = rcc_place_at(report->core, place->previous)) {
			uint32_t blocks = rcc_place_blocks_of(report->core, report->incident, place->name, place);
			bool is_grave =
			    (blocks & (RCC_PLACE_BLOCK_UNSAFE | RCC_PLACE_BLOCK_FEARED | RCC_PLACE_BLOCK_REFUSED)) != 0;
			if (is_grave != (pass == 0))
				continue;
			if (rows == ROWS_MAX) {
				more++;
				continue;
			}
			put_place(report, place, blocks);
			rows++;
		}
	}
	if (more > 0)
		rcc_report_line(report, "AND %u MORE PLACES", more);
	return rows;
}

/* What the centre still owes is what it does next. */
static void
put_plans(struct rcc_paper *report)
{
	const struct rcc_incident *incident = report->incident;
	char dtg[RCC_DTG_TEXT_SIZE];
	uint32_t rows = 0, more = 0;

	rcc_report_title(report, 'M', "FUTURE PLANS");
	if (incident->review_at_ms != 0)
		rcc_report_line(report, "REVIEW AT %s", rcc_dtg_format(dtg, incident->review_at_ms));
	for (const struct rcc_duty *row = rcc_duty_at(report->core, incident->newest_duty); row != NULL;
	     row = rcc_duty_at(report->core, row->previous)) {
		if (!rcc_duty_is_open(row) || row->ship.v != 0)
			continue;
		if (rows == ROWS_MAX) {
			more++;
			continue;
		}
		rows++;
		rcc_report_line(report, "%s%s%s", rcc_duty_rule_find(row->rule)->what,
		                row->due_at_ms != 0 ? ", BY " : "",
		                row->due_at_ms != 0 ? rcc_dtg_format(dtg, row->due_at_ms) : "");
	}
	if (more > 0)
		rcc_report_line(report, "AND %u MORE", more);
	rows += put_places(report);
	if (incident->reporting.hope.at_ms != 0)
		rcc_report_words(report, "HOPE OF FINDING SURVIVORS ", &incident->reporting.hope);
	if (rows == 0 && incident->review_at_ms == 0 && incident->reporting.hope.at_ms == 0)
		rcc_report_line(report, "%s", incident->status == RCC_INCIDENT_CLOSED ? "NONE" : RCC_NOT_KNOWN);
}

/* Where they went ashore, and when the last of them did. */
static void
put_landings(struct rcc_paper *report)
{
	char dtg[RCC_DTG_TEXT_SIZE];

	for (const struct rcc_aboard *row = rcc_aboard_at(report->core, report->incident->newest_aboard); row != NULL;
	     row = rcc_aboard_at(report->core, row->previous)) {
		const struct rcc_place_state *place = rcc_place_find(report->core, row->place);
		uint32_t count = (uint32_t)rcc_persons_sum(&row->count);
		if (row->where == RCC_WHERE_LANDED && count > 0)
			rcc_report_line(report, "%u LANDED AT %s, THE LAST %s", count,
			                place != NULL ? place->name : RCC_NOT_KNOWN, rcc_dtg_format(dtg, row->at_ms));
	}
}

static void
put_conclusion(struct rcc_paper *report)
{
	const struct rcc_incident *incident = report->incident;
	char dtg[RCC_DTG_TEXT_SIZE];

	rcc_report_title(report, 'N', report->order->is_final != 0 ? "CONCLUSION" : "ADDITIONAL INFORMATION");
	if (report->order->text[0] != '\0')
		rcc_report_line(report, "%s", report->order->text);
	if (report->order->is_final != 0)
		put_landings(report);
	if (incident->status == RCC_INCIDENT_CLOSED)
		rcc_report_line(report, "SAR ENDED %s, OUTCOME: %s", rcc_dtg_format(dtg, incident->closed_at_ms),
		                rcc_outcome_word(incident->outcome));
	else if (report->order->text[0] == '\0')
		rcc_report_line(report, "%s",
		                report->order->is_final != 0 ? "NONE STATED, THE CASE IS NOT CLOSED" : "NONE");
}

size_t
rcc_report_sitrep(const struct rcc_core *core, const struct rcc_incident *incident, const struct rcc_sitrep *order,
                  uint32_t number, int64_t at_ms, char *text, size_t size)
{
	struct rcc_paper report = {
	    .out = {.text = text, .size = size}, .core = core, .incident = incident, .order = order, .at_ms = at_ms};

	put_header(&report, number);
	put_identity(&report);
	put_position(&report);
	put_situation(&report);
	put_persons(&report);
	rcc_report_assistance(&report);
	put_centre(&report);
	if (order->is_full != 0) {
		put_description(&report);
		put_weather(&report);
		rcc_report_actions(&report);
		put_search_area(&report);
		rcc_report_coordination(&report);
		put_plans(&report);
	}
	/* What an officer adds, and how it ended, is told in either form. */
	if (order->is_full != 0 || order->is_final != 0 || order->text[0] != '\0')
		put_conclusion(&report);
	return report.out.len;
}

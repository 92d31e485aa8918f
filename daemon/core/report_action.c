/*
 * report_action.c - the search action message (IAMSAR volume II; SAR plan 2.27.12): six parts, sent early, completed later.
 *
 * What a planner has not said stands as NOT KNOWN or NOT ASSIGNED, in its place: a unit that reads it knows what to ask for.
 */
#include "core/report_internal.h"

#include "core/duty.h"
#include "core/persons.h"

/* How many are searched for, of how many. */
static void
put_persons(struct rcc_paper *report)
{
	const struct rcc_core *core = report->core;
	struct rcc_incident_id id = report->incident->id;
	uint32_t sought = rcc_persons_at_risk(core, id) + rcc_persons_missing(core, id);

	rcc_report_line(report, "NUMBER OF PERSONS: %u, NOT YET FOUND: %u", rcc_persons_total(core, id), sought);
}

static void
put_situation(struct rcc_paper *report)
{
	const struct rcc_incident *incident = report->incident;
	char dtg[RCC_DTG_TEXT_SIZE];

	rcc_report_title(report, 'A', "SITUATION");
	rcc_report_line(report, "INCIDENT: %s, %s, PHASE %s",
	                incident->name[0] != '\0' ? incident->name : "CASUALTY " RCC_NOT_KNOWN,
	                incident->nature == RCC_NATURE_NOT_STATED ? "NATURE " RCC_NOT_KNOWN
	                                                          : rcc_nature_word(incident->nature),
	                rcc_phase_word(incident->phase));
	rcc_report_line(report, "POSITION:");
	rcc_report_place(report);
	rcc_report_line(report, "TIME: %s", rcc_dtg_format(dtg, incident->opened_at_ms));
	if (incident->persons == 0)
		rcc_report_line(report, "NUMBER OF PERSONS: " RCC_NOT_KNOWN);
	else
		put_persons(report);
	rcc_report_line(report, "SEARCH OBJECTS, PRIMARY AND SECONDARY, WITH SURVIVAL GEAR: " RCC_NOT_KNOWN);
	rcc_report_words(report, "WEATHER ", &incident->reporting.scene);
	rcc_report_line(report, "UNITS ON SCENE: %u", rcc_report_answers(report, RCC_ANSWER_ON_SCENE, NULL));
}

/* Square nautical miles of a circle, in tenths, by 355/113. */
static uint64_t
circle_dnm2(uint32_t radius_m)
{
	uint64_t dm2 = (uint64_t)radius_m * radius_m / 1000 * 355 / 113;

	return dm2 * 10 / ((uint64_t)RCC_M_PER_NM * RCC_M_PER_NM / 1000);
}

/* AREA  SIZE  CORNER POINTS  OTHER: one row for each place where it may be. */
static void
put_area(struct rcc_paper *report)
{
	const struct rcc_incident *incident = report->incident;
	bool is_single = incident->candidate_count < 2;
	uint32_t count = is_single ? 1 : incident->candidate_count;
	char pos[RCC_POS_TEXT_SIZE];

	rcc_report_title(report, 'B', "SEARCH AREA");
	rcc_report_line(report, "AREA, SIZE, CENTRE OR CORNER POINTS, OTHER:");
	for (uint32_t i = 0; i < count; i++) {
		struct rcc_pos centre = is_single ? incident->pos : incident->candidate[i].pos;
		if (!rcc_pos_is_known(centre)) {
			rcc_report_line(report, "A-%u, " RCC_NOT_KNOWN, i + 1);
			continue;
		}
		rcc_trace_put(&report->out, "   A-%u, ", i + 1);
		uint64_t dnm2 = circle_dnm2(incident->pos_radius_m);
		if (incident->pos_radius_m == 0)
			rcc_trace_put(&report->out, "SIZE " RCC_NOT_KNOWN ", ");
		else
			rcc_trace_put(&report->out, "%llu.%llu SQUARE NM, ", (unsigned long long)(dnm2 / 10),
			              (unsigned long long)(dnm2 % 10));
		rcc_trace_put(&report->out, "AROUND %s", rcc_pos_format(pos, centre));
		if (!is_single && incident->candidate[i].percent != 0)
			rcc_trace_put(&report->out, ", %u PER CENT", incident->candidate[i].percent);
		rcc_trace_put(&report->out, "\n");
	}
	rcc_report_words(report, "AS PLANNED ", &incident->reporting.plan);
}

static void
put_unit(struct rcc_paper *report, const struct rcc_answer_state *answer)
{
	const struct rcc_peer *peer = rcc_peer_find(report->core, answer->peer);
	char ship[RCC_SHIP_TEXT_SIZE];

	rcc_report_line(report,
	                "NOT ASSIGNED, %s, " RCC_NOT_KNOWN ", " RCC_NOT_KNOWN ", " RCC_NOT_KNOWN ", " RCC_NOT_KNOWN
	                ", " RCC_NOT_KNOWN,
	                rcc_report_ship(report->core, peer != NULL ? peer->mmsi : answer->body.ship, ship));
}

static void
put_execution(struct rcc_paper *report)
{
	rcc_report_title(report, 'C', "EXECUTION");
	rcc_report_line(report,
	                "AREA, UNIT, PARENT AGENCY, PATTERN, CREEP DIRECTION, COMMENCE SEARCH POINT, ALTITUDE:");
	if (rcc_report_answers(report, RCC_ANSWER_ON_SCENE, put_unit) +
	        rcc_report_answers(report, RCC_ANSWER_PROCEEDING, put_unit) ==
	    0)
		rcc_report_line(report, "NO UNIT HAS SAID THAT IT COMES");
}

static void
put_coordination(struct rcc_paper *report)
{
	const struct rcc_incident *incident = report->incident;

	rcc_report_title(report, 'D', "COORDINATION REQUIRED");
	rcc_report_line(report, "MISSION COORDINATOR: %s, %s", incident->smc[0] != '\0' ? incident->smc : RCC_NOT_KNOWN,
	                report->core->run.centre);
	rcc_report_coordinator(report);
	rcc_report_line(report, "ON-SCENE TIMES: AS IN SITREP, SECTION L");
	rcc_report_line(report, "TRACK SPACING AND COVERAGE: " RCC_NOT_KNOWN);
	rcc_report_line(report, "INSTRUCTIONS TO THE ON-SCENE COORDINATOR: %s",
	                incident->comms.text[0] != '\0' ? incident->comms.text : RCC_NOT_KNOWN);
	rcc_report_line(report, "DATUM MARKER BUOYS: " RCC_NOT_KNOWN);
	rcc_report_line(report, "AIRSPACE: " RCC_NOT_KNOWN);
	rcc_report_line(report, "SAFETY: THE MASTER DECIDES WHAT HIS SHIP CAN DO WITHOUT DANGER TO HER");
}

static void
put_communications(struct rcc_paper *report)
{
	const struct rcc_comms *comms = &report->incident->comms;

	rcc_report_title(report, 'E', "COMMUNICATIONS");
	rcc_report_line(report, "CONTROL: %s", comms->control[0] != '\0' ? comms->control : RCC_NOT_KNOWN);
	rcc_report_line(report, "ON SCENE: %s", comms->on_scene[0] != '\0' ? comms->on_scene : RCC_NOT_KNOWN);
	rcc_report_line(report, "MONITOR: %s", comms->monitor[0] != '\0' ? comms->monitor : RCC_NOT_KNOWN);
	rcc_report_line(report, "PRESS: " RCC_NOT_KNOWN);
	rcc_report_line(report, "IDENTIFICATION OF THE ON-SCENE COORDINATOR: " RCC_NOT_KNOWN);
	rcc_report_line(report, "SURVIVORS' RADIO AND SIGNALS: " RCC_NOT_KNOWN);
}

static void
put_reports(struct rcc_paper *report)
{
	rcc_report_title(report, 'F', "REPORTS");
	rcc_report_line(report, "THE ON-SCENE COORDINATOR: WEATHER AND PROGRESS ON ARRIVAL, THEN AS THEY CHANGE");
	rcc_report_line(report, "UNITS: WHAT THEY FOUND AND WHAT THEY SEARCHED, AT THE END OF EACH DAY");
	rcc_report_line(report, "ALL TO %s", report->core->run.centre);
}

size_t
rcc_report_search_action(const struct rcc_core *core, const struct rcc_incident *incident, int64_t at_ms, char *text,
                         size_t size)
{
	struct rcc_paper report = {
	    .out = {.text = text, .size = size}, .core = core, .incident = incident, .at_ms = at_ms};
	char dtg[RCC_DTG_TEXT_SIZE];

	if (incident->class != RCC_CLASS_LIVE)
		rcc_trace_put(&report.out, "%s\n",
		              incident->class == RCC_CLASS_TEST ? "TEST TEST TEST" : "EXERCISE EXERCISE EXERCISE");
	rcc_trace_put(&report.out, "%s\nFROM %s\nSEARCH ACTION MESSAGE, INCIDENT %04u-%04u\n",
	              rcc_dtg_format(dtg, at_ms), core->run.centre, incident->year, incident->number);
	put_situation(&report);
	put_area(&report);
	put_execution(&report);
	put_coordination(&report);
	put_communications(&report);
	put_reports(&report);
	return report.out.len;
}

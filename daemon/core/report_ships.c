/* report_ships.c - what a situation report tells of ships: who was called and comes, who has survivors, who coordinates. */
#include "core/report_internal.h"

#include "core/closing.h"
#include "core/duty.h"
#include "core/persons.h"
#include "core/rank.h"
#include "rcc/work_text.h"

/* Ships and needs that one section names; the tables have all of them. */
#define ROWS_MAX 8

uint32_t
rcc_report_answers(struct rcc_paper *report, enum rcc_answer_kind kind,
                   void (*put)(struct rcc_paper *report, const struct rcc_answer_state *answer))
{
	uint32_t count = 0;

	for (const struct rcc_answer_state *answer = rcc_answer_at(report->core, report->incident->newest_answer);
	     answer != NULL; answer = rcc_answer_at(report->core, answer->previous)) {
		/* Before all were called anew is before: section E counts her as not answered. */
		bool is_of_kind =
		    answer->body.kind == kind && answer->at_ms >= rcc_rank_called_at_ms(report->core, report->incident);
		/* Who is released is not counted on. */
		if (!is_of_kind || (kind != RCC_ANSWER_UNABLE &&
		                    rcc_rank_is_released(report->core, report->incident,
		                                         rcc_peer_find(report->core, answer->peer), answer)))
			continue;
		if (count++ < ROWS_MAX && put != NULL)
			put(report, answer);
	}
	if (count > ROWS_MAX && put != NULL)
		rcc_report_line(report, "AND %u MORE", count - ROWS_MAX);
	return count;
}

/* What survivors and the ships with them wait for. */
static void
put_needs(struct rcc_paper *report)
{
	uint32_t rows = 0;

	for (const struct rcc_need_line *need = rcc_need_at(report->core, report->incident->newest_need);
	     need != NULL && rows < ROWS_MAX; need = rcc_need_at(report->core, need->previous)) {
		char ship[RCC_SHIP_TEXT_SIZE];
		if (!rcc_need_is_open(need))
			continue;
		rows++;
		rcc_report_line(report, "%s FOR %s (%s)", rcc_need_word(need->kind),
		                rcc_report_ship(report->core, need->ship, ship), rcc_need_state_word(need->state));
	}
}

/* Ships that were called on, or took it on, by what has become of each: together they are all of them. */
struct called {
	uint32_t all, proceeding, on_scene, unable, asking, over, silent;
};

static void
count_called(const struct rcc_paper *report, const struct rcc_duty *row, struct called *ret)
{
	const struct rcc_core *core = report->core;
	const struct rcc_answer_state *answer = rcc_answer_of(core, report->incident, row->ship);
	const struct rcc_peer *peer = rcc_peer_find_mmsi(core, row->ship);

	ret->all++;
	if (answer == NULL || answer->at_ms < row->opened_at_ms)
		*(row->state == RCC_DUTY_SUPERSEDED || row->state == RCC_DUTY_EXCUSED ? &ret->over : &ret->silent) += 1;
	else if (answer->body.kind == RCC_ANSWER_UNABLE)
		ret->unable++;
	else if (answer->body.kind == RCC_ANSWER_DONE || rcc_rank_is_released(core, report->incident, peer, answer))
		ret->over++;
	else if (answer->body.kind == RCC_ANSWER_PROCEEDING)
		ret->proceeding++;
	else if (answer->body.kind == RCC_ANSWER_ON_SCENE)
		ret->on_scene++;
	else
		ret->asking++;
}

static void
put_called(struct rcc_paper *report)
{
	struct called called = {0};

	for (const struct rcc_duty *row = rcc_duty_at(report->core, report->incident->newest_duty); row != NULL;
	     row = rcc_duty_at(report->core, row->previous)) {
		bool is_newest = row == rcc_duty_of(report->core, report->incident->id, row->rule, row->ship, 0);
		if (row->rule == RCC_DUTY_RULE_ASSIST && is_newest)
			count_called(report, row, &called);
	}
	rcc_report_line(report,
	                "CALLED ON: %u; PROCEEDING: %u; ON SCENE: %u; UNABLE: %u; ASKING FOR DETAIL: %u; DONE OR "
	                "RELEASED: %u; NOT ANSWERED: %u",
	                called.all, called.proceeding, called.on_scene, called.unable, called.asking, called.over,
	                called.silent);
}

/* What is asked for, by where people are now. */
static void
put_wanted(struct rcc_paper *report)
{
	const struct rcc_incident *incident = report->incident;
	uint32_t at_risk = rcc_persons_at_risk(report->core, incident->id);
	uint32_t missing = rcc_persons_missing(report->core, incident->id);
	uint32_t aboard = rcc_persons_aboard_total(report->core, incident->id);

	if (at_risk > 0)
		rcc_report_line(report, "RESCUE OF %u AT RISK", at_risk);
	else if (!rcc_closing_is_number_told(report->core, incident))
		rcc_report_line(report, "RESCUE; NUMBER AT RISK " RCC_NOT_KNOWN);
	if (missing > 0)
		rcc_report_line(report, "SEARCH FOR %u MISSING", missing);
	if (aboard > 0)
		rcc_report_line(report, "PLACE OF SAFETY FOR %u ABOARD RESCUING SHIPS", aboard);
}

void
rcc_report_assistance(struct rcc_paper *report)
{
	const struct rcc_incident *incident = report->incident;
	const struct rcc_broadcast *newest = rcc_broadcast_at(report->core, incident->newest_broadcast);
	bool is_over = incident->status == RCC_INCIDENT_CLOSED || incident->is_cancelled;

	rcc_report_title(report, 'E', "ASSISTANCE REQUIRED");
	uint32_t aboard = rcc_persons_aboard_total(report->core, incident->id);
	if (is_over && aboard > 0) {
		rcc_report_line(report, "%s",
		                incident->status == RCC_INCIDENT_SUSPENDED
		                    ? "LOOK-OUT, SEARCH SUSPENDED"
		                    : "NO MORE SHIPS: HELP ON SCENE IS NO LONGER NEEDED");
		rcc_report_line(report, "PLACE OF SAFETY FOR %u ABOARD RESCUING SHIPS", aboard);
	} else if (is_over)
		rcc_report_line(report, "%s",
		                incident->status == RCC_INCIDENT_SUSPENDED ? "LOOK-OUT, SEARCH SUSPENDED"
		                                                           : "NONE, HELP IS NO LONGER NEEDED");
	else if (rcc_incident_is_noticed(incident))
		rcc_report_line(report, "LOOK-OUT BY ALL SHIPS");
	else
		put_wanted(report);
	if (!is_over && !rcc_incident_is_noticed(incident) && !rcc_incident_is_standing(incident))
		rcc_report_line(report, "NO SHIP HAS BEEN CALLED YET");
	if (!is_over && rcc_incident_is_standing(incident)) {
		rcc_report_line(report, "SHIPS TOLD: %u; STORED ABOARD: %u", newest->recipients,
		                newest->recipients - newest->unstored);
		put_called(report);
	}
	put_needs(report);
}

static void
put_unit(struct rcc_paper *report, const struct rcc_answer_state *answer)
{
	const struct rcc_peer *peer = rcc_peer_find(report->core, answer->peer);
	struct rcc_mmsi mmsi = peer != NULL ? peer->mmsi : answer->body.ship;
	char ship[RCC_SHIP_TEXT_SIZE];
	char dtg[RCC_DTG_TEXT_SIZE];

	rcc_report_ship(report->core, mmsi, ship);
	if (answer->body.kind == RCC_ANSWER_PROCEEDING && answer->body.eta_min != RCC_ETA_UNKNOWN_MIN)
		rcc_report_line(report, "%s: proceeding, ETA %s", ship,
		                rcc_dtg_format(dtg, answer->at_ms + (int64_t)answer->body.eta_min * RCC_MS_PER_MIN));
	else
		rcc_report_line(report, "%s: %s", ship, rcc_answer_word(answer->body.kind));
}

/* Ships with survivors aboard, whatever they have answered: they take part. Returns how many. */
static uint32_t
put_carriers(struct rcc_paper *report)
{
	char ship[RCC_SHIP_TEXT_SIZE];
	uint32_t count = 0;

	for (const struct rcc_aboard *row = rcc_aboard_at(report->core, report->incident->newest_aboard); row != NULL;
	     row = rcc_aboard_at(report->core, row->previous)) {
		uint64_t aboard = row->where == RCC_WHERE_ABOARD ? rcc_persons_sum(&row->count) : 0;
		if (aboard == 0)
			continue;
		if (count++ < ROWS_MAX)
			rcc_report_line(report, "%s: %llu SURVIVORS ABOARD",
			                rcc_report_ship(report->core, row->ship, ship), (unsigned long long)aboard);
	}
	if (count > ROWS_MAX)
		rcc_report_line(report, "AND %u MORE WITH SURVIVORS ABOARD", count - ROWS_MAX);
	return count;
}

void
rcc_report_coordinator(struct rcc_paper *report)
{
	const struct rcc_incident *incident = report->incident;
	struct rcc_mmsi coordinator = rcc_duty_coordinator(report->core, incident);
	const struct rcc_duty *row =
	    rcc_duty_of(report->core, incident->id, RCC_DUTY_RULE_COORDINATE, incident->coordinator, 0);
	char ship[RCC_SHIP_TEXT_SIZE];
	char dtg[RCC_DTG_TEXT_SIZE];

	if (coordinator.v != 0)
		rcc_report_line(report, "ON-SCENE COORDINATOR: %s", rcc_report_ship(report->core, coordinator, ship));
	else if (incident->coordinator.v != 0 && row != NULL)
		rcc_report_line(report, "ON-SCENE COORDINATOR: %s, NAMED AT %s, NOT YET ACKNOWLEDGED",
		                rcc_report_ship(report->core, incident->coordinator, ship),
		                rcc_dtg_format(dtg, row->opened_at_ms));
	else
		rcc_report_line(report, "ON-SCENE COORDINATOR: " RCC_NOT_KNOWN);
}

static void
put_units(struct rcc_paper *report)
{
	rcc_report_coordinator(report);
	if (rcc_report_answers(report, RCC_ANSWER_ON_SCENE, put_unit) +
	        rcc_report_answers(report, RCC_ANSWER_PROCEEDING, put_unit) + put_carriers(report) ==
	    0)
		rcc_report_line(report, "UNITS: " RCC_NOT_KNOWN);
}

void
rcc_report_coordination(struct rcc_paper *report)
{
	const struct rcc_comms *comms = &report->incident->comms;

	rcc_report_title(report, 'L', "COORDINATING INSTRUCTIONS");
	/* Who coordinated stands in the reports before: nobody is to work by a channel of a case that is over. */
	if (report->incident->status == RCC_INCIDENT_CLOSED) {
		rcc_report_line(report, "NONE: SAR HAS ENDED");
		return;
	}
	/* Nor is anybody to go on that was told that help is not needed any more; who has survivors aboard still works on it. */
	bool is_over = report->incident->is_cancelled && report->incident->status != RCC_INCIDENT_SUSPENDED;
	if (is_over && put_carriers(report) == 0) {
		rcc_report_line(report, "NONE: SHIPS WERE TOLD THAT HELP IS NO LONGER NEEDED");
		return;
	}
	if (!is_over)
		put_units(report);
	rcc_report_line(report, "CONTROL: %s", comms->control[0] != '\0' ? comms->control : RCC_NOT_KNOWN);
	rcc_report_line(report, "ON SCENE: %s", comms->on_scene[0] != '\0' ? comms->on_scene : RCC_NOT_KNOWN);
	rcc_report_line(report, "MONITOR: %s", comms->monitor[0] != '\0' ? comms->monitor : RCC_NOT_KNOWN);
	if (comms->text[0] != '\0')
		rcc_report_line(report, "%s", comms->text);
}

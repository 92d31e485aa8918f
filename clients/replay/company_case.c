/* company_case.c - what one case says of the ships of a company: their calls, duties and deliveries, nobody else's. */
#include "core/duty.h"
#include "replay/company.h"

/* A time that is the company's to know; 0 otherwise. */
static int64_t
theirs(const struct rcc_company *company, struct rcc_mmsi mmsi, int64_t at_ms)
{
	return rcc_company_has(company, mmsi, at_ms) ? at_ms : 0;
}

static void
keep_first(int64_t *at_ms, int64_t other_ms)
{
	if (other_ms != 0 && (*at_ms == 0 || other_ms < *at_ms))
		*at_ms = other_ms;
}

/* The ship's row of this case; the rows of a case are the last ones. NULL when memory ends. */
static struct rcc_company_case *
case_of(struct rcc_company *company, const struct rcc_incident *incident, struct rcc_mmsi mmsi)
{
	for (size_t i = company->of_case.count; i > 0; i--) {
		struct rcc_company_case *row = RCC_COMPANY_ROW(company, of_case, case, i - 1);
		if (row->year != incident->year || row->number != incident->number)
			break;
		if (row->mmsi.v == mmsi.v)
			return row;
	}
	struct rcc_company_case *row = rcc_company_add(company, &company->of_case, sizeof *row);
	if (row != NULL)
		*row = (struct rcc_company_case){
		    .mmsi = mmsi, .year = incident->year, .number = incident->number, .class = incident->class};
	return row;
}

static void
take_line(struct rcc_company *company, const struct rcc_case *row, const struct rcc_broadcast *broadcast,
          const struct rcc_delivery *line)
{
	const struct rcc_incident *incident = row->incident;
	struct rcc_mmsi mmsi = rcc_peer_find(row->core, line->peer)->mmsi;

	if (!rcc_company_has(company, mmsi, line->queued_at_ms))
		return;
	struct rcc_company_delivery *delivery = rcc_company_add(company, &company->delivery, sizeof *delivery);
	struct rcc_company_case *of_case = case_of(company, incident, mmsi);
	if (delivery == NULL || of_case == NULL)
		return;
	*delivery = (struct rcc_company_delivery){.mmsi = mmsi,
	                                          .year = incident->year,
	                                          .number = incident->number,
	                                          .delivery = line->number,
	                                          .kind = broadcast->kind,
	                                          .is_called_on = line->is_called_on,
	                                          .queued_at_ms = line->queued_at_ms,
	                                          .sent_at_ms = theirs(company, mmsi, line->sent_at_ms),
	                                          .stored_at_ms = theirs(company, mmsi, line->stored_at_ms),
	                                          .read_at_ms = theirs(company, mmsi, line->read_at_ms)};
	if (broadcast->kind == RCC_BROADCAST_RELEASE)
		of_case->released_at_ms = line->queued_at_ms;
	if (broadcast->kind == RCC_BROADCAST_CANCEL || broadcast->kind == RCC_BROADCAST_SUSPENDED)
		keep_first(&of_case->ended_at_ms, line->queued_at_ms);
	if (!line->is_called_on)
		return;
	/* As in SHIP_DUTY: what was sent and is not stored could be known; who answers has read it. */
	/* What was overtaken was taken from her before she had it. */
	bool is_overtaken = line->state == RCC_DELIVERY_CANCELLED;
	int64_t could_ms = delivery->stored_at_ms != 0 ? delivery->stored_at_ms
	                   : is_overtaken              ? 0
	                                               : delivery->sent_at_ms;
	int64_t answered_ms = theirs(company, mmsi, line->answered_at_ms);
	keep_first(&of_case->called_at_ms, line->queued_at_ms);
	keep_first(&of_case->could_know_at_ms, could_ms);
	keep_first(&of_case->knew_at_ms, delivery->read_at_ms != 0 ? delivery->read_at_ms : answered_ms);
	keep_first(&of_case->answered_at_ms, answered_ms);
}

static void
take_broadcasts(struct rcc_company *company, const struct rcc_case *row, uint32_t newest)
{
	for (const struct rcc_broadcast *broadcast = rcc_broadcast_at(row->core, newest); broadcast != NULL;
	     broadcast = rcc_broadcast_at(row->core, broadcast->previous)) {
		for (const struct rcc_delivery *line = rcc_delivery_at(row->core, broadcast->newest_delivery);
		     line != NULL; line = rcc_delivery_at(row->core, line->of_broadcast))
			take_line(company, row, broadcast, line);
	}
}

static void
take_answer(const struct rcc_company *company, const struct rcc_case *row, struct rcc_company_case *of_case)
{
	const struct rcc_answer_state *answer = rcc_answer_of(row->core, row->incident, of_case->mmsi);

	if (answer == NULL)
		return;
	of_case->arrived_at_ms = theirs(company, of_case->mmsi, answer->arrived_at_ms);
	if (!rcc_company_has(company, of_case->mmsi, answer->at_ms))
		return;
	of_case->answer = answer->body.kind;
	of_case->answer_at_ms = answer->at_ms;
	of_case->reason = answer->body.reason;
}

static void
take_duties(struct rcc_company *company, const struct rcc_case *row)
{
	for (const struct rcc_duty *duty = rcc_duty_at(row->core, row->incident->newest_duty); duty != NULL;
	     duty = rcc_duty_at(row->core, duty->previous)) {
		if (duty->ship.v == 0 || !rcc_company_has(company, duty->ship, duty->opened_at_ms))
			continue;
		struct rcc_company_duty *kept = rcc_company_add(company, &company->duty, sizeof *kept);
		if (kept == NULL)
			return;
		*kept = (struct rcc_company_duty){.mmsi = duty->ship,
		                                  .year = row->incident->year,
		                                  .number = row->incident->number,
		                                  .rule = duty->rule,
		                                  .opened_at_ms = duty->opened_at_ms};
		if (!rcc_company_has(company, duty->ship, duty->changed_at_ms))
			continue;
		kept->state = duty->state;
		kept->is_late = duty->is_late;
		kept->settled_at_ms = rcc_duty_is_open(duty) ? 0 : duty->changed_at_ms;
	}
}

void
rcc_company_take_case(struct rcc_company *company, const struct rcc_case *row)
{
	size_t first = company->of_case.count;

	take_broadcasts(company, row, row->incident->newest_broadcast);
	take_broadcasts(company, row, row->incident->newest_directed);
	for (size_t i = first; i < company->of_case.count; i++)
		take_answer(company, row, RCC_COMPANY_ROW(company, of_case, case, i));
	take_duties(company, row);
}

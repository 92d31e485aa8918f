/* review_count.c - what one case adds to the figures of its year. */
#include "core/duty.h"
#include "core/persons.h"
#include "replay/review.h"

static void
add_time(struct rcc_review *review, enum rcc_review_time which, const struct rcc_incident *incident, int64_t from_ms,
         int64_t to_ms)
{
	struct rcc_review_times *time = &review->time[which];

	if (to_ms == 0) {
		time->without++;
		return;
	}
	/* Recorded times never run backwards, but a count can be of a time before it was typed. */
	int64_t span_ms = to_ms > from_ms ? to_ms - from_ms : 0;
	if (rcc_spans_add(&time->spans, span_ms) != RCC_OK)
		review->is_out_of_memory = true;
	if (time->number == 0 || span_ms > time->worst_ms) {
		time->worst_ms = span_ms;
		time->year = incident->year;
		time->number = incident->number;
	}
}

/* When the last survivor was ashore; 0 = not yet, or nobody has said so. */
static int64_t
ashore_at_ms(const struct rcc_case *row)
{
	int64_t landed_ms = 0;

	if (rcc_persons_aboard_total(row->core, row->incident->id) != 0)
		return 0;
	if (row->times.ashore_at_ms != 0)
		return row->times.ashore_at_ms;
	/* Landed by helicopter, say: counted there, and no ship has reached a place. */
	for (const struct rcc_aboard *place = rcc_aboard_at(row->core, row->incident->newest_aboard); place != NULL;
	     place = rcc_aboard_at(row->core, place->previous)) {
		if (place->where == RCC_WHERE_LANDED && place->at_ms > landed_ms)
			landed_ms = place->at_ms;
	}
	return landed_ms;
}

static void
add_times(struct rcc_review *review, const struct rcc_case *row)
{
	const struct rcc_case_times *times = &row->times;
	int64_t aboard_ms = rcc_persons_first_aboard_ms(row->core, row->incident->id);

	add_time(review, RCC_REVIEW_BROADCAST, row->incident, times->alert_at_ms, times->broadcast_at_ms);
	add_time(review, RCC_REVIEW_ANSWER, row->incident, times->alert_at_ms, times->answer_at_ms);
	add_time(review, RCC_REVIEW_ARRIVAL, row->incident, times->alert_at_ms, times->arrival_at_ms);
	if (aboard_ms != 0)
		add_time(review, RCC_REVIEW_ASHORE, row->incident, aboard_ms, ashore_at_ms(row));
}

/* Of a false alert only those count who were counted: the others never were. */
static void
add_persons(struct rcc_review *review, const struct rcc_case *row)
{
	struct rcc_incident_id id = row->incident->id;
	bool is_false =
	    row->incident->status == RCC_INCIDENT_CLOSED &&
	    (row->incident->outcome == RCC_OUTCOME_FALSE_ALERT || row->incident->outcome == RCC_OUTCOME_NO_DISTRESS);

	for (int where = RCC_WHERE_ABOARD; where <= RCC_WHERE_LAST; where++)
		review->persons[where] += rcc_persons_count_at(row->core, id, (enum rcc_where)where);
	if (is_false) {
		review->persons_known += rcc_persons_accounted(row->core, id);
		return;
	}
	review->persons[RCC_WHERE_AT_RISK] += rcc_persons_at_risk(row->core, id);
	/* Parts of a mass rescue are cases of their own. */
	review->persons_known += rcc_persons_total(row->core, id) - rcc_persons_in_parts(row->core, id);
	review->uncounted += rcc_persons_total(row->core, id) == 0;
}

static uint32_t
excuse_of(const struct rcc_case *row, const struct rcc_duty *duty)
{
	const struct rcc_answer_state *answer =
	    duty->ship.v == 0 ? NULL : rcc_answer_of(row->core, row->incident, duty->ship);

	if (answer != NULL && answer->body.kind == RCC_ANSWER_UNABLE)
		return (uint32_t)answer->body.reason;
	return duty->rule == RCC_DUTY_RULE_RELAY && row->incident->hold_reason[0] != '\0' ? RCC_REVIEW_BY_HOLD
	                                                                                  : RCC_REVIEW_BY_OFFICER;
}

static void
add_duties(struct rcc_review *review, const struct rcc_case *row)
{
	for (const struct rcc_duty *duty = rcc_duty_at(row->core, row->incident->newest_duty); duty != NULL;
	     duty = rcc_duty_at(row->core, duty->previous)) {
		struct rcc_review_duty *count = &review->duty[duty->rule];
		if (duty->is_late)
			count->late++;
		else if (rcc_duty_is_open(duty))
			count->owed++;
		else if (duty->state == RCC_DUTY_DISCHARGED)
			count->kept++;
		else if (duty->state == RCC_DUTY_EXCUSED)
			count->excused++;
		else
			count->fell_away++;
		if (duty->state == RCC_DUTY_EXCUSED)
			review->excuse[duty->rule][excuse_of(row, duty)]++;
	}
}

/* As core/parity.c counts: what was replaced before it was stored says nothing. */
static void
add_line(struct rcc_review *review, const struct rcc_core *core, const struct rcc_delivery *line)
{
	const struct rcc_peer *peer = rcc_peer_find(core, line->peer);
	struct rcc_review_owner *owner = &review->owner[peer->owner];
	bool is_stored = line->stored_at_ms != 0 || line->read_at_ms != 0 || line->answered_at_ms != 0;

	if (line->state == RCC_DELIVERY_CANCELLED)
		return;
	owner->lines++;
	owner->stored += is_stored;
	owner->read += line->read_at_ms != 0;
	owner->answered += line->answered_at_ms != 0;
	if (rcc_idset_add(&owner->ships, peer->mmsi.v) != RCC_OK ||
	    (line->stored_at_ms != 0 &&
	     rcc_spans_add(&owner->spans, line->stored_at_ms - line->queued_at_ms) != RCC_OK))
		review->is_out_of_memory = true;
}

static void
add_deliveries(struct rcc_review *review, const struct rcc_case *row)
{
	for (const struct rcc_broadcast *broadcast = rcc_broadcast_at(row->core, row->incident->newest_broadcast);
	     broadcast != NULL; broadcast = rcc_broadcast_at(row->core, broadcast->previous)) {
		for (const struct rcc_delivery *line = rcc_delivery_at(row->core, broadcast->newest_delivery);
		     line != NULL; line = rcc_delivery_at(row->core, line->of_broadcast))
			add_line(review, row->core, line);
	}
}

static void
add_fears(struct rcc_review *review, const struct rcc_case *row)
{
	for (uint32_t slot1 = row->incident->newest_place; slot1 != 0; slot1 = row->core->place[slot1 - 1].previous)
		review->places.fears_open += row->core->place[slot1 - 1].is_feared;
}

void
rcc_review_take_case(struct rcc_review *review, const struct rcc_case *row)
{
	const struct rcc_incident *incident = row->incident;
	bool is_closed = incident->status == RCC_INCIDENT_CLOSED;
	bool is_joined = is_closed && incident->outcome == RCC_OUTCOME_JOINED;
	uint32_t fate = is_closed ? (uint32_t)incident->outcome : RCC_OUTCOME_LAST + (uint32_t)incident->status;

	if (incident->year != review->year)
		return;
	review->count[incident->class][incident->phase][fate]++;
	review->exercises += incident->class == RCC_CLASS_EXERCISE && !is_joined;
	if (incident->class != RCC_CLASS_LIVE)
		return;
	add_deliveries(review, row);
	review->joined += is_joined;
	if (is_joined)
		return;
	review->live++;
	review->of_source[incident->source]++;
	review->false_of_source[incident->source] += is_closed && incident->outcome == RCC_OUTCOME_FALSE_ALERT;
	add_times(review, row);
	add_persons(review, row);
	add_duties(review, row);
	add_fears(review, row);
}

/* review.c - the review of a year: what events alone tell, and how the report is made. */
#include "replay/review.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "librcc/i18n.h"
#include "librcc/options.h"
#include "rcc/text.h"

#define FIRST_SIZE 1024

/* ---- alerts that wait for a person ---- */

static struct rcc_review_wait *
wait_of(struct rcc_review *review, struct rcc_alert_id id)
{
	size_t size = review->wait_size == 0 ? FIRST_SIZE : review->wait_size;

	while (size < id.v)
		size *= 2;
	if (size != review->wait_size) {
		struct rcc_review_wait *grown = realloc(review->wait, size * sizeof *grown);
		if (grown == NULL) {
			review->is_out_of_memory = true;
			return NULL;
		}
		memset(grown + review->wait_size, 0, (size - review->wait_size) * sizeof *grown);
		review->wait = grown;
		review->wait_size = size;
	}
	return &review->wait[id.v - 1];
}

static void
take_recorded(struct rcc_review *review, const struct rcc_alert_recorded *recorded, int64_t at_ms)
{
	bool has_lane = recorded->lane == RCC_LANE_QUARANTINE || recorded->lane == RCC_LANE_NEEDS_READING;

	if (!has_lane || recorded->body.class != RCC_CLASS_LIVE || (recorded->body.marks & RCC_ALERT_RESTRICTED) != 0 ||
	    rcc_time_year(at_ms) != review->year)
		return;
	struct rcc_review_wait *wait = wait_of(review, recorded->alert);
	if (wait == NULL)
		return;
	*wait = (struct rcc_review_wait){.lane = recorded->lane, .source = recorded->body.source, .at_ms = at_ms};
	review->lane[wait->lane].alerts++;
}

/* The first thing that a person did about it; what came later is a change of mind. */
static void
settle(struct rcc_review *review, struct rcc_alert_id id, bool is_dismissed, int64_t at_ms)
{
	struct rcc_review_wait *wait = id.v <= review->wait_size ? &review->wait[id.v - 1] : NULL;

	if (wait == NULL || wait->lane == 0 || wait->is_settled)
		return;
	struct rcc_review_lane *lane = &review->lane[wait->lane];
	wait->is_settled = true;
	if (is_dismissed) {
		lane->dismissed++;
		review->dismissed_of_source[wait->source]++;
	} else {
		lane->accepted++;
	}
	if (rcc_spans_add(&lane->spans, at_ms - wait->at_ms) != RCC_OK)
		review->is_out_of_memory = true;
}

static void
take_escalated(struct rcc_review *review, struct rcc_alert_id id)
{
	if (id.v <= review->wait_size && review->wait[id.v - 1].lane != 0)
		review->lane[review->wait[id.v - 1].lane].escalated++;
}

/* ---- places and exercises ---- */

static void
take_place(struct rcc_review *review, const struct rcc_core *core, const struct rcc_place_stepped *stepped)
{
	const struct rcc_incident *incident = rcc_incident_find(core, stepped->body.incident);
	struct rcc_review_places *places = &review->places;
	enum rcc_place_step step = stepped->body.step;

	if (incident == NULL || incident->is_restricted || incident->class != RCC_CLASS_LIVE ||
	    incident->year != review->year)
		return;
	places->overrides += step == RCC_PLACE_ASSIGNED && stepped->overridden != 0 && stepped->is_pending == 0;
	places->fears += step == RCC_PLACE_FEARED;
	places->reviews += step == RCC_PLACE_REVIEWED;
	places->reviews_unsafe += step == RCC_PLACE_REVIEWED && stepped->body.is_unsafe != 0;
	places->refusals += step == RCC_PLACE_REFUSED;
	places->objections += step == RCC_PLACE_OBJECTED;
}

static void
take_drill(struct rcc_review *review, const struct rcc_drill_changed *drill, int64_t at_ms)
{
	if (drill->until_at_ms != 0 && rcc_time_year(at_ms) == review->year &&
	    rcc_idset_add(&review->drilled, drill->peer.v) != RCC_OK)
		review->is_out_of_memory = true;
}

static void
on_event(void *context, const struct rcc_core *core, const struct rcc_link *link, const struct rcc_event *event)
{
	struct rcc_review *review = context;

	if (event->kind == RCC_EVENT_ALERT_RECORDED)
		take_recorded(review, &event->u.alert, link->at_ms);
	else if (event->kind == RCC_EVENT_ALERT_DECIDED)
		settle(review, event->u.decided.alert, event->u.decided.decision == RCC_DECISION_DISMISS, link->at_ms);
	else if (event->kind == RCC_EVENT_ALERT_MOVED && event->u.moved.to.v != 0)
		settle(review, event->u.moved.alert, false, link->at_ms);
	else if (event->kind == RCC_EVENT_QUARANTINE_ESCALATED)
		take_escalated(review, event->u.alert_ref.alert);
	else if (event->kind == RCC_EVENT_PLACE_STEPPED)
		take_place(review, core, &event->u.place_stepped);
	else if (event->kind == RCC_EVENT_DRILL_CHANGED)
		take_drill(review, &event->u.drill, link->at_ms);
}

static void
on_leave(void *context, const struct rcc_case *row)
{
	rcc_review_take_case(context, row);
}

static void
release(struct rcc_review *review)
{
	for (int i = 0; i <= RCC_REVIEW_TIME_LAST; i++)
		rcc_spans_fini(&review->time[i].spans);
	for (int i = 0; i <= RCC_OWNER_LAST; i++) {
		rcc_spans_fini(&review->owner[i].spans);
		rcc_idset_fini(&review->owner[i].ships);
	}
	for (int i = 0; i <= RCC_LANE_DISMISSED; i++)
		rcc_spans_fini(&review->lane[i].spans);
	rcc_idset_fini(&review->drilled);
	free(review->wait);
	free(review);
}

int
rcc_replay_review(const struct rcc_replay *replay)
{
	struct rcc_review *review = calloc(1, sizeof *review);
	const struct rcc_cases_reader reader = {review, on_event, on_leave};
	struct rcc_cases_span span;
	int exit_code = RCC_EXIT_FAILED;

	if (review == NULL) {
		fprintf(stderr, _("rcc-replay: no memory for this report\n"));
		return RCC_EXIT_FAILED;
	}
	review->year = replay->year;
	if (replay->year == 0) {
		fprintf(stderr, _("rcc-replay: review takes --year YYYY\n"));
		exit_code = RCC_EXIT_USAGE;
	} else if (rcc_cases_read(replay, &reader, &span)) {
		if (review->is_out_of_memory) {
			fprintf(stderr, _("rcc-replay: no memory for this report\n"));
		} else {
			rcc_review_print(review, &span, replay->is_json);
			exit_code = RCC_EXIT_OK;
		}
	}
	release(review);
	return exit_code;
}

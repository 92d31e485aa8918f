#include "replay/cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "librcc/i18n.h"

#define FIRST_SIZE 64

struct reading {
	const struct rcc_cases_reader *reader;
	struct rcc_core *core;
	struct rcc_cases_span *span;
	struct rcc_case_times *times; /* by incident id - 1: ids are counters */
	size_t size;
	bool is_out_of_memory;
};

/* NULL for what is of no case, and when memory ends, which is told once. */
static struct rcc_case_times *
times_of(struct reading *reading, struct rcc_incident_id id)
{
	size_t size = reading->size == 0 ? FIRST_SIZE : reading->size;

	if (id.v == 0)
		return NULL;
	while (size < id.v)
		size *= 2;
	if (size != reading->size) {
		struct rcc_case_times *grown = realloc(reading->times, size * sizeof *grown);
		if (grown == NULL) {
			reading->is_out_of_memory = true;
			return NULL;
		}
		memset(grown + reading->size, 0, (size - reading->size) * sizeof *grown);
		reading->times = grown;
		reading->size = size;
	}
	return &reading->times[id.v - 1];
}

static void
keep_first(int64_t *at_ms, int64_t now_ms)
{
	if (*at_ms == 0)
		*at_ms = now_ms;
}

static void
note_opened(struct reading *reading, const struct rcc_incident_opened *opened, int64_t now_ms)
{
	const struct rcc_alert_state *alert = rcc_alert_find(reading->core, opened->alert);
	struct rcc_case_times *times = times_of(reading, opened->incident);

	if (times != NULL)
		times->alert_at_ms = alert != NULL ? alert->recorded_at_ms : now_ms;
}

static void
note_answered(struct reading *reading, const struct rcc_answer *answer, int64_t now_ms)
{
	struct rcc_case_times *times = times_of(reading, answer->incident);

	if (times == NULL)
		return;
	keep_first(&times->answer_at_ms, now_ms);
	if (answer->kind == RCC_ANSWER_ON_SCENE)
		keep_first(&times->arrival_at_ms, now_ms);
}

static void
note(struct reading *reading, const struct rcc_event *event, int64_t now_ms)
{
	struct rcc_case_times *times = NULL;

	if (event->kind == RCC_EVENT_INCIDENT_OPENED) {
		note_opened(reading, &event->u.opened, now_ms);
	} else if (event->kind == RCC_EVENT_BROADCAST_ISSUED) {
		times = times_of(reading, event->u.broadcast.incident);
		if (times != NULL && event->u.broadcast.kind == RCC_BROADCAST_DISTRESS_RELAY)
			keep_first(&times->broadcast_at_ms, now_ms);
	} else if (event->kind == RCC_EVENT_ANSWERED) {
		note_answered(reading, &event->u.answered.answer, now_ms);
	} else if (event->kind == RCC_EVENT_PLACE_STEPPED && event->u.place_stepped.body.step == RCC_PLACE_REACHED) {
		times = times_of(reading, event->u.place_stepped.body.incident);
		if (times != NULL)
			times->ashore_at_ms = now_ms;
	}
}

static void
leave(struct reading *reading, const struct rcc_incident *incident)
{
	const struct rcc_case_times *times = incident == NULL ? NULL : times_of(reading, incident->id);

	if (times == NULL || incident->is_restricted || reading->reader->leave == NULL)
		return;
	const struct rcc_case row = {reading->core, incident, *times};
	reading->reader->leave(reading->reader->context, &row);
}

static void
visit(void *context, const struct rcc_link *link, const struct rcc_entry *entry)
{
	struct reading *reading = context;
	struct rcc_cases_span *span = reading->span;

	for (uint32_t i = 0; i < entry->event_count; i++) {
		if (entry->event[i].kind == RCC_EVENT_INCIDENT_EVICTED)
			leave(reading, rcc_incident_find(reading->core, entry->event[i].u.incident_ref.incident));
	}
	rcc_core_replay(reading->core, entry);
	keep_first(&span->first_at_ms, link->at_ms);
	span->last_at_ms = link->at_ms;
	span->entries = link->seq;
	for (uint32_t i = 0; i < entry->event_count; i++) {
		note(reading, &entry->event[i], link->at_ms);
		if (reading->reader->event != NULL)
			reading->reader->event(reading->reader->context, reading->core, link, &entry->event[i]);
	}
}

bool
rcc_cases_read(const struct rcc_replay *replay, const struct rcc_cases_reader *reader, struct rcc_cases_span *ret_span)
{
	struct reading reading = {.reader = reader, .core = malloc(sizeof *reading.core), .span = ret_span};
	struct rcc_audit_report report = {0};
	bool is_read = false;

	*ret_span = (struct rcc_cases_span){0};
	if (reading.core == NULL) {
		fprintf(stderr, _("rcc-replay: no memory to read the journal\n"));
		return false;
	}
	rcc_core_init(reading.core);
	if (rcc_replay_read(replay, visit, &reading, &report)) {
		for (uint32_t i = 0; i < reading.core->incident_top; i++) {
			if (reading.core->incident[i].id.v != 0)
				leave(&reading, &reading.core->incident[i]);
		}
		memcpy(ret_span->centre, reading.core->run.centre, sizeof ret_span->centre);
		is_read = !reading.is_out_of_memory;
		if (!is_read)
			fprintf(stderr, _("rcc-replay: no memory for this report\n"));
	}
	free(reading.times);
	free(reading.core);
	return is_read;
}

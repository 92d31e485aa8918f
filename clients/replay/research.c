/*
 * research.c - closed cases for research, without anything that tells whose they were.
 *
 * A line says month and degree, never day and place; bands of persons, never their number. That is not enough by itself: who knows
 * of the one case of that month and sea finds it again. So a line is released only when K_LEAST lines say the same month and cell;
 * cells become coarser until they do, and what is alone even then is suppressed and counted (docs/reports.md).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/persons.h"
#include "librcc/i18n.h"
#include "librcc/options.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "replay/cases.h"
#include "replay/lines.h"

#define K_LEAST 5
#define FIRST_SIZE 64
#define E7_PER_DEG 10000000
#define LINE_SIZE 2048
/* Not said: the latency never came. */
#define NEVER UINT32_MAX

/* Degrees of a cell; 0 = anywhere. */
static const int cells[] = {1, 5, 15, 0};
#define CELLS (sizeof cells / sizeof cells[0])

struct owner_count {
	uint32_t called_on, answered, arrived;
};
struct subject {
	uint32_t month; /* since year 0 */
	bool has_pos;
	struct rcc_pos pos;
	enum rcc_nature nature;
	enum rcc_source source;
	enum rcc_outcome outcome;
	uint32_t persons; /* 0 = nobody knows */
	uint32_t broadcast_min, answer_min, arrival_min;
	struct owner_count owner[RCC_OWNER_LAST + 1];
	bool is_released;
	int cell_deg, lat, lon; /* as released; 0 = anywhere */
};

struct research {
	struct subject *subject;
	size_t count, size;
	bool is_called[RCC_PEERS_MAX]; /* by the slot of the peer, of one case at a time */
	bool is_out_of_memory;
};

/* ---- what is kept of a case ---- */

static uint32_t
minutes(int64_t from_ms, int64_t to_ms)
{
	return to_ms == 0 || to_ms < from_ms ? NEVER
	                                     : (uint32_t)((to_ms - from_ms + RCC_MS_PER_MIN / 2) / RCC_MS_PER_MIN);
}

static uint32_t
month_of(int64_t at_ms)
{
	char text[RCC_TIME_TEXT_SIZE];

	(void)rcc_time_format(text, at_ms);
	return (uint32_t)strtoul(text, NULL, 10) * 12 + (uint32_t)strtoul(text + 5, NULL, 10) - 1;
}

/* Each ship once, however often the case called on her. */
static void
count_called(struct research *research, const struct rcc_case *row, struct owner_count *owner)
{
	memset(research->is_called, 0, sizeof research->is_called);
	for (const struct rcc_broadcast *broadcast = rcc_broadcast_at(row->core, row->incident->newest_broadcast);
	     broadcast != NULL; broadcast = rcc_broadcast_at(row->core, broadcast->previous)) {
		for (const struct rcc_delivery *line = rcc_delivery_at(row->core, broadcast->newest_delivery);
		     line != NULL; line = rcc_delivery_at(row->core, line->of_broadcast)) {
			bool *is_called = &research->is_called[line->peer.v - 1];
			owner[rcc_peer_find(row->core, line->peer)->owner].called_on +=
			    line->is_called_on && !*is_called;
			*is_called = *is_called || line->is_called_on;
		}
	}
}

static void
count_answers(const struct rcc_case *row, struct owner_count *owner)
{
	for (const struct rcc_answer_state *answer = rcc_answer_at(row->core, row->incident->newest_answer);
	     answer != NULL; answer = rcc_answer_at(row->core, answer->previous)) {
		const struct rcc_peer *peer = rcc_peer_find(row->core, answer->peer);
		enum rcc_owner_kind kind = peer == NULL ? RCC_OWNER_NOT_STATED : peer->owner;
		owner[kind].answered++;
		owner[kind].arrived += answer->arrived_at_ms != 0;
	}
}

static void
on_leave(void *context, const struct rcc_case *row)
{
	struct research *research = context;
	const struct rcc_incident *incident = row->incident;

	if (incident->class != RCC_CLASS_LIVE || incident->status != RCC_INCIDENT_CLOSED ||
	    incident->outcome == RCC_OUTCOME_JOINED)
		return;
	if (research->count == research->size) {
		size_t size = research->size == 0 ? FIRST_SIZE : 2 * research->size;
		struct subject *grown = realloc(research->subject, size * sizeof *grown);
		if (grown == NULL) {
			research->is_out_of_memory = true;
			return;
		}
		research->subject = grown;
		research->size = size;
	}
	struct subject *subject = &research->subject[research->count++];
	*subject = (struct subject){.month = month_of(incident->opened_at_ms),
	                            .has_pos = rcc_pos_is_known(incident->pos),
	                            .pos = incident->pos,
	                            .nature = incident->nature,
	                            .source = incident->source,
	                            .outcome = incident->outcome,
	                            .persons = rcc_persons_total(row->core, incident->id),
	                            .broadcast_min = minutes(row->times.alert_at_ms, row->times.broadcast_at_ms),
	                            .answer_min = minutes(row->times.alert_at_ms, row->times.answer_at_ms),
	                            .arrival_min = minutes(row->times.alert_at_ms, row->times.arrival_at_ms)};
	count_called(research, row, subject->owner);
	count_answers(row, subject->owner);
}

/* ---- who stands in how large a crowd ---- */

/* To the nearest multiple of so many degrees. */
static int
round_to(int32_t e7, int deg)
{
	int64_t unit = (int64_t)deg * E7_PER_DEG;
	int64_t half = e7 < 0 ? -unit / 2 : unit / 2;

	return (int)((e7 + half) / unit) * deg;
}

/* The middle of its cell of that size. 180 W and 180 E are one place. */
static void
place(struct subject *subject, int deg)
{
	subject->cell_deg = subject->has_pos ? deg : 0;
	subject->lat = subject->lon = 0;
	if (subject->cell_deg == 0)
		return;
	subject->lat = round_to(subject->pos.lat_e7, deg);
	subject->lon = round_to(subject->pos.lon_e7, deg);
	if (subject->lon == 180)
		subject->lon = -180;
}

static bool
is_same_crowd(const struct subject *a, const struct subject *b)
{
	return a->month == b->month && a->cell_deg == b->cell_deg && a->lat == b->lat && a->lon == b->lon;
}

static int
by_crowd(const void *a, const void *b)
{
	const struct subject *left = a, *right = b;
	const int64_t keys[][2] = {{left->is_released, right->is_released},
	                           {left->month, right->month},
	                           {left->cell_deg, right->cell_deg},
	                           {left->lat, right->lat},
	                           {left->lon, right->lon}};

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		if (keys[i][0] != keys[i][1])
			return keys[i][0] < keys[i][1] ? -1 : 1;
	}
	return 0;
}

/* Those that have not been released in a finer cell: in cells of this size, whoever has company enough. */
static void
release_crowds(struct research *research, int deg)
{
	for (size_t i = 0; i < research->count; i++) {
		if (!research->subject[i].is_released)
			place(&research->subject[i], deg);
	}
	if (research->count > 1)
		qsort(research->subject, research->count, sizeof research->subject[0], by_crowd);
	size_t first = 0;
	while (first < research->count && !research->subject[first].is_released) {
		size_t end = first + 1;
		while (end < research->count && !research->subject[end].is_released &&
		       is_same_crowd(&research->subject[first], &research->subject[end]))
			end++;
		for (size_t i = first; end - first >= K_LEAST && i < end; i++)
			research->subject[i].is_released = true;
		first = end;
	}
}

/* ---- lines ---- */

static const char *
band_of(uint32_t persons)
{
	if (persons < 10)
		return "1-9";
	if (persons < 50)
		return "10-49";
	return persons < 100 ? "50-99" : "100+";
}

static void
put_latency(struct rcc_json *json, const char *key, uint32_t min)
{
	if (min != NEVER)
		rcc_json_uint(json, key, min);
}

static void
write_subject(struct rcc_json *json, const struct subject *subject)
{
	char month[32];

	(void)snprintf(month, sizeof month, "%04u-%02u", subject->month / 12, subject->month % 12 + 1);
	rcc_json_begin(json, "RESEARCH_CASE");
	rcc_json_text(json, "month", month);
	if (subject->cell_deg != 0) {
		rcc_json_int(json, "lat", subject->lat);
		rcc_json_int(json, "lon", subject->lon);
		rcc_json_int(json, "cell_deg", subject->cell_deg);
	}
	rcc_json_text(json, "nature", rcc_nature_word(subject->nature));
	rcc_json_text(json, "source", rcc_source_word(subject->source));
	if (subject->persons != 0)
		rcc_json_text(json, "persons", band_of(subject->persons));
	rcc_json_text(json, "outcome", rcc_outcome_word(subject->outcome));
	put_latency(json, "broadcast_min", subject->broadcast_min);
	put_latency(json, "answer_min", subject->answer_min);
	put_latency(json, "arrival_min", subject->arrival_min);
	rcc_json_list(json, "ships");
	for (int i = 0; i <= RCC_OWNER_LAST; i++) {
		const struct owner_count *owner = &subject->owner[i];
		if (owner->called_on + owner->answered + owner->arrived == 0)
			continue;
		rcc_json_item(json);
		rcc_json_text(json, "owner", rcc_owner_word((enum rcc_owner_kind)i));
		rcc_json_uint(json, "called_on", owner->called_on);
		rcc_json_uint(json, "answered", owner->answered);
		rcc_json_uint(json, "arrived", owner->arrived);
		rcc_json_close(json);
	}
	rcc_json_list_end(json);
}

static int
by_words(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* In the order of their words: the order of the record would tell the day. */
static bool
print(const struct research *research)
{
	char(*line)[LINE_SIZE] = calloc(research->count + 1, sizeof *line);
	size_t released = 0;
	struct rcc_json json;

	if (line == NULL)
		return false;
	for (size_t i = 0; i < research->count; i++) {
		if (!research->subject[i].is_released)
			continue;
		rcc_json_init(&json, line[released], LINE_SIZE);
		write_subject(&json, &research->subject[i]);
		if (rcc_json_end(&json))
			released++;
	}
	qsort(line, released, sizeof line[0], by_words);
	for (size_t i = 0; i < released; i++)
		fputs(line[i], stdout);
	rcc_json_init(&json, line[0], LINE_SIZE);
	rcc_json_begin(&json, "RESEARCH");
	rcc_json_uint(&json, "cases", research->count);
	rcc_json_uint(&json, "released", released);
	rcc_json_uint(&json, "suppressed", research->count - released);
	rcc_json_uint(&json, "k", K_LEAST);
	if (rcc_json_end(&json))
		fputs(line[0], stdout);
	free(line);
	return true;
}

int
rcc_replay_research(const struct rcc_replay *replay)
{
	struct research research = {0};
	const struct rcc_cases_reader reader = {&research, NULL, on_leave};
	struct rcc_cases_span span;
	int exit_code = RCC_EXIT_FAILED;

	if (rcc_cases_read(replay, &reader, &span)) {
		for (size_t i = 0; i < CELLS; i++)
			release_crowds(&research, cells[i]);
		if (!research.is_out_of_memory && print(&research))
			exit_code = RCC_EXIT_OK;
		else
			fprintf(stderr, _("rcc-replay: no memory for this report\n"));
	}
	free(research.subject);
	return exit_code;
}

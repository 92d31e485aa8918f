/*
 * report_facts.c - a case out of the record: its state as it was last, every sentence of its timeline, and where its ships were. A
 * case leaves the daemon's memory when it is closed long ago; the report is of the moment before.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdlib.h>
#include <string.h>

#include "journal/track.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "rcc/work_text.h"
#include "replay/report.h"

#define PATH_SIZE (RCC_JOURNAL_NAME_MAX + 64)
#define ROWS_FIRST 256
/* Tracks begin before the case does: where a ship came from is half of what she could do. */
#define TRACK_BEFORE_MS RCC_MS_PER_HOUR
#define TRACK_STEP_MS RCC_MS_PER_MIN

static bool
has_room(struct rcc_dossier *report, void **rows, size_t count, size_t *size, size_t row_size)
{
	if (count < *size)
		return true;
	size_t more = *size == 0 ? ROWS_FIRST : 2 * *size;
	void *grown = realloc(*rows, more * row_size);
	if (grown == NULL) {
		report->is_out_of_memory = true;
		return false;
	}
	*rows = grown;
	*size = more;
	return true;
}

void
rcc_dossier_add_row(struct rcc_dossier *report, const struct rcc_link *link, const char *text, const char *reason)
{
	void *rows = report->row;
	bool has = has_room(report, &rows, report->row_count, &report->row_size, sizeof *report->row);

	report->row = rows;
	if (!has)
		return;
	bool has_reason = reason != NULL && reason[0] != '\0';
	struct rcc_dossier_row row = {
	    .seq = link->seq, .at_ms = link->at_ms, .text = strdup(text), .reason = has_reason ? strdup(reason) : NULL};
	report->is_out_of_memory = report->is_out_of_memory || row.text == NULL || (has_reason && row.reason == NULL);
	report->row[report->row_count++] = row;
}

static void
add_point(struct rcc_dossier *report, struct rcc_mmsi mmsi, struct rcc_pos pos, int64_t at_ms, bool is_scene)
{
	void *points = report->point;
	bool has = has_room(report, &points, report->point_count, &report->point_size, sizeof *report->point);

	report->point = points;
	if (has && rcc_pos_is_known(pos))
		report->point[report->point_count++] =
		    (struct rcc_dossier_point){.mmsi = mmsi, .pos = pos, .at_ms = at_ms, .is_scene = is_scene};
}

/* ---- the journal ---- */

static bool
is_evicted(const struct rcc_dossier *report, const struct rcc_event *event)
{
	return event->kind == RCC_EVENT_INCIDENT_EVICTED && report->filter.incident != 0 &&
	       event->u.incident_ref.incident.v == report->filter.incident;
}

/* What a decision took from the picture, and where the casualty was said to be. */
static void
take_places(struct rcc_dossier *report, const struct rcc_entry *entry, const struct rcc_event *event)
{
	const int64_t at_ms = entry->cause.at_ms;
	const struct rcc_mmsi casualty = {0};

	if (event->kind == RCC_EVENT_INCIDENT_OPENED)
		add_point(report, casualty, event->u.opened.pos, at_ms, false);
	else if (event->kind == RCC_EVENT_POSITION_REVISED)
		add_point(report, casualty, event->u.revised.pos, at_ms, false);
	else if (event->kind == RCC_EVENT_INCIDENT_REVISED)
		add_point(report, casualty, event->u.incident.pos, at_ms, false);
	else if (event->kind == RCC_EVENT_BROADCAST_ISSUED)
		for (uint32_t i = 0; i < entry->cause.scene.count; i++)
			add_point(report, entry->cause.scene.ship[i].mmsi, entry->cause.scene.ship[i].pos, at_ms, true);
}

static struct rcc_incident_id
incident_of(const struct rcc_command *cause)
{
	if (cause->kind == RCC_COMMAND_CLOSE)
		return cause->u.close.incident;
	if (cause->kind == RCC_COMMAND_CANCEL)
		return cause->u.cancel.incident;
	return cause->kind == RCC_COMMAND_RELAY ? cause->u.relay.incident : rcc_work_order_incident(cause);
}

/* A refusal names no incident: the order that it refuses does. */
static bool
is_wanted(const struct rcc_dossier *report, const struct rcc_entry *entry, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_COMMAND_REFUSED)
		return report->filter.incident != 0 && incident_of(&entry->cause).v == report->filter.incident;
	return rcc_filter_wants(&report->filter, event);
}

static void
visit(void *context, const struct rcc_link *link, const struct rcc_entry *entry)
{
	struct rcc_dossier *report = context;
	char text[RCC_DOSSIER_TEXT_SIZE];

	for (uint32_t i = 0; i < entry->event_count; i++)
		report->is_over = report->is_over || is_evicted(report, &entry->event[i]);
	if (report->is_over)
		return;
	rcc_core_replay(report->core, entry);
	report->last = *link;
	for (uint32_t i = 0; i < entry->event_count; i++) {
		const struct rcc_event *event = &entry->event[i];
		const char *reason = NULL;
		if (!is_wanted(report, entry, event))
			continue;
		take_places(report, entry, event);
		if (rcc_dossier_say(report, entry, event, text, &reason))
			rcc_dossier_add_row(report, link, text, reason);
	}
}

/* ---- the tracks ---- */

struct path {
	struct rcc_dossier *report;
	struct rcc_mmsi ship;
};

static void
take_position(void *context, const struct rcc_report *position, int64_t at_ms)
{
	struct path *path = context;

	add_point(path->report, path->ship, position->pos, at_ms, false);
}

static int64_t
end_of(const struct rcc_dossier *report)
{
	return report->incident->closed_at_ms != 0 ? report->incident->closed_at_ms : report->last.at_ms;
}

/* Of the ships that the case speaks of: those that have a line in its ledger. */
static bool
take_tracks(struct rcc_dossier *report, const char *path)
{
	struct rcc_fault fault = {0};
	enum rcc_status status = RCC_OK;

	for (uint32_t i = 0; i < report->core->peer_count && status == RCC_OK; i++) {
		const struct rcc_peer *peer = &report->core->peer[i];
		const struct rcc_broadcast *broadcast =
		    rcc_broadcast_at(report->core, report->incident->newest_broadcast);
		struct path way = {.report = report, .ship = peer->mmsi};
		if (peer->role != RCC_ROLE_VESSEL || broadcast == NULL ||
		    rcc_delivery_of(report->core, broadcast, peer->id) == NULL)
			continue;
		const struct rcc_track_span span = {.mmsi = peer->mmsi,
		                                    .from_ms = report->incident->opened_at_ms - TRACK_BEFORE_MS,
		                                    .to_ms = end_of(report),
		                                    .step_ms = TRACK_STEP_MS};
		status = rcc_track_path_file(path, &span, take_position, &way, &fault);
	}
	report->has_tracks = status == RCC_OK;
	if (status == RCC_OK || status == RCC_E_NOT_FOUND)
		return true;
	fprintf(stderr, "rcc-replay: %s\n", fault.text);
	return false;
}

static int
compare_points(const void *a, const void *b)
{
	const struct rcc_dossier_point *x = a;
	const struct rcc_dossier_point *y = b;

	if (x->mmsi.v != y->mmsi.v)
		return x->mmsi.v < y->mmsi.v ? -1 : 1;
	return (x->at_ms > y->at_ms) - (x->at_ms < y->at_ms);
}

/* Of a ship whose track is there what decisions had of her adds nothing but doubles. Pre: sorted. */
static void
drop_doubles(struct rcc_dossier *report)
{
	size_t kept = 0;

	for (size_t i = 0, next; i < report->point_count; i = next) {
		bool has_track = false;
		for (next = i; next < report->point_count && report->point[next].mmsi.v == report->point[i].mmsi.v;
		     next++)
			has_track = has_track || !report->point[next].is_scene;
		for (size_t at = i; at < next; at++) {
			if (!has_track || !report->point[at].is_scene)
				report->point[kept++] = report->point[at];
		}
	}
	report->point_count = kept;
}

bool
rcc_dossier_gather(struct rcc_dossier *report)
{
	char path[PATH_SIZE];

	report->core = malloc(sizeof *report->core);
	if (report->core == NULL) {
		fprintf(stderr, _("rcc-replay: no memory to read the journal\n"));
		return false;
	}
	rcc_core_init(report->core);
	if (!rcc_replay_read(report->replay, visit, report, &report->audit))
		return false;
	report->incident = rcc_incident_find(report->core, (struct rcc_incident_id){report->filter.incident});
	if (report->incident == NULL) {
		fprintf(stderr, _("rcc-replay: the journal knows no incident %s\n"), report->replay->incident);
		return false;
	}
	if (rcc_replay_beside(report->replay, "tracks.db", path, sizeof path) && !take_tracks(report, path))
		return false;
	if (report->is_out_of_memory) {
		fprintf(stderr, _("rcc-replay: no memory to read the journal\n"));
		return false;
	}
	if (report->point_count > 0)
		qsort(report->point, report->point_count, sizeof *report->point, compare_points);
	drop_doubles(report);
	return true;
}

void
rcc_dossier_forget(struct rcc_dossier *report)
{
	for (size_t i = 0; i < report->row_count; i++) {
		free(report->row[i].text);
		free(report->row[i].reason);
	}
	free(report->row);
	free(report->point);
	free(report->core);
	rcc_filter_close(&report->filter);
}

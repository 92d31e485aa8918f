/*
 * asof.c - "what did we know at 03:12?" Entries count by their time of arrival: what was recorded later was not known, whenever it
 * happened. The ships come out of the tracks, which leave by their age: where none is left, that is said.
 */
#include "replay/asof.h"
#include "build_stamp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "librcc/i18n.h"
#include "librcc/options.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "view/view.h"

/* As the daemon's, as installed (picture.capacity). */
#define PICTURE_CAPACITY 200000
#define PATH_SIZE (RCC_JOURNAL_NAME_MAX + 64)
#define CALLS_FIRST 64

bool
rcc_replay_time(const char *text, int64_t *ret_at_ms)
{
	if (rcc_time_parse(text, ret_at_ms) != RCC_OK) {
		fprintf(stderr, _("rcc-replay: '%s' is no time: 2026-11-23T03:12:00Z, in UTC\n"), text);
		return false;
	}
	if (strchr(text, '.') == NULL)
		*ret_at_ms += RCC_MS_PER_S - 1;
	return true;
}

/* ---- the state ---- */

/* The latest list of each case alone: an older one of the same broadcast's case is replaced. */
static void
keep_calls(struct rcc_asof *asof, const struct rcc_call_listed *list, int64_t at_ms)
{
	const struct rcc_broadcast *broadcast = rcc_broadcast_find(&asof->core, list->broadcast);
	size_t at = 0;

	for (; at < asof->calls_count && broadcast != NULL; at++) {
		const struct rcc_broadcast *other = rcc_broadcast_find(&asof->core, asof->calls[at].list.broadcast);
		if (other == NULL || other->incident.v == broadcast->incident.v)
			break;
	}
	if (at == asof->calls_count && asof->calls_count == asof->calls_size) {
		size_t size = asof->calls_size == 0 ? CALLS_FIRST : 2 * asof->calls_size;
		struct rcc_asof_calls *more = realloc(asof->calls, size * sizeof *more);
		if (more == NULL) {
			asof->is_out_of_memory = true;
			return;
		}
		asof->calls = more;
		asof->calls_size = size;
	}
	asof->calls[at] = (struct rcc_asof_calls){.at_ms = at_ms, .list = *list};
	asof->calls_count += at == asof->calls_count;
}

static void
visit(void *context, const struct rcc_link *link, const struct rcc_entry *entry)
{
	struct rcc_asof *asof = context;

	rcc_erasure_take(&asof->erasure, link, entry);
	if (link->at_ms > asof->at_ms) {
		if (asof->next_at_ms == 0)
			asof->next_at_ms = link->at_ms;
		return;
	}
	rcc_core_replay(&asof->core, entry);
	asof->last = *link;
	for (uint32_t i = 0; i < entry->event_count; i++) {
		if (entry->event[i].kind == RCC_EVENT_CALL_LISTED)
			keep_calls(asof, &entry->event[i].u.call_list, link->at_ms);
	}
}

/* ---- the ships ---- */

static void
take_report(void *context, const struct rcc_report *report, struct rcc_peer_id source, int64_t at_ms)
{
	struct rcc_asof *asof = context;

	if (rcc_picture_update(&asof->picture, report, source, at_ms) != RCC_OK)
		asof->lost++;
}

static void
take_static(void *context, const struct rcc_static *vessel, struct rcc_peer_id source)
{
	struct rcc_asof *asof = context;

	if (rcc_picture_update_static(&asof->picture, vessel, source) != RCC_OK)
		asof->lost++;
}

static bool
take_tracks(struct rcc_asof *asof)
{
	const struct rcc_track_moment moment = {.since_ms = asof->at_ms - RCC_ASOF_HEARD_MS,
	                                        .at_ms = asof->at_ms,
	                                        .report = take_report,
	                                        .vessel = take_static,
	                                        .context = asof};
	struct rcc_fault fault = {0};
	char path[PATH_SIZE];

	if (rcc_picture_open(&asof->picture, PICTURE_CAPACITY) != RCC_OK) {
		fprintf(stderr, _("rcc-replay: no memory to read the tracks\n"));
		return false;
	}
	if (!rcc_replay_beside(asof->replay, "tracks.db", path, sizeof path))
		return true;
	enum rcc_status status = rcc_track_moment_file(path, &moment, &fault);
	if (status == RCC_OK || status == RCC_E_NOT_FOUND)
		return true;
	fprintf(stderr, "rcc-replay: %s\n", fault.text);
	return false;
}

/* ---- for programs: the very lines that `rccctl --json` would have printed ---- */

static bool
print_view(struct rcc_asof *asof, enum rcc_view_kind what, uint32_t id)
{
	struct rcc_view view = {.what = what, .id = id, .near = RCC_POS_NONE};
	const struct rcc_view_facts facts = {.now_ms = asof->at_ms,
	                                     .head = asof->last,
	                                     .journal = asof->report.journal,
	                                     .version = RCC_BUILD,
	                                     .centre = asof->core.run.centre};

	do {
		enum rcc_status status = rcc_view_fill(&view, &asof->core, &asof->picture, &facts, &asof->rows);
		if (status != RCC_OK) {
			fprintf(stderr, _("rcc-replay: this view cannot be made: %s\n"), rcc_status_text(status));
			return false;
		}
		fwrite(asof->rows.bytes, 1, asof->rows.len, stdout);
		view.from = asof->rows.next;
	} while (asof->rows.next != 0);
	return true;
}

static int
print_json(struct rcc_asof *asof)
{
	char time[RCC_TIME_TEXT_SIZE];
	char hash[RCC_HEX_SIZE(RCC_HASH_SIZE)];
	bool is_good = true;

	printf("{\"class\":\"ASOF\",\"time\":\"%s\",\"seq\":%llu", rcc_time_format(time, asof->at_ms),
	       (unsigned long long)asof->last.seq);
	if (asof->last.seq > 0)
		printf(",\"entry_time\":\"%s\",\"hash\":\"%s\"", rcc_time_format(time, asof->last.at_ms),
		       rcc_hex_format(hash, asof->last.hash.b, RCC_HASH_SIZE));
	printf(",\"vessels\":%zu", rcc_picture_count(&asof->picture));
	rcc_erasure_print_json(&asof->erasure);
	puts("}");
	for (uint32_t i = 0; i < asof->core.incident_top && is_good; i++) {
		uint32_t id = asof->core.incident[i].id.v;
		if (id != 0)
			is_good = print_view(asof, RCC_VIEW_INCIDENT, id) && print_view(asof, RCC_VIEW_DUTIES, id) &&
			          print_view(asof, RCC_VIEW_DELIVERIES, id);
	}
	return is_good && print_view(asof, RCC_VIEW_ALERTS, 0) && print_view(asof, RCC_VIEW_VESSELS, 0)
	           ? RCC_EXIT_OK
	           : RCC_EXIT_FAILED;
}

/* ---- the verb ---- */

static int
run(struct rcc_asof *asof)
{
	rcc_core_init(&asof->core);
	struct rcc_fault fault = {0};
	bool is_good = rcc_replay_look(asof->replay, visit, asof, &asof->report, &fault);

	/* Of a damaged record what is good is shown: whoever asks may ask of a time before it. */
	if (!is_good && asof->report.head.seq == 0) {
		rcc_replay_tell_damage(&asof->report, &fault);
		return RCC_EXIT_FAILED;
	}
	if (asof->is_out_of_memory) {
		fprintf(stderr, _("rcc-replay: no memory to read the journal\n"));
		return RCC_EXIT_FAILED;
	}
	rcc_erasure_look(&asof->erasure, asof->replay);
	if (!take_tracks(asof))
		return RCC_EXIT_FAILED;
	int exit_code = RCC_EXIT_OK;
	if (asof->replay->is_json)
		exit_code = print_json(asof);
	else
		rcc_asof_print(asof);
	if (!is_good)
		rcc_replay_tell_damage(&asof->report, &fault);
	return is_good ? exit_code : RCC_EXIT_FAILED;
}

int
rcc_replay_asof(const struct rcc_replay *replay)
{
	int64_t at_ms = 0;

	if (replay->time == NULL) {
		fprintf(stderr, _("rcc-replay: asof takes JOURNAL TIME; see rcc-replay --help\n"));
		return RCC_EXIT_USAGE;
	}
	if (!rcc_replay_time(replay->time, &at_ms))
		return RCC_EXIT_USAGE;
	struct rcc_asof *asof = calloc(1, sizeof *asof);
	if (asof == NULL) {
		fprintf(stderr, _("rcc-replay: no memory to read the journal\n"));
		return RCC_EXIT_FAILED;
	}
	asof->replay = replay;
	asof->at_ms = at_ms;
	int exit_code = run(asof);
	rcc_picture_close(&asof->picture);
	rcc_erasure_fini(&asof->erasure);
	free(asof->calls);
	free(asof);
	return exit_code;
}

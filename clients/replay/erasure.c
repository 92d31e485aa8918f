/*
 * erasure.c - what is not there any more, seen from outside: particulars whose keys were destroyed, tracks that were deleted. The
 * record verifies without either; what it says itself of their going is nothing yet, and that is said too.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "journal/sealed.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "replay/replay.h"

#define FIRST_SIZE 64
#define PATH_SIZE (RCC_JOURNAL_NAME_MAX + 64)

static void
add_key(struct rcc_erasure *erasure, const uint8_t *sealed, size_t len, enum rcc_seal_purpose purpose)
{
	struct rcc_seal_id id;

	if (rcc_seal_id_of(sealed, len, purpose, &id) != RCC_OK)
		return;
	if (erasure->count == erasure->size) {
		size_t size = erasure->size == 0 ? FIRST_SIZE : 2 * erasure->size;
		struct rcc_seal_id *more = realloc(erasure->id, size * sizeof *more);
		if (more == NULL) {
			erasure->is_out_of_memory = true;
			return;
		}
		erasure->id = more;
		erasure->size = size;
	}
	erasure->id[erasure->count++] = id;
}

void
rcc_erasure_take(struct rcc_erasure *erasure, const struct rcc_entry *entry)
{
	for (uint32_t i = 0; i < entry->event_count; i++) {
		const struct rcc_event *event = &entry->event[i];
		const struct rcc_alert *alert = &event->u.alert.body;
		const struct rcc_note *note = &event->u.noted.body;
		if (event->kind == RCC_EVENT_ALERT_RECORDED && alert->sealed_len > 0) {
			erasure->contacts++;
			add_key(erasure, alert->sealed, alert->sealed_len, RCC_SEAL_CONTACT);
		} else if (event->kind == RCC_EVENT_NOTED && note->sealed_len > 0) {
			erasure->notes++;
			add_key(erasure, note->sealed, note->sealed_len, RCC_SEAL_NOTE);
		} else if (event->kind == RCC_EVENT_UNSEALED) {
			erasure->readings++;
		}
	}
}

void
rcc_erasure_look(struct rcc_erasure *erasure, const struct rcc_replay *replay)
{
	char path[PATH_SIZE];
	struct rcc_fault fault = {0};

	if (rcc_replay_beside(replay, "sealed.db", path, sizeof path) && !erasure->is_out_of_memory) {
		enum rcc_status status =
		    rcc_sealed_count_file(path, erasure->id, erasure->count, &erasure->keys_there, &fault);
		erasure->has_keys = status == RCC_OK;
		/* An auditor has none, and that is as it should be. */
		if (status != RCC_OK && status != RCC_E_NOT_FOUND)
			fprintf(stderr, "rcc-replay: %s\n", fault.text);
	}
	if (rcc_replay_beside(replay, "tracks.db", path, sizeof path)) {
		enum rcc_status status = rcc_track_extent_file(path, &erasure->tracks, &fault);
		erasure->has_tracks = status == RCC_OK;
		if (status != RCC_OK && status != RCC_E_NOT_FOUND)
			fprintf(stderr, "rcc-replay: %s\n", fault.text);
	}
}

static void
print_sealed(const struct rcc_erasure *erasure)
{
	if (erasure->count == 0)
		return;
	printf(
	    _("sealed: particulars of %llu callers, words of %llu notes; read %llu times, each reading is an entry\n"),
	    (unsigned long long)erasure->contacts, (unsigned long long)erasure->notes,
	    (unsigned long long)erasure->readings);
	if (!erasure->has_keys)
		puts(_("whether their keys are destroyed is not seen from here: sealed.db does not lie beside the "
		       "journal"));
	else
		printf(_("erased: the keys of %zu of these %zu are destroyed; the record verifies without them\n"),
		       erasure->count - erasure->keys_there, erasure->count);
}

void
rcc_erasure_print(const struct rcc_erasure *erasure, int64_t since_ms)
{
	char first[RCC_TIME_TEXT_SIZE];
	char last[RCC_TIME_TEXT_SIZE];

	print_sealed(erasure);
	if (!erasure->has_tracks)
		puts(_("tracks: none lie beside the journal"));
	else if (erasure->tracks.positions == 0)
		puts(_("tracks: the file holds none any more"));
	else
		printf(_("tracks: %llu positions since %s until %s\n"), (unsigned long long)erasure->tracks.positions,
		       rcc_time_format(first, erasure->tracks.first_at_ms),
		       rcc_time_format(last, erasure->tracks.last_at_ms));
	if (erasure->has_tracks && erasure->tracks.positions > 0 && erasure->tracks.first_at_ms > since_ms)
		printf(
		    _("no track is there from before %s, though the record goes back to %s: none was kept, or it was "
		      "deleted (tracks.keep_days)\n"),
		    first, rcc_time_format(last, since_ms));
	puts(
	    _("of a purge, an erasure or a legal hold the record holds no entry: this version makes none. Tracks leave "
	      "by their age, a key when somebody destroys it, and neither says so"));
}

void
rcc_erasure_print_json(const struct rcc_erasure *erasure)
{
	char time[RCC_TIME_TEXT_SIZE];

	printf(",\"sealed_contacts\":%llu,\"sealed_notes\":%llu,\"readings\":%llu",
	       (unsigned long long)erasure->contacts, (unsigned long long)erasure->notes,
	       (unsigned long long)erasure->readings);
	if (erasure->has_keys)
		printf(",\"keys_destroyed\":%zu", erasure->count - erasure->keys_there);
	if (!erasure->has_tracks)
		return;
	printf(",\"positions\":%llu", (unsigned long long)erasure->tracks.positions);
	if (erasure->tracks.positions > 0) {
		printf(",\"tracks_since\":\"%s\"", rcc_time_format(time, erasure->tracks.first_at_ms));
		printf(",\"tracks_until\":\"%s\"", rcc_time_format(time, erasure->tracks.last_at_ms));
	}
}

void
rcc_erasure_fini(struct rcc_erasure *erasure)
{
	free(erasure->id);
	*erasure = (struct rcc_erasure){0};
}

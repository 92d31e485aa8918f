/*
 * erasure.c - what is not there any more, seen from outside: particulars whose keys were destroyed, tracks that were deleted. The
 * record verifies without either, and says itself what was to go, when, by whom and under which rule.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "journal/sealed.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/work_text.h"
#include "replay/replay.h"

#define FIRST_SIZE 64
#define PATH_SIZE (RCC_JOURNAL_NAME_MAX + 64)

const enum rcc_event_kind rcc_erasure_events[RCC_ERASURE_EVENTS] = {
    RCC_EVENT_ALERT_RECORDED, RCC_EVENT_NOTED, RCC_EVENT_UNSEALED, RCC_EVENT_RETENTION_CHANGED, RCC_EVENT_RUN_STARTED};

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

/* The act of the same rule, which the machine does every day; NULL = there is none. */
static struct rcc_erasure_act *
same_rule(const struct rcc_erasure *erasure, const struct rcc_retention_changed *changed)
{
	for (size_t i = 0; i < erasure->act_count && changed->keep_days != 0; i++) {
		const struct rcc_retention_changed *before = &erasure->act[i].event.u.retention_changed;
		if (before->keep_days == changed->keep_days && before->body.what == changed->body.what &&
		    before->body.class == changed->body.class)
			return &erasure->act[i];
	}
	return NULL;
}

static void
add_act(struct rcc_erasure *erasure, const struct rcc_link *link, const struct rcc_event *event)
{
	struct rcc_erasure_act *act = same_rule(erasure, &event->u.retention_changed);

	if (act == NULL && erasure->act_count == erasure->act_size) {
		size_t size = erasure->act_size == 0 ? FIRST_SIZE : 2 * erasure->act_size;
		struct rcc_erasure_act *more = realloc(erasure->act, size * sizeof *more);
		if (more == NULL) {
			erasure->is_out_of_memory = true;
			return;
		}
		erasure->act = more;
		erasure->act_size = size;
	}
	if (act == NULL) {
		act = &erasure->act[erasure->act_count++];
		act->times = 0;
		act->first_at_ms = link->at_ms;
	}
	act->times++;
	act->link = *link;
	act->event = *event;
}

void
rcc_erasure_take(struct rcc_erasure *erasure, const struct rcc_link *link, const struct rcc_entry *entry)
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
		} else if (event->kind == RCC_EVENT_RETENTION_CHANGED) {
			add_act(erasure, link, event);
		} else if (event->kind == RCC_EVENT_RUN_STARTED && event->u.run.epoch_count != 0) {
			if (erasure->epoch_count < RCC_EPOCHS_TOLD)
				erasure->epoch[erasure->epoch_count] =
				    (struct rcc_epoch_told){*link, event->u.run.epoch[0]};
			erasure->epoch_count++;
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

void
rcc_erasure_print_epochs(const struct rcc_erasure *erasure, FILE *out)
{
	char time[RCC_TIME_TEXT_SIZE];
	char digest[RCC_HEX_SIZE(RCC_HASH_SIZE)];

	for (uint32_t i = 0; i < erasure->epoch_count && i < RCC_EPOCHS_TOLD; i++) {
		const struct rcc_epoch_told *told = &erasure->epoch[i];
		fprintf(
		    out,
		    _("A NEW EPOCH begins with entry %llu, %s, opened by %s (%s): the record before was damaged, %s; "
		      "it was set aside, %llu bytes, SHA-256 %s. What witnesses saw of it after entry %llu is in "
		      "that file alone\n"),
		    (unsigned long long)told->link.seq, rcc_time_format(time, told->link.at_ms), told->epoch.officer,
		    told->epoch.reason, told->epoch.damage, (unsigned long long)told->epoch.size,
		    rcc_hex_format(digest, told->epoch.digest.b, sizeof told->epoch.digest.b),
		    (unsigned long long)told->link.seq - 1);
	}
}

static void
print_epochs_json(const struct rcc_erasure *erasure)
{
	char time[RCC_TIME_TEXT_SIZE];
	char digest[RCC_HEX_SIZE(RCC_HASH_SIZE)];

	if (erasure->epoch_count == 0)
		return;
	fputs(",\"epochs\":[", stdout);
	for (uint32_t i = 0; i < erasure->epoch_count && i < RCC_EPOCHS_TOLD; i++) {
		const struct rcc_epoch_told *told = &erasure->epoch[i];
		printf("%s{\"seq\":%llu,\"time\":\"%s\"", i == 0 ? "" : ",", (unsigned long long)told->link.seq,
		       rcc_time_format(time, told->link.at_ms));
		if (told->epoch.damaged_seq != 0)
			printf(",\"damaged_seq\":%llu", (unsigned long long)told->epoch.damaged_seq);
		printf(",\"size\":%llu,\"digest\":\"%s\",\"damage\":", (unsigned long long)told->epoch.size,
		       rcc_hex_format(digest, told->epoch.digest.b, sizeof told->epoch.digest.b));
		rcc_replay_print_json_text(told->epoch.damage, strlen(told->epoch.damage));
		fputs(",\"officer\":", stdout);
		rcc_replay_print_json_text(told->epoch.officer, strlen(told->epoch.officer));
		fputs(",\"reason\":", stdout);
		rcc_replay_print_json_text(told->epoch.reason, strlen(told->epoch.reason));
		putchar('}');
	}
	putchar(']');
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

static void
print_acts(const struct rcc_erasure *erasure)
{
	char time[RCC_TIME_TEXT_SIZE];
	char text[RCC_WORK_TEXT_SIZE];

	if (erasure->act_count == 0)
		puts(_("the record holds no legal hold, no erasure and no purge"));
	for (size_t i = 0; i < erasure->act_count; i++) {
		const struct rcc_erasure_act *act = &erasure->act[i];
		uint32_t incident = rcc_work_event_incident(&act->event).v;
		printf("%s, ", rcc_time_format(time, act->link.at_ms));
		printf(_("entry %llu: "), (unsigned long long)act->link.seq);
		if (incident != 0)
			printf(_("incident %u: "), incident);
		fputs(rcc_work_event_format(text, &act->event) ? text : "", stdout);
		if (act->times > 1)
			printf(_(" (the last of %llu times since %s)"), (unsigned long long)act->times,
			       rcc_time_format(time, act->first_at_ms));
		putchar('\n');
	}
}

static void
print_acts_json(const struct rcc_erasure *erasure)
{
	char time[RCC_TIME_TEXT_SIZE];
	char text[RCC_WORK_TEXT_SIZE];

	fputs(",\"retention\":[", stdout);
	for (size_t i = 0; i < erasure->act_count; i++) {
		const struct rcc_erasure_act *act = &erasure->act[i];
		const struct rcc_retention_changed *changed = &act->event.u.retention_changed;
		printf("%s{\"seq\":%llu,\"time\":\"%s\",\"step\":\"%s\"", i == 0 ? "" : ",",
		       (unsigned long long)act->link.seq, rcc_time_format(time, act->link.at_ms),
		       rcc_retention_word(changed->body.step));
		if (changed->incident.v != 0)
			printf(",\"incident_id\":%u", changed->incident.v);
		if (changed->body.step == RCC_RETENTION_PURGE)
			printf(",\"what\":\"%s\",\"before\":\"%s\"", rcc_kept_word(changed->body.what),
			       rcc_time_format(time, changed->body.before_at_ms));
		if ((unsigned)changed->body.class != 0)
			printf(",\"of_class\":\"%s\"", rcc_class_word(changed->body.class));
		if (changed->keep_days != 0)
			printf(",\"keep_days\":%u,\"times\":%llu,\"first_time\":\"%s\"", changed->keep_days,
			       (unsigned long long)act->times, rcc_time_format(time, act->first_at_ms));
		fputs(",\"text\":", stdout);
		if (!rcc_work_event_format(text, &act->event))
			text[0] = '\0';
		rcc_replay_print_json_text(text, strlen(text));
		putchar('}');
	}
	putchar(']');
}

/* Up to when tracks were to be deleted, by the latest order; 0 = none was given. */
static int64_t
purged_before(const struct rcc_erasure *erasure)
{
	int64_t before_ms = 0;

	for (size_t i = 0; i < erasure->act_count; i++) {
		const struct rcc_retention *body = &erasure->act[i].event.u.retention_changed.body;
		if (body->step == RCC_RETENTION_PURGE && body->what == RCC_KEPT_TRACKS &&
		    body->before_at_ms > before_ms)
			before_ms = body->before_at_ms;
	}
	return before_ms;
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
	print_acts(erasure);
	if (erasure->has_tracks && erasure->tracks.positions > 0 &&
	    erasure->tracks.first_at_ms < purged_before(erasure))
		printf(_("positions from before that purge are still there, since %s: cases that were open or on legal "
		         "hold "
		         "keep theirs\n"),
		       rcc_time_format(first, erasure->tracks.first_at_ms));
}

void
rcc_erasure_print_json(const struct rcc_erasure *erasure)
{
	char time[RCC_TIME_TEXT_SIZE];

	printf(",\"sealed_contacts\":%llu,\"sealed_notes\":%llu,\"readings\":%llu",
	       (unsigned long long)erasure->contacts, (unsigned long long)erasure->notes,
	       (unsigned long long)erasure->readings);
	print_epochs_json(erasure);
	print_acts_json(erasure);
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
	free(erasure->act);
	*erasure = (struct rcc_erasure){0};
}

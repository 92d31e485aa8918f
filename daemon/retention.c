#include "retention.h"

#include <string.h>

#include "core/retention.h"
#include "rcc/units.h"

/* Keys looked at in one slice: one transaction, one wait for the disk. */
#define SLICE 64

/* ---- tracks ---- */

static void
purge_tracks(struct rcc_app *app)
{
	int64_t before_ms = rcc_retention_tracks_before_ms(&app->core);

	/* Not earlier again: what a hold that came later would keep is gone already. */
	if (app->tracks.impl == NULL || before_ms <= app->tracks_purged_ms)
		return;
	if (rcc_track_purge(&app->tracks, before_ms) == RCC_OK)
		app->tracks_purged_ms = before_ms;
	else
		rcc_log(RCC_LOG_WARNING, "tracks_failed", "old tracks could not be deleted");
}

/* ---- keys ---- */

static bool
is_sealed_with(const uint8_t *sealed, size_t len, enum rcc_seal_purpose purpose, const struct rcc_seal_id *id)
{
	struct rcc_seal_id its;

	return len > 0 && rcc_seal_id_of(sealed, len, purpose, &its) == RCC_OK && memcmp(&its, id, sizeof its) == 0;
}

/* Of an alert that came long before its case was opened, or of a note, the time alone does not tell. */
static bool
is_kept(const struct rcc_core *core, const struct rcc_sealed_made *made)
{
	if (rcc_retention_keeps_time(core, made->made_at_ms))
		return true;
	for (uint32_t i = 0; i < core->alert_top; i++) {
		const struct rcc_alert_state *alert = &core->alert[i];
		if (alert->id.v != 0 && rcc_retention_keeps_alert(core, alert) &&
		    is_sealed_with(alert->body.sealed, alert->body.sealed_len, RCC_SEAL_CONTACT, &made->id))
			return true;
	}
	for (uint32_t i = 0; i < RCC_NOTES_MAX; i++) {
		const struct rcc_note_line *note = &core->note[i];
		const struct rcc_incident *incident = rcc_incident_find(core, note->body.incident);
		if (note->id != 0 && incident != NULL && rcc_retention_keeps_case(incident) &&
		    is_sealed_with(note->body.sealed, note->body.sealed_len, RCC_SEAL_NOTE, &made->id))
			return true;
	}
	return false;
}

static bool
destroy(struct rcc_app *app, const struct rcc_seal_id *id, size_t count)
{
	size_t gone = 0;
	enum rcc_status status = count == 0 ? RCC_OK : rcc_sealed_destroy_all(&app->sealed, id, count, &gone);

	if (gone > 0)
		rcc_log(RCC_LOG_INFO, "keys_destroyed", "%zu: what they sealed cannot be read any more", gone);
	if (status != RCC_OK)
		rcc_log(RCC_LOG_WARNING, "sealed_failed", "keys that are to go are still there: %s",
		        rcc_status_text(status));
	return status == RCC_OK;
}

/* One slice of the keys of a class that are too old. */
static void
purge_keys(struct rcc_app *app, enum rcc_class class)
{
	int64_t before_ms = rcc_retention_sealed_before_ms(&app->core, class);
	struct rcc_sealed_made made[SLICE];
	struct rcc_seal_id gone[SLICE];
	size_t count = 0;
	size_t gone_count = 0;

	if (before_ms <= app->keys_purged_ms[class] ||
	    rcc_sealed_older(&app->sealed, class, before_ms, &app->keys_seen[class], made, SLICE, &count) != RCC_OK)
		return;
	for (size_t i = 0; i < count; i++) {
		if (!is_kept(&app->core, &made[i]))
			gone[gone_count++] = made[i].id;
	}
	if (!destroy(app, gone, gone_count))
		return;
	if (count == SLICE) {
		app->keys_seen[class] = made[count - 1];
		return;
	}
	app->keys_purged_ms[class] = before_ms;
	app->keys_seen[class] = (struct rcc_sealed_made){0};
}

/* ---- erasures ---- */

/* The key of one that is erased and may be there still; false if there is no further one. */
static bool
next_erased(const struct rcc_core *core, uint32_t *slot, struct rcc_seal_id *ret_id)
{
	for (; *slot < core->alert_top; (*slot)++) {
		const struct rcc_alert *alert = &core->alert[*slot].body;
		if (core->alert[*slot].id.v != 0 && core->alert[*slot].is_erased &&
		    rcc_seal_id_of(alert->sealed, alert->sealed_len, RCC_SEAL_CONTACT, ret_id) == RCC_OK)
			return true;
	}
	for (; *slot < core->alert_top + RCC_NOTES_MAX; (*slot)++) {
		const struct rcc_note_line *note = &core->note[*slot - core->alert_top];
		if (note->id != 0 && note->is_erased &&
		    rcc_seal_id_of(note->body.sealed, note->body.sealed_len, RCC_SEAL_NOTE, ret_id) == RCC_OK)
			return true;
	}
	return false;
}

/* Every one that memory knows of, again: what is gone already costs nothing but the look. */
static void
erase_keys(struct rcc_app *app)
{
	uint64_t until_seq = app->core.retention.erased_seq;
	struct rcc_seal_id id[SLICE];
	size_t count = 0;
	uint32_t slot = 0;

	if (until_seq <= app->erased_seq)
		return;
	for (; next_erased(&app->core, &slot, &id[count]); slot++) {
		if (++count < SLICE)
			continue;
		if (!destroy(app, id, count))
			return;
		count = 0;
	}
	if (destroy(app, id, count))
		app->erased_seq = until_seq;
}

void
rcc_retention_act(struct rcc_app *app)
{
	if (app->monotonic_ms < app->next_retention_at_ms)
		return;
	app->next_retention_at_ms = app->monotonic_ms + RCC_MS_PER_S;
	purge_tracks(app);
	if (app->sealed.impl == NULL)
		return;
	erase_keys(app);
	for (uint32_t class = 1; class <= RCC_CLASS_LAST; class ++)
		purge_keys(app, (enum rcc_class) class);
}

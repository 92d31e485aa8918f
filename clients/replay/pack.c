/*
 * pack.c - the evidence pack of one ship in one case, out of a journal: what the daemon gives a master, from the whole record.
 *
 * The journal is read twice: which keys, alerts and duties are hers the core knows at the end only, or at the moment when a
 * closed case leaves its memory.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "build_stamp.h"
#include "core/state.h"
#include "journal/track.h"
#include "librcc/i18n.h"
#include "librcc/options.h"
#include "librcc/pack_file.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "replay/replay.h"

#define PATH_SIZE (RCC_JOURNAL_NAME_MAX + 64)

/* ---- first reading ---- */

static void
gather_now(struct rcc_replay_making *making)
{
	const struct rcc_core *core = making->core;

	for (uint32_t i = 0; making->ship.v == 0 && i < core->peer_count; i++) {
		const struct rcc_peer *peer = &core->peer[i];
		if (peer->role == RCC_ROLE_VESSEL && strcmp(peer->name, making->replay->ship) == 0)
			making->ship = peer->mmsi;
	}
	rcc_evidence_begin(making->evidence, making->incident, making->ship);
	/* That it is not in memory is told at the end. */
	if (rcc_evidence_gather(making->evidence, core) != RCC_OK)
		making->evidence->is_gathered = false;
}

static void
visit_gather(void *context, const struct rcc_link *link, const struct rcc_entry *entry)
{
	struct rcc_replay_making *making = context;

	if (link->seq > making->upto)
		return;
	for (uint32_t i = 0; i < entry->event_count; i++) {
		const struct rcc_event *event = &entry->event[i];
		if (event->kind == RCC_EVENT_INCIDENT_OPENED && making->year != 0 &&
		    event->u.opened.year == making->year && event->u.opened.number == making->number)
			making->incident = event->u.opened.incident;
		if (event->kind == RCC_EVENT_INCIDENT_EVICTED && making->incident.v != 0 &&
		    event->u.incident_ref.incident.v == making->incident.v)
			gather_now(making);
	}
	rcc_core_replay(making->core, entry);
	making->head = *link;
}

/* ---- second reading ---- */

static void
visit_take(void *context, const struct rcc_link *link, const struct rcc_entry *entry)
{
	struct rcc_replay_making *making = context;

	if (link->seq <= making->upto)
		rcc_evidence_take(making->evidence, link, entry);
}

bool
rcc_replay_gather(struct rcc_replay_making *making)
{
	making->core = malloc(sizeof *making->core);
	making->evidence = malloc(sizeof *making->evidence);
	if (making->core == NULL || making->evidence == NULL) {
		fprintf(stderr, _("rcc-replay: no memory to read the journal\n"));
		return false;
	}
	rcc_core_init(making->core);
	making->evidence->is_gathered = false;
	if (!rcc_replay_read(making->replay, visit_gather, making, &making->report))
		return false;
	if (!making->evidence->is_gathered)
		gather_now(making);
	if (!making->evidence->is_gathered) {
		fprintf(stderr, _("rcc-replay: the journal knows no such incident\n"));
		return false;
	}
	if (making->ship.v == 0) {
		fprintf(stderr, _("rcc-replay: '%s' is no MMSI (nine digits) and no ship of the register\n"),
		        making->replay->ship);
		return false;
	}
	return rcc_replay_read(making->replay, visit_take, making, &making->report);
}

void
rcc_replay_making_free(struct rcc_replay_making *making)
{
	free(making->core);
	free(making->evidence);
}

/* ---- the pack ---- */

static void
take_position(void *context, const struct rcc_report *report, int64_t at_ms)
{
	rcc_evidence_position(context, report, at_ms);
}

/* A journal without tracks beside it, a backup say, gives a pack without positions. */
static void
take_track(const struct rcc_replay_making *making, int64_t now_ms)
{
	struct rcc_track_span span = {.mmsi = making->ship};
	struct rcc_fault fault = {0};
	char path[PATH_SIZE];

	if (!rcc_evidence_window(making->evidence, now_ms, &span.from_ms, &span.to_ms) ||
	    !rcc_replay_beside(making->replay, "tracks.db", path, sizeof path))
		return;
	span.step_ms = rcc_evidence_step_ms(span.from_ms, span.to_ms);
	if (rcc_track_path_file(path, &span, take_position, making->evidence, &fault) != RCC_OK)
		fprintf(stderr, _("rcc-replay: a pack without positions: %s\n"), fault.text);
}

static bool
write_pack(const struct rcc_replay *replay, const struct rcc_pack *pack)
{
	struct rcc_fault fault = {0};

	if (replay->output == NULL)
		return fwrite(pack->text, 1, pack->len, stdout) == pack->len;
	if (rcc_pack_file_write(replay->output, pack->text, pack->len, &fault) == RCC_OK)
		return true;
	fprintf(stderr, "rcc-replay: %s\n", fault.text);
	return false;
}

/* Our own copy of a key that is broken inside must not sign what nobody can verify. */
static bool
is_as_it_should_be(const struct rcc_pack *pack, const struct rcc_key *key)
{
	struct rcc_pack_report report;

	if (rcc_pack_verify(pack->text, pack->len, key, &report) == RCC_OK)
		return true;
	fprintf(stderr, _("rcc-replay: the key does not sign: nothing was written\n"));
	return false;
}

static bool
finish(struct rcc_replay_making *making, const struct rcc_sign_key *key, int64_t now_ms)
{
	struct rcc_evidence_making as = {
	    .build = RCC_BUILD, .journal = making->report.journal, .head = making->head, .at_ms = now_ms, .key = key};
	char *text = malloc(RCC_PACK_BYTES_MAX);
	struct rcc_pack pack;
	bool is_written = false;

	if (text == NULL) {
		fprintf(stderr, _("rcc-replay: no memory to read the journal\n"));
		return false;
	}
	rcc_pack_begin(&pack, text, RCC_PACK_BYTES_MAX);
	enum rcc_status status = rcc_evidence_finish(making->evidence, &as, &pack);
	if (status == RCC_E_NOT_FOUND)
		fprintf(stderr, _("rcc-replay: the record says nothing of that ship in this incident\n"));
	else if (status != RCC_OK)
		fprintf(stderr, _("rcc-replay: a pack holds %d bytes at most: %s\n"), RCC_PACK_BYTES_MAX,
		        rcc_status_text(status));
	else
		is_written = (key == NULL || is_as_it_should_be(&pack, &making->report.sign_key)) &&
		             write_pack(making->replay, &pack);
	free(text);
	return is_written;
}

static int
make_pack(struct rcc_replay_making *making)
{
	struct rcc_sign_key key;
	struct rcc_fault fault = {0};
	struct timespec now = {0};

	if (!rcc_replay_gather(making))
		return RCC_EXIT_FAILED;
	(void)clock_gettime(CLOCK_REALTIME, &now);
	int64_t now_ms = (int64_t)now.tv_sec * RCC_MS_PER_S + now.tv_nsec / 1000000;
	enum rcc_status status = rcc_replay_sign_key(making->replay, &making->report.sign_key, &key, &fault);
	if (status != RCC_OK && status != RCC_E_NOT_FOUND) {
		fprintf(stderr, "rcc-replay: %s\n", fault.text);
		return RCC_EXIT_FAILED;
	}
	if (status == RCC_E_NOT_FOUND)
		fprintf(stderr, _("rcc-replay: the pack is NOT SIGNED and no proof: %s (--state-dir)\n"), fault.text);
	take_track(making, now_ms);
	bool is_made = finish(making, status == RCC_OK ? &key : NULL, now_ms);
	rcc_sign_key_wipe(&key);
	/* What is no proof is there to be read, and is not what was asked for. */
	return is_made && status == RCC_OK ? RCC_EXIT_OK : RCC_EXIT_FAILED;
}

int
rcc_replay_pack(const struct rcc_replay *replay)
{
	struct rcc_replay_making making = {.replay = replay, .upto = UINT64_MAX};

	if (replay->incident == NULL || replay->ship == NULL) {
		fprintf(stderr, _("rcc-replay: pack takes JOURNAL INC SHIP; see rcc-replay --help\n"));
		return RCC_EXIT_USAGE;
	}
	if (!rcc_replay_incident(replay->incident, &making.year, &making.number)) {
		fprintf(stderr, _("rcc-replay: '%s' is not an incident's number (2026-0001)\n"), replay->incident);
		return RCC_EXIT_USAGE;
	}
	if (making.year == 0)
		making.incident.v = making.number;
	/* Anything but nine digits is a name. */
	if (rcc_mmsi_parse(replay->ship, &making.ship) != RCC_OK)
		making.ship.v = 0;
	int exit_code = make_pack(&making);
	rcc_replay_making_free(&making);
	return exit_code;
}

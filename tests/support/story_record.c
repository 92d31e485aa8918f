/*
 * story_record.c - plays a story and writes it down as the daemon would: a journal that an auditor can read, and the tracks of its
 * ships, from the story's positions and from a file beside it (track_lines.h).
 *
 * Usage: story_record STORY.scn DIR [TRACKS]     DIR gets journal.db, tracks.db, sign.pub and, a line each, what was signed
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/state.h"
#include "journal/journal.h"
#include "journal/track.h"
#include "proto/wire.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "sim/story.h"
#include "support/track_lines.h"

#define PATH_SIZE 1024
/* A checkpoint after so many entries: a story is short. */
#define SIGN_EVERY 50
#define REPORTS_MAX 4096

static struct rcc_journal journal;
static struct rcc_track_store tracks;
static uint8_t payload[RCC_PAYLOAD_MAX];
static FILE *witness;
static struct rcc_report reports[REPORTS_MAX];
static size_t report_count;

static void
give_up(const char *what, const char *why)
{
	fprintf(stderr, "story_record: %s: %s\n", what, why);
	exit(EXIT_FAILURE);
}

static void
must(enum rcc_status status, const char *what)
{
	if (status != RCC_OK)
		give_up(what, rcc_status_text(status));
}

static void
sign(int64_t at_ms)
{
	struct rcc_checkpoint checkpoint;
	char text[RCC_CHECKPOINT_TEXT_SIZE];

	must(rcc_journal_commit(&journal), "commit");
	enum rcc_status status = rcc_journal_checkpoint(&journal, at_ms, RCC_CHECKPOINT_NOW, &checkpoint);
	/* The last entry of a story may be signed already. */
	if (status == RCC_E_AGAIN)
		return;
	must(status, "checkpoint");
	rcc_checkpoint_format(text, &checkpoint);
	fprintf(witness, "%s\n", text);
}

static void
look(const struct rcc_core *core, const struct rcc_entry *entry, int64_t start_ms)
{
	struct rcc_link link;
	size_t len = 0;

	(void)core;
	(void)start_ms;
	must(rcc_wire_encode_entry(entry, payload, sizeof payload, &len), "encode");
	must(rcc_journal_append(&journal, entry, payload, len, &link), "append");
	if (link.seq % SIGN_EVERY == 0)
		sign(entry->cause.at_ms);
}

static void
track(struct rcc_mmsi mmsi, struct rcc_pos pos, int64_t at_ms)
{
	if (report_count == REPORTS_MAX)
		give_up("tracks", "too many positions");
	reports[report_count++] = (struct rcc_report){.mmsi = mmsi,
	                                              .pos = pos,
	                                              .at_ms = at_ms,
	                                              .sog_dkn = RCC_SOG_UNKNOWN_DKN,
	                                              .cog_ddeg = RCC_COG_UNKNOWN_DDEG,
	                                              .heading_deg = RCC_HEADING_UNKNOWN_DEG,
	                                              .nav_status = RCC_NAV_STATUS_UNKNOWN};
}

static int
compare(const void *a, const void *b)
{
	const struct rcc_report *x = a;
	const struct rcc_report *y = b;

	return (x->at_ms > y->at_ms) - (x->at_ms < y->at_ms);
}

/* As they would have arrived: the store knows no other order. */
static void
write_tracks(void)
{
	if (report_count > 0)
		qsort(reports, report_count, sizeof reports[0], compare);
	for (size_t i = 0; i < report_count; i++)
		must(rcc_track_add(&tracks, &reports[i], (struct rcc_peer_id){1}, reports[i].at_ms, true), "track");
	must(rcc_track_flush(&tracks), "tracks");
}

static void
track_story(const struct rcc_story *story)
{
	for (uint32_t i = 0; i < story->action_count; i++) {
		const struct rcc_story_action *action = &story->action[i];
		if (action->verb == RCC_STORY_SAY && action->message.kind == RCC_BODY_POSITION)
			track(action->message.u.position.mmsi, action->message.u.position.pos,
			      rcc_story_start_ms() + action->at_ms);
	}
}

static void
track_line(void *context, struct rcc_mmsi mmsi, struct rcc_pos pos, int64_t after_ms)
{
	(void)context;
	track(mmsi, pos, rcc_story_start_ms() + after_ms);
}

static void
track_file(const char *path)
{
	const char *wrong = rcc_track_lines(path, track_line, NULL);

	if (wrong != NULL)
		give_up(path, wrong);
}

static void
open_files(const char *dir, const struct rcc_sign_key *key)
{
	struct rcc_fault fault = {0};
	char path[PATH_SIZE];
	char text[RCC_KEY_TEXT_SIZE];

	(void)snprintf(path, sizeof path, "%s/journal.db", dir);
	if (rcc_journal_open(&journal, path, key, rcc_story_start_ms(), NULL, NULL, &fault) != RCC_OK)
		give_up(path, fault.text);
	(void)snprintf(path, sizeof path, "%s/tracks.db", dir);
	if (rcc_track_open(&tracks, path, &fault) != RCC_OK)
		give_up(path, fault.text);
	(void)snprintf(path, sizeof path, "%s/sign.pub", dir);
	FILE *file = fopen(path, "w");
	if (file == NULL || fprintf(file, "%s\n", rcc_key_format(text, &key->public_key)) < 0 || fclose(file) != 0)
		give_up(path, "cannot be written");
	(void)snprintf(path, sizeof path, "%s/witness.txt", dir);
	witness = fopen(path, "w");
	if (witness == NULL)
		give_up(path, "cannot be written");
}

int
main(int argc, char **argv)
{
	static struct rcc_story story;
	static struct rcc_sign_key key;
	struct rcc_fault fault = {0};

	if (argc < 3 || argc > 4 || rcc_chain_init() != RCC_OK) {
		fputs("usage: story_record STORY.scn DIR [TRACKS]\n", stderr);
		return 2;
	}
	if (rcc_story_load(argv[1], &story, &fault) != RCC_OK)
		give_up(argv[1], fault.text);
	rcc_sign_key_generate(&key);
	open_files(argv[2], &key);
	track_story(&story);
	if (argc == 4)
		track_file(argv[3]);
	write_tracks();
	if (rcc_story_play_whole(&story, look) != 0)
		return EXIT_FAILURE;
	sign(rcc_journal_head(&journal).at_ms);
	rcc_journal_close(&journal);
	rcc_track_close(&tracks);
	return fclose(witness) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

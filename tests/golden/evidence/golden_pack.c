/*
 * golden_pack.c - plays a story, makes the evidence pack of one ship in its first case, and compares it with the one that was
 * read line by line. RCC_ACCEPT=1 writes it anew: read the difference, it is the review.
 *
 * Usage: golden_pack STORY.scn MMSI FILE.pack [TRACKS]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "evidence/evidence.h"
#include "proto/wire.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "sim/story.h"
#include "support/track_lines.h"

#define ENTRIES_MAX 512
#define POSITIONS_MAX 512
#define AFTER_MS (10 * INT64_C(86400000))
/* RFC 8032, section 7.1, test 1: everybody has this key. */
#define SEED "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"

static struct rcc_core last_core;
static struct rcc_entry entry;
static struct {
	struct rcc_link link;
	size_t len;
	uint8_t *payload;
} kept[ENTRIES_MAX];
static size_t kept_count;
static struct rcc_report position[POSITIONS_MAX];
static size_t position_count;
static uint8_t bytes[RCC_PAYLOAD_MAX];
static struct rcc_evidence evidence;
static char made_text[RCC_PACK_BYTES_MAX], golden_text[RCC_PACK_BYTES_MAX];

/* As the journal would keep it; which build ran is no matter of a story. */
static void
look(const struct rcc_core *core, const struct rcc_entry *made, int64_t start_ms)
{
	size_t len = 0;
	/* The run and the register come before the story. */
	struct rcc_link first = {.seq = rcc_core_seq(core) - 1};

	(void)start_ms;
	memcpy(&entry, made, sizeof entry);
	if (entry.cause.kind == RCC_COMMAND_RUN) {
		memset(entry.cause.u.run.build, 0, sizeof entry.cause.u.run.build);
		memcpy(entry.cause.u.run.build, "story", 5);
		memset(entry.event[0].u.run.build, 0, sizeof entry.event[0].u.run.build);
		memcpy(entry.event[0].u.run.build, "story", 5);
	}
	if (kept_count == ENTRIES_MAX || rcc_wire_encode_entry(&entry, bytes, sizeof bytes, &len) != RCC_OK) {
		puts("golden_pack: an entry cannot be kept");
		exit(1);
	}
	kept[kept_count].payload = malloc(len);
	if (kept[kept_count].payload == NULL)
		exit(1);
	memcpy(kept[kept_count].payload, bytes, len);
	kept[kept_count].len = len;
	kept[kept_count].link =
	    rcc_chain_next(kept_count == 0 ? &first : &kept[kept_count - 1].link, entry.cause.at_ms, bytes, len);
	kept_count++;
	memcpy(&last_core, core, sizeof last_core);
}

static struct rcc_sign_key
story_key(void)
{
	struct rcc_sign_key key;
	uint8_t seed[crypto_sign_SEEDBYTES];

	if (rcc_hex_parse(SEED, seed, sizeof seed) != RCC_OK)
		exit(1);
	(void)crypto_sign_seed_keypair(key.public_key.b, key.secret, seed);
	return key;
}

static void
keep(struct rcc_mmsi mmsi, struct rcc_pos pos, int64_t at_ms)
{
	if (position_count == POSITIONS_MAX) {
		puts("golden_pack: too many positions");
		exit(1);
	}
	position[position_count++] = (struct rcc_report){
	    .mmsi = mmsi, .pos = pos, .at_ms = at_ms, .sog_dkn = RCC_SOG_UNKNOWN_DKN, .cog_ddeg = RCC_COG_UNKNOWN_DDEG};
}

static void
keep_line(void *context, struct rcc_mmsi mmsi, struct rcc_pos pos, int64_t after_ms)
{
	(void)context;
	keep(mmsi, pos, rcc_story_start_ms() + after_ms);
}

static int
by_time(const void *a, const void *b)
{
	const struct rcc_report *x = a;
	const struct rcc_report *y = b;

	return (x->at_ms > y->at_ms) - (x->at_ms < y->at_ms);
}

/* Those of the story, and of the file beside it. */
static void
keep_positions(const struct rcc_story *story, const char *path)
{
	for (uint32_t i = 0; i < story->action_count; i++) {
		const struct rcc_story_action *action = &story->action[i];
		if (action->verb == RCC_STORY_SAY && action->message.kind == RCC_BODY_POSITION)
			keep(action->message.u.position.mmsi, action->message.u.position.pos,
			     rcc_story_start_ms() + action->at_ms);
	}
	const char *wrong = path != NULL ? rcc_track_lines(path, keep_line, NULL) : NULL;
	if (wrong != NULL) {
		printf("golden_pack: %s: %s\n", path, wrong);
		exit(1);
	}
	if (position_count > 0)
		qsort(position, position_count, sizeof position[0], by_time);
}

/* As the track store would tell them; the pack is made AFTER_MS after the story, while her ship goes on. */
static void
take_positions(void)
{
	int64_t from_ms = 0;
	int64_t to_ms = 0;

	if (!rcc_evidence_window(&evidence, kept[kept_count - 1].link.at_ms + AFTER_MS, &from_ms, &to_ms))
		return;
	for (size_t i = 0; i < position_count; i++) {
		if (position[i].mmsi.v != evidence.ship.v || position[i].at_ms < from_ms || position[i].at_ms > to_ms)
			continue;
		rcc_evidence_position(&evidence, &position[i], position[i].at_ms);
		from_ms = position[i].at_ms + rcc_evidence_step_ms(from_ms, to_ms);
	}
}

static size_t
make(struct rcc_mmsi ship)
{
	struct rcc_sign_key key = story_key();
	const struct rcc_link *head = &kept[kept_count - 1].link;
	struct rcc_evidence_making making = {.build = "story", .head = *head, .at_ms = head->at_ms + 1000, .key = &key};
	struct rcc_pack pack;

	for (size_t i = 0; i < sizeof making.journal.b; i++)
		making.journal.b[i] = (uint8_t)i;
	rcc_evidence_begin(&evidence, (struct rcc_incident_id){1}, ship);
	if (rcc_evidence_gather(&evidence, &last_core) != RCC_OK)
		return 0;
	for (size_t i = 0; i < kept_count; i++) {
		if (rcc_wire_decode_entry(kept[i].payload, kept[i].len, &entry) != RCC_OK)
			return 0;
		rcc_evidence_take(&evidence, &kept[i].link, &entry);
	}
	take_positions();
	rcc_pack_begin(&pack, made_text, sizeof made_text);
	return rcc_evidence_finish(&evidence, &making, &pack) == RCC_OK ? pack.len : 0;
}

static int
compare(const char *path, size_t len)
{
	FILE *file = fopen(path, getenv("RCC_ACCEPT") != NULL ? "wb" : "rb");
	struct rcc_pack_report report;

	if (file == NULL || rcc_pack_verify(made_text, len, NULL, &report) != RCC_OK) {
		printf("golden_pack: %s cannot be opened, or what was made does not verify\n", path);
		return 1;
	}
	if (getenv("RCC_ACCEPT") != NULL) {
		size_t put = fwrite(made_text, 1, len, file);
		return fclose(file) == 0 && put == len ? 0 : 1;
	}
	size_t got = fread(golden_text, 1, sizeof golden_text, file);
	(void)fclose(file);
	if (got == len && memcmp(golden_text, made_text, len) == 0) {
		printf("%u lines as reviewed\n", report.lines);
		return 0;
	}
	printf("golden_pack: %s is another one; made now:\n%.*s", path, (int)len, made_text);
	return 1;
}

int
main(int argc, char **argv)
{
	static struct rcc_story story;
	struct rcc_fault fault = {0};
	struct rcc_mmsi ship = {0};

	if (argc < 4 || argc > 5 || rcc_chain_init() != RCC_OK || rcc_mmsi_parse(argv[2], &ship) != RCC_OK) {
		fputs("usage: golden_pack STORY.scn MMSI FILE.pack [TRACKS]\n", stderr);
		return 2;
	}
	if (rcc_story_load(argv[1], &story, &fault) != RCC_OK) {
		fprintf(stderr, "golden_pack: %s\n", fault.text);
		return 1;
	}
	if (rcc_story_play_core(&story, look) != 0)
		return 1;
	keep_positions(&story, argc == 5 ? argv[4] : NULL);
	size_t len = make(ship);
	if (len == 0) {
		puts("golden_pack: no pack was made");
		return 1;
	}
	return compare(argv[3], len);
}

/*
 * golden_case.c - plays a story and compares what an officer would have seen of its first case with a file that was read line by
 * line: every situation report as it went out, what stood in the way of each close that was refused, and at the end the ledger of
 * duties, the persons and their balance, and the places of safety. RCC_ACCEPT=1 writes it anew: read the difference, it is the
 * review.
 *
 * Usage: golden_case STORY.scn FILE
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/state.h"
#include "picture/picture.h"
#include "proto/chain.h"
#include "rcc/units.h"
#include "sim/story.h"
#include "view/view.h"

#define SEEN_MAX (1024 * 1024)
#define VESSELS_MAX 64

static char seen[SEEN_MAX], golden[SEEN_MAX];
static size_t seen_len;
static struct rcc_core last_core;
static struct rcc_picture picture;
static struct rcc_view_rows rows;

static void put(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void
put(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	int len = vsnprintf(seen + seen_len, sizeof seen - seen_len, format, args);
	va_end(args);
	if (len < 0 || (size_t)len >= sizeof seen - seen_len) {
		puts("golden_case: more than can be compared");
		exit(1);
	}
	seen_len += (size_t)len;
}

static void
put_title(int64_t at_ms, int64_t start_ms, const char *title)
{
	int64_t min = (at_ms - start_ms) / RCC_MS_PER_MIN;
	int64_t s = (at_ms - start_ms) % RCC_MS_PER_MIN / RCC_MS_PER_S;

	put("\n== %02lld:%02lld %s\n", (long long)min, (long long)s, title);
}

static bool
is_connected(void *context, const struct rcc_key *key, int64_t *ret_heard_at_ms)
{
	(void)context;
	(void)key;
	(void)ret_heard_at_ms;
	return false;
}

static void
put_view(const struct rcc_core *core, enum rcc_view_kind what, int64_t now_ms)
{
	struct rcc_view view = {.what = what, .id = 1, .near = RCC_POS_NONE};
	const struct rcc_view_facts facts = {
	    .now_ms = now_ms, .version = "story", .centre = "MRCC STORY", .is_connected = is_connected};

	do {
		if (rcc_view_fill(&view, core, &picture, &facts, &rows) != RCC_OK) {
			printf("golden_case: view %d cannot be made\n", (int)what);
			exit(1);
		}
		put("%.*s", (int)rows.len, rows.bytes);
		view.from = rows.next;
	} while (rows.next != 0);
}

static void
look(const struct rcc_core *core, const struct rcc_entry *entry, int64_t start_ms)
{
	int64_t at_ms = entry->cause.at_ms;

	for (uint32_t i = 0; i < entry->event_count; i++) {
		const struct rcc_event *event = &entry->event[i];
		if (event->kind == RCC_EVENT_SITREP_ISSUED) {
			put_title(at_ms, start_ms, "a situation report goes out");
			put("%s", event->u.sitrep_issued.report);
		}
		if (event->kind == RCC_EVENT_COMMAND_REFUSED && entry->cause.kind == RCC_COMMAND_CLOSE) {
			put_title(at_ms, start_ms, "a close is refused");
			put_view(core, RCC_VIEW_CLOSING, at_ms);
		}
	}
	memcpy(&last_core, core, sizeof last_core);
}

static void
put_end(int64_t start_ms)
{
	static const struct {
		enum rcc_view_kind what;
		const char *title;
	} views[] = {
	    {RCC_VIEW_INCIDENT, "the case"},           {RCC_VIEW_DUTIES, "who owed what, and what became of it"},
	    {RCC_VIEW_PERSONS, "the persons"},         {RCC_VIEW_NEEDS, "what was needed"},
	    {RCC_VIEW_PLACES, "the places of safety"}, {RCC_VIEW_DELIVERIES, "who was told, and when she had it"},
	};

	for (size_t i = 0; i < sizeof views / sizeof views[0]; i++) {
		put_title(last_core.at_ms, start_ms, views[i].title);
		put_view(&last_core, views[i].what, last_core.at_ms);
	}
}

static int
compare(const char *path)
{
	FILE *file = fopen(path, getenv("RCC_ACCEPT") != NULL ? "wb" : "rb");

	if (file == NULL) {
		printf("golden_case: %s cannot be opened\n", path);
		return 1;
	}
	if (getenv("RCC_ACCEPT") != NULL) {
		size_t written = fwrite(seen, 1, seen_len, file);
		return fclose(file) == 0 && written == seen_len ? 0 : 1;
	}
	size_t got = fread(golden, 1, sizeof golden, file);
	(void)fclose(file);
	if (got == seen_len && memcmp(golden, seen, got) == 0) {
		printf("%zu bytes as reviewed\n", got);
		return 0;
	}
	printf("golden_case: %s is another one; seen now:\n%s", path, seen);
	return 1;
}

static int64_t story_start_ms;

static void
keep_start(const struct rcc_core *core, const struct rcc_entry *entry, int64_t start_ms)
{
	story_start_ms = start_ms;
	look(core, entry, start_ms);
}

int
main(int argc, char **argv)
{
	static struct rcc_story story;
	struct rcc_fault fault = {0};

	if (argc != 3 || rcc_chain_init() != RCC_OK || rcc_picture_open(&picture, VESSELS_MAX) != RCC_OK) {
		fputs("usage: golden_case STORY.scn FILE\n", stderr);
		return 2;
	}
	if (rcc_story_load(argv[1], &story, &fault) != RCC_OK) {
		fprintf(stderr, "golden_case: %s\n", fault.text);
		return 1;
	}
	if (rcc_story_play_core(&story, keep_start) != 0)
		return 1;
	put_end(story_start_ms);
	rcc_picture_close(&picture);
	return compare(argv[2]);
}

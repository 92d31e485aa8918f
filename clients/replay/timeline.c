/* timeline.c - the record as lines that a watch officer can read, all of it or what concerns one incident. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/state.h"
#include "librcc/i18n.h"
#include "librcc/options.h"
#include "rcc/text.h"
#include "replay/filter.h"

/* One entry in words; RCC_EVENTS_MAX events of some 1 kB each fit. */
#define TRACE_SIZE 524288

struct timeline {
	const struct rcc_replay *replay;
	struct rcc_core *core;
	char *text;
	struct rcc_filter filter;
};

static void
print_json(const struct timeline *timeline, const struct rcc_link *link)
{
	char time[RCC_TIME_TEXT_SIZE];
	char hash[RCC_HEX_SIZE(RCC_HASH_SIZE)];
	const char *separator = "";

	printf("{\"class\":\"ENTRY\",\"seq\":%llu,\"time\":\"%s\",\"hash\":\"%s\",\"lines\":[",
	       (unsigned long long)link->seq, rcc_time_format(time, link->at_ms),
	       rcc_hex_format(hash, link->hash.b, RCC_HASH_SIZE));
	for (const char *line = timeline->text; *line != '\0';) {
		size_t len = strcspn(line, "\n");
		fputs(separator, stdout);
		rcc_replay_print_json_text(line, len);
		separator = ",";
		line += len + (line[len] == '\n');
	}
	puts("]}");
}

static void
print_text(const struct timeline *timeline, const struct rcc_link *link)
{
	char time[RCC_TIME_TEXT_SIZE];

	printf("#%llu %s\n", (unsigned long long)link->seq, rcc_time_format(time, link->at_ms));
	for (const char *line = timeline->text; *line != '\0';) {
		size_t len = strcspn(line, "\n");
		printf("  %.*s\n", (int)len, line);
		line += len + (line[len] == '\n');
	}
}

static void
visit_print(void *context, const struct rcc_link *link, const struct rcc_entry *entry)
{
	struct timeline *timeline = context;

	rcc_core_replay(timeline->core, entry);
	if (!rcc_filter_wants_entry(&timeline->filter, entry))
		return;
	timeline->text[0] = '\0';
	if (rcc_trace_format(timeline->core, entry, timeline->text, TRACE_SIZE) >= TRACE_SIZE)
		fprintf(stderr, _("rcc-replay: entry %llu is too long to be shown whole\n"),
		        (unsigned long long)link->seq);
	if (timeline->replay->is_json)
		print_json(timeline, link);
	else
		print_text(timeline, link);
}

int
rcc_replay_timeline(const struct rcc_replay *replay)
{
	struct timeline timeline = {.replay = replay};
	struct rcc_audit_report report = {0};
	int exit_code = RCC_EXIT_FAILED;

	timeline.core = malloc(sizeof *timeline.core);
	timeline.text = malloc(TRACE_SIZE);
	if (timeline.core == NULL || timeline.text == NULL) {
		fprintf(stderr, _("rcc-replay: no memory to read the journal\n"));
		goto out;
	}
	rcc_core_init(timeline.core);
	/* Of a damaged record what is good is shown; where that ends is said after it. */
	if (!rcc_filter_open(&timeline.filter, replay, true, &exit_code))
		goto out;
	exit_code = rcc_replay_read(replay, visit_print, &timeline, &report) ? RCC_EXIT_OK : RCC_EXIT_FAILED;
out:
	rcc_filter_close(&timeline.filter);
	free(timeline.text);
	free(timeline.core);
	return exit_code;
}

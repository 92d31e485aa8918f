/*
 * recheck.c - decides again. Two cores: one takes the entries as they were decided, the other is asked to decide each
 * recorded command by itself; what it decides must be the same bytes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "build_stamp.h"
#include "core/state.h"
#include "librcc/i18n.h"
#include "librcc/options.h"
#include "proto/wire.h"
#include "replay/replay.h"

#define TRACE_SIZE 524288
/* Differences shown in full; all are named. */
#define SHOWN_MAX 20

struct recheck {
	struct rcc_core recorded; /* as it was decided */
	struct rcc_core decided;  /* as these rules decide */
	struct rcc_entry entry;   /* the second decision */
	uint8_t bytes[2][RCC_PAYLOAD_MAX];
	char text[TRACE_SIZE];
	char build[RCC_BUILD_MAX + 1]; /* of the run that is being read */
	uint64_t runs, other_runs;
	uint64_t differences, other_rules; /* under this build, under another */
};

static void
print_side(struct recheck *recheck, const struct rcc_core *core, const struct rcc_entry *entry, char mark)
{
	recheck->text[0] = '\0';
	rcc_trace_format(core, entry, recheck->text, sizeof recheck->text);
	for (const char *line = recheck->text; *line != '\0';) {
		size_t len = strcspn(line, "\n");
		printf("  %c %.*s\n", mark, (int)len, line);
		line += len + (line[len] == '\n');
	}
}

static void
tell_difference(struct recheck *recheck, const struct rcc_link *link, const struct rcc_entry *entry)
{
	bool is_ours = strcmp(recheck->build, RCC_BUILD) == 0;

	if (is_ours)
		recheck->differences++;
	else
		recheck->other_rules++;
	bool is_shown = recheck->differences + recheck->other_rules <= SHOWN_MAX;
	printf(_("entry %llu: %s; decided by %s%s\n"), (unsigned long long)link->seq,
	       is_ours ? _("not what these rules decide") : _("other rules"), recheck->build,
	       is_shown ? _(" (- recorded, + decided now)") : "");
	if (!is_shown)
		return;
	print_side(recheck, &recheck->recorded, entry, '-');
	print_side(recheck, &recheck->decided, &recheck->entry, '+');
}

static void
note_run(struct recheck *recheck, const struct rcc_entry *entry)
{
	if (entry->cause.kind != RCC_COMMAND_RUN)
		return;
	memcpy(recheck->build, entry->cause.u.run.build, sizeof recheck->build);
	recheck->runs++;
	if (strcmp(recheck->build, RCC_BUILD) != 0)
		recheck->other_runs++;
}

static void
visit(void *context, const struct rcc_link *link, const struct rcc_entry *entry)
{
	struct recheck *recheck = context;
	size_t len[2] = {0, 0};

	note_run(recheck, entry);
	rcc_core_replay(&recheck->recorded, entry);
	rcc_entry_clear(&recheck->entry);
	recheck->entry.cause = entry->cause;
	rcc_core_step(&recheck->decided, &recheck->entry);
	enum rcc_status recorded = rcc_wire_encode_entry(entry, recheck->bytes[0], sizeof recheck->bytes[0], &len[0]);
	enum rcc_status decided = RCC_E_NOT_FOUND;
	if (recheck->entry.event_count > 0)
		decided = rcc_wire_encode_entry(&recheck->entry, recheck->bytes[1], sizeof recheck->bytes[1], &len[1]);
	if (recorded == RCC_OK && decided == RCC_OK && len[0] == len[1] &&
	    memcmp(recheck->bytes[0], recheck->bytes[1], len[0]) == 0)
		return;
	tell_difference(recheck, link, entry);
	/* What follows is judged from what was recorded, or every later entry would differ too. */
	memcpy(&recheck->decided, &recheck->recorded, sizeof recheck->decided);
}

static int
tell_result(const struct recheck *recheck, const struct rcc_audit_report *report)
{
	if (recheck->other_runs > 0)
		printf(_("%llu of %llu runs were decided by another build than this one (%s): other rules\n"),
		       (unsigned long long)recheck->other_runs, (unsigned long long)recheck->runs, RCC_BUILD);
	if (recheck->other_rules > 0)
		printf(_("%llu entries would be decided otherwise by this build\n"),
		       (unsigned long long)recheck->other_rules);
	if (recheck->differences > 0) {
		printf(_("%llu of %llu entries are not what the rules decide\n"),
		       (unsigned long long)recheck->differences, (unsigned long long)report->rows);
		return RCC_EXIT_FAILED;
	}
	if (recheck->other_rules == 0)
		printf("%s\n", _("every entry is what these rules decide"));
	printf(_("rechecked: %llu entries, state %016llx\n"), (unsigned long long)report->rows,
	       (unsigned long long)rcc_core_digest(&recheck->recorded));
	return RCC_EXIT_OK;
}

int
rcc_replay_recheck(const struct rcc_replay *replay)
{
	struct recheck *recheck = calloc(1, sizeof *recheck);
	struct rcc_audit_report report = {0};
	int exit_code = RCC_EXIT_FAILED;

	if (recheck == NULL) {
		fprintf(stderr, _("rcc-replay: no memory to read the journal\n"));
		return RCC_EXIT_FAILED;
	}
	rcc_core_init(&recheck->recorded);
	rcc_core_init(&recheck->decided);
	if (rcc_replay_read(replay, visit, recheck, &report))
		exit_code = tell_result(recheck, &report);
	free(recheck);
	return exit_code;
}

static void
visit_apply(void *context, const struct rcc_link *link, const struct rcc_entry *entry)
{
	struct rcc_core *core = context;

	(void)link;
	rcc_core_replay(core, entry);
}

int
rcc_replay_digest(const struct rcc_replay *replay)
{
	struct rcc_core *core = malloc(sizeof *core);
	struct rcc_audit_report report = {0};
	int exit_code = RCC_EXIT_FAILED;

	if (core == NULL) {
		fprintf(stderr, _("rcc-replay: no memory to read the journal\n"));
		return RCC_EXIT_FAILED;
	}
	rcc_core_init(core);
	if (rcc_replay_read(replay, visit_apply, core, &report)) {
		printf("%016llx\n", (unsigned long long)rcc_core_digest(core));
		exit_code = RCC_EXIT_OK;
	}
	free(core);
	return exit_code;
}

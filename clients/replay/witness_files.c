/* witness_files.c - checkpoints that others kept, one a line: what --witness names. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "librcc/i18n.h"
#include "librcc/options.h"
#include "replay/replay.h"

/* A checkpoint line and its newline; anything longer is not one. */
#define LINE_SIZE (RCC_CHECKPOINT_TEXT_SIZE + 2)

bool
rcc_witness_files_collect(const struct rcc_parsed *parsed, int option, struct rcc_witness_files *files)
{
	for (int i = 0; i < parsed->given_count; i++) {
		if (parsed->given[i].option != option)
			continue;
		if (files->count == RCC_WITNESS_FILES_MAX) {
			fprintf(stderr, _("rcc-replay: at most %d --witness files at a time\n"), RCC_WITNESS_FILES_MAX);
			return false;
		}
		files->name[files->count++] = parsed->given[i].value;
	}
	return true;
}

static bool
read_witness_lines(FILE *file, const char *name, struct rcc_replay *replay)
{
	char line[LINE_SIZE];

	size_t count_before = replay->witness_count;

	for (unsigned number = 1; fgets(line, sizeof line, file) != NULL; number++) {
		bool is_cut = strchr(line, '\n') == NULL && feof(file) != 0;
		line[strcspn(line, "\r\n")] = '\0';
		if (line[0] == '\0' || line[0] == '#')
			continue;
		if (replay->witness_count == RCC_WITNESSES_MAX) {
			fprintf(stderr, _("rcc-replay: %s:%u: more than %d checkpoints; verify them in parts\n"), name,
			        number, RCC_WITNESSES_MAX);
			return false;
		}
		enum rcc_status status = rcc_checkpoint_parse(line, &replay->witness[replay->witness_count]);
		/* The power went while it was written: those before it are whole. */
		if (status != RCC_OK && is_cut && replay->witness_count > count_before) {
			fprintf(stderr, _("rcc-replay: %s:%u: the last line was cut off, and is not counted\n"), name,
			        number);
			break;
		}
		if (status != RCC_OK) {
			fprintf(stderr, _("rcc-replay: %s:%u: this line is not a checkpoint\n"), name, number);
			return false;
		}
		replay->witness_count++;
	}
	if (ferror(file)) {
		fprintf(stderr, _("rcc-replay: cannot read %s: %s\n"), name, strerror(errno));
		return false;
	}
	/* A witness who says nothing must not look like one who agrees. */
	if (replay->witness_count == count_before)
		fprintf(stderr, _("rcc-replay: %s holds no checkpoint\n"), name);
	return replay->witness_count > count_before;
}

bool
rcc_witness_files_read(const struct rcc_witness_files *files, struct rcc_replay *replay)
{
	bool is_good = true;

	if (files->count == 0)
		return true;
	replay->witness = calloc(RCC_WITNESSES_MAX, sizeof *replay->witness);
	if (replay->witness == NULL) {
		fprintf(stderr, _("rcc-replay: no memory for the witnesses\n"));
		return false;
	}
	for (int i = 0; i < files->count && is_good; i++) {
		FILE *file = fopen(files->name[i], "r");
		if (file == NULL) {
			fprintf(stderr, _("rcc-replay: cannot open %s: %s\n"), files->name[i], strerror(errno));
			return false;
		}
		is_good = read_witness_lines(file, files->name[i], replay);
		fclose(file);
	}
	return is_good;
}

/* signal_recorded.c - what was recorded of each source: nobody here knows what it says, but it must not be lost either. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <assert.h>

#include "proto/source/source.h"
#include "signal.h"

#define RECORDED_MAX 512

static struct {
	const char *source;
	char path[600];
} recorded[RECORDED_MAX];
static uint32_t recorded_count;

static int
is_file(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static void
list(const char *source)
{
	char folder[256];
	struct dirent **entry = NULL;

	(void)snprintf(folder, sizeof folder, RCC_SOURCE_DIR "/tests/fuzz/corpus/%s", source);
	int count = scandir(folder, &entry, is_file, alphasort);
	assert(count >= 2);
	for (int i = 0; i < count; i++) {
		assert(recorded_count < RECORDED_MAX);
		recorded[recorded_count].source = source;
		(void)snprintf(recorded[recorded_count].path, sizeof recorded->path, "%s/%s", folder, entry[i]->d_name);
		recorded_count++;
		free(entry[i]);
	}
	free(entry);
}

void
signal_make_recorded(struct signal_maker *maker, struct signal *signal)
{
	for (size_t i = 0; recorded_count == 0 && rcc_source_at(i) != NULL; i++)
		list(rcc_source_at(i)->name);
	uint32_t which = signal_below(maker, recorded_count);
	FILE *file = fopen(recorded[which].path, "rb");
	assert(file != NULL);
	/* Room is left for noise. */
	signal->len = fread(signal->bytes, 1, sizeof signal->bytes - 32, file);
	(void)fclose(file);
	signal->source = recorded[which].source;
	signal->what = recorded[which].path;
	signal->becomes = BECOMES_ANY;
	signal->is_known = false;
	if (signal->len == 0)
		signal_say(signal, "?");
}

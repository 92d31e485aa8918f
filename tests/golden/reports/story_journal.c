/*
 * story_journal.c - plays a story on the fake clock and keeps it as a daemon would: a journal in a directory, for the programs that
 * read one. The build is named "story", so that the record does not depend on which one ran.
 *
 * Usage: story_journal STORY.scn DIRECTORY
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "journal/journal.h"
#include "proto/wire.h"
#include "sim/story.h"

static struct rcc_journal journal;
static struct rcc_sign_key sign_key;
static const char *directory;
static struct rcc_entry entry;
static uint8_t bytes[RCC_PAYLOAD_MAX];

static void
fail(const char *what)
{
	fprintf(stderr, "story_journal: %s\n", what);
	exit(1);
}

static void
open_journal(int64_t now_ms)
{
	struct rcc_fault fault = {0};
	char path[512];

	(void)snprintf(path, sizeof path, "%s/journal.db", directory);
	rcc_sign_key_generate(&sign_key);
	if (rcc_journal_open(&journal, path, &sign_key, now_ms, NULL, NULL, &fault) != RCC_OK)
		fail(fault.text);
}

static void
keep(const struct rcc_core *core, const struct rcc_entry *made, int64_t start_ms)
{
	struct rcc_link link;
	size_t len = 0;

	(void)core;
	if (journal.impl == NULL)
		open_journal(start_ms);
	memcpy(&entry, made, sizeof entry);
	if (rcc_wire_encode_entry(&entry, bytes, sizeof bytes, &len) != RCC_OK ||
	    rcc_journal_append(&journal, &entry, bytes, len, &link) != RCC_OK)
		fail("an entry cannot be kept");
}

int
main(int argc, char **argv)
{
	static struct rcc_story story;
	struct rcc_fault fault = {0};

	if (argc != 3 || rcc_chain_init() != RCC_OK) {
		fputs("usage: story_journal STORY.scn DIRECTORY\n", stderr);
		return 2;
	}
	directory = argv[2];
	if (rcc_story_load(argv[1], &story, &fault) != RCC_OK)
		fail(fault.text);
	if (rcc_story_play_whole(&story, keep) != 0 || journal.impl == NULL || rcc_journal_commit(&journal) != RCC_OK)
		fail("the story cannot be kept");
	rcc_journal_close(&journal);
	return 0;
}

/*
 * verify_pack.c - is a pack as it was signed, and does a journal say the same? Whoever has the record makes the pack again, as of
 * the entry up to which it was made, and compares the lines.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "build_stamp.h"
#include "librcc/i18n.h"
#include "librcc/options.h"
#include "librcc/pack_file.h"
#include "rcc/text.h"
#include "replay/replay.h"

struct line {
	const char *text;
	size_t len;      /* without its chain */
	uint32_t number; /* in its pack, from 1 */
};
struct reader {
	const char *text;
	size_t len, at;
	uint32_t number;
};

static bool
starts_with(const struct line *line, const char *start)
{
	size_t len = strlen(start);

	return line->len >= len && memcmp(line->text, start, len) == 0;
}

/* Tracks are not in the journal, and the rest is checked by itself. */
static bool
is_fact(const struct line *line)
{
	return !starts_with(line, "{\"class\":\"TRACK\"") && !starts_with(line, "{\"class\":\"CHECKPOINT\"") &&
	       !starts_with(line, "{\"class\":\"SIGNATURE\"") && !starts_with(line, "{\"class\":\"UNSIGNED\"");
}

/* The next line, without its chain: lines that are left out change the chain of those behind. False at the end. */
static bool
next_line(struct reader *reader, struct line *ret_line)
{
	const char *from = reader->text + reader->at;
	const char *newline = memchr(from, '\n', reader->len - reader->at);
	const size_t tail = sizeof RCC_PACK_CHAIN - 1;

	if (newline == NULL)
		return false;
	*ret_line = (struct line){.text = from, .len = (size_t)(newline - from), .number = ++reader->number};
	reader->at += ret_line->len + 1;
	for (size_t i = ret_line->len; i >= tail; i--) {
		if (memcmp(from + i - tail, RCC_PACK_CHAIN, tail) != 0)
			continue;
		ret_line->len = i - tail;
		break;
	}
	return true;
}

static bool
next_fact(struct reader *reader, struct line *ret_line)
{
	while (next_line(reader, ret_line)) {
		if (is_fact(ret_line))
			return true;
	}
	return false;
}

static bool
differs(const struct line *said, const struct line *known)
{
	return said->len != known->len || memcmp(said->text, known->text, said->len) != 0;
}

static void
tell_difference(const struct line *said, const struct line *known, const struct rcc_pack_head *head)
{
	if (said != NULL)
		fprintf(stderr, _("rcc-replay: line %u is not what the journal says\n  pack:    %.*s\n"), said->number,
		        (int)said->len, said->text);
	else
		fprintf(stderr, "%s\n", _("rcc-replay: the journal says more than the pack"));
	if (known != NULL)
		fprintf(stderr, _("  journal: %.*s\n"), (int)known->len, known->text);
	else
		fprintf(stderr, "%s\n", _("  journal: nothing of it"));
	if (strcmp(head->build, RCC_BUILD) != 0)
		fprintf(stderr, _("rcc-replay: the pack was made by %s, this is %s: only the words may differ\n"),
		        head->build, RCC_BUILD);
}

static bool
compare(const char *text, size_t len, const struct rcc_pack *known, const struct rcc_pack_head *head)
{
	struct reader pack = {.text = text, .len = len}, journal = {.text = known->text, .len = known->len};
	struct line said, wanted;
	uint32_t facts = 0;

	for (;;) {
		bool has_said = next_fact(&pack, &said);
		bool has_wanted = next_fact(&journal, &wanted);
		if (!has_said && !has_wanted)
			break;
		if (!has_said || !has_wanted || differs(&said, &wanted)) {
			tell_difference(has_said ? &said : NULL, has_wanted ? &wanted : NULL, head);
			return false;
		}
		facts++;
	}
	printf(_("the journal says the same: %u lines, each of the entry that it cites\n"), facts - 1);
	return true;
}

/* The witness in the pack is of the entry that the pack ends with. */
static bool
check_witness(const char *text, size_t len, const struct rcc_replay_making *making)
{
	static const char start[] = "{\"class\":\"CHECKPOINT\",\"text\":\"";
	struct reader reader = {.text = text, .len = len};
	struct rcc_checkpoint checkpoint;
	char said[RCC_CHECKPOINT_TEXT_SIZE];
	struct line line;

	while (next_line(&reader, &line)) {
		if (!starts_with(&line, start))
			continue;
		/* Its closing quotation mark is left out. */
		size_t used = line.len - (sizeof start - 1);
		bool is_short = used > 0 && used <= sizeof said;
		if (is_short) {
			memcpy(said, line.text + sizeof start - 1, used - 1);
			said[used - 1] = '\0';
		}
		if (is_short && rcc_checkpoint_parse(said, &checkpoint) == RCC_OK &&
		    rcc_checkpoint_verify(&making->report.sign_key, &checkpoint) &&
		    checkpoint.link.seq == making->head.seq &&
		    memcmp(checkpoint.link.hash.b, making->head.hash.b, RCC_HASH_SIZE) == 0)
			return true;
		fprintf(stderr, _("rcc-replay: line %u: the checkpoint is not one of this journal\n"), line.number);
		return false;
	}
	fprintf(stderr, "%s\n", _("rcc-replay: the pack holds no checkpoint"));
	return false;
}

static bool
is_of_journal(const struct rcc_replay_making *making, const struct rcc_pack_head *head,
              const struct rcc_pack_report *report)
{
	if (memcmp(making->report.journal.b, head->journal.b, sizeof head->journal.b) != 0) {
		fprintf(stderr, "%s\n", _("rcc-replay: the pack is of another journal"));
		return false;
	}
	if (memcmp(making->report.sign_key.b, report->key.b, sizeof report->key.b) != 0) {
		fprintf(stderr, "%s\n", _("rcc-replay: the pack is signed with another key than this journal"));
		return false;
	}
	if (making->head.seq != head->to.seq ||
	    memcmp(making->head.hash.b, head->to.hash.b, sizeof head->to.hash.b) != 0) {
		fprintf(stderr, _("rcc-replay: the pack ends with an entry %llu that this journal has not\n"),
		        (unsigned long long)head->to.seq);
		return false;
	}
	return true;
}

static bool
check_journal(const struct rcc_replay *replay, const char *text, size_t len, const struct rcc_pack_report *report)
{
	struct rcc_replay_making making = {.replay = replay};
	struct rcc_pack_head head;
	struct rcc_pack known;
	bool is_same = false;
	char *again = malloc(RCC_PACK_BYTES_MAX);

	if (again == NULL || rcc_pack_head_read(text, len, &head) != RCC_OK) {
		fprintf(stderr, _("rcc-replay: no memory to read the journal\n"));
		free(again);
		return false;
	}
	making.incident = head.incident_id;
	making.ship = head.mmsi;
	making.upto = head.to.seq;
	if (rcc_replay_gather(&making) && is_of_journal(&making, &head, report)) {
		struct rcc_evidence_making as = {
		    .build = head.build, .journal = head.journal, .head = making.head, .at_ms = head.made_at_ms};
		rcc_pack_begin(&known, again, RCC_PACK_BYTES_MAX);
		enum rcc_status status = rcc_evidence_finish(making.evidence, &as, &known);
		if (status != RCC_OK)
			fprintf(stderr, "%s\n", _("rcc-replay: the record says nothing of that ship in this incident"));
		is_same = status == RCC_OK && compare(text, len, &known, &head) && check_witness(text, len, &making);
	}
	rcc_replay_making_free(&making);
	free(again);
	return is_same;
}

int
rcc_replay_verify_pack(const struct rcc_replay *replay)
{
	char *text = malloc(RCC_PACK_BYTES_MAX + 1);
	struct rcc_pack_report report;
	struct rcc_fault fault = {0};
	size_t len = 0;
	bool is_proof = false;

	if (text == NULL)
		fprintf(stderr, _("rcc-replay: no memory to read the journal\n"));
	else if (rcc_pack_file_read(replay->pack, text, RCC_PACK_BYTES_MAX + 1, &len, &fault) != RCC_OK)
		fprintf(stderr, "rcc-replay: %s\n", fault.text);
	else if (rcc_pack_file_tell("rcc-replay", replay->pack, text, len, replay->has_key ? &replay->key : NULL))
		is_proof = replay->journal[0] == '\0' || (rcc_pack_verify(text, len, NULL, &report) == RCC_OK &&
		                                          check_journal(replay, text, len, &report));
	free(text);
	return is_proof ? RCC_EXIT_OK : RCC_EXIT_FAILED;
}

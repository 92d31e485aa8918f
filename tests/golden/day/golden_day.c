/*
 * golden_day.c - plays a story and compares what it ended in with a table that a person wrote by hand: which incidents there
 * are, of whom, in which phase, status and class, what the ships hold, and which signal stands where.
 *
 * Usage: golden_day STORY.scn TABLE.expect. The table explains its columns; a signal's label is the "#: LABEL" before its
 * line in the story, with a time of its own where a clock says it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/state.h"
#include "proto/chain.h"
#include "rcc/text.h"
#include "sim/story.h"

#define LABELS_MAX 128
#define WORDS_MAX 64
#define LINE_MAX_LEN 4096

struct label {
	char name[16];
	char time[16];  /* MM:SS */
	uint32_t alert; /* the alert that it made or repeated; 0 = it made none */
	bool is_told;   /* the table names it */
};

/* An alert as it stood after the entry before this one, and a hash of the bytes that came. */
struct record {
	struct rcc_alert body;
	uint64_t raw;
};

static struct label labels[LABELS_MAX];
static struct record records[LABELS_MAX + 1]; /* by alert */
static uint32_t moves;                        /* joins and splits that moved an alert */
static uint32_t label_count;
static const struct rcc_core *last_core;
static int faults;

static void
fault(const char *where, const char *what, const char *expected, const char *found)
{
	printf("%s: %s: expected %s, found %s\n", where, what, expected, found);
	faults++;
}

static void
expect(const char *where, const char *what, const char *expected, const char *found)
{
	if (strcmp(expected, found) != 0)
		fault(where, what, expected, found);
}

static size_t
split(char *line, char *word[WORDS_MAX])
{
	size_t count = 0;
	char *save = line;

	while (count < WORDS_MAX) {
		save += strspn(save, " \t\n");
		if (*save == '\0')
			break;
		word[count++] = save;
		save += strcspn(save, " \t\n");
		if (*save != '\0')
			*save++ = '\0';
	}
	return count;
}

/* ---- the labels of the story ---- */

static void
put_label(const char *name, const char *time)
{
	for (uint32_t i = 0; i < label_count; i++) {
		if (strcmp(labels[i].name, name) == 0 || strcmp(labels[i].time, time) == 0)
			fault(name, "its name or time", "its own", labels[i].name);
	}
	if (label_count == LABELS_MAX || strlen(name) >= sizeof labels->name || strlen(time) >= sizeof labels->time) {
		fault(name, "label", "a short one", "too much");
		return;
	}
	(void)snprintf(labels[label_count].name, sizeof labels->name, "%s", name);
	(void)snprintf(labels[label_count].time, sizeof labels->time, "%s", time);
	label_count++;
}

static bool
read_labels(const char *path)
{
	static char line[LINE_MAX_LEN];
	char pending[16] = "";
	char *word[WORDS_MAX];
	FILE *file = fopen(path, "r");

	if (file == NULL)
		return false;
	while (fgets(line, sizeof line, file) != NULL) {
		size_t count = split(line, word);
		if (count == 3 && strcmp(word[0], "#:") == 0) {
			put_label(word[1], word[2]);
		} else if (count == 2 && strcmp(word[0], "#:") == 0) {
			(void)snprintf(pending, sizeof pending, "%s", word[1]);
		} else if (count > 2 && strcmp(word[0], "at") == 0 && pending[0] != '\0') {
			put_label(pending, word[1]);
			pending[0] = '\0';
		}
	}
	(void)fclose(file);
	return label_count > 0;
}

static struct label *
find_label(const char *name)
{
	for (uint32_t i = 0; i < label_count; i++) {
		if (strcmp(labels[i].name, name) == 0)
			return &labels[i];
	}
	return NULL;
}

/* ---- the records ---- */

static uint64_t
raw_hash(const struct rcc_alert *body)
{
	return rcc_fingerprint(body->raw, body->raw_len);
}

/* Joining and splitting move alerts and touch no record: neither theirs nor another's. */
static void
check_records(const struct rcc_core *core, bool is_move)
{
	char name[32];

	for (uint32_t i = 0; i < core->alert_top; i++) {
		const struct rcc_alert_state *row = &core->alert[i];
		struct record *record = &records[row->id.v];
		(void)snprintf(name, sizeof name, "A%u", row->id.v);
		if (row->id.v == 0)
			continue;
		if (row->id.v > LABELS_MAX || (record->raw != 0 && record->raw != raw_hash(&row->body)))
			fault(name, "the bytes that came", "as they were", "others");
		else if (is_move && memcmp(&record->body, &row->body, sizeof row->body) != 0)
			fault(name, "its record after a join or a split", "as it was", "another");
	}
}

static void
keep_records(const struct rcc_core *core)
{
	for (uint32_t i = 0; i < core->alert_top; i++) {
		const struct rcc_alert_state *row = &core->alert[i];
		if (row->id.v == 0 || row->id.v > LABELS_MAX)
			continue;
		records[row->id.v].body = row->body;
		if (records[row->id.v].raw == 0)
			records[row->id.v].raw = raw_hash(&row->body);
	}
}

static void
follow_records(const struct rcc_core *core, const struct rcc_entry *entry)
{
	bool is_order = entry->cause.kind == RCC_COMMAND_JOIN || entry->cause.kind == RCC_COMMAND_SPLIT;
	bool is_move = false;

	for (uint32_t i = 0; i < entry->event_count; i++)
		is_move = is_move || (is_order && entry->event[i].kind == RCC_EVENT_ALERT_MOVED);
	moves += is_move;
	check_records(core, is_move);
	keep_records(core);
}

/* Each alert that an entry records or repeats is what the signal of that second made. */
static void
look(const struct rcc_core *core, const struct rcc_entry *entry, int64_t start_ms)
{
	int64_t since_s = (entry->cause.at_ms - start_ms) / 1000;
	char time[32];

	last_core = core;
	follow_records(core, entry);
	(void)snprintf(time, sizeof time, "%02lld:%02lld", (long long)(since_s / 60), (long long)(since_s % 60));
	for (uint32_t i = 0; i < entry->event_count; i++) {
		const struct rcc_event *event = &entry->event[i];
		uint32_t alert = event->kind == RCC_EVENT_ALERT_RECORDED   ? event->u.alert.alert.v
		                 : event->kind == RCC_EVENT_ALERT_REPEATED ? event->u.repeated.alert.v
		                                                           : 0;
		uint32_t at = 0;
		while (at < label_count && strcmp(labels[at].time, time) != 0)
			at++;
		if (alert != 0 && at == label_count)
			fault(time, "a signal", "a label", "none");
		else if (alert != 0 && labels[at].alert != 0)
			fault(time, "signals of one label", "one", "two");
		else if (alert != 0)
			labels[at].alert = alert;
	}
}

/* ---- the table ---- */

static struct label *
take_label(const char *name)
{
	struct label *label = find_label(name);

	if (label == NULL || label->is_told) {
		fault(name, "label", label == NULL ? "in the story" : "once", label == NULL ? "not there" : "twice");
		return NULL;
	}
	label->is_told = true;
	return label;
}

static const char *
status_words(const struct rcc_incident *incident, char text[64])
{
	bool is_closed = incident->status == RCC_INCIDENT_CLOSED;

	(void)snprintf(text, 64, "%s%s%s", rcc_incident_status_word(incident->status), is_closed ? ":" : "",
	               is_closed ? rcc_outcome_word(incident->outcome) : "");
	return text;
}

static const char *
told_word(const struct rcc_incident *incident)
{
	if (incident->broadcasts == 0)
		return "no";
	return incident->is_cancelled || incident->status == RCC_INCIDENT_SUSPENDED ? "over" : "yes";
}

static const struct rcc_incident *
find_incident(const char *number)
{
	char text[32];

	for (uint32_t i = 0; i < last_core->incident_top; i++) {
		const struct rcc_incident *incident = &last_core->incident[i];
		(void)snprintf(text, sizeof text, "%04u-%04u", incident->year, incident->number);
		if (incident->id.v != 0 && strcmp(text, number) == 0)
			return incident;
	}
	return NULL;
}

/* Exactly these signals belong to it: alerts of none of them may not either. */
static void
check_members(const struct rcc_incident *incident, char **word, size_t count)
{
	uint32_t member[WORDS_MAX] = {0};
	char number[32];

	for (size_t i = 0; i < count; i++) {
		const struct label *label = take_label(word[i]);
		member[i] = label == NULL ? 0 : label->alert;
		const struct rcc_alert_state *row = rcc_alert_find(last_core, (struct rcc_alert_id){member[i]});
		(void)snprintf(number, sizeof number, "I%u", row == NULL ? 0 : row->incident.v);
		if (row == NULL || row->incident.v != incident->id.v || row->lane != RCC_LANE_INCIDENT)
			fault(word[i], "its incident", "the one of its line", row == NULL ? "no alert" : number);
	}
	for (uint32_t i = 0; i < last_core->alert_top; i++) {
		const struct rcc_alert_state *row = &last_core->alert[i];
		bool is_member = row->id.v == 0 || row->incident.v != incident->id.v;
		for (size_t j = 0; j < count; j++)
			is_member = is_member || member[j] == row->id.v;
		(void)snprintf(number, sizeof number, "A%u", row->id.v);
		if (!is_member)
			fault(number, "its incident", "another one, or none", "one that does not name it");
	}
}

static void
check_incident(char **word, size_t count)
{
	const struct rcc_incident *incident = find_incident(word[0]);
	char status[64];
	char class[64];
	char mmsi[RCC_MMSI_TEXT_SIZE];

	if (incident == NULL || count < 6) {
		fault(word[0], "incident", "six columns, and to be there", "it is not");
		return;
	}
	(void)snprintf(class, sizeof class, "%s%s", rcc_class_word(incident->class),
	               incident->is_restricted ? ",restricted" : "");
	expect(word[0], "casualty", word[1],
	       incident->casualty.v == 0 ? "-" : rcc_mmsi_format(mmsi, incident->casualty));
	expect(word[0], "phase", word[2], rcc_phase_word(incident->phase));
	expect(word[0], "status", word[3], status_words(incident, status));
	expect(word[0], "class", word[4], class);
	expect(word[0], "told", word[5], told_word(incident));
	check_members(incident, word + 6, count - 6);
}

/* "none LANE LABEL...": recorded there, or not at all. */
static void
check_lane(char **word, size_t count)
{
	for (size_t i = 2; i < count; i++) {
		const struct label *label = take_label(word[i]);
		const struct rcc_alert_state *row =
		    label == NULL ? NULL : rcc_alert_find(last_core, (struct rcc_alert_id){label->alert});
		expect(word[i], "lane", word[1], row == NULL ? "nothing" : rcc_lane_word(row->lane));
		if (row != NULL && row->incident.v != 0)
			fault(word[i], "incident", "none", "one");
	}
}

static bool
check_table(const char *path)
{
	static char line[LINE_MAX_LEN];
	char *word[WORDS_MAX];
	char number[16];
	uint32_t incidents = 0;
	FILE *file = fopen(path, "r");

	if (file == NULL)
		return false;
	while (fgets(line, sizeof line, file) != NULL) {
		size_t count = split(line, word);
		if (count == 0 || word[0][0] == '#')
			continue;
		if (strcmp(word[0], "none") == 0) {
			check_lane(word, count);
			continue;
		}
		if (strcmp(word[0], "moves") == 0 && count == 2) {
			(void)snprintf(number, sizeof number, "%u", moves);
			expect(path, "joins and splits", word[1], number);
			continue;
		}
		incidents++;
		check_incident(word, count);
	}
	(void)fclose(file);
	for (uint32_t i = 0; i < label_count; i++) {
		if (!labels[i].is_told)
			fault(labels[i].name, "label", "in the table", "not there");
	}
	if (incidents != last_core->incident_count)
		fault(path, "its incidents", "all that there are", "more or fewer");
	printf("%u incidents, %u signals, %u joins and splits\n", incidents, label_count, moves);
	return true;
}

int
main(int argc, char **argv)
{
	static struct rcc_story story;
	struct rcc_fault trouble = {0};

	if (argc != 3) {
		fprintf(stderr, "usage: golden_day STORY.scn TABLE.expect\n");
		return EXIT_FAILURE;
	}
	if (rcc_story_load(argv[1], &story, &trouble) != RCC_OK || !read_labels(argv[1])) {
		fprintf(stderr, "golden_day: %s\n", trouble.text);
		return EXIT_FAILURE;
	}
	if (rcc_story_play_core(&story, look) != 0 || last_core == NULL || !check_table(argv[2])) {
		fprintf(stderr, "golden_day: the story cannot be played, or there is no table\n");
		return EXIT_FAILURE;
	}
	return faults == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

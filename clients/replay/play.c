/*
 * play.c - a record as time passed. It is read and verified once, into lines with their times in a file that nobody else sees; then
 * they are shown at the pace that was asked for, so that a jump back costs nothing and the record is not held open for hours.
 */
#define _POSIX_C_SOURCE 200809L
#include "replay/play.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/state.h"
#include "librcc/i18n.h"
#include "librcc/options.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "replay/filter.h"

#define TRACE_SIZE 524288
#define LINES_FIRST 1024
#define SPEED_MIN 0.1
#define SPEED_MAX 1000000.0
/* A key moves the clock so far. */
#define JUMP_MS RCC_MS_PER_MIN
/* The longest single wait: whoever looks on sees that it is alive, and no number overflows. */
#define WAIT_MAX_MS 1000

struct line {
	uint64_t seq;
	int64_t at_ms;
	long offset;
	size_t len;
	size_t alert; /* index + 1 of what is sent; 0 = nothing */
};

struct play {
	const struct rcc_replay *replay;
	struct rcc_filter filter;
	struct rcc_core *core;
	char *text;
	FILE *file; /* the lines */
	struct line *line;
	size_t count, size;
	struct rcc_alert *alert;
	size_t alert_count, alert_size;
	const char *why; /* it cannot be gone on with; NULL = it can */

	double speed;
	size_t next;
	int64_t clock_ms; /* of the record */
	bool is_paused;
	struct rcc_play_keys keys;
	struct rcc_play_sender sender;
};

/* ---- the lines ---- */

static void *
grow(void *rows, size_t *size, size_t row_size)
{
	size_t more = *size == 0 ? LINES_FIRST : 2 * *size;
	void *grown = realloc(rows, more * row_size);

	if (grown != NULL)
		*size = more;
	return grown;
}

/* What is sent of an entry: the alert that it records first. */
static size_t
keep_alert(struct play *play, const struct rcc_entry *entry)
{
	for (uint32_t i = 0; play->replay->endpoint != NULL && i < entry->event_count; i++) {
		const struct rcc_event *event = &entry->event[i];
		if (event->kind != RCC_EVENT_ALERT_RECORDED || !rcc_filter_wants(&play->filter, event))
			continue;
		if (play->alert_count == play->alert_size) {
			struct rcc_alert *grown = grow(play->alert, &play->alert_size, sizeof *grown);
			if (grown == NULL) {
				play->why = _("no memory to read the journal");
				return 0;
			}
			play->alert = grown;
		}
		play->alert[play->alert_count] = event->u.alert.body;
		return ++play->alert_count;
	}
	return 0;
}

static void
keep_line(struct play *play, const struct rcc_link *link, size_t alert)
{
	struct line line = {.seq = link->seq, .at_ms = link->at_ms, .offset = ftell(play->file), .alert = alert};

	if (play->count == play->size) {
		struct line *grown = grow(play->line, &play->size, sizeof *grown);
		if (grown == NULL) {
			play->why = _("no memory to read the journal");
			return;
		}
		play->line = grown;
	}
	line.len = strlen(play->text);
	if (line.offset < 0 || fwrite(play->text, 1, line.len, play->file) != line.len)
		play->why = _("a temporary file cannot be written");
	else
		play->line[play->count++] = line;
}

static void
visit(void *context, const struct rcc_link *link, const struct rcc_entry *entry)
{
	struct play *play = context;

	rcc_core_replay(play->core, entry);
	if (play->why != NULL || !rcc_filter_wants_entry(&play->filter, entry))
		return;
	size_t alert = keep_alert(play, entry);
	/* To a centre go alerts, and nothing else is of interest meanwhile. */
	if (play->replay->endpoint != NULL && alert == 0)
		return;
	play->text[0] = '\0';
	(void)rcc_trace_format(play->core, entry, play->text, TRACE_SIZE);
	keep_line(play, link, alert);
}

static bool
read_lines(struct play *play, int *ret_exit)
{
	struct rcc_audit_report report = {0};

	if (!rcc_filter_open(&play->filter, play->replay, false, ret_exit))
		return false;
	*ret_exit = RCC_EXIT_FAILED;
	play->core = malloc(sizeof *play->core);
	play->text = malloc(TRACE_SIZE);
	play->file = tmpfile();
	if (play->core == NULL || play->text == NULL || play->file == NULL) {
		fprintf(stderr, _("rcc-replay: no memory, or no temporary file, to read the journal\n"));
		return false;
	}
	rcc_core_init(play->core);
	if (!rcc_replay_read(play->replay, visit, play, &report))
		return false;
	if (play->why != NULL)
		fprintf(stderr, "rcc-replay: %s\n", play->why);
	return play->why == NULL;
}

/* ---- showing them ---- */

static bool
show(struct play *play, const struct line *line)
{
	char time[RCC_TIME_TEXT_SIZE];

	if (fseek(play->file, line->offset, SEEK_SET) != 0 || fread(play->text, 1, line->len, play->file) != line->len)
		return false;
	play->text[line->len] = '\0';
	printf("#%llu %s\n", (unsigned long long)line->seq, rcc_time_format(time, line->at_ms));
	for (const char *at = play->text; *at != '\0';) {
		size_t len = strcspn(at, "\n");
		printf("  %.*s\n", (int)len, at);
		at += len + (at[len] == '\n');
	}
	fflush(stdout);
	return line->alert == 0 || rcc_play_send(&play->sender, &play->alert[line->alert - 1], line->at_ms);
}

static void
jump(struct play *play, int64_t to_ms)
{
	char time[RCC_TIME_TEXT_SIZE];

	play->clock_ms = to_ms;
	play->next = 0;
	while (play->next < play->count && play->line[play->next].at_ms < to_ms)
		play->next++;
	if (play->keys.is_on)
		fprintf(stderr, _("at %s\n"), rcc_time_format(time, to_ms));
}

static double
bounded(double speed)
{
	return speed < SPEED_MIN ? SPEED_MIN : speed > SPEED_MAX ? SPEED_MAX : speed;
}

/* False: it is over. */
static bool
take_key(struct play *play, enum rcc_play_key key)
{
	switch (key) {
	case RCC_PLAY_NOTHING:
		return true;
	case RCC_PLAY_PAUSE:
		play->is_paused = !play->is_paused;
		fputs(play->is_paused ? _("paused: space goes on\n") : _("going on\n"), stderr);
		return true;
	case RCC_PLAY_NEXT:
		if (play->next < play->count)
			play->clock_ms = play->line[play->next].at_ms;
		return true;
	case RCC_PLAY_BACK:
		jump(play, play->clock_ms - JUMP_MS);
		return true;
	case RCC_PLAY_FORWARD:
		jump(play, play->clock_ms + JUMP_MS);
		/* Beyond the end stands the last line. */
		if (play->next == play->count) {
			play->next = play->count - 1;
			play->clock_ms = play->line[play->next].at_ms;
		}
		return true;
	case RCC_PLAY_FASTER:
	case RCC_PLAY_SLOWER:
		play->speed = bounded(key == RCC_PLAY_FASTER ? play->speed * 2 : play->speed / 2);
		fprintf(stderr, _("%.4g times as fast as it was\n"), play->speed);
		return true;
	case RCC_PLAY_QUIT:
		return false;
	}
	return false;
}

static int64_t
now_ms(void)
{
	struct timespec now = {0};

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * RCC_MS_PER_S + now.tv_nsec / 1000000;
}

/* Until the next line is due, at most WAIT_MAX_MS. */
static int64_t
wait_of(const struct play *play)
{
	double wait_ms = ceil((double)(play->line[play->next].at_ms - play->clock_ms) / play->speed);

	return play->is_paused || wait_ms > WAIT_MAX_MS ? WAIT_MAX_MS : wait_ms < 0 ? 0 : (int64_t)wait_ms;
}

static bool
show_all(struct play *play)
{
	while (play->next < play->count) {
		if (play->line[play->next].at_ms <= play->clock_ms) {
			if (!show(play, &play->line[play->next++]))
				return false;
			/* A key is looked at, and no time passes, while lines are due. */
			if (!take_key(play, rcc_play_keys_wait(&play->keys, 0)))
				return true;
			continue;
		}
		int64_t before_ms = now_ms();
		enum rcc_play_key key = rcc_play_keys_wait(&play->keys, wait_of(play));
		if (!play->is_paused)
			play->clock_ms += (int64_t)((double)(now_ms() - before_ms) * play->speed);
		if (!take_key(play, key))
			return true;
	}
	if (play->keys.is_on)
		fputs(_("end of the record\n"), stderr);
	return true;
}

/* ---- the verb ---- */

static bool
take_speed(struct play *play)
{
	const char *text = play->replay->speed;
	char *end = NULL;

	play->speed = text == NULL ? 1 : strtod(text, &end);
	if (text == NULL || (end != text && *end == '\0' && play->speed >= SPEED_MIN && play->speed <= SPEED_MAX))
		return true;
	fprintf(stderr, _("rcc-replay: --speed is a number from 0.1 to 1000000\n"));
	return false;
}

static int
run(struct play *play)
{
	int64_t from_ms = 0;
	int exit_code = RCC_EXIT_USAGE;

	if (!take_speed(play))
		return RCC_EXIT_USAGE;
	if (play->replay->time != NULL && rcc_time_parse(play->replay->time, &from_ms) != RCC_OK) {
		fprintf(stderr, _("rcc-replay: '%s' is no time: 2026-11-23T03:12:00Z, in UTC\n"), play->replay->time);
		return RCC_EXIT_USAGE;
	}
	if (!read_lines(play, &exit_code))
		return exit_code;
	jump(play, from_ms != 0 || play->count == 0 ? from_ms : play->line[0].at_ms);
	if (play->next == play->count) {
		fprintf(stderr, _("rcc-replay: there is nothing to play\n"));
		return RCC_EXIT_FAILED;
	}
	if (play->replay->endpoint != NULL && !rcc_play_sender_open(&play->sender, play->replay, &exit_code))
		return exit_code;
	rcc_play_keys_open(&play->keys);
	bool is_good = show_all(play);
	rcc_play_keys_close(&play->keys);
	return is_good ? RCC_EXIT_OK : RCC_EXIT_FAILED;
}

int
rcc_replay_play(const struct rcc_replay *replay)
{
	struct play play = {.replay = replay};
	int exit_code = run(&play);

	rcc_play_sender_close(&play.sender);
	rcc_filter_close(&play.filter);
	if (play.file != NULL)
		fclose(play.file);
	free(play.line);
	free(play.alert);
	free(play.text);
	free(play.core);
	return exit_code;
}

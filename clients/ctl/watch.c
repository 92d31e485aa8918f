#define _POSIX_C_SOURCE 200809L
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ctl/ctl.h"
#include "ctl/summary.h"
#include "librcc/i18n.h"
#include "proto/wire.h"
#include "rcc/text.h"
#include "rcc/units.h"

/* How often the journal is asked for news: an officer sees an alert within a fifth of a second. */
#define POLL_MS 200

struct watch {
	struct rcc_ctl *ctl;
	struct rcc_entry *entry; /* about 1 MB */
	struct rcc_ctl_names *names;
	struct rcc_link last; /* of the last entry shown */
	uint64_t left;        /* entries still to show; 0 = no end */
	bool has_end, is_lost;
};

static int
learn_line(void *context, const char *line)
{
	struct watch *watch = context;
	json_t *row = json_loads(line, 0, NULL);
	const char *class_name = json_string_value(json_object_get(row, "class"));
	rcc_ctl_names_learn_row(watch->names, row);
	if (class_name != NULL && strcmp(class_name, "STATUS") == 0)
		watch->last.seq = (uint64_t)json_integer_value(json_object_get(row, "head_seq"));
	json_decref(row);
	return RCC_EXIT_OK;
}

/* Names of keys and incidents, and where the journal stands now. */
static int
learn(struct watch *watch)
{
	static const enum rcc_view_kind views[] = {RCC_VIEW_PEERS, RCC_VIEW_INCIDENTS, RCC_VIEW_STATUS};
	int exit_code = rcc_ctl_connect(watch->ctl);
	for (size_t i = 0; i < sizeof views / sizeof views[0] && exit_code == RCC_EXIT_OK; i++) {
		struct rcc_view view = {.what = views[i], .near = RCC_POS_NONE};
		exit_code = rcc_ctl_view(watch->ctl, &view, learn_line, NULL, watch);
	}
	return exit_code;
}

static void
print_json(const struct watch *watch, const struct rcc_event *event, const char *time, const char *text)
{
	json_t *row = json_pack("{s:s, s:I, s:s, s:s, s:s}", "class", "EVENT", "seq", (json_int_t)watch->last.seq,
	                        "time", time, "event", rcc_event_word(event->kind), "text", text);
	if (row == NULL)
		return;
	json_dumpf(row, watch->ctl->out, JSON_COMPACT);
	fputc('\n', watch->ctl->out);
	json_decref(row);
}

static void
print_entry(struct watch *watch)
{
	char time[RCC_TIME_TEXT_SIZE];
	char text[RCC_CTL_SUMMARY_SIZE];
	rcc_time_format(time, watch->last.at_ms);
	for (uint32_t i = 0; i < watch->entry->event_count; i++) {
		const struct rcc_event *event = &watch->entry->event[i];
		rcc_ctl_names_learn(watch->names, event);
		rcc_ctl_summary_format(watch->names, watch->entry, event, text);
		if (watch->ctl->is_json)
			print_json(watch, event, time, text);
		else
			fprintf(watch->ctl->out, "%s %6llu  %s\n", time, (unsigned long long)watch->last.seq, text);
	}
	fflush(watch->ctl->out);
}

/* Shows an entry if it is the next one; a page that was asked for twice brings old ones again. */
static int
take_entry(struct watch *watch, const struct rcc_entry_bytes *bytes)
{
	if (bytes->link.seq != watch->last.seq + 1)
		return RCC_EXIT_OK;
	if (rcc_wire_decode_entry(bytes->payload, bytes->payload_len, watch->entry) != RCC_OK)
		return rcc_ctl_fail(RCC_EXIT_FAILED,
		                    _("entry %llu cannot be read by this rccctl; its version differs from rccd's"),
		                    (unsigned long long)bytes->link.seq);
	watch->last = bytes->link;
	print_entry(watch);
	if (watch->has_end)
		watch->left--;
	return RCC_EXIT_OK;
}

/* Blocked while lines are printed, and asked for between two of them: Ctrl-C never cuts a line in half. */
static void
block_signals(sigset_t *ret_signals)
{
	sigemptyset(ret_signals);
	sigaddset(ret_signals, SIGINT);
	sigaddset(ret_signals, SIGTERM);
	sigprocmask(SIG_BLOCK, ret_signals, NULL);
}

static bool
is_done(const struct watch *watch, const sigset_t *signals)
{
	static const struct timespec at_once;
	return sigtimedwait(signals, NULL, &at_once) > 0 || (watch->has_end && watch->left == 0);
}

static void
ask_for_more(struct watch *watch)
{
	struct rcc_ctl *ctl = watch->ctl;
	ctl->message->kind = RCC_BODY_CATCHUP;
	ctl->message->class = RCC_CLASS_LIVE;
	ctl->message->u.catchup = (struct rcc_catchup){.from_seq = watch->last.seq + 1, .max = RCC_CATCHUP_MAX};
	/* Without a link there is nothing to do here: librcc connects again by itself, and the next round asks. */
	enum rcc_status status = rcc_client_send(ctl->client, ctl->message);
	(void)status;
}

/* An officer must know whether the screen is live. */
static void
tell_link(struct watch *watch, bool is_lost)
{
	if (is_lost && !watch->is_lost)
		fputs(_("rccctl: rccd is not heard: this screen is not live\n"), stderr);
	else if (!is_lost && watch->is_lost)
		fputs(_("rccctl: rccd is heard again\n"), stderr);
	watch->is_lost = is_lost;
}

/* One thing that happened on the link. */
static int
take_event(struct watch *watch, enum rcc_client_event event, const struct rcc_envelope *message)
{
	switch (event) {
	case RCC_CLIENT_LOST:
		tell_link(watch, true);
		break;
	case RCC_CLIENT_WELCOME:
	case RCC_CLIENT_BEAT:
		tell_link(watch, false);
		break;
	case RCC_CLIENT_OTHER:
		if (message->kind == RCC_BODY_ENTRY)
			return take_entry(watch, &message->u.entry);
		break;
	case RCC_CLIENT_REFUSED:
		return rcc_ctl_fail(RCC_EXIT_NOT_ALLOWED, _("refused: %s"), message->u.refused.text);
	case RCC_CLIENT_SUSPECT:
		return rcc_ctl_fail(RCC_EXIT_FAILED,
		                    _("what rccd sends does not verify with the keys we know; do not trust it"));
	case RCC_CLIENT_NOTHING:
	case RCC_CLIENT_ACCEPTED:
	case RCC_CLIENT_NOT_CONFIRMED:
	case RCC_CLIENT_DELIVERY:
		break;
	}
	return RCC_EXIT_OK;
}

static int64_t
monotonic_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * RCC_MS_PER_S + now.tv_nsec / 1000000;
}

static int
follow(struct watch *watch)
{
	int exit_code = RCC_EXIT_OK;
	sigset_t signals;
	int64_t ask_ms = monotonic_ms();
	uint64_t page_end = 0; /* with this entry a whole page has come, and the next is asked for at once */
	block_signals(&signals);
	while (exit_code == RCC_EXIT_OK && !is_done(watch, &signals)) {
		const struct rcc_envelope *message = NULL;
		int64_t now_ms = monotonic_ms();
		if (now_ms >= ask_ms || watch->last.seq == page_end) {
			ask_for_more(watch);
			page_end = watch->last.seq + RCC_CATCHUP_MAX;
			ask_ms = now_ms + POLL_MS;
		}
		enum rcc_client_event event = rcc_client_next(watch->ctl->client, ask_ms - now_ms, &message);
		exit_code = take_event(watch, event, message);
	}
	return exit_code;
}

static int
read_options(struct watch *watch, uint64_t *ret_from)
{
	const char *from = watch->ctl->option[RCC_CTL_OPTION_FROM];
	const char *count = watch->ctl->option[RCC_CTL_OPTION_COUNT];
	*ret_from = 0;
	if (from != NULL && !rcc_ctl_uint_parse(from, INT64_MAX, ret_from))
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("--from is the number of an entry, from 1"));
	if (count != NULL && !rcc_ctl_uint_parse(count, INT64_MAX, &watch->left))
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("--count is a number of entries, from 1"));
	watch->has_end = count != NULL;
	return RCC_EXIT_OK;
}

int
rcc_ctl_verb_watch(struct rcc_ctl *ctl)
{
	struct watch watch = {.ctl = ctl};
	uint64_t from;
	int exit_code = read_options(&watch, &from);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	watch.entry = calloc(1, sizeof *watch.entry);
	watch.names = calloc(1, sizeof *watch.names);
	if (watch.entry == NULL || watch.names == NULL) {
		exit_code = rcc_ctl_fail(RCC_EXIT_FAILED, _("out of memory"));
		goto out;
	}
	exit_code = learn(&watch);
	if (from != 0)
		watch.last.seq = from - 1;
	if (exit_code == RCC_EXIT_OK)
		exit_code = follow(&watch);
out:
	free(watch.entry);
	free(watch.names);
	return exit_code;
}

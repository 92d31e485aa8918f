/* One case: what it is, what each alert says of it, and who closed it and why. */
#include <stdlib.h>
#include <string.h>

#include "ctl/report.h"
#include "ctl/summary.h"
#include "librcc/i18n.h"
#include "rcc/text.h"

/* Different words of one fact that are named; more are counted by their alerts in the table above. */
#define SAID_MAX 8
#define SAID_SIZE 48

/* What the alerts say of one fact, and which alert says so. */
struct said {
	const char *key;
	uint32_t count;
	struct {
		char value[SAID_SIZE];
		json_int_t alert;
	} word[SAID_MAX];
};

struct show {
	struct rcc_ctl *ctl;
	struct said persons, nature;
};

static void
take_said(struct said *said, const json_t *row)
{
	char value[SAID_SIZE];
	const json_t *member = json_object_get(row, said->key);
	if (json_is_integer(member))
		snprintf(value, sizeof value, "%lld", (long long)json_integer_value(member));
	else if (json_is_string(member))
		snprintf(value, sizeof value, "%s", json_string_value(member));
	else
		return;
	for (uint32_t i = 0; i < said->count; i++) {
		if (strcmp(said->word[i].value, value) == 0)
			return;
	}
	if (said->count == SAID_MAX)
		return;
	memcpy(said->word[said->count].value, value, sizeof value);
	said->word[said->count].alert = json_integer_value(json_object_get(row, "id"));
	said->count++;
}

static void
print_said(FILE *out, const struct said *said, const char *label)
{
	if (said->count < 2)
		return;
	fprintf(out, _("* THE ALERTS DIFFER, %s:"), label);
	for (uint32_t i = 0; i < said->count; i++)
		fprintf(out, _("%s %s (alert %lld)"), i == 0 ? "" : ",", said->word[i].value,
		        (long long)said->word[i].alert);
	fputc('\n', out);
}

/* ---- who closed it ---- */

static int
take_head(void *context, const char *line)
{
	uint64_t *head = context;
	json_t *row = json_loads(line, 0, NULL);
	*head = (uint64_t)json_integer_value(json_object_get(row, "head_seq"));
	json_decref(row);
	return RCC_EXIT_OK;
}

/* The first entry of that instant: times in the record never go back, so that halving finds it. */
static uint64_t
find_instant(struct rcc_ctl *ctl, int64_t at_ms, struct rcc_entry *entry)
{
	const struct rcc_view view = {.what = RCC_VIEW_STATUS, .near = RCC_POS_NONE};
	uint64_t high = 0;
	uint64_t low = 1;
	struct rcc_link link;
	if (rcc_ctl_view(ctl, &view, take_head, NULL, &high) != RCC_EXIT_OK)
		return 0;
	while (low < high) {
		uint64_t middle = low + (high - low) / 2;
		if (!rcc_ctl_entry_read(ctl, middle, &link, entry))
			return 0;
		if (link.at_ms < at_ms)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const struct rcc_event *
find_closed(const struct rcc_entry *entry, uint32_t incident)
{
	for (uint32_t i = 0; i < entry->event_count; i++) {
		const struct rcc_event *event = &entry->event[i];
		if (event->kind == RCC_EVENT_INCIDENT_CLOSED && event->u.closed.incident.v == incident)
			return event;
	}
	return NULL;
}

static int
learn_line(void *context, const char *line)
{
	json_t *row = json_loads(line, 0, NULL);
	rcc_ctl_names_learn_row(context, row);
	json_decref(row);
	return RCC_EXIT_OK;
}

static void
print_event(struct rcc_ctl *ctl, const struct rcc_link *link, const struct rcc_event *event, const char *text)
{
	char time[RCC_TIME_TEXT_SIZE];
	rcc_time_format(time, link->at_ms);
	if (!ctl->is_json) {
		rcc_ctl_wrap_print(ctl->out, "* ", "      ", text, rcc_ctl_terminal_width(ctl->out));
		return;
	}
	json_t *row = json_pack("{s:s, s:I, s:s, s:s, s:s}", "class", "EVENT", "seq", (json_int_t)link->seq, "time",
	                        time, "event", rcc_event_word(event->kind), "text", text);
	json_dumpf(row, ctl->out, JSON_COMPACT);
	fputc('\n', ctl->out);
	json_decref(row);
}

/* The view knows when and how; the record knows who and why. What it does not tell now is left out. */
static void
tell_closed(struct rcc_ctl *ctl, uint32_t incident, int64_t at_ms)
{
	static const enum rcc_view_kind views[] = {RCC_VIEW_PEERS, RCC_VIEW_INCIDENTS};
	struct rcc_entry *entry = calloc(1, sizeof *entry);
	struct rcc_ctl_names *names = calloc(1, sizeof *names);
	char text[RCC_CTL_SUMMARY_SIZE];
	struct rcc_link link = {.at_ms = at_ms};
	const struct rcc_event *event = NULL;
	ctl->is_quiet = true;
	uint64_t seq = entry == NULL || names == NULL ? 0 : find_instant(ctl, at_ms, entry);
	while (seq != 0 && event == NULL && rcc_ctl_entry_read(ctl, seq, &link, entry) && link.at_ms == at_ms) {
		event = find_closed(entry, incident);
		seq++;
	}
	for (size_t i = 0; i < sizeof views / sizeof views[0] && event != NULL; i++) {
		const struct rcc_view view = {.what = views[i], .near = RCC_POS_NONE};
		(void)rcc_ctl_view(ctl, &view, learn_line, NULL, names);
	}
	ctl->is_quiet = false;
	if (event != NULL) {
		rcc_ctl_summary_format(names, entry, event, text);
		print_event(ctl, &link, event, text);
	}
	free(names);
	free(entry);
}

/* ---- the verb ---- */

static void
take_row(void *context, const json_t *row)
{
	struct show *show = context;
	const char *class_name = json_string_value(json_object_get(row, "class"));
	const char *closed = json_string_value(json_object_get(row, "closed"));
	int64_t at_ms;
	if (strcmp(class_name, "ALERT") == 0) {
		take_said(&show->persons, row);
		take_said(&show->nature, row);
	} else if (strcmp(class_name, "INCIDENT") == 0 && closed != NULL && rcc_time_parse(closed, &at_ms) == RCC_OK) {
		tell_closed(show->ctl, (uint32_t)json_integer_value(json_object_get(row, "incident_id")), at_ms);
	}
}

int
rcc_ctl_verb_show(struct rcc_ctl *ctl)
{
	struct show show = {.ctl = ctl, .persons = {.key = "persons"}, .nature = {.key = "nature"}};
	struct rcc_ctl_report report = {.details = "INCIDENT", .shown = take_row, .context = &show};
	struct rcc_view view = {.what = RCC_VIEW_INCIDENT, .near = RCC_POS_NONE};
	struct rcc_incident_id incident;
	int exit_code = rcc_ctl_incident(ctl, ctl->operand[0], &incident);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	view.id = incident.v;
	exit_code = rcc_ctl_report_view(ctl, &view, &report, _("no such incident"));
	if (exit_code == RCC_EXIT_OK && !ctl->is_json) {
		print_said(ctl->out, &show.persons, _("persons"));
		print_said(ctl->out, &show.nature, _("nature"));
	}
	return exit_code;
}

/*
 * What an order did, as its entry in the record tells: the lines of `watch`, less what the officer has just typed.
 *
 * A record that cannot be read now takes nothing back: the receipt stands, and the words are missing.
 */
#include <stdlib.h>
#include <string.h>

#include "ctl/ctl.h"
#include "ctl/summary.h"
#include "ctl/table.h"
#include "ctl/tasks_internal.h"
#include "ctl/words.h"
#include "librcc/i18n.h"
#include "rcc/text.h"

/* An entry and the names to tell it with, some 1.5 MB. */
struct story {
	struct rcc_entry entry;
	struct rcc_ctl_names names;
};

static int
learn_line(void *context, const char *line)
{
	struct story *story = context;
	json_t *row = json_loads(line, 0, NULL);
	rcc_ctl_names_learn_row(&story->names, row);
	json_decref(row);
	return RCC_EXIT_OK;
}

/* What was accepted, with the names in it; NULL when the record does not tell it now. */
static struct story *
read_story(struct rcc_ctl *ctl)
{
	static const enum rcc_view_kind views[] = {RCC_VIEW_PEERS, RCC_VIEW_INCIDENTS};
	struct rcc_link link;
	struct story *story = calloc(1, sizeof *story);
	if (story == NULL)
		return NULL;
	if (!rcc_ctl_entry_read(ctl, ctl->accepted.entry.seq, &link, &story->entry)) {
		free(story);
		return NULL;
	}
	ctl->is_quiet = true;
	for (size_t i = 0; i < sizeof views / sizeof views[0]; i++) {
		const struct rcc_view view = {.what = views[i], .near = RCC_POS_NONE};
		/* Without names the lines show numbers. */
		(void)rcc_ctl_view(ctl, &view, learn_line, NULL, story);
	}
	ctl->is_quiet = false;
	return story;
}

static bool
has_kind(const struct rcc_entry *entry, enum rcc_event_kind kind)
{
	for (uint32_t i = 0; i < entry->event_count; i++) {
		if (entry->event[i].kind == kind)
			return true;
	}
	return false;
}

/* The officer knows what was typed; a clock that has run out already is no news; ships are counted with their broadcast. */
static bool
is_news(const struct rcc_entry *entry, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_ALERT_RECORDED)
		return event->u.alert.lane != RCC_LANE_INCIDENT;
	if (event->kind == RCC_EVENT_ALERT_JOINED)
		return event->u.joined.why != RCC_JOIN_OPENED && event->u.joined.why != RCC_JOIN_OFFICER;
	if (event->kind == RCC_EVENT_RELAY_SCHEDULED)
		return !has_kind(entry, RCC_EVENT_BROADCAST_ISSUED);
	return event->kind != RCC_EVENT_DELIVERIES_QUEUED;
}

static uint32_t
count_ships(const struct rcc_entry *entry, struct rcc_broadcast_id broadcast)
{
	uint32_t ships = 0;
	for (uint32_t i = 0; i < entry->event_count; i++) {
		const struct rcc_event *event = &entry->event[i];
		if (event->kind == RCC_EVENT_DELIVERIES_QUEUED && event->u.queued.broadcast.v == broadcast.v)
			ships += event->u.queued.count;
	}
	return ships;
}

static void
format_event(struct story *story, const struct rcc_event *event, char text[RCC_CTL_SUMMARY_SIZE])
{
	/* What was so before the entry, the view cannot tell any more; what is so after it, the entry tells. */
	rcc_ctl_names_learn(&story->names, event);
	rcc_ctl_summary_format(&story->names, &story->entry, event, text);
}

/* What ships read now; of a case that goes on, whether that is what was known of it before. */
static void
print_told(const struct rcc_ctl *ctl, const struct story *story, const struct rcc_broadcast_issued *issued)
{
	char pos[RCC_POS_TEXT_SIZE];
	char persons[64];
	const struct rcc_command *cause = &story->entry.cause;
	snprintf(persons, sizeof persons, ngettext("%u person in all", "%u persons in all", issued->persons),
	         issued->persons);
	fprintf(ctl->out, _("  it says: %s, %s, %s\n"),
	        issued->nature == RCC_NATURE_NOT_STATED ? _("nature not stated") : rcc_nature_word(issued->nature),
	        issued->persons == 0 ? _("persons not stated") : persons,
	        rcc_pos_is_known(issued->pos) ? rcc_pos_format(pos, issued->pos) : _("position not known"));
	if (cause->kind != RCC_COMMAND_RESUME || cause->u.resume.persons != 0)
		return;
	const struct rcc_ctl_known *known = rcc_ctl_names_incident(&story->names, issued->incident);
	if (known != NULL) {
		fprintf(ctl->out, "%s\n",
		        _("  THE PERSONS ARE THOSE OF BEFORE, all that were ever in it: if others are in danger now, "
		          "say so at "
		          "once"));
		fprintf(ctl->out, "        rccctl %sclassify %04u-%04u --persons N --reason TEXT\n", ctl->call,
		        known->year, known->number);
	}
}

/* Requisitioned ships of one case that are looked at; of more the officer reads what holds for the others. */
#define SPARED_MAX 16

/* Whom an end reaches who has survivors aboard. */
struct carriers {
	const struct rcc_ctl *ctl;
	struct rcc_mmsi ship; /* 0 = all */
	bool is_cancel;
	size_t spared_count;
	char spared[SPARED_MAX]
	           [RCC_MMSI_TEXT_SIZE]; /* who complies with a requisition is told nothing, where the others go */
};

static int
keep_spared(void *context, const char *line)
{
	struct carriers *carriers = context;
	json_t *row = json_loads(line, 0, NULL);
	const char *mmsi = json_string_value(json_object_get(row, "mmsi"));

	if (rcc_ctl_row_is_true(row, "requisitioned") && mmsi != NULL && carriers->spared_count < SPARED_MAX)
		(void)snprintf(carriers->spared[carriers->spared_count++], RCC_MMSI_TEXT_SIZE, "%s", mmsi);
	json_decref(row);
	return RCC_EXIT_OK;
}

static bool
is_spared(const struct carriers *carriers, const char *mmsi)
{
	for (size_t i = 0; i < carriers->spared_count; i++) {
		if (strcmp(carriers->spared[i], mmsi) == 0)
			return true;
	}
	return false;
}

static int
print_carrier(void *context, const char *line)
{
	const struct carriers *carriers = context;
	json_t *row = json_loads(line, 0, NULL);
	json_int_t persons = json_integer_value(json_object_get(row, "persons"));
	const char *mmsi = json_string_value(json_object_get(row, "mmsi"));
	const char *name = json_string_value(json_object_get(row, "ship"));
	char meant[RCC_MMSI_TEXT_SIZE];
	bool is_meant = mmsi != NULL && !is_spared(carriers, mmsi) &&
	                (carriers->ship.v == 0 || strcmp(mmsi, rcc_mmsi_format(meant, carriers->ship)) == 0);

	json_int_t at_risk = json_integer_value(json_object_get(row, "at_risk"));
	if (carriers->is_cancel && rcc_ctl_row_is_word(row, "class", "BALANCE") && at_risk > 0)
		fprintf(carriers->ctl->out,
		        _("  %sNOBODY HAS SAID WHAT BECAME OF %lld PERSONS, and no ship is called any more: say it "
		          "(persons), or call anew\n"),
		        rcc_ctl_row_is_word(row, "mode", "exercise") ? _("EXERCISE: ") : "", (long long)at_risk);
	bool is_carrying = is_meant && persons > 0 && rcc_ctl_row_is_word(row, "where", "aboard");
	/* A ship without a name is none of ours. */
	if (is_carrying && name == NULL)
		fprintf(carriers->ctl->out,
		        _("  %s HAS %lld SURVIVORS ABOARD AND NO LINK: TELL HER BY VOICE that they stay in her care; a "
		          "place of "
		          "safety is still owed\n"),
		        mmsi, (long long)persons);
	else if (is_carrying)
		fprintf(
		    carriers->ctl->out,
		    _("  %s HAS %lld SURVIVORS ABOARD: she is told that they stay in her care; a place of safety is "
		      "still owed\n"),
		    name[0] == '\0' ? mmsi : name, (long long)persons);
	json_decref(row);
	return RCC_EXIT_OK;
}

/* No message of ours reaches who comes by voice: she goes on, until somebody tells her. */
static int
print_untold_by_voice(void *context, const char *line)
{
	const struct carriers *carriers = context;
	json_t *row = json_loads(line, 0, NULL);
	const char *mmsi = rcc_ctl_row_text(row, "mmsi");
	const char *name = rcc_ctl_row_text(row, "name");

	if (rcc_ctl_row_is_word(row, "kind", "untold") && rcc_ctl_row_is_true(row, "by_voice") &&
	    !is_spared(carriers, mmsi))
		fprintf(carriers->ctl->out,
		        _("  %s COMES BY VOICE, and is sent nothing: TELL HER, then rccctl %srelease %s --ship %s\n"),
		        name[0] == '\0' ? mmsi : name, carriers->ctl->call, rcc_ctl_row_text(row, "incident"), mmsi);
	json_decref(row);
	return RCC_EXIT_OK;
}

/* Help is needed no more by those in danger; for those aboard a ship it has not ended (SOLAS V/33.1-1). */
static void
print_carriers(struct rcc_ctl *ctl, const struct story *story, const struct rcc_broadcast_issued *issued)
{
	const struct rcc_view view = {.what = RCC_VIEW_PERSONS, .id = issued->incident.v, .near = RCC_POS_NONE};
	struct carriers carriers = {.ctl = ctl,
	                            .is_cancel = story->entry.cause.kind == RCC_COMMAND_CANCEL ||
	                                         story->entry.cause.kind == RCC_COMMAND_PHASE};

	if (issued->kind != RCC_BROADCAST_CANCEL && issued->kind != RCC_BROADCAST_RELEASE)
		return;
	if (story->entry.cause.kind == RCC_COMMAND_TASK)
		carriers.ship = story->entry.cause.u.task.ship;
	ctl->is_quiet = true;
	if (story->entry.cause.kind == RCC_COMMAND_TASK && story->entry.cause.u.task.others_comply != 0) {
		const struct rcc_view duties = {
		    .what = RCC_VIEW_DUTIES, .id = issued->incident.v, .near = RCC_POS_NONE};
		(void)rcc_ctl_view(ctl, &duties, keep_spared, NULL, &carriers);
	}
	(void)rcc_ctl_view(ctl, &view, print_carrier, NULL, &carriers);
	const struct rcc_view closing = {.what = RCC_VIEW_CLOSING, .id = issued->incident.v, .near = RCC_POS_NONE};
	if (carriers.ship.v == 0)
		(void)rcc_ctl_view(ctl, &closing, print_untold_by_voice, NULL, &carriers);
	ctl->is_quiet = false;
}

static int
print_offerer(void *context, const char *line)
{
	const struct rcc_ctl *ctl = context;
	json_t *row = json_loads(line, 0, NULL);
	const char *centre = json_string_value(json_object_get(row, "centre"));
	if (rcc_ctl_row_is_word(row, "direction", "in") && rcc_ctl_row_is_word(row, "stage", "confirmed") &&
	    centre != NULL)
		fprintf(ctl->out,
		        _("  TELL %s: it gave you this case, and its own ships hold the call until it takes it back\n"),
		        centre);
	json_decref(row);
	return RCC_EXIT_OK;
}

/* The end of a case that another centre gave us is known to that centre's ships by nobody but it. */
static void
print_handed_over(struct rcc_ctl *ctl, struct rcc_incident_id incident)
{
	const struct rcc_view view = {.what = RCC_VIEW_HANDOVERS, .id = incident.v, .near = RCC_POS_NONE};
	ctl->is_quiet = true;
	(void)rcc_ctl_view(ctl, &view, print_offerer, NULL, ctl);
	ctl->is_quiet = false;
}

static int
print_check(void *context, const char *line)
{
	const struct rcc_ctl *ctl = context;
	json_t *row = json_loads(line, 0, NULL);
	const char *checked = json_string_value(json_object_get(row, "checked"));
	const char *missing = json_string_value(json_object_get(row, "missing"));
	if (rcc_ctl_row_is_word(row, "class", "PROFILE") && checked == NULL)
		fprintf(ctl->out, "  %s\n", _("she has told no check of her readiness: ask her what she has"));
	else if (rcc_ctl_row_is_word(row, "class", "PROFILE") && missing != NULL && missing[0] != '\0')
		fprintf(ctl->out, _("  her check of %.10s found missing: %s\n"), checked, missing);
	json_decref(row);
	return RCC_EXIT_OK;
}

/* What is missing aboard her is known before she needs it (domain R07). */
static void
print_readiness(struct rcc_ctl *ctl, const struct rcc_task *task)
{
	const struct rcc_view view = {.what = RCC_VIEW_PROFILE, .mmsi = task->ship, .near = RCC_POS_NONE};
	if (task->kind == RCC_TASK_RELEASE)
		return;
	ctl->is_quiet = true;
	(void)rcc_ctl_view(ctl, &view, print_check, NULL, ctl);
	ctl->is_quiet = false;
}

static void
print_text(struct rcc_ctl *ctl, struct story *story)
{
	char text[RCC_CTL_SUMMARY_SIZE];
	size_t limit = rcc_ctl_terminal_width(ctl->out);
	for (uint32_t i = 0; i < story->entry.event_count; i++) {
		const struct rcc_event *event = &story->entry.event[i];
		format_event(story, event, text);
		if (!is_news(&story->entry, event))
			continue;
		rcc_ctl_call_insert(ctl->call, text, sizeof text);
		rcc_ctl_wrap_print(ctl->out, "  ", "      ", text, limit);
		if (event->kind == RCC_EVENT_TASKED && event->u.tasked.card_state == RCC_CARD_NOT_STORED)
			fprintf(ctl->out, _("  she has not got conduct card %u yet: say it to her by voice\n"),
			        event->u.tasked.card);
		if (event->kind == RCC_EVENT_TASKED)
			print_readiness(ctl, &event->u.tasked.body);
		if (event->kind == RCC_EVENT_TASKED && event->u.tasked.broadcast.v == 0)
			fprintf(ctl->out, "  %s\n",
			        story->entry.cause.kind == RCC_COMMAND_HANDOVER
			            ? _("the centre that gave the case ordered it: it stands, and nothing is sent now")
			            : _("NOTHING IS SENT: whom it is for has no link; TELL THEM BY VOICE"));
		if (event->kind == RCC_EVENT_COMMS_SET)
			fprintf(ctl->out, "  %s\n",
			        _("no ship is sent it: it stands in the situation reports; TELL THE SHIPS BY VOICE"));
		if (event->kind == RCC_EVENT_INCIDENT_CLOSED)
			print_handed_over(ctl, event->u.closed.incident);
		if (event->kind != RCC_EVENT_BROADCAST_ISSUED)
			continue;
		if (event->u.broadcast.kind == RCC_BROADCAST_CANCEL)
			print_handed_over(ctl, event->u.broadcast.incident);
		uint32_t ships = count_ships(&story->entry, event->u.broadcast.broadcast);
		if (ships == 0)
			fprintf(ctl->out, "  %s\n", _("NO SHIP IS TOLD: none is registered that may hear of it"));
		else
			fprintf(ctl->out, ngettext("  goes to %u ship\n", "  goes to %u ships\n", ships), ships);
		enum rcc_broadcast_kind kind = event->u.broadcast.kind;
		if (kind == RCC_BROADCAST_DISTRESS_RELAY || kind == RCC_BROADCAST_UPDATE)
			print_told(ctl, story, &event->u.broadcast);
		print_carriers(ctl, story, &event->u.broadcast);
	}
}

/* Every event, for programs: which of them are news is theirs to judge. */
static void
add_json(json_t *row, struct story *story)
{
	char text[RCC_CTL_SUMMARY_SIZE];
	json_t *events = json_array();
	uint32_t ships = 0;
	for (uint32_t i = 0; i < story->entry.event_count; i++) {
		const struct rcc_event *event = &story->entry.event[i];
		format_event(story, event, text);
		ships += event->kind == RCC_EVENT_DELIVERIES_QUEUED ? event->u.queued.count : 0;
		json_array_append_new(events,
		                      json_pack("{s:s, s:s}", "event", rcc_event_word(event->kind), "text", text));
	}
	json_object_set_new(row, "ships_told", json_integer(ships));
	json_object_set_new(row, "events", events);
}

static void
print_json(const struct rcc_ctl *ctl, struct story *story)
{
	const struct rcc_accepted *accepted = &ctl->accepted;
	char time[RCC_TIME_TEXT_SIZE];
	char hash[RCC_HEX_SIZE(RCC_HASH_SIZE)];
	char number[RCC_CTL_NUMBER_SIZE];
	json_t *row = json_pack("{s:s, s:I, s:s, s:s}", "class", "ENTRY", "seq", (json_int_t)accepted->entry.seq,
	                        "time", rcc_time_format(time, accepted->entry.at_ms), "hash",
	                        rcc_hex_format(hash, accepted->entry.hash.b, sizeof accepted->entry.hash.b));
	const struct rcc_ctl_known *known =
	    story == NULL ? NULL : rcc_ctl_names_incident(&story->names, accepted->incident);
	if (accepted->alert.v != 0)
		json_object_set_new(row, "alert", json_integer(accepted->alert.v));
	if (known != NULL) {
		snprintf(number, sizeof number, "%04u-%04u", known->year, known->number);
		json_object_set_new(row, "incident", json_string(number));
	}
	if (accepted->incident.v != 0)
		json_object_set_new(row, "incident_id", json_integer(accepted->incident.v));
	if (accepted->request != 0)
		json_object_set_new(row, "request", json_integer(accepted->request));
	if (accepted->restricted != 0)
		json_object_set_new(row, "restricted", json_true());
	if (accepted->contact_lost != 0)
		json_object_set_new(row, "contact_lost", json_true());
	if (story != NULL)
		add_json(row, story);
	json_dumpf(row, ctl->out, JSON_COMPACT);
	fputc('\n', ctl->out);
	json_decref(row);
}

void
rcc_ctl_receipt_print(struct rcc_ctl *ctl)
{
	char time[RCC_TIME_TEXT_SIZE];
	struct story *story = read_story(ctl);
	if (ctl->is_json) {
		print_json(ctl, story);
		free(story);
		return;
	}
	fprintf(ctl->out, _("done: entry %llu of the journal, %s\n"), (unsigned long long)ctl->accepted.entry.seq,
	        rcc_time_format(time, ctl->accepted.entry.at_ms));
	if (story != NULL)
		print_text(ctl, story);
	free(story);
	if (ctl->accepted.request != 0)
		fprintf(ctl->out,
		        _("it goes to that centre over the link, as request %u: `rccctl requests` shows the answer\n"),
		        ctl->accepted.request);
	if (ctl->accepted.contact_lost != 0)
		fputs(_("the caller's particulars could not be sealed and are not recorded: note them on paper\n"),
		      ctl->out);
}

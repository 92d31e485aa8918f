#include <string.h>

#include "ctl/ctl.h"
#include "ctl/report.h"
#include "librcc/i18n.h"
#include "rcc/limits.h"
#include "rcc/text.h"
#include "rcc/work_text.h"

static int
add_to_table(struct rcc_ctl_report *report, const struct rcc_ctl_column *column, const json_t *row)
{
	if (report->column != column) {
		if (report->column != NULL) {
			rcc_ctl_table_flush(&report->table);
			rcc_ctl_table_fini(&report->table);
		}
		if (report->lines > 0)
			fputc('\n', report->out);
		rcc_ctl_table_init(&report->table, column, report->out);
		report->table.call = report->call;
		report->column = column;
	}
	return rcc_ctl_table_add(&report->table, row) ? RCC_EXIT_OK : rcc_ctl_fail(RCC_EXIT_FAILED, _("out of memory"));
}

static int
print_line(void *context, const char *line)
{
	struct rcc_ctl_report *report = context;
	int exit_code = RCC_EXIT_OK;
	json_t *row = json_loads(line, 0, NULL);
	const char *class_name = json_string_value(json_object_get(row, "class"));
	if (class_name == NULL) {
		json_decref(row);
		return rcc_ctl_fail(RCC_EXIT_FAILED, _("rccd sent a line that is not JSON; see its log"));
	}
	const struct rcc_ctl_column *column = rcc_ctl_layout(class_name);
	bool is_wanted =
	    report->only_id == 0 || (uint64_t)json_integer_value(json_object_get(row, "id")) == report->only_id;
	is_wanted = is_wanted && (report->wants == NULL || report->wants(report->context, row));
	if (is_wanted && report->is_json)
		fprintf(report->out, "%s\n", line);
	else if (is_wanted && (column == NULL || (report->details != NULL && strcmp(class_name, report->details) == 0)))
		rcc_ctl_details_print(row, report->call, report->out);
	else if (is_wanted)
		exit_code = add_to_table(report, column, row);
	report->lines += is_wanted ? 1 : 0;
	if (is_wanted && report->shown != NULL)
		report->shown(report->context, row);
	json_decref(row);
	return exit_code;
}

static void
print_page(void *context)
{
	struct rcc_ctl_report *report = context;
	if (report->column != NULL)
		rcc_ctl_table_flush(&report->table);
	fflush(report->out);
}

int
rcc_ctl_report_view(struct rcc_ctl *ctl, const struct rcc_view *view, struct rcc_ctl_report *report,
                    const char *nothing)
{
	report->out = ctl->out;
	report->call = ctl->call;
	report->is_json = ctl->is_json;
	int exit_code = rcc_ctl_connect(ctl);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_view(ctl, view, print_line, print_page, report);
	if (report->column != NULL)
		rcc_ctl_table_fini(&report->table);
	if (exit_code == RCC_EXIT_OK && report->lines == 0 && !ctl->is_json && nothing != NULL)
		fprintf(ctl->out, "%s\n", nothing);
	return exit_code;
}

int
rcc_ctl_show(struct rcc_ctl *ctl, const struct rcc_view *view, const char *details, const char *nothing)
{
	struct rcc_ctl_report report = {.details = details};
	return rcc_ctl_report_view(ctl, view, &report, nothing);
}

/* A view of one thing that was named: that it is not there is a failure. */
static int
show_one(struct rcc_ctl *ctl, const struct rcc_view *view, struct rcc_ctl_report *report, const char *nothing)
{
	int exit_code = rcc_ctl_report_view(ctl, view, report, NULL);
	return exit_code == RCC_EXIT_OK && report->lines == 0 ? rcc_ctl_fail(RCC_EXIT_FAILED, "%s", nothing)
	                                                      : exit_code;
}

int
rcc_ctl_verb_status(struct rcc_ctl *ctl)
{
	struct rcc_ctl_report report = {.details = "STATUS"};
	const struct rcc_view view = {.what = RCC_VIEW_STATUS, .near = RCC_POS_NONE};
	return rcc_ctl_report_view(ctl, &view, &report, _("rccd says nothing of itself"));
}

int
rcc_ctl_verb_alerts(struct rcc_ctl *ctl)
{
	struct rcc_ctl_report report = {.details = NULL};
	const struct rcc_view view = {.what = RCC_VIEW_ALERTS, .near = RCC_POS_NONE};
	return rcc_ctl_report_view(ctl, &view, &report, _("no alerts"));
}

int
rcc_ctl_verb_alert(struct rcc_ctl *ctl)
{
	struct rcc_ctl_report report = {.details = "ALERT"};
	const struct rcc_view view = {.what = RCC_VIEW_ALERTS, .near = RCC_POS_NONE};
	if (!rcc_ctl_uint_parse(ctl->operand[0], UINT32_MAX, &report.only_id))
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("'%s' is not an alert: give its number, as `rccctl alerts` shows it"),
		                    ctl->operand[0]);
	return show_one(ctl, &view, &report, _("there is no such alert; `rccctl alerts` lists them"));
}

/* What is over is not what an officer looks for; programs are given every line. */
static bool
is_open(void *context, const json_t *row)
{
	unsigned *closed = context;
	const char *status = json_string_value(json_object_get(row, "status"));
	bool is_closed = status != NULL && strcmp(status, rcc_incident_status_word(RCC_INCIDENT_CLOSED)) == 0;
	*closed += is_closed ? 1 : 0;
	return !is_closed;
}

int
rcc_ctl_verb_incidents(struct rcc_ctl *ctl)
{
	unsigned closed = 0;
	bool is_all = ctl->is_json || ctl->option[RCC_CTL_OPTION_ALL] != NULL;
	struct rcc_ctl_report report = {.wants = is_all ? NULL : is_open, .context = &closed};
	const struct rcc_view view = {.what = RCC_VIEW_INCIDENTS, .near = RCC_POS_NONE};
	int exit_code = rcc_ctl_report_view(ctl, &view, &report, is_all ? _("no incidents") : _("no open incidents"));
	if (exit_code == RCC_EXIT_OK && closed > 0)
		fprintf(
		    ctl->out,
		    ngettext("%u closed case is left out (--all)\n", "%u closed cases are left out (--all)\n", closed),
		    closed);
	return exit_code;
}

/* A view of one case, by the operand. */
static int
show_of_case(struct rcc_ctl *ctl, enum rcc_view_kind what, const char *nothing)
{
	struct rcc_ctl_report report = {.details = NULL};
	struct rcc_view view = {.what = what, .near = RCC_POS_NONE};
	struct rcc_incident_id incident;
	int exit_code = rcc_ctl_incident(ctl, ctl->operand[0], &incident);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	view.id = incident.v;
	return rcc_ctl_report_view(ctl, &view, &report, nothing);
}

int
rcc_ctl_verb_deliveries(struct rcc_ctl *ctl)
{
	return show_of_case(ctl, RCC_VIEW_DELIVERIES, _("no ship has been told of this incident"));
}

int
rcc_ctl_show_persons(struct rcc_ctl *ctl)
{
	const struct rcc_view view = {.what = RCC_VIEW_PERSONS, .near = RCC_POS_NONE};
	if (ctl->operand_count == 0)
		return rcc_ctl_show(ctl, &view, NULL, _("no case is open"));
	return show_of_case(ctl, RCC_VIEW_PERSONS, _("nobody is counted in this incident"));
}

int
rcc_ctl_verb_duties(struct rcc_ctl *ctl)
{
	return show_of_case(ctl, RCC_VIEW_DUTIES, _("nobody owes anything in this incident"));
}

int
rcc_ctl_verb_notes(struct rcc_ctl *ctl)
{
	return show_of_case(ctl, RCC_VIEW_NOTES, _("nothing has been noted in this incident"));
}

int
rcc_ctl_verb_closing(struct rcc_ctl *ctl)
{
	return show_of_case(ctl, RCC_VIEW_CLOSING, _("nothing stands in the way of closing it"));
}

int
rcc_ctl_verb_needs(struct rcc_ctl *ctl)
{
	struct rcc_ctl_report report = {.details = NULL};
	const struct rcc_view view = {.what = RCC_VIEW_NEEDS, .near = RCC_POS_NONE};
	if (ctl->operand_count > 0)
		return show_of_case(ctl, RCC_VIEW_NEEDS, _("nobody has asked for anything"));
	return rcc_ctl_report_view(ctl, &view, &report, _("no need is open"));
}

/* ---- what the next watch must know ---- */

/* The open cases, by their lines. */
struct open_cases {
	uint32_t id[RCC_INCIDENTS_MAX];
	size_t count;
};

static int
take_open(void *context, const char *line)
{
	struct open_cases *cases = context;
	unsigned closed = 0;
	json_t *row = json_loads(line, 0, NULL);
	json_int_t id = json_integer_value(json_object_get(row, "incident_id"));
	if (id > 0 && is_open(&closed, row) && cases->count < RCC_INCIDENTS_MAX)
		cases->id[cases->count++] = (uint32_t)id;
	json_decref(row);
	return RCC_EXIT_OK;
}

static bool
is_owed(void *context, const json_t *row)
{
	(void)context;
	return json_is_true(json_object_get(row, "open"));
}

/* Neither side has the last word yet. */
static bool
is_between_centres(void *context, const json_t *row)
{
	const char *stage = json_string_value(json_object_get(row, "stage"));
	(void)context;
	return json_is_true(json_object_get(row, "shared")) || json_is_true(json_object_get(row, "contested")) ||
	       (stage != NULL && strcmp(stage, rcc_handover_stage_word(RCC_HANDOVER_OFFERED)) == 0);
}

/* It waits for an officer, here or there. */
static bool
is_asked(void *context, const json_t *row)
{
	const char *stage = json_string_value(json_object_get(row, "stage"));
	(void)context;
	return stage != NULL && strcmp(stage, rcc_request_stage_word(RCC_REQUEST_ASKED)) == 0;
}

/* What each open case owes, and its places of safety. */
static int
show_each_case(struct rcc_ctl *ctl)
{
	struct open_cases cases = {.count = 0};
	const struct rcc_view incidents = {.what = RCC_VIEW_INCIDENTS, .near = RCC_POS_NONE};
	char number[RCC_CTL_NUMBER_SIZE];
	int exit_code = rcc_ctl_view(ctl, &incidents, take_open, NULL, &cases);
	for (size_t i = 0; i < cases.count && exit_code == RCC_EXIT_OK; i++) {
		const struct rcc_view duties = {.what = RCC_VIEW_DUTIES, .id = cases.id[i], .near = RCC_POS_NONE};
		const struct rcc_view places = {.what = RCC_VIEW_PLACES, .id = cases.id[i], .near = RCC_POS_NONE};
		struct rcc_ctl_report owed = {.wants = is_owed};
		if (!ctl->is_json)
			fprintf(ctl->out, "\n%s\n",
			        rcc_ctl_incident_number(ctl, (struct rcc_incident_id){cases.id[i]}, number));
		exit_code = rcc_ctl_report_view(ctl, &duties, &owed, _("no duty is open"));
		if (exit_code == RCC_EXIT_OK)
			exit_code = rcc_ctl_show(ctl, &places, NULL, NULL);
	}
	return exit_code;
}

int
rcc_ctl_show_open(struct rcc_ctl *ctl)
{
	const struct {
		enum rcc_view_kind what;
		bool (*wants)(void *context, const json_t *row);
		const char *nothing;
	} parts[] = {
	    {RCC_VIEW_NEEDS, NULL, _("no need is open")},
	    {RCC_VIEW_HANDOVERS, is_between_centres, _("nothing is open between this centre and another")},
	    {RCC_VIEW_REQUESTS, is_asked, _("no place of safety is asked for between this centre and another")},
	};
	int exit_code = rcc_ctl_verb_queue(ctl);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_verb_incidents(ctl);
	for (size_t i = 0; i < sizeof parts / sizeof parts[0] && exit_code == RCC_EXIT_OK; i++) {
		const struct rcc_view view = {.what = parts[i].what, .near = RCC_POS_NONE};
		struct rcc_ctl_report report = {.wants = parts[i].wants};
		exit_code = rcc_ctl_report_view(ctl, &view, &report, parts[i].nothing);
	}
	return exit_code == RCC_EXIT_OK ? show_each_case(ctl) : exit_code;
}

int
rcc_ctl_verb_places(struct rcc_ctl *ctl)
{
	return show_of_case(ctl, RCC_VIEW_PLACES, _("no place of safety has been named in this case"));
}

int
rcc_ctl_verb_vessels(struct rcc_ctl *ctl)
{
	struct rcc_ctl_report report = {.details = NULL};
	struct rcc_view view = {.what = RCC_VIEW_VESSELS, .near = RCC_POS_NONE};
	const char *near = ctl->option[RCC_CTL_OPTION_NEAR];
	const char *within = ctl->option[RCC_CTL_OPTION_WITHIN];
	char pos[RCC_POS_TEXT_SIZE];
	if ((near == NULL) != (within == NULL))
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("--near POS and --within NM go together"));
	if (near != NULL && rcc_pos_parse(near, &view.near) != RCC_OK)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("'%s' is not a position: write it as \"35-12.40N 012-36.05E\""),
		                    near);
	if (within != NULL && !rcc_ctl_nm_parse(within, &view.within_m))
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("'%s' is not a distance in nautical miles"), within);
	/* Read back: a wrong reading of degrees and minutes shows here. */
	if (near != NULL && !ctl->is_json)
		fprintf(ctl->out, _("within %s nm of %s:\n"), within, rcc_pos_format(pos, view.near));
	return rcc_ctl_report_view(ctl, &view, &report, _("no vessels"));
}

int
rcc_ctl_verb_vessel(struct rcc_ctl *ctl)
{
	struct rcc_ctl_report report = {.details = "VESSEL"};
	struct rcc_view view = {.what = RCC_VIEW_VESSELS, .near = RCC_POS_NONE};
	if (rcc_mmsi_parse(ctl->operand[0], &view.mmsi) != RCC_OK || view.mmsi.v == 0)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("'%s' is not an MMSI: it has nine digits"), ctl->operand[0]);
	return show_one(ctl, &view, &report,
	                _("this vessel is not in the picture: no position or name of it was received"));
}

int
rcc_ctl_verb_peers(struct rcc_ctl *ctl)
{
	struct rcc_ctl_report report = {.details = NULL};
	const struct rcc_view view = {.what = RCC_VIEW_PEERS, .near = RCC_POS_NONE};
	return rcc_ctl_report_view(ctl, &view, &report, _("nobody is enrolled; `rccctl enrol` does that"));
}

int
rcc_ctl_verb_suggestions(struct rcc_ctl *ctl)
{
	struct rcc_ctl_report report = {.details = NULL};
	const struct rcc_view view = {.what = RCC_VIEW_SUGGESTIONS, .near = RCC_POS_NONE};
	return rcc_ctl_report_view(ctl, &view, &report, _("nothing may belong together that does not stand together"));
}

int
rcc_ctl_verb_handovers(struct rcc_ctl *ctl)
{
	struct rcc_ctl_report report = {.details = NULL};
	const struct rcc_view view = {.what = RCC_VIEW_HANDOVERS, .near = RCC_POS_NONE};
	return rcc_ctl_report_view(ctl, &view, &report, _("no handovers"));
}

int
rcc_ctl_verb_requests(struct rcc_ctl *ctl)
{
	struct rcc_ctl_report report = {.details = NULL};
	const struct rcc_view view = {.what = RCC_VIEW_REQUESTS, .near = RCC_POS_NONE};
	return rcc_ctl_report_view(ctl, &view, &report, _("no place of safety is asked of another centre, or by one"));
}

int
rcc_ctl_verb_plans(struct rcc_ctl *ctl)
{
	struct rcc_ctl_report report = {.details = NULL};
	const struct rcc_view view = {.what = RCC_VIEW_PLANS, .near = RCC_POS_NONE};
	return rcc_ctl_report_view(ctl, &view, &report, _("no sailing plans"));
}

/* A key by its name; an active one before one of the past. */
struct named {
	const char *name;
	uint32_t id;
};

static int
match_name(void *context, const char *line)
{
	struct named *named = context;
	json_t *row = json_loads(line, 0, NULL);
	const char *name = json_string_value(json_object_get(row, "name"));
	uint32_t id = (uint32_t)json_integer_value(json_object_get(row, "id"));
	bool is_active = json_object_get(row, "revoked") == NULL;
	if (name != NULL && strcmp(name, named->name) == 0 && id != 0 && (named->id == 0 || is_active))
		named->id = id;
	json_decref(row);
	return RCC_EXIT_OK;
}

int
rcc_ctl_verb_flood(struct rcc_ctl *ctl)
{
	struct rcc_ctl_report report = {.details = NULL};
	struct named named = {.name = ctl->operand[0]};
	struct rcc_view view = {.what = RCC_VIEW_PEERS, .near = RCC_POS_NONE};
	uint64_t id = 0;
	int exit_code = rcc_ctl_connect(ctl);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_view(ctl, &view, match_name, NULL, &named);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	/* A name of digits alone is a name first; else the number that `peers` shows. */
	if (named.id == 0 && rcc_ctl_uint_parse(named.name, RCC_PEERS_MAX, &id))
		named.id = (uint32_t)id;
	if (named.id == 0)
		return rcc_ctl_fail(RCC_EXIT_FAILED, _("nobody by the name of '%s' is enrolled; see `rccctl peers`"),
		                    named.name);
	view.what = RCC_VIEW_FLOOD;
	view.id = named.id;
	return rcc_ctl_report_view(ctl, &view, &report, _("none of its alerts is one of a flood"));
}

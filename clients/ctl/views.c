#include <string.h>

#include "ctl/ctl.h"
#include "ctl/table.h"
#include "librcc/i18n.h"
#include "rcc/text.h"

static const struct rcc_ctl_column incident_columns[] = {
    {N_("INCIDENT"), "incident", RCC_CTL_CELL_TEXT, false},
    {N_("STATUS"), "status", RCC_CTL_CELL_TEXT, false},
    {N_("PHASE"), "phase", RCC_CTL_CELL_TEXT, false},
    {N_("MODE"), "mode", RCC_CTL_CELL_TEXT, false},
    {N_("OPENED"), "opened", RCC_CTL_CELL_TIME, false},
    {N_("POSITION"), NULL, RCC_CTL_CELL_POS, false},
    {N_("NATURE"), "nature", RCC_CTL_CELL_TEXT, false},
    {N_("POB"), "persons", RCC_CTL_CELL_TEXT, true},
    {N_("MMSI"), "mmsi", RCC_CTL_CELL_TEXT, false},
    {N_("RELAY"), "relay", RCC_CTL_CELL_TEXT, false},
    {N_("TOLD"), "recipients", RCC_CTL_CELL_TEXT, true},
    {N_("STORED"), "stored", RCC_CTL_CELL_TEXT, true},
    {N_("READ"), "read", RCC_CTL_CELL_TEXT, true},
    {N_("ANSWERED"), "answered", RCC_CTL_CELL_TEXT, true},
    {N_("COMING"), "proceeding", RCC_CTL_CELL_TEXT, true},
    {N_("NAME"), "name", RCC_CTL_CELL_TEXT, false},
    {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column alert_columns[] = {
    {N_("ALERT"), "id", RCC_CTL_CELL_TEXT, true},           {N_("LANE"), "lane", RCC_CTL_CELL_TEXT, false},
    {N_("SENDER IS"), "verdict", RCC_CTL_CELL_TEXT, false}, {N_("MODE"), "mode", RCC_CTL_CELL_TEXT, false},
    {N_("SOURCE"), "source", RCC_CTL_CELL_TEXT, false},     {N_("RECORDED"), "recorded", RCC_CTL_CELL_TIME, false},
    {N_("SIGNALS"), "signals", RCC_CTL_CELL_TEXT, true},    {N_("INCIDENT"), "incident", RCC_CTL_CELL_TEXT, false},
    {N_("MMSI"), "mmsi", RCC_CTL_CELL_TEXT, false},         {N_("POSITION"), NULL, RCC_CTL_CELL_POS, false},
    {N_("NATURE"), "nature", RCC_CTL_CELL_TEXT, false},     {N_("NAME"), "name", RCC_CTL_CELL_TEXT, false},
    {N_("SENDER"), "sender", RCC_CTL_CELL_TEXT, false},     {N_("CATEGORY"), "category", RCC_CTL_CELL_TEXT, false},
    {N_("TEXT"), "text", RCC_CTL_CELL_TEXT, false},         {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column vessel_columns[] = {
    {N_("MMSI"), "mmsi", RCC_CTL_CELL_TEXT, false},
    {N_("KIND"), "kind", RCC_CTL_CELL_TEXT, false},
    {N_("POSITION"), NULL, RCC_CTL_CELL_POS, false},
    {N_("KN"), "sog_kn", RCC_CTL_CELL_TEXT, true},
    {N_("COG"), "cog_deg", RCC_CTL_CELL_TEXT, true},
    {N_("AGE S"), "age_s", RCC_CTL_CELL_TEXT, true},
    {N_("RANGE NM"), "range_nm", RCC_CTL_CELL_TEXT, true},
    {N_("REGISTERED"), "registered", RCC_CTL_CELL_TEXT, false},
    {N_("CALL SIGN"), "callsign", RCC_CTL_CELL_TEXT, false},
    {N_("NAME"), "name", RCC_CTL_CELL_TEXT, false},
    {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column delivery_columns[] = {
    {N_("SHIP"), "ship", RCC_CTL_CELL_TEXT, false},
    {N_("MMSI"), "mmsi", RCC_CTL_CELL_TEXT, false},
    {N_("NO"), "number", RCC_CTL_CELL_TEXT, true},
    {N_("REV"), "revision", RCC_CTL_CELL_TEXT, true},
    {N_("KIND"), "kind", RCC_CTL_CELL_TEXT, false},
    {N_("STATE"), "state", RCC_CTL_CELL_TEXT, false},
    {N_("CALLED ON"), "called_on", RCC_CTL_CELL_TEXT, false},
    {N_("RANGE NM"), "range_nm", RCC_CTL_CELL_TEXT, true},
    {N_("ETA"), "eta_min", RCC_CTL_CELL_MINUTES, true},
    {N_("QUEUED"), "queued", RCC_CTL_CELL_TIME, false},
    {N_("SENT"), "ms_to_sent", RCC_CTL_CELL_SECONDS, true},
    {N_("STORED"), "ms_to_stored", RCC_CTL_CELL_SECONDS, true},
    {N_("READ"), "ms_to_read", RCC_CTL_CELL_SECONDS, true},
    {N_("ANSWERED"), "ms_to_answered", RCC_CTL_CELL_SECONDS, true},
    {N_("ANSWER"), "answer", RCC_CTL_CELL_TEXT, false},
    {N_("ITS ETA"), "answer_eta_min", RCC_CTL_CELL_MINUTES, true},
    {N_("REASON"), "reason", RCC_CTL_CELL_TEXT, false},
    {N_("WARNINGS"), NULL, RCC_CTL_CELL_MARKS, false},
    {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column broadcast_columns[] = {
    {N_("BROADCAST"), "id", RCC_CTL_CELL_TEXT, true},    {N_("REV"), "revision", RCC_CTL_CELL_TEXT, true},
    {N_("KIND"), "kind", RCC_CTL_CELL_TEXT, false},      {N_("ISSUED"), "issued", RCC_CTL_CELL_TIME, false},
    {N_("BY"), "by", RCC_CTL_CELL_TEXT, false},          {N_("VERIFIED"), "verified", RCC_CTL_CELL_TEXT, false},
    {N_("TOLD"), "recipients", RCC_CTL_CELL_TEXT, true}, {N_("NOT STORED"), "unstored", RCC_CTL_CELL_TEXT, true},
    {N_("TEXT"), "text", RCC_CTL_CELL_TEXT, false},      {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column call_columns[] = {
    {N_("CALL BY DSC"), "mmsi", RCC_CTL_CELL_TEXT, false}, {N_("RANGE NM"), "range_nm", RCC_CTL_CELL_TEXT, true},
    {N_("ETA"), "eta_min", RCC_CTL_CELL_MINUTES, true},    {N_("POSITION"), NULL, RCC_CTL_CELL_POS, false},
    {N_("AGE S"), "age_s", RCC_CTL_CELL_TEXT, true},       {N_("CALL SIGN"), "callsign", RCC_CTL_CELL_TEXT, false},
    {N_("NAME"), "name", RCC_CTL_CELL_TEXT, false},        {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column peer_columns[] = {
    {N_("ID"), "id", RCC_CTL_CELL_TEXT, true},
    {N_("NAME"), "name", RCC_CTL_CELL_TEXT, false},
    {N_("ROLE"), "role", RCC_CTL_CELL_TEXT, false},
    {N_("MMSI"), "mmsi", RCC_CTL_CELL_TEXT, false},
    {N_("OWNER"), "owner", RCC_CTL_CELL_TEXT, false},
    {N_("ENROLLED"), "enrolled", RCC_CTL_CELL_TIME, false},
    {N_("REVOKED"), "revoked", RCC_CTL_CELL_TIME, false},
    {N_("CONNECTED"), "connected", RCC_CTL_CELL_TEXT, false},
    {N_("LAST HEARD"), "last_heard", RCC_CTL_CELL_TIME, false},
    {N_("SILENT"), "silent", RCC_CTL_CELL_TEXT, false},
    {N_("PORT"), "port", RCC_CTL_CELL_TEXT, false},
    {N_("ADMISSION"), "admission", RCC_CTL_CELL_TEXT, false},
    {N_("REFUSED"), "refused", RCC_CTL_CELL_TEXT, true},
    {N_("KEY"), "key", RCC_CTL_CELL_TEXT, false},
    {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column suggestion_columns[] = {
    {N_("ALERT"), "alert", RCC_CTL_CELL_TEXT, true},
    {N_("MAY BELONG TO"), "incident", RCC_CTL_CELL_TEXT, false},
    {N_("OF 100"), "score", RCC_CTL_CELL_TEXT, true},
    {N_("BECAUSE"), "reason", RCC_CTL_CELL_TEXT, false},
    {N_("STANDS IN"), "stands_in.incident", RCC_CTL_CELL_TEXT, false},
    {N_("SOURCE"), "source", RCC_CTL_CELL_TEXT, false},
    {N_("LANE"), "lane", RCC_CTL_CELL_TEXT, false},
    {N_("MMSI"), "mmsi", RCC_CTL_CELL_TEXT, false},
    {N_("NAME"), "name", RCC_CTL_CELL_TEXT, false},
    {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column plan_columns[] = {
    {N_("PLAN"), "id", RCC_CTL_CELL_TEXT, true},      {N_("MMSI"), "mmsi", RCC_CTL_CELL_TEXT, false},
    {N_("NAME"), "name", RCC_CTL_CELL_TEXT, false},   {N_("OVERDUE"), "overdue", RCC_CTL_CELL_TEXT, false},
    {N_("DUE"), "due", RCC_CTL_CELL_TIME, false},     {N_("HEARD"), "heard", RCC_CTL_CELL_TIME, false},
    {N_("ARRIVES"), "eta", RCC_CTL_CELL_TIME, false}, {N_("EVERY"), "interval_min", RCC_CTL_CELL_MINUTES, true},
    {N_("POB"), "persons", RCC_CTL_CELL_TEXT, true},  {N_("POSITION"), NULL, RCC_CTL_CELL_POS, false},
    {N_("FILED BY"), "by", RCC_CTL_CELL_TEXT, false}, {N_("TEXT"), "text", RCC_CTL_CELL_TEXT, false},
    {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column handover_columns[] = {
    {N_("HANDOVER"), "id", RCC_CTL_CELL_TEXT, true},
    {N_("INCIDENT"), "incident", RCC_CTL_CELL_TEXT, false},
    {N_("DIRECTION"), "direction", RCC_CTL_CELL_TEXT, false},
    {N_("CENTRE"), "centre", RCC_CTL_CELL_TEXT, false},
    {N_("THEIR NUMBER"), "their_incident", RCC_CTL_CELL_TEXT, false},
    {N_("STAGE"), "stage", RCC_CTL_CELL_TEXT, false},
    {N_("SINCE"), "since", RCC_CTL_CELL_TIME, false},
    {N_("OVERDUE"), "overdue", RCC_CTL_CELL_TEXT, false},
    {N_("THEY HAVE IT"), "stored", RCC_CTL_CELL_TEXT, false},
    {N_("WHO HAS THE CASE"), "who", RCC_CTL_CELL_TEXT, false},
    {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

/* Which columns a class of lines has. */
static const struct {
	const char *class_name;
	const struct rcc_ctl_column *column;
} layouts[] = {
    {"INCIDENT", incident_columns}, {"ALERT", alert_columns},           {"VESSEL", vessel_columns},
    {"CALL", call_columns},         {"BROADCAST", broadcast_columns},   {"DELIVERY", delivery_columns},
    {"PEER", peer_columns},         {"SUGGESTION", suggestion_columns}, {"PLAN", plan_columns},
    {"HANDOVER", handover_columns},
};

/* A view being printed. Lines of one class stand together; a new class starts a new table. */
struct report {
	FILE *out;
	bool is_json;
	const char *details;                 /* this class is shown member by member */
	uint64_t only_id;                    /* show only the line with this id; 0 = all */
	const struct rcc_ctl_column *column; /* of the table being filled; NULL = none yet */
	struct rcc_ctl_table table;
	uint64_t lines;
};

static const struct rcc_ctl_column *
find_layout(const char *class_name)
{
	for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++) {
		if (strcmp(layouts[i].class_name, class_name) == 0)
			return layouts[i].column;
	}
	return NULL;
}

static int
add_to_table(struct report *report, const struct rcc_ctl_column *column, const json_t *row)
{
	if (report->column != column) {
		if (report->column != NULL) {
			rcc_ctl_table_flush(&report->table);
			rcc_ctl_table_fini(&report->table);
		}
		if (report->lines > 0)
			fputc('\n', report->out);
		rcc_ctl_table_init(&report->table, column, report->out);
		report->column = column;
	}
	return rcc_ctl_table_add(&report->table, row) ? RCC_EXIT_OK : rcc_ctl_fail(RCC_EXIT_FAILED, _("out of memory"));
}

static int
print_line(void *context, const char *line)
{
	struct report *report = context;
	int exit_code = RCC_EXIT_OK;
	json_t *row = json_loads(line, 0, NULL);
	const char *class_name = json_string_value(json_object_get(row, "class"));
	if (class_name == NULL) {
		json_decref(row);
		return rcc_ctl_fail(RCC_EXIT_FAILED, _("rccd sent a line that is not JSON; see its log"));
	}
	const struct rcc_ctl_column *column = find_layout(class_name);
	bool is_wanted =
	    report->only_id == 0 || (uint64_t)json_integer_value(json_object_get(row, "id")) == report->only_id;
	if (is_wanted && report->is_json)
		fprintf(report->out, "%s\n", line);
	else if (is_wanted && (column == NULL || (report->details != NULL && strcmp(class_name, report->details) == 0)))
		rcc_ctl_details_print(row, report->out);
	else if (is_wanted)
		exit_code = add_to_table(report, column, row);
	report->lines += is_wanted ? 1 : 0;
	json_decref(row);
	return exit_code;
}

static void
print_page(void *context)
{
	struct report *report = context;
	if (report->column != NULL)
		rcc_ctl_table_flush(&report->table);
	fflush(report->out);
}

/* Shows a view; `nothing` (may be NULL) is said when it has no lines. */
static int
show_view(struct rcc_ctl *ctl, const struct rcc_view *view, struct report *report, const char *nothing)
{
	report->out = ctl->out;
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

/* A view of one thing that was named: that it is not there is a failure. */
static int
show_one(struct rcc_ctl *ctl, const struct rcc_view *view, struct report *report, const char *nothing)
{
	int exit_code = show_view(ctl, view, report, NULL);
	return exit_code == RCC_EXIT_OK && report->lines == 0 ? rcc_ctl_fail(RCC_EXIT_FAILED, "%s", nothing)
	                                                      : exit_code;
}

int
rcc_ctl_verb_status(struct rcc_ctl *ctl)
{
	struct report report = {.details = "STATUS"};
	const struct rcc_view view = {.what = RCC_VIEW_STATUS, .near = RCC_POS_NONE};
	return show_view(ctl, &view, &report, _("rccd says nothing of itself"));
}

int
rcc_ctl_verb_alerts(struct rcc_ctl *ctl)
{
	struct report report = {.details = NULL};
	const struct rcc_view view = {.what = RCC_VIEW_ALERTS, .near = RCC_POS_NONE};
	return show_view(ctl, &view, &report, _("no alerts"));
}

int
rcc_ctl_verb_alert(struct rcc_ctl *ctl)
{
	struct report report = {.details = "ALERT"};
	const struct rcc_view view = {.what = RCC_VIEW_ALERTS, .near = RCC_POS_NONE};
	if (!rcc_ctl_uint_parse(ctl->operand[0], UINT32_MAX, &report.only_id))
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("'%s' is not an alert: give its number, as `rccctl alerts` shows it"),
		                    ctl->operand[0]);
	return show_one(ctl, &view, &report, _("there is no such alert; `rccctl alerts` lists them"));
}

int
rcc_ctl_verb_incidents(struct rcc_ctl *ctl)
{
	struct report report = {.details = NULL};
	const struct rcc_view view = {.what = RCC_VIEW_INCIDENTS, .near = RCC_POS_NONE};
	return show_view(ctl, &view, &report, _("no incidents"));
}

/* A view of the incident that the first operand names. */
static int
show_case(struct rcc_ctl *ctl, enum rcc_view_kind what, const char *details, const char *nothing)
{
	struct report report = {.details = details};
	struct rcc_view view = {.what = what, .near = RCC_POS_NONE};
	struct rcc_incident_id incident;
	int exit_code = rcc_ctl_incident(ctl, ctl->operand[0], &incident);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	view.id = incident.v;
	return show_view(ctl, &view, &report, nothing);
}

int
rcc_ctl_verb_show(struct rcc_ctl *ctl)
{
	return show_case(ctl, RCC_VIEW_INCIDENT, "INCIDENT", _("no such incident"));
}

int
rcc_ctl_verb_deliveries(struct rcc_ctl *ctl)
{
	return show_case(ctl, RCC_VIEW_DELIVERIES, NULL, _("no ship has been told of this incident"));
}

int
rcc_ctl_verb_vessels(struct rcc_ctl *ctl)
{
	struct report report = {.details = NULL};
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
	return show_view(ctl, &view, &report, _("no vessels"));
}

int
rcc_ctl_verb_vessel(struct rcc_ctl *ctl)
{
	struct report report = {.details = "VESSEL"};
	struct rcc_view view = {.what = RCC_VIEW_VESSELS, .near = RCC_POS_NONE};
	if (rcc_mmsi_parse(ctl->operand[0], &view.mmsi) != RCC_OK || view.mmsi.v == 0)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("'%s' is not an MMSI: it has nine digits"), ctl->operand[0]);
	return show_one(ctl, &view, &report,
	                _("this vessel is not in the picture: no position or name of it was received"));
}

int
rcc_ctl_verb_peers(struct rcc_ctl *ctl)
{
	struct report report = {.details = NULL};
	const struct rcc_view view = {.what = RCC_VIEW_PEERS, .near = RCC_POS_NONE};
	return show_view(ctl, &view, &report, _("nobody is enrolled; `rccctl enrol` does that"));
}

int
rcc_ctl_verb_suggestions(struct rcc_ctl *ctl)
{
	struct report report = {.details = NULL};
	const struct rcc_view view = {.what = RCC_VIEW_SUGGESTIONS, .near = RCC_POS_NONE};
	return show_view(ctl, &view, &report, _("nothing may belong together that does not stand together"));
}

int
rcc_ctl_verb_handovers(struct rcc_ctl *ctl)
{
	struct report report = {.details = NULL};
	const struct rcc_view view = {.what = RCC_VIEW_HANDOVERS, .near = RCC_POS_NONE};
	return show_view(ctl, &view, &report, _("no handovers"));
}

int
rcc_ctl_verb_plans(struct rcc_ctl *ctl)
{
	struct report report = {.details = NULL};
	const struct rcc_view view = {.what = RCC_VIEW_PLANS, .near = RCC_POS_NONE};
	return show_view(ctl, &view, &report, _("no sailing plans"));
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
	struct report report = {.details = NULL};
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
	return show_view(ctl, &view, &report, _("none of its alerts is one of a flood"));
}

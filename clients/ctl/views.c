#include <string.h>

#include "ctl/ctl.h"
#include "ctl/table.h"
#include "librcc/i18n.h"
#include "rcc/text.h"

static const struct ctl_column incident_columns[] = {
    {N_("INCIDENT"), "incident", CTL_CELL_TEXT, false},
    {N_("STATUS"), "status", CTL_CELL_TEXT, false},
    {N_("PHASE"), "phase", CTL_CELL_TEXT, false},
    {N_("MODE"), "mode", CTL_CELL_TEXT, false},
    {N_("OPENED"), "opened", CTL_CELL_TIME, false},
    {N_("POSITION"), NULL, CTL_CELL_POS, false},
    {N_("NATURE"), "nature", CTL_CELL_TEXT, false},
    {N_("POB"), "persons", CTL_CELL_TEXT, true},
    {N_("MMSI"), "mmsi", CTL_CELL_TEXT, false},
    {N_("RELAY"), "relay", CTL_CELL_TEXT, false},
    {N_("TOLD"), "recipients", CTL_CELL_TEXT, true},
    {N_("STORED"), "stored", CTL_CELL_TEXT, true},
    {N_("READ"), "read", CTL_CELL_TEXT, true},
    {N_("ANSWERED"), "answered", CTL_CELL_TEXT, true},
    {N_("COMING"), "proceeding", CTL_CELL_TEXT, true},
    {N_("NAME"), "name", CTL_CELL_TEXT, false},
    {NULL, NULL, CTL_CELL_TEXT, false},
};

static const struct ctl_column alert_columns[] = {
    {N_("ALERT"), "id", CTL_CELL_TEXT, true},           {N_("LANE"), "lane", CTL_CELL_TEXT, false},
    {N_("SENDER IS"), "verdict", CTL_CELL_TEXT, false}, {N_("MODE"), "mode", CTL_CELL_TEXT, false},
    {N_("SOURCE"), "source", CTL_CELL_TEXT, false},     {N_("RECORDED"), "recorded", CTL_CELL_TIME, false},
    {N_("SIGNALS"), "signals", CTL_CELL_TEXT, true},    {N_("INCIDENT"), "incident", CTL_CELL_TEXT, false},
    {N_("MMSI"), "mmsi", CTL_CELL_TEXT, false},         {N_("POSITION"), NULL, CTL_CELL_POS, false},
    {N_("NATURE"), "nature", CTL_CELL_TEXT, false},     {N_("NAME"), "name", CTL_CELL_TEXT, false},
    {N_("SENDER"), "sender", CTL_CELL_TEXT, false},     {N_("WARNINGS"), NULL, CTL_CELL_MARKS, false},
    {N_("TEXT"), "text", CTL_CELL_TEXT, false},         {NULL, NULL, CTL_CELL_TEXT, false},
};

static const struct ctl_column vessel_columns[] = {
    {N_("MMSI"), "mmsi", CTL_CELL_TEXT, false},
    {N_("KIND"), "kind", CTL_CELL_TEXT, false},
    {N_("POSITION"), NULL, CTL_CELL_POS, false},
    {N_("KN"), "sog_kn", CTL_CELL_TEXT, true},
    {N_("COG"), "cog_deg", CTL_CELL_TEXT, true},
    {N_("AGE S"), "age_s", CTL_CELL_TEXT, true},
    {N_("RANGE NM"), "range_nm", CTL_CELL_TEXT, true},
    {N_("REGISTERED"), "registered", CTL_CELL_TEXT, false},
    {N_("CALL SIGN"), "callsign", CTL_CELL_TEXT, false},
    {N_("NAME"), "name", CTL_CELL_TEXT, false},
    {NULL, NULL, CTL_CELL_TEXT, false},
};

static const struct ctl_column delivery_columns[] = {
    {N_("SHIP"), "ship", CTL_CELL_TEXT, false},
    {N_("MMSI"), "mmsi", CTL_CELL_TEXT, false},
    {N_("NO"), "number", CTL_CELL_TEXT, true},
    {N_("REV"), "revision", CTL_CELL_TEXT, true},
    {N_("KIND"), "kind", CTL_CELL_TEXT, false},
    {N_("STATE"), "state", CTL_CELL_TEXT, false},
    {N_("CALLED ON"), "called_on", CTL_CELL_TEXT, false},
    {N_("RANGE NM"), "range_nm", CTL_CELL_TEXT, true},
    {N_("ETA"), "eta_min", CTL_CELL_MINUTES, true},
    {N_("SENT"), "ms_to_sent", CTL_CELL_SECONDS, true},
    {N_("STORED"), "ms_to_stored", CTL_CELL_SECONDS, true},
    {N_("READ"), "ms_to_read", CTL_CELL_SECONDS, true},
    {N_("ANSWER"), "answer", CTL_CELL_TEXT, false},
    {N_("ITS ETA"), "answer_eta_min", CTL_CELL_MINUTES, true},
    {N_("REASON"), "reason", CTL_CELL_TEXT, false},
    {N_("WARNINGS"), NULL, CTL_CELL_MARKS, false},
    {NULL, NULL, CTL_CELL_TEXT, false},
};

static const struct ctl_column broadcast_columns[] = {
    {N_("BROADCAST"), "id", CTL_CELL_TEXT, true},    {N_("REV"), "revision", CTL_CELL_TEXT, true},
    {N_("KIND"), "kind", CTL_CELL_TEXT, false},      {N_("ISSUED"), "issued", CTL_CELL_TIME, false},
    {N_("BY"), "by", CTL_CELL_TEXT, false},          {N_("VERIFIED"), "verified", CTL_CELL_TEXT, false},
    {N_("TOLD"), "recipients", CTL_CELL_TEXT, true}, {N_("NOT STORED"), "unstored", CTL_CELL_TEXT, true},
    {N_("TEXT"), "text", CTL_CELL_TEXT, false},      {NULL, NULL, CTL_CELL_TEXT, false},
};

static const struct ctl_column call_columns[] = {
    {N_("CALL BY DSC"), "mmsi", CTL_CELL_TEXT, false}, {N_("RANGE NM"), "range_nm", CTL_CELL_TEXT, true},
    {N_("ETA"), "eta_min", CTL_CELL_MINUTES, true},    {N_("POSITION"), NULL, CTL_CELL_POS, false},
    {N_("AGE S"), "age_s", CTL_CELL_TEXT, true},       {N_("CALL SIGN"), "callsign", CTL_CELL_TEXT, false},
    {N_("NAME"), "name", CTL_CELL_TEXT, false},        {NULL, NULL, CTL_CELL_TEXT, false},
};

static const struct ctl_column peer_columns[] = {
    {N_("ID"), "id", CTL_CELL_TEXT, true},
    {N_("NAME"), "name", CTL_CELL_TEXT, false},
    {N_("ROLE"), "role", CTL_CELL_TEXT, false},
    {N_("MMSI"), "mmsi", CTL_CELL_TEXT, false},
    {N_("OWNER"), "owner", CTL_CELL_TEXT, false},
    {N_("ENROLLED"), "enrolled", CTL_CELL_TIME, false},
    {N_("REVOKED"), "revoked", CTL_CELL_TIME, false},
    {N_("CONNECTED"), "connected", CTL_CELL_TEXT, false},
    {N_("LAST HEARD"), "last_heard", CTL_CELL_TIME, false},
    {N_("SILENT"), "silent", CTL_CELL_TEXT, false},
    {N_("REFUSED"), "refused", CTL_CELL_TEXT, true},
    {N_("KEY"), "key", CTL_CELL_TEXT, false},
    {NULL, NULL, CTL_CELL_TEXT, false},
};

/* Which columns a class of lines has. */
static const struct {
	const char *class_name;
	const struct ctl_column *column;
} layouts[] = {
    {"INCIDENT", incident_columns}, {"ALERT", alert_columns},         {"VESSEL", vessel_columns},
    {"CALL", call_columns},         {"BROADCAST", broadcast_columns}, {"DELIVERY", delivery_columns},
    {"PEER", peer_columns},
};

/* A view being printed. Lines of one class stand together; a new class starts a new table. */
struct report {
	FILE *out;
	bool is_json;
	const char *details;             /* this class is shown member by member */
	uint64_t only_id;                /* show only the line with this id; 0 = all */
	const struct ctl_column *column; /* of the table being filled; NULL = none yet */
	struct ctl_table table;
	uint64_t lines;
};

static const struct ctl_column *
find_layout(const char *class_name)
{
	for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++) {
		if (strcmp(layouts[i].class_name, class_name) == 0)
			return layouts[i].column;
	}
	return NULL;
}

static int
add_to_table(struct report *report, const struct ctl_column *column, const json_t *row)
{
	if (report->column != column) {
		if (report->column != NULL) {
			ctl_table_flush(&report->table);
			ctl_table_fini(&report->table);
		}
		if (report->lines > 0)
			fputc('\n', report->out);
		ctl_table_init(&report->table, column, report->out);
		report->column = column;
	}
	return ctl_table_add(&report->table, row) ? RCC_EXIT_OK : ctl_fail(RCC_EXIT_FAILED, _("out of memory"));
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
		return ctl_fail(RCC_EXIT_FAILED, _("rccd sent a line that is not JSON; see its log"));
	}
	const struct ctl_column *column = find_layout(class_name);
	bool is_wanted =
	    report->only_id == 0 || (uint64_t)json_integer_value(json_object_get(row, "id")) == report->only_id;
	if (is_wanted && report->is_json)
		fprintf(report->out, "%s\n", line);
	else if (is_wanted && (column == NULL || (report->details != NULL && strcmp(class_name, report->details) == 0)))
		ctl_details_print(row, report->out);
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
		ctl_table_flush(&report->table);
	fflush(report->out);
}

/* Shows a view; `nothing` is said when it has no lines. */
static int
show_view(struct ctl *ctl, const struct rcc_view *view, struct report *report, const char *nothing)
{
	report->out = ctl->out;
	report->is_json = ctl->is_json;
	int exit_code = ctl_connect(ctl);
	if (exit_code == RCC_EXIT_OK)
		exit_code = ctl_view(ctl, view, print_line, print_page, report);
	if (report->column != NULL)
		ctl_table_fini(&report->table);
	if (exit_code == RCC_EXIT_OK && report->lines == 0 && !ctl->is_json)
		fprintf(ctl->out, "%s\n", nothing);
	return exit_code;
}

int
ctl_verb_status(struct ctl *ctl)
{
	struct report report = {.details = "STATUS"};
	const struct rcc_view view = {.what = RCC_VIEW_STATUS, .near = RCC_POS_NONE};
	return show_view(ctl, &view, &report, _("rccd says nothing of itself"));
}

int
ctl_verb_alerts(struct ctl *ctl)
{
	struct report report = {.details = NULL};
	const struct rcc_view view = {.what = RCC_VIEW_ALERTS, .near = RCC_POS_NONE};
	return show_view(ctl, &view, &report, _("no alerts"));
}

int
ctl_verb_alert(struct ctl *ctl)
{
	struct report report = {.details = "ALERT"};
	const struct rcc_view view = {.what = RCC_VIEW_ALERTS, .near = RCC_POS_NONE};
	if (!ctl_uint_parse(ctl->operand[0], UINT32_MAX, &report.only_id))
		return ctl_fail(RCC_EXIT_USAGE, _("'%s' is not an alert: give its number, as `rccctl alerts` shows it"),
		                ctl->operand[0]);
	int exit_code = show_view(ctl, &view, &report, _("no such alert"));
	return exit_code == RCC_EXIT_OK && report.lines == 0 ? RCC_EXIT_FAILED : exit_code;
}

int
ctl_verb_incidents(struct ctl *ctl)
{
	struct report report = {.details = NULL};
	const struct rcc_view view = {.what = RCC_VIEW_INCIDENTS, .near = RCC_POS_NONE};
	return show_view(ctl, &view, &report, _("no incidents"));
}

/* A view of the incident that the first operand names. */
static int
show_case(struct ctl *ctl, enum rcc_view_kind what, const char *details, const char *nothing)
{
	struct report report = {.details = details};
	struct rcc_view view = {.what = what, .near = RCC_POS_NONE};
	struct rcc_incident_id incident;
	int exit_code = ctl_incident(ctl, ctl->operand[0], &incident);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	view.id = incident.v;
	return show_view(ctl, &view, &report, nothing);
}

int
ctl_verb_show(struct ctl *ctl)
{
	return show_case(ctl, RCC_VIEW_INCIDENT, "INCIDENT", _("no such incident"));
}

int
ctl_verb_deliveries(struct ctl *ctl)
{
	return show_case(ctl, RCC_VIEW_DELIVERIES, NULL, _("no ship has been told of this incident"));
}

int
ctl_verb_vessels(struct ctl *ctl)
{
	struct report report = {.details = NULL};
	struct rcc_view view = {.what = RCC_VIEW_VESSELS, .near = RCC_POS_NONE};
	const char *near = ctl->option[CTL_OPTION_NEAR];
	const char *within = ctl->option[CTL_OPTION_WITHIN];
	char pos[RCC_POS_TEXT_SIZE];
	if ((near == NULL) != (within == NULL))
		return ctl_fail(RCC_EXIT_USAGE, _("--near POS and --within NM go together"));
	if (near != NULL && rcc_pos_parse(near, &view.near) != RCC_OK)
		return ctl_fail(RCC_EXIT_USAGE, _("'%s' is not a position: write it as \"35-12.40N 012-36.05E\""),
		                near);
	if (within != NULL && !ctl_nm_parse(within, &view.within_m))
		return ctl_fail(RCC_EXIT_USAGE, _("'%s' is not a distance in nautical miles"), within);
	/* Read back: a wrong reading of degrees and minutes shows here. */
	if (near != NULL && !ctl->is_json)
		fprintf(ctl->out, _("within %s nm of %s:\n"), within, rcc_pos_format(pos, view.near));
	return show_view(ctl, &view, &report, _("no vessels"));
}

int
ctl_verb_vessel(struct ctl *ctl)
{
	struct report report = {.details = "VESSEL"};
	struct rcc_view view = {.what = RCC_VIEW_VESSELS, .near = RCC_POS_NONE};
	if (rcc_mmsi_parse(ctl->operand[0], &view.mmsi) != RCC_OK || view.mmsi.v == 0)
		return ctl_fail(RCC_EXIT_USAGE, _("'%s' is not an MMSI: it has nine digits"), ctl->operand[0]);
	int exit_code = show_view(ctl, &view, &report, _("not in the picture: no position or name was received"));
	return exit_code == RCC_EXIT_OK && report.lines == 0 ? RCC_EXIT_FAILED : exit_code;
}

int
ctl_verb_peers(struct ctl *ctl)
{
	struct report report = {.details = NULL};
	const struct rcc_view view = {.what = RCC_VIEW_PEERS, .near = RCC_POS_NONE};
	return show_view(ctl, &view, &report, _("nobody is enrolled; `rccctl enrol` does that"));
}

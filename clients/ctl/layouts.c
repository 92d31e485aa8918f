/*
 * The tables that officers read. Columns stand in the order in which they are wanted: on a narrow terminal the later ones
 * move under their row.
 */
#include <string.h>

#include "ctl/table.h"
#include "librcc/i18n.h"

static const struct rcc_ctl_column incident_columns[] = {
    {N_("INCIDENT"), "incident", RCC_CTL_CELL_TEXT, false},
    {N_("STATUS"), "status", RCC_CTL_CELL_TEXT, false},
    {N_("PHASE"), "phase", RCC_CTL_CELL_TEXT, false},
    {N_("POSITION"), NULL, RCC_CTL_CELL_POS, false},
    {N_("NATURE"), "nature", RCC_CTL_CELL_TEXT, false},
    {N_("POB"), "persons", RCC_CTL_CELL_TEXT, true},
    {N_("MMSI"), "mmsi", RCC_CTL_CELL_TEXT, false},
    {N_("NAME"), "name", RCC_CTL_CELL_TEXT, false},
    {N_("RELAY"), "relay", RCC_CTL_CELL_TEXT, false},
    {N_("SHIPS"), "recipients", RCC_CTL_CELL_TEXT, true},
    {N_("STORED"), "stored", RCC_CTL_CELL_TEXT, true},
    {N_("READ"), "read", RCC_CTL_CELL_TEXT, true},
    {N_("ANSWERED"), "answered", RCC_CTL_CELL_TEXT, true},
    {N_("COMING"), "proceeding", RCC_CTL_CELL_TEXT, true},
    {N_("MODE"), "mode", RCC_CTL_CELL_TEXT, false},
    {N_("OPENED"), "opened", RCC_CTL_CELL_TIME, false},
    {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column alert_columns[] = {
    {N_("ALERT"), "id", RCC_CTL_CELL_TEXT, true},
    {N_("LANE"), "lane", RCC_CTL_CELL_TEXT, false},
    {N_("INCIDENT"), "incident", RCC_CTL_CELL_TEXT, false},
    {N_("SOURCE"), "source", RCC_CTL_CELL_TEXT, false},
    {N_("POSITION"), NULL, RCC_CTL_CELL_POS, false},
    {N_("NATURE"), "nature", RCC_CTL_CELL_TEXT, false},
    {N_("POB"), "persons", RCC_CTL_CELL_TEXT, true},
    {N_("MMSI"), "mmsi", RCC_CTL_CELL_TEXT, false},
    {N_("NAME"), "name", RCC_CTL_CELL_TEXT, false},
    {N_("RECORDED"), "recorded", RCC_CTL_CELL_TIME, false},
    {N_("SIGNALS"), "signals", RCC_CTL_CELL_TEXT, true},
    {N_("SENDER"), "sender", RCC_CTL_CELL_TEXT, false},
    {N_("SENDER IS"), "verdict", RCC_CTL_CELL_TEXT, false},
    {N_("MODE"), "mode", RCC_CTL_CELL_TEXT, false},
    {N_("CATEGORY"), "category", RCC_CTL_CELL_TEXT, false},
    {N_("TEXT"), "text", RCC_CTL_CELL_TEXT, false},
    {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column vessel_columns[] = {
    {N_("MMSI"), "mmsi", RCC_CTL_CELL_TEXT, false},
    {N_("KIND"), "kind", RCC_CTL_CELL_TEXT, false},
    {N_("POSITION"), NULL, RCC_CTL_CELL_POS, false},
    {N_("KN"), "sog_kn", RCC_CTL_CELL_TEXT, true},
    {N_("COG"), "cog_deg", RCC_CTL_CELL_TEXT, true},
    {N_("AGE S"), "age_s", RCC_CTL_CELL_TEXT, true},
    {N_("RANGE NM"), "range_nm", RCC_CTL_CELL_TEXT, true},
    {N_("NAME"), "name", RCC_CTL_CELL_TEXT, false},
    {N_("CALL SIGN"), "callsign", RCC_CTL_CELL_TEXT, false},
    {N_("REGISTERED"), "registered", RCC_CTL_CELL_TEXT, false},
    {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column delivery_columns[] = {
    {N_("SHIP"), "ship", RCC_CTL_CELL_TEXT, false},
    {N_("MMSI"), "mmsi", RCC_CTL_CELL_TEXT, false},
    {N_("STATE"), "state", RCC_CTL_CELL_TEXT, false},
    {N_("ANSWER"), "answered_with", RCC_CTL_CELL_TEXT, false},
    {N_("ITS ETA"), "answer_eta_min", RCC_CTL_CELL_MINUTES, true},
    {N_("REASON"), "reason", RCC_CTL_CELL_TEXT, false},
    {N_("WARNINGS"), NULL, RCC_CTL_CELL_MARKS, false},
    {N_("RANGE NM"), "range_nm", RCC_CTL_CELL_TEXT, true},
    {N_("ETA"), "eta_min", RCC_CTL_CELL_MINUTES, true},
    {N_("CALLED ON"), "called_on", RCC_CTL_CELL_TEXT, false},
    {N_("KIND"), "kind", RCC_CTL_CELL_TEXT, false},
    {N_("REV"), "revision", RCC_CTL_CELL_TEXT, true},
    {N_("NO"), "number", RCC_CTL_CELL_TEXT, true},
    {N_("QUEUED"), "queued", RCC_CTL_CELL_TIME, false},
    {N_("SENT"), "ms_to_sent", RCC_CTL_CELL_SECONDS, true},
    {N_("STORED"), "ms_to_stored", RCC_CTL_CELL_SECONDS, true},
    {N_("READ"), "ms_to_read", RCC_CTL_CELL_SECONDS, true},
    {N_("ANSWERED"), "ms_to_answered", RCC_CTL_CELL_SECONDS, true},
    {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column broadcast_columns[] = {
    {N_("BROADCAST"), "id", RCC_CTL_CELL_TEXT, true},
    {N_("REV"), "revision", RCC_CTL_CELL_TEXT, true},
    {N_("KIND"), "kind", RCC_CTL_CELL_TEXT, false},
    {N_("ISSUED"), "issued", RCC_CTL_CELL_TIME, false},
    {N_("SHIPS"), "recipients", RCC_CTL_CELL_TEXT, true},
    {N_("NOT STORED"), "unstored", RCC_CTL_CELL_TEXT, true},
    {N_("OVERTAKEN"), "overtaken", RCC_CTL_CELL_TEXT, true},
    {N_("VERIFIED"), "verified", RCC_CTL_CELL_TEXT, false},
    {N_("BY"), "by", RCC_CTL_CELL_TEXT, false},
    {N_("TEXT"), "text", RCC_CTL_CELL_TEXT, false},
    {NULL, NULL, RCC_CTL_CELL_TEXT, false},
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
    {N_("CONNECTED"), "connected", RCC_CTL_CELL_TEXT, false},
    {N_("LAST HEARD"), "last_heard", RCC_CTL_CELL_TIME, false},
    {N_("SILENT"), "silent", RCC_CTL_CELL_TEXT, false},
    {N_("PORT"), "port", RCC_CTL_CELL_TEXT, false},
    {N_("ADMISSION"), "admission", RCC_CTL_CELL_TEXT, false},
    {N_("REFUSED"), "refused", RCC_CTL_CELL_TEXT, true},
    {N_("OWNER"), "owner", RCC_CTL_CELL_TEXT, false},
    {N_("ENROLLED"), "enrolled", RCC_CTL_CELL_TIME, false},
    {N_("REVOKED"), "revoked", RCC_CTL_CELL_TIME, false},
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
    {N_("DUE"), "due", RCC_CTL_CELL_TIME, false},     {N_("POSITION"), NULL, RCC_CTL_CELL_POS, false},
    {N_("POB"), "persons", RCC_CTL_CELL_TEXT, true},  {N_("HEARD"), "heard", RCC_CTL_CELL_TIME, false},
    {N_("ARRIVES"), "eta", RCC_CTL_CELL_TIME, false}, {N_("EVERY"), "interval_min", RCC_CTL_CELL_MINUTES, true},
    {N_("FILED BY"), "by", RCC_CTL_CELL_TEXT, false}, {N_("TEXT"), "text", RCC_CTL_CELL_TEXT, false},
    {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column persons_columns[] = {
    {N_("WHERE"), "where", RCC_CTL_CELL_TEXT, false},
    {N_("MMSI"), "mmsi", RCC_CTL_CELL_TEXT, false},
    {N_("SHIP"), "ship", RCC_CTL_CELL_TEXT, false},
    {N_("PLACE"), "ashore_at", RCC_CTL_CELL_TEXT, false},
    {N_("PERSONS"), "persons", RCC_CTL_CELL_TEXT, true},
    {N_("MEN"), "men", RCC_CTL_CELL_TEXT, true},
    {N_("WOMEN"), "women", RCC_CTL_CELL_TEXT, true},
    {N_("ADULTS"), "adults", RCC_CTL_CELL_TEXT, true},
    {N_("CHILDREN"), "children", RCC_CTL_CELL_TEXT, true},
    {N_("ALONE"), "unaccompanied", RCC_CTL_CELL_TEXT, true},
    {N_("INFANTS"), "infants", RCC_CTL_CELL_TEXT, true},
    {N_("PREGNANT"), "pregnant", RCC_CTL_CELL_TEXT, true},
    {N_("INJURED"), "injured", RCC_CTL_CELL_TEXT, true},
    {N_("DISABLED"), "disabled", RCC_CTL_CELL_TEXT, true},
    {N_("FAMILIES"), "families", RCC_CTL_CELL_TEXT, true},
    {N_("SAID BY"), "source", RCC_CTL_CELL_TEXT, false},
    {N_("AT"), "time", RCC_CTL_CELL_TIME, false},
    {N_("SHE SAYS"), "reported.persons", RCC_CTL_CELL_TEXT, true},
    {N_("SAFE UNTIL"), "reported.safe_until", RCC_CTL_CELL_TIME, false},
    {N_("WARNINGS"), NULL, RCC_CTL_CELL_MARKS, false},
    {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column balance_columns[] = {
    {N_("BALANCE OF"), "incident", RCC_CTL_CELL_TEXT, false},
    {N_("TOTAL"), "total", RCC_CTL_CELL_TEXT, true},
    {N_("AT RISK"), "at_risk", RCC_CTL_CELL_TEXT, true},
    {N_("ABOARD"), "aboard", RCC_CTL_CELL_TEXT, true},
    {N_("LANDED"), "landed", RCC_CTL_CELL_TEXT, true},
    {N_("MISSING"), "missing", RCC_CTL_CELL_TEXT, true},
    {N_("DEAD"), "dead", RCC_CTL_CELL_TEXT, true},
    {N_("SAFE ALONE"), "safe_alone", RCC_CTL_CELL_TEXT, true},
    {N_("UNKNOWN"), "unknown_outcome", RCC_CTL_CELL_TEXT, true},
    {N_("NEVER"), "never", RCC_CTL_CELL_TEXT, true},
    {N_("CLOSES"), "closes", RCC_CTL_CELL_TEXT, false},
    {N_("OPEN NEEDS"), "needs_open", RCC_CTL_CELL_TEXT, true},
    {N_("FIRST ABOARD"), "first_aboard", RCC_CTL_CELL_TIME, false},
    {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column need_columns[] = {
    {N_("NEED"), "id", RCC_CTL_CELL_TEXT, true},
    {N_("INCIDENT"), "incident", RCC_CTL_CELL_TEXT, false},
    {N_("KIND"), "kind", RCC_CTL_CELL_TEXT, false},
    {N_("STATE"), "state", RCC_CTL_CELL_TEXT, false},
    {N_("MMSI"), "mmsi", RCC_CTL_CELL_TEXT, false},
    {N_("SHIP"), "ship", RCC_CTL_CELL_TEXT, false},
    {N_("QUANTITY"), "quantity", RCC_CTL_CELL_TEXT, true},
    {N_("ASKED"), "asked", RCC_CTL_CELL_TIME, false},
    {N_("DUE"), "due", RCC_CTL_CELL_TIME, false},
    {N_("WARNINGS"), NULL, RCC_CTL_CELL_MARKS, false},
    {N_("ANSWER"), "answer", RCC_CTL_CELL_TEXT, false},
    {N_("TEXT"), "text", RCC_CTL_CELL_TEXT, false},
    {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column note_columns[] = {
    {N_("NOTE"), "id", RCC_CTL_CELL_TEXT, true},
    {N_("KIND"), "kind", RCC_CTL_CELL_TEXT, false},
    {N_("HAPPENED"), "happened", RCC_CTL_CELL_TIME, false},
    {N_("RECORDED"), "recorded", RCC_CTL_CELL_TIME, false},
    {N_("BY"), "by", RCC_CTL_CELL_TEXT, false},
    {N_("AUTHORITY"), "authority", RCC_CTL_CELL_TEXT, false},
    {N_("SHIP"), "ship", RCC_CTL_CELL_TEXT, false},
    {N_("SEALED"), "restricted", RCC_CTL_CELL_TEXT, false},
    {N_("TEXT"), "text", RCC_CTL_CELL_TEXT, false},
    {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column circular_columns[] = {
    {N_("NUMBER"), "id", RCC_CTL_CELL_TEXT, true},
    {N_("KIND"), "kind", RCC_CTL_CELL_TEXT, false},
    {N_("REVISION"), "revision", RCC_CTL_CELL_TEXT, true},
    {N_("ISSUED"), "issued", RCC_CTL_CELL_TIME, false},
    {N_("BY"), "by", RCC_CTL_CELL_TEXT, false},
    {N_("EXPIRES"), "expires", RCC_CTL_CELL_TIME, false},
    {N_("CURRENT"), "current", RCC_CTL_CELL_TEXT, false},
    {N_("SHIPS"), "recipients", RCC_CTL_CELL_TEXT, true},
    {N_("STORED"), "stored", RCC_CTL_CELL_TEXT, true},
    {N_("READ"), "read", RCC_CTL_CELL_TEXT, true},
    {N_("TEXT"), "text", RCC_CTL_CELL_TEXT, false},
    {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column circular_line_columns[] = {
    {N_("SHIP"), "ship", RCC_CTL_CELL_TEXT, false},     {N_("MMSI"), "mmsi", RCC_CTL_CELL_TEXT, false},
    {N_("STATE"), "state", RCC_CTL_CELL_TEXT, false},   {N_("SENT"), "sent", RCC_CTL_CELL_TIME, false},
    {N_("STORED"), "stored", RCC_CTL_CELL_TIME, false}, {N_("READ"), "read", RCC_CTL_CELL_TIME, false},
    {N_("BY"), "read_by", RCC_CTL_CELL_TEXT, false},    {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column duty_columns[] = {
    {N_("DUTY"), "id", RCC_CTL_CELL_TEXT, true},       {N_("RULE"), "rule", RCC_CTL_CELL_TEXT, false},
    {N_("OWED BY"), "name", RCC_CTL_CELL_TEXT, false}, {N_("MMSI"), "mmsi", RCC_CTL_CELL_TEXT, false},
    {N_("STATE"), "state", RCC_CTL_CELL_TEXT, false},  {N_("DUE"), "due", RCC_CTL_CELL_TIME, false},
    {N_("SINCE"), "opened", RCC_CTL_CELL_TIME, false}, {N_("CHANGED"), "changed", RCC_CTL_CELL_TIME, false},
    {N_("LATE"), "late", RCC_CTL_CELL_TEXT, false},    {N_("WHAT"), "what", RCC_CTL_CELL_TEXT, false},
    {N_("LAW"), "law", RCC_CTL_CELL_TEXT, false},      {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column ship_duty_columns[] = {
    {N_("SHIP"), "name", RCC_CTL_CELL_TEXT, false},
    {N_("MMSI"), "mmsi", RCC_CTL_CELL_TEXT, false},
    {N_("COULD KNOW"), "could_know", RCC_CTL_CELL_TIME, false},
    {N_("KNEW"), "knew", RCC_CTL_CELL_TIME, false},
    {N_("ANSWER"), "answer", RCC_CTL_CELL_TEXT, false},
    {N_("REASON"), "reason", RCC_CTL_CELL_TEXT, false},
    {N_("ARRIVED"), "arrived", RCC_CTL_CELL_TIME, false},
    {N_("ASSIST"), "assist", RCC_CTL_CELL_TEXT, false},
    {N_("REQUISITION"), "requisition", RCC_CTL_CELL_TEXT, false},
    {N_("RELEASED"), "released", RCC_CTL_CELL_TEXT, false},
    {N_("BEFORE"), "course_before", RCC_CTL_CELL_TEXT, false},
    {N_("TURNED TO IT"), "towards_since", RCC_CTL_CELL_TIME, false},
    {N_("STEERS"), "course", RCC_CTL_CELL_TEXT, false},
    {N_("TEXT"), "answer_text", RCC_CTL_CELL_TEXT, false},
    {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column obstacle_columns[] = {
    {N_("OPEN"), "kind", RCC_CTL_CELL_TEXT, false}, {N_("PERSONS"), "count", RCC_CTL_CELL_TEXT, true},
    {N_("SHIP"), "name", RCC_CTL_CELL_TEXT, false}, {N_("MMSI"), "mmsi", RCC_CTL_CELL_TEXT, false},
    {N_("DUTY"), "duty", RCC_CTL_CELL_TEXT, true},  {N_("PART"), "part.incident", RCC_CTL_CELL_TEXT, false},
    {N_("WHAT"), "what", RCC_CTL_CELL_TEXT, false}, {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column rank_columns[] = {
    {N_("NO"), "order", RCC_CTL_CELL_TEXT, true},         {N_("MMSI"), "mmsi", RCC_CTL_CELL_TEXT, false},
    {N_("ETA"), "eta_min", RCC_CTL_CELL_MINUTES, true},   {N_("SPEED"), "speed_is", RCC_CTL_CELL_TEXT, false},
    {N_("NM"), "range_nm", RCC_CTL_CELL_TEXT, true},      {N_("LIFT"), "recovery", RCC_CTL_CELL_TEXT, false},
    {N_("PLACES"), "capacity", RCC_CTL_CELL_TEXT, false}, {N_("MEDICAL"), "medical", RCC_CTL_CELL_TEXT, false},
    {N_("FUEL"), "endurance", RCC_CTL_CELL_TEXT, false},  {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column excluded_columns[] = {
    {N_("NOT RANKED"), "mmsi", RCC_CTL_CELL_TEXT, false},
    {N_("BECAUSE"), "why", RCC_CTL_CELL_TEXT, false},
    {N_("REASON"), "reason", RCC_CTL_CELL_TEXT, false},
    {N_("NM"), "range_nm", RCC_CTL_CELL_TEXT, true},
    {N_("AGE S"), "age_s", RCC_CTL_CELL_TEXT, true},
    {N_("NAME"), "name", RCC_CTL_CELL_TEXT, false},
    {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column profile_value_columns[] = {
    {N_("KEY"), "key", RCC_CTL_CELL_TEXT, false},     {N_("VALUE"), "value", RCC_CTL_CELL_TEXT, true},
    {N_("UNIT"), "unit", RCC_CTL_CELL_TEXT, false},   {N_("SET"), "set", RCC_CTL_CELL_TIME, false},
    {N_("GROUP"), "group", RCC_CTL_CELL_TEXT, false}, {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column parity_columns[] = {
    {N_("OWNER"), "owner", RCC_CTL_CELL_TEXT, false},
    {N_("SHIPS"), "ships", RCC_CTL_CELL_TEXT, true},
    {N_("N"), "lines", RCC_CTL_CELL_TEXT, true},
    {N_("STORED"), "stored", RCC_CTL_CELL_TEXT, true},
    {N_("%"), "stored_percent", RCC_CTL_CELL_TEXT, true},
    {N_("READ %"), "read_percent", RCC_CTL_CELL_TEXT, true},
    {N_("ANSWERED %"), "answered_percent", RCC_CTL_CELL_TEXT, true},
    {N_("MEDIAN"), "median_ms", RCC_CTL_CELL_SECONDS, true},
    {N_("95 %"), "p95_ms", RCC_CTL_CELL_SECONDS, true},
    {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column place_columns[] = {
    {N_("PLACE"), "id", RCC_CTL_CELL_TEXT, true},           {N_("NAME"), "name", RCC_CTL_CELL_TEXT, false},
    {N_("POSITION"), NULL, RCC_CTL_CELL_POS, false},        {N_("AUTHORITY"), "authority", RCC_CTL_CELL_TEXT, false},
    {N_("ASKED"), "asked", RCC_CTL_CELL_TIME, false},       {N_("OFFERED"), "offered", RCC_CTL_CELL_TIME, false},
    {N_("REFUSED"), "refused", RCC_CTL_CELL_TIME, false},   {N_("CHECKED"), "checked", RCC_CTL_CELL_TIME, false},
    {N_("UNSAFE"), "unsafe", RCC_CTL_CELL_TEXT, false},     {N_("FEARED"), "feared", RCC_CTL_CELL_TIME, false},
    {N_("REVIEWED"), "reviewed", RCC_CTL_CELL_TIME, false}, {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column deviation_columns[] = {
    {N_("SHIP"), "ship", RCC_CTL_CELL_TEXT, false},
    {N_("MMSI"), "mmsi", RCC_CTL_CELL_TEXT, false},
    {N_("TO"), "place", RCC_CTL_CELL_TEXT, false},
    {N_("PLACES SO FAR"), "places", RCC_CTL_CELL_TEXT, true},
    {N_("EXTRA NM"), "extra_nm", RCC_CTL_CELL_TEXT, true},
    {N_("EXTRA H"), "extra_h", RCC_CTL_CELL_TEXT, true},
    {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column invitation_columns[] = {
    {N_("INVITED"), "name", RCC_CTL_CELL_TEXT, false},
    {N_("ROLE"), "role", RCC_CTL_CELL_TEXT, false},
    {N_("MMSI"), "mmsi", RCC_CTL_CELL_TEXT, false},
    {N_("UNTIL"), "expires", RCC_CTL_CELL_TIME, false},
    {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

static const struct rcc_ctl_column disembarkation_columns[] = {
    {N_("SHIPS SENT"), "ships", RCC_CTL_CELL_TEXT, true},
    {N_("EXTRA NM"), "extra_nm", RCC_CTL_CELL_TEXT, true},
    {N_("EXTRA H"), "extra_h", RCC_CTL_CELL_TEXT, true},
    {N_("UNDER WAY"), "under_way", RCC_CTL_CELL_TEXT, false},
    {N_("FIRST ABOARD"), "first_aboard", RCC_CTL_CELL_TIME, false},
    {N_("DUTY"), "duty", RCC_CTL_CELL_TEXT, false},
    {N_("DUE"), "due", RCC_CTL_CELL_TIME, false},
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

static const struct rcc_ctl_column request_columns[] = {
    {N_("REQUEST"), "id", RCC_CTL_CELL_TEXT, true},
    {N_("DIRECTION"), "direction", RCC_CTL_CELL_TEXT, false},
    {N_("CENTRE"), "centre", RCC_CTL_CELL_TEXT, false},
    {N_("INCIDENT"), "incident", RCC_CTL_CELL_TEXT, false},
    {N_("THEIR NUMBER"), "their_incident", RCC_CTL_CELL_TEXT, false},
    {N_("PLACE"), "place", RCC_CTL_CELL_TEXT, false},
    {N_("SHIP"), "ship", RCC_CTL_CELL_TEXT, false},
    {N_("PERSONS"), "persons", RCC_CTL_CELL_TEXT, true},
    {N_("NEEDS"), "needs", RCC_CTL_CELL_TEXT, false},
    {N_("STAGE"), "stage", RCC_CTL_CELL_TEXT, false},
    {N_("SINCE"), "since", RCC_CTL_CELL_TIME, false},
    {N_("OVERDUE"), "overdue", RCC_CTL_CELL_TEXT, false},
    {N_("THEY HAVE IT"), "stored", RCC_CTL_CELL_TEXT, false},
    {N_("TEXT"), "text", RCC_CTL_CELL_TEXT, false},
    {N_("THEIR WORDS"), "their_reason", RCC_CTL_CELL_TEXT, false},
    {NULL, NULL, RCC_CTL_CELL_TEXT, false},
};

/* Which columns a class of lines has. */
static const struct {
	const char *class_name;
	const struct rcc_ctl_column *column;
} layouts[] = {
    {"INCIDENT", incident_columns},   {"ALERT", alert_columns},
    {"VESSEL", vessel_columns},       {"CALL", call_columns},
    {"BROADCAST", broadcast_columns}, {"DELIVERY", delivery_columns},
    {"PEER", peer_columns},           {"SUGGESTION", suggestion_columns},
    {"PLAN", plan_columns},           {"PERSONS", persons_columns},
    {"BALANCE", balance_columns},     {"NEED", need_columns},
    {"NOTE", note_columns},           {"PLACE", place_columns},
    {"DEVIATION", deviation_columns}, {"DISEMBARKATION", disembarkation_columns},
    {"HANDOVER", handover_columns},   {"REQUEST", request_columns},
    {"CIRCULAR", circular_columns},   {"CIRCULAR_LINE", circular_line_columns},
    {"DUTY", duty_columns},           {"SHIP_DUTY", ship_duty_columns},
    {"OBSTACLE", obstacle_columns},   {"RANK", rank_columns},
    {"EXCLUDED", excluded_columns},   {"PROFILE_VALUE", profile_value_columns},
    {"PARITY", parity_columns},       {"INVITATION", invitation_columns},
};

const struct rcc_ctl_column *
rcc_ctl_layout(const char *class_name)
{
	for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++) {
		if (strcmp(layouts[i].class_name, class_name) == 0)
			return layouts[i].column;
	}
	return NULL;
}

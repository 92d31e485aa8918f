/* What officers say of a case, and ships of their voyages: each field of rcc.proto with its bounds, once. */
#include "proto/wire_rows.h"

/* A week: nobody promises a report less often. */
#define INTERVAL_MAX_MIN 10080

static const struct rcc_map_row plan_rows[] = {
    ENUM(Plan, plan, action, 1, RCC_PLAN_ACTION_LAST),
    MMSI(Plan, plan, mmsi, mmsi, 0),
    TEXT(Plan, plan, name, 0),
    U32(Plan, plan, persons, 0, ANY),
    POS(Plan, plan, pos, 0),
    TIME(Plan, plan, eta_at_ms),
    U32(Plan, plan, interval_min, 0, INTERVAL_MAX_MIN),
    TEXT(Plan, plan, text, 0),
};
const struct rcc_map rcc_map_plan = MAP(Plan, plan, plan_rows);

static const struct rcc_map_row drill_rows[] = {
    BOOL(Drill, drill, is_joining),
};
const struct rcc_map rcc_map_drill = MAP(Drill, drill, drill_rows);

static const struct rcc_map_row open_rows[] = {
    SUB(Open, open, alert, Alert, alert, rcc_map_alert),
    ID(Open, open, incident, 0),
    TEXT(Open, open, contact, 0),
    TEXT(Open, open, public_reason, 0),
};
const struct rcc_map rcc_map_open = MAP(Open, open, open_rows);

static const struct rcc_map_row phase_rows[] = {
    ID(SetPhase, set_phase, incident, 1),
    ENUM(SetPhase, set_phase, phase, 1, RCC_PHASE_LAST),
    TEXT(SetPhase, set_phase, reason, 0),
};
const struct rcc_map rcc_map_phase = MAP(SetPhase, set_phase, phase_rows);

static const struct rcc_map_row suspend_rows[] = {
    ID(Suspend, suspend, incident, 1),
    TIME(Suspend, suspend, review_at_ms),
    TEXT(Suspend, suspend, reason, 0),
};
const struct rcc_map rcc_map_suspend = MAP(Suspend, suspend, suspend_rows);

static const struct rcc_map_row resume_rows[] = {
    ID(Resume, resume, incident, 1),
    TEXT(Resume, resume, reason, 0),
    U32(Resume, resume, persons, 0, RCC_PERSONS_MAX),
};
const struct rcc_map rcc_map_resume = MAP(Resume, resume, resume_rows);

static const struct rcc_map_row classify_rows[] = {
    ID(Classify, classify, incident, 1),
    ENUM(Classify, classify, nature, 0, RCC_NATURE_LAST),
    U32(Classify, classify, persons, 0, ANY),
    POS(Classify, classify, pos, 0),
    MMSI(Classify, classify, casualty_mmsi, casualty, 0),
    TEXT(Classify, classify, name, 0),
    BOOL(Classify, classify, verified),
    TEXT(Classify, classify, reason, 0),
};
const struct rcc_map rcc_map_classify = MAP(Classify, classify, classify_rows);

static const struct rcc_map_row join_rows[] = {
    ID(JoinOrder, join_order, alert, 0),
    ID(JoinOrder, join_order, from, 0),
    ID(JoinOrder, join_order, incident, 1),
    TEXT(JoinOrder, join_order, reason, 0),
};
const struct rcc_map rcc_map_join = MAP(JoinOrder, join_order, join_rows);

static const struct rcc_map_row split_rows[] = {
    ID(Split, split, alert, 1),
    TEXT(Split, split, reason, 0),
};
const struct rcc_map rcc_map_split = MAP(Split, split, split_rows);

static const struct rcc_map_row group_rows[] = {
    ID(Group, group, incident, 1),
    ID(Group, group, parent, 0),
    TEXT(Group, group, reason, 0),
};
const struct rcc_map rcc_map_group = MAP(Group, group, group_rows);

static const struct rcc_map_row unseal_rows[] = {
    ID(Unseal, unseal, alert, 0),
    TEXT(Unseal, unseal, reason, 0),
    U32(Unseal, unseal, note, 0, ANY),
};
const struct rcc_map rcc_map_unseal = MAP(Unseal, unseal, unseal_rows);

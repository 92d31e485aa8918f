/* persons_count.c - who is where: sums over the rows of a case. Reads, decides nothing. */
#include "core/persons.h"

#include "core/core_internal.h"

size_t
rcc_groups_missing(const struct rcc_persons *whole, const struct rcc_persons *part)
{
	struct rcc_groups have = rcc_groups_of(whole);
	struct rcc_groups want = rcc_groups_of(part);
	size_t i = 0;

	while (i < RCC_GROUPS && want.v[i] <= have.v[i])
		i++;
	return i;
}

struct rcc_persons
rcc_groups_without(const struct rcc_persons *whole, const struct rcc_persons *part)
{
	struct rcc_groups rest = rcc_groups_of(whole);
	struct rcc_groups gone = rcc_groups_of(part);

	for (size_t i = 0; i < RCC_GROUPS; i++)
		rest.v[i] -= gone.v[i];
	return rcc_groups_persons(&rest);
}

struct rcc_persons
rcc_groups_with(const struct rcc_persons *a, const struct rcc_persons *b)
{
	struct rcc_groups sum = rcc_groups_of(a);
	struct rcc_groups more = rcc_groups_of(b);

	for (size_t i = 0; i < RCC_GROUPS; i++)
		sum.v[i] += more.v[i];
	return rcc_groups_persons(&sum);
}

size_t
rcc_groups_impossible(const struct rcc_persons *persons)
{
	struct rcc_groups groups = rcc_groups_of(persons);
	uint64_t sum = rcc_persons_sum(persons);
	size_t i = RCC_GROUPS_PARTITION;

	if (groups.v[RCC_GROUP_PREGNANT] > sum - groups.v[RCC_GROUP_MEN])
		return RCC_GROUP_PREGNANT;
	while (i < RCC_GROUPS && groups.v[i] <= sum)
		i++;
	return i;
}

static uint32_t
newest_of(const struct rcc_core *core, struct rcc_incident_id id)
{
	const struct rcc_incident *incident = rcc_incident_find(core, id);

	return incident == NULL ? 0 : incident->newest_aboard;
}

const struct rcc_aboard *
rcc_persons_row(const struct rcc_core *core, struct rcc_incident_id incident, enum rcc_where where,
                struct rcc_mmsi ship, struct rcc_place_id place)
{
	const struct rcc_aboard *row = rcc_aboard_at(core, newest_of(core, incident));

	while (row != NULL && (row->where != where || row->ship.v != ship.v || row->place.v != place.v))
		row = rcc_aboard_at(core, row->previous);
	return row;
}

struct rcc_persons
rcc_persons_at(const struct rcc_core *core, struct rcc_incident_id incident, enum rcc_where where, struct rcc_mmsi ship)
{
	struct rcc_persons sum = {0};
	const struct rcc_aboard *row = rcc_aboard_at(core, newest_of(core, incident));

	for (; row != NULL; row = rcc_aboard_at(core, row->previous)) {
		if (row->where == where && (ship.v == 0 || row->ship.v == ship.v))
			sum = rcc_groups_with(&sum, &row->count);
	}
	return sum;
}

uint32_t
rcc_persons_count_at(const struct rcc_core *core, struct rcc_incident_id incident, enum rcc_where where)
{
	struct rcc_persons there = rcc_persons_at(core, incident, where, (struct rcc_mmsi){0});

	return where == RCC_WHERE_AT_RISK ? rcc_persons_at_risk(core, incident) : (uint32_t)rcc_persons_sum(&there);
}

uint32_t
rcc_persons_aboard_total(const struct rcc_core *core, struct rcc_incident_id incident)
{
	return rcc_persons_count_at(core, incident, RCC_WHERE_ABOARD);
}

uint32_t
rcc_persons_ship_aboard(const struct rcc_core *core, struct rcc_incident_id incident, struct rcc_mmsi ship)
{
	const struct rcc_aboard *row =
	    rcc_persons_row(core, incident, RCC_WHERE_ABOARD, ship, (struct rcc_place_id){0});

	return row == NULL ? 0 : (uint32_t)rcc_persons_sum(&row->count);
}

uint32_t
rcc_persons_accounted(const struct rcc_core *core, struct rcc_incident_id incident)
{
	uint64_t sum = 0;
	const struct rcc_aboard *row = rcc_aboard_at(core, newest_of(core, incident));

	for (; row != NULL; row = rcc_aboard_at(core, row->previous))
		sum += rcc_persons_sum(&row->count);
	return (uint32_t)sum;
}

/* Of one part: who was never there adds nobody to the whole; who came in by himself was there. */
static uint32_t
total_of_part(const struct rcc_core *core, const struct rcc_incident *incident)
{
	uint32_t accounted = rcc_persons_accounted(core, incident->id);
	bool is_false = incident->status == RCC_INCIDENT_CLOSED && incident->outcome == RCC_OUTCOME_FALSE_ALERT;

	return is_false || incident->persons < accounted ? accounted : incident->persons;
}

uint32_t
rcc_persons_in_parts(const struct rcc_core *core, struct rcc_incident_id id)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; id.v != 0 && i < core->incident_top; i++) {
		const struct rcc_incident *part = &core->incident[i];
		if (part->id.v != 0 && part->parent.v == id.v)
			sum += total_of_part(core, part);
	}
	return sum > RCC_PERSONS_MAX ? RCC_PERSONS_MAX : (uint32_t)sum;
}

uint32_t
rcc_persons_total(const struct rcc_core *core, struct rcc_incident_id id)
{
	const struct rcc_incident *incident = rcc_incident_find(core, id);

	if (incident == NULL)
		return 0;
	/* Those of its parts are of the whole's number, which rises if they are more. */
	uint32_t counted = rcc_persons_accounted(core, id) + rcc_persons_in_parts(core, id);
	return incident->persons < counted ? counted : incident->persons;
}

uint32_t
rcc_persons_at_risk(const struct rcc_core *core, struct rcc_incident_id incident)
{
	return rcc_persons_total(core, incident) - rcc_persons_accounted(core, incident) -
	       rcc_persons_in_parts(core, incident);
}

uint32_t
rcc_persons_missing(const struct rcc_core *core, struct rcc_incident_id incident)
{
	return rcc_persons_count_at(core, incident, RCC_WHERE_MISSING);
}

bool
rcc_persons_is_told(const struct rcc_core *core, const struct rcc_incident *incident)
{
	struct rcc_stated stated;

	for (uint32_t i = 0; i < core->alert_top; i++) {
		const struct rcc_alert_state *row = &core->alert[i];
		if (row->id.v != 0 && row->incident.v == incident->id.v && row->body.persons != 0)
			return true;
	}
	/* Also of a case that was joined to this one. */
	rcc_stated_of(core, incident, &stated);
	return (incident->stated & RCC_STATED_PERSONS) != 0 || stated.persons != 0;
}

int64_t
rcc_persons_first_aboard_ms(const struct rcc_core *core, struct rcc_incident_id incident)
{
	int64_t first_ms = 0;
	const struct rcc_aboard *row = rcc_aboard_at(core, newest_of(core, incident));

	for (; row != NULL; row = rcc_aboard_at(core, row->previous)) {
		bool is_first = row->first_at_ms != 0 && (first_ms == 0 || row->first_at_ms < first_ms);
		if (row->where == RCC_WHERE_ABOARD && is_first)
			first_ms = row->first_at_ms;
	}
	return first_ms;
}

uint32_t
rcc_persons_dead_unmoved(const struct rcc_core *core, struct rcc_incident_id incident)
{
	uint64_t reported = 0;
	uint64_t moved = rcc_persons_count_at(core, incident, RCC_WHERE_DEAD);
	const struct rcc_aboard *row = rcc_aboard_at(core, newest_of(core, incident));

	for (; row != NULL; row = rcc_aboard_at(core, row->previous))
		reported += row->report.dead;
	return reported <= moved                    ? 0
	       : reported - moved > RCC_PERSONS_MAX ? RCC_PERSONS_MAX
	                                            : (uint32_t)(reported - moved);
}

bool
rcc_persons_is_disputed(const struct rcc_core *core, struct rcc_incident_id incident)
{
	const struct rcc_aboard *row = rcc_aboard_at(core, newest_of(core, incident));

	while (row != NULL && !row->is_disputed)
		row = rcc_aboard_at(core, row->previous);
	return row != NULL || rcc_persons_dead_unmoved(core, incident) > 0;
}

bool
rcc_persons_closes(const struct rcc_core *core, struct rcc_incident_id incident)
{
	const struct rcc_incident *row = rcc_incident_find(core, incident);
	const struct rcc_incident *whole = row == NULL ? NULL : rcc_incident_find(core, row->parent);
	bool is_told = row == NULL || rcc_persons_accounted(core, incident) == 0 || rcc_persons_is_told(core, row) ||
	               (whole != NULL && rcc_persons_is_told(core, whole));

	/* As many as were found is no number of those in danger. */
	return is_told && rcc_persons_at_risk(core, incident) == 0 && !rcc_persons_is_disputed(core, incident);
}

bool
rcc_persons_protection_stated(const struct rcc_core *core, struct rcc_incident_id incident)
{
	const struct rcc_aboard *row = rcc_aboard_at(core, newest_of(core, incident));

	while (row != NULL && !row->is_protection_stated)
		row = rcc_aboard_at(core, row->previous);
	return row != NULL;
}

/* ---- needs ---- */

const struct rcc_need_line *
rcc_need_find(const struct rcc_core *core, struct rcc_need_id id)
{
	for (uint32_t i = 0; id.v != 0 && i < core->need_top; i++) {
		if (core->need[i].id.v == id.v)
			return &core->need[i];
	}
	return NULL;
}

uint32_t
rcc_needs_open(const struct rcc_core *core, struct rcc_incident_id id)
{
	const struct rcc_incident *incident = rcc_incident_find(core, id);
	const struct rcc_need_line *need = incident == NULL ? NULL : rcc_need_at(core, incident->newest_need);
	uint32_t count = 0;

	for (; need != NULL; need = rcc_need_at(core, need->previous))
		count += rcc_need_is_open(need);
	return count;
}

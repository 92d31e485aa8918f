#include "laws_persons.h"
#include "laws_internal.h"

#include <assert.h>

#include "core/persons.h"

/* ---- the state ---- */

static void
laws_of_row(const char **broken, const struct rcc_core *core, const struct rcc_incident *incident,
            const struct rcc_aboard *row)
{
	uint64_t sum = rcc_persons_sum(&row->count);
	uint64_t said = rcc_persons_sum(&row->report.aboard);

	law(broken, row->incident.v == incident->id.v, "an incident's list holds another one's persons");
	law(broken, row->where > RCC_WHERE_AT_RISK && row->where <= RCC_WHERE_LAST, "persons are nowhere");
	law(broken, (row->where == RCC_WHERE_ABOARD) == (row->ship.v != 0), "aboard no ship, or a ship ashore");
	law(broken, row->where == RCC_WHERE_LANDED || row->place.v == 0, "a place of those who are not landed");
	law(broken, rcc_persons_row(core, row->incident, row->where, row->ship, row->place) == row,
	    "one place has two rows");
	law(broken, sum <= RCC_PERSONS_MAX && rcc_groups_impossible(&row->count) == RCC_GROUPS,
	    "a count is negative, or more are marked than there are");
	law(broken, sum == 0 || row->first_at_ms != 0, "persons came at no time");
	law(broken, !row->is_disputed || (row->reported_at_ms != 0 && said != sum), "a dispute about nothing");
	law(broken, !row->has_split || sum > 0, "a family is split where nobody is");
}

static void
laws_of_need(const char **broken, const struct rcc_core *core, const struct rcc_incident *incident,
             const struct rcc_need_line *need)
{
	law(broken, need->incident.v == incident->id.v, "an incident's list holds another one's need");
	law(broken, need->id.v != 0 && need->id.v <= core->need_last, "a need is out of bounds");
	law(broken, rcc_need_find(core, need->id) == need, "two needs have one id");
	law(broken, rcc_need_is_open(need) == (need->due_at_ms != 0),
	    "a need that is open has no clock, or the reverse");
	law(broken, need->ship.v != 0 && (unsigned)need->kind != 0, "nobody needs it, or nothing");
	law(broken, need->state != RCC_NEED_REFUSED || need->answer[0] != '\0', "refused without a word");
}

/* The sum over all places is the total as known. */
static void
laws_of_balance(const char **broken, const struct rcc_core *core, const struct rcc_incident *incident, uint64_t rows)
{
	uint64_t places = 0;
	uint32_t total = rcc_persons_total(core, incident->id);

	for (int where = 1; where <= RCC_WHERE_LAST; where++)
		places += rcc_persons_count_at(core, incident->id, (enum rcc_where)where);
	law(broken, places + rcc_persons_in_parts(core, incident->id) == total, "the balance does not close");
	law(broken, rows == rcc_persons_accounted(core, incident->id), "somebody is counted at no place");
	law(broken, total >= incident->persons && total >= rows, "somebody has vanished");
	law(broken, rcc_persons_at_risk(core, incident->id) == total - rows - rcc_persons_in_parts(core, incident->id),
	    "somebody is at risk and aboard");
}

/* Walks the free slots of a table; each is out of use. */
static void
laws_of_free(const char **broken, const struct rcc_core *core, uint32_t aboard, uint32_t needs)
{
	uint32_t free_aboard = 0;
	uint32_t free_needs = 0;

	for (uint32_t slot1 = core->aboard_free; slot1 != 0 && *broken == NULL;
	     slot1 = core->aboard[slot1 - 1].previous) {
		law(broken, core->aboard[slot1 - 1].incident.v == 0, "persons stand in a free row");
		law(broken, ++free_aboard <= core->aboard_top, "the free rows of persons form a ring");
	}
	for (uint32_t slot1 = core->need_free; slot1 != 0 && *broken == NULL; slot1 = core->need[slot1 - 1].previous) {
		law(broken, core->need[slot1 - 1].id.v == 0, "a need stands in a free row");
		law(broken, ++free_needs <= core->need_top, "the free rows of needs form a ring");
	}
	law(broken, aboard == core->aboard_count && aboard + free_aboard == core->aboard_top,
	    "a row of persons is lost");
	law(broken, needs == core->need_count && needs + free_needs == core->need_top, "a need is lost");
}

const char *
laws_of_persons(const struct rcc_core *core)
{
	const char *broken = NULL;
	uint32_t aboard = 0;
	uint32_t needs = 0;

	for (uint32_t i = 0; i < core->incident_top && broken == NULL; i++) {
		const struct rcc_incident *incident = &core->incident[i];
		uint64_t sum = 0;
		if (incident->id.v == 0)
			continue;
		const struct rcc_aboard *row = rcc_aboard_at(core, incident->newest_aboard);
		for (; row != NULL && broken == NULL; row = rcc_aboard_at(core, row->previous)) {
			laws_of_row(&broken, core, incident, row);
			sum += rcc_persons_sum(&row->count);
			aboard++;
		}
		const struct rcc_need_line *need = rcc_need_at(core, incident->newest_need);
		for (; need != NULL && broken == NULL; need = rcc_need_at(core, need->previous)) {
			laws_of_need(&broken, core, incident, need);
			needs++;
		}
		laws_of_balance(&broken, core, incident, sum);
	}
	if (broken == NULL)
		laws_of_free(&broken, core, aboard, needs);
	return broken;
}

/* ---- the entries ---- */

static bool
is_transfer(enum rcc_where to)
{
	return to == RCC_WHERE_ABOARD || to == RCC_WHERE_LANDED || to == RCC_WHERE_SAFE_ALONE;
}

static void
law_of_move(const char **broken, struct laws_story *story, const struct rcc_core *core,
            const struct rcc_move_persons *move)
{
	uint32_t sum = (uint32_t)rcc_persons_sum(&move->count);
	uint32_t *counted = &story->counted[move->incident.v];
	struct rcc_place_id place = move->from == RCC_WHERE_LANDED ? move->place : (struct rcc_place_id){0};
	const struct rcc_aboard *left = rcc_persons_row(core, move->incident, move->from, move->from_ship, place);
	bool wants_reason =
	    move->to == RCC_WHERE_NEVER || move->to == RCC_WHERE_UNKNOWN || move->family == RCC_FAMILY_SPLIT;

	law(broken, sum > 0, "nobody moved");
	law(broken, move->to != RCC_WHERE_AT_RISK || *counted >= sum, "more went back into danger than came out of it");
	if (move->from == RCC_WHERE_AT_RISK)
		*counted += sum;
	if (move->to == RCC_WHERE_AT_RISK)
		*counted -= sum;
	law(broken, !wants_reason || move->reason[0] != '\0', "an outcome, or a split family, without a reason");
	law(broken, move->happened_at_ms != 0 && move->happened_at_ms <= core->at_ms, "it will happen, or never did");
	law(broken, move->from == RCC_WHERE_AT_RISK || left != NULL, "persons came from nowhere");
	if (left == NULL || rcc_persons_sum(&left->count) == 0 || !is_transfer(move->to))
		return;
	law(broken, left->count.families + move->count.families == 0 || move->family != RCC_FAMILY_NOT_STATED,
	    "a family is split in silence");
}

const char *
laws_of_moves(struct laws_story *story, const struct rcc_core *core, const struct rcc_entry *entry)
{
	const char *broken = NULL;

	for (uint32_t i = 0; i < entry->event_count; i++) {
		const struct rcc_event *event = &entry->event[i];
		if (event->kind == RCC_EVENT_INCIDENT_EVICTED)
			story->counted[event->u.incident_ref.incident.v] = 0;
		if (event->kind != RCC_EVENT_PERSONS_MOVED)
			continue;
		struct rcc_incident_id id = event->u.persons_moved.body.incident;
		assert(id.v < LAWS_IDS_MAX);
		law_of_move(&broken, story, core, &event->u.persons_moved.body);
		law(&broken, rcc_incident_find(core, id)->persons >= story->counted[id.v],
		    "more are counted than the case knows of");
	}
	/* Who comes with a case is moved in several groups: counted when all have come. */
	for (uint32_t i = 0; i < entry->event_count; i++) {
		struct rcc_incident_id id = entry->event[i].u.persons_moved.body.incident;
		law(&broken,
		    entry->event[i].kind != RCC_EVENT_PERSONS_MOVED ||
		        rcc_persons_accounted(core, id) == story->counted[id.v],
		    "somebody vanished on the way");
	}
	return broken;
}

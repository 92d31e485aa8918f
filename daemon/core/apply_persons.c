/* apply_persons.c - the part of apply that writes where persons are and what they need. Decides nothing. */
#include <string.h>

#include "core/apply_internal.h"
#include "core/persons.h"

static struct rcc_aboard *
row_new(struct rcc_core *core, struct rcc_incident_id id, enum rcc_where where, struct rcc_mmsi ship,
        struct rcc_place_id place)
{
	struct rcc_incident *incident = incident_get(core, id);
	uint32_t slot = core->aboard_top;

	if (core->aboard_free != 0) {
		slot = core->aboard_free - 1;
		core->aboard_free = core->aboard[slot].previous;
	} else {
		core->aboard_top++;
	}
	assert(slot < RCC_ABOARD_MAX);
	core->aboard_count++;
	core->aboard[slot] = (struct rcc_aboard){
	    .incident = id, .where = where, .ship = ship, .place = place, .previous = incident->newest_aboard};
	incident->newest_aboard = slot + 1;
	return &core->aboard[slot];
}

/* The row of a place, for writing; NULL for who is at risk. */
static struct rcc_aboard *
row_get(struct rcc_core *core, struct rcc_incident_id id, enum rcc_where where, struct rcc_mmsi ship,
        struct rcc_place_id place)
{
	if (where == RCC_WHERE_AT_RISK)
		return NULL;
	if (where != RCC_WHERE_LANDED)
		place.v = 0;
	const struct rcc_aboard *row = rcc_persons_row(core, id, where, ship, place);
	return row == NULL ? row_new(core, id, where, ship, place) : &core->aboard[row - core->aboard];
}

/* The ship says what the ledger says: nothing is disputed any more. */
static void
settle(struct rcc_aboard *row)
{
	if (row->is_disputed && rcc_persons_sum(&row->report.aboard) == rcc_persons_sum(&row->count))
		row->is_disputed = false;
}

static void
apply_moved(struct rcc_core *core, const struct rcc_persons_moved *event)
{
	const struct rcc_move_persons *move = &event->body;
	bool is_split = move->family == RCC_FAMILY_SPLIT;
	struct rcc_aboard *from = row_get(core, move->incident, move->from, move->from_ship, move->place);
	struct rcc_aboard *to = row_get(core, move->incident, move->to, move->to_ship, move->place);

	if (from != NULL) {
		assert(rcc_groups_missing(&from->count, &move->count) == RCC_GROUPS);
		from->count = rcc_groups_without(&from->count, &move->count);
		from->has_split = rcc_persons_sum(&from->count) > 0 && (from->has_split || is_split);
		from->by = event->by;
		from->at_ms = move->happened_at_ms;
		if (move->to == RCC_WHERE_LANDED)
			from->landed_at_ms = move->happened_at_ms;
		settle(from);
	}
	if (to == NULL)
		return;
	/* Who of them has stated a fear nobody knows: it goes with each part of them, and stays where some stay. */
	if (from != NULL && from->is_protection_stated) {
		to->is_protection_stated = true;
		from->is_protection_stated = rcc_persons_sum(&from->count) > 0;
	}
	to->count = rcc_groups_with(&to->count, &move->count);
	to->has_split |= is_split;
	to->by = event->by;
	to->at_ms = move->happened_at_ms;
	to->landed_at_ms = 0;
	if (to->first_at_ms == 0 || move->happened_at_ms < to->first_at_ms)
		to->first_at_ms = move->happened_at_ms;
	settle(to);
}

/* The same people told apart otherwise. Families that nobody speaks of this time are families still (R43). */
static void
regroup(struct rcc_aboard *row, const struct rcc_persons *said)
{
	uint32_t families = row->count.families;

	row->count = *said;
	if (families > said->families && 2 * (uint64_t)families <= rcc_persons_sum(said))
		row->count.families = families;
}

/* A count that was told by radio takes back nothing else that she has said. */
static void
take_report(struct rcc_aboard *row, const struct rcc_survivors *said, bool is_by_radio)
{
	struct rcc_survivors before = row->report;

	row->report = *said;
	/* A report that does not speak of the dead takes none back (R36); an officer does, who says why. */
	if (said->dead < before.dead && !(is_by_radio && said->text[0] != '\0'))
		row->report.dead = before.dead;
	if (!is_by_radio || row->reported_at_ms == 0)
		return;
	if (said->safe_hours == 0)
		row->report.safe_hours = before.safe_hours;
	if (said->languages == 0)
		row->report.languages = before.languages;
	if (said->next_port[0] == '\0')
		memcpy(row->report.next_port, before.next_port, sizeof before.next_port);
	if (said->text[0] == '\0')
		memcpy(row->report.text, before.text, sizeof before.text);
}

static void
apply_reported(struct rcc_core *core, const struct rcc_survivors_reported *event)
{
	static const struct rcc_place_id nowhere;
	const struct rcc_survivors *body = &event->body;
	struct rcc_aboard *row = row_get(core, body->incident, RCC_WHERE_ABOARD, body->ship, nowhere);

	/* Other words are another fear: what was reviewed before was not that. */
	bool is_new_fear =
	    !row->is_protection_stated || (body->text[0] != '\0' && strcmp(body->text, row->report.text) != 0);

	if (event->is_regrouped != 0)
		regroup(row, &body->aboard);
	take_report(row, body, is_of_officer(core, event->by));
	row->reported_at_ms = event->said_at_ms != 0 ? event->said_at_ms : core->at_ms;
	row->reported_by = event->by;
	row->is_report_counted = event->is_counted != 0;
	if (body->protection_stated != 0 && is_new_fear) {
		row->protection_seq = core->seq + 1;
		incident_get(core, body->incident)->fear_seq = core->seq + 1;
	}
	row->is_protection_stated |= body->protection_stated != 0;
	row->is_disputed = event->is_disputed != 0;
}

/* ---- needs ---- */

static struct rcc_need_line *
need_new(struct rcc_core *core, const struct rcc_need_changed *event)
{
	struct rcc_incident *incident = incident_get(core, event->body.incident);
	uint32_t slot = core->need_top;

	if (core->need_free != 0) {
		slot = core->need_free - 1;
		core->need_free = core->need[slot].previous;
	} else {
		core->need_top++;
	}
	assert(slot < RCC_NEEDS_MAX && event->body.need.v == core->need_last + 1);
	core->need_count++;
	core->need_last = event->body.need.v;
	core->need[slot] = (struct rcc_need_line){.id = event->body.need,
	                                          .incident = event->body.incident,
	                                          .kind = event->body.kind,
	                                          .ship = event->body.ship,
	                                          .asked_by = event->by,
	                                          .asked_at_ms = core->at_ms,
	                                          .previous = incident->newest_need};
	memcpy(core->need[slot].text, event->body.text, sizeof event->body.text);
	incident->newest_need = slot + 1;
	return &core->need[slot];
}

static void
apply_need(struct rcc_core *core, const struct rcc_need_changed *event)
{
	const struct rcc_need_line *known = rcc_need_find(core, event->body.need);
	struct rcc_need_line *line = known == NULL ? need_new(core, event) : &core->need[known - core->need];

	line->state = event->body.state;
	line->quantity = event->body.quantity;
	line->due_at_ms = event->due_at_ms;
	line->changed_by = event->by;
	line->changed_at_ms = core->at_ms;
	if (known != NULL)
		memcpy(line->answer, event->body.text, sizeof line->answer);
}

bool
rcc_apply_persons(struct rcc_core *core, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_PERSONS_MOVED)
		apply_moved(core, &event->u.persons_moved);
	else if (event->kind == RCC_EVENT_SURVIVORS_REPORTED)
		apply_reported(core, &event->u.survivors_reported);
	else if (event->kind == RCC_EVENT_NEED_CHANGED)
		apply_need(core, &event->u.need_changed);
	else
		return false;
	return true;
}

/* ---- eviction ---- */

void
rcc_evict_persons(struct rcc_core *core, const struct rcc_incident *incident)
{
	for (uint32_t slot1 = incident->newest_aboard; slot1 != 0;) {
		struct rcc_aboard *row = &core->aboard[slot1 - 1];
		uint32_t next = row->previous;
		memset(row, 0, sizeof *row);
		row->previous = core->aboard_free;
		core->aboard_free = slot1;
		core->aboard_count--;
		slot1 = next;
	}
	for (uint32_t slot1 = incident->newest_need; slot1 != 0;) {
		struct rcc_need_line *line = &core->need[slot1 - 1];
		uint32_t next = line->previous;
		memset(line, 0, sizeof *line);
		line->previous = core->need_free;
		core->need_free = slot1;
		core->need_count--;
		slot1 = next;
	}
}

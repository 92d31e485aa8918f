/*
 * stated.c - what officers stated of a case and of those that were joined to it.
 *
 * A joined case keeps what was stated of it, and the case that its alerts stand in takes it over. Nothing is copied, so that
 * a split takes it back by itself.
 */
#include <string.h>

#include "core/core_internal.h"

/* The alert that opened a case stands where its story is; the entry that brought it there tells what was said after. */
static struct rcc_incident_id
told_in(const struct rcc_core *core, const struct rcc_incident *joined, uint64_t *ret_since_seq)
{
	*ret_since_seq = joined->before.seq;
	for (uint32_t i = 0; i < core->alert_top; i++) {
		const struct rcc_alert_state *row = &core->alert[i];
		if (row->id.v == 0 || row->home.v != joined->id.v || row->incident.v == 0)
			continue;
		*ret_since_seq = row->moved_seq;
		return row->incident;
	}
	return rcc_incident_speaker(core, joined->id);
}

bool
rcc_stated_speaks(const struct rcc_core *core, const struct rcc_incident *incident)
{
	uint64_t since_seq;

	if (incident->joined_into.v == 0)
		return false;
	const struct rcc_incident *survivor = rcc_incident_find(core, told_in(core, incident, &since_seq));
	return survivor != NULL && survivor->status != RCC_INCIDENT_CLOSED;
}

static void
add_place(struct rcc_stated *ret, const struct rcc_incident *incident)
{
	if (ret->place_count == RCC_CANDIDATES_MAX)
		return;
	ret->place[ret->place_count++] =
	    (struct rcc_stated_place){incident->stated_pos, incident->stated_pos_at_ms, incident->stated_pos_radius_m};
}

/* What the case does not state itself it takes over; of two numbers of people the larger; several places side by side. */
static void
take_over(struct rcc_stated *ret, const struct rcc_incident *into, const struct rcc_incident *joined,
          uint64_t since_seq)
{
	uint32_t new = joined->stated & ~ret->mask;

	if ((new &RCC_STATED_CASUALTY) != 0)
		ret->casualty = joined->casualty;
	if ((new &RCC_STATED_NATURE) != 0)
		ret->nature = joined->nature;
	if ((new &RCC_STATED_NAME) != 0)
		memcpy(ret->name, joined->name, sizeof ret->name);
	/* Alerts may still tell of more people than a case that was joined. */
	ret->mask |= new &(RCC_STATED_CASUALTY | RCC_STATED_NATURE | RCC_STATED_NAME);
	/* What was stated after the two became one was stated of both, and corrects. */
	bool has_persons = (into->stated & RCC_STATED_PERSONS) != 0 && into->stated_persons_seq > since_seq;
	bool has_pos = (into->stated & RCC_STATED_POS) != 0 && into->stated_pos_seq > since_seq;
	if ((joined->stated & RCC_STATED_PERSONS) != 0 && !has_persons && joined->stated_persons > ret->persons)
		ret->persons = joined->stated_persons;
	if ((joined->stated & RCC_STATED_POS) != 0 && !has_pos)
		add_place(ret, joined);
	ret->is_verified = ret->is_verified || joined->before.was_verified;
	if (ret->last_word == NULL && rcc_pos_is_known(joined->broadcast_pos))
		ret->last_word = joined;
}

/* The joined case with the lowest id above `after`, or NULL: the same order in every run. */
static const struct rcc_incident *
next_joined(const struct rcc_core *core, uint32_t after)
{
	const struct rcc_incident *next = NULL;

	for (uint32_t i = 0; i < core->incident_top; i++) {
		const struct rcc_incident *incident = &core->incident[i];
		if (incident->joined_into.v != 0 && incident->id.v > after &&
		    (next == NULL || incident->id.v < next->id.v))
			next = incident;
	}
	return next;
}

void
rcc_stated_of(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_stated *ret)
{
	uint64_t since_seq;

	*ret = (struct rcc_stated){.mask = incident->stated, .is_verified = incident->is_vouched};
	if ((incident->stated & RCC_STATED_CASUALTY) != 0)
		ret->casualty = incident->casualty;
	if ((incident->stated & RCC_STATED_NATURE) != 0)
		ret->nature = incident->nature;
	if ((incident->stated & RCC_STATED_NAME) != 0)
		memcpy(ret->name, incident->name, sizeof ret->name);
	if ((incident->stated & RCC_STATED_PERSONS) != 0)
		ret->persons = incident->stated_persons;
	if ((incident->stated & RCC_STATED_POS) != 0)
		add_place(ret, incident);
	for (const struct rcc_incident *joined = next_joined(core, 0); joined != NULL;
	     joined = next_joined(core, joined->id.v)) {
		if (told_in(core, joined, &since_seq).v == incident->id.v)
			take_over(ret, incident, joined, since_seq);
	}
}

uint32_t
rcc_stated_over(const struct rcc_core *core, const struct rcc_incident *incident, const struct rcc_alert_state *row)
{
	/* The case that it opened, or where it stood first. */
	struct rcc_incident_id told = row->home.v != 0 ? row->home : row->first;
	const struct rcc_incident *first = rcc_incident_find(core, told);
	bool is_own = row->first.v == 0 || row->first.v == incident->id.v;
	uint64_t came_seq = is_own ? row->first_seq : row->moved_seq;
	bool is_over = (incident->stated & RCC_STATED_POS) != 0 && came_seq <= incident->stated_pos_seq;
	uint32_t over = is_over ? RCC_STATED_POS : 0;

	if (told.v == incident->id.v || first == NULL || first->joined_into.v == 0)
		return over;
	over |= first->stated & ~RCC_STATED_POS;
	if ((first->stated & RCC_STATED_POS) != 0 && row->first_seq <= first->stated_pos_seq)
		over |= RCC_STATED_POS;
	return over;
}

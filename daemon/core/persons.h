/*
 * persons.h - the persons of a case, counted: nobody vanishes (domain R36: rescued, dead, missing, unknown; never dropped).
 *
 * Pure: reads the state. All sums are at most RCC_PERSONS_MAX. A case that is not in memory has nobody.
 */
#ifndef RCC_CORE_PERSONS_H
#define RCC_CORE_PERSONS_H

#include <string.h>

#include "core/state.h"

/* The counts of struct rcc_persons in their order: a partition, then marks that may be true of any of them, then families. */
enum {
	RCC_GROUP_MEN = 0,
	RCC_GROUP_WOMEN = 1,
	RCC_GROUP_ADULTS = 2,
	RCC_GROUP_CHILDREN = 3,
	RCC_GROUP_UNACCOMPANIED = 4,
	RCC_GROUP_INFANTS = 5,
	RCC_GROUP_PREGNANT = 6,
	RCC_GROUP_INJURED = 7,
	RCC_GROUP_DISABLED = 8,
	RCC_GROUP_FAMILIES = 9,
	RCC_GROUPS = 10,
	RCC_GROUPS_PARTITION = 6, /* the first so many add up to the persons */
};
struct rcc_groups {
	uint32_t v[RCC_GROUPS];
};
_Static_assert(sizeof(struct rcc_groups) == sizeof(struct rcc_persons), "every count is a group");

static inline struct rcc_groups
rcc_groups_of(const struct rcc_persons *persons)
{
	struct rcc_groups groups;

	memcpy(&groups, persons, sizeof groups);
	return groups;
}

static inline struct rcc_persons
rcc_groups_persons(const struct rcc_groups *groups)
{
	struct rcc_persons persons;

	memcpy(&persons, groups, sizeof persons);
	return persons;
}

/* The first count of `part` that is larger than in `whole`; RCC_GROUPS if none is. */
size_t rcc_groups_missing(const struct rcc_persons *whole, const struct rcc_persons *part);
/* Pre: no count of `part` is larger. */
struct rcc_persons rcc_groups_without(const struct rcc_persons *whole, const struct rcc_persons *part);
struct rcc_persons rcc_groups_with(const struct rcc_persons *a, const struct rcc_persons *b);
/* The first mark that more persons have than there are; RCC_GROUPS if there is none. */
size_t rcc_groups_impossible(const struct rcc_persons *persons);

/* The row of a place, or NULL: nobody was ever counted there. `ship` with ABOARD, `place` with LANDED, else 0. */
const struct rcc_aboard *rcc_persons_row(const struct rcc_core *core, struct rcc_incident_id incident,
                                         enum rcc_where where, struct rcc_mmsi ship, struct rcc_place_id place);
/* Who is there by group. ABOARD with ship 0: of all ships; LANDED: at all places. AT_RISK is known as a number only: 0. */
struct rcc_persons rcc_persons_at(const struct rcc_core *core, struct rcc_incident_id incident, enum rcc_where where,
                                  struct rcc_mmsi ship);
/* The same as a number; AT_RISK too. */
uint32_t rcc_persons_count_at(const struct rcc_core *core, struct rcc_incident_id incident, enum rcc_where where);
uint32_t rcc_persons_aboard_total(const struct rcc_core *core, struct rcc_incident_id incident);
uint32_t rcc_persons_ship_aboard(const struct rcc_core *core, struct rcc_incident_id incident, struct rcc_mmsi ship);
/* Everybody who is counted at some place, "never existed" and "outcome not known" included. */
uint32_t rcc_persons_accounted(const struct rcc_core *core, struct rcc_incident_id incident);
/* The total as known: as the case says, or as many as were counted if that is more. */
uint32_t rcc_persons_total(const struct rcc_core *core, struct rcc_incident_id incident);
/* The total without those counted. */
/* Those of the parts of a mass rescue: counted in each part, and of the whole's number. */
uint32_t rcc_persons_in_parts(const struct rcc_core *core, struct rcc_incident_id id);
uint32_t rcc_persons_at_risk(const struct rcc_core *core, struct rcc_incident_id incident);
uint32_t rcc_persons_missing(const struct rcc_core *core, struct rcc_incident_id incident);
/* Has anybody said how many they are, or is the number only that of those who were found? */
bool rcc_persons_is_told(const struct rcc_core *core, const struct rcc_incident *incident);
/* When the first survivor came aboard a ship; 0 = none did. The clock to the last one ashore runs from it (R21). */
int64_t rcc_persons_first_aboard_ms(const struct rcc_core *core, struct rcc_incident_id incident);
/* Dead that ships report, and nobody has moved yet: a person says who died, the machine does not. */
uint32_t rcc_persons_dead_unmoved(const struct rcc_core *core, struct rcc_incident_id incident);
/* Does a ship say another number than the ledger, or more dead? */
bool rcc_persons_is_disputed(const struct rcc_core *core, struct rcc_incident_id incident);
/*
 * Everybody known is counted at some place, and no ship says otherwise. A case of which nobody has said how many there are
 * closes with a total of 0: whoever ends it looks at that too.
 */
bool rcc_persons_closes(const struct rcc_core *core, struct rcc_incident_id incident);
/* Some have stated a fear or a need of protection (R41): a flag of the case, nobody's name. */
bool rcc_persons_protection_stated(const struct rcc_core *core, struct rcc_incident_id incident);

const struct rcc_need_line *rcc_need_find(const struct rcc_core *core, struct rcc_need_id id);
/* Is it still waited for? */
static inline bool
rcc_need_is_open(const struct rcc_need_line *need)
{
	return need->state == RCC_NEED_ASKED || need->state == RCC_NEED_PROMISED;
}
uint32_t rcc_needs_open(const struct rcc_core *core, struct rcc_incident_id incident);

static inline const struct rcc_aboard *
rcc_aboard_at(const struct rcc_core *core, uint32_t slot1)
{
	return slot1 == 0 ? NULL : &core->aboard[slot1 - 1];
}
static inline const struct rcc_need_line *
rcc_need_at(const struct rcc_core *core, uint32_t slot1)
{
	return slot1 == 0 ? NULL : &core->need[slot1 - 1];
}

#endif

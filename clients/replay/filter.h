/*
 * filter.h - which entries of a record concern one incident.
 */
#ifndef RCC_REPLAY_FILTER_H
#define RCC_REPLAY_FILTER_H

#include "replay/idset.h"
#include "replay/replay.h"

struct rcc_filter {
	bool is_all;           /* no incident is asked for: everything is wanted */
	uint32_t year, number; /* the incident as people say it; year 0 = given by its id */
	uint32_t incident;     /* its id, 0 = not met yet */
	struct rcc_mmsi
	    casualty; /* its vessel, 0 = not known: what she takes back while it is open concerns it, though it waits for a person */
	bool is_open;
	struct rcc_idset set;
	bool is_out_of_memory;
};

/*
 * Reads the journal for replay->incident, if one is named. False: the reason is on stderr, *ret_exit the exit code. If it may be damaged,
 * the good entries that it begins with are enough to know the case by: who reads on says where they end.
 */
bool rcc_filter_open(struct rcc_filter *filter, const struct rcc_replay *replay, bool may_be_damaged, int *ret_exit);
void rcc_filter_close(struct rcc_filter *filter);
/* What rcc_filter_open() does for each entry; a case that is given by its number is met by and by. */
void rcc_filter_learn(struct rcc_filter *filter, const struct rcc_entry *entry);

/* Does this speak of the incident, its alerts, its broadcasts or their deliveries? */
bool rcc_filter_wants(const struct rcc_filter *filter, const struct rcc_event *event);
bool rcc_filter_wants_entry(const struct rcc_filter *filter, const struct rcc_entry *entry);

#endif

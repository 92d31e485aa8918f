/*
 * filter.h - which entries of a record concern one incident.
 */
#ifndef RCC_REPLAY_FILTER_H
#define RCC_REPLAY_FILTER_H

#include "replay/idset.h"
#include "replay/replay.h"

/* Alerts that are remembered until a case is opened for one of them: hours of a busy night. */
#define RCC_FILTER_RECENT 256
struct rcc_filter_alert {
	struct rcc_alert_id id; /* 0 = none */
	struct rcc_mmsi casualty;
	enum rcc_class class;
	enum rcc_verdict verdict;
	struct rcc_key sender;
	bool is_withdrawal;
};

struct rcc_filter {
	bool is_all;              /* no incident is asked for: everything is wanted */
	uint32_t year, number;    /* the incident as people say it; year 0 = given by its id */
	uint32_t incident;        /* its id, 0 = not met yet */
	struct rcc_mmsi casualty; /* its vessel; 0 = not known */
	enum rcc_class class;
	struct rcc_key caller; /* by which its first alert came */
	bool is_open;          /* what she takes back then concerns it, though it waits for a person */
	uint32_t recent_count; /* of all; the latest are kept */
	struct rcc_filter_alert recent[RCC_FILTER_RECENT];
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

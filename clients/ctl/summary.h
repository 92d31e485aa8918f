/*
 * summary.h - one line per event, as a watch officer reads it, for `rccctl watch` and for receipts.
 *
 * Keeps names that it has seen (of keys and incidents), so that lines name ships and not numbers.
 */
#ifndef RCC_CTL_SUMMARY_H
#define RCC_CTL_SUMMARY_H

#include <jansson.h>
#include <stdbool.h>

#include "rcc/entry.h"

/* Incidents whose numbers are remembered: those of more than the last years, then the oldest are forgotten. */
#define RCC_CTL_NUMBERS_MAX 4096
#define RCC_CTL_SUMMARY_SIZE 1280

struct rcc_ctl_known {
	uint32_t id, year, number;
	bool has_no_position, is_test; /* no ship is told, whatever the clock says */
};
struct rcc_ctl_names {
	char peer[RCC_PEERS_MAX + 1][RCC_NAME_MAX + 1];     /* by id; empty = not known */
	struct rcc_ctl_known incident[RCC_CTL_NUMBERS_MAX]; /* by id modulo the size */
};

/* Remembers what an event tells of names. Call for each event before it is summarized. */
void rcc_ctl_names_learn(struct rcc_ctl_names *names, const struct rcc_event *event);
void rcc_ctl_names_set_peer(struct rcc_ctl_names *names, struct rcc_peer_id peer, const char *name);
void rcc_ctl_names_set_incident(struct rcc_ctl_names *names, struct rcc_incident_id incident, uint32_t year,
                                uint32_t number);

/* The same of a line of the views of peers and incidents. */
void rcc_ctl_names_learn_row(struct rcc_ctl_names *names, const json_t *row);
/* What is known of an incident; NULL = nothing. */
const struct rcc_ctl_known *rcc_ctl_names_incident(const struct rcc_ctl_names *names, struct rcc_incident_id incident);

/* What happened, in one sentence without the time. */
void rcc_ctl_summary_format(const struct rcc_ctl_names *names, const struct rcc_entry *entry,
                            const struct rcc_event *event, char text[RCC_CTL_SUMMARY_SIZE]);

#endif

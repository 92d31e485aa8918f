/*
 * summary.h - one line per event, as a watch officer reads it, for `rccctl watch`.
 *
 * Keeps names that it has seen (of keys and incidents), so that lines name ships and not numbers.
 */
#ifndef RCC_CTL_SUMMARY_H
#define RCC_CTL_SUMMARY_H

#include "rcc/entry.h"

/* Incidents whose numbers are remembered: those of more than the last years, then the oldest are forgotten. */
#define CTL_NUMBERS_MAX 4096
#define CTL_SUMMARY_SIZE 1024

struct ctl_names {
	char peer[RCC_PEERS_MAX + 1][RCC_NAME_MAX + 1]; /* by id; empty = not known */
	struct {
		uint32_t id, year, number;
	} incident[CTL_NUMBERS_MAX]; /* by id modulo the size */
};

/* Remembers what an event tells of names. Call for each event before it is summarized. */
void ctl_names_learn(struct ctl_names *names, const struct rcc_event *event);
void ctl_names_set_peer(struct ctl_names *names, struct rcc_peer_id peer, const char *name);
void ctl_names_set_incident(struct ctl_names *names, struct rcc_incident_id incident, uint32_t year, uint32_t number);

/* Lower-case word of an event, "incident-opened". */
const char *ctl_event_word(enum rcc_event_kind kind);
/* What happened, in one sentence without the time. */
void ctl_summary_format(const struct ctl_names *names, const struct rcc_entry *entry, const struct rcc_event *event,
                        char text[CTL_SUMMARY_SIZE]);

#endif

/*
 * summary_internal.h - what the sentences of summary.c and summary_delivery.c share: how things are called.
 */
#ifndef RCC_CTL_SUMMARY_INTERNAL_H
#define RCC_CTL_SUMMARY_INTERNAL_H

#include "ctl/summary.h"
#include "rcc/text.h"

#define LABEL_SIZE 64

/* Name of a key; `nobody` for 0, its number if the name is not known. */
const char *rcc_ctl_name_peer(const struct rcc_ctl_names *names, struct rcc_peer_id id, const char *nobody,
                              char label[LABEL_SIZE]);
/* "2026-0001", or its id if the number is not known. */
const char *rcc_ctl_name_incident(const struct rcc_ctl_names *names, struct rcc_incident_id id, char label[LABEL_SIZE]);
/* By number and name, by what there is of them; nine dashes are no ship. */
const char *rcc_ctl_name_vessel(struct rcc_mmsi mmsi, const char *name, char label[LABEL_SIZE]);
const char *rcc_ctl_name_place(struct rcc_pos pos, char text[RCC_POS_TEXT_SIZE]);

/* One event about broadcasts and the delivery ledger. */
/* Joins, and the work of an incident (summary_work.c). */
void rcc_ctl_join_format(const struct rcc_ctl_names *names, const struct rcc_event *event, char *text);
void rcc_ctl_work_format(const struct rcc_ctl_names *names, const struct rcc_event *event, char *text);
void rcc_ctl_delivery_format(const struct rcc_ctl_names *names, const struct rcc_entry *entry,
                             const struct rcc_event *event, char text[RCC_CTL_SUMMARY_SIZE]);

#endif

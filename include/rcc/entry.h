/*
 * entry.h - one command with the events that it caused: the unit of record.
 *
 * One row in the journal, one message to subscribers, the same bytes in both; those bytes are what is hashed.
 * About 1 MB: every program keeps one or two, and clears it with rcc_entry_clear() (which touches counts only).
 */
#ifndef RCC_ENTRY_H
#define RCC_ENTRY_H

#include <string.h>

#include "rcc/event.h"

struct rcc_entry {
	struct rcc_command cause;
	uint32_t event_count; /* 0: nothing happened, and nothing is recorded */
	struct rcc_event event[RCC_EVENTS_MAX];
};

/* Empties an entry without touching its megabyte of unused rows. */
static inline void
rcc_entry_clear(struct rcc_entry *entry)
{
	entry->event_count = 0;
	entry->cause.scene.count = 0;
	entry->cause.received_len = 0;
	entry->cause.at_ms = 0;
	memset(&entry->cause.origin, 0, sizeof entry->cause.origin);
	memset(&entry->cause.u, 0, sizeof entry->cause.u);
}

#endif

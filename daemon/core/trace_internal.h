/*
 * trace_internal.h - a bounded text that grows by pieces; for trace*.c alone.
 */
#ifndef RCC_CORE_TRACE_INTERNAL_H
#define RCC_CORE_TRACE_INTERNAL_H

#include "core/core_internal.h"

struct rcc_writer {
	char *text;
	size_t size;
	size_t len; /* as long as it would be */
};

void rcc_trace_put(struct rcc_writer *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* An officer's order or a ship's plan, as one line; false if the command is of another group. */
bool rcc_trace_order(struct rcc_writer *out, const char *from, const struct rcc_command *cause);
/* Events about orders, plans, drills and floods; false if the event is of another group. */
bool rcc_trace_order_event(struct rcc_writer *out, const struct rcc_core *core, const struct rcc_entry *entry,
                           const struct rcc_event *event);
/* Places that are held open, ", or at ..."; nothing if there is one. */
void rcc_trace_places(struct rcc_writer *out, const struct rcc_candidate *candidate, uint32_t count);
/* Name of a peer, or `nobody`. */
const char *rcc_trace_name(const struct rcc_core *core, struct rcc_peer_id id, const char *nobody);

#endif

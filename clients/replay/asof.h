/*
 * asof.h - what the centre knew at one second: the state that its record gives, and the ships that its tracks show.
 */
#ifndef RCC_REPLAY_ASOF_H
#define RCC_REPLAY_ASOF_H

#include "core/state.h"
#include "picture/picture.h"
#include "replay/replay.h"

/* As the daemon's picture forgets a vessel, as installed (picture.forget_h). */
#define RCC_ASOF_HEARD_MS (12 * INT64_C(3600000))

/* The call list of a broadcast, as it was recorded. */
struct rcc_asof_calls {
	int64_t at_ms;
	struct rcc_call_listed list;
};

struct rcc_asof {
	const struct rcc_replay *replay;
	int64_t at_ms; /* by time of arrival: nothing that came later is known */
	struct rcc_core core;
	struct rcc_link last; /* the last entry that was recorded by then; seq 0 = none */
	int64_t next_at_ms;   /* of the one after it; 0 = there is none */
	struct rcc_asof_calls *calls;
	size_t calls_count, calls_size;
	bool is_out_of_memory;
	struct rcc_audit_report report;
	struct rcc_erasure erasure;
	struct rcc_picture picture; /* empty without tracks */
	uint32_t lost;              /* vessels that found no room in it */
	struct rcc_view_rows rows;  /* one page of a view */
};

/* For a person. */
void rcc_asof_print(const struct rcc_asof *asof);

#endif

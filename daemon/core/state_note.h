/*
 * state_note.h - the part of state.h that holds the diary of the cases.
 */
#ifndef RCC_CORE_STATE_NOTE_H
#define RCC_CORE_STATE_NOTE_H

#include "rcc/message.h"

/* A line of the diary. */
struct rcc_note_line {
	uint32_t id;           /* 0 = free slot */
	struct rcc_peer_id by; /* 0 = the local socket */
	uint64_t seq;
	int64_t at_ms;
	struct rcc_note body;
	bool is_erased; /* its sealed words are, or are being, destroyed */
};

struct rcc_core;
/* A line that is still in memory, or NULL. */
const struct rcc_note_line *rcc_note_find(const struct rcc_core *core, uint32_t note);
/* Does the diary of this case hold a file with this digest? Newest RCC_NOTES_MAX notes. */
bool rcc_note_is_attached(const struct rcc_core *core, struct rcc_incident_id incident, const struct rcc_hash *digest);
#endif

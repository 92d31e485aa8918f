/*
 * judge.h - what became of one thing that came in, read from the daemon's counters and from the state of its core alone.
 */
#ifndef RCC_TEST_JUDGE_H
#define RCC_TEST_JUDGE_H

#include "shell.h"
#include "signal.h"

#define JUDGE_SHIPS 6
/* The first of them take part in exercises. */
#define JUDGE_DRILLED 2

/* What is known of one that came in before it is said. */
struct truth {
	const char *what;
	uint32_t allowed;     /* BECOMES_* */
	enum rcc_class class; /* of what it may cause; the least live of envelope and signal */
	bool is_class_known; /* false: it may have been damaged into another; its envelope's class holds all the same */
	enum rcc_class envelope;
	bool is_told; /* a distress with a place, from one who is trusted: ships must hear of it */
	bool is_restricted;
};

struct judge {
	struct shell *shell;
	struct rcc_peer_id ship[JUDGE_SHIPS];
	const char *broken; /* the first law that was; NULL = none */
	/* as it was before */
	uint64_t seq;
	uint32_t alerts, broadcasts;
	/* of the last */
	uint32_t became; /* BECOMES_*, 0 = nothing was recorded */
	struct rcc_incident_id incident;
	uint32_t alert;
};

/* Remembers how things stand, before something is said. */
void judge_before(struct judge *judge);
/* What the record has of it now: the new or repeated alert's lane, and its incident. */
void judge_record(struct judge *judge);
/* Afterwards, with every clock that runs within its relay's time: sets judge->broken. */
void judge_after(struct judge *judge, const struct truth *truth);

enum rcc_class judge_least_live(enum rcc_class a, enum rcc_class b);

#endif

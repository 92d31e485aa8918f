/*
 * watch.h - a core on a fake clock, for tests: say a command in one line, look at what it caused in another.
 *
 * Owns:   one core and one entry, some 40 MB: one static object per program.
 * Errors: what a test cannot do without is asserted; what it looks at is returned.
 */
#ifndef RCC_TEST_WATCH_H
#define RCC_TEST_WATCH_H

#include "core/state.h"

/* 2026-01-15T03:00:00Z, the start of every watch. */
#define WATCH_START_MS INT64_C(1768446000000)

struct watch {
	struct rcc_core core;
	struct rcc_entry entry;
	int64_t now_ms;
	uint64_t messages; /* said so far: their ids and fingerprints */
};

/* The rules as rccd has them by default. */
struct rcc_rules watch_rules(void);
/* Empties the watch and records a run under the default rules. */
void watch_start(struct watch *watch);
/* The same with so many ships, from MMSI 200000001 on, and a feed; returns the feed's peer. */
uint32_t watch_start_with_feed(struct watch *watch, uint32_t ships);
/* Records another run under these rules. */
void watch_rule(struct watch *watch, const struct rcc_rules *rules);

/* Key number `seed`, the same in every run. */
struct rcc_key watch_key(uint32_t seed);
/* Begins a command of an enrolled peer under an id of its own; peer 0 = the centre itself, without id. */
struct rcc_command *watch_command(struct watch *watch, enum rcc_command_kind kind, uint32_t peer);
/* Begins a command of whoever holds this key, as the daemon would identify it. */
struct rcc_command *watch_command_of(struct watch *watch, enum rcc_command_kind kind, const struct rcc_key *key);
/* Takes the command that was begun; returns the number of events. */
uint32_t watch_step(struct watch *watch);

/* The first event of this kind in the last entry, or NULL. */
const struct rcc_event *watch_event(const struct watch *watch, enum rcc_event_kind kind);
uint32_t watch_events(const struct watch *watch, enum rcc_event_kind kind);
/* Was the last command refused with this reason and field, and nothing else done? */
bool watch_is_refused(const struct watch *watch, enum rcc_refusal reason, const char *field);

/* Enrols a key under a name made from its number; returns the peer, 0 if it was refused. */
uint32_t watch_enrol(struct watch *watch, enum rcc_role role, uint32_t mmsi);
/* Enrols `count` ships with MMSIs first_mmsi, first_mmsi + 1, ...; returns the first peer. */
uint32_t watch_fleet(struct watch *watch, uint32_t first_mmsi, uint32_t count);

/* A live distress of this casualty in the Strait of Sicily. */
struct rcc_alert watch_alert(enum rcc_source source, uint32_t casualty);
/* Says an alert; returns the number of events. */
uint32_t watch_say(struct watch *watch, uint32_t peer, const struct rcc_alert *alert);
/* A ship of the scene of the command that was begun; in order of MMSI. */
void watch_see(struct watch *watch, uint32_t mmsi, struct rcc_pos pos, uint32_t sog_dkn);

/* The officers' verbs, said by the centre; each returns the number of events. */
uint32_t watch_relay(struct watch *watch, uint32_t incident, enum rcc_relay_action action, const char *reason);
uint32_t watch_cancel(struct watch *watch, uint32_t incident, const char *reason);
uint32_t watch_close(struct watch *watch, uint32_t incident, const char *reason);
uint32_t watch_decide(struct watch *watch, uint32_t alert, enum rcc_decision decision, const char *reason);
uint32_t watch_revoke(struct watch *watch, const char *name, const char *reason);
/* The ships' words. */
uint32_t watch_stored(struct watch *watch, uint32_t peer, uint32_t number);
uint32_t watch_read(struct watch *watch, uint32_t peer, uint32_t number, const char *by);
uint32_t watch_answer(struct watch *watch, uint32_t peer, uint32_t incident, uint32_t number,
                      enum rcc_answer_kind kind);
uint32_t watch_sent(struct watch *watch, uint32_t peer, uint32_t number);

/* Moves the clock and takes every DUE command up to then; returns how many there were. Gives up after `most`. */
uint32_t watch_wait(struct watch *watch, int64_t ms, uint32_t most);

/* Puts text into a bounded field that was cleared before. */
void watch_text(char *field, size_t size, const char *text);

#endif

/*
 * laws.h - what must hold of every core at every moment, and of every entry beside the ones before it.
 *
 * Written against the documents, not against the code: each function recounts or walks, and names the first law that is
 * broken.
 */
#ifndef RCC_TEST_LAWS_H
#define RCC_TEST_LAWS_H

#include "core/state.h"

/* NULL, or the law of the state that is broken: counters, lists, numbers, ids. Walks everything: some milliseconds. */
const char *laws_of_state(const struct rcc_core *core);

/* Longest story: the counters of alerts and incidents stay below this. */
#define LAWS_IDS_MAX 65536

/* Decisions of which one officer of two has spoken, at a time. */
#define LAWS_HALVES_MAX 1024
struct laws_half {
	uint32_t place, ship, by; /* by 0 = none */
	int64_t at_ms;
};
/* A place of safety, as it was said to be last. */
struct laws_place {
	uint32_t checks;
	bool is_unsafe, is_feared, is_refused;
};

/* What the entries so far have said, kept apart from the core. */
struct laws_story {
	struct laws_place place[LAWS_IDS_MAX];
	struct laws_half half[LAWS_HALVES_MAX];
	uint32_t halves, assignments,
	    overrides; /* decisions so far: the first half of two, whole ones, by two officers */
	bool is_trusted
	    [LAWS_IDS_MAX]; /* alert: its sender is known and its words are understood, or a person accepted it */
	enum rcc_lane lane[LAWS_IDS_MAX];   /* alert: where it stands */
	enum rcc_lane waited[LAWS_IDS_MAX]; /* alert: where it waited before it was joined by hand; 0 = nowhere */
	bool is_live[LAWS_IDS_MAX];         /* alert: neither it nor its envelope said test or exercise */
	bool was_live[LAWS_IDS_MAX];        /* incident: the alert that opened it was live */
	bool has_trusted[LAWS_IDS_MAX];     /* incident: such an alert joined it */
	bool was_told[LAWS_IDS_MAX];        /* incident: ships hold a broadcast */
	bool was_cancelled[LAWS_IDS_MAX];   /* incident: the last one told them that help is not needed */
	bool was_ordered[LAWS_IDS_MAX];     /* incident: some ship was told something alone */
	bool was_heard[LAWS_IDS_MAX];       /* incident: its last broadcast had recipients */
	bool was_suspended[LAWS_IDS_MAX];   /* incident: the last one told them that the search is suspended */
	bool was_notice[LAWS_IDS_MAX];      /* incident: the last one was a notice of a missing craft */
	bool notice_over[LAWS_IDS_MAX];     /* incident: and it has run out */
	bool is_restricted[LAWS_IDS_MAX];   /* incident: ship security */
	bool is_held[LAWS_IDS_MAX];         /* incident: an officer has said that ships are not to be told */
	enum rcc_class class[LAWS_IDS_MAX]; /* incident */
	int64_t drills[RCC_PEERS_MAX + 1];  /* peer: takes part in exercises until then */
	uint32_t number[RCC_PEERS_MAX + 1]; /* peer: its last delivery number */
	uint32_t
	    counted[LAWS_IDS_MAX]; /* incident: persons that came out of the danger, those that went back taken off */
};

/* NULL, or the law that this entry, taken by `core`, breaks. */
const char *laws_of_entry(struct laws_story *story, const struct rcc_core *core, const struct rcc_entry *entry);

#endif

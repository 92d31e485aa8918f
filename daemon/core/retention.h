/*
 * retention.h - what is kept beside the record and for how long: legal holds, erasures, purges (domain R14, R45, R52).
 *
 * Law:    what leaves sealed.db or tracks.db leaves by an entry that says what, when and under which rule; the shell destroys
 *         once that entry is on the disk, and again after a crash, until it is gone.
 * Kept:   nothing of a case that is open, or on legal hold, or of an alert that waits for a person, is erased or purged.
 */
#ifndef RCC_CORE_RETENTION_H
#define RCC_CORE_RETENTION_H

#include "core/state.h"

/* Round a case that is kept everything is, from this long before it was opened to this long after it was closed. */
#define RCC_RETENTION_MARGIN_MS INT64_C(86400000)

/* Does the case keep what belongs to it? False for a free row. */
bool rcc_retention_keeps_case(const struct rcc_incident *incident);
/* What belongs to it begins here: a margin before it was opened. */
int64_t rcc_retention_kept_from_ms(const struct rcc_incident *incident);
/* Does the alert keep its caller's particulars: is its case kept, or does it wait for a person? */
bool rcc_retention_keeps_alert(const struct rcc_core *core, const struct rcc_alert_state *alert);
/* Does this moment lie within or round a case that keeps what belongs to it? */
bool rcc_retention_keeps_time(const struct rcc_core *core, int64_t at_ms);
/* Sealed particulars of this class made before this are purged, unless they are kept; 0 = none. */
int64_t rcc_retention_sealed_before_ms(const struct rcc_core *core, enum rcc_class class);
/* Tracks from before this are purged: no later than what a kept case needs; 0 = none. */
int64_t rcc_retention_tracks_before_ms(const struct rcc_core *core);

/* Part of apply: a run by its rules; the first tells since when there can be anything to purge. */
void rcc_apply_run(struct rcc_core *core, const struct rcc_run *run);
/* Part of apply. */
void rcc_apply_retention(struct rcc_core *core, const struct rcc_retention_changed *event);

#endif

/*
 * evidence_internal.h - between the files of this folder: evidence.c knows whose an event is, evidence_lines.c how it reads.
 */
#ifndef RCC_EVIDENCE_INTERNAL_H
#define RCC_EVIDENCE_INTERNAL_H

#include "evidence/evidence.h"

/* Begins the line of a fact; its members follow on evidence->json; then end. */
void rcc_evidence_open(struct rcc_evidence *evidence, const char *class_name, const struct rcc_link *link);
/* Keeps it; `place` is 0, or the place that it hangs on. A line that does not fit is missed, and the pack says so. */
void rcc_evidence_close(struct rcc_evidence *evidence, const struct rcc_link *link, struct rcc_place_id place);

void rcc_evidence_case(struct rcc_evidence *evidence, const struct rcc_link *link,
                       const struct rcc_incident_opened *opened);
void rcc_evidence_alert(struct rcc_evidence *evidence, const struct rcc_link *link,
                        const struct rcc_alert_recorded *recorded);
void rcc_evidence_call(struct rcc_evidence *evidence, const struct rcc_link *link,
                       const struct rcc_broadcast_issued *broadcast, const struct rcc_delivery_row *row);
/* One step of a call: SENT, STORED, READ, FLAGGED. claimed_at_ms: the ship's clock, 0 = not stated. */
void rcc_evidence_call_step(struct rcc_evidence *evidence, const struct rcc_link *link, const char *class_name,
                            uint32_t number, int64_t claimed_at_ms, const char *why);
void rcc_evidence_answer(struct rcc_evidence *evidence, const struct rcc_link *link,
                         const struct rcc_answered *answered, bool is_by_radio);
/* An event of the work of the case, without the words that stay in the record. is_by_radio: an officer typed the master's words. */
void rcc_evidence_work(struct rcc_evidence *evidence, const struct rcc_link *link, const struct rcc_event *event,
                       struct rcc_place_id place, bool is_by_radio);

/* Empties the words of evidence->event that are not for a pack; true if there were any. */
bool rcc_evidence_withhold(struct rcc_event *event);
/* May a note of this kind be in the pack of the ship that it names? */
bool rcc_evidence_is_for_ship(enum rcc_note_kind kind);

/* The lines that are not facts of an entry. */
enum rcc_status rcc_evidence_put_header(struct rcc_evidence *evidence, const struct rcc_evidence_making *making,
                                        struct rcc_pack *pack);
enum rcc_status rcc_evidence_put_duty(const struct rcc_evidence_duty *row, struct rcc_pack *pack);
enum rcc_status rcc_evidence_put_checkpoint(const struct rcc_evidence_making *making, struct rcc_pack *pack);

#endif

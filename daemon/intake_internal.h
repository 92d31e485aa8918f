/*
 * intake_internal.h - who says it, and what intake.c and raw.c share; nobody else includes this.
 */
#ifndef RCC_INTAKE_INTERNAL_H
#define RCC_INTAKE_INTERNAL_H

#include "intake.h"

struct rcc_sender {
	enum rcc_role role;
	struct rcc_peer_id peer;
	struct rcc_mmsi mmsi; /* of a vessel; 0 otherwise */
};

/* An AlertRaw: decoded, and recorded if anybody may be in danger. */
void rcc_raw_take(struct rcc_app *app, const struct rcc_sender *sender, const struct rcc_envelope *envelope);

struct rcc_origin rcc_intake_origin_of(const struct rcc_app *app, const struct rcc_sender *sender,
                                       const struct rcc_envelope *envelope);
/* A position for the picture and the tracks; a ship speaks for itself alone. */
void rcc_intake_take_report(struct rcc_app *app, const struct rcc_sender *sender, const struct rcc_report *said);
/* Keeps the sender's bytes as they came: nothing is re-encoded before it is hashed. */
void rcc_intake_keep_received(struct rcc_app *app, struct rcc_command *command);
/* Was this message taken before, in memory or in the record? Then it gets the same answer again and has no effect. */
bool rcc_intake_answered_before(struct rcc_app *app, struct rcc_origin *origin);
/* A distress that cannot be recorded is still shown to people, and its sender told to use another channel. */
void rcc_intake_show_unrecorded(struct rcc_app *app, const struct rcc_sender *sender, const struct rcc_alert *alert);

#endif

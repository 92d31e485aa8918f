/*
 * outbound.h - what leaves by itself: the live feed, deliveries and their repeats, beats, checkpoints.
 */
#ifndef RCC_OUTBOUND_H
#define RCC_OUTBOUND_H

#include "app.h"

/* To every subscriber of `live`: the turn's entries. */
void rcc_outbound_publish(struct rcc_app *app);
/* Gives every connected ship the ledger lines that it has not been given yet. */
void rcc_outbound_deliver(struct rcc_app *app);
/* When the turn is committed, this ship is given everything that it has not stored, from `after` on. */
void rcc_outbound_restart(struct rcc_app *app, const struct rcc_peer *peer, uint32_t after);
/* Sends again what is not stored, to the ships whose time has come. */
void rcc_outbound_retry(struct rcc_app *app);
/* Tells a revoked key so, and gives it nothing more. */
void rcc_outbound_revoked(struct rcc_app *app, struct rcc_peer_id peer);
/* A peer has another key: nothing more goes to the one before. */
void rcc_outbound_rekeyed(struct rcc_app *app, struct rcc_peer_id id, const struct rcc_key *before);
/* A sign of life to every connected client. */
void rcc_outbound_beat(struct rcc_app *app);
/*
 * How often a client hears a beat whose link may cost so many bytes an hour (0 = not limited): beats and checkpoints take a
 * quarter of them at most, and come every 15 min at least, or nobody would hear that the centre is gone.
 */
uint32_t rcc_outbound_beat_ms(uint32_t beat_ms, uint32_t budget_h);
/* A signed checkpoint to everybody, when one is due. */
void rcc_outbound_checkpoint(struct rcc_app *app, enum rcc_checkpoint_when when);
/* The checkpoint that was signed last, to a ship that has just come: she is a witness however short she stays. */
void rcc_outbound_witness(struct rcc_app *app, const struct rcc_peer *peer);
/* Records what was given to connections since the last turn. */
void rcc_outbound_record_sent(struct rcc_app *app);
/* What the turn took is on the disk, or may not be: then it is recorded again. */
void rcc_outbound_sent_recorded(struct rcc_app *app, bool is_on_disk);

#endif

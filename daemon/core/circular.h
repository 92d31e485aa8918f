/*
 * circular.h - bulletins and the conduct card: of no case, to every ship.
 */
#ifndef RCC_CORE_CIRCULAR_H
#define RCC_CORE_CIRCULAR_H

#include "core/state.h"

struct rcc_step;

/* In memory: the newest of them, and RCC_CIRCULAR_LINES_MAX lines; the card in force always stays. The journal keeps all. */
#define RCC_CIRCULARS_MAX 32

/* The conduct card in force; NULL = none was issued. */
const struct rcc_broadcast *rcc_circular_card(const struct rcc_core *core);
/* How far it has come to a ship; NONE if there is none, or `ship` is NULL: not registered. */
enum rcc_card_state rcc_circular_card_state(const struct rcc_core *core, const struct rcc_peer *ship);
/* Has it not expired, and no newer card taken its place? */
bool rcc_circular_is_current(const struct rcc_core *core, const struct rcc_broadcast *circular, int64_t at_ms);
/* Queues what is current for a ship that has just been enrolled. */
void rcc_circular_catch_up(struct rcc_step *step, struct rcc_peer_id peer);

#endif

/*
 * parity.h - are ships told alike, whoever owns them? Statistics over the delivery ledger (s003 par. 39; domain R26, OB21).
 *
 * The only file of the core beside the register that reads the kind of owner. It measures and raises an alarm; no rule
 * reads what it measured: tests/lint/neutral.sh sees to both.
 */
#ifndef RCC_CORE_PARITY_H
#define RCC_CORE_PARITY_H

#include "core/state.h"

/*
 * Measures over live broadcasts to every ship. A line counts when the ship has had rules.unreachable_after_ms to store it, for
 * no longer than rules.parity_window_ms; not if it was replaced before it was stored. Walks the whole ledger.
 */
void rcc_parity_measure(const struct rcc_core *core, int64_t at_ms, struct rcc_parity *ret_parity);

/* Are there two kinds of owner with enough ships? Otherwise there is nothing to compare, and nothing is recorded. */
bool rcc_parity_is_comparable(const struct rcc_core *core);

#endif

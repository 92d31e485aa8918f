/*
 * report.h - a case in words that officers send or keep: situation report, search action message, after-action report.
 *
 * Pure, from the state alone; what nobody has said is "NOT KNOWN". Each section is one function, so that what is known of a
 * case later has one place to go. Lines end in LF. Returns the length, as snprintf: longer than `size` if it was cut.
 */
#ifndef RCC_CORE_REPORT_H
#define RCC_CORE_REPORT_H

#include "core/state.h"

/* Room for any of them. */
#define RCC_REPORT_SIZE 65536

/*
 * SITREP as IAMSAR volume II lays it down: sections A to F in the short form, and G to N, without I, in the full one. `order`
 * says which form, to whom, and what is added under N; `number` counts per case.
 */
size_t rcc_report_sitrep(const struct rcc_core *core, const struct rcc_incident *incident,
                         const struct rcc_sitrep *order, uint32_t number, int64_t at_ms, char *text, size_t size);
/* The six parts of a search action message. */
size_t rcc_report_search_action(const struct rcc_core *core, const struct rcc_incident *incident, int64_t at_ms,
                                char *text, size_t size);
/* What was done, when, and how it reached the ships. */
size_t rcc_report_after_action(const struct rcc_core *core, const struct rcc_incident *incident, int64_t at_ms,
                               char *text, size_t size);

#endif

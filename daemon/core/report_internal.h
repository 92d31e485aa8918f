/*
 * report_internal.h - what the reports have in common; for report*.c alone.
 */
#ifndef RCC_CORE_REPORT_INTERNAL_H
#define RCC_CORE_REPORT_INTERNAL_H

#include "core/report.h"
#include "core/trace_internal.h"
#include "rcc/text.h"
#include "rcc/units.h"

#define RCC_NOT_KNOWN "NOT KNOWN"

/* A report being written. */
struct rcc_paper {
	struct rcc_writer out;
	const struct rcc_core *core;
	const struct rcc_incident *incident;
	const struct rcc_sitrep *order; /* SITREP alone */
	int64_t at_ms;
};

/* "A. IDENTITY OF CASUALTY" */
void rcc_report_title(struct rcc_paper *report, char letter, const char *title);
/* One indented line; `format` without its line end. */
#define rcc_report_line(report, ...)                                                                                   \
	do {                                                                                                           \
		rcc_trace_put(&(report)->out, "   " __VA_ARGS__);                                                      \
		rcc_trace_put(&(report)->out, "\n");                                                                   \
	} while (0)
/* Where it is or may be, with the time and the circle. */
void rcc_report_place(struct rcc_paper *report);
/* What was noted, with its time; NOT KNOWN if nothing was. */
void rcc_report_words(struct rcc_paper *report, const char *before, const struct rcc_noted_words *words);
/* Name and MMSI of a ship. */
#define RCC_SHIP_TEXT_SIZE 64
const char *rcc_report_ship(const struct rcc_core *core, struct rcc_mmsi mmsi, char text[RCC_SHIP_TEXT_SIZE]);
/* Calls `put` for the latest answer of each ship that is of this kind; returns how many there are. */
uint32_t rcc_report_answers(struct rcc_paper *report, enum rcc_answer_kind kind,
                            void (*put)(struct rcc_paper *report, const struct rcc_answer_state *answer));

/* Section J: what was done first, oldest first. */
void rcc_report_actions(struct rcc_paper *report);
/* Sections E and L, and the one line that names the on-scene coordinator. */
void rcc_report_assistance(struct rcc_paper *report);
void rcc_report_coordination(struct rcc_paper *report);
void rcc_report_coordinator(struct rcc_paper *report);

#endif

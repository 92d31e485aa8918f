/*
 * logbook.h - inside `log`: one extract, written as text or as a page to print.
 *
 * Why:    SOLAS V/33.1 has a master enter in the log book why he did not proceed; V/28 what happened on the voyage.
 * Never:  anything that tells who was rescued. Of survivors there are counts; the words of such reports stay out.
 */
#ifndef RCC_CREW_LOGBOOK_H
#define RCC_CREW_LOGBOOK_H

#include <stdio.h>

#include "crew/crew.h"

struct rcc_logbook {
	FILE *file;
	bool is_html, has_entry;
};

/* ---- logbook_page.c: how it looks ---- */

void rcc_logbook_begin(struct rcc_logbook *book, const char *title, const char *ship);
/* Opens one line of the log: its time, what kind of line it is, and in a word what. */
void rcc_logbook_entry(struct rcc_logbook *book, int64_t at_ms, const char *side, const char *what);
/* A sentence of it. */
void rcc_logbook_say(struct rcc_logbook *book, const char *format, ...) __attribute__((format(printf, 2, 3)));
void rcc_logbook_end(struct rcc_logbook *book, const char *note);

#endif

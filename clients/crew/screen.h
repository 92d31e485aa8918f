/*
 * screen.h - the full-screen terminal: one loop over the keyboard, the centre, the receiver and the clock.
 *
 * Why:    a mate alone on a bridge at 3 a.m. sees what is owed and answers with a key.
 * Draws:  screen_draw*.c, from the model and the board, and changes neither.
 */
#ifndef RCC_CREW_SCREEN_H
#define RCC_CREW_SCREEN_H

#include "crew/crew.h"
#include "crew/screen_model.h"

/* Runs until the person ends it. RCC_E_UNSUPPORTED: this terminal cannot show screens; nothing was done. */
RCC_MUST_USE enum rcc_status rcc_screen_run(struct rcc_crew *crew, const struct rcc_parsed *parsed);

/* "day", "night", "contrast"; RCC_E_NOT_FOUND. */
RCC_MUST_USE enum rcc_status rcc_screen_palette_parse(const char *word, enum rcc_screen_palette *ret_palette);

#endif

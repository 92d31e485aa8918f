/*
 * i18n.h - words for people are marked here, so that a catalogue in po/ can say them in another language.
 *
 * Machine-readable output (JSON, exit codes, verbs, option names, times, positions) is never translated.
 */
#ifndef RCC_LIBRCC_I18N_H
#define RCC_LIBRCC_I18N_H

#include <libintl.h>

#define RCC_TEXT_DOMAIN "rccd"
#define _(text) gettext(text)
/* Marks a text in a table; the place that prints it calls gettext(). */
#define N_(text) text

/* First thing in a main: the language that the user asks for, and where its catalogue is. */
void rcc_i18n_begin(void);

#endif

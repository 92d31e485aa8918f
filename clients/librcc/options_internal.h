/*
 * options_internal.h - what the files of the option parser share.
 */
#ifndef RCC_OPTIONS_INTERNAL_H
#define RCC_OPTIONS_INTERNAL_H

#include "librcc/options.h"

/* Prints the completion script for bash; `common` are the options that every program has besides its own. */
void rcc_options_print_completion(const struct rcc_program *program, const struct rcc_option *common);

/* ---- options_verb.c ---- */

/* Does a list of names with blanks between them hold this one, with this sign (0 = none) before it? */
bool rcc_options_has_name(const char *names, char sign, const char *name);
void rcc_options_print_line(const char *left, const char *right);
void rcc_options_print_option(const struct rcc_option *option, const char *help);

#endif

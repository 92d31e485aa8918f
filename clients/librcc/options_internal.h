/*
 * options_internal.h - what the files of the option parser share.
 */
#ifndef RCC_OPTIONS_INTERNAL_H
#define RCC_OPTIONS_INTERNAL_H

#include "librcc/options.h"

/* Does this verb, by its place in the table, take the option? The second leaves out what every verb takes. */
bool rcc_options_is_taken(const struct rcc_program *program, size_t verb, const char *name);
bool rcc_options_is_own(const struct rcc_program *program, size_t verb, const char *name);

/* Prints the completion script for bash; `common` are the options that every program has besides its own. */
void rcc_options_print_completion(const struct rcc_program *program, const struct rcc_option *common);
/* Prints a part of the manual page in scdoc's language: "verbs" or "options". False if there is no such part. */
bool rcc_options_print_page(const struct rcc_program *program, const struct rcc_option *common, const char *part);

/* ---- options_verb.c ---- */

/* Does a list of names with blanks between them hold this one, with this sign (0 = none) before it? */
bool rcc_options_has_name(const char *names, char sign, const char *name);
void rcc_options_print_line(const char *left, const char *right);
void rcc_options_print_option(const struct rcc_option *option, const char *help);

#endif

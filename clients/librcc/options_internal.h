/*
 * options_internal.h - what the files of the option parser share.
 */
#ifndef RCC_OPTIONS_INTERNAL_H
#define RCC_OPTIONS_INTERNAL_H

#include "librcc/options.h"

/* Prints the completion script for bash; `common` are the options that every program has besides its own. */
void rcc_options_print_completion(const struct rcc_program *program, const struct rcc_option *common);

#endif

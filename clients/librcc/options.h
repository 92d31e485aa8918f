/*
 * options.h - one table per program gives its parsing, its --help, its shell completion and its part of the manual page.
 */
#ifndef RCC_OPTIONS_H
#define RCC_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rcc/status.h"

/* Exit codes of every program (sysexits.h where it has one). */
#define RCC_EXIT_OK 0
#define RCC_EXIT_FAILED 1
#define RCC_EXIT_USAGE 2
#define RCC_EXIT_UNREACHABLE 69
#define RCC_EXIT_NOT_ALLOWED 77
#define RCC_EXIT_CONFIG 78

/*
 * Exit code for a failure of rcc_client_open() or of reading settings: RCC_E_RANGE and RCC_E_MALFORMED are usage (what the
 * caller said), RCC_E_CONFIG and RCC_E_UNSUPPORTED configuration (what stands in a file).
 */
int rcc_exit_of(enum rcc_status status);

struct rcc_option {
	const char *name;     /* without the dashes; NULL ends a table */
	char letter;          /* 0 = none */
	const char *argument; /* what to show for its argument, "HOST:PORT"; NULL = a flag */
	const char *help;
};
/* First operand of programs that have verbs. */
struct rcc_verb {
	const char *name;     /* NULL ends a table */
	const char *operands; /* "INC [REASON]"; "" = none */
	const char *help;
};
struct rcc_program {
	const char *name, *summary;
	const struct rcc_option *options; /* --help, --version, --completion and --page are added by the parser */
	const struct rcc_verb *verbs;     /* NULL = operands are not verbs */
	/*
	 * In the order of the verbs, the names of the options that each takes, with blanks between them; NULL = every one. An
	 * option of another verb is refused: who adds --hold to a cancel means something that would not happen.
	 */
	const char *const *verb_takes;
	/* The names of those that every verb takes besides; one that does without a name has it with a ! before it. */
	const char *all_take;
	const char *operands; /* shown after the options when there are no verbs */
	/* In the order of the verbs, one line to type for each; NULL = none. */
	const char *const *verb_examples;
};

#define RCC_OPTIONS_MAX 112
/* Options on one line, those given more than once counted each time. */
#define RCC_GIVEN_MAX 160
struct rcc_given {
	int option; /* index in the table */
	const char *value;
};
struct rcc_parsed {
	const char *value
	    [RCC_OPTIONS_MAX]; /* by index in the table: NULL = not given, "" = a flag given; the last one counts */
	int given_count;
	struct rcc_given given[RCC_GIVEN_MAX]; /* in the order in which they stand, for options that may be repeated */
	int operand_count;
	char **operand; /* operand[0] is the verb; options may stand anywhere before "--" */
};

/*
 * RCC_OK: go on. Otherwise the program ends with *ret_exit: help, version, completion (bash) or a part of the page were printed (0), or one
 * sentence on stderr says what is wrong (2). Long options also as --name=value.
 */
RCC_MUST_USE enum rcc_status rcc_options_parse(const struct rcc_program *program, int argc, char **argv,
                                               struct rcc_parsed *ret_parsed, int *ret_exit);

/* What --help after a verb prints: its line, its own options, an example. False if the program has no such verb. */
bool rcc_options_print_verb(const struct rcc_program *program, const char *name);

/* ---- options_near.c ---- */

/* The name that was probably meant: a letter or two away, or begun alike; NULL = none. `name` gives the nth name, NULL at the end. */
typedef const char *rcc_options_name_fn(const void *table, size_t n);
const char *rcc_options_near(const void *table, rcc_options_name_fn *name, const char *word);

#endif

/* The completion script for bash, from the table of a program. */
#include <stdio.h>

#include "librcc/options_internal.h"

#define NAME_SIZE 128

static void
print_words(const struct rcc_option *option)
{
	for (; option != NULL && option->name != NULL; option++) {
		printf(" --%s", option->name);
	}
}

/* Behind a verb only what it takes: an option of another verb would be refused. */
static void
print_verb_words(const struct rcc_program *program, size_t verb, const struct rcc_option *common)
{
	printf("\t\t%s)\n\t\t\twords=\"", program->verbs[verb].name);
	for (const struct rcc_option *option = program->options; option != NULL && option->name != NULL; option++) {
		if (rcc_options_is_taken(program, verb, option->name)) {
			printf("--%s ", option->name);
		}
	}
	printf("--");
	print_words(common);
	printf("\"\n\t\t\tbreak\n\t\t\t;;\n");
}

/* The words that can come next, in $words. */
static void
print_choice(const struct rcc_program *program, const struct rcc_option *common)
{
	printf("\twords=\"");
	for (const struct rcc_verb *verb = program->verbs; verb != NULL && verb->name != NULL; verb++) {
		printf("%s ", verb->name);
	}
	printf("--");
	print_words(program->options);
	print_words(common);
	printf("\"\n");
	if (program->verbs == NULL || program->verb_takes == NULL) {
		return;
	}
	printf("\tfor before in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n\t\tcase $before in\n");
	for (size_t i = 0; program->verbs[i].name != NULL; i++) {
		print_verb_words(program, i, common);
	}
	printf("\t\tesac\n\tdone\n");
}

/* Options that take an argument complete file names, and so does what begins like no verb or option. */
void
rcc_options_print_completion(const struct rcc_program *program, const struct rcc_option *common)
{
	char function[NAME_SIZE];

	snprintf(function, sizeof function, "_%s", program->name);
	for (char *c = function; *c != '\0'; c++) {
		*c = *c == '-' ? '_' : *c;
	}
	printf("%s()\n{\n\tlocal word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words\n", function);
	printf("\tcase $before in\n\t--completion|--page");
	for (const struct rcc_option *option = program->options; option != NULL && option->name != NULL; option++) {
		if (option->argument != NULL) {
			printf("|--%s", option->name);
		}
		if (option->argument != NULL && option->letter != 0) {
			printf("|-%c", option->letter);
		}
	}
	printf(")\n\t\tmapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n\t\treturn\n\t\t;;\n\tesac\n");
	print_choice(program, common);
	printf("\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n");
	printf("}\ncomplete -o default -o filenames -F %s %s\n", function, program->name);
}

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

/* Options that take an argument complete file names, everything else the verbs and options. */
void
rcc_options_print_completion(const struct rcc_program *program, const struct rcc_option *common)
{
	char function[NAME_SIZE];

	snprintf(function, sizeof function, "_%s", program->name);
	for (char *c = function; *c != '\0'; c++) {
		*c = *c == '-' ? '_' : *c;
	}
	printf("%s()\n{\n\tlocal word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n", function);
	printf("\tcase $before in\n\t--completion");
	for (const struct rcc_option *option = program->options; option != NULL && option->name != NULL; option++) {
		if (option->argument != NULL) {
			printf("|--%s", option->name);
		}
	}
	printf(")\n\t\tmapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n\t\treturn\n\t\t;;\n\tesac\n");
	printf("\tmapfile -t COMPREPLY < <(compgen -W \"");
	for (const struct rcc_verb *verb = program->verbs; verb != NULL && verb->name != NULL; verb++) {
		printf("%s ", verb->name);
	}
	printf("--");
	print_words(program->options);
	print_words(common);
	printf("\" -- \"$word\")\n}\ncomplete -o filenames -F %s %s\n", function, program->name);
}

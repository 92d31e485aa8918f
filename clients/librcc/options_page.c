/* Verbs and options of a program as its manual page shows them, in the language of scdoc (scdoc(5)). */
#include <stdio.h>
#include <string.h>

#include "librcc/i18n.h"
#include "librcc/options_internal.h"

/* What scdoc would take for markup is meant as it stands. */
static void
print_text(const char *text)
{
	for (; *text != '\0'; text++) {
		if (strchr("\\*_[]|#<>~+!", *text) != NULL) {
			putchar('\\');
		}
		putchar(*text);
	}
}

static void
print_marked(char mark, const char *before, const char *text)
{
	putchar(mark);
	fputs(before, stdout);
	print_text(text);
	putchar(mark);
}

/* Operands are underlined one by one: "INC [REASON]". */
static void
print_operands(const char *operands)
{
	while (*operands != '\0') {
		char word[64];
		size_t len = strcspn(operands, " ");

		snprintf(word, sizeof word, "%.*s", (int)len, operands);
		putchar(' ');
		print_marked('_', "", word);
		operands += len;
		operands += strspn(operands, " ");
	}
}

static void
print_option(const struct rcc_option *option)
{
	if (option->letter != 0) {
		printf("*-%c*, ", option->letter);
	}
	print_marked('*', "--", option->name);
	if (option->argument != NULL) {
		print_operands(option->argument);
	}
	printf("\n\t");
	print_text(gettext(option->help));
	printf("\n\n");
}

/* In one line the options that this verb alone takes, and in another what to type. */
static void
print_verb(const struct rcc_program *program, size_t verb)
{
	const char *before = _("options:");

	print_marked('*', "", program->verbs[verb].name);
	print_operands(program->verbs[verb].operands);
	printf("\n\t");
	print_text(gettext(program->verbs[verb].help));
	printf("\n\n");
	for (const struct rcc_option *option = program->options; option != NULL && option->name != NULL; option++) {
		if (rcc_options_is_own(program, verb, option->name)) {
			printf("%s%s ", before[0] == ',' ? "" : "\t", before);
			print_marked('*', "--", option->name);
			before = ",";
		}
	}
	if (before[0] == ',') {
		printf("\n\n");
	}
	if (program->verb_examples != NULL && program->verb_examples[verb] != NULL) {
		printf("\t%s %s ", _("example:"), program->name);
		print_text(program->verb_examples[verb]);
		printf("\n\n");
	}
}

bool
rcc_options_print_page(const struct rcc_program *program, const struct rcc_option *common, const char *part)
{
	bool is_verbs = strcmp(part, "verbs") == 0;

	if (!is_verbs && strcmp(part, "options") != 0) {
		return false;
	}
	for (size_t i = 0; is_verbs && program->verbs != NULL && program->verbs[i].name != NULL; i++) {
		print_verb(program, i);
	}
	for (const struct rcc_option *option = program->options; !is_verbs && option != NULL && option->name != NULL;
	     option++) {
		print_option(option);
	}
	for (const struct rcc_option *option = common; !is_verbs && option->name != NULL; option++) {
		print_option(option);
	}
	return true;
}

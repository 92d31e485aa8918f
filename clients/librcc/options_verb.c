/* options_verb.c - what --help after a verb prints: its own operands, its own options, and of their words those about it. */
#include "librcc/options_internal.h"

#include <stdio.h>
#include <string.h>

#include "librcc/i18n.h"

/* Column at which the help texts start; longer names push theirs to the next line. */
#define HELP_COLUMN 34
#define LEFT_SIZE 128
#define HELP_SIZE 512

bool
rcc_options_has_name(const char *names, char sign, const char *name)
{
	size_t len = strlen(name);

	while (names != NULL && *names != '\0') {
		size_t word = strcspn(names, " ");
		size_t skip = sign != 0 && *names == sign ? 1 : 0;
		if ((sign == 0 || skip == 1) && word - skip == len && strncmp(names + skip, name, len) == 0)
			return true;
		names += word;
		names += strspn(names, " ");
	}
	return false;
}

void
rcc_options_print_line(const char *left, const char *right)
{
	int width = (int)strlen(left);

	if (width > HELP_COLUMN - 2) {
		printf("%s\n%*s%s\n", left, HELP_COLUMN, "", right);
	} else {
		printf("%-*s%s\n", HELP_COLUMN, left, right);
	}
}

void
rcc_options_print_option(const struct rcc_option *option, const char *help)
{
	char left[LEFT_SIZE];
	char letter[8] = "    ";

	if (option->letter != 0) {
		snprintf(letter, sizeof letter, "-%c, ", option->letter);
	}
	snprintf(left, sizeof left, "  %s--%s%s%s", letter, option->name, option->argument != NULL ? " " : "",
	         option->argument != NULL ? option->argument : "");
	rcc_options_print_line(left, help);
}

/* ---- one option, several verbs ---- */

/*
 * The words of an option are clauses with "; " between them. One that begins with the names of verbs, "note, referral: whom it
 * concerns", is about these; one that begins without goes on with the clause before it, and first of all is about the others.
 */

static const char *
clause_end(const char *clause)
{
	const char *end = strstr(clause, "; ");

	return end != NULL ? end : clause + strlen(clause);
}

static bool
is_verb(const struct rcc_program *program, const char *word, size_t len)
{
	for (const struct rcc_verb *verb = program->verbs; verb->name != NULL; verb++) {
		if (strlen(verb->name) == len && strncmp(verb->name, word, len) == 0)
			return true;
	}
	return false;
}

/* Where the names of verbs end; the clause itself if it begins with none. Sets whether `name` is among them. */
static const char *
skip_verbs(const struct rcc_program *program, const char *clause, const char *name, bool *ret_is_named)
{
	const char *colon = strstr(clause, ": ");
	const char *at = clause;

	*ret_is_named = false;
	if (colon == NULL || colon > clause_end(clause))
		return clause;
	while (at < colon) {
		size_t len = strcspn(at, " ,:");
		if (!is_verb(program, at, len))
			break;
		*ret_is_named |= strlen(name) == len && strncmp(name, at, len) == 0;
		at += len;
		at += strspn(at, " ,:");
	}
	return at;
}

static void
append(char text[HELP_SIZE], const char *from, const char *end)
{
	size_t len = strlen(text);

	snprintf(text + len, HELP_SIZE - len, "%s%.*s", len == 0 ? "" : "; ", (int)(end - from), from);
}

/* What the words say of this verb: the clauses about it, else those about nobody by name. */
static void
format_own(const struct rcc_program *program, const char *help, const char *name, char ret[HELP_SIZE])
{
	char others[HELP_SIZE] = "";
	bool is_named = false;
	bool is_other = true;
	bool is_of_name = false;

	ret[0] = '\0';
	for (const char *clause = help; *clause != '\0'; clause = clause_end(clause), clause += strspn(clause, "; ")) {
		const char *words = skip_verbs(program, clause, name, &is_named);
		if (words != clause) {
			is_of_name = is_named;
			is_other = false;
		}
		if (is_of_name)
			append(ret, words, clause_end(clause));
		else if (is_other)
			append(others, words, clause_end(clause));
	}
	if (ret[0] == '\0')
		memcpy(ret, others, sizeof others);
	if (ret[0] == '\0')
		append(ret, help, help + strlen(help));
}

bool
rcc_options_print_verb(const struct rcc_program *program, const char *name)
{
	char help[HELP_SIZE];
	size_t verb = 0;

	while (program->verbs[verb].name != NULL && strcmp(program->verbs[verb].name, name) != 0) {
		verb++;
	}
	if (program->verbs[verb].name == NULL) {
		return false;
	}
	const char *operands = program->verbs[verb].operands;
	printf(_("usage: %s [OPTION ...] %s%s%s\n"), program->name, name, operands[0] != '\0' ? " " : "", operands);
	printf("  %s\n", gettext(program->verbs[verb].help));
	/* What every verb takes is no news about this one: --help alone lists those. */
	for (int i = 0; program->verb_takes != NULL && program->options[i].name != NULL; i++) {
		if (!rcc_options_has_name(program->verb_takes[verb], 0, program->options[i].name))
			continue;
		format_own(program, gettext(program->options[i].help), name, help);
		rcc_options_print_option(&program->options[i], help);
	}
	if (program->verb_examples != NULL && program->verb_examples[verb] != NULL) {
		printf(_("example: %s %s\n"), program->name, program->verb_examples[verb]);
	}
	return true;
}

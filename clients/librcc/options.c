#define _POSIX_C_SOURCE 200809L
#include "build_stamp.h"
#include "librcc/options_internal.h"

#include <assert.h>
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <sqlite3.h>
#include <zmq.h>

#include "librcc/i18n.h"

#define LEFT_SIZE 128

int
rcc_exit_of(enum rcc_status status)
{
	switch (status) {
	case RCC_OK:
		return RCC_EXIT_OK;
	case RCC_E_MALFORMED:
	case RCC_E_RANGE:
		return RCC_EXIT_USAGE;
	case RCC_E_CONFIG:
	case RCC_E_UNSUPPORTED:
		return RCC_EXIT_CONFIG;
	case RCC_E_UNREACHABLE:
	case RCC_E_TIMEOUT:
		return RCC_EXIT_UNREACHABLE;
	case RCC_E_NOT_ALLOWED:
		return RCC_EXIT_NOT_ALLOWED;
	case RCC_E_TOO_LARGE:
	case RCC_E_NOT_FOUND:
	case RCC_E_FULL:
	case RCC_E_IO:
	case RCC_E_UNKNOWN_OUTCOME:
	case RCC_E_CORRUPT:
	case RCC_E_BUSY:
	case RCC_E_AGAIN:
		break;
	}
	return RCC_EXIT_FAILED;
}

/* What every program understands beside its own table. */
static const struct rcc_option common[] = {
    {"help", 'h', NULL, N_("print this text")},
    {"version", 'V', NULL, N_("print the version of this program and of its libraries")},
    {"completion", 0, "SHELL", N_("print the completion script (bash)")},
    {"page", 0, "PART", N_("print this part of the manual page, in the language of scdoc: verbs or options")},
    {NULL, 0, NULL, NULL},
};
enum common_index { COMMON_HELP, COMMON_VERSION, COMMON_COMPLETION, COMMON_PAGE };

/* What parsing is about; cursor walks argv, operands are moved to its front. */
struct parse {
	const struct rcc_program *program;
	int argc, cursor;
	char **argv;
	struct rcc_parsed parsed;
	bool help, version;
	const char *completion, *page;
	int exit;
};

/* One place where an option was found: in the program's table or in the common one. */
struct found {
	const struct rcc_option *option; /* NULL = not found */
	int index;
	bool is_common;
};

static enum rcc_status __attribute__((format(printf, 2, 3))) complain(struct parse *parse, const char *format, ...)
{
	va_list arguments;

	fprintf(stderr, "%s: ", parse->program->name);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fprintf(stderr, _("; see %s --help\n"), parse->program->name);
	parse->exit = RCC_EXIT_USAGE;
	return RCC_E_CONFIG;
}

static struct found
find_in(const struct rcc_option *table, const char *name, size_t len, char letter)
{
	for (int i = 0; table != NULL && table[i].name != NULL; i++) {
		bool same = letter != 0 ? table[i].letter == letter
		                        : strlen(table[i].name) == len && memcmp(table[i].name, name, len) == 0;
		if (same) {
			return (struct found){.option = &table[i], .index = i};
		}
	}
	return (struct found){.option = NULL};
}

static struct found
find(const struct rcc_program *program, const char *name, size_t len, char letter)
{
	struct found found = find_in(program->options, name, len, letter);

	if (found.option == NULL) {
		found = find_in(common, name, len, letter);
		found.is_common = true;
	}
	return found;
}

static void
keep(struct parse *parse, const struct found *found, const char *value)
{
	if (!found->is_common) {
		assert(found->index < RCC_OPTIONS_MAX);
		parse->parsed.value[found->index] = value;
		if (parse->parsed.given_count < RCC_GIVEN_MAX) {
			parse->parsed.given[parse->parsed.given_count] =
			    (struct rcc_given){.option = found->index, .value = value};
		}
		parse->parsed.given_count++;
	} else if (found->index == COMMON_HELP) {
		parse->help = true;
	} else if (found->index == COMMON_VERSION) {
		parse->version = true;
	} else if (found->index == COMMON_COMPLETION) {
		parse->completion = value;
	} else {
		parse->page = value;
	}
}

/* The argument that follows an option, or NULL at the end. */
static const char *
next_argument(struct parse *parse)
{
	if (parse->cursor + 1 >= parse->argc) {
		return NULL;
	}
	parse->cursor++;
	return parse->argv[parse->cursor];
}

static const char *
option_name(const void *table, size_t n)
{
	return ((const struct rcc_option *)table)[n].name;
}

static const char *
verb_name(const void *table, size_t n)
{
	return ((const struct rcc_verb *)table)[n].name;
}

/* Pre: there is no such option. */
static enum rcc_status
complain_option(struct parse *parse, const char *text, size_t len)
{
	char word[LEFT_SIZE];

	snprintf(word, sizeof word, "%.*s", (int)len, text);
	const char *near =
	    parse->program->options == NULL ? NULL : rcc_options_near(parse->program->options, option_name, word);
	if (near != NULL) {
		return complain(parse, _("there is no option '--%s' (did you mean '--%s'?)"), word, near);
	}
	return complain(parse, _("there is no option '--%s'"), word);
}

static enum rcc_status
parse_long(struct parse *parse, const char *text)
{
	const char *equals = strchr(text, '=');
	size_t len = equals != NULL ? (size_t)(equals - text) : strlen(text);
	struct found found = find(parse->program, text, len, 0);
	const char *value = equals != NULL ? equals + 1 : NULL;

	if (found.option == NULL) {
		return complain_option(parse, text, len);
	}
	if (found.option->argument == NULL && value != NULL) {
		return complain(parse, _("option '--%s' takes no argument"), found.option->name);
	}
	if (found.option->argument == NULL) {
		keep(parse, &found, "");
		return RCC_OK;
	}
	if (value == NULL) {
		value = next_argument(parse);
	}
	if (value == NULL) {
		return complain(parse, _("option '--%s' needs %s"), found.option->name, found.option->argument);
	}
	keep(parse, &found, value);
	return RCC_OK;
}

/* "-e EP", "-eEP", and flags together: "-qv". */
static enum rcc_status
parse_letters(struct parse *parse, const char *text)
{
	for (; *text != '\0'; text++) {
		struct found found = find(parse->program, NULL, 0, *text);

		if (found.option == NULL) {
			return complain(parse, _("there is no option '-%c'"),
			                isprint((unsigned char)*text) ? *text : '?');
		}
		if (found.option->argument == NULL) {
			keep(parse, &found, "");
			continue;
		}
		const char *value = text[1] != '\0' ? text + 1 : next_argument(parse);
		if (value == NULL) {
			return complain(parse, _("option '-%c' needs %s"), *text, found.option->argument);
		}
		keep(parse, &found, value);
		break;
	}
	return RCC_OK;
}

/* "-" is standard input and "-12.5" a number: both are operands. */
static bool
is_operand(const char *text)
{
	return text[0] != '-' || text[1] == '\0' || isdigit((unsigned char)text[1]) || text[1] == '.';
}

static enum rcc_status
parse_all(struct parse *parse)
{
	bool only_operands = false;
	enum rcc_status status = RCC_OK;

	parse->parsed.operand = parse->argv + (parse->argc > 0 ? 1 : 0);
	for (parse->cursor = 1; parse->cursor < parse->argc && status == RCC_OK; parse->cursor++) {
		char *text = parse->argv[parse->cursor];

		if (only_operands || is_operand(text)) {
			parse->parsed.operand[parse->parsed.operand_count] = text;
			parse->parsed.operand_count++;
		} else if (strcmp(text, "--") == 0) {
			only_operands = true;
		} else if (text[1] == '-') {
			status = parse_long(parse, text + 2);
		} else {
			status = parse_letters(parse, text + 1);
		}
	}
	if (status == RCC_OK && parse->parsed.given_count > RCC_GIVEN_MAX) {
		return complain(parse, _("at most %d options at a time"), RCC_GIVEN_MAX);
	}
	return status;
}

static bool
has_option(const struct rcc_program *program, const char *name, size_t len)
{
	for (const struct rcc_option *option = program->options; option->name != NULL; option++) {
		if (strlen(option->name) == len && strncmp(option->name, name, len) == 0)
			return true;
	}
	return false;
}

/* A name that no option has would be a promise that nothing keeps. */
static bool
are_names_known(const struct rcc_program *program)
{
	for (size_t i = 0; program->verb_takes != NULL && program->verbs[i].name != NULL; i++) {
		const char *name = program->verb_takes[i];
		for (; *name != '\0'; name += strspn(name, " !")) {
			size_t len = strcspn(name + (*name == '!'), " ");
			if (!has_option(program, name + (*name == '!'), len))
				return false;
			name += len + (*name == '!');
		}
	}
	return true;
}

bool
rcc_options_is_own(const struct rcc_program *program, size_t verb, const char *name)
{
	return program->verb_takes != NULL && rcc_options_has_name(program->verb_takes[verb], 0, name);
}

bool
rcc_options_is_taken(const struct rcc_program *program, size_t verb, const char *name)
{
	if (program->verb_takes == NULL || rcc_options_is_own(program, verb, name))
		return true;
	return rcc_options_has_name(program->all_take, 0, name) &&
	       !rcc_options_has_name(program->verb_takes[verb], '!', name);
}

/* Nobody's option is passed over in silence. */
static enum rcc_status
check_verb_options(struct parse *parse, size_t verb)
{
	const struct rcc_program *program = parse->program;

	for (int i = 0; program->options != NULL && program->options[i].name != NULL; i++) {
		if (parse->parsed.value[i] != NULL && !rcc_options_is_taken(program, verb, program->options[i].name)) {
			return complain(parse, _("'%s' does not take option '--%s'"), program->verbs[verb].name,
			                program->options[i].name);
		}
	}
	return RCC_OK;
}

static enum rcc_status
check_verb(struct parse *parse)
{
	const struct rcc_verb *verb = parse->program->verbs;

	if (verb == NULL || parse->parsed.operand_count == 0) {
		return RCC_OK;
	}
	for (size_t i = 0; verb[i].name != NULL; i++) {
		if (strcmp(verb[i].name, parse->parsed.operand[0]) == 0) {
			return check_verb_options(parse, i);
		}
	}
	const char *near = rcc_options_near(verb, verb_name, parse->parsed.operand[0]);
	if (near != NULL) {
		return complain(parse, _("there is no verb '%s' (did you mean '%s'?)"), parse->parsed.operand[0], near);
	}
	return complain(parse, _("there is no verb '%s'"), parse->parsed.operand[0]);
}

static void
print_options(const struct rcc_option *option)
{
	for (; option != NULL && option->name != NULL; option++) {
		rcc_options_print_option(option, gettext(option->help));
	}
}

static void
print_help(const struct rcc_program *program)
{
	const char *operands = program->operands != NULL ? program->operands : "";

	printf(_("usage: %s [OPTION ...] %s\n"), program->name, program->verbs != NULL ? "[VERB ...]" : operands);
	printf("%s\n", gettext(program->summary));
	if (program->verbs != NULL) {
		printf("\n%s\n", _("verbs:"));
	}
	for (const struct rcc_verb *verb = program->verbs; verb != NULL && verb->name != NULL; verb++) {
		char left[LEFT_SIZE];

		snprintf(left, sizeof left, "  %s%s%s", verb->name, verb->operands[0] != '\0' ? " " : "",
		         verb->operands);
		rcc_options_print_line(left, gettext(verb->help));
	}
	printf("\n%s\n", _("options (anywhere before \"--\"):"));
	print_options(program->options);
	print_options(common);
	printf("\n%s\n",
	       _("exit codes: 0 done, 1 refused or failed, 2 usage, 69 not reachable in time, 77 not allowed,\n"
	         "78 bad configuration"));
}

static void
print_version(const struct rcc_program *program)
{
	int major = 0, minor = 0, patch = 0;

	zmq_version(&major, &minor, &patch);
	printf("%s %s (libzmq %d.%d.%d, sqlite %s)\n", program->name, RCC_BUILD, major, minor, patch,
	       sqlite3_libversion());
}

/* Help, version, completion and page end the program: what was asked for is printed, or the exit code tells. */
static enum rcc_status
answer_questions(struct parse *parse)
{
	if (parse->help && parse->program->verbs != NULL && parse->parsed.operand_count > 0 &&
	    rcc_options_print_verb(parse->program, parse->parsed.operand[0])) {
		/* Of this verb alone. */
	} else if (parse->help) {
		print_help(parse->program);
	} else if (parse->version) {
		print_version(parse->program);
	} else if (parse->completion != NULL && strcmp(parse->completion, "bash") != 0) {
		return complain(parse, _("completion is written for bash, not '%s'"), parse->completion);
	} else if (parse->completion != NULL) {
		rcc_options_print_completion(parse->program, common);
	} else if (parse->page != NULL && !rcc_options_print_page(parse->program, common, parse->page)) {
		return complain(parse, _("a page has the parts verbs and options, not '%s'"), parse->page);
	} else if (parse->page != NULL) {
		/* Printed. */
	} else {
		return RCC_OK;
	}
	parse->exit = fflush(stdout) == 0 ? RCC_EXIT_OK : RCC_EXIT_FAILED;
	return RCC_E_AGAIN;
}

enum rcc_status
rcc_options_parse(const struct rcc_program *program, int argc, char **argv, struct rcc_parsed *ret_parsed,
                  int *ret_exit)
{
	struct parse parse = {.program = program, .argc = argc, .argv = argv};

	assert(are_names_known(program));
	enum rcc_status status = parse_all(&parse);

	if (status == RCC_OK) {
		status = answer_questions(&parse);
	}
	if (status == RCC_OK) {
		status = check_verb(&parse);
	}
	if (status != RCC_OK) {
		*ret_exit = parse.exit;
		return status;
	}
	*ret_parsed = parse.parsed;
	return RCC_OK;
}

#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "build_stamp.h"
#include "librcc/options.h"

#define OUTPUT_MAX 8192

static const struct rcc_option options[] = {
    {"to", 't', "ENDPOINT", "where the centre is"},
    {"quiet", 'q', NULL, "say less"},
    {"pos", 0, "POS", "where it happened"},
    {"loud", 'l', NULL, "say more"},
    {NULL, 0, NULL, NULL},
};
enum { TO, QUIET, POS, LOUD };
static const struct rcc_verb verbs[] = {
    {"answer", "INC", "answer a call"},
    {"status", "", "tell how things are"},
    {NULL, NULL, NULL},
};
static const struct rcc_program program = {
    .name = "rcc-probe", .summary = "a program for this test", .options = options, .verbs = verbs};
/* Only "answer" takes --pos. */
static const char *const verb_takes[] = {"pos", ""};
static const struct rcc_program strict = {.name = "rcc-strict",
                                          .summary = "each verb has its own options",
                                          .options = options,
                                          .verbs = verbs,
                                          .verb_takes = verb_takes,
                                          .all_take = "to"};
static const struct rcc_program plain = {
    .name = "rcc-plain", .summary = "no verbs", .options = options, .operands = "FILE"};

/* Runs the parser with one of the standard streams going into a file, and returns what was written there. */
static enum rcc_status
parse_capturing(int stream, const struct rcc_program *which, char **argv, struct rcc_parsed *ret_parsed, int *ret_exit,
                char output[OUTPUT_MAX])
{
	FILE *file = tmpfile();
	int argc = 0;
	int saved = dup(stream);

	assert_non_null(file);
	assert_true(saved >= 0);
	while (argv[argc] != NULL) {
		argc++;
	}
	fflush(NULL);
	assert_true(dup2(fileno(file), stream) >= 0);
	enum rcc_status status = rcc_options_parse(which, argc, argv, ret_parsed, ret_exit);
	fflush(NULL);
	assert_true(dup2(saved, stream) >= 0);
	close(saved);
	rewind(file);
	size_t len = fread(output, 1, OUTPUT_MAX - 1, file);
	output[len] = '\0';
	fclose(file);
	return status;
}

/* A command line of our own to take apart: words separated by '|'. */
struct line {
	char text[256];
	char *argv[16];
};

static char **
split(struct line *line, const char *words)
{
	size_t count = 0;

	memset(line, 0, sizeof *line);
	snprintf(line->text, sizeof line->text, "rcc-probe|%s", words);
	line->argv[count++] = line->text;
	for (char *c = line->text; *c != '\0'; c++) {
		if (*c == '|') {
			*c = '\0';
			line->argv[count++] = c + 1;
		}
	}
	return line->argv;
}

static struct rcc_parsed
parse_ok(struct line *line, const char *words)
{
	struct rcc_parsed parsed = {.operand_count = -1};
	int exit_code = -1;
	char output[OUTPUT_MAX];

	assert_int_equal(parse_capturing(STDERR_FILENO, &program, split(line, words), &parsed, &exit_code, output),
	                 RCC_OK);
	assert_string_equal(output, "");
	assert_int_equal(exit_code, -1);
	return parsed;
}

static void
test_options_stand_anywhere(void **state)
{
	struct line line;

	(void)state;
	struct rcc_parsed parsed = parse_ok(&line, "answer|--to|tcp://a:1|2026-0001|-q|--pos=35N 12E|proceeding");

	assert_int_equal(parsed.operand_count, 3);
	assert_string_equal(parsed.operand[0], "answer");
	assert_string_equal(parsed.operand[1], "2026-0001");
	assert_string_equal(parsed.operand[2], "proceeding");
	assert_string_equal(parsed.value[TO], "tcp://a:1");
	assert_string_equal(parsed.value[QUIET], "");
	assert_string_equal(parsed.value[POS], "35N 12E");
	assert_null(parsed.value[LOUD]);
}

static void
test_options_of_other_verbs_are_refused(void **state)
{
	struct line line;
	struct rcc_parsed parsed = {.operand_count = -1};
	int exit_code = -1;
	char output[OUTPUT_MAX];

	(void)state;
	assert_int_equal(parse_capturing(STDERR_FILENO, &strict, split(&line, "answer|1|--pos=35N 12E|--to=x"), &parsed,
	                                 &exit_code, output),
	                 RCC_OK);
	assert_int_equal(
	    parse_capturing(STDERR_FILENO, &strict, split(&line, "--pos=35N 12E|status"), &parsed, &exit_code, output),
	    RCC_E_CONFIG);
	assert_int_equal(exit_code, RCC_EXIT_USAGE);
	assert_non_null(strstr(output, "'status'"));
	assert_non_null(strstr(output, "'--pos'"));
	assert_int_equal(
	    parse_capturing(STDERR_FILENO, &strict, split(&line, "answer|-q"), &parsed, &exit_code, output),
	    RCC_E_CONFIG);
}

/* What was typed wrong is told with what was meant, if anything is near; a guess that is not is worse than none. */
static void
test_a_typing_error_is_told_with_its_cure(void **state)
{
	static const struct {
		const char *words, *told;
	} wrong[] = {{"anwser|1", "'anwser' (did you mean 'answer'?)"},
	             {"stat", "(did you mean 'status'?)"},
	             {"answers|1", "(did you mean 'answer'?)"},
	             {"status|--quite", "'--quite' (did you mean '--quiet'?)"},
	             {"status|--psoition=1", "no option '--psoition';"},
	             {"a", "no verb 'a';"},
	             {"frobnicate", "no verb 'frobnicate';"}};
	struct line line;
	struct rcc_parsed parsed = {.operand_count = -1};
	int exit_code = -1;
	char output[OUTPUT_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		assert_int_equal(
		    parse_capturing(STDERR_FILENO, &program, split(&line, wrong[i].words), &parsed, &exit_code, output),
		    RCC_E_CONFIG);
		assert_int_equal(exit_code, RCC_EXIT_USAGE);
		assert_non_null(strstr(output, wrong[i].told));
	}
}

/* --help after a verb: this verb, its own options, one example; not the others. */
static void
test_help_of_one_verb(void **state)
{
	static const char *const examples[] = {"answer 7", NULL};
	struct rcc_program with = strict;
	struct line line;
	struct rcc_parsed parsed = {.operand_count = -1};
	int exit_code = -1;
	char output[OUTPUT_MAX];

	(void)state;
	with.verb_examples = examples;
	assert_int_equal(
	    parse_capturing(STDOUT_FILENO, &with, split(&line, "answer|--help"), &parsed, &exit_code, output),
	    RCC_E_AGAIN);
	assert_int_equal(exit_code, RCC_EXIT_OK);
	assert_non_null(strstr(output, "usage: rcc-strict [OPTION ...] answer INC\n  answer a call\n"));
	assert_non_null(strstr(output, "--pos POS"));
	assert_non_null(strstr(output, "example: rcc-strict answer 7\n"));
	assert_null(strstr(output, "tell how things are"));
	assert_null(strstr(output, "--quiet"));
	assert_null(strstr(output, "exit codes"));
	assert_int_equal(
	    parse_capturing(STDOUT_FILENO, &with, split(&line, "status|--help"), &parsed, &exit_code, output),
	    RCC_E_AGAIN);
	assert_null(strstr(output, "example"));
	assert_null(strstr(output, "--pos"));
}

/* Of the words of an option that several verbs take, those about this one; else those about nobody by name. */
static void
test_words_of_one_verb(void **state)
{
	static const struct rcc_option several[] = {
	    {"text", 0, "TEXT",
	     "in plain words; with blanks; answer: what was said; status, answer: it stands in the log"},
	    {"when", 0, "TIME", "status: when it was, or -20min; as it is known; answer checked: since then"},
	    {NULL, 0, NULL, NULL}};
	static const struct rcc_verb three[] = {{"answer", "INC", "answer a call"},
	                                        {"status", "", "tell how things are"},
	                                        {"wait", "", "wait"},
	                                        {NULL, NULL, NULL}};
	static const char *const takes[] = {"text when", "text when", "text when"};
	static const struct {
		const char *words, *text, *when;
	} wanted[] = {{"answer|--help", "  what was said; it stands in the log\n", "  checked: since then\n"},
	              {"status|--help", "  it stands in the log\n", "  when it was, or -20min; as it is known\n"},
	              {"wait|--help", "  in plain words; with blanks\n", "status: when it was"}};
	const struct rcc_program with = {
	    .name = "rcc-words", .summary = "words", .options = several, .verbs = three, .verb_takes = takes};
	struct line line;
	struct rcc_parsed parsed = {.operand_count = -1};
	int exit_code = -1;
	char output[OUTPUT_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
		assert_int_equal(
		    parse_capturing(STDOUT_FILENO, &with, split(&line, wanted[i].words), &parsed, &exit_code, output),
		    RCC_E_AGAIN);
		assert_non_null(strstr(output, wanted[i].text));
		assert_non_null(strstr(output, wanted[i].when));
	}
}

/* What every verb takes, and a verb that does without it. */
static void
test_options_of_every_verb(void **state)
{
	static const char *const takes[] = {"pos loud", "!to"};
	struct rcc_program with = strict;
	struct line line;
	struct rcc_parsed parsed = {.operand_count = -1};
	int exit_code = -1;
	char output[OUTPUT_MAX];

	(void)state;
	with.verb_takes = takes;
	assert_int_equal(
	    parse_capturing(STDERR_FILENO, &with, split(&line, "answer|1|--loud|--to|x"), &parsed, &exit_code, output),
	    RCC_OK);
	assert_int_equal(
	    parse_capturing(STDERR_FILENO, &with, split(&line, "status|--loud"), &parsed, &exit_code, output),
	    RCC_E_CONFIG);
	assert_non_null(strstr(output, "'--loud'"));
	assert_int_equal(
	    parse_capturing(STDERR_FILENO, &with, split(&line, "status|--to|x"), &parsed, &exit_code, output),
	    RCC_E_CONFIG);
	assert_non_null(strstr(output, "'--to'"));
	assert_int_equal(
	    parse_capturing(STDOUT_FILENO, &with, split(&line, "answer|--help"), &parsed, &exit_code, output),
	    RCC_E_AGAIN);
	assert_non_null(strstr(output, "--loud"));
	assert_null(strstr(output, "--to"));
}

static void
test_letters_join(void **state)
{
	struct line line;

	(void)state;
	struct rcc_parsed parsed = parse_ok(&line, "-qlttcp://b:2|status");

	assert_string_equal(parsed.value[QUIET], "");
	assert_string_equal(parsed.value[LOUD], "");
	assert_string_equal(parsed.value[TO], "tcp://b:2");
	parsed = parse_ok(&line, "status|-t|tcp://c:3");
	assert_string_equal(parsed.value[TO], "tcp://c:3");
}

static void
test_dashes_and_numbers_are_operands(void **state)
{
	struct line line;

	(void)state;
	struct rcc_parsed parsed = parse_ok(&line, "answer|-|-12.5|-.5|--|--to|-q");

	assert_int_equal(parsed.operand_count, 6);
	assert_string_equal(parsed.operand[1], "-");
	assert_string_equal(parsed.operand[2], "-12.5");
	assert_string_equal(parsed.operand[4], "--to");
	assert_null(parsed.value[TO]);
	assert_null(parsed.value[QUIET]);
	parsed = parse_ok(&line, "answer|--pos|-35.5 12");
	assert_string_equal(parsed.value[POS], "-35.5 12");
}

static void
test_mistakes_are_told_in_one_sentence(void **state)
{
	struct line line;

	(void)state;
	struct {
		const char *words, *says;
	} wrong[] = {
	    {"--nonsense", "rcc-probe: there is no option '--nonsense'; see rcc-probe --help\n"},
	    {"--t", "rcc-probe: there is no option '--t'; see rcc-probe --help\n"},
	    {"-z", "rcc-probe: there is no option '-z'; see rcc-probe --help\n"},
	    {"status|--to", "rcc-probe: option '--to' needs ENDPOINT; see rcc-probe --help\n"},
	    {"status|-t", "rcc-probe: option '-t' needs ENDPOINT; see rcc-probe --help\n"},
	    {"--quiet=yes", "rcc-probe: option '--quiet' takes no argument; see rcc-probe --help\n"},
	    {"dance", "rcc-probe: there is no verb 'dance'; see rcc-probe --help\n"},
	    {"--completion|fish", "rcc-probe: completion is written for bash, not 'fish'; see rcc-probe --help\n"},
	};

	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		struct rcc_parsed parsed = {.operand_count = -7};
		int exit_code = -1;
		char output[OUTPUT_MAX];

		assert_int_not_equal(
		    parse_capturing(STDERR_FILENO, &program, split(&line, wrong[i].words), &parsed, &exit_code, output),
		    RCC_OK);
		assert_int_equal(exit_code, RCC_EXIT_USAGE);
		assert_string_equal(output, wrong[i].says);
		assert_int_equal(parsed.operand_count, -7);
	}
}

static void
test_help_names_everything(void **state)
{
	struct line line;

	(void)state;
	struct rcc_parsed parsed;
	int exit_code = -1;
	char output[OUTPUT_MAX];

	assert_int_not_equal(
	    parse_capturing(STDOUT_FILENO, &program, split(&line, "--help"), &parsed, &exit_code, output), RCC_OK);
	assert_int_equal(exit_code, RCC_EXIT_OK);
	for (size_t i = 0; options[i].name != NULL; i++) {
		assert_non_null(strstr(output, options[i].name));
		assert_non_null(strstr(output, options[i].help));
	}
	for (size_t i = 0; verbs[i].name != NULL; i++) {
		assert_non_null(strstr(output, verbs[i].help));
	}
	assert_non_null(strstr(output, "--version"));
	assert_null(strstr(output, "\x1b"));
	assert_int_not_equal(parse_capturing(STDOUT_FILENO, &plain, split(&line, "-h"), &parsed, &exit_code, output),
	                     RCC_OK);
	assert_non_null(strstr(output, "usage: rcc-plain [OPTION ...] FILE\n"));
}

static void
test_version_names_the_libraries(void **state)
{
	struct line line;

	(void)state;
	struct rcc_parsed parsed;
	int exit_code = -1;
	char output[OUTPUT_MAX];

	assert_int_not_equal(
	    parse_capturing(STDOUT_FILENO, &program, split(&line, "--version"), &parsed, &exit_code, output), RCC_OK);
	assert_int_equal(exit_code, RCC_EXIT_OK);
	assert_int_equal(
	    strncmp(output, "rcc-probe " RCC_BUILD " (libzmq 4.", strlen("rcc-probe " RCC_BUILD " (libzmq 4.")), 0);
	assert_non_null(strstr(output, ", sqlite 3."));
}

static void
test_completion_offers_verbs_and_options(void **state)
{
	struct line line;

	(void)state;
	struct rcc_parsed parsed;
	int exit_code = -1;
	char output[OUTPUT_MAX];

	assert_int_not_equal(
	    parse_capturing(STDOUT_FILENO, &program, split(&line, "--completion=bash"), &parsed, &exit_code, output),
	    RCC_OK);
	assert_int_equal(exit_code, RCC_EXIT_OK);
	assert_non_null(strstr(output, "--completion|--page|--to|-t|--pos)"));
	assert_non_null(
	    strstr(output, "\"answer status -- --to --quiet --pos --loud --help --version --completion --page\""));
	assert_non_null(strstr(output, "complete -o default -o filenames -F _rcc_probe rcc-probe\n"));
	assert_null(strstr(output, "answer)"));
	/* Behind a verb, what it takes. */
	assert_int_not_equal(
	    parse_capturing(STDOUT_FILENO, &strict, split(&line, "--completion=bash"), &parsed, &exit_code, output),
	    RCC_OK);
	assert_non_null(strstr(output, "answer)\n\t\t\twords=\"--to --pos -- --help"));
	assert_non_null(strstr(output, "status)\n\t\t\twords=\"--to -- --help"));
}

/* What a page shows is what the table has, with nothing taken for markup. */
static void
test_page_shows_the_table(void **state)
{
	static const struct rcc_option marked[] = {
	    {"as", 'a', "ONE|OTHER", "a *form* of snake_case [or none]"},
	    {NULL, 0, NULL, NULL},
	};
	static const struct rcc_program shown = {
	    .name = "rcc-shown", .summary = "signs", .options = marked, .operands = ""};
	struct line line;
	struct rcc_parsed parsed;
	int exit_code = -1;
	char output[OUTPUT_MAX];

	(void)state;
	assert_int_not_equal(
	    parse_capturing(STDOUT_FILENO, &strict, split(&line, "--page|verbs"), &parsed, &exit_code, output), RCC_OK);
	assert_int_equal(exit_code, RCC_EXIT_OK);
	assert_string_equal(output, "*answer* _INC_\n\tanswer a call\n\n\toptions: *--pos*\n\n"
	                            "*status*\n\ttell how things are\n\n");
	assert_int_not_equal(
	    parse_capturing(STDOUT_FILENO, &shown, split(&line, "--page|options"), &parsed, &exit_code, output),
	    RCC_OK);
	assert_non_null(strstr(output, "*-a*, *--as* _ONE\\|OTHER_\n\ta \\*form\\* of snake\\_case \\[or none\\]\n\n"));
	assert_non_null(strstr(output, "*-h*, *--help*\n\t"));
	assert_int_not_equal(
	    parse_capturing(STDERR_FILENO, &plain, split(&line, "--page|colophon"), &parsed, &exit_code, output),
	    RCC_OK);
	assert_int_equal(exit_code, RCC_EXIT_USAGE);
	assert_string_equal(
	    output, "rcc-plain: a page has the parts verbs and options, not 'colophon'; see rcc-plain --help\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_options_stand_anywhere),
	    cmocka_unit_test(test_a_typing_error_is_told_with_its_cure),
	    cmocka_unit_test(test_help_of_one_verb),
	    cmocka_unit_test(test_words_of_one_verb),
	    cmocka_unit_test(test_options_of_every_verb),
	    cmocka_unit_test(test_letters_join),
	    cmocka_unit_test(test_options_of_other_verbs_are_refused),
	    cmocka_unit_test(test_dashes_and_numbers_are_operands),
	    cmocka_unit_test(test_mistakes_are_told_in_one_sentence),
	    cmocka_unit_test(test_help_names_everything),
	    cmocka_unit_test(test_version_names_the_libraries),
	    cmocka_unit_test(test_completion_offers_verbs_and_options),
	    cmocka_unit_test(test_page_shows_the_table),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

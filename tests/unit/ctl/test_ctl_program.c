/* The program itself, where no daemon is needed: exit codes, and where its words go. */
#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "librcc/options.h"
#include "rcc/text.h"

#define OUTPUT_MAX 32768

static const char *program;
static char output[OUTPUT_MAX]; /* standard output of the last run */

/* Runs the program with these words, split at spaces; returns its exit code. Standard error goes to standard error. */
static int
run(const char *arguments)
{
	char command[1024];
	snprintf(command, sizeof command, "'%s' %s", program, arguments);
	FILE *pipe = popen(command, "r");
	assert_non_null(pipe);
	size_t len = fread(output, 1, sizeof output - 1, pipe);
	output[len] = '\0';
	int status = pclose(pipe);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
assert_usage_errors(const char *const *wrong, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (run(wrong[i]) != RCC_EXIT_USAGE)
			fail_msg("not a usage error: rccctl %s", wrong[i]);
		assert_string_equal(output, "");
	}
}

static void
test_usage_errors_print_nothing_on_stdout(void **state)
{
	(void)state;
	static const char *const wrong[] = {
	    "",
	    "frobnicate",
	    "show",
	    "status now",
	    "vessel 12345",
	    "vessel 000000000",
	    "vessels --near '35-12.40N 012-36.05E'",
	    "vessels --within 3",
	    "vessels --near nowhere --within 3",
	    "vessels --near '35-12.40N 012-36.05E' --within -3",
	    "show 26-1",
	    "cancel 2026-0001",
	    "relay 2026-0001 --hold",
	    "close 2026-0001 --reason x",
	    "close 2026-0001 --reason x --outcome lost",
	    "accept x --reason y",
	    "accept 1",
	    "dismiss 1",
	    "enrol ASTRID --role vessel",
	    "enrol ASTRID --role guest --key x",
	    "enrol ASTRID --role vessel --mmsi 1 --key x",
	    "enrol ASTRID --role vessel --key /nonexistent",
	    "enrol ASTRID --role officer --key /nonexistent",
	    "revoke ASTRID",
	    "--timeout 0 status",
	    "--timeout 99999 status",
	    "-e localhost:1 status",
	    "-e localhost:1 --state-dir . status",
	    "-e localhost --server-key 'JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6' --key-file /nonexistent status",
	    "watch --from 0",
	    "watch --count x",
	};
	assert_usage_errors(wrong, sizeof wrong / sizeof wrong[0]);
}

static void
test_usage_errors_of_orders(void **state)
{
	(void)state;
	static const char *const wrong[] = {
	    "open </dev/null",
	    "open --by phone </dev/null",
	    "open --by fax --pos '35N 12E'",
	    "phase 2026-0001",
	    "phase 2026-0001 panic --reason x",
	    "phase 2026-0001 alert",
	    "suspend 2026-0001 --reason x",
	    "suspend 2026-0001 --review soon --reason x",
	    "suspend 2026-0001 --review +6x --reason x",
	    "open --by rcc --text x",
	    "help frobnicate",
	    "suspend 2026-0001 --review -1h --reason x",
	    "suspend 2026-0001 --review +1h",
	    "resume 2026-0001",
	    "classify 2026-0001 --reason x",
	    "classify 2026-0001 --nature boredom --reason x",
	    "classify 2026-0001 --verified",
	    "join 1 --reason x",
	    "join 1 2026-0001",
	    "join x 2026-0001 --reason x",
	    "join 1 2026-0001 --from 2026-0002 --reason x",
	    "join 1 2 3 --reason x",
	    "split 0 --reason x",
	    "split 1",
	    "group 2026-0001 --reason x",
	    "group 2026-0001 --alone",
	    "group 2026-0001 --alone --under 2026-0002 --reason x",
	    "plan",
	    "plan lost --name A",
	    "plan file --name A",
	    "plan file --eta +1h",
	    "plan file --name A --eta -1h",
	    "plan file --name A --every 0",
	    "plan report --name A --every 60",
	    "plan arrived --name A --eta +1h",
	    "flood",
	};
	assert_usage_errors(wrong, sizeof wrong / sizeof wrong[0]);
}

static bool
is_among(const char *words, const char *word)
{
	size_t len = strlen(word);
	for (const char *at = strstr(words, word); at != NULL; at = strstr(at + 1, word)) {
		if ((at == words || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0'))
			return true;
	}
	return false;
}

/* "cancel INC --hold" once cancelled: an option of another verb is never passed over. */
static void
test_each_verb_takes_its_own_options_only(void **state)
{
	(void)state;
	static const struct {
		const char *name, *argument;
	} options[] = {{"near", "35N"},        {"within", "3"},  {"hold", ""},          {"reason", "x"},
	               {"outcome", "rescued"}, {"role", "feed"}, {"mmsi", "257123450"}, {"owner", "ngo"},
	               {"from", "1"},          {"count", "1"},   {"name", "A"},         {"pos", "35N 12E"},
	               {"nature", "fire"},     {"persons", "1"}, {"verified", ""},      {"review", "+1h"},
	               {"under", "1"},         {"alone", ""},    {"eta", "+1h"},        {"every", "60"},
	               {"text", "x"},          {"by", "phone"},  {"contact", "x"}};
	static const struct {
		const char *verb, *takes;
	} verbs[] = {{"status", ""},
	             {"alerts", ""},
	             {"alert 1", ""},
	             {"incidents", ""},
	             {"show 1", ""},
	             {"deliveries 1", ""},
	             {"vessels", "near within"},
	             {"vessel 257123450", ""},
	             {"peers", ""},
	             {"relay 1", "hold reason"},
	             {"cancel 1", "reason"},
	             {"close 1", "outcome reason"},
	             {"accept 1", "reason"},
	             {"dismiss 1", "reason"},
	             {"open", "mmsi name pos nature persons text by contact"},
	             {"phase 1 alert", "reason"},
	             {"suspend 1", "reason review"},
	             {"resume 1", "reason persons"},
	             {"classify 1", "reason mmsi name pos nature persons verified"},
	             {"join 1 1", "reason from"},
	             {"split 1", "reason"},
	             {"group 1", "reason under alone"},
	             {"suggestions", ""},
	             {"plans", ""},
	             {"plan report", "mmsi name pos persons eta every text"},
	             {"flood A", ""},
	             {"enrol A", "role mmsi owner"},
	             {"revoke A", "reason"},
	             {"keygen /nonexistent/key", ""},
	             {"server-key", ""},
	             {"queue", ""},
	             {"watch", "from count"}};
	for (size_t v = 0; v < sizeof verbs / sizeof verbs[0]; v++) {
		for (size_t o = 0; o < sizeof options / sizeof options[0]; o++) {
			char arguments[256];
			bool is_own = is_among(verbs[v].takes, options[o].name);
			snprintf(arguments, sizeof arguments, "--state-dir /nonexistent/rccd %s --%s %s 2>&1",
			         verbs[v].verb, options[o].name, options[o].argument);
			int exit_code = run(arguments);
			bool is_refused = strstr(output, "does not take option") != NULL;
			if (is_refused == is_own || (is_refused && exit_code != RCC_EXIT_USAGE))
				fail_msg("rccctl %s ended with %d: %s", arguments, exit_code, output);
		}
	}
}

static void
test_a_missing_daemon_is_not_reachable(void **state)
{
	(void)state;
	static const char *const verbs[] = {"status",
	                                    "alerts",
	                                    "incidents",
	                                    "peers",
	                                    "show 2026-0001",
	                                    "cancel 1 --reason x",
	                                    "watch",
	                                    "server-key",
	                                    "open --by phone --text x",
	                                    "open -i",
	                                    "suggestions",
	                                    "plans",
	                                    "flood A",
	                                    "split 1 --reason x"};
	for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
		char arguments[128];
		snprintf(arguments, sizeof arguments, "--state-dir /nonexistent/rccd %s", verbs[i]);
		assert_int_equal(run(arguments), RCC_EXIT_UNREACHABLE);
		assert_string_equal(output, "");
	}
}

static void
test_help_names_every_verb(void **state)
{
	(void)state;
	static const char *const verbs[] = {
	    "status",      "alerts", "alert", "incidents", "show",    "deliveries", "vessels", "vessel", "peers",
	    "relay",       "cancel", "close", "accept",    "dismiss", "enrol",      "revoke",  "keygen", "server-key",
	    "watch",       "open",   "phase", "suspend",   "resume",  "classify",   "join",    "split",  "group",
	    "suggestions", "plans",  "plan",  "flood",     "queue",   "help"};
	assert_int_equal(run("--help"), RCC_EXIT_OK);
	for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
		char line[64];
		snprintf(line, sizeof line, "\n  %s ", verbs[i]);
		assert_non_null(strstr(output, line));
	}
}

/* help VERB and VERB --help say the same: this verb alone, with one line to type. */
static void
test_help_of_each_verb_has_an_example(void **state)
{
	(void)state;
	static const char *const verbs[] = {
	    "queue",   "status", "alerts",   "alert",  "incidents",  "show",    "deliveries",  "vessels", "vessel",
	    "peers",   "relay",  "cancel",   "close",  "accept",     "dismiss", "contact",     "open",    "phase",
	    "suspend", "resume", "classify", "join",   "split",      "group",   "suggestions", "plans",   "plan",
	    "flood",   "enrol",  "revoke",   "keygen", "server-key", "watch",   "help"};
	static char first[OUTPUT_MAX];
	for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
		char arguments[64];
		char example[64];
		snprintf(arguments, sizeof arguments, "help %s", verbs[i]);
		assert_int_equal(run(arguments), RCC_EXIT_OK);
		snprintf(example, sizeof example, "example: rccctl %s", verbs[i]);
		assert_non_null(strstr(output, example));
		assert_null(strstr(output, "exit codes"));
		memcpy(first, output, sizeof first);
		snprintf(arguments, sizeof arguments, "%s --help", verbs[i]);
		assert_int_equal(run(arguments), RCC_EXIT_OK);
		assert_string_equal(output, first);
	}
	assert_int_equal(run("help"), RCC_EXIT_OK);
	assert_non_null(strstr(output, "exit codes"));
	assert_int_equal(run("shwo 2026-0001 2>&1"), RCC_EXIT_USAGE);
	assert_non_null(strstr(output, "did you mean 'show'?"));
}

/* A key is made once, kept, readable by nobody else, and printed as text that enrol takes. */
static void
test_keygen_makes_a_key_once(void **state)
{
	(void)state;
	char dir[] = "/tmp/rccctl-test-XXXXXX";
	char path[64];
	char arguments[96];
	char first[RCC_KEY_TEXT_SIZE + 1];
	struct rcc_key key;
	struct stat status;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/officer.key", dir);
	snprintf(arguments, sizeof arguments, "keygen %s", path);
	assert_int_equal(run(arguments), RCC_EXIT_OK);
	assert_int_equal(strlen(output), RCC_KEY_TEXT_SIZE);
	memcpy(first, output, sizeof first);
	assert_int_equal(run(arguments), RCC_EXIT_OK);
	assert_string_equal(output, first);
	first[RCC_KEY_TEXT_SIZE - 1] = '\0';
	assert_int_equal(rcc_key_parse(first, &key), RCC_OK);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_int_equal(chmod(path, 0644), 0);
	assert_int_equal(run(arguments), RCC_EXIT_CONFIG);
	assert_string_equal(output, "");
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(dir), 0);
}

/* Twice each %, for printf. */
#define CENTRE "--server-key 'JTKVSB%%%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6'"

/* A typing error in --key-file is told, and leaves no file behind. */
static void
test_only_keygen_makes_a_key(void **state)
{
	(void)state;
	char dir[] = "/tmp/rccctl-test-XXXXXX";
	char path[64];
	char arguments[256];
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/officer.key", dir);
	snprintf(arguments, sizeof arguments, "-e 127.0.0.1:9 " CENTRE " --key-file %s status 2>&1", path);
	assert_int_equal(run(arguments), RCC_EXIT_CONFIG);
	assert_non_null(strstr(output, "there is no key file"));
	assert_non_null(strstr(output, path));
	assert_int_not_equal(access(path, F_OK), 0);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod(path, 0600), 0);
	assert_int_equal(run(arguments), RCC_EXIT_CONFIG);
	assert_non_null(strstr(output, "is not a key"));
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(dir), 0);
}

/* Wrong address, wrong centre and unknown key look the same from here: all three are named. */
static void
test_silence_names_its_causes(void **state)
{
	(void)state;
	static const char *const causes[] = {"127.0.0.1:9", "address", "--server-key", "not enrolled"};
	char dir[] = "/tmp/rccctl-test-XXXXXX";
	char path[64];
	char arguments[256];
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/officer.key", dir);
	snprintf(arguments, sizeof arguments, "keygen %s", path);
	assert_int_equal(run(arguments), RCC_EXIT_OK);
	snprintf(arguments, sizeof arguments, "-e 127.0.0.1:9 " CENTRE " --key-file %s --timeout 1 status 2>&1", path);
	assert_int_equal(run(arguments), RCC_EXIT_UNREACHABLE);
	for (size_t i = 0; i < sizeof causes / sizeof causes[0]; i++)
		assert_non_null(strstr(output, causes[i]));
	assert_ptr_equal(strchr(output, '\n'), output + strlen(output) - 1);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(dir), 0);
}

static void
test_server_key_of_a_daemon_that_is_down(void **state)
{
	(void)state;
	static const char key[] = "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6\n";
	char dir[] = "/tmp/rccctl-test-XXXXXX";
	char path[64];
	char arguments[96];
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/server.pub", dir);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(key, file) >= 0);
	assert_int_equal(fclose(file), 0);
	snprintf(arguments, sizeof arguments, "--state-dir %s server-key", dir);
	assert_int_equal(run(arguments), RCC_EXIT_OK);
	assert_string_equal(output, key);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(dir), 0);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_usage_errors_print_nothing_on_stdout),
	    cmocka_unit_test(test_usage_errors_of_orders),
	    cmocka_unit_test(test_each_verb_takes_its_own_options_only),
	    cmocka_unit_test(test_a_missing_daemon_is_not_reachable),
	    cmocka_unit_test(test_help_names_every_verb),
	    cmocka_unit_test(test_help_of_each_verb_has_an_example),
	    cmocka_unit_test(test_keygen_makes_a_key_once),
	    cmocka_unit_test(test_only_keygen_makes_a_key),
	    cmocka_unit_test(test_silence_names_its_causes),
	    cmocka_unit_test(test_server_key_of_a_daemon_that_is_down),
	};
	if (argc != 2)
		return 2;
	program = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}

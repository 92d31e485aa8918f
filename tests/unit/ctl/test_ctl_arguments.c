/* Operands and options as values: what is accepted, what is refused, and with which exit code. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ctl/ctl.h"
#include "rcc/text.h"

static void
test_incident_numbers(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool is_number;
		uint32_t year, number;
	} cases[] = {
	    {"2026-0001", true, 2026, 1},     {"2026-12345", true, 2026, 12345},
	    {"0999-0010", true, 999, 10},     {"2026-0000", false, 0, 0},
	    {"2026-1", false, 0, 0},          {"26-0001", false, 0, 0},
	    {"20260-0001", false, 0, 0},      {"2026_0001", false, 0, 0},
	    {"2026-0001x", false, 0, 0},      {"", false, 0, 0},
	    {"2026-", false, 0, 0},           {" 2026-0001", false, 0, 0},
	    {"2026-9999999999", false, 0, 0}, {"-2026-0001", false, 0, 0},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		uint32_t year = 7;
		uint32_t number = 7;
		assert_int_equal(rcc_ctl_number_parse(cases[i].text, &year, &number), cases[i].is_number);
		assert_int_equal(year, cases[i].is_number ? cases[i].year : 7);
		assert_int_equal(number, cases[i].is_number ? cases[i].number : 7);
	}
}

static void
test_unsigned_numbers(void **state)
{
	(void)state;
	uint64_t value = 7;
	assert_true(rcc_ctl_uint_parse("1", UINT32_MAX, &value));
	assert_int_equal(value, 1);
	assert_true(rcc_ctl_uint_parse("4294967295", UINT32_MAX, &value));
	assert_int_equal(value, UINT32_MAX);
	assert_true(rcc_ctl_uint_parse("18446744073709551615", UINT64_MAX, &value));
	assert_true(value == UINT64_MAX);
	static const char *const bad[] = {"",   "0",   "00",         "-1",   "+1", " 1",
	                                  "1 ", "1.5", "4294967296", "0x10", "x",  "99999999999999999999999"};
	value = 7;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_false(rcc_ctl_uint_parse(bad[i], UINT32_MAX, &value));
	assert_int_equal(value, 7);
}

static void
test_nautical_miles(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		uint32_t m; /* 0 = refused */
	} cases[] = {
	    {"30", 55560}, {"0.5", 926}, {"1", 1852},   {"0.001", 2}, {"10800", 20001600}, {"1.25", 2315},
	    {".5", 926},   {"0", 0},     {"", 0},       {".", 0},     {"-3", 0},           {"10801", 0},
	    {"1e3", 0},    {"1,5", 0},   {"0.0001", 0}, {"3nm", 0},   {"99999999999", 0},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		uint32_t m = 7;
		assert_int_equal(rcc_ctl_nm_parse(cases[i].text, &m), cases[i].m != 0);
		assert_int_equal(m, cases[i].m != 0 ? cases[i].m : 7);
	}
}

static struct rcc_ctl
make_ctl(const char *const *option, const char *verb)
{
	return (struct rcc_ctl){.option = option, .verb = verb, .timeout_ms = 1000, .out = stdout};
}

static void
test_a_reason_is_required_and_bounded(void **state)
{
	(void)state;
	const char *option[RCC_CTL_OPTIONS] = {NULL};
	char reason[RCC_TEXT_MAX + 1] = "";
	char longest[RCC_TEXT_MAX + 2];
	struct rcc_ctl ctl = make_ctl(option, "cancel");
	assert_int_equal(rcc_ctl_reason(&ctl, reason), RCC_EXIT_USAGE);
	option[RCC_CTL_OPTION_REASON] = "";
	assert_int_equal(rcc_ctl_reason(&ctl, reason), RCC_EXIT_USAGE);
	/* A break between lines is a space; what is left of it at the end is nothing. */
	option[RCC_CTL_OPTION_REASON] = "two\r\nlines\n";
	assert_int_equal(rcc_ctl_reason(&ctl, reason), RCC_EXIT_OK);
	assert_string_equal(reason, "two lines");
	memset(longest, 'x', sizeof longest);
	longest[RCC_TEXT_MAX + 1] = '\0';
	option[RCC_CTL_OPTION_REASON] = longest;
	assert_int_equal(rcc_ctl_reason(&ctl, reason), RCC_EXIT_USAGE);
	longest[RCC_TEXT_MAX] = '\0';
	assert_int_equal(rcc_ctl_reason(&ctl, reason), RCC_EXIT_OK);
	assert_string_equal(reason, longest);
}

static void
test_where_to_connect(void **state)
{
	(void)state;
	const char *option[RCC_CTL_OPTIONS] = {NULL};
	struct rcc_client_config config;
	struct rcc_ctl ctl = make_ctl(option, "status");
	struct rcc_key key;
	char key_text[RCC_KEY_TEXT_SIZE];
	memset(key.b, 0x5a, sizeof key.b);
	rcc_key_format(key_text, &key);

	option[RCC_CTL_OPTION_STATE_DIR] = "/nonexistent/rccd";
	assert_int_equal(rcc_ctl_target(&ctl, &config), RCC_EXIT_UNREACHABLE);
	option[RCC_CTL_OPTION_ENDPOINT] = "rcc.example:8407";
	assert_int_equal(rcc_ctl_target(&ctl, &config), RCC_EXIT_USAGE);
	option[RCC_CTL_OPTION_STATE_DIR] = NULL;
	assert_int_equal(rcc_ctl_target(&ctl, &config), RCC_EXIT_USAGE);
	option[RCC_CTL_OPTION_SERVER_KEY] = key_text;
	assert_int_equal(rcc_ctl_target(&ctl, &config), RCC_EXIT_USAGE);
	option[RCC_CTL_OPTION_KEY] = "officer.key";
	assert_int_equal(rcc_ctl_target(&ctl, &config), RCC_EXIT_OK);
	assert_int_equal(config.link, RCC_LINK_SHORE);
	assert_string_equal(config.endpoint, "tcp://rcc.example:8407");
	assert_string_equal(config.key_file, "officer.key");
	assert_memory_equal(config.server_key.b, key.b, sizeof key.b);
	assert_false(config.wants_deliveries);
	assert_string_equal(config.store, "");
	/* `enrol --key` is the other program's key: it must never be taken for our own key file. */
	ctl.verb = "enrol";
	assert_int_equal(rcc_ctl_target(&ctl, &config), RCC_EXIT_USAGE);
	option[RCC_CTL_OPTION_KEY_FILE] = "mine.key";
	assert_int_equal(rcc_ctl_target(&ctl, &config), RCC_EXIT_OK);
	assert_string_equal(config.key_file, "mine.key");
	option[RCC_CTL_OPTION_ENDPOINT] = "ipc:///tmp/x";
	assert_int_equal(rcc_ctl_target(&ctl, &config), RCC_EXIT_OK);
	assert_string_equal(config.endpoint, "ipc:///tmp/x");
}

static void
test_public_keys(void **state)
{
	(void)state;
	struct rcc_key key;
	struct rcc_key want;
	char text[RCC_KEY_TEXT_SIZE];
	memset(want.b, 0x77, sizeof want.b);
	assert_int_equal(rcc_ctl_public_key(rcc_key_format(text, &want), &key), RCC_EXIT_OK);
	assert_memory_equal(key.b, want.b, sizeof key.b);
	assert_int_equal(rcc_ctl_public_key("/nonexistent/server.pub", &key), RCC_EXIT_USAGE);
	/* A file, but no key in it. */
	assert_int_equal(rcc_ctl_public_key(RCC_SOURCE_DIR "/docs/json.md", &key), RCC_EXIT_USAGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_incident_numbers), cmocka_unit_test(test_unsigned_numbers),
	    cmocka_unit_test(test_nautical_miles),   cmocka_unit_test(test_a_reason_is_required_and_bounded),
	    cmocka_unit_test(test_where_to_connect), cmocka_unit_test(test_public_keys),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

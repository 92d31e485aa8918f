/* The writer of JSON lines: what it writes is read back by jansson, which we did not write. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "view/json.h"

static char page[4096];

static struct rcc_json
begin(void)
{
	struct rcc_json json;
	rcc_json_init(&json, page, sizeof page);
	rcc_json_begin(&json, "THING");
	return json;
}

static void
test_a_line_starts_with_its_class(void **state)
{
	(void)state;
	struct rcc_json json = begin();
	rcc_json_text(&json, "name", "ASTRID");
	rcc_json_bool(&json, "is", true);
	assert_true(rcc_json_end(&json));
	assert_string_equal(page, "{\"class\":\"THING\",\"name\":\"ASTRID\",\"is\":true}\n");
	assert_int_equal(json.len, strlen(page));
}

static void
test_numbers_have_no_noise(void **state)
{
	(void)state;
	static const struct {
		int64_t value;
		unsigned decimals;
		const char *text;
	} cases[] = {
	    {352066667, 7, "35.2066667"},
	    {-900000000, 7, "-90"},
	    {1800000000, 7, "180"},
	    {-1, 7, "-0.0000001"},
	    {126000000, 7, "12.6"},
	    {0, 7, "0"},
	    {1230, 1, "123"},
	    {1022, 1, "102.2"},
	    {5, 2, "0.05"},
	    {-123456, 3, "-123.456"},
	    {1, 9, "0.000000001"},
	    {INT64_MAX, 0, "9223372036854775807"},
	    {INT64_MIN, 0, "-9223372036854775808"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char want[128];
		struct rcc_json json = begin();
		rcc_json_fixed(&json, "v", cases[i].value, cases[i].decimals);
		assert_true(rcc_json_end(&json));
		snprintf(want, sizeof want, "{\"class\":\"THING\",\"v\":%s}\n", cases[i].text);
		assert_string_equal(page, want);
	}
}

static void
test_integers_at_their_ends(void **state)
{
	(void)state;
	struct rcc_json json = begin();
	rcc_json_int(&json, "low", INT64_MIN);
	rcc_json_int(&json, "zero", 0);
	rcc_json_uint(&json, "high", UINT64_MAX);
	assert_true(rcc_json_end(&json));
	assert_string_equal(
	    page, "{\"class\":\"THING\",\"low\":-9223372036854775808,\"zero\":0,\"high\":18446744073709551615}\n");
}

static void
test_unknown_members_are_absent(void **state)
{
	(void)state;
	struct rcc_json json = begin();
	rcc_json_text_if(&json, "text", "");
	rcc_json_uint_if(&json, "uint", 0);
	rcc_json_time_if(&json, "time", 0);
	rcc_json_mmsi_if(&json, "mmsi", (struct rcc_mmsi){0});
	rcc_json_pos_if(&json, RCC_POS_NONE);
	assert_true(rcc_json_end(&json));
	assert_string_equal(page, "{\"class\":\"THING\"}\n");
}

static void
test_known_members_are_there(void **state)
{
	(void)state;
	struct rcc_json json = begin();
	rcc_json_mmsi_if(&json, "mmsi", (struct rcc_mmsi){2320001});
	rcc_json_time_if(&json, "time", INT64_C(1795403527250));
	rcc_json_pos_if(&json, (struct rcc_pos){.lat_e7 = -1, .lon_e7 = 0});
	rcc_json_hex(&json, "hex", (const uint8_t *)"\x00\xff", 2);
	assert_true(rcc_json_end(&json));
	assert_string_equal(page, "{\"class\":\"THING\",\"mmsi\":\"002320001\",\"time\":\"2026-11-23T03:12:07.250Z\","
	                          "\"lat\":-0.0000001,\"lon\":0,\"hex\":\"00ff\"}\n");
}

static void
test_objects_nest(void **state)
{
	(void)state;
	struct rcc_json json = begin();
	rcc_json_open(&json, "empty");
	rcc_json_close(&json);
	rcc_json_open(&json, "full");
	rcc_json_uint(&json, "a", 1);
	rcc_json_uint(&json, "b", 2);
	rcc_json_close(&json);
	rcc_json_uint(&json, "c", 3);
	assert_true(rcc_json_end(&json));
	assert_string_equal(page, "{\"class\":\"THING\",\"empty\":{},\"full\":{\"a\":1,\"b\":2},\"c\":3}\n");
}

/* Text from a ship, whatever its bytes, must come back from a parser, or as U+FFFD where it is not UTF-8. */
static void
test_any_text_is_valid_json(void **state)
{
	(void)state;
	static const struct {
		const char *in, *out;
	} cases[] = {
	    {"plain", "plain"},
	    {"quote \" back \\ slash /", "quote \" back \\ slash /"},
	    {"tab\tline\r\nescape\x1b[2J del\x7f", "tab\tline\r\nescape\x1b[2J del\x7f"},
	    {"caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x9a\xa2", "caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x9a\xa2"},
	    {"bad\xff", "bad\xef\xbf\xbd"},
	    {"cut\xe2\x82", "cut\xef\xbf\xbd\xef\xbf\xbd"},
	    {"overlong\xc0\xaf", "overlong\xef\xbf\xbd\xef\xbf\xbd"},
	    {"surrogate\xed\xa0\x80", "surrogate\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
	    {"beyond\xf4\x90\x80\x80", "beyond\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct rcc_json json = begin();
		rcc_json_text(&json, "text", cases[i].in);
		assert_true(rcc_json_end(&json));
		json_t *row = json_loads(page, 0, NULL);
		assert_non_null(row);
		assert_string_equal(json_string_value(json_object_get(row, "text")), cases[i].out);
		json_decref(row);
	}
}

/* Every pair of bytes: never an invalid line. */
static void
test_every_pair_of_bytes_is_valid_json(void **state)
{
	(void)state;
	for (unsigned first = 0; first < 256; first++) {
		for (unsigned second = 0; second < 256; second++) {
			const uint8_t bytes[2] = {(uint8_t)first, (uint8_t)second};
			struct rcc_json json = begin();
			rcc_json_text_n(&json, "text", bytes, sizeof bytes);
			assert_true(rcc_json_end(&json));
			json_t *row = json_loads(page, JSON_ALLOW_NUL, NULL);
			assert_non_null(row);
			json_decref(row);
		}
	}
}

/* At every size of page: whole lines or nothing, and no byte past the end. */
static void
test_a_line_that_does_not_fit_leaves_nothing(void **state)
{
	(void)state;
	static const char line[] = "{\"class\":\"A\",\"v\":12.5}\n";
	char small[3 * sizeof line];
	for (size_t size = 1; size <= 2 * sizeof line; size++) {
		struct rcc_json json;
		size_t lines = 0;
		memset(small, '#', sizeof small);
		rcc_json_init(&json, small, size);
		for (;;) {
			rcc_json_begin(&json, "A");
			rcc_json_fixed(&json, "v", 125, 1);
			if (!rcc_json_end(&json))
				break;
			lines++;
		}
		assert_int_equal(lines, (size - 1) / strlen(line));
		assert_int_equal(json.len, lines * strlen(line));
		assert_int_equal(strlen(small), json.len);
		for (size_t i = size; i < sizeof small; i++)
			assert_int_equal(small[i], '#');
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_line_starts_with_its_class),
	    cmocka_unit_test(test_numbers_have_no_noise),
	    cmocka_unit_test(test_integers_at_their_ends),
	    cmocka_unit_test(test_unknown_members_are_absent),
	    cmocka_unit_test(test_known_members_are_there),
	    cmocka_unit_test(test_objects_nest),
	    cmocka_unit_test(test_any_text_is_valid_json),
	    cmocka_unit_test(test_every_pair_of_bytes_is_valid_json),
	    cmocka_unit_test(test_a_line_that_does_not_fit_leaves_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

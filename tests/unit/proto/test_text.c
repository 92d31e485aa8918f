/* Times, identities, keys and bounded text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "rcc/text.h"

static void
test_time(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t at_ms;
		uint32_t year;
	} rows[] = {
	    {"1970-01-01T00:00:00.001Z", 1, 1970},
	    {"1999-12-31T23:59:59.999Z", 946684799999, 1999},
	    {"2000-02-29T12:00:00.000Z", 951825600000, 2000},
	    {"2024-02-29T00:00:00.000Z", 1709164800000, 2024},
	    {"2026-11-23T03:12:07.250Z", 1795403527250, 2026},
	    {"2100-03-01T00:00:00.000Z", 4107542400000, 2100},
	    {"9999-12-31T23:59:59.999Z", 253402300799999, 9999},
	};
	char text[RCC_TIME_TEXT_SIZE];
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int64_t at_ms = 0;
		assert_string_equal(rcc_time_format(text, rows[i].at_ms), rows[i].text);
		assert_int_equal(rcc_time_parse(rows[i].text, &at_ms), RCC_OK);
		assert_true(at_ms == rows[i].at_ms);
		assert_int_equal(rcc_time_year(rows[i].at_ms), rows[i].year);
	}
	assert_string_equal(rcc_time_format(text, 0), "unknown");
	assert_string_equal(rcc_time_format(text, -1), "unknown");
	assert_string_equal(rcc_time_format(text, INT64_MAX), "unknown");
	assert_int_equal(rcc_time_year(INT64_MIN), 1970);
	assert_int_equal(rcc_time_year(INT64_MAX), 9999);
}

static void
test_every_day_of_four_centuries(void **state)
{
	(void)state;
	char text[RCC_TIME_TEXT_SIZE];
	for (int64_t day = 1; day < 146097; day++) {
		int64_t at_ms = 0;
		int64_t wanted = day * 86400000 + day % 86400000;
		assert_int_equal(rcc_time_parse(rcc_time_format(text, wanted), &at_ms), RCC_OK);
		assert_true(at_ms == wanted);
	}
}

static void
test_time_refused(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum rcc_status status;
	} rows[] = {
	    {"", RCC_E_MALFORMED},
	    {"2026-11-23", RCC_E_MALFORMED},
	    {"2026-11-23T03:12:07", RCC_E_MALFORMED},
	    {"2026-11-23T03:12:07+00:00", RCC_E_MALFORMED},
	    {"2026-11-23 03:12:07Z", RCC_E_MALFORMED},
	    {"2026-11-23T03:12:07.25Z", RCC_E_MALFORMED},
	    {"2026-11-23T03:12:07.2500Z", RCC_E_MALFORMED},
	    {"2026-11-23T03:12:07Zx", RCC_E_MALFORMED},
	    {"2026-11-3T03:12:07Z", RCC_E_MALFORMED},
	    {"2026/11/23T03:12:07Z", RCC_E_MALFORMED},
	    {"2026-11-23T03.12.07Z", RCC_E_MALFORMED},
	    {"2026-11-23T03:12.07Z", RCC_E_MALFORMED},
	    {"2026-00-23T03:12:07Z", RCC_E_RANGE},
	    {"2026-13-23T03:12:07Z", RCC_E_RANGE},
	    {"2026-11-00T03:12:07Z", RCC_E_RANGE},
	    {"2026-11-31T03:12:07Z", RCC_E_RANGE},
	    {"2026-02-29T03:12:07Z", RCC_E_RANGE},
	    {"2100-02-29T03:12:07Z", RCC_E_RANGE},
	    {"2026-11-23T24:00:00Z", RCC_E_RANGE},
	    {"2026-11-23T23:60:00Z", RCC_E_RANGE},
	    {"2026-11-23T23:59:60Z", RCC_E_RANGE},
	    {"1969-12-31T23:59:59Z", RCC_E_RANGE},
	    {"1970-01-01T00:00:00Z", RCC_E_RANGE},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int64_t at_ms = 77;
		assert_int_equal(rcc_time_parse(rows[i].text, &at_ms), rows[i].status);
		assert_true(at_ms == 77);
	}
	int64_t at_ms = 0;
	assert_int_equal(rcc_time_parse("2026-11-23t03:12:07z", &at_ms), RCC_OK);
	assert_true(at_ms == 1795403527000);
}

static void
test_minutes(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum rcc_status status;
		uint32_t min;
	} rows[] = {
	    {"95", RCC_OK, 95},           {"95min", RCC_OK, 95},          {"0", RCC_OK, 0},
	    {"2h", RCC_OK, 120},          {"1h35", RCC_OK, 95},           {"1h35min", RCC_OK, 95},
	    {"8784h", RCC_OK, 527040},    {"527040", RCC_OK, 527040},     {"", RCC_E_MALFORMED, 0},
	    {"min", RCC_E_MALFORMED, 0},  {"h", RCC_E_MALFORMED, 0},      {"2hours", RCC_E_MALFORMED, 0},
	    {"-5", RCC_E_MALFORMED, 0},   {"5 min", RCC_E_MALFORMED, 0},  {"1h35x", RCC_E_MALFORMED, 0},
	    {"1h2h", RCC_E_MALFORMED, 0}, {"1h60", RCC_E_RANGE, 0},       {"8785h", RCC_E_RANGE, 0},
	    {"527041", RCC_E_RANGE, 0},   {"9999999999", RCC_E_RANGE, 0},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		uint32_t min = 7;
		assert_int_equal(rcc_minutes_parse(rows[i].text, &min), rows[i].status);
		assert_int_equal(min, rows[i].status == RCC_OK ? rows[i].min : 7);
	}
}

static void
test_mmsi(void **state)
{
	(void)state;
	char text[RCC_MMSI_TEXT_SIZE];
	struct rcc_mmsi mmsi = {5};
	assert_string_equal(rcc_mmsi_format(text, (struct rcc_mmsi){2320001}), "002320001");
	assert_string_equal(rcc_mmsi_format(text, (struct rcc_mmsi){999999999}), "999999999");
	assert_string_equal(rcc_mmsi_format(text, (struct rcc_mmsi){0}), "---------");
	assert_string_equal(rcc_mmsi_format(text, (struct rcc_mmsi){1000000000}), "---------");
	assert_int_equal(rcc_mmsi_parse("002320001", &mmsi), RCC_OK);
	assert_int_equal(mmsi.v, 2320001);
	assert_int_equal(rcc_mmsi_parse("000000000", &mmsi), RCC_E_RANGE);
	static const char *const bad[] = {"", "2320001", "23200010000", "23200100x", "232 01000", "-23200100"};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_int_equal(rcc_mmsi_parse(bad[i], &mmsi), RCC_E_MALFORMED);
	assert_int_equal(mmsi.v, 2320001);
}

/* ZeroMQ RFC 32 has one vector, of eight bytes: "HelloWorld". It stands at the beginning of the key. */
static void
test_key(void **state)
{
	(void)state;
	struct rcc_key key = {{0x86, 0x4f, 0xd2, 0x6f, 0xb5, 0x59, 0xf7, 0x5b}};
	struct rcc_key back;
	char text[RCC_KEY_TEXT_SIZE];
	assert_string_equal(rcc_key_format(text, &key), "HelloWorld000000000000000000000000000000");
	assert_int_equal(rcc_key_parse(text, &back), RCC_OK);
	assert_memory_equal(&back, &key, sizeof key);
	memset(&key, 0xff, sizeof key);
	rcc_key_format(text, &key);
	assert_int_equal(rcc_key_parse(text, &back), RCC_OK);
	assert_memory_equal(&back, &key, sizeof key);
	/* RFC 32's test key of libzmq's documentation. */
	assert_int_equal(rcc_key_parse("rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7", &key), RCC_OK);
	assert_string_equal(rcc_key_format(text, &key), "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7");
	static const char *const bad[] = {"", "HelloWorld", "HelloWorld0000000000000000000000000000000",
	                                  "HelloWorld00000000000000000000000000000~",
	                                  "#####00000000000000000000000000000000000"};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_int_equal(rcc_key_parse(bad[i], &back), RCC_E_MALFORMED);
}

static void
test_hex(void **state)
{
	(void)state;
	static const uint8_t bytes[] = {0x00, 0x7f, 0x80, 0xff};
	char text[RCC_HEX_SIZE(4)];
	uint8_t back[4] = {1, 2, 3, 4};
	assert_string_equal(rcc_hex_format(text, bytes, 4), "007f80ff");
	assert_string_equal(rcc_hex_format(text, bytes, 0), "");
	assert_int_equal(rcc_hex_parse("007F80fF", back, 4), RCC_OK);
	assert_memory_equal(back, bytes, 4);
	static const char *const bad[] = {"", "007f80f", "007f80ff0", "007f80fg", "007f80f:", "007f80fG", "007f80f`"};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_int_equal(rcc_hex_parse(bad[i], back, 4), RCC_E_MALFORMED);
	assert_memory_equal(back, bytes, 4);
}

struct text_row {
	const char *text;
	size_t len;
	enum rcc_status status;
	const char *lossy;
};

static void
test_copy(void **state)
{
	(void)state;
	static const struct text_row rows[] = {
	    {"", 0, RCC_OK, ""},
	    {"abc", 3, RCC_OK, "abc"},
	    {"1234567", 7, RCC_OK, "1234567"},
	    {"12345678", 8, RCC_E_TOO_LARGE, "1234567"},
	    {"a\0b", 3, RCC_E_MALFORMED, "a?b"},
	    {"a\nb", 3, RCC_E_MALFORMED, "a?b"},
	    {"a\x7f", 2, RCC_E_MALFORMED, "a?"},
	    {"\xc3\xa9", 2, RCC_OK, "\xc3\xa9"},
	    {"\xed\x9f\xbf", 3, RCC_OK, "\xed\x9f\xbf"},
	    {"\xf4\x8f\xbf\xbf", 4, RCC_OK, "\xf4\x8f\xbf\xbf"},
	    {"\xe0\xa0\x80", 3, RCC_OK, "\xe0\xa0\x80"},
	    {"\xf0\x90\x80\x80", 4, RCC_OK, "\xf0\x90\x80\x80"},
	    {"\xc2\xa0", 2, RCC_OK, "\xc2\xa0"},
	    /* C1 controls, lone and overlong bytes, surrogates, beyond Unicode, cut off. */
	    {"\xc2\x9b", 2, RCC_E_MALFORMED, "??"},
	    {"\x80", 1, RCC_E_MALFORMED, "?"},
	    {"\xc0\xaf", 2, RCC_E_MALFORMED, "??"},
	    {"\xc1\xbf", 2, RCC_E_MALFORMED, "??"},
	    {"\xe0\x9f\xbf", 3, RCC_E_MALFORMED, "???"},
	    {"\xf0\x8f\xbf\xbf", 4, RCC_E_MALFORMED, "????"},
	    {"\xed\xa0\x80", 3, RCC_E_MALFORMED, "???"},
	    {"\xf4\x90\x80\x80", 4, RCC_E_MALFORMED, "????"},
	    {"\xf5\x80\x80\x80", 4, RCC_E_MALFORMED, "????"},
	    {"\xc3", 1, RCC_E_MALFORMED, "?"},
	    {"\xe2\x82", 2, RCC_E_MALFORMED, "??"},
	    {"\xe2\x28\xa1", 3, RCC_E_MALFORMED, "?(?"},
	    /* Cut at a character's boundary. */
	    {"123456\xc3\xa9", 8, RCC_E_TOO_LARGE, "123456"},
	    {"12345\xc3\xa9z", 8, RCC_E_TOO_LARGE, "12345\xc3\xa9"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char array[8];
		char clean[8] = {0};
		memset(array, 'q', sizeof array);
		enum rcc_status status = rcc_text_copy(array, sizeof array, rows[i].text, rows[i].len);
		assert_int_equal(status, rows[i].status);
		if (status == RCC_OK)
			memcpy(clean, rows[i].text, rows[i].len);
		else
			memset(clean, 'q', sizeof clean);
		/* All of the array, to its last byte: zero-filled, or untouched. */
		assert_memory_equal(array, clean, sizeof array);
		memset(array, 'q', sizeof array);
		memset(clean, 0, sizeof clean);
		memcpy(clean, rows[i].lossy, strlen(rows[i].lossy));
		rcc_text_copy_lossy(array, sizeof array, rows[i].text, rows[i].len);
		assert_memory_equal(array, clean, sizeof array);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_time),         cmocka_unit_test(test_every_day_of_four_centuries),
	    cmocka_unit_test(test_time_refused), cmocka_unit_test(test_minutes),
	    cmocka_unit_test(test_mmsi),         cmocka_unit_test(test_key),
	    cmocka_unit_test(test_hex),          cmocka_unit_test(test_copy),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

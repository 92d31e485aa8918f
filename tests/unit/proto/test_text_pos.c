/* Positions, as written and as read back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "rcc/text.h"

static void
test_format(void **state)
{
	(void)state;
	static const struct {
		int32_t lat_e7, lon_e7;
		const char *text;
	} rows[] = {
	    {352066667, 126008333, "35-12.40N 012-36.05E"},
	    {-352066667, -126008333, "35-12.40S 012-36.05W"},
	    {900000000, 1800000000, "90-00.00N 180-00.00E"},
	    {-900000000, -1800000000, "90-00.00S 180-00.00W"},
	    {0, 0, "00-00.00N 000-00.00E"},
	    /* 59.995 minutes become the next degree; 59.9949 do not. */
	    {359999167, 129999167, "36-00.00N 013-00.00E"},
	    {359999150, 129999150, "35-59.99N 012-59.99E"},
	    {899999999, 1799999999, "90-00.00N 180-00.00E"},
	    {833, -834, "00-00.00N 000-00.01W"},
	};
	char text[RCC_POS_TEXT_SIZE];
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct rcc_pos pos = {.lat_e7 = rows[i].lat_e7, .lon_e7 = rows[i].lon_e7};
		assert_string_equal(rcc_pos_format(text, pos), rows[i].text);
	}
	assert_string_equal(rcc_pos_format(text, RCC_POS_NONE), "unknown");
}

struct row {
	const char *text;
	enum rcc_status status;
	int32_t lat_e7, lon_e7;
};

static void
check(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct rcc_pos pos = {.lat_e7 = 11, .lon_e7 = 22};
		enum rcc_status status = rcc_pos_parse(rows[i].text, &pos);
		if (status != rows[i].status)
			print_error("\"%s\"\n", rows[i].text);
		assert_int_equal(status, rows[i].status);
		assert_int_equal(pos.lat_e7, status == RCC_OK ? rows[i].lat_e7 : 11);
		assert_int_equal(pos.lon_e7, status == RCC_OK ? rows[i].lon_e7 : 22);
	}
}

static void
test_parse_taken(void **state)
{
	(void)state;
	static const struct row rows[] = {
	    {"35-12.40N 012-36.05E", RCC_OK, 352066667, 126008333},
	    {"35-12.40N, 012-36.05E", RCC_OK, 352066667, 126008333},
	    {"35-12.40n012-36.05e", RCC_OK, 352066667, 126008333},
	    {"  35-12.40S 012-36.05W  ", RCC_OK, -352066667, -126008333},
	    {"35.2067 12.6008", RCC_OK, 352067000, 126008000},
	    {"35.2067,12.6008", RCC_OK, 352067000, 126008000},
	    {"-35.2067, +12.6008", RCC_OK, -352067000, 126008000},
	    {"35 12", RCC_OK, 350000000, 120000000},
	    {"35.2067N 12.6008E", RCC_OK, 352067000, 126008000},
	    {"N35.2067 W12.6008", RCC_OK, 352067000, -126008000},
	    {"N 35 12.4 E 012 36.05", RCC_OK, 352066667, 126008333},
	    {"35 12 24 N 12 36 3 E", RCC_OK, 352066667, 126008333},
	    {"35:12:24N 12:36:3E", RCC_OK, 352066667, 126008333},
	    {"35\xc2\xb0"
	     "12'24\"N 12\xc2\xb0"
	     "36'03\"E",
	     RCC_OK, 352066667, 126008333},
	    {"35\xc2\xb0 12\xe2\x80\xb2 24.0\xe2\x80\xb3 N, 12\xc2\xb0 36\xe2\x80\xb2 3\xe2\x80\xb3 E", RCC_OK,
	     352066667, 126008333},
	    {"35\xc2\xba"
	     "12'24''N 12E",
	     RCC_OK, 352066667, 120000000},
	    {"012-36.05E 35-12.40N", RCC_OK, 352066667, 126008333},
	    {"90N 180E", RCC_OK, 900000000, 1800000000},
	    {"90-00.00S 180-00.00W", RCC_OK, -900000000, -1800000000},
	    {"-90 -180", RCC_OK, -900000000, -1800000000},
	    {"89-59.995N 179-59.995E", RCC_OK, 899999167, 1799999167},
	    {"0.00000005 0.00000004", RCC_OK, 1, 0},
	    {"35.123456789012345 0", RCC_OK, 351234568, 0},
	};
	check(rows, sizeof rows / sizeof rows[0]);
}

static void
test_parse_refused(void **state)
{
	(void)state;
	static const struct row rows[] = {
	    {"", RCC_E_MALFORMED, 0, 0},
	    {"unknown", RCC_E_MALFORMED, 0, 0},
	    {"N E", RCC_E_MALFORMED, 0, 0},
	    {"35", RCC_E_MALFORMED, 0, 0},
	    {"35.2", RCC_E_MALFORMED, 0, 0},
	    {"35.2 ", RCC_E_MALFORMED, 0, 0},
	    {"35.2-12.6", RCC_E_MALFORMED, 0, 0},
	    {"35-12.40 012-36.05", RCC_E_MALFORMED, 0, 0},
	    {"35 12 24 12 36 3", RCC_E_MALFORMED, 0, 0},
	    {"35-12.40N 012-36.05", RCC_E_MALFORMED, 0, 0},
	    {"35-12.40N 012-36.05E x", RCC_E_MALFORMED, 0, 0},
	    {"35-12.40N 012-36.05S", RCC_E_MALFORMED, 0, 0},
	    {"35-12.40E 012-36.05W", RCC_E_MALFORMED, 0, 0},
	    {"N35-12.40N 012-36.05E", RCC_E_MALFORMED, 0, 0},
	    {"-35.2N 12.6E", RCC_E_MALFORMED, 0, 0},
	    {"35.5-12N 12E", RCC_E_MALFORMED, 0, 0},
	    {"35 12.5 3N 12E", RCC_E_MALFORMED, 0, 0},
	    {"35.N 12E", RCC_E_MALFORMED, 0, 0},
	    {".5N 12E", RCC_E_MALFORMED, 0, 0},
	    {"0035N 12E", RCC_E_MALFORMED, 0, 0},
	    {"35.1234567890123456 0", RCC_E_MALFORMED, 0, 0},
	    /* A decimal comma: refused, never read as minutes. */
	    {"35,20N 12,60E", RCC_E_MALFORMED, 0, 0},
	    {"35,2067 12,6008", RCC_E_MALFORMED, 0, 0},
	    {"35'12N 12E", RCC_E_MALFORMED, 0, 0},
	    {"35\xc2\xb0"
	     "12''N 12E",
	     RCC_E_MALFORMED, 0, 0},
	    {"35 12 24'N 12E", RCC_E_MALFORMED, 0, 0},
	    {"35-60.00N 012-36.05E", RCC_E_RANGE, 0, 0},
	    {"35-12-60N 012-36.05E", RCC_E_RANGE, 0, 0},
	    {"90-00.01N 012-36.05E", RCC_E_RANGE, 0, 0},
	    {"35-12.40N 180-00.01E", RCC_E_RANGE, 0, 0},
	    {"90.0000001 0", RCC_E_RANGE, 0, 0},
	    {"0 -180.0000001", RCC_E_RANGE, 0, 0},
	    {"999 999", RCC_E_RANGE, 0, 0},
	};
	check(rows, sizeof rows / sizeof rows[0]);
}

/* What we print is read back to within the half of 0.01 minute that printing rounds away. */
static void
test_printed_positions_are_read_back(void **state)
{
	(void)state;
	uint32_t seed = 1;
	for (int i = 0; i < 20000; i++) {
		char text[RCC_POS_TEXT_SIZE];
		struct rcc_pos back;
		seed = seed * 1664525u + 1013904223u;
		int32_t lat = (int32_t)(seed % 1800000001u) - 900000000;
		seed = seed * 1664525u + 1013904223u;
		int32_t lon = (int32_t)(seed % 3600000001u - 1800000000u);
		rcc_pos_format(text, (struct rcc_pos){.lat_e7 = lat, .lon_e7 = lon});
		assert_int_equal(rcc_pos_parse(text, &back), RCC_OK);
		assert_in_range(back.lat_e7 - lat + 834, 0, 1668);
		assert_in_range((int64_t)back.lon_e7 - lon + 834, 0, 1668);
	}
}

/* With a decimal comma in the locale, everything must stay as it is. */
static void
test_locale_does_not_matter(void **state)
{
	(void)state;
	static const char *const names[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "C"};
	for (size_t i = 0; i < 3 && setlocale(LC_ALL, names[i]) == NULL; i++)
		continue;
	char text[RCC_POS_TEXT_SIZE];
	struct rcc_pos pos;
	assert_int_equal(rcc_pos_parse("35.2067 12.6008", &pos), RCC_OK);
	assert_int_equal(pos.lat_e7, 352067000);
	assert_string_equal(rcc_pos_format(text, pos), "35-12.40N 012-36.05E");
	setlocale(LC_ALL, "C");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_format),
	    cmocka_unit_test(test_parse_taken),
	    cmocka_unit_test(test_parse_refused),
	    cmocka_unit_test(test_printed_positions_are_read_back),
	    cmocka_unit_test(test_locale_does_not_matter),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

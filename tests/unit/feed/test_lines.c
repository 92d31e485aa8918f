/* Lines out of a stream: whatever the pieces, the same lines; none too long for memory, none lost without a word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "feed/lines.h"

#define LINES_MAX 8

struct got {
	size_t count;
	size_t len[LINES_MAX], lost[LINES_MAX];
	char text[LINES_MAX][64];
};

static void
note(struct got *got, const struct rcc_feed_line_bytes *line)
{
	size_t shown = line->len < sizeof got->text[0] - 1 ? line->len : sizeof got->text[0] - 1;
	assert_true(got->count < LINES_MAX);
	memcpy(got->text[got->count], line->bytes, shown);
	got->len[got->count] = line->len;
	got->lost[got->count++] = line->lost;
}

/* Gives the text in pieces of this size. */
static struct got
lines_of(const char *text, size_t len, size_t piece)
{
	struct rcc_feed_lines lines = {0};
	struct rcc_feed_line_bytes line;
	struct got got = {0};
	for (size_t at = 0; at < len;) {
		bool is_line = false;
		size_t size = len - at < piece ? len - at : piece;
		at += rcc_feed_lines_take(&lines, (const uint8_t *)text + at, size, &is_line, &line);
		if (is_line) {
			note(&got, &line);
		}
	}
	if (rcc_feed_lines_end(&lines, &line)) {
		note(&got, &line);
	}
	assert_false(rcc_feed_lines_end(&lines, &line));
	return got;
}

static void
the_same_lines_in_any_pieces(void **state)
{
	(void)state;
	const char *text = "one\r\n\r\ntwo  \nthree";
	for (size_t piece = 1; piece <= strlen(text); piece++) {
		struct got got = lines_of(text, strlen(text), piece);
		assert_int_equal(got.count, 4);
		assert_string_equal(got.text[0], "one");
		assert_string_equal(got.text[1], "");
		assert_string_equal(got.text[2], "two");
		assert_string_equal(got.text[3], "three");
	}
}

static void
a_long_line_is_one_line_and_tells_what_it_lost(void **state)
{
	(void)state;
	static char text[2 * RCC_NMEA_LINE_MAX + 8];
	memset(text, 'x', sizeof text);
	memcpy(text + RCC_NMEA_LINE_MAX, "\n", 1);
	memcpy(text + sizeof text - 5, "\nend\n", 5);
	for (size_t piece = 1; piece < sizeof text; piece += 97) {
		struct got got = lines_of(text, sizeof text, piece);
		assert_int_equal(got.count, 3);
		assert_int_equal(got.len[0], RCC_NMEA_LINE_MAX);
		assert_int_equal(got.lost[0], 0);
		assert_int_equal(got.len[1], RCC_NMEA_LINE_MAX);
		assert_int_equal(got.lost[1], sizeof text - 5 - 2 * RCC_NMEA_LINE_MAX - 1);
		assert_string_equal(got.text[2], "end");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_same_lines_in_any_pieces),
	    cmocka_unit_test(a_long_line_is_one_line_and_tells_what_it_lost),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

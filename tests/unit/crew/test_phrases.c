/* The phrases that are said in a crew's language are those that the centre's programs say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "crew/crew.h"

#define SOURCE_MAX 65536

static char said[4][SOURCE_MAX];

static void
read_source(const char *name, char *ret_text)
{
	char path[512];

	snprintf(path, sizeof path, RCC_SOURCE_DIR "/%s", name);
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	size_t len = fread(ret_text, 1, SOURCE_MAX - 1, file);
	ret_text[len] = '\0';
	assert_int_equal(fclose(file), 0);
	assert_in_range(len, 100, SOURCE_MAX - 2);
}

static void
test_each_is_said_somewhere(void **state)
{
	(void)state;
	static char list[SOURCE_MAX];
	char phrase[256];
	uint32_t count = 0;

	read_source("clients/crew/phrases.c", list);
	read_source("daemon/core/task.c", said[0]);
	read_source("daemon/core/place_tell.c", said[1]);
	read_source("clients/ctl/form.c", said[2]);
	read_source("include/rcc/phrases.h", said[3]);
	for (const char *at = strstr(list, "{N_(\""); at != NULL; at = strstr(at, "{N_(\"")) {
		at += strlen("{N_(\"");
		size_t len = strcspn(at, "\"");
		assert_in_range(len, 5, sizeof phrase - 1);
		memcpy(phrase, at, len);
		phrase[len] = '\0';
		/* The colon is put behind the means by which it was told. */
		bool is_means = strncmp(phrase, "by ", 3) == 0 || strncmp(phrase, "from ", 5) == 0;
		if (is_means && phrase[len - 1] == ' ')
			phrase[len - 2] = '\0';
		bool is_said = false;
		for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
			is_said |= strstr(said[i], phrase) != NULL;
		if (!is_said)
			print_error("nobody says \"%s\"\n", phrase);
		assert_true(is_said);
		count++;
	}
	assert_in_range(count, 20, 100);
	assert_non_null(strstr(said[0], "RCC_PHRASE_RELIEVED"));
	assert_non_null(strstr(said[1], "RCC_PHRASE_PLACED"));
	assert_non_null(strstr(said[1], "RCC_PHRASE_PLACE_WITHDRAWN"));
	assert_non_null(strstr(said[1], "RCC_PHRASE_PLACE_OVER"));
}

/* Without a translation nothing is changed, and nothing is written beyond the room that there is. */
static void
test_the_rest_stands(void **state)
{
	(void)state;
	char words[RCC_CREW_WORDS_SIZE], text[RCC_TEXT_MAX + 1];
	static const char *const texts[] = {"", "wooden boat, blue",
	                                    "coordinate; report every 30 min; conduct card 1 applies",
	                                    "by radio: by radio: it applies 1 applies", "été"};

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		assert_string_equal(rcc_crew_centre_words(words, texts[i]), texts[i]);
	memset(text, 'x', RCC_TEXT_MAX);
	text[RCC_TEXT_MAX] = '\0';
	assert_string_equal(rcc_crew_centre_words(words, text), text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_each_is_said_somewhere),
	    cmocka_unit_test(test_the_rest_stands),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

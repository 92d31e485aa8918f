/* look.c - what tests of views look at: lines of a page, and their members; part of world.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"

int
world_set_up(void **state)
{
	struct world *world = calloc(1, sizeof *world);
	assert_non_null(world);
	world_open(world);
	*state = world;
	return 0;
}

int
world_tear_down(void **state)
{
	world_close(*state);
	free(*state);
	return 0;
}

/* Line n of the last page, from 0; NULL past its end. The caller decrefs it. */
json_t *
world_line(const struct world *world, size_t n)
{
	const char *text = world->rows->bytes;
	for (; n > 0 && text != NULL; n--) {
		text = strchr(text, '\n');
		text = text == NULL ? NULL : text + 1;
	}
	if (text == NULL || *text == '\0')
		return NULL;
	json_t *row = json_loads(text, JSON_DISABLE_EOF_CHECK | JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(row);
	return row;
}

void
world_assert_text(const json_t *row, const char *key, const char *want)
{
	const char *text = json_string_value(json_object_get(row, key));
	if (want == NULL) {
		assert_null(json_object_get(row, key));
		return;
	}
	assert_non_null(text);
	assert_string_equal(text, want);
}

void
world_assert_number(const json_t *row, const char *key, long long want)
{
	const json_t *value = json_object_get(row, key);
	assert_true(json_is_integer(value));
	assert_int_equal(json_integer_value(value), want);
}

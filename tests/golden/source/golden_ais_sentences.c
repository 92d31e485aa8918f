/* The values in each recording are those that gpsd reads from its sentences: golden_ais_sentences FOLDER GPSDECODE. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include "recording.h"

#define SENTENCES_MAX 4
#define LINE_SIZE 2048

static const char *folder;
static const char *gpsdecode_path;

/* gpsdecode reads a file; sentences hold characters that a shell would take for its own. */
static json_t *
decode(const struct recording *recording)
{
	char path[] = "/tmp/rcc-golden-XXXXXX";
	char command[1024];
	char line[LINE_SIZE];
	char sentence[128];
	FILE *file = fdopen(mkstemp(path), "w");
	json_t *object = NULL;

	assert_non_null(file);
	for (size_t n = 0; n < SENTENCES_MAX && recording_value(recording, "sentence", n, sentence, sizeof sentence);
	     n++) {
		fprintf(file, "%s\r\n", sentence);
	}
	assert_int_equal(fclose(file), 0);
	(void)snprintf(command, sizeof command, "%s -j -u -s < %s", gpsdecode_path, path);
	file = popen(command, "r");
	assert_non_null(file);
	if (fgets(line, sizeof line, file) != NULL) {
		object = json_loads(line, 0, NULL);
	}
	assert_null(fgets(line, sizeof line, file));
	assert_int_equal(pclose(file), 0);
	(void)unlink(path);
	return object;
}

static void
check(const struct recording *recording)
{
	static const char *const number[] = {"type", "mmsi", "status", "lat", "lon", "dest_mmsi"};
	json_t *object = decode(recording);
	json_t *text;
	char recorded[256] = "";

	if (object == NULL) {
		fail_msg("%s: gpsdecode reads nothing", recording->path);
	}
	for (size_t i = 0; i < sizeof number / sizeof number[0]; i++) {
		json_t *value = json_object_get(object, number[i]);
		long long expected = value == NULL ? -1 : json_integer_value(value);
		assert_int_equal(recording_number(recording, number[i], -1), expected);
	}
	text = json_object_get(object, "text");
	(void)recording_value(recording, "text", 0, recorded, sizeof recorded);
	assert_string_equal(recorded, text == NULL ? "" : json_string_value(text));
	json_decref(object);
}

static void
values_are_those_of_the_sentences(void **state)
{
	(void)state;
	assert_true(recording_each(folder, check) >= 12);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(values_are_those_of_the_sentences)};

	if (argc != 3) {
		fprintf(stderr, "usage: golden_ais_sentences FOLDER GPSDECODE\n");
		return 2;
	}
	folder = argv[1];
	gpsdecode_path = argv[2];
	return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "recording.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int
is_recording(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name);

	return len > 4 && strcmp(entry->d_name + len - 4, ".rec") == 0;
}

static void
read_text(const char *path, char *text)
{
	FILE *file = fopen(path, "r");
	size_t len;

	if (file == NULL) {
		fail_msg("%s cannot be read (RCC_ACCEPT=1 writes expectations)", path);
		return;
	}
	len = fread(text, 1, RECORDING_TEXT_MAX + 1, file);
	assert_true(len <= RECORDING_TEXT_MAX);
	text[len] = '\0';
	(void)fclose(file);
}

size_t
recording_each(const char *folder, void (*check)(const struct recording *recording))
{
	struct dirent **entry = NULL;
	int count = scandir(folder, &entry, is_recording, alphasort);

	assert_in_range(count, 1, RECORDINGS_MAX);
	for (int i = 0; i < count; i++) {
		static struct recording recording;
		int len = snprintf(recording.path, sizeof recording.path, "%s/%s", folder, entry[i]->d_name);
		assert_in_range(len, 1, RECORDING_PATH_MAX);
		read_text(recording.path, recording.text);
		check(&recording);
		free(entry[i]);
	}
	free(entry);
	return (size_t)count;
}

bool
recording_value(const struct recording *recording, const char *key, size_t nth, char *value, size_t size)
{
	size_t key_len = strlen(key);

	for (const char *line = recording->text; *line != '\0';) {
		size_t len = strcspn(line, "\n");
		if (len > key_len && memcmp(line, key, key_len) == 0 && line[key_len] == '=' && nth-- == 0) {
			assert_true(len - key_len - 1 < size);
			memcpy(value, line + key_len + 1, len - key_len - 1);
			value[len - key_len - 1] = '\0';
			return true;
		}
		line += len + (line[len] == '\n' ? 1 : 0);
	}
	return false;
}

long long
recording_number(const struct recording *recording, const char *key, long long otherwise)
{
	char value[64];
	char *end = NULL;
	long long number;

	if (!recording_value(recording, key, 0, value, sizeof value)) {
		return otherwise;
	}
	number = strtoll(value, &end, 10);
	assert_true(end != value && *end == '\0');
	return number;
}

void
recording_expect(const struct recording *recording, const char *actual)
{
	char path[RECORDING_PATH_MAX + 8];
	static char expected[RECORDING_TEXT_MAX + 1];
	const char *accept = getenv("RCC_ACCEPT");

	(void)snprintf(path, sizeof path, "%.*s.expect", (int)strlen(recording->path) - 4, recording->path);
	if (accept != NULL && strcmp(accept, "1") == 0) {
		FILE *file = fopen(path, "w");
		assert_non_null(file);
		assert_true(fputs(actual, file) >= 0);
		assert_int_equal(fclose(file), 0);
		return;
	}
	read_text(path, expected);
	if (strcmp(expected, actual) != 0) {
		fail_msg("%s\nexpected:\n%sactual:\n%s", path, expected, actual);
	}
}

/*
 * recording.h - recorded messages as text: lines of key=value, comments with #, one message per file.
 */
#ifndef RCC_GOLDEN_RECORDING_H
#define RCC_GOLDEN_RECORDING_H

#include <stdbool.h>
#include <stddef.h>

#define RECORDING_TEXT_MAX 32767
#define RECORDING_PATH_MAX 511
#define RECORDINGS_MAX 256

struct recording {
	char path[RECORDING_PATH_MAX + 1];
	char text[RECORDING_TEXT_MAX + 1];
};

/* Calls `check` for each file of the folder that ends in .rec, in order of name; returns how many. */
size_t recording_each(const char *folder, void (*check)(const struct recording *recording));
/* Value of a key; false if there is none. `nth` counts lines with the same key from 0. */
bool recording_value(const struct recording *recording, const char *key, size_t nth, char *value, size_t size);
/* A number, or `otherwise`. */
long long recording_number(const struct recording *recording, const char *key, long long otherwise);
/* Compares with the file beside the recording (.expect); with RCC_ACCEPT=1 in the environment, writes it. */
void recording_expect(const struct recording *recording, const char *actual);

#endif

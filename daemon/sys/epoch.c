/*
 * epoch.c - the note that `rccctl new-epoch` leaves for the next start: what the first entry of the new epoch says. "epoch.pending" in
 * the state directory, one "key value" a line; it goes once the entry is on the disk.
 */
#define _POSIX_C_SOURCE 200809L
#include "sys/epoch.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rcc/text.h"
#include "sys/config.h"

#define NAME "epoch.pending"
#define PATH_SIZE (RCC_PATH_MAX + 32)
#define LINE_SIZE (RCC_TEXT_MAX + 32)

static enum rcc_status
path_of(const char *dir, char path[PATH_SIZE])
{
	return snprintf(path, PATH_SIZE, "%s/" NAME, dir) < PATH_SIZE ? RCC_OK : RCC_E_TOO_LARGE;
}

static void
put_line(const struct rcc_epoch_note *note, FILE *file)
{
	const struct rcc_epoch *epoch = &note->epoch;
	char digest[2 * sizeof epoch->digest.b + 1];

	fprintf(file, "good %" PRIu64 "\ndamaged %" PRIu64 "\nsize %" PRIu64 "\ndigest %s\n", note->good_seq,
	        epoch->damaged_seq, epoch->size, rcc_hex_format(digest, epoch->digest.b, sizeof epoch->digest.b));
	fprintf(file, "damage %s\nofficer %s\nreason %s\n", epoch->damage, epoch->officer, epoch->reason);
}

enum rcc_status
rcc_epoch_write(const char *dir, const struct rcc_epoch_note *note, struct rcc_fault *ret_fault)
{
	char path[PATH_SIZE];

	if (path_of(dir, path) != RCC_OK)
		return rcc_fault_set(ret_fault, RCC_E_TOO_LARGE, "the path of the state directory is too long");
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
	if (file == NULL) {
		int error = errno;
		if (fd >= 0)
			(void)close(fd);
		return rcc_fault_set(ret_fault, RCC_E_IO, "%s: %s", path, strerror(error));
	}
	put_line(note, file);
	bool is_written = fflush(file) == 0 && fsync(fd) == 0;
	int error = errno;
	bool is_closed = fclose(file) == 0;
	return is_written && is_closed ? RCC_OK : rcc_fault_set(ret_fault, RCC_E_IO, "%s: %s", path, strerror(error));
}

/* What follows the word, if the line begins with it. */
static const char *
after(const char *line, const char *word)
{
	size_t len = strlen(word);

	return strncmp(line, word, len) == 0 && line[len] == ' ' ? line + len + 1 : NULL;
}

static bool
take_number(const char *line, const char *word, uint64_t *ret_value)
{
	const char *text = after(line, word);
	char *end = NULL;

	if (text == NULL)
		return false;
	*ret_value = strtoull(text, &end, 10);
	return *end == '\0' && end != text;
}

static bool
take_text(const char *line, const char *word, char *array, size_t size)
{
	const char *text = after(line, word);

	if (text == NULL)
		return false;
	rcc_text_copy_lossy(array, size, text, strlen(text));
	return true;
}

static bool
take_line(const char *line, struct rcc_epoch_note *note)
{
	struct rcc_epoch *epoch = &note->epoch;
	const char *digest = after(line, "digest");

	if (digest != NULL)
		return rcc_hex_parse(digest, epoch->digest.b, sizeof epoch->digest.b) == RCC_OK;
	return take_number(line, "good", &note->good_seq) || take_number(line, "damaged", &epoch->damaged_seq) ||
	       take_number(line, "size", &epoch->size) ||
	       take_text(line, "damage", epoch->damage, sizeof epoch->damage) ||
	       take_text(line, "officer", epoch->officer, sizeof epoch->officer) ||
	       take_text(line, "reason", epoch->reason, sizeof epoch->reason);
}

enum rcc_status
rcc_epoch_read(const char *dir, struct rcc_epoch_note *ret_note)
{
	char path[PATH_SIZE];
	char line[LINE_SIZE];
	bool is_good = true;

	*ret_note = (struct rcc_epoch_note){.good_seq = 0};
	FILE *file = path_of(dir, path) == RCC_OK ? fopen(path, "re") : NULL;
	if (file == NULL)
		return RCC_E_NOT_FOUND;
	while (fgets(line, sizeof line, file) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		is_good = is_good && take_line(line, ret_note);
	}
	(void)fclose(file);
	return is_good && ret_note->epoch.officer[0] != '\0' && ret_note->epoch.reason[0] != '\0' ? RCC_OK
	                                                                                          : RCC_E_MALFORMED;
}

void
rcc_epoch_forget(const char *dir)
{
	char path[PATH_SIZE];

	if (path_of(dir, path) == RCC_OK)
		(void)unlink(path);
}

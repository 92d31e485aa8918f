#define _POSIX_C_SOURCE 200809L
#include "image.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAMES_MAX 64
#define NAME_SIZE 512

/* ---- the log ---- */

uint64_t
image_random(uint64_t *seed, uint64_t below)
{
	/* SplitMix64 */
	uint64_t z = (*seed += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (z ^ (z >> 31)) % below;
}

struct disk_record
image_record(const struct image_log *log, size_t i)
{
	struct disk_record record;

	memcpy(&record, log->record[i], sizeof record);
	return record;
}

static const uint8_t *
bytes_of(const struct image_log *log, size_t i)
{
	return log->record[i] + sizeof(struct disk_record);
}

static bool
read_whole(const char *path, struct image_log *log)
{
	FILE *file = fopen(path, "rb");
	bool is_good = file != NULL && fseek(file, 0, SEEK_END) == 0;
	long size = is_good ? ftell(file) : -1;

	is_good = is_good && size > 0 && fseek(file, 0, SEEK_SET) == 0;
	log->bytes = is_good ? malloc((size_t)size) : NULL;
	is_good = log->bytes != NULL && fread(log->bytes, 1, (size_t)size, file) == (size_t)size;
	log->len = is_good ? (size_t)size : 0;
	if (file != NULL)
		(void)fclose(file);
	return is_good;
}

bool
image_log_read(const char *path, struct image_log *ret_log)
{
	struct image_log log = {.count = 0};
	size_t room = 0;

	if (!read_whole(path, &log)) {
		fprintf(stderr, "image: %s cannot be read\n", path);
		return false;
	}
	/* The last record may be cut: its program was ended. */
	for (size_t at = 0; at + sizeof(struct disk_record) <= log.len;) {
		struct disk_record record;
		memcpy(&record, log.bytes + at, sizeof record);
		if (record.len > log.len - at - sizeof record)
			break;
		if (log.count == room) {
			room = room == 0 ? 4096 : 2 * room;
			const uint8_t **grown = realloc(log.record, room * sizeof *grown);
			if (grown == NULL) {
				image_log_free(&log);
				return false;
			}
			log.record = grown;
		}
		log.record[log.count++] = log.bytes + at;
		log.files = record.file > log.files ? record.file : log.files;
		at += sizeof record + record.len;
	}
	*ret_log = log;
	return true;
}

void
image_log_free(struct image_log *log)
{
	free(log->bytes);
	free(log->record);
	*log = (struct image_log){.count = 0};
}

/* ---- one image ---- */

struct image_file {
	uint8_t *bytes;
	size_t size, room;
	size_t synced; /* records before this one are on the disk */
};
struct image_name {
	char text[NAME_SIZE]; /* empty = a free row */
	uint32_t file;
};
struct image {
	const struct image_log *log;
	uint64_t *seed;
	struct image_file *file; /* by number */
	struct image_name name[NAMES_MAX];
};

static bool
resize(struct image_file *file, size_t size)
{
	if (size > file->room) {
		size_t room = 2 * size;
		uint8_t *grown = realloc(file->bytes, room);
		if (grown == NULL)
			return false;
		file->bytes = grown;
		file->room = room;
	}
	if (size > file->size)
		memset(file->bytes + file->size, 0, size - file->size);
	file->size = size;
	return true;
}

static bool
put_bytes(struct image_file *file, uint64_t offset, const uint8_t *bytes, size_t len)
{
	if (offset + len > file->size && !resize(file, (size_t)offset + len))
		return false;
	memcpy(file->bytes + offset, bytes, len);
	return true;
}

/* Sector by sector, as they lie on the disk: each is there or not. */
static bool
tear(struct image *image, struct image_file *file, const struct disk_record *record, const uint8_t *bytes)
{
	for (uint64_t at = record->offset; at < record->offset + record->len;) {
		uint64_t next = (at / IMAGE_SECTOR + 1) * IMAGE_SECTOR;
		uint64_t end = next < record->offset + record->len ? next : record->offset + record->len;
		if (image_random(image->seed, 2) == 0 &&
		    !put_bytes(file, at, bytes + (at - record->offset), (size_t)(end - at)))
			return false;
		at = end;
	}
	return true;
}

static bool
take_write(struct image *image, size_t i, const struct disk_record *record)
{
	struct image_file *file = &image->file[record->file];
	const uint8_t *bytes = bytes_of(image->log, i);
	uint64_t fate = i < file->synced ? 0 : image_random(image->seed, 3);

	if (fate == 0)
		return put_bytes(file, record->offset, bytes, (size_t)record->len);
	return fate == 1 ? true : tear(image, file, record, bytes);
}

/* ---- names ---- */

static struct image_name *
find_name(struct image *image, const char *text)
{
	for (size_t i = 0; i < NAMES_MAX; i++) {
		if (strcmp(image->name[i].text, text) == 0)
			return &image->name[i];
	}
	return NULL;
}

static bool
take_name(struct image *image, size_t i, const struct disk_record *record)
{
	char text[NAME_SIZE] = "";
	const char *bytes = (const char *)bytes_of(image->log, i);
	size_t len = strnlen(bytes, (size_t)record->len);

	if (len == 0 || len >= NAME_SIZE || record->len - len > NAME_SIZE)
		return false;
	memcpy(text, bytes, len);
	struct image_name *row = find_name(image, text);
	uint32_t file = row == NULL ? 0 : row->file;
	if (record->op == DISK_CREATE) {
		file = record->file;
		row = row == NULL ? find_name(image, "") : row;
	} else if (row != NULL) {
		row->text[0] = '\0';
	}
	if (record->op == DISK_RENAME) {
		memset(text, 0, sizeof text);
		memcpy(text, bytes + len + 1, (size_t)record->len - len - 1);
		struct image_name *old = find_name(image, text);
		row = old != NULL ? old : find_name(image, "");
	}
	if (record->op == DISK_UNLINK)
		return true;
	if (row == NULL || file == 0)
		return false;
	memcpy(row->text, text, sizeof text);
	row->file = file;
	return true;
}

static bool
is_of_names(uint32_t op)
{
	return op == DISK_CREATE || op == DISK_UNLINK || op == DISK_RENAME;
}

/* Up to which record names are on the disk: at least to the last sync of the directory. */
static size_t
choose_names(const struct image *image, size_t cut)
{
	size_t synced = 0;

	for (size_t i = 0; i < cut; i++)
		synced = image_record(image->log, i).op == DISK_SYNC_DIR ? i : synced;
	return synced + (size_t)image_random(image->seed, cut - synced + 1);
}

static bool
fill(struct image *image, size_t cut)
{
	size_t names = choose_names(image, cut);

	for (size_t i = 0; i < cut; i++) {
		struct disk_record record = image_record(image->log, i);
		if (record.op == DISK_SYNC)
			image->file[record.file].synced = i;
	}
	for (size_t i = 0; i < cut; i++) {
		struct disk_record record = image_record(image->log, i);
		bool is_good = true;
		if (is_of_names(record.op) && i < names)
			is_good = take_name(image, i, &record);
		else if (record.op == DISK_WRITE)
			is_good = take_write(image, i, &record);
		else if (record.op == DISK_TRUNCATE &&
		         (i < image->file[record.file].synced || image_random(image->seed, 2) == 0))
			is_good = resize(&image->file[record.file], (size_t)record.offset);
		if (!is_good) {
			fprintf(stderr, "image: record %zu (operation %u) makes no sense\n", i, record.op);
			return false;
		}
	}
	return true;
}

static bool
write_files(const struct image *image, const char *dir)
{
	char path[2 * NAME_SIZE];

	for (size_t i = 0; i < NAMES_MAX; i++) {
		const struct image_file *content = &image->file[image->name[i].file];
		/* What programs share while they run is in memory, and gone. */
		size_t len = strlen(image->name[i].text);
		if (len == 0 || (len > 4 && strcmp(image->name[i].text + len - 4, "-shm") == 0))
			continue;
		(void)snprintf(path, sizeof path, "%s/%s", dir, image->name[i].text);
		FILE *file = fopen(path, "wb");
		bool is_good = file != NULL && fwrite(content->bytes, 1, content->size, file) == content->size;
		if (file == NULL || fclose(file) != 0 || !is_good) {
			fprintf(stderr, "image: %s cannot be written\n", path);
			return false;
		}
	}
	return true;
}

bool
image_write(const struct image_log *log, size_t cut, uint64_t *seed, const char *dir)
{
	struct image image = {.log = log, .seed = seed, .file = calloc(log->files + 1, sizeof *image.file)};
	bool is_good = image.file != NULL && fill(&image, cut) && write_files(&image, dir);

	for (uint32_t i = 0; image.file != NULL && i <= log->files; i++)
		free(image.file[i].bytes);
	free(image.file);
	return is_good;
}

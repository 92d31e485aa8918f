/*
 * image.h - what a disk may hold when the power is cut: made from a log of what a program did to its files.
 *
 * Kept is what was synced. Of all that came after, each write may be there, not be there, or be there in some of its sectors, in any
 * order; names may have reached the disk up to some moment.
 */
#ifndef RCC_TEST_IMAGE_H
#define RCC_TEST_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "disk_log.h"

/* A disk writes a sector whole or not at all. */
#define IMAGE_SECTOR 512

struct image_log {
	uint8_t *bytes;
	size_t len;
	const uint8_t **record; /* each a struct disk_record, with its bytes behind it; not aligned */
	size_t count;
	uint32_t files; /* the highest number of a file */
};

/* False with a word on standard error. Free with image_log_free(). */
bool image_log_read(const char *path, struct image_log *ret_log);
void image_log_free(struct image_log *log);
struct disk_record image_record(const struct image_log *log, size_t i);

/* Makes the files in `dir`, which exists and is empty, as they may be if the power went after the first `cut` records. */
bool image_write(const struct image_log *log, size_t cut, uint64_t *seed, const char *dir);

/* A number below `below`, which is not 0: a fixed sequence for each seed. */
uint64_t image_random(uint64_t *seed, uint64_t below);

#endif

/*
 * folder.h - a folder that programs put files into: each is taken when it is complete, and moved aside when it is safe.
 *
 * Why:    a file is its own durable queue: it stays where it is until the message is in the outbox or with the centre, so that
 *         whatever dies in between, the next start sends it again. Once too often rather than never.
 * Rules:  taken are regular files that were closed or renamed into the folder, and at the start, and when the kernel lost
 *         count, those that have not changed for RCC_FEED_SETTLED_MS. Names that begin with a dot are somebody's unfinished work.
 *         Files go to `taken/`, or to `refused/` if the centre refused them; nothing is deleted or written over.
 * Owns:   the watch and the file being read; rcc_feed_folder_close() lets both go.
 */
#ifndef RCC_FEED_FOLDER_H
#define RCC_FEED_FOLDER_H

#include <stdbool.h>
#include <stdint.h>

#include "feed/stream.h"

#define RCC_FEED_SETTLED_MS 2000
/* NAME_MAX of Linux. */
#define RCC_FEED_NAME_MAX 255
/* Files that were just completed, known by name; more are found by looking through the folder. */
#define RCC_FEED_READY_MAX 64

struct rcc_feed_folder {
	char path[RCC_FEED_PLACE_MAX + 1];
	int watch_fd; /* readable when something was put into the folder; -1 = closed */
	int fd;       /* the file being read; -1 = none */
	char name[RCC_FEED_NAME_MAX + 1];
	char passed[RCC_FEED_NAME_MAX + 1]; /* look behind this name: the one before could not be opened */
	uint32_t ready_count;
	char ready[RCC_FEED_READY_MAX][RCC_FEED_NAME_MAX + 1]; /* oldest first */
	int64_t look_mono_ms;                                  /* when to look through it again */
	const char *move_to;                                   /* the file is done and has to leave; NULL = no */
	bool keeps; /* a dry run: every file is read once and stays where it is */
	bool move_told, lost_told, open_told;
};

/* RCC_E_IO: it is not there, cannot be read or written, or cannot be watched. */
RCC_MUST_USE enum rcc_status rcc_feed_folder_open(struct rcc_feed_folder *folder, const char *path, bool keeps,
                                                  struct rcc_fault *ret_fault);
void rcc_feed_folder_close(struct rcc_feed_folder *folder);

/* RCC_OK: folder->fd is the next file, from its beginning. RCC_E_AGAIN: none, or the last one could not be moved yet. */
RCC_MUST_USE enum rcc_status rcc_feed_folder_next(struct rcc_feed_folder *folder, int64_t at_ms, int64_t mono_ms);
/* The file is read and safe, or refused: moves it out of the way. */
void rcc_feed_folder_done(struct rcc_feed_folder *folder, bool is_refused, int64_t at_ms);
/* The file cannot be read to its end: leaves it, and looks at the next one first. */
void rcc_feed_folder_skip(struct rcc_feed_folder *folder);

#endif

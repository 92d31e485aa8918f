/*
 * track_path.h - the way of one vessel out of a track file, for its owner and for auditors.
 */
#ifndef RCC_TRACK_PATH_H
#define RCC_TRACK_PATH_H

#include "journal/sql.h"
#include "journal/track.h"

/* "rcct" in the file header. */
#define RCC_TRACK_APPLICATION_ID 0x72636374
#define RCC_TRACK_FORMAT 1
/* track_id = at_ms << 20 | number: a million rows in one millisecond, and times until the year 248,000. */
#define RCC_TRACK_NUMBER_BITS 20

/* SQLITE_DONE, or what failed. */
RCC_MUST_USE int rcc_track_walk(sqlite3 *db, const struct rcc_track_span *span, rcc_track_path_fn *tell, void *context);

#endif

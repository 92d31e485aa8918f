/* track_lines.h - where the ships of a story went: a file of lines of "MM:SS MMSI POSITION"; # begins a remark. */
#ifndef RCC_TRACK_LINES_H
#define RCC_TRACK_LINES_H

#include <stdint.h>

#include "rcc/types.h"

/* after_ms: since the story began. */
typedef void rcc_track_line_fn(void *context, struct rcc_mmsi mmsi, struct rcc_pos pos, int64_t after_ms);
/* NULL, or what is wrong: a line, or that the file cannot be opened; it stands until the next call. */
const char *rcc_track_lines(const char *path, rcc_track_line_fn *tell, void *context);

#endif

/*
 * track.h - positions over time, in a file of their own (tracks.db): batched, relaxed durability, thinned per vessel.
 *
 * A lost second of tracks is no loss of evidence: whatever a decision used stands in its entry.
 */
#ifndef RCC_TRACK_H
#define RCC_TRACK_H

#include "rcc/message.h"

/* Kept at most once per this time and vessel, unless the caller says that the vessel matters now. */
#define RCC_TRACK_THIN_MS 60000

struct rcc_track_store {
	struct rcc_track_store_impl *impl;
};

RCC_MUST_USE enum rcc_status rcc_track_open(struct rcc_track_store *store, const char *path,
                                            struct rcc_fault *ret_fault);
void rcc_track_close(struct rcc_track_store *store);
/* Buffers a report; `full_rate` keeps it however soon after the last one (vessels near an open incident). */
RCC_MUST_USE enum rcc_status rcc_track_add(struct rcc_track_store *store, const struct rcc_report *report,
                                           struct rcc_peer_id source, int64_t at_ms, bool full_rate);
RCC_MUST_USE enum rcc_status rcc_track_add_static(struct rcc_track_store *store, const struct rcc_static *vessel,
                                                  struct rcc_peer_id source, int64_t at_ms);
/* Writes what is buffered in one transaction; call about once a second. */
RCC_MUST_USE enum rcc_status rcc_track_flush(struct rcc_track_store *store);
/* The newest report and static data of each vessel since since_ms, to rebuild the picture at start. */
typedef void rcc_track_report_fn(void *context, const struct rcc_report *report, struct rcc_peer_id source,
                                 int64_t at_ms);
typedef void rcc_track_static_fn(void *context, const struct rcc_static *vessel, struct rcc_peer_id source);
RCC_MUST_USE enum rcc_status rcc_track_latest(struct rcc_track_store *store, int64_t since_ms,
                                              rcc_track_report_fn *report, rcc_track_static_fn *vessel, void *context);
/*
 * Where one vessel was from from_ms to to_ms, oldest first, positions at least step_ms apart: a seek in the index for each,
 * however dense the tracks are. What is still buffered is not told.
 */
struct rcc_track_span {
	struct rcc_mmsi mmsi;
	int64_t from_ms, to_ms, step_ms;
};
typedef void rcc_track_path_fn(void *context, const struct rcc_report *report, int64_t at_ms);
RCC_MUST_USE enum rcc_status rcc_track_path(struct rcc_track_store *store, const struct rcc_track_span *span,
                                            rcc_track_path_fn *tell, void *context);
/* The same from somebody else's file, which is not written. RCC_E_NOT_FOUND if there is none. */
RCC_MUST_USE enum rcc_status rcc_track_path_file(const char *path, const struct rcc_track_span *span,
                                                 rcc_track_path_fn *tell, void *context, struct rcc_fault *ret_fault);
/* What a track file holds: purging cuts its beginning, thinning leaves gaps in it. */
struct rcc_track_extent {
	uint64_t positions;
	int64_t first_at_ms, last_at_ms; /* 0 = it holds no position */
};
RCC_MUST_USE enum rcc_status rcc_track_extent_file(const char *path, struct rcc_track_extent *ret_extent,
                                                   struct rcc_fault *ret_fault);
/*
 * Where each vessel was last heard from since_ms to at_ms, by time of arrival, out of somebody else's file. Its name and the
 * like are those that the file has now: of them it keeps the latest alone. RCC_E_NOT_FOUND if there is no file.
 */
struct rcc_track_moment {
	int64_t since_ms, at_ms;
	rcc_track_report_fn *report;
	rcc_track_static_fn *vessel;
	void *context;
};
RCC_MUST_USE enum rcc_status rcc_track_moment_file(const char *path, const struct rcc_track_moment *moment,
                                                   struct rcc_fault *ret_fault);
/* Deletes tracks older than before_ms: a slice now, the rest in slices with each flush, so that no turn waits for it. */
RCC_MUST_USE enum rcc_status rcc_track_purge(struct rcc_track_store *store, int64_t before_ms);

#endif

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

/* What rcc_track_read_latest() reads, in its order. */
#define RCC_TRACK_LATEST_COLUMNS                                                                                       \
	"mmsi, lat_e7, lon_e7, sog_dkn, cog_ddeg, heading_deg, nav_status, message_type, reported_at_ms,"              \
	" source_peer_id, at_ms"
#define RCC_TRACK_STATIC_SQL                                                                                           \
	"SELECT name, callsign, imo, ship_type, to_bow_m, to_stern_m, to_port_m, to_starboard_m, draught_dm,"          \
	" message_type, source_peer_id FROM vessel WHERE mmsi = ?"

/* Opens somebody else's track file for reading; the caller closes *ret_db in every case. */
RCC_MUST_USE enum rcc_status rcc_track_open_reader(const char *path, sqlite3 **ret_db, struct rcc_fault *ret_fault);
/* Reads the row of a position; returns when it arrived. */
int64_t rcc_track_read_latest(sqlite3_stmt *stmt, struct rcc_report *ret_report, struct rcc_peer_id *ret_source);
/* Tells what the vessel says of itself, if it does. SQLITE_OK, or what failed. `stmt` is RCC_TRACK_STATIC_SQL. */
RCC_MUST_USE int rcc_track_read_static(sqlite3_stmt *stmt, struct rcc_mmsi mmsi, rcc_track_static_fn *tell,
                                       void *context);

/* SQLITE_DONE, or what failed. */
RCC_MUST_USE int rcc_track_walk(sqlite3 *db, const struct rcc_track_span *span, rcc_track_path_fn *tell, void *context);

#endif

/*
 * gps.h - the one connection to gpsd: fixes, AIS and raw lines, found again whenever it is lost.
 *
 * Why:    gpsd decodes no DSC, but passes its sentences on verbatim between its own objects when asked for raw data; so
 *         one connection carries everything, and a second one could not disagree with it.
 * Owns:   a libgps handle or a socket that is still connecting; rcc_feed_gps_close() ends both.
 * Blocks: never, but for the name lookup of a host that is not an address.
 */
#ifndef RCC_FEED_GPS_H
#define RCC_FEED_GPS_H

#include <gps.h>

#include "feed/nmea.h"
#include "librcc/dial.h"
#include "rcc/types.h"

/* Nothing from the receivers for this long is told: "we are blind here". */
#define RCC_FEED_SILENT_MS 60000

enum rcc_feed_gps_state { RCC_FEED_GPS_DOWN = 1, RCC_FEED_GPS_CONNECTING = 2, RCC_FEED_GPS_UP = 3 };

struct rcc_feed_gps {
	struct rcc_dial dial; /* knocks before libgps opens */
	enum rcc_feed_gps_state state;
	int64_t retry_mono_ms; /* DOWN: when to try again */
	int64_t backoff_ms;
	int64_t heard_mono_ms; /* last line of any kind */
	int64_t data_mono_ms;  /* last line that came from a receiver */
	int64_t asked_mono_ms; /* when gpsd was last asked whether it is still there; 0 = not since its last line */
	bool silence_told, down_told;
	struct gps_data_t data;
	char line[RCC_FEED_RAW_LINE_MAX + 1];
};

/* Takes "HOST", "HOST:PORT" or "[ADDRESS]:PORT". RCC_E_MALFORMED. */
RCC_MUST_USE enum rcc_status rcc_feed_gps_init(struct rcc_feed_gps *gps, const char *where, int64_t mono_ms);
void rcc_feed_gps_close(struct rcc_feed_gps *gps);

/* The descriptor to poll and for what; -1 while there is none. */
int rcc_feed_gps_fd(const struct rcc_feed_gps *gps, short *ret_events);
/* Connects, gives up, notices silence. Call every turn, at least once a second. */
void rcc_feed_gps_turn(struct rcc_feed_gps *gps, int64_t mono_ms);

/*
 * Takes the next line: RCC_OK with its text in gps->line and, for gpsd's own objects, its values in gps->data (gps->data.set
 * tells which). RCC_E_AGAIN: nothing more now. RCC_E_UNREACHABLE: the connection was lost.
 */
RCC_MUST_USE enum rcc_status rcc_feed_gps_read(struct rcc_feed_gps *gps, int64_t mono_ms);

#endif

/*
 * receiver.h - where we are and who is near, as a gpsd aboard says.
 *
 * Owns:   a libgps handle or a socket that is still connecting; rcc_receiver_close() ends both, and is harmless twice.
 * Blocks: never, but for the name lookup of a host that is not an address.
 */
#ifndef RCC_CREW_RECEIVER_H
#define RCC_CREW_RECEIVER_H

#include <gps.h>

#include "crew/board.h"
#include "librcc/dial.h"

/* Longest line of gpsd that is looked at whole. */
#define RCC_RECEIVER_LINE_MAX 8192

enum rcc_receiver_state { RCC_RECEIVER_NONE = 0, RCC_RECEIVER_DOWN = 1, RCC_RECEIVER_DIALS = 2, RCC_RECEIVER_UP = 3 };

struct rcc_receiver {
	enum rcc_receiver_state state; /* NONE: no gpsd was named */
	struct rcc_dial dial;          /* knocks before libgps opens */
	int64_t retry_ms, backoff_ms;
	struct gps_data_t data;
	char line[RCC_RECEIVER_LINE_MAX];
};

/* Takes "HOST", "HOST:PORT" or "[ADDRESS]:PORT". RCC_E_MALFORMED. */
RCC_MUST_USE enum rcc_status rcc_receiver_init(struct rcc_receiver *receiver, const char *where, int64_t now_ms);
void rcc_receiver_close(struct rcc_receiver *receiver);
/* The descriptor to poll and for what; -1 while there is none. */
int rcc_receiver_fd(const struct rcc_receiver *receiver, short *ret_events);
/*
 * Connects, reads what has come, and puts it on the board. now_ms is monotonic, at_ms UTC. Call every turn. Returns true when
 * our own position is new.
 */
bool rcc_receiver_turn(struct rcc_receiver *receiver, struct rcc_board *board, int64_t now_ms, int64_t at_ms);

/* ---- pure ---- */

/* A fix that can be believed: RCC_OK. RCC_E_NOT_FOUND: it holds no position. */
RCC_MUST_USE enum rcc_status rcc_receiver_fix(const struct gps_fix_t *fix, int64_t at_ms,
                                              struct rcc_board_own *ret_own);
/* What an AIS report tells of a ship: RCC_OK with a position, a name or both. RCC_E_NOT_FOUND: neither. */
RCC_MUST_USE enum rcc_status rcc_receiver_ship(const struct ais_t *ais, int64_t at_ms, struct rcc_board_ship *ret_ship);

#endif

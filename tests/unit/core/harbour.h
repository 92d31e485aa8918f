/* harbour.h - a case, two ships, a feed, three officers, and PORT OF LOS: for the tests of places of safety. */
#ifndef RCC_TEST_HARBOUR_H
#define RCC_TEST_HARBOUR_H

#include "core/place.h"
#include "order.h"

/* Two ships, a feed and three officers; case 1. */
enum { SHIP = 1, OTHER = 2, FEED = 3, ROSSI = 4, BIANCHI = 5, VERDI = 6 };
#define SHIP_MMSI 200000001u
#define OTHER_MMSI 200000002u

/* The centre that the functions below speak to, and another for comparison. */
extern struct watch harbour_watch, harbour_other;

/* Case 1 is open, nothing is said of any place; every duty has a clock of an hour. */
void harbour_start_in(struct watch *to);
void harbour_start(void);
/* A step at PORT OF LOS by this peer (0 = the local socket), to be filled. */
struct rcc_place *harbour_step_in(struct watch *to, uint32_t peer, enum rcc_place_step step);
struct rcc_place *harbour_step(uint32_t peer, enum rcc_place_step step);
void harbour_text(struct rcc_place *place, const char *text);
/* Such a step, taken. */
void harbour_check(uint32_t peer, uint32_t checks, bool is_unsafe, const char *why);
void harbour_assign(uint32_t peer, bool is_override, const char *why);
void harbour_say(uint32_t peer, enum rcc_place_step step, const char *why);
/* The last step was refused, so. */
void harbour_refused(enum rcc_refusal reason, const char *field);
/* PORT OF LOS, and SHIP there. */
const struct rcc_place_state *harbour_port(void);
const struct rcc_place_ship *harbour_row(void);
/* What SHIP was told in the last entry, and nobody else; NULL = nothing. */
const char *harbour_told(void);

#endif

/*
 * desk.h - a screen with one case on its board, which nobody has read, and keys to press at it.
 *
 * Sends nothing: what a key leaves to be done is looked at.
 */
#ifndef RCC_TEST_CREW_DESK_H
#define RCC_TEST_CREW_DESK_H

#include "crew/screen_model.h"

#define DESK_NOW_MS INT64_C(1790000000000)

struct desk {
	struct rcc_board board;
	struct rcc_screen screen;
};

/* Case 12, live, delivery 7; the mate on watch is "A. Mate". */
int desk_open(void **state);
int desk_close(void **state);
/* A call of a case, 23.5 NM and 93 min away. */
struct rcc_inbox_row desk_row_of(uint32_t number, uint32_t incident, enum rcc_class class);
/* It comes in. */
void desk_take(struct desk *desk, uint32_t number, uint32_t incident, enum rcc_class class);
/* Every character is a key. What they leave to be done is forgotten first. */
void desk_press(struct desk *desk, const char *keys);
void desk_assert_line(const struct desk *desk, uint32_t index, const char *wanted);

#endif

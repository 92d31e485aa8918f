#include "desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct rcc_inbox_row
desk_row_of(uint32_t number, uint32_t incident, enum rcc_class class)
{
	struct rcc_inbox_row row;

	memset(&row, 0, sizeof row);
	row.delivery.number = number;
	row.delivery.incident.v = incident;
	row.delivery.incident_year = 2026;
	row.delivery.incident_number = incident;
	row.delivery.kind = RCC_BROADCAST_DISTRESS_RELAY;
	row.delivery.class = class;
	row.delivery.pos = (struct rcc_pos){.lat_e7 = 360000000, .lon_e7 = 120000000};
	row.delivery.range_m = 43522;
	row.delivery.bearing_ddeg = RCC_BEARING_UNKNOWN_DDEG;
	row.delivery.eta_min = 93;
	row.delivery.called_on = 1;
	return row;
}

void
desk_take(struct desk *desk, uint32_t number, uint32_t incident, enum rcc_class class)
{
	struct rcc_inbox_row row = desk_row_of(number, incident, class);

	rcc_board_take(&desk->board, &row);
	rcc_screen_fresh(&desk->screen);
}

int
desk_open(void **state)
{
	struct desk *desk = calloc(1, sizeof *desk);

	assert_non_null(desk);
	rcc_board_init(&desk->board, (struct rcc_mmsi){232001000});
	rcc_screen_init(&desk->screen, &desk->board, "A. Mate");
	desk->screen.at_ms = DESK_NOW_MS;
	desk_take(desk, 7, 12, RCC_CLASS_LIVE);
	*state = desk;
	return 0;
}

int
desk_close(void **state)
{
	free(*state);
	return 0;
}

/* Presses keys; every character is one. What they leave to be done is forgotten first. */
void
desk_press(struct desk *desk, const char *keys)
{
	desk->screen.line_count = 0;
	for (; *keys != '\0'; keys++) {
		uint32_t key = (uint32_t)(unsigned char)*keys;

		/* As somebody does who means it. */
		desk->screen.at_ms += key == 'S' ? RCC_SCREEN_TYPED_MS : 0;
		rcc_screen_key(&desk->screen, key == '\n'     ? RCC_KEY_ENTER
		                              : key == '\033' ? RCC_KEY_ESCAPE
		                              : key == '\t'   ? RCC_KEY_TAB
		                                              : key);
	}
}

void
desk_assert_line(const struct desk *desk, uint32_t index, const char *wanted)
{
	assert_true(index < desk->screen.line_count);
	assert_string_equal(desk->screen.line[index], wanted);
}

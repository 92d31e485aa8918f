/* What a gpsd on the bridge says, as the board takes it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "crew/board.h"
#include "crew/receiver.h"
#include "desk.h"

#define NOW_MS DESK_NOW_MS
#define OWN_MMSI 232001000u

static struct rcc_board the_board;

static void
test_what_a_receiver_says(void **state)
{
	(void)state;
	struct rcc_board *board = &the_board;
	struct gps_fix_t fix;
	struct ais_t ais;
	struct rcc_board_own own;
	struct rcc_board_ship ship;

	rcc_board_init(board, (struct rcc_mmsi){OWN_MMSI});
	memset(&fix, 0, sizeof fix);
	memset(&ais, 0, sizeof ais);
	assert_int_equal(rcc_receiver_fix(&fix, NOW_MS, &own), RCC_E_NOT_FOUND);
	fix.mode = MODE_3D;
	fix.latitude = 35.25;
	fix.longitude = 12.5;
	fix.speed = 10;
	fix.track = 359.99;
	assert_int_equal(rcc_receiver_fix(&fix, NOW_MS, &own), RCC_OK);
	assert_int_equal(own.pos.lat_e7, 352500000);
	assert_int_equal(own.sog_dkn, 194);
	assert_int_equal(own.cog_ddeg, 0);
	fix.latitude = 91;
	assert_int_equal(rcc_receiver_fix(&fix, NOW_MS, &own), RCC_E_NOT_FOUND);
	ais.mmsi = 247320100;
	ais.type = 1;
	ais.type1.lat = AIS_LAT_NOT_AVAILABLE;
	ais.type1.lon = AIS_LON_NOT_AVAILABLE;
	assert_int_equal(rcc_receiver_ship(&ais, NOW_MS, &ship), RCC_E_NOT_FOUND);
	ais.type1.lat = 21150000;
	ais.type1.lon = 7500000;
	assert_int_equal(rcc_receiver_ship(&ais, NOW_MS, &ship), RCC_OK);
	assert_int_equal(ship.pos.lat_e7, 352500000);
	rcc_board_sight(board, &ship);
	ais.type = 5;
	snprintf(ais.type5.shipname, sizeof ais.type5.shipname, "TRADER@@@");
	assert_int_equal(rcc_receiver_ship(&ais, NOW_MS + 5, &ship), RCC_OK);
	rcc_board_sight(board, &ship);
	assert_int_equal(board->ship_count, 1);
	assert_string_equal(board->ship[0].name, "TRADER");
	assert_int_equal(board->ship[0].pos.lat_e7, 352500000);
	/* A full picture forgets whom it heard longest ago. */
	for (uint32_t i = 0; i < RCC_BOARD_SHIPS_MAX; i++) {
		ship.mmsi.v = 300000000 + i;
		ship.at_ms = NOW_MS + 10 + i;
		rcc_board_sight(board, &ship);
	}
	assert_int_equal(board->ship_count, RCC_BOARD_SHIPS_MAX);
	assert_int_equal(board->ship[0].mmsi.v, 300000000 + RCC_BOARD_SHIPS_MAX - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_what_a_receiver_says)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Names and sizes out of AIS messages 5, 19 and 24; gpsdecode reads the same from these sentences. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "feed/statics.h"

static enum rcc_status
read_text(const char *text, struct rcc_static *vessel)
{
	struct rcc_ais_bits bits;
	assert_int_equal(rcc_ais_bits_read((const uint8_t *)text, strlen(text), &bits), RCC_OK);
	return rcc_feed_statics_read(&bits, vessel);
}

static void
message_5(void **state)
{
	(void)state;
	struct rcc_static vessel;
	assert_int_equal(read_text("!AIVDM,2,1,3,B,55P5TL01VIaAL@7WKO@mBplU@<PDhh000000001S;AJ::4A80?4i@E53,0*3E\n"
	                           "!AIVDM,2,2,3,B,1@0000000000000,2*55",
	                           &vessel),
	                 RCC_OK);
	assert_int_equal(vessel.mmsi.v, 369190000);
	assert_string_equal(vessel.name, "MT.MITCHELL");
	assert_string_equal(vessel.callsign, "WDA9674");
	assert_int_equal(vessel.imo, 6710932);
	assert_int_equal(vessel.ship_type, 99);
	assert_int_equal(vessel.to_bow_m, 90);
	assert_int_equal(vessel.to_stern_m, 90);
	assert_int_equal(vessel.to_port_m, 10);
	assert_int_equal(vessel.to_starboard_m, 10);
	assert_int_equal(vessel.draught_dm, 60);
	assert_int_equal(vessel.message_type, 5);
}

static void
message_19(void **state)
{
	(void)state;
	struct rcc_static vessel;
	const char *line = "!AIVDM,1,1,,A,C3cc=j@0?`=n>h58c:2af7N0V`:HH30J2TBV00000000B0D30Q20,0*52";
	assert_int_equal(read_text(line, &vessel), RCC_OK);
	assert_string_equal(vessel.name, "STELLA MARIS");
	assert_int_equal(vessel.ship_type, 36);
	assert_int_equal(vessel.to_bow_m, 5);
	assert_int_equal(vessel.to_starboard_m, 2);
}

static void
message_24_in_halves(void **state)
{
	(void)state;
	struct rcc_static vessel;
	assert_int_equal(read_text("!AIVDM,1,1,,A,H42O55i18tMET00000000000000,2*6D", &vessel), RCC_OK);
	assert_int_equal(vessel.mmsi.v, 271041815);
	assert_string_equal(vessel.name, "PROGUY");
	assert_string_equal(vessel.callsign, "");
	assert_int_equal(read_text("!AIVDM,1,1,,A,H42O55lt0000000D3nink000?0500,0*70", &vessel), RCC_OK);
	assert_int_equal(vessel.ship_type, 60);
	assert_string_equal(vessel.callsign, "TC6163");
	assert_int_equal(vessel.to_stern_m, 15);
	assert_int_equal(vessel.to_starboard_m, 5);
}

static void
others_state_nothing(void **state)
{
	(void)state;
	struct rcc_static vessel;
	assert_int_equal(read_text("!AIVDM,1,1,,A,13cc=j0P1sPtK<0Db1H9:GGp0000,0*1E", &vessel), RCC_E_AGAIN);
	/* Half of a message 5, and a message 24 of a part that does not exist. */
	assert_int_equal(read_text("!AIVDM,1,1,,B,55P5TL01VIaAL@7WKO@mBplU@<PDhh0,0*00", &vessel), RCC_E_RANGE);
	assert_int_equal(read_text("!AIVDM,1,1,,A,H42O55p18tMET00000000000000,2*6D", &vessel), RCC_E_RANGE);
	/* Nobody's name, and a ship's that is empty. */
	assert_int_equal(read_text("!AIVDM,1,1,,A,H00000118tMET00000000000000,2*6D", &vessel), RCC_E_RANGE);
	assert_int_equal(read_text("!AIVDM,1,1,,A,H42O55h00000000000000000000,2*6D", &vessel), RCC_E_AGAIN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(message_5),
	    cmocka_unit_test(message_19),
	    cmocka_unit_test(message_24_in_halves),
	    cmocka_unit_test(others_state_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

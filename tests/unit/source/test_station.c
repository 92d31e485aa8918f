/* What an MMSI says about its station: edges of each range of ITU-R M.585. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "proto/source/source.h"

static const struct {
	uint32_t mmsi;
	enum rcc_station station;
	const char *word;
} row[] = {
    {0, RCC_STATION_OTHER, "other"},
    {2470001, RCC_STATION_COAST, "coast"},
    {3160001, RCC_STATION_COAST, "coast"},
    {1999999, RCC_STATION_OTHER, "other"},
    {8000000, RCC_STATION_OTHER, "other"},
    {24700001, RCC_STATION_GROUP, "group"},
    {19999999, RCC_STATION_OTHER, "other"},
    {80000000, RCC_STATION_OTHER, "other"},
    {111247001, RCC_STATION_AIRCRAFT, "aircraft"},
    {110999999, RCC_STATION_OTHER, "other"},
    {112000000, RCC_STATION_OTHER, "other"},
    {200000000, RCC_STATION_SHIP, "ship"},
    {247123456, RCC_STATION_SHIP, "ship"},
    {775999999, RCC_STATION_SHIP, "ship"},
    {799999999, RCC_STATION_SHIP, "ship"},
    {800000000, RCC_STATION_HANDHELD, "handheld"},
    {899999999, RCC_STATION_HANDHELD, "handheld"},
    {900000000, RCC_STATION_OTHER, "other"},
    {969999999, RCC_STATION_OTHER, "other"},
    {970000000, RCC_STATION_SART, "sart"},
    {970999999, RCC_STATION_SART, "sart"},
    {971000000, RCC_STATION_OTHER, "other"},
    {972000000, RCC_STATION_MOB, "mob"},
    {973000000, RCC_STATION_OTHER, "other"},
    {974999999, RCC_STATION_EPIRB, "epirb"},
    {975000000, RCC_STATION_OTHER, "other"},
    {980000000, RCC_STATION_CRAFT, "craft"},
    {989999999, RCC_STATION_CRAFT, "craft"},
    {990000000, RCC_STATION_ATON, "aton"},
    {999999999, RCC_STATION_ATON, "aton"},
    {1000000000, RCC_STATION_OTHER, "other"},
    {UINT32_MAX, RCC_STATION_OTHER, "other"},
};

static void
each_range_has_its_station(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		enum rcc_station station = rcc_station_of((struct rcc_mmsi){row[i].mmsi});
		assert_int_equal(station, row[i].station);
		assert_string_equal(rcc_station_word(station), row[i].word);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(each_range_has_its_station)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

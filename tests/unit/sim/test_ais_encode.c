/* AIS bits: packing, text, the refusal of values that do not fit, and lengths by ITU-R M.1371-5. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sim/ais_encode.h"

static uint32_t
bits_at(const struct rcc_ais_bits *bits, uint32_t from, uint32_t width)
{
	uint32_t value = 0;

	for (uint32_t i = from; i < from + width; i++) {
		value = value << 1 | ((uint32_t)bits->byte[i / 8] >> (7 - i % 8) & 1u);
	}
	return value;
}

static void
bits_are_packed_highest_first(void **state)
{
	struct rcc_ais_bits bits = {.count = 0};

	(void)state;
	rcc_ais_put(&bits, 5, 3);
	rcc_ais_put(&bits, 0, 1);
	rcc_ais_put(&bits, 0x1ff, 9);
	rcc_ais_put(&bits, 0xffffffff, 32);
	assert_int_equal(bits.count, 45);
	assert_int_equal(bits.byte[0], 0xaf); /* 101 0 1111 */
	assert_int_equal(bits.byte[1], 0xff);
	assert_int_equal(bits.byte[5], 0xf8); /* 45 bits end five into the sixth byte */
}

static void
value_is_cut_to_its_width(void **state)
{
	struct rcc_ais_bits bits = {.count = 0};

	(void)state;
	rcc_ais_put(&bits, 0xfffffff0, 4);
	assert_int_equal(bits.byte[0], 0);
	assert_int_equal(bits.count, 4);
}

static void
negative_numbers_are_twos_complement(void **state)
{
	struct rcc_ais_bits bits = {.count = 0};

	(void)state;
	rcc_ais_put_signed(&bits, -1, 28);
	rcc_ais_put_signed(&bits, -128, 8);
	assert_int_equal(bits_at(&bits, 0, 28), 0xfffffff);
	assert_int_equal(bits_at(&bits, 28, 8), 0x80);
}

static void
text_uses_the_six_bit_alphabet(void **state)
{
	struct rcc_ais_bits bits = {.count = 0};

	(void)state;
	rcc_ais_put_text(&bits, "@AZ[_ 09?a~", 13);
	assert_int_equal(bits.count, 78);
	assert_int_equal(bits_at(&bits, 0, 6), 0);
	assert_int_equal(bits_at(&bits, 6, 6), 1);
	assert_int_equal(bits_at(&bits, 12, 6), 26);
	assert_int_equal(bits_at(&bits, 18, 6), 27);
	assert_int_equal(bits_at(&bits, 24, 6), 31);
	assert_int_equal(bits_at(&bits, 30, 6), 32);
	assert_int_equal(bits_at(&bits, 36, 6), 48);
	assert_int_equal(bits_at(&bits, 42, 6), 57);
	assert_int_equal(bits_at(&bits, 48, 6), 63);
	assert_int_equal(bits_at(&bits, 54, 6), 1);  /* a as A */
	assert_int_equal(bits_at(&bits, 60, 6), 63); /* ~ has no code */
	assert_int_equal(bits_at(&bits, 66, 12), 0); /* padding */
}

static void
lengths_are_those_of_the_standard(void **state)
{
	static const struct {
		enum rcc_ais_type type;
		uint32_t part, count;
	} row[] = {
	    {RCC_AIS_POSITION_A, 0, 168}, {RCC_AIS_BASE, 0, 168},     {RCC_AIS_STATIC_A, 0, 424},
	    {RCC_AIS_POSITION_B, 0, 168}, {RCC_AIS_STATIC_B, 0, 160}, {RCC_AIS_STATIC_B, 1, 168},
	    {RCC_AIS_LONG_RANGE, 0, 96},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		struct rcc_ais_message message = {.type = row[i].type, .part = row[i].part, .mmsi = 247000001};
		struct rcc_ais_bits bits = {.count = 0};
		assert_int_equal(rcc_ais_encode(&message, &bits), RCC_OK);
		assert_int_equal(bits.count, row[i].count);
		assert_int_equal(bits_at(&bits, 0, 6), row[i].type);
		assert_int_equal(bits_at(&bits, 8, 30), 247000001);
	}
}

static void
fields_lie_where_the_standard_puts_them(void **state)
{
	struct rcc_ais_message message = {.type = RCC_AIS_POSITION_A,
	                                  .mmsi = 247000001,
	                                  .nav_status = 14,
	                                  .rot = -128,
	                                  .sog_dkn = 1023,
	                                  .is_accurate = true,
	                                  .lon = -7500000,
	                                  .lat = -21300000,
	                                  .cog_ddeg = 3600,
	                                  .heading_deg = 511,
	                                  .second = 59};
	struct rcc_ais_bits bits;

	(void)state;
	assert_int_equal(rcc_ais_encode(&message, &bits), RCC_OK);
	assert_int_equal(bits_at(&bits, 38, 4), 14);
	assert_int_equal(bits_at(&bits, 42, 8), 0x80);
	assert_int_equal(bits_at(&bits, 50, 10), 1023);
	assert_int_equal(bits_at(&bits, 60, 1), 1);
	assert_int_equal(bits_at(&bits, 61, 28), (1u << 28) - 7500000);
	assert_int_equal(bits_at(&bits, 89, 27), (1u << 27) - 21300000);
	assert_int_equal(bits_at(&bits, 116, 12), 3600);
	assert_int_equal(bits_at(&bits, 128, 9), 511);
	assert_int_equal(bits_at(&bits, 137, 6), 59);
	assert_int_equal(bits_at(&bits, 143, 25), 0);
}

static void
long_range_rounds_and_keeps_the_marks(void **state)
{
	struct rcc_ais_message message = {.type = RCC_AIS_LONG_RANGE,
	                                  .mmsi = 247000001,
	                                  .sog_dkn = 1023,
	                                  .cog_ddeg = 3600,
	                                  .lon = -7500500,
	                                  .lat = 21299499};
	struct rcc_ais_bits bits;

	(void)state;
	assert_int_equal(rcc_ais_encode(&message, &bits), RCC_OK);
	assert_int_equal(bits_at(&bits, 44, 18), (1u << 18) - 7501);
	assert_int_equal(bits_at(&bits, 62, 17), 21299);
	assert_int_equal(bits_at(&bits, 79, 6), 63);
	assert_int_equal(bits_at(&bits, 85, 9), 511);
	message.sog_dkn = 900;
	assert_int_equal(rcc_ais_encode(&message, &bits), RCC_OK);
	assert_int_equal(bits_at(&bits, 79, 6), 62);
}

static void
values_that_do_not_fit_are_refused(void **state)
{
	const struct rcc_ais_message good = {.type = RCC_AIS_POSITION_A, .mmsi = 247000001};
	struct rcc_ais_bits bits = {.count = 77};
	struct rcc_ais_message bad[12];

	(void)state;
	for (size_t i = 0; i < 12; i++) {
		bad[i] = good;
	}
	bad[0].mmsi = 1000000000;
	bad[1].nav_status = 16;
	bad[2].rot = 128;
	bad[3].sog_dkn = 1024;
	bad[4].lon = 108000001;
	bad[5].lat = -54000001;
	bad[6].cog_ddeg = 3601;
	bad[7].heading_deg = 512;
	bad[8].second = 64;
	bad[9].to_bow_m = 512;
	bad[10].draught_dm = 256;
	bad[11].part = 2;
	for (size_t i = 0; i < 12; i++) {
		assert_int_equal(rcc_ais_encode(&bad[i], &bits), RCC_E_RANGE);
	}
	assert_int_equal(bits.count, 77);
	bad[0] = good;
	bad[0].lon = RCC_AIS_LON_NONE;
	bad[0].lat = RCC_AIS_LAT_NONE;
	assert_int_equal(rcc_ais_encode(&bad[0], &bits), RCC_OK);
}

static void
unknown_type_is_refused(void **state)
{
	struct rcc_ais_message message = {.mmsi = 247000001};
	struct rcc_ais_bits bits = {.count = 77};
	uint32_t type = 9;

	(void)state;
	memcpy(&message.type, &type, sizeof type);
	assert_int_equal(rcc_ais_encode(&message, &bits), RCC_E_UNSUPPORTED);
	assert_int_equal(bits.count, 77);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(bits_are_packed_highest_first),
	    cmocka_unit_test(value_is_cut_to_its_width),
	    cmocka_unit_test(negative_numbers_are_twos_complement),
	    cmocka_unit_test(text_uses_the_six_bit_alphabet),
	    cmocka_unit_test(lengths_are_those_of_the_standard),
	    cmocka_unit_test(fields_lie_where_the_standard_puts_them),
	    cmocka_unit_test(long_range_rounds_and_keeps_the_marks),
	    cmocka_unit_test(values_that_do_not_fit_are_refused),
	    cmocka_unit_test(unknown_type_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

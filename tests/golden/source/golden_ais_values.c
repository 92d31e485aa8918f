/* Recorded AIS messages, decoded as a person wrote down that they should be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "proto/source/source.h"
#include "rcc/text.h"
#include "recording.h"

static const char *folder;

static struct rcc_ais_values
values_of(const struct recording *recording)
{
	struct rcc_ais_values values = {
	    .type = (uint32_t)recording_number(recording, "type", 0),
	    .mmsi = (uint32_t)recording_number(recording, "mmsi", 0),
	    .status = (uint32_t)recording_number(recording, "status", RCC_NAV_STATUS_UNKNOWN),
	    .lat = (int32_t)recording_number(recording, "lat", 0),
	    .lon = (int32_t)recording_number(recording, "lon", 0),
	    .dest_mmsi = (uint32_t)recording_number(recording, "dest_mmsi", 0),
	    .at_ms = recording_number(recording, "at_ms", 0),
	};
	char none[64];

	values.has_pos = recording_value(recording, "lat", 0, none, sizeof none);
	(void)recording_value(recording, "text", 0, values.text, sizeof values.text);
	return values;
}

static void
format_alert(char *text, size_t size, const struct rcc_alert *alert)
{
	char pos[RCC_POS_TEXT_SIZE];
	char at[RCC_TIME_TEXT_SIZE];
	char mmsi[RCC_MMSI_TEXT_SIZE];
	char relay[RCC_MMSI_TEXT_SIZE];

	(void)snprintf(text, size,
	               "result=alert\nsource=%s\nclass=%s\ncasualty=%s\nrelay=%s\nnature=%s\npos=%s\npos_at=%s\n"
	               "radius_m=%u\npersons=%u\nmarks=%u\nname=%s\ncallsign=%s\ntext=%s\nraw_len=%u\n",
	               rcc_source_word(alert->source), rcc_class_word(alert->class),
	               rcc_mmsi_format(mmsi, alert->casualty), rcc_mmsi_format(relay, alert->relay),
	               rcc_nature_word(alert->nature), rcc_pos_format(pos, alert->pos),
	               rcc_time_format(at, alert->pos_at_ms), alert->pos_radius_m, alert->persons, alert->marks,
	               alert->name, alert->callsign, alert->text, alert->raw_len);
}

static void
check(const struct recording *recording)
{
	struct rcc_ais_values values = values_of(recording);
	struct rcc_alert alert;
	char text[RECORDING_TEXT_MAX + 1] = "result=ordinary\n";
	enum rcc_status status = rcc_ais_beacon_alert(&values, &alert);

	if (status == RCC_OK) {
		format_alert(text, sizeof text, &alert);
	} else {
		assert_int_equal(status, RCC_E_AGAIN);
	}
	recording_expect(recording, text);
}

static void
recordings_decode_as_expected(void **state)
{
	(void)state;
	assert_true(recording_each(folder, check) >= 12);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(recordings_decode_as_expected)};

	if (argc != 2) {
		fprintf(stderr, "usage: golden_ais_values FOLDER\n");
		return 2;
	}
	folder = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}

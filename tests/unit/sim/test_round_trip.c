/*
 * What rcc-sim writes, gpsd's own decoder must read back field by field: test_round_trip RCC-SIM GPSDECODE.
 *
 * Each line of --truth is an object whose members must all stand, with the same values, in the object that gpsdecode
 * prints for the same message, in the same order.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#define LINE_MAX_SIZE 2048
#define COMMAND_SIZE 1024

static const char *sim_path;
static const char *gpsdecode_path;

struct tally {
	unsigned messages, of_type[28];
};

/* Next AIS object of the decoder; own-ship fixes and others are passed over. NULL at the end. */
static json_t *
next_ais(FILE *file)
{
	char line[LINE_MAX_SIZE];

	while (fgets(line, sizeof line, file) != NULL) {
		json_t *object = json_loads(line, 0, NULL);
		assert_non_null(object);
		if (strcmp(json_string_value(json_object_get(object, "class")), "AIS") == 0) {
			return object;
		}
		json_decref(object);
	}
	return NULL;
}

static void
expect_same(json_t *truth, json_t *decoded, const char *line)
{
	const char *key;
	json_t *value;

	json_object_foreach(truth, key, value)
	{
		if (!json_equal(value, json_object_get(decoded, key))) {
			fail_msg("%s differs; meant: %s decoded: %s", key, line, json_dumps(decoded, 0));
		}
	}
}

static struct tally
compare(FILE *truth_file, FILE *decoded_file)
{
	struct tally tally = {.messages = 0};
	char line[LINE_MAX_SIZE];

	while (fgets(line, sizeof line, truth_file) != NULL) {
		json_t *truth = json_loads(line, 0, NULL);
		json_t *decoded = next_ais(decoded_file);
		assert_non_null(truth);
		if (decoded == NULL) {
			fail_msg("the decoder missed: %s", line);
		}
		expect_same(truth, decoded, line);
		tally.messages++;
		tally.of_type[json_integer_value(json_object_get(truth, "type")) % 28]++;
		json_decref(truth);
		json_decref(decoded);
	}
	assert_null(next_ais(decoded_file));
	return tally;
}

static struct tally
round_trip(const char *options)
{
	char truth_path[] = "/tmp/rcc-sim-truth-XXXXXX";
	char command[COMMAND_SIZE];
	int fd = mkstemp(truth_path);
	FILE *decoded;
	FILE *truth;
	struct tally tally;

	assert_true(fd >= 0);
	(void)snprintf(command, sizeof command, "%s fleet --no-wait %s --truth %s | %s -j -u -s", sim_path, options,
	               truth_path, gpsdecode_path);
	decoded = popen(command, "r");
	assert_non_null(decoded);
	/* The truth is complete when the decoder has seen the end: read that first. */
	int first = fgetc(decoded);
	assert_true(first != EOF && ungetc(first, decoded) == first);
	FILE *kept = tmpfile();
	assert_non_null(kept);
	for (int c = fgetc(decoded); c != EOF; c = fgetc(decoded)) {
		(void)fputc(c, kept);
	}
	assert_int_equal(pclose(decoded), 0);
	rewind(kept);
	truth = fdopen(fd, "r");
	assert_non_null(truth);
	tally = compare(truth, kept);
	(void)fclose(truth);
	(void)fclose(kept);
	(void)unlink(truth_path);
	return tally;
}

static void
whole_fleet_is_read_back(void **state)
{
	struct tally tally = round_trip("--ships 250 --duration 400 --seed 7 --own 247123456 "
	                                "--start 2026-11-23T03:00:00Z --sart \"35-30N 012-30E@2\" "
	                                "--mob \"36-10S 012-30W@3\" --epirb \"36 170@4\" --sart-test \"36N 13E@5\"");

	(void)state;
	assert_true(tally.messages > 5000);
	assert_true(tally.of_type[1] > 3000 && tally.of_type[18] > 200);
	assert_true(tally.of_type[5] > 100 && tally.of_type[24] > 100);
	assert_true(tally.of_type[4] >= 40 && tally.of_type[14] >= 8 && tally.of_type[27] >= 3);
}

static void
the_default_fleet_is_heard_at_once(void **state)
{
	struct tally tally = round_trip("--duration 2");

	(void)state;
	assert_true(tally.of_type[1] + tally.of_type[18] >= 200);
	assert_int_equal(tally.of_type[5] + tally.of_type[24] / 2, 200);
}

static void
no_ships_but_a_beacon(void **state)
{
	struct tally tally = round_trip("--ships 0 --duration 15 --sart \"35-30N 012-30E@0\"");

	(void)state;
	assert_int_equal(tally.of_type[1], 6);
	assert_int_equal(tally.of_type[14], 2);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(whole_fleet_is_read_back),
	    cmocka_unit_test(the_default_fleet_is_heard_at_once),
	    cmocka_unit_test(no_ships_but_a_beacon),
	};

	if (argc != 3) {
		fprintf(stderr, "usage: test_round_trip RCC-SIM GPSDECODE\n");
		return 2;
	}
	sim_path = argv[1];
	gpsdecode_path = argv[2];
	return cmocka_run_group_tests(tests, NULL, NULL);
}

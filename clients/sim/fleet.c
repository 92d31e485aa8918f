/*
 * fleet.c - "rcc-sim fleet": a strait full of ships, and beacons among them, as a receiver on the coast hears them.
 *
 * Time goes in ticks; each ship, beacon and station has its next moment to speak. Rates are those of ITU-R M.1371-5,
 * scaled by --interval. Everybody is heard once in the first second or so, so that a demonstration need not wait.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "rcc/text.h"
#include "rcc/units.h"
#include "sim/beacon.h"
#include "sim/nmea.h"
#include "sim/output.h"
#include "sim/ship.h"
#include "sim/sim.h"

#define SHIPS_DEFAULT 200
#define SHIPS_MAX 100000 /* stands in a sentence below */
#define TICK_MS 50
/* A first round of everybody must not outrun the socket buffer of gpsd. */
#define FIRST_ROUND_MS_PER_SHIP 4
#define STATIC_EVERY_MS (6 * RCC_MS_PER_MIN)
#define LONG_RANGE_EVERY_MS (3 * RCC_MS_PER_MIN)
#define STATION_EVERY_MS (10 * RCC_MS_PER_S)
/* A made-up Italian coast station on Lampedusa: 00MIDXXXX. */
#define STATION_MMSI 2479001u
#define STATION_LAT_DEG 35.5
#define STATION_LON_DEG 12.6
#define INTERVAL_DEFAULT_S 10
#define PERIOD_DEFAULT_S 60
#define SECONDS_MAX 100000000u

enum { BEACON_SART, BEACON_SART_TEST, BEACON_MOB, BEACON_EPIRB, BEACONS };
struct beacon_option {
	enum rcc_sim_option option;
	uint32_t mmsi;
	bool is_test;
};
static const struct beacon_option beacon_options[BEACONS] = {
    [BEACON_SART] = {RCC_SIM_SART, 970010001, false},
    [BEACON_SART_TEST] = {RCC_SIM_SART_TEST, 970010002, true},
    [BEACON_MOB] = {RCC_SIM_MOB, 972010003, false},
    [BEACON_EPIRB] = {RCC_SIM_EPIRB, 974010004, false},
};

/* A ship and when it speaks next. */
struct voice {
	struct rcc_ship ship;
	int64_t position_at_ms, static_at_ms, long_range_at_ms;
};

struct fleet {
	const struct rcc_area *area;
	struct rcc_random random;
	struct rcc_output output;
	struct voice *voice;
	uint32_t ships;
	uint32_t seed;
	uint32_t interval_s, period_s, duration_s; /* duration 0 = without end */
	bool is_waiting;
	int64_t start_at_ms, now_ms;
	int64_t station_at_ms;
	bool has_own;
	struct rcc_pos own_pos; /* unknown = anywhere */
	struct rcc_ship own;
	int64_t own_at_ms;
	bool has_beacon[BEACONS];
	struct rcc_beacon beacon[BEACONS];
};

/* ---- options ---- */

static enum rcc_status
parse_count(const char *text, uint32_t low, uint32_t high, uint32_t *ret_value)
{
	char *end = NULL;
	unsigned long value;

	if (text == NULL) {
		return RCC_OK;
	}
	if (text[0] < '0' || text[0] > '9') {
		return RCC_E_MALFORMED;
	}
	errno = 0;
	value = strtoul(text, &end, 10);
	if (*end != '\0') {
		return RCC_E_MALFORMED;
	}
	if (errno != 0 || value < low || value > high) {
		return RCC_E_RANGE;
	}
	*ret_value = (uint32_t)value;
	return RCC_OK;
}

/* "POS@SECONDS" */
static enum rcc_status
parse_beacon(const char *text, struct rcc_pos *ret_pos, uint32_t *ret_seconds)
{
	const char *at = strrchr(text, '@');
	char pos[RCC_TEXT_MAX + 1];
	enum rcc_status status;

	if (at == NULL || at - text > RCC_TEXT_MAX) {
		return RCC_E_MALFORMED;
	}
	memcpy(pos, text, (size_t)(at - text));
	pos[at - text] = '\0';
	status = rcc_pos_parse(pos, ret_pos);
	return status == RCC_OK ? parse_count(at + 1, 0, SECONDS_MAX, ret_seconds) : status;
}

static enum rcc_status
read_numbers(struct fleet *fleet, const struct rcc_parsed *parsed, const char **ret_wrong)
{
	const struct {
		enum rcc_sim_option option;
		const char *sentence;
		uint32_t low, high;
		uint32_t *value;
	} row[] = {
	    {RCC_SIM_SHIPS, "--ships is a whole number of 0 to 100000", 0, SHIPS_MAX, &fleet->ships},
	    {RCC_SIM_SEED, "--seed is a whole number below 2^32", 0, UINT32_MAX, &fleet->seed},
	    {RCC_SIM_INTERVAL, "--interval is a whole number of seconds, 1 to 3600", 1, 3600, &fleet->interval_s},
	    {RCC_SIM_DURATION, "--duration is a whole number of seconds, at least 1", 1, SECONDS_MAX,
	     &fleet->duration_s},
	    {RCC_SIM_SART_PERIOD, "--sart-period is a whole number of seconds, 1 to 3600", 1, 3600, &fleet->period_s},
	};

	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		enum rcc_status status =
		    parse_count(parsed->value[row[i].option], row[i].low, row[i].high, row[i].value);
		if (status != RCC_OK) {
			*ret_wrong = row[i].sentence;
			return status;
		}
	}
	return RCC_OK;
}

static enum rcc_status
read_beacons(struct fleet *fleet, const struct rcc_parsed *parsed, const char **ret_wrong)
{
	for (size_t i = 0; i < BEACONS; i++) {
		const char *text = parsed->value[beacon_options[i].option];
		struct rcc_pos pos;
		uint32_t seconds = 0;
		if (text == NULL) {
			continue;
		}
		if (parse_beacon(text, &pos, &seconds) != RCC_OK) {
			*ret_wrong = "--sart, --sart-test, --mob and --epirb are POS@S, \"35-12.40N 012-36.05E@60\"";
			return RCC_E_MALFORMED;
		}
		fleet->has_beacon[i] = true;
		rcc_beacon_init(&fleet->beacon[i], beacon_options[i].mmsi, beacon_options[i].is_test, pos,
		                fleet->start_at_ms + seconds * RCC_MS_PER_S, fleet->period_s * RCC_MS_PER_S);
	}
	return RCC_OK;
}

static int64_t
wall_clock_ms(void)
{
	struct timespec now = {.tv_sec = 0};

	(void)clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * RCC_MS_PER_S + now.tv_nsec / 1000000;
}

static enum rcc_status
read_clock(struct fleet *fleet, const struct rcc_parsed *parsed, const char **ret_wrong)
{
	const char *start = parsed->value[RCC_SIM_START];

	fleet->start_at_ms = wall_clock_ms();
	fleet->is_waiting = parsed->value[RCC_SIM_NO_WAIT] == NULL;
	if (start != NULL && rcc_time_parse(start, &fleet->start_at_ms) != RCC_OK) {
		*ret_wrong = "--start is a time in UTC, 2026-11-23T03:00:00Z";
		return RCC_E_MALFORMED;
	}
	if (!fleet->is_waiting && fleet->duration_s == 0) {
		*ret_wrong = "--no-wait needs --duration S";
		return RCC_E_CONFIG;
	}
	fleet->now_ms = fleet->start_at_ms;
	return RCC_OK;
}

static enum rcc_status
read_places(struct fleet *fleet, const struct rcc_parsed *parsed, const char **ret_wrong)
{
	const char *area = parsed->value[RCC_SIM_AREA];
	struct rcc_mmsi own;

	fleet->area = rcc_area_find(area == NULL ? "sicily" : area);
	if (fleet->area == NULL) {
		*ret_wrong = "--area is sicily";
		return RCC_E_NOT_FOUND;
	}
	fleet->own_pos = RCC_POS_NONE;
	if (parsed->value[RCC_SIM_OWN_AT] != NULL &&
	    rcc_pos_parse(parsed->value[RCC_SIM_OWN_AT], &fleet->own_pos) != RCC_OK) {
		*ret_wrong = "--own-at is a position, \"35-12.40N 012-36.05E\"";
		return RCC_E_MALFORMED;
	}
	fleet->has_own = parsed->value[RCC_SIM_OWN] != NULL;
	if (fleet->has_own && rcc_mmsi_parse(parsed->value[RCC_SIM_OWN], &own) != RCC_OK) {
		*ret_wrong = "--own is an MMSI of nine digits";
		return RCC_E_MALFORMED;
	}
	if (fleet->has_own) {
		fleet->own.mmsi = own.v;
	}
	return RCC_OK;
}

static enum rcc_status
read_options(struct fleet *fleet, const struct rcc_parsed *parsed, const char **ret_wrong)
{
	enum rcc_status status;

	fleet->ships = SHIPS_DEFAULT;
	fleet->seed = 1;
	fleet->interval_s = INTERVAL_DEFAULT_S;
	fleet->period_s = PERIOD_DEFAULT_S;
	status = read_numbers(fleet, parsed, ret_wrong);
	if (status == RCC_OK) {
		status = read_clock(fleet, parsed, ret_wrong);
	}
	if (status == RCC_OK) {
		status = read_places(fleet, parsed, ret_wrong);
	}
	if (status == RCC_OK) {
		status = read_beacons(fleet, parsed, ret_wrong);
	}
	return status;
}

/* ---- the fleet ---- */

static int64_t
scaled_ms(const struct fleet *fleet, int64_t interval_ms)
{
	return interval_ms * fleet->interval_s / INTERVAL_DEFAULT_S;
}

static void
make_own(struct fleet *fleet)
{
	uint32_t mmsi = fleet->own.mmsi;

	rcc_ship_make(&fleet->own, fleet->area, 0, fleet->start_at_ms, &fleet->random);
	fleet->own.mmsi = mmsi;
	if (rcc_pos_is_known(fleet->own_pos)) {
		fleet->own.lat_deg = rcc_deg_of_e7(fleet->own_pos.lat_e7);
		fleet->own.lon_deg = rcc_deg_of_e7(fleet->own_pos.lon_e7);
	}
	fleet->own_at_ms = fleet->start_at_ms;
}

static enum rcc_status
make_fleet(struct fleet *fleet)
{
	int64_t first_round_ms = (int64_t)fleet->ships * FIRST_ROUND_MS_PER_SHIP;

	if (first_round_ms < RCC_MS_PER_S) {
		first_round_ms = RCC_MS_PER_S;
	}
	fleet->random.state = fleet->seed;
	fleet->station_at_ms = fleet->start_at_ms;
	fleet->voice = calloc(fleet->ships == 0 ? 1 : fleet->ships, sizeof *fleet->voice);
	if (fleet->voice == NULL) {
		return RCC_E_FULL;
	}
	for (uint32_t i = 0; i < fleet->ships; i++) {
		struct voice *voice = &fleet->voice[i];
		rcc_ship_make(&voice->ship, fleet->area, i, fleet->start_at_ms, &fleet->random);
		voice->position_at_ms = fleet->start_at_ms + (int64_t)i * first_round_ms / fleet->ships;
		voice->static_at_ms = voice->position_at_ms;
		voice->long_range_at_ms = voice->ship.is_long_range ? voice->position_at_ms : INT64_MAX;
	}
	if (fleet->has_own) {
		make_own(fleet);
	}
	return RCC_OK;
}

/* ---- one tick ---- */

static enum rcc_status
send_static(struct fleet *fleet, const struct rcc_ship *ship)
{
	struct rcc_ais_message message = rcc_ship_static(ship, 0);
	enum rcc_status status = rcc_output_ais(&fleet->output, &message);

	if (status == RCC_OK && !ship->is_class_a) {
		message = rcc_ship_static(ship, 1);
		status = rcc_output_ais(&fleet->output, &message);
	}
	return status;
}

static enum rcc_status
speak(struct fleet *fleet, struct voice *voice)
{
	enum rcc_status status = RCC_OK;
	struct rcc_ais_message message;

	if (status == RCC_OK && voice->position_at_ms <= fleet->now_ms) {
		rcc_ship_sail(&voice->ship, fleet->area, fleet->now_ms, &fleet->random);
		voice->position_at_ms += scaled_ms(fleet, rcc_ship_interval_ms(&voice->ship));
		message = rcc_ship_position(&voice->ship);
		status = rcc_output_ais(&fleet->output, &message);
	}
	if (status == RCC_OK && voice->static_at_ms <= fleet->now_ms) {
		voice->static_at_ms += scaled_ms(fleet, STATIC_EVERY_MS);
		status = send_static(fleet, &voice->ship);
	}
	if (status == RCC_OK && voice->long_range_at_ms <= fleet->now_ms) {
		voice->long_range_at_ms += scaled_ms(fleet, LONG_RANGE_EVERY_MS);
		message = rcc_ship_long_range(&voice->ship);
		status = rcc_output_ais(&fleet->output, &message);
	}
	return status;
}

static enum rcc_status
speak_station(struct fleet *fleet)
{
	time_t seconds = (time_t)(fleet->now_ms / RCC_MS_PER_S);
	struct rcc_ais_message message = {.type = RCC_AIS_BASE, .mmsi = STATION_MMSI};
	struct tm utc;

	if (fleet->station_at_ms > fleet->now_ms) {
		return RCC_OK;
	}
	fleet->station_at_ms += STATION_EVERY_MS;
	memset(&utc, 0, sizeof utc);
	(void)gmtime_r(&seconds, &utc);
	message.year = (uint32_t)utc.tm_year + 1900;
	message.month = (uint32_t)utc.tm_mon + 1;
	message.day = (uint32_t)utc.tm_mday;
	message.hour = (uint32_t)utc.tm_hour;
	message.minute = (uint32_t)utc.tm_min;
	message.second = (uint32_t)utc.tm_sec;
	message.lat = rcc_ais_units(STATION_LAT_DEG);
	message.lon = rcc_ais_units(STATION_LON_DEG);
	return rcc_output_ais(&fleet->output, &message);
}

static enum rcc_status
speak_beacons(struct fleet *fleet)
{
	enum rcc_status status = RCC_OK;

	for (size_t i = 0; i < BEACONS && status == RCC_OK; i++) {
		if (fleet->has_beacon[i] && rcc_beacon_due_ms(&fleet->beacon[i]) <= fleet->now_ms) {
			struct rcc_ais_message message = rcc_beacon_next(&fleet->beacon[i]);
			status = rcc_output_ais(&fleet->output, &message);
		}
	}
	return status;
}

static enum rcc_status
speak_own(struct fleet *fleet)
{
	char text[RCC_NMEA_TEXT_SIZE];
	struct rcc_nmea_fix fix;
	size_t len;

	if (!fleet->has_own || fleet->own_at_ms > fleet->now_ms) {
		return RCC_OK;
	}
	rcc_ship_sail(&fleet->own, fleet->area, fleet->own_at_ms, &fleet->random);
	fix = (struct rcc_nmea_fix){.at_ms = fleet->own_at_ms,
	                            .lat_deg = fleet->own.lat_deg,
	                            .lon_deg = fleet->own.lon_deg,
	                            .sog_kn = fleet->own.sog_kn,
	                            .cog_deg = fleet->own.cog_deg};
	fleet->own_at_ms += RCC_MS_PER_S;
	len = rcc_nmea_gnss(text, &fix);
	return rcc_output_text(&fleet->output, text, len);
}

static enum rcc_status
tick(struct fleet *fleet)
{
	enum rcc_status status = speak_own(fleet);

	if (status == RCC_OK) {
		status = speak_beacons(fleet);
	}
	if (status == RCC_OK) {
		status = speak_station(fleet);
	}
	for (uint32_t i = 0; i < fleet->ships && status == RCC_OK; i++) {
		status = speak(fleet, &fleet->voice[i]);
	}
	return status == RCC_OK ? rcc_output_flush(&fleet->output) : status;
}

/* ---- the run ---- */

/* Sleeps until the simulated time; the monotonic clock keeps the pace when somebody sets the other one. */
static void
wait_for(const struct timespec *began, int64_t elapsed_ms)
{
	struct timespec until = *began;

	until.tv_sec += (time_t)(elapsed_ms / RCC_MS_PER_S);
	until.tv_nsec += (long)(elapsed_ms % RCC_MS_PER_S) * 1000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_nsec -= 1000000000;
		until.tv_sec++;
	}
	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR) {
	}
}

static enum rcc_status
sail(struct fleet *fleet)
{
	struct timespec began = {.tv_sec = 0};
	int64_t elapsed_ms = 0;
	enum rcc_status status = RCC_OK;

	(void)clock_gettime(CLOCK_MONOTONIC, &began);
	while (status == RCC_OK && (fleet->duration_s == 0 || elapsed_ms <= fleet->duration_s * RCC_MS_PER_S)) {
		if (fleet->is_waiting) {
			wait_for(&began, elapsed_ms);
		}
		fleet->now_ms = fleet->start_at_ms + elapsed_ms;
		status = tick(fleet);
		elapsed_ms += TICK_MS;
	}
	return status;
}

int
rcc_sim_fleet(const struct rcc_parsed *parsed)
{
	struct fleet *fleet = calloc(1, sizeof *fleet);
	struct rcc_fault fault = {.status = RCC_OK};
	const char *wrong = "";
	enum rcc_status status = RCC_E_FULL;
	int exit_code = RCC_EXIT_FAILED;

	if (fleet == NULL) {
		goto out;
	}
	fleet->output.udp = -1;
	status = read_options(fleet, parsed, &wrong);
	if (status != RCC_OK) {
		fprintf(stderr, "rcc-sim: %s; see rcc-sim --help\n", wrong);
		exit_code = RCC_EXIT_USAGE;
		goto out;
	}
	status = rcc_output_open(&fleet->output, parsed->value[RCC_SIM_UDP], parsed->value[RCC_SIM_TRUTH], &fault);
	if (status != RCC_OK) {
		fprintf(stderr, "rcc-sim: %s\n", fault.text);
		exit_code = status == RCC_E_CONFIG ? RCC_EXIT_USAGE : RCC_EXIT_FAILED;
		goto out;
	}
	status = make_fleet(fleet);
	if (status == RCC_OK) {
		status = sail(fleet);
	}
	if (status != RCC_OK) {
		fprintf(stderr, "rcc-sim: %s\n", rcc_status_text(status));
		goto out;
	}
	exit_code = RCC_EXIT_OK;
out:
	if (fleet != NULL) {
		rcc_output_close(&fleet->output);
		free(fleet->voice);
	}
	free(fleet);
	return exit_code;
}

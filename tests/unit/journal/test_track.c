/* Tracks by their contract: thinned, batched, latest of each vessel, purged in slices. */
#define _POSIX_C_SOURCE 200809L
#include "desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "journal/track.h"
#include "journal/track_thin.h"

#define T0 STORY_START
/* More vessels than the thinning table holds in one bucket, and many more rows than one slice of a purge. */
#define VESSELS 50
#define PURGE_ROWS 7000

static struct rcc_report
report_of(uint32_t mmsi, int32_t lat_e7)
{
	return (struct rcc_report){.mmsi = {mmsi},
	                           .pos = {.lat_e7 = lat_e7, .lon_e7 = -1},
	                           .at_ms = T0 - 2000,
	                           .sog_dkn = RCC_SOG_UNKNOWN_DKN,
	                           .cog_ddeg = 3599,
	                           .heading_deg = RCC_HEADING_UNKNOWN_DEG,
	                           .nav_status = 15,
	                           .message_type = 18};
}

static void
add(struct rcc_track_store *store, uint32_t mmsi, int32_t lat_e7, int64_t at_ms, bool full_rate)
{
	struct rcc_report report = report_of(mmsi, lat_e7);

	assert_int_equal(rcc_track_add(store, &report, (struct rcc_peer_id){4}, at_ms, full_rate), RCC_OK);
}

static const char *
open_store(struct desk *desk, struct rcc_track_store *store)
{
	static char path[DESK_PATH_SIZE];

	snprintf(path, sizeof path, "%s", desk_file(desk, "tracks.db"));
	assert_int_equal(rcc_track_open(store, path, &desk->fault), RCC_OK);
	return path;
}

static void
test_thinning(void **state)
{
	struct desk *desk = *state;
	struct rcc_track_store store = {NULL};
	const char *path = open_store(desk, &store);
	struct stat info;

	assert_int_equal(stat(path, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	for (int s = 0; s <= 180; s += 10)
		add(&store, 211000001, s, T0 + s * 1000, false);
	add(&store, 211000002, 0, T0 + 1000, false);
	assert_int_equal(rcc_track_flush(&store), RCC_OK);
	assert_int_equal(desk_int(path, "SELECT count(*) FROM track WHERE mmsi = 211000001"), 4);
	assert_int_equal(desk_int(path, "SELECT count(*) FROM track WHERE mmsi = 211000002"), 1);
	/* Near an incident every report counts. */
	for (int s = 181; s <= 190; s++)
		add(&store, 211000001, s, T0 + s * 1000, true);
	assert_int_equal(rcc_track_flush(&store), RCC_OK);
	assert_int_equal(desk_int(path, "SELECT count(*) FROM track WHERE mmsi = 211000001"), 14);
	assert_true(desk_int(path, "SELECT max(at_ms) FROM track") == T0 + 190000);
	rcc_track_close(&store);
}

struct last {
	uint32_t reports, statics;
	uint32_t mmsi[VESSELS + 8];
	struct rcc_report report; /* of the vessel that is asked about */
	struct rcc_static vessel;
	uint32_t wanted, source;
	int64_t at_ms;
};

static void
take_report(void *context, const struct rcc_report *report, struct rcc_peer_id source, int64_t at_ms)
{
	struct last *last = context;

	last->mmsi[last->reports++] = report->mmsi.v;
	if (report->mmsi.v != last->wanted)
		return;
	last->report = *report;
	last->source = source.v;
	last->at_ms = at_ms;
}

static void
take_static(void *context, const struct rcc_static *vessel, struct rcc_peer_id source)
{
	struct last *last = context;

	last->statics++;
	last->vessel = *vessel;
	assert_int_equal(source.v, 6);
}

/* Field by field: a struct copied by value need not carry its padding. */
static void
assert_same_report(const struct rcc_report *a, const struct rcc_report *b)
{
	assert_int_equal(a->mmsi.v, b->mmsi.v);
	assert_int_equal(a->pos.lat_e7, b->pos.lat_e7);
	assert_int_equal(a->pos.lon_e7, b->pos.lon_e7);
	assert_true(a->at_ms == b->at_ms);
	assert_int_equal(a->sog_dkn, b->sog_dkn);
	assert_int_equal(a->cog_ddeg, b->cog_ddeg);
	assert_int_equal(a->heading_deg, b->heading_deg);
	assert_int_equal(a->nav_status, b->nav_status);
	assert_int_equal(a->message_type, b->message_type);
}

static void
test_latest(void **state)
{
	struct desk *desk = *state;
	struct rcc_track_store store = {NULL};
	struct last last = {.wanted = 300000007};
	struct rcc_static name = {.mmsi = {300000007}, .name = "GALATEA", .imo = 9074729, .message_type = 5};

	open_store(desk, &store);
	add(&store, 100000001, 5, T0 - 90 * 60000, true);
	for (uint32_t i = 1; i <= VESSELS; i++)
		for (int64_t m = 0; m < 3; m++)
			add(&store, 300000000 + i, (int32_t)(100 * m), T0 + m * 60000, false);
	assert_int_equal(rcc_track_add_static(&store, &name, (struct rcc_peer_id){6}, T0), RCC_OK);
	assert_int_equal(rcc_track_flush(&store), RCC_OK);
	rcc_track_close(&store);
	open_store(desk, &store);
	assert_int_equal(rcc_track_latest(&store, T0, take_report, take_static, &last), RCC_OK);
	assert_int_equal(last.reports, VESSELS);
	assert_int_equal(last.statics, 1);
	for (uint32_t i = 0; i < VESSELS; i++)
		assert_int_equal(last.mmsi[i], 300000001 + i);
	struct rcc_report expected = report_of(300000007, 200);
	assert_same_report(&last.report, &expected);
	assert_int_equal(last.source, 4);
	assert_true(last.at_ms == T0 + 120000);
	assert_string_equal(last.vessel.name, "GALATEA");
	assert_int_equal(last.vessel.imo, 9074729);
	last = (struct last){0};
	assert_int_equal(rcc_track_latest(&store, T0 - 91 * 60000, take_report, take_static, &last), RCC_OK);
	assert_int_equal(last.reports, VESSELS + 1);
	rcc_track_close(&store);
}

/* AIS sends a name and a call sign in two messages, over and over: each keeps what the other said. */
static void
test_static_merges(void **state)
{
	struct desk *desk = *state;
	struct rcc_track_store store = {NULL};
	const char *path = open_store(desk, &store);
	struct rcc_static part_a = {.mmsi = {211000009}, .name = "ISIS", .message_type = 24};
	struct rcc_static part_b = {.mmsi = {211000009}, .callsign = "DA1234", .ship_type = 30, .message_type = 24};

	for (int i = 0; i < 5; i++) {
		assert_int_equal(rcc_track_add_static(&store, &part_a, (struct rcc_peer_id){6}, T0 + 10 * i), RCC_OK);
		assert_int_equal(rcc_track_add_static(&store, &part_b, (struct rcc_peer_id){6}, T0 + 10 * i + 5),
		                 RCC_OK);
		assert_int_equal(rcc_track_flush(&store), RCC_OK);
	}
	assert_int_equal(desk_int(path, "SELECT name = 'ISIS' AND callsign = 'DA1234' AND ship_type = 30 FROM vessel"),
	                 1);
	/* Written when it changed and not since. */
	assert_true(desk_int(path, "SELECT changed_at_ms FROM vessel") == T0 + 5);
	rcc_track_close(&store);
}

static void
test_purge(void **state)
{
	struct desk *desk = *state;
	struct rcc_track_store store = {NULL};
	const char *path = open_store(desk, &store);
	struct rcc_static gone = {.mmsi = {211000001}, .name = "GONE", .message_type = 24};
	int flushes = 0;

	assert_int_equal(rcc_track_add_static(&store, &gone, (struct rcc_peer_id){6}, T0), RCC_OK);
	for (int i = 0; i < PURGE_ROWS; i++)
		add(&store, 211000001, i, T0 + i, true);
	add(&store, 211000002, 1, T0 + 50000, true);
	assert_int_equal(rcc_track_flush(&store), RCC_OK);
	assert_int_equal(rcc_track_purge(&store, T0 + 50000), RCC_OK);
	/* Not all at once; each flush does its share, also one with nothing to write. */
	assert_true(desk_int(path, "SELECT count(*) FROM track") > PURGE_ROWS / 2);
	for (; desk_int(path, "SELECT count(*) FROM vessel") > 0 && flushes < PURGE_ROWS; flushes++)
		assert_int_equal(rcc_track_flush(&store), RCC_OK);
	assert_true(flushes > 1 && flushes < 10);
	assert_int_equal(desk_int(path, "SELECT count(*) FROM track"), 1);
	assert_int_equal(desk_int(path, "SELECT mmsi FROM track"), 211000002);
	rcc_track_close(&store);
}

/* A full buffer is written by itself; nothing is lost when nobody flushes in time. */
static void
test_full_buffer(void **state)
{
	struct desk *desk = *state;
	struct rcc_track_store store = {NULL};
	const char *path = open_store(desk, &store);

	for (int i = 0; i < 20000; i++)
		add(&store, 211000001, i, T0 + i, true);
	assert_true(desk_int(path, "SELECT count(*) FROM track") >= 10000);
	assert_int_equal(rcc_track_flush(&store), RCC_OK);
	assert_int_equal(desk_int(path, "SELECT count(*) FROM track"), 20000);
	assert_int_equal(desk_int(path, "SELECT count(DISTINCT lat_e7) FROM track"), 20000);
	rcc_track_close(&store);
}

/* The clock of an earlier run was ahead: the new rows still come last. */
static void
test_clock_back(void **state)
{
	struct desk *desk = *state;
	struct rcc_track_store store = {NULL};
	struct last last = {.wanted = 211000001};

	open_store(desk, &store);
	add(&store, 211000001, 1, T0 + 999999, true);
	assert_int_equal(rcc_track_flush(&store), RCC_OK);
	rcc_track_close(&store);
	open_store(desk, &store);
	add(&store, 211000001, 2, T0, true);
	assert_int_equal(rcc_track_flush(&store), RCC_OK);
	assert_int_equal(rcc_track_latest(&store, 0, take_report, take_static, &last), RCC_OK);
	assert_int_equal(last.report.pos.lat_e7, 2);
	rcc_track_close(&store);
}

static void
test_not_a_track_file(void **state)
{
	struct desk *desk = *state;
	struct rcc_track_store store = {NULL};
	const uint64_t none[] = {0};
	FILE *file = fopen(desk_file(desk, "tracks.db"), "w");

	assert_non_null(file);
	assert_true(fprintf(file, "%01000d", 7) > 0);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(rcc_track_open(&store, desk_file(desk, "tracks.db"), &desk->fault), RCC_E_CORRUPT);
	assert_non_null(strstr(desk->fault.text, "move it away"));
	/* Least of all a journal. */
	desk_write(desk, 2, none);
	assert_int_equal(rcc_track_open(&store, desk->path, &desk->fault), RCC_E_CORRUPT);
	assert_int_equal(desk_audit(desk, NULL, 0), RCC_OK);
}

/* The bounded table: a vessel that is forgotten is kept too often, never too seldom. */
static void
test_thin_table(void **state)
{
	struct rcc_thin *thin = calloc(1, sizeof *thin);
	uint32_t kept = 0;

	(void)state;
	assert_non_null(thin);
	for (uint32_t i = 1; i <= 400000; i++)
		kept += rcc_thin_take(thin, (struct rcc_mmsi){200000000 + i}, T0, false);
	assert_int_equal(kept, 400000);
	/* The newest of so many are still known. */
	assert_false(rcc_thin_take(thin, (struct rcc_mmsi){200400000}, T0 + 59999, false));
	assert_true(rcc_thin_take(thin, (struct rcc_mmsi){200400000}, T0 + 60000, false));
	assert_false(rcc_thin_take(thin, (struct rcc_mmsi){200400000}, T0 + 60001, false));
	assert_true(rcc_thin_take(thin, (struct rcc_mmsi){200400000}, T0 + 60002, true));
	/* A clock that stepped back does not silence a vessel. */
	assert_true(rcc_thin_take(thin, (struct rcc_mmsi){200400000}, T0, false));
	free(thin);
}

struct path {
	uint32_t count;
	int64_t at_ms[64];
	int32_t lat_e7[64];
};

static void
take_path(void *context, const struct rcc_report *report, int64_t at_ms)
{
	struct path *path = context;

	assert_int_equal(report->mmsi.v, 211000001);
	assert_in_range(path->count, 0, 63);
	path->at_ms[path->count] = at_ms;
	path->lat_e7[path->count++] = report->pos.lat_e7;
}

/* Of an hour at full rate, one every five minutes of what lies within; another vessel's are not told. */
static void
test_path(void **state)
{
	struct desk *desk = *state;
	struct rcc_track_store store = {NULL};
	const char *path = open_store(desk, &store);
	struct rcc_track_span span = {
	    .mmsi = {211000001}, .from_ms = T0 + 60000, .to_ms = T0 + 1860000, .step_ms = 300000};
	struct path own = {0};
	struct path file = {0};

	for (int s = 0; s < 3600; s += 10) {
		add(&store, 211000001, s, T0 + s * 1000, true);
		add(&store, 211000002, -s, T0 + s * 1000, true);
	}
	assert_int_equal(rcc_track_flush(&store), RCC_OK);
	assert_int_equal(rcc_track_path(&store, &span, take_path, &own), RCC_OK);
	assert_int_equal(own.count, 7);
	for (uint32_t i = 0; i < own.count; i++) {
		assert_true(own.at_ms[i] == T0 + 60000 + 300000 * (int64_t)i);
		assert_int_equal(own.lat_e7[i], 60 + 300 * i);
	}
	/* An auditor reads the same, while the daemon writes and after it has ended. */
	for (int i = 0; i < 2; i++) {
		file.count = 0;
		assert_int_equal(rcc_track_path_file(path, &span, take_path, &file, &desk->fault), RCC_OK);
		assert_int_equal(file.count, own.count);
		assert_memory_equal(file.at_ms, own.at_ms, sizeof own.at_ms);
		if (i == 0)
			rcc_track_close(&store);
	}
	assert_int_equal(rcc_track_path_file(desk_file(desk, "none.db"), &span, take_path, &file, &desk->fault),
	                 RCC_E_NOT_FOUND);
}

struct moment {
	uint32_t reports, vessels;
	int32_t lat_e7;
	int64_t at_ms;
	char name[RCC_NAME_MAX + 1];
};

static void
take_moment(void *context, const struct rcc_report *report, struct rcc_peer_id source, int64_t at_ms)
{
	struct moment *moment = context;

	assert_int_equal(source.v, 4);
	moment->reports++;
	if (report->mmsi.v == 211000001) {
		moment->lat_e7 = report->pos.lat_e7;
		moment->at_ms = at_ms;
	}
}

static void
take_name(void *context, const struct rcc_static *vessel, struct rcc_peer_id source)
{
	struct moment *moment = context;

	(void)source;
	moment->vessels++;
	memcpy(moment->name, vessel->name, sizeof moment->name);
}

/* Where everybody was at a past second: what arrived later is not known, and who was heard too long ago is not there. */
static void
test_moment(void **state)
{
	struct desk *desk = *state;
	struct rcc_track_store store = {NULL};
	const char *path = open_store(desk, &store);
	struct moment found = {0};
	struct rcc_track_moment ask = {
	    .since_ms = T0, .at_ms = T0 + 150000, .report = take_moment, .vessel = take_name, .context = &found};
	struct rcc_static vessel = {.mmsi = {211000001}, .name = "AURORA"};
	struct rcc_track_extent extent;

	add(&store, 211000003, 5, T0 - 60000, true);
	for (int min = 0; min < 5; min++) {
		add(&store, 211000001, min, T0 + min * 60000, true);
		add(&store, 211000002, 100 + min, T0 + min * 60000 + 30000, true);
	}
	assert_int_equal(rcc_track_add_static(&store, &vessel, (struct rcc_peer_id){4}, T0), RCC_OK);
	assert_int_equal(rcc_track_flush(&store), RCC_OK);
	rcc_track_close(&store);
	assert_int_equal(rcc_track_moment_file(path, &ask, &desk->fault), RCC_OK);
	assert_int_equal(found.reports, 2);
	assert_int_equal(found.lat_e7, 2);
	assert_true(found.at_ms == T0 + 120000);
	assert_int_equal(found.vessels, 1);
	assert_string_equal(found.name, "AURORA");
	assert_int_equal(rcc_track_extent_file(path, &extent, &desk->fault), RCC_OK);
	assert_int_equal(extent.positions, 11);
	assert_true(extent.first_at_ms == T0 - 60000 && extent.last_at_ms == T0 + 270000);
	assert_int_equal(rcc_track_moment_file(desk_file(desk, "none.db"), &ask, &desk->fault), RCC_E_NOT_FOUND);
	assert_int_equal(rcc_track_extent_file(desk_file(desk, "none.db"), &extent, &desk->fault), RCC_E_NOT_FOUND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_thinning, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_latest, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_static_merges, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_purge, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_full_buffer, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_clock_back, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_not_a_track_file, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_path, desk_setup, desk_teardown),
	    cmocka_unit_test_setup_teardown(test_moment, desk_setup, desk_teardown),
	    cmocka_unit_test(test_thin_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

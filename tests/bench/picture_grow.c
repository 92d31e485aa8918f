/*
 * picture_grow.c - the picture with ten thousand, a hundred thousand and a million vessels: what an update, a question and a vessel cost,
 * beside a plain array of the same records that is written at an index and asked from end to end.
 *
 * Usage: picture_grow      prints JSON lines
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "picture/picture.h"
#include "rcc/units.h"

#define UPDATES 1000000u
#define QUESTIONS 200u
#define RADIUS_M (50 * RCC_M_PER_NM)
#define FOUND_MAX 4096
#define FIRST_MMSI 200000001u

static uint64_t state;

static uint32_t
below(uint32_t n)
{
	state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((state >> 33) % n);
}

static int64_t
now_ns(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static long
memory_kb(void)
{
	char line[256];
	long kb = 0;
	FILE *file = fopen("/proc/self/status", "r");

	while (file != NULL && fgets(line, sizeof line, file) != NULL)
		(void)sscanf(line, "VmRSS: %ld", &kb);
	if (file != NULL)
		(void)fclose(file);
	return kb;
}

/* The whole of the seas between 60 S and 60 N, as a vessel moves a little from report to report. */
static struct rcc_report
report_of(uint32_t vessel, uint32_t moved)
{
	uint32_t spread = vessel * 2654435761u;

	return (struct rcc_report){
	    .mmsi = {FIRST_MMSI + vessel},
	    .pos = {-600000000 + (int32_t)(spread % 1200000000u) + (int32_t)moved,
	            -1799000000 + (int32_t)((vessel * 40503u) % 3598u) * 1000000 + (int32_t)moved},
	    .at_ms = 1000 + moved,
	    .sog_dkn = 120,
	    .cog_ddeg = 900,
	    .heading_deg = 90};
}

static int
compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static int64_t
updates_ns(struct rcc_picture *picture, struct rcc_vessel *plain, uint32_t vessels)
{
	int64_t began = now_ns();

	for (uint32_t i = 0; i < UPDATES; i++) {
		uint32_t vessel = below(vessels);
		struct rcc_report report = report_of(vessel, i % 1000);
		if (picture != NULL) {
			if (rcc_picture_update(picture, &report, (struct rcc_peer_id){1}, 2000 + (int64_t)i) != RCC_OK)
				i--;
			continue;
		}
		plain[vessel].pos = report.pos;
		plain[vessel].seen_at_ms = 2000 + (int64_t)i;
		plain[vessel].sog_dkn = report.sog_dkn;
		plain[vessel].cog_ddeg = report.cog_ddeg;
	}
	return (now_ns() - began) / UPDATES;
}

static int64_t
question_ns(const struct rcc_picture *picture, const struct rcc_vessel *plain, uint32_t vessels, uint64_t *ret_found)
{
	static struct rcc_near near[FOUND_MAX];
	static int64_t took[QUESTIONS];

	*ret_found = 0;
	state = 7;
	for (uint32_t i = 0; i < QUESTIONS; i++) {
		struct rcc_pos centre = report_of(below(vessels), 0).pos;
		size_t total = 0;
		int64_t began = now_ns();
		if (picture != NULL)
			(void)rcc_picture_within(picture, centre, RADIUS_M, near, FOUND_MAX, &total);
		/* As a first cut: a box of the same size. What a circle costs beside is left out. */
		for (uint32_t v = 0; picture == NULL && v < vessels; v++) {
			int64_t lat = (int64_t)plain[v].pos.lat_e7 - centre.lat_e7,
			        lon = (int64_t)plain[v].pos.lon_e7 - centre.lon_e7;
			total += lat > -8333333 && lat < 8333333 && lon > -16666666 && lon < 16666666;
		}
		took[i] = now_ns() - began;
		*ret_found += total;
	}
	qsort(took, QUESTIONS, sizeof took[0], compare);
	return took[QUESTIONS / 2];
}

static void
measure(uint32_t vessels)
{
	struct rcc_picture picture;
	uint64_t found = 0, ignored = 0;
	long before_kb = memory_kb();

	if (rcc_picture_open(&picture, vessels) != RCC_OK)
		exit(EXIT_FAILURE);
	for (uint32_t i = 0; i < vessels; i++) {
		struct rcc_report report = report_of(i, 0);
		if (rcc_picture_update(&picture, &report, (struct rcc_peer_id){1}, 1000) != RCC_OK)
			exit(EXIT_FAILURE);
	}
	long after_kb = memory_kb();
	state = 3;
	int64_t update_ns = updates_ns(&picture, NULL, vessels);
	int64_t ask_ns = question_ns(&picture, NULL, vessels, &found);
	size_t count = rcc_picture_count(&picture);
	rcc_picture_close(&picture);
	struct rcc_vessel *plain = calloc(vessels, sizeof *plain);
	if (plain == NULL)
		exit(EXIT_FAILURE);
	for (uint32_t i = 0; i < vessels; i++)
		plain[i].pos = report_of(i, 0).pos;
	state = 3;
	int64_t plain_ns = updates_ns(NULL, plain, vessels);
	int64_t scan_ns = question_ns(NULL, plain, vessels, &ignored);
	free(plain);
	printf("{\"class\":\"FIGURE\",\"what\":\"picture\",\"vessels\":%zu,\"bytes_a_vessel\":%ld,\"update_ns\":%lld,"
	       "\"plain_update_ns\":%lld,"
	       "\"within_50nm_us\":%.1f,\"plain_scan_us\":%.1f,\"found\":%llu}\n",
	       count, (after_kb - before_kb) * 1024 / (long)vessels, (long long)update_ns, (long long)plain_ns,
	       (double)ask_ns / 1000, (double)scan_ns / 1000, (unsigned long long)(found / QUESTIONS));
}

int
main(void)
{
	measure(10000);
	measure(100000);
	measure(1000000);
	return EXIT_SUCCESS;
}

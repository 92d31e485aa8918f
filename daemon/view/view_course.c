/*
 * view_course.c - did a ship turn to the scene after she was called? From her track, which is kept for that: what she says is one
 * thing, what she does another, and an auditor reads both.
 */
#include "core/geo.h"
#include "rcc/units.h"
#include "view/page.h"

/* A ship that steers within this of the scene, faster than this, is on her way. */
#define TOWARDS_DDEG 300u
#define UNDER_WAY_DKN 20u
/* An older position says nothing of where she steers now. */
#define FRESH_MS (15 * RCC_MS_PER_MIN)
/* Before the call her course is looked for so far back; after it she is followed so long. */
#define BEFORE_MS (30 * RCC_MS_PER_MIN)
#define AFTER_MS (6 * RCC_MS_PER_HOUR)
/* Positions of one track that are looked at, at most: a page of many ships must not keep a distress waiting. */
#define STEPS_MAX 96
#define STEP_MIN_MS (30 * RCC_MS_PER_S)

enum steering { STEERS_UNKNOWN, STEERS_TOWARDS, STEERS_ELSEWHERE, STEERS_STOPPED };
static const char *const steering_words[] = {"unknown", "towards", "elsewhere", "stopped"};

static enum steering
steering_of(struct rcc_pos from, uint32_t sog_dkn, uint32_t cog_ddeg, struct rcc_pos scene)
{
	uint32_t range_m = 0;
	uint32_t bearing_ddeg = 0;

	if (!rcc_pos_is_known(scene) || !rcc_pos_is_known(from) || sog_dkn == RCC_SOG_UNKNOWN_DKN)
		return STEERS_UNKNOWN;
	if (sog_dkn < UNDER_WAY_DKN)
		return STEERS_STOPPED;
	if (cog_ddeg >= RCC_COG_UNKNOWN_DDEG)
		return STEERS_UNKNOWN;
	rcc_geo_leg(from, scene, &range_m, &bearing_ddeg);
	uint32_t apart_ddeg = (cog_ddeg + 3600 - bearing_ddeg) % 3600;
	return apart_ddeg <= TOWARDS_DDEG || apart_ddeg >= 3600 - TOWARDS_DDEG ? STEERS_TOWARDS : STEERS_ELSEWHERE;
}

/* One ship, followed along her track. */
struct course {
	uint32_t count;
	struct rcc_pos scene[RCC_CANDIDATES_MAX]; /* where she was told that it is: to any of these is towards */
	int64_t told_at_ms;
	enum steering before;
	int64_t towards_at_ms; /* first seen so after she was told; 0 = never */
};

static void
follow(void *context, const struct rcc_report *report, int64_t at_ms)
{
	struct course *course = context;
	enum steering steering = STEERS_UNKNOWN;

	for (uint32_t i = 0; i < course->count && steering != STEERS_TOWARDS; i++)
		steering = steering_of(report->pos, report->sog_dkn, report->cog_ddeg, course->scene[i]);

	if (steering == STEERS_UNKNOWN)
		return;
	if (at_ms <= course->told_at_ms)
		course->before = steering;
	else if (steering == STEERS_TOWARDS && course->towards_at_ms == 0)
		course->towards_at_ms = at_ms;
}

static void
write_track(struct rcc_page *page, const struct rcc_incident *incident, struct rcc_mmsi ship, int64_t told_at_ms,
            const struct rcc_broadcast *first)
{
	const struct rcc_view_facts *facts = page->facts;
	struct course course = {
	    .count = 1, .scene = {first != NULL ? first->pos : incident->pos}, .told_at_ms = told_at_ms};
	int64_t from_ms = told_at_ms - BEFORE_MS;
	int64_t to_ms = told_at_ms + AFTER_MS < facts->now_ms ? told_at_ms + AFTER_MS : facts->now_ms;
	int64_t step_ms = (to_ms - from_ms) / STEPS_MAX;

	if (first != NULL && first->candidate_count > 1) {
		course.count = first->candidate_count;
		for (uint32_t i = 0; i < first->candidate_count; i++)
			course.scene[i] = first->candidate[i].pos;
	}
	if (facts->track == NULL || told_at_ms == 0 || to_ms <= from_ms)
		return;
	if (step_ms < STEP_MIN_MS)
		step_ms = STEP_MIN_MS;
	if (!facts->track(facts->context, ship, from_ms, to_ms, step_ms, follow, &course))
		return;
	if (course.before != STEERS_UNKNOWN)
		rcc_json_text(&page->json, "course_before", steering_words[course.before]);
	rcc_json_time_if(&page->json, "towards_since", course.towards_at_ms);
}

void
rcc_page_course(struct rcc_page *page, const struct rcc_incident *incident, struct rcc_mmsi ship, int64_t told_at_ms,
                const struct rcc_broadcast *first)
{
	const struct rcc_vessel *vessel = rcc_picture_find(page->picture, ship);
	bool is_fresh = vessel != NULL && page->facts->now_ms - vessel->seen_at_ms <= FRESH_MS;

	write_track(page, incident, ship, told_at_ms, first);
	rcc_json_text(
	    &page->json, "course",
	    steering_words[is_fresh ? steering_of(vessel->pos, vessel->sog_dkn, vessel->cog_ddeg, incident->pos)
	                            : STEERS_UNKNOWN]);
}

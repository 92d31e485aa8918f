/*
 * world.h - a centre for the tests of the views: real commands through the real core, a live picture, fixed facts.
 */
#ifndef RCC_TEST_VIEW_WORLD_H
#define RCC_TEST_VIEW_WORLD_H

#include <jansson.h>

#include "core/state.h"
#include "net/net.h"
#include "picture/picture.h"
#include "view/view.h"

/* 2026-11-23T03:12:07.250Z */
#define NOW_MS INT64_C(1795403527250)
#define START_MS (NOW_MS - 727000)

#define VIEW_IS_UNUSED(what) ((what) == 0)

/* Peers in the order of enrolment. */
enum { ASTRID = 1, BOREAS = 2, RADIO = 3, WATCH = 4 };

struct world {
	struct rcc_core *core;
	struct rcc_picture picture;
	struct rcc_entry *entry; /* of the last command */
	struct rcc_view_facts facts;
	struct rcc_net_counters counters;
	struct rcc_net_refusal refusal[2];
	struct rcc_view_rows *rows; /* the last page */
	uint32_t messages;          /* sent so far, for their ids */
};

/* Four enrolled keys, three vessels in the picture, nothing else. */
void world_open(struct world *world);
void world_close(struct world *world);
/* A command of the daemon's own, or of a peer (0 = the local socket), cleared, at this time. */
struct rcc_command *world_command(struct world *world, enum rcc_command_kind kind, uint32_t peer, int64_t at_ms);
/* Steps it; returns the number of events. */
uint32_t world_step(struct world *world);
/* BOREAS is in distress to the core, ASTRID stores, reads and answers, and so on: every class has a line. */
void world_distress(struct world *world);
/* RADIO sends more in a minute than the rules let through, one near BOREAS that may be the same; BOREAS files a plan. */
void world_doubts(struct world *world);
/* BOREAS declares what she can do and when she was checked; the scene of the incident is noted. */
void world_profile(struct world *world);
/* A situation report of the first incident goes out. */
void world_sitrep(struct world *world, bool is_full);
/* A conduct card to every ship, which one has stored and a person has read. */
void world_circular(struct world *world);
/* BOREAS takes survivors aboard, who need water; some are landed, one is missing. */
void world_persons(struct world *world);
/* BOREAS objects to a place that one officer wants over a warning, is sent to another, and ASTRID lands on her own. */
void world_places(struct world *world);
enum rcc_status world_view(struct world *world, enum rcc_view_kind what, uint32_t id);

/* For cmocka: a fresh world in *state. */
int world_set_up(void **state);
int world_tear_down(void **state);
/* Line n of the last page, from 0; NULL past its end. The caller decrefs it. */
json_t *world_line(const struct world *world, size_t n);
void world_assert_text(const json_t *row, const char *key, const char *want);
void world_assert_number(const json_t *row, const char *key, long long want);

#endif

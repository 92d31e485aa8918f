/*
 * rank.h - which ships could help, and in which order: pure functions of where they are and what they declare.
 *
 * Order:  time to get there by classes; then recovery fit, places, medical, endurance; then distance; then the digits of
 *         the MMSI that say nothing about the flag. Every term is told, and what is not known stands between good and
 *         poor: it is taken neither for the one nor for the other.
 * Inputs: what stands in struct rcc_rank_ship and struct rcc_rank_case, and nothing else. Owner, flag, company, name and
 *         past rescues have no place there, nor has anything about who is in distress (s003 par. 38, 39; SOLAS V/33.1). Registered
 *         and unregistered ships are ranked alike.
 * Advice: it decides nothing. Who is told and who is called on is decided in broadcast.c, before anybody is ranked.
 */
#ifndef RCC_CORE_RANK_H
#define RCC_CORE_RANK_H

#include "core/state.h"

/* A position older than this says too little of where she is: at 20 kn she has gone 40 miles since. */
#define RCC_RANK_AGE_MAX_MS INT64_C(7200000)
/* Hours on scene that fuel should last for, beside the way there and back. */
#define RCC_RANK_SCENE_H 6
/* From a deck no higher than this, people are pulled out of the water by hand. */
#define RCC_RANK_LOW_DM 20
/* Above this sea state (Douglas 5 = rough) a low deck alone is no recovery. */
#define RCC_RANK_LOW_SEA_MAX 5

/* How well she suits; in the order of preference. */
enum rcc_fit { RCC_FIT_GOOD = 1, RCC_FIT_UNKNOWN = 2, RCC_FIT_POOR = 3 };

/* Which speed her time is reckoned with. */
enum rcc_speed_basis {
	RCC_SPEED_DECLARED = 1, /* her highest, as she declares it */
	RCC_SPEED_OBSERVED = 2, /* over ground, as the picture has it */
	RCC_SPEED_ASSUMED = 3,  /* stopped or not known: the rules' figure */
};

/* Why a ship is not in the order. */
enum rcc_rank_out {
	RCC_RANK_IN = 0,
	RCC_RANK_CASUALTY = 1,
	RCC_RANK_IN_DISTRESS = 2,   /* herself, in another case */
	RCC_RANK_UNABLE = 3,        /* her master said so, with a reason (SOLAS V/33.1) */
	RCC_RANK_RELEASED = 4,      /* SOLAS V/33.3, 33.4 */
	RCC_RANK_NOT_COMMAND = 5,   /* not under command, or aground (AIS navigational status 2, 6) */
	RCC_RANK_NOT_AVAILABLE = 6, /* declared */
	RCC_RANK_NO_POSITION = 7,
	RCC_RANK_OLD_POSITION = 8,
	RCC_RANK_NO_RANGE = 9, /* the case has no position */
};
#define RCC_RANK_OUT_LAST RCC_RANK_NO_RANGE

/* What a case asks. */
struct rcc_rank_case {
	uint32_t place_count; /* 0 = no position; several: it may be at each, and the nearest counts */
	struct rcc_pos place[RCC_CANDIDATES_MAX];
	uint32_t persons;   /* at risk or missing, or all of the case if nobody is; 0 = not known */
	uint32_t sea_state; /* Douglas, 0..9; RCC_PROFILE_UNKNOWN */
	uint32_t assumed_speed_dkn;
	int64_t now_ms;
};

/* A ship as the picture has her and as she has declared herself. */
struct rcc_rank_ship {
	struct rcc_mmsi mmsi; /* identifies her; ties by the digits behind the flag's */
	struct rcc_pos pos;   /* may be unknown */
	int64_t seen_at_ms;   /* 0 = never */
	uint32_t sog_dkn, nav_status;
	const struct rcc_profile_values *profile; /* NULL: she has declared nothing */
	uint32_t aboard; /* survivors aboard as the centre counts them; what she has declared may be more */
	bool is_casualty, is_in_distress, is_released, has_answered;
	enum rcc_answer_kind answer; /* with has_answered */
	enum rcc_reason reason;      /* with UNABLE */
};

/* One ship's terms. */
struct rcc_rank {
	struct rcc_mmsi mmsi;
	enum rcc_rank_out out; /* RCC_RANK_IN: she stands in the order */
	enum rcc_reason reason;
	uint32_t range_m, bearing_ddeg; /* from her to the place */
	int64_t age_ms;                 /* of her position; -1 = none */
	uint32_t eta_min;               /* great circle; RCC_ETA_UNKNOWN_MIN */
	uint32_t eta_class;             /* 0.. : up to 30 min, 1, 2, 3, 4, 6, 12 h, longer */
	uint32_t speed_dkn;
	enum rcc_speed_basis basis;
	enum rcc_fit recovery, capacity, medical, endurance;
	uint32_t places; /* free; RCC_PROFILE_UNKNOWN */
	uint32_t fuel_h; /* RCC_PROFILE_UNKNOWN */
	uint32_t need_h; /* there, RCC_RANK_SCENE_H on scene, and back */
	uint32_t freeboard_dm, boats, boat_sea;
	uint32_t doctors, paramedics, interpreters, female_staff; /* RCC_PROFILE_UNKNOWN each */
};

struct rcc_rank rcc_rank_ship(const struct rcc_rank_case *of, const struct rcc_rank_ship *ship);
/* Negative: a comes before b. Of two different ships never 0. Ships that are left out come last, by reason. */
int rcc_rank_compare(const struct rcc_rank *a, const struct rcc_rank *b);

/* What this incident asks at this time. */
struct rcc_rank_case rcc_rank_case_of(const struct rcc_core *core, const struct rcc_incident *incident, int64_t now_ms);
/*
 * Fills what the core knows of a ship, registered or not: her profile, her answer to this case, whether she is in distress
 * herself. Pre: ret_ship->mmsi, pos, seen_at_ms, sog_dkn and nav_status are the picture's.
 */
void rcc_rank_know(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_rank_ship *ret_ship);
/*
 * What a ship lacks, or has not said that she has, to take up whom the case still has to take up: rcc_profile_missing() with
 * what the centre knows of the case and of her. Returns how many, at most RCC_WANT_LAST.
 */
uint32_t rcc_rank_missing(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi mmsi,
                          struct rcc_shortfall ret_shortfall[RCC_WANT_LAST]);
/* "sea 5", "sea state 5", "sea=5" in words about the scene; RCC_PROFILE_UNKNOWN if they do not say. */
uint32_t rcc_rank_sea_state(const char *text);

const char *rcc_fit_word(enum rcc_fit v);
const char *rcc_speed_basis_word(enum rcc_speed_basis v);
const char *rcc_rank_out_word(enum rcc_rank_out v);
/* In distress herself in another case: she is not in a position to assist (SOLAS V/33.1). */
bool rcc_rank_is_in_distress(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi mmsi);
/* When ships were called on last by a distress relay, also after a cancel or a suspension; 0 = they were not. */
int64_t rcc_rank_called_at_ms(const struct rcc_core *core, const struct rcc_incident *incident);
/* Was this answered before a cancel, and are ships called anew since? She is asked again, and nobody counts on what she said then. */
bool rcc_rank_is_past(const struct rcc_core *core, const struct rcc_incident *incident,
                      const struct rcc_answer_state *answer);
/* Are ships called anew, after a cancel, by a signal that no person has vouched for? An officer has it to evaluate. */
bool rcc_rank_is_called_anew(const struct rcc_core *core, const struct rcc_incident *incident);
/* Is the latest message to her alone her release, or was she told so by voice (SOLAS V/33.3, 33.4)? `peer`, `answer` may be NULL. */
bool rcc_rank_is_released(const struct rcc_core *core, const struct rcc_incident *incident, const struct rcc_peer *peer,
                          const struct rcc_answer_state *answer);

#endif

/*
 * sim.h - rcc-sim's verbs and its one table of options.
 */
#ifndef RCC_SIM_SIM_H
#define RCC_SIM_SIM_H

#include "librcc/options.h"

/* Index into the table in main.c. */
enum rcc_sim_option {
	RCC_SIM_SHIPS,
	RCC_SIM_AREA,
	RCC_SIM_SEED,
	RCC_SIM_UDP,
	RCC_SIM_INTERVAL,
	RCC_SIM_DURATION,
	RCC_SIM_START,
	RCC_SIM_NO_WAIT,
	RCC_SIM_OWN,
	RCC_SIM_OWN_AT,
	RCC_SIM_SART,
	RCC_SIM_SART_TEST,
	RCC_SIM_MOB,
	RCC_SIM_EPIRB,
	RCC_SIM_SART_PERIOD,
	RCC_SIM_TRUTH,
	RCC_SIM_STATE_DIR,
	RCC_SIM_PRINT_CONFIG,
	RCC_SIM_OPTION_COUNT,
};

/* Each verb returns the program's exit code. */
int rcc_sim_fleet(const struct rcc_parsed *parsed);
int rcc_sim_story(const struct rcc_parsed *parsed);

#endif

/*
 * rcc-sim - a coast in a box: ships, beacons and their calls for demonstrations, drills and load tests.
 */
#include <stdio.h>
#include <string.h>

#include "sim/sim.h"

static const struct rcc_option options[] = {
    [RCC_SIM_SHIPS] = {"ships", 'n', "N", "ships in the fleet (default 200)"},
    [RCC_SIM_AREA] = {"area", 0, "NAME", "where they sail: sicily (default)"},
    [RCC_SIM_SEED] = {"seed", 0, "N", "the same seed makes the same fleet (default 1)"},
    [RCC_SIM_UDP] = {"udp", 0, "HOST:PORT", "send to a gpsd that listens on udp://; otherwise to standard output"},
    [RCC_SIM_INTERVAL] = {"interval", 0, "S",
                          "seconds between reports of a ship at 10 knots (default 10); all others scale with it"},
    [RCC_SIM_DURATION] = {"duration", 0, "S", "end after this many seconds (default: go on)"},
    [RCC_SIM_START] = {"start", 0, "TIME", "UTC at the start, as 2026-11-23T03:00:00Z (default: now)"},
    [RCC_SIM_NO_WAIT] = {"no-wait", 0, NULL, "write as fast as it goes, on a clock of its own; wants --duration"},
    [RCC_SIM_OWN] = {"own", 0, "MMSI", "add the receiver of an own ship: RMC and GGA every second"},
    [RCC_SIM_OWN_AT] = {"own-at", 0, "POS", "where the own ship starts (default: somewhere in the area)"},
    [RCC_SIM_SART] = {"sart", 0, "POS@S", "an AIS-SART becomes active there, S seconds after the start"},
    [RCC_SIM_SART_TEST] = {"sart-test", 0, "POS@S", "an AIS-SART is tested there: one burst"},
    [RCC_SIM_MOB] = {"mob", 0, "POS@S", "a man-overboard beacon becomes active there"},
    [RCC_SIM_EPIRB] = {"epirb", 0, "POS@S", "an EPIRB-AIS becomes active there"},
    [RCC_SIM_SART_PERIOD] = {"sart-period", 0, "S", "seconds from one burst of a beacon to the next (default 60)"},
    [RCC_SIM_TRUTH] = {"truth", 0, "FILE", "list what each message meant, one JSON object per line"},
    [RCC_SIM_STATE_DIR] = {"state-dir", 0, "DIR",
                           "story: play it against the rccd that runs on DIR, with real keys and links"},
    [RCC_SIM_PRINT_CONFIG] = {"print-config", 0, NULL, "story: print the configuration that an rccd needs to play it"},
    [RCC_SIM_OPTION_COUNT] = {NULL, 0, NULL, NULL},
};

static const struct rcc_verb verbs[] = {
    {"fleet", "", "ships and beacons as NMEA 0183 sentences, for gpsd"},
    {"story", "FILE.scn", "plays a story through the core on a fake clock, or against a daemon"},
    {NULL, NULL, NULL},
};
/* In the order of the verbs. */
static int (*const run[])(const struct rcc_parsed *) = {rcc_sim_fleet, rcc_sim_story};

/* In the order of the verbs. */
static const char *const verb_takes[] = {
    "ships area seed udp interval duration start no-wait own own-at sart sart-test mob epirb sart-period truth",
    "state-dir print-config",
};

static const struct rcc_program program = {
    .name = "rcc-sim",
    .summary = "a coast in a box: ships and beacons for demonstrations, drills and tests",
    .options = options,
    .verbs = verbs,
    .verb_takes = verb_takes,
};

int
main(int argc, char **argv)
{
	struct rcc_parsed parsed;
	int exit_code = RCC_EXIT_OK;

	if (rcc_options_parse(&program, argc, argv, &parsed, &exit_code) != RCC_OK) {
		return exit_code;
	}
	for (size_t i = 0; parsed.operand_count > 0 && verbs[i].name != NULL; i++) {
		if (strcmp(parsed.operand[0], verbs[i].name) == 0) {
			return run[i](&parsed);
		}
	}
	fprintf(stderr, "rcc-sim: say what to simulate, for instance \"rcc-sim fleet\"; see rcc-sim --help\n");
	return RCC_EXIT_USAGE;
}

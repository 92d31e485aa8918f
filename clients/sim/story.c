/* story.c - the verb: through the core by default, against a daemon with --state-dir. */
#include <stdio.h>
#include <string.h>

#include "sim/sim.h"
#include "sim/story.h"

int
rcc_sim_story(const struct rcc_parsed *parsed)
{
	static struct rcc_story story;
	static char config[3 * RCC_STORY_CONFIG_MAX];
	struct rcc_fault fault = {0};
	const char *state_dir = parsed->value[RCC_SIM_STATE_DIR];

	if (parsed->operand_count != 2) {
		fprintf(stderr, "rcc-sim: which story? rcc-sim story FILE.scn\n");
		return RCC_EXIT_USAGE;
	}
	if (rcc_story_load(parsed->operand[1], &story, &fault) != RCC_OK) {
		fprintf(stderr, "rcc-sim: %s\n", fault.text);
		return RCC_EXIT_CONFIG;
	}
	if (parsed->value[RCC_SIM_PRINT_CONFIG] != NULL) {
		rcc_story_config(&story, config);
		(void)fputs(config, stdout);
		return RCC_EXIT_OK;
	}
	return state_dir == NULL ? rcc_story_play_core(&story, rcc_story_print)
	                         : rcc_story_play_live(&story, state_dir);
}

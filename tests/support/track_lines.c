/* track_lines.c - reads the tracks that stand beside a story. */
#include "support/track_lines.h"

#include <stdio.h>

#include "rcc/text.h"
#include "rcc/units.h"

#define LINE_SIZE 256

static const char *
take(const char *line, rcc_track_line_fn *tell, void *context)
{
	unsigned min = 0;
	unsigned s = 0;
	char mmsi_text[RCC_MMSI_TEXT_SIZE];
	char pos_text[RCC_POS_TEXT_SIZE];
	struct rcc_mmsi mmsi = {0};
	struct rcc_pos pos = RCC_POS_NONE;

	if (line[0] == '#' || line[0] == '\n')
		return NULL;
	if (sscanf(line, "%u:%u %9s %31[^\n]", &min, &s, mmsi_text, pos_text) != 4 ||
	    rcc_mmsi_parse(mmsi_text, &mmsi) != RCC_OK || rcc_pos_parse(pos_text, &pos) != RCC_OK)
		return line;
	tell(context, mmsi, pos, min * RCC_MS_PER_MIN + s * RCC_MS_PER_S);
	return NULL;
}

const char *
rcc_track_lines(const char *path, rcc_track_line_fn *tell, void *context)
{
	static char line[LINE_SIZE];
	const char *wrong = NULL;
	FILE *file = fopen(path, "r");

	if (file == NULL)
		return "cannot be opened";
	while (wrong == NULL && fgets(line, sizeof line, file) != NULL)
		wrong = take(line, tell, context);
	(void)fclose(file);
	return wrong;
}

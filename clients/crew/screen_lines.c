/* What is said to the person at the screen, and the lines that a key leaves to be done. */
#include <stdio.h>
#include <string.h>

#include "crew/screen_model.h"
#include "librcc/i18n.h"
#include "rcc/text.h"

void
rcc_screen_say(struct rcc_screen *screen, const char *text)
{
	char *slot = screen->said[screen->said_count % RCC_SCREEN_SAID_MAX];

	rcc_text_copy_lossy(slot, RCC_SCREEN_SAID_SIZE, text, strlen(text));
	screen->said_count++;
}

const char *
rcc_screen_said(const struct rcc_screen *screen, uint32_t back)
{
	if (back >= screen->said_count || back >= RCC_SCREEN_SAID_MAX) {
		return NULL;
	}
	return screen->said[(screen->said_count - 1 - back) % RCC_SCREEN_SAID_MAX];
}

void
rcc_screen_note_capital(struct rcc_screen *screen, uint32_t key)
{
	if (key >= 'A' && key <= 'Z') {
		rcc_screen_say(screen,
		               _("NOTHING WAS DONE: keys are small letters, but D and S of a distress. Caps Lock?"));
	}
}

char *
rcc_screen_line(struct rcc_screen *screen, const char *words)
{
	/* A line too many replaces the last: what a key leaves is bounded by what a case can hold. */
	uint32_t at = screen->line_count < RCC_SCREEN_LINES_MAX ? screen->line_count++ : RCC_SCREEN_LINES_MAX - 1;

	snprintf(screen->line[at], RCC_SCREEN_LINE_SIZE, "%s", words);
	return screen->line[at];
}

void
rcc_screen_word(char *line, const char *words)
{
	size_t len = strlen(line);

	snprintf(line + len, RCC_SCREEN_LINE_SIZE - len, " %s", words);
}

/* A quote within would end the word: it is written as rcc_crew_split reads it. */
void
rcc_screen_quoted(char *line, const char *words)
{
	size_t len = strlen(line);

	/* Room for the last character, escaped, and for the quote that ends the word. */
	if (len + 6 > RCC_SCREEN_LINE_SIZE) {
		return;
	}
	line[len++] = ' ';
	line[len++] = '"';
	for (; *words != '\0' && len + 4 <= RCC_SCREEN_LINE_SIZE; words++) {
		if (*words == '"' || *words == '\\') {
			line[len++] = '\\';
		}
		line[len++] = *words;
	}
	line[len++] = '"';
	line[len] = '\0';
}

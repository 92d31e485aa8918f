/* The report of survivors: counts by group, flags, and what they need; never who they are. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crew/screen_model.h"
#include "librcc/i18n.h"

/* Rows that count everybody once; those after them are counted in these. */
#define PARTITION_ROWS 6
#define ROW_PREGNANT 6
#define ROW_FAMILIES 9
#define ROW_DEAD 10

static const struct rcc_screen_row rows[RCC_SCREEN_ROWS] = {
    {RCC_ROW_NUMBER, "men", N_("men")},
    {RCC_ROW_NUMBER, "women", N_("women")},
    {RCC_ROW_NUMBER, "adults", N_("adults, sex not stated")},
    {RCC_ROW_NUMBER, "children", N_("children, looked after")},
    {RCC_ROW_NUMBER, "unaccompanied", N_("children alone")},
    {RCC_ROW_NUMBER, "infants", N_("infants")},
    {RCC_ROW_NUMBER, "pregnant", N_("of these, pregnant")},
    {RCC_ROW_NUMBER, "injured", N_("of these, injured")},
    {RCC_ROW_NUMBER, "disabled", N_("of these, disabled")},
    {RCC_ROW_NUMBER, "families", N_("families, not to be split")},
    {RCC_ROW_NUMBER, "dead", N_("dead aboard")},
    {RCC_ROW_NUMBER, "safe-hours", N_("hours, safe with us")},
    {RCC_ROW_FLAG, "protection", N_("some fear, or need protection")},
    {RCC_ROW_FLAG, "interpreter", N_("interpreters are needed")},
    {RCC_ROW_TEXT, "next-port", N_("bound for")},
    {RCC_ROW_TEXT, "text", N_("remark, nobody's name")},
    {RCC_ROW_NEED, "medical-advice", N_("medical advice")},
    {RCC_ROW_NEED, "medevac", N_("medical evacuation")},
    {RCC_ROW_NEED, "water", N_("water")},
    {RCC_ROW_NEED, "food", N_("food")},
    {RCC_ROW_NEED, "blankets", N_("blankets, clothes")},
    {RCC_ROW_NEED, "infant-supplies", N_("supplies for infants")},
    {RCC_ROW_NEED, "sanitation", N_("sanitation")},
    {RCC_ROW_NEED, "fuel", N_("fuel")},
    {RCC_ROW_NEED, "escort", N_("escort")},
    {RCC_ROW_NEED, "interpreter", N_("interpreter")},
};

const struct rcc_screen_row *
rcc_screen_row(uint32_t index)
{
	return &rows[index];
}

uint32_t
rcc_screen_report_sum(const struct rcc_screen *screen)
{
	uint32_t sum = 0;

	for (uint32_t i = 0; i < PARTITION_ROWS; i++) {
		sum += (uint32_t)strtoul(screen->report.value[i], NULL, 10);
	}
	return sum;
}

/* Whoever forgets to count must not report an empty ship. */
static bool
is_counted(const struct rcc_screen *screen)
{
	bool is_said = screen->report.value[ROW_DEAD][0] != '\0';

	for (uint32_t i = 0; i < PARTITION_ROWS; i++) {
		is_said = is_said || screen->report.value[i][0] != '\0';
	}
	return is_said;
}

static bool
has_needs(const struct rcc_screen *screen)
{
	bool has = false;

	for (uint32_t i = RCC_SCREEN_ROWS_LEFT; i < RCC_SCREEN_ROWS; i++) {
		has = has || screen->report.value[i][0] != '\0';
	}
	return has;
}

static void
add_row(char *line, const struct rcc_screen_row *row, const char *value)
{
	char option[40];

	snprintf(option, sizeof option, "--%s", row->word);
	rcc_screen_word(line, option);
	if (row->kind != RCC_ROW_FLAG) {
		rcc_screen_quoted(line, value);
	}
}

static void
send_report(struct rcc_screen *screen)
{
	const struct rcc_board_case *c = rcc_screen_case(screen);
	char words[80];

	if (c == NULL) {
		rcc_screen_go(screen, RCC_SCREEN_WATCH);
		return;
	}
	if (is_counted(screen)) {
		snprintf(words, sizeof words, "survivors %04u-%04u --yes", c->last.incident_year,
		         c->last.incident_number);
		char *line = rcc_screen_line(screen, words);
		for (uint32_t i = 0; i < RCC_SCREEN_ROWS_LEFT; i++) {
			if (screen->report.value[i][0] != '\0') {
				add_row(line, &rows[i], screen->report.value[i]);
			}
		}
	}
	for (uint32_t i = RCC_SCREEN_ROWS_LEFT; i < RCC_SCREEN_ROWS; i++) {
		if (screen->report.value[i][0] != '\0') {
			snprintf(words, sizeof words, "need %04u-%04u %s", c->last.incident_year,
			         c->last.incident_number, rows[i].word);
			rcc_screen_line(screen, words);
			screen->report.value[i][0] = '\0';
		}
	}
	screen->report.is_review = false;
	rcc_screen_go(screen, RCC_SCREEN_ALERT);
}

/* A digit goes straight into a number, a blank turns a flag over. */
static void
fill_row(struct rcc_screen *screen, uint32_t key)
{
	char *value = screen->report.value[screen->report.row];
	enum rcc_screen_row_kind kind = rows[screen->report.row].kind;
	size_t len = strlen(value);

	if (kind == RCC_ROW_FLAG || kind == RCC_ROW_NEED) {
		if (key == ' ') {
			snprintf(value, sizeof screen->report.value[0], "%s", len > 0 ? "" : "yes");
		}
	} else if (kind == RCC_ROW_TEXT) {
		if (key >= ' ' && key != 0x7f && key < RCC_KEY_ENTER) {
			/* The key is the first character of what is said. */
			rcc_screen_edit(screen, RCC_FIELD_COUNT, value, false);
			if (key != ' ') {
				rcc_screen_edit_key(screen, key);
			}
		}
	} else if (key >= '0' && key <= '9' && (len < 5 || screen->report.is_fresh)) {
		/* What stood there before is another count: the first digit begins anew. */
		len = screen->report.is_fresh ? 0 : len;
		value[len] = (char)key;
		value[len + 1] = '\0';
		screen->report.is_fresh = false;
	} else if (key == RCC_KEY_BACKSPACE && len > 0) {
		value[len - 1] = '\0';
	}
}

/* Marks are of those who are counted: more of them than there are persons is a slip of a key. */
static bool
is_possible(struct rcc_screen *screen)
{
	char text[RCC_SCREEN_SAID_SIZE];
	uint32_t sum = rcc_screen_report_sum(screen);

	for (uint32_t i = PARTITION_ROWS; i < ROW_FAMILIES; i++) {
		uint32_t marked = (uint32_t)strtoul(screen->report.value[i], NULL, 10);
		uint32_t men = (uint32_t)strtoul(screen->report.value[0], NULL, 10);
		uint32_t most = i == ROW_PREGNANT ? sum - men : sum;

		if (marked > most) {
			snprintf(text, sizeof text, _("%s: %u, and there are %u at most; correct one of the two"),
			         _(rows[i].label), marked, most);
			rcc_screen_say(screen, text);
			return false;
		}
	}
	return true;
}

static void
review_report(struct rcc_screen *screen)
{
	if (!is_possible(screen)) {
		return;
	}
	screen->report.is_review = is_counted(screen) || has_needs(screen);
	if (!screen->report.is_review) {
		rcc_screen_say(screen, _("say how many are aboard; nobody: adults 0"));
	}
}

void
rcc_screen_report_key(struct rcc_screen *screen, uint32_t key)
{
	uint32_t *row = &screen->report.row;
	uint32_t before = *row;

	if (key == RCC_KEY_ESCAPE && screen->report.is_review) {
		screen->report.is_review = false;
	} else if (key == RCC_KEY_ESCAPE) {
		rcc_screen_go(screen, screen->back);
	} else if (key == RCC_KEY_ENTER && screen->report.is_review) {
		rcc_screen_say(screen, _("S sends it, Esc goes back to it"));
	} else if (key == 'S' && screen->report.is_review) {
		send_report(screen);
	} else if (screen->report.is_review) {
		return;
	} else if (key == RCC_KEY_ENTER || key == 'S') {
		review_report(screen);
	} else if (key == RCC_KEY_DOWN || key == RCC_KEY_TAB) {
		*row = (*row + 1) % RCC_SCREEN_ROWS;
	} else if (key == RCC_KEY_UP) {
		*row = (*row + RCC_SCREEN_ROWS - 1) % RCC_SCREEN_ROWS;
	} else if (key == RCC_KEY_RIGHT) {
		*row = *row < RCC_SCREEN_ROWS_LEFT ? RCC_SCREEN_ROWS_LEFT : *row;
	} else if (key == RCC_KEY_LEFT) {
		*row = *row >= RCC_SCREEN_ROWS_LEFT ? 0 : *row;
	} else if (key == 'D') {
		rcc_screen_open_distress(screen);
	} else if (key == 'm' && rows[*row].kind != RCC_ROW_TEXT) {
		screen->wants_silence = true;
	} else {
		fill_row(screen, key);
	}
	screen->report.is_fresh = screen->report.is_fresh || *row != before;
}

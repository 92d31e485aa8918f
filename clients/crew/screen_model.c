#include "crew/screen_model.h"

#include <stdio.h>
#include <string.h>

#include "librcc/i18n.h"
#include "rcc/text.h"

#define ZOOM_MAX 6
#define PAGE 10
/* Until a page was drawn nobody knows how long it is. */
#define SCROLL_UNSEEN 200
/* What has just come under the finger has not been read. */
#define LOOK_FIRST_MS 700

void
rcc_screen_init(struct rcc_screen *screen, const struct rcc_board *board, const char *by)
{
	memset(screen, 0, sizeof *screen);
	screen->kind = RCC_SCREEN_WATCH;
	screen->back = RCC_SCREEN_WATCH;
	screen->palette = RCC_PALETTE_DAY;
	screen->board = board;
	screen->scroll_max = SCROLL_UNSEEN;
	/* A centre is told who has read a call: somebody is always on watch. */
	snprintf(screen->by, sizeof screen->by, "%s", by[0] != '\0' ? by : _("OFFICER OF THE WATCH"));
	screen->distress.class = RCC_CLASS_LIVE;
}

/* ---- what is looked at ---- */

const struct rcc_board_case *
rcc_screen_case(const struct rcc_screen *screen)
{
	return screen->chosen.v != 0 ? rcc_board_find(screen->board, screen->chosen) : NULL;
}

/* Is a live case among those that are listed? */
static bool
has_live(const struct rcc_screen *screen)
{
	uint32_t order[RCC_BOARD_CASES_MAX];
	uint32_t count = rcc_board_list(screen->board, screen->at_ms, order);

	/* The list has what is live first. */
	return count > 0 && screen->board->cases[order[0]].last.class == RCC_CLASS_LIVE;
}

enum rcc_class
rcc_screen_class(const struct rcc_screen *screen)
{
	const struct rcc_board_case *c = rcc_screen_case(screen);

	switch (screen->kind) {
	case RCC_SCREEN_ALERT:
	case RCC_SCREEN_ANSWER:
	case RCC_SCREEN_SURVIVORS:
		return c != NULL ? c->last.class : RCC_CLASS_LIVE;
	case RCC_SCREEN_PLOT:
		/* It shows every case: one that is live makes the page live. */
		return c != NULL && !has_live(screen) ? c->last.class : RCC_CLASS_LIVE;
	case RCC_SCREEN_DISTRESS:
		return screen->distress.is_sent && screen->board->distress.is_on ? screen->board->distress.class
		                                                                 : screen->distress.class;
	case RCC_SCREEN_DRILL:
		return RCC_CLASS_EXERCISE;
	case RCC_SCREEN_WATCH:
	case RCC_SCREEN_INBOX:
	case RCC_SCREEN_HELP:
	case RCC_SCREEN_SAID:
		break;
	}
	return RCC_CLASS_LIVE;
}

bool
rcc_screen_has_fix(const struct rcc_screen *screen)
{
	const struct rcc_board_own *own = &screen->board->own;

	return own->at_ms != 0 && rcc_pos_is_known(own->pos) && screen->at_ms - own->at_ms <= RCC_BOARD_FIX_MAX_MS;
}

bool
rcc_screen_typed_pos(const struct rcc_screen *screen, struct rcc_pos *ret_pos)
{
	return rcc_pos_parse(screen->edit.text, ret_pos) == RCC_OK;
}

/* The case in this place of the watch, counted from the one that is looked at. */
static void
choose(struct rcc_screen *screen, int step)
{
	uint32_t order[RCC_BOARD_CASES_MAX];
	uint32_t count = rcc_board_list(screen->board, screen->at_ms, order);
	int at = 0;

	if (count == 0) {
		screen->chosen.v = 0;
		return;
	}
	for (uint32_t i = 0; i < count; i++) {
		if (screen->board->cases[order[i]].last.incident.v == screen->chosen.v) {
			at = (int)i + step;
		}
	}
	at = at < 0 ? 0 : at;
	at = at >= (int)count ? (int)count - 1 : at;
	screen->chosen = screen->board->cases[order[at]].last.incident;
}

/* The case that sounds loudest, or the first one. */
static void
choose_loudest(struct rcc_screen *screen)
{
	uint32_t order[RCC_BOARD_CASES_MAX];
	uint32_t count = rcc_board_list(screen->board, screen->at_ms, order);
	enum rcc_board_sound loudest = RCC_BOARD_QUIET;

	if (rcc_screen_case(screen) == NULL) {
		choose(screen, 0);
	}
	for (uint32_t i = 0; i < count; i++) {
		const struct rcc_board_case *c = &screen->board->cases[order[i]];
		enum rcc_board_sound sound = rcc_board_case_sound(screen->board, c, screen->at_ms);

		if (sound > loudest) {
			loudest = sound;
			screen->chosen = c->last.incident;
		}
	}
}

/* A case that is over, and of which everything is read, is nothing that a key may be meant for. */
static bool
is_listed(const struct rcc_screen *screen)
{
	uint32_t order[RCC_BOARD_CASES_MAX];
	uint32_t count = rcc_board_list(screen->board, screen->at_ms, order);

	for (uint32_t i = 0; i < count; i++) {
		if (screen->board->cases[order[i]].last.incident.v == screen->chosen.v) {
			return true;
		}
	}
	return false;
}

void
rcc_screen_look(struct rcc_screen *screen)
{
	bool is_list = screen->kind == RCC_SCREEN_WATCH || screen->kind == RCC_SCREEN_PLOT;

	if (is_list && !is_listed(screen)) {
		screen->chosen.v = 0;
		choose_loudest(screen);
	}
}

/* What keys act upon is another case than before, and nobody pressed a key for it. */
static void
note_move(struct rcc_screen *screen, struct rcc_incident_id before)
{
	const struct rcc_board_case *c = rcc_screen_case(screen);
	char text[RCC_SCREEN_SAID_SIZE];

	if (before.v == 0 || screen->chosen.v == before.v || c == NULL) {
		return;
	}
	screen->moved_at_ms = screen->at_ms;
	snprintf(text, sizeof text, _("now chosen, because it is not acknowledged: %04u-%04u"), c->last.incident_year,
	         c->last.incident_number);
	if (c->unread_count > 0) {
		rcc_screen_say(screen, text);
	}
}

void
rcc_screen_fresh(struct rcc_screen *screen)
{
	const struct rcc_board_case *c = rcc_screen_case(screen);
	struct rcc_incident_id before = screen->chosen;
	bool is_free = screen->edit.field == RCC_FIELD_NONE &&
	               (screen->kind == RCC_SCREEN_WATCH || screen->kind == RCC_SCREEN_PLOT ||
	                screen->kind == RCC_SCREEN_HELP || screen->kind == RCC_SCREEN_SAID);

	/*
	 * Whoever is about to acknowledge one case must not find another under his finger; but an alarm goes before news, or
	 * a key would be of what is over; and a live one before a drill.
	 */
	bool is_news = c != NULL && rcc_board_alarms_above(screen->board, c, screen->at_ms);
	if (c == NULL || (is_free && (c->unread_count == 0 || is_news))) {
		choose_loudest(screen);
	}
	note_move(screen, before);
}

void
rcc_screen_go(struct rcc_screen *screen, enum rcc_screen_kind kind)
{
	if (screen->kind == RCC_SCREEN_WATCH || screen->kind == RCC_SCREEN_ALERT) {
		screen->back = screen->kind;
	}
	/* Whoever has dealt with one call finds the next one chosen. */
	const struct rcc_board_case *c = rcc_screen_case(screen);
	if (kind == RCC_SCREEN_WATCH && c != NULL && c->unread_count == 0) {
		struct rcc_incident_id before = screen->chosen;

		choose_loudest(screen);
		note_move(screen, before);
	}
	screen->kind = kind;
	screen->scroll = 0;
	screen->scroll_max = SCROLL_UNSEEN;
	screen->edit.field = RCC_FIELD_NONE;
	screen->is_quit_asked = false;
}

/* ---- keys ---- */

/* Which case it was, and how many are left: with two calls a minute apart nobody remembers. */
static void
say_acknowledged(struct rcc_screen *screen, const struct rcc_board_case *c)
{
	char text[RCC_SCREEN_SAID_SIZE];
	uint32_t left = rcc_board_unread(screen->board) - 1;

	if (left == 0) {
		snprintf(text, sizeof text, _("acknowledged %04u-%04u by %s; nothing else waits for it"),
		         c->last.incident_year, c->last.incident_number, screen->by);
	} else {
		snprintf(text, sizeof text,
		         ngettext("acknowledged %04u-%04u by %s; %u other case is not acknowledged",
		                  "acknowledged %04u-%04u by %s; %u other cases are not acknowledged", left),
		         c->last.incident_year, c->last.incident_number, screen->by, left);
	}
	rcc_screen_say(screen, text);
}

/* Each call of the case that nobody has read, by the name of who is on watch. */
static void
acknowledge(struct rcc_screen *screen)
{
	const struct rcc_board_case *c = rcc_screen_case(screen);
	char words[32];

	if (c == NULL || c->unread_count == 0) {
		rcc_screen_say(screen, c == NULL ? _("nothing is open") : _("it is acknowledged already"));
		return;
	}
	/* A scope shows where, not what was said. */
	if (screen->kind == RCC_SCREEN_PLOT) {
		rcc_screen_go(screen, RCC_SCREEN_ALERT);
		rcc_screen_say(screen, _("this is what was said: a again acknowledges it"));
		return;
	}
	if (screen->at_ms - screen->moved_at_ms < LOOK_FIRST_MS) {
		rcc_screen_say(screen, _("a new call has just come: look at it, then acknowledge"));
		return;
	}
	for (uint32_t i = 0; i < c->unread_count; i++) {
		snprintf(words, sizeof words, "read %u", c->unread[i]);
		rcc_screen_quoted(rcc_screen_line(screen, words), screen->by);
	}
	say_acknowledged(screen, c);
}

/* Those aboard are reported of a case that is over, too; not of our own distress. */
static void
open_survivors(struct rcc_screen *screen)
{
	const struct rcc_board_case *c = rcc_screen_case(screen);

	if (c == NULL || c->is_over || rcc_screen_is_asked(screen, c)) {
		rcc_screen_go(screen, RCC_SCREEN_SURVIVORS);
		screen->report.is_fresh = true;
	}
}

/* Keys of a case, on the watch, its alert and the plot. False: it is none of them. */
static bool
case_key(struct rcc_screen *screen, uint32_t key)
{
	switch (key) {
	case 'a':
		acknowledge(screen);
		return true;
	case 'p':
		rcc_screen_open_answer(screen, RCC_ANSWER_PROCEEDING);
		return true;
	case 'u':
		rcc_screen_open_answer(screen, RCC_ANSWER_UNABLE);
		return true;
	case 'o':
		rcc_screen_open_answer(screen, RCC_ANSWER_ON_SCENE);
		return true;
	case 'n':
		rcc_screen_open_answer(screen, RCC_ANSWER_NEED_DETAIL);
		return true;
	case 'f':
		rcc_screen_open_answer(screen, RCC_ANSWER_DONE);
		return true;
	case 's':
		open_survivors(screen);
		return true;
	case RCC_KEY_ENTER:
		rcc_screen_go(screen, rcc_screen_case(screen) != NULL ? RCC_SCREEN_ALERT : RCC_SCREEN_WATCH);
		return true;
	default:
		return false;
	}
}

static void
quit(struct rcc_screen *screen)
{
	if (screen->is_quit_asked) {
		screen->is_over = true;
		return;
	}
	screen->is_quit_asked = true;
	rcc_screen_say(screen, _("q again ends the watch: no call of the centre is heard from then on"));
}

/* Keys of every screen where nothing is typed. False: it is none of them. */
static bool
common_key(struct rcc_screen *screen, uint32_t key)
{
	switch (key) {
	case RCC_KEY_ESCAPE:
	case 'w':
		screen->back = key == 'w' || screen->kind == RCC_SCREEN_ALERT ? RCC_SCREEN_WATCH : screen->back;
		rcc_screen_go(screen, screen->back);
		return true;
	case 'D':
		rcc_screen_open_distress(screen);
		return true;
	case 'm':
		screen->wants_silence = true;
		return true;
	case 'c':
		screen->palette = (enum rcc_screen_palette)(screen->palette % RCC_PALETTES + 1);
		return true;
	case 'v':
		rcc_screen_go(screen, RCC_SCREEN_PLOT);
		return true;
	case 'i':
		rcc_screen_go(screen, RCC_SCREEN_INBOX);
		screen->inbox_at = screen->inbox_last;
		return true;
	case 'x':
		rcc_screen_go(screen, RCC_SCREEN_DRILL);
		return true;
	case 'h':
	case '?':
		rcc_screen_go(screen, RCC_SCREEN_HELP);
		return true;
	case 'l':
		rcc_screen_go(screen, RCC_SCREEN_SAID);
		return true;
	case 'a':
		rcc_screen_say(screen, _("w shows the watch: look at the call there, then a acknowledges it"));
		return true;
	case 'g':
		rcc_screen_edit(screen, RCC_FIELD_OWN_POS, "", false);
		return true;
	case 'b':
		rcc_screen_edit(screen, RCC_FIELD_BY, screen->by, true);
		return true;
	case ':':
		rcc_screen_edit(screen, RCC_FIELD_COMMAND, "", false);
		return true;
	case 'L' - '@': /* Control-L */
		screen->wants_repaint = true;
		return true;
	case 'q':
		quit(screen);
		return true;
	default:
		return false;
	}
}

/* Up and down: another case, another line, another part of a text. */
static void
move(struct rcc_screen *screen, uint32_t key)
{
	bool is_down = key == RCC_KEY_DOWN || key == 'j' || key == RCC_KEY_PAGE_DOWN;
	bool is_up = key == RCC_KEY_UP || key == 'k' || key == RCC_KEY_PAGE_UP;
	uint32_t step = key == RCC_KEY_PAGE_DOWN || key == RCC_KEY_PAGE_UP ? PAGE : 1;

	if (!is_down && !is_up) {
		return;
	}
	if (screen->kind == RCC_SCREEN_WATCH || screen->kind == RCC_SCREEN_PLOT) {
		choose(screen, is_down ? (int)step : -(int)step);
	} else if (screen->kind == RCC_SCREEN_INBOX && is_up) {
		/* The latest stands first. */
		screen->inbox_at =
		    screen->inbox_at + step < screen->inbox_last ? screen->inbox_at + step : screen->inbox_last;
	} else if (screen->kind == RCC_SCREEN_INBOX) {
		screen->inbox_at = screen->inbox_at > step ? screen->inbox_at - step : screen->inbox_last > 0 ? 1 : 0;
	} else if (is_down != (screen->kind == RCC_SCREEN_SAID)) {
		/* What was said stands with the latest at the end: it goes back upwards. */
		screen->scroll += step;
		screen->scroll = screen->scroll < screen->scroll_max ? screen->scroll : screen->scroll_max;
	} else {
		screen->scroll = screen->scroll > step ? screen->scroll - step : 0;
	}
}

/* A call of the inbox in full, in the words of the plain session. */
static void
show_call(struct rcc_screen *screen)
{
	char words[32];

	if (screen->inbox_at > 0) {
		snprintf(words, sizeof words, "show %u", screen->inbox_at);
		rcc_screen_line(screen, words);
		rcc_screen_go(screen, RCC_SCREEN_SAID);
		screen->back = RCC_SCREEN_INBOX;
	}
}

/* A call or a bulletin of the inbox is read: the centre hears by whom. */
static void
read_chosen(struct rcc_screen *screen)
{
	char words[32];

	if (screen->inbox_at > 0) {
		snprintf(words, sizeof words, "read %u", screen->inbox_at);
		rcc_screen_quoted(rcc_screen_line(screen, words), screen->by);
	}
}

static void
plot_key(struct rcc_screen *screen, uint32_t key)
{
	if (key == '+' && screen->zoom < ZOOM_MAX) {
		screen->zoom++;
	} else if (key == '-' && screen->zoom > -ZOOM_MAX) {
		screen->zoom--;
	}
}

/* Where only a line or two can be seen, only that works whose meaning stands on them: our own distress, and ways out. */
static bool
is_for_small(const struct rcc_screen *screen, uint32_t key)
{
	bool is_send = screen->kind == RCC_SCREEN_DISTRESS && (key == 'S' || key == RCC_KEY_ESCAPE);
	/* On the page of a distress m is a man overboard. */
	bool is_mute = key == 'm' && screen->kind != RCC_SCREEN_DISTRESS;

	return is_send || is_mute || key == 'D' || key == 'q' || key == RCC_KEY_ESCAPE || key == 'L' - '@';
}

void
rcc_screen_key(struct rcc_screen *screen, uint32_t key)
{
	bool is_of_case =
	    screen->kind == RCC_SCREEN_WATCH || screen->kind == RCC_SCREEN_ALERT || screen->kind == RCC_SCREEN_PLOT;

	if (key != 'q') {
		screen->is_quit_asked = false;
	}
	if (screen->edit.field != RCC_FIELD_NONE) {
		rcc_screen_edit_key(screen, key);
		return;
	}
	rcc_screen_note_text(screen, key);
	if (screen->is_small && !is_for_small(screen, key)) {
		rcc_screen_say(screen, _("not in a window this small: D distress, then S; m mutes; Esc; q q ends"));
		return;
	}
	rcc_screen_look(screen);
	if (screen->kind == RCC_SCREEN_ANSWER) {
		rcc_screen_answer_key(screen, key);
	} else if (screen->kind == RCC_SCREEN_SURVIVORS) {
		rcc_screen_report_key(screen, key);
	} else if (screen->kind == RCC_SCREEN_DISTRESS) {
		if (!rcc_screen_distress_key(screen, key)) {
			(void)common_key(screen, key);
		}
	} else if (screen->kind == RCC_SCREEN_DRILL && (key == 'j' || key == 'e' || key == 't')) {
		rcc_screen_drill_key(screen, key);
	} else if (screen->kind == RCC_SCREEN_INBOX && key == RCC_KEY_ENTER) {
		show_call(screen);
	} else if (screen->kind == RCC_SCREEN_INBOX && key == 'a') {
		read_chosen(screen);
	} else if (!(is_of_case && case_key(screen, key)) && !common_key(screen, key)) {
		move(screen, key);
		plot_key(screen, key);
		rcc_screen_note_capital(screen, key);
	}
}

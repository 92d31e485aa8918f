/* What every screen has: status, banner, frame, what was said last, and its keys. */
#include <stdio.h>
#include <string.h>

#include "crew/screen_draw.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

#define BAR_SIZE 400
/* Rows above the frame's inside, and all rows that it does not have. */
#define ROWS_ABOVE 3
#define ROWS_AROUND 6
#define CLOCK_AT 11 /* "2026-11-23T03:12:07": where the time of day begins, and its length */
#define CLOCK_LEN 8

const char *rcc_screen_class_name(enum rcc_class class)
{
	switch (class) {
	case RCC_CLASS_EXERCISE:
		return _("EXERCISE");
	case RCC_CLASS_TEST:
		return _("TEST");
	case RCC_CLASS_LIVE:
		break;
	}
	return _("LIVE");
}

const char *
rcc_screen_age(char text[24], int64_t age_ms)
{
	int64_t s = age_ms > 0 ? age_ms / RCC_MS_PER_S : 0;

	if (s < 100) {
		snprintf(text, 24, _("%d s"), (int)s);
	} else if (s < 6000) {
		snprintf(text, 24, _("%d min"), (int)(s / 60));
	} else {
		snprintf(text, 24, _("%d h"), (int)(s / 3600 < 99999 ? s / 3600 : 99999));
	}
	return text;
}

const char *
rcc_screen_clock(char text[16], int64_t at_ms)
{
	char time[RCC_TIME_TEXT_SIZE];

	rcc_time_format(time, at_ms);
	if (at_ms == 0 || strlen(time) < CLOCK_AT + CLOCK_LEN) {
		snprintf(text, 16, "--:--:--");
		return text;
	}
	snprintf(text, 16, "%.*sZ", CLOCK_LEN, time + CLOCK_AT);
	return text;
}

/* ---- status ---- */

static const char *
palette_word(enum rcc_screen_palette palette)
{
	switch (palette) {
	case RCC_PALETTE_NIGHT:
		return _("night");
	case RCC_PALETTE_CONTRAST:
		return _("contrast");
	case RCC_PALETTE_DAY:
		break;
	}
	return _("day");
}

static void
link_words(const struct rcc_canvas *canvas, char *text, size_t size)
{
	struct rcc_crew *crew = canvas->crew;
	int64_t heard_at_ms = rcc_client_heard_at_ms(crew->client);
	char age[24];

	if (heard_at_ms == 0) {
		snprintf(text, size, "%s", _("link DOWN, never heard"));
		return;
	}
	int64_t rest_ms = rcc_client_rest_ms(crew->client);
	if (rest_ms > 0) {
		char left[24];
		snprintf(text, size, _("calls in, next in %s, heard %s ago"), rcc_screen_age(left, rest_ms),
		         rcc_screen_age(age, canvas->screen->at_ms - heard_at_ms));
		return;
	}
	snprintf(text, size,
	         rcc_client_is_linked(crew->client) ? _("link up, heard %s ago") : _("link DOWN, heard %s ago"),
	         rcc_screen_age(age, canvas->screen->at_ms - heard_at_ms));
}

static void
sound_words(const struct rcc_canvas *canvas, char *text, size_t size)
{
	int64_t left_ms = rcc_alarm_silent_ms(&canvas->crew->alarm, rcc_crew_now_ms());
	int left_s = (int)((left_ms + RCC_MS_PER_S - 1) / RCC_MS_PER_S);

	if (left_ms > 0) {
		snprintf(text, size, _("MUTED %d:%02d"), left_s / 60, left_s % 60);
	} else {
		snprintf(text, size, "%s", _("sound on"));
	}
}

static void
draw_status(struct rcc_canvas *canvas)
{
	enum rcc_class class = rcc_screen_class(canvas->screen);
	char bar[BAR_SIZE], link[80], sound[40], clock[16], name[BAR_SIZE];

	link_words(canvas, link, sizeof link);
	sound_words(canvas, sound, sizeof sound);
	rcc_canvas_bar(canvas, 0, RCC_INK_CHOSEN);
	snprintf(bar, sizeof bar, " %s | %s | %s | %s | %s", rcc_screen_class_name(class),
	         rcc_screen_clock(clock, canvas->screen->at_ms), link, palette_word(canvas->screen->palette), sound);
	int used = rcc_canvas_text(canvas, 0, 0, canvas->cols, RCC_INK_CHOSEN, bar);
	snprintf(name, sizeof name, "%s", canvas->crew->settings.name);
	if (name[0] != '\0' && used + 3 + (int)strlen(name) < canvas->cols) {
		rcc_canvas_text(canvas, 0, canvas->cols - (int)strlen(name) - 1, canvas->cols, RCC_INK_CHOSEN, name);
	}
}

/* ---- frame: of live screens a line, of all others their name again and again ---- */

static void
frame_signs(struct rcc_canvas *canvas, int row, bool is_top)
{
	static const uint32_t corner[2][2] = {{0x2514, 0x2518}, {0x250c, 0x2510}};
	int last = canvas->cols - 1;

	for (int col = 0; col <= last; col++) {
		uint32_t sign = col == 0 ? corner[is_top][0] : col == last ? corner[is_top][1] : 0x2500;

		rcc_canvas_sign(canvas, row - canvas->top, col - canvas->left, RCC_INK_DIM, sign,
		                col == 0 || col == last ? '+' : '-');
	}
}

static void
frame_words(struct rcc_canvas *canvas, int row, const char *name)
{
	for (int col = 0; col < canvas->cols;) {
		col += rcc_canvas_text(canvas, row, col, canvas->cols - col, RCC_INK_STRONG, name);
		col += 1;
	}
}

static void
draw_frame(struct rcc_canvas *canvas)
{
	enum rcc_class class = rcc_screen_class(canvas->screen);
	const char *name = rcc_screen_class_name(class);
	int bottom = canvas->rows - 3, top = canvas->top, left = canvas->left, height = canvas->height,
	    width = canvas->width;
	char side[2] = {name[0], '\0'};

	/* The frame is drawn on the whole screen, what it holds inside it. */
	canvas->top = canvas->left = 0;
	canvas->height = canvas->rows;
	canvas->width = canvas->cols;
	if (class == RCC_CLASS_LIVE) {
		frame_signs(canvas, ROWS_ABOVE - 1, true);
		frame_signs(canvas, bottom, false);
	} else {
		frame_words(canvas, ROWS_ABOVE - 1, name);
		frame_words(canvas, bottom, name);
	}
	for (int row = ROWS_ABOVE; row < bottom; row++) {
		for (int col = 0; col < canvas->cols; col += canvas->cols - 1) {
			if (class == RCC_CLASS_LIVE) {
				rcc_canvas_sign(canvas, row, col, RCC_INK_DIM, 0x2502, '|');
			} else {
				rcc_canvas_text(canvas, row, col, 1, RCC_INK_STRONG, side);
			}
		}
	}
	canvas->top = top;
	canvas->left = left;
	canvas->height = height;
	canvas->width = width;
}

/* ---- the two last lines ---- */

/* " ", ": ", "..", "_" beside what is typed; and so much of it is shown at least. */
#define PROMPT_SIGNS 6
#define TAIL_MIN 20

static const char *
prompt_of(enum rcc_screen_field field)
{
	switch (field) {
	case RCC_FIELD_ETA:
		return _("time to the scene (Enter sends)");
	case RCC_FIELD_REMARK:
		return _("in your words");
	case RCC_FIELD_OWN_POS:
		return _("we are at");
	case RCC_FIELD_BY:
		return _("who is on watch");
	case RCC_FIELD_POS:
		return _("position of the distress");
	case RCC_FIELD_PERSONS:
		return _("persons on board or in the water");
	case RCC_FIELD_WORDS:
		return _("remark");
	case RCC_FIELD_WITHDRAW:
		return _("WITHDRAW our distress, because (Enter sends)");
	case RCC_FIELD_COUNT:
	case RCC_FIELD_COMMAND:
		return _("line");
	case RCC_FIELD_NONE:
		break;
	}
	return "";
}

/* A position is read back while it is typed, with range and bearing from where we are. */
static void
read_back(const struct rcc_canvas *canvas, char *text, size_t size)
{
	const struct rcc_screen *screen = canvas->screen;
	char read[RCC_POS_TEXT_SIZE];
	struct rcc_pos pos;
	double nm = 0, deg = 0;

	if (!rcc_screen_typed_pos(screen, &pos)) {
		snprintf(text, size, "%s",
		         screen->edit.text[0] != '\0' ? _("cannot be read yet") : "DD-MM.mmN DDD-MM.mmE");
		return;
	}
	rcc_crew_pos_words(read, pos);
	if (screen->board->own.at_ms == 0) {
		snprintf(text, size, _("reads %s"), read);
		return;
	}
	rcc_crew_range(screen->board->own.pos, pos, &nm, &deg);
	snprintf(text, size, _("reads %s, %.1f NM %03d T from our last position"), read, nm, (int)(deg + 0.5) % 360);
}

static void
draw_edit(struct rcc_canvas *canvas)
{
	const struct rcc_screen *screen = canvas->screen;
	const struct rcc_screen_edit *edit = &screen->edit;
	const char *prompt = edit->field == RCC_FIELD_COUNT ? gettext(rcc_screen_row(screen->report.row)->label)
	                                                    : prompt_of(edit->field);
	bool is_pos = edit->field == RCC_FIELD_POS || edit->field == RCC_FIELD_OWN_POS;
	char bar[2 * BAR_SIZE + RCC_TEXT_MAX], back[BAR_SIZE] = "";

	if (is_pos) {
		/* On a line of its own, above what is typed. */
		read_back(canvas, back, sizeof back);
		rcc_canvas_line(canvas, canvas->height - 1, RCC_INK_CHOSEN, "%s", back);
	}
	/* What was wrong with it stands above it, not behind it. */
	if (screen->said_count > edit->said_before) {
		rcc_canvas_line(canvas, canvas->height - (is_pos ? 2 : 1), RCC_INK_ALARM, "%s",
		                rcc_screen_said(screen, 0));
	}
	/* The end of a long text is what is being typed. */
	int taken = rcc_canvas_columns(canvas, prompt) + PROMPT_SIGNS;
	size_t len = strlen(edit->text),
	       room = canvas->cols > taken + TAIL_MIN ? (size_t)(canvas->cols - taken) : TAIL_MIN;
	const char *tail = len > room ? edit->text + len - room : edit->text;
	while (((unsigned char)*tail & 0xc0u) == 0x80u) {
		tail++; /* of a character that is cut */
	}
	snprintf(bar, sizeof bar, " %s: %s%s_", prompt, tail > edit->text ? ".." : "", tail);
	rcc_canvas_bar(canvas, canvas->rows - 2, RCC_INK_CHOSEN);
	rcc_canvas_text(canvas, canvas->rows - 2, 0, canvas->cols, RCC_INK_CHOSEN, bar);
}

/* What was said last; lines that belong to one above stand on a page of their own. */
static void
draw_said(struct rcc_canvas *canvas)
{
	const char *text = NULL;

	for (uint32_t back = 0; text == NULL || text[0] == ' '; back++) {
		text = rcc_screen_said(canvas->screen, back);
		if (text == NULL) {
			return;
		}
	}
	rcc_canvas_text(canvas, canvas->rows - 2, 1, canvas->cols - 2, RCC_INK_TEXT, text);
}

static const char *
keys_of(const struct rcc_screen *screen)
{
	if (screen->edit.field == RCC_FIELD_ETA) {
		return _("Enter SENDS  Tab remark  Ctrl-U clears  Esc sends nothing");
	}
	if (screen->edit.field == RCC_FIELD_WITHDRAW) {
		return _("Enter SENDS the withdrawal  Ctrl-U clears  Esc sends nothing");
	}
	if (screen->edit.field != RCC_FIELD_NONE) {
		return _("Enter takes it  Ctrl-U clears  Esc leaves it");
	}
	switch (screen->kind) {
	case RCC_SCREEN_WATCH:
		return _("a ack  p proceed  u unable  o on scene  Enter show  v plot  D DISTRESS  ? keys");
	case RCC_SCREEN_ALERT:
		return _("a ack  p proceed  u unable  o on scene  n detail  s survivors  f done  Esc");
	case RCC_SCREEN_PLOT:
		return _("+ - range  Up Down case  a ack  p proceed  u unable  o on scene  Esc back");
	case RCC_SCREEN_ANSWER:
		return screen->answer.kind == RCC_ANSWER_UNABLE
		           ? _("1-8 reason  r remark  Enter SENDS  Esc sends nothing")
		       : screen->answer.kind == RCC_ANSWER_PROCEEDING
		           ? _("Enter SENDS  e time  r remark  Esc sends nothing")
		           : _("Enter SENDS  r remark  Esc sends nothing");
	case RCC_SCREEN_SURVIVORS:
		return screen->report.is_review ? _("S SENDS  Esc back to the counts")
		                                : _("Up Down Left Right  digits  space yes/no  Enter reads back  Esc");
	case RCC_SCREEN_DISTRESS:
		return screen->distress.is_sent
		           ? _("C withdraw  o position  N say more  m mute  v plot  i inbox  Esc watch")
		           : _("S SENDS IT  0-9 m nature  n persons  t text  o position  e class  Esc no");
	case RCC_SCREEN_INBOX:
		return _("Up Down  Enter shows it in full  a read by us  Esc back");
	case RCC_SCREEN_DRILL:
		return _("j join or leave  e exercise distress  t test the alarm  Esc back");
	case RCC_SCREEN_HELP:
	case RCC_SCREEN_SAID:
		break;
	}
	return _("Up Down  Esc back");
}

static void
draw_inside(struct rcc_canvas *canvas)
{
	switch (canvas->screen->kind) {
	case RCC_SCREEN_WATCH:
		rcc_screen_draw_watch(canvas);
		break;
	case RCC_SCREEN_ALERT:
		rcc_screen_draw_alert(canvas);
		break;
	case RCC_SCREEN_PLOT:
		rcc_screen_draw_plot(canvas);
		break;
	case RCC_SCREEN_ANSWER:
		rcc_screen_draw_answer(canvas);
		break;
	case RCC_SCREEN_SURVIVORS:
		rcc_screen_draw_survivors(canvas);
		break;
	case RCC_SCREEN_DISTRESS:
		rcc_screen_draw_distress(canvas);
		break;
	case RCC_SCREEN_INBOX:
		rcc_screen_draw_inbox(canvas);
		break;
	case RCC_SCREEN_DRILL:
		rcc_screen_draw_drill(canvas);
		break;
	case RCC_SCREEN_HELP:
		rcc_screen_draw_help(canvas);
		break;
	case RCC_SCREEN_SAID:
		rcc_screen_draw_said(canvas);
		break;
	}
}

/* Said is not received, and without a position no ship is told. */
static const char *
small_distress(const struct rcc_screen *screen)
{
	const struct rcc_board_distress *ours = &screen->board->distress;

	if (ours->word.refusal != 0)
		return _("OUR DISTRESS IS REFUSED: use the radio");
	if (ours->word.entry_seq == 0)
		return _("OUR DISTRESS IS NOT YET RECEIVED; more in a larger window");
	if (!rcc_pos_is_known(ours->pos))
		return _("OUR DISTRESS IS RECEIVED WITHOUT A POSITION: SAY IT (o)");
	return _("OUR DISTRESS IS RECEIVED; more in a larger window");
}

/* Where nothing fits: why, our own distress, what is typed, and what the last key did. */
static void
draw_small(struct rcc_canvas *canvas)
{
	const struct rcc_screen *screen = canvas->screen;
	const char *form = _("D distress of our own ship");

	rcc_canvas_text(canvas, 2, 0, canvas->cols, RCC_INK_STRONG,
	                _("this window is too small: 80 columns and 24 lines are needed"));
	if (screen->kind == RCC_SCREEN_DISTRESS) {
		form = _("DISTRESS OF OUR OWN SHIP: S SENDS IT, Esc does not");
		if (screen->distress.is_sent)
			form = small_distress(screen);
	}
	rcc_canvas_text(canvas, 3, 0, canvas->cols, RCC_INK_STRONG, form);
	if (screen->edit.field != RCC_FIELD_NONE) {
		draw_edit(canvas);
	} else {
		draw_said(canvas);
	}
}

void
rcc_screen_draw(struct rcc_canvas *canvas)
{
	canvas->top = ROWS_ABOVE;
	canvas->left = 2;
	canvas->height = canvas->rows - ROWS_AROUND;
	canvas->width = canvas->cols - 4;
	draw_status(canvas);
	rcc_screen_draw_banner(canvas);
	canvas->is_small = canvas->rows < RCC_CANVAS_ROWS_MIN || canvas->cols < RCC_CANVAS_COLS_MIN;
	if (canvas->is_small) {
		draw_small(canvas);
		return;
	}
	draw_frame(canvas);
	draw_inside(canvas);
	if (canvas->screen->edit.field != RCC_FIELD_NONE) {
		draw_edit(canvas);
	} else {
		draw_said(canvas);
	}
	rcc_canvas_bar(canvas, canvas->rows - 1, RCC_INK_CHOSEN);
	rcc_canvas_text(canvas, canvas->rows - 1, 1, canvas->cols - 1, RCC_INK_CHOSEN, keys_of(canvas->screen));
}

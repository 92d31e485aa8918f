/* The screens that say something: answer, survivors, distress, drill. */
#include <stdio.h>
#include <string.h>

#include "crew/screen_draw.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

/* Who is farther away than this is not on scene, or the position is wrong. */
#define ON_SCENE_NM 3.0

/* ---- answer ---- */

static void
draw_reasons(struct rcc_canvas *canvas, int row)
{
	const struct rcc_screen *screen = canvas->screen;

	for (int reason = RCC_REASON_DISABLED; reason <= RCC_REASON_LAST; reason++) {
		bool is_chosen = screen->answer.reason == (enum rcc_reason)reason;

		rcc_canvas_line(canvas, row++, is_chosen ? RCC_INK_CHOSEN : RCC_INK_TEXT, "%s%d  %s",
		                is_chosen ? "> " : "  ", reason, rcc_crew_reason_words((enum rcc_reason)reason));
	}
	if (screen->answer.remark[0] != '\0') {
		row = rcc_canvas_wrap(canvas, row, 5, RCC_INK_STRONG, screen->answer.remark);
	}
	if (screen->answer.reason != RCC_REASON_NONE) {
		rcc_canvas_wrap(
		    canvas, row + 1, 0, RCC_INK_STRONG,
		    _("Enter sends it. SOLAS V/33.1: enter the reason in the log book (`log` prints the extract)."));
	} else {
		rcc_canvas_wrap(canvas, row + 1, 0, RCC_INK_STRONG,
		                _("Press the number of the reason. It goes to the centre and into the ship's log."));
	}
}

/* As one says it. */
static const char *
said_as(enum rcc_answer_kind kind)
{
	switch (kind) {
	case RCC_ANSWER_PROCEEDING:
		return _("WE ARE PROCEEDING");
	case RCC_ANSWER_UNABLE:
		return _("WE ARE UNABLE");
	case RCC_ANSWER_NEED_DETAIL:
		return _("WE NEED DETAIL");
	case RCC_ANSWER_ON_SCENE:
		return _("WE ARE ON SCENE");
	case RCC_ANSWER_DONE:
		return _("WE HAVE FINISHED");
	}
	return "";
}

/* It is this that is answered, and nothing about the casualty. */
static void
draw_order(struct rcc_canvas *canvas, const struct rcc_board_case *c)
{
	char line[RCC_CREW_LINE_MAX], words[RCC_CREW_WORDS_SIZE];

	snprintf(line, sizeof line, _("%s%u, the centre to us: %s"), rcc_crew_line_mark(c->last.class), c->order_number,
	         rcc_crew_centre_words(words, c->order_text));
	(void)rcc_canvas_wrap(canvas, 1, 0, RCC_INK_TEXT, line);
}

void
rcc_screen_draw_answer(struct rcc_canvas *canvas)
{
	const struct rcc_screen *screen = canvas->screen;
	const struct rcc_board_case *c = rcc_screen_case(screen);
	char line[160], headline[RCC_CREW_LINE_MAX];

	if (c == NULL) {
		return;
	}
	struct rcc_board_way way = rcc_board_way(screen->board, c, screen->at_ms);
	rcc_crew_headline(headline, sizeof headline, &c->last);
	rcc_crew_way_line(line, sizeof line, &way);
	rcc_canvas_line(canvas, 0, RCC_INK_STRONG, _("%sANSWER: %s"), rcc_crew_line_mark(c->last.class),
	                said_as(screen->answer.kind));
	if (screen->answer.is_to_order && !screen->answer.is_whole) {
		draw_order(canvas, c);
	} else {
		(void)rcc_canvas_wrap(canvas, 1, 0, RCC_INK_TEXT, headline);
		rcc_canvas_line(canvas, 3, RCC_INK_TEXT, "%s%s", rcc_crew_line_mark(c->last.class), line);
	}
	if (screen->answer.kind == RCC_ANSWER_UNABLE) {
		if (screen->answer.is_to_order) {
			rcc_canvas_line(
			    canvas, 4, RCC_INK_STRONG, "%s",
			    screen->answer.is_whole
			        ? _("OF THE WHOLE CASE: we can do nothing more. o: of the order alone")
			        : _("TO THIS ORDER ALONE: of the case nothing changes. o: of the whole case"));
		}
		draw_reasons(canvas, 5);
		return;
	}
	if (screen->answer.kind == RCC_ANSWER_PROCEEDING && screen->answer.is_whole) {
		rcc_canvas_line(canvas, 4, RCC_INK_STRONG,
		                _("TO WHAT WE ARE ORDERED AS A SHIP; then p again, to %u alone"), c->order_number);
	}
	if (screen->answer.kind == RCC_ANSWER_PROCEEDING && screen->answer.is_to_order && !screen->answer.is_whole) {
		rcc_canvas_line(canvas, 5, RCC_INK_STRONG, _("time to get there: %s"),
		                screen->answer.eta[0] != '\0' ? screen->answer.eta : _("not said"));
		rcc_canvas_line(canvas, 6, RCC_INK_TEXT, "%s", _("type 95min, 2h, 1h35, 16:00 (UTC), or nothing"));
	} else if (screen->answer.kind == RCC_ANSWER_PROCEEDING) {
		rcc_canvas_line(canvas, 5, RCC_INK_STRONG, _("time to the scene: %s"),
		                screen->answer.eta[0] != '\0' ? screen->answer.eta : _("not said"));
		if (screen->answer.is_assumed) {
			rcc_canvas_line(canvas, 6, RCC_INK_STRONG,
			                _("OUR SPEED IS NOT KNOWN: proposed for %d kn; or type 95min, 1h35, 16:00"),
			                RCC_SCREEN_ASSUMED_KN);
		} else {
			rcc_canvas_line(
			    canvas, 6, RCC_INK_TEXT, "%s",
			    way.is_centres_kn
			        ? _("proposed for the speed the CENTRE reckons with, known or not; or type 95min, 1h35")
			        : _("proposed from range and speed; or type 95min, 2h, 1h35, 16:00 (UTC)"));
		}
	}
	if (screen->answer.kind == RCC_ANSWER_ON_SCENE && way.is_ours && way.nm > ON_SCENE_NM) {
		rcc_canvas_line(canvas, 5, RCC_INK_ALARM, _("BUT WE ARE %.1f NM FROM IT, by our own position"), way.nm);
	}
	if (screen->answer.remark[0] != '\0') {
		rcc_canvas_wrap(canvas, 8, 0, RCC_INK_TEXT, screen->answer.remark);
	}
	rcc_canvas_line(canvas, 11, RCC_INK_STRONG, _("Enter sends it, by %s; Esc sends nothing."), screen->by);
}

/* ---- survivors ---- */

static void
draw_row(struct rcc_canvas *canvas, uint32_t index)
{
	const struct rcc_screen *screen = canvas->screen;
	bool is_left = index < RCC_SCREEN_ROWS_LEFT,
	     is_chosen = index == screen->report.row && !screen->report.is_review;
	int row = (int)(is_left ? index : index - RCC_SCREEN_ROWS_LEFT) + 1;
	const struct rcc_screen_row *what = rcc_screen_row(index);
	const char *value = screen->report.value[index];
	char text[3 * RCC_TEXT_MAX];
	int half = canvas->width / 2;

	if (what->kind == RCC_ROW_NEED || what->kind == RCC_ROW_FLAG) {
		snprintf(text, sizeof text, "%s[%s] %s", is_chosen ? "> " : "  ", value[0] != '\0' ? "X" : " ",
		         gettext(what->label));
	} else {
		snprintf(text, sizeof text, "%s%5s  %s%s%s", is_chosen ? "> " : "  ",
		         what->kind == RCC_ROW_TEXT ? ""
		         : value[0] != '\0'         ? value
		                                    : "-",
		         gettext(what->label), what->kind == RCC_ROW_TEXT ? ": " : "",
		         what->kind == RCC_ROW_TEXT ? value : "");
	}
	rcc_canvas_text(canvas, canvas->top + row, canvas->left + (is_left ? 0 : half), half - 1,
	                is_chosen          ? RCC_INK_CHOSEN
	                : value[0] != '\0' ? RCC_INK_STRONG
	                                   : RCC_INK_TEXT,
	                text);
}

void
rcc_screen_draw_survivors(struct rcc_canvas *canvas)
{
	const struct rcc_screen *screen = canvas->screen;
	const struct rcc_board_case *c = rcc_screen_case(screen);

	if (c == NULL) {
		rcc_canvas_line(canvas, 0, RCC_INK_STRONG, "%s", _("no case is chosen"));
		return;
	}
	rcc_canvas_line(canvas, 0, RCC_INK_STRONG, _("%sSURVIVORS aboard us, %04u-%04u: %u. Counts, never names."),
	                rcc_crew_line_mark(c->last.class), c->last.incident_year, c->last.incident_number,
	                rcc_screen_report_sum(screen));
	rcc_canvas_text(canvas, canvas->top, canvas->left + canvas->width * 3 / 4 + 2, canvas->width / 4,
	                RCC_INK_STRONG, _("WHAT WE NEED"));
	for (uint32_t i = 0; i < RCC_SCREEN_ROWS; i++) {
		draw_row(canvas, i);
	}
	if (screen->report.is_review) {
		rcc_canvas_text(canvas, canvas->top + 13, canvas->left + canvas->width / 2, canvas->width / 2,
		                RCC_INK_ALARM, _("READ IT BACK: is all of it right?"));
		rcc_canvas_text(canvas, canvas->top + 14, canvas->left + canvas->width / 2, canvas->width / 2,
		                RCC_INK_STRONG, _("S sends it. Esc goes back."));
	}
}

/* ---- distress ---- */

/* What became of a message of ours, from second to second. Returns the row after it. */
static int
draw_word(struct rcc_canvas *canvas, int row, const char *what, const struct rcc_board_word *word, enum rcc_class class)
{
	char sent[16], taken[16], text[240];

	rcc_screen_clock(sent, word->at_ms);
	if (word->refusal != 0) {
		rcc_canvas_line(canvas, row, RCC_INK_ALARM, _("%s: said %s, REFUSED (%s): use the radio"), what, sent,
		                rcc_crew_term(rcc_refusal_word(word->refusal)));
	} else if (word->entry_seq != 0) {
		rcc_canvas_line(canvas, row, RCC_INK_STRONG, _("%s: said %s, RECEIVED by %s %s, entry %llu"), what,
		                sent, canvas->crew->centre[0] != '\0' ? canvas->crew->centre : _("the centre"),
		                rcc_screen_clock(taken, word->entry_at_ms), (unsigned long long)word->entry_seq);
	} else {
		rcc_canvas_line(canvas, row, RCC_INK_ALARM, _("%s: said %s, NOT YET RECEIVED"), what, sent);
		snprintf(text, sizeof text, "%s",
		         class == RCC_CLASS_LIVE ? _("It is sent until it is received; USE YOUR RADIO TOO.")
		                                 : _("It is sent until it is received."));
		return rcc_canvas_wrap(canvas, row + 1, 2, RCC_INK_STRONG, text);
	}
	return row + 1;
}

/* What the others were told of us: whoever hears it may have to put it right. */
static int
draw_told(struct rcc_canvas *canvas, int row)
{
	const struct rcc_board_distress *ours = &canvas->screen->board->distress;
	const struct rcc_board_case *c = rcc_board_find(canvas->screen->board, ours->incident);
	const char *mark = rcc_crew_line_mark(ours->class);
	char text[RCC_TEXT_MAX + 200], pos[RCC_POS_TEXT_SIZE], persons[48];

	if (!ours->is_relayed || c == NULL) {
		return row;
	}
	rcc_crew_number_words(persons, c->last.persons);
	snprintf(text, sizeof text,
	         _("%sTHE CENTRE CALLS SHIPS; WHO HEARS IT IS NOT KNOWN HERE, ask it: %s at %s, persons: %s"), mark,
	         rcc_crew_term(rcc_nature_word(c->last.nature)), rcc_crew_pos_words(pos, c->last.pos), persons);
	return rcc_canvas_wrap(canvas, row, 0, RCC_INK_STRONG, text);
}

/* A relay without a place would send everybody nowhere: the centre tells the ships once it has one. */
static int
draw_no_position(struct rcc_canvas *canvas, int row)
{
	const struct rcc_board_distress *ours = &canvas->screen->board->distress;

	if (!ours->is_on || ours->is_relayed || rcc_pos_is_known(ours->pos)) {
		return row;
	}
	rcc_canvas_line(canvas, row, RCC_INK_ALARM, "%s",
	                ours->word.entry_at_ms != 0
	                    ? _("NO POSITION: the centre knows, but NO SHIP IS TOLD before it has one.")
	                    : _("NO POSITION: NO SHIP IS TOLD before the centre has one."));
	return rcc_canvas_wrap(canvas, row + 1, 2, RCC_INK_STRONG, _("o types it, and sends it at once."));
}

static void
draw_sent(struct rcc_canvas *canvas)
{
	const struct rcc_board_distress *ours = &canvas->screen->board->distress;
	const char *mark = rcc_crew_line_mark(ours->class);
	char pos[RCC_POS_TEXT_SIZE], clock[16], persons[48];

	if (ours->word.at_ms == 0) {
		rcc_canvas_line(canvas, 0, RCC_INK_STRONG, "%s",
		                canvas->screen->distress.class == RCC_CLASS_TEST
		                    ? _("it is sent; a test raises nothing")
		                    : _("not sent yet"));
		return;
	}
	rcc_canvas_line(canvas, 0, RCC_INK_ALARM, ours->is_on ? _("%sOUR DISTRESS IS ON") : _("%sour distress is over"),
	                rcc_crew_class_mark(ours->class));
	rcc_crew_number_words(persons, ours->persons);
	rcc_canvas_line(canvas, 1, RCC_INK_STRONG, _("%s%s at %s, persons: %s"), mark,
	                rcc_crew_term(rcc_nature_word(ours->nature)), rcc_crew_pos_words(pos, ours->pos), persons);
	int row = draw_word(canvas, 3, _("distress"), &ours->word, ours->class);
	if (ours->more.at_ms != 0) {
		row = draw_word(canvas, row, _("what we added"), &ours->more, ours->class);
	}
	row = draw_told(canvas, draw_no_position(canvas, row));
	if (ours->withdrawal.at_ms != 0) {
		row = draw_word(canvas, row, _("withdrawal"), &ours->withdrawal, ours->class);
	}
	if (ours->withdrawal.at_ms != 0 && ours->is_on) {
		row = rcc_canvas_wrap(canvas, row, 0, RCC_INK_TEXT,
		                      _("Ships go on until an officer has cancelled it: tell them by radio too."));
	}
	if (!ours->is_on && ours->ended_at_ms != 0) {
		rcc_canvas_line(canvas, row, RCC_INK_STRONG, _("the centre ended it %s"),
		                rcc_screen_clock(clock, ours->ended_at_ms));
		return;
	}
	rcc_canvas_wrap(canvas, row + 1, 0, RCC_INK_TEXT,
	                ours->withdrawal.at_ms != 0
	                    ? _("It stands until the centre ends it. No time ends it.")
	                    : _("It stands until the centre ends it, or you withdraw it (C). No time ends it."));
}

static void
draw_natures(struct rcc_canvas *canvas, int row)
{
	const struct rcc_screen *screen = canvas->screen;
	char text[40];

	for (int i = RCC_NATURE_FIRE; i <= RCC_NATURE_MOB; i++) {
		char key = i < RCC_NATURE_PIRACY ? (char)('0' + i) : i == RCC_NATURE_PIRACY ? '0' : 'm';
		bool is_chosen = screen->distress.nature == (enum rcc_nature)i;
		int at = i - 1;

		snprintf(text, sizeof text, "%s%c %s", is_chosen ? "> " : "  ", key,
		         rcc_crew_term(rcc_nature_word((enum rcc_nature)i)));
		rcc_canvas_text(canvas, canvas->top + row + at % 4, canvas->left + at / 4 * 24, 23,
		                is_chosen ? RCC_INK_CHOSEN : RCC_INK_TEXT, text);
	}
}

static void
draw_draft(struct rcc_canvas *canvas)
{
	const struct rcc_screen *screen = canvas->screen;
	const char *mark = rcc_crew_line_mark(screen->distress.class);
	char age[24], pos[80], where[RCC_POS_TEXT_SIZE];

	rcc_canvas_line(canvas, 0, RCC_INK_ALARM,
	                screen->board->distress.is_on
	                    ? _("%sMORE OF OUR DISTRESS, WHICH IS ON: S SENDS IT. What is new is not sent yet.")
	                    : _("%sDISTRESS OF OUR OWN SHIP: S SENDS IT. Nothing is sent yet."),
	                rcc_crew_class_mark(screen->distress.class));
	rcc_canvas_line(canvas, 2, RCC_INK_STRONG, _("%snature: %s"), mark,
	                rcc_crew_term(rcc_nature_word(screen->distress.nature)));
	draw_natures(canvas, 3);
	if (screen->distress.pos[0] != '\0') {
		snprintf(pos, sizeof pos, _("%s (typed)"), screen->distress.pos);
	} else if (rcc_screen_has_fix(screen)) {
		snprintf(pos, sizeof pos, _("%s (%s old)"), rcc_crew_pos_words(where, screen->board->own.pos),
		         rcc_screen_age(age, screen->at_ms - screen->board->own.at_ms));
	} else {
		snprintf(pos, sizeof pos, "%s", _("NOT KNOWN: o types it; S sends all the same"));
	}
	rcc_canvas_line(canvas, 8, RCC_INK_STRONG, _("%so position: %s"), mark, pos);
	rcc_canvas_line(canvas, 9, RCC_INK_TEXT, _("%sn persons: %s"), mark,
	                screen->distress.persons[0] != '\0' ? screen->distress.persons : _("not said"));
	rcc_canvas_line(canvas, 10, RCC_INK_TEXT, _("%st remark: %s"), mark, screen->distress.words);
	rcc_canvas_line(canvas, 11, RCC_INK_TEXT, _("%se class: %s"), mark,
	                rcc_screen_class_name(screen->distress.class));
	if (screen->distress.is_refused) {
		rcc_canvas_line(canvas, 12, RCC_INK_ALARM, "%s",
		                _("NOT SENT: see below what is wrong. S tries again. USE YOUR RADIO."));
	}
	rcc_canvas_wrap(
	    canvas, 13, 0, RCC_INK_TEXT,
	    screen->distress.class == RCC_CLASS_LIVE
	        ? _("S alone is enough. Use your radio too: this neither replaces DSC nor a MAYDAY by voice.")
	        : _("Not live: no ship is called to our help by it. Say nothing of it by radio as a distress."));
}

void
rcc_screen_draw_distress(struct rcc_canvas *canvas)
{
	if (canvas->screen->distress.is_sent) {
		draw_sent(canvas);
	} else {
		draw_draft(canvas);
	}
}

/* ---- drill ---- */

void
rcc_screen_draw_drill(struct rcc_canvas *canvas)
{
	const struct rcc_board *board = canvas->screen->board;
	char clock[16];

	rcc_canvas_line(canvas, 0, RCC_INK_STRONG, "%s", _("DRILL: nothing on this page is live"));
	if (board->is_in_drill) {
		rcc_canvas_line(canvas, 2, RCC_INK_STRONG, _("We take part in exercises since %s%s."),
		                rcc_screen_clock(clock, board->drill.at_ms),
		                board->drill.entry_seq != 0 ? "" : _(" (not yet accepted)"));
	} else {
		rcc_canvas_line(canvas, 2, RCC_INK_STRONG, "%s", _("We take no part in exercises."));
	}
	rcc_canvas_line(canvas, 4, RCC_INK_TEXT, "%s",
	                board->is_in_drill ? _("j  leave: exercises reach this ship no longer")
	                                   : _("j  join: exercises reach this ship for 12 hours"));
	rcc_canvas_line(canvas, 5, RCC_INK_TEXT, "%s",
	                _("e  raise an EXERCISE distress: no ship hears of it as a live one"));
	rcc_canvas_line(canvas, 6, RCC_INK_TEXT, "%s",
	                _("t  test the alarm: the bell and the alarm command, here only"));
}

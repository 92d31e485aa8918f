/* The screens that say something: an answer, a distress, a drill; and what is typed on them. */
#include <stdio.h>
#include <string.h>

#include "crew/crew.h"
#include "crew/screen_model.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

/* A proposed ETA is a promise: it is rounded up to what people say. */
#define ETA_STEP_MIN 5

/* ---- answers ---- */

static void
propose_eta(struct rcc_screen *screen, const struct rcc_board_case *c)
{
	struct rcc_board_way way = rcc_board_way(screen->board, c, screen->at_ms);

	screen->answer.eta[0] = '\0';
	screen->answer.is_assumed = way.is_known && way.eta_min == RCC_ETA_UNKNOWN_MIN;
	if (screen->answer.is_assumed) {
		way.eta_min = (uint32_t)(way.nm / RCC_SCREEN_ASSUMED_KN * 60 + 0.5);
	}
	if (way.eta_min != RCC_ETA_UNKNOWN_MIN) {
		uint32_t min = (way.eta_min + ETA_STEP_MIN - 1) / ETA_STEP_MIN * ETA_STEP_MIN;

		snprintf(screen->answer.eta, sizeof screen->answer.eta, "%umin", min);
	}
	rcc_screen_edit(screen, RCC_FIELD_ETA, screen->answer.eta, true);
}

bool
rcc_screen_is_asked(struct rcc_screen *screen, const struct rcc_board_case *c)
{
	if (c->is_lost) {
		rcc_screen_say(screen, _("the centre has lost this case: tell it of it, by radio too"));
	} else if (rcc_board_is_ours(screen->board, &c->last)) {
		rcc_screen_say(screen, _("this is our own distress: D, then N says more, C takes it back"));
	} else if (c->is_over) {
		rcc_screen_say(screen, _("it is over: nobody is asked for anything any more"));
	} else {
		return true;
	}
	return false;
}

/* Of a case that is over the ship with survivors aboard has one thing to say: that they are ashore, and she is done. */
static bool
is_last_word(const struct rcc_board_case *c, enum rcc_answer_kind kind)
{
	return kind == RCC_ANSWER_DONE && c->aboard > 0 && !c->is_lost;
}

void
rcc_screen_open_answer(struct rcc_screen *screen, enum rcc_answer_kind kind)
{
	const struct rcc_board_case *c = rcc_screen_case(screen);

	if (c == NULL) {
		rcc_screen_say(screen, _("nothing is open"));
		return;
	}
	if (!is_last_word(c, kind) && !rcc_screen_is_asked(screen, c)) {
		return;
	}
	rcc_screen_go(screen, RCC_SCREEN_ANSWER);
	memset(&screen->answer, 0, sizeof screen->answer);
	screen->answer.kind = kind;
	screen->answer.number = c->last.number;
	screen->answer.order_number = c->order_number;
	screen->answer.is_to_order = rcc_board_is_to_order(screen->board, c, c->last_number) &&
	                             (kind == RCC_ANSWER_PROCEEDING || kind == RCC_ANSWER_UNABLE);
	/* What binds her most is answered first: the requisition, and then the order that came after it. */
	screen->answer.is_whole = screen->answer.is_to_order && c->is_named_open && kind == RCC_ANSWER_PROCEEDING;
	/* How long it takes to the casualty says nothing of another place. */
	if (kind == RCC_ANSWER_PROCEEDING && screen->answer.is_to_order && !screen->answer.is_whole) {
		screen->answer.is_empty_asked = true;
		rcc_screen_edit(screen, RCC_FIELD_ETA, "", true);
	} else if (kind == RCC_ANSWER_PROCEEDING) {
		propose_eta(screen, c);
	}
}

static void
send_answer(struct rcc_screen *screen)
{
	const struct rcc_board_case *c = rcc_screen_case(screen);
	char words[80];

	if (c == NULL) {
		rcc_screen_go(screen, RCC_SCREEN_WATCH);
		return;
	}
	/* Whoever opened the form had read another call: what has come meanwhile is read before anything is said to it. */
	if ((c->is_over && !is_last_word(c, screen->answer.kind)) || c->last.number != screen->answer.number ||
	    c->order_number != screen->answer.order_number) {
		rcc_screen_say(screen, _("NOTHING WAS SENT: this case has changed while you typed. Read it here"));
		rcc_screen_go(screen, RCC_SCREEN_ALERT);
		return;
	}
	snprintf(words, sizeof words, "answer %04u-%04u %s", c->last.incident_year, c->last.incident_number,
	         rcc_answer_word(screen->answer.kind));
	char *line = rcc_screen_line(screen, words);
	if (screen->answer.kind == RCC_ANSWER_PROCEEDING && screen->answer.eta[0] != '\0') {
		rcc_screen_word(line, "--eta");
		rcc_screen_quoted(line, screen->answer.eta);
	}
	if (screen->answer.kind == RCC_ANSWER_UNABLE) {
		rcc_screen_word(line, "--reason");
		rcc_screen_word(line, rcc_reason_word(screen->answer.reason));
	}
	if (screen->answer.is_whole) {
		rcc_screen_word(line, "--whole");
	}
	if (screen->answer.remark[0] != '\0') {
		rcc_screen_word(line, "--text");
		rcc_screen_quoted(line, screen->answer.remark);
	}
	rcc_screen_word(line, "--by");
	rcc_screen_quoted(line, screen->by);
	rcc_screen_go(screen, RCC_SCREEN_ALERT);
}

/* A time to go, or a time of the day (UTC): the centre is told how long. Empty is nothing said. */
static bool
read_eta(struct rcc_screen *screen, uint32_t *ret_min)
{
	const char *text = screen->edit.text;

	if (text[0] != '\0' &&
	    (strlen(text) >= sizeof screen->answer.eta || !rcc_crew_eta_parse(text, screen->at_ms, ret_min))) {
		rcc_screen_say(screen, _("that time cannot be read; write 95min, 2h, 1h35 or 16:00 (UTC)"));
		return false;
	}
	if (strchr(text, ':') != NULL) {
		snprintf(screen->answer.eta, sizeof screen->answer.eta, "%umin", *ret_min);
	} else {
		memcpy(screen->answer.eta, text, strlen(text) + 1);
	}
	return true;
}

/* Enter: sends what is complete, and asks for what is not. */
static void
finish_answer(struct rcc_screen *screen)
{
	if (screen->answer.kind == RCC_ANSWER_UNABLE && screen->answer.reason == RCC_REASON_NONE) {
		rcc_screen_say(screen, _("choose a reason by its number: SOLAS V/33.1 has it written in the log"));
		return;
	}
	if (screen->answer.reason == RCC_REASON_OTHER && screen->answer.remark[0] == '\0') {
		rcc_screen_edit(screen, RCC_FIELD_REMARK, "", false);
		return;
	}
	send_answer(screen);
}

void
rcc_screen_answer_key(struct rcc_screen *screen, uint32_t key)
{
	bool is_reason = screen->answer.kind == RCC_ANSWER_UNABLE && key >= '1' && key < '1' + RCC_REASON_LAST;

	if (key == RCC_KEY_ESCAPE) {
		rcc_screen_go(screen, screen->back);
		rcc_screen_say(screen, _("nothing was sent"));
	} else if (key == RCC_KEY_ENTER) {
		finish_answer(screen);
	} else if (is_reason) {
		screen->answer.reason = (enum rcc_reason)(key - '0');
		if (screen->answer.reason == RCC_REASON_OTHER) {
			rcc_screen_edit(screen, RCC_FIELD_REMARK, screen->answer.remark, false);
		}
	} else if (key == 'r') {
		rcc_screen_edit(screen, RCC_FIELD_REMARK, screen->answer.remark, false);
	} else if (key == 'o' && screen->answer.kind == RCC_ANSWER_UNABLE && screen->answer.is_to_order) {
		screen->answer.is_whole = !screen->answer.is_whole;
	} else if (key == 'e' && screen->answer.kind == RCC_ANSWER_PROCEEDING) {
		rcc_screen_edit(screen, RCC_FIELD_ETA, screen->answer.eta, true);
	} else if (key == 'D') {
		rcc_screen_open_distress(screen);
	} else if (key == 'm') {
		screen->wants_silence = true;
	}
}

void
rcc_screen_remark_with_eta(struct rcc_screen *screen)
{
	uint32_t min = 0;

	if (read_eta(screen, &min)) {
		rcc_screen_edit(screen, RCC_FIELD_REMARK, screen->answer.remark, false);
	}
}

/* ---- our own distress ---- */

void
rcc_screen_open_distress(struct rcc_screen *screen)
{
	const struct rcc_board_distress *ours = &screen->board->distress;

	rcc_screen_go(screen, RCC_SCREEN_DISTRESS);
	memset(&screen->distress, 0, sizeof screen->distress);
	screen->distress.opened_at_ms = screen->at_ms;
	screen->distress.class = RCC_CLASS_LIVE;
	/* What was withdrawn is raised anew like any other. */
	screen->distress.is_sent = ours->is_on && ours->withdrawal.at_ms == 0;
	if (ours->is_on) {
		/* What is said anew begins with what was said before. */
		screen->distress.class = ours->class;
		screen->distress.nature = ours->nature;
		if (ours->persons != 0) {
			snprintf(screen->distress.persons, sizeof screen->distress.persons, "%u", ours->persons);
		}
	}
}

static void
send_distress(struct rcc_screen *screen)
{
	char *line = rcc_screen_line(screen, "distress --yes");

	if (screen->distress.class != RCC_CLASS_LIVE) {
		rcc_screen_word(line, screen->distress.class == RCC_CLASS_TEST ? "--test" : "--exercise");
	}
	if (screen->distress.nature != RCC_NATURE_NOT_STATED) {
		rcc_screen_word(line, "--nature");
		rcc_screen_word(line, rcc_nature_word(screen->distress.nature));
	}
	/* What was typed stands, of now; otherwise the verb takes our own position, of the time that it has. */
	if (screen->distress.pos[0] != '\0') {
		rcc_screen_word(line, "--pos");
		rcc_screen_quoted(line, screen->distress.pos);
	}
	if (screen->distress.persons[0] != '\0') {
		rcc_screen_word(line, "--persons");
		rcc_screen_word(line, screen->distress.persons);
	}
	if (screen->distress.words[0] != '\0') {
		rcc_screen_word(line, "--text");
		rcc_screen_quoted(line, screen->distress.words);
	}
	screen->distress.is_sent = true;
	screen->distress.is_refused = false;
}

void
rcc_screen_not_sent(struct rcc_screen *screen)
{
	screen->distress.is_sent = false;
	screen->distress.is_refused = true;
}

/* One key each for the natures of a DSC call. */
static enum rcc_nature
nature_of(uint32_t key)
{
	if (key >= '1' && key <= '9') {
		return (enum rcc_nature)(key - '0');
	}
	if (key == '0') {
		return RCC_NATURE_PIRACY;
	}
	return key == 'm' ? RCC_NATURE_MOB : RCC_NATURE_NOT_STATED;
}

static void
next_class(struct rcc_screen *screen)
{
	static const enum rcc_class after[] = {[RCC_CLASS_LIVE] = RCC_CLASS_EXERCISE,
	                                       [RCC_CLASS_EXERCISE] = RCC_CLASS_TEST,
	                                       [RCC_CLASS_TEST] = RCC_CLASS_LIVE};

	screen->distress.class = after[screen->distress.class];
}

static bool
is_just_now(const struct rcc_screen *screen, int64_t since_ms, int64_t for_ms)
{
	return since_ms != 0 && screen->at_ms >= since_ms && screen->at_ms - since_ms < for_ms;
}

/* Is somebody typing a word in capitals, which nobody means as a distress? */
static bool
is_typed_by_accident(const struct rcc_screen *screen)
{
	return is_just_now(screen, screen->distress.opened_at_ms, RCC_SCREEN_STEP_MS) ||
	       is_just_now(screen, screen->typed_at_ms, RCC_SCREEN_TYPED_MS);
}

/* Before it is sent. */
static void
draft_key(struct rcc_screen *screen, uint32_t key)
{
	if (key == 'S' && is_typed_by_accident(screen)) {
		rcc_screen_say(screen,
		               _("NOT SENT: that came as fast as text that is typed; S again sends the distress"));
	} else if (key == 'S' && screen->distress.is_more && !screen->board->distress.is_on) {
		/* Who adds to a distress does not raise another one without knowing it. */
		screen->distress.is_more = false;
		rcc_screen_say(screen,
		               _("NOT SENT: our distress was ENDED meanwhile; S again raises a NEW one, Esc does not"));
	} else if (key == 'S') {
		send_distress(screen);
	} else if (nature_of(key) != RCC_NATURE_NOT_STATED) {
		screen->distress.nature = nature_of(key);
	} else if (key == 'n') {
		rcc_screen_edit(screen, RCC_FIELD_PERSONS, screen->distress.persons, true);
	} else if (key == 't') {
		rcc_screen_edit(screen, RCC_FIELD_WORDS, screen->distress.words, false);
	} else if (key == 'o') {
		rcc_screen_edit(screen, RCC_FIELD_POS, screen->distress.pos, true);
	} else if (key == 'e' && screen->board->distress.is_on) {
		/* More about a distress is of its class: as an exercise it would reach nobody who looks for us. */
		rcc_screen_say(screen, _("our distress is on: what is added to it is as live as it is"));
	} else if (key == 'e') {
		next_class(screen);
	}
}

bool
rcc_screen_distress_key(struct rcc_screen *screen, uint32_t key)
{
	bool is_on = screen->board->distress.is_on;

	if (key == RCC_KEY_ESCAPE) {
		if (is_on || !screen->distress.is_sent) {
			rcc_screen_say(screen, is_on ? _("the distress stands") : _("nothing was sent"));
		}
		rcc_screen_go(screen, RCC_SCREEN_WATCH);
	} else if (!screen->distress.is_sent) {
		draft_key(screen, key);
	} else if (key == 'C' && is_on) {
		rcc_screen_edit(screen, RCC_FIELD_WITHDRAW, "", false);
	} else if (key == 'N') {
		/* Another one, with more in it: it joins the case, and is of its class. */
		screen->distress.is_sent = false;
		screen->distress.words[0] = '\0';
		screen->distress.is_more = is_on;
		if (is_on) {
			screen->distress.class = screen->board->distress.class;
		}
	} else if ((key == 'o' || key == 'g') && is_on) {
		/* The position follows by itself: it goes as the same distress, and the case has it. */
		rcc_screen_edit(screen, RCC_FIELD_POS, "", false);
	} else if (key != 'm' && key != 'S') {
		return false;
	} else if (key == 'm') {
		screen->wants_silence = true;
	}
	return true;
}

/* ---- drills ---- */

void
rcc_screen_drill_key(struct rcc_screen *screen, uint32_t key)
{
	if (key == 'j') {
		rcc_screen_line(screen, screen->board->is_in_drill ? "drill leave" : "drill join");
	} else if (key == 't') {
		screen->wants_sound_test = true;
	} else if (screen->board->distress.is_on && screen->board->distress.class == RCC_CLASS_LIVE) {
		rcc_screen_say(screen, _("our own distress is on, and live: this is no time for an exercise"));
	} else {
		rcc_screen_open_distress(screen);
		screen->distress.class = RCC_CLASS_EXERCISE;
		screen->distress.is_sent = false;
	}
}

/* ---- what was typed ---- */

static bool
take_pos(struct rcc_screen *screen)
{
	struct rcc_pos pos;

	if (screen->edit.text[0] == '\0' || rcc_screen_typed_pos(screen, &pos)) {
		return true;
	}
	rcc_screen_say(screen, _("that position cannot be read; write 35-12.40N 012-36.05E or 35.2067 12.6008"));
	return false;
}

static bool
take_persons(struct rcc_screen *screen)
{
	size_t len = strlen(screen->edit.text);

	if (len >= sizeof screen->distress.persons || strspn(screen->edit.text, "0123456789") != len) {
		rcc_screen_say(screen, _("persons are a number"));
		return false;
	}
	memcpy(screen->distress.persons, screen->edit.text, len + 1);
	return true;
}

static bool
take_eta(struct rcc_screen *screen)
{
	uint32_t min = 0;

	if (!read_eta(screen, &min)) {
		return false;
	}
	if (screen->answer.eta[0] == '\0' && !screen->answer.is_empty_asked) {
		screen->answer.is_empty_asked = true;
		rcc_screen_say(screen, _("no time is typed: the centre plans by it; Enter again sends without one"));
		return false;
	}
	return true;
}

/* A position: of ours, or of the distress that is being made. */
static void
take_place(struct rcc_screen *screen, enum rcc_screen_field field)
{
	struct rcc_pos pos;
	char text[RCC_POS_TEXT_SIZE];

	if (!take_pos(screen)) {
		screen->edit.field = field;
	} else if (field == RCC_FIELD_POS) {
		/* As it was read back, and not as it was typed: what the other end cannot read would be no distress. */
		screen->distress.pos[0] = '\0';
		if (rcc_screen_typed_pos(screen, &pos)) {
			rcc_pos_format(screen->distress.pos, pos);
		}
		if (screen->distress.is_sent && screen->distress.pos[0] != '\0') {
			send_distress(screen);
		}
	} else if (rcc_screen_typed_pos(screen, &pos)) {
		/* It was read back while it was typed. */
		rcc_screen_quoted(rcc_screen_line(screen, "position --yes"), rcc_pos_format(text, pos));
	}
}

static void
take_command(struct rcc_screen *screen)
{
	if (screen->edit.text[0] != '\0') {
		rcc_screen_line(screen, screen->edit.text);
		screen->is_typed = true;
		rcc_screen_go(screen, RCC_SCREEN_SAID);
	}
}

void
rcc_screen_take_edit(struct rcc_screen *screen)
{
	enum rcc_screen_field field = screen->edit.field;
	const char *text = screen->edit.text;

	screen->edit.field = RCC_FIELD_NONE;
	switch (field) {
	case RCC_FIELD_ETA:
		screen->edit.field = take_eta(screen) ? RCC_FIELD_NONE : field;
		if (screen->edit.field == RCC_FIELD_NONE) {
			send_answer(screen);
		}
		break;
	case RCC_FIELD_REMARK:
		snprintf(screen->answer.remark, sizeof screen->answer.remark, "%s", text);
		break;
	case RCC_FIELD_OWN_POS:
	case RCC_FIELD_POS:
		take_place(screen, field);
		break;
	case RCC_FIELD_BY:
		if (text[0] != '\0') {
			rcc_text_copy_lossy(screen->by, sizeof screen->by, text, strlen(text));
		}
		break;
	case RCC_FIELD_PERSONS:
		screen->edit.field = take_persons(screen) ? RCC_FIELD_NONE : field;
		break;
	case RCC_FIELD_WORDS:
		snprintf(screen->distress.words, sizeof screen->distress.words, "%s", text);
		break;
	case RCC_FIELD_WITHDRAW:
		rcc_screen_quoted(rcc_screen_line(screen, "withdraw --yes --text"), text);
		break;
	case RCC_FIELD_COUNT:
		snprintf(screen->report.value[screen->report.row], sizeof screen->report.value[0], "%s", text);
		break;
	case RCC_FIELD_COMMAND:
		take_command(screen);
		break;
	case RCC_FIELD_NONE:
		break;
	}
}

/* The watch: what is open, by duty and ETA; where we are; what the centre has of ours. */
#include <stdio.h>
#include <string.h>

#include "crew/screen_draw.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

/* Lines below the list, and one case takes two. */
#define LINES_BELOW 4
#define LINES_OF_CASE 2

static void
draw_own(struct rcc_canvas *canvas, int row)
{
	const struct rcc_board_own *own = &canvas->screen->board->own;
	char pos[RCC_POS_TEXT_SIZE], age[24], motion[48] = "";

	if (own->at_ms == 0) {
		rcc_canvas_line(canvas, row, RCC_INK_STRONG, "%s", _("Own position: NOT KNOWN (g: type it)"));
		return;
	}
	if (own->sog_dkn != RCC_SOG_UNKNOWN_DKN && own->cog_ddeg != RCC_COG_UNKNOWN_DDEG) {
		snprintf(motion, sizeof motion, _(", %.1f kn %03u T"), own->sog_dkn / 10.0,
		         (own->cog_ddeg + 5) / 10 % 360);
	}
	rcc_screen_age(age, canvas->screen->at_ms - own->at_ms);
	bool is_old = !rcc_screen_has_fix(canvas->screen);
	rcc_canvas_line(canvas, row, is_old ? RCC_INK_STRONG : RCC_INK_TEXT, _("Own position: %s%s, %s, %s old%s"),
	                rcc_crew_pos_words(pos, own->pos), motion, own->is_fix ? _("receiver") : _("typed"), age,
	                is_old ? _(" - TOO OLD: g types it") : "");
}

static void
draw_receipt(struct rcc_canvas *canvas, int row)
{
	const struct rcc_board_word *receipt = &canvas->screen->board->receipt;
	uint32_t waiting = rcc_client_outbox_count(canvas->crew->client);
	char clock[16], day[RCC_TIME_TEXT_SIZE];

	if (receipt->entry_seq == 0) {
		rcc_canvas_line(canvas, row, RCC_INK_TEXT, "%s", _("The centre has none of our words yet."));
	} else {
		rcc_time_format(day, receipt->entry_at_ms);
		rcc_canvas_line(canvas, row, RCC_INK_TEXT, _("The centre has your words: %s, entry %llu (%.10s)"),
		                rcc_screen_clock(clock, receipt->entry_at_ms), (unsigned long long)receipt->entry_seq,
		                day);
	}
	if (waiting > 0) {
		rcc_canvas_line(canvas, row + 1, RCC_INK_STRONG,
		                _("NOT YET ACCEPTED: %u of our messages; kept, and sent until they are"), waiting);
	}
}

/* What it is, how many they are, and since when we are told of it. */
static void
what_line(char *text, size_t size, const struct rcc_board_case *c)
{
	char persons[48] = "", clock[16];

	if (c->last.persons != 0) {
		snprintf(persons, sizeof persons, ngettext(", %u person", ", %u persons", c->last.persons),
		         c->last.persons);
	}
	snprintf(text, size, "%.5sZ %s%s", rcc_screen_clock(clock, c->last.issued_at_ms),
	         c->last.nature == RCC_NATURE_NOT_STATED ? _("nature not stated")
	                                                 : rcc_crew_term(rcc_nature_word(c->last.nature)),
	         persons);
}

/* What the centre has of our answer, in few words and first: this is looked for at every glance. */
static void
answer_line(char *text, size_t size, const struct rcc_board_case *c)
{
	char what[RCC_CREW_SAID_SIZE], clock[16];

	text[0] = '\0';
	if (c->answer_word.at_ms == 0) {
		return;
	}
	rcc_crew_said_words(what, &c->answer);
	if (c->answer_word.refusal != 0) {
		snprintf(text, size, _("REFUSED: %s; "), what);
	} else if (c->answer_word.entry_at_ms != 0) {
		snprintf(text, size, _("accepted %.5sZ: %s; "), rcc_screen_clock(clock, c->answer_word.entry_at_ms),
		         what);
	} else {
		snprintf(text, size, _("NOT YET ACCEPTED: %s; "), what);
	}
}

static void
draw_case(struct rcc_canvas *canvas, int row, const struct rcc_board_case *c)
{
	const struct rcc_screen *screen = canvas->screen;
	struct rcc_board_way way = rcc_board_way(screen->board, c, screen->at_ms);
	enum rcc_board_sound sound = rcc_board_case_sound(screen->board, c, screen->at_ms);
	bool is_chosen = c->last.incident.v == screen->chosen.v;
	char line[160], answer[200], what[120], words[RCC_CREW_WORDS_SIZE];
	const char *state = sound == RCC_BOARD_QUIET ? "" : sound == RCC_BOARD_ALARM ? _("!! ALARM ") : _("! NEWS ");

	line[0] = '\0';
	/* The speed behind it stands with the case itself: here it would push out what counts more. */
	way.kn = 0;
	if (!rcc_board_is_ours(screen->board, &c->last)) {
		rcc_crew_way_line(line, sizeof line, &way);
	}
	answer_line(answer, sizeof answer, c);
	bool is_answered = answer[0] != '\0';
	if (rcc_board_owes_answer(screen->board, c, screen->at_ms) && c->unread_count == 0) {
		snprintf(answer, sizeof answer, "%s", _("NOT ANSWERED: p or u; "));
	}
	what_line(what, sizeof what, c);
	/* What is asked of us by name is read before anybody acknowledges it from here. */
	bool is_order_new = c->has_order && c->unread_count > 0 && c->order_text[0] != '\0';
	enum rcc_ink ink = is_chosen ? RCC_INK_CHOSEN : sound == RCC_BOARD_ALARM ? RCC_INK_STRONG : RCC_INK_TEXT;
	enum rcc_board_duty duty = rcc_board_duty(screen->board, c, screen->at_ms);
	bool is_both = c->is_coordinator && duty == RCC_BOARD_REQUISITIONED;
	rcc_canvas_line(canvas, row, ink, "%s%s%s%s%s%s %04u-%04u  %s", is_chosen ? "> " : "  ",
	                rcc_crew_line_mark(c->last.class), state, rcc_crew_duty_word(duty), is_both ? " + " : "",
	                is_both ? rcc_crew_duty_word(RCC_BOARD_COORDINATOR) : "", c->last.incident_year,
	                c->last.incident_number, line);
	if (is_order_new) {
		rcc_canvas_line(canvas, row + 1, RCC_INK_STRONG, _("    %sto us: %s"),
		                rcc_crew_line_mark(c->last.class), rcc_crew_centre_words(words, c->order_text));
		return;
	}
	rcc_canvas_line(canvas, row + 1, ink == RCC_INK_CHOSEN ? RCC_INK_TEXT : ink, "    %s%s%s%s%s%s%s",
	                rcc_crew_line_mark(c->last.class), c->is_lost ? _("LOST BY THE CENTRE; ") : answer, what,
	                c->last.name[0] == '\0' ? "" : "; ", c->last.name,
	                is_answered || c->last.text[0] == '\0' ? ""
	                : c->last.name[0] == '\0'              ? "; "
	                                                       : ": ",
	                is_answered ? "" : rcc_crew_centre_words(words, c->last.text));
}

/* How many are open: drills and what is over are listed, and not counted with what is live. */
static void
draw_head(struct rcc_canvas *canvas, const uint32_t *order, uint32_t count, int above)
{
	const struct rcc_screen *screen = canvas->screen;
	uint32_t live = 0;
	char more[48] = "";

	for (uint32_t i = 0; i < count; i++) {
		const struct rcc_board_case *c = &screen->board->cases[order[i]];

		live +=
		    c->last.class == RCC_CLASS_LIVE && rcc_board_duty(screen->board, c, screen->at_ms) != RCC_BOARD_OVER
		        ? 1
		        : 0;
	}
	if (above > 0) {
		snprintf(more, sizeof more, _(" %d more above (Up)."), above);
	}
	if (count == 0 && canvas->crew->watch == CREW_WATCH_TAKEN) {
		rcc_canvas_line(canvas, 0, RCC_INK_STRONG,
		                _("WATCH: the calls go to another rcc-crew, not here. On watch: %s.%s"), screen->by,
		                more);
	} else if (live == 0 && count > 0) {
		rcc_canvas_line(canvas, 0, RCC_INK_STRONG, _("WATCH: nothing live is open. On watch: %s.%s"),
		                screen->by, more);
	} else if (live == 0) {
		rcc_canvas_line(canvas, 0, RCC_INK_STRONG, _("WATCH: nothing is open. On watch: %s.%s"), screen->by,
		                more);
	} else {
		rcc_canvas_line(canvas, 0, RCC_INK_STRONG, _("WATCH: %u open. On watch: %s.%s"), live, screen->by,
		                more);
	}
}

void
rcc_screen_draw_watch(struct rcc_canvas *canvas)
{
	const struct rcc_screen *screen = canvas->screen;
	uint32_t order[RCC_BOARD_CASES_MAX];
	uint32_t count = rcc_board_list(screen->board, screen->at_ms, order);
	int room = (canvas->height - LINES_BELOW - 1) / LINES_OF_CASE;
	int chosen = 0;

	for (uint32_t i = 0; i < count; i++) {
		chosen = screen->board->cases[order[i]].last.incident.v == screen->chosen.v ? (int)i : chosen;
	}
	int first = chosen >= room ? chosen - room + 1 : 0;
	draw_head(canvas, order, count, first);
	if (screen->board->circular_count > 0) {
		rcc_canvas_line(canvas, canvas->height - LINES_BELOW, RCC_INK_TEXT,
		                ngettext("Not read: %u bulletin or conduct card (i: inbox)",
		                         "Not read: %u bulletins or conduct cards (i: inbox)",
		                         screen->board->circular_count),
		                screen->board->circular_count);
	}
	for (int i = 0; i < room && first + i < (int)count; i++) {
		draw_case(canvas, 1 + i * LINES_OF_CASE, &screen->board->cases[order[first + i]]);
	}
	if ((int)count > first + room) {
		rcc_canvas_line(canvas, canvas->height - LINES_BELOW, RCC_INK_STRONG, _("and %d more below (Down)"),
		                (int)count - first - room);
	}
	draw_own(canvas, canvas->height - 3);
	draw_receipt(canvas, canvas->height - 2);
}

/* One case: what is known, how far it is, what was said since, and what the law asks of this ship. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "crew/screen_draw.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

#define MORE_WIDTH 24

/* Lines that are made before they are shown: the part that is scrolled to. */
struct page {
	struct rcc_canvas *canvas;
	int row, lines;
};

static void __attribute__((format(printf, 3, 4))) add(struct page *page, enum rcc_ink ink, const char *format, ...)
{
	char text[RCC_TEXT_MAX + 400];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	int lines = rcc_canvas_measure(page->canvas, 0, text);
	(void)rcc_canvas_wrap(page->canvas, page->row, 0, ink, text);
	page->row += lines;
	page->lines += lines;
}

static void
add_where(struct page *page, const struct rcc_board_case *c)
{
	const struct rcc_delivery_msg *last = &c->last;
	const char *mark = rcc_crew_line_mark(last->class);
	char pos[RCC_POS_TEXT_SIZE], clock[16];

	for (uint32_t i = 0; i < last->candidate_count && i < RCC_CANDIDATES_MAX; i++) {
		add(page, RCC_INK_TEXT, _("%sit may be at %s"), mark, rcc_crew_pos_words(pos, last->candidate[i].pos));
	}
	if (last->candidate_count < 2) {
		add(page, RCC_INK_STRONG, _("%swhere: %s%s%s"), mark, rcc_crew_pos_words(pos, last->pos),
		    last->pos_at_ms != 0 ? _(", seen ") : "",
		    last->pos_at_ms != 0 ? rcc_screen_clock(clock, last->pos_at_ms) : "");
	}
	for (uint32_t doubt = 1; doubt <= RCC_ALERT_MARKS_ALL; doubt <<= 1) {
		if ((last->doubts & doubt) != 0) {
			add(page, RCC_INK_STRONG, _("%sPOSITION DOUBTFUL: %s"), mark,
			    rcc_crew_term(rcc_mark_text(doubt)));
		}
	}
}

/* An own position of ours makes the range; otherwise it is the centre's, and of its time. */
static void
add_way(struct page *page, const struct rcc_board_case *c)
{
	const struct rcc_screen *screen = page->canvas->screen;
	struct rcc_board_way way = rcc_board_way(screen->board, c, screen->at_ms);
	char line[160], age[24];

	if (rcc_board_is_ours(screen->board, &c->last)) {
		return;
	}
	rcc_crew_way_line(line, sizeof line, &way);
	if (!way.is_known) {
		add(page, RCC_INK_STRONG, _("%sfrom us: range unknown; g types where we are"),
		    rcc_crew_line_mark(c->last.class));
	} else if (way.is_ours) {
		add(page, RCC_INK_STRONG, _("%sfrom us: %s (own position %s old)"), rcc_crew_line_mark(c->last.class),
		    line, rcc_screen_age(age, screen->at_ms - screen->board->own.at_ms));
	} else {
		add(page, RCC_INK_STRONG, _("%sfrom us: %s (as the centre reckoned %s ago)"),
		    rcc_crew_line_mark(c->last.class), line, rcc_screen_age(age, screen->at_ms - c->last.issued_at_ms));
	}
}

/* The latest order, and those before it that nothing took back: none of them leaves the page while it stands. */
static void
add_orders(struct page *page, const struct rcc_board_case *c)
{
	const char *mark = rcc_crew_line_mark(c->last.class);
	char words[RCC_CREW_WORDS_SIZE];
	bool is_said = (c->is_requisitioned && c->order == RCC_BROADCAST_REQUISITION) ||
	               (c->is_coordinator && c->order == RCC_BROADCAST_COORDINATE);

	if (c->is_placed && c->aboard > 0 && strcmp(c->place_text, c->order_text) != 0) {
		add(page, RCC_INK_STRONG, "%s%s", mark, rcc_crew_centre_words(words, c->place_text));
	}
	if (c->order_number != 0 && !is_said) {
		add(page, RCC_INK_STRONG, _("%sthe centre to us: %s"), mark,
		    rcc_crew_centre_words(words, c->order_text));
	}
	for (uint32_t i = c->task_count; i > 0; i--) {
		add(page, RCC_INK_STRONG, _("%sand before that (%u): %s"), mark, c->task[i - 1].number,
		    rcc_crew_centre_words(words, c->task[i - 1].text));
	}
}

static void
add_duty(struct page *page, const struct rcc_board_case *c)
{
	const char *lines[RCC_CREW_DUTY_LINES_MAX];
	struct rcc_delivery_msg order = c->last;
	char words[RCC_CREW_WORDS_SIZE];

	/* Spoken to by name, it is that which the law speaks of. */
	order.kind = c->is_requisitioned ? RCC_BROADCAST_REQUISITION
	             : c->is_coordinator ? RCC_BROADCAST_COORDINATE
	             : c->has_order      ? c->order
	             : c->is_released    ? RCC_BROADCAST_RELEASE
	                                 : c->last.kind;
	order.aboard = c->aboard;
	int count = rcc_crew_duty_lines(page->canvas->crew, &order, lines);
	for (int i = 0; i < count; i++) {
		add(page, i == 0 ? RCC_INK_STRONG : RCC_INK_TEXT, "%s%s", rcc_crew_line_mark(c->last.class), lines[i]);
	}
	if (c->is_requisitioned) {
		add(page, RCC_INK_STRONG, _("%sthe requisition stands: %s"), rcc_crew_line_mark(c->last.class),
		    rcc_crew_centre_words(words, c->requisition_text));
	}
	if (c->is_coordinator) {
		add(page, RCC_INK_STRONG, _("%swe coordinate on scene: %s"), rcc_crew_line_mark(c->last.class),
		    rcc_crew_centre_words(words, c->coordinator_text));
	}
	add_orders(page, c);
}

static void
add_ours(struct page *page, const struct rcc_board_case *c)
{
	char answer[200], clock[16];
	const char *mark = rcc_crew_line_mark(c->last.class);

	if (c->unread_count > 0) {
		add(page, RCC_INK_ALARM, _("%sNOT ACKNOWLEDGED: a"), mark);
	} else if (c->read_at_ms != 0) {
		add(page, RCC_INK_TEXT, _("%sacknowledged %s by %s"), mark, rcc_screen_clock(clock, c->read_at_ms),
		    c->read_by);
	}
	rcc_crew_answer_line(answer, sizeof answer, c);
	if (rcc_board_owes_answer(page->canvas->screen->board, c, page->canvas->screen->at_ms)) {
		add(page, RCC_INK_STRONG, _("%sNOT ANSWERED: p proceeding, u unable"), mark);
	}
	if (answer[0] != '\0') {
		add(page, RCC_INK_STRONG, _("%swe answered: %s"), mark, answer);
	}
	if (c->answer.kind == RCC_ANSWER_UNABLE && c->answer_word.at_ms != 0) {
		add(page, RCC_INK_TEXT, _("%sreason: %s %s"), mark, rcc_crew_reason_words(c->answer.reason),
		    c->answer.text);
	}
	if (c->order_word.at_ms != 0) {
		rcc_crew_order_line(answer, sizeof answer, c);
		add(page, RCC_INK_STRONG, _("%sto %u we said: %s"), mark, c->order_number, answer);
	}
	if (c->survivors_word.at_ms != 0) {
		add(page, RCC_INK_TEXT, _("%sour report of survivors: %s"), mark,
		    c->survivors_word.entry_seq != 0 ? rcc_screen_clock(clock, c->survivors_word.entry_at_ms)
		                                     : _("not yet accepted"));
	}
}

/* The latest first: that is what counts. */
static void
add_updates(struct page *page, const struct rcc_board_case *c)
{
	uint32_t kept = c->update_count < RCC_BOARD_UPDATES_MAX ? c->update_count : RCC_BOARD_UPDATES_MAX;
	struct rcc_delivery_msg delivery = c->last;
	char clock[16], words[RCC_CREW_WORDS_SIZE];

	for (uint32_t i = 0; i < kept; i++) {
		const struct rcc_board_update *update = &c->update[(c->update_count - 1 - i) % RCC_BOARD_UPDATES_MAX];

		delivery.kind = update->kind;
		add(page, i == 0 ? RCC_INK_TEXT : RCC_INK_DIM, "%s%s %u %s%s%s", rcc_crew_line_mark(c->last.class),
		    rcc_screen_clock(clock, update->issued_at_ms), update->number, rcc_crew_kind_words(&delivery),
		    update->text[0] != '\0' ? ": " : "", rcc_crew_centre_words(words, update->text));
	}
}

/* How to act, from the centre's card: who goes to people in distress has it before him. */
static void
add_card(struct page *page, const struct rcc_board_case *c)
{
	const struct rcc_board_card *card = rcc_board_card(page->canvas->screen->board, page->canvas->screen->at_ms);
	const char *mark = rcc_crew_line_mark(c->last.class);

	if (card == NULL || c->is_over) {
		return;
	}
	add(page, RCC_INK_STRONG,
	    card->read_at_ms != 0 ? _("%sCONDUCT CARD %u, read:") : _("%sCONDUCT CARD %u, NOT READ (i, a):"), mark,
	    card->revision);
	add(page, RCC_INK_TEXT, "%s%s", mark, card->text);
}

void
rcc_screen_draw_alert(struct rcc_canvas *canvas)
{
	const struct rcc_screen *screen = canvas->screen;
	const struct rcc_board_case *c = rcc_screen_case(screen);
	struct page page = {.canvas = canvas, .row = -(int)(screen->scroll < 200 ? screen->scroll : 200)};
	char mmsi[RCC_MMSI_TEXT_SIZE], persons[48] = "", left[RCC_CREW_LEFT_SIZE];

	if (c == NULL) {
		rcc_canvas_line(canvas, 0, RCC_INK_STRONG, "%s", _("no case is chosen"));
		return;
	}
	const char *mark = rcc_crew_line_mark(c->last.class);
	if (c->last.persons != 0) {
		snprintf(persons, sizeof persons, ngettext(", %u person", ", %u persons", c->last.persons),
		         c->last.persons);
	}
	(void)rcc_crew_left_words(left, &c->last);
	add(&page, RCC_INK_STRONG, "%s%s %04u-%04u, %s", rcc_crew_class_mark(c->last.class),
	    rcc_crew_kind_words(&c->last), c->last.incident_year, c->last.incident_number, c->last.centre);
	add(&page, RCC_INK_TEXT, _("%swhat: %s%s%s, learned from %s"), mark,
	    rcc_crew_term(rcc_nature_word(c->last.nature)), persons, left,
	    c->last.source == RCC_SOURCE_OFFICER ? _("a report to the centre")
	                                         : rcc_crew_term(rcc_source_word(c->last.source)));
	add(&page, RCC_INK_TEXT, _("%swho: %s, MMSI %s"), mark,
	    c->last.name[0] != '\0' ? c->last.name : _("name unknown"), rcc_mmsi_format(mmsi, c->last.casualty));
	add_where(&page, c);
	add_way(&page, c);
	add_ours(&page, c);
	add_duty(&page, c);
	add_updates(&page, c);
	add_card(&page, c);
	canvas->scroll_max = page.lines > canvas->height ? (uint32_t)(page.lines - canvas->height) : 0;
	if (screen->scroll < canvas->scroll_max) {
		const char *more = _(" more below (Down) ");

		(void)rcc_canvas_text(canvas, canvas->top + canvas->height - 1,
		                      canvas->left + canvas->width - MORE_WIDTH, MORE_WIDTH, RCC_INK_CHOSEN, more);
	}
}

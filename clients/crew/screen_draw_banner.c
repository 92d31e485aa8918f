/* The banner: what must not be overlooked, whatever screen is open. */
#include <stdio.h>
#include <string.h>

#include "crew/screen_draw.h"
#include "librcc/i18n.h"

#define BANNER_SIZE 400

/* In few words where an alarm stands beside it: both must be seen. */
static const char *
link_banner(const struct rcc_canvas *canvas, bool is_alone)
{
	struct rcc_crew *crew = canvas->crew;

	if (crew->is_degraded) {
		return is_alone ? _("THE CENTRE CANNOT RECORD ANYTHING NOW: use another channel too")
		                : _("CENTRE RECORDS NOTHING: other channel too");
	}
	if (rcc_client_store_fault(crew->client) != NULL) {
		return is_alone ? _("THIS COMPUTER CANNOT STORE WHAT COMES IN: write it down")
		                : _("NOTHING IS STORED: write it down");
	}
	if (crew->watch == CREW_WATCH_TAKEN && crew->is_watch_told) {
		return is_alone ? _("ANOTHER rcc-crew WITH THIS KEY RUNS: the calls come to it; end one of them")
		                : _("ANOTHER rcc-crew HAS THE CALLS");
	}
	if (crew->set_back_at_ms != 0 && canvas->screen->board->receipt.entry_at_ms < crew->set_back_at_ms) {
		return is_alone ? _("THE CENTRE HAS LOST WHAT IT HAD OF US: say again what still stands, by radio too")
		                : _("CENTRE LOST OUR WORDS: say them again");
	}
	if (crew->is_welcomed && crew->role == RCC_ROLE_GUEST) {
		return is_alone ? _("THE CENTRE DOES NOT KNOW OUR KEY: no relays come; call the centre")
		                : _("KEY NOT KNOWN: call the centre");
	}
	if (!rcc_client_is_linked(crew->client)) {
		return is_alone ? _("NO LINK TO THE CENTRE: keep watch by radio; what you say is kept and sent later")
		                : _("NO LINK: use the radio");
	}
	return NULL;
}

/* On the page of a drill what is live says so. */
static const char *
mark_beside(const struct rcc_canvas *canvas, enum rcc_class class)
{
	if (class == RCC_CLASS_LIVE && rcc_screen_class(canvas->screen) != RCC_CLASS_LIVE) {
		/* TRANSLATORS: in front of an alarm, on the page of an exercise. */
		return _("LIVE ");
	}
	return rcc_crew_line_mark(class);
}

/* Of one class alone: a drill that sounds beside a distress must not lend it its words, nor the other way round. */
static size_t
add_sound(const struct rcc_canvas *canvas, enum rcc_class class, bool is_short, char *text, size_t size)
{
	const struct rcc_board *board = canvas->screen->board;
	enum rcc_board_sound loudest = RCC_BOARD_QUIET;
	uint32_t count = 0;

	for (uint32_t i = 0; i < board->case_count; i++) {
		const struct rcc_board_case *c = &board->cases[i];
		enum rcc_board_sound sound = rcc_board_case_sound(board, c, canvas->screen->at_ms);

		if (c->last.class == class && sound != RCC_BOARD_QUIET) {
			loudest = sound > loudest ? sound : loudest;
			count++;
		}
	}
	if (count == 0) {
		return 0;
	}
	if (is_short) {
		snprintf(text, size,
		         loudest == RCC_BOARD_ALARM ? _(" %s*** ALARM *** %u (a, m mutes).")
		                                    : _(" %sNEWS: %u (a, m mutes)."),
		         mark_beside(canvas, class), count);
	} else {
		snprintf(text, size,
		         loudest == RCC_BOARD_ALARM ? _(" %s*** ALARM *** %u not acknowledged (a), m mutes.")
		                                    : _(" %sNEWS: %u not acknowledged (a), m mutes."),
		         mark_beside(canvas, class), count);
	}
	return strlen(text);
}

static size_t
add_distress(const struct rcc_canvas *canvas, bool is_short, char *text, size_t size)
{
	const struct rcc_board_distress *ours = &canvas->screen->board->distress;
	char clock[16];

	if (!ours->is_on) {
		return 0;
	}
	if (is_short) {
		snprintf(text, size, _(" %sOUR DISTRESS IS ON."), mark_beside(canvas, ours->class));
	} else {
		snprintf(text, size, _(" %sOUR DISTRESS IS ON since %s."), mark_beside(canvas, ours->class),
		         rcc_screen_clock(clock, ours->word.at_ms));
	}
	return strlen(text);
}

/* What is live first, then our own distress and the link; what a drill says stands last, and is cut first. */
static int
compose(const struct rcc_canvas *canvas, bool is_short, char *text, size_t size)
{
	const char *link = link_banner(canvas, !is_short);
	size_t len = add_sound(canvas, RCC_CLASS_LIVE, is_short, text, size);
	int parts = len > 0 ? 1 : 0;
	size_t more = add_distress(canvas, is_short, text + len, size - len);

	len += more;
	parts += more > 0 ? 1 : 0;
	if (link != NULL) {
		snprintf(text + len, size - len, " %s", link);
		len = strlen(text);
		parts++;
	}
	more = add_sound(canvas, RCC_CLASS_EXERCISE, is_short, text + len, size - len);
	return parts + (more > 0 ? 1 : 0);
}

void
rcc_screen_draw_banner(struct rcc_canvas *canvas)
{
	char text[BANNER_SIZE] = "";

	/* On a small screen several things in full would push each other out. */
	if (compose(canvas, false, text, sizeof text) > 1) {
		text[0] = '\0';
		(void)compose(canvas, true, text, sizeof text);
	}
	if (text[0] != '\0') {
		rcc_canvas_bar(canvas, 1, RCC_INK_ALARM);
		rcc_canvas_text(canvas, 1, 0, canvas->cols, RCC_INK_ALARM, text);
	}
}

/* The banner: what must not be overlooked, whatever screen is open. */
#include <stdio.h>
#include <string.h>

#include "crew/screen_draw.h"
#include "librcc/i18n.h"

#define BANNER_SIZE 400

/* In fewer words where others stand beside it, or the screen is small: all of them must be seen whole. */
enum length {
	FULL,
	SHORT,
	TERSE,
};
#define LENGTHS 3

static const char *
link_banner(const struct rcc_canvas *canvas, enum length length)
{
	/* TRANSLATORS: the third of each, with " *** ALARM *** 2 (a). DISTRESS ON. " before it, has to fit into 80 columns. */
	static const char *const words[][LENGTHS] = {
	    {N_("THE CENTRE CANNOT RECORD ANYTHING NOW: use another channel too"),
	     N_("CENTRE RECORDS NOTHING: other channel too"), N_("NOT RECORDED: use the radio")},
	    {N_("THIS COMPUTER CANNOT STORE WHAT COMES IN: write it down"), N_("NOTHING IS STORED: write it down"),
	     N_("NOT STORED: write it down")},
	    {N_("ANOTHER rcc-crew WITH THIS KEY RUNS: the calls come to it; end one of them"),
	     N_("ANOTHER rcc-crew HAS THE CALLS"), N_("CALLS GO TO ANOTHER rcc-crew")},
	    {N_("THE CENTRE HAS LOST WHAT IT HAD OF US: say again what still stands, by radio too"),
	     N_("CENTRE LOST OUR WORDS: say them again"), N_("WORDS LOST: say them again")},
	    {N_("THE CENTRE DOES NOT KNOW OUR KEY: no relays come; call the centre"),
	     N_("KEY NOT KNOWN: call the centre"), N_("KEY UNKNOWN: call the centre")},
	    {N_("NO LINK TO THE CENTRE: keep watch by radio; what you say is kept and sent later"),
	     N_("NO LINK: use the radio"), N_("NO LINK: radio")},
	    {N_("THE CENTRE HAS NOT TAKEN OUR WORDS for over a minute: use the radio too"),
	     N_("OUR WORDS ARE NOT TAKEN: radio too"), N_("WORDS NOT TAKEN: radio")},
	    {NULL, N_("CLOCK DIFFERS FROM THE CENTRE'S: check it"), N_("CLOCK: check it")},
	};
	struct rcc_crew *crew = canvas->crew;
	const bool holds[] = {
	    crew->is_degraded,
	    rcc_client_store_fault(crew->client) != NULL,
	    crew->watch == CREW_WATCH_TAKEN && crew->is_watch_told,
	    crew->set_back_at_ms != 0 && canvas->screen->board->receipt.entry_at_ms < crew->set_back_at_ms,
	    crew->is_welcomed && crew->role == RCC_ROLE_GUEST,
	    !rcc_client_is_linked(crew->client) && rcc_client_rest_ms(crew->client) == 0,
	    rcc_board_waits_since(canvas->screen->board) != 0 &&
	        canvas->screen->at_ms - rcc_board_waits_since(canvas->screen->board) > RCC_BOARD_WAIT_MS,
	    rcc_client_clock_off_ms(crew->client) != 0,
	};

	for (size_t i = 0; i < sizeof holds / sizeof holds[0]; i++) {
		if (holds[i]) {
			return words[i][length] == NULL ? rcc_crew_clock_words(crew) : gettext(words[i][length]);
		}
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
add_sound(const struct rcc_canvas *canvas, enum rcc_class class, enum length length, char *text, size_t size)
{
	const struct rcc_board *board = canvas->screen->board;
	enum rcc_board_sound loudest = RCC_BOARD_QUIET;
	uint32_t count = 0, unanswered = 0;

	for (uint32_t i = 0; i < board->case_count; i++) {
		const struct rcc_board_case *c = &board->cases[i];
		enum rcc_board_sound sound = rcc_board_case_sound(board, c, canvas->screen->at_ms);

		if (c->last.class == class && sound != RCC_BOARD_QUIET && c->unread_count == 0) {
			unanswered++;
		} else if (c->last.class == class && sound != RCC_BOARD_QUIET) {
			loudest = sound > loudest ? sound : loudest;
			count++;
		}
	}
	if (count == 0 && unanswered == 0) {
		return 0;
	}
	if (count == 0) {
		snprintf(text, size, _(" %sNOT ANSWERED: %u (p, u)."), mark_beside(canvas, class), unanswered);
		return strlen(text);
	}
	if (length == TERSE) {
		snprintf(text, size, loudest == RCC_BOARD_ALARM ? _(" %s*** ALARM *** %u (a).") : _(" %sNEWS: %u (a)."),
		         mark_beside(canvas, class), count);
	} else if (length == SHORT) {
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
add_distress(const struct rcc_canvas *canvas, enum length length, char *text, size_t size)
{
	const struct rcc_board_distress *ours = &canvas->screen->board->distress;
	char clock[16];

	if (!ours->is_on) {
		return 0;
	}
	if (length == TERSE) {
		snprintf(text, size, _(" %sDISTRESS ON."), mark_beside(canvas, ours->class));
	} else if (length == SHORT) {
		snprintf(text, size, _(" %sOUR DISTRESS IS ON."), mark_beside(canvas, ours->class));
	} else {
		snprintf(text, size, _(" %sOUR DISTRESS IS ON since %s."), mark_beside(canvas, ours->class),
		         rcc_screen_clock(clock, ours->word.at_ms));
	}
	return strlen(text);
}

/* What is live first, then our own distress and the link; what a drill says stands last, and is cut first. */
static int
compose(const struct rcc_canvas *canvas, enum length length, char *text, size_t size)
{
	const char *link = link_banner(canvas, length);
	text[0] = '\0';
	size_t len = add_sound(canvas, RCC_CLASS_LIVE, length, text, size);
	int parts = len > 0 ? 1 : 0;
	size_t more = add_distress(canvas, length, text + len, size - len);

	len += more;
	parts += more > 0 ? 1 : 0;
	if (link != NULL) {
		snprintf(text + len, size - len, " %s", link);
		len = strlen(text);
		parts++;
	}
	more = add_sound(canvas, RCC_CLASS_EXERCISE, length, text + len, size - len);
	return parts + (more > 0 ? 1 : 0);
}

void
rcc_screen_draw_banner(struct rcc_canvas *canvas)
{
	char text[BANNER_SIZE] = "";

	/* On a small screen several things in full would push each other out: the longest that fits whole. */
	int parts = compose(canvas, FULL, text, sizeof text);
	for (enum length length = SHORT; length <= TERSE; length++) {
		if (parts > 0 && rcc_canvas_columns(canvas, text) > canvas->cols) {
			(void)compose(canvas, length, text, sizeof text);
		}
	}
	if (text[0] != '\0') {
		rcc_canvas_bar(canvas, 1, RCC_INK_ALARM);
		rcc_canvas_text(canvas, 1, 0, canvas->cols, RCC_INK_ALARM, text);
	}
}

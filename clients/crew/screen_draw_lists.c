/* The inbox with everything ever shown, the keys, and what the program has said. */
#include <stdio.h>
#include <string.h>

#include "crew/screen_draw.h"
#include "librcc/i18n.h"
#include "rcc/text.h"

#define SAID_INDENT 2

void
rcc_screen_draw_inbox(struct rcc_canvas *canvas)
{
	const struct rcc_screen *screen = canvas->screen;
	struct rcc_inbox_row row;
	char headline[RCC_CREW_LINE_MAX], clock[16];
	int room = canvas->height - 1;
	/* The latest stands first; the chosen one is always seen. */
	uint32_t below = screen->inbox_last - screen->inbox_at;
	uint32_t skipped = below >= (uint32_t)room ? below - (uint32_t)room + 1 : 0;

	if (screen->inbox_last == 0) {
		rcc_canvas_line(canvas, 0, RCC_INK_STRONG, "%s", _("INBOX: nothing has come yet"));
	} else {
		rcc_canvas_line(canvas, 0, RCC_INK_STRONG, _("INBOX: %u, the latest first"), screen->inbox_last);
	}
	for (int i = 0; i < room && skipped + (uint32_t)i < screen->inbox_last; i++) {
		uint32_t number = screen->inbox_last - skipped - (uint32_t)i;
		enum rcc_ink ink = number == screen->inbox_at ? RCC_INK_CHOSEN : RCC_INK_TEXT;

		if (rcc_client_inbox(canvas->crew->client, number, &row) != RCC_OK) {
			rcc_canvas_line(canvas, i + 1, ink,
			                _("  %u: overtaken before it came, or lost with an older store"), number);
			continue;
		}
		rcc_crew_headline(headline, sizeof headline, &row.delivery);
		rcc_canvas_line(canvas, i + 1, ink, "%s%s %s%s", number == screen->inbox_at ? "> " : "  ",
		                rcc_screen_clock(clock, row.delivery.issued_at_ms),
		                row.read_at_ms != 0 ? "" : _("NOT READ "), headline);
	}
}

void
rcc_screen_draw_help(struct rcc_canvas *canvas)
{
	static const char *const lines[] = {
	    N_("ON EVERY SCREEN"),
	    N_("  D  distress of our own ship; S then sends it       w  watch     Esc  back"),
	    N_("  i  inbox     v  plot     x  drill     l  what was said     ?  this page"),
	    N_("  m  mute for two minutes: acknowledges nothing; what is new sounds at once"),
	    N_("  c  colours: day, night, high contrast       b  who is on watch"),
	    N_("  g  type our position: DD-MM.mm, decimal, or degrees minutes seconds"),
	    N_("  :  a line of the plain session: plan, need, place, trust, log, pack, help"),
	    N_("  q  twice: end the watch            Ctrl-L  draw the screen again"),
	    N_("ON A CASE"),
	    N_("  Up, Down  choose it         Enter  show it"),
	    N_("  a  acknowledge              p  proceeding: ETA is proposed, Enter sends"),
	    N_("  u  unable: reason by number o  on scene     n  we need detail     f  done"),
	    N_("  s  report of survivors: counts by group, and what they need"),
	    N_("SIGNS: > chosen, !! alarm, ! news, X casualty, # + drill, O us, A B C ships"),
	    N_("An EXERCISE or TEST says so on each line, and its name is the frame."),
	};
	int count = (int)(sizeof lines / sizeof lines[0]), first = (int)canvas->screen->scroll;

	for (int i = 0; i + first < count; i++) {
		const char *line = gettext(lines[i + first]);

		rcc_canvas_line(canvas, i, line[0] == ' ' ? RCC_INK_TEXT : RCC_INK_STRONG, "%s", line);
	}
	canvas->scroll_max = count > canvas->height ? (uint32_t)(count - canvas->height) : 0;
}

/* A line of it, continued under itself; an empty one takes a line as well. */
static int
said_lines(const struct rcc_canvas *canvas, const char *text)
{
	return text[0] != '\0' ? rcc_canvas_measure(canvas, SAID_INDENT, text) : 1;
}

/* The first row of the page is its title: nothing else is written there. */
static void
draw_said_text(struct rcc_canvas *canvas, int row, const char *text)
{
	struct rcc_canvas below = *canvas;

	below.top++;
	below.height--;
	(void)rcc_canvas_wrap(&below, row - 1, SAID_INDENT, RCC_INK_TEXT, text);
}

void
rcc_screen_draw_said(struct rcc_canvas *canvas)
{
	const struct rcc_screen *screen = canvas->screen;
	uint32_t kept = screen->said_count < RCC_SCREEN_SAID_MAX ? screen->said_count : RCC_SCREEN_SAID_MAX;
	int room = canvas->height - 1, lines = 0;

	rcc_canvas_line(canvas, 0, RCC_INK_STRONG, "%s", _("WHAT WAS SAID, the latest at the end (Up goes back)"));
	for (uint32_t back = 0; back < kept; back++) {
		lines += said_lines(canvas, rcc_screen_said(screen, back));
	}
	canvas->scroll_max = lines > room ? (uint32_t)(lines - room) : 0;
	/* Scrolled, older lines come: the last line of all stands as much below the frame. */
	uint32_t scroll = screen->scroll < canvas->scroll_max ? screen->scroll : canvas->scroll_max;
	int row = (lines < room ? lines : room) + (int)scroll;
	for (uint32_t back = 0; back < kept && row > 0; back++) {
		const char *text = rcc_screen_said(screen, back);

		row -= said_lines(canvas, text);
		draw_said_text(canvas, row + 1, text);
	}
}

/* The only file that writes to the terminal. */
#define NCURSES_NOMACROS 1
#include "crew/screen_draw.h"

#include <curses.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

/* The indexed colours of terminals that have more than eight: a red that leaves the eyes in the dark, and pure white. */
#define COLOUR_DIM_RED 88
#define COLOUR_RED 124
#define COLOUR_WHITE 15
#define COLOURS_MANY 256
#define LINE_SIZE 1200

/* ---- characters ---- */

/* The next code point; text moves on. What is no UTF-8 counts byte by byte. */
static uint32_t
next_point(const char **text)
{
	const unsigned char *at = (const unsigned char *)*text;
	uint32_t point = at[0];
	int more = at[0] >= 0xf0 ? 3 : at[0] >= 0xe0 ? 2 : at[0] >= 0xc0 ? 1 : 0;

	if (at[0] >= 0x80 && more == 0) {
		point = '?';
	}
	if (more > 0) {
		point = at[0] & (0x3fu >> more);
	}
	for (int i = 1; i <= more; i++) {
		if ((at[i] & 0xc0u) != 0x80u) {
			*text += 1;
			return '?';
		}
		point = point << 6 | (at[i] & 0x3fu);
	}
	*text += more + 1;
	return point;
}

/* Letters of Europe without their marks; a sign that nobody can show is a question mark. */
static char
ascii_of(uint32_t point)
{
	/* From U+00C0 on. */
	static const char latin[] = "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYPsaaaaaaaceeeeiiiidnooooo/ouuuuypy";

	if (point < 0x80) {
		return (char)point;
	}
	if (point >= 0xc0 && point < 0xc0 + sizeof latin - 1) {
		return latin[point - 0xc0];
	}
	switch (point) {
	case 0x2026:
		return '~';
	case 0x152:
		return 'O';
	case 0x153:
		return 'o';
	case 0x2019:
	case 0x2018:
		return '\'';
	case 0x2013:
	case 0x2014:
		return '-';
	case 0xa0:
	case 0x202f:
		return ' ';
	case 0xb0:
		return 'o';
	case 0xab:
	case 0xbb:
		return '"';
	default:
		return '?';
	}
}

static int
width_of(const struct rcc_canvas *canvas, uint32_t point)
{
	int width = canvas->is_ascii ? 1 : wcwidth((wchar_t)point);

	return width < 0 ? 1 : width;
}

/* ---- inks ---- */

static attr_t
attributes_of(enum rcc_ink ink, enum rcc_screen_palette palette)
{
	switch (ink) {
	case RCC_INK_STRONG:
		/* Bold red is bright red: at night nothing may be bright. */
		return palette == RCC_PALETTE_NIGHT ? A_UNDERLINE : A_BOLD;
	case RCC_INK_ALARM:
		return palette == RCC_PALETTE_NIGHT ? A_REVERSE : A_REVERSE | A_BOLD;
	case RCC_INK_CHOSEN:
		return A_REVERSE;
	case RCC_INK_DIM:
		return A_NORMAL;
	case RCC_INK_TEXT:
		break;
	}
	return palette == RCC_PALETTE_CONTRAST ? A_BOLD : A_NORMAL;
}

/* A blank of this ink, to fill a line with. */
static chtype
blank_of(const struct rcc_canvas *canvas, enum rcc_ink ink)
{
	chtype colour = canvas->has_colour ? (chtype)COLOR_PAIR((int)ink) : 0;

	return (chtype)' ' | (chtype)attributes_of(ink, canvas->screen->palette) | colour;
}

static void
set_ink(struct rcc_canvas *canvas, enum rcc_ink ink)
{
	(void)wattr_set(canvas->window, attributes_of(ink, canvas->screen->palette),
	                canvas->has_colour ? (short)ink : 0, NULL);
}

void
rcc_canvas_palette(struct rcc_canvas *canvas)
{
	enum rcc_screen_palette palette = canvas->screen->palette;
	bool has_many = COLORS >= COLOURS_MANY;
	short ground = palette == RCC_PALETTE_DAY ? -1 : COLOR_BLACK;
	short text = -1, alarm = COLOR_RED;

	if (!canvas->has_colour || canvas->palette == palette) {
		return;
	}
	canvas->palette = palette;
	if (palette == RCC_PALETTE_NIGHT) {
		text = has_many ? COLOUR_DIM_RED : COLOR_RED;
		alarm = has_many ? COLOUR_RED : COLOR_RED;
	} else if (palette == RCC_PALETTE_CONTRAST) {
		text = has_many ? COLOUR_WHITE : COLOR_WHITE;
		alarm = text;
	}
	for (short ink = RCC_INK_TEXT; ink <= RCC_INKS; ink++) {
		(void)init_pair(ink, ink == RCC_INK_ALARM ? alarm : text, ground);
	}
	(void)wbkgd(canvas->window, (chtype)COLOR_PAIR(RCC_INK_TEXT) | ' ');
	(void)clearok(canvas->window, true);
}

/* ---- writing ---- */

/* In a narrower column a sign of its own would take more than it tells. */
#define CUT_MARKED_WIDTH 8
/* HORIZONTAL ELLIPSIS */
#define SIGN_CUT 0x2026

static void
put(struct rcc_canvas *canvas, uint32_t point)
{
	wchar_t wide[2] = {(wchar_t)point, 0};

	if (canvas->is_ascii) {
		(void)waddch(canvas->window, (chtype)(unsigned char)ascii_of(point));
	} else {
		(void)waddnwstr(canvas->window, wide, 1);
	}
}

int
rcc_canvas_columns(const struct rcc_canvas *canvas, const char *text)
{
	int columns = 0;

	while (*text != '\0') {
		columns += width_of(canvas, next_point(&text));
	}
	return columns;
}

int
rcc_canvas_text(struct rcc_canvas *canvas, int row, int col, int width, enum rcc_ink ink, const char *text)
{
	int used = 0;

	if (row < 0 || row >= canvas->rows || col < 0 || wmove(canvas->window, row, col) == ERR) {
		return 0;
	}
	width = width < canvas->cols - col ? width : canvas->cols - col;
	set_ink(canvas, ink);
	while (*text != '\0') {
		uint32_t point = next_point(&text);
		int columns = width_of(canvas, point);

		if (point < 0x20 || used + columns > width) {
			break;
		}
		/* What is cut says so: half an instruction must not look like all of it. */
		if (used + columns == width && *text != '\0' && width > CUT_MARKED_WIDTH) {
			put(canvas, SIGN_CUT);
			used += columns;
			break;
		}
		put(canvas, point);
		used += columns;
	}
	set_ink(canvas, RCC_INK_TEXT);
	return used;
}

bool
rcc_canvas_line(struct rcc_canvas *canvas, int row, enum rcc_ink ink, const char *format, ...)
{
	char text[LINE_SIZE];
	va_list arguments;

	if (row < 0 || row >= canvas->height) {
		return false;
	}
	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	if (ink == RCC_INK_CHOSEN || ink == RCC_INK_ALARM) {
		(void)mvwhline(canvas->window, canvas->top + row, canvas->left, blank_of(canvas, ink), canvas->width);
	}
	(void)rcc_canvas_text(canvas, canvas->top + row, canvas->left, canvas->width, ink, text);
	return true;
}

void
rcc_canvas_bar(struct rcc_canvas *canvas, int row, enum rcc_ink ink)
{
	(void)mvwhline(canvas->window, row, 0, blank_of(canvas, ink), canvas->cols);
}

/* How many bytes of text fit into one line: to the last blank before its edge, or a word cut. */
static size_t
line_len(const struct rcc_canvas *canvas, const char *text, int width)
{
	const char *at = text, *blank = NULL;
	int used = 0;

	while (*at != '\0') {
		const char *here = at;
		uint32_t point = next_point(&at);

		used += width_of(canvas, point);
		if (used > width) {
			return (size_t)((blank != NULL ? blank : here) - text);
		}
		blank = point == ' ' ? here : blank;
	}
	return (size_t)(at - text);
}

int
rcc_canvas_wrap(struct rcc_canvas *canvas, int row, int indent, enum rcc_ink ink, const char *text)
{
	char line[LINE_SIZE];

	while (*text != '\0' && row < canvas->height) {
		size_t len = line_len(canvas, text, canvas->width - indent);

		len = len < sizeof line ? len : sizeof line - 1;
		memcpy(line, text, len);
		line[len] = '\0';
		/* What is scrolled away belongs to nobody's rows above the frame. */
		if (row >= 0) {
			(void)rcc_canvas_text(canvas, canvas->top + row, canvas->left + indent, canvas->width - indent,
			                      ink, line);
		}
		text += len > 0 ? len : 1;
		text += *text == ' ' ? 1 : 0;
		row++;
	}
	return row;
}

int
rcc_canvas_measure(const struct rcc_canvas *canvas, int indent, const char *text)
{
	int lines = 0;

	while (*text != '\0') {
		size_t len = line_len(canvas, text, canvas->width - indent);

		text += len > 0 ? len : 1;
		text += *text == ' ' ? 1 : 0;
		lines++;
	}
	return lines;
}

void
rcc_canvas_sign(struct rcc_canvas *canvas, int row, int col, enum rcc_ink ink, uint32_t utf, char ascii)
{
	if (row < 0 || col < 0 || row >= canvas->height || col >= canvas->width ||
	    wmove(canvas->window, canvas->top + row, canvas->left + col) == ERR) {
		return;
	}
	set_ink(canvas, ink);
	put(canvas, canvas->is_ascii ? (uint32_t)(unsigned char)ascii : utf);
	set_ink(canvas, RCC_INK_TEXT);
}

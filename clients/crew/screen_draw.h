/*
 * screen_draw.h - inside the screens: a canvas of rows and columns, and one drawing for each screen.
 *
 * Text:   UTF-8 in, whatever the terminal can show out. Every call is cut at the canvas' edge.
 * Colour: underlines what words and signs say already; a terminal without any shows the same.
 */
#ifndef RCC_CREW_SCREEN_DRAW_H
#define RCC_CREW_SCREEN_DRAW_H

#include "crew/screen.h"

/* Below this, a screen says only that it is too small, and whether there is an alarm. */
#define RCC_CANVAS_ROWS_MIN 24
#define RCC_CANVAS_COLS_MIN 80

enum rcc_ink {
	RCC_INK_TEXT = 1,
	RCC_INK_STRONG = 2, /* what is to be read first */
	RCC_INK_ALARM = 3,  /* what is owed now */
	RCC_INK_DIM = 4,    /* what may be passed over */
	RCC_INK_CHOSEN = 5, /* the line that keys act upon */
};
#define RCC_INKS 5

struct _win_st;
struct rcc_canvas {
	struct _win_st *window;
	int rows, cols;
	bool is_ascii, has_colour;
	enum rcc_screen_palette palette; /* that the colours were made for; 0 = none yet */
	const struct rcc_screen *screen;
	struct rcc_crew *crew;
	int top, left, height, width; /* of what is inside the frame */
	uint32_t scroll_max;          /* lines of this page that are below the frame when it is not scrolled */
	bool is_small;                /* there was no room for it */
};

/* ---- screen_canvas.c ---- */

/* Columns that the text takes. */
int rcc_canvas_columns(const struct rcc_canvas *canvas, const char *text);
/* Writes one line within `width` columns; the rest of them is left as it is. Returns the columns used. */
int rcc_canvas_text(struct rcc_canvas *canvas, int row, int col, int width, enum rcc_ink ink, const char *text);
/* The same, inside the frame: row 0 is its first line. False: there is no such row. */
bool rcc_canvas_line(struct rcc_canvas *canvas, int row, enum rcc_ink ink, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* A text over as many lines as it needs, from `row` inside the frame on. Returns the row after it. */
int rcc_canvas_wrap(struct rcc_canvas *canvas, int row, int indent, enum rcc_ink ink, const char *text);
/* Draws nothing, and returns how many lines it would take. */
int rcc_canvas_measure(const struct rcc_canvas *canvas, int indent, const char *text);
/* A whole line in this ink, to be written upon. */
void rcc_canvas_bar(struct rcc_canvas *canvas, int row, enum rcc_ink ink);
/* One sign anywhere inside the frame. */
void rcc_canvas_sign(struct rcc_canvas *canvas, int row, int col, enum rcc_ink ink, uint32_t utf, char ascii);
/* Makes the colours of the palette, if they are not there yet. */
void rcc_canvas_palette(struct rcc_canvas *canvas);

/* ---- screen_draw.c ---- */

/* The whole screen: status, banner, frame, the screen's own part, what was said, keys. */
void rcc_screen_draw(struct rcc_canvas *canvas);
const char *rcc_screen_class_name(enum rcc_class class);
/* "4 s", "12 min", "3 h" */
const char *rcc_screen_age(char text[24], int64_t age_ms);
/* "03:12:07Z"; returns text */
const char *rcc_screen_clock(char text[16], int64_t at_ms);

/* ---- screen_draw_banner.c ---- */
void rcc_screen_draw_banner(struct rcc_canvas *canvas);

/* ---- one drawing each ---- */

void rcc_screen_draw_watch(struct rcc_canvas *canvas);
void rcc_screen_draw_alert(struct rcc_canvas *canvas);
void rcc_screen_draw_plot(struct rcc_canvas *canvas);
void rcc_screen_draw_answer(struct rcc_canvas *canvas);
void rcc_screen_draw_survivors(struct rcc_canvas *canvas);
void rcc_screen_draw_distress(struct rcc_canvas *canvas);
void rcc_screen_draw_inbox(struct rcc_canvas *canvas);
void rcc_screen_draw_drill(struct rcc_canvas *canvas);
void rcc_screen_draw_help(struct rcc_canvas *canvas);
void rcc_screen_draw_said(struct rcc_canvas *canvas);

#endif

/* The plot: north up, ourselves in the middle, rings of equal range. For a glance, not for navigation. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crew/screen_draw.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

#define RAD_PER_DEG 0.017453292519943295
#define RINGS 3
#define RING_POINTS 240
#define LEGEND_WIDTH 34
#define SHIP_MAX_MS INT64_C(600000)
/* A character is about twice as high as it is wide. */
#define ASPECT 2.0
#define NM_LEAST 0.5
#define NM_USUAL 10.0
#define STEPS_MAX 30
/* The corners of a screen are farther away than its outermost ring. */
#define REACH 1.4

struct scope {
	struct rcc_canvas *canvas;
	struct rcc_pos centre;
	double nm;                   /* from the middle to the outermost ring */
	int mid_row, mid_col, reach; /* rows from the middle to that ring */
	int legend_row;
	unsigned untold; /* things that found no line in the legend */
};

static void
place(const struct scope *scope, double nm, double deg, int *ret_row, int *ret_col)
{
	double rows = nm / scope->nm * scope->reach;

	*ret_row = scope->mid_row - (int)lround(rows * cos(deg * RAD_PER_DEG));
	*ret_col = scope->mid_col + (int)lround(rows * ASPECT * sin(deg * RAD_PER_DEG));
}

static bool
is_inside(const struct scope *scope, int row, int col)
{
	return row >= 1 && row < scope->canvas->height && col >= 0 && col < scope->canvas->width - LEGEND_WIDTH;
}

static void
draw_rings(const struct scope *scope)
{
	char label[16];
	int row = 0, col = 0;

	for (int ring = 1; ring <= RINGS; ring++) {
		double nm = scope->nm * ring / RINGS;

		for (int i = 0; i < RING_POINTS; i++) {
			place(scope, nm, 360.0 * i / RING_POINTS, &row, &col);
			if (is_inside(scope, row, col)) {
				rcc_canvas_sign(scope->canvas, row, col, RCC_INK_DIM, 0x00b7, '.');
			}
		}
		place(scope, nm, 90, &row, &col);
		snprintf(label, sizeof label, "%.3g", nm);
		if (is_inside(scope, row, col + (int)strlen(label))) {
			rcc_canvas_text(scope->canvas, scope->canvas->top + row, scope->canvas->left + col,
			                (int)strlen(label), RCC_INK_DIM, label);
		}
	}
}

/* A sign at its place, if the scope reaches there. */
static void
draw_sign(struct scope *scope, struct rcc_pos pos, char sign, enum rcc_ink ink)
{
	double nm = 0, deg = 0;
	int row = 0, col = 0;

	rcc_crew_range(scope->centre, pos, &nm, &deg);
	place(scope, nm, deg, &row, &col);
	if (is_inside(scope, row, col) && nm <= scope->nm * REACH) {
		rcc_canvas_sign(scope->canvas, row, col, ink, (uint32_t)(unsigned char)sign, sign);
	}
}

/* Its line in the legend; the last row is for what finds none. */
static void
tell_thing(struct scope *scope, struct rcc_pos pos, char sign, enum rcc_ink ink, const char *what)
{
	struct rcc_canvas *canvas = scope->canvas;
	double nm = 0, deg = 0;
	int row = 0, col = 0;
	char line[120];

	if (scope->legend_row + 1 >= canvas->height) {
		scope->untold++;
		return;
	}
	rcc_crew_range(scope->centre, pos, &nm, &deg);
	place(scope, nm, deg, &row, &col);
	bool is_shown = is_inside(scope, row, col) && nm <= scope->nm * REACH;
	snprintf(line, sizeof line, _("%c %5.1f NM %03d T %s%s"), sign, nm, (int)(deg + 0.5) % 360,
	         is_shown ? "" : _("(off) "), what);
	rcc_canvas_text(canvas, canvas->top + scope->legend_row, canvas->left + canvas->width - LEGEND_WIDTH,
	                LEGEND_WIDTH, ink, line);
	scope->legend_row++;
}

static void
tell_rest(const struct scope *scope)
{
	struct rcc_canvas *canvas = scope->canvas;
	char line[80];

	if (scope->untold == 0) {
		return;
	}
	snprintf(line, sizeof line, ngettext("and %u more", "and %u more", scope->untold), scope->untold);
	rcc_canvas_text(canvas, canvas->top + canvas->height - 1, canvas->left + canvas->width - LEGEND_WIDTH,
	                LEGEND_WIDTH, RCC_INK_STRONG, line);
}

/* Between two rings: the least of 0.5, 1, 2, 5, 10, 20 ... that puts the casualty inside the last one. */
static double
ring_nm(double nm)
{
	static const double factor[] = {2, 2, 2.5};
	double step = NM_LEAST;

	for (int i = 0; step * RINGS < nm && i < STEPS_MAX; i++) {
		step *= factor[i % 3];
	}
	return step;
}

static void
set_range(struct scope *scope, const struct rcc_board_case *c)
{
	const struct rcc_screen *screen = scope->canvas->screen;
	double nm = NM_USUAL, deg = 0;

	if (c != NULL && rcc_pos_is_known(c->last.pos) && !rcc_board_is_ours(screen->board, &c->last)) {
		rcc_crew_range(scope->centre, rcc_board_place(screen->board, c), &nm, &deg);
	}
	scope->nm = ring_nm(nm) * RINGS;
	for (int i = 0; i < screen->zoom; i++) {
		scope->nm /= 2;
	}
	for (int i = 0; i > screen->zoom; i--) {
		scope->nm *= 2;
	}
}

/* What nobody is in danger at has no X. */
static char
sign_of(const struct rcc_board_case *c, bool is_chosen)
{
	if (c->last.class != RCC_CLASS_LIVE) {
		return is_chosen ? '#' : '+';
	}
	return is_chosen ? 'X' : 'x';
}

/* Our own distress is where we are, and we are on the plot already. */
static bool
is_plotted(const struct scope *scope, const struct rcc_board_case *c, bool has_own)
{
	const struct rcc_board *board = scope->canvas->screen->board;

	return rcc_pos_is_known(rcc_board_place(board, c)) && !(has_own && rcc_board_is_ours(board, &c->last));
}

static void
tell_case(struct scope *scope, const struct rcc_board_case *c, bool is_chosen)
{
	char what[80];

	/* The number first: the edge of a small screen may cut what follows. */
	snprintf(what, sizeof what, "%04u-%04u %s", c->last.incident_year, c->last.incident_number,
	         rcc_crew_line_mark(c->last.class));
	tell_thing(scope, rcc_board_place(scope->canvas->screen->board, c), sign_of(c, is_chosen),
	           is_chosen ? RCC_INK_ALARM : RCC_INK_STRONG, what);
}

/* Before any ship: whoever looks here looks for those in distress, and for the chosen ones first. */
static void
tell_cases(struct scope *scope, const struct rcc_board_case *chosen, bool has_own)
{
	const struct rcc_screen *screen = scope->canvas->screen;
	uint32_t order[RCC_BOARD_CASES_MAX];
	uint32_t count = rcc_board_list(screen->board, screen->at_ms, order);

	if (chosen != NULL && is_plotted(scope, chosen, has_own)) {
		tell_case(scope, chosen, true);
	}
	for (uint32_t i = 0; i < count; i++) {
		const struct rcc_board_case *c = &screen->board->cases[order[i]];

		if (c != chosen && is_plotted(scope, c, has_own)) {
			tell_case(scope, c, false);
		}
	}
}

/* Over the ships, and the chosen one over all. */
static void
draw_cases(struct scope *scope, const struct rcc_board_case *chosen, bool has_own)
{
	const struct rcc_screen *screen = scope->canvas->screen;
	uint32_t order[RCC_BOARD_CASES_MAX];
	uint32_t count = rcc_board_list(screen->board, screen->at_ms, order);

	for (uint32_t i = 0; i < count; i++) {
		const struct rcc_board_case *c = &screen->board->cases[order[i]];

		if (c != chosen && is_plotted(scope, c, has_own)) {
			draw_sign(scope, rcc_board_place(screen->board, c), sign_of(c, false), RCC_INK_STRONG);
		}
	}
	if (chosen != NULL && is_plotted(scope, chosen, has_own)) {
		draw_sign(scope, rcc_board_place(screen->board, chosen), sign_of(chosen, true), RCC_INK_ALARM);
	}
}

/* N is north, O is us, X is the casualty: no ship has these letters. The nearest have one, the others a point. */
static const char letters[] = "ABCDEFGHIJKLMPQRSTUVWYZ";

struct near_ship {
	const struct rcc_board_ship *ship;
	double nm;
};

static int
compare_near(const void *left, const void *right)
{
	const struct near_ship *a = left, *b = right;

	return a->nm < b->nm ? -1 : a->nm > b->nm;
}

/* The ships that the scope reaches, nearest first. */
static uint32_t
near_ships(const struct scope *scope, struct near_ship near[RCC_BOARD_SHIPS_MAX])
{
	const struct rcc_screen *screen = scope->canvas->screen;
	uint32_t count = 0;

	for (uint32_t i = 0; i < screen->board->ship_count; i++) {
		const struct rcc_board_ship *ship = &screen->board->ship[i];
		double nm = 0, deg = 0;

		if (screen->at_ms - ship->at_ms > SHIP_MAX_MS || !rcc_pos_is_known(ship->pos)) {
			continue;
		}
		rcc_crew_range(scope->centre, ship->pos, &nm, &deg);
		if (nm <= scope->nm * REACH) {
			near[count++] = (struct near_ship){ship, nm};
		}
	}
	qsort(near, count, sizeof near[0], compare_near);
	return count;
}

static void
draw_ships(struct scope *scope)
{
	struct near_ship near[RCC_BOARD_SHIPS_MAX];
	uint32_t count = near_ships(scope, near);
	int rows = scope->canvas->height - 1 - scope->legend_row;
	uint32_t lettered = rows < 0 ? 0 : (uint32_t)rows;
	char mmsi[RCC_MMSI_TEXT_SIZE];

	if (lettered > sizeof letters - 1) {
		lettered = sizeof letters - 1;
	}
	/* The nearer over the farther; a letter that no line explains would say nothing. */
	for (uint32_t i = count; i-- > 0;) {
		draw_sign(scope, near[i].ship->pos, i < lettered ? letters[i] : '.', RCC_INK_TEXT);
	}
	for (uint32_t i = 0; i < count; i++) {
		const struct rcc_board_ship *ship = near[i].ship;

		tell_thing(scope, ship->pos, i < lettered ? letters[i] : '.', RCC_INK_TEXT,
		           ship->name[0] != '\0' ? ship->name : rcc_mmsi_format(mmsi, ship->mmsi));
	}
}

void
rcc_screen_draw_plot(struct rcc_canvas *canvas)
{
	const struct rcc_screen *screen = canvas->screen;
	const struct rcc_board_case *c = rcc_screen_case(screen);
	bool has_own = screen->board->own.at_ms != 0 && rcc_pos_is_known(screen->board->own.pos);
	struct scope scope = {.canvas = canvas, .legend_row = 2};
	char age[24];

	if (!has_own && (c == NULL || !rcc_pos_is_known(c->last.pos))) {
		rcc_canvas_line(canvas, 0, RCC_INK_STRONG, "%s",
		                _("PLOT: neither our position nor a casualty's is known (g types ours)"));
		return;
	}
	scope.centre = has_own ? screen->board->own.pos : c->last.pos;
	scope.mid_row = (canvas->height + 1) / 2;
	scope.reach = (canvas->height - 2) / 2;
	scope.mid_col = (canvas->width - LEGEND_WIDTH) / 2;
	if (scope.reach * (int)ASPECT > scope.mid_col - 1) {
		scope.reach = (scope.mid_col - 1) / (int)ASPECT;
	}
	set_range(&scope, c);
	draw_rings(&scope);
	rcc_canvas_sign(canvas, scope.mid_row - scope.reach, scope.mid_col, RCC_INK_STRONG, 'N', 'N');
	if (has_own) {
		rcc_canvas_line(canvas, 0, RCC_INK_STRONG, _("%sPLOT, north up, rings %.3g NM; O is us, %s old"),
		                rcc_crew_line_mark(rcc_screen_class(screen)), scope.nm / RINGS,
		                rcc_screen_age(age, screen->at_ms - screen->board->own.at_ms));
	} else {
		rcc_canvas_line(canvas, 0, RCC_INK_STRONG,
		                _("%sPLOT: rings %.3g NM and ranges FROM THE CASUALTY; we are not on it (g)"),
		                rcc_crew_line_mark(rcc_screen_class(screen)), scope.nm / RINGS);
	}
	tell_cases(&scope, c, has_own);
	draw_ships(&scope);
	tell_rest(&scope);
	if (has_own) {
		rcc_canvas_sign(canvas, scope.mid_row, scope.mid_col, RCC_INK_STRONG, 'O', 'O');
	}
	draw_cases(&scope, c, has_own);
}

/* The plot: north up, ourselves in the middle, rings of equal range. For a glance, not for navigation. */
#include <math.h>
#include <stdio.h>
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

struct scope {
	struct rcc_canvas *canvas;
	struct rcc_pos centre;
	double nm;                   /* from the middle to the outermost ring */
	int mid_row, mid_col, reach; /* rows from the middle to that ring */
	int legend_row;
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

/* A sign at its place, or an arrow to it at the edge; and its line in the legend. */
static void
draw_thing(struct scope *scope, struct rcc_pos pos, char sign, enum rcc_ink ink, const char *what)
{
	struct rcc_canvas *canvas = scope->canvas;
	double nm = 0, deg = 0;
	int row = 0, col = 0;
	char line[120];

	rcc_crew_range(scope->centre, pos, &nm, &deg);
	place(scope, nm, deg, &row, &col);
	bool is_shown = is_inside(scope, row, col) && nm <= scope->nm * 1.4;
	if (is_shown) {
		rcc_canvas_sign(canvas, row, col, ink, (uint32_t)(unsigned char)sign, sign);
	}
	if (scope->legend_row < canvas->height) {
		snprintf(line, sizeof line, _("%c %5.1f NM %03d T %s%s"), sign, nm, (int)(deg + 0.5) % 360,
		         is_shown ? "" : _("(off) "), what);
		rcc_canvas_text(canvas, canvas->top + scope->legend_row, canvas->left + canvas->width - LEGEND_WIDTH,
		                LEGEND_WIDTH, ink, line);
		scope->legend_row++;
	}
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

static void
draw_cases(struct scope *scope, const struct rcc_board_case *chosen, bool has_own)
{
	const struct rcc_screen *screen = scope->canvas->screen;
	uint32_t order[RCC_BOARD_CASES_MAX];
	uint32_t count = rcc_board_list(screen->board, screen->at_ms, order);
	char what[80];

	for (uint32_t i = 0; i < count; i++) {
		const struct rcc_board_case *c = &screen->board->cases[order[i]];
		struct rcc_pos pos = rcc_board_place(screen->board, c);

		/* Our own distress is where we are, and we are on the plot already. */
		if (!rcc_pos_is_known(pos) || (has_own && rcc_board_is_ours(screen->board, &c->last))) {
			continue;
		}
		/* The number first: the edge of a small screen may cut what follows. */
		snprintf(what, sizeof what, "%04u-%04u %s", c->last.incident_year, c->last.incident_number,
		         rcc_crew_line_mark(c->last.class));
		draw_thing(scope, pos, sign_of(c, c == chosen), c == chosen ? RCC_INK_ALARM : RCC_INK_STRONG, what);
	}
}

static void
draw_ships(struct scope *scope)
{
	const struct rcc_screen *screen = scope->canvas->screen;
	char mmsi[RCC_MMSI_TEXT_SIZE], letter = 'A';

	for (uint32_t i = 0; i < screen->board->ship_count && letter <= 'Z'; i++) {
		const struct rcc_board_ship *ship = &screen->board->ship[i];
		double nm = 0, deg = 0;

		if (screen->at_ms - ship->at_ms > SHIP_MAX_MS || !rcc_pos_is_known(ship->pos)) {
			continue;
		}
		rcc_crew_range(scope->centre, ship->pos, &nm, &deg);
		/* X is the casualty. */
		letter = letter == 'X' ? 'Y' : letter;
		if (nm <= scope->nm * 1.4) {
			draw_thing(scope, ship->pos, letter, RCC_INK_TEXT,
			           ship->name[0] != '\0' ? ship->name : rcc_mmsi_format(mmsi, ship->mmsi));
			letter++;
		}
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
		rcc_canvas_sign(canvas, scope.mid_row, scope.mid_col, RCC_INK_STRONG, 'O', 'O');
	} else {
		rcc_canvas_line(canvas, 0, RCC_INK_STRONG,
		                _("%sPLOT: rings %.3g NM and ranges FROM THE CASUALTY; we are not on it (g)"),
		                rcc_crew_line_mark(rcc_screen_class(screen)), scope.nm / RINGS);
	}
	draw_ships(&scope);
	draw_cases(&scope, c, has_own);
}

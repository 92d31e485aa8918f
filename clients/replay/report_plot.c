/*
 * report_plot.c - where everybody was, as a drawing in the page: north up, on a plane that touches the earth at the casualty. Within
 * a hundred miles its scale is right to a hundredth, which is less than the width of a mark.
 */
#include <math.h>
#include <string.h>

#include "core/place.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "replay/report.h"

#define WIDTH 720.0
#define HEIGHT 560.0
/* Of what is beyond it a line leaves the drawing. */
#define RADIUS_MIN_NM 2.0
#define RADIUS_MAX_NM 100.0
#define MARGIN 1.12
#define SHIPS_MAX 24

struct plot {
	struct rcc_dossier *report;
	FILE *out;
	struct rcc_pos centre;
	double radius_nm; /* from the centre to the nearer edge */
};
struct spot {
	double x, y;
};

/* Nautical miles east and north of the centre. */
static struct spot
miles_of(const struct plot *plot, struct rcc_pos pos)
{
	double north = (rcc_deg_of_e7(pos.lat_e7) - rcc_deg_of_e7(plot->centre.lat_e7)) * 60.0;
	double east = remainder(rcc_deg_of_e7(pos.lon_e7) - rcc_deg_of_e7(plot->centre.lon_e7), 360.0) * 60.0;

	/* A degree of longitude is as long as the cosine of the latitude. */
	east *= cos(rcc_deg_of_e7(plot->centre.lat_e7) * 0.017453292519943295);
	return (struct spot){east, north};
}

static double
scale_of(const struct plot *plot)
{
	return HEIGHT / 2.0 / (plot->radius_nm * MARGIN);
}

static struct spot
spot_of(const struct plot *plot, struct rcc_pos pos)
{
	struct spot miles = miles_of(plot, pos);

	return (struct spot){WIDTH / 2.0 + miles.x * scale_of(plot), HEIGHT / 2.0 - miles.y * scale_of(plot)};
}

static double
range_of(const struct plot *plot, struct rcc_pos pos)
{
	struct spot miles = miles_of(plot, pos);

	return hypot(miles.x, miles.y);
}

/* ---- what is drawn ---- */

/* A step of rings that people count in: 1, 2, 5, 10 and so on; three to five of them fit. */
static double
step_of(double radius_nm)
{
	static const double steps[] = {0.5, 1, 2, 5, 10, 20, 50};
	size_t at = 0;

	while (at + 1 < sizeof steps / sizeof steps[0] && radius_nm / steps[at] > 5.5)
		at++;
	return steps[at];
}

static void
put_rings(const struct plot *plot)
{
	double step_nm = step_of(plot->radius_nm);

	fprintf(plot->out, "<g fill=\"none\" stroke=\"#b7c6d3\" stroke-width=\"1\" stroke-dasharray=\"3 4\">\n");
	for (double nm = step_nm; nm <= plot->radius_nm * MARGIN; nm += step_nm)
		fprintf(plot->out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>\n", WIDTH / 2.0, HEIGHT / 2.0,
		        nm * scale_of(plot));
	fputs("</g>\n<g fill=\"#6b7f92\" font-size=\"10\">\n", plot->out);
	/* Between the main bearings, where a way seldom runs along them. */
	for (double nm = step_nm; nm <= plot->radius_nm * MARGIN; nm += step_nm)
		fprintf(plot->out, "<text x=\"%.1f\" y=\"%.1f\">%g nm</text>\n",
		        WIDTH / 2.0 + nm * scale_of(plot) * 0.707 + 2.0,
		        HEIGHT / 2.0 + nm * scale_of(plot) * 0.707 + 10.0, nm);
	fputs("</g>\n", plot->out);
}

static void
put_north_and_scale(const struct plot *plot)
{
	double step_nm = step_of(plot->radius_nm);
	double length = step_nm * scale_of(plot);

	fprintf(
	    plot->out,
	    "<g stroke=\"#16202c\" fill=\"#16202c\"><path d=\"M40 66V24M40 20l-6 13h12z\" stroke-width=\"1.5\"/>"
	    "<text x=\"40\" y=\"84\" font-size=\"13\" font-weight=\"700\" text-anchor=\"middle\" "
	    "stroke=\"none\">N</text>"
	    "<path d=\"M20 %.0fv6h%.1fv-6\" fill=\"none\" stroke-width=\"1.5\"/>"
	    "<text x=\"%.1f\" y=\"%.0f\" font-size=\"11\" text-anchor=\"middle\" stroke=\"none\">%g nm</text></g>\n",
	    HEIGHT - 26.0, length, 20.0 + length / 2.0, HEIGHT - 30.0, step_nm);
}

static bool
is_drawn(const struct plot *plot, struct rcc_mmsi mmsi)
{
	const struct rcc_peer *peer = rcc_peer_find_mmsi(plot->report->core, mmsi);
	const struct rcc_broadcast *broadcast =
	    rcc_broadcast_at(plot->report->core, plot->report->incident->newest_broadcast);
	const struct rcc_delivery *row = NULL;

	while (peer != NULL && broadcast != NULL && row == NULL) {
		row = rcc_delivery_of(plot->report->core, broadcast, peer->id);
		broadcast = rcc_broadcast_at(plot->report->core, broadcast->previous);
	}
	return row != NULL &&
	       (row->is_called_on || rcc_answer_of(plot->report->core, plot->report->incident, mmsi) != NULL);
}

/* The label stands where it does not cover the way. */
static void
put_label(const struct plot *plot, struct spot at, const char *colour, const char *text)
{
	bool is_right = at.x > WIDTH * 0.72;

	fprintf(plot->out,
	        "<text x=\"%.1f\" y=\"%.1f\" font-size=\"11\" font-weight=\"600\" fill=\"%s\" text-anchor=\"%s\" "
	        "stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\">",
	        at.x + (is_right ? -8.0 : 8.0), at.y - 7.0, colour, is_right ? "end" : "start");
	rcc_html_text(plot->out, text);
	fputs("</text>\n", plot->out);
}

/* One ship: her way, a ring where she was first, a mark where she was last. */
static void
put_ship(const struct plot *plot, const struct rcc_dossier_point *point, size_t count, size_t number)
{
	static const char *const colours[] = {"#0b5fa5", "#0a7d57", "#8a3ffc", "#b25100", "#00707f", "#7a1f4f"};
	static const char *const dashes[] = {"none", "7 3", "2 3", "9 3 2 3"};
	const char *colour = colours[number % (sizeof colours / sizeof colours[0])];
	struct spot first = spot_of(plot, point[0].pos);
	struct spot last = spot_of(plot, point[count - 1].pos);
	char name[RCC_DOSSIER_SHIP_SIZE];

	fprintf(plot->out,
	        "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.8\" stroke-linejoin=\"round\" "
	        "stroke-dasharray=\"%s\" "
	        "points=\"",
	        colour, dashes[number % 4]);
	for (size_t i = 0; i < count; i++) {
		struct spot at = spot_of(plot, point[i].pos);
		fprintf(plot->out, "%s%.1f,%.1f", i > 0 ? " " : "", at.x, at.y);
	}
	fputs("\"/>\n", plot->out);
	fprintf(plot->out,
	        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"#fff\" stroke=\"%s\" stroke-width=\"1.8\"/>"
	        "<path d=\"M%.1f %.1fl5 9h-10z\" fill=\"%s\"/>\n",
	        first.x, first.y, colour, last.x, last.y - 5.0, colour);
	put_label(plot, first, colour, rcc_dossier_ship(plot->report, name, point[0].mmsi));
}

/* Points are sorted by ship and time. */
static void
put_ships(const struct plot *plot)
{
	const struct rcc_dossier *report = plot->report;
	size_t number = 0;

	for (size_t i = 0, next; i < report->point_count; i = next) {
		for (next = i + 1; next < report->point_count && report->point[next].mmsi.v == report->point[i].mmsi.v;)
			next++;
		if (report->point[i].mmsi.v == 0 || number == SHIPS_MAX || !is_drawn(plot, report->point[i].mmsi))
			continue;
		put_ship(plot, &report->point[i], next - i, number++);
	}
}

static void
put_casualty(const struct plot *plot)
{
	const struct rcc_dossier *report = plot->report;
	struct spot at = spot_of(plot, plot->centre);
	char pos[RCC_POS_TEXT_SIZE];

	fputs("<polyline fill=\"none\" stroke=\"#c1121f\" stroke-width=\"1.5\" points=\"", plot->out);
	for (size_t i = 0; i < report->point_count && report->point[i].mmsi.v == 0; i++) {
		struct spot was = spot_of(plot, report->point[i].pos);
		fprintf(plot->out, "%.1f,%.1f ", was.x, was.y);
	}
	fputs("\"/>\n", plot->out);
	fprintf(plot->out,
	        "<path d=\"M%.1f %.1fl7 7-7 7-7-7z\" fill=\"#c1121f\" stroke=\"#fff\" stroke-width=\"1\"/>\n", at.x,
	        at.y - 7.0);
	put_label(plot, (struct spot){at.x, at.y + 26.0}, "#c1121f", rcc_pos_format(pos, plot->centre));
}

static void
put_havens(const struct plot *plot)
{
	const struct rcc_core *core = plot->report->core;

	for (const struct rcc_place_state *place = rcc_place_at(core, plot->report->incident->newest_place);
	     place != NULL; place = rcc_place_at(core, place->previous)) {
		if (!rcc_pos_is_known(place->pos))
			continue;
		struct spot at = spot_of(plot, place->pos);
		fprintf(plot->out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"9\" height=\"9\" fill=\"#16202c\"/>\n",
		        at.x - 4.5, at.y - 4.5);
		put_label(plot, at, "#16202c", place->name);
	}
}

/* ---- the drawing ---- */

/* As far as those who were called on were, within bounds. */
static double
radius_of(const struct plot *plot)
{
	const struct rcc_dossier *report = plot->report;
	double radius_nm = RADIUS_MIN_NM;

	for (size_t i = 0; i < report->point_count; i++) {
		if (report->point[i].mmsi.v != 0 && !is_drawn(plot, report->point[i].mmsi))
			continue;
		double range_nm = range_of(plot, report->point[i].pos);
		if (range_nm > radius_nm && range_nm <= RADIUS_MAX_NM)
			radius_nm = range_nm;
	}
	return radius_nm;
}

void
rcc_dossier_plot(struct rcc_dossier *report)
{
	struct plot plot = {.report = report, .out = report->out, .centre = report->incident->pos};

	rcc_html_heading(report->out, "", _("Where everybody was"));
	if (!rcc_pos_is_known(plot.centre)) {
		rcc_html_paragraph(report->out, "", "%s",
		                   _("The position of the casualty is not known: nothing can be drawn."));
		return;
	}
	plot.radius_nm = radius_of(&plot);
	fprintf(report->out,
	        "<div class=\"plot\"><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" "
	        "font-family=\"Liberation Sans,DejaVu Sans,Arial,sans-serif\"><title>",
	        WIDTH, HEIGHT);
	rcc_html_text(report->out, _("Where everybody was"));
	fprintf(report->out, "</title><rect width=\"%.0f\" height=\"%.0f\" fill=\"#f7fafc\"/>\n", WIDTH, HEIGHT);
	put_rings(&plot);
	put_ships(&plot);
	put_havens(&plot);
	put_casualty(&plot);
	put_north_and_scale(&plot);
	fputs("</svg>\n<p class=\"note\">", report->out);
	rcc_html_text(
	    report->out,
	    _("North up, rings around the casualty (red diamond). Circle: where a ship was first; triangle: where "
	      "she was last; square: a place of safety. No coastline, and not for navigation."));
	if (!report->has_tracks) {
		fputc(' ', report->out);
		rcc_html_text(report->out,
		              _("There are no tracks: the ships stand where they were when a decision was taken."));
	}
	fputs("</p></div>\n", report->out);
}

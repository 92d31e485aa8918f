/*
 * Several places where a casualty may be: a beacon that a satellite saw once has two, and sources may contradict each other.
 * They are never averaged: halfway between them is where it certainly is not.
 */
#include <math.h>
#include <stdio.h>

#include "crew/crew.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

#define RAD_PER_DEG 0.017453292519943295
#define E7_PER_DEG 1e7
/* One minute of a great circle is one nautical mile. */
#define NM_PER_DEG 60.0

void
rcc_crew_range(struct rcc_pos from, struct rcc_pos to, double *ret_nm, double *ret_deg)
{
	double lat1 = from.lat_e7 / E7_PER_DEG * RAD_PER_DEG, lat2 = to.lat_e7 / E7_PER_DEG * RAD_PER_DEG;
	double between = ((double)to.lon_e7 - (double)from.lon_e7) / E7_PER_DEG * RAD_PER_DEG;
	double half_lat = sin((lat2 - lat1) / 2), half_lon = sin(between / 2);
	double h = half_lat * half_lat + cos(lat1) * cos(lat2) * half_lon * half_lon;
	double bearing = atan2(sin(between) * cos(lat2), cos(lat1) * sin(lat2) - sin(lat1) * cos(lat2) * cos(between));

	*ret_nm = 2 * asin(sqrt(h < 1 ? h : 1)) / RAD_PER_DEG * NM_PER_DEG;
	*ret_deg = fmod(bearing / RAD_PER_DEG + 360, 360);
}

static void
show_place(const struct rcc_crew *crew, const struct rcc_candidate *place, bool is_first, const char *mark)
{
	char pos[RCC_POS_TEXT_SIZE];
	double range_nm = 0, bearing_deg = 0;

	printf("  %s%s%s", mark, is_first ? _("it may be at ") : _("        or at "),
	       rcc_crew_pos_words(pos, place->pos));
	if (place->percent != 0) {
		printf(" (%u %%)", place->percent);
	}
	if (crew->own_at_ms != 0 && rcc_pos_is_known(place->pos)) {
		rcc_crew_range(crew->own, place->pos, &range_nm, &bearing_deg);
		printf(_(", from you %.1f NM, bearing %03d degrees true"), range_nm, (int)(bearing_deg + 0.5) % 360);
	}
	putchar('\n');
}

void
rcc_crew_show_places(const struct rcc_crew *crew, const struct rcc_delivery_msg *delivery)
{
	const char *mark = rcc_crew_line_mark(delivery->class);
	char pos[RCC_POS_TEXT_SIZE], time[32];

	for (uint32_t i = 0; i < delivery->candidate_count && i < RCC_CANDIDATES_MAX; i++) {
		show_place(crew, &delivery->candidate[i], i == 0, mark);
	}
	if (crew->own_at_ms != 0) {
		/* An old position of our own makes ranges that look better than they are. */
		printf(_("  %syou: %s at %s, as you said\n"), mark, rcc_crew_pos_words(pos, crew->own),
		       rcc_crew_time(time, crew->own_at_ms));
	} else {
		printf("  %s%s\n", mark, _("say where you are (show --pos) for the range of each"));
	}
}

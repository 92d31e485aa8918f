/*
 * render_geojson.c - RFC 7946: a FeatureCollection of the casualty, the places where it may be, and the ships with a line in
 * its ledger. One feature a line.
 *
 * Longitude comes first, and there is no member "crs" (RFC 7946, 3.1.1 and 4). What has no known position has a null geometry.
 */
#include <stdio.h>

#include "rcc/text.h"
#include "rcc/units.h"
#include "render/words.h"
#include "render/write.h"

static void
put_text(struct rcc_draft *out, const char *key, const char *text)
{
	if (text[0] == '\0')
		return;
	rcc_draft_put(out, ",\"%s\":", key);
	rcc_draft_json(out, text);
}

static void
put_number(struct rcc_draft *out, const char *key, uint32_t value)
{
	if (value != 0)
		rcc_draft_put(out, ",\"%s\":%u", key, value);
}

static void
put_time(struct rcc_draft *out, const char *key, int64_t at_ms)
{
	char time[RCC_TIME_TEXT_SIZE];

	if (at_ms != 0)
		put_text(out, key, rcc_time_format(time, at_ms));
}

static void
put_mmsi(struct rcc_draft *out, struct rcc_mmsi mmsi)
{
	char text[RCC_MMSI_TEXT_SIZE];

	if (mmsi.v != 0)
		put_text(out, "mmsi", rcc_mmsi_format(text, mmsi));
}

/* The feature up to its first property, which tells what it is. */
static void
begin(struct rcc_draft *out, const char *what, struct rcc_pos pos)
{
	rcc_draft_put(out, "{\"type\":\"Feature\",\"geometry\":");
	if (rcc_pos_is_known(pos)) {
		rcc_draft_put(out, "{\"type\":\"Point\",\"coordinates\":[");
		rcc_draft_fixed(out, pos.lon_e7, 7);
		rcc_draft_put(out, ",");
		rcc_draft_fixed(out, pos.lat_e7, 7);
		rcc_draft_put(out, "]}");
	} else {
		rcc_draft_put(out, "null");
	}
	rcc_draft_put(out, ",\"properties\":{\"what\":\"%s\"", what);
}

static void
end(struct rcc_draft *out, bool is_last)
{
	rcc_draft_put(out, "}}%s\n", is_last ? "" : ",");
}

static void
put_casualty(struct rcc_draft *out, const struct rcc_bulletin *bulletin, bool is_last)
{
	char number[24];
	char doubts[RCC_LINE_SIZE];

	begin(out, "casualty", bulletin->candidate_count >= 2 ? RCC_POS_NONE : bulletin->pos);
	snprintf(number, sizeof number, "%04u-%04u", bulletin->year, bulletin->number);
	put_text(out, "incident", number);
	put_text(out, "mode", rcc_class_word(bulletin->class));
	put_text(out, "phase", rcc_phase_word(bulletin->phase));
	put_text(out, "status", rcc_incident_status_word(bulletin->status));
	put_text(out, "kind", rcc_broadcast_word(bulletin->kind));
	put_number(out, "revision", bulletin->revision);
	if (bulletin->is_draft)
		rcc_draft_put(out, ",\"draft\":true");
	put_time(out, "issued", bulletin->issued_at_ms);
	put_time(out, "expires", bulletin->expires_at_ms);
	rcc_draft_put(out, ",\"verified\":%s", bulletin->is_verified ? "true" : "false");
	if (bulletin->nature != RCC_NATURE_NOT_STATED)
		put_text(out, "nature", rcc_nature_word(bulletin->nature));
	put_mmsi(out, bulletin->casualty);
	put_text(out, "name", bulletin->name);
	put_text(out, "callsign", bulletin->callsign);
	put_number(out, "persons", bulletin->persons);
	put_time(out, "pos_time", bulletin->pos_at_ms);
	put_number(out, "pos_radius_m", bulletin->pos_radius_m);
	put_text(out, "doubts", rcc_words_doubts(doubts, bulletin));
	put_text(out, "text", bulletin->text);
	put_text(out, "centre", bulletin->centre);
	put_number(out, "ships_left_out", bulletin->ships_left_out);
	end(out, is_last);
}

static void
put_place(struct rcc_draft *out, const struct rcc_bulletin *bulletin, const struct rcc_candidate *place, bool is_last)
{
	begin(out, "candidate", place->pos);
	put_number(out, "percent", place->percent);
	put_number(out, "pos_radius_m", bulletin->pos_radius_m);
	end(out, is_last);
}

static void
put_ship(struct rcc_draft *out, const struct rcc_bulletin_ship *ship, bool is_last)
{
	begin(out, "ship", ship->pos);
	put_mmsi(out, ship->mmsi);
	put_text(out, "name", ship->name);
	rcc_draft_put(out, ",\"called_on\":%s", ship->is_called_on ? "true" : "false");
	put_text(out, "state", rcc_delivery_word(ship->state));
	put_time(out, "pos_time", ship->pos_at_ms);
	if (ship->range_m != RCC_RANGE_UNKNOWN_M) {
		rcc_draft_put(out, ",\"range_nm\":");
		rcc_draft_fixed(out, ((int64_t)ship->range_m * 100 + RCC_M_PER_NM / 2) / RCC_M_PER_NM, 2);
	}
	if (ship->eta_min != RCC_ETA_UNKNOWN_MIN)
		rcc_draft_put(out, ",\"eta_min\":%u", ship->eta_min);
	if (ship->answer != 0)
		put_text(out, "answer", rcc_answer_word(ship->answer));
	if (ship->answer != 0 && ship->answer_eta_min != RCC_ETA_UNKNOWN_MIN)
		rcc_draft_put(out, ",\"answer_eta_min\":%u", ship->answer_eta_min);
	end(out, is_last);
}

enum rcc_status
rcc_render_geojson(const struct rcc_bulletin *bulletin, char *text, size_t size)
{
	uint32_t places = bulletin->candidate_count >= 2 ? bulletin->candidate_count : 0;
	uint32_t left = places + bulletin->ship_count;
	struct rcc_draft out;

	rcc_draft_init(&out, text, size);
	rcc_draft_put(&out, "{\"type\":\"FeatureCollection\",\"features\":[\n");
	put_casualty(&out, bulletin, left == 0);
	for (uint32_t i = 0; i < places; i++)
		put_place(&out, bulletin, &bulletin->candidate[i], --left == 0);
	for (uint32_t i = 0; i < bulletin->ship_count; i++)
		put_ship(&out, &bulletin->ship[i], --left == 0);
	rcc_draft_put(&out, "]}\n");
	return rcc_draft_end(&out);
}

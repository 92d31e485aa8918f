/*
 * render_cap.c - OASIS Common Alerting Protocol 1.2: one alert per broadcast; updates and cancels name what they replace.
 *
 * The order of elements is that of the schema (CAP-v1.2.xsd). Times are in UTC with the offset "-00:00", as the standard wants
 * it (3.3.2: no "Z"); a circle's radius is in kilometres (3.2.4).
 */
#include <stdio.h>
#include <string.h>

#include "rcc/text.h"
#include "render/words.h"
#include "render/write.h"

static void
element(struct rcc_draft *out, const char *name, const char *text)
{
	if (text[0] == '\0')
		return;
	rcc_draft_put(out, "<%s>", name);
	rcc_draft_xml(out, text);
	rcc_draft_put(out, "</%s>\n", name);
}

/* "2026-11-26T03:12:07-00:00" */
#define CAP_TIME_SIZE RCC_TIME_TEXT_SIZE
static const char *
cap_time(char text[CAP_TIME_SIZE], int64_t at_ms)
{
	char time[RCC_TIME_TEXT_SIZE];

	snprintf(text, CAP_TIME_SIZE, "%.19s-00:00", rcc_time_format(time, at_ms));
	return text;
}

/* No blanks, commas, < or & in a sender or identifier (3.2.1). */
static const char *
sender_of(char text[RCC_NAME_MAX + 1], const struct rcc_bulletin *bulletin)
{
	size_t len = 0;

	for (const char *c = bulletin->centre; *c != '\0' && len < RCC_NAME_MAX; c++) {
		bool is_plain = (*c >= 'A' && *c <= 'Z') || (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') ||
		                *c == '.' || *c == '-' || *c == '_';
		text[len++] = is_plain ? *c : '-';
	}
	text[len] = '\0';
	return len > 0 ? text : "rcc";
}

/* "2026-0042.3"; a draft has none of its own yet. */
static void
put_identifier(struct rcc_draft *out, const struct rcc_bulletin *bulletin, uint32_t revision)
{
	rcc_draft_put(out, "%04u-%04u.%u", bulletin->year, bulletin->number, revision);
}

static const char *
status_of(const struct rcc_bulletin *bulletin)
{
	if (bulletin->is_draft)
		return "Draft";
	if (bulletin->class == RCC_CLASS_EXERCISE)
		return "Exercise";
	return bulletin->class == RCC_CLASS_TEST ? "Test" : "Actual";
}

static void
put_references(struct rcc_draft *out, const struct rcc_bulletin *bulletin)
{
	char sender[RCC_NAME_MAX + 1];
	char time[CAP_TIME_SIZE];

	if (bulletin->earlier_count == 0)
		return;
	rcc_draft_put(out, "<references>");
	for (uint32_t i = 0; i < bulletin->earlier_count; i++) {
		rcc_draft_put(out, "%s%s,", i > 0 ? " " : "", sender_of(sender, bulletin));
		put_identifier(out, bulletin, bulletin->earlier[i].revision);
		rcc_draft_put(out, ",%s", cap_time(time, bulletin->earlier[i].issued_at_ms));
	}
	rcc_draft_put(out, "</references>\n");
}

static void
put_alert(struct rcc_draft *out, const struct rcc_bulletin *bulletin)
{
	char sender[RCC_NAME_MAX + 1];
	char time[CAP_TIME_SIZE];
	const char *type = bulletin->earlier_count > 0 ? "Update" : "Alert";

	rcc_draft_put(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	                   "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">\n<identifier>");
	put_identifier(out, bulletin, bulletin->revision);
	rcc_draft_put(out, "</identifier>\n");
	element(out, "sender", sender_of(sender, bulletin));
	element(out, "sent", cap_time(time, bulletin->issued_at_ms));
	element(out, "status", status_of(bulletin));
	element(out, "msgType", bulletin->kind == RCC_BROADCAST_CANCEL ? "Cancel" : type);
	element(out, "scope", "Public");
	put_references(out, bulletin);
	rcc_draft_put(out, "<incidents>%04u-%04u</incidents>\n", bulletin->year, bulletin->number);
}

static const char *
response_of(enum rcc_broadcast_kind kind)
{
	if (rcc_words_is_call(kind))
		return "Execute";
	return kind == RCC_BROADCAST_CANCEL ? "AllClear" : "Monitor";
}

/* Urgency, severity, certainty by phase; what is over is past and minor. */
static void
put_weight(struct rcc_draft *out, const struct rcc_bulletin *bulletin)
{
	bool is_distress = rcc_words_is_call(bulletin->kind);
	bool is_alert = bulletin->phase != RCC_PHASE_UNCERTAINTY;
	bool is_over = bulletin->kind == RCC_BROADCAST_CANCEL;

	if (is_over) {
		element(out, "urgency", "Past");
		element(out, "severity", "Minor");
		element(out, "certainty", "Observed");
		return;
	}
	element(out, "urgency", is_distress ? "Immediate" : is_alert ? "Expected" : "Future");
	element(out, "severity", is_distress ? "Extreme" : is_alert ? "Severe" : "Moderate");
	if (is_distress)
		element(out, "certainty", bulletin->is_verified ? "Observed" : "Likely");
	else
		element(out, "certainty", is_alert ? "Possible" : "Unknown");
}

static void
parameter(struct rcc_draft *out, const char *name, const char *value)
{
	rcc_draft_put(out, "<parameter>\n");
	element(out, "valueName", name);
	rcc_draft_put(out, "<value>");
	rcc_draft_xml(out, value);
	rcc_draft_put(out, "</value>\n</parameter>\n");
}

static void
put_parameters(struct rcc_draft *out, const struct rcc_bulletin *bulletin)
{
	char text[RCC_MMSI_TEXT_SIZE + RCC_TIME_TEXT_SIZE];

	parameter(out, "kind", rcc_broadcast_word(bulletin->kind));
	parameter(out, "phase", rcc_phase_word(bulletin->phase));
	if (rcc_words_is_call(bulletin->kind)) {
		parameter(out, "nature", rcc_nature_word(bulletin->nature));
		parameter(out, "verified", bulletin->is_verified ? "true" : "false");
	}
	if (bulletin->persons != 0) {
		snprintf(text, sizeof text, "%u", bulletin->persons);
		parameter(out, "persons", text);
	}
	if (bulletin->casualty.v != 0)
		parameter(out, "mmsi", rcc_mmsi_format(text, bulletin->casualty));
	parameter(out, "coordinatingRCC", bulletin->centre[0] != '\0' ? bulletin->centre : "rcc");
}

static void
put_info(struct rcc_draft *out, const struct rcc_bulletin *bulletin)
{
	char text[RCC_PARAGRAPH_SIZE];
	char time[CAP_TIME_SIZE];

	rcc_draft_put(out, "<info>\n<language>en</language>\n<category>Rescue</category>\n");
	if (rcc_words_is_call(bulletin->kind) || bulletin->is_after_call)
		snprintf(text, sizeof text, "Distress at sea - %s", rcc_words_nature(bulletin->nature));
	else
		snprintf(text, sizeof text, "Craft missing at sea");
	element(out, "event", text);
	element(out, "responseType", response_of(bulletin->kind));
	put_weight(out, bulletin);
	element(out, "effective", cap_time(time, bulletin->issued_at_ms));
	if (bulletin->expires_at_ms != 0)
		element(out, "expires", cap_time(time, bulletin->expires_at_ms));
	element(out, "senderName", bulletin->centre);
	snprintf(text, sizeof text, "%s%s, incident %04u-%04u",
	         bulletin->class == RCC_CLASS_LIVE   ? ""
	         : bulletin->class == RCC_CLASS_TEST ? "TEST "
	                                             : "EXERCISE ",
	         rcc_words_kind(bulletin), bulletin->year, bulletin->number);
	element(out, "headline", text);
	element(out, "description", rcc_words_paragraph(text, bulletin));
	char request[RCC_LINE_SIZE];
	element(out, "instruction", rcc_words_request(request, bulletin));
	put_parameters(out, bulletin);
}

static void
put_pair(struct rcc_draft *out, struct rcc_pos pos)
{
	rcc_draft_fixed(out, pos.lat_e7, 7);
	rcc_draft_put(out, ",");
	rcc_draft_fixed(out, pos.lon_e7, 7);
}

static void
put_circle(struct rcc_draft *out, struct rcc_pos pos, uint32_t radius_m)
{
	rcc_draft_put(out, "<circle>");
	put_pair(out, pos);
	rcc_draft_put(out, " ");
	rcc_draft_fixed(out, radius_m, 3);
	rcc_draft_put(out, "</circle>\n");
}

/* Twice the area to the left of a, b, c: positive if they turn left. Longitudes that span the antimeridian: no polygon. */
static int64_t
turn(struct rcc_pos a, struct rcc_pos b, struct rcc_pos c)
{
	int64_t abx = ((int64_t)b.lon_e7 - a.lon_e7) / 100;
	int64_t aby = ((int64_t)b.lat_e7 - a.lat_e7) / 100;
	int64_t acx = ((int64_t)c.lon_e7 - a.lon_e7) / 100;
	int64_t acy = ((int64_t)c.lat_e7 - a.lat_e7) / 100;

	return abx * acy - aby * acx;
}

/* The hull of a few places by gift wrapping; returns how many corners, 0 = they enclose no area that can be drawn. */
static uint32_t
hull(const struct rcc_candidate *place, uint32_t count, uint32_t corner[RCC_CANDIDATES_MAX])
{
	uint32_t corners = 0;
	uint32_t first = 0;
	int64_t east = INT64_MIN;
	int64_t west = INT64_MAX;

	for (uint32_t i = 0; i < count; i++) {
		east = place[i].pos.lon_e7 > east ? place[i].pos.lon_e7 : east;
		west = place[i].pos.lon_e7 < west ? place[i].pos.lon_e7 : west;
		if (place[i].pos.lon_e7 < place[first].pos.lon_e7 ||
		    (place[i].pos.lon_e7 == place[first].pos.lon_e7 && place[i].pos.lat_e7 < place[first].pos.lat_e7))
			first = i;
	}
	if (count < 3 || east - west > RCC_LON_E7_MAX)
		return 0;
	for (uint32_t at = first; corners < count;) {
		uint32_t next = at == 0 ? 1 : 0;
		corner[corners++] = at;
		for (uint32_t i = 0; i < count; i++) {
			if (i != at && turn(place[at].pos, place[next].pos, place[i].pos) < 0)
				next = i;
		}
		at = next;
		if (at == first)
			break;
	}
	bool is_area = corners >= 3 && turn(place[corner[0]].pos, place[corner[1]].pos, place[corner[2]].pos) != 0;
	return is_area ? corners : 0;
}

static void
put_polygon(struct rcc_draft *out, const struct rcc_bulletin *bulletin)
{
	uint32_t corner[RCC_CANDIDATES_MAX];
	uint32_t corners = hull(bulletin->candidate, bulletin->candidate_count, corner);

	if (corners == 0)
		return;
	rcc_draft_put(out, "<polygon>");
	/* The ring is closed: the last pair is the first. */
	for (uint32_t i = 0; i <= corners; i++) {
		rcc_draft_put(out, "%s", i > 0 ? " " : "");
		put_pair(out, bulletin->candidate[corner[i % corners]].pos);
	}
	rcc_draft_put(out, "</polygon>\n");
}

static void
put_area(struct rcc_draft *out, const struct rcc_bulletin *bulletin)
{
	char text[RCC_LINE_SIZE];

	rcc_draft_put(out, "<area>\n");
	element(out, "areaDesc", rcc_words_where(text, bulletin));
	if (bulletin->candidate_count >= 2) {
		put_polygon(out, bulletin);
		for (uint32_t i = 0; i < bulletin->candidate_count; i++)
			put_circle(out, bulletin->candidate[i].pos, bulletin->pos_radius_m);
	} else if (rcc_pos_is_known(bulletin->pos)) {
		put_circle(out, bulletin->pos, bulletin->pos_radius_m);
	}
	rcc_draft_put(out, "</area>\n</info>\n</alert>\n");
}

enum rcc_status
rcc_render_cap(const struct rcc_bulletin *bulletin, char *text, size_t size)
{
	struct rcc_draft out;

	rcc_draft_init(&out, text, size);
	put_alert(&out, bulletin);
	put_info(&out, bulletin);
	put_area(&out, bulletin);
	return rcc_draft_end(&out);
}

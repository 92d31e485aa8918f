/*
 * render_cot.c - one Cursor on Target event (MITRE, Cursor-on-Target Message Router User's Guide; event schema 2.0).
 *
 * A distress is the emergency that ATAK knows as "911" (b-a-o-tbl) and its end the cancel of it (b-a-o-can). A missing craft
 * is no emergency: it stands as a surface craft of unknown allegiance (a-u-S-X-M), so that no device sounds for it.
 */
#include <stdio.h>
#include <string.h>

#include "rcc/text.h"
#include "rcc/units.h"
#include "render/words.h"
#include "render/write.h"

/* What is not known, by convention of the schema. */
#define UNKNOWN_M "9999999.0"
/* A distress does not fade from a screen while nobody has said that it is over: a day, and every update begins it anew. */
#define STALE_MS RCC_MS_PER_DAY

static void
attribute(struct rcc_draft *out, const char *name, const char *text)
{
	rcc_draft_put(out, " %s=\"", name);
	rcc_draft_xml(out, text);
	rcc_draft_put(out, "\"");
}

static void
put_point(struct rcc_draft *out, const struct rcc_bulletin *bulletin, struct rcc_pos pos)
{
	rcc_draft_put(out, "<point lat=\"");
	rcc_draft_fixed(out, pos.lat_e7, 7);
	rcc_draft_put(out, "\" lon=\"");
	rcc_draft_fixed(out, pos.lon_e7, 7);
	rcc_draft_put(out, "\" hae=\"" UNKNOWN_M "\" ce=\"");
	if (bulletin->pos_radius_m == 0)
		rcc_draft_put(out, UNKNOWN_M);
	else
		rcc_draft_put(out, "%u.0", bulletin->pos_radius_m);
	rcc_draft_put(out, "\" le=\"" UNKNOWN_M "\"/>\n");
}

/* Name, or what else a person would call it by. */
static const char *
callsign_of(char text[RCC_LINE_SIZE], const struct rcc_bulletin *bulletin)
{
	char mmsi[RCC_MMSI_TEXT_SIZE];

	if (bulletin->name[0] != '\0')
		return bulletin->name;
	if (bulletin->casualty.v != 0)
		snprintf(text, RCC_LINE_SIZE, "MMSI %s", rcc_mmsi_format(mmsi, bulletin->casualty));
	else
		snprintf(text, RCC_LINE_SIZE, "%04u-%04u", bulletin->year, bulletin->number);
	return text;
}

static void
put_detail(struct rcc_draft *out, const struct rcc_bulletin *bulletin)
{
	char text[RCC_PARAGRAPH_SIZE];
	char callsign[RCC_LINE_SIZE];
	bool is_end = bulletin->kind == RCC_BROADCAST_CANCEL && bulletin->is_after_call;

	rcc_draft_put(out, "<detail>\n<contact");
	attribute(out, "callsign", callsign_of(callsign, bulletin));
	rcc_draft_put(out, "/>\n");
	if (is_end) {
		rcc_draft_put(out, "<emergency cancel=\"true\">");
		rcc_draft_xml(out, callsign_of(callsign, bulletin));
		rcc_draft_put(out, "</emergency>\n");
	} else if (rcc_words_is_call(bulletin->kind)) {
		rcc_draft_put(out, "<emergency type=\"911 Alert\">");
		rcc_draft_xml(out, callsign_of(callsign, bulletin));
		rcc_draft_put(out, "</emergency>\n");
	}
	rcc_draft_put(out, "<remarks");
	attribute(out, "source", bulletin->centre);
	rcc_draft_put(out, ">%s", bulletin->is_draft ? "DRAFT, no ship has been told this. " : "");
	rcc_draft_xml(out, rcc_words_paragraph(text, bulletin));
	rcc_draft_put(out, "</remarks>\n</detail>\n");
}

static const char *
type_of(const struct rcc_bulletin *bulletin)
{
	/* Practice never sounds as an emergency. */
	if (bulletin->class != RCC_CLASS_LIVE)
		return "a-u-S-X-M";
	if (rcc_words_is_call(bulletin->kind))
		return "b-a-o-tbl";
	return bulletin->kind == RCC_BROADCAST_CANCEL && bulletin->is_after_call ? "b-a-o-can" : "a-u-S-X-M";
}

/* What is over is stale at once: that takes it off the screens. */
static int64_t
stale_ms(const struct rcc_bulletin *bulletin)
{
	if (bulletin->kind == RCC_BROADCAST_CANCEL)
		return bulletin->issued_at_ms;
	return bulletin->expires_at_ms != 0 ? bulletin->expires_at_ms : bulletin->issued_at_ms + STALE_MS;
}

enum rcc_status
rcc_render_cot(const struct rcc_bulletin *bulletin, char *text, size_t size)
{
	struct rcc_pos pos = bulletin->candidate_count >= 2 ? bulletin->candidate[0].pos : bulletin->pos;
	char uid[RCC_NAME_MAX + RCC_TIME_TEXT_SIZE];
	char time[RCC_TIME_TEXT_SIZE];
	struct rcc_draft out;

	rcc_draft_init(&out, text, size);
	/* An event is at a point, and none is invented. */
	if (!rcc_pos_is_known(pos))
		return RCC_E_AGAIN;
	/* The same case, whatever its revision, is the same event on every screen. */
	snprintf(uid, sizeof uid, "rccd.%.40s.%04u-%04u", bulletin->centre, bulletin->year, bulletin->number);
	rcc_draft_put(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<event version=\"2.0\"");
	attribute(&out, "uid", uid);
	attribute(&out, "type", type_of(bulletin));
	/* What a person typed is no fix of a machine. */
	attribute(&out, "how", bulletin->source == RCC_SOURCE_OFFICER ? "h-e" : "m-g");
	attribute(&out, "time", rcc_time_format(time, bulletin->issued_at_ms));
	attribute(&out, "start", rcc_time_format(time, bulletin->issued_at_ms));
	attribute(&out, "stale", rcc_time_format(time, stale_ms(bulletin)));
	rcc_draft_put(&out, ">\n");
	put_point(&out, bulletin, pos);
	put_detail(&out, bulletin);
	rcc_draft_put(&out, "</event>\n");
	return rcc_draft_end(&out);
}

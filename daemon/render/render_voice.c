/*
 * render_voice.c - to be read out: MAYDAY RELAY for a distress, PAN PAN or SECURITE for a missing craft, SEELONCE FINI at the end.
 *
 * Words and order: ITU Radio Regulations 32.16 (relay), 32.51 (end of distress traffic), 33.12 (urgency), 33.33 (safety). A
 * station that relays makes clear that it is not itself in distress (32.18).
 */
#include <stdio.h>

#include "rcc/text.h"
#include "render/words.h"
#include "render/write.h"

/* What an officer reads from a screen or a sheet without losing the line. */
#define WIDTH 72

static void
line(struct rcc_draft *out, const char *text)
{
	rcc_draft_wrap(out, text, WIDTH);
}

static void
thrice(struct rcc_draft *out, const char *before, const char *what)
{
	char text[RCC_LINE_SIZE];

	snprintf(text, sizeof text, "%s%s, %s, %s", before, what, what, what);
	line(out, text);
}

/* How the centre received it, in the relay's own sentence. */
static const char *
channel_of(enum rcc_source source)
{
	static const char *const words[RCC_SOURCE_LAST + 1] = {
	    [RCC_SOURCE_CREW] = "by data link",
	    [RCC_SOURCE_AIS_BEACON] = "by AIS beacon",
	    [RCC_SOURCE_AIS_STATUS] = "by AIS",
	    [RCC_SOURCE_AIS_TEXT] = "by AIS",
	    [RCC_SOURCE_DSC] = "by DSC",
	    [RCC_SOURCE_SIT185] = "by satellite",
	    [RCC_SOURCE_BEACON406] = "by 406 MHz beacon",
	    [RCC_SOURCE_OFFICER] = "by telephone or radio",
	    [RCC_SOURCE_OVERDUE] = "by a report that did not come",
	    [RCC_SOURCE_RCC] = "through another centre",
	};

	return source > 0 && source <= RCC_SOURCE_LAST ? words[source] : "";
}

/* Who sent a MAYDAY said so; what a third person tells, or a machine sends, is called what it is. */
static const char *
call_of(enum rcc_source source, bool is_live)
{
	if (source == RCC_SOURCE_OFFICER || source == RCC_SOURCE_RCC || source == RCC_SOURCE_OVERDUE)
		return "a report of distress of";
	if (source == RCC_SOURCE_CREW || source == RCC_SOURCE_DSC)
		return is_live ? "MAYDAY from" : "a distress call from";
	return "a distress alert from";
}

/* Practice is marked before and after, and does not say MAYDAY on the air. */
static void
put_mark(struct rcc_draft *out, enum rcc_class class)
{
	if (class == RCC_CLASS_EXERCISE)
		line(out, "EXERCISE, EXERCISE, EXERCISE");
	else if (class == RCC_CLASS_TEST)
		line(out, "TEST, TEST, TEST");
}

static void
put_place(struct rcc_draft *out, const struct rcc_bulletin *bulletin)
{
	char where[RCC_LINE_SIZE];
	char when[RCC_LINE_SIZE];
	char text[2 * RCC_LINE_SIZE + 2]; /* and ", " between them */

	rcc_words_where(where, bulletin);
	rcc_words_when(when, bulletin);
	snprintf(text, sizeof text, "%s%s%s", where, when[0] != '\0' ? ", " : "", when);
	line(out, text);
	line(out, rcc_words_doubts(text, bulletin));
}

static void
put_relay(struct rcc_draft *out, const struct rcc_bulletin *bulletin)
{
	char text[2 * RCC_LINE_SIZE + 2]; /* and ", " between them */
	char who[RCC_LINE_SIZE];
	char clock[RCC_CLOCK_SIZE];
	bool is_live = bulletin->class == RCC_CLASS_LIVE;

	/* ITU Radio Regulations 32.19C: to all stations. */
	thrice(out, "", is_live ? "MAYDAY RELAY" : "DISTRESS RELAY");
	thrice(out, "", "all stations");
	thrice(out, "this is ", bulletin->centre);
	snprintf(text, sizeof text,
	         "at %s %s I received %s %s, as follows:", rcc_words_clock(clock, bulletin->heard_at_ms),
	         channel_of(bulletin->source), call_of(bulletin->source, is_live), rcc_words_who(who, bulletin));
	line(out, text);
	put_place(out, bulletin);
	snprintf(text, sizeof text, "nature of distress: %s", rcc_words_nature(bulletin->nature));
	line(out, text);
	line(out, rcc_words_persons(text, bulletin));
	line(out, bulletin->text);
	if (!bulletin->is_verified)
		line(out, "this is not yet verified");
	line(out, rcc_words_request(text, bulletin));
	line(out, rcc_words_channel(text, bulletin));
	snprintf(text, sizeof text, "%s is not in distress", bulletin->centre);
	line(out, text);
}

/* A craft is missing: urgency at the alert phase, safety at uncertainty. Nobody is called on. */
static void
put_notice(struct rcc_draft *out, const struct rcc_bulletin *bulletin)
{
	char text[2 * RCC_LINE_SIZE + 2]; /* and ", " between them */
	char who[RCC_LINE_SIZE];
	char clock[RCC_CLOCK_SIZE];

	thrice(out, "", bulletin->phase == RCC_PHASE_UNCERTAINTY ? "SECURITE" : "PAN PAN");
	thrice(out, "", "all stations");
	thrice(out, "this is ", bulletin->centre);
	snprintf(text, sizeof text, "missing: %s", rcc_words_who(who, bulletin));
	line(out, text);
	snprintf(text, sizeof text, "last known:");
	line(out, text);
	put_place(out, bulletin);
	line(out, rcc_words_persons(text, bulletin));
	line(out, bulletin->text);
	line(out, rcc_words_request(text, bulletin));
	if (bulletin->expires_at_ms != 0) {
		snprintf(text, sizeof text, "until %s", rcc_words_clock(clock, bulletin->expires_at_ms));
		line(out, text);
	}
}

/* The end of distress traffic, or of a look-out that was asked for. */
static void
put_end(struct rcc_draft *out, const struct rcc_bulletin *bulletin)
{
	char text[2 * RCC_LINE_SIZE + 2]; /* and ", " between them */
	char who[RCC_LINE_SIZE];
	char clock[RCC_CLOCK_SIZE];
	bool is_fini = bulletin->kind == RCC_BROADCAST_CANCEL && bulletin->is_after_call;

	line(out, is_fini && bulletin->class == RCC_CLASS_LIVE ? "MAYDAY" : "SECURITE, SECURITE, SECURITE");
	thrice(out, "", "all stations");
	thrice(out, "this is ", bulletin->centre);
	snprintf(text, sizeof text, "at %s, %s", rcc_words_clock(clock, bulletin->issued_at_ms),
	         rcc_words_who(who, bulletin));
	line(out, text);
	line(out, rcc_words_kind(bulletin));
	line(out, bulletin->text);
	line(out, rcc_words_request(text, bulletin));
	if (is_fini && bulletin->class == RCC_CLASS_LIVE)
		line(out, "SEELONCE FINI");
}

enum rcc_status
rcc_render_voice(const struct rcc_bulletin *bulletin, char *text, size_t size)
{
	char words[RCC_LINE_SIZE];
	struct rcc_draft out;

	rcc_draft_init(&out, text, size);
	if (bulletin->is_draft)
		rcc_draft_put(&out, "(draft: no ship has been told this)\n");
	put_mark(&out, bulletin->class);
	if (rcc_words_is_call(bulletin->kind))
		put_relay(&out, bulletin);
	else if (bulletin->kind == RCC_BROADCAST_MISSING_NOTICE)
		put_notice(&out, bulletin);
	else
		put_end(&out, bulletin);
	line(&out, rcc_words_incident(words, bulletin));
	put_mark(&out, bulletin->class);
	/* A call waits for answers. */
	line(&out, rcc_words_is_call(bulletin->kind) ? "over" : "out");
	return rcc_draft_end(&out);
}

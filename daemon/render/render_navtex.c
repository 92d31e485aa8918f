/*
 * render_navtex.c - one NAVTEX message (IMO NAVTEX manual; ITU-R M.540): ZCZC B1B2B3B4, text, NNNN.
 *
 * B2 is D, search and rescue, which no receiver can reject. B3B4 is 00 for a relay of a distress alone, which every receiver
 * prints each time; everything else has a number of its own, so that it is printed once. Characters are those of ITA2 (ITU-T
 * S.1); lines have 40 at most.
 */
#include <stdio.h>
#include <string.h>

#include "rcc/text.h"
#include "render/words.h"
#include "render/write.h"

#define WIDTH 40
/* 01 to 99; 00 is for distress. */
#define SERIALS 99

/* What a letter with marks is without them: Latin-1 from U+00C0 on. '?' = not a letter that is written with one. */
static const char latin1[] = "AAAAAAACEEEEIIIIDNOOOOO?OUUUUYTSAAAAAAACEEEEIIIIDNOOOOO?OUUUUYTY";

/* One character of ITA2 for any other. */
static char
ita2(uint32_t rune)
{
	if (rune >= 'a' && rune <= 'z')
		return (char)(rune - 'a' + 'A');
	if ((rune >= 'A' && rune <= 'Z') || (rune >= '0' && rune <= '9'))
		return (char)rune;
	if (rune != 0 && rune < 0x80 && strchr(" -?:().,'=/+", (int)rune) != NULL)
		return (char)rune;
	if (rune == ';')
		return ',';
	if (rune == '"' || rune == '`')
		return '\'';
	if (rune == '_')
		return '-';
	if (rune == '&')
		return '+';
	if (rune == '[' || rune == '{' || rune == '<')
		return '(';
	if (rune == ']' || rune == '}' || rune == '>')
		return ')';
	if (rune >= 0xc0 && rune < 0xc0 + sizeof latin1 - 1)
		return latin1[rune - 0xc0];
	return '?';
}

static void
line(struct rcc_draft *out, const char *text)
{
	char plain[RCC_LINE_SIZE];
	size_t len = 0;

	for (const char *at = text; *at != '\0' && len < sizeof plain - 1;)
		plain[len++] = ita2(rcc_rune_next(&at));
	plain[len] = '\0';
	/* Four letters by themselves that end or begin a message for the receiver are broken up. */
	for (char *at = plain; (at = strstr(at, "NNNN")) != NULL;)
		at[1] = '-';
	for (char *at = plain; (at = strstr(at, "ZCZC")) != NULL;)
		at[1] = '-';
	rcc_draft_wrap(out, plain, WIDTH);
}

static void
put_heading(struct rcc_draft *out, const struct rcc_bulletin *bulletin)
{
	char dtg[RCC_DTG_TEXT_SIZE];

	/* Without the year: receivers keep a message for some days (NAVTEX manual). */
	rcc_draft_put(out, "%.14s\n", rcc_dtg_format(dtg, bulletin->issued_at_ms));
	if (bulletin->class != RCC_CLASS_LIVE)
		line(out, bulletin->class == RCC_CLASS_TEST ? "TEST TEST TEST" : "EXERCISE EXERCISE EXERCISE");
	if (rcc_words_is_call(bulletin->kind) && bulletin->class == RCC_CLASS_LIVE)
		line(out, "MAYDAY RELAY");
	else if (rcc_words_is_call(bulletin->kind))
		line(out, "DISTRESS RELAY");
	if (bulletin->kind != RCC_BROADCAST_DISTRESS_RELAY)
		line(out, rcc_words_kind(bulletin));
}

static void
put_body(struct rcc_draft *out, const struct rcc_bulletin *bulletin)
{
	char text[RCC_LINE_SIZE];
	char words[RCC_LINE_SIZE];

	snprintf(text, sizeof text, "%s %s", bulletin->centre, rcc_words_incident(words, bulletin));
	line(out, text);
	line(out, rcc_words_who(text, bulletin));
	if (bulletin->kind == RCC_BROADCAST_CANCEL) {
		line(out, bulletin->text);
		return;
	}
	line(out, rcc_words_where(text, bulletin));
	line(out, rcc_words_when(text, bulletin));
	line(out, rcc_words_doubts(text, bulletin));
	if (rcc_words_is_call(bulletin->kind))
		line(out, bulletin->nature == RCC_NATURE_NOT_STATED ? "nature of distress not known"
		                                                    : rcc_words_nature(bulletin->nature));
	line(out, rcc_words_persons(text, bulletin));
	line(out, bulletin->text);
	if (rcc_words_is_call(bulletin->kind) && !bulletin->is_verified)
		line(out, "not yet verified");
}

/* When the text itself is to be taken down (NAVTEX manual: "cancel this message"). */
static void
put_until(struct rcc_draft *out, int64_t expires_at_ms)
{
	char text[RCC_LINE_SIZE];
	char dtg[RCC_DTG_TEXT_SIZE];

	if (expires_at_ms == 0)
		return;
	snprintf(text, sizeof text, "cancel this message %.14s", rcc_dtg_format(dtg, expires_at_ms));
	line(out, text);
}

/* Which message a cancel takes down: the call before it, printed with the number of distress. */
static void
put_replaced(struct rcc_draft *out, const struct rcc_bulletin *bulletin, char station)
{
	char text[RCC_LINE_SIZE];
	char dtg[RCC_DTG_TEXT_SIZE];

	if (bulletin->kind != RCC_BROADCAST_CANCEL || !bulletin->is_after_call || bulletin->earlier_count == 0)
		return;
	snprintf(text, sizeof text, "cancel %cD00 %.14s", station,
	         rcc_dtg_format(dtg, bulletin->earlier[0].issued_at_ms));
	line(out, text);
}

enum rcc_status
rcc_render_navtex(const struct rcc_bulletin *bulletin, char station, char *text, size_t size)
{
	char words[RCC_LINE_SIZE];
	unsigned serial = rcc_words_is_call(bulletin->kind) ? 0 : 1 + (bulletin->broadcast + SERIALS - 1) % SERIALS;
	struct rcc_draft out;

	rcc_draft_init(&out, text, size);
	if (station < 'A' || station > 'Z')
		return RCC_E_RANGE;
	rcc_draft_put(&out, "ZCZC %cD%02u\n", station, serial);
	put_heading(&out, bulletin);
	put_body(&out, bulletin);
	line(&out, rcc_words_request(words, bulletin));
	if (rcc_words_is_call(bulletin->kind))
		line(&out, rcc_words_channel(words, bulletin));
	put_replaced(&out, bulletin, station);
	put_until(&out, bulletin->expires_at_ms);
	rcc_draft_put(&out, "NNNN\n");
	return rcc_draft_end(&out);
}

#include "render/words.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "rcc/text.h"
#include "rcc/units.h"
#include "render/write.h"

bool
rcc_words_is_call(enum rcc_broadcast_kind kind)
{
	return kind == RCC_BROADCAST_DISTRESS_RELAY || kind == RCC_BROADCAST_UPDATE;
}

/* ITU-R M.493, nature of distress, in the words of its table. */
const char *
rcc_words_nature(enum rcc_nature nature)
{
	static const char *const words[RCC_NATURE_LAST + 1] = {
	    [RCC_NATURE_NOT_STATED] = "not known",
	    [RCC_NATURE_FIRE] = "fire or explosion",
	    [RCC_NATURE_FLOODING] = "flooding",
	    [RCC_NATURE_COLLISION] = "collision",
	    [RCC_NATURE_GROUNDING] = "grounding",
	    [RCC_NATURE_CAPSIZING] = "listing, in danger of capsizing",
	    [RCC_NATURE_SINKING] = "sinking",
	    [RCC_NATURE_ADRIFT] = "disabled and adrift",
	    [RCC_NATURE_UNDESIGNATED] = "undesignated distress",
	    [RCC_NATURE_ABANDONING] = "abandoning ship",
	    [RCC_NATURE_PIRACY] = "piracy or armed robbery attack",
	    [RCC_NATURE_MOB] = "man overboard",
	    [RCC_NATURE_BEACON] = "a beacon transmits, nothing more is known",
	};

	return words[nature <= RCC_NATURE_LAST ? nature : RCC_NATURE_NOT_STATED];
}

const char *
rcc_words_clock(char text[RCC_CLOCK_SIZE], int64_t at_ms)
{
	char dtg[RCC_DTG_TEXT_SIZE];

	/* "271235 UTC NOV 98": day, hour and minute, zone, month, year. */
	rcc_dtg_format(dtg, at_ms);
	if (strlen(dtg) < 14)
		snprintf(text, RCC_CLOCK_SIZE, "a time not known");
	else
		snprintf(text, RCC_CLOCK_SIZE, "%.4s UTC %.2s %.3s", dtg + 2, dtg, dtg + 11);
	return text;
}

const char *
rcc_words_who(char line[RCC_LINE_SIZE], const struct rcc_bulletin *bulletin)
{
	char mmsi[RCC_MMSI_TEXT_SIZE];
	struct rcc_draft out;

	rcc_draft_init(&out, line, RCC_LINE_SIZE);
	if (bulletin->name[0] != '\0')
		rcc_draft_put(&out, "%s", bulletin->name);
	if (bulletin->casualty.v != 0)
		rcc_draft_put(&out, "%sMMSI %s", out.len > 0 ? ", " : "", rcc_mmsi_format(mmsi, bulletin->casualty));
	if (bulletin->callsign[0] != '\0')
		rcc_draft_put(&out, "%scall sign %s", out.len > 0 ? ", " : "", bulletin->callsign);
	if (out.len == 0)
		rcc_draft_put(&out, "a craft that is not identified");
	return line;
}

const char *
rcc_words_where(char line[RCC_LINE_SIZE], const struct rcc_bulletin *bulletin)
{
	char pos[RCC_POS_TEXT_SIZE];
	struct rcc_draft out;

	rcc_draft_init(&out, line, RCC_LINE_SIZE);
	if (bulletin->candidate_count < 2) {
		bool is_known = rcc_pos_is_known(bulletin->pos);
		rcc_draft_put(&out, "position %s", is_known ? rcc_pos_format(pos, bulletin->pos) : "not known");
		return line;
	}
	for (uint32_t i = 0; i < bulletin->candidate_count; i++) {
		const struct rcc_candidate *place = &bulletin->candidate[i];
		rcc_draft_put(&out, "%s%s", i == 0 ? "it may be at " : " or at ", rcc_pos_format(pos, place->pos));
		if (place->percent != 0)
			rcc_draft_put(&out, " (%u per cent)", place->percent);
	}
	return line;
}

const char *
rcc_words_when(char line[RCC_LINE_SIZE], const struct rcc_bulletin *bulletin)
{
	char clock[RCC_CLOCK_SIZE];
	struct rcc_draft out;

	rcc_draft_init(&out, line, RCC_LINE_SIZE);
	if (bulletin->pos_at_ms != 0)
		rcc_draft_put(&out, "at %s", rcc_words_clock(clock, bulletin->pos_at_ms));
	if (bulletin->pos_radius_m != 0) {
		rcc_draft_put(&out, "%swithin ", out.len > 0 ? ", " : "");
		/* Rounded up: nobody is told of a circle that is too small. */
		rcc_draft_fixed(&out, ((int64_t)bulletin->pos_radius_m * 10 + RCC_M_PER_NM - 1) / RCC_M_PER_NM, 1);
		rcc_draft_put(&out, " NM");
	}
	return line;
}

const char *
rcc_words_doubts(char line[RCC_LINE_SIZE], const struct rcc_bulletin *bulletin)
{
	struct rcc_draft out;

	rcc_draft_init(&out, line, RCC_LINE_SIZE);
	for (uint32_t mark = 1; mark <= RCC_ALERT_MARKS_ALL; mark <<= 1) {
		if ((bulletin->doubts & mark) != 0)
			rcc_draft_put(&out, "%s%s", out.len == 0 ? "position doubtful: " : "; ", rcc_mark_text(mark));
	}
	return line;
}

const char *
rcc_words_persons(char line[RCC_LINE_SIZE], const struct rcc_bulletin *bulletin)
{
	if (bulletin->persons == 0)
		snprintf(line, RCC_LINE_SIZE, "number of persons not known");
	else if (rcc_words_is_call(bulletin->kind) && bulletin->persons_left < bulletin->persons)
		snprintf(line, RCC_LINE_SIZE, "%u persons, %u of them still to be found or saved", bulletin->persons,
		         bulletin->persons_left);
	else
		snprintf(line, RCC_LINE_SIZE, "%u person%s", bulletin->persons, bulletin->persons == 1 ? "" : "s");
	return line;
}

const char *
rcc_words_incident(char line[RCC_LINE_SIZE], const struct rcc_bulletin *bulletin)
{
	struct rcc_draft out;

	rcc_draft_init(&out, line, RCC_LINE_SIZE);
	rcc_draft_put(&out, "incident %04u-%04u", bulletin->year, bulletin->number);
	if (bulletin->revision > 1)
		rcc_draft_put(&out, ", revision %u", bulletin->revision);
	return line;
}

const char *
rcc_words_kind(const struct rcc_bulletin *bulletin)
{
	switch (bulletin->kind) {
	case RCC_BROADCAST_DISTRESS_RELAY:
		return "distress relay";
	case RCC_BROADCAST_UPDATE:
		return "update of a distress relay";
	case RCC_BROADCAST_CANCEL:
		return "cancelled, help is no longer needed";
	case RCC_BROADCAST_SUSPENDED:
		return "search suspended until new developments";
	case RCC_BROADCAST_MISSING_NOTICE:
		return bulletin->revision > 1 && bulletin->earlier_count > 0 ? "update of a notice of a missing craft"
		                                                             : "notice of a missing craft";
	case RCC_BROADCAST_TASK:
	case RCC_BROADCAST_REQUISITION:
	case RCC_BROADCAST_COORDINATE:
	case RCC_BROADCAST_RELEASE:
	case RCC_BROADCAST_BULLETIN:
	case RCC_BROADCAST_CONDUCT_CARD:
		break; /* to single ships, or of no case: never what a case is told by */
	}
	return "message";
}

const char *
rcc_words_request(char line[RCC_LINE_SIZE], const struct rcc_bulletin *bulletin)
{
	const char *centre = bulletin->centre;

	if (rcc_words_is_call(bulletin->kind))
		snprintf(line, RCC_LINE_SIZE,
		         "ships in the vicinity keep a sharp look-out, assist if possible, report to %s", centre);
	else if (bulletin->kind == RCC_BROADCAST_CANCEL)
		snprintf(line, RCC_LINE_SIZE, "no further action is asked of ships");
	else
		snprintf(line, RCC_LINE_SIZE, "ships are asked to keep a look-out and to report sightings to %s",
		         centre);
	return line;
}

const char *
rcc_words_channel(char line[RCC_LINE_SIZE], const struct rcc_bulletin *bulletin)
{
	snprintf(line, RCC_LINE_SIZE, "%s%s", bulletin->channel[0] != '\0' ? "answer on " : "", bulletin->channel);
	return line;
}

static void
add(struct rcc_draft *out, const char *sentence)
{
	if (sentence[0] != '\0')
		rcc_draft_put(out, "%s%s", out->len > 0 ? ". " : "", sentence);
}

const char *
rcc_words_paragraph(char text[RCC_PARAGRAPH_SIZE], const struct rcc_bulletin *bulletin)
{
	char line[RCC_LINE_SIZE];
	struct rcc_draft out;

	rcc_draft_init(&out, text, RCC_PARAGRAPH_SIZE);
	add(&out, bulletin->class == RCC_CLASS_LIVE ? "" : bulletin->class == RCC_CLASS_TEST ? "TEST" : "EXERCISE");
	add(&out, rcc_words_kind(bulletin));
	add(&out, rcc_words_incident(line, bulletin));
	add(&out, rcc_words_who(line, bulletin));
	add(&out, rcc_words_where(line, bulletin));
	add(&out, rcc_words_when(line, bulletin));
	add(&out, rcc_words_doubts(line, bulletin));
	if (rcc_words_is_call(bulletin->kind)) {
		snprintf(line, sizeof line, "nature of distress: %s", rcc_words_nature(bulletin->nature));
		add(&out, line);
		add(&out, bulletin->is_verified ? "" : "not yet verified by a person");
	}
	add(&out, rcc_words_persons(line, bulletin));
	add(&out, bulletin->text);
	add(&out, rcc_words_request(line, bulletin));
	bool fits = rcc_draft_end(&out) == RCC_OK;
	assert(fits);
	return text;
}

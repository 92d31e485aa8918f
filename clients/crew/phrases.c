/*
 * phrases.c - what a centre's machine adds to an officer's words, said in the language of the crew. Officers' own words stand as they
 * were typed; so does everything in the log book, which is the record of what was received.
 *
 * The phrases are those of daemon/core/task.c and place_tell.c, and of rccctl's `open`; tests/unit/crew/test_phrases.c compares.
 */
#include <ctype.h>
#include <string.h>

#include "crew/crew.h"
#include "librcc/i18n.h"
#include "rcc/phrases.h"

static const struct {
	const char *text;
	enum {
		BEGINNING, /* of the text */
		OF_PLACE,  /* where the text begins as one of a place of safety does */
		CLAUSE,    /* after "; ", or at the beginning */
		NUMBERED,  /* the same, with a number behind it */
		AFTER_NUMBER,
		ENDING, /* of the text */
		WHOLE,  /* it is all that there is */
	} where;
} phrases[] = {
    {N_("Place of safety for the survivors aboard: "), BEGINNING},
    {N_(". It replaces "), OF_PLACE},
    {N_("Two officers decided so although "), OF_PLACE},
    {N_("it is flagged unsafe"), OF_PLACE},
    {N_("survivors fear it"), OF_PLACE},
    {N_("not every check is answered yes"), OF_PLACE},
    {N_("its authority refuses"), OF_PLACE},
    {N_("Your objection is on record and never counts against your ship."), OF_PLACE},
    {N_("No law obliges a master to go where life is at risk."), OF_PLACE},
    {N_("Withdrawn as a place of safety: "), BEGINNING},
    {N_("Do not go there; the centre seeks another."), OF_PLACE},
    {N_("You are not asked to go to "), BEGINNING},
    {N_(" any more: those whom you had aboard are ashore at "), OF_PLACE},
    {N_("chosen after asking the masters that answered (SOLAS V/33.2)"), CLAUSE},
    {N_("report every "), NUMBERED},
    {N_("conduct card "), NUMBERED},
    {N_(" applies"), AFTER_NUMBER},
    {N_("you are on-scene coordinator no more; report to "), BEGINNING},
    {N_(", who coordinates on scene from now on"), ENDING},
    {N_("by telephone: "), BEGINNING},
    {N_("by radio: "), BEGINNING},
    {N_("by e-mail: "), BEGINNING},
    {N_("from another centre: "), BEGINNING},
    {N_("by telephone"), WHOLE},
    {N_("by radio"), WHOLE},
    {N_("by e-mail"), WHOLE},
    {N_("from another centre"), WHOLE},
};

bool
rcc_crew_is_of_place(const char *text)
{
	static const char *const beginnings[] = {RCC_PHRASE_PLACED, RCC_PHRASE_PLACE_WITHDRAWN, RCC_PHRASE_PLACE_OVER};
	bool is_place = false;

	for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++) {
		is_place |= strncmp(text, beginnings[i], strlen(beginnings[i])) == 0;
	}
	return is_place;
}

/* Only where the machine puts it: the same words of an officer stand as he typed them. */
static bool
is_place_of(size_t phrase, const char *text, const char *at)
{
	const char *after = at + strlen(phrases[phrase].text);
	bool is_clause = at == text || (at >= text + 2 && at[-2] == ';' && at[-1] == ' ');

	switch (phrases[phrase].where) {
	case BEGINNING:
		return at == text;
	case OF_PLACE:
		return rcc_crew_is_of_place(text);
	case CLAUSE:
		return is_clause;
	case NUMBERED:
		return is_clause && isdigit((unsigned char)*after) != 0;
	case AFTER_NUMBER:
		return at > text && isdigit((unsigned char)at[-1]) != 0 && (*after == '\0' || *after == ';');
	case WHOLE:
		return at == text && *after == '\0';
	case ENDING:
		return *after == '\0';
	}
	return false;
}

static const char *
phrase_at(const char *text, const char *at)
{
	for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
		if (strncmp(at, phrases[i].text, strlen(phrases[i].text)) == 0 && is_place_of(i, text, at)) {
			return phrases[i].text;
		}
	}
	return NULL;
}

const char *
rcc_crew_centre_words(char ret_text[RCC_CREW_WORDS_SIZE], const char *text)
{
	size_t len = 0;

	for (const char *at = text; *at != '\0';) {
		const char *phrase = phrase_at(text, at);
		const char *said = phrase == NULL ? at : gettext(phrase);
		size_t said_len = phrase == NULL ? 1 : strlen(said);

		/* No phrase is so much longer in any language; what is cut, is cut at its end. */
		if (len + said_len >= RCC_CREW_WORDS_SIZE) {
			break;
		}
		memcpy(ret_text + len, said, said_len);
		len += said_len;
		at += phrase == NULL ? 1 : strlen(phrase);
	}
	ret_text[len] = '\0';
	return ret_text;
}

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

static const struct {
	const char *text;
	enum { ANYWHERE, BEGINNING, AFTER_DIGIT } where;
} phrases[] = {
    {N_("Place of safety for the survivors aboard: "), ANYWHERE},
    {N_(". It replaces "), ANYWHERE},
    {N_("Two officers decided so although "), ANYWHERE},
    {N_("it is flagged unsafe"), ANYWHERE},
    {N_("survivors fear it"), ANYWHERE},
    {N_("not every check is answered yes"), ANYWHERE},
    {N_("its authority refuses"), ANYWHERE},
    {N_("Your objection is on record and never counts against your ship."), ANYWHERE},
    {N_("No law obliges a master to go where life is at risk."), ANYWHERE},
    {N_("Withdrawn as a place of safety: "), ANYWHERE},
    {N_("Do not go there; the centre seeks another."), ANYWHERE},
    {N_("You are not asked to go to "), BEGINNING},
    {N_(" any more: those whom you had aboard are ashore at "), ANYWHERE},
    {N_("chosen after asking the masters that answered (SOLAS V/33.2)"), ANYWHERE},
    {N_("report every "), ANYWHERE},
    {N_("conduct card "), ANYWHERE},
    {N_(" applies"), AFTER_DIGIT},
    {N_("you are on-scene coordinator no more; report to "), ANYWHERE},
    {N_(", who coordinates on scene from now on"), ANYWHERE},
    {N_("by telephone: "), BEGINNING},
    {N_("by radio: "), BEGINNING},
    {N_("by e-mail: "), BEGINNING},
};

static const char *
phrase_at(const char *text, const char *at)
{
	for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
		bool is_here = phrases[i].where == ANYWHERE || (phrases[i].where == BEGINNING && at == text) ||
		               (phrases[i].where == AFTER_DIGIT && at > text && isdigit((unsigned char)at[-1]));

		if (is_here && strncmp(at, phrases[i].text, strlen(phrases[i].text)) == 0) {
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

/*
 * Words that the programs share with machines, said to people in their own language. The words themselves are those of
 * proto/text_words.c; this list is for the translators, who find here what stands there.
 */
#include <string.h>

#include "crew/crew.h"
#include "librcc/i18n.h"
#include "rcc/text.h"

static const char *const terms[] = {
    N_("not-stated"),
    N_("fire"),
    N_("flooding"),
    N_("collision"),
    N_("grounding"),
    N_("capsizing"),
    N_("sinking"),
    N_("adrift"),
    N_("undesignated"),
    N_("abandoning"),
    N_("piracy"),
    N_("man-overboard"),
    N_("beacon"),
    N_("crew"),
    N_("ais-beacon"),
    N_("ais-status"),
    N_("ais-text"),
    N_("dsc"),
    N_("sit185"),
    N_("beacon406"),
    N_("officer"),
    N_("overdue"),
    N_("rcc"),
    N_("guest"),
    N_("vessel"),
    N_("feed"),
    N_("agency"),
    N_("auditor"),
    N_("admin"),
    N_("peer"),
    N_("medical-advice"),
    N_("medevac"),
    N_("water"),
    N_("food"),
    N_("blankets"),
    N_("infant-supplies"),
    N_("sanitation"),
    N_("fuel"),
    N_("escort"),
    N_("interpreter"),
    N_("other"),
    N_("asked"),
    N_("promised"),
    N_("met"),
    N_("refused"),
    N_("withdrawn"),
    N_("offered"),
    N_("checked"),
    N_("assigned"),
    N_("reached"),
    N_("preferred"),
    N_("objected"),
    N_("feared"),
    N_("reviewed"),
    N_("malformed"),
    N_("range"),
    N_("too-large"),
    N_("unsupported"),
    N_("not-allowed"),
    N_("unknown-key"),
    N_("not-found"),
    N_("wrong-state"),
    N_("duplicate"),
    N_("full"),
    N_("cancel-first"),
    N_("no-position"),
    N_("conflict"),
    N_("version"),
    N_("reason-missing"),
    N_("degraded"),
    N_("rate"),
    N_("not-live"),
    N_("restricted"),
    N_("parts-open"),
    N_("persons-open"),
    N_("duties-open"),
    N_("untold"),
    N_("place-unchecked"),
    N_("place-unsafe"),
    N_("two-officers"),
    N_("in-distress"),
    N_("is-over"),
    N_("still-open"),
    N_("all-ships"),
    N_("none-complies"),
    N_("too-many"),
    N_("The message could not be read; send it again, and use another channel if this repeats."),
    N_("A value in the message is outside its range; correct the named field and send it again."),
    N_("The message or one of its fields is too long; shorten it and send it again."),
    N_("The centre does not know this kind of message; update the program, and use another channel "
       "meanwhile."),
    N_("Your key is not allowed to do this; ask the centre for the role it takes."),
    N_("Your key is not enrolled; give your public key to the centre."),
    N_("There is no such vessel, alert, incident or delivery; check the number."),
    N_("It cannot be done in its present state; look at it again before you decide."),
    N_("That name, key or MMSI is already enrolled; revoke the old one or choose another."),
    N_("A fixed table of the centre is full; tell the watch officer by voice."),
    N_("Ships still hold a call, a notice or an order of this incident; cancel it before you close it."),
    N_("No position is known; give one first."),
    N_("This message number was used before for other words; send it again as a new message."),
    N_("Your program and the centre have no protocol version in common; update the older one."),
    N_("A reason is required; state one and send it again."),
    N_("The centre cannot record anything now; use another channel and keep sending."),
    N_("Too many messages in a short time; wait and send again."),
    N_("Tests and exercises are kept out of what is live; nothing was done."),
    N_("It is a ship security alert: for officers alone, never for ships or for a case that ships hear of."),
    N_("Sub-incidents of this mass rescue are still open; close them first."),
    N_("Not every person is accounted for; say what became of each (persons), or suspend the case."),
    N_("Duties of this case are still open; settle each, or say why it falls away (duty)."),
    N_("Somebody who was told of it has not been told that it is over; tell them another way, and "
       "write it down."),
    N_("Not all four checks of this place are answered yes (place checked); or two officers decide, "
       "each with a reason."),
    N_("It is flagged unsafe, or a fear of it has not been reviewed (place reviewed); or two officers "
       "decide, with reasons."),
    N_("It takes two enrolled officers under names of their own, and you are the one who spoke first; "
       "ask another one."),
    N_("She is in distress herself, in this case or in another: she is helped, and neither asked nor counted as help."),
    N_("The ships have been told that it is over; call them anew first (relay or resume), then give the order."),
    N_("The case is still open: a final report is made once it is closed."),
    N_("Persons are still in danger, and this would let every ship go; release her by name, or say why all may go."),
    N_("No requisitioned ship complies yet (SOLAS V/33.3); release a ship by name."),
    N_("There are not so many persons; look at how many they are (persons), and send it again."),
    N_("its time, or that of its position, is still to come"),
    N_("its time, or that of its position, is long past"),
    N_("farther from its last position than anything afloat moves"),
    N_("at 0 N 0 E, where receivers without a fix put themselves"),
    N_("far inland, more than 60 nm from any water that ships sail"),
};

bool
rcc_crew_is_term(const char *word)
{
	for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
		if (strcmp(terms[i], word) == 0) {
			return true;
		}
	}
	return false;
}

const char *
rcc_crew_pos_words(char text[RCC_POS_TEXT_SIZE], struct rcc_pos pos)
{
	if (!rcc_pos_is_known(pos)) {
		/* TRANSLATORS: a position. */
		snprintf(text, RCC_POS_TEXT_SIZE, "%s", _("not known"));
		return text;
	}
	return rcc_pos_format(text, pos);
}

const char *
rcc_crew_term(const char *word)
{
	return gettext(word);
}

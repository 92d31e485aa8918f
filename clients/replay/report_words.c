/* report_words.c - one expression for each value, as it stands in a sentence or a table of a report. */
#include <string.h>

#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/work_text.h"
#include "replay/report.h"

#define SAY(name, type, last, ...)                                                                                     \
	const char *rcc_say_##name(type v)                                                                             \
	{                                                                                                              \
		static const char *const words[] = {__VA_ARGS__};                                                      \
		_Static_assert(sizeof words / sizeof words[0] == (last) + 1, "words for each value");                  \
		return (size_t)v <= (last) && words[v] != NULL ? gettext(words[v]) : "?";                              \
	}

/* clang-format off */
SAY(nature, enum rcc_nature, RCC_NATURE_LAST, N_("nature not stated"), N_("fire or explosion"), N_("flooding"),
	N_("collision"), N_("grounding"), N_("listing, in danger of capsizing"), N_("sinking"), N_("disabled and adrift"),
	N_("undesignated distress"), N_("abandoning ship"), N_("piracy or armed attack"), N_("man overboard"),
	N_("emergency beacon"))
SAY(source, enum rcc_source, RCC_SOURCE_LAST, NULL, N_("a crew's distress button"), N_("an AIS beacon"),
	N_("an AIS navigational status"), N_("an AIS safety text"), N_("a DSC call"), N_("a Cospas-Sarsat text"),
	N_("a 406 MHz beacon"), N_("a report to the centre"), N_("an overdue ship"), N_("another rescue coordination centre"))
SAY(phase, enum rcc_phase, RCC_PHASE_LAST, NULL, N_("uncertainty phase"), N_("alert phase"), N_("distress phase"))
SAY(status, enum rcc_incident_status, RCC_INCIDENT_STATUS_LAST, NULL, N_("new"), N_("open"), N_("closed"), N_("suspended"),
	N_("transferred to another centre"))
SAY(outcome, enum rcc_outcome, RCC_OUTCOME_LAST, NULL, N_("rescued"), N_("false alert"), N_("no distress"), N_("not found"),
	N_("joined to another case"))
SAY(class, enum rcc_class, RCC_CLASS_LAST, NULL, N_("live"), N_("test"), N_("EXERCISE"))
SAY(broadcast, enum rcc_broadcast_kind, RCC_BROADCAST_LAST, NULL, N_("Distress relay"), N_("Update"), N_("Cancel"),
	N_("Search suspended"), N_("Notice of a missing craft"), N_("Task"), N_("Requisition"), N_("On-scene coordination"),
	N_("Release"), N_("Bulletin"), N_("Conduct card"))
SAY(delivery, enum rcc_delivery_state, RCC_DELIVERY_LAST, NULL, N_("waiting"), N_("sent"), N_("on disk"), N_("read"),
	N_("answered"), N_("no longer needed"), N_("not reached"))
SAY(answer, enum rcc_answer_kind, RCC_ANSWER_LAST, NULL, N_("proceeding"), N_("unable"), N_("asks for details"),
	N_("on scene"), N_("done"))
SAY(excuse, enum rcc_reason, RCC_REASON_LAST, NULL, N_("the ship is disabled"), N_("danger to the ship or those aboard"),
	N_("dangerous cargo"), N_("too far away"), N_("not at sea"), N_("engaged in another rescue"), N_("released"),
	N_("another reason"))
SAY(owner, enum rcc_owner_kind, RCC_OWNER_LAST, N_("owner not stated"), N_("merchant"), N_("NGO"), N_("fishing"),
	N_("state"), N_("pleasure craft"))
SAY(where, enum rcc_where, RCC_WHERE_LAST, NULL, N_("at risk"), N_("aboard"), N_("landed"), N_("missing"), N_("dead"),
	N_("safe by their own means"), N_("never existed"), N_("outcome not known"))
SAY(need, enum rcc_need_kind, RCC_NEED_LAST, NULL, N_("medical advice"), N_("medical evacuation"), N_("water"), N_("food"),
	N_("blankets and shelter"), N_("infant supplies"), N_("sanitation"), N_("fuel"), N_("escort"), N_("interpreter"),
	N_("something else"))
SAY(need_state, enum rcc_need_state, RCC_NEED_STATE_LAST, NULL, N_("asked for"), N_("promised"), N_("met"), N_("turned down"),
	N_("withdrawn"))
SAY(place_step, enum rcc_place_step, RCC_PLACE_STEP_LAST, NULL, N_("asked of"), N_("offered by"), N_("refused by"),
	N_("checked"), N_("assigned to"), N_("withdrawn from"), N_("reached by"), N_("preferred by the master of"),
	N_("the master objects"), N_("survivors state a fear"), N_("the fear is reviewed"))
SAY(place_step_alone, enum rcc_place_step, RCC_PLACE_STEP_LAST, NULL, N_("asked"), N_("offered"), N_("refused"),
	N_("checked"), N_("assigned"), N_("withdrawn"), N_("reached"), N_("preferred by a master"), N_("objected to by a master"),
	N_("feared by survivors"), N_("fear reviewed"))
SAY(refusal, enum rcc_refusal, RCC_REFUSAL_LAST, NULL, N_("it cannot be read"), N_("a value is out of range"),
	N_("it is too large"), N_("it is not supported"), N_("it is not allowed"), N_("the key is not known"),
	N_("there is no such thing"), N_("not in this state"), N_("it is there already"), N_("a table is full"),
	N_("ships still hold the call: cancel first"), N_("the position is not known"), N_("it contradicts what was said before"),
	N_("another version"), N_("a reason is missing"), N_("nothing can be recorded"), N_("too many at a time"),
	N_("it is not live"), N_("it is for officers alone"), N_("parts of the case are still open"),
	N_("somebody is not accounted for"), N_("a duty is still owed"), N_("ships do not know it yet"),
	N_("the place is not checked"), N_("the place is not safe, or a fear of it is not reviewed"), N_("it takes two officers"),
	N_("the ship is in distress herself"), N_("ships have been told that it is over"), N_("the case is still open"),
	N_("persons are in danger, and every ship would go"), N_("no requisitioned ship complies"), N_("there are not so many persons"))
SAY(service, enum rcc_service, RCC_SERVICE_LAST, NULL, N_("medical care"), N_("shelter"), N_("child protection"),
	N_("international protection"), N_("help against trafficking"), N_("family links"), N_("interpretation"),
	N_("consular help"), N_("other help"))
SAY(note, enum rcc_note_kind, RCC_NOTE_LAST, NULL, N_("Inquiry"), N_("Consultation"), N_("Those in distress are told"),
	N_("Forwarded"), N_("Flag State"), N_("Company"), NULL, NULL, NULL, N_("Hope of finding survivors"),
	N_("Data given to an authority"), N_("On scene"), N_("Action"), N_("Plan"), N_("Note"),
	N_("File attached"), N_("File handed over"))
SAY(duty_state, enum rcc_duty_state, RCC_DUTY_STATE_LAST, NULL, N_("open, not yet settled"), N_("acknowledged"), N_("discharged"),
	N_("excused"), N_("OVERDUE"), N_("fell away"))
/* clang-format on */

const char *
rcc_say_check(uint32_t check)
{
	if (check == RCC_CHECK_RESCUE_ENDS)
		return _("the rescue ends there");
	if (check == RCC_CHECK_SAFETY)
		return _("life is no longer threatened");
	return check == RCC_CHECK_NEEDS ? _("basic needs are met") : _("onward transport is possible");
}

const char *
rcc_dossier_ship(const struct rcc_dossier *report, char text[RCC_DOSSIER_SHIP_SIZE], struct rcc_mmsi mmsi)
{
	char digits[RCC_MMSI_TEXT_SIZE];
	const struct rcc_peer *peer = NULL;

	/* Also one that was revoked since: the record speaks of her. */
	for (uint32_t i = 0; i < report->core->peer_count && mmsi.v != 0; i++) {
		if (report->core->peer[i].mmsi.v == mmsi.v && report->core->peer[i].role == RCC_ROLE_VESSEL)
			peer = &report->core->peer[i];
	}
	if (mmsi.v == 0)
		(void)snprintf(text, RCC_DOSSIER_SHIP_SIZE, "%s", _("Every ship"));
	else
		(void)snprintf(text, RCC_DOSSIER_SHIP_SIZE, "%s",
		               peer != NULL ? peer->name : rcc_mmsi_format(digits, mmsi));
	return text;
}

/* Where duties come from (duties.def), as lawyers of each language cite it. */
const char *
rcc_say_law(const char *law)
{
	static const char *const laws[] = {
	    N_("SAR Convention annex 4.2"),
	    N_("SAR Convention annex 2.1.1"),
	    N_("SAR Convention annex 4.5.1"),
	    N_("SAR Convention annex 4.5.2"),
	    N_("SAR Convention annex 4.5.3"),
	    N_("SAR Convention annex 4.5.4"),
	    N_("SAR Convention annex 4.5.5"),
	    N_("SAR Convention annex 4.7.1"),
	    N_("SAR Convention annex 4.8.3"),
	    N_("SAR Convention annex 4.8.4"),
	    N_("IMO MSC.155(78) 4.8.5"),
	    N_("SOLAS V/33.1-1; SAR Convention annex 3.1.9"),
	    N_("IMO MSC.167(78) 6.17"),
	    N_("Global Compact for Migration, objective 8"),
	    N_("IAMSAR vol. II; IMO MSC.167(78) 6.1"),
	    N_("SOLAS V/33.3"),
	    N_("SAR Convention annex 4.8.1, 4.5.3"),
	    N_("IMO MSC.167(78) 6.9"),
	    N_("SOLAS V/33.1; UNCLOS 98(1)(a), (b)"),
	    N_("SOLAS V/33.1"),
	    N_("SOLAS V/33.2"),
	    N_("SAR Convention annex 4.7.2"),
	    N_("the centre's own rule, for SAR Convention annex 4.6"),
	    N_("the centre's own rule, for SAR Convention annex 4.1.2"),
	    N_("IMO MSC.167(78) 5.1"),
	    N_("SOLAS V/33.6"),
	};

	for (size_t i = 0; i < sizeof laws / sizeof laws[0]; i++) {
		if (strcmp(laws[i], law) == 0)
			return gettext(laws[i]);
	}
	return law;
}

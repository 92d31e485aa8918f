/*
 * What a master says of a place of safety (IMO MSC.167(78) 6.12 to 6.20). An objection is kept and never counts against the ship;
 * a fear is a flag, with nobody's name.
 */
#include <string.h>

#include "crew/crew.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/work_text.h"

static bool
fill_place(const struct rcc_parsed *parsed, struct rcc_place *place)
{
	const char *name = rcc_crew_operand(parsed, 2), *what = rcc_crew_operand(parsed, 3);
	const char *text = parsed->value[CREW_TEXT];

	memset(place, 0, sizeof *place);
	place->pos = RCC_POS_NONE;
	if (name == NULL || what == NULL || rcc_place_parse(what, &place->step) != RCC_OK ||
	    (place->step != RCC_PLACE_PREFERRED && place->step != RCC_PLACE_OBJECTED &&
	     place->step != RCC_PLACE_FEARED)) {
		rcc_crew_complain("%s", _("place INC|latest NAME preferred, objected or feared"));
		return false;
	}
	if (name[0] == '\0' || rcc_text_copy(place->name, sizeof place->name, name, strlen(name)) != RCC_OK) {
		rcc_crew_complain(_("the name of the place must be text of 1 to %d bytes"), RCC_NAME_MAX);
		return false;
	}
	if (place->step == RCC_PLACE_OBJECTED && (text == NULL || text[0] == '\0')) {
		rcc_crew_complain("%s", _("an objection needs --text: it is kept as you say it"));
		return false;
	}
	if (text != NULL) {
		rcc_text_copy_lossy(place->text, sizeof place->text, text, strlen(text));
	}
	return true;
}

static const char *
words_of(enum rcc_place_step step)
{
	if (step == RCC_PLACE_OBJECTED) {
		return _(
		    "your objection is kept and never counts against your ship; no law obliges a master to go where "
		    "life is at risk");
	}
	if (step == RCC_PLACE_FEARED) {
		return _("an officer must look into it; until then no further ship is sent there. If you are on your "
		         "way there, "
		         "tell the centre by voice as well; name nobody");
	}
	return _("the centre takes it into account; it may send you elsewhere");
}

void
rcc_crew_place(struct rcc_crew *crew, const struct rcc_parsed *parsed)
{
	struct rcc_inbox_row row;
	struct rcc_place place;

	if (!fill_place(parsed, &place)) {
		crew->exit = RCC_EXIT_USAGE;
		return;
	}
	if (!rcc_crew_find_work(crew, rcc_crew_operand(parsed, 1), &row)) {
		return;
	}
	place.incident = row.delivery.incident;
	rcc_crew_say(crew, "%s", words_of(place.step));
	crew->message->class = row.delivery.class;
	crew->message->kind = RCC_BODY_PLACE;
	crew->message->u.place = place;
	rcc_crew_post(crew);
}

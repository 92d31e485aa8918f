/* What a message of the centre asks of the ship that has it, in the words of the law. */
#include "crew/crew.h"
#include "librcc/i18n.h"

bool
rcc_crew_is_ours(const struct rcc_crew *crew, const struct rcc_delivery_msg *delivery)
{
	bool is_our_number = delivery->casualty.v != 0 && delivery->casualty.v == crew->settings.mmsi.v;

	/* Without --mmsi the receipt of our own distress tells which case is ours. */
	return is_our_number || (crew->board != NULL && rcc_board_is_ours(crew->board, delivery));
}

/* What the law asks of a ship that is spoken to by name; NULL for what all ships are told. */
static const char *
words_of_duty(enum rcc_broadcast_kind kind)
{
	switch (kind) {
	case RCC_BROADCAST_TASK:
		return _(
		    "the centre asks your ship by name: answer whether you do it, or the reason why not; sent to a "
		    "place of safety, go, or object (`place`)");
	case RCC_BROADCAST_REQUISITION:
		return _("SOLAS V/33.2: a requisitioned master complies, continuing with all speed to help; answer the "
		         "centre "
		         "and enter it in the log");
	case RCC_BROADCAST_COORDINATE:
		return _("SAR Convention annex 4.7: you coordinate the ships on scene and report to the centre; answer "
		         "whether you can");
	case RCC_BROADCAST_RELEASE:
		return _("SOLAS V/33.3, 33.4: the duty to assist is at an end for your ship; resume your voyage");
	case RCC_BROADCAST_DISTRESS_RELAY:
	case RCC_BROADCAST_UPDATE:
	case RCC_BROADCAST_CANCEL:
	case RCC_BROADCAST_SUSPENDED:
	case RCC_BROADCAST_MISSING_NOTICE:
		break;
	case RCC_BROADCAST_BULLETIN:
		return _("for your information: nobody is called on");
	case RCC_BROADCAST_CONDUCT_CARD:
		return _("how the centre asks every ship to act towards people in distress; `read` it, so that the "
		         "centre knows that you have");
	}
	return NULL;
}

/* Of our own distress, as the others are told of it. */
static const char *
words_of_ours(enum rcc_broadcast_kind kind)
{
	switch (kind) {
	case RCC_BROADCAST_SUSPENDED:
		return _("this is your own distress: the search for you has stopped; if you still need help, raise it "
		         "again");
	case RCC_BROADCAST_CANCEL:
		return _("this is your own distress: it is cancelled by the centre; if you still need help, raise it "
		         "again");
	case RCC_BROADCAST_MISSING_NOTICE:
		return _("this is you: the centre misses you; tell it at once how you are");
	case RCC_BROADCAST_DISTRESS_RELAY:
	case RCC_BROADCAST_UPDATE:
	case RCC_BROADCAST_TASK:
	case RCC_BROADCAST_REQUISITION:
	case RCC_BROADCAST_COORDINATE:
	case RCC_BROADCAST_RELEASE:
	case RCC_BROADCAST_BULLETIN:
	case RCC_BROADCAST_CONDUCT_CARD:
		break;
	}
	return _("this is your own distress, as other ships have been told of it");
}

/* Is she free to go, were it not for those whom she has aboard? */
static bool
is_bound_by_survivors(const struct rcc_delivery_msg *delivery)
{
	return delivery->aboard != 0 &&
	       (delivery->kind == RCC_BROADCAST_RELEASE || delivery->kind == RCC_BROADCAST_CANCEL);
}

/* The duty towards those aboard is not that towards those in danger, and does not end with it. */
static int
words_of_survivors(const char *ret_lines[RCC_CREW_DUTY_LINES_MAX])
{
	ret_lines[0] =
	    _("YOU HAVE SURVIVORS ABOARD: no more is asked of you for those in danger, but these stay in your "
	      "care");
	ret_lines[1] = _("SOLAS V/33.1-1, 33.6: the centre finds a place of safety for them and tells you; until they "
	                 "are ashore, report to it; then say that you are done");
	return 2;
}

int
rcc_crew_duty_lines(const struct rcc_crew *crew, const struct rcc_delivery_msg *delivery,
                    const char *ret_lines[RCC_CREW_DUTY_LINES_MAX])
{
	if (delivery->class != RCC_CLASS_LIVE) {
		ret_lines[0] = _("this is no live alert: nobody is in danger, and the law asks nothing");
		return 1;
	}
	if (is_bound_by_survivors(delivery) && !rcc_crew_is_ours(crew, delivery)) {
		return words_of_survivors(ret_lines);
	}
	if (words_of_duty(delivery->kind) != NULL) {
		ret_lines[0] = words_of_duty(delivery->kind);
		return 1;
	}
	if (rcc_crew_is_joined(delivery)) {
		ret_lines[0] =
		    _("the centre takes the two cases for one: who is on the way goes on for the other one, until "
		      "the centre says otherwise");
		return 1;
	}
	if (rcc_crew_is_ours(crew, delivery)) {
		ret_lines[0] = words_of_ours(delivery->kind);
		return 1;
	}
	if (delivery->kind == RCC_BROADCAST_MISSING_NOTICE) {
		/* No word of a duty stands here: a notice asks, and calls on nobody (COMSAR.1/Circ.15, 3.3). */
		ret_lines[0] = _("nobody is called on: you are asked to keep a look-out, and to tell the centre at "
		                 "once what you see or hear");
		return 1;
	}
	if (delivery->kind == RCC_BROADCAST_SUSPENDED) {
		ret_lines[0] = _("the search has stopped until new developments: nobody is called on; keep a "
		                 "look-out, and tell the centre at once what you see or hear");
		return 1;
	}
	if (delivery->kind == RCC_BROADCAST_CANCEL) {
		ret_lines[0] = _("SOLAS V/33.4: you are released; resume your voyage unless the centre tells you "
		                 "otherwise");
		return 1;
	}
	if (delivery->called_on == 0 && delivery->persons != 0 && delivery->persons_left == 0) {
		ret_lines[0] =
		    _("nobody is at risk any more, as far as the centre knows: nobody is called on; who is on "
		      "the way goes on until the centre releases her");
		return 1;
	}
	ret_lines[0] = delivery->called_on != 0 ? _("YOU ARE CALLED ON TO RESPOND") : _("you are informed");
	ret_lines[1] = delivery->verified != 0 ? _("verified by the centre") : _("NOT YET VERIFIED by a person");
	ret_lines[2] = _("SOLAS V/33.1: a master able to help proceeds with all speed and tells the centre so;");
	ret_lines[3] = _("who cannot, or finds it unreasonable or unnecessary, tells the centre and logs the reason");
	return 4;
}

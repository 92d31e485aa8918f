/* Our own distress: two deliberate steps to raise it, and two to withdraw it. */
#define _POSIX_C_SOURCE 200809L
#include <string.h>
#include <strings.h>
#include <time.h>

#include "crew/crew.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

#define PERSONS_MAX 100000

static enum rcc_class
class_of(const struct rcc_parsed *parsed)
{
	if (parsed->value[CREW_TEST] != NULL) {
		return RCC_CLASS_TEST;
	}
	return parsed->value[CREW_EXERCISE] != NULL ? RCC_CLASS_EXERCISE : RCC_CLASS_LIVE;
}

bool
rcc_crew_pos(const struct rcc_parsed *parsed, struct rcc_pos *ret_pos)
{
	const char *text = parsed->value[CREW_POS];

	if (text == NULL) {
		return true;
	}
	if (rcc_pos_parse(text, ret_pos) != RCC_OK) {
		rcc_crew_complain(_("position '%s' cannot be read; write 35-12.40N 012-36.05E or 35.2067 12.6008"),
		                  text);
		return false;
	}
	return true;
}

bool
rcc_crew_persons(const struct rcc_parsed *parsed, uint32_t *ret_persons)
{
	const char *text = parsed->value[CREW_PERSONS];

	if (text == NULL || rcc_crew_number(text, PERSONS_MAX, ret_persons)) {
		return true;
	}
	rcc_crew_complain(_("persons '%s' is not a number from 0 to %d"), text, PERSONS_MAX);
	return false;
}

static bool
fill_alert(struct rcc_crew *crew, const struct rcc_parsed *parsed, struct rcc_alert *alert)
{
	const char *nature = parsed->value[CREW_NATURE], *text = parsed->value[CREW_TEXT];

	memset(alert, 0, sizeof *alert);
	alert->source = RCC_SOURCE_CREW;
	alert->class = class_of(parsed);
	alert->casualty = crew->settings.mmsi;
	alert->pos = RCC_POS_NONE;
	memcpy(alert->name, crew->settings.name, sizeof alert->name);
	if (!rcc_crew_pos(parsed, &alert->pos)) {
		return false;
	}
	/* A session knows where we are, and since when: an old place must not look like one of now. */
	if (parsed->value[CREW_POS] == NULL && crew->own_at_ms != 0 &&
	    rcc_crew_at_ms() - crew->own_at_ms <= RCC_BOARD_FIX_MAX_MS) {
		alert->pos = crew->own;
		alert->pos_at_ms = crew->own_at_ms;
	}
	if (nature != NULL && rcc_nature_parse(nature, &alert->nature) != RCC_OK) {
		rcc_crew_complain(
		    _("nature '%s' is not known: fire, flooding, collision, grounding, capsizing, sinking, "
		      "adrift, undesignated, abandoning, piracy, man-overboard"),
		    nature);
		return false;
	}
	if (!rcc_crew_persons(parsed, &alert->persons)) {
		return false;
	}
	if (text != NULL) {
		/* A remark that is too long or holds an odd character must not hold up a distress. */
		rcc_text_copy_lossy(alert->text, sizeof alert->text, text, strlen(text));
	}
	return true;
}

static void
send_alert(struct rcc_crew *crew)
{
	crew->message->class = crew->draft_class;
	crew->message->kind = RCC_BODY_ALERT;
	crew->message->u.alert = crew->draft;
	if (rcc_pos_is_known(crew->draft.pos) && crew->draft.pos_at_ms == 0) {
		struct timespec now = {0};

		(void)clock_gettime(CLOCK_REALTIME, &now);
		crew->message->u.alert.pos_at_ms = (int64_t)now.tv_sec * RCC_MS_PER_S;
		/* Where a live distress says that we are, we are: a drill, or one that was dropped, moves nobody. */
		if (crew->draft_class == RCC_CLASS_LIVE) {
			crew->own = crew->draft.pos;
			crew->own_at_ms = crew->message->u.alert.pos_at_ms;
		}
	}
	crew->waits = CREW_DRAFT_NONE;
	if ((crew->draft.marks & RCC_ALERT_SELF_CANCEL) != 0) {
		rcc_crew_say(crew,
		             _("%ssending; ships go on until an officer has cancelled it: tell them by radio too"),
		             rcc_crew_class_mark(crew->draft_class));
	} else if (crew->draft_class == RCC_CLASS_LIVE) {
		rcc_crew_say(crew, "%s", _("sending; until it says \"accepted\" use your radio too"));
	} else {
		rcc_crew_say(crew, _("%ssending"), rcc_crew_class_mark(crew->draft_class));
	}
	rcc_crew_post(crew);
}

void
rcc_crew_distress(struct rcc_crew *crew, const struct rcc_parsed *parsed)
{
	struct rcc_alert alert;

	/* A report that waited for SEND is not what SEND means from here on. */
	crew->waits = CREW_DRAFT_NONE;
	if (!fill_alert(crew, parsed, &alert)) {
		crew->exit = RCC_EXIT_USAGE;
		return;
	}
	crew->draft = alert;
	crew->draft_class = alert.class;
	if (parsed->value[CREW_YES] != NULL) {
		send_alert(crew);
		return;
	}
	rcc_crew_show_draft(&alert, alert.class);
	if (parsed->value[CREW_POS] != NULL && crew->own_at_ms != 0) {
		double nm = 0, deg = 0;

		rcc_crew_range(crew->own, alert.pos, &nm, &deg);
		rcc_crew_say(crew, _("that is %.1f NM %03d T from where we were"), nm, (int)(deg + 0.5) % 360);
	}
	if (!crew->is_session) {
		rcc_crew_fail(crew, RCC_EXIT_USAGE, _("nothing was sent: add --yes to send this distress"));
		return;
	}
	crew->waits = CREW_DRAFT_ALERT;
	rcc_crew_say(crew, _("%stype SEND to send this distress, anything else to drop it"),
	             rcc_crew_class_mark(alert.class));
}

void
rcc_crew_set_back(struct rcc_crew *crew, uint64_t head, uint64_t before)
{
	const struct rcc_board_distress *ours = crew->board != NULL ? &crew->board->distress : NULL;
	static const char text[] = "sent again: the record of the centre was set back";

	crew->set_back_at_ms = rcc_crew_at_ms();
	rcc_crew_say(crew,
	             _("WARNING: THE CENTRE HAS LOST THE END OF ITS RECORD: it ends at entry %llu and went to %llu. "
	               "Say again what "
	               "still stands, by radio too"),
	             (unsigned long long)head, (unsigned long long)before);
	if (ours == NULL || !crew->is_session || !ours->is_on || ours->word.entry_seq <= head) {
		return;
	}
	memset(&crew->draft, 0, sizeof crew->draft);
	crew->draft.source = RCC_SOURCE_CREW;
	crew->draft.class = crew->draft_class = ours->class;
	crew->draft.casualty = crew->settings.mmsi;
	crew->draft.nature = ours->nature;
	crew->draft.pos = ours->pos;
	crew->draft.pos_at_ms = rcc_pos_is_known(ours->pos) ? ours->word.at_ms : 0;
	crew->draft.persons = ours->persons;
	memcpy(crew->draft.name, crew->settings.name, sizeof crew->draft.name);
	memcpy(crew->draft.text, text, sizeof text);
	rcc_crew_say(crew, "%s", _("our distress is among what is lost: it is raised again now"));
	send_alert(crew);
}

/* Whoever withdraws a distress says so to everybody who may be on the way: it lowers nothing until an officer has looked. */
static void
fill_withdrawal(struct rcc_crew *crew, const struct rcc_parsed *parsed, struct rcc_alert *alert)
{
	const struct rcc_board_distress *ours = crew->board != NULL ? &crew->board->distress : NULL;
	const char *text = parsed->value[CREW_TEXT];

	memset(alert, 0, sizeof *alert);
	alert->source = RCC_SOURCE_CREW;
	alert->class = class_of(parsed);
	if (ours != NULL && ours->is_on) {
		alert->class = ours->class;
		alert->nature = ours->nature;
	}
	alert->casualty = crew->settings.mmsi;
	alert->pos = RCC_POS_NONE;
	alert->marks = RCC_ALERT_SELF_CANCEL;
	memcpy(alert->name, crew->settings.name, sizeof alert->name);
	text = text != NULL && text[0] != '\0' ? text : "sent in error, or no longer needed";
	rcc_text_copy_lossy(alert->text, sizeof alert->text, text, strlen(text));
}

void
rcc_crew_withdraw(struct rcc_crew *crew, const struct rcc_parsed *parsed)
{
	crew->waits = CREW_DRAFT_NONE;
	if (crew->board != NULL && crew->is_session && !crew->board->distress.is_on) {
		rcc_crew_fail(crew, RCC_EXIT_FAILED, _("there is no distress of ours to withdraw"));
		return;
	}
	fill_withdrawal(crew, parsed, &crew->draft);
	crew->draft_class = crew->draft.class;
	rcc_crew_say(crew, _("%sWITHDRAWAL of our own distress: %s"), rcc_crew_class_mark(crew->draft_class),
	             crew->draft.text);
	if (parsed->value[CREW_YES] != NULL) {
		send_alert(crew);
		return;
	}
	if (!crew->is_session) {
		rcc_crew_fail(crew, RCC_EXIT_USAGE, _("nothing was sent: add --yes to withdraw this distress"));
		return;
	}
	crew->waits = CREW_DRAFT_ALERT;
	rcc_crew_say(crew, _("%stype SEND to withdraw it, anything else to let it stand"),
	             rcc_crew_class_mark(crew->draft_class));
}

static bool
is_send(const char *line)
{
	char word[8];

	line += strspn(line, " \t");
	size_t len = strlen(line);
	while (len > 0 && strchr(" \t\r", line[len - 1]) != NULL) {
		len--;
	}
	if (len >= sizeof word) {
		return false;
	}
	memcpy(word, line, len);
	word[len] = '\0';
	return strcasecmp(word, "SEND") == 0;
}

void
rcc_crew_confirm(struct rcc_crew *crew, const char *line)
{
	crew->exit = RCC_EXIT_OK;
	/* In capitals or not: whoever types it twice under stress means it. */
	if (is_send(line) && crew->waits == CREW_DRAFT_SURVIVORS) {
		rcc_crew_send_survivors(crew);
		return;
	}
	if (is_send(line) && crew->waits == CREW_DRAFT_POSITION) {
		rcc_crew_take_position(crew);
		return;
	}
	if (is_send(line)) {
		send_alert(crew);
		return;
	}
	crew->waits = CREW_DRAFT_NONE;
	rcc_crew_say(crew, "%s", _("dropped: nothing was sent"));
	crew->exit = RCC_EXIT_FAILED;
}

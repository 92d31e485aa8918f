/* report_work.c - the work of a case in a report: tasks, persons, needs, places of safety, referrals, notes, duties. */
#include <string.h>

#include "core/duty.h"
#include "core/persons.h"
#include "core/place.h"
#include "librcc/i18n.h"
#include "librcc/persons_words.h"
#include "rcc/text.h"
#include "replay/report.h"

static bool
say_task(const struct rcc_dossier *report, const struct rcc_task *task, char text[RCC_DOSSIER_TEXT_SIZE],
         const char **ret_reason)
{
	char ship[RCC_DOSSIER_SHIP_SIZE];

	rcc_dossier_ship(report, ship, task->ship);
	*ret_reason = task->text;
	if (task->kind == RCC_TASK_REQUISITION)
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, _("%s is requisitioned, after consulting the masters (%s)"),
		               ship, task->consulted);
	else if (task->kind == RCC_TASK_COORDINATE)
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, _("%s is to coordinate on scene"), ship);
	else if (task->kind == RCC_TASK_RELEASE && task->others_comply != 0 && task->ship.v == 0)
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, "%s",
		               _("Every other ship: released, since the requisitioned ships comply"));
	else if (task->kind == RCC_TASK_RELEASE)
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE,
		               task->others_comply != 0 ? _("%s: released, since the requisitioned ships comply")
		                                        : _("%s: released, since help is no longer needed"),
		               ship);
	else
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, _("%s is asked to assist"), ship);
	return true;
}

static bool
say_survivors(const struct rcc_dossier *report, const struct rcc_survivors_reported *reported,
              char text[RCC_DOSSIER_TEXT_SIZE])
{
	const struct rcc_survivors *survivors = &reported->body;
	char ship[RCC_DOSSIER_SHIP_SIZE];
	char persons[RCC_DOSSIER_TEXT_SIZE];
	int len =
	    snprintf(text, RCC_DOSSIER_TEXT_SIZE,
	             reported->is_counted != 0   ? _("%s has aboard, as another centre counted them: %.400s")
	             : reported->said_at_ms != 0 ? _("%s reports aboard, as she told another centre: %.400s")
	                                         : _("%s reports aboard: %.400s"),
	             rcc_dossier_ship(report, ship, survivors->ship), rcc_persons_words(persons, &survivors->aboard));

	if (survivors->dead > 0)
		len += snprintf(text + len, RCC_DOSSIER_TEXT_SIZE - (size_t)len, _(", %u dead"), survivors->dead);
	if (survivors->safe_hours > 0)
		len += snprintf(text + len, RCC_DOSSIER_TEXT_SIZE - (size_t)len,
		                _("; she can keep them safely for %u h"), survivors->safe_hours);
	if (survivors->protection_stated != 0)
		(void)snprintf(text + len, RCC_DOSSIER_TEXT_SIZE - (size_t)len, "%s",
		               _("; some have stated a fear or a need of protection"));
	return true;
}

static const char *
whereabouts(const struct rcc_dossier *report, char text[RCC_DOSSIER_TEXT_SIZE / 4], enum rcc_where where,
            struct rcc_mmsi ship, struct rcc_place_id place)
{
	char name[RCC_DOSSIER_SHIP_SIZE];
	const struct rcc_place_state *at = rcc_place_find(report->core, place);

	if (where == RCC_WHERE_ABOARD)
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE / 4, "%s %s", rcc_say_where(where),
		               rcc_dossier_ship(report, name, ship));
	else if (where == RCC_WHERE_LANDED && at != NULL)
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE / 4, _("%s at %s"), rcc_say_where(where), at->name);
	else
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE / 4, "%s", rcc_say_where(where));
	return text;
}

static bool
say_move(const struct rcc_dossier *report, const struct rcc_move_persons *move, char text[RCC_DOSSIER_TEXT_SIZE],
         const char **ret_reason)
{
	char persons[RCC_DOSSIER_TEXT_SIZE];
	char from[RCC_DOSSIER_TEXT_SIZE / 4];
	char to[RCC_DOSSIER_TEXT_SIZE / 4];
	int len = snprintf(text, RCC_DOSSIER_TEXT_SIZE, _("From %s to %s: %.300s"),
	                   whereabouts(report, from, move->from, move->from_ship, (struct rcc_place_id){0}),
	                   whereabouts(report, to, move->to, move->to_ship, move->place),
	                   rcc_persons_words(persons, &move->count));

	if (move->family == RCC_FAMILY_TOGETHER)
		(void)snprintf(text + len, RCC_DOSSIER_TEXT_SIZE - (size_t)len, "%s", _("; families stay together"));
	else if (move->family == RCC_FAMILY_SPLIT)
		(void)snprintf(text + len, RCC_DOSSIER_TEXT_SIZE - (size_t)len, "%s",
		               _("; a family is parted, for a reason that stands in the record"));
	/* Why a family was parted tells of a person; why somebody is counted as never found, or never there, of the count. */
	if (move->family != RCC_FAMILY_SPLIT)
		*ret_reason = move->reason;
	return true;
}

static bool
say_need(const struct rcc_dossier *report, const struct rcc_need *need, char text[RCC_DOSSIER_TEXT_SIZE],
         const char **ret_reason)
{
	char ship[RCC_DOSSIER_SHIP_SIZE];
	const struct rcc_need_line *line = rcc_need_find(report->core, need->need);
	enum rcc_need_kind kind = line != NULL ? line->kind : need->kind;

	uint32_t quantity = need->quantity != 0 || line == NULL ? need->quantity : line->quantity;
	char amount[16] = "";

	if (quantity != 0)
		(void)snprintf(amount, sizeof amount, " (%u)", quantity);
	(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, _("Need %u of %s, %s%s: %s"), need->need.v,
	               rcc_dossier_ship(report, ship, line != NULL ? line->ship : need->ship), rcc_say_need(kind),
	               amount, rcc_say_need_state(need->state));
	/* What is asked for may be about a person, and its words stay in the record; why it was refused is a reason. */
	if (need->state == RCC_NEED_REFUSED)
		*ret_reason = need->text;
	return true;
}

static void
put_checks(char text[RCC_DOSSIER_TEXT_SIZE], int len, uint32_t checks)
{
	for (uint32_t check = 1; check <= RCC_CHECK_ONWARD; check <<= 1) {
		if ((checks & check) != 0)
			len += snprintf(text + len, RCC_DOSSIER_TEXT_SIZE - (size_t)len, "; %s", rcc_say_check(check));
	}
}

/* Who stands behind the step: an authority, or a ship. */
static const char *
actor_of(const struct rcc_dossier *report, const struct rcc_place *place, char ship[RCC_DOSSIER_SHIP_SIZE])
{
	bool is_authority =
	    place->step == RCC_PLACE_ASKED || place->step == RCC_PLACE_OFFERED || place->step == RCC_PLACE_REFUSED;

	if (is_authority)
		return place->authority;
	return place->ship.v == 0 ? "" : rcc_dossier_ship(report, ship, place->ship);
}

static bool
say_place(const struct rcc_dossier *report, const struct rcc_place_stepped *stepped, char text[RCC_DOSSIER_TEXT_SIZE],
          const char **ret_reason)
{
	const struct rcc_place *place = &stepped->body;
	const struct rcc_place_state *state = rcc_place_find(report->core, place->place);
	char ship[RCC_DOSSIER_SHIP_SIZE];
	const char *actor = actor_of(report, place, ship);
	int len = snprintf(text, RCC_DOSSIER_TEXT_SIZE, "%s: %s%s%s", state != NULL ? state->name : place->name,
	                   actor[0] != '\0' ? rcc_say_place_step(place->step) : rcc_say_place_step_alone(place->step),
	                   actor[0] != '\0' ? " " : "", actor);

	if (stepped->is_pending != 0)
		len += snprintf(text + len, RCC_DOSSIER_TEXT_SIZE - (size_t)len, "%s",
		                _("; against what stands in its way, so a second officer must decide the same"));
	if (place->extra_nm != 0 || place->extra_h != 0)
		len += snprintf(text + len, RCC_DOSSIER_TEXT_SIZE - (size_t)len, _("; %u nm and %u h out of her way"),
		                place->extra_nm, place->extra_h);
	if (place->step == RCC_PLACE_CHECKED || place->step == RCC_PLACE_REVIEWED)
		len += snprintf(text + len, RCC_DOSSIER_TEXT_SIZE - (size_t)len, "%s",
		                place->is_unsafe != 0 ? _("; NOT SAFE: life or freedom would be at risk") : "");
	if (place->step == RCC_PLACE_CHECKED)
		put_checks(text, len, place->checks);
	/* What survivors fear is theirs; what an officer found of it is a reason. */
	if (place->step != RCC_PLACE_FEARED)
		*ret_reason = place->text;
	return true;
}

static bool
say_note(const struct rcc_note *note, char text[RCC_DOSSIER_TEXT_SIZE], const char **ret_reason)
{
	bool is_of_the_sea = note->kind == RCC_NOTE_SCENE || note->kind == RCC_NOTE_PLAN ||
	                     note->kind == RCC_NOTE_ACTION || note->kind == RCC_NOTE_HOPE;

	/* Not even that there is one. */
	if (rcc_note_is_restricted(note->kind))
		return false;
	(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, "%s", rcc_say_note(note->kind));
	/* With whom somebody spoke may be a person's name, and so may the words of other notes: they are in the record. */
	if (is_of_the_sea)
		*ret_reason = note->text;
	return true;
}

static bool
say_duty(const struct rcc_dossier *report, const struct rcc_duty_changed *changed, char text[RCC_DOSSIER_TEXT_SIZE],
         const char **ret_reason)
{
	const struct rcc_duty *duty = rcc_duty_find(report->core, changed->duty);
	const struct rcc_duty_rule_row *rule = duty == NULL ? NULL : rcc_duty_rule_find(duty->rule);
	char ship[RCC_DOSSIER_SHIP_SIZE];

	if (rule == NULL)
		return false;
	(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, _("Duty of %s, %s: %s"),
	               changed->ship.v == 0 ? _("the centre") : rcc_dossier_ship(report, ship, changed->ship),
	               gettext(rule->what), rcc_say_duty_state(changed->state));
	/* Of a clock that ran out the machine notes the duty itself. */
	if (changed->state != RCC_DUTY_OVERDUE)
		*ret_reason = changed->reason;
	return true;
}

static bool
say_handover(const struct rcc_handover_changed *changed, char text[RCC_DOSSIER_TEXT_SIZE], const char **ret_reason)
{
	const struct rcc_handover *handover = &changed->body;
	/* Of a case that the other offers, and of one that we do: the same step is another's. */
	static const char *const incoming[] = {NULL,
	                                       N_("The case is offered by"),
	                                       N_("The case is accepted by this centre, from"),
	                                       N_("The case is refused by this centre, to"),
	                                       N_("The case has passed, by both records, to this centre, from"),
	                                       N_("The offer is withdrawn by"),
	                                       N_("The case is contested with"),
	                                       NULL,
	                                       NULL};
	_Static_assert(sizeof incoming / sizeof incoming[0] == RCC_HANDOVER_STEP_LAST + 1, "words for each step");
	static const char *const words[] = {NULL,
	                                    N_("The case is offered to"),
	                                    N_("The case is accepted by"),
	                                    N_("The case is refused by"),
	                                    N_("The case has passed, by both records, to"),
	                                    N_("The offer is withdrawn from"),
	                                    N_("The case is contested with"),
	                                    NULL,
	                                    N_("No answer in time from")};
	_Static_assert(sizeof words / sizeof words[0] == RCC_HANDOVER_STEP_LAST + 1, "words for each step");

	const char *word = changed->is_incoming != 0 ? incoming[handover->step] : words[handover->step];
	if (word == NULL)
		return false;
	(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, "%s %s", gettext(word), handover->centre);
	*ret_reason = handover->reason;
	return true;
}

/* What is kept of the case longer than the rules say, or not at all any more; and why. */
static bool
say_retention(const struct rcc_retention *kept, char text[RCC_DOSSIER_TEXT_SIZE], const char **ret_reason)
{
	static const char *const words[] = {NULL, N_("A legal hold: nothing that the case keeps is erased"),
	                                    N_("The legal hold is lifted"), N_("What was told in confidence is erased"),
	                                    NULL};
	_Static_assert(sizeof words / sizeof words[0] == RCC_RETENTION_STEP_LAST + 1, "words for each step");

	if (words[kept->step] == NULL)
		return false;
	(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, "%s", gettext(words[kept->step]));
	*ret_reason = kept->reason;
	return true;
}

/* What the centre organises. Officers are not named: their duties are the centre's. */
static bool
say_centre(const struct rcc_event *event, char text[RCC_DOSSIER_TEXT_SIZE], const char **ret_reason)
{
	if (event->kind == RCC_EVENT_SMC_SET) {
		*ret_reason = event->u.smc_set.body.reason;
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, "%s", _("The case has a mission coordinator"));
	} else if (event->kind == RCC_EVENT_COMMS_SET) {
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, _("Channels: with the centre %s, on scene %s"),
		               event->u.comms_set.body.control, event->u.comms_set.body.on_scene);
	} else if (event->kind == RCC_EVENT_SITREP_ISSUED) {
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE, _("Situation report %u to %s"),
		               event->u.sitrep_issued.number, event->u.sitrep_issued.body.to);
	} else if (event->kind == RCC_EVENT_REFERRED) {
		const struct rcc_referral *referral = &event->u.referred.body;
		(void)snprintf(text, RCC_DOSSIER_TEXT_SIZE,
		               ngettext("%u survivor is referred to %s: %s%s", "%u survivors are referred to %s: %s%s",
		                        referral->persons),
		               referral->persons, referral->to, rcc_say_service(referral->service),
		               referral->is_accepted != 0 ? _(", accepted") : "");
	} else {
		return false;
	}
	return true;
}

bool
rcc_dossier_say_work(const struct rcc_dossier *report, const struct rcc_event *event, char text[RCC_DOSSIER_TEXT_SIZE],
                     const char **ret_reason)
{
	if (event->kind == RCC_EVENT_TASKED)
		return say_task(report, &event->u.tasked.body, text, ret_reason);
	if (event->kind == RCC_EVENT_SURVIVORS_REPORTED)
		return say_survivors(report, &event->u.survivors_reported, text);
	if (event->kind == RCC_EVENT_PERSONS_MOVED)
		return say_move(report, &event->u.persons_moved.body, text, ret_reason);
	if (event->kind == RCC_EVENT_NEED_CHANGED)
		return say_need(report, &event->u.need_changed.body, text, ret_reason);
	if (event->kind == RCC_EVENT_PLACE_STEPPED)
		return say_place(report, &event->u.place_stepped, text, ret_reason);
	if (event->kind == RCC_EVENT_NOTED)
		return say_note(&event->u.noted.body, text, ret_reason);
	if (event->kind == RCC_EVENT_DUTY_CHANGED)
		return say_duty(report, &event->u.duty_changed, text, ret_reason);
	if (event->kind == RCC_EVENT_HANDOVER_CHANGED)
		return say_handover(&event->u.handover_changed, text, ret_reason);
	if (event->kind == RCC_EVENT_RETENTION_CHANGED)
		return say_retention(&event->u.retention_changed.body, text, ret_reason);
	return say_centre(event, text, ret_reason);
}

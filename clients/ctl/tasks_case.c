/* What a case asks of an officer. */
#include <stdio.h>
#include <string.h>

#include "ctl/tasks_internal.h"
#include "librcc/i18n.h"

static struct rcc_ctl_task *
add_case(struct rcc_ctl_tasks *tasks, enum rcc_ctl_task_kind kind, const json_t *row, const char *text)
{
	struct rcc_ctl_task *task = rcc_ctl_task_add(tasks, kind, row);
	if (task == NULL)
		return NULL;
	SAY(task->subject, "%s", rcc_ctl_row_text(row, "incident"));
	SAY(task->since, "%s", rcc_ctl_row_text(row, "opened"));
	SAY(task->text, "%s", text);
	SAY(task->command, "rccctl show %s", task->subject);
	return task;
}

/* A call that stands and that ships have no line of: none is registered, or the ledger holds no more. */
static void
take_unheard(struct rcc_ctl_tasks *tasks, const json_t *row)
{
	long long left_out = rcc_ctl_row_number(row, "left_out");
	const json_t *recipients = json_object_get(row, "recipients");
	bool is_heard = recipients == NULL ||
	                (json_integer_value(recipients) != 0 && !rcc_ctl_row_is_true(row, "only_casualty_told"));
	char text[RCC_CTL_TASK_TEXT];
	if (!rcc_ctl_row_is_word(row, "relay", "sent") || rcc_ctl_row_is_word(row, "status", "transferred") ||
	    (is_heard && left_out == 0))
		return;
	if (is_heard)
		SAY(text,
		    ngettext("the ledger is full: %lld ship HAS NO LINE OF IT; call her by voice",
		             "the ledger is full: %lld ships HAVE NO LINE OF IT; call them by voice",
		             (unsigned long)left_out),
		    left_out);
	else
		SAY(text, "%s", _("NOBODY IS TOLD: no other registered ship can hear of it; call ships by voice"));
	struct rcc_ctl_task *task = add_case(tasks, RCC_CTL_TASK_NOBODY, row, text);
	if (task != NULL)
		SAY(task->command, "rccctl rank %s", rcc_ctl_row_text(row, "incident"));
}

/* The ships know that it is over: what stands between that and the end of the case. */
static void
take_cancelled(struct rcc_ctl_tasks *tasks, const json_t *row)
{
	const char *number = rcc_ctl_row_text(row, "incident");
	long long unstored = rcc_ctl_row_number(row, "recipients") - rcc_ctl_row_number(row, "stored");
	long long aboard = rcc_ctl_row_number(row, "persons_aboard");
	long long missing = rcc_ctl_row_number(row, "persons_missing");
	long long at_risk = rcc_ctl_row_number(row, "persons_at_risk");
	bool is_real = rcc_ctl_row_number(row, "persons_found") > 0;
	char text[RCC_CTL_TASK_TEXT];
	struct rcc_ctl_task *task;
	if (rcc_ctl_row_is_word(row, "status", "transferred"))
		at_risk = 0;
	if (at_risk > 0 && is_real) {
		SAY(text,
		    _("%lld ARE STILL AT RISK AND NO SHIP IS CALLED any more: call anew, or say what became of each "
		      "(persons)"),
		    at_risk);
		task = add_case(tasks, RCC_CTL_TASK_NOBODY_GOES, row, text);
		if (task != NULL)
			SAY(task->command, "rccctl relay %s", number);
	}
	if (aboard + missing > 0)
		SAY(text, _("help on scene is over, and %lld are aboard ships, %lld missing: see them ashore"), aboard,
		    missing);
	else if (at_risk > 0)
		SAY(text,
		    _("help on scene is over, and nobody has said what became of %lld: say it, or close it as what it "
		      "was"),
		    at_risk);
	else if (unstored > 0)
		SAY(text,
		    ngettext("it is over, and %lld ship has not stored that yet: close it when it has",
		             "it is over, and %lld ships have not stored that yet: close it when they have",
		             (unsigned long)unstored),
		    unstored);
	else
		SAY(text, "%s", _("the ships know that it is over: see what stands against closing it, and close it"));
	size_t len = strlen(text);
	if (unstored > 0 && aboard + missing + at_risk > 0)
		snprintf(text + len, sizeof text - len,
		         ngettext("; %lld ship has not stored that yet", "; %lld ships have not stored that yet",
		                  (unsigned long)unstored),
		         unstored);
	task = add_case(tasks, RCC_CTL_TASK_CLOSE, row, text);
	if (task == NULL)
		return;
	SAY(task->command, "rccctl closing %s", number);
	if (aboard + missing + at_risk == 0)
		task->grave = GRAVE_TIDY;
}

/* What keeps the ships from being told. */
static void
take_relay(struct rcc_ctl_tasks *tasks, const json_t *row)
{
	const char *number = rcc_ctl_row_text(row, "incident");
	struct rcc_ctl_task *task;
	char text[RCC_CTL_TASK_TEXT];
	if (rcc_ctl_row_is_word(row, "relay", "waits-for-position")) {
		task = add_case(tasks, RCC_CTL_TASK_NO_POSITION, row,
		                rcc_ctl_row_is_true(row, "no_position_overdue")
		                    ? _("NO POSITION, FOR TOO LONG: no ship is told yet")
		                    : _("NO POSITION: no ship is told yet"));
		if (task != NULL)
			SAY(task->command, "rccctl classify %s --pos POS --reason TEXT", number);
	} else if (rcc_ctl_row_is_word(row, "relay", "held")) {
		task = add_case(tasks, RCC_CTL_TASK_HELD, row, _("HELD by an officer: no ship is told"));
		if (task != NULL)
			SAY(task->command, "rccctl relay %s", number);
	} else if (rcc_ctl_row_is_word(row, "relay", "officer")) {
		task = add_case(tasks, RCC_CTL_TASK_OFFICER, row,
		                _("no ship is told: the machine leaves that to an officer"));
		if (task != NULL)
			SAY(task->command, "rccctl relay %s", number);
	} else if (rcc_ctl_row_is_word(row, "relay", "scheduled")) {
		SAY(text, _("the ships are told at %.19sZ unless held"), rcc_ctl_row_text(row, "relay_due"));
		task = add_case(tasks, RCC_CTL_TASK_SCHEDULED, row, text);
		if (task != NULL)
			SAY(task->command, "rccctl relay %s", number);
	} else if (rcc_ctl_row_is_word(row, "relay", "notice-over")) {
		task = add_case(
		    tasks, RCC_CTL_TASK_NOTICE, row,
		    _("its NOTICE HAS RUN OUT: nobody keeps a look-out any more; renew it, or close the case"));
		if (task != NULL)
			SAY(task->command, "rccctl notice %s --text TEXT", number);
	} else if (rcc_ctl_row_is_word(row, "relay", "cancelled")) {
		take_cancelled(tasks, row);
	}
}

/* A ship with survivors aboard says that she cannot go on: nothing is more urgent of a case whose people were found. */
static void
take_stranded(struct rcc_ctl_tasks *tasks, const json_t *row)
{
	size_t index;
	const json_t *ship;
	json_array_foreach(json_object_get(row, "stranded"), index, ship)
	{
		char text[RCC_CTL_TASK_TEXT];
		SAY(text, _("%s, %lld SURVIVORS ABOARD, CANNOT GO ON (%s): send her help, or take them off. %.80s"),
		    rcc_ctl_row_text(ship, "ship"), rcc_ctl_row_number(ship, "aboard"),
		    rcc_ctl_row_text(ship, "cannot"), rcc_ctl_row_text(ship, "text"));
		struct rcc_ctl_task *task = add_case(tasks, RCC_CTL_TASK_STRANDED, row, text);
		if (task == NULL)
			return;
		task->grave = 0;
		SAY(task->command, "rccctl rank %s", rcc_ctl_row_text(row, "incident"));
		SAY(task->since, "%s", rcc_ctl_row_text(ship, "answered"));
	}
}

/* What a person waits for, with no clock: the fear of somebody aboard, a decision that takes two, ships without a link. */
static void
take_waiting(struct rcc_ctl_tasks *tasks, const json_t *row)
{
	const char *number = rcc_ctl_row_text(row, "incident");
	const char *fear = rcc_ctl_row_text(row, "fear_of");
	const char *second = rcc_ctl_row_text(row, "second_officer_for");
	const char *objected = rcc_ctl_row_text(row, "objected_to");
	const char *far_ship = rcc_ctl_row_text(row, "far_on_scene");
	long long unplaced = rcc_ctl_row_number(row, "persons_unplaced");
	long long by_voice = rcc_ctl_row_number(row, "by_voice");
	struct rcc_ctl_task *task;
	char text[RCC_CTL_TASK_TEXT];
	if (fear[0] != '\0') {
		if (rcc_ctl_row_is_true(row, "fear_under_way"))
			SAY(text, _("somebody FEARS %s, AND A SHIP IS ON HER WAY THERE: review it, or withdraw it"),
			    fear);
		else
			SAY(text, _("somebody FEARS %s: it cannot be assigned until that is reviewed"), fear);
		task = add_case(tasks, RCC_CTL_TASK_FEAR, row, text);
		if (task != NULL)
			SAY(task->command, "rccctl place %s \"%s\" reviewed --text TEXT", number, fear);
	}
	if (rcc_ctl_row_is_true(row, "fear_stated")) {
		task = add_case(tasks, RCC_CTL_TASK_FEAR, row,
		                _("survivors have stated a FEAR: review it with a place before any is final"));
		if (task != NULL)
			SAY(task->command, "rccctl place %s PLACE reviewed --text TEXT", number);
	}
	if (objected[0] != '\0') {
		SAY(text, _("the master of a ship that is sent to %s OBJECTS: withdraw it, or tell her why not"),
		    objected);
		task = add_case(tasks, RCC_CTL_TASK_OBJECTED, row, text);
		if (task != NULL)
			SAY(task->command, "rccctl places %s", number);
	}
	take_stranded(tasks, row);
	if (unplaced > 0) {
		SAY(text,
		    ngettext("%lld survivor is aboard a ship that is SENT TO NO PLACE OF SAFETY yet: choose one",
		             "%lld survivors are aboard ships that are SENT TO NO PLACE OF SAFETY yet: choose one",
		             (unsigned long)unplaced),
		    unplaced);
		task = add_case(tasks, RCC_CTL_TASK_NO_PLACE, row, text);
		if (task != NULL)
			SAY(task->command, "rccctl places %s", number);
	}
	if (far_ship[0] != '\0') {
		SAY(text, _("%s says that she is ON SCENE, and her position is more than 5 NM from it: ask her"),
		    far_ship);
		task = add_case(tasks, RCC_CTL_TASK_FAR, row, text);
		if (task != NULL)
			SAY(task->command, "rccctl duties %s", number);
	}
	if (second[0] != '\0') {
		SAY(text, _("%s is to be assigned over a warning: that takes a SECOND OFFICER within the hour"),
		    second);
		task = add_case(tasks, RCC_CTL_TASK_SECOND, row, text);
		if (task != NULL)
			SAY(task->command, "rccctl places %s", number);
	}
	if (by_voice > 0) {
		SAY(text,
		    ngettext("%lld ship that answered by voice must be TOLD BY VOICE that it is over",
		             "%lld ships that answered by voice must be TOLD BY VOICE that it is over",
		             (unsigned long)by_voice),
		    by_voice);
		task = add_case(tasks, RCC_CTL_TASK_VOICE, row, text);
		if (task != NULL)
			SAY(task->command, "rccctl release %s --ship MMSI", number);
	}
}

/* Nobody is dropped: who is not found, who is counted otherwise, whom nobody goes to. */
static void
take_persons(struct rcc_ctl_tasks *tasks, const json_t *row)
{
	const char *number = rcc_ctl_row_text(row, "incident");
	long long missing = rcc_ctl_row_number(row, "persons_missing");
	struct rcc_ctl_task *task;
	char text[RCC_CTL_TASK_TEXT];
	if (rcc_ctl_row_is_true(row, "withdrawn")) {
		task = add_case(
		    tasks, RCC_CTL_TASK_WITHDRAWN, row,
		    _("THE SHIP IN DISTRESS WITHDRAWS IT, and ships still hold the call: call her, then tell them"));
		if (task != NULL)
			SAY(task->command, "rccctl cancel %s --reason TEXT", number);
	}
	if (rcc_ctl_row_is_true(row, "nobody_goes")) {
		task = add_case(
		    tasks, RCC_CTL_TASK_NOBODY_GOES, row,
		    _("NOBODY GOES TO THEM: no ship is on her way or there; task one by name, or call by voice"));
		if (task != NULL)
			SAY(task->command, "rccctl rank %s", number);
	}
	if (missing > 0) {
		SAY(text, ngettext("%lld person is MISSING", "%lld persons are MISSING", (unsigned long)missing),
		    missing);
		task = add_case(tasks, RCC_CTL_TASK_MISSING, row, text);
		if (task != NULL)
			SAY(task->command, "rccctl persons %s", number);
	}
	if (rcc_ctl_row_is_true(row, "persons_disputed")) {
		task = add_case(tasks, RCC_CTL_TASK_DISPUTED, row,
		                _("a ship says ANOTHER NUMBER than the ledger: ask her, then correct one of the two"));
		if (task != NULL)
			SAY(task->command, "rccctl persons %s", number);
	}
}

/* Who has the case: theirs that waits for us, ours that waits for them too long, and what both say they have. */
static void
take_handover(struct rcc_ctl_tasks *tasks, const json_t *row)
{
	const json_t *handover = json_object_get(row, "handover");
	const char *number = rcc_ctl_row_text(row, "incident");
	const char *centre = rcc_ctl_row_text(handover, "centre");
	const char *command = "rccctl handovers";
	char text[RCC_CTL_TASK_TEXT];
	char step[RCC_CTL_TASK_TEXT];
	if (rcc_ctl_row_is_word(handover, "stage", "contested")) {
		SAY(text, _("CONTESTED: %s says that it has this case as well: call them"), centre);
	} else if (rcc_ctl_row_is_word(handover, "direction", "in") &&
	           rcc_ctl_row_is_word(handover, "stage", "offered")) {
		SAY(text, _("%s OFFERS this case: accept or refuse it"), centre);
		SAY(step, "rccctl handover %s accept --officer NAME", number);
		command = step;
	} else if (rcc_ctl_row_is_word(handover, "direction", "out") &&
	           rcc_ctl_row_is_word(handover, "stage", "refused") && rcc_ctl_row_is_news(tasks, handover)) {
		SAY(text, _("%s REFUSES this case: it is yours"), centre);
	} else if (rcc_ctl_row_is_true(handover, "overdue") && rcc_ctl_row_is_word(handover, "stage", "offered")) {
		SAY(text, _("%s DOES NOT ANSWER: both act until it does; call them"), centre);
	} else {
		return;
	}
	struct rcc_ctl_task *task = add_case(tasks, RCC_CTL_TASK_HANDOVER, row, text);
	if (task != NULL)
		SAY(task->command, "%s", command);
}

/* Ships that know us alone go on telling us of what another centre has: it acts on what it hears from nobody else. */
static void
take_told_here(struct rcc_ctl_tasks *tasks, const json_t *row)
{
	const json_t *handover = json_object_get(row, "handover");
	char text[RCC_CTL_TASK_TEXT];
	if (!rcc_ctl_row_is_true(handover, "told_here"))
		return;
	SAY(text,
	    _("A SHIP TELLS US of survivors or needs, and %s has the case: PASS IT ON (persons, needs, places), then "
	      "note "
	      "that you did"),
	    rcc_ctl_row_text(handover, "centre"));
	struct rcc_ctl_task *task = add_case(tasks, RCC_CTL_TASK_HANDOVER, row, text);
	if (task != NULL)
		SAY(task->command, "rccctl note %s forwarded --text TEXT", rcc_ctl_row_text(row, "incident"));
}

/* Ships that were called by us hear from us alone, whoever has the case: nobody else can tell them that it is over. */
static void
take_handed_over(struct rcc_ctl_tasks *tasks, const json_t *row)
{
	const char *centre = rcc_ctl_row_text(json_object_get(row, "handover"), "centre");
	char text[RCC_CTL_TASK_TEXT];
	if (!rcc_ctl_row_is_word(row, "status", "transferred") || rcc_ctl_row_is_word(row, "relay", "cancelled") ||
	    !rcc_ctl_row_is_word(row, "mode", "live") || rcc_ctl_row_number(row, "recipients") == 0)
		return;
	SAY(text, _("%s has it, and OUR SHIPS HEAR OF ITS END FROM US ALONE: when %s says that it is over, tell them"),
	    centre, centre);
	struct rcc_ctl_task *task = add_case(tasks, RCC_CTL_TASK_HANDOVER, row, text);
	if (task != NULL)
		SAY(task->command, "rccctl cancel %s --theirs-over --reason TEXT", rcc_ctl_row_text(row, "incident"));
}

void
rcc_ctl_task_take_case(struct rcc_ctl_tasks *tasks, const json_t *row)
{
	const char *number = rcc_ctl_row_text(row, "incident");
	size_t before = tasks->count;
	struct rcc_ctl_task *task;
	if (rcc_ctl_row_is_word(row, "status", "closed"))
		return;
	if (rcc_ctl_row_is_true(row, "review_due")) {
		task = add_case(tasks, RCC_CTL_TASK_REVIEW, row,
		                _("REVIEW IS DUE: resume it, close it, or suspend it anew"));
		if (task != NULL)
			SAY(task->command, "rccctl resume %s --reason TEXT", number);
	}
	if (rcc_ctl_row_is_true(row, "conflict")) {
		task = add_case(tasks, RCC_CTL_TASK_CONFLICT, row,
		                _("CONFLICT: its sources contradict each other about the position"));
		if (task != NULL)
			SAY(task->command, "rccctl classify %s --pos POS --reason TEXT", number);
	}
	take_waiting(tasks, row);
	if (!rcc_ctl_row_is_word(row, "status", "transferred"))
		take_persons(tasks, row);
	take_unheard(tasks, row);
	take_handover(tasks, row);
	take_told_here(tasks, row);
	take_handed_over(tasks, row);
	if (!rcc_ctl_row_is_word(row, "status", "suspended"))
		take_relay(tasks, row);
	/* What an officer's own report opened, an officer has seen. */
	const char *untouched = rcc_ctl_row_is_word(row, "source", "officer")
	                            ? _("opened by an officer, and still stands as new: say that you have evaluated it")
	                            : _("no officer has acted on it yet: evaluate it, and say so");
	if (rcc_ctl_row_is_true(row, "called_anew")) {
		task = add_case(
		    tasks, RCC_CTL_TASK_NEW, row,
		    _("A NEW SIGNAL CAME AFTER THE CANCEL, and ships are called again: evaluate it, and say so"));
		if (task != NULL)
			SAY(task->command, "rccctl classify %s --verified --reason TEXT", number);
	}
	if (rcc_ctl_row_is_word(row, "status", "new") && tasks->count == before &&
	    !rcc_ctl_row_is_word(row, "mode", "test")) {
		task = add_case(tasks, RCC_CTL_TASK_NEW, row, untouched);
		if (task != NULL)
			SAY(task->command, "rccctl classify %s --verified --reason TEXT", number);
	}
}

void
rcc_ctl_tasks_take_ships(struct rcc_ctl_tasks *tasks, const json_t *incident, unsigned unreachable,
                         unsigned need_detail)
{
	char text[RCC_CTL_TASK_TEXT];
	for (int i = 0; i < 2; i++) {
		unsigned ships = i == 0 ? unreachable : need_detail;
		if (ships == 0)
			continue;
		if (i == 0)
			SAY(text,
			    ngettext("%u ship has not stored it in time: call it by another channel",
			             "%u ships have not stored it in time: call them by another channel", ships),
			    ships);
		else
			SAY(text, ngettext("%u ship needs more detail", "%u ships need more detail", ships), ships);
		struct rcc_ctl_task *task =
		    add_case(tasks, i == 0 ? RCC_CTL_TASK_UNREACHABLE : RCC_CTL_TASK_NEED_DETAIL, incident, text);
		if (task != NULL)
			SAY(task->command, "rccctl deliveries %s", task->subject);
	}
}

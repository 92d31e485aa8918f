/* What an officer orders and writes down while a case goes on: tasks, answers by radio, the watch, the diary, duties. */
#include <string.h>

#include "ctl/ctl.h"
#include "ctl/table.h"
#include "ctl/words.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "rcc/work_text.h"

/* Nobody reports less often than once a day, and no ship comes from farther than a month away. */
#define CONTACT_MIN_MAX 1440
#define ETA_MIN_MAX 43200

/* The next of a row of steps, unless one before it failed. */
#define THEN(exit_code, step) ((exit_code) == RCC_EXIT_OK ? (step) : (exit_code))

/* ---- tasks ---- */

static int
set_task(struct rcc_ctl *ctl, struct rcc_task *task)
{
	int exit_code = rcc_ctl_option_ship(ctl, RCC_CTL_OPTION_SHIP, &task->ship);
	exit_code = THEN(
	    exit_code, rcc_ctl_option_number(ctl, RCC_CTL_OPTION_EVERY, "every", CONTACT_MIN_MAX, &task->contact_min));
	exit_code = THEN(exit_code, rcc_ctl_option_text(ctl, RCC_CTL_OPTION_TEXT, task->text, sizeof task->text));
	exit_code = THEN(exit_code,
	                 rcc_ctl_option_text(ctl, RCC_CTL_OPTION_CONSULTED, task->consulted, sizeof task->consulted));
	return THEN(exit_code, rcc_ctl_incident(ctl, ctl->operand[0], &task->incident));
}

struct known {
	char mmsi[RCC_MMSI_TEXT_SIZE];
	const char *call;
	FILE *out;
};

static int
tell_known(void *context, const char *line)
{
	const struct known *known = context;
	char words[RCC_CTL_WORDS_SIZE];
	json_t *row = json_loads(line, 0, NULL);
	const char *mmsi = json_string_value(json_object_get(row, "mmsi"));
	const char *class_name = json_string_value(json_object_get(row, "class"));
	if (mmsi != NULL && class_name != NULL && strcmp(mmsi, known->mmsi) == 0 && strcmp(class_name, "RANK") == 0) {
		rcc_ctl_words_format(row, words);
		rcc_ctl_call_insert(known->call, words, sizeof words);
		if (words[0] != '\0')
			fprintf(known->out, _("what is known of her for this case:\n"));
		rcc_ctl_words_print(words, "    ", known->out, rcc_ctl_terminal_width(known->out));
	}
	json_decref(row);
	return RCC_EXIT_OK;
}

/* What she declares, and what she lacks for those who are to be taken aboard: so that the officer can ask others for it. */
static void
tell_lacks(struct rcc_ctl *ctl, const struct rcc_task *task)
{
	struct known known = {.call = ctl->call, .out = ctl->out};
	const struct rcc_view view = {.what = RCC_VIEW_RANK, .id = task->incident.v, .near = RCC_POS_NONE};
	rcc_mmsi_format(known.mmsi, task->ship);
	ctl->is_quiet = true;
	(void)rcc_ctl_view(ctl, &view, tell_known, NULL, &known);
	ctl->is_quiet = false;
}

static int
send_task(struct rcc_ctl *ctl, const struct rcc_task *task)
{
	ctl->message->kind = RCC_BODY_TASK;
	ctl->message->u.task = *task;
	int exit_code = rcc_ctl_act(ctl);
	if (exit_code == RCC_EXIT_OK && task->kind != RCC_TASK_RELEASE && !ctl->is_json)
		tell_lacks(ctl, task);
	return exit_code;
}

int
rcc_ctl_verb_task(struct rcc_ctl *ctl)
{
	struct rcc_task task = {.text = ""};
	if (rcc_task_parse(ctl->verb, &task.kind) != RCC_OK)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("'%s' is not a task"), ctl->verb);
	if (ctl->option[RCC_CTL_OPTION_SHIP] == NULL)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("say which ship: --ship MMSI"));
	if (task.kind == RCC_TASK_ASSIST && ctl->option[RCC_CTL_OPTION_TEXT] == NULL)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("say what she is asked to do: --text TEXT"));
	if (task.kind == RCC_TASK_REQUISITION && ctl->option[RCC_CTL_OPTION_CONSULTED] == NULL)
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("a ship is chosen after consulting the masters that answered (SOLAS "
		                      "V/33.2): --consulted TEXT says whom, and what they said"));
	task.names_place = ctl->option[RCC_CTL_OPTION_OVERRIDE] != NULL;
	int exit_code = set_task(ctl, &task);
	return THEN(exit_code, send_task(ctl, &task));
}

int
rcc_ctl_verb_release(struct rcc_ctl *ctl)
{
	struct rcc_task task = {.kind = RCC_TASK_RELEASE,
	                        .others_comply = ctl->option[RCC_CTL_OPTION_OTHERS_COMPLY] != NULL,
	                        .names_place = ctl->option[RCC_CTL_OPTION_OVERRIDE] != NULL};
	int exit_code = set_task(ctl, &task);
	return THEN(exit_code, send_task(ctl, &task));
}

/* ---- what a ship said by radio ---- */

static int
set_eta(const struct rcc_ctl *ctl, struct rcc_answer *answer)
{
	const char *eta = ctl->option[RCC_CTL_OPTION_ETA];
	int64_t now_ms = rcc_ctl_now_ms();
	int64_t at_ms;
	if (eta == NULL)
		return RCC_EXIT_OK;
	/* As a crew says it, 95min or 1h35; bare digits may be an hour of the day. */
	if (strpbrk(eta, "hm") != NULL && rcc_minutes_parse(eta, &answer->eta_min) == RCC_OK &&
	    answer->eta_min <= ETA_MIN_MAX)
		return RCC_EXIT_OK;
	answer->eta_min = RCC_ETA_UNKNOWN_MIN;
	if (!rcc_ctl_when_ahead_parse(eta, now_ms, &at_ms) || at_ms < now_ms ||
	    (at_ms - now_ms) / RCC_MS_PER_MIN > ETA_MIN_MAX)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("--eta '%s' cannot be read: write +40min, +2h or 14:20 (UTC)"),
		                    eta);
	answer->eta_min = (uint32_t)((at_ms - now_ms + RCC_MS_PER_MIN / 2) / RCC_MS_PER_MIN);
	return RCC_EXIT_OK;
}

static int
set_reason(const struct rcc_ctl *ctl, struct rcc_answer *answer)
{
	const char *word = ctl->option[RCC_CTL_OPTION_REASON];
	bool is_wanted = answer->kind == RCC_ANSWER_UNABLE;
	if ((word == NULL && !is_wanted) ||
	    (word != NULL && rcc_reason_parse(word, &answer->reason) == RCC_OK && answer->reason != RCC_REASON_NONE))
		return RCC_EXIT_OK;
	return rcc_ctl_fail(RCC_EXIT_USAGE,
	                    _("a ship that cannot come says why (SOLAS V/33.1): --reason disabled, danger-to-ship, "
	                      "cargo-hazard, too-far, not-at-sea, other-rescue, released or other, and --text"));
}

int
rcc_ctl_verb_answer(struct rcc_ctl *ctl)
{
	struct rcc_answer answer = {.eta_min = RCC_ETA_UNKNOWN_MIN};
	if (rcc_answer_parse(ctl->operand[1], &answer.kind) != RCC_OK)
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("'%s' is not an answer: say proceeding, unable, need-detail, on-scene or done"),
		                    ctl->operand[1]);
	if (ctl->option[RCC_CTL_OPTION_SHIP] == NULL)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("say which ship: --ship MMSI"));
	int exit_code = rcc_ctl_option_ship(ctl, RCC_CTL_OPTION_SHIP, &answer.ship);
	exit_code = THEN(exit_code, set_eta(ctl, &answer));
	exit_code = THEN(exit_code, set_reason(ctl, &answer));
	exit_code = THEN(exit_code, rcc_ctl_option_text(ctl, RCC_CTL_OPTION_TEXT, answer.text, sizeof answer.text));
	exit_code = THEN(exit_code, rcc_ctl_incident(ctl, ctl->operand[0], &answer.incident));
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_ANSWER;
	ctl->message->u.answer = answer;
	return rcc_ctl_act(ctl);
}

/* ---- the watch ---- */

int
rcc_ctl_verb_smc(struct rcc_ctl *ctl)
{
	struct rcc_smc smc = {.reason = ""};
	if (ctl->option[RCC_CTL_OPTION_NAME] == NULL)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("say who coordinates: --name NAME"));
	int exit_code = rcc_ctl_option_text(ctl, RCC_CTL_OPTION_NAME, smc.officer, sizeof smc.officer);
	if (ctl->option[RCC_CTL_OPTION_REASON] != NULL)
		exit_code = THEN(exit_code, rcc_ctl_reason(ctl, smc.reason));
	exit_code = THEN(exit_code, rcc_ctl_incident(ctl, ctl->operand[0], &smc.incident));
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_SMC;
	ctl->message->u.smc = smc;
	return rcc_ctl_act(ctl);
}

/* Who takes the watch reads what is open; then it is his. */
int
rcc_ctl_verb_over(struct rcc_ctl *ctl)
{
	struct rcc_watch watch = {.text = ""};
	int exit_code = rcc_ctl_text(_("the officer's name"), ctl->operand[0], watch.officer, sizeof watch.officer);
	exit_code = THEN(exit_code, rcc_ctl_option_text(ctl, RCC_CTL_OPTION_TEXT, watch.text, sizeof watch.text));
	exit_code = THEN(exit_code, rcc_ctl_show_open(ctl));
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_WATCH;
	ctl->message->u.watch = watch;
	return rcc_ctl_act(ctl);
}

int
rcc_ctl_verb_comms(struct rcc_ctl *ctl)
{
	struct rcc_comms comms = {.text = ""};
	if (ctl->option[RCC_CTL_OPTION_CONTROL] == NULL && ctl->option[RCC_CTL_OPTION_ON_SCENE] == NULL &&
	    ctl->option[RCC_CTL_OPTION_MONITOR] == NULL)
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("say who talks where: --control, --on-scene or --monitor CHANNEL"));
	int exit_code = rcc_ctl_option_text(ctl, RCC_CTL_OPTION_CONTROL, comms.control, sizeof comms.control);
	exit_code =
	    THEN(exit_code, rcc_ctl_option_text(ctl, RCC_CTL_OPTION_ON_SCENE, comms.on_scene, sizeof comms.on_scene));
	exit_code =
	    THEN(exit_code, rcc_ctl_option_text(ctl, RCC_CTL_OPTION_MONITOR, comms.monitor, sizeof comms.monitor));
	exit_code = THEN(exit_code, rcc_ctl_option_text(ctl, RCC_CTL_OPTION_TEXT, comms.text, sizeof comms.text));
	exit_code = THEN(exit_code, rcc_ctl_incident(ctl, ctl->operand[0], &comms.incident));
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_COMMS;
	ctl->message->u.comms = comms;
	return rcc_ctl_act(ctl);
}

/* ---- the diary ---- */

static int
set_when(const struct rcc_ctl *ctl, int64_t *ret_at_ms)
{
	const char *when = ctl->option[RCC_CTL_OPTION_WHEN];
	if (when == NULL || rcc_ctl_when_parse(when, rcc_ctl_now_ms(), ret_at_ms))
		return RCC_EXIT_OK;
	return rcc_ctl_fail(RCC_EXIT_USAGE, _("'%s' is not a time: write 14:20 (UTC), -20min or RFC 3339"), when);
}

int
rcc_ctl_verb_note(struct rcc_ctl *ctl)
{
	struct rcc_note note = {.text = ""};
	if (rcc_note_parse(ctl->operand[1], &note.kind) != RCC_OK)
		return rcc_ctl_fail(
		    RCC_EXIT_USAGE,
		    _("'%s' is not a kind of note: say inquiry, consultation, casualty-told, forwarded, "
		      "flag-state, company, obstruction, violence, complaint, hope, released-data, scene, "
		      "action, plan or other"),
		    ctl->operand[1]);
	if (ctl->option[RCC_CTL_OPTION_TEXT] == NULL)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("say what is to be noted: --text TEXT"));
	int exit_code = rcc_ctl_option_ship(ctl, RCC_CTL_OPTION_SHIP, &note.ship);
	exit_code = THEN(exit_code, set_when(ctl, &note.happened_at_ms));
	exit_code = THEN(exit_code, rcc_ctl_option_text(ctl, RCC_CTL_OPTION_TEXT, note.text, sizeof note.text));
	exit_code =
	    THEN(exit_code, rcc_ctl_option_text(ctl, RCC_CTL_OPTION_AUTHORITY, note.authority, sizeof note.authority));
	exit_code = THEN(exit_code, rcc_ctl_incident(ctl, ctl->operand[0], &note.incident));
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_NOTE;
	ctl->message->u.note = note;
	return rcc_ctl_act(ctl);
}

int
rcc_ctl_verb_referral(struct rcc_ctl *ctl)
{
	struct rcc_referral referral = {.is_accepted = ctl->option[RCC_CTL_OPTION_ACCEPTED] != NULL};
	if (rcc_service_parse(ctl->operand[1], &referral.service) != RCC_OK)
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("'%s' is not a service: say medical, shelter, child-protection, protection, "
		                      "trafficking, family-links, interpretation, consular or other"),
		                    ctl->operand[1]);
	if (ctl->option[RCC_CTL_OPTION_AUTHORITY] == NULL)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("say to whom they are referred: --authority NAME"));
	int exit_code = rcc_ctl_option_text(ctl, RCC_CTL_OPTION_AUTHORITY, referral.to, sizeof referral.to);
	exit_code = THEN(exit_code, rcc_ctl_option_persons(ctl, &referral.persons));
	if (exit_code == RCC_EXIT_OK && referral.persons == 0)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("say how many are referred: --persons N"));
	exit_code = THEN(exit_code, rcc_ctl_option_text(ctl, RCC_CTL_OPTION_TEXT, referral.text, sizeof referral.text));
	exit_code = THEN(exit_code, rcc_ctl_incident(ctl, ctl->operand[0], &referral.incident));
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_REFERRAL;
	ctl->message->u.referral = referral;
	return rcc_ctl_act(ctl);
}

/* ---- duties ---- */

int
rcc_ctl_verb_duty(struct rcc_ctl *ctl)
{
	struct rcc_duty_order order = {.reason = ""};
	uint64_t id = 0;
	if (ctl->operand_count == 1)
		return rcc_ctl_verb_duties(ctl);
	if (!rcc_ctl_uint_parse(ctl->operand[0], UINT32_MAX, &id))
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("'%s' is not a duty: give its number, as `rccctl duties INC` shows it"),
		                    ctl->operand[0]);
	if (rcc_duty_state_parse(ctl->operand[1], &order.state) != RCC_OK ||
	    (order.state != RCC_DUTY_DISCHARGED && order.state != RCC_DUTY_EXCUSED &&
	     order.state != RCC_DUTY_SUPERSEDED))
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("a duty is settled as discharged, excused or superseded, not '%s'"),
		                    ctl->operand[1]);
	int exit_code = rcc_ctl_reason(ctl, order.reason);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	order.duty.v = (uint32_t)id;
	ctl->message->kind = RCC_BODY_DUTY;
	ctl->message->u.duty = order;
	return rcc_ctl_act(ctl);
}

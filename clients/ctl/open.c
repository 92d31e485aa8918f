/* An officer's entry: a report by telephone, radio or e-mail, or another centre's alert. */
#define _POSIX_C_SOURCE 200809L
#include <string.h>
#include <unistd.h>

#include "ctl/form.h"
#include "librcc/i18n.h"
#include "rcc/text.h"

/* What was given on the command line, each checked; *ret_given counts them. */
static int
read_flags(const struct rcc_ctl *ctl, char answer[RCC_CTL_FIELDS][RCC_CTL_ANSWER_SIZE], struct rcc_ctl_form *form,
           size_t *ret_given)
{
	char why[RCC_CTL_SENTENCE_SIZE];
	rcc_ctl_form_init(form, rcc_ctl_now_ms());
	*ret_given = 0;
	for (size_t i = 0; i < RCC_CTL_FIELDS; i++) {
		const char *text = ctl->option[rcc_ctl_field[i].option];
		answer[i][0] = '\0';
		if (text == NULL)
			continue;
		const char *label = gettext(rcc_ctl_field[i].label);
		int exit_code = rcc_ctl_text(label, text, answer[i], RCC_CTL_ANSWER_SIZE);
		if (exit_code != RCC_EXIT_OK)
			return exit_code;
		if (!rcc_ctl_field[i].set(form, answer[i], why))
			return rcc_ctl_fail(RCC_EXIT_USAGE, "%s: %s", label, why);
		/* "-20min" is meant from now, not from when a checklist ends. */
		if (rcc_ctl_field[i].option == RCC_CTL_OPTION_POS_TIME)
			rcc_time_format(answer[i], form->open.alert.pos_at_ms);
		++*ret_given;
	}
	return RCC_EXIT_OK;
}

/* The position is read back even by flags: a wrong reading of degrees and minutes shows here. */
static int
finish_flags(struct rcc_ctl *ctl, struct rcc_ctl_form *form)
{
	char why[RCC_CTL_SENTENCE_SIZE];
	char pos[RCC_POS_TEXT_SIZE];
	if (form->by == 0)
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("say how it came in: --by phone, radio, email or rcc; or use -i"));
	if (!rcc_ctl_form_finish(form, why))
		return rcc_ctl_fail(RCC_EXIT_USAGE, "%s", why);
	if (rcc_pos_is_known(form->open.alert.pos) && !ctl->is_json)
		fprintf(ctl->out, _("position: %s\n"), rcc_pos_format(pos, form->open.alert.pos));
	return form->incident[0] == '\0' ? RCC_EXIT_OK : rcc_ctl_incident(ctl, form->incident, &form->open.incident);
}

/* Where it went, as the officer will look for it. */
static void
tell_place(struct rcc_ctl *ctl)
{
	char number[RCC_CTL_NUMBER_SIZE];
	if (ctl->is_json || ctl->accepted.alert.v == 0)
		return;
	if (ctl->accepted.incident.v == 0)
		fprintf(ctl->out, _("alert %u is kept, and opens no case\n"), ctl->accepted.alert.v);
	else
		fprintf(ctl->out, _("alert %u in case %s\n"), ctl->accepted.alert.v,
		        rcc_ctl_incident_number(ctl, ctl->accepted.incident, number));
	if (ctl->accepted.restricted != 0)
		fputs(
		    _("that case is RESTRICTED: no ship is told of this report. If the casualty herself asks for open "
		      "help, enter it with --public REASON\n"),
		    ctl->out);
}

/* Why ships may hear of it, though the vessel called in secret before. */
static int
read_public(const struct rcc_ctl *ctl, char reason[RCC_TEXT_MAX + 1])
{
	const char *text = ctl->option[RCC_CTL_OPTION_PUBLIC];

	if (text == NULL)
		return RCC_EXIT_OK;
	if (text[0] == '\0' || rcc_text_copy(reason, RCC_TEXT_MAX + 1, text, strlen(text)) != RCC_OK)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("--public takes a reason, at most %d bytes of text"),
		                    RCC_TEXT_MAX);
	return RCC_EXIT_OK;
}

int
rcc_ctl_verb_open(struct rcc_ctl *ctl)
{
	char answer[RCC_CTL_FIELDS][RCC_CTL_ANSWER_SIZE];
	char public_reason[RCC_TEXT_MAX + 1] = "";
	struct rcc_ctl_form form;
	size_t given = 0;
	bool is_asked = ctl->option[RCC_CTL_OPTION_INTERACTIVE] != NULL;
	int exit_code = read_public(ctl, public_reason);
	if (exit_code == RCC_EXIT_OK)
		exit_code = read_flags(ctl, answer, &form, &given);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	if (!is_asked && given == 0 && isatty(fileno(ctl->in)) == 0)
		return rcc_ctl_fail(
		    RCC_EXIT_USAGE,
		    _("say what was reported (--by, --pos, --nature ...), or -i to be asked line by line"));
	if (is_asked || given == 0)
		exit_code = rcc_ctl_checklist(ctl, answer, &form);
	else
		exit_code = finish_flags(ctl, &form);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	memcpy(form.open.public_reason, public_reason, sizeof public_reason);
	ctl->message->kind = RCC_BODY_OPEN;
	ctl->message->u.open = form.open;
	exit_code = rcc_ctl_act(ctl);
	if (exit_code == RCC_EXIT_OK)
		tell_place(ctl);
	return exit_code;
}

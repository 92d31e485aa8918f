/* rccctl contact, read-note: what is sealed. Asking for it is an act: it stands in the record, with its reason. */
#include <jansson.h>
#include <string.h>

#include "ctl/ctl.h"
#include "librcc/i18n.h"
#include "rcc/text.h"

static int
print_json(const struct rcc_ctl *ctl, const struct rcc_accepted *accepted, uint32_t note)
{
	char time[RCC_TIME_TEXT_SIZE];
	json_t *row = json_pack("{s:s, s:I, s:s}", "class", note != 0 ? "NOTE_TEXT" : "CONTACT", "seq",
	                        (json_int_t)accepted->entry.seq, "time", rcc_time_format(time, accepted->entry.at_ms));
	if (row != NULL) {
		json_object_set_new(row, note != 0 ? "note" : "alert",
		                    json_integer(note != 0 ? note : accepted->alert.v));
		json_object_set_new(row, note != 0 ? "text" : "contact", json_string(accepted->contact));
	}
	if (row == NULL || json_dumpf(row, ctl->out, JSON_COMPACT) != 0) {
		json_decref(row);
		return rcc_ctl_fail(RCC_EXIT_FAILED, _("out of memory"));
	}
	json_decref(row);
	fputc('\n', ctl->out);
	return RCC_EXIT_OK;
}

static int
unseal(struct rcc_ctl *ctl, struct rcc_unseal *what)
{
	int exit_code = rcc_ctl_reason(ctl, what->reason);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_UNSEAL;
	ctl->message->u.unseal = *what;
	exit_code = rcc_ctl_act_quietly(ctl);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	if (ctl->is_json)
		return print_json(ctl, &ctl->accepted, what->note);
	fprintf(ctl->out, "%s\n", ctl->accepted.contact);
	return RCC_EXIT_OK;
}

int
rcc_ctl_verb_contact(struct rcc_ctl *ctl)
{
	struct rcc_unseal what = {.reason = ""};
	int exit_code = rcc_ctl_alert(ctl->operand[0], &what.alert);
	return exit_code == RCC_EXIT_OK ? unseal(ctl, &what) : exit_code;
}

int
rcc_ctl_verb_read_note(struct rcc_ctl *ctl)
{
	struct rcc_unseal what = {.reason = ""};
	uint64_t note;
	if (!rcc_ctl_uint_parse(ctl->operand[0], UINT32_MAX, &note))
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("'%s' is not a note: give its number, as `rccctl notes INC` shows it"),
		                    ctl->operand[0]);
	what.note = (uint32_t)note;
	return unseal(ctl, &what);
}

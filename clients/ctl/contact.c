/* rccctl contact: a caller's sealed particulars. Asking for them is an act: it stands in the record, with its reason. */
#include <jansson.h>
#include <string.h>

#include "ctl/ctl.h"
#include "librcc/i18n.h"
#include "rcc/text.h"

static int
print_json(const struct rcc_ctl *ctl, const struct rcc_accepted *accepted)
{
	char time[RCC_TIME_TEXT_SIZE];
	json_t *row = json_pack("{s:s, s:I, s:s, s:I, s:s}", "class", "CONTACT", "seq", (json_int_t)accepted->entry.seq,
	                        "time", rcc_time_format(time, accepted->entry.at_ms), "alert",
	                        (json_int_t)accepted->alert.v, "contact", accepted->contact);
	if (row == NULL || json_dumpf(row, ctl->out, JSON_COMPACT) != 0) {
		json_decref(row);
		return rcc_ctl_fail(RCC_EXIT_FAILED, _("out of memory"));
	}
	json_decref(row);
	fputc('\n', ctl->out);
	return RCC_EXIT_OK;
}

int
rcc_ctl_verb_contact(struct rcc_ctl *ctl)
{
	struct rcc_unseal unseal = {.reason = ""};
	uint64_t alert;
	if (!rcc_ctl_uint_parse(ctl->operand[0], UINT32_MAX, &alert))
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("'%s' is not an alert: give its number, as `rccctl alerts` shows it"),
		                    ctl->operand[0]);
	unseal.alert.v = (uint32_t)alert;
	int exit_code = rcc_ctl_reason(ctl, unseal.reason);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_UNSEAL;
	ctl->message->u.unseal = unseal;
	exit_code = rcc_ctl_act_quietly(ctl);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	if (ctl->is_json)
		return print_json(ctl, &ctl->accepted);
	fprintf(ctl->out, "%s\n", ctl->accepted.contact);
	return RCC_EXIT_OK;
}

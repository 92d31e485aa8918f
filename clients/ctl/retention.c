/* rccctl legal-hold, erase, purge: what is kept beside the record, and what leaves it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/ctl.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "rcc/work_text.h"

#define THEN(exit_code, next) ((exit_code) == RCC_EXIT_OK ? (next) : (exit_code))

static int
send_order(struct rcc_ctl *ctl, struct rcc_retention *order)
{
	int exit_code = rcc_ctl_reason(ctl, order->reason);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_RETENTION;
	ctl->message->u.retention = *order;
	return rcc_ctl_act(ctl);
}

int
rcc_ctl_verb_legal_hold(struct rcc_ctl *ctl)
{
	struct rcc_retention order = {.step = ctl->option[RCC_CTL_OPTION_LIFT] != NULL ? RCC_RETENTION_LIFT
	                                                                               : RCC_RETENTION_HOLD};
	int exit_code = rcc_ctl_incident(ctl, ctl->operand[0], &order.incident);
	return THEN(exit_code, send_order(ctl, &order));
}

int
rcc_ctl_verb_erase(struct rcc_ctl *ctl)
{
	struct rcc_retention order = {.step = RCC_RETENTION_ERASE};
	uint64_t note = 0;
	int exit_code = RCC_EXIT_OK;
	if (strcmp(ctl->operand[0], "alert") == 0)
		exit_code = rcc_ctl_alert(ctl->operand[1], &order.alert);
	else if (strcmp(ctl->operand[0], "note") != 0)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("'%s' cannot be erased: say alert or note, and its number"),
		                    ctl->operand[0]);
	else if (!rcc_ctl_uint_parse(ctl->operand[1], UINT32_MAX, &note))
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("'%s' is not a note: give its number, as `rccctl notes INC` shows it"),
		                    ctl->operand[1]);
	order.note = (uint32_t)note;
	return THEN(exit_code, send_order(ctl, &order));
}

/* "2026-01-01T00:00:00Z", or "-30d", "-6h" back from now. */
static bool
parse_before(const char *text, int64_t now_ms, int64_t *ret_at_ms)
{
	char *end = NULL;
	unsigned long days = text[0] == '-' && text[1] >= '0' && text[1] <= '9' ? strtoul(text + 1, &end, 10) : 0;
	if (end == NULL || strcmp(end, "d") != 0)
		return rcc_ctl_when_parse(text, now_ms, ret_at_ms);
	if (days > (unsigned long)(now_ms / RCC_MS_PER_DAY))
		return false;
	*ret_at_ms = now_ms - (int64_t)days * RCC_MS_PER_DAY;
	return true;
}

int
rcc_ctl_verb_purge(struct rcc_ctl *ctl)
{
	struct rcc_retention order = {.step = RCC_RETENTION_PURGE};
	const char *before = ctl->option[RCC_CTL_OPTION_BEFORE];
	const char *class_word = ctl->option[RCC_CTL_OPTION_CLASS];
	if (rcc_kept_parse(ctl->operand[0], &order.what) != RCC_OK)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("'%s' cannot be purged: say tracks or sealed"), ctl->operand[0]);
	if (before == NULL)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("say from before when: --before TIME"));
	if (!parse_before(before, rcc_ctl_now_ms(), &order.before_at_ms))
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("'%s' is not a time: write RFC 3339, or -30d back from now"),
		                    before);
	if (class_word != NULL && rcc_class_parse(class_word, &order.class) != RCC_OK)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("'%s' is not a class: say live, exercise or test"), class_word);
	int exit_code = send_order(ctl, &order);
	/* Nobody is to take for destroyed what is kept. */
	if (exit_code == RCC_EXIT_OK && !ctl->is_json)
		printf("  %s\n", _("kept is all that belongs round a case that is open or on legal hold, from a day "
		                   "before it to a day "
		                   "after it, and round an alert that waits for a person"));
	return exit_code;
}

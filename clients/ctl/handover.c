/* Cases that pass between centres: offered, taken over, refused, withdrawn. */
#include <stdlib.h>
#include <string.h>

#include "ctl/ctl.h"
#include "ctl/table.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/work_text.h"

/* `handover INC --to CENTRE`, or `handover INC STEP`: what an officer says; the rest is the machine's. */
static int
read_step(const struct rcc_ctl *ctl, struct rcc_handover *order)
{
	bool is_offer = ctl->operand_count == 1;
	bool has_to = ctl->option[RCC_CTL_OPTION_TO] != NULL;

	order->step = RCC_HANDOVER_OFFER;
	if (is_offer && !has_to)
		return rcc_ctl_fail(
		    RCC_EXIT_USAGE,
		    _("say to whom: --to CENTRE; or answer an offer: accept, refuse; or withdraw yours"));
	if (!is_offer && (has_to || rcc_handover_parse(ctl->operand[1], &order->step) != RCC_OK ||
	                  (order->step != RCC_HANDOVER_ACCEPT && order->step != RCC_HANDOVER_REFUSE &&
	                   order->step != RCC_HANDOVER_WITHDRAW)))
		return rcc_ctl_fail(
		    RCC_EXIT_USAGE,
		    _("say `handover INC --to CENTRE`, or accept, refuse or withdraw after the number"));
	if ((order->step == RCC_HANDOVER_ACCEPT || order->step == RCC_HANDOVER_REFUSE) &&
	    ctl->option[RCC_CTL_OPTION_OFFICER] == NULL)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("the other centre wants to know who decided: --officer NAME"));
	return RCC_EXIT_OK;
}

/* ---- the report that went with an offer ---- */

struct offer {
	uint32_t incident;
	uint64_t seq; /* the newest one's; 0 = none */
};

static int
take_offer(void *context, const char *line)
{
	struct offer *offer = context;
	json_t *row = json_loads(line, 0, NULL);
	if (offer->seq == 0 && json_integer_value(json_object_get(row, "incident_id")) == (json_int_t)offer->incident)
		offer->seq = (uint64_t)json_integer_value(json_object_get(row, "offer_seq"));
	json_decref(row);
	return RCC_EXIT_OK;
}

/* What another centre wrote is shown as text, whatever it holds. */
static void
print_lines(FILE *out, const char *report)
{
	char line[RCC_TEXT_MAX + 1];
	char safe[3 * sizeof line];
	while (*report != '\0') {
		size_t len = strcspn(report, "\n");
		size_t taken = len < sizeof line ? len : sizeof line - 1;
		memcpy(line, report, taken);
		line[taken] = '\0';
		rcc_ctl_text_safe(safe, sizeof safe, line);
		fprintf(out, "%s\n", safe);
		report += len + (report[len] == '\n' ? 1 : 0);
	}
}

static int
print_report(struct rcc_ctl *ctl, uint64_t seq)
{
	struct rcc_link link;
	struct rcc_entry *entry = calloc(1, sizeof *entry);
	int exit_code = RCC_EXIT_OK;
	if (entry == NULL)
		return rcc_ctl_fail(RCC_EXIT_FAILED, _("out of memory"));
	if (!rcc_ctl_entry_read(ctl, seq, &link, entry))
		exit_code =
		    rcc_ctl_fail(RCC_EXIT_UNREACHABLE, _("rccd does not send entry %llu"), (unsigned long long)seq);
	for (uint32_t i = 0; i < entry->event_count && exit_code == RCC_EXIT_OK; i++) {
		if (entry->event[i].kind == RCC_EVENT_HANDOVER_CHANGED)
			print_lines(ctl->out, entry->event[i].u.handover_changed.report);
	}
	free(entry);
	return exit_code;
}

static int
show_report(struct rcc_ctl *ctl)
{
	struct offer offer = {.seq = 0};
	const struct rcc_view view = {.what = RCC_VIEW_HANDOVERS, .near = RCC_POS_NONE};
	struct rcc_incident_id incident = {0};
	int exit_code = rcc_ctl_incident(ctl, ctl->operand[0], &incident);
	offer.incident = incident.v;
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_connect(ctl);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_view(ctl, &view, take_offer, NULL, &offer);
	if (exit_code == RCC_EXIT_OK && offer.seq == 0)
		exit_code = rcc_ctl_fail(RCC_EXIT_FAILED, _("this case was offered by nobody and to nobody"));
	return exit_code == RCC_EXIT_OK ? print_report(ctl, offer.seq) : exit_code;
}

int
rcc_ctl_verb_handover(struct rcc_ctl *ctl)
{
	struct rcc_handover order = {.reason = ""};

	if (ctl->operand_count == 2 && strcmp(ctl->operand[1], "report") == 0)
		return show_report(ctl);
	int exit_code = read_step(ctl, &order);

	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_option_text(ctl, RCC_CTL_OPTION_TO, order.centre, sizeof order.centre);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_option_text(ctl, RCC_CTL_OPTION_OFFICER, order.officer, sizeof order.officer);
	if (exit_code == RCC_EXIT_OK && order.step == RCC_HANDOVER_ACCEPT)
		exit_code = rcc_ctl_option_text(ctl, RCC_CTL_OPTION_REASON, order.reason, sizeof order.reason);
	else if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_reason(ctl, order.reason);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_incident(ctl, ctl->operand[0], &order.incident);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	ctl->message->kind = RCC_BODY_HANDOVER;
	ctl->message->u.handover = order;
	return rcc_ctl_act(ctl);
}

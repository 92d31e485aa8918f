/* Broadcasts, the delivery ledger and answers, in the words of `watch`. */
#include <stdio.h>

#include "ctl/summary_internal.h"
#include "rcc/text.h"

static void
format_answer(const struct rcc_ctl_names *names, const struct rcc_answered *answered, char *text)
{
	char label[LABEL_SIZE];
	char by[LABEL_SIZE];
	char detail[LABEL_SIZE] = "";
	char mmsi[RCC_MMSI_TEXT_SIZE];
	const struct rcc_answer *answer = &answered->answer;
	if (answer->reason != RCC_REASON_NONE)
		snprintf(detail, sizeof detail, ", %s", rcc_reason_word(answer->reason));
	else if (answer->eta_min != RCC_ETA_UNKNOWN_MIN)
		snprintf(detail, sizeof detail, ", ETA %uh%02u", answer->eta_min / 60, answer->eta_min % 60);
	snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: %s answers %s%s%s%s",
	         rcc_ctl_name_incident(names, answer->incident, label),
	         rcc_ctl_name_peer(names, answered->peer, rcc_mmsi_format(mmsi, answer->ship), by),
	         rcc_answer_word(answer->kind), detail, answer->text[0] ? ": " : "", answer->text);
}

/* Nobody by name: somebody on the local socket, unless the machine acted by itself: on an alert, a clock, a ship's or centre's word. */
static const char *
nobody_of(const struct rcc_entry *entry)
{
	enum rcc_command_kind cause = entry->cause.kind;
	bool is_machine = cause == RCC_COMMAND_ALERT || cause == RCC_COMMAND_DUE || cause == RCC_COMMAND_CENTRE ||
	                  cause == RCC_COMMAND_PLACE_REQUEST || entry->cause.origin.role == RCC_ROLE_VESSEL;
	return is_machine ? "the machine" : "the local socket";
}

static void
format_broadcast(const struct rcc_ctl_names *names, const struct rcc_entry *entry,
                 const struct rcc_broadcast_issued *broadcast, char *text)
{
	char label[LABEL_SIZE];
	char by[LABEL_SIZE];
	if (rcc_broadcast_is_circular(broadcast->kind)) {
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s %u issued by %s: %s", rcc_broadcast_word(broadcast->kind),
		         broadcast->revision, rcc_ctl_name_peer(names, broadcast->by, nobody_of(entry), by),
		         broadcast->text);
		return;
	}
	bool is_doubtful = broadcast->verified == 0 && broadcast->kind != RCC_BROADCAST_CANCEL;
	snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: %s %u issued by %s%s%s%s",
	         rcc_ctl_name_incident(names, broadcast->incident, label), rcc_broadcast_word(broadcast->kind),
	         broadcast->revision, rcc_ctl_name_peer(names, broadcast->by, nobody_of(entry), by),
	         is_doubtful ? ", not yet verified" : "", broadcast->text[0] ? ": " : "", broadcast->text);
}

void
rcc_ctl_delivery_format(const struct rcc_ctl_names *names, const struct rcc_entry *entry, const struct rcc_event *event,
                        char text[RCC_CTL_SUMMARY_SIZE])
{
	char by[LABEL_SIZE];
	if (event->kind == RCC_EVENT_BROADCAST_ISSUED)
		format_broadcast(names, entry, &event->u.broadcast, text);
	else if (event->kind == RCC_EVENT_DELIVERIES_QUEUED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "broadcast %u: queued for %u ships", event->u.queued.broadcast.v,
		         event->u.queued.count);
	else if (event->kind == RCC_EVENT_CALL_LISTED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "broadcast %u: %u unregistered ships near by, to be called by DSC",
		         event->u.call_list.broadcast.v, event->u.call_list.count);
	else if (event->kind == RCC_EVENT_DELIVERIES_SENT)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%u deliveries sent", event->u.sent.count);
	else if (event->kind == RCC_EVENT_DELIVERY_STORED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s has stored delivery %u",
		         rcc_ctl_name_peer(names, event->u.stored.peer, "nobody", by), event->u.stored.number);
	else if (event->kind == RCC_EVENT_DELIVERY_READ)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "%s: %s has read delivery %u",
		         rcc_ctl_name_peer(names, event->u.read.peer, "nobody", by), event->u.read.by,
		         event->u.read.number);
	else if (event->kind == RCC_EVENT_ANSWERED)
		format_answer(names, &event->u.answered, text);
	else if (event->kind == RCC_EVENT_DELIVERIES_FLAGGED)
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "broadcast %u: %u ships have not stored it%s",
		         event->u.flagged.broadcast.v, event->u.flagged.count,
		         event->u.flagged.flag == RCC_FLAG_USE_OTHER_CHANNEL ? ": use another channel" : "");
	else
		snprintf(text, RCC_CTL_SUMMARY_SIZE, "broadcast %u: no room in the ledger for %u ships: call them",
		         event->u.ledger_full.broadcast.v, event->u.ledger_full.missing);
}

/* trace_orders.c - officers' orders, sailing plans, drills and floods as lines of a trace. */
#include <assert.h>

#include "core/trace_internal.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "rcc/work_text.h"

void
rcc_trace_places(struct rcc_writer *out, const struct rcc_candidate *candidate, uint32_t count)
{
	char pos[RCC_POS_TEXT_SIZE];

	for (uint32_t i = 0; i < count; i++) {
		rcc_trace_put(out, "%s%s", i == 0 ? ", it may be at " : " or at ",
		              rcc_pos_format(pos, candidate[i].pos));
		if (candidate[i].percent != 0)
			rcc_trace_put(out, " (%u%%)", candidate[i].percent);
	}
}

static void
put_plan(struct rcc_writer *out, const char *from, const struct rcc_plan *plan)
{
	char mmsi[RCC_MMSI_TEXT_SIZE];

	rcc_trace_put(out, "< %s: plan %s", from, rcc_plan_word(plan->action));
	if (plan->mmsi.v != 0)
		rcc_trace_put(out, ", vessel %s", rcc_mmsi_format(mmsi, plan->mmsi));
	if (plan->name[0] != '\0')
		rcc_trace_put(out, ", name %s", plan->name);
	if (plan->interval_min != 0)
		rcc_trace_put(out, ", a report every %u min", plan->interval_min);
	rcc_trace_put(out, "\n");
}

static void
put_join(struct rcc_writer *out, const char *from, const struct rcc_join_order *join)
{
	if (join->alert.v != 0)
		rcc_trace_put(out, "< %s: join A%u to I%u, \"%s\"\n", from, join->alert.v, join->incident.v,
		              join->reason);
	else
		rcc_trace_put(out, "< %s: join I%u to I%u, \"%s\"\n", from, join->from.v, join->incident.v,
		              join->reason);
}

/* The oldest orders: telling the ships, closing, deciding on an alert. */
static bool
put_telling(struct rcc_writer *out, const char *from, const struct rcc_command *cause)
{
	if (cause->kind == RCC_COMMAND_RELAY && cause->u.relay.action == RCC_RELAY_NOTICE)
		rcc_trace_put(out, "< %s: notice of I%u, \"%s\"\n", from, cause->u.relay.incident.v,
		              cause->u.relay.reason);
	else if (cause->kind == RCC_COMMAND_RELAY)
		rcc_trace_put(out, "< %s: %s relay of I%u\n", from,
		              cause->u.relay.action == RCC_RELAY_HOLD ? "hold" : "release", cause->u.relay.incident.v);
	else if (cause->kind == RCC_COMMAND_CANCEL)
		rcc_trace_put(out, "< %s: cancel I%u, \"%s\"\n", from, cause->u.cancel.incident.v,
		              cause->u.cancel.reason);
	else if (cause->kind == RCC_COMMAND_CLOSE)
		rcc_trace_put(out, "< %s: close I%u, %s, \"%s\"\n", from, cause->u.close.incident.v,
		              rcc_outcome_word(cause->u.close.outcome), cause->u.close.reason);
	else if (cause->kind == RCC_COMMAND_DECIDE)
		rcc_trace_put(out, "< %s: %s A%u, \"%s\"\n", from,
		              cause->u.decide.decision == RCC_DECISION_ACCEPT ? "accept" : "dismiss",
		              cause->u.decide.alert.v, cause->u.decide.reason);
	else
		return false;
	return true;
}

bool
rcc_trace_order(struct rcc_writer *out, const char *from, const struct rcc_command *cause)
{
	char text[RCC_WORK_TEXT_SIZE];

	if (put_telling(out, from, cause))
		return true;
	if (rcc_work_order_format(text, cause)) {
		rcc_trace_put(out, "< %s: ", from);
		if (rcc_work_order_incident(cause).v != 0)
			rcc_trace_put(out, "I%u, ", rcc_work_order_incident(cause).v);
		rcc_trace_put(out, "%s\n", text);
		return true;
	}
	if (cause->kind == RCC_COMMAND_PHASE)
		rcc_trace_put(out, "< %s: phase of I%u to %s, \"%s\"\n", from, cause->u.phase.incident.v,
		              rcc_phase_word(cause->u.phase.phase), cause->u.phase.reason);
	else if (cause->kind == RCC_COMMAND_SUSPEND)
		rcc_trace_put(out, "< %s: suspend I%u, \"%s\"\n", from, cause->u.suspend.incident.v,
		              cause->u.suspend.reason);
	else if (cause->kind == RCC_COMMAND_RESUME)
		rcc_trace_put(out, "< %s: resume I%u, \"%s\"\n", from, cause->u.resume.incident.v,
		              cause->u.resume.reason);
	else if (cause->kind == RCC_COMMAND_CLASSIFY)
		rcc_trace_put(out, "< %s: classify I%u, \"%s\"\n", from, cause->u.classify.incident.v,
		              cause->u.classify.reason);
	else if (cause->kind == RCC_COMMAND_JOIN)
		put_join(out, from, &cause->u.join);
	else if (cause->kind == RCC_COMMAND_SPLIT)
		rcc_trace_put(out, "< %s: split A%u, \"%s\"\n", from, cause->u.split.alert.v, cause->u.split.reason);
	else if (cause->kind == RCC_COMMAND_GROUP)
		rcc_trace_put(out, "< %s: group I%u under I%u, \"%s\"\n", from, cause->u.group.incident.v,
		              cause->u.group.parent.v, cause->u.group.reason);
	else if (cause->kind == RCC_COMMAND_PLAN)
		put_plan(out, from, &cause->u.plan);
	else if (cause->kind == RCC_COMMAND_DRILL)
		rcc_trace_put(out, "< %s: %s exercises\n", from, cause->u.drill.is_joining != 0 ? "joins" : "leaves");
	else if (cause->kind == RCC_COMMAND_INVITE)
		rcc_trace_put(out, "< %s: %s %s\n", from,
		              cause->u.invite.expires_at_ms == 0 ? "take back the invitation of" : "invite",
		              cause->u.invite.name);
	else if (cause->kind == RCC_COMMAND_ADMIT)
		rcc_trace_put(out, "< %s: brings its code\n", from);
	else if (cause->kind == RCC_COMMAND_REKEY)
		rcc_trace_put(out, "< %s: another key\n", from);
	else if (cause->kind == RCC_COMMAND_UNSEAL && cause->u.unseal.note != 0)
		rcc_trace_put(out, "< %s: read note %u, \"%s\"\n", from, cause->u.unseal.note, cause->u.unseal.reason);
	else if (cause->kind == RCC_COMMAND_UNSEAL)
		rcc_trace_put(out, "< %s: unseal A%u, \"%s\"\n", from, cause->u.unseal.alert.v, cause->u.unseal.reason);
	else
		return false;
	return true;
}

static void
put_revised(struct rcc_writer *out, const struct rcc_incident_revised *revised)
{
	char pos[RCC_POS_TEXT_SIZE];
	char mmsi[RCC_MMSI_TEXT_SIZE];

	rcc_trace_put(out, "= I%u is casualty %s, %s, %u persons, at %s%s\n", revised->incident.v,
	              rcc_mmsi_format(mmsi, revised->casualty), rcc_nature_word(revised->nature), revised->persons,
	              rcc_pos_format(pos, revised->pos), revised->verified != 0 ? ", verified" : "");
}

static void
put_places(struct rcc_writer *out, const struct rcc_places_revised *places)
{
	if (places->candidate_count == 0) {
		rcc_trace_put(out, "= I%u has one position now\n", places->incident.v);
		return;
	}
	rcc_trace_put(out, "= I%u %s", places->incident.v,
	              places->is_conflict != 0 ? "has positions that contradict each other" : "has several positions");
	rcc_trace_places(out, places->candidate, places->candidate_count);
	rcc_trace_put(out, "\n");
}

/* Minutes between the entry and an instant that it set, for lines that do not depend on the date. */
static long long
minutes_to(int64_t instant_ms, int64_t at_ms)
{
	/* To the nearest: a few milliseconds on the way make no minute. */
	int64_t after_ms = instant_ms - at_ms;
	return (long long)((after_ms + (after_ms < 0 ? -1 : 1) * RCC_MS_PER_MIN / 2) / RCC_MS_PER_MIN);
}

static bool
put_case_event(struct rcc_writer *out, const struct rcc_entry *entry, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_SUGGESTED)
		rcc_trace_put(out, "= A%u may belong to I%u: %s, %u of 100\n", event->u.suggested.alert.v,
		              event->u.suggested.incident.v, rcc_join_text(event->u.suggested.why),
		              event->u.suggested.score);
	else if (event->kind == RCC_EVENT_ALERT_MOVED && event->u.moved.to.v == 0)
		rcc_trace_put(out, "= A%u out of I%u, back to %s, \"%s\"\n", event->u.moved.alert.v,
		              event->u.moved.from.v, rcc_lane_word(event->u.moved.lane), event->u.moved.reason);
	else if (event->kind == RCC_EVENT_ALERT_MOVED)
		rcc_trace_put(out, "= A%u moved from I%u to I%u, \"%s\"\n", event->u.moved.alert.v,
		              event->u.moved.from.v, event->u.moved.to.v, event->u.moved.reason);
	else if (event->kind == RCC_EVENT_INCIDENT_REVISED)
		put_revised(out, &event->u.incident);
	else if (event->kind == RCC_EVENT_PLACES_REVISED)
		put_places(out, &event->u.places);
	else if (event->kind == RCC_EVENT_PHASE_SET)
		rcc_trace_put(out, "= I%u set to %s, \"%s\"\n", event->u.phase.incident.v,
		              rcc_phase_word(event->u.phase.phase), event->u.phase.reason);
	else if (event->kind == RCC_EVENT_INCIDENT_SUSPENDED)
		rcc_trace_put(out, "= I%u suspended, review in %lld min, \"%s\"\n", event->u.suspended.incident.v,
		              minutes_to(event->u.suspended.review_at_ms, entry->cause.at_ms),
		              event->u.suspended.reason);
	else if (event->kind == RCC_EVENT_INCIDENT_RESUMED && event->u.resumed.alert.v != 0)
		rcc_trace_put(out, "= I%u resumed: A%u is new information\n", event->u.resumed.incident.v,
		              event->u.resumed.alert.v);
	else if (event->kind == RCC_EVENT_INCIDENT_RESUMED)
		rcc_trace_put(out, "= I%u resumed, \"%s\"\n", event->u.resumed.incident.v, event->u.resumed.reason);
	else if (event->kind == RCC_EVENT_REVIEW_DUE)
		rcc_trace_put(out, "= I%u is to be looked at again\n", event->u.incident_ref.incident.v);
	else if (event->kind == RCC_EVENT_NOTICE_EXPIRED)
		rcc_trace_put(out, "= I%u: its notice has run out\n", event->u.incident_ref.incident.v);
	else if (event->kind == RCC_EVENT_INCIDENT_GROUPED && event->u.grouped.parent.v == 0)
		rcc_trace_put(out, "= I%u stands alone, \"%s\"\n", event->u.grouped.incident.v,
		              event->u.grouped.reason);
	else if (event->kind == RCC_EVENT_INCIDENT_GROUPED)
		rcc_trace_put(out, "= I%u is part of I%u, \"%s\"\n", event->u.grouped.incident.v,
		              event->u.grouped.parent.v, event->u.grouped.reason);
	else
		return false;
	return true;
}

static void
put_undone(struct rcc_writer *out, const struct rcc_join_undone *undone, int64_t at_ms)
{
	if (undone->restored == 0) {
		rcc_trace_put(out, "= I%u stays as it is: it was acted on since I%u was joined to it\n",
		              undone->incident.v, undone->other.v);
		return;
	}
	rcc_trace_put(out, "= I%u is again as before I%u was joined to it: %s", undone->incident.v, undone->other.v,
	              rcc_phase_word(undone->phase));
	if (undone->review_at_ms != 0)
		rcc_trace_put(out, ", suspended, review in %lld min", minutes_to(undone->review_at_ms, at_ms));
	rcc_trace_put(out, "%s\n", undone->held != 0 ? ", relay held" : "");
}

/* What a join makes of two cases, and its undoing. */
static bool
put_join_event(struct rcc_writer *out, const struct rcc_entry *entry, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_INCIDENT_JOINED)
		rcc_trace_put(out, "= I%u is one case with I%u\n", event->u.incident_joined.incident.v,
		              event->u.incident_joined.into.v);
	else if (event->kind == RCC_EVENT_JOIN_UNDONE)
		put_undone(out, &event->u.undone, entry->cause.at_ms);
	else if (event->kind == RCC_EVENT_HOLD_ENDED)
		rcc_trace_put(out, "= I%u is held no more, \"%s\"\n", event->u.hold_ended.incident.v,
		              event->u.hold_ended.reason);
	else
		return false;
	return true;
}

bool
rcc_trace_order_event(struct rcc_writer *out, const struct rcc_core *core, const struct rcc_entry *entry,
                      const struct rcc_event *event)
{
	char text[RCC_WORK_TEXT_SIZE];

	if (rcc_work_event_format(text, event)) {
		if (rcc_work_event_incident(event).v != 0)
			rcc_trace_put(out, "= I%u, %s\n", rcc_work_event_incident(event).v, text);
		else
			rcc_trace_put(out, "= %s\n", text);
		return true;
	}
	if (put_case_event(out, entry, event) || put_join_event(out, entry, event))
		return true;
	if (event->kind == RCC_EVENT_PLAN_FILED)
		rcc_trace_put(out, "= plan %u filed, to be heard in %lld min\n", event->u.plan_filed.plan.v,
		              minutes_to(event->u.plan_filed.due_at_ms, entry->cause.at_ms));
	else if (event->kind == RCC_EVENT_PLAN_HEARD)
		rcc_trace_put(out, "= plan %u: heard%s, to be heard in %lld min\n", event->u.plan_heard.plan.v,
		              event->u.plan_heard.by.v == 0 ? " by its position" : "",
		              minutes_to(event->u.plan_heard.due_at_ms, entry->cause.at_ms));
	else if (event->kind == RCC_EVENT_PLAN_ENDED)
		rcc_trace_put(out, "= plan %u ended: %s\n", event->u.plan_ended.plan.v,
		              rcc_plan_word(event->u.plan_ended.how));
	else if (event->kind == RCC_EVENT_PLAN_OVERDUE)
		rcc_trace_put(out, "= plan %u is overdue\n", event->u.plan_ref.plan.v);
	else if (event->kind == RCC_EVENT_DRILL_CHANGED)
		rcc_trace_put(out, "= %s %s\n", rcc_trace_name(core, event->u.drill.peer, "?"),
		              event->u.drill.until_at_ms != 0 ? "takes part in exercises"
		                                              : "takes part in no exercise");
	else if (event->kind == RCC_EVENT_FLOOD_BEGAN)
		rcc_trace_put(out, "= %s floods: more than %u new alerts in a minute\n",
		              rcc_trace_name(core, event->u.flood.peer, "a guest"), event->u.flood.per_min);
	else if (event->kind == RCC_EVENT_UNSEALED && event->u.unsealed.note != 0)
		rcc_trace_put(out, "= I%u: what note %u says was read, \"%s\"\n", event->u.unsealed.incident.v,
		              event->u.unsealed.note, event->u.unsealed.reason);
	else if (event->kind == RCC_EVENT_UNSEALED)
		rcc_trace_put(out, "= A%u: caller's particulars read, \"%s\"\n", event->u.unsealed.alert.v,
		              event->u.unsealed.reason);
	else
		return false;
	return true;
}

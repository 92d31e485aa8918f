/*
 * need.c - what survivors and the ships with them need: requests with clocks (s003 par. 45; domain R05, OB07).
 *
 * Asked, promised, met; or refused with a reason, or withdrawn. A ship speaks for herself, an officer for every ship.
 */
#include "core/core_internal.h"
#include "core/persons.h"
#include "rcc/units.h"

/* Where the clock of that duty is off, somebody looks at a request by then all the same. */
#define NEED_DUE_MS (30 * RCC_MS_PER_MIN)

int64_t
rcc_need_due_ms(const struct rcc_step *step)
{
	int64_t clock_ms = step->core->run.rules.duty_ms[RCC_DUTY_RULE_MEET_NEED];

	return step->entry->cause.at_ms + (clock_ms == 0 ? NEED_DUE_MS : clock_ms);
}

static const struct rcc_peer *
ship_that_asks(const struct rcc_step *step)
{
	const struct rcc_peer *peer = rcc_peer_find(step->core, step->entry->cause.origin.peer);

	return peer != NULL && peer->role == RCC_ROLE_VESSEL ? peer : NULL;
}

static void
emit_need(struct rcc_step *step, const struct rcc_need *body, int64_t due_at_ms)
{
	struct rcc_event *event = rcc_step_event(step, RCC_EVENT_NEED_CHANGED);

	event->u.need_changed.by = step->entry->cause.origin.peer;
	event->u.need_changed.due_at_ms = due_at_ms;
	event->u.need_changed.body = *body;
	rcc_step_emit(step, event);
}

static void
ask(struct rcc_step *step, const struct rcc_need *said)
{
	const struct rcc_peer *ship = ship_that_asks(step);
	struct rcc_need body = *said;

	if (rcc_incident_told_of(step, said->incident, "need.incident") == NULL)
		return;
	if (ship != NULL)
		body.ship = ship->mmsi;
	const char *field = said->state != RCC_NEED_ASKED ? "need.state"
	                    : (unsigned)said->kind == 0   ? "need.kind"
	                    : body.ship.v == 0            ? "need.ship"
	                                                  : NULL;
	if (field != NULL) {
		rcc_step_refuse(step, RCC_REFUSAL_RANGE, field);
		return;
	}
	if (said->kind == RCC_NEED_OTHER && rcc_refuse_reason(step, said->text, "need.text"))
		return;
	if (!rcc_room_for_need(step)) {
		rcc_step_refuse(step, RCC_REFUSAL_FULL, "need");
		return;
	}
	rcc_incident_goes_on(step, said->incident, false);
	body.need.v = step->core->need_last + 1;
	emit_need(step, &body, rcc_need_due_ms(step));
}

/* What is met, refused or withdrawn is over: who still needs it asks anew. */
static bool
may_become(const struct rcc_need_line *line, enum rcc_need_state state)
{
	return rcc_need_is_open(line) && state != RCC_NEED_ASKED && state != line->state;
}

static void
change(struct rcc_step *step, const struct rcc_need *said)
{
	const struct rcc_need_line *line = rcc_need_find(step->core, said->need);
	const struct rcc_peer *ship = ship_that_asks(step);

	if (line == NULL || line->incident.v != said->incident.v) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_FOUND, "need.need");
		return;
	}
	/* A ship says that her own need is met, or no longer there; nobody else's, and promises come from the centre. */
	if (ship != NULL && ship->mmsi.v != line->ship.v) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_ALLOWED, "need.need");
		return;
	}
	if (ship != NULL && said->state != RCC_NEED_MET && said->state != RCC_NEED_WITHDRAWN) {
		rcc_step_refuse(step, RCC_REFUSAL_NOT_ALLOWED, "need.state");
		return;
	}
	if (!may_become(line, said->state)) {
		rcc_step_refuse(step, RCC_REFUSAL_WRONG_STATE, "need.state");
		return;
	}
	if (said->state == RCC_NEED_REFUSED && rcc_refuse_reason(step, said->text, "need.text"))
		return;
	struct rcc_need body = *said;
	body.kind = line->kind;
	body.ship = line->ship;
	body.quantity = said->quantity != 0 ? said->quantity : line->quantity;
	emit_need(step, &body, said->state == RCC_NEED_PROMISED ? rcc_need_due_ms(step) : 0);
}

void
rcc_rule_need(struct rcc_step *step)
{
	const struct rcc_need *said = &step->entry->cause.u.need;

	if (said->need.v == 0)
		ask(step, said);
	else
		change(step, said);
}

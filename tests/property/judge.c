#include "judge.h"

#include <string.h>

void
judge_before(struct judge *judge)
{
	const struct rcc_core *core = &judge->shell->app.core;

	judge->seq = rcc_core_seq(core);
	judge->alerts = core->alert_last;
	judge->broadcasts = core->broadcast_last;
	judge->became = 0;
	judge->incident.v = 0;
	judge->alert = 0;
}

static uint32_t
of_lane(enum rcc_lane lane)
{
	switch (lane) {
	case RCC_LANE_INCIDENT:
		return BECOMES_ALERT;
	case RCC_LANE_QUARANTINE:
	case RCC_LANE_NEEDS_READING:
		return BECOMES_READING;
	case RCC_LANE_TEST:
		return BECOMES_TEST;
	case RCC_LANE_DISMISSED:
		break; /* nobody has dismissed anything */
	}
	return 0;
}

/* An alert that was heard again in this entry. */
static const struct rcc_alert_state *
repeated(const struct rcc_app *app)
{
	for (uint32_t i = 0; i < app->entry.event_count; i++) {
		if (app->entry.event[i].kind == RCC_EVENT_ALERT_REPEATED)
			return rcc_alert_find(&app->core, app->entry.event[i].u.repeated.alert);
	}
	return NULL;
}

void
judge_record(struct judge *judge)
{
	const struct rcc_app *app = &judge->shell->app;
	const struct rcc_core *core = &app->core;

	if (rcc_core_seq(core) == judge->seq)
		return;
	const struct rcc_alert_state *row = core->alert_last > judge->alerts
	                                        ? rcc_alert_find(core, (struct rcc_alert_id){core->alert_last})
	                                        : repeated(app);
	if (row == NULL)
		return;
	judge->became = of_lane(row->lane);
	judge->incident = row->incident;
	judge->alert = row->id.v;
}

static void
demand(struct judge *judge, bool is_so, const char *law)
{
	if (!is_so && judge->broken == NULL)
		judge->broken = law;
}

static bool
is_told(const struct judge *judge, const struct rcc_broadcast *broadcast, size_t ship)
{
	return rcc_delivery_of(&judge->shell->app.core, broadcast, judge->ship[ship]) != NULL;
}

/* Who was told of it: all of a live one, of an exercise those that joined, of a test nobody. */
static void
judge_broadcast(struct judge *judge, const struct rcc_broadcast *broadcast, const struct truth *truth)
{
	const struct rcc_core *core = &judge->shell->app.core;
	const struct rcc_incident *incident = rcc_incident_find(core, broadcast->incident);
	uint32_t ships = truth->class == RCC_CLASS_EXERCISE ? JUDGE_DRILLED : JUDGE_SHIPS;
	uint32_t lines = 0;

	demand(judge, !incident->is_restricted, "ship security is told to no ship");
	demand(judge, incident->class != RCC_CLASS_TEST, "a test is told to no ship");
	demand(judge, judge_least_live(incident->class, truth->envelope) == incident->class,
	       "what comes in an envelope of test or exercise wakes no ship of the living");
	if (!truth->is_class_known)
		return;
	demand(judge, incident->class == truth->class, "what ships are told has the class of the signal");
	for (const struct rcc_delivery *line = rcc_delivery_at(core, broadcast->newest_delivery); line != NULL;
	     line = rcc_delivery_at(core, line->of_broadcast))
		lines++;
	for (size_t i = 0; i < JUDGE_SHIPS; i++) {
		bool is_to_hear = truth->class == RCC_CLASS_LIVE || i < JUDGE_DRILLED;
		demand(judge, !is_told(judge, broadcast, i) || is_to_hear, "only who joined hears of an exercise");
		demand(judge, is_told(judge, broadcast, i) || !is_to_hear, "every ship that is to hear has a line");
	}
	demand(judge, lines == ships, "the ledger has a line for each of them and no other");
}

void
judge_after(struct judge *judge, const struct truth *truth)
{
	const struct rcc_core *core = &judge->shell->app.core;
	const struct rcc_incident *incident = rcc_incident_find(core, judge->incident);

	demand(judge, (judge->became & truth->allowed) != 0, "it becomes nothing less, and nothing else, than it is");
	if (judge->became == BECOMES_ALERT) {
		demand(judge, incident != NULL, "an alert stands in an incident");
		demand(judge, incident == NULL || !truth->is_class_known || incident->class == truth->class,
		       "an incident has the class of its signals");
		demand(judge, incident == NULL || judge_least_live(incident->class, truth->envelope) == incident->class,
		       "an incident is not more live than the envelope");
		demand(judge,
		       incident == NULL || !truth->is_told || (incident->broadcasts > 0 && !incident->is_cancelled),
		       "ships hear of a distress that has a place");
		demand(judge,
		       incident == NULL || !truth->is_class_known || truth->is_restricted == incident->is_restricted,
		       "ship security stays apart");
	} else {
		demand(judge, core->broadcast_last == judge->broadcasts,
		       "nothing but an alert is told to ships by a machine");
	}
	for (uint32_t id = judge->broadcasts + 1; id <= core->broadcast_last; id++)
		judge_broadcast(judge, rcc_broadcast_find(core, (struct rcc_broadcast_id){id}), truth);
}

enum rcc_class
judge_least_live(enum rcc_class a, enum rcc_class b)
{
	if (a == RCC_CLASS_TEST || b == RCC_CLASS_TEST)
		return RCC_CLASS_TEST;
	return a == RCC_CLASS_EXERCISE || b == RCC_CLASS_EXERCISE ? RCC_CLASS_EXERCISE : RCC_CLASS_LIVE;
}

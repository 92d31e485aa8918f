#include "order.h"

uint32_t
order_join(struct watch *watch, uint32_t alert, uint32_t incident, const char *reason)
{
	struct rcc_join_order *join = &watch_command(watch, RCC_COMMAND_JOIN, 0)->u.join;

	join->alert.v = alert;
	join->incident.v = incident;
	watch_text(join->reason, sizeof join->reason, reason);
	return watch_step(watch);
}

uint32_t
order_join_all(struct watch *watch, uint32_t from, uint32_t incident, const char *reason)
{
	struct rcc_join_order *join = &watch_command(watch, RCC_COMMAND_JOIN, 0)->u.join;

	join->from.v = from;
	join->incident.v = incident;
	watch_text(join->reason, sizeof join->reason, reason);
	return watch_step(watch);
}

uint32_t
order_split(struct watch *watch, uint32_t alert, const char *reason)
{
	struct rcc_split *split = &watch_command(watch, RCC_COMMAND_SPLIT, 0)->u.split;

	split->alert.v = alert;
	watch_text(split->reason, sizeof split->reason, reason);
	return watch_step(watch);
}

uint32_t
order_group(struct watch *watch, uint32_t incident, uint32_t parent, const char *reason)
{
	struct rcc_group *group = &watch_command(watch, RCC_COMMAND_GROUP, 0)->u.group;

	group->incident.v = incident;
	group->parent.v = parent;
	watch_text(group->reason, sizeof group->reason, reason);
	return watch_step(watch);
}

uint32_t
order_phase(struct watch *watch, uint32_t incident, enum rcc_phase phase, const char *reason)
{
	struct rcc_set_phase *order = &watch_command(watch, RCC_COMMAND_PHASE, 0)->u.phase;

	order->incident.v = incident;
	order->phase = phase;
	watch_text(order->reason, sizeof order->reason, reason);
	return watch_step(watch);
}

uint32_t
order_suspend(struct watch *watch, uint32_t incident, int64_t review_ms, const char *reason)
{
	struct rcc_suspend *suspend = &watch_command(watch, RCC_COMMAND_SUSPEND, 0)->u.suspend;

	suspend->incident.v = incident;
	suspend->review_at_ms = watch->now_ms + review_ms;
	watch_text(suspend->reason, sizeof suspend->reason, reason);
	return watch_step(watch);
}

uint32_t
order_resume(struct watch *watch, uint32_t incident, const char *reason)
{
	struct rcc_resume *resume = &watch_command(watch, RCC_COMMAND_RESUME, 0)->u.resume;

	resume->incident.v = incident;
	watch_text(resume->reason, sizeof resume->reason, reason);
	return watch_step(watch);
}

uint32_t
order_close(struct watch *watch, uint32_t incident, enum rcc_outcome outcome, const char *reason)
{
	struct rcc_close *close = &watch_command(watch, RCC_COMMAND_CLOSE, 0)->u.close;

	close->incident.v = incident;
	close->outcome = outcome;
	watch_text(close->reason, sizeof close->reason, reason);
	return watch_step(watch);
}

uint32_t
order_classify(struct watch *watch, uint32_t incident, struct rcc_pos pos, enum rcc_nature nature, uint32_t persons,
               const char *reason)
{
	struct rcc_classify *classify = &watch_command(watch, RCC_COMMAND_CLASSIFY, 0)->u.classify;

	classify->incident.v = incident;
	classify->pos = pos;
	classify->nature = nature;
	classify->persons = persons;
	watch_text(classify->reason, sizeof classify->reason, reason);
	return watch_step(watch);
}

uint32_t
order_open(struct watch *watch, uint32_t incident, const struct rcc_alert *alert)
{
	struct rcc_open *open = &watch_command(watch, RCC_COMMAND_OPEN, 0)->u.open;

	open->incident.v = incident;
	open->alert = *alert;
	return watch_step(watch);
}

const struct rcc_incident *
order_incident(const struct watch *watch, uint32_t incident)
{
	return rcc_incident_find(&watch->core, (struct rcc_incident_id){incident});
}

const struct rcc_alert_state *
order_alert(const struct watch *watch, uint32_t alert)
{
	return rcc_alert_find(&watch->core, (struct rcc_alert_id){alert});
}

/* sea_orders.c - what officers decide on cases and ships tell of voyages and drills, made from random numbers. */
#include <stdio.h>
#include <string.h>

#include "rcc/units.h"
#include "sea_internal.h"
#include "watch.h"

static struct rcc_alert_id
some_alert(struct sea *sea, const struct rcc_core *core)
{
	uint32_t back = sea_below(sea, 30);

	return (struct rcc_alert_id){core->alert_last + 1 > back ? core->alert_last + 1 - back : 1};
}

/* One that was joined by hand out of a lane, if there is one: few would be met by chance. */
static struct rcc_alert_id
some_waited(struct sea *sea, const struct rcc_core *core)
{
	struct rcc_alert_id alert = some_alert(sea, core);
	uint64_t seq = 0;

	for (uint32_t i = 0; i < core->alert_top; i++) {
		const struct rcc_alert_state *row = &core->alert[i];
		if (row->id.v == 0 || row->waited == 0 || row->moved_seq <= seq)
			continue;
		alert = row->id;
		seq = row->moved_seq;
	}
	return alert;
}

static void
make_open(struct sea *sea, const struct rcc_core *core, const struct rcc_origin *origin, struct rcc_open *open)
{
	sea_make_alert(sea, core, origin, &open->alert);
	open->alert.source = sea_chance(sea, 8)   ? RCC_SOURCE_CREW
	                     : sea_chance(sea, 3) ? RCC_SOURCE_RCC
	                                          : RCC_SOURCE_OFFICER;
	if (sea_chance(sea, 4))
		open->incident = sea_some_incident(sea, core);
	else if (sea_chance(sea, 10))
		watch_text(open->public_reason, sizeof open->public_reason, "asks for open help");
}

static void
make_classify(struct sea *sea, const struct rcc_core *core, struct rcc_classify *classify)
{
	classify->incident = sea_some_incident(sea, core);
	classify->nature = (enum rcc_nature)sea_below(sea, RCC_NATURE_LAST + 1);
	classify->persons = sea_below(sea, 3) * 7;
	classify->pos = sea_some_pos(sea);
	classify->verified = sea_below(sea, 2);
	if (sea_chance(sea, 5))
		classify->casualty = sea_some_mmsi(sea);
	sea_some_text(sea, classify->reason, sizeof classify->reason);
}

static void
make_join(struct sea *sea, const struct rcc_core *core, struct rcc_join_order *join)
{
	join->incident = sea_some_incident(sea, core);
	if (sea_chance(sea, 2))
		join->alert = some_alert(sea, core);
	if (join->alert.v == 0 || sea_chance(sea, 20))
		join->from = sea_some_incident(sea, core);
	sea_some_text(sea, join->reason, sizeof join->reason);
}

static void
make_plan(struct sea *sea, struct rcc_plan *plan)
{
	plan->action = (enum rcc_plan_action)(1 + sea_below(sea, RCC_PLAN_ACTION_LAST));
	plan->mmsi = sea_chance(sea, 4) ? (struct rcc_mmsi){0} : sea_some_mmsi(sea);
	if (plan->mmsi.v == 0)
		watch_text(plan->name, sizeof plan->name, sea_chance(sea, 2) ? "SEA FOX" : "AMAL");
	plan->pos = sea_some_pos(sea);
	plan->persons = sea_below(sea, 20);
	if (sea_chance(sea, 2))
		plan->eta_at_ms = sea->now_ms + (int64_t)sea_below(sea, 100) * RCC_MS_PER_MIN;
	plan->interval_min = sea_below(sea, 3) * 30;
	sea_some_text(sea, plan->text, sizeof plan->text);
}

/* What officers decide on cases, and ships of drills. */
static void
make_short_order(struct sea *sea, const struct rcc_core *core, struct rcc_command *command)
{
	if (command->kind == RCC_COMMAND_PHASE) {
		command->u.phase.incident = sea_some_incident(sea, core);
		command->u.phase.phase = (enum rcc_phase)(1 + sea_below(sea, RCC_PHASE_LAST));
		sea_some_text(sea, command->u.phase.reason, sizeof command->u.phase.reason);
	} else if (command->kind == RCC_COMMAND_SUSPEND) {
		command->u.suspend.incident = sea_some_incident(sea, core);
		command->u.suspend.review_at_ms = sea->now_ms + (int64_t)sea_below(sea, 50) * RCC_MS_PER_MIN;
		sea_some_text(sea, command->u.suspend.reason, sizeof command->u.suspend.reason);
	} else if (command->kind == RCC_COMMAND_RESUME) {
		command->u.resume.incident = sea_some_incident(sea, core);
		command->u.resume.persons = sea_chance(sea, 4) ? 1 + sea_below(sea, 40) : 0;
		sea_some_text(sea, command->u.resume.reason, sizeof command->u.resume.reason);
	} else if (command->kind == RCC_COMMAND_SPLIT) {
		command->u.split.alert = sea_chance(sea, 3) ? some_waited(sea, core) : some_alert(sea, core);
		sea_some_text(sea, command->u.split.reason, sizeof command->u.split.reason);
	} else if (command->kind == RCC_COMMAND_GROUP) {
		command->u.group.incident = sea_some_incident(sea, core);
		command->u.group.parent =
		    sea_chance(sea, 4) ? (struct rcc_incident_id){0} : sea_some_incident(sea, core);
		sea_some_text(sea, command->u.group.reason, sizeof command->u.group.reason);
	} else if (command->kind == RCC_COMMAND_UNSEAL) {
		if (sea_chance(sea, 2))
			command->u.unseal.note = sea_below(sea, core->note_last + 2);
		else
			command->u.unseal.alert = some_alert(sea, core);
		sea_some_text(sea, command->u.unseal.reason, sizeof command->u.unseal.reason);
	} else {
		command->u.drill.is_joining = sea_below(sea, 2);
	}
}

static void
make_relay(struct sea *sea, const struct rcc_core *core, struct rcc_relay *relay)
{
	relay->incident = sea_some_incident(sea, core);
	relay->action = (enum rcc_relay_action)(1 + sea_below(sea, RCC_RELAY_LAST));
	sea_some_text(sea, relay->reason, sizeof relay->reason);
	if (relay->action == RCC_RELAY_NOTICE && !sea_chance(sea, 3))
		relay->expires_at_ms = sea->now_ms - 60000 + 60000 * (int64_t)sea_below(sea, 60);
}

void
sea_make_order(struct sea *sea, const struct rcc_core *core, struct rcc_command *command)
{
	if (sea_make_door(sea, command) || sea_make_work(sea, core, command))
		return;
	if (command->kind == RCC_COMMAND_RELAY)
		make_relay(sea, core, &command->u.relay);
	else if (command->kind == RCC_COMMAND_OPEN)
		make_open(sea, core, &command->origin, &command->u.open);
	else if (command->kind == RCC_COMMAND_CLASSIFY)
		make_classify(sea, core, &command->u.classify);
	else if (command->kind == RCC_COMMAND_JOIN)
		make_join(sea, core, &command->u.join);
	else if (command->kind == RCC_COMMAND_PLAN)
		make_plan(sea, &command->u.plan);
	else
		make_short_order(sea, core, command);
}

void
sea_make_circular(struct sea *sea, struct rcc_circular *circular)
{
	circular->kind = sea_chance(sea, 3) ? RCC_BROADCAST_CONDUCT_CARD : RCC_BROADCAST_BULLETIN;
	sea_some_text(sea, circular->text, sizeof circular->text);
	if (sea_chance(sea, 2))
		circular->expires_at_ms = sea->now_ms + (int64_t)sea_below(sea, 100) * RCC_MS_PER_MIN;
}

void
sea_make_profile(struct sea *sea, struct rcc_profile_order *order)
{
	order->count = sea_below(sea, 6);
	for (uint32_t i = 0; i < order->count; i++) {
		enum rcc_profile_key key = (enum rcc_profile_key)(1 + sea_below(sea, RCC_PROFILE_LAST));
		uint32_t most = rcc_profile_field(key)->max;
		/* Mostly small, sometimes unknown, sometimes too much. */
		uint32_t value = sea_below(sea, most < 100 ? most + 2 : 100);
		order->row[i] = (struct rcc_profile_row){key, sea_chance(sea, 6) ? RCC_PROFILE_UNKNOWN : value};
	}
	if (sea_chance(sea, 2))
		order->checked_at_ms = sea->now_ms - (int64_t)sea_below(sea, 100) * RCC_MS_PER_MIN;
	if (sea_chance(sea, 2))
		sea_some_text(sea, order->missing, sizeof order->missing);
	if (sea_chance(sea, 3))
		(void)snprintf(order->company, sizeof order->company, "K%u", sea_below(sea, 9));
	if (sea_chance(sea, 4))
		sea_some_text(sea, order->company_contact, sizeof order->company_contact);
	if (sea_chance(sea, 4))
		(void)snprintf(order->policy, sizeof order->policy, "%s", sea_chance(sea, 2) ? RCC_PROFILE_GONE : "K1");
}

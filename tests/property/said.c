#include "said.h"

#include <stdio.h>
#include <string.h>

#include "rcc/units.h"

#define RELAY_WITHIN_MS 61000

enum rcc_class
said_class(struct signal_maker *maker)
{
	uint32_t which = signal_below(maker, 10);

	if (which < 6)
		return RCC_CLASS_LIVE;
	return which < 8 ? RCC_CLASS_TEST : RCC_CLASS_EXERCISE;
}

struct rcc_key
said_stranger(struct signal_maker *maker)
{
	struct rcc_key key = {{0}};

	for (size_t i = 0; i < sizeof key.b; i++)
		key.b[i] = (uint8_t)signal_below(maker, 256);
	return key;
}

static void
fill_alert(struct signal_maker *maker, struct rcc_alert *alert, enum rcc_source source, struct truth *truth)
{
	bool has_place = signal_below(maker, 4) != 0;

	alert->source = source;
	alert->class = said_class(maker);
	alert->nature = (enum rcc_nature)(1 + signal_below(maker, RCC_NATURE_LAST));
	alert->persons = 1 + signal_below(maker, 300);
	alert->pos = RCC_POS_NONE;
	if (has_place) {
		alert->pos.lat_e7 = 330000000 + (int32_t)signal_below(maker, 50000000);
		alert->pos.lon_e7 = 100000000 + (int32_t)signal_below(maker, 140000000);
		alert->pos_at_ms = maker->now_ms;
	}
	truth->class = judge_least_live(truth->envelope, alert->class);
	truth->is_class_known = true;
	truth->allowed = truth->class == RCC_CLASS_TEST ? BECOMES_TEST : BECOMES_ALERT;
	truth->is_told = has_place && truth->class != RCC_CLASS_TEST;
}

/* Whom we do not know, or who speaks for another: a person decides. */
static void
is_doubted(struct truth *truth)
{
	truth->is_told = false;
	if (truth->allowed == BECOMES_ALERT)
		truth->allowed = BECOMES_READING;
}

static void
say_crew(struct judge *judge, const struct speakers *speakers, struct signal_maker *maker, struct truth *truth)
{
	struct rcc_alert *alert = &judge->shell->envelope.u.alert;
	uint32_t ship = signal_below(maker, JUDGE_SHIPS);
	struct rcc_key stranger = said_stranger(maker);
	bool is_stranger = signal_below(maker, 5) == 0;

	fill_alert(maker, alert, RCC_SOURCE_CREW, truth);
	truth->what = "a crew's button";
	if (is_stranger || signal_below(maker, 2) == 0)
		alert->casualty.v = speakers->mmsi[ship];
	if (signal_below(maker, 5) == 0)
		alert->casualty.v = 258000000 + signal_serial(maker);
	if (is_stranger || (alert->casualty.v != 0 && alert->casualty.v != speakers->mmsi[ship]))
		is_doubted(truth);
	shell_say(judge->shell, RCC_PORT_SHIPS, is_stranger ? &stranger : &speakers->ship[ship]);
}

/* Another centre speaks for itself; for a crew or an officer it cannot. */
static void
say_centre(struct judge *judge, const struct speakers *speakers, struct signal_maker *maker, struct truth *truth)
{
	struct rcc_alert *alert = &judge->shell->envelope.u.alert;
	bool is_own = signal_below(maker, 4) != 0;

	fill_alert(maker, alert, is_own ? RCC_SOURCE_RCC : RCC_SOURCE_OFFICER, truth);
	truth->what = "another centre's alert";
	alert->casualty.v = 259000000 + signal_serial(maker);
	if (!is_own)
		is_doubted(truth);
	shell_say(judge->shell, RCC_PORT_SHIPS, &speakers->centre);
}

static void
say_officer(struct judge *judge, struct signal_maker *maker, struct truth *truth)
{
	struct rcc_open *open = &judge->shell->envelope.u.open;

	fill_alert(maker, &open->alert, signal_below(maker, 4) == 0 ? RCC_SOURCE_RCC : RCC_SOURCE_OFFICER, truth);
	truth->what = "an officer's entry";
	open->alert.casualty.v = 261000000 + signal_serial(maker);
	if (signal_below(maker, 8) == 0) {
		open->alert.marks = RCC_ALERT_RESTRICTED;
		truth->is_restricted = true;
		truth->is_told = false;
	}
	if (signal_below(maker, 3) == 0)
		(void)snprintf(open->contact, sizeof open->contact, "CALLER +39 000 %u",
		               (unsigned)signal_below(maker, 1000));
	shell_say(judge->shell, RCC_PORT_CONTROL, NULL);
}

/* The same bytes, cut off on their way: a person gets them, or their sender is told that they cannot be read. */
static void
say_half(struct judge *judge, struct signal_maker *maker)
{
	struct rcc_app *app = &judge->shell->app;
	uint64_t malformed = app->malformed;

	app->inbound.len = 1 + signal_below(maker, (uint32_t)app->inbound.len - 1);
	app->out.kind = RCC_BODY_BEAT;
	judge_before(judge);
	shell_say_again(judge->shell);
	judge_record(judge);
	if (app->malformed != malformed + 1)
		judge->broken = "half a message is counted as one that cannot be read";
	if (judge->became != BECOMES_READING && app->out.kind != RCC_BODY_REFUSED)
		judge->broken = "half a message is for a person, or its sender is told";
	if (judge->became != 0 && judge->became != BECOMES_READING)
		judge->broken = "half a message causes nothing by itself";
}

void
said_take(struct judge *judge, const struct speakers *speakers, struct signal_maker *maker, struct truth *ret_truth)
{
	uint32_t which = signal_below(maker, 3);
	struct rcc_envelope *envelope = shell_begin(judge->shell, which == 2 ? RCC_BODY_OPEN : RCC_BODY_ALERT);

	*ret_truth = (struct truth){.envelope = said_class(maker)};
	envelope->class = ret_truth->envelope;
	judge_before(judge);
	if (which == 0)
		say_crew(judge, speakers, maker, ret_truth);
	else if (which == 1)
		say_centre(judge, speakers, maker, ret_truth);
	else
		say_officer(judge, maker, ret_truth);
	judge_record(judge);
	shell_wait(judge->shell, RELAY_WITHIN_MS);
	judge_after(judge, ret_truth);
	if (which != 2 && judge->broken == NULL && signal_below(maker, 6) == 0)
		say_half(judge, maker);
}

void
said_take_plan(struct judge *judge, struct signal_maker *maker, struct truth *ret_truth)
{
	struct rcc_app *app = &judge->shell->app;
	struct rcc_envelope *envelope = shell_begin(judge->shell, RCC_BODY_PLAN);
	struct rcc_plan *plan = &envelope->u.plan;
	uint32_t plans = app->core.plan_last;

	*ret_truth = (struct truth){.what = "a sailing plan that is not kept",
	                            .envelope = said_class(maker),
	                            .class = RCC_CLASS_LIVE,
	                            .is_class_known = true,
	                            .allowed = BECOMES_ALERT};
	envelope->class = ret_truth->envelope;
	plan->action = RCC_PLAN_FILE;
	(void)snprintf(plan->name, sizeof plan->name, "BOAT %u", (unsigned)maker->serial++);
	plan->persons = 2;
	plan->pos = RCC_POS_NONE;
	plan->eta_at_ms = app->now_ms + RCC_MS_PER_MIN;
	judge_before(judge);
	shell_say(judge->shell, RCC_PORT_CONTROL, NULL);
	if (ret_truth->envelope == RCC_CLASS_LIVE) {
		if (app->core.plan_last != plans + 1)
			judge->broken = "a plan is filed";
	} else if (app->owed_count == 0 || app->owed[app->owed_count - 1].refusal != RCC_REFUSAL_NOT_LIVE) {
		judge->broken = "a plan of a test or an exercise is refused, and its sender told";
	}
	shell_wait(judge->shell, 2 * RCC_MS_PER_MIN + app->core.run.rules.overdue_grace_ms);
	if (ret_truth->envelope != RCC_CLASS_LIVE) {
		if (app->core.alert_last != judge->alerts || app->core.broadcast_last != judge->broadcasts)
			judge->broken = "a plan of a test or an exercise raises nothing";
		return;
	}
	judge_record(judge);
	const struct rcc_alert_state *row = rcc_alert_find(&app->core, (struct rcc_alert_id){judge->alert});
	if (row == NULL || row->body.source != RCC_SOURCE_OVERDUE || strcmp(row->body.name, plan->name) != 0)
		judge->broken = "a plan that is not kept raises an alert";
	judge_after(judge, ret_truth);
	if (app->core.broadcast_last != judge->broadcasts)
		judge->broken = "the machine calls no ship for one that is only overdue";
}

#include "harbour.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "rcc/units.h"

struct watch harbour_watch, harbour_other;

void
harbour_start_in(struct watch *to)
{
	struct rcc_alert alert = watch_alert(RCC_SOURCE_AIS_BEACON, 500000001);
	struct rcc_rules rules = watch_rules();

	for (size_t i = 0; i <= RCC_DUTY_RULES_MAX; i++)
		rules.duty_ms[i] = 60 * RCC_MS_PER_MIN;
	(void)watch_start_with_feed(to, 2);
	watch_rule(to, &rules);
	for (int i = 0; i < 3; i++)
		assert_true(watch_enrol(to, RCC_ROLE_OFFICER, 0) != 0);
	watch_say(to, FEED, &alert);
	assert_int_equal(to->core.incident_last, 1);
}

void
harbour_start(void)
{
	harbour_start_in(&harbour_watch);
}

/* A step at PORT OF LOS by this peer (0 = the local socket), to be filled. */
struct rcc_place *
harbour_step_in(struct watch *to, uint32_t peer, enum rcc_place_step step)
{
	struct rcc_place *place = &watch_command(to, RCC_COMMAND_PLACE, peer)->u.place;

	place->incident.v = 1;
	place->step = step;
	place->pos = RCC_POS_NONE;
	watch_text(place->name, sizeof place->name, "PORT OF LOS");
	return place;
}

struct rcc_place *
harbour_step(uint32_t peer, enum rcc_place_step step)
{
	return harbour_step_in(&harbour_watch, peer, step);
}

void
harbour_text(struct rcc_place *place, const char *text)
{
	watch_text(place->text, sizeof place->text, text);
}

void
harbour_check(uint32_t peer, uint32_t checks, bool is_unsafe, const char *why)
{
	struct rcc_place *place = harbour_step(peer, RCC_PLACE_CHECKED);

	place->checks = checks;
	place->is_unsafe = is_unsafe;
	harbour_text(place, why);
	watch_step(&harbour_watch);
}

void
harbour_assign(uint32_t peer, bool is_override, const char *why)
{
	struct rcc_place *place = harbour_step(peer, RCC_PLACE_ASSIGNED);

	place->ship.v = SHIP_MMSI;
	place->is_override = is_override;
	harbour_text(place, why);
	watch_step(&harbour_watch);
}

void
harbour_say(uint32_t peer, enum rcc_place_step step, const char *why)
{
	harbour_text(harbour_step(peer, step), why);
	watch_step(&harbour_watch);
}

void
harbour_refused(enum rcc_refusal reason, const char *field)
{
	if (!watch_is_refused(&harbour_watch, reason, field))
		fail_msg("not refused with %u (%s)", (unsigned)reason, field);
}

const struct rcc_place_state *
harbour_port(void)
{
	return rcc_place_named(&harbour_watch.core, order_incident(&harbour_watch, 1), "port of los");
}

const struct rcc_place_ship *
harbour_row(void)
{
	return rcc_place_ship_of(&harbour_watch.core, harbour_port(), (struct rcc_mmsi){SHIP_MMSI});
}

/* What the ship was told in this entry; NULL = nothing. */
const char *
harbour_told(void)
{
	const struct rcc_event *event = watch_event(&harbour_watch, RCC_EVENT_BROADCAST_ISSUED);
	const struct rcc_event *queued = watch_event(&harbour_watch, RCC_EVENT_DELIVERIES_QUEUED);

	if (event == NULL)
		return NULL;
	assert_int_equal(event->u.broadcast.kind, RCC_BROADCAST_TASK);
	assert_int_equal(queued->u.queued.count, 1);
	assert_int_equal(queued->u.queued.row[0].peer.v, SHIP);
	return event->u.broadcast.text;
}

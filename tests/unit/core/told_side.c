#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "told_side.h"

static const struct rcc_mmsi centre;

const struct rcc_incident *
told_case(uint32_t id)
{
	return rcc_incident_find(&crowd_watch.core, (struct rcc_incident_id){id});
}

/* Both ships have stored the call. */
void
told_begin(void)
{
	crowd_begin(0);
	assert_true(watch_stored(&crowd_watch, 1, 1) > 0);
	assert_true(watch_stored(&crowd_watch, 2, 1) > 0);
}

void
told_cancel(uint32_t id)
{
	crowd_watch.now_ms += 1000;
	watch_cancel(&crowd_watch, id, "no distress");
	assert_int_equal(watch_event(&crowd_watch, RCC_EVENT_BROADCAST_ISSUED)->u.broadcast.kind, RCC_BROADCAST_CANCEL);
}

/* Told, cancelled, and both have the cancel. */
void
told_over(void)
{
	told_begin();
	told_cancel(1);
	watch_stored(&crowd_watch, 1, 2);
	watch_stored(&crowd_watch, 2, 2);
}

/* She has stored all that was made for her. */
void
told_store(uint32_t peer)
{
	assert_true(watch_stored(&crowd_watch, peer, crowd_watch.core.peer[peer - 1].delivery_last) > 0);
}

uint32_t
told_change_key(void)
{
	watch_revoke(&crowd_watch, rcc_peer_find(&crowd_watch.core, (struct rcc_peer_id){1})->name, "lost");
	return watch_enrol(&crowd_watch, RCC_ROLE_VESSEL, SHIP_A);
}

void
told_by_voice(uint32_t ship, enum rcc_answer_kind kind)
{
	crowd_watch.now_ms += 1000;
	struct rcc_answer *answer = &watch_command(&crowd_watch, RCC_COMMAND_ANSWER, 0)->u.answer;
	*answer = (struct rcc_answer){.incident = crowd_case, .kind = kind, .ship = {ship}, .eta_min = 60};
	answer->reason = kind == RCC_ANSWER_UNABLE ? RCC_REASON_DISABLED : RCC_REASON_NONE;
	watch_step(&crowd_watch);
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_ANSWERED), 1);
}

void
told_notice(int64_t for_ms)
{
	crowd_watch.now_ms += 1000;
	struct rcc_relay *relay = &watch_command(&crowd_watch, RCC_COMMAND_RELAY, 0)->u.relay;
	*relay = (struct rcc_relay){.incident = crowd_case,
	                            .action = RCC_RELAY_NOTICE,
	                            .reason = "keep a look-out",
	                            .expires_at_ms = crowd_watch.now_ms + for_ms};
	watch_step(&crowd_watch);
	assert_int_equal(watch_events(&crowd_watch, RCC_EVENT_BROADCAST_ISSUED), 1);
}

void
told_place(enum rcc_place_step step, uint32_t ship)
{
	crowd_watch.now_ms += 1000;
	struct rcc_place *said = &watch_command(&crowd_watch, RCC_COMMAND_PLACE, 0)->u.place;
	*said = (struct rcc_place){.incident = crowd_case,
	                           .step = step,
	                           .pos = RCC_POS_NONE,
	                           .ship = {ship},
	                           .checks = step == RCC_PLACE_CHECKED ? RCC_CHECKS_ALL : 0};
	watch_text(said->name, sizeof said->name, "PORT OF LOS");
	watch_text(said->text, sizeof said->text, step == RCC_PLACE_CHECKED ? "" : "as told");
	watch_step(&crowd_watch);
	assert_true(watch_events(&crowd_watch, RCC_EVENT_PLACE_STEPPED) > 0);
}

/* An alert of another vessel, which nobody is told of: its place is not known. */
void
told_open_second(void)
{
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 500000002);

	crowd_watch.now_ms += 1000;
	alert.pos = RCC_POS_NONE;
	watch_say(&crowd_watch, 0, &alert);
	assert_int_equal(crowd_watch.core.incident_last, 2);
}

void
told_join(void)
{
	crowd_watch.now_ms += 1000;
	struct rcc_join_order *join = &watch_command(&crowd_watch, RCC_COMMAND_JOIN, 0)->u.join;
	*join = (struct rcc_join_order){.from = crowd_case, .incident = {2}, .reason = "one vessel"};
	watch_step(&crowd_watch);
	assert_int_equal(told_case(1)->outcome, RCC_OUTCOME_JOINED);
}

enum rcc_refusal
told_refused(uint32_t id)
{
	return rcc_closing_refusal(&crowd_watch.core, told_case(id), RCC_OUTCOME_NO_DISTRESS);
}

/* Nothing but this ship stands in the way, and an officer's word that she was told ends that. */
void
told_assert_one_word(uint32_t id, struct rcc_mmsi ship)
{
	assert_true(rcc_told_is_owed(&crowd_watch.core, told_case(1), ship));
	assert_int_equal(told_refused(id), RCC_REFUSAL_UNTOLD);
	const struct rcc_duty *line = rcc_duty_of(&crowd_watch.core, crowd_case, RCC_DUTY_RULE_TELL_END, centre, 0);
	assert_non_null(line);
	assert_true(rcc_duty_is_open(line));
	crowd_watch.now_ms += 1000;
	struct rcc_duty_order *order = &watch_command(&crowd_watch, RCC_COMMAND_DUTY, 0)->u.duty;
	*order =
	    (struct rcc_duty_order){.duty = line->id, .state = RCC_DUTY_DISCHARGED, .reason = "her owner told her"};
	watch_step(&crowd_watch);
	assert_int_equal(told_refused(id), 0);
}

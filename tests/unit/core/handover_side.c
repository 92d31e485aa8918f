#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "handover_side.h"

struct watch side_watch;
uint32_t side_peer;

uint32_t
side_enrol_centre(const char *name, uint32_t key, const char *endpoint, enum rcc_share share)
{
	struct rcc_enrol *enrol = &watch_command(&side_watch, RCC_COMMAND_ENROL, 0)->u.enrol;

	watch_text(enrol->name, sizeof enrol->name, name);
	enrol->role = RCC_ROLE_PEER;
	enrol->key = watch_key(key);
	watch_text(enrol->endpoint, sizeof enrol->endpoint, endpoint);
	enrol->share = (uint32_t)share;
	watch_step(&side_watch);
	return watch_event(&side_watch, RCC_EVENT_PEER_ENROLLED) == NULL ? 0 : side_watch.core.peer_count;
}

/* Two ships, a feed, another centre, and a case of ours that the ships were told of. */
void
side_start(void)
{
	struct rcc_rules rules = watch_rules();
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 211000001);

	watch_start_with_feed(&side_watch, 2);
	rules.handover_ms = 900000;
	watch_rule(&side_watch, &rules);
	side_peer = side_enrol_centre("MRCC B", 901, "tcp://192.0.2.1:8407", RCC_SHARE_ALL);
	assert_int_not_equal(side_peer, 0);
	order_open(&side_watch, 0, &alert);
	assert_int_equal(side_watch.core.incident_last, 1);
}

uint32_t
side_order(uint32_t incident, enum rcc_handover_step step)
{
	struct rcc_handover *body = &watch_command(&side_watch, RCC_COMMAND_HANDOVER, 0)->u.handover;

	body->incident.v = incident;
	body->step = step;
	watch_text(body->centre, sizeof body->centre, "MRCC B");
	watch_text(body->officer, sizeof body->officer, "OFFICER A");
	watch_text(body->reason, sizeof body->reason, "better placed");
	return watch_step(&side_watch);
}

struct rcc_msg_id
side_theirs(uint8_t number)
{
	return (struct rcc_msg_id){{0xb0, number}};
}

/* The other centre says a step of this handover. */
struct rcc_centre *
side_begin_heard(struct rcc_msg_id handover, enum rcc_handover_step step)
{
	struct rcc_centre *said = &watch_command(&side_watch, RCC_COMMAND_CENTRE, side_peer)->u.centre;

	said->handover = handover;
	said->step = step;
	said->incident.v = 70;
	said->year = 2026;
	said->number = 70;
	said->record.seq = 500;
	watch_text(said->officer, sizeof said->officer, "OFFICER B");
	if (step == RCC_HANDOVER_OFFER) {
		said->snapshot_count = 1;
		said->snapshot[0] = watch_alert(RCC_SOURCE_RCC, 211000002);
		said->snapshot[0].category = RCC_CATEGORY_DISTRESS;
	}
	return said;
}

uint32_t
side_heard(struct rcc_msg_id handover, enum rcc_handover_step step)
{
	side_begin_heard(handover, step);
	return watch_step(&side_watch);
}

/* What our shell heard: the other has it on its disk, or says why not. */
uint32_t
side_receipt(struct rcc_msg_id handover, enum rcc_refusal refusal)
{
	struct rcc_command *command = watch_command(&side_watch, RCC_COMMAND_CENTRE, side_peer);

	memset(&command->origin.msg_id, 0, sizeof command->origin.msg_id);
	command->u.centre.handover = handover;
	command->u.centre.step = RCC_HANDOVER_STORED;
	command->u.centre.refusal = refusal;
	return watch_step(&side_watch);
}

const struct rcc_handover_state *
side_newest(uint32_t incident)
{
	const struct rcc_handover_state *row = rcc_handover_of(&side_watch.core, (struct rcc_incident_id){incident});

	assert_non_null(row);
	return row;
}

enum rcc_incident_status
side_status(uint32_t incident)
{
	return order_incident(&side_watch, incident)->status;
}

bool
side_holds(uint32_t incident)
{
	return rcc_handover_holds(&side_watch.core, order_incident(&side_watch, incident));
}

const char *
side_told(void)
{
	const struct rcc_event *event = watch_event(&side_watch, RCC_EVENT_BROADCAST_ISSUED);

	return event == NULL ? "" : event->u.broadcast.text;
}

void
side_assert_refused(enum rcc_refusal reason, const char *field)
{
	if (!watch_is_refused(&side_watch, reason, field))
		fail_msg("not refused with %u (%s)", (unsigned)reason, field);
}

void
side_assert_owes(enum rcc_handover_step step)
{
	struct rcc_centre_owed owed;

	for (uint32_t slot = 0; slot < RCC_HANDOVERS_MAX; slot++) {
		if (!rcc_core_centre_owed(&side_watch.core, slot, &owed))
			continue;
		assert_int_equal(owed.body.step, step);
		assert_int_equal(owed.peer.v, side_peer);
		assert_true(owed.body.record.seq > 0 && owed.body.record.seq <= side_watch.core.seq);
		return;
	}
	assert_int_equal(step, 0);
}

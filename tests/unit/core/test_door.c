/* Invitations are used once, by whoever brings the code, and a new key takes the place of an old one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "laws.h"
#include "rcc/units.h"
#include "watch.h"

static struct watch watch;

static struct rcc_invite_tag
tag_of(uint8_t number)
{
	struct rcc_invite_tag tag;

	memset(&tag, number, sizeof tag);
	return tag;
}

static void
invite(const char *name, uint32_t mmsi, uint8_t number, int64_t valid_ms)
{
	struct rcc_invite *body = &watch_command(&watch, RCC_COMMAND_INVITE, 0)->u.invite;

	*body = (struct rcc_invite){.role = mmsi == 0 ? RCC_ROLE_FEED : RCC_ROLE_VESSEL,
	                            .mmsi = {mmsi},
	                            .owner = RCC_OWNER_NGO,
	                            .tag = tag_of(number),
	                            .expires_at_ms = valid_ms == 0 ? 0 : watch.now_ms + valid_ms};
	memcpy(body->name, name, strlen(name) + 1);
	watch_step(&watch);
	assert_null(laws_of_state(&watch.core));
}

/* Whoever holds this key brings the code of that tag. */
static uint32_t
admit(uint32_t key, uint8_t number)
{
	const struct rcc_key held = watch_key(key);

	watch_command_of(&watch, RCC_COMMAND_ADMIT, &held)->u.admit.tag = tag_of(number);
	watch_step(&watch);
	assert_null(laws_of_state(&watch.core));
	const struct rcc_event *event = watch_event(&watch, RCC_EVENT_PEER_ENROLLED);
	return event == NULL ? 0 : event->u.enrolled.peer.v;
}

static enum rcc_role
role_of(uint32_t key, uint32_t *ret_peer)
{
	const struct rcc_key held = watch_key(key);
	struct rcc_peer_id peer;
	bool is_revoked;
	enum rcc_role role = rcc_core_identify(&watch.core, &held, &peer, &is_revoked);

	*ret_peer = peer.v;
	return role;
}

static void
test_used_once(void **state)
{
	(void)state;
	uint32_t peer = 0;

	watch_start(&watch);
	invite("BRAVE", 247888000, 1, RCC_MS_PER_HOUR);
	assert_non_null(watch_event(&watch, RCC_EVENT_PEER_INVITED));
	assert_int_equal(role_of(70, &peer), RCC_ROLE_GUEST);
	assert_int_equal(admit(70, 2), 0);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "admit.code"));
	assert_int_equal(admit(70, 1), 1);
	assert_int_equal(role_of(70, &peer), RCC_ROLE_VESSEL);
	assert_int_equal(peer, 1);
	assert_int_equal(rcc_peer_find(&watch.core, (struct rcc_peer_id){1})->mmsi.v, 247888000);
	assert_int_equal(rcc_peer_find(&watch.core, (struct rcc_peer_id){1})->owner, RCC_OWNER_NGO);
	assert_int_equal(admit(71, 1), 0);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "admit.code"));
	assert_int_equal(role_of(71, &peer), RCC_ROLE_GUEST);
}

/* Enrolled by her code she hears what stands, as every ship that is enrolled while ships are called. */
static void
test_hears_what_stands(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 500000001);

	watch_start(&watch);
	watch_say(&watch, 0, &alert);
	invite("BRAVE", 247888000, 1, RCC_MS_PER_HOUR);
	const struct rcc_key held = watch_key(70);
	struct rcc_pos centre;
	struct rcc_command *command = watch_command_of(&watch, RCC_COMMAND_ADMIT, &held);
	command->u.admit.tag = tag_of(1);
	assert_true(rcc_core_wants_scene(&watch.core, command, &centre));
	watch_step(&watch);
	const struct rcc_event *queued = watch_event(&watch, RCC_EVENT_DELIVERIES_QUEUED);
	assert_non_null(queued);
	assert_int_equal(queued->u.queued.row[0].peer.v, 1);
}

static void
test_time_is_over(void **state)
{
	(void)state;
	watch_start(&watch);
	invite("BRAVE", 247888000, 1, RCC_MS_PER_HOUR);
	watch.now_ms += RCC_MS_PER_HOUR;
	assert_int_equal(admit(70, 1), 0);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "admit.code"));
	/* A new one under her name makes the one before void; so does its being taken back. */
	invite("BRAVE", 247888000, 2, RCC_MS_PER_HOUR);
	invite("BRAVE", 247888000, 3, RCC_MS_PER_HOUR);
	assert_int_equal(admit(70, 2), 0);
	invite("BRAVE", 247888000, 3, 0);
	assert_non_null(watch_event(&watch, RCC_EVENT_PEER_INVITED));
	assert_int_equal(admit(70, 3), 0);
	invite("BRAVE", 247888000, 3, 0);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "invite.name"));
}

/* What would stand in the way of whoever comes is said to who invites; what came in between, to whoever comes. */
static void
test_refused(void **state)
{
	(void)state;
	watch_start(&watch);
	assert_int_equal(watch_enrol(&watch, RCC_ROLE_VESSEL, 247888000), 1);
	invite("1 PEER", 247888001, 1, RCC_MS_PER_HOUR);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_DUPLICATE, "invite.name"));
	invite("BRAVE", 247888000, 1, RCC_MS_PER_HOUR);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_DUPLICATE, "invite.mmsi"));
	invite("BRAVE", 247888001, 1, RCC_INVITATION_MAX_MS + 1);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "invite.expires_at_ms"));
	invite("BRAVE", 247888001, 1, -1);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "invite.expires_at_ms"));
	/* Enrolled by hand meanwhile, under another name: her code opens nothing a second time. */
	invite("BRAVE", 247888001, 1, RCC_MS_PER_HOUR);
	assert_int_equal(watch_enrol(&watch, RCC_ROLE_VESSEL, 247888001), 2);
	assert_int_equal(admit(70, 1), 0);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_DUPLICATE, "enrol.mmsi"));
	/* And who is enrolled needs none. */
	invite("FEED", 0, 4, RCC_MS_PER_HOUR);
	assert_int_equal(admit(1, 4), 0);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_DUPLICATE, "admit.key"));
	/* Nor is a key taken back that somebody lost. */
	assert_true(watch_revoke(&watch, "1 PEER", "stolen") > 0);
	assert_int_equal(admit(1, 4), 0);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_DUPLICATE, "admit.key"));
	assert_int_equal(admit(72, 4), 3);
}

static void
test_no_room(void **state)
{
	(void)state;
	char name[16];

	watch_start(&watch);
	for (uint32_t i = 0; i < RCC_INVITATIONS_MAX; i++) {
		snprintf(name, sizeof name, "SHIP %u", i);
		invite(name, 247000000 + i, (uint8_t)(i + 1), RCC_MS_PER_HOUR);
		assert_non_null(watch_event(&watch, RCC_EVENT_PEER_INVITED));
	}
	invite("ONE MORE", 248000000, 200, RCC_MS_PER_HOUR);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_FULL, "invite"));
	/* Under a name that is invited there is room, and where one's time is over. */
	invite("SHIP 7", 247000007, 201, RCC_MS_PER_HOUR);
	assert_non_null(watch_event(&watch, RCC_EVENT_PEER_INVITED));
	watch.now_ms += RCC_MS_PER_HOUR;
	invite("ONE MORE", 248000000, 200, RCC_MS_PER_HOUR);
	assert_non_null(watch_event(&watch, RCC_EVENT_PEER_INVITED));
	assert_int_equal(admit(70, 200), 1);
}

static void
rekey(uint32_t from, uint32_t to)
{
	const struct rcc_key held = watch_key(from);

	watch_command_of(&watch, RCC_COMMAND_REKEY, &held)->u.rekey.key = watch_key(to);
	watch_step(&watch);
	assert_null(laws_of_state(&watch.core));
}

/* The peer stays what it is, with its ledger; the key before is a stranger's. */
static void
test_rekey(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 500000001);
	uint32_t peer = 0;

	watch_start(&watch);
	watch_fleet(&watch, 200000001, 40);
	watch_say(&watch, 0, &alert);
	for (uint32_t i = 1; i <= 40; i++)
		rekey(i, 100 + i);
	for (uint32_t i = 1; i <= 40; i++) {
		assert_int_equal(role_of(i, &peer), RCC_ROLE_GUEST);
		assert_int_equal(role_of(100 + i, &peer), RCC_ROLE_VESSEL);
		assert_int_equal(peer, i);
		assert_non_null(rcc_delivery_find(&watch.core, (struct rcc_peer_id){i}, 1));
	}
	/* Neither another's key, nor one that somebody lost, nor none. */
	rekey(101, 102);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_DUPLICATE, "rekey.key"));
	assert_true(watch_revoke(&watch, rcc_peer_find(&watch.core, (struct rcc_peer_id){2})->name, "lost") > 0);
	rekey(101, 102);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_DUPLICATE, "rekey.key"));
	const struct rcc_key held = watch_key(101);
	watch_command_of(&watch, RCC_COMMAND_REKEY, &held);
	watch_step(&watch);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_RANGE, "rekey.key"));
	/* Whoever has no name has no key to be changed. */
	watch_command(&watch, RCC_COMMAND_REKEY, 0)->u.rekey.key = watch_key(300);
	watch_step(&watch);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_ALLOWED, "rekey"));
	rekey(1, 301);
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_ALLOWED, "rekey"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_used_once),    cmocka_unit_test(test_hears_what_stands),
	    cmocka_unit_test(test_time_is_over), cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_no_room),      cmocka_unit_test(test_rekey),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

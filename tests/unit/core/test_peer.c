/* Enrolment, revocation, and ships that fall silent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "laws.h"
#include "watch.h"

static struct watch watch;

/* Begins a valid enrolment that a test then spoils. */
static struct rcc_enrol *
begin_enrol(void)
{
	struct rcc_enrol *enrol = &watch_command(&watch, RCC_COMMAND_ENROL, 0)->u.enrol;

	*enrol = (struct rcc_enrol){.name = "ASTRID",
	                            .role = RCC_ROLE_VESSEL,
	                            .mmsi = {257123450},
	                            .owner = RCC_OWNER_FISHING,
	                            .key = watch_key(1)};
	return enrol;
}

static void
assert_refused(enum rcc_refusal reason, const char *field)
{
	uint32_t peers = watch.core.peer_count;

	watch_step(&watch);
	assert_true(watch_is_refused(&watch, reason, field));
	assert_int_equal(watch.core.peer_count, peers);
}

static void
test_enrol(void **state)
{
	(void)state;
	struct rcc_peer_id id;
	bool is_revoked = true;
	struct rcc_key key = watch_key(1);

	watch_start(&watch);
	begin_enrol();
	assert_int_equal(watch_step(&watch), 1);
	const struct rcc_peer *peer = rcc_peer_find(&watch.core, (struct rcc_peer_id){1});
	assert_string_equal(peer->name, "ASTRID");
	assert_int_equal(peer->role, RCC_ROLE_VESSEL);
	assert_int_equal(peer->owner, RCC_OWNER_FISHING);
	assert_int_equal(peer->mmsi.v, 257123450);
	assert_int_equal(peer->enrolled_at_ms, watch.now_ms);
	assert_true(rcc_peer_is_ship(peer));
	assert_int_equal(rcc_core_identify(&watch.core, &key, &id, &is_revoked), RCC_ROLE_VESSEL);
	assert_int_equal(id.v, 1);
	assert_false(is_revoked);
}

static void
test_enrol_refusals(void **state)
{
	(void)state;
	watch_start(&watch);
	begin_enrol()->name[0] = '\0';
	assert_refused(RCC_REFUSAL_RANGE, "enrol.name");
	begin_enrol()->role = RCC_ROLE_GUEST;
	assert_refused(RCC_REFUSAL_RANGE, "enrol.role");
	memset(&begin_enrol()->key, 0, sizeof(struct rcc_key));
	assert_refused(RCC_REFUSAL_RANGE, "enrol.key");
	begin_enrol()->mmsi.v = 0;
	assert_refused(RCC_REFUSAL_RANGE, "enrol.mmsi");
	begin_enrol();
	assert_int_equal(watch_step(&watch), 1);
	begin_enrol();
	assert_refused(RCC_REFUSAL_DUPLICATE, "enrol.name");
	begin_enrol()->name[0] = 'B';
	assert_refused(RCC_REFUSAL_DUPLICATE, "enrol.key");
	struct rcc_enrol *enrol = begin_enrol();
	enrol->name[0] = 'B';
	enrol->key = watch_key(2);
	assert_refused(RCC_REFUSAL_DUPLICATE, "enrol.mmsi");
	/* A feed may stand on a ship and share its MMSI; it is told nothing. */
	enrol = begin_enrol();
	enrol->name[0] = 'B';
	enrol->key = watch_key(2);
	enrol->role = RCC_ROLE_FEED;
	assert_int_equal(watch_step(&watch), 1);
	assert_false(rcc_peer_is_ship(&watch.core.peer[1]));
	assert_int_equal(rcc_peer_find_mmsi(&watch.core, (struct rcc_mmsi){257123450})->id.v, 1);
	/* Not a vessel: no MMSI wanted. */
	assert_int_equal(watch_enrol(&watch, RCC_ROLE_AUDITOR, 0), 3);
	assert_int_equal(watch_enrol(&watch, RCC_ROLE_OFFICER, 0), 4);
}

static void
test_revoke(void **state)
{
	(void)state;
	struct rcc_key key = watch_key(1);
	struct rcc_peer_id id = {7};
	bool is_revoked = false;

	watch_start(&watch);
	watch_revoke(&watch, "ASTRID", "sold");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "revoke.name"));
	begin_enrol();
	watch_step(&watch);
	watch_revoke(&watch, "ASTRID", "");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_REASON_MISSING, "revoke.reason"));
	assert_int_equal(watch_revoke(&watch, "ASTRID", "sold"), 1);
	assert_int_equal(rcc_core_identify(&watch.core, &key, &id, &is_revoked), RCC_ROLE_GUEST);
	assert_int_equal(id.v, 0);
	assert_true(is_revoked);
	assert_null(rcc_peer_find_mmsi(&watch.core, (struct rcc_mmsi){257123450}));
	assert_null(rcc_peer_find_name(&watch.core, "ASTRID"));
	watch_revoke(&watch, "ASTRID", "again");
	assert_true(watch_is_refused(&watch, RCC_REFUSAL_NOT_FOUND, "revoke.name"));
	/* Key, name and MMSI may come back, as a new peer with its own numbers. */
	begin_enrol();
	assert_int_equal(watch_step(&watch), 1);
	assert_int_equal(rcc_core_identify(&watch.core, &key, &id, &is_revoked), RCC_ROLE_VESSEL);
	assert_int_equal(id.v, 2);
	assert_false(is_revoked);
	assert_int_equal(rcc_peer_find_mmsi(&watch.core, (struct rcc_mmsi){257123450})->id.v, 2);
	assert_null(laws_of_state(&watch.core));
	key = watch_key(50);
	assert_int_equal(rcc_core_identify(&watch.core, &key, &id, &is_revoked), RCC_ROLE_GUEST);
	assert_false(is_revoked);
}

/* A revoked ship keeps its lines and is told nothing new. */
static void
test_revoked_ship(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 500000001);

	watch_start(&watch);
	watch_fleet(&watch, 200000001, 2);
	watch_say(&watch, 0, &alert);
	watch_revoke(&watch, "1 PEER", "key lost");
	alert.casualty.v++;
	watch_say(&watch, 0, &alert);
	assert_int_equal(watch.core.peer[0].delivery_last, 1);
	assert_int_equal(watch.core.peer[1].delivery_last, 2);
	assert_int_equal(watch.core.broadcast[1].recipients, 1);
}

static uint32_t
silence(uint32_t peer, bool is_silent, int64_t heard_at_ms)
{
	watch_command(&watch, RCC_COMMAND_SILENCE, 0)->u.silence =
	    (struct rcc_silence){.peer = {peer}, .is_silent = is_silent, .heard_at_ms = heard_at_ms};
	return watch_step(&watch);
}

static void
test_silence(void **state)
{
	(void)state;
	const int64_t now_ms = WATCH_START_MS;

	watch_start(&watch);
	watch_fleet(&watch, 200000001, 1);
	watch_enrol(&watch, RCC_ROLE_FEED, 0);
	watch_enrol(&watch, RCC_ROLE_OFFICER, 0);
	assert_int_equal(silence(9, true, 0), 0); /* nobody */
	assert_int_equal(silence(3, true, 0), 0); /* neither a ship nor a feed */
	/* A feed that hears nothing is as blind as one that is gone. */
	assert_int_equal(silence(2, true, now_ms - 1800000), 1);
	assert_true(watch.core.peer[1].is_silent);
	assert_int_equal(silence(2, false, now_ms - 5), 1);
	assert_false(watch.core.peer[1].is_silent);
	assert_int_equal(silence(1, false, now_ms), 0);          /* it was not silent */
	assert_int_equal(silence(1, true, now_ms - 1799999), 0); /* not yet */
	assert_int_equal(silence(1, true, now_ms - 1800000), 1);
	assert_int_equal(watch.entry.event[0].kind, RCC_EVENT_PEER_SILENT);
	assert_true(watch.core.peer[0].is_silent);
	assert_int_equal(watch.core.peer[0].heard_at_ms, now_ms - 1800000);
	assert_int_equal(silence(1, true, now_ms - 1900000), 0); /* known */
	assert_int_equal(silence(1, false, now_ms - 5), 1);
	assert_int_equal(watch.entry.event[0].kind, RCC_EVENT_PEER_HEARD);
	assert_false(watch.core.peer[0].is_silent);
	assert_int_equal(watch.core.peer[0].heard_at_ms, now_ms - 5);
	assert_int_equal(silence(1, true, 0), 1); /* never heard since the daemon started */
	watch_revoke(&watch, "1 PEER", "sold");
	assert_int_equal(silence(1, false, now_ms), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_enrol),        cmocka_unit_test(test_enrol_refusals), cmocka_unit_test(test_revoke),
	    cmocka_unit_test(test_revoked_ship), cmocka_unit_test(test_silence),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

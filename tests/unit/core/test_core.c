/* Look-ups: find says NULL for what is not there, at every edge; no ids are reused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/core_internal.h"
#include "watch.h"

static struct watch watch;

static void
test_empty(void **state)
{
	(void)state;
	struct rcc_key key = watch_key(1);

	rcc_core_init(&watch.core);
	assert_int_equal(rcc_core_seq(&watch.core), 0);
	assert_null(rcc_peer_find(&watch.core, (struct rcc_peer_id){0}));
	assert_null(rcc_peer_find(&watch.core, (struct rcc_peer_id){1}));
	assert_null(rcc_peer_find_key(&watch.core, &key));
	assert_null(rcc_peer_find_name(&watch.core, ""));
	assert_null(rcc_peer_find_mmsi(&watch.core, (struct rcc_mmsi){0}));
	assert_null(rcc_alert_find(&watch.core, (struct rcc_alert_id){0}));
	assert_null(rcc_incident_find(&watch.core, (struct rcc_incident_id){0}));
	assert_null(rcc_broadcast_find(&watch.core, (struct rcc_broadcast_id){0}));
	assert_null(rcc_delivery_find(&watch.core, (struct rcc_peer_id){1}, 1));
	assert_int_equal(rcc_core_deadline_ms(&watch.core), INT64_MAX);
}

/* Free slots have id 0: asking for "none" finds none of them. */
static void
test_none(void **state)
{
	(void)state;
	struct rcc_alert alert = watch_alert(RCC_SOURCE_OFFICER, 500000001);

	watch_start(&watch);
	watch_fleet(&watch, 200000001, 2);
	watch_enrol(&watch, RCC_ROLE_FEED, 0);
	watch_say(&watch, 0, &alert);
	const struct rcc_broadcast *broadcast = rcc_broadcast_find(&watch.core, (struct rcc_broadcast_id){1});
	assert_null(rcc_alert_find(&watch.core, (struct rcc_alert_id){0}));
	assert_null(rcc_alert_find(&watch.core, (struct rcc_alert_id){2}));
	assert_null(rcc_incident_find(&watch.core, (struct rcc_incident_id){0}));
	assert_null(rcc_broadcast_find(&watch.core, (struct rcc_broadcast_id){0}));
	assert_null(rcc_delivery_find(&watch.core, (struct rcc_peer_id){1}, 0));
	assert_null(rcc_delivery_find(&watch.core, (struct rcc_peer_id){1}, 2));
	assert_null(rcc_delivery_find(&watch.core, (struct rcc_peer_id){3}, 1)); /* a feed has no lines */
	assert_int_equal(rcc_delivery_of(&watch.core, broadcast, (struct rcc_peer_id){2})->peer.v, 2);
	assert_null(rcc_delivery_of(&watch.core, broadcast, (struct rcc_peer_id){3}));
	assert_null(rcc_delivery_of(&watch.core, broadcast, (struct rcc_peer_id){9}));
	assert_null(rcc_peer_find_mmsi(&watch.core, (struct rcc_mmsi){0}));
}

/* Keys and MMSIs that fall into one bucket of the index are still told apart. */
static void
test_buckets(void **state)
{
	(void)state;
	struct rcc_key key[3];

	watch_start(&watch);
	for (uint32_t i = 0; i < 3; i++) {
		key[i] = (struct rcc_key){{7, 7, [31] = (uint8_t)(i + 1)}};
		struct rcc_enrol *enrol = &watch_command(&watch, RCC_COMMAND_ENROL, 0)->u.enrol;
		*enrol =
		    (struct rcc_enrol){.name = "A", .role = RCC_ROLE_VESSEL, .mmsi = {1u << 18 << i}, .key = key[i]};
		enrol->name[0] = "ABC"[i];
		assert_int_equal(watch_step(&watch), 1);
	}
	assert_int_equal(rcc_peer_key_bucket(&key[0]), rcc_peer_key_bucket(&key[2]));
	for (uint32_t i = 0; i < 3; i++) {
		assert_int_equal(rcc_peer_find_key(&watch.core, &key[i])->id.v, i + 1);
		assert_int_equal(rcc_peer_find_mmsi(&watch.core, (struct rcc_mmsi){1u << 18 << i})->id.v, i + 1);
	}
	key[0].b[31] = 9;
	assert_null(rcc_peer_find_key(&watch.core, &key[0]));
	/* Two MMSIs of one bucket. */
	uint32_t same = 1u << 18;
	for (uint32_t mmsi = 2; same == 1u << 18; mmsi++) {
		if (rcc_peer_mmsi_bucket((struct rcc_mmsi){mmsi}) == rcc_peer_mmsi_bucket((struct rcc_mmsi){1u << 18}))
			same = mmsi;
	}
	assert_null(rcc_peer_find_mmsi(&watch.core, (struct rcc_mmsi){same}));
	assert_int_equal(watch_enrol(&watch, RCC_ROLE_VESSEL, same), 4);
	assert_int_equal(rcc_peer_find_mmsi(&watch.core, (struct rcc_mmsi){same})->id.v, 4);
	assert_int_equal(rcc_peer_find_mmsi(&watch.core, (struct rcc_mmsi){1u << 18})->id.v, 1);
}

static void
test_scene(void **state)
{
	(void)state;
	struct rcc_scene *scene = &watch.entry.cause.scene;

	watch_start(&watch);
	watch_command(&watch, RCC_COMMAND_DUE, 0);
	assert_null(rcc_scene_find(scene, (struct rcc_mmsi){5}));
	for (uint32_t i = 1; i <= 100; i++) {
		watch_see(&watch, 10 * i, (struct rcc_pos){0, 0}, 0);
		for (uint32_t j = 1; j <= i; j++)
			assert_int_equal(rcc_scene_find(scene, (struct rcc_mmsi){10 * j})->mmsi.v, 10 * j);
		assert_null(rcc_scene_find(scene, (struct rcc_mmsi){5}));
		assert_null(rcc_scene_find(scene, (struct rcc_mmsi){10 * i + 1}));
		assert_null(rcc_scene_find(scene, (struct rcc_mmsi){10 * i - 5}));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_empty),
	    cmocka_unit_test(test_none),
	    cmocka_unit_test(test_buckets),
	    cmocka_unit_test(test_scene),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

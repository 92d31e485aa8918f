#define _POSIX_C_SOURCE 200809L
#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

int64_t
world_now_ms(void)
{
	struct timespec now;

	assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &now), 0);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void
world_client_up(struct world *world)
{
	struct rcc_fault fault;

	memcpy(world->config.endpoint, world->centre.endpoint, sizeof world->config.endpoint);
	assert_int_equal(rcc_client_open(&world->config, &world->client, &fault), RCC_OK);
}

int
world_setup(void **state)
{
	struct world *world = calloc(1, sizeof *world);

	assert_non_null(world);
	world->message = calloc(1, sizeof *world->message);
	assert_non_null(world->message);
	memcpy(world->folder, "/tmp/rcc-test-XXXXXX", sizeof "/tmp/rcc-test-XXXXXX");
	assert_non_null(mkdtemp(world->folder));
	snprintf(world->key_file, sizeof world->key_file, "%s/key", world->folder);
	snprintf(world->store, sizeof world->store, "%s/store", world->folder);
	fake_centre_init(&world->centre);
	world->config.link = RCC_LINK_SHORE;
	world->config.server_key = world->centre.public_key;
	snprintf(world->config.key_file, sizeof world->config.key_file, "%s", world->key_file);
	snprintf(world->config.store, sizeof world->config.store, "%s", world->store);
	snprintf(world->config.version, sizeof world->config.version, "test");
	world->config.wants_deliveries = true;
	world->config.retry_first_ms = RETRY_MS;
	world->config.retry_max_ms = RETRY_MS * 4;
	*state = world;
	return 0;
}

int
world_teardown(void **state)
{
	struct world *world = *state;
	static const char *const suffix[] = {"", "-wal", "-shm"};
	char path[160];

	rcc_client_close(&world->client);
	fake_centre_fini(&world->centre);
	for (size_t i = 0; i < sizeof suffix / sizeof suffix[0]; i++) {
		snprintf(path, sizeof path, "%s%s", world->store, suffix[i]);
		unlink(path);
	}
	unlink(world->key_file);
	assert_int_equal(rmdir(world->folder), 0);
	free(world->message);
	free(world);
	return 0;
}

bool
world_turn(struct world *world)
{
	const struct rcc_envelope *message = NULL;
	enum rcc_client_event event = rcc_client_next(world->client, 2, &message);

	if (event != RCC_CLIENT_NOTHING) {
		world->event = event;
		world->reported = message;
	}
	return world->centre.socket != NULL && fake_centre_take(&world->centre);
}

void
world_until_taken(struct world *world, enum rcc_body_kind kind)
{
	int64_t deadline_ms = world_now_ms() + PATIENCE_MS;

	while (world_now_ms() < deadline_ms) {
		if (!world_turn(world)) {
			continue;
		}
		if (world->centre.in->kind == kind) {
			return;
		}
		if (world->centre.in->kind == RCC_BODY_HELLO) {
			fake_centre_welcome(&world->centre);
		}
	}
	fail_msg("the centre never had a message of kind %d", (int)kind);
}

void
world_until_reported(struct world *world, enum rcc_client_event event)
{
	int64_t deadline_ms = world_now_ms() + PATIENCE_MS;

	world->event = RCC_CLIENT_NOTHING;
	while (world->event != event && world_now_ms() < deadline_ms) {
		if (world_turn(world) && world->centre.in->kind == RCC_BODY_HELLO) {
			fake_centre_welcome(&world->centre);
		}
	}
	assert_int_equal(world->event, event);
}

uint32_t
world_count_for(struct world *world, int64_t for_ms, enum rcc_client_event event, enum rcc_body_kind kind,
                uint32_t *ret_taken)
{
	int64_t deadline_ms = world_now_ms() + for_ms;
	uint32_t count = 0, taken = 0;

	while (world_now_ms() < deadline_ms) {
		world->event = RCC_CLIENT_NOTHING;
		taken += world_turn(world) && world->centre.in->kind == kind ? 1 : 0;
		count += world->event == event ? 1 : 0;
	}
	*ret_taken = taken;
	return count;
}

/* One turn of world_settle(). */
static void
settle_turn(struct world *world, enum rcc_client_event event, enum rcc_body_kind kind, uint32_t *count, uint32_t *taken)
{
	world->event = RCC_CLIENT_NOTHING;
	bool has_taken = world_turn(world);

	*taken += has_taken && world->centre.in->kind == kind ? 1 : 0;
	*count += world->event == event ? 1 : 0;
	if (has_taken && world->centre.in->kind == RCC_BODY_HELLO) {
		fake_centre_welcome(&world->centre);
	}
	world->has_taken = has_taken;
}

uint32_t
world_settle(struct world *world, enum rcc_client_event event, enum rcc_body_kind kind, uint32_t *ret_taken)
{
	int64_t deadline_ms = world_now_ms() + PATIENCE_MS;
	uint32_t count = 0, taken = 0;
	bool is_heard = false;

	while (world->client->needs_hello && world_now_ms() < deadline_ms) {
		settle_turn(world, event, kind, &count, &taken);
	}
	/* The client has taken what was said to it when it has taken this beat. */
	fake_centre_beat(&world->centre);
	while (!is_heard && world_now_ms() < deadline_ms) {
		settle_turn(world, event, kind, &count, &taken);
		is_heard = world->event == RCC_CLIENT_BEAT;
	}
	assert_true(is_heard);
	/* And the centre, when it has taken this position, which is sent once only. */
	world_fill_position(world->message);
	assert_int_equal(rcc_client_send(world->client, world->message), RCC_OK);
	is_heard = false;
	while (!is_heard && world_now_ms() < deadline_ms) {
		settle_turn(world, event, kind, &count, &taken);
		is_heard = world->has_taken && world->centre.in->kind == RCC_BODY_POSITION;
	}
	assert_true(is_heard);
	*ret_taken = taken;
	return count;
}

void
world_connect_both(struct world *world)
{
	world_client_up(world);
	world_until_reported(world, RCC_CLIENT_WELCOME);
}

void
world_fill_position(struct rcc_envelope *message)
{
	message->class = RCC_CLASS_LIVE;
	message->kind = RCC_BODY_POSITION;
	message->u.position = (struct rcc_report){.mmsi = {232001000},
	                                          .pos = {.lat_e7 = 350000000, .lon_e7 = 120000000},
	                                          .at_ms = 1795403527000,
	                                          .sog_dkn = RCC_SOG_UNKNOWN_DKN,
	                                          .cog_ddeg = RCC_COG_UNKNOWN_DDEG,
	                                          .heading_deg = RCC_HEADING_UNKNOWN_DEG,
	                                          .nav_status = RCC_NAV_STATUS_UNKNOWN,
	                                          .message_type = 1};
}

void
world_fill_alert(struct rcc_envelope *message)
{
	memset(&message->u.alert, 0, sizeof message->u.alert);
	message->class = RCC_CLASS_LIVE;
	message->kind = RCC_BODY_ALERT;
	message->u.alert.source = RCC_SOURCE_CREW;
	message->u.alert.class = RCC_CLASS_LIVE;
	message->u.alert.nature = RCC_NATURE_FIRE;
	message->u.alert.pos = RCC_POS_NONE;
}

void
world_fill_answer(struct rcc_envelope *message)
{
	memset(&message->u.answer, 0, sizeof message->u.answer);
	message->class = RCC_CLASS_LIVE;
	message->kind = RCC_BODY_ANSWER;
	message->u.answer.incident.v = 3;
	message->u.answer.number = 1;
	message->u.answer.kind = RCC_ANSWER_PROCEEDING;
	message->u.answer.eta_min = 95;
}

struct rcc_msg_id
world_post_alert(struct world *world)
{
	world_fill_alert(world->message);
	assert_int_equal(rcc_client_post(world->client, world->message), RCC_OK);
	return world->message->id;
}

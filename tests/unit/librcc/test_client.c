#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "fake_centre.h"
#include "librcc/client_internal.h"

/* A test that has not seen what it waits for after this long has failed. */
#define PATIENCE_MS 10000
/* Short, so that a repeat is seen soon. */
#define RETRY_MS 40

struct world {
	char folder[64], key_file[128], store[128];
	struct fake_centre centre;
	struct rcc_client_config config;
	struct rcc_client *client;
	struct rcc_envelope *message;
	enum rcc_client_event event; /* reported last, other than NOTHING */
	const struct rcc_envelope *reported;
};

static int64_t
now_ms(void)
{
	struct timespec now;

	assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &now), 0);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
client_up(struct world *world)
{
	struct rcc_fault fault;

	memcpy(world->config.endpoint, world->centre.endpoint, sizeof world->config.endpoint);
	assert_int_equal(rcc_client_open(&world->config, &world->client, &fault), RCC_OK);
}

static int
setup(void **state)
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

static int
teardown(void **state)
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

/* Both sides take a turn. True when the centre has taken a message. */
static bool
turn(struct world *world)
{
	const struct rcc_envelope *message = NULL;
	enum rcc_client_event event = rcc_client_next(world->client, 2, &message);

	if (event != RCC_CLIENT_NOTHING) {
		world->event = event;
		world->reported = message;
	}
	return world->centre.socket != NULL && fake_centre_take(&world->centre);
}

/* Until the centre has a message of this kind; welcomes every Hello on the way unless that is what is asked for. */
static void
until_taken(struct world *world, enum rcc_body_kind kind)
{
	int64_t deadline_ms = now_ms() + PATIENCE_MS;

	while (now_ms() < deadline_ms) {
		if (!turn(world)) {
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

/* Until the client reports this. */
static void
until_reported(struct world *world, enum rcc_client_event event)
{
	int64_t deadline_ms = now_ms() + PATIENCE_MS;

	world->event = RCC_CLIENT_NOTHING;
	while (world->event != event && now_ms() < deadline_ms) {
		if (turn(world) && world->centre.in->kind == RCC_BODY_HELLO) {
			fake_centre_welcome(&world->centre);
		}
	}
	assert_int_equal(world->event, event);
}

/* Turns for a while, counting what the client reports and what the centre takes of a kind. */
static uint32_t
count_for(struct world *world, int64_t for_ms, enum rcc_client_event event, enum rcc_body_kind kind,
          uint32_t *ret_taken)
{
	int64_t deadline_ms = now_ms() + for_ms;
	uint32_t count = 0, taken = 0;

	while (now_ms() < deadline_ms) {
		world->event = RCC_CLIENT_NOTHING;
		taken += turn(world) && world->centre.in->kind == kind ? 1 : 0;
		count += world->event == event ? 1 : 0;
	}
	*ret_taken = taken;
	return count;
}

static void
connect_both(struct world *world)
{
	client_up(world);
	until_reported(world, RCC_CLIENT_WELCOME);
}

static void
fill_alert(struct rcc_envelope *message)
{
	memset(&message->u.alert, 0, sizeof message->u.alert);
	message->class = RCC_CLASS_LIVE;
	message->kind = RCC_BODY_ALERT;
	message->u.alert.source = RCC_SOURCE_CREW;
	message->u.alert.class = RCC_CLASS_LIVE;
	message->u.alert.nature = RCC_NATURE_FIRE;
	message->u.alert.pos = RCC_POS_NONE;
}

static void
fill_answer(struct rcc_envelope *message)
{
	memset(&message->u.answer, 0, sizeof message->u.answer);
	message->class = RCC_CLASS_LIVE;
	message->kind = RCC_BODY_ANSWER;
	message->u.answer.incident.v = 3;
	message->u.answer.number = 1;
	message->u.answer.kind = RCC_ANSWER_PROCEEDING;
	message->u.answer.eta_min = 95;
}

static struct rcc_msg_id
post_alert(struct world *world)
{
	fill_alert(world->message);
	assert_int_equal(rcc_client_post(world->client, world->message), RCC_OK);
	return world->message->id;
}

/* ---- sending ---- */

static void
test_same_bytes_until_accepted(void **state)
{
	struct world *world = *state;
	uint8_t first[RCC_MESSAGE_MAX];

	connect_both(world);
	struct rcc_msg_id id = post_alert(world);
	assert_int_equal(id.b[6] >> 4, 7); /* UUID version and variant, RFC 9562 */
	assert_int_equal(id.b[8] >> 6, 2);
	until_taken(world, RCC_BODY_ALERT);
	size_t len = world->centre.len;
	memcpy(first, world->centre.bytes, len);
	assert_memory_equal(world->centre.in->id.b, id.b, sizeof id.b);
	for (int i = 0; i < 3; i++) {
		until_taken(world, RCC_BODY_ALERT);
		assert_int_equal(world->centre.len, len);
		assert_memory_equal(world->centre.bytes, first, len);
	}
	assert_int_equal(rcc_client_outbox_count(world->client), 1);
	fake_centre_accept(&world->centre, &id, &world->centre.sign_key);
	until_reported(world, RCC_CLIENT_ACCEPTED);
	assert_memory_equal(world->reported->reply_to.b, id.b, sizeof id.b);
	assert_int_equal(rcc_client_outbox_count(world->client), 0);

	struct rcc_receipt receipt;
	assert_int_equal(rcc_client_last_receipt(world->client, &receipt), RCC_OK);
	struct rcc_accepted proof = {.entry = receipt.entry, .is_signed = 1, .signature = receipt.signature};
	assert_true(rcc_receipt_verify(&world->centre.sign_key.public_key, &world->centre.journal, &id, &proof));

	/* A second copy of the answer, and silence afterwards: nothing more happens. */
	fake_centre_accept(&world->centre, &id, &world->centre.sign_key);
	uint32_t taken = 0;
	assert_int_equal(count_for(world, RETRY_MS * 8, RCC_CLIENT_ACCEPTED, RCC_BODY_ALERT, &taken), 0);
	assert_int_equal(taken, 0);
}

static void
test_message_survives_a_restart_of_the_client(void **state)
{
	struct world *world = *state;
	uint8_t first[RCC_MESSAGE_MAX];

	connect_both(world);
	post_alert(world);
	until_taken(world, RCC_BODY_ALERT);
	size_t len = world->centre.len;
	memcpy(first, world->centre.bytes, len);
	rcc_client_close(&world->client);
	assert_null(world->client);

	connect_both(world);
	assert_int_equal(rcc_client_outbox_count(world->client), 1);
	until_taken(world, RCC_BODY_ALERT);
	assert_int_equal(world->centre.len, len);
	assert_memory_equal(world->centre.bytes, first, len);
}

static void
test_hello_after_a_restart_of_the_centre(void **state)
{
	struct world *world = *state;

	connect_both(world);
	struct rcc_msg_id id = post_alert(world);
	until_taken(world, RCC_BODY_ALERT);
	uint32_t hellos = world->centre.hellos;
	fake_centre_down(&world->centre);
	for (int i = 0; i < 20; i++) {
		turn(world);
	}
	fake_centre_up(&world->centre);
	until_taken(world, RCC_BODY_HELLO);
	assert_true(world->centre.hellos > hellos);
	assert_int_equal(world->centre.in->u.hello.outbox_waiting, 1);
	fake_centre_welcome(&world->centre);
	until_taken(world, RCC_BODY_ALERT);
	assert_memory_equal(world->centre.in->id.b, id.b, sizeof id.b);
}

static void
test_hello_until_welcomed(void **state)
{
	struct world *world = *state;

	client_up(world);
	until_taken(world, RCC_BODY_HELLO);
	until_taken(world, RCC_BODY_HELLO);
	until_taken(world, RCC_BODY_HELLO);
	assert_false(rcc_client_is_linked(world->client));
	fake_centre_welcome(&world->centre);
	until_reported(world, RCC_CLIENT_WELCOME);
	assert_true(rcc_client_is_linked(world->client));
	assert_string_equal(rcc_client_welcome(world->client)->centre, "RCC TEST");
}

static void
test_silence_is_a_loss(void **state)
{
	struct world *world = *state;

	world->centre.beat_ms = 100;
	connect_both(world);
	fake_centre_beat(&world->centre);
	until_reported(world, RCC_CLIENT_BEAT);
	until_reported(world, RCC_CLIENT_LOST);
	assert_false(rcc_client_is_linked(world->client));
	assert_true(rcc_client_heard_at_ms(world->client) > 0);
	until_reported(world, RCC_CLIENT_WELCOME);
	assert_true(rcc_client_is_linked(world->client));
}

static void
test_passing_refusal_keeps_the_message(void **state)
{
	struct world *world = *state;

	connect_both(world);
	struct rcc_msg_id id = post_alert(world);
	until_taken(world, RCC_BODY_ALERT);
	fake_centre_refuse(&world->centre, &id, RCC_REFUSAL_DEGRADED);
	until_reported(world, RCC_CLIENT_NOT_CONFIRMED);
	assert_string_equal(world->reported->u.not_confirmed.text, "as the test says");
	until_taken(world, RCC_BODY_ALERT);
	fake_centre_refuse(&world->centre, &id, RCC_REFUSAL_RANGE);
	until_reported(world, RCC_CLIENT_REFUSED);
	assert_int_equal(rcc_client_outbox_count(world->client), 0);
}

static void
test_positions_are_not_kept(void **state)
{
	struct world *world = *state;
	struct rcc_report *report = &world->message->u.position;

	world->message->class = RCC_CLASS_LIVE;
	world->message->kind = RCC_BODY_POSITION;
	*report = (struct rcc_report){.mmsi = {232001000},
	                              .pos = {.lat_e7 = 350000000, .lon_e7 = 120000000},
	                              .at_ms = 1795403527000,
	                              .sog_dkn = RCC_SOG_UNKNOWN_DKN,
	                              .cog_ddeg = RCC_COG_UNKNOWN_DDEG,
	                              .heading_deg = RCC_HEADING_UNKNOWN_DEG,
	                              .nav_status = RCC_NAV_STATUS_UNKNOWN,
	                              .message_type = 1};
	client_up(world);
	assert_int_equal(rcc_client_send(world->client, world->message), RCC_E_UNREACHABLE);
	assert_int_equal(rcc_client_post(world->client, world->message), RCC_E_UNSUPPORTED);
	until_reported(world, RCC_CLIENT_WELCOME);
	assert_int_equal(rcc_client_send(world->client, world->message), RCC_OK);
	until_taken(world, RCC_BODY_POSITION);
	assert_int_equal(world->centre.in->u.position.mmsi.v, 232001000);
	assert_int_equal(rcc_client_outbox_count(world->client), 0);
}

static void
test_a_full_outbox_keeps_room_for_alerts(void **state)
{
	struct world *world = *state;
	enum rcc_status status = RCC_OK;
	uint32_t posted = 0;

	world->config.store[0] = '\0';
	world->config.wants_deliveries = false;
	client_up(world);
	while (status == RCC_OK && posted < 10000) {
		fill_answer(world->message);
		status = rcc_client_post(world->client, world->message);
		posted += status == RCC_OK ? 1 : 0;
	}
	assert_int_equal(status, RCC_E_FULL);
	post_alert(world);
	assert_int_equal(rcc_client_outbox_count(world->client), posted + 1);
	/* And the alert goes first. */
	int64_t deadline_ms = now_ms() + PATIENCE_MS;
	bool seen = false;
	while (!seen && now_ms() < deadline_ms) {
		seen = turn(world) && world->centre.in->kind != RCC_BODY_HELLO;
	}
	assert_true(seen);
	assert_int_equal(world->centre.in->kind, RCC_BODY_ALERT);
}

static void
test_request_returns_its_own_answer(void **state)
{
	struct world *world = *state;
	const struct rcc_envelope *reply = NULL;

	connect_both(world);
	fill_answer(world->message);
	assert_int_equal(rcc_client_request(world->client, world->message, 20, &reply), RCC_E_TIMEOUT);
	assert_null(reply);
	struct rcc_msg_id id = world->message->id;
	until_taken(world, RCC_BODY_ANSWER);
	fake_centre_deliver(&world->centre, 1, 11);
	fake_centre_accept(&world->centre, &id, &world->centre.sign_key);
	/* A second request meanwhile: neither the first answer nor the delivery is taken for its own. */
	fill_answer(world->message);
	assert_int_equal(rcc_client_request(world->client, world->message, 50, &reply), RCC_E_TIMEOUT);
	until_reported(world, RCC_CLIENT_DELIVERY);
	assert_int_equal(world->reported->u.delivery.number, 1);
}

/* ---- receipts and witness ---- */

static void
test_wrong_signature_is_refused(void **state)
{
	struct world *world = *state;
	struct rcc_sign_key other;
	struct rcc_receipt receipt;

	rcc_sign_key_generate(&other);
	connect_both(world);
	struct rcc_msg_id id = post_alert(world);
	until_taken(world, RCC_BODY_ALERT);
	fake_centre_accept(&world->centre, &id, &other);
	until_reported(world, RCC_CLIENT_SUSPECT);
	assert_int_equal(rcc_client_outbox_count(world->client), 1);
	assert_int_equal(rcc_client_last_receipt(world->client, &receipt), RCC_E_NOT_FOUND);
	until_taken(world, RCC_BODY_ALERT);
	fake_centre_accept(&world->centre, &id, &world->centre.sign_key);
	until_reported(world, RCC_CLIENT_ACCEPTED);
	assert_int_equal(rcc_client_outbox_count(world->client), 0);
}

static void
test_changed_key_is_told_and_refused(void **state)
{
	struct world *world = *state;

	connect_both(world);
	rcc_client_close(&world->client);
	rcc_sign_key_generate(&world->centre.sign_key);
	client_up(world);
	until_reported(world, RCC_CLIENT_SUSPECT);
	assert_int_equal(world->reported->kind, RCC_BODY_WELCOME);
	struct rcc_msg_id id = post_alert(world);
	until_taken(world, RCC_BODY_ALERT); /* a distress goes all the same */
	fake_centre_accept(&world->centre, &id, &world->centre.sign_key);
	until_reported(world, RCC_CLIENT_SUSPECT);
	assert_int_equal(rcc_client_outbox_count(world->client), 1);
	assert_int_equal(rcc_client_trust(world->client), RCC_OK);
	until_taken(world, RCC_BODY_ALERT);
	fake_centre_accept(&world->centre, &id, &world->centre.sign_key);
	until_reported(world, RCC_CLIENT_ACCEPTED);
}

static void
test_checkpoints_are_kept_and_compared(void **state)
{
	struct world *world = *state;
	struct rcc_sign_key other;
	struct rcc_checkpoint kept;

	rcc_sign_key_generate(&other);
	connect_both(world);
	fake_centre_checkpoint(&world->centre, 100, 0x11, &world->centre.sign_key);
	until_reported(world, RCC_CLIENT_OTHER);
	fake_centre_checkpoint(&world->centre, 200, 0x22, &world->centre.sign_key);
	until_reported(world, RCC_CLIENT_OTHER);
	fake_centre_checkpoint(&world->centre, 300, 0x33, &other);
	until_reported(world, RCC_CLIENT_SUSPECT);
	assert_int_equal(rcc_client_checkpoint(world->client, &kept), RCC_OK);
	assert_int_equal(kept.link.seq, 200);
	assert_true(rcc_checkpoint_verify(&world->centre.sign_key.public_key, &kept));
	fake_centre_checkpoint(&world->centre, 100, 0x77, &world->centre.sign_key);
	until_reported(world, RCC_CLIENT_SUSPECT);
}

/* ---- deliveries ---- */

static void
test_stored_means_on_disk(void **state)
{
	struct world *world = *state;
	struct rcc_store second = {.db = NULL};
	struct rcc_store_delivery kept;
	struct rcc_fault fault;

	connect_both(world);
	fake_centre_deliver(&world->centre, 1, 11);
	until_taken(world, RCC_BODY_STORED);
	/* At this moment, in the file, for another program. */
	assert_int_equal(world->centre.in->u.stored.number, 1);
	assert_int_equal(rcc_store_open(&second, world->store, &fault), RCC_OK);
	assert_int_equal(rcc_store_find(&second, &world->centre.journal, 1, &kept), RCC_OK);
	assert_int_equal(kept.broadcast.v, 11);
	rcc_store_close(&second);
}

static void
test_a_repeat_is_stored_again_but_not_reported(void **state)
{
	struct world *world = *state;
	uint32_t taken = 0;

	connect_both(world);
	fake_centre_deliver(&world->centre, 1, 11);
	until_reported(world, RCC_CLIENT_DELIVERY);
	assert_int_equal(world->reported->u.delivery.number, 1);
	assert_int_equal(world->reported->u.delivery.nature, RCC_NATURE_SINKING);
	count_for(world, 50, RCC_CLIENT_DELIVERY, RCC_BODY_STORED, &taken);
	fake_centre_deliver(&world->centre, 1, 11);
	assert_int_equal(count_for(world, 300, RCC_CLIENT_DELIVERY, RCC_BODY_STORED, &taken), 0);
	assert_int_equal(taken, 1);
	/* The same number with other news is news: a centre restored from an older backup counts again. */
	fake_centre_deliver(&world->centre, 1, 12);
	until_reported(world, RCC_CLIENT_DELIVERY);
	assert_int_equal(world->reported->u.delivery.broadcast.v, 12);
}

static void
test_a_gap_is_not_acknowledged(void **state)
{
	struct world *world = *state;

	world->config.retry_first_ms = PATIENCE_MS; /* one Hello, one Welcome */
	connect_both(world);
	fake_centre_deliver(&world->centre, 1, 11);
	until_reported(world, RCC_CLIENT_DELIVERY);
	assert_int_equal(rcc_client_inbox_whole(world->client), 1);
	fake_centre_deliver(&world->centre, 3, 13);
	until_reported(world, RCC_CLIENT_DELIVERY);
	assert_int_equal(world->reported->u.delivery.number, 3); /* shown at once all the same */
	assert_int_equal(rcc_client_inbox_last(world->client), 3);
	assert_int_equal(rcc_client_inbox_whole(world->client), 1);
	fake_centre_deliver(&world->centre, 2, 12);
	do {
		until_taken(world, RCC_BODY_STORED);
		assert_int_not_equal(world->centre.in->u.stored.number, 2);
	} while (world->centre.in->u.stored.number != 3);
	assert_int_equal(rcc_client_inbox_whole(world->client), 3);
}

static void
test_a_new_computer_begins_where_the_record_stands(void **state)
{
	struct world *world = *state;

	world->config.retry_first_ms = PATIENCE_MS; /* one Hello, one Welcome */
	connect_both(world);
	fake_centre_deliver(&world->centre, 13, 13);
	until_taken(world, RCC_BODY_STORED);
	assert_int_equal(world->centre.in->u.stored.number, 13);
	fake_centre_deliver(&world->centre, 15, 15);
	until_taken(world, RCC_BODY_STORED);
	assert_int_equal(world->centre.in->u.stored.number, 13);
	rcc_client_close(&world->client);
	client_up(world);
	until_taken(world, RCC_BODY_HELLO);
	assert_int_equal(world->centre.in->u.hello.delivery_stored, 13);
}

static void
test_a_new_journal_counts_from_one(void **state)
{
	struct world *world = *state;

	connect_both(world);
	fake_centre_deliver(&world->centre, 1, 11);
	until_reported(world, RCC_CLIENT_DELIVERY);
	rcc_client_close(&world->client);
	world->centre.journal.b[0] ^= 1;
	connect_both(world);
	assert_int_equal(rcc_client_inbox_last(world->client), 0);
	fake_centre_deliver(&world->centre, 1, 11);
	until_reported(world, RCC_CLIENT_DELIVERY);
	assert_int_equal(rcc_client_inbox_whole(world->client), 1);
}

static void
test_what_nobody_saw_is_reported_after_a_restart(void **state)
{
	struct world *world = *state;
	uint32_t taken = 0;

	connect_both(world);
	fake_centre_deliver(&world->centre, 1, 11);
	until_reported(world, RCC_CLIENT_DELIVERY);
	/* The program dies before it comes back for more: nobody knows whether it was on the screen. */
	rcc_client_close(&world->client);
	client_up(world);
	until_reported(world, RCC_CLIENT_DELIVERY);
	count_for(world, 20, RCC_CLIENT_DELIVERY, RCC_BODY_STORED, &taken);
	rcc_client_close(&world->client);
	connect_both(world);
	assert_int_equal(count_for(world, 100, RCC_CLIENT_DELIVERY, RCC_BODY_STORED, &taken), 0);
}

static void
test_reading_is_kept_and_told(void **state)
{
	struct world *world = *state;
	struct rcc_inbox_row row;

	connect_both(world);
	fake_centre_deliver(&world->centre, 1, 11);
	until_reported(world, RCC_CLIENT_DELIVERY);
	assert_int_equal(rcc_client_mark_read(world->client, 2, "A. Mate"), RCC_E_NOT_FOUND);
	assert_int_equal(rcc_client_mark_read(world->client, 1, "A. Mate"), RCC_OK);
	until_taken(world, RCC_BODY_READ);
	assert_int_equal(world->centre.in->u.read.number, 1);
	assert_string_equal(world->centre.in->u.read.by, "A. Mate");
	assert_int_equal(rcc_client_inbox(world->client, 1, &row), RCC_OK);
	assert_string_equal(row.read_by, "A. Mate");
	assert_true(row.read_at_ms > 0);
	assert_int_equal(row.delivery.casualty.v, 232001000);
}

/* ---- a bad day ---- */

static void
test_junk_is_ignored(void **state)
{
	struct world *world = *state;
	size_t len = 1000000;
	uint8_t *junk = malloc(len);

	assert_non_null(junk);
	for (size_t i = 0; i < len; i++) {
		junk[i] = (uint8_t)(i * 2654435761u >> 13);
	}
	connect_both(world);
	fake_centre_send(&world->centre, junk, len);
	fake_centre_send(&world->centre, junk, 1);
	fake_centre_deliver(&world->centre, 1, 11);
	until_reported(world, RCC_CLIENT_DELIVERY);
	/* A ship's socket cuts the line before it takes a megabyte, and comes back. */
	rcc_client_close(&world->client);
	world->config.link = RCC_LINK_SHIP;
	connect_both(world);
	world->client->reopen_ms = 100;
	fake_centre_send(&world->centre, junk, len);
	free(junk);
	until_taken(world, RCC_BODY_HELLO);
	fake_centre_welcome(&world->centre);
	fake_centre_deliver(&world->centre, 2, 12);
	until_reported(world, RCC_CLIENT_DELIVERY);
	assert_int_equal(world->reported->u.delivery.number, 2);
}

static void
test_a_full_disk_stops_no_alarm(void **state)
{
	struct world *world = *state;
	struct rlimit old, small = {.rlim_cur = 1, .rlim_max = RLIM_INFINITY};
	uint32_t taken = 0;

	connect_both(world);
	assert_null(rcc_client_store_fault(world->client));
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small.rlim_max = old.rlim_max;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);

	post_alert(world);
	bool told = rcc_client_store_fault(world->client) != NULL;
	until_taken(world, RCC_BODY_ALERT);
	fake_centre_deliver(&world->centre, 1, 11);
	until_reported(world, RCC_CLIENT_DELIVERY);
	fake_centre_deliver(&world->centre, 1, 11);
	uint32_t again = count_for(world, 100, RCC_CLIENT_DELIVERY, RCC_BODY_STORED, &taken);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_true(told);
	assert_int_equal(again, 0);
	assert_int_equal(taken, 0); /* nothing is called stored that is not */

	/* There is room again: stored, acknowledged, and not shown a second time. */
	fake_centre_deliver(&world->centre, 1, 11);
	uint32_t shown = count_for(world, 200, RCC_CLIENT_DELIVERY, RCC_BODY_STORED, &taken);
	assert_int_equal(shown, 0);
	assert_int_equal(taken, 1);
}

static void
test_without_a_store_alarms_are_shown_but_not_acknowledged(void **state)
{
	struct world *world = *state;
	uint32_t taken = 0;

	world->config.store[0] = '\0';
	connect_both(world);
	fake_centre_deliver(&world->centre, 1, 11);
	until_reported(world, RCC_CLIENT_DELIVERY);
	fake_centre_deliver(&world->centre, 1, 11);
	assert_int_equal(count_for(world, 100, RCC_CLIENT_DELIVERY, RCC_BODY_STORED, &taken), 0);
	assert_int_equal(taken, 0);
}

static void
test_wrong_settings_are_named(void **state)
{
	struct world *world = *state;
	struct rcc_fault fault;
	struct rcc_client_config config;

	memcpy(world->config.endpoint, world->centre.endpoint, sizeof world->config.endpoint);
	config = world->config;
	snprintf(config.endpoint, sizeof config.endpoint, "udp://127.0.0.1:1");
	assert_int_equal(rcc_client_open(&config, &world->client, &fault), RCC_E_CONFIG);
	assert_non_null(strstr(fault.text, "udp://127.0.0.1:1"));
	config = world->config;
	memset(&config.server_key, 0, sizeof config.server_key);
	assert_int_equal(rcc_client_open(&config, &world->client, &fault), RCC_E_CONFIG);
	assert_non_null(strstr(fault.text, "--server-key"));
	config = world->config;
	config.link = RCC_LINK_CONTROL;
	assert_int_equal(rcc_client_open(&config, &world->client, &fault), RCC_E_CONFIG);
	assert_null(world->client);
}

int
main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_same_bytes_until_accepted),
	    TEST(test_message_survives_a_restart_of_the_client),
	    TEST(test_hello_after_a_restart_of_the_centre),
	    TEST(test_hello_until_welcomed),
	    TEST(test_silence_is_a_loss),
	    TEST(test_passing_refusal_keeps_the_message),
	    TEST(test_positions_are_not_kept),
	    TEST(test_a_full_outbox_keeps_room_for_alerts),
	    TEST(test_request_returns_its_own_answer),
	    TEST(test_wrong_signature_is_refused),
	    TEST(test_changed_key_is_told_and_refused),
	    TEST(test_checkpoints_are_kept_and_compared),
	    TEST(test_stored_means_on_disk),
	    TEST(test_a_repeat_is_stored_again_but_not_reported),
	    TEST(test_a_gap_is_not_acknowledged),
	    TEST(test_a_new_computer_begins_where_the_record_stands),
	    TEST(test_a_new_journal_counts_from_one),
	    TEST(test_what_nobody_saw_is_reported_after_a_restart),
	    TEST(test_reading_is_kept_and_told),
	    TEST(test_junk_is_ignored),
	    TEST(test_a_full_disk_stops_no_alarm),
	    TEST(test_without_a_store_alarms_are_shown_but_not_acknowledged),
	    TEST(test_wrong_settings_are_named),
	};
	if (rcc_client_init() != RCC_OK) {
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

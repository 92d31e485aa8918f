#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"

/* ---- receipts and witness ---- */

static void
test_wrong_signature_is_refused(void **state)
{
	struct world *world = *state;
	struct rcc_sign_key other;
	struct rcc_receipt receipt;

	rcc_sign_key_generate(&other);
	world_connect_both(world);
	struct rcc_msg_id id = world_post_alert(world);
	world_until_taken(world, RCC_BODY_ALERT);
	fake_centre_accept(&world->centre, &id, &other);
	world_until_reported(world, RCC_CLIENT_SUSPECT);
	assert_int_equal(rcc_client_outbox_count(world->client), 1);
	assert_int_equal(rcc_client_last_receipt(world->client, &receipt), RCC_E_NOT_FOUND);
	world_until_taken(world, RCC_BODY_ALERT);
	fake_centre_accept(&world->centre, &id, &world->centre.sign_key);
	world_until_reported(world, RCC_CLIENT_ACCEPTED);
	assert_int_equal(rcc_client_outbox_count(world->client), 0);
}

static void
test_changed_key_is_told_and_refused(void **state)
{
	struct world *world = *state;

	world_connect_both(world);
	rcc_client_close(&world->client);
	rcc_sign_key_generate(&world->centre.sign_key);
	world_client_up(world);
	world_until_reported(world, RCC_CLIENT_SUSPECT);
	assert_int_equal(world->reported->kind, RCC_BODY_WELCOME);
	struct rcc_msg_id id = world_post_alert(world);
	world_until_taken(world, RCC_BODY_ALERT); /* a distress goes all the same */
	fake_centre_accept(&world->centre, &id, &world->centre.sign_key);
	world_until_reported(world, RCC_CLIENT_SUSPECT);
	assert_int_equal(rcc_client_outbox_count(world->client), 1);
	assert_int_equal(rcc_client_trust(world->client), RCC_OK);
	world_until_taken(world, RCC_BODY_ALERT);
	fake_centre_accept(&world->centre, &id, &world->centre.sign_key);
	world_until_reported(world, RCC_CLIENT_ACCEPTED);
}

static void
test_checkpoints_are_kept_and_compared(void **state)
{
	struct world *world = *state;
	struct rcc_sign_key other;
	struct rcc_checkpoint kept;

	rcc_sign_key_generate(&other);
	world_connect_both(world);
	fake_centre_checkpoint(&world->centre, 100, 0x11, &world->centre.sign_key);
	world_until_reported(world, RCC_CLIENT_OTHER);
	fake_centre_checkpoint(&world->centre, 200, 0x22, &world->centre.sign_key);
	world_until_reported(world, RCC_CLIENT_OTHER);
	fake_centre_checkpoint(&world->centre, 300, 0x33, &other);
	world_until_reported(world, RCC_CLIENT_SUSPECT);
	assert_int_equal(rcc_client_checkpoint(world->client, &kept), RCC_OK);
	assert_int_equal(kept.link.seq, 200);
	assert_true(rcc_checkpoint_verify(&world->centre.sign_key.public_key, &kept));
	fake_centre_checkpoint(&world->centre, 100, 0x77, &world->centre.sign_key);
	world_until_reported(world, RCC_CLIENT_SUSPECT);
}

/* ---- deliveries ---- */

static void
test_stored_means_on_disk(void **state)
{
	struct world *world = *state;
	struct rcc_store second = {.db = NULL};
	struct rcc_store_delivery kept;
	struct rcc_fault fault;

	world_connect_both(world);
	fake_centre_deliver(&world->centre, 1, 11);
	world_until_taken(world, RCC_BODY_STORED);
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

	world_connect_both(world);
	fake_centre_deliver(&world->centre, 1, 11);
	world_until_reported(world, RCC_CLIENT_DELIVERY);
	assert_int_equal(world->reported->u.delivery.number, 1);
	assert_int_equal(world->reported->u.delivery.nature, RCC_NATURE_SINKING);
	world_settle(world, RCC_CLIENT_DELIVERY, RCC_BODY_STORED, &taken);
	fake_centre_deliver(&world->centre, 1, 11);
	assert_int_equal(world_settle(world, RCC_CLIENT_DELIVERY, RCC_BODY_STORED, &taken), 0);
	assert_int_equal(taken, 1);
	/* The same number with other news is news: a centre restored from an older backup counts again. */
	fake_centre_deliver(&world->centre, 1, 12);
	world_until_reported(world, RCC_CLIENT_DELIVERY);
	assert_int_equal(world->reported->u.delivery.broadcast.v, 12);
}

static void
test_a_gap_is_not_acknowledged(void **state)
{
	struct world *world = *state;

	world->config.retry_first_ms = PATIENCE_MS; /* one Hello, one Welcome */
	world_connect_both(world);
	fake_centre_deliver(&world->centre, 1, 11);
	world_until_reported(world, RCC_CLIENT_DELIVERY);
	assert_int_equal(rcc_client_inbox_whole(world->client), 1);
	fake_centre_deliver(&world->centre, 3, 13);
	world_until_reported(world, RCC_CLIENT_DELIVERY);
	assert_int_equal(world->reported->u.delivery.number, 3); /* shown at once all the same */
	assert_int_equal(rcc_client_inbox_last(world->client), 3);
	assert_int_equal(rcc_client_inbox_whole(world->client), 1);
	fake_centre_deliver(&world->centre, 2, 12);
	do {
		world_until_taken(world, RCC_BODY_STORED);
		assert_int_not_equal(world->centre.in->u.stored.number, 2);
	} while (world->centre.in->u.stored.number != 3);
	assert_int_equal(rcc_client_inbox_whole(world->client), 3);
}

/* What was overtaken on its way is not waited for; what was sent before it still is. */
static void
test_what_was_overtaken_is_no_gap(void **state)
{
	struct world *world = *state;

	world->config.retry_first_ms = PATIENCE_MS; /* one Hello, one Welcome */
	world_connect_both(world);
	fake_centre_deliver(&world->centre, 1, 11);
	world_until_reported(world, RCC_CLIENT_DELIVERY);
	/* 3 to 499 were overtaken; 2 is on its way. */
	world->centre.overtaken_from = 3;
	fake_centre_deliver(&world->centre, 500, 510);
	world_until_reported(world, RCC_CLIENT_DELIVERY);
	assert_int_equal(rcc_client_inbox_whole(world->client), 1);
	world->centre.overtaken_from = 0;
	fake_centre_deliver(&world->centre, 2, 12);
	world_until_reported(world, RCC_CLIENT_DELIVERY);
	assert_int_equal(rcc_client_inbox_whole(world->client), 2);
	/* It is sent again until she has acknowledged it. */
	world->centre.overtaken_from = 3;
	fake_centre_deliver(&world->centre, 500, 510);
	do {
		world_until_taken(world, RCC_BODY_STORED);
	} while (world->centre.in->u.stored.number != 500);
	assert_int_equal(rcc_client_inbox_whole(world->client), 500);
	/* So it stays after a restart. */
	rcc_client_close(&world->client);
	world_client_up(world);
	world_until_taken(world, RCC_BODY_HELLO);
	assert_int_equal(world->centre.in->u.hello.delivery_stored, 500);
}

static void
test_a_new_computer_begins_where_the_record_stands(void **state)
{
	struct world *world = *state;

	world->config.retry_first_ms = PATIENCE_MS; /* one Hello, one Welcome */
	world_connect_both(world);
	fake_centre_deliver(&world->centre, 13, 13);
	world_until_taken(world, RCC_BODY_STORED);
	assert_int_equal(world->centre.in->u.stored.number, 13);
	fake_centre_deliver(&world->centre, 15, 15);
	world_until_taken(world, RCC_BODY_STORED);
	assert_int_equal(world->centre.in->u.stored.number, 13);
	rcc_client_close(&world->client);
	world_client_up(world);
	world_until_taken(world, RCC_BODY_HELLO);
	assert_int_equal(world->centre.in->u.hello.delivery_stored, 13);
}

static void
test_a_new_journal_counts_from_one(void **state)
{
	struct world *world = *state;

	world_connect_both(world);
	fake_centre_deliver(&world->centre, 1, 11);
	world_until_reported(world, RCC_CLIENT_DELIVERY);
	rcc_client_close(&world->client);
	world->centre.journal.b[0] ^= 1;
	world_connect_both(world);
	assert_int_equal(rcc_client_inbox_last(world->client), 0);
	fake_centre_deliver(&world->centre, 1, 11);
	world_until_reported(world, RCC_CLIENT_DELIVERY);
	assert_int_equal(rcc_client_inbox_whole(world->client), 1);
}

/* A centre whose disk gives nothing back for a moment cannot name its record: it is no other one, and its receipts are believed after. */
static void
test_a_nameless_journal_is_no_new_one(void **state)
{
	struct world *world = *state;
	struct rcc_journal_id journal;

	world_connect_both(world);
	fake_centre_deliver(&world->centre, 1, 1);
	world_until_reported(world, RCC_CLIENT_DELIVERY);
	journal = world->centre.journal;
	memset(&world->centre.journal, 0, sizeof world->centre.journal);
	fake_centre_welcome(&world->centre);
	world_until_reported(world, RCC_CLIENT_WELCOME);
	world->centre.journal = journal;
	assert_int_equal(rcc_client_inbox_whole(world->client), 1);
	struct rcc_msg_id id = world_post_alert(world);
	world_until_taken(world, RCC_BODY_ALERT);
	fake_centre_accept(&world->centre, &id, &world->centre.sign_key);
	world_until_reported(world, RCC_CLIENT_ACCEPTED);
}

static void
test_what_nobody_saw_is_reported_after_a_restart(void **state)
{
	struct world *world = *state;
	uint32_t taken = 0;

	world_connect_both(world);
	fake_centre_deliver(&world->centre, 1, 11);
	world_until_reported(world, RCC_CLIENT_DELIVERY);
	/* The program dies before it comes back for more: nobody knows whether it was on the screen. */
	rcc_client_close(&world->client);
	world_client_up(world);
	world_until_reported(world, RCC_CLIENT_DELIVERY);
	world_count_for(world, 20, RCC_CLIENT_DELIVERY, RCC_BODY_STORED, &taken);
	rcc_client_close(&world->client);
	world_connect_both(world);
	assert_int_equal(world_settle(world, RCC_CLIENT_DELIVERY, RCC_BODY_STORED, &taken), 0);
}

static void
test_reading_is_kept_and_told(void **state)
{
	struct world *world = *state;
	struct rcc_inbox_row row;

	world_connect_both(world);
	fake_centre_deliver(&world->centre, 1, 11);
	world_until_reported(world, RCC_CLIENT_DELIVERY);
	assert_int_equal(rcc_client_mark_read(world->client, 2, "A. Mate"), RCC_E_NOT_FOUND);
	assert_int_equal(rcc_client_mark_read(world->client, 1, "A. Mate"), RCC_OK);
	world_until_taken(world, RCC_BODY_READ);
	assert_int_equal(world->centre.in->u.read.number, 1);
	assert_string_equal(world->centre.in->u.read.by, "A. Mate");
	assert_int_equal(rcc_client_inbox(world->client, 1, &row), RCC_OK);
	assert_string_equal(row.read_by, "A. Mate");
	assert_true(row.read_at_ms > 0);
	assert_int_equal(row.delivery.casualty.v, 232001000);
}

/* For a program that lists the inbox: what waits is fetched and acknowledged, and sounds in the one that sounds alarms. */
static void
test_fetching_is_not_reporting(void **state)
{
	struct world *world = *state;
	uint32_t taken = 0;

	world->config.stores_only = true;
	world->centre.waiting = 2;
	world->config.retry_first_ms = PATIENCE_MS; /* one Hello, one Welcome */
	world_connect_both(world);
	assert_int_equal(rcc_client_waiting(world->client), 2);
	fake_centre_deliver(&world->centre, 1, 11);
	assert_int_equal(world_settle(world, RCC_CLIENT_DELIVERY, RCC_BODY_STORED, &taken), 0);
	assert_int_equal(taken, 1);
	assert_int_equal(rcc_client_waiting(world->client), 1);
	fake_centre_deliver(&world->centre, 2, 12);
	assert_int_equal(world_settle(world, RCC_CLIENT_OTHER, RCC_BODY_STORED, &taken),
	                 1); /* who waits for it wakes up */
	assert_int_equal(rcc_client_waiting(world->client), 0);
	/* Hello again: the centre knows then that both are stored. */
	world->centre.waiting = 0;
	rcc_client_refresh(world->client);
	world_until_taken(world, RCC_BODY_HELLO);
	assert_int_equal(world->centre.in->u.hello.delivery_stored, 2);
	fake_centre_welcome(&world->centre);
	world_until_reported(world, RCC_CLIENT_WELCOME);
	assert_int_equal(rcc_client_waiting(world->client), 0);
	rcc_client_close(&world->client);
	world->config.stores_only = false;
	world_client_up(world);
	world_until_reported(world, RCC_CLIENT_DELIVERY);
	assert_int_equal(world->reported->u.delivery.number, 1);
	world_until_reported(world, RCC_CLIENT_DELIVERY);
	assert_int_equal(world->reported->u.delivery.number, 2);
}

/* What was said, and what became of it, years later and without a centre. */
static void
test_what_was_sent_is_read_from_the_store_alone(void **state)
{
	struct world *world = *state;
	struct rcc_client *kept = NULL;
	struct rcc_envelope *message = calloc(1, sizeof *message);
	struct rcc_posted sent;
	struct rcc_fault fault;

	assert_non_null(message);
	world_connect_both(world);
	struct rcc_msg_id first = world_post_alert(world);
	world_until_taken(world, RCC_BODY_ALERT);
	fake_centre_accept(&world->centre, &first, &world->centre.sign_key);
	world_until_reported(world, RCC_CLIENT_ACCEPTED);
	struct rcc_msg_id second = world_post_alert(world);
	rcc_client_close(&world->client);
	assert_int_equal(rcc_client_open_kept("/nowhere/at/all", &kept, &fault), RCC_E_NOT_FOUND);
	assert_int_equal(rcc_client_open_kept(world->store, &kept, &fault), RCC_OK);
	assert_int_equal(rcc_client_posted(kept, 0, message, &sent), RCC_OK);
	assert_memory_equal(sent.id.b, first.b, sizeof first.b);
	assert_int_equal(message->kind, RCC_BODY_ALERT);
	assert_true(sent.answered_at_ms >= sent.posted_at_ms && sent.posted_at_ms > 0);
	assert_true(sent.entry_seq > 0 && sent.is_signed);
	assert_int_equal(rcc_client_posted(kept, sent.row, message, &sent), RCC_OK);
	assert_memory_equal(sent.id.b, second.b, sizeof second.b);
	assert_true(sent.answered_at_ms == 0 && sent.entry_seq == 0);
	assert_int_equal(rcc_client_posted(kept, sent.row, message, &sent), RCC_E_NOT_FOUND);
	rcc_client_close(&kept);
	free(message);
}

int
main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, world_setup, world_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_wrong_signature_is_refused),
	    TEST(test_changed_key_is_told_and_refused),
	    TEST(test_checkpoints_are_kept_and_compared),
	    TEST(test_stored_means_on_disk),
	    TEST(test_a_repeat_is_stored_again_but_not_reported),
	    TEST(test_a_gap_is_not_acknowledged),
	    TEST(test_what_was_overtaken_is_no_gap),
	    TEST(test_what_was_overtaken_is_no_gap),
	    TEST(test_a_new_computer_begins_where_the_record_stands),
	    TEST(test_a_new_journal_counts_from_one),
	    TEST(test_a_nameless_journal_is_no_new_one),
	    TEST(test_what_nobody_saw_is_reported_after_a_restart),
	    TEST(test_reading_is_kept_and_told),
	    TEST(test_what_was_sent_is_read_from_the_store_alone),
	    TEST(test_fetching_is_not_reporting),
	};
	if (rcc_client_init() != RCC_OK) {
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

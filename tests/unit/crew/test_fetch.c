#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <zmq.h>

#include "../librcc/fake_centre.h"
#include "crew/crew.h"

/* Calls that wait at the centre for this ship. */
#define WAITING 2
/* A centre that has heard nothing for so long looks whether the test is over. */
#define LOOK_MS 5

/* A verb waits inside for the centre, which therefore has a thread of its own; its socket is handed over whole. */
struct place {
	char folder[64], key[128], store[128];
	struct fake_centre centre;
	pthread_t thread;
	atomic_bool is_over;
	_Atomic uint32_t stored; /* as the last Hello or Stored said */
	atomic_bool is_wanted;   /* the last Hello wanted deliveries */
	struct rcc_crew crew;
};

static void *
serve(void *context)
{
	struct place *place = context;
	struct fake_centre *centre = &place->centre;

	while (!place->is_over) {
		zmq_pollitem_t item = {.socket = centre->socket, .events = ZMQ_POLLIN};

		if (zmq_poll(&item, 1, LOOK_MS) <= 0 || !fake_centre_take(centre)) {
			continue;
		}
		if (centre->in->kind == RCC_BODY_STORED) {
			place->stored = centre->in->u.stored.number;
		}
		if (centre->in->kind != RCC_BODY_HELLO) {
			continue;
		}
		const struct rcc_hello hello = centre->in->u.hello;
		place->stored = hello.delivery_stored;
		place->is_wanted = hello.wants_deliveries != 0;
		centre->waiting = WAITING - hello.delivery_stored;
		fake_centre_welcome(centre);
		for (uint32_t i = hello.delivery_stored + 1; hello.wants_deliveries != 0 && i <= WAITING; i++) {
			fake_centre_deliver(centre, i, 10 + i);
		}
	}
	return NULL;
}

static int
setup(void **state)
{
	struct place *place = calloc(1, sizeof *place);
	struct rcc_client_config *config = NULL;

	assert_non_null(place);
	snprintf(place->folder, sizeof place->folder, "/tmp/rcc-fetch-XXXXXX");
	assert_non_null(mkdtemp(place->folder));
	snprintf(place->key, sizeof place->key, "%s/key", place->folder);
	snprintf(place->store, sizeof place->store, "%s/key.db", place->folder);
	fake_centre_init(&place->centre);
	config = &place->crew.settings.client;
	config->link = RCC_LINK_SHORE;
	config->server_key = place->centre.public_key;
	snprintf(config->endpoint, sizeof config->endpoint, "%s", place->centre.endpoint);
	snprintf(config->key_file, sizeof config->key_file, "%s", place->key);
	snprintf(config->store, sizeof config->store, "%s", place->store);
	place->crew.settings.timeout_ms = 20000;
	place->crew.settings.fetch_ms = 20000;
	place->crew.message = calloc(1, sizeof *place->crew.message);
	assert_non_null(place->crew.message);
	assert_int_equal(pthread_create(&place->thread, NULL, serve, place), 0);
	*state = place;
	return 0;
}

static int
teardown(void **state)
{
	struct place *place = *state;
	static const char *const suffix[] = {"", "-wal", "-shm"};
	char path[160];

	place->is_over = true;
	assert_int_equal(pthread_join(place->thread, NULL), 0);
	rcc_client_close(&place->crew.client);
	rcc_crew_watch_end(&place->crew);
	fake_centre_fini(&place->centre);
	for (size_t i = 0; i < sizeof suffix / sizeof suffix[0]; i++) {
		snprintf(path, sizeof path, "%s%s", place->store, suffix[i]);
		unlink(path);
	}
	unlink(place->key);
	assert_int_equal(rmdir(place->folder), 0);
	free(place->crew.message);
	free(place);
	return 0;
}

/* One program: opens, does a verb as the command line would, ends. */
static void
do_alone(struct place *place, char *verb, char *first, char *second)
{
	char *operands[] = {verb, first, second};
	struct rcc_parsed parsed = {.operand_count = second != NULL ? 3 : first != NULL ? 2 : 1, .operand = operands};
	struct rcc_client_config *config = &place->crew.settings.client;
	struct rcc_fault fault;

	rcc_crew_watch_take(&place->crew);
	config->wants_deliveries = place->crew.watch == CREW_WATCH_OURS;
	config->stores_only = strcmp(verb, "wait") != 0;
	assert_int_equal(rcc_client_open(config, &place->crew.client, &fault), RCC_OK);
	rcc_crew_do(&place->crew, &parsed);
	rcc_client_close(&place->crew.client);
	rcc_crew_watch_end(&place->crew);
}

static void
make_key(const struct place *place)
{
	struct rcc_key key;
	uint8_t secret[RCC_KEY_SIZE];
	struct rcc_fault fault;
	bool made = false;

	assert_int_equal(rcc_keyfile_load_or_make(place->key, &key, secret, &made, &fault), RCC_OK);
	assert_true(made);
}

static void
test_a_single_verb_fetches_what_waits(void **state)
{
	struct place *place = *state;
	char inbox[] = "inbox", read_it[] = "read", latest[] = "latest", mate[] = "Mate";
	struct rcc_fault fault;
	struct rcc_inbox_row row;

	make_key(place);
	/* Nobody has read what comes in during the very command that says so. */
	do_alone(place, read_it, latest, mate);
	assert_int_equal(place->crew.exit, RCC_EXIT_FAILED);
	do_alone(place, inbox, NULL, NULL);
	assert_int_equal(place->crew.exit, RCC_EXIT_OK);
	assert_true(place->is_wanted);
	/* Known at the centre before the program ended. */
	assert_int_equal(place->stored, WAITING);
	assert_int_equal(rcc_client_open(&place->crew.settings.client, &place->crew.client, &fault), RCC_OK);
	assert_int_equal(rcc_client_inbox_last(place->crew.client), WAITING);
	assert_int_equal(rcc_client_inbox(place->crew.client, WAITING, &row), RCC_OK);
	assert_int_equal(row.read_at_ms, 0);
}

static void
test_wait_alert_alone_hears_it(void **state)
{
	struct place *place = *state;
	char wait[] = "wait", alert[] = "alert", seconds[] = "20";

	make_key(place);
	do_alone(place, wait, alert, seconds);
	assert_int_equal(place->crew.exit, RCC_EXIT_OK);
	assert_true(place->crew.alerts > 0);
}

static void
test_beside_a_session_nothing_is_drawn(void **state)
{
	struct place *place = *state;
	struct rcc_crew session = {.settings = place->crew.settings};
	char inbox[] = "inbox", status[] = "status";

	make_key(place);
	rcc_crew_watch_take(&session);
	assert_int_equal(session.watch, CREW_WATCH_OURS);
	do_alone(place, inbox, NULL, NULL);
	do_alone(place, status, NULL, NULL);
	assert_int_equal(place->crew.exit, RCC_EXIT_OK);
	assert_false(place->is_wanted);
	assert_int_equal(place->stored, 0);
	rcc_crew_watch_end(&session);
}

/* One verb with the options that it was given; the centre answers nothing that is not a Hello. */
static void
say_alone(struct place *place, struct rcc_parsed *parsed)
{
	struct rcc_fault fault;

	place->crew.settings.timeout_ms = 20;
	assert_int_equal(rcc_client_open(&place->crew.settings.client, &place->crew.client, &fault), RCC_OK);
	memset(place->crew.message, 0, sizeof *place->crew.message);
	rcc_crew_do(&place->crew, parsed);
	rcc_client_close(&place->crew.client);
	place->crew.settings.timeout_ms = 20000;
}

static void
test_survivors_are_counted_and_read_back(void **state)
{
	struct place *place = *state;
	const struct rcc_survivors *said = &place->crew.message->u.survivors;
	char inbox[] = "inbox", survivors[] = "survivors", latest[] = "latest";
	char *operands[] = {survivors, latest};
	struct rcc_parsed parsed = {.operand_count = 2, .operand = operands};

	make_key(place);
	do_alone(place, inbox, NULL, NULL);
	/* No number at all is a mistake, not an empty ship. */
	say_alone(place, &parsed);
	assert_int_equal(place->crew.exit, RCC_EXIT_USAGE);
	parsed.value[CREW_MEN] = "many";
	say_alone(place, &parsed);
	assert_int_equal(place->crew.exit, RCC_EXIT_USAGE);
	parsed.value[CREW_MEN] = "40";
	parsed.value[CREW_INFANTS] = "2";
	parsed.value[CREW_FAMILIES] = "9";
	parsed.value[CREW_DEAD] = "1";
	parsed.value[CREW_SAFE_HOURS] = "12";
	parsed.value[CREW_PROTECTION] = "";
	parsed.value[CREW_NEXT_PORT] = "LICATA";
	/* Alone on a command line nobody can answer SEND. */
	say_alone(place, &parsed);
	assert_int_equal(place->crew.exit, RCC_EXIT_USAGE);
	assert_int_equal(place->crew.message->kind, 0);
	parsed.value[CREW_YES] = "";
	say_alone(place, &parsed);
	assert_int_equal(place->crew.message->kind, RCC_BODY_SURVIVORS);
	assert_true(said->incident.v > 0);
	assert_int_equal(said->ship.v, 0);
	assert_int_equal(said->aboard.men, 40);
	assert_int_equal(said->aboard.infants, 2);
	assert_int_equal(said->aboard.families, 9);
	assert_int_equal(said->dead, 1);
	assert_int_equal(said->safe_hours, 12);
	assert_int_equal(said->protection_stated, 1);
	assert_string_equal(said->next_port, "LICATA");
}

static void
test_a_need_is_asked_for(void **state)
{
	struct place *place = *state;
	const struct rcc_need *said = &place->crew.message->u.need;
	char inbox[] = "inbox", need[] = "need", latest[] = "latest", water[] = "water", luxury[] = "luxury";
	char *operands[] = {need, latest, luxury};
	struct rcc_parsed parsed = {.operand_count = 3, .operand = operands};

	make_key(place);
	do_alone(place, inbox, NULL, NULL);
	say_alone(place, &parsed);
	assert_int_equal(place->crew.exit, RCC_EXIT_USAGE);
	operands[2] = water;
	parsed.value[CREW_QUANTITY] = "200";
	parsed.value[CREW_TEXT] = "litres";
	say_alone(place, &parsed);
	assert_int_equal(place->crew.message->kind, RCC_BODY_NEED);
	assert_int_equal(said->kind, RCC_NEED_WATER);
	assert_int_equal(said->state, RCC_NEED_ASKED);
	assert_int_equal(said->quantity, 200);
	assert_string_equal(said->text, "litres");
	parsed.operand_count = 2;
	parsed.value[CREW_ID] = "3";
	parsed.value[CREW_STATE] = "promised";
	say_alone(place, &parsed);
	assert_int_equal(place->crew.exit, RCC_EXIT_USAGE);
	parsed.value[CREW_STATE] = "met";
	say_alone(place, &parsed);
	assert_int_equal(said->need.v, 3);
	assert_int_equal(said->state, RCC_NEED_MET);
}

int
main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_a_single_verb_fetches_what_waits),
	    TEST(test_wait_alert_alone_hears_it),
	    TEST(test_beside_a_session_nothing_is_drawn),
	    TEST(test_survivors_are_counted_and_read_back),
	    TEST(test_a_need_is_asked_for),
	};
	if (rcc_client_init() != RCC_OK) {
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

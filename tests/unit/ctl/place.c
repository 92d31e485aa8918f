#define _POSIX_C_SOURCE 200809L
#include "place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <zmq.h>

#include "proto/wire.h"

/* A centre that has heard nothing for so long looks whether the test is over. */
#define LOOK_MS 5

static void
say_rows(struct place *place, const struct rcc_envelope *question)
{
	struct fake_centre *centre = &place->centre;
	struct rcc_view_rows *rows = &centre->out->u.rows;
	memset(rows, 0, sizeof *rows);
	if (question->u.view.what == RCC_VIEW_STATUS)
		snprintf(rows->bytes, sizeof rows->bytes,
		         "{\"class\":\"STATUS\",\"centre\":\"MRCC TEST\",\"ships_enrolled\":12}\n");
	if (question->u.view.what == RCC_VIEW_INCIDENTS && place->incidents != NULL)
		snprintf(rows->bytes, sizeof rows->bytes, "%s", place->incidents);
	else if (question->u.view.what == RCC_VIEW_ALERTS && place->alerts != NULL)
		snprintf(rows->bytes, sizeof rows->bytes, "%s", place->alerts);
	else if (question->u.view.what == RCC_VIEW_INCIDENTS)
		snprintf(rows->bytes, sizeof rows->bytes,
		         "{\"class\":\"INCIDENT\",\"incident\":\"2026-0001\",\"incident_id\":7}\n"
		         "{\"class\":\"INCIDENT\",\"incident\":\"2026-0002\",\"incident_id\":8}\n");
	rows->len = (uint32_t)strlen(rows->bytes);
	fake_centre_say(centre, RCC_BODY_VIEW_ROWS, &question->id);
}

/* The entry of the last order, if the test has one; then the beat that ends the page. */
static void
say_entry(struct place *place, const struct rcc_envelope *question)
{
	struct fake_centre *centre = &place->centre;
	const struct rcc_msg_id id = question->id;
	struct rcc_entry_bytes *bytes = &centre->out->u.entry;
	if (place->entry != NULL) {
		static uint8_t payload[RCC_PAYLOAD_MAX];
		size_t len = 0;
		assert_int_equal(rcc_wire_encode_entry(place->entry, payload, sizeof payload, &len), RCC_OK);
		*bytes = (struct rcc_entry_bytes){.payload = payload, .payload_len = (uint32_t)len};
		bytes->link.seq = question->u.catchup.from_seq;
		bytes->link.at_ms = place->entry->cause.at_ms;
		fake_centre_say(centre, RCC_BODY_ENTRY, &id);
	}
	memset(&centre->out->u.beat, 0, sizeof centre->out->u.beat);
	fake_centre_say(centre, RCC_BODY_BEAT, &id);
}

static void *
serve(void *context)
{
	struct place *place = context;
	struct fake_centre *centre = &place->centre;
	while (!place->is_over) {
		zmq_pollitem_t item = {.socket = centre->socket, .events = ZMQ_POLLIN};
		if (zmq_poll(&item, 1, LOOK_MS) <= 0 || !fake_centre_take(centre))
			continue;
		if (centre->in->kind == RCC_BODY_HELLO) {
			fake_centre_welcome(centre);
		} else if (centre->in->kind == RCC_BODY_VIEW) {
			say_rows(place, centre->in);
		} else if (centre->in->kind == RCC_BODY_CATCHUP) {
			say_entry(place, centre->in);
		} else if (place->refusal != 0) {
			*place->order = *centre->in;
			fake_centre_refuse(centre, &centre->in->id, place->refusal);
		} else {
			*place->order = *centre->in;
			place->count++;
			fake_centre_accept(centre, &centre->in->id, NULL);
		}
	}
	return NULL;
}

int
place_setup(void **state)
{
	struct place *place = calloc(1, sizeof *place);
	struct rcc_key public_key;
	uint8_t secret[RCC_KEY_SIZE];
	struct rcc_fault fault;
	bool is_made;
	assert_non_null(place);
	snprintf(place->folder, sizeof place->folder, "/tmp/rcc-open-XXXXXX");
	assert_non_null(mkdtemp(place->folder));
	snprintf(place->key, sizeof place->key, "%s/key", place->folder);
	assert_int_equal(rcc_keyfile_load_or_make(place->key, &public_key, secret, &is_made, &fault), RCC_OK);
	fake_centre_init(&place->centre);
	place->centre.role = RCC_ROLE_OFFICER;
	place->order = calloc(1, sizeof *place->order);
	place->ctl = (struct rcc_ctl){.option = place->option,
	                              .operand = place->operand,
	                              .timeout_ms = 20000,
	                              .message = calloc(1, sizeof *place->ctl.message)};
	assert_non_null(place->order);
	assert_non_null(place->ctl.message);
	place->option[RCC_CTL_OPTION_ENDPOINT] = place->centre.endpoint;
	place->option[RCC_CTL_OPTION_SERVER_KEY] = rcc_key_format(place->key_text, &place->centre.public_key);
	place->option[RCC_CTL_OPTION_KEY_FILE] = place->key;
	assert_int_equal(pthread_create(&place->thread, NULL, serve, place), 0);
	*state = place;
	return 0;
}

int
place_teardown(void **state)
{
	struct place *place = *state;
	rcc_ctl_disconnect(&place->ctl);
	place->is_over = true;
	assert_int_equal(pthread_join(place->thread, NULL), 0);
	fake_centre_fini(&place->centre);
	assert_int_equal(unlink(place->key), 0);
	assert_int_equal(rmdir(place->folder), 0);
	free(place->out);
	free(place->order);
	free(place->ctl.message);
	free(place);
	return 0;
}

int
place_run(struct place *place, rcc_ctl_verb_fn *verb, const char *lines)
{
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	size_t len = strlen(lines);
	assert_int_equal(write(ends[1], lines, len), (ssize_t)len);
	close(ends[1]);
	free(place->out);
	place->out = NULL;
	place->ctl.verb = "test";
	place->ctl.in = fdopen(ends[0], "r");
	place->ctl.out = open_memstream(&place->out, &place->out_len);
	assert_non_null(place->ctl.in);
	assert_non_null(place->ctl.out);
	place->count = 0;
	int exit_code = verb(&place->ctl);
	fclose(place->ctl.in);
	fclose(place->ctl.out);
	return exit_code;
}

void
place_forget_options(struct place *place)
{
	for (int i = RCC_CTL_OPTION_NEAR; i < RCC_CTL_OPTIONS; i++)
		place->option[i] = NULL;
}

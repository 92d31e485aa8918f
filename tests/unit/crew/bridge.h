/*
 * bridge.h - a crew's terminal under a test's thumb: lines typed, words heard, a centre that is not there.
 */
#ifndef RCC_TEST_CREW_BRIDGE_H
#define RCC_TEST_CREW_BRIDGE_H

#include <stdio.h>

#include "crew/crew.h"

#define OUTPUT_MAX 8192

struct bridge {
	char folder[64], key[128], store[128], conf[128];
	struct rcc_crew crew;
	FILE *output;
	int saved;
};

/* cmocka's fixture: *state is the bridge. */
int bridge_setup(void **state);
int bridge_teardown(void **state);
/* What a crew would read: from bridge_listen() to bridge_heard(). */
void bridge_listen(struct bridge *place);
void bridge_heard(struct bridge *place, char output[OUTPUT_MAX]);
/* A centre that is not there: what is posted stays in the outbox. */
void bridge_open_offline(struct bridge *place);
/* Plays lines as if they were typed. */
void bridge_play(struct bridge *place, const char *lines, char output[OUTPUT_MAX]);

#endif

/*
 * place.h - a verb of rccctl, a centre under the test's thumb that keeps what it is sent, and a pipe to type on.
 */
#ifndef RCC_TEST_CTL_PLACE_H
#define RCC_TEST_CTL_PLACE_H

#include <pthread.h>
#include <stdatomic.h>

#include "../librcc/fake_centre.h"
#include "ctl/ctl.h"
#include "rcc/text.h"

/* A verb waits inside for the centre, which therefore has a thread of its own; what came in is read after it has ended. */
struct place {
	char folder[64], key[128], key_text[RCC_KEY_TEXT_SIZE];
	struct fake_centre centre;
	pthread_t thread;
	atomic_bool is_over;
	uint32_t count;
	struct rcc_envelope *order; /* the last message that was no question */
	/* What the centre says: NULL and 0 = its two incidents, no alert, no entry, and everything is accepted. */
	const char *incidents, *alerts;
	const struct rcc_entry *entry;
	enum rcc_refusal refusal;
	const char *option[RCC_CTL_OPTIONS];
	char *operand[2];
	struct rcc_ctl ctl;
	char *out;
	size_t out_len;
};

/* cmocka's fixture: *state is the place. Its incidents are 2026-0001 (id 7) and 2026-0002 (id 8). */
int place_setup(void **state);
int place_teardown(void **state);
/* Runs a verb with these lines on its input; what it says is in place->out. Returns its exit code. */
int place_run(struct place *place, rcc_ctl_verb_fn *verb, const char *lines);
/* Only where the centre is stays. */
void place_forget_options(struct place *place);

#endif

/*
 * said.h - what people and programs say in messages of their own: crews, strangers, officers, other centres, sailing plans.
 */
#ifndef RCC_TEST_SAID_H
#define RCC_TEST_SAID_H

#include "judge.h"

struct speakers {
	struct rcc_key ship[JUDGE_SHIPS];
	uint32_t mmsi[JUDGE_SHIPS];
	struct rcc_key feed, centre;
};

/* Says one of them, sets *ret_truth and judges it. */
void said_take(struct judge *judge, const struct speakers *speakers, struct signal_maker *maker,
               struct truth *ret_truth);
/* Files a sailing plan that is not kept, and waits. */
void said_take_plan(struct judge *judge, struct signal_maker *maker, struct truth *ret_truth);

/* A class, mostly live. */
enum rcc_class said_class(struct signal_maker *maker);
/* A key that nobody has enrolled. */
struct rcc_key said_stranger(struct signal_maker *maker);

#endif

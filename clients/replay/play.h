/*
 * play.h - a record as time passed: its lines, the person who watches them, and a centre for training that gets its alerts.
 */
#ifndef RCC_REPLAY_PLAY_H
#define RCC_REPLAY_PLAY_H

#include <stdio.h>

#include "replay/replay.h"

/* ---- play_keys.c ---- */

/* Keys of a terminal, one by one, while the lines go by. */
struct rcc_play_keys {
	bool is_on; /* input and output are a terminal */
	int signals;
	struct rcc_play_terminal *terminal; /* as it was */
};
enum rcc_play_key {
	RCC_PLAY_NOTHING = 1,
	RCC_PLAY_PAUSE = 2,
	RCC_PLAY_NEXT = 3,
	RCC_PLAY_BACK = 4,
	RCC_PLAY_FORWARD = 5,
	RCC_PLAY_FASTER = 6,
	RCC_PLAY_SLOWER = 7,
	RCC_PLAY_QUIT = 8,
};
void rcc_play_keys_open(struct rcc_play_keys *keys);
/* Gives the terminal back as it was. */
void rcc_play_keys_close(struct rcc_play_keys *keys);
/* Waits at most so long for a key; without a terminal it waits, and that is all. */
enum rcc_play_key rcc_play_keys_wait(const struct rcc_play_keys *keys, int64_t wait_ms);

/* ---- play_send.c ---- */

/* The link to a centre for training. Zeroed = none. */
struct rcc_play_sender {
	struct rcc_client *client;
	struct rcc_envelope *message;
};
/* Connects, and refuses a centre that does not say that it is for training. False: the reason is on stderr. */
bool rcc_play_sender_open(struct rcc_play_sender *sender, const struct rcc_replay *replay, int *ret_exit);
void rcc_play_sender_close(struct rcc_play_sender *sender);
/*
 * An alert as it goes out: an exercise (a test stays a test), its times moved from when it was recorded to now_ms, without what
 * the centre that recorded it added. False: it stays here, since it was for officers alone.
 */
bool rcc_play_exercise(struct rcc_alert *alert, int64_t recorded_at_ms, int64_t now_ms);
/* Sends one and prints what the centre made of it. False: no answer came. */
bool rcc_play_send(struct rcc_play_sender *sender, const struct rcc_alert *alert, int64_t recorded_at_ms);

#endif

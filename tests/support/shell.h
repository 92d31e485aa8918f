/*
 * shell.h - the daemon's shell as one object, opened in this process on a folder of its own, with a clock of the test's.
 *
 * Owns:   the app, some 100 MB: one per program; its folder, which shell_close() removes.
 * Errors: what a test cannot do without is asserted (cmocka).
 */
#ifndef RCC_TEST_SHELL_H
#define RCC_TEST_SHELL_H

#include "app.h"

struct shell {
	struct rcc_app app;
	char folder[32];
	uint64_t messages;            /* said so far: their ids */
	struct rcc_envelope envelope; /* being said */
};

/* A shell that has recorded nothing but its run; NULL = the rules that rccd has by default. */
void shell_open(struct shell *shell, const struct rcc_rules *rules);
void shell_close(struct shell *shell);

/* Begins a message of this kind under an id of its own, claimed at the shell's time. */
struct rcc_envelope *shell_begin(struct shell *shell, enum rcc_body_kind kind);
/* Says it with this key at this port, as bytes through the intake; the same bytes again with shell_say_again(). */
void shell_say(struct shell *shell, enum rcc_port port, const struct rcc_key *key);
void shell_say_again(struct shell *shell);
/* Ends the turn: what was decided is committed and forgotten. */
void shell_commit(struct shell *shell);
/* Moves the clock and takes every clock of the core up to then. */
void shell_wait(struct shell *shell, int64_t ms);

/* Enrols a key as the administrator; returns its peer. */
struct rcc_peer_id shell_enrol(struct shell *shell, enum rcc_role role, uint32_t mmsi, const struct rcc_key *key);

#endif

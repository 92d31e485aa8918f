/*
 * two_centres.h - two cores that hand cases to each other, and ask for places of safety, over a bad line, each with a record of its own.
 *
 * Messages are lost, doubled and overtake each other; a centre is killed before or after it has committed, and comes back
 * from its record. Nothing waits: every chance is a number from a seed.
 */
#ifndef RCC_TEST_TWO_CENTRES_H
#define RCC_TEST_TWO_CENTRES_H

#include "core/handover.h"
#include "core/request.h"

#define RECORD_MAX (4 * 1024 * 1024)
#define ENTRIES_MAX 1024
#define ANSWERS_MAX 512
#define LINE_MAX 64
#define FRAME_MAX 8192

/* What a message was answered with: the same again when it comes again. */
struct answer {
	struct rcc_msg_id id;
	enum rcc_refusal refusal;
	uint64_t seq;
};

struct centre {
	struct rcc_core *core;
	const char *name;
	struct rcc_key key, other_key;
	int64_t now_ms;
	uint64_t messages;
	uint8_t *record; /* the entries as they were committed */
	size_t end[ENTRIES_MAX];
	uint32_t entries;
	struct answer answer[ANSWERS_MAX];
	uint32_t answers;
	bool is_struck; /* it is killed before the next commit */
};

/* On its way. */
struct frame {
	uint32_t to;
	bool is_receipt;
	struct rcc_msg_id id; /* of the message, or of the one that is answered */
	enum rcc_refusal refusal;
	uint64_t seq;
	size_t len;
	uint8_t bytes[FRAME_MAX];
};

struct two {
	uint64_t seed;
	struct centre centre[2];
	struct frame line[LINE_MAX];
	uint32_t frames;
	uint32_t kills, losses, doubles;
};

/* Each entry as it was committed, in order. */
typedef void two_look(void *context, const struct rcc_entry *entry);
void two_read(const struct centre *centre, two_look *look, void *context);

void two_start(struct two *two, uint64_t seed);
void two_end(struct two *two);
/* 0..count - 1. */
uint32_t two_below(struct two *two, uint32_t count);

/* Begins a command of this centre's own; decides and commits it: false if it was killed in between. */
struct rcc_command *two_begin(struct centre *centre, enum rcc_command_kind kind);
bool two_take(struct two *two, struct centre *centre);
/* 0 = none was opened. */
struct rcc_incident_id two_newest_case(const struct centre *centre);

/* An officer's step on the case of this number; the case is the newest one there if it is 0. */
void two_order(struct two *two, uint32_t at, enum rcc_handover_step step);
/* An officer asks the other centre for this port (0..25) as a place of safety, for the newest case there. */
void two_ask(struct two *two, uint32_t at, uint32_t port);
/* An officer answers some request, or withdraws it. */
void two_answer(struct two *two, uint32_t at, enum rcc_request_step step);
/* An officer takes a case back that the other has. */
void two_take_back(struct two *two, uint32_t at);
/* A report of the casualty that an officer types. */
void two_open(struct two *two, uint32_t at);
void two_close(struct two *two, uint32_t at);
void two_wait(struct two *two, uint32_t at, int64_t ms);
/* What is owed goes on the line, or is lost. */
void two_say(struct two *two, uint32_t at, uint32_t loss_percent);
/* Frame i arrives; it may arrive again. */
void two_arrive(struct two *two, uint32_t i, bool is_again);
void two_lose(struct two *two, uint32_t i);
/* Killed: what it had not committed is gone, and what was on its way to it. */
void two_kill(struct two *two, uint32_t at);
/* Until nothing is on its way and nothing owed; false if that does not end. */
bool two_settle(struct two *two);

#endif

/*
 * signal.h - signals of every source, built from the standards by whoever knows what they say: the truth that a decoder is
 * held against. Nothing here asks a decoder.
 */
#ifndef RCC_TEST_SIGNAL_H
#define RCC_TEST_SIGNAL_H

#include "rcc/message.h"

/* What may become of a signal; a set of them is what is allowed. */
#define BECOMES_ROUTINE 1u  /* counted, nothing else */
#define BECOMES_POSITION 2u /* in the picture */
#define BECOMES_TEST 4u     /* recorded in the lane of tests: wakes nobody */
#define BECOMES_READING 8u  /* recorded, and a person decides */
#define BECOMES_ALERT 16u   /* in an incident: the machine acts by itself */
#define BECOMES_ANY 31u

/* How one who receives it can see that it was damaged. */
enum signal_check {
	SIGNAL_CHECK_NONE = 1, /* words of a text, or an identity without parity */
	SIGNAL_CHECK_NMEA = 2, /* the checksum of a sentence */
	SIGNAL_CHECK_BCH = 3,  /* the parity of a 406 MHz message */
};

enum signal_damage {
	SIGNAL_WHOLE = 1,
	SIGNAL_CAUGHT = 2,   /* its check tells */
	SIGNAL_UNCAUGHT = 3, /* it reads as another signal, and nobody can know */
};

#define SIGNAL_SIZE 4096

struct signal {
	const char *source; /* as in AlertRaw.source_name */
	const char *what;   /* for whoever reads a failure */
	enum rcc_class class;
	uint32_t becomes;   /* when whole, live and from a feed: BECOMES_* */
	bool is_damaged;    /* it was built with a wrong checksum */
	bool is_told;       /* its distress has a place: ships hear of it without anybody's help */
	bool is_restricted; /* ship security */
	bool is_bare;       /* one bit alone says that it is no ordinary message: without it nobody can know */
	bool is_known;      /* false: a recording, of which only the laws for all signals are asked */
	struct rcc_mmsi mmsi;
	enum signal_check check;
	size_t len;
	uint8_t bytes[SIGNAL_SIZE];
};

struct signal_maker {
	uint64_t seed;
	uint32_t serial;       /* so many have been made: numbers that nobody else has */
	uint32_t oldest_fresh; /* serials below this are not used again: their cases were closed */
	int64_t now_ms;
};

void signal_start(struct signal_maker *maker, uint64_t seed);
/* 0..count - 1. */
uint32_t signal_below(struct signal_maker *maker, uint32_t count);
/* The next signal, of any source. */
void signal_make(struct signal_maker *maker, struct signal *ret_signal);
/* Damages it on its way: bits, bytes, a part missing, noise around it. Sets *ret_is_slight if no more than a bit is wrong. */
enum signal_damage signal_hurt(struct signal_maker *maker, struct signal *signal, bool *ret_is_slight);
/* What may become of it after this damage, said live by a feed. */
uint32_t signal_allows(const struct signal *signal, enum signal_damage damage, bool is_slight);

/* One source each. */
void signal_make_dsc(struct signal_maker *maker, struct signal *signal);
void signal_make_ais(struct signal_maker *maker, struct signal *signal);
void signal_make_beacon406(struct signal_maker *maker, struct signal *signal);
void signal_make_sit185(struct signal_maker *maker, struct signal *signal);
/* One that was recorded, from the corpus of the fuzzers. */
void signal_make_recorded(struct signal_maker *maker, struct signal *signal);

/* ---- for those that build ---- */

/* A number that no other signal has; now and then one that an earlier signal of the same hours had. */
uint32_t signal_serial(struct signal_maker *maker);
void signal_say(struct signal *signal, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Ends the sentence that began at bytes[from] with its checksum, or with another. */
void signal_end_sentence(struct signal *signal, size_t from, bool is_right);

#endif

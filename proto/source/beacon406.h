/*
 * beacon406.h - what the decoders of both generations of 406 MHz beacons share: bits by the number that the standard
 * gives them, identities that several protocols have, and the sentence for people.
 *
 * Private to beacon406*.c.
 */
#ifndef RCC_PROTO_SOURCE_BEACON406_H
#define RCC_PROTO_SOURCE_BEACON406_H

#include "proto/source/source.h"

/* Digits of the longest form: 250 bits of C/S T.018 and two to fill it. */
#define RCC_BEACON406_DIGITS_MAX 63
#define RCC_BEACON406_BITS (4 * RCC_BEACON406_DIGITS_MAX)
/* Characters of a call sign or tail, or of an operator's designator. */
#define RCC_BEACON406_WORD_MAX 7

/* bit[n] is bit n of C/S T.001 or T.018, which count from 1; 0 where nothing was sent. */
struct rcc_beacon406 {
	uint8_t bit[RCC_BEACON406_BITS + 1];
	uint32_t last; /* number of the last bit sent */
	bool is_id;    /* the identity alone: no position, no homing, no parity */
	bool is_self_test;
	bool is_sync_wrong; /* synchronization that neither a distress nor a self-test sends */
	int64_t at_ms;
};

/* The value of bits first..last, both included. Pre: at most 32 of them. */
uint32_t rcc_beacon406_value(const struct rcc_beacon406 *beacon, uint32_t first, uint32_t last);

/* Both fill an alert that is live, without position and without text. */
void rcc_beacon406_first(const struct rcc_beacon406 *beacon, struct rcc_alert *alert);
void rcc_beacon406_second(const struct rcc_beacon406 *beacon, struct rcc_alert *alert);
/*
 * The 202 or 250 bits of a second-generation message out of 51 or 63 digits, whichever way they were filled up.
 * RCC_E_MALFORMED: neither. *ret_is_sure is false when both ways read equally well.
 */
RCC_MUST_USE enum rcc_status rcc_beacon406_align(const uint8_t *bits, uint32_t count, struct rcc_beacon406 *ret_beacon,
                                                 bool *ret_is_sure);
/* Where a first-generation message says that it is: position and radius, if it does. */
void rcc_beacon406_first_pos(const struct rcc_beacon406 *beacon, bool is_rest_good, struct rcc_alert *alert);

/* The next part of the sentence for people. */
void rcc_beacon406_say(struct rcc_alert *alert, const char *words);
/* The same with a number, or two words. */
void rcc_beacon406_say_number(struct rcc_alert *alert, const char *words, uint32_t number);
void rcc_beacon406_say_word(struct rcc_alert *alert, const char *words, const char *word);
void rcc_beacon406_say_serial(struct rcc_alert *alert, uint32_t tac, uint32_t serial);
/* An ICAO 24-bit aircraft address. */
void rcc_beacon406_say_aircraft(struct rcc_alert *alert, uint32_t address);

/*
 * `count` characters of modified Baudot code (C/S T.001 table A2), `width` 6, or 5 for letters alone without their first
 * bit; spaces at both ends are left out. False if nothing is left or a code is no character: '?' stands for it then.
 */
bool rcc_beacon406_word(const struct rcc_beacon406 *beacon, uint32_t first, uint32_t width, uint32_t count,
                        char ret_word[RCC_BEACON406_WORD_MAX + 1]);
/* A call sign, or the marks of an aircraft, which are its call sign. */
void rcc_beacon406_set_callsign(struct rcc_alert *alert, const char *words, const char *callsign, bool is_good);

/* Says the country; one that no State has is a reason for a person to look. */
void rcc_beacon406_country(struct rcc_alert *alert, uint32_t country);
bool rcc_beacon406_is_country(uint32_t country);

#endif

/*
 * beacon406_encoder.h - builds 406 MHz messages from the bit tables of C/S T.001 and T.018, apart from the decoder, and has
 * them read.
 */
#ifndef RCC_TESTS_BEACON406_ENCODER_H
#define RCC_TESTS_BEACON406_ENCODER_H

#include "proto/source/source.h"

/* 2026-11-23T03:12:07Z */
#define AT_MS INT64_C(1795403527000)

/* '0' and '1' in the order in which they are sent. */
struct beacon_bits {
	char c[260];
	size_t len;
};

void beacon_put(struct beacon_bits *bits, uint32_t value, uint32_t width);
/* In modified Baudot code. */
void beacon_put_text(struct beacon_bits *bits, const char *text);
/* Parity after 61 bits, 108 bits and 202 bits. */
void beacon_put_bch_1(struct beacon_bits *bits);
void beacon_put_bch_2(struct beacon_bits *bits);
void beacon_put_bch_second(struct beacon_bits *bits);
void beacon_hex_of(const struct beacon_bits *bits, char hex[65]);

/* A long message up to the code of its protocol: bits 25-40, or 25-39 of a user protocol. */
struct beacon_bits beacon_location_start(uint32_t country, uint32_t code);
struct beacon_bits beacon_user_start(uint32_t country, uint32_t code);
/* The rest of a standard location message: 35 deg 20 min 12 s S, 12 deg 31 min 36 s W. */
void beacon_put_standard_pos(struct beacon_bits *bits);
/* The rest of a user-location message: 22 deg 12 min S, 114 deg 32 min E. */
void beacon_put_user_pos(struct beacon_bits *bits);

/* What the decoder makes of it: always an alert of this source. */
struct rcc_heard beacon_read_text(const char *text);
/* Always a decoded one. */
struct rcc_alert beacon_read_bits(const struct beacon_bits *bits);
/* Not decoded at all: the bytes are for a person. */
bool beacon_is_unread(const char *text);

#endif

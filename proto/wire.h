/*
 * wire.h - bytes <-> values, for messages and for stored entries. The only door to protobuf-c.
 *
 * Why:    every bound is checked here, once, by tables (wire_tables.c) that name the field they refuse.
 * Memory: unpacking uses a bounded arena of its own; nothing that is returned points into it.
 * Errors: decoding never trusts the bytes: RCC_E_MALFORMED, RCC_E_RANGE, RCC_E_TOO_LARGE, RCC_E_UNSUPPORTED.
 * Thread: not reentrant (one arena); every program here decodes in one thread.
 */
#ifndef RCC_PROTO_WIRE_H
#define RCC_PROTO_WIRE_H

#include "rcc/entry.h"

/* What is known of an envelope that was refused: enough to answer its sender and to keep a distress. */
struct rcc_wire_fault {
	enum rcc_refusal reason;
	char field[RCC_FIELD_MAX + 1]; /* dotted proto name, "alert.nature"; empty = the envelope as a whole */
	struct rcc_msg_id id;          /* all zero if it could not be read */
	uint32_t body_kind;            /* enum rcc_body_kind or an unknown number; 0 if it could not be read */
	bool may_be_distress;          /* it is, or claims to be, an Alert or AlertRaw */
};

/* Encodes an envelope that this program made: RCC_E_TOO_LARGE if size does not hold it, RCC_E_RANGE for a bad value. */
RCC_MUST_USE enum rcc_status rcc_wire_encode(const struct rcc_envelope *envelope, uint8_t *bytes, size_t size,
                                             size_t *ret_len);

/*
 * Decodes and checks an envelope. ret_envelope is untouched unless RCC_OK; ret_fault (not NULL) is written only on
 * failure. An ENTRY body's payload points into `bytes`.
 */
RCC_MUST_USE enum rcc_status rcc_wire_decode(const uint8_t *bytes, size_t len, struct rcc_envelope *ret_envelope,
                                             struct rcc_wire_fault *ret_fault);

/* The payload of an entry: what is hashed, stored and published. */
RCC_MUST_USE enum rcc_status rcc_wire_encode_entry(const struct rcc_entry *entry, uint8_t *bytes, size_t size,
                                                   size_t *ret_len);
/* ret_entry is in an undefined but valid state on failure (it is too large for a second copy). */
RCC_MUST_USE enum rcc_status rcc_wire_decode_entry(const uint8_t *bytes, size_t len, struct rcc_entry *ret_entry);
/*
 * May a payload tell an event of one of these kinds? By its outermost layers alone, some hundred times sooner than it is decoded.
 * True also of bytes that make no sense: whoever decodes them will say so.
 */
bool rcc_wire_entry_may_tell(const uint8_t *bytes, size_t len, const enum rcc_event_kind *kinds, size_t count);

#endif

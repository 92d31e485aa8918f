/*
 * wire_scan.h - protobuf's outermost layer, read and written by hand.
 *
 * Why:    the sender of bytes that protobuf-c refuses must still be answered by message id, and a distress among them
 *         must still be seen; and the envelope's bodies differ in what memory they may take.
 */
#ifndef RCC_PROTO_WIRE_SCAN_H
#define RCC_PROTO_WIRE_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum rcc_wire_type { RCC_WIRE_VARINT = 0, RCC_WIRE_FIXED64 = 1, RCC_WIRE_BYTES = 2, RCC_WIRE_FIXED32 = 5 };

struct rcc_scan {
	const uint8_t *at, *end;
};

struct rcc_scan_field {
	uint32_t number; /* 0 = not even the tag could be read */
	enum rcc_wire_type type;
	uint64_t value;       /* of a VARINT */
	const uint8_t *bytes; /* of BYTES */
	size_t len;
};

enum rcc_scan_result { RCC_SCAN_FIELD = 1, RCC_SCAN_END = 2, RCC_SCAN_BROKEN = 3 };

/* Reads the next field. With RCC_SCAN_BROKEN only ret_field->number is valid: what the broken field claimed to be. */
enum rcc_scan_result rcc_scan_next(struct rcc_scan *scan, struct rcc_scan_field *ret_field);

/* Writers append at *at, which the caller made large enough: 10 bytes for a varint, and the same for each tag. */
void rcc_scan_put_varint(uint8_t **at, uint64_t value);
void rcc_scan_put_tag(uint8_t **at, uint32_t number, enum rcc_wire_type type);
void rcc_scan_put_bytes(uint8_t **at, uint32_t number, const uint8_t *bytes, size_t len);

#endif

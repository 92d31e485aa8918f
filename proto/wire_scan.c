#include "proto/wire_scan.h"

#include <string.h>

/* Seven bits a byte: 64 bits take ten. */
#define VARINT_BYTES_MAX 10
/* Tags carry 29 bits of field number. */
#define NUMBER_MAX 0x1fffffffu

static bool
take_varint(struct rcc_scan *scan, uint64_t *ret_value)
{
	uint64_t value = 0;
	/* Most are of one byte. */
	if (scan->at < scan->end && *scan->at < 0x80) {
		*ret_value = *scan->at++;
		return true;
	}
	for (unsigned i = 0; i < VARINT_BYTES_MAX && scan->at < scan->end; i++) {
		uint8_t byte = *scan->at++;
		/* The tenth byte has room for one bit only. */
		if (i == VARINT_BYTES_MAX - 1 && byte > 1)
			return false;
		value |= (uint64_t)(byte & 0x7f) << (7 * i);
		if (byte < 0x80) {
			*ret_value = value;
			return true;
		}
	}
	return false;
}

static bool
take_body(struct rcc_scan *scan, struct rcc_scan_field *field)
{
	uint64_t len = 0;
	switch (field->type) {
	case RCC_WIRE_VARINT:
		return take_varint(scan, &field->value);
	case RCC_WIRE_FIXED64:
		len = 8;
		break;
	case RCC_WIRE_BYTES:
		if (!take_varint(scan, &len))
			return false;
		break;
	case RCC_WIRE_FIXED32:
		len = 4;
		break;
	}
	if (len > (uint64_t)(scan->end - scan->at))
		return false;
	field->bytes = scan->at;
	field->len = (size_t)len;
	scan->at += len;
	return true;
}

enum rcc_scan_result
rcc_scan_next(struct rcc_scan *scan, struct rcc_scan_field *ret_field)
{
	uint64_t tag = 0;
	if (scan->at == scan->end)
		return RCC_SCAN_END;
	*ret_field = (struct rcc_scan_field){0};
	if (!take_varint(scan, &tag) || tag >> 3 == 0 || tag >> 3 > NUMBER_MAX)
		return RCC_SCAN_BROKEN;
	ret_field->number = (uint32_t)(tag >> 3);
	/* Groups (3, 4) left the language long ago; 6 and 7 never were. */
	unsigned type = tag & 7;
	if (type != RCC_WIRE_VARINT && type != RCC_WIRE_FIXED64 && type != RCC_WIRE_BYTES && type != RCC_WIRE_FIXED32)
		return RCC_SCAN_BROKEN;
	ret_field->type = (enum rcc_wire_type)type;
	return take_body(scan, ret_field) ? RCC_SCAN_FIELD : RCC_SCAN_BROKEN;
}

void
rcc_scan_put_varint(uint8_t **at, uint64_t value)
{
	for (; value >= 0x80; value >>= 7)
		*(*at)++ = (uint8_t)(value | 0x80);
	*(*at)++ = (uint8_t)value;
}

void
rcc_scan_put_tag(uint8_t **at, uint32_t number, enum rcc_wire_type type)
{
	rcc_scan_put_varint(at, (uint64_t)number << 3 | (uint64_t)type);
}

void
rcc_scan_put_bytes(uint8_t **at, uint32_t number, const uint8_t *bytes, size_t len)
{
	rcc_scan_put_tag(at, number, RCC_WIRE_BYTES);
	rcc_scan_put_varint(at, len);
	memcpy(*at, bytes, len);
	*at += len;
}

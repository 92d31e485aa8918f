/*
 * An envelope is a flat header and one body. The header is read by hand (wire_scan.h), so that a sender can be answered
 * and a distress be seen even when the body cannot be read; the body goes through protobuf-c and the tables.
 */
#include "proto/wire.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "proto/wire_map.h"
#include "proto/wire_scan.h"

/* Last instant of year 9999, as in wire_rows.h. */
#define TIME_MAX_MS INT64_C(253402300799999)
/* Header fields of an envelope, by number in rcc.proto. */
enum { FIELD_PROTOCOL = 1, FIELD_ID = 2, FIELD_REPLY_TO = 3, FIELD_CLAIMED = 4, FIELD_CLASS = 5 };
#define HEADER_LAST FIELD_CLASS
/* Numbers of bodies, known and unknown; the others are additions that may be ignored. */
#define BODY_FIRST 10
#define BODY_NUMBER_MAX 999
/* Bodies from here on are the daemon's, which may leave out the id: nobody answers them. */
#define BODY_FROM_DAEMON RCC_BODY_WELCOME
/* A protobuf header at its longest: two ids of 18 bytes, three varints of 11, the body's tag and length. */
#define HEADER_ROOM 128
/* Number of an Entry's payload in rcc.proto. */
#define FIELD_ENTRY_PAYLOAD 2

static const char *const header_names[HEADER_LAST + 1] = {"", "protocol", "id", "reply_to", "claimed_at_ms", "class"};

/* What the first pass found. */
struct outline {
	struct rcc_scan_field header[HEADER_LAST + 1]; /* number 0 = absent */
	struct rcc_scan_field body;                    /* number 0 = none */
	bool is_alert;                                 /* some field claims to be an Alert or AlertRaw */
	bool is_broken, is_doubled;
	uint32_t bad_number; /* the header field that is broken or doubled; 0 = another */
};

static bool
is_alert_kind(uint32_t kind)
{
	return kind == RCC_BODY_ALERT || kind == RCC_BODY_ALERT_RAW;
}

/* Takes note of one field. False when the envelope cannot be trusted any more. */
static bool
outline_field(struct outline *outline, const struct rcc_scan_field *field)
{
	static const enum rcc_wire_type types[HEADER_LAST + 1] = {[FIELD_PROTOCOL] = RCC_WIRE_VARINT,
	                                                          [FIELD_ID] = RCC_WIRE_BYTES,
	                                                          [FIELD_REPLY_TO] = RCC_WIRE_BYTES,
	                                                          [FIELD_CLAIMED] = RCC_WIRE_VARINT,
	                                                          [FIELD_CLASS] = RCC_WIRE_VARINT};
	if (field->number <= HEADER_LAST) {
		struct rcc_scan_field *slot = &outline->header[field->number];
		outline->is_broken = field->type != types[field->number];
		outline->is_doubled = slot->number != 0;
		if (outline->is_broken || outline->is_doubled) {
			outline->bad_number = field->number;
			return false;
		}
		*slot = *field;
		return true;
	}
	if (field->number < BODY_FIRST || field->number > BODY_NUMBER_MAX)
		return true;
	outline->is_broken = field->type != RCC_WIRE_BYTES;
	outline->is_doubled = outline->body.number != 0;
	/* Of two bodies the distress is the one to be told of. */
	if (!outline->is_doubled || is_alert_kind(field->number))
		outline->body = *field;
	return !outline->is_broken && !outline->is_doubled;
}

static void
outline_read(struct outline *outline, const uint8_t *bytes, size_t len)
{
	struct rcc_scan scan = {.at = bytes, .end = bytes + len};
	struct rcc_scan_field field = {0};
	enum rcc_scan_result result = RCC_SCAN_FIELD;
	bool is_trusted = true;
	while (result == RCC_SCAN_FIELD) {
		result = rcc_scan_next(&scan, &field);
		if (result == RCC_SCAN_END)
			return;
		if (is_alert_kind(field.number))
			outline->is_alert = true;
		if (result == RCC_SCAN_FIELD && is_trusted)
			is_trusted = outline_field(outline, &field);
	}
	/* Cut off inside a field: its number still tells what it wanted to be. */
	outline->is_broken = true;
	if (is_trusted && field.number <= HEADER_LAST)
		outline->bad_number = field.number;
	bool is_body = field.number >= BODY_FIRST && field.number <= BODY_NUMBER_MAX;
	if (is_body && (outline->body.number == 0 || is_alert_kind(field.number)))
		outline->body = (struct rcc_scan_field){.number = field.number};
}

/* An envelope without its body. */
struct header {
	uint32_t protocol;
	struct rcc_msg_id id, reply_to;
	int64_t claimed_at_ms;
	uint32_t class, kind;
};

/* A refusal in the making: where, and why. */
struct verdict {
	enum rcc_refusal reason;
	const char *field;
};

static bool
id_is_good(const struct rcc_scan_field *field)
{
	return field->number == 0 || field->len == 0 || field->len == RCC_MSG_ID_SIZE;
}

static struct rcc_msg_id
id_of(const struct rcc_scan_field *field)
{
	struct rcc_msg_id id = {{0}};
	if (field->number != 0 && field->len == RCC_MSG_ID_SIZE)
		memcpy(id.b, field->bytes, sizeof id.b);
	return id;
}

static bool
id_is_zero(const struct rcc_msg_id *id)
{
	static const struct rcc_msg_id zero;
	return memcmp(id, &zero, sizeof zero) == 0;
}

static const struct rcc_wire_body *
find_body(uint32_t kind)
{
	if (kind > RCC_BODY_LAST || rcc_wire_bodies[kind].name == NULL)
		return NULL;
	return &rcc_wire_bodies[kind];
}

/* Bounds of the header's values; the same for what comes in and for what we send. */
static struct verdict
header_check(const struct header *header)
{
	if (header->protocol < RCC_PROTOCOL_MIN || header->protocol > RCC_PROTOCOL_MAX)
		return (struct verdict){RCC_REFUSAL_VERSION, header_names[FIELD_PROTOCOL]};
	if (find_body(header->kind) == NULL)
		return (struct verdict){RCC_REFUSAL_UNSUPPORTED, ""};
	if (header->kind < BODY_FROM_DAEMON && id_is_zero(&header->id))
		return (struct verdict){RCC_REFUSAL_RANGE, header_names[FIELD_ID]};
	if (header->claimed_at_ms < 0 || header->claimed_at_ms > TIME_MAX_MS)
		return (struct verdict){RCC_REFUSAL_RANGE, header_names[FIELD_CLAIMED]};
	if (header->class < RCC_CLASS_LIVE || header->class > RCC_CLASS_LAST)
		return (struct verdict){RCC_REFUSAL_RANGE, header_names[FIELD_CLASS]};
	return (struct verdict){.field = ""};
}

/* A 32-bit value of the header; what does not fit becomes one that no check accepts. */
static uint32_t
narrow(uint64_t value)
{
	return value > UINT32_MAX ? UINT32_MAX : (uint32_t)value;
}

static struct verdict
header_read(const struct outline *outline, struct header *header)
{
	const struct rcc_scan_field *field = outline->header;
	header->protocol = narrow(field[FIELD_PROTOCOL].value);
	header->id = id_of(&field[FIELD_ID]);
	header->reply_to = id_of(&field[FIELD_REPLY_TO]);
	uint64_t claimed = field[FIELD_CLAIMED].value;
	header->claimed_at_ms = claimed > (uint64_t)INT64_MAX ? -1 : (int64_t)claimed;
	header->class = narrow(field[FIELD_CLASS].value);
	header->kind = outline->body.number;
	if (outline->is_broken || outline->is_doubled)
		return (struct verdict){RCC_REFUSAL_MALFORMED, header_names[outline->bad_number]};
	if (!id_is_good(&field[FIELD_ID]))
		return (struct verdict){RCC_REFUSAL_MALFORMED, header_names[FIELD_ID]};
	if (!id_is_good(&field[FIELD_REPLY_TO]))
		return (struct verdict){RCC_REFUSAL_MALFORMED, header_names[FIELD_REPLY_TO]};
	if (outline->body.number == 0 && header->protocol == RCC_PROTOCOL_MAX)
		return (struct verdict){RCC_REFUSAL_MALFORMED, ""};
	return header_check(header);
}

/* ---- decode ---- */

static enum rcc_status
refuse(struct rcc_wire_fault *ret_fault, enum rcc_refusal reason, const char *field)
{
	ret_fault->reason = reason;
	snprintf(ret_fault->field, sizeof ret_fault->field, "%s", field);
	return rcc_map_status(reason);
}

/* The payload where it lies in the bytes, rather than its copy in the arena. */
static const uint8_t *
payload_in(const struct rcc_scan_field *body)
{
	struct rcc_scan scan = {.at = body->bytes, .end = body->bytes + body->len};
	struct rcc_scan_field field = {0};
	const uint8_t *payload = NULL;
	while (rcc_scan_next(&scan, &field) == RCC_SCAN_FIELD) {
		if (field.number == FIELD_ENTRY_PAYLOAD)
			payload = field.bytes;
	}
	return payload;
}

static enum rcc_status
body_decode(const struct rcc_scan_field *field, const struct rcc_wire_body *body, struct rcc_envelope *ret_envelope,
            struct rcc_wire_fault *ret_fault)
{
	struct rcc_arena arena = rcc_arena_open(body->arena_max);
	ProtobufCAllocator allocator = rcc_arena_allocator(&arena);
	ProtobufCMessage *message =
	    protobuf_c_message_unpack(body->map->descriptor, &allocator, field->len, field->bytes);
	if (message == NULL)
		return refuse(ret_fault, arena.is_exhausted ? RCC_REFUSAL_TOO_LARGE : RCC_REFUSAL_MALFORMED,
		              body->name);
	struct rcc_map_fault fault = {.field = ""};
	if (rcc_map_check(body->map, body->name, message, &fault) != RCC_OK)
		return refuse(ret_fault, fault.reason, fault.field);
	rcc_map_fill(body->map, message, &ret_envelope->u);
	if (field->number == RCC_BODY_ENTRY)
		ret_envelope->u.entry.payload = payload_in(field);
	return RCC_OK;
}

enum rcc_status
rcc_wire_decode(const uint8_t *bytes, size_t len, struct rcc_envelope *ret_envelope, struct rcc_wire_fault *ret_fault)
{
	struct outline outline = {0};
	struct header header = {0};
	outline_read(&outline, bytes, len);
	struct verdict verdict = header_read(&outline, &header);
	struct rcc_wire_fault fault = {.id = header.id, .body_kind = header.kind, .may_be_distress = outline.is_alert};
	enum rcc_status status = RCC_OK;
	const struct rcc_wire_body *body = find_body(header.kind);
	if (verdict.reason != 0)
		status = refuse(&fault, verdict.reason, verdict.field);
	else if (len > body->len_max)
		status = refuse(&fault, RCC_REFUSAL_TOO_LARGE, "");
	else
		status = body_decode(&outline.body, body, ret_envelope, &fault);
	if (status != RCC_OK) {
		*ret_fault = fault;
		return status;
	}
	ret_envelope->protocol = header.protocol;
	ret_envelope->id = header.id;
	ret_envelope->reply_to = header.reply_to;
	ret_envelope->claimed_at_ms = header.claimed_at_ms;
	ret_envelope->class = (enum rcc_class)header.class;
	ret_envelope->kind = (enum rcc_body_kind)header.kind;
	return RCC_OK;
}

/* ---- encode ---- */

/* Writes everything before the body, the body's tag and length included. */
static size_t
header_write(const struct header *header, size_t body_len, uint8_t bytes[HEADER_ROOM])
{
	uint8_t *at = bytes;
	rcc_scan_put_tag(&at, FIELD_PROTOCOL, RCC_WIRE_VARINT);
	rcc_scan_put_varint(&at, header->protocol);
	if (!id_is_zero(&header->id))
		rcc_scan_put_bytes(&at, FIELD_ID, header->id.b, sizeof header->id.b);
	if (!id_is_zero(&header->reply_to))
		rcc_scan_put_bytes(&at, FIELD_REPLY_TO, header->reply_to.b, sizeof header->reply_to.b);
	if (header->claimed_at_ms != 0) {
		rcc_scan_put_tag(&at, FIELD_CLAIMED, RCC_WIRE_VARINT);
		rcc_scan_put_varint(&at, (uint64_t)header->claimed_at_ms);
	}
	rcc_scan_put_tag(&at, FIELD_CLASS, RCC_WIRE_VARINT);
	rcc_scan_put_varint(&at, header->class);
	rcc_scan_put_tag(&at, header->kind, RCC_WIRE_BYTES);
	rcc_scan_put_varint(&at, body_len);
	return (size_t)(at - bytes);
}

/* Any refusal of a value that this program made itself is one kind of failure to its caller. */
static enum rcc_status
build_checked(const struct rcc_map *map, const void *own, ProtobufCMessage **ret_message)
{
	struct rcc_arena arena = rcc_arena_open(RCC_UNPACK_ENTRY_ARENA_MAX);
	struct rcc_map_fault fault = {.field = ""};
	ProtobufCMessage *message = NULL;
	if (rcc_map_build(map, own, &arena, &message, &fault) != RCC_OK)
		return arena.is_exhausted ? RCC_E_TOO_LARGE : RCC_E_RANGE;
	if (rcc_map_check(map, "", message, &fault) != RCC_OK)
		return RCC_E_RANGE;
	*ret_message = message;
	return RCC_OK;
}

enum rcc_status
rcc_wire_encode(const struct rcc_envelope *envelope, uint8_t *bytes, size_t size, size_t *ret_len)
{
	struct header header = {
	    .protocol = envelope->protocol,
	    .id = envelope->id,
	    .reply_to = envelope->reply_to,
	    .claimed_at_ms = envelope->claimed_at_ms,
	    .class = (uint32_t)envelope->class,
	    .kind = (uint32_t)envelope->kind,
	};
	if (header_check(&header).reason != 0)
		return RCC_E_RANGE;
	const struct rcc_wire_body *body = find_body(header.kind);
	assert(body != NULL); /* the header's check knows the kind */
	ProtobufCMessage *message = NULL;
	enum rcc_status status = build_checked(body->map, &envelope->u, &message);
	if (status != RCC_OK)
		return status;
	assert(message != NULL);
	size_t body_len = protobuf_c_message_get_packed_size(message);
	uint8_t before[HEADER_ROOM];
	size_t before_len = header_write(&header, body_len, before);
	size_t len = before_len + body_len;
	if (len > size || len > body->len_max)
		return RCC_E_TOO_LARGE;
	memcpy(bytes, before, before_len);
	protobuf_c_message_pack(message, bytes + before_len);
	*ret_len = len;
	return RCC_OK;
}

/* ---- entries ---- */

enum rcc_status
rcc_wire_encode_entry(const struct rcc_entry *entry, uint8_t *bytes, size_t size, size_t *ret_len)
{
	ProtobufCMessage *message = NULL;
	enum rcc_status status = build_checked(&rcc_map_payload, entry, &message);
	if (status != RCC_OK)
		return status;
	assert(message != NULL);
	size_t len = protobuf_c_message_get_packed_size(message);
	if (len > size || len > RCC_PAYLOAD_MAX)
		return RCC_E_TOO_LARGE;
	protobuf_c_message_pack(message, bytes);
	*ret_len = len;
	return RCC_OK;
}

enum rcc_status
rcc_wire_decode_entry(const uint8_t *bytes, size_t len, struct rcc_entry *ret_entry)
{
	if (len > RCC_PAYLOAD_MAX)
		return RCC_E_TOO_LARGE;
	struct rcc_arena arena = rcc_arena_open(RCC_UNPACK_ENTRY_ARENA_MAX);
	ProtobufCAllocator allocator = rcc_arena_allocator(&arena);
	ProtobufCMessage *message = protobuf_c_message_unpack(rcc_map_payload.descriptor, &allocator, len, bytes);
	if (message == NULL)
		return arena.is_exhausted ? RCC_E_TOO_LARGE : RCC_E_MALFORMED;
	struct rcc_map_fault fault = {.field = ""};
	enum rcc_status status = rcc_map_check(&rcc_map_payload, "", message, &fault);
	if (status == RCC_OK)
		rcc_map_fill(&rcc_map_payload, message, ret_entry);
	return status;
}

static bool
is_one_of(uint32_t number, const enum rcc_event_kind *kinds, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (number == RCC_MAP_KIND_BASE + (uint32_t)kinds[i])
			return true;
	}
	return false;
}

bool
rcc_wire_entry_may_tell(const uint8_t *bytes, size_t len, const enum rcc_event_kind *kinds, size_t count)
{
	struct rcc_scan payload = {.at = bytes, .end = bytes + len};
	struct rcc_scan_field field, body;
	enum rcc_scan_result result;

	while ((result = rcc_scan_next(&payload, &field)) == RCC_SCAN_FIELD) {
		if (field.number != RCC_MAP_PAYLOAD_EVENT || field.type != RCC_WIRE_BYTES)
			continue;
		struct rcc_scan event = {.at = field.bytes, .end = field.bytes + field.len};
		while ((result = rcc_scan_next(&event, &body)) == RCC_SCAN_FIELD) {
			if (is_one_of(body.number, kinds, count))
				return true;
		}
		if (result == RCC_SCAN_BROKEN)
			return true;
	}
	return result == RCC_SCAN_BROKEN;
}

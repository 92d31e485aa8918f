/*
 * wire_map.h - plain structs <-> protobuf-c structs, by tables.
 *
 * Why:    each field of each message is one row with its bounds; building, checking and reading are one engine. A bound
 *         that stands in one place cannot differ between a ship, the daemon and an auditor.
 * Order:  decode: rcc_map_check, then rcc_map_fill, which cannot fail. Encode: rcc_map_build, then rcc_map_check.
 * Law:    tested: every field of every message in rcc.proto has exactly one row, of the right type and offset.
 */
#ifndef RCC_PROTO_WIRE_MAP_H
#define RCC_PROTO_WIRE_MAP_H

#include "proto/wire_arena.h"
#include "rcc/entry.h"

/* Field numbers of a command's and an event's oneof: so much and our kind. */
#define RCC_MAP_KIND_BASE 100
/* Where a payload has its events. */
#define RCC_MAP_PAYLOAD_EVENT 2

enum rcc_map_kind {
	RCC_MAP_U32 = 1,  /* uint32, bool or enum */
	RCC_MAP_I64 = 2,  /* int64 or uint64 whose bound fits int64 */
	RCC_MAP_BITS = 3, /* any 64 bits */
	RCC_MAP_OPTIONAL = 4,
	RCC_MAP_TEXT = 5,
	RCC_MAP_BYTES = 6,    /* fixed size; with min 0 absent = all zero */
	RCC_MAP_FLAGGED = 7,  /* fixed size; absent = flag 0 */
	RCC_MAP_COUNTED = 8,  /* up to size, with its length */
	RCC_MAP_BORROWED = 9, /* likewise, not copied: filled with a pointer into the arena */
	RCC_MAP_POS = 10,
	RCC_MAP_SUB = 11,      /* one message; absent = an empty one */
	RCC_MAP_REPEATED = 12, /* messages */
	RCC_MAP_ONEOF = 13,    /* one of several messages; their number is base + our kind */
	RCC_MAP_COLUMNS = 14,
};

#define RCC_MAP_NONE UINT32_MAX

enum rcc_column_kind {
	RCC_COLUMN_PLAIN = 1,
	RCC_COLUMN_DELTA_U32 = 2,
	RCC_COLUMN_DELTA_S32 = 3,
	RCC_COLUMN_DELTA_S64 = 4
};

/* One packed column of a message: plain ones are 4 bytes wide in protobuf-c, delta ones 8. */
struct rcc_column {
	const char *name;
	enum rcc_column_kind kind;
	uint32_t pb, pb_count; /* offsets in the message */
	uint32_t own;          /* offset in our row */
	int64_t min, max;      /* of the value, after adding up */
	bool may_be_absent;    /* then every row has `unknown` */
	uint32_t unknown;      /* also accepted beside min..max, when has_unknown */
	bool has_unknown;
};

struct rcc_map;

struct rcc_map_row {
	const char *name; /* as in rcc.proto */
	enum rcc_map_kind kind;
	uint32_t pb;        /* offset of the member in protobuf-c's struct */
	uint32_t pb_count;  /* of its n_ or _case member */
	uint32_t own;       /* offset in our struct */
	uint32_t own_count; /* of a length, count, flag or kind */
	uint32_t own_size;  /* of the array, or of one element */
	uint32_t number;    /* field number of an OPTIONAL, base of a ONEOF, columns in COLUMNS */
	int64_t min, max;   /* of a value, length or count */
	uint32_t unknown;   /* OPTIONAL: what absent means */
	bool is_bulk;       /* COUNTED: bytes past the length are left as they are */
	union {
		const struct rcc_map *sub;
		const struct rcc_map *const *choice; /* by our kind, 1..max */
		const struct rcc_column *column;
	} u;
};

struct rcc_map {
	const ProtobufCMessageDescriptor *descriptor;
	const void *empty; /* stands for an absent SUB */
	const struct rcc_map_row *row;
	uint32_t rows;
};

/* What was refused: "static_batch.vessel.name". */
struct rcc_map_fault {
	enum rcc_refusal reason;
	char field[RCC_FIELD_MAX + 1];
};

/* Makes a protobuf-c message from our struct, all of it in the arena. */
RCC_MUST_USE enum rcc_status rcc_map_build(const struct rcc_map *map, const void *own, struct rcc_arena *arena,
                                           ProtobufCMessage **ret_message, struct rcc_map_fault *ret_fault);
/* Checks every bound; `name` begins the field's dotted name. Pre: the message lies in an arena. */
RCC_MUST_USE enum rcc_status rcc_map_check(const struct rcc_map *map, const char *name, const ProtobufCMessage *message,
                                           struct rcc_map_fault *ret_fault);
/* Fills our struct from a checked message. */
void rcc_map_fill(const struct rcc_map *map, const ProtobufCMessage *message, void *own);

/* The status that goes with a reason. */
enum rcc_status rcc_map_status(enum rcc_refusal reason);

/* The columns of one row; used by the engine alone. 0 = good, otherwise the reason, with the column's name. */
enum rcc_refusal rcc_columns_check(const struct rcc_map_row *row, const uint8_t *pb, const char **ret_name);
enum rcc_refusal rcc_columns_build(const struct rcc_map_row *row, const uint8_t *own, struct rcc_arena *arena,
                                   uint8_t *pb);
void rcc_columns_fill(const struct rcc_map_row *row, const uint8_t *pb, uint8_t *own);

/* ---- the tables ---- */

/* Bodies of an envelope by enum rcc_body_kind; name NULL = no such body. */
struct rcc_wire_body {
	const char *name;
	const struct rcc_map *map;
	size_t len_max;   /* of the envelope */
	size_t arena_max; /* for unpacking it */
};
extern const struct rcc_wire_body rcc_wire_bodies[RCC_BODY_LAST + 1];

extern const struct rcc_map rcc_map_payload;
/* Messages that commands and envelopes share. */
extern const struct rcc_map rcc_map_link, rcc_map_candidate, rcc_map_alert, rcc_map_stored, rcc_map_read,
    rcc_map_answer, rcc_map_enrol, rcc_map_invite, rcc_map_admit, rcc_map_rekey, rcc_map_revoke, rcc_map_relay,
    rcc_map_cancel, rcc_map_close, rcc_map_decide, rcc_map_plan, rcc_map_drill, rcc_map_open, rcc_map_phase,
    rcc_map_suspend, rcc_map_resume, rcc_map_classify, rcc_map_join, rcc_map_split, rcc_map_group, rcc_map_unseal,
    rcc_map_persons;
/* The work of an incident, and what happened of it; wire_tables_work.c. */
extern const struct rcc_map rcc_map_survivors, rcc_map_need, rcc_map_place, rcc_map_task, rcc_map_move_persons,
    rcc_map_referral, rcc_map_note, rcc_map_smc, rcc_map_watch, rcc_map_comms, rcc_map_sitrep, rcc_map_handover,
    rcc_map_centre, rcc_map_duty_order, rcc_map_circular, rcc_map_tasked, rcc_map_survivors_reported,
    rcc_map_persons_moved, rcc_map_need_changed, rcc_map_place_stepped, rcc_map_referred, rcc_map_noted,
    rcc_map_smc_set, rcc_map_watch_handed, rcc_map_comms_set, rcc_map_sitrep_issued, rcc_map_handover_changed,
    rcc_map_duty_changed, rcc_map_profile, rcc_map_profile_set, rcc_map_parity, rcc_map_request_order,
    rcc_map_place_request, rcc_map_request_changed, rcc_map_retention, rcc_map_retention_changed, rcc_map_carried;
/* Events that have their own file. */
extern const struct rcc_map rcc_map_suggested, rcc_map_moved, rcc_map_incident, rcc_map_places, rcc_map_phase_set,
    rcc_map_suspended, rcc_map_resumed, rcc_map_grouped, rcc_map_plan_filed, rcc_map_plan_heard, rcc_map_plan_ended,
    rcc_map_plan_ref, rcc_map_drill_changed, rcc_map_flood, rcc_map_unsealed, rcc_map_incident_joined,
    rcc_map_join_undone, rcc_map_hold_ended;

#endif

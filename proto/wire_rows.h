/*
 * wire_rows.h - the notation of the tables: M is the message in rcc.proto, S our struct without "rcc_".
 *
 * Member names come first as in rcc.proto, then as in our struct where they differ. Offsets are taken with the type
 * that the row needs, so that a table that does not fit its struct does not compile.
 */
#ifndef RCC_PROTO_WIRE_ROWS_H
#define RCC_PROTO_WIRE_ROWS_H

#include "proto/wire_map.h"
#include "rcc.pb-c.h"

/* Last instant of year 9999, the end of RFC 3339. */
#define TIME_MAX_MS INT64_C(253402300799999)
#define ANY INT64_C(4294967295)
#define MEASURE_MAX (ANY - 1) /* 4294967295 = not known */

#define PB(M) Rcc__V1__##M
#define OWN(S) struct rcc_##S
/* Offset of a member of exactly this type; anything else does not compile. */
#define AT(T, m, type) ((uint32_t)(offsetof(T, m) * (size_t) _Generic(((T *)0)->m, type : 1)))
/* Offset of an enum or bool: four bytes in both worlds. */
#define AT4(T, m) ((uint32_t)(offsetof(T, m) * sizeof(char[sizeof(((T *)0)->m) == 4 ? 1 : -1])))
#define SIZE(T, m) ((uint32_t)sizeof(((T *)0)->m))
#define ELEMENT(T, m) ((uint32_t)sizeof(((T *)0)->m[0]))

#define ROW_NUMBER(M, S, f, own_f, lo, hi)                                                                             \
	{                                                                                                              \
		.name = #f, .kind = RCC_MAP_U32, .pb = AT(PB(M), f, uint32_t), .own = AT(OWN(S), own_f, uint32_t),     \
		.min = (lo), .max = (hi)                                                                               \
	}
#define U32(M, S, f, lo, hi) ROW_NUMBER(M, S, f, f, lo, hi)
#define ID(M, S, f, lo) ROW_NUMBER(M, S, f, f.v, lo, ANY)
#define MMSI(M, S, f, own_f, lo) ROW_NUMBER(M, S, f, own_f.v, lo, RCC_MMSI_MAX)
#define BOOL(M, S, f)                                                                                                  \
	{                                                                                                              \
		.name = #f, .kind = RCC_MAP_U32, .pb = AT(PB(M), f, protobuf_c_boolean),                               \
		.own = AT(OWN(S), f, uint32_t), .max = 1                                                               \
	}
#define ENUM(M, S, f, lo, hi)                                                                                          \
	{                                                                                                              \
		.name = #f, .kind = RCC_MAP_U32, .pb = AT4(PB(M), f), .own = AT4(OWN(S), f), .min = (lo), .max = (hi)  \
	}
/* protobuf-c appends "_" to words that C++ keeps for itself. */
#define CLASS(M, S, lo)                                                                                                \
	{                                                                                                              \
		.name = "class", .kind = RCC_MAP_U32, .pb = AT4(PB(M), class_), .own = AT4(OWN(S), class),             \
		.min = (lo), .max = RCC_CLASS_LAST                                                                     \
	}
#define TIME(M, S, f)                                                                                                  \
	{                                                                                                              \
		.name = #f, .kind = RCC_MAP_I64, .pb = AT(PB(M), f, int64_t), .own = AT(OWN(S), f, int64_t),           \
		.max = TIME_MAX_MS                                                                                     \
	}
/* SQLite numbers rows with signed 64 bits. */
#define SEQ(M, S, f, lo)                                                                                               \
	{                                                                                                              \
		.name = #f, .kind = RCC_MAP_I64, .pb = AT(PB(M), f, uint64_t), .own = AT(OWN(S), f, uint64_t),         \
		.min = (lo), .max = INT64_MAX                                                                          \
	}
#define BITS(M, S, f)                                                                                                  \
	{                                                                                                              \
		.name = #f, .kind = RCC_MAP_BITS, .pb = AT(PB(M), f, uint64_t), .own = AT(OWN(S), f, uint64_t)         \
	}
#define OPTIONAL(M, S, f, its_case, its_number, hi, not_known)                                                         \
	{                                                                                                              \
		.name = #f, .kind = RCC_MAP_OPTIONAL, .pb = AT(PB(M), f, uint32_t), .pb_count = AT4(PB(M), its_case),  \
		.own = AT(OWN(S), f, uint32_t), .number = (its_number), .max = (hi), .unknown = (not_known)            \
	}
#define TEXT(M, S, f, lo)                                                                                              \
	{                                                                                                              \
		.name = #f, .kind = RCC_MAP_TEXT, .pb = AT(PB(M), f, char *), .own = (uint32_t)offsetof(OWN(S), f),    \
		.own_size = SIZE(OWN(S), f), .min = (lo)                                                               \
	}
/* own_f is an array of bytes or a struct of nothing else; lo 1 = required. */
#define BYTES(M, S, f, own_f, lo)                                                                                      \
	{                                                                                                              \
		.name = #f, .kind = RCC_MAP_BYTES, .pb = AT(PB(M), f, ProtobufCBinaryData),                            \
		.own = (uint32_t)offsetof(OWN(S), own_f), .own_size = SIZE(OWN(S), own_f), .min = (lo)                 \
	}
#define FLAGGED(M, S, f, flag)                                                                                         \
	{                                                                                                              \
		.name = #f, .kind = RCC_MAP_FLAGGED, .pb = AT(PB(M), f, ProtobufCBinaryData),                          \
		.own = (uint32_t)offsetof(OWN(S), f), .own_count = AT(OWN(S), flag, uint32_t),                         \
		.own_size = SIZE(OWN(S), f)                                                                            \
	}
#define COUNTED(M, S, f, own_f, len, lo, hi, bulk)                                                                     \
	{                                                                                                              \
		.name = #f, .kind = RCC_MAP_COUNTED, .pb = AT(PB(M), f, ProtobufCBinaryData),                          \
		.own = (uint32_t)offsetof(OWN(S), own_f), .own_count = AT(OWN(S), len, uint32_t),                      \
		.own_size = SIZE(OWN(S), own_f), .min = (lo), .max = (hi), .is_bulk = (bulk)                           \
	}
#define BORROWED(M, S, f, len, lo, hi)                                                                                 \
	{                                                                                                              \
		.name = #f, .kind = RCC_MAP_BORROWED, .pb = AT(PB(M), f, ProtobufCBinaryData),                         \
		.own = AT(OWN(S), f, const uint8_t *), .own_count = AT(OWN(S), len, uint32_t), .min = (lo),            \
		.max = (hi)                                                                                            \
	}
#define POS(M, S, f, lo)                                                                                               \
	{                                                                                                              \
		.name = #f, .kind = RCC_MAP_POS, .pb = AT(PB(M), f, Rcc__V1__Pos *),                                   \
		.own = AT(OWN(S), f, struct rcc_pos), .min = (lo)                                                      \
	}
#define SUB(M, S, f, its_type, own_f, its_map)                                                                         \
	{                                                                                                              \
		.name = #f, .kind = RCC_MAP_SUB, .pb = AT(PB(M), f, PB(its_type) *),                                   \
		.own = (uint32_t)offsetof(OWN(S), own_f), .own_count = RCC_MAP_NONE, .u.sub = &(its_map)               \
	}
/* Left out while its count is 0. */
#define SUB_COUNTED(M, S, f, its_type, its_count, its_map)                                                             \
	{                                                                                                              \
		.name = #f, .kind = RCC_MAP_SUB, .pb = AT(PB(M), f, PB(its_type) *),                                   \
		.own = (uint32_t)offsetof(OWN(S), f), .own_count = AT(OWN(S), f.its_count, uint32_t),                  \
		.u.sub = &(its_map)                                                                                    \
	}
#define REPEATED(M, S, f, its_type, count, lo, hi, its_map)                                                            \
	{                                                                                                              \
		.name = #f, .kind = RCC_MAP_REPEATED, .pb = AT(PB(M), f, PB(its_type) **),                             \
		.pb_count = AT(PB(M), n_##f, size_t), .own = (uint32_t)offsetof(OWN(S), f),                            \
		.own_count = AT(OWN(S), count, uint32_t), .own_size = ELEMENT(OWN(S), f), .min = (lo), .max = (hi),    \
		.u.sub = &(its_map)                                                                                    \
	}
/* `first` is any member of the union on protobuf-c's side; our kinds are 1..last. */
#define ONEOF(M, S, first, its_base, last, choices)                                                                    \
	{                                                                                                              \
		.name = "body", .kind = RCC_MAP_ONEOF, .pb = (uint32_t)offsetof(PB(M), first),                         \
		.pb_count = AT4(PB(M), body_case), .own = (uint32_t)offsetof(OWN(S), u),                               \
		.own_count = AT4(OWN(S), kind), .own_size = SIZE(OWN(S), u), .number = (its_base), .min = 1,           \
		.max = (last), .u.choice = (choices)                                                                   \
	}
#define COLUMNS(S, array, count, lo, hi, columns)                                                                      \
	{                                                                                                              \
		.name = #array, .kind = RCC_MAP_COLUMNS, .own = (uint32_t)offsetof(OWN(S), array),                     \
		.own_count = AT(OWN(S), count, uint32_t), .own_size = ELEMENT(OWN(S), array),                          \
		.number = sizeof(columns) / sizeof((columns)[0]), .min = (lo), .max = (hi), .u.column = (columns)      \
	}
/* A column for an array of exactly this many plain values. */
#define COLUMN_EXACT(S, array, exactly, columns)                                                                       \
	{                                                                                                              \
		.name = #array, .kind = RCC_MAP_COLUMNS, .own = (uint32_t)offsetof(OWN(S), array),                     \
		.own_count = RCC_MAP_NONE, .own_size = ELEMENT(OWN(S), array), .number = 1, .min = (exactly),          \
		.max = (exactly), .u.column = (columns)                                                                \
	}

/* ---- columns: S is our row ---- */

#define PLAIN_AT(M, f, type, own_offset, lo, hi)                                                                       \
	.name = #f, .kind = RCC_COLUMN_PLAIN, .pb = AT(PB(M), f, type), .pb_count = AT(PB(M), n_##f, size_t),          \
	.own = (own_offset), .min = (lo), .max = (hi)
#define PLAIN(M, S, f, own_f, lo, hi)                                                                                  \
	{                                                                                                              \
		PLAIN_AT(M, f, uint32_t *, AT(OWN(S), own_f, uint32_t), lo, hi)                                        \
	}
/* An enum, which is four bytes in both worlds. */
#define ENUMS(M, S, f, lo, hi)                                                                                         \
	{                                                                                                              \
		PLAIN_AT(M, f, uint32_t *, AT4(OWN(S), f), lo, hi)                                                     \
	}
#define PLAIN_OR(M, S, f, hi, not_known)                                                                               \
	{                                                                                                              \
		PLAIN_AT(M, f, uint32_t *, AT(OWN(S), f, uint32_t), 0, hi),                                            \
		    .may_be_absent = true, .has_unknown = true, .unknown = (not_known)                                 \
	}
#define FLAGS(M, S, f)                                                                                                 \
	{                                                                                                              \
		PLAIN_AT(M, f, protobuf_c_boolean *, AT(OWN(S), f, uint32_t), 0, 1), .may_be_absent = true             \
	}
#define DELTA(M, S, f, own_f, its_kind, type, lo, hi)                                                                  \
	{                                                                                                              \
		.name = #f, .kind = (its_kind), .pb = AT(PB(M), f, int64_t *), .pb_count = AT(PB(M), n_##f, size_t),   \
		.own = AT(OWN(S), own_f, type), .min = (lo), .max = (hi)                                               \
	}
#define DELTA_ID(M, S, f) DELTA(M, S, f, f.v, RCC_COLUMN_DELTA_U32, uint32_t, 1, ANY)
#define DELTA_TIME(M, S, f) DELTA(M, S, f, f, RCC_COLUMN_DELTA_S64, int64_t, 0, TIME_MAX_MS)
#define DELTA_POS(M, S)                                                                                                \
	DELTA(M, S, lat_e7, pos.lat_e7, RCC_COLUMN_DELTA_S32, int32_t, -RCC_LAT_E7_MAX, RCC_LAT_E7_MAX),               \
	    DELTA(M, S, lon_e7, pos.lon_e7, RCC_COLUMN_DELTA_S32, int32_t, -RCC_LON_E7_MAX, RCC_LON_E7_MAX)

/* ---- the map of a message from its rows ---- */

/* An absent message reads as one of zeros and null pointers, which the engine takes for empty text. */
#define MAP(M, lower, its_rows)                                                                                        \
	{                                                                                                              \
		.descriptor = &rcc__v1__##lower##__descriptor, .empty = &(const PB(M)){.base = {.descriptor = NULL}},  \
		.row = (its_rows), .rows = sizeof(its_rows) / sizeof((its_rows)[0])                                    \
	}

#endif

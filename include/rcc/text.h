/*
 * text.h - values as people write them: positions, times, MMSI, keys, words for every enum.
 *
 * Pure: no locale, no time zone, no clock. Implemented in proto/text.c and used on every side, so that a position
 * reads the same on a bridge, in a console and in a court.
 */
#ifndef RCC_TEXT_H
#define RCC_TEXT_H

#include "rcc/entry.h"

#define RCC_POS_TEXT_SIZE 32  /* "35-12.40N 012-36.05E" */
#define RCC_TIME_TEXT_SIZE 32 /* "2026-11-23T03:12:07.250Z" */
#define RCC_MMSI_TEXT_SIZE 10
#define RCC_KEY_TEXT_SIZE 41 /* Z85 (ZeroMQ RFC 32): 40 characters */
#define RCC_HEX_SIZE(n) (2 * (n) + 1)

/* "35-12.40N 012-36.05E"; "unknown" for an unknown position. Rounds to 0.01 minute. Returns its first argument. */
const char *rcc_pos_format(char text[RCC_POS_TEXT_SIZE], struct rcc_pos pos);
/* Accepts DD-MM.mmH DDD-MM.mmH, decimal degrees ("35.2067 12.6008", signed or with letters) and D M S; RCC_E_RANGE, RCC_E_MALFORMED. */
RCC_MUST_USE enum rcc_status rcc_pos_parse(const char *text, struct rcc_pos *ret_pos);
/* RFC 3339, UTC, milliseconds; "unknown" for 0. */
const char *rcc_time_format(char text[RCC_TIME_TEXT_SIZE], int64_t at_ms);
/* Date-time group of a radio message: "271235 UTC NOV 98"; "unknown" for 0. */
#define RCC_DTG_TEXT_SIZE 24
const char *rcc_dtg_format(char text[RCC_DTG_TEXT_SIZE], int64_t at_ms);
/* RFC 3339 with Z, seconds or milliseconds. */
RCC_MUST_USE enum rcc_status rcc_time_parse(const char *text, int64_t *ret_at_ms);
/* Calendar year (UTC) of an instant. */
uint32_t rcc_time_year(int64_t at_ms);
/* Nine characters with leading zeros; "unknown" does not fit, so 0 gives "---------". */
const char *rcc_mmsi_format(char text[RCC_MMSI_TEXT_SIZE], struct rcc_mmsi mmsi);
/* Exactly nine digits. */
RCC_MUST_USE enum rcc_status rcc_mmsi_parse(const char *text, struct rcc_mmsi *ret_mmsi);
/* Z85 of a 32-byte key. */
const char *rcc_key_format(char text[RCC_KEY_TEXT_SIZE], const struct rcc_key *key);
RCC_MUST_USE enum rcc_status rcc_key_parse(const char *text, struct rcc_key *ret_key);
/* Lower-case hexadecimal; text holds RCC_HEX_SIZE(len). */
const char *rcc_hex_format(char *text, const uint8_t *bytes, size_t len);
/* Exactly len bytes. */
RCC_MUST_USE enum rcc_status rcc_hex_parse(const char *text, uint8_t *ret_bytes, size_t len);
/* "95min", "2h", "1h35", or plain minutes. */
RCC_MUST_USE enum rcc_status rcc_minutes_parse(const char *text, uint32_t *ret_min);

/*
 * Copies text into a bounded array, zero-filled to its end. RCC_E_TOO_LARGE if it does not fit, RCC_E_MALFORMED if it
 * is not UTF-8 or holds a control character; the array is untouched then.
 */
RCC_MUST_USE enum rcc_status rcc_text_copy(char *array, size_t array_size, const char *text, size_t len);
/* The same for input that must not be refused: cuts at a character boundary, replaces what is not printable with '?'. */
void rcc_text_copy_lossy(char *array, size_t array_size, const char *text, size_t len);
/* Adds what fits of it, likewise. Pre: the array holds a text. */
void rcc_text_append_lossy(char *array, size_t array_size, const char *text);

/* Is there a word in it: two letters or digits at least? A full stop is no reason. Pre: UTF-8. */
bool rcc_text_has_word(const char *text);

/*
 * The one lower-case word of each enum value, in every screen, story and JSON object ("proceeding", "ais-beacon").
 * "unknown" for a value outside the enum.
 */
const char *rcc_class_word(enum rcc_class v);
const char *rcc_role_word(enum rcc_role v);
const char *rcc_owner_word(enum rcc_owner_kind v);
const char *rcc_source_word(enum rcc_source v);
const char *rcc_nature_word(enum rcc_nature v);
const char *rcc_beacon_kind_word(enum rcc_beacon_kind v);
const char *rcc_category_word(enum rcc_category v);
const char *rcc_lane_word(enum rcc_lane v);
const char *rcc_verdict_word(enum rcc_verdict v);
const char *rcc_phase_word(enum rcc_phase v);
const char *rcc_incident_status_word(enum rcc_incident_status v);
const char *rcc_outcome_word(enum rcc_outcome v);
const char *rcc_broadcast_word(enum rcc_broadcast_kind v);
const char *rcc_delivery_word(enum rcc_delivery_state v);
const char *rcc_answer_word(enum rcc_answer_kind v);
const char *rcc_reason_word(enum rcc_reason v);
const char *rcc_refusal_word(enum rcc_refusal v);
const char *rcc_join_word(enum rcc_join v);
const char *rcc_plan_word(enum rcc_plan_action v);
const char *rcc_form_word(enum rcc_form v);
const char *rcc_event_word(enum rcc_event_kind v); /* "incident-opened" */
/* Why an alert belongs, or may belong, to an incident: "same beacon", "near in space and time". */
const char *rcc_join_text(enum rcc_join v);
/* One mark of an alert (a single bit of RCC_ALERT_MARKS_ALL): its word ("needs-reading"), and what it says to an officer. */
const char *rcc_mark_word(uint32_t mark);
const char *rcc_mark_text(uint32_t mark);
/* One sentence for the person whose message was refused. */
const char *rcc_refusal_text(enum rcc_refusal v);

/* The value of a word; RCC_E_NOT_FOUND for any other text. */
RCC_MUST_USE enum rcc_status rcc_class_parse(const char *word, enum rcc_class *ret_v);
RCC_MUST_USE enum rcc_status rcc_role_parse(const char *word, enum rcc_role *ret_v);
RCC_MUST_USE enum rcc_status rcc_owner_parse(const char *word, enum rcc_owner_kind *ret_v);
RCC_MUST_USE enum rcc_status rcc_source_parse(const char *word, enum rcc_source *ret_v);
RCC_MUST_USE enum rcc_status rcc_beacon_kind_parse(const char *word, enum rcc_beacon_kind *ret_v);
RCC_MUST_USE enum rcc_status rcc_category_parse(const char *word, enum rcc_category *ret_v);
RCC_MUST_USE enum rcc_status rcc_phase_parse(const char *word, enum rcc_phase *ret_v);
RCC_MUST_USE enum rcc_status rcc_plan_parse(const char *word, enum rcc_plan_action *ret_v);
RCC_MUST_USE enum rcc_status rcc_nature_parse(const char *word, enum rcc_nature *ret_v);
RCC_MUST_USE enum rcc_status rcc_outcome_parse(const char *word, enum rcc_outcome *ret_v);
RCC_MUST_USE enum rcc_status rcc_answer_parse(const char *word, enum rcc_answer_kind *ret_v);
RCC_MUST_USE enum rcc_status rcc_form_parse(const char *word, enum rcc_form *ret_v);
RCC_MUST_USE enum rcc_status rcc_reason_parse(const char *word, enum rcc_reason *ret_v);

#endif

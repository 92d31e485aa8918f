/*
 * lines.h - the lines of a report: one JSON object each, or one line of words that says the same.
 *
 * Why:   a figure that stands in one of the two and not in the other, or differs there, is worth nothing.
 * Order: begin, any members, end. Labels are marked with N_() where they are written and said here in the reader's language.
 */
#ifndef RCC_REPLAY_LINES_H
#define RCC_REPLAY_LINES_H

#include "view/json.h"

#define RCC_LINES_SIZE 8192

/* Zeroed but for is_json = ready. */
struct rcc_lines {
	bool is_json;
	bool has_member;
	struct rcc_json json;
	char bytes[RCC_LINES_SIZE];
};

/* Class of the object; what the line of words begins with. */
void rcc_lines_begin(struct rcc_lines *lines, const char *class_name, const char *title);
void rcc_lines_end(struct rcc_lines *lines);

/* Members that are always there. */
void rcc_lines_text(struct rcc_lines *lines, const char *key, const char *label, const char *text);
void rcc_lines_uint(struct rcc_lines *lines, const char *key, const char *label, uint64_t value);
void rcc_lines_int(struct rcc_lines *lines, const char *key, const char *label, int64_t value);
/* A length of time: seconds under a key in _s, "1 h 35 min" in words. */
void rcc_lines_span(struct rcc_lines *lines, const char *key, const char *label, int64_t span_ms);
/* A mark: true, or in words the label alone. */
void rcc_lines_mark(struct rcc_lines *lines, const char *key, const char *label);

/* Absent when unknown: empty text, 0. */
void rcc_lines_text_if(struct rcc_lines *lines, const char *key, const char *label, const char *text);
void rcc_lines_uint_if(struct rcc_lines *lines, const char *key, const char *label, uint64_t value);
void rcc_lines_time_if(struct rcc_lines *lines, const char *key, const char *label, int64_t at_ms);
/* A case as people say it: 2026-0001. */
void rcc_lines_case(struct rcc_lines *lines, const char *key, const char *label, uint32_t year, uint32_t number);
void rcc_lines_mmsi(struct rcc_lines *lines, struct rcc_mmsi mmsi);

#endif

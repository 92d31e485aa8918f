/*
 * json.h - a writer of JSON lines into a fixed page: whole lines only, always valid JSON.
 *
 * Why:    numbers come from integers, so that 35.2066667 is printed as that and not as 35.206666700000003; and a view of
 *         4,096 vessels must not keep an alert waiting, so nothing is allocated and nothing is printed twice.
 * Order:  init; then for each line begin, any members, end. A line that does not fit leaves nothing behind.
 * Text:   what is not valid UTF-8 becomes U+FFFD, control characters are escaped: bytes from a ship cannot break a line.
 */
#ifndef RCC_VIEW_JSON_H
#define RCC_VIEW_JSON_H

#include "rcc/types.h"

struct rcc_json {
	char *bytes;
	size_t size;  /* room for text and its final NUL */
	size_t len;   /* whole lines written */
	size_t at;    /* end of the line being written */
	bool is_full; /* the line being written does not fit */
};

/* Pre: size > 0. Borrows bytes until the caller is done with the writer. */
void rcc_json_init(struct rcc_json *json, char *bytes, size_t size);
/* Starts a line with its "class". */
void rcc_json_begin(struct rcc_json *json, const char *class_name);
/* Ends the line; false if it did not fit, and then the page is as it was before begin. */
bool rcc_json_end(struct rcc_json *json);

/* Members. Keys are literals of lower-case letters and underscores, written as they are. */
void rcc_json_text(struct rcc_json *json, const char *key, const char *text);
void rcc_json_text_n(struct rcc_json *json, const char *key, const uint8_t *bytes, size_t len);
void rcc_json_int(struct rcc_json *json, const char *key, int64_t value);
void rcc_json_uint(struct rcc_json *json, const char *key, uint64_t value);
void rcc_json_bool(struct rcc_json *json, const char *key, bool value);
/* value / 10^decimals, without trailing zeros: (123, 1) gives 12.3, (120, 1) gives 12. Pre: decimals <= 9. */
void rcc_json_fixed(struct rcc_json *json, const char *key, int64_t value, unsigned decimals);
/* RFC 3339 UTC with milliseconds. Pre: at_ms is not 0. */
void rcc_json_time(struct rcc_json *json, const char *key, int64_t at_ms);
/* Lower-case hexadecimal. */
void rcc_json_hex(struct rcc_json *json, const char *key, const uint8_t *bytes, size_t len);
void rcc_json_key(struct rcc_json *json, const char *key, const struct rcc_key *value);

/* The same, but absent when unknown: empty text, time 0, MMSI 0, unknown position, number 0. */
void rcc_json_text_if(struct rcc_json *json, const char *key, const char *text);
void rcc_json_uint_if(struct rcc_json *json, const char *key, uint64_t value);
void rcc_json_time_if(struct rcc_json *json, const char *key, int64_t at_ms);
void rcc_json_mmsi_if(struct rcc_json *json, const char *key, struct rcc_mmsi mmsi);
/* Members "lat" and "lon". */
void rcc_json_pos_if(struct rcc_json *json, struct rcc_pos pos);

/* A member that is an object: the members in between belong to it. */
void rcc_json_open(struct rcc_json *json, const char *key);
void rcc_json_close(struct rcc_json *json);
/* A member that is a list: of objects (item, members, close), or of texts; then its end. */
void rcc_json_list(struct rcc_json *json, const char *key);
void rcc_json_item(struct rcc_json *json);
void rcc_json_list_text(struct rcc_json *json, const char *text);
void rcc_json_list_end(struct rcc_json *json);

#endif

/*
 * pack_file.h - inside librcc: an evidence pack as a file, and what a person is told of it. For rcc-crew and rcc-replay.
 */
#ifndef RCC_LIBRCC_PACK_FILE_H
#define RCC_LIBRCC_PACK_FILE_H

#include "proto/pack.h"

/* What the first line says: of whom and what it is. */
struct rcc_pack_head {
	char centre[RCC_NAME_MAX + 1];
	char ship[RCC_NAME_MAX + 1]; /* empty = not registered */
	char incident[32];           /* as people say it */
	char build[RCC_BUILD_MAX + 1];
	struct rcc_incident_id incident_id;
	struct rcc_mmsi mmsi;
	struct rcc_journal_id journal;
	int64_t made_at_ms;
	uint64_t from_seq;
	struct rcc_link to;
	bool is_complete;
};
/* RCC_E_MALFORMED if the first line is not that of a pack. */
RCC_MUST_USE enum rcc_status rcc_pack_head_read(const char *text, size_t len, struct rcc_pack_head *ret_head);

/* Reads a whole pack into text[size]; RCC_E_TOO_LARGE if it is longer than any pack. */
RCC_MUST_USE enum rcc_status rcc_pack_file_read(const char *path, char *text, size_t size, size_t *ret_len,
                                                struct rcc_fault *ret_fault);
/* Under another name first, so that the file is never half a pack. */
RCC_MUST_USE enum rcc_status rcc_pack_file_write(const char *path, const char *text, size_t len,
                                                 struct rcc_fault *ret_fault);
/*
 * Verifies it and says the result in a sentence: on stdout if it is whole, otherwise on stderr, `program` and the file's name
 * in front. True if it is whole and signed; `trusted` as for rcc_pack_verify().
 */
RCC_MUST_USE bool rcc_pack_file_tell(const char *program, const char *path, const char *text, size_t len,
                                     const struct rcc_key *trusted);

#endif

/*
 * write.h - a bounded text that grows by pieces, with what each form escapes; for this folder alone.
 */
#ifndef RCC_RENDER_WRITE_H
#define RCC_RENDER_WRITE_H

#include "render/render.h"

struct rcc_draft {
	char *bytes;
	size_t size, len;
	bool is_full; /* a piece did not fit; nothing is written after it */
};

void rcc_draft_init(struct rcc_draft *out, char *bytes, size_t size);
/* RCC_E_FULL, and an empty text, if a piece did not fit. */
RCC_MUST_USE enum rcc_status rcc_draft_end(struct rcc_draft *out);

void rcc_draft_put(struct rcc_draft *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Character data or an attribute in double quotes: what XML 1.0 does not allow becomes '?'. */
void rcc_draft_xml(struct rcc_draft *out, const char *text);
/* A JSON string with its quotes. */
void rcc_draft_json(struct rcc_draft *out, const char *text);
/* value / 10^decimals as it stands: no binary fraction comes between. */
void rcc_draft_fixed(struct rcc_draft *out, int64_t value, unsigned decimals);
/* Lines of at most `width` characters, broken between words; a word that is longer is broken. */
void rcc_draft_wrap(struct rcc_draft *out, const char *text, size_t width);

/* The next character of UTF-8 text: its code point, or RCC_RUNE_BAD for a byte that begins none; moves *at on. 0 = the end. */
#define RCC_RUNE_BAD 0xfffdu
uint32_t rcc_rune_next(const char **at);

#endif

/*
 * words.h - what a bulletin says, line by line, for the forms that people read; for this folder alone.
 *
 * One word never stands for the other: MAYDAY and whatever binds a master stand in relays alone (COMSAR.1/Circ.15, 3.3).
 */
#ifndef RCC_RENDER_WORDS_H
#define RCC_RENDER_WORDS_H

#include "render/render.h"

/* The longest is a typed text with its frame. */
#define RCC_LINE_SIZE 1024

/* Does this kind call on ships? */
bool rcc_words_is_call(enum rcc_broadcast_kind kind);
/* "flooding", "listing, in danger of capsizing". */
const char *rcc_words_nature(enum rcc_nature nature);
/* "AMAL, MMSI 247999000, CALL SIGN 5NAB", or "a craft that is not identified". */
const char *rcc_words_who(char line[RCC_LINE_SIZE], const struct rcc_bulletin *bulletin);
/* "position 35-12.40N 012-36.05E", "position not known"; with several places each of them. */
const char *rcc_words_where(char line[RCC_LINE_SIZE], const struct rcc_bulletin *bulletin);
/* "at 0312 UTC 26 NOV, within 2.0 NM"; empty if neither is known. */
const char *rcc_words_when(char line[RCC_LINE_SIZE], const struct rcc_bulletin *bulletin);
/* Why the place may be wrong: "position doubtful: it is far inland"; empty if nobody doubts it. */
const char *rcc_words_doubts(char line[RCC_LINE_SIZE], const struct rcc_bulletin *bulletin);
const char *rcc_words_persons(char line[RCC_LINE_SIZE], const struct rcc_bulletin *bulletin);
/* "incident 2026-0042, revision 3". */
const char *rcc_words_incident(char line[RCC_LINE_SIZE], const struct rcc_bulletin *bulletin);
/* What the message is, in a few words: "distress relay", "update of a distress relay", "notice of a missing craft". */
const char *rcc_words_kind(const struct rcc_bulletin *bulletin);
/* Where ships answer, by the communications plan; empty = no plan. */
const char *rcc_words_channel(char line[RCC_LINE_SIZE], const struct rcc_bulletin *bulletin);
/* What ships are asked to do. */
const char *rcc_words_request(char line[RCC_LINE_SIZE], const struct rcc_bulletin *bulletin);
/* All of it as one paragraph, for forms that have one field for it. */
#define RCC_PARAGRAPH_SIZE 4096
const char *rcc_words_paragraph(char text[RCC_PARAGRAPH_SIZE], const struct rcc_bulletin *bulletin);

/* "0312 UTC 26 NOV" of an instant. */
#define RCC_CLOCK_SIZE 24
const char *rcc_words_clock(char text[RCC_CLOCK_SIZE], int64_t at_ms);

#endif

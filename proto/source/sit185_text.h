/*
 * sit185_text.h - the words of a SIT 185 message: its paragraphs, found by number and heading; phrases, times, places.
 *
 * Shared by sit185*.c alone. Everything works on a clean copy: capitals, single spaces, no empty lines, each paragraph
 * a string of its own. Layouts differ between centres and years; the numbers and headings do not.
 */
#ifndef RCC_PROTO_SOURCE_SIT185_TEXT_H
#define RCC_PROTO_SOURCE_SIT185_TEXT_H

#include "rcc/message.h"

/* Paragraphs as C/S A.002 numbers them. */
enum rcc_sit185_paragraph {
	RCC_SIT185_BEFORE = 0, /* envelope, and what stands before the first paragraph */
	RCC_SIT185_TITLE = 1,
	RCC_SIT185_MSG = 2,
	RCC_SIT185_DETECTED = 3,
	RCC_SIT185_FREQUENCY = 4,
	RCC_SIT185_COUNTRY = 5,
	RCC_SIT185_USER = 6,
	RCC_SIT185_EMERGENCY = 7,
	RCC_SIT185_POSITIONS = 8,
	RCC_SIT185_DEVICE = 9,
	RCC_SIT185_NEXT = 10,
	RCC_SIT185_HEX = 11,
	RCC_SIT185_ACTIVATION = 12,
	RCC_SIT185_NUMBER = 13,
	RCC_SIT185_OTHER = 14,
	RCC_SIT185_OPERATIONAL = 15,
	RCC_SIT185_REMARKS = 16,
	RCC_SIT185_END = 17, /* END OF MESSAGE and what follows */
};
#define RCC_SIT185_PARAGRAPHS 18

struct rcc_sit185 {
	const char *paragraph[RCC_SIT185_PARAGRAPHS]; /* "" if it is not there; without its number, with its heading */
	uint32_t found;                               /* how many of 1..16 are there */
	char text[RCC_RAW_WIRE_MAX + 1];              /* what they point into */
};
void rcc_sit185_split(const uint8_t *bytes, size_t len, struct rcc_sit185 *ret_sit);

/* A capital letter or a digit: there are no others in clean text, but for those beyond ASCII. */
bool rcc_sit185_is_word(char c);
/*
 * Finds a phrase in capitals, whole words; a space in it stands for any blanks, dashes, dots, colons and apostrophes. Returns where it
 * begins, and where it ends in *ret_end (if not NULL); NULL if it is not there.
 */
const char *rcc_sit185_find(const char *text, const char *phrase, const char **ret_end);
bool rcc_sit185_has(const char *text, const char *phrase);
/* What follows a phrase, blanks and dashes skipped; NULL if the phrase is not there. */
const char *rcc_sit185_after(const char *text, const char *phrase);
/* Does the phrase stand right here? Its end in *ret_end. */
bool rcc_sit185_at(const char *text, const char *phrase, const char **ret_end);

/* The next word (letters and digits) from *at on; its length, 0 at the end. *at moves behind it. */
size_t rcc_sit185_word(const char **at, const char **ret_word);
/* Copies whole words of up to size - 1 characters, line breaks as spaces; with one_line up to the first of them. Returns to. */
char *rcc_sit185_quote(char *to, size_t size, const char *from, bool one_line);

/* "06 APR 07 1440 UTC", two- or four-digit year, at the beginning of text; 0 if it cannot be read. */
int64_t rcc_sit185_time(const char *text);

/* A paragraph 8 may state a place of each kind, and older ones several. */
#define RCC_SIT185_PLACES_MAX 8
enum rcc_sit185_kind {
	RCC_SIT185_CONFIRMED = 1, /* "RESOLVED" in older messages */
	RCC_SIT185_ENCODED = 2,
	RCC_SIT185_DOA = 3,
	RCC_SIT185_UNSTATED = 4,
	RCC_SIT185_DOPPLER_A = 5,
	RCC_SIT185_DOPPLER_B = 6,
};
struct rcc_sit185_place {
	enum rcc_sit185_kind kind;
	struct rcc_pos pos;
	uint32_t percent;  /* 0..100; 0 = not stated */
	uint32_t radius_m; /* 0 = not stated */
	int64_t at_ms;     /* time of update; 0 = not stated */
};
struct rcc_sit185_places {
	uint32_t count;
	bool is_unread; /* another place is stated that could not be read, or was one too many */
	struct rcc_sit185_place place[RCC_SIT185_PLACES_MAX];
};
void rcc_sit185_places(const struct rcc_sit185 *sit, struct rcc_sit185_places *ret_places);

/*
 * The beacon, and from it the mark of a ship security alert; the ship, persons. Sets what it finds. True: the beacon's identity
 * is coded as a test, whatever the text says.
 */
bool rcc_sit185_identity(const struct rcc_sit185 *sit, struct rcc_alert *alert);

#endif

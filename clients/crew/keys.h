/*
 * keys.h - is it keys, or text that was pasted? Many terminals do not say (bracketed paste): a serial console, an old emulator.
 *
 * Why:   each letter of a pasted mail would be a key: it would answer, acknowledge, report.
 * How:   keys that come within RCC_KEYS_GAP_MS of each other are looked at together. Nobody types so many different letters so fast;
 *        a key that is held down repeats itself. A link that holds back a few keys gives them on as keys.
 */
#ifndef RCC_CREW_KEYS_H
#define RCC_CREW_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RCC_KEYS_GAP_MS 30  /* 300 characters a second come nearer to each other; fingers do not */
#define RCC_KEYS_TEXT_MIN 5 /* characters: an alert is acknowledged and answered with four keys */
#define RCC_KEYS_MAX 64     /* looked at together; what comes at once after that is of the same kind */

/* Is this key one character of a text, and no Enter, arrow or the like? */
bool rcc_keys_is_character(uint32_t key);
/* `key`: as of rcc_screen_key(). Is it text: so many characters on end, not all the same? Enter and Tab are part of it. */
bool rcc_keys_are_text(const uint32_t *key, size_t count);

#endif

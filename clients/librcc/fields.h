/*
 * fields.h - a refusal names a field of a message; whoever typed the order knows it by its option.
 */
#ifndef RCC_FIELDS_H
#define RCC_FIELDS_H

#include <stddef.h>

#define RCC_FIELD_WORDS_SIZE 128

/* "place.authority" as it is typed, then as it is called: "--authority, place.authority"; alone if nobody types it. */
const char *rcc_field_format(char ret[RCC_FIELD_WORDS_SIZE], const char *field);

#endif

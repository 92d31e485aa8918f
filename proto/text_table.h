/*
 * text_table.h - words of an enum by a table, both ways; for the files of text.h and work_text.h alone.
 */
#ifndef RCC_PROTO_TEXT_TABLE_H
#define RCC_PROTO_TEXT_TABLE_H

#include <stddef.h>
#include <string.h>

#include "rcc/status.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static inline const char *
word_of(const char *const *words, size_t count, unsigned value)
{
	if (value >= count || words[value] == NULL)
		return "unknown";
	return words[value];
}

static inline enum rcc_status
value_of(const char *const *words, size_t count, const char *word, unsigned *ret_value)
{
	for (unsigned value = 0; value < count; value++) {
		if (words[value] != NULL && strcmp(words[value], word) == 0) {
			*ret_value = value;
			return RCC_OK;
		}
	}
	return RCC_E_NOT_FOUND;
}

#define DEFINE_WORD(name, type)                                                                                        \
	const char *rcc_##name##_word(type v)                                                                          \
	{                                                                                                              \
		return word_of(name##_words, COUNT_OF(name##_words), (unsigned)v);                                     \
	}

#define DEFINE_PARSE(name, type)                                                                                       \
	enum rcc_status rcc_##name##_parse(const char *word, type *ret_v)                                              \
	{                                                                                                              \
		unsigned value = 0;                                                                                    \
		enum rcc_status status = value_of(name##_words, COUNT_OF(name##_words), word, &value);                 \
		if (status == RCC_OK)                                                                                  \
			*ret_v = (type)value;                                                                          \
		return status;                                                                                         \
	}

#endif

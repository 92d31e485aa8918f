#include "librcc/fields.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *field;
	const char *words;
} fields[] = {
#define FIELD(field, words) {field, words},
#include "librcc/fields.def"
#undef FIELD
};

const char *
rcc_field_format(char ret[RCC_FIELD_WORDS_SIZE], const char *field)
{
	snprintf(ret, RCC_FIELD_WORDS_SIZE, "%s", field);
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
		size_t len = strlen(fields[i].field);
		bool is_prefix = fields[i].field[len - 1] == '.';
		if (is_prefix && strncmp(field, fields[i].field, len) == 0)
			snprintf(ret, RCC_FIELD_WORDS_SIZE, "%s%s, %s", fields[i].words, field + len, field);
		else if (strcmp(field, fields[i].field) == 0)
			snprintf(ret, RCC_FIELD_WORDS_SIZE, "%s, %s", fields[i].words, field);
	}
	return ret;
}

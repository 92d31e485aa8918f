#include "contract.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Adds each `key` in the first cell of a table row: "| `lat`, `lon` | ... |". */
static void
take_row(struct contract *contract, const char *class_name, const char *row)
{
	const char *end = strchr(row + 1, '|');
	assert_non_null(end);
	for (const char *at = strchr(row, '`'); at != NULL && at < end; at = strchr(at, '`')) {
		const char *close = strchr(at + 1, '`');
		assert_non_null(close);
		size_t len = (size_t)(close - at - 1);
		assert_true(len > 0 && len < CONTRACT_NAME_SIZE && contract->keys < CONTRACT_KEYS_MAX);
		memcpy(contract->key[contract->keys].key, at + 1, len);
		memcpy(contract->key[contract->keys].class_name, class_name, CONTRACT_NAME_SIZE);
		contract->keys++;
		at = close + 1;
	}
}

static void
take_example(struct contract *contract, const char *class_name, const char *line)
{
	assert_true(contract->examples < CONTRACT_EXAMPLES_MAX);
	size_t len = strcspn(line, "\n");
	assert_true(len < CONTRACT_LINE_SIZE);
	memcpy(contract->example[contract->examples].line, line, len);
	memcpy(contract->example[contract->examples].class_name, class_name, CONTRACT_NAME_SIZE);
	contract->examples++;
}

void
contract_read(struct contract *contract)
{
	char line[CONTRACT_LINE_SIZE];
	char class_name[CONTRACT_NAME_SIZE] = "";
	FILE *file = fopen(RCC_SOURCE_DIR "/docs/json.md", "r");
	assert_non_null(file);
	memset(contract, 0, sizeof *contract);
	while (fgets(line, sizeof line, file) != NULL) {
		if (strncmp(line, "## ", 3) == 0) {
			memset(class_name, 0, sizeof class_name);
			snprintf(class_name, sizeof class_name, "%.*s", (int)strcspn(line + 3, "\n"), line + 3);
		} else if (class_name[0] != '\0' && strncmp(line, "| `", 3) == 0) {
			take_row(contract, class_name, line);
		} else if (class_name[0] != '\0' && strncmp(line, "    {", 5) == 0) {
			take_example(contract, class_name, line + 4);
		}
	}
	fclose(file);
}

bool
contract_has(const struct contract *contract, const char *class_name, const char *key)
{
	for (size_t i = 0; i < contract->keys; i++) {
		bool is_class = class_name == NULL || strcmp(contract->key[i].class_name, class_name) == 0;
		if (is_class && strcmp(contract->key[i].key, key) == 0)
			return true;
	}
	return false;
}

/*
 * contract.h - docs/json.md as the test reads it: classes, their documented keys, their examples.
 */
#ifndef RCC_TEST_VIEW_CONTRACT_H
#define RCC_TEST_VIEW_CONTRACT_H

#include <stdbool.h>
#include <stddef.h>

#define CONTRACT_NAME_SIZE 32
#define CONTRACT_KEYS_MAX 1200
#define CONTRACT_EXAMPLES_MAX 120
#define CONTRACT_LINE_SIZE 4096

struct contract {
	struct {
		char class_name[CONTRACT_NAME_SIZE], key[CONTRACT_NAME_SIZE];
	} key[CONTRACT_KEYS_MAX];
	size_t keys;
	struct {
		char class_name[CONTRACT_NAME_SIZE], line[CONTRACT_LINE_SIZE];
	} example[CONTRACT_EXAMPLES_MAX];
	size_t examples;
};

/* Reads docs/json.md of the source tree; fails the test if it cannot. */
void contract_read(struct contract *contract);
/* Is the key in the table of this class (NULL = of any class)? */
bool contract_has(const struct contract *contract, const char *class_name, const char *key);

#endif

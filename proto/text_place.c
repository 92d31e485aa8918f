/* text_place.c - what is checked of a place of safety, and what stands against one, in words. */
#include "proto/text_place.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "rcc/work_text.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* By bit, as RCC_CHECK_* and RCC_PLACE_BLOCK_*. */
static const char *const check_words[] = {"rescue-ends", "safety", "needs", "onward"};
static const char *const block_words[] = {"unchecked", "unsafe", "feared", "refused"};
static const char *const block_texts[] = {
    "not every one of the four checks is answered yes",
    "it is flagged unsafe: life or freedom would be at risk",
    "survivors fear it, and no officer has reviewed that",
    "its authority refuses it, and none has offered it since",
};

static const char *
of_bit(const char *const *words, size_t count, uint32_t bit)
{
	for (size_t i = 0; i < count; i++) {
		if (bit == 1u << i)
			return words[i];
	}
	return "unknown";
}

const char *
rcc_check_word(uint32_t check)
{
	return of_bit(check_words, COUNT_OF(check_words), check);
}

const char *
rcc_place_block_word(uint32_t block)
{
	return of_bit(block_words, COUNT_OF(block_words), block);
}

const char *
rcc_place_block_text(uint32_t block)
{
	return of_bit(block_texts, COUNT_OF(block_texts), block);
}

static uint32_t
check_of(const char *word, size_t len)
{
	for (size_t i = 0; i < COUNT_OF(check_words); i++) {
		if (strlen(check_words[i]) == len && memcmp(check_words[i], word, len) == 0)
			return 1u << i;
	}
	return 0;
}

enum rcc_status
rcc_checks_parse(const char *words, uint32_t *ret_checks)
{
	uint32_t checks = 0;

	if (strcmp(words, "none") == 0) {
		*ret_checks = 0;
		return RCC_OK;
	}
	for (;;) {
		const char *comma = strchr(words, ',');
		size_t len = comma == NULL ? strlen(words) : (size_t)(comma - words);
		uint32_t check = check_of(words, len);
		if (check == 0)
			return RCC_E_NOT_FOUND;
		checks |= check;
		if (words[len] == '\0')
			break;
		words += len + 1;
	}
	*ret_checks = checks;
	return RCC_OK;
}

const char *
rcc_checks_format(char text[RCC_CHECKS_TEXT_SIZE], uint32_t checks)
{
	size_t len = 0;

	(void)snprintf(text, RCC_CHECKS_TEXT_SIZE, "none");
	for (size_t i = 0; i < COUNT_OF(check_words); i++) {
		if ((checks & 1u << i) == 0)
			continue;
		int added =
		    snprintf(text + len, RCC_CHECKS_TEXT_SIZE - len, "%s%s", len == 0 ? "" : ",", check_words[i]);
		len += added > 0 ? (size_t)added : 0;
	}
	return text;
}

/* ---- what was decided ---- */

struct rest {
	char *text;
	size_t size, len;
};

static void put(struct rest *rest, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void
put(struct rest *rest, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	int len = vsnprintf(rest->text + rest->len, rest->size - rest->len, format, arguments);
	va_end(arguments);
	if (len > 0)
		rest->len += (size_t)len < rest->size - rest->len ? (size_t)len : rest->size - rest->len - 1;
}

static void
put_blocks(struct rest *rest, const char *before, uint32_t blocks)
{
	for (uint32_t block = 1; block <= RCC_PLACE_BLOCKS_ALL; block <<= 1) {
		if ((blocks & block) == 0)
			continue;
		put(rest, "%s%s", before, rcc_place_block_word(block));
		before = ", ";
	}
}

size_t
rcc_place_decided_format(char *text, size_t size, const struct rcc_place_stepped *stepped)
{
	struct rest rest = {text, size, 0};

	if (stepped->is_pending != 0)
		put(&rest, "; NOTHING IS ASSIGNED until a second officer decides so within an hour");
	put_blocks(&rest, "; decided over: ", stepped->overridden);
	if (stepped->first.v != 0)
		put(&rest, "; first officer: key %u, \"%s\"", stepped->first.v, stepped->first_reason);
	if (stepped->objection[0] != '\0')
		put(&rest, "; the master objects: \"%s\"", stepped->objection);
	put_blocks(&rest, "; not by an order: ", stepped->blocked);
	if (stepped->is_replaced != 0)
		put(&rest, "; the ship goes elsewhere");
	if (stepped->request.v != 0)
		put(&rest, "; request %u over the link", stepped->request.v);
	if (stepped->record_count != 0)
		put(&rest, ", entry %llu of their record", (unsigned long long)stepped->record[0].seq);
	if (stepped->is_unassigned != 0)
		put(&rest, "; NOBODY HAD ASSIGNED IT");
	return rest.len;
}

/* A checkpoint as the one line that a witness keeps, mails or prints. */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "proto/chain.h"
#include "rcc/text.h"

#define LINE_LABEL "rcc-checkpoint-1"
#define LINE_WORDS 6
/* Digits of INT64_MAX. */
#define DIGITS_MAX 19

void
rcc_checkpoint_format(char text[RCC_CHECKPOINT_TEXT_SIZE], const struct rcc_checkpoint *checkpoint)
{
	char journal[RCC_HEX_SIZE(RCC_JOURNAL_ID_SIZE)];
	char hash[RCC_HEX_SIZE(RCC_HASH_SIZE)];
	char signature[RCC_HEX_SIZE(RCC_SIGNATURE_SIZE)];
	int len = snprintf(text, RCC_CHECKPOINT_TEXT_SIZE, LINE_LABEL " %s %" PRIu64 " %" PRId64 " %s %s",
	                   rcc_hex_format(journal, checkpoint->journal.b, sizeof checkpoint->journal.b),
	                   checkpoint->link.seq, checkpoint->link.at_ms,
	                   rcc_hex_format(hash, checkpoint->link.hash.b, sizeof checkpoint->link.hash.b),
	                   rcc_hex_format(signature, checkpoint->signature.b, sizeof checkpoint->signature.b));
	assert(len > 0 && len < RCC_CHECKPOINT_TEXT_SIZE);
	(void)len;
}

/* Decimal without sign, leading zeros or overflow: one spelling for each number. */
static bool
parse_decimal(const char *word, int64_t *ret_value)
{
	uint64_t value = 0;
	size_t len = strlen(word);
	if (len == 0 || len > DIGITS_MAX || (word[0] == '0' && len > 1))
		return false;
	for (size_t i = 0; i < len; i++) {
		if (word[i] < '0' || word[i] > '9')
			return false;
		value = value * 10 + (uint64_t)(word[i] - '0');
	}
	/* Nineteen nines still fit 64 bits without a sign. */
	if (value > (uint64_t)INT64_MAX)
		return false;
	*ret_value = (int64_t)value;
	return true;
}

/* Cuts a copy of the line at single blanks. */
static bool
split(char *line, char *word[LINE_WORDS])
{
	size_t words = 0;
	word[words++] = line;
	for (char *at = line; *at != '\0'; at++) {
		if (*at != ' ')
			continue;
		if (words == LINE_WORDS)
			return false;
		*at = '\0';
		word[words++] = at + 1;
	}
	return words == LINE_WORDS;
}

enum rcc_status
rcc_checkpoint_parse(const char *text, struct rcc_checkpoint *ret_checkpoint)
{
	char line[RCC_CHECKPOINT_TEXT_SIZE] = {0};
	char *word[LINE_WORDS] = {0};
	struct rcc_checkpoint checkpoint = {0};
	int64_t seq = 0;
	size_t len = strlen(text);
	if (len >= sizeof line)
		return RCC_E_TOO_LARGE;
	memcpy(line, text, len);
	if (!split(line, word) || strcmp(word[0], LINE_LABEL) != 0)
		return RCC_E_MALFORMED;
	if (!parse_decimal(word[2], &seq) || !parse_decimal(word[3], &checkpoint.link.at_ms))
		return RCC_E_MALFORMED;
	if (rcc_hex_parse(word[1], checkpoint.journal.b, sizeof checkpoint.journal.b) != RCC_OK ||
	    rcc_hex_parse(word[4], checkpoint.link.hash.b, sizeof checkpoint.link.hash.b) != RCC_OK ||
	    rcc_hex_parse(word[5], checkpoint.signature.b, sizeof checkpoint.signature.b) != RCC_OK)
		return RCC_E_MALFORMED;
	checkpoint.link.seq = (uint64_t)seq;
	*ret_checkpoint = checkpoint;
	return RCC_OK;
}

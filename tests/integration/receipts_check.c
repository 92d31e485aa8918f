/*
 * receipts_check.c - is every accepted alert in the record exactly once, where its receipt says?
 *
 * Usage: receipts_check JOURNAL RECEIPTS
 * RECEIPTS as alert_stream writes them. Reads the entries themselves, not the projections: an alert counts by the id that
 * its sender made, and by the effect that it had.
 */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "journal/journal.h"
#include "proto/chain.h"
#include "rcc/text.h"

struct receipt {
	struct rcc_msg_id id;
	struct rcc_key sender;
	struct rcc_link entry;
	uint32_t found; /* entries that this message caused */
};

struct check {
	struct receipt *receipt; /* sorted by id and sender */
	size_t count;
	uint64_t entries, alerts, effects, strangers, wrong_place;
};

static int
compare(const void *left, const void *right)
{
	const struct receipt *a = left;
	const struct receipt *b = right;
	int order = memcmp(a->id.b, b->id.b, sizeof a->id.b);

	return order != 0 ? order : memcmp(a->sender.b, b->sender.b, sizeof a->sender.b);
}

static bool
read_receipt(const char *line, struct receipt *ret_receipt)
{
	char id[RCC_HEX_SIZE(RCC_MSG_ID_SIZE)];
	char sender[RCC_HEX_SIZE(RCC_KEY_SIZE)];
	char hash[RCC_HEX_SIZE(RCC_HASH_SIZE)];
	unsigned long long seq;
	struct receipt receipt = {.found = 0};

	if (sscanf(line, "%32s %64s %llu %64s", id, sender, &seq, hash) != 4 ||
	    rcc_hex_parse(id, receipt.id.b, RCC_MSG_ID_SIZE) != RCC_OK ||
	    rcc_hex_parse(sender, receipt.sender.b, RCC_KEY_SIZE) != RCC_OK ||
	    rcc_hex_parse(hash, receipt.entry.hash.b, RCC_HASH_SIZE) != RCC_OK)
		return false;
	receipt.entry.seq = seq;
	*ret_receipt = receipt;
	return true;
}

static bool
read_receipts(const char *path, struct check *check)
{
	char line[256];
	size_t room = 0;
	FILE *file = fopen(path, "r");
	bool is_good = file != NULL;

	while (is_good && fgets(line, sizeof line, file) != NULL) {
		if (check->count == room) {
			room = room == 0 ? 1024 : 2 * room;
			struct receipt *grown = realloc(check->receipt, room * sizeof *grown);
			if (grown == NULL) {
				is_good = false;
				break;
			}
			check->receipt = grown;
		}
		is_good = read_receipt(line, &check->receipt[check->count]);
		check->count += is_good ? 1 : 0;
	}
	if (file != NULL)
		(void)fclose(file);
	if (is_good && check->count > 0)
		qsort(check->receipt, check->count, sizeof *check->receipt, compare);
	return is_good;
}

static void
visit(void *context, const struct rcc_link *link, const struct rcc_entry *entry)
{
	struct check *check = context;
	struct receipt key = {.id = entry->cause.origin.msg_id, .sender = entry->cause.origin.key};

	check->entries++;
	if (entry->cause.kind != RCC_COMMAND_ALERT)
		return;
	check->alerts++;
	for (uint32_t i = 0; i < entry->event_count; i++)
		check->effects += entry->event[i].kind == RCC_EVENT_ALERT_RECORDED ||
		                  entry->event[i].kind == RCC_EVENT_ALERT_REPEATED;
	struct receipt *receipt =
	    check->count == 0 ? NULL : bsearch(&key, check->receipt, check->count, sizeof key, compare);
	if (receipt == NULL) {
		check->strangers++;
		return;
	}
	receipt->found++;
	if (link->seq != receipt->entry.seq || memcmp(&link->hash, &receipt->entry.hash, sizeof link->hash) != 0)
		check->wrong_place++;
}

int
main(int argc, char **argv)
{
	static struct check check;
	struct rcc_audit_report report = {0};
	struct rcc_fault fault = {0};
	uint64_t missing = 0;
	uint64_t doubled = 0;
	uint64_t same_receipt = 0;

	if (argc != 3 || rcc_chain_init() != RCC_OK || !read_receipts(argv[2], &check)) {
		fprintf(stderr, "receipts_check: usage: receipts_check JOURNAL RECEIPTS, both readable\n");
		return EXIT_FAILURE;
	}
	enum rcc_status status = rcc_journal_audit(argv[1], NULL, NULL, 0, visit, &check, &report, &fault);
	if (status != RCC_OK)
		fprintf(stderr, "receipts_check: %s\n", fault.text);
	for (size_t i = 0; i < check.count; i++) {
		missing += check.receipt[i].found == 0;
		doubled += check.receipt[i].found > 1;
		same_receipt += i > 0 && compare(&check.receipt[i], &check.receipt[i - 1]) == 0;
	}
	printf("receipts %zu, alerts in the record %llu (of %llu entries), missing %llu, twice %llu, elsewhere %llu, "
	       "without receipt %llu, effects %llu\n",
	       check.count, (unsigned long long)check.alerts, (unsigned long long)check.entries,
	       (unsigned long long)missing, (unsigned long long)doubled, (unsigned long long)check.wrong_place,
	       (unsigned long long)check.strangers, (unsigned long long)check.effects);
	bool is_good = status == RCC_OK && check.count > 0 && check.alerts == check.count && missing == 0 &&
	               doubled == 0 && same_receipt == 0 && check.wrong_place == 0 && check.strangers == 0 &&
	               check.effects == check.alerts;
	free(check.receipt);
	return is_good ? EXIT_SUCCESS : EXIT_FAILURE;
}

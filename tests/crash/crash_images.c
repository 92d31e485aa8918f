/*
 * crash_images.c - cuts the power at random moments of a recorded run, and looks whether what was accepted by then is in the record.
 *
 * Usage: crash_images LOG RECEIPTS STATE_DIR FOLDER COUNT SEED
 * LOG as disk_record.c writes it, RECEIPTS as alert_stream does, STATE_DIR has the signing key of the run. Each image is made in
 * FOLDER/N; the last ten stay there, to be started by the real daemon. Exit code 0: nothing is missing, doubled or damaged.
 */
#define _XOPEN_SOURCE 700
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "image.h"
#include "journal/journal.h"
#include "proto/chain.h"
#include "rcc/text.h"
#include "sys/sys.h"

#define KEPT_IMAGES 10
#define PATH_SIZE 600

struct receipt {
	struct rcc_msg_id id;
	struct rcc_key sender;
	struct rcc_link entry;
	int64_t at_ns;  /* when its sender held it */
	uint32_t found; /* in this image */
};

struct verdict {
	uint64_t images, refused, damaged, without_record, promised, missing, doubled, elsewhere, images_with_loss;
};

struct run {
	struct image_log log;
	struct receipt *receipt;
	size_t receipts;
	struct rcc_sign_key key;
	uint64_t elsewhere;
	struct verdict verdict;
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
read_receipts(const char *path, struct run *run)
{
	char line[256];
	size_t room = 0;
	FILE *file = fopen(path, "r");
	bool is_good = file != NULL;

	while (is_good && fgets(line, sizeof line, file) != NULL) {
		char id[RCC_HEX_SIZE(RCC_MSG_ID_SIZE)], sender[RCC_HEX_SIZE(RCC_KEY_SIZE)];
		char hash[RCC_HEX_SIZE(RCC_HASH_SIZE)];
		unsigned long long seq = 0;
		long long at_ns = 0;
		if (run->receipts == room) {
			room = room == 0 ? 1024 : 2 * room;
			struct receipt *grown = realloc(run->receipt, room * sizeof *grown);
			if (grown == NULL)
				break;
			run->receipt = grown;
		}
		struct receipt *receipt = &run->receipt[run->receipts++];
		*receipt = (struct receipt){.found = 0};
		is_good = sscanf(line, "%32s %64s %llu %64s %lld", id, sender, &seq, hash, &at_ns) == 5 &&
		          rcc_hex_parse(id, receipt->id.b, RCC_MSG_ID_SIZE) == RCC_OK &&
		          rcc_hex_parse(sender, receipt->sender.b, RCC_KEY_SIZE) == RCC_OK &&
		          rcc_hex_parse(hash, receipt->entry.hash.b, RCC_HASH_SIZE) == RCC_OK;
		receipt->entry.seq = seq;
		receipt->at_ns = at_ns;
	}
	if (file != NULL)
		(void)fclose(file);
	if (is_good && run->receipts > 0)
		qsort(run->receipt, run->receipts, sizeof *run->receipt, compare);
	return is_good && run->receipts > 0;
}

static bool
read_key(const char *dir, struct rcc_sign_key *ret_key)
{
	struct rcc_fault fault;
	char path[PATH_SIZE];

	(void)snprintf(path, sizeof path, "%s/sign.key", dir);
	return rcc_secret_load_or_make(path, ret_key->secret, sizeof ret_key->secret, NULL, &fault) == RCC_OK &&
	       crypto_sign_ed25519_sk_to_pk(ret_key->public_key.b, ret_key->secret) == 0;
}

/* ---- one image ---- */

static int
remove_one(const char *path, const struct stat *info, int kind, struct FTW *where)
{
	(void)info;
	(void)kind;
	(void)where;
	return remove(path);
}

static void
visit(void *context, const struct rcc_link *link, const struct rcc_entry *entry)
{
	struct run *run = context;
	struct receipt key = {.id = entry->cause.origin.msg_id, .sender = entry->cause.origin.key};

	if (entry->cause.kind != RCC_COMMAND_ALERT)
		return;
	struct receipt *receipt = bsearch(&key, run->receipt, run->receipts, sizeof key, compare);
	if (receipt == NULL)
		return;
	receipt->found++;
	run->elsewhere +=
	    link->seq != receipt->entry.seq || memcmp(&link->hash, &receipt->entry.hash, sizeof link->hash) != 0;
}

/* The moment of the cut: what a sender held before it was promised. */
static int64_t
moment_of(const struct run *run, size_t cut)
{
	return cut == run->log.count ? INT64_MAX : image_record(&run->log, cut).at_ns;
}

static void
count_losses(struct run *run, size_t cut, bool has_record)
{
	struct verdict *verdict = &run->verdict;
	uint64_t missing = 0;

	for (size_t i = 0; i < run->receipts; i++) {
		const struct receipt *receipt = &run->receipt[i];
		bool is_promised = receipt->at_ns < moment_of(run, cut);
		verdict->promised += is_promised;
		missing += is_promised && receipt->found == 0;
		verdict->doubled += receipt->found > 1;
	}
	verdict->missing += missing;
	verdict->images_with_loss += missing > 0;
	verdict->elsewhere += run->elsewhere;
	verdict->without_record += !has_record;
}

/* As the daemon does when the power is back: it recovers, verifies and goes on. Then as an auditor: every table too. */
static void
look(struct run *run, const char *path, size_t cut, uint64_t image)
{
	struct rcc_journal journal = {NULL};
	struct rcc_audit_report report = {0};
	struct rcc_fault fault = {0};
	bool has_record = access(path, F_OK) == 0;

	run->elsewhere = 0;
	for (size_t i = 0; i < run->receipts; i++)
		run->receipt[i].found = 0;
	run->verdict.images++;
	if (has_record &&
	    rcc_journal_open(&journal, path, &run->key, INT64_C(4102444800000), visit, run, &fault) != RCC_OK) {
		fprintf(stderr, "image %llu, cut at record %zu: refused: %s\n", (unsigned long long)image, cut,
		        fault.text);
		run->verdict.refused++;
	} else if (has_record) {
		rcc_journal_close(&journal);
		if (rcc_journal_audit(path, NULL, NULL, 0, NULL, NULL, &report, &fault) != RCC_OK) {
			fprintf(stderr, "image %llu, cut at record %zu: %s\n", (unsigned long long)image, cut,
			        fault.text);
			run->verdict.damaged++;
		}
	}
	count_losses(run, cut, has_record);
}

static bool
try_image(struct run *run, const char *folder, uint64_t image, uint64_t count, uint64_t *seed)
{
	char dir[PATH_SIZE], path[PATH_SIZE + 16];
	size_t cut = 1 + (size_t)image_random(seed, run->log.count);

	(void)snprintf(dir, sizeof dir, "%s/%llu", folder, (unsigned long long)image);
	(void)snprintf(path, sizeof path, "%s/journal.db", dir);
	if (mkdir(dir, S_IRWXU) != 0 || !image_write(&run->log, cut, seed, dir))
		return false;
	look(run, path, cut, image);
	return image + KEPT_IMAGES >= count || nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS) == 0;
}

int
main(int argc, char **argv)
{
	static struct run run;
	const struct verdict *verdict = &run.verdict;

	if (argc != 7 || rcc_chain_init() != RCC_OK || !image_log_read(argv[1], &run.log) ||
	    !read_receipts(argv[2], &run) || !read_key(argv[3], &run.key)) {
		fprintf(stderr, "crash_images: LOG RECEIPTS STATE_DIR FOLDER COUNT SEED, all of them readable\n");
		return 2;
	}
	uint64_t count = strtoull(argv[5], NULL, 10);
	uint64_t seed = strtoull(argv[6], NULL, 10);
	for (uint64_t i = 0; i < count; i++) {
		if (!try_image(&run, argv[4], i, count, &seed)) {
			fprintf(stderr, "crash_images: image %llu cannot be made\n", (unsigned long long)i);
			return 2;
		}
	}
	printf("images %llu of %zu records, receipts %zu: promised in all %llu, missing %llu (in %llu images), twice "
	       "%llu, "
	       "elsewhere %llu, refused %llu, damaged %llu, before there was a record %llu\n",
	       (unsigned long long)verdict->images, run.log.count, run.receipts, (unsigned long long)verdict->promised,
	       (unsigned long long)verdict->missing, (unsigned long long)verdict->images_with_loss,
	       (unsigned long long)verdict->doubled, (unsigned long long)verdict->elsewhere,
	       (unsigned long long)verdict->refused, (unsigned long long)verdict->damaged,
	       (unsigned long long)verdict->without_record);
	bool is_good =
	    verdict->missing + verdict->doubled + verdict->elsewhere + verdict->refused + verdict->damaged == 0 &&
	    verdict->promised > 0;
	free(run.receipt);
	image_log_free(&run.log);
	return is_good ? EXIT_SUCCESS : EXIT_FAILURE;
}

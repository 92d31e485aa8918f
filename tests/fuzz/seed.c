/*
 * Writes the first inputs of two corpora: each kind of message and entry, whole and cut.
 * usage: fuzz_seed CORPUS-FOLDER
 */
#include <stdio.h>
#include <stdlib.h>

#include "proto/wire.h"
#include "support.h"

#define PATH_SIZE 4096
/* Small seeds mutate better. */
#define SEED_MAX 700
#define TRIES 50

static struct rcc_envelope envelope;
static struct rcc_entry entry;
static uint8_t bytes[RCC_PAYLOAD_MAX];

static void
write_seed(const char *folder, const char *kind, unsigned number, const char *how, size_t len)
{
	char path[PATH_SIZE];
	snprintf(path, sizeof path, "%s/%s/seed-%03u-%s", folder, kind, number, how);
	FILE *file = fopen(path, "wb");
	if (file == NULL || fwrite(bytes, 1, len, file) != len || fclose(file) != 0) {
		perror(path);
		exit(EXIT_FAILURE);
	}
}

static void
seed_envelopes(const char *folder, struct test_random *random)
{
	for (uint32_t kind = 0; kind <= RCC_BODY_LAST; kind++) {
		size_t len = SEED_MAX + 1;
		for (int i = 0; test_is_body(kind) && i < TRIES && len > SEED_MAX; i++) {
			test_generate_envelope(kind, &envelope, random);
			if (rcc_wire_encode(&envelope, bytes, sizeof bytes, &len) != RCC_OK)
				exit(EXIT_FAILURE);
		}
		if (len > SEED_MAX)
			continue;
		write_seed(folder, "envelope", kind, "whole", len);
		write_seed(folder, "envelope", kind, "cut", len * 3 / 4);
	}
}

static void
seed_entries(const char *folder, struct test_random *random)
{
	for (uint32_t kind = 1; kind <= RCC_EVENT_LAST; kind++) {
		size_t len = SEED_MAX + 1;
		for (int i = 0; i < TRIES && len > SEED_MAX; i++) {
			test_generate_entry(&entry, 1 + kind % RCC_COMMAND_LAST, kind, 1, random);
			entry.cause.scene.count %= 4;
			entry.cause.received_len %= 20;
			if (rcc_wire_encode_entry(&entry, bytes, sizeof bytes, &len) != RCC_OK)
				exit(EXIT_FAILURE);
		}
		if (len > 2 * SEED_MAX)
			continue;
		write_seed(folder, "entry", kind, "whole", len);
		write_seed(folder, "entry", kind, "cut", len * 3 / 4);
	}
}

int
main(int argc, char **argv)
{
	struct test_random random = {.state = 406};
	if (argc != 2) {
		fprintf(stderr, "usage: fuzz_seed CORPUS-FOLDER\n");
		return 2;
	}
	seed_envelopes(argv[1], &random);
	seed_entries(argv[1], &random);
	return EXIT_SUCCESS;
}

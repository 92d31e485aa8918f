/*
 * Runs a fuzz target over the files of a corpus, in every build and under every compiler.
 * usage: fuzz_NAME_corpus FOLDER...
 */
#define _POSIX_C_SOURCE 200809L
#include <dirent.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Longest input; an entry's payload is the longest thing that is decoded. */
#define INPUT_MAX (4u << 20)
#define PATH_SIZE 4096

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
replay_file(const char *path, uint8_t *buffer)
{
	FILE *file = fopen(path, "rb");
	if (file == NULL) {
		perror(path);
		return -1;
	}
	size_t len = fread(buffer, 1, INPUT_MAX, file);
	int failed = ferror(file);
	(void)fclose(file);
	/* At its exact size, so that a byte too far is seen by the sanitizer. */
	uint8_t *exact = malloc(len + 1);
	if (failed != 0 || exact == NULL) {
		fprintf(stderr, "%s: cannot be read\n", path);
		free(exact);
		return -1;
	}
	memcpy(exact + 1, buffer, len);
	(void)LLVMFuzzerTestOneInput(exact + 1, len);
	free(exact);
	return 0;
}

static int
replay_folder(const char *folder, uint8_t *buffer, unsigned *count)
{
	DIR *directory = opendir(folder);
	int status = 0;
	if (directory == NULL) {
		perror(folder);
		return -1;
	}
	for (struct dirent *item = readdir(directory); item != NULL && status == 0; item = readdir(directory)) {
		char path[PATH_SIZE];
		if (item->d_name[0] == '.')
			continue;
		int len = snprintf(path, sizeof path, "%s/%s", folder, item->d_name);
		status = len > 0 && len < PATH_SIZE ? replay_file(path, buffer) : -1;
		(*count)++;
	}
	(void)closedir(directory);
	return status;
}

int
main(int argc, char **argv)
{
	unsigned count = 0;
	int status = argc > 1 ? 0 : -1;
	uint8_t *buffer = malloc(INPUT_MAX);
	if (buffer == NULL)
		return EXIT_FAILURE;
	for (int i = 1; i < argc && status == 0; i++)
		status = replay_folder(argv[i], buffer, &count);
	free(buffer);
	printf("%u inputs\n", count);
	/* An empty corpus is a mistake in a path, not a success. */
	return status == 0 && count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#include "librcc/file_digest.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "librcc/i18n.h"

#define READ_SIZE 65536

enum rcc_status
rcc_file_digest(const char *path, struct rcc_hash *ret_digest, uint64_t *ret_size, struct rcc_fault *ret_fault)
{
	crypto_hash_sha256_state state;
	uint8_t bytes[READ_SIZE];
	FILE *file = fopen(path, "rb");
	size_t len;

	if (file == NULL) {
		return rcc_fault_set(ret_fault, RCC_E_IO, _("%s cannot be read: %s"), path, strerror(errno));
	}
	*ret_size = 0;
	crypto_hash_sha256_init(&state);
	while ((len = fread(bytes, 1, sizeof bytes, file)) > 0) {
		crypto_hash_sha256_update(&state, bytes, len);
		*ret_size += len;
	}
	int error = ferror(file) != 0 ? errno : 0;
	fclose(file);
	if (error != 0) {
		return rcc_fault_set(ret_fault, RCC_E_IO, _("%s cannot be read: %s"), path, strerror(error));
	}
	crypto_hash_sha256_final(&state, ret_digest->b);
	return RCC_OK;
}

#include "librcc/file_digest.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "librcc/i18n.h"

#define READ_SIZE 65536

static enum rcc_status
add_file(crypto_hash_sha256_state *state, const char *path, uint64_t *size, struct rcc_fault *ret_fault)
{
	uint8_t bytes[READ_SIZE];
	FILE *file = fopen(path, "rb");
	size_t len;

	if (file == NULL) {
		return rcc_fault_set(ret_fault, RCC_E_IO, _("%s cannot be read: %s"), path, strerror(errno));
	}
	while ((len = fread(bytes, 1, sizeof bytes, file)) > 0) {
		crypto_hash_sha256_update(state, bytes, len);
		*size += len;
	}
	int error = ferror(file) != 0 ? errno : 0;
	fclose(file);
	return error == 0 ? RCC_OK
	                  : rcc_fault_set(ret_fault, RCC_E_IO, _("%s cannot be read: %s"), path, strerror(error));
}

enum rcc_status
rcc_file_digest_all(const char *const *path, size_t count, struct rcc_hash *ret_digest, uint64_t *ret_size,
                    struct rcc_fault *ret_fault)
{
	crypto_hash_sha256_state state;
	enum rcc_status status = RCC_OK;

	*ret_size = 0;
	crypto_hash_sha256_init(&state);
	for (size_t i = 0; i < count && status == RCC_OK; i++) {
		status = add_file(&state, path[i], ret_size, ret_fault);
	}
	if (status == RCC_OK) {
		crypto_hash_sha256_final(&state, ret_digest->b);
	}
	return status;
}

enum rcc_status
rcc_file_digest(const char *path, struct rcc_hash *ret_digest, uint64_t *ret_size, struct rcc_fault *ret_fault)
{
	return rcc_file_digest_all(&path, 1, ret_digest, ret_size, ret_fault);
}

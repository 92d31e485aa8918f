/*
 * backup_manifest.h - what a backup holds, in lines that the centre has signed.
 *
 *     rccd-backup-1
 *     made TIME
 *     journal ID
 *     head SEQ HASH TIME
 *     key KEY                       the centre's signing key, which signs this
 *     file NAME BYTES SHA-256       one for each file, those in other folders too
 *     signature HEX                 over all bytes before this line
 */
#ifndef RCC_CTL_BACKUP_MANIFEST_H
#define RCC_CTL_BACKUP_MANIFEST_H

#include "proto/chain.h"

/* A path of a folder and a file in it. */
#define RCC_BACKUP_PATH_SIZE 1200
#define RCC_MANIFEST_NAME "manifest.txt"
#define RCC_MANIFEST_FILES_MAX 8
#define RCC_MANIFEST_SIZE 4096
/* "journal.db" */
#define RCC_MANIFEST_FILE_SIZE 32

struct rcc_manifest_file {
	char name[RCC_MANIFEST_FILE_SIZE];
	uint64_t size;
	struct rcc_hash digest;
};
struct rcc_manifest {
	int64_t made_at_ms;
	struct rcc_journal_id journal;
	struct rcc_link head;
	struct rcc_key key;
	uint32_t file_count;
	struct rcc_manifest_file file[RCC_MANIFEST_FILES_MAX];
};

/* FOLDER/NAME, cut where it does not fit; returns `path`. */
const char *rcc_backup_path(char path[RCC_BACKUP_PATH_SIZE], const char *folder, const char *name);
/* Copies `from` to a new file `to` (0600, synced), and leaves no key of it in memory. RCC_E_IO with the reason. */
RCC_MUST_USE enum rcc_status rcc_backup_copy(const char *from, const char *to, struct rcc_fault *ret_fault);
/* Adds one file by its content. RCC_E_IO with the reason. Pre: there is room for it. */
RCC_MUST_USE enum rcc_status rcc_manifest_add(struct rcc_manifest *manifest, const char *path, const char *name,
                                              struct rcc_fault *ret_fault);
/* Writes FOLDER/manifest.txt (0600, synced), signed. RCC_E_IO with the reason. */
RCC_MUST_USE enum rcc_status rcc_manifest_write(const struct rcc_manifest *manifest, const struct rcc_sign_key *key,
                                                const char *folder, struct rcc_fault *ret_fault);
/*
 * Reads it. RCC_E_CORRUPT: it is none, or the key that it names has not signed it; RCC_E_IO: it cannot be read. Whether that key is
 * the centre's the caller asks.
 */
RCC_MUST_USE enum rcc_status rcc_manifest_read(const char *folder, struct rcc_manifest *ret_manifest,
                                               struct rcc_fault *ret_fault);
/* Is this file, found at `path`, what the manifest says? RCC_E_CORRUPT: another one, or the manifest has none of that name. */
RCC_MUST_USE enum rcc_status rcc_manifest_check(const struct rcc_manifest *manifest, const char *path, const char *name,
                                                struct rcc_fault *ret_fault);
/* NULL: the backup has no such file. */
const struct rcc_manifest_file *rcc_manifest_find(const struct rcc_manifest *manifest, const char *name);

#endif

#define _DEFAULT_SOURCE
#include "ctl/backup_manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "librcc/file_digest.h"
#include "librcc/i18n.h"
#include "rcc/text.h"

#define FOLDER_MAX 1000
#define COPY_SIZE 65536
#define LINE_SIZE 256
static const char signature_word[] = "signature ";

struct lines {
	char text[RCC_MANIFEST_SIZE];
	size_t len;
};

static void __attribute__((format(printf, 2, 3))) put(struct lines *lines, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	int len = vsnprintf(lines->text + lines->len, sizeof lines->text - lines->len, format, arguments);
	va_end(arguments);
	/* Eight files of names of known length fit. */
	lines->len += len > 0 ? (size_t)len : 0;
}

const char *
rcc_backup_path(char path[RCC_BACKUP_PATH_SIZE], const char *folder, const char *name)
{
	(void)snprintf(path, RCC_BACKUP_PATH_SIZE, "%.*s/%s", FOLDER_MAX, folder, name);
	return path;
}

static bool
copy_bytes(int in, int out)
{
	char bytes[COPY_SIZE];
	ssize_t len;
	while ((len = read(in, bytes, sizeof bytes)) > 0 && write(out, bytes, (size_t)len) == len)
		;
	/* What is copied may be a key. */
	explicit_bzero(bytes, sizeof bytes);
	return len == 0 && fsync(out) == 0;
}

enum rcc_status
rcc_backup_copy(const char *from, const char *to, struct rcc_fault *ret_fault)
{
	int in = open(from, O_RDONLY | O_CLOEXEC);
	int out = in < 0 ? -1 : open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
	bool is_good = out >= 0 && copy_bytes(in, out);
	int error = errno;
	if (in >= 0)
		close(in);
	if (out >= 0)
		close(out);
	return is_good ? RCC_OK
	               : rcc_fault_set(ret_fault, RCC_E_IO, _("%s cannot be copied: %s"), from, strerror(error));
}

enum rcc_status
rcc_manifest_add(struct rcc_manifest *manifest, const char *path, const char *name, struct rcc_fault *ret_fault)
{
	struct rcc_manifest_file *file = &manifest->file[manifest->file_count];
	enum rcc_status status = rcc_file_digest(path, &file->digest, &file->size, ret_fault);
	if (status != RCC_OK)
		return status;
	snprintf(file->name, sizeof file->name, "%s", name);
	manifest->file_count++;
	return RCC_OK;
}

static void
put_all(struct lines *lines, const struct rcc_manifest *manifest)
{
	char time[RCC_TIME_TEXT_SIZE], head_time[RCC_TIME_TEXT_SIZE], key[RCC_KEY_TEXT_SIZE];
	char id[RCC_HEX_SIZE(RCC_JOURNAL_ID_SIZE)], hash[RCC_HEX_SIZE(RCC_HASH_SIZE)];
	put(lines, "rccd-backup-1\nmade %s\njournal %s\n", rcc_time_format(time, manifest->made_at_ms),
	    rcc_hex_format(id, manifest->journal.b, sizeof manifest->journal.b));
	put(lines, "head %llu %s %s\nkey %s\n", (unsigned long long)manifest->head.seq,
	    rcc_hex_format(hash, manifest->head.hash.b, sizeof manifest->head.hash.b),
	    rcc_time_format(head_time, manifest->head.at_ms), rcc_key_format(key, &manifest->key));
	for (uint32_t i = 0; i < manifest->file_count; i++) {
		const struct rcc_manifest_file *file = &manifest->file[i];
		put(lines, "file %s %llu %s\n", file->name, (unsigned long long)file->size,
		    rcc_hex_format(hash, file->digest.b, sizeof file->digest.b));
	}
}

static enum rcc_status
write_text(const char *path, const char *text, size_t len, struct rcc_fault *ret_fault)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
	bool is_good = fd >= 0 && write(fd, text, len) == (ssize_t)len && fsync(fd) == 0;
	int error = errno;
	if (fd >= 0)
		close(fd);
	return is_good ? RCC_OK
	               : rcc_fault_set(ret_fault, RCC_E_IO, _("%s: cannot be written: %s"), path, strerror(error));
}

enum rcc_status
rcc_manifest_write(const struct rcc_manifest *manifest, const struct rcc_sign_key *key, const char *folder,
                   struct rcc_fault *ret_fault)
{
	struct lines lines = {.len = 0};
	struct rcc_signature signature;
	char hex[RCC_HEX_SIZE(RCC_SIGNATURE_SIZE)], path[RCC_BACKUP_PATH_SIZE];
	put_all(&lines, manifest);
	rcc_manifest_sign(key, lines.text, lines.len, &signature);
	put(&lines, "%s%s\n", signature_word, rcc_hex_format(hex, signature.b, sizeof signature.b));
	(void)snprintf(path, sizeof path, "%s/" RCC_MANIFEST_NAME, folder);
	return write_text(path, lines.text, lines.len, ret_fault);
}

/* ---- reading ---- */

static bool
take_file(struct rcc_manifest *manifest, const char *line)
{
	char hash[RCC_HEX_SIZE(RCC_HASH_SIZE)];
	unsigned long long size = 0;
	struct rcc_manifest_file *file = &manifest->file[manifest->file_count];
	if (manifest->file_count == RCC_MANIFEST_FILES_MAX ||
	    sscanf(line, "file %31s %llu %64s", file->name, &size, hash) != 3 ||
	    rcc_hex_parse(hash, file->digest.b, sizeof file->digest.b) != RCC_OK)
		return false;
	file->size = size;
	manifest->file_count++;
	return true;
}

static bool
take_head(struct rcc_manifest *manifest, const char *line)
{
	char hash[RCC_HEX_SIZE(RCC_HASH_SIZE)], time[RCC_TIME_TEXT_SIZE];
	unsigned long long seq = 0;
	if (sscanf(line, "head %llu %64s %31s", &seq, hash, time) != 3 ||
	    rcc_hex_parse(hash, manifest->head.hash.b, sizeof manifest->head.hash.b) != RCC_OK ||
	    rcc_time_parse(time, &manifest->head.at_ms) != RCC_OK)
		return false;
	manifest->head.seq = seq;
	return true;
}

/* Each line by its first word; a word that nobody knows makes it another format. */
static bool
take_line(struct rcc_manifest *manifest, const char *line, uint32_t index)
{
	if (index == 0)
		return strcmp(line, "rccd-backup-1") == 0;
	if (strncmp(line, "made ", 5) == 0)
		return rcc_time_parse(line + 5, &manifest->made_at_ms) == RCC_OK;
	if (strncmp(line, "journal ", 8) == 0)
		return rcc_hex_parse(line + 8, manifest->journal.b, sizeof manifest->journal.b) == RCC_OK;
	if (strncmp(line, "key ", 4) == 0)
		return rcc_key_parse(line + 4, &manifest->key) == RCC_OK;
	if (strncmp(line, "head ", 5) == 0)
		return take_head(manifest, line);
	return strncmp(line, "file ", 5) == 0 && take_file(manifest, line);
}

static bool
parse(char *text, size_t len, struct rcc_manifest *ret_manifest)
{
	struct rcc_signature signature;
	char *end = strstr(text, signature_word);
	uint32_t index = 0;
	if (end == NULL || end == text || end[-1] != '\n' || strlen(text) != len)
		return false;
	size_t signed_len = (size_t)(end - text);
	char *hex = end + sizeof signature_word - 1;
	hex[strcspn(hex, "\n")] = '\0';
	bool is_good = rcc_hex_parse(hex, signature.b, sizeof signature.b) == RCC_OK;
	for (const char *line = text; line < end && is_good; line += strcspn(line, "\n") + 1) {
		char one[LINE_SIZE];
		size_t line_len = strcspn(line, "\n");
		is_good = line_len < sizeof one;
		if (is_good)
			snprintf(one, sizeof one, "%.*s", (int)line_len, line);
		is_good = is_good && take_line(ret_manifest, one, index++);
	}
	return is_good && index > 0 && rcc_manifest_verify(&ret_manifest->key, text, signed_len, &signature);
}

enum rcc_status
rcc_manifest_read(const char *folder, struct rcc_manifest *ret_manifest, struct rcc_fault *ret_fault)
{
	char text[RCC_MANIFEST_SIZE + 1] = "", path[RCC_BACKUP_PATH_SIZE];
	(void)snprintf(path, sizeof path, "%s/" RCC_MANIFEST_NAME, folder);
	FILE *file = fopen(path, "rb");
	if (file == NULL)
		return rcc_fault_set(ret_fault, RCC_E_IO, _("%s: cannot be read: %s"), path, strerror(errno));
	size_t len = fread(text, 1, RCC_MANIFEST_SIZE, file);
	fclose(file);
	*ret_manifest = (struct rcc_manifest){.file_count = 0};
	return parse(text, len, ret_manifest)
	           ? RCC_OK
	           : rcc_fault_set(ret_fault, RCC_E_CORRUPT, _("%s: is not what a centre has signed"), path);
}

const struct rcc_manifest_file *
rcc_manifest_find(const struct rcc_manifest *manifest, const char *name)
{
	for (uint32_t i = 0; i < manifest->file_count; i++) {
		if (strcmp(manifest->file[i].name, name) == 0)
			return &manifest->file[i];
	}
	return NULL;
}

enum rcc_status
rcc_manifest_check(const struct rcc_manifest *manifest, const char *path, const char *name, struct rcc_fault *ret_fault)
{
	const struct rcc_manifest_file *file = rcc_manifest_find(manifest, name);
	struct rcc_hash digest;
	uint64_t size = 0;
	if (file == NULL)
		return rcc_fault_set(ret_fault, RCC_E_CORRUPT, _("%s: the backup has no such file"), name);
	enum rcc_status status = rcc_file_digest(path, &digest, &size, ret_fault);
	if (status != RCC_OK)
		return status;
	return size == file->size && memcmp(&digest, &file->digest, sizeof digest) == 0
	           ? RCC_OK
	           : rcc_fault_set(ret_fault, RCC_E_CORRUPT, _("%s: is not the file that was backed up"), path);
}

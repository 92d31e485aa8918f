#define _POSIX_C_SOURCE 200809L
#include "librcc/pack_file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "librcc/i18n.h"
#include "rcc/text.h"

#define PATH_SIZE 4096

/* ---- the first line ---- */

static bool
take_text(const json_t *line, const char *key, char *array, size_t size)
{
	const char *text = json_string_value(json_object_get(line, key));

	return text != NULL && rcc_text_copy(array, size, text, strlen(text)) == RCC_OK;
}

static bool
take_number(const json_t *line, const char *key, json_int_t max, uint64_t *ret_value)
{
	const json_t *value = json_object_get(line, key);

	if (!json_is_integer(value) || json_integer_value(value) < 0 || json_integer_value(value) > max) {
		return false;
	}
	*ret_value = (uint64_t)json_integer_value(value);
	return true;
}

static bool
take_hex(const json_t *line, const char *key, uint8_t *bytes, size_t len)
{
	const char *text = json_string_value(json_object_get(line, key));

	return text != NULL && rcc_hex_parse(text, bytes, len) == RCC_OK;
}

static bool
take_time(const json_t *line, const char *key, int64_t *ret_at_ms)
{
	const char *text = json_string_value(json_object_get(line, key));

	return text != NULL && rcc_time_parse(text, ret_at_ms) == RCC_OK;
}

static bool
take_head(const json_t *line, struct rcc_pack_head *head)
{
	const char *mmsi = json_string_value(json_object_get(line, "mmsi"));
	uint64_t id = 0;

	if (!take_number(line, "incident_id", UINT32_MAX, &id) || mmsi == NULL ||
	    rcc_mmsi_parse(mmsi, &head->mmsi) != RCC_OK) {
		return false;
	}
	head->incident_id.v = (uint32_t)id;
	head->is_complete = json_is_true(json_object_get(line, "complete"));
	/* An unregistered ship has no name; a journal without an entry no time. */
	(void)take_text(line, "ship", head->ship, sizeof head->ship);
	(void)take_time(line, "to_time", &head->to.at_ms);
	return take_text(line, "centre", head->centre, sizeof head->centre) &&
	       take_text(line, "incident", head->incident, sizeof head->incident) &&
	       take_text(line, "build", head->build, sizeof head->build) &&
	       take_hex(line, "journal", head->journal.b, sizeof head->journal.b) &&
	       take_time(line, "made", &head->made_at_ms) &&
	       take_number(line, "from_seq", INT64_MAX, &head->from_seq) &&
	       take_number(line, "to_seq", INT64_MAX, &head->to.seq) &&
	       take_hex(line, "to_hash", head->to.hash.b, sizeof head->to.hash.b);
}

enum rcc_status
rcc_pack_head_read(const char *text, size_t len, struct rcc_pack_head *ret_head)
{
	const char *newline = memchr(text, '\n', len);
	json_error_t error;

	memset(ret_head, 0, sizeof *ret_head);
	if (newline == NULL) {
		return RCC_E_MALFORMED;
	}
	json_t *line = json_loadb(text, (size_t)(newline - text), JSON_REJECT_DUPLICATES, &error);
	bool is_good = line != NULL && take_head(line, ret_head);
	json_decref(line);
	return is_good ? RCC_OK : RCC_E_MALFORMED;
}

/* ---- the file ---- */

enum rcc_status
rcc_pack_file_read(const char *path, char *text, size_t size, size_t *ret_len, struct rcc_fault *ret_fault)
{
	FILE *file = fopen(path, "rbe");
	enum rcc_status status = RCC_OK;

	if (file == NULL) {
		return rcc_fault_set(ret_fault, RCC_E_IO, _("%s: cannot be opened: %s"), path, strerror(errno));
	}
	*ret_len = fread(text, 1, size, file);
	if (ferror(file) != 0) {
		status = rcc_fault_set(ret_fault, RCC_E_IO, _("%s: cannot be read: %s"), path, strerror(errno));
	} else if (*ret_len == size) {
		status = rcc_fault_set(ret_fault, RCC_E_TOO_LARGE, _("%s: is longer than any pack"), path);
	}
	fclose(file);
	return status;
}

static bool
write_all(int fd, const char *text, size_t len)
{
	while (len > 0) {
		ssize_t put = write(fd, text, len);

		if (put < 0 && errno == EINTR) {
			continue;
		}
		if (put <= 0) {
			return false;
		}
		text += put;
		len -= (size_t)put;
	}
	return fsync(fd) == 0;
}

enum rcc_status
rcc_pack_file_write(const char *path, const char *text, size_t len, struct rcc_fault *ret_fault)
{
	char part[PATH_SIZE];
	int used = snprintf(part, sizeof part, "%s.part", path);

	if (used < 0 || (size_t)used >= sizeof part) {
		return rcc_fault_set(ret_fault, RCC_E_TOO_LARGE, _("%s: the name is too long"), path);
	}
	int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool is_written = fd >= 0 && write_all(fd, text, len);
	int reason = errno;
	if (fd >= 0 && close(fd) != 0) {
		reason = errno;
		is_written = false;
	}
	if (is_written && rename(part, path) == 0) {
		return RCC_OK;
	}
	reason = is_written ? errno : reason;
	(void)unlink(part);
	return rcc_fault_set(ret_fault, RCC_E_IO, _("%s: cannot be written: %s"), path, strerror(reason));
}

/* ---- what a person is told ---- */

static const char *
finding_text(enum rcc_pack_finding finding)
{
	static const char *const words[] = {
	    [RCC_PACK_WHOLE] = N_("it is whole"),
	    [RCC_PACK_NO_PACK] = N_("this is no evidence pack of a form that this program knows"),
	    [RCC_PACK_LINE] = N_("the line was changed, or one before it is missing or out of its place"),
	    [RCC_PACK_CUT] = N_("it ends too early: the signature is missing"),
	    [RCC_PACK_TAIL] = N_("something follows the signature"),
	    [RCC_PACK_UNSIGNED] = N_("nobody has signed it: it is no proof"),
	    [RCC_PACK_OTHER_KEY] = N_("it is signed with another key than the centre's"),
	    [RCC_PACK_BAD_SIGNATURE] = N_("the signature is not one of these lines"),
	};

	return gettext(words[finding]);
}

static void
tell_whole(const struct rcc_pack_head *head, const struct rcc_pack_report *report, bool is_trusted)
{
	char key[RCC_KEY_TEXT_SIZE], fingerprint[RCC_PACK_FINGERPRINT_SIZE];
	char mmsi[RCC_MMSI_TEXT_SIZE], made[RCC_TIME_TEXT_SIZE];

	printf(_("whole: %u lines, signed by %s (fingerprint %s), of centre %s; ship %s %s in incident %s, entries "
	         "%" PRIu64 " to %" PRIu64 ", made %s\n"),
	       report->lines, rcc_key_format(key, &report->key), rcc_pack_fingerprint(fingerprint, &report->key),
	       head->centre, rcc_mmsi_format(mmsi, head->mmsi), head->ship, head->incident, head->from_seq,
	       head->to.seq, rcc_time_format(made, head->made_at_ms));
	if (!head->is_complete) {
		puts(
		    _("NOT COMPLETE: the record holds more of this ship than a pack may; ask the centre for the rest"));
	}
	if (!is_trusted) {
		puts(_(
		    "the key is the one that the pack itself states: it proves nothing until somebody has compared it "
		    "with the centre's (--key)"));
	}
}

bool
rcc_pack_file_tell(const char *program, const char *path, const char *text, size_t len, const struct rcc_key *trusted)
{
	struct rcc_pack_report report;
	struct rcc_pack_head head;
	char key[RCC_KEY_TEXT_SIZE];
	enum rcc_status status = rcc_pack_verify(text, len, trusted, &report);

	if (status == RCC_OK && rcc_pack_head_read(text, len, &head) != RCC_OK) {
		report.finding = RCC_PACK_NO_PACK;
		report.line = 1;
		status = RCC_E_MALFORMED;
	}
	if (status == RCC_OK) {
		tell_whole(&head, &report, trusted != NULL);
		return true;
	}
	fprintf(stderr, _("%s: %s: line %u: %s\n"), program, path, report.line, finding_text(report.finding));
	if (report.finding == RCC_PACK_OTHER_KEY) {
		fprintf(stderr, _("%s: it is signed by %s\n"), program, rcc_key_format(key, &report.key));
	}
	return false;
}

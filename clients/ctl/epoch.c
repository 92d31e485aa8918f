/*
 * epoch.c - a damaged record is set aside as it was found, and a new one begins with its good entries: the centre can record again.
 *
 * On the centre's own machine, while rccd does not run. The damaged file is evidence: it is moved, with its digest in the first entry of
 * the new epoch, and never written.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "ctl/backup_manifest.h"
#include "ctl/ctl.h"
#include "journal/copy.h"
#include "journal/journal.h"
#include "journal/salvage.h"
#include "librcc/file_digest.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "sys/epoch.h"
#include "sys/sys.h"

/* As rccd.conf(5) has it. */
#define STATE_DIR "/var/lib/rccd"
#define NEW_NAME "journal.db-salvaged"

struct opening {
	const char *state;
	char journal[RCC_BACKUP_PATH_SIZE], wal[RCC_BACKUP_PATH_SIZE], fresh[RCC_BACKUP_PATH_SIZE];
	char aside[RCC_BACKUP_PATH_SIZE];
	struct rcc_epoch_note note;
	struct rcc_fault fault;
};

static enum rcc_status
examine(const char *path, enum rcc_audit_depth depth, struct rcc_audit_report *ret_report)
{
	const struct rcc_audit_ask ask = {.path = path, .depth = depth};
	struct rcc_fault fault = {0};
	enum rcc_status status = rcc_journal_examine(&ask, ret_report, &fault);
	if (status != RCC_OK && ret_report->bad_reason[0] == '\0')
		rcc_text_copy_lossy(ret_report->bad_reason, sizeof ret_report->bad_reason, fault.text,
		                    strlen(fault.text));
	return status;
}

/* What is wrong, and how far it is good: a guard that is missing damages no entry. */
static enum rcc_status
look(struct opening *opening)
{
	struct rcc_audit_report file = {0}, record = {0};
	struct rcc_epoch *epoch = &opening->note.epoch;
	if (access(opening->journal, R_OK) != 0)
		return rcc_fault_set(&opening->fault, RCC_E_NOT_FOUND, _("%s cannot be read: %s"), opening->journal,
		                     strerror(errno));
	if (examine(opening->journal, RCC_AUDIT_FILE, &file) == RCC_OK)
		return rcc_fault_set(&opening->fault, RCC_E_NOT_FOUND,
		                     _("the record verifies up to entry %llu: it goes on, and needs no new epoch"),
		                     (unsigned long long)file.head.seq);
	(void)examine(opening->journal, RCC_AUDIT_RECORD, &record);
	opening->note.good_seq = record.head.seq;
	epoch->damaged_seq = record.bad_seq;
	memcpy(epoch->damage, record.bad_reason[0] != '\0' ? record.bad_reason : file.bad_reason, sizeof epoch->damage);
	const char *const paths[] = {opening->journal, access(opening->wal, F_OK) == 0 ? opening->wal : NULL};
	return rcc_file_digest_all(paths, paths[1] == NULL ? 1 : 2, &epoch->digest, &epoch->size, &opening->fault);
}

/* Copied, and looked at again: what the centre goes on from is what was found good, to the last hash. */
static enum rcc_status
salvage(struct opening *opening)
{
	struct rcc_audit_report report = {0};
	(void)unlink(opening->fresh); /* of an opening that was cut off */
	enum rcc_status status =
	    rcc_journal_salvage(opening->journal, opening->fresh, opening->note.good_seq, &opening->fault);
	if (status == RCC_OK &&
	    (examine(opening->fresh, RCC_AUDIT_RECORD, &report) != RCC_OK || report.head.seq != opening->note.good_seq))
		status = rcc_fault_set(&opening->fault, RCC_E_CORRUPT, _("what was copied does not verify: %s"),
		                       report.bad_reason);
	return status;
}

/* A second name for the same bytes: at no moment has the damaged file none. */
static enum rcc_status
keep(struct opening *opening, const char *name)
{
	char from[RCC_BACKUP_PATH_SIZE], to[RCC_BACKUP_PATH_SIZE];
	rcc_backup_path(from, opening->state, name);
	if (access(from, F_OK) != 0)
		return RCC_OK;
	if (link(from, rcc_backup_path(to, opening->aside, name)) != 0)
		return rcc_fault_set(&opening->fault, RCC_E_IO, "%s: %s", to, strerror(errno));
	return RCC_OK;
}

static enum rcc_status
set_aside(struct opening *opening)
{
	char path[RCC_BACKUP_PATH_SIZE];
	static const char *const beside[] = {"journal.db-wal", "journal.db-shm"};
	if (mkdir(opening->aside, S_IRWXU) != 0)
		return rcc_fault_set(&opening->fault, RCC_E_IO, "%s: %s", opening->aside, strerror(errno));
	enum rcc_status status = keep(opening, "journal.db");
	for (size_t i = 0; i < sizeof beside / sizeof beside[0] && status == RCC_OK; i++)
		status = keep(opening, beside[i]);
	if (status == RCC_OK)
		status = rcc_copy_sync(rcc_backup_path(path, opening->aside, "journal.db"), &opening->fault);
	if (status == RCC_OK)
		status = rcc_epoch_write(opening->state, &opening->note, &opening->fault);
	if (status != RCC_OK)
		return status;
	/* The pages that wait in a log of the damaged file are not for the new one. */
	for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++)
		(void)unlink(rcc_backup_path(path, opening->state, beside[i]));
	if (rename(opening->fresh, opening->journal) != 0)
		return rcc_fault_set(&opening->fault, RCC_E_IO, "%s: %s", opening->journal, strerror(errno));
	return rcc_copy_sync(opening->journal, &opening->fault);
}

static enum rcc_status
begin(struct opening *opening)
{
	time_t now_s = (time_t)(rcc_ctl_now_ms() / RCC_MS_PER_S);
	struct tm utc;
	char name[40];
	rcc_backup_path(opening->journal, opening->state, "journal.db");
	rcc_backup_path(opening->wal, opening->state, "journal.db-wal");
	rcc_backup_path(opening->fresh, opening->state, NEW_NAME);
	if (gmtime_r(&now_s, &utc) == NULL || strftime(name, sizeof name, "damaged-%Y%m%dT%H%M%SZ", &utc) == 0)
		return rcc_fault_set(&opening->fault, RCC_E_RANGE, "%s", _("the clock of this machine is of no year"));
	rcc_backup_path(opening->aside, opening->state, name);
	enum rcc_status status = look(opening);
	if (status == RCC_OK)
		status = salvage(opening);
	if (status == RCC_OK)
		status = set_aside(opening);
	return status;
}

static void
print_opened(const struct rcc_ctl *ctl, const struct opening *opening)
{
	const struct rcc_epoch *epoch = &opening->note.epoch;
	char digest[2 * sizeof epoch->digest.b + 1];
	rcc_hex_format(digest, epoch->digest.b, sizeof epoch->digest.b);
	if (ctl->is_json) {
		fprintf(ctl->out, "{\"class\":\"EPOCH\",\"good_seq\":%llu,\"damaged_seq\":%llu,\"digest\":\"%s\"}\n",
		        (unsigned long long)opening->note.good_seq, (unsigned long long)epoch->damaged_seq, digest);
		return;
	}
	fprintf(ctl->out, _("the new epoch begins with entries 1 to %llu of the record; damaged: %s\n"),
	        (unsigned long long)opening->note.good_seq, epoch->damage);
	fprintf(ctl->out, _("the damaged record lies in %s as it was found, SHA-256 %s: it is evidence\n"),
	        opening->aside, digest);
	fprintf(ctl->out, "%s\n",
	        _("start rccd: its first entry says so. Ships that know of later entries show that they do; ask them "
	          "for their packs"));
}

int
rcc_ctl_verb_new_epoch(struct rcc_ctl *ctl)
{
	const char *state = ctl->option[RCC_CTL_OPTION_STATE_DIR], *officer = ctl->option[RCC_CTL_OPTION_OFFICER],
	           *reason = ctl->option[RCC_CTL_OPTION_REASON];
	struct opening opening = {.state = state != NULL ? state : STATE_DIR};
	struct rcc_epoch *epoch = &opening.note.epoch;
	int lock_fd = -1;
	if (officer == NULL || reason == NULL || !rcc_text_has_word(officer) || !rcc_text_has_word(reason))
		return rcc_ctl_fail(RCC_EXIT_USAGE, "%s",
		                    _("a record is set aside by somebody, for a reason: --officer NAME --reason TEXT"));
	rcc_text_copy_lossy(epoch->officer, sizeof epoch->officer, officer, strlen(officer));
	rcc_text_copy_lossy(epoch->reason, sizeof epoch->reason, reason, strlen(reason));
	if (rcc_chain_init() != RCC_OK)
		return rcc_ctl_fail(RCC_EXIT_FAILED, _("the kernel gives no randomness; no key can be made safely"));
	if (access(opening.state, F_OK) != 0)
		return rcc_ctl_fail(RCC_EXIT_FAILED, "%s: %s", opening.state, strerror(errno));
	enum rcc_status status = rcc_state_lock(opening.state, &lock_fd, &opening.fault);
	if (status == RCC_OK)
		status = begin(&opening);
	if (lock_fd >= 0)
		(void)close(lock_fd);
	if (status != RCC_OK)
		return rcc_ctl_fail(rcc_exit_of(status), _("NO NEW EPOCH: %s"), opening.fault.text);
	print_opened(ctl, &opening);
	return RCC_EXIT_OK;
}

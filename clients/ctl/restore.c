/*
 * restore.c - a backup becomes a state directory: only if it is what a centre signed, and only where nothing is yet.
 *
 * Verified before the centre starts: a start adds to the record, and what is damaged would become evidence twice.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ctl/backup_manifest.h"
#include "ctl/ctl.h"
#include "journal/journal.h"
#include "librcc/i18n.h"
#include "rcc/text.h"

struct restore {
	const char *record, *sealed, *keys, *into;
	struct rcc_manifest manifest;
	struct rcc_fault fault;
};

/* Checked where it lies, copied, and what was copied is checked again: a bad disk shows in one of the two. */
static enum rcc_status
take(struct restore *restore, const char *folder, const char *name, bool is_needed)
{
	char from[RCC_BACKUP_PATH_SIZE], to[RCC_BACKUP_PATH_SIZE];
	if (folder == NULL || (!is_needed && rcc_manifest_find(&restore->manifest, name) == NULL))
		return RCC_OK;
	enum rcc_status status =
	    rcc_manifest_check(&restore->manifest, rcc_backup_path(from, folder, name), name, &restore->fault);
	if (status == RCC_OK)
		status = rcc_backup_copy(from, rcc_backup_path(to, restore->into, name), &restore->fault);
	return status != RCC_OK ? status : rcc_manifest_check(&restore->manifest, to, name, &restore->fault);
}

static enum rcc_status
look(struct restore *restore)
{
	struct rcc_audit_report report = {0};
	char path[RCC_BACKUP_PATH_SIZE];
	enum rcc_status status =
	    rcc_journal_audit(rcc_backup_path(path, restore->into, "journal.db"), &restore->manifest.key, NULL, 0, NULL,
	                      NULL, &report, &restore->fault);
	if (status == RCC_OK && (report.head.seq != restore->manifest.head.seq ||
	                         memcmp(&report.head.hash, &restore->manifest.head.hash, sizeof report.head.hash) != 0))
		status =
		    rcc_fault_set(&restore->fault, RCC_E_CORRUPT,
		                  _("the record ends at entry %llu, the backup was signed at entry %llu"),
		                  (unsigned long long)report.head.seq, (unsigned long long)restore->manifest.head.seq);
	return status;
}

static enum rcc_status
put_back(struct restore *restore, const struct rcc_key *trusted)
{
	enum rcc_status status = rcc_manifest_read(restore->record, &restore->manifest, &restore->fault);
	if (status == RCC_OK && trusted != NULL && memcmp(trusted, &restore->manifest.key, sizeof *trusted) != 0)
		status = rcc_fault_set(&restore->fault, RCC_E_CORRUPT,
		                       _("it is signed with another key than the one you gave"));
	if (status == RCC_OK && mkdir(restore->into, S_IRWXU) != 0)
		status = rcc_fault_set(&restore->fault, RCC_E_IO,
		                       _("%s: %s; put aside what is there, and name a new folder"), restore->into,
		                       strerror(errno));
	if (status == RCC_OK)
		status = take(restore, restore->record, "journal.db", true);
	if (status == RCC_OK)
		status = take(restore, restore->record, "tracks.db", false);
	if (status == RCC_OK)
		status = take(restore, restore->sealed, "sealed.db", false);
	if (status == RCC_OK)
		status = take(restore, restore->keys, "server.key", true);
	if (status == RCC_OK)
		status = take(restore, restore->keys, "sign.key", true);
	return status == RCC_OK ? look(restore) : status;
}

int
rcc_ctl_verb_restore(struct rcc_ctl *ctl)
{
	struct restore restore = {.record = ctl->operand[0],
	                          .sealed = ctl->option[RCC_CTL_OPTION_SEALED],
	                          .keys = ctl->option[RCC_CTL_OPTION_KEYS],
	                          .into = ctl->option[RCC_CTL_OPTION_INTO]};
	const char *trusted_text = ctl->option[RCC_CTL_OPTION_KEY];
	struct rcc_key trusted;
	char time[RCC_TIME_TEXT_SIZE];
	if (restore.into == NULL)
		return rcc_ctl_fail(RCC_EXIT_USAGE, "%s",
		                    _("say where: --into FOLDER, a state directory that is not there yet"));
	if (rcc_chain_init() != RCC_OK)
		return rcc_ctl_fail(RCC_EXIT_FAILED, _("the kernel gives no randomness; no key can be made safely"));
	int exit_code = trusted_text == NULL ? RCC_EXIT_OK : rcc_ctl_public_key(trusted_text, &trusted);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	enum rcc_status status = put_back(&restore, trusted_text == NULL ? NULL : &trusted);
	if (status != RCC_OK)
		return rcc_ctl_fail(rcc_exit_of(status), _("NOT RESTORED, do not start from %s: %s"), restore.into,
		                    restore.fault.text);
	fprintf(ctl->out, _("restored into %s: whole up to entry %llu of %s\n"), restore.into,
	        (unsigned long long)restore.manifest.head.seq, rcc_time_format(time, restore.manifest.head.at_ms));
	if (restore.keys == NULL)
		fprintf(
		    ctl->out, "%s\n",
		    _("without --keys it starts as another centre: ships refuse it, and the record refuses its key"));
	return RCC_EXIT_OK;
}

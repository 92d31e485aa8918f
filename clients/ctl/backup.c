/*
 * backup.c - the record is copied while the centre runs, and called good only after it was looked at.
 *
 * Three folders, since three kinds of people may see them: the record may be audited, the keys of what is sealed undo the seal, and
 * the centre's own keys are the centre. What lies beside the record by mistake is refused.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "ctl/backup_manifest.h"
#include "ctl/ctl.h"
#include "journal/copy.h"
#include "journal/journal.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "sys/sys.h"

/* As rccd.conf(5) has it. */
#define STATE_DIR "/var/lib/rccd"

struct backup {
	const char *state, *record, *sealed, *keys;
	struct rcc_manifest manifest;
	struct rcc_sign_key sign_key;
	struct rcc_fault fault;
};

static enum rcc_status
make_folder(struct backup *backup, const char *folder)
{
	if (folder == NULL || mkdir(folder, S_IRWXU) == 0)
		return RCC_OK;
	if (errno == EEXIST)
		return rcc_fault_set(&backup->fault, RCC_E_IO,
		                     _("%s is there already: name a new folder, nothing is written over"), folder);
	return rcc_fault_set(&backup->fault, RCC_E_IO, _("%s cannot be made: %s"), folder, strerror(errno));
}

static enum rcc_status
load_key(struct backup *backup)
{
	char path[RCC_BACKUP_PATH_SIZE];
	if (access(rcc_backup_path(path, backup->state, "sign.key"), R_OK) != 0)
		return rcc_fault_set(
		    &backup->fault, RCC_E_NOT_FOUND,
		    _("%s cannot be read: a backup is made on the centre's own machine, by the user who "
		      "runs it (sudo -u rccd rccctl backup ...)"),
		    path);
	enum rcc_status status = rcc_secret_load_or_make(path, backup->sign_key.secret, sizeof backup->sign_key.secret,
	                                                 NULL, &backup->fault);
	if (status == RCC_OK && !rcc_sign_key_complete(&backup->sign_key))
		status = rcc_fault_set(&backup->fault, RCC_E_CORRUPT, _("%s holds no usable key"), path);
	backup->manifest.key = backup->sign_key.public_key;
	return status;
}

/* `is_needed`: without it there is no backup; others may not be there yet. */
static enum rcc_status
copy_database(struct backup *backup, const char *folder, const char *name, bool is_needed)
{
	char from[RCC_BACKUP_PATH_SIZE], to[RCC_BACKUP_PATH_SIZE];
	if (!is_needed && access(rcc_backup_path(from, backup->state, name), F_OK) != 0)
		return RCC_OK;
	enum rcc_status status = rcc_journal_copy(rcc_backup_path(from, backup->state, name),
	                                          rcc_backup_path(to, folder, name), &backup->fault);
	return status != RCC_OK ? status : rcc_manifest_add(&backup->manifest, to, name, &backup->fault);
}

static enum rcc_status
copy_key(struct backup *backup, const char *name)
{
	char from[RCC_BACKUP_PATH_SIZE], to[RCC_BACKUP_PATH_SIZE];
	enum rcc_status status = rcc_backup_copy(rcc_backup_path(from, backup->state, name),
	                                         rcc_backup_path(to, backup->keys, name), &backup->fault);
	return status != RCC_OK ? status : rcc_manifest_add(&backup->manifest, to, name, &backup->fault);
}

/* A copy that nobody has read is a hope. */
static enum rcc_status
look(struct backup *backup)
{
	struct rcc_audit_report report = {0};
	char path[RCC_BACKUP_PATH_SIZE];
	enum rcc_status status = rcc_journal_audit(rcc_backup_path(path, backup->record, "journal.db"),
	                                           &backup->manifest.key, NULL, 0, NULL, NULL, &report, &backup->fault);
	backup->manifest.journal = report.journal;
	backup->manifest.head = report.head;
	return status;
}

static enum rcc_status
make(struct backup *backup)
{
	enum rcc_status status = load_key(backup);
	if (status == RCC_OK)
		status = make_folder(backup, backup->record);
	if (status == RCC_OK)
		status = make_folder(backup, backup->sealed);
	if (status == RCC_OK)
		status = make_folder(backup, backup->keys);
	if (status == RCC_OK)
		status = copy_database(backup, backup->record, "journal.db", true);
	if (status == RCC_OK)
		status = copy_database(backup, backup->record, "tracks.db", false);
	if (status == RCC_OK && backup->sealed != NULL)
		status = copy_database(backup, backup->sealed, "sealed.db", false);
	if (status == RCC_OK && backup->keys != NULL)
		status = copy_key(backup, "server.key");
	if (status == RCC_OK && backup->keys != NULL)
		status = copy_key(backup, "sign.key");
	if (status == RCC_OK)
		status = look(backup);
	backup->manifest.made_at_ms = rcc_ctl_now_ms();
	return status != RCC_OK
	           ? status
	           : rcc_manifest_write(&backup->manifest, &backup->sign_key, backup->record, &backup->fault);
}

static void
print_made(const struct rcc_ctl *ctl, const struct backup *backup)
{
	const struct rcc_manifest *manifest = &backup->manifest;
	char time[RCC_TIME_TEXT_SIZE];
	if (ctl->is_json) {
		fprintf(ctl->out, "{\"class\":\"BACKUP\",\"head_seq\":%llu,\"files\":%u,\"made\":\"%s\"}\n",
		        (unsigned long long)manifest->head.seq, manifest->file_count,
		        rcc_time_format(time, manifest->made_at_ms));
		return;
	}
	fprintf(ctl->out, _("whole up to entry %llu of %s; %u files; what they are is signed in %s/%s\n"),
	        (unsigned long long)manifest->head.seq, rcc_time_format(time, manifest->head.at_ms),
	        manifest->file_count, backup->record, RCC_MANIFEST_NAME);
	if (backup->sealed == NULL || backup->keys == NULL)
		fprintf(ctl->out, "%s\n",
		        _("a centre that starts from it alone has not got everything: --sealed keeps what was told in "
		          "confidence readable, --keys keeps it the same centre for its ships"));
}

/* Folders that are one would give the seal and what it seals to the same hands. */
static bool
is_same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

int
rcc_ctl_verb_backup(struct rcc_ctl *ctl)
{
	const char *state = ctl->option[RCC_CTL_OPTION_STATE_DIR];
	struct backup backup = {.state = state != NULL ? state : STATE_DIR,
	                        .record = ctl->operand[0],
	                        .sealed = ctl->option[RCC_CTL_OPTION_SEALED],
	                        .keys = ctl->option[RCC_CTL_OPTION_KEYS]};
	if (is_same(backup.record, backup.sealed) || is_same(backup.record, backup.keys) ||
	    is_same(backup.sealed, backup.keys))
		return rcc_ctl_fail(RCC_EXIT_USAGE, "%s",
		                    _("the record, what is sealed and the centre's keys go into folders of their own"));
	if (rcc_chain_init() != RCC_OK)
		return rcc_ctl_fail(RCC_EXIT_FAILED, _("the kernel gives no randomness; no key can be made safely"));
	enum rcc_status status = make(&backup);
	rcc_sign_key_wipe(&backup.sign_key);
	if (status != RCC_OK)
		return rcc_ctl_fail(rcc_exit_of(status), _("NO BACKUP: %s"), backup.fault.text);
	print_made(ctl, &backup);
	return RCC_EXIT_OK;
}

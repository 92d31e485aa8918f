/*
 * What is attached to a case: the record holds a file's digest, its size, who collected it and every hand that it has been in
 * since; the file itself stays with them. Whoever has it can show at any time that it is the same.
 */
#include <stdio.h>
#include <string.h>

#include "ctl/ctl.h"
#include "librcc/file_digest.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/work_text.h"

static int
digest_file(const char *path, struct rcc_note *note)
{
	struct rcc_fault fault;
	if (rcc_file_digest(path, &note->digest, &note->size, &fault) != RCC_OK)
		return rcc_ctl_fail(RCC_EXIT_FAILED, "%s", fault.text);
	if (note->size == 0)
		return rcc_ctl_fail(RCC_EXIT_FAILED, _("%s is empty: it shows nothing"), path);
	return RCC_EXIT_OK;
}

/* --authority, --text, and the case. */
static int
fill(struct rcc_ctl *ctl, struct rcc_note *note, const char *who)
{
	if (ctl->option[RCC_CTL_OPTION_AUTHORITY] == NULL)
		return rcc_ctl_fail(RCC_EXIT_USAGE, "%s", who);
	if (ctl->option[RCC_CTL_OPTION_TEXT] == NULL)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("say what it is, and how it came: --text TEXT"));
	int exit_code = rcc_ctl_option_text(ctl, RCC_CTL_OPTION_AUTHORITY, note->authority, sizeof note->authority);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_option_text(ctl, RCC_CTL_OPTION_TEXT, note->text, sizeof note->text);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_option_ship(ctl, RCC_CTL_OPTION_SHIP, &note->ship);
	if (exit_code == RCC_EXIT_OK)
		exit_code = digest_file(ctl->operand[1], note);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_incident(ctl, ctl->operand[0], &note->incident);
	return exit_code;
}

static int
send(struct rcc_ctl *ctl, const struct rcc_note *note)
{
	ctl->message->kind = RCC_BODY_NOTE;
	ctl->message->u.note = *note;
	return rcc_ctl_act(ctl);
}

int
rcc_ctl_verb_attach(struct rcc_ctl *ctl)
{
	struct rcc_note note = {.kind = RCC_NOTE_EVIDENCE};
	int exit_code = fill(ctl, &note, _("say who collected it: --authority NAME"));
	return exit_code == RCC_EXIT_OK ? send(ctl, &note) : exit_code;
}

int
rcc_ctl_verb_custody(struct rcc_ctl *ctl)
{
	struct rcc_note note = {.kind = RCC_NOTE_CUSTODY};
	int exit_code = fill(ctl, &note, _("say who has it from now on: --authority NAME"));
	note.size = 0;
	return exit_code == RCC_EXIT_OK ? send(ctl, &note) : exit_code;
}

/* ---- is it the same file? ---- */

struct chain {
	char digest[RCC_HEX_SIZE(RCC_HASH_SIZE)];
	FILE *out;
	unsigned links;
	bool is_json;
};

static int
take_line(void *context, const char *line)
{
	struct chain *chain = context;
	json_t *row = json_loads(line, 0, NULL);
	const char *digest = json_string_value(json_object_get(row, "digest"));
	if (digest != NULL && strcmp(digest, chain->digest) == 0) {
		chain->links++;
		const char *by = json_string_value(json_object_get(row, "authority"));
		const char *at = json_string_value(json_object_get(row, "recorded"));
		const char *kind = json_string_value(json_object_get(row, "kind"));
		if (chain->is_json)
			fprintf(chain->out, "%s\n", line);
		else
			fprintf(chain->out, "  %.19sZ  %s: %s, entry %lld of the journal\n", at == NULL ? "" : at,
			        kind == NULL ? "" : kind, by == NULL ? "" : by,
			        (long long)json_integer_value(json_object_get(row, "seq")));
	}
	json_decref(row);
	return RCC_EXIT_OK;
}

int
rcc_ctl_verb_attached(struct rcc_ctl *ctl)
{
	struct rcc_note note = {.size = 0};
	struct chain chain = {.out = ctl->out, .is_json = ctl->is_json};
	struct rcc_view view = {.what = RCC_VIEW_NOTES, .near = RCC_POS_NONE};
	int exit_code = digest_file(ctl->operand[1], &note);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_incident(ctl, ctl->operand[0], &note.incident);
	if (exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_connect(ctl);
	if (exit_code != RCC_EXIT_OK)
		return exit_code;
	rcc_hex_format(chain.digest, note.digest.b, sizeof note.digest.b);
	view.id = note.incident.v;
	exit_code = rcc_ctl_view(ctl, &view, take_line, NULL, &chain);
	if (exit_code == RCC_EXIT_OK && chain.links == 0)
		return rcc_ctl_fail(RCC_EXIT_FAILED,
		                    _("NOT THE SAME as any file that the latest notes of %s attach; of older ones ask "
		                      "`rcc-replay timeline`"),
		                    ctl->operand[0]);
	if (exit_code == RCC_EXIT_OK && !ctl->is_json)
		fprintf(ctl->out, _("the same file as was attached, unchanged: SHA-256 %s\n"), chain.digest);
	return exit_code;
}

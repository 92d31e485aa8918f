#include "seal.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

static bool
open_store(struct rcc_app *app)
{
	char path[RCC_PATH_MAX + 16];
	struct rcc_fault fault = {0};

	if (app->sealed.impl != NULL)
		return true;
	(void)snprintf(path, sizeof path, "%s/sealed.db", app->config.state_dir);
	if (rcc_sealed_open(&app->sealed, path, &app->tag_secret, &app->tag_secret, &fault) == RCC_OK)
		return true;
	rcc_log(RCC_LOG_ERROR, "sealed_failed", "callers' particulars cannot be kept: %s", fault.text);
	return false;
}

void
rcc_seal_start(struct rcc_app *app)
{
	/* Becomes the centre's in a new file. Without a file it still tells two calls of this run from each other. */
	randombytes_buf(app->tag_secret.b, sizeof app->tag_secret.b);
	(void)open_store(app);
}

void
rcc_seal_stop(struct rcc_app *app)
{
	rcc_sealed_close(&app->sealed);
	rcc_seal_key_wipe(&app->tag_secret);
}

static void
drop_contact(struct rcc_alert *alert)
{
	alert->contact = 0;
	alert->sealed_len = 0;
	memset(alert->sealed, 0, sizeof alert->sealed);
	alert->marks &= ~RCC_ALERT_CONTACT_LOST;
}

void
rcc_seal_drop(struct rcc_command *command)
{
	if (command->kind == RCC_COMMAND_ALERT)
		drop_contact(&command->u.alert);
	if (command->kind == RCC_COMMAND_OPEN)
		drop_contact(&command->u.open.alert);
	if (command->kind == RCC_COMMAND_NOTE) {
		command->u.note.sealed_len = 0;
		memset(command->u.note.sealed, 0, sizeof command->u.note.sealed);
	}
}

bool
rcc_seal_is_needed(const struct rcc_envelope *envelope)
{
	if (envelope->kind == RCC_BODY_NOTE)
		return rcc_note_is_restricted(envelope->u.note.kind) && envelope->u.note.text[0] != '\0';
	return envelope->kind == RCC_BODY_OPEN && envelope->u.open.contact[0] != '\0';
}

/* Sets text[0..) to what was sealed; false leaves *ret_len as it was. */
static bool
close_seal(const struct rcc_seal_key *key, const struct rcc_seal_id *id, enum rcc_seal_purpose purpose,
           const uint8_t *text, size_t len, uint8_t *ret_sealed, size_t size, uint32_t *ret_len)
{
	struct rcc_seal_nonce nonce;
	size_t sealed_len = 0;

	randombytes_buf(nonce.b, sizeof nonce.b);
	if (rcc_seal_close(key, id, &nonce, purpose, text, len, ret_sealed, size, &sealed_len) != RCC_OK)
		return false;
	*ret_len = (uint32_t)sealed_len;
	return true;
}

/* What is sealed of a message, and where it goes. */
struct sealing {
	enum rcc_seal_purpose purpose;
	const char *text;
	uint8_t *sealed;
	size_t size;
	uint32_t *sealed_len;
};

/* One key for one message: it is erased without touching another's. The key is on the disk first. */
static bool
seal_both(struct rcc_app *app, struct rcc_command *command, const struct sealing *what)
{
	struct rcc_seal_key key;
	struct rcc_seal_id id;

	if (!open_store(app))
		return false;
	randombytes_buf(key.b, sizeof key.b);
	randombytes_buf(id.b, sizeof id.b);
	enum rcc_status status = rcc_sealed_put(&app->sealed, &id, &key, command->origin.class, command->at_ms);
	if (status != RCC_OK) {
		rcc_log(RCC_LOG_ERROR, "sealed_failed", "what must be sealed cannot be kept: %s",
		        rcc_status_text(status));
		/* Opened anew with the next report: the file may have been replaced, the disk may have room. */
		rcc_sealed_close(&app->sealed);
		rcc_seal_key_wipe(&key);
		return false;
	}
	bool is_sealed = close_seal(&key, &id, what->purpose, (const uint8_t *)what->text, strlen(what->text),
	                            what->sealed, what->size, what->sealed_len);
	assert(is_sealed); /* proto/seal.h: the longest text fits */
	/* What does not fit with what sealing adds is left out: the command itself stands in the record all the same. */
	(void)close_seal(&key, &id, RCC_SEAL_RECEIVED, app->inbound.bytes, app->inbound.len, command->received,
	                 sizeof command->received, &command->received_len);
	rcc_seal_key_wipe(&key);
	return true;
}

static bool
seal_note(struct rcc_app *app, struct rcc_command *command)
{
	struct rcc_note *note = &command->u.note;
	const struct sealing words = {RCC_SEAL_NOTE, note->text, note->sealed, sizeof note->sealed, &note->sealed_len};

	bool is_sealed = seal_both(app, command, &words);
	sodium_memzero(note->text, sizeof note->text);
	return is_sealed;
}

bool
rcc_seal_command(struct rcc_app *app, struct rcc_command *command)
{
	struct rcc_open *open = &command->u.open;

	command->received_len = 0;
	if (command->kind == RCC_COMMAND_NOTE)
		return seal_note(app, command);
	assert(command->kind == RCC_COMMAND_OPEN && open->contact[0] != '\0');
	struct rcc_alert *alert = &open->alert;
	const struct sealing contact = {RCC_SEAL_CONTACT, open->contact, alert->sealed, sizeof alert->sealed,
	                                &alert->sealed_len};
	if (seal_both(app, command, &contact))
		alert->contact = rcc_seal_tag(&app->tag_secret, open->contact);
	else
		alert->marks |= RCC_ALERT_CONTACT_LOST;
	sodium_memzero(open->contact, sizeof open->contact);
	return true;
}

enum rcc_status
rcc_seal_read(struct rcc_app *app, struct rcc_alert_id alert, uint32_t note, char ret_text[RCC_TEXT_MAX + 1])
{
	const struct rcc_alert_state *row = rcc_alert_find(&app->core, alert);
	const struct rcc_note_line *line = rcc_note_find(&app->core, note);
	enum rcc_seal_purpose purpose = line != NULL ? RCC_SEAL_NOTE : RCC_SEAL_CONTACT;
	char text[RCC_TEXT_MAX + 1] = "";
	struct rcc_seal_key key;
	struct rcc_seal_id id;
	size_t len = 0;

	if (row == NULL && line == NULL)
		return RCC_E_AGAIN;
	if (!open_store(app))
		return RCC_E_IO;
	const uint8_t *sealed = line != NULL ? line->body.sealed : row->body.sealed;
	size_t sealed_len = line != NULL ? line->body.sealed_len : row->body.sealed_len;
	enum rcc_status status = rcc_seal_id_of(sealed, sealed_len, purpose, &id);
	if (status == RCC_OK)
		status = rcc_sealed_get(&app->sealed, &id, &key);
	if (status == RCC_OK)
		status = rcc_seal_open(&key, purpose, sealed, sealed_len, (uint8_t *)text, sizeof text - 1, &len);
	rcc_seal_key_wipe(&key);
	if (status == RCC_OK)
		memcpy(ret_text, text, sizeof text);
	sodium_memzero(text, sizeof text);
	return status;
}

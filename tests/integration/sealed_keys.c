/*
 * sealed_keys.c - what whoever has a centre's sealed.db can do with its record: open what was received, or erase it.
 *
 * Usage: sealed_keys STATE_DIR open|erase ALERT
 * open prints the contact twice: as sealed in the alert, and as it stands in the message that was received.
 */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "journal/journal.h"
#include "journal/sealed.h"
#include "proto/chain.h"
#include "proto/wire.h"

#define PATH_SIZE 512

struct wanted {
	uint32_t alert;
	uint32_t sealed_len, received_len;
	uint64_t fingerprint;
	uint8_t sealed[RCC_SEALED_MAX];
	uint8_t received[RCC_MESSAGE_MAX];
};

static void
visit(void *context, const struct rcc_link *link, const struct rcc_entry *entry)
{
	struct wanted *wanted = context;

	(void)link;
	for (uint32_t i = 0; i < entry->event_count; i++) {
		const struct rcc_event *event = &entry->event[i];
		if (event->kind != RCC_EVENT_ALERT_RECORDED || event->u.alert.alert.v != wanted->alert)
			continue;
		wanted->sealed_len = event->u.alert.body.sealed_len;
		memcpy(wanted->sealed, event->u.alert.body.sealed, wanted->sealed_len);
		wanted->fingerprint = entry->cause.origin.fingerprint;
		wanted->received_len = entry->cause.received_len;
		memcpy(wanted->received, entry->cause.received, wanted->received_len);
	}
}

static bool
open_both(const struct wanted *wanted, const struct rcc_seal_key *key)
{
	static struct rcc_envelope envelope;
	static uint8_t bytes[RCC_MESSAGE_MAX];
	char contact[RCC_CONTACT_MAX + 1] = "";
	struct rcc_wire_fault fault;
	size_t len = 0;

	if (rcc_seal_open(key, RCC_SEAL_CONTACT, wanted->sealed, wanted->sealed_len, (uint8_t *)contact,
	                  RCC_CONTACT_MAX, &len) != RCC_OK ||
	    rcc_seal_open(key, RCC_SEAL_RECEIVED, wanted->received, wanted->received_len, bytes, sizeof bytes, &len) !=
	        RCC_OK ||
	    rcc_wire_decode(bytes, len, &envelope, &fault) != RCC_OK || envelope.kind != RCC_BODY_OPEN)
		return false;
	/* All but the number is known to whoever guesses: a plain hash would tell when the guess is right. */
	if (wanted->fingerprint == rcc_fingerprint(bytes, len))
		return false;
	printf("%s\n%s\n", contact, envelope.u.open.contact);
	return true;
}

int
main(int argc, char **argv)
{
	static struct wanted wanted;
	struct rcc_audit_report report = {0};
	struct rcc_fault fault = {0};
	struct rcc_sealed_store store = {NULL};
	struct rcc_seal_key key = {{0}};
	struct rcc_seal_id id;
	char path[PATH_SIZE];

	if (argc != 4 || rcc_chain_init() != RCC_OK) {
		fprintf(stderr, "usage: sealed_keys STATE_DIR open|erase ALERT\n");
		return EXIT_FAILURE;
	}
	wanted.alert = (uint32_t)strtoul(argv[3], NULL, 10);
	(void)snprintf(path, sizeof path, "%s/journal.db", argv[1]);
	enum rcc_status status = rcc_journal_audit(path, NULL, NULL, 0, visit, &wanted, &report, &fault);
	(void)snprintf(path, sizeof path, "%s/sealed.db", argv[1]);
	if (status == RCC_OK)
		status = rcc_seal_id_of(wanted.sealed, wanted.sealed_len, RCC_SEAL_CONTACT, &id);
	if (status == RCC_OK)
		status = rcc_sealed_open(&store, path, &key, &key, &fault);
	if (status == RCC_OK && strcmp(argv[2], "erase") == 0)
		status = rcc_sealed_destroy(&store, &id);
	else if (status == RCC_OK)
		status = rcc_sealed_get(&store, &id, &key);
	rcc_sealed_close(&store);
	if (status == RCC_OK && strcmp(argv[2], "open") == 0 && !open_both(&wanted, &key))
		status = RCC_E_CORRUPT;
	if (status != RCC_OK)
		fprintf(stderr, "sealed_keys: %s %s\n", rcc_status_text(status), fault.text);
	return status == RCC_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}

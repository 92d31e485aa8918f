/*
 * pack.c - our own evidence pack of a case: fetched in pages, verified with the centre's key that we have trusted since the
 * first Welcome, and only then written. From then on it needs no centre.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdlib.h>
#include <string.h>

#include "crew/crew.h"
#include "librcc/i18n.h"
#include "librcc/pack_file.h"
#include "rcc/text.h"
#include "rcc/units.h"

/* The centre forgets a pack that nobody has asked on for a while, and makes it anew. */
#define BEGINNINGS_MAX 3

struct fetching {
	struct rcc_crew *crew;
	struct rcc_incident_id incident;
	int64_t deadline_ms;
	char *text; /* of RCC_PACK_BYTES_MAX */
	size_t len;
	int beginnings;
};

enum step { STEP_ON, STEP_WHOLE, STEP_FAILED };

static bool
take_page(struct fetching *fetching, const struct rcc_view_rows *rows)
{
	if (rows->len > RCC_PACK_BYTES_MAX - fetching->len) {
		return false;
	}
	memcpy(fetching->text + fetching->len, rows->bytes, rows->len);
	fetching->len += rows->len;
	return rows->next == 0 || rows->next == fetching->len;
}

static enum step
take_refused(struct fetching *fetching, const struct rcc_refused *refused)
{
	struct rcc_crew *crew = fetching->crew;

	if (refused->reason == RCC_REFUSAL_RATE) {
		/* Another ship asked just now. */
		int64_t until_ms = rcc_crew_now_ms() + RCC_MS_PER_S;
		while (rcc_crew_now_ms() < until_ms) {
			(void)rcc_crew_take(crew, until_ms - rcc_crew_now_ms());
		}
		return STEP_ON;
	}
	if (refused->reason == RCC_REFUSAL_WRONG_STATE && fetching->beginnings < BEGINNINGS_MAX) {
		fetching->beginnings++;
		fetching->len = 0;
		return STEP_ON;
	}
	rcc_crew_complain(_("pack: refused (%s): %s"), rcc_crew_term(rcc_refusal_word(refused->reason)), refused->text);
	crew->exit = refused->reason == RCC_REFUSAL_NOT_ALLOWED ? RCC_EXIT_NOT_ALLOWED : RCC_EXIT_FAILED;
	return STEP_FAILED;
}

static enum step
fetch_page(struct fetching *fetching)
{
	struct rcc_crew *crew = fetching->crew;
	const struct rcc_envelope *reply = NULL;
	int64_t left_ms = fetching->deadline_ms - rcc_crew_now_ms();

	crew->message->class = RCC_CLASS_LIVE;
	crew->message->kind = RCC_BODY_PACK;
	crew->message->u.pack = (struct rcc_pack_ask){.incident = fetching->incident, .from = (uint32_t)fetching->len};
	enum rcc_status status = rcc_client_request(crew->client, crew->message, left_ms, &reply);
	if (status != RCC_OK || reply->kind == RCC_BODY_NOT_CONFIRMED) {
		rcc_crew_fail(crew, RCC_EXIT_UNREACHABLE,
		              _("pack: the centre has not answered in time; nothing was written"));
		return STEP_FAILED;
	}
	if (reply->kind == RCC_BODY_REFUSED) {
		return take_refused(fetching, &reply->u.refused);
	}
	if (reply->kind != RCC_BODY_VIEW_ROWS || !take_page(fetching, &reply->u.rows)) {
		rcc_crew_fail(crew, RCC_EXIT_FAILED, _("pack: the centre's answer is no page of a pack"));
		return STEP_FAILED;
	}
	return reply->u.rows.next == 0 ? STEP_WHOLE : STEP_ON;
}

static void
keep(struct fetching *fetching, const char *path)
{
	struct rcc_crew *crew = fetching->crew;
	struct rcc_key sign_key;
	struct rcc_fault fault;

	if (rcc_client_sign_key(crew->client, &sign_key) != RCC_OK ||
	    !rcc_pack_file_tell("rcc-crew", path, fetching->text, fetching->len, &sign_key)) {
		rcc_crew_fail(crew, RCC_EXIT_FAILED,
		              _("pack: what came is not signed by the centre that we know; nothing was written"));
		return;
	}
	if (rcc_pack_file_write(path, fetching->text, fetching->len, &fault) != RCC_OK) {
		rcc_crew_complain("%s", fault.text);
		crew->exit = RCC_EXIT_FAILED;
	}
}

/* A plain number is the centre's own; everything else is looked for in the inbox. */
static bool
which_incident(struct rcc_crew *crew, const char *which, struct rcc_incident_id *ret_incident)
{
	struct rcc_inbox_row row;

	if (rcc_crew_number(which, UINT32_MAX, &ret_incident->v) && ret_incident->v > 0) {
		return true;
	}
	if (!rcc_crew_find_incident(crew, which, &row)) {
		return false;
	}
	*ret_incident = row.delivery.incident;
	return true;
}

void
rcc_crew_pack(struct rcc_crew *crew, const struct rcc_parsed *parsed)
{
	const char *which = rcc_crew_operand(parsed, 1), *path = parsed->value[CREW_OUTPUT];
	struct fetching fetching = {.crew = crew};
	enum step step = STEP_ON;

	if (which == NULL || path == NULL || path[0] == '\0') {
		rcc_crew_fail(crew, RCC_EXIT_USAGE, _("pack INC|latest -o FILE"));
		return;
	}
	if (!which_incident(crew, which, &fetching.incident)) {
		return;
	}
	fetching.text = malloc(RCC_PACK_BYTES_MAX);
	if (fetching.text == NULL) {
		rcc_crew_fail(crew, RCC_EXIT_FAILED, _("no memory"));
		return;
	}
	fetching.deadline_ms = rcc_crew_now_ms() + crew->settings.timeout_ms;
	while (step == STEP_ON) {
		step = fetch_page(&fetching);
	}
	if (step == STEP_WHOLE) {
		keep(&fetching, path);
	}
	free(fetching.text);
}

int
rcc_crew_verify_pack(const struct rcc_crew *crew, const struct rcc_parsed *parsed)
{
	const char *path = rcc_crew_operand(parsed, 1);
	int exit_code = RCC_EXIT_FAILED;
	struct rcc_key sign_key;
	struct rcc_fault fault;
	size_t len = 0;

	if (path == NULL) {
		rcc_crew_complain("%s", _("verify-pack FILE"));
		return RCC_EXIT_USAGE;
	}
	char *text = malloc(RCC_PACK_BYTES_MAX + 1);
	if (text == NULL) {
		rcc_crew_complain("%s", _("no memory"));
		return RCC_EXIT_FAILED;
	}
	if (rcc_client_kept_sign_key(crew->settings.client.store, &sign_key, &fault) != RCC_OK) {
		rcc_crew_complain(
		    _("%s: without the centre's key nothing is proved (--store, or rcc-replay verify-pack)"),
		    fault.text);
		exit_code = RCC_EXIT_CONFIG;
	} else if (rcc_pack_file_read(path, text, RCC_PACK_BYTES_MAX + 1, &len, &fault) != RCC_OK) {
		rcc_crew_complain("%s", fault.text);
	} else if (rcc_pack_file_tell("rcc-crew", path, text, len, &sign_key)) {
		exit_code = RCC_EXIT_OK;
	}
	free(text);
	return exit_code;
}

/* Which case a crew means: its number as printed, "latest", or a number alone, where that is of one case. */
#include <string.h>

#include "crew/crew.h"
#include "librcc/i18n.h"
#include "rcc/text.h"

/* What a disk did not take is answered all the same. */
static bool
find_on_board(const struct rcc_crew *crew, const char *which, struct rcc_inbox_row *ret_row)
{
	const struct rcc_board_case *found = NULL;
	char name[32];

	for (uint32_t i = 0; crew->board != NULL && i < crew->board->case_count; i++) {
		const struct rcc_board_case *c = &crew->board->cases[i];

		snprintf(name, sizeof name, "%04u-%04u", c->last.incident_year, c->last.incident_number);
		bool same = strcmp(which, "latest") == 0 || strcmp(which, name) == 0;
		if (same && (found == NULL || c->last_number > found->last_number)) {
			found = c;
		}
	}
	if (found != NULL) {
		*ret_row = (struct rcc_inbox_row){.delivery = found->last};
	}
	return found != NULL;
}

/* The inbox counts calls, the centre counts cases: a number alone that means both, and not the same, is no name of a case. */
static bool
is_of_another_call(struct rcc_crew *crew, const char *which, const struct rcc_inbox_row *found)
{
	uint32_t number = 0;
	struct rcc_inbox_row call;

	if (!rcc_crew_number(which, UINT32_MAX, &number) || rcc_client_inbox(crew->client, number, &call) != RCC_OK ||
	    rcc_broadcast_is_circular(call.delivery.kind)) {
		return false;
	}
	if (found == NULL) {
		rcc_crew_complain(_("call %s of the inbox is of case %04u-%04u: write the case so"), which,
		                  call.delivery.incident_year, call.delivery.incident_number);
		return true;
	}
	if (call.delivery.incident.v == found->delivery.incident.v) {
		return false;
	}
	rcc_crew_complain(_("%s may be call %s of the inbox, of case %04u-%04u, or case %04u-%04u: write which case"),
	                  which, which, call.delivery.incident_year, call.delivery.incident_number,
	                  found->delivery.incident_year, found->delivery.incident_number);
	crew->exit = RCC_EXIT_FAILED;
	return true;
}

bool
rcc_crew_find_incident(struct rcc_crew *crew, const char *which, struct rcc_inbox_row *ret_row)
{
	char name[32];
	uint32_t last = rcc_client_inbox_last(crew->client);

	for (uint32_t number = last; number > 0; number--) {
		struct rcc_inbox_row row;

		/* A bulletin or a card is of no case. */
		if (rcc_client_inbox(crew->client, number, &row) != RCC_OK ||
		    rcc_broadcast_is_circular(row.delivery.kind)) {
			continue;
		}
		snprintf(name, sizeof name, "%04u-%04u", row.delivery.incident_year, row.delivery.incident_number);
		bool is_latest = strcmp(which, "latest") == 0;
		bool same = is_latest || strcmp(which, name) == 0;
		if (is_latest) {
			rcc_crew_say_latest(crew, &row, name);
		}
		snprintf(name, sizeof name, "%u", row.delivery.incident.v);
		if (same || strcmp(which, name) == 0) {
			*ret_row = row;
			return !is_of_another_call(crew, which, &row);
		}
	}
	if (find_on_board(crew, which, ret_row)) {
		return true;
	}
	if (last == 0) {
		rcc_crew_complain(
		    "%s", _("nothing to answer: no call of the centre is on this computer yet; `inbox` fetches what "
		            "waits there"));
	} else if (strcmp(which, "latest") == 0) {
		rcc_crew_complain("%s", _("nothing to answer: no call in the inbox can be read"));
	} else if (!is_of_another_call(crew, which, NULL)) {
		rcc_crew_complain(_("incident %s: the inbox holds no call about it"), which);
	}
	crew->exit = RCC_EXIT_FAILED;
	return false;
}

/* Does the inbox hold another case than this one? */
static bool
has_other_case(struct rcc_crew *crew, struct rcc_incident_id incident)
{
	struct rcc_inbox_row row;

	for (uint32_t number = rcc_client_inbox_last(crew->client); number > 0; number--) {
		if (rcc_client_inbox(crew->client, number, &row) == RCC_OK && row.delivery.incident.v != 0 &&
		    row.delivery.incident.v != incident.v) {
			return true;
		}
	}
	return false;
}

/* Whoever typed "latest" while a call came in meant the one before: a line is typed in less than so long. */
#define TYPING_MS INT64_C(15000)

static bool
is_just_in(struct rcc_crew *crew)
{
	struct rcc_inbox_row row;
	char text[200];
	int64_t at_ms = rcc_crew_at_ms();
	uint32_t last = rcc_client_inbox_last(crew->client);

	if (last == 0 || rcc_client_inbox(crew->client, last, &row) != RCC_OK || row.read_at_ms != 0 ||
	    rcc_broadcast_is_circular(row.delivery.kind) || at_ms - row.stored_at_ms < 0 ||
	    at_ms - row.stored_at_ms >= TYPING_MS || !has_other_case(crew, row.delivery.incident)) {
		return false;
	}
	snprintf(text, sizeof text,
	         _("nothing was sent: a call of %04u-%04u came in just now, and another case is open; name the one you "
	           "mean"),
	         row.delivery.incident_year, row.delivery.incident_number);
	rcc_crew_fail(crew, RCC_EXIT_FAILED, text);
	return true;
}

bool
rcc_crew_has_seen_latest(struct rcc_crew *crew, const char *which)
{
	uint32_t seen = rcc_client_inbox_last(crew->client);

	if (strcmp(which, "latest") != 0) {
		return true;
	}
	if (crew->is_session) {
		return !is_just_in(crew);
	}
	rcc_crew_fetch(crew);
	/* On a new computer nobody has seen anything, and means what there is. */
	if (seen == 0 || rcc_client_inbox_last(crew->client) == seen) {
		return true;
	}
	rcc_crew_fail(crew, RCC_EXIT_FAILED,
	              _("nothing was sent: new calls have come in just now; show them, then name the case"));
	return false;
}

bool
rcc_crew_find_work(struct rcc_crew *crew, const char *which, struct rcc_inbox_row *ret_row)
{
	if (!rcc_crew_has_seen_latest(crew, which)) {
		return false;
	}
	if (!rcc_crew_find_incident(crew, which, ret_row)) {
		return false;
	}
	return rcc_crew_latest_is_meant(crew, which, ret_row);
}

bool
rcc_crew_latest_is_meant(struct rcc_crew *crew, const char *which, const struct rcc_inbox_row *row)
{
	if (strcmp(which, "latest") != 0 || !rcc_crew_is_over(crew, row) ||
	    !has_other_case(crew, row->delivery.incident)) {
		return true;
	}
	rcc_crew_fail(crew, RCC_EXIT_USAGE,
	              _("nothing was sent: the latest call is of a case that is over; name the one you mean (`inbox` "
	                "shows them)"));
	return false;
}

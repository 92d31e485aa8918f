#define _POSIX_C_SOURCE 200809L
#include <string.h>

#include "crew/crew.h"
#include "librcc/i18n.h"
#include "rcc/units.h"

bool
rcc_crew_wants_calls(const struct rcc_parsed *parsed)
{
	static const char *const verbs[] = {"inbox", "show", "read", "status", "watch", "plot"};
	const char *what = rcc_crew_operand(parsed, 1);

	for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
		if (strcmp(parsed->operand[0], verbs[i]) == 0) {
			return true;
		}
	}
	/* What is said to "the latest" is said to what there is now. */
	static const char *const of_latest[] = {"answer", "survivors", "need", "place", "note"};
	for (size_t i = 0; i < sizeof of_latest / sizeof of_latest[0]; i++) {
		if (strcmp(parsed->operand[0], of_latest[i]) == 0 && what != NULL && strcmp(what, "latest") == 0) {
			return true;
		}
	}
	return strcmp(parsed->operand[0], "wait") == 0 && what != NULL && strcmp(what, "alert") == 0;
}

static void
take_until(struct rcc_crew *crew, int64_t deadline_ms)
{
	int64_t left_ms = deadline_ms - rcc_crew_now_ms();

	(void)rcc_crew_take(crew, left_ms > 0 ? left_ms : 0);
}

/*
 * Brings what waits at the centre to this disk. It is acknowledged as stored, and still sounds in the next session: a list is
 * no alarm.
 */
void
rcc_crew_fetch(struct rcc_crew *crew)
{
	struct rcc_client *client = crew->client;
	int64_t deadline_ms = rcc_crew_now_ms() + crew->settings.fetch_ms;
	uint32_t before = rcc_client_inbox_whole(client);

	if (crew->is_session || crew->watch != CREW_WATCH_OURS) {
		return;
	}
	while (rcc_client_welcome(client) == NULL && rcc_crew_now_ms() < deadline_ms) {
		take_until(crew, deadline_ms);
	}
	if (rcc_client_welcome(client) == NULL) {
		rcc_crew_complain(
		    _("the centre was not reached within %lld s: it may hold calls that are not here yet"),
		    (long long)(crew->settings.fetch_ms / RCC_MS_PER_S));
		return;
	}
	deadline_ms = rcc_crew_now_ms() + crew->settings.fetch_ms;
	while (rcc_client_waiting(client) > 0 && rcc_crew_now_ms() < deadline_ms) {
		take_until(crew, deadline_ms);
	}
	if (rcc_client_waiting(client) > 0) {
		rcc_crew_complain(_("%u more wait at the centre and have not come yet"), rcc_client_waiting(client));
	}
	if (rcc_client_inbox_whole(client) == before) {
		return;
	}
	/* Nothing sent just before the end is sure to leave: the centre's next Welcome shows that it has read what is stored. */
	uint32_t welcomes = crew->welcomes;
	rcc_client_refresh(client);
	while (crew->welcomes == welcomes && rcc_crew_now_ms() < deadline_ms) {
		take_until(crew, deadline_ms);
	}
}

/* Was she released after she was last called or tasked? What only tells her how it goes on changes nothing of that. */
static bool
is_released(const struct rcc_crew *crew, const struct rcc_inbox_row *newest)
{
	struct rcc_inbox_row row;

	for (uint32_t number = newest->delivery.number; number > 0; number--) {
		if (rcc_client_inbox(crew->client, number, &row) != RCC_OK ||
		    row.delivery.incident.v != newest->delivery.incident.v) {
			continue;
		}
		if (row.delivery.kind != RCC_BROADCAST_UPDATE) {
			return row.delivery.kind == RCC_BROADCAST_RELEASE;
		}
	}
	return false;
}

bool
rcc_crew_is_over(const struct rcc_crew *crew, const struct rcc_inbox_row *row)
{
	/* With survivors aboard nothing is over for her. */
	return row->delivery.aboard == 0 && (row->delivery.kind == RCC_BROADCAST_CANCEL || is_released(crew, row));
}

void
rcc_crew_say_latest(struct rcc_crew *crew, const struct rcc_inbox_row *row, const char *name)
{
	if (row->delivery.aboard != 0 && (row->delivery.kind == RCC_BROADCAST_CANCEL || is_released(crew, row))) {
		rcc_crew_say(crew, _("the latest is %s, which asks no more of us than care for the SURVIVORS ABOARD"),
		             name);
	} else if (rcc_crew_is_joined(&row->delivery)) {
		rcc_crew_say(crew, _("the latest is %s, which is part of another case now"), name);
	} else if (row->delivery.kind == RCC_BROADCAST_CANCEL) {
		rcc_crew_say(crew, _("the latest is %s, which is over (CANCELLED)"), name);
	} else if (row->delivery.kind == RCC_BROADCAST_SUSPENDED) {
		rcc_crew_say(crew, _("the latest is %s, whose search is suspended"), name);
	} else if (is_released(crew, row)) {
		rcc_crew_say(crew, _("the latest is %s, of which we are RELEASED: it is over for us"), name);
	} else {
		rcc_crew_say(crew, _("the latest is %s"), name);
	}
}

/* "latest" or a number; complains if there is no such delivery. */
static bool
find_delivery(struct rcc_crew *crew, const char *which, struct rcc_inbox_row *ret_row)
{
	uint32_t number = 0;

	if (which == NULL || strcmp(which, "latest") == 0) {
		number = rcc_client_inbox_last(crew->client);
	} else if (!rcc_crew_number(which, UINT32_MAX, &number)) {
		rcc_crew_complain(_("'%s' is no delivery: give its number, or latest"), which);
		crew->exit = RCC_EXIT_USAGE;
		return false;
	}
	if (number == 0 || rcc_client_inbox(crew->client, number, ret_row) != RCC_OK) {
		rcc_crew_fail(crew, RCC_EXIT_FAILED, _("there is no such delivery in the inbox"));
		return false;
	}
	return true;
}

void
rcc_crew_inbox(struct rcc_crew *crew)
{
	struct rcc_inbox_row row;
	char headline[RCC_CREW_LINE_MAX], time[32];

	rcc_crew_fetch(crew);
	uint32_t last = rcc_client_inbox_last(crew->client);

	if (last == 0) {
		printf("%s\n", _("the inbox is empty"));
	}
	for (int64_t after = 0; rcc_client_inbox_after(crew->client, after, &row) == RCC_OK; after = row.row) {
		if (row.is_lost) {
			rcc_crew_headline(headline, sizeof headline, &row.delivery);
			printf(_("%s; LOST: the centre was set back, and gave its number again\n"), headline);
		}
	}
	for (uint32_t number = 1; number <= last; number++) {
		if (rcc_client_inbox(crew->client, number, &row) != RCC_OK) {
			printf(number <= rcc_client_inbox_whole(crew->client)
			           ? _("%u: overtaken before it came, or lost with an older store\n")
			           : _("%u: is still to come\n"),
			       number);
			continue;
		}
		rcc_crew_headline(headline, sizeof headline, &row.delivery);
		if (row.read_at_ms != 0) {
			printf(_("%s; read by %s %s\n"), headline, row.read_by, rcc_crew_time(time, row.read_at_ms));
		} else {
			printf(_("%s; not read\n"), headline);
		}
	}
}

void
rcc_crew_show_one(struct rcc_crew *crew, const struct rcc_parsed *parsed)
{
	struct rcc_inbox_row row;
	struct rcc_pos own = RCC_POS_NONE;

	if (!rcc_crew_pos(parsed, &own)) {
		crew->exit = RCC_EXIT_USAGE;
		return;
	}
	rcc_crew_fetch(crew);
	if (!find_delivery(crew, rcc_crew_operand(parsed, 1), &row)) {
		return;
	}
	struct rcc_pos before = crew->own;
	int64_t before_at_ms = crew->own_at_ms;
	/* As from there: it moves nobody. */
	if (rcc_pos_is_known(own)) {
		crew->own = own;
		crew->own_at_ms = rcc_crew_at_ms();
	}
	rcc_crew_show(crew, &row);
	crew->own = before;
	crew->own_at_ms = before_at_ms;
}

void
rcc_crew_say_read_here(const struct rcc_crew *crew)
{
	rcc_crew_say(crew, "%s",
	             _("acknowledged here alone: this computer could not store it; tell the centre by voice"));
}

/* A disk that does not take what comes must not make an alarm that nobody can acknowledge. */
static bool
read_unstored(struct rcc_crew *crew, const char *which, const char *by)
{
	struct rcc_inbox_row row;
	uint32_t number = 0;

	if (crew->board == NULL || which == NULL || !rcc_crew_number(which, UINT32_MAX, &number) ||
	    rcc_client_inbox(crew->client, number, &row) == RCC_OK || !rcc_board_is_unread(crew->board, number)) {
		return false;
	}
	rcc_board_read(crew->board, number, by, rcc_crew_at_ms());
	rcc_crew_say_read_here(crew);
	return true;
}

void
rcc_crew_read(struct rcc_crew *crew, const struct rcc_parsed *parsed)
{
	struct rcc_inbox_row row;
	const char *by = rcc_crew_operand(parsed, 2);

	by = by != NULL ? by : parsed->value[CREW_BY];
	by = by != NULL ? by : crew->settings.name;
	if (by[0] == '\0') {
		rcc_crew_fail(crew, RCC_EXIT_USAGE, _("say who has read it: read N \"NAME\""));
		return;
	}
	const char *which = rcc_crew_operand(parsed, 1);
	if (read_unstored(crew, which, by)) {
		return;
	}
	uint32_t seen = rcc_client_inbox_last(crew->client);
	rcc_crew_fetch(crew);
	bool is_latest = which == NULL || strcmp(which, "latest") == 0;
	if (is_latest && rcc_client_inbox_last(crew->client) > seen) {
		/* Who said "latest" cannot have meant what he has not seen. */
		rcc_crew_fail(
		    crew, RCC_EXIT_FAILED,
		    _("not recorded: new calls have come in just now; show them, then say read with the number"));
		return;
	}
	if (!find_delivery(crew, which, &row)) {
		return;
	}
	uint32_t before = rcc_client_outbox_count(crew->client);
	if (crew->board != NULL) {
		rcc_board_read(crew->board, row.delivery.number, by, rcc_crew_at_ms());
	}
	enum rcc_status status = rcc_client_mark_read(crew->client, row.delivery.number, by);
	if (status != RCC_OK) {
		rcc_crew_complain(_("not recorded: %s"), rcc_status_text(status));
		crew->exit = RCC_EXIT_FAILED;
		return;
	}
	int64_t deadline_ms = rcc_crew_now_ms() + crew->settings.timeout_ms;
	while (!crew->is_session && rcc_client_outbox_count(crew->client) > before && rcc_crew_now_ms() < deadline_ms) {
		(void)rcc_crew_take(crew, deadline_ms - rcc_crew_now_ms());
	}
	if (!crew->is_session && rcc_client_outbox_count(crew->client) > before) {
		rcc_crew_fail(crew, RCC_EXIT_UNREACHABLE, _("kept, but the centre has not answered in time"));
	}
}

void
rcc_crew_status(struct rcc_crew *crew)
{
	int64_t deadline_ms = rcc_crew_now_ms() + crew->settings.timeout_ms;

	while (!crew->is_session && !rcc_client_is_linked(crew->client) && rcc_crew_now_ms() < deadline_ms) {
		take_until(crew, deadline_ms);
	}
	if (rcc_client_is_linked(crew->client)) {
		rcc_crew_fetch(crew);
	}
	rcc_crew_print_status(crew);
	if (!rcc_client_is_linked(crew->client)) {
		crew->exit = crew->is_session ? crew->exit : RCC_EXIT_UNREACHABLE;
	}
}

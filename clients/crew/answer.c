/* What the master answers to a call of the centre: whom it is for, what is said, and that the call has been read. */
#include <stdio.h>
#include <string.h>

#include "crew/crew.h"
#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

#define MIN_PER_DAY 1440

/* ---- which call ---- */

/* Is it our own distress? A one-shot tool knows it by what it has posted. */
static bool
is_own(struct rcc_crew *crew, const struct rcc_delivery_msg *delivery)
{
	struct rcc_posted posted = {.row = 0};

	if (rcc_crew_is_ours(crew, delivery)) {
		return true;
	}
	while (rcc_client_posted(crew->client, posted.row, crew->message, &posted) == RCC_OK) {
		if (crew->message->kind == RCC_BODY_ALERT && posted.incident.v != 0 &&
		    posted.incident.v == delivery->incident.v) {
			return true;
		}
	}
	return false;
}

/* The latest call that is not our own distress. */
static bool
find_latest_call(struct rcc_crew *crew, struct rcc_inbox_row *ret_row)
{
	char name[32];

	for (uint32_t number = rcc_client_inbox_last(crew->client); number > 0; number--) {
		if (rcc_client_inbox(crew->client, number, ret_row) == RCC_OK && !is_own(crew, &ret_row->delivery) &&
		    !rcc_broadcast_is_circular(ret_row->delivery.kind)) {
			snprintf(name, sizeof name, "%04u-%04u", ret_row->delivery.incident_year,
			         ret_row->delivery.incident_number);
			rcc_crew_say_latest(crew, ret_row, name);
			return true;
		}
	}
	return false;
}

bool
rcc_crew_find_call(struct rcc_crew *crew, const char *which, struct rcc_inbox_row *ret_row)
{
	if (!rcc_crew_has_seen_latest(crew, which)) {
		return false;
	}
	if (strcmp(which, "latest") == 0 && find_latest_call(crew, ret_row)) {
		return rcc_crew_latest_is_meant(crew, which, ret_row);
	}
	if (!rcc_crew_find_incident(crew, which, ret_row)) {
		return false;
	}
	if (is_own(crew, &ret_row->delivery)) {
		rcc_crew_fail(crew, RCC_EXIT_FAILED,
		              _("that is our own distress: say more with distress, or take it back with withdraw"));
		return false;
	}
	return true;
}

/* ---- what is said ---- */

/* How soon "16:00" or "16:00Z" is; false: it is no time of the day. */
static bool
minutes_until(const char *text, int64_t at_ms, uint32_t *ret_min)
{
	static const char digits[] = "0123456789";
	size_t len = strlen(text);

	if ((len != 5 && !(len == 6 && text[5] == 'Z')) || strspn(text, digits) != 2 || text[2] != ':' ||
	    strspn(text + 3, digits) != 2) {
		return false;
	}
	uint32_t hour = (uint32_t)(text[0] - '0') * 10 + (uint32_t)(text[1] - '0');
	uint32_t minute = (uint32_t)(text[3] - '0') * 10 + (uint32_t)(text[4] - '0');
	if (hour > 23 || minute > 59) {
		return false;
	}
	uint32_t now_min = (uint32_t)(at_ms / RCC_MS_PER_MIN % MIN_PER_DAY), at_min = hour * 60 + minute;
	*ret_min = (at_min + MIN_PER_DAY - now_min) % MIN_PER_DAY;
	return true;
}

bool
rcc_crew_eta_parse(const char *text, int64_t at_ms, uint32_t *ret_min)
{
	return minutes_until(text, at_ms, ret_min) || rcc_minutes_parse(text, ret_min) == RCC_OK;
}

/* By its word, or by its number as on the screen. */
static bool
read_reason(const char *text, enum rcc_reason *ret_reason)
{
	uint32_t number = 0;

	if (rcc_crew_number(text, RCC_REASON_LAST, &number) && number > 0) {
		*ret_reason = (enum rcc_reason)number;
		return true;
	}
	return rcc_reason_parse(text, ret_reason) == RCC_OK;
}

static void
list_reasons(void)
{
	for (unsigned reason = 1; reason <= RCC_REASON_LAST; reason++) {
		rcc_crew_complain("  %u  %s: %s", reason, rcc_reason_word((enum rcc_reason)reason),
		                  rcc_crew_reason_words((enum rcc_reason)reason));
	}
}

/* Who says no time is proposed one: it is not sent by itself. */
static void
propose_eta(struct rcc_crew *crew, const struct rcc_answer *answer)
{
	const struct rcc_board_case *c = crew->board != NULL ? rcc_board_find(crew->board, answer->incident) : NULL;

	if (c == NULL || answer->kind != RCC_ANSWER_PROCEEDING || answer->eta_min != RCC_ETA_UNKNOWN_MIN) {
		return;
	}
	struct rcc_board_way way = rcc_board_way(crew->board, c, rcc_crew_at_ms());
	if (way.is_known && way.eta_min != RCC_ETA_UNKNOWN_MIN) {
		rcc_crew_say(crew,
		             _("no time was said: by range and speed it is %u min; if that is so: answer %04u-%04u "
		               "proceeding --eta %umin"),
		             way.eta_min, c->last.incident_year, c->last.incident_number, way.eta_min);
	} else {
		rcc_crew_say(crew, _("no time was said: answer %04u-%04u proceeding --eta TIME"), c->last.incident_year,
		             c->last.incident_number);
	}
}

/* "We cannot" to an order leaves what was said of the case as it is: who means the case says so. */
static void
say_to_order(struct rcc_crew *crew, const struct rcc_answer *answer)
{
	const struct rcc_board_case *c = crew->board != NULL ? rcc_board_find(crew->board, answer->incident) : NULL;

	if (c == NULL || answer->kind != RCC_ANSWER_UNABLE || !rcc_board_is_to_order(crew->board, c, answer->number)) {
		return;
	}
	rcc_crew_say(crew,
	             _("said to order %u alone; of the case nothing has changed. If we can do nothing more at all: "
	               "answer %04u-%04u unable --reason %s --whole"),
	             answer->number, c->last.incident_year, c->last.incident_number, rcc_reason_word(answer->reason));
}

static bool
fill_answer(struct rcc_crew *crew, const struct rcc_parsed *parsed, struct rcc_answer *answer)
{
	const char *kind = rcc_crew_operand(parsed, 2), *reason = parsed->value[CREW_REASON],
	           *eta = parsed->value[CREW_ETA];
	const char *text = parsed->value[CREW_TEXT], *by = parsed->value[CREW_BY];

	memset(answer, 0, sizeof *answer);
	answer->eta_min = RCC_ETA_UNKNOWN_MIN;
	if (kind == NULL || rcc_answer_parse(kind, &answer->kind) != RCC_OK) {
		rcc_crew_complain("%s", _("an answer is proceeding, unable, need-detail, on-scene or done"));
		return false;
	}
	if (reason != NULL && !read_reason(reason, &answer->reason)) {
		rcc_crew_complain(_("reason '%s' is not known"), reason);
		list_reasons();
		return false;
	}
	if (answer->kind == RCC_ANSWER_UNABLE && answer->reason == RCC_REASON_NONE) {
		rcc_crew_complain("%s", _("unable needs --reason: SOLAS V/33.1 has it written in the ship's log"));
		list_reasons();
		return false;
	}
	if (parsed->value[CREW_WHOLE] != NULL && answer->kind != RCC_ANSWER_UNABLE &&
	    answer->kind != RCC_ANSWER_PROCEEDING) {
		rcc_crew_complain("%s",
		                  _("--whole goes with unable and proceeding: other answers are of the case already"));
		return false;
	}
	if (eta != NULL &&
	    !rcc_crew_eta_parse(eta[0] == '+' ? eta + 1 : eta, rcc_crew_at_ms() - rcc_client_clock_off_ms(crew->client),
	                        &answer->eta_min)) {
		rcc_crew_complain(_("time '%s' cannot be read; write 95min, 2h, 1h35 or 16:00 (UTC)"), eta);
		return false;
	}
	if (text != NULL) {
		rcc_text_copy_lossy(answer->text, sizeof answer->text, text, strlen(text));
	}
	by = by != NULL ? by : crew->settings.name;
	/* As on the screens: whoever answers has read it. */
	by = by[0] != '\0' ? by : _("OFFICER OF THE WATCH");
	rcc_text_copy_lossy(answer->by, sizeof answer->by, by, strlen(by));
	return true;
}

/* Who answers a call has read it, and all that came of the case before it. */
static void
read_with_answer(struct rcc_crew *crew, const struct rcc_inbox_row *row, const char *by)
{
	uint32_t numbers[RCC_BOARD_UNREAD_MAX], count = 0;
	const struct rcc_board_case *c =
	    crew->board != NULL ? rcc_board_find(crew->board, row->delivery.incident) : NULL;

	if (by[0] == '\0') {
		return;
	}
	if (crew->board == NULL && row->read_at_ms == 0) {
		numbers[count++] = row->delivery.number;
	}
	for (uint32_t i = 0; c != NULL && i < c->unread_count; i++) {
		numbers[count++] = c->unread[i];
	}
	bool is_stored = true;
	for (uint32_t i = 0; i < count; i++) {
		if (crew->board != NULL) {
			rcc_board_read(crew->board, numbers[i], by, rcc_crew_at_ms());
		}
		is_stored = rcc_client_mark_read(crew->client, numbers[i], by) == RCC_OK && is_stored;
	}
	if (!is_stored) {
		rcc_crew_say_read_here(crew);
	}
}

void
rcc_crew_answer(struct rcc_crew *crew, const struct rcc_parsed *parsed)
{
	struct rcc_inbox_row row;
	struct rcc_answer answer;
	const char *which = rcc_crew_operand(parsed, 1);

	if (!fill_answer(crew, parsed, &answer)) {
		crew->exit = RCC_EXIT_USAGE;
		return;
	}
	if (!rcc_crew_find_call(crew, which, &row)) {
		return;
	}
	answer.incident = row.delivery.incident;
	/* An answer that names no call is one to all of it. */
	answer.number = parsed->value[CREW_WHOLE] != NULL ? 0 : row.delivery.number;
	answer.issued_at_ms = answer.number == 0 ? 0 : row.delivery.issued_at_ms;
	read_with_answer(crew, &row, answer.by);
	crew->message->class = row.delivery.class;
	crew->message->kind = RCC_BODY_ANSWER;
	crew->message->u.answer = answer;
	rcc_crew_post(crew);
	if (crew->is_session && crew->exit == RCC_EXIT_OK) {
		rcc_crew_say(crew, "%s",
		             rcc_client_is_linked(crew->client)
		                 ? _("sending the answer; until it says \"accepted\" the centre does not have it")
		                 : _("no link: the answer is kept, and sent when there is one; use your radio too"));
	}
	say_to_order(crew, &answer);
	propose_eta(crew, &answer);
}

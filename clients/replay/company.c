/*
 * company.c - the record of one company alone: its ships, their readiness over time, and what became of each call to them.
 */
#include "replay/company.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/duty.h"
#include "librcc/i18n.h"
#include "librcc/options.h"
#include "rcc/text.h"
#include "rcc/work_text.h"

#define FIRST_SIZE 64

void *
rcc_company_add(struct rcc_company *company, struct rcc_company_list *list, size_t size)
{
	if (list->count == list->size) {
		size_t rows = list->size == 0 ? FIRST_SIZE : 2 * list->size;
		void *grown = realloc(list->row, rows * size);
		if (grown == NULL) {
			company->is_out_of_memory = true;
			return NULL;
		}
		list->row = grown;
		list->size = rows;
	}
	char *row = (char *)list->row + list->count++ * size;
	memset(row, 0, size);
	return row;
}

bool
rcc_company_has(const struct rcc_company *company, struct rcc_mmsi mmsi, int64_t at_ms)
{
	for (size_t i = 0; at_ms != 0 && i < company->ship.count; i++) {
		const struct rcc_company_ship *ship = RCC_COMPANY_ROW(company, ship, ship, i);
		if (ship->mmsi.v == mmsi.v && at_ms >= ship->from_ms && (ship->until_ms == 0 || at_ms < ship->until_ms))
			return true;
	}
	return false;
}

/* The time in which she is the company's now; NULL = she is not. */
static struct rcc_company_ship *
current(struct rcc_company *company, struct rcc_mmsi mmsi)
{
	for (size_t i = 0; i < company->ship.count; i++) {
		struct rcc_company_ship *ship = RCC_COMPANY_ROW(company, ship, ship, i);
		if (ship->mmsi.v == mmsi.v && ship->until_ms == 0)
			return ship;
	}
	return NULL;
}

static void
take_profile(struct rcc_company *company, const struct rcc_core *core, const struct rcc_profile_set *set, int64_t at_ms)
{
	const struct rcc_peer *peer = rcc_peer_find(core, set->peer);
	const struct rcc_profile *profile = rcc_profile_of(core, peer);
	struct rcc_company_ship *ship = current(company, peer->mmsi);

	/* With the word that she is another's, nothing more of that word is theirs to know. */
	if (strcmp(profile->company, company->name) != 0) {
		if (ship != NULL)
			ship->until_ms = at_ms;
		return;
	}
	if (ship == NULL) {
		ship = rcc_company_add(company, &company->ship, sizeof *ship);
		if (ship == NULL)
			return;
		*ship = (struct rcc_company_ship){.mmsi = peer->mmsi, .from_ms = at_ms};
	}
	memcpy(ship->name, peer->name, sizeof ship->name);
	memcpy(ship->contact, profile->company_contact, sizeof ship->contact);
	memcpy(ship->policy, profile->policy, sizeof ship->policy);
	struct rcc_company_said *said = rcc_company_add(company, &company->said, sizeof *said);
	if (said != NULL)
		*said = (struct rcc_company_said){peer->mmsi, at_ms, set->body};
}

static void
on_event(void *context, const struct rcc_core *core, const struct rcc_link *link, const struct rcc_event *event)
{
	if (event->kind == RCC_EVENT_PROFILE_SET)
		take_profile(context, core, &event->u.profile_set, link->at_ms);
}

static void
on_leave(void *context, const struct rcc_case *row)
{
	rcc_company_take_case(context, row);
}

/* ---- as lines ---- */

static void
print_said(const struct rcc_company *company, const struct rcc_company_ship *ship, struct rcc_lines *lines)
{
	char text[RCC_WORK_TEXT_SIZE];

	for (size_t i = 0; i < company->said.count; i++) {
		const struct rcc_company_said *said = RCC_COMPANY_ROW(company, said, said, i);
		if (said->mmsi.v != ship->mmsi.v || said->at_ms < ship->from_ms ||
		    (ship->until_ms != 0 && said->at_ms >= ship->until_ms))
			continue;
		bool is_check = said->body.checked_at_ms != 0;
		rcc_lines_begin(lines, is_check ? "COMPANY_CHECK" : "COMPANY_PROFILE",
		                is_check ? N_("  readiness check") : N_("  declared"));
		rcc_lines_mmsi(lines, ship->mmsi);
		rcc_lines_time_if(lines, "time", N_("reported"), said->at_ms);
		rcc_lines_time_if(lines, "checked", N_("checked"), said->body.checked_at_ms);
		rcc_lines_text_if(lines, "missing", N_("missing"), said->body.missing);
		if (is_check && said->body.missing[0] == '\0')
			rcc_lines_mark(lines, "complete", N_("nothing missing"));
		/* ": max-speed 14.5 kn"; the check has its own members. */
		struct rcc_profile_order values = said->body;
		values.checked_at_ms = 0;
		const char *words = rcc_profile_order_format(text, sizeof text, &values);
		rcc_lines_text_if(lines, "values", N_("values"), words[0] == ':' ? words + 2 : words);
		rcc_lines_end(lines);
	}
}

static void
print_case(const struct rcc_company_case *row, struct rcc_lines *lines)
{
	rcc_lines_begin(lines, "COMPANY_CASE", N_("  called on"));
	rcc_lines_mmsi(lines, row->mmsi);
	rcc_lines_case(lines, "incident", N_("case"), row->year, row->number);
	rcc_lines_text(lines, "incident_class", N_("class"), rcc_class_word(row->class));
	rcc_lines_time_if(lines, "called_on", N_("called on"), row->called_at_ms);
	rcc_lines_time_if(lines, "could_know", N_("could know"), row->could_know_at_ms);
	rcc_lines_time_if(lines, "knew", N_("knew"), row->knew_at_ms);
	rcc_lines_time_if(lines, "answered", N_("answered"), row->answered_at_ms);
	if (row->answer != 0) {
		rcc_lines_text(lines, "answer", N_("latest answer"), rcc_answer_word(row->answer));
		rcc_lines_time_if(lines, "answer_time", N_("given"), row->answer_at_ms);
	}
	if (row->reason != RCC_REASON_NONE)
		rcc_lines_text(lines, "reason", N_("reason"), rcc_reason_word(row->reason));
	rcc_lines_time_if(lines, "arrived", N_("arrived"), row->arrived_at_ms);
	rcc_lines_time_if(lines, "released", N_("released"), row->released_at_ms);
	rcc_lines_time_if(lines, "ended", N_("call ended"), row->ended_at_ms);
	rcc_lines_end(lines);
}

static void
print_duty(const struct rcc_company_duty *row, struct rcc_lines *lines)
{
	const struct rcc_duty_rule_row *rule = rcc_duty_rule_find((uint32_t)row->rule);

	rcc_lines_begin(lines, "COMPANY_DUTY", N_("  duty"));
	rcc_lines_mmsi(lines, row->mmsi);
	rcc_lines_case(lines, "incident", N_("case"), row->year, row->number);
	rcc_lines_text(lines, "duty", N_("of"), rule->word);
	rcc_lines_text(lines, "law", N_("law"), rule->law);
	rcc_lines_time_if(lines, "opened", N_("since"), row->opened_at_ms);
	if (row->state != 0)
		rcc_lines_text(lines, "state", N_("state"), rcc_duty_state_word(row->state));
	rcc_lines_time_if(lines, "settled", N_("settled"), row->settled_at_ms);
	if (row->is_late)
		rcc_lines_mark(lines, "late", N_("past its time"));
	rcc_lines_end(lines);
}

static void
print_delivery(const struct rcc_company_delivery *row, struct rcc_lines *lines)
{
	rcc_lines_begin(lines, "COMPANY_DELIVERY", N_("  told"));
	rcc_lines_mmsi(lines, row->mmsi);
	rcc_lines_case(lines, "incident", N_("case"), row->year, row->number);
	rcc_lines_uint(lines, "number", N_("number"), row->delivery);
	rcc_lines_text(lines, "kind", N_("kind"), rcc_broadcast_word(row->kind));
	if (row->is_called_on)
		rcc_lines_mark(lines, "called_on", N_("called on to respond"));
	rcc_lines_time_if(lines, "queued", N_("decided"), row->queued_at_ms);
	rcc_lines_time_if(lines, "sent", N_("sent"), row->sent_at_ms);
	rcc_lines_time_if(lines, "stored", N_("stored aboard"), row->stored_at_ms);
	rcc_lines_time_if(lines, "read", N_("read"), row->read_at_ms);
	if (row->stored_at_ms != 0)
		rcc_lines_span(lines, "latency_s", N_("on its way"), row->stored_at_ms - row->queued_at_ms);
	rcc_lines_end(lines);
}

/* What happened to her in this time: a ship that came back has a second one. */
static bool
is_in(const struct rcc_company_ship *ship, struct rcc_mmsi mmsi, int64_t at_ms)
{
	return mmsi.v == ship->mmsi.v && at_ms >= ship->from_ms && (ship->until_ms == 0 || at_ms < ship->until_ms);
}

static void
print_ship(const struct rcc_company *company, const struct rcc_company_ship *ship, struct rcc_lines *lines,
           int64_t now_ms)
{
	rcc_lines_begin(lines, "COMPANY_SHIP", N_("ship"));
	rcc_lines_mmsi(lines, ship->mmsi);
	rcc_lines_text(lines, "name", N_("name"), ship->name);
	rcc_lines_time_if(lines, "from", N_("from"), ship->from_ms);
	rcc_lines_time_if(lines, "until", N_("until"), ship->until_ms);
	rcc_lines_text_if(lines, "company_contact", N_("contact"), ship->contact);
	rcc_lines_text_if(lines, "policy", N_("policy"), ship->policy);
	rcc_lines_end(lines);
	print_said(company, ship, lines);
	rcc_company_print_gaps(company, ship, lines, now_ms);
	for (size_t i = 0; i < company->of_case.count; i++) {
		const struct rcc_company_case *row = RCC_COMPANY_ROW(company, of_case, case, i);
		if (is_in(ship, row->mmsi, row->called_at_ms))
			print_case(row, lines);
	}
	for (size_t i = 0; i < company->duty.count; i++) {
		const struct rcc_company_duty *row = RCC_COMPANY_ROW(company, duty, duty, i);
		if (is_in(ship, row->mmsi, row->opened_at_ms))
			print_duty(row, lines);
	}
	for (size_t i = 0; i < company->delivery.count; i++) {
		const struct rcc_company_delivery *row = RCC_COMPANY_ROW(company, delivery, delivery, i);
		if (is_in(ship, row->mmsi, row->queued_at_ms))
			print_delivery(row, lines);
	}
}

static int
by_call(const void *a, const void *b)
{
	const struct rcc_company_case *left = a, *right = b;

	return (left->called_at_ms > right->called_at_ms) - (left->called_at_ms < right->called_at_ms);
}

static int
by_opening(const void *a, const void *b)
{
	const struct rcc_company_duty *left = a, *right = b;

	if (left->opened_at_ms == right->opened_at_ms)
		return (left->rule > right->rule) - (left->rule < right->rule);
	return left->opened_at_ms > right->opened_at_ms ? 1 : -1;
}

static int
by_telling(const void *a, const void *b)
{
	const struct rcc_company_delivery *left = a, *right = b;

	if (left->queued_at_ms == right->queued_at_ms)
		return (left->delivery > right->delivery) - (left->delivery < right->delivery);
	return left->queued_at_ms > right->queued_at_ms ? 1 : -1;
}

/* Cases leave the memory of the core in an order of their own. */
static void
sort(struct rcc_company_list *list, size_t size, int (*compare)(const void *, const void *))
{
	if (list->count > 1)
		qsort(list->row, list->count, size, compare);
}

static void
print(const struct rcc_company *company, const struct rcc_cases_span *span, bool is_json)
{
	struct rcc_lines lines = {.is_json = is_json};

	rcc_lines_begin(&lines, "COMPANY", N_("company"));
	rcc_lines_text(&lines, "company", N_("name"), company->name);
	rcc_lines_text_if(&lines, "centre", N_("record of"), span->centre);
	rcc_lines_time_if(&lines, "from", N_("from"), span->first_at_ms);
	rcc_lines_time_if(&lines, "to", N_("to"), span->last_at_ms);
	rcc_lines_uint(&lines, "entries", N_("entries"), span->entries);
	rcc_lines_end(&lines);
	for (size_t i = 0; i < company->ship.count; i++)
		print_ship(company, RCC_COMPANY_ROW(company, ship, ship, i), &lines, span->last_at_ms);
}

int
rcc_replay_company(const struct rcc_replay *replay)
{
	struct rcc_company company = {.name = replay->company};
	const struct rcc_cases_reader reader = {&company, on_event, on_leave};
	struct rcc_cases_span span;
	int exit_code = RCC_EXIT_FAILED;

	if (replay->company == NULL || replay->company[0] == '\0') {
		fprintf(stderr, _("rcc-replay: company takes the company's name as its ships state it\n"));
		return RCC_EXIT_USAGE;
	}
	if (rcc_cases_read(replay, &reader, &span)) {
		if (company.is_out_of_memory)
			fprintf(stderr, _("rcc-replay: no memory for this report\n"));
		else if (company.ship.count == 0)
			fprintf(stderr, _("rcc-replay: no ship of the record names the company '%s'\n"), company.name);
		else
			exit_code = RCC_EXIT_OK;
	}
	sort(&company.of_case, sizeof(struct rcc_company_case), by_call);
	sort(&company.duty, sizeof(struct rcc_company_duty), by_opening);
	sort(&company.delivery, sizeof(struct rcc_company_delivery), by_telling);
	if (exit_code == RCC_EXIT_OK)
		print(&company, &span, replay->is_json);
	free(company.ship.row);
	free(company.said.row);
	free(company.of_case.row);
	free(company.duty.row);
	free(company.delivery.row);
	return exit_code;
}

/* view_duty.c - the duty ledger as lines: each duty with its law, clock and evidence; then each ship, and what she did. */
#include "core/closing.h"
#include "core/duty.h"
#include "core/persons.h"
#include "core/rank.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "rcc/work_text.h"
#include "view/page.h"

static const char *
ship_name(const struct rcc_page *page, struct rcc_mmsi ship)
{
	const struct rcc_peer *peer = rcc_peer_find_mmsi(page->core, ship);
	const struct rcc_vessel *vessel = rcc_picture_find(page->picture, ship);

	if (peer != NULL)
		return peer->name;
	return vessel == NULL ? "" : vessel->name;
}

static void
write_duty(struct rcc_page *page, const struct rcc_incident *incident, const struct rcc_duty *duty)
{
	const struct rcc_duty_rule_row *rule = rcc_duty_rule_find((uint32_t)duty->rule);
	struct rcc_json *json = &page->json;

	rcc_json_uint(json, "id", duty->id.v);
	rcc_page_incident(page, incident);
	rcc_json_text(json, "obligation", rule->id);
	rcc_json_text(json, "rule", rule->word);
	rcc_json_text(json, "debtor", rule->debtor == RCC_DEBTOR_SHIP ? "ship" : "centre");
	rcc_json_mmsi_if(json, "mmsi", duty->ship);
	if (duty->ship.v != 0)
		rcc_json_text_if(json, "name", ship_name(page, duty->ship));
	rcc_json_uint_if(json, "subject", duty->subject);
	rcc_json_text(json, "what", rule->what);
	rcc_json_text(json, "law", rule->law);
	rcc_json_text(json, "state", rcc_duty_state_word(duty->state));
	rcc_json_bool(json, "open", rcc_duty_is_open(duty));
	rcc_json_bool(json, "late", duty->is_late);
	rcc_json_time_if(json, "opened", duty->opened_at_ms);
	rcc_json_time_if(json, "due", duty->due_at_ms);
	rcc_json_time_if(json, "changed", duty->changed_at_ms);
	rcc_json_uint(json, "opened_seq", duty->opened_seq);
	rcc_json_uint(json, "changed_seq", duty->changed_seq);
}

/* ---- ships ---- */

/* When each thing happened to the lines of one ship in this case: sent is "could have known", read is "knew". */
struct known {
	int64_t sent_at_ms, stored_at_ms, read_at_ms, answered_at_ms;
	const struct rcc_broadcast *first; /* of those that she has a line of; NULL = none */
};

static void
keep_first(int64_t *first_ms, int64_t at_ms)
{
	if (at_ms != 0 && (*first_ms == 0 || at_ms < *first_ms))
		*first_ms = at_ms;
}

static void
keep_line(struct known *known, const struct rcc_delivery *line)
{
	keep_first(&known->sent_at_ms, line->sent_at_ms);
	keep_first(&known->stored_at_ms, line->stored_at_ms);
	keep_first(&known->read_at_ms, line->read_at_ms);
	keep_first(&known->answered_at_ms, line->answered_at_ms);
}

static struct known
known_by(const struct rcc_page *page, const struct rcc_incident *incident, const struct rcc_peer *peer)
{
	struct known known = {0};
	const struct rcc_broadcast *broadcast = rcc_broadcast_at(page->core, incident->newest_broadcast);

	for (; peer != NULL && broadcast != NULL; broadcast = rcc_broadcast_at(page->core, broadcast->previous)) {
		const struct rcc_delivery *line = rcc_delivery_of(page->core, broadcast, peer->id);
		if (line == NULL)
			continue;
		known.first = broadcast; /* the walk goes back in time */
		keep_line(&known, line);
	}
	/* An order of her own tells her of the case as well as a call. */
	broadcast = rcc_broadcast_at(page->core, incident->newest_directed);
	for (; peer != NULL && broadcast != NULL; broadcast = rcc_broadcast_at(page->core, broadcast->previous)) {
		const struct rcc_delivery *line = rcc_delivery_of(page->core, broadcast, peer->id);
		if (line != NULL)
			keep_line(&known, line);
	}
	return known;
}

static void
write_known(struct rcc_json *json, const struct known *known)
{
	int64_t could_ms = known->stored_at_ms != 0 ? known->stored_at_ms : known->sent_at_ms;
	int64_t knew_ms = known->read_at_ms;

	/* Who answers has read it, and who has read it could know: her computer's word of having stored it may come later. */
	if (known->answered_at_ms != 0 && (knew_ms == 0 || known->answered_at_ms < knew_ms))
		knew_ms = known->answered_at_ms;
	if (knew_ms != 0 && knew_ms < could_ms)
		could_ms = knew_ms;
	rcc_json_time_if(json, "could_know", could_ms);
	rcc_json_time_if(json, "knew", knew_ms);
	rcc_json_time_if(json, "answered", known->answered_at_ms);
}

static const struct rcc_aboard *
aboard_row(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	static const struct rcc_place_id nowhere;

	return rcc_persons_row(core, incident->id, RCC_WHERE_ABOARD, ship, nowhere);
}

/* Who has landed her survivors, or was released, is there no more, whatever she said last. */
static bool
is_on_scene(const struct rcc_core *core, const struct rcc_incident *incident, struct rcc_mmsi ship,
            const struct rcc_answer_state *answer, bool is_released)
{
	const struct rcc_aboard *row = aboard_row(core, incident, ship);
	bool has_landed = row != NULL && row->landed_at_ms > answer->at_ms && rcc_persons_sum(&row->count) == 0;

	return answer->body.kind == RCC_ANSWER_ON_SCENE && !is_released && !has_landed;
}

static void
write_aboard(struct rcc_json *json, const struct rcc_core *core, const struct rcc_incident *incident,
             struct rcc_mmsi ship)
{
	const struct rcc_aboard *row = aboard_row(core, incident, ship);

	if (row == NULL)
		return;
	rcc_json_uint(json, "aboard", rcc_persons_sum(&row->count));
	rcc_json_time_if(json, "landed", row->landed_at_ms);
}

static void
write_ship(struct rcc_page *page, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	struct rcc_json *json = &page->json;
	const struct rcc_peer *peer = rcc_peer_find_mmsi(page->core, ship);
	const struct rcc_answer_state *answer = rcc_answer_of(page->core, incident, ship);
	const struct rcc_duty *assist = rcc_duty_of(page->core, incident->id, RCC_DUTY_RULE_ASSIST, ship, 0);
	const struct rcc_duty *comply = rcc_duty_of(page->core, incident->id, RCC_DUTY_RULE_COMPLY, ship, 0);
	struct known known = known_by(page, incident, peer);
	bool is_released = rcc_rank_is_released(page->core, incident, peer, answer);

	rcc_page_incident(page, incident);
	rcc_json_mmsi_if(json, "mmsi", ship);
	rcc_json_text_if(json, "name", ship_name(page, ship));
	rcc_json_bool(json, "registered", peer != NULL);
	/* What no line of hers has, was said by voice. */
	if (answer != NULL && known.answered_at_ms == 0)
		known.answered_at_ms = answer->at_ms;
	write_known(json, &known);
	if (answer != NULL) {
		rcc_json_text(json, "answer", rcc_answer_word(answer->body.kind));
		rcc_json_time(json, "answer_time", answer->at_ms);
		if (answer->body.reason != RCC_REASON_NONE)
			rcc_json_text(json, "reason", rcc_reason_word(answer->body.reason));
		if (answer->body.eta_min != RCC_ETA_UNKNOWN_MIN)
			rcc_json_uint(json, "answer_eta_min", answer->body.eta_min);
		rcc_json_text_if(json, "answer_text", answer->body.text);
		rcc_json_bool(json, "on_scene", is_on_scene(page->core, incident, ship, answer, is_released));
		rcc_json_time_if(json, "arrived", answer->arrived_at_ms);
	}
	if (assist != NULL)
		rcc_json_text(json, "assist", rcc_duty_state_word(assist->state));
	if (comply != NULL)
		rcc_json_text(json, "requisition", rcc_duty_state_word(comply->state));
	if (rcc_duty_is_requisitioned(page->core, incident->id, ship))
		rcc_json_bool(json, "requisitioned", true);
	write_aboard(json, page->core, incident, ship);
	rcc_json_bool(json, "released", is_released);
	/* Called by voice, she knew when she answered. */
	int64_t told_at_ms = known.sent_at_ms != 0 ? known.sent_at_ms : known.stored_at_ms;
	if (told_at_ms == 0 && answer != NULL)
		told_at_ms = answer->at_ms;
	rcc_page_course(page, incident, ship, told_at_ms, known.first);
}

/* Is this line the first of its ship? Lists are short: a set would cost more to read. */
static bool
is_first_of_ship(const struct rcc_core *core, const struct rcc_incident *incident, const struct rcc_duty *duty)
{
	for (const struct rcc_duty *row = rcc_duty_at(core, incident->newest_duty); row != NULL && row != duty;
	     row = rcc_duty_at(core, row->previous)) {
		if (row->ship.v == duty->ship.v)
			return false;
	}
	return true;
}

static void
list_ship(struct rcc_page *page, const struct rcc_incident *incident, struct rcc_mmsi ship)
{
	if (rcc_page_row(page, "SHIP_DUTY")) {
		write_ship(page, incident, ship);
		rcc_page_end(page);
	}
}

/* Ships that owe or owed something, then those that answered without being called on. */
static void
list_ships(struct rcc_page *page, const struct rcc_incident *incident)
{
	const struct rcc_duty *row = rcc_duty_at(page->core, incident->newest_duty);
	const struct rcc_answer_state *answer = rcc_answer_at(page->core, incident->newest_answer);

	for (; row != NULL && page->next == 0; row = rcc_duty_at(page->core, row->previous)) {
		if (row->ship.v != 0 && is_first_of_ship(page->core, incident, row))
			list_ship(page, incident, row->ship);
	}
	for (; answer != NULL && page->next == 0; answer = rcc_answer_at(page->core, answer->previous)) {
		/* Without a line of hers the walk ends at the last of the case. */
		const struct rcc_duty none = {.ship = answer->ship};
		if (is_first_of_ship(page->core, incident, &none))
			list_ship(page, incident, answer->ship);
	}
}

void
rcc_view_duties(struct rcc_page *page, const struct rcc_incident *incident)
{
	const struct rcc_duty *row = rcc_duty_at(page->core, incident->newest_duty);

	for (; row != NULL && page->next == 0; row = rcc_duty_at(page->core, row->previous)) {
		if (rcc_page_row(page, "DUTY")) {
			write_duty(page, incident, row);
			rcc_page_end(page);
		}
	}
	list_ships(page, incident);
}

/* Has a ship said within the hour that she does not do what she was asked by name? Nobody's clock tells of that. */
static bool
is_turned_down(const struct rcc_page *page, const struct rcc_duty *duty)
{
	bool is_order = duty->rule == RCC_DUTY_RULE_DO_TASK || duty->rule == RCC_DUTY_RULE_COMPLY ||
	                duty->rule == RCC_DUTY_RULE_COORDINATE;

	return duty->id.v != 0 && is_order && duty->state == RCC_DUTY_EXCUSED &&
	       page->facts->now_ms - duty->changed_at_ms < RCC_MS_PER_HOUR;
}

void
rcc_view_late_duties(struct rcc_page *page)
{
	for (uint32_t i = 0; i < page->core->duty_top && page->next == 0; i++) {
		const struct rcc_duty *duty = &page->core->duty[i];
		const struct rcc_incident *incident = duty->state == RCC_DUTY_OVERDUE || is_turned_down(page, duty)
		                                          ? rcc_incident_find(page->core, duty->incident)
		                                          : NULL;
		/* Ships are told that it is over beyond the end of a false alert. */
		bool is_live = incident != NULL &&
		               (incident->status != RCC_INCIDENT_CLOSED || duty->rule == RCC_DUTY_RULE_TELL_END);
		if (is_live && rcc_page_row(page, "DUTY")) {
			write_duty(page, incident, duty);
			rcc_page_end(page);
		}
	}
}

/* ---- closing ---- */

static const char *
obstacle_word(enum rcc_obstacle_kind kind)
{
	switch (kind) {
	case RCC_OBSTACLE_PERSONS:
		return "persons";
	case RCC_OBSTACLE_ABOARD:
		return "aboard";
	case RCC_OBSTACLE_MISSING:
		return "missing";
	case RCC_OBSTACLE_DUTY:
		return "duty";
	case RCC_OBSTACLE_UNTOLD:
		return "untold";
	case RCC_OBSTACLE_PART:
		return "part";
	case RCC_OBSTACLE_DISPUTED:
		return "disputed";
	case RCC_OBSTACLE_NUMBER:
		return "number";
	case RCC_OBSTACLE_SENT:
		return "sent";
	}
	return "unknown";
}

struct obstacles {
	struct rcc_page *page;
	const struct rcc_incident *incident;
};

static void
write_obstacle(void *context, const struct rcc_obstacle *obstacle)
{
	const struct obstacles *obstacles = context;
	struct rcc_page *page = obstacles->page;
	const struct rcc_incident *part = rcc_incident_find(page->core, obstacle->part);
	struct rcc_json *json = &page->json;

	if (page->next != 0 || !rcc_page_row(page, "OBSTACLE"))
		return;
	rcc_page_incident(page, obstacles->incident);
	rcc_json_text(json, "kind", obstacle_word(obstacle->kind));
	rcc_json_uint_if(json, "count", obstacle->count);
	rcc_json_mmsi_if(json, "mmsi", obstacle->ship);
	if (obstacle->ship.v != 0)
		rcc_json_text_if(json, "name", ship_name(page, obstacle->ship));
	if (obstacle->is_by_voice)
		rcc_json_bool(json, "by_voice", true);
	if (obstacle->duty != NULL) {
		const struct rcc_duty_rule_row *rule = rcc_duty_rule_find((uint32_t)obstacle->duty->rule);
		rcc_json_uint(json, "duty", obstacle->duty->id.v);
		rcc_json_text(json, "obligation", rule->id);
		rcc_json_text(json, "what", rule->what);
	}
	if (part != NULL) {
		rcc_json_open(json, "part");
		rcc_page_incident(page, part);
		rcc_json_close(json);
	}
	rcc_page_end(page);
}

void
rcc_view_closing(struct rcc_page *page, const struct rcc_incident *incident)
{
	struct obstacles obstacles = {.page = page, .incident = incident};

	(void)rcc_closing_obstacles(page->core, incident, RCC_OUTCOME_RESCUED, write_obstacle, &obstacles);
}

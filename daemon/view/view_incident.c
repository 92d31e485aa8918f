#include "core/closing.h"
#include "core/duty.h"
#include "core/geo.h"
#include "core/persons.h"
#include "core/place.h"
#include "core/rank.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "view/page.h"

/* Who says "on scene" from farther away than a lookout sees is asked what she means. */
#define FAR_M (5 * RCC_M_PER_NM)
#define FIX_MAX_MS (30 * RCC_MS_PER_MIN)

static const char scheduled[] = "scheduled";

/* What stands between this incident and the ships, while they do not have it, or have heard that it is over. */
static const char *
untold_word(const struct rcc_incident *incident)
{
	if (incident->is_restricted)
		return "restricted";
	if (incident->status == RCC_INCIDENT_SUSPENDED)
		return "suspended";
	if (incident->status == RCC_INCIDENT_TRANSFERRED)
		return "transferred";
	if (incident->is_relay_held)
		return "held";
	/* Neither the machine nor an officer can tell ships where to go. */
	if (!rcc_pos_is_known(incident->pos))
		return "waits-for-position";
	return incident->relay_due_at_ms != 0 && incident->phase == RCC_PHASE_DISTRESS ? scheduled : "officer";
}

static const char *
relay_word(const struct rcc_incident *incident)
{
	if (incident->class == RCC_CLASS_TEST)
		return rcc_class_word(incident->class);
	if (incident->is_cancelled && incident->relay_due_at_ms == 0 && incident->status != RCC_INCIDENT_SUSPENDED)
		return "cancelled";
	if (rcc_incident_is_standing(incident))
		return "sent";
	/* What ships are asked to look out for is not what they are called to. */
	if (incident->is_notice && incident->phase != RCC_PHASE_DISTRESS)
		return incident->is_notice_over ? "notice-over" : "notice";
	return incident->status == RCC_INCIDENT_CLOSED ? "never" : untold_word(incident);
}

static void
write_relay(struct rcc_page *page, const struct rcc_incident *incident)
{
	struct rcc_json *json = &page->json;
	const char *word = relay_word(incident);
	rcc_json_text(json, "relay", word);
	/* The time says something only while the machine will act at it. */
	if (word == scheduled)
		rcc_json_time_if(json, "relay_due", incident->relay_due_at_ms);
	rcc_json_time_if(json, "notice_until", incident->notice_until_ms);
	rcc_json_bool(json, "verified", rcc_incident_is_vouched_now(page->core, incident));
	if (rcc_rank_is_called_anew(page->core, incident))
		rcc_json_bool(json, "called_anew", true);
	rcc_json_bool(json, "no_position_overdue", incident->is_no_position_overdue);
	rcc_json_uint(json, "broadcasts", incident->broadcasts);
}

/* How far the latest broadcast has come. */
static void
write_reach(struct rcc_page *page, const struct rcc_incident *incident)
{
	const struct rcc_broadcast *broadcast = rcc_broadcast_at(page->core, incident->newest_broadcast);
	uint32_t stored = 0;
	uint32_t read = 0;
	if (broadcast == NULL)
		return;
	const struct rcc_delivery *row = rcc_delivery_at(page->core, broadcast->newest_delivery);
	while (row != NULL) {
		stored += row->stored_at_ms != 0 ? 1 : 0;
		read += row->read_at_ms != 0 ? 1 : 0;
		row = rcc_delivery_at(page->core, row->of_broadcast);
	}
	rcc_json_uint(&page->json, "recipients", broadcast->recipients);
	if (rcc_broadcast_is_to_casualty_alone(page->core, broadcast))
		rcc_json_bool(&page->json, "only_casualty_told", true);
	rcc_json_uint_if(&page->json, "left_out", broadcast->left_out);
	rcc_json_uint(&page->json, "stored", stored);
	rcc_json_uint(&page->json, "read", read);
}

static void
write_answers(struct rcc_page *page, const struct rcc_incident *incident)
{
	uint32_t count[RCC_ANSWER_LAST + 1] = {0};
	uint32_t all = 0;
	uint32_t released = 0;
	const struct rcc_answer_state *answer = rcc_answer_at(page->core, incident->newest_answer);
	for (; answer != NULL; answer = rcc_answer_at(page->core, answer->previous)) {
		if (rcc_rank_is_past(page->core, incident, answer))
			continue;
		/* Who is released is not counted on; who was unable was so all the same. */
		if (answer->body.kind == RCC_ANSWER_UNABLE ||
		    !rcc_rank_is_released(page->core, incident, rcc_peer_find(page->core, answer->peer), answer))
			count[answer->body.kind]++;
		else
			released++;
		all++;
	}
	rcc_json_uint(&page->json, "answered", all);
	rcc_json_uint(&page->json, "proceeding", count[RCC_ANSWER_PROCEEDING]);
	rcc_json_uint(&page->json, "on_scene", count[RCC_ANSWER_ON_SCENE]);
	rcc_json_uint(&page->json, "unable", count[RCC_ANSWER_UNABLE]);
	rcc_json_uint_if(&page->json, "released", released);
}

/* As the alert stated it, else as it is enrolled, else as it says itself by AIS; empty = nobody has said. */
static const char *
casualty_name(const struct rcc_page *page, const struct rcc_incident *incident)
{
	if (incident->name[0] != '\0' || incident->casualty.v == 0)
		return incident->name;
	const struct rcc_peer *peer = rcc_peer_find_mmsi(page->core, incident->casualty);
	if (peer != NULL)
		return peer->name;
	const struct rcc_vessel *vessel = rcc_picture_find(page->picture, incident->casualty);
	return vessel != NULL ? vessel->name : "";
}

/* Parts of a mass rescue that are not closed, and the persons of all of them. */
static void
write_parts(struct rcc_page *page, const struct rcc_incident *incident)
{
	uint32_t parts = 0;
	uint32_t open = 0;
	for (uint32_t i = 0; i < page->core->incident_top; i++) {
		const struct rcc_incident *part = &page->core->incident[i];
		if (part->id.v == 0 || part->parent.v != incident->id.v)
			continue;
		parts++;
		open += part->status != RCC_INCIDENT_CLOSED ? 1 : 0;
	}
	if (parts == 0)
		return;
	rcc_json_uint(&page->json, "parts", parts);
	rcc_json_uint(&page->json, "parts_open", open);
	rcc_json_uint_if(&page->json, "persons_in_parts", rcc_persons_in_parts(page->core, incident->id));
}

/* Is the last that was heard of it a withdrawal, while ships hold the call? */
static bool
is_withdrawn(const struct rcc_core *core, const struct rcc_incident *incident)
{
	const struct rcc_alert_state *last = NULL;
	for (uint32_t i = 0; i < core->alert_top; i++) {
		const struct rcc_alert_state *row = &core->alert[i];
		if (row->id.v != 0 && row->incident.v == incident->id.v && (last == NULL || row->id.v > last->id.v))
			last = row;
	}
	return last != NULL && (last->body.marks & RCC_ALERT_SELF_CANCEL) != 0 && rcc_incident_is_standing(incident);
}

/* Nobody is dropped: a number that does not fit, and somebody who is not found, wait for an officer. */
static void
write_persons_waiting(struct rcc_page *page, const struct rcc_incident *incident)
{
	const struct rcc_duty *units =
	    rcc_duty_of(page->core, incident->id, RCC_DUTY_RULE_UNITS, (struct rcc_mmsi){0}, 0);
	if (incident->status == RCC_INCIDENT_CLOSED)
		return;
	if (rcc_persons_is_disputed(page->core, incident->id))
		rcc_json_bool(&page->json, "persons_disputed", true);
	rcc_json_uint_if(&page->json, "persons_missing", rcc_persons_missing(page->core, incident->id));
	rcc_json_uint_if(&page->json, "persons_aboard", rcc_persons_aboard_total(page->core, incident->id));
	if (rcc_persons_is_told(page->core, incident))
		rcc_json_uint_if(&page->json, "persons_at_risk", rcc_persons_at_risk(page->core, incident->id));
	rcc_json_uint_if(&page->json, "persons_found", rcc_persons_accounted(page->core, incident->id));
	if (is_withdrawn(page->core, incident))
		rcc_json_bool(&page->json, "withdrawn", true);
	if (units != NULL && rcc_duty_is_open(units))
		rcc_json_bool(&page->json, "nobody_goes", true);
}

/* Survivors aboard ships that are sent nowhere: a rescue does not end at sea (SAR Convention annex 3.1.9). */
static uint32_t
unplaced(const struct rcc_page *page, const struct rcc_incident *incident)
{
	uint64_t sum = 0;
	for (const struct rcc_aboard *row = rcc_aboard_at(page->core, incident->newest_aboard); row != NULL;
	     row = rcc_aboard_at(page->core, row->previous)) {
		if (row->where == RCC_WHERE_ABOARD && rcc_place_of_ship(page->core, incident, row->ship) == NULL)
			sum += rcc_persons_sum(&row->count);
	}
	return (uint32_t)sum;
}

/* A ship that says that she is there and, by her position of the last half hour, is not; empty = there is none. */
static const char *
far_on_scene(const struct rcc_page *page, const struct rcc_incident *incident)
{
	for (const struct rcc_answer_state *answer = rcc_answer_at(page->core, incident->newest_answer); answer != NULL;
	     answer = rcc_answer_at(page->core, answer->previous)) {
		const struct rcc_peer *peer = rcc_peer_find(page->core, answer->peer);
		const struct rcc_vessel *vessel = peer == NULL ? NULL : rcc_picture_find(page->picture, peer->mmsi);
		/* Who has had survivors aboard has been there. */
		const struct rcc_aboard *row =
		    rcc_persons_row(page->core, incident->id, RCC_WHERE_ABOARD, answer->ship, (struct rcc_place_id){0});
		bool is_there = answer->body.kind == RCC_ANSWER_ON_SCENE && row == NULL && !incident->is_cancelled &&
		                !rcc_rank_is_past(page->core, incident, answer) &&
		                !rcc_rank_is_released(page->core, incident, peer, answer);
		if (is_there && vessel != NULL && vessel->seen_at_ms >= answer->at_ms - FIX_MAX_MS &&
		    page->facts->now_ms - vessel->seen_at_ms <= FIX_MAX_MS && rcc_pos_is_known(vessel->pos) &&
		    rcc_pos_is_known(incident->pos) &&
		    rcc_geo_range_m(vessel->pos, incident->pos) > FAR_M + incident->pos_radius_m)
			return peer->name;
	}
	return "";
}

/* Ships with survivors aboard that say that they cannot go on: those are in danger again, whoever was to be told of it. */
static void
write_stranded(struct rcc_page *page, const struct rcc_incident *incident)
{
	bool is_begun = false;

	for (const struct rcc_answer_state *answer = rcc_answer_at(page->core, incident->newest_answer); answer != NULL;
	     answer = rcc_answer_at(page->core, answer->previous)) {
		uint32_t aboard = rcc_persons_ship_aboard(page->core, incident->id, answer->ship);
		const struct rcc_peer *peer = rcc_peer_find_mmsi(page->core, answer->ship);
		char mmsi[RCC_MMSI_TEXT_SIZE];
		if (answer->body.kind != RCC_ANSWER_UNABLE || aboard == 0)
			continue;
		if (!is_begun)
			rcc_json_list(&page->json, "stranded");
		is_begun = true;
		rcc_json_item(&page->json);
		rcc_json_text(&page->json, "ship", peer != NULL ? peer->name : rcc_mmsi_format(mmsi, answer->ship));
		rcc_json_uint(&page->json, "aboard", aboard);
		rcc_json_text(&page->json, "cannot", rcc_reason_word(answer->body.reason));
		rcc_json_text_if(&page->json, "text", answer->body.text);
		rcc_json_time(&page->json, "answered", answer->at_ms);
		rcc_json_close(&page->json);
	}
	if (is_begun)
		rcc_json_list_end(&page->json);
}

/* What an officer has to do about its places of safety and its ships, and no clock tells of. */
static void
write_waiting(struct rcc_page *page, const struct rcc_incident *incident)
{
	const struct rcc_place_state *place = rcc_place_at(page->core, incident->newest_place);
	const char *fear = "";
	const char *second = "";
	const char *objected = "";
	bool is_under_way = false;
	for (; place != NULL; place = rcc_place_at(page->core, place->previous)) {
		const struct rcc_place_ship *row = rcc_place_ship_at(page->core, place->newest_ship);
		for (; row != NULL; row = rcc_place_ship_at(page->core, row->previous)) {
			if (rcc_place_first(page->core, row, page->facts->now_ms) != NULL)
				second = place->name;
			if (row->is_assigned && row->objections != 0 && row->objected_at_ms > row->assigned_at_ms)
				objected = place->name;
			is_under_way |= row->is_assigned && place->is_feared;
		}
		if (place->is_feared)
			fear = place->name;
	}
	rcc_json_text_if(&page->json, "fear_of", fear);
	if (is_under_way)
		rcc_json_bool(&page->json, "fear_under_way", true);
	rcc_json_text_if(&page->json, "objected_to", objected);
	if (rcc_place_is_fear_stated(page->core, incident))
		rcc_json_bool(&page->json, "fear_stated", true);
	rcc_json_text_if(&page->json, "second_officer_for", second);
	rcc_json_uint_if(&page->json, "by_voice", rcc_closing_by_voice(page->core, incident));
	if (incident->status != RCC_INCIDENT_CLOSED)
		write_stranded(page, incident);
	if (incident->status != RCC_INCIDENT_CLOSED && incident->status != RCC_INCIDENT_TRANSFERRED) {
		rcc_json_uint_if(&page->json, "persons_unplaced", unplaced(page, incident));
		rcc_json_text_if(&page->json, "far_on_scene", far_on_scene(page, incident));
	}
	write_persons_waiting(page, incident);
}

static void
write_standing(struct rcc_page *page, const struct rcc_incident *incident)
{
	struct rcc_json *json = &page->json;
	const struct rcc_incident *parent = rcc_incident_find(page->core, incident->parent);
	if (incident->is_restricted)
		rcc_json_bool(json, "restricted", true);
	if (incident->is_on_hold)
		rcc_json_bool(json, "legal_hold", true);
	rcc_json_time_if(json, "review", incident->review_at_ms);
	if (incident->is_review_due)
		rcc_json_bool(json, "review_due", true);
	if (parent != NULL) {
		rcc_json_open(json, "part_of");
		rcc_page_incident(page, parent);
		rcc_json_close(json);
	}
	write_parts(page, incident);
	rcc_page_handover(page, incident);
	write_waiting(page, incident);
}

static void
write_incident(struct rcc_page *page, const struct rcc_incident *incident)
{
	struct rcc_json *json = &page->json;
	rcc_page_incident(page, incident);
	rcc_json_text(json, "status", rcc_incident_status_word(incident->status));
	rcc_json_text(json, "phase", rcc_phase_word(incident->phase));
	rcc_json_text(json, "mode", rcc_class_word(incident->class));
	rcc_json_time_if(json, "opened", incident->opened_at_ms);
	rcc_json_time_if(json, "last_signal", incident->signal_at_ms);
	rcc_json_text(json, "source", rcc_source_word(incident->source));
	if (incident->nature != RCC_NATURE_NOT_STATED)
		rcc_json_text(json, "nature", rcc_nature_word(incident->nature));
	rcc_json_mmsi_if(json, "mmsi", incident->casualty);
	rcc_json_text_if(json, "name", casualty_name(page, incident));
	rcc_json_uint_if(json, "persons", incident->persons);
	rcc_json_pos_if(json, incident->pos);
	rcc_json_time_if(json, "pos_time", incident->pos_at_ms);
	rcc_json_uint_if(json, "pos_radius_m", incident->pos_radius_m);
	rcc_page_places(page, incident->candidate, incident->candidate_count);
	rcc_page_doubts(page, rcc_incident_doubts(page->core, incident));
	if (incident->is_conflict)
		rcc_json_bool(json, "conflict", true);
	write_standing(page, incident);
	write_relay(page, incident);
	write_reach(page, incident);
	write_answers(page, incident);
	rcc_json_time_if(json, "closed", incident->closed_at_ms);
	if (incident->closed_at_ms != 0)
		rcc_json_text(json, "outcome", rcc_outcome_word(incident->outcome));
}

void
rcc_view_incidents(struct rcc_page *page)
{
	for (uint32_t i = 0; i < page->core->incident_top && page->next == 0; i++) {
		const struct rcc_incident *incident = &page->core->incident[i];
		if (incident->id.v != 0 && rcc_page_row(page, "INCIDENT")) {
			write_incident(page, incident);
			rcc_page_end(page);
		}
	}
}

/* Ships that were told something newer before they had stored it: they never held it. */
static uint32_t
overtaken(const struct rcc_core *core, const struct rcc_broadcast *broadcast)
{
	uint32_t count = 0;
	for (const struct rcc_delivery *row = rcc_delivery_at(core, broadcast->newest_delivery); row != NULL;
	     row = rcc_delivery_at(core, row->of_broadcast))
		count += row->state == RCC_DELIVERY_CANCELLED;
	return count;
}

static void
write_broadcast(struct rcc_page *page, const struct rcc_incident *incident, const struct rcc_broadcast *broadcast)
{
	struct rcc_json *json = &page->json;
	rcc_json_uint(json, "id", broadcast->id.v);
	rcc_page_incident(page, incident);
	rcc_json_text(json, "kind", rcc_broadcast_word(broadcast->kind));
	rcc_json_uint(json, "revision", broadcast->revision);
	rcc_json_time_if(json, "issued", broadcast->issued_at_ms);
	rcc_json_time_if(json, "expires", broadcast->expires_at_ms);
	rcc_json_text_if(json, "by", rcc_page_peer_name(page, broadcast->by, ""));
	rcc_json_bool(json, "verified", broadcast->is_verified);
	rcc_json_pos_if(json, broadcast->pos);
	rcc_json_time_if(json, "pos_time", broadcast->pos_at_ms);
	rcc_json_uint_if(json, "pos_radius_m", broadcast->pos_radius_m);
	rcc_page_places(page, broadcast->candidate, broadcast->candidate_count);
	rcc_page_doubts(page, broadcast->doubts);
	rcc_json_text_if(json, "text", broadcast->text);
	rcc_json_uint(json, "recipients", broadcast->recipients);
	rcc_json_uint(json, "unstored", broadcast->unstored);
	rcc_json_uint_if(json, "overtaken", overtaken(page->core, broadcast));
}

enum rcc_status
rcc_view_incident(struct rcc_page *page, const struct rcc_incident *incident)
{
	if (rcc_page_row(page, "INCIDENT")) {
		write_incident(page, incident);
		rcc_page_end(page);
	}
	for (uint32_t i = 0; i < page->core->alert_top; i++) {
		const struct rcc_alert_state *alert = &page->core->alert[i];
		if (alert->id.v != 0 && alert->incident.v == incident->id.v)
			rcc_view_alert_row(page, alert);
	}
	const struct rcc_broadcast *broadcast = rcc_broadcast_at(page->core, incident->newest_broadcast);
	while (broadcast != NULL) {
		if (rcc_page_row(page, "BROADCAST")) {
			write_broadcast(page, incident, broadcast);
			rcc_page_end(page);
		}
		broadcast = rcc_broadcast_at(page->core, broadcast->previous);
	}
	return rcc_view_calls(page, incident);
}

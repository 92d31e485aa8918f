#include <string.h>

#include "rcc/text.h"
#include "view/page.h"

/* Printable ASCII with line ends: a sentence or a text, not the bytes of a message. */
static bool
is_text(const uint8_t *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		bool is_line_end = bytes[i] == '\r' || bytes[i] == '\n';
		if (!is_line_end && (bytes[i] < 0x20 || bytes[i] > 0x7e))
			return false;
	}
	return true;
}

static void
write_raw(struct rcc_json *json, const struct rcc_alert *body)
{
	if (body->raw_len == 0)
		return;
	if (is_text(body->raw, body->raw_len))
		rcc_json_text_n(json, "raw", body->raw, body->raw_len);
	else
		rcc_json_hex(json, "raw_hex", body->raw, body->raw_len);
}

static void
write_sender(struct rcc_page *page, const struct rcc_alert_state *alert)
{
	struct rcc_json *json = &page->json;
	const struct rcc_peer *peer = alert->sender.v == 0 ? NULL : rcc_peer_find(page->core, alert->sender);
	static const struct rcc_key nobody;
	if (peer != NULL) {
		rcc_json_text(json, "sender", peer->name);
		rcc_json_mmsi_if(json, "sender_mmsi", peer->mmsi);
	} else if (memcmp(alert->sender_key.b, nobody.b, sizeof nobody.b) != 0) {
		/* A stranger: the key is all that is known, and what an administrator would enrol. */
		rcc_json_key(json, "sender_key", &alert->sender_key);
	}
	rcc_json_mmsi_if(json, "relay_mmsi", alert->body.relay);
}

/* As it stands now: a person has read what no machine could; what was put into a restricted case is for officers alone. */
static uint32_t
marks_shown(const struct rcc_core *core, const struct rcc_alert_state *alert)
{
	const struct rcc_incident *incident = rcc_incident_find(core, alert->incident);
	uint32_t marks = alert->body.marks;

	if (incident != NULL && incident->is_restricted)
		marks |= RCC_ALERT_RESTRICTED;
	if (alert->lane == RCC_LANE_INCIDENT && alert->decided_at_ms != 0)
		marks &= ~RCC_ALERT_NEEDS_READING;
	return marks;
}

/* Warnings are there or absent: "true" is the only value they have. What they say stands in words beside them. */
static void
write_marks(const struct rcc_page *page, struct rcc_json *json, const struct rcc_alert_state *alert)
{
	static const struct {
		uint32_t mark;
		const char *key;
	} keys[] = {
	    {RCC_ALERT_NEEDS_READING, "needs_reading"},
	    {RCC_ALERT_SELF_CANCEL, "self_cancel"},
	    {RCC_ALERT_TIME_FUTURE, "time_future"},
	    {RCC_ALERT_CHECKSUM_WRONG, "checksum_wrong"},
	    {RCC_ALERT_RELAYED, "relayed"},
	    {RCC_ALERT_REVISION, "revision"},
	    {RCC_ALERT_ACKNOWLEDGED, "acknowledged"},
	    {RCC_ALERT_RESTRICTED, "restricted"},
	    {RCC_ALERT_RAW_CUT, "raw_cut"},
	    {RCC_ALERT_POS_CONFIRMED, "pos_confirmed"},
	    {RCC_ALERT_TIME_STALE, "time_stale"},
	    {RCC_ALERT_POS_JUMP, "pos_jump"},
	    {RCC_ALERT_POS_ZERO, "pos_zero"},
	    {RCC_ALERT_POS_INLAND, "pos_inland"},
	    {RCC_ALERT_CONTACT_LOST, "contact_lost"},
	    {RCC_ALERT_CODED_TEST, "coded_test"},
	};
	uint32_t shown = marks_shown(page->core, alert);
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		if ((shown & keys[i].mark) != 0)
			rcc_json_bool(json, keys[i].key, true);
	}
	if (alert->is_escalated)
		rcc_json_bool(json, "escalated", true);
	if (shown == 0)
		return;
	rcc_json_list(json, "notes");
	for (uint32_t mark = 1; mark <= RCC_ALERT_MARKS_ALL; mark <<= 1) {
		if ((shown & mark) != 0)
			rcc_json_list_text(json, rcc_mark_text(mark));
	}
	rcc_json_list_end(json);
}

/* Where else it may belong. */
static void
write_suggestions(struct rcc_page *page, const struct rcc_alert_state *alert)
{
	if (alert->suggestion_count == 0)
		return;
	rcc_json_list(&page->json, "suggestions");
	for (uint32_t i = 0; i < alert->suggestion_count; i++) {
		const struct rcc_incident *incident = rcc_incident_find(page->core, alert->suggestion[i].incident);
		if (incident == NULL)
			continue;
		rcc_json_item(&page->json);
		rcc_page_incident(page, incident);
		rcc_json_text(&page->json, "why", rcc_join_word(alert->suggestion[i].why));
		rcc_json_uint(&page->json, "score", alert->suggestion[i].score);
		rcc_json_close(&page->json);
	}
	rcc_json_list_end(&page->json);
}

/* So many are listed; a beacon that sends has a line for each kind of channel, not one for each burst. */
#define BESIDE_MAX 8

/*
 * Alerts of the same beacon that stand on the other side of a wall, class or restriction: nothing joins or suggests them, and
 * a person should know of them. One that comes by text as a distress and over the air as a test is either in danger or not.
 */
static void
write_beside(struct rcc_page *page, const struct rcc_alert_state *alert)
{
	const struct rcc_core *core = page->core;
	uint32_t count = 0;

	for (uint32_t i = 0; alert->body.beacon[0] != '\0' && i < core->alert_top && count < BESIDE_MAX; i++) {
		const struct rcc_alert_state *other = &core->alert[i];
		bool is_walled = other->body.class != alert->body.class ||
		                 ((other->body.marks ^ alert->body.marks) & RCC_ALERT_RESTRICTED) != 0;
		if (other->id.v == 0 || !is_walled || !rcc_correlate_is_same_beacon(&other->body, &alert->body))
			continue;
		if (count++ == 0)
			rcc_json_list(&page->json, "same_beacon");
		rcc_json_item(&page->json);
		rcc_json_uint(&page->json, "alert", other->id.v);
		rcc_json_text(&page->json, "mode", rcc_class_word(other->body.class));
		rcc_json_text(&page->json, "lane", rcc_lane_word(other->lane));
		rcc_json_close(&page->json);
	}
	if (count > 0)
		rcc_json_list_end(&page->json);
}

/* The first of a flood stands for all of it. */
static void
write_flood(struct rcc_page *page, const struct rcc_alert_state *alert)
{
	const struct rcc_peer *peer = rcc_peer_find(page->core, alert->sender);

	if (alert->verdict == RCC_VERDICT_FLOOD && peer != NULL && page->view->what == RCC_VIEW_ALERTS) {
		rcc_json_uint(&page->json, "flood_alerts", peer->flood_count);
		rcc_json_uint(&page->json, "flood_sender", peer->id.v);
	}
}

static void
write_alert(struct rcc_page *page, const struct rcc_alert_state *alert)
{
	struct rcc_json *json = &page->json;
	const struct rcc_alert *body = &alert->body;
	const struct rcc_incident *incident =
	    alert->incident.v == 0 ? NULL : rcc_incident_find(page->core, alert->incident);
	/* Without a number it is not in the record: it came while nothing could be written. */
	rcc_json_uint_if(json, "id", alert->id.v);
	rcc_json_text(json, "lane", alert->id.v == 0 ? "not-recorded" : rcc_lane_word(alert->lane));
	if (alert->id.v != 0)
		rcc_json_text(json, "verdict", rcc_verdict_word(alert->verdict));
	rcc_json_text(json, "mode", rcc_class_word(body->class));
	rcc_json_text(json, "source", rcc_source_word(body->source));
	rcc_json_time_if(json, "recorded", alert->recorded_at_ms);
	rcc_json_time_if(json, "last_signal", alert->last_at_ms);
	rcc_json_time_if(json, "signal_time", body->signal_at_ms);
	rcc_json_uint(json, "signals", alert->count);
	if (incident != NULL)
		rcc_page_incident(page, incident);
	else
		rcc_json_uint_if(json, "incident_id", alert->incident.v);
	rcc_json_mmsi_if(json, "mmsi", body->casualty);
	rcc_json_text_if(json, "name", body->name);
	rcc_json_text_if(json, "callsign", body->callsign);
	if (body->nature != RCC_NATURE_NOT_STATED)
		rcc_json_text(json, "nature", rcc_nature_word(body->nature));
	rcc_json_uint_if(json, "persons", body->persons);
	rcc_json_pos_if(json, body->pos);
	rcc_json_time_if(json, "pos_time", body->pos_at_ms);
	rcc_json_uint_if(json, "pos_radius_m", body->pos_radius_m);
	rcc_page_places(page, body->candidate, body->candidate_count);
	if (body->category != RCC_CATEGORY_NOT_STATED)
		rcc_json_text(json, "category", rcc_category_word(body->category));
	rcc_json_text_if(json, "beacon", body->beacon);
	if (body->beacon_kind != RCC_BEACON_NOT_STATED)
		rcc_json_text(json, "beacon_kind", rcc_beacon_kind_word(body->beacon_kind));
	rcc_json_text_if(json, "text", body->text);
	if (body->sealed_len != 0 && !alert->is_erased)
		rcc_json_bool(json, "contact_sealed", true);
	if (alert->is_erased)
		rcc_json_bool(json, "contact_erased", true);
	write_sender(page, alert);
	write_marks(page, json, alert);
	write_suggestions(page, alert);
	write_beside(page, alert);
	write_flood(page, alert);
	rcc_json_time_if(json, "decided", alert->decided_at_ms);
	write_raw(json, body);
}

void
rcc_view_alert_row(struct rcc_page *page, const struct rcc_alert_state *alert)
{
	if (rcc_page_row(page, "ALERT")) {
		write_alert(page, alert);
		rcc_page_end(page);
	}
}

static void
write_unrecorded(struct rcc_page *page)
{
	for (size_t i = 0; i < page->facts->unrecorded_count; i++) {
		const struct rcc_unrecorded *unrecorded = &page->facts->unrecorded[i];
		struct rcc_alert_state row = {.sender = unrecorded->sender,
		                              .recorded_at_ms = unrecorded->at_ms,
		                              .last_at_ms = unrecorded->at_ms,
		                              .count = 1,
		                              .body = unrecorded->body};
		rcc_view_alert_row(page, &row);
	}
}

/* Is it one of a flood whose first alert has been shown? A thousand lines would hide the others. */
static bool
is_grouped(const struct rcc_alert_state *alert, bool seen[RCC_PEERS_MAX + 1])
{
	if (alert->verdict != RCC_VERDICT_FLOOD || alert->lane != RCC_LANE_QUARANTINE)
		return false;
	if (seen[alert->sender.v])
		return true;
	seen[alert->sender.v] = true;
	return false;
}

void
rcc_view_alerts(struct rcc_page *page)
{
	bool seen[RCC_PEERS_MAX + 1] = {false};

	write_unrecorded(page);
	for (uint32_t i = 0; i < page->core->alert_top && page->next == 0; i++) {
		if (page->core->alert[i].id.v != 0 && !is_grouped(&page->core->alert[i], seen))
			rcc_view_alert_row(page, &page->core->alert[i]);
	}
}

enum rcc_status
rcc_view_flood(struct rcc_page *page)
{
	const struct rcc_peer *peer = rcc_peer_find(page->core, (struct rcc_peer_id){page->view->id});

	if (peer == NULL)
		return RCC_E_NOT_FOUND;
	for (uint32_t i = 0; i < page->core->alert_top && page->next == 0; i++) {
		const struct rcc_alert_state *alert = &page->core->alert[i];
		if (alert->id.v != 0 && alert->sender.v == peer->id.v && alert->verdict == RCC_VERDICT_FLOOD)
			rcc_view_alert_row(page, alert);
	}
	return RCC_OK;
}

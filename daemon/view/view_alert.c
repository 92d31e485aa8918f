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

/* Warnings are there or absent: "true" is the only value they have. */
static void
write_marks(struct rcc_json *json, const struct rcc_alert_state *alert)
{
	static const struct {
		uint32_t mark;
		const char *key;
	} marks[] = {
	    {RCC_ALERT_NEEDS_READING, "needs_reading"},
	    {RCC_ALERT_SELF_CANCEL, "self_cancel"},
	    {RCC_ALERT_TIME_FUTURE, "time_future"},
	    {RCC_ALERT_CHECKSUM_WRONG, "checksum_wrong"},
	    {RCC_ALERT_RELAYED, "relayed"},
	};
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
		if ((alert->body.marks & marks[i].mark) != 0)
			rcc_json_bool(json, marks[i].key, true);
	}
	if (alert->is_escalated)
		rcc_json_bool(json, "escalated", true);
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
	rcc_json_text_if(json, "text", body->text);
	write_sender(page, alert);
	write_marks(json, alert);
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

void
rcc_view_alerts(struct rcc_page *page)
{
	write_unrecorded(page);
	for (uint32_t i = 0; i < page->core->alert_top && page->next == 0; i++) {
		if (page->core->alert[i].id.v != 0)
			rcc_view_alert_row(page, &page->core->alert[i]);
	}
}

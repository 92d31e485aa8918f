#include "net/net.h"
#include "proto/source/source.h"
#include "rcc/text.h"
#include "rcc/units.h"
#include "view/page.h"

/* How many enrolled keys there are, and how many of them are connected now. */
static void
count_peers(const struct rcc_page *page, uint32_t *ret_active, uint32_t *ret_ships, uint32_t *ret_connected)
{
	const struct rcc_view_facts *facts = page->facts;
	uint32_t active = 0;
	uint32_t ships = 0;
	uint32_t connected = 0;
	for (uint32_t i = 0; i < page->core->peer_count; i++) {
		const struct rcc_peer *peer = &page->core->peer[i];
		int64_t heard_at_ms = 0;
		if (peer->revoked_at_ms != 0)
			continue;
		active++;
		ships += rcc_peer_is_ship(peer) ? 1 : 0;
		if (facts->is_connected != NULL && facts->is_connected(facts->context, &peer->key, &heard_at_ms))
			connected++;
	}
	*ret_active = active;
	*ret_ships = ships;
	*ret_connected = connected;
}

static void
write_peers(struct rcc_page *page)
{
	uint32_t active;
	uint32_t ships;
	uint32_t connected;
	count_peers(page, &active, &ships, &connected);
	rcc_json_uint(&page->json, "peers", active);
	rcc_json_uint(&page->json, "ships_enrolled", ships);
	if (page->facts->is_connected != NULL)
		rcc_json_uint(&page->json, "connected", connected);
	rcc_json_uint(&page->json, "vessels", rcc_picture_count(page->picture));
}

/* Where the centre sees nothing: feeds by name, ships by their number. */
static void
write_silent(struct rcc_page *page)
{
	const struct rcc_core *core = page->core;
	uint32_t ships = 0;

	rcc_json_list(&page->json, "silent_feeds");
	for (uint32_t i = 0; i < core->peer_count; i++) {
		const struct rcc_peer *peer = &core->peer[i];
		ships += peer->is_silent && rcc_peer_is_ship(peer);
		if (!peer->is_silent || peer->role != RCC_ROLE_FEED || peer->revoked_at_ms != 0)
			continue;
		rcc_json_item(&page->json);
		rcc_json_text(&page->json, "feed", peer->name);
		rcc_json_time_if(&page->json, "heard", peer->heard_at_ms);
		rcc_json_close(&page->json);
	}
	rcc_json_list_end(&page->json);
	rcc_json_uint(&page->json, "silent_ships", ships);
}

/* What waits for a person. */
static void
write_work(struct rcc_page *page)
{
	const struct rcc_core *core = page->core;
	uint32_t open = 0;
	uint32_t quarantine = 0;
	uint32_t reading = 0;
	uint32_t unstored = 0;
	for (uint32_t i = 0; i < core->incident_top; i++) {
		const struct rcc_incident *incident = &core->incident[i];
		if (incident->id.v == 0 || incident->status == RCC_INCIDENT_CLOSED)
			continue;
		open += incident->status != RCC_INCIDENT_TRANSFERRED;
		const struct rcc_broadcast *last = rcc_broadcast_at(core, incident->newest_broadcast);
		unstored += last == NULL ? 0 : last->unstored;
	}
	for (uint32_t i = 0; i < core->alert_top; i++) {
		if (core->alert[i].id.v == 0)
			continue;
		quarantine += core->alert[i].lane == RCC_LANE_QUARANTINE ? 1 : 0;
		reading += core->alert[i].lane == RCC_LANE_NEEDS_READING ? 1 : 0;
	}
	rcc_json_uint(&page->json, "incidents_open", open);
	rcc_json_uint(&page->json, "quarantine", quarantine);
	rcc_json_uint(&page->json, "needs_reading", reading);
	rcc_json_uint(&page->json, "unstored", unstored);
	rcc_json_uint_if(&page->json, "duties_lost", core->duties_lost);
	if (core->parity.parted_at_ms != 0)
		rcc_json_bool(&page->json, "not_told_alike", true);
	rcc_json_time_if(&page->json, "parity_alarm_since", core->parity.parted_at_ms);
}

static void
write_counters(struct rcc_page *page)
{
	struct rcc_json *json = &page->json;
	const struct rcc_net_counters *net = page->facts->net;
	rcc_json_open(json, "counters");
	rcc_json_uint(json, "malformed", page->facts->malformed);
	rcc_json_uint(json, "throttled", page->facts->throttled);
	rcc_json_uint(json, "not_live", page->facts->not_live);
	rcc_json_uint(json, "positions", page->facts->positions);
	if (net != NULL) {
		rcc_json_uint(json, "received", net->received);
		rcc_json_uint(json, "replied", net->replied);
		rcc_json_uint(json, "published", net->published);
		rcc_json_uint(json, "delivered", net->delivered);
		rcc_json_uint(json, "admitted", net->admitted);
		rcc_json_uint(json, "guests", net->guests);
		rcc_json_uint(json, "refused", net->refused);
		rcc_json_uint(json, "later", net->later);
		rcc_json_uint(json, "no_identity", net->no_identity);
		rcc_json_uint(json, "bad_frames", net->bad_frames);
		rcc_json_uint(json, "unreachable", net->unreachable);
		rcc_json_uint(json, "full", net->full);
		rcc_json_uint(json, "turned_away", net->turned_away);
	}
	rcc_json_close(json);
}

static void
write_record(struct rcc_page *page)
{
	struct rcc_json *json = &page->json;
	const struct rcc_view_facts *facts = page->facts;
	uint64_t digest = rcc_core_digest(page->core);
	uint8_t bytes[8];
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (uint8_t)(digest >> (56 - 8 * i));
	rcc_json_hex(json, "journal", facts->journal.b, sizeof facts->journal.b);
	rcc_json_uint(json, "entries", rcc_core_seq(page->core));
	rcc_json_uint(json, "head_seq", facts->head.seq);
	rcc_json_time_if(json, "head_time", facts->head.at_ms);
	rcc_json_hex(json, "head_hash", facts->head.hash.b, sizeof facts->head.hash.b);
	rcc_json_hex(json, "digest", bytes, sizeof bytes);
	rcc_json_key(json, "server_key", &facts->server_key);
	rcc_json_key(json, "sign_key", &facts->sign_key);
	if (rcc_page_has_next_key(page))
		rcc_json_key(json, "next_server_key", &facts->next_server_key);
}

/* What came from each source and what became of it: no signal is dropped without a number here. */
static void
write_source(struct rcc_json *json, const char *name, const struct rcc_heard_counts *heard)
{
	rcc_json_item(json);
	rcc_json_text(json, "source", name);
	rcc_json_uint(json, "received", heard->received);
	rcc_json_uint(json, "alerts", heard->alerts);
	rcc_json_uint(json, "unread", heard->unread);
	rcc_json_uint(json, "positions", heard->positions);
	rcc_json_uint(json, "routine", heard->routine);
	rcc_json_uint(json, "again", heard->again);
	rcc_json_uint(json, "not_recorded", heard->not_recorded);
	rcc_json_close(json);
}

static void
write_heard(struct rcc_page *page)
{
	const struct rcc_view_facts *facts = page->facts;
	if (facts->heard == NULL)
		return;
	rcc_json_list(&page->json, "sources");
	for (size_t i = 0; rcc_source_at(i) != NULL; i++)
		write_source(&page->json, rcc_source_at(i)->name, &facts->heard[i]);
	write_source(&page->json, "other", facts->heard_other);
	rcc_json_list_end(&page->json);
}

/* Bytes as people can read them anywhere: printable ASCII as it is, others as \\xNN, a backslash twice. */
static void
write_escaped(struct rcc_json *json, const char *key, const uint8_t *bytes, size_t len)
{
	static const char digits[] = "0123456789ABCDEF";
	char text[RCC_TALLY_LAST_MAX * 4 + 1];
	size_t at = 0;
	for (size_t i = 0; i < len; i++) {
		bool is_plain = bytes[i] >= 0x20 && bytes[i] <= 0x7e;
		if (bytes[i] == '\\' || !is_plain)
			text[at++] = '\\';
		if (is_plain) {
			text[at++] = (char)bytes[i];
			continue;
		}
		text[at++] = 'x';
		text[at++] = digits[bytes[i] >> 4];
		text[at++] = digits[bytes[i] & 15];
	}
	text[at] = '\0';
	rcc_json_text(json, key, text);
}

/* What a feed heard and what it did with it: heard = handed_on + not_handed_on + waiting. */
static void
write_feed(struct rcc_json *json, const struct rcc_peer *peer, const struct rcc_told_tally *told)
{
	const struct rcc_tally *tally = &told->tally;
	rcc_json_item(json);
	rcc_json_text(json, "feed", peer->name);
	rcc_json_time_if(json, "since", tally->since_at_ms);
	rcc_json_time_if(json, "told", told->told_at_ms);
	rcc_json_uint(json, "heard", tally->lines + tally->texts);
	rcc_json_uint(json, "handed_on", tally->alert + tally->raw + tally->report + tally->vessel_data + tally->own);
	rcc_json_uint(json, "not_handed_on",
	              tally->repeats + tally->routine + tally->garbled + tally->incomplete + tally->unreadable +
	                  tally->withheld + tally->other);
	rcc_json_uint(json, "waiting", tally->waiting);
	rcc_json_uint(json, "alert", tally->alert);
	rcc_json_uint(json, "raw_signals", tally->raw);
	rcc_json_uint(json, "report", tally->report);
	rcc_json_uint(json, "vessel_data", tally->vessel_data);
	rcc_json_uint(json, "own", tally->own);
	rcc_json_uint(json, "repeats", tally->repeats);
	rcc_json_uint(json, "routine", tally->routine);
	rcc_json_uint(json, "garbled", tally->garbled);
	rcc_json_uint(json, "incomplete", tally->incomplete);
	rcc_json_uint(json, "unreadable", tally->unreadable);
	rcc_json_uint(json, "withheld", tally->withheld);
	rcc_json_uint(json, "other", tally->other);
	rcc_json_uint(json, "replaced", tally->replaced);
	rcc_json_uint(json, "unsent", tally->unsent);
	if (tally->last_why[0] != '\0') {
		rcc_json_text(json, "last_why", tally->last_why);
		rcc_json_time_if(json, "last_time", tally->last_at_ms);
		write_escaped(json, "last", tally->last, tally->last_len);
	}
	rcc_json_close(json);
}

static void
write_feeds(struct rcc_page *page)
{
	const struct rcc_view_facts *facts = page->facts;
	if (facts->tally == NULL)
		return;
	rcc_json_list(&page->json, "feeds");
	for (size_t i = 0; i < facts->tally_count; i++) {
		const struct rcc_peer *peer = rcc_peer_find(page->core, facts->tally[i].peer);
		if (peer != NULL && peer->revoked_at_ms == 0)
			write_feed(&page->json, peer, &facts->tally[i]);
	}
	rcc_json_list_end(&page->json);
}

void
rcc_view_status(struct rcc_page *page)
{
	struct rcc_json *json = &page->json;
	const struct rcc_view_facts *facts = page->facts;
	if (!rcc_page_row(page, "STATUS"))
		return;
	rcc_json_text(json, "centre", facts->centre);
	rcc_json_text(json, "version", facts->version);
	rcc_json_time_if(json, "time", facts->now_ms);
	rcc_json_time_if(json, "started", facts->started_at_ms);
	rcc_json_int(json, "uptime_s", (facts->now_ms - facts->started_at_ms) / RCC_MS_PER_S);
	rcc_json_bool(json, "degraded", facts->is_degraded);
	if (facts->is_degraded && facts->degraded_why != NULL)
		rcc_json_text_if(json, "degraded_why", facts->degraded_why);
	if (facts->is_damaged)
		rcc_json_bool(json, "damaged", true);
	if (facts->is_training)
		rcc_json_bool(json, "training", true);
	rcc_json_int(json, "clock_skew_ms", facts->clock_skew_ms);
	rcc_json_uint(json, "clock_steps", facts->clock_steps);
	if (facts->clock_steps > 0) {
		rcc_json_int(json, "clock_step_ms", facts->clock_step_ms);
		rcc_json_time_if(json, "clock_stepped", facts->clock_step_at_ms);
	}
	write_work(page);
	write_peers(page);
	write_silent(page);
	write_record(page);
	rcc_json_text_if(json, "ships", facts->ships == NULL ? "" : facts->ships);
	rcc_json_text_if(json, "operations", facts->operations == NULL ? "" : facts->operations);
	rcc_json_text_if(json, "live", facts->live == NULL ? "" : facts->live);
	write_counters(page);
	write_heard(page);
	write_feeds(page);
	rcc_page_end(page);
}

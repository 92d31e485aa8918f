#include "net/net.h"
#include "rcc/text.h"
#include "view/page.h"

static void
write_peer(struct rcc_page *page, const struct rcc_peer *peer)
{
	struct rcc_json *json = &page->json;
	const struct rcc_view_facts *facts = page->facts;
	rcc_json_uint(json, "id", peer->id.v);
	rcc_json_text(json, "name", peer->name);
	rcc_json_text(json, "role", rcc_role_word(peer->role));
	rcc_json_mmsi_if(json, "mmsi", peer->mmsi);
	if (peer->owner != RCC_OWNER_NOT_STATED)
		rcc_json_text(json, "owner", rcc_owner_word(peer->owner));
	rcc_json_key(json, "key", &peer->key);
	if (peer->role == RCC_ROLE_PEER)
		rcc_json_text_if(json, "address", rcc_core_centre_endpoint(page->core, peer->id));
	rcc_json_time_if(json, "enrolled", peer->enrolled_at_ms);
	rcc_json_time_if(json, "revoked", peer->revoked_at_ms);
	if (facts->is_connected != NULL && peer->revoked_at_ms == 0) {
		int64_t heard_at_ms = 0;
		bool is_connected = facts->is_connected(facts->context, &peer->key, &heard_at_ms);
		/* Officers come and go with each command: that they are not here now says nothing. */
		if (peer->role == RCC_ROLE_VESSEL || peer->role == RCC_ROLE_FEED)
			rcc_json_bool(json, "connected", is_connected);
		rcc_json_time_if(json, "last_heard", heard_at_ms);
	}
	/* Who has not heard of it would be locked out. */
	if (rcc_page_has_next_key(page) && facts->knows_next_key != NULL && peer->revoked_at_ms == 0 &&
	    (peer->role == RCC_ROLE_VESSEL || peer->role == RCC_ROLE_FEED))
		rcc_json_bool(json, "knows_next_key", facts->knows_next_key(facts->context, peer->id));
	if (rcc_peer_is_ship(peer) || (peer->role == RCC_ROLE_FEED && peer->revoked_at_ms == 0))
		rcc_json_bool(json, "silent", peer->is_silent);
	if (rcc_peer_is_ship(peer)) {
		rcc_json_uint(json, "deliveries", peer->delivery_last);
	}
}

bool
rcc_page_has_next_key(const struct rcc_page *page)
{
	static const struct rcc_key none;

	return memcmp(&page->facts->next_server_key, &none, sizeof none) != 0;
}

static const char *
port_word(enum rcc_port port)
{
	switch (port) {
	case RCC_PORT_SHIPS:
		return "ships";
	case RCC_PORT_OPERATIONS:
		return "operations";
	case RCC_PORT_LIVE:
		return "live";
	case RCC_PORT_CONTROL:
		return "control";
	case RCC_PORT_CENTRE:
		break; /* nobody comes in there */
	}
	return "unknown";
}

static const char *
admit_word(enum rcc_admit admit)
{
	switch (admit) {
	case RCC_ADMIT_YES:
		return "yes";
	case RCC_ADMIT_GUEST:
		return "guest";
	case RCC_ADMIT_NO:
		return "no";
	case RCC_ADMIT_LATER:
		return "later";
	}
	return "unknown";
}

/* A key that a port turned away: a stranger to enrol, a revoked one to watch, or a ship that knocks at the wrong port. */
static void
write_refusal(struct rcc_page *page, const struct rcc_net_refusal *refusal)
{
	struct rcc_json *json = &page->json;
	const struct rcc_peer *peer = rcc_peer_find_key(page->core, &refusal->key);
	bool is_active = peer != NULL && peer->revoked_at_ms == 0;
	if (peer != NULL)
		rcc_json_text(json, "name", peer->name);
	rcc_json_text(json, "role", rcc_role_word(is_active ? peer->role : RCC_ROLE_GUEST));
	rcc_json_key(json, "key", &refusal->key);
	rcc_json_text(json, "port", port_word(refusal->port));
	rcc_json_text(json, "admission", admit_word(refusal->answer));
	rcc_json_uint(json, refusal->answer == RCC_ADMIT_GUEST ? "connections" : "refused", refusal->count);
	rcc_json_time_if(json, "last_heard", refusal->last_at_ms);
}

/* Enrolled since it was turned away, and let in everywhere it may go. */
static bool
is_settled(const struct rcc_core *core, const struct rcc_net_refusal *refusal)
{
	const struct rcc_peer *peer = rcc_peer_find_key(core, &refusal->key);
	return peer != NULL && peer->revoked_at_ms == 0 && peer->enrolled_at_ms >= refusal->last_at_ms;
}

/* Who may come in by one line, and has not: without its code, which nobody here knows. */
static void
write_invitation(struct rcc_page *page, const struct rcc_invite *invite)
{
	struct rcc_json *json = &page->json;

	rcc_json_text(json, "name", invite->name);
	rcc_json_text(json, "role", rcc_role_word(invite->role));
	rcc_json_mmsi_if(json, "mmsi", invite->mmsi);
	rcc_json_time_if(json, "expires", invite->expires_at_ms);
}

void
rcc_view_peers(struct rcc_page *page)
{
	for (uint32_t i = 0; i < page->core->peer_count; i++) {
		if (rcc_page_row(page, "PEER")) {
			write_peer(page, &page->core->peer[i]);
			rcc_page_end(page);
		}
	}
	for (size_t i = 0; i < RCC_INVITATIONS_MAX; i++) {
		const struct rcc_invite *invite = &page->core->invitation[i];
		if (invite->expires_at_ms > page->facts->now_ms && rcc_page_row(page, "INVITATION")) {
			write_invitation(page, invite);
			rcc_page_end(page);
		}
	}
	for (size_t i = 0; i < page->facts->refusal_count; i++) {
		const struct rcc_net_refusal *refusal = &page->facts->refusal[i];
		if (!is_settled(page->core, refusal) && rcc_page_row(page, "PEER")) {
			write_refusal(page, refusal);
			rcc_page_end(page);
		}
	}
}

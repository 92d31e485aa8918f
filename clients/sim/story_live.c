/*
 * story_live.c - plays a story against a running rccd: every actor is a client with a key and a connection of its own. At
 * the end the journal is fetched and printed, so the trace is the daemon's record and nothing else.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "build_stamp.h"
#include "core/core.h"
#include "core/state.h"
#include "librcc/options.h"
#include "proto/wire.h"
#include "rcc/client.h"
#include "rcc/text.h"
#include "sim/story.h"

/* Longest wait for one answer. */
#define ANSWER_MS 10000
/* Actions come this long after the full second, so that what they cause is in the same second. */
#define AFTER_MS 200

struct player {
	const struct rcc_story *story;
	struct rcc_client *client[RCC_STORY_ACTORS_MAX];
	struct rcc_envelope last[RCC_STORY_ACTORS_MAX]; /* for "again": only the small bodies of a story */
	struct rcc_envelope message;
	char dir[64]; /* the actors' key files */
	char ships[RCC_ENDPOINT_MAX + 1], operations[RCC_ENDPOINT_MAX + 1];
	struct rcc_key server_key;
	int64_t start_ms;
	uint64_t start_seq;
	bool is_broken;
	struct rcc_core core;
	struct rcc_entry entry;
};

static int64_t
now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
broken(struct player *player, const char *what, const char *who)
{
	fprintf(stderr, "rcc-sim: %s: %s\n", what, who);
	player->is_broken = true;
}

/* Sends and waits for whatever answers it: the barrier between two actions. */
static const struct rcc_envelope *
ask(struct player *player, uint32_t actor, struct rcc_envelope *message)
{
	const struct rcc_envelope *reply = NULL;

	if (player->is_broken || rcc_client_request(player->client[actor], message, ANSWER_MS, &reply) != RCC_OK) {
		broken(player, "no answer to", player->story->actor[actor].name);
		return NULL;
	}
	return reply;
}

static struct rcc_envelope *
envelope(struct player *player, enum rcc_body_kind kind)
{
	memset(&player->message.u, 0, sizeof(struct rcc_alert) + sizeof(struct rcc_position_batch));
	memset(&player->message.id, 0, sizeof player->message.id);
	player->message.class = RCC_CLASS_LIVE;
	player->message.kind = kind;
	return &player->message;
}

/* The text of one key of the STATUS line; view lines are flat JSON made by the daemon. */
static void
status_text(const char *line, const char *key, char *ret_text, size_t size)
{
	char quoted[64];

	(void)snprintf(quoted, sizeof quoted, "\"%s\":\"", key);
	const char *at = strstr(line, quoted);
	ret_text[0] = '\0';
	if (at == NULL)
		return;
	at += strlen(quoted);
	size_t len = strcspn(at, "\"");
	if (len < size) {
		memcpy(ret_text, at, len);
		ret_text[len] = '\0';
	}
}

static void
read_status(struct player *player)
{
	char key[RCC_KEY_TEXT_SIZE];
	struct rcc_envelope *message = envelope(player, RCC_BODY_VIEW);

	message->u.view.what = RCC_VIEW_STATUS;
	message->u.view.near = RCC_POS_NONE;
	const struct rcc_envelope *reply = ask(player, 0, message);
	if (reply == NULL || reply->kind != RCC_BODY_VIEW_ROWS) {
		broken(player, "no status from", "the centre");
		return;
	}
	status_text(reply->u.rows.bytes, "ships", player->ships, sizeof player->ships);
	status_text(reply->u.rows.bytes, "operations", player->operations, sizeof player->operations);
	status_text(reply->u.rows.bytes, "server_key", key, sizeof key);
	if (rcc_key_parse(key, &player->server_key) != RCC_OK)
		broken(player, "no server key from", "the centre");
}

/* Connects an actor; ships also say that they want their deliveries, since this program stores them only when told to. */
static void
connect_actor(struct player *player, uint32_t index)
{
	const struct rcc_story_actor *actor = &player->story->actor[index];
	struct rcc_client_config config = {.link = RCC_LINK_SHORE, .server_key = player->server_key};
	struct rcc_fault fault = {0};
	bool is_officer = actor->role == RCC_ROLE_OFFICER || actor->role == RCC_ROLE_PEER;

	(void)snprintf(config.endpoint, sizeof config.endpoint, "%s", is_officer ? player->operations : player->ships);
	(void)snprintf(config.key_file, sizeof config.key_file, "%s/%u.key", player->dir, index);
	(void)snprintf(config.version, sizeof config.version, "rcc-sim %s", RCC_BUILD);
	if (rcc_client_open(&config, &player->client[index], &fault) != RCC_OK)
		broken(player, "cannot connect", fault.text);
}

/* A question that the role may not ask: it is refused at once, after everything that was sent before it. */
static void
barrier(struct player *player, uint32_t actor)
{
	struct rcc_envelope *message = envelope(player, RCC_BODY_VIEW);

	message->u.view.what = RCC_VIEW_STATUS;
	message->u.view.near = RCC_POS_NONE;
	(void)ask(player, actor, message);
}

static void
listen_for_deliveries(struct player *player, uint32_t index)
{
	/* The link comes up by itself; the first answer on it shows that it has. */
	barrier(player, index);
	struct rcc_envelope *message = envelope(player, RCC_BODY_HELLO);
	message->u.hello = (struct rcc_hello){
	    .protocol_min = RCC_PROTOCOL_MIN, .protocol_max = RCC_PROTOCOL_MAX, .wants_deliveries = 1};
	if (!player->is_broken && rcc_client_send(player->client[index], message) != RCC_OK)
		broken(player, "no Hello from", player->story->actor[index].name);
	barrier(player, index);
}

static void
enrol(struct player *player, uint32_t index)
{
	const struct rcc_story_actor *actor = &player->story->actor[index];
	char path[96];
	uint8_t secret[RCC_KEY_SIZE];
	bool is_made;
	struct rcc_fault fault = {0};
	struct rcc_envelope *message = envelope(player, RCC_BODY_ENROL);

	(void)snprintf(path, sizeof path, "%s/%u.key", player->dir, index);
	memcpy(message->u.enrol.name, actor->name, sizeof actor->name);
	message->u.enrol.role = actor->role;
	message->u.enrol.mmsi = actor->mmsi;
	message->u.enrol.owner = actor->owner;
	if (actor->role == RCC_ROLE_PEER)
		memcpy(message->u.enrol.endpoint, RCC_STORY_PEER_ENDPOINT, sizeof RCC_STORY_PEER_ENDPOINT);
	if (rcc_keyfile_load_or_make(path, &message->u.enrol.key, secret, &is_made, &fault) != RCC_OK) {
		broken(player, "no key for", fault.text);
		return;
	}
	const struct rcc_envelope *reply = ask(player, 0, message);
	if (reply == NULL || reply->kind != RCC_BODY_ACCEPTED)
		broken(player, "not enrolled", actor->name);
	connect_actor(player, index);
	if (actor->role == RCC_ROLE_VESSEL && !actor->is_offline)
		listen_for_deliveries(player, index);
}

/* What another centre answers is a request of ours, which a story knows by its number: the view tells its name. */
static void
name_request(struct player *player, struct rcc_story_message *said)
{
	struct rcc_place_request *body = &said->u.place_request;
	char begins[64], hex[RCC_HEX_SIZE(RCC_MSG_ID_SIZE)];
	uint32_t number;

	if (said->kind != RCC_BODY_PLACE_REQUEST ||
	    (body->step != RCC_REQUEST_OFFER && body->step != RCC_REQUEST_REFUSE))
		return;
	memcpy(&number, &body->request, sizeof number);
	struct rcc_envelope *message = envelope(player, RCC_BODY_VIEW);
	message->u.view.what = RCC_VIEW_REQUESTS;
	message->u.view.near = RCC_POS_NONE;
	const struct rcc_envelope *reply = ask(player, 0, message);
	(void)snprintf(begins, sizeof begins, "\"class\":\"REQUEST\",\"id\":%u,\"request\":\"", number);
	const char *at =
	    reply == NULL || reply->kind != RCC_BODY_VIEW_ROWS ? NULL : strstr(reply->u.rows.bytes, begins);
	if (at == NULL)
		return;
	(void)snprintf(hex, sizeof hex, "%.32s", at + strlen(begins));
	if (rcc_hex_parse(hex, body->request.b, sizeof body->request.b) != RCC_OK)
		broken(player, "no name of a request from", "the centre");
}

static void
say(struct player *player, const struct rcc_story_action *action)
{
	struct rcc_story_message said = action->message;
	name_request(player, &said);
	struct rcc_envelope *message = envelope(player, said.kind);

	message->kind = said.kind;
	message->class = said.class;
	/* Every body stands at the start of the union, here as there. */
	memcpy(&message->u, &said.u, sizeof said.u);
	if (message->kind == RCC_BODY_POSITION)
		message->u.position.at_ms = now_ms();
	if (message->kind == RCC_BODY_STORED)
		message->u.stored.stored_at_ms = now_ms();
	/* Stories tell times to come from the moment at which they are said. */
	if (message->kind == RCC_BODY_SUSPEND)
		message->u.suspend.review_at_ms += now_ms();
	if (message->kind == RCC_BODY_RELAY && message->u.relay.expires_at_ms != 0)
		message->u.relay.expires_at_ms += now_ms();
	/* A story tells callers apart by a number; the daemon makes its own tag of it. */
	if (message->kind == RCC_BODY_OPEN && message->u.open.alert.contact != 0)
		(void)snprintf(message->u.open.contact, sizeof message->u.open.contact, "%llu",
		               (unsigned long long)message->u.open.alert.contact);
	if (message->kind == RCC_BODY_PLAN && message->u.plan.eta_at_ms != 0)
		message->u.plan.eta_at_ms += now_ms();
	if (message->kind == RCC_BODY_PROFILE && message->u.profile.checked_at_ms != 0)
		message->u.profile.checked_at_ms += now_ms() + 1;
	if (message->kind != RCC_BODY_POSITION && message->kind != RCC_BODY_STORED) {
		(void)ask(player, action->actor, message);
		memcpy(&player->last[action->actor], message, sizeof *message);
		return;
	}
	/* Positions and Stored get no answer. */
	if (rcc_client_send(player->client[action->actor], message) != RCC_OK)
		broken(player, "not sent by", player->story->actor[action->actor].name);
	barrier(player, action->actor);
}

static void
act(struct player *player, const struct rcc_story_action *action)
{
	switch (action->verb) {
	case RCC_STORY_SAY:
		say(player, action);
		return;
	case RCC_STORY_AGAIN:
		/* The same id and body: the daemon must recognise it. */
		if (rcc_client_repeat(player->client[action->actor], &player->last[action->actor]) != RCC_OK)
			broken(player, "not sent by", player->story->actor[action->actor].name);
		barrier(player, action->actor);
		return;
	case RCC_STORY_ONLINE:
		listen_for_deliveries(player, action->actor);
		return;
	case RCC_STORY_OFFLINE:
		rcc_client_close(&player->client[action->actor]);
		connect_actor(player, action->actor);
		return;
	case RCC_STORY_ENROL:
		enrol(player, action->actor);
		return;
	case RCC_STORY_END:
		return;
	}
}

/* Waits for an instant, and keeps every connection served meanwhile. */
static void
wait_until(struct player *player, int64_t at_ms)
{
	const struct rcc_envelope *message;

	for (int64_t left_ms = at_ms - now_ms(); left_ms > 0; left_ms = at_ms - now_ms()) {
		for (uint32_t i = 1; i < player->story->actor_count; i++) {
			while (player->client[i] != NULL &&
			       rcc_client_next(player->client[i], 0, &message) != RCC_CLIENT_NOTHING)
				continue;
		}
		(void)rcc_client_next(player->client[0], left_ms < 20 ? left_ms : 20, &message);
	}
}

/* Fetches the journal from an entry on, replays it, and prints what the story caused. Returns the head. */
static uint64_t
fetch(struct player *player, uint64_t from)
{
	struct rcc_envelope *message = envelope(player, RCC_BODY_CATCHUP);
	const struct rcc_envelope *reply;

	message->u.catchup = (struct rcc_catchup){.from_seq = from, .max = RCC_CATCHUP_MAX};
	reply = ask(player, 0, message);
	while (reply != NULL && reply->kind == RCC_BODY_ENTRY) {
		const struct rcc_entry_bytes *bytes = &reply->u.entry;
		if (bytes->link.seq == rcc_core_seq(&player->core) + 1) {
			if (rcc_wire_decode_entry(bytes->payload, bytes->payload_len, &player->entry) != RCC_OK) {
				broken(player, "unreadable entry from", "the centre");
				return 0;
			}
			rcc_core_replay(&player->core, &player->entry);
			if (player->start_seq != 0 && bytes->link.seq > player->start_seq)
				rcc_story_print(&player->core, &player->entry, player->start_ms);
		}
		enum rcc_client_event event = rcc_client_next(player->client[0], ANSWER_MS, &reply);
		if (event == RCC_CLIENT_NOTHING)
			reply = NULL;
	}
	if (reply == NULL || reply->kind != RCC_BODY_BEAT)
		broken(player, "no journal from", "the centre");
	return reply == NULL ? 0 : reply->u.beat.head.seq;
}

/* The head of the journal, with all of it replayed so far. */
static uint64_t
catch_up(struct player *player)
{
	uint64_t head = 1;

	while (!player->is_broken && rcc_core_seq(&player->core) < head)
		head = fetch(player, rcc_core_seq(&player->core) + 1);
	return head;
}

static void
play(struct player *player)
{
	for (uint32_t i = 1; i < player->story->actor_count && !player->is_broken; i++) {
		if (player->story->actor[i].role == RCC_ROLE_GUEST)
			connect_actor(player, i);
		else if (!player->story->is_later[i])
			enrol(player, i);
	}
	if (player->is_broken)
		return;
	player->start_seq = catch_up(player);
	player->start_ms = now_ms();
	for (uint32_t i = 0; i < player->story->action_count && !player->is_broken; i++) {
		const struct rcc_story_action *action = &player->story->action[i];
		wait_until(player, player->start_ms + action->at_ms + AFTER_MS);
		act(player, action);
	}
	(void)fetch(player, player->start_seq + 1);
	(void)catch_up(player);
}

static void
remove_keys(struct player *player)
{
	char path[96];

	for (uint32_t i = 1; i < player->story->actor_count; i++) {
		(void)snprintf(path, sizeof path, "%s/%u.key", player->dir, i);
		(void)unlink(path);
	}
	(void)rmdir(player->dir);
}

int
rcc_story_play_live(const struct rcc_story *story, const char *state_dir)
{
	static struct player player;
	struct rcc_client_config control = {.link = RCC_LINK_CONTROL};
	struct rcc_fault fault = {0};

	memset(&player, 0, sizeof player);
	player.story = story;
	memcpy(player.dir, "/tmp/rcc-story-XXXXXX", sizeof "/tmp/rcc-story-XXXXXX");
	(void)snprintf(control.endpoint, sizeof control.endpoint, "ipc://%s/control.sock", state_dir);
	if (rcc_client_init() != RCC_OK || mkdtemp(player.dir) == NULL ||
	    rcc_client_open(&control, &player.client[0], &fault) != RCC_OK) {
		fprintf(stderr, "rcc-sim: %s\n", fault.text[0] != '\0' ? fault.text : "no temporary folder in /tmp");
		return RCC_EXIT_FAILED;
	}
	read_status(&player);
	if (!player.is_broken)
		play(&player);
	for (uint32_t i = 0; i < story->actor_count; i++)
		rcc_client_close(&player.client[i]);
	remove_keys(&player);
	return player.is_broken ? RCC_EXIT_UNREACHABLE : RCC_EXIT_OK;
}

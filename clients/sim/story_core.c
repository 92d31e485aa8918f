/*
 * story_core.c - plays a story through the core on a fake clock: the same rules, scenes and ticks as the daemon, and no
 * sockets, disk or waiting.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/request.h"
#include "librcc/options.h"
#include "picture/picture.h"
#include "proto/source/source.h"
#include "rcc/text.h"
#include "said.h"
#include "scene.h"
#include "sim/story.h"
#include "sys/config.h"

/* The daemon's shell looks for silent ships this often; a story's first look is at its start. */
#define SILENCE_EVERY_MS 250
/* 2026-01-15T03:00:00Z: stories do not depend on the date, but years and ids want one. */
#define START_MS INT64_C(1768446000000)
#define PICTURE_CAPACITY 4096

struct player {
	const struct rcc_story *story;
	rcc_story_look *look;
	struct rcc_picture picture;
	int64_t now_ms;
	bool is_told; /* the story has begun: entries are printed */
	bool is_online[RCC_STORY_ACTORS_MAX];
	struct rcc_peer_id peer[RCC_STORY_ACTORS_MAX]; /* 0 = not enrolled */
	uint64_t said[RCC_STORY_ACTORS_MAX];           /* messages so far: the ids */
	struct rcc_core core;
	struct rcc_entry entry;
};

/* Text of a trace line: an alert to RCC_STORY_ACTORS_MAX ships and its call list. */
#define TRACE_MAX 65536

void
rcc_story_print(const struct rcc_core *core, const struct rcc_entry *entry, int64_t start_ms)
{
	static char text[TRACE_MAX];
	int64_t since_s = (entry->cause.at_ms - start_ms) / 1000;

	size_t len = rcc_trace_format(core, entry, text, sizeof text);
	assert(len < sizeof text);
	for (char *line = text; *line != '\0';) {
		char *end = strchr(line, '\n');
		*end = '\0';
		printf("%02d:%02d %s\n", (int)(since_s / 60), (int)(since_s % 60), line);
		line = end + 1;
	}
}

static struct rcc_command *
begin(struct player *player, enum rcc_command_kind kind)
{
	rcc_entry_clear(&player->entry);
	player->entry.cause.kind = kind;
	player->entry.cause.at_ms = player->now_ms;
	player->entry.cause.origin.role = RCC_ROLE_ADMIN;
	player->entry.cause.origin.class = RCC_CLASS_LIVE;
	return &player->entry.cause;
}

/* A key that is the actor's own in every run. */
static struct rcc_key
key_of(uint32_t actor)
{
	struct rcc_key key = {{1}};

	key.b[1] = (uint8_t)(actor >> 8);
	key.b[2] = (uint8_t)actor;
	return key;
}

static void
step(struct player *player)
{
	rcc_scene_fill(&player->core, &player->picture, &player->entry.cause);
	rcc_core_step(&player->core, &player->entry);
	if (player->is_told && player->entry.event_count > 0)
		player->look(&player->core, &player->entry, START_MS);
}

static uint32_t
actor_of(const struct player *player, struct rcc_peer_id peer)
{
	for (uint32_t i = 1; i < player->story->actor_count; i++) {
		if (player->peer[i].v == peer.v)
			return i;
	}
	return 0;
}

/* What the network would do now: every line of a connected ship that was not sent is sent. */
static void
send_deliveries(struct player *player)
{
	struct rcc_sent sent = {0};

	for (uint32_t i = 0; i < player->core.peer_count; i++) {
		const struct rcc_peer *peer = &player->core.peer[i];
		uint32_t actor = actor_of(player, peer->id);
		if (!rcc_peer_is_ship(peer) || !player->is_online[actor])
			continue;
		for (uint32_t number = rcc_core_next_unstored(&player->core, peer->id, 0); number != 0;
		     number = rcc_core_next_unstored(&player->core, peer->id, number)) {
			if (rcc_delivery_find(&player->core, peer->id, number)->sent_at_ms == 0 &&
			    sent.count < RCC_SENT_ROWS_MAX)
				sent.row[sent.count++] = (struct rcc_delivery_ref){peer->id, number};
		}
	}
	if (sent.count == 0)
		return;
	begin(player, RCC_COMMAND_SENT)->u.sent = sent;
	step(player);
}

static void
enrol(struct player *player, uint32_t index)
{
	const struct rcc_story_actor *actor = &player->story->actor[index];
	struct rcc_enrol *enrol = &begin(player, RCC_COMMAND_ENROL)->u.enrol;

	memcpy(enrol->name, actor->name, sizeof enrol->name);
	enrol->role = actor->role;
	enrol->mmsi = actor->mmsi;
	enrol->owner = actor->owner;
	enrol->key = key_of(index);
	if (actor->role == RCC_ROLE_PEER)
		memcpy(enrol->endpoint, RCC_STORY_PEER_ENDPOINT, sizeof RCC_STORY_PEER_ENDPOINT);
	step(player);
	player->peer[index].v = player->core.peer_count;
	player->is_online[index] = !actor->is_offline;
	send_deliveries(player);
}

/* A raw signal is read where the daemon reads it; a routine one goes into the picture, or nowhere. True: it is an alert. */
static bool
read_raw(struct player *player, const struct rcc_story_action *action, struct rcc_alert *ret_alert)
{
	const struct rcc_alert_raw *said = &action->message.u.alert_raw;
	const struct rcc_raw raw = {.bytes = said->raw, .len = said->raw_len, .at_ms = player->now_ms};
	static struct rcc_heard heard;

	rcc_source_read(said->source_name, &raw, &heard);
	if (heard.kind == RCC_HEARD_POSITION &&
	    rcc_picture_update(&player->picture, &heard.report, player->peer[action->actor], player->now_ms) != RCC_OK)
		fprintf(stderr, "line %u: the picture does not take this position\n", action->line);
	*ret_alert = heard.alert;
	return heard.kind == RCC_HEARD_ALERT;
}

/* What another centre answers is a request of ours, which a story knows by its number. */
static void
name_request(const struct rcc_core *core, struct rcc_place_request *said)
{
	struct rcc_request_id id;

	if (said->step != RCC_REQUEST_OFFER && said->step != RCC_REQUEST_REFUSE)
		return;
	memcpy(&id, &said->request, sizeof id);
	const struct rcc_request_state *row = rcc_request_find(core, id);
	if (row != NULL)
		said->request = row->asked.request;
}

static void
say(struct player *player, const struct rcc_story_action *action)
{
	const struct rcc_story_actor *actor = &player->story->actor[action->actor];
	struct rcc_key key = key_of(action->actor);
	bool is_revoked;

	if (action->message.kind == RCC_BODY_POSITION) {
		struct rcc_report report = action->message.u.position;
		report.at_ms = player->now_ms;
		if (rcc_picture_update(&player->picture, &report, player->peer[action->actor], player->now_ms) !=
		    RCC_OK)
			fprintf(stderr, "line %u: the picture does not take this position\n", action->line);
		return;
	}
	struct rcc_command *command = begin(player, RCC_COMMAND_ALERT);
	if (actor->role != RCC_ROLE_ADMIN) {
		command->origin.role = rcc_core_identify(&player->core, &key, &command->origin.peer, &is_revoked);
		command->origin.key = key;
	}
	if (!rcc_role_may(command->origin.role, action->message.kind))
		return; /* the daemon refuses it before the core sees it */
	command->origin.class = action->message.class;
	command->origin.claimed_at_ms = player->now_ms;
	command->origin.msg_id.b[0] = (uint8_t)(action->actor + 1);
	command->origin.msg_id.b[15] = (uint8_t)player->said[action->actor];
	command->origin.msg_id.b[14] = (uint8_t)(player->said[action->actor] >> 8);
	if (action->message.kind == RCC_BODY_ALERT_RAW) {
		command->kind = RCC_COMMAND_ALERT;
		if (!read_raw(player, action, &command->u.alert))
			return;
	} else if (!rcc_said_fill(command, action->message.kind, &action->message.u)) {
		return;
	}
	if (command->kind == RCC_COMMAND_PLACE_REQUEST)
		name_request(&player->core, &command->u.place_request);
	/* Stories tell times to come from the moment at which they are said. */
	if (command->kind == RCC_COMMAND_SUSPEND)
		command->u.suspend.review_at_ms += player->now_ms;
	if (command->kind == RCC_COMMAND_RELAY && command->u.relay.expires_at_ms != 0)
		command->u.relay.expires_at_ms += player->now_ms;
	if (command->kind == RCC_COMMAND_PLAN && command->u.plan.eta_at_ms != 0)
		command->u.plan.eta_at_ms += player->now_ms;
	if (command->kind == RCC_COMMAND_PROFILE && command->u.profile.checked_at_ms != 0)
		command->u.profile.checked_at_ms += player->now_ms + 1;
	step(player);
	send_deliveries(player);
}

static void
act(struct player *player, const struct rcc_story_action *action)
{
	switch (action->verb) {
	case RCC_STORY_SAY:
		player->said[action->actor]++;
		say(player, action);
		return;
	case RCC_STORY_AGAIN:
		/* The actor's last words: found again, sent under the same id. */
		for (const struct rcc_story_action *before = action; before-- != player->story->action;) {
			if (before->actor == action->actor && before->verb == RCC_STORY_SAY) {
				say(player, before);
				return;
			}
		}
		return;
	case RCC_STORY_ONLINE:
		player->is_online[action->actor] = true;
		send_deliveries(player);
		return;
	case RCC_STORY_OFFLINE:
		player->is_online[action->actor] = false;
		return;
	case RCC_STORY_ENROL:
		enrol(player, action->actor);
		return;
	case RCC_STORY_END:
		return;
	}
}

static void
take_clocks(struct player *player)
{
	while (rcc_core_due(&player->core, player->now_ms, &player->entry.cause)) {
		player->entry.event_count = 0;
		step(player);
		send_deliveries(player);
	}
}

static void
take_silences(struct player *player)
{
	struct rcc_silence silence;

	for (uint32_t i = 0; i < player->core.peer_count; i++) {
		const struct rcc_peer *peer = &player->core.peer[i];
		const struct rcc_vessel *vessel = rcc_picture_find(&player->picture, peer->mmsi);
		int64_t heard_at_ms = vessel == NULL ? 0 : vessel->seen_at_ms;
		/* What receivers hear between a story's lines is not told in it. */
		if (peer->role == RCC_ROLE_FEED ||
		    !rcc_core_silence(&player->core, peer->id, heard_at_ms, START_MS, player->now_ms, &silence))
			continue;
		begin(player, RCC_COMMAND_SILENCE)->u.silence = silence;
		step(player);
	}
}

/* The story's rules, read by the daemon's own reader. */
static enum rcc_status
load_rules(const struct rcc_story *story, struct rcc_config *config, struct rcc_fault *ret_fault)
{
	static char text[3 * RCC_STORY_CONFIG_MAX];
	char path[] = "/tmp/rcc-story-XXXXXX";

	rcc_story_config(story, text);
	rcc_config_init(config);
	int fd = mkstemp(path);
	if (fd < 0)
		return rcc_fault_set(ret_fault, RCC_E_IO, "no temporary file in /tmp");
	enum rcc_status status = write(fd, text, strlen(text)) == (ssize_t)strlen(text)
	                             ? rcc_config_load(config, path, ret_fault)
	                             : rcc_fault_set(ret_fault, RCC_E_IO, "%s cannot be written", path);
	(void)close(fd);
	(void)unlink(path);
	return status;
}

static void
set_up(struct player *player, const struct rcc_config *config)
{
	struct rcc_run *run = &begin(player, RCC_COMMAND_RUN)->u.run;

	memcpy(run->centre, config->centre, sizeof run->centre);
	memcpy(run->build, "story", sizeof "story");
	run->rules = config->rules;
	step(player);
	for (uint32_t i = 1; i < player->story->actor_count; i++) {
		if (player->story->actor[i].role != RCC_ROLE_GUEST && !player->story->is_later[i])
			enrol(player, i);
	}
}

static void
play(struct player *player)
{
	uint32_t next = 0;
	int64_t tick_ms = START_MS;

	while (next < player->story->action_count) {
		int64_t action_ms = START_MS + player->story->action[next].at_ms;
		int64_t clock_ms = rcc_core_deadline_ms(&player->core);
		int64_t now_ms = action_ms < clock_ms ? action_ms : clock_ms;
		player->now_ms = tick_ms < now_ms ? tick_ms : now_ms;
		if (player->now_ms == action_ms)
			act(player, &player->story->action[next++]);
		take_clocks(player);
		if (player->now_ms == tick_ms) {
			take_silences(player);
			tick_ms += SILENCE_EVERY_MS;
		}
	}
}

static int
play_story(const struct rcc_story *story, rcc_story_look *look, bool is_whole)
{
	static struct player player;
	struct rcc_config config;
	struct rcc_fault fault = {0};

	memset(&player, 0, sizeof player);
	player.story = story;
	player.look = look;
	player.is_told = is_whole;
	player.now_ms = START_MS;
	if (load_rules(story, &config, &fault) != RCC_OK) {
		fprintf(stderr, "rcc-sim: %s\n", fault.text);
		return RCC_EXIT_CONFIG;
	}
	if (rcc_picture_open(&player.picture, PICTURE_CAPACITY) != RCC_OK) {
		fprintf(stderr, "rcc-sim: no memory for the picture\n");
		return RCC_EXIT_FAILED;
	}
	set_up(&player, &config);
	player.is_told = true;
	play(&player);
	rcc_picture_close(&player.picture);
	return RCC_EXIT_OK;
}

int
rcc_story_play_core(const struct rcc_story *story, rcc_story_look *look)
{
	return play_story(story, look, false);
}

int
rcc_story_play_whole(const struct rcc_story *story, rcc_story_look *look)
{
	return play_story(story, look, true);
}

int64_t
rcc_story_start_ms(void)
{
	return START_MS;
}

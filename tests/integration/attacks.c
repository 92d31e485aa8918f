/*
 * attacks.c - what somebody outside, or a ship that means ill, tries against a running centre: each attempt is a step that says what
 * came of it, and fails if anything was learned or stopped.
 *
 * Usage: attacks SHIPS OPERATIONS LIVE SERVER_KEY KEY_FOLDER STEP
 * KEY_FOLDER holds ship.key, other.key, officer.key and guest.key.
 */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zmq.h>

#include "proto/wire.h"
#include "rcc/client.h"
#include "rcc/text.h"

#define PATH_SIZE 1024
/* An answer comes in milliseconds, in seconds on a busy machine. */
#define ANSWER_MS 20000
/* Where no answer must come, it is waited for so long. */
#define SILENCE_MS 1500
#define GIANT (64u << 20)
#define STAMPEDE 5000
#define STAMPEDE_AT_ONCE 200
/* libzmq's own limit is 1023, of which the closed ones not yet let go are a part. */
#define SOCKETS_MAX 4096
#define CROWD_PAUSE_MS 10

struct attack {
	void *context;
	const char *ships, *operations, *live, *folder;
	char server_key[RCC_KEY_TEXT_SIZE];
	struct rcc_envelope out, in;
	uint8_t bytes[RCC_MESSAGE_OPERATIONS_MAX];
	uint8_t answer[RCC_MESSAGE_OPERATIONS_MAX + 4096];
	size_t len;
	uint64_t ids;
};

static int
fails(const char *what)
{
	fprintf(stderr, "attacks: %s\n", what);
	return EXIT_FAILURE;
}

/* NULL key: without any security, as whoever finds the port does. */
static void *
dial(struct attack *attack, const char *endpoint, const char *key_name, const char *routing_id)
{
	char path[PATH_SIZE], public_text[RCC_KEY_TEXT_SIZE];
	struct rcc_key public_key;
	uint8_t secret[RCC_KEY_SIZE];
	struct rcc_fault fault;
	bool is_made = false;
	int linger = 0, timeout = ANSWER_MS;
	void *socket = zmq_socket(attack->context, ZMQ_DEALER);

	if (socket == NULL)
		return NULL;
	(void)zmq_setsockopt(socket, ZMQ_LINGER, &linger, sizeof linger);
	(void)zmq_setsockopt(socket, ZMQ_RCVTIMEO, &timeout, sizeof timeout);
	if (routing_id != NULL)
		(void)zmq_setsockopt(socket, ZMQ_ROUTING_ID, routing_id, strlen(routing_id));
	if (key_name != NULL) {
		(void)snprintf(path, sizeof path, "%s/%s.key", attack->folder, key_name);
		if (rcc_keyfile_load_or_make(path, &public_key, secret, &is_made, &fault) != RCC_OK) {
			(void)zmq_close(socket);
			return NULL;
		}
		rcc_key_format(public_text, &public_key);
		(void)zmq_setsockopt(socket, ZMQ_CURVE_SERVERKEY, attack->server_key, RCC_KEY_TEXT_SIZE - 1);
		(void)zmq_setsockopt(socket, ZMQ_CURVE_PUBLICKEY, public_text, RCC_KEY_TEXT_SIZE - 1);
		(void)zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, secret, RCC_KEY_SIZE);
	}
	if (zmq_connect(socket, endpoint) == 0)
		return socket;
	(void)zmq_close(socket);
	return NULL;
}

static void
hang_up(void *socket)
{
	if (socket != NULL)
		(void)zmq_close(socket);
}

/* A message of this kind with an id of its own, to be filled. */
static struct rcc_envelope *
begin(struct attack *attack, enum rcc_body_kind kind)
{
	memset(&attack->out, 0, sizeof attack->out);
	attack->out.protocol = RCC_PROTOCOL_MAX;
	attack->out.claimed_at_ms = (int64_t)time(NULL) * 1000;
	attack->out.class = RCC_CLASS_LIVE;
	attack->out.kind = kind;
	attack->ids++;
	memcpy(attack->out.id.b, &attack->ids, sizeof attack->ids);
	attack->out.id.b[15] = (uint8_t)kind;
	return &attack->out;
}

static void
greet(struct attack *attack)
{
	begin(attack, RCC_BODY_HELLO)->u.hello =
	    (struct rcc_hello){.protocol_min = 1, .protocol_max = RCC_PROTOCOL_MAX};
}

static bool
say(struct attack *attack, void *socket)
{
	return rcc_wire_encode(&attack->out, attack->bytes, sizeof attack->bytes, &attack->len) == RCC_OK &&
	       zmq_send(socket, attack->bytes, attack->len, 0) == (int)attack->len;
}

/* The answer to this message; false: none came in time. */
static bool
hear(struct attack *attack, void *socket, const struct rcc_msg_id *id)
{
	struct rcc_wire_fault fault;

	for (;;) {
		int len = zmq_recv(socket, attack->answer, sizeof attack->answer, 0);
		if (len < 0)
			return false;
		if (rcc_wire_decode(attack->answer, (size_t)len, &attack->in, &fault) == RCC_OK &&
		    memcmp(&attack->in.reply_to, id, sizeof *id) == 0)
			return true;
	}
}

static bool
is_silent(struct attack *attack, void *socket)
{
	int timeout = SILENCE_MS;
	bool is_heard = false;

	(void)zmq_setsockopt(socket, ZMQ_RCVTIMEO, &timeout, sizeof timeout);
	is_heard = zmq_recv(socket, attack->answer, sizeof attack->answer, 0) >= 0;
	return !is_heard;
}

static void
fill_distress(struct attack *attack, uint32_t mmsi)
{
	struct rcc_alert *alert = &begin(attack, RCC_BODY_ALERT)->u.alert;

	alert->source = RCC_SOURCE_CREW;
	alert->class = RCC_CLASS_LIVE;
	alert->nature = RCC_NATURE_FIRE;
	alert->casualty.v = mmsi;
	alert->pos = (struct rcc_pos){.lat_e7 = 352067000, .lon_e7 = 126008000};
	alert->persons = 9;
}

/* ---- steps ---- */

/* Without a key, and with the key of another server: no byte of an answer, on no port. */
static int
no_key(struct attack *attack)
{
	const char *const ports[] = {attack->ships, attack->operations, attack->live};

	for (size_t i = 0; i < 3; i++) {
		void *bare = dial(attack, ports[i], NULL, NULL);
		if (bare == NULL)
			return fails("nobody can dial without a key: it would be silent in any case");
		greet(attack);
		(void)say(attack, bare);
		bool is_mute = is_silent(attack, bare);
		hang_up(bare);
		if (!is_mute)
			return fails("a port answers without a key");
	}
	char real[RCC_KEY_TEXT_SIZE];
	memcpy(real, attack->server_key, sizeof real);
	memset(attack->server_key, 'a', RCC_KEY_TEXT_SIZE - 1);
	void *wrong = dial(attack, attack->ships, "guest", NULL);
	if (wrong == NULL)
		return fails("nobody can dial another server: it would be silent in any case");
	greet(attack);
	(void)say(attack, wrong);
	bool is_mute = is_silent(attack, wrong);
	hang_up(wrong);
	memcpy(attack->server_key, real, sizeof real);
	return is_mute ? EXIT_SUCCESS : fails("a port answers who takes it for another server");
}

/* A guest asks for views, the record, other people's messages: refused each time, and told nothing else. */
static int
guest_asks(struct attack *attack)
{
	static const enum rcc_body_kind asked[] = {RCC_BODY_VIEW,   RCC_BODY_CATCHUP, RCC_BODY_PACK,     RCC_BODY_ENROL,
	                                           RCC_BODY_CANCEL, RCC_BODY_ANSWER,  RCC_BODY_SURVIVORS};
	void *socket = dial(attack, attack->ships, "guest", NULL);

	for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
		struct rcc_envelope *out = begin(attack, asked[i]);
		if (asked[i] == RCC_BODY_VIEW)
			out->u.view = (struct rcc_view){.what = RCC_VIEW_INCIDENTS, .near = RCC_POS_NONE};
		if (asked[i] == RCC_BODY_CATCHUP)
			out->u.catchup = (struct rcc_catchup){.from_seq = 1, .max = 1};
		if (asked[i] == RCC_BODY_ANSWER)
			out->u.answer = (struct rcc_answer){
			    .incident = {1}, .kind = RCC_ANSWER_DONE, .eta_min = RCC_ETA_UNKNOWN_MIN};
		if (asked[i] == RCC_BODY_CANCEL)
			out->u.cancel = (struct rcc_cancel){.incident = {1}, .reason = "not at all"};
		if (asked[i] == RCC_BODY_SURVIVORS)
			out->u.survivors = (struct rcc_survivors){.incident = {1}};
		if (asked[i] == RCC_BODY_ENROL)
			out->u.enrol = (struct rcc_enrol){.name = "ME", .role = RCC_ROLE_ADMIN, .key = {{1}}};
		if (asked[i] == RCC_BODY_PACK)
			out->u.pack.incident.v = 1;
		struct rcc_msg_id id = out->id;
		if (!say(attack, socket) || !hear(attack, socket, &id)) {
			fprintf(stderr, "attacks: body %d of %zu bytes\n", (int)asked[i], attack->len);
			return fails("a guest gets no answer");
		}
		bool is_refused =
		    attack->in.kind == RCC_BODY_REFUSED && (attack->in.u.refused.reason == RCC_REFUSAL_NOT_ALLOWED ||
		                                            attack->in.u.refused.reason == RCC_REFUSAL_RATE);
		if (!is_refused)
			return fails("a guest is answered otherwise than by a refusal");
	}
	hang_up(socket);
	return EXIT_SUCCESS;
}

/* One ship's key against another ship: her position, her name in a distress, her answer, her survivors. */
static int
other_ship(struct attack *attack)
{
	void *socket = dial(attack, attack->ships, "ship", NULL);
	struct rcc_envelope *out = begin(attack, RCC_BODY_POSITION);

	out->u.position = (struct rcc_report){.mmsi = {247000002},
	                                      .pos = {.lat_e7 = 1, .lon_e7 = 1},
	                                      .at_ms = out->claimed_at_ms,
	                                      .sog_dkn = RCC_SOG_UNKNOWN_DKN,
	                                      .cog_ddeg = RCC_COG_UNKNOWN_DDEG};
	struct rcc_msg_id id = out->id;
	if (!say(attack, socket) || !hear(attack, socket, &id) || attack->in.kind != RCC_BODY_REFUSED ||
	    attack->in.u.refused.reason != RCC_REFUSAL_NOT_ALLOWED)
		return fails("a ship reports another ship's position");
	out = begin(attack, RCC_BODY_ANSWER);
	out->u.answer = (struct rcc_answer){
	    .incident = {1}, .kind = RCC_ANSWER_DONE, .ship = {247000002}, .eta_min = RCC_ETA_UNKNOWN_MIN};
	id = out->id;
	if (!say(attack, socket) || !hear(attack, socket, &id))
		return fails("no answer to an answer");
	out = begin(attack, RCC_BODY_STORED);
	out->u.stored.number = 4000000;
	if (!say(attack, socket))
		return fails("the link does not take it");
	/* A distress in another's name is recorded, and waits for a person: it may be true. */
	fill_distress(attack, 247000002);
	id = attack->out.id;
	if (!say(attack, socket) || !hear(attack, socket, &id) || attack->in.kind != RCC_BODY_ACCEPTED)
		return fails("a distress in another's name is not recorded");
	hang_up(socket);
	return EXIT_SUCCESS;
}

/* The same bytes again, by the same key and by another; other bytes under the same id. */
static int
replay(struct attack *attack)
{
	void *socket = dial(attack, attack->ships, "ship", NULL);
	void *other = dial(attack, attack->ships, "other", NULL);

	fill_distress(attack, 247000001);
	struct rcc_msg_id id = attack->out.id;
	if (!say(attack, socket) || !hear(attack, socket, &id) || attack->in.kind != RCC_BODY_ACCEPTED)
		return fails("the distress is not accepted");
	uint64_t seq = attack->in.u.accepted.entry.seq;
	for (int i = 0; i < 20; i++) {
		if (zmq_send(socket, attack->bytes, attack->len, 0) != (int)attack->len || !hear(attack, socket, &id) ||
		    attack->in.kind != RCC_BODY_ACCEPTED || attack->in.u.accepted.entry.seq != seq)
			return fails("a message that is replayed has another effect");
	}
	if (zmq_send(other, attack->bytes, attack->len, 0) != (int)attack->len || !hear(attack, other, &id))
		return fails("a message replayed by another key is not answered");
	if (attack->in.kind == RCC_BODY_ACCEPTED && attack->in.u.accepted.entry.seq == seq)
		return fails("another key gets the receipt of the first");
	attack->out.u.alert.persons = 90;
	if (!say(attack, socket) || !hear(attack, socket, &id) || attack->in.kind != RCC_BODY_REFUSED ||
	    attack->in.u.refused.reason != RCC_REFUSAL_CONFLICT)
		return fails("other words under the same id are no conflict");
	hang_up(socket);
	hang_up(other);
	return EXIT_SUCCESS;
}

/* Who takes the name of another's connection takes nothing of it. */
static int
squat(struct attack *attack)
{
	void *ship = dial(attack, attack->ships, "ship", "bridge-1");

	greet(attack);
	struct rcc_msg_id id = attack->out.id;
	if (!say(attack, ship) || !hear(attack, ship, &id))
		return fails("the ship is not welcomed");
	void *thief = dial(attack, attack->ships, "guest", "bridge-1");
	greet(attack);
	(void)say(attack, thief);
	(void)is_silent(attack, thief);
	fill_distress(attack, 247000001);
	id = attack->out.id;
	if (!say(attack, ship) || !hear(attack, ship, &id) || attack->in.kind != RCC_BODY_ACCEPTED)
		return fails("the ship lost her connection to who took its name");
	if (!is_silent(attack, thief))
		return fails("who took the name hears what was for the ship");
	hang_up(ship);
	hang_up(thief);
	return EXIT_SUCCESS;
}

/* A frame of 64 MB from a guest, ten times: the connection goes, the memory does not. */
static int
giant(struct attack *attack)
{
	uint8_t *bytes = calloc(1, GIANT);

	if (bytes == NULL)
		return fails("no memory for a giant");
	for (int i = 0; i < 10; i++) {
		void *socket = dial(attack, attack->ships, "guest", NULL);
		if (socket == NULL)
			return fails("a guest cannot dial");
		(void)zmq_send(socket, bytes, GIANT, 0);
		bool is_mute = is_silent(attack, socket);
		hang_up(socket);
		if (!is_mute)
			return fails("a giant is answered");
	}
	free(bytes);
	return EXIT_SUCCESS;
}

/* A socket that was closed counts until libzmq's own thread has let go of it, which on a busy machine takes a while: it is waited for. */
static void *
dial_in_crowd(struct attack *attack, const char *key_name)
{
	void *socket = dial(attack, attack->ships, key_name, NULL);

	for (int waited_ms = 0; socket == NULL && waited_ms < ANSWER_MS; waited_ms += CROWD_PAUSE_MS) {
		(void)zmq_poll(NULL, 0, CROWD_PAUSE_MS);
		socket = dial(attack, attack->ships, key_name, NULL);
	}
	return socket;
}

/* The same ship's program comes and goes 5,000 times, two hundred at once, as all do when a satellite link is back. */
static int
stampede(struct attack *attack)
{
	static void *crowd[STAMPEDE_AT_ONCE];
	unsigned welcomed = 0;

	for (unsigned i = 0; i < STAMPEDE; i++) {
		void **place = &crowd[i % STAMPEDE_AT_ONCE];
		hang_up(*place);
		*place = dial_in_crowd(attack, i % 2 == 0 ? "ship" : "other");
		if (*place == NULL)
			return fails("a client of the crowd cannot dial");
		greet(attack);
		(void)say(attack, *place);
	}
	for (unsigned i = 0; i < STAMPEDE_AT_ONCE; i++)
		hang_up(crowd[i]);
	/* Whoever comes behind them is served. */
	for (int i = 0; i < 3; i++) {
		void *socket = dial(attack, attack->ships, "ship", NULL);
		greet(attack);
		struct rcc_msg_id id = attack->out.id;
		welcomed += say(attack, socket) && hear(attack, socket, &id) && attack->in.kind == RCC_BODY_WELCOME;
		hang_up(socket);
	}
	printf("stampede: %u connections made and left\n", STAMPEDE);
	return welcomed == 3 ? EXIT_SUCCESS : fails("nobody is served behind the crowd");
}

int
main(int argc, char **argv)
{
	static struct attack attack;
	static const struct {
		const char *name;
		int (*take)(struct attack *attack);
	} steps[] = {{"no-key", no_key}, {"guest-asks", guest_asks}, {"other-ship", other_ship}, {"replay", replay},
	             {"squat", squat},   {"giant", giant},           {"stampede", stampede}};

	if (argc != 7 || strlen(argv[4]) != RCC_KEY_TEXT_SIZE - 1 || rcc_client_init() != RCC_OK)
		return fails("usage: attacks SHIPS OPERATIONS LIVE SERVER_KEY KEY_FOLDER STEP");
	attack = (struct attack){
	    .context = zmq_ctx_new(), .ships = argv[1], .operations = argv[2], .live = argv[3], .folder = argv[5]};
	memcpy(attack.server_key, argv[4], sizeof attack.server_key);
	(void)zmq_ctx_set(attack.context, ZMQ_MAX_SOCKETS, SOCKETS_MAX);
	attack.ids = (uint64_t)time(NULL) << 20;
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		if (strcmp(steps[i].name, argv[6]) == 0)
			return steps[i].take(&attack);
	}
	return fails("there is no such step");
}

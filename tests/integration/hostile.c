/*
 * hostile.c - sends a running centre what nobody should send, as ship, feed, officer and guest, one message at a time.
 *
 * Usage: hostile SHIPS OPERATIONS SERVER_KEY KEY_FOLDER CORPUS MUTATIONS SEED
 * KEY_FOLDER holds ship.key, feed.key, officer.key and guest.key. Every file of CORPUS is sent as it is and as MUTATIONS
 * mutations in all by each sender. The same decoder that the centre has says here what the answer must be: a refusal with
 * that reason and that field, or silence for positions and Stored, and nothing else.
 */
#define _POSIX_C_SOURCE 200809L

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

#include "proto/wire.h"
#include "rcc/client.h"
#include "rcc/text.h"

#define FILES_MAX 1024
#define FILE_MAX 8192
#define PATH_SIZE 1024
/* An answer comes in milliseconds, in seconds under sanitizers on a busy machine. */
#define ANSWER_MS 20000
/* Longest message that every port takes and that we make. */
#define MESSAGE_MAX (RCC_MESSAGE_MAX - 64)
/* Bytes changed by one mutation, at most. */
#define CHANGES_MAX 8

struct sender {
	const char *name;
	enum rcc_role role;
	void *socket;
	uint64_t sent, answered, silent, malformed, recorded;
};

struct file {
	size_t len;
	uint8_t bytes[FILE_MAX];
};

struct hostile {
	struct sender sender[4];
	struct file *file;
	size_t file_count;
	uint64_t random;
	size_t len; /* of what is sent now */
	uint8_t bytes[RCC_MESSAGE_OPERATIONS_MAX];
	uint8_t answer[RCC_MESSAGE_OPERATIONS_MAX + 4096];
	struct rcc_envelope ours, theirs;
	bool is_broken;
};

/* xorshift64*: the same seed sends the same. */
static uint64_t
next_random(struct hostile *hostile)
{
	hostile->random ^= hostile->random >> 12;
	hostile->random ^= hostile->random << 25;
	hostile->random ^= hostile->random >> 27;
	return hostile->random * UINT64_C(0x2545f4914f6cdd1d);
}

static size_t
below(struct hostile *hostile, size_t limit)
{
	return (size_t)(next_random(hostile) % limit);
}

/* ---- what is sent ---- */

static bool
read_corpus(struct hostile *hostile, const char *folder)
{
	char path[PATH_SIZE];
	DIR *directory = opendir(folder);

	hostile->file = calloc(FILES_MAX, sizeof *hostile->file);
	if (directory == NULL || hostile->file == NULL)
		return false;
	for (struct dirent *item = readdir(directory); item != NULL; item = readdir(directory)) {
		struct file *file = &hostile->file[hostile->file_count];
		(void)snprintf(path, sizeof path, "%s/%s", folder, item->d_name);
		FILE *stream = item->d_name[0] == '.' ? NULL : fopen(path, "rb");
		if (stream == NULL)
			continue;
		file->len = fread(file->bytes, 1, sizeof file->bytes, stream);
		(void)fclose(stream);
		if (hostile->file_count + 1 < FILES_MAX)
			hostile->file_count++;
	}
	(void)closedir(directory);
	return hostile->file_count > 0;
}

static void
change_bytes(struct hostile *hostile)
{
	for (size_t i = 1 + below(hostile, CHANGES_MAX); i > 0 && hostile->len > 0; i--) {
		uint8_t *byte = &hostile->bytes[below(hostile, hostile->len)];
		uint64_t value = next_random(hostile);
		uint64_t flip = UINT64_C(1) << below(hostile, 8);
		/* One bit, or another byte altogether. */
		*byte = (uint8_t)(below(hostile, 2) == 0 ? *byte ^ flip : value);
	}
}

/* Copies a piece of the message, or of another file, over its end or into its middle. */
static void
splice(struct hostile *hostile)
{
	const struct file *other = &hostile->file[below(hostile, hostile->file_count)];
	size_t at = hostile->len == 0 ? 0 : below(hostile, hostile->len);
	size_t from = other->len == 0 ? 0 : below(hostile, other->len);
	size_t len = other->len - from;

	if (at + len > MESSAGE_MAX)
		len = MESSAGE_MAX - at;
	memcpy(hostile->bytes + at, other->bytes + from, len);
	if (at + len > hostile->len)
		hostile->len = at + len;
}

static void
grow(struct hostile *hostile)
{
	size_t wanted = hostile->len + below(hostile, MESSAGE_MAX - hostile->len);

	while (hostile->len < wanted)
		hostile->bytes[hostile->len++] = (uint8_t)next_random(hostile);
}

/*
 * Gives the message another id where its own stands, so that it is no repeat of one before it. Some keep theirs: the same id with
 * other bytes is refused for that, and a distress among them is still to be seen by a person.
 */
static void
renew_id(struct hostile *hostile)
{
	struct rcc_wire_fault fault = {.body_kind = 0};
	struct rcc_msg_id id;

	enum rcc_status status = rcc_wire_decode(hostile->bytes, hostile->len, &hostile->ours, &fault);
	id = status == RCC_OK ? hostile->ours.id : fault.id;
	if (below(hostile, 4) == 0)
		return;
	for (size_t at = 0; at + sizeof id.b <= hostile->len; at++) {
		if (memcmp(hostile->bytes + at, id.b, sizeof id.b) != 0)
			continue;
		for (size_t i = 0; i < sizeof id.b; i++)
			hostile->bytes[at + i] = (uint8_t)(next_random(hostile) | 1);
		return;
	}
}

static void
mutate(struct hostile *hostile)
{
	const struct file *file = &hostile->file[below(hostile, hostile->file_count)];

	hostile->len = file->len;
	memcpy(hostile->bytes, file->bytes, file->len);
	switch (below(hostile, 6)) {
	case 0:
		hostile->len = hostile->len == 0 ? 0 : below(hostile, hostile->len);
		break;
	case 1:
		splice(hostile);
		break;
	case 2:
		grow(hostile);
		break;
	case 3:
		splice(hostile);
		change_bytes(hostile);
		break;
	default:
		change_bytes(hostile);
		break;
	}
	renew_id(hostile);
}

/* ---- what must come back ---- */

static void
broken(struct hostile *hostile, const struct sender *sender, const char *what)
{
	if (hostile->is_broken)
		return;
	hostile->is_broken = true;
	fprintf(stderr, "%s, message %llu: %s:\n", sender->name, (unsigned long long)sender->sent, what);
	for (size_t i = 0; i < hostile->len && i < 512; i++)
		fprintf(stderr, "%02x", hostile->bytes[i]);
	fprintf(stderr, "\n");
}

static void
give(struct hostile *hostile, struct sender *sender, const uint8_t *bytes, size_t len)
{
	if (zmq_send(sender->socket, bytes, len, 0) != (int)len)
		broken(hostile, sender, "the link does not take it");
}

/* Waits for the answer to a message; everything else that comes is not for us to judge. */
static bool
await_answer(struct hostile *hostile, struct sender *sender, const struct rcc_msg_id *id)
{
	static const struct rcc_msg_id none = {{0}};
	struct rcc_wire_fault fault;
	bool is_anonymous = memcmp(id, &none, sizeof none) == 0;

	for (;;) {
		int len = zmq_recv(sender->socket, hostile->answer, sizeof hostile->answer, 0);
		if (len < 0) {
			broken(hostile, sender, "no answer");
			return false;
		}
		if (rcc_wire_decode(hostile->answer, (size_t)len, &hostile->theirs, &fault) != RCC_OK) {
			broken(hostile, sender, "an answer that cannot be read");
			return false;
		}
		enum rcc_body_kind kind = hostile->theirs.kind;
		bool is_reply = !is_anonymous || kind == RCC_BODY_REFUSED || kind == RCC_BODY_NOT_CONFIRMED ||
		                kind == RCC_BODY_ACCEPTED || kind == RCC_BODY_WELCOME || kind == RCC_BODY_VIEW_ROWS;
		if (is_reply && memcmp(&hostile->theirs.reply_to, id, sizeof *id) == 0)
			return true;
	}
}

/* A question that is answered or refused at once: what was sent before it has been looked at by then. */
static bool
pass_barrier(struct hostile *hostile, struct sender *sender)
{
	size_t len = 0;
	uint8_t bytes[256];

	memset(&hostile->ours.u.view, 0, sizeof hostile->ours.u.view);
	memset(&hostile->ours.reply_to, 0, sizeof hostile->ours.reply_to);
	hostile->ours.protocol = RCC_PROTOCOL_MAX;
	hostile->ours.claimed_at_ms = 1;
	hostile->ours.class = RCC_CLASS_LIVE;
	hostile->ours.kind = RCC_BODY_VIEW;
	hostile->ours.u.view.what = RCC_VIEW_STATUS;
	hostile->ours.u.view.near = RCC_POS_NONE;
	for (size_t i = 0; i < RCC_MSG_ID_SIZE; i++)
		hostile->ours.id.b[i] = (uint8_t)(next_random(hostile) | 1);
	if (rcc_wire_encode(&hostile->ours, bytes, sizeof bytes, &len) != RCC_OK) {
		broken(hostile, sender, "the question cannot be encoded");
		return false;
	}
	struct rcc_msg_id id = hostile->ours.id;
	give(hostile, sender, bytes, len);
	return await_answer(hostile, sender, &id);
}

/* Positions that are taken, a feed's sums and Stored get no answer, by contract. */
static bool
may_be_silent(const struct sender *sender, enum rcc_body_kind kind)
{
	bool is_position =
	    kind == RCC_BODY_POSITION || kind == RCC_BODY_POSITION_BATCH || kind == RCC_BODY_STATIC_BATCH;

	return (is_position && (sender->role == RCC_ROLE_VESSEL || sender->role == RCC_ROLE_FEED)) ||
	       (kind == RCC_BODY_FEED_TALLY && sender->role == RCC_ROLE_FEED) ||
	       (kind == RCC_BODY_STORED && sender->role == RCC_ROLE_VESSEL);
}

/* Bytes that no decoder takes: refused with the reason and the field that our own decoder found. */
static void
check_refusal(struct hostile *hostile, struct sender *sender, const struct rcc_wire_fault *fault)
{
	const struct rcc_refused *refused = &hostile->theirs.u.refused;
	/* The same bytes a second time get the answer that their record gives, which is a receipt. */
	bool is_again = hostile->theirs.kind == RCC_BODY_ACCEPTED && fault->may_be_distress;

	if (is_again) {
		sender->recorded++;
		return;
	}
	if (hostile->theirs.kind != RCC_BODY_REFUSED) {
		broken(hostile, sender, "not refused");
		return;
	}
	if (sender->role == RCC_ROLE_GUEST && refused->reason == RCC_REFUSAL_RATE)
		return;
	if (refused->reason != fault->reason || strcmp(refused->field, fault->field) != 0 || refused->text[0] == '\0')
		broken(hostile, sender, "refused for another reason or field");
	if (fault->may_be_distress && refused->seq == 0)
		broken(hostile, sender, "what may be a distress is not recorded");
	if (fault->may_be_distress)
		sender->recorded++;
}

/* A stranger may say a distress and hello. */
static void
check_guest(struct hostile *hostile, struct sender *sender, enum rcc_body_kind kind)
{
	bool is_open = kind == RCC_BODY_ALERT || kind == RCC_BODY_ALERT_RAW || kind == RCC_BODY_HELLO;

	if (!is_open &&
	    (hostile->theirs.kind != RCC_BODY_REFUSED || hostile->theirs.u.refused.reason != RCC_REFUSAL_NOT_ALLOWED))
		broken(hostile, sender, "a stranger is allowed to say it");
}

/* Sends the message that is prepared, and sees that it is answered as it should be. */
static void
confront(struct hostile *hostile, struct sender *sender)
{
	struct rcc_wire_fault fault = {.body_kind = 0};
	enum rcc_status status = rcc_wire_decode(hostile->bytes, hostile->len, &hostile->ours, &fault);
	struct rcc_msg_id id = status == RCC_OK ? hostile->ours.id : fault.id;
	enum rcc_body_kind kind = hostile->ours.kind; /* of what is sent, if it could be decoded */

	sender->sent++;
	sender->malformed += status != RCC_OK;
	bool is_silent = status == RCC_OK && may_be_silent(sender, kind);
	give(hostile, sender, hostile->bytes, hostile->len);
	if (is_silent) {
		sender->silent += pass_barrier(hostile, sender) ? 1 : 0;
		return;
	}
	if (!await_answer(hostile, sender, &id))
		return;
	sender->answered++;
	if (status != RCC_OK)
		check_refusal(hostile, sender, &fault);
	else if (hostile->theirs.kind == RCC_BODY_REFUSED && hostile->theirs.u.refused.text[0] == '\0')
		broken(hostile, sender, "refused without a sentence");
	if (status == RCC_OK && sender->role == RCC_ROLE_GUEST)
		check_guest(hostile, sender, kind);
}

/* ---- who sends ---- */

static bool
open_sender(struct sender *sender, void *context, char **argv)
{
	bool is_officer = sender->role == RCC_ROLE_OFFICER;
	char path[PATH_SIZE];
	struct rcc_key server, public_key;
	uint8_t secret[RCC_KEY_SIZE];
	struct rcc_fault fault = {0};
	int linger = 0;
	int wait_ms = ANSWER_MS;
	bool is_made;

	(void)snprintf(path, sizeof path, "%s/%s.key", argv[4], sender->name);
	if (rcc_key_parse(argv[3], &server) != RCC_OK ||
	    rcc_keyfile_load_or_make(path, &public_key, secret, &is_made, &fault) != RCC_OK) {
		fprintf(stderr, "hostile: %s\n", fault.text[0] != '\0' ? fault.text : "the centre's key is none");
		return false;
	}
	sender->socket = zmq_socket(context, ZMQ_DEALER);
	return sender->socket != NULL && zmq_setsockopt(sender->socket, ZMQ_LINGER, &linger, sizeof linger) == 0 &&
	       zmq_setsockopt(sender->socket, ZMQ_RCVTIMEO, &wait_ms, sizeof wait_ms) == 0 &&
	       zmq_setsockopt(sender->socket, ZMQ_SNDTIMEO, &wait_ms, sizeof wait_ms) == 0 &&
	       zmq_setsockopt(sender->socket, ZMQ_CURVE_SERVERKEY, server.b, RCC_KEY_SIZE) == 0 &&
	       zmq_setsockopt(sender->socket, ZMQ_CURVE_PUBLICKEY, public_key.b, RCC_KEY_SIZE) == 0 &&
	       zmq_setsockopt(sender->socket, ZMQ_CURVE_SECRETKEY, secret, RCC_KEY_SIZE) == 0 &&
	       zmq_connect(sender->socket, argv[is_officer ? 2 : 1]) == 0;
}

/* Two frames where one belongs: dropped and counted, and the link goes on. */
static void
send_frames(struct hostile *hostile, struct sender *sender)
{
	if (zmq_send(sender->socket, "two", 3, ZMQ_SNDMORE) != 3 || zmq_send(sender->socket, "frames", 6, 0) != 6)
		broken(hostile, sender, "the link does not take it");
	(void)pass_barrier(hostile, sender);
}

static void
run(struct hostile *hostile, struct sender *sender, unsigned long mutations)
{
	for (size_t i = 0; i < hostile->file_count && !hostile->is_broken; i++) {
		hostile->len = hostile->file[i].len;
		memcpy(hostile->bytes, hostile->file[i].bytes, hostile->len);
		confront(hostile, sender);
	}
	for (unsigned long i = 0; i < mutations && !hostile->is_broken; i++) {
		mutate(hostile);
		confront(hostile, sender);
	}
	if (!hostile->is_broken)
		send_frames(hostile, sender);
}

int
main(int argc, char **argv)
{
	static struct hostile hostile = {.sender = {{.name = "ship", .role = RCC_ROLE_VESSEL},
	                                            {.name = "feed", .role = RCC_ROLE_FEED},
	                                            {.name = "officer", .role = RCC_ROLE_OFFICER},
	                                            {.name = "guest", .role = RCC_ROLE_GUEST}}};
	void *context = zmq_ctx_new();

	if (argc != 8 || context == NULL || rcc_client_init() != RCC_OK || !read_corpus(&hostile, argv[5])) {
		fprintf(stderr, "usage: hostile SHIPS OPERATIONS SERVER_KEY KEY_FOLDER CORPUS MUTATIONS SEED\n");
		return EXIT_FAILURE;
	}
	hostile.random = strtoull(argv[7], NULL, 10) | 1;
	for (size_t i = 0; i < 4 && !hostile.is_broken; i++) {
		struct sender *sender = &hostile.sender[i];
		hostile.is_broken = !open_sender(sender, context, argv);
		if (!hostile.is_broken)
			run(&hostile, sender, strtoul(argv[6], NULL, 10));
		printf("%s: sent %llu, answered %llu, silent %llu, malformed %llu, recorded %llu\n", sender->name,
		       (unsigned long long)sender->sent, (unsigned long long)sender->answered,
		       (unsigned long long)sender->silent, (unsigned long long)sender->malformed,
		       (unsigned long long)sender->recorded);
		if (sender->sent != sender->answered + sender->silent)
			hostile.is_broken = true;
	}
	for (size_t i = 0; i < 4; i++) {
		if (hostile.sender[i].socket != NULL)
			(void)zmq_close(hostile.sender[i].socket);
	}
	(void)zmq_ctx_term(context);
	free(hostile.file);
	return hostile.is_broken ? EXIT_FAILURE : EXIT_SUCCESS;
}

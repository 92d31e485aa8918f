/*
 * client_internal.h - inside librcc: what a handle holds, and the calls between its files.
 *
 * client.c opens and closes; client_send.c decides what goes out and when; client_receive.c takes what comes in;
 * client_inbox.c is what the user asks of the store; link.c is the only file that knows ZeroMQ.
 */
#ifndef RCC_LIBRCC_CLIENT_INTERNAL_H
#define RCC_LIBRCC_CLIENT_INTERNAL_H

#include <zmq.h>

#include "librcc/store.h"
#include "rcc/client.h"

/* Messages waiting for an answer that are held in memory; a store may hold more, which follow as these are answered. */
#define RCC_OUTBOX_MAX 256
/* Of these, places that only an alert may take. */
#define RCC_OUTBOX_ALERTS 32
/* Unanswered messages on their way at once: a ship's link carries a few kB in a round trip, so few. Alerts pass anyway. */
#define RCC_WINDOW_SHIP 4
#define RCC_WINDOW_SHORE 64
/* Beats that may fail to come before the centre counts as lost. */
#define RCC_BEATS_MISSED 3
/* A guest is sent no beats: after the silence above it asks, and this many more may pass without an answer. */
#define RCC_BEATS_UNANSWERED 3
/* Bounds for the beat that a Welcome names: a wrong one must neither flood the link nor hide a loss for hours. */
#define RCC_BEAT_MIN_MS 100
#define RCC_BEAT_MAX_MS 900000
/* Beats by which our clock is compared with the centre's. */
#define RCC_CLOCK_BEATS 3
/* Deliveries shown although the store failed, so that a repeat is not shown as new. */
#define RCC_SHOWN_MAX 64

struct rcc_link_socket {
	void *socket; /* NULL = closed */
	int fd;
	struct rcc_traffic traffic;
	zmq_msg_t frame; /* the message received last, which the caller may still look at */
};

/* One message waiting for its answer. Times are of the monotonic clock. */
struct rcc_pending {
	struct rcc_msg_id id;
	enum rcc_body_kind kind;
	bool is_kept; /* on disk too */
	uint32_t tries;
	int64_t sent_ms, due_ms;
	size_t len;
	uint8_t *bytes; /* owned */
};

struct rcc_shown {
	uint32_t number;
	struct rcc_broadcast_id broadcast;
	int64_t issued_at_ms;
};

struct rcc_client {
	struct rcc_client_config config;
	struct rcc_key public_key;
	uint8_t secret[RCC_KEY_SIZE];
	bool made_key;
	struct rcc_link_socket link;
	int64_t reopen_ms, reopen_at_ms; /* 0 = not due: a connection stands */

	struct rcc_store store;
	bool has_store;
	int64_t store_version;
	uint64_t store_changes; /* by other programs */
	int64_t store_look_ms;  /* when to look for messages of other programs on the same store */
	char store_fault[RCC_FAULT_TEXT_MAX + 1];

	bool is_up;       /* a connection stands */
	bool needs_hello; /* this connection has not been answered with a Welcome */
	bool is_welcome;  /* welcomed, and heard since */
	bool lost_due;    /* LOST is still to be reported */
	int64_t heard_ms, heard_at_ms;
	int64_t word_ms;                       /* the last message but beats and checkpoints */
	int64_t rest_until_ms;                 /* calling in: the next call; 0 = one is on */
	uint32_t beat_count;                   /* by which our clock was compared with the centre's */
	int64_t beat_heard_ms;                 /* the last of them */
	int64_t clock_off_ms[RCC_CLOCK_BEATS]; /* ours less theirs */
	int64_t opened_ms;
	int64_t hello_due_ms, hello_sent_ms;
	uint32_t hello_tries;
	int64_t guest_wait_ms; /* whom the centre does not know asks again after so long */
	struct rcc_msg_id hello_id, stored_id;
	uint32_t hello_whole; /* what the last Hello said is stored */
	uint64_t known_seq,
	    set_back_from; /* highest entry of this journal that we were shown; known_seq at a Welcome that ends before it */
	uint64_t owed_to; /* the last delivery number that the centre had for us at the last Welcome */
	bool has_welcome;
	struct rcc_welcome welcome;

	/* The centre's CURVE keys: as the settings name it; as it was met last; as it announced, zero = none. config.server_key is tried. */
	struct rcc_key configured_key, known_key, next_key;

	bool is_pinned, is_key_changed;
	struct rcc_key sign_key;
	struct rcc_journal_id journal; /* that delivery numbers and receipts belong to */

	uint32_t pending_count;
	struct rcc_pending pending[RCC_OUTBOX_MAX];
	int64_t loaded_row; /* store rows up to here have been taken into pending */
	bool more_stored;   /* rows above it wait for room */

	uint32_t whole;       /* deliveries without a gap on disk */
	bool is_first_due;    /* the next delivery is the first since the Welcome */
	bool unreported;      /* the store may hold deliveries not yet reported */
	int64_t reported_row; /* reported in this process: never again, even if the disk cannot note it */
	int64_t to_note_row;  /* the user has it on screen when he comes back; 0 = none */
	uint32_t shown_count;
	struct rcc_shown shown[RCC_SHOWN_MAX];

	struct rcc_envelope *message; /* what was reported last */
	struct rcc_envelope *out;     /* Hello, Stored: our own words */
	uint8_t bytes[RCC_MESSAGE_MAX];
};

/* ---- link.c ---- */

/* One context for the process. RCC_E_IO. */
RCC_MUST_USE enum rcc_status rcc_link_init(void);
RCC_MUST_USE enum rcc_status rcc_link_open(struct rcc_link_socket *link, const struct rcc_client_config *config,
                                           const struct rcc_key *public_key, const uint8_t *secret,
                                           struct rcc_fault *ret_fault);
/* The same for what is published under a topic; it is received only, after rcc_link_skip_topic(). */
RCC_MUST_USE enum rcc_status rcc_link_subscribe(struct rcc_link_socket *link, const struct rcc_client_config *config,
                                                const struct rcc_key *public_key, const uint8_t *secret,
                                                const char *topic, struct rcc_fault *ret_fault);
/* Takes the topic that stands before a message. RCC_E_AGAIN if there is none; RCC_E_MALFORMED if nothing follows it. */
RCC_MUST_USE enum rcc_status rcc_link_skip_topic(struct rcc_link_socket *link);
void rcc_link_close(struct rcc_link_socket *link);
/* A link that has been down this long is opened anew. */
int64_t rcc_link_reopen_ms(enum rcc_link_kind kind);
bool rcc_link_is_up(struct rcc_link_socket *link);
/* RCC_E_AGAIN: no connection, or its queue is full. */
RCC_MUST_USE enum rcc_status rcc_link_send(struct rcc_link_socket *link, const uint8_t *bytes, size_t len);
/*
 * Decodes the next message, RCC_E_AGAIN if there is none, any other failure if it was not one of ours. *ret_bytes is the
 * message as received; it and an ENTRY's payload are borrowed until the next call.
 */
RCC_MUST_USE enum rcc_status rcc_link_receive(struct rcc_link_socket *link, struct rcc_envelope *ret_envelope,
                                              const uint8_t **ret_bytes, size_t *ret_len);
/* Waits for something to happen on the link, at most timeout_ms; not at all if something has happened already. */
void rcc_link_wait(struct rcc_link_socket *link, bool was_up, int64_t timeout_ms);

/* ---- clock.c ---- */

int64_t rcc_clock_ms(void);    /* monotonic, counts while suspended */
int64_t rcc_clock_at_ms(void); /* UTC */
/* UUIDv7 (RFC 9562). */
struct rcc_msg_id rcc_msg_id_new(int64_t at_ms);
/* value_ms, 25 % more or less, so that a thousand ships do not speak at once. */
int64_t rcc_jitter_ms(int64_t value_ms);

/* ---- client.c ---- */

/* As the Welcome says, within bounds. */
int64_t rcc_client_beat_ms(const struct rcc_client *client);
/* The answer to a Hello says it too, and took so long: both ways are in it. */
void rcc_client_note_welcome_clock(struct rcc_client *client, int64_t said_at_ms, int64_t took_ms, int64_t at_ms);
/* Opens a fresh link in the place of the one that there is. */
void rcc_client_reopen(struct rcc_client *client);
/* Ends a call that is over, and begins the next one (call_in_ms). */
void rcc_client_mind_rest(struct rcc_client *client, int64_t now_ms);
/* A beat says what time it was there; now_ms is monotonic, at_ms by our clock. */
void rcc_client_note_clock(struct rcc_client *client, int64_t beat_at_ms, int64_t now_ms, int64_t at_ms);

/* ---- client_send.c ---- */

/* Sends whatever is due; returns when to look again. */
int64_t rcc_client_tick(struct rcc_client *client, int64_t now_ms);
/* Says that deliveries up to client->whole are on disk. */
/* When the delivery of this number was issued; 0 = it is not on this disk. */
int64_t rcc_client_issued_at_ms(struct rcc_client *client, uint32_t number);
void rcc_client_send_stored(struct rcc_client *client);
/* NULL if no such message is waiting. */
struct rcc_pending *rcc_client_find_pending(struct rcc_client *client, const struct rcc_msg_id *id);
void rcc_client_drop_pending(struct rcc_client *client, struct rcc_pending *pending);
/* Everything sent before the last Hello went to a daemon that may be gone: send it again now. */
void rcc_client_resend_old(struct rcc_client *client, int64_t now_ms);
/* Takes unanswered messages from the store. */
void rcc_client_load_outbox(struct rcc_client *client);
/* Remembers a failure of the store, or that it works again. */
void rcc_client_note_store(struct rcc_client *client, enum rcc_status status);

/* ---- client_key.c ---- */

void rcc_client_open_keys(struct rcc_client *client);
void rcc_client_turn_key(struct rcc_client *client);
void rcc_client_note_keys(struct rcc_client *client);

/* ---- client_silence.c ---- */

/* How long silence is no loss. */
int64_t rcc_client_patience_ms(const struct rcc_client *client);
/* Reports a loss, or asks again who we are, when it is time. */
void rcc_client_note_silence(struct rcc_client *client, int64_t now_ms);

/* ---- client_receive.c ---- */

/* What an incoming envelope (client->message, and its bytes as received) means. */
enum rcc_client_event rcc_client_take(struct rcc_client *client, const uint8_t *bytes, size_t len);
/* Deliveries without a gap on disk, as the store has them. */
/* A centre says who it is. */
enum rcc_client_event rcc_client_take_welcome(struct rcc_client *client);
/* The record is known up to here. */
void rcc_client_note_seq(struct rcc_client *client, uint64_t seq);
uint32_t rcc_client_count_whole(struct rcc_client *client);
/* A delivery from the store that was not reported yet; false if there is none. */
bool rcc_client_take_unreported(struct rcc_client *client);
/* The user has come back: what was reported last is on his screen. */
void rcc_client_note_reported(struct rcc_client *client);

#endif

/*
 * client.h - librcc: how a program speaks to rccd. Used by every client in this tree, and by yours.
 *
 * Why:    one place keeps the promises a client must keep: the same bytes are sent again under the same id until they
 *         are accepted; what is acknowledged as stored is on this machine's disk; the link is authenticated.
 * Owns:   a heap handle with its socket and store; rcc_client_close(&client) frees it and sets it to NULL.
 * Blocks: only rcc_client_next() and rcc_client_request(), never longer than their timeout.
 * Thread: one thread per handle. Call rcc_client_init() once per process, before anything else.
 */
#ifndef RCC_CLIENT_H
#define RCC_CLIENT_H

#include "rcc/message.h"

struct rcc_client;

enum rcc_link_kind {
	RCC_LINK_SHIP = 1,    /* thin, slow: long handshake, rare heartbeats (reliability before chatter) */
	RCC_LINK_SHORE = 2,   /* LAN or good Internet: coast-station feeds, officers */
	RCC_LINK_CONTROL = 3, /* the local ipc socket, no keys */
};

struct rcc_client_config {
	enum rcc_link_kind link;
	char endpoint[RCC_ENDPOINT_MAX + 1]; /* tcp://HOST:PORT or ipc://PATH */
	struct rcc_key server_key;           /* not for RCC_LINK_CONTROL */
	char key_file[RCC_ENDPOINT_MAX + 1]; /* made (0600) if missing; not for RCC_LINK_CONTROL */
	char store[RCC_ENDPOINT_MAX + 1];    /* outbox and inbox (SQLite); empty = nothing is kept: a one-shot tool */
	char version[RCC_BUILD_MAX + 1];     /* program and version, told in Hello */
	bool wants_deliveries;               /* a ship; without a store they are reported but never acknowledged */
	bool
	    stores_only; /* of deliveries: they are stored and acknowledged, and reported to the next program that asks */
	bool needs_key; /* the key file must be there: none is made */
	int64_t
	    call_in_ms; /* the link is closed between calls of so far apart (rcc_client_rest_ms()); 0 = it stays open */
	uint32_t budget_h; /* bytes an hour that the link may cost, at IP level; 0 = not limited. Told in Hello */
	uint32_t
	    retry_first_ms; /* resend an unanswered message after this, then doubling; 0 = 2 s (20 s on RCC_LINK_SHIP) */
	uint32_t retry_max_ms; /* 0 = 30 s (120 s on RCC_LINK_SHIP) */
};

/*
 * What the link has carried since it was opened, as a provider counts it: our payloads, CURVE and ZMTP, TCP/IP and its
 * acknowledgements, reckoned (measured links differ by what is lost and sent again).
 */
struct rcc_traffic {
	int64_t since_ms;                    /* monotonic */
	uint64_t sent, received;             /* messages */
	uint64_t sent_bytes, received_bytes; /* at IP level */
};
struct rcc_traffic rcc_client_traffic(const struct rcc_client *client);

/* What rcc_client_next() reports. */
enum rcc_client_event {
	RCC_CLIENT_NOTHING = 1,
	RCC_CLIENT_WELCOME = 2,       /* connected and known: message->u.welcome */
	RCC_CLIENT_LOST = 3,          /* the centre has not been heard for three beats */
	RCC_CLIENT_ACCEPTED = 4,      /* answers a message of ours (message->reply_to) */
	RCC_CLIENT_REFUSED = 5,       /* unknown-key that answers nothing of ours: our key was revoked */
	RCC_CLIENT_NOT_CONFIRMED = 6, /* it stays in the outbox and is sent again */
	RCC_CLIENT_DELIVERY = 7,      /* new, and on our disk already; Stored has been sent */
	RCC_CLIENT_BEAT = 8,
	RCC_CLIENT_OTHER = 9, /* any other body: message->kind tells; with stores_only a delivery too */
	/*
	 * Not what it claims to be, and not taken: a Welcome that shows another signing key than the one kept since the
	 * first, an Accepted with a wrong signature, a Checkpoint that is forged or contradicts one we hold. Tell a person.
	 */
	RCC_CLIENT_SUSPECT = 10,
};

/* Seeds rand(), starts libsodium. Once per process. */
RCC_MUST_USE enum rcc_status rcc_client_init(void);
/*
 * Reads config's key file or makes it; starts connecting. Does not wait for the centre. RCC_E_RANGE: config itself is not
 * usable (address, missing key); RCC_E_CONFIG: the key file is not; anything else: the store or the system.
 */
RCC_MUST_USE enum rcc_status rcc_client_open(const struct rcc_client_config *config, struct rcc_client **ret_client,
                                             struct rcc_fault *ret_fault);
void rcc_client_close(struct rcc_client **client);

/* Is the centre met under another key than the settings name, as it had announced? Then that one is for the settings. */
bool rcc_client_has_other_key(const struct rcc_client *client, struct rcc_key *ret_key);
/* Our own public key, to be enrolled. */
struct rcc_key rcc_client_public_key(const struct rcc_client *client);
/* The key file was missing, and was made by rcc_client_open(): tell a person. */
bool rcc_client_made_key(const struct rcc_client *client);
/*
 * Descriptor to poll beside others; call rcc_client_next(…, 0) until NOTHING whenever it is readable, and every second. Ask
 * anew before each poll: a link that died is opened again with another one.
 */
int rcc_client_fd(const struct rcc_client *client);

/*
 * The latest Welcome of this process; NULL before the first. Valid until the next call of rcc_client_next(). Its role becomes
 * RCC_ROLE_GUEST when the centre says that it does not know our key any more.
 */
const struct rcc_welcome *rcc_client_welcome(const struct rcc_client *client);
/* Welcomed, and heard within three beats (a guest, who is sent none: answered within six). */
bool rcc_client_is_linked(const struct rcc_client *client);
/*
 * Between two calls of a client that calls in (call_in_ms): how long until the next one, at least 1; 0 = a call is on, or the link stays open.
 * Whatever is posted calls at once. Nothing is heard meanwhile: the centre's officers see that she does not have what they sent.
 */
int64_t rcc_client_rest_ms(const struct rcc_client *client);
/* Says Hello again. Its Welcome proves that the centre has read all that was sent before, and tells what waits there now. */
void rcc_client_refresh(struct rcc_client *client);
/* The same, and from now on the calls of the centre come to this client alone (wants_deliveries). */
void rcc_client_take_calls(struct rcc_client *client);
/* When the centre was heard last, by our clock; 0 = not since this process started. */
int64_t rcc_client_heard_at_ms(const struct rcc_client *client);
/*
 * How far our clock is ahead of the centre's (negative: behind), in ms, where that is a minute or more; 0 = it is less, or not known yet:
 * beats tell, and one that waited on the way shows our clock ahead, so that this is told after three of them.
 */
#define RCC_CLIENT_CLOCK_OFF_MS INT64_C(60000)
int64_t rcc_client_clock_off_ms(const struct rcc_client *client);
/* Why the store could not be written the last time it was tried; NULL = it works. Messages and alerts pass all the same. */
const char *rcc_client_store_fault(const struct rcc_client *client);
/* A person has checked that the centre's new signing key (RCC_CLIENT_SUSPECT) is genuine: takes that of the last Welcome. */
RCC_MUST_USE enum rcc_status rcc_client_trust(struct rcc_client *client);

/*
 * Puts a message in the outbox (durable when there is a store) and sends it as soon as there is a link; the envelope's
 * id, protocol and time are filled in. It is sent again, the same bytes, until accepted or refused. A store that cannot be
 * written stops no message: it is kept in memory, and rcc_client_store_fault() tells. RCC_E_UNSUPPORTED for bodies that the
 * centre does not answer (positions), RCC_E_FULL when too many wait; some room is kept for alerts.
 */
RCC_MUST_USE enum rcc_status rcc_client_post(struct rcc_client *client, struct rcc_envelope *message);
/* Sends once if there is a link, keeps nothing: for positions, which the next one replaces. RCC_E_UNREACHABLE, RCC_E_FULL. */
RCC_MUST_USE enum rcc_status rcc_client_send(struct rcc_client *client, struct rcc_envelope *message);

/* Sends a message again under the id and time it already has, once; for drills and tests of what the centre makes of it. */
RCC_MUST_USE enum rcc_status rcc_client_repeat(struct rcc_client *client, const struct rcc_envelope *message);

/*
 * After a Welcome: the highest entry that this centre had shown us (in a Welcome, a receipt, a checkpoint on our disk), if its record
 * ends before it now, as after a restored backup: what it accepted after its present end is lost to it. 0 = it is not set back.
 */
uint64_t rcc_client_set_back_from(const struct rcc_client *client);
/* How often another program has been seen to have written to our store: what it keeps is read anew when this changes. */
uint64_t rcc_client_store_changes(const struct rcc_client *client);

/* Takes the next thing that happened, waiting at most timeout_ms. `message` is valid until the next call. */
enum rcc_client_event rcc_client_next(struct rcc_client *client, int64_t timeout_ms,
                                      const struct rcc_envelope **ret_message);

/*
 * Posts and waits for its answer: RCC_OK with ACCEPTED, REFUSED, NOT_CONFIRMED, or the view's page in *ret_reply; RCC_E_TIMEOUT
 * otherwise (it may still be recorded: ask again under the same id by calling rcc_client_next). Deliveries and a lost link
 * meanwhile are reported by the next rcc_client_next(); other happenings are not.
 */
RCC_MUST_USE enum rcc_status rcc_client_request(struct rcc_client *client, struct rcc_envelope *message,
                                                int64_t timeout_ms, const struct rcc_envelope **ret_reply);

/* ---- the store ---- */

/* One line of the inbox. */
struct rcc_inbox_row {
	struct rcc_delivery_msg delivery;
	int64_t stored_at_ms;
	int64_t read_at_ms; /* 0 = nobody has pressed the key */
	char read_by[RCC_NAME_MAX + 1];
	int64_t row; /* order of arrival, from 1 */
	bool
	    is_lost; /* the centre gave its number again: its record was set back behind it, and it knows nothing of it */
};
/* The first line after `after_row` (0 = from the beginning), in the order of arrival, lost ones too. RCC_E_NOT_FOUND. */
RCC_MUST_USE enum rcc_status rcc_client_inbox_after(struct rcc_client *client, int64_t after_row,
                                                    struct rcc_inbox_row *ret_row);
/* Inbox line by delivery number; RCC_E_NOT_FOUND. */
RCC_MUST_USE enum rcc_status rcc_client_inbox(struct rcc_client *client, uint32_t number,
                                              struct rcc_inbox_row *ret_row);
/* Highest delivery number on our disk; 0 = none. */
uint32_t rcc_client_inbox_last(struct rcc_client *client);
/* Records who read it, and tells the centre. */
RCC_MUST_USE enum rcc_status rcc_client_mark_read(struct rcc_client *client, uint32_t number, const char *by);
/* Deliveries that the centre held for us at the last Welcome and that are not on our disk; 0 before the first. */
uint32_t rcc_client_waiting(const struct rcc_client *client);
/* Messages not yet accepted. */
uint32_t rcc_client_outbox_count(struct rcc_client *client);
/* Up to this delivery number all are on our disk; less than rcc_client_inbox_last() = some are still to come. */
uint32_t rcc_client_inbox_whole(struct rcc_client *client);

/* Proof that the centre recorded a message of ours: verify with rcc_receipt_verify() (proto/chain.h). */
struct rcc_receipt {
	struct rcc_msg_id id;
	enum rcc_body_kind kind;
	int64_t posted_at_ms, accepted_at_ms; /* our clock */
	struct rcc_link entry;                /* the centre's */
	bool is_signed;
	struct rcc_signature signature;
};
/* The receipt that came in last; RCC_E_NOT_FOUND. */
RCC_MUST_USE enum rcc_status rcc_client_last_receipt(struct rcc_client *client, struct rcc_receipt *ret_receipt);
/* One message of ours, and what became of it. */
struct rcc_posted {
	int64_t row; /* order of posting, from 1 */
	struct rcc_msg_id id;
	int64_t posted_at_ms, answered_at_ms; /* our clock; answered 0 = it still waits */
	uint64_t entry_seq;                   /* the centre's entry and its time; 0 = not accepted */
	int64_t entry_at_ms;
	struct rcc_incident_id incident; /* that the centre put it into, as its receipt said; 0 = not known */
	int64_t after_row; /* the inbox' last row when it was said; -1 = not known: an earlier version kept it */
	bool is_signed;
	enum rcc_refusal refusal;    /* 0 = not refused */
	char text[RCC_TEXT_MAX + 1]; /* of the refusal */
};
/*
 * The first message posted after `after_row` (0 = from the beginning), with its words as they were sent. A message that
 * cannot be read is passed over. RCC_E_NOT_FOUND: there is none.
 */
RCC_MUST_USE enum rcc_status rcc_client_posted(struct rcc_client *client, int64_t after_row,
                                               struct rcc_envelope *ret_message, struct rcc_posted *ret_posted);
/*
 * A store alone, without a key, a centre or a network: for looking at what was sent and received. Nothing may be posted or
 * waited for. Close it with rcc_client_close(). RCC_E_NOT_FOUND: there is no such store.
 */
RCC_MUST_USE enum rcc_status rcc_client_open_kept(const char *store, struct rcc_client **ret_client,
                                                  struct rcc_fault *ret_fault);
/*
 * A public key: its 40 characters, or the name of a file whose first line they are. RCC_E_NOT_FOUND: neither (errno tells of the
 * file); RCC_E_MALFORMED: the file holds none.
 */
RCC_MUST_USE enum rcc_status rcc_public_key_read(const char *text, struct rcc_key *ret_key);

/* The latest checkpoint kept as a witness; RCC_E_NOT_FOUND. `rcc-replay verify --witness` takes its text form. */
RCC_MUST_USE enum rcc_status rcc_client_checkpoint(struct rcc_client *client, struct rcc_checkpoint *ret_checkpoint);

/* The centre's signing key that we trust since the first Welcome; RCC_E_NOT_FOUND before it. */
RCC_MUST_USE enum rcc_status rcc_client_sign_key(const struct rcc_client *client, struct rcc_key *ret_sign_key);
/* The same from a store alone, without a centre or a network. RCC_E_NOT_FOUND: there is no store, or none in it. */
RCC_MUST_USE enum rcc_status rcc_client_kept_sign_key(const char *store, struct rcc_key *ret_sign_key,
                                                      struct rcc_fault *ret_fault);
/* The latest checkpoint in a store, likewise. */
RCC_MUST_USE enum rcc_status rcc_client_kept_checkpoint(const char *store, struct rcc_checkpoint *ret_checkpoint,
                                                        struct rcc_fault *ret_fault);

/* ---- the live feed ---- */

/*
 * What a centre publishes on its `live` port: entries, beats and checkpoints, as they come. Lossy by contract: what is missed
 * while the link is down is fetched from a record. For keys that a role lets in there (officer, auditor, peer).
 */
struct rcc_live;
/* `config`: endpoint, server_key, key_file, needs_key. `topic`: "entry", "beat", "checkpoint", or "" = all of them. */
RCC_MUST_USE enum rcc_status rcc_live_open(const struct rcc_client_config *config, const char *topic,
                                           struct rcc_live **ret_live, struct rcc_fault *ret_fault);
void rcc_live_close(struct rcc_live **live);
/* The next message within timeout_ms, valid until the next call. RCC_E_TIMEOUT; RCC_E_MALFORMED: not one of ours, go on. */
RCC_MUST_USE enum rcc_status rcc_live_next(struct rcc_live *live, int64_t timeout_ms,
                                           const struct rcc_envelope **ret_message);

/* ---- keys ---- */

/*
 * A client's CURVE key pair in a file of its own (0600, two lines: "rcc-key-1", secret in Z85). Loads it, or makes it when
 * missing; refuses a file that others can read. RCC_E_CONFIG: it is no usable key file; RCC_E_IO.
 */
RCC_MUST_USE enum rcc_status rcc_keyfile_load_or_make(const char *path, struct rcc_key *ret_public, uint8_t *ret_secret,
                                                      bool *ret_made, struct rcc_fault *ret_fault);
/* After a key file was given another name: until this returns RCC_OK a power cut may bring back the one before. */
RCC_MUST_USE enum rcc_status rcc_keyfile_sync(const char *path);
/* The same, but makes none: RCC_E_CONFIG when it is missing. */
RCC_MUST_USE enum rcc_status rcc_keyfile_load(const char *path, struct rcc_key *ret_public, uint8_t *ret_secret,
                                              struct rcc_fault *ret_fault);

#endif

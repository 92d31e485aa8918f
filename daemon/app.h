/*
 * app.h - the daemon as one object: every adapter by value, opened in order, closed in reverse.
 *
 * Only the files at the top of daemon/ see more than one adapter; data flows through them one way:
 *
 *   net -> intake.c (decode, who, may they) -> batch.c (step, append) -> turn.c (commit) -> reply.c, outbound.c -> net
 */
#ifndef RCC_APP_H
#define RCC_APP_H

#include "core/state.h"
#include "evidence/evidence.h"
#include "journal/journal.h"
#include "journal/sealed.h"
#include "journal/track.h"
#include "net/http.h"
#include "net/net.h"
#include "picture/picture.h"
#include "proto/chain.h"
#include "proto/wire.h"
#include "sys/config.h"
#include "sys/sys.h"
#include "view/view.h"

/* Answers owed to senders when the turn has been committed. */
struct rcc_owed {
	enum rcc_port port;
	struct rcc_key key;
	uint32_t route_len;
	uint8_t route[32];
	struct rcc_msg_id msg_id;
	struct rcc_link link;     /* of the entry; seq 0 = the step recorded nothing */
	enum rcc_refusal refusal; /* 0 = accepted */
	char field[RCC_FIELD_MAX + 1];
	bool is_signed;
	struct rcc_alert_id alert;
	struct rcc_incident_id incident;
	struct rcc_request_id request; /* a place is asked of another centre under this number; 0 = it is not */
	bool is_unseal;                /* the answer tells what is sealed: of the alert, or of this note */
	uint32_t note;
	bool is_restricted;   /* an officer's report or decision is in a case that no ship hears of */
	bool is_contact_lost; /* recorded, but the caller's particulars could not be sealed */
};

/* What the shell remembers of an enrolled key; slot = peer id - 1. Nothing here is evidence. */
struct rcc_contact {
	int64_t heard_at_ms; /* last message of any kind */
	int64_t given_at_ms; /* a feed: when one of its receivers heard something last */
	uint32_t beat_ms;    /* how often she hears a beat: as her link can bear it; 0 = as often as anybody */
	int64_t next_beat_at_ms, next_checkpoint_at_ms; /* monotonic; hers, if she hears fewer than others */
	bool knows_next_key;                            /* the centre's: announced to her in this run */
	uint32_t sent_upto;      /* every delivery up to this number was given to the present connection */
	uint32_t calls_upto;     /* every call, task and notice; these go first */
	uint32_t circulars_upto; /* every bulletin and card */
	bool is_fresh;           /* she has just come: the lowest line of all tells her where the rest begins */
	bool is_store_lost;      /* she says that she has less than she had stored: what still stands goes out again */
	int64_t retry_at_ms;     /* monotonic; when what is not stored is sent again, 0 = nothing waits */
	uint32_t retry_step;
	uint32_t attempt;
};

/* What is owed to another centre, by the slot of what it is about (core.h). Nothing here is evidence. */
struct rcc_centre_line {
	bool is_waiting;
	struct rcc_msg_id id;
	int64_t next_at_ms; /* monotonic; 0 = at once */
	uint32_t step;      /* of the back-off */
};

/* Payload bytes of one turn's entries, kept until they are published: two of the largest, or hundreds of usual ones. */
#define RCC_TURN_BYTES_MAX (2 * RCC_PAYLOAD_MAX)
#define RCC_TURN_ENTRIES_MAX (2 * RCC_TURN_MAX)
/* Deliveries given to connections whose SENT has not been recorded yet; beyond it a line only shows as sent later. */
#define RCC_SENT_WAITING_MAX (2 * RCC_PEERS_MAX)
/* Guest keys whose rate is remembered, newest first out. */
#define RCC_GUEST_KEYS_MAX 256

struct rcc_turn_entry {
	struct rcc_link link;
	size_t offset, len; /* in turn_bytes */
};

/* Something that the shell does once it is committed. */
struct rcc_notice {
	enum rcc_event_kind kind;
	uint32_t id;
	enum rcc_handover_step step; /* HANDOVER_CHANGED */
	enum rcc_handover_stage stage;
	enum rcc_request_step request_step; /* REQUEST_CHANGED */
	enum rcc_request_stage request_stage;
	struct rcc_key key; /* PEER_REKEYED: the one before */
};

/* A distress that could not be recorded: shown until it is, or until RCC_UNRECORDED_MAX later ones have come. */
#define RCC_UNRECORDED_MAX 32

struct rcc_guest {
	struct rcc_key key;
	int64_t minute_at_ms; /* start of the minute that is counted */
	uint32_t count;       /* distress messages */
	uint32_t others;      /* whatever else it says */
};

/* Sources that raw signals may come from; source.c asserts that there are no more. */
#define RCC_SOURCES_MAX 15
/* Routine position calls whose second half may still come. */
#define RCC_DSC_CALLERS_MAX 64
struct rcc_dsc_caller {
	struct rcc_report report;
	int64_t heard_at_ms; /* our clock, monotonic */
};

/* Feeds whose sums are shown; beyond, the one that has been silent longest gives way. */
#define RCC_TALLIES_MAX 64

/* Raw signals that needed no record, as many as a feed may send again after a break. */
#define RCC_READ_LATELY_MAX 256
struct rcc_read_lately {
	struct rcc_key key;
	struct rcc_msg_id msg_id;
	uint64_t fingerprint;
};

/* Packs made lately, whose pages may still be asked for; the oldest gives way. */
#define RCC_PACKS_MAX 4
/* Entries that one pack may be made of. */
#define RCC_PACK_ENTRIES_MAX 2048
struct rcc_made_pack {
	struct rcc_peer_id peer; /* 0 = free */
	struct rcc_incident_id incident;
	size_t len;
	char text[RCC_PACK_BYTES_MAX];
};
/* One asks, and is answered after the commit of the turn: a pack holds nothing that is not on the disk. */
struct rcc_pack_wish {
	bool is_there;
	enum rcc_port port;
	struct rcc_key key;
	uint32_t route_len;
	uint8_t route[32];
	struct rcc_msg_id msg_id;
	struct rcc_peer_id peer;
	struct rcc_pack_ask ask;
};

struct rcc_app {
	struct rcc_config config;
	struct rcc_clock clock;
	uint32_t clock_steps_told;
	int lock_fd, signal_fd;
	struct rcc_sign_key sign_key;
	struct rcc_net_config net_config;
	struct rcc_net net;
	struct rcc_journal journal;
	struct rcc_track_store tracks;
	struct rcc_sealed_store sealed;
	struct rcc_seal_key tag_secret; /* of callers' tags and of fingerprints of messages with a contact */
	struct rcc_picture picture;
	struct rcc_core core;

	char journal_path[RCC_PATH_MAX + 16];
	/* Of the record while it cannot be opened: ships must not take the centre for another one meanwhile. */
	struct rcc_journal_id last_journal;
	struct rcc_link last_head;
	bool is_stopping;
	bool is_degraded; /* nothing can be recorded now */
	struct rcc_fault degraded;
	struct rcc_http http;
	uint64_t turned_away_told;      /* of the connections turned away, those that the log has */
	int64_t next_turned_away_at_ms; /* monotonic */
	int64_t probed_at_ms;           /* monotonic; for /healthz, 0 = never */
	bool is_probe_good;
	int64_t metrics_at_ms; /* monotonic; when /metrics was made, 0 = never */
	char metrics[RCC_HTTP_PAGE_SIZE];
	bool wants_reload;    /* the configuration is to be read again, by main.c */
	bool wants_run;       /* it was: the settings of this run are to be recorded anew */
	bool is_run_recorded; /* this run's first entry names its build and rules */
	bool has_failed;      /* in this turn: its senders are to be told */
	bool is_damaged;      /* the journal does not verify: it is never extended */
	int64_t started_at_ms;
	int64_t now_ms, monotonic_ms; /* read once per turn */
	int64_t core_deadline_ms;     /* cached; valid while deadline_seq equals the core's */
	uint64_t deadline_seq;
	int64_t next_silence_at_ms, next_second_at_ms, next_beat_at_ms, next_probe_at_ms,
	    next_retention_at_ms; /* monotonic */
	uint64_t message_count;   /* envelopes made */
	uint64_t malformed, throttled, positions, id_mismatches, not_confirmed, not_live;
	struct rcc_heard_counts heard[RCC_SOURCES_MAX + 1]; /* by source; the last for names that we do not know */
	struct rcc_told_tally tally[RCC_TALLIES_MAX];
	uint32_t read_next;
	struct rcc_read_lately read_lately[RCC_READ_LATELY_MAX]; /* ring */
	uint32_t dsc_next;
	struct rcc_dsc_caller dsc[RCC_DSC_CALLERS_MAX]; /* ring: whose routine position was heard just now */

	/* one of each, used by one message or entry at a time */
	struct rcc_inbound inbound;
	struct rcc_inbound answer_to;
	struct rcc_envelope envelope; /* as received */
	struct rcc_envelope out;      /* being sent */
	uint8_t bytes[RCC_PAYLOAD_MAX + 4096];
	struct rcc_entry entry;
	struct rcc_entry past; /* an earlier entry, read back */

	/* the turn */
	uint32_t owed_count;
	struct rcc_owed owed[RCC_TURN_ENTRIES_MAX];
	uint32_t entry_count;
	struct rcc_turn_entry turn_entry[RCC_TURN_ENTRIES_MAX];
	size_t turn_used;
	uint8_t turn_bytes[RCC_TURN_BYTES_MAX];
	uint32_t notice_count;
	struct rcc_notice notice[RCC_TURN_ENTRIES_MAX];
	bool has_new_deliveries; /* some ship has a line that was not there before this turn */
	bool
	    is_question_open; /* a view was asked for that shows what is not committed yet: answered after the commit */
	bool has_restarts;    /* some ship has connected anew and is to be given what it has not stored */
	bool is_retry_due;    /* a second has passed: what is not stored is sent again */
	bool wants_checkpoint; /* an incident was closed: seal the record now */

	/* between turns */
	uint32_t unrecorded_count; /* so far; the ring holds the latest */
	struct rcc_unrecorded unrecorded[RCC_UNRECORDED_MAX];
	struct rcc_key next_server_key;      /* announced; zero = none is */
	struct rcc_checkpoint checkpoint;    /* signed last in this run; its entry 0 = none was */
	int64_t next_checkpoint_again_at_ms; /* monotonic: published again for who has come since */
	uint32_t sent_count, sent_taken;     /* gone out and not recorded yet; of them, in the entries of this turn */
	struct rcc_delivery_ref sent[RCC_SENT_WAITING_MAX];
	struct rcc_contact contact[RCC_PEERS_MAX];
	struct rcc_centre_line centre_line[RCC_OWED_SLOTS];
	struct rcc_centre_owed centre_owed; /* the one that is looked at */
	uint32_t guest_next;
	struct rcc_guest guest[RCC_GUEST_KEYS_MAX];

	/* what is kept no longer; retention.c */
	int64_t tracks_purged_ms;                             /* as told to tracks.db */
	int64_t keys_purged_ms[RCC_CLASS_LAST + 1];           /* as gone through in sealed.db since the start */
	struct rcc_sealed_made keys_seen[RCC_CLASS_LAST + 1]; /* how far the present pass has come */
	uint64_t erased_seq;                                  /* erasures up to this entry are done */

	/* evidence packs */
	struct rcc_pack_wish pack_wish;
	int64_t next_pack_at_ms; /* monotonic: the next one is not made before */
	uint32_t pack_next;
	struct rcc_made_pack pack[RCC_PACKS_MAX];
	struct rcc_evidence evidence;
	uint64_t evidence_seq[RCC_PACK_ENTRIES_MAX];
};

/* Opens everything in order; on failure everything opened is closed again and ret_fault says why. */
RCC_MUST_USE enum rcc_status rcc_app_open(struct rcc_app *app, const struct rcc_config *config,
                                          struct rcc_fault *ret_fault);
/* Closes in reverse order. Harmless on a zeroed object. */
void rcc_app_close(struct rcc_app *app);

/* Opens (or reopens) the journal and replays it into a cleared core. On failure the core holds what could be read. */
RCC_MUST_USE enum rcc_status rcc_app_open_journal(struct rcc_app *app, struct rcc_fault *ret_fault);
/* Throws the state away after a failed write: replay tells the truth, writing stops until a probe succeeds. */
void rcc_app_degrade(struct rcc_app *app);
/* Head and name of the record; what memory knows of it while the journal is not open. */
struct rcc_link rcc_app_head(const struct rcc_app *app);
struct rcc_journal_id rcc_app_journal_id(const struct rcc_app *app);
/* Leaves degraded mode if a row can be written again. */
void rcc_app_probe(struct rcc_app *app);
/*
 * The entry that names the build and the settings in force: the first of a run, and one for each reload. An audit decides by the same
 * ones.
 */
RCC_MUST_USE enum rcc_status rcc_app_take_run(struct rcc_app *app);
/* Takes over the settings that can change while running; those that cannot are logged. In force once the next turn has recorded them. */
void rcc_app_reload(struct rcc_app *app, const struct rcc_config *fresh);

#endif

/*
 * core.h - the pure heart: command in, events out. No clock, no randomness, no I/O, no allocation.
 *
 * Why:    the same functions run in the daemon, in tests, in the simulator and in an auditor's replay.
 * Order:  rcc_core_init; then for each command either rcc_core_step (decide) or, for recorded entries,
 *         rcc_core_replay (apply). Never both for one entry.
 * Laws:   tested: replayed digest = live digest; step on a copy = same entry; an entry without events leaves the
 *         digest unchanged.
 * Size:   some 100 MB, no pointers: one static object per program.
 */
#ifndef RCC_CORE_H
#define RCC_CORE_H

#include "rcc/entry.h"

struct rcc_core;

void rcc_core_init(struct rcc_core *core);

/*
 * Decides: entry->cause is the command (filled by the caller, event_count 0); the events are appended and applied. With
 * event_count still 0 nothing happened and nothing must be recorded; otherwise the entry is the core's next one.
 * Pre: cause.at_ms is not before the last command's.
 */
void rcc_core_step(struct rcc_core *core, struct rcc_entry *entry);

/* Takes a recorded entry as it was decided. */
void rcc_core_replay(struct rcc_core *core, const struct rcc_entry *entry);

/* The only writer of state. Asserts on what only a bug can cause. */
void rcc_core_apply(struct rcc_core *core, const struct rcc_event *event);

/* When the core next wants a DUE command; INT64_MAX = no clock is running. */
int64_t rcc_core_deadline_ms(const struct rcc_core *core);
/* Fills the next DUE command that is due at at_ms; false if there is none. One clock at a time, oldest first. */
bool rcc_core_due(const struct rcc_core *core, int64_t at_ms, struct rcc_command *ret_command);

/* Is there a call in memory that this revision (a DSE) adds to? Without one it adds to a routine call, or to one we missed. */
bool rcc_core_awaits_revision(const struct rcc_core *core, const struct rcc_alert *revision, int64_t at_ms);
/* Vessel that this command is about, and that its scene should hold wherever she is; 0 = none. */
struct rcc_mmsi rcc_core_subject(const struct rcc_core *core, const struct rcc_command *command);
/* Does this command want a scene, and around which place? The caller then fills command->scene from the live picture. */
bool rcc_core_wants_scene(const struct rcc_core *core, const struct rcc_command *command, struct rcc_pos *ret_centre);

/*
 * Has a ship fallen silent, or come back? heard_at_ms is her last position (0 = none), run_at_ms when this run began to listen.
 * Fills the SILENCE command's body if so; the caller asks a few times a second, since only he has the live picture.
 */
bool rcc_core_silence(const struct rcc_core *core, struct rcc_peer_id ship, int64_t heard_at_ms, int64_t run_at_ms,
                      int64_t at_ms, struct rcc_silence *ret_silence);

/* Number of entries so far: equals the journal's last seq. */
uint64_t rcc_core_seq(const struct rcc_core *core);
/* 64-bit digest of the whole state in canonical order: equal states, equal digests, on every machine. */
uint64_t rcc_core_digest(const struct rcc_core *core);

/* ---- identity ---- */

/* Peer and role of a key: revoked and unknown keys are GUEST with peer 0; *ret_revoked tells them apart. */
enum rcc_role rcc_core_identify(const struct rcc_core *core, const struct rcc_key *key, struct rcc_peer_id *ret_peer,
                                bool *ret_revoked);
/* The invitation of this tag, while it may be used; NULL = there is none, or its time is over. */
const struct rcc_invite *rcc_core_invited(const struct rcc_core *core, const struct rcc_invite_tag *tag, int64_t at_ms);
/* Why whoever holds this key is not let in by this tag, and *ret_field; 0 = it is. What is refused is not recorded: its code may be good. */
enum rcc_refusal rcc_core_admit_refusal(const struct rcc_core *core, const struct rcc_invite_tag *tag,
                                        const struct rcc_key *key, int64_t at_ms, const char **ret_field);
/* The default-deny table: may this role send this body? */
bool rcc_role_may(enum rcc_role role, enum rcc_body_kind body);
/* May a role that may ask for views ask for this one? An agency is told persons, needs and places of safety alone. */
bool rcc_role_may_view(enum rcc_role role, enum rcc_view_kind what);

/* ---- idempotency ---- */

enum rcc_seen { RCC_SEEN_NEVER = 1, RCC_SEEN_SAME = 2, RCC_SEEN_OTHER_BYTES = 3 };
/* Was this message taken before? ret_seq gets the entry that recorded it. Remembers the latest RCC_DEDUP_MAX. */
enum rcc_seen rcc_core_seen(const struct rcc_core *core, const struct rcc_origin *origin, uint64_t *ret_seq);

/* ---- deliveries ---- */

/* The message for one line of the ledger. RCC_E_NOT_FOUND if there is no such line in memory. */
RCC_MUST_USE enum rcc_status rcc_core_delivery(const struct rcc_core *core, struct rcc_peer_id peer, uint32_t number,
                                               struct rcc_delivery_msg *ret_delivery);
/*
 * The lowest delivery number above `after` of this ship that it has not stored; 0 = none. Replaced ones count: the ship
 * stores every number, so that it sees a gap by itself.
 */
/* The highest number that she has acknowledged; 0 = none. */
uint32_t rcc_core_last_stored(const struct rcc_core *core, struct rcc_peer_id peer);
/*
 * Is what this ship calls delivery `number`, issued at this time, another one than ours? Then she has it from a record of ours that was
 * lost: her numbers say nothing of this one. Not known (0), or out of memory: false.
 */
bool rcc_delivery_is_other(const struct rcc_core *core, struct rcc_peer_id peer, uint32_t number, int64_t issued_at_ms);
uint32_t rcc_core_next_unstored(const struct rcc_core *core, struct rcc_peer_id peer, uint32_t after);
/* The same of calls, tasks and notices alone; of bulletins and cards alone, which wait behind them. */
uint32_t rcc_core_next_unstored_call(const struct rcc_core *core, struct rcc_peer_id peer, uint32_t after);
uint32_t rcc_core_next_unstored_circular(const struct rcc_core *core, struct rcc_peer_id peer, uint32_t after);
/* Lowest number above `after` that still stands, stored or not: for a ship whose store is lost. 0 = none. */
uint32_t rcc_core_next_lost(const struct rcc_core *core, struct rcc_peer_id peer, uint32_t after);

/* ---- other centres ---- */

/* What is owed to another centre. The caller completes the body's `record` from the record: it is the entry record.seq. */
struct rcc_centre_owed {
	struct rcc_peer_id peer; /* active, with an endpoint */
	struct rcc_msg_id id;    /* of the message: the same however often it is said */
	enum rcc_class class;
	enum rcc_body_kind kind; /* CENTRE: body; PLACE_REQUEST: request */
	struct rcc_centre body;
	struct rcc_place_request request;
};
/* Handovers first, then requests for a place of safety. */
#define RCC_OWED_SLOTS (RCC_HANDOVERS_MAX + RCC_REQUESTS_MAX)
/* What is still owed in this slot (0..RCC_OWED_SLOTS - 1); false = nothing, or nowhere to say it. */
bool rcc_core_centre_owed(const struct rcc_core *core, uint32_t slot, struct rcc_centre_owed *ret_owed);
/* Where this centre is reached; "" = it is no centre, or it only calls us. */
const char *rcc_core_centre_endpoint(const struct rcc_core *core, struct rcc_peer_id peer);

/* ---- words ---- */

/* One entry as lines of text: "< what came in", "= what happened", "> what went out". Returns the length (as snprintf). */
size_t rcc_trace_format(const struct rcc_core *core, const struct rcc_entry *entry, char *text, size_t size);

#endif

/*
 * replay.h - what the verbs of rcc-replay share: the journal they read, and how they say that it is not whole.
 */
#ifndef RCC_REPLAY_H
#define RCC_REPLAY_H

#include <stdio.h>

#include "evidence/evidence.h"
#include "journal/journal.h"
#include "journal/track.h"
#include "proto/seal.h"
#include "rcc/client.h"

/* A checkpoint a minute for six weeks; a longer watch is verified in parts. */
#define RCC_WITNESSES_MAX 65536
/* Files given with --witness. */
#define RCC_WITNESS_FILES_MAX 64
#define RCC_JOURNAL_NAME_MAX 1000

/* The command line, understood. */
struct rcc_replay {
	char journal[RCC_JOURNAL_NAME_MAX + 1];
	const char *incident; /* NULL = all */
	const char *time;     /* of asof; of play, to begin with: NULL = the beginning */
	const char *ship;     /* of a pack */
	const char *company;  /* of a company's record; the same word as incident */
	uint32_t year;        /* of a review; 0 = not given */
	const char *pack;     /* file of a pack to be verified */
	const char *output;   /* NULL = standard output */
	const char *language; /* of a report; NULL = as the locale says */
	const char *speed;    /* of play; NULL = as time passes */
	const char *endpoint; /* of a centre: witness, play --to; NULL = none */
	const char *server_key, *key_file;
	const char *state_dir; /* of sign.key and tracks.db; NULL = where the journal is */
	bool is_json;
	bool is_once;       /* witness: what there is now, and no waiting */
	uint32_t silence_s; /* witness of a centre: so long without a word is no answer */
	bool has_tables;    /* verify: the tables beside the entries too */
	bool is_piece;      /* verify: the beginning of the record is not there */
	bool has_key;
	struct rcc_key key;             /* the centre's, as the auditor got it */
	struct rcc_checkpoint *witness; /* what others kept */
	size_t witness_count;
	enum rcc_form form; /* render; 0 = not given */
	char station;       /* render --as navtex */
	uint64_t at_seq;    /* render: as it stood after this entry; 0 = the last */
};

/* Each verb returns the program's exit code. */
int rcc_replay_verify(const struct rcc_replay *replay);
int rcc_replay_timeline(const struct rcc_replay *replay);
int rcc_replay_recheck(const struct rcc_replay *replay);
int rcc_replay_digest(const struct rcc_replay *replay);
int rcc_replay_pack(const struct rcc_replay *replay);
int rcc_replay_verify_pack(const struct rcc_replay *replay);
int rcc_replay_render(const struct rcc_replay *replay);
int rcc_replay_company(const struct rcc_replay *replay);
int rcc_replay_review(const struct rcc_replay *replay);
int rcc_replay_research(const struct rcc_replay *replay);
int rcc_replay_asof(const struct rcc_replay *replay);
int rcc_replay_play(const struct rcc_replay *replay);
int rcc_replay_report(const struct rcc_replay *replay);
int rcc_replay_witness(const struct rcc_replay *replay);

/* The files given with --witness: the option may be repeated, which the table's parser does not keep. */
struct rcc_witness_files {
	const char *name[RCC_WITNESS_FILES_MAX];
	int count;
};
/* Before parsing, which moves the operands. False: the reason is on stderr. */
struct rcc_parsed;
/* All that --witness was given, which is option `option` of the table. */
bool rcc_witness_files_collect(const struct rcc_parsed *parsed, int option, struct rcc_witness_files *files);
/* Fills replay->witness, which the caller frees. False: the reason is on stderr. */
bool rcc_witness_files_read(const struct rcc_witness_files *files, struct rcc_replay *replay);

/*
 * Reads every entry of the journal, verifying chain, signatures and witnesses, and calls `visit` for each good one. Its
 * projections are not looked at: nothing is read from them. False if it is not whole: the reason has been printed on stderr
 * then.
 */
RCC_MUST_USE bool rcc_replay_read(const struct rcc_replay *replay, rcc_journal_replay_fn *visit, void *context,
                                  struct rcc_audit_report *ret_report);
/* The same, and what was found is told by whoever asked: rcc_replay_tell_damage() does. */
RCC_MUST_USE bool rcc_replay_look(const struct rcc_replay *replay, rcc_journal_replay_fn *visit, void *context,
                                  struct rcc_audit_report *ret_report, struct rcc_fault *ret_fault);
void rcc_replay_tell_damage(const struct rcc_audit_report *report, const struct rcc_fault *fault);

/* "2026-0001" as people say it, or the number that other programs call the incident by: then *ret_year is 0. */
bool rcc_replay_incident(const char *text, uint32_t *ret_year, uint32_t *ret_number);

/* How to reach replay->endpoint with our own key. False: the reason is on stderr. */
bool rcc_replay_link(const struct rcc_replay *replay, struct rcc_client_config *ret_config);

/* ---- packs ---- */

/* What a pack is made of; the caller frees evidence and core. */
struct rcc_replay_making {
	const struct rcc_replay *replay;
	struct rcc_core *core;
	struct rcc_evidence *evidence;
	uint32_t year, number; /* the incident as people say it; year 0 = by its id, which is in `incident` */
	struct rcc_incident_id incident;
	struct rcc_mmsi ship; /* 0 = by its name, replay->ship */
	uint64_t upto;        /* the last entry that is looked at */
	struct rcc_link head; /* the last one that was */
	struct rcc_audit_report report;
};
/* Reads the journal twice: who and what is there to be told of, then the facts. False: the reason is on stderr. */
RCC_MUST_USE bool rcc_replay_gather(struct rcc_replay_making *making);
void rcc_replay_making_free(struct rcc_replay_making *making);
/* FILE in the centre's state directory. False: the path is too long. */
bool rcc_replay_beside(const struct rcc_replay *replay, const char *file, char *ret_path, size_t size);
/* sign.key of the centre. RCC_E_NOT_FOUND: it is not there; anything else: it is no key, or not of this journal. */
RCC_MUST_USE enum rcc_status rcc_replay_sign_key(const struct rcc_replay *replay, const struct rcc_key *wanted,
                                                 struct rcc_sign_key *ret_key, struct rcc_fault *ret_fault);

/* RFC 3339; without a fraction the whole second is meant, to its last millisecond. False: the reason is on stderr. */
bool rcc_replay_time(const char *text, int64_t *ret_at_ms);

/* ---- what is not there any more: erasure.c ---- */

/* What the record holds sealed, and what lies beside it. Zeroed at first; rcc_erasure_fini() at the end. */
/* A hold, an erasure or a purge of the record; of those of one rule, which come every day, the last. */
struct rcc_erasure_act {
	struct rcc_link link;
	int64_t first_at_ms; /* of the first of them */
	uint64_t times;
	struct rcc_event event;
};
/* New epochs that are told one by one: a record that was damaged more often has other troubles. */
#define RCC_EPOCHS_TOLD 16
struct rcc_epoch_told {
	struct rcc_link link; /* the entry with which it begins */
	struct rcc_epoch epoch;
};
struct rcc_erasure {
	uint32_t epoch_count; /* of all; the first so many are kept */
	struct rcc_epoch_told epoch[RCC_EPOCHS_TOLD];
	uint64_t contacts, notes; /* sealed in the record: callers' particulars, words of restricted notes */
	uint64_t readings;        /* of either: entries */
	struct rcc_seal_id *id;   /* their keys */
	size_t count, size;
	bool is_out_of_memory;
	bool has_keys; /* sealed.db lies there, and tells how many of the keys it has */
	size_t keys_there;
	struct rcc_erasure_act *act;
	size_t act_count, act_size;
	bool has_tracks;
	struct rcc_track_extent tracks;
};
/* The events that it takes. */
#define RCC_ERASURE_EVENTS 5
extern const enum rcc_event_kind rcc_erasure_events[RCC_ERASURE_EVENTS];
void rcc_erasure_take(struct rcc_erasure *erasure, const struct rcc_link *link, const struct rcc_entry *entry);
/* Looks at sealed.db and tracks.db beside the journal, or in --state-dir. */
void rcc_erasure_look(struct rcc_erasure *erasure, const struct rcc_replay *replay);
/* Lines for a person; since_ms: when the record begins. */
void rcc_erasure_print(const struct rcc_erasure *erasure, int64_t since_ms);
/* Where new epochs begin, and what became of the record before; nothing if there is none. */
void rcc_erasure_print_epochs(const struct rcc_erasure *erasure, FILE *out);
/* The same as members of a JSON object, each with a comma before it. */
void rcc_erasure_print_json(const struct rcc_erasure *erasure);
void rcc_erasure_fini(struct rcc_erasure *erasure);

/* Text between quotation marks, escaped for JSON (RFC 8259). */
void rcc_replay_print_json_text(const char *text, size_t len);

#endif

/*
 * replay.h - what the verbs of rcc-replay share: the journal they read, and how they say that it is not whole.
 */
#ifndef RCC_REPLAY_H
#define RCC_REPLAY_H

#include "journal/journal.h"

/* A checkpoint a minute for six weeks; a longer watch is verified in parts. */
#define RCC_WITNESSES_MAX 65536
/* Files given with --witness. */
#define RCC_WITNESS_FILES_MAX 64
#define RCC_JOURNAL_NAME_MAX 1000

/* The command line, understood. */
struct rcc_replay {
	char journal[RCC_JOURNAL_NAME_MAX + 1];
	const char *incident; /* NULL = all */
	bool is_json;
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
int rcc_replay_render(const struct rcc_replay *replay);

/*
 * Reads the whole journal, verifying it, and calls `visit` for each good entry. False if it is not whole: the reason has
 * been printed on stderr then.
 */
RCC_MUST_USE bool rcc_replay_read(const struct rcc_replay *replay, rcc_journal_replay_fn *visit, void *context,
                                  struct rcc_audit_report *ret_report);

/* Text between quotation marks, escaped for JSON (RFC 8259). */
void rcc_replay_print_json_text(const char *text, size_t len);

#endif

/*
 * crew.h - inside rcc-crew: the crew's terminal.
 *
 * main.c reads the command line by table.c; settings.c the configuration; verbs.c does what a crew says; words.c says what happened,
 * one line each, so that a screen reader and a script can follow; session.c is the loop between the two.
 */
#ifndef RCC_CREW_CREW_H
#define RCC_CREW_CREW_H

#include <stdio.h>

#include "librcc/options.h"
#include "rcc/client.h"

/* Longest line a crew may type, and words on it. */
#define RCC_CREW_LINE_MAX 1024
#define RCC_CREW_WORDS_MAX 64

/* Index of each option in rcc_crew_options. */
enum rcc_crew_option {
	CREW_TO,
	CREW_SERVER_KEY,
	CREW_KEY,
	CREW_STORE,
	CREW_NAME,
	CREW_MMSI,
	CREW_LINK,
	CREW_CONFIG,
	CREW_TIMEOUT,
	CREW_PLAIN,
	CREW_SCRIPT,
	CREW_POS,
	CREW_NATURE,
	CREW_PERSONS,
	CREW_TEXT,
	CREW_YES,
	CREW_EXERCISE,
	CREW_TEST,
	CREW_ETA,
	CREW_REASON,
	CREW_BY,
};
extern const struct rcc_program rcc_crew_program;

struct rcc_crew_settings {
	struct rcc_client_config client;
	char name[RCC_NAME_MAX + 1];
	struct rcc_mmsi mmsi;
	int64_t timeout_ms;
};

struct rcc_crew {
	struct rcc_crew_settings settings;
	struct rcc_client *client;
	bool is_session;  /* lines carry the time in front; the loop waits for answers */
	bool is_strict;   /* a script: the first failure ends it */
	bool is_degraded; /* the last beat said that nothing can be recorded */
	bool is_over;
	int exit; /* of the last verb */

	bool has_draft; /* a distress waits for SEND */
	struct rcc_alert draft;
	enum rcc_class draft_class;

	struct rcc_msg_id posted; /* the message a one-shot verb waits for */
	bool is_posted, is_answered;
	uint32_t welcomes, alerts, answers;                      /* happenings so far */
	uint32_t waited_welcomes, waited_alerts, waited_answers; /* those that `wait` has used up */
	struct rcc_envelope *message;                            /* ours to fill */
};

/* ---- settings.c: command line over configuration file over defaults. RCC_E_CONFIG. ---- */
RCC_MUST_USE enum rcc_status rcc_crew_settings_read(const struct rcc_parsed *parsed,
                                                    struct rcc_crew_settings *ret_settings,
                                                    struct rcc_fault *ret_fault);

/* ---- verbs.c: does what operand[0] says; sets crew->exit. ---- */
void rcc_crew_do(struct rcc_crew *crew, const struct rcc_parsed *parsed);
/* The second step of a distress: SEND sends the draft, anything else drops it. */
void rcc_crew_confirm(struct rcc_crew *crew, const char *line);

/* ---- session.c ---- */

/* Takes one happening, waiting at most timeout_ms; false if there was none. */
bool rcc_crew_take(struct rcc_crew *crew, int64_t timeout_ms);
/* Reads lines from `file` until its end or `quit`. */
void rcc_crew_session(struct rcc_crew *crew, FILE *file);
/* Splits a line into words, "quoted ones" kept whole; -1 if there are too many or a quote is not closed. */
int rcc_crew_split(char *line, char **words, int max);
int64_t rcc_crew_now_ms(void);

/* ---- words.c ---- */

/* One line of what happened, with the time in front in a session. */
void rcc_crew_say(const struct rcc_crew *crew, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* What is wrong, on stderr. */
void rcc_crew_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* "2026-11-23T03:12:07Z" */
const char *rcc_crew_time(char text[32], int64_t at_ms);
/* A delivery in whole sentences. */
void rcc_crew_show(const struct rcc_crew *crew, const struct rcc_inbox_row *row);
/* The loud block when it comes in. */
void rcc_crew_alarm(struct rcc_crew *crew, const struct rcc_delivery_msg *delivery);
/* "ALERT 13: MAYDAY RELAY 2026-0001, sinking, 35-12.40N 012-36.05E" */
void rcc_crew_headline(char *text, size_t size, const struct rcc_delivery_msg *delivery);
/* An alert of ours as it would be sent. */
void rcc_crew_show_draft(const struct rcc_alert *alert, enum rcc_class class);
void rcc_crew_report(struct rcc_crew *crew, enum rcc_client_event event, const struct rcc_envelope *message);
void rcc_crew_status(struct rcc_crew *crew);

#endif

/*
 * crew.h - inside rcc-crew: the crew's terminal.
 *
 * main.c reads the command line by table.c; settings.c the configuration; verbs.c does what a crew says, inbox.c what it asks;
 * voyage.c has the sailing plan and the exercises, survivors.c whom we have aboard and what they need, safety.c what a master says of a place of safety; words.c, places.c and report.c say what happened, one line each, so that a screen reader and a script can follow; session.c is the loop
 * between the two; watch.c knows which program of a ship hears its calls.
 */
#ifndef RCC_CREW_CREW_H
#define RCC_CREW_CREW_H

#include <stdio.h>

#include "crew/alarm.h"
#include "crew/board.h"
#include "crew/receiver.h"
#include "librcc/options.h"
#include "rcc/client.h"
#include "rcc/text.h"

/* Longest line a crew may type, and words on it. */
#define RCC_CREW_LINE_MAX 1024
#define RCC_CREW_WORDS_MAX 64

/* Does it say that a case is part of another one now? What is asked of her stands there. */
bool rcc_crew_is_joined(const struct rcc_delivery_msg *delivery);

/* Room for a centre's text in any language. */
#define RCC_CREW_WORDS_SIZE (3 * RCC_TEXT_MAX)
/* Is it of a place of safety: that it is hers, or that it is so no more? */
bool rcc_crew_is_of_place(const char *text);
/* A text of the centre with what its machine added to it said in the language of the crew (phrases.c). */
const char *rcc_crew_centre_words(char ret_text[RCC_CREW_WORDS_SIZE], const char *text);

/* Index of each option in rcc_crew_options. */
enum rcc_crew_option {
	CREW_TO,
	CREW_SERVER_KEY,
	CREW_KEY,
	CREW_STORE,
	CREW_NAME,
	CREW_MMSI,
	CREW_LINK,
	CREW_BUDGET,
	CREW_CALL_IN,
	CREW_CONFIG,
	CREW_TIMEOUT,
	CREW_PLAIN,
	CREW_ASCII,
	CREW_PALETTE,
	CREW_GPSD,
	CREW_ALARM_COMMAND,
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
	CREW_EVERY,
	CREW_CHECKED,
	CREW_MISSING,
	CREW_FILE,
	CREW_COMPANY,
	CREW_COMPANY_CONTACT,
	CREW_POLICY,
	CREW_MEN,
	CREW_WOMEN,
	CREW_ADULTS,
	CREW_CHILDREN,
	CREW_UNACCOMPANIED,
	CREW_INFANTS,
	CREW_PREGNANT,
	CREW_INJURED,
	CREW_DISABLED,
	CREW_FAMILIES,
	CREW_DEAD,
	CREW_SAFE_HOURS,
	CREW_PROTECTION,
	CREW_INTERPRETER,
	CREW_NEXT_PORT,
	CREW_QUANTITY,
	CREW_ID,
	CREW_STATE,
	CREW_OUTPUT,
	CREW_WEATHER,
	CREW_HTML,
	CREW_WHOLE,
};
extern const struct rcc_program rcc_crew_program;

struct rcc_crew_settings {
	struct rcc_client_config client;
	char name[RCC_NAME_MAX + 1];
	struct rcc_mmsi mmsi;
	char gpsd[RCC_ENDPOINT_MAX + 1]; /* empty = none */
	char alarm_command[RCC_ALARM_COMMAND_MAX + 1];
	int64_t timeout_ms;
	int64_t fetch_ms; /* how long a single verb waits for what the centre holds for us */
};

/* Whether this program is the one that the centre's calls come to. */
enum rcc_crew_watch {
	CREW_WATCH_NONE,  /* not asked for */
	CREW_WATCH_OURS,  /* ours */
	CREW_WATCH_TAKEN, /* another rcc-crew with this key has it */
};

struct rcc_crew {
	struct rcc_crew_settings settings;
	struct rcc_client *client;
	bool is_session;  /* lines carry the time in front; the loop waits for answers */
	bool is_strict;   /* a script: the first failure ends it */
	bool is_degraded; /* the last beat said that nothing can be recorded */
	bool is_over;
	int exit; /* of the last verb */

	enum rcc_crew_watch watch;
	int watch_fd; /* holds it while CREW_WATCH_OURS */
	int64_t watch_since_ms, watch_tried_ms;
	bool is_watch_told;

	int64_t set_back_at_ms; /* when we saw that the centre had lost what it accepted from us; 0 = never */
	bool is_welcomed;       /* said so, and not lost since */
	bool was_known;         /* the centre knew our key in this process */
	enum rcc_role role;
	char centre[RCC_NAME_MAX + 1];

	/* What waits for the word SEND. */
	enum rcc_crew_draft {
		CREW_DRAFT_NONE = 0,
		CREW_DRAFT_ALERT,
		CREW_DRAFT_SURVIVORS,
		CREW_DRAFT_POSITION,
	} waits;
	struct rcc_pos draft_pos;
	struct rcc_survivors draft_survivors;
	struct rcc_alert draft;
	enum rcc_class draft_class;

	struct rcc_board *board; /* NULL in a verb that needs none */
	bool is_clock_told;      /* that ours and the centre's differ */
	uint64_t store_changes;  /* of the client, when the board was read from the store */
	struct rcc_alarm alarm;
	bool is_loss_due; /* the link was lost just now: the bell says so, once */
	struct rcc_receiver receiver;

	struct rcc_pos own; /* where we are, as we said last */
	int64_t own_at_ms;  /* 0 = we have not said */
	int64_t own_told_at_ms,
	    own_told_ms; /* the fix that the centre was sent last, and when by our monotonic clock */

	struct rcc_msg_id posted; /* the message a one-shot verb waits for */
	bool is_posted, is_answered;
	uint32_t welcomes, alerts, answers;                      /* happenings so far */
	uint32_t waited_welcomes, waited_alerts, waited_answers; /* those that `wait` has used up */
	struct rcc_envelope *message;                            /* ours to fill */
};

/* ---- settings.c: command line over configuration file over defaults. RCC_E_CONFIG. ---- */
/* --timeout, or what it is without. RCC_E_RANGE. */
RCC_MUST_USE enum rcc_status rcc_crew_timeout(const struct rcc_parsed *parsed, int64_t *ret_timeout_ms,
                                              struct rcc_fault *ret_fault);
RCC_MUST_USE enum rcc_status rcc_crew_settings_read(const struct rcc_parsed *parsed,
                                                    struct rcc_crew_settings *ret_settings,
                                                    struct rcc_fault *ret_fault);

/* What must be named to speak to a centre. RCC_E_RANGE. */
RCC_MUST_USE enum rcc_status rcc_crew_settings_check(const struct rcc_crew_settings *settings,
                                                     struct rcc_fault *ret_fault);

/* ---- watch.c: of all programs with one key, one hears the centre. The kernel ends its watch when it ends. ---- */

/* Takes the watch if it is free; needs the key file. */
void rcc_crew_watch_take(struct rcc_crew *crew);
/* A session goes on trying, and hears the calls as soon as the other has ended. */
void rcc_crew_watch_retry(struct rcc_crew *crew);
void rcc_crew_watch_end(struct rcc_crew *crew);

/* ---- inbox.c: what the centre has sent. A single verb without a session beside it fetches what waits first. ---- */

/* Whether this verb, alone on the command line, wants what waits at the centre. */
bool rcc_crew_wants_calls(const struct rcc_parsed *parsed);
/* For a single verb alone: brings what waits at the centre to this disk first, or says that it could not. */
void rcc_crew_fetch(struct rcc_crew *crew);
void rcc_crew_inbox(struct rcc_crew *crew);
void rcc_crew_show_one(struct rcc_crew *crew, const struct rcc_parsed *parsed);
void rcc_crew_read(struct rcc_crew *crew, const struct rcc_parsed *parsed);
/* The alarm has been acknowledged, but the store took nothing: the centre must be told otherwise. */
void rcc_crew_say_read_here(const struct rcc_crew *crew);
void rcc_crew_status(struct rcc_crew *crew);

/* ---- verbs.c: does what operand[0] says; sets crew->exit. ---- */
void rcc_crew_do(struct rcc_crew *crew, const struct rcc_parsed *parsed);
/* What is wrong, and the exit code for it. */
void rcc_crew_fail(struct rcc_crew *crew, int exit_code, const char *sentence);
/* A whole number from 0 to max. */
bool rcc_crew_number(const char *text, uint32_t max, uint32_t *ret_number);
/* NULL if there are fewer. */
const char *rcc_crew_operand(const struct rcc_parsed *parsed, int index);
/* The latest delivery about an incident: "latest", "2026-0001" or its plain id; complains if there is none. */
bool rcc_crew_find_incident(struct rcc_crew *crew, const char *which, struct rcc_inbox_row *ret_row);
/* The same for what is said about those in danger: a "latest" that is over may be another case than the one that is meant. */
bool rcc_crew_find_work(struct rcc_crew *crew, const char *which, struct rcc_inbox_row *ret_row);
/* Who says "latest" of a case that is over, and has others, may mean one of those: false, and nothing is sent. */
bool rcc_crew_latest_is_meant(struct rcc_crew *crew, const char *which, const struct rcc_inbox_row *row);
/* Is the case of this line over for us: cancelled, or we are released? */
bool rcc_crew_is_over(const struct rcc_crew *crew, const struct rcc_inbox_row *row);
/* The same for what answers a call: our own distress is none. */
/* Who says "latest" cannot have meant what has just come in: false, and said so. Fetches what waits, of a verb alone. */
bool rcc_crew_has_seen_latest(struct rcc_crew *crew, const char *which);
bool rcc_crew_find_call(struct rcc_crew *crew, const char *which, struct rcc_inbox_row *ret_row);
/* Minutes from at_ms on: "95min", "2h", "1h35", or a time of the day (UTC), "16:00". */
bool rcc_crew_eta_parse(const char *text, int64_t at_ms, uint32_t *ret_min);
void rcc_crew_answer(struct rcc_crew *crew, const struct rcc_parsed *parsed);
/* Sends crew->message; a single verb waits for the answer. */
void rcc_crew_post(struct rcc_crew *crew);
/* --pos, if it was given: it is also where we are from now on. False: it cannot be read, and that was told. */
bool rcc_crew_pos(const struct rcc_parsed *parsed, struct rcc_pos *ret_pos);
bool rcc_crew_persons(const struct rcc_parsed *parsed, uint32_t *ret_persons);
/* The second step of a distress or a report: SEND sends the draft, anything else drops it. */
void rcc_crew_confirm(struct rcc_crew *crew, const char *line);

/* ---- distress.c: the same two steps, whoever asks for them ---- */

void rcc_crew_distress(struct rcc_crew *crew, const struct rcc_parsed *parsed);
void rcc_crew_withdraw(struct rcc_crew *crew, const struct rcc_parsed *parsed);
/* The centre ends at entry `head` and had more: says so, and raises our distress anew if it is among what is lost. */
void rcc_crew_set_back(struct rcc_crew *crew, uint64_t head, uint64_t before);

/* ---- lookout.c: what a session minds beside what is typed ---- */

/* Reads the board from the store. RCC_E_FULL. */
RCC_MUST_USE enum rcc_status rcc_crew_board_open(struct rcc_crew *crew);
/* What the client reports, told and put on the board. */
void rcc_crew_happened(struct rcc_crew *crew, enum rcc_client_event event, const struct rcc_envelope *message);
/* Our own position, and the alarm. True: sound the bell. Call at least once a second. */
bool rcc_crew_turn(struct rcc_crew *crew);
/* UTC. */
int64_t rcc_crew_at_ms(void);

/* ---- watch_words.c: the board in words ---- */

void rcc_crew_tell_watch(struct rcc_crew *crew);
void rcc_crew_tell_plot(struct rcc_crew *crew);
/* position.c */
void rcc_crew_position(struct rcc_crew *crew, const struct rcc_parsed *parsed);
/* The position that was read back is ours. */
void rcc_crew_take_position(struct rcc_crew *crew);
/* Sends where we are to the centre: what is typed at once, a receiver's fix every three minutes; once there is a link. */
void rcc_crew_tell_position(struct rcc_crew *crew);
const char *rcc_crew_duty_word(enum rcc_board_duty duty);
/* What we have answered and whether the centre has it; empty if nothing. */
void rcc_crew_answer_line(char *text, size_t size, const struct rcc_board_case *c);
/* The same of what we said to the latest order alone. */
void rcc_crew_order_line(char *text, size_t size, const struct rcc_board_case *c);
/* "23.5 NM 291 T, 1 h 35 min at 14.8 kn" */
void rcc_crew_way_line(char *text, size_t size, const struct rcc_board_way *way);
/* Why a master does not proceed, in words fit for the ship's log. */
const char *rcc_crew_reason_words(enum rcc_reason reason);
const char *rcc_crew_answer_words(enum rcc_answer_kind kind);
/* The same with her time to go, if she told one. */
#define RCC_CREW_SAID_SIZE 80
void rcc_crew_said_words(char text[RCC_CREW_SAID_SIZE], const struct rcc_answer *answer);

/* ---- logbook.c ---- */

/* What a master can put into the official log book; returns the exit code. Needs the store alone. */
int rcc_crew_log(struct rcc_crew *crew, const struct rcc_parsed *parsed);

/* ---- voyage.c ---- */

void rcc_crew_plan(struct rcc_crew *crew, const struct rcc_parsed *parsed);
void rcc_crew_drill(struct rcc_crew *crew, const struct rcc_parsed *parsed);
/* What we see that is no distress: of a case, or of none. */
void rcc_crew_observe(struct rcc_crew *crew, const struct rcc_parsed *parsed);

/* ---- profile.c: what our ship can do, what her readiness check found missing, and who runs her. ---- */

/* Does the line say anything beside KEY=VALUE? */
bool rcc_crew_profile_is_told(const struct rcc_parsed *parsed);

void rcc_crew_profile(struct rcc_crew *crew, const struct rcc_parsed *parsed);
/* The keys, their units and what they mean; needs no centre. */
void rcc_crew_profile_keys(void);

/* ---- survivors.c: whom we have aboard, and what they need ---- */

void rcc_crew_survivors(struct rcc_crew *crew, const struct rcc_parsed *parsed);
void rcc_crew_need(struct rcc_crew *crew, const struct rcc_parsed *parsed);
/* Sends the draft. */
void rcc_crew_send_survivors(struct rcc_crew *crew);

/* ---- pack.c: our own evidence pack of a case; it verifies without the centre ---- */

void rcc_crew_pack(struct rcc_crew *crew, const struct rcc_parsed *parsed);
/* Needs the store alone, neither a centre nor a network. Returns the exit code. */
int rcc_crew_verify_pack(const struct rcc_crew *crew, const struct rcc_parsed *parsed);
/* ---- safety.c ---- */

/* What the master says of a place of safety: where he would go, what he objects to, what survivors fear. */
void rcc_crew_place(struct rcc_crew *crew, const struct rcc_parsed *parsed);

/* ---- session.c ---- */

/* Takes one happening, waiting at most timeout_ms; false if there was none. */
bool rcc_crew_take(struct rcc_crew *crew, int64_t timeout_ms);
/* Reads lines from `file` until its end or `quit`. */
void rcc_crew_session(struct rcc_crew *crew, FILE *file);
/* Does what a line says, as if it were typed. */
void rcc_crew_line(struct rcc_crew *crew, char *line);
/* Splits a line into words, "quoted ones" kept whole; -1 if there are too many or a quote is not closed. */
int rcc_crew_split(char *line, char **words, int max);
int64_t rcc_crew_now_ms(void);

/* ---- words.c ---- */

/* One line of what happened, with the time in front in a session. */
void rcc_crew_say(const struct rcc_crew *crew, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* What is wrong, on stderr. */
void rcc_crew_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* A position, or that none is known, in the language of the person. Returns text. */
const char *rcc_crew_pos_words(char text[RCC_POS_TEXT_SIZE], struct rcc_pos pos);
/* A word of text.h in the language of the person: for sentences, never for what a machine reads. */
const char *rcc_crew_term(const char *word);
/* Do the translators know it? */
bool rcc_crew_is_term(const char *word);
/* A number of persons: nobody said so is not nobody. Returns text. */
const char *rcc_crew_number_words(char text[32], uint32_t persons);
/* "2026-11-23T03:12:07Z" */
const char *rcc_crew_time(char text[32], int64_t at_ms);
/* "MAYDAY RELAY", and for what is not live words that nobody takes for it. */
const char *rcc_crew_kind_words(const struct rcc_delivery_msg *delivery);
/* How many of those of whom it speaks are still to be found; "" if all of them, or it is not known. */
#define RCC_CREW_LEFT_SIZE 120
const char *rcc_crew_left_words(char ret_text[RCC_CREW_LEFT_SIZE], const struct rcc_delivery_msg *delivery);
/* Is it about this ship, by her number or by the case that the centre opened for her distress? */
bool rcc_crew_is_ours(const struct rcc_crew *crew, const struct rcc_delivery_msg *delivery);
/* What the law asks of this ship, sentence by sentence; returns how many. */
#define RCC_CREW_DUTY_LINES_MAX 4
int rcc_crew_duty_lines(const struct rcc_crew *crew, const struct rcc_delivery_msg *delivery,
                        const char *ret_lines[RCC_CREW_DUTY_LINES_MAX]);
/* A delivery in whole sentences. */
void rcc_crew_show(const struct rcc_crew *crew, const struct rcc_inbox_row *row);
/* The loud block when it comes in. */
void rcc_crew_alarm(struct rcc_crew *crew, const struct rcc_delivery_msg *delivery);
/* "ALERT 13: MAYDAY RELAY 2026-0001, sinking, 35-12.40N 012-36.05E" */
void rcc_crew_headline(char *text, size_t size, const struct rcc_delivery_msg *delivery);
/* An alert of ours as it would be sent. */
void rcc_crew_show_draft(const struct rcc_alert *alert, enum rcc_class class);
/* Nothing that is not live may look live, even when only one of its lines is seen: "" or the class in capitals. */
const char *rcc_crew_class_mark(enum rcc_class class);
/* The same for each further line of it: "" or the class once. */
const char *rcc_crew_line_mark(enum rcc_class class);
/* The verbs, for one who sits in a session. */
/* Which case "latest" is, and whether it is over for us. */
void rcc_crew_say_latest(struct rcc_crew *crew, const struct rcc_inbox_row *row, const char *name);
/* Of one verb, or (NULL) the list of them; false after complaining: there is no such verb. */
bool rcc_crew_help(const char *verb);

/* ---- places.c ---- */

/* The places where it may be, each with range and bearing from where we are if that is known. */
void rcc_crew_show_places(const struct rcc_crew *crew, const struct rcc_delivery_msg *delivery);
/* Great circle on a sphere: for a glance, not for navigation. */
void rcc_crew_range(struct rcc_pos from, struct rcc_pos to, double *ret_nm, double *ret_deg);

/* ---- report.c ---- */

void rcc_crew_report(struct rcc_crew *crew, enum rcc_client_event event, const struct rcc_envelope *message);
/* The link, what waits, what the centre has of ours. */
void rcc_crew_print_status(struct rcc_crew *crew);
/* How far our clock is from the centre's; NULL where they agree. Valid until the next call. */
const char *rcc_crew_clock_words(const struct rcc_crew *crew);

#endif

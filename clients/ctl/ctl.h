/*
 * ctl.h - rccctl: what every verb needs: the options, the connection, the way to ask and to act.
 *
 * Errors: a function that returns an int returns an exit code (librcc/options.h); unless it is RCC_EXIT_OK, one sentence
 *         that says what to do stands on stderr already.
 */
#ifndef RCC_CTL_H
#define RCC_CTL_H

#include <jansson.h>
#include <stdio.h>

#include "librcc/options.h"
#include "rcc/client.h"
#include "rcc/entry.h"

/* Index of each option in the table of main.c. */
enum rcc_ctl_option {
	RCC_CTL_OPTION_ENDPOINT,
	RCC_CTL_OPTION_SERVER_KEY,
	RCC_CTL_OPTION_KEY_FILE,
	RCC_CTL_OPTION_STATE_DIR,
	RCC_CTL_OPTION_JSON,
	RCC_CTL_OPTION_TIMEOUT,
	RCC_CTL_OPTION_NEAR,
	RCC_CTL_OPTION_WITHIN,
	RCC_CTL_OPTION_HOLD,
	RCC_CTL_OPTION_REASON,
	RCC_CTL_OPTION_OUTCOME,
	RCC_CTL_OPTION_ROLE,
	RCC_CTL_OPTION_MMSI,
	RCC_CTL_OPTION_OWNER,
	RCC_CTL_OPTION_KEY,
	RCC_CTL_OPTION_FROM,
	RCC_CTL_OPTION_COUNT,
	RCC_CTL_OPTION_INTERACTIVE,
	RCC_CTL_OPTION_BY,
	RCC_CTL_OPTION_CENTRE,
	RCC_CTL_OPTION_NAME,
	RCC_CTL_OPTION_CALLSIGN,
	RCC_CTL_OPTION_POS,
	RCC_CTL_OPTION_POS_TIME,
	RCC_CTL_OPTION_RADIUS,
	RCC_CTL_OPTION_NATURE,
	RCC_CTL_OPTION_PERSONS,
	RCC_CTL_OPTION_CATEGORY,
	RCC_CTL_OPTION_BEACON,
	RCC_CTL_OPTION_TEXT,
	RCC_CTL_OPTION_CONTACT,
	RCC_CTL_OPTION_INCIDENT,
	RCC_CTL_OPTION_CLASS,
	RCC_CTL_OPTION_REVIEW,
	RCC_CTL_OPTION_VERIFIED,
	RCC_CTL_OPTION_UNDER,
	RCC_CTL_OPTION_ALONE,
	RCC_CTL_OPTION_ETA,
	RCC_CTL_OPTION_EVERY,
	RCC_CTL_OPTION_EXPIRES,
	RCC_CTL_OPTION_THEIRS_OVER,
	RCC_CTL_OPTION_AS,
	RCC_CTL_OPTION_STATION,
	RCC_CTL_OPTION_FULL,
	RCC_CTL_OPTION_FINAL,
	RCC_CTL_OPTION_PUBLIC,
	RCC_CTL_OPTION_ALL,
	RCC_CTL_OPTION_CHECKED,
	RCC_CTL_OPTION_SHIP,
	RCC_CTL_OPTION_MEN,
	RCC_CTL_OPTION_TO,
	RCC_CTL_OPTION_DEAD,
	RCC_CTL_OPTION_KIND,
	RCC_CTL_OPTION_AUTHORITY,
	RCC_CTL_OPTION_CONSULTED,
	RCC_CTL_OPTION_OTHERS_COMPLY,
	RCC_CTL_OPTION_CONTROL,
	RCC_CTL_OPTION_ACCEPTED,
	RCC_CTL_OPTION_WHEN,
	RCC_CTL_OPTION_LIFT,
	RCC_CTL_OPTION_BEFORE,
	RCC_CTL_OPTION_CHECKS,
	RCC_CTL_OPTION_OFFICER,
	RCC_CTL_OPTION_ADDRESS,
	RCC_CTL_OPTION_WOMEN,
	RCC_CTL_OPTION_ADULTS,
	RCC_CTL_OPTION_CHILDREN,
	RCC_CTL_OPTION_UNACCOMPANIED,
	RCC_CTL_OPTION_INFANTS,
	RCC_CTL_OPTION_PREGNANT,
	RCC_CTL_OPTION_INJURED,
	RCC_CTL_OPTION_DISABLED,
	RCC_CTL_OPTION_FAMILIES,
	RCC_CTL_OPTION_FROM_SHIP,
	RCC_CTL_OPTION_TO_SHIP,
	RCC_CTL_OPTION_FAMILY,
	RCC_CTL_OPTION_PLACE,
	RCC_CTL_OPTION_MORE_FOUND,
	RCC_CTL_OPTION_AT,
	RCC_CTL_OPTION_SAFE_HOURS,
	RCC_CTL_OPTION_PROTECTION,
	RCC_CTL_OPTION_INTERPRETER,
	RCC_CTL_OPTION_NEXT_PORT,
	RCC_CTL_OPTION_QUANTITY,
	RCC_CTL_OPTION_ID,
	RCC_CTL_OPTION_STATE,
	RCC_CTL_OPTION_ON_SCENE,
	RCC_CTL_OPTION_MONITOR,
	RCC_CTL_OPTION_MISSING,
	RCC_CTL_OPTION_COMPANY,
	RCC_CTL_OPTION_COMPANY_CONTACT,
	RCC_CTL_OPTION_POLICY,
	RCC_CTL_OPTION_SEALED,
	RCC_CTL_OPTION_KEYS,
	RCC_CTL_OPTION_INTO,
	RCC_CTL_OPTION_UNSAFE,
	RCC_CTL_OPTION_OVERRIDE,
	RCC_CTL_OPTION_EXTRA_NM,
	RCC_CTL_OPTION_EXTRA_H,
	RCC_CTL_OPTIONS,
};

/* One run of the program. */
/* Two paths, an address and a key. */
#define RCC_CTL_CALL_SIZE 1024

struct rcc_ctl {
	const char *const *option; /* by enum rcc_ctl_option; NULL = not given */
	const char *verb;
	char *const *operand; /* after the verb */
	int operand_count;
	bool is_json;
	int64_t timeout_ms;
	FILE *in, *out;
	struct rcc_client *client;    /* NULL until rcc_ctl_connect() */
	struct rcc_envelope *message; /* about 1 MB, one for the whole run */
	struct rcc_accepted accepted; /* of the last rcc_ctl_act() that was done */
	bool is_quiet;                /* a view is asked for in passing: its failure is not told */
	char call
	    [RCC_CTL_CALL_SIZE]; /* options that say which centre, as they were given, each with a blank behind it */
};

/* One sentence on stderr, and its exit code. */
int rcc_ctl_fail(int exit_code, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- how it was called (call.c) ---- */

/* Sets ctl->call. Pre: options and verb are set. */
void rcc_ctl_call_read(struct rcc_ctl *ctl);

/* ---- connection (session.c) ---- */

#define RCC_CTL_TIMEOUT_DEFAULT_S 10
#define RCC_CTL_TIMEOUT_MAX_S 3600

/* Where to connect, from the options alone and what lies on disk; touches ret_config only on success. */
int rcc_ctl_target(const struct rcc_ctl *ctl, struct rcc_client_config *ret_config);
/* Connects if that has not been done. */
int rcc_ctl_connect(struct rcc_ctl *ctl);
void rcc_ctl_disconnect(struct rcc_ctl *ctl);

/* Called for each line of a view, ended by NUL, without its newline; non-zero ends the reading with that exit code. */
typedef int rcc_ctl_line_fn(void *context, const char *line);
/* Asks for a view, page after page. `page_end` (may be NULL) is called after each page. */
typedef void rcc_ctl_page_fn(void *context);
int rcc_ctl_view(struct rcc_ctl *ctl, const struct rcc_view *view, rcc_ctl_line_fn *line, rcc_ctl_page_fn *page_end,
                 void *context);
/* Sends the action in ctl->message (kind and body are set), prints its receipt and keeps it in ctl->accepted. */
int rcc_ctl_act(struct rcc_ctl *ctl);
/* The same, for a caller that prints ctl->accepted itself. */
int rcc_ctl_act_quietly(struct rcc_ctl *ctl);

/* A name of 1 to RCC_NAME_MAX bytes; role, MMSI and kind of owner of whoever is to be enrolled. An exit code, and why is said. */
int rcc_ctl_set_name(char name[RCC_NAME_MAX + 1], const char *text);
int rcc_ctl_set_enrol(const struct rcc_ctl *ctl, struct rcc_enrol *enrol);

/* ---- the record (entry.c, receipt.c) ---- */

/*
 * Reads one entry, waiting not longer than two seconds; false if it does not come: what was done is done, and only the words
 * about it are missing.
 */
bool rcc_ctl_entry_read(struct rcc_ctl *ctl, uint64_t seq, struct rcc_link *ret_link, struct rcc_entry *ret_entry);
/* The receipt in ctl->accepted, and what that entry says: which case, which ships were told, what may belong to it. */
void rcc_ctl_receipt_print(struct rcc_ctl *ctl);

/* ---- refusals (explain.c) ---- */

#define RCC_CTL_WHY_SIZE 2048
/*
 * Why the order in ctl->message was refused, in one sentence with the next step, from what the centre shows of the case;
 * false if that explains nothing. ctl->message is used for the questions.
 */
bool rcc_ctl_explain(struct rcc_ctl *ctl, const struct rcc_refused *refused, char why[RCC_CTL_WHY_SIZE]);

/* ---- operands and options as values (arguments.c) ---- */

/* INC: YYYY-NNNN, asked of the daemon, or an id. */
int rcc_ctl_incident(struct rcc_ctl *ctl, const char *text, struct rcc_incident_id *ret_incident);
/* "2026-0001" of an id, asked of the daemon; "incident 7" when it does not say. */
#define RCC_CTL_NUMBER_SIZE 24
const char *rcc_ctl_incident_number(struct rcc_ctl *ctl, struct rcc_incident_id incident,
                                    char number[RCC_CTL_NUMBER_SIZE]);
/* ALERT: its number. */
int rcc_ctl_alert(const char *text, struct rcc_alert_id *ret_alert);
/* Reads "2026-0001"; false if the text is not of that form. */
bool rcc_ctl_number_parse(const char *text, uint32_t *ret_year, uint32_t *ret_number);
/* Reads an unsigned number of 1..max written in decimal digits only. */
bool rcc_ctl_uint_parse(const char *text, uint64_t max, uint64_t *ret_value);
/* Nautical miles with up to three decimals, as whole metres: "30", "0.5". */
bool rcc_ctl_nm_parse(const char *text, uint32_t *ret_m);
/*
 * An instant: RFC 3339 in UTC with Z; "+6h", "+90min": so long from now; "-20min": so long ago; "14:20": that time (UTC) of
 * today or of the day before or after, whichever is nearest.
 */
bool rcc_ctl_when_parse(const char *text, int64_t now_ms, int64_t *ret_at_ms);
/* The same of what is still to come: "14:20" is the next one. */
bool rcc_ctl_when_ahead_parse(const char *text, int64_t now_ms, int64_t *ret_at_ms);
int64_t rcc_ctl_now_ms(void);
/* Text of one line; breaks in it become spaces. What is wrong is said under the name of `what`. */
int rcc_ctl_text(const char *what, const char *text, char *array, size_t size);
/* What was given of these, as values; what was not leaves *ret untouched. A position is read back on ctl->out. */
int rcc_ctl_option_pos(const struct rcc_ctl *ctl, struct rcc_pos *ret_pos);
int rcc_ctl_option_nature(const struct rcc_ctl *ctl, enum rcc_nature *ret_nature);
int rcc_ctl_option_persons(const struct rcc_ctl *ctl, uint32_t *ret_persons);
int rcc_ctl_option_mmsi(const struct rcc_ctl *ctl, struct rcc_mmsi *ret_mmsi);
int rcc_ctl_option_text(const struct rcc_ctl *ctl, enum rcc_ctl_option option, char *array, size_t size);
/* "fire, flooding, ...", for messages. */
#define RCC_CTL_NATURES_SIZE 256
const char *rcc_ctl_natures(char text[RCC_CTL_NATURES_SIZE]);
/* Nobody counts more: a typing error. */
#define RCC_CTL_PERSONS_MAX 100000
/* A public key: 40 characters of Z85, or the name of a file that holds them. */
int rcc_ctl_public_key(const char *text, struct rcc_key *ret_key);
/* What a refused field of persons or needs means, in the words of a watch room; NULL = none of these. */
const char *rcc_ctl_persons_refusal(const char *field);
/* --reason, required. */
int rcc_ctl_reason(const struct rcc_ctl *ctl, char reason[RCC_TEXT_MAX + 1]);

/* A number from 0 to max; an MMSI. What is not given leaves *ret untouched. */
int rcc_ctl_option_number(const struct rcc_ctl *ctl, enum rcc_ctl_option option, const char *name, uint32_t max,
                          uint32_t *ret);
int rcc_ctl_option_ship(const struct rcc_ctl *ctl, enum rcc_ctl_option option, struct rcc_mmsi *ret_ship);
/* Prints a view as a table of each class of lines, or as JSON; `nothing` (may be NULL) is said when it has no lines. */
int rcc_ctl_show(struct rcc_ctl *ctl, const struct rcc_view *view, const char *details, const char *nothing);

/* ---- verbs ---- */

typedef int rcc_ctl_verb_fn(struct rcc_ctl *ctl);
rcc_ctl_verb_fn rcc_ctl_verb_queue, rcc_ctl_verb_status, rcc_ctl_verb_alerts, rcc_ctl_verb_alert,
    rcc_ctl_verb_incidents, rcc_ctl_verb_show, rcc_ctl_verb_vessels, rcc_ctl_verb_vessel, rcc_ctl_verb_deliveries,
    rcc_ctl_verb_peers;
rcc_ctl_verb_fn rcc_ctl_verb_relay, rcc_ctl_verb_cancel, rcc_ctl_verb_close, rcc_ctl_verb_accept, rcc_ctl_verb_dismiss,
    rcc_ctl_verb_enrol, rcc_ctl_verb_revoke, rcc_ctl_verb_invite, rcc_ctl_verb_rekey;
rcc_ctl_verb_fn rcc_ctl_verb_contact, rcc_ctl_verb_read_note, rcc_ctl_verb_notes;
rcc_ctl_verb_fn rcc_ctl_verb_places, rcc_ctl_verb_place;
rcc_ctl_verb_fn rcc_ctl_verb_open, rcc_ctl_verb_phase, rcc_ctl_verb_suspend, rcc_ctl_verb_resume, rcc_ctl_verb_classify,
    rcc_ctl_verb_join, rcc_ctl_verb_split, rcc_ctl_verb_group, rcc_ctl_verb_suggestions, rcc_ctl_verb_plans,
    rcc_ctl_verb_plan, rcc_ctl_verb_flood, rcc_ctl_verb_handover, rcc_ctl_verb_handovers, rcc_ctl_verb_request,
    rcc_ctl_verb_requests;
rcc_ctl_verb_fn rcc_ctl_verb_notice, rcc_ctl_verb_render, rcc_ctl_verb_sitrep, rcc_ctl_verb_sitreps;
rcc_ctl_verb_fn rcc_ctl_verb_persons, rcc_ctl_verb_survivors, rcc_ctl_verb_needs, rcc_ctl_verb_need;
/* The work of a case: work.c. */
rcc_ctl_verb_fn rcc_ctl_verb_task, rcc_ctl_verb_release, rcc_ctl_verb_answer, rcc_ctl_verb_smc, rcc_ctl_verb_over,
    rcc_ctl_verb_comms, rcc_ctl_verb_note, rcc_ctl_verb_referral, rcc_ctl_verb_legal_hold, rcc_ctl_verb_erase,
    rcc_ctl_verb_purge, rcc_ctl_verb_duty, rcc_ctl_verb_duties, rcc_ctl_verb_closing;
/* `persons` without a move: views.c. */
rcc_ctl_verb_fn rcc_ctl_show_persons;
/* What the next watch must know: the queue, open cases, open needs. */
rcc_ctl_verb_fn rcc_ctl_show_open;
rcc_ctl_verb_fn rcc_ctl_verb_bulletin, rcc_ctl_verb_conduct_card, rcc_ctl_verb_circulars, rcc_ctl_verb_observations;
rcc_ctl_verb_fn rcc_ctl_verb_attach, rcc_ctl_verb_custody, rcc_ctl_verb_attached;
rcc_ctl_verb_fn rcc_ctl_verb_profile, rcc_ctl_verb_rank, rcc_ctl_verb_parity;
rcc_ctl_verb_fn rcc_ctl_verb_backup, rcc_ctl_verb_restore, rcc_ctl_verb_new_epoch;
rcc_ctl_verb_fn rcc_ctl_verb_keygen, rcc_ctl_verb_server_key, rcc_ctl_verb_watch;

#endif

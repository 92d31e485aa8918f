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

/* Index of each option in the table of main.c. */
enum ctl_option {
	CTL_OPTION_ENDPOINT,
	CTL_OPTION_SERVER_KEY,
	CTL_OPTION_KEY_FILE,
	CTL_OPTION_STATE_DIR,
	CTL_OPTION_JSON,
	CTL_OPTION_TIMEOUT,
	CTL_OPTION_NEAR,
	CTL_OPTION_WITHIN,
	CTL_OPTION_HOLD,
	CTL_OPTION_REASON,
	CTL_OPTION_OUTCOME,
	CTL_OPTION_ROLE,
	CTL_OPTION_MMSI,
	CTL_OPTION_OWNER,
	CTL_OPTION_KEY,
	CTL_OPTION_FROM,
	CTL_OPTION_COUNT,
	CTL_OPTIONS,
};

/* One run of the program. */
struct ctl {
	const char *const *option; /* by enum ctl_option; NULL = not given */
	const char *verb;
	char *const *operand; /* after the verb */
	int operand_count;
	bool is_json;
	int64_t timeout_ms;
	FILE *out;
	struct rcc_client *client;    /* NULL until ctl_connect() */
	struct rcc_envelope *message; /* about 1 MB, one for the whole run */
};

/* One sentence on stderr, and its exit code. */
int ctl_fail(int exit_code, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- connection (session.c) ---- */

#define CTL_TIMEOUT_DEFAULT_S 10
#define CTL_TIMEOUT_MAX_S 3600

/* Where to connect, from the options alone and what lies on disk; touches ret_config only on success. */
int ctl_target(const struct ctl *ctl, struct rcc_client_config *ret_config);
/* Connects if that has not been done. */
int ctl_connect(struct ctl *ctl);
void ctl_disconnect(struct ctl *ctl);

/* Called for each line of a view, ended by NUL, without its newline; non-zero ends the reading with that exit code. */
typedef int ctl_line_fn(void *context, const char *line);
/* Asks for a view, page after page. `page_end` (may be NULL) is called after each page. */
typedef void ctl_page_fn(void *context);
int ctl_view(struct ctl *ctl, const struct rcc_view *view, ctl_line_fn *line, ctl_page_fn *page_end, void *context);
/* Sends the action in ctl->message (kind and body are set) and prints its receipt. */
int ctl_act(struct ctl *ctl);

/* ---- operands and options as values (arguments.c) ---- */

/* INC: YYYY-NNNN, asked of the daemon, or an id. */
int ctl_incident(struct ctl *ctl, const char *text, struct rcc_incident_id *ret_incident);
/* Reads "2026-0001"; false if the text is not of that form. */
bool ctl_number_parse(const char *text, uint32_t *ret_year, uint32_t *ret_number);
/* Reads an unsigned number of 1..max written in decimal digits only. */
bool ctl_uint_parse(const char *text, uint64_t max, uint64_t *ret_value);
/* Nautical miles with up to three decimals, as whole metres: "30", "0.5". */
bool ctl_nm_parse(const char *text, uint32_t *ret_m);
/* A public key: 40 characters of Z85, or the name of a file that holds them. */
int ctl_public_key(const char *text, struct rcc_key *ret_key);
/* --reason, required. */
int ctl_reason(const struct ctl *ctl, char reason[RCC_TEXT_MAX + 1]);

/* ---- verbs ---- */

typedef int ctl_verb_fn(struct ctl *ctl);
ctl_verb_fn ctl_verb_status, ctl_verb_alerts, ctl_verb_alert, ctl_verb_incidents, ctl_verb_show, ctl_verb_vessels,
    ctl_verb_vessel, ctl_verb_deliveries, ctl_verb_peers;
ctl_verb_fn ctl_verb_relay, ctl_verb_cancel, ctl_verb_close, ctl_verb_accept, ctl_verb_dismiss, ctl_verb_enrol,
    ctl_verb_revoke;
ctl_verb_fn ctl_verb_keygen, ctl_verb_server_key, ctl_verb_watch;

#endif

/* rccctl: every action and every view of the centre, for officers and scripts. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/ctl.h"
#include "librcc/i18n.h"
#include "rcc/units.h"

static const struct rcc_option options[] = {
    [RCC_CTL_OPTION_ENDPOINT] = {"endpoint", 'e', "EP", N_("the centre's operations port, HOST:PORT, from elsewhere")},
    [RCC_CTL_OPTION_SERVER_KEY] = {"server-key", 0, "KEY", N_("with -e: the centre's public key, or a file with it")},
    [RCC_CTL_OPTION_KEY_FILE] = {"key-file", 'k', "FILE", N_("with -e: your own key (see keygen)")},
    [RCC_CTL_OPTION_STATE_DIR] = {"state-dir", 'd', "DIR", N_("the daemon on this machine that runs on DIR")},
    [RCC_CTL_OPTION_JSON] = {"json", 'j', NULL, N_("print JSON lines (docs/json.md)")},
    [RCC_CTL_OPTION_TIMEOUT] = {"timeout", 't', "S", N_("wait at most so many seconds for an answer (10)")},
    [RCC_CTL_OPTION_NEAR] = {"near", 0, "POS", N_("vessels: around this place, \"35-12.40N 012-36.05E\"")},
    [RCC_CTL_OPTION_WITHIN] = {"within", 0, "NM", N_("vessels: within so many nautical miles of it")},
    [RCC_CTL_OPTION_HOLD] = {"hold", 0, NULL, N_("relay: do not tell the ships for now (needs --reason)")},
    [RCC_CTL_OPTION_REASON] = {"reason", 'r', "TEXT", N_("why; stands in the record")},
    [RCC_CTL_OPTION_OUTCOME] = {"outcome", 0, "WORD", N_("close: rescued, false-alert, no-distress or not-found")},
    [RCC_CTL_OPTION_ROLE] = {"role", 0, "WORD", N_("enrol: vessel, feed, officer, auditor or admin")},
    [RCC_CTL_OPTION_MMSI] = {"mmsi", 0, "MMSI", N_("enrol: the vessel's nine digits")},
    [RCC_CTL_OPTION_OWNER] = {"owner", 0, "WORD",
                              N_("enrol: merchant, ngo, fishing, state or pleasure (statistics only)")},
    [RCC_CTL_OPTION_KEY] = {"key", 0, "KEY",
                            N_("enrol: the public key, or a file with it; other verbs: as --key-file")},
    [RCC_CTL_OPTION_FROM] = {"from", 0, "SEQ", N_("watch: begin at this entry instead of the next one")},
    [RCC_CTL_OPTION_COUNT] = {"count", 'n', "N", N_("watch: end after so many entries")},
    {NULL, 0, NULL, NULL},
};
_Static_assert(RCC_CTL_OPTIONS <= RCC_OPTIONS_MAX, "the parser has room for every option");

static const struct rcc_verb verbs[] = {
    {"status", "", N_("the centre at a glance")},
    {"alerts", "", N_("every alert and where it went")},
    {"alert", "ALERT", N_("one alert in full, with what was received")},
    {"incidents", "", N_("every incident and how far its broadcast has come")},
    {"show", "INC", N_("one incident: its alerts, broadcasts, and whom to call by DSC")},
    {"deliveries", "INC", N_("which ship was sent it, stored it, read it, answered what")},
    {"vessels", "", N_("the live picture (--near, --within)")},
    {"vessel", "MMSI", N_("one vessel")},
    {"peers", "", N_("enrolled keys, and strangers who tried")},
    {"relay", "INC", N_("tell the ships now, or --hold")},
    {"cancel", "INC", N_("tell the ships that help is no longer needed")},
    {"close", "INC", N_("end an incident (--outcome, --reason)")},
    {"accept", "ALERT", N_("take an alert out of quarantine: it is real (--reason)")},
    {"dismiss", "ALERT", N_("take an alert out of quarantine: it is not (--reason)")},
    {"contact", "ALERT", N_("who called and how to call back (--reason); the record says who asked")},
    {"enrol", "NAME", N_("bind a key to a name and a role (--role, --key, --mmsi)")},
    {"revoke", "NAME", N_("take a key's rights away at once (--reason)")},
    {"keygen", "FILE", N_("make a key, print its public half")},
    {"server-key", "", N_("the centre's public key, for its clients")},
    {"watch", "", N_("print what happens as it happens")},
    {NULL, NULL, NULL},
};

#define TAKES(option) RCC_VERB_TAKES(RCC_CTL_OPTION_##option)
/* Where the centre is and how to speak to it; --key means one's own key file, except to enrol. */
#define TAKES_LINK                                                                                                     \
	(TAKES(ENDPOINT) | TAKES(SERVER_KEY) | TAKES(KEY_FILE) | TAKES(STATE_DIR) | TAKES(JSON) | TAKES(TIMEOUT) |     \
	 TAKES(KEY))

/* Which options each verb takes; the same order. */
static const uint64_t verb_options[] = {
    TAKES_LINK,                                            /* status */
    TAKES_LINK,                                            /* alerts */
    TAKES_LINK,                                            /* alert */
    TAKES_LINK,                                            /* incidents */
    TAKES_LINK,                                            /* show */
    TAKES_LINK,                                            /* deliveries */
    TAKES_LINK | TAKES(NEAR) | TAKES(WITHIN),              /* vessels */
    TAKES_LINK,                                            /* vessel */
    TAKES_LINK,                                            /* peers */
    TAKES_LINK | TAKES(HOLD) | TAKES(REASON),              /* relay */
    TAKES_LINK | TAKES(REASON),                            /* cancel */
    TAKES_LINK | TAKES(OUTCOME) | TAKES(REASON),           /* close */
    TAKES_LINK | TAKES(REASON),                            /* accept */
    TAKES_LINK | TAKES(REASON),                            /* dismiss */
    TAKES_LINK | TAKES(REASON),                            /* contact */
    TAKES_LINK | TAKES(ROLE) | TAKES(MMSI) | TAKES(OWNER), /* enrol */
    TAKES_LINK | TAKES(REASON),                            /* revoke */
    TAKES_LINK & ~(TAKES(KEY) | TAKES(KEY_FILE)),          /* keygen */
    TAKES_LINK,                                            /* server-key */
    TAKES_LINK | TAKES(FROM) | TAKES(COUNT),               /* watch */
};
_Static_assert(sizeof verb_options / sizeof verb_options[0] == sizeof verbs / sizeof verbs[0] - 1,
               "a row for each verb");

/* What each verb does; the same order. Each takes as many operands as its line above names. */
static rcc_ctl_verb_fn *const handlers[] = {
    rcc_ctl_verb_status,     rcc_ctl_verb_alerts,  rcc_ctl_verb_alert,  rcc_ctl_verb_incidents,  rcc_ctl_verb_show,
    rcc_ctl_verb_deliveries, rcc_ctl_verb_vessels, rcc_ctl_verb_vessel, rcc_ctl_verb_peers,      rcc_ctl_verb_relay,
    rcc_ctl_verb_cancel,     rcc_ctl_verb_close,   rcc_ctl_verb_accept, rcc_ctl_verb_dismiss,    rcc_ctl_verb_contact,
    rcc_ctl_verb_enrol,      rcc_ctl_verb_revoke,  rcc_ctl_verb_keygen, rcc_ctl_verb_server_key, rcc_ctl_verb_watch,
};
_Static_assert(sizeof handlers / sizeof handlers[0] == sizeof verbs / sizeof verbs[0] - 1, "a handler for each verb");

static const struct rcc_program program = {
    .name = "rccctl",
    .summary = N_("Shows and directs a rescue coordination centre. INC is YYYY-NNNN; times are UTC."),
    .options = options,
    .verbs = verbs,
    .verb_options = verb_options,
    .operands = "VERB",
};

static int
read_timeout(struct rcc_ctl *ctl)
{
	uint64_t timeout_s = RCC_CTL_TIMEOUT_DEFAULT_S;
	const char *text = ctl->option[RCC_CTL_OPTION_TIMEOUT];
	if (text != NULL && !rcc_ctl_uint_parse(text, RCC_CTL_TIMEOUT_MAX_S, &timeout_s))
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("--timeout is a number of seconds from 1 to %d"),
		                    RCC_CTL_TIMEOUT_MAX_S);
	ctl->timeout_ms = (int64_t)timeout_s * RCC_MS_PER_S;
	return RCC_EXIT_OK;
}

static int
run(struct rcc_ctl *ctl)
{
	size_t i = 0;
	while (strcmp(verbs[i].name, ctl->verb) != 0)
		i++;
	int wanted = verbs[i].operands[0] == '\0' ? 0 : 1;
	if (ctl->operand_count < wanted)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("'%s' needs %s; see rccctl --help"), ctl->verb,
		                    verbs[i].operands);
	if (ctl->operand_count > wanted)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("'%s' does not take '%s'; see rccctl --help"), ctl->verb,
		                    ctl->operand[wanted]);
	int exit_code = read_timeout(ctl);
	return exit_code == RCC_EXIT_OK ? handlers[i](ctl) : exit_code;
}

int
main(int argc, char **argv)
{
	struct rcc_parsed parsed;
	int exit_code;
	/* Messages and character set only: numbers and dates look the same in every country. */
	setlocale(LC_CTYPE, "");
	setlocale(LC_MESSAGES, "");
	textdomain(RCC_TEXT_DOMAIN);
	if (rcc_options_parse(&program, argc, argv, &parsed, &exit_code) != RCC_OK)
		return exit_code;
	if (parsed.operand_count == 0)
		return rcc_ctl_fail(RCC_EXIT_USAGE,
		                    _("say what to do, for example 'rccctl status'; see rccctl --help"));
	struct rcc_ctl ctl = {
	    .option = parsed.value,
	    .verb = parsed.operand[0],
	    .operand = parsed.operand + 1,
	    .operand_count = parsed.operand_count - 1,
	    .is_json = parsed.value[RCC_CTL_OPTION_JSON] != NULL,
	    .out = stdout,
	    .message = calloc(1, sizeof *ctl.message),
	};
	if (ctl.message == NULL)
		return rcc_ctl_fail(RCC_EXIT_FAILED, _("out of memory"));
	exit_code = run(&ctl);
	rcc_ctl_disconnect(&ctl);
	free(ctl.message);
	/* A full disk or a closed pipe must not look like success. */
	if (fflush(stdout) != 0 && exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_fail(RCC_EXIT_FAILED, _("the output could not be written"));
	return exit_code;
}

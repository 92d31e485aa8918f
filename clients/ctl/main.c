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
    [RCC_CTL_OPTION_ROLE] = {"role", 0, "WORD", N_("enrol: vessel, feed, officer, auditor, admin or peer")},
    [RCC_CTL_OPTION_MMSI] = {"mmsi", 0, "MMSI", N_("enrol, open, classify, plan: the vessel's nine digits")},
    [RCC_CTL_OPTION_OWNER] = {"owner", 0, "WORD",
                              N_("enrol: merchant, ngo, fishing, state or pleasure (statistics only)")},
    [RCC_CTL_OPTION_KEY] = {"key", 0, "KEY",
                            N_("enrol: the public key, or a file with it; other verbs: as --key-file")},
    [RCC_CTL_OPTION_FROM] = {"from", 0, "SEQ|INC", N_("watch: begin at this entry; join: every alert of this INC")},
    [RCC_CTL_OPTION_COUNT] = {"count", 'n', "N", N_("watch: end after so many entries")},
    [RCC_CTL_OPTION_INTERACTIVE] = {"interactive", 'i', NULL,
                                    N_("open: ask question by question (at a terminal: also without any flag)")},
    [RCC_CTL_OPTION_BY] = {"by", 0, "WORD", N_("open: phone, radio, email, or rcc for another centre's alert")},
    [RCC_CTL_OPTION_CENTRE] = {"centre", 0, "NAME", N_("open: with --by rcc, which centre")},
    [RCC_CTL_OPTION_NAME] = {"name", 0, "NAME", N_("open, classify, plan: the vessel's name")},
    [RCC_CTL_OPTION_CALLSIGN] = {"callsign", 0, "SIGN", N_("open: the vessel's call sign")},
    [RCC_CTL_OPTION_POS] = {"pos", 0, "POS",
                            N_("open, classify, plan: 35-12.40N 012-36.05E, decimal degrees, or D M S")},
    [RCC_CTL_OPTION_POS_TIME] = {"pos-time", 0, "TIME",
                                 N_("open: when it was there: RFC 3339, 14:20 (UTC), or -20min")},
    [RCC_CTL_OPTION_RADIUS] = {"radius", 0, "NM", N_("open: how sure the position is: within so many nautical miles")},
    [RCC_CTL_OPTION_NATURE] = {"nature", 0, "WORD",
                               N_("open, classify: fire, flooding, collision, grounding, capsizing, sinking, adrift, "
                                  "undesignated, abandoning, piracy, man-overboard or beacon")},
    [RCC_CTL_OPTION_PERSONS] = {"persons", 0, "N", N_("open, classify, plan: persons on board or in the water")},
    [RCC_CTL_OPTION_CATEGORY] = {"category", 0, "WORD", N_("open: distress, urgency or safety")},
    [RCC_CTL_OPTION_BEACON] = {"beacon", 0, "HEX", N_("open: a 406 MHz beacon's 15 or 23 hexadecimal digits")},
    [RCC_CTL_OPTION_TEXT] = {"text", 0, "TEXT", N_("open: what was said; plan: from, to, description")},
    [RCC_CTL_OPTION_CONTACT] = {"contact", 0, "TEXT",
                                N_("open: who called and how to call back, \"NAME, NUMBER\"; sealed by the centre")},
    [RCC_CTL_OPTION_INCIDENT] = {"incident", 0, "INC", N_("open: a further call in this case")},
    [RCC_CTL_OPTION_CLASS] =
        {"class", 0, "WORD",
         N_("open: live (default), exercise or test; enrol: with --role peer, the only class that may leave to it")},
    [RCC_CTL_OPTION_REVIEW] = {"review", 0, "TIME", N_("suspend: when to look at it again: RFC 3339, or +6h")},
    [RCC_CTL_OPTION_VERIFIED] = {"verified", 0, NULL, N_("classify: an officer vouches for it from now on")},
    [RCC_CTL_OPTION_UNDER] = {"under", 0, "INC", N_("group: the mass rescue that it is part of")},
    [RCC_CTL_OPTION_ALONE] = {"alone", 0, NULL, N_("group: it stands alone again")},
    [RCC_CTL_OPTION_ETA] = {"eta", 0, "TIME", N_("plan: expected arrival: RFC 3339, or +6h")},
    [RCC_CTL_OPTION_EVERY] = {"every", 0, "MIN", N_("plan: a report is promised every so many minutes")},
    [RCC_CTL_OPTION_TO] = {"to", 0, "NAME", N_("handover: the centre that is to have the case, as enrolled")},
    [RCC_CTL_OPTION_OFFICER] = {"officer", 0, "NAME", N_("handover: who decided, as the other centre is to know it")},
    [RCC_CTL_OPTION_ADDRESS] = {"address", 0, "EP",
                                N_("enrol: with --role peer, that centre's operations port, HOST:PORT")},
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
    {"open", "", N_("enter a report by phone, radio or e-mail, or another centre's: by flags, or asked line by line")},
    {"phase", "INC PHASE", N_("set it to uncertainty, alert or distress (--reason)")},
    {"suspend", "INC", N_("stop the search until new developments (--review, --reason)")},
    {"resume", "INC", N_("go on with a suspended or closed case (--reason)")},
    {"classify", "INC",
     N_("what an officer knows better: --nature --persons --pos --mmsi --name --verified (--reason)")},
    {"join", "[ALERT] INC", N_("an alert, or with --from every alert of another case, belongs to INC (--reason)")},
    {"split", "ALERT", N_("an alert does not belong to its case: undoes join (--reason)")},
    {"group", "INC", N_("make it part of a mass rescue, --under INC, or --alone again (--reason)")},
    {"handover", "INC [STEP]",
     N_("offer it to another centre (--to, --reason); or accept or refuse theirs (--officer), or withdraw yours")},
    {"handovers", "", N_("cases offered to and by other centres: who has them, and since when")},
    {"suggestions", "", N_("alerts that may belong to a case, and why: join them, or leave them")},
    {"plans", "", N_("sailing plans, and which are overdue")},
    {"plan", "ACTION", N_("a vessel's sailing plan: file, report, arrived or cancel (--mmsi or --name)")},
    {"flood", "NAME", N_("every alert of one key that sent more than anybody can read")},
    {"enrol", "NAME", N_("bind a key to a name and a role (--role, --key, --mmsi)")},
    {"revoke", "NAME", N_("take a key's rights away at once (--reason)")},
    {"keygen", "FILE", N_("make a key, print its public half")},
    {"server-key", "", N_("the centre's public key, for its clients")},
    {"watch", "", N_("print what happens as it happens")},
    {NULL, NULL, NULL},
};

/* What `open` is told of a casualty. */
#define TAKES_REPORT                                                                                                   \
	(TAKES(BY) | TAKES(CENTRE) | TAKES(NAME) | TAKES(CALLSIGN) | TAKES(POS) | TAKES(POS_TIME) | TAKES(RADIUS) |    \
	 TAKES(NATURE) | TAKES(PERSONS) | TAKES(CATEGORY) | TAKES(BEACON) | TAKES(TEXT) | TAKES(CONTACT) |             \
	 TAKES(INCIDENT) | TAKES(CLASS) | TAKES(MMSI) | TAKES(INTERACTIVE))
#define TAKES(option) RCC_VERB_TAKES(RCC_CTL_OPTION_##option)
/* Where the centre is and how to speak to it; --key means one's own key file, except to enrol. */
#define TAKES_LINK                                                                                                     \
	(TAKES(ENDPOINT) | TAKES(SERVER_KEY) | TAKES(KEY_FILE) | TAKES(STATE_DIR) | TAKES(JSON) | TAKES(TIMEOUT) |     \
	 TAKES(KEY))

/* Which options each verb takes; the same order. */
static const uint64_t verb_options[] = {
    TAKES_LINK,                                  /* status */
    TAKES_LINK,                                  /* alerts */
    TAKES_LINK,                                  /* alert */
    TAKES_LINK,                                  /* incidents */
    TAKES_LINK,                                  /* show */
    TAKES_LINK,                                  /* deliveries */
    TAKES_LINK | TAKES(NEAR) | TAKES(WITHIN),    /* vessels */
    TAKES_LINK,                                  /* vessel */
    TAKES_LINK,                                  /* peers */
    TAKES_LINK | TAKES(HOLD) | TAKES(REASON),    /* relay */
    TAKES_LINK | TAKES(REASON),                  /* cancel */
    TAKES_LINK | TAKES(OUTCOME) | TAKES(REASON), /* close */
    TAKES_LINK | TAKES(REASON),                  /* accept */
    TAKES_LINK | TAKES(REASON),                  /* dismiss */
    TAKES_LINK | TAKES(REASON),                  /* contact */
    TAKES_LINK | TAKES_REPORT,                   /* open */
    TAKES_LINK | TAKES(REASON),                  /* phase */
    TAKES_LINK | TAKES(REASON) | TAKES(REVIEW),  /* suspend */
    TAKES_LINK | TAKES(REASON),                  /* resume */
    TAKES_LINK | TAKES(REASON) | TAKES(NATURE) | TAKES(PERSONS) | TAKES(POS) | TAKES(MMSI) | TAKES(NAME) |
        TAKES(VERIFIED),                                      /* classify */
    TAKES_LINK | TAKES(REASON) | TAKES(FROM),                 /* join */
    TAKES_LINK | TAKES(REASON),                               /* split */
    TAKES_LINK | TAKES(REASON) | TAKES(UNDER) | TAKES(ALONE), /* group */
    TAKES_LINK | TAKES(REASON) | TAKES(TO) | TAKES(OFFICER),  /* handover */
    TAKES_LINK,                                               /* handovers */
    TAKES_LINK,                                               /* suggestions */
    TAKES_LINK,                                               /* plans */
    TAKES_LINK | TAKES(MMSI) | TAKES(NAME) | TAKES(ETA) | TAKES(EVERY) | TAKES(PERSONS) | TAKES(POS) |
        TAKES(TEXT),                                                                       /* plan */
    TAKES_LINK,                                                                            /* flood */
    TAKES_LINK | TAKES(ROLE) | TAKES(MMSI) | TAKES(OWNER) | TAKES(ADDRESS) | TAKES(CLASS), /* enrol */
    TAKES_LINK | TAKES(REASON),                                                            /* revoke */
    TAKES_LINK & ~(TAKES(KEY) | TAKES(KEY_FILE)),                                          /* keygen */
    TAKES_LINK,                                                                            /* server-key */
    TAKES_LINK | TAKES(FROM) | TAKES(COUNT),                                               /* watch */
};
_Static_assert(sizeof verb_options / sizeof verb_options[0] == sizeof verbs / sizeof verbs[0] - 1,
               "a row for each verb");

/* What each verb does; the same order. Each takes the operands that its line above names, those in brackets or not. */
static rcc_ctl_verb_fn *const handlers[] = {
    rcc_ctl_verb_status,     rcc_ctl_verb_alerts,      rcc_ctl_verb_alert,   rcc_ctl_verb_incidents,
    rcc_ctl_verb_show,       rcc_ctl_verb_deliveries,  rcc_ctl_verb_vessels, rcc_ctl_verb_vessel,
    rcc_ctl_verb_peers,      rcc_ctl_verb_relay,       rcc_ctl_verb_cancel,  rcc_ctl_verb_close,
    rcc_ctl_verb_accept,     rcc_ctl_verb_dismiss,     rcc_ctl_verb_contact, rcc_ctl_verb_open,
    rcc_ctl_verb_phase,      rcc_ctl_verb_suspend,     rcc_ctl_verb_resume,  rcc_ctl_verb_classify,
    rcc_ctl_verb_join,       rcc_ctl_verb_split,       rcc_ctl_verb_group,   rcc_ctl_verb_handover,
    rcc_ctl_verb_handovers,  rcc_ctl_verb_suggestions, rcc_ctl_verb_plans,   rcc_ctl_verb_plan,
    rcc_ctl_verb_flood,      rcc_ctl_verb_enrol,       rcc_ctl_verb_revoke,  rcc_ctl_verb_keygen,
    rcc_ctl_verb_server_key, rcc_ctl_verb_watch,
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

/* How many operands "[ALERT] INC" names. */
static void
count_operands(const char *names, int *ret_least, int *ret_most)
{
	int least = 0;
	int most = 0;
	for (const char *at = names; *at != '\0'; at += strspn(at, " ")) {
		most++;
		least += *at == '[' ? 0 : 1;
		at += strcspn(at, " ");
	}
	*ret_least = least;
	*ret_most = most;
}

static int
run(struct rcc_ctl *ctl)
{
	int least;
	int most;
	size_t i = 0;
	while (strcmp(verbs[i].name, ctl->verb) != 0)
		i++;
	count_operands(verbs[i].operands, &least, &most);
	if (ctl->operand_count < least)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("'%s' needs %s; see rccctl --help"), ctl->verb,
		                    verbs[i].operands);
	if (ctl->operand_count > most)
		return rcc_ctl_fail(RCC_EXIT_USAGE, _("'%s' does not take '%s'; see rccctl --help"), ctl->verb,
		                    ctl->operand[most]);
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
	    .in = stdin,
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

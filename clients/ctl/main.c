/* rccctl: every action and every view of the centre, for officers and scripts. */
#include <limits.h>
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
    [RCC_CTL_OPTION_REASON] =
        {"reason", 'r', "TEXT",
         N_("why; stands in the record; answer: why she cannot come: disabled, danger-to-ship, cargo-hazard, too-far, "
            "not-at-sea, other-rescue, released or other")},
    [RCC_CTL_OPTION_OUTCOME] = {"outcome", 0, "WORD", N_("close: rescued, false-alert, no-distress or not-found")},
    [RCC_CTL_OPTION_ROLE] = {"role", 0, "WORD",
                             N_("enrol: vessel, feed, officer, auditor, admin or peer; invite: vessel or feed")},
    [RCC_CTL_OPTION_MMSI] = {"mmsi", 0, "MMSI", N_("enrol, invite, open, classify, plan: the vessel's nine digits")},
    [RCC_CTL_OPTION_OWNER] = {"owner", 0, "WORD",
                              N_("enrol, invite: merchant, ngo, fishing, state or pleasure (statistics only)")},
    [RCC_CTL_OPTION_KEY] = {"key", 0, "KEY", N_("as --key-file; enrol: the public key, or a file with it")},
    [RCC_CTL_OPTION_FROM] =
        {"from", 0, "FROM",
         N_("watch: begin at this entry; join: every alert of this INC; persons: where they were: at-risk, aboard, "
            "landed, missing, dead, safe-alone, never or unknown-outcome")},
    [RCC_CTL_OPTION_COUNT] = {"count", 'n', "N", N_("watch: end after so many entries")},
    [RCC_CTL_OPTION_INTERACTIVE] = {"interactive", 'i', NULL,
                                    N_("open: ask question by question (at a terminal: also without any flag)")},
    [RCC_CTL_OPTION_BY] = {"by", 0, "WORD", N_("open: phone, radio, email, or rcc for another centre's alert")},
    [RCC_CTL_OPTION_CENTRE] = {"centre", 0, "NAME", N_("open: with --by rcc, which centre")},
    [RCC_CTL_OPTION_NAME] = {"name", 0, "NAME", N_("open, classify, plan: the vessel's name; smc: who coordinates")},
    [RCC_CTL_OPTION_CALLSIGN] = {"callsign", 0, "SIGN", N_("open: the vessel's call sign")},
    [RCC_CTL_OPTION_POS] = {"pos", 0, "POS", N_("where: 35-12.40N 012-36.05E, decimal degrees, or D M S")},
    [RCC_CTL_OPTION_POS_TIME] = {"pos-time", 0, "TIME",
                                 N_("open: when it was there: RFC 3339, 14:20 (UTC), or -20min")},
    [RCC_CTL_OPTION_RADIUS] = {"radius", 0, "NM", N_("open: how sure the position is: within so many nautical miles")},
    [RCC_CTL_OPTION_NATURE] = {"nature", 0, "WORD",
                               N_("open, classify: fire, flooding, collision, grounding, capsizing, sinking, adrift, "
                                  "undesignated, abandoning, piracy, man-overboard or beacon")},
    [RCC_CTL_OPTION_PERSONS] = {"persons", 0, "N",
                                N_("open, classify, plan: persons on board or in the water; resume: how many they are "
                                   "now, those saved before too, stated before ships are told; referral: of how many")},
    [RCC_CTL_OPTION_CATEGORY] = {"category", 0, "WORD", N_("open: distress, urgency or safety")},
    [RCC_CTL_OPTION_BEACON] = {"beacon", 0, "HEX", N_("open: a 406 MHz beacon's 15 or 23 hexadecimal digits")},
    [RCC_CTL_OPTION_TEXT] =
        {"text", 0, "TEXT",
         N_(
             "in plain words, as it stands in the record; open: what was said; plan: from, to, description; notice: "
             "what "
             "ships look out for; sitrep: section N; assist, requisition, coordinate, release: what the ship is told; "
             "answer, survivors: what she said")},
    [RCC_CTL_OPTION_CONTACT] = {"contact", 0, "TEXT",
                                N_("open: who called and how to call back, \"NAME, NUMBER\"; sealed by the centre")},
    [RCC_CTL_OPTION_INCIDENT] = {"incident", 0, "INC", N_("open: a further call in this case")},
    [RCC_CTL_OPTION_CLASS] =
        {
            "class", 0, "WORD",
            N_("open: live (default), exercise or test; enrol: with --role peer, the only class that may leave to it; "
               "purge: of sealed, which class; without it, every one")},
    [RCC_CTL_OPTION_REVIEW] = {"review", 0, "TIME", N_("suspend: when to look at it again: RFC 3339, or +6h")},
    [RCC_CTL_OPTION_VERIFIED] = {"verified", 0, NULL, N_("classify: an officer vouches for it from now on")},
    [RCC_CTL_OPTION_UNDER] = {"under", 0, "INC", N_("group: the mass rescue that it is part of")},
    [RCC_CTL_OPTION_ALONE] = {"alone", 0, NULL, N_("group: it stands alone again")},
    [RCC_CTL_OPTION_ETA] =
        {"eta", 0, "TIME",
         N_("plan: expected arrival: RFC 3339, or +6h; answer: when she will be there: RFC 3339, or +40min")},
    [RCC_CTL_OPTION_EVERY] = {"every", 0, "MIN",
                              N_("plan: a report is promised every so many minutes; assist, requisition, coordinate: "
                                 "she is to report every so "
                                 "many minutes")},
    [RCC_CTL_OPTION_THEIRS_OVER] = {"theirs-over", 0, NULL, N_("the centre that has the case says that it is over")},
    [RCC_CTL_OPTION_EXPIRES] = {"expires", 0, "TIME", N_("until when it stands: RFC 3339, or +6h")},
    [RCC_CTL_OPTION_AS] = {"as", 0, "FORM",
                           N_("render: voice, navtex, cap, cot, geojson, sitrep, sitrep-full, search-action or "
                              "after-action")},
    [RCC_CTL_OPTION_STATION] = {"station", 0, "LETTER", N_("render --as navtex: the transmitter, A to Z")},
    [RCC_CTL_OPTION_FULL] = {"full", 0, NULL, N_("sitrep: sections G to N as well")},
    [RCC_CTL_OPTION_FINAL] = {"final", 0, NULL, N_("sitrep: the last one, when help is no longer needed")},
    [RCC_CTL_OPTION_PUBLIC] = {"public", 0, "REASON",
                               N_("open: why ships may hear of it, though the vessel sent a ship security alert")},
    [RCC_CTL_OPTION_ALL] = {"all", 'a', NULL, N_("incidents: closed ones too")},
    [RCC_CTL_OPTION_CHECKED] = {"checked", 0, "TIME",
                                N_("profile: her readiness was checked: RFC 3339, 14:20 (UTC), -2h or now")},
    [RCC_CTL_OPTION_MISSING] = {"missing", 0, "TEXT",
                                N_("profile: what that check found missing (alone: checked now)")},
    [RCC_CTL_OPTION_COMPANY] = {"company", 0, "NAME", N_("profile: the company that runs her; - takes it back")},
    [RCC_CTL_OPTION_COMPANY_CONTACT] = {"company-contact", 0, "TEXT",
                                        N_("profile: where that company is reached at any hour; - takes it back")},
    [RCC_CTL_OPTION_POLICY] = {"policy", 0, "TEXT",
                               N_("profile: reference of its policy of rescue and human rights; - takes it back")},
    [RCC_CTL_OPTION_SEALED] = {"sealed", 0, "FOLDER",
                               N_("backup, restore: where the keys of what is sealed are; apart from the record")},
    [RCC_CTL_OPTION_KEYS] = {"keys", 0, "FOLDER",
                             N_("backup, restore: where the centre's own keys are; apart from both")},
    [RCC_CTL_OPTION_INTO] = {"into", 0, "FOLDER", N_("restore: the new state directory; it must not be there yet")},
    [RCC_CTL_OPTION_SHIP] = {"ship", 0, "MMSI",
                             N_("the ship, by her MMSI; survivors, need: the ship that has them or needs it; release: "
                                "she alone; answer: who "
                                "said it")},
    [RCC_CTL_OPTION_MEN] = {"men", 0, "N", N_("persons, survivors: so many men")},
    [RCC_CTL_OPTION_WOMEN] = {"women", 0, "N", N_("women")},
    [RCC_CTL_OPTION_ADULTS] = {"adults", 0, "N", N_("adults whose sex is not stated")},
    [RCC_CTL_OPTION_CHILDREN] = {"children", 0, "N", N_("children with somebody who looks after them")},
    [RCC_CTL_OPTION_UNACCOMPANIED] = {"unaccompanied", 0, "N", N_("children alone")},
    [RCC_CTL_OPTION_INFANTS] = {"infants", 0, "N", N_("infants")},
    [RCC_CTL_OPTION_PREGNANT] = {"pregnant", 0, "N", N_("of all these, so many are pregnant")},
    [RCC_CTL_OPTION_INJURED] = {"injured", 0, "N", N_("of all these, so many are injured")},
    [RCC_CTL_OPTION_DISABLED] = {"disabled", 0, "N", N_("of all these, so many are disabled")},
    [RCC_CTL_OPTION_FAMILIES] = {"families", 0, "N", N_("so many families, which must not be split")},
    [RCC_CTL_OPTION_TO] = {"to", 0, "WHERE",
                           N_("sitrep: to whom it goes; handover: the centre that is to have the case; persons: "
                              "at-risk, aboard, landed, missing, dead, safe-alone, "
                              "never or unknown-outcome")},
    [RCC_CTL_OPTION_FROM_SHIP] = {"from-ship", 0, "MMSI", N_("persons: from aboard this ship")},
    [RCC_CTL_OPTION_TO_SHIP] = {"to-ship", 0, "MMSI", N_("persons: to aboard this ship")},
    [RCC_CTL_OPTION_FAMILY] = {"family", 0, "WORD", N_("persons: together, or split (needs --reason)")},
    [RCC_CTL_OPTION_PLACE] = {"place", 0, "N", N_("persons: landed at this place")},
    [RCC_CTL_OPTION_MORE_FOUND] = {"more-found", 0, NULL,
                                   N_("persons: more were found than the case knew of, so its total rises")},
    [RCC_CTL_OPTION_AT] = {"at", 0, "TIME", N_("persons: when it was: RFC 3339, 14:20 (UTC), or -20min")},
    [RCC_CTL_OPTION_DEAD] = {"dead", 0, "N", N_("survivors: so many dead aboard, counted apart")},
    [RCC_CTL_OPTION_SAFE_HOURS] = {"safe-hours", 0, "N", N_("survivors: she can keep them safely for so long")},
    [RCC_CTL_OPTION_PROTECTION] = {"protection", 0, NULL,
                                   N_("survivors: some have stated a fear or a need of protection")},
    [RCC_CTL_OPTION_INTERPRETER] = {"interpreter", 0, NULL,
                                    N_("survivors: interpreters are needed; --text says which")},
    [RCC_CTL_OPTION_NEXT_PORT] = {"next-port", 0, "NAME", N_("survivors: where she goes")},
    [RCC_CTL_OPTION_KIND] = {"kind", 0, "WORD",
                             N_("need: medical-advice, medevac, water, food, blankets, infant-supplies, sanitation, "
                                "fuel, escort, interpreter or other")},
    [RCC_CTL_OPTION_QUANTITY] = {"quantity", 0, "N", N_("need: how many, how much")},
    [RCC_CTL_OPTION_ID] = {"id", 0, "N", N_("need: an open need, as `needs` shows it")},
    [RCC_CTL_OPTION_STATE] = {"state", 0, "WORD",
                              N_("need, with --id: promised, met, refused (needs --text) or withdrawn")},
    [RCC_CTL_OPTION_AUTHORITY] =
        {"authority", 0, "NAME",
         N_("note: whom it concerns; referral: who takes them; place: who was asked, or said it")},
    [RCC_CTL_OPTION_CONSULTED] = {"consulted", 0, "TEXT",
                                  N_("requisition: which masters were asked, and what they said")},
    [RCC_CTL_OPTION_OTHERS_COMPLY] = {"others-comply", 0, NULL, N_("release: because the requisitioned ships comply")},
    [RCC_CTL_OPTION_CONTROL] = {"control", 0, "CHANNEL",
                                N_("comms: the centre with the on-scene coordinator, \"VHF 16\"")},
    [RCC_CTL_OPTION_ON_SCENE] = {"on-scene", 0, "CHANNEL", N_("comms: the ships on scene among themselves")},
    [RCC_CTL_OPTION_MONITOR] = {"monitor", 0, "CHANNEL", N_("comms: what everybody listens to")},
    [RCC_CTL_OPTION_ACCEPTED] = {"accepted", 0, NULL, N_("referral: they have accepted")},
    [RCC_CTL_OPTION_WHEN] = {"when", 0, "TIME", N_("note: when it was: RFC 3339, 14:20 (UTC), or -20min")},
    [RCC_CTL_OPTION_LIFT] = {"lift", 0, NULL, N_("legal-hold: the hold ends; invite: it is taken back")},
    [RCC_CTL_OPTION_BEFORE] = {"before", 0, "TIME", N_("purge: what is older goes: RFC 3339, or -30d back from now")},
    [RCC_CTL_OPTION_CHECKS] = {"checks", 0, "LIST",
                               N_("place checked: which are answered yes: rescue-ends,safety,needs,onward, or none")},
    [RCC_CTL_OPTION_UNSAFE] = {"unsafe", 0, NULL,
                               N_("place checked, reviewed: life or freedom would be at risk there (needs --text)")},
    [RCC_CTL_OPTION_OVERRIDE] =
        {
            "override", 0, NULL,
            N_("place assigned: over a warning; two officers, each with --text, within an hour; "
               "assist, requisition, coordinate, release: what --text names is no order to go there")},
    [RCC_CTL_OPTION_EXTRA_NM] = {"extra-nm", 0, "NM", N_("place: nautical miles that she deviates for it")},
    [RCC_CTL_OPTION_EXTRA_H] = {"extra-h", 0, "H", N_("place: hours that it costs her")},
    [RCC_CTL_OPTION_OFFICER] =
        {"officer", 0, "NAME",
         N_("handover, request: who decided, as the other centre is to know it; new-epoch: who did")},
    [RCC_CTL_OPTION_ADDRESS] =
        {"address", 0, "EP",
         N_("enrol: with --role peer, that centre's operations port, HOST:PORT; invite: where ships reach this one")},
    [RCC_CTL_OPTIONS] = {NULL, 0, NULL, NULL},
};
_Static_assert(RCC_CTL_OPTIONS <= RCC_OPTIONS_MAX, "the parser has room for every option");

static const struct rcc_verb verbs[] = {
#define VERB(name, operands, help, options, example, function) {name, operands, help},
#include "ctl/verbs.def"
#undef VERB
    {NULL, NULL, NULL},
};

/* Which options each verb takes; the same order. */
static const char *const verb_takes[] = {
#define VERB(name, operands, help, options, example, function) options,
#include "ctl/verbs.def"
#undef VERB
};
_Static_assert(sizeof verb_takes / sizeof verb_takes[0] == sizeof verbs / sizeof verbs[0] - 1, "a row for each verb");

/* One line to type for each; the same order. */
static const char *const examples[] = {
#define VERB(name, operands, help, options, example, function) example,
#include "ctl/verbs.def"
#undef VERB
};
_Static_assert(sizeof examples / sizeof examples[0] == sizeof verbs / sizeof verbs[0] - 1, "an example for each verb");

static const struct rcc_program program = {
    .name = "rccctl",
    .summary = N_("Shows and directs a rescue coordination centre. INC is YYYY-NNNN; times are UTC."),
    .options = options,
    .verbs = verbs,
    .verb_takes = verb_takes,
    /* Where the centre is and how to speak to it; --key means one's own key file, except to enrol. */
    .all_take = "endpoint server-key key-file state-dir json timeout key",
    .verb_examples = examples,
    .operands = "VERB",
};

/* The same as --help, for whoever asks as one asks an officer. */
static int
help(struct rcc_ctl *ctl)
{
	static char name[] = "rccctl";
	static char flag[] = "--help";
	char *words[] = {name, ctl->operand_count > 0 ? ctl->operand[0] : flag, flag, NULL};
	struct rcc_parsed parsed;
	int exit_code = RCC_EXIT_OK;
	/* Help is printed by the parser, which also knows what to say of a verb that does not exist. */
	if (ctl->operand_count == 0 || rcc_options_print_verb(&program, ctl->operand[0]))
		return ctl->operand_count == 0 && rcc_options_parse(&program, 2, words, &parsed, &exit_code) != RCC_OK
		           ? exit_code
		           : RCC_EXIT_OK;
	words[2] = NULL;
	return rcc_options_parse(&program, 2, words, &parsed, &exit_code) != RCC_OK ? exit_code : RCC_EXIT_OK;
}

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

/* What each verb does; the same order. Each takes the operands that its line above names, those in brackets or not. */
static rcc_ctl_verb_fn *const handlers[] = {
#define VERB(name, operands, help, options, example, function) function,
#include "ctl/verbs.def"
#undef VERB
};
_Static_assert(sizeof handlers / sizeof handlers[0] == sizeof verbs / sizeof verbs[0] - 1, "a handler for each verb");

/* How many operands "[ALERT] INC" names; "..." takes any number. */
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
	if (strstr(names, "...") != NULL)
		most = INT_MAX;
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
	rcc_i18n_begin();
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
	rcc_ctl_call_read(&ctl);
	exit_code = run(&ctl);
	rcc_ctl_disconnect(&ctl);
	free(ctl.message);
	/* A full disk or a closed pipe must not look like success. */
	if (fflush(stdout) != 0 && exit_code == RCC_EXIT_OK)
		exit_code = rcc_ctl_fail(RCC_EXIT_FAILED, _("the output could not be written"));
	return exit_code;
}

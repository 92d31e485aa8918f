#include "crew/crew.h"
#include "librcc/i18n.h"

static const struct rcc_option options[] = {
    [CREW_TO] = {"to", 't', "ENDPOINT", N_("where the centre is: tcp://HOST:8406")},
    [CREW_SERVER_KEY] = {"server-key", 0, "KEY", N_("the centre's public key (rccctl server-key), or a file with it")},
    [CREW_KEY] = {"key", 'k', "FILE", N_("our own secret key; `key` and a first session make it")},
    [CREW_STORE] = {"store", 0, "FILE", N_("outbox and inbox; default: the key file's name and .db")},
    [CREW_NAME] = {"name", 'n', "NAME", N_("the ship's name")},
    [CREW_MMSI] = {"mmsi", 0, "MMSI", N_("our own MMSI, nine digits")},
    [CREW_LINK] = {"link", 0, "KIND", N_("ship (default: thin and slow) or shore")},
    [CREW_BUDGET] = {"budget", 0, "KB",
                     N_("kilobytes an hour that the link may cost on watch (8 for a ship's link; 0: no limit)")},
    [CREW_CALL_IN] =
        {"call-in", 0, "MIN",
         N_("close the link, and call every so many minutes, or when we say something (0: it stays open)")},
    [CREW_CONFIG] = {"config", 'c', "FILE", N_("settings; default ~/.config/rcc/client.conf")},
    [CREW_TIMEOUT] = {"timeout", 0, "SECONDS",
                      N_("how long a single verb waits for the centre, default 30 (for calls: 5)")},
    [CREW_PLAIN] = {"plain", 'p', NULL, N_("line by line, without screens; also whenever it reads no terminal")},
    [CREW_ASCII] = {"ascii", 0, NULL, N_("screens in plain ASCII, for a terminal that shows nothing else")},
    [CREW_PALETTE] = {"palette", 0, "NAME", N_("screens: day (default), night or contrast; a key changes it")},
    [CREW_GPSD] = {"gpsd", 0, "HOST:PORT", N_("where we are, and ships near us, from this gpsd")},
    [CREW_ALARM_COMMAND] =
        {"alarm-command", 0, "COMMAND",
         N_("run by a shell with each alarm until it is acknowledged; RCC_ALARM and RCC_INCIDENT tell "
            "it which")},
    [CREW_SCRIPT] = {"script", 's', "FILE", N_("read verbs from a file; the first failure ends it")},
    [CREW_POS] = {"pos", 0, "POS", N_("where we are: 35-12.40N 012-36.05E, or decimal degrees; also at the start")},
    [CREW_NATURE] = {"nature", 0, "NATURE",
                     N_("fire, flooding, collision, grounding, capsizing, sinking, adrift, undesignated, abandoning, "
                        "piracy or man-overboard")},
    [CREW_PERSONS] = {"persons", 0, "N", N_("persons on board or in the water")},
    [CREW_TEXT] = {"text", 0, "TEXT", N_("a remark in plain words")},
    [CREW_YES] = {"yes", 'y', NULL, N_("send the distress, the report or the position without asking again")},
    [CREW_EXERCISE] = {"exercise", 0, NULL, N_("an exercise: reaches no ship as a live alert")},
    [CREW_TEST] = {"test", 0, NULL, N_("a test: is recorded and raises nothing")},
    [CREW_ETA] = {"eta", 0, "TIME",
                  N_("answer: time to the scene, 95min, 2h, 1h35; plan: to arrival, or 2026-11-23T09:00:00Z")},
    [CREW_REASON] = {"reason", 0, "REASON",
                     N_("why unable: disabled, danger-to-ship, cargo-hazard, too-far, not-at-sea, other-rescue, "
                        "released or other")},
    [CREW_BY] = {"by", 0, "NAME", N_("who answers; default: the ship's name")},
    [CREW_EVERY] = {"every", 0, "MIN", N_("plan file: we report every so many minutes")},
    [CREW_CHECKED] = {"checked", 0, "TIME", N_("profile: our readiness was checked: now, or 2026-11-23T09:00:00Z")},
    [CREW_MISSING] = {"missing", 0, "TEXT", N_("profile: what the check found missing (alone: checked now)")},
    [CREW_FILE] = {"file", 0, "FILE", N_("profile: KEY=VALUE lines of a file; # begins a remark")},
    [CREW_COMPANY] = {"company", 0, "NAME", N_("profile: the company that runs our ship; - takes it back")},
    [CREW_COMPANY_CONTACT] = {"company-contact", 0, "TEXT",
                              N_("profile: where that company is reached at any hour; - takes it back")},
    [CREW_POLICY] = {"policy", 0, "TEXT",
                     N_("profile: reference of its policy of rescue and human rights; - takes it back")},
    [CREW_MEN] = {"men", 0, "N", N_("survivors: so many men are aboard")},
    [CREW_WOMEN] = {"women", 0, "N", N_("women")},
    [CREW_ADULTS] = {"adults", 0, "N", N_("adults whose sex is not stated")},
    [CREW_CHILDREN] = {"children", 0, "N", N_("children with somebody who looks after them")},
    [CREW_UNACCOMPANIED] = {"unaccompanied", 0, "N", N_("children alone")},
    [CREW_INFANTS] = {"infants", 0, "N", N_("infants")},
    [CREW_PREGNANT] = {"pregnant", 0, "N", N_("of all these, so many are pregnant")},
    [CREW_INJURED] = {"injured", 0, "N", N_("of all these, so many are injured")},
    [CREW_DISABLED] = {"disabled", 0, "N", N_("of all these, so many are disabled")},
    [CREW_FAMILIES] = {"families", 0, "N", N_("so many families, which must not be split")},
    [CREW_DEAD] = {"dead", 0, "N", N_("survivors: so many dead aboard, counted apart")},
    [CREW_SAFE_HOURS] = {"safe-hours", 0, "N", N_("survivors: we can keep them safely for so long")},
    [CREW_PROTECTION] = {"protection", 0, NULL, N_("survivors: some have stated a fear or a need of protection")},
    [CREW_INTERPRETER] = {"interpreter", 0, NULL, N_("survivors: interpreters are needed; --text says which")},
    [CREW_NEXT_PORT] = {"next-port", 0, "NAME", N_("survivors: where we are bound for")},
    [CREW_QUANTITY] = {"quantity", 0, "N", N_("need: how many, how much")},
    [CREW_ID] = {"id", 0, "N", N_("need: one that we asked for before, by the number that the centre says")},
    [CREW_STATE] = {"state", 0, "WORD", N_("need, with --id: met or withdrawn")},
    [CREW_OUTPUT] = {"output", 'o', "FILE", N_("pack, log: the file that it goes to")},
    [CREW_WEATHER] = {"weather", 0, NULL, N_("observe: it is weather and sea on scene")},
    [CREW_HTML] = {"html", 0, NULL, N_("log: a page to print, in one file")},
    [CREW_WHOLE] = {"whole", 0, NULL,
                    N_("answer unable, proceeding: of the whole case, and not of the order that came last alone")},
    {NULL, 0, NULL, NULL},
};

static const struct rcc_verb verbs[] = {
    {"distress", "", N_("raise a distress: --pos --nature --persons --text; asks before it sends")},
    {"withdraw", "", N_("withdraw our own distress: --text; asks before it sends")},
    {"watch", "", N_("what is open: duty, range, ETA, and what we answered")},
    {"plot", "", N_("where everything is from us: casualties, and ships near us")},
    {"position", "POS", N_("where we are, when no receiver says it; reads back ranges, then SEND takes it")},
    {"silence", "", N_("no sound for two minutes; acknowledges nothing")},
    {"inbox", "", N_("list what the centre has sent")},
    {"show", "N|latest", N_("a whole alert in words, and what the law asks")},
    {"read", "N|latest [NAME]", N_("tell the centre who has read it")},
    {"answer", "INC|latest ANSWER", N_("proceeding [--eta], unable --reason, need-detail, on-scene, done")},
    {"plan", "ACTION", N_("our sailing plan: file (--eta, --every, --persons, --text), report, arrived, cancel")},
    {"drill", "join|leave|alarm",
     N_("take part in exercises, or no longer: nobody else hears of one; alarm: how it sounds here")},
    {"profile", "[KEY=VALUE...]", N_("what our ship can do, for tasking; alone: the keys and what they mean")},
    {"survivors", "INC|latest", N_("whom we have aboard: --men --women ... --dead --safe-hours; asks before it sends")},
    {"need", "INC|latest KIND", N_("ask for water, food, medevac ...: --quantity --text; --id --state: it is met")},
    {"place", "INC|latest NAME WHAT",
     N_("a place of safety for those aboard: preferred, objected (--text), feared (--text)")},
    {"observe", "TEXT [INC]",
     N_("tell the centre what we see that is no distress: wreckage, boats, weather (--weather)")},
    {"status", "", N_("the link, what waits, what the centre has of ours")},
    {"key", "", N_("print our public key, to be enrolled by the centre")},
    {"join", "LINE",
     N_("come to be known at a centre by the line of its invitation (rccctl invite); makes key and settings")},
    {"rekey", "", N_("a new key in the place of ours, at the centre and here")},
    {"witness", "", N_("print the centre's latest checkpoint, for rcc-replay verify --witness")},
    {"trust", "", N_("take the centre's changed signing key, after a check by voice")},
    {"wait", "WHAT SECONDS", N_("for scripts: alert, accepted or welcome")},
    {"pack", "INC|latest", N_("our evidence pack of a case, signed by the centre, into a file (-o)")},
    {"log", "INC|latest", N_("an extract for the ship's log book: what was shown, read and answered (--html, -o)")},
    {"verify-pack", "FILE", N_("is a pack whole, and signed by our centre? needs no network")},
    {"help", "[VERB]", N_("list these verbs, or what one takes; also ?")},
    {"quit", "", N_("end the session")},
    {NULL, NULL, NULL},
};

/* Which options each verb takes; the same order. */
static const char *const verb_takes[] = {
    "pos nature persons text yes exercise test",           /* distress */
    "text yes exercise test",                              /* withdraw */
    "",                                                    /* watch */
    "",                                                    /* plot */
    "yes",                                                 /* position */
    "",                                                    /* silence */
    "",                                                    /* inbox */
    "pos",                                                 /* show */
    "by",                                                  /* read */
    "eta reason text by whole",                            /* answer */
    "pos eta every persons text",                          /* plan */
    "",                                                    /* drill */
    "checked missing file company company-contact policy", /* profile */
    ("men women adults children unaccompanied infants pregnant injured disabled families dead safe-hours protection "
     "interpreter next-port text yes"), /* survivors */
    "quantity text id state",           /* need */
    "text",                             /* place */
    "weather",                          /* observe */
    "",                                 /* status */
    "",                                 /* key */
    "",                                 /* join */
    "",                                 /* rekey */
    "",                                 /* witness */
    "",                                 /* trust */
    "",                                 /* wait */
    "output",                           /* pack */
    "html output",                      /* log */
    "",                                 /* verify-pack */
    "",                                 /* help */
    "",                                 /* quit */
};
_Static_assert(sizeof verb_takes / sizeof verb_takes[0] == sizeof verbs / sizeof verbs[0] - 1, "a row for each verb");

const struct rcc_program rcc_crew_program = {
    .name = "rcc-crew",
    .summary = N_("Raise a distress, hear and answer the calls of a rescue coordination centre."),
    .options = options,
    .verbs = verbs,
    .verb_takes = verb_takes,
    /* Who we are and where the centre is. */
    .all_take = "to server-key key store name mmsi link config timeout plain ascii palette gpsd alarm-command script",
};

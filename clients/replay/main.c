#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "librcc/i18n.h"
#include "librcc/options.h"
#include "rcc/text.h"
#include "replay/replay.h"

#define SILENCE_S 60
#define SILENCE_MAX_S 86400

enum option_index {
	OPTION_WITNESS,
	OPTION_KEY,
	OPTION_JSON,
	OPTION_TABLES,
	OPTION_PIECE,
	OPTION_OUTPUT,
	OPTION_STATE_DIR,
	OPTION_JOURNAL,
	OPTION_AS,
	OPTION_STATION,
	OPTION_AT,
	OPTION_HTML,
	OPTION_LANG,
	OPTION_SPEED,
	OPTION_FROM,
	OPTION_INCIDENT,
	OPTION_TO,
	OPTION_SERVER_KEY,
	OPTION_ONCE,
	OPTION_SILENCE,
	OPTION_YEAR
};
static const struct rcc_option options[] = {
    {"witness", 'w', "FILE", N_("checkpoints that others kept, one a line; may be given more than once")},
    {"key", 'k', "PUB",
     N_("the centre's signing key as you got it (Z85 or hexadecimal), or a file with it; of play --to and of witness "
        "ENDPOINT: the file of our own secret key")},
    {"json", 'j', NULL, N_("one JSON object a line")},
    {"tables", 0, NULL,
     N_("verify: every entry read too, the tables beside them made anew and compared, every page checked")},
    {"piece", 0, NULL, N_("verify: a part of a record, whose beginning is somewhere else")},
    {"output", 'o', "FILE",
     N_("pack, report: the file that it goes to, default: standard output; witness: the file "
        "that it grows")},
    {"state-dir", 0, "DIR",
     N_("where the centre's sign.key, sealed.db and tracks.db are; default: beside the journal")},
    {"journal", 0, "JOURNAL", N_("verify-pack: compare with the record, line by line")},
    {"as", 0, "FORM",
     N_("render: voice, navtex, cap, cot, geojson, sitrep, sitrep-full, sitrep-last, search-action or after-action")},
    {"station", 0, "LETTER", N_("render --as navtex: the transmitter, A to Z")},
    {"at", 0, "SEQ", N_("render: as it stood after this entry")},
    {"html", 0, NULL, N_("report: as one HTML file to be printed, which is the only form so far")},
    {"lang", 0, "LANGUAGE", N_("report: en or fr; default: as the locale says")},
    {"speed", 0, "N", N_("play: so many times as fast as it was, 0.1 to 1000000; default 1")},
    {"from", 0, "TIME", N_("play: begin here (2026-11-23T03:12:00Z)")},
    {"incident", 0, "INC", N_("play: what concerns this incident alone")},
    {"to", 0, "ENDPOINT", N_("play: send its alerts as an exercise to a centre for training (tcp://HOST:8406)")},
    {"server-key", 0, "KEY", N_("play --to, witness ENDPOINT: the centre's public key, or a file that holds it")},
    {"once", 0, NULL, N_("witness: keep what there is now, or the next one that comes, and end")},
    {"silence", 0, "SECONDS",
     N_("witness ENDPOINT: how long a centre may say nothing before that is told, and ends --once; default 60")},
    {"year", 0, "YYYY", N_("review: the year, in UTC")},
    {NULL, 0, NULL, NULL},
};

static const struct {
	const char *name;
	int operands_max;
	int (*run)(const struct rcc_replay *replay);
} verb_run[] = {
    {"verify", 1, rcc_replay_verify}, {"timeline", 2, rcc_replay_timeline}, {"asof", 2, rcc_replay_asof},
    {"play", 1, rcc_replay_play},     {"report", 2, rcc_replay_report},     {"recheck", 1, rcc_replay_recheck},
    {"digest", 1, rcc_replay_digest}, {"pack", 3, rcc_replay_pack},         {"verify-pack", 1, rcc_replay_verify_pack},
    {"render", 2, rcc_replay_render}, {"witness", 1, rcc_replay_witness},   {"company", 2, rcc_replay_company},
    {"review", 1, rcc_replay_review}, {"research", 1, rcc_replay_research},
};
static const struct rcc_verb verbs[] = {
    {"verify", "JOURNAL", N_("is the record whole? names the first bad entry, and why; tells what is erased")},
    {"timeline", "JOURNAL [INC]", N_("what was known, decided, sent and answered, in order and in UTC")},
    {"asof", "JOURNAL TIME", N_("what the centre knew at that second: cases, duties, deliveries, calls, ships")},
    {"play", "JOURNAL",
     N_("the record as time passed (--speed, --from, --incident), or its alerts to a centre for "
        "training (--to)")},
    {"report", "JOURNAL INC",
     N_("a case as one file to be printed: plot, timeline, duties, deliveries, persons, places")},
    {"recheck", "JOURNAL", N_("decide every recorded command again and compare")},
    {"digest", "JOURNAL", N_("digest of the centre's state after the last entry")},
    {"pack", "JOURNAL INC SHIP", N_("the evidence pack of a ship in an incident, signed by the centre")},
    {"verify-pack", "FILE", N_("is a pack as the centre signed it? names the first bad line, and why")},
    {"render", "JOURNAL INC", N_("a case in the forms of `rccctl render`, from the record (--as, --at)")},
    {"witness", "ENDPOINT|JOURNAL", N_("keep the centre's signed checkpoints as they come, for verify --witness (-o)")},
    {"company", "JOURNAL NAME",
     N_("the record of one company's ships: readiness and its gaps, calls, duties, deliveries")},
    {"review", "JOURNAL", N_("the review of a year (--year): cases, persons, times, duties, parity, places, alerts")},
    {"research", "JOURNAL", N_("closed cases for research, without anything that tells whose they were; JSON lines")},
    {NULL, NULL, NULL},
};
/* In the order of the verbs. */
static const char *const verb_takes[] = {
    "json tables piece state-dir",
    "json",
    "json state-dir",
    "speed from incident to server-key",
    "html lang output state-dir",
    "",
    "",
    "output state-dir",
    "journal",
    "as station at",
    "output server-key once silence",
    "json",
    "json year",
    "json",
};
_Static_assert(sizeof verb_takes / sizeof verb_takes[0] == sizeof verbs / sizeof verbs[0] - 1, "a row for each verb");
static const struct rcc_program program = {
    .name = "rcc-replay",
    .summary = N_("Verifies and explains a centre's record, without the daemon. JOURNAL is a journal.db, a backup of "
                  "one, or the state directory that holds it; it is never written."),
    .options = options,
    .verbs = verbs,
    .verb_takes = verb_takes,
    .all_take = "witness key",
};

/* The beat of a centre comes every 15 seconds, unless its configuration says otherwise. */
static bool
take_silence(const char *text, struct rcc_replay *replay)
{
	char *end = NULL;
	unsigned long seconds = text == NULL ? SILENCE_S : strtoul(text, &end, 10);

	if (text != NULL &&
	    (text[0] < '0' || text[0] > '9' || *end != '\0' || seconds == 0 || seconds > SILENCE_MAX_S)) {
		fprintf(stderr, _("rcc-replay: --silence is a number of seconds from 1 to %d\n"), SILENCE_MAX_S);
		return false;
	}
	replay->silence_s = (uint32_t)seconds;
	return true;
}

/* A journal's path, or that of the journal in a state directory; NULL = none is named. */
static bool
take_journal(const char *operand, struct rcc_replay *replay)
{
	struct stat info;

	if (operand == NULL)
		return true;
	const char *tail = stat(operand, &info) == 0 && S_ISDIR(info.st_mode) ? "/journal.db" : "";
	int len = snprintf(replay->journal, sizeof replay->journal, "%s%s", operand, tail);

	if (len > RCC_JOURNAL_NAME_MAX) {
		fprintf(stderr, _("rcc-replay: the path of the journal is too long\n"));
		return false;
	}
	return true;
}

static bool
parse_key(const char *text, struct rcc_key *ret_key)
{
	return rcc_key_parse(text, ret_key) == RCC_OK || rcc_hex_parse(text, ret_key->b, sizeof ret_key->b) == RCC_OK;
}

/* The first line of a file, as whoever was sent the key has kept it. */
static bool
read_key(const char *path, struct rcc_key *ret_key)
{
	char line[RCC_HEX_SIZE(RCC_KEY_SIZE) + 2] = "";
	FILE *file = fopen(path, "re");

	if (file == NULL)
		return false;
	bool is_read = fgets(line, sizeof line, file) != NULL;
	fclose(file);
	line[strcspn(line, "\r\n")] = '\0';
	return is_read && parse_key(line, ret_key);
}

/* The centre's signing key; where we speak to a centre ourselves it is the name of our own key file. */
static bool
take_key(const char *text, struct rcc_replay *replay)
{
	replay->key_file = replay->endpoint != NULL ? text : NULL;
	if (text == NULL || replay->endpoint != NULL)
		return true;
	replay->has_key = true;
	if (parse_key(text, &replay->key) || read_key(text, &replay->key))
		return true;
	fprintf(stderr,
	        _("rcc-replay: --key is 40 characters of Z85 or 64 hexadecimal digits, or a file with them in "
	          "its first line, not '%s'\n"),
	        text);
	return false;
}

/* What render is asked for; the form itself is looked at there. */
static bool
take_form(const struct rcc_parsed *parsed, struct rcc_replay *replay)
{
	const char *as = parsed->value[OPTION_AS];
	const char *station = parsed->value[OPTION_STATION];
	const char *at = parsed->value[OPTION_AT];
	char *end = NULL;

	if (as != NULL && rcc_form_parse(as, &replay->form) != RCC_OK) {
		fprintf(stderr, _("rcc-replay: '%s' is no form; see rcc-replay --help\n"), as);
		return false;
	}
	replay->station = station != NULL && strlen(station) == 1 ? station[0] : '\0';
	if (at != NULL)
		replay->at_seq = strtoull(at, &end, 10);
	if (at != NULL && (replay->at_seq == 0 || *end != '\0')) {
		fprintf(stderr, _("rcc-replay: --at is the number of an entry, from 1\n"));
		return false;
	}
	return true;
}

static bool
take_year(const char *text, struct rcc_replay *replay)
{
	if (text == NULL)
		return true;
	if (strlen(text) == 4 && strspn(text, "0123456789") == 4)
		replay->year = (uint32_t)strtoul(text, NULL, 10);
	if (replay->year >= 1970)
		return true;
	fprintf(stderr, _("rcc-replay: --year is a year of four digits, from 1970\n"));
	return false;
}

static bool
is_endpoint(const char *text)
{
	return strncmp(text, "tcp://", 6) == 0 || strncmp(text, "ipc://", 6) == 0;
}

/* What needs no look at its value yet. */
static struct rcc_replay
understand(const struct rcc_parsed *parsed, size_t verb)
{
	char *const *operand = parsed->operand;
	const char *second = parsed->operand_count > 2 ? operand[2] : NULL;
	bool is_asof = verb_run[verb].run == rcc_replay_asof;
	bool is_witness = verb_run[verb].run == rcc_replay_witness && is_endpoint(operand[1]);

	return (struct rcc_replay){
	    .is_json = parsed->value[OPTION_JSON] != NULL,
	    .is_once = parsed->value[OPTION_ONCE] != NULL,
	    .has_tables = parsed->value[OPTION_TABLES] != NULL,
	    .is_piece = parsed->value[OPTION_PIECE] != NULL,
	    .incident = is_asof          ? NULL
	                : second != NULL ? second
	                                 : parsed->value[OPTION_INCIDENT],
	    .company = second,
	    .time = is_asof ? second : parsed->value[OPTION_FROM],
	    .ship = parsed->operand_count > 3 ? operand[3] : NULL,
	    .output = parsed->value[OPTION_OUTPUT],
	    .language = parsed->value[OPTION_LANG],
	    .speed = parsed->value[OPTION_SPEED],
	    .endpoint = is_witness ? operand[1] : parsed->value[OPTION_TO],
	    .server_key = parsed->value[OPTION_SERVER_KEY],
	    .state_dir = parsed->value[OPTION_STATE_DIR],
	    .pack = operand[1],
	};
}

static int
run_verb(const struct rcc_parsed *parsed, const struct rcc_witness_files *files)
{
	size_t verb = 0;
	int exit_code = RCC_EXIT_USAGE;

	/* The parser knows the same verbs. */
	while (strcmp(verb_run[verb].name, parsed->operand[0]) != 0)
		verb++;
	if (parsed->operand_count < 2 || parsed->operand_count - 1 > verb_run[verb].operands_max) {
		fprintf(stderr, _("rcc-replay: %s takes %s; see rcc-replay --help\n"), verbs[verb].name,
		        verbs[verb].operands);
		return RCC_EXIT_USAGE;
	}
	struct rcc_replay replay = understand(parsed, verb);
	bool is_pack = verb_run[verb].run == rcc_replay_verify_pack;
	if (take_form(parsed, &replay) && take_year(parsed->value[OPTION_YEAR], &replay) &&
	    take_silence(parsed->value[OPTION_SILENCE], &replay) &&
	    take_journal(is_pack ? parsed->value[OPTION_JOURNAL] : parsed->operand[1], &replay) &&
	    take_key(parsed->value[OPTION_KEY], &replay) && rcc_witness_files_read(files, &replay))
		exit_code = verb_run[verb].run(&replay);
	free(replay.witness);
	return exit_code;
}

int
main(int argc, char **argv)
{
	struct rcc_witness_files files = {0};
	struct rcc_parsed parsed;
	int exit_code = RCC_EXIT_FAILED;

	rcc_i18n_begin();
	if (rcc_options_parse(&program, argc, argv, &parsed, &exit_code) != RCC_OK)
		return exit_code;
	if (parsed.operand_count == 0) {
		fprintf(stderr,
		        _("rcc-replay: say what to do, for example 'rcc-replay verify FILE'; see rcc-replay --help\n"));
		return RCC_EXIT_USAGE;
	}
	if (!rcc_witness_files_collect(&parsed, OPTION_WITNESS, &files))
		return RCC_EXIT_USAGE;
	if (rcc_chain_init() != RCC_OK) {
		fprintf(stderr, _("rcc-replay: the cryptographic library does not start\n"));
		return RCC_EXIT_FAILED;
	}
	exit_code = run_verb(&parsed, &files);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fprintf(stderr, _("rcc-replay: the output could not be written\n"));
		exit_code = RCC_EXIT_FAILED;
	}
	return exit_code;
}

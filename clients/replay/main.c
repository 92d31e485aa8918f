#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "librcc/i18n.h"
#include "librcc/options.h"
#include "rcc/text.h"
#include "replay/replay.h"

/* A checkpoint line and its newline; anything longer is not one. */
#define LINE_SIZE (RCC_CHECKPOINT_TEXT_SIZE + 2)

enum option_index {
	OPTION_WITNESS,
	OPTION_KEY,
	OPTION_JSON,
	OPTION_OUTPUT,
	OPTION_STATE_DIR,
	OPTION_JOURNAL,
	OPTION_AS,
	OPTION_STATION,
	OPTION_AT,
	OPTION_YEAR
};
static const struct rcc_option options[] = {
    {"witness", 'w', "FILE", N_("checkpoints that others kept, one a line; may be given more than once")},
    {"key", 'k', "PUB", N_("the centre's signing key as you got it (Z85 or hexadecimal), or a file with it")},
    {"json", 'j', NULL, N_("one JSON object a line")},
    {"output", 'o', "FILE", N_("pack: the file that it goes to; default: standard output")},
    {"state-dir", 0, "DIR", N_("pack: where the centre's sign.key and tracks.db are; default: beside the journal")},
    {"journal", 0, "JOURNAL", N_("verify-pack: compare with the record, line by line")},
    {"as", 0, "FORM",
     N_("render: voice, navtex, cap, cot, geojson, sitrep, sitrep-full, sitrep-last, search-action or after-action")},
    {"station", 0, "LETTER", N_("render --as navtex: the transmitter, A to Z")},
    {"at", 0, "SEQ", N_("render: as it stood after this entry")},
    {"year", 0, "YYYY", N_("review: the year, in UTC")},
    {NULL, 0, NULL, NULL},
};

static const struct {
	const char *name;
	int operands_max;
	int (*run)(const struct rcc_replay *replay);
} verb_run[] = {
    {"verify", 1, rcc_replay_verify},   {"timeline", 2, rcc_replay_timeline},
    {"recheck", 1, rcc_replay_recheck}, {"digest", 1, rcc_replay_digest},
    {"pack", 3, rcc_replay_pack},       {"verify-pack", 1, rcc_replay_verify_pack},
    {"render", 2, rcc_replay_render},   {"company", 2, rcc_replay_company},
    {"review", 1, rcc_replay_review},   {"research", 1, rcc_replay_research},
};
static const struct rcc_verb verbs[] = {
    {"verify", "JOURNAL", N_("is the record whole? names the first bad entry, and why")},
    {"timeline", "JOURNAL [INC]", N_("what was known, decided, sent and answered, in order and in UTC")},
    {"recheck", "JOURNAL", N_("decide every recorded command again and compare")},
    {"digest", "JOURNAL", N_("digest of the centre's state after the last entry")},
    {"pack", "JOURNAL INC SHIP", N_("the evidence pack of a ship in an incident, signed by the centre")},
    {"verify-pack", "FILE", N_("is a pack as the centre signed it? names the first bad line, and why")},
    {"render", "JOURNAL INC", N_("a case in the forms of `rccctl render`, from the record (--as, --at)")},
    {"company", "JOURNAL NAME",
     N_("the record of one company's ships: readiness and its gaps, calls, duties, deliveries")},
    {"review", "JOURNAL", N_("the review of a year (--year): cases, persons, times, duties, parity, places, alerts")},
    {"research", "JOURNAL", N_("closed cases for research, without anything that tells whose they were; JSON lines")},
    {NULL, NULL, NULL},
};
/* In the order of the verbs. */
static const char *const verb_takes[] = {
    "json", "json", "", "", "output state-dir", "journal", "as station at", "json", "json year", "json",
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

/* The files given with --witness: the option may be repeated, which the table's parser does not keep. */
struct witness_files {
	const char *name[RCC_WITNESS_FILES_MAX];
	int count;
};

/* Returns the option's value, the next argument's included, or NULL if this is another argument. */
static const char *
witness_of(char **argv, int argc, int *i)
{
	const char *text = argv[*i];
	const char *value = NULL;

	if (strncmp(text, "--witness=", 10) == 0)
		value = text + 10;
	else if (strncmp(text, "-w", 2) == 0 && text[2] != '\0')
		value = text + 2;
	else if ((strcmp(text, "--witness") == 0 || strcmp(text, "-w") == 0) && *i + 1 < argc)
		value = argv[++*i];
	return value;
}

static bool
collect_witness_files(int argc, char **argv, struct witness_files *files)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		const char *value = witness_of(argv, argc, &i);
		if (value == NULL)
			continue;
		if (files->count == RCC_WITNESS_FILES_MAX) {
			fprintf(stderr, _("rcc-replay: at most %d --witness files at a time\n"), RCC_WITNESS_FILES_MAX);
			return false;
		}
		files->name[files->count++] = value;
	}
	return true;
}

static bool
read_witness_lines(FILE *file, const char *name, struct rcc_replay *replay)
{
	char line[LINE_SIZE];

	size_t count_before = replay->witness_count;

	for (unsigned number = 1; fgets(line, sizeof line, file) != NULL; number++) {
		line[strcspn(line, "\r\n")] = '\0';
		if (line[0] == '\0' || line[0] == '#')
			continue;
		if (replay->witness_count == RCC_WITNESSES_MAX) {
			fprintf(stderr, _("rcc-replay: %s:%u: more than %d checkpoints; verify them in parts\n"), name,
			        number, RCC_WITNESSES_MAX);
			return false;
		}
		if (rcc_checkpoint_parse(line, &replay->witness[replay->witness_count]) != RCC_OK) {
			fprintf(stderr, _("rcc-replay: %s:%u: this line is not a checkpoint\n"), name, number);
			return false;
		}
		replay->witness_count++;
	}
	if (ferror(file)) {
		fprintf(stderr, _("rcc-replay: cannot read %s: %s\n"), name, strerror(errno));
		return false;
	}
	/* A witness who says nothing must not look like one who agrees. */
	if (replay->witness_count == count_before)
		fprintf(stderr, _("rcc-replay: %s holds no checkpoint\n"), name);
	return replay->witness_count > count_before;
}

static bool
read_witnesses(const struct witness_files *files, struct rcc_replay *replay)
{
	bool is_good = true;

	if (files->count == 0)
		return true;
	replay->witness = calloc(RCC_WITNESSES_MAX, sizeof *replay->witness);
	if (replay->witness == NULL) {
		fprintf(stderr, _("rcc-replay: no memory for the witnesses\n"));
		return false;
	}
	for (int i = 0; i < files->count && is_good; i++) {
		FILE *file = fopen(files->name[i], "r");
		if (file == NULL) {
			fprintf(stderr, _("rcc-replay: cannot open %s: %s\n"), files->name[i], strerror(errno));
			return false;
		}
		is_good = read_witness_lines(file, files->name[i], replay);
		fclose(file);
	}
	return is_good;
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

static bool
take_key(const char *text, struct rcc_replay *replay)
{
	if (text == NULL)
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

static int
run_verb(const struct rcc_parsed *parsed, const struct witness_files *files)
{
	struct rcc_replay replay = {.is_json = parsed->value[OPTION_JSON] != NULL};
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
	replay.incident = parsed->operand_count > 2 ? parsed->operand[2] : NULL;
	replay.company = replay.incident;
	replay.ship = parsed->operand_count > 3 ? parsed->operand[3] : NULL;
	replay.output = parsed->value[OPTION_OUTPUT];
	replay.state_dir = parsed->value[OPTION_STATE_DIR];
	replay.pack = parsed->operand[1];
	bool is_pack = verb_run[verb].run == rcc_replay_verify_pack;
	if (take_form(parsed, &replay) && take_year(parsed->value[OPTION_YEAR], &replay) &&
	    take_journal(is_pack ? parsed->value[OPTION_JOURNAL] : parsed->operand[1], &replay) &&
	    take_key(parsed->value[OPTION_KEY], &replay) && read_witnesses(files, &replay))
		exit_code = verb_run[verb].run(&replay);
	free(replay.witness);
	return exit_code;
}

int
main(int argc, char **argv)
{
	struct witness_files files = {0};
	struct rcc_parsed parsed;
	int exit_code = RCC_EXIT_FAILED;

	/* Messages only: numbers and sorting stay those of the C locale. */
	setlocale(LC_MESSAGES, "");
	setlocale(LC_CTYPE, "");
	textdomain(RCC_TEXT_DOMAIN);
	/* Before parsing, which moves the operands. */
	if (!collect_witness_files(argc, argv, &files))
		return RCC_EXIT_USAGE;
	if (rcc_options_parse(&program, argc, argv, &parsed, &exit_code) != RCC_OK)
		return exit_code;
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

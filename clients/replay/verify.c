#include <stdio.h>
#include <string.h>

#include "librcc/i18n.h"
#include "librcc/options.h"
#include "rcc/text.h"
#include "replay/replay.h"

void
rcc_replay_print_json_text(const char *text, size_t len)
{
	putchar('"');
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];
		if (c == '"' || c == '\\')
			printf("\\%c", c);
		else if (c < 0x20)
			printf("\\u%04x", c);
		else
			putchar(c);
	}
	putchar('"');
}

/* What an audit found, in order of what a person asks first: where, why, and what is still good. */
static void
tell_damage(const struct rcc_audit_report *report, const struct rcc_fault *fault)
{
	char key[RCC_KEY_TEXT_SIZE];

	if (report->bad_reason[0] == '\0') {
		fprintf(stderr, "rcc-replay: %s\n", fault->text);
		return;
	}
	/* Whether it is damaged nobody has looked: it may be whole, and another centre's. */
	if (report->is_other_key) {
		fprintf(
		    stderr,
		    _("rcc-replay: not the record of the centre whose key you gave: it is signed with %s; nothing else "
		      "was looked at (without --key it is verified against that key)\n"),
		    rcc_key_format(key, &report->sign_key));
		return;
	}
	if (report->is_bad_witness) {
		fprintf(
		    stderr,
		    _("rcc-replay: %s: that line is of another record, or was changed; it says nothing of this record "
		      "(without it the record is verified by itself)\n"),
		    report->bad_reason);
		return;
	}
	if (report->bad_seq != 0)
		fprintf(stderr, _("rcc-replay: damaged at entry %llu: %s\n"), (unsigned long long)report->bad_seq,
		        report->bad_reason);
	else
		fprintf(stderr, _("rcc-replay: damaged: %s\n"), report->bad_reason);
	/* A chain that somebody made anew agrees with itself: beyond the last good signature it proves nothing. */
	bool is_of_signature = report->bad_seq != 0 && report->head.seq >= report->bad_seq;
	uint64_t good = is_of_signature ? report->signed_seq : report->head.seq;
	if (good < report->first_seq || good == 0)
		fprintf(stderr, "%s\n", _("rcc-replay: no entry is good"));
	else
		fprintf(stderr, _("rcc-replay: entries %llu to %llu are good, signed by the centre up to %llu\n"),
		        (unsigned long long)report->first_seq, (unsigned long long)good,
		        (unsigned long long)report->signed_seq);
}

static struct rcc_audit_ask
ask_of(const struct rcc_replay *replay, enum rcc_audit_depth depth, rcc_journal_replay_fn *visit, void *context)
{
	return (struct rcc_audit_ask){.path = replay->journal,
	                              .depth = depth,
	                              .is_piece = replay->is_piece,
	                              .trusted = replay->has_key ? &replay->key : NULL,
	                              .witness = replay->witness,
	                              .witness_count = replay->witness_count,
	                              .replay = visit,
	                              .context = context};
}

bool
rcc_replay_look(const struct rcc_replay *replay, rcc_journal_replay_fn *visit, void *context,
                struct rcc_audit_report *ret_report, struct rcc_fault *ret_fault)
{
	const struct rcc_audit_ask ask = ask_of(replay, RCC_AUDIT_RECORD, visit, context);

	return rcc_journal_examine(&ask, ret_report, ret_fault) == RCC_OK;
}

void
rcc_replay_tell_damage(const struct rcc_audit_report *report, const struct rcc_fault *fault)
{
	fflush(stdout);
	tell_damage(report, fault);
}

bool
rcc_replay_read(const struct rcc_replay *replay, rcc_journal_replay_fn *visit, void *context,
                struct rcc_audit_report *ret_report)
{
	struct rcc_fault fault = {0};
	bool is_good = rcc_replay_look(replay, visit, context, ret_report, &fault);

	if (!is_good)
		rcc_replay_tell_damage(ret_report, &fault);
	return is_good;
}

static void
visit_erasure(void *context, const struct rcc_link *link, const struct rcc_entry *entry)
{
	rcc_erasure_take(context, link, entry);
}

/* The last entry that a witness saw; 0 = none did. */
static uint64_t
witnessed_seq(const struct rcc_replay *replay)
{
	uint64_t last = 0;

	for (size_t i = 0; i < replay->witness_count; i++)
		last = replay->witness[i].link.seq > last ? replay->witness[i].link.seq : last;
	return last;
}

/* The first entry that neither a signature of the centre nor a witness speaks for; past the head = each has one. */
static uint64_t
unsigned_seq(const struct rcc_replay *replay, const struct rcc_audit_report *report)
{
	uint64_t witnessed = witnessed_seq(replay);

	return (report->signed_seq > witnessed ? report->signed_seq : witnessed) + 1;
}

/* The chain has no secret in it: what no signature covers, whoever has the file can write anew. */
static void
print_unsigned(const struct rcc_replay *replay, const struct rcc_audit_report *report)
{
	uint64_t first = unsigned_seq(replay, report);

	if (first > report->head.seq)
		return;
	printf(_("NOT SIGNED: entries %llu to %llu, with which no checkpoint and no witness agrees; whoever had this "
	         "file could have "
	         "written them anew, and only a witness that saw them shows it\n"),
	       (unsigned long long)first, (unsigned long long)report->head.seq);
}

static void
print_json(const struct rcc_replay *replay, const struct rcc_audit_report *report, const struct rcc_erasure *erasure,
           const char *reason)
{
	char id[RCC_HEX_SIZE(RCC_JOURNAL_ID_SIZE)];
	char hash[RCC_HEX_SIZE(RCC_HASH_SIZE)];
	char key[RCC_KEY_TEXT_SIZE];
	char since[RCC_TIME_TEXT_SIZE];
	char until[RCC_TIME_TEXT_SIZE];

	printf("{\"class\":\"AUDIT\",\"whole\":%s,\"entries\":%llu,\"head_hash\":\"%s\",\"journal_id\":\"%s\","
	       "\"sign_key\":",
	       reason == NULL ? "true" : "false", (unsigned long long)report->rows,
	       rcc_hex_format(hash, report->head.hash.b, RCC_HASH_SIZE),
	       rcc_hex_format(id, report->journal.b, RCC_JOURNAL_ID_SIZE));
	rcc_key_format(key, &report->sign_key);
	rcc_replay_print_json_text(key, strlen(key));
	printf(",\"key_trusted\":%s,\"checkpoints\":%llu,\"signed_seq\":%llu,\"witnesses\":%zu",
	       replay->has_key ? "true" : "false", (unsigned long long)report->checkpoints,
	       (unsigned long long)report->signed_seq, replay->witness_count);
	if (replay->witness_count > 0)
		printf(",\"witnessed_seq\":%llu", (unsigned long long)witnessed_seq(replay));
	if (unsigned_seq(replay, report) <= report->head.seq)
		printf(",\"unsigned_from\":%llu", (unsigned long long)unsigned_seq(replay, report));
	if (report->first_seq > 1)
		printf(",\"first_seq\":%llu,\"first_proven\":%s", (unsigned long long)report->first_seq,
		       report->is_unproven ? "false" : "true");
	if (report->is_other_build)
		fputs(",\"other_build\":true", stdout);
	if (replay->has_tables)
		fputs(",\"tables_compared\":true", stdout);
	rcc_erasure_print_json(erasure);
	if (report->rows > 0)
		printf(",\"since\":\"%s\",\"until\":\"%s\"", rcc_time_format(since, report->first_at_ms),
		       rcc_time_format(until, report->head.at_ms));
	if (reason != NULL) {
		if (report->bad_seq != 0)
			printf(",\"bad_seq\":%llu", (unsigned long long)report->bad_seq);
		fputs(",\"bad_reason\":", stdout);
		rcc_replay_print_json_text(reason, strlen(reason));
	}
	puts("}");
}

/* A copy that lost its tail is as whole as the record itself: only the last time in it shows the difference. */
static void
print_verdict(const struct rcc_replay *replay, const struct rcc_audit_report *report)
{
	char since[RCC_TIME_TEXT_SIZE];
	char until[RCC_TIME_TEXT_SIZE];
	unsigned long long rows = report->rows;

	rcc_time_format(since, report->first_at_ms);
	rcc_time_format(until, report->head.at_ms);
	if (rows == 0)
		puts(_("whole as far as it goes: no entries; only a witness shows a cut tail (--witness)"));
	else if (replay->witness_count == 0)
		printf(_("whole as far as it goes, since %s until %s: %llu entries; only a witness shows a cut tail "
		         "(--witness)\n"),
		       since, until, rows);
	else if (witnessed_seq(replay) < report->head.seq)
		printf(
		    _("whole as far as it goes, since %s until %s: %llu entries; a witness saw entry %llu, and only a "
		      "later one shows a cut tail\n"),
		    since, until, rows, (unsigned long long)witnessed_seq(replay));
	else
		printf(_("whole since %s until %s: %llu entries\n"), since, until, rows);
	if (report->is_other_build)
		puts(_("its tables for people are of another build: they prove nothing, and were not compared; the "
		       "daemon makes them "
		       "again when it opens the record"));
	if (report->first_seq > 1)
		printf(_("a piece: entries %llu to %llu; the %llu before are not here\n"),
		       (unsigned long long)report->first_seq, (unsigned long long)report->head.seq,
		       (unsigned long long)report->first_seq - 1);
	if (report->is_unproven)
		printf(
		    _("no checkpoint is of the entry before: entry %llu is taken at its word, and what follows rests "
		      "on it\n"),
		    (unsigned long long)report->first_seq);
}

static void
print_witnesses(const struct rcc_replay *replay)
{
	if (replay->witness_count > 0)
		printf(
		    ngettext(
		        "%zu checkpoint of a witness agrees, on entry %llu; what was cut after that, only a later one "
		        "shows\n",
		        "%zu checkpoints of witnesses agree, the last of them on entry %llu; what was cut after that, "
		        "only a later one shows\n",
		        (unsigned long)replay->witness_count),
		    replay->witness_count, (unsigned long long)witnessed_seq(replay));
}

static void
print_whole(const struct rcc_replay *replay, const struct rcc_audit_report *report)
{
	char hash[RCC_HEX_SIZE(RCC_HASH_SIZE)];
	char key[RCC_KEY_TEXT_SIZE];

	print_verdict(replay, report);
	if (report->rows > 0)
		printf(_("head %s, %llu checkpoints\n"), rcc_hex_format(hash, report->head.hash.b, RCC_HASH_SIZE),
		       (unsigned long long)report->checkpoints);
	print_unsigned(replay, report);
	print_witnesses(replay);
	if (!replay->has_key)
		printf(_("signatures were checked with the key that the file states, %s (--key checks with yours)\n"),
		       rcc_key_format(key, &report->sign_key));
	if (replay->has_tables && !report->is_other_build && !replay->is_piece)
		puts(_("every entry can be read, and the tables for people say what the entries say"));
	if (!replay->has_tables)
		puts(
		    _("the tables for people beside the entries prove nothing, and were not compared (--tables does)"));
}

int
rcc_replay_verify(const struct rcc_replay *replay)
{
	struct rcc_audit_report report = {0};
	struct rcc_erasure erasure = {0};
	struct rcc_fault fault = {0};
	struct rcc_audit_ask ask =
	    ask_of(replay, replay->has_tables ? RCC_AUDIT_FILE : RCC_AUDIT_CHAIN, visit_erasure, &erasure);
	ask.events = rcc_erasure_events;
	ask.event_count = RCC_ERASURE_EVENTS;
	enum rcc_status status = rcc_journal_examine(&ask, &report, &fault);
	const char *reason = report.bad_reason[0] != '\0' ? report.bad_reason : fault.text;

	rcc_erasure_look(&erasure, replay);
	if (replay->is_json)
		print_json(replay, &report, &erasure, status == RCC_OK ? NULL : reason);
	else if (status == RCC_OK)
		print_whole(replay, &report);
	else
		tell_damage(&report, &fault);
	if (!replay->is_json)
		rcc_erasure_print_epochs(&erasure, status == RCC_OK ? stdout : stderr);
	if (!replay->is_json && status == RCC_OK)
		rcc_erasure_print(&erasure, report.first_at_ms);
	rcc_erasure_fini(&erasure);
	return status == RCC_OK ? RCC_EXIT_OK : RCC_EXIT_FAILED;
}

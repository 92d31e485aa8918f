/*
 * report.c - a case as one file for a court: made from the record alone, in English or French, and the same for whoever makes it
 * again from the same record.
 */
#define _POSIX_C_SOURCE 200809L
#include "replay/report.h"

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "core/persons.h"
#include "librcc/i18n.h"
#include "librcc/options.h"
#include "rcc/text.h"

#define TITLE_SIZE 128

/* ---- the language ---- */

/*
 * gettext looks at LANGUAGE where the locale is any but "C"; C.UTF-8 is in every Debian, a French locale is not. English is
 * what the program itself says.
 */
static bool
take_language(const char *language)
{
	if (language == NULL)
		return true;
	/* Any catalogue that is installed: one file more is one language more. */
	if (language[0] == '\0' ||
	    strspn(language, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-@") != strlen(language)) {
		fprintf(stderr, _("rcc-replay: --lang is the code of a language: en, fr\n"));
		return false;
	}
	if (setenv("LANGUAGE", language, 1) != 0 ||
	    setlocale(LC_MESSAGES, strcmp(language, "en") == 0 ? "C" : "C.UTF-8") == NULL)
		return false;
	/* TRANSLATORS: the code of your language (RFC 5646), as it stands in <html lang="...">: fr for French. */
	if (strcmp(_("en"), language) == 0)
		return true;
	fprintf(stderr, "rcc-replay: the texts of this language are not installed\n");
	return false;
}

/* ---- the first page ---- */

static void
put_fact(FILE *out, const char *what, const char *value)
{
	fputs("<div><dt>", out);
	rcc_html_text(out, what);
	fputs("</dt><dd>", out);
	rcc_html_text(out, value);
	fputs("</dd></div>\n", out);
}

static void
put_title(struct rcc_dossier *report)
{
	const struct rcc_incident *incident = report->incident;
	char title[TITLE_SIZE];

	(void)snprintf(title, sizeof title, _("Case %04u-%04u"), incident->year, incident->number);
	rcc_html_begin(report->out, title);
	fputs("<div class=\"head\"><h1>", report->out);
	rcc_html_text(report->out, title);
	fputs("</h1>\n<p class=\"sub\">", report->out);
	rcc_html_text(report->out, report->core->run.centre);
	fputs(" – ", report->out);
	rcc_html_text(report->out, _("report of a search and rescue case, from the record"));
	fputs("</p></div>\n", report->out);
	if (incident->class != RCC_CLASS_LIVE)
		rcc_html_paragraph(report->out, "sub", _("This was no live case: %s"), rcc_say_class(incident->class));
	if (incident->is_restricted)
		rcc_html_paragraph(report->out, "sub", "%s",
		                   _("For officers alone: a ship security alert, of which no ship heard."));
}

static uint32_t
ships_told(const struct rcc_dossier *report)
{
	const struct rcc_broadcast *broadcast = rcc_broadcast_at(report->core, report->incident->newest_broadcast);
	uint32_t most = 0;

	for (; broadcast != NULL; broadcast = rcc_broadcast_at(report->core, broadcast->previous))
		most = broadcast->recipients > most ? broadcast->recipients : most;
	return most;
}

void
rcc_dossier_summary(struct rcc_dossier *report)
{
	const struct rcc_incident *incident = report->incident;
	FILE *out = report->out;
	char text[TITLE_SIZE];
	char other[RCC_HTML_TIME_SIZE];

	put_title(report);
	fputs("<dl class=\"facts\">\n", out);
	put_fact(out, _("Casualty"), incident->name[0] != '\0' ? incident->name : _("name not known"));
	put_fact(out, _("MMSI"), incident->casualty.v != 0 ? rcc_mmsi_format(text, incident->casualty) : "–");
	put_fact(out, _("Nature"), rcc_say_nature(incident->nature));
	put_fact(out, _("Position"), rcc_pos_format(text, incident->pos));
	put_fact(out, _("Learned from"), rcc_say_source(incident->source));
	put_fact(out, _("Phase"), rcc_say_phase(incident->phase));
	put_fact(out, _("Opened (UTC)"), rcc_html_time(other, incident->opened_at_ms));
	put_fact(out, _("Closed (UTC)"), rcc_html_time(other, incident->closed_at_ms));
	uint32_t total = rcc_persons_total(report->core, incident->id);
	if (total == 0)
		(void)snprintf(text, sizeof text, "%s", _("not known"));
	else
		(void)snprintf(text, sizeof text, "%u", total);
	put_fact(out, _("Persons known of"), text);
	(void)snprintf(text, sizeof text, "%u", ships_told(report));
	put_fact(out, _("Ships told"), text);
	put_fact(out, _("State"), rcc_say_status(incident->status));
	put_fact(out, _("Outcome"), incident->closed_at_ms != 0 ? rcc_say_outcome(incident->outcome) : "–");
	fputs("</dl>\n", out);
}

/* What it rests on, so that whoever has the record can make it again. */
static void
put_seal(struct rcc_dossier *report)
{
	char id[RCC_HEX_SIZE(RCC_JOURNAL_ID_SIZE)];
	char hash[RCC_HEX_SIZE(RCC_HASH_SIZE)];
	char time[RCC_HTML_TIME_SIZE];

	fputs("<div class=\"seal\">", report->out);
	rcc_html_paragraph(
	    report->out, "", _("Made from the record of the centre (journal %s) as of entry %llu of %s UTC, hash %s."),
	    rcc_hex_format(id, report->audit.journal.b, RCC_JOURNAL_ID_SIZE), (unsigned long long)report->last.seq,
	    rcc_html_time(time, report->last.at_ms), rcc_hex_format(hash, report->last.hash.b, RCC_HASH_SIZE));
	rcc_html_paragraph(report->out, "",
	                   _("The record verified while this was made: %llu entries, signed by the centre up to %llu; "
	                     "%zu checkpoints of witnesses agreed."),
	                   (unsigned long long)report->audit.rows, (unsigned long long)report->audit.signed_seq,
	                   report->replay->witness_count);
	rcc_html_paragraph(
	    report->out, "", "%s",
	    _("Left out: names of officers and masters, with whom notes say that somebody spoke, words of callers, of "
	      "survivors and about them, and all that restricted notes concern. Reasons, masters' objections, names of "
	      "places and authorities, and notes on scene and plan stand as they were written: read them before you "
	      "hand this out, somebody may be named in them. All times are UTC, by the clock of the centre."));
	fputs("</div>\n", report->out);
}

/* ---- the verb ---- */

static void
write_all(struct rcc_dossier *report)
{
	rcc_dossier_summary(report);
	rcc_dossier_plot(report);
	rcc_dossier_timeline(report);
	rcc_dossier_duties(report);
	rcc_dossier_deliveries(report);
	rcc_dossier_parity(report);
	rcc_dossier_balance(report);
	rcc_dossier_places(report);
	rcc_dossier_reasons(report);
	put_seal(report);
	rcc_html_end(report->out);
}

/* Whole or not at all: a report that breaks off looks like one that says no more. */
static bool
put_out(const struct rcc_replay *replay, const char *text, size_t len)
{
	FILE *file = replay->output == NULL ? stdout : fopen(replay->output, "we");
	bool is_good = file != NULL && fwrite(text, 1, len, file) == len;

	if (file != NULL && replay->output != NULL)
		is_good = fclose(file) == 0 && is_good;
	if (!is_good)
		fprintf(stderr, _("rcc-replay: cannot write %s: %s\n"),
		        replay->output == NULL ? "stdout" : replay->output, strerror(errno));
	return is_good;
}

static int
make(struct rcc_dossier *report)
{
	char *text = NULL;
	size_t len = 0;

	report->out = open_memstream(&text, &len);
	if (report->out != NULL)
		write_all(report);
	bool is_good = report->out != NULL && ferror(report->out) == 0 && !report->is_out_of_memory;
	if (report->out != NULL)
		is_good = fclose(report->out) == 0 && is_good;
	if (!is_good)
		fprintf(stderr, _("rcc-replay: no memory for the report\n"));
	else
		is_good = put_out(report->replay, text, len);
	free(text);
	return is_good ? RCC_EXIT_OK : RCC_EXIT_FAILED;
}

int
rcc_replay_report(const struct rcc_replay *replay)
{
	struct rcc_dossier report = {.replay = replay};
	int exit_code = RCC_EXIT_FAILED;

	if (replay->incident == NULL) {
		fprintf(stderr, _("rcc-replay: report takes JOURNAL INC; see rcc-replay --help\n"));
		return RCC_EXIT_USAGE;
	}
	if (!take_language(replay->language))
		return RCC_EXIT_USAGE;
	if (rcc_filter_open(&report.filter, replay, false, &exit_code)) {
		exit_code = RCC_EXIT_FAILED;
		if (rcc_dossier_gather(&report))
			exit_code = make(&report);
	}
	rcc_dossier_forget(&report);
	return exit_code;
}

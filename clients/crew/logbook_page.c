/* The extract as text for a screen or a printer, and as one HTML page that needs nothing else. */
#include "crew/logbook.h"

#include <stdarg.h>
#include <string.h>

#include "librcc/i18n.h"
#include "rcc/text.h"

#define SENTENCE_SIZE 2048

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">\n<title>%s</title>\n<style>\n"
    "body{font:11pt/1.4 serif;max-width:18cm;margin:1cm auto;color:#000;background:#fff}\n"
    "h1{font-size:15pt}table{border-collapse:collapse;width:100%%}\n"
    "td{border:1px solid #000;padding:2mm;vertical-align:top}td.t{white-space:nowrap;font-family:"
    "monospace}\nb{font-weight:bold}p{margin:1mm 0}tr{page-break-inside:avoid}\n"
    ".sign{margin-top:2cm;border-top:1px solid #000;width:8cm}\n@page{margin:1.5cm}\n"
    "</style></head><body>\n";

static void
put_escaped(FILE *file, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '&') {
			fputs("&amp;", file);
		} else if (*text == '<') {
			fputs("&lt;", file);
		} else if (*text == '>') {
			fputs("&gt;", file);
		} else if (*text == '"') {
			fputs("&quot;", file);
		} else {
			fputc(*text, file);
		}
	}
}

/* Text as it is, HTML without its own signs in it. */
static void
put(const struct rcc_logbook *book, const char *text)
{
	if (book->is_html) {
		put_escaped(book->file, text);
	} else {
		fputs(text, book->file);
	}
}

void
rcc_logbook_begin(struct rcc_logbook *book, const char *title, const char *ship)
{
	if (book->is_html) {
		/* TRANSLATORS: the code of the language, as in <html lang="en">. */
		fprintf(book->file, head, _("en"), _("Extract for the ship's log book"));
		fputs("<h1>", book->file);
	}
	put(book, title);
	fputs(book->is_html ? "</h1>\n<p>" : "\n", book->file);
	put(book, ship);
	fputs(book->is_html ? "</p>\n<table>\n" : "\n", book->file);
	book->has_entry = false;
}

static void
close_entry(struct rcc_logbook *book)
{
	if (book->has_entry && book->is_html) {
		fputs("</td></tr>\n", book->file);
	}
	book->has_entry = false;
}

void
rcc_logbook_entry(struct rcc_logbook *book, int64_t at_ms, const char *side, const char *what)
{
	char time[32];

	close_entry(book);
	rcc_crew_time(time, at_ms);
	if (book->is_html) {
		fprintf(book->file, "<tr><td class=\"t\">%s</td><td><p><b>", time);
	} else {
		fprintf(book->file, "\n%s  ", time);
	}
	put(book, side);
	fputs(": ", book->file);
	put(book, what);
	fputs(book->is_html ? "</b></p>" : "\n", book->file);
	book->has_entry = true;
}

void
rcc_logbook_say(struct rcc_logbook *book, const char *format, ...)
{
	char text[SENTENCE_SIZE];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	fputs(book->is_html ? "<p>" : "    ", book->file);
	put(book, text);
	fputs(book->is_html ? "</p>" : "\n", book->file);
}

void
rcc_logbook_end(struct rcc_logbook *book, const char *note)
{
	close_entry(book);
	fputs(book->is_html ? "</table>\n<p>" : "\n", book->file);
	put(book, note);
	fputs(book->is_html ? "</p>\n<p class=\"sign\">" : "\n\n\n____________________\n", book->file);
	put(book, _("Master, date"));
	fputs(book->is_html ? "</p>\n</body></html>\n" : "\n", book->file);
}

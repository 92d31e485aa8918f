#include "replay/lines.h"

#include <stdio.h>

#include "librcc/i18n.h"
#include "rcc/text.h"
#include "rcc/units.h"

#define SPAN_SIZE 48
#define CASE_SIZE 24

void
rcc_lines_begin(struct rcc_lines *lines, const char *class_name, const char *title)
{
	lines->has_member = false;
	rcc_json_init(&lines->json, lines->bytes, sizeof lines->bytes);
	if (lines->is_json)
		rcc_json_begin(&lines->json, class_name);
	else
		fputs(gettext(title), stdout);
}

void
rcc_lines_end(struct rcc_lines *lines)
{
	if (!lines->is_json)
		putchar('\n');
	else if (rcc_json_end(&lines->json))
		fputs(lines->bytes, stdout);
	else
		fprintf(stderr, _("rcc-replay: a line is too long to be shown\n"));
}

static void
put_label(struct rcc_lines *lines, const char *label)
{
	printf("%s %s", lines->has_member ? "," : ":", gettext(label));
	lines->has_member = true;
}

/* Texts of the record hold no control characters: no line breaks inside another. */
static void
put_words(struct rcc_lines *lines, const char *label, const char *text)
{
	put_label(lines, label);
	printf(" %s", text);
}

void
rcc_lines_text(struct rcc_lines *lines, const char *key, const char *label, const char *text)
{
	if (lines->is_json)
		rcc_json_text(&lines->json, key, text);
	else
		put_words(lines, label, text);
}

void
rcc_lines_text_if(struct rcc_lines *lines, const char *key, const char *label, const char *text)
{
	if (text[0] != '\0')
		rcc_lines_text(lines, key, label, text);
}

void
rcc_lines_uint(struct rcc_lines *lines, const char *key, const char *label, uint64_t value)
{
	if (lines->is_json) {
		rcc_json_uint(&lines->json, key, value);
		return;
	}
	put_label(lines, label);
	printf(" %llu", (unsigned long long)value);
}

void
rcc_lines_uint_if(struct rcc_lines *lines, const char *key, const char *label, uint64_t value)
{
	if (value != 0)
		rcc_lines_uint(lines, key, label, value);
}

void
rcc_lines_int(struct rcc_lines *lines, const char *key, const char *label, int64_t value)
{
	if (lines->is_json) {
		rcc_json_int(&lines->json, key, value);
		return;
	}
	put_label(lines, label);
	printf(" %lld", (long long)value);
}

/* The two largest units that are not nothing: "3 d 4 h", "1 h 35 min", "12 s". */
static const char *
span_format(char text[SPAN_SIZE], int64_t span_ms)
{
	long long s = span_ms / RCC_MS_PER_S;

	if (span_ms != 0 && span_ms < RCC_MS_PER_S)
		(void)snprintf(text, SPAN_SIZE, "%lld ms", (long long)span_ms);
	else if (s < 60)
		(void)snprintf(text, SPAN_SIZE, "%lld s", s);
	else if (s < 3600)
		(void)snprintf(text, SPAN_SIZE, "%lld min %lld s", s / 60, s % 60);
	else if (s < 86400)
		(void)snprintf(text, SPAN_SIZE, "%lld h %lld min", s / 3600, s % 3600 / 60);
	else
		(void)snprintf(text, SPAN_SIZE, "%lld d %lld h", s / 86400, s % 86400 / 3600);
	return text;
}

void
rcc_lines_span(struct rcc_lines *lines, const char *key, const char *label, int64_t span_ms)
{
	char text[SPAN_SIZE];

	if (lines->is_json)
		rcc_json_fixed(&lines->json, key, span_ms, 3);
	else
		put_words(lines, label, span_format(text, span_ms));
}

void
rcc_lines_mark(struct rcc_lines *lines, const char *key, const char *label)
{
	if (lines->is_json)
		rcc_json_bool(&lines->json, key, true);
	else
		put_label(lines, label);
}

void
rcc_lines_time_if(struct rcc_lines *lines, const char *key, const char *label, int64_t at_ms)
{
	char text[RCC_TIME_TEXT_SIZE];

	if (lines->is_json)
		rcc_json_time_if(&lines->json, key, at_ms);
	else if (at_ms != 0)
		put_words(lines, label, rcc_time_format(text, at_ms));
}

void
rcc_lines_case(struct rcc_lines *lines, const char *key, const char *label, uint32_t year, uint32_t number)
{
	char text[CASE_SIZE];

	(void)snprintf(text, sizeof text, "%04u-%04u", year, number);
	rcc_lines_text(lines, key, label, text);
}

void
rcc_lines_mmsi(struct rcc_lines *lines, struct rcc_mmsi mmsi)
{
	char text[RCC_MMSI_TEXT_SIZE];

	rcc_lines_text(lines, "mmsi", N_("MMSI"), rcc_mmsi_format(text, mmsi));
}
